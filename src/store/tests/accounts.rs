//! Accounts, sessions, tokens, and who did what.

use super::*;
use crate::account::Role;
use crate::store::Deed;

const HASH: &str = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA";

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_and_in_any_case_after_a_day_of_work() {
    let (_folder, store) = ledger().await;
    assert!(!store.has_accounts().await.unwrap());
    assert!(store.add_account("aida", Role::Approver, HASH, noon()).await.unwrap());
    assert!(!store.add_account("aida", Role::Admin, HASH, noon()).await.unwrap(), "nobody is replaced");
    store.begin_session("aida", "one", noon()).await.unwrap();
    let whose = |after: TimeDelta| store.session("one", noon() + after);
    let aida = Some(("aida".to_owned(), Role::Approver));
    for minutes in [60, 175, 290, 405, 520, 635, 719] {
        assert_eq!(whose(TimeDelta::minutes(minutes)).await.unwrap(), aida, "used every other hour, {minutes}");
    }
    assert_eq!(whose(TimeDelta::hours(12)).await.unwrap(), None, "no session is longer");
    store.begin_session("aida", "two", noon()).await.unwrap();
    assert_eq!(store.session("two", noon() + TimeDelta::hours(2)).await.unwrap(), None, "nobody used it");
    assert_eq!(store.session("three", noon()).await.unwrap(), None);
}

#[tokio::test]
async fn another_role_counts_at_once_and_another_password_ends_sessions() {
    let (_folder, store) = ledger().await;
    store.add_account("bek", Role::Viewer, HASH, noon()).await.unwrap();
    store.begin_session("bek", "one", noon()).await.unwrap();
    assert!(store.add_token("bek", "two", "a script", noon(), noon() + TimeDelta::days(1)).await.unwrap());
    assert!(!store.add_token("nobody", "three", "", noon(), noon() + TimeDelta::days(1)).await.unwrap());
    assert!(store.set_role("bek", Role::Admin).await.unwrap());
    assert_eq!(store.session("one", noon()).await.unwrap().unwrap().1, Role::Admin);
    assert_eq!(store.token("two", noon()).await.unwrap().unwrap().1, Role::Admin);
    assert_eq!(store.token("two", noon() + TimeDelta::days(1)).await.unwrap(), None, "expired");
    assert!(store.set_password("bek", HASH, noon()).await.unwrap());
    assert_eq!(store.session("one", noon()).await.unwrap(), None);
    assert_eq!(store.accounts(noon()).await.unwrap()[0].tokens, 1);
    assert!(store.remove_account("bek").await.unwrap());
    assert_eq!(store.token("two", noon()).await.unwrap(), None, "it goes with its account");
    assert!(
        !store.set_role("bek", Role::Viewer).await.unwrap() && !store.set_password("bek", HASH, noon()).await.unwrap()
    );
}

#[tokio::test]
async fn a_deed_stands_there_before_it_is_done() {
    let (_folder, store) = ledger().await;
    let deed = |subject: &str| Deed {
        who: "aida".to_owned(),
        role: Some(Role::Approver),
        address: "192.0.2.1".to_owned(),
        action: "POST /runs/{id}/hold".to_owned(),
        subject: subject.to_owned(),
    };
    let first = store.begin_deed(&deed("/runs/1/hold"), noon()).await.unwrap();
    let second = store.begin_deed(&deed("/runs/2/hold"), noon()).await.unwrap();
    store.end_deed(second, "done", None).await.unwrap();
    let all = store.audit(None, 10).await.unwrap();
    assert_eq!(all.iter().map(|one| one.outcome.as_deref()).collect::<Vec<_>>(), [Some("done"), None]);
    assert_eq!(all[1].deed, deed("/runs/1/hold"));
    assert_eq!(store.audit(Some(second), 10).await.unwrap()[0].id, first);
}
