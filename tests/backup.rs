//! A home as one file while the daemon is at work, and a home made of it that sends nothing by itself.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::running::{Daemon, Home, wait_for};
use crate::sink::{Sink, Slow, by_message};

/// Mails in the outbox: enough that some have left and some have not when the copy is made.
const MAILS: usize = 60;

/// What the command says, and its exit code.
fn said(home: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    let done = command.env("NO_COLOR", "1").arg("--home").arg(home).args(arguments).output().unwrap();
    let text = String::from_utf8(done.stdout).unwrap() + &String::from_utf8(done.stderr).unwrap();
    (done.status.code().unwrap(), text)
}

/// Runs a statement on a ledger by a program that is not ours.
pub(crate) fn sqlite(ledger: &Path, statement: &str) -> String {
    let program = "import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\n\
                   print(*(row[0] for row in db.execute(sys.argv[2])))\ndb.commit()";
    let done = Command::new("python3").args(["-c", program]).arg(ledger).arg(statement).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_home_restored_from_a_busy_one_sends_nothing_until_it_is_released() {
    let dumps = tempfile::tempdir().unwrap();
    let sink = Sink::start(dumps.path(), &[]);
    let home = Home::new(Slow::start(sink.port, 2..40).port, 1, None);
    home.fill_outbox(MAILS);
    let daemon = Daemon::start(&home);
    wait_for("some mails are out", Duration::from_secs(60), &home, || sink.received().len() > MAILS / 4);
    let aside = tempfile::tempdir().unwrap();
    let file = aside.path().join("home.backup").display().to_string();
    let (code, told) = said(home.path(), &["backup", &file]);
    assert!(code == 0 && told.contains("the ledger among them"), "{told}");
    wait_for("the outbox is empty", Duration::from_secs(60), &home, || home.is_outbox_done());
    daemon.stop();
    assert_eq!(sink.received().len(), MAILS, "the copying has cost nobody a mail");

    let restored = Home::empty();
    let (code, told) = said(restored.path(), &["restore", &file]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("Sending is held:") && told.contains("outbox release"), "{told}");
    let waiting = restored.outbox().iter().filter(|(_, state)| state != "delivered").count();
    assert!((1..MAILS).contains(&waiting), "{waiting} had not left when the copy was made");
    let daemon = Daemon::start(&restored);
    wait_for("the daemon is ready", Duration::from_secs(30), &restored, || restored.log().contains("ready"));
    assert!(restored.log().contains("no mail is sent (restored on "), "{}", restored.log());
    let (code, told) = said(restored.path(), &["status"]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("All mail is held until somebody releases it: restored on "), "{told}");
    assert_eq!(sink.received().len(), MAILS, "nothing has left the restored home");
    let (code, told) = said(restored.path(), &["restore", &file]);
    assert!(code == 2 && told.contains("expected an empty folder, found `"), "{told}");

    said(restored.path(), &["outbox", "release"]);
    wait_for("the rest is out", Duration::from_secs(60), &restored, || restored.is_outbox_done());
    daemon.stop();
    assert_eq!(sink.received().len(), MAILS + waiting);
    let marked = restored.marked_as_duplicates();
    for (id, copies) in by_message(sink.received()) {
        assert!(copies.len() == 1 || marked.contains(&id), "{id} came twice and is shown as such");
        assert!(copies.iter().all(|copy| copy.bytes == copies[0].bytes));
    }
}

#[test]
fn a_ledger_of_a_newer_program_is_refused_with_a_sentence() {
    let home = Home::new(9, 1, None);
    assert_eq!(said(home.path(), &["runs"]).0, 0);
    sqlite(&home.path().join("state/ledger.db"), "PRAGMA user_version = 1000");
    for command in [&["run"][..], &["status"], &["outbox"]] {
        let (code, told) = said(home.path(), command);
        assert_eq!(code, 2, "{told}");
        assert!(told.contains("the ledger is of version 1000, and this program knows versions up to"), "{told}");
        assert!(told.contains("use the newer program that wrote it"), "{told}");
    }
}

#[test]
fn a_ledger_has_one_daemon_whatever_home_it_is_of() {
    let (one, other) = (Home::new(9, 1, None), Home::new(9, 1, None));
    let config = other.path().join("config/rapporteur.toml");
    let ledger = one.path().join("state/ledger.db");
    let text =
        std::fs::read_to_string(&config).unwrap() + &format!("[ledger]\nurl = \"sqlite://{}\"\n", ledger.display());
    std::fs::write(&config, text).unwrap();
    let daemon = Daemon::start(&one);
    wait_for("the daemon is ready", Duration::from_secs(30), &one, || one.log().contains("ready"));
    for (home, told) in
        [(&one, "another rapporteur is running on "), (&other, "another rapporteur is running on the ledger ")]
    {
        let (code, text) = said(home.path(), &["run"]);
        assert!(code == 2 && text.contains(told), "{text}");
    }
    daemon.stop();
    let next = Daemon::start(&other);
    wait_for("the other has it", Duration::from_secs(30), &other, || other.log().contains("ready"));
    next.stop();
}
