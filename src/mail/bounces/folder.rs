//! A Maildir that notifications come to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{BounceError, LARGEST};

fn at(path: &Path) -> impl Fn(io::Error) -> BounceError {
    move |error| BounceError::Folder { path: path.to_owned(), error }
}

/// The mails of a Maildir, read or not, by name. A folder that nothing has come to yet is empty.
pub(super) fn mails(folder: &Path) -> Result<Vec<PathBuf>, BounceError> {
    let mut found = Vec::new();
    for part in ["new", "cur"] {
        let part = folder.join(part);
        match fs::read_dir(&part) {
            Ok(entries) => found.extend(entries.filter_map(Result::ok).map(|entry| entry.path())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(&part)(error)),
        }
    }
    found.sort();
    Ok(found)
}

/// A mail; `None` where it is too large, no file, or gone meanwhile.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, BounceError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() && found.len() <= LARGEST => {}
        _ => return Ok(None),
    }
    match fs::read(path) {
        Ok(mail) => Ok(Some(mail)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path)(error)),
    }
}

/// Moves a mail to those that were read, with the mark that a mail program would give it.
pub(super) fn mark_read(folder: &Path, path: &Path) -> Result<(), BounceError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (plain, flags) = name.split_once(":2,").unwrap_or((&name, ""));
    if flags.contains('S') {
        return Ok(());
    }
    // The flags stand in the order of the alphabet.
    let mut flags: Vec<char> = flags.chars().chain(['S']).collect();
    flags.sort_unstable();
    let current = folder.join("cur");
    fs::create_dir_all(&current).map_err(at(&current))?;
    let read = current.join(format!("{plain}:2,{}", flags.into_iter().collect::<String>()));
    match fs::rename(path, &read) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path)(error)),
        _ => Ok(()),
    }
}
