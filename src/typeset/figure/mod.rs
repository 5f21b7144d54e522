//! Figures as shapes and text: bars, and the strip of days on the cover.

use super::document::{Drawing, Strip};
use super::layout::{Face, Item, Rgb, Shape};
use super::text::Shaper;
use super::theme::Theme;

/// A figure that was drawn, around 0, 0 at its upper left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// Height in points.
    pub height: f32,
    /// What it is made of.
    pub items: Vec<Item>,
}

/// Draws a figure `width` points wide.
#[must_use]
pub fn draw(drawing: &Drawing, width: f32, shaper: &Shaper<'_>, theme: &Theme) -> Drawn {
    let Drawing::Bars(bars) = drawing;
    let size = theme.scale.label.size;
    let text = |text: &str, room: f32, color: Rgb, x: f32, y: f32| {
        let fitted = shaper.fit(text, Face::SansRegular, size, room);
        Item::Glyphs(shaper.line(&fitted, Face::SansRegular, size, color, x, y).0)
    };
    let widest = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|t| shaper.width(t, Face::SansRegular, size)).fold(0.0, f32::max)
    };
    let labels = widest(&mut bars.iter().map(|bar| bar.label.as_str())).min(width * 0.4);
    let values = widest(&mut bars.iter().map(|bar| bar.text.as_str())).min(width * 0.25);
    let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    let room = width - labels - values - 16.0;
    let mut items = Vec::new();
    let mut y = 0.0;
    for bar in bars {
        #[expect(clippy::cast_possible_truncation, reason = "a part of one")]
        let part = if most > 0.0 { (bar.value.max(0.0) / most) as f32 } else { 0.0 };
        let fill = bar.country.map_or(theme.color.accent, |code| theme.color.of(code));
        items.push(text(&bar.label, labels, theme.color.ink, 0.0, y + 9.5));
        items.push(Item::Shape(Shape::rectangle(labels + 8.0, y + 1.5, room * part, 10.0, fill)));
        items.push(text(&bar.text, values, theme.color.ink, labels + 13.0 + room * part, y + 9.5));
        y += 16.0;
    }
    Drawn { height: y, items }
}

/// Draws the strip of days `width` points wide.
#[must_use]
pub fn strip(strip: &Strip, width: f32, shaper: &Shaper<'_>, theme: &Theme) -> Drawn {
    #[expect(clippy::cast_precision_loss, reason = "a period has some hundred days")]
    let day = width / strip.days.len().max(1) as f32;
    let most = strip.days.iter().copied().max().unwrap_or(0).max(1);
    let mut items = Vec::new();
    let mut x = 0.0;
    for count in &strip.days {
        #[expect(clippy::cast_precision_loss, reason = "few activities on a day")]
        let part = *count as f32 / most as f32;
        let fill = if *count == 0 { theme.color.hairline } else { theme.color.accent };
        let tall = if *count == 0 { 2.0 } else { 8.0 + 32.0 * part };
        items.push(Item::Shape(Shape::rectangle(x, 40.0 - tall, day * 0.7, tall, fill)));
        x += day;
    }
    for (at, label) in &strip.labels {
        #[expect(clippy::cast_precision_loss, reason = "a period has some hundred days")]
        let x = *at as f32 * day;
        let (run, _) = shaper.line(label, Face::SansRegular, 8.0, theme.color.grey, x, 52.0);
        items.push(Item::Glyphs(run));
    }
    let caption = shaper.fit(&strip.caption, Face::SansRegular, 8.0, width);
    items.push(Item::Glyphs(shaper.line(&caption, Face::SansRegular, 8.0, theme.color.grey, 0.0, 68.0).0));
    Drawn { height: 72.0, items }
}
