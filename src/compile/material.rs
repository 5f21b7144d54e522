//! What a report is made of: the rows of a period, and what is known of their files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::corrections::RowChange;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::digest;
use crate::facts::{self, Facts};
use crate::gallery::{self, Names};
use crate::participation::unknown_activity;
use crate::period::ReportingPeriod;
use crate::readiness::Gap;
use crate::record::{Activity, Entry, FileSummary, Record, Sheet, Status};
use crate::store::{HeldRow, PeriodData, Store, StoreError};

/// Earlier periods that are added up at most: a programme of a century, in quarters.
const MOST_PERIODS: usize = 400;

/// A file that was read, and everything told about it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SourceFile {
    /// What reading it came to.
    pub summary: FileSummary,
    /// Everything told about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Rows and files, from the ledger or straight from workbooks. Nothing in it says when or in
/// which order the files came, so that both ways give the same report.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Material {
    /// Accepted rows, of whatever period.
    pub entries: Vec<Entry>,
    /// The files they came from.
    pub files: Vec<SourceFile>,
    /// Rows that were held.
    pub held: Vec<HeldRow>,
    /// Accepted rows of the period before: what figures and plan are compared with.
    pub earlier: Vec<Entry>,
    /// Figures of all earlier periods that something is known of: what the programme has come to
    /// since its start adds them up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Facts>,
    /// Figures of the version that this one replaces, where it replaces one.
    pub replaced: Option<Facts>,
    /// Rows that are other than in the version that this one replaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<RowChange>,
    /// Sheets of the period that contributors owe and that are not there, or not whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<Gap>,
    /// Pictures that rows name, by the workbook's file: names and hashes.
    #[serde(default)]
    pub pictures: BTreeMap<String, Names>,
    /// Their bytes, by hash.
    #[serde(skip)]
    pub picture_bytes: BTreeMap<String, Arc<[u8]>>,
}

impl From<PeriodData> for Material {
    fn from(data: PeriodData) -> Self {
        let files = data.files.into_iter();
        Self {
            entries: data.entries,
            files: files.map(|f| SourceFile { summary: f.summary, diagnostics: f.diagnostics }).collect(),
            held: data.held,
            earlier: Vec::new(),
            past: Vec::new(),
            replaced: None,
            corrected: Vec::new(),
            gaps: Vec::new(),
            pictures: BTreeMap::new(),
            picture_bytes: BTreeMap::new(),
        }
    }
}

impl Material {
    /// What the ledger has for a period, with what is foreseen for the next one, the rows of the
    /// one before, and the figures of all since the programme's start.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn of_ledger(store: &Store, config: &Config, period: ReportingPeriod) -> Result<Self, StoreError> {
        let home = &config.home;
        let mut material = Self::from(store.period_data(period).await?);
        let next = Self::from(store.period_data(period.next()).await?);
        material.entries.extend(next.entries.into_iter().filter(is_foreseen));
        material.files.extend(next.files);
        material.earlier = store.period_data(period.previous()).await?.entries;
        // Of a period that is over, what states no status is done.
        let figures = |rows: &[Entry], one| {
            facts::past(&facts::gather_uncited(&facts::select(rows, one, period.first_day()), &[]))
        };
        let of_programme = |one: &ReportingPeriod| one.last_day() >= config.programme.start;
        let mut before = Some(period.previous()).filter(of_programme);
        material.past.extend(before.and_then(|one| figures(&material.earlier, one)));
        while let Some(one) = before.map(ReportingPeriod::previous).filter(of_programme)
            && material.past.len() < MOST_PERIODS
        {
            material.past.extend(figures(&store.period_data(one).await?.entries, one));
            before = Some(one);
        }
        let kept: Vec<(String, Names)> = material
            .files
            .iter()
            .map(|file| (file.summary.file.clone(), gallery::kept(home, &file.summary.sha256)))
            .collect();
        for (file, names) in kept {
            for (name, sha256) in names {
                if let Some(bytes) = gallery::bytes(&gallery::folder(home), &sha256) {
                    material.add_picture(&file, &name, bytes);
                }
            }
        }
        Ok(material)
    }

    /// A picture that lies beside a workbook.
    pub fn add_picture(&mut self, file: &str, name: &str, bytes: Arc<[u8]>) {
        let sha256 = digest::of(&bytes);
        self.pictures.entry(file.to_owned()).or_default().insert(name.to_lowercase(), sha256.clone());
        self.picture_bytes.insert(sha256, bytes);
    }

    /// Looks for the pictures that the rows of a workbook name, in its folder.
    pub fn look_for_pictures(&mut self, file: &str, folder: &Path) {
        let named: BTreeSet<String> =
            photos(&self.entries).filter(|(f, _)| *f == file).map(|(_, name)| name.to_owned()).collect();
        for name in named {
            if let Some(bytes) = gallery::beside(folder, &name) {
                self.add_picture(file, &name, bytes.into());
            }
        }
    }

    /// Puts everything into an order of its own (file, sheet, row) and leaves out files that
    /// have nothing to do with `period`.
    ///
    /// What is foreseen for the period after it stays, since it is printed; rows of the period
    /// before are set apart.
    #[must_use]
    pub fn for_period(mut self, period: ReportingPeriod) -> Self {
        let sheet = |entry: &Entry| -> Sheet { entry.record.sheet() };
        self.entries.append(&mut self.earlier);
        self.entries.sort_by(|a, b| {
            (&a.origin.file, sheet(a), a.origin.row, &a.origin.sheet).cmp(&(
                &b.origin.file,
                sheet(b),
                b.origin.row,
                &b.origin.sheet,
            ))
        });
        self.forget_what_was_supplied_since();
        self.drop_other_periods(period);
        self.held.sort_by(|a, b| (&a.file, a.sheet, a.row).cmp(&(&b.file, b.sheet, b.row)));
        let speaks_of_it =
            |file: &str| self.entries.iter().any(|e| e.origin.file == file) || self.held.iter().any(|h| h.file == file);
        let mut files = std::mem::take(&mut self.files);
        files.retain(|f| speaks_of_it(&f.summary.file));
        files.sort_by(|a, b| (&a.summary.file, &a.summary.sha256).cmp(&(&b.summary.file, &b.summary.sha256)));
        files.dedup_by(|a, b| a.summary.file == b.summary.file && a.summary.sha256 == b.summary.sha256);
        for file in &mut files {
            file.diagnostics.sort_by(|a, b| (&a.place, &a.code).cmp(&(&b.place, &b.code)));
        }
        self.files = files;
        self.forget_other_pictures();
        self
    }

    /// Keeps the pictures that a row names.
    fn forget_other_pictures(&mut self) {
        let named: BTreeSet<(String, String)> =
            photos(&self.entries).map(|(file, name)| (file.to_owned(), name.to_lowercase())).collect();
        for (file, names) in &mut self.pictures {
            names.retain(|name, _| named.contains(&(file.clone(), name.clone())));
        }
        self.pictures.retain(|_, names| !names.is_empty());
        let shown: BTreeSet<String> = self.pictures.values().flat_map(|names| names.values().cloned()).collect();
        self.picture_bytes.retain(|sha256, _| shown.contains(sha256));
    }

    /// Takes back warnings of an activity that nobody had reported when the file was read, and
    /// that somebody has reported since: a report must not depend on the order of the files.
    fn forget_what_was_supplied_since(&mut self) {
        let known: BTreeSet<&str> = self
            .entries
            .iter()
            .filter_map(|entry| match &entry.record {
                Record::Activities(activity) => activity.id.as_deref(),
                _ => None,
            })
            .collect();
        for file in &mut self.files {
            let warnings = |told: &[Diagnostic]| told.iter().filter(|d| d.severity == Severity::Warning).count();
            let before = warnings(&file.diagnostics);
            // What files say against each other is asked anew, of all of them.
            file.diagnostics.retain(|told| {
                !unknown_activity(told).is_some_and(|id| known.contains(id))
                    && told.code != crate::twin::CODE
                    && told.wording.as_deref() != Some(crate::participation::BETWEEN_FILES)
            });
            let gone = u32::try_from(before - warnings(&file.diagnostics)).unwrap_or(u32::MAX);
            file.summary.warnings = file.summary.warnings.saturating_sub(gone);
        }
    }

    /// Keeps the rows of `period`, those that an activity of it places there, and what is foreseen
    /// for the next period; sets the rows of the period before apart.
    fn drop_other_periods(&mut self, period: ReportingPeriod) {
        let before = period.previous();
        let mut of_activities: BTreeMap<String, bool> = BTreeMap::new();
        for entry in &self.entries {
            if let (Record::Activities(Activity { id: Some(id), .. }), Some(own)) = (&entry.record, entry.period)
                && (period.covers(own) || before.covers(own))
            {
                let ours = period.covers(own);
                of_activities.entry(id.clone()).and_modify(|known| *known |= ours).or_insert(ours);
            }
        }
        let placed = |entry: &Entry| entry.record.activity_id().and_then(|id| of_activities.get(id).copied());
        let (mut kept, mut earlier) = (Vec::new(), Vec::new());
        for entry in std::mem::take(&mut self.entries) {
            let ours = match entry.period {
                Some(own) if period.covers(own) => Some(true),
                Some(own) if period.next().covers(own) && is_foreseen(&entry) => Some(true),
                Some(own) => before.covers(own).then_some(false),
                None => placed(&entry),
            };
            match ours {
                Some(true) => kept.push(entry),
                Some(false) => earlier.push(entry),
                None => {}
            }
        }
        (self.entries, self.earlier) = (kept, earlier);
        self.held.retain(|row| row.period.is_none_or(|p| period.covers(p)));
    }

    /// Rows that are accepted and nevertheless hold a run, because a part of them was dropped.
    pub fn faults(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|e| !e.faults.is_empty())
    }
}

/// Whether a row of the next period belongs into this period's report: its work plan, and
/// equipment that is yet to be handed over.
fn is_foreseen(entry: &Entry) -> bool {
    match &entry.record {
        Record::Plan(_) => true,
        Record::Equipment(item) => {
            matches!(item.status, Some(Status::Planned | Status::Ongoing | Status::Postponed))
        }
        _ => false,
    }
}

/// The pictures that rows name, each with the file of its row.
fn photos(entries: &[Entry]) -> impl Iterator<Item = (&str, &str)> {
    entries.iter().flat_map(|entry| {
        let cell = match &entry.record {
            Record::Activities(activity) => activity.photo.as_deref(),
            _ => None,
        };
        gallery::names(cell.unwrap_or_default()).map(|name| (entry.origin.file.as_str(), name))
    })
}
