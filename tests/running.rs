//! A home with the seed quarter's people, and the real daemon running on it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, Datelike, Timelike, Utc};
use rapporteur::outbox::{Attachment, DeliveryState, Letter, NewDelivery, Purpose};
use rapporteur::recipient::Language;
use rapporteur::report::RunState;
use rapporteur::store::{Compiled, DeliveryFilter, LONGEST_LEASE, PlannedRun, Store};
use sha2::{Digest as _, Sha256};

/// Workbooks of the seed quarter, as people drop them.
const SEED: [&str; 5] = ["activities.csv", "participants.csv", "equipment.csv", "meetings.csv", "plan.csv"];

/// Invented recipients: those with even numbers read English, the others Russian.
pub(crate) fn address(number: usize) -> String {
    format!("member-{number}@example.org")
}

/// A home whose mail goes to a server on this machine.
pub(crate) struct Home {
    folder: tempfile::TempDir,
    recipients: usize,
}

impl Home {
    /// A home that reports 2017-Q4 at `due` (never by itself where `None`) to so many people.
    pub(crate) fn new(smtp_port: u16, recipients: usize, due: Option<DateTime<Utc>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config");
        fs::create_dir_all(&config).unwrap();
        // The 29th of February of a leap year is as far away as a schedule may be.
        let cron = due.map_or_else(
            || "0 0 29 2 *".to_owned(),
            |at| format!("{} {} {} {} *", at.minute(), at.hour(), at.day(), at.month()),
        );
        let write = |name: &str, text: &str| fs::write(config.join(name), text).unwrap();
        write(
            "rapporteur.toml",
            &format!(
                "[inbox]\nsettle = \"1s\"\nscan_every = \"1s\"\n\
                 [mail]\ntransport = \"smtp\"\nretry_first = \"1s\"\nretry_ceiling = \"2s\"\n\
                 from = \"Example Secretariat <reports@example.org>\"\n\
                 [mail.smtp]\nhost = \"127.0.0.1\"\nport = {smtp_port}\ntls = \"none\"\ntimeout = \"10s\"\n"
            ),
        );
        write(
            "schedules.toml",
            &format!(
                "[[schedule]]\nname = \"seed\"\nreport = \"rsg-quarterly\"\ncron = \"{cron}\"\ntimezone = \"UTC\"\n\
                 period = \"2017-Q4\"\nrecipients = [\"steering-group\"]\nsign_off = \"none\"\n"
            ),
        );
        let people: String = (0..recipients)
            .map(|number| {
                let language = if number % 2 == 0 { "en" } else { "ru" };
                format!(
                    "[[recipient]]\nname = \"Example Member {number}\"\nemail = \"{}\"\nlanguage = \"{language}\"\n\
                     groups = [\"steering-group\"]\n",
                    address(number)
                )
            })
            .collect();
        write("recipients.toml", &people);
        Self { folder, recipients }
    }

    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), recipients: 0 }
    }

    /// Puts so many small mails into the outbox, as those of one run.
    pub(crate) fn fill_outbox(&self, mails: usize) {
        let pdf = self.path().join("archive/report.pdf");
        fs::create_dir_all(pdf.parent().unwrap()).unwrap();
        fs::write(&pdf, "an invented report").unwrap();
        let delivery = |number: usize| NewDelivery {
            run: Some(1),
            purpose: Purpose::Report,
            name: format!("Example Member {number}"),
            email: address(number),
            letter: Letter {
                language: Language::En,
                subject: format!("Report for member {number}"),
                text: "Activities 9\n".to_owned(),
                html: "<p>Activities 9</p>".to_owned(),
                thread: Vec::new(),
                attached: None,
            },
            attachments: vec![Attachment {
                path: "archive/report.pdf".to_owned(),
                file_name: "report.pdf".to_owned(),
                sha256: Sha256::digest(b"an invented report").iter().map(|byte| format!("{byte:02x}")).collect(),
            }],
            message_id: format!("<mail-{number}@example.org>"),
            unique_key: format!("run-1/{number}"),
        };
        let now = rapporteur::clock::Clock::system().now();
        let order = PlannedRun {
            report: "rsg-quarterly".to_owned(),
            period: "2017-Q4".parse().unwrap(),
            due_at: now,
            note: String::new(),
            skipped: None,
            waits_until: None,
        };
        let compiled = Compiled {
            state: RunState::Released,
            reason: None,
            as_of: now.date_naive(),
            facts: "{}".to_owned(),
            brief: rapporteur::approval::Brief::default(),
            documents: Vec::new(),
            deliveries: (0..mails).map(delivery).collect(),
        };
        self.in_ledger(async |store| {
            store.start_run("seed", order).await.unwrap();
            let (run, fence) = store.claim_run(now, LONGEST_LEASE).await.unwrap().unwrap();
            store.finish_run(run.id, fence, compiled, now).await.unwrap();
        });
    }

    /// Looks into the ledger from outside the daemon.
    pub(crate) fn in_ledger<T>(&self, look: impl AsyncFnOnce(&Store) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = Store::open("sqlite:state/ledger.db", self.path()).await.unwrap();
            let seen = look(&store).await;
            store.close().await;
            seen
        })
    }

    /// Whether no mail of the outbox has still to leave.
    pub(crate) fn is_outbox_done(&self) -> bool {
        let states = [DeliveryState::Pending, DeliveryState::Sending, DeliveryState::Waiting, DeliveryState::Unknown];
        let filter = DeliveryFilter { run: None, states: states.to_vec() };
        self.in_ledger(async |store| store.deliveries(&filter).await.unwrap().is_empty())
    }

    /// `Message-ID`s of the mails that the ledger shows as possible duplicates.
    pub(crate) fn marked_as_duplicates(&self) -> BTreeSet<String> {
        let all = self.in_ledger(async |store| store.deliveries(&DeliveryFilter::default()).await.unwrap());
        let marked = all.into_iter().filter(|delivery| delivery.possible_duplicate);
        marked.map(|delivery| delivery.order.message_id.trim_matches(['<', '>']).to_owned()).collect()
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn recipients(&self) -> Vec<String> {
        (0..self.recipients).map(address).collect()
    }

    /// Copies the seed quarter into the inbox.
    pub(crate) fn drop_workbooks(&self) {
        let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4");
        fs::create_dir_all(self.path().join("inbox")).unwrap();
        for file in SEED {
            fs::copy(seed.join(file), self.path().join("inbox").join(file)).unwrap();
        }
    }

    /// How many of them the intake has taken.
    pub(crate) fn taken(&self) -> usize {
        SEED.iter().filter(|file| !self.path().join("inbox").join(file).exists()).count()
    }

    pub(crate) fn all_taken(&self) -> bool {
        self.taken() == SEED.len()
    }

    /// Runs a command on the home and gives what it says as JSON.
    pub(crate) fn command(&self, arguments: &[&str]) -> serde_json::Value {
        let done = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .arg("--home")
            .arg(self.path())
            .args(arguments)
            .output()
            .unwrap();
        serde_json::from_slice(&done.stdout).unwrap_or_else(|problem| {
            let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
            panic!("{arguments:?} {}: {problem}\n{out}\n{err}", done.status)
        })
    }

    /// Deliveries by what the outbox says of them: `(address, state)`.
    pub(crate) fn outbox(&self) -> Vec<(String, String)> {
        let said = self.command(&["outbox", "list", "--format", "json"]);
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let deliveries = said["deliveries"].as_array().unwrap();
        deliveries.iter().map(|d| (text(&d["email"]), text(&d["state"]))).collect()
    }

    pub(crate) fn is_all_delivered(&self) -> bool {
        let outbox = self.outbox();
        outbox.len() >= self.recipients && outbox.iter().all(|(_, state)| state == "delivered")
    }

    /// The PDFs in the archive.
    pub(crate) fn archived(&self) -> Vec<Vec<u8>> {
        fn walk(folder: &Path, found: &mut Vec<Vec<u8>>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, found);
                } else if path.extension().is_some_and(|e| e == "pdf") {
                    found.push(fs::read(path).unwrap());
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.path().join("archive"), &mut found);
        found
    }

    /// The log of all daemons that ran here.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.path().join("log.txt")).unwrap_or_default()
    }
}

/// A daemon, killed with the test.
pub(crate) struct Daemon(Child);

impl Daemon {
    pub(crate) fn start(home: &Home) -> Self {
        Self::start_with(home, &[])
    }

    /// With further variables of its environment.
    pub(crate) fn start_with(home: &Home, environment: &[(&str, &str)]) -> Self {
        let log = fs::OpenOptions::new().create(true).append(true).open(home.path().join("log.txt")).unwrap();
        let program = std::env::var_os("RAPPORTEUR_PROGRAM").unwrap_or(env!("CARGO_BIN_EXE_rapporteur").into());
        let child = Command::new(program)
            .arg("--home")
            .arg(home.path())
            .arg("run")
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        Self(child)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.0.id()
    }

    /// How it has ended by itself, if it has.
    pub(crate) fn ended(&mut self) -> Option<std::process::ExitStatus> {
        self.0.try_wait().unwrap()
    }

    /// SIGKILL: the process has no say in it.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// SIGTERM: it finishes the unit in hand.
    pub(crate) fn stop(mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        assert!(asked.success());
        assert!(self.0.wait().unwrap().success(), "a daemon that is asked to stop does so in order");
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until `is_so`, and says what it waited for where that never comes.
pub(crate) fn wait_for(what: &str, most: Duration, home: &Home, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < most, "in vain: {what}\n{}", home.log());
        std::thread::sleep(Duration::from_millis(100));
    }
}
