//! Files read at once and without a ledger, for `compile --from`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::raw::{ReadEvent, ReadRequest};
use super::reader::too_large;
use super::reading::{ReadFailure, ReadingRoom};
use super::source::Source;
use super::spool;
use super::take::IntakeError;
use super::tally::Tally;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::period::ReportingPeriod;
use crate::record::{Entry, FileSummary, Record};
use crate::store::HeldRow;

/// Most readers at work at once.
const MOST_READERS: usize = 4;

/// What a set of files came to.
#[derive(Clone, Debug, Default)]
pub struct Together {
    /// Accepted rows, in the order of the files given, each with its period where that is known.
    pub entries: Vec<Entry>,
    /// The files in the order given, with everything told about each.
    pub files: Vec<(FileSummary, Vec<Diagnostic>)>,
    /// Rows held because of an error.
    pub held: Vec<HeldRow>,
}

/// Reads files that belong together, each in a process of its own, several at once.
///
/// `period` is what `--period` asks for: rows that say nothing themselves take it. Rows of
/// participants and equipment take the period of their activity, whichever file has it.
///
/// # Errors
/// A file that is not there or may not be read, or a reader that cannot be started. What is
/// wrong *in* a file is a diagnostic.
pub async fn from_files(
    paths: &[PathBuf],
    config: &Config,
    period: ReportingPeriod,
    today: NaiveDate,
) -> Result<Together, IntakeError> {
    read_together(&ReadingRoom::default(), paths, config, period, today).await
}

/// The same, with readers started from elsewhere.
///
/// # Errors
/// See [`from_files`].
pub async fn read_together(
    room: &ReadingRoom,
    paths: &[PathBuf],
    config: &Config,
    period: ReportingPeriod,
    today: NaiveDate,
) -> Result<Together, IntakeError> {
    let turns = Arc::new(Semaphore::new(MOST_READERS));
    let mut readers = JoinSet::new();
    for (place, path) in paths.iter().enumerate() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = Source::of(&name, "", config);
        let request = ReadRequest {
            path: path.canonicalize().map_err(|error| IntakeError::Files { path: path.clone(), error })?,
            name,
            default_period: Some((period, ASKED_FOR.to_owned())),
            contributor_country: source.contributor.and_then(|c| c.country),
            ..request_of(config, today)
        };
        let (room, turns, limit) = (room.clone(), Arc::clone(&turns), config.inbox.max_file_bytes);
        readers.spawn(async move {
            let _turn = turns.acquire().await;
            (place, read_one(&room, &request, limit).await)
        });
    }
    let mut read = BTreeMap::new();
    while let Some(done) = readers.join_next().await {
        let (place, result) = done.map_err(|e| IntakeError::Reader(std::io::Error::other(e)))?;
        read.insert(place, result?);
    }
    let mut together = Together::default();
    let mut read: Vec<OneFile> = read.into_values().collect();
    let periods = activity_periods(&read);
    let held: BTreeSet<String> = read.iter().flat_map(|f| &f.held).filter_map(|h| h.activity_id.clone()).collect();
    for file in &mut read {
        place_by_activity(file, &periods, &held);
        file.tally.finish(&mut file.summary);
    }
    for file in read {
        together.entries.extend(file.entries);
        together.held.extend(file.held);
        together.files.push((file.summary, file.tally.diagnostics));
    }
    Ok(together)
}

/// What says the default period, in the sentence that tells of it.
const ASKED_FOR: &str = "--period";

/// What every request of a programme has in common.
pub(super) fn request_of(config: &Config, today: NaiveDate) -> ReadRequest {
    ReadRequest {
        path: PathBuf::new(),
        name: String::new(),
        folder: String::new(),
        today,
        default_period: None,
        phase: (config.programme.start, config.programme.end),
        countries: config.programme.countries.clone(),
        components: config.programme.components.iter().map(Into::into).collect(),
        workbook: config.workbook.clone(),
        contributor_country: None,
        earlier: Vec::new(),
        legacy_xls: config.inbox.legacy_xls,
        max_rows: config.inbox.max_rows,
    }
}

struct OneFile {
    entries: Vec<Entry>,
    held: Vec<HeldRow>,
    summary: FileSummary,
    tally: Tally,
}

async fn read_one(room: &ReadingRoom, request: &ReadRequest, limit: u64) -> Result<OneFile, IntakeError> {
    let of = |path: &Path| {
        let path = path.to_owned();
        move |error| IntakeError::Files { path, error }
    };
    let length = std::fs::metadata(&request.path).map_err(of(&request.path))?.len();
    let summary = FileSummary { file: request.name.clone(), ..FileSummary::default() };
    let mut file = OneFile { entries: Vec::new(), held: Vec::new(), summary, tally: Tally::default() };
    if length > limit {
        file.tally.tell(*too_large(&request.name, length, limit).0);
        return Ok(file);
    }
    let mut reading = match room.start(request).await {
        Ok(reading) => reading,
        Err(ReadFailure::World(error)) => return Err(IntakeError::Reader(error)),
        Err(ReadFailure::Refused(diagnostic)) => {
            file.tally.tell(*diagnostic);
            return Ok(file);
        }
    };
    let path = request.path.clone();
    let hash = tokio::task::spawn_blocking(move || spool::hash_of(&path));
    loop {
        match reading.next().await {
            Ok(Some(ReadEvent::Entry(entry))) => {
                file.tally.see(&entry);
                file.entries.push(*entry);
            }
            Ok(Some(ReadEvent::Held { sheet, period, row, id })) => {
                let name = request.name.clone();
                file.held.push(HeldRow { file: name, sheet: Some(sheet), period, row, activity_id: id });
            }
            Ok(Some(ReadEvent::Diagnostic(diagnostic))) => file.tally.tell(*diagnostic),
            Ok(Some(ReadEvent::Done(summary))) => file.summary = *summary,
            Ok(None) => break,
            Err(ReadFailure::World(error)) => return Err(IntakeError::Reader(error)),
            Err(ReadFailure::Refused(diagnostic)) => {
                // What came before it does not count.
                file.entries.clear();
                file.held.clear();
                file.tally = Tally::default();
                file.tally.tell(*diagnostic);
                break;
            }
        }
    }
    request.name.clone_into(&mut file.summary.file);
    let hash = hash.await.unwrap_or_else(|e| Err(std::io::Error::other(e)));
    file.summary.sha256 = hash.map_err(of(&request.path))?;
    Ok(file)
}

/// Periods of the activities of all files, by their ids.
fn activity_periods(files: &[OneFile]) -> BTreeMap<String, ReportingPeriod> {
    let mut periods = BTreeMap::new();
    for entry in files.iter().flat_map(|f| &f.entries) {
        if let (Record::Activities(activity), Some(period)) = (&entry.record, entry.period)
            && let Some(id) = &activity.id
        {
            periods.entry(id.clone()).or_insert(period);
        }
    }
    periods
}

/// Gives rows without a period that of their activity, and warns of those whose activity is in
/// none of the files.
fn place_by_activity(file: &mut OneFile, periods: &BTreeMap<String, ReportingPeriod>, held: &BTreeSet<String>) {
    for entry in file.entries.iter_mut().filter(|e| e.period.is_none()) {
        entry.period = entry.record.activity_id().and_then(|id| periods.get(id).copied());
    }
    let missing = |(id, place): (&str, &Place)| (id.to_owned(), place.clone());
    let unknown: Vec<_> = file.tally.references().filter(|(id, _)| !periods.contains_key(*id)).map(missing).collect();
    for (id, place) in unknown {
        let is_held = held.contains(&id);
        file.tally.tell_unknown(&id, place, is_held);
    }
    file.tally.take_back_unknown(|id| periods.contains_key(id));
}
