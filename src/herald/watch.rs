//! What is so at this moment: in the ledger, on the disk, in the inbox.

use std::fs;
use std::io;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};

use crate::config::Config;
use crate::notice::Notice;
use crate::store::{Store, StoreError};

/// Nobody waits for a report on a period that ended before this.
const LONG_AGO: TimeDelta = TimeDelta::days(5 * 366);

/// What a look came to.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// What is so, and since when.
    pub notices: Vec<(Notice, DateTime<Utc>)>,
    /// Causes that a stage had raised, and that have passed by themselves.
    pub passed: Vec<String>,
}

/// Looks at everything that the operators may have to know; changes nothing.
///
/// # Errors
/// The ledger's trouble.
pub async fn look(store: &Store, config: &Config, now: DateTime<Utc>) -> Result<Seen, StoreError> {
    let mut notices = store.troubles(now).await?;
    notices.extend(low_disks(config).into_iter().map(|notice| (notice, now)));
    let inbox = config.at_home(&config.inbox.folder);
    if let Err(error) = can_be_read(&inbox) {
        let notice = Notice::InboxGone { folder: inbox.display().to_string(), problem: error.to_string() };
        notices.push((notice, now));
    }
    notices.extend(unsent(store, config, now).await?.into_iter().map(|notice| (notice, now)));
    let mut passed = Vec::new();
    for record in store.open_notices().await? {
        if let Notice::FileStuck { file, .. } = &record.notice
            && fs::symlink_metadata(inbox.join(file)).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
        {
            passed.push(record.notice.cause());
        }
    }
    Ok(Seen { notices, passed })
}

/// What needs a person at this moment, also while no daemon runs: what is seen, and what stages have raised.
///
/// # Errors
/// The ledger's trouble.
pub async fn standing(
    store: &Store,
    config: &Config,
    now: DateTime<Utc>,
) -> Result<Vec<(Notice, DateTime<Utc>)>, StoreError> {
    let seen = look(store, config, now).await?;
    let mut found = seen.notices;
    for record in store.open_notices().await? {
        let cause = record.notice.cause();
        let is_raised = !seen.passed.contains(&cause) && record.notice.is_raised();
        match found.iter_mut().find(|(notice, _)| notice.cause() == cause) {
            // Of what is seen anew at every look the ledger knows since when it is so.
            Some((_, since)) => *since = record.since,
            None if is_raised => found.push((record.notice, record.since)),
            None => {}
        }
    }
    Ok(found)
}

/// Periods whose latest date is over, and of which nothing was sent.
async fn unsent(store: &Store, config: &Config, now: DateTime<Utc>) -> Result<Vec<Notice>, StoreError> {
    let mut found = Vec::new();
    for (schedule, period, run, state) in store.unsent((now - LONG_AGO).date_naive(), now).await? {
        let Some(rule) = config.schedule(&schedule) else { continue };
        let wait = TimeDelta::from_std(rule.latest).unwrap_or(LONG_AGO);
        let latest = period.last_day() + wait;
        if now.with_timezone(&rule.timezone).date_naive() > latest {
            found.push(Notice::PeriodUnsent { schedule, period, latest, run, state });
        }
    }
    Ok(found)
}

/// A folder that the daemon has not made yet is none that has gone.
fn can_be_read(folder: &Path) -> io::Result<()> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => folder.parent().map_or(Err(error), can_be_read),
        other => other.map(drop),
    }
}

/// The places that fill up, one of each disk.
fn low_disks(config: &Config) -> Vec<Notice> {
    let least = config.ledger.least_free_mb;
    let inbox = config.at_home(&config.inbox.folder);
    let mut disks = Vec::new();
    let mut found = Vec::new();
    for folder in [config.home.as_path(), &config.at_home(Path::new("state")), &inbox] {
        let (Ok(disk), Ok(room)) = (rustix::fs::stat(folder), rustix::fs::statvfs(folder)) else { continue };
        if disks.contains(&disk.st_dev) {
            continue;
        }
        disks.push(disk.st_dev);
        let free_mb = room.f_bavail.saturating_mul(room.f_frsize) / 1_000_000;
        if free_mb < least {
            let folder = folder.display().to_string();
            found.push(Notice::DiskLow { folder, free_mb, least_mb: least });
        }
    }
    found
}
