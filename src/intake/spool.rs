//! The private copy that is hashed and parsed, whatever happens to the original meanwhile.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A copy of a file, under its hash.
#[derive(Clone, Debug)]
pub(super) struct Spooled {
    pub(super) path: PathBuf,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub(super) sha256: String,
}

/// Copies `original` into `spool`, readable by us alone, and names the copy by its hash. It is
/// on the disk for good when this returns; the same bytes are kept once.
pub(super) fn copy_in(original: &Path, spool: &Path) -> io::Result<Spooled> {
    DirBuilder::new().recursive(true).mode(0o700).create(spool)?;
    let mut source = File::open(original)?;
    let coming = tempfile::Builder::new().prefix(".coming-").tempfile_in(spool)?;
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 128 * 1024];
    loop {
        let read = source.read(&mut chunk)?;
        let bytes = chunk.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        hash.update(bytes);
        coming.as_file().write_all(bytes)?;
    }
    coming.as_file().sync_all()?;
    let sha256 = hex(&hash.finalize());
    let path = spool.join(&sha256);
    coming.persist(&path).map_err(|e| e.error)?;
    sync_folder(spool)?;
    Ok(Spooled { path, sha256 })
}

/// SHA-256 of a file that is not copied.
pub(super) fn hash_of(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = File::open(path)?;
    let mut chunk = vec![0; 128 * 1024];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(chunk.get(..read).unwrap_or_default());
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Moves a file into `folder`, under its name or the next free one, and lays `answer` beside
/// it. Gives the file's new path.
///
/// The answer goes first: a file that has moved has its answer. What is already there is never
/// overwritten, but for the answer of a file that a crash kept from following it.
pub(super) fn file_away(original: &Path, folder: &Path, name: &str, answer: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let target = free_name(folder, name)?;
    let answer_path = answer_beside(&target);
    let mut coming = tempfile::Builder::new()
        .prefix(".coming-")
        .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .tempfile_in(folder)?;
    coming.write_all(answer.as_bytes())?;
    coming.as_file().sync_all()?;
    coming.persist(&answer_path).map_err(|e| e.error)?;
    move_file(original, &target)?;
    sync_folder(folder)?;
    Ok(target)
}

/// `activities.xlsx.answer.txt`, beside `activities.xlsx`.
pub(super) fn answer_beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(ANSWER_ENDING);
    file.with_file_name(name)
}

/// How the name of an answer ends.
pub(super) const ANSWER_ENDING: &str = ".answer.txt";

fn free_name(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    for number in 1..100_000_u32 {
        let candidate = match number {
            1 => folder.join(name),
            _ => folder.join(format!("{stem} ({number}){extension}")),
        };
        if fs::symlink_metadata(&candidate).is_err_and(|e| e.kind() == io::ErrorKind::NotFound) {
            return Ok(candidate);
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "no free name is left"))
}

fn move_file(original: &Path, target: &Path) -> io::Result<()> {
    match fs::rename(original, target) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let mut from = File::open(original)?;
            let mut to = OpenOptions::new().write(true).create_new(true).mode(0o644).open(target)?;
            let copied = io::copy(&mut from, &mut to).and_then(|_| to.sync_all());
            if let Err(error) = copied {
                // Half a copy is worth nothing; the original is still where it was.
                let _ = fs::remove_file(target);
                return Err(error);
            }
            fs::remove_file(original)
        }
        other => other,
    }
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_under_the_hash_and_once() {
        let home = tempfile::tempdir().unwrap();
        let original = home.path().join("a.csv");
        fs::write(&original, "abc").unwrap();
        let spool = home.path().join("state/spool");
        let spooled = copy_in(&original, &spool).unwrap();
        assert_eq!(spooled.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(hash_of(&original).unwrap(), spooled.sha256);
        copy_in(&original, &spool).unwrap();
        assert_eq!(fs::read_dir(&spool).unwrap().count(), 1);
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&spooled.path).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn files_away_without_overwriting() {
        let home = tempfile::tempdir().unwrap();
        let accepted = home.path().join("accepted");
        for (content, expected) in [("1", "a.csv"), ("2", "a (2).csv"), ("3", "a (3).csv")] {
            let original = home.path().join("a.csv");
            fs::write(&original, content).unwrap();
            let target = file_away(&original, &accepted, "a.csv", "thank you").unwrap();
            assert_eq!(target, accepted.join(expected));
            assert_eq!(fs::read_to_string(&target).unwrap(), content);
            assert_eq!(fs::read_to_string(answer_beside(&target)).unwrap(), "thank you");
            assert!(!original.exists());
        }
    }
}
