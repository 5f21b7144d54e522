//! The status in words: what needs somebody first, then the rest.

use super::Status;
use crate::cli::Session;
use crate::cli::home::local;
use crate::cli::next;
use crate::cli::outbox::{self, phrase};
use crate::cli::output::{Tone, counted};
use crate::config::Config;
use crate::outbox::DeliveryState;
use crate::readiness::{Owed, Standing};
use crate::report::RunState;
use crate::schedule;
use crate::store::waits_for_a_person;

pub(super) fn print(session: &Session, config: &Config, status: &Status) -> anyhow::Result<()> {
    let out = &session.output;
    let head = |text: &str| out.line(&out.toned(Tone::Strong, text));
    out.line(&if status.daemon_running {
        out.toned(Tone::Good, "The daemon is running.")
    } else {
        out.toned(Tone::Careful, "The daemon is not running: nothing is read, compiled or sent until `rapporteur run`.")
    });
    match &status.dashboard {
        Some(served) if served.problem.is_none() => out.line(&format!("The dashboard: {}", served.url)),
        Some(served) => {
            let problem = served.problem.as_deref().unwrap_or_default();
            let told = format!("The dashboard cannot be served at {}: {problem}", served.url);
            out.line(&out.toned(Tone::Careful, &told));
            out.line("  it is tried again every few seconds; another address: `listen` of [dashboard]");
        }
        None => {}
    }
    status.health.print(session, config);
    if let Some(hold) = &status.channel_held {
        let told = outbox::held(config, &hold.reason, hold.until, session.now());
        out.line(&out.toned(Tone::Bad, &told));
        let first = if waits_for_a_person(hold.until, session.now()) { "look at it" } else { "mend the cause" };
        out.line(&format!("  {first}, then: rapporteur outbox release"));
    }

    if !status.missed.is_empty() {
        out.line("");
        head("Missed occurrences");
        for [what, how] in status.missed.iter().map(|missed| &missed.told) {
            out.line(&format!("  {}", out.toned(Tone::Careful, what)));
            out.line(&format!("  {how}"));
        }
    }
    print_notices(session, status);
    if !status.runs.is_empty() {
        out.line("");
        head("Report runs");
        for run in &status.runs {
            print_run(session, config, run);
        }
    }
    if !status.files_to_fix.is_empty() {
        out.line("");
        head("Workbooks to be corrected");
        for file in &status.files_to_fix {
            let held = counted(usize::try_from(file.rows_held).unwrap_or(usize::MAX), "row", "rows");
            let errors = counted(file.errors, "error", "errors");
            out.line(&format!(
                "  {}, of {}: {errors}, {held} held",
                out.toned(Tone::Bad, &file.file),
                local(config, file.received_at)
            ));
        }
        out.line("  each has its answer beside it in the inbox's needs-fixing/");
    }
    if !status.deliveries.is_empty() {
        out.line("");
        head("Deliveries in trouble");
        for delivery in &status.deliveries {
            print_delivery(session, config, delivery);
        }
    }
    for one in &status.bad_addresses {
        let told = format!("the last {} mails to {} came back: {}", one.mails, one.email, one.reason);
        out.line(&format!("  {}", out.toned(Tone::Bad, &told)));
        out.line("    correct the address in config/recipients.toml; one mail that arrives takes this away");
    }
    print_readiness(session, config, status);
    print_next(session, config)
}

/// What is said nowhere below: of the machine, and of the operators themselves.
fn print_notices(session: &Session, status: &Status) {
    let out = &session.output;
    let elsewhere = [
        "run-failed",
        "run-held",
        "dead-letters",
        "channel-held",
        "occurrences-waiting",
        "configuration-refused",
        "dashboard-down",
        "bounces-unread",
    ];
    let rest: Vec<_> = status.notices.iter().filter(|notice| !elsewhere.contains(&notice.kind)).collect();
    if !rest.is_empty() || status.notices_unsent > 0 {
        out.line("");
        out.line(&out.toned(Tone::Strong, "Needs somebody"));
    }
    for notice in rest {
        out.line(&format!("  {}", out.toned(Tone::Bad, &notice.what)));
        for (what, command) in &notice.actions {
            out.line(&format!("    {what} {command}"));
        }
    }
    if status.notices_unsent > 0 {
        let mails = counted(status.notices_unsent, "mail", "mails");
        let told = format!("the operators have not been told: {mails} to them could not be delivered so far");
        out.line(&format!("  {}", out.toned(Tone::Bad, &told)));
    }
}

fn print_run(session: &Session, config: &Config, run: &super::RunLine) {
    let out = &session.output;
    let tone = match run.state {
        RunState::Failed => Tone::Bad,
        RunState::Held | RunState::AwaitingApproval => Tone::Careful,
        _ => Tone::Plain,
    };
    let state = out.toned(tone, &run.state.word().replace('_', " "));
    let why = run.why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
    out.line(&format!("  run {}, {} {}, version {}, is {state}{why}", run.run, run.report, run.period, run.revision));
    match run.state {
        RunState::Held => out.line(&format!(
            "    correct the workbooks and drop them again, or release it as it is: rapporteur runs approve {}",
            run.run
        )),
        RunState::AwaitingApproval => {
            out.line(&format!("    read it, then: rapporteur runs approve {0}, or: rapporteur runs hold {0}", run.run));
        }
        RunState::Due => {
            if let Some(until) = run.waits_until.filter(|_| run.is_correction) {
                out.line(&format!(
                    "    it is compiled with what comes until {}; at once: rapporteur runs retry {}",
                    local(config, until),
                    run.run
                ));
            } else if let Some(until) = run.waits_until {
                out.line(&format!(
                    "    it waits for what is missing, until {} at most; without waiting: rapporteur runs retry {}",
                    local(config, until),
                    run.run
                ));
            }
        }
        RunState::Failed => out.line(&format!("    mend the cause, then: rapporteur runs retry {}", run.run)),
        _ => {}
    }
}

fn print_delivery(session: &Session, config: &Config, delivery: &super::DeliveryLine) {
    let out = &session.output;
    let reply = delivery.last_reply.as_deref().map(|reply| format!(": {reply}")).unwrap_or_default();
    let number = delivery.delivery;
    let (tone, after) = match delivery.state {
        DeliveryState::Bounced | DeliveryState::DeadLetter => {
            (Tone::Bad, format!("mend the cause, then: rapporteur outbox retry {number}"))
        }
        _ => (Tone::Careful, format!("it is tried again at {}", local(config, delivery.next_attempt_at))),
    };
    let state = out.toned(tone, phrase(delivery.state));
    let attempts = counted(usize::try_from(delivery.attempts).unwrap_or(usize::MAX), "attempt", "attempts");
    out.line(&format!("  delivery {number} to {} {state} ({attempts}){reply}", delivery.to));
    out.line(&format!("    {after}"));
}

fn print_readiness(session: &Session, config: &Config, status: &Status) {
    let out = &session.output;
    for period in &status.periods {
        out.line("");
        out.line(&out.toned(Tone::Strong, &format!("Ready for {}", period.period)));
        if period.rows.is_empty() {
            out.line("  nothing has come in yet");
        } else {
            let rows: Vec<String> = period.rows.iter().map(|(sheet, rows)| format!("{sheet} {rows}")).collect();
            out.line(&format!("  rows: {}", rows.join(", ")));
        }
        if period.rows_held > 0 {
            let held = counted(usize::try_from(period.rows_held).unwrap_or(usize::MAX), "row is", "rows are");
            out.line(&format!("  {}", out.toned(Tone::Careful, &format!("{held} held because of an error"))));
        }
        for person in &period.contributors {
            let sheets: Vec<String> = person.sheets.iter().map(|owed| sheet(session, config, owed)).collect();
            out.line(&format!("  {}: {}", person.name, sheets.join(", ")));
        }
    }
}

/// `Activities missing`, `Activities 14 rows (2026-01-09 10:12 +06)`, `Plan 3 rows, 1 held`.
fn sheet(session: &Session, config: &Config, owed: &Owed) -> String {
    let out = &session.output;
    let rows = counted(usize::try_from(owed.rows).unwrap_or(usize::MAX), "row", "rows");
    let when = owed.received_at.map(|at| format!(" ({})", local(config, at))).unwrap_or_default();
    match owed.standing {
        Standing::Missing => out.toned(Tone::Careful, &format!("{} missing", owed.sheet)),
        Standing::HeldRows => out.toned(Tone::Careful, &format!("{} {rows}, {} held{when}", owed.sheet, owed.held)),
        Standing::Accepted => format!("{} {rows}{when}", owed.sheet),
    }
}

fn print_next(session: &Session, config: &Config) -> anyhow::Result<()> {
    let out = &session.output;
    let now = session.now();
    let upcoming = schedule::upcoming(config, now, now + chrono::TimeDelta::days(5 * 366), 3)?;
    out.line("");
    out.line(&out.toned(Tone::Strong, "Next"));
    if upcoming.is_empty() {
        out.line("  nothing is scheduled: config/schedules.toml has no [[schedule]]");
    }
    for one in &upcoming {
        let to = next::to_whom(config, one);
        out.line(&format!("  {}: {} for {}, to {to}", next::when(one), one.schedule.name, one.period));
    }
    Ok(())
}
