//! Who has sent what for a period, and the runs that wait for it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::runs::run_of;
use super::text::{Columns, instant, sheet_of};
use super::{Result, Store};
use crate::period::ReportingPeriod;
use crate::readiness::{Contribution, Owed, Readiness, Standing};
use crate::recipient::Contributor;
use crate::report::ReportRun;
use crate::sheet::Sheet;

/// Accepted rows of the period by source and sheet, with the newest file. A row without a period of
/// its own is of the period of its activity.
const ACCEPTED: &str = "
    SELECT LOWER(f.source) AS source, e.sheet, COUNT(*) AS n, MAX(f.received_at) AS at, f.file
    FROM entries AS e JOIN files AS f ON f.id = e.file_id
    WHERE LOWER(f.source) IN (SELECT value FROM json_each(?3)) AND (
        (e.first_day >= ?1 AND e.last_day <= ?2)
        OR (e.period IS NULL AND e.activity_id IN (SELECT activity_id FROM entries
            WHERE sheet = 'activities' AND first_day >= ?1 AND last_day <= ?2)))
    GROUP BY 1, 2";

/// Held rows of the period, and those of which nobody knows whose they are.
const HELD: &str = "
    SELECT LOWER(f.source) AS source, h.sheet, COUNT(*) AS n, MAX(f.received_at) AS at, f.file
    FROM held_rows AS h JOIN files AS f ON f.id = h.file_id
    WHERE LOWER(f.source) IN (SELECT value FROM json_each(?3))
      AND (h.period IS NULL OR (h.first_day >= ?1 AND h.last_day <= ?2))
    GROUP BY 1, 2";

/// Rows of one source and sheet: how many, when the newest came, and in which file.
type Came = (u32, DateTime<Utc>, String);

impl Store {
    /// What each contributor owes for a period, and what has come.
    pub async fn readiness(&self, period: ReportingPeriod, contributors: &[Contributor]) -> Result<Readiness> {
        let mut tx = self.readers().begin().await?;
        let sources: Vec<String> = contributors.iter().map(|one| one.email.to_lowercase()).collect();
        let sources = super::text::write_json(&sources)?;
        let mut came: [BTreeMap<(String, Option<Sheet>), Came>; 2] = Default::default();
        if !contributors.is_empty() {
            for (query, found) in [ACCEPTED, HELD].into_iter().zip(&mut came) {
                let rows = sqlx::query(query)
                    .bind(period.first_day().to_string())
                    .bind(period.last_day().to_string())
                    .bind(&sources)
                    .fetch_all(&mut *tx)
                    .await?;
                for row in &rows {
                    let sheet = row.maybe_text("sheet")?.map(|key| sheet_of(&key)).transpose()?;
                    found.insert((row.text("source")?, sheet), (row.small("n")?, row.at("at")?, row.text("file")?));
                }
            }
        }
        let [accepted, held] = &came;
        let contributions = contributors
            .iter()
            .map(|contributor| {
                let source = contributor.email.to_lowercase();
                let sheets = contributor.sheets.iter().enumerate().map(|(place, sheet)| {
                    let key = (source.clone(), Some(*sheet));
                    // A held row of no known sheet is told once, with the first that is owed.
                    let nowhere = held.get(&(source.clone(), None)).filter(|_| place == 0);
                    owed(*sheet, accepted.get(&key), [held.get(&key), nowhere])
                });
                Contribution { contributor: contributor.clone(), sheets: sheets.collect() }
            })
            .collect();
        Ok(Readiness { period, contributions })
    }

    /// The last reminder of a period to each contributor: by address in small letters, the number of the mail and when
    /// it was written.
    pub async fn reminders(&self, period: ReportingPeriod) -> Result<BTreeMap<String, (i64, DateTime<Utc>)>> {
        // The key is cause, schedule, period, instant, days and address; `0` comes right after `/`. What the
        // secretariat is told with it has a word before the address.
        let rows = sqlx::query(
            "SELECT LOWER(email) AS email, id, created_at FROM deliveries \
             WHERE unique_key > 'remind/' AND unique_key < 'remind0' AND unique_key GLOB 'remind/*/' || ? || '/*' \
             AND unique_key NOT GLOB 'remind/*/outlook/*' AND state <> 'cancelled' ORDER BY id",
        )
        .bind(period.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| Ok((row.text("email")?, (row.number("id")?, row.at("created_at")?)))).collect()
    }

    /// Runs that are due and wait for what contributors owe.
    pub async fn waiting_runs(&self, now: DateTime<Utc>) -> Result<Vec<ReportRun>> {
        let rows = sqlx::query("SELECT * FROM runs WHERE state = 'due' AND waits_until > ? ORDER BY due_at, id")
            .bind(instant(now))
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(run_of).collect()
    }

    /// Lets a waiting run go; `false` where somebody else did.
    pub async fn end_wait(&self, run: i64, now: DateTime<Utc>) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE runs SET waits_until = NULL, updated_at = ? \
             WHERE id = ? AND state = 'due' AND waits_until IS NOT NULL",
        )
        .bind(instant(now))
        .bind(run)
        .execute(self.writer())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}

fn owed(sheet: Sheet, accepted: Option<&Came>, held: [Option<&Came>; 2]) -> Owed {
    let rows = accepted.map_or(0, |(n, ..)| *n);
    let held_rows: u32 = held.iter().flatten().map(|(n, ..)| *n).sum();
    let newest = accepted.into_iter().chain(held.into_iter().flatten()).max_by_key(|(_, at, _)| *at);
    Owed {
        sheet,
        standing: match (rows, held_rows) {
            (0, 0) => Standing::Missing,
            (_, 0) => Standing::Accepted,
            _ => Standing::HeldRows,
        },
        rows,
        held: held_rows,
        received_at: newest.map(|(_, at, _)| *at),
        file: newest.map(|(.., file)| file.clone()),
    }
}
