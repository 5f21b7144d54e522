//! What fell due between two instants, and what is made of it.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::period_at;
use crate::config::{Misfire, Schedule};
use crate::cron::{self, CronProblem};
use crate::report::ReportRun;
use crate::store::PlannedRun;

/// Runs written down one by one; of a longer absence the earliest occurrences are only counted.
const MOST_RUNS: usize = 200;

/// Within this an occurrence is on time: the bell rings every five seconds, and a busy machine may
/// take as much again. Later than this, and within the grace, it is no misfire, but it is told.
const PUNCTUAL: TimeDelta = TimeDelta::seconds(15);

/// The runs of the occurrences after `last` and up to `now`, the earliest first.
///
/// An occurrence found within its grace runs. One found later is a misfire: `run_each` runs it,
/// `skip` does not, and `run_latest` runs the latest misfire alone. Except under `run_each`, an
/// occurrence is also skipped where a later one, found at the same time, reports the same period:
/// nobody wants the same report twice at once. Each skipped one is told with its reason.
///
/// # Errors
/// When the expression is not sound.
pub fn plan(schedule: &Schedule, last: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<PlannedRun>, CronProblem> {
    let zone = schedule.timezone;
    let mut found = VecDeque::new();
    let mut uncounted = 0_usize;
    for due_at in cron::occurrences(&schedule.cron, zone, last, now)? {
        found.push_back(due_at);
        if found.len() > MOST_RUNS {
            found.pop_front();
            uncounted += 1;
        }
    }
    let grace = TimeDelta::from_std(schedule.grace).unwrap_or(TimeDelta::MAX);
    let mut seen = BTreeSet::new();
    let mut has_run_a_misfire = false;
    let mut runs = Vec::with_capacity(found.len());
    for due_at in found.into_iter().rev() {
        let period = period_at(schedule.period, due_at, zone);
        let late_for = now - due_at;
        let is_misfire = late_for > grace;
        let is_repeated = !seen.insert(period.to_string());
        let skipped = match schedule.misfire {
            Misfire::RunEach => None,
            Misfire::Skip if is_misfire => Some(format!("{}, beyond its grace", found_late(due_at, now, zone))),
            _ if is_repeated => Some(format!("a later occurrence reports {period} as well")),
            _ if is_misfire && has_run_a_misfire => {
                Some(format!("{}, and a later occurrence was made up for", found_late(due_at, now, zone)))
            }
            _ => None,
        };
        has_run_a_misfire |= is_misfire && skipped.is_none();
        let note = if skipped.is_none() && late_for > PUNCTUAL {
            format!("{}{}", ReportRun::LATE, found_late(due_at, now, zone))
        } else {
            String::new()
        };
        runs.push(PlannedRun { report: schedule.report.clone(), period, due_at, note, skipped });
    }
    runs.reverse();
    if uncounted > 0
        && let Some(first) = runs.first_mut()
    {
        let told = first.skipped.as_mut().unwrap_or(&mut first.note);
        let _ = write!(told, "; {uncounted} earlier occurrences are not listed");
    }
    Ok(runs)
}

/// "due 2026-10-15 09:00:00, found 2026-10-15 11:30:05 (Asia/Bishkek)".
fn found_late(due_at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let local = |instant: DateTime<Utc>| instant.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S");
    format!("due {}, found {} ({zone})", local(due_at), local(now))
}
