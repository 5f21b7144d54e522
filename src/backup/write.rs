//! A home into one file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{BackupError, FOLDERS, LEDGER, LIST, List, at, copy};
use crate::config::Config;
use crate::store::Store;

/// What a backup came to.
#[derive(Clone, Debug)]
pub struct Written {
    /// Files in it, the ledger among them.
    pub files: usize,
    /// Its size in bytes.
    pub size: u64,
}

/// Writes a backup of a home into a new file, for its owner alone. The daemon may go on meanwhile.
///
/// # Errors
/// A file that is there already; a damaged ledger, which is not worth copying; the disk.
pub async fn write(config: &Config, store: &Store, target: &Path, now: DateTime<Utc>) -> Result<Written, BackupError> {
    if fs::symlink_metadata(target).is_ok() {
        return Err(BackupError::Exists(target.to_owned()));
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    // Beside the target: where the backup has room, its parts have.
    let aside = tempfile::Builder::new().prefix(".backup-").tempdir_in(&folder).map_err(at(&folder))?;
    let ledger = aside.path().join(LEDGER);
    store.copy_to(&ledger).await?;
    let (config, target) = (config.clone(), target.to_owned());
    let work = move || {
        let written = pack(&config, &ledger, &folder, &target, now);
        drop(aside);
        written
    };
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|stopped| Err(at(Path::new(LEDGER))(io::Error::other(stopped))))
}

fn pack(
    config: &Config,
    ledger: &Path,
    folder: &Path,
    target: &Path,
    now: DateTime<Utc>,
) -> Result<Written, BackupError> {
    let file = tempfile::Builder::new().prefix(".backup-").tempfile_in(folder).map_err(at(folder))?;
    let failed = |error: zip::result::ZipError| at(target)(error.into());
    let mut zip = ZipWriter::new(BufWriter::new(file.reopen().map_err(at(target))?));
    let mut files = BTreeMap::new();
    let mut wanted = vec![(LEDGER.to_owned(), ledger.to_owned())];
    for name in FOLDERS {
        walk(&config.home.join(name), name, &mut wanted)?;
    }
    let own = config.ledger_file();
    wanted.retain(|(name, path)| name == LEDGER || !belongs_to_a_process(path, &own));
    for (name, path) in wanted {
        let mut source = match File::open(&path) {
            Ok(source) => source,
            // Moved on since it was listed: a workbook that was taken meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(at(&path)(error)),
        };
        // PDFs, pictures and workbooks are compressed already.
        let method = if is_text(&name) { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(method).large_file(true).unix_permissions(0o600);
        zip.start_file(name.as_str(), options).map_err(failed)?;
        let sum = copy(&mut source, &mut zip).map_err(at(&path))?;
        files.insert(name, sum);
    }
    let count = files.len();
    let list = List { format: 1, program: env!("CARGO_PKG_VERSION").to_owned(), made_at: now, files };
    zip.start_file(LIST, SimpleFileOptions::default()).map_err(failed)?;
    serde_json::to_writer_pretty(&mut zip, &list).map_err(|error| at(target)(error.into()))?;
    let mut out = zip.finish().map_err(failed)?;
    out.flush().map_err(at(target))?;
    file.as_file().sync_all().map_err(at(target))?;
    let size = file.as_file().metadata().map_err(at(target))?.len();
    file.persist_noclobber(target).map_err(|refused| match refused.error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(target.to_owned()),
        _ => at(target)(refused.error),
    })?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))?;
    Ok(Written { files: count, size })
}

/// The plain files below a folder, by their names in the backup, in order.
fn walk(folder: &Path, name: &str, found: &mut Vec<(String, PathBuf)>) -> Result<(), BackupError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(folder)(error)),
    };
    let mut entries: Vec<fs::DirEntry> = entries.collect::<io::Result<_>>().map_err(at(folder))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let own = entry.file_name();
        // Half-written files of ours, and names that no archive can carry.
        let Some(own) = own.to_str().filter(|own| !own.starts_with(".writing-") && !own.starts_with(".coming-")) else {
            continue;
        };
        let name = format!("{name}/{own}");
        let kind = entry.file_type().map_err(at(&entry.path()))?;
        if kind.is_dir() {
            walk(&entry.path(), &name, found)?;
        } else if kind.is_file() {
            found.push((name, entry.path()));
        }
    }
    Ok(())
}

/// The ledger itself with its side files, which is copied otherwise, and the locks.
fn belongs_to_a_process(path: &Path, ledger: &Path) -> bool {
    let text = path.to_string_lossy();
    let own = ledger.to_string_lossy();
    ["", "-wal", "-shm", "-journal", ".lock"].iter().any(|end| *text == format!("{own}{end}"))
        || path.ends_with("state/daemon.lock")
}

fn is_text(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    !["pdf", "png", "jpg", "jpeg", "xlsx", "xlsm", "ods", "zip"].contains(&ending.as_str())
}
