//! What a report carries, compiling it again, and where its figures come from.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use lopdf::Document;
use serde_json::Value;

use crate::structure::demo;

const SHEETS: [&str; 5] = ["activities.csv", "participants.csv", "equipment.csv", "meetings.csv", "plan.csv"];

fn seed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4")
}

fn rapporteur(home: &Path) -> Command {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    command.current_dir(home).env_remove("RUST_LOG");
    command
}

fn with_seed(command: &mut Command) -> &mut Command {
    for sheet in SHEETS {
        command.arg("--from").arg(seed().join(sheet));
    }
    command
}

/// The seed's report, compiled without a ledger.
fn compiled(home: &Path, name: &str, more: &[&str]) -> Vec<u8> {
    let mut command = rapporteur(home);
    command.args(["compile", "rsg-quarterly", "--period", "2017-Q4", "--as-of", "2018-01-15", "--output", name]);
    with_seed(command.args(more)).assert().success();
    std::fs::read(home.join(name)).unwrap()
}

fn released(home: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in std::fs::read_dir(home.join("archive")).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let file = file.unwrap().path();
            found.extend(Some(file).filter(|path| path.extension().is_some_and(|ending| ending == "pdf")));
        }
    }
    assert!(found.len() >= 2);
    found
}

#[test]
fn every_released_report_is_identical_when_it_is_compiled_again() {
    for home in [demo().to_owned(), demo().join("fictional")] {
        for pdf in released(&home) {
            let output = rapporteur(&home).arg("verify").arg(&pdf).output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success() && said.contains(": identical"), "{said}");
        }
    }
}

/// The report with one byte of an attached file changed.
fn tampered(pdf: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).unwrap();
    let specification = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .find(|d| d.get(b"UF").is_ok_and(|uf| uf.as_str().is_ok_and(|uf| uf == name.as_bytes())))
        .unwrap();
    let files = specification.get(b"EF").unwrap().as_dict().unwrap();
    let id = files.get(b"F").unwrap().as_reference().unwrap();
    let stream = document.get_object_mut(id).unwrap().as_stream_mut().unwrap();
    stream.decompress().unwrap();
    let text = String::from_utf8(stream.content.clone()).unwrap();
    assert!(text.contains(from) && from.len() == to.len());
    stream.set_plain_content(text.replacen(from, to, 1).into_bytes());
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn one_changed_byte_of_an_attachment_is_named() {
    let home = demo().to_owned();
    let pdf = released(&home).into_iter().find(|path| path.to_string_lossy().contains("_EN")).unwrap();
    let rows = rapporteur::pdf::attachments(&std::fs::read(&pdf).unwrap()).unwrap();
    let (_, rows) = rows.iter().find(|(name, _)| name == "activities.csv").unwrap();
    let rows = String::from_utf8(rows.clone()).unwrap();
    let line = rows.lines().position(|line| line.starts_with("Q4-05,")).unwrap() + 1;

    let changed = tempfile::tempdir().unwrap();
    let path = changed.path().join("changed.pdf");
    std::fs::write(&path, tampered(&std::fs::read(&pdf).unwrap(), "activities.csv", "\nQ4-05,", "\nQ4-95,")).unwrap();
    let output = rapporteur(&home).arg("verify").arg(&path).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("activities.csv:{line}:4: expected `Q4-05`, found `Q4-95`")), "{said}");
    assert_eq!(said.lines().count(), 2, "and nothing else: {said}");

    let output = rapporteur(&home).args(["--format", "json", "verify"]).arg(&path).output().unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["verdict"], "differs");
}

#[test]
fn what_cannot_be_told_says_why() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("no.pdf"), "this is no PDF").unwrap();
    compiled(home.path(), "seed.pdf", &[]);
    for (file, why) in
        [("no.pdf", "cannot be read"), ("seed.pdf", "its rows are not here: S1 "), ("gone.pdf", "cannot be read")]
    {
        let output = rapporteur(home.path()).args(["verify", file]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(why), "{file}: {said}");
    }
    // With the workbooks at hand the archive is not needed.
    let mut command = rapporteur(home.path());
    let output = with_seed(command.args(["verify", "seed.pdf"])).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn nothing_travels_that_the_report_does_not_show() {
    let home = tempfile::tempdir().unwrap();
    let whole = rapporteur::pdf::attachments(&compiled(home.path(), "whole.pdf", &[])).unwrap();
    let names: Vec<&str> = whole.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "activities.csv",
            "equipment.csv",
            "facts.json",
            "manifest.json",
            "meetings.csv",
            "participants.csv",
            "plan.csv"
        ]
    );
    for (name, bytes) in &whole {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(SHEETS.iter().all(|file| !text.contains(file)), "{name} names a file");
        assert!(!text.contains('@'), "{name} names an address");
    }
    // What travels is read again: the same figures come of it.
    let folder = home.path().join("carried");
    std::fs::create_dir(&folder).unwrap();
    let mut command = rapporteur(home.path());
    command.args(["compile", "rsg-quarterly", "--period", "2017-Q4", "--as-of", "2018-01-15"]);
    command.args(["--output", "again.pdf", "--facts", "again.json"]);
    for (name, bytes) in whole.iter().filter(|(name, _)| name.ends_with(".csv")) {
        std::fs::write(folder.join(name), bytes).unwrap();
        command.arg("--from").arg(folder.join(name));
    }
    command.assert().success();
    let figures = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap()["figures"].clone();
    let (_, facts) = whole.iter().find(|(name, _)| name == "facts.json").unwrap();
    assert_eq!(figures(&std::fs::read(home.path().join("again.json")).unwrap()), figures(facts));

    let own = rapporteur::pdf::attachments(&compiled(home.path(), "tj.pdf", &["--edition", "TJ"])).unwrap();
    let (_, rows) = own.iter().find(|(name, _)| name == "activities.csv").unwrap();
    let rows = String::from_utf8(rows.clone()).unwrap();
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (host, countries) = (at("Host country"), at("Countries"));
    let mut count = 0;
    for row in reader.records() {
        let row = row.unwrap();
        assert!(row[host].contains("TJ") || row[countries].contains("TJ"), "{row:?}");
        count += 1;
    }
    assert!((1..9).contains(&count));
    let (_, facts) = own.iter().find(|(name, _)| name == "facts.json").unwrap();
    let facts: Value = serde_json::from_slice(facts).unwrap();
    assert!(facts["figures"].get("activities.held_in.TJ").is_some());
    assert!(facts["figures"].get("activities.held_in.KZ").is_none());
}

#[test]
fn the_same_input_is_the_same_bytes_in_any_company() {
    let home = tempfile::tempdir().unwrap();
    let first = compiled(home.path(), "a.pdf", &["--language", "ru"]);
    let other = compiled(home.path(), "b.pdf", &["--edition", "KG"]);
    let elsewhere = tempfile::tempdir().unwrap();
    let again = compiled(elsewhere.path(), "c.pdf", &["--language", "ru"]);
    assert!(first == again && first != other);
}

/// Figures worked out by reading the seed's own text, without any of our code.
#[test]
fn figures_are_explained_by_cells_that_add_up_to_them() {
    let home = tempfile::tempdir().unwrap();
    let cell = |file: &str, cell: &str| -> String {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(seed().join(file)).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let letters: String = cell.chars().take_while(char::is_ascii_alphabetic).collect();
        let column = letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1;
        let row: usize = cell[letters.len()..].parse().unwrap();
        rows[row - 1].get(column).unwrap_or_default().to_owned()
    };
    let explained = |name: &str| -> Value {
        let mut command = rapporteur(home.path());
        command.args(["--format", "json", "explain", name, "--period", "2017-Q4", "--as-of", "2018-01-15"]);
        let output = with_seed(&mut command).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let expected = [
        ("activities.total", 9),
        ("activities.by_type.workshop", 4),
        ("activities.by_type.study-visit", 1),
        ("activities.by_month.10", 4),
        ("activities.by_month.undated", 1),
        ("activities.held_in.KZ", 2),
        ("activities.held_in.unknown", 1),
        ("activities.involving.KG", 5),
        ("participants.total", 32),
        ("activity_days.total", 23),
        ("equipment.items", 2),
    ];
    for (name, value) in expected {
        let told = explained(name);
        assert_eq!(told["value"], value, "{name}");
        let cells = told["cells"].as_array().unwrap();
        let sum: i64 = cells.iter().map(|cited| cited["amount"].as_i64().unwrap()).sum();
        assert_eq!(sum, value, "{name}: the cells add up");
        for cited in cells {
            let Some(at) = cited["cell"].as_str() else { continue };
            let written = cell(cited["file"].as_str().unwrap(), at);
            match name {
                "participants.total" => assert_eq!(written, cited["amount"].to_string(), "{at}"),
                "activities.involving.KG" => assert!(written.contains("KG"), "{at}: {written}"),
                "activities.held_in.KZ" => assert_eq!(written, "KZ", "{at}"),
                "activities.by_type.workshop" => {
                    assert!(written.to_lowercase().contains("workshop"), "{at}: {written}");
                }
                "activities.held_in.unknown" | "activities.by_month.undated" => {}
                _ => assert!(!written.is_empty(), "{name} {at}"),
            }
        }
    }
    let output =
        rapporteur(home.path()).args(["explain", "participant.total", "--period", "2017-Q4"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("perhaps you meant `participants.total`"));
    assert_eq!(output.status.code(), Some(2));
}
