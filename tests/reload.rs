//! A daemon whose configuration is changed while it works.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use crate::running::{Daemon, Home, address, wait_for};
use crate::sink::Sink;

/// How often it is changed where `RAPPORTEUR_CHANGES` does not say; `tests/reload` says 200.
const CHANGES: u64 = 6;

/// Schedules that are due every minute, in the long form: it lasts a few minutes, and each change may
/// disturb each of them.
const CLOCKS: u64 = 12;

/// Recipients of the home; from one change to the next some of them are in the group, and some not.
const PEOPLE: usize = 6;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A change for the better: other people in the group, and another key of a schedule.
fn sound(number: u64, clocks: u64, rng: &mut fastrand::Rng) -> (String, String, Vec<String>) {
    let mut group: Vec<usize> = (0..PEOPLE).filter(|_| rng.bool()).collect();
    if group.is_empty() {
        group.push(0);
    }
    let days = number + 1;
    let mut schedules = format!(
        "[[schedule]]\nname = \"seed\"\nreport = \"rsg-quarterly\"\ncron = \"0 0 29 2 *\"\ntimezone = \"UTC\"\n\
         period = \"2017-Q4\"\nrecipients = [\"steering-group\"]\nlanguages = [\"en\"]\nsign_off = \"none\"\n\
         max_age = \"{days} days\"\n"
    );
    for clock in 0..clocks {
        schedules.push_str(&format!(
            "[[schedule]]\nname = \"minutely-{clock}\"\nreport = \"rsg-quarterly\"\ncron = \"* * * * *\"\n\
             timezone = \"UTC\"\nperiod = \"2017-Q4\"\nrecipients = [\"watch\"]\nlanguages = [\"en\"]\n\
             sign_off = \"none\"\nmisfire = \"run_each\"\n"
        ));
    }
    let mut people =
        String::from("[[recipient]]\nname = \"Example Watch\"\nemail = \"watch@example.org\"\ngroups = [\"watch\"]\n");
    for number in 0..PEOPLE {
        let group = if group.contains(&number) { "steering-group" } else { "others" };
        people.push_str(&format!(
            "[[recipient]]\nname = \"Example Member {number}\"\nemail = \"{}\"\nlanguage = \"en\"\ngroups = [\"{group}\"]\n",
            address(number)
        ));
    }
    (schedules, people, group.into_iter().map(address).collect())
}

/// A change for the worse, as people make them.
fn broken(schedules: &str, rng: &mut fastrand::Rng) -> String {
    match rng.u32(0..7) {
        0 => schedules.replace("\"* * * * *\"", "\"0 9 31 2 *\""),
        1 => schedules.replace("timezone = \"UTC\"", "timezone = \"Asia/Bishkekk\""),
        2 => schedules.replace("[\"steering-group\"]", "[\"stering-group\"]"),
        3 => schedules.replace("max_age", "maxage"),
        // The editor died while it wrote.
        4 => schedules.split_at(schedules.rfind("recipients = [").unwrap() + 17).0.to_owned(),
        5 => schedules.replace("cron = \"0 0 29 2 *\"", "after_period = \"10 workingdays\""),
        _ => schedules.replace("name = \"minutely-0\"", "name = \"seed\""),
    }
}

#[test]
fn changes_lose_no_mail_and_miss_no_run() {
    let changes = setting("RAPPORTEUR_CHANGES").unwrap_or(CHANGES);
    let seed = setting("RAPPORTEUR_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("RAPPORTEUR_SEED={seed} RAPPORTEUR_CHANGES={changes}");
    let mut rng = fastrand::Rng::with_seed(seed);
    let clocks = if changes > 20 { CLOCKS } else { 1 };
    let dumps = tempfile::tempdir().unwrap();
    let sink = Sink::start(dumps.path(), &[]);
    let home = Home::new(sink.port, PEOPLE, None);
    let write = |name: &str, text: &str| fs::write(home.path().join("config").join(name), text).unwrap();
    let (mut schedules, people, group) = sound(0, clocks, &mut rng);
    write("schedules.toml", &schedules);
    write("recipients.toml", &people);
    let daemon = Daemon::start(&home);
    home.drop_workbooks();
    wait_for("the workbooks are taken", Duration::from_secs(60), &home, || home.all_taken());

    let newest = || home.command(&["config", "changes", "--count", "1", "--format", "json"])["changes"][0].clone();
    // The groups of the sound changes, and for each run the first that it may have met.
    let mut groups = vec![group];
    let mut begun: BTreeMap<i64, (usize, bool)> = BTreeMap::new();
    let mut good = 0_u64;
    for number in 1..=changes {
        let is_sound = number % 2 == 1;
        if is_sound {
            let (text, people, people_of_it) = sound(number, clocks, &mut rng);
            // Two files that belong together, one after the other: neither alone is a change.
            write("recipients.toml", &people);
            write("schedules.toml", &text);
            schedules = text;
            groups.push(people_of_it);
            good += 1;
            let days = serde_json::json!(format!("{} days", number + 1));
            wait_for("the change is taken", Duration::from_secs(60), &home, || {
                let told = newest();
                let changed = told["changes"].as_array().cloned().unwrap_or_default();
                told["outcome"] == "taken"
                    && changed.iter().any(|one| one["key"] == "schedule.seed.max_age" && one["after"] == days)
            });
        } else {
            write("schedules.toml", &broken(&schedules, &mut rng));
            wait_for("the change is refused", Duration::from_secs(60), &home, || newest()["outcome"] == "refused");
            let said = home.command(&["status", "--format", "json"]);
            assert!(!said["health"]["configuration_refused"].as_array().unwrap().is_empty(), "{said}");
        }
        // A run that is compiled before the next change meets this one; the others meet what is in
        // force when their turn comes.
        let is_alone = changes < 20 || number % 40 == 1;
        if is_sound && (is_alone || number % 4 == 1) {
            let run = home.command(&["runs", "start", "seed", "--period", "2017-Q4", "--format", "json"]);
            begun.insert(run["id"].as_i64().unwrap(), (groups.len() - 1, is_alone));
            if is_alone {
                wait_for("the run is out", Duration::from_secs(120), &home, || is_quiet(&home));
            }
        }
    }
    write("schedules.toml", &schedules);
    wait_for("the last change is taken", Duration::from_secs(60), &home, || newest()["outcome"] == "taken");
    wait_for("the last mail is out", Duration::from_secs(120), &home, || is_quiet(&home));
    daemon.stop();

    let runs = home.command(&["runs", "list", "--count", "100000", "--format", "json"]);
    let runs = runs["runs"].as_array().unwrap();
    let outbox = home.command(&["outbox", "list", "--format", "json"]);
    let mut minutes: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let mut written: BTreeMap<String, usize> = BTreeMap::new();
    for run in runs {
        assert_eq!(run["state"], "released", "{run}");
        let due: chrono::DateTime<chrono::Utc> = run["due_at"].as_str().unwrap().parse().unwrap();
        let of_run = outbox["deliveries"].as_array().unwrap().iter().filter(|mail| mail["run"] == run["id"]);
        let mut people: Vec<String> = of_run.map(|mail| mail["email"].as_str().unwrap().to_owned()).collect();
        people.sort();
        for person in &people {
            *written.entry(person.clone()).or_default() += 1;
        }
        let schedule = run["schedule"].as_str().unwrap();
        if schedule.starts_with("minutely") {
            minutes.entry(schedule.to_owned()).or_default().push(due.timestamp() / 60);
            assert_eq!(people, ["watch@example.org"]);
        } else {
            let (first, is_alone) = begun[&run["id"].as_i64().unwrap()];
            let met = if is_alone { &groups[first..=first] } else { &groups[first..] };
            assert!(met.contains(&people), "{people:?} is none of {met:?}");
        }
    }
    for (schedule, minutes) in &mut minutes {
        minutes.sort_unstable();
        let follow = minutes.windows(2).all(|pair| pair[1] == pair[0] + 1);
        assert!(follow, "a minute of {schedule} is missing, or there twice: {minutes:?}");
    }
    let mut mails: BTreeMap<String, usize> = BTreeMap::new();
    for mail in sink.received() {
        *mails.entry(mail.recipient).or_default() += 1;
    }
    mails.retain(|address, _| address != "operators@example.org");
    assert_eq!(mails, written, "each mail came once, and no other");
    println!(
        "{good} changes taken, {} refused, {} runs, {} of them by the minute, {} mails",
        changes - good,
        runs.len(),
        minutes.values().map(Vec::len).sum::<usize>(),
        mails.values().sum::<usize>()
    );
}

/// Whether nothing is due, in work or on its way. Asked of the ledger: the commands read the
/// configuration, which may be at fault now.
fn is_quiet(home: &Home) -> bool {
    let script = "import sqlite3,sys\n\
                  ledger = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True)\n\
                  runs = \"SELECT COUNT(*) FROM runs WHERE state IN ('due', 'compiling')\"\n\
                  mails = \"SELECT COUNT(*) FROM deliveries WHERE state <> 'delivered'\"\n\
                  print(sum(ledger.execute(one).fetchone()[0] for one in (runs, mails)))";
    let said = std::process::Command::new("python3")
        .args(["-c", script])
        .arg(home.path().join("state/ledger.db"))
        .output()
        .unwrap();
    said.stdout.starts_with(b"0\n")
}
