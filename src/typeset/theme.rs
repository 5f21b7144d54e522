//! The look of a report: page, grid, type scale and colours, from `templates/theme.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::layout::Rgb;
use crate::templates;

/// Points in a millimetre.
const POINTS: f32 = 72.0 / 25.4;

/// The look of a report. Lengths of the page are millimetres in the file and here; ask the
/// methods for points.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Theme {
    /// Paper, margins and grid.
    pub page: PageGrid,
    /// Type scale.
    #[serde(rename = "type")]
    pub scale: Scale,
    /// Colours.
    pub color: Colors,
    /// Logos of the cover.
    pub logos: LogoSize,
    /// Whether running text is justified.
    pub justify: Flag,
    /// Whether words are divided at line ends.
    pub hyphenate: Flag,
}

/// A switch that is on unless the theme says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Flag(pub bool);

impl Default for Flag {
    fn default() -> Self {
        Self(true)
    }
}

/// A theme file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct ThemeError {
    /// What was expected and what was found.
    pub message: String,
    /// One-based line, 1 where the whole file is meant.
    pub line: usize,
    /// One-based column.
    pub column: usize,
}

/// Paper, margins and grid, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the theme file names them")]
pub struct PageGrid {
    pub width: f32,
    pub height: f32,
    pub top: f32,
    pub bottom: f32,
    pub left: f32,
    pub right: f32,
    pub columns: u8,
    pub gutter: f32,
    pub head: f32,
    pub foot: f32,
}

impl Default for PageGrid {
    fn default() -> Self {
        Self {
            width: 210.0,
            height: 297.0,
            top: 25.0,
            bottom: 25.0,
            left: 22.0,
            right: 23.0,
            columns: 4,
            gutter: 5.0,
            head: 14.0,
            foot: 14.0,
        }
    }
}

/// Size of the logos of the cover, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogoSize {
    /// Height of one that is as wide as high.
    pub height: f32,
}

impl Default for LogoSize {
    fn default() -> Self {
        Self { height: 15.0 }
    }
}

/// Size and leading of a kind of text, in points.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// Size of the type.
    pub size: f32,
    /// From baseline to baseline.
    pub leading: f32,
}

const fn size(size: f32, leading: f32) -> Type {
    Type { size, leading }
}

/// The type scale.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the theme file names them")]
pub struct Scale {
    pub body: Type,
    pub label: Type,
    pub note: Type,
    pub running: Type,
    pub section: Type,
    pub subsection: Type,
    pub title: Type,
    pub caption: Type,
    pub numeral: Type,
    pub numeral_quiet: Type,
    pub period: Type,
    pub report: Type,
    pub subtitle: Type,
}

impl Default for Scale {
    fn default() -> Self {
        Self {
            body: size(9.6, 14.0),
            label: size(8.0, 11.0),
            note: size(7.5, 10.5),
            running: size(7.5, 10.5),
            section: size(20.0, 24.0),
            subsection: size(13.0, 18.0),
            title: size(11.0, 14.0),
            caption: size(9.6, 13.0),
            numeral: size(27.0, 30.0),
            numeral_quiet: size(13.0, 16.0),
            period: size(84.0, 80.0),
            report: size(25.0, 30.0),
            subtitle: size(13.0, 18.0),
        }
    }
}

impl Scale {
    fn all(&self) -> [Type; 13] {
        [
            self.body,
            self.label,
            self.note,
            self.running,
            self.section,
            self.subsection,
            self.title,
            self.caption,
            self.numeral,
            self.numeral_quiet,
            self.period,
            self.report,
            self.subtitle,
        ]
    }
}

/// The colours.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Colors {
    /// Text.
    #[serde(deserialize_with = "hex")]
    pub ink: Rgb,
    /// Quiet text.
    #[serde(deserialize_with = "hex")]
    pub grey: Rgb,
    /// Rules between rows.
    #[serde(deserialize_with = "hex")]
    pub hairline: Rgb,
    /// The paper; text over a dark fill.
    #[serde(deserialize_with = "hex")]
    pub paper: Rgb,
    /// A ground hardly darker than the paper: a day without an activity.
    #[serde(deserialize_with = "hex")]
    pub pale: Rgb,
    /// The accent: short rules, bars, links.
    #[serde(deserialize_with = "hex")]
    pub accent: Rgb,
    /// The second accent, once in a page at most, and never for text.
    #[serde(deserialize_with = "hex")]
    pub second: Rgb,
    /// Fills by country code; `other` for the rest.
    #[serde(deserialize_with = "hexes")]
    pub country: BTreeMap<String, Rgb>,
}

impl Default for Colors {
    fn default() -> Self {
        let country = [
            ("KZ", Rgb(0x00, 0x72, 0xb2)),
            ("KG", Rgb(0xd5, 0x5e, 0x00)),
            ("TJ", Rgb(0x00, 0x9e, 0x73)),
            ("TM", Rgb(0xa0, 0x52, 0x8d)),
            ("UZ", Rgb(0xc4, 0x8a, 0x00)),
            ("other", Rgb(0x5b, 0x66, 0x73)),
        ];
        Self {
            ink: Rgb(0x1c, 0x24, 0x30),
            grey: Rgb(0x5b, 0x66, 0x73),
            hairline: Rgb(0xc9, 0xd0, 0xd8),
            paper: Rgb(0xff, 0xff, 0xff),
            pale: Rgb(0xee, 0xf1, 0xf5),
            accent: Rgb(0x00, 0x33, 0x99),
            second: Rgb(0xb8, 0x86, 0x0b),
            country: country.into_iter().map(|(code, color)| (code.to_owned(), color)).collect(),
        }
    }
}

impl Colors {
    /// The fill of a country, by the two letters of its code.
    #[must_use]
    pub fn of(&self, country: [u8; 2]) -> Rgb {
        std::str::from_utf8(&country)
            .ok()
            .and_then(|code| self.country.get(code))
            .or_else(|| self.country.get("other"))
            .copied()
            .unwrap_or(self.grey)
    }

    /// The same, darkened until text in it keeps a contrast of 4.5 : 1 on the paper (WCAG 2.2, 1.4.3).
    #[must_use]
    pub fn text_of(&self, country: [u8; 2]) -> Rgb {
        readable(self.of(country), self.paper)
    }
}

/// `color`, darkened in small steps until its contrast with `paper` is 4.5 : 1 or it is black.
fn readable(color: Rgb, paper: Rgb) -> Rgb {
    let mut found = color;
    for _ in 0..40 {
        if contrast(found, paper) >= 4.5 {
            break;
        }
        let darker = |part: u8| u8::try_from(u16::from(part) * 15 / 16).unwrap_or(0);
        found = Rgb(darker(found.0), darker(found.1), darker(found.2));
    }
    found
}

/// Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
#[must_use]
pub fn contrast(a: Rgb, b: Rgb) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance with a plain power of 2.2, near enough to the sRGB curve to choose by.
fn luminance(Rgb(r, g, b): Rgb) -> f32 {
    let part = |value: u8| (f32::from(value) / 255.0).powf(2.2);
    0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
}

impl Theme {
    /// The theme of the templates folder, or the embedded one.
    ///
    /// # Errors
    /// A file that is not TOML, holds a key nobody knows, or measures that leave no room for text.
    pub fn load(overrides: Option<&Path>) -> Result<Self, ThemeError> {
        Self::parse(&templates::text("theme.toml", overrides).unwrap_or_default())
    }

    /// A theme from the text of its file; keys left out keep their defaults.
    ///
    /// # Errors
    /// As [`Theme::load`].
    pub fn parse(text: &str) -> Result<Self, ThemeError> {
        let theme: Self = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            ThemeError {
                message: error.message().to_owned(),
                line: before.matches('\n').count() + 1,
                column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            }
        })?;
        match theme.fault() {
            Some(message) => Err(ThemeError { message, line: 1, column: 1 }),
            None => Ok(theme),
        }
    }

    /// What makes this theme impossible to set text with, if anything does.
    fn fault(&self) -> Option<String> {
        let page = &self.page;
        let lengths =
            [page.width, page.height, page.top, page.bottom, page.left, page.right, page.gutter, page.head, page.foot];
        if lengths.iter().any(|length| !length.is_finite() || *length < 0.0 || *length > 5000.0) {
            return Some("expected lengths of the page between 0 and 5000 mm".to_owned());
        }
        if self.scale.all().iter().any(|t| !(1.0..=400.0).contains(&t.size) || !(1.0..=400.0).contains(&t.leading)) {
            return Some("expected sizes and leadings between 1 and 400 points".to_owned());
        }
        if !(5.0..=60.0).contains(&self.logos.height) {
            return Some(format!("expected a height of logos between 5 and 60 mm, found {}", self.logos.height));
        }
        if !(2..=12).contains(&page.columns) {
            return Some(format!("expected 2 to 12 columns, found {}", page.columns));
        }
        if self.text_width() < 180.0 || self.column() < 50.0 {
            return Some("the margins leave too little width for text".to_owned());
        }
        if self.text_height() < 240.0 {
            return Some("the margins leave too little height for text".to_owned());
        }
        None
    }

    /// The same theme for a page on its side: the margins stay where the reader sees them.
    #[must_use]
    pub fn turned(&self) -> Self {
        let page = PageGrid { width: self.page.height, height: self.page.width, ..self.page };
        Self { page, ..self.clone() }
    }

    /// Width of the paper in points.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.page.width * POINTS
    }

    /// Height of the paper in points.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.page.height * POINTS
    }

    /// Left edge of the grid in points.
    #[must_use]
    pub fn left(&self) -> f32 {
        self.page.left * POINTS
    }

    /// Right edge of the grid in points.
    #[must_use]
    pub fn right(&self) -> f32 {
        (self.page.width - self.page.right) * POINTS
    }

    /// Upper edge of the text in points from the top of the paper.
    #[must_use]
    pub fn top(&self) -> f32 {
        self.page.top * POINTS
    }

    /// Lower edge of the text in points from the top of the paper.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        (self.page.height - self.page.bottom) * POINTS
    }

    /// Baseline of the running head in points from the top of the paper.
    #[must_use]
    pub fn head(&self) -> f32 {
        self.page.head * POINTS
    }

    /// Baseline of the first line of the foot in points from the top of the paper.
    #[must_use]
    pub fn foot(&self) -> f32 {
        (self.page.height - self.page.foot) * POINTS
    }

    /// Height of the text in points.
    #[must_use]
    pub fn text_height(&self) -> f32 {
        self.bottom() - self.top()
    }

    /// Width of the whole grid in points.
    #[must_use]
    pub fn full_width(&self) -> f32 {
        self.right() - self.left()
    }

    /// The space between two columns in points.
    #[must_use]
    pub fn gutter(&self) -> f32 {
        self.page.gutter * POINTS
    }

    /// Width of one column, and so of the label column, in points.
    #[must_use]
    pub fn column(&self) -> f32 {
        let count = f32::from(self.page.columns);
        (self.full_width() - self.gutter() * (count - 1.0)) / count
    }

    /// Left edge of the text column in points.
    #[must_use]
    pub fn text_left(&self) -> f32 {
        self.left() + self.column() + self.gutter()
    }

    /// Height in points of a logo that is as wide as high.
    #[must_use]
    pub fn logo_height(&self) -> f32 {
        self.logos.height * POINTS
    }

    /// Width of the text column in points.
    #[must_use]
    pub fn text_width(&self) -> f32 {
        self.right() - self.text_left()
    }
}

/// Reads `#rrggbb`.
fn color(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = value.to_be_bytes();
    Some(Rgb(r, g, b))
}

fn hex<'de, D: Deserializer<'de>>(from: D) -> Result<Rgb, D::Error> {
    let text = String::deserialize(from)?;
    color(&text).ok_or_else(|| D::Error::custom(format!("expected a colour such as `#003399`, found `{text}`")))
}

/// Countries that the file names replace or join the built-in ones.
fn hexes<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Rgb>, D::Error> {
    let mut found = Colors::default().country;
    for (code, text) in BTreeMap::<String, String>::deserialize(from)? {
        let value = color(&text)
            .ok_or_else(|| D::Error::custom(format!("expected a colour such as `#003399`, found `{text}`")))?;
        found.insert(code, value);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_and_the_defaults_say_the_same() {
        assert_eq!(Theme::load(None).unwrap(), Theme::default());
    }

    #[test]
    fn keys_left_out_keep_their_defaults() {
        let theme = Theme::parse("justify = false\n[color.country]\nKZ = \"#010203\"\n").unwrap();
        assert!(!theme.justify.0 && theme.hyphenate.0);
        assert_eq!(theme.color.of(*b"KZ"), Rgb(1, 2, 3));
        assert_eq!(theme.color.of(*b"UZ"), Colors::default().of(*b"UZ"));
    }

    #[test]
    fn faults_name_their_place() {
        let fault = Theme::parse("[page]\nwidth = 210.0\n[color]\nink = \"blue\"\n").unwrap_err();
        assert_eq!((fault.line, fault.column), (4, 7), "{fault}");
        assert!(fault.message.contains("`blue`"), "{fault}");
        assert!(Theme::parse("margin = 3").unwrap_err().message.contains("margin"));
        assert!(Theme::parse("[page]\nleft = 150.0").unwrap_err().message.contains("width"));
        assert!(Theme::parse("[page]\ntop = -2.0").is_err());
    }

    #[test]
    fn every_text_colour_can_be_read() {
        let colors = Colors::default();
        for text in [colors.ink, colors.grey, colors.accent] {
            assert!(contrast(text, colors.paper) >= 4.5);
        }
        for country in [b"KZ", b"KG", b"TJ", b"TM", b"UZ", b"LV"] {
            assert!(contrast(colors.text_of(*country), colors.paper) >= 4.5, "{country:?}");
        }
    }

    #[test]
    fn the_grid_adds_up() {
        let theme = Theme::default();
        assert!((theme.column() * 4.0 + theme.gutter() * 3.0 - theme.full_width()).abs() < 0.01);
        assert!((theme.text_left() + theme.text_width() - theme.right()).abs() < 0.01);
    }
}
