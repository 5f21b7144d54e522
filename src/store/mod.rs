//! The ledger: migrations, and every line of SQL.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use crate::diagnostic::Diagnostic;
use crate::outbox::{Delivery, DeliveryState, NewDelivery, Outcome};
use crate::period::ReportingPeriod;
use crate::record::{Entry, FileSummary, Sheet};
use crate::report::{ArchivedDocument, ReportRun, RunState};

/// What went wrong between us and the ledger.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("the ledger: {0}")]
    Database(#[from] sqlx::Error),
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
}

/// One ledger, shared by all stages. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    _pool: sqlx::SqlitePool,
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
#[derive(Clone, Debug, PartialEq)]
pub struct HeldRow {
    /// File name as dropped.
    pub file: String,
    /// The sheet.
    pub sheet: Option<Sheet>,
    /// Its period, where known.
    pub period: Option<ReportingPeriod>,
    /// One-based row of the sheet.
    pub row: u32,
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

/// What the ledger has for a period.
#[derive(Clone, Debug, Default)]
pub struct PeriodData {
    /// Its rows, those placed by their activity included, in the order of source, sheet, row.
    pub entries: Vec<Entry>,
    /// The files they came from, and those with rows held for it, in the order they were taken.
    pub files: Vec<StoredFile>,
    /// Rows held for it, or for a period that is not known.
    pub held: Vec<HeldRow>,
}

/// Writes one file's rows; nothing is in the ledger before [`FileWriter::commit`].
pub struct FileWriter<'a> {
    _store: &'a Store,
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
    /// "made up for: due at …, found at …"; empty when on time.
    pub note: String,
    /// `Some(reason)` writes it as skipped.
    pub skipped: Option<String>,
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

macro_rules! to_be_written {
    () => {
        unimplemented!("the store is being written")
    };
}

#[expect(missing_docs, unused_variables, clippy::unused_async, reason = "being written")]
impl Store {
    /// Opens (and creates, and migrates) the ledger.
    pub async fn open(url: &str, home: &Path) -> Result<Self> {
        to_be_written!()
    }

    // ── intake ────────────────────────────────────────────────────────────
    /// The file with these bytes from this source, where it was accepted before and is still in force.
    pub async fn file_with_bytes(&self, source: &str, sha256: &str) -> Result<Option<StoredFile>> {
        to_be_written!()
    }
    /// Begins to write a file's rows.
    pub async fn begin_file(&self, file: IncomingFile) -> Result<FileWriter<'_>> {
        to_be_written!()
    }
    /// Period of an activity by its id, as any source reported it (the given source first).
    pub async fn period_of_activity(&self, source: &str, activity_id: &str) -> Result<Option<ReportingPeriod>> {
        to_be_written!()
    }
    /// Period of most rows among files taken at or after `since` from sources without a contributor.
    pub async fn companion_period(&self, since: DateTime<Utc>) -> Result<Option<(ReportingPeriod, String)>> {
        to_be_written!()
    }
    /// Everything for a period; a year's data is that of its quarters.
    pub async fn period_data(&self, period: ReportingPeriod) -> Result<PeriodData> {
        to_be_written!()
    }
    /// All files, the newest first, at most `limit`.
    pub async fn files(&self, limit: u32) -> Result<Vec<StoredFile>> {
        to_be_written!()
    }

    // ── schedule ──────────────────────────────────────────────────────────
    pub async fn last_planned_at(&self, schedule: &str) -> Result<Option<DateTime<Utc>>> {
        to_be_written!()
    }
    /// Writes runs and advances `last_planned_at`, in one transaction; a run that is there already stays.
    pub async fn plan(&self, schedule: &str, until: DateTime<Utc>, runs: &[PlannedRun]) -> Result<u32> {
        to_be_written!()
    }
    /// A run begun by hand; the instant is its beginning.
    pub async fn start_run(&self, schedule: &str, run: PlannedRun) -> Result<ReportRun> {
        to_be_written!()
    }

    // ── runs ──────────────────────────────────────────────────────────────
    /// Takes the oldest due run, under a lease; the fence must be given back.
    pub async fn claim_run(&self, now: DateTime<Utc>, lease: Duration) -> Result<Option<(ReportRun, i64)>> {
        to_be_written!()
    }
    /// Documents, deliveries and the change of state, in one transaction.
    pub async fn finish_run(&self, run: i64, fence: i64, compiled: Compiled, now: DateTime<Utc>) -> Result<()> {
        to_be_written!()
    }
    /// Parks a run that could not be compiled.
    pub async fn fail_run(&self, run: i64, fence: i64, reason: &str, now: DateTime<Utc>) -> Result<()> {
        to_be_written!()
    }
    /// A person's release of a held or waiting run, with the deliveries to its recipients, in one transaction.
    pub async fn release_run(&self, run: i64, by: &str, now: DateTime<Utc>, deliveries: &[NewDelivery]) -> Result<()> {
        to_be_written!()
    }
    /// A person keeps a waiting run back.
    pub async fn hold_run(&self, run: i64, by: &str, now: DateTime<Utc>) -> Result<()> {
        to_be_written!()
    }
    /// A person sets a failed, held or waiting run back to due, to be compiled again.
    pub async fn retry_run(&self, run: i64, now: DateTime<Utc>) -> Result<()> {
        to_be_written!()
    }
    /// A person cancels a run that is not released.
    pub async fn cancel_run(&self, run: i64, by: &str, now: DateTime<Utc>) -> Result<()> {
        to_be_written!()
    }
    pub async fn run(&self, run: i64) -> Result<ReportRun> {
        to_be_written!()
    }
    /// The newest first.
    pub async fn runs(&self, states: &[RunState], limit: u32) -> Result<Vec<ReportRun>> {
        to_be_written!()
    }
    pub async fn documents(&self, run: i64) -> Result<Vec<ArchivedDocument>> {
        to_be_written!()
    }
    /// The last released run of a report and period before `run`, if any.
    pub async fn last_released(&self, report: &str, period: ReportingPeriod) -> Result<Option<ReportRun>> {
        to_be_written!()
    }

    // ── outbox ────────────────────────────────────────────────────────────
    /// Takes the delivery that is most due, writes down the beginning of an attempt, and gives both.
    pub async fn claim_delivery(&self, now: DateTime<Utc>, lease: Duration) -> Result<Option<Delivery>> {
        to_be_written!()
    }
    /// Keeps the mail as composed, before the first connection is opened.
    pub async fn keep_composed(&self, delivery: i64, fence: i64, composed: &[u8]) -> Result<()> {
        to_be_written!()
    }
    /// Ends the attempt. `retry_at` is for transient outcomes; `give_up` turns them into a dead letter.
    pub async fn finish_attempt(
        &self,
        delivery: &Delivery,
        outcome: &Outcome,
        now: DateTime<Utc>,
        retry_at: Option<DateTime<Utc>>,
    ) -> Result<DeliveryState> {
        to_be_written!()
    }
    /// Writes a notice or other delivery that belongs to no transaction of a run.
    pub async fn post(&self, delivery: &NewDelivery, now: DateTime<Utc>) -> Result<bool> {
        to_be_written!()
    }
    pub async fn deliveries(&self, filter: &DeliveryFilter) -> Result<Vec<Delivery>> {
        to_be_written!()
    }
    pub async fn delivery(&self, id: i64) -> Result<Delivery> {
        to_be_written!()
    }
    pub async fn attempts(&self, delivery: i64) -> Result<Vec<AttemptRecord>> {
        to_be_written!()
    }
    /// A person revives a dead letter, or hurries a waiting delivery.
    pub async fn retry_delivery(&self, id: i64, now: DateTime<Utc>) -> Result<()> {
        to_be_written!()
    }
    pub async fn cancel_delivery(&self, id: i64) -> Result<()> {
        to_be_written!()
    }
    /// Why the whole mail channel is held, and since when and until when it is not tried.
    pub async fn channel_hold(&self) -> Result<Option<(String, DateTime<Utc>)>> {
        to_be_written!()
    }
    pub async fn hold_channel(&self, reason: &str, until: DateTime<Utc>) -> Result<()> {
        to_be_written!()
    }
    pub async fn release_channel(&self) -> Result<()> {
        to_be_written!()
    }

    // ── all stages ────────────────────────────────────────────────────────
    /// Gives back items whose lease is over; with `predecessor_is_dead`, every item in hand.
    pub async fn rescue(&self, now: DateTime<Utc>, predecessor_is_dead: bool) -> Result<u32> {
        to_be_written!()
    }
    /// The earliest instant at which a waiting delivery is due again.
    pub async fn next_delivery_at(&self) -> Result<Option<DateTime<Utc>>> {
        to_be_written!()
    }
    pub async fn note(&self, key: &str) -> Result<Option<String>> {
        to_be_written!()
    }
    pub async fn set_note(&self, key: &str, value: &str) -> Result<()> {
        to_be_written!()
    }
}

#[expect(missing_docs, unused_variables, clippy::unused_async, reason = "being written")]
impl FileWriter<'_> {
    /// Adds an accepted row.
    pub async fn entry(&mut self, entry: Entry) -> Result<()> {
        to_be_written!()
    }
    /// Adds a held row.
    pub async fn held(&mut self, held: HeldRow) -> Result<()> {
        to_be_written!()
    }
    pub async fn diagnostic(&mut self, diagnostic: Diagnostic) -> Result<()> {
        to_be_written!()
    }
    /// Replaces, sheet by sheet and period by period, what the source had sent before, and makes it all stand.
    pub async fn commit(self, summary: &FileSummary) -> Result<Change> {
        to_be_written!()
    }
}
