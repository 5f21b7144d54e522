//! A delivery into the bytes of its mail (RFC 5322, MIME), the same at every attempt.
//!
//! [`compose`] makes everything but the attachments' contents, for which it leaves a mark; the
//! outbox keeps that. [`Composed::complete`] puts the archived files in place of the marks.
//! So a released mail does not change when the configuration does, and the ledger does not
//! hold each PDF once for each recipient.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::dkim::Signer;
use crate::config::{self, Mail};
use crate::digest;
use crate::letter::one_line;
use crate::outbox::{Attachment, NewDelivery};

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
    Ok(Composed(message(order, created_at, mail, |index| mark(&order.message_id, index).into_bytes())?.formatted()))
}

/// As [`compose`], with a signature of the whole mail, for which the attachments' contents must
/// be at hand.
///
/// # Errors
/// As [`compose`].
pub fn compose_signed(
    order: &NewDelivery,
    created_at: DateTime<Utc>,
    mail: &Mail,
    bodies: &[Arc<[u8]>],
    signer: &Signer,
) -> Result<Composed, ComposeError> {
    let contents = |index: usize| bodies.get(index).map(|body| body.to_vec()).unwrap_or_default();
    let mut whole = message(order, created_at, mail, contents)?;
    signer.sign(&mut whole);
    let (signed, marked) = (whole.formatted(), compose(order, created_at, mail)?.0);
    let headers = signed.get(..end_of_headers(&signed)).unwrap_or_default();
    let body = marked.get(end_of_headers(&marked)..).unwrap_or_default();
    Ok(Composed([headers, body].concat()))
}

fn end_of_headers(mail: &[u8]) -> usize {
    mail.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(0)
}

/// The mail with what `contents` gives for each attachment, which is base64 or a mark.
fn message(
    order: &NewDelivery,
    created_at: DateTime<Utc>,
    mail: &Mail,
    contents: impl Fn(usize) -> Vec<u8>,
) -> Result<Message, ComposeError> {
    let seed = digest::of(order.message_id.as_bytes());
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
    // RFC 5322, section 3.6.4: a correction stands in the thread of what it corrects.
    if let Some(last) = order.letter.thread.last() {
        let thread: Vec<String> = order.letter.thread.iter().map(|id| one_line(id)).collect();
        builder = builder.in_reply_to(one_line(last)).references(thread.join(" "));
    }
    // RFC 3834: no vacation notices, please. The second is what Exchange understands.
    builder = builder
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .raw_header(raw("X-Auto-Response-Suppress", "OOF, AutoReply"))
        .raw_header(raw("Content-Language", order.letter.language.code()));
    let body = if order.attachments.is_empty() {
        alternative
    } else {
        let mixed = MultiPart::mixed().boundary(format!("mixed-{seed}")).multipart(alternative);
        order
            .attachments
            .iter()
            .enumerate()
            .fold(mixed, |mixed, (index, file)| mixed.singlepart(attached_part(file, contents(index))))
    };
    Ok(builder.multipart(body)?)
}

/// What stands in place of an attachment's contents. Nobody who writes a letter can guess it.
fn mark(message_id: &str, index: usize) -> String {
    let hash = digest::of(format!("{message_id} attachment {index}").as_bytes());
    format!("[[{hash}]]")
}

fn text_part(text: &str, content_type: ContentType) -> SinglePart {
    // lettre chooses 7bit, quoted-printable or base64, whichever is shortest.
    SinglePart::builder().header(content_type).body(text.to_owned())
}

fn attached_part(file: &Attachment, contents: Vec<u8>) -> SinglePart {
    let name = safe_name(&file.file_name);
    // A name of other letters stands in the disposition alone, encoded by RFC 2231.
    let content_type = ContentType::parse(&format!("{}; name=\"{}\"", kind_of(&name), ascii_name(&name)));
    SinglePart::builder()
        .header(content_type.unwrap_or(ContentType::TEXT_PLAIN))
        .header(ContentDisposition::attachment(&name))
        .body(Body::dangerous_pre_encoded(contents, ContentTransferEncoding::Base64))
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

    /// The whole mail, with `bodies`, the encoded contents of its attachments in their order, in
    /// the places of the marks.
    ///
    /// # Errors
    /// A mark that is not there.
    pub fn complete(&self, order: &NewDelivery, bodies: &[Arc<[u8]>]) -> Result<Vec<u8>, ComposeError> {
        let mut mail = Vec::with_capacity(self.0.len() + bodies.iter().map(|body| body.len()).sum::<usize>());
        let mut rest = self.0.as_slice();
        for (index, (file, body)) in order.attachments.iter().zip(bodies).enumerate() {
            let mark = mark(&order.message_id, index);
            let at = rest.windows(mark.len()).position(|window| window == mark.as_bytes());
            let parts = at.and_then(|at| Some((rest.get(..at)?, rest.get(at + mark.len()..)?)));
            let (before, after) = parts.ok_or_else(|| ComposeError::Damaged(file.file_name.clone()))?;
            mail.extend_from_slice(before);
            mail.extend_from_slice(body);
            rest = after;
        }
        mail.extend_from_slice(rest);
        Ok(mail)
    }
}

#[cfg(test)]
mod tests;
