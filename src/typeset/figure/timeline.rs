//! The days of a period across, a row for each country, each activity a bar of its days with its
//! name beside it.
//!
//! Bars share a line as long as neither they nor their names meet. With more activities names
//! give way to ids, ids to bare bars, and bars to the number of activities that ended in each week.

use super::super::drawing::{Span, Timeline, TimelineRow};
use super::super::layout::{Item, Rgb, Shape};
use super::hand::{Column, Hand};
use super::{Drawn, Room, ink};

/// Between bars on one line, and between a bar and its name.
const APART: f32 = 4.0;
const BEFORE_NAME: f32 = 2.5;
/// White over and under the lines of a row.
const INSIDE: f32 = 3.0;
/// Widest name.
const NAME: f32 = 230.0;

/// How much is written beside the bars, and how high the figure may become with it.
const WAYS: [(Way, f32); 3] = [(Way::Names, 340.0), (Way::Ids, 480.0), (Way::Bare, 520.0)];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Names,
    Ids,
    Bare,
}

/// The axis: where days stand, and the column of what has no dates.
#[derive(Clone, Copy)]
struct Axis {
    left: f32,
    right: f32,
    day: f32,
    /// Left edge and width of the column at the end; no width where nothing is undated.
    end: (f32, f32),
}

/// A bar in its row: the line, where it and its name begin and end.
struct Bar {
    line: usize,
    x: f32,
    wide: f32,
    name: Option<(f32, String)>,
}

/// A row: its bars, and the lines of the column of what has no dates.
struct Laid {
    bars: Vec<Bar>,
    undated: Vec<String>,
}

/// Draws the timeline.
pub(super) fn draw(timeline: &Timeline, room: Room, hand: &Hand<'_>) -> Drawn {
    if timeline.days == 0 || timeline.rows.is_empty() {
        return Drawn::default();
    }
    let column = Column::of(room);
    let any_undated = timeline.rows.iter().any(|row| !row.undated.is_empty());
    let end_width =
        if any_undated { (column.room * 0.2).max(hand.measure(hand.quiet(), &timeline.undated)) } else { 0.0 };
    let right = column.zero + column.room - if any_undated { end_width + APART * 2.0 } else { 0.0 };
    let axis = Axis {
        left: column.zero,
        right,
        day: (right - column.zero) / timeline.days as f32,
        end: (right + APART * 2.0, end_width),
    };
    let mut items = Vec::new();
    let top = head(timeline, axis, hand, &mut items);
    let laid = WAYS.iter().find_map(|(way, most)| {
        let rows: Vec<Laid> = timeline.rows.iter().map(|row| lay(row, *way, axis, hand)).collect();
        let high: f32 = rows.iter().map(|row| high_of(row, hand)).sum();
        (high <= *most).then_some((*way, rows))
    });
    let grid_from = top;
    let (bottom, told) = match laid {
        Some((way, rows)) => {
            let bottom = each(timeline, &rows, axis, column, top, hand, &mut items);
            let told = match way {
                Way::Names => "",
                Way::Ids => timeline.ids.as_str(),
                Way::Bare => timeline.bare.as_str(),
            };
            (bottom, told)
        }
        None => (numbers(timeline, axis, column, top, hand, &mut items), timeline.crowded.as_str()),
    };
    // Months are told apart by a pale line over all rows, under everything else.
    let lines = timeline.months.iter().skip(1).map(|(day, _)| {
        let x = axis.left + axis.day * *day as f32;
        Item::Shape(Shape::rectangle(x - 0.4, grid_from, 0.8, bottom - grid_from, hand.theme.color.pale))
    });
    items.splice(0..0, lines.collect::<Vec<_>>());
    let mut bottom = bottom;
    if !told.is_empty() {
        let small = hand.small().colored(hand.theme.color.grey);
        for line in hand.wrap(small, told, column.room, 3) {
            items.push(hand.put(small, &line, column.zero, bottom + small.baseline() + 2.0));
            bottom += small.leading;
        }
        bottom += 2.0;
    }
    Drawn { height: bottom, items }
}

/// Months and weeks over the rows; gives back where the rows begin.
fn head(timeline: &Timeline, axis: Axis, hand: &Hand<'_>, items: &mut Vec<Item>) -> f32 {
    let (voice, small) = (hand.quiet(), hand.small().colored(hand.theme.color.grey));
    let ends = timeline.months.iter().skip(1).map(|(day, _)| *day).chain([timeline.days]);
    for ((day, name), end) in timeline.months.iter().zip(ends) {
        let name = hand.fit(voice, name, axis.day * (end - day) as f32 - 4.0);
        if name != "…" {
            items.push(hand.put(voice, &name, axis.left + axis.day * *day as f32 + 2.0, voice.baseline()));
        }
    }
    if axis.end.1 > 0.0 {
        items.push(hand.put(voice, &timeline.undated, axis.end.0, voice.baseline()));
    }
    let top = voice.leading;
    let mut free = axis.left;
    for (day, number) in &timeline.weeks {
        let x = axis.left + axis.day * *day as f32 + 2.0;
        let wide = hand.measure(small, number);
        if x >= free && x + wide <= axis.right {
            items.push(hand.put(small, number, x, top + small.baseline()));
            free = x + wide + 4.0;
        }
    }
    top + small.leading + 1.0
}

fn line_high(hand: &Hand<'_>) -> f32 {
    hand.small().leading
}

/// Lines that a row has.
fn lines_of(row: &Laid) -> usize {
    let lines = row.bars.iter().map(|bar| bar.line + 1).max().unwrap_or(0).max(1);
    lines.max(row.undated.len())
}

fn high_of(row: &Laid, hand: &Hand<'_>) -> f32 {
    (line_high(hand) * lines_of(row) as f32).max(hand.label().leading) + INSIDE * 2.0
}

/// Puts what a row holds on lines.
fn lay(row: &TimelineRow, way: Way, axis: Axis, hand: &Hand<'_>) -> Laid {
    let bars = bars(row, way, axis, hand);
    let lines = bars.iter().map(|bar| bar.line + 1).max().unwrap_or(0);
    let most = lines.max(if way == Way::Names { 9 } else { 4 });
    Laid { bars, undated: undated(row, most, axis, hand) }
}

/// Puts the bars of a row on lines.
fn bars(row: &TimelineRow, way: Way, axis: Axis, hand: &Hand<'_>) -> Vec<Bar> {
    let small = hand.small();
    let mut spans: Vec<&Span> = row.spans.iter().collect();
    spans.sort_by_key(|span| (span.from, span.to));
    let mut lines: Vec<Vec<(f32, f32)>> = Vec::new();
    let mut bars = Vec::new();
    for span in spans {
        let x = axis.left + axis.day * span.from as f32;
        let wide = (axis.day * (span.to.saturating_sub(span.from) + 1) as f32).min(axis.right - x).max(1.5);
        let text = match way {
            Way::Names if span.title.is_empty() => &span.id,
            Way::Names => &span.title,
            Way::Ids => &span.id,
            Way::Bare => "",
        };
        // At the right of its bar, or at the left where there is more room.
        let (after, before) = (axis.right - x - wide - BEFORE_NAME, x - BEFORE_NAME - axis.left);
        let is_after = hand.measure(small, text).min(NAME) <= after || after >= before;
        let text = hand.fit(small, text, NAME.min(if is_after { after } else { before }).max(0.0));
        let needs = hand.measure(small, &text);
        let (from, to, name) = if text.chars().count() < 4 && text.ends_with('…') || text.is_empty() {
            (x, x + wide, None)
        } else if is_after {
            let at = x + wide + BEFORE_NAME;
            (x, at + needs, Some((at, text)))
        } else {
            let at = x - BEFORE_NAME - needs;
            (at, x + wide, Some((at, text)))
        };
        let is_free = |line: &Vec<(f32, f32)>| line.iter().all(|(a, b)| to + APART <= *a || *b + APART <= from);
        let line = lines.iter().position(is_free).unwrap_or(lines.len());
        if line == lines.len() {
            lines.push(Vec::new());
        }
        if let Some(taken) = lines.get_mut(line) {
            taken.push((from, to));
        }
        bars.push(Bar { line, x, wide, name });
    }
    bars
}

fn color_of(row: &TimelineRow, hand: &Hand<'_>) -> Rgb {
    let colors = &hand.theme.color;
    row.country.map_or(colors.accent, |country| colors.of(country))
}

/// A row's label, and the hairline over it.
fn open(row: &TimelineRow, column: Column, y: f32, high: f32, hand: &Hand<'_>, items: &mut Vec<Item>) {
    let rule = Shape::rectangle(
        column.left,
        y - 0.25,
        column.zero + column.room - column.left,
        0.5,
        hand.theme.color.hairline,
    );
    items.push(Item::Shape(rule));
    let label = hand.label();
    let most = (high / label.leading) as usize;
    let lines = hand.wrap(label, &row.label, column.width, most.max(1)).len().max(1);
    let start = y + (INSIDE).min((high - label.leading * lines as f32) / 2.0).max(0.0);
    hand.row_label(&row.label, column, start, most.max(1), items);
}

/// Every activity as a bar.
fn each(
    timeline: &Timeline,
    rows: &[Laid],
    axis: Axis,
    column: Column,
    top: f32,
    hand: &Hand<'_>,
    items: &mut Vec<Item>,
) -> f32 {
    let small = hand.small();
    let mut y = top;
    for (row, laid) in timeline.rows.iter().zip(rows) {
        let high = high_of(laid, hand);
        open(row, column, y, high, hand, items);
        let line_top = |line: usize| y + INSIDE + line_high(hand) * line as f32;
        for bar in &laid.bars {
            let thick = small.size * 0.85;
            let at = line_top(bar.line) + (line_high(hand) - thick) / 2.0;
            items.push(Item::Shape(Shape::rectangle(bar.x, at, bar.wide, thick, color_of(row, hand))));
            if let Some((x, name)) = &bar.name {
                items.push(hand.put(small, name, *x, line_top(bar.line) + small.baseline()));
            }
        }
        for (line, text) in laid.undated.iter().enumerate() {
            items.push(hand.put(small, text, axis.end.0, line_top(line) + small.baseline()));
        }
        y += high;
    }
    y
}

/// The names of what has no dates, whole, as many as `most` lines hold; the rest as a number. One
/// name stands in any case.
fn undated(row: &TimelineRow, most: usize, axis: Axis, hand: &Hand<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (at, name) in row.undated.iter().enumerate() {
        let mut wrapped = hand.wrap(hand.small(), name, axis.end.1, 20);
        let is_last = at + 1 == row.undated.len();
        if at > 0 && lines.len() + wrapped.len() + usize::from(!is_last) > most {
            lines.push(format!("+\u{a0}{}", row.undated.len() - at));
            break;
        }
        lines.append(&mut wrapped);
    }
    lines
}

/// Where the stretches of days begin whose activities are counted: weeks, those cut short by the
/// period joined to their neighbour; months where weeks are too narrow for a number.
fn stretches(timeline: &Timeline, axis: Axis, hand: &Hand<'_>) -> Vec<u32> {
    let widest = hand.measure(hand.small(), "000") + 1.0;
    let of = |marks: &[(u32, String)]| -> Vec<u32> {
        let mut starts = vec![0];
        for day in marks.iter().map(|(day, _)| *day).filter(|day| *day < timeline.days) {
            let wide = |days: u32| axis.day * days as f32 >= widest;
            if wide(day - starts.last().copied().unwrap_or(0).min(day)) && wide(timeline.days - day) {
                starts.push(day);
            }
        }
        starts
    };
    let weeks = of(&timeline.weeks);
    if weeks.len() * 2 > timeline.weeks.len() { weeks } else { of(&timeline.months) }
}

/// How many activities ended in each stretch of days.
fn numbers(timeline: &Timeline, axis: Axis, column: Column, top: f32, hand: &Hand<'_>, items: &mut Vec<Item>) -> f32 {
    let small = hand.small();
    let high = hand.label().leading + INSIDE * 2.0;
    let starts = stretches(timeline, axis, hand);
    let mut y = top;
    for row in &timeline.rows {
        open(row, column, y, high, hand, items);
        let ends = starts.iter().skip(1).copied().chain([timeline.days]);
        for (from, end) in starts.iter().zip(ends) {
            let last = end == timeline.days;
            let within = |span: &&Span| span.to >= *from && (span.to < end || last);
            let n = row.spans.iter().filter(within).count();
            if n == 0 {
                continue;
            }
            let (x, wide) = (axis.left + axis.day * *from as f32, axis.day * (end - from) as f32);
            let tone = ink::mix(color_of(row, hand), hand.theme.color.paper, 0.72);
            let inner = (wide - 1.0).max(0.5);
            items.push(Item::Shape(Shape::rectangle(x + 0.5, y + 2.0, inner, high - 4.0, tone)));
            let text = n.to_string();
            let voice = small.colored(ink::on(tone, &hand.theme.color));
            items.push(hand.put_middle(voice, &text, x + wide / 2.0, y + high / 2.0 + small.size * 0.35));
        }
        if !row.undated.is_empty() {
            let n = row.undated.len().to_string();
            items.push(hand.put(small, &n, axis.end.0, y + high / 2.0 + small.size * 0.35));
        }
        y += high;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::super::super::drawing::Drawing;
    use super::super::super::theme::Theme;
    use super::super::check::{PAGE, seen};
    use super::*;

    fn timeline(rows: usize, each: u32, undated: usize) -> Timeline {
        let spans = |row: u32| {
            let span = move |n: u32| {
                let from = (n * 37 + row * 11) % 88;
                let title = "Семинар по контролю скоропортящихся товаров по принципу «одной остановки»".to_owned();
                Span { from, to: from + n % 5, title, id: format!("EX-2026-{row}-{n:02}") }
            };
            (0..each).map(span).collect()
        };
        let row = |at: usize| TimelineRow {
            label: format!("Туркменистан {at}"),
            country: Some(*b"TM"),
            spans: spans(at as u32),
            undated: (0..undated).map(|n| format!("Передача оборудования {n}")).collect(),
        };
        Timeline {
            days: 92,
            months: [(0, "октябрь"), (31, "ноябрь"), (61, "декабрь")]
                .map(|(day, name)| (day, name.to_owned()))
                .to_vec(),
            weeks: (0..13).map(|week| (week * 7 + 1, (week * 7 % 30 + 2).to_string())).collect(),
            rows: (0..rows).map(row).collect(),
            undated: "без дат".to_owned(),
            ids: "Названия — в приложении.".to_owned(),
            bare: "Полосы без названий.".to_owned(),
            crowded: "Слишком много мероприятий: показано их число по неделям.".to_owned(),
        }
    }

    fn bars(drawing: &Timeline) -> usize {
        let seen = seen(&Drawing::Timeline(Box::new(drawing.clone())), PAGE);
        seen.no_text_lies_on_another();
        assert!(seen.drawn.height < 640.0, "{}", seen.drawn.height);
        let found = seen.of(Theme::default().color.of(*b"TM"));
        for (at, one) in found.iter().enumerate() {
            assert!(found[at + 1..].iter().all(|other| !one.meets(other)), "bars lie on each other");
        }
        found.len()
    }

    #[test]
    fn every_activity_is_a_bar_and_none_lies_on_another() {
        for (rows, each, undated) in [(6, 1, 1), (6, 2, 0), (7, 10, 2), (6, 20, 5)] {
            let drawing = timeline(rows, each, undated);
            assert_eq!(drawing.counts(), (rows * each as usize, rows * undated));
            assert_eq!(bars(&drawing), drawing.counts().0, "{rows} rows of {each}");
        }
    }

    #[test]
    fn what_bars_do_not_say_is_told_under_them() {
        let told =
            |rows: usize, each: u32| seen(&Drawing::Timeline(Box::new(timeline(rows, each, 0))), PAGE).texts().concat();
        assert!(!told(6, 1).contains("Названия"));
        assert!(told(6, 6).contains("Названия — в приложении"), "ids");
        assert!(told(7, 20).contains("Полосы без названий"), "nothing");
    }

    #[test]
    fn the_name_of_what_has_no_dates_is_never_cut() {
        let mut drawing = timeline(2, 1, 1);
        let long = "Передача оборудования Государственной службе контроля растений и пунктам пропуска";
        drawing.rows[0].undated = vec![long.to_owned()];
        let shown = seen(&Drawing::Timeline(Box::new(drawing)), PAGE).texts().concat();
        assert!(shown.replace(' ', "").contains(&long.replace(' ', "")), "{shown}");
    }

    #[test]
    fn far_too_many_become_numbers_that_make_the_total() {
        let drawing = timeline(7, 400, 9);
        assert_eq!(bars(&drawing), 0);
        let seen = seen(&Drawing::Timeline(Box::new(drawing)), PAGE);
        let weeks = seen.runs.iter().filter(|(_, found)| found.left >= 0.0 && found.top > 20.0);
        let sum: usize = weeks.filter_map(|(text, _)| text.parse::<usize>().ok()).sum();
        assert_eq!(sum, 7 * 400 + 7 * 9);
        assert!(seen.texts().concat().contains("Слишком много"));
    }

    #[test]
    fn days_outside_the_period_and_odd_rooms_are_no_trouble() {
        let mut drawing = timeline(2, 3, 1);
        drawing.rows[0].spans.push(Span { from: 91, to: 91, title: "Last".to_owned(), id: String::new() });
        for room in [PAGE, Room { label: 0.0, width: 335.0 }, Room { label: 0.0, width: 120.0 }] {
            seen(&Drawing::Timeline(Box::new(drawing.clone())), room);
        }
        let empty = Drawing::Timeline(Box::default());
        assert_eq!(seen(&empty, PAGE).drawn, Drawn::default());
    }
}
