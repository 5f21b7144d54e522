use std::io::Write;
use std::path::PathBuf;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::SimpleFileOptions;

use super::*;
use crate::intake::raw::{RawRow, RawValue};

/// A file in a folder of its own, deleted with it.
struct Dropped {
    folder: tempfile::TempDir,
    name: &'static str,
}

fn dropped(name: &'static str, bytes: &[u8]) -> Dropped {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    Dropped { folder, name }
}

impl Dropped {
    fn path(&self) -> PathBuf {
        self.folder.path().join(self.name)
    }

    fn open(&self) -> Result<Opened, Unreadable> {
        open(&self.path(), self.name, false, &Limits::default())
    }

    /// Code of the refusal; the reading of all sheets counts as well.
    fn refusal(&self) -> String {
        let told = |Unreadable(d)| {
            assert!(d.is_error() && d.place.cells.is_none() && d.place.file.as_deref() == Some(self.name));
            d.code
        };
        match self.open() {
            Err(refusal) => told(refusal),
            Ok(mut opened) => {
                let sheets = opened.workbook.sheets().len();
                let result = (0..sheets).try_for_each(|s| opened.workbook.read(s, &mut |_| true));
                result.err().map_or_else(|| "none".to_owned(), told)
            }
        }
    }
}

fn rows(opened: &mut Opened, sheet: usize) -> Vec<RawRow> {
    let mut rows = Vec::new();
    opened
        .workbook
        .read(sheet, &mut |row| {
            rows.push(row);
            true
        })
        .unwrap();
    rows
}

/// Rows as text: `2: B=word C=1.5`, with `!` for hidden rows and `=` for formulas.
fn shown(opened: &mut Opened, sheet: usize) -> Vec<String> {
    rows(opened, sheet)
        .into_iter()
        .map(|row| {
            let cells: Vec<String> = row
                .cells
                .iter()
                .map(|cell| {
                    let value = match &cell.value {
                        RawValue::Text(t) => format!("{t:?}"),
                        RawValue::Number(n) => n.to_string(),
                        RawValue::Date(d) => d.date().to_string(),
                        RawValue::Bool(b) => b.to_string(),
                        RawValue::Error(e) => e.clone(),
                        RawValue::Uncalculated => "?".to_owned(),
                    };
                    let formula = if cell.formula { "=" } else { "" };
                    format!("{}{formula}:{value}", crate::cell::column_letters(cell.column))
                })
                .collect();
            format!("{}{} {}", row.row + 1, if row.hidden { "!" } else { "" }, cells.join(" "))
        })
        .collect()
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Activities" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// An `.xlsx` of one sheet, and whatever further parts.
fn xlsx_of(sheet: &[u8], further: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.extend_from_slice(further);
    package(&parts)
}

fn sheet(data: &str) -> Vec<u8> {
    format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData></worksheet>"#).into_bytes()
}

#[test]
fn reads_an_xlsx_with_all_that_people_put_into_it() {
    let mut book = Workbook::new();
    let first = book.add_worksheet().set_name("Activities").unwrap();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    first.merge_range(0, 0, 0, 4, "A title over all", &Format::new()).unwrap();
    first.write(2, 1, "Семинар в Худжанде\nвторая строка").unwrap();
    first.write(2, 2, 43068.0).unwrap();
    first.write_with_format(2, 3, ExcelDateTime::from_ymd(2017, 11, 29).unwrap(), &date).unwrap();
    first.write(2, 4, true).unwrap();
    first.write_formula(3, 0, Formula::new("=1+2").set_result("3")).unwrap();
    first.write(4, 0, "hidden").unwrap();
    first.set_row_hidden(4).unwrap();
    book.add_worksheet().set_name("old").unwrap().set_hidden(true);
    let file = dropped("activities.xlsx", &book.save_to_buffer().unwrap());
    let mut opened = file.open().unwrap();
    assert!(opened.notes.is_empty());
    let sheets = opened.workbook.sheets();
    assert_eq!((sheets[0].name.as_str(), sheets[0].hidden), ("Activities", false));
    assert_eq!((sheets[1].name.as_str(), sheets[1].hidden), ("old", true));
    assert_eq!(sheets[0].merges, vec!["A1:E1".parse().unwrap()]);
    assert_eq!(
        shown(&mut opened, 0),
        [
            r#"1 A:"A title over all""#,
            r#"3 B:"Семинар в Худжанде\nвторая строка" C:43068 D:2017-11-29 E:true"#,
            "4 A=:3",
            r#"5! A:"hidden""#,
        ]
    );
}

#[test]
fn tells_errors_and_formulas_that_were_never_calculated() {
    let data = r##"<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><v>#ERROR!</v></c><c r="C1"><f>A1+1</f></c><c r="D1"><f>A1</f><v></v></c><c r="E1" t="str"><f>A1</f><v></v></c><c r="F1" t="inlineStr"><is><t>x</t></is></c></row><row r="3"><c r="A3" t="e"><v>#SPILL!</v></c><c r="B3"><v>7</v></c></row>"##;
    let file = dropped("a.xlsx", &xlsx_of(&sheet(data), &[]));
    let mut opened = file.open().unwrap();
    assert_eq!(shown(&mut opened, 0), [r#"1 A:#REF! B:#ERROR! C=:? D=:? F:"x""#, "3 A:#SPILL! B:7"]);
}

#[test]
fn honours_the_1904_epoch() {
    let styles = br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let book = String::from_utf8(BOOK.to_vec()).unwrap().replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#);
    let data = sheet(r#"<row r="1"><c r="A1" s="1"><v>41606</v></c><c r="B1"><v>41606</v></c></row>"#);
    let file = dropped(
        "a.xlsx",
        &package(&[
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELS),
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", BOOK_RELS),
            ("xl/worksheets/sheet1.xml", &data),
            ("xl/styles.xml", styles),
        ]),
    );
    let mut opened = file.open().unwrap();
    assert!(opened.workbook.is_1904());
    assert_eq!(shown(&mut opened, 0), ["1 A:2017-11-29 B:41606"]);
}

#[test]
fn a_file_is_what_its_bytes_say() {
    let file = dropped("activities.csv", &xlsx_of(&sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#), &[]));
    let mut opened = file.open().unwrap();
    assert_eq!(opened.notes[0].code, "file-of-another-kind");
    assert_eq!(shown(&mut opened, 0), ["1 A:1"]);
    let file = dropped("activities.xlsx", b"Title;Type\nA;B\n");
    let mut opened = file.open().unwrap();
    assert_eq!(opened.notes[0].code, "file-of-another-kind");
    assert!(opened.workbook.sheets()[0].is_csv);
    assert_eq!(shown(&mut opened, 0), [r#"1 A:"Title" B:"Type""#, r#"2 A:"A" B:"B""#]);
}

#[test]
fn far_corners_cost_nothing() {
    let data = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let file = dropped("corners.xlsx", &xlsx_of(&sheet(data), &[]));
    assert_eq!(shown(&mut file.open().unwrap(), 0), ["1 A:1", "1048576 XFD:2"]);
}

#[test]
fn refuses_what_is_hostile_or_broken() {
    let strings = br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>"#;
    let claimed = dropped("a.xlsx", &xlsx_of(&sheet(""), &[("xl/sharedStrings.xml", strings)]));
    assert_eq!(claimed.refusal(), "file-claims-too-much");

    let bomb = dropped("a.xlsx", &xlsx_of(&sheet(""), &[("xl/sharedStrings.xml", &vec![b' '; 3 << 20])]));
    let tight = Limits { strings_bytes: 2 << 20, ..Limits::default() };
    let refused = open(&bomb.path(), bomb.name, false, &tight).err().unwrap();
    assert_eq!(refused.0.code, "file-unpacks-too-large");

    let doctype = br#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>"#;
    assert_eq!(dropped("a.xlsx", &xlsx_of(doctype, &[])).refusal(), "file-has-doctype");

    let good = xlsx_of(&sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#), &[]);
    assert_eq!(dropped("a.xlsx", &good).refusal(), "none");
    for part in [30, good.len() / 2, good.len() - 5] {
        assert_eq!(dropped("a.xlsx", &good[..part]).refusal(), "file-damaged", "{part}");
    }
    assert_eq!(
        dropped("a.xlsx", &xlsx_of(b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1", &[])).refusal(),
        "sheet-damaged"
    );
    assert_eq!(dropped("a.xlsx", b"").refusal(), "file-empty");
    assert_eq!(dropped("a.pdf", b"%PDF-1.7 ...").refusal(), "file-is-no-workbook");
    assert_eq!(
        dropped("a.docx", &package(&[("[Content_Types].xml", TYPES), ("word/document.xml", b"<a/>")])).refusal(),
        "file-is-no-workbook"
    );
    assert_eq!(dropped("a.zip", &package(&[("readme.txt", b"hello")])).refusal(), "file-is-no-workbook");

    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..20 {
        let bytes: Vec<u8> = std::iter::repeat_with(|| random.u8(..)).take(4000).collect();
        assert_eq!(dropped("a.xlsx", &bytes).refusal(), "file-is-no-workbook");
    }
}

#[test]
fn no_mutation_of_a_workbook_takes_the_reader_down() {
    let good = xlsx_of(&sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#), &[]);
    let mut random = fastrand::Rng::with_seed(11);
    for _ in 0..150 {
        let mut bytes = good.clone();
        for _ in 0..random.usize(1..6) {
            let place = random.usize(..bytes.len());
            bytes[place] = random.u8(..);
        }
        let file = dropped("a.xlsx", &bytes);
        // A panic in a library is the child's to survive; here it only must not be ours.
        let _ = std::panic::catch_unwind(|| file.refusal());
    }
}

#[test]
fn tells_a_password_and_an_old_workbook() {
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    ole.extend(vec![0; 70_000]);
    assert_eq!(dropped("a.xls", &ole).refusal(), "file-legacy-xls");
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(dropped("a.xlsx", &ole).refusal(), "file-has-password");
}

const MANIFEST: &[u8] = br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;

fn ods_of(body: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style><style:style style:name="ce9" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"#
    );
    package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", MANIFEST),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn reads_an_ods() {
    let body = r##"<table:table table:name="Activities" table:style-name="ta1">
        <table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="1" office:value-type="string"><text:p>A &amp; B</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="float" office:value="12.5" table:number-columns-repeated="2"><text:p>12,5</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2017-11-29"><text:p>29.11.17</text:p></table:table-cell><table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation><text:p>two<text:s text:c="2"/>lines</text:p><text:p>of <text:span>text</text:span></text:p></table:table-cell></table:table-row>
        <table:table-row table:visibility="filter"><table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/><table:table-cell table:formula="of:=X()"/><table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>
        </table:table><table:table table:name="old" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell></table:table-row></table:table>"##;
    let file = dropped("book.ods", &ods_of(body));
    let mut opened = file.open().unwrap();
    let sheets = opened.workbook.sheets();
    assert_eq!(
        sheets.iter().map(|s| (s.name.as_str(), s.hidden)).collect::<Vec<_>>(),
        [("Activities", false), ("old", true)]
    );
    assert_eq!(sheets[0].merges, vec!["A1:C1".parse().unwrap()]);
    assert_eq!(
        shown(&mut opened, 0),
        [r#"1 A:"A & B""#, r#"5 A:12.5 B:12.5 C:2017-11-29 D:"two  lines\nof text""#, "6! A=:2 B=:? C:#REF!",]
    );
    assert_eq!(shown(&mut opened, 1), ["1 A:true"]);
}

#[test]
fn sees_what_an_ods_hides_and_strikes_through() {
    let body = r#"<table:table table:name="Activities"><table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/><table:table-column/>
        <table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell><table:table-cell table:style-name="ce9" office:value-type="string"><text:p>b</text:p></table:table-cell></table:table-row></table:table>"#;
    let mut opened = dropped("book.ods", &ods_of(body)).open().unwrap();
    assert_eq!(opened.workbook.sheets()[0].hidden_columns, [(1, 2)]);
    let mut struck = Vec::new();
    opened
        .workbook
        .read(0, &mut |row| {
            struck = row.struck;
            true
        })
        .unwrap();
    assert_eq!(struck, [1]);
}

#[test]
fn repeated_rows_of_an_ods_end_with_the_sheet() {
    let row = r#"<table:table-row table:number-rows-repeated="4000000000"><table:table-cell table:number-columns-repeated="4000000000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    let file = dropped("bomb.ods", &ods_of(&format!(r#"<table:table table:name="Activities">{row}</table:table>"#)));
    let mut opened = file.open().unwrap();
    let (mut count, mut widest) = (0, 0);
    opened
        .workbook
        .read(0, &mut |row| {
            count += 1;
            widest = widest.max(row.cells.len());
            count < 1000
        })
        .unwrap();
    assert_eq!((count, widest), (1000, 1024));
}

#[test]
fn refuses_an_encrypted_ods() {
    let manifest = br#"<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"#;
    let bytes = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"\x00\x01garbage"),
    ]);
    assert_eq!(dropped("a.ods", &bytes).refusal(), "file-has-password");
}

#[test]
fn reads_csv_in_every_encoding_and_delimiter() {
    let text = "Title;Type;Note\n\n\"Семинар; большой\";Workshop;\"first\nsecond \"\"quoted\"\"\"\r\n;;x\n";
    let expected = [
        r#"1 A:"Title" B:"Type" C:"Note""#,
        r#"3 A:"Семинар; большой" B:"Workshop" C:"first\nsecond \"quoted\"""#,
        r#"4 C:"x""#,
    ];
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    let cases: Vec<(Vec<u8>, Option<&str>)> = vec![
        (text.as_bytes().to_vec(), None),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), None),
        (utf16(u16::to_le_bytes, b"\xff\xfe"), None),
        (utf16(u16::to_be_bytes, b"\xfe\xff"), None),
        (utf16(u16::to_le_bytes, b""), Some("UTF-16LE")),
        (encoding_rs::WINDOWS_1251.encode(text).0.into_owned(), Some("windows-1251")),
    ];
    for (bytes, guessed) in cases {
        let file = dropped("activities_TJ.csv", &bytes);
        let mut opened = file.open().unwrap();
        assert_eq!(opened.workbook.sheets()[0].name, "activities_TJ");
        assert_eq!(shown(&mut opened, 0), expected, "{guessed:?}");
        let told = opened.notes.first().map(|n| n.args["encoding"].clone());
        assert_eq!(told, guessed.map(crate::diagnostic::Arg::from));
    }
    for delimiter in [";", ",", "\t"] {
        let rows = format!(
            "Title{delimiter}Type{delimiter}Place\nA, and more; less{delimiter}B{delimiter}\nC{delimiter}D{delimiter}E\n"
        );
        let rows = rows.replace("A, and more; less", "\"A, and more; less\"");
        let file = dropped("plan.csv", rows.as_bytes());
        assert_eq!(
            shown(&mut file.open().unwrap(), 0),
            [r#"1 A:"Title" B:"Type" C:"Place""#, r#"2 A:"A, and more; less" B:"B""#, r#"3 A:"C" B:"D" C:"E""#],
            "{delimiter:?}"
        );
    }
    let file = dropped("plan.csv", b"sep=;\nTitle;Type\n");
    assert_eq!(shown(&mut file.open().unwrap(), 0), [r#"1 A:"Title" B:"Type""#]);
}

#[test]
fn every_csv_of_the_seed_is_read_with_its_commas() {
    for (path, bytes) in crate::templates::embedded_in("demo/seed-2017-q4") {
        let file = dropped("seed.csv", bytes);
        let rows = rows(&mut file.open().unwrap(), 0);
        assert!(rows.len() > 1 && rows[0].cells.len() > 3, "{path}");
    }
}

#[test]
fn a_quote_that_nobody_closes_is_told() {
    let mut bytes = b"Title;Type\n\"A;B\n".to_vec();
    bytes.extend(b"x;y\n".repeat(1_100_000));
    assert_eq!(dropped("a.csv", &bytes).refusal(), "csv-quote-not-closed");
}

#[test]
fn every_refusal_has_its_sentence_in_both_languages() {
    use crate::locale::Locale;
    use crate::recipient::Language;
    let codes = [
        "file-cannot-be-opened",
        "file-empty",
        "file-too-large",
        "file-damaged",
        "file-has-password",
        "file-is-no-workbook",
        "file-legacy-xls",
        "file-binary-xlsb",
        "file-has-too-many-parts",
        "file-has-doctype",
        "file-unpacks-too-large",
        "file-claims-too-much",
        "file-of-another-kind",
        "encoding-guessed",
        "sheet-damaged",
        "csv-quote-not-closed",
    ];
    for language in Language::ALL {
        let locale = Locale::embedded(language);
        for code in codes {
            assert!(locale.has(code), "{language}: {code}");
        }
    }
}

#[test]
fn notes_on_cells_are_read_in_both_formats() {
    let mut book = Workbook::new();
    for name in ["Cover", "Activities"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(1, 0, "TJ-1").unwrap();
        sheet.write(1, 3, 20).unwrap();
    }
    let sheet = book.worksheet_from_name("Activities").unwrap();
    let note = |text: &str| rust_xlsxwriter::Note::new(text).set_author("Example Author");
    sheet.insert_note(1, 3, &note("без наблюдателей & гостей")).unwrap();
    sheet.insert_note(1, 2, &note("on a blank cell")).unwrap();
    let file = dropped("a.xlsx", &book.save_to_buffer().unwrap());
    let mut opened = file.open().unwrap();
    let comments = |opened: &mut Opened, sheet| rows(opened, sheet).into_iter().flat_map(|row| row.comments).collect();
    let found: Vec<(u32, String)> = comments(&mut opened, 1);
    assert_eq!(found, [(2, "on a blank cell".to_owned()), (3, "без наблюдателей & гостей".to_owned())]);
    let none: Vec<(u32, String)> = comments(&mut opened, 0);
    assert_eq!(none, []);

    let annotated = r#"<table:table-cell office:value-type="float" office:value="20"><office:annotation><dc:creator xmlns:dc="d">Example Author</dc:creator><dc:date xmlns:dc="d">2017-11-29T10:00:00</dc:date><text:p>without observers</text:p><text:p>&amp; <text:span>guests</text:span></text:p></office:annotation><text:p>20</text:p></table:table-cell>"#;
    let body =
        format!("<table:table table:name=\"Activities\"><table:table-row>{annotated}</table:table-row></table:table>");
    let file = dropped("a.ods", &ods_of(&body));
    let mut opened = file.open().unwrap();
    assert_eq!(shown(&mut opened, 0), ["1 A:20"]);
    let found: Vec<(u32, String)> = comments(&mut opened, 0);
    assert_eq!(found, [(0, "without observers\n& guests".to_owned())]);
}
