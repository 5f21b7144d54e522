//! A delivery into an attempt.
//!
//! [`Postman::step`] takes the delivery that is most due, composes its mail (once: every
//! attempt sends the same bytes), tries it, and writes down how that ended. A mail is only
//! ever called delivered when the server said 250 after the final dot, or the Maildir has it
//! on disk.

mod attachment;
mod backoff;
pub mod bounces;
pub mod compose;
mod dkim;
mod large;
mod maildir;
mod smtp;
mod step;

pub use backoff::retry_at;
pub use dkim::Signer;
pub use maildir::Maildir;
pub use smtp::Courier;
pub use step::Postman;

use crate::letter::LetterError;
use crate::store::StoreError;

/// What went wrong between us and the outbox. What goes wrong with one mail is no error but an
/// [`crate::outbox::Outcome`].
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The ledger could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A letter that must be written anew cannot be: a template is at fault.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// A locale file of the home is at fault.
    #[error(transparent)]
    Locale(#[from] crate::locale::LocaleError),
}

/// A text with every mail address in it masked, `a***@e***.org`, for the log.
#[must_use]
pub fn masked(text: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || "@.!#$%&'*+-/=?^_`{|}~".contains(c);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match word.rsplit_once('@') {
            Some((user, host)) => out.push_str(&mask(user, host)),
            None => out.push_str(word),
        }
        let other = after.find(is_part).unwrap_or(after.len());
        let (between, next) = after.split_at(other);
        out.push_str(between);
        rest = next;
    }
    out
}

fn mask(user: &str, host: &str) -> String {
    let first = |text: &str| text.chars().next().map_or_else(String::new, |c| c.to_string());
    let (name, top) = host.rsplit_once('.').map_or((host, String::new()), |(n, t)| (n, format!(".{t}")));
    format!("{}***@{}***{top}", first(user), first(name))
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn addresses_are_masked_wherever_they_stand() {
        for (text, expected) in [
            ("anna@example.org", "a***@e***.org"),
            ("550 <anna.b@mail.example.org>: no such user", "550 <a***@m***.org>: no such user"),
            ("a@b and c@d.kz,", "a***@b*** and c***@d***.kz,"),
            ("250 2.0.0 Ok: queued as 4F", "250 2.0.0 Ok: queued as 4F"),
            ("почта@пример.рф", "п***@п***.рф"),
            ("", ""),
        ] {
            assert_eq!(masked(text), expected);
        }
    }
}
