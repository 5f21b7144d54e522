//! What is to be set: blocks, in reading order. Knows nothing of pages or of the programme.

use std::sync::Arc;

use crate::logo::Logo;
use crate::picture::Picture;
use crate::recipient::Language;

pub use super::drawing::{Bar, Drawing};

/// A whole document, before it is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Title, for the document information and the viewer's window.
    pub title: String,
    /// Language of the text where no span says otherwise.
    pub language: Language,
    /// Who made it, for the document information.
    pub author: String,
    /// What it is about, for the document information.
    pub subject: String,
    /// First page.
    pub cover: Cover,
    /// Everything after the cover, in reading order.
    pub blocks: Vec<Block>,
    /// What stands at the head and the foot of every page after the cover.
    pub running: Running,
    /// Words the typesetter itself needs, in the document's language.
    pub words: Words,
}

/// The first page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cover {
    /// Programme, small, at the top.
    pub programme: String,
    /// The period, very large: `Q4 2017`.
    pub period: String,
    /// Name of the report.
    pub title: String,
    /// What is under it: the months in words.
    pub subtitle: String,
    /// Lines of label and text: version, data as of.
    pub facts: Vec<(String, String)>,
    /// The data as a quiet strip: days of the period, those with an activity by how many.
    pub strip: Option<Strip>,
    /// Funding line at the foot.
    pub funding: String,
    /// Logos at the foot, in order.
    pub logos: Vec<CoverLogo>,
    /// Mark such as "Fictional example data" or the handling mark; empty for none.
    pub mark: String,
}

/// A logo of the cover.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverLogo {
    /// What is drawn.
    pub logo: Arc<Logo>,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// The donor's emblem: it and the funding line stand together.
    pub is_donor: bool,
}

/// A strip of days, one for each day of the period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strip {
    /// Activities under way on each day.
    pub days: Vec<u32>,
    /// Index of the day a label stands at, and the label (month names).
    pub labels: Vec<(usize, String)>,
    /// What it shows, in a line beneath it.
    pub caption: String,
    /// The same in words, for those who cannot see it.
    pub alt: String,
}

/// Head and foot of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// Left of the head; the section's title stands at the right.
    pub head: String,
    /// Left of the foot: period and version.
    pub foot: String,
    /// Middle of the foot: the funding line.
    pub funding: String,
    /// Handling mark; empty for none.
    pub mark: String,
}

/// Words of the typesetter, in the document's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// `Page {page} of {pages}` with these two placeholders.
    pub page_of: String,
    /// "continued", for a table that goes on.
    pub continued: String,
    /// "Contents".
    pub contents: String,
}

/// A run of text in one style, or a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text in a style.
    Text {
        /// The text itself; U+00A0 and U+202F do not break, U+00AD may.
        text: String,
        /// How it looks.
        style: Style,
        /// Where a click leads.
        link: Option<Target>,
    },
    /// A forced line break.
    Break,
}

impl Inline {
    /// Plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), style: Style::default(), link: None }
    }

    /// Text in a style.
    #[must_use]
    pub fn styled(text: impl Into<String>, style: Style) -> Self {
        Self::Text { text: text.into(), style, link: None }
    }
}

/// How a run of text differs from what surrounds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Semibold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Grey: "not reported", asides.
    pub quiet: bool,
    /// Raised and small: a footnote's number.
    pub superior: bool,
    /// Colour of a country's code, by the code's two letters.
    pub country: Option<[u8; 2]>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A heading or block of this document, by its id.
    Internal(String),
    /// An address such as `https://…` or `mailto:…`.
    External(String),
}

/// A block of the document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading. Level 1 opens a chapter and stands in the contents; levels do not skip.
    Heading {
        /// 1, 2 or 3.
        level: u8,
        /// What links lead to; unique in the document.
        id: String,
        /// The heading's text.
        content: Vec<Inline>,
    },
    /// A paragraph of running text.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Numbered, or with bullets.
        ordered: bool,
        /// The items, each of blocks.
        items: Vec<Vec<Block>>,
    },
    /// A table, over both columns of the page.
    Table(Table),
    /// A row of large numerals with a word under each.
    Tiles(Vec<Tile>),
    /// A figure.
    Figure(Figure),
    /// A photograph with its caption.
    Picture(Photo),
    /// Something with a label in the left column: an activity, a meeting.
    Entry {
        /// Short lines in the label column: date, place, countries.
        label: Vec<Vec<Inline>>,
        /// The right column.
        body: Vec<Block>,
    },
    /// A quiet remark in small type.
    Note(Vec<Inline>),
    /// The table of contents, made by the typesetter from the headings.
    Contents {
        /// Deepest level listed.
        depth: u8,
    },
    /// What follows starts on a new page.
    PageBreak,
    /// What follows starts on a new page of this orientation, and so do the pages after it.
    Turn(Orientation),
}

/// How a page stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// As the theme has it.
    #[default]
    Portrait,
    /// On its side: for wide tables.
    Landscape,
}

/// A table. A long one goes on over pages with its head repeated.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Title over it, the finding; empty for none.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows: as many cells as columns.
    pub rows: Vec<Row>,
    /// Source and remarks, under it.
    pub notes: Vec<Vec<Inline>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// How its cells stand.
    pub align: Align,
    /// Share of the width it wants beyond its content, 0 for "as narrow as it can be".
    pub weight: f32,
}

/// How the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Ragged right.
    Left,
    /// Numbers: right, on the decimal.
    Number,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Vec<Inline>>,
    /// A total: semibold over a thin rule.
    pub total: bool,
    /// A heading row over all columns (its first cell), for a group.
    pub group: bool,
}

/// A large numeral with a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// `9`, or "not reported" (`quiet`).
    pub value: String,
    /// The word under it.
    pub label: String,
    /// Small beneath: how many activities reported, the change on the last period.
    pub notes: Vec<String>,
    /// The value is words, not a figure: set it smaller and grey.
    pub quiet: bool,
}

/// A photograph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// The picture, fit for print.
    pub picture: Arc<Picture>,
    /// Under it; empty for none.
    pub caption: String,
    /// What it shows, as far as is known, for those who cannot see it.
    pub alt: String,
}

/// A figure: a title that says the finding, a drawing, a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The finding.
    pub title: String,
    /// What is measured, and its unit.
    pub subtitle: String,
    /// Source, and how much was reported.
    pub source: String,
    /// The same in words, for those who cannot see it.
    pub alt: String,
    /// The drawing.
    pub drawing: Drawing,
}
