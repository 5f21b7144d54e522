//! Figures as shapes and text, so that labels stay text: bars, and the strip of days on the
//! cover.
//!
//! Looks follow three rules: what is written needs no axis and no grid, lengths start at
//! zero, and nothing is told by colour alone.

mod bars;
mod days;

use super::document::{Drawing, Strip};
use super::layout::{Face, Item, Rgb};
use super::text::Shaper;
use super::theme::Theme;

/// A figure that was drawn, around 0, 0 at its upper left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// Height in points.
    pub height: f32,
    /// What it is made of.
    pub items: Vec<Item>,
}

/// Draws a figure `width` points wide.
#[must_use]
pub fn draw(drawing: &Drawing, width: f32, shaper: &Shaper<'_>, theme: &Theme) -> Drawn {
    match drawing {
        Drawing::Bars(bars) => bars::draw(bars, width, &Hand { shaper, theme }),
    }
}

/// Draws the strip of days `width` points wide.
#[must_use]
pub fn strip(strip: &Strip, width: f32, shaper: &Shaper<'_>, theme: &Theme) -> Drawn {
    days::draw(strip, width, &Hand { shaper, theme })
}

/// What figures are drawn with: labels in one face, sizes and colours of the theme.
struct Hand<'a> {
    shaper: &'a Shaper<'a>,
    theme: &'a Theme,
}

const FACE: Face = Face::SansRegular;

impl Hand<'_> {
    fn size(&self) -> f32 {
        self.theme.scale.label.size
    }

    fn leading(&self) -> f32 {
        self.theme.scale.label.leading
    }

    fn width(&self, text: &str) -> f32 {
        self.shaper.width(text, FACE, self.size())
    }

    /// A line of text with its baseline at `y`.
    fn text(&self, text: &str, color: Rgb, x: f32, y: f32) -> Item {
        Item::Glyphs(self.shaper.line(text, FACE, self.size(), color, x, y).0)
    }

    /// Lines of at most `width` points, `most` of them; what does not fit ends in an ellipsis.
    /// A line that goes on keeps its space, so that words copied out stay apart.
    fn wrap(&self, text: &str, width: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            if lines.len() + 1 >= most {
                lines.push(self.shaper.fit(rest, FACE, self.size(), width));
                break;
            }
            let mut end = 0;
            for (at, space) in rest.match_indices(' ').chain([(rest.len(), "")]) {
                if self.width(rest.get(..at).unwrap_or(rest)) > width {
                    break;
                }
                end = at + space.len();
            }
            if end == 0 {
                // A word longer than the line: all that could be done is cut it.
                end = rest.find(' ').map_or(rest.len(), |at| at + 1);
                lines.push(self.shaper.fit(rest.get(..end).unwrap_or(rest).trim_end(), FACE, self.size(), width));
            } else {
                lines.push(rest.get(..end).unwrap_or(rest).to_owned());
            }
            rest = rest.get(end..).unwrap_or_default().trim_start();
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::super::fonts::Fonts;
    use super::*;

    #[test]
    fn long_labels_wrap_then_end_in_an_ellipsis() {
        let (fonts, theme) = (Fonts::load(None).unwrap(), Theme::default());
        let shaper = Shaper::new(&fonts);
        let hand = Hand { shaper: &shaper, theme: &theme };
        let text = "Institutional development of border management agencies and their schools";
        let lines = hand.wrap(text, 120.0, 9);
        assert_eq!(lines.concat(), text);
        assert!(lines.len() > 1 && lines.iter().all(|line| hand.width(line.trim_end()) <= 120.0));
        let two = hand.wrap(text, 120.0, 2);
        assert_eq!(two.len(), 2);
        assert!(two[1].ends_with('…'), "{two:?}");
        let word = hand.wrap("Государственнаяпограничнаяслужба да", 60.0, 3);
        assert!(word[0].ends_with('…') && word[1] == "да", "{word:?}");
        assert!(hand.wrap("  ", 60.0, 3).is_empty());
    }
}
