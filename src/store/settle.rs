//! Durable commits of many at once: one sync of the write-ahead log for all who wait for one.
//!
//! A connection with `synchronous = NORMAL` leaves the sync out of its commit, so that the next writer need not
//! wait for the disk; whoever has committed waits here instead, before doing anything that rests on it. What was
//! promised is the same as with `FULL`: a mail's attempt is on the disk before the server hears of the mail.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

/// The log of a ledger, and up to whom it is on the disk.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    asked: AtomicU64,
    settled: Mutex<Settled>,
}

#[derive(Debug, Default)]
struct Settled {
    /// Those up to this number are on the disk, or were told that they may not be.
    done: u64,
    /// Those up to this number may not be: after a failed sync the system forgets what it could not write.
    failed: u64,
}

impl Log {
    /// The log beside a ledger.
    pub(super) fn of(ledger: &Path) -> Self {
        let mut path = ledger.as_os_str().to_owned();
        path.push("-wal");
        Self { path: path.into(), asked: AtomicU64::new(0), settled: Mutex::default() }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Waits until all that the caller has committed is on the disk.
    ///
    /// # Errors
    /// The disk's; also where it failed somebody whose commit was synced together with the caller's.
    pub(super) async fn settle(&self) -> io::Result<()> {
        self.settle_by(sync).await
    }

    async fn settle_by(&self, sync: impl FnOnce(&Path) -> io::Result<()> + Send + 'static) -> io::Result<()> {
        let own = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut settled = self.settled.lock().await;
        if settled.done < own {
            // All of these have committed before they asked.
            let up_to = self.asked.load(Ordering::SeqCst);
            let path = self.path.clone();
            let synced =
                tokio::task::spawn_blocking(move || sync(&path)).await.unwrap_or_else(|e| Err(io::Error::other(e)));
            settled.done = up_to;
            if let Err(error) = synced {
                settled.failed = up_to;
                return Err(error);
            }
        }
        if own <= settled.failed {
            return Err(io::Error::other("the disk failed somebody who wrote at the same moment"));
        }
        Ok(())
    }
}

fn sync(log: &Path) -> io::Result<()> {
    match File::open(log) {
        Ok(log) => log.sync_data(),
        // It has been written into the ledger, which syncs both.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// Waits until so many have asked.
    async fn asked(log: &Log, many: u64) {
        while log.asked.load(Ordering::SeqCst) < many {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn those_who_wait_together_share_one_sync_and_its_failure() {
        let log = Arc::new(Log::of(Path::new("no-such-ledger.db")));
        log.settle().await.unwrap();
        for fails in [false, true] {
            let before = log.asked.load(Ordering::SeqCst);
            let (go, wait) = std::sync::mpsc::channel::<()>();
            let first = tokio::spawn({
                let log = Arc::clone(&log);
                async move { log.settle_by(move |_| wait.recv().map_err(io::Error::other)).await }
            });
            asked(&log, before + 1).await;
            // While the first is synced, others come: the next sync is for all of them.
            let syncs = Arc::new(AtomicU64::new(0));
            let others: Vec<_> = (0..5)
                .map(|_| {
                    let (log, syncs) = (Arc::clone(&log), Arc::clone(&syncs));
                    let sync = move |_: &Path| {
                        syncs.fetch_add(1, Ordering::SeqCst);
                        if fails { Err(io::Error::other("the disk is full")) } else { Ok(()) }
                    };
                    tokio::spawn(async move { log.settle_by(sync).await })
                })
                .collect();
            asked(&log, before + 6).await;
            go.send(()).unwrap();
            first.await.unwrap().unwrap();
            for other in others {
                assert_eq!(other.await.unwrap().is_err(), fails);
            }
            assert_eq!(syncs.load(Ordering::SeqCst), 1);
        }
        log.settle().await.unwrap();
    }
}
