//! `rapporteur runs`: report runs, and what a person decides about them.

use super::args::{RunsArgs, RunsCommand};
use super::daemon::by_whom;
use super::home::{decider, local};
use super::output::{Tone, counted};
use super::{Done, Session, missed};
use crate::approval::{self, Approval, Verdict, Way};
use crate::compile::sign_off::{Approved, Hand, SignOffDesk, SignOffError};
use crate::config::Config;
use crate::outbox::DeliveryState;
use crate::report::{ReportRun, RunState};
use crate::schedule;
use crate::store::{DeliveryFilter, Store};

pub(super) async fn run(session: &Session, arguments: RunsArgs) -> anyhow::Result<Done> {
    let config = session.config()?;
    let store = session.store(&config).await?;
    let now = session.now();
    let command = arguments.command.unwrap_or(RunsCommand::List { state: Vec::new(), count: 20 });
    match command {
        RunsCommand::List { state, count } => list(session, &config, &store, &state, count).await?,
        RunsCommand::Show { run } => show(session, &config, &store, run).await?,
        RunsCommand::Approve { run, by } => {
            let by = decider(by);
            let desk = SignOffDesk::new(&store, &config, &session.clock);
            let approved =
                desk.approve(at_the_command_line(run, &by)).await.map_err(|e| refused(session, &config, e))?;
            let told = match approved {
                Approved::Released(mails) => {
                    let mails = counted(mails, "mail", "mails");
                    format!("released by {by}: {mails} in the outbox; {}", by_whom(&config.home, "sends them"))
                }
                Approved::Noted(others) => format!("approved by {by}, and waits for {} as well", others.join(", ")),
            };
            decided(session, &store, run, &told).await?;
        }
        RunsCommand::SendBack { run, reason, by } => {
            let by = decider(by);
            let desk = SignOffDesk::new(&store, &config, &session.clock);
            let done = desk.send_back(at_the_command_line(run, &by), &reason).await;
            done.map_err(|error| refused(session, &config, error))?;
            let told =
                format!("sent back by {by}; corrected rows, or rapporteur runs retry {run}, have it shown again");
            decided(session, &store, run, &told).await?;
        }
        RunsCommand::Hold { run, by } => {
            let by = decider(by);
            store.hold_run(run, &by, now).await?;
            decided(session, &store, run, &format!("held by {by}; release it with: rapporteur runs approve {run}"))
                .await?;
        }
        RunsCommand::Retry { run } => {
            store.retry_run(run, now).await?;
            let told = format!("due again; {}", by_whom(&config.home, "compiles it"));
            decided(session, &store, run, &told).await?;
        }
        RunsCommand::Cancel { run, by } => {
            let by = decider(by);
            store.cancel_run(run, &by, now).await?;
            decided(session, &store, run, &format!("cancelled by {by}")).await?;
        }
        RunsCommand::Release { schedule, by } => missed::settle(session, &config, &store, &schedule, true, by).await?,
        RunsCommand::Drop { schedule, by } => missed::settle(session, &config, &store, &schedule, false, by).await?,
        RunsCommand::Start { schedule, period } => start(session, &config, &store, &schedule, period).await?,
    }
    store.close().await;
    Ok(Done::Well)
}

const fn at_the_command_line(run: i64, name: &str) -> Hand<'_> {
    Hand::Person { run, name, way: Way::Command, shown: None }
}

/// Why a decision was not taken, in the words of the page and the mails.
fn refused(session: &Session, config: &Config, error: SignOffError) -> anyhow::Error {
    match error {
        SignOffError::Refused(refusal) => {
            let told = refusal.told(&session.locale, config.programme.timezone);
            anyhow::anyhow!("{}\n{}  [{}]", told.message, told.hint, refusal.code())
        }
        error @ SignOffError::Failed(_) => error.into(),
    }
}

/// States by their words.
fn states(words: &[String]) -> anyhow::Result<Vec<RunState>> {
    words
        .iter()
        .map(|word| {
            RunState::from_word(&word.replace('-', "_")).ok_or_else(|| {
                let known = RunState::ALL.map(RunState::word).join(", ");
                anyhow::anyhow!("expected one of {known} as the state, found `{word}`")
            })
        })
        .collect()
}

async fn list(session: &Session, config: &Config, store: &Store, words: &[String], count: u32) -> anyhow::Result<()> {
    let runs = store.runs(&states(words)?, count).await?;
    if session.output.is_json() {
        session.output.json(&serde_json::json!({ "runs": runs.iter().map(as_json).collect::<Vec<_>>() }));
        return Ok(());
    }
    if runs.is_empty() {
        session.output.line("no runs");
        return Ok(());
    }
    let rows: Vec<_> = runs
        .iter()
        .map(|run| {
            vec![
                (Tone::Strong, run.id.to_string()),
                (tone(run.state), run.state.word().to_owned()),
                (Tone::Plain, run.report.clone()),
                (Tone::Plain, run.period.to_string()),
                (Tone::Plain, format!("v{}", run.revision)),
                (Tone::Plain, local(config, run.due_at)),
                (Tone::Plain, run.reason.clone().unwrap_or_else(|| run.note.clone())),
            ]
        })
        .collect();
    session.output.table(&["run", "state", "report", "period", "version", "due", "why"], &rows);
    Ok(())
}

async fn show(session: &Session, config: &Config, store: &Store, id: i64) -> anyhow::Result<()> {
    let run = store.run(id).await?;
    let documents = store.documents(id).await?;
    let shown = approval::shown(&documents);
    let deliveries = store.deliveries(&DeliveryFilter { run: Some(id), states: Vec::new() }).await?;
    let in_state = |state: DeliveryState| deliveries.iter().filter(|d| d.state == state).count();
    if session.output.is_json() {
        let mut value = as_json(&run);
        if let Some(table) = value.as_object_mut() {
            table.insert("documents".to_owned(), serde_json::to_value(&documents)?);
            table.insert("shown".to_owned(), shown.clone().into());
            table.insert("sign_off".to_owned(), serde_json::to_value(store.approvals(id).await?)?);
            let counts: serde_json::Map<_, _> = DeliveryState::ALL
                .into_iter()
                .filter(|state| in_state(*state) > 0)
                .map(|state| (state.word().to_owned(), in_state(state).into()))
                .collect();
            table.insert("deliveries".to_owned(), counts.into());
        }
        session.output.json(&value);
        return Ok(());
    }
    let out = &session.output;
    let field = |name: &str, text: &str| out.line(&format!("{:<12} {text}", format!("{name}:")));
    out.line(&out.toned(Tone::Strong, &format!("run {} is {}", run.id, run.state.word().replace('_', " "))));
    field("report", &format!("{}, {}, version {}", run.report, run.period, run.revision));
    field("schedule", &run.schedule);
    field("due", &local(config, run.due_at));
    if !run.note.is_empty() {
        field("note", &run.note);
    }
    if let Some(reason) = &run.reason {
        field("why", reason);
    }
    if let Some(as_of) = run.as_of {
        field("data as of", &as_of.to_string());
    }
    if let (Some(by), Some(at)) = (&run.decided_by, run.decided_at) {
        field("decided", &format!("{by}, {}", local(config, at)));
    }
    for approval in &store.approvals(id).await? {
        field("sign-off", &signed(config, approval, &shown));
    }
    for document in &documents {
        let pages = counted(usize::try_from(document.pages).unwrap_or(usize::MAX), "page", "pages");
        field("edition", &format!("{} ({pages}): {}", document.language, document.path));
    }
    let mails: Vec<String> = DeliveryState::ALL
        .into_iter()
        .filter(|state| in_state(*state) > 0)
        .map(|state| format!("{} {}", in_state(state), state.word().replace('_', " ")))
        .collect();
    if !mails.is_empty() {
        field("mails", &format!("{}; see: rapporteur outbox list --run {}", mails.join(", "), run.id));
    }
    match run.state {
        RunState::Held | RunState::AwaitingApproval => {
            field("next", &format!("rapporteur runs approve {} releases it as it is", run.id));
        }
        RunState::Failed => field("next", &format!("mend the cause, then: rapporteur runs retry {}", run.id)),
        _ => {}
    }
    Ok(())
}

/// One verdict in words; one about other bytes says so.
fn signed(config: &Config, approval: &Approval, shown: &str) -> String {
    let what = match approval.verdict {
        Verdict::Approved => "approved by",
        Verdict::SentBack => "sent back by",
    };
    let reason = approval.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let stale = if approval.shown == shown { "" } else { " (about an earlier compiling)" };
    let way = approval.way.word();
    format!("{what} {}, {}, by {way}{stale}{reason}", approval.name, local(config, approval.at))
}

async fn start(
    session: &Session,
    config: &Config,
    store: &Store,
    name: &str,
    period: Option<crate::period::ReportingPeriod>,
) -> anyhow::Result<()> {
    let Some(found) = config.schedule(name) else {
        let known: Vec<&str> = config.schedules.iter().map(|s| s.name.as_str()).collect();
        let hint = match crate::config::nearest(name, &known) {
            Some(near) => format!("; perhaps you meant `{near}`"),
            None if known.is_empty() => "; config/schedules.toml has none".to_owned(),
            None => format!("; there are `{}`", known.join("`, `")),
        };
        anyhow::bail!("there is no schedule `{name}`{hint}");
    };
    let planned = schedule::by_hand(found, period, session.now());
    let period = planned.period;
    let run = store.start_run(name, planned).await?;
    let told = format!("due, for {period}; {}", by_whom(&config.home, "compiles it"));
    decided(session, store, run.id, &told).await
}

/// Says what became of a run.
async fn decided(session: &Session, store: &Store, id: i64, told: &str) -> anyhow::Result<()> {
    if session.output.is_json() {
        session.output.json(&as_json(&store.run(id).await?));
    } else {
        session.output.line(&format!("run {id} is {told}"));
    }
    Ok(())
}

const fn tone(state: RunState) -> Tone {
    match state {
        RunState::Held | RunState::AwaitingApproval => Tone::Careful,
        RunState::Failed => Tone::Bad,
        RunState::Released => Tone::Good,
        RunState::Due | RunState::Compiling | RunState::Skipped => Tone::Plain,
    }
}

/// A run without its facts, which are long; they are in `compile --facts` and the archive.
fn as_json(run: &ReportRun) -> serde_json::Value {
    let mut value = serde_json::to_value(run).unwrap_or_default();
    if let Some(table) = value.as_object_mut() {
        table.remove("facts");
    }
    value
}
