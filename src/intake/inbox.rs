//! The folder where workbooks are dropped: what lies there, and whether it lies still.
//!
//! A file is stable when its inode, size and time of
//! change stay the same over the settle window.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::source;
use super::spool::{ANSWER_ENDING, answer_beside, is_untouched};
use crate::gallery;
use chrono::{DateTime, TimeDelta, Utc};

/// Folders of the inbox where files go, not where they come from.
pub(super) const ACCEPTED: &str = "accepted";
/// See [`ACCEPTED`].
pub(super) const NEEDS_FIXING: &str = "needs-fixing";
/// How deep folders below the inbox are looked into.
const DEEPEST: u32 = 4;
/// Most files that are remembered at once; the others' turn comes.
const MOST_FILES: usize = 10_000;
/// How long what was seen is believed while one file after another is dealt with: two thousand
/// files would be looked at two thousand times.
const RECENT: TimeDelta = TimeDelta::milliseconds(500);
/// First wait after a failure that may pass; doubled up to [`LONGEST_WAIT`].
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(5);
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(10);

/// What must stay the same for a file to be stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    inode: u64,
    size: u64,
    changed_at: (i64, i64),
}

/// A file that was seen in the inbox.
#[derive(Clone, Debug)]
struct Sighting {
    look: Look,
    order: Order,
    first_seen_at: DateTime<Utc>,
    /// Since when it looks as it does.
    same_since: DateTime<Utc>,
    failures: u32,
    not_before: Option<DateTime<Utc>>,
}

/// A file that may be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ready {
    pub(super) path: PathBuf,
    /// Its name.
    pub(super) name: String,
    /// Folders below the inbox, separated by `/`; empty at its top.
    pub(super) folder: String,
    pub(super) first_seen_at: DateTime<Utc>,
    /// It lies where files are mended, under a name that was never answered: its owner has saved it
    /// anew, or its answer was deleted.
    pub(super) is_nameless: bool,
    look: Look,
}

impl Ready {
    /// Whether the file still looks as it did when it was found stable.
    pub(super) fn is_unchanged(&self) -> bool {
        look(&self.path).is_ok_and(|now| now == Some(self.look))
    }
}

/// The inbox, with what is remembered of it between two scans.
#[derive(Debug)]
pub(super) struct Inbox {
    folder: PathBuf,
    settle: TimeDelta,
    seen: BTreeMap<PathBuf, Sighting>,
    /// A file has been dealt with since the folder was last looked at: others may be waiting.
    in_hand: bool,
    scanned_at: DateTime<Utc>,
}

impl Inbox {
    pub(super) fn new(folder: PathBuf, settle: Duration) -> Self {
        let settle = TimeDelta::from_std(settle).unwrap_or(TimeDelta::MAX);
        Self { folder, settle, seen: BTreeMap::new(), in_hand: false, scanned_at: DateTime::UNIX_EPOCH }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Looks at the folder, and gives the file to be taken next, if one is stable.
    ///
    /// Activities come first, because other sheets refer to them; a CSV of another sheet waits
    /// a while for files that were dropped with it and are still on their way.
    pub(super) fn next(&mut self, now: DateTime<Utc>) -> io::Result<Option<Ready>> {
        let age = now - self.scanned_at;
        let recent = TimeDelta::zero() <= age && age < RECENT;
        if std::mem::take(&mut self.in_hand) && recent {
            let next = self.choose(now);
            if next.is_some() {
                return Ok(next);
            }
        }
        self.scan(now)?;
        Ok(self.choose(now))
    }

    /// Looks at the folder.
    fn scan(&mut self, now: DateTime<Utc>) -> io::Result<()> {
        let mut found = Vec::new();
        walk(&self.folder, 0, Where::Dropped, now, &mut found)?;
        found.sort_unstable();
        found.truncate(MOST_FILES);
        let mut seen = BTreeMap::new();
        for path in found {
            let Ok(Some(look)) = look(&path) else { continue };
            let sighting = match self.seen.remove(&path) {
                Some(before) if before.look == look => before,
                before => Sighting {
                    look,
                    order: order(&path),
                    first_seen_at: before.map_or(now, |b| b.first_seen_at),
                    same_since: now,
                    failures: 0,
                    not_before: None,
                },
            };
            seen.insert(path, sighting);
        }
        self.seen = seen;
        self.scanned_at = now;
        Ok(())
    }

    /// The stable file whose turn it is, of those that were there at the last look.
    pub(super) fn choose(&self, now: DateTime<Utc>) -> Option<Ready> {
        let is_stable = |s: &Sighting| now - s.same_since >= self.settle;
        let arriving: BTreeSet<&Path> =
            self.seen.iter().filter(|(_, s)| !is_stable(s)).filter_map(|(path, _)| path.parent()).collect();
        let next = self
            .seen
            .iter()
            .filter(|(_, s)| is_stable(s) && s.not_before.is_none_or(|t| t <= now))
            .filter(|(path, sighting)| {
                let patient = now - sighting.first_seen_at < self.settle * 6;
                let waits = patient
                    && sighting.order == Order::OtherSheet
                    && path.parent().is_some_and(|folder| arriving.contains(folder));
                !waits
            })
            .min_by_key(|(path, s)| (s.order, s.same_since, path.as_path()));
        next.and_then(|(path, sighting)| {
            let folder = path.parent()?.strip_prefix(&self.folder).ok()?;
            let is_nameless = folder.starts_with(NEEDS_FIXING) && !is_answered(path);
            // A file that was mended where it lies is taken as if it had been dropped again.
            let folder = folder.strip_prefix(NEEDS_FIXING).unwrap_or(folder).to_str()?.to_owned();
            let name = path.file_name()?.to_str()?.to_owned();
            let first_seen_at = sighting.first_seen_at;
            Some(Ready { path: path.clone(), name, folder, first_seen_at, is_nameless, look: sighting.look })
        })
    }

    /// Forgets a file: it is gone, or it is to settle anew.
    pub(super) fn forget(&mut self, path: &Path) {
        self.seen.remove(path);
        self.in_hand = true;
    }

    /// Puts a file off after a failure that may pass, so that it does not starve the others.
    pub(super) fn put_off(&mut self, path: &Path, now: DateTime<Utc>) {
        if let Some(sighting) = self.seen.get_mut(path) {
            let factor = 1 << sighting.failures.min(10);
            sighting.failures += 1;
            sighting.not_before = Some(now + (FIRST_WAIT * factor).min(LONGEST_WAIT));
        }
    }

    /// How many turns a file has had, the present one included.
    pub(super) fn failures(&self, path: &Path) -> u32 {
        self.seen.get(path).map_or(0, |sighting| sighting.failures)
    }

    /// The next instant at which a file that was seen may be ready, if any is waiting.
    pub(super) fn next_at(&self) -> Option<DateTime<Utc>> {
        self.seen.values().map(|s| s.not_before.unwrap_or(s.same_since + self.settle)).min()
    }
}

/// In which order files are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Order {
    /// Workbooks, and the sheet that the others refer to.
    First,
    /// A CSV of any other sheet.
    OtherSheet,
}

/// The turn of a file, by its name.
pub(super) fn order(path: &Path) -> Order {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_text = [".csv", ".tsv", ".txt"].iter().any(|e| name.ends_with(e));
    let is_activities = ["activit", "мероприят"].iter().any(|w| name.contains(w));
    if is_text && !is_activities { Order::OtherSheet } else { Order::First }
}

/// Where files are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// Where they are dropped: every file is news.
    Dropped,
    /// Where they wait for somebody to mend them: those are news that were changed since.
    NeedsFixing,
}

/// Adds the files below `folder` that people may have meant to drop, or have mended. Pictures stay
/// where they lie, for the rows of a workbook beside them to name.
fn walk(folder: &Path, depth: u32, here: Where, now: DateTime<Utc>, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let Ok(entry) = entry else { continue };
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            let below = match (depth, name) {
                (0, ACCEPTED) => continue,
                (0, NEEDS_FIXING) => Where::NeedsFixing,
                _ => here,
            };
            if !name.starts_with('.') && depth < DEEPEST {
                // A folder that was just taken away, or is not ours to read, hides no other.
                let _ = walk(&entry.path(), depth + 1, below, now, found);
            }
        } else if kind.is_file()
            && !is_passing(name)
            && !gallery::is_picture(name)
            && (here == Where::Dropped || is_mended(&entry.path(), name, now))
        {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// Whether a file that was answered is younger than its answer, and no program has it open. One that
/// was saved under a new name has no answer: it is younger than one of those beside it. Whether it is
/// an old version whose answer was deleted, the ledger knows.
fn is_mended(path: &Path, name: &str, now: DateTime<Utc>) -> bool {
    let answer = answer_of(path, name);
    let is_news = if answer.exists() { !is_untouched(path, &answer) } else { is_younger_than_an_answer(path) };
    is_news && !is_open(path, name, now)
}

fn answer_of(path: &Path, name: &str) -> PathBuf {
    let original = source::original_of(name);
    answer_beside(&original.map_or_else(|| path.to_owned(), |name| path.with_file_name(name)))
}

fn is_answered(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_none_or(|name| answer_of(path, name).exists())
}

fn is_younger_than_an_answer(path: &Path) -> bool {
    let Some(files) = path.parent().and_then(|folder| fs::read_dir(folder).ok()) else { return false };
    let answers = files.flatten().filter(|file| file.file_name().to_string_lossy().ends_with(ANSWER_ENDING));
    answers.into_iter().any(|answer| !is_untouched(path, &answer.path()))
}

/// Whether a spreadsheet program says that it has a file open. What a crash has left says nothing
/// after a day.
fn is_open(path: &Path, name: &str, now: DateTime<Utc>) -> bool {
    // Excel leaves out the first two letters of a long name.
    let shortened: String = name.chars().skip(2).collect();
    let locks = [format!("~${name}"), format!("~${shortened}"), format!(".~lock.{name}#")];
    locks.iter().any(|lock| {
        let locked_at = fs::metadata(path.with_file_name(lock)).and_then(|m| m.modified());
        locked_at.is_ok_and(|at| DateTime::<Utc>::from(at) > now - TimeDelta::days(1))
    })
}

/// Names of files that programs leave for a while, and of those that we lay down ourselves.
pub(super) fn is_passing(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ends = [".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".lnk", ANSWER_ENDING];
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || ["thumbs.db", "desktop.ini"].contains(&lower.as_str())
        || ends.iter().any(|e| lower.ends_with(e))
}

/// How a file looks now; `None` where it is no plain file.
fn look(path: &Path) -> io::Result<Option<Look>> {
    let metadata = fs::symlink_metadata(path)?;
    Ok(metadata.is_file().then(|| Look {
        inode: metadata.ino(),
        size: metadata.size(),
        changed_at: (metadata.mtime(), metadata.mtime_nsec()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Home {
        folder: tempfile::TempDir,
        inbox: Inbox,
        now: DateTime<Utc>,
    }

    fn home() -> Home {
        let folder = tempfile::tempdir().unwrap();
        let inbox = Inbox::new(folder.path().to_owned(), Duration::from_secs(10));
        Home { folder, inbox, now: DateTime::UNIX_EPOCH }
    }

    impl Home {
        fn write(&self, name: &str, content: &str) {
            let path = self.folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }

        fn after(&mut self, seconds: i64) -> Option<String> {
            self.now += TimeDelta::seconds(seconds);
            self.inbox.next(self.now).unwrap().map(|r| format!("{}|{}", r.folder, r.name))
        }
    }

    #[test]
    fn a_file_is_taken_when_it_has_settled() {
        let mut home = home();
        home.write("TJ/2017-Q4/a.xlsx", "1");
        assert_eq!(home.after(0), None);
        assert_eq!(home.after(9), None);
        home.write("TJ/2017-Q4/a.xlsx", "12");
        assert_eq!(home.after(1), None);
        assert_eq!(home.after(9), None);
        assert_eq!(home.after(1).as_deref(), Some("TJ/2017-Q4|a.xlsx"));
    }

    #[test]
    fn what_nobody_meant_to_drop_is_left_alone() {
        let mut home = home();
        for name in
            ["~$a.xlsx", ".~lock.a.ods#", ".hidden", "a.tmp", "a.xlsx.part", "a.crdownload", "a.xlsx.answer.txt"]
        {
            home.write(name, "x");
        }
        home.write("accepted/a.xlsx", "x");
        home.write("needs-fixing/TJ/a.xlsx", "x");
        std::os::unix::fs::symlink("/etc/hostname", home.folder.path().join("link.csv")).unwrap();
        let odd = std::os::unix::ffi::OsStrExt::from_bytes(b"\xff.csv");
        fs::write(home.folder.path().join::<&std::ffi::OsStr>(odd), "x").unwrap();
        assert_eq!(home.after(0), None);
        assert_eq!(home.after(60), None);
    }

    #[test]
    fn what_was_mended_where_it_lies_is_taken_again() {
        let mut home = home();
        for name in ["a.xlsx", "b (marked).xlsx", "c.xlsx"] {
            home.write(&format!("needs-fixing/TJ/{name}"), "x");
        }
        for name in ["a.xlsx", "b.xlsx"] {
            home.write(&format!("needs-fixing/TJ/{name}.answer.txt"), "x");
        }
        let path = |name: &str| home.folder.path().join("needs-fixing/TJ").join(name);
        let (copy, lock) = (path("b (marked).xlsx"), path("~$b (marked).xlsx"));
        let renamed = path("d.xlsx");
        let answer = path("b.xlsx.answer.txt");
        home.after(0);
        assert_eq!(home.after(10), None, "nobody has mended anything");
        let answered_at = fs::metadata(answer).unwrap().modified().unwrap();
        let later = answered_at + Duration::from_secs(5);
        fs::File::options().write(true).open(&copy).unwrap().set_modified(later).unwrap();
        fs::write(&lock, "x").unwrap();
        home.after(0);
        assert_eq!(home.after(10), None, "it is open");
        fs::remove_file(&lock).unwrap();
        home.after(0);
        assert_eq!(home.after(10).as_deref(), Some("TJ|b (marked).xlsx"));
        fs::remove_file(copy).unwrap();
        // Saved under a new name, it has no answer of its own.
        fs::write(&renamed, "x").unwrap();
        fs::File::options().write(true).open(&renamed).unwrap().set_modified(later).unwrap();
        home.after(0);
        assert_eq!(home.after(10).as_deref(), Some("TJ|d.xlsx"));
    }

    #[test]
    fn activities_come_first_and_sheets_wait_for_their_companions() {
        let mut home = home();
        home.write("plan.csv", "x");
        assert_eq!(home.after(0), None);
        home.write("activities.csv", "x");
        assert_eq!(home.after(5), None);
        assert_eq!(home.after(5), None, "the plan has settled, the activities have not");
        assert_eq!(home.after(5).as_deref(), Some("|activities.csv"));
        fs::remove_file(home.folder.path().join("activities.csv")).unwrap();
        assert_eq!(home.after(0).as_deref(), Some("|plan.csv"));
    }

    #[test]
    fn a_file_that_fails_does_not_starve_the_others() {
        let mut home = home();
        home.write("a.xlsx", "x");
        home.write("b.xlsx", "x");
        home.after(0);
        assert_eq!(home.after(10).as_deref(), Some("|a.xlsx"));
        let path = home.folder.path().join("a.xlsx");
        home.inbox.put_off(&path, home.now);
        assert_eq!(home.after(0).as_deref(), Some("|b.xlsx"));
        fs::remove_file(home.folder.path().join("b.xlsx")).unwrap();
        assert_eq!(home.after(0), None);
        assert_eq!(home.after(5).as_deref(), Some("|a.xlsx"));
    }
}
