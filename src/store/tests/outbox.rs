use super::*;
use crate::outbox::{Delivery, Outcome};
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(30);

async fn claim(store: &Store, now: DateTime<Utc>) -> Option<Delivery> {
    store.claim_delivery(now, LEASE).await.unwrap()
}

fn reply() -> String {
    "250 2.0.0 queued".to_owned()
}

#[tokio::test]
async fn one_cause_is_one_mail() {
    let (_folder, store) = ledger().await;
    assert!(store.post(&delivery("a"), noon()).await.unwrap());
    assert!(!store.post(&delivery("a"), noon()).await.unwrap());
    let all = store.deliveries(&DeliveryFilter::default()).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].order, delivery("a"));
    assert_eq!((all[0].state, all[0].created_at, all[0].attempts), (DeliveryState::Pending, noon(), 0));
}

#[tokio::test]
async fn an_attempt_is_written_down_before_it_is_made() {
    let (_folder, store) = ledger().await;
    store.post(&delivery("a"), noon()).await.unwrap();
    assert!(claim(&store, noon() - seconds(1)).await.is_none(), "not due yet");
    let claimed = claim(&store, noon()).await.unwrap();
    assert_eq!((claimed.state, claimed.attempts, claimed.composed.clone()), (DeliveryState::Sending, 1, None));
    assert!(claim(&store, noon()).await.is_none(), "claimed once");
    let attempts = store.attempts(claimed.id).await.unwrap();
    assert_eq!((attempts[0].number, attempts[0].begun_at, attempts[0].ended_at), (1, noon(), None));
    store.keep_composed(claimed.id, claimed.fence, b"From: \xff").await.unwrap();
    assert_eq!(store.delivery(claimed.id).await.unwrap().composed.as_deref(), Some(&b"From: \xff"[..]));
    let outcome = Outcome::Delivered { reply: reply() };
    let state = store.finish_attempt(&claimed, &outcome, noon() + seconds(2), None).await.unwrap();
    assert_eq!(state, DeliveryState::Delivered);
    let attempts = store.attempts(claimed.id).await.unwrap();
    assert_eq!(attempts[0].ended_at, Some(noon() + seconds(2)));
    assert_eq!(attempts[0].outcome.as_deref(), Some("delivered"));
    assert_eq!(attempts[0].reply, Some(reply()));
    assert_eq!(store.delivery(claimed.id).await.unwrap().last_reply, Some(reply()));
    assert!(claim(&store, noon() + seconds(99)).await.is_none());
}

#[tokio::test]
async fn what_each_outcome_leads_to() {
    let later = Some(noon() + seconds(60));
    let text = || "as told".to_owned();
    let cases = [
        (Outcome::Delivered { reply: text() }, None, DeliveryState::Delivered, 1, false),
        (Outcome::Transient { reply: text() }, later, DeliveryState::Waiting, 1, false),
        (Outcome::Transient { reply: text() }, None, DeliveryState::DeadLetter, 1, false),
        (Outcome::Permanent { reply: text() }, later, DeliveryState::DeadLetter, 1, false),
        (Outcome::NoAnswer { reply: text() }, later, DeliveryState::Unknown, 1, true),
        (Outcome::NoAnswer { reply: text() }, None, DeliveryState::Unknown, 1, true),
        (Outcome::ChannelAtFault { reply: text() }, later, DeliveryState::Waiting, 0, false),
    ];
    for (outcome, retry_at, state, attempts, duplicate) in cases {
        let (_folder, store) = ledger().await;
        store.post(&delivery("a"), noon()).await.unwrap();
        let claimed = claim(&store, noon()).await.unwrap();
        assert_eq!(store.finish_attempt(&claimed, &outcome, noon(), retry_at).await.unwrap(), state);
        let found = store.delivery(claimed.id).await.unwrap();
        assert_eq!(
            (found.state, found.attempts, found.possible_duplicate),
            (state, attempts, duplicate),
            "{outcome:?}"
        );
        let again = claim(&store, noon() + seconds(60)).await;
        let tried_again = matches!(state, DeliveryState::Waiting | DeliveryState::Unknown);
        assert_eq!(again.is_some(), tried_again, "{outcome:?}");
        if let Some(again) = again {
            assert_eq!(again.order.message_id, claimed.order.message_id);
            assert_eq!(again.possible_duplicate, duplicate, "stays marked");
            assert_eq!(store.attempts(again.id).await.unwrap().len(), 2, "each attempt is on record");
        }
    }
}

#[tokio::test]
async fn the_most_due_is_taken_first() {
    let (_folder, store) = ledger().await;
    store.post(&delivery("later"), noon()).await.unwrap();
    store.post(&delivery("sooner"), noon() - seconds(5)).await.unwrap();
    assert_eq!(store.next_delivery_at().await.unwrap(), Some(noon() - seconds(5)));
    assert_eq!(claim(&store, noon()).await.unwrap().order.unique_key, "sooner");
    assert_eq!(store.next_delivery_at().await.unwrap(), Some(noon()));
    assert_eq!(claim(&store, noon()).await.unwrap().order.unique_key, "later");
    assert_eq!(store.next_delivery_at().await.unwrap(), None);
}

#[tokio::test]
async fn a_claim_that_was_taken_away_changes_nothing() {
    let (_folder, store) = ledger().await;
    store.post(&delivery("a"), noon()).await.unwrap();
    let stale = claim(&store, noon()).await.unwrap();
    assert_eq!(store.rescue(noon() + seconds(31), false).await.unwrap(), 1);
    let fresh = claim(&store, noon() + seconds(31)).await.unwrap();
    assert!(fresh.fence > stale.fence);
    let outcome = Outcome::Permanent { reply: reply() };
    let late = store.finish_attempt(&stale, &outcome, noon(), None).await;
    assert!(matches!(late, Err(StoreError::NotInState { .. })));
    assert!(matches!(store.keep_composed(stale.id, stale.fence, b"x").await, Err(StoreError::NotInState { .. })));
    assert_eq!(store.delivery(stale.id).await.unwrap().state, DeliveryState::Sending);
    store.finish_attempt(&fresh, &Outcome::Delivered { reply: reply() }, noon(), None).await.unwrap();
}

#[tokio::test]
async fn a_held_channel_lets_nothing_out() {
    let (_folder, store) = ledger().await;
    store.post(&delivery("a"), noon()).await.unwrap();
    store.hold_channel("the password was refused", noon() + seconds(60)).await.unwrap();
    store.hold_channel("a shorter one", noon() + seconds(5)).await.unwrap();
    assert_eq!(
        store.channel_hold().await.unwrap(),
        Some(("the password was refused".to_owned(), noon() + seconds(60)))
    );
    assert_eq!(store.next_delivery_at().await.unwrap(), Some(noon() + seconds(60)));
    assert!(claim(&store, noon() + seconds(59)).await.is_none());
    let probe = claim(&store, noon() + seconds(60)).await.unwrap();
    store.finish_attempt(&probe, &Outcome::Delivered { reply: reply() }, noon() + seconds(61), None).await.unwrap();
    assert_eq!(store.channel_hold().await.unwrap(), None, "it works again");
    store.hold_channel("restored", noon() + TimeDelta::days(9999)).await.unwrap();
    store.release_channel().await.unwrap();
    assert_eq!(store.channel_hold().await.unwrap(), None);
}

#[tokio::test]
async fn people_revive_and_take_back() {
    let (_folder, store) = ledger().await;
    store.post(&delivery("a"), noon()).await.unwrap();
    let id = claim(&store, noon()).await.unwrap().id;
    assert!(matches!(store.cancel_delivery(id).await, Err(StoreError::NotInState { .. })), "it is being sent");
    assert!(matches!(store.retry_delivery(id, noon()).await, Err(StoreError::NotInState { .. })));
    let claimed = store.delivery(id).await.unwrap();
    store.finish_attempt(&claimed, &Outcome::Permanent { reply: reply() }, noon(), None).await.unwrap();
    store.retry_delivery(id, noon() + seconds(9)).await.unwrap();
    let revived = store.delivery(id).await.unwrap();
    assert_eq!((revived.state, revived.next_attempt_at), (DeliveryState::Pending, noon() + seconds(9)));
    store.cancel_delivery(id).await.unwrap();
    assert!(claim(&store, noon() + seconds(99)).await.is_none());
    assert!(matches!(store.cancel_delivery(99).await, Err(StoreError::Missing { id: 99, .. })));

    store.post(&delivery("b"), noon()).await.unwrap();
    let given_up = claim(&store, noon()).await.unwrap();
    store.finish_attempt(&given_up, &Outcome::Permanent { reply: reply() }, noon(), None).await.unwrap();
    store.cancel_delivery(given_up.id).await.unwrap();
    assert_eq!(store.deliveries_in(DeliveryState::DeadLetter).await.unwrap(), 0);
    assert!(matches!(store.retry_delivery(given_up.id, noon()).await, Err(StoreError::NotInState { .. })));
}

#[tokio::test]
async fn many_workers_take_each_delivery_once() {
    let (folder, store) = ledger().await;
    sqlx::query("PRAGMA synchronous = OFF").execute(store.writer()).await.unwrap();
    for n in 0..200 {
        store.post(&delivery(&n.to_string()), noon()).await.unwrap();
    }
    let other = Store::open("sqlite:state/ledger.db", folder.path()).await.unwrap();
    let work = async |store: Store| {
        let mut mine = Vec::new();
        while let Some(delivery) = store.claim_delivery(noon(), LEASE).await.unwrap() {
            let outcome = Outcome::Delivered { reply: reply() };
            store.finish_attempt(&delivery, &outcome, noon(), None).await.unwrap();
            mine.push(delivery.id);
        }
        mine
    };
    let (a, b, c) = tokio::join!(work(store.as_worker("1")), work(store.as_worker("2")), work(other));
    let mut all = [a, b, c].concat();
    all.sort_unstable();
    assert_eq!(all, (1..=200).collect::<Vec<i64>>());
}

#[tokio::test]
async fn mails_and_their_attempts_outlive_the_change_of_their_tables() {
    use sqlx::ConnectOptions as _;
    let folder = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join("ledger.db"));
    let mut old = options.create_if_missing(true).foreign_keys(true).connect().await.unwrap();
    for migration in crate::store::connect::MIGRATIONS.iter().take(2) {
        sqlx::raw_sql(*migration).execute(&mut old).await.unwrap();
    }
    sqlx::raw_sql(
        "PRAGMA user_version = 2;
         INSERT INTO deliveries (id, purpose, name, email, letter, attachments, message_id, unique_key, state,
             created_at, next_attempt_at, attempts, composed) VALUES (7, 'notice', 'A', 'a@example.org',
             '{\"language\":\"en\",\"subject\":\"s\",\"text\":\"t\",\"html\":\"h\"}', '[]', '<1@example.org>', 'key',
             'waiting', '2018-01-15T12:00:00.000000Z', '2018-01-15T12:00:00.000000Z', 1, x'00');
         INSERT INTO attempts (delivery_id, number, begun_at) VALUES (7, 1, '2018-01-15T12:00:00.000000Z');",
    )
    .execute(&mut old)
    .await
    .unwrap();
    sqlx::Connection::close(old).await.unwrap();
    let store = Store::open("sqlite:ledger.db", folder.path()).await.unwrap();
    let kept = store.deliveries(&DeliveryFilter::default()).await.unwrap();
    assert_eq!((kept.len(), kept[0].id, kept[0].attempts), (1, 7, 1));
    assert_eq!(store.attempts(7).await.unwrap().len(), 1);
    let answer = NewDelivery { purpose: Purpose::Answer, ..delivery("answer") };
    assert!(store.post(&answer, noon()).await.unwrap());
    let claimed = store.claim_delivery(noon(), Duration::from_secs(30)).await.unwrap().unwrap();
    assert_eq!((claimed.id, claimed.attempts), (7, 2));
}
