//! Office Open XML: `.xlsx` and `.xlsm` (macros are never looked at).

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::{NaiveDate, NaiveDateTime};

use super::super::raw::{RawCell, RawRow, RawSheet, RawValue, RawWorkbook, Unreadable};
use super::refusal::{refuse, refuse_sheet};
use super::scan::SheetScan;
use crate::cell::CellRef;

/// Last column of a sheet, zero-based: XFD.
const LAST_COLUMN: u32 = 16_383;
/// Most text that one row may hold, in bytes. One long shared string may be named by every
/// cell of a row, so the size of the file is no measure.
const ROW_TEXT_BYTES: usize = 8 << 20;

struct Book {
    name: String,
    book: Xlsx<BufReader<File>>,
    sheets: Vec<RawSheet>,
    /// By place in `sheets`.
    scans: Vec<SheetScan>,
}

/// Opens a package that [`super::guard`] has let through.
pub(super) fn open(path: &Path, name: &str, scans: Vec<SheetScan>) -> Result<impl RawWorkbook + use<>, Unreadable> {
    let file = File::open(path).map_err(|_| refuse("file-cannot-be-opened", name))?;
    let book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(|problem| match problem {
        XlsxError::Password => refuse("file-has-password", name),
        _ => refuse("file-damaged", name),
    })?;
    let mut scans: Vec<Option<SheetScan>> = scans.into_iter().map(Some).collect();
    let mut sheets = Vec::new();
    let mut kept = Vec::new();
    for (place, sheet) in book.sheets_metadata().iter().enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let scan = scans.get_mut(place).and_then(Option::take).unwrap_or_default();
        sheets.push(RawSheet {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
            merges: scan.merges.clone(),
            hidden_columns: scan.hidden_columns.clone(),
            is_csv: false,
        });
        kept.push(scan);
    }
    Ok(Book { name: name.to_owned(), book, sheets, scans: kept })
}

impl RawWorkbook for Book {
    fn sheets(&self) -> &[RawSheet] {
        &self.sheets
    }

    fn is_1904(&self) -> bool {
        self.book.has_1904_epoch()
    }

    fn read(&mut self, sheet: usize, visit: &mut dyn FnMut(RawRow) -> bool) -> Result<(), Unreadable> {
        let (Some(raw), Some(scan)) = (self.sheets.get(sheet), self.scans.get(sheet)) else {
            return Ok(());
        };
        let broken = || refuse_sheet("sheet-damaged", &self.name, &raw.name);
        let mut cells = match self.book.worksheet_cells_reader(&raw.name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
            Err(_) => return Err(broken()),
        };
        let mut row = Gathering::new(scan);
        let mut errors = scan.errors.iter();
        loop {
            let (place, value, formula) = match cells.next_cell_with_formula_metadata() {
                Ok(None) => break,
                Ok(Some(cell)) => {
                    if matches!(cell.value, DataRef::Error(_)) {
                        errors.next();
                    }
                    let (row, column) = cell.pos;
                    (CellRef::new(row, column), value(cell.value), cell.formula.is_some())
                }
                // An error value that the library has no word for. It does not tell the
                // place, but the cell is the next error cell of the file.
                Err(XlsxError::CellError(shown)) => match errors.next() {
                    Some(place) => (*place, Some(RawValue::Error(shown)), false),
                    None => return Err(broken()),
                },
                Err(_) => return Err(broken()),
            };
            let value = match value {
                None if formula => RawValue::Uncalculated,
                Some(RawValue::Text(text)) if text.is_empty() => continue,
                None => continue,
                Some(value) => value,
            };
            if place.column > LAST_COLUMN {
                continue;
            }
            let cell = RawCell { column: place.column, value, formula };
            if !row.take(place.row, cell, visit).map_err(|TooMuchText| broken())? {
                return Ok(());
            }
        }
        row.give(visit);
        Ok(())
    }
}

/// A row held more text than a row may.
struct TooMuchText;

/// The row whose cells are coming in.
struct Gathering<'a> {
    scan: &'a SheetScan,
    row: u32,
    cells: Vec<RawCell>,
    bytes: usize,
}

impl<'a> Gathering<'a> {
    const fn new(scan: &'a SheetScan) -> Self {
        Self { scan, row: 0, cells: Vec::new(), bytes: 0 }
    }

    /// Adds a cell, after giving away the row before it; false where nobody wants more.
    fn take(&mut self, row: u32, cell: RawCell, visit: &mut dyn FnMut(RawRow) -> bool) -> Result<bool, TooMuchText> {
        if row != self.row && !self.give(visit) {
            return Ok(false);
        }
        self.row = row;
        if let RawValue::Text(text) = &cell.value {
            self.bytes += text.len();
            if self.bytes > ROW_TEXT_BYTES {
                return Err(TooMuchText);
            }
        }
        self.cells.push(cell);
        Ok(true)
    }

    fn give(&mut self, visit: &mut dyn FnMut(RawRow) -> bool) -> bool {
        self.bytes = 0;
        if self.cells.is_empty() {
            return true;
        }
        let mut cells = std::mem::take(&mut self.cells);
        if !cells.is_sorted_by_key(|c| c.column) {
            cells.sort_by_key(|c| c.column);
        }
        cells.dedup_by_key(|c| c.column);
        let (hidden, struck) = (self.scan.is_hidden(self.row), self.scan.struck_in(self.row));
        visit(RawRow { row: self.row, cells, hidden, struck, comments: self.scan.comments_in(self.row) })
    }
}

fn value(value: DataRef<'_>) -> Option<RawValue> {
    Some(match value {
        DataRef::Empty => return None,
        #[expect(clippy::cast_precision_loss, reason = "Excel itself keeps numbers as f64")]
        DataRef::Int(n) => RawValue::Number(n as f64),
        DataRef::Float(n) => RawValue::Number(n),
        DataRef::String(text) => RawValue::Text(text),
        DataRef::SharedString(text) => RawValue::Text(text.to_owned()),
        DataRef::Bool(b) => RawValue::Bool(b),
        DataRef::DateTime(serial) => date(&serial),
        DataRef::DateTimeIso(text) => iso_date(&text).map_or(RawValue::Text(text), RawValue::Date),
        DataRef::DurationIso(text) => RawValue::Text(text),
        DataRef::Error(error) => RawValue::Error(error.to_string()),
    })
}

/// A serial under a date format. One outside Excel's own range, and a length of time, stay
/// the numbers they are.
pub(super) fn date(serial: &ExcelDateTime) -> RawValue {
    let number = serial.as_f64();
    if serial.is_duration() || !(0.0..2_958_466.0).contains(&number) {
        return RawValue::Number(number);
    }
    let (year, month, day, hour, minute, second, _) = serial.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
        .and_then(|d| d.and_hms_opt(hour.into(), minute.into(), second.into()))
        .map_or(RawValue::Number(number), RawValue::Date)
}

/// `2017-11-29`, with or without a time, as strict workbooks and ODS write dates.
pub(super) fn iso_date(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    let day = || text.parse::<NaiveDate>().ok().and_then(|d| d.and_hms_opt(0, 0, 0));
    text.parse::<NaiveDateTime>().ok().or_else(day)
}
