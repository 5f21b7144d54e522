//! A daemon killed at random moments loses nothing and sends nothing twice, save what the crash
//! left without an answer.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::backup::sqlite;
use crate::pipeline::next_minute;
use crate::running::{Daemon, Home, wait_for};
use crate::sink::{Received, Sink, Slow, by_message};

/// How often the daemon is killed where `RAPPORTEUR_KILLS` does not say; `tests/kill` says 20.
const KILLS: usize = 3;

/// How often it is killed while a full outbox empties, where `RAPPORTEUR_OUTBOX_KILLS` does not say.
const OUTBOX_KILLS: usize = 5;

/// Mails in the outbox for each kill.
const MAILS_A_KILL: usize = 20;

/// `mail.smtp.connections` by default.
const CONNECTIONS: usize = 4;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn whenever_the_daemon_is_killed_everybody_gets_the_report() {
    let kills = setting("RAPPORTEUR_KILLS").map_or(KILLS, |n| usize::try_from(n).unwrap());
    let seed = setting("RAPPORTEUR_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("RAPPORTEUR_SEED={seed} RAPPORTEUR_KILLS={kills}");
    let mut rng = fastrand::Rng::with_seed(seed);
    let (mut done, mut round) = (0, 0);
    let mut duplicates = 0;
    // Where the last mail is out before all kills are spent, another home takes the rest.
    while done < kills {
        round += 1;
        let (spent, twice) = one_home(&mut rng, round, kills - done);
        println!("home {round}: {spent} kills, {twice} second copies");
        done += spent;
        duplicates += twice;
    }
    println!("{done} kills in {round} homes, {duplicates} mails came twice, none was lost");
}

/// One quarter from the drop to the last mail, with at most `kills` kills between; gives their
/// number and that of mails that came twice.
fn one_home(rng: &mut fastrand::Rng, round: usize, kills: usize) -> (usize, usize) {
    let dumps = tempfile::tempdir().unwrap();
    // A second before an answer, in one home to the final dot, in the next before it: there
    // nearly every kill falls where a copy has left, here nearly none.
    let slow = if round % 2 == 1 { ".:1" } else { "RCPT:1" };
    let sink = Sink::start(dumps.path(), &["-W", slow]);
    // The long version begins with a schedule that comes due while the daemon is being killed.
    let due = (round == 1 && kills >= 10).then(next_minute);
    let home = Home::new(sink.port, 12, due);
    let mut spent = 0;
    let moment = |rng: &mut fastrand::Rng, most: u64| std::thread::sleep(Duration::from_millis(rng.u64(20..most)));

    home.drop_workbooks();
    let mut daemon = Daemon::start(&home);
    for _ in 0..kills.div_ceil(3) {
        moment(rng, 2500);
        daemon.kill();
        spent += 1;
        daemon = Daemon::start(&home);
    }
    wait_for("the workbooks are taken", Duration::from_secs(60), &home, || home.all_taken());
    match due {
        None => drop(home.command(&["runs", "start", "seed", "--period", "2017-Q4", "--format", "json"])),
        Some(due) => {
            let left = due - rapporteur::clock::Clock::system().now() - chrono::TimeDelta::milliseconds(800);
            std::thread::sleep(left.to_std().unwrap_or_default());
        }
    }
    let begun = Instant::now();
    while spent < kills && !home.is_all_delivered() {
        moment(rng, 2500);
        if home.is_all_delivered() {
            break;
        }
        daemon.kill();
        spent += 1;
        daemon = Daemon::start(&home);
        assert!(begun.elapsed() < Duration::from_secs(600), "no progress\n{}", home.log());
    }
    wait_for("the last mail is out", Duration::from_secs(120), &home, || home.is_all_delivered());
    daemon.stop();

    let mut by_recipient: BTreeMap<String, Vec<Received>> = BTreeMap::new();
    for mail in sink.received() {
        by_recipient.entry(mail.recipient.clone()).or_default().push(mail);
    }
    let mut expected = home.recipients();
    expected.sort();
    assert_eq!(by_recipient.keys().cloned().collect::<Vec<_>>(), expected, "everybody has it, nobody else");
    let archived = home.archived();
    let said = home.command(&["outbox", "list", "--format", "json"]);
    let deliveries = said["deliveries"].as_array().unwrap();
    for (recipient, mails) in &by_recipient {
        for mail in mails {
            assert_eq!(mail.bytes, mails[0].bytes, "{recipient}: every copy is the same mail");
            assert_eq!(mail.message_id(), mails[0].message_id());
            let parsed = mail.parsed();
            let pdf = parsed.attachment(0).unwrap();
            assert!(archived.iter().any(|bytes| bytes == pdf.contents()), "{recipient}: what the archive holds");
        }
        assert!(mails.len() <= 1 + spent, "{recipient}: at most one copy more for each crash");
        let is_marked = deliveries.iter().any(|d| d["email"] == **recipient && d["possible_duplicate"] == true);
        assert!(mails.len() == 1 || is_marked, "{recipient}: shown as a possible duplicate");
    }
    let twice = by_recipient.values().map(|mails| mails.len() - 1).sum();
    assert!(twice <= spent * CONNECTIONS, "at most one for each crash and open connection");
    let runs = home.command(&["runs", "list", "--format", "json"]);
    let runs = runs["runs"].as_array().unwrap().clone();
    assert_eq!(runs.len(), 1, "{runs:?}");
    assert_eq!(runs[0]["state"], "released");
    (spent, twice)
}

/// An outbox full of small mails, a server at the end of a thin line, and kills while it empties:
/// `tests/kill 300` says 300 of them over 6,000 mails.
#[test]
fn whenever_the_daemon_is_killed_no_mail_is_lost() {
    let kills = setting("RAPPORTEUR_OUTBOX_KILLS").map_or(OUTBOX_KILLS, |n| usize::try_from(n).unwrap());
    let seed = setting("RAPPORTEUR_SEED").unwrap_or_else(|| fastrand::u64(..));
    let mails = kills * MAILS_A_KILL;
    println!("RAPPORTEUR_SEED={seed} RAPPORTEUR_OUTBOX_KILLS={kills}, {mails} mails");
    let mut rng = fastrand::Rng::with_seed(seed);
    let dumps = tempfile::tempdir().unwrap();
    let sink = Sink::start(dumps.path(), &[]);
    // Some 60 ms for each of the five answers of a mail: four connections bring about 14 a second.
    let home = Home::new(Slow::start(sink.port, 10..110).port, 1, None);
    home.fill_outbox(mails);

    let begun = Instant::now();
    let mut killed_at = Vec::new();
    let mut daemon = Daemon::start(&home);
    wait_for("the first mail is out", Duration::from_secs(60), &home, || !sink.received().is_empty());
    let mut lives = 1;
    for _ in 0..kills {
        // Most at some moment of their work, some while they begin, however slow this machine is.
        if rng.u8(..5) > 0 {
            let is_ready = || home.log().matches(" ready ").count() >= lives;
            wait_for("the daemon is ready", Duration::from_secs(60), &home, is_ready);
        }
        std::thread::sleep(Duration::from_millis(rng.u64(20..1200)));
        killed_at.push(std::time::Instant::now().duration_since(begun));
        daemon.kill();
        lives = home.log().matches(" ready ").count() + 1;
        daemon = Daemon::start(&home);
    }
    let left = mails - by_message(sink.received()).len();
    wait_for("the outbox is empty", Duration::from_secs(120 + 60 * 60), &home, || home.is_outbox_done());
    daemon.stop();
    let took = begun.elapsed();

    let received = sink.received();
    let arrivals: Vec<Duration> = sink.arrivals(begun);
    let (first, last) = (arrivals.iter().min().unwrap(), arrivals.iter().max().unwrap());
    let between = killed_at.iter().filter(|at| *at > first && *at < last).count();
    let twice = received.len() - mails;
    println!(
        "{kills} kills, {between} of them between the first mail and the last, {left} mails left to send \
         after the last kill; {mails} mails, {twice} second copies, none lost; {} s altogether",
        took.as_secs()
    );
    let by_id = by_message(received);
    assert_eq!(by_id.len(), mails, "none is lost");
    let marked = home.marked_as_duplicates();
    for (id, copies) in &by_id {
        assert!(copies.iter().all(|copy| copy.bytes == copies[0].bytes), "{id}: every copy is the same mail");
        assert!(copies.len() == 1 || marked.contains(id), "{id}: shown as a possible duplicate");
    }
    assert!(twice <= kills * CONNECTIONS, "at most one for each crash and open connection");
    assert!(between * 6 >= kills * 5, "{between} of {kills} kills while mails went out");
    assert_eq!(sqlite(&home.path().join("state/ledger.db"), "PRAGMA integrity_check"), "ok");
    assert_eq!(
        sqlite(&home.path().join("state/ledger.db"), "SELECT COUNT(*) FROM attempts WHERE outcome = 'delivered'"),
        mails.to_string()
    );
}
