//! `rapporteur run`: the daemon.

use super::{Done, Session};
use crate::daemon;

pub(super) async fn run(session: &Session) -> anyhow::Result<Done> {
    let (config, diagnostics) = session.read_config()?;
    session.output.diagnostics_aside(&session.locale, &diagnostics);
    if diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error) {
        return Err(super::home::ConfigurationAtFault.into());
    }
    daemon::run(config, session.clock.clone()).await?;
    Ok(Done::Well)
}

/// Who does what was asked for: the daemon, now or when it runs again.
pub(super) fn by_whom(home: &std::path::Path, does: &str) -> String {
    if is_running(home) {
        format!("the daemon {does} now")
    } else {
        format!("the daemon is not running: `rapporteur run` {does}")
    }
}

/// Whether a daemon has the home: its lock is held, which the operating system knows for sure.
pub(super) fn is_running(home: &std::path::Path) -> bool {
    let Ok(lock) = std::fs::File::open(home.join("state/daemon.lock")) else { return false };
    match lock.try_lock_shared() {
        Ok(()) => false,
        Err(problem) => matches!(problem, std::fs::TryLockError::WouldBlock),
    }
}
