//! One worker: it steps while there is work, waits while there is none, and stops when told.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::step::Step;
use crate::store::{LONGEST_LEASE, Store};

/// How often a step that takes long has its leases renewed.
const RENEW_EVERY: Duration = Duration::from_secs(10);

/// A delivery whose step panicked waits this long; a run that panicked waits for a person.
const AFTER_OUR_FAULT: chrono::TimeDelta = chrono::TimeDelta::minutes(15);

/// A step or a pause of a stage, under way.
pub(super) type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What went wrong in a step, in words.
#[derive(Debug)]
pub(super) struct Trouble(pub(super) String);

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// One worker of a stage.
pub(super) struct Worker {
    /// For the log.
    pub(super) name: String,
    /// A handle of its own: its claims are renewed and given back by its name.
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) stop: CancellationToken,
    /// Tells everybody that the ledger has changed.
    pub(super) changed: watch::Sender<()>,
    /// First wait after a failure; it doubles up to a minute.
    pub(super) first_backoff: Duration,
}

impl Worker {
    /// Steps until it is told to stop. To stop is to finish the unit in hand.
    ///
    /// `step` does at most one unit; `pause` waits for whatever may bring more. Neither is called
    /// again before it has ended.
    pub(super) async fn tend(
        self,
        mut step: impl FnMut() -> Boxed<Result<Step, Trouble>>,
        mut pause: impl FnMut() -> Boxed<()>,
    ) {
        let mut failures = Failures::default();
        while !self.stop.is_cancelled() {
            match self.run(step()).await {
                Ok(Step::Worked) => {
                    failures = Failures::default();
                    self.changed.send_replace(());
                }
                Ok(Step::Idle) => {
                    failures = Failures::default();
                    tokio::select! {
                        () = self.stop.cancelled() => {}
                        () = pause() => {}
                    }
                }
                Err(Trouble(message)) => {
                    let wait = failures.count(&self.name, message, self.first_backoff);
                    tokio::select! {
                        () = self.stop.cancelled() => {}
                        () = tokio::time::sleep(wait) => {}
                    }
                }
            }
        }
        tracing::debug!(worker = %self.name, "stopped");
    }

    /// One step in a task of its own, so that a panic ends the step and not the worker. While it
    /// lasts its leases are renewed; when it fails, what it had in hand is given back.
    async fn run(&self, step: Boxed<Result<Step, Trouble>>) -> Result<Step, Trouble> {
        let mut task = tokio::spawn(step);
        let ended = loop {
            tokio::select! {
                ended = &mut task => break ended,
                () = tokio::time::sleep(RENEW_EVERY) => {
                    if let Err(error) = self.store.renew(self.clock.now(), LONGEST_LEASE).await {
                        tracing::warn!(worker = %self.name, %error, "leases could not be renewed");
                    }
                }
            }
        };
        match ended {
            Ok(Ok(step)) => Ok(step),
            Ok(Err(trouble)) => {
                self.store.give_up_in_hand(self.clock.now()).await?;
                Err(trouble)
            }
            Err(panic) => {
                let message = format!("a fault of this program: {}", words_of(panic));
                let now = self.clock.now();
                self.store.park_in_hand(now, &message, now + AFTER_OUR_FAULT).await?;
                Err(Trouble(message))
            }
        }
    }
}

/// What a panic said.
fn words_of(panic: tokio::task::JoinError) -> String {
    let Ok(payload) = panic.try_into_panic() else { return "the step was aborted".to_owned() };
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without words").to_owned()
}

/// Failures in a row: each is told once, and the wait doubles.
#[derive(Default)]
struct Failures {
    count: u32,
    told: String,
}

impl Failures {
    fn count(&mut self, worker: &str, message: String, first: Duration) -> Duration {
        let wait = first.saturating_mul(1 << self.count.min(6)).min(Duration::from_secs(60));
        self.count += 1;
        if self.told == message {
            tracing::debug!(worker, count = self.count, "the same again: {message}");
        } else {
            tracing::error!(worker, retry_in = ?wait, "{message}");
            self.told = message;
        }
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    async fn worker(folder: &std::path::Path) -> Worker {
        let store = Store::open("sqlite:ledger.db", folder).await.unwrap();
        Worker {
            name: "test".to_owned(),
            store: store.as_worker("test"),
            clock: Clock::pretended("2026-05-04T09:00:00Z".parse().unwrap()),
            stop: CancellationToken::new(),
            changed: watch::channel(()).0,
            first_backoff: Duration::ZERO,
        }
    }

    #[tokio::test]
    async fn a_panic_ends_the_step_and_not_the_worker() {
        let folder = tempfile::tempdir().unwrap();
        let worker = worker(folder.path()).await;
        let (store, clock, stop) = (worker.store.clone(), worker.clock.clone(), worker.stop.clone());
        let order = crate::store::PlannedRun {
            report: "r".to_owned(),
            period: "2017-Q4".parse().unwrap(),
            due_at: clock.now(),
            note: String::new(),
            skipped: None,
            waits_until: None,
        };
        let run = store.start_run("s", order).await.unwrap();
        let steps = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&steps);
        let inner = store.clone();
        let step = move || -> Boxed<Result<Step, Trouble>> {
            let (store, clock, stop) = (inner.clone(), clock.clone(), stop.clone());
            let number = counted.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move {
                match number {
                    0 => {
                        store.claim_run(clock.now(), LONGEST_LEASE).await?;
                        panic!("index out of bounds");
                    }
                    1 => Err(Trouble("no space left".to_owned())),
                    2 => Ok(Step::Worked),
                    _ => {
                        stop.cancel();
                        Ok(Step::Idle)
                    }
                }
            })
        };
        worker.tend(step, || Box::pin(std::future::pending())).await;
        assert_eq!(steps.load(Ordering::Relaxed), 4);
        let run = store.run(run.id).await.unwrap();
        assert_eq!(run.state.word(), "failed");
        assert_eq!(run.reason.as_deref(), Some("a fault of this program: index out of bounds"));
    }

    #[tokio::test]
    async fn to_stop_is_to_finish_the_unit_in_hand() {
        let folder = tempfile::tempdir().unwrap();
        let worker = worker(folder.path()).await;
        let stop = worker.stop.clone();
        let finished = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&finished);
        let step = move || -> Boxed<Result<Step, Trouble>> {
            let (stop, counted) = (stop.clone(), Arc::clone(&counted));
            Box::pin(async move {
                stop.cancel();
                tokio::task::yield_now().await;
                counted.fetch_add(1, Ordering::Relaxed);
                Ok(Step::Worked)
            })
        };
        worker.tend(step, || Box::pin(std::future::pending())).await;
        assert_eq!(finished.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn the_wait_doubles_up_to_a_minute() {
        let mut failures = Failures::default();
        let mut waits = (0..9).map(|_| failures.count("test", "no".to_owned(), Duration::from_secs(1)).as_secs());
        assert_eq!(waits.by_ref().collect::<Vec<_>>(), [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }
}
