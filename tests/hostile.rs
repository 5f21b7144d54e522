//! Files that are broken or mean harm, each with the answer it gets. Every one goes through the real
//! reader, a child process under its limits: what a file does to a library, it does to itself alone.

use std::fmt::Write as _;
use std::io::Write as _;

use rapporteur::diagnostic::Severity;
use rapporteur::locale::Locale;
use rapporteur::recipient::Language;
use zip::write::SimpleFileOptions;

use crate::intake_files::{Home, codes, home, home_with};

/// What is expected of a file.
#[derive(Clone, Copy, Debug)]
enum Expect {
    /// Refused as a whole: this one error, without a cell.
    Refused(&'static str),
    /// One of these, depending on how fast the machine is.
    RefusedAs(&'static [&'static str]),
    /// Read, with so many rows; it has what is right in it.
    Rows(u32),
    /// Read to its end with nothing in it for us, and said so.
    Nothing,
}

use Expect::{Nothing, Refused, RefusedAs, Rows};

pub(crate) const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
pub(crate) const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub(crate) const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Activities" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
pub(crate) const BOOK_RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
/// A heading row and one good row.
pub(crate) const GOOD: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c><c r="B1" t="inlineStr"><is><t>Title</t></is></c><c r="C1" t="inlineStr"><is><t>Type</t></is></c><c r="D1" t="inlineStr"><is><t>Start date</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2" t="inlineStr"><is><t>On borders</t></is></c><c r="C2" t="inlineStr"><is><t>Workshop</t></is></c><c r="D2" t="inlineStr"><is><t>14.11.2017</t></is></c></row>"#;
const CSV: &str = "ID;Title;Type;Start date\nA;On borders;Workshop;14.11.2017\n";

pub(crate) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(data: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData></worksheet>"#
    )
}

/// A workbook of one sheet; parts of the same name replace ours, an empty one takes it away.
fn xlsx(data: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = sheet(data);
    let ours: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    let kept = ours.into_iter().filter(|(name, _)| !parts.iter().any(|(other, _)| other == name));
    let all: Vec<(&str, &[u8])> = kept.chain(parts.iter().copied()).filter(|(_, bytes)| !bytes.is_empty()).collect();
    package(&all)
}

fn ods(body: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"#
    );
    package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// The same bytes in another order: two entries under one name.
fn with_twice(bytes: &[u8], name: &str, other: &str) -> Vec<u8> {
    let (name, other) = (name.as_bytes(), other.as_bytes());
    assert_eq!(name.len(), other.len());
    let mut out = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = out[at..].windows(name.len()).position(|w| w == other) {
        out[at + found..at + found + name.len()].copy_from_slice(name);
        at += found + name.len();
    }
    out
}

fn ole(text: &str) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend(vec![0; 4096]);
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.extend(vec![0; 4096]);
    bytes
}

/// Files that are no workbook, or no longer one.
fn broken() -> Vec<(&'static str, Vec<u8>, Expect)> {
    let good = xlsx(GOOD, &[]);
    let text = |text: &str| text.as_bytes().to_vec();
    let cut = |at: usize| good[..at].to_vec();
    let end = good.len();
    vec![
        ("zero.xlsx", Vec::new(), Refused("file-empty")),
        ("zero.csv", Vec::new(), Refused("file-empty")),
        ("zero", Vec::new(), Refused("file-empty")),
        ("cut-30.xlsx", cut(30), Refused("file-damaged")),
        ("cut-half.xlsx", cut(end / 2), Refused("file-damaged")),
        ("cut-end.xlsx", cut(end - 5), Refused("file-damaged")),
        ("tail.xlsx", [&b"PK\x03\x04"[..], &good[end / 2..]].concat(), Refused("file-damaged")),
        ("four-bytes.xlsx", text("PK\u{3}\u{4}"), Refused("file-damaged")),
        ("ff.xlsx", vec![0xff; 4000], Nothing),
        ("nul.xlsx", vec![0; 4000], Refused("file-is-no-workbook")),
        ("report.pdf", text("%PDF-1.7 x"), Refused("file-is-no-workbook")),
        ("pdf-as.xlsx", text("%PDF-1.7 x"), Refused("file-is-no-workbook")),
        ("picture.png", b"\x89PNG\r\n\x1a\n0000".to_vec(), Refused("file-is-no-workbook")),
        ("photo.jpg", b"\xff\xd8\xff\xe0JFIF".to_vec(), Refused("file-is-no-workbook")),
        ("letter.rtf", text("{\\rtf1 x}"), Refused("file-is-no-workbook")),
        ("page.html", text("<html><table></table></html>"), Refused("file-is-no-workbook")),
        ("page-as.xls", text("<HTML><table></table></HTML>"), Refused("file-is-no-workbook")),
        ("excel-2003.xml", text("<?xml version=\"1.0\"?><Workbook/>"), Refused("file-is-no-workbook")),
        ("packed.gz", b"\x1f\x8b\x08\0\0\0\0\0".to_vec(), Refused("file-is-no-workbook")),
        ("packed.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), Refused("file-is-no-workbook")),
        ("packed.rar", text("Rar!\u{1a}\u{7}"), Refused("file-is-no-workbook")),
        ("packed.zip", package(&[("readme.txt", b"hello")]), Refused("file-is-no-workbook")),
        ("workbook-in.zip", package(&[("activities.xlsx", &good)]), Refused("file-is-no-workbook")),
        (
            "letter.docx",
            package(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")]),
            Refused("file-is-no-workbook"),
        ),
        (
            "talk.pptx",
            package(&[("[Content_Types].xml", b"<a/>"), ("ppt/presentation.xml", b"<a/>")]),
            Refused("file-is-no-workbook"),
        ),
        (
            "binary.xlsb",
            package(&[("[Content_Types].xml", b"<a/>"), ("xl/workbook.bin", b"x")]),
            Refused("file-binary-xlsb"),
        ),
        ("mac.numbers", package(&[("Index/Document.iwa", b"x")]), Refused("file-is-no-workbook")),
        (
            "empty-package.xlsx",
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec(),
            Refused("file-is-no-workbook"),
        ),
        ("old.xls", include_bytes!("data/xls/legacy-0.xls").to_vec(), Refused("file-legacy-xls")),
        ("junk.xls", ole("Workbook"), Refused("file-legacy-xls")),
        ("locked.xlsx", ole("EncryptedPackage"), Refused("file-has-password")),
        ("no-workbook.xlsx", xlsx(GOOD, &[("xl/workbook.xml", b"")]), Refused("file-damaged")),
        ("no-relations.xlsx", xlsx(GOOD, &[("_rels/.rels", b"")]), Refused("file-is-no-workbook")),
        (
            "unclosed.xlsx",
            xlsx("", &[("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1")]),
            Refused("sheet-damaged"),
        ),
        (
            "not-utf8.xlsx",
            xlsx(
                "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row>",
                &[(
                    "xl/workbook.xml",
                    b"<workbook><sheets><sheet name=\"\xff\xfe\" r:id=\"rId1\"/></sheets></workbook>",
                )],
            ),
            Refused("file-damaged"),
        ),
        (
            "mixed.csv",
            [CSV.as_bytes(), b"\xc1;\xd2\xe5\xf1\xf2;\xd1;15.11.2017\n", "Б;Тест;Семинар;15.11.2017\n".as_bytes()]
                .concat(),
            Nothing,
        ),
        ("nul.csv", text("ID;Title\nA;a\0b\n"), Refused("file-is-no-workbook")),
        ("utf-32.csv", CSV.chars().flat_map(|c| (c as u32).to_le_bytes()).collect(), Nothing),
        ("blank.csv", text("\n\n \n"), Nothing),
        ("bom.csv", b"\xef\xbb\xbf".to_vec(), Nothing),
        ("activities-separators.csv", text(&";;;;\n".repeat(50)), Nothing),
        (
            "activities-quote.csv",
            text(&format!("{CSV}B;\"never closed;Workshop;15.11.2017\n")),
            RefusedAs(&["csv-quote-not-closed", ""]),
        ),
    ]
}

/// Files that mean harm.
fn hostile() -> Vec<(&'static str, Vec<u8>, Expect)> {
    let strings = |claimed: &str, body: &str| {
        format!(
            r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{claimed}">{body}</sst>"#
        )
    };
    let doctype = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>"#;
    let outside = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>"#;
    let spaces = vec![b' '; 25 << 20];
    let many: Vec<(String, &[u8])> = (0..5_001).map(|n| (format!("xl/media/{n}.txt"), &b"x"[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(n, b)| (n.as_str(), *b)).collect();
    let cells = |text: &str| {
        (0..200).fold(String::new(), |mut out, _| {
            out.push_str(text);
            out
        })
    };
    let long = "x".repeat(9 << 20);
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let sheets: String = (0..3_000).fold(String::new(), |mut out, n| {
        let _ = write!(out, r#"<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>"#);
        out
    });
    let merges: String = (1..100_000).fold(String::new(), |mut out, n| {
        let _ = write!(out, r#"<mergeCell ref="A{n}:XFD{n}"/>"#);
        out
    });
    let row = |cells: &str| format!("{GOOD}<row r=\"3\">{cells}</row>");
    let traversal = xlsx(GOOD, &[("../../../etc/passwd", b"x"), ("/etc/shadow", b"x"), ("..\\..\\evil.xml", b"<a/>")]);
    vec![
        ("styles-bomb.xlsx", xlsx(GOOD, &[("xl/styles.xml", &spaces)]), Refused("file-unpacks-too-large")),
        (
            "relations-bomb.xlsx",
            xlsx(GOOD, &[("xl/worksheets/_rels/sheet1.xml.rels", &spaces)]),
            Refused("file-unpacks-too-large"),
        ),
        (
            "strings-claimed.xlsx",
            xlsx(GOOD, &[("xl/sharedStrings.xml", strings("4294967295", "<si><t>a</t></si>").as_bytes())]),
            Refused("file-claims-too-much"),
        ),
        (
            "strings-minus.xlsx",
            xlsx(GOOD, &[("xl/sharedStrings.xml", strings("-1", "<si><t>a</t></si>").as_bytes())]),
            Refused("file-claims-too-much"),
        ),
        (
            "string-outside.xlsx",
            xlsx(
                &row("<c r=\"A3\" t=\"s\"><v>999999</v></c>"),
                &[("xl/sharedStrings.xml", strings("1", "<si><t>a</t></si>").as_bytes())],
            ),
            RefusedAs(&["sheet-damaged", ""]),
        ),
        (
            "string-everywhere.xlsx",
            xlsx(
                &row(&cells("<c t=\"s\"><v>0</v></c>")),
                &[(
                    "xl/sharedStrings.xml",
                    strings("1", &format!("<si><t>{}</t></si>", "x".repeat(1 << 20))).as_bytes(),
                )],
            ),
            Refused("sheet-damaged"),
        ),
        (
            "entities.xlsx",
            xlsx(GOOD, &[("xl/worksheets/sheet1.xml", format!("{doctype}{}", sheet(GOOD)).as_bytes())]),
            Refused("file-has-doctype"),
        ),
        (
            "entities-in-strings.xlsx",
            xlsx(
                GOOD,
                &[("xl/sharedStrings.xml", format!("{doctype}{}", strings("1", "<si><t>&b;</t></si>")).as_bytes())],
            ),
            Refused("file-has-doctype"),
        ),
        (
            "entities-in-book.xlsx",
            xlsx(GOOD, &[("xl/workbook.xml", format!("{outside}{BOOK}").as_bytes())]),
            Refused("file-has-doctype"),
        ),
        (
            "entities-in-relations.xlsx",
            xlsx(GOOD, &[("_rels/.rels", format!("{outside}{RELS}").as_bytes())]),
            Refused("file-has-doctype"),
        ),
        (
            "entities-in-types.xlsx",
            xlsx(GOOD, &[("[Content_Types].xml", format!("{outside}{TYPES}").as_bytes())]),
            Refused("file-has-doctype"),
        ),
        (
            "entities.ods",
            package(&[
                ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", format!("{doctype}<a/>").as_bytes()),
            ]),
            Refused("file-has-doctype"),
        ),
        ("traversal.xlsx", traversal, Rows(1)),
        (
            "one-name-twice.xlsx",
            with_twice(
                &xlsx(GOOD, &[("xl/worksheets/sheet9.xml", sheet(GOOD).as_bytes())]),
                "xl/worksheets/sheet1.xml",
                "xl/worksheets/sheet9.xml",
            ),
            Refused("file-damaged"),
        ),
        ("parts.xlsx", xlsx(GOOD, &many), Refused("file-has-too-many-parts")),
        (
            "far-corner.xlsx",
            xlsx(&format!("{GOOD}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"), &[]),
            Rows(1),
        ),
        (
            "beyond-the-sheet.xlsx",
            xlsx(&format!("{GOOD}<row r=\"99999999\"><c r=\"ZZZZ99999999\"><v>1</v></c></row>"), &[]),
            RefusedAs(&["sheet-damaged", "reading-failed", ""]),
        ),
        (
            "row-nought.xlsx",
            xlsx(&format!("{GOOD}<row r=\"0\"><c r=\"A0\"><v>1</v></c></row>"), &[]),
            RefusedAs(&["sheet-damaged", "reading-failed", ""]),
        ),
        (
            "no-cell.xlsx",
            xlsx(&row("<c r=\"\"><v>1</v></c><c r=\"1A\"><v>1</v></c>"), &[]),
            RefusedAs(&["sheet-damaged", "reading-failed", ""]),
        ),
        ("same-cell.xlsx", xlsx(&row(&cells("<c r=\"E3\"><v>1</v></c>")), &[]), RefusedAs(&[""])),
        (
            "huge-numbers.xlsx",
            xlsx(&row("<c r=\"E3\"><v>1e999</v></c><c r=\"F3\"><v>NaN</v></c><c r=\"G3\"><v>-1e308</v></c>"), &[]),
            RefusedAs(&["sheet-damaged", ""]),
        ),
        (
            "long-text.xlsx",
            xlsx(&row(&format!("<c r=\"A3\" t=\"inlineStr\"><is><t>{long}</t></is></c>")), &[]),
            Refused("sheet-damaged"),
        ),
        (
            "long-tag.xlsx",
            xlsx(&format!("{GOOD}<row r=\"3\" x=\"{}\"></row>", "y".repeat(100_000)), &[]),
            RefusedAs(&["file-damaged", ""]),
        ),
        ("deep.xlsx", xlsx(&format!("{GOOD}{deep}"), &[]), RefusedAs(&["sheet-damaged", ""])),
        (
            "thousands-of-sheets.xlsx",
            xlsx(GOOD, &[("xl/workbook.xml", BOOK.replace("<sheets>", &format!("<sheets>{sheets}")).as_bytes())]),
            RefusedAs(&[""]),
        ),
        (
            "merges.xlsx",
            xlsx(
                GOOD,
                &[(
                    "xl/worksheets/sheet1.xml",
                    sheet(GOOD)
                        .replace("</sheetData>", &format!("</sheetData><mergeCells>{merges}</mergeCells>"))
                        .as_bytes(),
                )],
            ),
            Rows(1),
        ),
        (
            "all-merged.xlsx",
            xlsx(
                GOOD,
                &[(
                    "xl/worksheets/sheet1.xml",
                    sheet(GOOD)
                        .replace(
                            "</sheetData>",
                            "</sheetData><mergeCells><mergeCell ref=\"A2:XFD1048576\"/></mergeCells>",
                        )
                        .as_bytes(),
                )],
            ),
            Rows(1),
        ),
        (
            "relation-outside.xlsx",
            xlsx(
                GOOD,
                &[(
                    "xl/_rels/workbook.xml.rels",
                    BOOK_RELS.replace("worksheets/sheet1.xml", "file:///etc/passwd").as_bytes(),
                )],
            ),
            RefusedAs(&["file-damaged", "sheet-damaged", ""]),
        ),
        (
            "relation-to-itself.xlsx",
            xlsx(
                GOOD,
                &[(
                    "xl/_rels/workbook.xml.rels",
                    BOOK_RELS.replace("worksheets/sheet1.xml", "workbook.xml").as_bytes(),
                )],
            ),
            RefusedAs(&["sheet-damaged", ""]),
        ),
        (
            "formulas.xlsx",
            xlsx(
                &row(
                    "<c r=\"A3\"><f>WEBSERVICE(\"http://example.org\")</f><v>1</v></c><c r=\"B3\" t=\"str\"><f>HYPERLINK(\"file:///etc/passwd\")</f><v>x</v></c>",
                ),
                &[],
            ),
            RefusedAs(&[""]),
        ),
        (
            "repeated-rows.ods",
            ods(
                r#"<table:table table:name="Activities"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#,
            ),
            RefusedAs(&["reading-took-too-long", "sheet-damaged", "file-has-too-many-rows", "file-damaged", ""]),
        ),
        (
            "repeated-beyond.ods",
            ods(
                r#"<table:table table:name="Activities"><table:table-row table:number-rows-repeated="4294967295"><table:table-cell table:number-columns-repeated="4294967295"/></table:table-row></table:table>"#,
            ),
            RefusedAs(&["file-damaged", "sheet-damaged", ""]),
        ),
        (
            "repeated-minus.ods",
            ods(
                r#"<table:table table:name="Activities"><table:table-row table:number-rows-repeated="-5"><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#,
            ),
            RefusedAs(&["file-damaged", "sheet-damaged", ""]),
        ),
        (
            "unclosed.ods",
            ods("<table:table table:name=\"Activities\"><table:table-row>"),
            RefusedAs(&["file-damaged", "sheet-damaged"]),
        ),
        (
            "no-content.ods",
            package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
            Refused("file-is-no-workbook"),
        ),
        ("deep.ods", ods(&"<table:table-row-group>".repeat(50_000)), RefusedAs(&["file-damaged", "sheet-damaged"])),
        ("activities-one-line.csv", vec![b'x'; 10 << 20], Refused("csv-quote-not-closed")),
        (
            "activities-one-cell.csv",
            format!("{CSV}B;\"{}\";Workshop;15.11.2017\n", "y".repeat(10 << 20)).into_bytes(),
            Refused("csv-quote-not-closed"),
        ),
        (
            "activities-columns.csv",
            format!("{}\n{}\n", "Title;".repeat(100_000), "x;".repeat(100_000)).into_bytes(),
            RefusedAs(&[""]),
        ),
        (
            "activities-quotes.csv",
            "\"".repeat(1 << 20).into_bytes(),
            RefusedAs(&["csv-quote-not-closed", "sheet-damaged", ""]),
        ),
        (
            "activities-formulas.csv",
            format!("{CSV}=1+1;=cmd|' /C calc'!A0;@SUM(1);+1\n-B;-2+3;Workshop;15.11.2017\n").into_bytes(),
            Rows(3),
        ),
    ]
}

/// What came of a file: its one code where it was refused as a whole, and how many rows were read.
async fn outcome(home: &Home, name: &str, bytes: &[u8]) -> (String, u32) {
    let path = home.path(name);
    std::fs::write(&path, bytes).unwrap();
    let taken = home.intake.take(&path, true).await.unwrap();
    let locales = Language::ALL.map(Locale::embedded);
    for diagnostic in &taken.diagnostics {
        for locale in &locales {
            let told = locale.diagnostic(diagnostic);
            let said = format!("{} {}", told.message, told.hint);
            assert!(!said.contains('‹') && !said.contains("{$") && !told.message.is_empty(), "{name}: {said}");
            assert!(diagnostic.severity != Severity::Error || !told.hint.is_empty(), "{name}: {said}");
            assert!(said.len() < 4_000, "{name}: an answer is read by people");
        }
    }
    let whole = taken.diagnostics.iter().find(|d| d.is_error() && d.place.cells.is_none());
    let whole = whole.filter(|_| taken.summary.rows_read == 0);
    if let Some(error) = whole {
        assert_eq!(error.place.file.as_deref(), Some(name));
        assert_eq!(taken.diagnostics.iter().filter(|d| d.is_error()).count(), 1, "{name}: one error");
    }
    (whole.map(|d| d.code.clone()).unwrap_or_default(), taken.summary.rows_read)
}

async fn try_all(files: Vec<(&'static str, Vec<u8>, Expect)>) -> usize {
    let home = home().await;
    let (mut amiss, count) = (Vec::new(), files.len());
    for (name, bytes, expected) in files {
        let (code, rows) = outcome(&home, name, &bytes).await;
        let fits = match expected {
            Refused(wanted) => code == wanted && rows == 0,
            RefusedAs(wanted) => wanted.contains(&code.as_str()),
            Rows(wanted) => code.is_empty() && rows == wanted,
            Nothing => rows == 0,
        };
        if !fits {
            amiss.push(format!("{name}: expected {expected:?}, found {code:?} and {rows} rows"));
        }
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
    // After all of them a good file is read as ever.
    assert_eq!(outcome(&home, "good.xlsx", &xlsx(GOOD, &[])).await, (String::new(), 1));
    count
}

#[tokio::test]
async fn broken_files_are_answered() {
    assert!(try_all(broken()).await >= 40);
}

#[tokio::test]
async fn hostile_files_harm_nobody_else() {
    assert!(try_all(hostile()).await >= 40);
}

/// A real BIFF8 workbook, as Excel 97 to 2003 write them: two good rows, one that asks, a total, and
/// a hidden sheet.
#[tokio::test]
async fn an_old_workbook_is_read_where_that_is_switched_on() {
    let home = home_with(|config| config.inbox.legacy_xls = true).await;
    let path = home.path("activities_KG_2017-Q4.xls");
    let bytes = include_bytes!("data/xls/legacy-0.xls");
    std::fs::write(&path, bytes).unwrap();
    let taken = home.intake.take(&path, false).await.unwrap();
    let summary = &taken.summary;
    assert_eq!((summary.rows_read, summary.rows_accepted, summary.rows_held), (3, 2, 1), "{:?}", taken.diagnostics);
    let mut told = codes(&taken.diagnostics);
    told.retain(|code| !matches!(*code, "status-derived"));
    assert_eq!(told, ["sheet-hidden", "count-two-numbers"]);
    let data = home.store.period_data("2017-Q4".parse().unwrap()).await.unwrap();
    let shown: Vec<String> = data
        .entries
        .iter()
        .filter_map(|entry| match &entry.record {
            rapporteur::record::Record::Activities(a) => {
                Some(format!("{} {:?} {:?} {:?}", a.title, a.start?, a.head_count.total, a.countries.len()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(shown, ["Workshop on risk analysis 2017-11-14 Some(20) 2", "Семинар о торговле 2017-12-05 Some(12) 2"]);
    // Cut short or overwritten, it is answered as damaged, and the program goes on.
    for (name, bytes) in
        [("half.xls", bytes[..2_000].to_vec()), ("zeroed.xls", [&bytes[..600], &[0; 5_000][..]].concat())]
    {
        let (code, rows) = outcome(&home, name, &bytes).await;
        assert!(
            ["file-damaged", "sheet-damaged", "reading-failed", "reading-needed-too-much-memory", "no-sheet-known"]
                .contains(&code.as_str()),
            "{name}: {code}"
        );
        assert_eq!(rows, 0);
    }
}
