//! Tends the inbox. Events are hints that something happened there; the scan is the truth.

use std::path::Path;
use std::sync::Arc;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::crew::Crew;
use super::tend::Boxed;
use crate::intake::Intake;

/// Watches the inbox and the folders below it, for as long as it is kept.
pub(super) struct InboxWatch {
    _watcher: Option<RecommendedWatcher>,
}

impl InboxWatch {
    /// Rings `bell` at every event. Where watching is impossible (a network share, too few
    /// watches left) it says so once, and the scan alone must do.
    pub(super) fn begin(folder: &Path, bell: Arc<Notify>) -> Self {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // To read is no news; the scan itself opens every folder and would wake itself.
            if !event.is_ok_and(|event| event.kind.is_access()) {
                bell.notify_one();
            }
        })
        .and_then(|mut watcher| {
            watcher.watch(folder, RecursiveMode::Recursive)?;
            Ok(watcher)
        });
        match watcher {
            Ok(watcher) => Self { _watcher: Some(watcher) },
            Err(error) => {
                tracing::warn!(%error, "the inbox cannot be watched, it is only scanned");
                Self { _watcher: None }
            }
        }
    }
}

impl Crew {
    /// The intake looks when the bell rings, when a file may have settled, and every so often.
    pub(super) fn tend_intake(&self, tasks: &mut JoinSet<()>, bell: Arc<Notify>) {
        let worker = self.worker("intake");
        let intake = Intake::new(Arc::clone(&self.config), worker.store.clone(), self.clock.clone());
        intake.sweep();
        let intake = Arc::new(intake);
        let stepping = Arc::clone(&intake);
        let step = move || -> Boxed<_> {
            let intake = Arc::clone(&stepping);
            Box::pin(async move { Ok(intake.step().await?) })
        };
        let pause = move || -> Boxed<()> {
            let (bell, wait) = (Arc::clone(&bell), intake.wait_for());
            Box::pin(async move {
                let _ = tokio::time::timeout(wait, bell.notified()).await;
            })
        };
        tasks.spawn(worker.tend(step, pause));
    }
}
