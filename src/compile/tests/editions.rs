//! Editions for a country, and what is told of the period before.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sample::{blank, config, entry, period, request};
use super::words;
use crate::compile::{Material, Prepared, Press, Request, draft, editions};
use crate::locale::Locale;
use crate::period::ReportingPeriod;
use crate::recipient::{Country, Language};
use crate::record::{Entry, HeadCount, Participation, PlanItem, Priority, Record, Status};

fn country(code: &str) -> Country {
    Country::new(code).unwrap()
}

/// An activity of the period in one country, which is also how it is called.
fn activity(row: u32, id: &str, codes: &[&str], of: ReportingPeriod) -> Entry {
    let mut activity = blank(&format!("Event {id}"));
    activity.id = Some(id.into());
    activity.host_country = codes.first().map(|code| country(code));
    activity.countries = codes.iter().map(|code| country(code)).collect();
    activity.head_count = HeadCount { total: Some(10), ..HeadCount::default() };
    let file = format!("book_{}.xlsx", codes.join(""));
    Entry { period: Some(of), ..entry(&file, "Activities", row, Record::Activities(activity)) }
}

fn people(row: u32, id: &str, code: &str, agency: &str) -> Entry {
    let head_count = HeadCount { total: Some(5), ..HeadCount::default() };
    let row_of = Participation {
        activity_id: id.into(),
        country: Some(country(code)),
        agency: Some(agency.into()),
        head_count,
        reason: None,
    };
    Entry { period: None, ..entry("book_KGTJ.xlsx", "Participants", row, Record::Participants(row_of)) }
}

/// An item of the last period's plan that was put off.
fn planned(row: u32, title: &str, code: &str) -> Entry {
    let item = PlanItem {
        id: None,
        component: None,
        kind: None,
        kind_as_written: None,
        title: title.into(),
        start: None,
        end: None,
        month_only: false,
        countries: vec![country(code)],
        place: None,
        responsible: None,
        status: Some(Status::Postponed),
        reason: None,
    };
    Entry { period: Some(period().previous()), ..entry("plan.xlsx", "Plan", row, Record::Plan(item)) }
}

fn material() -> Material {
    let priority = |row, code: &str, text: &str| {
        let of =
            Priority { country: country(code), priority: text.into(), component: None, horizon: None, reason: None };
        entry("priorities.xlsx", "Priorities", row, Record::Priorities(of))
    };
    let entries = vec![
        activity(1, "KG-1", &["KG"], period()),
        activity(2, "TJ-1", &["TJ"], period()),
        activity(3, "REG-1", &["KG", "TJ"], period()),
        people(1, "REG-1", "KG", "Agency of Kyrgyzstan"),
        people(2, "REG-1", "TJ", "Agency of Tajikistan"),
        priority(1, "KG", "What Kyrgyzstan asks"),
        priority(2, "TJ", "What Tajikistan asks"),
        activity(9, "OLD-1", &["KG"], period().previous()),
        planned(1, "Left by Kyrgyzstan", "KG"),
        planned(2, "Left by Tajikistan", "TJ"),
    ];
    Material { entries, ..Material::default() }
}

fn edition(key: &str) -> Request {
    Request { edition: key.into(), ..request(Language::En) }
}

#[test]
fn an_edition_prints_its_own_rows_beside_the_figures_of_the_whole() {
    let locale = Arc::new(Locale::embedded(Language::En));
    let checked = draft(&config(), &locale, &material(), &edition("KG"));
    assert_eq!(checked.diagnostics, []);
    let text = words(&checked.output.document.unwrap());
    assert!(text.contains("Event KG-1") && text.contains("Event REG-1"), "{text}");
    assert!(text.contains("What Kyrgyzstan asks") && text.contains("Left by Kyrgyzstan"), "{text}");
    for foreign in ["Event TJ-1", "What Tajikistan asks", "Agency of Tajikistan", "Left by Tajikistan"] {
        assert!(!text.contains(foreign), "{foreign} in\n{text}");
    }
    assert!(text.contains("Three activities ended"), "the summary is the whole programme's: {text}");
    assert_eq!(checked.output.file_name, "BOMCA9_RSG-Report_2017-Q4_KG_v1_EN.pdf");
}

#[test]
fn only_printed_rows_travel() {
    let titles = |key: &str| -> Vec<String> {
        let (config, material, asked) = (config(), material().for_period(period()), edition(key));
        let prepared = Prepared::new(&config, &material, asked.period, asked.as_of);
        let rows = prepared.scopes.printed(&material, Country::new(key));
        let name = |entry: &Entry| match &entry.record {
            Record::Activities(a) => a.title.clone(),
            Record::Participants(p) => p.agency.clone().unwrap(),
            Record::Priorities(p) => p.priority.clone(),
            Record::Plan(p) => p.title.clone(),
            other => format!("{:?}", other.sheet()),
        };
        rows.iter().map(name).collect()
    };
    assert_eq!(
        titles("KG"),
        ["Event KG-1", "Event REG-1", "Agency of Kyrgyzstan", "Left by Kyrgyzstan", "What Kyrgyzstan asks"]
    );
    assert_eq!(titles("").len(), 9, "the activity of the last period is compared with, not printed");
    assert!(titles("KZ").is_empty() && titles("XX").is_empty());
}

#[test]
fn columns_that_no_block_prints_do_not_travel() {
    let mut material = super::sample::seed();
    for entry in &mut material.entries {
        if let Record::Equipment(item) = &mut entry.record {
            (item.maker, item.purpose) = (Some("Hidden maker".to_owned()), Some("Hidden purpose".to_owned()));
        }
    }
    let config = config();
    let press = Press::load(&config).unwrap();
    let report = press.compile(&config, &material.for_period(period()), &request(Language::En)).output.unwrap();
    let carried: BTreeMap<String, Vec<u8>> = crate::pdf::attachments(&report.pdf).unwrap().into_iter().collect();
    for (name, bytes) in &carried {
        assert!(!String::from_utf8_lossy(bytes).contains("Hidden"), "{name}");
    }
    let heads = |name: &str| String::from_utf8_lossy(&carried[name]).lines().next().unwrap_or_default().to_owned();
    assert_eq!(
        heads("equipment.csv"),
        "Activity ID,Item,Quantity,Total value EUR,Recipient country,Recipient agency,Handover date,Reporting period,Source label"
    );
    assert!(heads("activities.csv").starts_with("ID,Reporting period,Component,Type,Title,Start date,End date,Place"));
    assert!(!carried.contains_key("risks.csv"));
}

#[test]
fn an_edition_that_does_not_exist_is_told() {
    assert_eq!(editions(&config()), ["", "KZ", "KG", "TJ", "TM", "UZ"]);
    let locale = Arc::new(Locale::embedded(Language::En));
    for key in ["LV", "kg", "x"] {
        let checked = draft(&config(), &locale, &material(), &edition(key));
        assert!(checked.output.document.is_none());
        assert_eq!(checked.diagnostics[0].code, "edition-unknown", "{key}");
    }
}

#[test]
fn tiles_tell_the_change_on_the_last_period() {
    for (language, change) in [(Language::En, "+2 on Q3 2017"), (Language::Ru, "+2 к III кварталу 2017 г.")] {
        let locale = Arc::new(Locale::embedded(language));
        let text = |material: &Material| {
            let checked = draft(&config(), &locale, material, &request(language));
            words(&checked.output.document.unwrap()).replace('\u{a0}', " ")
        };
        assert!(text(&material()).contains(change), "{}", text(&material()));
        let mut alone = material();
        alone.entries.retain(|entry| entry.period != Some(period().previous()));
        assert!(!text(&alone).contains("III квартал") && !text(&alone).contains("Q3 2017"), "{}", text(&alone));
    }
}
