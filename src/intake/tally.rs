//! What a file told while it was read, kept small however large the file is.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::period::ReportingPeriod;
use crate::record::{Entry, FileSummary, Record, Sheet};

/// Most diagnostics of a file that are kept; nobody mends more at once.
const MOST_DIAGNOSTICS: usize = 10_000;
/// Most ids of activities in other files that are looked up.
const MOST_REFERENCES: usize = 10_000;

/// The figures of a file, as its sender would count them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Accepted rows of each sheet.
    pub rows: BTreeMap<Sheet, u32>,
    /// Participants of the activities, where any are reported.
    pub participants: Option<u64>,
    /// Activities that report their participants.
    pub reporting: u32,
}

/// Counts and remembers while a file is read.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) figures: Figures,
    pub(super) diagnostics: Vec<Diagnostic>,
    errors: u32,
    warnings: u32,
    left_out: u32,
    pub(super) activity_ids: BTreeSet<String>,
    /// Ids of activities that other sheets name, with the first place that does.
    references: BTreeMap<String, Place>,
    /// Rows of each period.
    periods: BTreeMap<ReportingPeriod, u32>,
}

impl Tally {
    /// Counts an accepted row.
    pub(super) fn see(&mut self, entry: &Entry) {
        *self.figures.rows.entry(entry.record.sheet()).or_default() += 1;
        if let Some(period) = entry.period {
            *self.periods.entry(period).or_default() += 1;
        }
        if let Record::Activities(activity) = &entry.record {
            if let Some(total) = activity.head_count.total {
                *self.figures.participants.get_or_insert(0) += u64::from(total);
                self.figures.reporting += 1;
            }
            if let Some(id) = &activity.id {
                self.activity_ids.insert(id.clone());
            }
        } else if entry.period.is_none()
            && self.references.len() < MOST_REFERENCES
            && let Some(id) = entry.record.activity_id()
            && !self.references.contains_key(id)
        {
            let origin = &entry.origin;
            let mut place = Place::sheet(&origin.file, &origin.sheet);
            if let Some(cell) = origin.cell("activity-id") {
                place = place.at(cell);
            }
            self.references.insert(id.to_owned(), place);
        }
    }

    /// Remembers a diagnostic, and answers whether it was kept. Errors are kept before all else.
    pub(super) fn tell(&mut self, diagnostic: Diagnostic) {
        match diagnostic.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => {}
        }
        let room = if diagnostic.is_error() { 2 * MOST_DIAGNOSTICS } else { MOST_DIAGNOSTICS };
        if self.diagnostics.len() < room {
            self.diagnostics.push(diagnostic);
        } else {
            self.left_out += 1;
        }
    }

    /// Ids of activities that this file names and does not have, with the place that does.
    pub(super) fn references(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.references.iter().filter(|(id, _)| !self.activity_ids.contains(*id)).map(|(id, p)| (id.as_str(), p))
    }

    /// Period of most rows.
    pub(super) fn main_period(&self) -> Option<(ReportingPeriod, u32)> {
        self.periods.iter().max_by_key(|(period, rows)| (**rows, **period)).map(|(p, n)| (*p, *n))
    }

    /// Says what is missing from the list, and completes the summary.
    pub(super) fn finish(&mut self, summary: &mut FileSummary) {
        summary.warnings = self.warnings;
        if self.left_out > 0 {
            let place = Place::file(&summary.file);
            self.diagnostics.push(Diagnostic::info("further-problems", place).with("count", self.left_out));
        }
        // A CSV of an unknown sheet, or a workbook without one that is known.
        if summary.sheets.is_empty() && summary.rows_read == 0 && !self.has_grave() {
            let is_text = [".csv", ".tsv", ".txt"].iter().any(|e| summary.file.to_lowercase().ends_with(e));
            let code = if is_text { "csv-names-no-sheet" } else { "workbook-has-no-sheet" };
            self.tell(Diagnostic::warning(code, Place::file(&summary.file)));
            summary.warnings = self.warnings;
        }
    }

    fn has_grave(&self) -> bool {
        self.errors + self.warnings > 0
    }
}
