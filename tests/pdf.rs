//! The PDF writer, read back by others: poppler, qpdf, lopdf.

use std::process::Command;

use chrono::NaiveDate;
use lopdf::{Dictionary, Document, Object};
use rapporteur::pdf::{self, Info, PdfError};
use rapporteur::recipient::Language;
use rapporteur::typeset::document::Target;
use rapporteur::typeset::fonts::Fonts;
use rapporteur::typeset::layout::{
    Bookmark, Destination, Face, Glyph, GlyphRun, Item, Layout, Link, Page, Rgb, Segment, Shape,
};
use rapporteur::typeset::structure::{Node, Role, Structure, Tag};
use rapporteur::typeset::text::Shaper;
use sha2::{Digest as _, Sha256};

const INK: Rgb = Rgb(0x1c, 0x24, 0x30);

/// Lines that hold every letter of `domain.md` section 7, ligatures, spaces that do not
/// break, signs, and letters in decomposed form.
const LINES: [&str; 14] = [
    "Қазақстан: Ә Ғ Қ Ң Ө Ұ Ү Һ І ә ғ қ ң ө ұ ү һ і",
    "Кыргызстан: Ң Ө Ү ң ө ү",
    "Тоҷикистон: Ғ Ӣ Қ Ӯ Ҳ Ҷ ғ ӣ қ ӯ ҳ ҷ",
    "Türkmenistan: Ä Ç Ž Ň Ö Ş Ü Ý ä ç ž ň ö ş ü ý",
    "Oʻzbekiston: Oʻ Gʻ oʻ gʻ maʼno Ў Қ Ғ Ҳ ў қ ғ ҳ",
    "Latvija: Ā Č Ē Ģ Ī Ķ Ļ Ņ Š Ū Ž ā č ē ģ ī ķ ļ ņ š ū ž Rēzekne",
    "Lietuva: Ą Č Ę Ė Į Š Ų Ū Ž ą č ę ė į š ų ū ž",
    "Qazaqstan: Ä Ğ Ñ Ö Ş Ū Ü İ ı ä ğ ñ ö ş ū ü",
    "Съешь ещё этих мягких французских булок, да выпей чаю. ЪЭЁ",
    "The quick brown fox; office, fluffy, affix, flight, AVATAR.",
    "EUR 49 977.89 – 24–28 October — «кавычки» „Gänse“ “quotes” ‘x’ ’",
    "№ 5 · 25 % × 3 − 1 ≤ 2 ≥ 1 → € … • (brackets) \\ back [x] {y}",
    "14–16 ноября 2017 г. x\u{2011}ray",
    "0123456789 & < > \" ' @ # $ * + / = ? _ ` | ~",
];

fn fonts() -> Fonts {
    Fonts::load(None).unwrap()
}

fn info() -> Info {
    Info::new(NaiveDate::from_ymd_opt(2018, 1, 15).unwrap())
}

fn page(items: Vec<Item>, label: &str) -> Page {
    Page { width: 595.28, height: 841.89, items, label: label.to_owned() }
}

/// The paragraph that all content of these layouts is, and the link in it.
const PARAGRAPH: Tag = Tag(2);
const LINK: Tag = Tag(3);

fn layout(pages: Vec<Page>) -> Layout {
    let mut structure = Structure::default();
    structure.nodes.push(Node { role: Role::Paragraph, parent: Tag::DOCUMENT, alt: String::new() });
    structure.nodes.push(Node { role: Role::Link, parent: PARAGRAPH, alt: String::new() });
    Layout {
        structure,
        title: "Квартальный отчёт (Q4) <2017>".to_owned(),
        author: "BOMCA & partners".to_owned(),
        subject: "Fictional example".to_owned(),
        language: Language::Ru,
        pages,
        outline: Vec::new(),
        destinations: Vec::new(),
        missing: Vec::new(),
    }
}

/// Lines of text under one another, from the top of a page.
fn lines(shaper: &Shaper<'_>, face: Face, texts: &[&str]) -> Vec<Item> {
    texts
        .iter()
        .enumerate()
        .map(|(row, text)| Item::Glyphs(shaper.line(text, face, 10.0, INK, 60.0, 80.0 + 20.0 * row as f32).0))
        .collect()
}

/// A page of every letter in each face.
fn specimen(fonts: &Fonts) -> Layout {
    let shaper = Shaper::new(fonts);
    layout(Face::ALL.map(|face| page(lines(&shaper, face, &LINES), "")).to_vec())
}

/// Runs a tool on a document and gives back what it printed.
fn tool(bytes: &[u8], name: &str, before: &[&str], after: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, bytes).unwrap();
    let output = Command::new(name).args(before).arg(&file).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{name} is needed for this test: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {said}{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(said, "", "{name} complains");
    String::from_utf8(output.stdout).unwrap()
}

fn text_of(bytes: &[u8]) -> String {
    tool(bytes, "pdftotext", &["-enc", "UTF-8"], &["-"])
}

#[test]
fn every_letter_comes_back_from_every_face() {
    let text = text_of(&pdf::write(specimen(&fonts()), &fonts(), &info()).unwrap());
    let pages: Vec<&str> = text.split('\u{c}').collect();
    assert_eq!(pages.len(), Face::ALL.len() + 1, "one form feed after each page");
    for (face, page) in Face::ALL.iter().zip(pages) {
        let read: Vec<&str> = page.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(read, LINES, "{face:?}");
    }
}

#[test]
fn fonts_are_embedded_subset_and_mapped() {
    let bytes = pdf::write(specimen(&fonts()), &fonts(), &info()).unwrap();
    let listed = tool(&bytes, "pdffonts", &[], &[]);
    let rows: Vec<&str> = listed.lines().skip(2).collect();
    assert_eq!(rows.len(), Face::ALL.len(), "{listed}");
    for row in rows {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let (tag, name) = cells[0].split_once('+').unwrap();
        assert!(tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()), "{row}");
        assert!(name.starts_with("IBMPlexS"), "{row}");
        assert_eq!(&cells[1..7], ["CID", "TrueType", "Identity-H", "yes", "yes", "yes"], "{row}");
    }
    assert!(bytes.len() < 200_000, "subsets of six faces take {} bytes", bytes.len());
}

#[test]
fn qpdf_finds_nothing_wrong() {
    let said = tool(&pdf::write(navigable(), &fonts(), &info()).unwrap(), "qpdf", &["--check"], &[]);
    assert!(said.contains("PDF Version: 1.7"), "{said}");
    assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
}

#[test]
fn what_was_approved_is_the_head_of_what_says_so() {
    let compiled = pdf::write(navigable(), &fonts(), &info()).unwrap();
    let (by, at) = ("Пример Председатель, 2018-01-16 04:05 UTC by link", "2018-01-16T04:05:06Z".parse().unwrap());
    let signed = pdf::sign_off(&compiled, by, at).unwrap();
    assert_eq!(&signed[..compiled.len()], compiled);
    let hash: String = Sha256::digest(&compiled).iter().map(|byte| format!("{byte:02x}")).collect();

    let said = tool(&signed, "pdfinfo", &["-custom"], &[]);
    let says = |key: &str, value: &str| {
        let line = said.lines().find(|line| line.starts_with(&format!("{key}:")));
        assert_eq!(line.and_then(|line| line.split_once(':')).map(|(_, said)| said.trim()), Some(value), "{said}");
    };
    says("SignedOff", by);
    says("SignedOffBytes", &compiled.len().to_string());
    says("SignedOffSHA256", &hash);
    let said = tool(&signed, "pdfinfo", &["-isodates"], &[]);
    for line in ["Title:           Квартальный", "CreationDate:    2018-01-15", "ModDate:         2018-01-16T04:05:06Z"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    let packet = tool(&signed, "pdfinfo", &["-meta"], &[]);
    for tag in ["xmp:ModifyDate", "xmp:MetadataDate"] {
        assert!(packet.contains(&format!("<{tag}>2018-01-16T04:05:06Z</{tag}>")), "{packet}");
    }
    assert!(packet.contains("<xmp:CreateDate>2018-01-15T00:00:00Z</xmp:CreateDate>"), "{packet}");
    let checked = tool(&signed, "qpdf", &["--check"], &[]);
    assert!(checked.contains("No syntax or stream encoding errors found"), "{checked}");
    assert_eq!(pdf::page_contents(&compiled).unwrap(), pdf::page_contents(&signed).unwrap());
    assert_eq!(text_of(&compiled), text_of(&signed));
    assert!(pdf::sign_off(b"%PDF-1.7 torn off", by, at).is_err());

    assert_eq!(pdf::signed_part(&signed), compiled);
    assert_eq!(pdf::signed_part(&compiled), compiled, "one that says nothing of it");
    // Whatever somebody has put in between or behind is no sign-off.
    let mut longer = signed.clone();
    longer.extend_from_slice(b"% more\n");
    assert_eq!(pdf::signed_part(&longer), longer);
    let mut other = signed.clone();
    let place = compiled.len() + 20;
    other[place] = if other[place] == b'A' { b'B' } else { b'A' };
    assert_eq!(pdf::signed_part(&other), other);
    let twice = pdf::sign_off(&signed, "Somebody Else", at).unwrap();
    assert_eq!(pdf::signed_part(&twice), signed, "what was signed off last");
}

#[test]
fn the_same_layout_is_the_same_bytes() {
    let fonts = fonts();
    let first = pdf::write(specimen(&fonts), &fonts, &info()).unwrap();
    let other = pdf::write(navigable(), &fonts, &info()).unwrap();
    assert_ne!(first, other);
    assert_eq!(first, pdf::write(specimen(&fonts), &fonts, &info()).unwrap(), "after another document");
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let fonts = Fonts::load(None).unwrap();
                    pdf::write(specimen(&fonts), &fonts, &info()).unwrap()
                })
            })
            .collect();
        for writer in writers {
            assert!(first == writer.join().unwrap(), "from another thread");
        }
    });
    let mut later = info();
    later.as_of = later.as_of.succ_opt().unwrap();
    assert_ne!(first, pdf::write(specimen(&fonts), &fonts, &later).unwrap());
}

fn bookmark(title: &str, level: u8, page: usize, y: f32) -> Bookmark {
    Bookmark { title: title.to_owned(), level, page, y }
}

fn link(target: Target) -> Item {
    Item::Link(Link {
        x: 60.0,
        y: 100.0,
        width: 200.0,
        height: 14.0,
        target,
        contents: "Қараңыз".to_owned(),
        tag: LINK,
    })
}

/// Four pages with everything that navigation has.
fn navigable() -> Layout {
    let fonts = fonts();
    let shaper = Shaper::new(&fonts);
    let mut pages: Vec<Page> = ["", "i", "1", "2"]
        .into_iter()
        .map(|label| page(lines(&shaper, Face::SerifRegular, &["Зимой 2017 года"]), label))
        .collect();
    pages[1].items.push(link(Target::Internal("results".to_owned())));
    pages[1].items.push(link(Target::External("https://example.org/отчёт".to_owned())));
    pages[1].items.push(link(Target::External("javascript:alert(1)".to_owned())));
    pages[1].items.push(link(Target::Internal("nowhere".to_owned())));
    pages[2].items.push(Item::Shape(Shape::rectangle(60.0, 200.0, 100.0, 8.0, Rgb(0, 0x33, 0x99))));
    pages[2].items.push(Item::Shape(Shape::rule(60.0, 300.0, 160.0, 300.0, INK, 0.5)));
    Layout {
        // In an order, and with titles, that sorting by name would spoil.
        outline: vec![
            bookmark("Zusammenfassung", 1, 2, 80.0),
            bookmark("Нәтижелер", 1, 2, 200.0),
            bookmark("B", 2, 2, 300.0),
            bookmark("A", 2, 3, 80.0),
            bookmark("deep", 3, 3, 90.0),
            bookmark("Annex", 1, 3, 400.0),
        ],
        destinations: vec![Destination { id: "results".to_owned(), page: 2, y: 200.0 }],
        ..layout(pages)
    }
}

fn dict<'d>(document: &'d Document, object: &'d Object) -> &'d Dictionary {
    document.dereference(object).unwrap().1.as_dict().unwrap()
}

fn string(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

/// Titles below an outline item, nested by indentation.
fn titles(document: &Document, parent: &Dictionary, depth: usize, found: &mut Vec<String>) {
    let mut next = parent.get(b"First").ok();
    while let Some(item) = next {
        let item = dict(document, item);
        found.push(format!("{}{}", " ".repeat(depth), string(item.get(b"Title").unwrap())));
        titles(document, item, depth + 1, found);
        next = item.get(b"Next").ok();
    }
}

#[test]
fn the_outline_is_nested_and_in_order() {
    let document = Document::load_mem(&pdf::write(navigable(), &fonts(), &info()).unwrap()).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"PageMode").unwrap().as_name().unwrap(), b"UseOutlines");
    let mut found = Vec::new();
    let outline = dict(&document, catalog.get(b"Outlines").unwrap());
    titles(&document, outline, 0, &mut found);
    assert_eq!(found, ["Zusammenfassung", "Нәтижелер", " B", " A", "  deep", "Annex"]);
    assert_eq!(outline.get(b"Count").unwrap().as_i64().unwrap(), 3);

    let second = dict(&document, dict(&document, outline.get(b"First").unwrap()).get(b"Next").unwrap());
    let place = second.get(b"Dest").unwrap().as_array().unwrap();
    assert_eq!(place[0].as_reference().unwrap(), document.get_pages()[&3]);
    assert!((place[3].as_float().unwrap() - 641.89).abs() < 0.01);
}

#[test]
fn links_lead_where_they_say() {
    let document = Document::load_mem(&pdf::write(navigable(), &fonts(), &info()).unwrap()).unwrap();
    let pages = document.get_pages();
    let page = document.get_dictionary(pages[&2]).unwrap();
    let annotations = page.get(b"Annots").unwrap().as_array().unwrap();
    assert_eq!(annotations.len(), 2, "neither a script nor a dead link");
    let inner = dict(&document, &annotations[0]);
    assert_eq!(inner.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap(), pages[&3]);
    let rect: Vec<f32> =
        inner.get(b"Rect").unwrap().as_array().unwrap().iter().map(|o| o.as_float().unwrap()).collect();
    for (found, wanted) in rect.iter().zip([60.0, 727.89, 260.0, 741.89]) {
        assert!((found - wanted).abs() < 0.01, "{rect:?}");
    }
    let outer = dict(&document, &annotations[1]);
    let action = outer.get(b"A").unwrap().as_dict().unwrap();
    let address = action.get(b"URI").unwrap().as_str().unwrap();
    assert_eq!(address, b"https://example.org/%D0%BE%D1%82%D1%87%D1%91%D1%82");
    for annotation in [inner, outer] {
        assert_eq!(annotation.get(b"F").unwrap().as_i64().unwrap(), 4);
        assert_eq!(string(annotation.get(b"Contents").unwrap()), "Қараңыз");
    }
}

#[test]
fn the_document_says_what_it_is() {
    let bytes = pdf::write(navigable(), &fonts(), &info()).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"ru");
    let preferences = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert!(preferences.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let said = dict(&document, document.trailer.get(b"Info").unwrap());
    assert_eq!(string(said.get(b"Title").unwrap()), "Квартальный отчёт (Q4) <2017>");
    assert_eq!(string(said.get(b"Author").unwrap()), "BOMCA & partners");
    assert_eq!(string(said.get(b"CreationDate").unwrap()), "D:20180115000000Z");
    assert_eq!(said.get(b"ModDate").unwrap(), said.get(b"CreationDate").unwrap());
    for absent in ["GTS_PDFXVersion", "Trapped", "Identifier", "Keywords"] {
        assert!(!said.has(absent.as_bytes()), "{absent}");
    }
    let packet = document.dereference(catalog.get(b"Metadata").unwrap()).unwrap().1.as_stream().unwrap();
    let packet = String::from_utf8(packet.content.clone()).unwrap();
    for same in ["Квартальный отчёт (Q4) &lt;2017&gt;", "BOMCA &amp; partners", "2018-01-15T00:00:00Z"]
    {
        assert!(packet.contains(same), "{packet}");
    }
    let labels = catalog.get(b"PageLabels").unwrap().as_dict().unwrap().get(b"Nums").unwrap().as_array().unwrap();
    let starts: Vec<i64> = labels.iter().step_by(2).map(|o| o.as_i64().unwrap()).collect();
    assert_eq!(starts, [0, 1, 2]);
    let clocks = ["D:2026", "D:2025", "D:1970"];
    assert!(clocks.iter().all(|clock| !String::from_utf8_lossy(&bytes).contains(clock)), "no clock but the data's");
}

/// A line that ends in a hyphen of hyphenation, and the line after it.
#[test]
fn a_divided_word_joins_again() {
    let fonts = fonts();
    let shaper = Shaper::new(&fonts);
    let run = |text: &str, y: f32| shaper.line(text, Face::SerifRegular, 10.0, INK, 60.0, y).0;
    let mut first = run("The border management pro-", 100.0);
    let hyphen = first.glyphs.pop().unwrap();
    let start = u32::try_from(first.text.len() - 1).unwrap();
    first.text = "The border management pro\u{AD}".to_owned();
    first.glyphs.push(Glyph::new(hyphen.id, hyphen.advance, start..start + 2));
    let items = [first, run("gramme of Central Asia", 114.0)].map(Item::Glyphs).to_vec();
    let bytes = pdf::write(layout(vec![page(items, "1")]), &fonts, &info()).unwrap();
    let text = text_of(&bytes);
    let joined = text.replace("\u{AD}\n", "").replace("\u{AD}", "");
    assert!(joined.contains("programme"), "{text:?}");
    assert!(!text.contains('-'), "{text:?}");
    let document = Document::load_mem(&bytes).unwrap();
    let content = document.get_page_content(document.get_pages()[&1]);
    let content = String::from_utf8_lossy(&content).into_owned();
    assert!(content.contains("/Span<</ActualText<FEFF00AD>>>BDC"), "{content:?}");
}

#[test]
fn running_heads_and_shapes_are_artifacts() {
    let fonts = fonts();
    let shaper = Shaper::new(&fonts);
    let head = shaper.line("Head", Face::SansRegular, 7.5, INK, 60.0, 40.0).0;
    let body = GlyphRun { tag: PARAGRAPH, ..shaper.line("Body", Face::SerifRegular, 10.0, INK, 60.0, 90.0).0 };
    let broken = Shape { path: vec![Segment::Line(1.0, 2.0)], fill: Some(INK), stroke: None, tag: Tag::ARTIFACT };
    let items = vec![
        Item::Glyphs(head),
        Item::Shape(Shape::rule(60.0, 45.0, 500.0, 45.0, INK, 0.5)),
        Item::Glyphs(body),
        Item::Shape(broken),
    ];
    let bytes = pdf::write(layout(vec![page(items, "1")]), &fonts, &info()).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    let content = document.get_and_decode_page_content(document.get_pages()[&1]).unwrap();
    let operators: Vec<&str> = content.operations.iter().map(|operation| operation.operator.as_str()).collect();
    let wanted = "BMC BT Tf rg Td TJ ET RG w m l S EMC BDC BT Tf Td BDC TJ EMC ET EMC";
    assert_eq!(operators.join(" "), wanted);
    tool(&bytes, "qpdf", &["--check"], &[]);
}

/// Places of words as poppler sees them must be where the layout put them, though kerning,
/// justification and whole-number widths all moved the pen.
#[test]
fn words_stand_where_the_layout_put_them() {
    let fonts = fonts();
    let shaper = Shaper::new(&fonts);
    let (mut run, _) = shaper.line("AVATAR Ўзбекистон office Rēzekne", Face::SerifItalic, 9.6, INK, 70.0, 100.0);
    for glyph in &mut run.glyphs {
        if run.text[glyph.range().start as usize..].starts_with(' ') {
            glyph.advance += 137; // justified
        }
    }
    let starts: Vec<f32> = ["AVATAR", "Ўзбекистон", "office", "Rēzekne"]
        .iter()
        .map(|word| {
            let at = u32::try_from(run.text.find(word).unwrap()).unwrap();
            let before: i32 = run.glyphs.iter().filter(|g| g.range().start < at).map(|g| i32::from(g.advance)).sum();
            70.0 + before as f32 * 9.6 / 1000.0
        })
        .collect();
    let bytes = pdf::write(layout(vec![page(vec![Item::Glyphs(run)], "1")]), &fonts, &info()).unwrap();
    let boxes = tool(&bytes, "pdftotext", &["-bbox"], &["-"]);
    let found: Vec<f32> = boxes
        .lines()
        .filter_map(|line| line.trim().strip_prefix("<word xMin=\"")?.split('"').next()?.parse().ok())
        .collect();
    assert_eq!(found.len(), 4, "{boxes}");
    for (found, wanted) in found.iter().zip(starts) {
        assert!((found - wanted).abs() < 0.02, "{found} is not {wanted}");
    }
}

#[test]
fn a_document_without_pages_is_refused() {
    assert_eq!(pdf::write(layout(Vec::new()), &fonts(), &info()), Err(PdfError::NoPages));
}
