//! What time is it?
//!
//! Every stage asks a [`Clock`] and never the operating system, so that a test or a
//! rehearsal can answer instead. The clock only tells the time; waiting is the daemon's.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// A source of the current instant, cheap to clone and safe to share.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    System,
    Pretended(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The clock on the wall.
    #[must_use]
    pub const fn system() -> Self {
        Self(Kind::System)
    }

    /// A clock that stands still at `instant` until somebody moves it.
    #[must_use]
    pub fn pretended(instant: DateTime<Utc>) -> Self {
        Self(Kind::Pretended(Arc::new(Mutex::new(instant))))
    }

    /// The current instant, in UTC.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that may ask the operating system")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Kind::System => Utc::now(),
            Kind::Pretended(instant) => *instant.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a pretended clock to `instant`, forwards or back; the wall clock does not obey.
    pub fn set(&self, instant: DateTime<Utc>) {
        if let Kind::Pretended(current) = &self.0 {
            *current.lock().unwrap_or_else(PoisonError::into_inner) = instant;
        }
    }

    /// Moves a pretended clock by `span`; the wall clock does not obey.
    pub fn advance(&self, span: TimeDelta) {
        self.set(self.now() + span);
    }
}
