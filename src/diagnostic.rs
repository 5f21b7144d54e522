//! How to tell a person what to fix.
//!
//! A [`Diagnostic`] is a problem its reader can mend. It says where (as the reader would
//! point to it), how grave, a stable code in words, and the facts of the case; the sentence
//! itself is looked up in the reader's language by [`crate::locale::Locale::diagnostic`], so
//! that one problem can be told in English on a terminal and in Russian in a mail.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::cell::CellRange;
use crate::period::ReportingPeriod;
use crate::recipient::Country;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Stops what it speaks of: a row is held, a configuration is refused.
    Error,
    /// Read as told, and worth a second look.
    Warning,
    /// Nothing wrong: what was assumed or left out.
    Info,
}

/// Where a diagnostic points, as far as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// File name as its owner knows it, without folders of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Sheet name as written in the workbook; the canonical name for CSV.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The cells, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<CellRange>,
    /// One-based line of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// One-based column, in characters, of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..Self::default() }
    }

    /// A whole sheet of a workbook.
    #[must_use]
    pub fn sheet(file: impl Into<String>, sheet: impl Into<String>) -> Self {
        Self { file: Some(file.into()), sheet: Some(sheet.into()), ..Self::default() }
    }

    /// The same place, narrowed to cells.
    #[must_use]
    pub fn at(mut self, cells: impl Into<CellRange>) -> Self {
        self.cells = Some(cells.into());
        self
    }

    /// A line and column (both one-based) of a text file.
    #[must_use]
    pub fn text(file: impl Into<String>, line: u32, column: u32) -> Self {
        Self { file: Some(file.into()), line: Some(line), column: Some(column), ..Self::default() }
    }

    /// One-based row of the sheet, where the place has cells.
    #[must_use]
    pub fn row(&self) -> Option<u32> {
        self.cells.map(|cells| cells.first.row.saturating_add(1))
    }
}

impl std::fmt::Display for Place {
    /// `activities_TJ.xlsx, Activities!H14:J14`, or `config/schedules.toml:23:12`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut separator = "";
        if let Some(file) = &self.file {
            f.write_str(file)?;
            separator = ", ";
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        if let Some(sheet) = &self.sheet {
            write!(f, "{separator}{sheet}")?;
            separator = "!";
        }
        if let Some(cells) = &self.cells {
            write!(f, "{separator}{cells}")?;
        }
        Ok(())
    }
}

/// A fact of the case, to be put into the sentence. What we worked out ourselves keeps its kind, so
/// that each language can write it in its own way; what stands in a cell is text, as typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A whole number; Fluent chooses the plural by it.
    Number(i64),
    /// A day: `29 November 2017`, `29 ноября 2017 г.`
    #[expect(missing_docs, reason = "the variant says it")]
    Day { day: NaiveDate },
    /// The first and the last of several days, which may be one.
    #[expect(missing_docs, reason = "the variant says it")]
    Days { first: NaiveDate, last: NaiveDate },
    /// `Q4 2017`, `IV квартал 2017 г.`
    #[expect(missing_docs, reason = "the variant says it")]
    Period { period: ReportingPeriod },
    /// A decimal number in hundredths, with as many decimals as it needs.
    #[expect(missing_docs, reason = "the variant says it")]
    Decimal { hundredths: i64 },
    /// An amount of money, with its cents and without its currency.
    #[expect(missing_docs, reason = "the variant says it")]
    Amount { cents: i64 },
    /// Countries by their names. A sentence may also say `$name-in`: `in Kyrgyzstan`.
    #[expect(missing_docs, reason = "the variant says it")]
    Countries { countries: Vec<Country> },
    /// Anything else, as it is to be printed.
    Text(String),
}

macro_rules! arg_from_integer {
    ($($type:ty),*) => { $(
        impl From<$type> for Arg {
            fn from(value: $type) -> Self {
                Self::Number(i64::try_from(value).unwrap_or(i64::MAX))
            }
        }
    )* };
}
arg_from_integer!(i64, u8, u32, u64, usize, i32);

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<NaiveDate> for Arg {
    fn from(day: NaiveDate) -> Self {
        Self::Day { day }
    }
}

impl From<(NaiveDate, NaiveDate)> for Arg {
    fn from((first, last): (NaiveDate, NaiveDate)) -> Self {
        Self::Days { first, last }
    }
}

impl From<ReportingPeriod> for Arg {
    fn from(period: ReportingPeriod) -> Self {
        Self::Period { period }
    }
}

impl From<Country> for Arg {
    fn from(country: Country) -> Self {
        Self::Countries { countries: vec![country] }
    }
}

impl From<&[Country]> for Arg {
    fn from(countries: &[Country]) -> Self {
        Self::Countries { countries: countries.to_vec() }
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

/// The facts of a case, by the names that the sentences use.
pub type Args = BTreeMap<String, Arg>;

/// A problem its reader can fix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// Stable code in kebab-case words, such as `participants-do-not-add-up`.
    pub code: String,
    /// Where to look.
    #[serde(default)]
    pub place: Place,
    /// The facts of the case.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: Args,
    /// Id of the sentence in the locale files, where it is not the code itself: one code may
    /// have several wordings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
}

impl Diagnostic {
    fn new(severity: Severity, code: &str, place: Place) -> Self {
        Self { severity, code: code.to_owned(), place, args: Args::new(), wording: None }
    }

    /// A problem that stops what it speaks of.
    #[must_use]
    pub fn error(code: &str, place: Place) -> Self {
        Self::new(Severity::Error, code, place)
    }

    /// A reading worth a second look.
    #[must_use]
    pub fn warning(code: &str, place: Place) -> Self {
        Self::new(Severity::Warning, code, place)
    }

    /// Something assumed or left out.
    #[must_use]
    pub fn info(code: &str, place: Place) -> Self {
        Self::new(Severity::Info, code, place)
    }

    /// Adds a fact of the case.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }

    /// Tells it by another sentence than the one named like the code.
    #[must_use]
    pub fn worded(mut self, wording: &str) -> Self {
        self.wording = Some(wording.to_owned());
        self
    }

    /// Whether it stops what it speaks of.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A result together with *all* its problems, not the first.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// What could be made of the input.
    pub output: T,
    /// Every problem found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// Whether any diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}
