//! Tones, patterns, and which colour text on them has.

use super::super::drawing::Look;
use super::super::layout::{Item, Rgb, Segment, Shape};
use super::super::theme::{Colors, contrast};

/// A colour between two: `part` of the second.
pub(super) fn mix(a: Rgb, b: Rgb, part: f32) -> Rgb {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
    let between = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * part).round() as u8;
    Rgb(between(a.0, b.0), between(a.1, b.1), between(a.2, b.2))
}

/// Ink or paper, whichever can be read better on a fill.
pub(super) fn on(fill: Rgb, colors: &Colors) -> Rgb {
    if contrast(colors.ink, fill) >= contrast(colors.paper, fill) { colors.ink } else { colors.paper }
}

/// The tone under a look's pattern.
pub(super) fn tone(look: Look, colors: &Colors) -> Rgb {
    match look {
        Look::Full => colors.accent,
        Look::Middle => mix(colors.accent, colors.paper, 0.58),
        Look::Light => mix(colors.accent, colors.paper, 0.82),
        Look::Hatched | Look::Ruled | Look::Open => colors.paper,
        Look::Alarm => colors.ink,
    }
}

/// A rectangle in a look.
pub(super) fn fill(look: Look, x: f32, y: f32, width: f32, height: f32, colors: &Colors) -> Vec<Item> {
    let mut shape = Shape::rectangle(x, y, width, height, tone(look, colors));
    let mut items = Vec::new();
    match look {
        Look::Full | Look::Middle | Look::Light => items.push(Item::Shape(shape)),
        Look::Hatched => {
            items.push(Item::Shape(shape));
            items.extend(hatch(x, y, width, height, 2.6, mix(colors.accent, colors.paper, 0.2)));
            items.push(outline(x, y, width, height, colors.accent));
        }
        Look::Ruled => {
            items.push(Item::Shape(shape));
            items.extend(rulers(x, y, width, height, 2.4, mix(colors.grey, colors.paper, 0.3)));
            items.push(outline(x, y, width, height, colors.grey));
        }
        Look::Open => {
            shape.fill = None;
            items.push(outline(x, y, width, height, colors.grey));
        }
        Look::Alarm => {
            items.push(Item::Shape(shape));
            items.extend(hatch(x, y, width, height, 4.0, colors.paper));
        }
    }
    items
}

/// The outline of a rectangle, within it.
pub(super) fn outline(x: f32, y: f32, width: f32, height: f32, color: Rgb) -> Item {
    const LINE: f32 = 0.6;
    let inset = (LINE / 2.0).min(width / 2.0);
    let mut shape = Shape::rectangle(x + inset, y + inset, (width - inset * 2.0).max(0.0), height - inset * 2.0, color);
    shape.fill = None;
    shape.stroke = Some((color, LINE));
    Item::Shape(shape)
}

/// Upright lines within a rectangle; nothing where it is too narrow for one.
fn rulers(x: f32, y: f32, width: f32, height: f32, step: f32, color: Rgb) -> Option<Item> {
    let mut path = Vec::new();
    let mut at = step;
    while at < width - 0.4 {
        path.extend([Segment::Move(x + at, y), Segment::Line(x + at, y + height)]);
        at += step;
    }
    let line = Shape { path, ..Shape::rule(0.0, 0.0, 0.0, 0.0, color, 0.7) };
    (!line.path.is_empty()).then_some(Item::Shape(line))
}

/// Slanting lines within a rectangle; nothing where it is too narrow for one.
fn hatch(x: f32, y: f32, width: f32, height: f32, step: f32, color: Rgb) -> Option<Item> {
    let mut path = Vec::new();
    let mut sum = step;
    // On a line, the distances from the left and the upper edge have one sum.
    while sum < width + height {
        let (from, to) = ((sum - height).max(0.0), sum.min(width));
        if to - from > 0.4 {
            path.push(Segment::Move(x + from, y + sum - from));
            path.push(Segment::Line(x + to, y + sum - to));
        }
        sum += step;
    }
    let line = Shape { path, ..Shape::rule(0.0, 0.0, 0.0, 0.0, color, 0.7) };
    (!line.path.is_empty()).then_some(Item::Shape(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_be_read_on_every_tone() {
        let colors = Colors::default();
        for look in [Look::Full, Look::Middle, Look::Light, Look::Open, Look::Alarm] {
            let tone = tone(look, &colors);
            assert!(contrast(on(tone, &colors), tone) >= 4.5, "{look:?}");
        }
    }

    #[test]
    fn tones_differ_in_lightness() {
        let colors = Colors::default();
        let grey = |look| {
            let Rgb(r, g, b) = tone(look, &colors);
            u32::from(r) * 30 + u32::from(g) * 59 + u32::from(b) * 11
        };
        let steps = [Look::Full, Look::Middle, Look::Light, Look::Open].map(grey);
        assert!(steps.windows(2).all(|pair| pair[1] > pair[0] + 3000), "{steps:?}");
    }

    #[test]
    fn hatching_stays_within() {
        for (width, height) in [(40.0, 9.0), (1.0, 9.0), (0.2, 9.0), (9.0, 40.0)] {
            let looks = [Look::Hatched, Look::Ruled];
            for item in looks.into_iter().flat_map(|look| fill(look, 3.0, 5.0, width, height, &Colors::default())) {
                let Item::Shape(shape) = item else { panic!("shapes only") };
                for segment in shape.path {
                    if let Segment::Move(x, y) | Segment::Line(x, y) = segment {
                        assert!((2.999..=3.001 + width).contains(&x), "{x} in {width}");
                        assert!((4.999..=5.001 + height).contains(&y), "{y} in {height}");
                    }
                }
            }
        }
    }
}
