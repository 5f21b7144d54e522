//! The key of the home by which the dashboard knows its own tokens.

use std::io::Write as _;
use std::path::Path;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::digest::hex;

/// Where it stands, below the home.
const FILE: &str = "state/dashboard.key";

/// Signs what we hand out and want to know again.
pub(super) struct Key([u8; 32]);

impl Key {
    /// The key of a home, made where there is none. Where it cannot be kept, it lasts as long as the
    /// daemon: forms that were opened before are refused once, with a sentence.
    pub(super) fn of_home(home: &Path) -> Self {
        let path = home.join(FILE);
        if let Some(known) = std::fs::read(&path).ok().and_then(|bytes| bytes.try_into().ok()) {
            return Self(known);
        }
        let new = random();
        if let Err(error) = keep(&path, &new) {
            tracing::warn!(%error, "the dashboard's key could not be kept");
        }
        Self(new)
    }

    /// A token for somebody who carries `secret`; empty for those who carry none.
    pub(super) fn token(&self, secret: &str) -> String {
        hex(self.mac(secret).finalize().into_bytes().as_slice())
    }

    /// Whether a token is the one for `secret`, in a time that tells nothing.
    pub(super) fn knows(&self, secret: &str, token: &str) -> bool {
        use subtle::ConstantTimeEq as _;
        self.token(secret).as_bytes().ct_eq(token.as_bytes()).into()
    }

    fn mac(&self, secret: &str) -> Hmac<Sha256> {
        let mut mac =
            <Hmac<Sha256>>::new_from_slice(&self.0).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        mac.update(b"form\0");
        mac.update(secret.as_bytes());
        mac
    }
}

/// Bytes that nobody can guess.
pub(super) fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).unwrap_or_else(|problem| unreachable!("the system gives random numbers: {problem}"));
    bytes
}

fn keep(path: &Path, key: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(key)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_keeps_its_key_and_knows_its_tokens() {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("state")).unwrap();
        let token = Key::of_home(home.path()).token("a");
        let again = Key::of_home(home.path());
        assert!(again.knows("a", &token));
        assert!(!again.knows("b", &token) && !again.knows("a", "") && !again.knows("a", &token[1..]));
        let elsewhere = tempfile::tempdir().unwrap();
        assert!(!Key::of_home(elsewhere.path()).knows("a", &token), "a key that could not be kept, and another");
    }
}
