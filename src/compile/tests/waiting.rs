//! Reports that wait for what contributors owe, and the reminders before that.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::runs::Home;
use super::sample::{file, many, period, seed};
use crate::compile::Material;
use crate::config::{AtDeadline, Config, OnProblems, SignOff, Wait};
use crate::outbox::{Delivery, Purpose};
use crate::readiness::Standing;
use crate::recipient::{Contributor, Country, Language};
use crate::record::Sheet;
use crate::report::{ReportRun, RunState};
use crate::schedule::reminders::Reminders;
use crate::schedule::{self};
use crate::step::Step;
use crate::store::DeliveryFilter;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn contributor(name: &str, language: Language, sheets: &[Sheet]) -> Contributor {
    Contributor {
        name: format!("Focal {name}"),
        email: format!("{}@example.org", name.to_lowercase()),
        language,
        country: Country::new(name),
        files: format!("*{name}*"),
        sheets: sheets.to_vec(),
    }
}

/// A home whose report is due on Monday, 15 January 2018, at 09:00 in Bishkek, and waits for two
/// contributors. It is the first of January.
async fn home(at_deadline: AtDeadline) -> Home {
    let mut home = Home::with(SignOff::None, OnProblems::Hold).await;
    let mut config: Config = (*home.config).clone();
    config.programme.timezone = chrono_tz::Asia::Bishkek;
    config.contributors = vec![
        contributor("KG", Language::Ru, &[Sheet::Activities, Sheet::Equipment]),
        contributor("TJ", Language::En, &[Sheet::Activities]),
    ];
    let schedule = &mut config.schedules[0];
    schedule.timezone = chrono_tz::Asia::Bishkek;
    schedule.wait = Wait::UntilReady;
    schedule.deadline = 5;
    schedule.at_deadline = at_deadline;
    schedule.remind = vec![10, 3];
    home.config = Arc::new(config);
    home.clock.set(at("2018-01-01T00:00:00Z"));
    home.plan().await;
    home
}

/// Another contributor's workbook, with one activity.
fn a_workbook() -> Material {
    Material { files: vec![file("invented.xlsx", 1)], ..many(1, 0, 1, 0) }
}

impl Home {
    async fn plan(&self) {
        while schedule::step(&self.store, &self.config, &self.clock).await.unwrap() == Step::Worked {}
    }

    async fn newest(&self) -> Option<ReportRun> {
        self.store.runs(&[], 1).await.unwrap().pop()
    }

    async fn reminded(&self) -> Vec<Delivery> {
        let all = self.store.deliveries(&DeliveryFilter::default()).await.unwrap();
        all.into_iter().filter(|mail| mail.order.purpose == Purpose::Reminder).collect()
    }

    /// Compiles what is due, and says where the newest run stands then.
    async fn compiled(&self) -> RunState {
        self.plan().await;
        let compiler = crate::compile::Compiler::new(Arc::clone(&self.config), self.store.clone(), self.clock.clone());
        while compiler.step().await.unwrap() == Step::Worked {}
        self.newest().await.unwrap().state
    }
}

#[tokio::test]
async fn a_report_waits_until_everything_is_there_and_goes_at_once() {
    let home = home(AtDeadline::Hold).await;
    home.take_from(seed(), Some("kg@example.org")).await;
    home.clock.set(at("2018-01-15T03:00:05Z"));
    assert_eq!(home.compiled().await, RunState::Due);
    let run = home.newest().await.unwrap();
    assert_eq!(run.waits_until, Some(at("2018-01-22T03:00:00Z")), "five working days, by the clock of the schedule");
    home.clock.advance(TimeDelta::hours(5));
    assert_eq!(home.store.troubles(home.clock.now()).await.unwrap().len(), 0, "it waits, and is not stuck");
    let owed = home.store.readiness(period(), &home.config.contributors).await.unwrap();
    let standing = |n: usize| owed.contributions[n].sheets.iter().map(|owed| owed.standing).collect::<Vec<_>>();
    assert_eq!(standing(0), [Standing::Accepted, Standing::Accepted]);
    assert_eq!(standing(1), [Standing::Missing]);
    assert_eq!((owed.count(), owed.is_ready()), ((3, 2), false));
    home.take_from(a_workbook(), Some("TJ@example.org")).await;
    assert_eq!(home.compiled().await, RunState::Released);
}

#[tokio::test]
async fn at_its_deadline_it_is_held_and_says_what_is_missing() {
    let home = home(AtDeadline::Hold).await;
    home.take_from(seed(), Some("kg@example.org")).await;
    home.clock.set(at("2018-01-22T02:59:00Z"));
    assert_eq!(home.compiled().await, RunState::Due);
    home.clock.set(at("2018-01-22T03:00:00Z"));
    assert_eq!(home.compiled().await, RunState::Held);
    let why = home.newest().await.unwrap().reason.unwrap().replace('\u{a0}', " ");
    assert_eq!(why, "it waited until 22 January 2018, and not everything has come: Focal TJ has not sent Activities");
    home.take_from(a_workbook(), Some("tj@example.org")).await;
    assert_eq!(home.compiled().await, RunState::Released, "what comes late wakes it");
}

#[tokio::test]
async fn or_it_goes_out_and_its_page_on_the_data_says_what_is_missing() {
    let home = home(AtDeadline::Send).await;
    home.take_from(seed(), Some("kg@example.org")).await;
    home.clock.set(at("2018-01-22T03:00:00Z"));
    assert_eq!(home.compiled().await, RunState::Released);
    let inputs = std::fs::read_dir(home.config.home.join("archive/inputs")).unwrap();
    let rows = inputs.filter_map(Result::ok).find(|f| f.file_name().to_string_lossy().ends_with(".rows.json")).unwrap();
    let material: Material = serde_json::from_slice(&std::fs::read(rows.path()).unwrap()).unwrap();
    assert_eq!(material.gaps.len(), 1);
    for (language, words) in [
        (Language::En, ["What has not come", "Focal TJ", "Tajikistan", "Activities", "not sent"]),
        (Language::Ru, ["Что не поступило", "Focal TJ", "Таджикистан", "Мероприятия", "не прислан"]),
    ] {
        let drafted = super::sections::text(language, &material);
        for word in words {
            assert!(drafted.contains(word), "{language}: {word}");
        }
    }
}

#[tokio::test]
async fn a_person_need_not_wait() {
    let home = home(AtDeadline::Hold).await;
    home.take_from(seed(), Some("kg@example.org")).await;
    home.clock.set(at("2018-01-15T03:00:05Z"));
    assert_eq!(home.compiled().await, RunState::Due);
    home.store.retry_run(home.newest().await.unwrap().id, home.clock.now()).await.unwrap();
    assert_eq!(home.compiled().await, RunState::Released);
}

#[tokio::test]
async fn those_who_are_late_are_reminded_once_and_nobody_else() {
    let home = home(AtDeadline::Hold).await;
    let reminders = |home: &Home| {
        Reminders::new(home.store.clone(), Arc::clone(&home.config), home.clock.clone(), |_, language| {
            Ok(format!("blank {language}").into_bytes())
        })
    };
    let all = |home: &Home| {
        let reminders = reminders(home);
        async move { while reminders.step().await.unwrap() == Step::Worked {} }
    };
    // Ten working days before 15 January is 1 January, at nine.
    home.clock.set(at("2018-01-01T02:59:00Z"));
    all(&home).await;
    assert_eq!(home.reminded().await, []);
    home.clock.set(at("2018-01-01T03:00:00Z"));
    all(&home).await;
    all(&home).await;
    let mails = home.reminded().await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.order.email.as_str()).collect();
    assert_eq!(to, ["kg@example.org", "tj@example.org", "desk@example.org"], "once each, also after a restart");
    let russian = &mails[0].order.letter;
    assert_eq!(russian.language, Language::Ru);
    assert!(russian.text.contains("Мероприятия") && russian.text.contains("Оборудование"), "{}", russian.text);
    let blank = &mails[0].order.attachments[0];
    assert_eq!(std::fs::read(home.config.home.join(&blank.path)).unwrap(), b"blank ru");
    assert_eq!(blank.file_name, "workbook-ru.xlsx");
    let outlook = mails[2].order.letter.text.replace('\u{a0}', " ");
    assert!(outlook.contains("0 of 3 sheets have come"), "{outlook}");
    assert!(outlook.contains("until 22 January 2018, 09:00 (Asia/Bishkek) at most"), "{outlook}");

    // One of two has come; three working days before, the other alone is reminded.
    home.take_from(seed(), Some("kg@example.org")).await;
    home.clock.set(at("2018-01-10T04:00:00Z"));
    all(&home).await;
    let mails = home.reminded().await;
    let to: Vec<&str> = mails[3..].iter().map(|mail| mail.order.email.as_str()).collect();
    assert_eq!(to, ["tj@example.org", "desk@example.org"]);
    // One that was missed for long is not made up for.
    let other = super::waiting::home(AtDeadline::Hold).await;
    other.clock.set(at("2018-01-13T00:00:00Z"));
    all(&other).await;
    assert_eq!(other.reminded().await, []);
}
