//! How mail leaves, and where it comes back to: what `[mail]` and `[bounces]` say.

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

/// `[mail]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Mail {
    pub transport: Transport,
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
    pub operators: Vec<Mailbox>,
    /// Where the Maildir is, below the home.
    pub maildir: PathBuf,
    pub smtp: Option<Smtp>,
    /// First wait after a transient failure; it doubles, with jitter, up to `retry_ceiling`.
    pub retry_first: Duration,
    pub retry_ceiling: Duration,
    /// A delivery older than this becomes a dead letter.
    pub give_up_after: Duration,
    /// The most that a mail may weigh, in megabytes, as it goes over the line.
    pub max_mb: u32,
    /// What becomes of a mail above that, or above what the server takes.
    pub too_large: TooLarge,
    /// Where the archive's folder can be read, for links in place of attachments.
    pub archive_url: Option<String>,
    pub dkim: Option<Dkim>,
}

/// What becomes of a mail that is too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TooLarge {
    /// It is not sent, and the operators are told.
    Refuse,
    /// It goes without its attachment and with a link to the archive.
    Link,
}

/// `[mail.dkim]`: the signature by which a receiver knows that the domain sent the mail.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Dkim {
    pub domain: String,
    pub selector: String,
    pub key_file: PathBuf,
    /// The private key, as PEM; never shown.
    #[serde(skip)]
    pub key: String,
}

impl std::fmt::Debug for Dkim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dkim").field("domain", &self.domain).field("selector", &self.selector).finish_non_exhaustive()
    }
}

/// So many mails in such a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// How many mails, at least one.
    pub mails: u32,
    /// In what span.
    pub per: Duration,
}

/// Which way mail leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// Into the Maildir of the home.
    Maildir,
    /// To an SMTP server.
    Smtp,
}

/// A display name, perhaps, and an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the two parts of a mailbox")]
pub struct Mailbox {
    pub name: Option<String>,
    pub email: String,
}

impl std::fmt::Display for Mailbox {
    /// As it is typed: `Name <name@example.org>`, or the address alone.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.email),
            None => f.write_str(&self.email),
        }
    }
}

/// `[mail.smtp]`
#[derive(Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub username: Option<String>,
    /// From `password_file` or the environment; never shown.
    #[serde(skip)]
    pub password: Option<String>,
    pub connections: u32,
    /// How many mails the server takes in a span of time; no limit when unset.
    pub rate: Option<Rate>,
    /// Deadline of each step of the conversation.
    pub timeout: Duration,
    /// A certificate authority to trust beside the system's, as a PEM file.
    pub ca_file: Option<PathBuf>,
    /// Name to greet the server with; the machine's own when unset.
    pub hello: Option<String>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

/// How the connection to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// TLS from the first byte, port 465.
    Implicit,
    /// STARTTLS, demanded.
    Starttls,
    /// Plain text, to loopback only.
    None,
}

/// `[bounces]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Bounces {
    #[serde(flatten)]
    pub mailbox: Option<BounceBox>,
    /// How often it is looked into.
    pub every: Duration,
}

/// A mailbox that notifications of mails come to that did not arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BounceBox {
    /// A Maildir, absolute or below the home.
    Maildir(PathBuf),
    /// A mailbox on a server.
    Imap(Imap),
}

/// `[bounces.imap]`
#[derive(Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Imap {
    pub host: String,
    pub port: u16,
    /// TLS from the first byte, by STARTTLS, or none to this machine.
    pub tls: Tls,
    pub username: String,
    /// From `password_file`; never shown.
    #[serde(skip)]
    pub password: Option<String>,
    pub mailbox: String,
    pub ca_file: Option<PathBuf>,
}

impl std::fmt::Debug for Imap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Imap").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}
