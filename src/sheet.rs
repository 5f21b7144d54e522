//! The ten sheets of a workbook.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A sheet of the workbook, by its canonical name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the sheets' names say it; the contract lists them")]
pub enum Sheet {
    Activities,
    Participants,
    Equipment,
    Meetings,
    Plan,
    Challenges,
    Priorities,
    Indicators,
    Risks,
    Budget,
}

impl Sheet {
    /// All sheets, in the order of the blank workbook.
    pub const ALL: [Self; 10] = [
        Self::Activities,
        Self::Participants,
        Self::Equipment,
        Self::Meetings,
        Self::Plan,
        Self::Challenges,
        Self::Priorities,
        Self::Indicators,
        Self::Risks,
        Self::Budget,
    ];

    /// English name of the sheet, which is also its canonical one.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Activities => "Activities",
            Self::Participants => "Participants",
            Self::Equipment => "Equipment",
            Self::Meetings => "Meetings",
            Self::Plan => "Plan",
            Self::Challenges => "Challenges",
            Self::Priorities => "Priorities",
            Self::Indicators => "Indicators",
            Self::Risks => "Risks",
            Self::Budget => "Budget",
        }
    }
}

impl FromStr for Sheet {
    type Err = NotASheet;

    /// By its English name, however its letters are.
    fn from_str(text: &str) -> Result<Self, NotASheet> {
        Self::ALL.into_iter().find(|sheet| sheet.name().eq_ignore_ascii_case(text.trim())).ok_or(NotASheet)
    }
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the English name of a sheet")]
pub struct NotASheet;
