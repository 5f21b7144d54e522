//! Whether the mailbox can be read: noted in the ledger for whoever asks, and told to the operators where it lasts.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{BounceError, Bounces};
use crate::config::{BounceBox, Config};
use crate::notice::Notice;
use crate::step::Step;
use crate::store::{Store, StoreError};

/// Under which name the ledger keeps since when it cannot be read.
const NOTE: &str = "bounces-unread";

/// The operators are told of what lasts this long: a mail server that is looked after is away for some minutes.
const PATIENCE: TimeDelta = TimeDelta::minutes(30);

/// A mailbox that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Which one: a folder, or server and port.
    pub mailbox: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What is in the way.
    pub problem: String,
}

/// What a configuration's mailbox is called; `None` where it has none.
fn name(config: &Config) -> Option<String> {
    config.bounces.mailbox.as_ref().map(|mailbox| match mailbox {
        BounceBox::Maildir(folder) => folder.display().to_string(),
        BounceBox::Imap(settings) => format!("{}:{}", settings.host, settings.port),
    })
}

/// The mailbox of a configuration, where it could not be read when somebody last tried.
///
/// # Errors
/// The ledger's trouble.
pub async fn unread(store: &Store, config: &Config) -> Result<Option<Unread>, StoreError> {
    let noted = store.note(NOTE).await?.and_then(|text| serde_json::from_str::<Unread>(&text).ok());
    Ok(noted.filter(|unread| Some(&unread.mailbox) == name(config).as_ref()))
}

/// Writes down how a look into the mailbox went.
pub(super) async fn note(bounces: &Bounces, look: &Result<Step, BounceError>) -> Result<(), StoreError> {
    let (store, now) = (&bounces.store, bounces.clock.now());
    let problem = match look {
        // The ledger's own trouble says nothing of the mailbox.
        Err(BounceError::Store(_)) => return Ok(()),
        Err(problem) => Some(problem.to_string()),
        Ok(_) => None,
    };
    let (Some(problem), Some(mailbox)) = (problem, name(&bounces.config)) else {
        if store.note(NOTE).await?.is_some_and(|text| !text.is_empty()) {
            store.clear_notice(Notice::BOUNCES, now).await?;
            store.set_note(NOTE, "").await?;
        }
        return Ok(());
    };
    let since = unread(store, &bounces.config).await?.map_or(now, |before| before.since);
    let found = Unread { mailbox, since, problem };
    store.set_note(NOTE, &serde_json::to_string(&found).unwrap_or_default()).await?;
    if now - since >= PATIENCE {
        let Unread { mailbox, problem, .. } = found;
        store.raise_notice(&Notice::BouncesUnread { mailbox, problem }, now).await?;
    }
    Ok(())
}
