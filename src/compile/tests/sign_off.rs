//! Who may release which bytes.

use std::sync::Arc;

use chrono::TimeDelta;

use super::runs::{Home, person};
use super::sample::seed;
use crate::approval::{Approval, Verdict, Way};
use crate::compile::Material;
use crate::compile::sign_off::{Approved, Hand, Refusal, SignOffDesk, SignOffError};
use crate::config::{Approvals, Config, OnProblems, SignOff};
use crate::outbox::{Delivery, DeliveryState, Purpose};
use crate::recipient::Language;
use crate::record::Record;
use crate::report::{ReportRun, RunState};
use crate::store::{Decision, Seen};

const RUN: i64 = 1;

/// A home with two approvers, and the seed in its ledger.
async fn home(approvals: Approvals) -> Home {
    let mut home = Home::with(SignOff::Required, OnProblems::Hold).await;
    let mut config: Config = (*home.config).clone();
    config.schedules[0].approvals = approvals;
    config.recipients.push(person("chair@example.org", Language::Ru, "desk"));
    home.config = Arc::new(config);
    home.take(seed()).await;
    home.begin().await;
    home
}

fn token(mail: &Delivery) -> String {
    let text = &mail.order.letter.text;
    let link = text.lines().find(|line| line.contains("/sign-off/")).unwrap();
    let token = link.rsplit('/').next().unwrap().to_owned();
    assert!(mail.order.letter.html.contains(&token), "the same link in both forms");
    token
}

/// The newest links of the chair and the desk.
fn links(mails: &[Delivery]) -> [String; 2] {
    ["chair@example.org", "desk@example.org"].map(|address| {
        let mine = mails.iter().filter(|m| m.order.email == address && m.order.purpose == Purpose::SignOff);
        token(mine.max_by_key(|mail| mail.id).unwrap())
    })
}

fn refused<T: std::fmt::Debug>(result: Result<T, SignOffError>) -> Refusal {
    match result {
        Err(SignOffError::Refused(refusal)) => *refusal,
        other => panic!("expected a refusal, found {other:?}"),
    }
}

/// The seed, with another title: what a contributor drops again.
fn dropped_again() -> Material {
    let mut material = seed();
    for entry in &mut material.entries {
        if let Record::Activities(activity) = &mut entry.record {
            activity.title.push_str(", corrected");
        }
    }
    material
}

async fn sign_offs(home: &Home) -> Vec<Delivery> {
    home.mails(RUN).await.into_iter().filter(|m| m.order.purpose == Purpose::SignOff).collect()
}

async fn state(home: &Home) -> ReportRun {
    home.store.run(RUN).await.unwrap()
}

#[tokio::test]
async fn looking_ten_times_changes_nothing_and_a_link_decides_once() {
    let home = home(Approvals::Any).await;
    let (_, mails) = home.compile(RUN).await;
    let [chair, secretary] = links(&mails);
    let desk = SignOffDesk::new(&home.store, &home.config, &home.clock);
    for _ in 0..10 {
        let shown = desk.look(Hand::Link { token: &chair }).await.unwrap();
        assert_eq!((shown.documents.len(), shown.recipients, shown.given.len()), (2, 2, 0));
        assert_eq!(shown.approver.unwrap().email, "chair@example.org");
    }
    assert_eq!(state(&home).await.state, RunState::AwaitingApproval);
    home.clock.advance(TimeDelta::hours(2));
    assert_eq!(desk.approve(Hand::Link { token: &chair }).await.unwrap(), Approved::Released(2));
    let run = state(&home).await;
    assert_eq!((run.state, run.decided_by.as_deref()), (RunState::Released, Some("Invented chair@example.org")));
    let given = home.store.approvals(RUN).await.unwrap();
    assert_eq!((given.len(), given[0].way, given[0].verdict), (1, Way::Link, Verdict::Approved));
    let noted = &home.manifest(RUN)["outcome"]["sign_off"][0];
    assert_eq!((&noted["approver"], &noted["way"]), (&"chair@example.org".into(), &"link".into()));
    assert_eq!(noted["shown"].as_str().map(str::len), Some(64));

    // The PDF that goes out says so, and begins with the bytes that were shown.
    let released = home.store.documents(RUN).await.unwrap();
    let listed = home.manifest(RUN)["documents"].as_array().unwrap().clone();
    for (document, entry) in released.iter().zip(&listed) {
        let bytes = std::fs::read(home.config.at_home(std::path::Path::new(&document.path))).unwrap();
        assert_eq!((crate::digest::of(&bytes), bytes.len() as u64), (document.sha256.clone(), document.size));
        assert_eq!(entry["sha256"], document.sha256);
        let head = bytes.get(..entry["signed_off_bytes"].as_u64().unwrap() as usize).unwrap();
        assert_eq!(entry["signed_off_sha256"], crate::digest::of(head));
        let said = "Invented chair@example.org, 2018-01-15 08:00 UTC by link";
        let tail = String::from_utf8_lossy(bytes.get(head.len()..).unwrap()).into_owned();
        assert!(tail.contains(said), "{tail}");
    }

    let used = refused(desk.approve(Hand::Link { token: &chair }).await);
    assert_eq!(used, Refusal::Used { verdict: Verdict::Approved, at: home.clock.now() });
    assert_eq!(refused(desk.look(Hand::Link { token: &chair }).await).code(), "link-used");
    let late = refused(desk.send_back(Hand::Link { token: &secretary }, "too late").await);
    assert_eq!(late.code(), "already-released");
    assert_eq!(home.mails(RUN).await.iter().filter(|m| m.order.purpose == Purpose::Report).count(), 2, "sent once");
}

#[tokio::test]
async fn forged_and_expired_links_are_refused() {
    let home = home(Approvals::Any).await;
    let (_, mails) = home.compile(RUN).await;
    let [chair, _] = links(&mails);
    let elsewhere = super::sign_off::home(Approvals::Any).await;
    let (_, others) = elsewhere.compile(RUN).await;
    let desk = SignOffDesk::new(&home.store, &home.config, &home.clock);
    let [foreign, _] = links(&others);
    for bad in [foreign.as_str(), "", "x.y", &chair[..chair.len() - 2]] {
        assert_eq!(refused(desk.approve(Hand::Link { token: bad }).await), Refusal::Forged);
    }
    home.clock.advance(TimeDelta::days(14));
    desk.look(Hand::Link { token: &chair }).await.unwrap();
    home.clock.advance(TimeDelta::seconds(1));
    assert_eq!(refused(desk.approve(Hand::Link { token: &chair }).await).code(), "link-expired");
    assert_eq!(state(&home).await.state, RunState::AwaitingApproval, "silence releases nothing");
}

#[tokio::test]
async fn one_approves_while_a_contributor_drops_again_and_the_new_bytes_stay() {
    let home = home(Approvals::Any).await;
    let (_, mails) = home.compile(RUN).await;
    let [chair, secretary] = links(&mails);
    let desk = SignOffDesk::new(&home.store, &home.config, &home.clock);
    let shown = desk.look(Hand::Link { token: &chair }).await.unwrap().shown;
    // The rows are in, and the run is not compiled yet.
    home.take(dropped_again()).await;
    assert_eq!(refused(desk.approve(Hand::Link { token: &chair }).await), Refusal::Changed { run: RUN });
    // Compiled: other bytes, another mail, another link.
    let (run, _) = home.compile(RUN).await;
    assert_eq!(run.state, RunState::AwaitingApproval);
    for old in [&chair, &secretary] {
        assert_eq!(refused(desk.approve(Hand::Link { token: old }).await), Refusal::Changed { run: RUN });
    }
    let by_hand = Hand::Person { run: RUN, name: "A. Person", way: Way::Dashboard, shown: Some(&shown) };
    assert_eq!(refused(desk.approve(by_hand).await), Refusal::Changed { run: RUN });
    assert_eq!(state(&home).await.state, RunState::AwaitingApproval);
    assert_eq!(home.store.approvals(RUN).await.unwrap(), []);
    let [chair, _] = links(&sign_offs(&home).await);
    assert_eq!(desk.approve(Hand::Link { token: &chair }).await.unwrap(), Approved::Released(2));
}

#[tokio::test]
async fn where_all_must_approve_each_approval_is_for_the_bytes_it_saw() {
    let home = home(Approvals::All).await;
    let (_, mails) = home.compile(RUN).await;
    assert!(mails[0].order.letter.text.contains("Invented chair@example.org"), "it says whose approval it takes");
    let [chair, _] = links(&mails);
    let desk = SignOffDesk::new(&home.store, &home.config, &home.clock);
    let noted = desk.approve(Hand::Link { token: &chair }).await.unwrap();
    assert_eq!(noted, Approved::Noted(vec!["Invented desk@example.org".to_owned()]));
    home.take(dropped_again()).await;
    home.compile(RUN).await;
    let [again, secretary] = links(&sign_offs(&home).await);
    let noted = desk.approve(Hand::Link { token: &secretary }).await.unwrap();
    assert_eq!(noted, Approved::Noted(vec!["Invented chair@example.org".to_owned()]), "the first saw other bytes");
    let outsider = Hand::Person { run: RUN, name: "kim", way: Way::Command, shown: None };
    assert_eq!(refused(desk.approve(outsider).await).code(), "not-an-approver");
    assert_eq!(state(&home).await.state, RunState::AwaitingApproval);
    assert_eq!(desk.approve(Hand::Link { token: &again }).await.unwrap(), Approved::Released(2));
    let by = state(&home).await.decided_by.unwrap();
    assert_eq!(by, "Invented desk@example.org, Invented chair@example.org");
}

#[tokio::test]
async fn compiled_again_to_the_same_bytes_it_asks_only_those_who_have_not_approved() {
    let home = home(Approvals::All).await;
    let (_, mails) = home.compile(RUN).await;
    let [chair, secretary] = links(&mails);
    let desk = SignOffDesk::new(&home.store, &home.config, &home.clock);
    desk.approve(Hand::Link { token: &chair }).await.unwrap();
    home.store.retry_run(RUN, home.clock.now()).await.unwrap();
    home.compile(RUN).await;
    let to: Vec<String> = sign_offs(&home).await.iter().map(|mail| mail.order.email.clone()).collect();
    assert_eq!(to, ["chair@example.org", "desk@example.org", "desk@example.org"]);
    assert_eq!(desk.approve(Hand::Link { token: &secretary }).await.unwrap(), Approved::Released(2));
}

#[tokio::test]
async fn sent_back_it_is_held_until_rows_are_put_right() {
    let home = home(Approvals::Any).await;
    let (_, mails) = home.compile(RUN).await;
    let [chair, secretary] = links(&mails);
    let desk = SignOffDesk::new(&home.store, &home.config, &home.clock);
    let silent = desk.send_back(Hand::Link { token: &chair }, " \n").await;
    assert_eq!(refused(silent), Refusal::NoReason);
    desk.send_back(Hand::Link { token: &chair }, "Osh is missing").await.unwrap();
    let run = state(&home).await;
    assert_eq!(run.state, RunState::Held);
    assert!(run.reason.as_deref().is_some_and(|reason| reason.ends_with("Osh is missing")), "{:?}", run.reason);
    let [english, russian] = home.reasons(RUN).await;
    assert!(english.ends_with(" sent it back: Osh is missing"), "{english}");
    assert!(russian.starts_with("возвращён на доработку (") && russian.ends_with("): Osh is missing"), "{russian}");
    let told = home.store.troubles(home.clock.now()).await.unwrap();
    assert!(told.iter().any(|(notice, _)| notice.kind() == "run-held"), "the operators are told");
    let other = refused(desk.approve(Hand::Link { token: &secretary }).await);
    assert!(matches!(other, Refusal::SentBack { ref reason, .. } if reason == "Osh is missing"), "{other:?}");
    home.take(dropped_again()).await;
    let (run, _) = home.compile(RUN).await;
    assert_eq!(run.state, RunState::AwaitingApproval);
    let [chair, _] = links(&sign_offs(&home).await);
    let mails = sign_offs(&home).await;
    assert!(mails.iter().all(|mail| mail.state != DeliveryState::Cancelled || mail.order.unique_key.contains("off-1")));
    assert_eq!(desk.approve(Hand::Link { token: &chair }).await.unwrap(), Approved::Released(2));
}

#[tokio::test]
async fn a_cancelled_run_and_somebody_who_is_no_approver_any_more() {
    let mut home = home(Approvals::Any).await;
    let (_, mails) = home.compile(RUN).await;
    let [chair, secretary] = links(&mails);
    let mut config: Config = (*home.config).clone();
    config.recipients.retain(|person| person.email != "chair@example.org");
    home.config = Arc::new(config);
    let desk = SignOffDesk::new(&home.store, &home.config, &home.clock);
    assert_eq!(refused(desk.approve(Hand::Link { token: &chair }).await).code(), "not-an-approver");
    home.store.cancel_run(RUN, "A. Person", home.clock.now()).await.unwrap();
    let told = refused(desk.approve(Hand::Link { token: &secretary }).await);
    assert_eq!(told, Refusal::Cancelled { run: RUN, by: Some("A. Person".to_owned()) });
}

#[tokio::test]
async fn approvers_are_told_what_changed_since_the_last_compiling() {
    let home = home(Approvals::Any).await;
    home.compile(RUN).await;
    let mut material = seed();
    let first = material.entries.iter().position(|e| matches!(e.record, Record::Activities(_))).unwrap();
    material.entries.remove(first);
    home.take(material).await;
    home.compile(RUN).await;
    let brief = home.store.brief(RUN).await.unwrap();
    let change = &brief.since_compile[&Language::En][0];
    assert_eq!((change.label.as_str(), change.before.as_str(), change.after.as_str()), ("Activities", "9", "8"));
    let newest = sign_offs(&home).await.into_iter().max_by_key(|mail| mail.id).unwrap();
    assert!(newest.order.letter.text.contains(": 8"), "{}", newest.order.letter.text);
}

#[tokio::test]
async fn two_who_approve_at_the_same_moment_release_it_together() {
    let home = home(Approvals::All).await;
    let (_, mails) = home.compile(RUN).await;
    let [chair, secretary] = links(&mails);
    // Two processes on one ledger: a daemon with the dashboard, and a command line.
    let other = crate::store::Store::open("sqlite:ledger.db", &home.config.home).await.unwrap();
    let (one, two) =
        (SignOffDesk::new(&home.store, &home.config, &home.clock), SignOffDesk::new(&other, &home.config, &home.clock));
    let (a, b) = tokio::join!(one.approve(Hand::Link { token: &chair }), two.approve(Hand::Link { token: &secretary }));
    let both = [a.unwrap(), b.unwrap()];
    assert!(both.contains(&Approved::Released(2)), "{both:?}");
    assert_eq!(both.iter().filter(|one| matches!(one, Approved::Noted(_))).count(), 1, "{both:?}");
    assert_eq!(state(&home).await.state, RunState::Released);
}

#[tokio::test]
async fn who_sends_it_back_at_the_same_moment_is_not_passed_over() {
    let home = home(Approvals::Any).await;
    let (_, mails) = home.compile(RUN).await;
    let [chair, secretary] = links(&mails);
    let other = crate::store::Store::open("sqlite:ledger.db", &home.config.home).await.unwrap();
    let (one, two) =
        (SignOffDesk::new(&home.store, &home.config, &home.clock), SignOffDesk::new(&other, &home.config, &home.clock));
    let back = one.send_back(Hand::Link { token: &chair }, "Osh is missing");
    let (back, approved) = tokio::join!(back, two.approve(Hand::Link { token: &secretary }));
    // Whoever is first is heard, and the other is told so.
    match state(&home).await.state {
        RunState::Held => assert_eq!((back.is_ok(), refused(approved).code()), (true, "sent-back")),
        RunState::Released => assert_eq!((approved.is_ok(), refused(back).code()), (true, "already-released")),
        other => panic!("{other:?}"),
    }
}

/// The run is read before its verdicts: between the two it may be sent back, and the verdict that says so is
/// then among those that were seen.
#[tokio::test]
async fn an_approval_that_saw_the_run_before_it_was_held_decides_nothing() {
    let home = home(Approvals::Any).await;
    let (_, mails) = home.compile(RUN).await;
    let [chair, _] = links(&mails);
    let desk = SignOffDesk::new(&home.store, &home.config, &home.clock);
    let shown = desk.look(Hand::Link { token: &chair }).await.unwrap();
    desk.send_back(Hand::Link { token: &chair }, "Osh is missing").await.unwrap();
    let verdict = Approval {
        run: RUN,
        approver: "desk@example.org".to_owned(),
        name: "Invented desk@example.org".to_owned(),
        shown: shown.shown,
        verdict: Verdict::Approved,
        reason: None,
        way: Way::Link,
        at: home.clock.now(),
    };
    let release = Decision::Release { by: "desk@example.org", documents: &[], deliveries: &[] };
    let stale = Seen { state: RunState::AwaitingApproval, verdicts: 1 };
    assert!(!home.store.sign_run(&verdict, None, stale, release).await.unwrap(), "nothing is written");
    assert_eq!(state(&home).await.state, RunState::Held);
    assert_eq!(home.store.approvals(RUN).await.unwrap().len(), 1);
    let knowing = Seen { state: RunState::Held, verdicts: 1 };
    assert!(home.store.sign_run(&verdict, None, knowing, release).await.unwrap(), "a held run may be released");
}
