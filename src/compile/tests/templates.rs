//! Templates that people have got wrong, and cells that would break a report that let them.

use std::path::Path;
use std::sync::Arc;

use super::sample::{blank, config, entry, request};
use super::words;
use crate::compile::{Drafted, Material, draft};
use crate::config::Config;
use crate::diagnostic::Checked;
use crate::locale::Locale;
use crate::recipient::Language;
use crate::record::Record;
use crate::typeset::document::{Block, Orientation};

/// A home whose report is `template`.
fn home(template: &str) -> (tempfile::TempDir, Config) {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("templates/report/rsg-quarterly");
    std::fs::create_dir_all(&report).unwrap();
    std::fs::write(report.join("report.md"), template).unwrap();
    let config = Config::defaults(folder.path());
    (folder, config)
}

fn hostile() -> Material {
    let mut activity = blank("**bold** | _it_ `code` <b>&amp; # {{ 7*7 }} {% raw %} [x](y)");
    activity.id = Some("A*1|".into());
    activity.summary = Some("# no heading\n\n```\nnot code\n```\n- no list\n\n1. no list\n\u{e000}0\u{e001}".into());
    activity.end = "2017-10-03".parse().ok();
    Material { entries: vec![entry("a.csv", "Activities", 1, Record::Activities(activity))], ..Material::default() }
}

fn compiled(template: &str, material: &Material) -> Checked<Drafted> {
    let (_folder, config) = home(template);
    draft(&config, &Arc::new(Locale::embedded(Language::En)), material, &request(Language::En))
}

/// Place, code and what to do, of each problem.
fn problems(template: &str) -> Vec<String> {
    let locale = Locale::embedded(Language::En);
    let checked = compiled(template, &Material::default());
    assert!(checked.output.document.is_none(), "a template at fault gives no report");
    checked
        .diagnostics
        .iter()
        .map(|d| {
            let told = locale.diagnostic(d);
            assert!(!told.message.contains(['‹', '{']), "{}", told.message);
            assert!(!told.hint.is_empty(), "{} has a hint", d.code);
            let place = d.place.to_string().replace("templates/report/rsg-quarterly/report.md", "");
            format!("{place} {} → {}", d.code, told.hint)
        })
        .collect()
}

#[test]
fn a_mistake_is_told_with_its_line() {
    let cases = [
        ("one\n\n{{ programme.nam }}\n", ":3:4 template-undefined-name → correct the spelling"),
        ("{{ nothing }}", ":1:4 template-undefined-name → correct"),
        ("a\n{{ t(\"sumary-title\") }}\n", ":2:4 sentence-unknown → correct the spelling"),
        ("a\nb\n{{ figure(\"activities.totl\") }}", ":3:4 figure-unknown → perhaps you meant `activities.total`"),
        ("a\n{% if x %}\n", "template-syntax → see that every"),
        ("{{ frobnicate(1) }}", ":1:4 template-unknown-function → correct"),
        (
            "{% for a in range(9000) %}{% for b in range(9000) %}x{% endfor %}{% endfor %}",
            "template-too-much-work → look",
        ),
        ("{% include \"../../secret\" %}", "template-include-missing → put"),
        ("a\n\n```tabel\nsource: plan\n```\n", ":3 block-unknown → perhaps you meant `table`"),
        ("a\n\n```table\nsource: activties\n```\n", ":4 table-source-unknown → perhaps you meant `activities`"),
        (
            "a\n```table\nsource: activities\ncolumns: id, titel\n```\n",
            ":4 table-column-unknown → perhaps you meant `title`",
        ),
        ("a\n```table\nsource: activities\ncolums: id\n```\n", ":4 block-option-unknown → perhaps you meant `columns`"),
        ("a\n```table\ntitle: x\n```\n", ":2 block-option-missing → add a line"),
        ("a\n```table\nsource plan\n```\n", ":3 block-line-without-colon → put a colon"),
        (
            "```bars\nsource: activities.by_typ\n```\n",
            ":2 bars-source-unknown → perhaps you meant `activities.by_type`",
        ),
        (
            "```key-figures\nactivities.total\nparticipants.womn\n```\n",
            ":3 figure-unknown → perhaps you meant `participants.women`",
        ),
        ("a\n\n```table\ncountry: KK\nsource: plan\n```\n", ":4 block-country-unknown → perhaps you meant `KG`"),
        ("{{ t(\"summary-title\", country=\"KK\") }}", ":1:4 block-country-unknown → perhaps you meant `KG`"),
        ("# A {#here}\n\n[x](#there)\n", ":3 link-leads-nowhere → write {#there} after"),
        ("# A\n\n![logo](logo.png)\n", ":3 template-image → take"),
    ];
    for (template, expected) in cases {
        let found = problems(template);
        assert!(found.iter().any(|p| p.contains(expected)), "{template}\n→ {found:?}\nbut expected {expected}");
    }
}

#[test]
fn all_mistakes_in_blocks_are_told_at_once_and_loops_keep_their_lines() {
    let template = "{% for i in [1, 2] %}\nline\n{% endfor %}\n\n```tabel\n```\n\n```bars\nsource: x\n```\n";
    let found = problems(template);
    assert_eq!(found.len(), 3 - 1, "{found:?}");
    assert!(found[0].starts_with(":5 ") && found[1].starts_with(":9 "), "{found:?}");
}

#[test]
fn a_missing_report_is_told() {
    let config = config();
    let mut asked = request(Language::En);
    asked.report = "annual".into();
    let checked = draft(&config, &Arc::new(Locale::embedded(Language::En)), &Material::default(), &asked);
    assert_eq!(checked.diagnostics[0].code, "template-missing");
}

#[test]
fn cells_are_printed_as_typed_and_change_no_structure() {
    let template = "# {{ rows.activities[0].title }}\n\n- {{ rows.activities[0].summary }}\n\n\
                    **{{ rows.activities[0].id }}**\n\n```table\nsource: activities\ncolumns: id, title\n\
                    note: {{ rows.activities[0].title }}\n```\n";
    let checked = compiled(template, &hostile());
    assert_eq!(checked.diagnostics, []);
    let document = checked.output.document.unwrap();
    let kinds: Vec<&str> = document
        .blocks
        .iter()
        .map(|b| match b {
            Block::Heading { .. } => "heading",
            Block::List { items, .. } if items.len() == 1 => "list of one",
            Block::Paragraph(_) => "paragraph",
            Block::Table(_) => "table",
            _ => "other",
        })
        .collect();
    assert_eq!(kinds, ["heading", "list of one", "paragraph", "table"]);
    let text = words(&document);
    assert_eq!(text.matches("**bold** | _it_ `code` <b>&amp; # {{ 7*7 }} {% raw %} [x](y)").count(), 3, "{text}");
    assert!(text.contains("# no heading ``` not code ``` - no list 1. no list"), "{text}");
}

#[test]
fn the_built_in_report_takes_hostile_cells_too() {
    let locale = Arc::new(Locale::embedded(Language::Ru));
    let checked = draft(&config(), &locale, &hostile(), &request(Language::Ru));
    assert_eq!(checked.diagnostics, []);
    let text = words(&checked.output.document.unwrap());
    assert!(text.contains("**bold** | _it_ `code` <b>&amp; # {{ 7*7 }} {% raw %} [x](y)"), "{text}");
}

#[test]
fn an_office_worker_may_write_markdown() {
    let template = "# Results *now* {#r}\n\nSee [below](#r), **strong** text.\nSame paragraph.\n\n\
                    1. one\n2. two\n   - inner\n\n> aside\n\n| A | B |\n|---|--:|\n| x | 1 |\n\n---\n\nEnd.\n";
    let checked = compiled(template, &Material::default());
    assert_eq!(checked.diagnostics, []);
    let blocks = checked.output.document.unwrap().blocks;
    assert!(matches!(&blocks[0], Block::Heading { level: 1, id, content } if id == "r" && content.len() == 2));
    assert!(matches!(&blocks[1], Block::Paragraph(content) if content.len() == 5), "{:?}", blocks[1]);
    assert!(matches!(&blocks[2], Block::List { ordered: true, items } if items.len() == 2 && items[1].len() == 2));
    assert!(matches!(&blocks[3], Block::Note(_)));
    assert!(matches!(&blocks[4], Block::Table(t) if t.columns[1].head == "B" && t.rows.len() == 1));
    assert!(matches!(&blocks[5], Block::PageBreak));
}

#[test]
fn the_template_of_a_language_comes_first() {
    let (folder, config) = home("shared\n");
    std::fs::write(folder.path().join("templates/report/rsg-quarterly/report.ru.md"), "своё\n").unwrap();
    let text = |language| {
        let locale = Arc::new(Locale::embedded(language));
        words(&draft(&config, &locale, &Material::default(), &request(language)).output.document.unwrap())
    };
    assert!(text(Language::Ru).contains("своё") && text(Language::En).contains("shared"));
    assert!(Path::new(&folder.path()).exists());
}

#[test]
fn a_mistake_in_a_part_is_told_in_the_part() {
    let cases = [
        ("one\n\n{{ nothing }}\n", "part.md:3:4 template-undefined-name"),
        ("a\n\n```tabel\n```\n", "part.md:3 block-unknown"),
        ("a\n{{ figure(\"activities.totl\") }}\n", "part.md:2:4 figure-unknown"),
        ("a\n{% if x %}\n", "part.md:2:9 template-syntax"),
    ];
    for (part, expected) in cases {
        let (folder, config) = home("# A\n\n{% include \"part.md\" %}\n\nz\n\n```tabel\n```\n");
        std::fs::write(folder.path().join("templates/report/rsg-quarterly/part.md"), part).unwrap();
        let locale = Arc::new(Locale::embedded(Language::En));
        let checked = draft(&config, &locale, &Material::default(), &request(Language::En));
        let found: Vec<String> = checked.diagnostics.iter().map(|d| format!("{} {}", d.place, d.code)).collect();
        let expected = format!("templates/report/rsg-quarterly/{expected}");
        assert!(found.iter().any(|f| f.starts_with(&expected)), "{part}\n→ {found:?}\nbut expected {expected}");
        // What stands after the part keeps its own place.
        if expected.contains("block-unknown") {
            assert!(found.iter().any(|f| f.contains("report.md:7 block-unknown")), "{found:?}");
        }
    }
}

#[test]
fn a_home_may_take_the_place_of_a_single_part() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("templates/report/rsg-quarterly");
    std::fs::create_dir_all(&report).unwrap();
    std::fs::write(report.join("summary.md"), "# Ours {#summary}\n\nA summary of our own.\n").unwrap();
    std::fs::write(report.join("summary.ru.md"), "# Наше {#summary}\n\nСвоё резюме.\n").unwrap();
    let config = Config::defaults(folder.path());
    let text = |language| {
        let locale = Arc::new(Locale::embedded(language));
        words(&draft(&config, &locale, &Material::default(), &request(language)).output.document.unwrap())
    };
    let (en, ru) = (text(Language::En), text(Language::Ru));
    assert!(en.contains("A summary of our own.") && en.contains("Key figures"), "{en}");
    assert!(ru.contains("Своё резюме.") && ru.contains("Основные показатели"), "{ru}");
}

/// The blocks of a template that is in order.
fn made(template: &str) -> Vec<Block> {
    let checked = compiled(template, &hostile());
    assert_eq!(checked.diagnostics, []);
    checked.output.document.unwrap().blocks
}

#[test]
fn a_note_to_a_column_has_its_mark_in_the_head() {
    let blocks = made(concat!(
        "```table\nsource: activities\ncolumns: id, title, participants, women-men\n",
        "note: participants = as far as reported\nnote: a plain note = with a sign\nnote: title = as written\n",
        "note: place = of a column that is not printed\n```\n",
    ));
    let Some(Block::Table(table)) = blocks.first() else { panic!("{blocks:?}") };
    let heads: Vec<&str> = table.columns.iter().map(|column| column.head.as_str()).collect();
    assert!(heads[1].ends_with('²') && heads[2].ends_with('¹'), "{heads:?}");
    assert!(!heads[0].ends_with(['¹', '²']), "{heads:?}");
    let notes: Vec<String> = table.notes.iter().map(|note| crate::compile::markdown::plain(note)).collect();
    assert_eq!(notes, ["¹\u{a0}as far as reported", "a plain note = with a sign", "²\u{a0}as written"]);
}

#[test]
fn two_words_turn_the_pages() {
    let blocks = made("```landscape\n```\nWide.\n\n```portrait\n```\nUpright.\n");
    assert_eq!(blocks.len(), 4, "{blocks:?}");
    assert_eq!(blocks[0], Block::Turn(Orientation::Landscape));
    assert_eq!(blocks[2], Block::Turn(Orientation::Portrait));
}
