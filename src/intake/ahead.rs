//! The next file, being read while the one before it is written down and answered.
//!
//! Reading is a child's work and writing is ours, so that two files are in hand on two cores. The order
//! in which files are taken stays: what was read ahead is used only where, when its turn comes, the
//! file would be read in the very same way; otherwise it is read again.

use chrono::{DateTime, Utc};

use super::inbox::Ready;
use super::raw::ReadRequest;
use super::reading::Reading;
use super::spool::Spooled;
use super::take::{Intake, IntakeError, world};

/// A file that was begun before its turn.
pub(super) struct Ahead {
    pub(super) ready: Ready,
    pub(super) spooled: Spooled,
    request: ReadRequest,
    reading: Reading,
}

impl Ahead {
    /// What is being read, if it is what is asked for, and has not waited long for its turn.
    pub(super) fn reading_for(self, request: &ReadRequest) -> Option<Reading> {
        (self.request == *request && self.reading.is_young()).then_some(self.reading)
    }
}

impl Intake {
    /// Begins to read the file whose turn is next. That it cannot be begun will be told at its turn.
    pub(super) async fn look_ahead(&self, now: DateTime<Utc>) -> Option<Ahead> {
        let ready = self.next_in_line(now)?;
        let length = std::fs::metadata(&ready.path).ok()?.len();
        if length > self.config.inbox.max_file_bytes {
            return None;
        }
        self.begin_ahead(ready, now).await.ok()
    }

    async fn begin_ahead(&self, ready: Ready, now: DateTime<Utc>) -> Result<Ahead, IntakeError> {
        let spooled = self.spooled(&ready.path).await?;
        let request = self.request(&self.job_of(&ready, now), &spooled).await?;
        let reading = self.room.start(&request).await.map_err(world)?;
        Ok(Ahead { ready, spooled, request, reading })
    }
}
