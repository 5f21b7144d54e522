//! Time: instants against Python's own zone data, and clocks that jump.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{DateTime, TimeDelta, Utc};
use rapporteur::clock::Clock;
use rapporteur::config::{self, Config};
use rapporteur::store::Store;
use rapporteur::{cron, schedule};

/// Zones whose clocks did something between 2017 and 2027, the programme's own among them.
const ZONES: [&str; 20] = [
    "Asia/Almaty",
    "Asia/Bishkek",
    "Asia/Dushanbe",
    "Asia/Ashgabat",
    "Asia/Tashkent",
    "Asia/Qyzylorda",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Volgograd",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Africa/Sao_Tome",
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "Asia/Beirut",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Antarctica/Troll",
];

/// The release of tzdata whose package `tests/run` installs, `2025.2` for `2025b`.
fn release_of_package() -> String {
    let (year, letter) = chrono_tz::IANA_TZDB_VERSION.split_at(4);
    let number = letter.bytes().next().map_or(0, |letter| letter - b'a' + 1);
    format!("{year}.{number}")
}

/// Where `tests/run` puts it: never beside the system's.
fn tzdata() -> PathBuf {
    let folder = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let folder = folder.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache"))).unwrap();
    folder.join("rapporteur-checkers").join(format!("tzdata-{}", release_of_package()))
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn python() -> Command {
    Command::new(std::env::var("RAPPORTEUR_PYTHON").unwrap_or_else(|_| "python3".to_owned()))
}

#[test]
fn every_local_instant_comes_once_as_zoneinfo_has_it() {
    let from: DateTime<Utc> = "2017-01-01T00:00:00Z".parse().unwrap();
    let until: DateTime<Utc> = "2027-01-01T00:00:00Z".parse().unwrap();
    let mut lines = String::new();
    for name in ZONES {
        let zone = name.parse().unwrap();
        for (kind, hour, minute, expression) in [
            // At midnight, and where most clocks change; at nine nothing ever happens.
            ("daily", 0, 0, "0 0 * * *"),
            ("daily", 2, 30, "30 2 * * *"),
            ("daily", 9, 0, "0 9 * * *"),
            ("quarterly", 0, 0, "@quarterly"),
            ("mid-quarterly", 9, 0, "0 9 15 1,4,7,10 *"),
        ] {
            let found = cron::occurrences(expression, zone, from, until).unwrap();
            let seconds: Vec<String> = found.map(|at| at.timestamp().to_string()).collect();
            let _ = writeln!(lines, "{name}\t{kind}\t{hour}\t{minute}\t{}", seconds.join(","));
        }
    }
    let mut witness = python()
        .arg(script("zones.py"))
        .args([from.timestamp().to_string(), until.timestamp().to_string()])
        .arg(chrono_tz::IANA_TZDB_VERSION)
        .env("PYTHONPATH", tzdata())
        .env("PYTHONTZPATH", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    witness.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let said = witness.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success(), "{told}{}", String::from_utf8_lossy(&said.stderr));
    println!("tzdata {}: {}", chrono_tz::IANA_TZDB_VERSION, told.trim());
    assert!(told.starts_with("220") && told.contains(" 0 series wrong"), "{told}");
}

/// How often the clock jumps where `RAPPORTEUR_JUMPS` does not say.
const JUMPS: u64 = 200;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Three schedules whose instants anybody can reckon: Bishkek is six hours ahead, all year.
const SCHEDULES: &str = r#"
[[schedule]]
name = "hourly"
report = "rsg-quarterly"
cron = "0 * * * *"
timezone = "Asia/Bishkek"
recipients = ["group"]
misfire = "run_each"
max_age = "3660 days"
[[schedule]]
name = "daily"
report = "rsg-quarterly"
cron = "0 9 * * *"
timezone = "Asia/Bishkek"
recipients = ["group"]
misfire = "run_each"
max_age = "3660 days"
[[schedule]]
name = "skipping"
report = "rsg-quarterly"
cron = "30 */6 * * *"
timezone = "Asia/Bishkek"
period = "previous-month"
recipients = ["group"]
misfire = "skip"
"#;

/// A run's state, and the reason for it.
type Fate = (String, String);

/// A home in memory, where there is such a place: two hundred jumps are some thousand commits.
fn home() -> (tempfile::TempDir, Config) {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
    std::fs::create_dir(folder.path().join("config")).unwrap();
    let people = "[[recipient]]\nname = \"Example Member\"\nemail = \"member@example.org\"\ngroups = [\"group\"]\n";
    std::fs::write(folder.path().join("config/schedules.toml"), SCHEDULES).unwrap();
    std::fs::write(folder.path().join("config/recipients.toml"), people).unwrap();
    let checked = config::load(folder.path()).unwrap();
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    (folder, checked.output)
}

#[tokio::test]
async fn whatever_the_clock_does_no_instant_is_lost_or_comes_twice() {
    let jumps = setting("RAPPORTEUR_JUMPS").unwrap_or(JUMPS);
    let seed = setting("RAPPORTEUR_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("RAPPORTEUR_SEED={seed} RAPPORTEUR_JUMPS={jumps}");
    let mut rng = fastrand::Rng::with_seed(seed);
    let (folder, config) = home();
    let store = Store::open(&config.ledger.url, &config.home).await.unwrap();
    let begin: DateTime<Utc> = "2026-03-01T00:30:00Z".parse().unwrap();
    let clock = Clock::pretended(begin);
    let until_idle = async || while schedule::step(&store, &config, &clock).await.unwrap().has_worked() {};
    until_idle().await;
    let mut latest_honest = begin;
    for _ in 0..jumps {
        let now = clock.now();
        let seconds = |rng: &mut fastrand::Rng, most: i64| TimeDelta::seconds(rng.i64(1..=most));
        let next = match rng.u32(0..10) {
            // Time goes on, for minutes or for days in which the machine was off.
            0..=3 => now + seconds(&mut rng, 7_200),
            4 => now + seconds(&mut rng, 6 * 86_400),
            // It is set a little, or badly wrong, back or forth.
            5 => now - seconds(&mut rng, 240),
            6 => now - seconds(&mut rng, 3 * 86_400),
            7 => now + seconds(&mut rng, 20),
            8 => now + seconds(&mut rng, 4 * 366 * 86_400),
            // And somebody sets it right.
            _ => latest_honest + seconds(&mut rng, 3_600),
        };
        clock.set(next.max(begin));
        if next - latest_honest < TimeDelta::days(7) {
            latest_honest = latest_honest.max(next);
        }
        until_idle().await;
    }
    let end = latest_honest + TimeDelta::hours(1);
    clock.set(end);
    until_idle().await;
    for waiting in store.backlogs().await.unwrap() {
        schedule::settle(&store, &config, &waiting, true, "the test", &clock).await.unwrap();
    }
    store.close().await;

    let said = python().arg(script("runs.py")).arg(folder.path().join("state/ledger.db")).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let mut found: BTreeMap<(String, DateTime<Utc>), Vec<Fate>> = BTreeMap::new();
    for line in String::from_utf8(said.stdout).unwrap().lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let key = (fields[0].to_owned(), fields[1].parse().unwrap());
        found.entry(key).or_default().push((fields[2].to_owned(), fields[3].to_owned()));
    }
    let (mut planned, mut skipped) = (0, 0);
    for hour in 0.. {
        let at: DateTime<Utc> = "2026-03-01T01:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::hours(hour);
        if at > end {
            break;
        }
        let local = (at + TimeDelta::hours(6)).format("%H").to_string().parse::<u32>().unwrap();
        let half_past = at + TimeDelta::minutes(30);
        for (name, at, is_named) in [
            ("hourly", at, true),
            ("daily", at, local == 9),
            ("skipping", half_past, local.is_multiple_of(6) && half_past <= end),
        ] {
            let rows = found.get(&(name.to_owned(), at)).cloned().unwrap_or_default();
            assert_eq!(rows.len(), usize::from(is_named), "{name} at {at}, seed {seed}: {rows:?}");
            for (state, reason) in rows {
                planned += 1;
                skipped += usize::from(state == "skipped");
                assert_eq!(state == "skipped", !reason.is_empty(), "{name} at {at}: each skipped has its reason");
                assert!(name == "skipping" || state == "due", "{name} at {at} is {state}: {reason}");
            }
        }
    }
    println!(
        "{planned} instants in {} days, {skipped} skipped with a reason, none lost, none twice",
        (end - begin).num_days()
    );
}
