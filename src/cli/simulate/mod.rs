//! `rapporteur simulate`: the real stages on a pretended clock, in a folder of their own.

mod calendar;
mod stage;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::ensure;
use chrono::{DateTime, TimeDelta, Utc};

use super::args::SimulateArgs;
use super::next::end_of_day;
use super::{Done, Session, progress};
use crate::clock::Clock;
use crate::compile::{self, Compiler};
use crate::config::{Config, Schedule};
use crate::intake::blank;
use crate::mail::Postman;
use crate::report::{ReportRun, RunState};
use crate::schedule;
use crate::schedule::reminders::{self, Reminders};
use crate::store::Store;
use calendar::{Entry, print};

/// More occurrences than these are no calendar that anybody reads.
const MOST: usize = 2000;

/// Who signs off in a rehearsal.
const APPROVER: &str = "the rehearsal";

pub(super) async fn run(session: &Session, arguments: &SimulateArgs) -> anyhow::Result<Done> {
    let config = session.config()?;
    ensure!(arguments.from <= arguments.until, "expected --from to be before --until");
    let begin = end_of_day(&config, arguments.from.pred_opt().unwrap_or(arguments.from));
    let end = end_of_day(&config, arguments.until);
    let named = schedule::upcoming(&config, begin, end, MOST + 1)?.len();
    ensure!(named <= MOST, "there are more than {MOST} occurrences until then; choose a shorter time");
    let folder = stage::prepare(&config, arguments)?;
    let store = Store::rehearsal(&config.ledger.url, &config.home, &folder).await?;
    let real = config.home.clone();
    let config = Arc::new(stage::furnish(config, &folder)?);
    let clock = Clock::pretended(begin);
    let mut rehearsal = Rehearsal {
        compiler: Compiler::new(Arc::clone(&config), store.clone(), clock.clone()),
        postman: Postman::new(store.clone(), Arc::clone(&config), clock.clone()),
        reminders: Reminders::new(store.clone(), Arc::clone(&config), clock.clone(), |programme, language| {
            blank::blank_for(programme, language).map_err(|error| error.to_string())
        }),
        config: Arc::clone(&config),
        store: store.clone(),
        clock,
    };
    let waiting = progress::counting(&session.output, "rehearsing", named);
    let outcome = rehearsal.play(end, || waiting.step()).await;
    waiting.finish();
    let entries = outcome?;
    let mails = store.deliveries(&crate::store::DeliveryFilter::default()).await?;
    store.close().await;
    print(session, &config, &Told { real, folder, entries, mails })?;
    Ok(Done::Well)
}

/// What a rehearsal came to.
struct Told {
    /// The home that was rehearsed, and not touched.
    real: PathBuf,
    /// Where it was.
    folder: PathBuf,
    entries: Vec<Entry>,
    mails: Vec<crate::outbox::Delivery>,
}

/// The stages, and the clock that they believe.
struct Rehearsal {
    store: Store,
    config: Arc<Config>,
    clock: Clock,
    compiler: Compiler,
    postman: Postman,
    reminders: Reminders,
}

impl Rehearsal {
    /// Goes from one instant to the next at which something is due.
    async fn play(&mut self, end: DateTime<Utc>, mut tick: impl FnMut()) -> anyhow::Result<Vec<Entry>> {
        let (mut entries, mut told) = (Vec::new(), BTreeSet::new());
        let begin = self.clock.now();
        self.work().await?;
        loop {
            let now = self.clock.now();
            let occurrence = schedule::upcoming(&self.config, now, end, 1)?.first().map(|one| one.due_at);
            let mail = self.store.next_delivery_at().await?.map(|at| at.max(now + TimeDelta::seconds(1)));
            let reminder = reminders::instants(&self.config, now, end)?.first().copied();
            let waits = self.store.waiting_runs(now).await?.into_iter().filter_map(|run| run.waits_until).min();
            let instants = [occurrence, mail, reminder, waits].into_iter().flatten();
            let Some(next) = instants.min().filter(|at| *at <= end) else { break };
            self.clock.set(next);
            self.work().await?;
            // The rest has been told, or goes only when its wait is over.
            let waiting = self.store.waiting_runs(next).await?;
            for run in self.store.runs(&[], u32::MAX).await?.into_iter().rev() {
                let is_new = begin < run.due_at && run.due_at <= next && !told.contains(&run.id);
                if is_new && !waiting.iter().any(|one| one.id == run.id) {
                    told.insert(run.id);
                    entries.push(self.entry(run).await?);
                    tick();
                }
            }
        }
        for run in self.store.waiting_runs(self.clock.now()).await? {
            entries.push(self.entry(run).await?);
        }
        Ok(entries)
    }

    /// Everything that is due now.
    async fn work(&mut self) -> anyhow::Result<()> {
        while schedule::step(&self.store, &self.config, &self.clock).await?.has_worked() {}
        while self.reminders.step().await?.has_worked() {}
        while self.compiler.step().await?.has_worked() {}
        self.send().await
    }

    async fn send(&mut self) -> anyhow::Result<()> {
        while self.postman.step().await?.has_worked() {}
        Ok(())
    }

    /// What became of a run; one that waits for sign-off has it at once, and goes out.
    async fn entry(&mut self, run: ReportRun) -> anyhow::Result<Entry> {
        let mut run = run;
        let signed_off = run.state == RunState::AwaitingApproval;
        if signed_off {
            compile::release(&self.store, &self.config, run.id, APPROVER, &self.clock).await?;
            self.send().await?;
            run = self.store.run(run.id).await?;
        }
        let schedule: Option<Schedule> = self.config.schedule(&run.schedule).cloned();
        Ok(Entry { run, schedule, signed_off })
    }
}
