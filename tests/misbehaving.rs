//! A server that misbehaves in twelve ways, and what becomes of fifty mails each time.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::TimeDelta;
use rapporteur::clock::Clock;
use rapporteur::config::{Config, Smtp, Tls, TooLarge, Transport};
use rapporteur::mail::Postman;
use rapporteur::outbox::{Attachment, Delivery, DeliveryState, Letter, NewDelivery, Purpose, message_id};
use rapporteur::recipient::Language;
use rapporteur::step::Step;
use rapporteur::store::{DeliveryFilter, Store};
use sha2::{Digest, Sha256};

use crate::mail_tls::{certificates, front};
use crate::server::{Act, Moment, Server, Stage, number_of};

/// Mails of each trial.
const MAILS: usize = 50;

/// Connections at one time, so that fifty stalls do not last fifty deadlines.
const POSTMEN: usize = 16;

/// A deadline that no orderly exchange misses.
const LONG: Duration = Duration::from_secs(20);

/// One that every stall does.
const SHORT: Duration = Duration::from_millis(250);

/// An outbox with fifty reports, a pretended clock, and a server with manners of its own.
struct Trial {
    home: tempfile::TempDir,
    store: Store,
    clock: Clock,
    config: Config,
    server: Server,
}

impl Trial {
    async fn open(timeout: Duration, manner: impl Fn(&Moment) -> Act + Send + Sync + 'static) -> Self {
        Self::with_report(b"%PDF-1.7 an invented report".to_vec(), timeout, manner).await
    }

    async fn with_report(
        report: Vec<u8>,
        timeout: Duration,
        manner: impl Fn(&Moment) -> Act + Send + Sync + 'static,
    ) -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(home.path().join("archive/2017-Q4")).unwrap();
        std::fs::write(home.path().join("archive/2017-Q4/report.pdf"), &report).unwrap();
        let server = Server::start(manner).await;
        let store = Store::open("sqlite:ledger.db", home.path()).await.unwrap();
        let clock = Clock::pretended("2018-01-15T03:00:00Z".parse().unwrap());
        let mut config = Config::defaults(home.path());
        config.mail.transport = Transport::Smtp;
        config.mail.operators.clear();
        config.mail.smtp = Some(Smtp {
            host: "127.0.0.1".to_owned(),
            port: server.port,
            tls: Tls::None,
            username: None,
            password: None,
            connections: 1,
            rate: None,
            timeout,
            ca_file: None,
            hello: Some("client.example.org".to_owned()),
        });
        let trial = Self { home, store, clock, config, server };
        for number in 0..MAILS {
            trial.post(number, &report).await;
        }
        trial
    }

    async fn post(&self, number: usize, report: &[u8]) {
        let email = format!("member-{number}@example.org");
        let letter = Letter {
            language: Language::En,
            subject: format!("Report {number}"),
            text: "The report is attached.\n.\nWomen: not reported\n".to_owned(),
            html: "<p>The report is attached.</p>".to_owned(),
            thread: Vec::new(),
            attached: Some("The report is attached.".to_owned()),
        };
        let attachment = Attachment {
            path: "archive/2017-Q4/report.pdf".to_owned(),
            file_name: "report.pdf".to_owned(),
            sha256: Sha256::digest(report).iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        let order = NewDelivery {
            run: None,
            purpose: Purpose::Report,
            name: format!("Member {number}"),
            message_id: message_id(&email, "reports@example.org", self.clock.now()),
            unique_key: email.clone(),
            email,
            letter,
            attachments: vec![attachment],
        };
        assert!(self.store.post(&order, self.clock.now()).await.unwrap());
    }

    fn smtp(&mut self) -> &mut Smtp {
        self.config.mail.smtp.as_mut().unwrap()
    }

    /// Every mail that is due is tried once, by all postmen at one time.
    async fn round(&self) {
        let config = Arc::new(self.config.clone());
        let mut postmen = tokio::task::JoinSet::new();
        for number in 0..POSTMEN {
            let store = self.store.as_worker(&format!("mail {number}"));
            let mut postman = Postman::new(store, Arc::clone(&config), self.clock.clone());
            postmen.spawn(async move { while postman.step().await.unwrap() == Step::Worked {} });
        }
        while let Some(ended) = postmen.join_next().await {
            ended.unwrap();
        }
        assert!(self.all().await.iter().all(|d| d.state != DeliveryState::Sending), "nothing stays in `sending`");
    }

    /// Rounds on a server that behaves from now on, until nothing is due any more.
    async fn until_settled(&mut self) {
        self.server.is_well.store(true, Ordering::SeqCst);
        for _ in 0..8 {
            if self.store.next_delivery_at().await.unwrap().is_none() {
                return;
            }
            // The longest wait there is.
            self.clock.advance(TimeDelta::hours(4));
            self.smtp().timeout = LONG;
            self.round().await;
        }
        panic!("it never ends: {:?}", self.words().await);
    }

    async fn all(&self) -> Vec<Delivery> {
        self.store.deliveries(&DeliveryFilter::default()).await.unwrap()
    }

    /// State and last reply of each mail, for a person who reads why a test failed.
    async fn words(&self) -> Vec<String> {
        let word = |d: Delivery| format!("{} {:?}", d.state.word(), d.last_reply);
        self.all().await.into_iter().map(word).collect()
    }

    /// Every mail is in the state that `expected` names for its number.
    async fn expect(&self, expected: impl Fn(usize) -> DeliveryState) {
        let all = self.all().await;
        assert_eq!(all.len(), MAILS);
        for delivery in all {
            let wanted = expected(number_of(&delivery.order.email).unwrap());
            assert_eq!(delivery.state, wanted, "{} {:?}", delivery.order.email, delivery.last_reply);
        }
    }

    /// Everybody has the mail; the same bytes each time, and who has it twice is marked so.
    async fn expect_everybody_has_it(&self) {
        self.expect(|_| DeliveryState::Delivered).await;
        for delivery in self.all().await {
            let copies = self.server.copies(&delivery.order.email);
            assert!(!copies.is_empty(), "{} was never received", delivery.order.email);
            assert!(copies.iter().all(|copy| *copy == copies[0]), "every copy is the same");
            let header = format!("Message-ID: {}", delivery.order.message_id);
            assert!(copies[0].lines().any(|line| line == header), "{}", copies[0]);
            assert!(copies.len() == 1 || delivery.possible_duplicate, "{} is marked", delivery.order.email);
        }
    }

    /// The channel is held, and no mail has lost an attempt or left.
    async fn expect_held(&self, reason: &str) {
        let (told, until) = self.store.channel_hold().await.unwrap().unwrap();
        assert!(told.contains(reason) && until > self.clock.now(), "{told}");
        assert!(self.all().await.iter().all(|d| d.attempts == 0 && d.state != DeliveryState::DeadLetter));
        assert!(self.server.saw_no("MAIL"), "nothing was sent");
    }

    /// With settings that are right, the hold lifts itself at once, and everything goes.
    async fn expect_released_by(mut self, mend: impl Fn(&mut Smtp)) {
        self.round().await;
        assert!(self.store.channel_hold().await.unwrap().is_some(), "the same settings change nothing");
        self.server.is_well.store(true, Ordering::SeqCst);
        mend(self.smtp());
        self.round().await;
        self.expect_everybody_has_it().await;
        assert!(self.store.channel_hold().await.unwrap().is_none());
    }
}

/// The first time that a recipient comes to this point.
fn first(moment: &Moment) -> bool {
    moment.visit == 1
}

#[tokio::test]
async fn greylisted_mails_wait_and_arrive_at_the_second_try() {
    let mut trial = Trial::open(LONG, |moment| match moment.stage {
        Stage::Rcpt if first(moment) => Act::Say("450 4.2.0 greylisted"),
        _ => Act::Usual,
    })
    .await;
    trial.round().await;
    trial.expect(|_| DeliveryState::Waiting).await;
    assert!(trial.all().await.iter().all(|d| d.last_reply.as_deref() == Some("450 4.2.0 greylisted")));
    trial.until_settled().await;
    trial.expect_everybody_has_it().await;
    assert!(trial.all().await.iter().all(|d| d.attempts == 2 && !d.possible_duplicate));
}

#[tokio::test]
async fn one_of_three_is_refused_and_the_others_have_it() {
    let refused = |number: usize| number.is_multiple_of(3);
    let trial = Trial::open(LONG, move |moment| match (moment.stage, moment.number) {
        (Stage::Rcpt, Some(number)) if refused(number) => Act::Say("550 5.1.1 no such user"),
        _ => Act::Usual,
    })
    .await;
    trial.round().await;
    trial.expect(|n| if refused(n) { DeliveryState::DeadLetter } else { DeliveryState::Delivered }).await;
    for delivery in trial.all().await {
        let number = number_of(&delivery.order.email).unwrap();
        assert_eq!(trial.server.copies(&delivery.order.email).len(), usize::from(!refused(number)));
        let tries = trial.store.attempts(delivery.id).await.unwrap();
        let expected = if refused(number) { "550 5.1.1 no such user" } else { "250 ok" };
        assert_eq!(tries[0].reply.as_deref(), Some(expected), "the server's reply is kept with the attempt");
    }
}

#[tokio::test]
async fn where_all_are_refused_all_are_dead_letters() {
    let trial = Trial::open(LONG, |moment| match moment.stage {
        Stage::Rcpt if moment.number.is_some_and(|n| n % 2 == 0) => Act::Say("554 5.7.1 relay denied"),
        Stage::Dot => Act::Say("554 5.6.0 refused"),
        _ => Act::Usual,
    })
    .await;
    trial.round().await;
    trial.expect(|_| DeliveryState::DeadLetter).await;
    assert!(trial.all().await.iter().all(|d| d.attempts == 1 && !d.possible_duplicate));
}

#[tokio::test]
async fn dropped_before_the_dot_is_tried_again_and_after_it_may_have_arrived() {
    let mut trial = Trial::open(LONG, |moment| match (moment.stage, moment.number.map_or(9, |n| n % 5)) {
        (Stage::Rcpt, 0) | (Stage::Data, 1) | (Stage::Contents, 2) | (Stage::Dot, 3) if first(moment) => Act::Close,
        _ => Act::Usual,
    })
    .await;
    trial.round().await;
    for delivery in trial.all().await {
        let group = number_of(&delivery.order.email).unwrap() % 5;
        let right = match delivery.state {
            DeliveryState::Waiting => group < 3 && !delivery.possible_duplicate,
            // What was written may have been read, as far as we can see.
            DeliveryState::Unknown => (2..=3).contains(&group) && delivery.possible_duplicate,
            DeliveryState::Delivered => group == 4,
            _ => false,
        };
        assert!(right, "{group} {} {:?}", delivery.state.word(), delivery.last_reply);
    }
    trial.until_settled().await;
    trial.expect_everybody_has_it().await;
    for delivery in trial.all().await {
        let twice = number_of(&delivery.order.email).unwrap() % 5 == 3;
        assert_eq!(trial.server.copies(&delivery.order.email).len(), 1 + usize::from(twice));
    }
}

#[tokio::test]
async fn a_stall_at_any_step_ends_at_its_deadline() {
    let mut trial = Trial::open(SHORT, |moment| match (moment.stage, moment.number.map(|n| n % 4)) {
        (Stage::Connect, _) if moment.connection % 5 == 1 => Act::Stall,
        (Stage::Ehlo, _) if moment.connection % 5 == 2 => Act::Stall,
        (Stage::Mail, _) if moment.connection % 5 == 3 => Act::Stall,
        (Stage::Rcpt, Some(0)) | (Stage::Data, Some(1)) | (Stage::Contents, Some(2)) | (Stage::Dot, Some(3)) => {
            Act::Stall
        }
        _ => Act::Usual,
    })
    .await;
    trial.round().await;
    let mut unknown = 0;
    for delivery in trial.all().await {
        let group = number_of(&delivery.order.email).unwrap() % 4;
        match delivery.state {
            DeliveryState::Waiting => {}
            DeliveryState::Unknown if group >= 2 => unknown += 1,
            other => panic!("{group} {} {:?}", other.word(), delivery.last_reply),
        }
        assert!(delivery.last_reply.unwrap().contains("no answer to"));
    }
    assert!(unknown > 0, "some stalled after the dot");
    trial.until_settled().await;
    trial.expect_everybody_has_it().await;
}

#[tokio::test]
async fn a_server_that_closes_with_421_is_tried_again() {
    let mut trial = Trial::open(LONG, |moment| match (moment.stage, moment.number.map(|n| n % 3)) {
        (Stage::Connect, _) if moment.connection % 2 == 1 => Act::SayAndClose("421 4.7.0 too many connections"),
        (Stage::Rcpt, Some(0)) | (Stage::Dot, Some(1)) if first(moment) => Act::SayAndClose("421 4.3.2 shutting down"),
        _ => Act::Usual,
    })
    .await;
    trial.round().await;
    assert!(trial.all().await.iter().any(|d| d.state == DeliveryState::Waiting));
    trial.until_settled().await;
    trial.expect_everybody_has_it().await;
    assert!(trial.all().await.iter().all(|d| !d.possible_duplicate), "421 after the dot is a refusal, not silence");
}

#[tokio::test]
async fn a_report_above_what_the_server_takes_is_refused_before_it_is_sent() {
    let limit = |moment: &Moment| match moment.stage {
        Stage::Ehlo => Act::Say("250-test\r\n250 SIZE 50000"),
        _ => Act::Usual,
    };
    let mut trial = Trial::with_report(vec![b'x'; 60_000], LONG, limit).await;
    trial.round().await;
    trial.expect(|_| DeliveryState::DeadLetter).await;
    let reply = trial.all().await[0].last_reply.clone().unwrap();
    assert!(
        reply.starts_with("not sent: the mail is 0.0 MB (8") && reply.ends_with("(50000 bytes) at most"),
        "{reply}"
    );
    assert!(trial.server.saw_no("MAIL"));

    // Told to send a link instead, it does, once a person revives them.
    trial.config.mail.too_large = TooLarge::Link;
    trial.config.mail.archive_url = Some("https://reports.example.org/archive".to_owned());
    for delivery in trial.all().await {
        trial.store.retry_delivery(delivery.id, trial.clock.now()).await.unwrap();
    }
    trial.round().await;
    trial.expect_everybody_has_it().await;
    for delivery in trial.all().await {
        let copy = trial.server.copies(&delivery.order.email).remove(0);
        let mail = mail_parser::MessageParser::default().parse(copy.as_bytes()).unwrap();
        assert!(delivery.linked && mail.attachment_count() == 0);
        let text = mail.body_text(0).unwrap().replace("\r\n", "\n");
        assert_eq!(
            text,
            "report.pdf is too large to be sent by mail (60\u{a0}kB). It can be downloaded here: \
             <https://reports.example.org/archive/2017-Q4/report.pdf>.\n.\nWomen: not reported\n"
        );
    }
}

#[tokio::test]
async fn a_server_that_says_only_after_the_dot_that_a_mail_is_too_large_gets_the_link() {
    let too_large = |moment: &Moment| match moment.stage {
        Stage::Dot if moment.size > 50_000 => Act::Say("552 5.3.4 message size exceeds fixed limit"),
        _ => Act::Usual,
    };
    let mut trial = Trial::with_report(vec![b'x'; 60_000], LONG, too_large).await;
    trial.config.mail.too_large = TooLarge::Link;
    trial.config.mail.archive_url = Some("https://reports.example.org/archive".to_owned());
    trial.round().await;
    trial.expect_everybody_has_it().await;
    assert!(trial.all().await.iter().all(|d| d.linked && d.attempts == 1));
}

#[tokio::test]
async fn where_tls_is_refused_nothing_leaves_and_nothing_is_lost() {
    for offer in ["250-test\r\n250 8BITMIME", "250-test\r\n250 STARTTLS"] {
        let mut trial = Trial::open(LONG, move |moment| match moment.stage {
            Stage::Ehlo => Act::Say(offer),
            Stage::Starttls => Act::Say("454 4.7.0 TLS not available"),
            _ => Act::Usual,
        })
        .await;
        trial.smtp().tls = Tls::Starttls;
        trial.round().await;
        trial.expect_held(if offer.contains("STARTTLS") { "454" } else { "STARTTLS" }).await;
        trial.expect_released_by(|smtp| smtp.tls = Tls::None).await;
    }
}

#[tokio::test]
async fn a_certificate_that_cannot_be_trusted_holds_everything() {
    let mut trial = Trial::open(LONG, |_| Act::Usual).await;
    certificates(trial.home.path());
    let front = front(trial.home.path(), trial.server.port, "implicit");
    let smtp = trial.smtp();
    "localhost".clone_into(&mut smtp.host);
    smtp.port = front.port;
    smtp.tls = Tls::Implicit;
    trial.round().await;
    trial.expect_held("certificate").await;
    let ca = trial.home.path().join("ca.pem");
    trial.expect_released_by(|smtp| smtp.ca_file = Some(ca.clone())).await;
}

#[tokio::test]
async fn a_refused_password_holds_everything_until_it_is_another() {
    let mut trial = Trial::open(LONG, |moment| match moment.stage {
        Stage::Auth if !moment.line.contains(SECRET) => Act::Say("535 5.7.8 authentication failed"),
        _ => Act::Usual,
    })
    .await;
    trial.smtp().username = Some("reports".to_owned());
    trial.smtp().password = Some("forgotten".to_owned());
    trial.round().await;
    trial.expect_held("535 5.7.8").await;
    // An operator may also say that it is mended; where it is not, it is held again.
    trial.store.release_channel().await.unwrap();
    trial.round().await;
    trial.expect_held("535 5.7.8").await;
    trial.expect_released_by(|smtp| smtp.password = Some("remembered".to_owned())).await;
}

/// The end of base64 of `\0reports\0remembered`.
const SECRET: &str = "cmVtZW1iZXJlZA";

#[tokio::test]
async fn garbage_is_no_answer() {
    let mut trial = Trial::open(LONG, |moment| match (moment.stage, moment.number.map(|n| n % 3)) {
        (Stage::Connect | Stage::Ehlo, _) if moment.connection % 4 == 3 => Act::Bytes(b"\xff\xfe\0garbage\r\n"),
        (Stage::Rcpt, Some(0)) => Act::Bytes(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        (Stage::Data, Some(1)) => Act::Bytes(b"\xff\xfe\xfd\r\n"),
        (Stage::Dot, Some(2)) => Act::Bytes(b"2??\r\n"),
        _ => Act::Usual,
    })
    .await;
    trial.round().await;
    for delivery in trial.all().await {
        let group = number_of(&delivery.order.email).unwrap() % 3;
        let right = match delivery.state {
            DeliveryState::Waiting => !delivery.possible_duplicate,
            DeliveryState::Unknown => group == 2 && delivery.possible_duplicate,
            _ => false,
        };
        assert!(right, "{group} {} {:?}", delivery.state.word(), delivery.last_reply);
    }
    trial.until_settled().await;
    trial.expect_everybody_has_it().await;
}

#[tokio::test]
async fn a_slow_trickle_is_waited_for_up_to_the_deadline() {
    let mut trial = Trial::open(Duration::from_secs(1), |moment| match (moment.stage, moment.number.map(|n| n % 2)) {
        (Stage::Rcpt, Some(0)) if first(moment) => Act::Trickle(Duration::from_millis(200)),
        (Stage::Contents, _) => Act::Usual,
        _ => Act::Trickle(Duration::from_millis(1)),
    })
    .await;
    trial.round().await;
    for delivery in trial.all().await {
        if number_of(&delivery.order.email).unwrap().is_multiple_of(2) {
            assert_eq!(delivery.state, DeliveryState::Waiting);
            assert_eq!(delivery.last_reply.as_deref(), Some("no answer to RCPT TO within 1 s"));
        }
    }
    assert!(trial.all().await.iter().any(|d| d.state == DeliveryState::Delivered), "slow is not too slow");
    trial.until_settled().await;
    trial.expect_everybody_has_it().await;
}

#[tokio::test]
async fn the_first_mail_stalls_and_the_second_is_recorded_as_refused() {
    let trial = Trial::open(SHORT, |moment| match (moment.stage, moment.number) {
        (Stage::Dot, Some(0)) => Act::Stall,
        (Stage::Dot, Some(1)) | (Stage::Rcpt, Some(2)) => Act::Say("554 5.7.1 refused"),
        _ => Act::Usual,
    })
    .await;
    // One postman, one connection: what is left of the first mail must not answer for the second.
    let mut postman = Postman::new(trial.store.clone(), Arc::new(trial.config.clone()), trial.clock.clone());
    for _ in 0..4 {
        assert_eq!(postman.step().await.unwrap(), Step::Worked);
    }
    let all = trial.all().await;
    let words: Vec<_> = all.iter().take(4).map(|d| (d.state.word(), d.last_reply.as_deref().unwrap())).collect();
    assert_eq!(
        words,
        [
            ("unknown", "no answer to the final dot within 0.25 s"),
            ("dead_letter", "554 5.7.1 refused"),
            ("dead_letter", "554 5.7.1 refused"),
            ("delivered", "250 ok")
        ]
    );
}

#[tokio::test]
async fn no_more_mails_go_out_than_the_rate_allows() {
    let mut trial = Trial::open(LONG, |_| Act::Usual).await;
    trial.smtp().rate = Some(rapporteur::config::Rate { mails: 20, per: Duration::from_secs(60) });
    for sent in [20, 40, 50] {
        trial.round().await;
        let delivered = trial.all().await.iter().filter(|d| d.state == DeliveryState::Delivered).count();
        assert_eq!(delivered, sent);
        trial.clock.advance(TimeDelta::seconds(30));
        trial.round().await;
        trial.clock.advance(TimeDelta::seconds(30));
    }
    trial.expect_everybody_has_it().await;
}
