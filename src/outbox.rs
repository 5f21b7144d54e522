//! The outbox: nothing is sent that is not first a row here.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::digest;
use crate::recipient::Language;

/// Where a delivery stands. The ledger's CHECK constraint says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Not yet tried.
    Pending,
    /// An attempt is under way, under a lease.
    Sending,
    /// To be tried again later.
    Waiting,
    /// No answer after the final dot: it may have arrived.
    Unknown,
    /// The server took it: 250 after the final dot, or the Maildir has it.
    Delivered,
    /// The server took it, and a notification came later that it did not arrive.
    Bounced,
    /// Only a person may revive it.
    DeadLetter,
    /// Taken back by a person before it was sent.
    Cancelled,
}

impl DeliveryState {
    /// All states.
    pub const ALL: [Self; 8] = [
        Self::Pending,
        Self::Sending,
        Self::Waiting,
        Self::Unknown,
        Self::Delivered,
        Self::Bounced,
        Self::DeadLetter,
        Self::Cancelled,
    ];

    /// The word that the ledger and the pages use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Waiting => "waiting",
            Self::Unknown => "unknown",
            Self::Delivered => "delivered",
            Self::Bounced => "bounced",
            Self::DeadLetter => "dead_letter",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a word, if it is one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// What a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A released edition, to a recipient.
    Report,
    /// A compiled edition, to an approver.
    SignOff,
    /// A notice to the operators.
    Notice,
    /// The answer to whoever sent a file, or a question about it.
    Answer,
    /// What a contributor still owes, and how things stand before a report is due.
    Reminder,
}

impl Purpose {
    /// The word that the ledger and the pages use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::SignOff => "sign_off",
            Self::Notice => "notice",
            Self::Answer => "answer",
            Self::Reminder => "reminder",
        }
    }

    /// The purpose of a word, if it is one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Report, Self::SignOff, Self::Notice, Self::Answer, Self::Reminder].into_iter().find(|s| s.word() == word)
    }
}

/// What a mail says, in one language, in two forms with the same content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Language of the letter.
    pub language: Language,
    /// Subject line, without line breaks.
    pub subject: String,
    /// Plain text, lines ended by `\n`.
    pub text: String,
    /// HTML with the same content.
    pub html: String,
    /// The sentence of both that says what is attached, where there is one: a mail that is too
    /// large for its attachment says something else in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached: Option<String>,
    /// `Message-ID`s of the earlier mails to the same person that this one goes on from, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thread: Vec<String>,
}

/// A delivery about to be written into the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    /// The run it belongs to, if any.
    pub run: Option<i64>,
    /// What it is for.
    pub purpose: Purpose,
    /// Display name of the recipient.
    pub name: String,
    /// Mailbox of the recipient.
    pub email: String,
    /// What it says.
    pub letter: Letter,
    /// Editions to attach: paths below the home, with name and SHA-256.
    pub attachments: Vec<Attachment>,
    /// `Message-ID` with its angle brackets, chosen once.
    pub message_id: String,
    /// One cause, one mail: a second delivery with the same key is not written.
    pub unique_key: String,
}

/// A `Message-ID` with its angle brackets (RFC 5322, section 3.6.4), for a delivery about to be
/// written: the same for the same cause, sender and instant, and for no other. `from` is the
/// sender's mailbox, whose host makes it the world's own.
#[must_use]
pub fn message_id(unique_key: &str, from: &str, now: DateTime<Utc>) -> String {
    let seed = format!("{unique_key}\n{from}\n{}", now.to_rfc3339());
    let mut local = digest::of(seed.as_bytes());
    local.truncate(24);
    let host = from.rsplit_once('@').map(|(_, host)| host).filter(|host| host.is_ascii()).unwrap_or("localhost");
    format!("<{local}.{}@{host}>", now.timestamp())
}

/// A file that travels with a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Path below the home.
    pub path: String,
    /// ASCII name it is given in the mail.
    pub file_name: String,
    /// SHA-256 in lower-case hexadecimal; a file that no longer has it is not sent.
    pub sha256: String,
}

/// A delivery as the ledger has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Number in the ledger.
    pub id: i64,
    /// What was written.
    pub order: NewDelivery,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it was written; the `Date` of the mail.
    pub created_at: DateTime<Utc>,
    /// Attempts begun.
    pub attempts: u32,
    /// Not before this instant.
    pub next_attempt_at: DateTime<Utc>,
    /// The last answer, or why it waits.
    pub last_reply: Option<String>,
    /// Marked when an attempt ended without an answer after the final dot.
    pub possible_duplicate: bool,
    /// Too large for a mail: it goes with a link in place of its attachments.
    pub linked: bool,
    /// Fencing number of the claim; compared in every later update.
    pub fence: i64,
    /// The mail as composed for the first attempt: everything before and after the
    /// attachments' base64. `None` until then.
    pub composed: Option<Vec<u8>>,
}

/// How one attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 250 after the final dot, or a file in the Maildir.
    Delivered {
        /// The server's answer.
        reply: String,
    },
    /// A 4xx answer, or the network: try again.
    Transient {
        /// The server's answer or the error.
        reply: String,
    },
    /// A 5xx answer for this recipient: a dead letter.
    Permanent {
        /// The server's answer.
        reply: String,
    },
    /// The connection broke after the final dot was sent.
    NoAnswer {
        /// What was seen.
        reply: String,
    },
    /// TLS, authentication or configuration is at fault: the channel is held, and this
    /// delivery loses no attempt.
    ChannelAtFault {
        /// What was seen.
        reply: String,
    },
}
