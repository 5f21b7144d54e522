//! Runs that are due and wait for what contributors owe.

use chrono::{DateTime, Utc};

use crate::config::{Config, Schedule, SignOff, Wait};
use crate::step::Step;
use crate::store::{PlannedRun, Store, StoreError};
use crate::workdays::shifted_instant;

/// Until when an occurrence of a schedule waits at most.
#[must_use]
pub fn deadline(config: &Config, schedule: &Schedule, due_at: DateTime<Utc>) -> DateTime<Utc> {
    shifted_instant(due_at, i64::from(schedule.deadline), schedule.timezone, &config.holidays_of(schedule))
}

/// Has runs wait that are to wait.
pub(super) fn mark(runs: &mut [PlannedRun], config: &Config, schedule: &Schedule) {
    if schedule.wait == Wait::None || config.contributors.is_empty() {
        return;
    }
    for run in runs.iter_mut().filter(|run| run.skipped.is_none()) {
        run.waits_until = Some(deadline(config, schedule, run.due_at));
    }
}

/// Lets the first run go for which everything has come, or whose schedule waits no longer; the others
/// go at their deadlines, which the claim knows.
pub(super) async fn let_go(store: &Store, config: &Config, now: DateTime<Utc>) -> Result<Step, StoreError> {
    for run in store.waiting_runs(now).await? {
        let schedule = config.schedule(&run.schedule);
        let waits = schedule.is_some_and(|schedule| match run.is_correction() {
            // Approvers are asked again whenever something changes; recipients have one mail for one
            // correction, with all files that came together.
            true => schedule.sign_off == SignOff::None,
            false => schedule.wait == Wait::UntilReady,
        });
        let is_ready =
            !waits || !run.is_correction() && store.readiness(run.period, &config.contributors).await?.is_ready();
        if is_ready && store.end_wait(run.id, now).await? {
            tracing::info!(run.id, period = %run.period, "the report for {} waits no longer", run.period);
            return Ok(Step::Worked);
        }
    }
    Ok(Step::Idle)
}
