//! Rows to compile: the seed quarter, read by the shortest way, and invented activities.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::compile::{Material, Request, SourceFile};
use crate::config::Config;
use crate::period::ReportingPeriod;
use crate::recipient::{Country, Language};
use crate::record::{
    Activity, ActivityType, Entry, Equipment, FileSummary, HeadCount, Indicator, MeetingItem, Origin, PlanItem, Record,
    Scope, Sheet, Status,
};

pub(super) fn config() -> Config {
    Config::defaults(Path::new("/nonexistent/home"))
}

pub(super) fn period() -> ReportingPeriod {
    "2017-Q4".parse().unwrap()
}

pub(super) fn request(language: Language) -> Request {
    Request {
        report: "rsg-quarterly".into(),
        period: period(),
        as_of: "2018-01-15".parse().unwrap(),
        language,
        edition: String::new(),
        revision: 1,
    }
}

pub(in crate::compile) fn entry(file: &str, sheet: &str, row: u32, record: Record) -> Entry {
    let origin = Origin { file: file.into(), sheet: sheet.into(), row, columns: Arc::new(BTreeMap::new()) };
    Entry { origin, period: Some(period()), record, faults: Vec::new() }
}

pub(in crate::compile) fn blank(title: &str) -> Activity {
    Activity {
        id: None,
        title: title.into(),
        kind: ActivityType::Workshop,
        kind_as_written: None,
        component: None,
        start: None,
        end: None,
        status: Some(Status::Done),
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
    }
}

/// As many activities as asked for, with or without dates and participants.
pub(super) fn many(dated: usize, undated: usize, reported: usize, women: usize) -> Material {
    let entries = (0..dated + undated).map(|n| {
        let mut activity = blank(&format!("Invented activity {n}"));
        activity.id = Some(format!("X-{n:03}"));
        if n < dated {
            activity.start = "2017-10-03".parse().ok();
            activity.end = "2017-10-05".parse().ok();
        }
        if n < reported {
            activity.head_count.total = Some(20);
        }
        if n < women {
            activity.head_count.women = Some(7);
            activity.head_count.men = Some(13);
        }
        activity.host_country = Country::new("KG");
        activity.countries = vec![Country::new("KG").unwrap(), Country::new("TJ").unwrap()];
        entry("invented.xlsx", "Activities", u32::try_from(n).unwrap(), Record::Activities(activity))
    });
    Material { entries: entries.collect(), ..Material::default() }
}

/// A file of the period with as many rows.
pub(super) fn file(name: &str, rows: u32) -> SourceFile {
    let summary = FileSummary {
        file: name.into(),
        sha256: format!("{:064x}", name.len()),
        rows_read: rows,
        rows_accepted: rows,
        ..FileSummary::default()
    };
    SourceFile { summary, diagnostics: Vec::new() }
}

/// An indicator whose current value, in hundredths, is stated.
pub(super) fn indicator(code: &str, current: i64) -> Entry {
    let row = Indicator {
        code: code.into(),
        indicator: "Invented indicator".into(),
        unit: "activities".into(),
        level: None,
        component: None,
        baseline: None,
        baseline_year: None,
        target: None,
        target_year: None,
        current: Some(current),
        as_of: None,
        source: None,
        reason: None,
    };
    entry("indicators.csv", "Indicators", 1, Record::Indicators(row))
}

type Cells = BTreeMap<String, String>;

fn rows(name: &str) -> Vec<Cells> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4").join(name);
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn text(row: &Cells, key: &str) -> Option<String> {
    row.get(key).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
}

fn list(row: &Cells, key: &str) -> Vec<String> {
    text(row, key).map(|t| t.split(';').map(|p| p.trim().to_owned()).collect()).unwrap_or_default()
}

fn country(row: &Cells, key: &str) -> Option<Country> {
    text(row, key).and_then(|t| Country::new(&t))
}

fn word<T: Copy>(all: &[T], key: fn(T) -> &'static str, written: Option<String>) -> Option<T> {
    let written = written?.to_lowercase().replace(' ', "-");
    all.iter().copied().find(|t| key(*t) == written)
}

/// The seed's own CSV files.
pub(super) fn seed() -> Material {
    let mut entries = Vec::new();
    let number = |n: usize| u32::try_from(n).unwrap() + 1;
    for (n, row) in rows("activities.csv").iter().enumerate() {
        let activity = Activity {
            id: text(row, "activity_id"),
            title: text(row, "title").unwrap(),
            kind: word(&ActivityType::ALL, ActivityType::key, text(row, "activity_type")).unwrap(),
            start: text(row, "start_date").map(|d| d.parse().unwrap()),
            end: text(row, "end_date").map(|d| d.parse().unwrap()),
            status: None,
            place: text(row, "place"),
            host_country: country(row, "host_country"),
            scope: word(&Scope::ALL, Scope::key, text(row, "scope")),
            countries: list(row, "countries").iter().filter_map(|c| Country::new(c)).collect(),
            agencies: list(row, "agencies"),
            partners: list(row, "partners"),
            head_count: HeadCount {
                total: text(row, "participants_total").map(|n| n.parse().unwrap()),
                ..HeadCount::default()
            },
            summary: text(row, "summary"),
            outputs: text(row, "outputs"),
            ..blank("")
        };
        entries.push(entry("activities.csv", "Activities", number(n), Record::Activities(activity)));
    }
    for (n, row) in rows("equipment.csv").iter().enumerate() {
        let item = Equipment {
            id: text(row, "equipment_id"),
            activity_id: text(row, "activity_id"),
            item: text(row, "item").unwrap(),
            maker: text(row, "maker"),
            quantity: text(row, "quantity").map(|n| n.parse().unwrap()),
            unit_value: None,
            total_value: None,
            recipient_country: country(row, "recipient_country"),
            recipient_agency: text(row, "recipient_agency"),
            handover_date: text(row, "handover_date").map(|d| d.parse().unwrap()),
            place: text(row, "place"),
            status: Some(Status::Done),
            purpose: text(row, "purpose"),
            reason: None,
        };
        let mut item = entry("equipment.csv", "Equipment", number(n), Record::Equipment(item));
        item.period = None;
        entries.push(item);
    }
    for (n, row) in rows("meetings.csv").iter().enumerate() {
        let item = MeetingItem {
            body: text(row, "body").unwrap(),
            number: text(row, "number"),
            date: text(row, "date").unwrap().parse().unwrap(),
            place: text(row, "place"),
            agenda_item: text(row, "agenda_item"),
            decision: text(row, "decision"),
            action_point: text(row, "action_point"),
            responsible: None,
            due: None,
            status: None,
            reason: None,
        };
        entries.push(entry("meetings.csv", "Meetings", number(n), Record::Meetings(item)));
    }
    for (n, row) in rows("plan.csv").iter().enumerate() {
        let item = PlanItem {
            id: text(row, "plan_id"),
            component: None,
            kind: word(&ActivityType::ALL, ActivityType::key, text(row, "activity_type")),
            kind_as_written: None,
            title: text(row, "title").unwrap(),
            start: None,
            end: None,
            month_only: false,
            countries: country(row, "country").into_iter().collect(),
            place: None,
            responsible: None,
            status: Some(Status::Planned),
            reason: None,
        };
        entries.push(entry("plan.csv", "Plan", number(n), Record::Plan(item)));
    }
    let files = [
        ("activities.csv", Sheet::Activities),
        ("equipment.csv", Sheet::Equipment),
        ("meetings.csv", Sheet::Meetings),
        ("plan.csv", Sheet::Plan),
    ];
    let files = files.map(|(file, sheet)| {
        let rows = u32::try_from(entries.iter().filter(|e| e.origin.file == file).count()).unwrap();
        let summary = FileSummary {
            file: file.into(),
            sha256: format!("{:064x}", file.len()),
            rows_read: rows,
            rows_accepted: rows,
            sheets: BTreeMap::from([(sheet, vec![period()])]),
            ..FileSummary::default()
        };
        SourceFile { summary, diagnostics: Vec::new() }
    });
    Material { entries, files: files.into(), ..Material::default() }
}
