//! What taking a workbook costs beside what its library needs to read the cells: `cargo bench --bench intake`.
//!
//! `tests/speed` uses the same program for large workbooks, beside other languages' libraries:
//! `--write FILE ROWS` makes one, `--alone FILE` reads it with the streaming reader and nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench stops where it stands, and says what it saw"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use calamine::{DataRef, Reader, Xlsx};
use criterion::{Criterion, Throughput};
use rapporteur::clock::Clock;
use rapporteur::config::Config;
use rapporteur::intake::Intake;
use rapporteur::store::Store;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// Rows of the workbook that criterion measures with.
const ROWS: u32 = 10_000;

const HEADINGS: [&str; 17] = [
    "ID",
    "Title",
    "Type",
    "Component",
    "Start date",
    "End date",
    "Status",
    "Place",
    "Host country",
    "Scope",
    "Countries",
    "Agencies",
    "Partners",
    "Participants",
    "Women",
    "Men",
    "Summary",
];

/// Writes an invented workbook of 17 columns, which is read without a question.
fn write(path: &Path, rows: u32) {
    let places = [("Dushanbe", "TJ"), ("Bishkek", "KG"), ("Astana", "KZ"), ("Tashkent", "UZ"), ("Ashgabat", "TM")];
    let types = ["Workshop", "Training", "Study visit"];
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let sheet = book.add_worksheet().set_name("Activities").unwrap();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write(0, column, heading).unwrap();
    }
    // A worksheet of Excel ends at row 1,048,576.
    for row in 1..=rows.min(1_048_575) {
        let (place, country) = places[row as usize % 5];
        let (women, men) = (row % 9, row % 13 + 1);
        let day = u8::try_from(row % 25 + 1).unwrap();
        let on = |day| ExcelDateTime::from_ymd(2017, 11, day).unwrap();
        sheet.write(row, 0, format!("A-{row}")).unwrap();
        sheet.write(row, 1, format!("Invented seminar {row} on document security")).unwrap();
        sheet.write(row, 2, types[row as usize % 3]).unwrap();
        sheet.write(row, 3, row % 3 + 1).unwrap();
        sheet.write_with_format(row, 4, on(day), &date).unwrap();
        sheet.write_with_format(row, 5, on(day + 2), &date).unwrap();
        for (column, text) in (6..).zip(["Done", place, country, "National", country]) {
            sheet.write(row, column, text).unwrap();
        }
        sheet.write(row, 11, "Border service; Customs service").unwrap();
        sheet.write(row, 12, "An invented partner").unwrap();
        for (column, number) in (13..).zip([women + men, women, men]) {
            sheet.write(row, column, number).unwrap();
        }
        sheet
            .write(row, 16, format!("In this invented seminar number {row} the services spoke of documents."))
            .unwrap();
    }
    book.save(path).unwrap();
}

/// Cells that are not empty, as the streaming reader alone finds them.
fn alone(path: &Path) -> usize {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let sheet = book.sheet_names()[0].clone();
    let mut cells = book.worksheet_cells_reader(&sheet).unwrap();
    let mut count = 0;
    while let Some(cell) = cells.next_cell().unwrap() {
        count += usize::from(!matches!(cell.get_value(), DataRef::Empty));
    }
    count
}

/// From a file to rows in a fresh ledger, as the daemon takes it.
async fn taken(path: &Path) -> u32 {
    let home = tempfile::tempdir().unwrap();
    let config = Arc::new(Config::defaults(home.path()));
    let store = Store::open("sqlite:state/ledger.db", home.path()).await.unwrap();
    let clock = Clock::pretended("2018-01-12T04:00:00Z".parse().unwrap());
    let intake = Intake::new(config, store, clock);
    let taken = intake.take(path, false).await.unwrap();
    assert_eq!(taken.summary.rows_held, 0);
    taken.summary.rows_accepted
}

fn bench() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.xlsx");
    write(&path, ROWS);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("a workbook of 10,000 rows");
    group.measurement_time(Duration::from_secs(10)).sample_size(10).throughput(Throughput::Elements(u64::from(ROWS)));
    group.bench_function("streaming reader alone", |b| b.iter(|| assert_eq!(alone(&path), 17 * (ROWS as usize + 1))));
    group.bench_function("taken into a ledger", |b| b.iter(|| assert_eq!(runtime.block_on(taken(&path)), ROWS)));
    group.finish();
    criterion.final_summary();
}

fn main() -> ExitCode {
    // Workbooks are read in a child, which is this program started anew.
    if let Some(code) = rapporteur::intake::child::main_if_asked() {
        return code;
    }
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--write", path, rows] => write(&PathBuf::from(path), rows.parse().unwrap()),
        ["--alone", path] => println!("{} cells", alone(&PathBuf::from(path))),
        _ => bench(),
    }
    ExitCode::SUCCESS
}
