//! `config/holidays.toml`: the days off of each country, for schedules by working days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::programme::country;
use super::shape::Fields;
use super::source::{Node, Value};
use super::values;
use crate::recipient::Country;
use crate::workdays::{Calendar, DayOfWeek};

/// Reads the countries; one that is named twice is told, and its first table holds.
pub(super) fn read(file: &Fields<'_>, holidays: &mut BTreeMap<Country, Calendar>) {
    for fields in file.tables("country") {
        let Some((code, node)) = fields.text("code") else { continue };
        let Some(found) = country(&fields, code, node) else { continue };
        if holidays.contains_key(&found) {
            fields.reader.report(fields.reader.error("holidays-country-twice", &node.span).with("country", code));
            continue;
        }
        let calendar = Calendar {
            weekend: weekend(&fields).unwrap_or_else(|| Calendar::default().weekend),
            fixed: fixed(&fields),
            days: dates(&fields, "days"),
            working: dates(&fields, "working"),
        };
        holidays.insert(found, calendar);
    }
}

fn weekend(fields: &Fields<'_>) -> Option<BTreeSet<DayOfWeek>> {
    let mut days = BTreeSet::new();
    for (name, node) in fields.texts("weekend")? {
        match DayOfWeek::named(name) {
            Some(day) => drop(days.insert(day)),
            None => {
                let told = fields.reader.error("weekday-unknown", &node.span).with("found", name);
                fields.reader.report(match values::nearest(name, &DayOfWeek::NAMES) {
                    Some(near) => told.worded("weekday-unknown-near").with("near", near),
                    None => told,
                });
            }
        }
    }
    Some(days)
}

/// Month and day: `03-21`. The 29th of February is one, in its years.
fn fixed(fields: &Fields<'_>) -> BTreeSet<(u32, u32)> {
    let mut days = BTreeSet::new();
    for (text, node) in fields.texts("fixed").unwrap_or_default() {
        match NaiveDate::parse_from_str(&format!("2024-{}", text.trim()), "%Y-%m-%d") {
            Ok(day) => drop(days.insert((day.month(), day.day()))),
            Err(_) => {
                let told = fields.reader.error("holiday-fixed", &node.span).with("found", text);
                fields.reader.report(match text.trim().parse::<NaiveDate>() {
                    Ok(_) => told.worded("holiday-fixed-of-one-year"),
                    Err(_) => told,
                });
            }
        }
    }
    days
}

/// Days of one year, with or without quotes.
fn dates(fields: &Fields<'_>, key: &'static str) -> BTreeSet<NaiveDate> {
    let Some(Node { value: Value::List(items), .. }) = fields.node(key) else { return BTreeSet::new() };
    let mut days = BTreeSet::new();
    for item in items {
        let (Value::Text(text) | Value::Date(text)) = &item.value else { continue };
        match NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d") {
            Ok(day) => drop(days.insert(day)),
            Err(_) => fields
                .reader
                .report(fields.reader.error("holiday-day", &item.span).with("key", key).with("found", text.as_str())),
        }
    }
    days
}
