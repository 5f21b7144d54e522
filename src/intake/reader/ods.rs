//! ODF spreadsheets, read as a stream: a few bytes may claim a million repeated rows.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::raw::{RawCell, RawRow, RawSheet, RawWorkbook, Unreadable};
use super::comments::{MOST_BYTES, footnote};
use super::letter;
use super::ods_cell::{Broken, Cell, repeat, value};
use super::refusal::{refuse, refuse_sheet};
use crate::cell::{CellRange, CellRef};

/// Last row and column of a sheet, zero-based; beyond them nothing is read.
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;
/// How often one cell that holds something is repeated sideways, at most.
const MOST_REPEATED: u32 = 1_024;

struct Book {
    name: String,
    zip: ZipArchive<BufReader<File>>,
    sheets: Vec<RawSheet>,
    /// Where each sheet begins in the unpacked content, in bytes.
    offsets: Vec<u64>,
    is_1904: bool,
    /// Cell styles that strike their text through.
    struck_styles: BTreeSet<String>,
}

/// Opens a package that [`super::guard`] has let through.
pub(super) fn open(path: &Path, name: &str) -> Result<impl RawWorkbook + use<>, Unreadable> {
    let damaged = || refuse("file-damaged", name);
    let file = File::open(path).map_err(|_| refuse("file-cannot-be-opened", name))?;
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| damaged())?;
    let mut structure = Structure::default();
    Content::open(&mut zip, 0).ok_or_else(damaged)?.walk(None, &mut structure).map_err(|Broken| damaged())?;
    let Structure { mut sheets, styles, offsets, is_1904, hidden_styles, struck_styles } = structure;
    for (sheet, style) in sheets.iter_mut().zip(styles) {
        sheet.hidden = hidden_styles.contains(&style);
    }
    Ok(Book { name: name.to_owned(), zip, sheets, offsets, is_1904, struck_styles })
}

/// Refuses a package whose parts are encrypted.
pub(super) fn refuse_encrypted<R: Read + Seek>(zip: &mut ZipArchive<R>, name: &str) -> Result<(), Unreadable> {
    let Ok(manifest) = zip.by_name("META-INF/manifest.xml") else { return Ok(()) };
    let mut xml = Reader::from_reader(BufReader::new(manifest));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "encryption-data" => {
                return Err(refuse("file-has-password", name));
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

impl RawWorkbook for Book {
    fn sheets(&self) -> &[RawSheet] {
        &self.sheets
    }

    fn is_1904(&self) -> bool {
        self.is_1904
    }

    fn read(&mut self, sheet: usize, visit: &mut dyn FnMut(RawRow) -> bool) -> Result<(), Unreadable> {
        let (Some(raw), Some(offset)) = (self.sheets.get(sheet), self.offsets.get(sheet)) else { return Ok(()) };
        let broken = || refuse_sheet("sheet-damaged", &self.name, &raw.name);
        let content = Content::open(&mut self.zip, *offset).ok_or_else(broken)?;
        content.walk(Some(0), &mut Rows { visit, struck: &self.struck_styles }).map_err(|Broken| broken())
    }
}

/// What is told about a spreadsheet while it is walked through.
trait Listener {
    fn hidden_style(&mut self, _style: String) {}
    fn struck_style(&mut self, _style: String) {}
    /// Whether a cell style strikes its text through.
    fn is_struck(&self, _style: &str) -> bool {
        false
    }
    fn hidden_columns(&mut self, _first: u32, _last: u32) {}
    fn epoch_1904(&mut self) {}
    /// A sheet begins, so many bytes into the content.
    fn sheet(&mut self, _name: String, _style: String, _offset: u64) {}
    fn merge(&mut self, _range: CellRange) {}
    /// Answers false where nobody wants more.
    fn row(&mut self, _row: RawRow) -> bool {
        true
    }
}

/// The sheets, without their rows.
#[derive(Default)]
struct Structure {
    sheets: Vec<RawSheet>,
    styles: Vec<String>,
    offsets: Vec<u64>,
    is_1904: bool,
    hidden_styles: BTreeSet<String>,
    struck_styles: BTreeSet<String>,
}

impl Listener for Structure {
    fn hidden_style(&mut self, style: String) {
        self.hidden_styles.insert(style);
    }

    fn struck_style(&mut self, style: String) {
        self.struck_styles.insert(style);
    }

    fn hidden_columns(&mut self, first: u32, last: u32) {
        if let Some(sheet) = self.sheets.last_mut()
            && sheet.hidden_columns.len() < 1_000
        {
            sheet.hidden_columns.push((first, last));
        }
    }

    fn epoch_1904(&mut self) {
        self.is_1904 = true;
    }

    fn sheet(&mut self, name: String, style: String, offset: u64) {
        self.sheets.push(RawSheet { name, ..RawSheet::default() });
        self.styles.push(style);
        self.offsets.push(offset);
    }

    fn merge(&mut self, range: CellRange) {
        if let Some(sheet) = self.sheets.last_mut()
            && sheet.merges.len() < 100_000
        {
            sheet.merges.push(range);
        }
    }
}

/// The rows of one sheet.
struct Rows<'a> {
    visit: &'a mut dyn FnMut(RawRow) -> bool,
    struck: &'a BTreeSet<String>,
}

impl Listener for Rows<'_> {
    fn is_struck(&self, style: &str) -> bool {
        self.struck.contains(style)
    }

    fn row(&mut self, row: RawRow) -> bool {
        (self.visit)(row)
    }
}

/// Where the walk stands within the sheet.
#[derive(Default)]
struct Position {
    row: u32,
    column: u32,
    row_repeat: u32,
    hidden: bool,
    cells: Vec<RawCell>,
    struck: Vec<u32>,
    comments: Vec<(u32, String)>,
    /// Columns declared so far.
    declared: u32,
}

struct Content<'a> {
    xml: Reader<BufReader<zip::read::ZipFile<'a, BufReader<File>>>>,
}

impl<'a> Content<'a> {
    /// Opens the content at the beginning of a sheet: what comes before is unpacked and not
    /// looked at, which costs a tenth of reading it.
    fn open(zip: &'a mut ZipArchive<BufReader<File>>, offset: u64) -> Option<Self> {
        let mut entry = zip.by_name("content.xml").ok()?;
        std::io::copy(&mut entry.by_ref().take(offset), &mut std::io::sink()).ok()?;
        let mut xml = Reader::from_reader(BufReader::with_capacity(64 * 1024, entry));
        xml.config_mut().expand_empty_elements = true;
        Some(Self { xml })
    }

    /// The paragraphs of a note, without who wrote it and when; the walk goes on behind it.
    fn annotation(&mut self) -> Result<String, Broken> {
        let (mut text, mut depth, mut buffer) = (String::new(), 0_u32, Vec::new());
        loop {
            buffer.clear();
            let event = self.xml.read_event_into(&mut buffer).map_err(|_| Broken)?;
            let mut add = |words: &str| {
                if depth > 0 && text.len() + words.len() <= MOST_BYTES {
                    text.push_str(words);
                }
            };
            match event {
                Event::Start(tag) if tag.local_name().as_ref() == "p" => {
                    depth += 1;
                    if !text.is_empty() {
                        text.push('\n');
                    }
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    "p" => depth = depth.saturating_sub(1),
                    "annotation" => return Ok(text),
                    _ => {}
                },
                Event::Text(words) => add(&words.xml10_content()),
                Event::CData(words) => add(&words.xml10_content()),
                Event::GeneralRef(entity) => {
                    add(letter(&entity).ok_or(Broken)?.encode_utf8(&mut [0; 4]));
                }
                Event::Eof => return Err(Broken),
                _ => {}
            }
        }
    }

    /// Walks through all sheets; rows are put together for `wanted` only, and the walk ends
    /// with it.
    fn walk(mut self, wanted: Option<usize>, listener: &mut dyn Listener) -> Result<(), Broken> {
        let mut buffer = Vec::new();
        let mut style = String::new();
        let mut sheets = 0;
        // Depth of tables: a table within a cell or a drawing is none of ours.
        let mut tables = 0_u32;
        let mut position = Position::default();
        let mut cell: Option<Cell> = None;
        loop {
            buffer.clear();
            let offset = self.xml.buffer_position();
            let event = self.xml.read_event_into(&mut buffer).map_err(|_| Broken)?;
            let reads = tables == 1 && wanted.is_some_and(|w| w + 1 == sheets);
            match event {
                Event::Eof => return Ok(()),
                Event::DocType(_) => return Err(Broken),
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "style" => style = value(&tag, "style:name").unwrap_or_default(),
                    "table-properties" if value(&tag, "table:display").as_deref() == Some("false") => {
                        listener.hidden_style(style.clone());
                    }
                    "text-properties"
                        if value(&tag, "style:text-line-through-style").is_some_and(|line| line != "none") =>
                    {
                        listener.struck_style(style.clone());
                    }
                    "table-column" if tables == 1 => {
                        let first = position.declared;
                        let count = repeat(&tag, "table:number-columns-repeated").max(1);
                        position.declared = first.saturating_add(count);
                        if matches!(value(&tag, "table:visibility").as_deref(), Some("collapse" | "filter")) {
                            listener.hidden_columns(first, position.declared.saturating_sub(1));
                        }
                    }
                    "null-date" => {
                        if value(&tag, "table:date-value").is_some_and(|d| d.starts_with("1904")) {
                            listener.epoch_1904();
                        }
                    }
                    "table" => {
                        tables += 1;
                        if tables == 1 {
                            sheets += 1;
                            position = Position::default();
                            let style = value(&tag, "table:style-name").unwrap_or_default();
                            listener.sheet(value(&tag, "table:name").unwrap_or_default(), style, offset);
                        }
                    }
                    // Both hold cells or tables that are not, or no longer, of the sheet.
                    "tracked-changes" | "shapes" => {
                        let end = tag.to_end().into_owned();
                        self.xml.read_to_end_into(end.name(), &mut Vec::new()).map_err(|_| Broken)?;
                    }
                    "table-row" if tables == 1 => {
                        position.column = 0;
                        position.row_repeat = repeat(&tag, "table:number-rows-repeated");
                        position.hidden =
                            matches!(value(&tag, "table:visibility").as_deref(), Some("collapse" | "filter"));
                    }
                    "table-cell" | "covered-table-cell" if tables == 1 => {
                        let repeat = repeat(&tag, "table:number-columns-repeated");
                        if !reads {
                            if let Some(range) = merge(&tag, &position) {
                                listener.merge(range);
                            }
                            position.column = position.column.saturating_add(repeat);
                        } else if tag.local_name().as_ref() == "covered-table-cell" {
                            // Only the upper left cell of a merge speaks.
                            position.column = position.column.saturating_add(repeat);
                        } else {
                            let mut begun = Cell::begin(&tag, repeat);
                            let style = value(&tag, "table:style-name");
                            begun.is_struck = style.is_some_and(|style| listener.is_struck(&style));
                            cell = Some(begun);
                        }
                    }
                    "annotation" if cell.is_some() => {
                        let text = self.annotation()?;
                        if let Some(cell) = &mut cell {
                            cell.comment = footnote(&text, &BTreeSet::new());
                        }
                    }
                    "frame" | "custom-shape" | "control" | "detective" if cell.is_some() => {
                        let end = tag.to_end().into_owned();
                        self.xml.read_to_end_into(end.name(), &mut Vec::new()).map_err(|_| Broken)?;
                    }
                    name => {
                        if let Some(cell) = &mut cell {
                            cell.element(name, &tag)?;
                        }
                    }
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "table" => {
                        tables = tables.saturating_sub(1);
                        if tables == 0 && wanted.is_some_and(|w| w + 1 == sheets) {
                            return Ok(());
                        }
                    }
                    "table-row" if tables == 1 => {
                        let is_wanted = position.end_row(listener);
                        if !is_wanted {
                            return Ok(());
                        }
                    }
                    "table-cell" if tables == 1 => {
                        if let Some(cell) = cell.take() {
                            position.end_cell(cell);
                        }
                    }
                    _ => {}
                },
                Event::Text(text) => {
                    if let Some(cell) = &mut cell {
                        cell.add(&text.xml10_content().replace(['\n', '\t'], " "))?;
                    }
                }
                Event::CData(text) => {
                    if let Some(cell) = &mut cell {
                        cell.add(&text.xml10_content())?;
                    }
                }
                Event::GeneralRef(entity) => {
                    if let Some(cell) = &mut cell {
                        cell.add(letter(&entity).ok_or(Broken)?.encode_utf8(&mut [0; 4]))?;
                    }
                }
                _ => {}
            }
        }
    }
}

impl Position {
    fn end_cell(&mut self, mut cell: Cell) {
        let (repeat, is_struck, comment) = (cell.repeat, cell.is_struck, cell.comment.take());
        if let Some((value, formula)) = cell.finish() {
            for offset in 0..repeat.min(MOST_REPEATED) {
                let column = self.column.saturating_add(offset);
                if column <= LAST_COLUMN {
                    self.cells.push(RawCell { column, value: value.clone(), formula });
                    if is_struck {
                        self.struck.push(column);
                    }
                }
            }
        }
        self.comments.extend(comment.map(|comment| (self.column, comment)));
        self.column = self.column.saturating_add(repeat);
    }

    fn end_row(&mut self, listener: &mut dyn Listener) -> bool {
        let (first, count) = (self.row, self.row_repeat.max(1));
        self.row = self.row.saturating_add(count);
        let (cells, struck) = (std::mem::take(&mut self.cells), std::mem::take(&mut self.struck));
        let comments = std::mem::take(&mut self.comments);
        if cells.is_empty() {
            return true;
        }
        for offset in 0..count {
            let row = first.saturating_add(offset);
            if row > LAST_ROW {
                break;
            }
            let (cells, struck, comments) = (cells.clone(), struck.clone(), comments.clone());
            if !listener.row(RawRow { row, cells, hidden: self.hidden, struck, comments }) {
                return false;
            }
        }
        true
    }
}

/// The range that a cell spans, where it spans more than itself.
fn merge(tag: &BytesStart<'_>, position: &Position) -> Option<CellRange> {
    let rows = repeat(tag, "table:number-rows-spanned");
    let columns = repeat(tag, "table:number-columns-spanned");
    if rows == 1 && columns == 1 {
        return None;
    }
    let first = CellRef::new(position.row, position.column);
    let last = CellRef::new(
        position.row.saturating_add(rows - 1).min(LAST_ROW),
        position.column.saturating_add(columns - 1).min(LAST_COLUMN),
    );
    Some(CellRange::new(first, last))
}
