//! What the tests of all figures ask: where things stand, and that nothing leaves the room or
//! lies on other text.

use super::super::drawing::Drawing;
use super::super::fonts::Fonts;
use super::super::layout::{Item, Rgb, Segment};
use super::super::text::Shaper;
use super::super::theme::Theme;
use super::{Drawn, Room, draw};

/// Left, top, right and bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Box4 {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Box4 {
    pub(super) fn meets(&self, other: &Self) -> bool {
        const TOUCH: f32 = 0.05;
        self.left + TOUCH < other.right
            && other.left + TOUCH < self.right
            && self.top + TOUCH < other.bottom
            && other.top + TOUCH < self.bottom
    }
}

/// A figure taken apart.
pub(super) struct Seen {
    pub(super) drawn: Drawn,
    /// Filled shapes.
    pub(super) fills: Vec<(Box4, Rgb)>,
    /// Texts.
    pub(super) runs: Vec<(String, Box4)>,
}

impl Seen {
    pub(super) fn texts(&self) -> Vec<&str> {
        self.runs.iter().map(|run| run.0.as_str()).collect()
    }

    /// The box of a text.
    pub(super) fn text(&self, text: &str) -> Box4 {
        self.runs.iter().find(|run| run.0 == text).unwrap_or_else(|| panic!("no `{text}` in {:?}", self.texts())).1
    }

    /// Fills of a colour.
    pub(super) fn of(&self, color: Rgb) -> Vec<Box4> {
        self.fills.iter().filter(|fill| fill.1 == color).map(|fill| fill.0).collect()
    }

    pub(super) fn no_text_lies_on_another(&self) {
        for (at, one) in self.runs.iter().enumerate() {
            for other in &self.runs[at + 1..] {
                assert!(!one.1.meets(&other.1), "`{}` {:?} and `{}` {:?}", one.0, one.1, other.0, other.1);
            }
        }
    }
}

/// The room on a page of the built-in theme.
pub(super) const PAGE: Room = Room { label: 130.5, width: 335.0 };

/// Draws, and sees to it that nothing leaves the room.
pub(super) fn seen(drawing: &Drawing, room: Room) -> Seen {
    let (fonts, theme) = (Fonts::load(None).unwrap(), Theme::default());
    let shaper = Shaper::new(&fonts);
    let drawn = draw(drawing, room, &shaper, &theme);
    assert_eq!(drawn, draw(drawing, room, &shaper, &theme), "the same again");
    let (mut fills, mut runs) = (Vec::new(), Vec::new());
    let left = if room.label >= 60.0 { -room.label } else { 0.0 };
    let within = |found: &Box4, what: &str| {
        assert!(found.left >= left - 0.06 && found.right <= room.width + 0.06, "{what} {found:?} in {room:?}");
        assert!(found.top >= -0.06 && found.bottom <= drawn.height + 0.06, "{what} {found:?} of {}", drawn.height);
    };
    for item in &drawn.items {
        match item {
            Item::Shape(shape) => {
                let mut found = Box4 { left: f32::MAX, top: f32::MAX, right: f32::MIN, bottom: f32::MIN };
                for segment in &shape.path {
                    if let Segment::Move(x, y) | Segment::Line(x, y) | Segment::Curve(_, _, _, _, x, y) = *segment {
                        assert!(x.is_finite() && y.is_finite());
                        found = Box4 {
                            left: found.left.min(x),
                            top: found.top.min(y),
                            right: found.right.max(x),
                            bottom: found.bottom.max(y),
                        };
                    }
                }
                within(&found, "a shape");
                if let Some(fill) = shape.fill {
                    fills.push((found, fill));
                }
            }
            Item::Glyphs(run) => {
                let width = shaper.width(run.text.trim_end(), run.face, run.size);
                let found = Box4 {
                    left: run.x,
                    top: run.y - run.size * 0.72,
                    right: run.x + width,
                    bottom: run.y + run.size * 0.2,
                };
                within(&found, &run.text);
                runs.push((run.text.trim_end().to_owned(), found));
            }
            Item::Image(_) | Item::Logo(_) | Item::Link(_) => panic!("a figure has shapes and text"),
        }
    }
    Seen { drawn, fills, runs }
}
