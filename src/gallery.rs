//! Pictures that lie beside workbooks: found by the names that rows give them, and kept.
//!
//! A workbook is moved when it is read, and its sender tidies up; a report must be the same when
//! it is compiled again. So the pictures in the folder of a workbook are copied when it is taken,
//! each under the hash of its bytes, with a list of their names under the workbook's hash.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::digest;

/// Where they are kept, below the home.
const FOLDER: &str = "state/pictures";
/// A picture larger than this, in bytes, is left where it lies.
pub const LARGEST: u64 = 20 << 20;
/// Most pictures that are kept of one folder.
const MOST: usize = 500;

/// Names of pictures, with the hashes of their bytes.
pub type Names = BTreeMap<String, String>;

/// Whether a file is a picture, by its name.
#[must_use]
pub fn is_picture(name: &str) -> bool {
    let lower = name.to_lowercase();
    [".jpg", ".jpeg", ".png"].iter().any(|ending| lower.ends_with(ending) && lower.len() > ending.len())
}

/// Whether a name in a cell may be looked for: a plain name without a folder.
#[must_use]
pub fn is_plain(name: &str) -> bool {
    !name.contains(['/', '\\', '\0']) && !name.starts_with('.') && !name.is_empty()
}

/// The names that a Photo cell gives: several are parted by semicolons or line breaks.
pub fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty())
}

/// The bytes of a picture in a folder, if it is there under that name and not too large. Upper
/// and lower case are one, as they are to whoever typed the name.
#[must_use]
pub fn beside(folder: &Path, name: &str) -> Option<Vec<u8>> {
    if !is_plain(name) {
        return None;
    }
    let exact = folder.join(name);
    let path = if exact.is_file() {
        exact
    } else {
        let wanted = name.to_lowercase();
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.filter_map(|e| Some(e.ok()?.path())).collect();
        entries.sort_unstable();
        let same = |path: &PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().to_lowercase() == wanted);
        entries.into_iter().find(same)?
    };
    // A link could lead out of the folder.
    let found = std::fs::symlink_metadata(&path).ok().filter(std::fs::Metadata::is_file)?;
    if found.len() > LARGEST { None } else { std::fs::read(path).ok() }
}

/// Keeps the pictures that lie in the folder of a workbook, under the workbook's hash.
///
/// # Errors
/// The disk.
pub fn keep(home: &Path, folder: &Path, workbook: &str) -> std::io::Result<()> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)?.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_picture(&name) && is_plain(&name) {
            found.push(name);
        }
    }
    found.sort_unstable();
    found.truncate(MOST);
    let mut names = Names::new();
    for name in found {
        let Some(bytes) = beside(folder, &name) else { continue };
        let sha256 = digest::of(&bytes);
        write(&home.join(FOLDER), &sha256, &bytes)?;
        names.insert(name, sha256);
    }
    if names.is_empty() {
        return Ok(());
    }
    write(&home.join(FOLDER), &format!("{workbook}.json"), &serde_json::to_vec(&names)?)
}

/// The pictures that lay beside a workbook when it was taken.
#[must_use]
pub fn kept(home: &Path, workbook: &str) -> Names {
    let list = std::fs::read(home.join(FOLDER).join(format!("{workbook}.json")));
    list.ok().and_then(|list| serde_json::from_slice(&list).ok()).unwrap_or_default()
}

/// A kept picture's bytes, if they are what they were.
#[must_use]
pub fn bytes(folder: &Path, sha256: &str) -> Option<Arc<[u8]>> {
    let bytes = std::fs::read(folder.join(sha256)).ok()?;
    (digest::of(&bytes) == sha256).then(|| bytes.into())
}

/// The folder in which a home keeps pictures.
#[must_use]
pub fn folder(home: &Path) -> PathBuf {
    home.join(FOLDER)
}

/// Writes a file under a name that says its content: what is there already is the same.
///
/// # Errors
/// The disk.
pub fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let path = folder.join(name);
    if path.exists() && !name.ends_with(".json") {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|refused| refused.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_in_the_folder_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(inner.join("Photo.JPG"), b"a").unwrap();
        std::fs::write(folder.path().join("secret.jpg"), b"b").unwrap();
        std::os::unix::fs::symlink(folder.path().join("secret.jpg"), inner.join("link.jpg")).unwrap();
        assert_eq!(beside(&inner, "photo.jpg").as_deref(), Some(&b"a"[..]));
        for name in ["../secret.jpg", "..\\secret.jpg", "/etc/hostname", "", "link.jpg", "none.jpg", ".."] {
            assert_eq!(beside(&inner, name), None, "{name}");
        }
        assert_eq!(names("a.jpg; b.png\n c.jpg;;").collect::<Vec<_>>(), ["a.jpg", "b.png", "c.jpg"]);
    }

    #[test]
    fn what_lay_beside_a_workbook_is_kept_with_its_name() {
        let home = tempfile::tempdir().unwrap();
        let inbox = home.path().join("inbox/TJ");
        std::fs::create_dir_all(&inbox).unwrap();
        std::fs::write(inbox.join("a.png"), b"picture").unwrap();
        std::fs::write(inbox.join("book.xlsx"), b"book").unwrap();
        keep(home.path(), &inbox, "f00d").unwrap();
        std::fs::remove_file(inbox.join("a.png")).unwrap();
        let names = kept(home.path(), "f00d");
        assert_eq!(names.keys().collect::<Vec<_>>(), ["a.png"]);
        assert_eq!(bytes(&folder(home.path()), &names["a.png"]).as_deref(), Some(&b"picture"[..]));
        assert!(kept(home.path(), "beef").is_empty());
    }
}
