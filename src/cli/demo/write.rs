//! Writes a workbook as a careful colleague would have typed it.

use anyhow::Result;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook};

use super::fictional::{Book, Cell, Page};
use crate::cell::lines;
use crate::intake::interpret::{headings, sheets};
use crate::recipient::Language;

impl Page {
    /// Zero-based column of a heading, by its English name.
    pub(super) fn column(&self, heading: &str) -> Option<usize> {
        self.headings.iter().position(|h| *h == heading)
    }
}

fn heading(page: &Page, english: &str, language: Language) -> String {
    let known = headings::of(page.sheet).0.iter().find(|h| h.english() == english);
    match (language, known) {
        (Language::Ru, Some(known)) => known.russian().to_owned(),
        _ if english == "Reporting period" && language == Language::Ru => "Отчётный период".to_owned(),
        _ => english.to_owned(),
    }
}

/// Height of a line, in points.
const LINE: f64 = 15.0;

/// Width of a column, in letters.
fn width(english: &str) -> usize {
    let is_wide = matches!(
        english,
        "Title"
            | "Summary"
            | "Agencies"
            | "Outputs"
            | "Indicator"
            | "Risk"
            | "Mitigation"
            | "Challenge"
            | "Priority"
            | "Agenda item"
            | "Decision"
            | "Action point"
            | "Reason"
    );
    if is_wide { 42 } else { 15 }
}

/// The workbook as a file; the same bytes each time.
pub(super) fn bytes(book: &Book) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created).set_comment("Invented example data"));
    let head = Format::new().set_bold().set_background_color("#E8EDF5").set_align(FormatAlign::Top).set_text_wrap();
    let prose = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let date = Format::new().set_align(FormatAlign::Top).set_num_format("dd.mm.yyyy");
    let money = Format::new().set_align(FormatAlign::Top).set_num_format("#,##0.00");
    for page in book.pages.iter().filter(|page| !page.rows.is_empty()) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(match book.language {
            Language::En => page.sheet.name(),
            Language::Ru => sheets::russian(page.sheet),
        })?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, english) in (0u16..).zip(&page.headings) {
            sheet.set_column_width(column, u32::try_from(width(english))?)?;
            sheet.write_string_with_format(0, column, heading(page, english, book.language), &head)?;
        }
        for (row, cells) in (1u32..).zip(&page.rows) {
            let needed = page.headings.iter().zip(cells).map(|(english, cell)| match cell {
                Cell::Text(text) => lines(text, width(english)),
                _ => 1,
            });
            let needed = needed.max().and_then(|lines| u32::try_from(lines).ok()).unwrap_or(1);
            sheet.set_row_height(row, LINE * f64::from(needed))?;
            for (column, cell) in (0u16..).zip(cells) {
                match cell {
                    Cell::Blank => {}
                    Cell::Text(text) => drop(sheet.write_string_with_format(row, column, text, &prose)?),
                    Cell::Number(number) => drop(sheet.write_number_with_format(row, column, *number, &prose)?),
                    Cell::Money(number) => drop(sheet.write_number_with_format(row, column, *number, &money)?),
                    Cell::Date(day) => {
                        // Excel counts days; day 1 was 1 January 1900, and 1900 had a 29 February.
                        let since = *day - chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
                        #[expect(clippy::cast_precision_loss, reason = "a few ten thousand days")]
                        let serial = since.num_days() as f64;
                        sheet.write_number_with_format(row, column, serial, &date)?;
                    }
                }
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}
