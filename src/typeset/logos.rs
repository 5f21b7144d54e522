//! The logos at the foot of the cover, in rows, each with white around it.

use super::document::{Cover, CoverLogo, Inline};
use super::inline::{Compositor, Voice};
use super::layout::{Emblem, Item};
use super::strip::{Strip, height, stack};
use super::structure::Tag;

/// Emblems of donors are at least a centimetre high (the EU asks for it), in points.
const LEAST_OF_DONOR: f32 = 72.0 / 2.54;

/// What stands in a row: logos, and a text beside them.
struct Member<'c> {
    logos: Vec<(&'c CoverLogo, f32)>,
    text: Vec<Strip>,
    width: f32,
    height: f32,
}

/// A logo, or the text beside it.
pub(super) struct Part<'c> {
    pub(super) items: Vec<Item>,
    /// What stands for it where it cannot be seen; a text stands for itself.
    pub(super) alt: Option<&'c str>,
}

/// The rows of logos, from their upper edge down; and how high they are. The funding line is among
/// them where a donor's emblem is.
pub(super) fn band<'c>(by: &Compositor<'_>, cover: &'c Cover) -> (Vec<Part<'c>>, f32) {
    let theme = by.theme;
    let (full, gap) = (theme.full_width(), theme.logo_height() * 0.6);
    let size = |logo: &CoverLogo| fitted(logo.logo.width / logo.logo.height, theme.logo_height(), full * 0.45);
    let width = |logo: &CoverLogo, height: f32| logo.logo.width / logo.logo.height * height;
    let tallest = cover.logos.iter().filter(|logo| !logo.is_donor).map(size).fold(LEAST_OF_DONOR, f32::max);

    let mut members = Vec::new();
    let donors: Vec<(&CoverLogo, f32)> =
        cover.logos.iter().filter(|l| l.is_donor).map(|logo| (logo, size(logo).max(tallest))).collect();
    if !donors.is_empty() {
        let voice = Voice::sans(theme.scale.body, theme.color.ink).strong();
        let room = theme.column() * 1.2;
        let lines = by.balanced(&[Inline::text(cover.funding.as_str())], voice, room);
        let beside = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let text = stack(lines, 0.0, voice.leading, voice.baseline());
        let wide: f32 = donors.iter().map(|(logo, height)| width(logo, *height)).sum();
        let gaps = gap * f32::from(u8::try_from(donors.len() - 1).unwrap_or(u8::MAX));
        let beside = if text.is_empty() { 0.0 } else { gap * 0.4 + beside };
        let tall = donors.iter().map(|(_, height)| *height).fold(height(&text), f32::max);
        members.push(Member { logos: donors, text, width: wide + gaps + beside, height: tall });
    }
    for logo in cover.logos.iter().filter(|logo| !logo.is_donor) {
        let tall = size(logo);
        members.push(Member { logos: vec![(logo, tall)], text: Vec::new(), width: width(logo, tall), height: tall });
    }

    let (mut parts, mut y) = (Vec::new(), 0.0);
    for row in rows(members, full, gap) {
        let tall = row.iter().map(|member| member.height).fold(0.0, f32::max);
        if y > 0.0 {
            y += gap;
        }
        let mut x = theme.left();
        for member in row {
            for (at, &(logo, own)) in member.logos.iter().enumerate() {
                if at > 0 {
                    x += gap;
                }
                let drawn = std::sync::Arc::clone(&logo.logo);
                let top = y + (tall - own) / 2.0;
                let emblem = Emblem { x, y: top, height: own, logo: drawn, tag: Tag::ARTIFACT };
                x += emblem.width();
                parts.push(Part { items: vec![Item::Logo(emblem)], alt: Some(&logo.alt) });
            }
            if !member.text.is_empty() {
                x += gap * 0.4;
                let mut top = y + (tall - height(&member.text)) / 2.0;
                let mut items = Vec::new();
                for strip in member.text {
                    items.extend(strip.items.into_iter().map(|mut item| {
                        item.shift(x, top);
                        item
                    }));
                    top += strip.height;
                }
                parts.push(Part { items, alt: None });
            }
            x = x.max(theme.left() + member.width) + gap;
        }
        y += tall;
    }
    (parts, y)
}

/// Height of a logo of an aspect that looks as large as a square one of height `square`: what the
/// eye compares are areas, not heights.
fn fitted(aspect: f32, square: f32, widest: f32) -> f32 {
    let height = square * aspect.sqrt().recip().clamp(0.5, 1.25);
    height.min(widest / aspect)
}

/// Members in as few rows as hold them, and these as equally wide as can be.
fn rows(members: Vec<Member<'_>>, full: f32, gap: f32) -> Vec<Vec<Member<'_>>> {
    let breaks = |width: f32| -> Vec<usize> {
        let (mut starts, mut x) = (vec![0], 0.0);
        for (at, member) in members.iter().enumerate() {
            if x > 0.0 && x + gap + member.width > width {
                starts.push(at);
                x = member.width;
            } else {
                x += if x > 0.0 { gap + member.width } else { member.width };
            }
        }
        starts
    };
    let mut starts = breaks(full);
    // Narrower and narrower, as long as no further row is needed.
    let (count, mut width) = (starts.len(), full);
    let widest = members.iter().map(|member| member.width).fold(0.0, f32::max);
    while count > 1 && width > widest {
        width -= 4.0;
        let tried = breaks(width);
        if tried.len() > count {
            break;
        }
        starts = tried;
    }
    let mut rows: Vec<Vec<Member<'_>>> = Vec::new();
    for (at, member) in members.into_iter().enumerate() {
        match rows.last_mut() {
            Some(row) if !starts.contains(&at) => row.push(member),
            _ => rows.push(vec![member]),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(widths: &[f32]) -> Vec<Member<'static>> {
        widths.iter().map(|&width| Member { logos: Vec::new(), text: Vec::new(), width, height: 20.0 }).collect()
    }

    fn counts(widths: &[f32]) -> Vec<usize> {
        rows(members(widths), 400.0, 20.0).iter().map(Vec::len).collect()
    }

    #[test]
    fn logos_stand_in_few_rows_of_equal_width() {
        assert_eq!(counts(&[90.0]), [1]);
        assert_eq!(counts(&[90.0; 3]), [3]);
        assert_eq!(counts(&[80.0; 7]), [4, 3]);
        assert_eq!(counts(&[60.0; 6]), [3, 3]);
        assert_eq!(counts(&[500.0, 60.0]), [1, 1], "what is too wide stands alone");
    }

    #[test]
    fn a_wide_logo_is_lower_and_none_wider_than_its_room() {
        assert!((fitted(1.0, 40.0, 200.0) - 40.0).abs() < 0.01);
        assert!((fitted(4.0, 40.0, 200.0) - 20.0).abs() < 0.01);
        assert!(fitted(0.4, 40.0, 200.0) <= 50.0);
        assert!(fitted(20.0, 40.0, 200.0) * 20.0 <= 200.01);
    }
}
