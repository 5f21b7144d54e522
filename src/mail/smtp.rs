//! One conversation with the mail server, step by step, each with its own deadline.
//!
//! lettre's connection is driven by hand. Its pooled `send()` bounds the connecting alone, and
//! inside a timeout it hands back connections in mid-transaction. What it does not tell is
//! whether the final dot was sent when the connection breaks: [`contents`] does, because the
//! connection takes the mail piece by piece and writes the dot right after the last piece.
//! "The last piece was asked for and there was none" is therefore the first moment at which
//! the server may have taken the mail, and the finest there is from outside.

mod connect;
mod line;
mod verdict;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Rcpt, Rset};
use lettre::transport::smtp::extension::MailParameter;
use lettre::transport::smtp::response::Response;
use tokio::time::{Instant, timeout};

use crate::config::Smtp;
use crate::crash;
use crate::outbox::Outcome;
use verdict::{Failure, Stage};

/// Bytes written at once; a deadline holds for each such piece, so that a large mail over a
/// thin line has time.
const PIECE: usize = 32 * 1024;

/// A connection unused for longer is asked whether it is still there before a mail goes over.
const TRUSTED_FOR: Duration = Duration::from_secs(5);

/// How long to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// Brings mails to the server, over one connection that it keeps from mail to mail.
pub struct Courier {
    settings: Smtp,
    /// Made once: reading the system's certificates takes a while.
    tls: Option<TlsParameters>,
    open: Option<Open>,
}

/// A connection in the state "ready for MAIL FROM".
struct Open {
    connection: AsyncSmtpConnection,
    /// What the server said it takes, in bytes (RFC 1870).
    size_limit: Option<usize>,
    announces_size: bool,
    used_at: Instant,
}

impl Courier {
    /// A courier that connects when the first mail comes.
    #[must_use]
    pub const fn new(settings: Smtp) -> Self {
        Self { settings, tls: None, open: None }
    }

    /// Brings one mail (ASCII, lines ended by CR LF) from `sender` to `recipient`.
    ///
    /// Only "250" after the final dot is [`Outcome::Delivered`].
    pub async fn send(&mut self, sender: &str, recipient: &str, mail: &[u8]) -> Outcome {
        let (Ok(sender), Ok(recipient)) = (sender.parse::<Address>(), recipient.parse::<Address>()) else {
            return Outcome::Permanent { reply: "expected a mail address".to_owned() };
        };
        // A server may close a connection between two mails; that says nothing about the second
        // mail, so it gets one new connection, once.
        let reused = self.open.is_some();
        match self.try_once(&sender, &recipient, mail).await {
            Err(failure) if reused && failure.is_stale_connection() => {
                self.try_once(&sender, &recipient, mail).await.unwrap_or_else(Failure::into_outcome)
            }
            result => result.unwrap_or_else(Failure::into_outcome),
        }
    }

    /// The largest mail that the server takes, in bytes, where it says so (SIZE of its greeting);
    /// connects where there is no connection.
    ///
    /// # Errors
    /// How a mail would have fared.
    pub async fn size_limit(&mut self) -> Result<Option<usize>, Outcome> {
        self.open().await.map_err(Failure::into_outcome)?;
        Ok(self.open.as_ref().and_then(|open| open.size_limit))
    }

    /// Says goodbye, when there is nothing more to bring.
    pub async fn rest(&mut self) {
        if let Some(mut open) = self.open.take() {
            let _ = timeout(GOODBYE, open.connection.quit()).await;
        }
    }

    /// Connects, greets and authenticates, and says goodbye; for `check --online`.
    ///
    /// # Errors
    /// How a mail would have fared.
    pub async fn greet(&mut self) -> Result<(), Outcome> {
        self.open().await.map_err(Failure::into_outcome)?;
        self.rest().await;
        Ok(())
    }

    async fn open(&mut self) -> Result<(), Failure> {
        let deadline = self.settings.timeout;
        if let Some(open) = &mut self.open
            && open.used_at.elapsed() > TRUSTED_FOR
        {
            let alive = timeout(deadline, open.connection.command(Noop)).await;
            if !matches!(alive, Ok(Ok(_))) {
                self.open = None;
            }
        }
        if self.open.is_none() {
            if self.tls.is_none() {
                self.tls = connect::tls(&self.settings)?;
            }
            self.open = Some(connect::connect(&self.settings, self.tls.as_ref()).await?);
        }
        Ok(())
    }

    /// One transaction. The connection is kept only where it is known to be in order.
    async fn try_once(&mut self, sender: &Address, recipient: &Address, mail: &[u8]) -> Result<Outcome, Failure> {
        self.open().await?;
        let Some(mut open) = self.open.take() else {
            return Err(Failure::said(Stage::Connecting, "there is no connection"));
        };
        let deadline = self.settings.timeout;
        let result = transact(&mut open, sender, recipient, mail, deadline).await;
        let in_order = match &result {
            Ok(_) => true,
            Err(failure) if failure.was_answered() => {
                matches!(timeout(deadline, open.connection.command(Rset)).await, Ok(Ok(r)) if r.has_code(250))
            }
            Err(_) => false,
        };
        if in_order {
            open.used_at = Instant::now();
            self.open = Some(open);
        }
        result
    }
}

impl std::fmt::Debug for Courier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Courier").field("settings", &self.settings).finish_non_exhaustive()
    }
}

async fn transact(
    open: &mut Open,
    sender: &Address,
    recipient: &Address,
    mail: &[u8],
    deadline: Duration,
) -> Result<Outcome, Failure> {
    let mut parameters = Vec::new();
    if open.announces_size {
        parameters.push(MailParameter::Size(mail.len()));
    }
    let international = !AsRef::<str>::as_ref(sender).is_ascii() || !AsRef::<str>::as_ref(recipient).is_ascii();
    if international {
        use lettre::transport::smtp::extension::Extension;
        if !open.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let reply = "the address has letters beyond ASCII, which the mail server does not take (SMTPUTF8)";
            return Ok(Outcome::Permanent { reply: reply.to_owned() });
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let connection = &mut open.connection;
    let mail_from = Mail::new(Some(sender.clone()), parameters);
    step(Stage::Sender, deadline, connection.command(mail_from), |r| r.has_code(250)).await?;
    let rcpt_to = Rcpt::new(recipient.clone(), Vec::new());
    step(Stage::Recipient, deadline, connection.command(rcpt_to), |r| r.has_code(250) || r.has_code(251)).await?;
    step(Stage::Data, deadline, connection.command(Data), |r| r.has_code(354)).await?;
    crash::point("mail-before-dot");
    let response = contents(connection, mail, deadline).await?;
    Ok(Outcome::Delivered { reply: verdict::told(&response) })
}

/// One command and its answer, which must be the one that the protocol foresees: lettre takes
/// any 2xx and 3xx for a yes.
async fn step(
    stage: Stage,
    deadline: Duration,
    answer: impl Future<Output = Result<Response, Error>>,
    expected: impl Fn(&Response) -> bool,
) -> Result<Response, Failure> {
    match timeout(deadline, answer).await {
        Err(_) => Err(Failure::late(stage, deadline)),
        Ok(Err(error)) => Err(Failure::of(stage, &error)),
        Ok(Ok(response)) if expected(&response) => Ok(response),
        Ok(Ok(response)) => Err(Failure::unexpected(stage, &response)),
    }
}

/// The mail and the final dot. The deadline holds for each piece that goes out and for the
/// answer; what has been handed over decides between "try again" and "may have arrived".
async fn contents(connection: &mut AsyncSmtpConnection, mail: &[u8], deadline: Duration) -> Result<Response, Failure> {
    // The connection ends the last line itself.
    let mail = mail.strip_suffix(b"\r\n").unwrap_or(mail);
    let asked_for = AtomicUsize::new(0);
    let pieces = mail.len().div_ceil(PIECE);
    let stage = || if asked_for.load(Ordering::SeqCst) > pieces { Stage::AfterDot } else { Stage::Contents };
    let mut rest = mail.chunks(PIECE);
    let counted = std::iter::from_fn(|| {
        asked_for.fetch_add(1, Ordering::SeqCst);
        rest.next()
    });
    let sending = connection.message_iter(counted);
    tokio::pin!(sending);
    loop {
        let before = asked_for.load(Ordering::SeqCst);
        let waiting = std::future::poll_fn(|context| {
            let polled = sending.as_mut().poll(context);
            if polled.is_pending() && matches!(stage(), Stage::AfterDot) {
                crash::point("mail-after-dot");
            }
            polled
        });
        match timeout(deadline, waiting).await {
            Err(_) if asked_for.load(Ordering::SeqCst) > before => {}
            Err(_) => return Err(Failure::late(stage(), deadline)),
            Ok(Err(error)) => return Err(Failure::of(stage(), &error)),
            Ok(Ok(response)) if response.has_code(250) => return Ok(response),
            Ok(Ok(response)) => return Err(Failure::unexpected(stage(), &response)),
        }
    }
}

#[cfg(test)]
mod tests;
