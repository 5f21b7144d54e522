//! Shaping: text into glyphs, with a cache of shaped words.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use harfrust::{Buffer, ClusterLevel, Direction, Script, ShapeOptions, ShaperFont, shape};

use super::fonts::{Fonts, Loaded};
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
    missing: RefCell<BTreeSet<char>>,
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
        let (words, missing) = (RefCell::default(), RefCell::default());
        Self { fonts, words, buffer: RefCell::new(Buffer::new()), missing }
    }

    /// The fonts it shapes with.
    #[must_use]
    pub fn fonts(&self) -> &'f Fonts {
        self.fonts
    }

    /// Characters that were to be shaped in a face that lacks them, in the order of Unicode.
    #[must_use]
    pub fn missing(&self) -> Vec<char> {
        self.missing.borrow().iter().copied().collect()
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
        let end_of_text = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut last_cluster = None;
        let mut is_whole = true;
        for (at, (info, position)) in infos.iter().zip(buffer.glyph_positions()).enumerate() {
            let start = info.cluster;
            let range = if last_cluster == Some(start) {
                start..start
            } else {
                let end = infos.iter().skip(at + 1).map(|i| i.cluster).find(|c| *c != start).unwrap_or(end_of_text);
                start..end.max(start)
            };
            last_cluster = Some(start);
            let id = u16::try_from(info.glyph_id).unwrap_or_default();
            is_whole &= id != 0;
            let mut glyph = Glyph::new(id, short(position.x_advance), range);
            (glyph.x_offset, glyph.y_offset) = (short(position.x_offset), short(position.y_offset));
            glyphs.push(glyph);
        }
        if !is_whole {
            glyphs = self.spell_out(loaded, face, text, &glyphs);
        }
        let width = glyphs.iter().map(|glyph| i32::from(glyph.advance)).sum();
        Word { glyphs, width }
    }

    /// Puts the number of a character in the place of one the face lacks: `[U+10E1]`, and
    /// `[U+10E1…]` for several in a row. The text behind it stays what it was.
    fn spell_out(&self, loaded: &Loaded, face: Face, text: &str, glyphs: &[Glyph]) -> Vec<Glyph> {
        let mut spelt: Vec<Glyph> = Vec::with_capacity(glyphs.len());
        let mut run: Option<(std::ops::Range<u32>, usize)> = None;
        // A cluster begins with the glyph that has a range; marks after it have none.
        let mut clusters = glyphs.chunk_by(|_, next| next.range().is_empty()).peekable();
        while let Some(cluster) = clusters.next() {
            let whole = cluster.first().map(Glyph::range).unwrap_or_default();
            let lacks = cluster.iter().any(|glyph| glyph.id == 0);
            if lacks {
                let (range, count) = run.get_or_insert((whole.clone(), 0));
                range.end = range.end.max(whole.end);
                *count += 1;
            } else if run.is_none() {
                spelt.extend_from_slice(cluster);
                continue;
            }
            if lacks && clusters.peek().is_some_and(|next| next.iter().any(|glyph| glyph.id == 0)) {
                continue;
            }
            if let Some((range, _)) = run.take() {
                let lost = text.get(range.start as usize..range.end as usize).unwrap_or_default();
                spelt.extend(self.number(loaded, face, lost, range));
            }
        }
        spelt
    }

    /// The number of the first character of `lost` that the face lacks, as glyphs.
    fn number(&self, loaded: &Loaded, face: Face, lost: &str, range: std::ops::Range<u32>) -> Vec<Glyph> {
        let lacking = || lost.chars().filter(|c| !self.fonts.covers(face, *c) && !is_ignorable(*c));
        let Some(first) = lacking().next().or_else(|| lost.chars().next()) else { return Vec::new() };
        self.missing.borrow_mut().insert(first);
        self.missing.borrow_mut().extend(lacking());
        let more = if lacking().nth(1).is_some() { "…" } else { "" };
        let font = ShaperFont::new(&loaded.font);
        let mut range = Some(range);
        format!("[U+{:04X}{more}]", u32::from(first))
            .chars()
            .map(|character| {
                let id = loaded.glyph(character).unwrap_or(loaded.substitute);
                let range = range.take();
                let advance = font.glyph_h_advance(u32::from(id).into());
                let start = range.as_ref().map_or(0, |range| range.start);
                Glyph::new(id, short(advance), range.unwrap_or(start..start))
            })
            .collect()
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
                glyphs.extend(word.glyphs.iter().map(|glyph| glyph.later(offset)));
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

/// Characters that show nothing and that no font needs: joiners, selectors of a variant, marks
/// of direction, places where a word may be divided.
const fn is_ignorable(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// A measure of a font's own units, of which there are a thousand to the size: no glyph is wider
/// than thirty times its size.
fn short(units: i32) -> i16 {
    i16::try_from(units).unwrap_or(if units < 0 { i16::MIN } else { i16::MAX })
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
        run.glyphs.iter().map(|g| &run.text[g.range().start as usize..g.range().end as usize]).collect()
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
    fn a_character_without_a_glyph_shows_its_number() {
        let fonts = Fonts::load(None).unwrap();
        let letters = |face, glyphs: &[Glyph]| -> String {
            let charmap = fonts.face(face).font.charmap();
            let ascii = (' '..='~').chain(['…']);
            let names: Vec<(u16, char)> =
                ascii.filter_map(|c| Some((u16::try_from(charmap.map_unicode(c)?.to_u32()).ok()?, c))).collect();
            let name = |g: &Glyph| names.iter().find(|(id, _)| *id == g.id).map(|(_, c)| *c);
            glyphs.iter().filter_map(name).collect()
        };
        for (text, shown, missing) in [
            ("საზღვარი", "[U+10E1…]", 7),
            ("x\u{10e1}y", "x[U+10E1]y", 1),
            ("👩\u{200d}✈\u{fe0f}", "[U+1F469…]", 2),
            ("👍🏽", "[U+1F44D…]", 2),
            ("border国", "border[U+56FD]", 1),
            ("q\u{302}\u{1ab0}", "[U+1AB0]", 1),
        ] {
            for face in Face::ALL {
                let shaper = Shaper::new(&fonts);
                let word = shaper.word(face, text);
                assert_eq!(letters(face, &word.glyphs), shown, "{text} {face:?}");
                assert_eq!(shaper.missing().len(), missing, "{text} {:?}", shaper.missing());
                let back: String =
                    word.glyphs.iter().map(|g| &text[g.range().start as usize..g.range().end as usize]).collect();
                assert_eq!(back, text);
                assert_eq!(word.width, word.glyphs.iter().map(|g| i32::from(g.advance)).sum::<i32>());
            }
        }
    }

    #[test]
    fn what_shows_nothing_is_not_missed() {
        let fonts = Fonts::load(None).unwrap();
        let shaper = Shaper::new(&fonts);
        for face in Face::ALL {
            for text in [
                "a\u{200d}b",
                "a\u{fe0f}",
                "1\u{2011}2",
                "\u{a0}",
                "\u{202f}",
                "\u{200b}",
                "й е\u{301} Ā\u{304}",
                "\u{ad}",
                "\u{200e}",
            ] {
                let _ = shaper.word(face, text);
                assert!(shaper.missing().is_empty(), "{text:?} {face:?}");
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
            assert_eq!(comma.range(), 1..3);
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
