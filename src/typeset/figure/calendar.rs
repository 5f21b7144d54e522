//! Months side by side, three at most: the days of each as a wall calendar has them, the busy
//! ones marked, and under them what is planned.

use super::super::drawing::{Calendar, Month, Planned};
use super::super::layout::{Item, Shape};
use super::hand::{Hand, Voice};
use super::{Drawn, Room, ink};

/// Between months.
const BETWEEN: f32 = 16.0;
/// Room that a handover's sign takes.
const SIGN: f32 = 7.0;
/// Between the days of an item and its text.
const GAP: f32 = 5.0;
/// Height at most; a month that has more says how many.
const HIGHEST: f32 = 560.0;

/// Draws the calendar over both columns of the page.
pub(super) fn draw(calendar: &Calendar, room: Room, hand: &Hand<'_>) -> Drawn {
    if calendar.months.is_empty() {
        return Drawn::default();
    }
    let left = if room.label >= 60.0 { -room.label } else { 0.0 };
    let across = if room.width - left > 300.0 { calendar.months.len().min(3) } else { 1 };
    let wide = (room.width - left - BETWEEN * (across - 1) as f32) / across as f32;
    let rows = calendar.months.len().div_ceil(across);
    // What stands under the months has its place first.
    let undated = undated_lines(calendar, room.width - left, hand);
    let small = hand.small();
    let foot = if undated.is_empty() { 0.0 } else { small.leading * (undated.len() as f32 + 1.0) };
    let has_sign = calendar.months.iter().flat_map(|m| &m.items).chain(&calendar.undated).any(|item| item.is_handover);
    let most = (HIGHEST - foot) / rows as f32;
    let mut items = Vec::new();
    let mut y = 0.0;
    for row in calendar.months.chunks(across) {
        let mut deepest: f32 = 0.0;
        for (at, month) in row.iter().enumerate() {
            let x = left + (wide + BETWEEN) * at as f32;
            deepest = deepest.max(month_at(month, calendar, (x, y), wide, most, hand, &mut items));
        }
        y += deepest + small.leading;
    }
    for line in &undated {
        items.push(hand.put(small, line, left, y + small.baseline()));
        y += small.leading;
    }
    if has_sign && !calendar.handover.is_empty() {
        let quiet = small.colored(hand.theme.color.grey);
        items.push(sign(left, y, small, hand));
        let text = hand.fit(quiet, &calendar.handover, room.width - left - SIGN);
        items.push(hand.put(quiet, &text, left + SIGN, y + small.baseline()));
        y += small.leading;
    }
    Drawn { height: y, items }
}

/// A lozenge: what is handed over.
fn sign(x: f32, y: f32, voice: Voice, hand: &Hand<'_>) -> Item {
    let (middle, reach) = (y + voice.leading / 2.0, voice.size * 0.36);
    let mut shape = Shape::rectangle(x, middle - reach, reach * 2.0, reach * 2.0, hand.theme.color.second);
    let corners = [(reach, -reach), (reach * 2.0, 0.0), (reach, reach), (0.0, 0.0)];
    for (segment, (dx, dy)) in shape.path.iter_mut().zip(corners) {
        use super::super::layout::Segment;
        *segment = match segment {
            Segment::Move(..) => Segment::Move(x + dx, middle + dy),
            _ => Segment::Line(x + dx, middle + dy),
        };
    }
    Item::Shape(shape)
}

/// One month at a place; gives back its height.
fn month_at(
    month: &Month,
    calendar: &Calendar,
    (left, top): (f32, f32),
    wide: f32,
    most: f32,
    hand: &Hand<'_>,
    items: &mut Vec<Item>,
) -> f32 {
    let colors = &hand.theme.color;
    let (label, small) = (hand.label(), hand.small());
    items.push(Item::Shape(Shape::rectangle(left, top, wide, 0.6, colors.ink)));
    let name = hand.fit(label.strong(), &month.name, wide);
    items.push(hand.put(label.strong(), &name, left, top + 3.0 + label.baseline()));
    let mut y = top + 3.0 + label.leading + 2.0;
    let pitch = (wide / 7.0).min(22.0);
    let middle = |column: u32| left + pitch * column as f32 + pitch / 2.0;
    let grey = small.colored(colors.grey);
    for (column, name) in (0..).zip(&calendar.weekdays) {
        items.push(hand.put_middle(grey, name, middle(column), y + small.baseline()));
    }
    y += small.leading + 1.0;
    let high = small.leading + 1.5;
    let tone = ink::mix(colors.accent, colors.paper, 0.78);
    for day in 1..=month.days {
        let at = month.starts + day - 1;
        let (x, line) = (middle(at % 7), y + high * (at / 7) as f32);
        let is_busy = month.busy.contains(&day);
        if is_busy {
            items.push(Item::Shape(Shape::rectangle(x - pitch / 2.0 + 0.5, line, pitch - 1.0, high - 1.0, tone)));
        }
        let voice = if is_busy { small.strong().colored(ink::on(tone, colors)) } else { grey };
        items.push(hand.put_middle(voice, &day.to_string(), x, line + small.baseline() + 0.2));
    }
    y += high * (month.starts + month.days).div_ceil(7) as f32 + 5.0;
    // What goes on in another month is wider than the rest: it stands on two lines.
    let usual = hand.measure(small.strong(), "00–00") + 0.5;
    let parts = |days: &str| -> Vec<String> {
        match days.split_once('–') {
            Some((from, to)) if hand.measure(small.strong(), days) > usual => vec![format!("{from}–"), to.to_owned()],
            _ => vec![days.to_owned()],
        }
    };
    let widths = month.items.iter().flat_map(|item| parts(&item.days));
    let days = widths.map(|part| hand.measure(small.strong(), &part)).fold(0.0, f32::max);
    let indent = if days > 0.0 { days.min(wide * 0.3) + GAP } else { 0.0 };
    for (at, item) in month.items.iter().enumerate() {
        let lines = hand.wrap(small, &item.text, wide - indent - SIGN, 5);
        let days = parts(&item.days);
        let high = small.leading * lines.len().max(days.len()) as f32;
        let is_last = at + 1 == month.items.len();
        if y - top + high + if is_last { 0.0 } else { small.leading } > most {
            let more = format!("… +\u{a0}{}", month.items.len() - at);
            items.push(hand.put(grey, &more, left, y + small.baseline()));
            return y + small.leading - top;
        }
        for (line, part) in days.iter().enumerate() {
            let part = hand.fit(small.strong(), part, wide * 0.3 + 0.01);
            items.push(hand.put(small.strong(), &part, left, y + small.leading * line as f32 + small.baseline()));
        }
        if item.is_handover {
            items.push(sign(left + indent, y, small, hand));
        }
        let indent = indent + if item.is_handover { SIGN } else { 0.0 };
        for (at, line) in lines.iter().enumerate() {
            items.push(hand.put(small, line, left + indent, y + small.leading * at as f32 + small.baseline()));
        }
        y += high + 2.5;
    }
    y - top
}

/// What has no dates, as a paragraph.
fn undated_lines(calendar: &Calendar, wide: f32, hand: &Hand<'_>) -> Vec<String> {
    if calendar.undated.is_empty() {
        return Vec::new();
    }
    let all: Vec<&str> = calendar.undated.iter().map(|item: &Planned| item.text.as_str()).collect();
    hand.wrap(hand.small(), &format!("{} {}.", calendar.undated_title, all.join("; ")), wide, 8)
}

#[cfg(test)]
mod tests {
    use super::super::super::drawing::Drawing;
    use super::super::super::theme::Theme;
    use super::super::check::{PAGE, seen};
    use super::*;

    fn calendar(months: u32, each: u32) -> Calendar {
        let item = |n: u32| Planned {
            days: format!("{}–{}", n % 27 + 1, n % 27 + 3),
            text: format!("Семинар {n} по выявлению тайников в транспортных средствах, KZ KG"),
            is_handover: n % 4 == 1,
        };
        let month = |at: u32| Month {
            name: format!("{at} октябрь 2026"),
            days: 31,
            starts: at % 7,
            items: (0..each).map(item).collect(),
            busy: (0..each).flat_map(|n| n % 27 + 1..=n % 27 + 3).collect(),
        };
        Calendar {
            weekdays: ["пн", "вт", "ср", "чт", "пт", "сб", "вс"].map(str::to_owned),
            months: (0..months).map(month).collect(),
            handover: "ожидаемая передача оборудования".to_owned(),
            undated_title: "Без даты:".to_owned(),
            undated: (0..each.min(3)).map(item).collect(),
        }
    }

    #[test]
    fn nothing_lies_on_anything_and_all_fits_a_page() {
        for (months, each) in [(1, 1), (3, 0), (3, 8), (3, 60), (6, 9), (12, 2)] {
            let seen = seen(&Drawing::Calendar(Box::new(calendar(months, each))), PAGE);
            seen.no_text_lies_on_another();
            assert!(seen.drawn.height < 660.0, "{months} months of {each}: {}", seen.drawn.height);
        }
        let seen = seen(&Drawing::Calendar(Box::new(calendar(3, 4))), super::super::Room { label: 0.0, width: 200.0 });
        seen.no_text_lies_on_another();
    }

    #[test]
    fn what_finds_no_room_is_counted() {
        let seen = seen(&Drawing::Calendar(Box::new(calendar(1, 90))), PAGE);
        let more = seen.texts().iter().find_map(|text| text.strip_prefix("… +\u{a0}")?.parse::<usize>().ok()).unwrap();
        let told = seen.texts().iter().filter(|text| text.contains('–')).count();
        assert_eq!(told + more, 90);
    }

    #[test]
    fn busy_days_and_handovers_are_marked() {
        let seen = seen(&Drawing::Calendar(Box::new(calendar(1, 2))), PAGE);
        let colors = Theme::default().color;
        let busy = ink::mix(colors.accent, colors.paper, 0.78);
        assert_eq!(seen.of(busy).len(), 4);
        // One of the items, one of the undated, and the key.
        assert_eq!(seen.of(colors.second).len(), 2);
        let blank = Drawing::Calendar(Box::default());
        assert_eq!(super::super::check::seen(&blank, PAGE).drawn, Drawn::default());
    }
}
