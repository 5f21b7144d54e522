//! Logos of the cover: outlines in the PDF with their text, or told with the place of what is amiss.

use std::path::Path;

use assert_cmd::Command;
use lopdf::{Document, Object};

use crate::structure::demo;

fn rapporteur(home: &Path) -> Command {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    command.current_dir(home).env_remove("RUST_LOG");
    command
}

fn svg(inner: &str) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'>\n{inner}\n</svg>\n")
}

/// A home whose programme has these logos.
fn home(logos: &[(&str, &str)]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("templates/logos");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::create_dir(home.path().join("config")).unwrap();
    let mut config = String::from("[programme]\n");
    for (number, (name, content)) in logos.iter().enumerate() {
        config.push_str(&format!(
            "[[programme.logo]]\nfile = \"{name}\"\nalt = {{ en = \"Invented logo {number}\", ru = \"Вымышленный логотип {number}\" }}\n"
        ));
        if !content.is_empty() {
            std::fs::write(folder.join(name), content).unwrap();
        }
    }
    std::fs::write(home.path().join("config/rapporteur.toml"), config).unwrap();
    home
}

fn compiled(home: &Path, language: &str) -> (Document, String) {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4/activities.csv");
    let mut command = rapporteur(home);
    command.args(["compile", "rsg-quarterly", "--period", "2017-Q4", "--as-of", "2018-01-15"]);
    command.args(["--language", language, "--output", "a.pdf", "--from"]);
    let output = command.arg(seed).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "a logo never fails a report: {said}");
    (Document::load(home.join("a.pdf")).unwrap(), said)
}

/// The forms that a PDF draws, and the texts that stand for figures.
fn forms_and_texts(pdf: &Document) -> (Vec<String>, Vec<String>) {
    let forms = pdf.objects.values().filter_map(|object| object.as_stream().ok());
    let forms = forms.filter(|s| s.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form"));
    let forms = forms.map(|s| String::from_utf8_lossy(&s.decompressed_content().unwrap()).into_owned()).collect();
    let texts = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let texts = texts.filter_map(|d| lopdf::decode_text_string(d.get(b"Alt").ok()?).ok()).collect();
    (forms, texts)
}

#[test]
fn good_logos_are_outlines_with_their_texts_and_bad_ones_are_told_with_their_place() {
    let bomb: String =
        (1..40).map(|n| format!("<g id='u{n}'><use href='#u{0}'/><use href='#u{0}'/></g>", n - 1)).collect();
    let home = home(&[
        ("good.svg", &svg("<rect width='40' height='20' fill='#a33'/><circle cx='9' cy='9' r='5' fill-opacity='.5'/>")),
        ("text.svg", &svg("<rect width='9' height='9'/>\n  <text y='9'>Partner</text>")),
        ("missing.svg", ""),
        ("broken.svg", "<svg xmlns='http://www.w3.org/2000/svg'>\n<g>\n</svg>"),
        ("photo.svg", "\u{89}PNG"),
        ("bomb.svg", &svg(&format!("<g id='u0'><path d='M0 0h1v1z'/></g>{bomb}"))),
        ("outside.svg", &svg("<image href='http://example.org/a.png' width='9' height='9'/>")),
        ("../good.svg", ""),
        ("two.svg", &svg("<path d='M0 0h40v20z' fill='#135'/>")),
    ]);
    std::fs::write(home.path().join("templates/logos/two.ru.svg"), svg("<path d='M0 0h40v20z' fill='#900'/>")).unwrap();
    let (english, said) = compiled(home.path(), "en");
    for (place, code) in [
        ("templates/logos/text.svg:3:3", "logo-text"),
        ("config/rapporteur.toml:9:1", "logo-missing"),
        ("templates/logos/broken.svg:3", "logo-broken"),
        ("templates/logos/photo.svg:1", "logo-unknown"),
        ("templates/logos/bomb.svg", "logo-too-complex"),
        ("templates/logos/outside.svg:2", "logo-external"),
        ("config/rapporteur.toml:24:1", "logo-not-a-name"),
    ] {
        assert!(
            said.lines().any(|l| l.contains(place) && l.contains(code)) || said.contains(place) && said.contains(code),
            "{place} {code}: {said}"
        );
    }
    assert_eq!(said.matches("[logo-").count(), 7, "each once, and nothing else: {said}");
    let (forms, texts) = forms_and_texts(&english);
    assert_eq!(forms.len(), 2);
    assert!(forms.iter().any(|form| form.contains("/Gs128 gs")), "what is half clear stays so");
    assert!(
        texts.contains(&"Invented logo 0".to_owned()) && texts.contains(&"Invented logo 8".to_owned()),
        "{texts:?}"
    );

    let (russian, _) = compiled(home.path(), "ru");
    let (own, texts) = forms_and_texts(&russian);
    assert!(own.iter().any(|form| !forms.contains(form)), "two.ru.svg stands in for two.svg");
    assert!(texts.contains(&"Вымышленный логотип 8".to_owned()), "{texts:?}");

    let output = rapporteur(home.path()).arg("check").output().unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(told.matches("[logo-").count(), 7, "check tells the same: {told}");
}

#[test]
fn a_report_is_identical_when_its_logo_has_changed_since() {
    let copy = tempfile::tempdir().unwrap();
    let original = demo().join("fictional");
    let copied = std::process::Command::new("cp").arg("-r").arg(&original).arg(copy.path()).status().unwrap();
    assert!(copied.success());
    let home = copy.path().join("fictional");
    std::fs::write(home.join("templates/logos/donor.svg"), svg("<path d='M0 0h40v20z'/>")).unwrap();
    let pdf = home.join("archive/2026-Q3/EXAMPLE10_RSG-Report_2026-Q3_v1_EN.pdf");
    let verified = || {
        let output = rapporteur(&home).arg("verify").arg(&pdf).output().unwrap();
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    };
    assert!(verified().contains(": identical"), "{}", verified());
    std::fs::remove_dir_all(home.join("archive/inputs")).unwrap();
    assert!(verified().contains("have changed since"), "the logo is among the inputs: {}", verified());
}
