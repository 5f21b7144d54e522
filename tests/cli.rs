//! The command line: help, exit codes, what is printed where.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

fn rapporteur(home: &Path) -> Command {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    command.current_dir(home).env_remove("RUST_LOG").env_remove("NO_COLOR");
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Exit code, standard output, standard error.
fn done(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn json(command: &mut Command) -> (i32, Value) {
    let (code, out, errors) = done(command);
    (code, serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}\n{errors}")))
}

fn new_home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let (code, _, errors) = done(rapporteur(home.path()).arg("init"));
    assert_eq!((code, errors.as_str()), (0, ""));
    home
}

fn seed(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4").join(name)
}

#[test]
fn help_names_every_command_and_says_what_exit_codes_mean() {
    let here = tempfile::tempdir().unwrap();
    let (code, out, _) = done(rapporteur(here.path()).arg("--help"));
    assert_eq!(code, 0);
    let commands = [
        "init",
        "run",
        "check",
        "intake",
        "compile",
        "next",
        "status",
        "runs",
        "outbox",
        "config",
        "workbook",
        "completions",
        "man",
    ];
    for command in commands {
        assert!(out.lines().any(|line| line.trim_start().starts_with(&format!("{command} "))), "{command}\n{out}");
        let (code, own, _) = done(rapporteur(here.path()).args([command, "--help"]));
        assert_eq!(code, 0);
        assert!(own.contains("Usage: rapporteur"), "{own}");
    }
    assert!(out.contains("Exit codes: 0 done; 1 done, but something you gave needs fixing; 2 could not do it."));
    assert!(!out.contains("__read"));
}

#[test]
fn what_cannot_be_understood_is_exit_code_2() {
    let here = tempfile::tempdir().unwrap();
    for arguments in [
        &[][..],
        &["chek"],
        &["compile", "rsg-quarterly"],
        &["compile", "rsg-quarterly", "--period", "2017Q4"],
        &["next", "--until", "tomorrow"],
        &["--home", "nowhere", "check"],
        &["intake", "nowhere.xlsx"],
        &["intake", "."],
        &["compile", "rsg-quaterly", "--period", "2017-Q4"],
        &["runs", "list", "--state", "lost"],
        &["runs", "show", "1"],
        &["outbox", "show", "1"],
        &["runs", "start", "nothing"],
    ] {
        let (code, out, errors) = done(rapporteur(here.path()).args(arguments));
        assert_eq!(code, 2, "{arguments:?}: {out}{errors}");
        assert!(!errors.is_empty() && !errors.contains("panicked"), "{arguments:?}: {errors}");
    }
    let (_, _, errors) = done(rapporteur(here.path()).arg("chek"));
    assert!(errors.contains("'check'"), "{errors}");
    let (_, _, errors) = done(rapporteur(here.path()).args(["compile", "rsg-quaterly", "--period", "2017-Q4"]));
    assert!(errors.contains("perhaps you meant `rsg-quarterly`"), "{errors}");
}

#[test]
fn a_new_home_has_nothing_to_correct() {
    let home = new_home();
    for name in ["rapporteur", "schedules", "holidays", "recipients", "workbook"].map(|n| format!("config/{n}.toml")) {
        assert!(home.path().join(&name).is_file(), "{name}");
    }
    let (code, out, errors) = done(rapporteur(home.path()).arg("check"));
    assert_eq!((code, errors.as_str()), (0, ""), "{out}");
    assert!(out.starts_with("nothing to correct: 1 schedule, 3 recipients, 1 contributor"), "{out}");
    let (code, found) = json(rapporteur(home.path()).args(["check", "--online", "--format", "json"]));
    assert_eq!((code, &found["diagnostics"]), (0, &serde_json::json!([])));
    // What somebody edited stays.
    std::fs::write(home.path().join("config/workbook.toml"), "# mine\n").unwrap();
    let (code, again) = json(rapporteur(home.path()).args(["init", "--format", "json"]));
    assert_eq!(code, 0);
    assert_eq!(again["made"], serde_json::json!([]));
    assert_eq!(std::fs::read_to_string(home.path().join("config/workbook.toml")).unwrap(), "# mine\n");
}

#[test]
fn the_project_itself_is_a_home_without_mistakes() {
    let copy = tempfile::tempdir().unwrap();
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    std::fs::create_dir(copy.path().join("config")).unwrap();
    for entry in std::fs::read_dir(config).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_file() {
            std::fs::copy(entry.path(), copy.path().join("config").join(entry.file_name())).unwrap();
        }
    }
    assert_eq!(done(rapporteur(copy.path()).arg("check")).0, 0);
}

#[test]
fn mistakes_are_told_with_line_and_hint_and_nothing_runs() {
    let home = new_home();
    let path = home.path().join("config/schedules.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let broken = text.replace("0 9 15 1,4,7,10 *", "0 0 9 15 1,4,7,10 *").replace("\nrecipients =", "\nrecipents =");
    std::fs::write(&path, &broken).unwrap();
    let (code, found) = json(rapporteur(home.path()).args(["--format", "json", "check"]));
    assert_eq!(code, 1);
    let told: Vec<(u64, &str, &str)> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (d["line"].as_u64().unwrap(), d["code"].as_str().unwrap(), d["hint"].as_str().unwrap()))
        .collect();
    let line = |text: &str| u64::try_from(broken.lines().position(|l| l.starts_with(text)).unwrap() + 1).unwrap();
    assert_eq!(
        told,
        [
            (line("cron"), "schedule-fields", "drop the seconds: `0 9 15 1,4,7,10 *`"),
            (line("recipents"), "key-unknown", "perhaps you meant `recipients`"),
        ]
    );
    for arguments in [&["run"][..], &["next"], &["status"], &["runs"]] {
        let (code, out, errors) = done(rapporteur(home.path()).args(arguments));
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.contains("hint: drop the seconds") && errors.contains("[key-unknown]"), "{errors}");
    }
}

#[test]
fn colour_is_for_terminals_and_never_for_files() {
    let home = new_home();
    for arguments in [&["check"][..], &["next"], &["status"], &["--help"]] {
        let (_, out, errors) = done(rapporteur(home.path()).args(arguments));
        assert!(!out.contains('\u{1b}') && !errors.contains('\u{1b}'), "{arguments:?}");
        let (_, out, errors) = done(rapporteur(home.path()).args(arguments).env("NO_COLOR", "1"));
        assert!(!out.contains('\u{1b}') && !errors.contains('\u{1b}'), "{arguments:?}");
    }
}

#[test]
fn next_names_the_instant_the_period_and_the_people() {
    let home = new_home();
    let (code, found) = json(rapporteur(home.path()).args(["next", "--count", "4", "--format", "json"]));
    assert_eq!(code, 0);
    let all = found["occurrences"].as_array().unwrap();
    assert_eq!(all.len(), 4);
    for one in all {
        let local = one["local"].as_str().unwrap();
        assert!(local.contains("-15T09:00:00+06:00"), "{local}");
        let (year, month): (i32, u32) = (local[..4].parse().unwrap(), local[5..7].parse().unwrap());
        let expected = if month == 1 { format!("{}-Q4", year - 1) } else { format!("{year}-Q{}", (month - 1) / 3) };
        assert_eq!(one["period"], expected);
        assert_eq!(one["people"], 2);
    }
    let (_, out, _) = done(rapporteur(home.path()).args(["next", "--count", "1"]));
    assert!(out.contains("steering-group (2 people), after sign-off by secretariat"), "{out}");
}

#[test]
fn secrets_are_masked_and_the_rest_is_shown() {
    let home = new_home();
    let path = home.path().join("config/rapporteur.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text.replace(
        "#[mail.smtp]",
        "[mail.smtp]\nhost = \"mail.example.org\"\nusername = \"reports\"\npassword_file = \"smtp-secret\"",
    );
    std::fs::write(&path, text).unwrap();
    std::fs::write(home.path().join("smtp-secret"), "correct horse\n").unwrap();
    for arguments in [&["config", "show"][..], &["config", "show", "--format", "json"]] {
        let (code, out, _) = done(rapporteur(home.path()).args(arguments));
        assert_eq!(code, 0);
        assert!(out.contains("********") && !out.contains("correct horse"), "{out}");
        assert!(out.contains("member@example.org") && out.contains("10s") && out.contains("5 days"), "{out}");
    }
    let (code, schema) = json(rapporteur(home.path()).args(["config", "schema"]));
    assert_eq!((code, schema["$defs"].as_object().unwrap().contains_key("schedules")), (0, true));
}

#[test]
fn completions_and_the_manual_are_made() {
    let here = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, out, _) = done(rapporteur(here.path()).args(["completions", shell]));
        assert_eq!(code, 0);
        assert!(out.contains("rapporteur") && out.contains("workbook"), "{shell}");
    }
    let (code, out, _) = done(rapporteur(here.path()).arg("man"));
    assert_eq!(code, 0);
    assert!(out.contains(".TH rapporteur 1") && out.contains("steering\\-group"), "{out}");
    let (code, ..) = done(rapporteur(here.path()).args(["man", "--output", "pages"]));
    assert_eq!(code, 0);
    assert!(here.path().join("pages/rapporteur-compile.1").is_file());
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let here = tempfile::tempdir().unwrap();
    for _ in 0..5 {
        let binary = assert_cmd::cargo::cargo_bin("rapporteur");
        let output = std::process::Command::new("sh")
            .arg("-c")
            .arg(format!("'{}' completions bash | true", binary.display()))
            .current_dir(here.path())
            .output()
            .unwrap();
        assert_eq!(text(&output.stderr), "");
    }
}

#[test]
fn intake_prints_the_contract_s_json() {
    let home = new_home();
    let (code, found) = json(rapporteur(home.path()).args(["intake", "--format", "json"]).arg(seed("activities.csv")));
    assert_eq!(code, 0, "{found:#}");
    let file = &found["files"][0];
    assert_eq!(file["file"], "activities.csv");
    assert_eq!((&file["rows_read"], &file["rows_accepted"], &file["rows_held"]), (&9.into(), &9.into(), &0.into()));
    for diagnostic in found["diagnostics"].as_array().unwrap() {
        let keys: Vec<&str> = diagnostic.as_object().unwrap().keys().map(String::as_str).collect();
        for key in ["file", "sheet", "cell", "row", "severity", "code", "message", "hint"] {
            assert!(keys.contains(&key), "{key} in {diagnostic}");
        }
        assert!(["error", "warning", "info"].contains(&diagnostic["severity"].as_str().unwrap()));
    }
}

#[test]
fn a_file_that_is_no_workbook_is_one_error_without_a_cell() {
    let home = new_home();
    let path = home.path().join("activities_TJ.xlsx");
    std::fs::write(&path, b"PK\x03\x04 and nothing that a zip would have").unwrap();
    let (code, found) = json(rapporteur(home.path()).args(["intake", "--format", "json"]).arg(&path));
    assert_eq!(code, 1);
    let errors: Vec<&Value> =
        found["diagnostics"].as_array().unwrap().iter().filter(|d| d["severity"] == "error").collect();
    assert_eq!(errors.len(), 1, "{found:#}");
    assert_eq!(errors[0]["cell"], Value::Null);
}

#[test]
fn a_dry_run_leaves_nothing_behind() {
    let here = tempfile::tempdir().unwrap();
    let (code, out, errors) = done(rapporteur(here.path()).args(["intake", "--dry-run"]).arg(seed("activities.csv")));
    assert_eq!(code, 0, "{out}{errors}");
    assert!(out.contains("9 rows read, 9 accepted, 0 held"), "{out}");
    assert_eq!(std::fs::read_dir(here.path()).unwrap().count(), 0);
}

#[test]
fn lists_are_empty_in_a_new_home() {
    let home = new_home();
    assert_eq!(json(rapporteur(home.path()).args(["runs", "--format", "json"])).1["runs"], serde_json::json!([]));
    let (_, outbox) = json(rapporteur(home.path()).args(["outbox", "list", "--format", "json"]));
    assert_eq!((&outbox["deliveries"], &outbox["channel_held"]), (&serde_json::json!([]), &Value::Null));
    let (code, status) = json(rapporteur(home.path()).args(["status", "--format", "json"]));
    assert_eq!((code, &status["daemon_running"]), (0, &Value::Bool(false)));
    assert_eq!(status["periods"][0]["contributors"][0]["sent"], false);
}

#[test]
fn a_report_straight_from_workbooks_with_its_figures() {
    let here = tempfile::tempdir().unwrap();
    let mut arguments: Vec<std::ffi::OsString> =
        ["compile", "rsg-quarterly", "--period", "2017-Q4"].iter().map(Into::into).collect();
    for name in ["activities.csv", "participants.csv", "equipment.csv", "meetings.csv", "plan.csv"] {
        arguments.push("--from".into());
        arguments.push(seed(name).into());
    }
    arguments.extend(["--facts", "f.json", "--output", "q4.pdf"].iter().map(Into::into));
    let (code, out, errors) = done(rapporteur(here.path()).args(&arguments));
    assert_eq!(code, 0, "{out}{errors}");
    assert!(out.starts_with("q4.pdf: "), "{out}");
    let pdf = std::fs::read(here.path().join("q4.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let facts: Value = serde_json::from_slice(&std::fs::read(here.path().join("f.json")).unwrap()).unwrap();
    assert_eq!(facts["period"], "2017-Q4");
    assert_eq!(facts["figures"]["activities.total"], serde_json::json!({ "value": 9, "reported_by": 9, "of": 9 }));
    assert_eq!(facts["figures"]["participants.women"]["value"], Value::Null);
    // Once more, into the folder, under the name that the report has by itself.
    let by_itself: Vec<_> = arguments[..arguments.len() - 4].to_vec();
    let (code, out, _) = done(rapporteur(here.path()).args(&by_itself));
    assert_eq!(code, 0);
    let name = out.split(": ").next().unwrap();
    assert!(name.ends_with("_EN.pdf") && name.is_ascii(), "{name}");
    assert_eq!(std::fs::read(here.path().join(name)).unwrap(), pdf);
    // Nothing of a ledger was made on the way.
    assert!(!here.path().join("state").exists());
}

/// A row appended to a sheet of a workbook, as somebody would fill it in.
fn with_row(workbook: &[u8], part: &str, row: u32, cells: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut filled = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name == part {
            let xml: String = cells
                .iter()
                .map(|(column, value)| match value.parse::<f64>() {
                    Ok(number) => format!("<c r=\"{column}{row}\"><v>{number}</v></c>"),
                    Err(_) => format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{value}</t></is></c>"),
                })
                .collect();
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("</sheetData>"));
            bytes = text.replace("</sheetData>", &format!("<row r=\"{row}\">{xml}</row></sheetData>")).into_bytes();
        }
        filled.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        filled.write_all(&bytes).unwrap();
    }
    filled.finish().unwrap().into_inner()
}

#[test]
fn the_blank_workbook_filled_in_reads_without_a_problem() {
    let home = new_home();
    for (language, rows) in [
        (
            "en",
            [
                ("Workshop on travel documents", "Workshop", "Done", "Kazakhstan", "National"),
                ("Training at a border crossing point", "Training", "Done", "Kazakhstan", "National"),
            ],
        ),
        (
            "ru",
            [
                ("Семинар по проездным документам", "Семинар", "Выполнено", "Казахстан", "Национальное"),
                ("Тренинг на пункте пропуска", "Тренинг", "Выполнено", "Казахстан", "Национальное"),
            ],
        ),
    ] {
        let name = format!("filled-{language}.xlsx");
        let (code, ..) = done(rapporteur(home.path()).args(["workbook", "--language", language, "--output", &name]));
        assert_eq!(code, 0);
        let path = home.path().join(&name);
        let blank = std::fs::read(&path).unwrap();
        // It is not written over by mistake.
        assert_eq!(done(rapporteur(home.path()).args(["workbook", "--output", &name])).0, 2);
        let (code, found) = json(rapporteur(home.path()).args(["intake", "--dry-run", "--format", "json"]).arg(&path));
        assert_eq!((code, &found["files"][0]["rows_read"]), (0, &0.into()), "{found:#}");
        let grave = |found: &Value| {
            let all = found["diagnostics"].as_array().unwrap().clone();
            all.into_iter().filter(|d| d["severity"] != "info").collect::<Vec<_>>()
        };
        assert_eq!(grave(&found), Vec::<Value>::new());

        let mut filled = blank;
        for (row, (title, kind, status, country, scope)) in (3u32..).zip(rows) {
            let (id, start) = (format!("KZ-{row}"), (43050 + row).to_string());
            let cells = [
                ("A", title),
                ("B", kind),
                ("C", id.as_str()),
                ("E", "1"),
                ("F", start.as_str()),
                ("G", start.as_str()),
                ("H", status),
                ("I", "Almaty"),
                ("J", country),
                ("K", scope),
                ("L", "KZ"),
                ("O", "20"),
                ("P", "8"),
                ("Q", "12"),
                ("R", title),
            ];
            filled = with_row(&filled, "xl/worksheets/sheet1.xml", row, &cells);
        }
        std::fs::write(&path, filled).unwrap();
        let (code, found) = json(rapporteur(home.path()).args(["intake", "--format", "json"]).arg(&path));
        assert_eq!(code, 0, "{found:#}");
        assert_eq!(found["files"][0]["rows_accepted"], 2, "{found:#}");
        assert_eq!(grave(&found), Vec::<Value>::new());
    }
}

#[test]
fn check_finds_a_template_at_fault_and_a_server_that_is_not_there() {
    let home = new_home();
    let report = home.path().join("templates/report/rsg-quarterly");
    std::fs::create_dir_all(&report).unwrap();
    std::fs::write(report.join("report.md"), "# Report\n\nWe had {{ figurs.total }} activities.\n").unwrap();
    let (code, found) = json(rapporteur(home.path()).args(["check", "--format", "json"]));
    assert_eq!(code, 1);
    let told = found["diagnostics"].as_array().unwrap();
    assert_eq!(told.len(), 1, "{found:#}");
    assert!(told[0]["file"].as_str().unwrap().ends_with("report.md"), "{found:#}");
    assert_eq!(told[0]["line"], 3);
    std::fs::remove_dir_all(home.path().join("templates")).unwrap();

    // A port that was free a moment ago: nobody answers there.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let path = home.path().join("config/rapporteur.toml");
    let text = std::fs::read_to_string(&path).unwrap().replace("transport = \"maildir\"", "transport = \"smtp\"");
    let smtp = format!("[mail.smtp]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\ntimeout = \"5s\"\n");
    std::fs::write(&path, text.replace("#[mail.smtp]\n", &smtp)).unwrap();
    assert_eq!(done(rapporteur(home.path()).arg("check")).0, 0);
    let (code, found) = json(rapporteur(home.path()).args(["check", "--online", "--format", "json"]));
    assert_eq!((code, &found["diagnostics"][0]["code"]), (1, &"mail-server-refuses".into()), "{found:#}");
}
