//! Generated activities as a workbook: for the example `generate`, and for benches.

use std::path::Path;

use anyhow::{Context as _, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::generated::{self, HEADINGS, Value};

/// Writes a workbook of `rows` activities, all of them invented and right.
pub(crate) fn xlsx(rows: usize, file: &Path) -> Result<()> {
    use chrono::Datelike as _;

    let mut workbook = Workbook::new();
    // Its own clock would make every file another.
    let made = ExcelDateTime::from_ymd(2018, 1, 15)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    sheet.set_name("Activities")?;
    let (bold, date) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    for (column, heading) in (0_u16..).zip(HEADINGS) {
        sheet.write_with_format(0, column, heading, &bold)?;
    }
    for (at, row) in (1_u32..).zip(generated::rows(rows)) {
        for (column, value) in (0_u16..).zip(&row) {
            match value {
                Value::Text(text) => sheet.write(at, column, text)?,
                Value::Number(number) => sheet.write(at, column, *number)?,
                Value::Day(day) => {
                    let day = ExcelDateTime::from_ymd(
                        day.year().try_into()?,
                        day.month().try_into()?,
                        day.day().try_into()?,
                    )?;
                    sheet.write_with_format(at, column, &day, &date)?
                }
                Value::Blank => continue,
            };
        }
    }
    workbook.save(file).with_context(|| format!("{} cannot be written", file.display()))
}
