//! The link of an approver's mail: what it names, and the signature that nobody else can make.
//!
//! A token is two parts in base64url with a dot between: what the link names, and its HMAC-SHA256
//! (RFC 2104) with a key that never leaves the home. It says for whom and for which bytes it is,
//! so that one cannot be made into another.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::compile::archive::{ArchiveError, at};
use crate::digest;

/// Where the key lies, below the home.
const FILE: &str = "state/sign-off.key";

/// Bytes of the key: as many as the hash has.
const LENGTH: usize = 32;

/// Bytes of a block of the hash.
const BLOCK: usize = 64;

/// What a token begins with; another layout would begin otherwise.
const VERSION: &str = "1";

/// A longer token is none of ours.
const LONGEST: usize = 2_000;

/// What a link names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::compile) struct Link {
    /// The run.
    pub(in crate::compile) run: i64,
    /// The approver's address, in small letters.
    pub(in crate::compile) approver: String,
    /// Hash over the bytes that were shown.
    pub(in crate::compile) shown: String,
    /// Good until then, whole seconds.
    pub(in crate::compile) expires_at: DateTime<Utc>,
}

/// The key that links are signed with.
#[derive(Clone)]
pub(in crate::compile) struct Key([u8; LENGTH]);

impl Key {
    /// The key of a home; made when there is none.
    pub(in crate::compile) fn of_home(home: &Path) -> Result<Self, ArchiveError> {
        let path = home.join(FILE);
        match Self::kept(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(&path),
            key => key.map_err(at(&path)),
        }
    }

    /// Makes a key; where another program was quicker, its key is taken.
    fn make(path: &Path) -> Result<Self, ArchiveError> {
        let mut key = [0; LENGTH];
        getrandom::fill(&mut key).map_err(|error| at(path)(io::Error::other(error)))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(at(folder))?;
        // A temporary file is its owner's alone (0600), and so remains the key.
        let mut file = tempfile::Builder::new().prefix(".key-").tempfile_in(folder).map_err(at(path))?;
        file.write_all(&key).and_then(|()| file.as_file().sync_all()).map_err(at(path))?;
        match file.persist_noclobber(path) {
            Ok(_) => Ok(Self(key)),
            Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => Self::kept(path).map_err(at(path)),
            Err(refused) => Err(at(path)(refused.error)),
        }
    }

    fn kept(path: &Path) -> io::Result<Self> {
        let bytes = fs::read(path)?;
        bytes.try_into().map(Self).map_err(|_| io::Error::other("expected a key of 32 bytes"))
    }

    /// The token of a link.
    pub(in crate::compile) fn token(&self, link: &Link) -> String {
        let named =
            format!("{VERSION}\n{}\n{}\n{}\n{}", link.run, link.expires_at.timestamp(), link.shown, link.approver);
        let signature = self.signing(named.as_bytes()).finalize().into_bytes();
        format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(named), BASE64_URL_SAFE_NO_PAD.encode(signature))
    }

    /// What a token names; `None` where it was not signed with this key. The signatures are compared
    /// in a time that does not depend on where they differ.
    pub(in crate::compile) fn read(&self, token: &str) -> Option<Link> {
        let (named, signature) = token.split_once('.').filter(|_| token.len() <= LONGEST)?;
        let named = BASE64_URL_SAFE_NO_PAD.decode(named).ok()?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.signing(&named).verify_slice(&signature).ok()?;
        let named = String::from_utf8(named).ok()?;
        let mut parts = named.splitn(5, '\n');
        let (version, run, expires_at) = (parts.next()?, parts.next()?, parts.next()?);
        let (shown, approver) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        let expires_at = DateTime::from_timestamp(expires_at.parse().ok()?, 0)?;
        (version == VERSION).then_some(Link { run: run.parse().ok()?, approver, shown, expires_at })
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

/// By what the ledger knows that a link was used.
pub(in crate::compile) fn mark(token: &str) -> String {
    digest::of(token.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> Link {
        Link {
            run: 7,
            approver: "secretariat@example.org".to_owned(),
            shown: digest::of(b"editions"),
            expires_at: DateTime::from_timestamp(1_516_000_000, 0).unwrap(),
        }
    }

    #[test]
    fn a_token_is_read_with_its_own_key_and_no_other() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let key = Key::of_home(one.path()).unwrap();
        let token = key.token(&link());
        assert_eq!(Key::of_home(one.path()).unwrap().read(&token), Some(link()), "made once");
        assert_eq!(Key::of_home(other.path()).unwrap().read(&token), None);
        assert!(token.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "{token}");
    }

    #[test]
    fn no_letter_of_a_token_can_be_changed() {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::of_home(folder.path()).unwrap();
        let token = key.token(&link());
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_ne!(key.read(&changed), Some(Link { run: 8, ..link() }));
            assert_eq!(key.read(&changed), None, "letter {at} of {changed}");
        }
        for bad in ["", ".", "a.b", &token[1..], &"x".repeat(5_000)] {
            assert_eq!(key.read(bad), None);
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        Key::of_home(folder.path()).unwrap();
        let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
