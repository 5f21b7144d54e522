//! The first page.

use super::document::{Cover, Inline};
use super::inline::{Compositor, Division, Stand, Voice};
use super::layout::{Item, Page, Shape};
use super::strip::{Strip, height, stack};
use super::structure::{Role, Tag};
use super::{figure, logos};

/// Sets the cover. What is empty leaves no gap.
pub(super) fn cover(by: &Compositor<'_>, cover: &Cover) -> Page {
    let theme = by.theme;
    let (scale, colors) = (&theme.scale, &theme.color);
    let (left, width, unit) = (theme.left(), theme.full_width(), scale.body.leading / 2.0);
    let mut items = Vec::new();

    let lines = |text: &str, voice: Voice, width: f32| {
        let lines = by.lines(&[Inline::text(text)], voice, width, Stand::Left, Division::Never);
        stack(lines, left, voice.leading, voice.baseline())
    };
    let cover_node = by.structure.add(Role::Section, Tag::DOCUMENT);
    let told = |mut strips: Vec<Strip>| {
        by.structure.wrap(&mut strips, Role::Paragraph, cover_node);
        strips
    };

    // Programme, at the head.
    let programme = Voice::sans(scale.title, colors.ink).strong();
    let mut y = theme.top();
    items.push(Item::Shape(Shape::rectangle(left, y - unit * 2.0, 28.0, 2.0, colors.accent)));
    y = place(&mut items, told(lines(&cover.programme, programme, theme.text_width())), y);

    // The period as large as it can stand, on a third of the page.
    let period = large(by, &cover.period, width);
    let top = theme.top() + theme.text_height() * 0.20;
    y = place(&mut items, told(period), top.max(y + unit * 4.0));
    let report = Voice::sans(scale.report, colors.ink).strong();
    let title = by.balanced(&[Inline::text(cover.title.as_str())], report, width);
    let title = stack(title, left, report.leading, report.baseline());
    y = place(&mut items, told(title), y + unit * 2.0);
    let subtitle = Voice::sans(scale.subtitle, colors.grey);
    y = place(&mut items, told(lines(&cover.subtitle, subtitle, width)), y + unit);

    // From the foot upwards: funding, mark, facts.
    let has_donor = cover.logos.iter().any(|logo| logo.is_donor);
    let funding = if has_donor { "" } else { cover.funding.as_str() };
    let funding = lines(funding, Voice::sans(scale.label, colors.ink), width);
    let (logos, tall) = logos::band(by, cover);
    let mut foot = theme.bottom() - tall;
    let logos_top = foot;
    if tall > 0.0 {
        foot -= unit * if funding.is_empty() { 3.0 } else { 2.0 };
    }
    foot -= height(&funding);
    let funding_top = foot;
    let voice = Voice::sans(scale.label, colors.ink).strong();
    let indent = voice.size * 1.1;
    let mut mark = if cover.mark.is_empty() { Vec::new() } else { lines(&cover.mark, voice, width - indent) };
    for item in mark.iter_mut().flat_map(|strip| &mut strip.items) {
        item.shift(indent, 0.0);
    }
    if !mark.is_empty() {
        foot -= height(&mark) + unit;
        items.push(Item::Shape(bullet(left, foot + voice.baseline(), voice.size, colors.second)));
    }
    let mark_top = foot;
    let picture = cover.strip.as_ref().map(|strip| by.structure.with_alt(Role::Figure, cover_node, strip.alt.clone()));
    let facts = facts(by, cover, cover_node);
    place(&mut items, told(mark), mark_top);
    place(&mut items, told(funding), funding_top);
    for part in logos {
        let tag = match part.alt {
            Some(alt) => by.structure.with_alt(Role::Figure, cover_node, alt.to_owned()),
            None => by.structure.add(Role::Paragraph, cover_node),
        };
        for mut item in part.items {
            item.shift(0.0, logos_top);
            item.set_tag(tag);
            items.push(item);
        }
    }
    foot -= height(&facts) + unit * 3.0;
    let facts_top = foot;

    // The strip of days between title and facts, nearer to the facts.
    if let (Some(strip), Some(picture)) = (&cover.strip, picture) {
        let drawn = figure::strip(strip, width, by.shaper, theme);
        let room = facts_top - y - drawn.height;
        let at = if room > 0.0 { y + room * 0.5 } else { y + unit };
        for mut item in drawn.items {
            item.shift(left, at);
            item.set_tag(picture);
            items.push(item);
        }
    }
    place(&mut items, facts, facts_top);
    Page { width: theme.width(), height: theme.height(), items, label: String::new() }
}

/// Label and text of each fact, side by side on the grid.
fn facts(by: &Compositor<'_>, cover: &Cover, node: Tag) -> Vec<Strip> {
    let theme = by.theme;
    let quiet = Voice::sans(theme.scale.label, theme.color.grey);
    let voice = Voice { color: theme.color.ink, ..quiet };
    let mut strips = Vec::new();
    for (label, text) in &cover.facts {
        let set =
            |text: &str, voice, width| by.lines(&[Inline::text(text)], voice, width, Stand::Left, Division::Sparing);
        let (labels, texts) = (set(label, quiet, theme.column()), set(text, voice, theme.text_width()));
        let count = labels.len().max(texts.len());
        let part = by.structure.add(Role::Paragraph, node);
        let mut rows: Vec<Strip> = (0..count).map(|_| Strip::blank(voice.leading)).collect();
        for (lines, x) in [(labels, theme.left()), (texts, theme.text_left())] {
            for (line, strip) in lines.into_iter().zip(&mut rows) {
                strip.place(line, x, voice.baseline());
            }
        }
        by.structure.claim_strips(&mut rows, part);
        if let Some(last) = rows.last_mut() {
            last.height += 2.0;
        }
        strips.append(&mut rows);
    }
    strips
}

/// The period on one line or two, whichever lets it stand larger.
fn large(by: &Compositor<'_>, text: &str, width: f32) -> Vec<Strip> {
    let theme = by.theme;
    let scale = theme.scale.period;
    let voice = Voice::sans(scale, theme.color.accent).strong();
    let face = voice.face(super::document::Style::default());
    let size_of = |text: &str| {
        let wide = by.shaper.width(text, face, 1.0);
        if wide > 0.0 { (width / wide).min(scale.size) } else { scale.size }
    };
    let mut best = (size_of(text), vec![text]);
    for (at, _) in text.match_indices([' ', '\u{a0}']) {
        let (first, second) = text.split_at(at);
        let second = second.trim_start();
        let size = size_of(first).min(size_of(second));
        // Two lines must be clearly larger to be worth it.
        let needed = if best.1.len() == 1 { best.0 * 1.3 } else { best.0 };
        if size > needed && !second.is_empty() {
            best = (size, vec![first, second]);
        }
    }
    let (size, parts) = best;
    let voice = Voice { size, leading: size * scale.leading / scale.size, ..voice };
    let mut strips = Vec::new();
    for part in parts {
        // The white at the left of a letter would show at this size.
        let white = part.chars().next().map_or(0, |c| by.shaper.fonts().bearing(face, c));
        let x = theme.left() - super::text::points(white, size);
        strips.extend(stack(vec![by.plain(part, voice, width + 0.5)], x, voice.leading, voice.baseline()));
    }
    strips
}

/// A small square before a mark.
pub(super) fn bullet(x: f32, baseline: f32, size: f32, color: super::layout::Rgb) -> Shape {
    let side = size * 0.62;
    Shape::rectangle(x, baseline - side - size * 0.04, side, side, color)
}

/// Puts strips on the page from `y` down; gives back where they end.
fn place(items: &mut Vec<Item>, strips: Vec<Strip>, mut y: f32) -> f32 {
    for strip in strips {
        for mut item in strip.items {
            item.shift(0.0, y);
            items.push(item);
        }
        y += strip.height;
    }
    y
}
