//! A face cut down to what the document uses, as printpdf embeds it, and the tables that
//! say what its codes mean.

use std::fmt::Write as _;

use lopdf::{Dictionary, Object, Stream};
use printpdf::ParsedFont;
use sha2::{Digest, Sha256};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use subsetter::GlyphRemapper;

use super::PdfError;
use super::alphabet::{FaceInUse, Sign};
use crate::typeset::layout::Face;

/// Name of a face among a page's resources. Our own: printpdf counts its names over all
/// documents of the process.
pub(super) const fn resource_name(face: Face) -> &'static str {
    match face {
        Face::SansRegular => "Sr",
        Face::SansItalic => "Si",
        Face::SansSemiBold => "Sb",
        Face::SerifRegular => "Tr",
        Face::SerifItalic => "Ti",
        Face::SerifSemiBold => "Tb",
    }
}

/// A subset of a face, and the meaning of its codes.
pub(super) struct Embedded {
    pub(super) face: Face,
    /// The subset as printpdf takes it, under its tagged name.
    pub(super) parsed: ParsedFont,
    /// `/W`: widths by code.
    pub(super) widths: Object,
    /// `/ToUnicode`: text by code.
    pub(super) to_unicode: Stream,
    /// `/CIDToGIDMap`: glyph of the subset by code, two bytes each.
    pub(super) glyph_map: Stream,
    /// Height of capitals above the baseline, in thousandths; printpdf gives the ascent.
    pub(super) cap_height: i64,
}

/// Cuts a face down to the glyphs in use.
///
/// # Errors
/// When the font file cannot be read or cut.
pub(super) fn embed(used: FaceInUse<'_>) -> Result<Embedded, PdfError> {
    let unusable = |why: String| PdfError::FontUnusable(used.face, why);
    let mut remapper = GlyphRemapper::new();
    let mut glyph_map = vec![0, 0]; // code 0 is the "missing" box
    for sign in &used.signs {
        glyph_map.extend(remapper.remap(sign.glyph).to_be_bytes());
    }
    let program = subsetter::subset(used.bytes, 0, &remapper).map_err(|e| unusable(e.to_string()))?;
    let font = skrifa::FontRef::from_index(used.bytes, 0).map_err(|e| unusable(e.to_string()))?;
    let name = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first();
    let name: String =
        name.map(|name| name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()).unwrap_or_default();
    let name = if name.is_empty() { format!("{:?}", used.face) } else { name };

    let mut parsed = ParsedFont::from_bytes(&program, 0, &mut Vec::new())
        .ok_or_else(|| unusable("printpdf does not read its subset".to_owned()))?;
    parsed.font_name = Some(format!("{}+{name}", tag(&program)));
    // The subset leaves out the table that the stem width is guessed from.
    let weight = font.attributes().weight.value();
    parsed.pdf_font_metrics.us_weight_class = if weight >= 600.0 { 600 } else { 400 };

    let metrics = font.metrics(Size::new(1000.0), LocationRef::default());
    Ok(Embedded {
        face: used.face,
        parsed,
        widths: widths(&used.signs),
        to_unicode: Stream::new(Dictionary::new(), to_unicode(&used.signs).into_bytes()),
        glyph_map: Stream::new(Dictionary::new(), glyph_map),
        #[expect(clippy::cast_possible_truncation, reason = "a height in thousandths is small")]
        cap_height: metrics.cap_height.unwrap_or(metrics.ascent).round() as i64,
    })
}

/// Six capital letters that tell subsets of one font apart (ISO 32000-1, 9.6.4). Drawn from
/// the subset itself, so that the same subset has the same tag.
fn tag(program: &[u8]) -> String {
    Sha256::digest(program).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn widths(signs: &[Sign]) -> Object {
    let all = signs.iter().map(|sign| Object::Integer(sign.width.into())).collect();
    Object::Array(vec![Object::Integer(1), Object::Array(all)])
}

/// The map of codes to text (ISO 32000-1, 9.10.3), a hundred entries to a section at most.
fn to_unicode(signs: &[Sign]) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let coded: Vec<(usize, &Sign)> = signs.iter().enumerate().map(|(index, sign)| (index + 1, sign)).collect();
    for section in coded.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", section.len());
        for (code, sign) in section {
            let _ = write!(map, "<{code:04X}> <");
            // What only completes another glyph still needs a meaning; a zero-width space
            // says nothing.
            let text = if sign.text.is_empty() { "\u{200B}" } else { &sign.text };
            for unit in text.encode_utf16() {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

/// What printpdf's font dictionaries say replaced by what our codes mean.
///
/// # Errors
/// When the dictionaries are not where this version of printpdf puts them.
pub(super) fn mend(document: &mut lopdf::Document, type0: lopdf::ObjectId, font: &Embedded) -> Result<(), PdfError> {
    let lost = |what| move |_| PdfError::Skeleton(what);
    let to_unicode = document.add_object(font.to_unicode.clone());
    let glyph_map = document.add_object(font.glyph_map.clone());
    let outer = document.get_dictionary_mut(type0).map_err(lost("a font"))?;
    outer.set("ToUnicode", Object::Reference(to_unicode));
    let descendants =
        outer.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).map_err(lost("a descendant font"))?;
    let inner = descendants.first_mut().ok_or(PdfError::Skeleton("a descendant font"))?;
    let inner = inner.as_dict_mut().map_err(lost("a descendant font"))?;
    inner.set("W", font.widths.clone());
    inner.set("CIDToGIDMap", Object::Reference(glyph_map));
    let descriptor = inner.get(b"FontDescriptor").and_then(Object::as_reference).map_err(lost("a font descriptor"))?;
    let descriptor = document.get_dictionary_mut(descriptor).map_err(lost("a font descriptor"))?;
    descriptor.set("CapHeight", font.cap_height);
    if matches!(font.face, Face::SerifRegular | Face::SerifItalic | Face::SerifSemiBold) {
        let flags = descriptor.get(b"Flags").and_then(Object::as_i64).unwrap_or(32);
        descriptor.set("Flags", flags | 2); // ISO 32000-1, table 123: glyphs have serifs
    }
    Ok(())
}
