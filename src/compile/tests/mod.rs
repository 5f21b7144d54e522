//! The report as its readers get it: sentences at every count, both languages, hostile cells,
//! and templates that people have got wrong.

mod correction;
mod editions;
mod figures;
mod glyphs;
mod material;
mod runs;
pub(super) mod sample;
mod sections;
mod sentences;
mod sign_off;
mod templates;
mod waiting;

use super::*;
use crate::typeset::document::{Drawing, Inline, Table};
use sample::{config, period, request, seed};

/// Every word of a document, in reading order, one block to a line.
pub(super) fn words(document: &Document) -> String {
    fn block(block: &Block, text: &mut String) {
        let plain = |content: &[Inline]| markdown::plain(content);
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) | Block::Note(content) => {
                text.push_str(&plain(content));
            }
            Block::List { items, .. } => items.iter().flatten().for_each(|b| self::words_of(b, text)),
            Block::Entry { label, body } => {
                label.iter().for_each(|line| text.push_str(&format!("{} | ", plain(line))));
                text.push('\n');
                body.iter().for_each(|b| self::words_of(b, text));
            }
            Block::Table(Table { title, columns, rows, notes }) => {
                text.push_str(&format!("{title}\n"));
                let heads: Vec<&str> = columns.iter().map(|c| c.head.as_str()).collect();
                text.push_str(&format!("{}\n", heads.join(" | ")));
                for row in rows {
                    let mut cells: Vec<String> = row.cells.iter().map(|c| plain(c)).collect();
                    if row.group || row.total {
                        cells.retain(|cell| !cell.is_empty());
                    }
                    text.push_str(&format!("{}\n", cells.join(" | ")));
                }
                notes.iter().for_each(|note| text.push_str(&plain(note)));
            }
            Block::Tiles(tiles) => {
                for tile in tiles {
                    text.push_str(&format!("[{} {}: {}] ", tile.value, tile.label, tile.notes.join("; ")));
                }
            }
            Block::Figure(figure) => {
                text.push_str(&format!("{}\n{}\n", figure.title, figure.subtitle));
                match &figure.drawing {
                    Drawing::Bars(bars) => {
                        bars.iter().for_each(|bar| text.push_str(&format!("{} {}, ", bar.label, bar.text)));
                    }
                    _ => text.push_str(&figure.alt),
                }
                text.push_str(&format!("\n{}", figure.source));
            }
            Block::Picture(photo) => text.push_str(&photo.caption),
            Block::Contents { .. } | Block::PageBreak | Block::Turn(_) => {}
        }
        text.push('\n');
    }
    let mut text = format!("{:?}\n", document.cover);
    for b in &document.blocks {
        block(b, &mut text);
    }
    text
}

fn words_of(block: &Block, text: &mut String) {
    let document = Document {
        title: String::new(),
        language: Language::En,
        author: String::new(),
        subject: String::new(),
        cover: Cover::default(),
        blocks: vec![block.clone()],
        running: Running::default(),
        words: Words::default(),
    };
    let inner = words(&document);
    text.push_str(inner.split_once('\n').map_or("", |(_, rest)| rest));
}

/// Looks at the seed quarter as a template does.
pub(super) fn with_view(language: Language, look: impl FnOnce(&View<'_>)) {
    let (config, locale, request) = (config(), Arc::new(Locale::embedded(language)), request(language));
    let material = seed().for_period(request.period);
    let scopes = scope::Scopes::new(&config, &material, request.period, request.as_of);
    let (photos, shown) = (crate::compile::photos::Photos::new(), crate::compile::shown::Shown::default());
    look(&View::new(&config, &locale, &request, &material, &scopes, &photos, &shown).unwrap());
}

/// The seed quarter as a document.
fn drafted(language: Language) -> (Document, Facts) {
    let config = config();
    let locale = Arc::new(Locale::embedded(language));
    let checked = draft(&config, &locale, &seed(), &request(language));
    assert_eq!(checked.diagnostics, [], "the built-in template is in order");
    (checked.output.document.unwrap(), checked.output.facts)
}

#[test]
fn the_seed_quarter_in_english() {
    let (document, facts) = drafted(Language::En);
    let text = words(&document).replace('\u{a0}', " ");
    assert_eq!(facts.count("activities.total"), 9);
    for sentence in [
        "Nine activities ended in October–December 2017; eight of them have dates and took 23 days together.",
        "Two reported their participants, 32 in all; none said how many were women.",
        "There were four workshops, two equipment handovers, a training of trainers, a study visit and a steering group meeting.",
        "Kazakhstan and Kyrgyzstan hosted two activities each; Tajikistan, Turkmenistan, Uzbekistan and Latvia one each; for one the host country was not reported.",
        "Kyrgyzstan took part in five of them; Kazakhstan in four; Tajikistan and Uzbekistan in three each; Turkmenistan in two; one activity did not name its countries.",
        "Two items of equipment were handed over; their value was not reported.",
        "Kyrgyzstan took part in five of nine activities",
        "Undated: no date was reported for what follows.",
        "Component not stated",
        "Not supplied: no workbook names a challenge.",
    ] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
    for record in seed().entries {
        if let crate::record::Record::Activities(a) = record.record {
            for part in [a.id.unwrap(), a.title, a.summary.unwrap()] {
                assert!(text.contains(&part), "{part}");
            }
        }
    }
    for ugly in ["(s)", "N/A", "undefined", "{$", "‹", "  ", "( )", "()"] {
        assert!(!text.contains(ugly), "{ugly}:\n{text}");
    }
}

#[test]
fn the_seed_quarter_in_russian() {
    let (document, _) = drafted(Language::Ru);
    let text = words(&document).replace('\u{a0}', " ");
    for sentence in [
        "В октябре–декабре 2017 г. завершилось девять мероприятий; у восьми из них указаны даты, вместе они заняли 23 дня.",
        "О числе участников сообщили по двум мероприятиям — всего 32 человека; данных о числе женщин нет.",
        "По видам это четыре семинара, две передачи оборудования, один тренинг для тренеров, один учебный визит и одно заседание руководящей группы.",
        "По два мероприятия прошло в Казахстане и в Кыргызстане",
        "Переданы две позиции оборудования; данных о стоимости нет.",
        "Не представлено: ни в одной книге не названы трудности.",
        "Компонент не указан",
        "Без даты",
    ] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
    assert!(!text.contains('‹') && !text.contains("{$"), "{text}");
}

#[test]
fn the_annex_has_a_row_for_each_activity() {
    let (document, facts) = drafted(Language::En);
    let annex = document.blocks.iter().rev().find_map(|b| match b {
        Block::Table(table) if table.columns[0].head == "ID" && table.columns.len() == 6 => Some(table),
        _ => None,
    });
    assert_eq!(i64::try_from(annex.unwrap().rows.len()).unwrap(), facts.count("activities.total"));
}

/// Whatever was compiled before in the same process, beside it, and on however many threads.
#[test]
fn threads_show_nowhere() {
    let config = config();
    let press = Press::load(&config).unwrap();
    let material = seed().for_period(period());
    let of_key =
        |edition: &String| Language::ALL.map(|language| Request { edition: edition.clone(), ..request(language) });
    let requests: Vec<Request> = editions(&config).iter().flat_map(of_key).collect();
    assert_eq!(requests.len(), 12);
    let alone = press.compile(&config, &material, requests.last().unwrap()).output.unwrap();
    let [one, four] = [1, 4].map(|threads| {
        let made = press.editions(&config, &material, &requests, threads.try_into().unwrap());
        made.into_iter().map(|checked| checked.output.unwrap().pdf).collect::<Vec<_>>()
    });
    assert!(one == four);
    assert!(one.last() == Some(&alone.pdf));
}

#[test]
fn arrival_order_shows_nowhere() {
    let config = config();
    let press = Press::load(&config).unwrap();
    let of_seed = |seed: Material| {
        let material = seed.for_period(period());
        press.compile(&config, &material, &request(Language::Ru)).output.unwrap()
    };
    let once = of_seed(seed());
    let mut shuffled = seed();
    shuffled.entries.reverse();
    shuffled.files.reverse();
    assert!(once.pdf == of_seed(shuffled).pdf);
    assert_eq!(once.file_name, "BOMCA9_RSG-Report_2017-Q4_v1_RU.pdf");
}
