//! What a failed step says about the mail, the recipient, or the whole channel.

use std::error::Error as _;
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Response;

use crate::outbox::Outcome;

/// The most of a server's answer that is kept, in characters.
const KEPT: usize = 500;

/// Where in the conversation a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// TCP, implicit TLS, the server's greeting and ours.
    Connecting,
    /// STARTTLS, and what we must trust for it.
    Encrypting,
    /// The second greeting, which tells what the server offers.
    Greeting,
    /// Name and password.
    Authenticating,
    /// `MAIL FROM`.
    Sender,
    /// `RCPT TO`.
    Recipient,
    /// `DATA`.
    Data,
    /// The mail itself, before the final dot.
    Contents,
    /// From the moment the final dot may have been sent.
    AfterDot,
}

impl Stage {
    const fn words(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Encrypting => "starting TLS",
            Self::Greeting => "greeting",
            Self::Authenticating => "authentication",
            Self::Sender => "MAIL FROM",
            Self::Recipient => "RCPT TO",
            Self::Data => "DATA",
            Self::Contents => "sending the mail",
            Self::AfterDot => "the final dot",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The server answered with this code, such as 450.
    Answered(u16),
    /// An answer that the protocol does not foresee here: the two sides no longer agree on
    /// where they are.
    Unexpected,
    /// No answer in time.
    Late,
    /// The connection broke, or could not be made.
    Network,
    /// TLS, a certificate, or our own settings.
    Ours,
}

/// A step that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    stage: Stage,
    kind: Kind,
    reply: String,
}

impl Failure {
    /// Our settings, or what they lead to, are at fault.
    pub(super) fn said(stage: Stage, reply: &str) -> Self {
        Self { stage, kind: Kind::Ours, reply: reply.to_owned() }
    }

    pub(super) fn network(stage: Stage, reply: &str) -> Self {
        Self { stage, kind: Kind::Network, reply: format!("{}: {}", stage.words(), shortened(reply)) }
    }

    /// There is no connection. A host that does not exist is a slip in the settings; one that
    /// cannot be looked up at this moment is not.
    pub(super) fn unreachable(reply: &str) -> Self {
        let kind = if reply.contains("Name or service not known") { Kind::Ours } else { Kind::Network };
        let stage = Stage::Connecting;
        Self { stage, kind, reply: format!("{}: {}", stage.words(), shortened(reply)) }
    }

    pub(super) fn late(stage: Stage, deadline: Duration) -> Self {
        let reply = format!("no answer to {} within {} s", stage.words(), deadline.as_secs_f32());
        Self { stage, kind: Kind::Late, reply }
    }

    pub(super) fn unexpected(stage: Stage, response: &Response) -> Self {
        let reply = format!("unexpected answer to {}: {}", stage.words(), told(response));
        Self { stage, kind: Kind::Unexpected, reply }
    }

    pub(super) fn of(stage: Stage, error: &Error) -> Self {
        let words = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        if let Some(code) = error.status() {
            let number: u16 = code.to_string().parse().unwrap_or(0);
            return Self { stage, kind: Kind::Answered(number), reply: shortened(&format!("{code} {words}")) };
        }
        let words = if error.is_response() { foreign(&words) } else { words };
        let is_ours = error.is_client() || error.is_tls() || is_untrusted(error);
        let kind = if is_ours { Kind::Ours } else { Kind::Network };
        if words == "incomplete response" {
            let reply = format!("the server closed the connection instead of answering {}", stage.words());
            return Self { stage, kind, reply };
        }
        Self { stage, kind, reply: format!("{}: {}", stage.words(), shortened(&words)) }
    }

    /// Whether the server gave an orderly answer, so that the connection can go on after RSET.
    pub(super) const fn was_answered(&self) -> bool {
        matches!(self.kind, Kind::Answered(code) if code != 421)
    }

    /// Whether a kept connection turned out to be closed before it took anything of this mail.
    pub(super) const fn is_stale_connection(&self) -> bool {
        matches!((self.stage, self.kind), (Stage::Sender, Kind::Network | Kind::Answered(421)))
    }

    /// What becomes of the delivery.
    ///
    /// An answer of 4xx is the moment's. One of 5xx is the recipient's or the mail's, except
    /// before there is a recipient, where it refuses us and so concerns every mail: our
    /// greeting, our name and password, our sender's address. No word against TLS or our password
    /// is one against a mail, not even for the moment. `530` and its like ask for
    /// authentication wherever they come; `552` to `MAIL FROM` means the mail's size.
    pub(super) fn into_outcome(self) -> Outcome {
        let reply = self.reply;
        match (self.stage, self.kind) {
            (Stage::AfterDot, Kind::Late | Kind::Network | Kind::Unexpected | Kind::Ours) => {
                Outcome::NoAnswer { reply }
            }
            (_, Kind::Answered(530 | 534 | 535 | 538)) | (_, Kind::Ours) => Outcome::ChannelAtFault { reply },
            (Stage::Sender, Kind::Answered(552)) => Outcome::Permanent { reply },
            (
                Stage::Connecting | Stage::Encrypting | Stage::Greeting | Stage::Authenticating | Stage::Sender,
                Kind::Answered(500..),
            ) => Outcome::ChannelAtFault { reply },
            // Nobody gets in, whoever the mail is for: one mail finds out for all.
            (Stage::Encrypting | Stage::Authenticating, Kind::Answered(code)) if code != 421 => {
                Outcome::ChannelAtFault { reply }
            }
            (_, Kind::Answered(500..)) => Outcome::Permanent { reply },
            (_, Kind::Answered(_) | Kind::Unexpected | Kind::Late | Kind::Network) => Outcome::Transient { reply },
        }
    }
}

/// What is said where the answer is none of the protocol: the parser's words are nobody's.
fn foreign(words: &str) -> String {
    if words.contains("incomplete") {
        return "the connection was closed in the middle of an answer".to_owned();
    }
    let answered = words.split_once("at: ").map_or("", |(_, rest)| rest);
    let line = answered.split(['\r', '\n']).next().unwrap_or_default().trim();
    let line: String = line.chars().filter(|c| !c.is_control()).take(60).collect();
    if line.is_empty() {
        "the other side does not answer as a mail server does; are host and port right?".to_owned()
    } else {
        format!("the other side does not answer as a mail server does, but with “{line}”; are host and port right?")
    }
}

/// Whether a certificate was refused, or the other side does not speak TLS: rustls reports
/// both as invalid data of the stream.
fn is_untrusted(error: &Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            // An answer that is no text comes as invalid data too, and is no matter of trust.
            return io.kind() == std::io::ErrorKind::InvalidData && !io.to_string().contains("UTF-8");
        }
        source = cause.source();
    }
    error.to_string().contains("valid DNS name")
}

/// `250 2.0.0 Ok: queued as 4F2A`.
pub(super) fn told(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    shortened(&format!("{} {}", response.code(), lines.join(" ")))
}

fn shortened(text: &str) -> String {
    let text = crate::letter::one_line(text);
    match text.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(stage: Stage, kind: Kind) -> &'static str {
        match (Failure { stage, kind, reply: String::new() }).into_outcome() {
            Outcome::Delivered { .. } => "delivered",
            Outcome::Transient { .. } => "transient",
            Outcome::Permanent { .. } => "permanent",
            Outcome::NoAnswer { .. } => "no answer",
            Outcome::ChannelAtFault { .. } => "channel",
        }
    }

    #[test]
    fn an_answer_of_another_protocol_is_told_in_words() {
        let told = foreign("error Tag at: HTTP/1.1 400 Bad Request\r\nServer: x\r\n");
        assert!(told.contains("“HTTP/1.1 400 Bad Request”") && told.contains("port"), "{told}");
        assert!(!foreign("error Tag at: ").contains("Tag"));
        assert!(foreign("incomplete response").contains("closed"));
    }

    #[test]
    fn every_answer_has_its_consequence() {
        use Kind::{Answered, Late, Network, Ours, Unexpected};
        use Stage::{AfterDot, Authenticating, Connecting, Contents, Data, Encrypting, Recipient, Sender};
        for (stage, kind, expected) in [
            (Connecting, Network, "transient"),
            (Connecting, Late, "transient"),
            (Connecting, Answered(421), "transient"),
            (Connecting, Answered(554), "channel"),
            (Connecting, Ours, "channel"),
            (Encrypting, Ours, "channel"),
            (Encrypting, Answered(454), "channel"),
            (Authenticating, Answered(535), "channel"),
            (Authenticating, Answered(454), "channel"),
            (Authenticating, Answered(421), "transient"),
            (Sender, Answered(530), "channel"),
            (Sender, Answered(550), "channel"),
            (Sender, Answered(552), "permanent"),
            (Sender, Answered(451), "transient"),
            (Recipient, Answered(550), "permanent"),
            (Recipient, Answered(530), "channel"),
            (Recipient, Answered(450), "transient"),
            (Recipient, Unexpected, "transient"),
            (Data, Answered(554), "permanent"),
            (Contents, Network, "transient"),
            (Contents, Late, "transient"),
            (AfterDot, Answered(550), "permanent"),
            (AfterDot, Answered(451), "transient"),
            (AfterDot, Network, "no answer"),
            (AfterDot, Late, "no answer"),
            (AfterDot, Unexpected, "no answer"),
        ] {
            assert_eq!(word(stage, kind), expected, "{stage:?} {kind:?}");
        }
    }
}
