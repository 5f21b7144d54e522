//! Starts the stages, wakes them, stops them.
//!
//! Each stage is a function `step()` that does at most one unit of work. Here is all the waiting:
//! the inbox's events and the scan's interval wake the intake, the bell wakes the schedule, and a
//! change of the ledger, by whomever, wakes the compiling and the mail.

mod crew;
mod face;
mod inbox;
mod live;
mod lock;
mod manager;
mod owner;
mod reload;
mod tend;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::Config;
use crate::store::{ChangeWatch, Store, StoreError};
use crew::Crew;
use inbox::InboxWatch;
use live::Live;
use lock::Lock;
use reload::Reload;

/// How often it is asked whether another process has changed the ledger.
const ASK_FOR_CHANGES: Duration = Duration::from_secs(1);

/// How often leases that are over are looked for.
const RESCUE_EVERY: Duration = Duration::from_secs(15);

/// Why the daemon does not run.
#[derive(Debug, thiserror::Error)]
pub enum DaemonError {
    /// Another one has this home.
    #[error("another rapporteur is running on {}", home.display())]
    Running {
        /// The home.
        home: PathBuf,
    },
    /// Another one, of another home, has the ledger.
    #[error("another rapporteur is running on the ledger {}: stop that one first, a ledger has one daemon", path.display())]
    LedgerInUse {
        /// The ledger's file.
        path: PathBuf,
    },
    /// A restoring was interrupted.
    #[error("{} is half restored: empty it, and restore the backup again", home.display())]
    HalfRestored {
        /// The home.
        home: PathBuf,
    },
    /// The lock cannot be taken.
    #[error("the lock {}: {error}", path.display())]
    Lock {
        /// Where it is.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A folder that the daemon needs cannot be made.
    #[error("the folder {}: {error}", path.display())]
    Folder {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The ledger cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system lets us hear no signals.
    #[error("signals: {0}")]
    Signals(std::io::Error),
    /// A second signal came while the units in hand were being finished.
    #[error("stopped by a second signal, before the work in hand was finished")]
    Hurried,
}

/// Runs the daemon until SIGTERM or SIGINT; then the units in hand are finished. A second signal
/// does not wait for them.
///
/// # Errors
/// When it cannot begin: another daemon has the home, or the ledger cannot be opened.
pub async fn run(config: Config, clock: Clock) -> Result<(), DaemonError> {
    let mut signals = Signals::listen()?;
    let stop = CancellationToken::new();
    let stopper = stop.clone();
    let daemon = run_until(config, clock, stop);
    tokio::pin!(daemon);
    tokio::select! {
        ended = &mut daemon => return ended,
        name = signals.next() => tracing::info!(signal = name, "stopping, the work in hand is finished first"),
    }
    manager::stopping();
    stopper.cancel();
    tokio::select! {
        ended = daemon => ended,
        _ = signals.next() => Err(DaemonError::Hurried),
    }
}

/// Runs the daemon until `stop` is cancelled.
///
/// # Errors
/// As [`run`].
pub async fn run_until(config: Config, clock: Clock, stop: CancellationToken) -> Result<(), DaemonError> {
    let begun = Instant::now();
    if crate::backup::is_half_restored(&config.home) {
        return Err(DaemonError::HalfRestored { home: config.home });
    }
    let _lock = Lock::of_home(&config.home)?;
    let _ledger_lock = Lock::of_ledger(&config.ledger_file())?;
    let store = Store::open(&config.ledger.url, &config.home).await?;
    store.check().await?;
    store.set_note(crate::desk::health::CHECKED, &clock.now().to_rfc3339()).await?;
    if let Some((reason, _)) = store.channel_hold().await? {
        tracing::warn!("no mail is sent ({reason}); to release it: rapporteur outbox release");
    }
    // The locks are ours, so whoever had work in hand is dead.
    let rescued = store.rescue(clock.now(), true).await?;
    if rescued > 0 {
        tracing::info!(rescued, "took back what the last daemon had in hand");
    }
    let inbox = config.at_home(&config.inbox.folder);
    std::fs::create_dir_all(&inbox).map_err(|error| DaemonError::Folder { path: inbox.clone(), error })?;

    let inbox_bell = Arc::new(Notify::new());
    let mut inbox_watch = InboxWatch::begin(&inbox, Arc::clone(&inbox_bell));
    let live = Live::new(config);
    let mut reload = Reload::begin(live.clone(), store.clone(), clock.clone()).await?;
    let crew = Crew { live, clock, store, stop, changed: watch::channel(()).0 };
    let mut tasks = JoinSet::new();
    crew.tend_intake(&mut tasks, Arc::clone(&inbox_bell));
    crew.tend_schedule(&mut tasks).await;
    crew.tend_reminders(&mut tasks);
    crew.tend_compile(&mut tasks);
    let mut postmen = crew.tend_mail(&mut tasks, 0);
    crew.tend_bounces(&mut tasks);
    crew.tend_herald(&mut tasks);
    crew.tend_desk(&mut tasks);
    tasks.spawn(watch_changes(crew.store.clone(), crew.changed.clone(), crew.stop.clone()));
    tasks.spawn(rescue_expired(crew.store.clone(), crew.clock.clone(), crew.changed.clone(), crew.stop.clone()));
    tracing::info!(
        home = %crew.live.now().home.display(),
        schedules = crew.live.now().schedules.len(),
        after_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        "ready"
    );
    manager::ready(&status(&crew.live));
    loop {
        tokio::select! {
            ended = tasks.join_next() => if ended.is_none() { break },
            is_new = reload.turn(), if !crew.stop.is_cancelled() => if is_new {
                inbox_watch.follow(&crew.live.now(), &inbox_bell);
                postmen = crew.tend_mail(&mut tasks, postmen);
                crew.changed.send_replace(());
                inbox_bell.notify_one();
                manager::ready(&status(&crew.live));
            },
        }
    }
    crew.store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// What the service manager shows.
fn status(live: &Live) -> String {
    let config = live.now();
    let mail = if config.mail.transport == crate::config::Transport::Smtp { "SMTP" } else { "the Maildir" };
    format!("{} schedules, mail by {mail}", config.schedules.len())
}

/// Wakes the stages when another process, such as a command, has changed the ledger.
async fn watch_changes(store: Store, changed: watch::Sender<()>, stop: CancellationToken) {
    let mut watch: Option<ChangeWatch> = None;
    loop {
        match &mut watch {
            Some(open) => match open.has_changed().await {
                Ok(false) => {}
                Ok(true) => {
                    changed.send_replace(());
                }
                // The stages will tell what is wrong with the ledger; here it is opened again.
                Err(_) => watch = None,
            },
            // Whatever happened before the watching began is news.
            None => {
                watch = store.watch().await.ok();
                changed.send_replace(());
            }
        }
        if stop.run_until_cancelled(tokio::time::sleep(ASK_FOR_CHANGES)).await.is_none() {
            return;
        }
    }
}

/// Gives back items whose lease is over. Those of our own workers are renewed before, so these
/// are of commands that died.
async fn rescue_expired(store: Store, clock: Clock, changed: watch::Sender<()>, stop: CancellationToken) {
    let mut last = (Instant::now(), clock.now());
    while stop.run_until_cancelled(tokio::time::sleep(RESCUE_EVERY)).await.is_some() {
        let (instant, now) = (Instant::now(), clock.now());
        let passed = chrono::TimeDelta::from_std(instant - last.0).unwrap_or(chrono::TimeDelta::MAX);
        let jumped = (now - last.1 - passed).abs() > chrono::TimeDelta::seconds(5);
        last = (instant, now);
        if jumped {
            // The clock was set: leases mean nothing until their holders have renewed them.
            continue;
        }
        match store.rescue(now, false).await {
            Ok(0) => {}
            Ok(rescued) => {
                tracing::warn!(rescued, "took back what somebody left in hand");
                changed.send_replace(());
            }
            Err(error) => tracing::debug!(%error, "no rescue this time"),
        }
    }
}

/// The two signals that ask a daemon to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> Result<Self, DaemonError> {
        let listen = |kind| signal(kind).map_err(DaemonError::Signals);
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{DeliveryFilter, PlannedRun};

    fn home() -> (tempfile::TempDir, Config) {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { schedules: Vec::new(), ..Config::defaults(folder.path()) };
        (folder, config)
    }

    fn clock() -> Clock {
        Clock::pretended("2026-05-04T09:00:00Z".parse().unwrap())
    }

    #[tokio::test]
    async fn a_home_has_one_daemon() {
        let (_folder, config) = home();
        let held = Lock::of_home(&config.home).unwrap();
        let refused = run_until(config.clone(), clock(), CancellationToken::new()).await.unwrap_err();
        assert_eq!(refused.to_string(), format!("another rapporteur is running on {}", config.home.display()));
        drop(held);
        let stop = CancellationToken::new();
        stop.cancel();
        run_until(config, clock(), stop).await.unwrap();
    }

    #[tokio::test]
    async fn what_the_last_daemon_had_in_hand_is_taken_back_at_the_start() {
        let (_folder, config) = home();
        let store = Store::open(&config.ledger.url, &config.home).await.unwrap();
        let order = PlannedRun {
            report: "no-such-report".to_owned(),
            period: "2017-Q4".parse().unwrap(),
            due_at: clock().now(),
            note: String::new(),
            skipped: None,
            waits_until: None,
        };
        let run = store.start_run("rsg", order).await.unwrap().id;
        store.claim_run(clock().now(), crate::store::LONGEST_LEASE).await.unwrap().unwrap();
        let stop = CancellationToken::new();
        stop.cancel();
        run_until(config, clock(), stop).await.unwrap();
        assert_eq!(store.run(run).await.unwrap().state.word(), "due");
        assert!(store.deliveries(&DeliveryFilter::default()).await.unwrap().is_empty());
    }
}
