//! A home as one file, and back.
//!
//! [`write()`] copies the ledger as it is at one instant, while the daemon goes on, and then the
//! folders that belong to it: what the ledger's copy speaks of was there before it. A list of all
//! files with their SHA-256 goes with them, and [`restore()`] believes nothing that does not agree
//! with it. A restored home sends nothing until a person says so: the home it was copied from may
//! have sent the same mails since.

mod restore;
mod write;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use restore::{Restored, is_half_restored, restore};
pub use write::{Written, write};

use crate::config::ConfigError;
use crate::digest;
use crate::store::StoreError;

/// Name of the list in the backup.
const LIST: &str = "backup.json";

/// Name of the ledger in the backup, wherever it lies in the home.
const LEDGER: &str = "ledger.db";

/// Folders of a home that a backup holds. What was mailed into a Maildir has left; secrets are not copied.
const FOLDERS: [&str; 5] = ["config", "templates", "archive", "inbox", "state"];

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct List {
    /// Of this program; 1 so far.
    format: u32,
    program: String,
    made_at: DateTime<Utc>,
    /// SHA-256 and size of each file, by its path.
    files: BTreeMap<String, Sum>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Sum {
    sha256: String,
    size: u64,
}

/// Why there is no backup, or no restored home.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file or folder could not be read or written.
    #[error("{}: {error}", path.display())]
    Files {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is a file of that name.
    #[error("expected a new file, found one at {}: choose another name", .0.display())]
    Exists(PathBuf),
    /// The home to restore into has something in it.
    #[error(
        "expected an empty folder, found `{found}` in {}: name a new one, \
         rapporteur --home NEW restore FILE", home.display()
    )]
    NotEmpty {
        /// The home.
        home: PathBuf,
        /// One of the things in it.
        found: String,
    },
    /// It is no backup, or not the whole of one.
    #[error("expected a backup of rapporteur, found something else in {}: {problem}", path.display())]
    NotABackup {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A file in it is not what was written.
    #[error("`{name}` in the backup is damaged: take another backup")]
    Damaged {
        /// Which file.
        name: String,
    },
    /// A newer version of this program has written it.
    #[error("the backup is of format {0}, and this program knows format 1: restore it with the program that wrote it")]
    Newer(u32),
    /// The ledger would go where something is already.
    #[error("the configuration in the backup has the ledger at {}, and a file is there: move it away first", .0.display())]
    LedgerExists(PathBuf),
    /// The configuration in the backup cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

fn at(path: &Path) -> impl Fn(io::Error) -> BackupError {
    move |error| BackupError::Files { path: path.to_owned(), error }
}

/// Copies everything, and says what passed by.
fn copy(from: &mut impl io::Read, to: &mut impl io::Write) -> io::Result<Sum> {
    let (sha256, size) = digest::copy(from, to)?;
    Ok(Sum { sha256, size })
}

#[cfg(test)]
mod tests;
