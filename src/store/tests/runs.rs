use super::*;
use crate::report::ReportRun;
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(30);

fn these(runs: &[PlannedRun]) -> Planned<'_> {
    Planned { runs, ..Planned::default() }
}

fn compiled(state: RunState, deliveries: Vec<NewDelivery>) -> Compiled {
    Compiled {
        state,
        reason: (state == RunState::Held).then(|| "1 row is held".to_owned()),
        as_of: "2018-01-15".parse().unwrap(),
        facts: "{}".to_owned(),
        brief: Brief::default(),
        documents: vec![ArchivedDocument {
            run: 0,
            language: Language::Ru,
            edition: String::new(),
            path: "archive/2017-Q4/x.pdf".to_owned(),
            file_name: "x.pdf".to_owned(),
            sha256: "ff".to_owned(),
            size: 400_000,
            pages: 60,
        }],
        deliveries,
    }
}

async fn compile(store: &Store, state: RunState) -> ReportRun {
    let (run, fence) = store.claim_run(noon(), LEASE).await.unwrap().unwrap();
    store.finish_run(run.id, fence, compiled(state, vec![delivery(&format!("{}", run.id))]), noon()).await.unwrap();
    store.run(run.id).await.unwrap()
}

fn is_elsewhere<T: std::fmt::Debug>(result: Result<T>) -> bool {
    matches!(result, Err(StoreError::NotInState { .. }))
}

#[tokio::test]
async fn a_run_goes_from_due_to_released_in_one_transaction() {
    let (_folder, store) = ledger().await;
    let due = due_run(&store).await;
    assert_eq!((due.state, due.revision), (RunState::Due, 1));
    let (claimed, fence) = store.claim_run(noon(), LEASE).await.unwrap().unwrap();
    assert_eq!((claimed.id, claimed.state), (due.id, RunState::Compiling));
    assert!(store.claim_run(noon(), LEASE).await.unwrap().is_none(), "claimed once");
    let wrong = store.finish_run(due.id, fence + 1, compiled(RunState::Released, vec![]), noon()).await;
    assert!(is_elsewhere(wrong));
    store.finish_run(due.id, fence, compiled(RunState::Released, vec![delivery("a")]), noon()).await.unwrap();
    let run = store.run(due.id).await.unwrap();
    assert_eq!((run.state, run.as_of), (RunState::Released, "2018-01-15".parse().ok()));
    assert_eq!(run.facts.as_deref(), Some("{}"));
    let documents = store.documents(due.id).await.unwrap();
    assert_eq!((documents.len(), documents[0].run, documents[0].pages), (1, due.id, 60));
    assert_eq!(store.deliveries(&DeliveryFilter::default()).await.unwrap().len(), 1);
    assert_eq!(store.last_released("rsg-quarterly", period("2017-Q4")).await.unwrap(), Some(run));
    assert_eq!(store.last_released("rsg-quarterly", period("2018-Q1")).await.unwrap(), None);
    let late = store.finish_run(due.id, fence, compiled(RunState::Held, vec![delivery("b")]), noon()).await;
    assert!(is_elsewhere(late));
    assert_eq!(store.deliveries(&DeliveryFilter::default()).await.unwrap().len(), 1, "nothing of it was written");
}

#[tokio::test]
async fn the_oldest_is_taken_first() {
    let (_folder, store) = ledger().await;
    let runs = [planned(noon()), planned(noon() - seconds(60)), planned(noon() + seconds(60))];
    store.plan("rsg", noon(), these(&runs)).await.unwrap();
    let (first, _) = store.claim_run(noon(), LEASE).await.unwrap().unwrap();
    assert_eq!(first.due_at, noon() - seconds(60));
}

#[tokio::test]
async fn an_instant_is_planned_once() {
    let (_folder, store) = ledger().await;
    assert_eq!(store.last_planned_at("rsg").await.unwrap(), None);
    let skipped = PlannedRun { skipped: Some("too late".to_owned()), ..planned(noon() - seconds(60)) };
    let runs = [skipped, planned(noon())];
    assert_eq!(store.plan("rsg", noon(), these(&runs)).await.unwrap(), 2);
    assert_eq!(store.plan("rsg", noon(), these(&runs)).await.unwrap(), 0);
    assert_eq!(store.last_planned_at("rsg").await.unwrap(), Some(noon()));
    assert_eq!(store.plan("another", noon(), these(&runs[1..])).await.unwrap(), 1);
    let all = store.runs(&[], 9).await.unwrap();
    assert_eq!(all.len(), 3);
    let skipped = store.runs(&[RunState::Skipped], 9).await.unwrap();
    assert_eq!(skipped[0].reason.as_deref(), Some("too late"));
    assert_eq!(store.runs(&[RunState::Due, RunState::Held], 1).await.unwrap().len(), 1);
}

#[tokio::test]
async fn two_begun_by_hand_at_one_instant_are_two() {
    let (_folder, store) = ledger().await;
    let (first, second) = (due_run(&store).await, due_run(&store).await);
    assert_ne!(first.id, second.id);
    assert_eq!(second.due_at - first.due_at, TimeDelta::microseconds(1));
}

#[tokio::test]
async fn revisions_count_what_was_compiled() {
    let (_folder, store) = ledger().await;
    let skipped = PlannedRun { skipped: Some("too late".to_owned()), ..planned(noon() - seconds(60)) };
    store.plan("rsg", noon(), these(&[skipped])).await.unwrap();
    due_run(&store).await;
    let first = compile(&store, RunState::Held).await;
    assert_eq!(first.revision, 1);
    store.retry_run(first.id, noon()).await.unwrap();
    assert_eq!(compile(&store, RunState::Released).await.revision, 1, "the same run, again");
    due_run(&store).await;
    assert_eq!(compile(&store, RunState::Released).await.revision, 2);
    let other = PlannedRun { period: period("2018-Q1"), ..planned(noon()) };
    assert_eq!(store.start_run("rsg", other).await.unwrap().revision, 1);
}

#[tokio::test]
async fn people_decide_about_waiting_runs() {
    let (_folder, store) = ledger().await;
    let id = due_run(&store).await.id;
    assert!(is_elsewhere(store.release_run(id, "me", noon(), &[], &[]).await));
    assert!(is_elsewhere(store.hold_run(id, "me", noon()).await));
    assert!(is_elsewhere(store.retry_run(id, noon()).await));
    assert_eq!(compile(&store, RunState::AwaitingApproval).await.decided_by, None);
    store.hold_run(id, "Example Secretary", noon()).await.unwrap();
    let held = store.run(id).await.unwrap();
    assert_eq!((held.state, held.decided_by.as_deref()), (RunState::Held, Some("Example Secretary")));
    store.release_run(id, "me", noon() + seconds(1), &[], &[delivery("to a recipient")]).await.unwrap();
    let released = store.run(id).await.unwrap();
    assert_eq!((released.state, released.decided_at), (RunState::Released, Some(noon() + seconds(1))));
    let twice = store.release_run(id, "me", noon(), &[], &[delivery("again")]).await;
    assert!(is_elsewhere(twice));
    assert_eq!(store.deliveries(&DeliveryFilter::default()).await.unwrap().len(), 2);
    assert!(is_elsewhere(store.cancel_run(id, "me", noon()).await));
    assert!(matches!(store.run(99).await, Err(StoreError::Missing { id: 99, .. })));
    assert!(matches!(store.retry_run(99, noon()).await, Err(StoreError::Missing { id: 99, .. })));
}

#[tokio::test]
async fn a_cancelled_run_takes_its_letters_to_approvers_with_it() {
    let (_folder, store) = ledger().await;
    let id = due_run(&store).await.id;
    let (_, fence) = store.claim_run(noon(), LEASE).await.unwrap().unwrap();
    let letter = NewDelivery { run: Some(id), purpose: Purpose::SignOff, ..delivery("sign-off") };
    store.finish_run(id, fence, compiled(RunState::AwaitingApproval, vec![letter]), noon()).await.unwrap();
    store.cancel_run(id, "me", noon()).await.unwrap();
    assert_eq!(store.run(id).await.unwrap().state, RunState::Skipped);
    let filter = DeliveryFilter { run: Some(id), states: vec![DeliveryState::Cancelled] };
    assert_eq!(store.deliveries(&filter).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_run_that_is_cancelled_while_compiling_cannot_finish() {
    let (_folder, store) = ledger().await;
    let id = due_run(&store).await.id;
    let (_, fence) = store.claim_run(noon(), LEASE).await.unwrap().unwrap();
    store.cancel_run(id, "me", noon()).await.unwrap();
    assert!(is_elsewhere(store.finish_run(id, fence, compiled(RunState::Released, vec![]), noon()).await));
    assert!(is_elsewhere(store.fail_run(id, fence, "x", noon()).await));
}

#[tokio::test]
async fn a_failed_run_waits_for_a_person() {
    let (_folder, store) = ledger().await;
    let id = due_run(&store).await.id;
    let (_, fence) = store.claim_run(noon(), LEASE).await.unwrap().unwrap();
    store.fail_run(id, fence, "report.md:3: undefined name", noon()).await.unwrap();
    let failed = store.run(id).await.unwrap();
    assert_eq!((failed.state, failed.reason.as_deref()), (RunState::Failed, Some("report.md:3: undefined name")));
    assert!(store.claim_run(noon(), LEASE).await.unwrap().is_none());
    store.retry_run(id, noon()).await.unwrap();
    assert_eq!(store.run(id).await.unwrap().reason, None);
    assert!(store.claim_run(noon(), LEASE).await.unwrap().is_some());
}

#[tokio::test]
async fn a_corrected_file_makes_a_held_run_due_again() {
    let (_folder, store) = ledger().await;
    let id = due_run(&store).await.id;
    compile(&store, RunState::Held).await;
    let state = async || store.run(id).await.unwrap().state;
    let send = async |wanted: &'static str| {
        let rows = vec![(Some(wanted), activity(Some("A"), "x"))];
        drop_file(&store, Dropped { source: "s", file: "f", rows, ..Dropped::default() }).await;
    };
    send("2018-Q1").await;
    assert_eq!(state().await, RunState::Held, "another period's data changes nothing");
    send("2017-Q4").await;
    assert_eq!(state().await, RunState::Due);
    compile(&store, RunState::AwaitingApproval).await;
    send("2017-Q4").await;
    assert_eq!(state().await, RunState::Due, "nobody signs off what is out of date");
    compile(&store, RunState::AwaitingApproval).await;
    store.hold_run(id, "me", noon()).await.unwrap();
    send("2017-Q4").await;
    assert_eq!(state().await, RunState::Held, "a person held it");
}

#[tokio::test]
async fn two_stores_on_one_ledger_claim_a_thousand_runs_once_each() {
    let (folder, store) = ledger().await;
    let other = Store::open("sqlite:state/ledger.db", folder.path()).await.unwrap();
    let runs: Vec<_> = (0..1000).map(|n| planned(noon() + seconds(n))).collect();
    store.plan("rsg", noon(), these(&runs)).await.unwrap();
    // What is asked for here is exclusion, not safety from power cuts.
    for handle in [&store, &other] {
        sqlx::query("PRAGMA synchronous = OFF").execute(handle.writer()).await.unwrap();
    }
    let claim_all = async |store: Store| {
        let mut mine = Vec::new();
        while let Some((run, _)) = store.claim_run_beside(noon(), LEASE, &["rsg"]).await.unwrap() {
            mine.push(run.id);
        }
        mine
    };
    let (first, second) = tokio::join!(claim_all(store), claim_all(other));
    let mut all = [first, second].concat();
    assert_eq!(all.len(), 1000);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 1000);
}

#[tokio::test]
async fn a_run_waits_while_another_of_its_schedule_is_being_compiled() {
    let (_folder, store) = ledger().await;
    let run = |day: &str| planned(at(&format!("2018-01-{day}T09:00:00Z")));
    store.plan("rsg", noon(), these(&[run("01"), run("02")])).await.unwrap();
    store.plan("other", noon(), these(&[run("03")])).await.unwrap();
    let claimed = async |beside: &[&str]| {
        store.claim_run_beside(noon(), LEASE, beside).await.unwrap().map(|(run, _)| (run.schedule, run.due_at))
    };
    assert_eq!(claimed(&[]).await.unwrap().0, "rsg");
    assert_eq!(claimed(&[]).await.unwrap().0, "other");
    assert_eq!(claimed(&[]).await, None);
    assert_eq!(claimed(&["rsg"]).await.unwrap().1, run("02").due_at);
}
