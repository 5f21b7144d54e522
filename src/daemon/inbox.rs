//! Tends the inbox. Events are hints that something happened there; the scan is the truth.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::crew::Crew;
use super::live::Live;
use super::tend::Boxed;
use crate::config::Config;
use crate::intake::Intake;

/// Watches the inbox and the folders below it, for as long as it is kept.
pub(super) struct InboxWatch {
    folder: PathBuf,
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
            Ok(watcher) => Self { folder: folder.to_owned(), _watcher: Some(watcher) },
            Err(error) => {
                tracing::warn!(%error, "the inbox cannot be watched, it is only scanned");
                Self { folder: folder.to_owned(), _watcher: None }
            }
        }
    }

    /// Watches another folder, where the configuration now names another.
    pub(super) fn follow(&mut self, config: &Config, bell: &Arc<Notify>) {
        let folder = config.at_home(&config.inbox.folder);
        if folder == self.folder {
            return;
        }
        if let Err(error) = std::fs::create_dir_all(&folder) {
            tracing::error!(folder = %folder.display(), %error, "the inbox cannot be made");
        }
        *self = Self::begin(&folder, Arc::clone(bell));
    }
}

impl Crew {
    /// The intake looks when the bell rings, when a file may have settled, and every so often.
    pub(super) fn tend_intake(&self, tasks: &mut JoinSet<()>, bell: Arc<Notify>) {
        let worker = self.worker("intake");
        let first = Intake::new(self.live.now(), worker.store.clone(), self.clock.clone());
        first.sweep();
        let desk = Arc::new(Mutex::new(Arc::new(first)));
        let (live, stepping) = (self.live.clone(), Arc::clone(&desk));
        let step = move || -> Boxed<_> {
            let intake = in_force(&stepping, &live);
            Box::pin(async move { Ok(intake.step().await?) })
        };
        let live = self.live.clone();
        let pause = move || -> Boxed<()> {
            let (bell, wait) = (Arc::clone(&bell), in_force(&desk, &live).wait_for());
            Box::pin(async move {
                let _ = tokio::time::timeout(wait, bell.notified()).await;
            })
        };
        tasks.spawn(worker.tend(step, pause));
    }
}

/// The intake under the configuration in force; what was seen of the inbox is not forgotten.
fn in_force(desk: &Mutex<Arc<Intake>>, live: &Live) -> Arc<Intake> {
    let mut intake = desk.lock().unwrap_or_else(PoisonError::into_inner);
    let config = live.now();
    if !intake.is_under(&config) {
        *intake = Arc::new(intake.under(config));
    }
    Arc::clone(&intake)
}
