use super::*;
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn what_a_dead_predecessor_had_in_hand_is_taken_back_at_once() {
    let (folder, store) = ledger().await;
    let run = due_run(&store).await.id;
    let (_, fence) = store.claim_run(noon(), LEASE).await.unwrap().unwrap();
    store.post(&delivery("a"), noon()).await.unwrap();
    store.post(&delivery("b"), noon()).await.unwrap();
    let composed = store.claim_delivery(noon(), LEASE).await.unwrap().unwrap();
    store.keep_composed(composed.id, composed.fence, b"mail").await.unwrap();
    let fresh = store.claim_delivery(noon(), LEASE).await.unwrap().unwrap();

    let successor = Store::open("sqlite:state/ledger.db", folder.path()).await.unwrap();
    assert_eq!(successor.rescue(noon() + seconds(1), false).await.unwrap(), 0, "their leases last");
    assert_eq!(successor.rescue(noon() + seconds(1), true).await.unwrap(), 3);
    assert_eq!(successor.run(run).await.unwrap().state, RunState::Due);
    assert!(matches!(store.fail_run(run, fence, "x", noon()).await, Err(StoreError::NotInState { .. })));
    let (composed, fresh) =
        (successor.delivery(composed.id).await.unwrap(), successor.delivery(fresh.id).await.unwrap());
    assert_eq!((composed.state, fresh.state), (DeliveryState::Waiting, DeliveryState::Waiting));
    assert!(composed.possible_duplicate, "a copy may have left");
    assert!(!fresh.possible_duplicate, "nothing had been composed yet");
    assert_eq!(composed.composed.as_deref(), Some(&b"mail"[..]), "the same bytes again");
    assert_eq!(composed.next_attempt_at, noon() + seconds(1));
    let attempts = successor.attempts(composed.id).await.unwrap();
    assert_eq!((attempts[0].outcome.as_deref(), attempts[0].ended_at), (Some("interrupted"), None));
}

#[tokio::test]
async fn a_lease_ends_after_thirty_seconds_at_most() {
    let (_folder, store) = ledger().await;
    due_run(&store).await;
    store.claim_run(noon(), Duration::from_secs(3600)).await.unwrap().unwrap();
    assert_eq!(store.rescue(noon() + seconds(29), false).await.unwrap(), 0);
    assert_eq!(store.rescue(noon() + seconds(30), false).await.unwrap(), 1);
    assert_eq!(store.rescue(noon() + seconds(30), false).await.unwrap(), 0);
}

#[tokio::test]
async fn only_the_worker_itself_renews() {
    let (_folder, store) = ledger().await;
    due_run(&store).await;
    store.post(&delivery("a"), noon()).await.unwrap();
    let (compiler, mailer) = (store.as_worker("compile"), store.as_worker("mail 1"));
    compiler.claim_run(noon(), LEASE).await.unwrap().unwrap();
    mailer.claim_delivery(noon(), LEASE).await.unwrap().unwrap();
    mailer.renew(noon() + seconds(20), LEASE).await.unwrap();
    assert_eq!(store.rescue(noon() + seconds(31), false).await.unwrap(), 1);
    assert!(compiler.claim_run(noon(), LEASE).await.unwrap().is_some(), "the run was given back");
    assert_eq!(mailer.give_up_in_hand(noon() + seconds(32)).await.unwrap(), 1);
    assert_eq!(store.runs(&[RunState::Compiling], 9).await.unwrap().len(), 1, "and nobody else's");
}

#[tokio::test]
async fn a_clock_that_went_back_strands_nothing() {
    let (_folder, store) = ledger().await;
    due_run(&store).await;
    store.claim_run(noon(), LEASE).await.unwrap().unwrap();
    assert_eq!(store.rescue(noon() - TimeDelta::days(300), false).await.unwrap(), 1);
}

#[tokio::test]
async fn notes_are_kept() {
    let (_folder, store) = ledger().await;
    assert_eq!(store.note("a").await.unwrap(), None);
    store.set_note("a", "1").await.unwrap();
    store.set_note("a", "2").await.unwrap();
    assert_eq!(store.note("a").await.unwrap().as_deref(), Some("2"));
}

#[tokio::test]
async fn what_our_own_fault_interrupted_is_parked() {
    let (_folder, store) = ledger().await;
    let run = due_run(&store).await.id;
    store.post(&delivery("a"), noon()).await.unwrap();
    let worker = store.as_worker("unlucky");
    worker.claim_run(noon(), LEASE).await.unwrap().unwrap();
    let id = worker.claim_delivery(noon(), LEASE).await.unwrap().unwrap().id;
    assert_eq!(store.park_in_hand(noon(), "a fault of this program", noon()).await.unwrap(), 0, "not in its hands");
    let parked = worker.park_in_hand(noon(), "a fault of this program", noon() + seconds(600)).await.unwrap();
    assert_eq!(parked, 2);
    let run = store.run(run).await.unwrap();
    assert_eq!((run.state, run.reason.as_deref()), (RunState::Failed, Some("a fault of this program")));
    let delivery = store.delivery(id).await.unwrap();
    assert_eq!((delivery.state, delivery.next_attempt_at), (DeliveryState::Waiting, noon() + seconds(600)));
    assert_eq!(store.attempts(id).await.unwrap()[0].reply.as_deref(), Some("a fault of this program"));
}

#[tokio::test]
async fn a_change_by_another_process_is_noticed() {
    let (folder, store) = ledger().await;
    let mut watch = store.watch().await.unwrap();
    assert!(!watch.has_changed().await.unwrap());
    let other = Store::open("sqlite:state/ledger.db", folder.path()).await.unwrap();
    other.set_note("a", "b").await.unwrap();
    assert!(watch.has_changed().await.unwrap());
    assert!(!watch.has_changed().await.unwrap());
    assert!(other.claim_delivery(noon(), LEASE).await.unwrap().is_none());
    assert!(!watch.has_changed().await.unwrap(), "an idle step changes nothing");
}
