//! One sheet, rewritten as it streams by: cells get another format, missing ones are added.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use quick_xml::writer::Writer;

use super::Unmarkable;
use super::styles::{Look, Styles};
use super::xml::{attribute, local, name, prefix, prefixed_attribute, with_attribute, without_attribute};
use crate::cell::{CellRef, column_letters};

/// Most bytes of one tag or text of a sheet.
const MOST_AT_ONCE: usize = 16 << 20;

/// Elements of a sheet that stand behind `legacyDrawing`.
const BEHIND_DRAWING: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// What is to be changed on a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetEdit {
    /// The cells that get another look.
    pub(super) marks: BTreeMap<CellRef, Look>,
    /// The relation of a new drawing for the notes, with the namespace of its attribute.
    pub(super) drawing: Option<(String, String)>,
}

/// What the beginning of a sheet tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SheetHead {
    /// It is among the sheets that are selected.
    pub(super) selected: bool,
}

/// Reads a sheet up to its rows.
pub(super) fn head(part: impl Read) -> Result<SheetHead, Unmarkable> {
    let mut reader = Reader::from_reader(BufReader::new(part.take(1 << 20)));
    let mut buffer = Vec::new();
    let mut head = SheetHead::default();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| Unmarkable::Unusual)? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "sheetData" => return Ok(head),
                "sheetView" => {
                    let selected = attribute(&tag, "tabSelected");
                    head.selected |= selected.is_some_and(|s| matches!(&*s, "1" | "true"));
                }
                _ => {}
            },
            Event::Eof => return Ok(head),
            _ => {}
        }
    }
}

/// The relation of the drawing that holds the boxes of a sheet's notes.
pub(super) fn drawing_of(part: impl Read) -> Result<Option<String>, Unmarkable> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 * 1024, part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| Unmarkable::Unusual)? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "legacyDrawing" => {
                return Ok(prefixed_attribute(&tag, "id").map(Cow::into_owned));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

/// Copies a sheet with its changes made.
pub(super) fn rewrite(
    part: impl Read,
    out: impl Write,
    edit: SheetEdit,
    styles: &mut Styles,
) -> Result<(), Unmarkable> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 * 1024, part));
    let mut rewriting = Rewriting {
        out: Writer::new(out),
        marks: edit.marks,
        drawing: edit.drawing,
        styles,
        prefix: String::new(),
        columns: Vec::new(),
        depth: 0,
        in_data: false,
        row: Row::default(),
        last_row: None,
    };
    rewriting.all(&mut reader)
}

/// The row that is being copied.
#[derive(Debug, Default)]
struct Row {
    number: u32,
    style: Option<u32>,
    last_column: Option<u32>,
    /// Columns still to be marked.
    marks: BTreeMap<u32, Look>,
}

struct Rewriting<'a, W: Write> {
    out: Writer<W>,
    marks: BTreeMap<CellRef, Look>,
    drawing: Option<(String, String)>,
    styles: &'a mut Styles,
    /// Of the elements of the sheet, with its colon.
    prefix: String,
    /// Formats of whole columns: first, last, format.
    columns: Vec<(u32, u32, u32)>,
    depth: usize,
    in_data: bool,
    row: Row,
    last_row: Option<u32>,
}

impl<W: Write> Rewriting<'_, W> {
    fn all<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<(), Unmarkable> {
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let event = reader.read_event_into(&mut buffer).map_err(|_| Unmarkable::Unusual)?;
            match event {
                Event::Eof => return Ok(()),
                Event::DocType(_) => return Err(Unmarkable::Unusual),
                Event::Start(tag) => {
                    let changed = self.opened(&tag, false)?;
                    self.raw("<", &changed, ">")?;
                    self.depth += 1;
                }
                Event::Empty(tag) => {
                    let changed = self.opened(&tag, true)?;
                    self.empty(&changed)?;
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.closing(tag.local_name().as_ref())?;
                    self.event(Event::End(tag))?;
                }
                other => self.event(other)?,
            }
            if buffer.len() > MOST_AT_ONCE {
                return Err(Unmarkable::TooLarge);
            }
        }
    }

    fn event(&mut self, event: Event<'_>) -> Result<(), Unmarkable> {
        self.out.write_event(event).map_err(Unmarkable::Written)
    }

    fn raw(&mut self, before: &str, tag: &str, after: &str) -> Result<(), Unmarkable> {
        let out = self.out.get_mut();
        let written = out
            .write_all(before.as_bytes())
            .and_then(|()| out.write_all(tag.as_bytes()))
            .and_then(|()| out.write_all(after.as_bytes()));
        written.map_err(Unmarkable::Written)
    }

    /// A start tag as it is to be written; what must stand before it is written here.
    fn opened<'t>(&mut self, tag: &'t str, is_empty: bool) -> Result<Cow<'t, str>, Unmarkable> {
        let local = local(name(tag));
        if self.depth == 1 {
            if BEHIND_DRAWING.contains(&local) && self.last_row.is_some_and(|_| !self.in_data) {
                self.drawing()?;
            }
            if local == "sheetData" {
                prefix(tag).clone_into(&mut self.prefix);
                self.in_data = !is_empty;
                // From here on the rows have been passed, also where there are none.
                self.last_row = Some(0);
            }
        }
        Ok(match (self.depth, local) {
            (2, "col") => {
                let number = |key: &str| attribute(tag, key).and_then(|v| v.parse::<u32>().ok());
                if let (Some(first), Some(last), Some(style)) = (number("min"), number("max"), number("style"))
                    && self.columns.len() < 20_000
                {
                    self.columns.push((first.saturating_sub(1), last.saturating_sub(1), style));
                }
                tag.into()
            }
            (_, "sheetView") if attribute(tag, "tabSelected").is_some() => {
                with_attribute(tag, "tabSelected", "0").into()
            }
            (2, "row") if self.in_data => self.row(tag)?,
            // In most rows nothing is marked; there are many cells.
            (3, "c") if self.in_data && !(self.row.marks.is_empty() && self.styles.ours().is_empty()) => {
                self.cell(tag)?
            }
            _ => tag.into(),
        })
    }

    fn row<'t>(&mut self, tag: &'t str) -> Result<Cow<'t, str>, Unmarkable> {
        let before = self.last_row.unwrap_or(0);
        let stated =
            attribute(tag, "r").map(|r| r.trim().parse::<u32>().map_err(|_| Unmarkable::Unusual)).transpose()?;
        let number = stated.or(before.checked_add(1)).ok_or(Unmarkable::Unusual)?;
        if number <= before {
            return Err(Unmarkable::Unusual);
        }
        self.rows_before(number - 1)?;
        self.last_row = Some(number);
        let rest = self.marks.split_off(&CellRef::new(number, 0));
        let marks: BTreeMap<u32, Look> =
            std::mem::replace(&mut self.marks, rest).into_iter().map(|(c, look)| (c.column, look)).collect();
        let has_style = attribute(tag, "customFormat").is_some_and(|c| matches!(&*c, "1" | "true"));
        let style = attribute(tag, "s").and_then(|s| s.parse().ok()).filter(|_| has_style);
        let outside = attribute(tag, "spans").is_some_and(|spans| {
            let (first, last) = spans.split_once(':').unwrap_or((&spans, ""));
            let (first, last) = (first.parse().unwrap_or(1_u32), last.parse().unwrap_or(0_u32));
            marks.keys().any(|column| !(first..=last).contains(&(column + 1)))
        });
        self.row = Row { number: number - 1, style, last_column: None, marks };
        Ok(if outside { without_attribute(tag, "spans").into() } else { tag.into() })
    }

    fn cell<'t>(&mut self, tag: &'t str) -> Result<Cow<'t, str>, Unmarkable> {
        let next = self.row.last_column.map_or(0, |c| c + 1);
        let column = match attribute(tag, "r") {
            Some(place) => place.parse::<CellRef>().map_err(|_| Unmarkable::Unusual)?.column,
            None => next,
        };
        if column < next {
            return Err(Unmarkable::Unusual);
        }
        self.cells_before(column)?;
        self.row.last_column = Some(column);
        let style = attribute(tag, "s").and_then(|s| s.parse::<u32>().ok()).unwrap_or(0);
        let look = self.row.marks.remove(&column);
        let look = look.or_else(|| self.styles.ours().contains(&style).then_some(Look::Unmarked));
        Ok(match look {
            Some(look) => with_attribute(tag, "s", &self.styles.like(style, look).to_string()).into(),
            None => tag.into(),
        })
    }

    /// An element without content; one that gets some is opened and closed.
    fn empty(&mut self, tag: &str) -> Result<(), Unmarkable> {
        let name = name(tag);
        let filled = match (self.depth, local(name)) {
            (1, "sheetData") => !self.marks.is_empty(),
            (2, "row") if self.in_data => !self.row.marks.is_empty(),
            _ => false,
        };
        if !filled {
            return self.raw("<", tag, "/>");
        }
        self.raw("<", tag.trim_end(), ">")?;
        self.closing(local(name))?;
        self.raw("</", name, ">")
    }

    /// Writes what must stand before an end tag.
    fn closing(&mut self, local: &str) -> Result<(), Unmarkable> {
        match (self.depth, local) {
            (2, "row") if self.in_data => self.cells_before(u32::MAX),
            (1, "sheetData") => {
                self.rows_before(u32::MAX)?;
                self.in_data = false;
                Ok(())
            }
            (0, "worksheet") => self.drawing(),
            _ => Ok(()),
        }
    }

    /// Adds the marked cells of the current row that stand before a column and are not there.
    fn cells_before(&mut self, column: u32) -> Result<(), Unmarkable> {
        let rest = if column == u32::MAX { BTreeMap::new() } else { self.row.marks.split_off(&column) };
        let missing = std::mem::replace(&mut self.row.marks, rest);
        let (row, style) = (self.row.number, self.row.style);
        for (column, look) in missing {
            self.new_cell(row, column, style, look)?;
        }
        Ok(())
    }

    /// Adds the rows before a row (zero-based) that have marked cells and are not there.
    fn rows_before(&mut self, row: u32) -> Result<(), Unmarkable> {
        let rest = if row == u32::MAX { BTreeMap::new() } else { self.marks.split_off(&CellRef::new(row, 0)) };
        let missing = std::mem::replace(&mut self.marks, rest);
        let prefix = self.prefix.clone();
        let mut open = None;
        for (cell, look) in missing {
            if open != Some(cell.row) {
                if open.is_some() {
                    self.raw("</", &format!("{prefix}row"), ">")?;
                }
                self.raw("<", &format!("{prefix}row r=\"{}\"", cell.row + 1), ">")?;
                open = Some(cell.row);
            }
            self.new_cell(cell.row, cell.column, None, look)?;
        }
        if open.is_some() {
            self.raw("</", &format!("{prefix}row"), ">")?;
        }
        Ok(())
    }

    fn new_cell(&mut self, row: u32, column: u32, row_style: Option<u32>, look: Look) -> Result<(), Unmarkable> {
        let of_column = || self.columns.iter().find(|(a, b, _)| (*a..=*b).contains(&column)).map(|(.., s)| *s);
        let base = row_style.or_else(of_column).unwrap_or(0);
        let style = self.styles.like(base, look);
        let prefix = self.prefix.clone();
        self.raw("<", &format!("{prefix}c r=\"{}{}\" s=\"{style}\"", column_letters(column), row + 1), "/>")
    }

    /// Adds the drawing of the notes, where there is one to add and it is not there yet.
    fn drawing(&mut self) -> Result<(), Unmarkable> {
        let Some((id, namespace)) = self.drawing.take() else { return Ok(()) };
        let tag = format!("{}legacyDrawing xmlns:r=\"{namespace}\" r:id=\"{id}\"", self.prefix);
        self.raw("<", &tag, "/>")
    }
}
