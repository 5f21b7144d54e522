//! Where a file that was taken lies now, and what lies beside it.

use std::fs;
use std::path::{Path, PathBuf};

use super::inbox::{ACCEPTED, NEEDS_FIXING};
use super::source::{mark, plain_name};
use super::spool::{self, answer_beside, marked_name};
use crate::config::Config;
use crate::recipient::Language;

/// How deep folders below the inbox are looked into.
const DEEPEST: u32 = 4;

/// A file where it was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledFile {
    /// The file itself.
    pub path: PathBuf,
    /// The answer beside it.
    pub answer: Option<PathBuf>,
    /// The copy with marks beside it.
    pub marked: Option<PathBuf>,
}

/// Looks for the file that was dropped as `name` with these bytes. It is not found where its owner
/// has moved it on, or mended it where it lies: then what is beside it speaks of other bytes.
#[must_use]
pub fn find_filed(config: &Config, name: &str, sha256: &str) -> Option<FiledFile> {
    let inbox = config.at_home(&config.inbox.folder);
    let plain = plain_name(name);
    let mut alike = Vec::new();
    for kind in [NEEDS_FIXING, ACCEPTED] {
        collect(&inbox.join(kind), &plain, 0, &mut alike);
    }
    alike.sort();
    let path = alike.into_iter().find(|path| spool::hash_of(path).is_ok_and(|hash| hash == sha256))?;
    let own = path.file_name()?.to_str()?.to_owned();
    let endings = [own.rsplit_once('.').map_or("", |(_, ending)| ending).to_owned(), "xlsx".to_owned()];
    let marked = Language::ALL
        .into_iter()
        .flat_map(|language| endings.iter().map(move |ending| (language, ending)))
        .map(|(language, ending)| path.with_file_name(marked_name(&own, ending, mark(language))))
        .find(|copy| copy.is_file());
    let answer = Some(answer_beside(&path)).filter(|answer| answer.is_file());
    Some(FiledFile { path, answer, marked })
}

/// Adds the files below a folder whose names are those of copies of one another.
fn collect(folder: &Path, plain: &str, depth: u32, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if kind.is_dir() && depth < DEEPEST {
            collect(&entry.path(), plain, depth + 1, found);
        } else if kind.is_file() && plain_name(name) == plain {
            found.push(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_bytes_with_what_lies_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let config = Config::defaults(home.path());
        let folder = home.path().join("inbox/needs-fixing/TJ");
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [
            ("a.csv", "other bytes"),
            ("a (2).csv", "bytes"),
            ("a (2).csv.answer.txt", "an answer"),
            ("a (2).csv (с пометками).xlsx", "a copy"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        let found = find_filed(&config, "a.csv", &crate::digest::of(b"bytes")).unwrap();
        assert_eq!(found.path, folder.join("a (2).csv"));
        assert_eq!(found.answer, Some(folder.join("a (2).csv.answer.txt")));
        assert_eq!(found.marked, Some(folder.join("a (2).csv (с пометками).xlsx")));
        assert_eq!(find_filed(&config, "a.csv", &crate::digest::of(b"mended")), None);
        assert_eq!(find_filed(&config, "../a.csv", &crate::digest::of(b"bytes")), None);
    }
}
