//! The styles of a workbook: copies of those in use, with another fill.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Unmarkable;
use super::xml::{Edits, Element, attribute, element, elements, escaped, name, prefix, with_attribute};

/// How a cell is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// To be mended.
    Error,
    /// To be looked at again.
    Warning,
    /// Marked in an earlier round, and no longer.
    Unmarked,
}

/// How the cells of the sheet of remarks look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Front {
    Title,
    Lead,
    Head,
    Text,
    Link,
    /// How many rows a fix clears, in the colour of their cells.
    Clears(Look),
    /// A fix, above what it mends.
    Fix,
    Aside,
}

impl Front {
    const ALL: [Self; 9] = [
        Self::Title,
        Self::Lead,
        Self::Head,
        Self::Text,
        Self::Link,
        Self::Clears(Look::Error),
        Self::Clears(Look::Warning),
        Self::Fix,
        Self::Aside,
    ];
}

/// Fill of cells that are to be mended, and of those to be looked at: both yellow, the first
/// nearer to orange, and on a grey print still darker than the second.
pub(super) const ERROR_FILL: &str = "FFFFC000";
/// See [`ERROR_FILL`].
pub(super) const WARNING_FILL: &str = "FFFFF2A6";

/// The elements of a style sheet, in the order that its schema asks for.
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// The style sheet of a workbook, and what is to be added to it.
pub(super) struct Styles {
    text: String,
    prefix: String,
    /// Places of the cells' formats.
    formats: Vec<Range<usize>>,
    fills: usize,
    fonts: usize,
    /// Fills of ours that an earlier round has left.
    kept: BTreeMap<Look, usize>,
    /// Formats with such a fill.
    ours: BTreeSet<u32>,
    marked: BTreeMap<(u32, Look), u32>,
    /// In the order of their numbers.
    added: Vec<(u32, Look)>,
    font: String,
}

impl Styles {
    /// A part that holds no more than a workbook needs, for one that has none.
    pub(super) fn empty(namespace: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{namespace}\">\
             <fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\
             <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill \
             patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/>\
             <diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" \
             borderId=\"0\"/></cellStyleXfs><cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" \
             borderId=\"0\" xfId=\"0\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" \
             builtinId=\"0\"/></cellStyles></styleSheet>"
        )
    }

    pub(super) fn read(text: String) -> Result<Self, Unmarkable> {
        let root = element(&text, &["styleSheet"])?.ok_or(Unmarkable::Unusual)?;
        let fills = elements(&text, &["styleSheet", "fills", "fill"])?;
        let mut kept = BTreeMap::new();
        for (index, fill) in fills.iter().enumerate() {
            let inner = text.get(fill.range.clone()).unwrap_or_default().to_ascii_uppercase();
            for (look, colour) in [(Look::Error, ERROR_FILL), (Look::Warning, WARNING_FILL)] {
                if inner.contains(&format!("FGCOLOR RGB=\"{colour}\"")) && inner.contains("\"SOLID\"") {
                    kept.entry(look).or_insert(index);
                }
            }
        }
        let formats = elements(&text, &["styleSheet", "cellXfs", "xf"])?;
        if formats.is_empty() {
            return Err(Unmarkable::Unusual);
        }
        let mut ours = BTreeSet::new();
        for (index, format) in formats.iter().enumerate() {
            let fill = attribute(format.tag, "fillId").and_then(|id| id.parse().ok());
            if fill.is_some_and(|id: usize| kept.values().any(|k| *k == id)) {
                ours.insert(u32::try_from(index).map_err(|_| Unmarkable::TooLarge)?);
            }
        }
        let fonts = elements(&text, &["styleSheet", "fonts", "font"])?;
        let font = elements(&text, &["styleSheet", "fonts", "font", "name"])?;
        let font = font.first().and_then(|f| attribute(f.tag, "val")).unwrap_or("Calibri".into()).into_owned();
        Ok(Self {
            prefix: prefix(root.tag).to_owned(),
            formats: formats.into_iter().map(|f| f.range).collect(),
            fills: fills.len(),
            fonts: fonts.len(),
            kept,
            ours,
            marked: BTreeMap::new(),
            added: Vec::new(),
            font,
            text,
        })
    }

    /// Formats that an earlier round has coloured.
    pub(super) const fn ours(&self) -> &BTreeSet<u32> {
        &self.ours
    }

    /// Number of the format that is like `base` and looks so.
    pub(super) fn like(&mut self, base: u32, look: Look) -> u32 {
        if let Some(number) = self.marked.get(&(base, look)) {
            return *number;
        }
        let number = u32::try_from(self.formats.len() + self.added.len()).unwrap_or(u32::MAX);
        self.marked.insert((base, look), number);
        self.added.push((base, look));
        number
    }

    /// Writes the style sheet, and gives the numbers of the formats of the front sheet.
    ///
    /// The latter come last: how many formats the marks need is known only at the end, so the
    /// front sheet is written after the others.
    pub(super) fn write(&self) -> Result<(String, BTreeMap<Front, u32>), Unmarkable> {
        let p = &self.prefix;
        let (mut new_fills, mut fill_ids) = (String::new(), BTreeMap::from([(Look::Unmarked, 0)]));
        let mut next = self.fills;
        for (look, colour) in [(Look::Error, ERROR_FILL), (Look::Warning, WARNING_FILL)] {
            let id = self.kept.get(&look).copied().unwrap_or_else(|| {
                new_fills.push_str(&format!(
                    "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/>\
                     <{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
                ));
                next += 1;
                next - 1
            });
            fill_ids.insert(look, id);
        }
        let grey = next;
        new_fills.push_str(&format!(
            "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FFEDEFF2\"/>\
             <{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
        ));
        let mut formats = String::new();
        for (base, look) in &self.added {
            let fill = fill_ids.get(look).copied().unwrap_or(0);
            formats.push_str(&self.with_fill(*base, fill));
        }
        let mut fronts = BTreeMap::new();
        let first = self.formats.len() + self.added.len();
        for (index, front) in Front::ALL.into_iter().enumerate() {
            fronts.insert(front, u32::try_from(first + index).map_err(|_| Unmarkable::TooLarge)?);
            formats.push_str(&self.front(front, &fill_ids, grey));
        }
        let mut edits = Edits::default();
        self.extend(&mut edits, "fonts", &self.new_fonts(), NEW_FONTS)?;
        self.extend(&mut edits, "fills", &new_fills, next + 1 - self.fills)?;
        self.extend(&mut edits, "cellXfs", &formats, self.added.len() + Front::ALL.len())?;
        Ok((edits.apply(&self.text), fronts))
    }

    /// A format like another one, with a fill.
    fn with_fill(&self, base: u32, fill: usize) -> String {
        let place = usize::try_from(base).ok().and_then(|b| self.formats.get(b)).or(self.formats.first());
        let Some(xml) = place.and_then(|range| self.text.get(range.clone())) else {
            let p = &self.prefix;
            return format!(r#"<{p}xf numFmtId="0" fontId="0" fillId="{fill}" borderId="0" xfId="0" applyFill="1"/>"#);
        };
        let end = xml.find('>').unwrap_or(xml.len());
        let (tag, rest) = xml.split_at(end);
        let (tag, slash) = tag.strip_suffix('/').map_or((tag, ""), |t| (t, "/"));
        let tag = with_attribute(tag.trim_start_matches('<'), "fillId", &fill.to_string());
        format!("<{}{slash}{rest}", with_attribute(&tag, "applyFill", "1"))
    }

    fn new_fonts(&self) -> String {
        let (p, face) = (&self.prefix, escaped(&self.font));
        let font = |first: &str, size: u32, colour: &str| {
            format!(
                "<{p}font>{first}<{p}sz val=\"{size}\"/><{p}color rgb=\"{colour}\"/><{p}name val=\"{face}\"/></{p}font>"
            )
        };
        let bold = format!("<{p}b/>");
        [
            font(&bold, 16, "FF1C2430"),
            font(&bold, 11, "FF1C2430"),
            font("", 11, "FF1C2430"),
            font(&format!("<{p}u/>"), 11, "FF0B5394"),
            font("", 9, "FF5B6673"),
        ]
        .concat()
    }

    fn front(&self, front: Front, fills: &BTreeMap<Look, usize>, grey: usize) -> String {
        let p = &self.prefix;
        let (font, fill) = match front {
            Front::Title => (0, 0),
            Front::Lead | Front::Text => (2, 0),
            Front::Head => (4, 0),
            Front::Fix => (1, grey),
            Front::Link => (3, 0),
            Front::Clears(look) => (1, fills.get(&look).copied().unwrap_or(0)),
            Front::Aside => (4, 0),
        };
        let across = match front {
            Front::Fix | Front::Clears(_) => "vertical=\"center\"",
            Front::Text | Front::Link => "vertical=\"top\" horizontal=\"left\" indent=\"1\"",
            _ => "vertical=\"top\"",
        };
        format!(
            "<{p}xf numFmtId=\"0\" fontId=\"{}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" \
             applyFill=\"1\" applyAlignment=\"1\"><{p}alignment {across} wrapText=\"1\"/></{p}xf>",
            self.fonts + font
        )
    }

    /// Adds children to one of the lists of the style sheet, which may be missing.
    fn extend(&self, edits: &mut Edits, list: &str, content: &str, count: usize) -> Result<(), Unmarkable> {
        let p = &self.prefix;
        let lists = elements(&self.text, &["styleSheet", "*"])?;
        let local = |e: &Element<'_>| super::xml::local(name(e.tag)).to_owned();
        if let Some(found) = lists.iter().find(|e| local(e) == list) {
            let old = elements(&self.text, &["styleSheet", list, "*"])?.len();
            let tag = with_attribute(found.tag.trim_end(), "count", &(old + count).to_string());
            match &found.content {
                Some(inside) => {
                    edits.replace(found.range.start..inside.start, format!("<{tag}>"));
                    edits.insert(inside.end, content);
                }
                None => edits.replace(found.range.clone(), format!("<{tag}>{content}</{}>", name(found.tag))),
            }
            return Ok(());
        }
        let rank = |name: &str| ORDER.iter().position(|o| *o == name).unwrap_or(ORDER.len());
        let root = element(&self.text, &["styleSheet"])?.ok_or(Unmarkable::Unusual)?;
        let new = format!("<{p}{list} count=\"{count}\">{content}</{p}{list}>");
        match lists.iter().find(|e| rank(&local(e)) > rank(list)) {
            Some(later) => edits.insert(later.range.start, new),
            None => root.append(edits, &new),
        }
        Ok(())
    }
}

/// How many fonts [`Styles::new_fonts`] makes.
const NEW_FONTS: usize = 5;
