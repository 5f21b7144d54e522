//! What a service manager such as systemd is told: ready, reloading, stopping, and that the bell rings.
//! Where none has asked, nobody is told.

use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;
use tokio_util::sync::CancellationToken;

use crate::schedule::Pulse;
use crate::schedule::bell::SILENT_FOR;

/// The daemon works.
pub(super) fn ready(status: &str) {
    tell(&[NotifyState::Ready, NotifyState::Status(status)]);
}

/// The configuration is being read again; [`ready`] follows.
pub(super) fn reloading() {
    match NotifyState::monotonic_usec_now() {
        Ok(now) => tell(&[NotifyState::Reloading, now]),
        Err(error) => tracing::debug!(%error, "the service manager is not told of the reload"),
    }
}

/// No new work is begun.
pub(super) fn stopping() {
    tell(&[NotifyState::Stopping, NotifyState::Status("finishing the work in hand")]);
}

/// Feeds the watchdog, where there is one, for as long as the bell rings: a daemon whose schedules nobody
/// looks at is begun anew. A bell that has just been hung again has as long as two silences.
pub(super) async fn feed(pulse: Arc<Pulse>, stop: CancellationToken) {
    let Some(patience) = sd_notify::watchdog_enabled() else { return };
    let every = (patience / 3).max(Duration::from_millis(100));
    loop {
        if pulse.is_silent_for() <= SILENT_FOR * 2 {
            tell(&[NotifyState::Watchdog]);
        } else {
            tracing::error!("the bell stays silent: the watchdog is no longer fed");
        }
        if stop.run_until_cancelled(tokio::time::sleep(every)).await.is_none() {
            return;
        }
    }
}

fn tell(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!(%error, "the service manager could not be told");
    }
}
