use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{gather, reconcile, select};
use crate::period::ReportingPeriod;
use crate::recipient::Country;
use crate::record::{Activity, ActivityType, Entry, HeadCount, Origin, Participation, Record};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn quarter() -> ReportingPeriod {
    "2017-Q4".parse().unwrap()
}

fn entry(row: u32, record: Record) -> Entry {
    let columns = BTreeMap::from([("participants".to_owned(), 7), ("title".to_owned(), 1)]);
    let origin = Origin { file: "a.xlsx".into(), sheet: "Activities".into(), row, columns: Arc::new(columns) };
    let period = matches!(record, Record::Activities(_)).then(quarter);
    Entry { origin, period, record, faults: Vec::new() }
}

fn activity(id: &str, end: Option<&str>, total: Option<u32>) -> Activity {
    Activity {
        id: Some(id.into()),
        title: format!("Invented {id}"),
        kind: ActivityType::Workshop,
        kind_as_written: None,
        component: None,
        start: end.map(day),
        end: end.map(day),
        status: None,
        place: None,
        host_country: None,
        scope: None,
        countries: Vec::new(),
        agencies: Vec::new(),
        partners: Vec::new(),
        head_count: HeadCount { total, ..HeadCount::default() },
        summary: None,
        outputs: None,
        photo: None,
        reason: None,
    }
}

fn people(id: &str, country: &str, total: Option<u32>, women: Option<u32>) -> Record {
    Record::Participants(Participation {
        activity_id: id.into(),
        country: Country::new(country),
        agency: None,
        head_count: HeadCount { total, women, men: None, estimated: false },
        reason: None,
    })
}

#[test]
fn blank_is_never_zero() {
    let entries = [entry(1, Record::Activities(activity("A", Some("2017-10-03"), None)))];
    let selection = select(&entries, quarter(), day("2018-01-15"));
    let facts = gather(&selection, &[]);
    assert_eq!(facts.value("participants.total"), None);
    assert_eq!(facts.figures["participants.total"].of, 1);
    assert_eq!(facts.value("activities.by_month.12"), Some(0));
    assert_eq!(reconcile(&selection, &facts, &[]), []);
}

#[test]
fn participation_rows_complete_an_activity_only_when_all_of_them_speak() {
    let entries = [
        entry(1, Record::Activities(activity("A", Some("2017-10-03"), None))),
        entry(2, Record::Activities(activity("B", Some("2017-10-04"), None))),
        entry(3, people("A", "KG", Some(12), Some(4))),
        entry(4, people("A", "TJ", Some(8), Some(1))),
        entry(5, people("B", "KG", Some(5), None)),
        entry(6, people("B", "TJ", None, None)),
    ];
    let selection = select(&entries, quarter(), day("2018-01-15"));
    let facts = gather(&selection, &[]);
    assert_eq!(facts.value("participants.total"), Some(20));
    assert_eq!(facts.figures["participants.total"].reported_by, 1);
    assert_eq!(facts.value("participants.women"), Some(5));
    assert_eq!(facts.value("participants.from.KG"), Some(12));
    assert_eq!(reconcile(&selection, &facts, &[]), []);
    let cells: Vec<_> = facts.figures["participants.total"].citations.iter().map(|c| c.cell.clone().unwrap()).collect();
    assert_eq!(cells, ["H4", "H5"]);
}

#[test]
fn rows_that_contradict_the_total_are_dropped_and_told() {
    let entries = [
        entry(1, Record::Activities(activity("A", Some("2017-10-03"), Some(21)))),
        entry(3, people("A", "KG", Some(12), None)),
        entry(4, people("A", "TJ", Some(8), None)),
    ];
    let selection = select(&entries, quarter(), day("2018-01-15"));
    let facts = gather(&selection, &[]);
    assert_eq!(facts.value("participants.total"), Some(21));
    assert_eq!(facts.value("participants.from.KG"), None);
    assert_eq!(selection.diagnostics.len(), 1);
    assert_eq!(selection.diagnostics[0].place.to_string(), "a.xlsx, Activities!H2");
    assert_eq!(reconcile(&selection, &facts, &[]), []);
}

#[test]
fn an_id_in_two_files_counts_once() {
    let mut again = entry(9, Record::Activities(activity("A", Some("2017-10-03"), Some(12))));
    again.origin.file = "regional.xlsx".into();
    let entries = [entry(1, Record::Activities(activity("A", Some("2017-10-03"), Some(20)))), again];
    let selection = select(&entries, quarter(), day("2018-01-15"));
    let facts = gather(&selection, &[]);
    assert_eq!(facts.value("activities.total"), Some(1));
    assert_eq!(facts.value("participants.total"), Some(20));
    assert_eq!(selection.diagnostics[0].wording.as_deref(), Some("activity-in-two-files-differs"));
}

#[test]
fn one_event_under_two_ids_is_a_question_and_counts_once() {
    let event = |id: &str, title: &str, total, countries: [&str; 3]| Activity {
        title: title.into(),
        place: Some("Bishkek".into()),
        countries: countries.iter().filter_map(|code| Country::new(code)).collect(),
        ..activity(id, Some("2017-11-14"), Some(total))
    };
    let mut regional = entry(9, Record::Activities(event("R-1", "Risk analysis", 20, ["KZ", "KG", "TJ"])));
    regional.origin.file = "regional.xlsx".into();
    let own = entry(1, Record::Activities(event("KG-1", "Workshop on risk analysis", 12, ["KG", "", ""])));
    let other = entry(2, Record::Activities(event("KG-2", "Workshop on dogs", 5, ["KG", "", ""])));
    for entries in [[own.clone(), other.clone(), regional.clone()], [regional, other, own]] {
        let selection = select(&entries, quarter(), day("2018-01-15"));
        let facts = gather(&selection, &[]);
        assert_eq!(facts.value("activities.total"), Some(2));
        assert_eq!(facts.value("participants.total"), Some(25));
        let told: Vec<_> = selection.diagnostics.iter().map(|d| format!("{} {}", d.place, d.code)).collect();
        assert_eq!(told, ["a.xlsx, Activities!B2 event-in-two-files"]);
        assert_eq!(reconcile(&selection, &facts, &[]), []);
    }
}

#[test]
fn what_is_not_yet_over_is_not_done() {
    let entries = [
        entry(1, Record::Activities(activity("A", Some("2017-10-03"), None))),
        entry(2, Record::Activities(activity("B", Some("2017-12-03"), None))),
        entry(3, Record::Activities(activity("C", None, None))),
    ];
    let facts = |as_of| gather(&select(&entries, quarter(), day(as_of)), &[]);
    assert_eq!(facts("2017-11-01").value("activities.total"), Some(1));
    assert_eq!(facts("2018-01-01").value("activities.total"), Some(3));
    assert_eq!(facts("2018-01-01").value("activities.by_month.undated"), Some(1));
}

#[test]
fn a_sum_that_is_wrong_is_found() {
    let entries = [
        entry(1, Record::Activities(activity("A", Some("2017-10-03"), Some(21)))),
        entry(3, people("A", "KG", Some(12), None)),
        entry(4, people("A", "TJ", None, None)),
    ];
    let selection = select(&entries, quarter(), day("2018-01-15"));
    let sound = gather(&selection, &[]);
    for (name, rule) in [
        ("activities.by_type.workshop", "R1"),
        ("participants.from.KG", "R2"),
        ("participants.unknown", "R3"),
        ("activities.held_in.unknown", "R5"),
        ("activities.dated", "R6"),
    ] {
        let mut facts = sound.clone();
        let figure = facts.figures.get_mut(name).unwrap();
        figure.value = figure.value.map(|value| value + 1);
        let rules: Vec<&str> = reconcile(&selection, &facts, &[]).iter().map(|found| found.rule).collect();
        assert_eq!(rules, [rule], "{name}");
    }
}

#[test]
fn rows_that_make_more_than_the_total_are_dropped_though_some_are_blank() {
    let entries = [
        entry(1, Record::Activities(activity("A", Some("2017-10-03"), Some(10)))),
        entry(3, people("A", "KG", Some(12), None)),
        entry(4, people("A", "TJ", None, None)),
    ];
    let selection = select(&entries, quarter(), day("2018-01-15"));
    let facts = gather(&selection, &[]);
    assert_eq!(reconcile(&selection, &facts, &[]), []);
    assert_eq!((selection.diagnostics.len(), facts.value("participants.from.KG")), (1, None));
}
