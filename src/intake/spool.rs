//! The private copy that is hashed and parsed, whatever happens to the original meanwhile.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::digest;

/// Where copies are kept, below the home.
pub(super) const SPOOL: &str = "state/spool";
/// How the names of files on their way begin.
pub(super) const COMING: &str = ".coming-";

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
    let mut source = File::open(original)?;
    let coming = coming(spool)?;
    let (sha256, _) = digest::copy(&mut source, &mut coming.as_file())?;
    named(coming, sha256, spool)
}

/// A file on its way into the spool; it goes away unless it is kept.
pub(super) fn coming(spool: &Path) -> io::Result<NamedTempFile> {
    DirBuilder::new().recursive(true).mode(0o700).create(spool)?;
    tempfile::Builder::new().prefix(COMING).tempfile_in(spool)
}

/// Keeps a file of ours in the spool, under its hash.
pub(super) fn keep(coming: NamedTempFile, spool: &Path) -> io::Result<Spooled> {
    let sha256 = hash_of(coming.path())?;
    named(coming, sha256, spool)
}

fn named(coming: NamedTempFile, sha256: String, spool: &Path) -> io::Result<Spooled> {
    coming.as_file().sync_all()?;
    let path = spool.join(&sha256);
    crate::crash::point("spool-before-rename");
    coming.persist(&path).map_err(|e| e.error)?;
    sync_folder(spool)?;
    Ok(Spooled { path, sha256 })
}

/// SHA-256 of a file that is not copied.
pub(super) fn hash_of(path: &Path) -> io::Result<String> {
    Ok(digest::copy(&mut File::open(path)?, &mut io::sink())?.0)
}

/// How a file is filed.
pub(super) struct Filed<'a> {
    pub(super) folder: &'a Path,
    /// The name it is to have there, or the next free one.
    pub(super) name: &'a str,
    pub(super) answer: &'a str,
    /// A marked copy to be laid beside it: where it is kept, how its name ends, and what stands in
    /// its name before that.
    pub(super) marked: Option<(&'a Path, &'a str, &'a str)>,
}

/// Moves a file into a folder, and lays its marked copy and its answer beside it. Gives the
/// file's new path.
///
/// The answer goes before the file: a file that has moved has its answer. The copy goes before the
/// answer, and nothing is younger than the answer: what is, somebody has mended there. What is
/// already there is never overwritten, but for the answer and the untouched copy of a file that a
/// crash kept from following them, or that is answered anew where it lies.
pub(super) fn file_away(original: &Path, filed: &Filed<'_>) -> io::Result<PathBuf> {
    let folder = filed.folder;
    fs::create_dir_all(folder)?;
    let target = free_name(original, filed)?;
    let copy = filed.marked.map(|(kept, ending, mark)| (kept, marked_beside(&target, ending, mark)));
    if let Some((kept, path)) = &copy {
        let mut coming = coming_into(folder)?;
        io::copy(&mut File::open(kept)?, &mut coming)?;
        coming.as_file().sync_all()?;
        coming.persist(path).map_err(|e| e.error)?;
    }
    if let Err(error) = lay_answer(original, &target, filed.answer) {
        // A copy without its answer is nobody's: the next time the file may be answered without one.
        if let Some((_, path)) = copy.filter(|_| !answer_beside(&target).exists()) {
            let _ = fs::remove_file(path);
        }
        return Err(error);
    }
    crate::crash::point("file-answered");
    if original != target {
        move_file(original, &target)?;
    }
    crate::crash::point("file-moved");
    sync_folder(folder)?;
    Ok(target)
}

/// Lays the answer to a file beside where it will lie, no older than the file.
fn lay_answer(original: &Path, target: &Path, answer: &str) -> io::Result<()> {
    let mut coming = coming_into(target.parent().unwrap_or(target))?;
    coming.write_all(answer.as_bytes())?;
    let dropped_at = fs::metadata(original)?.modified()?;
    if dropped_at > coming.as_file().metadata()?.modified()? {
        coming.as_file().set_modified(dropped_at)?;
    }
    coming.as_file().sync_all()?;
    coming.persist(answer_beside(target)).map_err(|e| e.error)?;
    Ok(())
}

/// Deletes files of ours that never arrived and have not changed since `before`; how many.
pub(super) fn sweep(folder: &Path, before: chrono::DateTime<chrono::Utc>) -> usize {
    let mut swept = 0;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            swept += sweep(&entry.path(), before);
            continue;
        }
        let is_ours = kind.is_file() && entry.file_name().to_string_lossy().starts_with(COMING);
        let modified = entry.metadata().and_then(|m| m.modified());
        let is_old = modified.is_ok_and(|at| chrono::DateTime::<chrono::Utc>::from(at) < before);
        // One that cannot be deleted is in nobody's way.
        swept += usize::from(is_ours && is_old && fs::remove_file(entry.path()).is_ok());
    }
    swept
}

fn coming_into(folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(COMING)
        .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .tempfile_in(folder)
}

/// `activities (marked).xlsx` beside `activities.xlsx`, `plan.csv (marked).xlsx` beside `plan.csv`.
fn marked_beside(file: &Path, ending: &str, mark: &str) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(marked_name(&name, ending, mark))
}

/// Name of the marked copy of a file.
pub(super) fn marked_name(name: &str, ending: &str, mark: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, own)) if !stem.is_empty() && own.eq_ignore_ascii_case(ending) => format!("{stem}{mark}.{own}"),
        _ => format!("{name}{mark}.{ending}"),
    }
}

/// `activities.xlsx.answer.txt`, beside `activities.xlsx`.
pub(super) fn answer_beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(ANSWER_ENDING);
    file.with_file_name(name)
}

/// How the name of an answer ends.
pub(super) const ANSWER_ENDING: &str = ".answer.txt";

/// The first name that neither the file nor its marked copy would take from another.
fn free_name(original: &Path, filed: &Filed<'_>) -> io::Result<PathBuf> {
    let (folder, name) = (filed.folder, filed.name);
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let is_free = |path: &Path| fs::symlink_metadata(path).is_err_and(|e| e.kind() == io::ErrorKind::NotFound);
    for number in 1..100_000_u32 {
        let candidate = match number {
            1 => folder.join(name),
            _ => folder.join(format!("{stem} ({number}){extension}")),
        };
        let copy_fits = filed.marked.is_none_or(|(kept, ending, mark)| {
            let copy = marked_beside(&candidate, ending, mark);
            is_free(&copy) || is_untouched(&copy, &answer_beside(&candidate)) || is_same(&copy, kept)
        });
        if copy_fits && (candidate == original || is_free(&candidate)) {
            return Ok(candidate);
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "no free name is left"))
}

/// Whether a file has not been changed since it was answered.
pub(super) fn is_untouched(file: &Path, answer: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|m| m.modified()).ok();
    matches!((modified(file), modified(answer)), (Some(file), Some(answer)) if file <= answer)
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((hash_of(one), hash_of(other)), (Ok(one), Ok(other)) if one == other)
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
    fn what_never_arrived_is_swept_away_once_it_is_old() {
        let home = tempfile::tempdir().unwrap();
        let below = home.path().join("TJ");
        fs::create_dir(&below).unwrap();
        let old = fs::metadata(&below).unwrap().modified().unwrap() - std::time::Duration::from_secs(7_200);
        for (name, is_old) in [(".coming-a1", true), ("TJ/.coming-b2", true), (".coming-c3", false), ("kept", true)] {
            let file = File::create(home.path().join(name)).unwrap();
            if is_old {
                file.set_modified(old).unwrap();
            }
        }
        let hour_ago = chrono::DateTime::<chrono::Utc>::from(old + std::time::Duration::from_secs(3_600));
        assert_eq!(sweep(home.path(), hour_ago), 2);
        assert!(home.path().join("kept").exists() && home.path().join(".coming-c3").exists());
        assert_eq!(sweep(&home.path().join("nowhere"), hour_ago), 0);
    }

    #[test]
    fn a_copy_whose_answer_could_not_be_laid_beside_it_does_not_stay() {
        let home = tempfile::tempdir().unwrap();
        let (kept, folder) = (home.path().join("kept.xlsx"), home.path().join("needs-fixing"));
        fs::write(&kept, "marked").unwrap();
        let marked = Some((kept.as_path(), "xlsx", " (marked)"));
        let filed = Filed { folder: &folder, name: "a.xlsx", answer: "three cells", marked };
        // Its sender takes it away in this very moment.
        assert!(file_away(&home.path().join("a.xlsx"), &filed).is_err());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        fs::write(home.path().join("a.xlsx"), "as sent").unwrap();
        file_away(&home.path().join("a.xlsx"), &filed).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
    }

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
    fn what_is_answered_where_it_lies_stays_there() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("needs-fixing");
        let (original, kept) = (home.path().join("a.xlsx"), home.path().join("kept"));
        let names = || {
            let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
            names.sort();
            names.into_iter().map(|n| n.into_string().unwrap()).collect::<Vec<_>>()
        };
        let file = |original: &Path, copy: &str| {
            fs::write(&kept, copy).unwrap();
            let marked = Some((kept.as_path(), "xlsx", " (marked)"));
            file_away(original, &Filed { folder: &folder, name: "a.xlsx", answer: copy, marked }).unwrap()
        };
        fs::write(&original, "1").unwrap();
        let target = file(&original, "first");
        let (copy, answer) = (folder.join("a (marked).xlsx"), answer_beside(&target));
        assert!(is_untouched(&target, &answer) && is_untouched(&copy, &answer));
        assert_eq!(file(&target, "second"), target, "answered anew, and nobody had touched the copy");
        assert_eq!(fs::read_to_string(&copy).unwrap(), "second");
        assert_eq!(names(), ["a (marked).xlsx", "a.xlsx", "a.xlsx.answer.txt"]);
        // Somebody is at work on the copy: it is not written over.
        let later = fs::metadata(&answer).unwrap().modified().unwrap() + std::time::Duration::from_secs(1);
        File::options().write(true).open(&copy).unwrap().set_modified(later).unwrap();
        assert!(!is_untouched(&copy, &answer));
        assert_eq!(file(&target, "third"), folder.join("a (2).xlsx"));
        assert_eq!(fs::read_to_string(&copy).unwrap(), "second");
    }

    #[test]
    fn files_away_without_overwriting() {
        let home = tempfile::tempdir().unwrap();
        let accepted = home.path().join("accepted");
        for (content, expected) in [("1", "a.csv"), ("2", "a (2).csv"), ("3", "a (3).csv")] {
            let original = home.path().join("a.csv");
            fs::write(&original, content).unwrap();
            let filed = Filed { folder: &accepted, name: "a.csv", answer: "thank you", marked: None };
            let target = file_away(&original, &filed).unwrap();
            assert_eq!(target, accepted.join(expected));
            assert_eq!(fs::read_to_string(&target).unwrap(), content);
            assert_eq!(fs::read_to_string(answer_beside(&target)).unwrap(), "thank you");
            assert!(!original.exists());
        }
    }
}
