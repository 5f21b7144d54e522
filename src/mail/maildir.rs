//! Mail into a folder, where any mail program can read it.
//!
//! The Maildir convention: a mail is written into `tmp/`, made durable, and renamed into
//! `new/`; a reader sees all of it or nothing. The file's name follows from the `Message-ID`,
//! so a mail that is delivered again after a crash takes its own place.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::digest;
use crate::outbox::Outcome;

/// One Maildir.
#[derive(Clone, Debug)]
pub struct Maildir {
    folder: PathBuf,
}

impl Maildir {
    /// The Maildir in `folder`, which is made when the first mail comes.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Puts a mail (lines ended by CR LF) into `new/`, unless a mail program has already
    /// moved it to `cur/`. Lines end by LF there, as in every Maildir.
    ///
    /// Trouble with the disk is transient: a full disk may be emptied, a permission given.
    pub async fn deliver(&self, message_id: &str, created_at: DateTime<Utc>, mail: Vec<u8>) -> Outcome {
        let (folder, name) = (self.folder.clone(), file_name(message_id, created_at));
        let shown = self.folder.display().to_string();
        let written = tokio::task::spawn_blocking(move || write(&folder, &name, &mail).map(|()| name)).await;
        match written {
            Ok(Ok(name)) => Outcome::Delivered { reply: format!("new/{name}") },
            Ok(Err(error)) => Outcome::Transient { reply: format!("{shown}: {error}") },
            Err(error) => Outcome::Transient { reply: format!("{shown}: {error}") },
        }
    }
}

/// `1516000000.3f2a….rapporteur`: the seconds sort it, the hash makes it this mail's own.
fn file_name(message_id: &str, created_at: DateTime<Utc>) -> String {
    let hash = digest::of(message_id.as_bytes());
    format!("{}.{}.rapporteur", created_at.timestamp(), hash.get(..24).unwrap_or_default())
}

fn write(folder: &Path, name: &str, mail: &[u8]) -> std::io::Result<()> {
    for part in ["tmp", "new", "cur"] {
        make_folder(&folder.join(part))?;
    }
    let moved = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with(name);
    if std::fs::read_dir(folder.join("cur"))?.filter_map(Result::ok).any(moved) {
        return Ok(());
    }
    let (draft, place) = (folder.join("tmp").join(name), folder.join("new").join(name));
    let mut file = new_file(&draft)?;
    file.write_all(&line_feeds(mail))?;
    file.sync_all()?;
    crate::crash::point("maildir-before-rename");
    std::fs::rename(&draft, &place)?;
    crate::crash::point("maildir-renamed");
    // The rename itself lasts only once the folder is on disk.
    std::fs::File::open(folder.join("new"))?.sync_all()
}

#[cfg(unix)]
fn make_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_folder(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)
}

fn new_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

fn line_feeds(mail: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(mail.len());
    let mut bytes = mail.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'\r' || bytes.peek() != Some(&b'\n') {
            out.push(byte);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn a_mail_delivered_again_takes_its_own_place() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("mail");
        let maildir = Maildir::new(folder.clone());
        let at = DateTime::from_timestamp(1_516_000_000, 0).unwrap();
        for _ in 0..2 {
            let outcome = maildir.deliver("<1@example.org>", at, b"a\r\nb\rc\r\n".to_vec()).await;
            assert!(matches!(outcome, Outcome::Delivered { .. }), "{outcome:?}");
        }
        let outcome = maildir.deliver("<2@example.org>", at, b"other\r\n".to_vec()).await;
        assert!(matches!(outcome, Outcome::Delivered { .. }));
        let names = listed(&folder.join("new"));
        assert_eq!(names.len(), 2);
        assert_eq!(listed(&folder.join("tmp")), Vec::<String>::new());
        let one = folder.join("new").join(file_name("<1@example.org>", at));
        assert_eq!(std::fs::read(&one).unwrap(), b"a\nb\rc\n");

        // Somebody reads it; then a crash has it delivered once more.
        std::fs::rename(&one, folder.join("cur").join(format!("{}:2,S", file_name("<1@example.org>", at)))).unwrap();
        maildir.deliver("<1@example.org>", at, b"a\r\n".to_vec()).await;
        assert_eq!(listed(&folder.join("new")), [file_name("<2@example.org>", at)]);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn mails_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("mail");
        let at = DateTime::from_timestamp(1, 0).unwrap();
        Maildir::new(folder.clone()).deliver("<1@example.org>", at, b"x\r\n".to_vec()).await;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.join("new")), 0o700);
        assert_eq!(mode(&folder.join("new").join(file_name("<1@example.org>", at))), 0o600);
    }

    #[tokio::test]
    async fn a_disk_in_trouble_is_tried_again() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("mail"), "a file where the folder should be").unwrap();
        let at = DateTime::from_timestamp(1, 0).unwrap();
        let outcome = Maildir::new(home.path().join("mail")).deliver("<1@example.org>", at, Vec::new()).await;
        assert!(matches!(outcome, Outcome::Transient { .. }), "{outcome:?}");
    }
}
