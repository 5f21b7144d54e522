//! The link of an approver's mail: what it names, and the signature that nobody else can make.
//!
//! A token is two parts in base64url with a dot between: what the link names, and its HMAC-SHA256
//! (RFC 2104) with a key that never leaves the home. It says for whom and for which bytes it is,
//! so that one cannot be made into another.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};

use crate::compile::archive::{ArchiveError, at};
use crate::digest;
use crate::seal::{Seal, SealError};

/// Where the key lies, below the home.
const FILE: &str = "state/sign-off.key";

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

/// The key that links are signed with. One that is damaged is refused and not replaced: the links that lie in approvers'
/// mails would be called forged.
#[derive(Clone)]
pub(in crate::compile) struct Key(Seal);

impl Key {
    /// The key of a home; made when there is none.
    pub(in crate::compile) fn of_home(home: &Path) -> Result<Self, ArchiveError> {
        let refused = |SealError { path, error }| at(&path)(error);
        Seal::of_home(home, FILE).map(Self).map_err(refused)
    }

    /// The token of a link.
    pub(in crate::compile) fn token(&self, link: &Link) -> String {
        let named =
            format!("{VERSION}\n{}\n{}\n{}\n{}", link.run, link.expires_at.timestamp(), link.shown, link.approver);
        let signature = self.0.sign(named.as_bytes());
        format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(named), BASE64_URL_SAFE_NO_PAD.encode(signature))
    }

    /// What a token names; `None` where it was not signed with this key. The signatures are compared
    /// in a time that does not depend on where they differ.
    pub(in crate::compile) fn read(&self, token: &str) -> Option<Link> {
        let (named, signature) = token.split_once('.').filter(|_| token.len() <= LONGEST)?;
        let named = BASE64_URL_SAFE_NO_PAD.decode(named).ok()?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
        let named = self.0.knows(&named, &signature).then_some(named)?;
        let named = String::from_utf8(named).ok()?;
        let mut parts = named.splitn(5, '\n');
        let (version, run, expires_at) = (parts.next()?, parts.next()?, parts.next()?);
        let (shown, approver) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        let expires_at = DateTime::from_timestamp(expires_at.parse().ok()?, 0)?;
        (version == VERSION).then_some(Link { run: run.parse().ok()?, approver, shown, expires_at })
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

    #[test]
    fn a_damaged_key_is_refused_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        Key::of_home(folder.path()).unwrap();
        std::fs::write(folder.path().join(FILE), "short").unwrap();
        assert!(Key::of_home(folder.path()).is_err());
        assert_eq!(std::fs::read(folder.path().join(FILE)).unwrap(), b"short");
    }
}
