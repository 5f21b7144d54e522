//! The acronyms that a report really uses, with what they stand for.

use std::collections::BTreeSet;

use super::markdown::plain;
use super::view::{View, strong};
use crate::typeset::document::{Block, Inline};

/// Those of the locale's list that occur in `blocks`, one to a line; `None` where none does.
pub(super) fn list(view: &View<'_>, blocks: &[Block]) -> Option<Block> {
    let mut words = BTreeSet::new();
    blocks.iter().for_each(|block| collect(block, &mut words));
    let known = view.word("acronyms");
    let mut content = Vec::new();
    let pairs = known.lines().filter_map(|line| line.split_once('='));
    for (short, long) in pairs.map(|(short, long)| (short.trim(), long.trim())) {
        if !words.contains(short) {
            continue;
        }
        if !content.is_empty() {
            content.push(Inline::Break);
        }
        content.push(strong(short));
        content.push(Inline::text(format!("\u{2002}{long}")));
    }
    (!content.is_empty()).then_some(Block::Paragraph(content))
}

/// The words of a block that might be acronyms: two capital letters at least.
fn collect(block: &Block, words: &mut BTreeSet<String>) {
    let mut take = |text: &str| {
        let found = text.split(|c: char| !c.is_alphanumeric());
        let found = found.filter(|word| word.chars().filter(|c| c.is_uppercase()).count() > 1);
        words.extend(found.map(str::to_owned));
    };
    match block {
        Block::Heading { content, .. } | Block::Paragraph(content) | Block::Note(content) => take(&plain(content)),
        Block::List { items, .. } => items.iter().flatten().for_each(|inner| collect(inner, words)),
        Block::Entry { label, body } => {
            label.iter().for_each(|line| take(&plain(line)));
            body.iter().for_each(|inner| collect(inner, words));
        }
        Block::Table(table) => {
            take(&table.title);
            table.columns.iter().for_each(|column| take(&column.head));
            table.rows.iter().flat_map(|row| &row.cells).chain(&table.notes).for_each(|cell| take(&plain(cell)));
        }
        Block::Tiles(tiles) => tiles.iter().for_each(|tile| {
            take(&tile.label);
            tile.notes.iter().for_each(|note| take(note));
        }),
        Block::Figure(figure) => {
            [&figure.title, &figure.subtitle, &figure.source].into_iter().for_each(|text| take(text));
        }
        _ => {}
    }
}
