//! Starts the stages, wakes them, stops them.
//!
//! Each stage is a function `step()` that does at most one unit of work. Here is all the waiting:
//! the inbox's events and the scan's interval wake the intake, the bell wakes the schedule, and a
//! change of the ledger, by whomever, wakes the compiling and the mail.

mod inbox;
mod lock;
mod tend;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{Mutex, Notify, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::{Config, Transport};
use crate::mail::Postman;
use crate::schedule;
use crate::schedule::bell::{Bell, SILENT_FOR};
use crate::store::{Store, StoreError};
use inbox::InboxWatch;
use lock::Lock;
use tend::{Boxed, Worker};

/// Without any sign of work a stage looks again after this long.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// However urgent something seems, nobody looks more often than this without a sign of work.
const LOOK_NO_SOONER: Duration = Duration::from_millis(250);

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
    let _lock = Lock::take(&config.home)?;
    let store = Store::open(&config.ledger.url, &config.home).await?;
    // The lock is ours, so whoever had work in hand is dead.
    let rescued = store.rescue(clock.now(), true).await?;
    if rescued > 0 {
        tracing::info!(rescued, "took back what the last daemon had in hand");
    }
    let inbox = config.at_home(&config.inbox.folder);
    std::fs::create_dir_all(&inbox).map_err(|error| DaemonError::Folder { path: inbox.clone(), error })?;

    let inbox_bell = Arc::new(Notify::new());
    let _inbox_watch = InboxWatch::begin(&inbox, Arc::clone(&inbox_bell));
    let crew = Crew { config: Arc::new(config), clock, store, stop, changed: watch::channel(()).0 };
    let mut tasks = JoinSet::new();
    crew.tend_intake(&mut tasks, inbox_bell);
    crew.tend_schedule(&mut tasks).await;
    crew.tend_mail(&mut tasks);
    tasks.spawn(watch_changes(crew.store.clone(), crew.changed.clone(), crew.stop.clone()));
    tasks.spawn(rescue_expired(crew.store.clone(), crew.clock.clone(), crew.changed.clone(), crew.stop.clone()));
    tracing::info!(
        home = %crew.config.home.display(),
        schedules = crew.config.schedules.len(),
        after_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        "ready"
    );
    while tasks.join_next().await.is_some() {}
    crew.store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// What all workers share.
struct Crew {
    config: Arc<Config>,
    clock: Clock,
    store: Store,
    stop: CancellationToken,
    changed: watch::Sender<()>,
}

impl Crew {
    fn worker(&self, name: &str) -> Worker {
        Worker {
            name: name.to_owned(),
            store: self.store.as_worker(name),
            clock: self.clock.clone(),
            stop: self.stop.clone(),
            changed: self.changed.clone(),
            first_backoff: Duration::from_secs(1),
        }
    }

    /// The schedule looks when the bell rings, and by its own timer when the bell is silent.
    async fn tend_schedule(&self, tasks: &mut JoinSet<()>) {
        let bell = match Bell::hang().await {
            Ok(bell) => Some(Arc::new(bell)),
            Err(error) => {
                tracing::warn!(%error, "no bell, the daemon looks at its own watch");
                None
            }
        };
        let worker = self.worker("schedule");
        let (store, config, clock) = (worker.store.clone(), Arc::clone(&self.config), self.clock.clone());
        let step = move || -> Boxed<_> {
            let (store, config, clock) = (store.clone(), Arc::clone(&config), clock.clone());
            Box::pin(async move { Ok(schedule::step(&store, &config, &clock).await?) })
        };
        let pause = move || -> Boxed<()> {
            let bell = bell.clone();
            Box::pin(async move {
                let Some(bell) = bell else { return tokio::time::sleep(SILENT_FOR).await };
                if tokio::time::timeout(SILENT_FOR, bell.rings()).await.is_err() {
                    tracing::warn!("the bell has been silent for {SILENT_FOR:?}, the daemon rings by itself");
                }
            })
        };
        tasks.spawn(worker.tend(step, pause));
    }

    /// As many postmen as there may be connections, each with one. They look when the ledger has
    /// changed, and when a delivery that waits is due again.
    fn tend_mail(&self, tasks: &mut JoinSet<()>) {
        let connections = match (self.config.mail.transport, &self.config.mail.smtp) {
            (Transport::Smtp, Some(smtp)) => smtp.connections.max(1),
            _ => 1,
        };
        for number in 1..=connections {
            let worker = self.worker(&format!("mail {number}"));
            let postman = Postman::new(worker.store.clone(), Arc::clone(&self.config), self.clock.clone());
            let (store, config, clock) = (worker.store.clone(), Arc::clone(&self.config), self.clock.clone());
            // A step that panics keeps its postman, whose connection nobody should use again.
            let desk = Arc::new(Mutex::new(Some(postman)));
            let step = move || -> Boxed<_> {
                let (desk, store) = (Arc::clone(&desk), store.clone());
                let (config, clock) = (Arc::clone(&config), clock.clone());
                Box::pin(async move {
                    let waiting = desk.lock().await.take();
                    let mut postman = waiting.unwrap_or_else(|| Postman::new(store, config, clock));
                    let result = postman.step().await;
                    *desk.lock().await = Some(postman);
                    Ok(result?)
                })
            };
            let (store, clock) = (self.store.clone(), self.clock.clone());
            let news = self.news();
            let pause = move || -> Boxed<()> {
                let (store, clock, news) = (store.clone(), clock.clone(), Arc::clone(&news));
                Box::pin(async move {
                    let wait = until_delivery_is_due(&store, &clock).await;
                    let _ = tokio::time::timeout(wait, next_of(&news)).await;
                })
            };
            tasks.spawn(worker.tend(step, pause));
        }
    }

    /// News of the ledger, from now on; kept between two pauses, so that none is missed.
    fn news(&self) -> News {
        Arc::new(Mutex::new(self.changed.subscribe()))
    }
}

/// What somebody waits for who waits for changes of the ledger.
type News = Arc<Mutex<watch::Receiver<()>>>;

/// Waits for a change that was not yet waited for.
async fn next_of(news: &News) {
    // An error means that nobody is left to tell any.
    if news.lock().await.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// When a delivery will be due, or a minute from now if that is sooner.
async fn until_delivery_is_due(store: &Store, clock: &Clock) -> Duration {
    match store.next_delivery_at().await {
        Ok(Some(at)) => (at - clock.now()).to_std().unwrap_or_default().clamp(LOOK_NO_SOONER, LOOK_AGAIN),
        // The next step will tell what is wrong with the ledger.
        Ok(None) | Err(_) => LOOK_AGAIN,
    }
}

/// Wakes the stages when another process, such as a command, has changed the ledger.
async fn watch_changes(store: Store, changed: watch::Sender<()>, stop: CancellationToken) {
    let mut watch = None;
    while stop.run_until_cancelled(tokio::time::sleep(ASK_FOR_CHANGES)).await.is_some() {
        if watch.is_none() {
            watch = store.watch().await.ok();
        }
        match &mut watch {
            Some(open) => match open.has_changed().await {
                Ok(false) => {}
                Ok(true) => {
                    changed.send_replace(());
                }
                // The stages will tell what is wrong with the ledger; here it is opened again.
                Err(_) => watch = None,
            },
            None => {
                changed.send_replace(());
            }
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
        let held = Lock::take(&config.home).unwrap();
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
        };
        let run = store.start_run("rsg", order).await.unwrap().id;
        store.claim_run(clock().now(), crate::store::LONGEST_LEASE).await.unwrap().unwrap();
        let stop = CancellationToken::new();
        stop.cancel();
        run_until(config, clock(), stop).await.unwrap();
        assert_eq!(store.run(run).await.unwrap().state.word(), "due");
        assert!(store.deliveries(&DeliveryFilter::default()).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn news_is_kept_between_two_pauses() {
        let changed = watch::channel(()).0;
        let news: News = Arc::new(Mutex::new(changed.subscribe()));
        changed.send_replace(());
        changed.send_replace(());
        next_of(&news).await;
        let nothing_more = tokio::time::timeout(Duration::ZERO, next_of(&news)).await;
        assert!(nothing_more.is_err());
    }
}
