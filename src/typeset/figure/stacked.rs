//! Horizontal bars of several parts: figures in the parts where they fit, after the bar or
//! under it where they do not; names over the parts of the first bar where they fit, else in a
//! key.

use super::super::drawing::{Look, Part, Stacked, StackedRow};
use super::super::layout::{Item, Shape};
use super::bars::{BEFORE_VALUE, SHORTEST, length, space, thickness};
use super::hand::{Column, Hand, Voice};
use super::ink;
use super::{Drawn, Room};

/// White that a figure within a part needs at either side.
const INSIDE: f32 = 3.0;
/// From a swatch of the key to its word, and from a word to the next swatch.
const KEY: (f32, f32) = (4.0, 12.0);
/// How far the line that a bar is compared with sticks out.
const STICKS_OUT: f32 = 2.0;

/// Draws the bars.
pub(super) fn draw(stacked: &Stacked, room: Room, hand: &Hand<'_>) -> Drawn {
    if stacked.rows.is_empty() || stacked.series.is_empty() {
        return Drawn::default();
    }
    let column = Column::of(room);
    let voice = hand.label();
    let most = stacked.rows.iter().map(reach).fold(0.0, f64::max);
    // What is written after a bar depends on what fits into it, and so on the scale: begin with
    // the room that the ends alone leave, and make room for the rest.
    let roomy = Scale { longest: column.room * 0.85, most };
    let widest = |scale: Scale| {
        let wide = |row: &StackedRow| hand.measure(voice, &after(stacked, row, scale, hand));
        stacked.rows.iter().map(wide).fold(0.0, f32::max)
    };
    let scale = Scale { longest: (column.room - BEFORE_VALUE - widest(roomy)).max(column.room * 0.5), most };

    let mut items = Vec::new();
    let mut y = names(stacked, column, scale, hand, &mut items);
    let thick = thickness(hand);
    for row in &stacked.rows {
        let mut height = hand.row_label(&row.label, column, y, 3, &mut items);
        let middle = y + height / 2.0;
        let top = middle - thick / 2.0;
        let baseline = middle - voice.leading / 2.0 + voice.baseline();
        let mut x = column.zero;
        for part in &row.parts {
            let wide = scale.width(part);
            if wide > 0.0 {
                let look = look(stacked, part);
                items.extend(ink::fill(look, x, top, wide, thick, &hand.theme.color));
                if fits(part, wide, hand) {
                    inside(part, look, x + wide / 2.0, (top, thick, baseline), hand, &mut items);
                }
            }
            x += wide;
        }
        if x <= column.zero {
            items.push(Item::Shape(Shape::rectangle(column.zero, top, 0.5, thick, hand.theme.color.grey)));
            x = column.zero + 0.5;
        }
        if let Some(mark) = row.mark {
            let at = column.zero + scale.of(mark);
            let (from, to) = (top - STICKS_OUT, top + thick + STICKS_OUT);
            items.push(Item::Shape(Shape::rectangle(at - 0.6, from, 1.2, to - from, hand.theme.color.ink)));
            x = x.max(at + 0.6);
        }
        let left = column.zero + column.room - x - BEFORE_VALUE;
        let text = after(stacked, row, scale, hand);
        if hand.measure(voice, &text) <= left + 0.01 {
            items.push(hand.put(voice, &text, x + BEFORE_VALUE, baseline));
        } else {
            let small = hand.small();
            let lines = hand.wrap(small, &text, column.room, 3);
            let mut below = (y + height).max(top + thick + STICKS_OUT);
            for line in lines {
                items.push(hand.put(small, &line, column.zero, below + small.baseline()));
                below += small.leading;
            }
            height = below - y;
        }
        y += height + space(hand);
    }
    Drawn { height: y - space(hand) + STICKS_OUT, items }
}

/// From values to points.
#[derive(Clone, Copy)]
struct Scale {
    longest: f32,
    most: f64,
}

impl Scale {
    fn of(self, value: f64) -> f32 {
        self.longest * super::bars::share(value, self.most)
    }

    fn width(self, part: &Part) -> f32 {
        if length(part.value) > 0.0 { self.of(part.value).max(SHORTEST) } else { 0.0 }
    }
}

/// How far a bar and its line reach.
fn reach(row: &StackedRow) -> f64 {
    let parts: f64 = row.parts.iter().map(|part| length(part.value)).sum();
    parts.max(length(row.mark.unwrap_or(0.0)))
}

fn look(stacked: &Stacked, part: &Part) -> Look {
    stacked.series.get(part.series).map_or(Look::Open, |series| series.look)
}

fn fits(part: &Part, wide: f32, hand: &Hand<'_>) -> bool {
    hand.measure(hand.label(), &part.text) + INSIDE * 2.0 <= wide
}

/// A figure in its part; where there are lines, on a plate.
fn inside(part: &Part, look: Look, x: f32, row: (f32, f32, f32), hand: &Hand<'_>, items: &mut Vec<Item>) {
    let (top, thick, baseline) = row;
    let colors = &hand.theme.color;
    let voice = hand.label();
    let tone = ink::tone(look, colors);
    if matches!(look, Look::Hatched | Look::Ruled | Look::Alarm) {
        let wide = hand.measure(voice, &part.text) + INSIDE;
        items.push(Item::Shape(Shape::rectangle(x - wide / 2.0, top + 0.9, wide, thick - 1.8, tone)));
    }
    items.push(hand.put_middle(voice.colored(ink::on(tone, colors)), &part.text, x, baseline));
}

/// What is written after a bar: its end, and in brackets the parts that have no room for their
/// figures, since the end is the sum of them all.
fn after(stacked: &Stacked, row: &StackedRow, scale: Scale, hand: &Hand<'_>) -> String {
    let shown = row.parts.iter().filter(|part| length(part.value) > 0.0 && !part.text.is_empty());
    let parts: Vec<String> = shown
        .filter(|part| !fits(part, scale.width(part), hand))
        .map(|part| {
            let name = stacked.series.get(part.series).map_or("", |series| series.name.as_str());
            format!("{name}:\u{a0}{}", part.text.replace(' ', "\u{a0}"))
        })
        .collect();
    match (row.end.as_str(), parts.as_slice()) {
        (end, []) => end.to_owned(),
        ("", parts) => parts.join(", "),
        (end, parts) => format!("{end} ({})", parts.join(", ")),
    }
}

/// Names of the parts: over the first bar, each where its part begins, if there is room for
/// all that the figure uses; else a key. Gives back where the bars begin.
fn names(stacked: &Stacked, column: Column, scale: Scale, hand: &Hand<'_>, items: &mut Vec<Item>) -> f32 {
    let voice = hand.quiet();
    let used: Vec<usize> = (0..stacked.series.len())
        .filter(|at| stacked.rows.iter().flat_map(|row| &row.parts).any(|p| p.series == *at && length(p.value) > 0.0))
        .collect();
    let mut starts = Vec::new();
    let mut x = column.zero;
    for part in stacked.rows.first().map(|row| row.parts.as_slice()).unwrap_or_default() {
        let wide = scale.width(part);
        if wide > 0.0 {
            starts.push((part.series, x));
        }
        x += wide;
    }
    let name = |at: usize| stacked.series.get(at).map_or("", |series| series.name.as_str());
    let ends = starts.iter().skip(1).map(|(_, x)| *x - INSIDE * 2.0).chain([column.zero + column.room]);
    let direct = starts.len() == used.len()
        && starts.iter().zip(ends).all(|((at, x), end)| x + hand.measure(voice, name(*at)) <= end);
    if direct {
        for (at, x) in starts {
            items.push(hand.put(voice, name(at), x, voice.baseline()));
        }
        return voice.leading + 1.0;
    }
    key(stacked, &used, column, voice, hand, items)
}

/// Swatches and words, in as many lines as they need.
fn key(stacked: &Stacked, used: &[usize], column: Column, voice: Voice, hand: &Hand<'_>, items: &mut Vec<Item>) -> f32 {
    let side = voice.size * 0.9;
    let (mut x, mut y) = (column.zero, 0.0);
    for series in used.iter().filter_map(|at| stacked.series.get(*at)) {
        let name = hand.fit(voice, &series.name, column.room - side - KEY.0);
        let wide = side + KEY.0 + hand.measure(voice, &name);
        if x > column.zero && x + wide > column.zero + column.room {
            (x, y) = (column.zero, y + voice.leading);
        }
        let top = y + (voice.leading - side) / 2.0;
        items.extend(ink::fill(series.look, x, top, side, side, &hand.theme.color));
        items.push(hand.put(voice, &name, x + side + KEY.0, y + voice.baseline()));
        x += wide + KEY.1;
    }
    y + voice.leading + 4.0
}

#[cfg(test)]
mod tests {
    use super::super::super::drawing::{Drawing, Series};
    use super::super::super::theme::Theme;
    use super::super::check::{PAGE, seen};
    use super::*;

    fn stacked(rows: &[(&str, &[f64])]) -> Stacked {
        let series = [("women", Look::Full), ("men", Look::Light), ("sex not reported", Look::Hatched)];
        Stacked {
            series: series.iter().map(|(name, look)| Series { name: (*name).to_owned(), look: *look }).collect(),
            rows: rows
                .iter()
                .map(|(label, values)| StackedRow {
                    label: (*label).to_owned(),
                    parts: values
                        .iter()
                        .enumerate()
                        .map(|(series, value)| Part { series, value: *value, text: value.to_string() })
                        .collect(),
                    end: format!("{}", values.iter().filter(|v| v.is_finite()).sum::<f64>()),
                    mark: None,
                })
                .collect(),
        }
    }

    #[test]
    fn parts_follow_each_other_and_share_one_scale() {
        let seen = seen(&Drawing::Stacked(stacked(&[("KZ", &[40.0, 60.0, 20.0]), ("KG", &[20.0, 30.0, 0.0])])), PAGE);
        let accent = Theme::default().color.accent;
        let women = seen.of(accent);
        assert!(women.iter().all(|part| part.left == 0.0));
        let wide: Vec<f32> = women.iter().map(|part| part.right - part.left).collect();
        assert!((wide[0] - wide[1] * 2.0).abs() < 0.05, "{wide:?}");
        // Named over the first bar, without a key.
        assert_eq!(seen.texts()[..3], ["women", "men", "sex not reported"]);
        assert_eq!(seen.text("women").left, 0.0);
        assert!((seen.text("men").left - wide[0]).abs() < 0.05);
        seen.no_text_lies_on_another();
    }

    #[test]
    fn a_figure_without_room_is_written_after_its_bar() {
        let seen = seen(&Drawing::Stacked(stacked(&[("KZ", &[200.0, 300.0, 1.0]), ("KG", &[1.0, 1.0, 1.0])])), PAGE);
        let all = seen.texts().join("|").replace('\u{a0}', " ");
        assert!(all.contains("501 (sex not reported: 1)"), "{all}");
        assert!(all.contains("3 (women: 1, men: 1, sex not reported: 1)"), "{all}");
        seen.no_text_lies_on_another();
    }

    #[test]
    fn what_no_room_is_left_for_after_a_bar_stands_under_it() {
        let long = "a part with a name of its own that is far from short";
        let mut much = stacked(&[("KZ", &[500.0, 2.0, 1.0])]);
        for series in &mut much.series {
            series.name = long.to_owned();
        }
        let seen = seen(&Drawing::Stacked(much), Room { label: 0.0, width: 260.0 });
        assert!(seen.texts().concat().contains("503"));
        seen.no_text_lies_on_another();
    }

    #[test]
    fn odd_numbers_and_no_rows_are_no_trouble() {
        assert_eq!(seen(&Drawing::Stacked(stacked(&[])), PAGE).drawn, Drawn::default());
        let odd = [f64::NAN, -3.0, f64::INFINITY];
        for room in [PAGE, Room { label: 0.0, width: 60.0 }] {
            let seen = seen(&Drawing::Stacked(stacked(&[("KZ", &odd), ("KG", &[0.0, 0.0, 0.0])])), room);
            assert!(seen.drawn.height > 0.0);
        }
    }

    #[test]
    fn a_line_shows_what_a_bar_is_compared_with() {
        let mut over = stacked(&[("Heading", &[110.0, 20.0, 0.0])]);
        over.rows[0].mark = Some(100.0);
        let seen = seen(&Drawing::Stacked(over), PAGE);
        let colors = Theme::default().color;
        let (line, spent) = (seen.of(colors.ink)[0], seen.of(colors.accent)[0]);
        assert!(line.left < spent.right && line.top < spent.top && line.bottom > spent.bottom);
    }
}
