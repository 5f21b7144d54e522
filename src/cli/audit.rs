//! `rapporteur audit`: who did what on the dashboard.

use super::args::AuditArgs;
use super::home::local;
use super::output::Tone;
use super::{Done, Session};
use crate::store::AuditRecord;

pub(super) async fn run(session: &Session, arguments: &AuditArgs) -> anyhow::Result<Done> {
    let config = session.config()?;
    let store = session.store(&config).await?;
    let deeds = store.audit(None, arguments.count).await?;
    store.close().await;
    if session.output.is_json() {
        let all: Vec<_> = deeds.iter().map(as_json).collect();
        session.output.json(&serde_json::json!({ "audit": all }));
        return Ok(Done::Well);
    }
    if deeds.is_empty() {
        session.output.line("nothing was done on the dashboard yet");
        return Ok(Done::Well);
    }
    let rows: Vec<_> = deeds
        .into_iter()
        .map(|AuditRecord { at, deed, outcome, .. }| {
            let tone = match outcome.as_deref() {
                Some("done") => Tone::Plain,
                Some(_) => Tone::Careful,
                None => Tone::Bad,
            };
            vec![
                (Tone::Plain, local(&config, at)),
                (Tone::Strong, deed.who),
                (Tone::Plain, deed.role.map_or_else(String::new, |role| role.to_string())),
                (Tone::Plain, deed.address),
                (Tone::Plain, deed.action),
                (Tone::Plain, deed.subject),
                (tone, outcome.unwrap_or_else(|| "not ended".to_owned())),
            ]
        })
        .collect();
    session.output.table(&["when", "who", "role", "from", "what", "to", "outcome"], &rows);
    Ok(Done::Well)
}

/// A deed for programs.
fn as_json(record: &AuditRecord) -> serde_json::Value {
    serde_json::json!({
        "id": record.id,
        "at": record.at,
        "who": record.deed.who,
        "role": record.deed.role,
        "address": record.deed.address,
        "action": record.deed.action,
        "subject": record.deed.subject,
        "outcome": record.outcome,
    })
}
