//! What a spreadsheet says, cell by cell, before anyone has asked what it means.

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::cell::{CellRange, CellRef};
use crate::config::{Component, Workbook};
use crate::diagnostic::Diagnostic;
use crate::period::ReportingPeriod;
use crate::recipient::Country;
use crate::record::{Entry, FileSummary, Sheet};

/// What one cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum RawValue {
    /// Text, as typed.
    Text(String),
    /// A number that is formatted as one.
    Number(f64),
    /// A number that is formatted as a date, or a date cell of ODS; the workbook's epoch is honoured.
    Date(NaiveDateTime),
    /// TRUE or FALSE.
    Bool(bool),
    /// `#REF!`, `#N/A` and their kin, as shown.
    Error(String),
    /// A formula whose value was not saved.
    Uncalculated,
}

/// One cell that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct RawCell {
    /// Zero-based column.
    pub column: u32,
    /// What it holds.
    pub value: RawValue,
    /// The cell holds a formula (with its saved value in `value`).
    pub formula: bool,
}

/// One row that has at least one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct RawRow {
    /// Zero-based.
    pub row: u32,
    /// In the order of their columns.
    pub cells: Vec<RawCell>,
    /// Hidden or filtered away.
    pub hidden: bool,
    /// Columns of the cells whose text is struck through.
    pub struck: Vec<u32>,
    /// Notes on cells, without who wrote them, by column.
    pub comments: Vec<(u32, String)>,
}

/// A sheet, before its rows are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawSheet {
    /// Name as written; for CSV the file's stem.
    pub name: String,
    /// Hidden or very hidden.
    pub hidden: bool,
    /// Merged ranges; only the upper left cell of each has the value.
    pub merges: Vec<CellRange>,
    /// Hidden columns, zero-based, from and to.
    pub hidden_columns: Vec<(u32, u32)>,
    /// CSV: one sheet named by its file.
    pub is_csv: bool,
}

/// A workbook whose sheets can be read one after another, row by row.
pub trait RawWorkbook {
    /// The sheets, in the workbook's order.
    fn sheets(&self) -> &[RawSheet];

    /// Number of days added to Excel serials typed as plain numbers: true for the 1904 system.
    fn is_1904(&self) -> bool;

    /// Reads a sheet row by row; `visit` answers false to stop.
    ///
    /// # Errors
    /// The sheet's part of the package is broken.
    fn read(&mut self, sheet: usize, visit: &mut dyn FnMut(RawRow) -> bool) -> Result<(), Unreadable>;
}

/// A file that cannot be read at all: one error for the file, no cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreadable(pub Box<Diagnostic>);

/// What the reader must know, handed to the child process as JSON on its standard input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadRequest {
    /// The copy to read.
    pub path: PathBuf,
    /// Name as dropped, for messages, for the period in it and the sheet of a CSV.
    pub name: String,
    /// Folders below the inbox, `TJ` or `2017-Q4`; empty at its top.
    pub folder: String,
    /// Today, in the programme's time zone.
    pub today: NaiveDate,
    /// The period asked for (`compile --from`), or that of the files dropped with this one,
    /// for rows that say nothing themselves; with the name of what says so.
    pub default_period: Option<(ReportingPeriod, String)>,
    /// First and last day of the programme's phase.
    pub phase: (NaiveDate, NaiveDate),
    /// Countries of the programme ("all five").
    pub countries: Vec<Country>,
    /// Components by number and title.
    pub components: Vec<ReadComponent>,
    /// Further aliases.
    pub workbook: Workbook,
    /// Country of the contributor, where the file has one.
    pub contributor_country: Option<Country>,
    /// What the same source said of its indicators and its budget in earlier periods.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierValue>,
    /// Whether `.xls` is switched on.
    pub legacy_xls: bool,
    /// Most rows read of a file.
    pub max_rows: u32,
}

/// A value of an earlier period, to hold this one's against (V24, V25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierValue {
    /// Indicators or Budget.
    pub sheet: Sheet,
    /// The indicator's code, or the budget line's heading.
    pub name: String,
    /// Its period.
    pub period: ReportingPeriod,
    /// Current value, or what was spent to date; in hundredths.
    pub value: i64,
    /// The indicator's unit.
    pub unit: Option<String>,
}

/// A component, as the reader must know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadComponent {
    /// Its number.
    pub number: u32,
    /// Its titles, in all languages.
    pub titles: Vec<String>,
}

impl From<&Component> for ReadComponent {
    fn from(component: &Component) -> Self {
        Self { number: component.number, titles: component.title.values().cloned().collect() }
    }
}

/// What reading a file yields, in the order of the file. The child writes one JSON line each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadEvent {
    /// An accepted row.
    Entry(Box<Entry>),
    /// A row held because of an error.
    Held {
        /// Its sheet.
        sheet: Sheet,
        /// Its period, where it could be told.
        period: Option<ReportingPeriod>,
        /// One-based row.
        row: u32,
        /// The activity's own id, where the row is one of an activity.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// Something to tell.
    Diagnostic(Box<Diagnostic>),
    /// The end, and what it came to (`sha256` is filled in by the parent).
    Done(Box<FileSummary>),
}

/// The place of a cell of a sheet of a file.
#[must_use]
pub fn place(file: &str, sheet: &str, row: u32, column: u32) -> crate::diagnostic::Place {
    crate::diagnostic::Place::sheet(file, sheet).at(CellRef::new(row, column))
}
