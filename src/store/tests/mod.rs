//! The ledger on real `SQLite` files.

mod accounts;
mod intake;
mod leases;
mod outbox;
mod runs;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;

use super::*;
use crate::outbox::{Letter, Purpose};
use crate::recipient::Language;
use crate::record::{Activity, ActivityType, HeadCount, Origin, Participation, Record};
use crate::report::ReportRun;

/// A fresh ledger; the folder lives as long as the first half of the pair.
async fn ledger() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open("sqlite:state/ledger.db", folder.path()).await.unwrap();
    (folder, store)
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

fn noon() -> DateTime<Utc> {
    at("2018-01-15T12:00:00Z")
}

fn seconds(n: i64) -> TimeDelta {
    TimeDelta::seconds(n)
}

fn period(text: &str) -> ReportingPeriod {
    text.parse().unwrap()
}

fn activity(id: Option<&str>, title: &str) -> Record {
    Record::Activities(Activity {
        id: id.map(str::to_owned),
        title: title.to_owned(),
        kind: ActivityType::Workshop,
        kind_as_written: None,
        component: Some(1),
        start: None,
        end: None,
        status: None,
        place: Some("Osh".to_owned()),
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

fn participation(activity_id: &str, agency: &str) -> Record {
    Record::Participants(Participation {
        activity_id: activity_id.to_owned(),
        country: None,
        agency: Some(agency.to_owned()),
        head_count: HeadCount { total: Some(3), ..HeadCount::default() },
        reason: None,
    })
}

fn entry(file: &str, row: u32, period: Option<&str>, record: Record) -> Entry {
    let columns = Arc::new(BTreeMap::from([("title".to_owned(), 1), ("participants".to_owned(), 4)]));
    let sheet = record.sheet().name().to_owned();
    Entry {
        origin: Origin { file: file.to_owned(), sheet, row, columns },
        period: period.map(|p| p.parse().unwrap()),
        record,
        faults: Vec::new(),
    }
}

/// What a test drops: rows as (period, record), and held rows as (sheet, period, one-based row).
#[derive(Default)]
struct Dropped<'a> {
    source: &'a str,
    file: &'a str,
    rows: Vec<(Option<&'a str>, Record)>,
    held: Vec<(Option<Sheet>, Option<&'a str>, u32)>,
}

async fn drop_file(store: &Store, dropped: Dropped<'_>) -> Change {
    let incoming = IncomingFile {
        source: dropped.source.to_owned(),
        file: dropped.file.to_owned(),
        sha256: format!("{:064}", fastrand::u64(..)),
        received_at: noon(),
    };
    let mut writer = store.begin_file(incoming).await.unwrap();
    let mut summary = FileSummary { file: dropped.file.to_owned(), ..FileSummary::default() };
    for (row, (period, record)) in (1..).zip(dropped.rows) {
        summary.sheets.entry(record.sheet()).or_default();
        writer.entry(entry(dropped.file, row, period, record)).await.unwrap();
    }
    for (sheet, period, row) in dropped.held {
        let period = period.map(|p| p.parse().unwrap());
        writer.held(HeldRow { file: dropped.file.to_owned(), sheet, period, row, activity_id: None }).await.unwrap();
    }
    writer.commit(&summary).await.unwrap()
}

/// What a period's rows say, each as `file:title` or `file:activity/agency`.
async fn told(store: &Store, wanted: &str) -> Vec<String> {
    let data = store.period_data(period(wanted)).await.unwrap();
    // What is counted is what is read.
    let counts = store.period_counts(period(wanted)).await.unwrap();
    let of_sheet = |sheet: Sheet| data.entries.iter().filter(|e| e.record.sheet() == sheet).count() as u64;
    for sheet in Sheet::ALL {
        assert_eq!(counts.rows.get(&sheet).copied().unwrap_or(0), of_sheet(sheet), "{sheet}");
    }
    let sources: std::collections::BTreeSet<String> = data.files.iter().map(|file| file.source.clone()).collect();
    assert_eq!((counts.held, counts.sources), (data.held.len() as u64, sources));
    data.entries
        .iter()
        .map(|e| match &e.record {
            Record::Activities(a) => format!("{}:{}", e.origin.file, a.title),
            Record::Participants(p) => {
                format!("{}:{}/{}", e.origin.file, p.activity_id, p.agency.as_deref().unwrap_or(""))
            }
            other => format!("{}:{}", e.origin.file, other.sheet()),
        })
        .collect()
}

fn delivery(key: &str) -> NewDelivery {
    NewDelivery {
        run: None,
        purpose: Purpose::Report,
        name: "Example Member".to_owned(),
        email: "member@example.org".to_owned(),
        letter: Letter {
            language: Language::Ru,
            subject: "Отчёт".to_owned(),
            text: "Текст\n".to_owned(),
            thread: Vec::new(),
            attached: None,
            html: "<p>Текст</p>".to_owned(),
        },
        attachments: Vec::new(),
        message_id: format!("<{key}@example.org>"),
        unique_key: key.to_owned(),
    }
}

fn planned(due_at: DateTime<Utc>) -> PlannedRun {
    PlannedRun {
        report: "rsg-quarterly".to_owned(),
        period: period("2017-Q4"),
        due_at,
        note: String::new(),
        skipped: None,
        waits_until: None,
    }
}

async fn due_run(store: &Store) -> ReportRun {
    store.start_run("rsg", planned(noon())).await.unwrap()
}
