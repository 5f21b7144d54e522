//! `rapporteur config`: what the configuration comes to, and how it came to be that.

use super::args::ConfigCommand;
use super::home::local;
use super::output::{Tone, counted};
use super::{Done, Session};
use crate::config::{self, Change};
use crate::diagnostic::Diagnostic;
use crate::store::ConfigurationChange;

pub(super) async fn run(session: &Session, command: ConfigCommand) -> anyhow::Result<Done> {
    match command {
        ConfigCommand::Schema => {
            session.output.json(&config::schema());
            Ok(Done::Well)
        }
        ConfigCommand::Show => {
            let (config, diagnostics) = session.read_config()?;
            session.output.diagnostics_aside(&session.locale, &diagnostics);
            let value = config::shown(&config);
            if session.output.is_json() {
                session.output.json(&value);
            } else {
                session.output.bytes(toml::to_string_pretty(&value)?.as_bytes());
            }
            Ok(if diagnostics.iter().any(Diagnostic::is_error) { Done::WithFaults } else { Done::Well })
        }
        ConfigCommand::Changes { count } => changes(session, count).await,
    }
}

/// Also of a configuration that has errors: somebody may look here for what broke it.
async fn changes(session: &Session, count: u32) -> anyhow::Result<Done> {
    let (config, _) = session.read_config()?;
    let store = session.store(&config).await?;
    let found = store.configuration_changes(&config.home.display().to_string(), count).await?;
    store.close().await;
    if session.output.is_json() {
        let all: Vec<_> = found.iter().map(as_json).collect();
        session.output.json(&serde_json::json!({ "changes": all }));
        return Ok(Done::Well);
    }
    if found.is_empty() {
        session.output.line("no daemon has read this configuration yet");
    }
    for change in &found {
        let (tone, verb) = if change.is_taken { (Tone::Good, "taken") } else { (Tone::Bad, "refused") };
        let cause = match change.cause.as_str() {
            "start" => ", when the daemon started",
            "signal" => ", on SIGHUP",
            _ => "",
        };
        let by = if change.cause == "start" { String::new() } else { format!(", changed by {}", change.by) };
        let verb = session.output.toned(tone, verb);
        session.output.line(&format!("{}  {verb}{by}{cause}", local(&config, change.at)));
        for line in lines(change) {
            session.output.line(&format!("  {line}"));
        }
    }
    Ok(Done::Well)
}

/// What changed, a line for each key; or what was wrong.
fn lines(change: &ConfigurationChange) -> Vec<String> {
    if change.is_taken {
        let all: Vec<Change> = serde_json::from_value(change.details.clone()).unwrap_or_default();
        if all.is_empty() && change.cause != "start" {
            return vec!["as it was before".to_owned()];
        }
        return all.iter().map(|one| format!("{}: {}", one.key, from_to(one))).collect();
    }
    let problems: Vec<String> = serde_json::from_value(change.details.clone()).unwrap_or_default();
    let mut lines = vec![counted(problems.len(), "error", "errors")];
    lines.extend(problems);
    lines
}

fn from_to(change: &Change) -> String {
    match (change.before.is_null(), change.after.is_null()) {
        (true, _) => format!("new, {}", change.after),
        (_, true) => format!("gone, was {}", change.before),
        _ => format!("{} → {}", change.before, change.after),
    }
}

fn as_json(change: &ConfigurationChange) -> serde_json::Value {
    serde_json::json!({
        "at": change.at,
        "by": change.by,
        "cause": change.cause,
        "outcome": if change.is_taken { "taken" } else { "refused" },
        if change.is_taken { "changes" } else { "problems" }: change.details,
    })
}
