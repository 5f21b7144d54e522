//! One file into an empty home.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufReader};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Component, Path, PathBuf};

use chrono::{DateTime, Utc};
use zip::ZipArchive;

use super::{BackupError, LEDGER, LIST, List, at, copy};
use crate::config;
use crate::store::Store;

/// Where files wait in the home until all of them are there and sound.
const ASIDE: &str = ".restoring";

/// What a restored home has.
#[derive(Clone, Debug)]
pub struct Restored {
    /// When the backup was made.
    pub made_at: DateTime<Utc>,
    /// Files, the ledger among them.
    pub files: usize,
    /// Report runs in the ledger.
    pub runs: usize,
    /// Mails that had not left, and are held.
    pub mails_held: usize,
    /// Files that the configuration names and that a backup does not hold, such as passwords.
    pub missing: Vec<PathBuf>,
}

/// Whether a restoring was interrupted in this home: what is there is not the whole.
#[must_use]
pub fn is_half_restored(home: &Path) -> bool {
    home.join(ASIDE).exists()
}

/// Restores a backup into an empty home, whose sending is then held until a person releases it.
///
/// Everything is unpacked aside and held against the list first: a damaged backup leaves an empty
/// home as it was.
///
/// # Errors
/// A home with something in it; a file that is no backup, damaged, or of a newer program; the disk.
pub async fn restore(file: &Path, home: &Path, now: DateTime<Utc>) -> Result<Restored, BackupError> {
    DirBuilder::new().recursive(true).mode(0o700).create(home).map_err(at(home))?;
    let found = fs::read_dir(home).map_err(at(home))?.next().transpose().map_err(at(home))?;
    if let Some(found) = found {
        let found = found.file_name().to_string_lossy().into_owned();
        return Err(BackupError::NotEmpty { home: home.to_owned(), found });
    }
    let home = home.canonicalize().map_err(at(home))?;
    let aside = home.join(ASIDE);
    let unpacked = fill(file, &home, &aside, now).await;
    if unpacked.is_err() {
        let _ = fs::remove_dir_all(&aside);
    }
    unpacked
}

async fn fill(file: &Path, home: &Path, aside: &Path, now: DateTime<Utc>) -> Result<Restored, BackupError> {
    let (from, to) = (file.to_owned(), aside.to_owned());
    let list = tokio::task::spawn_blocking(move || unpack(&from, &to))
        .await
        .unwrap_or_else(|stopped| Err(at(file)(io::Error::other(stopped))))?;
    let checked = config::load(aside)?;
    let ledger = checked.output.ledger_file();
    let ledger = ledger.strip_prefix(&checked.output.home).map_or(ledger.clone(), |below| home.join(below));
    if ledger.exists() {
        return Err(BackupError::LedgerExists(ledger));
    }
    let store = Store::open(&format!("sqlite:{LEDGER}"), aside).await?;
    let counted = store.hold_after_restore(list.made_at, now).await;
    store.close().await;
    let (runs, mails_held) = counted?;
    // Without a ledger of its own place nothing else begins: it goes first, its mark last.
    if let Some(folder) = ledger.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(at(folder))?;
    }
    move_across(&aside.join(LEDGER), &ledger).map_err(at(&ledger))?;
    for name in sorted(aside)? {
        if [LEDGER, LIST].contains(&name.as_str()) || name.starts_with(&format!("{LEDGER}-")) {
            continue;
        }
        put(&aside.join(&name), &home.join(&name))?;
    }
    fs::remove_dir_all(aside).map_err(at(aside))?;
    File::open(home).and_then(|folder| folder.sync_all()).map_err(at(home))?;
    let missing = checked
        .diagnostics
        .iter()
        .filter_map(|told| match told.args.get("path") {
            Some(crate::diagnostic::Arg::Text(path)) => Some(PathBuf::from(path)),
            _ => None,
        })
        .filter(|path| !home.join(path).exists())
        .collect();
    Ok(Restored { made_at: list.made_at, files: list.files.len(), runs, mails_held, missing })
}

/// Moves a file or folder; into a folder that is there already, what is in it.
fn put(from: &Path, to: &Path) -> Result<(), BackupError> {
    if from.is_dir() && to.is_dir() {
        for name in sorted(from)? {
            put(&from.join(&name), &to.join(&name))?;
        }
        return Ok(());
    }
    fs::rename(from, to).map_err(at(to))
}

/// The ledger may lie on another disk than the home.
fn move_across(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
            io::copy(&mut File::open(from)?, &mut out)?;
            out.sync_all()
        }
        other => other,
    }
}

fn sorted(folder: &Path) -> Result<Vec<String>, BackupError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        names.push(entry.map_err(at(folder))?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Unpacks everything that the list names, and nothing else, and holds it against the list.
fn unpack(file: &Path, aside: &Path) -> Result<List, BackupError> {
    let no_backup = |problem: String| BackupError::NotABackup { path: file.to_owned(), problem };
    let opened = File::open(file).map_err(at(file))?;
    let mut zip = ZipArchive::new(BufReader::new(opened)).map_err(|error| no_backup(error.to_string()))?;
    let list: List = {
        let text = zip.by_name(LIST).map_err(|error| no_backup(format!("{LIST}: {error}")))?;
        serde_json::from_reader(text).map_err(|error| no_backup(format!("{LIST}: {error}")))?
    };
    if list.format != 1 {
        return Err(BackupError::Newer(list.format));
    }
    if !list.files.contains_key(LEDGER) {
        return Err(no_backup(format!("{LEDGER} is missing")));
    }
    for (name, sum) in &list.files {
        let is_below = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if !is_below {
            return Err(no_backup(format!("`{name}` leads out of the home")));
        }
        let target = aside.join(name);
        if let Some(folder) = target.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(at(folder))?;
        }
        let mode = if name.starts_with("archive/") || name.starts_with("inbox/") { 0o644 } else { 0o600 };
        let mut out = OpenOptions::new().write(true).create_new(true).mode(mode).open(&target).map_err(at(&target))?;
        let damaged = || BackupError::Damaged { name: name.clone() };
        let packed = zip.by_name(name).map_err(|_| damaged())?;
        // No more than the list says, whatever the archive would inflate to.
        let mut bounded = io::Read::take(packed, sum.size.saturating_add(1));
        let unpacked = copy(&mut bounded, &mut out).map_err(|error| match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::PermissionDenied => at(&target)(error),
            _ => damaged(),
        })?;
        if unpacked != *sum {
            return Err(damaged());
        }
        out.sync_all().map_err(at(&target))?;
    }
    Ok(list)
}
