//! Packages made in code, marked, and taken apart again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::path::Path;

use rust_xlsxwriter::{Color, Format, Note, Workbook};

use super::remarks::{Fix, MARK, Problem, Remarks};
use super::*;
use crate::cell::CellRange;
use crate::diagnostic::Severity;
use crate::intake::raw::{RawRow, RawValue};

/// A problem at a place such as `Activities!B2`.
fn problem(place: &str, message: &str) -> Problem {
    let (sheet, cells) = place.rsplit_once('!').map_or((place, None), |(s, c)| (s, c.parse::<CellRange>().ok()));
    Problem { sheet: Some(sheet.to_owned()), cells, message: message.to_owned() }
}

fn fix(severity: Severity, hint: &str, problems: Vec<Problem>) -> Fix {
    Fix { severity, hint: hint.to_owned(), clears: format!("{} rows", problems.len()), problems }
}

fn request(path: &Path, fixes: Vec<Fix>) -> MarkRequest {
    MarkRequest {
        path: path.to_owned(),
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        legacy_xls: false,
        csv_sheet: Some("Activities".to_owned()),
        date_format: "yyyy-mm-dd".to_owned(),
        remarks: Remarks {
            sheet: "Remarks".to_owned(),
            title: "Remarks on <this>".to_owned(),
            lead: vec!["Two rows are held back.".to_owned()],
            legend: vec![(Severity::Error, "To be mended".to_owned(), "It does not count.".to_owned())],
            heads: ["Where".to_owned(), "What".to_owned()],
            fixes,
            more: None,
            signature: "The signature is gone.".to_owned(),
        },
    }
}

/// Marks a workbook, and gives the copy.
fn marked(name: &str, bytes: &[u8], fixes: Vec<Fix>) -> Result<(Vec<u8>, &'static str), Unmarkable> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut out = Vec::new();
    let ending = mark(&request(&path, fixes), &mut out)?;
    Ok((out, ending))
}

/// All parts of a package as text, every XML part read to its end on the way.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let (name, mut bytes) = (entry.name().unwrap().into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).unwrap();
        if name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml") {
            let text = String::from_utf8(bytes).unwrap();
            let mut reader = quick_xml::Reader::from_str(&text);
            reader.config_mut().check_end_names = true;
            loop {
                match reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}\n{text}")) {
                    quick_xml::events::Event::Eof => break,
                    quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                        tag.attributes().for_each(|a| drop(a.unwrap_or_else(|e| panic!("{name}: {e}"))));
                    }
                    _ => {}
                }
            }
            assert!(parts.insert(name, text).is_none());
        } else {
            parts.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    parts
}

/// A package of parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The sheets of a workbook through the reader that reads everybody's: names, and cells as text.
fn read(name: &str, bytes: &[u8]) -> Vec<(String, BTreeMap<String, String>)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut opened = reader::open(&path, name, false, &Limits::default()).unwrap();
    let sheets: Vec<RawSheet> = opened.workbook.sheets().to_vec();
    let mut all = Vec::new();
    for (place, sheet) in sheets.iter().enumerate() {
        let mut cells = BTreeMap::new();
        opened
            .workbook
            .read(place, &mut |row: RawRow| {
                for cell in row.cells {
                    let at = crate::cell::CellRef::new(row.row, cell.column).to_string();
                    cells.insert(at, format!("{:?}", cell.value));
                }
                true
            })
            .unwrap();
        all.push((sheet.name.clone(), cells));
    }
    all
}

/// A tracker as people have it: a colour, a merge, a note, a second sheet, names, a drop-down.
fn tracker() -> Vec<u8> {
    let mut book = Workbook::new();
    let made = rust_xlsxwriter::ExcelDateTime::from_ymd(2017, 1, 1).unwrap();
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&made));
    let green = Format::new().set_background_color(Color::RGB(0x00C6_EFCE)).set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("Activities").unwrap();
    sheet.merge_range(0, 0, 0, 3, "Tracker", &green).unwrap();
    for (column, heading) in (0..).zip(["Title", "Type", "Start date", "Participants"]) {
        sheet.write_with_format(1, column, heading, &green).unwrap();
    }
    sheet.write(2, 0, "Seminar").unwrap();
    sheet.write_with_format(2, 2, "31 November 2017", &green).unwrap();
    sheet.write(4, 0, "Visit").unwrap();
    sheet.merge_range(4, 2, 5, 2, "TBC", &green).unwrap();
    sheet.insert_note(2, 2, &Note::new("asked twice")).unwrap();
    sheet.set_column_format(1, &green).unwrap();
    let second = book.add_worksheet();
    second.set_name("O'Brien's plan").unwrap();
    second.write(0, 0, "Title").unwrap();
    second.set_print_area(0, 0, 3, 3).unwrap();
    second.set_active(true);
    second.insert_note(0, 0, &Note::new("second sheet")).unwrap();
    book.define_name("Everything", "=Activities!$A$1:$D$9").unwrap();
    book.save_to_buffer().unwrap()
}

fn two_fixes() -> Vec<Fix> {
    let wrong_day = vec![
        problem("Activities!C3", "November has 30 days."),
        problem("Activities!C6", "Something is in the merge."),
        problem("Activities!B4", "The type is missing."),
    ];
    let plan = vec![problem("O'Brien's plan!A1:B2", "Two rows.")];
    vec![fix(Severity::Error, "Write a day that exists.", wrong_day), fix(Severity::Warning, "Look again.", plan)]
}

#[test]
fn a_tracker_keeps_its_own_and_gets_colours_notes_and_a_list() {
    let (copy, ending) = marked("tracker.xlsx", &tracker(), two_fixes()).unwrap();
    assert_eq!(ending, "xlsx");
    let (before, after) = (parts(&tracker()), parts(&copy));
    for (name, text) in &before {
        assert!(after.contains_key(name), "{name} is gone");
        if name.contains("theme") || name.contains("docProps") || name.contains("sharedStrings") {
            assert_eq!(Some(text), after.get(name));
        }
    }
    let (was, is) = (read("a.xlsx", &tracker()), read("a.xlsx", &copy));
    assert_eq!(is.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(), ["Remarks", "Activities", "O'Brien's plan"]);
    assert_eq!(was, is[1..]);
    let list = &is[0].1;
    assert!(list["A1"].contains("Remarks on <this>") && list["C1"].contains(MARK), "{list:?}");
    let front = &after["xl/worksheets/sheet3.xml"];
    assert!(front.contains("location=\"&apos;O&apos;&apos;Brien&apos;&apos;s plan&apos;!A1:B2\""), "{front}");

    let sheet = &after["xl/worksheets/sheet1.xml"];
    let styled = |cell: &str| {
        let at = sheet.find(&format!("r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell} in {sheet}"));
        let tag = &sheet[at..at + sheet[at..].find('>').unwrap()];
        xml::attribute(&format!("c {tag}"), "s").unwrap().parse::<usize>().unwrap()
    };
    let styles = &after["xl/styles.xml"];
    let formats = xml::elements(styles, &["styleSheet", "cellXfs", "xf"]).unwrap();
    let fills = xml::elements(styles, &["styleSheet", "fills", "fill"]).unwrap();
    let fill_of = |cell: &str| {
        let format = &formats[styled(cell)];
        let fill: usize = xml::attribute(format.tag, "fillId").unwrap().parse().unwrap();
        styles[fills[fill].range.clone()].to_owned()
    };
    for cell in ["C3", "C5", "B4"] {
        assert!(fill_of(cell).contains(styles::ERROR_FILL), "{cell}: {}", fill_of(cell));
    }
    // The new row has the format of its column, the merged cell below was never touched.
    let bold = xml::attribute(formats[styled("B4")].tag, "fontId").unwrap().into_owned();
    assert_eq!(bold, xml::attribute(formats[styled("C3")].tag, "fontId").unwrap());
    assert!(!fill_of("C6").contains(styles::ERROR_FILL));
    let row = |n: u32| sheet.find(&format!("<row r=\"{n}\"")).unwrap();
    assert!(row(3) < row(4) && row(4) < row(5));
    for list in ["cellXfs", "fills", "fonts"] {
        let found = xml::element(styles, &["styleSheet", list]).unwrap().unwrap();
        let count: usize = xml::attribute(found.tag, "count").unwrap().parse().unwrap();
        assert_eq!(count, xml::elements(styles, &["styleSheet", list, "*"]).unwrap().len(), "{list}");
    }

    let notes = &after["xl/comments1.xml"];
    assert!(notes.contains("asked twice") && notes.contains("November has 30 days."), "{notes}");
    assert_eq!(notes.matches("<comment ").count(), 3, "one was there, C5 and B4 are new");
    let mut ids = BTreeSet::new();
    for (name, drawing) in after.iter().filter(|(name, _)| name.ends_with(".vml")) {
        for id in drawing.split("id=\"_x0000_s").skip(1) {
            assert!(ids.insert(id.split('"').next().unwrap().to_owned()), "{name}: an id is there twice");
        }
    }
    assert_eq!(ids.len(), 4);
    let workbook = &after["xl/workbook.xml"];
    assert!(workbook.contains("localSheetId=\"2\"") && workbook.contains("activeTab=\"0\""), "{workbook}");
    let selected: Vec<&str> =
        after.iter().filter(|(_, t)| t.contains("tabSelected=\"1\"")).map(|(n, _)| n.as_str()).collect();
    assert_eq!(selected, ["xl/worksheets/sheet3.xml"]);
}

#[test]
fn the_same_workbook_gives_the_same_copy() {
    let copy = || marked("tracker.xlsx", &tracker(), two_fixes()).unwrap().0;
    assert_eq!(copy(), copy());
    let csv =
        || marked("a.csv", b"Title\nx\n", vec![fix(Severity::Error, "", vec![problem("Activities!A2", "y")])]).unwrap();
    assert_eq!(csv(), csv());
}

#[test]
fn a_second_round_replaces_the_first() {
    let (first, _) = marked("tracker.xlsx", &tracker(), two_fixes()).unwrap();
    let once = vec![fix(Severity::Warning, "Look once more.", vec![problem("Activities!B4", "Is it a workshop?")])];
    let (second, _) = marked("tracker.xlsx", &first, once).unwrap();
    let sheets = read("a.xlsx", &second);
    assert_eq!(sheets.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(), ["Remarks", "Activities", "O'Brien's plan"]);
    let after = parts(&second);
    let everything: String = after.values().cloned().collect();
    assert!(!everything.contains("November has 30 days"), "the notes of the first round are gone");
    assert!(everything.contains("asked twice"), "those of others are not");
    assert_eq!(after["xl/comments1.xml"].matches("<comment ").count(), 2);
    let drawings: usize = after.values().map(|t| t.matches("ObjectType=\"Note\"").count()).sum();
    assert_eq!(drawings, 3, "two of the sender, one of ours");
    let styles = Styles::read(after["xl/styles.xml"].clone()).unwrap();
    let sheet = &after["xl/worksheets/sheet1.xml"];
    let coloured = sheet.split("<c ").skip(1).filter(|cell| {
        let tag = format!("c {}", cell.split('>').next().unwrap());
        let style = xml::attribute(&tag, "s");
        style.is_some_and(|s| styles.ours().contains(&s.parse().unwrap()))
    });
    assert_eq!(coloured.count(), 1, "{sheet}");
}

/// The parts of a workbook written by hand, with prefixes and without styles; `namespace` and
/// `relations` are those of one of the two kinds of workbooks.
fn by_hand(namespace: &str, relations: &str) -> Vec<u8> {
    let types = "<?xml version=\"1.0\"?><ct:Types xmlns:ct=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <ct:Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <ct:Default Extension=\"xml\" ContentType=\"application/xml\"/>\
        <ct:Override PartName=\"/Book/Main.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
        <ct:Override PartName=\"/Book/One.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
        </ct:Types>";
    let package_relations = |content: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{content}</Relationships>"
        )
    };
    let root = package_relations(&format!(
        "<Relationship Id=\"a\" Type=\"{relations}/officeDocument\" Target=\"Book/Main.xml\"/>"
    ));
    let main = format!(
        "<?xml version=\"1.0\"?><x:workbook xmlns:x=\"{namespace}\" xmlns:rel=\"{relations}\"><x:sheets>\
         <x:sheet name=\"Activities\" sheetId=\"1\" rel:id=\"b\"/></x:sheets></x:workbook>"
    );
    let of_main =
        package_relations(&format!("<Relationship Id=\"b\" Type=\"{relations}/worksheet\" Target=\"One.xml\"/>"));
    let sheet = format!(
        "<?xml version=\"1.0\"?><x:worksheet xmlns:x=\"{namespace}\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is>\
         <x:t>Title &amp; more</x:t></x:is></x:c></x:row><x:row r=\"4\" spans=\"1:1\"/></x:sheetData>\
         <x:conditionalFormatting sqref=\"A1\"><x:cfRule type=\"expression\" priority=\"1\"><x:formula>A1&gt;1</x:formula></x:cfRule>\
         </x:conditionalFormatting><x:extLst/></x:worksheet>"
    );
    package(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", &root),
        ("Book/Main.xml", &main),
        ("Book/_rels/Main.xml.rels", &of_main),
        ("Book/One.xml", &sheet),
    ])
}

const USUAL: (&str, &str) = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
);
const STRICT: (&str, &str) =
    ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships");

#[test]
fn prefixes_are_kept_and_missing_styles_made() {
    for (namespace, relations) in [USUAL, STRICT] {
        let problems =
            vec![problem("Activities!B4", "one"), problem("Activities!A1", "two"), problem("Activities!C9", "three")];
        let (copy, _) =
            marked("hand.xlsx", &by_hand(namespace, relations), vec![fix(Severity::Error, "Mend.", problems)]).unwrap();
        let after = parts(&copy);
        let sheet = &after["Book/One.xml"];
        let expected = [
            "<x:c s=\"1\" t=\"inlineStr\">",
            "<x:row r=\"4\"><x:c r=\"B4\" s=\"1\"/></x:row><x:row r=\"9\"><x:c r=\"C9\" s=\"1\"/></x:row></x:sheetData>",
            "Title &amp; more",
            &format!("<x:legacyDrawing xmlns:r=\"{relations}\" r:id=\"rId2\"/><x:extLst/></x:worksheet>"),
        ];
        for words in expected {
            assert!(sheet.contains(words), "{words}\n{sheet}");
        }
        assert!(after["Book/styles1.xml"].contains(namespace), "{after:?}");
        assert!(after["Book/_rels/One.xml.rels"].contains(&format!("{relations}/comments")));
        let types = &after["[Content_Types].xml"];
        assert!(types.contains("<ct:Default Extension=\"vml\"") && types.contains("/Book/comments1.xml"), "{types}");
        let main = &after["Book/Main.xml"];
        assert!(main.contains("<x:bookViews><x:workbookView/></x:bookViews><x:sheets><x:sheet xmlns:r"), "{main}");
        let sheets = read("hand.xlsx", &copy);
        assert_eq!(sheets.len(), 2);
        assert_eq!(sheets[1].1["A1"], format!("{:?}", RawValue::Text("Title & more".to_owned())));
    }
}

#[test]
fn a_csv_is_answered_as_a_workbook() {
    let text = "Title;Participants\n=1+1;20\n\"two\nlines\";007\n";
    let (copy, ending) = marked(
        "activities_TJ.csv",
        text.as_bytes(),
        vec![fix(Severity::Error, "Mend.", vec![problem("Activities!A2", "That is no title.")])],
    )
    .unwrap();
    assert_eq!(ending, "xlsx");
    let sheets = read("a.xlsx", &copy);
    assert_eq!((sheets[0].0.as_str(), sheets[1].0.as_str()), ("Remarks", "Activities"));
    let cells = &sheets[1].1;
    assert_eq!(
        [&cells["A2"], &cells["B2"], &cells["B3"]],
        ["Text(\"=1+1\")", "Number(20.0)", "Text(\"007\")"],
        "nothing is calculated, and nothing of a number is lost"
    );
    let sheet = &parts(&copy)["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("<row r=\"3\" spans=\"1:2\" ht=\"30\""), "two lines need their height: {sheet}");
    assert!(parts(&copy)["xl/styles.xml"].contains("quotePrefix=\"1\""));
}

#[test]
fn a_signature_goes_and_that_is_said() {
    let mut files: Vec<(String, String)> = parts(&by_hand(USUAL.0, USUAL.1)).into_iter().collect();
    for (name, text) in &mut files {
        if name == "_rels/.rels" {
            *text = text.replace(
                "</Relationships>",
                "<Relationship Id=\"s\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\" \
                 Target=\"_xmlsignatures/origin.sigs\"></Relationship></Relationships>",
            );
        }
    }
    files.push(("_xmlsignatures/origin.sigs".to_owned(), String::new()));
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let (copy, _) = marked(
        "signed.xlsx",
        &package(&borrowed),
        vec![fix(Severity::Error, "Mend.", vec![problem("Activities!A1", "x")])],
    )
    .unwrap();
    let after = parts(&copy);
    assert!(!after.contains_key("_xmlsignatures/origin.sigs") && !after["_rels/.rels"].contains("origin"), "{after:?}");
    assert!(read("a.xlsx", &copy)[0].1.values().any(|text| text.contains("The signature is gone.")));
}

#[test]
fn what_is_built_strangely_is_refused_as_a_whole() {
    let whole = parts(&by_hand(USUAL.0, USUAL.1));
    let spoilt = |from: &str, to: &str| {
        let files: Vec<(String, String)> = whole.iter().map(|(n, t)| (n.clone(), t.replace(from, to))).collect();
        let borrowed: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let fixes = vec![fix(Severity::Error, "Mend.", vec![problem("Activities!A9", "x")])];
        marked("a.xlsx", &package(&borrowed), fixes).map(|_| ())
    };
    assert!(spoilt("nothing", "nothing").is_ok());
    assert!(matches!(spoilt("<x:row r=\"4\"", "<x:row r=\"1\""), Err(Unmarkable::Unusual)), "rows out of order");
    let shared =
        format!("<Relationship Id=\"z\" Type=\"{}/revisionHeaders\" Target=\"r.xml\"/><Relationship Id=\"b\"", USUAL.1);
    assert!(matches!(spoilt("<Relationship Id=\"b\"", &shared), Err(Unmarkable::Unusual)), "shared in the old way");
    assert!(matches!(spoilt("spans=\"1:1\"", "spans=\"1:1"), Err(Unmarkable::Unusual)), "no XML");
}

#[test]
fn no_damage_makes_it_panic() {
    let whole = parts(&tracker());
    let names: Vec<&String> = whole.keys().filter(|name| !name.contains("theme")).collect();
    let seed = std::env::var("SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(20_171_124);
    let mut dice = fastrand::Rng::with_seed(seed);
    let (mut copied, mut refused) = (0, 0);
    for _ in 0..120 {
        let mut files = whole.clone();
        for _ in 0..dice.usize(1..4) {
            let text = files.get_mut(names[dice.usize(..names.len())]).unwrap();
            let at = |dice: &mut fastrand::Rng, text: &str| {
                let at = dice.usize(..=text.len());
                (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap()
            };
            let (from, to) = (at(&mut dice, text), at(&mut dice, text));
            match dice.u8(..4) {
                0 => text.truncate(from),
                1 => text.insert_str(from, ["<", ">", "\"", "&", "/", "4294967295", "<row/>", "</c>"][dice.usize(..8)]),
                2 => text.replace_range(from.min(to)..(from.min(to) + 1).min(from.max(to)), ""),
                _ => {
                    let from = ["r=\"", "s=\"", "count=", "<c ", "xf ", "rId"][dice.usize(..6)];
                    *text = text.replacen(from, "r=\"99", 3);
                }
            }
        }
        let borrowed: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        match marked("mutant.xlsx", &package(&borrowed), two_fixes()) {
            Ok(_) => copied += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(copied > 10 && refused > 10, "seed {seed}: {copied} copied, {refused} refused");
}

/// For measuring: 20,000 rows of 17 cells with 1,000 marks, in this process.
#[test]
#[ignore = "for measuring"]
fn a_thousand_marks_on_twenty_thousand_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Activities").unwrap();
    for row in 0..20_000 {
        for column in 0..17 {
            sheet.write(row, column, format!("cell {row} {column}")).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let problems = (0..1000).map(|n| problem(&format!("Activities!C{}", n * 20 + 1), "Expected a day.")).collect();
    let begun = std::time::Instant::now();
    let opened = reader::open(Path::new("/dev/null"), "a.xlsx", false, &Limits::default());
    assert!(opened.is_err());
    let (copy, _) = marked("rows.xlsx", &bytes, vec![fix(Severity::Error, "Write a day.", problems)]).unwrap();
    println!("{} bytes into {} bytes in {:?}", bytes.len(), copy.len(), begun.elapsed());
    let begun = std::time::Instant::now();
    assert_eq!(read("rows.xlsx", &bytes)[0].1.len(), 340_000);
    println!("reading alone {:?}", begun.elapsed());
}
