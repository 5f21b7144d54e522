use std::time::Duration;

use chrono::TimeDelta;

use super::*;
use crate::notice::{LostMail, Notice};
use crate::outbox::{Delivery, Letter, Outcome};
use crate::recipient::Recipient;
use crate::store::{Compiled, DeliveryFilter, Planned, PlannedRun};

const LEASE: Duration = Duration::from_secs(30);

struct Home {
    folder: tempfile::TempDir,
    store: Store,
    clock: Clock,
    herald: Herald,
}

/// A home of two operators, of whom one reads Russian.
async fn home() -> Home {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("inbox")).unwrap();
    let mut config = Config::defaults(folder.path());
    config.ledger.least_free_mb = 0;
    let mailbox = |email: &str| Mailbox { name: None, email: email.to_owned() };
    config.mail.operators = vec![mailbox("one@example.org"), mailbox("two@example.org"), mailbox("ONE@example.org")];
    config.recipients = vec![Recipient {
        name: "Invented Operator".to_owned(),
        email: "Two@example.org".to_owned(),
        language: Language::Ru,
        country: None,
        groups: Vec::new(),
    }];
    let store = Store::open("sqlite:ledger.db", folder.path()).await.unwrap();
    let clock = Clock::pretended("2018-01-15T03:00:00Z".parse().unwrap());
    let herald = Herald::new(store.clone(), Arc::new(config), clock.clone());
    Home { folder, store, clock, herald }
}

impl Home {
    /// Steps until nothing is to be told, and gives the mails written since the last time.
    async fn told(&self) -> Vec<Delivery> {
        let before = self.mails().await.len();
        let mut steps = 0;
        while self.herald.step().await.unwrap().has_worked() {
            steps += 1;
            assert!(steps < 50, "it never ends");
        }
        self.mails().await.split_off(before)
    }

    async fn mails(&self) -> Vec<Delivery> {
        let all = self.store.deliveries(&DeliveryFilter::default()).await.unwrap();
        all.into_iter().filter(|delivery| delivery.order.purpose == Purpose::Notice).collect()
    }

    async fn subjects(&self) -> Vec<String> {
        self.told().await.into_iter().map(|mail| mail.order.letter.subject).collect()
    }

    async fn claimed(&self) -> (i64, i64) {
        let order = PlannedRun {
            report: "rsg-quarterly".to_owned(),
            period: "2017-Q4".parse().unwrap(),
            due_at: self.clock.now(),
            note: String::new(),
            skipped: None,
            waits_until: None,
        };
        self.store.start_run("rsg", order).await.unwrap();
        let (run, fence) = self.store.claim_run(self.clock.now(), LEASE).await.unwrap().unwrap();
        (run.id, fence)
    }

    /// Writes a mail, of which the server says this when it is tried; notices are delivered.
    async fn try_mail(&self, run: Option<i64>, name: &str, said: &Outcome, retry_at: Option<DateTime<Utc>>) {
        let letter = Letter {
            language: Language::En,
            subject: "Report".to_owned(),
            text: "x\n".to_owned(),
            html: "<p>x</p>".to_owned(),
            thread: Vec::new(),
            attached: None,
        };
        let order = NewDelivery {
            run,
            purpose: Purpose::Report,
            name: "Example Member".to_owned(),
            email: format!("{name}@example.org"),
            letter,
            attachments: Vec::new(),
            message_id: format!("<{name}@example.org>"),
            unique_key: name.to_owned(),
        };
        self.store.post(&order, self.clock.now()).await.unwrap();
        while let Some(delivery) = self.store.claim_delivery(self.clock.now(), LEASE).await.unwrap() {
            let outcome = match delivery.order.purpose {
                Purpose::Notice => Outcome::Delivered { reply: "250 ok".to_owned() },
                _ => said.clone(),
            };
            let again = retry_at.filter(|_| delivery.order.purpose != Purpose::Notice);
            self.store.finish_attempt(&delivery, &outcome, self.clock.now(), again).await.unwrap();
        }
    }

    async fn lose(&self, run: Option<i64>, name: &str) {
        self.try_mail(run, name, &Outcome::Permanent { reply: "550 no such user".to_owned() }, None).await;
    }
}

#[tokio::test]
async fn each_operator_is_told_once_in_their_language_and_reminded_the_next_day() {
    let home = home().await;
    let (run, fence) = home.claimed().await;
    home.store.fail_run(run, fence, "report.md:2:4: no such name", home.clock.now()).await.unwrap();
    let mails = home.told().await;
    let to: Vec<_> = mails.iter().map(|mail| mail.order.email.as_str()).collect();
    assert_eq!(to, ["one@example.org", "two@example.org"]);
    let (english, russian) = (&mails[0].order.letter, &mails[1].order.letter);
    assert_eq!(english.subject, "[BOMCA 9] Report not compiled: Q4 2017");
    for part in ["What was seen: report.md:2:4", "Since: 15 January 2018, 09:00 (Asia/Bishkek)", "runs retry 1"] {
        assert!(english.text.contains(part), "{}", english.text);
    }
    assert!(russian.subject.starts_with("[BOMCA 9] Отчёт не составлен: IV квартал 2017"), "{}", russian.subject);
    assert_eq!(home.told().await, [], "the same cause is told once");
    home.clock.advance(TimeDelta::hours(23));
    assert_eq!(home.told().await, []);
    home.clock.advance(TimeDelta::hours(1));
    assert_eq!(home.subjects().await[0], "[BOMCA 9] Reminder: Report not compiled: Q4 2017");

    // A person has it compiled again, and it fails for another reason: that is news.
    home.store.retry_run(run, home.clock.now()).await.unwrap();
    assert_eq!(home.told().await, [], "who did it knows");
    let (_, fence) = home.store.claim_run(home.clock.now(), LEASE).await.unwrap().unwrap();
    home.store.fail_run(run, fence, "another", home.clock.now()).await.unwrap();
    assert_eq!(home.subjects().await[0], "[BOMCA 9] Report not compiled: Q4 2017");
}

#[tokio::test]
async fn mails_that_the_server_puts_off_for_hours_are_told_of_once_and_their_leaving_too() {
    let home = home().await;
    let later = home.clock.now() + TimeDelta::hours(5);
    let put_off = Outcome::Transient { reply: "451 4.7.1 come back later".to_owned() };
    for name in ["a", "b"] {
        home.try_mail(None, name, &put_off, Some(later)).await;
    }
    home.clock.advance(TimeDelta::minutes(239));
    assert_eq!(home.told().await, [], "greylisting is no matter for people");
    home.clock.advance(TimeDelta::minutes(1));
    let mails = home.told().await;
    assert_eq!(mails[0].order.letter.subject, "[BOMCA 9] 2 mails are late");
    assert_eq!(mails[1].order.letter.subject, "[BOMCA 9] Задерживается писем: 2");
    assert!(mails[0].order.letter.text.contains("451 4.7.1 come back later"), "{}", mails[0].order.letter.text);
    assert_eq!(home.told().await, []);

    home.clock.advance(TimeDelta::hours(1));
    home.try_mail(None, "c", &Outcome::Delivered { reply: "250 ok".to_owned() }, None).await;
    assert_eq!(home.told().await, [], "that they are gone is believed after a while");
    home.clock.advance(TimeDelta::minutes(10));
    assert_eq!(home.subjects().await[0], "[BOMCA 9] Over: 2 mails are late");
}

#[tokio::test]
async fn a_mail_given_up_is_no_matter_any_more_once_a_person_lets_it_rest() {
    let home = home().await;
    home.lose(None, "a").await;
    assert_eq!(home.told().await.len(), 2);
    let lost = home.store.deliveries(&DeliveryFilter::default()).await.unwrap();
    let lost = lost.iter().find(|delivery| delivery.order.purpose == Purpose::Report).unwrap().id;
    home.store.cancel_delivery(lost).await.unwrap();
    assert_eq!(home.told().await, []);
    assert_eq!(home.store.open_notices().await.unwrap(), []);
}

#[tokio::test]
async fn a_run_that_a_person_holds_is_no_news() {
    let home = home().await;
    let (run, fence) = home.claimed().await;
    let compiled = Compiled {
        state: crate::report::RunState::Held,
        reason: Some("one row has an error".to_owned()),
        as_of: "2018-01-15".parse().unwrap(),
        facts: "{}".to_owned(),
        brief: crate::approval::Brief::default(),
        documents: Vec::new(),
        deliveries: Vec::new(),
    };
    home.store.finish_run(run, fence, compiled, home.clock.now()).await.unwrap();
    assert_eq!(home.subjects().await[0], "[BOMCA 9] Report held: Q4 2017");
    home.store.hold_run(run, "Example Secretariat", home.clock.now()).await.unwrap();
    home.clock.advance(TimeDelta::days(9));
    assert_eq!(home.told().await, []);
}

#[tokio::test]
async fn thirty_mails_of_one_run_that_are_lost_make_no_flood() {
    let home = home().await;
    let run = home.claimed().await.0;
    home.lose(Some(run), "first").await;
    let told = home.told().await;
    assert_eq!(told.len(), 2);
    let text = &told[0].order.letter.text;
    assert!(text.contains("first@example.org") && text.contains("550 no such user"), "{text}");
    assert!(text.contains("rapporteur outbox retry 1"), "{text}");
    for number in 0..29 {
        home.lose(Some(run), &format!("member-{number}")).await;
        assert_eq!(home.told().await, []);
    }
    home.lose(None, "single").await;
    assert_eq!(home.told().await.len(), 2, "one that belongs to no run is another matter");
    home.clock.advance(TimeDelta::hours(1));
    let told = home.told().await;
    assert_eq!(told[0].order.letter.subject, "[BOMCA 9] Update: 30 mails not delivered");
    assert!(told[0].order.letter.text.contains("and 18 more"), "{}", told[0].order.letter.text);
    home.clock.advance(TimeDelta::days(30));
    let reminders: Vec<_> = home.subjects().await;
    assert_eq!(reminders.iter().filter(|subject| subject.contains("mail")).count(), 0, "{reminders:?}");
}

#[tokio::test]
async fn what_a_stage_raises_is_told_and_its_end_too() {
    let home = home().await;
    let refused = |problem: &str| Notice::ConfigurationRefused { problems: vec![problem.to_owned()] };
    home.store.raise_notice(&refused("config/schedules.toml:3:1: a"), home.clock.now()).await.unwrap();
    assert!(home.told().await[0].order.letter.text.contains("- config/schedules.toml:3:1: a"));
    home.store.raise_notice(&refused("config/schedules.toml:9:1: b"), home.clock.now()).await.unwrap();
    assert_eq!(home.told().await, [], "not every save of a file is a mail");
    home.clock.advance(TimeDelta::hours(1));
    assert_eq!(home.subjects().await[0], "[BOMCA 9] Update: Configuration refused");
    assert!(home.store.clear_notice("configuration", home.clock.now()).await.unwrap());
    assert!(!home.store.clear_notice("configuration", home.clock.now()).await.unwrap());
    assert_eq!(home.told().await, []);
    home.clock.advance(TimeDelta::minutes(10));
    let mail = home.told().await.remove(0).order.letter;
    assert_eq!(mail.subject, "[BOMCA 9] Over: Configuration refused");
    assert!(mail.text.contains("Until: 15 January 2018, 10:00 (Asia/Bishkek)"), "{}", mail.text);
    home.clock.advance(TimeDelta::days(9));
    assert_eq!(home.told().await, []);
}

#[tokio::test]
async fn what_was_missed_is_told_with_the_planning_and_never_again() {
    let home = home().await;
    let now = home.clock.now();
    let run = |days: i64, skipped: Option<&str>| PlannedRun {
        report: "rsg-quarterly".to_owned(),
        period: if days > 50 { "2017-Q3" } else { "2017-Q4" }.parse().unwrap(),
        due_at: now - TimeDelta::days(days),
        note: "late: …".to_owned(),
        skipped: skipped.map(str::to_owned),
        waits_until: None,
    };
    let runs = [run(90, Some("beyond its grace")), run(2, Some("a later one")), run(1, None)];
    home.store.plan("rsg", now, Planned { runs: &runs, ..Planned::default() }).await.unwrap();
    let mail = home.told().await.remove(0).order.letter;
    assert_eq!(mail.subject, "[BOMCA 9] Late: rsg");
    for part in ["One report is made up for now", "Left out: 1", "Due: 17 October 2017", "rapporteur runs start rsg"] {
        assert!(mail.text.contains(part), "{part}: {}", mail.text);
    }
    home.store.plan("rsg", now, Planned { runs: &runs, ..Planned::default() }).await.unwrap();
    home.clock.advance(TimeDelta::minutes(2));
    assert_eq!(home.told().await, []);
}

#[tokio::test]
async fn a_period_past_its_latest_date_with_nothing_sent_is_told() {
    let home = home().await;
    let mut config = Config::clone(&home.herald.config);
    let file = "[[schedule]]\nname = \"rsg\"\nreport = \"rsg-quarterly\"\ncron = \"0 9 15 1 *\"\n\
                recipients = [\"all\"]\nlatest = \"20 days\"\n";
    std::fs::create_dir_all(home.folder.path().join("config")).unwrap();
    std::fs::write(home.folder.path().join("config/schedules.toml"), file).unwrap();
    config.schedules = crate::config::load(home.folder.path()).unwrap().output.schedules;
    let home = Home { herald: Herald { config: Arc::new(config), ..home.herald.clone() }, ..home };
    let (run, fence) = home.claimed().await;
    let compiled = |state| Compiled {
        state,
        reason: None,
        as_of: "2018-01-15".parse().unwrap(),
        facts: "{}".to_owned(),
        brief: crate::approval::Brief::default(),
        documents: Vec::new(),
        deliveries: Vec::new(),
    };
    let waiting = compiled(crate::report::RunState::AwaitingApproval);
    home.store.finish_run(run, fence, waiting, home.clock.now()).await.unwrap();
    assert_eq!(home.told().await, []);
    // The twentieth day after the quarter is still in time; in Bishkek it ends at 18:00 UTC.
    home.clock.set("2018-01-20T17:59:00Z".parse().unwrap());
    assert_eq!(home.told().await, []);
    home.clock.set("2018-01-20T18:00:00Z".parse().unwrap());
    let mail = home.told().await.remove(0).order.letter;
    assert_eq!(mail.subject, "[BOMCA 9] Report overdue: Q4 2017");
    assert!(mail.text.contains("by 20 January 2018") && mail.text.contains("runs approve 1"), "{}", mail.text);
    home.store.release_run(run, "Example Secretariat", home.clock.now(), &[], &[]).await.unwrap();
    home.clock.advance(TimeDelta::days(40));
    assert_eq!(home.told().await, []);
}

#[tokio::test]
async fn an_inbox_that_is_gone_and_a_file_that_is_stuck() {
    let home = home().await;
    let inbox = home.folder.path().join("inbox");
    std::fs::write(inbox.join("a.xlsx"), "x").unwrap();
    let stuck = Notice::FileStuck { file: "a.xlsx".to_owned(), problem: "Permission denied".to_owned() };
    home.store.raise_notice(&stuck, home.clock.now()).await.unwrap();
    assert_eq!(home.subjects().await[0], "[BOMCA 9] Workbook stuck in the inbox");
    std::fs::remove_dir_all(&inbox).unwrap();
    assert_eq!(home.told().await, [], "the daemon makes it anew");
    std::fs::write(&inbox, "a file where the folder should be").unwrap();
    assert_eq!(home.subjects().await[0], "[BOMCA 9] Inbox not there");
    std::fs::remove_file(&inbox).unwrap();
    std::fs::create_dir(&inbox).unwrap();
    assert_eq!(home.told().await, []);
    home.clock.advance(TimeDelta::minutes(10));
    let over = home.subjects().await;
    assert_eq!(over.iter().filter(|subject| subject.contains("Over:")).count(), 2, "{over:?}");
}

#[tokio::test]
async fn a_disk_that_fills_up_is_told_before_it_is_full() {
    let home = home().await;
    let mut config = Config::clone(&home.herald.config);
    config.ledger.least_free_mb = 900_000_000;
    let herald = Herald { config: Arc::new(config), ..home.herald.clone() };
    assert!(herald.step().await.unwrap().has_worked());
    let mails = home.mails().await;
    assert_eq!(mails.len(), 2, "one disk, two operators");
    assert!(mails[0].order.letter.text.contains("there should be"), "{}", mails[0].order.letter.text);
}

/// Each kind in each language: sentences for every way it is told, no word missing, and the same
/// in both forms of the letter.
#[test]
fn every_kind_has_its_words_in_every_language() {
    let period = "2017-Q4".parse().unwrap();
    let at = DateTime::UNIX_EPOCH;
    let mail = |delivery| LostMail {
        delivery,
        recipient: "A <a@example.org>".to_owned(),
        subject: "S".to_owned(),
        reply: "550 <b>".to_owned(),
    };
    let (schedule, problem) = ("rsg quarterly".to_owned(), "no".to_owned());
    let late = |late, skipped| Notice::OccurrencesLate {
        schedule: schedule.clone(),
        found_at: at,
        late,
        skipped,
        first: at,
        last: at + TimeDelta::days(3),
    };
    let unsent = |state: &str| Notice::PeriodUnsent {
        schedule: schedule.clone(),
        period,
        latest: "2018-03-01".parse().unwrap(),
        run: 3,
        state: state.to_owned(),
    };
    let kinds = [
        Notice::RunFailed { run: 3, compiling: 1, period, reason: "report.md:3 <b>".to_owned() },
        Notice::RunHeld { run: 3, compiling: 1, period, reason: "two rows".to_owned() },
        Notice::RunStuck { run: 3, period },
        late(0, 4),
        late(1, 0),
        late(22, 1),
        unsent("held"),
        unsent("skipped"),
        unsent("failed"),
        unsent("due"),
        Notice::OccurrencesWaiting { schedule: schedule.clone(), count: 101 },
        Notice::DeadLetters { run: None, mails: vec![mail(1)] },
        Notice::DeadLetters { run: Some(3), mails: (1..40).map(mail).collect() },
        Notice::MailsWaiting { count: 1, oldest: at, reply: "451 later".to_owned() },
        Notice::MailsWaiting { count: 23, oldest: at, reply: "no route to host".to_owned() },
        Notice::ChannelHeld { reason: "535 no".to_owned() },
        Notice::DiskLow { folder: "/srv/reports".to_owned(), free_mb: 12, least_mb: 500 },
        Notice::ConfigurationRefused { problems: vec!["a".to_owned(), "b".to_owned()] },
        Notice::DashboardDown { address: "127.0.0.1:8010".to_owned(), problem: problem.clone() },
        Notice::BouncesUnread { mailbox: "mail.example.org:993".to_owned(), problem: problem.clone() },
        Notice::InboxGone { folder: "/srv/reports/inbox".to_owned(), problem: problem.clone() },
        Notice::FileStuck { file: "TJ/a.xlsx".to_owned(), problem },
    ];
    let setting = NoticeContext { programme: "BOMCA 9", zone: chrono_tz::Asia::Bishkek };
    for language in Language::ALL {
        let desk = built_in(language).unwrap();
        for notice in &kinds {
            let record = NoticeRecord {
                id: 1,
                notice: notice.clone(),
                since: at,
                over_at: Some(at),
                told_at: None,
                told: None,
                mails: 0,
            };
            for telling in [Telling::News, Telling::More, Telling::Still, Telling::Over] {
                // Only what may pass has an end that is told.
                let id = format!("mail-notice-{}.over", notice.kind());
                if telling == Telling::Over && desk.locale().find(&id, &[].into()).is_none() {
                    continue;
                }
                let letter = notice_letter(&record, telling, setting, &desk).unwrap();
                assert!(letter.subject.starts_with("[BOMCA 9] "), "{}", letter.subject);
                assert!(!letter.html.contains('‹'), "{}", letter.html);
                for text in [&letter.text, &letter.subject] {
                    assert!(!text.contains('‹') && !text.contains('{'), "{text}");
                }
                let has_command = [": rapporteur ", ": ls ", ": du "].iter().any(|word| letter.text.contains(word));
                assert_eq!(has_command, telling != Telling::Over, "{}", letter.text);
            }
            assert!(!notice_sentence(notice, setting, &desk).contains('@'), "no address in the log");
        }
    }
}

#[tokio::test]
async fn what_stands_has_stood_since_it_was_seen_first() {
    let home = home().await;
    // Somebody has put a file where the inbox should be.
    std::fs::remove_dir(home.folder.path().join("inbox")).unwrap();
    std::fs::write(home.folder.path().join("inbox"), "").unwrap();
    let begun = home.clock.now();
    home.told().await;
    home.clock.advance(TimeDelta::hours(2));
    let found = standing(&home.store, &home.herald.config, home.clock.now()).await.unwrap();
    let found: Vec<_> = found.iter().map(|(notice, since)| (notice.kind(), *since)).collect();
    assert_eq!(found, [("inbox-gone", begun)]);
}
