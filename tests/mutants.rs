//! Mutants of good workbooks: whatever becomes of their bytes, each is answered, and the program
//! that reads them goes on.

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::write::SimpleFileOptions;

use crate::hostile::package;
use crate::intake_files::{Home, home_with};

/// How many mutants where `RAPPORTEUR_MUTANTS` does not say; `tests/mutants` says 100,000.
const MUTANTS: usize = 300;
/// Readers at work at once.
const AT_ONCE: usize = 4;
/// Longest that a reader may take by its own limits, with some time to be ended in.
const LONGEST: Duration = Duration::from_secs(130);

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A good file, and its name.
type Sample = (String, Vec<u8>);

/// Ten workbooks of each format. Those of `.xls` were saved by `LibreOffice`: nothing of ours writes them.
fn samples() -> Vec<Sample> {
    let mut all = Vec::new();
    for n in 0..10_u32 {
        all.push((format!("activities-{n}.xlsx"), xlsx(n)));
        all.push((format!("activities-{n}.ods"), ods(n)));
        all.push((format!("activities-{n}.csv"), csv(n)));
        let old = std::fs::read(format!("{}/tests/data/xls/legacy-{n}.xls", env!("CARGO_MANIFEST_DIR"))).unwrap();
        all.push((format!("activities-{n}.xls"), old));
    }
    all
}

fn csv(n: u32) -> Vec<u8> {
    let mark = [";", ",", "\t"][n as usize % 3];
    let rows = (0..=n * 3)
        .map(|r| format!("A-{r}{mark}\"О границах, {r}\"{mark}Семинар{mark}{}.11.2017{mark}{r}\n", r % 28 + 1));
    let text = format!("Код{mark}Название{mark}Вид{mark}Дата начала{mark}Участники\n{}", rows.collect::<String>());
    if n.is_multiple_of(2) { text.into_bytes() } else { [&b"\xef\xbb\xbf"[..], text.as_bytes()].concat() }
}

fn xlsx(n: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Activities").unwrap();
    for (column, heading) in (0..).zip(["ID", "Title", "Type", "Start date", "Countries", "Participants"]) {
        sheet.write(n % 4, column, heading).unwrap();
    }
    let date = Format::new().set_num_format("dd.mm.yyyy");
    for row in n % 4 + 1..n % 4 + 3 + n * 2 {
        sheet.write(row, 0, format!("A-{row}")).unwrap();
        sheet.write(row, 1, "On borders").unwrap();
        sheet.write(row, 2, "Workshop").unwrap();
        sheet.write_with_format(row, 3, 43_053.0, &date).unwrap();
        sheet.write(row, 4, "KZ; KG").unwrap();
        sheet.write_formula(row, 5, Formula::new("10+5").set_result("15")).unwrap();
    }
    if n.is_multiple_of(3) {
        sheet.merge_range(50, 0, 52, 3, "A remark", &Format::new().set_font_strikethrough()).unwrap();
        sheet.set_row_hidden(n % 4 + 1).unwrap();
    }
    book.add_worksheet().set_name("Participants").unwrap().write(0, 0, "Activity ID").unwrap();
    book.save_to_buffer().unwrap()
}

fn ods(n: u32) -> Vec<u8> {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &[&str]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(|c| cell(c)).collect::<String>())
    };
    let rows: String =
        (0..=n * 2).map(|r| row(&[&format!("A-{r}"), "On borders", "Workshop", "14.11.2017", "5"])).collect();
    let content = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Activities">{}{rows}<table:table-row table:number-rows-repeated="{}"><table:table-cell table:number-columns-repeated="9"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#,
        row(&["ID", "Title", "Type", "Start date", "Participants"]),
        n * 1000 + 1
    );
    package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// Changes bytes, cuts, doubles and moves; half of the packages are changed inside their parts, so
/// that the readers behind the guard get their share.
fn mutate(good: &[u8], random: &mut fastrand::Rng) -> Vec<u8> {
    if good.starts_with(b"PK") && random.bool() {
        return repacked(good, random);
    }
    scramble(good.to_vec(), random)
}

fn scramble(mut bytes: Vec<u8>, random: &mut fastrand::Rng) -> Vec<u8> {
    for _ in 0..random.usize(1..8) {
        if bytes.is_empty() {
            return bytes;
        }
        let at = random.usize(..bytes.len());
        let length = random.usize(1..64).min(bytes.len() - at);
        match random.u8(..8) {
            0 => bytes.truncate(at),
            1 => drop(bytes.splice(at..at, bytes[at..at + length].to_vec().repeat(random.usize(1..200)))),
            2 => drop(bytes.drain(at..at + length)),
            3 => bytes[at..at + length].fill(random.u8(..)),
            // A number made large: sizes, counts, places.
            4 => bytes[at..at + length.min(4)].fill(0xff),
            5 => drop(bytes.splice(at..at, random.u32(..).to_string().bytes().collect::<Vec<_>>())),
            _ => bytes[at] = random.u8(..),
        }
    }
    bytes
}

fn repacked(good: &[u8], random: &mut fastrand::Rng) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(good)).unwrap();
    let chosen = random.usize(..zip.len());
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if index == chosen {
            bytes = scramble(bytes, random);
        }
        out.start_file(part.name().unwrap().to_string(), SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Takes one mutant, as the daemon would; gives how it was answered.
async fn answered(home: &Home, name: &str, bytes: &[u8]) -> String {
    let path = home.path(name);
    std::fs::write(&path, bytes).unwrap();
    let begun = Instant::now();
    let taken = home.intake.take(&path, true).await.unwrap();
    assert!(begun.elapsed() < LONGEST, "{name} took {:?}", begun.elapsed());
    let refused = taken.diagnostics.iter().find(|d| d.is_error() && d.place.cells.is_none());
    let answer = refused.map_or_else(|| "read".to_owned(), |d| d.code.clone());
    let says_something =
        taken.summary.rows_read > 0 || !taken.diagnostics.is_empty() || !taken.summary.sheets.is_empty();
    assert!(says_something, "{name} was not answered");
    answer
}

/// The fuzzer begins with them: `RAPPORTEUR_SAMPLES` is the folder into which it wants them.
#[tokio::test]
async fn samples_are_good() {
    let home = home_with(|config| config.inbox.legacy_xls = true).await;
    for (name, bytes) in samples() {
        assert_eq!(answered(&home, &name, &bytes).await, "read", "{name} is good");
        if let Some(folder) = std::env::var_os("RAPPORTEUR_SAMPLES").filter(|_| !name.ends_with(".xls")) {
            std::fs::write(std::path::Path::new(&folder).join(&name), bytes).unwrap();
        }
    }
}

#[tokio::test]
async fn every_mutant_is_answered() {
    let mutants = setting("RAPPORTEUR_MUTANTS").map_or(MUTANTS, |n| usize::try_from(n).unwrap());
    let seed = setting("RAPPORTEUR_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("RAPPORTEUR_SEED={seed} RAPPORTEUR_MUTANTS={mutants}");
    let home = home_with(|config| config.inbox.legacy_xls = true).await;
    let samples = samples();
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    let mut next = 0;
    while next < mutants {
        let turn: Vec<usize> = (next..mutants.min(next + AT_ONCE)).collect();
        next += turn.len();
        let files = turn.iter().map(|number| {
            // Each by its own seed, so that one can be made again alone.
            let mut random = fastrand::Rng::with_seed(seed ^ u64::try_from(*number).unwrap());
            let (name, good) = &samples[number % samples.len()];
            (format!("{number}-{name}"), mutate(good, &mut random))
        });
        let files: Vec<(String, Vec<u8>)> = files.collect();
        let home = &home;
        let mut answers = Vec::new();
        match files.as_slice() {
            [a, b, c, d] => {
                let all = tokio::join!(
                    answered(home, &a.0, &a.1),
                    answered(home, &b.0, &b.1),
                    answered(home, &c.0, &c.1),
                    answered(home, &d.0, &d.1)
                );
                answers.extend([all.0, all.1, all.2, all.3]);
            }
            rest => {
                for (name, bytes) in rest {
                    answers.push(answered(home, name, bytes).await);
                }
            }
        }
        for (name, _) in &files {
            std::fs::remove_file(home.path(name)).unwrap();
        }
        for answer in answers {
            *counts.entry(answer).or_default() += 1;
        }
    }
    println!("{counts:?}");
    assert_eq!(counts.values().sum::<usize>(), mutants);
    // The same program still reads a good file.
    let (name, bytes) = &samples[0];
    assert_eq!(answered(&home, name, bytes).await, "read");
}
