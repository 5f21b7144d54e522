//! `templates/README.md`, the guide for those who edit templates, is true: every block and
//! option is in it and no other, its examples compile, and its new section appears.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn guide() -> String {
    std::fs::read_to_string(root().join("templates/README.md")).unwrap()
}

fn new_home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    assert!(rapporteur(home.path()).arg("init").output().unwrap().status.success());
    home
}

fn rapporteur(home: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("rapporteur"));
    command.current_dir(home);
    command
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn compile(home: &Path, report: &str, more: &[&str]) -> std::process::Output {
    let seed = root().join("templates/demo/seed-2017-q4/activities.csv");
    let mut command = rapporteur(home);
    command.args(["compile", report, "--period", "2017-Q4", "--as-of", "2018-01-15", "--from"]);
    command.arg(seed).args(more).output().unwrap()
}

/// The code of all that a template is told, and its message with its hint.
fn told(home: &Path, template: &str) -> Vec<(String, String)> {
    write(&home.join("templates/report/trial/report.md"), template);
    let output = compile(home, "trial", &["--output", "trial.pdf", "--format", "json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let all = told["diagnostics"].as_array().cloned().unwrap_or_default();
    let text = |d: &Value, key: &str| d[key].as_str().unwrap_or_default().to_owned();
    all.iter().map(|d| (text(d, "code"), format!("{}; {}", text(d, "message"), text(d, "hint")))).collect()
}

/// The words that a message lists between two of its phrases.
fn listed(message: &str, after: &str, before: &str) -> BTreeSet<String> {
    let list = message.split(after).nth(1).and_then(|rest| rest.split(before).next()).unwrap();
    list.split(", ").map(|word| word.trim().to_owned()).collect()
}

/// Word, options and example of each block of the guide.
fn blocks() -> BTreeMap<String, (BTreeSet<String>, String)> {
    let guide = guide();
    let part = guide.split("\n## ").find(|part| part.starts_with("Blocks")).unwrap();
    let section = |text: &str| {
        let (word, rest) = text.split_once('\n').unwrap();
        let options = rest.lines().filter_map(|line| line.strip_prefix("- `"));
        let names = options.flat_map(|line| {
            let before = line.split(':').next().unwrap();
            before.split(['`', ',', ' ']).filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        });
        let example = rest.split("````markdown\n").nth(1).and_then(|rest| rest.split("````").next());
        (word.trim_matches('`').to_owned(), (names.collect(), example.unwrap().to_owned()))
    };
    part.split("\n### ").skip(1).map(section).collect()
}

#[test]
fn the_guide_has_every_block_and_option_and_no_other() {
    let home = new_home();
    let unknown = told(home.path(), "```zzzz\n```\n");
    let (_, message) = unknown.iter().find(|(code, _)| code == "block-unknown").unwrap();
    let words = listed(message, "such as ", ", found");
    let blocks = blocks();
    assert_eq!(blocks.keys().collect::<Vec<_>>(), words.iter().collect::<Vec<_>>(), "the blocks of the guide");
    for (word, (options, _)) in &blocks {
        let found = told(home.path(), &format!("```{word}\nzzzz: 1\n```\n"));
        let known = found.iter().find(|(code, _)| code == "block-option-unknown");
        let known = known.map(|(_, message)| listed(message, "use one of: ", "\n")).unwrap_or_default();
        let known: BTreeSet<String> = known.into_iter().filter(|name| !name.is_empty()).collect();
        assert_eq!(options, &known, "the options of `{word}`");
        assert!(guide().contains(&format!("pictures/{word}.png)")), "`{word}` has no picture in the guide");
        let picture = root().join(format!("config/examples/pictures/{word}.png"));
        assert!(picture.metadata().is_ok_and(|file| file.len() < 30_000), "{}", picture.display());
    }
    for option in ["`country: ", "`component: "] {
        assert!(guide().contains(option), "rows of one country or component");
    }
}

#[test]
fn every_example_of_the_guide_compiles() {
    let home = new_home();
    let all: Vec<String> = blocks().into_values().map(|(_, example)| example).collect();
    let found = told(home.path(), &all.join("\n"));
    let template: Vec<_> =
        found.iter().filter(|(code, _)| code.contains("block") || code.contains("unknown")).collect();
    assert!(template.is_empty(), "{template:?}");
    assert!(home.path().join("trial.pdf").is_file(), "{found:?}");
}

/// The files of the worked example, by path.
fn worked_example() -> Vec<(PathBuf, String)> {
    let guide = guide();
    let part = guide.split("\n## ").find(|part| part.starts_with("A new section")).unwrap();
    let files = part.split("Save this as `").skip(1).map(|step| {
        let (path, rest) = step.split_once('`').unwrap();
        let text = rest.split("   ````").nth(1).unwrap();
        let lines = text.lines().skip(1).map(|line| line.strip_prefix("   ").unwrap_or(line));
        (PathBuf::from(path), lines.map(|line| format!("{line}\n")).collect())
    });
    files.collect()
}

fn tool(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_guides_new_section_is_in_both_reports() {
    let home = new_home();
    let files = worked_example();
    assert_eq!(files.len(), 3);
    for (path, text) in &files {
        write(&home.path().join(path), text);
    }
    let own = std::fs::read_to_string(root().join("templates/report/rsg-quarterly/report.md")).unwrap();
    let (below, line) = ("{% include \"equipment.md\" %}\n", "{% include \"partners.md\" %}\n");
    assert!(own.contains(below) && guide().contains(below.trim()) && guide().contains(line.trim()));
    let order = own.replace(below, &format!("{below}\n{line}"));
    write(&home.path().join("templates/report/rsg-quarterly/report.md"), &order);
    assert!(rapporteur(home.path()).arg("check").output().unwrap().status.success());
    for (language, title) in [("en", "Working with partners"), ("ru", "Работа с партнёрами")] {
        let name = format!("{language}.pdf");
        compile(home.path(), "rsg-quarterly", &["--language", language, "--output", &name]);
        let pdf = home.path().join(&name).to_str().unwrap().to_owned();
        let front = tool("pdftotext", &["-layout", "-l", "3", &pdf, "-"]);
        let contents =
            front.lines().any(|line| line.contains(title) && line.trim().starts_with(|c: char| c.is_ascii_digit()));
        assert!(contents, "not in the contents: {front}");
        let body = tool("pdftotext", &["-f", "4", &pdf, "-"]);
        assert!(body.contains(title), "no such chapter in {language}");
        let outline = tool("qpdf", &["--json", "--json-key=outlines", &pdf]);
        let outline: Value = serde_json::from_str(&outline).unwrap();
        let titles: Vec<&str> =
            outline["outlines"].as_array().unwrap().iter().filter_map(|entry| entry["title"].as_str()).collect();
        assert!(titles.iter().any(|found| found.contains(title)), "not among the bookmarks: {titles:?}");
    }
}
