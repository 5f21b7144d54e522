//! Headings and links of an assembled document: levels that do not skip, ids that are unique,
//! links that lead somewhere.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Place};
use crate::typeset::document::{Block, Inline, Target};

/// Sees to the headings and links of `blocks`; `places` says where each comes from in the
/// template. A link of the template that leads nowhere is told. One of our own making, such as
/// from the annex to an activity whose story the template leaves out, becomes plain text.
pub(super) fn settle(blocks: &mut [Block], places: &[Place], problems: &mut Vec<Diagnostic>) {
    let mut ids = BTreeSet::new();
    let mut last = 0;
    for block in &mut *blocks {
        headings(block, &mut |level, id| {
            *level = (*level).clamp(1, last + 1);
            last = *level;
            let wanted = id.clone();
            let mut number = 1;
            while !ids.insert(id.clone()) {
                number += 1;
                *id = format!("{wanted}-{number}");
            }
        });
    }
    for (block, place) in blocks.iter_mut().zip(places) {
        for id in links(block).into_iter().filter(|id| !ids.contains(*id)) {
            problems.push(Diagnostic::error("link-leads-nowhere", place.clone()).with("found", id));
        }
        if let Block::Table(table) = block {
            for inline in table.rows.iter_mut().flat_map(|row| &mut row.cells).flatten() {
                if let Inline::Text { link, .. } = inline
                    && matches!(link, Some(Target::Internal(id)) if !ids.contains(id))
                {
                    *link = None;
                }
            }
        }
    }
}

/// The headings of a block, those of its entry included.
fn headings(block: &mut Block, visit: &mut dyn FnMut(&mut u8, &mut String)) {
    match block {
        Block::Heading { level, id, .. } => visit(level, id),
        Block::Entry { body, .. } => body.iter_mut().for_each(|block| headings(block, visit)),
        _ => {}
    }
}

/// Ids that the text of a template links to.
fn links(block: &Block) -> Vec<&str> {
    match block {
        Block::Paragraph(content) | Block::Note(content) | Block::Heading { content, .. } => {
            content.iter().filter_map(internal).collect()
        }
        Block::List { items, .. } => items.iter().flatten().flat_map(links).collect(),
        _ => Vec::new(),
    }
}

fn internal(inline: &Inline) -> Option<&str> {
    match inline {
        Inline::Text { link: Some(Target::Internal(id)), .. } => Some(id),
        _ => None,
    }
}
