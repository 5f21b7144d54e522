//! Layout into bytes: printpdf, and what printpdf lacks.
//!
//! printpdf lays the document's skeleton: page tree, pages, font descriptors and font
//! programs. The page contents are our own streams (`content`), because printpdf keeps an
//! operation, a string and a map entry for every single glyph, which for sixty pages takes
//! several times as long and half as much space again. lopdf then adds what printpdf has no
//! words for: links, outline, page labels, metadata, viewer preferences, attachments, the
//! structure tree of PDF/UA-1 and the output intent of PDF/A-3a. `file` writes the
//! objects down, since neither library packs them without a clock, a counter or a compressor
//! that differs between processors.
//!
//! The same layout, fonts and [`Info`] give the same bytes: in another process, after other
//! documents, and in any thread.

mod alphabet;
mod attachments;
mod content;
mod file;
mod font;
mod icc;
mod image;
mod logo;
mod metadata;
mod navigation;
mod number;
mod signed_off;
mod skeleton;
mod structure;
mod tongue;

use alphabet::Alphabet;
pub use attachments::{Attachment, Relationship, Unreadable, attachments, page_contents};
use chrono::NaiveDate;
pub use signed_off::{sign_off, signed_part};

use crate::typeset::fonts::Fonts;
use crate::typeset::layout::{Face, Item, Layout};

/// What a document says about itself beyond what its layout holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// The day the data is of. Both dates of the document are its midnight, UTC: nothing in
    /// a PDF is finer, so that compiling again gives the same bytes.
    pub as_of: NaiveDate,
    /// The programme that made the text, such as `rapporteur 0.1.0`.
    pub creator: String,
    /// Files that travel inside the PDF.
    pub attachments: Vec<Attachment>,
}

impl Info {
    /// Made by this version of rapporteur, of data as of a day.
    #[must_use]
    pub fn new(as_of: NaiveDate) -> Self {
        Self { as_of, creator: concat!("rapporteur ", env!("CARGO_PKG_VERSION")).to_owned(), attachments: Vec::new() }
    }
}

/// Why a layout did not become a PDF. All of them are faults of the fonts or of ours, none
/// goes away by trying again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A PDF has at least one page.
    #[error("the document has no pages")]
    NoPages,
    /// A font file that cannot be read or cut down to the glyphs in use.
    #[error("the font file of {0:?} cannot be embedded: {1}")]
    FontUnusable(Face, String),
    /// More than 65,534 different glyph and text pairs in one face.
    #[error("too many different glyphs in {0:?}")]
    TooManyGlyphs(Face),
    /// printpdf's document is not shaped as this version of it always does.
    #[error("the PDF skeleton lacks {0}")]
    Skeleton(&'static str),
}

/// Writes a layout as a PDF 1.7 file. The layout is used up: what a page holds is let go as soon as
/// it is written, since that of a thousand pages is most of what a report takes of memory.
///
/// # Errors
/// When there is no page, or a font in use cannot be embedded.
pub fn write(mut layout: Layout, fonts: &Fonts, info: &Info) -> Result<Vec<u8>, PdfError> {
    if layout.pages.is_empty() {
        return Err(PdfError::NoPages);
    }
    let mut alphabet = Alphabet::new(fonts);
    let mut pictures = image::Pictures::default();
    let mut pages = std::mem::take(&mut layout.pages);
    let mut contents = Vec::with_capacity(pages.len());
    for page in &mut pages {
        contents.push(content::of(page, &layout, &mut alphabet, &mut pictures)?);
        // Links are still to be added, and the boxes of figures to be found.
        page.items.retain(|item| matches!(item, Item::Link(_)) || layout.structure.is_figure(item.tag()));
        page.items.shrink_to_fit();
    }
    layout.pages = pages;
    let layout = &layout;
    let (streams, marks): (Vec<_>, Vec<_>) =
        contents.into_iter().map(|content| (content.stream, content.marks)).unzip();
    let embedded = alphabet.into_used().map(font::embed).collect::<Result<Vec<_>, _>>()?;
    let mut skeleton = skeleton::build(layout, &embedded)?;
    skeleton.fill(streams)?;
    pictures.add(&mut skeleton)?;
    let links = navigation::add(&mut skeleton, layout)?;
    metadata::add(&mut skeleton, layout, info)?;
    attachments::add(&mut skeleton, info)?;
    structure::add(&mut skeleton, layout, &marks, &links)?;
    Ok(file::write(skeleton.document, skeleton.raw))
}
