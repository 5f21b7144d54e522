//! How instants, days, periods and words are written in the ledger, and read back.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{Result, StoreError};
use crate::period::ReportingPeriod;
use crate::record::Sheet;

/// An instant as text that sorts: UTC, always six decimals.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The key of a sheet in the tables.
pub(super) const fn sheet_key(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::Activities => "activities",
        Sheet::Participants => "participants",
        Sheet::Equipment => "equipment",
        Sheet::Meetings => "meetings",
        Sheet::Plan => "plan",
        Sheet::Challenges => "challenges",
        Sheet::Priorities => "priorities",
        Sheet::Indicators => "indicators",
        Sheet::Risks => "risks",
        Sheet::Budget => "budget",
    }
}

/// The sheet of a key.
pub(super) fn sheet_of(key: &str) -> Result<Sheet> {
    Sheet::ALL.into_iter().find(|s| sheet_key(*s) == key).ok_or_else(|| StoreError::unreadable("sheet", key))
}

/// Reads columns of a row by name, and says which one could not be understood.
pub(super) trait Columns {
    fn text(&self, name: &str) -> Result<String>;
    fn maybe_text(&self, name: &str) -> Result<Option<String>>;
    fn number(&self, name: &str) -> Result<i64>;
    fn maybe_number(&self, name: &str) -> Result<Option<i64>>;

    fn maybe_at(&self, name: &str) -> Result<Option<DateTime<Utc>>> {
        let Some(text) = self.maybe_text(name)? else { return Ok(None) };
        let at = DateTime::parse_from_rfc3339(&text).map_err(|_| StoreError::unreadable("instant", &text))?;
        Ok(Some(at.with_timezone(&Utc)))
    }
    fn at(&self, name: &str) -> Result<DateTime<Utc>> {
        self.maybe_at(name)?.ok_or_else(|| StoreError::unreadable(name, "nothing"))
    }
    fn maybe_day(&self, name: &str) -> Result<Option<NaiveDate>> {
        let Some(text) = self.maybe_text(name)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| StoreError::unreadable("day", &text))
    }
    fn maybe_period(&self, name: &str) -> Result<Option<ReportingPeriod>> {
        let Some(text) = self.maybe_text(name)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| StoreError::unreadable("period", &text))
    }
    fn period(&self, name: &str) -> Result<ReportingPeriod> {
        self.maybe_period(name)?.ok_or_else(|| StoreError::unreadable(name, "nothing"))
    }
    fn small(&self, name: &str) -> Result<u32> {
        let number = self.number(name)?;
        u32::try_from(number).map_err(|_| StoreError::unreadable(name, &number.to_string()))
    }
    fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        read_json(name, &self.text(name)?)
    }
}

impl Columns for SqliteRow {
    fn text(&self, name: &str) -> Result<String> {
        Ok(self.try_get(name)?)
    }
    fn maybe_text(&self, name: &str) -> Result<Option<String>> {
        Ok(self.try_get(name)?)
    }
    fn number(&self, name: &str) -> Result<i64> {
        Ok(self.try_get(name)?)
    }
    fn maybe_number(&self, name: &str) -> Result<Option<i64>> {
        Ok(self.try_get(name)?)
    }
}

/// JSON that we wrote. The message names the field and not the content, which may be somebody's.
pub(super) fn read_json<T: DeserializeOwned>(what: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::unreadable(what, &format!("line {}", error.line())))
}

/// Something of ours as JSON.
pub(super) fn write_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_sort_as_text() {
        let second = "2026-01-01T00:00:01Z".parse::<DateTime<Utc>>().unwrap();
        let half = "2026-01-01T00:00:00.5Z".parse::<DateTime<Utc>>().unwrap();
        assert_eq!(instant(second), "2026-01-01T00:00:01.000000Z");
        assert!(instant(half) < instant(second));
    }

    #[test]
    fn every_sheet_has_a_key() {
        for sheet in Sheet::ALL {
            assert_eq!(sheet_of(sheet_key(sheet)).unwrap(), sheet);
            assert_eq!(serde_json::to_string(&sheet).unwrap(), format!("\"{}\"", sheet_key(sheet)));
        }
    }
}
