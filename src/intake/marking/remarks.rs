//! What is to be told in a marked copy, in the words of its reader.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::super::raw::{RawRow, RawValue};
use crate::cell::CellRange;
use crate::diagnostic::Severity;

/// A copy to be made, handed to the child process as JSON on its standard input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::intake) struct MarkRequest {
    /// The workbook to copy.
    pub(in crate::intake) path: PathBuf,
    /// Its name as dropped.
    pub(in crate::intake) name: String,
    /// Whether `.xls` is switched on.
    pub(in crate::intake) legacy_xls: bool,
    /// Name of the sheet of a CSV.
    pub(in crate::intake) csv_sheet: Option<String>,
    /// How dates are written where the copy has to write them: a format of Excel.
    pub(in crate::intake) date_format: String,
    /// What is told.
    pub(in crate::intake) remarks: Remarks,
}

/// What is told of a workbook, on a sheet of its own and at the cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::intake) struct Remarks {
    /// Name of the sheet.
    pub(in crate::intake) sheet: String,
    /// Its title.
    pub(in crate::intake) title: String,
    /// Sentences below the title.
    pub(in crate::intake) lead: Vec<String>,
    /// What the colours mean: a word and a sentence each, for errors and for warnings.
    pub(in crate::intake) legend: Vec<(Severity, String, String)>,
    /// Heads of the two columns.
    pub(in crate::intake) heads: [String; 2],
    /// Fixes, in the order in which they should be made.
    pub(in crate::intake) fixes: Vec<Fix>,
    /// How many problems are not listed, as a sentence.
    pub(in crate::intake) more: Option<String>,
    /// Said where the copy breaks the sender's digital signature.
    pub(in crate::intake) signature: String,
}

/// One thing to do, and what it mends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::intake) struct Fix {
    /// How grave its problems are.
    pub(in crate::intake) severity: Severity,
    /// What to do, as a sentence.
    pub(in crate::intake) hint: String,
    /// How many rows it clears, in words.
    pub(in crate::intake) clears: String,
    /// What it mends.
    pub(in crate::intake) problems: Vec<Problem>,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::intake) struct Problem {
    /// Its sheet, where it has one.
    pub(in crate::intake) sheet: Option<String>,
    /// Its cells, where it has some.
    pub(in crate::intake) cells: Option<CellRange>,
    /// What was expected and what was found, as a sentence.
    pub(in crate::intake) message: String,
}

/// What the child says of a copy when it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::intake) enum Copied {
    /// The copy is whole; its name must end so.
    Done(String),
    /// The workbook cannot be marked: why, as a word of ours.
    Refused(String),
}

/// A word in a hidden column of the sheet of remarks, by which we know it again whatever people
/// have made of its name and its texts.
pub(super) const MARK: &str = "rapporteur-remarks";
/// Rows among which the word is looked for.
const MARKED_ROWS: u32 = 3;

/// Whether the first rows of a sheet are those of our remarks.
pub(in crate::intake) fn are_ours(rows: &[RawRow]) -> bool {
    let is_mark = |value: &RawValue| matches!(value, RawValue::Text(text) if text.trim() == MARK);
    rows.iter().take_while(|row| row.row < MARKED_ROWS).any(|row| row.cells.iter().any(|c| is_mark(&c.value)))
}
