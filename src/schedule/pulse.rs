//! The last ring of the bell, noted in the home: a daemon whose schedules nobody looks at any more
//! cannot tell so itself, but `status` can.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::clock::Clock;

/// Where the instant stands, below the home.
const FILE: &str = "state/last-ring";

/// Notes the rings of a daemon.
pub struct Pulse {
    path: PathBuf,
    clock: Clock,
}

impl Pulse {
    /// Those of a home.
    #[must_use]
    pub fn of(home: &Path, clock: Clock) -> Self {
        Self { path: home.join(FILE), clock }
    }

    /// The bell has rung. One note that cannot be written is no harm; all of them are seen.
    pub fn beat(&self) {
        let noted = std::fs::write(&self.path, format!("{}\n", self.clock.now().to_rfc3339()));
        if let Err(error) = noted {
            tracing::debug!(%error, "the ring could not be noted");
        }
    }
}

/// When the bell of a home's daemon rang last; `None` where it never did, or nobody knows.
#[must_use]
pub fn last_ring(home: &Path) -> Option<DateTime<Utc>> {
    std::fs::read_to_string(home.join(FILE)).ok()?.trim().parse().ok()
}
