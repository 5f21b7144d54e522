//! Figures as shapes and text, so that labels stay text: one file for each kind, and the strip
//! of days on the cover.
//!
//! Looks follow four rules: what is written needs no axis and no grid; lengths start at zero,
//! and the zero of every figure stands on the left edge of the text, its labels in the column
//! beside it; nothing is told by colour alone; what does not fit is written elsewhere in the
//! figure, never left out in silence.

mod bars;
mod calendar;
mod days;
mod hand;
mod ink;
mod map;
mod matrix;
mod placement;
mod progress;
mod stacked;
mod timeline;

use super::document::Strip;
use super::drawing::Drawing;
use super::layout::{Item, Segment};
use super::text::Shaper;
use super::theme::Theme;
use hand::Hand;

/// A figure that was drawn, around 0, 0 at its upper left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// Height in points.
    pub height: f32,
    /// What it is made of.
    pub items: Vec<Item>,
}

/// The room a figure has, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Free at the left of the figure's own edge, for labels: x may be that far below zero.
    pub label: f32,
    /// From the figure's own edge to the right.
    pub width: f32,
}

/// Draws a figure.
#[must_use]
pub fn draw(drawing: &Drawing, room: Room, shaper: &Shaper<'_>, theme: &Theme) -> Drawn {
    let hand = Hand { shaper, theme };
    rounded(match drawing {
        Drawing::Bars(bars) => bars::draw(bars, room, &hand),
        Drawing::Stacked(stacked) => stacked::draw(stacked, room, &hand),
        Drawing::Matrix(matrix) => matrix::draw(matrix, room, &hand),
        Drawing::Map(map) => map::draw(map, room, &hand),
        Drawing::Timeline(timeline) => timeline::draw(timeline, room, &hand),
        Drawing::Calendar(calendar) => calendar::draw(calendar, room, &hand),
        Drawing::Progress(progress) => progress::draw(progress, room, &hand),
    })
}

/// How grave a risk is, from 0, low, to 3, very high: by its likelihood times its impact.
#[must_use]
pub fn risk_level(likelihood: u8, impact: u8) -> usize {
    matrix::level(usize::from(likelihood) * usize::from(impact))
}

/// Draws the strip of days `width` points wide.
#[must_use]
pub fn strip(strip: &Strip, width: f32, shaper: &Shaper<'_>, theme: &Theme) -> Drawn {
    days::draw(strip, width, &Hand { shaper, theme })
}

/// All coordinates to hundredths of a point, which is what the file holds, so that sums of
/// roundings differ nowhere.
fn rounded(mut drawn: Drawn) -> Drawn {
    let round = |value: &mut f32| *value = (*value * 100.0).round() / 100.0;
    for item in &mut drawn.items {
        match item {
            Item::Glyphs(run) => {
                round(&mut run.x);
                round(&mut run.y);
            }
            Item::Shape(shape) => {
                for segment in &mut shape.path {
                    match segment {
                        Segment::Move(x, y) | Segment::Line(x, y) => [x, y].into_iter().for_each(round),
                        Segment::Curve(x1, y1, x2, y2, x, y) => [x1, y1, x2, y2, x, y].into_iter().for_each(round),
                        Segment::Close => {}
                    }
                }
            }
            Item::Image(image) => [&mut image.x, &mut image.y].into_iter().for_each(round),
            Item::Logo(emblem) => [&mut emblem.x, &mut emblem.y].into_iter().for_each(round),
            Item::Link(_) => {}
        }
    }
    drawn
}

#[cfg(test)]
mod check;
