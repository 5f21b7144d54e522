//! What figures are drawn with: labels in the sizes and colours of the theme, and the column
//! that labels stand in.

use super::super::layout::{Face, Item, Rgb};
use super::super::text::Shaper;
use super::super::theme::{Theme, Type};
use super::Room;

/// Between a label and the zero line, in points.
pub(super) const GAP: f32 = 8.0;
/// A figure wider than this stands on a page on its side.
const WIDE: f32 = 420.0;

/// Labels in one face, sizes and colours of the theme.
pub(super) struct Hand<'a> {
    pub(super) shaper: &'a Shaper<'a>,
    pub(super) theme: &'a Theme,
}

/// Face, size and colour of a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Voice {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) color: Rgb,
}

impl Voice {
    pub(super) const fn strong(self) -> Self {
        Self { face: Face::SansSemiBold, ..self }
    }

    pub(super) const fn colored(self, color: Rgb) -> Self {
        Self { color, ..self }
    }

    /// From the top of a line to its baseline, with the text in the middle of the line.
    pub(super) fn baseline(self) -> f32 {
        self.leading / 2.0 + self.size * 0.35
    }
}

/// The column that labels stand in, and what is left for the rest. Zero is at `zero`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    /// Left edge of the labels.
    pub(super) left: f32,
    /// Their width.
    pub(super) width: f32,
    /// Left edge of what they label.
    pub(super) zero: f32,
    /// Its width.
    pub(super) room: f32,
}

impl Column {
    /// Labels hang at the left of the figure where the page has a column for them; else they
    /// take a third of the width. Never as much as the labels at hand happen to need, so that
    /// the zeros of all figures of a page stand under each other.
    pub(super) fn of(room: Room) -> Self {
        if room.label >= 60.0 && room.width > WIDE {
            // On a page on its side there is room for labels of one line.
            let zero = room.width * 0.2;
            return Self { left: -room.label, width: room.label + zero - GAP, zero, room: room.width - zero };
        }
        if room.label >= 60.0 {
            return Self { left: -room.label, width: room.label - GAP, zero: 0.0, room: room.width };
        }
        let zero = room.width / 3.0;
        Self { left: 0.0, width: (zero - GAP).max(0.0), zero, room: room.width - zero }
    }
}

impl Hand<'_> {
    const fn voice(scale: Type, color: Rgb) -> Voice {
        Voice { face: Face::SansRegular, size: scale.size, leading: scale.leading, color }
    }

    /// The voice of labels.
    pub(super) fn label(&self) -> Voice {
        Self::voice(self.theme.scale.label, self.theme.color.ink)
    }

    /// The same in grey.
    pub(super) fn quiet(&self) -> Voice {
        Self::voice(self.theme.scale.label, self.theme.color.grey)
    }

    /// The voice of notes, for what stands between other things.
    pub(super) fn small(&self) -> Voice {
        let note = self.theme.scale.note;
        let size = note.size * 0.94;
        Voice { face: Face::SansRegular, size, leading: size * 1.28, color: self.theme.color.ink }
    }

    pub(super) fn measure(&self, voice: Voice, text: &str) -> f32 {
        self.shaper.width(text, voice.face, voice.size)
    }

    /// A line of text with its left end at `x` and its baseline at `y`.
    pub(super) fn put(&self, voice: Voice, text: &str, x: f32, y: f32) -> Item {
        Item::Glyphs(self.shaper.line(text, voice.face, voice.size, voice.color, x, y).0)
    }

    /// The same with its right end at `x`.
    pub(super) fn put_right(&self, voice: Voice, text: &str, x: f32, y: f32) -> Item {
        self.put(voice, text, x - self.measure(voice, text.trim_end()), y)
    }

    /// The same with its middle at `x`.
    pub(super) fn put_middle(&self, voice: Voice, text: &str, x: f32, y: f32) -> Item {
        self.put(voice, text, x - self.measure(voice, text.trim_end()) / 2.0, y)
    }

    /// As much of a text as fits, with an ellipsis where it does not.
    pub(super) fn fit(&self, voice: Voice, text: &str, width: f32) -> String {
        self.shaper.fit(text, voice.face, voice.size, width)
    }

    /// Lines of at most `width` points, `most` of them; what does not fit ends in an ellipsis.
    /// A line that goes on keeps its space, so that words copied out stay apart.
    pub(super) fn wrap(&self, voice: Voice, text: &str, width: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            if lines.len() + 1 >= most {
                lines.push(self.fit(voice, rest, width));
                break;
            }
            let mut end = 0;
            for (at, space) in rest.match_indices(' ').chain([(rest.len(), "")]) {
                if self.measure(voice, rest.get(..at).unwrap_or(rest)) > width {
                    break;
                }
                end = at + space.len();
            }
            if end == 0 {
                // A word longer than the line: all that could be done is cut it.
                end = rest.find(' ').map_or(rest.len(), |at| at + 1);
                lines.push(self.fit(voice, rest.get(..end).unwrap_or(rest).trim_end(), width));
            } else {
                lines.push(rest.get(..end).unwrap_or(rest).to_owned());
            }
            rest = rest.get(end..).unwrap_or_default().trim_start();
        }
        lines
    }

    /// A label of up to `most` lines in its column, ragged at the left so that it ends where
    /// the row begins, its first line's top at `y`; and its height.
    pub(super) fn row_label(&self, text: &str, column: Column, y: f32, most: usize, items: &mut Vec<Item>) -> f32 {
        let voice = self.label();
        let lines = self.wrap(voice, text, column.width + 0.01, most);
        for (index, line) in lines.iter().enumerate() {
            let baseline = y + voice.baseline() + voice.leading * index as f32;
            items.push(self.put_right(voice, line, column.left + column.width, baseline));
        }
        voice.leading * lines.len().max(1) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fonts::Fonts;
    use super::*;

    #[test]
    fn long_labels_wrap_then_end_in_an_ellipsis() {
        let (fonts, theme) = (Fonts::load(None).unwrap(), Theme::default());
        let shaper = Shaper::new(&fonts);
        let hand = Hand { shaper: &shaper, theme: &theme };
        let voice = hand.label();
        let text = "Institutional development of border management agencies and their schools";
        let lines = hand.wrap(voice, text, 120.0, 9);
        assert_eq!(lines.concat(), text);
        assert!(lines.len() > 1 && lines.iter().all(|line| hand.measure(voice, line.trim_end()) <= 120.0));
        let two = hand.wrap(voice, text, 120.0, 2);
        assert_eq!(two.len(), 2);
        assert!(two[1].ends_with('…'), "{two:?}");
        let word = hand.wrap(voice, "Государственнаяпограничнаяслужба да", 60.0, 3);
        assert!(word[0].ends_with('…') && word[1] == "да", "{word:?}");
        assert!(hand.wrap(voice, "  ", 60.0, 3).is_empty());
    }

    #[test]
    fn labels_hang_where_the_page_has_a_column_for_them() {
        let hung = Column::of(Room { label: 130.0, width: 330.0 });
        assert_eq!((hung.left, hung.zero, hung.room), (-130.0, 0.0, 330.0));
        let within = Column::of(Room { label: 0.0, width: 330.0 });
        assert_eq!((within.left, within.zero, within.room), (0.0, 110.0, 220.0));
    }
}
