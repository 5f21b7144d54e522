//! The folder of a rehearsal: made anew, with everything in it that the stages write, and with the
//! home's templates and pictures to be read.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::cli::args::SimulateArgs;
use crate::config::{Config, Transport};

/// Whoever finds this file in a folder may empty it.
const MARK: &str = ".rapporteur-rehearsal";

/// Folders of the home that a rehearsal reads and never writes.
const READ: [&str; 2] = ["templates", "state/pictures"];

/// An empty folder for the rehearsal.
pub(super) fn prepare(config: &Config, arguments: &SimulateArgs) -> anyhow::Result<PathBuf> {
    let usual = || config.home.join("rehearsal").join(format!("{}--{}", arguments.from, arguments.until));
    let folder = arguments.output.clone().unwrap_or_else(usual);
    let folder = std::path::absolute(&folder).unwrap_or(folder);
    let shown = folder.display();
    let occupied = std::fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some());
    if occupied && !folder.join(MARK).exists() {
        bail!("`{shown}` is not empty, and no rehearsal made it; choose another folder with --output");
    }
    if occupied {
        std::fs::remove_dir_all(&folder).with_context(|| format!("`{shown}` cannot be emptied"))?;
    }
    std::fs::create_dir_all(folder.join("state")).with_context(|| format!("`{shown}` cannot be made"))?;
    std::fs::write(folder.join(MARK), "Made by `rapporteur simulate`, which may empty this folder.\n")
        .with_context(|| format!("`{shown}` cannot be written"))?;
    std::fs::create_dir_all(folder.join("inbox")).with_context(|| format!("`{shown}` cannot be written"))?;
    for name in READ {
        let real = config.home.join(name);
        if real.is_dir() {
            link(&real, &folder.join(name)).with_context(|| format!("`{}` cannot be used", real.display()))?;
        }
    }
    Ok(folder)
}

fn link(real: &Path, name: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(real, name)
}

/// The configuration with everything that is written in the rehearsal's folder, and mail in a
/// Maildir.
pub(super) fn furnish(config: Config, folder: &Path) -> anyhow::Result<Config> {
    let mut config = config;
    config.home = folder.to_owned();
    "sqlite:state/ledger.db".clone_into(&mut config.ledger.url);
    config.inbox.folder = PathBuf::from("inbox");
    config.mail.transport = Transport::Maildir;
    config.mail.maildir = PathBuf::from("mail");
    config.mail.smtp = None;
    config.bounces.mailbox = None;
    Ok(config)
}
