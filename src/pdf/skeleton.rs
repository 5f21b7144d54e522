//! printpdf's document: page tree, pages, fonts. Everything else is added to it.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{Codepoint, FontId, Op, PdfDocument, PdfFont, PdfPage, PdfSaveOptions, Pt, Rect, TextItem};

use super::PdfError;
use super::font::{self, Embedded, resource_name};
use crate::typeset::layout::Layout;

/// A document with empty pages and all its fonts.
pub(super) struct Skeleton {
    pub(super) document: Document,
    /// The pages, in order.
    pub(super) pages: Vec<ObjectId>,
    /// Objects that are written already, with their numbers.
    pub(super) raw: Vec<(u32, Vec<u8>)>,
}

/// Lays out the skeleton of a document.
///
/// # Errors
/// When printpdf's result is not shaped as this version's always is.
pub(super) fn build(layout: &Layout, fonts: &[Embedded]) -> Result<Skeleton, PdfError> {
    let mut source = PdfDocument::new("");
    for font in fonts {
        let id = FontId(resource_name(font.face).to_owned());
        source.resources.fonts.map.insert(id, PdfFont::new(font.parsed.clone()));
    }
    source.pages = layout.pages.iter().map(|page| blank(page.width, page.height)).collect();
    if let Some(first) = source.pages.first_mut() {
        first.ops = specimen(fonts);
    }
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut document = source.to_lopdf_document(&options, &mut Vec::new());
    document.version = "1.7".to_owned(); // printpdf says 1.3 and writes more

    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    if pages.len() != layout.pages.len() {
        return Err(PdfError::Skeleton("a page"));
    }
    mend_fonts(&mut document, &pages, fonts)?;
    Ok(Skeleton { document, pages, raw: Vec::new() })
}

fn blank(width: f32, height: f32) -> PdfPage {
    let side = Rect::from_wh(Pt(width), Pt(height));
    PdfPage { media_box: side.clone(), trim_box: side.clone(), crop_box: side, ops: Vec::new() }
}

/// printpdf embeds only fonts that it sees in use: one glyph of each. The stream that comes
/// of it is replaced by ours.
fn specimen(fonts: &[Embedded]) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    for font in fonts {
        let id = FontId(resource_name(font.face).to_owned());
        let glyph = Codepoint::with_cid(0, 0.0, " ".to_owned());
        ops.push(Op::SetFont { font: printpdf::PdfFontHandle::External(id), size: Pt(1.0) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(vec![glyph])] });
    }
    ops.push(Op::EndTextSection);
    ops
}

/// One dictionary of resources for all pages, with the fonts and nothing else.
fn mend_fonts(document: &mut Document, pages: &[ObjectId], fonts: &[Embedded]) -> Result<(), PdfError> {
    let lost = |_| PdfError::Skeleton("the fonts");
    let first = *pages.first().ok_or(PdfError::NoPages)?;
    let resources = reference(document.get_dictionary(first).map_err(lost)?, b"Resources")?;
    let listed = reference(document.get_dictionary(resources).map_err(lost)?, b"Font")?;
    for font in fonts {
        let name = resource_name(font.face);
        let type0 = reference(document.get_dictionary(listed).map_err(lost)?, name.as_bytes())?;
        font::mend(document, type0, font)?;
    }
    let shared = document.add_object(dictionary([("Font", Object::Reference(listed))]));
    let mut unused = Vec::new();
    for &page in pages {
        let page = document.get_dictionary_mut(page).map_err(|_| PdfError::Skeleton("a page"))?;
        for needless in ["TrimBox", "CropBox", "Annots"] {
            page.remove(needless.as_bytes());
        }
        for replaced in ["Contents", "Resources"] {
            let object = page.remove(replaced.as_bytes());
            unused.extend(object.and_then(|object| object.as_reference().ok()));
        }
        page.set("Resources", Object::Reference(shared));
    }
    for object in unused {
        document.objects.remove(&object);
    }
    Ok(())
}

fn reference(dictionary: &Dictionary, key: &[u8]) -> Result<ObjectId, PdfError> {
    dictionary.get(key).and_then(Object::as_reference).map_err(|_| PdfError::Skeleton("the fonts"))
}

impl Skeleton {
    /// Gives each page its content.
    ///
    /// # Errors
    /// When a page is not where it was.
    pub(super) fn fill(&mut self, contents: Vec<Vec<u8>>) -> Result<(), PdfError> {
        for (&page, content) in self.pages.iter().zip(contents) {
            let stream = self.document.add_object(Stream::new(Dictionary::new(), content));
            let page = self.document.get_dictionary_mut(page).map_err(|_| PdfError::Skeleton("a page"))?;
            page.set("Contents", Object::Reference(stream));
        }
        Ok(())
    }

    /// The catalog.
    pub(super) fn catalog(&mut self) -> Result<&mut Dictionary, PdfError> {
        self.document.catalog_mut().map_err(|_| PdfError::Skeleton("the catalog"))
    }
}

/// A dictionary, entries in the given order.
pub(super) fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    entries.into_iter().collect()
}
