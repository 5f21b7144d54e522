//! `rapporteur next`: the coming occurrences, what each reports and to whom.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::args::NextArgs;
use super::output::{Tone, counted};
use super::{Done, Session};
use crate::config::{Config, Due, SignOff};
use crate::recipient::Country;
use crate::schedule::{self, Upcoming};

/// How far ahead is looked where no date is given; a schedule that is sound fires within it.
const FAR: TimeDelta = TimeDelta::days(5 * 366);

pub(super) fn run(session: &Session, arguments: &NextArgs) -> anyhow::Result<Done> {
    let config = session.config()?;
    let now = session.now();
    let until = match arguments.until {
        None => now + FAR,
        Some(day) => end_of_day(&config, day),
    };
    // With a date and no number, everything up to the date.
    let count = arguments.count.unwrap_or(if arguments.until.is_some() { 10_000 } else { 10 });
    let upcoming = schedule::upcoming(&config, now, until, count)?;
    if session.output.is_json() {
        let all: Vec<_> = upcoming.iter().map(|one| as_json(&config, one)).collect();
        session.output.json(&serde_json::json!({ "occurrences": all, "tzdata": chrono_tz::IANA_TZDB_VERSION }));
        return Ok(Done::Well);
    }
    if upcoming.is_empty() {
        session.output.line(if config.schedules.is_empty() {
            "nothing is scheduled: config/schedules.toml has no [[schedule]]"
        } else {
            "nothing is due until then"
        });
        return Ok(Done::Well);
    }
    let rows: Vec<_> = upcoming
        .iter()
        .map(|one| {
            vec![
                (Tone::Strong, when(one)),
                (Tone::Plain, one.schedule.name.clone()),
                (Tone::Plain, one.schedule.report.clone()),
                (Tone::Plain, one.period.to_string()),
                (Tone::Plain, to_whom(&config, one)),
            ]
        })
        .collect();
    session.output.table(&["due", "schedule", "report", "period", "to"], &rows);
    let zones = format!("time zones as of tzdata {}", chrono_tz::IANA_TZDB_VERSION);
    session.output.line(&session.output.toned(Tone::Faint, &zones));
    for line in without_movable(&upcoming) {
        session.output.line(&session.output.toned(Tone::Careful, &line));
    }
    Ok(Done::Well)
}

/// Occurrences by working days in years whose movable holidays nobody has entered.
fn without_movable(upcoming: &[Upcoming<'_>]) -> Vec<String> {
    let mut found: BTreeMap<i32, BTreeSet<Country>> = BTreeMap::new();
    for one in upcoming {
        if let Due::AfterPeriod(rule) = &one.schedule.due {
            let year = one.due_at.with_timezone(&one.schedule.timezone).year();
            let missing: BTreeSet<Country> = rule.without_movable(year).collect();
            if !missing.is_empty() {
                found.entry(year).or_default().extend(missing);
            }
        }
    }
    let told = |(year, countries): (i32, BTreeSet<Country>)| {
        let countries = countries.iter().map(Country::code).collect::<Vec<_>>().join(", ");
        format!(
            "config/holidays.toml has no movable holidays of {countries} for {year}: add them to `days`, or working days of \
             that year are counted without them"
        )
    };
    found.into_iter().map(told).collect()
}

/// The last instant of a day, where the programme is.
pub(super) fn end_of_day(config: &Config, day: chrono::NaiveDate) -> DateTime<Utc> {
    let midnight = day.succ_opt().unwrap_or(day).and_time(chrono::NaiveTime::MIN);
    let local = midnight.and_local_timezone(config.programme.timezone).earliest();
    local.map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc)) - TimeDelta::seconds(1)
}

/// On the schedule's own clock: `2026-01-15 09:00 +06`.
pub(super) fn when(one: &Upcoming<'_>) -> String {
    one.due_at.with_timezone(&one.schedule.timezone).format("%Y-%m-%d %H:%M %Z").to_string()
}

/// `steering-group (12 people), after sign-off by secretariat`.
pub(super) fn to_whom(config: &Config, one: &Upcoming<'_>) -> String {
    let people = counted(config.members(&one.schedule.recipients).len(), "person", "people");
    let mut text = format!("{} ({people})", one.schedule.recipients.join(", "));
    if one.schedule.sign_off == SignOff::Required {
        text.push_str(&format!(", after sign-off by {}", one.schedule.approvers.join(", ")));
    }
    text
}

pub(super) fn as_json(config: &Config, one: &Upcoming<'_>) -> serde_json::Value {
    let languages =
        if one.schedule.languages.is_empty() { &config.programme.languages } else { &one.schedule.languages };
    serde_json::json!({
        "schedule": one.schedule.name,
        "report": one.schedule.report,
        "due_at": one.due_at,
        "local": one.due_at.with_timezone(&one.schedule.timezone).to_rfc3339(),
        "timezone": one.schedule.timezone.name(),
        "period": one.period,
        "recipients": one.schedule.recipients,
        "people": config.members(&one.schedule.recipients).len(),
        "languages": languages,
        "sign_off": one.schedule.sign_off,
    })
}
