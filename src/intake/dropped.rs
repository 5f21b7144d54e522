//! A file on its way into the inbox through a page.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::inbox::{ACCEPTED, NEEDS_FIXING, is_passing};
use super::spool::COMING;
use crate::config::Config;
use crate::gallery;
use crate::recipient::Contributor;

/// Most letters that a name keeps.
const LONGEST_NAME: usize = 180;
/// How many files of one name may wait at once.
const MOST_ALIKE: u32 = 1_000;

/// A file that is being handed in. It lies in the inbox under a name that the intake passes over, until it is
/// kept: then it is there at once and whole, as if it had been dropped.
#[derive(Debug)]
pub struct Dropped {
    file: NamedTempFile,
    name: String,
    folder: String,
}

impl Dropped {
    /// Begins one. Of the name, as a browser sends it, only the last part counts; `None` where it is none that
    /// the intake would take.
    ///
    /// # Errors
    /// The inbox cannot be written to.
    pub fn begin(config: &Config, name: &str, sender: Option<&Contributor>) -> io::Result<Option<Self>> {
        let Some(name) = safe_name(name) else { return Ok(None) };
        let inbox = config.at_home(&config.inbox.folder);
        fs::create_dir_all(&inbox)?;
        let file = tempfile::Builder::new()
            .prefix(COMING)
            .permissions(fs::Permissions::from_mode(0o644))
            .tempfile_in(inbox)?;
        Ok(Some(Self { file, name, folder: sender.and_then(folder_of).unwrap_or_default() }))
    }

    /// Adds what has come of it.
    ///
    /// # Errors
    /// The disk.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Where its bytes are meanwhile.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The name it will have.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a picture, which the rows of a workbook name, and no workbook itself.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        gallery::is_picture(&self.name)
    }

    /// The folder below the inbox that it will lie in; empty for the inbox itself.
    #[must_use]
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Puts it into the inbox, under its name or the next that is free. Gives where.
    ///
    /// # Errors
    /// The disk, or a thousand files of that name.
    pub fn keep(mut self, config: &Config) -> io::Result<PathBuf> {
        let folder = config.at_home(&config.inbox.folder).join(&self.folder);
        fs::create_dir_all(&folder)?;
        self.file.flush()?;
        self.file.as_file().sync_all()?;
        let (stem, ending) = match self.name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), format!(".{ending}")),
            _ => (self.name.clone(), String::new()),
        };
        for number in 1..MOST_ALIKE {
            let name = if number == 1 { self.name.clone() } else { format!("{stem} ({number}){ending}") };
            let target = folder.join(name);
            match self.file.persist_noclobber(&target) {
                Ok(_) => return Ok(target),
                Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => self.file = taken.file,
                Err(failed) => return Err(failed.error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

/// The folder that speaks for a contributor: their name, where a folder may be called so.
fn folder_of(sender: &Contributor) -> Option<String> {
    let name = sender.name.trim();
    let is_fit = !name.is_empty()
        && !name.starts_with('.')
        && !name.contains(['/', '\\', '\0'])
        && ![ACCEPTED, NEEDS_FIXING].contains(&name);
    is_fit.then(|| name.to_owned())
}

/// The last part of a name, without what no file of the inbox has in it.
fn safe_name(typed: &str) -> Option<String> {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim();
    let mut short: String = name.chars().take(LONGEST_NAME).collect();
    if short.len() < name.len()
        && let Some((_, ending)) = name.rsplit_once('.').filter(|(_, ending)| ending.len() <= 5)
    {
        short = format!("{}.{ending}", short.chars().take(LONGEST_NAME - 6).collect::<String>());
    }
    // A file system counts bytes, and a letter may have four of them.
    while short.len() > 240 {
        short.remove(0);
    }
    (!short.is_empty() && !is_passing(&short)).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_but_into_the_inbox() {
        for (typed, safe) in [
            ("activities_TJ.xlsx", Some("activities_TJ.xlsx")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\Users\\me\\план.xlsx", Some("план.xlsx")),
            ("a\r\nb\0.csv", Some("ab.csv")),
            (".bashrc", None),
            ("..", None),
            ("~$open.xlsx", None),
            ("half.crdownload", None),
            ("x.xlsx.answer.txt", None),
            ("  ", None),
            ("inbox/", None),
        ] {
            assert_eq!(safe_name(typed).as_deref(), safe, "{typed:?}");
        }
        let long = safe_name(&format!("{}.xlsx", "ж".repeat(400))).unwrap();
        assert!(long.len() <= 240 && long.ends_with(".xlsx"), "{long}");
    }

    #[test]
    fn a_dropped_file_takes_the_place_of_no_other() {
        let home = tempfile::tempdir().unwrap();
        let config = Config::defaults(home.path());
        let drop = |text: &[u8]| {
            let mut file = Dropped::begin(&config, "a.csv", None).unwrap().unwrap();
            file.write(text).unwrap();
            file.keep(&config).unwrap()
        };
        assert_eq!(drop(b"one"), home.path().join("inbox/a.csv"));
        assert_eq!(drop(b"two"), home.path().join("inbox/a (2).csv"));
        assert_eq!(fs::read(home.path().join("inbox/a.csv")).unwrap(), b"one");
        drop_unkept(&config);
        assert_eq!(fs::read_dir(home.path().join("inbox")).unwrap().count(), 2);
    }

    fn drop_unkept(config: &Config) {
        let sender = Contributor {
            name: "../elsewhere".to_owned(),
            email: "a@example.org".to_owned(),
            language: crate::recipient::Language::En,
            country: None,
            files: String::new(),
            sheets: Vec::new(),
        };
        let file = Dropped::begin(config, "b.csv", Some(&sender)).unwrap().unwrap();
        assert_eq!(file.folder(), "");
    }
}
