//! `rapporteur status`: how things stand, and what happens next.

mod health;
mod told;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::home::ConfigurationAtFault;
use super::{Done, Session, daemon, missed, next};
use crate::config::Config;
use crate::desk::{self, Served};
use crate::diagnostic::Diagnostic;
use crate::herald;
use crate::letter::{Desk, NoticeContext, notice_actions, notice_sentence};
use crate::locale::Locale;
use crate::notice::Notice;
use crate::outbox::{DeliveryState, Purpose};
use crate::period::ReportingPeriod;
use crate::readiness::Owed;
use crate::recipient::Language;
use crate::record::Sheet;
use crate::report::{ReportRun, RunState};
use crate::schedule;
use crate::store::{Backlog, BadAddress, DeliveryFilter, Store, StoredFile};
use health::Health;

/// Runs that are looked at, the newest first.
const RUNS: u32 = 200;
/// Files that are looked at, the newest first.
const FILES: u32 = 200;

/// Everything that `status` says.
#[derive(Serialize)]
struct Status {
    daemon_running: bool,
    /// Where the dashboard is, while a daemon runs.
    dashboard: Option<Served>,
    health: Health,
    periods: Vec<Readiness>,
    runs: Vec<RunLine>,
    deliveries: Vec<DeliveryLine>,
    /// Addresses of which three mails in a row came back; masked.
    bad_addresses: Vec<BadAddress>,
    channel_held: Option<ChannelHold>,
    missed: Vec<MissedLine>,
    notices: Vec<NoticeLine>,
    /// Mails to the operators that have been tried in vain.
    notices_unsent: usize,
    files_to_fix: Vec<FileLine>,
    next: Vec<serde_json::Value>,
}

/// What the ledger has for a period that will be, or is being, reported.
#[derive(Serialize)]
struct Readiness {
    period: ReportingPeriod,
    rows: BTreeMap<Sheet, u64>,
    rows_held: u64,
    contributors: Vec<ContributorLine>,
}

#[derive(Serialize)]
struct ContributorLine {
    name: String,
    sent: bool,
    /// Each sheet that they owe.
    sheets: Vec<Owed>,
}

#[derive(Serialize)]
struct RunLine {
    run: i64,
    state: RunState,
    report: String,
    period: ReportingPeriod,
    revision: u32,
    why: Option<String>,
    /// It waits for what contributors owe, until then at most.
    waits_until: Option<chrono::DateTime<chrono::Utc>>,
    is_correction: bool,
}

#[derive(Serialize)]
struct DeliveryLine {
    delivery: i64,
    state: DeliveryState,
    run: Option<i64>,
    /// Masked: a status is read over shoulders and pasted into mails.
    to: String,
    attempts: u32,
    /// With its addresses masked, too.
    last_reply: Option<String>,
    next_attempt_at: chrono::DateTime<chrono::Utc>,
}

#[derive(Serialize)]
struct ChannelHold {
    reason: String,
    until: chrono::DateTime<chrono::Utc>,
}

/// Missed occurrences that wait for somebody.
#[derive(Serialize)]
struct MissedLine {
    schedule: String,
    missed: u32,
    after: chrono::DateTime<chrono::Utc>,
    until: chrono::DateTime<chrono::Utc>,
    #[serde(skip)]
    told: [String; 2],
}

/// Something that needs a person.
#[derive(Serialize)]
struct NoticeLine {
    kind: &'static str,
    since: chrono::DateTime<chrono::Utc>,
    what: String,
    /// What to do, as a sentence and a command.
    actions: Vec<(String, String)>,
}

#[derive(Serialize)]
struct FileLine {
    file: String,
    received_at: chrono::DateTime<chrono::Utc>,
    rows_held: u32,
    errors: usize,
}

pub(super) async fn run(session: &Session) -> anyhow::Result<Done> {
    let (config, diagnostics) = session.read_config()?;
    // A daemon that runs goes on with the configuration before, and that is what is asked about.
    if diagnostics.iter().any(Diagnostic::is_error) && !daemon::is_running(&config.home) {
        session.output.diagnostics_aside(&session.locale, &diagnostics);
        return Err(ConfigurationAtFault.into());
    }
    let store = session.store(&config).await?;
    let status = gather(session, &config, &store).await?;
    store.close().await;
    let is_faulty = diagnostics.iter().any(Diagnostic::is_error);
    if session.output.is_json() {
        session.output.json(&status);
    } else {
        if status.health.configuration_refused.is_empty() {
            health::print_faults(session, &diagnostics);
        }
        told::print(session, &config, &status)?;
    }
    // So that whoever watches this machine need not read it.
    let is_well = status.health.is_well() && status.notices.is_empty() && status.notices_unsent == 0;
    Ok(if is_faulty || !is_well { Done::WithFaults } else { Done::Well })
}

async fn gather(session: &Session, config: &Config, store: &Store) -> anyhow::Result<Status> {
    let now = session.now();
    let runs: Vec<ReportRun> = store
        .runs(&[RunState::Due, RunState::Compiling, RunState::Held, RunState::AwaitingApproval, RunState::Failed], RUNS)
        .await?;
    let files = store.files(FILES).await?;
    let upcoming = schedule::upcoming(config, now, now + chrono::TimeDelta::days(5 * 366), 5)?;

    let mut periods: Vec<ReportingPeriod> = upcoming.iter().map(|one| one.period).take(1).collect();
    periods.extend(runs.iter().map(|run| run.period));
    if let Some(latest) = files.first() {
        periods.extend(latest.summary.sheets.values().flatten().copied());
    }
    periods.sort_unstable();
    periods.dedup();
    let mut readiness = Vec::new();
    for period in periods.into_iter().rev().take(6) {
        readiness.push(readiness_of(config, store, period).await?);
    }
    readiness.reverse();

    let daemon_running = daemon::is_running(&config.home);
    let troubled = DeliveryFilter {
        run: None,
        states: vec![DeliveryState::Waiting, DeliveryState::Unknown, DeliveryState::Bounced, DeliveryState::DeadLetter],
    };
    let deliveries = store.deliveries(&troubled).await?;
    let notices_unsent = deliveries.iter().filter(|d| d.order.purpose == Purpose::Notice).count();
    Ok(Status {
        daemon_running,
        dashboard: if daemon_running { desk::served(store).await? } else { None },
        health: Health::of(config, store, daemon_running, now).await?,
        periods: readiness,
        runs: runs.into_iter().map(run_line).collect(),
        deliveries: deliveries
            .into_iter()
            .map(|delivery| DeliveryLine {
                delivery: delivery.id,
                state: delivery.state,
                run: delivery.order.run,
                to: crate::mail::masked(&delivery.order.email),
                attempts: delivery.attempts,
                last_reply: delivery.last_reply.as_deref().map(crate::mail::masked),
                next_attempt_at: delivery.next_attempt_at,
            })
            .collect(),
        bad_addresses: store
            .bad_addresses()
            .await?
            .into_iter()
            .map(|one| BadAddress {
                email: crate::mail::masked(&one.email),
                reason: crate::mail::masked(&one.reason),
                ..one
            })
            .collect(),
        channel_held: store.channel_hold().await?.map(|(reason, until)| ChannelHold { reason, until }),
        missed: store.backlogs().await?.iter().map(|backlog| missed_line(config, backlog)).collect(),
        notices: notices(config, store, now).await?,
        notices_unsent,
        files_to_fix: files_to_fix(&files),
        next: upcoming.iter().map(|one| next::as_json(config, one)).collect(),
    })
}

/// What is so at this moment, also while no daemon runs, and what stages have raised.
async fn notices(
    config: &Config,
    store: &Store,
    now: chrono::DateTime<chrono::Utc>,
) -> anyhow::Result<Vec<NoticeLine>> {
    let desk = Desk::new(Arc::new(Locale::embedded(Language::En)), None)?;
    let setting = NoticeContext { programme: &config.programme.code, zone: config.programme.timezone };
    let found = herald::standing(store, config, now).await?;
    let line = |(notice, since): (Notice, chrono::DateTime<chrono::Utc>)| NoticeLine {
        kind: notice.kind(),
        since,
        what: notice_sentence(&notice, setting, &desk),
        actions: notice_actions(&notice, setting, &desk),
    };
    Ok(found.into_iter().map(line).collect())
}

async fn readiness_of(config: &Config, store: &Store, period: ReportingPeriod) -> anyhow::Result<Readiness> {
    let counts = store.period_counts(period).await?;
    let owed = store.readiness(period, &config.contributors).await?;
    let contributors = owed
        .contributions
        .into_iter()
        .map(|one| {
            let person = &one.contributor;
            let sent = counts.sources.iter().any(|source| source.eq_ignore_ascii_case(&person.email));
            ContributorLine { name: person.name.clone(), sent, sheets: one.sheets }
        })
        .collect();
    Ok(Readiness { period, rows: counts.rows, rows_held: counts.held, contributors })
}

fn missed_line(config: &Config, backlog: &Backlog) -> MissedLine {
    MissedLine {
        schedule: backlog.schedule.clone(),
        missed: backlog.missed.count,
        after: backlog.missed.after,
        until: backlog.missed.until,
        told: missed::told(config, backlog),
    }
}

fn run_line(run: ReportRun) -> RunLine {
    RunLine {
        is_correction: run.is_correction(),
        run: run.id,
        state: run.state,
        report: run.report,
        period: run.period,
        revision: run.revision,
        why: run.reason.or_else(|| (!run.note.is_empty()).then_some(run.note)),
        waits_until: run.waits_until.filter(|_| run.state == RunState::Due),
    }
}

/// The files whose last version has errors: what came after from the same sender under the
/// same name has put the earlier ones right.
fn files_to_fix(files: &[StoredFile]) -> Vec<FileLine> {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    let mut found = Vec::new();
    for file in files {
        let key = (file.source.as_str(), file.summary.file.as_str());
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let errors = file.diagnostics.iter().filter(|d| d.is_error()).count();
        if errors > 0 || file.summary.rows_held > 0 {
            found.push(FileLine {
                file: file.summary.file.clone(),
                received_at: file.received_at,
                rows_held: file.summary.rows_held,
                errors,
            });
        }
    }
    found
}
