//! Titles of maps, timelines and calendars say no more than the figures do; and a report
//! without maps.

use std::sync::Arc;

use super::sample::{blank, config, entry, period, request, seed};
use super::words;
use crate::compile::{Material, draft};
use crate::config::Config;
use crate::facts::Facts;
use crate::locale::Locale;
use crate::recipient::{Country, Language};
use crate::record::{Entry, PlanItem, Record, Status};
use crate::typeset::document::{Block, Document, Table};
use crate::typeset::drawing::Drawing;

fn drafted(language: Language, config: &Config, material: &Material) -> (Document, Facts) {
    let locale = Arc::new(Locale::embedded(language));
    let checked = draft(config, &locale, material, &request(language));
    assert_eq!(checked.diagnostics, []);
    (checked.output.document.unwrap(), checked.output.facts)
}

fn text(language: Language, material: &Material) -> String {
    words(&drafted(language, &config(), material).0).replace('\u{a0}', " ")
}

/// Activities of a day each, in these towns of Kazakhstan.
fn held(days_and_towns: &[(&str, &str)]) -> Material {
    let entries = days_and_towns.iter().zip(1..).map(|((day, town), row)| {
        let mut activity = blank(&format!("Invented activity {row}"));
        activity.id = Some(format!("X-{row:03}"));
        (activity.start, activity.end) = (day.parse().ok(), day.parse().ok());
        activity.place = Some((*town).to_owned());
        activity.host_country = Country::new("KZ");
        activity.countries = vec![Country::new("KZ").unwrap()];
        entry("invented.xlsx", "Activities", row, Record::Activities(activity))
    });
    Material { entries: entries.collect(), ..Material::default() }
}

#[test]
fn a_town_has_the_most_only_if_no_other_has_as_many() {
    let (one, other) = (("2017-10-03", "Astana"), ("2017-10-04", "Almaty"));
    let tied = held(&[one, other]);
    let told = text(Language::En, &tied);
    assert!(told.contains("Activities were held in two towns of the region\n"), "{told}");
    assert!(!told.contains("most of all in"), "{told}");
    let told = text(Language::Ru, &tied);
    assert!(
        told.contains("Мероприятия прошли в двух городах региона\n") && !told.contains("больше всего — А"),
        "{told}"
    );
    let first = held(&[one, other, ("2017-10-05", "Almaty")]);
    assert!(text(Language::En, &first).contains("two towns of the region, most of all in Almaty"));
    assert!(text(Language::Ru, &first).contains("в двух городах региона; больше всего — Алматы: 2"));
}

#[test]
fn a_week_is_named_only_if_no_other_is_as_busy() {
    let tied =
        held(&[("2017-10-03", "Astana"), ("2017-10-04", "Astana"), ("2017-10-10", "Astana"), ("2017-10-11", "Astana")]);
    assert!(text(Language::En, &tied).contains("The busiest weeks, two of them, had two activities each"));
    assert!(text(Language::Ru, &tied).contains("Самых насыщенных недель — две: по два мероприятия в каждой"));
    // 1 October 2017 is a Sunday: the period's first week has one day.
    let sunday = held(&[("2017-10-01", "Astana"), ("2017-10-01", "Almaty")]);
    assert!(text(Language::En, &sunday).contains("The busiest week was 1 October 2017, with two activities under way"));
    assert!(text(Language::Ru, &sunday).contains("Самая насыщенная неделя — 1 октября 2017 г.: два мероприятия"));
}

#[test]
fn a_month_has_the_most_only_if_no_other_has_as_many() {
    let planned = |row: u32, day: &str| -> Entry {
        let item = PlanItem {
            id: None,
            component: None,
            kind: None,
            kind_as_written: None,
            title: format!("Invented plan {row}"),
            start: day.parse().ok(),
            end: day.parse().ok(),
            month_only: false,
            countries: vec![Country::new("KG").unwrap()],
            place: None,
            responsible: None,
            status: Some(Status::Planned),
            reason: None,
        };
        let mut entry = entry("plan.xlsx", "Plan", row, Record::Plan(item));
        entry.period = Some(period().next());
        entry
    };
    let mut material = held(&[("2017-10-03", "Astana")]);
    material.entries.extend([planned(1, "2018-01-16"), planned(2, "2018-02-13")]);
    let told = text(Language::En, &material);
    assert!(told.contains("Two activities are planned for January–March 2018\n"), "{told}");
    material.entries.push(planned(3, "2018-02-20"));
    let told = text(Language::En, &material);
    assert!(
        told.contains("Three activities are planned for January–March 2018, the most of them in February"),
        "{told}"
    );
}

fn has_map(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Figure(figure) => matches!(figure.drawing, Drawing::Map(_)),
        Block::Entry { body, .. } => has_map(body),
        _ => false,
    })
}

/// The last cell of each row: how many activities.
fn counts(table: &Table) -> Vec<i64> {
    let of = |row: &crate::typeset::document::Row| super::super::markdown::plain(row.cells.last().unwrap()).parse();
    table.rows.iter().filter_map(|row| of(row).ok()).collect()
}

#[test]
fn without_maps_all_places_are_in_a_table_and_make_the_total() {
    for (language, title) in [(Language::En, "Activities were held in"), (Language::Ru, "Мероприятия прошли в")]
    {
        let mut config = config();
        assert!(has_map(&drafted(language, &config, &seed()).0.blocks));
        config.programme.map = false;
        let (document, facts) = drafted(language, &config, &seed());
        assert!(!has_map(&document.blocks));
        let table = document.blocks.iter().find_map(|block| match block {
            Block::Table(table) if table.title.starts_with(title) => Some(table),
            _ => None,
        });
        let counts = counts(table.unwrap());
        let (total, each) = counts.split_last().unwrap();
        assert_eq!((*total, each.iter().sum::<i64>()), (facts.count("activities.total"), *total));
        assert_eq!(each.len(), 8, "four towns, three countries without a town, and one without a place");
    }
}
