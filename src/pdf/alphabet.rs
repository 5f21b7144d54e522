//! The codes that a document's glyphs are shown by.
//!
//! A code stands for a glyph *and* what it says. One glyph may say different things: the
//! hyphen is also a soft hyphen, the space a no-break space. With a code for each pair the
//! Unicode map alone gives back exactly what was set.

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

use super::PdfError;
use crate::typeset::fonts::Fonts;
use crate::typeset::layout::Face;

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// Glyph in the font file.
    pub(super) glyph: u16,
    /// What it says; empty for a glyph that only completes another.
    pub(super) text: Box<str>,
    /// Width in thousandths of the size, a whole number: the one that the `/W` entry carries
    /// and the viewer moves its pen by.
    pub(super) width: i32,
}

/// A face, and the signs of it that the document uses.
pub(super) struct FaceInUse<'a> {
    /// Which.
    pub(super) face: Face,
    /// Its font file.
    pub(super) bytes: &'a [u8],
    /// The sign of each code; code 1 is the first.
    pub(super) signs: Vec<Sign>,
    /// Codes by glyph: most glyphs have one.
    codes: Vec<Vec<u16>>,
    /// Width of each glyph, in thousandths.
    widths: Vec<i32>,
}

impl<'a> FaceInUse<'a> {
    fn open(face: Face, bytes: &'a [u8]) -> Result<Self, PdfError> {
        let unusable = |why: String| PdfError::FontUnusable(face, why);
        let font = skrifa::FontRef::from_index(bytes, 0).map_err(|e| unusable(e.to_string()))?;
        let units = i64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        if units == 0 {
            return Err(unusable("units per em are zero".to_owned()));
        }
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let widths = (0..metrics.glyph_count().min(u32::from(u16::MAX)))
            .map(|glyph| {
                let units_wide = metrics.advance_width(skrifa::GlyphId::new(glyph)).unwrap_or_default();
                thousandths(units_wide, units)
            })
            .collect::<Vec<_>>();
        let codes = vec![Vec::new(); widths.len()];
        Ok(Self { face, bytes, signs: Vec::new(), codes, widths })
    }

    /// The code of a glyph that says `text`, and the glyph's width in thousandths. A glyph
    /// that the font does not have is its "missing" box.
    pub(super) fn code(&mut self, glyph: u16, text: &str) -> Result<(u16, i32), PdfError> {
        let glyph = if usize::from(glyph) < self.codes.len() { glyph } else { 0 };
        let width = self.widths.get(usize::from(glyph)).copied().unwrap_or_default();
        let Some(codes) = self.codes.get_mut(usize::from(glyph)) else {
            return Err(PdfError::FontUnusable(self.face, "it has no glyphs".to_owned()));
        };
        for &code in codes.iter() {
            if self.signs.get(usize::from(code) - 1).is_some_and(|sign| &*sign.text == text) {
                return Ok((code, width));
            }
        }
        let code = u16::try_from(self.signs.len() + 1).map_err(|_| PdfError::TooManyGlyphs(self.face))?;
        self.signs.push(Sign { glyph, text: text.into(), width });
        codes.push(code);
        Ok((code, width))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "an advance is at most 65,535 units")]
fn thousandths(units_wide: f32, units_per_em: i64) -> i32 {
    (f64::from(units_wide) * 1000.0 / units_per_em as f64).round() as i32
}

/// All faces of a document with their codes, given out in the order of first use.
pub(super) struct Alphabet<'a> {
    fonts: &'a Fonts,
    open: [Option<FaceInUse<'a>>; Face::ALL.len()],
}

impl<'a> Alphabet<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, open: Default::default() }
    }

    /// The face, opened at its first use.
    pub(super) fn face(&mut self, face: Face) -> Result<&mut FaceInUse<'a>, PdfError> {
        let [sans, sans_italic, sans_bold, serif, serif_italic, serif_bold] = &mut self.open;
        let slot = match face {
            Face::SansRegular => sans,
            Face::SansItalic => sans_italic,
            Face::SansSemiBold => sans_bold,
            Face::SerifRegular => serif,
            Face::SerifItalic => serif_italic,
            Face::SerifSemiBold => serif_bold,
        };
        match slot {
            Some(open) => Ok(open),
            None => Ok(slot.insert(FaceInUse::open(face, self.fonts.bytes(face))?)),
        }
    }

    /// The faces that were used, in the order of [`Face::ALL`].
    pub(super) fn into_used(self) -> impl Iterator<Item = FaceInUse<'a>> {
        self.open.into_iter().flatten().filter(|face| !face.signs.is_empty())
    }
}
