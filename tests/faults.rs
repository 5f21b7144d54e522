//! The nth write fails, beneath `SQLite` and our own files: once as from a broken disk, and from there
//! on as on a full one. When the fault is gone and everything is started again, nothing is lost
//! and nothing has come twice.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::backup::sqlite;
use crate::crashes::short_report;
use crate::running::Home;

/// People who get the report, in two languages.
const PEOPLE: usize = 3;

/// Of a short run every so many writes are tried.
const STRIDE: usize = 100;

/// How long a daemon is left with its fault.
const WITH_FAULT: Duration = Duration::from_millis(400);

/// `tests/faults` says how fine the sieve is.
fn stride() -> usize {
    std::env::var("RAPPORTEUR_FAULTS").map_or(STRIDE, |text| text.parse().unwrap())
}

/// The library that lets writes fail, compiled once.
fn library() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("failing.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/failing.c");
        let done = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-w", "-o"])
            .arg(&path)
            .arg(source)
            .arg("-ldl")
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        (folder, path)
    });
    path
}

/// What fails, and how.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// Nothing: the writes are counted.
    None,
    /// The nth write, with EIO.
    Once(usize),
    /// The nth write and all after it, with ENOSPC.
    From(usize),
}

struct Trial {
    home: Home,
    aside: tempfile::TempDir,
}

impl Trial {
    /// A home with a workbook in its inbox, whose mail goes into a Maildir.
    fn new() -> Self {
        let home = Home::new(9, PEOPLE, None);
        short_report(home.path());
        let config = home.path().join("config/rapporteur.toml");
        let text = fs::read_to_string(&config).unwrap().replace("transport = \"smtp\"", "transport = \"maildir\"");
        fs::write(&config, text).unwrap();
        let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4/activities.csv");
        fs::create_dir_all(home.path().join("inbox")).unwrap();
        fs::copy(seed, home.path().join("inbox/activities.csv")).unwrap();
        Self { home, aside: tempfile::tempdir().unwrap() }
    }

    fn workbook(&self) -> String {
        self.home.path().join("inbox/activities.csv").display().to_string()
    }

    fn struck(&self) -> PathBuf {
        self.aside.path().join("struck")
    }

    fn start(&self, arguments: &[&str], fault: Fault) -> Child {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.aside.path().join("log")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.arg("--home").arg(self.home.path()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let (first, times, error) = match fault {
            Fault::None => (0, 0, 0),
            Fault::Once(n) => (n, 1, 5),
            Fault::From(n) => (n, usize::MAX >> 2, 28),
        };
        command
            .env("LD_PRELOAD", library())
            .env("FAULT_BELOW", self.home.path())
            .env("FAULT_FIRST", first.to_string())
            .env("FAULT_TIMES", times.to_string())
            .env("FAULT_ERRNO", error.to_string())
            .env("FAULT_STRUCK", self.struck())
            .env("FAULT_COUNT", self.aside.path().join("count"));
        command.spawn().unwrap()
    }

    /// A command to its end, whatever that is; says whether the fault struck.
    fn run(&self, arguments: &[&str], fault: Fault) -> bool {
        let status = self.start(arguments, fault).wait().unwrap();
        assert!(status.code().is_some(), "{arguments:?} {fault:?}: {status}\n{}", self.log());
        self.struck().exists()
    }

    fn writes(&self) -> usize {
        fs::read_to_string(self.aside.path().join("count")).unwrap().parse().unwrap()
    }

    /// A daemon until every mail is there, or the fault has struck and it has had its time with it.
    fn daemon(&self, fault: Fault) -> bool {
        let mut child = self.start(&["run"], fault);
        let begun = Instant::now();
        let mut struck_at = None;
        while !self.is_done(fault) && child.try_wait().unwrap().is_none() {
            if struck_at.is_none() && self.struck().exists() {
                struck_at = Some(Instant::now());
            }
            if struck_at.is_some_and(|at| at.elapsed() > WITH_FAULT) {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "{fault:?}: no progress\n{}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
        // Every other one is not even asked.
        match fault {
            Fault::Once(n) | Fault::From(n) if n % 2 == 1 => child.kill().unwrap(),
            _ if child.try_wait().unwrap().is_some() => {}
            _ => drop(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap()),
        }
        child.wait().unwrap();
        self.struck().exists()
    }

    /// Every mail is there; and, where nothing fails, the ledger knows it.
    fn is_done(&self, fault: Fault) -> bool {
        let is_known = || self.sql("SELECT DISTINCT state FROM deliveries") == "delivered";
        self.mails() >= PEOPLE && (!matches!(fault, Fault::None) || is_known())
    }

    fn mails(&self) -> usize {
        fs::read_dir(self.home.path().join("mail/new")).map_or(0, Iterator::count)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.aside.path().join("log")).unwrap_or_default()
    }

    fn sql(&self, statement: &str) -> String {
        sqlite(&self.home.path().join("state/ledger.db"), statement)
    }

    /// The workbook again, where it still lies in the inbox.
    fn intake(&self) {
        if Path::new(&self.workbook()).exists() {
            self.run(&["intake", &self.workbook()], Fault::None);
        }
    }

    fn is_taken_once(&self, fault: Fault) {
        let rows = self.sql("SELECT COUNT(*) FROM entries");
        assert_eq!(rows, "9", "{fault:?}\n{}", self.log());
        let names: Vec<String> = fs::read_dir(self.home.path().join("inbox/accepted"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with('.'))
            .collect();
        // A copy that cannot be written is done without, which the answer says; one that was laid down
        // before the answer failed stays where it is, because nothing there is ever taken away.
        let count = |ending: &str| names.iter().filter(|name| name.ends_with(ending)).count();
        let copies = count(" (marked).xlsx");
        let told = format!("{fault:?}: the workbook and its answer: {names:?}\n{}", self.log());
        assert_eq!((count(".csv"), count(".csv.answer.txt")), (1, 1), "{told}");
        assert!(copies == 1 || !matches!(fault, Fault::None), "{told}");
        assert_eq!(self.sql("PRAGMA integrity_check"), "ok", "{fault:?}");
    }

    fn is_delivered_once(&self, fault: Fault) {
        let mut to = Vec::new();
        for entry in fs::read_dir(self.home.path().join("mail/new")).unwrap() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            let mail = mail_parser::MessageParser::default().parse(&bytes).unwrap();
            let pdf = mail.attachment(0).unwrap().contents();
            assert!(self.home.archived().iter().any(|archived| archived == pdf), "{fault:?}: what the archive holds");
            to.push(mail.to().unwrap().first().unwrap().address().unwrap().to_owned());
        }
        to.sort();
        assert_eq!(to, self.home.recipients(), "{fault:?}: each once\n{}", self.log());
        let states = self.sql("SELECT DISTINCT state FROM deliveries");
        assert_eq!(states, "delivered", "{fault:?}\n{}", self.log());
        assert_eq!(self.sql("SELECT COUNT(*) FROM runs"), "1", "{fault:?}");
        assert_eq!(self.sql("PRAGMA integrity_check"), "ok", "{fault:?}");
    }
}

/// Both faults at every write; where not all are tried, one of them at every so many.
#[expect(clippy::print_stdout, reason = "the long version is a script whose figures are read")]
fn sieve(what: &str, writes: usize, mut attempt: impl FnMut(Fault) -> bool) {
    let begun = Instant::now();
    let (mut tried, mut struck) = (0, 0);
    // Not always the same ones, where not all are tried. How many writes there are is not the same in each
    // run: the first that fails is one that every run comes to.
    let stride = stride();
    let chosen = std::env::var("RAPPORTEUR_FAULTS_FIRST").ok().map(|text| text.parse().unwrap());
    let first =
        chosen.unwrap_or_else(|| if stride > 1 { fastrand::usize(1..=stride.min(writes / 3).max(1)) } else { 1 });
    println!("{what}: {writes} writes, from {first} on every {stride}");
    for n in (first..=writes).step_by(stride) {
        let both = [Fault::Once(n), Fault::From(n)];
        let faults = if stride == 1 { &both[..] } else { &both[n % 2..=n % 2] };
        for fault in faults.iter().copied() {
            tried += 1;
            struck += usize::from(attempt(fault));
        }
    }
    println!("{what}: {tried} trials, the fault struck in {struck}, {} s", begun.elapsed().as_secs());
    assert!(struck > 0, "{what}: no fault ever struck");
}

#[test]
fn a_workbook_survives_every_failing_write() {
    let counted = Trial::new();
    counted.run(&["intake", &counted.workbook()], Fault::None);
    counted.is_taken_once(Fault::None);
    sieve("intake", counted.writes(), |fault| {
        let trial = Trial::new();
        let struck = trial.run(&["intake", &trial.workbook()], fault);
        trial.intake();
        trial.is_taken_once(fault);
        struck
    });
}

#[test]
fn a_run_is_begun_once_whatever_write_fails() {
    let counted = Trial::new();
    counted.intake();
    let begin = ["runs", "start", "seed", "--period", "2017-Q4"];
    counted.run(&begin, Fault::None);
    sieve("runs start", counted.writes(), |fault| {
        let trial = Trial::new();
        trial.intake();
        let struck = trial.run(&begin, fault);
        if trial.sql("SELECT COUNT(*) FROM runs") == "0" {
            trial.run(&begin, Fault::None);
        }
        assert_eq!(trial.sql("SELECT COUNT(*) FROM runs"), "1", "{fault:?}");
        assert_eq!(trial.sql("PRAGMA integrity_check"), "ok", "{fault:?}");
        struck
    });
}

#[test]
fn every_mail_arrives_once_whatever_write_fails() {
    let prepared = || {
        let trial = Trial::new();
        trial.intake();
        trial.run(&["runs", "start", "seed", "--period", "2017-Q4"], Fault::None);
        trial
    };
    let counted = prepared();
    counted.daemon(Fault::None);
    sieve("the daemon", counted.writes(), |fault| {
        let trial = prepared();
        let struck = trial.daemon(fault);
        // The fault is gone.
        let _ = fs::remove_file(trial.struck());
        trial.daemon(Fault::None);
        trial.is_delivered_once(fault);
        struck
    });
}
