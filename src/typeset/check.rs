//! What every layout must keep to, and a way to read one in a test.

use std::fmt::Write as _;

use super::document::{Block, Column, Document, Figure, Inline, Row, Style, Table, Target, Tile};
use super::fonts::Fonts;
use super::layout::{GlyphRun, Item, Layout, Page};
use super::structure::Tag;
use super::text::points;
use super::theme::Theme;
use super::{sample, set};

/// Box of what is seen of a run: left, top, right, bottom. Ascenders and descenders as letters
/// have them, not the line box; a trailing space is not seen.
fn seen(run: &GlyphRun, fonts: &Fonts) -> Option<[f32; 4]> {
    let trimmed = run.text.trim_end_matches([' ', '\u{a0}']).len();
    let units: i32 =
        run.glyphs.iter().filter(|g| (g.range().start as usize) < trimmed).map(|g| i32::from(g.advance)).sum();
    let leading = run.text.len() - run.text.trim_start_matches([' ', '\u{a0}']).len();
    let skip: i32 =
        run.glyphs.iter().filter(|g| (g.range().end as usize) <= leading).map(|g| i32::from(g.advance)).sum();
    let metrics = fonts.metrics(run.face);
    (trimmed > leading).then(|| {
        [
            run.x + points(skip, run.size),
            run.y - metrics.cap_height * run.size / 1000.0,
            run.x + points(units, run.size),
            run.y + 0.18 * run.size,
        ]
    })
}

/// Problems of a layout: text off the page's margins, text over text, glyphs that do not give the
/// text back, links and bookmarks that lead nowhere.
pub(super) fn problems(layout: &Layout, theme: &Theme, fonts: &Fonts) -> Vec<String> {
    let mut found = Vec::new();
    for (number, page) in layout.pages.iter().enumerate() {
        page_problems(page, number, theme, fonts, &mut found);
        for item in &page.items {
            if let Item::Link(link) = item
                && let Target::Internal(id) = &link.target
                && !layout.destinations.iter().any(|d| &d.id == id)
            {
                found.push(format!("page {number}: link to {id} leads nowhere"));
            }
        }
    }
    for (page, y) in
        layout.outline.iter().map(|b| (b.page, b.y)).chain(layout.destinations.iter().map(|d| (d.page, d.y)))
    {
        if page >= layout.pages.len() || y < 0.0 || y > theme.height() {
            found.push(format!("a bookmark or destination leads to page {page}, {y}"));
        }
    }
    found
}

fn page_problems(page: &Page, number: usize, theme: &Theme, fonts: &Fonts, found: &mut Vec<String>) {
    let mut boxes: Vec<([f32; 4], &str)> = Vec::new();
    let turned = theme.turned();
    let theme = if page.width > page.height { &turned } else { theme };
    for item in &page.items {
        let Item::Glyphs(run) = item else { continue };
        let text: String = run
            .glyphs
            .iter()
            .map(|g| run.text.get(g.range().start as usize..g.range().end as usize).unwrap_or("?"))
            .collect();
        if text != run.text {
            found.push(format!("page {number}: glyphs say {text:?} for {:?}", run.text));
        }
        let Some(here) = seen(run, fonts) else { continue };
        let bottom = if run.tag == Tag::ARTIFACT { theme.height() } else { theme.bottom() };
        let [left, top, right, low] = here;
        if left < theme.left() - 6.0 || right > theme.right() + 1.0 || top < 12.0 || low > bottom + 12.0 {
            found.push(format!("page {number}: {:?} at {here:?} leaves the margins", run.text));
        }
        if run.tag != Tag::ARTIFACT && low > theme.bottom() + 1.0 {
            found.push(format!("page {number}: {:?} at {here:?} runs into the foot", run.text));
        }
        boxes.push((here, &run.text));
    }
    boxes.sort_by(|a, b| a.0[1].total_cmp(&b.0[1]));
    for (at, (one, text)) in boxes.iter().enumerate() {
        for (other, beside) in boxes.iter().skip(at + 1).take_while(|(other, _)| other[1] < one[3]) {
            let across = one[2].min(other[2]) - one[0].max(other[0]);
            let down = one[3].min(other[3]) - one[1].max(other[1]);
            if across > 0.6 && down > 0.6 {
                found.push(format!("page {number}: {text:?} {one:?} lies over {beside:?} {other:?}"));
            }
        }
    }
}

/// Text of a layout, a line for each baseline: page, distance from the top, text.
pub(super) fn dump(layout: &Layout) -> String {
    let mut text = String::new();
    for (number, page) in layout.pages.iter().enumerate() {
        let mut lines: Vec<(i32, f32, &str)> = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Glyphs(run) => Some((run.y.round() as i32, run.x, run.text.as_str())),
                _ => None,
            })
            .collect();
        lines.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut last = i32::MIN;
        for (y, _, run) in lines {
            if y == last {
                let _ = write!(text, "|{run}");
            } else {
                let _ = write!(text, "\n{number} {y:>3} {run}");
            }
            last = y;
        }
    }
    text.trim_start().to_owned()
}

pub(super) fn sound(document: &Document) -> Layout {
    let (theme, fonts) = (Theme::default(), Fonts::load(None).unwrap());
    let layout = set(document, &theme, &fonts);
    let problems = problems(&layout, &theme, &fonts);
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems[..problems.len().min(12)].join("\n"));
    layout
}

/// All text of a layout in reading order, running heads left out.
pub(super) fn text_of(layout: &Layout) -> String {
    layout
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(|item| match item {
            Item::Glyphs(run) if run.tag != Tag::ARTIFACT => Some(run.text.as_str()),
            _ => None,
        })
        .filter(|text| *text != "\u{ad}")
        .collect()
}

pub(super) fn with(blocks: Vec<Block>) -> Document {
    Document { blocks, ..sample::empty() }
}

pub(super) fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(vec![Inline::text(text)])
}

pub(super) fn heading(level: u8, id: &str, text: &str) -> Block {
    Block::Heading { level, id: id.to_owned(), content: vec![Inline::text(text)] }
}

#[test]
fn the_samples_are_sound() {
    for document in [sample::english(), sample::russian()] {
        let layout = sound(&document);
        assert!(layout.pages.len() > 4);
        assert!(layout.outline.len() > 3);
    }
}

#[test]
fn an_empty_document_is_a_cover() {
    let layout = sound(&sample::empty());
    assert_eq!(layout.pages.len(), 1);
    assert_eq!(layout.pages[0].label, "");
}

#[test]
fn a_long_story_runs_over_pages_without_lone_lines() {
    let words: Vec<String> =
        (0..4000).map(|k| format!("{}{}", ["management", "of", "borders", "and"][k % 4], k % 7)).collect();
    let layout = sound(&with(vec![paragraph(words.join(" ")), paragraph("The end. ".repeat(900))]));
    assert!(layout.pages.len() > 7);
    for page in &layout.pages[1..] {
        let mut baselines: Vec<i32> = page
            .items
            .iter()
            .filter_map(|i| match i {
                Item::Glyphs(run) if run.tag != Tag::ARTIFACT => Some(run.y as i32),
                _ => None,
            })
            .collect();
        baselines.dedup();
        assert!(baselines.len() >= 2);
    }
    let expected = words.join(" ");
    assert!(text_of(&layout).contains(&expected[..2000]), "the text comes back with its spaces");
}

#[test]
fn nothing_is_too_long() {
    let agency = "Государственная".repeat(8);
    let title = "A very long title that goes on and on about border management ".repeat(5);
    let url = format!("https://example.org/{}", "path-and-more/".repeat(20));
    let mut document = with(vec![
        heading(1, "a", &title),
        heading(2, "b", &agency),
        paragraph(&*agency),
        paragraph(&*url),
        paragraph("x".repeat(3000)),
        Block::Entry {
            label: vec![vec![Inline::text(&*agency)], vec![Inline::text(&*url)]],
            body: vec![heading(3, "c", &agency), paragraph(&*title)],
        },
        Block::List { ordered: true, items: (0..120).map(|_| vec![paragraph(&*agency)]).collect() },
        Block::Tiles(vec![
            Tile {
                value: "1 234 567 890 123".into(),
                label: agency.clone(),
                notes: vec![url.clone()],
                quiet: false
            };
            4
        ]),
        Block::Note(vec![Inline::text(&*url)]),
        Block::Contents { depth: 3 },
    ]);
    document.running.head.clone_from(&title);
    document.running.foot.clone_from(&title);
    document.running.funding.clone_from(&title);
    document.running.mark.clone_from(&title);
    document.cover.programme.clone_from(&agency);
    document.cover.period.clone_from(&agency);
    document.cover.title.clone_from(&title);
    document.cover.subtitle.clone_from(&agency);
    document.cover.facts = vec![(agency.clone(), url.clone())];
    sound(&document);
}

#[test]
fn thousands_of_words_that_do_not_fit_are_still_set_at_once() {
    let words = "Государственная".repeat(8) + " ";
    sound(&with(vec![paragraph(words.repeat(300)), paragraph("中".repeat(4000))]));
}

#[test]
fn a_fault_would_be_seen() {
    let (theme, fonts) = (Theme::default(), Fonts::load(None).unwrap());
    let layout = set(&sample::english(), &theme, &fonts);
    let broken = |change: &dyn Fn(&mut GlyphRun)| {
        let mut layout = layout.clone();
        let mut runs = layout.pages[4].items.iter_mut().filter_map(|item| match item {
            Item::Glyphs(run) if run.tag != Tag::ARTIFACT && run.text.len() > 30 => Some(run),
            _ => None,
        });
        change(runs.nth(2).unwrap());
        problems(&layout, &theme, &fonts)
    };
    assert!(broken(&|_| ()).is_empty());
    for change in [
        (&|run: &mut GlyphRun| run.y += 12.0) as &dyn Fn(&mut GlyphRun),
        &|run| run.x += 30.0,
        &|run| run.x -= 400.0,
        &|run| run.y = 800.0,
        &|run| run.text.push('x'),
    ] {
        assert!(!broken(change).is_empty());
    }
}

#[test]
fn long_russian_words_are_divided() {
    let word = "сельскохозяйственно-промышленная межведомственноправительственная ".repeat(60);
    let layout = sound(&with(vec![paragraph(word)]));
    let has_hyphen = layout.pages[1].items.iter().any(|i| matches!(i, Item::Glyphs(run) if run.text == "\u{ad}"));
    assert!(has_hyphen);
}

pub(super) fn table(rows: usize, columns: usize) -> Block {
    let cell = |row: usize, column: usize| match column {
        0 => vec![Inline::text(format!("Q4-{row:03}"))],
        1 if row.is_multiple_of(5) => vec![],
        1 => vec![Inline::text(format!("Workshop {row} on interagency cooperation at border crossing points"))],
        2 => vec![Inline::text(format!("{}.{}", row * 37, row % 10))],
        _ => vec![Inline::styled("not reported", Style { quiet: true, ..Style::default() })],
    };
    Block::Table(Table {
        title: "All activities".into(),
        columns: (0..columns)
            .map(|k| Column {
                head: format!("Heading {k}"),
                align: if k == 2 { super::document::Align::Number } else { super::document::Align::Left },
                weight: if k == 1 { 1.0 } else { 0.0 },
            })
            .collect(),
        rows: (0..rows)
            .map(|r| Row {
                cells: (0..columns).map(|c| cell(r, c)).collect(),
                total: r + 1 == rows,
                group: r % 40 == 7,
            })
            .collect(),
        notes: vec![vec![Inline::text("Source: the ledger.")]],
    })
}

#[test]
fn tables_of_any_length_repeat_their_head_and_lose_no_row() {
    for rows in [0, 1, 2, 70, 3000] {
        let layout = sound(&with(vec![heading(1, "annex", "Annex"), table(rows, 4)]));
        let text = text_of(&layout);
        assert_eq!((0..rows).filter(|r| text.contains(&format!("Q4-{r:03}"))).count(), rows);
        let heads = layout
            .pages
            .iter()
            .filter(|p| p.items.iter().any(|i| matches!(i, Item::Glyphs(run) if run.text == "Heading 0")))
            .count();
        assert_eq!(heads, layout.pages.len() - 1, "{rows} rows");
    }
    sound(&with(vec![table(9, 1), table(9, 14), table(5, 25)]));
    sound(&with(vec![Block::Table(Table { title: String::new(), columns: vec![], rows: vec![], notes: vec![] })]));
}

#[test]
fn a_row_higher_than_a_page_is_cut_between_lines() {
    let mut block = table(3, 3);
    if let Block::Table(table) = &mut block {
        table.rows[1].cells[1] = vec![Inline::text("a long remark that fills a cell ".repeat(300))];
    }
    let layout = sound(&with(vec![block]));
    assert!(layout.pages.len() >= 3);
}

#[test]
fn a_label_taller_than_its_body_pushes_the_next_entry_down() {
    let entry = |lines: usize, body: Vec<Block>| Block::Entry {
        label: (0..lines).map(|k| vec![Inline::text(format!("label {k}"))]).collect(),
        body,
    };
    sound(&with(vec![
        entry(12, vec![paragraph("short")]),
        entry(3, vec![]),
        entry(0, vec![paragraph("no label")]),
        entry(200, vec![paragraph("a label longer than two pages")]),
        entry(90, vec![paragraph("word ".repeat(2500))]),
        entry(2, vec![paragraph("last")]),
    ]));
}

#[test]
fn headings_keep_with_what_follows() {
    for lines in 30..60 {
        let mut blocks: Vec<Block> = (0..lines).map(|_| paragraph("One line of text.")).collect();
        blocks.push(heading(2, "h", "A heading"));
        blocks.push(paragraph("Text under the heading. ".repeat(20)));
        let layout = sound(&with(blocks));
        let at = &layout.outline[0];
        let under = layout.pages[at.page]
            .items
            .iter()
            .any(|i| matches!(i, Item::Glyphs(run) if run.text.starts_with("Text under") && run.y > at.y));
        assert!(under, "after {lines} lines");
    }
}

#[test]
fn contents_name_the_page_that_readers_see() {
    let mut blocks = vec![Block::Contents { depth: 2 }];
    for chapter in 0..30 {
        blocks.push(Block::PageBreak);
        blocks.push(heading(1, &format!("c{chapter}"), &format!("Chapter {chapter}")));
        blocks.push(heading(2, &format!("s{chapter}"), &format!("Section {chapter}")));
        blocks.push(paragraph("Text."));
    }
    let layout = sound(&with(blocks));
    let dumped = dump(&layout);
    for chapter in 0..30 {
        let page = layout.destinations.iter().find(|d| d.id == format!("c{chapter}")).unwrap().page;
        assert_eq!(layout.pages[page].label, (page + 1).to_string());
        assert!(dumped.contains(&format!("{}|Chapter {chapter}\n", page + 1)), "{dumped}");
    }
}

#[test]
fn a_figure_stays_whole() {
    let figure = Block::Figure(Figure {
        title: "Five of nine activities involved Kyrgyzstan".into(),
        subtitle: "Activities".into(),
        source: "Source: workbooks".into(),
        alt: "bars".into(),
        drawing: sample::bars(),
    });
    for lines in 20..50 {
        let mut blocks: Vec<Block> = (0..lines).map(|_| paragraph("One line of text.")).collect();
        blocks.push(figure.clone());
        let layout = sound(&with(blocks));
        let page_of = |text: &str| {
            layout
                .pages
                .iter()
                .position(|p| p.items.iter().any(|i| matches!(i, Item::Glyphs(run) if run.text.starts_with(text))))
        };
        assert_eq!(page_of("Five of nine"), page_of("Source: workbooks"));
    }
}

#[test]
fn the_same_document_gives_the_same_layout() {
    assert_eq!(sound(&sample::russian()), sound(&sample::russian()));
}

#[test]
fn a_small_document_is_set_as_it_always_was() {
    let mut document = with(vec![
        heading(1, "results", "Results"),
        paragraph(
            "Border and customs staff worked with visiting experts on integrated border management, and compared their practice.",
        ),
        Block::Entry {
            label: vec![vec![Inline::text("2–4 October 2017")], vec![Inline::text("Astana")]],
            body: vec![heading(3, "a", "Workshop on cooperation"), paragraph("Drafts were agreed.")],
        },
        Block::List { ordered: true, items: vec![vec![paragraph("first")], vec![paragraph("second")]] },
        table(2, 3),
    ]);
    document.cover.period = "Q4 2017".into();
    document.running.head = "Programme".into();
    document.running.foot = "Q4 2017".into();
    let expected = "\
0 271 Q4 2017
1  40 Programme|Results
1  99 Results
1 130 Border and customs staff worked with visiting experts on integrated border \n\
1 144 management, and compared their practice.
1 179 2–4 October 2017|Workshop on cooperation
1 190 Astana
1 193 Drafts were agreed.
1 228 1.\u{a0}|first
1 242 2.\u{a0}|second
1 270 All activities
1 285 Heading 0|Heading 1|Heading 2
1 302 Q4-000|0.0
1 318 Q4-001|Workshop 1 on interagency cooperation at border crossing points|37.1
1 337 Source: the ledger.
1 802 Q4 2017|Page 2 of 2";
    assert_eq!(dump(&set(&document, &Theme::default(), &Fonts::load(None).unwrap())), expected);
}
