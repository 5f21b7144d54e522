//! The key of the home by which the dashboard knows its own tokens.

use std::path::Path;

use crate::digest::hex;
use crate::seal::Seal;

/// Where it stands, below the home.
const FILE: &str = "state/dashboard.key";

/// Signs what we hand out and want to know again.
pub(super) struct Key(Seal);

impl Key {
    /// The key of a home, made where there is none. It guards no more than the forms that are open at this moment: a
    /// damaged one is replaced, and where none can be kept, one lasts as long as the daemon. Forms that were opened
    /// before are refused once, with a sentence. (The key of approvers' links is neither: a link lies in a mail for
    /// days, and nobody should read there that it is forged.)
    pub(super) fn of_home(home: &Path) -> Self {
        let found = Seal::of_home(home, FILE);
        let found = match found {
            Err(error) if error.is_damage() => {
                tracing::warn!(%error, "the dashboard's key is damaged; there is another now");
                Seal::renewed(home, FILE)
            }
            found => found,
        };
        Self(found.unwrap_or_else(|error| {
            tracing::warn!(%error, "the dashboard's key could not be kept");
            Seal::passing()
        }))
    }

    /// A token for somebody who carries `secret`; empty for those who carry none.
    pub(super) fn token(&self, secret: &str) -> String {
        hex(&self.0.sign(&named(secret)))
    }

    /// Whether a token is the one for `secret`, in a time that tells nothing.
    pub(super) fn knows(&self, secret: &str, token: &str) -> bool {
        use subtle::ConstantTimeEq as _;
        self.token(secret).as_bytes().ct_eq(token.as_bytes()).into()
    }
}

/// What is signed: a form's token is good for nothing else.
fn named(secret: &str) -> Vec<u8> {
    [b"form\0", secret.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_keeps_its_key_and_knows_its_tokens() {
        let home = tempfile::tempdir().unwrap();
        let token = Key::of_home(home.path()).token("a");
        let again = Key::of_home(home.path());
        assert!(again.knows("a", &token));
        assert!(!again.knows("b", &token) && !again.knows("a", "") && !again.knows("a", &token[1..]));
        let elsewhere = tempfile::tempdir().unwrap();
        std::fs::write(elsewhere.path().join("state"), "no folder").unwrap();
        assert!(!Key::of_home(elsewhere.path()).knows("a", &token), "a key that could not be kept, and another");
    }

    #[test]
    fn a_damaged_key_stops_nobody() {
        let home = tempfile::tempdir().unwrap();
        let before = Key::of_home(home.path()).token("a");
        std::fs::write(home.path().join(FILE), "short").unwrap();
        let token = Key::of_home(home.path()).token("a");
        assert!(token != before && Key::of_home(home.path()).knows("a", &token), "it is replaced, and kept");
    }
}
