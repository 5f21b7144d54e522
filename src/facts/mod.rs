//! The figures of a period, each with how many reported it and where it comes from.
//!
//! [`select()`] says which rows count, [`gather()`] counts them, [`reconcile()`] checks that our
//! sums agree and [`stated()`] that what was sent does (`domain.md` 4.2, R1 to R12). All are pure:
//! rows in, figures out.

mod changes;
mod country;
mod cumulative;
mod gather;
mod participation;
mod reconcile;
mod select;
mod stated;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use changes::{Change, Changed, changes, unplanned};
pub use cumulative::{add_up, past, reach};
pub use gather::{gather, gather_uncited};
pub use participation::{Share, participation};
pub use reconcile::{Disagreement, reconcile};
pub use select::{Counted, Point, Selection, select};
pub use stated::{Formula, stated};

use crate::period::ReportingPeriod;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Activities, people, days, items: a whole number.
    Count,
    /// Money, held in euro cents.
    EuroCents,
    /// A share in whole percent.
    Percent,
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
    /// The cells it rests on; worked out anew from the rows, never stored.
    #[serde(skip)]
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

    /// A figure that is counted and so always there: zero where nothing was counted.
    #[must_use]
    pub fn count(&self, name: &str) -> i64 {
        self.value(name).unwrap_or(0)
    }

    /// Figures whose name begins with `prefix` and a dot, with the rest of their names.
    pub fn family<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Figure)> {
        self.figures
            .iter()
            .filter_map(move |(name, figure)| Some((name.strip_prefix(prefix)?.strip_prefix('.')?, figure)))
    }

    /// The figures without the cells they rest on.
    #[must_use]
    pub fn uncited(&self) -> Self {
        let bare = |figure: &Figure| Figure { citations: Vec::new(), ..*figure };
        let figures = self.figures.iter().map(|(name, figure)| (name.clone(), bare(figure))).collect();
        Self { figures, ..*self }
    }

    /// The form that `compile --facts` writes, as the contract has it: money in euros.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let figures: serde_json::Map<String, serde_json::Value> = self
            .figures
            .iter()
            .map(|(name, figure)| {
                let value = match (figure.value, figure.unit) {
                    (None, _) => serde_json::Value::Null,
                    (Some(value), Unit::Count | Unit::Percent) => value.into(),
                    (Some(cents), Unit::EuroCents) if cents % 100 == 0 => (cents / 100).into(),
                    #[expect(clippy::cast_precision_loss, reason = "below 2^53 cents; JSON has no decimals")]
                    (Some(cents), Unit::EuroCents) => (cents as f64 / 100.0).into(),
                };
                (
                    name.clone(),
                    serde_json::json!({ "value": value, "reported_by": figure.reported_by, "of": figure.of }),
                )
            })
            .collect();
        serde_json::json!({ "period": self.period, "as_of": self.as_of, "figures": figures })
    }
}

/// A text by which rows are compared: small letters, one blank between words.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests;
