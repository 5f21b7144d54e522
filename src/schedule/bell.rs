//! The bell: one constant job of tokio-cron-scheduler, in UTC, that only says "look".
//!
//! That library freezes a job's zone to an offset, catches nothing up, merges instants that it
//! missed, and loses a job for ever when its closure panics. So it is trusted with nothing: the
//! closure rings, the planner finds out what is due, and the daemon rings by itself when the bell
//! has been silent for [`SILENT_FOR`].

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

/// Every five seconds: a report begins at most that much after its instant.
const RINGS: &str = "*/5 * * * * *";

/// A bell that has not rung for this long is broken.
pub const SILENT_FOR: Duration = Duration::from_secs(60);

/// The bell cannot be hung. The daemon works without it, ringing by its own timer.
#[derive(Debug, thiserror::Error)]
#[error("the bell: {0}")]
pub struct BellError(#[from] JobSchedulerError);

/// Rings until it is taken down.
pub struct Bell {
    scheduler: JobScheduler,
    rung: Arc<Notify>,
}

impl Bell {
    /// Hangs the bell and lets it ring.
    ///
    /// # Errors
    /// When the library refuses its one job.
    pub async fn hang() -> Result<Self, BellError> {
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
    pub async fn rings(&self) {
        self.rung.notified().await;
    }

    /// Takes the bell down.
    pub async fn take_down(mut self) {
        if let Err(error) = self.scheduler.shutdown().await {
            tracing::debug!(%error, "the bell went down badly");
        }
    }
}
