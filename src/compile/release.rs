//! The release of a compiled run: its editions into the archive, its mails into the outbox.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::deliver::Mailroom;
use super::step::{CompileError, english, facts_of, schedule_of, told};
use super::{Press, archive};
use crate::approval::{Approval, Way};
use crate::clock::Clock;
use crate::config::{Approvals, Config, SignOff};
use crate::outbox::NewDelivery;
use crate::report::{ArchivedDocument, ReportRun};
use crate::store::Store;

use super::sign_off::{Approved, Hand, SignOffDesk, SignOffError};

/// What a release writes into the ledger.
pub(super) struct Released {
    /// The editions where they lie now.
    pub(super) documents: Vec<ArchivedDocument>,
    /// The mails to the recipients.
    pub(super) deliveries: Vec<NewDelivery>,
}

/// Puts the editions of a run into the archive, and writes the mails to its recipients, that
/// nothing remains but to write both down.
pub(super) async fn prepare(
    config: &Config,
    run: &ReportRun,
    documents: &[ArchivedDocument],
    store: &Store,
    (by, given): (&str, &[Approval]),
    now: DateTime<Utc>,
) -> Result<Released, CompileError> {
    let (brief, threads) = (store.brief(run.id).await?, store.threads(run).await?);
    let facts = facts_of(run, documents)?;
    let schedule = schedule_of(config, run)?;
    let press = Press::load(config).map_err(|fault| CompileError::Templates(told(&fault, &english())))?;
    let titles = archive::titles(config, run);
    let room = Mailroom::open(config, run, now, titles, |language| Arc::clone(press.locale(language)))?;
    let published = archive::publish(config, run, documents, given)?;
    let deliveries = room.to_recipients(schedule, &facts, &published, &brief, &threads, Some((by, now)))?;
    Ok(Released { documents: published, deliveries })
}

/// Brings the manifest up to date, after the release stands.
pub(super) fn note(
    config: &Config,
    run: &ReportRun,
    published: &[ArchivedDocument],
    by: &str,
    given: &[Approval],
    now: DateTime<Utc>,
) {
    if let Err(error) = archive::note_release(config, run, published, by, given, now) {
        tracing::warn!(run.id, %error, "the release is not in the manifest");
    }
    tracing::info!(run.id, period = %run.period, "released the report for {}", run.period);
}

/// A release in a rehearsal or a demonstration, where nobody looks: everybody whose approval it
/// takes gives it, else `by`. Gives the number of mails written.
///
/// # Errors
/// As [`SignOffDesk::approve`].
pub async fn release(store: &Store, config: &Config, run: i64, by: &str, clock: &Clock) -> Result<usize, SignOffError> {
    let desk = SignOffDesk::new(store, config, clock);
    let schedule = schedule_of(config, &store.run(run).await.map_err(CompileError::from)?)?.clone();
    let mut names = vec![by.to_owned()];
    if schedule.sign_off == SignOff::Required && schedule.approvals == Approvals::All {
        names = config.members(&schedule.approvers).into_iter().map(|person| person.email.clone()).collect();
    }
    let mut mails = 0;
    for name in &names {
        if let Approved::Released(n) = desk.approve(Hand::Person { run, name, way: Way::Command, shown: None }).await? {
            mails = n;
            break;
        }
    }
    Ok(mails)
}
