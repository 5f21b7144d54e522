//! Mails that come back: the mailbox that notifications are sent to is read, and each that says that one
//! of our mails did not arrive marks the delivery, with the reason.
//!
//! [`Bounces::step`] looks into the mailbox once. A notification is looked after once, whatever happens in
//! between: the ledger knows its hash. Any other mail is left where it is, as it is.

mod folder;
mod imap;
mod notification;
mod reach;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

pub use reach::{Unread, unread};

use crate::clock::Clock;
use crate::config::{BounceBox, Config};
use crate::digest;
use crate::step::Step;
use crate::store::{Bounce, Store, StoreError};

/// A larger mail is no notification that somebody would send: it is not read.
const LARGEST: u64 = 5_000_000;

/// Why a mailbox could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BounceError {
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A folder or a file of the Maildir.
    #[error("{}: {error}", path.display())]
    Folder {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The IMAP server, or the way to it.
    #[error("the mailbox on {host}: {problem}")]
    Server {
        /// Which server.
        host: String,
        /// What was seen.
        problem: String,
    },
}

/// Reads the mailbox that bounces come to.
#[derive(Clone, Debug)]
pub struct Bounces {
    store: Store,
    config: Arc<Config>,
    clock: Clock,
    /// Files of the Maildir that were looked at and are none of ours to touch.
    others: Arc<Mutex<BTreeSet<PathBuf>>>,
}

impl Bounces {
    /// The reader of a home.
    #[must_use]
    pub fn new(store: Store, config: Arc<Config>, clock: Clock) -> Self {
        Self { store, config, clock, others: Arc::default() }
    }

    /// Looks into the mailbox once, and says whether a mail had come back.
    ///
    /// # Errors
    /// The mailbox cannot be read, or the ledger fails: what was not written down is read again.
    pub async fn step(&self) -> Result<Step, BounceError> {
        let look = self.look().await;
        reach::note(self, &look).await?;
        look
    }

    async fn look(&self) -> Result<Step, BounceError> {
        match &self.config.bounces.mailbox {
            None => Ok(Step::Idle),
            Some(BounceBox::Maildir(folder)) => self.read_folder(&self.config.at_home(folder)).await,
            Some(BounceBox::Imap(settings)) => imap::read(self, settings).await,
        }
    }

    async fn read_folder(&self, folder: &std::path::Path) -> Result<Step, BounceError> {
        let mut step = Step::Idle;
        for path in folder::mails(folder)? {
            let is_known = |others: &BTreeSet<PathBuf>| others.contains(&path);
            if is_known(&self.others.lock().unwrap_or_else(PoisonError::into_inner)) {
                continue;
            }
            let Some(mail) = folder::read(&path)? else { continue };
            if self.take(&mail, &mut step).await? {
                folder::mark_read(folder, &path)?;
            } else {
                self.others.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
            }
        }
        Ok(step)
    }

    /// Looks after one mail, and says whether it is a notification that something did not arrive.
    async fn take(&self, mail: &[u8], step: &mut Step) -> Result<bool, BounceError> {
        let Some(found) = notification::read(mail) else { return Ok(false) };
        let hash = digest::of(mail);
        let bounce = Bounce { mail: &hash, message_id: &found.message_id, reason: &found.reason };
        if let Some(delivery) = self.store.bounce(bounce, self.clock.now()).await? {
            *step = Step::Worked;
            tracing::warn!(
                delivery.id = delivery,
                "a mail that was sent has come back: {}",
                super::masked(&found.reason)
            );
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests;
