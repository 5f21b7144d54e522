//! Writes a workbook of generated activities, to measure with:
//!
//! ```text
//! cargo run --release --example generate -- 300 activities.xlsx
//! cargo run --release --example generate -- 100000 activities.csv
//! ```
//!
//! The kind of file follows from its name. Everything in it is invented.
#![allow(clippy::print_stderr, clippy::indexing_slicing, reason = "a tool of the workshop, not of the users")]

mod generated;

use std::io::Write as _;

use anyhow::{Context as _, Result, bail};
use generated::{HEADINGS, Value};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [rows, file] = arguments.as_slice() else {
        bail!("expected a number of rows and a file: `generate 300 activities.xlsx`");
    };
    let rows: usize = rows.parse().with_context(|| format!("expected a number of rows, found `{rows}`"))?;
    if file.ends_with(".csv") { csv(rows, file) } else { xlsx(rows, file) }
}

fn xlsx(rows: usize, file: &str) -> Result<()> {
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
    workbook.save(file).with_context(|| format!("{file} cannot be written"))
}

fn csv(rows: usize, file: &str) -> Result<()> {
    let mut writer = csv::Writer::from_path(file).with_context(|| format!("{file} cannot be written"))?;
    writer.write_record(HEADINGS)?;
    for row in generated::rows(rows) {
        writer.write_record(row.map(|value| match value {
            Value::Text(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Day(day) => day.to_string(),
            Value::Blank => String::new(),
        }))?;
    }
    writer.into_inner()?.flush()?;
    Ok(())
}
