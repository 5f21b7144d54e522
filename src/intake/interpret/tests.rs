//! Cases as readable text (`tests/data/interpret/*.txt`), the seed's golden numbers, a
//! workbook with ten mistakes, and a clean one.
//!
//! A case is a title after `##`, then settings, sheets and expectations:
//!
//! ```text
//! ## a range in one cell
//! file activities_TJ.xlsx
//! sheet Activities
//! Title | Type | Start date
//! On borders | Workshop | 14-16 November 2017
//! = 2017-11-14..2017-11-16 2017-Q4
//! ! warning C2 year-assumed
//! ```
//!
//! Cells are text; `#n 20` is a number, `#d 2017-11-29` a date, `#f 145` a formula with its
//! value, `#u` one without, `#e #REF!` an error, `#s text` a text that is struck through; `\n` a line end. `~` before a row hides it, `.`
//! is a blank row, `merge A2:A4` merges, `hide B1:C1` hides columns. Every error and warning must be listed after `!`, and
//! no other; notes (`info`) may be. `=` lists the accepted rows, in short, in their order.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::*;
use crate::cell::CellRange;
use crate::diagnostic::Diagnostic;
use crate::intake::raw::{RawCell, RawValue, ReadComponent};
use crate::locale::Locale;
use crate::recipient::{Country, Language};
use crate::record::{Activity, Entry, Record};

/// A workbook made of text.
#[derive(Default)]
struct Paper {
    sheets: Vec<RawSheet>,
    rows: Vec<Vec<RawRow>>,
    is_1904: bool,
}

impl RawWorkbook for Paper {
    fn sheets(&self) -> &[RawSheet] {
        &self.sheets
    }

    fn is_1904(&self) -> bool {
        self.is_1904
    }

    fn read(&mut self, sheet: usize, visit: &mut dyn FnMut(RawRow) -> bool) -> Result<(), Unreadable> {
        for row in &self.rows[sheet] {
            if !visit(row.clone()) {
                break;
            }
        }
        Ok(())
    }
}

fn value(text: &str) -> Option<(RawValue, bool)> {
    let text = text.trim();
    Some(match text.split_once(' ').unwrap_or((text, "")) {
        ("", _) => return None,
        ("#n", number) => (RawValue::Number(number.parse().unwrap()), false),
        ("#f", number) => (RawValue::Number(number.parse().unwrap()), true),
        ("#d", date) => (RawValue::Date(date.parse::<NaiveDate>().unwrap().into()), false),
        ("#s", text) => (RawValue::Text(text.to_owned()), false),
        ("#e", shown) => (RawValue::Error(shown.to_owned()), true),
        ("#u", _) => (RawValue::Uncalculated, true),
        _ => (RawValue::Text(text.replace("\\n", "\n")), false),
    })
}

fn row(number: usize, line: &str) -> RawRow {
    let (hidden, line) = line.strip_prefix('~').map_or((false, line), |rest| (true, rest));
    let struck = line.split(" |").zip(0..).filter(|(text, _)| text.trim().starts_with("#s ")).map(|(_, c)| c).collect();
    let cells = line.split(" |").enumerate().filter_map(|(column, text)| {
        let (value, formula) = value(text)?;
        Some(RawCell { column: u32::try_from(column).unwrap(), value, formula })
    });
    RawRow { row: u32::try_from(number).unwrap(), cells: cells.collect(), hidden, struck, comments: Vec::new() }
}

fn request(name: &str) -> ReadRequest {
    ReadRequest {
        path: PathBuf::new(),
        name: name.to_owned(),
        folder: String::new(),
        today: NaiveDate::from_ymd_opt(2018, 1, 15).unwrap(),
        default_period: None,
        phase: (NaiveDate::from_ymd_opt(2015, 6, 15).unwrap(), NaiveDate::from_ymd_opt(2019, 12, 14).unwrap()),
        countries: ["KZ", "KG", "TJ", "TM", "UZ"].iter().filter_map(|c| Country::new(c)).collect(),
        components: [
            (1, "Institutional development", "Институциональное развитие"),
            (3, "Trade facilitation", "Содействие торговле"),
        ]
        .map(|(number, en, ru)| ReadComponent { number, titles: vec![en.to_owned(), ru.to_owned()] })
        .to_vec(),
        workbook: crate::config::Workbook::default(),
        contributor_country: None,
        earlier: Vec::new(),
        legacy_xls: false,
        max_rows: 200_000,
    }
}

/// `budget Travel | 2017-Q3 | 5500000`, `indicators 1.1 | 2017-Q3 | 32000 | persons`: in hundredths.
fn earlier(said: &str) -> crate::intake::raw::EarlierValue {
    let (sheet, said) = said.split_once(' ').unwrap();
    let parts: Vec<&str> = said.split(" | ").collect();
    crate::intake::raw::EarlierValue {
        sheet: if sheet == "budget" { Sheet::Budget } else { Sheet::Indicators },
        name: parts[0].to_owned(),
        period: parts[1].parse().unwrap(),
        value: parts[2].parse().unwrap(),
        unit: parts.get(3).map(|unit| (*unit).to_owned()),
    }
}

#[derive(Default)]
struct Answer {
    entries: Vec<Entry>,
    held: Vec<u32>,
    diagnostics: Vec<Diagnostic>,
    summary: FileSummary,
}

fn interpreted(paper: &mut Paper, request: &ReadRequest) -> Answer {
    let mut answer = Answer::default();
    let summary = interpret(paper, request, &mut |event| match event {
        ReadEvent::Entry(entry) => answer.entries.push(*entry),
        ReadEvent::Held { row, .. } => answer.held.push(row),
        ReadEvent::Diagnostic(diagnostic) => answer.diagnostics.push(*diagnostic),
        ReadEvent::Done(_) => unreachable!("left to the caller"),
    });
    answer.summary = summary;
    answer
}

fn activity_in_short(a: &Activity) -> Vec<String> {
    let mut words = Vec::new();
    match (a.start, a.end) {
        (Some(start), Some(end)) if start != end => words.push(format!("{start}..{end}")),
        (Some(day), _) | (None, Some(day)) => words.push(day.to_string()),
        (None, None) => words.push("undated".to_owned()),
    }
    let head = a.head_count;
    let number = |n: Option<u32>| n.map_or("-".to_owned(), |n| n.to_string());
    if head != crate::record::HeadCount::default() {
        let about = if head.estimated { "~" } else { "" };
        words.push(format!("{about}{}={}w+{}m", number(head.total), number(head.women), number(head.men)));
    }
    if let Some(host) = a.host_country {
        words.push(format!("at:{host}"));
    }
    if !a.countries.is_empty() {
        words.push(a.countries.iter().map(Country::code).collect::<Vec<_>>().join("+"));
    }
    if let Some(status) = a.status {
        words.push(status.key().to_owned());
    }
    if let Some(component) = a.component {
        words.push(format!("c{component}"));
    }
    words
}

/// A row in short: what of it decides figures.
fn in_short(entry: &Entry) -> String {
    let mut words = match &entry.record {
        Record::Activities(a) => activity_in_short(a),
        Record::Participants(p) => vec![
            p.activity_id.clone(),
            p.country.map_or("-".to_owned(), |c| c.to_string()),
            p.head_count.total.map_or("-".to_owned(), |t| t.to_string()),
        ],
        Record::Equipment(e) => vec![
            e.item.clone(),
            e.recipient_country.map_or("-".to_owned(), |c| c.to_string()),
            e.value().map_or("-".to_owned(), |v| v.0.to_string()),
        ],
        Record::Meetings(m) => vec![m.date.to_string()],
        Record::Plan(p) => vec![
            p.start.map_or("undated".to_owned(), |d| d.to_string()),
            p.status.map_or("-".to_owned(), |s| s.key().to_owned()),
        ],
        Record::Priorities(p) => vec![p.country.to_string()],
        Record::Challenges(c) => vec![c.countries.iter().map(Country::code).collect::<Vec<_>>().join("+")],
        Record::Risks(r) => vec![format!("{}x{}", r.likelihood, r.impact)],
        Record::Budget(b) => vec![b.budget.0.to_string()],
        Record::Indicators(i) => vec![i.code.clone()],
    };
    words.extend(entry.period.map(|p| p.to_string()));
    // Of the plan it is no correction's.
    let reason = entry.record.reason().filter(|_| entry.record.sheet() != Sheet::Plan);
    words.extend(reason.map(|reason| format!("why:{reason}")));
    words.extend(entry.faults.iter().map(|f| format!("[{f}]")));
    words.retain(|w| !w.is_empty());
    words.join(" ")
}

fn told(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let cell = diagnostic.place.cells.map_or("-".to_owned(), |c| c.to_string());
    format!("{severity} {cell} {}", diagnostic.code)
}

/// Runs a file of cases; every message must also be there in both languages.
fn run(cases: &str) -> usize {
    let locales = Language::ALL.map(Locale::embedded);
    let (mut count, mut wrong) = (0, Vec::new());
    for case in cases.split("\n## ").skip(1) {
        let (title, body) = case.split_once('\n').unwrap();
        let mut request = request("report.xlsx");
        let mut paper = Paper::default();
        let (mut expected, mut rows, mut counts) = (Vec::new(), Vec::new(), None);
        for line in body.lines().filter(|l| !l.trim().is_empty()) {
            match line.split_once(' ').unwrap_or((line, "")) {
                ("file", name) => request.name = name.to_owned(),
                ("folder", name) => request.folder = name.to_owned(),
                ("asked", period) => request.default_period = Some((period.parse().unwrap(), "the report".to_owned())),
                ("earlier", said) => request.earlier.push(earlier(said)),
                ("1904", _) => paper.is_1904 = true,
                ("sheet", name) => {
                    let (name, hidden) = name.strip_suffix(" hidden").map_or((name, false), |n| (n, true));
                    let is_csv = request.name.ends_with(".csv");
                    paper.sheets.push(RawSheet { name: name.to_owned(), hidden, is_csv, ..RawSheet::default() });
                    paper.rows.push(Vec::new());
                }
                ("merge", range) => {
                    paper.sheets.last_mut().unwrap().merges.push(range.parse::<CellRange>().unwrap());
                }
                ("hide", columns) => {
                    let range: CellRange = columns.parse().unwrap();
                    let hidden = (range.first.column, range.last.column);
                    paper.sheets.last_mut().unwrap().hidden_columns.push(hidden);
                }
                ("!", what) => expected.push(what.to_owned()),
                ("=", what) => rows.push(what.to_owned()),
                ("rows", what) => counts = Some(what.to_owned()),
                _ => {
                    let sheet = paper.rows.last_mut().unwrap();
                    let number = sheet.len();
                    sheet.push(if line == "." { row(number, "") } else { row(number, line) });
                }
            }
        }
        let answer = interpreted(&mut paper, &request);
        let mut found: Vec<String> = answer.diagnostics.iter().map(told).collect();
        found.retain(|f| !f.starts_with("info") || expected.contains(f));
        found.sort();
        expected.sort();
        if found != expected {
            wrong.push(format!("{title}\n  told     {found:?}\n  expected {expected:?}"));
        }
        let found: Vec<String> = answer.entries.iter().map(in_short).collect();
        if !rows.is_empty() && found != rows {
            wrong.push(format!(
                "{title}\n  read     {}\n  expected {}",
                found.join("\n           "),
                rows.join("\n           ")
            ));
        }
        if let Some(counts) = counts {
            let s = &answer.summary;
            assert_eq!(format!("{} {} {}", s.rows_read, s.rows_accepted, s.rows_held), counts, "{title}");
        }
        assert_eq!(answer.summary.rows_read, answer.summary.rows_accepted + answer.summary.rows_held, "{title}");
        assert_eq!(u32::try_from(answer.held.len()).unwrap(), answer.summary.rows_held, "{title}");
        for diagnostic in &answer.diagnostics {
            has_words(&locales, diagnostic, title);
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    count
}

fn has_words(locales: &[Locale; 2], diagnostic: &Diagnostic, title: &str) {
    for locale in locales {
        let id = diagnostic.wording.as_deref().unwrap_or(&diagnostic.code);
        assert!(locale.has(id), "{title}: no words for {id} in {}", locale.language());
        let said = locale.diagnostic(diagnostic);
        let bare = format!("{} {}", said.message, said.hint);
        assert!(!bare.contains("{$") && !bare.contains("{ $") && !bare.contains('‹'), "{title}: {bare}");
        if diagnostic.severity == Severity::Error {
            assert!(!said.hint.is_empty(), "{title}: {id} mends nothing");
        }
    }
}

#[test]
fn cases_of_dates_and_periods() {
    assert!(run(include_str!("../../../tests/data/interpret/dates.txt")) >= 25);
}

#[test]
fn cases_of_shapes() {
    assert!(run(include_str!("../../../tests/data/interpret/shapes.txt")) >= 25);
}

#[test]
fn cases_of_numbers_and_words() {
    assert!(run(include_str!("../../../tests/data/interpret/cells.txt")) >= 25);
}

#[test]
fn cases_of_every_rule() {
    assert!(run(include_str!("../../../tests/data/interpret/rules.txt")) >= 35);
}

#[test]
fn cases_that_are_in_no_list() {
    assert!(run(include_str!("../../../tests/data/interpret/variants.txt")) >= 20);
}

#[test]
fn cases_of_offices() {
    assert!(run(include_str!("../../../tests/data/interpret/offices.txt")) >= 28);
}

#[test]
fn whole_workbooks() {
    assert_eq!(run(include_str!("../../../tests/data/interpret/workbooks.txt")), 3);
}

fn csv_sheet(paper: &mut Paper, name: &str, text: &str) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    paper.sheets.push(RawSheet { name: name.to_owned(), is_csv: true, ..RawSheet::default() });
    let rows = reader.records().enumerate().map(|(number, record)| {
        let record = record.unwrap();
        let cells = record.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(|(column, text)| RawCell {
            column: u32::try_from(column).unwrap(),
            value: RawValue::Text(text.to_owned()),
            formula: false,
        });
        RawRow {
            row: u32::try_from(number).unwrap(),
            cells: cells.collect(),
            hidden: false,
            struck: Vec::new(),
            comments: Vec::new(),
        }
    });
    paper.rows.push(rows.collect());
}

fn seed(name: &str, text: &str) -> Answer {
    let mut paper = Paper::default();
    csv_sheet(&mut paper, name, text);
    let mut request = request(&format!("{name}.csv"));
    request.default_period = Some((ReportingPeriod::quarter(2017, 4).unwrap(), "the report".to_owned()));
    interpreted(&mut paper, &request)
}

#[test]
fn the_seed_reads_as_it_is() {
    macro_rules! seed {
        ($name:literal) => {
            seed($name, include_str!(concat!("../../../templates/demo/seed-2017-q4/", $name, ".csv")))
        };
    }
    let locales = Language::ALL.map(Locale::embedded);
    let all = [
        (seed!("activities"), 9, 9),
        (seed!("participants"), 48, 48),
        (seed!("equipment"), 2, 2),
        (seed!("meetings"), 3, 3),
        (seed!("plan"), 4, 4),
        (seed!("challenges"), 0, 0),
        (seed!("priorities"), 0, 0),
    ];
    for (answer, read, accepted) in &all {
        let errors: Vec<String> = answer.diagnostics.iter().filter(|d| d.is_error()).map(told).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", answer.summary.file);
        assert_eq!(
            (answer.summary.rows_read, answer.summary.rows_accepted),
            (*read, *accepted),
            "{}",
            answer.summary.file
        );
        for diagnostic in &answer.diagnostics {
            has_words(&locales, diagnostic, &answer.summary.file);
        }
    }
    let activities = &all[0].0;
    let warnings: Vec<String> =
        activities.diagnostics.iter().filter(|d| d.severity == Severity::Warning).map(told).collect();
    assert_eq!(
        warnings,
        ["warning G3 date-missing-in-period", "warning H8 date-on-weekend", "warning - participants-not-reported"]
    );
    let shorts: Vec<String> = activities.entries.iter().map(in_short).collect();
    assert_eq!(
        shorts,
        [
            "2017-11-29 at:KZ KZ+KG+TJ+TM+UZ 2017-Q4",
            "undated at:UZ UZ 2017-Q4",
            "2017-11-14..2017-11-16 KZ+KG+TJ+UZ 2017-Q4",
            "2017-10-02..2017-10-04 at:KZ KZ 2017-Q4",
            "2017-11-07..2017-11-09 at:TM TM 2017-Q4",
            "2017-11-03 at:KG KG 2017-Q4",
            "2017-10-24..2017-10-28 20=-w+-m at:TJ KG+TJ 2017-Q4",
            "2017-10-17..2017-10-20 12=-w+-m at:LV KZ+KG 2017-Q4",
            "2017-10-10..2017-10-12 at:KG 2017-Q4",
        ]
    );
    let plan = &all[4].0;
    assert!(plan.entries.iter().all(|e| e.period == ReportingPeriod::quarter(2017, 4)));
    for name in ["background", "places"] {
        let answer = match name {
            "background" => seed!("background"),
            _ => seed!("places"),
        };
        assert_eq!(answer.summary.rows_read, 0);
        assert_eq!(answer.diagnostics.iter().map(told).collect::<Vec<_>>(), ["warning - csv-unknown"], "{name}");
    }
}

#[test]
fn golden_numbers_of_the_seed() {
    let answer = seed("activities", include_str!("../../../templates/demo/seed-2017-q4/activities.csv"));
    let mut figures: BTreeMap<String, i64> = BTreeMap::new();
    for entry in &answer.entries {
        let Record::Activities(a) = &entry.record else { unreachable!() };
        assert!(a.is_done(entry.period, NaiveDate::from_ymd_opt(2018, 1, 15).unwrap()));
        let mut add = |name: &str, n: i64| *figures.entry(name.to_owned()).or_default() += n;
        add("activities_total", 1);
        add("activities_dated", i64::from(a.counting_day().is_some()));
        add("activities_with_participant_total", i64::from(a.head_count.total.is_some()));
        add("participants_reported", a.head_count.total.map_or(0, i64::from));
        add("activity_days", a.days().unwrap_or(0));
        add(&format!("by_type_{}", a.kind.key().replace('-', "_")), 1);
        add(&format!("by_scope_{}", a.scope().unwrap().key()), 1);
        add(&format!("by_host_{}", a.host_country.map_or("unknown".to_owned(), |c| c.to_string())), 1);
        use chrono::Datelike;
        let month =
            a.counting_day().map_or("undated", |d| ["october", "november", "december"][(d.month() - 10) as usize]);
        add(&format!("by_month_{month}"), 1);
        add("involving_unspecified", i64::from(a.countries.is_empty()));
        for country in &a.countries {
            add(&format!("involving_{country}"), 1);
            add("country_involvements_sum", 1);
        }
    }
    let mut compared = 0;
    for line in include_str!("../../../tests/data/expected-2017-q4.csv").lines().skip(1) {
        let mut cells = line.split(',');
        let (name, expected) = (cells.next().unwrap(), cells.next().unwrap());
        if name.starts_with("equipment") || name == "women_reported" {
            continue;
        }
        assert_eq!(figures.get(name).copied().unwrap_or(0), expected.parse::<i64>().unwrap(), "{name}");
        compared += 1;
    }
    assert_eq!(compared, 31);
}

/// The bytes of memory that the passes keep do not grow with waiting rows but by their numbers.
#[test]
fn rows_without_period_wait_and_are_counted() {
    let mut paper = Paper::default();
    paper.sheets.push(RawSheet { name: "Challenges".to_owned(), ..RawSheet::default() });
    paper.sheets.push(RawSheet { name: "Activities".to_owned(), ..RawSheet::default() });
    let mut challenges = vec![row(0, "Challenge |Country")];
    challenges.extend((1..500).map(|n| row(n, "Long queues |KG")));
    let activities =
        vec![row(0, "ID |Title |Type |Start date |Participants"), row(1, "A |On borders |Workshop |14.11.2017 |5")];
    paper.rows = vec![challenges, activities];
    let answer = interpreted(&mut paper, &request("report.xlsx"));
    assert_eq!(answer.summary.rows_accepted, 500);
    assert!(answer.entries.iter().all(|e| e.period == ReportingPeriod::quarter(2017, 4)));
    assert_eq!(answer.summary.period, ReportingPeriod::quarter(2017, 4));
    assert_eq!(answer.summary.warnings, 0);
}

#[test]
fn a_thousand_equal_warnings_are_told_as_a_number() {
    let mut paper = Paper::default();
    paper.sheets.push(RawSheet { name: "Activities".to_owned(), ..RawSheet::default() });
    let mut rows = vec![row(0, "ID |Title |Type |Start date |Participants")];
    rows.extend((1..=1000).map(|n| row(n, &format!("A-{n} |On borders |Workshop |28.10.2017 |5"))));
    paper.rows = vec![rows];
    let answer = interpreted(&mut paper, &request("report.xlsx"));
    let weekends = answer.diagnostics.iter().filter(|d| d.code == "date-on-weekend").count();
    assert_eq!(weekends, 100);
    assert!(answer.diagnostics.iter().any(|d| d.code == "more-of-the-same"));
    assert_eq!(answer.summary.warnings, 1000);
}

/// Codes of the table in the module's documentation.
fn documented() -> Vec<&'static str> {
    let table = include_str!("mod.rs").lines().filter(|line| line.starts_with("//! | ") && line.contains('`'));
    table.flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// Words in quotes after any of `before`, wherever they stand in this module's sources.
fn quoted_after(before: &[&str]) -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/intake/interpret");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|n| n == "tests.rs") {
            continue;
        }
        let text: String = std::fs::read_to_string(path).unwrap().split_whitespace().collect();
        for opening in before {
            found.extend(text.split(opening).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn every_code_is_documented_and_has_words_in_both_languages() {
    let locales = Language::ALL.map(Locale::embedded);
    let documented = documented();
    let codes = quoted_after(&[
        "Diagnostic::error(\"",
        "Diagnostic::warning(\"",
        "Diagnostic::info(\"",
        "error_at(\"",
        "warn_at(\"",
        "base(\"",
    ]);
    assert!(codes.len() > 60, "{codes:?}");
    for code in &codes {
        assert!(documented.contains(&code.as_str()), "{code} is not in the table of mod.rs");
    }
    let wordings = quoted_after(&["worded(\""]);
    for id in documented.iter().copied().chain(wordings.iter().map(String::as_str)) {
        for locale in &locales {
            assert!(locale.has(id), "no words for {id} in {}", locale.language());
        }
    }
    // What holds a row or a file must say how to mend it.
    for code in quoted_after(&["Diagnostic::error(\"", "error_at(\"", "base(\""]) {
        for locale in &locales {
            let hint = locale.find(&format!("{code}.hint"), &crate::diagnostic::Args::new());
            assert!(hint.is_some_and(|h| !h.is_empty()), "no hint for {code} in {}", locale.language());
        }
    }
}
