//! The bell: one constant job of tokio-cron-scheduler, in UTC, that only says "look".
//!
//! That library freezes a job's zone to an offset, catches nothing up, merges instants that it
//! missed, and loses a job for ever when its closure panics. So it is trusted with nothing: the
//! closure rings, the planner finds out what is due, and a [`Tower`] whose bell has been silent for
//! too long says so, and hangs another.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

/// Every five seconds: a report begins at most that much after its instant.
const RINGS: &str = "*/5 * * * * *";

/// A bell that has not rung for this long is broken.
pub const SILENT_FOR: Duration = Duration::from_secs(60);

/// How long a broken bell may take to come down.
const COMING_DOWN: Duration = Duration::from_secs(5);

/// The bell cannot be hung.
#[derive(Debug, thiserror::Error)]
#[error("the bell: {0}")]
pub struct BellError(#[from] JobSchedulerError);

/// Rings until it is taken down.
struct Bell {
    scheduler: JobScheduler,
    rung: Arc<Notify>,
}

impl Bell {
    /// Hangs the bell and lets it ring.
    async fn hang() -> Result<Self, BellError> {
        let rung = Arc::new(Notify::new());
        let mut scheduler = JobScheduler::new().await?;
        let ring = Arc::clone(&rung);
        let job = Job::new(RINGS, move |_, _| ring.notify_one())?;
        scheduler.init().await?;
        scheduler.add(job).await?;
        scheduler.start().await?;
        Ok(Self { scheduler, rung })
    }

    /// Waits until it rings; a ring that nobody was waiting for is kept, once.
    async fn rings(&self) {
        self.rung.notified().await;
    }

    async fn take_down(mut self) {
        match tokio::time::timeout(COMING_DOWN, self.scheduler.shutdown()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "the bell went down badly"),
            Err(_) => tracing::debug!("the bell does not come down"),
        }
    }
}

/// What was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The bell rang.
    Ring,
    /// It was silent for too long, and another has been hung.
    Silence,
}

/// Holds one bell at a time, and another when that falls silent.
pub struct Tower {
    bell: Option<Bell>,
    silent_for: Duration,
}

impl Tower {
    /// A tower with a bell, if one can be hung; else it is tried again after the first silence.
    pub async fn build(silent_for: Duration) -> Self {
        Self { bell: hung().await, silent_for }
    }

    /// Waits for a ring, or for the silence to have lasted too long. May be dropped while it waits.
    pub async fn listen(&mut self) -> Heard {
        let heard = match &self.bell {
            Some(bell) => tokio::time::timeout(self.silent_for, bell.rings()).await.is_ok(),
            None => {
                tokio::time::sleep(self.silent_for).await;
                false
            }
        };
        if heard {
            return Heard::Ring;
        }
        if let Some(broken) = self.bell.take() {
            broken.take_down().await;
        }
        self.bell = hung().await;
        Heard::Silence
    }
}

async fn hung() -> Option<Bell> {
    match Bell::hang().await {
        Ok(bell) => Some(bell),
        Err(error) => {
            tracing::error!(%error, "no bell can be hung; the daemon looks by itself, less often");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_bell_that_falls_silent_is_replaced() {
        let mut tower = Tower::build(Duration::from_secs(20)).await;
        // What a panic in the library would do: the job is gone, and nobody says so.
        tower.bell.as_mut().unwrap().scheduler.shutdown().await.unwrap();
        tower.silent_for = Duration::from_millis(10);
        assert_eq!(tower.listen().await, Heard::Silence);
        tower.silent_for = Duration::from_secs(20);
        assert_eq!(tower.listen().await, Heard::Ring);
    }
}
