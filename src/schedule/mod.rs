//! Time into due runs.
//!
//! What is due is worked out by [`plan`], a pure function of the schedule, the instant up to which
//! it was planned and the present one; [`step`] writes it down. The [`bell`] only says that it may
//! be time to look.

pub mod bell;
mod period_rule;
mod planner;

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock::Clock;
use crate::config::{Config, Schedule};
use crate::cron::{self, CronProblem};
use crate::period::ReportingPeriod;
use crate::step::Step;
use crate::store::{Store, StoreError};

pub use period_rule::period_at;
pub use planner::plan;

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
/// A schedule seen for the first time owes nothing: it is planned from now on.
///
/// # Errors
/// When the ledger fails.
pub async fn step(store: &Store, config: &Config, clock: &Clock) -> Result<Step, ScheduleError> {
    for schedule in &config.schedules {
        let now = clock.now();
        let name = &schedule.name;
        let Some(last) = store.last_planned_at(name).await? else {
            store.plan(name, now, &[]).await?;
            tracing::info!(schedule = %name, "schedule seen for the first time, planned from now on");
            continue;
        };
        if last > now + CLOCK_TOLERANCE {
            tracing::warn!(schedule = %name, last_planned_at = %last, "the clock went back, planning goes on from now");
            store.plan(name, now, &[]).await?;
            continue;
        }
        let runs = plan(schedule, last, now).map_err(|problem| ScheduleError::Cron { name: name.clone(), problem })?;
        if runs.is_empty() {
            if now - last > MARK_EVERY {
                store.plan(name, now, &[]).await?;
            }
            continue;
        }
        let written = store.plan(name, now, &runs).await?;
        for run in &runs {
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
        if written > 0 {
            return Ok(Step::Worked);
        }
    }
    Ok(Step::Idle)
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
        let instants = cron::occurrences(&schedule.cron, schedule.timezone, from, until)?;
        all.extend(instants.take(count).map(|due_at| Upcoming {
            schedule,
            due_at,
            period: period_at(schedule.period, due_at, schedule.timezone),
        }));
    }
    all.sort_by_key(|upcoming| upcoming.due_at);
    all.truncate(count);
    Ok(all)
}

#[cfg(test)]
mod tests;
