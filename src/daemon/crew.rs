//! The workers of the stages: what each does in a step, and what it waits for.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::tend::{Boxed, Worker};
use crate::clock::Clock;
use crate::compile::Compiler;
use crate::config::{Config, Transport};
use crate::herald::Herald;
use crate::mail::Postman;
use crate::schedule;
use crate::schedule::bell::{Bell, SILENT_FOR};
use crate::store::Store;

/// Without any sign of work a stage looks again after this long.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// However urgent something seems, nobody looks more often than this without a sign of work.
const LOOK_NO_SOONER: Duration = Duration::from_millis(250);

/// While the ledger changes all the time, the herald looks this often.
const LOOK_AROUND_NO_SOONER: Duration = Duration::from_secs(2);

/// What all workers share.
pub(super) struct Crew {
    pub(super) config: Arc<Config>,
    pub(super) clock: Clock,
    pub(super) store: Store,
    pub(super) stop: CancellationToken,
    /// Tells everybody that the ledger has changed.
    pub(super) changed: watch::Sender<()>,
}

impl Crew {
    pub(super) fn worker(&self, name: &str) -> Worker {
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
    pub(super) async fn tend_schedule(&self, tasks: &mut JoinSet<()>) {
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

    /// The compiling looks when the ledger has changed: a run is due, or was set back to due.
    pub(super) fn tend_compile(&self, tasks: &mut JoinSet<()>) {
        let worker = self.worker("compile");
        let compiler = Compiler::new(Arc::clone(&self.config), worker.store.clone(), self.clock.clone());
        let step = move || -> Boxed<_> {
            let compiler = compiler.clone();
            Box::pin(async move { Ok(compiler.step().await?) })
        };
        let news = self.news();
        let pause = move || -> Boxed<()> {
            let news = Arc::clone(&news);
            Box::pin(async move {
                let _ = tokio::time::timeout(LOOK_AGAIN, next_of(&news)).await;
            })
        };
        tasks.spawn(worker.tend(step, pause));
    }

    /// As many postmen as there may be connections, each with one. They look when the ledger has
    /// changed, and when a delivery that waits is due again.
    pub(super) fn tend_mail(&self, tasks: &mut JoinSet<()>) {
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

    /// The herald looks when the ledger has changed, though not at every one of a hundred mails,
    /// and every so often at what does not stand in the ledger.
    pub(super) fn tend_herald(&self, tasks: &mut JoinSet<()>) {
        let worker = self.worker("herald");
        let herald = Herald::new(worker.store.clone(), Arc::clone(&self.config), self.clock.clone());
        let waiting = herald.clone();
        let step = move || -> Boxed<_> {
            let herald = herald.clone();
            Box::pin(async move { Ok(herald.step().await?) })
        };
        let clock = self.clock.clone();
        let news = self.news();
        let pause = move || -> Boxed<()> {
            let (herald, clock, news) = (waiting.clone(), clock.clone(), Arc::clone(&news));
            Box::pin(async move {
                tokio::time::sleep(LOOK_AROUND_NO_SOONER).await;
                let due = herald.due_at().await.ok().flatten();
                let wait = due.map_or(LOOK_AGAIN, |at| (at - clock.now()).to_std().unwrap_or_default().min(LOOK_AGAIN));
                let _ = tokio::time::timeout(wait, next_of(&news)).await;
            })
        };
        tasks.spawn(worker.tend(step, pause));
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

#[cfg(test)]
mod tests {
    use super::*;

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
