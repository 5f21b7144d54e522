//! The ledger: migrations, and every line of SQL.
//!
//! The methods of [`Store`] stand in files by what they are about: `intake` and `replace` write a
//! file's rows, `read` gives them back, `across` what a file is held against, `schedules` what is planned, `runs` and
//! `outbox` hold the two state machines, `lists` what people leaf through, `channel` the hold on all mail, `leases`
//! what is in hand, `notices` what the operators are told, `care` keeps the ledger sound; `accounts` are the dashboard's,
//! and `audit` has who did what. Claiming is one statement; every later update names the state it
//! leaves and compares the fencing number that the claim gave.

mod accounts;
mod across;
mod approvals;
mod audit;
mod bounces;
mod care;
mod channel;
mod configurations;
mod connect;
mod copy;
mod corrections;
mod intake;
mod key;
mod leases;
mod lists;
mod measures;
mod notices;
mod outbox;
mod read;
mod readiness;
mod replace;
mod runs;
mod schedules;
mod settle;
mod text;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sqlx::SqlitePool;

pub use accounts::Account;
pub use across::{Beside, KnownTotal};
pub use approvals::{Decision, Seen};
pub use audit::{AuditRecord, Deed};
pub use bounces::{BadAddress, Bounce};
pub use care::waits_for_a_person;
pub use configurations::{ConfigurationChange, StoredConfiguration};
pub use connect::ChangeWatch;
use connect::Connections;
pub use intake::FileWriter;
pub use key::key as row_key;
pub use leases::LONGEST_LEASE;
use leases::lease_end;
pub use lists::{DeliveryLine, DeliveryList, FileFilter, FileLine, SentAnswer};
pub use measures::Measures;
pub use schedules::{Backlog, KnownSchedule, Missed, Planned, StoredRule};

use crate::approval::Brief;
use crate::diagnostic::Diagnostic;
use crate::outbox::{DeliveryState, NewDelivery};
use crate::period::ReportingPeriod;
use crate::record::{Entry, FileSummary, Sheet};
use crate::report::{ArchivedDocument, RunState};

/// What went wrong between us and the ledger.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("the ledger: {0}")]
    Database(sqlx::Error),
    /// What is stored cannot be understood by this program.
    #[error("the ledger holds something unreadable: {0}")]
    Unreadable(String),
    /// The item has left the state it was to be moved from, or another worker holds it.
    #[error("{what} {id} is {found}, not {expected}")]
    NotInState {
        /// "report run" or "delivery".
        what: &'static str,
        /// Its number.
        id: i64,
        /// The state it is in.
        found: String,
        /// The state that was expected.
        expected: &'static str,
    },
    /// There is no such item.
    #[error("there is no {what} {id}")]
    Missing {
        /// "report run" or "delivery".
        what: &'static str,
        /// Its number.
        id: i64,
    },
    /// The ledger's address is of a kind this program does not speak.
    #[error("expected a ledger address that begins with `sqlite:`, found `{0}`")]
    Address(String),
    /// The ledger's file or its folder cannot be made.
    #[error("the ledger's file {}: {error}", path.display())]
    File {
        /// Where it should be.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The ledger's file is damaged.
    #[error(
        "the ledger is damaged ({0}): move it away as it is, and restore the last backup into a new home, \
         rapporteur --home NEW restore FILE"
    )]
    Damaged(String),
    /// A newer version of this program has written the ledger.
    #[error(
        "the ledger is of version {found}, and this program knows versions up to {known}: \
         use the newer program that wrote it"
    )]
    Newer {
        /// Version of the ledger.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::of(error)
    }
}

impl StoreError {
    /// Whether the same call may succeed later, with nothing changed by anybody.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::File { .. } => true,
            Self::Database(error) => match error {
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => true,
                // SQLITE_BUSY, LOCKED, IOERR, FULL, CANTOPEN, in their extended forms too.
                sqlx::Error::Database(error) => error
                    .code()
                    .and_then(|code| code.parse::<i32>().ok())
                    .is_some_and(|code| matches!(code & 0xFF, 5 | 6 | 10 | 13 | 14)),
                _ => false,
            },
            _ => false,
        }
    }

    /// A file that is no ledger, or no longer one, is told as what it is.
    fn of(error: sqlx::Error) -> Self {
        // SQLITE_CORRUPT and SQLITE_NOTADB, in their extended forms too.
        let code = error.as_database_error().and_then(|e| e.code()).and_then(|code| code.parse::<i32>().ok());
        match code {
            Some(code) if matches!(code & 0xFF, 11 | 26) => Self::Damaged(error.to_string()),
            _ => Self::Database(error),
        }
    }

    fn unreadable(what: &str, found: &str) -> Self {
        Self::Unreadable(format!("expected a {what}, found `{found}`"))
    }
}

/// One ledger, shared by all stages. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    connections: Arc<Connections>,
    /// Whose hands this handle's claims are in.
    worker: Arc<str>,
}

/// A file about to be written into the ledger.
#[derive(Clone, Debug)]
pub struct IncomingFile {
    /// Who sent it: a contributor's e-mail address, or the file's name where it is nobody's.
    pub source: String,
    /// File name as dropped.
    pub file: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// When it was taken.
    pub received_at: DateTime<Utc>,
}

/// A row that was held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldRow {
    /// File name as dropped.
    pub file: String,
    /// The sheet.
    pub sheet: Option<Sheet>,
    /// Its period, where known.
    pub period: Option<ReportingPeriod>,
    /// One-based row of the sheet.
    pub row: u32,
    /// The activity's own id, where it is one of an activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<String>,
}

/// What a file changed against what the same source had sent before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Rows that were not there before.
    pub added: u32,
    /// Rows with the same key and other content.
    pub changed: u32,
    /// Rows that are no longer there.
    pub gone: u32,
    /// Rows as they were.
    pub same: u32,
}

/// A file in the ledger.
#[derive(Clone, Debug)]
pub struct StoredFile {
    /// Number in the ledger.
    pub id: i64,
    /// Who sent it.
    pub source: String,
    /// What reading it came to.
    pub summary: FileSummary,
    /// When it was taken.
    pub received_at: DateTime<Utc>,
    /// Everything told about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// How much a period has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeriodCounts {
    /// Accepted rows by sheet.
    pub rows: BTreeMap<Sheet, u64>,
    /// Held rows.
    pub held: u64,
    /// Whose rows they are.
    pub sources: BTreeSet<String>,
}

/// What the ledger has for a period.
#[derive(Clone, Debug, Default)]
pub struct PeriodData {
    /// Its rows, those placed by their activity included, in the order of source, sheet, file, row.
    pub entries: Vec<Entry>,
    /// The files they came from, and those with rows held for it, by source and name.
    pub files: Vec<StoredFile>,
    /// Rows held for it, or for a period that is not known.
    pub held: Vec<HeldRow>,
}

/// A run about to be planned.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedRun {
    /// Report and period.
    pub report: String,
    /// The period.
    pub period: ReportingPeriod,
    /// The instant of the occurrence.
    pub due_at: DateTime<Utc>,
    /// "late: due …, found …"; empty when on time.
    pub note: String,
    /// `Some(reason)` writes it as skipped.
    pub skipped: Option<String>,
    /// Until when it waits for what contributors owe; `None` where it does not.
    pub waits_until: Option<DateTime<Utc>>,
}

/// What compiling a run came to.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// `Held`, `AwaitingApproval` or `Released`.
    pub state: RunState,
    /// Why it is held.
    pub reason: Option<String>,
    /// Day up to which data was taken into account.
    pub as_of: NaiveDate,
    /// Facts as JSON.
    pub facts: String,
    /// What approvers are told beside the editions.
    pub brief: Brief,
    /// The editions, already in the archive.
    pub documents: Vec<ArchivedDocument>,
    /// Mails to approvers, or to recipients where no sign-off is asked for.
    pub deliveries: Vec<NewDelivery>,
}

/// Which deliveries to list.
#[derive(Clone, Debug, Default)]
pub struct DeliveryFilter {
    /// Only those of a run.
    pub run: Option<i64>,
    /// Only those in these states; empty for all.
    pub states: Vec<DeliveryState>,
}

impl DeliveryFilter {
    /// Those that did not arrive and are not tried again: given up, or come back.
    #[must_use]
    pub fn failed() -> Self {
        Self { run: None, states: vec![DeliveryState::Bounced, DeliveryState::DeadLetter] }
    }
}

/// One try of a delivery, for people to look at.
#[derive(Clone, Debug)]
pub struct AttemptRecord {
    /// 1 for the first.
    pub number: u32,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// When it ended; `None` where a crash ended it.
    pub ended_at: Option<DateTime<Utc>>,
    /// How it ended, as a word, and the server's answer.
    pub outcome: Option<String>,
    /// The server's answer.
    pub reply: Option<String>,
}

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Opens (and creates, and migrates) the ledger. A path in the address is taken from `home`.
    ///
    /// # Errors
    /// When the address is none of ours, or the file cannot be opened or is newer than this program.
    pub async fn open(url: &str, home: &Path) -> Result<Self> {
        let connections = Connections::open(url, home).await?;
        let worker = format!("{}-{:016x}", std::process::id(), fastrand::u64(..));
        Ok(Self { connections: Arc::new(connections), worker: worker.into() })
    }

    /// The same ledger in the hands of another worker. Leases are renewed and given back worker
    /// by worker, so each task that claims needs a handle of its own.
    #[must_use]
    pub fn as_worker(&self, name: &str) -> Self {
        Self { connections: Arc::clone(&self.connections), worker: format!("{}/{name}", self.worker).into() }
    }

    /// Closes all connections, the last commits being safe already.
    pub async fn close(&self) {
        self.connections.readers.close().await;
        self.connections.writer.close().await;
        self.connections.outbox.close().await;
    }

    fn connections(&self) -> &Connections {
        &self.connections
    }

    fn readers(&self) -> &SqlitePool {
        &self.connections.readers
    }

    fn writer(&self) -> &SqlitePool {
        &self.connections.writer
    }

    /// For what is written beside other mails, at the pace of a mail server; [`Store::settle`] follows.
    fn outbox_writer(&self) -> &SqlitePool {
        &self.connections.outbox
    }

    /// Waits until what was committed by [`Store::outbox_writer`] is on the disk.
    async fn settle(&self) -> Result<()> {
        let settled = self.connections.log.settle().await;
        settled.map_err(|error| StoreError::File { path: self.connections.log.path().to_owned(), error })
    }

    fn worker(&self) -> &str {
        &self.worker
    }
}
