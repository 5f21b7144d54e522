//! Sign-off: what somebody said of the bytes of a run that they were shown.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::digest;
use crate::period::ReportingPeriod;
use crate::recipient::Language;
use crate::report::ArchivedDocument;

/// What an approver decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It may go out.
    Approved,
    /// It may not, and the reason says what is amiss.
    SentBack,
}

impl Verdict {
    /// The word that the ledger and the pages use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::SentBack => "sent_back",
        }
    }

    /// The verdict of a word, if it is one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Approved, Self::SentBack].into_iter().find(|verdict| verdict.word() == word)
    }
}

/// By which way a verdict came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The link of an approver's mail.
    Link,
    /// `rapporteur runs approve`.
    Command,
    /// The dashboard.
    Dashboard,
}

impl Way {
    /// The word that the ledger and the pages use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Command => "command",
            Self::Dashboard => "dashboard",
        }
    }

    /// The way of a word, if it is one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Link, Self::Command, Self::Dashboard].into_iter().find(|way| way.word() == word)
    }
}

/// A verdict in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The run.
    pub run: i64,
    /// The approver's address in small letters, or the name given where it is nobody's.
    pub approver: String,
    /// Their name.
    pub name: String,
    /// Hash over the bytes of all editions that they were shown; see [`shown`].
    pub shown: String,
    /// What they said.
    pub verdict: Verdict,
    /// Why they sent it back.
    pub reason: Option<String>,
    /// By which way.
    pub way: Way,
    /// When.
    pub at: DateTime<Utc>,
}

/// One hash over the bytes of all editions of a run, whatever their order.
#[must_use]
pub fn shown(documents: &[ArchivedDocument]) -> String {
    let mut lines: Vec<String> =
        documents.iter().map(|d| format!("{} {} {}\n", d.edition, d.language.code(), d.sha256)).collect();
    lines.sort_unstable();
    digest::of(lines.concat().as_bytes())
}

/// Who approved, when and by which way, for the information of a document, and when the last of them did. `None`
/// where nobody has.
#[must_use]
pub fn told(given: &[Approval]) -> Option<(String, DateTime<Utc>)> {
    let approved: Vec<&Approval> = given.iter().filter(|one| one.verdict == Verdict::Approved).collect();
    let last = approved.iter().map(|one| one.at).max()?;
    let told = |one: &&Approval| {
        let way = match one.way {
            Way::Link => "by link",
            Way::Command => "by command",
            Way::Dashboard => "on the dashboard",
        };
        format!("{}, {} {way}", one.name, one.at.format("%Y-%m-%d %H:%M UTC"))
    };
    Some((approved.iter().map(told).collect::<Vec<_>>().join("; "), last))
}

/// What approvers are told beside the editions, in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// Open problems as sentences, the gravest first.
    pub problems: BTreeMap<Language, Vec<String>>,
    /// What changed since it was compiled last; empty where it was not, or nothing did.
    #[serde(default)]
    pub since_compile: BTreeMap<Language, Vec<FigureChange>>,
    /// The same against the version that it replaces.
    #[serde(default)]
    pub since_version: BTreeMap<Language, Vec<FigureChange>>,
    /// The same against the period before.
    #[serde(default)]
    pub since_period: BTreeMap<Language, Vec<FigureChange>>,
    /// Which period that is.
    #[serde(default)]
    pub period_before: Option<ReportingPeriod>,
    /// Rows that are other than in the version that it replaces.
    #[serde(default)]
    pub rows: RowCounts,
    /// Why the run is held, as a sentence; the run itself has it in the programme's first language alone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub held: BTreeMap<Language, String>,
}

/// How many rows a correction is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCounts {
    /// Rows that were not there.
    pub added: u32,
    /// Rows that say something else.
    pub changed: u32,
    /// Rows that are no longer there.
    pub gone: u32,
}

/// A key figure that is another than before, as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureChange {
    /// What is counted.
    pub label: String,
    /// The figure before, or that nobody reported it.
    pub before: String,
    /// The figure now.
    pub after: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(language: Language, sha256: &str) -> ArchivedDocument {
        ArchivedDocument {
            run: 1,
            language,
            edition: String::new(),
            path: "somewhere".to_owned(),
            file_name: "x.pdf".to_owned(),
            sha256: sha256.to_owned(),
            size: 1,
            pages: 1,
        }
    }

    #[test]
    fn the_hash_is_of_all_editions_and_of_nothing_else() {
        let (en, ru) = (document(Language::En, "aa"), document(Language::Ru, "bb"));
        let moved = ArchivedDocument { path: "elsewhere".to_owned(), ..ru.clone() };
        assert_eq!(shown(&[en.clone(), ru.clone()]), shown(&[moved, en.clone()]));
        assert_ne!(shown(&[en.clone(), ru.clone()]), shown(std::slice::from_ref(&en)));
        assert_ne!(shown(&[en.clone(), ru]), shown(&[en, document(Language::Ru, "bc")]));
    }
}
