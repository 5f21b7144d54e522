//! How long a report takes: setting a document, and writing its layout as a PDF, apart.
//!
//! ```text
//! cargo bench --bench report
//! ```
//!
//! 300 activities are about 60 pages, the size that the whole of `compile` must stay under
//! 300 ms for; 3,000 show whether time still grows in proportion.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a bench should stop where it stands")]

mod generated;

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group};
use generated::{HEADINGS, Value};
use rapporteur::compile::{self, Material, Press, Request, SourceFile};
use rapporteur::pdf::{self, Info};
use rapporteur::period::ReportingPeriod;
use rapporteur::recipient::Language;
use rapporteur::typeset;
use rapporteur::typeset::document::{
    Align, Bar, Block, Column, Cover, Document, Drawing, Figure, Inline, Row, Running, Strip, Style, Table, Words,
};
use rapporteur::typeset::fonts::Fonts;
use rapporteur::typeset::theme::Theme;
use rapporteur::{config, intake};

fn say(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Day(day) => day.format("%-d %B %Y").to_string(),
        Value::Blank => "not reported".to_owned(),
    }
}

fn cell(value: &Value) -> Vec<Inline> {
    vec![Inline::styled(say(value), Style { quiet: *value == Value::Blank, ..Style::default() })]
}

fn heading(level: u8, id: String, text: &str) -> Block {
    Block::Heading { level, id, content: vec![Inline::text(text)] }
}

/// An activity as the report tells it: date, place and countries beside title, line and story.
fn entry(row: &[Value; 17]) -> Block {
    let people = format!("{} · {} participants · {}", say(&row[2]), say(&row[12]), say(&row[11]));
    Block::Entry {
        label: vec![cell(&row[4]), cell(&row[7]), cell(&row[10])],
        body: vec![
            heading(3, say(&row[0]), &say(&row[1])),
            Block::Paragraph(vec![Inline::styled(people, Style { quiet: true, ..Style::default() })]),
            Block::Paragraph(cell(&row[15])),
            Block::List { ordered: false, items: vec![vec![Block::Paragraph(cell(&row[16]))]] },
        ],
    }
}

fn annex(rows: &[[Value; 17]]) -> Block {
    let column = |at: usize, align, weight| Column { head: HEADINGS[at].to_owned(), align, weight };
    Block::Table(Table {
        title: "All activities of the quarter".to_owned(),
        columns: vec![
            column(0, Align::Left, 0.0),
            column(1, Align::Left, 1.0),
            column(5, Align::Left, 0.0),
            column(7, Align::Left, 0.0),
            column(12, Align::Number, 0.0),
        ],
        rows: rows
            .iter()
            .map(|row| Row {
                cells: [0, 1, 5, 7, 12].iter().map(|&at| cell(&row[at])).collect(),
                total: false,
                group: false,
            })
            .collect(),
        notes: vec![],
    })
}

fn bars(rows: &[[Value; 17]]) -> Block {
    let count = |code: &str| rows.iter().filter(|row| say(&row[10]).contains(code)).count();
    let bars = ["KZ", "KG", "TJ", "TM", "UZ"].map(|code| Bar {
        label: code.to_owned(),
        value: count(code) as f64,
        text: count(code).to_string(),
        country: code.as_bytes().try_into().ok(),
    });
    Block::Figure(Figure {
        title: "Countries took part about equally often".to_owned(),
        subtitle: "Activities involving each country".to_owned(),
        source: "Source: invented rows".to_owned(),
        alt: "Bars by country".to_owned(),
        drawing: Drawing::Bars(bars.to_vec()),
    })
}

/// A report of so many activities, with what a real one has: contents, figure, stories, annex.
fn document(activities: usize) -> Document {
    let rows: Vec<[Value; 17]> = generated::rows(activities).collect();
    let mut blocks = vec![
        Block::Contents { depth: 2 },
        Block::PageBreak,
        heading(1, "figures".to_owned(), "Key figures"),
        bars(&rows),
        heading(1, "results".to_owned(), "Results by component"),
    ];
    for component in 1..=3 {
        blocks.push(heading(2, format!("component-{component}"), &format!("Component {component}")));
        blocks.extend(rows.iter().filter(|row| row[3] == Value::Number(component)).map(entry));
    }
    blocks.push(heading(1, "annex".to_owned(), "Annex"));
    blocks.push(annex(&rows));
    Document {
        title: "Quarterly report".to_owned(),
        language: Language::En,
        author: "Example secretariat".to_owned(),
        subject: "Invented activities".to_owned(),
        cover: Cover {
            period: "Q4 2017".to_owned(),
            title: "Quarterly report".to_owned(),
            strip: Some(Strip { days: vec![2; 92], ..Strip::default() }),
            ..Cover::default()
        },
        blocks,
        running: Running { head: "Example programme".to_owned(), ..Running::default() },
        words: Words {
            page_of: "Page {page} of {pages}".to_owned(),
            continued: "continued".to_owned(),
            contents: "Contents".to_owned(),
        },
    }
}

fn report(criterion: &mut Criterion) {
    let (fonts, theme) = (Fonts::load(None).unwrap(), Theme::default());
    let info = Info::new(NaiveDate::from_ymd_opt(2018, 1, 15).unwrap());
    let mut group = criterion.benchmark_group("report");
    group.measurement_time(Duration::from_secs(8)).sample_size(20);
    group.bench_function("load fonts", |bencher| bencher.iter(|| Fonts::load(None).unwrap()));
    for activities in [300, 3_000] {
        let document = document(activities);
        let layout = typeset::set(&document, &theme, &fonts);
        group.throughput(Throughput::Elements(layout.pages.len() as u64));
        group.bench_with_input(BenchmarkId::new("set", activities), &document, |bencher, document| {
            bencher.iter(|| typeset::set(black_box(document), &theme, &fonts));
        });
        group.bench_with_input(BenchmarkId::new("write", activities), &layout, |bencher, layout| {
            let copy = || layout.clone();
            bencher.iter_batched(copy, |layout| pdf::write(layout, &fonts, &info).unwrap(), BatchSize::LargeInput);
        });
    }
    group.finish();
}

/// 100 editions of a report of some twenty pages: six keys in two languages, nine times over and
/// more, as a run makes them, on as many threads as there are processors.
fn editions(criterion: &mut Criterion) {
    let home = tempfile::tempdir().unwrap();
    let config = config::load(home.path()).unwrap().output;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let period: ReportingPeriod = "2017-Q4".parse().unwrap();
    let as_of = NaiveDate::from_ymd_opt(2018, 1, 15).unwrap();
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4");
    let files = ["activities", "participants", "equipment", "meetings", "plan"];
    let files: Vec<PathBuf> = files.iter().map(|name| seed.join(format!("{name}.csv"))).collect();
    let read = runtime.block_on(intake::from_files(&files, &config, period, as_of)).unwrap();
    let files = read.files.into_iter().map(|(summary, diagnostics)| SourceFile { summary, diagnostics });
    let material = Material { entries: read.entries, files: files.collect(), held: read.held, ..Material::default() };
    let material = material.for_period(period);
    let press = Press::load(&config).unwrap();
    let request = |edition: &String, language| Request {
        report: "rsg-quarterly".to_owned(),
        period,
        as_of,
        language,
        edition: edition.clone(),
        revision: 1,
    };
    let keys = compile::editions(&config);
    let each = keys.iter().flat_map(|key| Language::ALL.map(|language| request(key, language)));
    let requests: Vec<Request> = each.collect::<Vec<_>>().into_iter().cycle().take(100).collect();
    let mut group = criterion.benchmark_group("editions");
    group.measurement_time(Duration::from_secs(20)).sample_size(10).throughput(Throughput::Elements(100));
    let processors = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    for threads in [NonZeroUsize::MIN, processors] {
        group.bench_with_input(BenchmarkId::new("100 on threads", threads), &threads, |bencher, threads| {
            bencher.iter(|| press.editions(&config, &material, black_box(&requests), *threads));
        });
    }
    group.finish();
}

criterion_group!(benches, report, editions);

fn main() -> std::process::ExitCode {
    // Workbooks are read in a child, which is this program started anew.
    rapporteur::intake::child::main_if_asked().unwrap_or_else(|| {
        benches();
        Criterion::default().configure_from_args().final_summary();
        std::process::ExitCode::SUCCESS
    })
}
