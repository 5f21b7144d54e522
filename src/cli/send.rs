//! `rapporteur send`: a trial copy of a run, to one address.

use super::args::SendArgs;
use super::daemon::by_whom;
use super::{Done, Session};
use crate::compile;
use crate::config;

pub(super) async fn run(session: &Session, arguments: &SendArgs) -> anyhow::Result<Done> {
    let to = config::mailbox(&arguments.to).ok_or_else(|| {
        anyhow::anyhow!("expected an e-mail address such as me@example.org, found `{}`", arguments.to)
    })?;
    let config = session.config()?;
    let store = session.store(&config).await?;
    let sent = compile::send_trial(&store, &config, arguments.run, &to, arguments.language, &session.clock).await?;
    store.close().await;
    let file = sent.attachments.first().map_or("", |attachment| attachment.file_name.as_str());
    if session.output.is_json() {
        session.output.json(&serde_json::json!({
            "run": arguments.run, "to": sent.email, "message_id": sent.message_id, "file": file,
        }));
    } else {
        let then = by_whom(&config.home, "sends it");
        session.output.line(&format!("a trial copy, {file}, to {} is in the outbox; {then}", sent.email));
    }
    Ok(Done::Well)
}
