//! The six faces of the theme: their bytes, their measures, and which letters they have.

use std::borrow::Cow;
use std::path::Path;

use harfrust::font::Font;
use harfrust::{Direction, Script, ShapePlan, ShaperFont};
use skrifa::MetadataProvider;

use super::layout::Face;
use crate::templates;

/// Vertical measures of a face in thousandths of its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Above the baseline.
    pub ascent: f32,
    /// Below the baseline, negative.
    pub descent: f32,
    /// Height of a capital.
    pub cap_height: f32,
    /// Height of an x.
    pub x_height: f32,
}

/// A font file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// There is no such file, neither embedded nor in the overriding folder.
    #[error("templates/fonts/{0} is missing")]
    Missing(&'static str),
    /// It is no OpenType font with TrueType outlines and a character map.
    #[error("templates/fonts/{0} is not an OpenType font")]
    NotAFont(&'static str),
    /// The layout counts in thousandths of the size, so the font must too.
    #[error("templates/fonts/{0} has {1} units per em; expected 1000")]
    UnitsPerEm(&'static str, u16),
}

/// The faces of the theme, loaded once and shared.
pub struct Fonts {
    faces: [Loaded; 6],
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fonts")
    }
}

/// One face.
pub(super) struct Loaded {
    bytes: Cow<'static, [u8]>,
    metrics: Metrics,
    /// What `harfrust` shapes with.
    pub(super) font: Font,
    /// Prepared once: planning costs more than shaping a word.
    pub(super) latin: ShapePlan,
    pub(super) cyrillic: ShapePlan,
    /// Stands for a character the face lacks: PDF/UA-1 (7.21.8) forbids `.notdef`.
    pub(super) substitute: u16,
}

/// File of a face below `templates/fonts/`.
#[must_use]
pub const fn file_name(face: Face) -> &'static str {
    match face {
        Face::SansRegular => "IBMPlexSans-Regular.ttf",
        Face::SansItalic => "IBMPlexSans-Italic.ttf",
        Face::SansSemiBold => "IBMPlexSans-SemiBold.ttf",
        Face::SerifRegular => "IBMPlexSerif-Regular.ttf",
        Face::SerifItalic => "IBMPlexSerif-Italic.ttf",
        Face::SerifSemiBold => "IBMPlexSerif-SemiBold.ttf",
    }
}

impl Fonts {
    /// Loads the six faces, each from the overriding templates folder where it has the file.
    ///
    /// # Errors
    /// The first face that is missing or cannot be used.
    pub fn load(overrides: Option<&Path>) -> Result<Self, FontError> {
        let [a, b, c, d, e, f] = Face::ALL.map(|face| Loaded::load(file_name(face), overrides));
        Ok(Self { faces: [a?, b?, c?, d?, e?, f?] })
    }

    pub(super) fn face(&self, face: Face) -> &Loaded {
        let [sans, sans_italic, sans_semibold, serif, serif_italic, serif_semibold] = &self.faces;
        match face {
            Face::SansRegular => sans,
            Face::SansItalic => sans_italic,
            Face::SansSemiBold => sans_semibold,
            Face::SerifRegular => serif,
            Face::SerifItalic => serif_italic,
            Face::SerifSemiBold => serif_semibold,
        }
    }

    /// The whole font file of a face.
    #[must_use]
    pub fn bytes(&self, face: Face) -> &[u8] {
        &self.face(face).bytes
    }

    /// Measures of a face.
    #[must_use]
    pub fn metrics(&self, face: Face) -> Metrics {
        self.face(face).metrics
    }

    /// White at the left of a character in thousandths of the size, so that large letters can be
    /// set flush by what is seen of them.
    #[must_use]
    pub fn bearing(&self, face: Face, character: char) -> i32 {
        let font = &self.face(face).font;
        let glyph = font.charmap().map_unicode(character);
        glyph.and_then(|glyph| ShaperFont::new(font).glyph_extents(glyph)).map_or(0, |extents| extents.x_bearing)
    }

    /// Whether a face has a glyph for a character.
    #[must_use]
    pub fn covers(&self, face: Face, character: char) -> bool {
        self.face(face).font.charmap().map_unicode(character).is_some_and(|glyph| glyph.to_u32() != 0)
    }
}

impl Loaded {
    /// The glyph of a character.
    pub(super) fn glyph(&self, character: char) -> Option<u16> {
        let glyph = self.font.charmap().map_unicode(character)?.to_u32();
        u16::try_from(glyph).ok().filter(|glyph| *glyph != 0)
    }

    fn load(name: &'static str, overrides: Option<&Path>) -> Result<Self, FontError> {
        let bytes = templates::bytes(&format!("fonts/{name}"), overrides).ok_or(FontError::Missing(name))?;
        let reference = skrifa::FontRef::new(&bytes).map_err(|_| FontError::NotAFont(name))?;
        let found = reference.metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
        if found.units_per_em != 1000 {
            return Err(FontError::UnitsPerEm(name, found.units_per_em));
        }
        let metrics = Metrics {
            ascent: found.ascent,
            descent: found.descent,
            cap_height: found.cap_height.unwrap_or(700.0),
            x_height: found.x_height.unwrap_or(500.0),
        };
        let font = match &bytes {
            Cow::Borrowed(bytes) => Font::new(*bytes, 0),
            Cow::Owned(bytes) => Font::new(bytes.clone(), 0),
        }
        .ok_or(FontError::NotAFont(name))?;
        let substitute = ['\u{fffd}', '\u{25a1}', '?']
            .into_iter()
            .find_map(|c| font.charmap().map_unicode(c))
            .and_then(|glyph| u16::try_from(glyph.to_u32()).ok())
            .ok_or(FontError::NotAFont(name))?;
        let plan = |script| ShapePlan::new(&font, Direction::LeftToRight, Some(script), None, &[]);
        let (latin, cyrillic) = (plan(Script::LATIN), plan(Script::CYRILLIC));
        Ok(Self { bytes, metrics, font, latin, cyrillic, substitute })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of `domain.md` section 7, beside the plain Latin and Russian alphabets.
    const LETTERS: &str = "ӘәҒғҚқҢңӨөҰұҮүҺһІі ӢӣӮӯ\u{04ee}ҲҳҶҷ ÄäÇçŽžŇňÖöŞşÜüÝý ʻʼ ЎўҚқҒғҲҳ ĀāČčĒēĢģĪīĶķĻļŅņŠšŪū ĄąĘęĖėĮįŲų \
        ĞğÑñİı АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя \u{a0}\u{202f}\u{2011}– — « » „ “ ” ‘ ’ № € … • · × − ≤ ≥ → ¹²³⁴⁵⁶⁷⁸⁹";

    #[test]
    fn every_face_has_every_letter() {
        let fonts = Fonts::load(None).unwrap();
        for face in Face::ALL {
            let lacking: String = LETTERS.chars().filter(|c| !fonts.covers(face, *c)).collect();
            assert_eq!(lacking, "", "{face:?}");
            assert!(!fonts.covers(face, '\u{4e2d}'));
        }
    }

    #[test]
    fn measures_are_of_the_right_order() {
        let fonts = Fonts::load(None).unwrap();
        let metrics = fonts.metrics(Face::SerifRegular);
        assert!(metrics.x_height < metrics.cap_height && metrics.cap_height < metrics.ascent);
        assert!(metrics.descent < 0.0);
    }
}
