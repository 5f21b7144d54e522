//! Baseline, current value and target of each indicator on a line of its own: the baseline at
//! its left end, the target near its right, a dot for the current value.

use super::super::drawing::{Gauge, Progress};
use super::super::layout::{Item, Shape};
use super::bars::space;
use super::hand::{Column, Hand};
use super::{Drawn, Room};

/// Between a figure and the line.
const GAP: f32 = 6.0;
/// How far beyond the target a line goes, as a part of the way to it.
const BEYOND: f32 = 0.2;
/// Radius of the dot.
const DOT: f32 = 3.4;

/// Draws the indicators.
pub(super) fn draw(progress: &Progress, room: Room, hand: &Hand<'_>) -> Drawn {
    if progress.rows.is_empty() {
        return Drawn::default();
    }
    let colors = &hand.theme.color;
    let column = Column::of(room);
    let (label, quiet) = (hand.label(), hand.quiet());
    let widest = |pick: fn(&Gauge) -> &str, head: &str| {
        let widths = progress.rows.iter().map(|row| hand.measure(label, pick(row)));
        widths.fold(hand.measure(quiet, head), f32::max).min(column.room * 0.22)
    };
    let [baseline, current, target] = &progress.heads;
    let (left_wide, right_wide) = (widest(|r| &r.baseline, baseline), widest(|r| &r.target, target));
    let line_left = column.zero + left_wide + GAP;
    let line_right = column.zero + column.room - right_wide - GAP;
    let way = ((line_right - line_left) / (1.0 + BEYOND)).max(1.0);

    let mut items = Vec::new();
    let head = quiet.baseline();
    items.push(hand.put_right(quiet, &hand.fit(quiet, baseline, left_wide + 0.01), column.zero + left_wide, head));
    items.push(hand.put_middle(quiet, &hand.fit(quiet, current, way), line_left + way / 2.0, head));
    items.push(hand.put(quiet, &hand.fit(quiet, target, right_wide + 0.01), line_right + GAP, head));
    let mut y = quiet.leading + 2.0;
    for row in &progress.rows {
        let text = if row.code.is_empty() { row.label.clone() } else { format!("{} {}", row.code, row.label) };
        let lines = hand.wrap(label, &text, column.width + 0.01, 4).len().max(1);
        let height = label.leading * lines.max(2) as f32;
        // One line stands level with its bar, several round it.
        let above = (height - label.leading * lines as f32) / 2.0 + if lines == 1 { 2.0 } else { 0.0 };
        hand.row_label(&text, column, y + above, 4, &mut items);
        // The current value stands over the dot, so the line lies a little below the middle.
        let middle = y + height / 2.0 + 2.0;
        let text_baseline = middle - label.leading / 2.0 + label.baseline();
        let fitted = hand.fit(label, &row.baseline, left_wide + 0.01);
        items.push(hand.put_right(label, &fitted, column.zero + left_wide, text_baseline));
        let fitted = hand.fit(label, &row.target, right_wide + 0.01);
        items.push(hand.put(label, &fitted, line_right + GAP, text_baseline));
        items.push(Item::Shape(Shape::rectangle(
            line_left,
            middle - 0.4,
            line_right - line_left,
            0.8,
            colors.hairline,
        )));
        // The target is a line across, where reaching it would be.
        let goal = line_left + way;
        items.push(Item::Shape(Shape::rectangle(goal - 0.6, middle - 4.0, 1.2, 8.0, colors.ink)));
        items.push(Item::Shape(Shape::rectangle(line_left - 0.4, middle - 2.5, 0.8, 5.0, colors.grey)));
        match row.part.filter(|part| part.is_finite()) {
            Some(part) => {
                #[expect(clippy::cast_possible_truncation, reason = "clamped to a small number")]
                let at = line_left + way * part.clamp(0.0, 1.0 + f64::from(BEYOND)) as f32;
                items.push(Item::Shape(Shape::rectangle(line_left, middle - 1.5, at - line_left, 3.0, colors.accent)));
                items.push(Item::Shape(Shape::circle(at, middle, DOT, colors.accent)));
                let wide = hand.measure(label.strong(), &row.current);
                let middle_of = at.clamp(line_left + wide / 2.0, (line_right - wide / 2.0).max(line_left + wide / 2.0));
                let over = middle - DOT - 2.0;
                items.push(hand.put_middle(label.strong(), &row.current, middle_of, over));
            }
            None => {
                let words = hand.fit(quiet, &row.missing, way - GAP);
                items.push(hand.put(quiet, &words, line_left + GAP, middle - 3.0));
            }
        }
        y += height + space(hand);
    }
    Drawn { height: y, items }
}

#[cfg(test)]
mod tests {
    use super::super::super::drawing::Drawing;
    use super::super::super::theme::Theme;
    use super::super::check::{PAGE, seen};
    use super::*;

    fn gauge(label: &str, current: &str, part: Option<f64>) -> Gauge {
        Gauge {
            code: "OP-1".to_owned(),
            label: label.to_owned(),
            baseline: "30".to_owned(),
            current: current.to_owned(),
            target: "400".to_owned(),
            part,
            missing: if part.is_none() { "нет текущего значения".to_owned() } else { String::new() },
        }
    }

    fn progress(rows: Vec<Gauge>) -> Drawing {
        let heads = ["исходное", "текущее", "целевое значение"].map(str::to_owned);
        Drawing::Progress(Box::new(Progress { heads, rows }))
    }

    #[test]
    fn a_dot_stands_where_its_value_is() {
        let rows = vec![gauge("a", "30", Some(0.0)), gauge("b", "215", Some(0.5)), gauge("c", "400", Some(1.0))];
        let seen = seen(&progress(rows), PAGE);
        seen.no_text_lies_on_another();
        let dots: Vec<f32> = seen
            .of(Theme::default().color.accent)
            .iter()
            .filter(|found| found.bottom - found.top > 6.0)
            .map(|found| (found.left + found.right) / 2.0)
            .collect();
        assert_eq!(dots.len(), 3);
        assert!((dots[1] - dots[0] - (dots[2] - dots[1])).abs() < 0.05, "{dots:?}");
    }

    #[test]
    fn what_cannot_be_said_is_said_in_words() {
        let long = "Доля пунктов пропуска, на которых действует единый порядок проверки скоропортящихся товаров";
        let rows = vec![
            gauge(long, "", None),
            gauge(long, "12 345,67", Some(7.3)),
            gauge("", "-3", Some(-2.0)),
            gauge("a", "1", Some(f64::NAN)),
        ];
        for room in [PAGE, Room { label: 0.0, width: 330.0 }] {
            let seen = seen(&progress(rows.clone()), room);
            seen.no_text_lies_on_another();
            assert!(seen.texts().iter().any(|text| text.starts_with("нет")));
        }
        assert_eq!(seen(&progress(Vec::new()), PAGE).drawn, Drawn::default());
    }
}
