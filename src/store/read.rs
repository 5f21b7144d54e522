//! What the ledger has: the data of a period, and files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::text::{Columns, instant, read_json, sheet_of, write_json};
use super::{HeldRow, PeriodCounts, PeriodData, Result, Store, StoredFile};
use crate::period::ReportingPeriod;
use crate::record::{Entry, Origin};

/// Rows with a period of their own that lies between two days.
const DATED: &str = "
    FROM entries AS e JOIN files AS f ON f.id = e.file_id
    WHERE e.first_day >= ?1 AND e.last_day <= ?2";

/// Rows that their activity places between two days. Where several sources report the activity,
/// the row's own file and source are believed first.
const PLACED: &str = "
    FROM entries AS e JOIN files AS f ON f.id = e.file_id
    WHERE e.period IS NULL AND e.sheet <> 'activities'
      AND e.activity_id IN (SELECT activity_id FROM entries
        WHERE sheet = 'activities' AND first_day >= ?1 AND last_day <= ?2)
      AND (SELECT lies_within FROM (
             SELECT a.first_day >= ?1 AND a.last_day <= ?2 AS lies_within, a.file_id = e.file_id AS same_file,
                    fa.source = f.source AS same_source, fa.source AS source, a.file_id AS file_id, a.id AS id
             FROM entries AS a JOIN files AS fa ON fa.id = a.file_id
             WHERE a.sheet = 'activities' AND a.activity_id = e.activity_id AND a.period IS NOT NULL)
           ORDER BY same_file DESC, same_source DESC, source, file_id DESC, id LIMIT 1)";

impl Store {
    /// Everything for a period; a year's data is that of its quarters.
    ///
    /// The order depends on what was sent and not on when: entries by source, sheet, file and row;
    /// files by source and name; held rows by file, sheet and row.
    pub async fn period_data(&self, period: ReportingPeriod) -> Result<PeriodData> {
        let (first, last) = (period.first_day().to_string(), period.last_day().to_string());
        // One transaction is one moment: a file that is committed meanwhile is wholly in or out.
        let mut tx = self.readers().begin().await?;
        let mut rows = Vec::new();
        for query in [DATED, PLACED] {
            let query = format!(
                "SELECT e.file_id, e.header, e.row, e.period, e.faults, e.content, e.digest, f.source, f.file {query}"
            );
            let query = sqlx::query(sqlx::AssertSqlSafe(query));
            rows.extend(query.bind(&first).bind(&last).fetch_all(&mut *tx).await?);
        }
        let mut headers = Headers::default();
        let mut file_ids = BTreeSet::new();
        let mut keyed = Vec::with_capacity(rows.len());
        for row in &rows {
            let file = row.number("file_id")?;
            file_ids.insert(file);
            let (sheet, columns) = headers.get(&mut tx, file, row.number("header")?).await?;
            let entry = Entry {
                origin: Origin { file: row.text("file")?, sheet, row: row.small("row")?, columns },
                period: row.maybe_period("period")?,
                record: row.json("content")?,
                faults: row.maybe_text("faults")?.map_or(Ok(Vec::new()), |text| read_json("faults", &text))?,
            };
            keyed.push((row.text("source")?, row.number("digest")?, entry));
        }
        drop(rows);
        keyed.sort_by(|(a_source, a_digest, a), (b_source, b_digest, b)| {
            (a_source, a.record.sheet(), &a.origin.file, &a.origin.sheet, a.origin.row, a_digest).cmp(&(
                b_source,
                b.record.sheet(),
                &b.origin.file,
                &b.origin.sheet,
                b.origin.row,
                b_digest,
            ))
        });
        let held_rows = sqlx::query(
            "SELECT h.file_id, h.sheet, h.period, h.row, h.activity_id, f.file FROM held_rows AS h JOIN files AS f ON f.id = h.file_id \
             WHERE h.period IS NULL OR (h.first_day >= ? AND h.last_day <= ?)",
        )
        .bind(&first)
        .bind(&last)
        .fetch_all(&mut *tx)
        .await?;
        let mut held = Vec::with_capacity(held_rows.len());
        for row in &held_rows {
            file_ids.insert(row.number("file_id")?);
            held.push(HeldRow {
                file: row.text("file")?,
                sheet: row.maybe_text("sheet")?.map(|key| sheet_of(&key)).transpose()?,
                period: row.maybe_period("period")?,
                row: row.small("row")?,
                activity_id: row.maybe_text("activity_id")?,
            });
        }
        held.sort_by(|a, b| {
            (&a.file, a.sheet, a.row, a.period.map(ReportingPeriod::first_day)).cmp(&(
                &b.file,
                b.sheet,
                b.row,
                b.period.map(ReportingPeriod::first_day),
            ))
        });
        let rows = sqlx::query(
            "SELECT * FROM files WHERE id IN (SELECT value FROM json_each(?)) ORDER BY source, file, sha256, id",
        )
        .bind(write_json(&file_ids)?)
        .fetch_all(&mut *tx)
        .await?;
        let files = files_of(&mut tx, &rows).await?;
        Ok(PeriodData { entries: keyed.into_iter().map(|(_, _, entry)| entry).collect(), files, held })
    }

    /// How many rows of each sheet a period has, how many are held, and whose they are: counted, where
    /// [`Self::period_data`] would read them all.
    pub async fn period_counts(&self, period: ReportingPeriod) -> Result<PeriodCounts> {
        let (first, last) = (period.first_day().to_string(), period.last_day().to_string());
        let mut tx = self.readers().begin().await?;
        let mut counts = PeriodCounts::default();
        for query in [DATED, PLACED] {
            let query = format!("SELECT e.sheet, f.source, COUNT(*) AS n {query} GROUP BY e.sheet, f.source");
            let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(&first).bind(&last);
            for row in query.fetch_all(&mut *tx).await? {
                *counts.rows.entry(sheet_of(&row.text("sheet")?)?).or_default() += u64::from(row.small("n")?);
                counts.sources.insert(row.text("source")?);
            }
        }
        let held = sqlx::query(
            "SELECT f.source, COUNT(*) AS n FROM held_rows AS h JOIN files AS f ON f.id = h.file_id \
             WHERE h.period IS NULL OR (h.first_day >= ? AND h.last_day <= ?) GROUP BY f.source",
        );
        for row in held.bind(&first).bind(&last).fetch_all(&mut *tx).await? {
            counts.held += u64::from(row.small("n")?);
            counts.sources.insert(row.text("source")?);
        }
        Ok(counts)
    }

    /// All files, the newest first, at most `limit`.
    pub async fn files(&self, limit: u32) -> Result<Vec<StoredFile>> {
        let mut tx = self.readers().begin().await?;
        let rows = sqlx::query("SELECT * FROM files ORDER BY received_at DESC, id DESC LIMIT ?")
            .bind(limit)
            .fetch_all(&mut *tx)
            .await?;
        files_of(&mut tx, &rows).await
    }

    /// The file with these bytes from this source, where it was accepted before and is still in
    /// force: no later file has replaced anything of it.
    pub async fn file_with_bytes(&self, source: &str, sha256: &str) -> Result<Option<StoredFile>> {
        let mut tx = self.readers().begin().await?;
        let rows = sqlx::query(
            "SELECT * FROM files WHERE source = ? AND sha256 = ? AND replaced_by IS NULL ORDER BY id DESC LIMIT 1",
        )
        .bind(source)
        .bind(sha256)
        .fetch_all(&mut *tx)
        .await?;
        Ok(files_of(&mut tx, &rows).await?.pop())
    }

    /// Period of an activity by its id, as any source reported it (the given source first).
    pub async fn period_of_activity(&self, source: &str, activity_id: &str) -> Result<Option<ReportingPeriod>> {
        let row = sqlx::query(
            "SELECT e.period FROM entries AS e JOIN files AS f ON f.id = e.file_id \
             WHERE e.sheet = 'activities' AND e.activity_id = ?1 AND e.period IS NOT NULL \
             ORDER BY f.source = ?2 DESC, f.source, e.file_id DESC, e.id LIMIT 1",
        )
        .bind(activity_id)
        .bind(source)
        .fetch_optional(self.readers())
        .await?;
        row.map_or(Ok(None), |row| row.maybe_period("period"))
    }

    /// Whether the row of an activity waits for a correction, whoever sent it.
    pub async fn is_held(&self, activity_id: &str) -> Result<bool> {
        let row = sqlx::query("SELECT 1 FROM held_rows WHERE activity_id = ? LIMIT 1").bind(activity_id);
        Ok(row.fetch_optional(self.readers()).await?.is_some())
    }

    /// Whether these bytes were ever taken, under whatever name.
    pub async fn has_seen(&self, sha256: &str) -> Result<bool> {
        let row = sqlx::query("SELECT 1 FROM files WHERE sha256 = ? LIMIT 1").bind(sha256);
        Ok(row.fetch_optional(self.readers()).await?.is_some())
    }

    /// Period of most rows among files taken at or after `since` from sources without a
    /// contributor, with the name of the file that has most of them.
    pub async fn companion_period(&self, since: DateTime<Utc>) -> Result<Option<(ReportingPeriod, String)>> {
        let row = sqlx::query(
            "SELECT period, file FROM ( \
               SELECT e.period, f.file, COUNT(*) AS of_file, SUM(COUNT(*)) OVER (PARTITION BY e.period) AS of_period \
               FROM entries AS e JOIN files AS f ON f.id = e.file_id \
               WHERE f.received_at >= ? AND f.source = f.file AND e.period IS NOT NULL GROUP BY e.period, f.file) \
             ORDER BY of_period DESC, period DESC, of_file DESC, file LIMIT 1",
        )
        .bind(instant(since))
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| Ok((row.period("period")?, row.text("file")?))).transpose()
    }
}

pub(super) type HeaderText = (String, Arc<BTreeMap<String, u32>>);

/// Header rows read so far, each once.
#[derive(Default)]
pub(super) struct Headers(BTreeMap<(i64, i64), HeaderText>);

impl Headers {
    pub(super) async fn get(
        &mut self,
        connection: &mut SqliteConnection,
        file: i64,
        number: i64,
    ) -> Result<HeaderText> {
        if let Some(known) = self.0.get(&(file, number)) {
            return Ok(known.clone());
        }
        let row = sqlx::query("SELECT sheet_name, columns FROM headers WHERE file_id = ? AND number = ?")
            .bind(file)
            .bind(number)
            .fetch_one(connection)
            .await?;
        let header = (row.text("sheet_name")?, Arc::new(row.json("columns")?));
        self.0.insert((file, number), header.clone());
        Ok(header)
    }
}

/// Files with everything told about them, in the order of the rows.
async fn files_of(connection: &mut SqliteConnection, rows: &[SqliteRow]) -> Result<Vec<StoredFile>> {
    let mut files = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.number("id")?;
        let told = sqlx::query("SELECT content FROM diagnostics WHERE file_id = ? ORDER BY number")
            .bind(id)
            .fetch_all(&mut *connection)
            .await?;
        files.push(StoredFile {
            id,
            source: row.text("source")?,
            summary: row.json("summary")?,
            received_at: row.at("received_at")?,
            diagnostics: told.iter().map(|row| row.json("content")).collect::<Result<_>>()?,
        });
    }
    Ok(files)
}
