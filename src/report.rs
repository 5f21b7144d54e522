//! A report run: the compiling of one report for one period, and what came of it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::period::ReportingPeriod;
use crate::recipient::Language;

/// Where a report run stands. The ledger's CHECK constraint says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Planned, and its instant has come.
    Due,
    /// Being compiled under a lease.
    Compiling,
    /// Compiled, and kept back: a row is in error, or a person said so.
    Held,
    /// Compiled, and shown to the approvers.
    AwaitingApproval,
    /// Its deliveries are in the outbox.
    Released,
    /// A template or the data is at fault; a person may set it back to due.
    Failed,
    /// Not to be compiled: skipped by the misfire policy, or cancelled by a person.
    Skipped,
}

impl RunState {
    /// All states.
    pub const ALL: [Self; 7] =
        [Self::Due, Self::Compiling, Self::Held, Self::AwaitingApproval, Self::Released, Self::Failed, Self::Skipped];

    /// The word that the ledger and the pages use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Compiling => "compiling",
            Self::Held => "held",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Released => "released",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }

    /// The state of a word, if it is one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// One compiling of a report for a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportRun {
    /// Number in the ledger.
    pub id: i64,
    /// Name of the schedule that asked for it.
    pub schedule: String,
    /// Folder of the report's template.
    pub report: String,
    /// The period it speaks about.
    pub period: ReportingPeriod,
    /// 1 for the first; higher where it is done again.
    pub revision: u32,
    /// The instant it was due at; with the schedule's name, unique. A run begun by hand has
    /// the instant of its beginning.
    pub due_at: DateTime<Utc>,
    /// Whether it was found later than the schedule's grace, or begun by hand, in words for
    /// the log and the mails; empty where it is simply on time.
    pub note: String,
    /// Where it stands.
    pub state: RunState,
    /// Why it is held, failed or skipped, as a sentence.
    pub reason: Option<String>,
    /// Day up to which data is taken into account.
    pub as_of: Option<NaiveDate>,
    /// Who released, held or cancelled it, and when, as given by themselves.
    pub decided_by: Option<String>,
    /// When that was.
    pub decided_at: Option<DateTime<Utc>>,
    /// Until when it waits, or waited, for what contributors owe.
    pub waits_until: Option<DateTime<Utc>>,
    /// Facts of the compiled run as JSON.
    pub facts: Option<String>,
}

impl ReportRun {
    /// How the note of a run begins that was found after its instant.
    pub const LATE: &'static str = "late: ";

    /// How the note of a run begins that corrects what was released.
    pub const CORRECTION: &'static str = "correction: ";

    /// The note of a run that a person began.
    pub const BY_HAND: &'static str = "begun by hand";

    /// Whether it was begun because rows of a released period have changed.
    #[must_use]
    pub fn is_correction(&self) -> bool {
        self.note.starts_with(Self::CORRECTION)
    }

    /// Whether it was found after its instant: the recipients are told.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.note.starts_with(Self::LATE)
    }
}

/// One edition of a run, as a PDF in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedDocument {
    /// The run it belongs to.
    pub run: i64,
    /// Language of the edition.
    pub language: Language,
    /// Burst key: empty for the whole region, a country's code for its own edition.
    pub edition: String,
    /// Path below the home, `archive/2017-Q4/…pdf`.
    pub path: String,
    /// ASCII name for the attachment.
    pub file_name: String,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// Number of pages.
    pub pages: u32,
}
