//! `[bounces]`: where notifications come of mails that did not arrive.

use std::path::{Path, PathBuf};

use super::mail::is_loopback;
use super::shape::Fields;
use super::{BounceBox, Bounces, Imap, Tls};

/// Reads the table over the defaults in `bounces`.
pub(super) fn read(fields: &Fields<'_>, bounces: &mut Bounces, home: &Path) {
    if let Some(span) = fields.duration("every") {
        bounces.every = span;
    }
    if fields.has("maildir") && fields.has("imap") {
        fields.reader.report(fields.reader.error("bounces-twice", &fields.span_of("maildir")));
    }
    if let Some((folder, _)) = fields.text("maildir") {
        bounces.mailbox = Some(BounceBox::Maildir(PathBuf::from(folder)));
    }
    if let Some(imap) = fields.table("imap") {
        bounces.mailbox = read_imap(&imap, home).map(BounceBox::Imap);
    }
}

fn read_imap(fields: &Fields<'_>, home: &Path) -> Option<Imap> {
    let tls = match fields.word("tls") {
        Some("none") => Tls::None,
        Some("starttls") => Tls::Starttls,
        _ => Tls::Implicit,
    };
    let (host, _) = fields.text("host")?;
    if tls == Tls::None && !is_loopback(host) {
        let told = fields.reader.error("tls-none-beyond-loopback", &fields.span_of("tls"));
        fields.reader.report(told.with("host", host));
        return None;
    }
    let (path, node) = fields.text("password_file")?;
    let password = match std::fs::read_to_string(home.join(path)) {
        Ok(text) if !text.trim().is_empty() => text.trim_end_matches(['\r', '\n']).to_owned(),
        Ok(_) => {
            let told = fields.reader.error("password-file", &node.span).worded("password-file-empty");
            fields.reader.report(told.with("path", path));
            return None;
        }
        Err(problem) => {
            let told = fields.reader.error("password-file", &node.span).with("problem", super::reason_of(&problem));
            fields.reader.report(told.with("path", path));
            return None;
        }
    };
    Some(Imap {
        host: host.to_owned(),
        port: fields.whole("port").unwrap_or(if tls == Tls::Implicit { 993 } else { 143 }),
        tls,
        username: fields.text("username").map(|(name, _)| name.to_owned())?,
        password: Some(password),
        mailbox: fields.text("mailbox").map_or_else(|| "INBOX".to_owned(), |(name, _)| name.to_owned()),
        ca_file: fields.text("ca_file").map(|(path, _)| home.join(path)),
    })
}
