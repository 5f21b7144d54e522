//! A daemon that dies at each point where a crash could do harm (`src/crash.rs`): after it is
//! started again, everything arrives, and twice only what may have left without an answer.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::backup::sqlite;
use crate::running::{Daemon, Home, wait_for};
use crate::sink::{Sink, Slow, by_message};

/// While a workbook is taken.
const INTAKE: [&str; 5] =
    ["spool-before-rename", "file-before-commit", "file-committed", "file-answered", "file-moved"];

/// While a run is compiled.
const COMPILING: [&str; 6] = [
    "run-claimed",
    "archive-before-rename",
    "run-editions-kept",
    "run-documents-written",
    "run-before-commit",
    "run-committed",
];

/// While mails are sent; and whether one may have left then without an answer.
const SENDING: [(&str, bool); 6] = [
    ("mail-claimed", false),
    ("mail-composed", false),
    ("mail-before-dot", false),
    ("mail-after-dot", true),
    ("mail-answered", true),
    ("mail-committed", false),
];

/// While mails are put into a Maildir.
const FILING: [&str; 2] = ["maildir-before-rename", "maildir-renamed"];

/// While the operators are told.
const TELLING: [&str; 2] = ["notice-before-commit", "notice-committed"];

/// By commands and while planning.
const OTHERS: [&str; 2] = ["release-before-commit", "plan-before-commit"];

/// All of them where `RAPPORTEUR_FAULTS` says so; else those of some seconds.
fn is_long() -> bool {
    std::env::var("RAPPORTEUR_FAULTS").is_ok()
}

fn command(home: &Home, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.arg("--home").arg(home.path()).args(arguments);
    command
}

fn well(home: &Home, arguments: &[&str]) {
    let done = command(home, arguments).output().unwrap();
    assert!(done.status.code().is_some_and(|code| code < 2), "{arguments:?} {done:?}");
}

/// A command dies at a point.
fn dies(home: &Home, arguments: &[&str], point: &str) {
    let done = command(home, arguments).env("RAPPORTEUR_CRASH_AT", point).output().unwrap();
    assert!(done.status.signal().is_some(), "{arguments:?} never came to {point}: {done:?}");
}

/// A daemon that is started to die at a point, and has.
fn dead_daemon(home: &Home, point: &str) {
    let begun = Instant::now();
    let mut daemon = Daemon::start_with(home, &[("RAPPORTEUR_CRASH_AT", point)]);
    let ended = loop {
        if let Some(ended) = daemon.ended() {
            break ended;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "never came to {point}\n{}", home.log());
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(ended.signal().is_some(), "never came to {point}: {ended}\n{}", home.log());
}

/// A report of one line, which compiles at once.
pub(crate) fn short_report(home: &Path) {
    let folder = home.join("templates/report/rsg-quarterly");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("report.md"), "# Report\n\nOne line.\n").unwrap();
}

fn with_workbook(home: &Home) -> String {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4/activities.csv");
    fs::create_dir_all(home.path().join("inbox")).unwrap();
    let file = home.path().join("inbox/activities.csv");
    fs::copy(seed, &file).unwrap();
    file.display().to_string()
}

#[test]
fn every_point_is_tried() {
    fn walk(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                let calls = text.split("crash::point(\"").skip(1);
                found.extend(calls.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let sending = SENDING.map(|(point, _)| point);
    let lists = [&INTAKE[..], &COMPILING, &sending, &FILING, &TELLING, &OTHERS];
    let tried: BTreeSet<String> = lists.into_iter().flatten().map(|point| (*point).to_owned()).collect();
    assert_eq!(found, tried);
}

#[test]
fn a_workbook_is_taken_once_and_answered_once() {
    for point in INTAKE {
        let home = Home::new(9, 1, None);
        let file = with_workbook(&home);
        dies(&home, &["intake", &file], point);
        if Path::new(&file).exists() {
            well(&home, &["intake", &file]);
        }
        let names: BTreeSet<String> = fs::read_dir(home.path().join("inbox/accepted"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with('.'))
            .collect();
        let expected = ["activities.csv", "activities.csv (marked).xlsx", "activities.csv.answer.txt"];
        assert_eq!(names, expected.map(str::to_owned).into(), "{point}");
        let ledger = home.path().join("state/ledger.db");
        assert_eq!(sqlite(&ledger, "SELECT COUNT(*) FROM entries"), "9", "{point}");
        assert_eq!(sqlite(&ledger, "PRAGMA integrity_check"), "ok", "{point}");
    }
}

#[test]
fn a_run_is_compiled_and_everybody_gets_it_once() {
    let points = if is_long() { &COMPILING[..] } else { &["run-editions-kept", "run-before-commit"] };
    for point in points {
        let dumps = tempfile::tempdir().unwrap();
        let sink = Sink::start(dumps.path(), &[]);
        let home = Home::new(sink.port, 3, None);
        short_report(home.path());
        well(&home, &["intake", &with_workbook(&home)]);
        well(&home, &["runs", "start", "seed", "--period", "2017-Q4"]);
        dead_daemon(&home, point);
        let daemon = Daemon::start(&home);
        wait_for(point, Duration::from_secs(60), &home, || home.is_all_delivered());
        daemon.stop();
        let mut to: Vec<String> = sink.received().into_iter().map(|mail| mail.recipient).collect();
        to.sort();
        assert_eq!(to, home.recipients(), "{point}: each once");
        let archived = home.archived();
        for mail in sink.received() {
            let parsed = mail.parsed();
            let pdf = parsed.attachment(0).unwrap().contents();
            assert!(archived.iter().any(|bytes| bytes == pdf), "{point}: what the archive holds");
        }
    }
}

#[test]
fn no_mail_is_lost_and_twice_comes_only_what_may_have_left() {
    for (point, may_have_left) in SENDING {
        let dumps = tempfile::tempdir().unwrap();
        let sink = Sink::start(dumps.path(), &[]);
        // The answer to the dot is late enough that the daemon sees itself waiting for it.
        let home = Home::new(Slow::start(sink.port, 5..15).port, 1, None);
        let config = home.path().join("config/rapporteur.toml");
        fs::write(&config, fs::read_to_string(&config).unwrap() + "connections = 1\n").unwrap();
        home.fill_outbox(8);
        dead_daemon(&home, &format!("{point}#3"));
        let daemon = Daemon::start(&home);
        wait_for(point, Duration::from_secs(60), &home, || home.is_outbox_done());
        daemon.stop();
        let received = by_message(sink.received());
        assert_eq!(received.len(), 8, "{point}: none is lost");
        let marked = home.marked_as_duplicates();
        for (id, copies) in &received {
            assert!(copies.iter().all(|copy| copy.bytes == copies[0].bytes), "{point}: the same mail");
            assert!(copies.len() == 1 || marked.contains(id), "{point}: {id} is shown as a possible duplicate");
        }
        let copies: usize = received.values().map(Vec::len).sum();
        assert_eq!(copies, 8 + usize::from(may_have_left), "{point}");
    }
}

#[test]
fn a_maildir_has_every_mail_once() {
    for point in FILING {
        let home = Home::new(9, 1, None);
        let config = home.path().join("config/rapporteur.toml");
        let text = fs::read_to_string(&config).unwrap().replace("transport = \"smtp\"", "transport = \"maildir\"");
        fs::write(&config, text).unwrap();
        home.fill_outbox(5);
        dead_daemon(&home, &format!("{point}#3"));
        let daemon = Daemon::start(&home);
        wait_for(point, Duration::from_secs(60), &home, || home.is_outbox_done());
        daemon.stop();
        assert_eq!(fs::read_dir(home.path().join("mail/new")).unwrap().count(), 5, "{point}");
        assert_eq!(fs::read_dir(home.path().join("mail/tmp")).unwrap().count(), 0, "{point}");
    }
}

#[test]
fn the_operators_are_told_once() {
    use rapporteur::notice::Notice;
    for point in TELLING {
        let dumps = tempfile::tempdir().unwrap();
        let sink = Sink::start(dumps.path(), &[]);
        let home = Home::new(sink.port, 1, None);
        let now = rapporteur::clock::Clock::system().now();
        let schedule = "seed".to_owned();
        let notice = Notice::OccurrencesLate { schedule, found_at: now, late: 1, skipped: 0, first: now, last: now };
        home.in_ledger(async |store| store.raise_notice(&notice, now).await.unwrap());
        dead_daemon(&home, point);
        let daemon = Daemon::start(&home);
        wait_for(point, Duration::from_secs(60), &home, || !sink.received().is_empty() && home.is_outbox_done());
        daemon.stop();
        assert_eq!(sink.received().len(), 1, "{point}");
    }
}

#[test]
fn a_release_and_a_planning_are_whole_or_not_at_all() {
    let home = Home::new(9, 2, None);
    let schedules = home.path().join("config/schedules.toml");
    let text = fs::read_to_string(&schedules).unwrap();
    let text = text.replace("sign_off = \"none\"", "sign_off = \"required\"\napprovers = [\"steering-group\"]");
    fs::write(&schedules, text).unwrap();
    short_report(home.path());
    well(&home, &["intake", &with_workbook(&home)]);
    // Planning writes down when it saw the schedule for the first time.
    dead_daemon(&home, "plan-before-commit");
    well(&home, &["runs", "start", "seed", "--period", "2017-Q4"]);
    let daemon = Daemon::start(&home);
    let state = || home.command(&["runs", "list", "--format", "json"])["runs"][0]["state"].clone();
    wait_for("it waits for sign-off", Duration::from_secs(60), &home, || state() == "awaiting_approval");
    daemon.stop();
    dies(&home, &["runs", "approve", "1"], "release-before-commit");
    assert_eq!(state(), "awaiting_approval");
    let reports = || home.outbox().len();
    let before = reports();
    well(&home, &["runs", "approve", "1"]);
    assert_eq!((state(), reports()), ("released".into(), before + 2));
}
