//! Due runs on a real ledger: states, files, mails.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::sample::{config, period, seed};
use crate::clock::Clock;
use crate::compile::sign_off::SignOffError;
use crate::compile::{CompileError, Compiler, Material, release, send_trial};
use crate::config::{Config, Mailbox, Misfire, OnProblems, PeriodRule, Schedule, SignOff};
use crate::outbox::{Delivery, Purpose};
use crate::period::Span;
use crate::recipient::{Language, Recipient};
use crate::record::Record;
use crate::report::{ReportRun, RunState};
use crate::step::Step;
use crate::store::{DeliveryFilter, HeldRow, IncomingFile, PlannedRun, Store, StoreError};

pub(super) struct Home {
    folder: tempfile::TempDir,
    pub(super) config: Arc<Config>,
    pub(super) store: Store,
    pub(super) clock: Clock,
}

pub(super) fn noon() -> DateTime<Utc> {
    "2018-01-15T06:00:00Z".parse().unwrap()
}

pub(super) fn person(email: &str, language: Language, group: &str) -> Recipient {
    Recipient {
        name: format!("Invented {email}"),
        email: email.into(),
        language,
        country: None,
        groups: vec![group.into()],
    }
}

impl Home {
    pub(super) async fn with(sign_off: SignOff, on_problems: OnProblems) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config { home: folder.path().to_owned(), ..config() };
        config.schedules = vec![Schedule {
            name: "rsg".into(),
            report: "rsg-quarterly".into(),
            due: crate::config::Due::Cron("0 9 15 1,4,7,10 *".into()),
            timezone: config.programme.timezone,
            period: PeriodRule::Previous(Span::Quarter),
            recipients: vec!["group".into()],
            languages: Vec::new(),
            sign_off,
            approvers: vec!["desk".into()],
            approvals: crate::config::Approvals::Any,
            remind: Vec::new(),
            wait: crate::config::Wait::None,
            deadline: 5,
            at_deadline: crate::config::AtDeadline::Hold,
            misfire: Misfire::RunLatest,
            grace: std::time::Duration::from_secs(3600),
            max_age: std::time::Duration::from_secs(92 * 86_400),
            latest: std::time::Duration::from_secs(60 * 86_400),
            overlap: crate::config::Overlap::Forbid,
            on_problems,
            editions: crate::config::Editions::Language,
        }];
        config.recipients = vec![
            person("a@example.org", Language::En, "group"),
            person("b@example.org", Language::Ru, "group"),
            person("B@example.org", Language::Ru, "group"),
            person("desk@example.org", Language::En, "desk"),
        ];
        config.mail.operators = vec![Mailbox { name: None, email: "operator@example.org".into() }];
        let store = Store::open("sqlite:ledger.db", folder.path()).await.unwrap();
        Self { folder, config: Arc::new(config), store, clock: Clock::pretended(noon()) }
    }

    pub(super) async fn take(&self, material: Material) {
        self.take_from(material, None).await;
    }

    /// The rows of files as if `source` had sent them; without one each file is its own.
    pub(super) async fn take_from(&self, material: Material, source: Option<&str>) {
        for file in material.files {
            let name = file.summary.file.clone();
            let incoming = IncomingFile {
                source: source.unwrap_or(&name).to_owned(),
                file: name.clone(),
                sha256: file.summary.sha256.clone(),
                received_at: self.clock.now(),
            };
            let mut writer = self.store.begin_file(incoming).await.unwrap();
            for entry in material.entries.iter().filter(|e| e.origin.file == name) {
                writer.entry(entry.clone()).await.unwrap();
            }
            for held in material.held.iter().filter(|h| h.file == name) {
                writer.held(held.clone()).await.unwrap();
            }
            writer.commit(&file.summary).await.unwrap();
        }
    }

    pub(super) async fn begin(&self) -> ReportRun {
        self.begin_with("").await
    }

    async fn begin_with(&self, note: &str) -> ReportRun {
        let run = PlannedRun {
            report: "rsg-quarterly".into(),
            period: period(),
            due_at: noon(),
            note: note.to_owned(),
            skipped: None,
            waits_until: None,
        };
        self.store.start_run("rsg", run).await.unwrap()
    }

    /// Compiles what is due, and gives the run and its mails.
    pub(super) async fn compile(&self, run: i64) -> (ReportRun, Vec<Delivery>) {
        let compiler = Compiler::new(Arc::clone(&self.config), self.store.clone(), self.clock.clone());
        assert_eq!(compiler.step().await.unwrap(), Step::Worked);
        assert_eq!(compiler.step().await.unwrap(), Step::Idle);
        (self.store.run(run).await.unwrap(), self.mails(run).await)
    }

    pub(super) async fn mails(&self, run: i64) -> Vec<Delivery> {
        let filter = DeliveryFilter { run: Some(run), states: Vec::new() };
        let mut mails = self.store.deliveries(&filter).await.unwrap();
        mails.sort_by(|a, b| a.order.email.cmp(&b.order.email));
        mails
    }

    /// Why a run is held, as an English page and a Russian one say it.
    pub(super) async fn reasons(&self, run: i64) -> [String; 2] {
        let mut runs = [self.store.run(run).await.unwrap(), self.store.run(run).await.unwrap()];
        for (run, language) in runs.iter_mut().zip([Language::En, Language::Ru]) {
            self.store.tell_reasons(language, std::slice::from_mut(run)).await.unwrap();
        }
        runs.map(|run| run.reason.unwrap())
    }

    pub(super) fn manifest(&self, run: i64) -> serde_json::Value {
        self.manifest_in("archive/2017-Q4", run)
    }

    fn manifest_in(&self, folder: &str, run: i64) -> serde_json::Value {
        let path = self.folder.path().join(format!("{folder}/manifest-{run}.json"));
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }
}

fn with_a_held_row() -> Material {
    let mut material = seed();
    let file = material.files[0].summary.file.clone();
    material.held.push(HeldRow { file, sheet: None, period: Some(period()), row: 14, activity_id: None });
    material
}

#[tokio::test]
async fn without_sign_off_each_recipient_has_one_mail_with_the_archived_pdf() {
    let home = Home::with(SignOff::None, OnProblems::Hold).await;
    home.take(seed()).await;
    let (run, mails) = home.compile(home.begin().await.id).await;
    assert_eq!((run.state, run.as_of), (RunState::Released, "2018-01-15".parse().ok()));
    let to: Vec<&str> = mails.iter().map(|m| m.order.email.as_str()).collect();
    assert_eq!(to, ["a@example.org", "b@example.org"], "an address in two groups gets one mail");
    let names: Vec<&str> = mails.iter().map(|m| m.order.attachments[0].file_name.as_str()).collect();
    assert_eq!(names, ["BOMCA9_RSG-Report_2017-Q4_v1_EN.pdf", "BOMCA9_RSG-Report_2017-Q4_v1_RU.pdf"]);
    for mail in &mails {
        let attached = &mail.order.attachments[0];
        let bytes = std::fs::read(home.folder.path().join(&attached.path)).unwrap();
        assert_eq!(crate::digest::of(&bytes), attached.sha256);
        assert_eq!(mail.order.purpose, Purpose::Report);
    }
    assert_ne!(mails[0].order.message_id, mails[1].order.message_id);
    let manifest = home.manifest(run.id);
    assert_eq!(manifest["outcome"]["state"], "released");
    assert_eq!(manifest["figures"]["activities.total"]["value"], 9);
    assert_eq!(manifest["files"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn sign_off_shows_all_editions_to_the_approver_and_release_sends_them() {
    let home = Home::with(SignOff::Required, OnProblems::Hold).await;
    home.take(seed()).await;
    let (run, mails) = home.compile(home.begin().await.id).await;
    assert_eq!(run.state, RunState::AwaitingApproval);
    assert_eq!((mails.len(), mails[0].order.purpose, mails[0].order.attachments.len()), (1, Purpose::SignOff, 2));
    let sent = release(&home.store, &home.config, run.id, "A. Person", &home.clock).await.unwrap();
    assert_eq!(sent, 2);
    assert_eq!(home.store.run(run.id).await.unwrap().state, RunState::Released);
    let reports: Vec<_> = home.mails(run.id).await.into_iter().filter(|m| m.order.purpose == Purpose::Report).collect();
    assert!(reports.len() == 2 && reports[0].order.letter.text.contains("A. Person"));
    assert_eq!(home.manifest(run.id)["outcome"]["released_by"], "A. Person");
    let path = &reports[0].order.attachments[0].path;
    assert!(path.starts_with("archive/2017-Q4/BOMCA9_RSG-Report_2017-Q4_v1_"), "{path}");
    assert!(home.store.documents(run.id).await.unwrap().iter().any(|d| d.path == *path));
    let again = release(&home.store, &home.config, run.id, "A. Person", &home.clock).await;
    assert!(matches!(again, Err(SignOffError::Refused(refusal)) if refusal.code() == "already-released"));
}

#[tokio::test]
async fn a_late_report_says_so_to_its_readers() {
    let home = Home::with(SignOff::None, OnProblems::Hold).await;
    home.take(seed()).await;
    let note = format!("{}due then, found now", ReportRun::LATE);
    let (_, mails) = home.compile(home.begin_with(&note).await.id).await;
    assert!(mails[0].order.letter.text.contains("it is sent late"), "{}", mails[0].order.letter.text);
    assert!(mails[1].order.letter.html.contains("с опозданием"), "{}", mails[1].order.letter.html);
}

#[tokio::test]
async fn a_held_row_holds_the_run_and_says_where_it_is() {
    let home = Home::with(SignOff::None, OnProblems::Hold).await;
    home.take(with_a_held_row()).await;
    let (run, mails) = home.compile(home.begin().await.id).await;
    assert_eq!(run.state, RunState::Held);
    assert_eq!(run.reason.as_deref(), Some("one row has an error: activities.csv, row 14"));
    assert!(mails.is_empty(), "no recipient and no approver hears of it");
    let [english, russian] = home.reasons(run.id).await;
    assert_eq!(Some(english), run.reason);
    assert_eq!(russian, "ошибки в 1 строке: activities.csv, строка 14");
    assert_eq!(home.manifest_in("state/drafts", run.id)["outcome"]["state"], "held");
    assert!(
        !home.folder.path().join("archive/2017-Q4").exists(),
        "the archive has what was released, and nothing else"
    );
}

#[tokio::test]
async fn problems_do_not_hold_a_run_whose_schedule_sends_all_the_same() {
    let home = Home::with(SignOff::None, OnProblems::Send).await;
    home.take(with_a_held_row()).await;
    let (run, mails) = home.compile(home.begin().await.id).await;
    assert_eq!((run.state, mails.len()), (RunState::Released, 2));
}

#[tokio::test]
async fn a_character_that_no_font_has_holds_the_run() {
    let home = Home::with(SignOff::None, OnProblems::Hold).await;
    let mut material = seed();
    for entry in &mut material.entries {
        if let Record::Activities(activity) = &mut entry.record {
            activity.title = activity.title.replace("Study visit", "საზღვარი visit");
        }
    }
    home.take(material).await;
    let (run, mails) = home.compile(home.begin().await.id).await;
    assert_eq!((run.state, mails.len()), (RunState::Held, 0));
    let reason = run.reason.unwrap();
    assert!(reason.contains("activities.csv, Activities!") && reason.contains("“საზღვარი”"), "{reason}");
    assert_eq!(home.store.documents(run.id).await.unwrap().len(), 2, "the drafts may be looked at");
}

#[tokio::test]
async fn a_template_at_fault_fails_the_run_and_says_where() {
    let home = Home::with(SignOff::None, OnProblems::Hold).await;
    let folder = home.folder.path().join("templates/report/rsg-quarterly");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("report.md"), "one\n{{ nothing }}\n").unwrap();
    home.take(seed()).await;
    let (run, mails) = home.compile(home.begin().await.id).await;
    assert_eq!(run.state, RunState::Failed);
    let reason = run.reason.unwrap();
    assert!(reason.contains("report.md:2:4: expected a name that the template knows, found `nothing`"), "{reason}");
    assert!(mails.is_empty());
}

#[tokio::test]
async fn compiling_again_never_writes_over_what_a_mail_may_carry() {
    let home = Home::with(SignOff::Required, OnProblems::Hold).await;
    home.take(seed()).await;
    let (run, before) = home.compile(home.begin().await.id).await;
    home.clock.advance(chrono::TimeDelta::days(1));
    home.store.retry_run(run.id, home.clock.now()).await.unwrap();
    let (_, after) = home.compile(run.id).await;
    assert_eq!((before.len(), after.len()), (1, 2), "the approver is shown the new one");
    for mail in after {
        for attached in &mail.order.attachments {
            let bytes = std::fs::read(home.folder.path().join(&attached.path)).unwrap();
            assert_eq!(crate::digest::of(&bytes), attached.sha256);
        }
    }
}

#[tokio::test]
async fn nothing_is_due_and_nothing_happens() {
    let home = Home::with(SignOff::None, OnProblems::Hold).await;
    let compiler = Compiler::new(Arc::clone(&home.config), home.store.clone(), home.clock.clone());
    assert_eq!(compiler.step().await.unwrap(), Step::Idle);
    assert!(matches!(
        release(&home.store, &home.config, 7, "x", &home.clock).await,
        Err(SignOffError::Failed(CompileError::Store(StoreError::Missing { .. })))
    ));
}

#[tokio::test]
async fn a_contradiction_in_what_was_sent_holds_the_run_and_names_the_cell() {
    let home = Home::with(SignOff::None, OnProblems::Hold).await;
    let mut config = Config::clone(&home.config);
    let counts = "activities.total".into();
    config.programme.indicators = vec![crate::config::Indicator { code: "OP1".into(), counts }];
    let home = Home { config: Arc::new(config), ..home };
    let mut material = seed();
    material.entries.push(super::sample::indicator("OP1", 700));
    material.files.push(super::sample::file("indicators.csv", 1));
    home.take(material).await;
    let (run, mails) = home.compile(home.begin().await.id).await;
    assert_eq!(run.state, RunState::Held);
    let reason = run.reason.unwrap();
    let told = "one row has an error: indicators.csv, Indicators!A2: the current value of indicator OP1 is 7, but activities.total counts 9 (activities.csv, Activities!5, 10, ";
    assert!(reason.starts_with(told), "{reason}");
    assert!(mails.is_empty());
}

#[tokio::test]
async fn a_trial_copy_goes_to_one_address_and_is_none_of_the_run_s_mails() {
    let home = Home::with(SignOff::Required, OnProblems::Hold).await;
    home.take(seed()).await;
    let run = home.begin().await.id;
    let to = |email: &str| Mailbox { name: None, email: email.into() };
    let none = send_trial(&home.store, &home.config, run, &to("me@example.org"), None, &home.clock).await;
    assert!(matches!(none, Err(CompileError::NotCompiled(_))));
    let (_, before) = home.compile(run).await;
    let sent = send_trial(&home.store, &home.config, run, &to("me@example.org"), None, &home.clock).await.unwrap();
    assert!(sent.letter.text.contains("This is a trial copy"), "{}", sent.letter.text);
    assert_eq!((sent.email.as_str(), sent.attachments.len()), ("me@example.org", 1));
    assert!(sent.attachments[0].file_name.ends_with("_EN.pdf"));
    // Somebody who is known has it in their language.
    let known = send_trial(&home.store, &home.config, run, &to("B@example.org"), None, &home.clock).await.unwrap();
    assert_eq!(known.letter.language, Language::Ru);
    assert!(known.attachments[0].file_name.ends_with("_RU.pdf"));
    home.clock.advance(chrono::TimeDelta::seconds(1));
    let member = to("b@example.org");
    let asked = send_trial(&home.store, &home.config, run, &member, Some(Language::En), &home.clock);
    assert_eq!(asked.await.unwrap().letter.language, Language::En);
    assert_eq!(home.mails(run).await, before, "the run has the mails that it had");
    assert_eq!(home.store.deliveries(&DeliveryFilter::default()).await.unwrap().len(), before.len() + 3);
}
