//! What is so at this moment: in the ledger, on the disk, in the inbox.

use std::fs;
use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::config::Config;
use crate::notice::Notice;
use crate::store::{Store, StoreError};

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

/// A folder that the daemon has not made yet is none that has gone.
fn can_be_read(folder: &Path) -> io::Result<()> {
    fs::read_dir(folder).map(drop)
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
