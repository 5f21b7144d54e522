//! One delivery at a time: take it, try it, write down how that ended.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tracing::{error, info, warn};

use super::attachment::Shelf;
use super::compose::{Composed, compose, compose_signed};
use super::{Courier, MailError, Maildir, Signer, large, masked, retry_at};
use crate::clock::Clock;
use crate::config::{Config, Transport};
use crate::crash;
use crate::letter::{Desk, Linked, linked};
use crate::locale::Locale;
use crate::outbox::{Delivery, DeliveryState, NewDelivery, Outcome};
use crate::recipient::Language;
use crate::step::Step;
use crate::store::{Store, StoreError};

/// How long a claimed delivery is ours; the daemon renews it while a slow server keeps us.
const LEASE: Duration = Duration::from_secs(30);

/// Tries that even an old delivery has: one that a person revived, or that lay in the outbox
/// while the daemon was off, may be greylisted once.
const FAIR_TRIES: u32 = 2;

/// How long a channel at fault rests before one mail tries it again.
const CHANNEL_REST: TimeDelta = TimeDelta::minutes(5);

/// Takes mails from the outbox to the server or the Maildir. One of them has one connection;
/// the daemon starts as many as `mail.smtp.connections` says.
pub struct Postman {
    store: Store,
    config: Arc<Config>,
    clock: Clock,
    way: Way,
    /// The files sent last.
    shelf: Shelf,
    /// Made when the first mail is to be signed.
    signer: Option<Signer>,
    /// A mark of the settings that decide whether a server takes our mail.
    settings: i64,
}

enum Way {
    Maildir(Maildir),
    Smtp(Box<Courier>),
}

impl Postman {
    /// A postman who goes the way that the configuration says.
    #[must_use]
    pub fn new(store: Store, config: Arc<Config>, clock: Clock) -> Self {
        let way = match (&config.mail.transport, &config.mail.smtp) {
            (Transport::Smtp, Some(smtp)) => Way::Smtp(Box::new(Courier::new(smtp.clone()))),
            _ => Way::Maildir(Maildir::new(config.at_home(&config.mail.maildir))),
        };
        let settings = settings_mark(&config);
        Self { store, config, clock, way, shelf: Shelf::default(), signer: None, settings }
    }

    /// Tries one delivery that is due, and says whether there was one.
    ///
    /// The attempt is written down before the connection is opened, and no transaction is open
    /// while it lasts. If we crash in between, the delivery is rescued and tried again: a
    /// recipient may get a report twice, but never not at all, and both copies carry the same
    /// `Message-ID`.
    ///
    /// # Errors
    /// The ledger's trouble. What goes wrong with a mail is written into the ledger instead.
    pub async fn step(&mut self) -> Result<Step, MailError> {
        let now = self.clock.now();
        let mut held = self.store.channel_hold().await?;
        if held.is_some() && self.store.release_changed(self.settings).await? {
            info!("the mail settings have changed since sending was held; it is tried again");
            held = None;
        }
        if held.as_ref().is_some_and(|(_, until)| now < *until) {
            return self.idle().await;
        }
        let rate = self.config.mail.smtp.as_ref().and_then(|smtp| smtp.rate).filter(|_| self.is_smtp());
        let rate = rate.and_then(|rate| Some((rate.mails, now - TimeDelta::from_std(rate.per).ok()?)));
        // A signature needs the attachments' contents, which are read afterwards.
        let mail = &self.config.mail;
        let is_signed = self.is_smtp() && mail.dkim.is_some();
        let composed = |delivery: &Delivery| match is_signed {
            true => None,
            false => Some(compose(&delivery.order, delivery.created_at, mail).ok()?.as_bytes().to_vec()),
        };
        let Some(delivery) = self.store.claim_delivery_within(now, LEASE, rate, composed).await? else {
            return self.idle().await;
        };
        crash::point("mail-claimed");
        let outcome = self.attempt(&delivery).await?;
        // The mail may have arrived; nothing says so yet.
        crash::point("mail-answered");
        self.finish(&delivery, &outcome, held.is_some()).await?;
        Ok(Step::Worked)
    }

    const fn is_smtp(&self) -> bool {
        matches!(self.way, Way::Smtp(_))
    }

    async fn idle(&mut self) -> Result<Step, MailError> {
        self.rest().await;
        Ok(Step::Idle)
    }

    /// Closes the connection to the server, if there is one; a later step opens another.
    pub async fn rest(&mut self) {
        if let Way::Smtp(courier) = &mut self.way {
            courier.rest().await;
        }
    }

    async fn attempt(&mut self, delivery: &Delivery) -> Result<Outcome, MailError> {
        let order = &match delivery.linked {
            true => large::without_attachments(&delivery.order),
            false => delivery.order.clone(),
        };
        let bodies = match self.shelf.bodies(&self.config.home, &order.attachments).await {
            Ok(bodies) => bodies,
            Err(outcome) => return Ok(outcome),
        };
        let composed = match &delivery.composed {
            Some(bytes) => Composed::kept(bytes.clone()),
            None => match self.compose(order, delivery.created_at, &bodies) {
                Ok(composed) => {
                    self.store.keep_composed(delivery.id, delivery.fence, composed.as_bytes()).await?;
                    composed
                }
                Err(outcome) => return Ok(outcome),
            },
        };
        crash::point("mail-composed");
        let mail = match composed.complete(order, &bodies) {
            Ok(mail) => mail,
            Err(problem) => return Ok(Outcome::Permanent { reply: problem.to_string() }),
        };
        let outcome = match &mut self.way {
            Way::Maildir(maildir) => {
                return Ok(maildir.deliver(&order.message_id, delivery.created_at, mail).await);
            }
            Way::Smtp(courier) => send(&self.config, courier, order, &mail).await,
        };
        let is_too_large = matches!(&outcome, Sent::TooLarge(_))
            || matches!(&outcome, Sent::Ended(outcome) if large::is_refusal_for_size(outcome));
        let outcome = match outcome {
            Sent::Ended(outcome) => outcome,
            Sent::TooLarge(reply) => Outcome::Permanent { reply },
        };
        match large::links(&self.config, delivery).filter(|_| is_too_large) {
            Some(links) => self.send_links(delivery, &links).await,
            None => Ok(outcome),
        }
    }

    /// The mail once more, with links in place of its attachments; no copy with them can have
    /// arrived, because the server takes none of that size.
    async fn send_links(&mut self, delivery: &Delivery, links: &[Linked]) -> Result<Outcome, MailError> {
        let desk = self.desk(delivery.order.letter.language)?;
        let letter = linked(&delivery.order.letter, links, &desk);
        let order = NewDelivery { letter, ..large::without_attachments(&delivery.order) };
        let composed = match self.compose(&order, delivery.created_at, &[]) {
            Ok(composed) => composed,
            Err(outcome) => return Ok(outcome),
        };
        self.store.keep_linked(delivery.id, delivery.fence, composed.as_bytes()).await?;
        let Way::Smtp(courier) = &mut self.way else {
            return Ok(Outcome::Permanent { reply: "there is no mail server".to_owned() });
        };
        Ok(match send(&self.config, courier, &order, composed.as_bytes()).await {
            Sent::Ended(outcome) => outcome,
            Sent::TooLarge(reply) => Outcome::Permanent { reply },
        })
    }

    /// Who writes letters in a language, by the home's own templates where it has some.
    fn desk(&self, language: Language) -> Result<Desk, MailError> {
        let overrides = self.config.at_home(Path::new("templates"));
        let locale = Arc::new(Locale::load(language, Some(&overrides))?);
        Ok(Desk::new(locale, Some(&overrides))?)
    }

    /// The mail as it will be sent at every attempt, signed where the configuration says so. What
    /// waits in a Maildir is for us to look at, and needs no signature.
    fn compose(
        &mut self,
        order: &NewDelivery,
        created_at: DateTime<Utc>,
        bodies: &[Arc<[u8]>],
    ) -> Result<Composed, Outcome> {
        let mail = &self.config.mail;
        let composed = match (&mail.dkim, &self.way) {
            (Some(dkim), Way::Smtp(_)) => {
                if self.signer.is_none() {
                    self.signer = Some(Signer::new(dkim).map_err(|reply| Outcome::ChannelAtFault { reply })?);
                }
                match &self.signer {
                    Some(signer) => compose_signed(order, created_at, mail, bodies, signer),
                    None => compose(order, created_at, mail),
                }
            }
            _ => compose(order, created_at, mail),
        };
        composed.map_err(|problem| Outcome::Permanent { reply: problem.to_string() })
    }

    async fn finish(&mut self, delivery: &Delivery, outcome: &Outcome, was_held: bool) -> Result<(), MailError> {
        let now = self.clock.now();
        let retry = self.retry(delivery, outcome, now);
        let outcome = &match (outcome, retry) {
            // After days without a word we stop asking; that it may have arrived is still said.
            (Outcome::NoAnswer { reply }, None) => {
                Outcome::Permanent { reply: format!("given up; it may have arrived: {reply}") }
            }
            (other, _) => other.clone(),
        };
        if let Outcome::ChannelAtFault { reply } = outcome {
            self.store.hold_channel_for(reply, now + CHANNEL_REST, self.settings).await?;
            self.rest().await;
        }
        let state = match self.store.finish_attempt(delivery, outcome, now, retry).await {
            Ok(state) => state,
            // The lease ran out and somebody else has it, or a person cancelled it: theirs is
            // the last word.
            Err(StoreError::NotInState { found, .. }) => {
                warn!(delivery.id, found, "the delivery is no longer ours; its end is not written down");
                return Ok(());
            }
            Err(problem) => return Err(problem.into()),
        };
        if matches!(outcome, Outcome::Delivered { .. }) && was_held {
            info!("mail is being sent again");
        }
        crash::point("mail-committed");
        log(delivery, outcome, state, retry);
        Ok(())
    }

    /// When a delivery that was not delivered is due again; `None` gives it up.
    fn retry(&self, delivery: &Delivery, outcome: &Outcome, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mail = &self.config.mail;
        match outcome {
            Outcome::Delivered { .. } | Outcome::Permanent { .. } => None,
            // The hold on the channel keeps it back; it is the first to go when that ends.
            Outcome::ChannelAtFault { .. } => Some(now),
            Outcome::Transient { .. } | Outcome::NoAnswer { .. } => {
                let next = retry_at(now, delivery.attempts, mail.retry_first, mail.retry_ceiling, fastrand::f64());
                let too_old = TimeDelta::from_std(mail.give_up_after).unwrap_or(TimeDelta::MAX);
                let is_too_old = next.signed_duration_since(delivery.created_at) > too_old;
                (!is_too_old || delivery.attempts < FAIR_TRIES).then_some(next)
            }
        }
    }
}

impl std::fmt::Debug for Postman {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postman").finish_non_exhaustive()
    }
}

/// What came of handing a mail to the server.
enum Sent {
    Ended(Outcome),
    /// It was not begun, and why.
    TooLarge(String),
}

/// Hands a mail over, unless it is larger than we may send or the server takes.
async fn send(config: &Config, courier: &mut Courier, order: &NewDelivery, mail: &[u8]) -> Sent {
    if mail.len() > large::limit(config) {
        return Sent::TooLarge(large::refusal(config, mail.len(), None));
    }
    match courier.size_limit().await {
        Err(outcome) => Sent::Ended(outcome),
        Ok(Some(limit)) if mail.len() > limit => Sent::TooLarge(large::refusal(config, mail.len(), Some(limit))),
        Ok(_) => Sent::Ended(courier.send(&config.mail.from.email, &order.email, mail).await),
    }
}

/// Changes when a setting does on which it depends whether a server takes our mail. So short that
/// nobody who has a copy of the ledger can try passwords on it.
fn settings_mark(config: &Config) -> i64 {
    use sha2::{Digest as _, Sha256};
    let mail = &config.mail;
    let smtp = mail.smtp.as_ref();
    let mut hash = Sha256::new();
    for part in [
        serde_json::to_vec(mail).unwrap_or_default(),
        smtp.and_then(|smtp| smtp.password.clone()).unwrap_or_default().into_bytes(),
        mail.dkim.as_ref().map(|dkim| dkim.key.clone()).unwrap_or_default().into_bytes(),
        smtp.and_then(|smtp| std::fs::read(smtp.ca_file.as_ref()?).ok()).unwrap_or_default(),
    ] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(2).fold(0, |mark, byte| mark << 8 | i64::from(*byte))
}

fn reply_of(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Delivered { reply }
        | Outcome::Transient { reply }
        | Outcome::Permanent { reply }
        | Outcome::NoAnswer { reply }
        | Outcome::ChannelAtFault { reply } => reply,
    }
}

fn log(delivery: &Delivery, outcome: &Outcome, state: DeliveryState, retry: Option<DateTime<Utc>>) {
    let to = masked(&delivery.order.email);
    let reply = masked(reply_of(outcome));
    let (state, attempt, run) = (state.word(), delivery.attempts, delivery.order.run);
    let next = retry.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    match outcome {
        Outcome::Delivered { .. } => {
            info!(delivery.id, run.id = run, attempt, to, state, reply, "mail delivered");
        }
        Outcome::Transient { .. } | Outcome::NoAnswer { .. } if retry.is_some() => {
            warn!(delivery.id, run.id = run, attempt, to, state, reply, next, "mail not delivered yet");
        }
        Outcome::ChannelAtFault { .. } => {
            error!(delivery.id, run.id = run, to, state, reply, next, "sending is held: the mail server refuses us");
        }
        _ => {
            error!(delivery.id, run.id = run, attempt, to, state, reply, "mail given up");
        }
    }
}
