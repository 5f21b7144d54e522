//! A released period is locked: rows that change it later begin a correction, and change nothing of what
//! went out.

use chrono::TimeDelta;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::replace::period_by_activity;
use super::runs::insert_run;
use super::text::Columns;
use super::{IncomingFile, PlannedRun, Result};
use crate::report::ReportRun;

/// So long after the first change a correction is compiled: of several files that come together one is
/// made, and not several.
const TOGETHER: TimeDelta = TimeDelta::minutes(10);

/// Whether something that was released lies within what the file speaks of.
const IS_LOCKED: &str = "
    SELECT 1 FROM runs WHERE state = 'released' AND EXISTS (SELECT 1 FROM scope
        WHERE scope.first_day >= runs.first_day AND scope.last_day <= runs.last_day) LIMIT 1";

/// The periods of which the file says something else than what it replaces: as many rows of the same
/// key and content on both sides are the same rows. Of a row without a period its activity's counts.
const CHANGED: &str = concat!(
    "WITH new AS (SELECT e.sheet, COALESCE(e.period, ",
    period_by_activity!(""),
    ") AS period, e.key, e.digest, COUNT(*) AS n FROM entries AS e WHERE e.file_id = ?1 GROUP BY 1, 2, 3, 4), \
     old AS (SELECT e.sheet, COALESCE(e.period, ",
    period_by_activity!(""),
    ") AS period, e.key, e.digest, COUNT(*) AS n FROM leaving CROSS JOIN entries AS e USING (id) GROUP BY 1, 2, 3, 4) \
     SELECT DISTINCT period FROM (\
       SELECT * FROM (SELECT * FROM new EXCEPT SELECT * FROM old) \
       UNION ALL SELECT * FROM (SELECT * FROM old EXCEPT SELECT * FROM new)) WHERE period IS NOT NULL"
);

/// What was released of the changed periods, the newest of each schedule and period, where no run is
/// under way that will say it anyway.
const TO_CORRECT: &str = "
    SELECT schedule, report, period FROM runs WHERE id IN (
        SELECT MAX(id) FROM runs WHERE state = 'released' AND EXISTS (SELECT 1 FROM changed
            WHERE changed.first_day >= runs.first_day AND changed.last_day <= runs.last_day)
        GROUP BY schedule, period)
    AND NOT EXISTS (SELECT 1 FROM runs AS other WHERE other.schedule = runs.schedule AND other.period = runs.period
        AND other.state IN ('due', 'compiling', 'held', 'awaiting_approval', 'failed'))
    ORDER BY id";

/// Begins corrections in the transaction that takes the file.
pub(super) async fn begin(tx: &mut SqliteConnection, file: i64, incoming: &IncomingFile) -> Result<()> {
    // Of most files nothing was released: they are compared with nothing.
    if sqlx::query(IS_LOCKED).fetch_optional(&mut *tx).await?.is_none() {
        return Ok(());
    }
    let rows = sqlx::query(CHANGED).bind(file).bind(&incoming.source).fetch_all(&mut *tx).await?;
    for row in &rows {
        let period = row.period("period")?;
        sqlx::query("INSERT OR IGNORE INTO changed (period, first_day, last_day) VALUES (?, ?, ?)")
            .bind(period.to_string())
            .bind(period.first_day().to_string())
            .bind(period.last_day().to_string())
            .execute(&mut *tx)
            .await?;
    }
    let released = sqlx::query(TO_CORRECT).fetch_all(&mut *tx).await?;
    for row in &released {
        let (schedule, mut run) = correction(row, incoming)?;
        while insert_run(tx, &schedule, &run, incoming.received_at).await?.is_none() {
            run.due_at += TimeDelta::microseconds(1);
        }
    }
    Ok(())
}

fn correction(row: &SqliteRow, incoming: &IncomingFile) -> Result<(String, PlannedRun)> {
    let run = PlannedRun {
        report: row.text("report")?,
        period: row.period("period")?,
        due_at: incoming.received_at,
        note: format!("{}{} has changed rows of a period that was released", ReportRun::CORRECTION, incoming.file),
        skipped: None,
        waits_until: Some(incoming.received_at + TOGETHER),
    };
    Ok((row.text("schedule")?, run))
}
