//! `rapporteur runs release` and `drop`: a person's word on occurrences that were missed in great
//! number.

use super::Session;
use super::daemon::by_whom;
use super::home::{decider, local};
use super::output::counted;
use crate::config::Config;
use crate::schedule;
use crate::store::{Backlog, Store};

/// Releases (`is_released`) or drops what waits of a schedule.
pub(super) async fn settle(
    session: &Session,
    config: &Config,
    store: &Store,
    name: &str,
    is_released: bool,
    by: Option<String>,
) -> anyhow::Result<()> {
    let waiting = store.backlogs().await?;
    let ours: Vec<&Backlog> = waiting.iter().filter(|backlog| backlog.schedule == name).collect();
    if ours.is_empty() {
        let known: Vec<&str> = waiting.iter().map(|backlog| backlog.schedule.as_str()).collect();
        let hint = match (crate::config::nearest(name, &known), known.is_empty()) {
            (_, true) => "; nothing waits".to_owned(),
            (Some(near), _) => format!("; perhaps you meant `{near}`"),
            (None, _) => format!("; something waits of `{}`", known.join("`, `")),
        };
        anyhow::bail!("no missed occurrence of a schedule `{name}` waits{hint}");
    }
    let by = decider(by);
    let (mut due, mut skipped) = (0, 0);
    for backlog in ours {
        let (more_due, more_skipped) =
            schedule::settle(store, config, backlog, is_released, &by, &session.clock).await?;
        due += more_due;
        skipped += more_skipped;
    }
    if session.output.is_json() {
        session.output.json(&serde_json::json!({ "schedule": name, "due": due, "skipped": skipped }));
        return Ok(());
    }
    let told = |number, what: &str| format!("{} {what}", counted(number, "occurrence is", "occurrences are"));
    session.output.line(&match (due, skipped) {
        (0, skipped) => format!("{}, each with its reason in: rapporteur runs list", told(skipped, "skipped")),
        (due, skipped) => {
            format!("{}, {skipped} skipped; {}", told(due, "due"), by_whom(&config.home, "compiles what is due"))
        }
    });
    Ok(())
}

/// What waits, in two lines each: what it is, and the commands that decide about it.
pub(super) fn told(config: &Config, backlog: &Backlog) -> [String; 2] {
    let (name, missed) = (&backlog.schedule, &backlog.missed);
    let number = counted(usize::try_from(missed.count).unwrap_or(usize::MAX), "occurrence", "occurrences");
    let (from, until) = (local(config, missed.after), local(config, missed.until));
    [
        format!("{number} of {name}, missed between {from} and {until}, wait for somebody to decide"),
        format!("  make up for them: rapporteur runs release {name}; skip them: rapporteur runs drop {name}"),
    ]
}
