//! What the rows of a sheet leave behind beside the entries: numbers, hashes and places, never the rows.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use chrono::NaiveDate;

use crate::cell::{CellRange, CellRef};
use crate::diagnostic::Diagnostic;
use crate::period::ReportingPeriod;
use crate::recipient::Country;

use super::headings::Heading;
use super::row::Remark;
use super::text::skeleton;

/// What the Participants sheet says of one activity.
#[derive(Debug)]
pub(super) struct Participations {
    pub(super) id: Box<str>,
    pub(super) sum: u64,
    pub(super) rows: u32,
    /// Every row has a figure.
    pub(super) complete: bool,
    pub(super) first: CellRange,
    pub(super) any: bool,
    /// Name of the sheet, and the countries that the rows name, each with the first cell that does.
    pub(super) label: Rc<str>,
    pub(super) countries: Vec<(Country, CellRef)>,
}

/// A key for an id: blanks and case do not make two ids of one.
pub(super) fn key_of(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    skeleton(id).hash(&mut hasher);
    hasher.finish()
}

/// What a sheet leaves behind beside its entries.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) read: u32,
    pub(super) accepted: u32,
    pub(super) held: u32,
    pub(super) periods: Vec<ReportingPeriod>,
    /// Rows to be read in the second pass, in order.
    pub(super) waiting: Vec<u32>,
    /// Rows that were told together, by what is told of them; one-based.
    pub(super) remarks: BTreeMap<Remark, Vec<u32>>,
    pub(super) lacking_period: Vec<u32>,
    pub(super) took_period: Vec<u32>,
    pub(super) lacking_columns: BTreeMap<Heading, Vec<u32>>,
    pub(super) hidden: Vec<u32>,
    /// Rows that are struck through.
    pub(super) struck: Vec<u32>,
    /// Items of the plan that are said to be planned still.
    pub(super) left_open: Vec<LeftOpen>,
    /// Rows with a text in one of two languages, by its heading.
    pub(super) one_language: BTreeMap<Heading, Vec<u32>>,
}

/// An item of the plan that says it is planned, until `last`.
#[derive(Debug)]
pub(super) struct LeftOpen {
    pub(super) last: NaiveDate,
    pub(super) id: Option<u64>,
    pub(super) title: u64,
    pub(super) told: Diagnostic,
}

/// Activities that the file has, also those held.
#[derive(Debug, Default)]
pub(super) struct KnownActivities {
    pub(super) ids: HashSet<u64>,
    pub(super) titles: HashSet<u64>,
}

/// Ids seen. There may be a million: each takes 24 bytes.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// By a key of the sheet and the id.
    seen: HashMap<u64, Before>,
    /// Names of the sheets that have one.
    labels: Vec<Rc<str>>,
}

/// An id that was there before: a hash of its row's content, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    pub(super) content: u64,
    /// One-based.
    pub(super) row: u32,
    label: u32,
}

impl Ids {
    /// The row that had the id before, with the name of its sheet; else the id is this row's from now on.
    pub(super) fn claim(&mut self, key: u64, content: u64, row: u32, label: &Rc<str>) -> Option<(Before, Rc<str>)> {
        if let Some(before) = self.seen.get(&key) {
            return Some((*before, self.labels.get(before.label as usize)?.clone()));
        }
        if self.labels.last() != Some(label) {
            self.labels.push(label.clone());
        }
        let label = u32::try_from(self.labels.len() - 1).unwrap_or(u32::MAX);
        self.seen.insert(key, Before { content, row, label });
        None
    }
}
