//! A notification that a mail did not arrive (RFC 3464), and which mail that was.

use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};

/// The longest reason that is kept, in characters.
const LONGEST: usize = 400;

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notification {
    /// `Message-ID` of the mail that did not arrive, with its angle brackets.
    pub(super) message_id: String,
    /// Why: the server's own words, else the status.
    pub(super) reason: String,
}

/// Reads a mail; `None` where it is no such notification: an answer, a notice of a delay, an advertisement.
pub(super) fn read(mail: &[u8]) -> Option<Notification> {
    let message = MessageParser::default().parse(mail)?;
    let kind = message.content_type()?;
    let is_report = kind.ctype().eq_ignore_ascii_case("multipart")
        && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
        && kind.attribute("report-type").is_some_and(|of| of.eq_ignore_ascii_case("delivery-status"));
    if !is_report {
        return None;
    }
    let (mut reason, mut original) = (None, None);
    for part in &message.parts {
        let Some(kind) = part.content_type() else { continue };
        let name = format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase();
        match name.as_str() {
            "message/delivery-status" | "message/global-delivery-status" => reason = failure(part.contents()),
            "message/rfc822" | "message/global" => {
                original = match &part.body {
                    PartType::Message(inner) => message_id(inner),
                    _ => MessageParser::default().parse(part.contents()).and_then(|inner| message_id(&inner)),
                };
            }
            "text/rfc822-headers" | "message/global-headers" => {
                let inner = MessageParser::default().parse_headers(part.contents());
                original = inner.and_then(|inner| message_id(&inner));
            }
            _ => {}
        }
    }
    Some(Notification { message_id: original?, reason: reason? })
}

fn message_id(message: &Message<'_>) -> Option<String> {
    message.message_id().map(|id| format!("<{}>", id.trim_matches(['<', '>', ' '])))
}

/// Why a mail was given up; `None` where it was not: it is late, or has arrived.
fn failure(status: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(status).replace("\r\n", "\n");
    // The first block is of the mail, each further one of a recipient; ours have one.
    for block in text.split("\n\n") {
        let fields = unfolded(block);
        let field = |name: &str| {
            fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
        };
        if field("Action").is_some_and(|action| action.eq_ignore_ascii_case("failed")) {
            let said = field("Diagnostic-Code").map(|code| code.split_once(';').map_or(code, |(_, said)| said).trim());
            let status = field("Status").unwrap_or("5.0.0");
            let reason = said.filter(|said| !said.is_empty()).unwrap_or(status);
            // Many servers begin with the status themselves.
            let reason = if reason.contains(status) { reason.to_owned() } else { format!("{status} {reason}") };
            return Some(reason.chars().take(LONGEST).collect());
        }
    }
    None
}

/// The fields of a block, each on one line (RFC 5322, section 2.2.3).
fn unfolded(block: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        match (line.starts_with([' ', '\t']), fields.last_mut()) {
            (true, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            _ => {
                if let Some((name, value)) = line.split_once(':') {
                    fields.push((name.trim().to_owned(), value.trim().to_owned()));
                }
            }
        }
    }
    fields
}
