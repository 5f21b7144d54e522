//! One delivery at a time: take it, try it, write down how that ended.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tracing::{error, info, warn};

use super::compose::{Composed, compose};
use super::{Courier, MailError, Maildir, masked, retry_at};
use crate::clock::Clock;
use crate::config::{Config, Transport};
use crate::outbox::{Delivery, DeliveryState, Outcome};
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
        Self { store, config, clock, way }
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
        let held = self.store.channel_hold().await?;
        if held.as_ref().is_some_and(|(_, until)| now < *until) {
            return self.idle().await;
        }
        let Some(delivery) = self.store.claim_delivery(now, LEASE).await? else {
            return self.idle().await;
        };
        let outcome = self.attempt(&delivery).await?;
        self.finish(&delivery, &outcome, held.is_some()).await?;
        Ok(Step::Worked)
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
        let composed = match &delivery.composed {
            Some(bytes) => Composed::kept(bytes.clone()),
            None => match compose(&delivery.order, delivery.created_at, &self.config.mail) {
                Ok(composed) => {
                    self.store.keep_composed(delivery.id, delivery.fence, composed.as_bytes()).await?;
                    composed
                }
                Err(problem) => return Ok(Outcome::Permanent { reply: problem.to_string() }),
            },
        };
        let mail = match composed.complete(&delivery.order, &self.config.home).await {
            Ok(mail) => mail,
            Err(outcome) => return Ok(outcome),
        };
        let order = &delivery.order;
        Ok(match &mut self.way {
            Way::Maildir(maildir) => maildir.deliver(&order.message_id, delivery.created_at, mail).await,
            Way::Smtp(courier) => courier.send(&self.config.mail.from.email, &order.email, &mail).await,
        })
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
            self.store.hold_channel(reply, now + CHANNEL_REST).await?;
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
