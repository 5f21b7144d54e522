//! Horizontal bars from zero, in the order given, each with its label and its figure.

use super::super::drawing::Bar;
use super::super::layout::{Item, Shape};
use super::hand::{Column, Hand};
use super::{Drawn, Room};

/// Between the end of a bar and its figure.
pub(super) const BEFORE_VALUE: f32 = 4.0;
/// A value above zero is never drawn shorter, or it would look like none.
pub(super) const SHORTEST: f32 = 1.2;
/// The stroke that stands for zero.
const ZERO: f32 = 0.5;

/// Draws the bars; long labels take up to three lines.
pub(super) fn draw(bars: &[Bar], room: Room, hand: &Hand<'_>) -> Drawn {
    if bars.is_empty() {
        return Drawn::default();
    }
    let colors = &hand.theme.color;
    let column = Column::of(room);
    let voice = hand.label();
    let value_width = bars.iter().map(|bar| hand.measure(voice, &bar.text)).fold(0.0, f32::max).min(column.room * 0.45);
    let longest = (column.room - BEFORE_VALUE - value_width).max(0.0);
    let most = bars.iter().map(|bar| length(bar.value)).fold(0.0, f64::max);
    let thick = thickness(hand);
    let mut items = Vec::new();
    let mut y = 0.0;
    for bar in bars {
        let height = hand.row_label(&bar.label, column, y, 3, &mut items);
        let part = share(bar.value, most);
        let middle = y + height / 2.0;
        let drawn = if part > 0.0 { (longest * part).max(SHORTEST) } else { ZERO };
        let fill = match bar.country {
            _ if part <= 0.0 => colors.grey,
            Some(country) => colors.of(country),
            None => colors.accent,
        };
        items.push(Item::Shape(Shape::rectangle(column.zero, middle - thick / 2.0, drawn, thick, fill)));
        let value = hand.fit(voice, &bar.text, value_width + 0.01);
        let baseline = middle - voice.leading / 2.0 + voice.baseline();
        items.push(hand.put(voice, &value, column.zero + drawn + BEFORE_VALUE, baseline));
        y += height + space(hand);
    }
    Drawn { height: y - space(hand), items }
}

/// Height of a bar.
pub(super) fn thickness(hand: &Hand<'_>) -> f32 {
    let voice = hand.label();
    (voice.size * 1.15).min(voice.leading)
}

/// White between rows: clearly less than a bar, or the rows fall apart.
pub(super) fn space(hand: &Hand<'_>) -> f32 {
    hand.label().leading * 0.45
}

/// What a length is drawn from: nothing for what is not a number, or below zero.
pub(super) fn length(value: f64) -> f64 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

/// A length as a part of the longest.
#[expect(clippy::cast_possible_truncation, reason = "a part of one")]
pub(super) fn share(value: f64, most: f64) -> f32 {
    if most > 0.0 { (length(value) / most) as f32 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::super::drawing::Drawing;
    use super::super::super::theme::Theme;
    use super::super::check::{PAGE, seen};
    use super::*;

    fn bar(label: &str, value: f64, text: &str) -> Bar {
        Bar { label: label.to_owned(), value, text: text.to_owned(), country: None }
    }

    #[test]
    fn lengths_are_in_proportion_and_start_together() {
        let bars = vec![bar("Workshop", 40.0, "40"), bar("Training", 10.0, "10"), bar("Study visit", 0.0, "0")];
        let seen = seen(&Drawing::Bars(bars), PAGE);
        let wide: Vec<f32> = seen.fills.iter().map(|(found, _)| found.right - found.left).collect();
        assert!((wide[0] - 4.0 * wide[1]).abs() < 0.03);
        assert!(seen.fills.iter().all(|(found, _)| found.left == 0.0), "zero is the edge of the text");
        assert!((wide[2] - ZERO).abs() < 0.01);
        assert_eq!(seen.texts(), ["Workshop", "40", "Training", "10", "Study visit", "0"]);
        for (label, (bar, _)) in ["40", "10", "0"].into_iter().zip(&seen.fills) {
            assert!((seen.text(label).left - bar.right - BEFORE_VALUE).abs() < 0.02, "{label} stands at its bar's end");
        }
    }

    #[test]
    fn nothing_leaves_the_room() {
        let long = "Институциональное развитие ведомств, отвечающих за управление границами, и их учебных заведений";
        for room in [PAGE, Room { label: 0.0, width: 480.0 }, Room { label: 0.0, width: 60.0 }] {
            for text in ["1 234 567,89 евро", "9", ""] {
                let bars = vec![bar(long, 1e12, text), bar("", 3.0, text), bar("а", 1e-9, text)];
                let seen = seen(&Drawing::Bars(bars), room);
                let little = seen.fills[2].0;
                assert!(little.right - little.left > SHORTEST - 0.02, "little is more than nothing");
                seen.no_text_lies_on_another();
            }
        }
    }

    #[test]
    fn nothing_to_draw_is_no_trouble() {
        assert_eq!(seen(&Drawing::Bars(Vec::new()), PAGE).drawn, Drawn::default());
        let odd = vec![bar("a", 0.0, "0"), bar("b", f64::NAN, "–"), bar("c", -3.0, "-3"), bar("d", f64::INFINITY, "∞")];
        let seen = seen(&Drawing::Bars(odd), PAGE);
        assert!(seen.fills.iter().all(|(found, _)| found.right <= ZERO));
        assert!(seen.drawn.height > 0.0 && seen.drawn.height < 80.0);
    }

    #[test]
    fn a_country_has_its_colour() {
        let mut kazakhstan = bar("KZ", 2.0, "2");
        kazakhstan.country = Some(*b"KZ");
        let seen = seen(&Drawing::Bars(vec![kazakhstan, bar("other", 1.0, "1")]), PAGE);
        let colors = Theme::default().color;
        assert_eq!([seen.fills[0].1, seen.fills[1].1], [colors.of(*b"KZ"), colors.accent]);
    }
}
