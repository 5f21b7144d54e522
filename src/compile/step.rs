//! One due run at a time: data in, documents and mails out, in one transaction.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::archive::{self, ArchiveError};
use super::deliver::Mailroom;
use super::manifest::Inputs;
use super::{CompiledReport, Material, Prepared, Press, Request, burst, corrections, inputs};
use crate::approval::{Approval, Brief};
use crate::clock::Clock;
use crate::config::{AtDeadline, Config, OnProblems, Overlap, Schedule, SignOff};
use crate::diagnostic::{Args, Diagnostic};
use crate::facts::{self, Facts};
use crate::letter::{Desk, LetterError, figure_changes};
use crate::outbox::NewDelivery;
use crate::readiness::Gap;
use crate::recipient::Language;
use crate::report::{ArchivedDocument, ReportRun, RunState};
use crate::step::Step;
use crate::store::{Compiled, LONGEST_LEASE, Store, StoreError};

/// What can go wrong while compiling that no template and no workbook is at fault for.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The archive could not be written or read.
    #[error("the archive: {0}")]
    Archive(#[from] ArchiveError),
    /// A letter's template is at fault.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// A run that was never compiled has nothing to release.
    #[error("report run {0} has not been compiled")]
    NotCompiled(i64),
    /// The run's schedule is no longer in `config/schedules.toml`.
    #[error("expected a schedule `{0}` in config/schedules.toml, found none")]
    NoSchedule(String),
    /// The home's theme, fonts or sentences cannot be used.
    #[error("{0}")]
    Templates(String),
    /// The facts in the ledger cannot be read.
    #[error("the figures of report run {run}: {problem}")]
    Facts {
        /// The run.
        run: i64,
        /// What is wrong with them.
        problem: String,
    },
}

impl CompileError {
    /// Whether the same step may succeed later, with nothing changed by anybody.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Store(error) => error.is_transient(),
            Self::Archive(_) => true,
            _ => false,
        }
    }
}

/// The compiling stage.
#[derive(Clone, Debug)]
pub struct Compiler {
    config: Arc<Config>,
    store: Store,
    clock: Clock,
}

/// What became of a run, before it is written down.
struct Outcome {
    facts: Facts,
    documents: Vec<(ArchivedDocument, String)>,
    state: RunState,
    reason: Option<String>,
    brief: Brief,
    deliveries: Vec<NewDelivery>,
}

/// What the ledger knows of a run beside its rows.
struct Known {
    /// Contributors from whom nothing has come, by name.
    missing: Vec<String>,
    /// What approvers said of its bytes when it was compiled before.
    given: Vec<Approval>,
    /// The mails that brought the versions before, by recipient.
    threads: BTreeMap<String, Vec<String>>,
}

/// Why a run has no outcome.
enum Failure {
    /// A template or the configuration is at fault: only a person can mend it.
    Theirs(String),
    /// The ledger or the disk: the run is compiled again.
    World(CompileError),
}

impl<E: Into<CompileError>> From<E> for Failure {
    fn from(error: E) -> Self {
        match error.into() {
            error @ (CompileError::Letter(_) | CompileError::Templates(_) | CompileError::NoSchedule(_)) => {
                Self::Theirs(error.to_string())
            }
            error => Self::World(error),
        }
    }
}

impl Compiler {
    /// The stage on a ledger of its own hands (see [`Store::as_worker`]).
    #[must_use]
    pub fn new(config: Arc<Config>, store: Store, clock: Clock) -> Self {
        Self { config, store, clock }
    }

    /// Compiles the oldest due run, and says whether there was one.
    ///
    /// The editions are written first, each whole or not at all, into the archive where they are
    /// released at once and among the drafts where they are not; then the run's documents, its
    /// deliveries and its change of state are one transaction. A crash before it leaves files
    /// that the next compiling finds again. A template or a configuration at fault parks the run
    /// as failed, with the reason; the herald tells the operators.
    ///
    /// # Errors
    /// The ledger or the disk: the run is still ours until its lease ends, and due again then.
    pub async fn step(&self) -> Result<Step, CompileError> {
        let overlapping = self.config.schedules.iter().filter(|s| s.overlap == Overlap::Allow);
        let beside: Vec<&str> = overlapping.map(|schedule| schedule.name.as_str()).collect();
        let Some((run, fence)) = self.store.claim_run_beside(self.clock.now(), LONGEST_LEASE, &beside).await? else {
            return Ok(Step::Idle);
        };
        match self.make(&run, fence).await {
            Ok(outcome) => self.finish(&run, fence, outcome).await?,
            Err(Failure::Theirs(reason)) => self.fail(&run, fence, &reason).await?,
            Err(Failure::World(error)) => return Err(error),
        }
        Ok(Step::Worked)
    }

    async fn make(&self, run: &ReportRun, fence: i64) -> Result<Outcome, Failure> {
        let schedule = schedule_of(&self.config, run)?.clone();
        let (mut material, replaced) = self.material(run).await?;
        let readiness = self.store.readiness(run.period, &self.config.contributors).await?;
        material.gaps = readiness.gaps();
        let nobody = readiness.contributions.iter().filter(|one| !one.has_sent());
        let missing = nobody.map(|one| one.contributor.name.clone()).collect();
        let given = self.store.approvals(run.id).await?;
        let known = Known { missing, given, threads: self.store.threads(run).await? };
        let (config, run, now) = (Arc::clone(&self.config), run.clone(), self.clock.now());
        let work = move || {
            corrections::add(&config, replaced.as_ref(), &mut material);
            make(&config, &schedule, &run, fence, &material, &known, now)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(outcome) => outcome,
            // Our own fault: the daemon catches it at the step and parks the run.
            Err(stopped) if stopped.is_panic() => resume_unwind(stopped.into_panic()),
            Err(stopped) => Err(Failure::World(CompileError::Templates(stopped.to_string()))),
        }
    }

    /// The rows of the run's period, what its report says of its neighbours, and the run whose version it
    /// replaces.
    async fn material(&self, run: &ReportRun) -> Result<(Material, Option<ReportRun>), StoreError> {
        let mut material = Material::of_ledger(&self.store, &self.config, run.period).await?.for_period(run.period);
        if run.revision == 1 {
            return Ok((material, None));
        }
        let replaced = self.store.last_released(&run.report, run.period).await?;
        let replaced = replaced.filter(|replaced| replaced.revision < run.revision);
        // Facts of a version that wrote them otherwise are no facts to compare with.
        let facts = replaced.as_ref().and_then(|run| run.facts.as_deref());
        material.replaced = facts.and_then(|facts| serde_json::from_str(facts).ok());
        Ok((material, replaced))
    }

    async fn finish(&self, run: &ReportRun, fence: i64, outcome: Outcome) -> Result<(), CompileError> {
        let Outcome { facts, documents, state, reason, brief, deliveries } = outcome;
        let json = serde_json::to_string(&facts)
            .map_err(|error| CompileError::Facts { run: run.id, problem: error.to_string() })?;
        let compiled = Compiled {
            state,
            reason: reason.clone(),
            as_of: facts.as_of,
            facts: json,
            brief,
            documents: documents.into_iter().map(|(document, _)| document).collect(),
            deliveries,
        };
        let (editions, mails) = (compiled.documents.len(), compiled.deliveries.len());
        crate::crash::point("run-editions-kept");
        match self.store.finish_run(run.id, fence, compiled, self.clock.now()).await {
            Err(StoreError::NotInState { .. }) => {
                tracing::info!(run.id, "rows came while it was compiled, or somebody took it away; nothing is written");
                return Ok(());
            }
            other => other?,
        }
        tracing::info!(
            run.id,
            period = %run.period,
            state = state.word(),
            editions,
            mails,
            reason = reason.as_deref().unwrap_or_default(),
            "compiled the report for {}", run.period
        );
        Ok(())
    }

    async fn fail(&self, run: &ReportRun, fence: i64, reason: &str) -> Result<(), CompileError> {
        let now = self.clock.now();
        self.store.fail_run(run.id, fence, reason, now).await?;
        tracing::error!(run.id, period = %run.period, "the report for {} could not be compiled: {reason}", run.period);
        Ok(())
    }
}

pub(super) fn schedule_of<'c>(config: &'c Config, run: &ReportRun) -> Result<&'c Schedule, CompileError> {
    config.schedule(&run.schedule).ok_or_else(|| CompileError::NoSchedule(run.schedule.clone()))
}

/// Everything that needs no ledger.
fn make(
    config: &Config,
    schedule: &Schedule,
    run: &ReportRun,
    fence: i64,
    material: &Material,
    known: &Known,
    now: DateTime<Utc>,
) -> Result<Outcome, Failure> {
    let Known { missing, given, threads } = known;
    let press = Press::load(config).map_err(|fault| Failure::Theirs(told(&fault, &english())))?;
    let as_of = now.with_timezone(&config.programme.timezone).date_naive();
    let (reports, inputs) = print_all(config, &press, run, material, burst::wanted(config, schedule), as_of)?;
    let Some((_, first, _)) = reports.first() else {
        return Err(Failure::Theirs("the schedule has no language to compile in".to_owned()));
    };
    let facts = first.facts.clone();
    // What is amiss in several languages is told once.
    let mut between: Vec<Diagnostic> = Vec::new();
    for (_, _, problems) in &reports {
        for problem in problems {
            if !between.contains(problem) {
                between.push(problem.clone());
            }
        }
    }
    let mut documents = Vec::new();
    for (request, report, _) in &reports {
        documents.push((archive::keep(config, run, request, report)?, report.title.clone()));
    }
    let drafts: Vec<ArchivedDocument> = documents.iter().map(|(document, _)| document.clone()).collect();
    let titles = reports.iter().map(|(request, report, _)| (request.language, report.title.clone())).collect();
    let room = Mailroom::open(config, run, now, titles, |language| Arc::clone(press.locale(language)))?;

    let tongue = config.programme.languages.first().copied().unwrap_or_default();
    let problem = hold_reason(press.locale(tongue), material, &between, missing);
    let reason_in = |language: Language| {
        let locale = press.locale(language);
        let holds = problem.is_some() && schedule.on_problems == OnProblems::Hold;
        let problem = holds.then(|| hold_reason(locale, material, &between, missing)).flatten();
        problem.or_else(|| waited_in_vain(locale, schedule, run, material))
    };
    let reason = reason_in(tongue);
    let in_each = Language::ALL.into_iter().filter_map(|language| Some((language, reason_in(language)?)));
    let mut brief = Brief {
        problems: open_problems(&press, material, &between, missing),
        rows: corrections::counts(&material.corrected),
        held: in_each.collect(),
        ..Brief::default()
    };
    changed_since(&mut brief, run, material, &facts, |language| room.desk(language));
    let (state, deliveries) = if reason.is_some() {
        // The herald tells the operators.
        (RunState::Held, Vec::new())
    } else if schedule.sign_off == SignOff::Required {
        let letters = room.to_approvers(schedule, &facts, &drafts, &brief, fence, given)?;
        (RunState::AwaitingApproval, letters)
    } else {
        for ((document, _), published) in documents.iter_mut().zip(archive::publish(config, run, &drafts, &[])?) {
            *document = published;
        }
        let published: Vec<ArchivedDocument> = documents.iter().map(|(document, _)| document.clone()).collect();
        (RunState::Released, room.to_recipients(schedule, &facts, &published, &brief, threads, None)?)
    };
    let outcome = json!({ "state": state.word(), "reason": reason.as_ref().or(problem.as_ref()) });
    let came = archive::Came { outcome: &outcome, material: &inputs };
    archive::write_manifest(config, run, material, &facts, &documents, came, now)?;
    if state == RunState::Released {
        let published: Vec<ArchivedDocument> = documents.iter().map(|(document, _)| document.clone()).collect();
        archive::note_release(config, run, &published, &format!("schedule {}", run.schedule), &[], now)?;
    }
    let reason = reason.filter(|_| state == RunState::Held);
    Ok(Outcome { facts, documents, state, reason, brief, deliveries })
}

type Printed = (Request, CompiledReport, Vec<Diagnostic>);

/// All editions of the run, and what they are compiled from put into the archive first. The
/// material is that of the period ([`Material::for_period`]).
fn print_all(
    config: &Config,
    press: &Press,
    run: &ReportRun,
    material: &Material,
    editions: Vec<(Language, String)>,
    as_of: chrono::NaiveDate,
) -> Result<(Vec<Printed>, String), Failure> {
    let inputs = Inputs::of(config, material, &run.report);
    inputs::keep(config, material, &inputs)?;
    let prepared = Prepared::new(config, material, run.period, as_of);
    let request = |(language, edition): (Language, String)| Request {
        report: run.report.clone(),
        period: run.period,
        as_of,
        language,
        edition,
        revision: run.revision,
    };
    let requests: Vec<Request> = editions.into_iter().map(request).collect();
    let printed = burst::print(press, &prepared, &inputs, &requests, burst::all_processors());
    let mut reports = Vec::new();
    for (request, checked) in requests.into_iter().zip(printed) {
        match checked.output {
            Some(report) => reports.push((request, report, checked.diagnostics)),
            None => {
                let words = english();
                let faults: Vec<String> =
                    checked.diagnostics.iter().filter(|d| d.is_error()).map(|d| told(d, &words)).collect();
                return Err(Failure::Theirs(faults.join("; ")));
            }
        }
    }
    Ok((reports, inputs.material))
}

pub(super) fn english() -> crate::locale::Locale {
    crate::locale::Locale::embedded(Language::En)
}

/// A diagnostic on one line: place, sentence and hint.
pub(super) fn told(diagnostic: &Diagnostic, locale: &crate::locale::Locale) -> String {
    let words = locale.diagnostic(diagnostic);
    let place = diagnostic.place.to_string();
    let place = if place.is_empty() { place } else { format!("{place}: ") };
    let hint = if words.hint.is_empty() { String::new() } else { format!(" ({})", words.hint) };
    format!("{place}{}{hint}", words.message)
}

/// Place and sentence of a diagnostic, without its hint.
fn said(diagnostic: &Diagnostic, locale: &crate::locale::Locale) -> String {
    format!("{}: {}", diagnostic.place, locale.diagnostic(diagnostic).message)
}

/// Why a run is to be held, as a sentence; `None` where nothing is in the way.
///
/// Held rows, and rows that were accepted without a part of them, hold a run (`contract.md`,
/// "What counts"). So does a period for which contributors owe workbooks and none has come.
fn hold_reason(
    locale: &crate::locale::Locale,
    material: &Material,
    between: &[Diagnostic],
    missing: &[String],
) -> Option<String> {
    let places: Vec<String> = material
        .held
        .iter()
        .map(|row| {
            let sheet = row.sheet.map_or_else(String::new, |s| format!(", {s}"));
            let args: Args = [("row".to_owned(), row.row.into())].into();
            format!("{}{sheet}, {}", row.file, locale.text("run-held-row", &args))
        })
        .chain(material.faults().map(|entry| {
            let origin = &entry.origin;
            let args: Args = [("row".to_owned(), origin.row.saturating_add(1).into())].into();
            format!("{}, {}, {}", origin.file, origin.sheet, locale.text("run-held-row", &args))
        }))
        .collect();
    let errors = between.iter().filter(|d| d.is_error());
    let places: Vec<String> = places.into_iter().chain(errors.map(|d| said(d, locale))).collect();
    let args = |n: usize, list: &[String]| -> Args {
        let named: Vec<String> = list.iter().take(5).cloned().collect();
        [
            ("n".to_owned(), n.into()),
            ("list".to_owned(), named.join("; ").into()),
            ("more".to_owned(), n.saturating_sub(named.len()).into()),
        ]
        .into()
    };
    if !places.is_empty() {
        return Some(locale.text("run-held-rows", &args(places.len(), &places)));
    }
    let nothing_came = material.entries.is_empty() && !missing.is_empty();
    nothing_came.then(|| locale.text("run-held-nothing-came", &args(missing.len(), missing)))
}

/// Why a run is to be held whose deadline has passed with something missing; `None` where it has not
/// waited, where everything has come since, or where it goes out all the same.
fn waited_in_vain(
    locale: &crate::locale::Locale,
    schedule: &Schedule,
    run: &ReportRun,
    material: &Material,
) -> Option<String> {
    let until = run
        .waits_until
        .filter(|_| !run.is_correction() && schedule.at_deadline == AtDeadline::Hold && !material.gaps.is_empty())?;
    let gaps: Vec<String> = material.gaps.iter().map(|gap| gap_told(gap, locale)).collect();
    let args: Args = [
        ("date".to_owned(), locale.date(until.with_timezone(&schedule.timezone).date_naive()).into()),
        ("list".to_owned(), gaps.join("; ").into()),
    ]
    .into();
    Some(locale.text("run-waited-in-vain", &args))
}

/// "Example Focal Point has not sent Activities"; "… has rows to correct on Activities".
fn gap_told(gap: &Gap, locale: &crate::locale::Locale) -> String {
    let args: Args = [
        ("name".to_owned(), gap.contributor.as_str().into()),
        ("sheet".to_owned(), locale.word(&format!("sheet-{}", gap.sheet.name().to_lowercase())).into()),
        ("held".to_owned(), gap.held.into()),
    ]
    .into();
    locale.text(if gap.held == 0 { "sheet-missing" } else { "sheet-held" }, &args)
}

/// What the approver should know, in each language: errors first, then warnings, then who is
/// missing.
fn open_problems(
    press: &Press,
    material: &Material,
    between: &[Diagnostic],
    missing: &[String],
) -> BTreeMap<Language, Vec<String>> {
    let mut problems: Vec<&Diagnostic> = material.files.iter().flat_map(|f| &f.diagnostics).chain(between).collect();
    problems.retain(|d| d.severity != crate::diagnostic::Severity::Info);
    problems.sort_by_key(|d| d.severity);
    let in_language = |language: Language| {
        let locale = press.locale(language);
        let mut sentences: Vec<String> = problems.iter().map(|d| told(d, locale)).collect();
        sentences.extend(missing.iter().map(|name| {
            let args: Args = [("name".to_owned(), name.as_str().into())].into();
            locale.text("contributor-missing", &args)
        }));
        // Of somebody who has sent something, which sheets are not there.
        let partly = material.gaps.iter().filter(|gap| gap.held == 0 && !missing.contains(&gap.contributor));
        sentences.extend(partly.map(|gap| gap_told(gap, locale)));
        sentences
    };
    Language::ALL.into_iter().map(|language| (language, in_language(language))).collect()
}

/// What has changed since the run was compiled last, since the version it replaces, and since the
/// period before, as far as these are known.
fn changed_since<'d>(
    brief: &mut Brief,
    run: &ReportRun,
    material: &Material,
    facts: &Facts,
    desk: impl Fn(Language) -> Option<&'d Desk>,
) {
    // Of a run that was compiled before, the claim gives the facts of that time.
    let compiled = run.facts.as_deref().and_then(|facts| serde_json::from_str::<Facts>(facts).ok());
    let previous = run.period.previous();
    let before = (!material.earlier.is_empty()).then(|| {
        let rows = facts::select(&material.earlier, previous, run.period.first_day());
        facts::gather_uncited(&rows, &[])
    });
    brief.period_before = before.is_some().then_some(previous);
    for language in Language::ALL {
        let Some(desk) = desk(language) else { continue };
        let changes = |earlier: Option<&Facts>| {
            earlier.map(|earlier| figure_changes(earlier, facts, desk)).filter(|changes| !changes.is_empty())
        };
        for (table, earlier) in [
            (&mut brief.since_compile, compiled.as_ref()),
            (&mut brief.since_version, material.replaced.as_ref()),
            (&mut brief.since_period, before.as_ref()),
        ] {
            table.extend(changes(earlier).map(|changes| (language, changes)));
        }
    }
}

/// The figures of a run that was compiled.
pub(super) fn facts_of(run: &ReportRun, documents: &[ArchivedDocument]) -> Result<Facts, CompileError> {
    let facts = run.facts.as_deref().filter(|_| !documents.is_empty()).ok_or(CompileError::NotCompiled(run.id))?;
    serde_json::from_str(facts).map_err(|error| CompileError::Facts { run: run.id, problem: error.to_string() })
}
