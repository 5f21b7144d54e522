//! A mail that is larger than the server takes, or than we are told to send.

use crate::config::{Config, TooLarge};
use crate::letter::Linked;
use crate::outbox::{Delivery, NewDelivery, Outcome};

/// Bytes of a megabyte, as people and servers' handbooks count them.
const MEGABYTE: usize = 1_000_000;

/// Where mails that leave the archive's folder lie; nothing else is shown to the world.
const ARCHIVE: &str = "archive/";

/// The largest mail that the configuration allows, in bytes.
pub(super) fn limit(config: &Config) -> usize {
    usize::try_from(config.mail.max_mb).unwrap_or(usize::MAX).saturating_mul(MEGABYTE)
}

/// Why a mail of so many bytes is not sent; `server` is what the server takes at most.
pub(super) fn refusal(config: &Config, size: usize, server: Option<usize>) -> String {
    let megabytes = |bytes: usize| format!("{}.{}", bytes / MEGABYTE, bytes % MEGABYTE / (MEGABYTE / 10));
    let most = match server {
        Some(limit) => format!("the mail server takes {} MB ({limit} bytes) at most", megabytes(limit)),
        None => format!("mail.max_mb allows {} MB", config.mail.max_mb),
    };
    format!("not sent: the mail is {} MB ({size} bytes) and {most}", megabytes(size))
}

/// Whether the server refused a mail for its size: 552, unless it speaks of the recipient's full
/// mailbox (RFC 3463, 5.2.2).
pub(super) fn is_refusal_for_size(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Permanent { reply } if reply.starts_with("552") && !reply.contains("5.2.2"))
}

/// Where the attachments of a delivery can be fetched; `None` where it is to be refused: by the
/// configuration, because it has none, or because one of them does not lie in the archive.
pub(super) fn links(config: &Config, delivery: &Delivery) -> Option<Vec<Linked>> {
    let url = config.mail.archive_url.as_deref()?;
    let attachments = &delivery.order.attachments;
    if config.mail.too_large != TooLarge::Link || delivery.linked || attachments.is_empty() {
        return None;
    }
    attachments
        .iter()
        .map(|attachment| {
            let below = attachment.path.strip_prefix(ARCHIVE)?;
            let size = std::fs::metadata(config.home.join(&attachment.path)).map_or(0, |file| file.len());
            Some(Linked { file: attachment.file_name.clone(), size, link: format!("{url}/{}", encoded(below)) })
        })
        .collect()
}

/// What is sent in place of a delivery that goes with links.
pub(super) fn without_attachments(order: &NewDelivery) -> NewDelivery {
    NewDelivery { attachments: Vec::new(), ..order.clone() }
}

/// A path as it stands in an address (RFC 3986, section 3.3).
fn encoded(path: &str) -> String {
    use std::fmt::Write as _;
    path.bytes().fold(String::with_capacity(path.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_part_of_an_address() {
        assert_eq!(encoded("2017-Q4/BOMCA 9_é.pdf"), "2017-Q4/BOMCA%209_%C3%A9.pdf");
    }

    #[test]
    fn a_full_mailbox_is_no_matter_of_size() {
        let refused = |reply: &str| is_refusal_for_size(&Outcome::Permanent { reply: reply.to_owned() });
        assert!(refused("552 5.3.4 Message size exceeds fixed limit"));
        assert!(refused("552 too big"));
        assert!(!refused("552 5.2.2 Mailbox full"));
        assert!(!refused("550 no such user"));
    }
}
