//! Report runs: planning, claiming, and the changes of state that people and stages make.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::outbox::insert_delivery;
use super::text::{Columns, instant};
use super::{Compiled, PlannedRun, Result, Store, StoreError};
use crate::crash;
use crate::period::ReportingPeriod;
use crate::report::{ArchivedDocument, ReportRun, RunState};

/// One more than the highest revision of the same report and period that was ever compiled by
/// another run: a revision that nobody has seen is not counted.
macro_rules! next_revision {
    ($report:literal, $period:literal, $id:literal) => {
        concat!(
            "(SELECT 1 + COALESCE(MAX(other.revision), 0) FROM runs AS other WHERE other.report = ",
            $report,
            " AND other.period = ",
            $period,
            " AND other.id <> ",
            $id,
            " AND EXISTS (SELECT 1 FROM documents WHERE documents.run_id = other.id))"
        )
    };
}

impl Store {
    /// A run begun by hand; the instant is its beginning. Where one began at the very same
    /// instant, this one is a microsecond later.
    pub async fn start_run(&self, schedule: &str, mut run: PlannedRun) -> Result<ReportRun> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let id = loop {
            match insert_run(&mut tx, schedule, &run, run.due_at).await? {
                Some(id) => break id,
                None => run.due_at += chrono::TimeDelta::microseconds(1),
            }
        };
        tx.commit().await?;
        self.run(id).await
    }

    /// Takes the oldest due run, under a lease of at most 30 seconds; the fence must be given back.
    /// A run waits while another of its schedule is being compiled.
    pub async fn claim_run(&self, now: DateTime<Utc>, lease: Duration) -> Result<Option<(ReportRun, i64)>> {
        self.claim_run_beside(now, lease, &[]).await
    }

    /// The same; runs of the schedules in `beside` do not wait for each other.
    pub async fn claim_run_beside(
        &self,
        now: DateTime<Utc>,
        lease: Duration,
        beside: &[&str],
    ) -> Result<Option<(ReportRun, i64)>> {
        let rows = sqlx::query(concat!(
            "UPDATE runs SET state = 'compiling', fence = fence + 1, claimed_by = ?, lease_until = ?, \
             updated_at = ?, revision = ",
            next_revision!("runs.report", "runs.period", "runs.id"),
            " WHERE state = 'due' AND id = (SELECT id FROM runs AS next WHERE state = 'due' \
               AND (waits_until IS NULL OR waits_until <= ?) AND (schedule IN (SELECT value FROM json_each(?)) OR NOT EXISTS \
                 (SELECT 1 FROM runs AS other WHERE other.state = 'compiling' AND other.schedule = next.schedule)) \
               ORDER BY due_at, id LIMIT 1) \
             RETURNING *"
        ))
        .bind(self.worker())
        .bind(super::lease_end(now, lease))
        .bind(instant(now))
        .bind(instant(now))
        .bind(super::text::write_json(&beside)?)
        .fetch_all(self.writer())
        .await?;
        crash::point("run-claimed");
        rows.first().map(|row| Ok((run_of(row)?, row.number("fence")?))).transpose()
    }

    /// Documents, deliveries and the change of state, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::NotInState`] where the run was taken away in the meantime: nothing is written.
    pub async fn finish_run(&self, run: i64, fence: i64, compiled: Compiled, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE runs SET state = ?, reason = ?, as_of = ?, facts = ?, brief = ?, updated_at = ?, \
             claimed_by = NULL, lease_until = NULL WHERE id = ? AND state = 'compiling' AND fence = ?",
        )
        .bind(compiled.state.word())
        .bind(compiled.reason)
        .bind(compiled.as_of.to_string())
        .bind(compiled.facts)
        .bind(super::text::write_json(&compiled.brief)?)
        .bind(instant(now))
        .bind(run)
        .bind(fence)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Err(not_in_state(&mut tx, run, "compiling").await);
        }
        sqlx::query("DELETE FROM documents WHERE run_id = ?").bind(run).execute(&mut *tx).await?;
        for document in &compiled.documents {
            insert_document(&mut tx, run, document).await?;
        }
        crash::point("run-documents-written");
        for delivery in &compiled.deliveries {
            insert_delivery(&mut tx, delivery, now).await?;
        }
        crash::point("run-before-commit");
        tx.commit().await?;
        crash::point("run-committed");
        Ok(())
    }

    /// Parks a run that could not be compiled.
    pub async fn fail_run(&self, run: i64, fence: i64, reason: &str, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE runs SET state = 'failed', reason = ?, updated_at = ?, claimed_by = NULL, lease_until = NULL \
             WHERE id = ? AND state = 'compiling' AND fence = ?",
        )
        .bind(reason)
        .bind(instant(now))
        .bind(run)
        .bind(fence)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Err(not_in_state(&mut tx, run, "compiling").await);
        }
        tx.commit().await?;
        Ok(())
    }

    /// A person keeps a waiting run back. It stays held until a person releases it, or has it
    /// compiled again; new data alone does not wake it.
    pub async fn hold_run(&self, run: i64, by: &str, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE runs SET state = 'held', decided_by = ?, decided_at = ?, updated_at = ? \
             WHERE id = ? AND state IN ('held', 'awaiting_approval')",
        )
        .bind(by)
        .bind(instant(now))
        .bind(instant(now))
        .bind(run)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Err(not_in_state(&mut tx, run, "held or awaiting_approval").await);
        }
        tx.commit().await?;
        Ok(())
    }

    /// A person sets a failed, held or waiting run back to due, to be compiled again; one that waits
    /// for what contributors owe goes at once.
    pub async fn retry_run(&self, run: i64, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE runs SET state = 'due', reason = NULL, decided_by = NULL, decided_at = NULL, updated_at = ?1, \
             waits_until = IIF(state = 'due', NULL, waits_until) \
             WHERE id = ?2 AND (state IN ('failed', 'held', 'awaiting_approval') OR (state = 'due' AND waits_until > ?1))",
        )
        .bind(instant(now))
        .bind(run)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Err(not_in_state(&mut tx, run, "failed, held or awaiting_approval").await);
        }
        tx.commit().await?;
        Ok(())
    }

    /// A person cancels a run that is not released. Mails to its approvers that have not left are
    /// cancelled with it; a compiling under way is fenced off.
    pub async fn cancel_run(&self, run: i64, by: &str, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE runs SET state = 'skipped', fence = fence + 1, claimed_by = NULL, lease_until = NULL, \
             decided_by = ?, decided_at = ?, updated_at = ? \
             WHERE id = ? AND state IN ('due', 'compiling', 'held', 'awaiting_approval', 'failed')",
        )
        .bind(by)
        .bind(instant(now))
        .bind(instant(now))
        .bind(run)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Err(not_in_state(&mut tx, run, "due, held, awaiting_approval or failed").await);
        }
        sqlx::query(
            "UPDATE deliveries SET state = 'cancelled' \
             WHERE run_id = ? AND purpose = 'sign_off' AND state IN ('pending', 'waiting')",
        )
        .bind(run)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// One run.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none of that number.
    pub async fn run(&self, run: i64) -> Result<ReportRun> {
        let row = sqlx::query("SELECT * FROM runs WHERE id = ?").bind(run).fetch_optional(self.readers()).await?;
        run_of(&row.ok_or(StoreError::Missing { what: "report run", id: run })?)
    }

    /// The newest first; all states where none is given.
    pub async fn runs(&self, states: &[RunState], limit: u32) -> Result<Vec<ReportRun>> {
        let words: Vec<&str> = states.iter().map(|s| s.word()).collect();
        let rows = sqlx::query(
            "SELECT * FROM runs WHERE ?1 = '[]' OR state IN (SELECT value FROM json_each(?1)) \
             ORDER BY due_at DESC, id DESC LIMIT ?2",
        )
        .bind(super::text::write_json(&words)?)
        .bind(limit)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(run_of).collect()
    }

    /// The editions of a run, the whole region's first.
    pub async fn documents(&self, run: i64) -> Result<Vec<ArchivedDocument>> {
        let rows = sqlx::query("SELECT * FROM documents WHERE run_id = ? ORDER BY edition, language")
            .bind(run)
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(document_of).collect()
    }

    /// The last released run of a report and period, if any.
    pub async fn last_released(&self, report: &str, period: ReportingPeriod) -> Result<Option<ReportRun>> {
        let row = sqlx::query(
            "SELECT * FROM runs WHERE report = ? AND period = ? AND state = 'released' \
             ORDER BY revision DESC, id DESC LIMIT 1",
        )
        .bind(report)
        .bind(period.to_string())
        .fetch_optional(self.readers())
        .await?;
        row.as_ref().map(run_of).transpose()
    }
}

/// Writes a planned run, and gives its number; `None` where its instant is taken.
///
/// An instant that was skipped by a clock ahead of its time is not taken: it comes yet.
pub(super) async fn insert_run(
    tx: &mut SqliteConnection,
    schedule: &str,
    run: &PlannedRun,
    now: DateTime<Utc>,
) -> Result<Option<i64>> {
    let state = if run.skipped.is_some() { RunState::Skipped } else { RunState::Due };
    let written = sqlx::query(concat!(
        "INSERT INTO runs (schedule, report, period, first_day, last_day, due_at, note, state, reason, updated_at, \
         waits_until, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ",
        next_revision!("?2", "?3", "0"),
        ") ON CONFLICT (schedule, due_at) DO UPDATE SET state = excluded.state, reason = excluded.reason, \
         note = excluded.note, updated_at = excluded.updated_at, waits_until = excluded.waits_until \
         WHERE runs.state = 'skipped' AND runs.decided_by IS NULL AND runs.updated_at > excluded.updated_at \
         RETURNING id"
    ))
    .bind(schedule)
    .bind(&run.report)
    .bind(run.period.to_string())
    .bind(run.period.first_day().to_string())
    .bind(run.period.last_day().to_string())
    .bind(instant(run.due_at))
    .bind(&run.note)
    .bind(state.word())
    .bind(run.skipped.as_deref())
    .bind(instant(now))
    .bind(run.waits_until.map(instant))
    .fetch_all(&mut *tx)
    .await?;
    written.first().map(|row| row.number("id")).transpose()
}

async fn insert_document(tx: &mut SqliteConnection, run: i64, document: &ArchivedDocument) -> Result<()> {
    sqlx::query(
        "INSERT INTO documents (run_id, language, edition, path, file_name, sha256, size, pages) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(run)
    .bind(document.language.code())
    .bind(&document.edition)
    .bind(&document.path)
    .bind(&document.file_name)
    .bind(&document.sha256)
    .bind(i64::try_from(document.size).unwrap_or(i64::MAX))
    .bind(document.pages)
    .execute(tx)
    .await?;
    Ok(())
}

/// Why an update of a run met no row.
pub(super) async fn not_in_state(tx: &mut SqliteConnection, run: i64, expected: &'static str) -> StoreError {
    match sqlx::query("SELECT state FROM runs WHERE id = ?").bind(run).fetch_optional(tx).await {
        Err(error) => error.into(),
        Ok(None) => StoreError::Missing { what: "report run", id: run },
        Ok(Some(row)) => match row.text("state") {
            // The same word: it is there, but in another worker's hands.
            Ok(found) if found == expected => {
                StoreError::NotInState { what: "report run", id: run, found: "in other hands".to_owned(), expected }
            }
            Ok(found) => StoreError::NotInState { what: "report run", id: run, found, expected },
            Err(error) => error,
        },
    }
}

pub(super) fn run_of(row: &SqliteRow) -> Result<ReportRun> {
    let state = row.text("state")?;
    Ok(ReportRun {
        id: row.number("id")?,
        schedule: row.text("schedule")?,
        report: row.text("report")?,
        period: row.period("period")?,
        revision: row.small("revision")?,
        due_at: row.at("due_at")?,
        note: row.text("note")?,
        state: RunState::from_word(&state).ok_or_else(|| StoreError::unreadable("state", &state))?,
        reason: row.maybe_text("reason")?,
        as_of: row.maybe_day("as_of")?,
        decided_by: row.maybe_text("decided_by")?,
        decided_at: row.maybe_at("decided_at")?,
        waits_until: row.maybe_at("waits_until")?,
        facts: row.maybe_text("facts")?,
    })
}

pub(super) fn document_of(row: &SqliteRow) -> Result<ArchivedDocument> {
    let language = row.text("language")?;
    let size = row.number("size")?;
    Ok(ArchivedDocument {
        run: row.number("run_id")?,
        language: language.parse().map_err(|_| StoreError::unreadable("language", &language))?,
        edition: row.text("edition")?,
        path: row.text("path")?,
        file_name: row.text("file_name")?,
        sha256: row.text("sha256")?,
        size: u64::try_from(size).map_err(|_| StoreError::unreadable("size", &size.to_string()))?,
        pages: row.small("pages")?,
    })
}
