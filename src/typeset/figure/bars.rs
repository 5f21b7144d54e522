//! Horizontal bars from zero, in the order given, each with its label and its figure.

use super::super::document::Bar;
use super::super::layout::{Item, Shape};
use super::{Drawn, Hand};

/// Between label and bar, in points.
const GAP: f32 = 8.0;
/// Between the end of a bar and its figure.
const BEFORE_VALUE: f32 = 4.0;
/// A value above zero is never drawn shorter, or it would look like none.
const SHORTEST: f32 = 1.2;
/// The stroke that stands for zero.
const ZERO: f32 = 0.5;

/// Draws the bars. The label column is as wide as the longest label, within two fifths of the
/// width; longer labels take up to three lines.
pub(super) fn draw(bars: &[Bar], width: f32, hand: &Hand<'_>) -> Drawn {
    if bars.is_empty() {
        return Drawn::default();
    }
    let colors = &hand.theme.color;
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| hand.width(text)).fold(0.0, f32::max);
    let label_width = widest(&mut bars.iter().map(|bar| bar.label.as_str())).min(width * 0.4);
    let value_width = widest(&mut bars.iter().map(|bar| bar.text.as_str())).min(width * 0.3);
    let start = if label_width > 0.0 { label_width + GAP } else { 0.0 };
    let room = (width - start - BEFORE_VALUE - value_width).max(0.0);
    let most = bars.iter().map(|bar| length(bar.value)).fold(0.0, f64::max);

    let (leading, size) = (hand.leading(), hand.size());
    let thick = (size * 1.15).min(leading);
    // White between rows: clearly less than a bar, or the rows fall apart.
    let space = leading * 0.45;
    // From the top of a line to its baseline, for text centred on a bar of one line.
    let baseline = leading / 2.0 + size * 0.35;
    let mut items = Vec::new();
    let mut y = 0.0;
    for bar in bars {
        let lines = hand.wrap(&bar.label, label_width + 0.01, 3);
        let height = leading * lines.len().max(1) as f32;
        for (index, line) in lines.iter().enumerate() {
            items.push(hand.text(line, colors.ink, 0.0, y + baseline + leading * index as f32));
        }
        #[expect(clippy::cast_possible_truncation, reason = "a part of one")]
        let part = if most > 0.0 { (length(bar.value) / most) as f32 } else { 0.0 };
        let middle = y + height / 2.0;
        let drawn = if part > 0.0 { (room * part).max(SHORTEST) } else { ZERO };
        let fill = match bar.country {
            _ if part <= 0.0 => colors.grey,
            Some(country) => colors.of(country),
            None => colors.accent,
        };
        items.push(Item::Shape(Shape::rectangle(start, middle - thick / 2.0, drawn, thick, fill)));
        let value = hand.shaper.fit(&bar.text, super::FACE, size, value_width + 0.01);
        let value_y = middle - leading / 2.0 + baseline;
        items.push(hand.text(&value, colors.ink, start + drawn + BEFORE_VALUE, value_y));
        y += height + space;
    }
    Drawn { height: y - space, items }
}

/// What a bar's length is drawn from: nothing for what is not a number, or below zero.
fn length(value: f64) -> f64 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::super::document::Drawing;
    use super::super::super::fonts::Fonts;
    use super::super::super::layout::{Rgb, Segment};
    use super::super::super::text::Shaper;
    use super::super::super::theme::Theme;
    use super::super::draw;
    use super::*;

    fn bar(label: &str, value: f64, text: &str) -> Bar {
        Bar { label: label.to_owned(), value, text: text.to_owned(), country: None }
    }

    /// Left, width and fill of each rectangle; text, left and right of each run.
    type Seen = (Vec<(f32, f32, Rgb)>, Vec<(String, f32, f32)>);

    fn seen(bars: Vec<Bar>, width: f32) -> (Drawn, Seen) {
        let (fonts, theme) = (Fonts::load(None).unwrap(), Theme::default());
        let shaper = Shaper::new(&fonts);
        let drawn = draw(&Drawing::Bars(bars), width, &shaper, &theme);
        let (mut shapes, mut runs) = (Vec::new(), Vec::new());
        for item in &drawn.items {
            match item {
                Item::Shape(shape) => match shape.path[..2] {
                    [Segment::Move(x, _), Segment::Line(right, _)] => shapes.push((x, right - x, shape.fill.unwrap())),
                    _ => panic!("{shape:?}"),
                },
                Item::Glyphs(run) => {
                    let wide = shaper.width(run.text.trim_end(), run.face, run.size);
                    assert!(run.y > 0.0 && run.y < drawn.height, "{run:?}");
                    runs.push((run.text.clone(), run.x, run.x + wide));
                }
                Item::Link(_) => panic!("a figure has no links"),
            }
        }
        (drawn, (shapes, runs))
    }

    #[test]
    fn lengths_are_in_proportion_and_start_together() {
        let bars = vec![bar("Workshop", 40.0, "40"), bar("Training", 10.0, "10"), bar("Study visit", 0.0, "0")];
        let (_, (shapes, runs)) = seen(bars, 330.0);
        assert!((shapes[0].1 - 4.0 * shapes[1].1).abs() < 0.01);
        assert!(shapes.iter().all(|shape| shape.0 == shapes[0].0));
        assert_eq!(shapes[2].1, ZERO);
        let texts: Vec<&str> = runs.iter().map(|run| run.0.as_str()).collect();
        assert_eq!(texts, ["Workshop", "40", "Training", "10", "Study visit", "0"]);
        for (shape, value) in shapes.iter().zip(runs.iter().skip(1).step_by(2)) {
            assert!((value.1 - shape.0 - shape.1 - BEFORE_VALUE).abs() < 0.01, "{value:?} stands at its bar's end");
        }
    }

    #[test]
    fn nothing_leaves_the_width() {
        let long = "Институциональное развитие ведомств, отвечающих за управление границами, и их учебных заведений";
        for width in [480.0, 335.0, 150.0, 60.0] {
            for text in ["1 234 567,89 евро", "9", ""] {
                let bars = vec![bar(long, 1e12, text), bar("", 3.0, text), bar("а", 1e-9, text)];
                let (_, (shapes, runs)) = seen(bars, width);
                for (text, left, right) in runs {
                    assert!(left >= 0.0 && right <= width + 0.05, "{text} ends at {right} of {width}");
                }
                assert!(shapes.iter().all(|shape| shape.0 + shape.1 <= width + SHORTEST));
                assert!(shapes[2].1 > SHORTEST - 0.01, "little is more than nothing");
            }
        }
    }

    #[test]
    fn nothing_to_draw_is_no_trouble() {
        assert_eq!(seen(Vec::new(), 300.0).0, Drawn::default());
        let odd = vec![bar("a", 0.0, "0"), bar("b", f64::NAN, "–"), bar("c", -3.0, "-3"), bar("d", f64::INFINITY, "∞")];
        let (drawn, (shapes, _)) = seen(odd, 300.0);
        assert!(shapes.iter().all(|shape| shape.1 == ZERO && shape.0.is_finite()));
        assert!(drawn.height > 0.0 && drawn.height < 80.0);
    }

    #[test]
    fn a_country_has_its_colour() {
        let mut kazakhstan = bar("KZ", 2.0, "2");
        kazakhstan.country = Some(*b"KZ");
        let (_, (shapes, _)) = seen(vec![kazakhstan, bar("other", 1.0, "1")], 300.0);
        let colors = Theme::default().color;
        assert_eq!([shapes[0].2, shapes[1].2], [colors.of(*b"KZ"), colors.accent]);
    }
}
