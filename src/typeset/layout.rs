//! What was set: positioned glyphs, lines, shapes and links on pages.
//!
//! Units are PostScript points (1/72 inch); the origin of a page is its *upper* left
//! corner and `y` grows downwards. The PDF craft turns it round.

use std::ops::Range;
use std::sync::Arc;

use super::structure::{Structure, Tag};
use crate::logo::Logo;
use crate::picture::Picture;
use crate::recipient::Language;

/// A document on pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Title, for the document information.
    pub title: String,
    /// Author, for the document information.
    pub author: String,
    /// Subject, for the document information.
    pub subject: String,
    /// Language of the document.
    pub language: Language,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// Bookmarks, nested by level, in order.
    pub outline: Vec<Bookmark>,
    /// Where internal links lead.
    pub destinations: Vec<Destination>,
    /// What the content is, in reading order.
    pub structure: Structure,
    /// Characters it has that its faces lack, in the order of Unicode. On the pages stands
    /// their number: `[U+10E1]`.
    pub missing: Vec<char>,
}

/// A page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// What stands on it, in reading order.
    pub items: Vec<Item>,
    /// Number printed on it, `i` or `12`; the cover has none.
    pub label: String,
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A run of glyphs of one face and size on one baseline.
    Glyphs(GlyphRun),
    /// A filled or stroked shape.
    Shape(Shape),
    /// A picture.
    Image(Image),
    /// A logo.
    Logo(Emblem),
    /// A rectangle that a click leads away from.
    Link(Link),
}

impl Item {
    /// What it belongs to in the structure of the document.
    #[must_use]
    pub fn tag(&self) -> Tag {
        match self {
            Self::Glyphs(run) => run.tag,
            Self::Shape(shape) => shape.tag,
            Self::Image(image) => image.tag,
            Self::Logo(emblem) => emblem.tag,
            Self::Link(link) => link.tag,
        }
    }

    /// Makes it part of a node.
    pub fn set_tag(&mut self, tag: Tag) {
        match self {
            Self::Glyphs(run) => run.tag = tag,
            Self::Shape(shape) => shape.tag = tag,
            Self::Image(image) => image.tag = tag,
            Self::Logo(emblem) => emblem.tag = tag,
            Self::Link(link) => link.tag = tag,
        }
    }

    /// Moves the item right by `dx` and down by `dy` points.
    pub fn shift(&mut self, dx: f32, dy: f32) {
        match self {
            Self::Glyphs(run) => {
                run.x += dx;
                run.y += dy;
            }
            Self::Shape(shape) => {
                for segment in &mut shape.path {
                    match segment {
                        Segment::Move(x, y) | Segment::Line(x, y) => {
                            *x += dx;
                            *y += dy;
                        }
                        Segment::Curve(x1, y1, x2, y2, x, y) => {
                            for part in [x1, x2, x] {
                                *part += dx;
                            }
                            for part in [y1, y2, y] {
                                *part += dy;
                            }
                        }
                        Segment::Close => {}
                    }
                }
            }
            Self::Image(image) => {
                image.x += dx;
                image.y += dy;
            }
            Self::Logo(emblem) => {
                emblem.x += dx;
                emblem.y += dy;
            }
            Self::Link(link) => {
                link.x += dx;
                link.y += dy;
            }
        }
    }
}

/// A face of the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "family and style")]
pub enum Face {
    SansRegular,
    SansItalic,
    SansSemiBold,
    SerifRegular,
    SerifItalic,
    SerifSemiBold,
}

impl Face {
    /// All faces.
    pub const ALL: [Self; 6] = [
        Self::SansRegular,
        Self::SansItalic,
        Self::SansSemiBold,
        Self::SerifRegular,
        Self::SerifItalic,
        Self::SerifSemiBold,
    ];
}

/// A run of glyphs of one face and size on one baseline.
///
/// `text` holds what the run says, spaces and all; every glyph names the bytes of `text`
/// that it stands for, so that copying out of the PDF gives back the text. A hyphen added by
/// hyphenation is a run of its own whose `text` is U+00AD. A character that the face lacks is
/// set as a substitute glyph, so one glyph may stand for several texts.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// Left end of the baseline.
    pub x: f32,
    /// Baseline, from the top of the page.
    pub y: f32,
    /// The face.
    pub face: Face,
    /// Size in points.
    pub size: f32,
    /// Colour.
    pub color: Rgb,
    /// What it says.
    pub text: String,
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
    /// What it belongs to in the structure of the document.
    pub tag: Tag,
}

/// One glyph of a run. A report of a thousand pages has some millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// First byte of what it stands for in the run's text.
    start: u32,
    /// How many bytes that is.
    length: u16,
    /// Glyph id in the face's own font file.
    pub id: u16,
    /// Advance in thousandths of the size (units per em are 1000), justification included.
    pub advance: i16,
    /// Shift to the right of the pen, in the same unit.
    pub x_offset: i16,
    /// Shift upwards, in the same unit.
    pub y_offset: i16,
}

impl Glyph {
    /// A glyph where the pen is, for some bytes of the run's text.
    #[must_use]
    pub fn new(id: u16, advance: i16, range: Range<u32>) -> Self {
        let mut glyph = Self { start: 0, length: 0, id, advance, x_offset: 0, y_offset: 0 };
        glyph.stands_for(range);
        glyph
    }

    /// The bytes of the run's text that it stands for; empty for the second and later glyphs of a
    /// cluster.
    #[must_use]
    pub fn range(&self) -> Range<u32> {
        self.start..self.start + u32::from(self.length)
    }

    /// Makes it stand for other bytes of the text.
    pub fn stands_for(&mut self, range: Range<u32>) {
        self.start = range.start;
        self.length = u16::try_from(range.end.saturating_sub(range.start)).unwrap_or(u16::MAX);
    }

    /// The same glyph, whose text begins so many bytes later.
    #[must_use]
    pub fn later(mut self, bytes: u32) -> Self {
        self.start += bytes;
        self
    }
}

/// A colour, each part 0 to 255, in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// A filled or stroked shape: an artifact, or part of a figure that has its text elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The outline: closed when filled.
    pub path: Vec<Segment>,
    /// Inside.
    pub fill: Option<Rgb>,
    /// Outline, with its width in points.
    pub stroke: Option<(Rgb, f32)>,
    /// The figure it is part of.
    pub tag: Tag,
}

/// A piece of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "coordinates x, y in points; control points first")]
pub enum Segment {
    Move(f32, f32),
    Line(f32, f32),
    Curve(f32, f32, f32, f32, f32, f32),
    Close,
}

impl Shape {
    /// A filled rectangle.
    #[must_use]
    pub fn rectangle(x: f32, y: f32, width: f32, height: f32, fill: Rgb) -> Self {
        let path = vec![
            Segment::Move(x, y),
            Segment::Line(x + width, y),
            Segment::Line(x + width, y + height),
            Segment::Line(x, y + height),
            Segment::Close,
        ];
        Self { path, fill: Some(fill), stroke: None, tag: Tag::ARTIFACT }
    }

    /// A filled circle, of four curves that no eye can tell from it.
    #[must_use]
    pub fn circle(x: f32, y: f32, radius: f32, fill: Rgb) -> Self {
        let (r, k) = (radius, radius * 0.552_284_8);
        let path = vec![
            Segment::Move(x + r, y),
            Segment::Curve(x + r, y + k, x + k, y + r, x, y + r),
            Segment::Curve(x - k, y + r, x - r, y + k, x - r, y),
            Segment::Curve(x - r, y - k, x - k, y - r, x, y - r),
            Segment::Curve(x + k, y - r, x + r, y - k, x + r, y),
            Segment::Close,
        ];
        Self { path, fill: Some(fill), stroke: None, tag: Tag::ARTIFACT }
    }

    /// A straight rule.
    #[must_use]
    pub fn rule(x1: f32, y1: f32, x2: f32, y2: f32, color: Rgb, width: f32) -> Self {
        let path = vec![Segment::Move(x1, y1), Segment::Line(x2, y2)];
        Self { path, fill: None, stroke: Some((color, width)), tag: Tag::ARTIFACT }
    }
}

/// A picture on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// The picture; where one stands twice it is written once.
    pub picture: Arc<Picture>,
    /// The figure it is.
    pub tag: Tag,
}

/// A logo on a page; its shape follows from its height.
#[derive(Clone, Debug, PartialEq)]
pub struct Emblem {
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Height.
    pub height: f32,
    /// The logo; where one stands twice it is written once.
    pub logo: Arc<Logo>,
    /// The figure it is.
    pub tag: Tag,
}

impl Emblem {
    /// Width.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.logo.width / self.logo.height * self.height
    }
}

/// A rectangle that a click leads away from.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Where it leads.
    pub target: super::document::Target,
    /// What it says, for those who cannot see it.
    pub contents: String,
    /// Its node in the structure of the document.
    pub tag: Tag,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// Its text.
    pub title: String,
    /// 1 for a chapter.
    pub level: u8,
    /// Zero-based page.
    pub page: usize,
    /// Distance from the top of the page.
    pub y: f32,
}

/// A place that internal links lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct Destination {
    /// Id of the heading or block.
    pub id: String,
    /// Zero-based page.
    pub page: usize,
    /// Distance from the top of the page.
    pub y: f32,
}
