//! Lists for people to leaf through: files, what is wrong with them, runs, deliveries.
//!
//! Every list has a limit and goes on from a number, so that a page costs the same in a large
//! ledger as in a small one; counts are read from an index. What is long (facts, letters, mails) is
//! left where it is.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::text::{Columns, write_json};
use super::{Result, Store, StoreError};
use crate::diagnostic::Diagnostic;
use crate::outbox::{Attachment, DeliveryState, Purpose};
use crate::recipient::Language;
use crate::record::FileSummary;
use crate::report::{ReportRun, RunState};

/// Which files to list, the newest first.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileFilter {
    /// Only the latest version of each file, and only where its sender must do something.
    pub to_fix: bool,
    /// Only those older than this number.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u32,
}

/// A file, without what is told about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    /// Number in the ledger.
    pub id: i64,
    /// Who sent it: a contributor's address, or the file's own name.
    pub source: String,
    /// What reading it came to.
    pub summary: FileSummary,
    /// When it was taken.
    pub received_at: DateTime<Utc>,
    /// Errors told.
    pub errors: u32,
    /// A later version of it has been taken.
    pub is_replaced: bool,
}

impl FileLine {
    /// Whether its sender must do something.
    #[must_use]
    pub fn needs_fixing(&self) -> bool {
        self.errors > 0 || self.summary.rows_held > 0
    }
}

/// The answer to a file as it went out by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentAnswer {
    /// Number of the delivery.
    pub delivery: i64,
    /// Where it stands.
    pub state: DeliveryState,
    /// Its text.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// The marked copy, where it went with it.
    pub attachments: Vec<Attachment>,
}

/// Which deliveries to list, the newest first.
#[derive(Clone, Debug, Default)]
pub struct DeliveryList {
    /// Only those in this state.
    pub state: Option<DeliveryState>,
    /// Only those of a run.
    pub run: Option<i64>,
    /// Only those older than this number.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u32,
}

/// A delivery, without its letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryLine {
    /// Number in the ledger.
    pub id: i64,
    /// The run it belongs to, if any.
    pub run: Option<i64>,
    /// What it is for.
    pub purpose: Purpose,
    /// Display name of the recipient.
    pub name: String,
    /// Mailbox of the recipient.
    pub email: String,
    /// Subject of the letter.
    pub subject: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// Attempts begun.
    pub attempts: u32,
    /// Not before this instant.
    pub next_attempt_at: DateTime<Utc>,
    /// The last answer, or why it waits.
    pub last_reply: Option<String>,
    /// An attempt ended without an answer: it may have arrived twice.
    pub possible_duplicate: bool,
}

const FILE_LINE: &str = "
    SELECT f.id, f.source, f.received_at, f.summary,
           (SELECT COUNT(*) FROM diagnostics AS d
             WHERE d.file_id = f.id AND json_extract(d.content, '$.severity') = 'error') AS errors,
           EXISTS (SELECT 1 FROM files AS g WHERE g.source = f.source AND g.file = f.file AND g.id > f.id) AS is_replaced
    FROM files AS f";

impl Store {
    /// Files by a filter, the newest first.
    pub async fn file_lines(&self, filter: FileFilter) -> Result<Vec<FileLine>> {
        let narrowed = if filter.to_fix {
            " AND NOT EXISTS (SELECT 1 FROM files AS g WHERE g.source = f.source AND g.file = f.file AND g.id > f.id)
              AND (json_extract(f.summary, '$.rows_held') > 0 OR EXISTS (SELECT 1 FROM diagnostics AS d
                WHERE d.file_id = f.id AND json_extract(d.content, '$.severity') = 'error'))"
        } else {
            ""
        };
        let query = format!("{FILE_LINE} WHERE f.id < ?1{narrowed} ORDER BY f.id DESC LIMIT ?2");
        let rows = sqlx::query(sqlx::AssertSqlSafe(query))
            .bind(filter.before.unwrap_or(i64::MAX))
            .bind(filter.limit)
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(file_line_of).collect()
    }

    /// One file.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none of that number.
    pub async fn file_line(&self, id: i64) -> Result<FileLine> {
        let query = format!("{FILE_LINE} WHERE f.id = ?");
        let row = sqlx::query(sqlx::AssertSqlSafe(query)).bind(id).fetch_optional(self.readers()).await?;
        file_line_of(&row.ok_or(StoreError::Missing { what: "file", id })?)
    }

    /// The number of the last file of this name from a source, if there is one.
    pub async fn file_named(&self, source: &str, file: &str) -> Result<Option<i64>> {
        let found =
            sqlx::query_scalar("SELECT MAX(id) FROM files WHERE source = ? AND file = ?").bind(source).bind(file);
        Ok(found.fetch_one(self.readers()).await?)
    }

    /// What is told about a file: its errors, or the rest, in the order of telling; after so many, at most `limit`.
    pub async fn told_about(&self, file: i64, errors: bool, after: u32, limit: u32) -> Result<Vec<Diagnostic>> {
        // Two queries, so that each is answered by its index.
        let query = if errors {
            "SELECT content FROM diagnostics WHERE file_id = ? AND json_extract(content, '$.severity') = 'error' \
             ORDER BY number LIMIT ? OFFSET ?"
        } else {
            "SELECT content FROM diagnostics WHERE file_id = ? AND json_extract(content, '$.severity') <> 'error' \
             ORDER BY number LIMIT ? OFFSET ?"
        };
        let rows = sqlx::query(query).bind(file).bind(limit).bind(after).fetch_all(self.readers()).await?;
        rows.iter().map(|row| row.json("content")).collect()
    }

    /// How much of what is told about a file is no error.
    pub async fn remarks_about(&self, file: i64) -> Result<u32> {
        let count: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM diagnostics WHERE file_id = ? AND json_extract(content, '$.severity') <> 'error'",
        )
        .bind(file)
        .fetch_one(self.readers())
        .await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The last answer that was mailed for these bytes of a source.
    pub async fn sent_answer(&self, source: &str, sha256: &str) -> Result<Option<SentAnswer>> {
        // The key begins with cause, source and bytes; `0` comes right after `/`.
        let key = format!("answer/{source}/{sha256}");
        let row = sqlx::query(
            "SELECT id, state, letter, attachments FROM deliveries WHERE unique_key > ?1 || '/' AND unique_key < ?1 || '0' \
             ORDER BY id DESC LIMIT 1",
        )
        .bind(key)
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| {
            let letter: crate::outbox::Letter = row.json("letter")?;
            Ok(SentAnswer {
                delivery: row.number("id")?,
                state: state_of(&row)?,
                text: letter.text,
                language: letter.language,
                attachments: row.json("attachments")?,
            })
        })
        .transpose()
    }

    /// Runs in the given states (all where none is given) without their facts, the newest first; those that
    /// come after `skip` others, at most `limit`.
    pub async fn run_lines(&self, states: &[RunState], skip: u32, limit: u32) -> Result<Vec<ReportRun>> {
        let words: Vec<&str> = states.iter().map(|s| s.word()).collect();
        let rows = sqlx::query(
            "SELECT id, schedule, report, period, revision, due_at, note, state, reason, as_of, decided_by, decided_at, \
             waits_until, NULL AS facts FROM runs WHERE ?1 = '[]' OR state IN (SELECT value FROM json_each(?1)) \
             ORDER BY due_at DESC, id DESC LIMIT ?2 OFFSET ?3",
        )
        .bind(write_json(&words)?)
        .bind(limit)
        .bind(skip)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(super::runs::run_of).collect()
    }

    /// The runs of a report and period without their facts, the highest revision first.
    pub async fn revisions(&self, report: &str, period: crate::period::ReportingPeriod) -> Result<Vec<ReportRun>> {
        let rows = sqlx::query(
            "SELECT id, schedule, report, period, revision, due_at, note, state, reason, as_of, decided_by, decided_at, \
             waits_until, NULL AS facts FROM runs WHERE report = ? AND period = ? ORDER BY revision DESC, id DESC LIMIT 50",
        )
        .bind(report)
        .bind(period.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(super::runs::run_of).collect()
    }

    /// Deliveries by a filter, the newest first.
    pub async fn delivery_lines(&self, filter: &DeliveryList) -> Result<Vec<DeliveryLine>> {
        let mut query = "SELECT id, run_id, purpose, name, email, json_extract(letter, '$.subject') AS subject, state, \
                         created_at, attempts, next_attempt_at, last_reply, possible_duplicate FROM deliveries WHERE id < ?1"
            .to_owned();
        // Put together, so that each shape of it is answered by its own index.
        if filter.state.is_some() {
            query.push_str(" AND state = ?3");
        }
        if filter.run.is_some() {
            query.push_str(" AND run_id = ?4");
        }
        query.push_str(" ORDER BY id DESC LIMIT ?2");
        let rows = sqlx::query(sqlx::AssertSqlSafe(query))
            .bind(filter.before.unwrap_or(i64::MAX))
            .bind(filter.limit)
            .bind(filter.state.map(DeliveryState::word))
            .bind(filter.run)
            .fetch_all(self.readers())
            .await?;
        rows.iter()
            .map(|row| {
                let purpose = row.text("purpose")?;
                Ok(DeliveryLine {
                    id: row.number("id")?,
                    run: row.try_get("run_id")?,
                    purpose: Purpose::from_word(&purpose).ok_or_else(|| StoreError::unreadable("purpose", &purpose))?,
                    name: row.text("name")?,
                    email: row.text("email")?,
                    subject: row.maybe_text("subject")?.unwrap_or_default(),
                    state: state_of(row)?,
                    created_at: row.at("created_at")?,
                    attempts: row.small("attempts")?,
                    next_attempt_at: row.at("next_attempt_at")?,
                    last_reply: row.maybe_text("last_reply")?,
                    possible_duplicate: row.number("possible_duplicate")? != 0,
                })
            })
            .collect()
    }

    /// How many deliveries there are in each state, of all or of one run.
    pub async fn delivery_counts(&self, run: Option<i64>) -> Result<BTreeMap<DeliveryState, u32>> {
        let rows = match run {
            None => sqlx::query("SELECT state, COUNT(*) AS number FROM deliveries GROUP BY state"),
            Some(run) => {
                sqlx::query("SELECT state, COUNT(*) AS number FROM deliveries WHERE run_id = ? GROUP BY state")
                    .bind(run)
            }
        };
        let rows = rows.fetch_all(self.readers()).await?;
        rows.iter().map(|row| Ok((state_of(row)?, row.small("number")?))).collect()
    }
}

fn state_of(row: &SqliteRow) -> Result<DeliveryState> {
    let state = row.text("state")?;
    DeliveryState::from_word(&state).ok_or_else(|| StoreError::unreadable("state", &state))
}

fn file_line_of(row: &SqliteRow) -> Result<FileLine> {
    Ok(FileLine {
        id: row.number("id")?,
        source: row.text("source")?,
        summary: row.json("summary")?,
        received_at: row.at("received_at")?,
        errors: row.small("errors")?,
        is_replaced: row.number("is_replaced")? != 0,
    })
}
