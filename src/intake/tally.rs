//! What a file told while it was read, kept small however large the file is.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::participation;
use crate::period::ReportingPeriod;
use crate::record::{Activity, Entry, FileSummary, Record, Sheet};

/// Most diagnostics of a file that are kept; nobody mends more at once.
const MOST_DIAGNOSTICS: usize = 10_000;
/// Most ids of activities in other files that are looked up.
const MOST_REFERENCES: usize = 10_000;

/// Most activities of a file that are compared with those of others.
const MOST_ACTIVITIES: usize = 2_000;

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

/// What other sheets say of an activity.
#[derive(Clone, Debug)]
pub(super) struct Referred {
    /// The first place that names it.
    pub(super) place: Place,
    /// Rows of participants, and their sum.
    pub(super) rows: u32,
    pub(super) sum: u64,
    /// Each of these rows has a figure.
    pub(super) complete: bool,
}

/// An id or a title as it is compared: letters and digits, small.
pub(super) fn name(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
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
    /// The first activities, without their narrative.
    pub(super) activities: Vec<Entry>,
    /// Ids and titles of activities and of items of the plan that are not left open.
    pub(super) names: BTreeSet<String>,
    /// Ids of activities that other sheets name, with what they say of them.
    references: BTreeMap<String, Referred>,
    /// Ids of activities whose rows are held.
    waiting: BTreeSet<String>,
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
            if self.activities.len() < MOST_ACTIVITIES {
                self.names.extend(activity.id.as_deref().map(name).into_iter().chain([name(&activity.title)]));
                let bare = Activity { summary: None, outputs: None, photo: None, ..activity.clone() };
                self.activities.push(Entry { record: Record::Activities(bare), ..entry.clone() });
            }
        } else if let Record::Plan(item) = &entry.record {
            if self.names.len() < MOST_REFERENCES {
                self.names.extend(item.id.as_deref().map(name).into_iter().chain([name(&item.title)]));
            }
        } else if entry.period.is_none()
            && let Some(id) = entry.record.activity_id()
        {
            self.refer(id, entry);
        }
    }

    /// Remembers that an activity's row waits for a correction.
    pub(super) fn hold(&mut self, id: Option<&str>) {
        if self.waiting.len() < MOST_REFERENCES {
            self.waiting.extend(id.map(name));
        }
    }

    /// Whether an activity's row waits for a correction.
    pub(super) fn waits_for(&self, id: &str) -> bool {
        self.waiting.contains(&name(id))
    }

    fn refer(&mut self, id: &str, entry: &Entry) {
        if !self.references.contains_key(id) {
            if self.references.len() >= MOST_REFERENCES {
                return;
            }
            let origin = &entry.origin;
            let mut place = Place::sheet(&origin.file, &origin.sheet);
            if let Some(cell) = origin.cell("activity-id") {
                place = place.at(cell);
            }
            self.references.insert(id.to_owned(), Referred { place, rows: 0, sum: 0, complete: true });
        }
        if let (Some(referred), Record::Participants(row)) = (self.references.get_mut(id), &entry.record) {
            referred.rows += 1;
            match row.head_count.total {
                Some(total) => referred.sum += u64::from(total),
                None => referred.complete = false,
            }
        }
    }

    /// Participants of activities that this file does not have.
    pub(super) fn participants(&self) -> impl Iterator<Item = (&str, &Referred)> {
        let elsewhere = self.references.iter().filter(|(id, r)| r.rows > 0 && !self.activity_ids.contains(*id));
        elsewhere.map(|(id, referred)| (id.as_str(), referred))
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
        self.references.iter().filter(|(id, _)| !self.activity_ids.contains(*id)).map(|(id, r)| (id.as_str(), &r.place))
    }

    /// Period of most rows.
    pub(super) fn main_period(&self) -> Option<(ReportingPeriod, u32)> {
        self.periods.iter().max_by_key(|(period, rows)| (**rows, **period)).map(|(p, n)| (*p, *n))
    }

    /// Says what is missing from the list, and completes the summary.
    pub(super) fn finish(&mut self, summary: &mut FileSummary) {
        if self.left_out > 0 {
            let place = Place::file(&summary.file);
            self.diagnostics.push(Diagnostic::info("further-problems", place).with("count", self.left_out));
        }
        if summary.sheets.is_empty() && summary.rows_read == 0 && !self.has_grave() {
            self.tell(Diagnostic::warning("nothing-to-read", Place::file(&summary.file)));
        }
        // The reader has counted also those that it did not tell one by one.
        summary.warnings = summary.warnings.max(self.warnings);
    }

    /// Takes back warnings of unknown activities that turned out to be known elsewhere.
    pub(super) fn take_back_unknown(&mut self, is_known: impl Fn(&str) -> bool) {
        let before = self.diagnostics.len();
        self.diagnostics.retain(|d| !participation::unknown_activity(d).is_some_and(&is_known));
        self.warnings = self.warnings.saturating_sub(u32::try_from(before - self.diagnostics.len()).unwrap_or(0));
    }

    /// Ids of activities that the reader did not find in the file and warned of.
    pub(super) fn told_unknown(&self) -> BTreeSet<String> {
        self.diagnostics.iter().filter_map(participation::unknown_activity).map(str::to_owned).collect()
    }

    /// Warns of an activity that nobody has reported yet, where the reader has not already; or, where
    /// its row is held, that this one waits with it.
    pub(super) fn tell_unknown(&mut self, id: &str, place: Place, is_held: bool) {
        let wording = if is_held { "activity-waiting" } else { "activity-not-known" };
        if !self.diagnostics.iter().any(|d| participation::unknown_activity(d).is_some() && d.place == place) {
            self.tell(Diagnostic::warning(participation::UNKNOWN, place).with("id", id).worded(wording));
        }
    }

    fn has_grave(&self) -> bool {
        self.errors + self.warnings > 0
    }
}
