//! Passwords: what is asked of one, and their hashes (argon2id).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

/// Fewer characters are guessed too soon.
const SHORTEST: usize = 12;

/// Nobody types more, and hashing more takes time.
const LONGEST: usize = 512;

/// The hash of a password that nobody has: a name that is not known takes as long as one that is.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$cmFwcG9ydGV1ci1ub2JvZHk$n2oaJcn0SdV5tmpFpzNRxmXUF4uXlxdJpWSqpNnn1zs";

/// Why a password is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Too short.
    #[error("expected a password of at least {SHORTEST} characters: several words are easy to remember")]
    Short,
    /// Too long.
    #[error("expected a password of at most {LONGEST} bytes")]
    Long,
    /// It is the name of the account, or one character again and again.
    #[error("expected a password that does not follow from the name, and more than one character")]
    Obvious,
}

/// Whether a password may be one for this account.
///
/// # Errors
/// Why it may not.
pub fn is_sound(password: &str, name: &str) -> Result<(), Weak> {
    if password.len() > LONGEST {
        return Err(Weak::Long);
    }
    if password.chars().count() < SHORTEST {
        return Err(Weak::Short);
    }
    let first = password.chars().next();
    let is_one = password.chars().all(|c| Some(c) == first);
    let is_name = password.to_lowercase().replace(&name.to_lowercase(), "").chars().count() < SHORTEST / 2;
    if is_one || is_name { Err(Weak::Obvious) } else { Ok(()) }
}

/// The hash to keep. Takes some 20 MB for a moment.
///
/// # Errors
/// When the system gives no random numbers.
pub fn hash(password: &str) -> anyhow::Result<String> {
    Ok(Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|problem| anyhow::anyhow!("{problem}"))?
        .to_string())
}

/// Whether a password is the one of a hash; `None` is an account that there is not, and takes as long.
#[must_use]
pub fn fits(password: &str, known: Option<&str>) -> bool {
    let Ok(hash) = PasswordHash::new(known.unwrap_or(NOBODYS)) else { return false };
    let fits = password.len() <= LONGEST && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
    fits && known.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_hash_alone() {
        let known = hash("three words and a bird").unwrap();
        assert!(known.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{known}");
        assert!(fits("three words and a bird", Some(&known)));
        assert!(!fits("three words and a bard", Some(&known)) && !fits("", Some(&known)));
        assert_ne!(known, hash("three words and a bird").unwrap(), "each has a salt of its own");
    }

    /// An account that there is not must cost what one does that there is.
    #[test]
    fn nobodys_hash_is_computed_like_any_other() {
        let nobody = PasswordHash::new(NOBODYS).unwrap();
        let somebody = hash("three words and a bird").unwrap();
        let somebody = PasswordHash::new(&somebody).unwrap();
        assert_eq!(nobody.params, somebody.params);
        assert!(!fits("anything", None));
    }

    #[test]
    fn what_is_guessed_at_once_is_refused() {
        assert_eq!(is_sound("short", "aida"), Err(Weak::Short));
        assert_eq!(is_sound("aaaaaaaaaaaaaaaa", "aida"), Err(Weak::Obvious));
        assert_eq!(is_sound("aida.example1", "aida.example"), Err(Weak::Obvious));
        assert_eq!(is_sound(&"ab".repeat(300), "aida"), Err(Weak::Long));
        assert_eq!(is_sound("три слова и птица", "aida"), Ok(()));
    }
}
