//! Many recipients of one report, over four connections: how fast, in how much memory, and all of
//! it written down. The witness and the measure are Postfix's own `smtp-sink` and `smtp-source`.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rapporteur::clock::Clock;
use rapporteur::outbox::{Attachment, DeliveryState, Letter, NewDelivery, Purpose, message_id};
use rapporteur::recipient::Language;
use rapporteur::store::{DeliveryFilter, Store};
use sha2::{Digest, Sha256};

use crate::running::{Daemon, Home};
use crate::sink::{Counter, tool};

/// Mails where `RAPPORTEUR_LOAD` does not say; `tests/load` says 5,000.
const MAILS: usize = 100;

/// Bytes of the report: 300 kB in base64.
const REPORT: usize = 219_000;

/// `mail.smtp.connections` by default.
const SESSIONS: usize = 4;

/// What the daemon may take of the memory, at its height.
const MEMORY_KB: u64 = 150 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_report_to_many_is_sent_at_half_the_speed_of_postfix_or_better() {
    let long = std::env::var("RAPPORTEUR_LOAD").ok().map(|text| text.parse::<usize>().unwrap());
    let mails = long.unwrap_or(MAILS);
    let sink = Counter::start();
    let home = Home::new(sink.port, 1, None);
    let store = Store::open("sqlite:state/ledger.db", home.path()).await.unwrap();
    fill(&store, &home, mails).await;

    let before = source(sink.port, mails);
    let begun = Instant::now();
    let daemon = Daemon::start(&home);
    let mut done = 0;
    let mut first = None;
    while done < mails {
        assert!(begun.elapsed() < Duration::from_secs(600), "{done} of {mails}\n{}", home.log());
        tokio::time::sleep(Duration::from_millis(20)).await;
        done = store.deliveries_in(DeliveryState::Delivered).await.unwrap();
        if done > 0 && first.is_none() {
            first = Some((Instant::now(), done));
        }
    }
    let (since, already) = first.unwrap();
    let ours = rate(mails - already, since.elapsed());
    let memory = peak_kb(daemon.pid());
    daemon.stop();
    let after = source(sink.port, mails);

    let theirs = f64::midpoint(before, after);
    println!(
        "{mails} mails of {REPORT} bytes over {SESSIONS} connections: {ours:.0} a second; smtp-source {before:.0} and \
         {after:.0}; {:.0} %; {memory} kB at most",
        100.0 * ours / theirs
    );
    assert_eq!(sink.received(), 3 * mails, "the sink has them all, and no more");
    for delivery in store.deliveries(&DeliveryFilter::default()).await.unwrap() {
        let tries = store.attempts(delivery.id).await.unwrap();
        assert_eq!(tries.len(), 1, "each attempt is written down, once");
        assert!(tries[0].ended_at.is_some() && tries[0].reply.as_deref().is_some_and(|reply| reply.starts_with("250")));
        assert!(!delivery.possible_duplicate);
    }
    assert!(memory < MEMORY_KB, "{memory} kB");
    // A build without optimising, beside other tests, says nothing about speed.
    assert!(long.is_none() || ours >= theirs / 2.0);
}

async fn fill(store: &Store, home: &Home, mails: usize) {
    // A report does not repeat itself, and neither does this.
    let mut rng = fastrand::Rng::with_seed(7);
    let report: Vec<u8> = std::iter::repeat_with(|| rng.u8(..)).take(REPORT).collect();
    fs::create_dir_all(home.path().join("archive")).unwrap();
    fs::write(home.path().join("archive/report.pdf"), &report).unwrap();
    let sha256: String = Sha256::digest(&report).iter().map(|byte| format!("{byte:02x}")).collect();
    let now = Clock::system().now();
    for number in 0..mails {
        let email = format!("member-{number}@example.org");
        let order = NewDelivery {
            run: None,
            purpose: Purpose::Report,
            name: format!("Example Member {number}"),
            letter: Letter {
                language: Language::Ru,
                subject: "[BOMCA 9] Квартальный отчёт – RU, v1".to_owned(),
                text: "Здравствуйте!\n\nОтчёт за октябрь–декабрь во вложении.\n".repeat(20),
                html: "<p>Отчёт за октябрь–декабрь во вложении.</p>\n".repeat(60),
                thread: Vec::new(),
                attached: None,
            },
            attachments: vec![Attachment {
                path: "archive/report.pdf".to_owned(),
                file_name: "report.pdf".to_owned(),
                sha256: sha256.clone(),
            }],
            message_id: message_id(&email, "reports@example.org", now),
            unique_key: email.clone(),
            email,
        };
        assert!(store.post(&order, now).await.unwrap());
    }
}

/// Mails a second of Postfix's own generator, which keeps its connections as we do.
fn source(port: u16, mails: usize) -> f64 {
    let begun = Instant::now();
    let done = Command::new(tool("smtp-source"))
        .args(["-d", "-s", &SESSIONS.to_string(), "-m", &mails.to_string(), "-l", &(REPORT * 78 / 57).to_string()])
        .args(["-f", "reports@example.org", "-t", "member@example.org", &format!("127.0.0.1:{port}")])
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(done.success());
    rate(mails, begun.elapsed())
}

fn rate(mails: usize, time: Duration) -> f64 {
    f64::from(u32::try_from(mails).unwrap()) / time.as_secs_f64()
}

/// The most memory that a process has had.
fn peak_kb(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().split(' ').next().unwrap().parse().unwrap()
}
