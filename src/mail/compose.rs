//! A delivery into the bytes of its mail (RFC 5322, MIME), the same at every attempt.
//!
//! [`compose`] makes everything but the attachments' contents, for which it leaves a mark; the
//! outbox keeps that. [`Composed::complete`] puts the archived files in place of the marks.
//! So a released mail does not change when the configuration does, and the ledger does not
//! hold each PDF once for each recipient.

use std::path::Path;

use base64::Engine as _;
use chrono::{DateTime, Utc};
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use sha2::{Digest, Sha256};

use super::attachment::{self, hex};
use crate::config::{self, Mail};
use crate::letter::one_line;
use crate::outbox::{Attachment, NewDelivery, Outcome};

/// Characters of base64 on a line (RFC 2045, section 6.8).
const BASE64_LINE: usize = 76;

/// Why a mail cannot be composed. Nothing of it passes by waiting.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// Something that should be a mail address is none.
    #[error("expected a mail address, found `{0}`")]
    Address(String),
    /// The mail builder refused it.
    #[error("the mail cannot be built: {0}")]
    Build(#[from] lettre::error::Error),
    /// What the outbox keeps is not what [`compose`] made.
    #[error("the mail kept in the outbox is damaged: the place of `{0}` is missing")]
    Damaged(String),
}

/// A mail with marks in place of its attachments' contents. ASCII, lines ended by CR LF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed(Vec<u8>);

/// Composes the mail of a delivery.
///
/// `created_at` is its `Date`; the `Message-ID` is the delivery's own; the boundaries follow
/// from it. One recipient, one mail: nobody's address is shown to another.
///
/// # Errors
/// An address that is none.
pub fn compose(order: &NewDelivery, created_at: DateTime<Utc>, mail: &Mail) -> Result<Composed, ComposeError> {
    let seed = hex(&Sha256::digest(order.message_id.as_bytes()));
    let seed = seed.get(..32).unwrap_or_default();
    let alternative = MultiPart::alternative()
        .boundary(format!("alternative-{seed}"))
        .singlepart(text_part(&order.letter.text, ContentType::TEXT_PLAIN))
        .singlepart(text_part(&order.letter.html, ContentType::TEXT_HTML));
    let mut builder = Message::builder()
        .date(created_at.into())
        .from(config_mailbox(&mail.from)?)
        .to(mailbox(Some(&order.name), &order.email)?)
        .subject(one_line(&order.letter.subject))
        .message_id(Some(one_line(&order.message_id)));
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.reply_to(config_mailbox(reply_to)?);
    }
    // RFC 3834: no vacation notices, please. The second is what Exchange understands.
    builder = builder
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .raw_header(raw("X-Auto-Response-Suppress", "OOF, AutoReply"))
        .raw_header(raw("Content-Language", order.letter.language.code()));
    let body =
        if order.attachments.is_empty() {
            alternative
        } else {
            let mixed = MultiPart::mixed().boundary(format!("mixed-{seed}")).multipart(alternative);
            order.attachments.iter().enumerate().fold(mixed, |mixed, (index, file)| {
                mixed.singlepart(marked_part(file, &mark(&order.message_id, index)))
            })
        };
    Ok(Composed(builder.multipart(body)?.formatted()))
}

/// What stands in place of an attachment's contents. Nobody who writes a letter can guess it.
fn mark(message_id: &str, index: usize) -> String {
    let hash = hex(&Sha256::digest(format!("{message_id} attachment {index}").as_bytes()));
    format!("[[{hash}]]")
}

fn text_part(text: &str, content_type: ContentType) -> SinglePart {
    // lettre chooses 7bit, quoted-printable or base64, whichever is shortest.
    SinglePart::builder().header(content_type).body(text.to_owned())
}

fn marked_part(file: &Attachment, mark: &str) -> SinglePart {
    let name = safe_name(&file.file_name);
    // A name of other letters stands in the disposition alone, encoded by RFC 2231.
    let content_type = ContentType::parse(&format!("{}; name=\"{}\"", kind_of(&name), ascii_name(&name)));
    SinglePart::builder()
        .header(content_type.unwrap_or(ContentType::TEXT_PLAIN))
        .header(ContentDisposition::attachment(&name))
        .body(Body::dangerous_pre_encoded(mark.as_bytes().to_vec(), ContentTransferEncoding::Base64))
}

/// The type of an attachment, by its name.
fn kind_of(name: &str) -> &'static str {
    const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "pdf" => "application/pdf",
        "xlsx" => SHEET,
        "xlsm" => "application/vnd.ms-excel.sheet.macroEnabled.12",
        _ => "application/octet-stream",
    }
}

/// A file name as its owner wrote it, without what could break a header or leave a folder. What
/// comes back under it must still be known by its name.
fn safe_name(name: &str) -> String {
    let kept: String =
        one_line(name).chars().map(|c| if c.is_alphanumeric() || ".-_ ()".contains(c) { c } else { '_' }).collect();
    if kept.trim_matches(['.', '_', ' ']).is_empty() { "attachment".to_owned() } else { kept }
}

/// A file name that every mail program takes: letters, digits, `.`, `-`, `_`.
fn ascii_name(name: &str) -> String {
    let kept: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    if kept.trim_matches(['.', '_']).is_empty() { "attachment".to_owned() } else { kept }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn config_mailbox(mailbox_: &config::Mailbox) -> Result<Mailbox, ComposeError> {
    mailbox(mailbox_.name.as_deref(), &mailbox_.email)
}

/// A mailbox whose name cannot break the header: lettre panics on CR, LF and NUL. The
/// configuration refuses them; a ledger may be older than its configuration.
fn mailbox(name: Option<&str>, email: &str) -> Result<Mailbox, ComposeError> {
    let address: Address = email.parse().map_err(|_| ComposeError::Address(email.to_owned()))?;
    let name = name.map(one_line).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address))
}

impl Composed {
    /// The bytes, as the outbox keeps them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// What the outbox kept.
    #[must_use]
    pub const fn kept(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The whole mail, with the archived files below `home` in their places.
    ///
    /// # Errors
    /// How the attempt ends where a file is missing or is not the one that was released: for
    /// this delivery for good, until a person restores it, because waiting does not bring it
    /// back and because the channel is not at fault. Trouble in reading is transient.
    pub async fn complete(self, order: &NewDelivery, home: &Path) -> Result<Vec<u8>, Outcome> {
        let mut mail = self.0;
        for (index, file) in order.attachments.iter().enumerate() {
            let bytes = attachment::read(home, file).await.map_err(|error| {
                let reply = error.to_string();
                if error.is_transient() { Outcome::Transient { reply } } else { Outcome::Permanent { reply } }
            })?;
            mail =
                replace(&mail, mark(&order.message_id, index).as_bytes(), &base64_lines(&bytes)).ok_or_else(|| {
                    Outcome::Permanent { reply: ComposeError::Damaged(file.file_name.clone()).to_string() }
                })?;
        }
        Ok(mail)
    }
}

fn replace(mail: &[u8], mark: &[u8], contents: &[u8]) -> Option<Vec<u8>> {
    let at = mail.windows(mark.len()).position(|window| window == mark)?;
    let mut out = Vec::with_capacity(mail.len() + contents.len());
    out.extend_from_slice(mail.get(..at)?);
    out.extend_from_slice(contents);
    out.extend_from_slice(mail.get(at + mark.len()..)?);
    Some(out)
}

fn base64_lines(bytes: &[u8]) -> Vec<u8> {
    let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
    let mut out = Vec::with_capacity(encoded.len() + encoded.len() / BASE64_LINE * 2);
    for (index, line) in encoded.as_bytes().chunks(BASE64_LINE).enumerate() {
        if index > 0 {
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(line);
    }
    out
}

#[cfg(test)]
mod tests;
