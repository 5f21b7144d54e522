//! Characters that no font of the report has: the cell is named, and the page is honest.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sample::{blank, config, entry, many, period, request};
use crate::compile::{Material, Press};
use crate::diagnostic::{Arg, Diagnostic};
use crate::locale::Locale;
use crate::recipient::Language;
use crate::record::Record;

/// A quarter with one activity, its title in `C` and its account in `K` of row 5.
fn quarter(title: &str, summary: &str) -> Material {
    let mut activity = blank(title);
    activity.summary = Some(summary.to_owned());
    activity.end = "2017-11-03".parse().ok();
    let mut row = entry("georgia.xlsx", "Activities", 4, Record::Activities(activity));
    row.origin.columns = Arc::new(BTreeMap::from([("title".to_owned(), 2), ("summary".to_owned(), 10)]));
    let mut material = many(2, 0, 1, 1);
    material.entries.push(row);
    material
}

fn told(material: &Material, language: Language) -> Vec<Diagnostic> {
    let config = config();
    let checked =
        Press::load(&config).unwrap().compile(&config, &material.clone().for_period(period()), &request(language));
    assert!(checked.output.is_some(), "the report is there to be looked at");
    checked.diagnostics.into_iter().filter(|d| d.code == "glyph-missing").collect()
}

#[test]
fn each_cell_with_such_a_character_is_an_error_in_both_languages() {
    let material = quarter("Visit to «საზღვარი» post", "Well done \u{1F469}\u{200D}\u{2708}\u{FE0F}, 中文.");
    for language in Language::ALL {
        let found = told(&material, language);
        let cells: Vec<String> = found.iter().map(|d| d.place.to_string()).collect();
        let expected = ["georgia.xlsx, Activities!K5", "georgia.xlsx, Activities!K5", "georgia.xlsx, Activities!C5"];
        assert_eq!(cells, expected, "{language}");
        assert!(found.iter().all(Diagnostic::is_error));
        let word = found[2].args.get("word").unwrap();
        assert!(matches!(word, Arg::Text(word) if word == "საზღვარი"), "{word:?}");
        let locale = Locale::embedded(language);
        let said = locale.diagnostic(&found[2]);
        assert!(said.message.contains("საზღვარი") && said.message.contains("U+10E1, U+10D0"), "{said:?}");
        assert!(said.hint.contains("templates/fonts"), "{said:?}");
    }
}

#[test]
fn letters_of_the_region_and_what_shows_nothing_are_no_matter() {
    let text = "Қызылорда, Ўзбекистон, G\u{2BB}ozg\u{2BB}on, i\u{306} е\u{301} n\u{303}, \u{FEFF}co\u{AD}operation, a\u{200B}b, 5\u{202F}000\u{A0}€, x\u{FE0F}";
    assert_eq!(told(&quarter(text, text), Language::Ru), []);
}

#[test]
fn a_wording_of_the_configuration_is_told_by_its_line() {
    let home = tempfile::tempdir().unwrap();
    let mut config = crate::config::Config { home: home.path().to_owned(), ..config() };
    std::fs::create_dir(home.path().join("config")).unwrap();
    std::fs::write(home.path().join("config/rapporteur.toml"), "# Georgia\nfunding_line.en = \"ფული\"\n").unwrap();
    for wording in config.programme.funding_line.values_mut() {
        "ფული".clone_into(wording);
    }
    let checked =
        Press::load(&config).unwrap().compile(&config, &many(2, 0, 1, 1).for_period(period()), &request(Language::En));
    let places: Vec<String> =
        checked.diagnostics.iter().filter(|d| d.code == "glyph-missing").map(|d| d.place.to_string()).collect();
    assert_eq!(places, ["config/rapporteur.toml:2:20"]);
}
