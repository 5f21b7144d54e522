//! The workers of the stages: what each does in a step, and what it waits for.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::live::Live;
use super::manager;
use super::tend::{Boxed, Worker};
use crate::clock::Clock;
use crate::compile::Compiler;
use crate::config::{Config, Programme, Transport};
use crate::herald::Herald;
use crate::mail::Postman;
use crate::mail::bounces::Bounces;
use crate::recipient::Language;
use crate::schedule::bell::{Heard, SILENT_FOR, Tower};
use crate::schedule::reminders::Reminders;
use crate::schedule::{self, Pulse};
use crate::step::Step;
use crate::store::Store;

/// Without any sign of work a stage looks again after this long.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// However urgent something seems, nobody looks more often than this without a sign of work.
const LOOK_NO_SOONER: Duration = Duration::from_millis(250);

/// While the ledger changes all the time, the herald looks this often.
const LOOK_AROUND_NO_SOONER: Duration = Duration::from_secs(2);

/// What all workers share.
pub(super) struct Crew {
    pub(super) live: Live,
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

    /// The schedule looks when the bell rings, and when it has been silent for too long. Each ring is
    /// noted in the home, where `status` sees how long ago the last one was.
    pub(super) async fn tend_schedule(&self, tasks: &mut JoinSet<()>) {
        let worker = self.worker("schedule");
        let (store, live, clock) = (worker.store.clone(), self.live.clone(), self.clock.clone());
        let step = move || -> Boxed<_> {
            let (store, config, clock) = (store.clone(), live.now(), clock.clone());
            Box::pin(async move { Ok(schedule::step(&store, &config, &clock).await?) })
        };
        let pulse = Arc::new(Pulse::of(&self.live.now().home, self.clock.clone()));
        pulse.beat();
        let watched = Arc::clone(&pulse);
        let tower = Arc::new(Mutex::new(Tower::build(SILENT_FOR).await));
        let pause = move || -> Boxed<()> {
            let (tower, pulse) = (Arc::clone(&tower), Arc::clone(&pulse));
            Box::pin(async move {
                match tower.lock().await.listen().await {
                    Heard::Ring => pulse.beat(),
                    Heard::Silence => {
                        tracing::error!(
                            "the bell has been silent for {SILENT_FOR:?}; the daemon looks by itself, and hangs another"
                        );
                    }
                }
            })
        };
        tasks.spawn(worker.tend(step, pause));
        tasks.spawn(manager::feed(watched, self.stop.clone()));
    }

    /// The mailbox that bounces come to is looked into every few minutes.
    pub(super) fn tend_bounces(&self, tasks: &mut JoinSet<()>) {
        let worker = self.worker("bounces");
        let (store, live, clock) = (worker.store.clone(), self.live.clone(), self.clock.clone());
        let kept: Arc<Returned> = Arc::default();
        let step = move || -> Boxed<_> {
            let (store, config, clock, kept) = (store.clone(), live.now(), clock.clone(), Arc::clone(&kept));
            Box::pin(async move {
                let mut kept = kept.lock().await;
                let known = kept.take().filter(|(its, _)| Arc::ptr_eq(its, &config));
                let new = || (Arc::clone(&config), Bounces::new(store, Arc::clone(&config), clock));
                let (_, bounces) = kept.insert(known.unwrap_or_else(new));
                Ok(bounces.step().await?)
            })
        };
        let live = self.live.clone();
        let pause = move || -> Boxed<()> {
            let every = live.now().bounces.every;
            Box::pin(tokio::time::sleep(every))
        };
        tasks.spawn(worker.tend(step, pause));
    }

    /// The reminders are looked after once a minute, as nobody waits for one to the second, and when the configuration
    /// has become another.
    pub(super) fn tend_reminders(&self, tasks: &mut JoinSet<()>) {
        let worker = self.worker("reminders");
        let (store, live, clock) = (worker.store.clone(), self.live.clone(), self.clock.clone());
        // What was looked after is remembered until the configuration is another.
        let kept: Arc<Reminded> = Arc::default();
        let last = Arc::clone(&kept);
        let step = move || -> Boxed<_> {
            let (store, config, clock, kept) = (store.clone(), live.now(), clock.clone(), Arc::clone(&kept));
            Box::pin(async move {
                let mut kept = kept.lock().await;
                let known = kept.take().filter(|(its, _)| Arc::ptr_eq(its, &config));
                let new = || (Arc::clone(&config), Arc::new(Reminders::new(store, Arc::clone(&config), clock, blank)));
                let (_, reminders) = kept.insert(known.unwrap_or_else(new));
                let reminders = Arc::clone(reminders);
                Ok(reminders.step().await?)
            })
        };
        let (live, news) = (self.live.clone(), self.news());
        let pause = move || -> Boxed<()> {
            let (live, news, last) = (live.clone(), Arc::clone(&news), Arc::clone(&last));
            Box::pin(async move {
                let is_other = async {
                    while last.lock().await.as_ref().is_some_and(|(its, _)| Arc::ptr_eq(its, &live.now())) {
                        next_of(&news).await;
                    }
                };
                let _ = tokio::time::timeout(LOOK_AGAIN, is_other).await;
            })
        };
        tasks.spawn(worker.tend(step, pause));
    }

    /// The compiling looks when the ledger has changed: a run is due, or was set back to due.
    pub(super) fn tend_compile(&self, tasks: &mut JoinSet<()>) {
        let worker = self.worker("compile");
        let (store, live, clock) = (worker.store.clone(), self.live.clone(), self.clock.clone());
        let step = move || -> Boxed<_> {
            let compiler = Compiler::new(live.now(), store.clone(), clock.clone());
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

    /// As many postmen as there may be connections, each with one; `there` are at work already. They
    /// look when the ledger has changed, and when a delivery that waits is due again. Gives their
    /// number: one that is too many rests.
    pub(super) fn tend_mail(&self, tasks: &mut JoinSet<()>, there: u32) -> u32 {
        let wanted = connections(&self.live.now());
        for number in there + 1..=wanted {
            // Nobody needs to hear of every single mail at once; within a second all hear that the ledger has changed.
            let worker = Worker { changed: watch::channel(()).0, ..self.worker(&format!("mail {number}")) };
            let (store, live, clock) = (worker.store.clone(), self.live.clone(), self.clock.clone());
            // A step that panics keeps its postman, whose connection nobody should use again.
            let desk: Arc<Desk> = Arc::default();
            let step = move || -> Boxed<_> {
                let (desk, store) = (Arc::clone(&desk), store.clone());
                let (config, clock) = (live.now(), clock.clone());
                Box::pin(async move {
                    let mut waiting = desk.lock().await.take();
                    let is_too_many = number > connections(&config);
                    if let Some((_, old)) =
                        waiting.as_mut().filter(|(its, _)| is_too_many || !Arc::ptr_eq(its, &config))
                    {
                        old.rest().await;
                        waiting = None;
                    }
                    if is_too_many {
                        return Ok(Step::Idle);
                    }
                    let new = || Postman::new(store, Arc::clone(&config), clock);
                    let mut postman = waiting.map_or_else(new, |(_, postman)| postman);
                    let result = postman.step().await;
                    *desk.lock().await = Some((config, postman));
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
        wanted.max(there)
    }

    /// The herald looks when the ledger has changed, though not at every one of a hundred mails,
    /// and every so often at what does not stand in the ledger.
    pub(super) fn tend_herald(&self, tasks: &mut JoinSet<()>) {
        let worker = self.worker("herald");
        let (store, live, clock) = (worker.store.clone(), self.live.clone(), self.clock.clone());
        let herald = move || Herald::new(store.clone(), live.now(), clock.clone());
        let waiting = herald.clone();
        let step = move || -> Boxed<_> {
            let herald = herald();
            Box::pin(async move { Ok(herald.step().await?) })
        };
        let clock = self.clock.clone();
        let news = self.news();
        let pause = move || -> Boxed<()> {
            let (herald, clock, news) = (waiting(), clock.clone(), Arc::clone(&news));
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

/// The reader of bounces of the configuration that it was made for, with what it looked at.
type Returned = Mutex<Option<(Arc<Config>, Bounces)>>;

/// The reminders of the configuration that they were made for, with what they looked after.
type Reminded = Mutex<Option<(Arc<Config>, Arc<Reminders>)>>;

fn blank(programme: &Programme, language: Language) -> Result<Vec<u8>, String> {
    crate::intake::blank::blank_for(programme, language).map_err(|error| error.to_string())
}

/// Where a postman waits between two steps, with the configuration that he works by.
type Desk = Mutex<Option<(Arc<Config>, Postman)>>;

/// How many postmen a configuration asks for.
fn connections(config: &Config) -> u32 {
    match (config.mail.transport, &config.mail.smtp) {
        (Transport::Smtp, Some(smtp)) => smtp.connections.max(1),
        _ => 1,
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
