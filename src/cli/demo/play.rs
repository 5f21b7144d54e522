//! One home's story, told by the stages themselves on a pretended clock.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};

use super::super::output::{Output, Tone, counted};
use super::super::{Session, init};
use crate::clock::Clock;
use crate::compile::{self, Compiler};
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::herald::Herald;
use crate::intake::{Intake, Taken};
use crate::mail::Postman;
use crate::period::ReportingPeriod;
use crate::report::{ReportRun, RunState};
use crate::schedule;
use crate::store::{DeliveryFilter, Store};
use crate::templates;

/// A home and what happens in it.
pub(super) struct Play {
    pub(super) title: String,
    pub(super) home: PathBuf,
    /// Folder of the embedded templates with the home's configuration.
    pub(super) config: &'static str,
    pub(super) scenes: Vec<Scene>,
}

/// A quarter's workbooks and its report.
pub(super) struct Scene {
    pub(super) period: ReportingPeriod,
    /// When the workbooks come, RFC 3339.
    pub(super) opens: &'static str,
    /// When the schedule says the report is due.
    pub(super) due: &'static str,
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Photographs that lie beside them.
    pub(super) pictures: Vec<(String, Vec<u8>)>,
    /// A file that comes again, corrected.
    pub(super) corrected: Option<(String, Vec<u8>)>,
}

/// Who signs off in the demonstration.
const APPROVER: &str = "Example Secretariat";

impl Play {
    /// Performs all scenes, and tells them.
    pub(super) async fn perform(&self, session: &Session) -> Result<Vec<String>> {
        let (config, clock) = (Arc::new(self.furnish(session)?), Clock::pretended(instant("2000-01-01T00:00:00Z")?));
        let store = Store::open(&config.ledger.url, &config.home).await?;
        let stages = Stages {
            intake: Intake::new(Arc::clone(&config), store.clone(), clock.clone()),
            compiler: Compiler::new(Arc::clone(&config), store.clone(), clock.clone()),
            postman: Postman::new(store.clone(), Arc::clone(&config), clock.clone()),
            herald: Herald::new(store.clone(), Arc::clone(&config), clock.clone()),
            store,
            config,
            clock,
        };
        let mut told = vec![session.output.toned(Tone::Strong, &format!("{}, in {}", self.title, self.home.display()))];
        let mut stages = stages;
        for scene in &self.scenes {
            told.push(format!("  {}", session.output.toned(Tone::Strong, &scene.period.to_string())));
            told.extend(stages.act(scene, session).await?.into_iter().map(|line| format!("    {line}")));
        }
        stages.store.close().await;
        Ok(told)
    }

    /// Makes the home with its configuration and its logos.
    fn furnish(&self, session: &Session) -> Result<Config> {
        let folder = self.home.join("config");
        std::fs::create_dir_all(&folder)?;
        for (path, bytes) in templates::embedded_in(self.config) {
            let name = path.rsplit('/').next().unwrap_or(path);
            std::fs::write(folder.join(name), bytes)?;
        }
        let folder = self.home.join("templates/logos");
        for (path, bytes) in templates::embedded_in(&self.config.replace("/config", "/logos")) {
            std::fs::create_dir_all(&folder)?;
            std::fs::write(folder.join(path.rsplit('/').next().unwrap_or(path)), bytes)?;
        }
        init::create(&self.home)?;
        let checked = config::load(&self.home)?;
        let errors: Vec<_> = checked.diagnostics.iter().filter(|d| d.is_error()).cloned().collect();
        session.output.diagnostics_aside(&session.locale, &errors);
        ensure!(errors.is_empty(), "the demonstration's configuration is at fault");
        let mut config = checked.output;
        // How full this machine's disk is belongs to no demonstration.
        config.ledger.least_free_mb = 0;
        Ok(config)
    }
}

/// The stages of one home.
struct Stages {
    store: Store,
    config: Arc<Config>,
    clock: Clock,
    intake: Intake,
    compiler: Compiler,
    postman: Postman,
    herald: Herald,
}

impl Stages {
    async fn act(&mut self, scene: &Scene, session: &Session) -> Result<Vec<String>> {
        let mut told = Vec::new();
        self.clock.set(instant(scene.opens)?);
        while schedule::step(&self.store, &self.config, &self.clock).await?.has_worked() {}
        for (name, bytes) in &scene.pictures {
            let path = self.config.at_home(&self.config.inbox.folder).join(name);
            std::fs::write(&path, bytes).with_context(|| format!("`{}` cannot be written", path.display()))?;
        }
        let taken = self.drop_in(&scene.files).await?;
        told.push(self.at(&came(&taken)));
        told.extend(problems(&taken, session));

        self.clock.set(instant(scene.due)?);
        while schedule::step(&self.store, &self.config, &self.clock).await?.has_worked() {}
        let mut run = self.compile(scene.period).await?;
        if let Some((name, bytes)) = &scene.corrected {
            ensure!(run.state == RunState::Held, "the mistakes hold the run, but it is {}", run.state.word());
            // The cells were told above; here the reason without its list of places.
            let reason = run.reason.unwrap_or_default();
            let short = reason.split_once(':').map_or(reason.as_str(), |(what, _)| what);
            told.push(self.at(&format!("the report is due, and held: {short}")));
            self.deliver().await?;
            self.clock.advance(TimeDelta::hours(3));
            let taken = self.drop_in(&[(name.clone(), bytes.clone())]).await?;
            told.push(self.at(&format!("corrected and dropped again; {}", changed(&taken))));
            told.extend(problems(&taken, session));
            run = self.compile(scene.period).await?;
        }
        ensure!(run.state == RunState::AwaitingApproval, "the run waits for sign-off, but it is {}", run.state.word());
        self.deliver().await?;
        told.push(self.at("compiled in English and Russian, and mailed to the approver"));
        self.clock.advance(TimeDelta::hours(1));
        compile::release(&self.store, &self.config, run.id, APPROVER, &self.clock).await?;
        self.deliver().await?;
        let sent = self.store.deliveries(&DeliveryFilter { run: Some(run.id), states: Vec::new() }).await?;
        let mails = sent.iter().filter(|d| d.order.purpose == crate::outbox::Purpose::Report).count();
        told.push(
            self.at(&format!("released by {APPROVER}; {}", counted(mails, "mail is", "mails are") + " in the Maildir")),
        );
        for document in self.store.documents(run.id).await? {
            let path = self.config.home.join(&document.path);
            told.push(format!("  {} ({} pages)", shown(&path), document.pages));
        }
        Ok(told)
    }

    /// Puts files into the inbox, and lets the intake take them when they have settled.
    async fn drop_in(&self, files: &[(String, Vec<u8>)]) -> Result<Vec<(String, Taken)>> {
        let inbox = self.config.at_home(&self.config.inbox.folder);
        let mut paths = Vec::new();
        for (name, bytes) in files {
            let path = inbox.join(name);
            std::fs::write(&path, bytes).with_context(|| format!("`{}` cannot be written", path.display()))?;
            paths.push(path);
        }
        let taken = self.intake.take_all(&paths, false).await?;
        Ok(files.iter().map(|(name, _)| name.clone()).zip(taken).collect())
    }

    async fn compile(&self, period: ReportingPeriod) -> Result<ReportRun> {
        while self.compiler.step().await?.has_worked() {}
        let runs = self.store.runs(&[], 10).await?;
        runs.into_iter().find(|run| run.period == period).context("the schedule has planned a run")
    }

    async fn deliver(&mut self) -> Result<()> {
        while self.herald.step().await?.has_worked() {}
        while self.postman.step().await?.has_worked() {}
        Ok(())
    }

    fn at(&self, what: &str) -> String {
        let zone = self.config.programme.timezone;
        format!("{}  {what}", self.clock.now().with_timezone(&zone).format("%Y-%m-%d %H:%M"))
    }
}

/// A path as the reader of the terminal would type it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    below.unwrap_or_else(|| path.to_path_buf()).display().to_string()
}

fn came(taken: &[(String, Taken)]) -> String {
    let known = taken.iter().filter(|(_, t)| !t.summary.sheets.is_empty()).count();
    let rows: u32 = taken.iter().map(|(_, t)| t.summary.rows_accepted).sum();
    let held: u32 = taken.iter().map(|(_, t)| t.summary.rows_held).sum();
    let refused = match taken.len() - known {
        0 => String::new(),
        n => format!(" ({} refused: not a sheet of the workbook)", counted(n, "was", "were")),
    };
    let rows = counted(usize::try_from(rows).unwrap_or(usize::MAX), "row is", "rows are");
    let files = counted(taken.len(), "file is", "files are");
    match held {
        0 => format!("{files} dropped{refused}; {rows} in"),
        n => format!("{files} dropped{refused}; {rows} in, {n} held:"),
    }
}

fn problems(taken: &[(String, Taken)], session: &Session) -> Vec<String> {
    let errors = taken.iter().flat_map(|(_, t)| &t.diagnostics).filter(|d| d.is_error());
    errors.map(|diagnostic| format!("  {}", line(diagnostic, session, &session.output))).collect()
}

fn line(diagnostic: &Diagnostic, session: &Session, output: &Output) -> String {
    let words = session.locale.diagnostic(diagnostic);
    let place = output.toned(Tone::Careful, &diagnostic.place.to_string());
    let hint = if words.hint.is_empty() { String::new() } else { format!(" → {}", words.hint) };
    format!("{place}: {}{hint}", words.message)
}

fn changed(taken: &[(String, Taken)]) -> String {
    let total =
        |pick: fn(crate::store::Change) -> u32| taken.iter().filter_map(|(_, t)| t.change).map(pick).sum::<u32>();
    format!("{} added, {} changed, {} gone", total(|c| c.added), total(|c| c.changed), total(|c| c.gone))
}

fn instant(text: &str) -> Result<DateTime<Utc>> {
    Ok(DateTime::parse_from_rfc3339(text).context("an instant of the demonstration")?.with_timezone(&Utc))
}
