//! Hints that something happened in the inbox. The scan is the truth.

use std::path::Path;
use std::sync::Arc;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;

/// Watches the inbox and the folders below it, for as long as it is kept.
pub(super) struct InboxWatch {
    _watcher: Option<RecommendedWatcher>,
}

impl InboxWatch {
    /// Rings `bell` at every event. Where watching is impossible (a network share, too few
    /// watches left) it says so once, and the scan alone must do.
    pub(super) fn begin(folder: &Path, bell: Arc<Notify>) -> Self {
        let watcher = notify::recommended_watcher(move |_| bell.notify_one()).and_then(|mut watcher| {
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
