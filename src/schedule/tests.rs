//! The planner against pretended clocks, and the step on a real ledger.

use std::time::Duration;

use super::*;
use crate::config::{Due, Misfire, OnProblems, Overlap, PeriodRule, SignOff};
use crate::period::Span;
use crate::report::RunState;
use crate::store::PlannedRun;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn schedule(cron: &str, zone: chrono_tz::Tz, misfire: Misfire) -> Schedule {
    Schedule {
        name: "rsg".to_owned(),
        report: "rsg-quarterly".to_owned(),
        due: Due::Cron(cron.to_owned()),
        timezone: zone,
        period: PeriodRule::Previous(Span::Month),
        recipients: vec!["steering-group".to_owned()],
        languages: Vec::new(),
        sign_off: SignOff::None,
        approvers: Vec::new(),
        approvals: crate::config::Approvals::Any,
        remind: Vec::new(),
        wait: crate::config::Wait::None,
        deadline: 5,
        at_deadline: crate::config::AtDeadline::Hold,
        misfire,
        grace: Duration::from_secs(3600),
        max_age: Duration::from_secs(92 * 86_400),
        latest: Duration::from_secs(60 * 86_400),
        overlap: Overlap::Forbid,
        on_problems: OnProblems::Hold,
        editions: crate::config::Editions::Language,
    }
}

fn config(schedules: Vec<Schedule>) -> Config {
    Config { schedules, ..Config::defaults(&std::env::temp_dir()) }
}

/// Each run as (local day, what became of it).
fn fates(runs: &[PlannedRun]) -> Vec<(String, &'static str)> {
    let fate = |run: &PlannedRun| match (&run.skipped, run.note.is_empty()) {
        (Some(_), _) => "skipped",
        (None, true) => "runs",
        (None, false) => "runs late",
    };
    runs.iter().map(|r| (r.due_at.format("%m-%d").to_string(), fate(r))).collect()
}

fn days(pairs: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    pairs.iter().map(|(day, fate)| ((*day).to_owned(), *fate)).collect()
}

const MONTHLY: &str = "0 9 1 * *";

#[test]
fn on_time_is_not_worth_a_word() {
    let daily = schedule("0 9 * * *", chrono_tz::UTC, Misfire::RunLatest);
    let runs = plan(&daily, at("2026-05-04T08:59:58Z"), at("2026-05-04T09:00:03Z")).unwrap().runs;
    assert_eq!(fates(&runs), days(&[("05-04", "runs")]));
    assert_eq!((runs[0].period.to_string(), runs[0].report.as_str()), ("2026-M04".to_owned(), "rsg-quarterly"));
    assert!(plan(&daily, at("2026-05-04T09:00:03Z"), at("2026-05-05T08:59:59Z")).unwrap().runs.is_empty());
}

#[test]
fn late_within_the_grace_runs_and_says_so() {
    let daily = schedule("0 9 * * *", chrono_tz::Asia::Bishkek, Misfire::Skip);
    let runs = plan(&daily, at("2026-05-04T02:00:00Z"), at("2026-05-04T03:10:00Z")).unwrap().runs;
    assert_eq!(runs[0].note, "late: due 2026-05-04 09:00:00, found 2026-05-04 09:10:00 (Asia/Bishkek)");
    assert_eq!(runs[0].skipped, None);
    let found_after = |seconds| {
        let now = at("2026-05-04T03:00:00Z") + TimeDelta::seconds(seconds);
        plan(&daily, at("2026-05-04T02:00:00Z"), now).unwrap().runs.remove(0).note
    };
    assert_eq!(found_after(15), "");
    assert!(found_after(16).starts_with("late: due"));
}

#[test]
fn what_each_policy_makes_of_three_missed_months() {
    let (last, now) = (at("2026-01-15T00:00:00Z"), at("2026-04-20T00:00:00Z"));
    let planned = |misfire| plan(&schedule(MONTHLY, chrono_tz::UTC, misfire), last, now).unwrap().runs;
    let latest = planned(Misfire::RunLatest);
    assert_eq!(fates(&latest), days(&[("02-01", "skipped"), ("03-01", "skipped"), ("04-01", "runs late")]));
    assert_eq!(
        latest[0].skipped.as_deref(),
        Some("due 2026-02-01 09:00:00, found 2026-04-20 00:00:00 (UTC), and a later occurrence was made up for")
    );
    let each = planned(Misfire::RunEach);
    assert_eq!(fates(&each), days(&[("02-01", "runs late"), ("03-01", "runs late"), ("04-01", "runs late")]));
    let none = planned(Misfire::Skip);
    assert_eq!(fates(&none), days(&[("02-01", "skipped"), ("03-01", "skipped"), ("04-01", "skipped")]));
}

#[test]
fn an_occurrence_on_time_does_not_hide_a_missed_one_of_another_period() {
    let monthly = schedule(MONTHLY, chrono_tz::UTC, Misfire::RunLatest);
    let runs = plan(&monthly, at("2026-01-15T00:00:00Z"), at("2026-03-01T09:00:10Z")).unwrap().runs;
    assert_eq!(fates(&runs), days(&[("02-01", "runs late"), ("03-01", "runs")]));
    let skip = schedule(MONTHLY, chrono_tz::UTC, Misfire::Skip);
    let runs = plan(&skip, at("2026-01-15T00:00:00Z"), at("2026-03-01T09:00:10Z")).unwrap().runs;
    assert_eq!(fates(&runs), days(&[("02-01", "skipped"), ("03-01", "runs")]));
}

#[test]
fn one_period_is_not_reported_twice_at_once() {
    let daily = |misfire| schedule("0 9 * * *", chrono_tz::UTC, misfire);
    let (last, now) = (at("2026-05-03T00:00:00Z"), at("2026-05-05T09:00:10Z"));
    let runs = plan(&daily(Misfire::RunLatest), last, now).unwrap().runs;
    assert_eq!(fates(&runs), days(&[("05-03", "skipped"), ("05-04", "skipped"), ("05-05", "runs")]));
    assert_eq!(runs[1].skipped.as_deref(), Some("a later occurrence reports 2026-M04 as well"));
    let runs = plan(&daily(Misfire::RunEach), last, now).unwrap().runs;
    assert_eq!(fates(&runs), days(&[("05-03", "runs late"), ("05-04", "runs late"), ("05-05", "runs")]));
    // Every minute, down for ten of them, all within the grace.
    let minutely = schedule("* * * * *", chrono_tz::UTC, Misfire::RunLatest);
    let runs = plan(&minutely, at("2026-05-05T09:00:00Z"), at("2026-05-05T09:10:30Z")).unwrap().runs;
    assert_eq!(runs.iter().filter(|r| r.skipped.is_none()).count(), 1);
    assert_eq!(runs.last().unwrap().due_at, at("2026-05-05T09:10:00Z"));
}

#[test]
fn more_than_a_hundred_missed_at_once_wait_for_a_person() {
    let minutely = |misfire| schedule("* * * * *", chrono_tz::UTC, misfire);
    let (last, now) = (at("2026-05-05T00:00:00Z"), at("2026-05-06T00:00:05Z"));
    for misfire in [Misfire::RunLatest, Misfire::RunEach, Misfire::Skip] {
        let found = plan(&minutely(misfire), last, now).unwrap();
        // The one that is on time runs.
        assert_eq!(fates(&found.runs), days(&[("05-06", "runs")]));
        let missed = found.missed.unwrap();
        assert_eq!((missed.count, missed.after, missed.until), (1439, last, now - TimeDelta::seconds(15)));
    }
    let hundred = plan(&minutely(Misfire::RunEach), last, at("2026-05-05T01:40:30Z")).unwrap();
    assert_eq!((hundred.runs.len(), hundred.missed), (100, None));
}

#[test]
fn nothing_older_than_its_maximum_age_is_made_up_for() {
    let aged =
        Schedule { max_age: Duration::from_secs(40 * 86_400), ..schedule(MONTHLY, chrono_tz::UTC, Misfire::RunEach) };
    let runs = plan(&aged, at("2026-01-15T00:00:00Z"), at("2026-04-20T00:00:00Z")).unwrap().runs;
    assert_eq!(fates(&runs), days(&[("02-01", "skipped"), ("03-01", "skipped"), ("04-01", "runs late")]));
    let reason = "due 2026-02-01 09:00:00, found 2026-04-20 00:00:00 (UTC), older than its max_age of 40 days";
    assert_eq!(runs[0].skipped.as_deref(), Some(reason));
}

#[test]
fn nine_is_nine_on_both_sides_of_a_clock_change() {
    for (zone, from, until, expected) in [
        (
            chrono_tz::Europe::Berlin,
            "2026-03-28T00:00:00Z",
            "2026-03-30T00:00:00Z",
            ["2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z"],
        ),
        (
            chrono_tz::Asia::Almaty,
            "2024-02-29T00:00:00Z",
            "2024-03-02T00:00:00Z",
            ["2024-02-29T03:00:00Z", "2024-03-01T04:00:00Z"],
        ),
    ] {
        let config = config(vec![schedule("0 9 * * *", zone, Misfire::RunLatest)]);
        let coming = upcoming(&config, at(from), at(until), 9).unwrap();
        assert_eq!(coming.iter().map(|u| u.due_at).collect::<Vec<_>>(), expected.map(at));
    }
}

#[test]
fn what_is_coming_is_told_in_order() {
    let mut late = schedule("0 12 1 * *", chrono_tz::UTC, Misfire::RunLatest);
    late.name = "late".to_owned();
    let config = config(vec![late, schedule(MONTHLY, chrono_tz::UTC, Misfire::RunLatest)]);
    let coming = upcoming(&config, at("2026-01-15T00:00:00Z"), at("2027-01-01T00:00:00Z"), 3).unwrap();
    let told: Vec<_> = coming.iter().map(|u| (u.schedule.name.as_str(), u.period.to_string())).collect();
    let (january, february) = ("2026-M01".to_owned(), "2026-M02".to_owned());
    assert_eq!(told, [("rsg", january.clone()), ("late", january), ("rsg", february)]);
}

async fn ledger() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open("sqlite:ledger.db", folder.path()).await.unwrap();
    (folder, store)
}

async fn until_idle(store: &Store, config: &Config, clock: &Clock) -> Vec<(DateTime<Utc>, RunState)> {
    while step(store, config, clock).await.unwrap().has_worked() {}
    let mut runs: Vec<_> = store.runs(&[], 99).await.unwrap().into_iter().map(|r| (r.due_at, r.state)).collect();
    runs.sort();
    runs
}

#[tokio::test]
async fn a_schedule_seen_for_the_first_time_owes_nothing() {
    let (_folder, store) = ledger().await;
    let config = config(vec![schedule(MONTHLY, chrono_tz::UTC, Misfire::RunEach)]);
    let clock = Clock::pretended(at("2026-05-20T00:00:00Z"));
    assert!(until_idle(&store, &config, &clock).await.is_empty());
    clock.set(at("2026-06-01T09:00:01Z"));
    assert_eq!(until_idle(&store, &config, &clock).await, [(at("2026-06-01T09:00:00Z"), RunState::Due)]);
}

#[tokio::test]
async fn nothing_runs_twice_whatever_the_clock_does() {
    let (_folder, store) = ledger().await;
    let config = config(vec![schedule("0 9 * * *", chrono_tz::Europe::Berlin, Misfire::RunEach)]);
    let clock = Clock::pretended(at("2026-05-20T00:00:00Z"));
    until_idle(&store, &config, &clock).await;
    clock.set(at("2026-05-21T12:00:00Z"));
    assert_eq!(until_idle(&store, &config, &clock).await.len(), 2);
    // Back by two seconds, by a day, and forth again.
    for (instant, count) in [
        ("2026-05-21T11:59:58Z", 2),
        ("2026-05-20T12:00:00Z", 2),
        ("2026-05-21T12:00:00Z", 2),
        ("2026-05-22T07:00:00Z", 3),
        ("2026-05-22T06:59:59Z", 3),
        ("2026-05-22T07:00:00Z", 3),
    ] {
        clock.set(at(instant));
        assert_eq!(until_idle(&store, &config, &clock).await.len(), count, "{instant}");
    }
}

#[tokio::test]
async fn a_clock_that_was_a_year_ahead_does_not_cost_a_year() {
    let (_folder, store) = ledger().await;
    let config = config(vec![schedule(MONTHLY, chrono_tz::UTC, Misfire::Skip)]);
    let clock = Clock::pretended(at("2026-05-20T00:00:00Z"));
    until_idle(&store, &config, &clock).await;
    clock.set(at("2027-05-20T00:00:00Z"));
    until_idle(&store, &config, &clock).await;
    clock.set(at("2026-05-20T00:01:00Z"));
    until_idle(&store, &config, &clock).await;
    assert_eq!(store.last_planned_at("rsg").await.unwrap(), Some(clock.now()));
    clock.set(at("2026-06-01T09:00:02Z"));
    let runs = until_idle(&store, &config, &clock).await;
    assert_eq!(runs[0], (at("2026-06-01T09:00:00Z"), RunState::Due));
    clock.set(at("2026-06-01T10:00:02Z"));
    assert_eq!(until_idle(&store, &config, &clock).await, runs);
}

#[tokio::test]
async fn the_mark_keeps_up_while_nothing_is_due() {
    let (_folder, store) = ledger().await;
    let config = config(vec![schedule(MONTHLY, chrono_tz::UTC, Misfire::RunEach)]);
    let clock = Clock::pretended(at("2026-05-20T00:00:00Z"));
    until_idle(&store, &config, &clock).await;
    clock.advance(TimeDelta::minutes(59));
    until_idle(&store, &config, &clock).await;
    assert_eq!(store.last_planned_at("rsg").await.unwrap(), Some(at("2026-05-20T00:00:00Z")));
    clock.advance(TimeDelta::minutes(2));
    until_idle(&store, &config, &clock).await;
    assert_eq!(store.last_planned_at("rsg").await.unwrap(), Some(clock.now()));
}

#[tokio::test]
async fn a_change_settles_what_was_and_does_not_reach_into_the_past() {
    let (_folder, store) = ledger().await;
    let clock = Clock::pretended(at("2026-05-20T00:00:00Z"));
    let before = config(vec![schedule("0 9 1 * *", chrono_tz::UTC, Misfire::RunEach)]);
    until_idle(&store, &before, &clock).await;
    // Missed while nothing ran, and the schedule is another when it runs again.
    clock.set(at("2026-06-02T12:00:00Z"));
    let after = config(vec![schedule("0 10 * * *", chrono_tz::UTC, Misfire::RunEach)]);
    let settled = [(at("2026-06-01T09:00:00Z"), RunState::Due)];
    assert_eq!(until_idle(&store, &after, &clock).await, settled);
    assert_eq!(store.last_planned_at("rsg").await.unwrap(), Some(clock.now()));
    clock.set(at("2026-06-03T10:00:01Z"));
    assert_eq!(until_idle(&store, &after, &clock).await, [settled[0], (at("2026-06-03T10:00:00Z"), RunState::Due)]);
    // Another misfire policy is no other schedule.
    let policy = config(vec![schedule("0 10 * * *", chrono_tz::UTC, Misfire::Skip)]);
    assert_eq!(until_idle(&store, &policy, &clock).await.len(), 2);
}

#[tokio::test]
async fn a_person_releases_or_drops_what_waits() {
    for is_released in [true, false] {
        let (_folder, store) = ledger().await;
        let config = config(vec![schedule("* * * * *", chrono_tz::UTC, Misfire::RunLatest)]);
        let clock = Clock::pretended(at("2026-05-05T00:00:00Z"));
        until_idle(&store, &config, &clock).await;
        clock.set(at("2026-05-05T03:00:30Z"));
        assert_eq!(until_idle(&store, &config, &clock).await, []);
        let waiting = store.backlogs().await.unwrap();
        assert_eq!((waiting.len(), waiting[0].missed.count, waiting[0].schedule.as_str()), (1, 180, "rsg"));
        let (due, skipped) = settle(&store, &config, &waiting[0], is_released, "A. Person", &clock).await.unwrap();
        assert_eq!((due, skipped), if is_released { (1, 179) } else { (0, 180) });
        let runs = store.runs(&[], 999).await.unwrap();
        assert_eq!(runs.len(), 180);
        assert!(runs.iter().all(|run| (run.state == RunState::Due) == (run.reason.is_none())));
        assert_eq!(runs[0].reason.is_none(), is_released);
        assert_eq!(store.backlogs().await.unwrap(), []);
        let twice = settle(&store, &config, &waiting[0], is_released, "A. Person", &clock).await;
        assert!(twice.unwrap_err().to_string().contains("decided about already"));
    }
}

#[tokio::test]
async fn what_a_fast_clock_missed_is_not_missed_when_it_goes_back() {
    let (_folder, store) = ledger().await;
    let config = config(vec![schedule("0 * * * *", chrono_tz::UTC, Misfire::RunEach)]);
    let clock = Clock::pretended(at("2026-05-05T00:00:00Z"));
    until_idle(&store, &config, &clock).await;
    clock.set(at("2031-05-05T00:30:00Z"));
    until_idle(&store, &config, &clock).await;
    assert_eq!(store.backlogs().await.unwrap().len(), 1);
    clock.set(at("2026-05-05T02:30:00Z"));
    until_idle(&store, &config, &clock).await;
    // Two hours are left of it; the third comes by itself.
    let left = store.backlogs().await.unwrap();
    assert_eq!(left[0].missed.until, clock.now());
    clock.set(at("2026-05-05T03:00:01Z"));
    assert_eq!(until_idle(&store, &config, &clock).await, [(at("2026-05-05T03:00:00Z"), RunState::Due)]);
    assert_eq!(settle(&store, &config, &left[0], true, "A. Person", &clock).await.unwrap(), (2, 0));
}
