//! `.xls`, where it is switched on. The library reads such a file whole; what that costs is
//! bounded by the limits of the child process alone, which is why it is off by default.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::super::raw::{RawCell, RawRow, RawSheet, RawValue, RawWorkbook, Unreadable};
use super::refusal::{refuse, refuse_sheet};
use super::xlsx::{date, iso_date};
use crate::cell::{CellRange, CellRef};

struct Book {
    name: String,
    book: Xls<BufReader<File>>,
    sheets: Vec<RawSheet>,
}

/// Opens a binary workbook.
pub(super) fn open(path: &Path, name: &str) -> Result<impl RawWorkbook + use<>, Unreadable> {
    let file = File::open(path).map_err(|_| refuse("file-cannot-be-opened", name))?;
    let book: Xls<_> = Xls::new(BufReader::new(file)).map_err(|problem| match problem {
        XlsError::Password => refuse("file-has-password", name),
        _ => refuse("file-damaged", name),
    })?;
    let worksheets: Vec<_> = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).cloned().collect();
    let sheets = worksheets
        .into_iter()
        .map(|sheet| {
            let merges = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
            let corner = |(row, column): (u32, u32)| CellRef::new(row, column);
            RawSheet {
                hidden: sheet.visible != SheetVisible::Visible,
                merges: merges.iter().map(|m| CellRange::new(corner(m.start), corner(m.end))).collect(),
                name: sheet.name,
                ..RawSheet::default()
            }
        })
        .collect();
    Ok(Book { name: name.to_owned(), book, sheets })
}

impl RawWorkbook for Book {
    fn sheets(&self) -> &[RawSheet] {
        &self.sheets
    }

    /// The library applies the epoch to date cells itself and does not tell it.
    fn is_1904(&self) -> bool {
        false
    }

    fn read(&mut self, sheet: usize, visit: &mut dyn FnMut(RawRow) -> bool) -> Result<(), Unreadable> {
        let Some(raw) = self.sheets.get(sheet) else { return Ok(()) };
        let broken = |_| refuse_sheet("sheet-damaged", &self.name, &raw.name);
        let range = self.book.worksheet_range(&raw.name).map_err(broken)?;
        let formulas = self.book.worksheet_formula(&raw.name).map_err(broken)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, values) in (first_row..).zip(range.rows()) {
            let cells: Vec<RawCell> = (first_column..)
                .zip(values)
                .filter_map(|(column, data)| {
                    let formula = formulas.get_value((row, column)).is_some_and(|f| !f.is_empty());
                    let value = match value(data) {
                        None if formula => RawValue::Uncalculated,
                        found => found?,
                    };
                    Some(RawCell { column, value, formula })
                })
                .collect();
            if !cells.is_empty()
                && !visit(RawRow { row, cells, hidden: false, struck: Vec::new(), comments: Vec::new() })
            {
                break;
            }
        }
        Ok(())
    }
}

fn value(data: &Data) -> Option<RawValue> {
    Some(match data {
        Data::Empty => return None,
        Data::String(text) if text.is_empty() => return None,
        #[expect(clippy::cast_precision_loss, reason = "Excel itself keeps numbers as f64")]
        Data::Int(n) => RawValue::Number(*n as f64),
        Data::Float(n) => RawValue::Number(*n),
        Data::String(text) | Data::DurationIso(text) => RawValue::Text(text.clone()),
        Data::Bool(b) => RawValue::Bool(*b),
        Data::DateTime(serial) => date(serial),
        Data::DateTimeIso(text) => iso_date(text).map_or_else(|| RawValue::Text(text.clone()), RawValue::Date),
        Data::Error(error) => RawValue::Error(error.to_string()),
    })
}
