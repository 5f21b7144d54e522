//! Countries in pale tones with white borders, and circles in their towns.
//!
//! The projection is the plainest, with longitudes shortened by the cosine of 44° north, the
//! middle of the region. Where things stand is decided by `placement`.

use super::super::drawing::{Land, Map};
use super::super::layout::{Item, Rgb, Segment, Shape};
use super::super::theme::contrast;
use super::hand::Hand;
use super::placement::{Placed, place};
use super::{Drawn, Room, ink};

/// The cosine of 44°.
const SHORTENED: f32 = 0.719_34;
/// White round what must be seen.
const MARGIN: f32 = 6.0;
/// Width of the borders.
const BORDER: f32 = 0.9;

/// From places on the earth to places on the page.
#[derive(Clone, Copy)]
pub(super) struct Projection {
    scale: f32,
    west: f32,
    north: f32,
    left: f32,
}

impl Projection {
    pub(super) fn at(self, (longitude, latitude): (f32, f32)) -> (f32, f32) {
        (self.left + (longitude - self.west) * SHORTENED * self.scale, MARGIN + (self.north - latitude) * self.scale)
    }
}

/// Draws the map, as wide as the text.
pub(super) fn draw(map: &Map, room: Room, hand: &Hand<'_>) -> Drawn {
    let [west, south, east, north] = map.frame;
    let (wide, high) = ((east - west) * SHORTENED, north - south);
    if wide <= 0.0 || high <= 0.0 || map.height <= MARGIN * 4.0 {
        return Drawn::default();
    }
    let scale = ((room.width - MARGIN * 2.0) / wide).min((map.height - MARGIN * 2.0) / high);
    let projection = Projection { scale, west, north, left: (room.width - wide * scale) / 2.0 };
    let height = high * scale + MARGIN * 2.0;
    let colors = &hand.theme.color;
    let (land, neighbour) = (ink::mix(colors.pale, colors.hairline, 0.55), colors.pale);
    let mut items = Vec::new();
    for country in &map.lands {
        let fill = if country.is_neighbour { neighbour } else { land };
        items.extend(outline(country, projection, (room.width, height), fill, colors.paper));
    }
    let Placed { items: mut placed, left_out } = place(map, projection, (room.width, height), land, hand);
    items.append(&mut placed);
    let mut bottom = height;
    if !left_out.is_empty() {
        let small = hand.small().colored(colors.grey);
        let text = format!("{} {}", map.also, left_out.join(", "));
        bottom += 2.0;
        for line in hand.wrap(small, &text, room.width, 40) {
            items.push(hand.put(small, &line, 0.0, bottom + small.baseline()));
            bottom += small.leading;
        }
    }
    Drawn { height: bottom, items }
}

/// A country within the frame. Its holes are outlines of their own that run the other way round.
fn outline(country: &Land, projection: Projection, frame: (f32, f32), fill: Rgb, border: Rgb) -> Option<Item> {
    let mut path = Vec::new();
    for outline in &country.outlines {
        let points: Vec<(f32, f32)> = outline.iter().map(|at| projection.at(*at)).collect();
        let points = clipped(points, frame);
        let mut points = points.into_iter();
        let Some((x, y)) = points.next() else { continue };
        path.push(Segment::Move(x, y));
        path.extend(points.map(|(x, y)| Segment::Line(x, y)));
        path.push(Segment::Close);
    }
    let shape = Shape { path, stroke: Some((border, BORDER)), ..Shape::rectangle(0.0, 0.0, 0.0, 0.0, fill) };
    (!shape.path.is_empty()).then_some(Item::Shape(shape))
}

/// The part of an outline within the frame: cut at one edge after the other.
fn clipped(mut points: Vec<(f32, f32)>, (width, height): (f32, f32)) -> Vec<(f32, f32)> {
    type Edge = (fn((f32, f32)) -> f32, f32, bool);
    let edges: [Edge; 4] =
        [(|p| p.0, 0.0, true), (|p| p.0, width, false), (|p| p.1, 0.0, true), (|p| p.1, height, false)];
    for (of, bound, is_least) in edges {
        let inside = |p: (f32, f32)| if is_least { of(p) >= bound } else { of(p) <= bound };
        if points.iter().all(|p| inside(*p)) {
            continue;
        }
        let mut kept = Vec::with_capacity(points.len());
        let before = points.iter().skip(points.len().saturating_sub(1)).chain(&points);
        for (from, to) in before.zip(&points) {
            if inside(*from) != inside(*to) {
                let part = (bound - of(*from)) / (of(*to) - of(*from));
                kept.push((from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part));
            }
            if inside(*to) {
                kept.push(*to);
            }
        }
        points = kept;
    }
    points
}

/// Grey, or what can be read on the land.
pub(super) fn quiet_on(land: Rgb, hand: &Hand<'_>) -> Rgb {
    let colors = &hand.theme.color;
    let half = ink::mix(colors.grey, colors.ink, 0.4);
    [colors.grey, half].into_iter().find(|grey| contrast(*grey, land) >= 4.5).unwrap_or(colors.ink)
}
