//! The blank workbook, filled in by a program that is not ours from the drop-downs that it has,
//! comes back with nothing to mend.

use std::path::Path;
use std::process::Command;

use assert_cmd::Command as Program;

#[test]
fn filled_in_from_its_drop_downs_it_has_no_problems() {
    let home = tempfile::tempdir().unwrap();
    let program = || {
        let mut program = Program::cargo_bin("rapporteur").unwrap();
        program.arg("--home").arg(home.path());
        program
    };
    let python = std::env::var("RAPPORTEUR_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/filled_blank.py");
    for language in ["en", "ru"] {
        let (blank, filled) =
            (home.path().join(format!("blank_{language}.xlsx")), home.path().join(format!("filled_{language}.xlsx")));
        program().args(["workbook", "--language", language, "--output"]).arg(&blank).assert().success();
        let said = Command::new(&python).arg(&script).args([&blank, &filled]).output().unwrap();
        assert!(said.status.success(), "openpyxl, which tests/run installs: {}", String::from_utf8_lossy(&said.stderr));
        let out = program().args(["intake", "--format", "json"]).arg(&filled).assert().code(0);
        let told: serde_json::Value = serde_json::from_slice(&out.get_output().stdout).unwrap();
        let file = &told["files"][0];
        assert_eq!((&file["rows_read"], &file["rows_held"]), (&40.into(), &0.into()), "{told:#}");
        let codes: Vec<&str> =
            told["diagnostics"].as_array().unwrap().iter().map(|d| d["code"].as_str().unwrap()).collect();
        assert_eq!(codes, vec!["example-row"; 10], "{told:#}");
    }
}
