//! Inline text into lines: pieces, breaks, justification.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::breaking::{self, Candidate, Shape};
use super::division;
use super::document::{Inline, Style, Target};
use super::layout::{Face, GlyphRun, Item, Link, Rgb};
use super::pieces::{After, Piece};
use super::structure::{Growing, Tag};
use super::text::{Shaper, points};
use super::theme::{Theme, Type};
use crate::recipient::Language;

/// Family, weight, size and colour that a piece of text starts from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Voice {
    pub(super) is_serif: bool,
    pub(super) is_strong: bool,
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) color: Rgb,
}

impl Voice {
    pub(super) fn sans(scale: Type, color: Rgb) -> Self {
        Self { is_serif: false, is_strong: false, size: scale.size, leading: scale.leading, color }
    }

    pub(super) fn serif(scale: Type, color: Rgb) -> Self {
        Self { is_serif: true, ..Self::sans(scale, color) }
    }

    pub(super) fn strong(self) -> Self {
        Self { is_strong: true, ..self }
    }

    /// Face for a style; there is no semibold italic, so semibold wins.
    pub(super) fn face(&self, style: Style) -> Face {
        match (self.is_serif, self.is_strong || style.strong, style.emphasis) {
            (false, true, _) => Face::SansSemiBold,
            (false, false, true) => Face::SansItalic,
            (false, false, false) => Face::SansRegular,
            (true, true, _) => Face::SerifSemiBold,
            (true, false, true) => Face::SerifItalic,
            (true, false, false) => Face::SerifRegular,
        }
    }

    /// From the top of a line to its baseline: one rule for all sizes keeps mixed lines on one grid.
    pub(super) fn baseline(&self) -> f32 {
        self.leading * 0.75
    }
}

/// How the lines of a text stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    Justified,
    Left,
    Right,
}

/// Whether words are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Division {
    /// Only a word that does not fit into a line of its own.
    Never,
    /// Only where it saves much.
    Sparing,
    /// As running text needs it.
    Freely,
}

/// A line that was set: items around x = 0 and a baseline at y = 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) items: Vec<Item>,
    /// Width of what is seen, in points.
    pub(super) width: f32,
}

/// Sets inline text of one document.
pub(super) struct Compositor<'a> {
    pub(super) theme: &'a Theme,
    pub(super) shaper: &'a Shaper<'a>,
    pub(super) language: Language,
    pub(super) structure: Growing,
    divisions: RefCell<HashMap<Box<str>, Rc<[usize]>>>,
}

/// A stretch of text in one style.
pub(super) struct Span<'a> {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) color: Rgb,
    /// How far the baseline is raised, in points.
    pub(super) rise: f32,
    pub(super) link: Option<&'a Target>,
}

/// Text between two forced breaks.
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) spans: Vec<(Range<usize>, usize)>,
    /// Where soft hyphens stood.
    pub(super) soft: Vec<usize>,
}

impl<'a> Compositor<'a> {
    pub(super) fn new(theme: &'a Theme, shaper: &'a Shaper<'a>, language: Language) -> Self {
        Self { theme, shaper, language, structure: Growing::default(), divisions: RefCell::default() }
    }

    /// `content` as lines no wider than `width`.
    pub(super) fn lines(
        &self,
        content: &[Inline],
        voice: Voice,
        width: f32,
        stand: Stand,
        division: Division,
    ) -> Vec<Line> {
        let (spans, segments) = self.assemble(content, voice);
        let mut lines = Vec::new();
        let division = if self.theme.hyphenate.0 { division } else { Division::Never };
        for segment in &segments {
            let pieces = self.pieces(segment, &spans, division);
            let pieces = self.relieve(pieces, segment, &spans, width);
            let ends = self.ends(&pieces, &spans, width, stand);
            let mut start = 0;
            for (at, end) in ends.iter().enumerate() {
                let is_last = at + 1 == ends.len();
                let stand = if is_last && stand == Stand::Justified { Stand::Left } else { stand };
                let line = pieces.get(start..*end).unwrap_or_default();
                lines.push(self.line(line, segment, &spans, width, stand));
                start = *end;
            }
            if ends.is_empty() {
                lines.push(Line::default());
            }
        }
        while lines.last().is_some_and(|line| line.items.is_empty()) {
            lines.pop();
        }
        lines
    }

    /// `content` as lines of nearly the same length, for titles: in the narrowest measure that
    /// takes no more lines than `width` does.
    pub(super) fn balanced(&self, content: &[Inline], voice: Voice, width: f32) -> Vec<Line> {
        let set = |width: f32| self.lines(content, voice, width, Stand::Left, Division::Never);
        let mut best = set(width);
        let count = best.len();
        if (2..=4).contains(&count) {
            let (mut least, mut most) = (width * 0.4, width);
            for _ in 0..6 {
                let middle = (least + most) / 2.0;
                let lines = set(middle);
                if lines.len() > count || lines.iter().any(|line| line.width > middle + 0.1) {
                    least = middle;
                } else {
                    (best, most) = (lines, middle);
                }
            }
        }
        best
    }

    /// Width of the widest part that cannot be broken, and of the whole on one line.
    pub(super) fn extent(&self, content: &[Inline], voice: Voice) -> (f32, f32) {
        let (spans, segments) = self.assemble(content, voice);
        let (mut least, mut most) = (0.0_f32, 0.0_f32);
        for segment in &segments {
            let (mut unit, mut line, mut space) = (0.0, 0.0, 0.0);
            for piece in self.pieces(segment, &spans, Division::Never) {
                if piece.is_space {
                    space += piece.width;
                } else {
                    line += space + piece.width;
                    unit += space + piece.width;
                    space = 0.0;
                }
                if piece.after != After::Nothing {
                    least = least.max(unit);
                    unit = 0.0;
                    line += space;
                    space = 0.0;
                }
            }
            least = least.max(unit);
            most = most.max(line);
        }
        (least, most)
    }

    /// One line of plain text, cut with an ellipsis if it is wider than `width`.
    pub(super) fn plain(&self, text: &str, voice: Voice, width: f32) -> Line {
        let face = voice.face(Style::default());
        let fitted = self.shaper.fit(text, face, voice.size, width);
        if fitted.is_empty() {
            return Line::default();
        }
        let (run, width) = self.shaper.line(&fitted, face, voice.size, voice.color, 0.0, 0.0);
        Line { items: vec![Item::Glyphs(run)], width }
    }

    fn assemble<'b>(&self, content: &'b [Inline], voice: Voice) -> (Vec<Span<'b>>, Vec<Segment>) {
        let mut spans = Vec::new();
        let mut segments = vec![Segment { text: String::new(), spans: Vec::new(), soft: Vec::new() }];
        for inline in content {
            let Inline::Text { text, style, link } = inline else {
                segments.push(Segment { text: String::new(), spans: Vec::new(), soft: Vec::new() });
                continue;
            };
            spans.push(self.span(voice, *style, link.as_ref()));
            let Some(segment) = segments.last_mut() else { continue };
            let start = segment.text.len();
            for c in text.chars() {
                match c {
                    '\u{ad}' => segment.soft.push(segment.text.len()),
                    // A space at the beginning, or after another, would show as a gap.
                    ' ' | '\t' | '\n' | '\r' => {
                        if !segment.text.is_empty() && !segment.text.ends_with(' ') {
                            segment.text.push(' ');
                        }
                    }
                    '\u{feff}' => {}
                    c if c.is_control() => {}
                    c => segment.text.push(c),
                }
            }
            if segment.text.len() > start {
                segment.spans.push((start..segment.text.len(), spans.len() - 1));
            }
        }
        (spans, segments)
    }

    fn span<'b>(&self, voice: Voice, style: Style, link: Option<&'b Target>) -> Span<'b> {
        let colors = &self.theme.color;
        let color = match (style.country, link) {
            (Some(code), _) => colors.text_of(code),
            (None, Some(_)) => colors.accent,
            (None, None) if style.quiet => colors.grey,
            (None, None) => voice.color,
        };
        let (size, rise) = if style.superior { (voice.size * 0.68, voice.size * 0.34) } else { (voice.size, 0.0) };
        Span { face: voice.face(style), size, color, rise, link }
    }

    pub(super) fn divisions(&self, word: &str) -> Rc<[usize]> {
        if let Some(found) = self.divisions.borrow().get(word) {
            return Rc::clone(found);
        }
        let made: Rc<[usize]> = division::points(word).into();
        self.divisions.borrow_mut().insert(word.into(), Rc::clone(&made));
        made
    }

    /// After which pieces the lines end.
    fn ends(&self, pieces: &[Piece], spans: &[Span<'_>], width: f32, stand: Stand) -> Vec<usize> {
        let mut candidates = Vec::new();
        let mut places = Vec::new();
        let (mut at, mut spaces) = (0.0_f32, 0.0_f32);
        let (mut end, mut spaces_before) = (0.0_f32, 0.0_f32);
        for (index, piece) in pieces.iter().enumerate() {
            at += piece.width;
            if piece.is_space {
                spaces += piece.width;
            } else {
                (end, spaces_before) = (at, spaces);
            }
            let is_last = index + 1 == pieces.len();
            let (penalty, hyphen) = match piece.after {
                After::Nothing if !is_last => continue,
                After::Nothing => (0.0, 0.0),
                After::Break(penalty) => (penalty, 0.0),
                After::Hyphen(penalty) => (penalty, self.hyphen_width(spans.get(piece.span))),
            };
            let (penalty, hyphen) = if is_last { (0.0, 0.0) } else { (penalty, hyphen) };
            candidates.push(Candidate { end, next: at, spaces: spaces_before, next_spaces: spaces, penalty, hyphen });
            places.push(index + 1);
        }
        let shape = Shape { width, is_justified: stand == Stand::Justified };
        breaking::best(&candidates, shape).into_iter().filter_map(|index| places.get(index).copied()).collect()
    }

    fn hyphen_width(&self, span: Option<&Span<'_>>) -> f32 {
        span.map_or(0.0, |span| points(self.shaper.word(span.face, "\u{2010}").width, span.size))
    }

    fn line(&self, pieces: &[Piece], segment: &Segment, spans: &[Span<'_>], width: f32, stand: Stand) -> Line {
        let trailing = pieces.iter().rev().take_while(|piece| piece.is_space).count();
        let seen = pieces.get(..pieces.len() - trailing).unwrap_or_default();
        let hyphen = match pieces.last() {
            Some(Piece { after: After::Hyphen(_), span, .. }) if !is_end(pieces, segment) => spans.get(*span),
            _ => None,
        };
        let natural: f32 = seen.iter().map(|piece| piece.width).sum::<f32>() + self.hyphen_width(hyphen);
        let spaces: f32 = seen.iter().filter(|piece| piece.is_space).map(|piece| piece.width).sum();
        let gap = width - natural;
        // How much of itself each space gains; a line without spaces stays as it is.
        let gain = if spaces <= 0.0 {
            0.0
        } else if stand == Stand::Justified || gap < 0.0 {
            (gap / spaces).max(-breaking::SHRINK - 0.001)
        } else {
            0.0
        };
        let visible = natural + gain * spaces;
        let mut x = if stand == Stand::Right { width - visible } else { 0.0 };
        let mut items: Vec<Item> = Vec::new();
        let mut open: Option<(GlyphRun, usize, f32)> = None;
        // What rounding to thousandths has left over, carried to the next space.
        let mut carry = 0.0_f32;
        for (index, piece) in pieces.iter().enumerate() {
            let Some(span) = spans.get(piece.span) else { continue };
            if open.as_ref().is_some_and(|(_, of, _)| *of != piece.span) {
                close(&mut items, open.take(), spans, self);
            }
            let (run, _, run_width) = open.get_or_insert_with(|| {
                let members = pieces.get(index..).unwrap_or_default().iter().take_while(|p| p.span == piece.span);
                let (bytes, glyphs) =
                    members.fold((0, 0), |(bytes, glyphs), p| (bytes + p.text.len(), glyphs + p.glyphs.len()));
                let run = GlyphRun {
                    x,
                    y: -span.rise,
                    face: span.face,
                    size: span.size,
                    color: span.color,
                    text: String::with_capacity(bytes),
                    glyphs: Vec::with_capacity(glyphs),
                    tag: Tag::ARTIFACT,
                };
                (run, piece.span, 0.0)
            });
            let offset = u32::try_from(run.text.len()).unwrap_or(0);
            let skipped = u32::try_from(piece.text.start - piece.origin).unwrap_or(0);
            run.text.push_str(segment.text.get(piece.text.clone()).unwrap_or_default());
            let mut wide = piece.width;
            for glyph in piece.word.glyphs.get(piece.glyphs.clone()).unwrap_or_default() {
                let range = glyph.range();
                let mut glyph = *glyph;
                glyph.stands_for(range.start - skipped + offset..range.end - skipped + offset);
                if piece.is_space && gain != 0.0 && index < seen.len() {
                    let wanted = points(i32::from(glyph.advance), span.size) * (1.0 + gain) + carry;
                    glyph.advance = thousandths(wanted, span.size);
                    wide = points(i32::from(glyph.advance), span.size);
                    carry = wanted - wide;
                }
                run.glyphs.push(glyph);
            }
            x += wide;
            *run_width += wide;
        }
        close(&mut items, open, spans, self);
        if let Some(span) = hyphen {
            let (mut run, _) = self.shaper.line("\u{2010}", span.face, span.size, span.color, x, -span.rise);
            "\u{ad}".clone_into(&mut run.text);
            for glyph in &mut run.glyphs {
                glyph.stands_for(0..2);
            }
            items.push(Item::Glyphs(run));
        }
        Line { items, width: visible }
    }
}

fn is_end(pieces: &[Piece], segment: &Segment) -> bool {
    pieces.last().is_some_and(|piece| piece.text.end == segment.text.len())
}

#[expect(clippy::cast_possible_truncation, reason = "a space is some hundreds of units")]
fn thousandths(points: f32, size: f32) -> i16 {
    (points * 1000.0 / size).round() as i16
}

/// Ends a run of glyphs, with its link over it.
fn close(items: &mut Vec<Item>, open: Option<(GlyphRun, usize, f32)>, spans: &[Span<'_>], by: &Compositor<'_>) {
    let Some((mut run, span, width)) = open else { return };
    let link = spans.get(span).and_then(|span| span.link).map(|target| {
        let metrics = by.shaper.fonts().metrics(run.face);
        let (above, below) = (metrics.ascent * run.size / 1000.0, -metrics.descent * run.size / 1000.0);
        // The whole line box of the face is higher than the leading; a link must not reach into
        // the lines around it.
        let (above, below) = (above * 0.85, below * 0.85);
        run.tag = by.structure.link();
        Item::Link(Link {
            x: run.x,
            y: run.y - above,
            width,
            height: above + below,
            target: target.clone(),
            contents: run.text.trim().to_owned(),
            tag: run.tag,
        })
    });
    items.push(Item::Glyphs(run));
    items.extend(link);
}
