use chrono::{DateTime, Utc};

use super::*;
use crate::outbox::{DeliveryState, Letter, NewDelivery, Outcome, Purpose};
use crate::recipient::Language;
use crate::store::DeliveryFilter;

fn now() -> DateTime<Utc> {
    "2018-01-15T06:00:00Z".parse().unwrap()
}

/// As Postfix writes them: with the whole mail, or with its headers alone.
fn notification(message_id: &str, action: &str, whole: bool) -> String {
    let (kind, rest) =
        if whole { ("message/rfc822", "\n\nThe report is attached.\n") } else { ("text/rfc822-headers", "\n") };
    format!(
        "From: MAILER-DAEMON@example.org\nTo: reports@example.org\nSubject: Undelivered Mail Returned to Sender\n\
         Auto-Submitted: auto-replied\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"b/1\"\n\n\
         --b/1\nContent-Description: Notification\nContent-Type: text/plain; charset=us-ascii\n\n\
         I'm sorry to have to inform you ...\n\n\
         --b/1\nContent-Description: Delivery report\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mail.example.org\nArrival-Date: Mon, 15 Jan 2018 06:00:00 +0000\n\n\
         Final-Recipient: rfc822; nobody@example.org\nAction: {action}\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 5.1.1 <nobody@example.org>: Recipient address rejected:\n    User unknown\n\n\
         --b/1\nContent-Description: Undelivered Message\nContent-Type: {kind}\n\n\
         From: reports@example.org\nMessage-ID: {message_id}\nSubject: Report{rest}\n--b/1--\n"
    )
}

struct Home {
    folder: tempfile::TempDir,
    store: Store,
    bounces: Bounces,
}

impl Home {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::defaults(folder.path());
        config.bounces.mailbox = Some(BounceBox::Maildir("returned".into()));
        let store = Store::open("sqlite:ledger.db", folder.path()).await.unwrap();
        let bounces = Bounces::new(store.clone(), Arc::new(config), Clock::pretended(now()));
        Self { folder, store, bounces }
    }

    /// A mail that the server took.
    async fn sent(&self, email: &str, number: usize) -> String {
        let message_id = format!("<{number}.{email}>");
        let letter = Letter {
            language: Language::En,
            subject: "Report".to_owned(),
            text: "Report\n".to_owned(),
            html: "<p>Report</p>".to_owned(),
            attached: None,
            thread: Vec::new(),
        };
        let order = NewDelivery {
            run: None,
            purpose: Purpose::Report,
            name: "Example".to_owned(),
            email: email.to_owned(),
            letter,
            attachments: Vec::new(),
            message_id: message_id.clone(),
            unique_key: message_id.clone(),
        };
        self.store.post(&order, now()).await.unwrap();
        let claimed = self.store.claim_delivery(now(), std::time::Duration::from_secs(30)).await.unwrap().unwrap();
        let taken = Outcome::Delivered { reply: "250 2.0.0 Ok".to_owned() };
        self.store.finish_attempt(&claimed, &taken, now(), None).await.unwrap();
        message_id
    }

    fn arrives(&self, name: &str, mail: &str) {
        let new = self.folder.path().join("returned/new");
        std::fs::create_dir_all(&new).unwrap();
        std::fs::write(new.join(name), mail).unwrap();
    }

    fn lies(&self) -> Vec<String> {
        let mails = folder::mails(&self.folder.path().join("returned")).unwrap();
        mails.iter().map(|path| path.strip_prefix(self.folder.path()).unwrap().display().to_string()).collect()
    }

    async fn bounced(&self) -> Vec<(i64, String)> {
        let filter = DeliveryFilter { run: None, states: vec![DeliveryState::Bounced] };
        let mails = self.store.deliveries(&filter).await.unwrap();
        mails.into_iter().map(|mail| (mail.id, mail.last_reply.unwrap_or_default())).collect()
    }
}

#[test]
fn a_notification_is_read_and_nothing_else_is_one() {
    let reason = "550 5.1.1 <nobody@example.org>: Recipient address rejected: User unknown";
    for whole in [true, false] {
        let found = read_text(&notification("<1.a@example.org>", "failed", whole)).unwrap();
        assert_eq!((found.message_id.as_str(), found.reason.as_str()), ("<1.a@example.org>", reason));
        let crlf = notification("<1.a@example.org>", "failed", whole).replace('\n', "\r\n");
        assert_eq!(read_text(&crlf), Some(found));
        assert_eq!(read_text(&notification("<1.a@example.org>", "delayed", whole)), None, "it is late, and may arrive");
    }
    let plain = "From: a@example.org\nSubject: Re: Report\nMessage-ID: <x@y>\n\nAction: failed\nStatus: 5.1.1\n";
    assert_eq!(read_text(plain), None);
    let receipt =
        notification("<1.a@example.org>", "failed", true).replace("delivery-status", "disposition-notification");
    assert_eq!(read_text(&receipt), None);
    assert_eq!(read_text(""), None);
}

fn read_text(mail: &str) -> Option<notification::Notification> {
    notification::read(mail.as_bytes())
}

#[tokio::test]
async fn a_mail_that_came_back_is_found_and_others_stay_where_they_are() {
    let home = Home::new().await;
    assert_eq!(home.bounces.step().await.unwrap(), Step::Idle, "there is no mailbox yet");
    let (first, _) = (home.sent("a@example.org", 1).await, home.sent("b@example.org", 2).await);
    home.arrives("1", &notification(&first, "failed", true));
    home.arrives("2", "From: a@example.org\nSubject: thanks\n\nThank you.\n");
    home.arrives("3", &notification("<somebody@elsewhere>", "failed", true));
    assert_eq!(home.bounces.step().await.unwrap(), Step::Worked);
    let bounced = home.bounced().await;
    assert_eq!(bounced.len(), 1);
    assert!(bounced[0].1.contains("User unknown"), "{bounced:?}");
    assert_eq!(home.lies(), ["returned/cur/1:2,S", "returned/cur/3:2,S", "returned/new/2"]);
    assert_eq!(home.bounces.step().await.unwrap(), Step::Idle, "once");
    // The operators are told with the mails that were given up.
    let told = home.store.troubles(now()).await.unwrap();
    assert!(told.iter().any(|(notice, _)| notice.kind() == "dead-letters"), "{told:?}");
    // A person sends it again: it may come back again, by another notification.
    home.store.retry_delivery(bounced[0].0, now()).await.unwrap();
    assert_eq!(home.bounced().await, []);
}

#[tokio::test]
async fn three_in_a_row_mark_an_address() {
    let home = Home::new().await;
    for number in 1..=5 {
        let id = home.sent("a@example.org", number).await;
        // The second arrives; the count begins anew.
        if number != 2 {
            home.arrives(
                &number.to_string(),
                &notification(&id, "failed", false).replace("b/1", &format!("b/{number}")),
            );
        }
        while home.bounces.step().await.unwrap() == Step::Worked {}
        let marked = home.store.bad_addresses().await.unwrap();
        assert_eq!(marked.len(), usize::from(number == 5), "after {number}");
    }
    let marked = home.store.bad_addresses().await.unwrap().remove(0);
    assert_eq!((marked.email.as_str(), marked.mails), ("a@example.org", 3));
    home.sent("A@example.org", 6).await;
    assert_eq!(home.store.bad_addresses().await.unwrap(), [], "one that arrives takes the mark away");
}

#[tokio::test]
async fn a_mailbox_that_cannot_be_read_is_told_of_when_it_lasts_and_when_it_is_over() {
    let home = Home::new().await;
    let clock = &home.bounces.clock;
    let config = Arc::clone(&home.bounces.config);
    // Somebody has put a file where the folder should be.
    let returned = home.folder.path().join("returned");
    std::fs::write(&returned, "").unwrap();
    home.bounces.step().await.unwrap_err();
    let first = unread(&home.store, &config).await.unwrap().unwrap();
    assert_eq!((first.mailbox.as_str(), first.since), ("returned", now()));
    assert!(first.problem.contains("returned"), "{first:?}");
    clock.advance(chrono::TimeDelta::minutes(29));
    home.bounces.step().await.unwrap_err();
    assert_eq!(home.store.open_notices().await.unwrap(), [], "it may pass");
    clock.advance(chrono::TimeDelta::minutes(1));
    home.bounces.step().await.unwrap_err();
    let told = home.store.open_notices().await.unwrap();
    assert_eq!(told.iter().map(|record| record.notice.kind()).collect::<Vec<_>>(), ["bounces-unread"]);
    assert_eq!(unread(&home.store, &config).await.unwrap().unwrap().since, now(), "since the first time");
    // Of another mailbox it is not known.
    let other = Config {
        bounces: crate::config::Bounces { mailbox: None, ..config.bounces.clone() },
        ..Config::clone(&config)
    };
    assert_eq!(unread(&home.store, &other).await.unwrap(), None);
    std::fs::remove_file(&returned).unwrap();
    home.bounces.step().await.unwrap();
    assert_eq!(unread(&home.store, &config).await.unwrap(), None);
    assert_eq!(home.store.open_notices().await.unwrap(), []);
    let over = home.store.notices_not_done().await.unwrap();
    assert!(over[0].over_at.is_some(), "its end is told: {over:?}");
}
