//! Words into pieces: where a line may end, and how welcome that is.

use std::ops::Range;
use std::rc::Rc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::inline::{Compositor, Division, Segment, Span};
use super::text::{Word, points};

/// Part of a word, or a space.
pub(super) struct Piece {
    pub(super) word: Rc<Word>,
    pub(super) glyphs: Range<usize>,
    /// Bytes of the paragraph's text.
    pub(super) text: Range<usize>,
    /// Byte at which `word` begins.
    pub(super) origin: usize,
    pub(super) span: usize,
    pub(super) width: f32,
    pub(super) is_space: bool,
    pub(super) after: After,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum After {
    Nothing,
    /// A line may end here, at this penalty.
    Break(f32),
    /// A line may end here with a hyphen.
    Hyphen(f32),
}

/// Penalties, on the scale of `breaking`: 100 is a line stretched as far as it may look.
const HYPHEN: f32 = 80.0;
/// More, where only two letters stand before the hyphen.
const HYPHEN_EARLY: f32 = 50.0;
const HYPHEN_SPARING: f32 = 400.0;
const HYPHEN_WRITTEN: f32 = 20.0;
/// After a word of one letter, «в», «и», "a", and between a number and what it counts.
const LONELY_LETTER: f32 = 120.0;
const EMERGENCY_HYPHEN: f32 = 600.0;
const EMERGENCY: f32 = 3000.0;

impl Compositor<'_> {
    pub(super) fn pieces(&self, segment: &Segment, spans: &[Span<'_>], division: Division) -> Vec<Piece> {
        let text = segment.text.as_str();
        let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 3);
        let mut breaks = opportunities(text).peekable();
        let mut soft = segment.soft.iter().copied().peekable();
        for (range, index) in &segment.spans {
            let Some(span) = spans.get(*index) else { continue };
            let mut start = range.start;
            while start < range.end {
                let rest = text.get(start..range.end).unwrap_or_default();
                let is_space = rest.starts_with([' ', '\u{a0}']);
                let length = if is_space {
                    rest.chars().next().map_or(1, char::len_utf8)
                } else {
                    rest.find([' ', '\u{a0}']).unwrap_or(rest.len())
                };
                let end = start + length;
                let letters = text.get(start..end).unwrap_or_default();
                let word = self.shaper.word(span.face, letters);
                // Where this word may be cut, in order, the word's end last.
                let mut cuts: Vec<(usize, After)> = Vec::new();
                while let Some((at, penalty)) = breaks.next_if(|(at, _)| *at <= end) {
                    if at > start {
                        cuts.push((at, After::Break(penalty)));
                    }
                }
                while let Some(at) = soft.next_if(|at| *at <= end) {
                    if at > start && at < end {
                        cuts.push((at, After::Hyphen(HYPHEN_WRITTEN)));
                    }
                }
                if !is_space && division != Division::Never {
                    let penalty = if division == Division::Freely { HYPHEN } else { HYPHEN_SPARING };
                    for point in self.divisions(letters).iter() {
                        let is_early = letters.get(..*point).is_some_and(|part| part.chars().count() < 3);
                        let early = if is_early { HYPHEN_EARLY } else { 0.0 };
                        cuts.push((start + point, After::Hyphen(penalty + early)));
                    }
                }
                cut(&mut pieces, &word, start..end, *index, span.size, is_space, cuts);
                start = end;
            }
        }
        pieces
    }

    /// Gives every stretch that is wider than a line more places to break: first those of
    /// division, then any.
    pub(super) fn relieve(&self, pieces: Vec<Piece>, segment: &Segment, spans: &[Span<'_>], width: f32) -> Vec<Piece> {
        let size_of = |piece: &Piece| spans.get(piece.span).map_or(0.0, |span| span.size);
        let mut relieved = Vec::with_capacity(pieces.len());
        let mut unit: Vec<Piece> = Vec::new();
        let mut pieces = pieces.into_iter().peekable();
        while let Some(piece) = pieces.next() {
            let is_complete = piece.after != After::Nothing || pieces.peek().is_none();
            unit.push(piece);
            if !is_complete {
                continue;
            }
            let wide: f32 = unit.iter().map(|piece| piece.width).sum();
            let trailing = unit.last().filter(|piece| piece.is_space).map_or(0.0, |piece| piece.width);
            let hyphen = 0.4 * unit.first().map_or(0.0, size_of);
            if wide - trailing + hyphen <= width {
                relieved.append(&mut unit);
                continue;
            }
            for piece in unit.drain(..) {
                let text = piece.text.clone();
                let letters = segment.text.get(text.clone()).unwrap_or_default();
                let mut cuts: Vec<(usize, After)> = Vec::new();
                if piece.is_space {
                    let here = if piece.after == After::Nothing { After::Break(EMERGENCY) } else { piece.after };
                    cuts.push((text.end, here));
                } else {
                    let points = self.divisions(letters);
                    cuts.extend(points.iter().map(|at| (text.start + at, After::Hyphen(EMERGENCY_HYPHEN))));
                    cuts.extend(
                        letters.char_indices().skip(1).map(|(at, _)| (text.start + at, After::Break(EMERGENCY))),
                    );
                    cuts.push((text.end, piece.after));
                }
                cut_from(&mut relieved, &piece, size_of(&piece), cuts);
            }
        }
        relieved
    }
}

/// Places to break by UAX #14, with what a printer would add: a dash does not begin a line, a
/// span of figures stays whole, and a word of one letter stays with the next where it can.
fn opportunities(text: &str) -> impl Iterator<Item = (usize, f32)> + '_ {
    linebreaks(text).filter_map(move |(at, kind)| {
        if at == text.len() && kind == BreakOpportunity::Mandatory {
            return None;
        }
        let (before, after) = (text.get(..at)?, text.get(at..)?);
        if after.starts_with(['–', '—']) && before.ends_with(' ') {
            return None;
        }
        let mut back = before.chars().rev();
        let (last, second) = (back.next(), back.next());
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if matches!(last, Some('–' | '-')) && is_digit(second) && is_digit(after.chars().next()) {
            return None;
        }
        // The word before the space, its last letters at most: enough to know a short one.
        let word: Vec<char> =
            before.chars().rev().skip(1).take_while(|c| !matches!(c, ' ' | '\u{a0}')).take(4).collect();
        let is_letter = matches!(word.as_slice(), [letter] if letter.is_alphabetic());
        let is_number = (1..=3).contains(&word.len()) && word.iter().all(char::is_ascii_digit);
        let lonely = last == Some(' ') && (is_letter || (is_number && after.starts_with(char::is_alphabetic)));
        Some((at, if lonely { LONELY_LETTER } else { 0.0 }))
    })
}

/// Adds `word` as pieces, cut where `cuts` say.
fn cut(
    pieces: &mut Vec<Piece>,
    word: &Rc<Word>,
    text: Range<usize>,
    span: usize,
    size: f32,
    is_space: bool,
    cuts: Vec<(usize, After)>,
) {
    let whole = Piece {
        word: Rc::clone(word),
        glyphs: 0..word.glyphs.len(),
        origin: text.start,
        text,
        span,
        width: points(word.width, size),
        is_space,
        after: After::Nothing,
    };
    cut_from(pieces, &whole, size, cuts);
}

/// Adds parts of `piece`; a cut inside a cluster of glyphs is passed over, and of two cuts at
/// one place the more welcome is kept.
fn cut_from(pieces: &mut Vec<Piece>, piece: &Piece, size: f32, mut cuts: Vec<(usize, After)>) {
    let weight = |after: &After| match after {
        After::Nothing => f32::INFINITY,
        After::Break(penalty) => *penalty,
        After::Hyphen(penalty) => *penalty + 0.5,
    };
    cuts.sort_by(|a, b| a.0.cmp(&b.0).then(weight(&a.1).total_cmp(&weight(&b.1))));
    cuts.dedup_by_key(|(at, _)| *at);
    if cuts.last().is_none_or(|(at, _)| *at < piece.text.end) {
        cuts.push((piece.text.end, After::Nothing));
    }
    let (mut glyph, mut byte) = (piece.glyphs.start, piece.text.start);
    for (at, after) in cuts {
        let is_last = at >= piece.text.end;
        let local = u32::try_from(at - piece.origin).unwrap_or(u32::MAX);
        let rest = piece.word.glyphs.get(glyph..piece.glyphs.end).unwrap_or_default();
        let until = if is_last {
            piece.glyphs.end
        } else {
            // A cluster must begin exactly here.
            match rest.iter().position(|g| g.range().start >= local) {
                Some(found) if rest.get(found).is_some_and(|g| g.range().start == local && !g.range().is_empty()) => {
                    glyph + found
                }
                _ => continue,
            }
        };
        if until == glyph && !is_last {
            continue;
        }
        let units: i32 =
            piece.word.glyphs.get(glyph..until).unwrap_or_default().iter().map(|g| i32::from(g.advance)).sum();
        pieces.push(Piece {
            word: Rc::clone(&piece.word),
            glyphs: glyph..until,
            text: byte..at,
            origin: piece.origin,
            span: piece.span,
            width: points(units, size),
            is_space: piece.is_space,
            after,
        });
        (glyph, byte) = (until, at);
    }
}
