//! What taking a workbook costs beside what its library needs to read the cells: `cargo bench --bench intake`.
//!
//! `tests/speed` uses the same program for large workbooks, beside other languages' libraries:
//! `--alone FILE` reads one with the streaming reader and nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench stops where it stands, and says what it saw"
)]

mod generated;
mod workbook;

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

/// Rows of the workbook that criterion measures with.
const ROWS: usize = 10_000;

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
    workbook::xlsx(ROWS, &path).unwrap();
    let filled = generated::rows(ROWS).flatten().filter(|value| *value != generated::Value::Blank).count();
    let cells = filled + generated::HEADINGS.len();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("a workbook of 10,000 rows");
    group
        .measurement_time(Duration::from_secs(10))
        .sample_size(10)
        .throughput(Throughput::Elements(u64::try_from(ROWS).unwrap()));
    group.bench_function("streaming reader alone", |b| b.iter(|| assert_eq!(alone(&path), cells)));
    group.bench_function("taken into a ledger", |b| {
        b.iter(|| assert_eq!(runtime.block_on(taken(&path)) as usize, ROWS));
    });
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
        ["--alone", path] => println!("{} cells", alone(&PathBuf::from(path))),
        _ => bench(),
    }
    ExitCode::SUCCESS
}
