//! What a file is held against: other sources' rows of the same event, the totals of activities
//! that another file has, and what the same source said of the periods before.

use std::collections::{BTreeMap, BTreeSet};

use super::key::event;
use super::read::Headers;
use super::text::{Columns, write_json};
use super::{Result, Store};
use crate::period::ReportingPeriod;
use crate::record::{Entry, HeadCount, Origin, Record};

/// Rows of one type, town and first day that are looked at one by one: where there are more, one
/// workbook has been sent under many names, and each of them is as good a witness.
const MOST_ALIKE: u32 = 5;
/// Values of earlier periods that are looked at, the latest first.
const MOST_EARLIER: u32 = 5_000;

/// A row of another source.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Number of its file in the ledger.
    pub file_id: i64,
    /// Whose it is.
    pub source: String,
    /// The row.
    pub entry: Entry,
}

/// What is known of an activity by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownTotal {
    /// Who reported it.
    pub source: String,
    /// The file that has it.
    pub file: String,
    /// Its participants.
    pub head_count: HeadCount,
}

impl Store {
    /// Activities of other sources under one of the `keys`, which [`crate::twin::key`] makes.
    pub async fn events_beside(&self, source: &str, keys: &[String]) -> Result<Vec<Beside>> {
        let hashes: Vec<i64> = keys.iter().map(|key| event(key)).collect();
        let mut tx = self.readers().begin().await?;
        let rows = sqlx::query(
            "SELECT e.file_id, e.header, e.row, e.period, e.content, f.source, f.file \
             FROM json_each(?1) AS k JOIN entries AS e ON e.id IN ( \
                 SELECT x.id FROM entries AS x JOIN files AS g ON g.id = x.file_id \
                 WHERE x.event = k.value AND g.source <> ?2 ORDER BY x.id LIMIT ?3) \
             JOIN files AS f ON f.id = e.file_id \
             ORDER BY f.source, e.file_id, e.row",
        )
        .bind(write_json(&hashes)?)
        .bind(source)
        .bind(MOST_ALIKE)
        .fetch_all(&mut *tx)
        .await?;
        let mut headers = Headers::default();
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            let file_id = row.number("file_id")?;
            let (sheet, columns) = headers.get(&mut tx, file_id, row.number("header")?).await?;
            let origin = Origin { file: row.text("file")?, sheet, row: row.small("row")?, columns };
            let (period, record) = (row.maybe_period("period")?, row.json("content")?);
            let entry = Entry { origin, period, record, faults: Vec::new() };
            found.push(Beside { file_id, source: row.text("source")?, entry });
        }
        Ok(found)
    }

    /// Participants of activities by their ids, as `source` reported them, else as another did.
    pub async fn totals_of(&self, source: &str, ids: &BTreeSet<String>) -> Result<BTreeMap<String, KnownTotal>> {
        let rows = sqlx::query(
            "SELECT e.activity_id, e.content, f.source, f.file \
             FROM entries AS e JOIN files AS f ON f.id = e.file_id \
             WHERE e.sheet = 'activities' AND e.activity_id IN (SELECT value FROM json_each(?1)) \
             ORDER BY f.source = ?2 DESC, f.source, e.file_id DESC, e.id",
        )
        .bind(write_json(ids)?)
        .bind(source)
        .fetch_all(self.readers())
        .await?;
        let mut found = BTreeMap::new();
        for row in &rows {
            if let Record::Activities(activity) = row.json("content")? {
                let known = KnownTotal {
                    source: row.text("source")?,
                    file: row.text("file")?,
                    head_count: activity.head_count,
                };
                found.entry(row.text("activity_id")?).or_insert(known);
            }
        }
        Ok(found)
    }

    /// Indicators and budget lines with their periods, the latest first: those of `source`, or of
    /// all files that are nobody's where it is `None`.
    pub async fn earlier_values(&self, source: Option<&str>) -> Result<Vec<(ReportingPeriod, Record)>> {
        self.of_programme("'indicators', 'budget'", source, None).await
    }

    /// The work plan of a period, of the same whose.
    pub async fn plan_of(&self, source: Option<&str>, period: ReportingPeriod) -> Result<Vec<Record>> {
        let rows = self.of_programme("'plan'", source, Some(period)).await?;
        Ok(rows.into_iter().map(|(_, record)| record).collect())
    }

    async fn of_programme(
        &self,
        sheets: &'static str,
        source: Option<&str>,
        period: Option<ReportingPeriod>,
    ) -> Result<Vec<(ReportingPeriod, Record)>> {
        let (first, last) = (period.map(|p| p.first_day().to_string()), period.map(|p| p.last_day().to_string()));
        // The index is of these three sheets, and only a query that names them may use it.
        let query = format!(
            "SELECT e.period, e.content FROM entries AS e JOIN files AS f ON f.id = e.file_id \
             WHERE e.sheet IN ('plan', 'indicators', 'budget') AND e.sheet IN ({sheets}) AND e.period IS NOT NULL \
             AND f.source = COALESCE(?1, f.file) AND (?2 IS NULL OR (e.first_day >= ?2 AND e.last_day <= ?3)) \
             ORDER BY e.first_day DESC, e.file_id DESC, e.id LIMIT ?4"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(query))
            .bind(source)
            .bind(first)
            .bind(last)
            .bind(MOST_EARLIER)
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(|row| Ok((row.period("period")?, row.json("content")?))).collect()
    }

    /// Ids and titles of the activities of a period, whoever reported them.
    pub async fn activities_in(&self, period: ReportingPeriod) -> Result<Vec<(Option<String>, String)>> {
        let rows = sqlx::query(
            "SELECT activity_id, json_extract(content, '$.title') AS title FROM entries \
             WHERE sheet = 'activities' AND first_day >= ? AND last_day <= ?",
        )
        .bind(period.first_day().to_string())
        .bind(period.last_day().to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| Ok((row.maybe_text("activity_id")?, row.text("title")?))).collect()
    }
}
