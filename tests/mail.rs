//! From the outbox to a real server, and what its answers lead to.

use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use mail_parser::MimeHeaders;
use rapporteur::clock::Clock;
use rapporteur::config::{Config, load_with};
use rapporteur::herald::Herald;
use rapporteur::mail::Postman;
use rapporteur::outbox::{Attachment, Delivery, DeliveryState, Letter, NewDelivery, Purpose, message_id};
use rapporteur::recipient::Language;
use rapporteur::step::Step;
use rapporteur::store::{DeliveryFilter, Store};
use sha2::{Digest, Sha256};

use crate::sink::{Sink, free_port};

/// A home with an outbox and a pretended clock.
struct Post {
    home: tempfile::TempDir,
    store: Store,
    clock: Clock,
    postman: Postman,
    herald: Herald,
}

const PDF: &[u8] = b"%PDF-1.7 an invented report";

fn config(home: &Path, smtp: &str) -> Config {
    let folder = home.join("config");
    std::fs::create_dir_all(&folder).unwrap();
    let transport = if smtp.is_empty() { "maildir" } else { "smtp" };
    let text = format!(
        "[mail]\ntransport = \"{transport}\"\nfrom = \"Example Secretariat <reports@example.org>\"\n\
         reply_to = \"secretariat@example.org\"\noperators = [\"ops@example.org\", \"more-ops@example.org\"]\n\
         {smtp}\n[ledger]\nleast_free_mb = 0\n"
    );
    std::fs::create_dir_all(home.join("inbox")).unwrap();
    std::fs::write(folder.join("rapporteur.toml"), text).unwrap();
    load_with(home, &|_| None).unwrap().output
}

fn plain(port: u16) -> String {
    format!("[mail.smtp]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\ntimeout = \"2s\"")
}

impl Post {
    async fn open(smtp: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("archive")).unwrap();
        std::fs::write(home.path().join("archive/report.pdf"), PDF).unwrap();
        let store = Store::open("sqlite:ledger.db", home.path()).await.unwrap();
        let clock = Clock::pretended("2018-01-15T03:00:00Z".parse().unwrap());
        let config = Arc::new(config(home.path(), smtp));
        let herald = Herald::new(store.clone(), Arc::clone(&config), clock.clone());
        let postman = Postman::new(store.clone(), config, clock.clone());
        Self { home, store, clock, postman, herald }
    }

    /// The same outbox by a postman with another server.
    fn with_server(&mut self, smtp: &str) {
        let config = Arc::new(config(self.home.path(), smtp));
        self.postman = Postman::new(self.store.clone(), config, self.clock.clone());
    }

    async fn post(&self, email: &str, language: Language) {
        let unique_key = format!("run:1:report:{email}");
        let letter = Letter {
            language,
            subject: match language {
                Language::En => "[TEST] Quarterly report – EN, v1".to_owned(),
                Language::Ru => "[TEST] Квартальный отчёт – RU, v1".to_owned(),
            },
            text: "Activities 9\n.\nWomen: not reported\n".to_owned(),
            html: "<p>Activities 9</p>".to_owned(),
            thread: Vec::new(),
            attached: None,
        };
        let attachment = Attachment {
            path: "archive/report.pdf".to_owned(),
            file_name: "report.pdf".to_owned(),
            sha256: Sha256::digest(PDF).iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        let order = NewDelivery {
            run: None,
            purpose: Purpose::Report,
            name: "Example Member".to_owned(),
            email: email.to_owned(),
            letter,
            attachments: vec![attachment],
            message_id: message_id(&unique_key, "reports@example.org", self.clock.now()),
            unique_key,
        };
        assert!(self.store.post(&order, self.clock.now()).await.unwrap());
    }

    /// Steps until nothing is due; says how many steps of the postman did something.
    async fn run(&mut self) -> u32 {
        let mut steps = 0;
        loop {
            while self.postman.step().await.unwrap() == Step::Worked {
                steps += 1;
                assert!(steps < 100, "it never ends");
            }
            if self.herald.step().await.unwrap() == Step::Idle {
                break;
            }
        }
        let in_hand = self.in_state(DeliveryState::Sending).await;
        assert!(in_hand.is_empty(), "nothing stays in `sending`");
        steps
    }

    async fn in_state(&self, state: DeliveryState) -> Vec<Delivery> {
        self.store.deliveries(&DeliveryFilter { run: None, states: vec![state] }).await.unwrap()
    }

    async fn reports(&self) -> Vec<Delivery> {
        let all = self.store.deliveries(&DeliveryFilter::default()).await.unwrap();
        all.into_iter().filter(|d| d.order.purpose == Purpose::Report).collect()
    }

    async fn notices(&self) -> Vec<Delivery> {
        let all = self.store.deliveries(&DeliveryFilter::default()).await.unwrap();
        all.into_iter().filter(|d| d.order.purpose == Purpose::Notice).collect()
    }

    fn later(&self, span: TimeDelta) {
        self.clock.advance(span);
    }
}

#[tokio::test]
async fn each_recipient_gets_one_mail_with_the_archived_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let sink = Sink::start(folder.path(), &[]);
    let mut post = Post::open(&plain(sink.port)).await;
    post.post("anna@example.org", Language::En).await;
    post.post("boris@example.org", Language::Ru).await;
    assert_eq!(post.run().await, 2);
    let mut received = sink.received();
    received.sort_by(|a, b| a.recipient.cmp(&b.recipient));
    let to: Vec<_> = received.iter().map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(to, ["anna@example.org", "boris@example.org"]);
    for (mail, delivery) in received.iter().zip(post.reports().await) {
        let parsed = mail.parsed();
        assert_eq!(parsed.subject().unwrap(), delivery.order.letter.subject);
        assert_eq!(parsed.to().unwrap().first().unwrap().address().unwrap(), mail.recipient);
        assert_eq!(parsed.attachment(0).unwrap().contents(), PDF);
        assert_eq!(parsed.attachment(0).unwrap().attachment_name(), Some("report.pdf"));
        assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n").trim(), delivery.order.letter.text.trim());
        assert_eq!(format!("<{}>", mail.message_id()), delivery.order.message_id);
        assert_eq!(parsed.date().unwrap().to_timestamp(), delivery.created_at.timestamp());
        assert_eq!(delivery.state, DeliveryState::Delivered);
        assert!(delivery.last_reply.unwrap().starts_with("250"));
    }
}

#[tokio::test]
async fn a_refused_recipient_alone_fails_and_the_operators_are_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let sink = Sink::start(folder.path(), &["-f", "RCPT"]);
    let mut post = Post::open(&plain(sink.port)).await;
    post.post("anna@example.org", Language::En).await;
    post.run().await;
    assert_eq!(post.in_state(DeliveryState::DeadLetter).await.len(), 3, "the report and, in vain, both notices");
    let notices = post.notices().await;
    let to: Vec<_> = notices.iter().map(|n| n.order.email.as_str()).collect();
    assert_eq!(to, ["ops@example.org", "more-ops@example.org"], "and no notice about a notice");
    let notice = &notices[0].order.letter;
    assert!(notice.text.contains("anna@example.org") && notice.text.contains("rapporteur outbox retry 1"));
    drop(sink);

    let sink = Sink::start(folder.path(), &[]);
    post.with_server(&plain(sink.port));
    for delivery in post.in_state(DeliveryState::DeadLetter).await {
        post.store.retry_delivery(delivery.id, post.clock.now()).await.unwrap();
    }
    post.run().await;
    assert_eq!(sink.received().len(), 3, "a person revived them");
}

#[tokio::test]
async fn what_is_refused_for_now_waits_longer_each_time_and_then_arrives() {
    let folder = tempfile::tempdir().unwrap();
    let sink = Sink::start(folder.path(), &["-r", "RCPT"]);
    let mut post = Post::open(&plain(sink.port)).await;
    post.post("anna@example.org", Language::En).await;
    let mut waits = Vec::new();
    for _ in 0..4 {
        assert_eq!(post.run().await, 1, "due once, and then not before its time");
        let next = post.store.next_delivery_at().await.unwrap().unwrap();
        waits.push((next - post.clock.now()).num_seconds());
        post.clock.set(next);
    }
    for (wait, least) in waits.iter().zip([60, 120, 240, 480]) {
        assert!((least..=least * 5 / 4).contains(wait), "{waits:?}");
    }
    let port = sink.port;
    drop(sink);
    assert_eq!(post.run().await, 1, "the server is away altogether");
    post.later(TimeDelta::hours(4));
    let sink = Sink::start_at(port, folder.path(), &[]);
    post.run().await;
    assert_eq!(sink.received().len(), 1);
    assert_eq!(post.reports().await[0].attempts, 6);
}

#[tokio::test]
async fn a_delivery_that_is_too_old_becomes_a_dead_letter() {
    let mut post = Post::open(&plain(free_port())).await;
    post.post("anna@example.org", Language::En).await;
    post.run().await;
    assert_eq!(post.in_state(DeliveryState::Waiting).await.len(), 1);
    post.later(TimeDelta::days(5));
    post.run().await;
    assert_eq!(post.in_state(DeliveryState::DeadLetter).await.len(), 1);
    assert_eq!(post.notices().await.len(), 2);

    // A person revives it; one passing failure does not bury it again.
    post.store.retry_delivery(1, post.clock.now()).await.unwrap();
    post.run().await;
    assert_eq!(post.store.delivery(1).await.unwrap().state, DeliveryState::Waiting);
}

#[tokio::test]
async fn no_answer_after_the_final_dot_is_sent_again_with_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for (options, name) in [(&["-q", "."][..], "closed"), (&["-W", ".:9"][..], "silent")] {
        let folder = folder.path().join(name);
        let sink = Sink::start(&folder, options);
        let mut post = Post::open(&plain(sink.port)).await;
        post.post("anna@example.org", Language::En).await;
        post.run().await;
        let unknown = post.in_state(DeliveryState::Unknown).await;
        assert_eq!(unknown.len(), 1, "{name}: {:?}", post.reports().await);
        assert!(unknown[0].possible_duplicate);
        drop(sink);

        // Meanwhile somebody changes the configuration; the mail stays what it was.
        let again = Sink::start(&folder, &[]);
        post.with_server(&plain(again.port).replace("[mail.smtp]", "retry_first = \"3m\"\n[mail.smtp]"));
        post.later(TimeDelta::hours(1));
        post.run().await;
        assert_eq!(post.in_state(DeliveryState::Delivered).await.len(), 1);
        let received = again.received();
        assert_eq!(received.len(), 2, "{name}");
        assert_eq!(received[0].bytes, received[1].bytes);
    }
}

#[tokio::test]
async fn a_server_that_drops_us_before_the_dot_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    for options in [["-q", "RCPT"], ["-q", "DATA"], ["-Q", "MAIL"], ["-r", "DATA"], ["-r", "."], ["-w", "9"]] {
        let sink = Sink::start(&folder.path().join(options.join("")), &options);
        let mut post = Post::open(&plain(sink.port)).await;
        post.post("anna@example.org", Language::En).await;
        assert_eq!(post.run().await, 1);
        let waiting = post.in_state(DeliveryState::Waiting).await;
        assert_eq!(waiting.len(), 1, "{options:?}");
        assert!(!waiting[0].possible_duplicate, "{options:?}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_us_holds_the_channel_and_spends_no_attempt() {
    let folder = tempfile::tempdir().unwrap();
    let sink = Sink::start(folder.path(), &["-f", "MAIL"]);
    let mut post = Post::open(&plain(sink.port)).await;
    for name in ["anna", "boris", "clara"] {
        post.post(&format!("{name}@example.org"), Language::En).await;
    }
    assert_eq!(post.run().await, 1, "one mail finds out for all");
    let (reason, until) = post.store.channel_hold().await.unwrap().unwrap();
    assert!(reason.starts_with("500") && until > post.clock.now());
    assert!(post.reports().await.iter().all(|d| d.attempts == 0));
    assert_eq!(post.notices().await.len(), 0, "no mail can tell of it while it lasts");
    for _ in 0..3 {
        post.clock.set(post.store.channel_hold().await.unwrap().unwrap().1);
        assert_eq!(post.run().await, 1);
    }
    let port = sink.port;
    drop(sink);

    let sink = Sink::start_at(port, folder.path(), &[]);
    post.clock.set(post.store.channel_hold().await.unwrap().unwrap().1);
    post.run().await;
    assert_eq!(sink.received().len(), 3);
    assert!(post.store.channel_hold().await.unwrap().is_none());
    post.later(TimeDelta::minutes(10));
    post.run().await;
    let notices = post.notices().await;
    assert_eq!((notices.len(), sink.received().len()), (2, 5), "one for each operator, however often it was tried");
    let told = &notices[0].order.letter;
    assert!(told.subject.ends_with("Over: Sending is held") && told.text.contains("What was seen: 500"), "{told:?}");
}

#[tokio::test]
async fn a_pdf_that_is_not_the_released_one_is_never_sent() {
    let mut post = Post::open("").await;
    post.post("anna@example.org", Language::En).await;
    std::fs::write(post.home.path().join("archive/report.pdf"), "touched").unwrap();
    post.run().await;
    let dead = post.in_state(DeliveryState::DeadLetter).await;
    assert!(dead[0].last_reply.as_ref().unwrap().contains("not the file that was released"));
    assert_eq!(post.in_state(DeliveryState::Delivered).await.len(), 2, "the notices");
}

#[tokio::test]
async fn without_a_server_the_maildir_has_every_mail_once_even_after_a_crash() {
    let mut post = Post::open("").await;
    post.post("anna@example.org", Language::En).await;
    // A postman that dies after the mail is there and before that is written down.
    let claimed = post.store.claim_delivery(post.clock.now(), std::time::Duration::from_secs(30)).await.unwrap();
    assert!(claimed.is_some());
    assert_eq!(post.store.rescue(post.clock.now(), true).await.unwrap(), 1);
    post.run().await;
    let mail_of = |post: &Post| -> Vec<Vec<u8>> {
        let files = std::fs::read_dir(post.home.path().join("mail/new")).unwrap();
        files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    };
    let first = mail_of(&post);
    assert_eq!(first.len(), 1);
    let parsed = mail_parser::MessageParser::default().parse(&first[0]).unwrap();
    assert_eq!(parsed.attachment(0).unwrap().contents(), PDF);
    assert!(parsed.date().unwrap().to_timestamp() == post.clock.now().timestamp());
}
