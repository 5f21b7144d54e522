//! Documents that ask much of the pages: long cells, wide tables, rows that no page holds.

use super::check::{heading, paragraph, sound, table, text_of, with};
use super::document::{Align, Block, Column, Figure, Inline, Orientation, Row, Style, Table};
use super::layout::{Item, Layout, Page};
use super::sample;
use super::structure::Tag;
use super::text::points;
use super::theme::Theme;

/// The page on which a run has `text`.
fn page_of(layout: &Layout, text: &str) -> Option<usize> {
    let has = |page: &Page| page.items.iter().any(|item| matches!(item, Item::Glyphs(run) if run.text.contains(text)));
    layout.pages.iter().position(has)
}

fn column(head: &str, align: Align, weight: f32) -> Column {
    Column { head: head.to_owned(), align, weight }
}

fn cells(texts: &[&str]) -> Row {
    Row { cells: texts.iter().map(|text| vec![Inline::text(*text)]).collect(), total: false, group: false }
}

/// Rows that no page holds together, after a heading that wants them all: the pages turn between
/// rows, never between the lines of one.
#[test]
fn a_row_is_never_split_unless_it_is_taller_than_half_a_page() {
    let long = |k: usize| format!("{k}start {} {k}end", "Совместный проверочный контроль ".repeat(40));
    for rows in 2..9 {
        let rows: Vec<Row> = (0..rows)
            .map(|k| Row { cells: vec![vec![Inline::text(long(k))]], total: k + 1 == rows, group: k % 3 == 0 && k > 0 })
            .collect();
        let count = rows.len();
        let columns = vec![Column { head: "Head".to_owned(), align: Align::Left, weight: 1.0 }];
        let table = Table { title: "Title".to_owned(), columns, rows, notes: vec![vec![Inline::text("Note")]] };
        for lines in [0, 9, 30] {
            let blocks = vec![
                paragraph("Before. ".repeat(lines * 12)),
                heading(1, "a", "A"),
                heading(2, "b", "B"),
                Block::Table(table.clone()),
            ];
            let layout = sound(&with(blocks));
            for k in 0..count {
                let page = |word: String| page_of(&layout, &word).unwrap();
                assert_eq!(page(format!("{k}start")), page(format!("{k}end")), "row {k} of {count}");
                if k == 0 {
                    assert_eq!(page("Head".to_owned()), page("0start".to_owned()));
                }
            }
        }
    }
}

#[test]
fn a_wide_table_may_stand_on_pages_on_their_side() {
    let layout = sound(&with(vec![
        Block::Contents { depth: 1 },
        heading(1, "a", "Upright"),
        paragraph("Text. ".repeat(40)),
        Block::Turn(Orientation::Landscape),
        heading(1, "b", "On its side"),
        paragraph("Text. ".repeat(40)),
        table(40, 12),
        Block::PageBreak,
        paragraph("Still on its side."),
        Block::Turn(Orientation::Portrait),
        Block::Turn(Orientation::Landscape),
        Block::Turn(Orientation::Portrait),
        heading(1, "c", "Upright again"),
        paragraph("Text."),
    ]));
    let wide: Vec<bool> = layout.pages.iter().map(|page| page.width > page.height).collect();
    let (first, last) = (wide.iter().position(|w| *w).unwrap(), wide.iter().rposition(|w| *w).unwrap());
    assert!(first == 2 && last >= 4 && last + 2 == wide.len(), "{wide:?}");
    assert!(wide[first..=last].iter().all(|w| *w), "{wide:?}");
    let page_of = |id: &str| layout.destinations.iter().find(|d| d.id == id).unwrap().page;
    assert_eq!((page_of("b"), page_of("c")), (first, last + 1));
    let theme = Theme::default();
    let (wide, upright) = (&layout.pages[first], &layout.pages[1]);
    let farthest = |page: &Page| {
        let right = |item: &Item| match item {
            Item::Glyphs(run) if run.tag == Tag::ARTIFACT => {
                run.x + points(run.glyphs.iter().map(|g| i32::from(g.advance)).sum(), run.size)
            }
            _ => 0.0,
        };
        page.items.iter().map(right).fold(0.0_f32, f32::max)
    };
    assert!((farthest(wide) - theme.turned().right()).abs() < 2.0, "the running head ends at the margin");
    assert!((farthest(upright) - theme.right()).abs() < 2.0);
    // Running text keeps its measure.
    let text = |item: &&Item| matches!(item, Item::Glyphs(run) if run.text.starts_with("Text."));
    for item in wide.items.iter().filter(text) {
        let Item::Glyphs(run) = item else { continue };
        let right = run.x + points(run.glyphs.iter().map(|g| i32::from(g.advance)).sum(), run.size);
        assert!(right < theme.right() + 6.0);
    }
}

#[test]
fn a_narrative_of_four_thousand_words_runs_on_beside_its_label() {
    let story = "Совместный осмотр сокращает время ожидания на границе. ".repeat(570);
    let label = vec![vec![Inline::text("10–12 октября 2017 г.")], vec![Inline::text("Бишкек")]];
    let entry = |title: &str| Block::Entry {
        label: label.clone(),
        body: vec![heading(3, title, title), paragraph(story.as_str()), paragraph("Конец.")],
    };
    let layout = sound(&with(vec![heading(1, "a", "Results"), entry("First"), entry("Second")]));
    assert!(layout.pages.len() > 12, "{}", layout.pages.len());
    assert_eq!(text_of(&layout).matches("границе.").count(), 1140);
    assert_eq!(page_of(&layout, "First"), page_of(&layout, "Бишкек"));
}

#[test]
fn cells_may_hold_whatever_people_send() {
    let agency = "Межведомственная комиссия по вопросам комплексного управления границами при правительстве ".repeat(2);
    let agency: String = agency.chars().take(120).collect();
    let address = format!("https://example.org/{}", "report-of-the-quarter/".repeat(9));
    let words = "word and another ".repeat(134);
    let columns: Vec<Column> = (0..12)
        .map(|k| {
            column(
                &format!("Heading number {k}"),
                if k == 4 { Align::Number } else { Align::Left },
                if k < 3 { 1.0 } else { 0.0 },
            )
        })
        .collect();
    for count in [3, 12] {
        let row = |first: &str, second: &str| {
            let mut texts = vec!["cell"; count];
            (texts[0], texts[1]) = (first, second);
            cells(&texts)
        };
        let rows = vec![row(&agency, "short"), row("short", &words), row(&address, &agency), row("end", "end")];
        let columns = columns[..count].to_vec();
        let table = Table { title: String::new(), columns, rows, notes: Vec::new() };
        for orientation in [Orientation::Portrait, Orientation::Landscape] {
            let layout = sound(&with(vec![Block::Turn(orientation), Block::Table(table.clone())]));
            assert!(text_of(&layout).contains("end"));
        }
    }
}

#[test]
fn numbers_stand_under_one_another_on_the_decimal() {
    let columns = vec![column("What", Align::Left, 1.0), column("How many", Align::Number, 0.0)];
    let numbers = ["1.5", "−12.25", "7", "100%", "12.5%", "+3", "~20", "not reported"];
    let mut rows: Vec<Row> = numbers.iter().map(|number| cells(&["x", number])).collect();
    rows[7].cells[1] = vec![Inline::styled("not reported", Style { quiet: true, ..Style::default() })];
    let table = Table { title: String::new(), columns, rows, notes: Vec::new() };
    let layout = sound(&with(vec![Block::Table(table)]));
    let edge = |number: &str, whole: &str| {
        layout.pages[1]
            .items
            .iter()
            .find_map(|item| match item {
                Item::Glyphs(run) if run.text == number => {
                    let glyphs = run.glyphs.iter().filter(|g| (g.range().end as usize) <= whole.len());
                    Some(run.x + points(glyphs.map(|g| i32::from(g.advance)).sum(), run.size))
                }
                _ => None,
            })
            .unwrap()
    };
    let first = edge("1.5", "1");
    for (number, whole) in
        [("−12.25", "−12"), ("7", "7"), ("100%", "100"), ("12.5%", "12"), ("+3", "+3"), ("~20", "~20")]
    {
        assert!((edge(number, whole) - first).abs() < 0.1, "{number}: {} and {first}", edge(number, whole));
    }
    assert!(edge("not reported", "not reported") > first, "words stand at the right edge");
}

/// What is filled of a page, from the top of the text to the last baseline.
fn filled(page: &Page, theme: &Theme) -> f32 {
    let low = |item: &Item| match item {
        Item::Glyphs(run) if run.tag != Tag::ARTIFACT => run.y,
        _ => 0.0,
    };
    let lowest = page.items.iter().map(low).fold(theme.top(), f32::max);
    (lowest - theme.top()) / theme.text_height()
}

#[test]
fn no_page_but_a_chapters_last_is_half_empty() {
    let theme = Theme::default();
    // The same numbers everywhere: a step of a well-known generator.
    let mut state = 7_u64;
    let mut below = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    for document in 0..12 {
        let mut blocks = vec![heading(1, "a", "Chapter")];
        for at in 0..40 {
            let size = usize::try_from(below(9)).unwrap() + 1;
            blocks.push(match below(7) {
                0 => heading(2, &format!("h{at}"), "A section of the chapter"),
                1 => table(size * 4, 4),
                2 => Block::Entry {
                    label: vec![vec![Inline::text("1 May")], vec![Inline::text("KG")]],
                    body: vec![
                        heading(3, &format!("e{at}"), "An activity"),
                        paragraph("It was held. ".repeat(size * 9)),
                    ],
                },
                3 => Block::Figure(Figure {
                    title: "The finding".to_owned(),
                    subtitle: "Activities".to_owned(),
                    source: "Source".to_owned(),
                    alt: "bars".to_owned(),
                    drawing: sample::bars(),
                }),
                4 => Block::List {
                    ordered: false,
                    items: (0..size).map(|_| vec![paragraph("An item of it.")]).collect(),
                },
                _ => paragraph("Running text of the chapter. ".repeat(size * 5)),
            });
        }
        let layout = sound(&with(blocks));
        let inner = layout.pages.get(1..layout.pages.len() - 1).unwrap();
        assert!(inner.len() > 3);
        for (at, page) in inner.iter().enumerate() {
            let part = filled(page, &theme);
            assert!(part > 0.55, "page {} of document {document} is filled to {part}", at + 2);
        }
    }
}
