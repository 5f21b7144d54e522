//! Two planners and two compilers on one ledger, each in a process of its own.

use std::process::{Command, Stdio};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use rapporteur::clock::Clock;
use rapporteur::config::{Config, load_with};
use rapporteur::report::RunState;
use rapporteur::schedule;
use rapporteur::store::{Compiled, LONGEST_LEASE, Store, StoreError};

/// Occurrences, one a day.
const DAYS: i64 = 1000;

/// How long they take on the pretended clock that both share.
const SECONDS: i64 = 4;

fn first() -> DateTime<Utc> {
    "2018-01-01T00:00:00Z".parse().unwrap()
}

fn config(home: &std::path::Path) -> Config {
    std::fs::create_dir_all(home.join("config")).unwrap();
    let text = "[[schedule]]\nname = \"daily\"\nreport = \"rsg-quarterly\"\ncron = \"0 9 * * *\"\ntimezone = \"UTC\"\n\
                period = \"2017-Q4\"\nrecipients = [\"nobody\"]\nmisfire = \"run_each\"\n";
    std::fs::write(home.join("config/schedules.toml"), text).unwrap();
    load_with(home, &|_| None).unwrap().output
}

/// One of the two, when the test below starts it; says how many runs it compiled.
#[test]
#[ignore = "a part of the test below"]
fn one_of_two() {
    let home = std::path::PathBuf::from(std::env::var("RAPPORTEUR_HOME").unwrap());
    let begun: DateTime<Utc> = std::env::var("RAPPORTEUR_BEGUN").unwrap().parse().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    println!("compiled {}", runtime.block_on(work(&home, begun)));
}

async fn work(home: &std::path::Path, begun: DateTime<Utc>) -> u32 {
    let config = Arc::new(load_with(home, &|_| None).unwrap().output);
    let store = Store::open(&config.ledger.url, home).await.unwrap();
    let (wall, clock) = (Clock::system(), Clock::pretended(first()));
    let (mut compiled, mut is_last) = (0, false);
    let end = first() + TimeDelta::days(DAYS);
    while !is_last {
        let passed = (wall.now() - begun).num_milliseconds() * DAYS * 86_400 / (SECONDS * 1000);
        // However slow this machine is, no hundred of them are missed at once: those would wait for a person.
        let planned = store.last_planned_at("daily").await.unwrap().unwrap();
        let now = (first() + TimeDelta::seconds(passed.max(0))).min(planned + TimeDelta::days(50)).min(end);
        is_last = now == end;
        clock.set(now);
        while schedule::step(&store, &config, &clock).await.unwrap().has_worked() {}
        while let Some((run, fence)) = store.claim_run(clock.now(), LONGEST_LEASE).await.unwrap() {
            let outcome = Compiled {
                state: RunState::Released,
                reason: None,
                as_of: clock.now().date_naive(),
                facts: "{}".to_owned(),
                brief: rapporteur::approval::Brief::default(),
                documents: Vec::new(),
                deliveries: Vec::new(),
            };
            match store.finish_run(run.id, fence, outcome, clock.now()).await {
                Ok(()) => compiled += 1,
                Err(StoreError::NotInState { .. }) => {}
                Err(problem) => panic!("{problem}"),
            }
        }
    }
    compiled
}

#[tokio::test]
async fn a_thousand_occurrences_on_one_ledger_make_a_thousand_runs() {
    let home = tempfile::tempdir().unwrap();
    let config = config(home.path());
    let store = Store::open(&config.ledger.url, home.path()).await.unwrap();
    // Both know the schedule from its first day on.
    schedule::step(&store, &config, &Clock::pretended(first())).await.unwrap();
    let begun = Clock::system().now() + TimeDelta::seconds(1);
    let child = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "planners::one_of_two", "--ignored", "--nocapture"])
            .env("RAPPORTEUR_HOME", home.path())
            .env("RAPPORTEUR_BEGUN", begun.to_rfc3339())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let children = [child(), child()];
    let mut compiled = Vec::new();
    for child in children {
        let done = child.wait_with_output().unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success(), "{said}");
        let number = said.split("compiled ").nth(1).and_then(|rest| rest.split_whitespace().next());
        compiled.push(number.unwrap().parse::<usize>().unwrap());
    }
    let runs = store.runs(&[], 5000).await.unwrap();
    let mut instants: Vec<_> = runs.iter().map(|run| run.due_at).collect();
    instants.sort();
    instants.dedup();
    println!("{} runs; compiled by the one {}, by the other {}", runs.len(), compiled[0], compiled[1]);
    assert_eq!((runs.len(), instants.len()), (1000, 1000), "each occurrence once");
    assert!(runs.iter().all(|run| run.state == RunState::Released));
    assert_eq!(compiled.iter().sum::<usize>(), 1000, "each run compiled once");
    assert!(compiled.iter().all(|number| *number > 0), "both had a share: {compiled:?}");
}
