//! A stretch of time rehearsed: the calendar, the mails, and a home that is not touched.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

const SCHEDULES: &str = r#"
[[schedule]]
name = "quarterly"
report = "rsg-quarterly"
cron = "0 9 15 1,4,7,10 *"
recipients = ["steering-group"]
languages = ["en"]
sign_off = "required"
approvers = ["secretariat"]
[[schedule]]
name = "by-days"
report = "rsg-quarterly"
after_period = "3 working days"
at = "17:30"
holidays = ["KG"]
recipients = ["secretariat"]
languages = ["en"]
"#;

const PEOPLE: &str = r#"
[[recipient]]
name = "Example Member"
email = "member@example.org"
language = "en"
groups = ["steering-group"]
[[recipient]]
name = "Example Secretariat"
email = "desk@example.org"
language = "en"
groups = ["secretariat"]
[[contributor]]
name = "Example Focal Point"
email = "focal@example.org"
files = "*.csv"
"#;

const HOLIDAYS: &str = "[[country]]\ncode = \"KG\"\nfixed = [\"01-01\", \"01-02\"]\n";

fn run(home: &Path, arguments: &[&str]) -> Value {
    let done = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["--format", "json", "--home"])
        .arg(home)
        .args(arguments)
        .output()
        .unwrap();
    serde_json::from_slice(&done.stdout)
        .unwrap_or_else(|problem| panic!("{problem}: {}", String::from_utf8_lossy(&done.stderr)))
}

/// The files of a folder with what is in them, but for the ledger's side files.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "rehearsal" {
            found.extend(contents(&path));
        } else if path.is_file() && !name.ends_with("-shm") && !name.ends_with("-wal") {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_rehearsal_prints_its_calendar_and_leaves_the_home_alone() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    fs::create_dir(home.join("config")).unwrap();
    for (name, text) in [("schedules", SCHEDULES), ("recipients", PEOPLE), ("holidays", HOLIDAYS)] {
        fs::write(home.join(format!("config/{name}.toml")), text).unwrap();
    }
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4/activities.csv");
    run(home, &["intake", seed.to_str().unwrap()]);
    let before = contents(home);

    let told = run(home, &["simulate", "--from", "2018-01-01", "--until", "2018-04-30"]);
    let calendar: Vec<_> = told["occurrences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!([one["local"], one["schedule"], one["period"], one["state"], one["signed_off"]]))
        .collect();
    assert_eq!(
        calendar,
        [
            // The 1st and 2nd are holidays of Kyrgyzstan, the 6th and 7th a weekend.
            json!(["Fri 2018-01-05 17:30 +06", "by-days", "2017-Q4", "released", false]),
            json!(["Mon 2018-01-15 09:00 +06", "quarterly", "2017-Q4", "released", true]),
            json!(["Wed 2018-04-04 17:30 +06", "by-days", "2018-Q1", "held", false]),
            json!(["Sun 2018-04-15 09:00 +06", "quarterly", "2018-Q1", "held", false]),
        ]
    );
    let sent: Vec<_> = told["occurrences"].as_array().unwrap().iter().map(|one| one["mails"].clone()).collect();
    assert_eq!(sent[0][0]["to"], "desk@example.org");
    assert_eq!(
        sent[1],
        json!([{ "to": "member@example.org", "language": "en", "file": "BOMCA9_RSG-Report_2017-Q4_v2_EN.pdf" }])
    );
    assert!(told["occurrences"][2]["reason"].as_str().unwrap().contains("Example Focal Point"), "{told}");

    // The mails are there, with their PDFs, and nowhere else.
    let maildir = Path::new(told["maildir"].as_str().unwrap()).join("new");
    let mails: Vec<String> = contents(&maildir).into_iter().map(|(_, b)| String::from_utf8(b).unwrap()).collect();
    assert!(mails.iter().any(|mail| mail.contains("member@example.org") && mail.contains("application/pdf")));
    assert_eq!(contents(home), before, "the home is as it was");
    assert_eq!(run(home, &["runs", "list"])["runs"], json!([]));
    assert_eq!(run(home, &["outbox", "list"])["deliveries"], json!([]));
}
