//! The strip of days: a column for each day of the period, a block in it for each activity
//! under way, the months beneath.

use super::super::document::Strip;
use super::super::layout::{Item, Shape};
use super::Drawn;
use super::hand::Hand;

/// Height of the tallest column at most, in points.
const TALLEST: f32 = 56.0;
/// Thinnest block that is still drawn apart from the next.
const THINNEST: f32 = 2.4;
/// The base that every day has.
const BASE: f32 = 1.0;

/// Draws the strip. Nothing for a period without days.
pub(super) fn draw(strip: &Strip, width: f32, hand: &Hand<'_>) -> Drawn {
    let Some(most) = strip.days.iter().copied().max() else { return Drawn::default() };
    let colors = &hand.theme.color;
    let voice = hand.quiet();
    let pitch = width / strip.days.len() as f32;
    // Whole days stay apart by a fifth; a year's days touch. Blocks are at most twice as high as
    // wide, so that a sparse quarter does not look like a full one.
    let wide = if pitch > 2.5 { pitch * 0.8 } else { pitch };
    let step = (TALLEST / most.max(1) as f32).min(wide.max(THINNEST) * 2.0 + 1.0);
    let tall = step * most as f32;
    let mut items = Vec::new();
    for (day, count) in strip.days.iter().enumerate() {
        let x = pitch * day as f32;
        items.push(Item::Shape(Shape::rectangle(x, tall + 1.0, wide, BASE, colors.hairline)));
        if step >= THINNEST + 1.0 {
            for block in 0..*count {
                let y = tall - step * (block + 1) as f32;
                items.push(Item::Shape(Shape::rectangle(x, y, wide, step - 1.0, colors.accent)));
            }
        } else if *count > 0 {
            let high = step * *count as f32;
            items.push(Item::Shape(Shape::rectangle(x, tall - high, wide, high - 0.5, colors.accent)));
        }
    }
    let base = tall + 1.0 + BASE;
    let baseline = base + voice.leading;
    let mut labels: Vec<&(usize, String)> = strip.labels.iter().filter(|(day, _)| *day < strip.days.len()).collect();
    labels.sort_by_key(|(day, _)| *day);
    let ends = labels.iter().skip(1).map(|(day, _)| pitch * *day as f32).chain([width]);
    for ((day, label), end) in labels.iter().zip(ends) {
        let x = pitch * *day as f32;
        items.push(Item::Shape(Shape::rectangle(x, base, 0.5, voice.leading * 0.5, colors.grey)));
        let room = end - x - 6.0;
        let fitted = hand.fit(voice, label, room);
        if fitted != "…" && room > 0.0 {
            items.push(hand.put(voice, &fitted, x + 3.0, baseline));
        }
    }
    let mut height = if labels.is_empty() { base } else { baseline + voice.leading * 0.3 };
    for line in hand.wrap(voice, &strip.caption, width, 2) {
        height += voice.leading;
        items.push(hand.put(voice, &line, 0.0, height + voice.leading * 0.2));
    }
    Drawn { height: height + voice.leading * 0.5, items }
}

#[cfg(test)]
mod tests {
    use super::super::super::fonts::Fonts;
    use super::super::super::layout::Segment;
    use super::super::super::text::Shaper;
    use super::super::super::theme::Theme;
    use super::super::strip;
    use super::*;

    fn drawn(days: Vec<u32>, labels: &[(usize, &str)], width: f32) -> Drawn {
        let (fonts, theme) = (Fonts::load(None).unwrap(), Theme::default());
        let shaper = Shaper::new(&fonts);
        let labels = labels.iter().map(|(day, label)| (*day, (*label).to_owned())).collect();
        let caption = "Activities under way on each of the 92 days".to_owned();
        let drawn = strip(&Strip { days, labels, caption, alt: String::new() }, width, &shaper, &theme);
        for item in &drawn.items {
            match item {
                Item::Shape(shape) => {
                    for segment in &shape.path {
                        if let Segment::Move(x, y) | Segment::Line(x, y) = *segment {
                            assert!((-0.01..=width + 0.01).contains(&x), "{x} of {width}");
                            assert!((-0.01..=drawn.height).contains(&y), "{y} of {}", drawn.height);
                        }
                    }
                }
                Item::Glyphs(run) => {
                    let right = run.x + shaper.width(&run.text, run.face, run.size);
                    assert!(right <= width + 6.0 && run.y < drawn.height, "{run:?}");
                }
                Item::Image(_) | Item::Logo(_) | Item::Link(_) => panic!("the strip has shapes and text"),
            }
        }
        drawn
    }

    fn texts(drawn: &Drawn) -> Vec<&str> {
        drawn
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Glyphs(run) => Some(run.text.as_str()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn each_activity_is_a_block_over_its_day() {
        let mut days = vec![0; 92];
        days[3] = 1;
        days[4] = 3;
        let drawn = drawn(days, &[(0, "October"), (31, "November"), (61, "December")], 467.0);
        let accent = Theme::default().color.accent;
        let blocks = drawn.items.iter().filter(|i| matches!(i, Item::Shape(s) if s.fill == Some(accent))).count();
        assert_eq!(blocks, 4);
        assert_eq!(texts(&drawn)[..3], ["October", "November", "December"]);
        assert!(drawn.height < 110.0);
    }

    #[test]
    fn a_busy_quarter_and_a_year_fit_too() {
        let busy = drawn((0..92).map(|day| day % 60).collect(), &[(0, "октябрь"), (31, "ноябрь")], 467.0);
        assert!(busy.height < TALLEST + 60.0);
        let year = drawn(vec![2; 366], &(0..12).map(|m| (m * 30, "сентябрь")).collect::<Vec<_>>(), 467.0);
        assert!(year.height < TALLEST + 60.0);
        let narrow = drawn(vec![1, 0, 2], &[(0, "a long month"), (1, "b"), (2, "c"), (9, "outside")], 20.0);
        assert!(!texts(&narrow).contains(&"outside"));
    }

    #[test]
    fn no_days_and_no_activities_are_no_trouble() {
        assert_eq!(drawn(Vec::new(), &[(0, "October")], 400.0), Drawn::default());
        let idle = drawn(vec![0; 92], &[(0, "October")], 400.0);
        assert!(idle.items.len() >= 93 && idle.height > 10.0);
    }
}
