//! Document into layout: shaping, line breaking, tables, pages. Knows nothing of the programme.
//!
//! [`set`] goes through it from small to large: words are shaped once each (`text`), inline text
//! becomes lines (`inline`, `pieces`, `division`, `breaking`), blocks become strips of one column
//! (`blocks`, `table`, `display`), and strips fill pages (`pages`).

pub mod document;
pub mod drawing;
pub mod fonts;
pub mod layout;
pub mod structure;
pub mod text;
pub mod theme;

pub mod figure;

mod blocks;
mod breaking;
mod columns;
mod contents;
mod cover;
mod display;
mod division;
mod inline;
mod logos;
mod pages;
mod pieces;
mod strip;
mod table;

#[cfg(test)]
mod check;
#[cfg(test)]
mod extremes;
#[cfg(test)]
mod sample;

use document::Document;
use fonts::Fonts;
use layout::Layout;
use theme::Theme;

/// Sets a document: the same document, theme and fonts always give the same layout.
#[must_use]
pub fn set(document: &Document, theme: &Theme, fonts: &Fonts) -> Layout {
    let shaper = text::Shaper::new(fonts);
    let by = inline::Compositor::new(theme, &shaper, document.language);
    // The cover comes first, in the structure too.
    let cover = cover::cover(&by, &document.cover);
    let mut galley = blocks::Galley::new(&by, document);
    let frame = galley.page();
    galley.blocks(&document.blocks, frame);
    let blocks::Galley { strips, heads, .. } = galley;
    let mut book = pages::Book::new(&by, &heads);
    book.fill(strips);
    let (mut pages, outline, destinations) = book.finish(&document.running, &document.words);
    pages.insert(0, cover);
    let structure = by.structure.finish();
    for page in &mut pages {
        structure.sort(&mut page.items);
    }
    Layout {
        title: document.title.clone(),
        author: document.author.clone(),
        subject: document.subject.clone(),
        language: document.language,
        pages,
        outline,
        destinations,
        structure,
        missing: shaper.missing(),
    }
}
