//! Readiness: who owes which sheet for a period, and how far it has come.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::period::ReportingPeriod;
use crate::recipient::{Contributor, Country};
use crate::sheet::Sheet;

/// How a sheet stands that a contributor owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// No row of it has come for the period.
    Missing,
    /// It has come, and some of its rows wait for a correction.
    HeldRows,
    /// It has come, and every row of it is accepted.
    Accepted,
}

impl Standing {
    /// The word that the pages use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::HeldRows => "held_rows",
            Self::Accepted => "accepted",
        }
    }
}

/// One sheet that is owed, and what has come of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// The sheet.
    pub sheet: Sheet,
    /// How it stands.
    pub standing: Standing,
    /// Rows of it that are accepted for the period.
    pub rows: u32,
    /// Rows of it that are held.
    pub held: u32,
    /// When the newest of them came.
    pub received_at: Option<DateTime<Utc>>,
    /// The file that brought it.
    pub file: Option<String>,
}

/// A contributor, and each sheet that they owe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contribution {
    /// Who.
    pub contributor: Contributor,
    /// The sheets, in the order in which the configuration names them.
    pub sheets: Vec<Owed>,
}

impl Contribution {
    /// The sheets of which nothing has come.
    pub fn missing(&self) -> impl Iterator<Item = Sheet> {
        self.sheets.iter().filter(|owed| owed.standing == Standing::Missing).map(|owed| owed.sheet)
    }

    /// Whether something has come.
    #[must_use]
    pub fn has_sent(&self) -> bool {
        self.sheets.iter().any(|owed| owed.standing != Standing::Missing)
    }
}

/// A contributor and a sheet that is not there, or not whole, for the report to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Name of the contributor.
    pub contributor: String,
    /// The country they report for.
    pub country: Option<Country>,
    /// The sheet.
    pub sheet: Sheet,
    /// Rows of it that are held; none where it is missing altogether.
    pub held: u32,
}

/// What is owed for a period, contributor by contributor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// The period.
    pub period: ReportingPeriod,
    /// Everybody who owes something, in the order of the configuration.
    pub contributions: Vec<Contribution>,
}

impl Readiness {
    /// Whether every sheet has come, with no row held.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.contributions.iter().flat_map(|one| &one.sheets).all(|owed| owed.standing == Standing::Accepted)
    }

    /// What is not there, or not whole.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        for one in &self.contributions {
            for owed in one.sheets.iter().filter(|owed| owed.standing != Standing::Accepted) {
                gaps.push(Gap {
                    contributor: one.contributor.name.clone(),
                    country: one.contributor.country,
                    sheet: owed.sheet,
                    held: owed.held,
                });
            }
        }
        gaps
    }

    /// Those from whom a sheet is missing.
    pub fn late(&self) -> impl Iterator<Item = &Contribution> {
        self.contributions.iter().filter(|one| one.missing().next().is_some())
    }

    /// How many sheets are owed, and how many have come.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        let all = || self.contributions.iter().flat_map(|one| &one.sheets);
        (all().count(), all().filter(|owed| owed.standing != Standing::Missing).count())
    }
}
