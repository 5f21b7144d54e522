//! The figures of a period, each with how many reported it and where it comes from.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::cell::CellRef;
use crate::period::ReportingPeriod;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Activities, people, days, items: a whole number.
    Count,
    /// Money, held in euro cents.
    EuroCents,
}

/// A cell that a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Citation {
    /// File as dropped.
    pub file: String,
    /// Sheet as written.
    pub sheet: String,
    /// One-based row.
    pub row: u32,
    /// The cell in A1 notation, where one holds the figure.
    pub cell: Option<String>,
    /// What it adds to the figure.
    pub amount: i64,
}

/// A figure of the report. Blank is never zero: `value` is `None` where nobody reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The figure, in its unit.
    pub value: Option<i64>,
    /// What it counts.
    pub unit: Unit,
    /// How many of the rows asked gave something.
    pub reported_by: u32,
    /// How many were asked.
    pub of: u32,
    /// The cells it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
}

/// All figures of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The period they speak about.
    pub period: ReportingPeriod,
    /// Day up to which data is taken into account.
    pub as_of: NaiveDate,
    /// The figures by name, such as `participants.total`.
    pub figures: BTreeMap<String, Figure>,
}

impl Facts {
    /// A figure's value; `None` where nobody reported it or nobody asked.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<i64> {
        self.figures.get(name).and_then(|f| f.value)
    }
}

/// Helps citing a cell that may not be known.
#[must_use]
pub fn cell_name(cell: Option<CellRef>) -> Option<String> {
    cell.map(|c| c.to_string())
}
