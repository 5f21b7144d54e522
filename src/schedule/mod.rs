//! Time into due runs.
//!
//! What is due is worked out by [`plan`], a pure function of the schedule, the instant up to which
//! it was planned and the present one; [`step`] writes it down. The [`bell`] only says that it may
//! be time to look.

pub mod bell;
mod period_rule;
mod planner;
mod pulse;
pub mod reminders;
mod rule;
mod waiting;

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock::Clock;
use crate::config::{Config, Schedule};
use crate::cron::CronProblem;
use crate::period::ReportingPeriod;
use crate::step::Step;
use crate::store::{Backlog, KnownSchedule, Planned, PlannedRun, Store, StoreError, StoredRule};

pub use period_rule::{by_hand, period_at};
pub use planner::{MOST_AT_ONCE, Plan, plan};
use planner::{Policy, dropped, made_up_for, plan_rule};
pub use pulse::{Pulse, last_ring};
use rule::Rule;
pub use waiting::deadline;

/// How old `last_planned_at` may become while nothing falls due. It bounds how much of the past a
/// changed expression is applied to.
const MARK_EVERY: TimeDelta = TimeDelta::hours(1);

/// A clock that went back by more than this is believed, and planning goes on from there.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// What can go wrong while planning.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An expression that the configuration let pass is not sound.
    #[error("schedule `{name}`: {problem}")]
    Cron {
        /// The schedule's name.
        name: String,
        /// What is wrong with its expression.
        problem: CronProblem,
    },
}

impl ScheduleError {
    /// Whether the same step may succeed later, with nothing changed by anybody.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Store(error) => error.is_transient(),
            Self::Cron { .. } => false,
        }
    }
}

/// Plans the first schedule for which something fell due, and says whether there was one.
///
/// The runs and the instant up to which the schedule is planned are written in one transaction, and
/// an instant is unique for its schedule: whatever the clock does, no occurrence is planned twice.
///
/// A schedule seen for the first time owes nothing: it is planned from now on. One that was changed
/// is settled up to now by what it was before, and goes on from now by what it is.
///
/// # Errors
/// When the ledger fails.
pub async fn step(store: &Store, config: &Config, clock: &Clock) -> Result<Step, ScheduleError> {
    for schedule in &config.schedules {
        if look(store, config, schedule, clock.now()).await?.has_worked() {
            return Ok(Step::Worked);
        }
    }
    Ok(waiting::let_go(store, config, clock.now()).await?)
}

async fn look(store: &Store, config: &Config, schedule: &Schedule, now: DateTime<Utc>) -> Result<Step, ScheduleError> {
    let name = &schedule.name;
    let rule = Rule::of(schedule);
    let stored = rule.stored();
    let Some(known) = store.known_schedule(name).await? else {
        store.plan(name, now, Planned { rule: Some(&stored), ..Planned::default() }).await?;
        tracing::info!(schedule = %name, "schedule seen for the first time, planned from now on");
        return Ok(Step::Idle);
    };
    let last = known.last_planned_at;
    if last > now + CLOCK_TOLERANCE {
        tracing::warn!(schedule = %name, last_planned_at = %last, "the clock went back, planning goes on from now");
        store.plan_back(name, now).await?;
        return Ok(Step::Idle);
    }
    let before = changed_from(&known, &stored);
    let sound = |problem| ScheduleError::Cron { name: name.clone(), problem };
    let mut plan = plan_rule(before.as_ref().unwrap_or(&rule), Policy::of(schedule), last, now).map_err(sound)?;
    waiting::mark(&mut plan.runs, config, schedule);
    let is_new = known.fingerprint.as_ref() != Some(&stored.fingerprint);
    if plan.runs.is_empty() && plan.missed.is_none() && !is_new && now - last <= MARK_EVERY {
        return Ok(Step::Idle);
    }
    let planned = Planned { runs: &plan.runs, missed: plan.missed.as_ref(), rule: is_new.then_some(&stored) };
    // A changed schedule begins now; what the clock took back before is not its own.
    let written = store.plan(name, now.max(last), planned).await?;
    if let Some(before) = &before {
        tracing::warn!(schedule = %name, "schedule changed from {before} to {rule}, planned anew from now on");
    }
    tell(name, &plan);
    Ok(if written > 0 || plan.missed.is_some() { Step::Worked } else { Step::Idle })
}

/// The rule that a schedule was planned by, where it is another than today's.
fn changed_from(known: &KnownSchedule, today: &StoredRule) -> Option<Rule<'static>> {
    let is_changed = known.fingerprint.as_ref().is_some_and(|before| *before != today.fingerprint);
    known.rule.as_deref().filter(|_| is_changed).and_then(Rule::kept)
}

/// Says what was planned.
fn tell(name: &str, plan: &Plan) {
    for run in &plan.runs {
        let (period, due_at) = (run.period, run.due_at);
        match &run.skipped {
            None if run.note.is_empty() => {
                tracing::info!(schedule = %name, %period, %due_at, "the report for {period} is due");
            }
            None => {
                tracing::warn!(schedule = %name, %period, %due_at, "the report for {period} is made up for, {}", run.note);
            }
            Some(reason) => {
                tracing::info!(schedule = %name, %period, %due_at, "an occurrence for {period} is skipped: {reason}");
            }
        }
    }
    if let Some(missed) = &plan.missed {
        tracing::error!(
            schedule = %name,
            missed = missed.count,
            "{} occurrences were missed; they wait for: rapporteur runs release {name}, or: rapporteur runs drop {name}",
            missed.count
        );
    }
}

/// A person's word on the missed occurrences of a schedule: those that its misfire policy makes up
/// for become due (`is_released`), or all are skipped. Gives how many are due now, and how many are
/// skipped.
///
/// # Errors
/// When the ledger fails, or its rule cannot be read.
pub async fn settle(
    store: &Store,
    config: &Config,
    backlog: &Backlog,
    is_released: bool,
    by: &str,
    clock: &Clock,
) -> Result<(usize, usize), ScheduleError> {
    let (name, now) = (&backlog.schedule, clock.now());
    let sound = |problem| ScheduleError::Cron { name: name.clone(), problem };
    let unreadable = || StoreError::Unreadable(format!("the rule of missed occurrences of `{name}`"));
    let rule = Rule::kept(&backlog.missed.rule).ok_or_else(unreadable)?;
    // Of a schedule that is no longer there nothing can be compiled.
    let mut runs: Vec<PlannedRun> = match config.schedule(name).filter(|_| is_released) {
        Some(schedule) => made_up_for(&rule, Policy::of(schedule), &backlog.missed, now).map_err(sound)?,
        None => dropped(&rule, &backlog.missed, by, now).map_err(sound)?,
    };
    if let Some(schedule) = config.schedule(name) {
        waiting::mark(&mut runs, config, schedule);
    }
    store.settle_backlog(backlog, is_released, by, now, &runs).await?;
    let due = runs.iter().filter(|run| run.skipped.is_none()).count();
    Ok((due, runs.len() - due))
}

/// An occurrence to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Upcoming<'a> {
    /// The schedule that names it.
    pub schedule: &'a Schedule,
    /// The instant.
    pub due_at: DateTime<Utc>,
    /// The period that will be reported.
    pub period: ReportingPeriod,
}

/// The occurrences of all schedules after `from` and up to `until`, in the order they fall due, at
/// most `count`.
///
/// # Errors
/// When an expression is not sound, which a checked configuration rules out.
pub fn upcoming(
    config: &Config,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    count: usize,
) -> Result<Vec<Upcoming<'_>>, CronProblem> {
    let mut all = Vec::new();
    for schedule in &config.schedules {
        let rule = Rule::of(schedule);
        let instants: Vec<_> = rule.occurrences(from, until)?.take(count).collect();
        all.extend(instants.into_iter().map(|due_at| Upcoming { schedule, due_at, period: rule.period_at(due_at) }));
    }
    all.sort_by_key(|upcoming| upcoming.due_at);
    all.truncate(count);
    Ok(all)
}

#[cfg(test)]
mod tests;
