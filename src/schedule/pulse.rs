//! The last ring of the bell, noted in the home: a daemon whose schedules nobody looks at any more
//! cannot tell so itself, but `status` can.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use crate::clock::Clock;

/// Where the instant stands, below the home.
const FILE: &str = "state/last-ring";

/// Notes the rings of a daemon.
#[derive(Debug)]
pub struct Pulse {
    path: PathBuf,
    clock: Clock,
    /// Beside the note, so that a full disk is no silence.
    rang: Mutex<Instant>,
}

impl Pulse {
    /// Those of a home.
    #[must_use]
    pub fn of(home: &Path, clock: Clock) -> Self {
        Self { path: home.join(FILE), clock, rang: Mutex::new(Instant::now()) }
    }

    /// The bell has rung. One note that cannot be written is no harm; all of them are seen.
    pub fn beat(&self) {
        *self.rang.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        let noted = std::fs::write(&self.path, format!("{}\n", self.clock.now().to_rfc3339()));
        if let Err(error) = noted {
            tracing::debug!(%error, "the ring could not be noted");
        }
    }

    /// How long ago the last ring was, by a clock that nobody sets.
    #[must_use]
    pub fn is_silent_for(&self) -> Duration {
        self.rang.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// When the bell of a home's daemon rang last; `None` where it never did, or nobody knows.
#[must_use]
pub fn last_ring(home: &Path) -> Option<DateTime<Utc>> {
    std::fs::read_to_string(home.join(FILE)).ok()?.trim().parse().ok()
}
