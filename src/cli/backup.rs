//! `rapporteur backup` and `rapporteur restore`: a home as one file, and back.

use super::args::{BackupArgs, RestoreArgs};
use super::output::{Tone, counted};
use super::{Done, Session};
use crate::backup;

pub(super) async fn write(session: &Session, arguments: &BackupArgs) -> anyhow::Result<Done> {
    let config = session.config()?;
    let store = session.store(&config).await?;
    let written = backup::write(&config, &store, &arguments.file, session.now()).await?;
    store.close().await;
    if session.output.is_json() {
        let (files, bytes) = (written.files, written.size);
        session.output.json(&serde_json::json!({ "file": arguments.file, "files": files, "bytes": bytes }));
        return Ok(Done::Well);
    }
    let out = &session.output;
    let files = counted(written.files, "file", "files");
    let head = format!("{}: {files}, the ledger among them, {}", arguments.file.display(), megabytes(written.size));
    out.line(&out.toned(Tone::Good, &head));
    out.line("  not in it: passwords and keys kept elsewhere in the home, and mails in the Maildir");
    out.line(&format!("  to restore it: rapporteur --home NEW restore {}", arguments.file.display()));
    Ok(Done::Well)
}

pub(super) async fn restore(session: &Session, arguments: &RestoreArgs) -> anyhow::Result<Done> {
    let home = &session.home;
    let restored = backup::restore(&arguments.file, home, session.now()).await?;
    if session.output.is_json() {
        session.output.json(&serde_json::json!({
            "home": home, "made_at": restored.made_at, "files": restored.files, "runs": restored.runs,
            "mails_held": restored.mails_held, "missing": restored.missing, "sending_held": true,
        }));
        return Ok(Done::Well);
    }
    let out = &session.output;
    let shown = home.display();
    let (files, runs) = (counted(restored.files, "file", "files"), counted(restored.runs, "report run", "report runs"));
    let made = restored.made_at.format("%Y-%m-%d %H:%M UTC");
    out.line(&out.toned(Tone::Good, &format!("{shown} is the home as it was on {made}: {files}, {runs}")));
    for path in &restored.missing {
        out.line(&format!("  put back what no backup holds: {}", home.join(path).display()));
    }
    let mails = match restored.mails_held {
        0 => "no mail was waiting when the backup was made".to_owned(),
        n => {
            let mails = counted(n, "mail was", "mails were");
            format!("{mails} waiting when the backup was made, and may have been sent since")
        }
    };
    out.line(&out.toned(Tone::Careful, &format!("Sending is held: {mails}.")));
    out.line(&format!("  to look at them:  rapporteur --home {shown} outbox list"));
    out.line(&format!("  to take one back: rapporteur --home {shown} outbox cancel NUMBER"));
    out.line(&format!("  to let mail go:   rapporteur --home {shown} outbox release"));
    Ok(Done::Well)
}

/// `3.4 MB`, in decimal units.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
