//! Shaping: text into glyphs, with a cache of shaped words.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use harfrust::{Buffer, ClusterLevel, Direction, Script, ShapeOptions, ShaperFont, shape};

use super::fonts::Fonts;
use super::layout::{Face, Glyph, GlyphRun, Rgb};
use super::structure::Tag;

/// A word in a face: its glyphs, whose ranges count from the word's first byte.
#[derive(Debug, Default, PartialEq)]
pub struct Word {
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
    /// Sum of the advances, in thousandths of the size.
    pub width: i32,
}

/// Shapes words, each once. Made anew for every document, so that a daemon's memory does not
/// grow with all it ever set.
pub struct Shaper<'f> {
    fonts: &'f Fonts,
    words: RefCell<[HashMap<Box<str>, Rc<Word>>; 6]>,
    buffer: RefCell<Buffer>,
}

impl std::fmt::Debug for Shaper<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shaper")
    }
}

impl<'f> Shaper<'f> {
    /// A shaper with an empty cache.
    #[must_use]
    pub fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, words: RefCell::default(), buffer: RefCell::new(Buffer::new()) }
    }

    /// The fonts it shapes with.
    #[must_use]
    pub fn fonts(&self) -> &'f Fonts {
        self.fonts
    }

    /// A word as glyphs. The word may hold anything, but only words are worth keeping: give
    /// spaces and lines to [`Shaper::line`].
    #[must_use]
    pub fn word(&self, face: Face, text: &str) -> Rc<Word> {
        let slot = face as usize;
        if let Some(found) = self.words.borrow().get(slot).and_then(|words| words.get(text)) {
            return Rc::clone(found);
        }
        let made = Rc::new(self.shape(face, text));
        if let Some(words) = self.words.borrow_mut().get_mut(slot) {
            words.insert(text.into(), Rc::clone(&made));
        }
        made
    }

    fn shape(&self, face: Face, text: &str) -> Word {
        let loaded = self.fonts.face(face);
        let is_cyrillic = text.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'));
        let (plan, script) =
            if is_cyrillic { (&loaded.cyrillic, Script::CYRILLIC) } else { (&loaded.latin, Script::LATIN) };
        let mut buffer = self.buffer.borrow_mut();
        buffer.reset();
        for (at, character) in text.char_indices() {
            buffer.push(u32::from(drawn_as(character)), u32::try_from(at).unwrap_or(u32::MAX));
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(script));
        buffer.set_cluster_level(ClusterLevel::MonotoneGraphemes);
        let font = ShaperFont::new(&loaded.font);
        if shape(&font, &mut buffer, ShapeOptions::new().plan(Some(plan))).is_err() {
            return Word::default();
        }
        let infos = buffer.glyph_infos();
        let mut glyphs = Vec::with_capacity(infos.len());
        let mut width = 0;
        let end_of_text = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut last_cluster = None;
        for (at, (info, position)) in infos.iter().zip(buffer.glyph_positions()).enumerate() {
            let start = info.cluster;
            let range = if last_cluster == Some(start) {
                start..start
            } else {
                let end = infos.iter().skip(at + 1).map(|i| i.cluster).find(|c| *c != start).unwrap_or(end_of_text);
                start..end.max(start)
            };
            last_cluster = Some(start);
            let (id, advance) = match u16::try_from(info.glyph_id) {
                Ok(id) if id != 0 => (id, position.x_advance),
                _ => {
                    let id = loaded.substitute;
                    (id, font.glyph_h_advance(u32::from(id).into()))
                }
            };
            width += advance;
            glyphs.push(Glyph { id, advance, x_offset: position.x_offset, y_offset: position.y_offset, range });
        }
        Word { glyphs, width }
    }

    /// One line of text in one style with its left end at `x` and its baseline at `y`, and its
    /// width in points. Breaks nothing: a text too long for its place overruns it, so measure.
    #[must_use]
    pub fn line(&self, text: &str, face: Face, size: f32, color: Rgb, x: f32, y: f32) -> (GlyphRun, f32) {
        let mut glyphs = Vec::new();
        let mut width = 0;
        let mut offset = 0;
        for part in text.split_inclusive(' ') {
            let (letters, space) = match part.strip_suffix(' ') {
                Some(letters) => (letters, " "),
                None => (part, ""),
            };
            for piece in [letters, space] {
                if piece.is_empty() {
                    continue;
                }
                let word = self.word(face, piece);
                width += word.width;
                glyphs.extend(word.glyphs.iter().map(|glyph| shifted(glyph, offset)));
                offset += u32::try_from(piece.len()).unwrap_or(0);
            }
        }
        let run = GlyphRun { x, y, face, size, color, text: text.to_owned(), glyphs, tag: Tag::ARTIFACT };
        (run, points(width, size))
    }

    /// Width of one line of text in points.
    #[must_use]
    pub fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        let mut width = 0;
        for part in text.split_inclusive(' ') {
            let letters = part.trim_end_matches(' ');
            for piece in [letters, part.get(letters.len()..).unwrap_or_default()] {
                if !piece.is_empty() {
                    width += self.word(face, piece).width;
                }
            }
        }
        points(width, size)
    }

    /// `text`, or as much of it as fits into `width` points with an ellipsis after it.
    #[must_use]
    pub fn fit(&self, text: &str, face: Face, size: f32, width: f32) -> String {
        if self.width(text, face, size) <= width {
            return text.to_owned();
        }
        let room = width - self.width("…", face, size);
        let mut kept = String::new();
        let mut used = 0.0;
        for grapheme in unicode_segmentation::UnicodeSegmentation::graphemes(text, true) {
            used += self.width(grapheme, face, size);
            if used > room {
                break;
            }
            kept.push_str(grapheme);
        }
        kept.truncate(kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '·' | '–' | '-')).len());
        kept.push('…');
        kept
    }
}

/// What a character looks like. The Uzbek letters' turned comma and the modifier apostrophe are
/// drawn as the quotation marks of their shape: IBM Plex gives them the width of a fixed-width
/// face, and its serif hangs the comma over the letter before. The text keeps its own
/// characters.
const fn drawn_as(character: char) -> char {
    match character {
        '\u{2BB}' => '\u{2018}',
        '\u{2BC}' => '\u{2019}',
        _ => character,
    }
}

/// A glyph whose range counts from `offset` bytes earlier.
pub(super) fn shifted(glyph: &Glyph, offset: u32) -> Glyph {
    Glyph { range: glyph.range.start + offset..glyph.range.end + offset, ..glyph.clone() }
}

/// Thousandths of a size in points.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a line is far shorter than 2^24 units")]
pub fn points(units: i32, size: f32) -> f32 {
    units as f32 * size / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(run: &GlyphRun) -> String {
        run.glyphs.iter().map(|g| &run.text[g.range.start as usize..g.range.end as usize]).collect()
    }

    #[test]
    fn the_glyphs_give_the_text_back() {
        let fonts = Fonts::load(None).unwrap();
        let shaper = Shaper::new(&fonts);
        for text in ["Қызыл Oʻzbekiston fi e\u{301} й\u{306}", "", " ", "中文 \u{200b}x", "ĢīrtsŪ – ÝÇŇ"]
        {
            for face in Face::ALL {
                let (run, width) = shaper.line(text, face, 10.0, Rgb(0, 0, 0), 0.0, 0.0);
                assert_eq!(text_of(&run), text);
                assert!(run.glyphs.iter().all(|g| g.id != 0));
                assert!((width - shaper.width(text, face, 10.0)).abs() < 0.01);
            }
        }
    }

    #[test]
    fn the_turned_comma_stands_beside_its_letter() {
        let fonts = Fonts::load(None).unwrap();
        let shaper = Shaper::new(&fonts);
        for face in Face::ALL {
            let word = shaper.word(face, "Oʻz");
            assert_eq!(word.glyphs.len(), 3);
            let comma = &word.glyphs[1];
            assert!(comma.advance < 400 && comma.x_offset == 0, "{face:?}: {comma:?}");
            assert_eq!(comma.range, 1..3);
        }
    }

    #[test]
    fn pairs_are_kerned_and_figures_are_tabular() {
        let fonts = Fonts::load(None).unwrap();
        let shaper = Shaper::new(&fonts);
        let width = |text: &str| shaper.word(Face::SansRegular, text).width;
        assert!(width("AV") < width("A") + width("V"));
        assert_eq!(width("111"), width("888"));
    }

    #[test]
    fn a_text_too_long_ends_in_an_ellipsis() {
        let fonts = Fonts::load(None).unwrap();
        let shaper = Shaper::new(&fonts);
        let fitted = shaper.fit("Border Management Programme in Central Asia", Face::SansRegular, 8.0, 90.0);
        assert!(fitted.ends_with('…') && fitted.starts_with("Border"));
        assert!(shaper.width(&fitted, Face::SansRegular, 8.0) <= 90.0);
        assert_eq!(shaper.fit("short", Face::SansRegular, 8.0, 90.0), "short");
    }
}
