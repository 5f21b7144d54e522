//! One daemon for a home, and one for a ledger.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::DaemonError;

/// A lock that is held at each of these tries is another daemon's.
const TRIES: u32 = 5;

const BETWEEN_TRIES: Duration = Duration::from_millis(30);

/// The lock of a running daemon. The operating system lifts it when the process ends, however it
/// ends, so whoever holds it knows that its predecessor is dead.
pub(super) struct Lock(File);

impl Lock {
    /// Takes the lock of a home, or says that somebody has it.
    pub(super) fn of_home(home: &Path) -> Result<Self, DaemonError> {
        let taken = || DaemonError::Running { home: home.to_owned() };
        Self::take(home.join("state").join("daemon.lock"), taken)
    }

    /// Takes the lock of a ledger, which daemons of other homes may name as well: what one has in
    /// hand the other would take back.
    pub(super) fn of_ledger(ledger: &Path) -> Result<Self, DaemonError> {
        let mut path = ledger.as_os_str().to_owned();
        path.push(".lock");
        Self::take(path.into(), || DaemonError::LedgerInUse { path: ledger.to_owned() })
    }

    fn take(path: PathBuf, taken: impl Fn() -> DaemonError) -> Result<Self, DaemonError> {
        let failed = |error| DaemonError::Lock { path: path.clone(), error };
        if let Some(folder) = path.parent() {
            let mut builder = std::fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(folder).map_err(failed)?;
        }
        let mut file =
            OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path).map_err(failed)?;
        let mut tries = 1;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                // `status` asks for the lock too, for a moment.
                Err(TryLockError::WouldBlock) if tries < TRIES => std::thread::sleep(BETWEEN_TRIES),
                Err(TryLockError::WouldBlock) => return Err(taken()),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            tries += 1;
        }
        // For people who look; nobody reads it back.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(Self(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}
