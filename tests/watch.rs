//! `compile --watch`: at every save the report again, and the last good one kept.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

fn program() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin("rapporteur"))
}

/// The lines of a stream as they come.
fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        BufReader::new(stream).lines().map_while(Result::ok).all(|line| send.send(line).is_ok())
    });
    receive
}

fn next(lines: &Receiver<String>) -> String {
    lines.recv_timeout(Duration::from_secs(60)).expect("a line for every compile")
}

/// Ends the program as an administrator would, and answers its exit code.
fn stop(child: &mut Child) -> Option<i32> {
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    child.wait().unwrap().code()
}

#[test]
fn every_save_compiles_and_a_fault_keeps_the_last_report() {
    let home = tempfile::tempdir().unwrap();
    assert!(program().current_dir(home.path()).arg("init").output().unwrap().status.success());
    let workbook = home.path().join("activities.csv");
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4/activities.csv");
    std::fs::copy(seed, &workbook).unwrap();
    let mut child = program()
        .current_dir(home.path())
        .args(["compile", "rsg-quarterly", "--period", "2017-Q4", "--as-of", "2018-01-15", "--watch"])
        .args(["--from", "activities.csv", "--output", "x.pdf"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let told = lines(child.stdout.take().unwrap());
    let aside = lines(child.stderr.take().unwrap());
    let first = next(&told);
    assert!(first.contains(" ms: x.pdf, ") && first.contains(" pages"), "{first}");
    let good = std::fs::read(home.path().join("x.pdf")).unwrap();

    let part = home.path().join("templates/report/rsg-quarterly/imprint.md");
    std::fs::create_dir_all(part.parent().unwrap()).unwrap();
    std::fs::write(&part, "# Imprint\n\n```tabel\nsource: activities\n```\n").unwrap();
    let second = next(&told);
    assert!(second.contains("the last report stays"), "{second}");
    let mut told_aside = std::iter::from_fn(|| aside.recv_timeout(Duration::from_secs(5)).ok());
    assert!(told_aside.any(|line| line.contains("imprint.md:3")), "the fault's place in the Markdown");
    assert_eq!(std::fs::read(home.path().join("x.pdf")).unwrap(), good);

    std::fs::write(&part, "# Another imprint\n").unwrap();
    let third = next(&told);
    assert!(third.contains(" ms: x.pdf, "), "{third}");
    assert_ne!(std::fs::read(home.path().join("x.pdf")).unwrap(), good);

    std::fs::write(&workbook, std::fs::read(&workbook).unwrap()).unwrap();
    assert!(next(&told).contains(" ms: x.pdf, "));
    assert_eq!(stop(&mut child), Some(0));
}

#[test]
fn check_tries_what_only_rows_bring_to_light_and_tells_it_once() {
    let home = tempfile::tempdir().unwrap();
    assert!(program().current_dir(home.path()).arg("init").output().unwrap().status.success());
    let part = home.path().join("templates/report/rsg-quarterly/risks.md");
    std::fs::create_dir_all(part.parent().unwrap()).unwrap();
    std::fs::write(
        &part,
        "{% if count.risks %}\n\n```tabel\n```\n{% endif %}\n{% if edition %}\n\n```bars\n```\n{% endif %}\n",
    )
    .unwrap();
    let output = program().current_dir(home.path()).args(["check", "--format", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let told: Vec<(String, u64)> = told["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (d["code"].as_str().unwrap().to_owned(), d["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [("block-unknown".to_owned(), 3), ("block-option-missing".to_owned(), 8)]);
}
