//! A plain workbook with what a CSV, an ODS or an `.xls` says, to be marked in its place.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDateTime, Timelike as _};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::{Names, Unmarkable};
use crate::cell::lines;
use crate::intake::raw::{RawCell, RawRow, RawSheet, RawValue, RawWorkbook};

/// Most cells that are copied; they are held in memory.
const MOST_CELLS: usize = 1_000_000;
/// Widest and narrowest column, in characters.
const WIDTHS: (usize, usize) = (9, 46);
/// Most lines of a row that are shown.
const MOST_LINES: usize = 12;
/// Longest text of a cell, in characters.
const LONGEST_TEXT: usize = 32_000;

impl From<XlsxError> for Unmarkable {
    fn from(_: XlsxError) -> Self {
        Self::Unusual
    }
}

/// How cells are written.
struct Looks {
    plain: Format,
    /// For text that a program might take for a formula once somebody edits the cell.
    quoted: Format,
    date: Format,
}

/// Writes all sheets into a new workbook: values, merged cells, hidden rows and sheets.
pub(super) fn workbook(source: &mut dyn RawWorkbook, names: &Names, date_format: &str) -> Result<Vec<u8>, Unmarkable> {
    let mut book = Workbook::new();
    // The library would put the present moment into the file.
    let made = ExcelDateTime::from_ymd(2017, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let looks = Looks {
        quoted: plain.clone().set_quote_prefix(),
        date: Format::new().set_align(FormatAlign::Top).set_num_format(date_format),
        plain,
    };
    let sheets: Vec<RawSheet> = source.sheets().to_vec();
    let mut cells = 0;
    for (place, (sheet, name)) in sheets.iter().zip(&names.copied).enumerate() {
        if names.ours.contains(&sheet.name) {
            continue;
        }
        let page = book.add_worksheet();
        page.set_name(name)?;
        page.set_hidden(sheet.hidden);
        for merge in sheet.merges.iter().filter(|m| m.first != m.last) {
            let column = |c: u32| u16::try_from(c).map_err(|_| Unmarkable::TooLarge);
            let (first, last) = (merge.first, merge.last);
            page.merge_range(first.row, column(first.column)?, last.row, column(last.column)?, "", &looks.plain)?;
        }
        let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
        let mut failed = None;
        source.read(place, &mut |row| {
            cells += row.cells.len();
            if cells > MOST_CELLS {
                failed = Some(Unmarkable::TooLarge);
                return false;
            }
            for cell in &row.cells {
                if let Err(problem) = write(page, row.row, cell, &looks, &mut widths) {
                    failed = Some(problem);
                    return false;
                }
            }
            if let Err(problem) = shape(page, &row) {
                failed = Some(problem);
            }
            failed.is_none()
        })?;
        if let Some(problem) = failed {
            return Err(problem);
        }
        for (column, width) in widths {
            let width = u32::try_from(width.clamp(WIDTHS.0, WIDTHS.1) + 2).unwrap_or(48);
            page.set_column_width(column, f64::from(width))?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn write(
    page: &mut Worksheet,
    row: u32,
    cell: &RawCell,
    looks: &Looks,
    widths: &mut BTreeMap<u16, usize>,
) -> Result<(), Unmarkable> {
    let column = u16::try_from(cell.column).map_err(|_| Unmarkable::TooLarge)?;
    let width = match &cell.value {
        RawValue::Text(text) | RawValue::Error(text) => {
            let text: String = text.chars().take(LONGEST_TEXT).collect();
            match whole_number(&text) {
                Some(number) => page.write_number_with_format(row, column, number, &looks.plain)?,
                None if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
                    page.write_string_with_format(row, column, &text, &looks.quoted)?
                }
                None => page.write_string_with_format(row, column, &text, &looks.plain)?,
            };
            text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
        }
        RawValue::Number(number) => {
            page.write_number_with_format(row, column, *number, &looks.plain)?;
            9
        }
        RawValue::Date(date) => {
            page.write_datetime_with_format(row, column, &moment(date)?, &looks.date)?;
            10
        }
        RawValue::Bool(truth) => {
            page.write_boolean_with_format(row, column, *truth, &looks.plain)?;
            6
        }
        RawValue::Uncalculated => return Ok(()),
    };
    let widest = widths.entry(column).or_default();
    *widest = width.max(*widest);
    Ok(())
}

/// Hides a row as it was hidden, and makes it as high as its longest text needs: not every program
/// finds that height by itself.
fn shape(page: &mut Worksheet, row: &RawRow) -> Result<(), Unmarkable> {
    let needed = row.cells.iter().map(|cell| match &cell.value {
        RawValue::Text(text) => lines(text, WIDTHS.1),
        _ => 1,
    });
    let needed = needed.max().unwrap_or(1).min(MOST_LINES);
    if needed > 1 {
        page.set_row_height(row.row, 15.0 * f64::from(u32::try_from(needed).unwrap_or(1)))?;
    }
    if row.hidden {
        page.set_row_hidden(row.row)?;
    }
    Ok(())
}

fn moment(date: &NaiveDateTime) -> Result<ExcelDateTime, Unmarkable> {
    let part = |n: u32| u8::try_from(n).map_err(|_| Unmarkable::Unusual);
    let year = u16::try_from(date.year()).map_err(|_| Unmarkable::Unusual)?;
    let hour = u16::try_from(date.hour()).map_err(|_| Unmarkable::Unusual)?;
    let day = ExcelDateTime::from_ymd(year, part(date.month())?, part(date.day())?)?;
    Ok(day.and_hms(hour, part(date.minute())?, f64::from(date.second()))?)
}

/// A number that a cell can hold without losing anything of how it was typed.
fn whole_number(text: &str) -> Option<f64> {
    let plain = text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}
