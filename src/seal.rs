//! A key that a home keeps to itself, and what is signed with it: by it the program knows again what it has handed out.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Bytes of a key: as many as the hash has.
const LENGTH: usize = 32;

/// Bytes of a block of the hash.
const BLOCK: usize = 64;

/// A key of a home. Two are kept: the one behind the links of approvers' mails, and the one behind the forms of the
/// dashboard.
#[derive(Clone)]
pub struct Seal([u8; LENGTH]);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub struct SealError {
    /// Where it should lie.
    pub path: PathBuf,
    /// What the system says; [`io::ErrorKind::InvalidData`] where something else lies there.
    pub error: io::Error,
}

impl SealError {
    /// Whether something lies there that is no key.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        self.error.kind() == io::ErrorKind::InvalidData
    }
}

impl Seal {
    /// The key in a file of the home, made where there is none. One that is damaged is never replaced here: what was
    /// signed with it would be called forged.
    ///
    /// # Errors
    /// The disk; a file that holds no key.
    pub fn of_home(home: &Path, file: &str) -> Result<Self, SealError> {
        let path = home.join(file);
        let made = match Self::kept(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(&path, false),
            key => key,
        };
        made.map_err(|error| SealError { path, error })
    }

    /// Another key in place of the one in a file of the home. What was signed with that is known no longer.
    ///
    /// # Errors
    /// The disk.
    pub fn renewed(home: &Path, file: &str) -> Result<Self, SealError> {
        let path = home.join(file);
        Self::make(&path, true).map_err(|error| SealError { path, error })
    }

    /// A key that is kept nowhere.
    #[must_use]
    pub fn passing() -> Self {
        Self(random())
    }

    /// Makes a key; where another program was quicker, its key is taken.
    fn make(path: &Path, replaces: bool) -> io::Result<Self> {
        let key = Self(random());
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        // A temporary file is its owner's alone (0600), and so remains the key.
        let mut file = tempfile::Builder::new().prefix(".key-").tempfile_in(folder)?;
        file.write_all(&key.0).and_then(|()| file.as_file().sync_all())?;
        let kept = if replaces { file.persist(path) } else { file.persist_noclobber(path) };
        match kept {
            Ok(_) => Ok(key),
            Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => Self::kept(path),
            Err(refused) => Err(refused.error),
        }
    }

    fn kept(path: &Path) -> io::Result<Self> {
        let bytes = fs::read(path)?;
        let wrong = |_| io::Error::new(io::ErrorKind::InvalidData, "expected a key of 32 bytes");
        bytes.try_into().map(Self).map_err(wrong)
    }

    /// The signature under some bytes (HMAC-SHA256, RFC 2104).
    #[must_use]
    pub fn sign(&self, bytes: &[u8]) -> [u8; LENGTH] {
        self.signing(bytes).finalize().into_bytes().into()
    }

    /// Whether a signature is the one under these bytes, in a time that does not depend on where it differs.
    #[must_use]
    pub fn knows(&self, bytes: &[u8], signature: &[u8]) -> bool {
        self.signing(bytes).verify_slice(signature).is_ok()
    }

    fn signing(&self, bytes: &[u8]) -> Hmac<Sha256> {
        // As long as the hash's block, as the method asks for and would fill it up itself.
        let mut block = [0; BLOCK];
        block.iter_mut().zip(self.0).for_each(|(to, from)| *to = from);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(bytes);
        mac
    }
}

/// Bytes that nobody can guess.
#[must_use]
pub fn random() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).unwrap_or_else(|problem| unreachable!("the system gives random numbers: {problem}"));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "state/a.key";

    #[test]
    fn a_home_keeps_its_key_and_another_has_another() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let signature = Seal::of_home(one.path(), FILE).unwrap().sign(b"a");
        let again = Seal::of_home(one.path(), FILE).unwrap();
        assert!(again.knows(b"a", &signature));
        assert!(!again.knows(b"b", &signature) && !again.knows(b"a", &signature[1..]) && !again.knows(b"a", b""));
        assert!(!Seal::of_home(other.path(), FILE).unwrap().knows(b"a", &signature));
        assert!(!Seal::passing().knows(b"a", &signature));
    }

    #[test]
    fn a_damaged_key_is_refused_until_somebody_asks_for_another() {
        let home = tempfile::tempdir().unwrap();
        let signature = Seal::of_home(home.path(), FILE).unwrap().sign(b"a");
        fs::write(home.path().join(FILE), b"short").unwrap();
        let refused = Seal::of_home(home.path(), FILE).err().unwrap();
        assert!(refused.is_damage() && refused.to_string().contains("a.key: expected a key of 32 bytes"), "{refused}");
        assert_eq!(fs::read(home.path().join(FILE)).unwrap(), b"short", "somebody may want to mend it");
        let renewed = Seal::renewed(home.path(), FILE).unwrap();
        assert!(!renewed.knows(b"a", &signature));
        assert!(Seal::of_home(home.path(), FILE).unwrap().knows(b"a", &renewed.sign(b"a")));
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        for seal in [Seal::of_home, Seal::renewed] {
            seal(home.path(), FILE).unwrap();
            let mode = fs::metadata(home.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
