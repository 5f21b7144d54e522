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
mod workbook;

use std::io::Write as _;

use anyhow::{Context as _, Result, bail};
use generated::{HEADINGS, Value};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [rows, file] = arguments.as_slice() else {
        bail!("expected a number of rows and a file: `generate 300 activities.xlsx`");
    };
    let rows: usize = rows.parse().with_context(|| format!("expected a number of rows, found `{rows}`"))?;
    if file.ends_with(".csv") { csv(rows, file) } else { workbook::xlsx(rows, file.as_ref()) }
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
