//! What fell due between two instants, and what is made of it.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::rule::Rule;
use crate::config::{Misfire, Schedule, duration_words};
use crate::cron::CronProblem;
use crate::report::ReportRun;
use crate::store::{Missed, PlannedRun};

/// More occurrences than these, found at once, wait for a person: something is odd, such as a
/// clock that is years ahead.
pub const MOST_AT_ONCE: usize = 100;

/// Missed occurrences are counted up to this many.
const COUNTED: usize = 10_000;

/// Of what a person releases or drops, the newest so many are written down one by one.
const WRITTEN: usize = 100_000;

/// Within this an occurrence is on time: the bell rings every five seconds, and a busy machine may
/// take as much again. Later than this, and within the grace, it is no misfire, but it is told.
const PUNCTUAL: TimeDelta = TimeDelta::seconds(15);

/// What a schedule makes of occurrences that are found late.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policy {
    misfire: Misfire,
    grace: TimeDelta,
    max_age: TimeDelta,
}

impl Policy {
    pub(super) fn of(schedule: &Schedule) -> Self {
        let delta = |span| TimeDelta::from_std(span).unwrap_or(TimeDelta::MAX);
        Self { misfire: schedule.misfire, grace: delta(schedule.grace), max_age: delta(schedule.max_age) }
    }
}

/// What is to be done about a schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The runs, the earliest first: those that are due, and those that are skipped.
    pub runs: Vec<PlannedRun>,
    /// So many missed occurrences that a person is asked first.
    pub missed: Option<Missed>,
}

/// The runs of the occurrences after `last` and up to `now`, the earliest first.
///
/// An occurrence found within its grace runs. One found later is a misfire: `run_each` runs it,
/// `skip` does not, and `run_latest` runs the latest misfire alone; none older than its maximum age
/// runs. Except under `run_each`, an occurrence is also skipped where a later one, found at the same
/// time, reports the same period: nobody wants the same report twice at once. Each skipped one is
/// told with its reason. Of more than [`MOST_AT_ONCE`] only those that are on time are planned.
///
/// # Errors
/// When the expression is not sound.
pub fn plan(schedule: &Schedule, last: DateTime<Utc>, now: DateTime<Utc>) -> Result<Plan, CronProblem> {
    plan_rule(&Rule::of(schedule), Policy::of(schedule), last, now)
}

pub(super) fn plan_rule(
    rule: &Rule<'_>,
    policy: Policy,
    last: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Plan, CronProblem> {
    let found: Vec<_> = rule.occurrences(last, now)?.take(COUNTED).collect();
    let on_time_from = last.max(now - PUNCTUAL);
    let missed = found.iter().filter(|due_at| **due_at <= on_time_from).count();
    if missed <= MOST_AT_ONCE {
        return Ok(Plan { runs: judge(rule, policy, found, now), missed: None });
    }
    let on_time = rule.occurrences(on_time_from, now)?.collect();
    let missed = Missed {
        rule: rule.stored().rule,
        after: last,
        until: on_time_from,
        count: u32::try_from(missed).unwrap_or(u32::MAX),
    };
    Ok(Plan { runs: judge(rule, policy, on_time, now), missed: Some(missed) })
}

/// What a person's release makes of missed occurrences: what the policy says, however many they are.
pub(super) fn made_up_for(
    rule: &Rule<'_>,
    policy: Policy,
    missed: &Missed,
    now: DateTime<Utc>,
) -> Result<Vec<PlannedRun>, CronProblem> {
    let (found, unlisted) = newest(rule, missed, now)?;
    Ok(with_unlisted(judge(rule, policy, found, now), unlisted))
}

/// Missed occurrences that a person drops: each is skipped.
pub(super) fn dropped(
    rule: &Rule<'_>,
    missed: &Missed,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Vec<PlannedRun>, CronProblem> {
    let (found, unlisted) = newest(rule, missed, now)?;
    let skipped = found.into_iter().map(|due_at| PlannedRun {
        report: rule.report.clone().into_owned(),
        period: rule.period_at(due_at),
        due_at,
        note: String::new(),
        skipped: Some(format!("{}, dropped by {by}", found_late(due_at, now, rule.zone))),
        waits_until: None,
    });
    Ok(with_unlisted(skipped.collect(), unlisted))
}

/// The newest of the missed occurrences, and how many are older.
fn newest(rule: &Rule<'_>, missed: &Missed, now: DateTime<Utc>) -> Result<(Vec<DateTime<Utc>>, usize), CronProblem> {
    let mut found: Vec<_> = rule.occurrences(missed.after, missed.until.min(now))?.collect();
    let unlisted = found.len().saturating_sub(WRITTEN);
    found.drain(..unlisted);
    Ok((found, unlisted))
}

fn with_unlisted(mut runs: Vec<PlannedRun>, unlisted: usize) -> Vec<PlannedRun> {
    if unlisted > 0
        && let Some(first) = runs.first_mut()
    {
        let told = first.skipped.as_mut().unwrap_or(&mut first.note);
        told.push_str(&format!("; {unlisted} earlier occurrences are not listed"));
    }
    runs
}

fn judge(rule: &Rule<'_>, policy: Policy, found: Vec<DateTime<Utc>>, now: DateTime<Utc>) -> Vec<PlannedRun> {
    let zone = rule.zone;
    let mut seen = BTreeSet::new();
    let mut has_run_a_misfire = false;
    let mut runs = Vec::with_capacity(found.len());
    for due_at in found.into_iter().rev() {
        let period = rule.period_at(due_at);
        let late_for = now - due_at;
        let is_misfire = late_for > policy.grace;
        let late = || found_late(due_at, now, zone);
        let skipped = if late_for > policy.max_age {
            let most = duration_words(u64::try_from(policy.max_age.num_seconds()).unwrap_or_default());
            Some(format!("{}, older than its max_age of {most}", late()))
        } else {
            let is_repeated = !seen.insert(period);
            match policy.misfire {
                Misfire::RunEach => None,
                Misfire::Skip if is_misfire => Some(format!("{}, beyond its grace", late())),
                _ if is_repeated => Some(format!("a later occurrence reports {period} as well")),
                _ if is_misfire && has_run_a_misfire => {
                    Some(format!("{}, and a later occurrence was made up for", late()))
                }
                _ => None,
            }
        };
        has_run_a_misfire |= is_misfire && skipped.is_none();
        let note = if skipped.is_none() && late_for > PUNCTUAL {
            format!("{}{}", ReportRun::LATE, late())
        } else {
            String::new()
        };
        runs.push(PlannedRun {
            report: rule.report.clone().into_owned(),
            period,
            due_at,
            note,
            skipped,
            waits_until: None,
        });
    }
    runs.reverse();
    runs
}

/// "due 2026-10-15 09:00:00, found 2026-10-15 11:30:05 (Asia/Bishkek)".
fn found_late(due_at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let local = |instant: DateTime<Utc>| instant.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S");
    format!("due {}, found {} ({zone})", local(due_at), local(now))
}
