//! The configuration in force. Every step asks for it anew, so that a changed one needs no restart.

use std::sync::{Arc, PoisonError, RwLock};

use crate::config::Config;

/// What all workers read, and the reloading alone changes.
#[derive(Clone)]
pub(super) struct Live {
    config: Arc<RwLock<Arc<Config>>>,
}

impl Live {
    pub(super) fn new(config: Config) -> Self {
        Self { config: Arc::new(RwLock::new(Arc::new(config))) }
    }

    /// The configuration at this moment.
    pub(super) fn now(&self) -> Arc<Config> {
        Arc::clone(&self.config.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Another one, from the next step of each worker on.
    pub(super) fn set(&self, config: Config) {
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(config);
    }
}
