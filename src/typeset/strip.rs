//! Strips: slices of a column, stacked from top to bottom, that pages are filled with.

use super::document::Orientation;
use super::inline::Line;
use super::layout::{Item, Rgb, Shape};
use super::structure::Tag;

/// A slice over the whole width of the page that is never cut.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    /// Height in points.
    pub(super) height: f32,
    /// White above it, left out at the top of a page.
    pub(super) space_before: f32,
    /// What stands in it: `x` on the page, `y` from the strip's top.
    pub(super) items: Vec<Item>,
    /// What begins here.
    pub(super) marks: Vec<Mark>,
    /// The next strip must stand on the same page.
    pub(super) keeps_next: bool,
    /// The next strip is a part of the same thing, a line of the same row: they are parted only
    /// where no page holds them. What merely keeps together may be parted before that.
    pub(super) binds_next: bool,
    /// Height that must be left on the page for this strip to begin there.
    pub(super) needs: f32,
    /// Starts a page that stands so.
    pub(super) starts_page: Option<Orientation>,
    /// Which repeated head stands over it when a page begins here.
    pub(super) head: Option<usize>,
}

/// Something that the pages tell about later.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A heading: a bookmark, a destination, and for level 1 the running head.
    Heading { id: String, title: String, level: u8 },
    /// A line of the contents that waits for its page number.
    PageOf { id: String, right: f32, baseline: f32, face: super::layout::Face, size: f32, color: Rgb, tag: Tag },
}

impl Strip {
    /// An empty strip of a height.
    pub(super) fn blank(height: f32) -> Self {
        Self { height, ..Self::default() }
    }

    /// Puts a line at `x` with its baseline `y` below the strip's top.
    pub(super) fn place(&mut self, line: Line, x: f32, y: f32) {
        for mut item in line.items {
            item.shift(x, y);
            self.items.push(item);
        }
    }

    /// Draws a horizontal rule.
    pub(super) fn rule(&mut self, x: f32, width: f32, y: f32, color: Rgb, thickness: f32) {
        self.items.push(Item::Shape(Shape::rule(x, y, x + width, y, color, thickness)));
    }
}

/// Height of stacked strips, the space before the first left out.
pub(super) fn height(strips: &[Strip]) -> f32 {
    let all: f32 = strips.iter().map(|strip| strip.height + strip.space_before).sum();
    all - strips.first().map_or(0.0, |strip| strip.space_before)
}

/// Forbids breaks that would leave one line of a paragraph alone.
pub(super) fn guard(strips: &mut [Strip]) {
    let count = strips.len();
    for (at, strip) in strips.iter_mut().enumerate() {
        if at + 1 < count && (at == 0 || at + 2 >= count) {
            strip.keeps_next = true;
        }
    }
}

/// Binds all strips to one another.
pub(super) fn bind(strips: &mut [Strip]) {
    let count = strips.len();
    for strip in strips.iter_mut().take(count.saturating_sub(1)) {
        strip.keeps_next = true;
        strip.binds_next = true;
    }
}

/// Lines of text as strips of one leading each.
pub(super) fn stack(lines: Vec<Line>, x: f32, leading: f32, baseline: f32) -> Vec<Strip> {
    lines
        .into_iter()
        .map(|line| {
            let mut strip = Strip::blank(leading);
            strip.place(line, x, baseline);
            strip
        })
        .collect()
}
