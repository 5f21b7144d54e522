//! R8 to R12: told where both figures are stated and differ, silent everywhere else.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Formula, stated};
use crate::diagnostic::Severity;
use crate::facts::{gather, select};
use crate::period::ReportingPeriod;
use crate::recipient::Country;
use crate::record::{
    Activity, ActivityType, BudgetLine, Cents, Entry, Equipment, HeadCount, Indicator, MeetingItem, Origin, PlanItem,
    Record, Status,
};

fn period() -> ReportingPeriod {
    "2017-Q4".parse().unwrap()
}

fn entry(file: &str, row: u32, of: ReportingPeriod, record: Record) -> Entry {
    let headings =
        ["title", "status", "current", "total-value-eur", "spent-in-period-eur", "spent-to-date-eur", "action-point"];
    let columns = headings.into_iter().zip(0..).map(|(heading, column)| (heading.to_owned(), column)).collect();
    let columns: Arc<BTreeMap<String, u32>> = Arc::new(columns);
    let sheet = format!("{:?}", record.sheet());
    Entry { origin: Origin { file: file.into(), sheet, row, columns }, period: Some(of), record, faults: Vec::new() }
}

fn activity(id: &str, status: Status) -> Record {
    Record::Activities(Activity {
        id: Some(id.into()),
        title: format!("Invented {id}"),
        kind: ActivityType::Workshop,
        kind_as_written: None,
        component: None,
        start: None,
        end: None,
        status: Some(status),
        place: None,
        host_country: None,
        scope: None,
        countries: Vec::new(),
        agencies: Vec::new(),
        partners: Vec::new(),
        head_count: HeadCount::default(),
        summary: None,
        outputs: None,
        photo: None,
        reason: None,
    })
}

fn equipment(value: Option<i64>) -> Record {
    Record::Equipment(Equipment {
        id: None,
        activity_id: None,
        item: "Invented device".into(),
        maker: None,
        quantity: None,
        unit_value: None,
        total_value: value.map(Cents),
        recipient_country: Country::new("KG"),
        recipient_agency: None,
        handover_date: None,
        place: None,
        status: Some(Status::Done),
        purpose: None,
        reason: None,
    })
}

fn budget(heading: &str, spent: i64, to_date: i64) -> Record {
    Record::Budget(BudgetLine {
        heading: heading.into(),
        budget: Cents(1_000_000),
        spent_in_period: Some(Cents(spent)),
        spent_to_date: Some(Cents(to_date)),
        committed: None,
        reason: None,
    })
}

fn indicator(code: &str, current: Option<i64>) -> Record {
    Record::Indicators(Indicator {
        code: code.into(),
        indicator: "Invented".into(),
        unit: "activities".into(),
        level: None,
        component: None,
        baseline: None,
        baseline_year: None,
        target: None,
        target_year: None,
        current,
        as_of: None,
        source: None,
        reason: None,
    })
}

fn plan(id: &str, status: Status) -> Record {
    Record::Plan(PlanItem {
        id: Some(id.into()),
        component: None,
        kind: None,
        kind_as_written: None,
        title: format!("Invented {id}"),
        start: None,
        end: None,
        month_only: false,
        countries: Vec::new(),
        place: None,
        responsible: None,
        status: Some(status),
        reason: None,
    })
}

fn point(date: &str, text: &str, status: Status) -> Record {
    Record::Meetings(MeetingItem {
        body: "Invented group".into(),
        number: None,
        date: date.parse().unwrap(),
        place: None,
        agenda_item: None,
        decision: None,
        action_point: Some(text.into()),
        responsible: Some("Secretariat".into()),
        due: None,
        status: Some(status),
        reason: None,
    })
}

/// Code, place and the cells told, of each contradiction among the rows of the two periods.
fn found(now: Vec<Record>, then: Vec<Record>) -> Vec<String> {
    let rows = |file: &str, of, records: Vec<Record>| -> Vec<Entry> {
        (1..).zip(records).map(|(row, record)| entry(file, row, of, record)).collect()
    };
    let (now, then) = (rows("now.xlsx", period(), now), rows("then.xlsx", period().previous(), then));
    let as_of = "2018-01-15".parse().unwrap();
    let before = select(&then, period().previous(), as_of);
    let selection = select(&now, period(), as_of).following(&before);
    let facts = gather(&selection, &[]);
    assert_eq!(crate::facts::reconcile(&selection, &facts, &[]), []);
    let formulas = [Formula { code: "OP1".into(), counts: "activities.total".into() }];
    stated(&selection, Some(&before), &facts, &formulas, true)
        .into_iter()
        .map(|told| {
            assert_eq!(told.severity == Severity::Error, told.code != "budget-does-not-follow");
            let texts = ["cell", "cells", "left-cells", "taken-cells"].iter().filter_map(|name| told.args.get(*name));
            let texts: Vec<String> = texts
                .map(|arg| match arg {
                    crate::diagnostic::Arg::Text(text) => text.clone(),
                    other => format!("{other:?}"),
                })
                .collect();
            format!("{} {} | {}", told.code, told.place, texts.join(" | "))
        })
        .collect()
}

#[test]
fn equipment_and_the_budget_must_agree_where_every_value_is_known() {
    let differ = found(vec![equipment(Some(500)), equipment(Some(700)), budget("Equipment", 1300, 9)], vec![]);
    assert_eq!(differ, ["equipment-and-budget-differ now.xlsx, Budget!E4 | now.xlsx, Equipment!D2, D3"]);
    for agreed in [
        vec![equipment(Some(500)), equipment(Some(700)), budget("Equipment ", 1200, 9)],
        vec![equipment(Some(500)), equipment(None), budget("Equipment", 1200, 9)],
        vec![equipment(Some(500)), budget("Equipment and vehicles", 1200, 9)],
        vec![equipment(Some(500)), budget("Equipment", 1, 9), budget("Оборудование", 2, 9)],
        vec![budget("Equipment", 1200, 9)],
    ] {
        assert!(found(agreed.clone(), vec![]).is_empty(), "{agreed:?}");
    }
}

#[test]
fn an_indicator_must_equal_what_its_formula_counts() {
    let done = || activity("A", Status::Done);
    let differ = found(vec![done(), indicator("OP1", Some(200))], vec![]);
    assert_eq!(differ, ["indicator-and-count-differ now.xlsx, Indicators!C3 | now.xlsx, Activities!A2"]);
    for agreed in [indicator("OP1", Some(100)), indicator("OP1", None), indicator("OP2", Some(700))] {
        assert!(found(vec![done(), agreed], vec![]).is_empty());
    }
}

#[test]
fn the_plan_must_not_contradict_the_activity_of_its_id() {
    let differ = found(vec![activity("A", Status::Done), plan("A", Status::Cancelled)], vec![]);
    assert_eq!(differ, ["plan-and-activity-differ now.xlsx, Plan!B3 | now.xlsx, Activities!B2"]);
    let differ = found(vec![activity("A", Status::Postponed), plan("A", Status::Done)], vec![]);
    assert_eq!(differ.len(), 1);
    for (id, activity_is, plan_is) in [
        ("A", Status::Done, Status::Done),
        ("A", Status::Done, Status::Planned),
        ("A", Status::Ongoing, Status::Done),
        ("B", Status::Done, Status::Cancelled),
    ] {
        assert!(found(vec![activity("A", activity_is), plan(id, plan_is)], vec![]).is_empty(), "{id}");
    }
}

#[test]
fn spent_to_date_follows_from_the_last_period() {
    let differ = found(vec![budget("Staff", 100, 1000)], vec![budget("Staff", 50, 800)]);
    assert_eq!(differ, ["budget-does-not-follow now.xlsx, Budget!F2 | then.xlsx, Budget!F2"]);
    assert!(found(vec![budget("Staff", 100, 900)], vec![budget("Staff", 50, 800)]).is_empty());
    assert!(found(vec![budget("Staff", 100, 900)], vec![budget("Travel", 50, 1)]).is_empty());
}

#[test]
fn a_tracker_carries_over_what_was_open() {
    let then = || vec![point("2017-08-01", "One", Status::Planned), point("2017-08-01", "Two", Status::Planned)];
    let one = || point("2017-08-01", "One", Status::Done);
    let differ = found(vec![one()], then());
    let expected =
        "action-points-do-not-follow now.xlsx, Meetings!G2 | then.xlsx, Meetings!G2, G3 | now.xlsx, Meetings!G2";
    assert_eq!(differ, [expected]);
    let two = || point("2017-08-01", "Two", Status::Planned);
    let new = || point("2017-11-29", "Three", Status::Planned);
    assert!(found(vec![one(), two(), new()], then()).is_empty());
    assert!(found(vec![new()], then()).is_empty(), "no tracker is kept");
    assert!(found(vec![one(), new()], vec![]).is_empty(), "nothing is known of the last period");
}

#[test]
fn action_points_open_at_the_start_new_closed_and_open_at_the_end() {
    let as_of = "2018-01-15".parse().unwrap();
    let then = [entry("then.xlsx", 1, period().previous(), point("2017-08-01", "One", Status::Planned))];
    let now = [
        entry("now.xlsx", 1, period(), point("2017-11-29", "Two", Status::Planned)),
        entry("now.xlsx", 2, period(), point("2017-11-29", "Three", Status::Done)),
    ];
    let before = select(&then, period().previous(), as_of);
    let facts = gather(&select(&now, period(), as_of).following(&before), &[]);
    let value = |name: &str| facts.value(&format!("action_points.{name}"));
    assert_eq!(["start", "new", "closed", "open"].map(value), [Some(1), Some(2), Some(1), Some(2)]);
    let alone = gather(&select(&now, period(), as_of), &[]);
    assert_eq!(alone.value("action_points.start"), None, "what was open before is not known");
}

/// V27: one activity, two items of two files; the same item in both is one.
#[test]
fn two_items_of_the_plan_do_not_share_an_activity() {
    let item = |file: &str, row, title: &str| {
        let Record::Plan(item) = plan("A", Status::Done) else { unreachable!() };
        entry(file, row, period(), Record::Plan(PlanItem { title: title.into(), ..item }))
    };
    let told = |entries: &[Entry]| {
        let selection = select(entries, period(), "2018-01-15".parse().unwrap());
        let facts = gather(&selection, &[]);
        let found = stated(&selection, None, &facts, &[], true);
        found.iter().map(|d| format!("{} {}", d.place, d.code)).collect::<Vec<_>>()
    };
    let done = entry("a.xlsx", 1, period(), activity("A", Status::Done));
    let two = [done.clone(), item("a.xlsx", 5, "On borders"), item("b.xlsx", 6, "On trade")];
    assert_eq!(told(&two), ["b.xlsx, Plan!A7 activity-claimed-twice"]);
    assert_eq!(told(&[done, item("a.xlsx", 5, "On borders"), item("b.xlsx", 6, "on  Borders")]), Vec::<String>::new());
    assert_eq!(told(&[item("a.xlsx", 5, "On borders"), item("b.xlsx", 6, "On trade")]), Vec::<String>::new());
}
