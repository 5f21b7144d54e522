//! Taking one file: copied, read, written into the ledger, answered.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::across::{self, Question, Rehearsal};
use super::ahead::Ahead;
use super::companions::{Companion, Companions, TOGETHER};
use super::inbox::{ACCEPTED, Inbox, NEEDS_FIXING, Ready, order};
use super::raw::{ReadEvent, ReadRequest};
use super::reader::too_large;
use super::reading::{ReadFailure, ReadingRoom};
use super::source::Source;
use super::spool::{self, Spooled};
use super::tally::{Figures, Tally};
use crate::clock::Clock;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::gallery;
use crate::notice::Notice;
use crate::record::FileSummary;
use crate::step::Step;
use crate::store::{Change, FileWriter, HeldRow, IncomingFile, Store, StoreError};

/// After so many turns in vain a file is stuck, which the operators are told.
const STUCK_AFTER: u32 = 4;

/// What the world did to the intake; the files themselves are never at fault here.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The ledger refused or could not be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A folder or file could not be read or written: a full disk, a refused permission.
    #[error("{}: {error}", .path.display())]
    Files {
        /// Where.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// The child process that reads a file could not be started.
    #[error("the reader cannot be started: {0}")]
    Reader(io::Error),
}

impl IntakeError {
    /// Whether trying again later may help.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Store(error) => error.is_transient(),
            Self::Files { .. } | Self::Reader(_) => true,
        }
    }
}

/// What taking a file came to.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What was read.
    pub summary: FileSummary,
    /// Everything told about it; of very many, the errors and the first of the others.
    pub diagnostics: Vec<Diagnostic>,
    /// Its figures, as the sender would count them.
    pub figures: Figures,
    /// What it changed against what the same source had sent before; `None` for a dry run and
    /// for bytes that were there already.
    pub change: Option<Change>,
    /// Questions to the senders of other files: the same event in two of them.
    pub questions: Vec<Question>,
}

impl Taken {
    /// Whether its sender must do something.
    #[must_use]
    pub fn needs_fixing(&self) -> bool {
        let nothing_known = self.summary.sheets.is_empty() && self.summary.rows_read == 0;
        self.summary.rows_held > 0 || nothing_known || self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// The intake: takes files one after another, from the inbox or from wherever it is told.
pub struct Intake {
    pub(super) config: Arc<Config>,
    pub(super) store: Store,
    clock: Clock,
    pub(super) room: ReadingRoom,
    inbox: Mutex<Inbox>,
    pub(super) companions: Mutex<Companions>,
    ahead: Mutex<Option<Ahead>>,
    /// What the files of a dry run said, which are not in the ledger.
    pub(super) rehearsed: Mutex<Rehearsal>,
}

/// A file about to be read.
pub(super) struct Job<'a> {
    pub(super) original: &'a Path,
    pub(super) name: &'a str,
    pub(super) folder: &'a str,
    /// Files taken since then came together with it.
    pub(super) since: DateTime<Utc>,
    pub(super) source: Source,
    pub(super) now: DateTime<Utc>,
    pub(super) dry_run: bool,
}

impl Intake {
    /// An intake over a home's inbox.
    #[must_use]
    pub fn new(config: Arc<Config>, store: Store, clock: Clock) -> Self {
        Self::with_room(config, store, clock, ReadingRoom::default())
    }

    /// The same, with readers started from elsewhere.
    #[must_use]
    pub fn with_room(config: Arc<Config>, store: Store, clock: Clock, room: ReadingRoom) -> Self {
        let inbox = Inbox::new(config.at_home(&config.inbox.folder), config.inbox.settle);
        Self {
            config,
            store,
            clock,
            room,
            inbox: Mutex::new(inbox),
            companions: Mutex::default(),
            ahead: Mutex::default(),
            rehearsed: Mutex::default(),
        }
    }

    /// Whether it works under this configuration.
    #[must_use]
    pub fn is_under(&self, config: &Arc<Config>) -> bool {
        Arc::ptr_eq(&self.config, config)
    }

    /// The same intake under another configuration. What it has seen is not forgotten, so that a file
    /// that is settling goes on settling.
    #[must_use]
    pub fn under(&self, config: Arc<Config>) -> Self {
        let next = Self::with_room(config, self.store.clone(), self.clock.clone(), self.room.clone());
        if next.config.inbox.settle == self.config.inbox.settle && next.inbox_folder() == self.inbox_folder() {
            std::mem::swap(&mut *next.locked(&next.inbox), &mut *self.locked(&self.inbox));
        }
        std::mem::swap(&mut *next.locked(&next.companions), &mut *self.locked(&self.companions));
        next
    }

    /// Takes at most one stable file of the inbox.
    ///
    /// The rows are in the ledger before the file is moved: a crash in between leads to the
    /// file being taken again, and the same bytes of the same source are taken once. A file
    /// whose turn ends in an error waits before its next turn, so that others are not starved.
    ///
    /// # Errors
    /// The ledger, the disk or the child's start; nothing is lost, the file stays in the inbox.
    pub async fn step(&self) -> Result<Step, IntakeError> {
        let now = self.clock.now();
        let folder = self.inbox_folder();
        let ready = {
            std::fs::create_dir_all(&folder).map_err(files(&folder))?;
            self.locked(&self.inbox).next(now).map_err(files(&folder))?
        };
        let Some(ready) = ready else { return Ok(Step::Idle) };
        if ready.is_nameless && self.is_an_old_version(&ready.path).await? {
            // Its answer was deleted, and it must not come back by itself.
            self.locked(&self.inbox).put_off(&ready.path, now);
            return Ok(Step::Worked);
        }
        let job = self.job_of(&ready, now);
        // Put off beforehand: a panic, too, must not bring this file's turn up again at once.
        self.locked(&self.inbox).put_off(&ready.path, now);
        let ahead = self.locked(&self.ahead).take().filter(|ahead| ahead.ready == ready);
        let deal_with = async {
            match self.take_job(&job, || ready.is_unchanged(), ahead).await? {
                Some(taken) => self.file_away(&job, &taken).await,
                None => Ok(()),
            }
        };
        let (result, next) = tokio::join!(deal_with, self.look_ahead(now));
        *self.locked(&self.ahead) = next;
        let notice = |problem: String| {
            let file = ready.path.strip_prefix(&folder).unwrap_or(&ready.path).display().to_string();
            Notice::FileStuck { file, problem }
        };
        if let Err(error) = &result
            && self.locked(&self.inbox).failures(&ready.path) >= STUCK_AFTER
        {
            // Where the ledger itself is at fault, this fails as well, and the log has both.
            let _ = self.store.raise_notice(&notice(error.to_string()), now).await;
        }
        result?;
        if self.locked(&self.inbox).failures(&ready.path) > 1 {
            self.store.clear_notice(&notice(String::new()).cause(), now).await?;
        }
        self.locked(&self.inbox).forget(&ready.path);
        Ok(Step::Worked)
    }

    /// The file whose turn comes after the one in hand.
    pub(super) fn next_in_line(&self, now: DateTime<Utc>) -> Option<Ready> {
        self.locked(&self.inbox).choose(now)
    }

    /// What is to be done with a file of the inbox.
    pub(super) fn job_of<'a>(&self, ready: &'a Ready, now: DateTime<Utc>) -> Job<'a> {
        let source = Source::of(&ready.name, &ready.folder, &self.config);
        let since = ready.first_seen_at - TOGETHER;
        Job { original: &ready.path, name: &ready.name, folder: &ready.folder, since, source, now, dry_run: false }
    }

    /// Whether these very bytes were taken before.
    async fn is_an_old_version(&self, path: &Path) -> Result<bool, IntakeError> {
        match self.hashed_in_place(path).await {
            Ok(spooled) => Ok(self.store.has_seen(&spooled.sha256).await?),
            Err(_) if !path.exists() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Clears away what a crash has left of files on their way: in the spool, and where files are
    /// filed. What is younger than an hour may belong to another process.
    pub fn sweep(&self) {
        let before = self.clock.now() - TimeDelta::hours(1);
        let inbox = self.inbox_folder();
        // Those of the inbox itself are of pages through which files are handed in.
        let folders = [self.config.at_home(Path::new(spool::SPOOL)), inbox.clone()];
        let swept: usize = folders.iter().map(|folder| spool::sweep(folder, before)).sum();
        if swept > 0 {
            tracing::info!(swept, "cleared away files that a crash had left on their way");
        }
    }

    /// Takes one file now, wherever it lies: what `rapporteur intake FILE` does.
    ///
    /// A file that lies in the inbox is moved and answered as the daemon would; any other is
    /// the user's, and stays. A dry run reads and writes nothing down.
    ///
    /// # Errors
    /// See [`Self::step`]; also a file that is not there.
    pub async fn take(&self, path: &Path, dry_run: bool) -> Result<Taken, IntakeError> {
        self.take_since(path, dry_run, self.clock.now() - TOGETHER).await
    }

    /// Takes files that belong together, Activities first, and gives what each came to in the
    /// order given.
    ///
    /// # Errors
    /// See [`Self::take`]; the files before the one at fault are taken.
    pub async fn take_all(&self, paths: &[PathBuf], dry_run: bool) -> Result<Vec<Taken>, IntakeError> {
        let mut turns: Vec<(usize, &PathBuf)> = paths.iter().enumerate().collect();
        turns.sort_by_key(|(_, path)| order(path));
        let mut taken = BTreeMap::new();
        for (place, path) in turns {
            taken.insert(place, self.take(path, dry_run).await?);
        }
        Ok(taken.into_values().collect())
    }

    async fn take_since(&self, path: &Path, dry_run: bool, since: DateTime<Utc>) -> Result<Taken, IntakeError> {
        let real = path.canonicalize().map_err(files(path))?;
        let name = path.file_name().or_else(|| real.file_name()).unwrap_or_default().to_string_lossy().into_owned();
        let inbox = self.inbox_folder();
        let inside = inbox.canonicalize().ok().and_then(|inbox| {
            let below = real.parent()?.strip_prefix(&inbox).ok()?.to_str()?.to_owned();
            let first = below.split('/').next().unwrap_or_default().to_owned();
            (first != ACCEPTED && first != NEEDS_FIXING).then_some(below)
        });
        let folder = inside.clone().unwrap_or_default();
        let source = Source::of(&name, &folder, &self.config);
        let now = self.clock.now();
        let job = Job { original: &real, name: &name, folder: &folder, since, source, now, dry_run };
        let taken = self.take_job(&job, || true, None).await?;
        let taken = taken.ok_or_else(|| files(path)(io::Error::from(io::ErrorKind::NotFound)))?;
        if inside.is_some() && !dry_run {
            self.file_away(&job, &taken).await?;
        }
        Ok(taken)
    }

    /// How long to wait after an idle step: until a file may have settled, at most until the
    /// next scan is due.
    #[must_use]
    pub fn wait_for(&self) -> Duration {
        let now = self.clock.now();
        let next = self.locked(&self.inbox).next_at();
        let until = next.map_or(Duration::MAX, |at| (at - now).to_std().unwrap_or_default());
        until.clamp(Duration::from_millis(200), self.config.inbox.scan_every.max(Duration::from_millis(200)))
    }

    /// The instant by this stage's clock.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Where files are dropped.
    pub(super) fn inbox_folder(&self) -> PathBuf {
        self.locked(&self.inbox).folder().to_owned()
    }

    pub(super) fn locked<'a, T>(&self, mutex: &'a Mutex<T>) -> std::sync::MutexGuard<'a, T> {
        mutex.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a file and writes it down; `None` where it changed or went while it was copied.
    pub(super) async fn take_job(
        &self,
        job: &Job<'_>,
        is_unchanged: impl Fn() -> bool,
        ahead: Option<Ahead>,
    ) -> Result<Option<Taken>, IntakeError> {
        let limit = self.config.inbox.max_file_bytes;
        let length = match std::fs::metadata(job.original) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(files(job.original)(error)),
        };
        let spooled = match &ahead {
            Some(ahead) => ahead.spooled.clone(),
            None if length > limit || job.dry_run => self.hashed_in_place(job.original).await?,
            None => self.spooled(job.original).await?,
        };
        if !is_unchanged() {
            return Ok(None);
        }
        if let Some(known) = self.known(job, &spooled.sha256).await? {
            return Ok(Some(known));
        }
        // Before the rows are in the ledger: bytes that are known are not looked at again.
        if let Some(folder) = job.original.parent().filter(|_| !job.dry_run) {
            gallery::keep(&self.config.home, folder, &spooled.sha256).map_err(files(folder))?;
        }
        let taken = if length > limit {
            let refusal = too_large(job.name, length, limit);
            self.refused(job, &spooled.sha256, *refusal.0).await?
        } else {
            self.read(job, &spooled, ahead).await?
        };
        if !job.dry_run {
            tracing::info!(
                file = job.name,
                rows_read = taken.summary.rows_read,
                rows_held = taken.summary.rows_held,
                "took a file"
            );
        }
        Ok(Some(taken))
    }

    /// The request for a file's reader.
    pub(super) async fn request(&self, job: &Job<'_>, spooled: &Spooled) -> Result<ReadRequest, IntakeError> {
        Ok(ReadRequest {
            path: spooled.path.clone(),
            name: job.name.to_owned(),
            folder: job.folder.to_owned(),
            default_period: self.companion(job).await?,
            contributor_country: job.source.contributor.as_ref().and_then(|c| c.country),
            earlier: across::earlier(&self.store, &job.source).await?,
            ..super::together::request_of(&self.config, local_date(&self.config, job.now))
        })
    }

    async fn read(&self, job: &Job<'_>, spooled: &Spooled, ahead: Option<Ahead>) -> Result<Taken, IntakeError> {
        let request = self.request(job, spooled).await?;
        let mut reading = match ahead.and_then(|ahead| ahead.reading_for(&request)) {
            Some(reading) => reading,
            None => self.room.start(&request).await.map_err(world)?,
        };
        let mut writer = self.writer(job, &spooled.sha256).await?;
        let mut tally = Tally::default();
        let mut summary = loop {
            match reading.next().await {
                Ok(Some(ReadEvent::Entry(entry))) => {
                    tally.see(&entry);
                    if let Some(writer) = &mut writer {
                        writer.entry(*entry).await?;
                    }
                }
                Ok(Some(ReadEvent::Held { sheet, period, row, id })) => {
                    tally.hold(id.as_deref());
                    if let Some(writer) = &mut writer {
                        let file = job.name.to_owned();
                        writer.held(HeldRow { file, sheet: Some(sheet), period, row, activity_id: id }).await?;
                    }
                }
                Ok(Some(ReadEvent::Diagnostic(diagnostic))) => tally.tell(*diagnostic),
                Ok(Some(ReadEvent::Done(summary))) => break *summary,
                Ok(None) => break FileSummary::default(),
                Err(ReadFailure::Refused(diagnostic)) => {
                    drop(writer);
                    return self.refused(job, &spooled.sha256, *diagnostic).await;
                }
                Err(error) => return Err(world(error)),
            }
        };
        job.name.clone_into(&mut summary.file);
        summary.sha256.clone_from(&spooled.sha256);
        self.look_up_references(job, &mut tally).await?;
        let questions = self.look_across(job, &mut tally).await?;
        tally.finish(&mut summary);
        let change = self.written(writer, &tally, &summary).await?;
        if let Some((period, rows)) = tally.main_period() {
            let contributor = job.source.contributor.as_ref().map(|c| c.email.clone());
            let companion = Companion { taken_at: job.now, contributor, file: job.name.to_owned(), period, rows };
            self.locked(&self.companions).add(companion);
        }
        Ok(Taken { summary, diagnostics: tally.diagnostics, figures: tally.figures, change, questions })
    }

    /// Writes down that a file as a whole was refused; nothing that it replaced is touched.
    async fn refused(&self, job: &Job<'_>, sha256: &str, diagnostic: Diagnostic) -> Result<Taken, IntakeError> {
        let mut tally = Tally::default();
        tally.tell(diagnostic);
        let summary = FileSummary { file: job.name.to_owned(), sha256: sha256.to_owned(), ..FileSummary::default() };
        let writer = self.writer(job, sha256).await?;
        let change = self.written(writer, &tally, &summary).await?;
        let (diagnostics, figures) = (tally.diagnostics, Figures::default());
        Ok(Taken { summary, diagnostics, figures, change, questions: Vec::new() })
    }

    async fn writer(&self, job: &Job<'_>, sha256: &str) -> Result<Option<FileWriter<'_>>, IntakeError> {
        if job.dry_run {
            return Ok(None);
        }
        let incoming = IncomingFile {
            source: job.source.key.clone(),
            file: job.name.to_owned(),
            sha256: sha256.to_owned(),
            received_at: job.now,
        };
        Ok(Some(self.store.begin_file(incoming).await?))
    }

    async fn written(
        &self,
        writer: Option<FileWriter<'_>>,
        tally: &Tally,
        summary: &FileSummary,
    ) -> Result<Option<Change>, IntakeError> {
        let Some(mut writer) = writer else { return Ok(None) };
        for diagnostic in &tally.diagnostics {
            writer.diagnostic(diagnostic.clone()).await?;
        }
        Ok(Some(writer.commit(summary).await?))
    }

    pub(super) async fn spooled(&self, original: &Path) -> Result<Spooled, IntakeError> {
        let spool = self.config.at_home(Path::new("state/spool"));
        let from = original.to_owned();
        blocking(spool.clone(), move || spool::copy_in(&from, &spool)).await
    }

    async fn hashed_in_place(&self, original: &Path) -> Result<Spooled, IntakeError> {
        let path = original.to_owned();
        let sha256 = blocking(path.clone(), {
            let path = path.clone();
            move || spool::hash_of(&path)
        })
        .await?;
        Ok(Spooled { path, sha256 })
    }
}

/// A day in the programme's time zone.
pub(super) fn local_date(config: &Config, instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&config.programme.timezone).date_naive()
}

fn files(path: &Path) -> impl FnOnce(io::Error) -> IntakeError + use<> {
    let path = path.to_owned();
    move |error| IntakeError::Files { path, error }
}

pub(super) fn world(failure: ReadFailure) -> IntakeError {
    match failure {
        ReadFailure::World(error) => IntakeError::Reader(error),
        // Refusals are dealt with where they arise; this one came before the file was opened.
        ReadFailure::Refused(diagnostic) => IntakeError::Reader(io::Error::other(diagnostic.code)),
    }
}

/// Runs work on files off the stage's own thread.
pub(super) async fn blocking<T: Send + 'static>(
    path: PathBuf,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, IntakeError> {
    let done = tokio::task::spawn_blocking(work).await.unwrap_or_else(|e| Err(io::Error::other(e)));
    done.map_err(|error| IntakeError::Files { path, error })
}
