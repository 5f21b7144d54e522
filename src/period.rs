//! The stretch of time a report speaks about.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

/// How long a reporting period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    /// A calendar month, `2017-M11`.
    Month,
    /// Three months, `2017-Q4`.
    Quarter,
    /// Six months, `2017-H2`.
    Half,
    /// A calendar year, `2017`.
    Year,
}

impl Span {
    /// Length in months.
    #[must_use]
    pub const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }
}

/// The stretch of time a report speaks about, such as the third quarter of 2026.
///
/// A period is half-open: it holds its first day and stops just before the first day of the
/// next, so neighbouring periods never share an activity. It knows nothing of time zones;
/// the schedule decides when, and where, a period is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportingPeriod {
    year: i32,
    /// Zero-based number of the span within its year.
    index: u32,
    span: Span,
}

impl ReportingPeriod {
    /// The period of the given span that holds `date`.
    #[must_use]
    pub fn containing(date: NaiveDate, span: Span) -> Self {
        Self { year: date.year(), index: date.month0() / span.months(), span }
    }

    /// The quarter (1 to 4) of a year; `None` for another number or a year outside 1900 to 9999.
    #[must_use]
    pub fn quarter(year: i32, number: u32) -> Option<Self> {
        Self::new(year, number, Span::Quarter)
    }

    /// The span with one-based `number` in `year`.
    #[must_use]
    pub fn new(year: i32, number: u32, span: Span) -> Option<Self> {
        let fits = (1..=12 / span.months()).contains(&number) && (1900..=9999).contains(&year);
        fits.then(|| Self { year, index: number - 1, span })
    }

    /// Calendar year of the period.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// One-based number of the span within its year: 4 for the fourth quarter.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.index + 1
    }

    /// How long it is.
    #[must_use]
    pub const fn span(self) -> Span {
        self.span
    }

    /// First day of the period.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.index * self.span.months() + 1, 1).unwrap_or(NaiveDate::MIN)
    }

    /// Last day of the period.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day() - TimeDelta::days(1)
    }

    /// Whether `date` lies in the period.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        Self::containing(date, self.span) == self
    }

    /// Whether the whole of `other` lies in this period.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.contains(other.first_day()) && self.contains(other.last_day())
    }

    /// The period after this one, of the same span.
    #[must_use]
    pub const fn next(self) -> Self {
        if (self.index + 1) * self.span.months() >= 12 {
            Self { year: self.year + 1, index: 0, span: self.span }
        } else {
            Self { year: self.year, index: self.index + 1, span: self.span }
        }
    }

    /// The period before this one, of the same span.
    #[must_use]
    pub const fn previous(self) -> Self {
        if self.index == 0 {
            Self { year: self.year - 1, index: 12 / self.span.months() - 1, span: self.span }
        } else {
            Self { year: self.year, index: self.index - 1, span: self.span }
        }
    }

    /// The months of the period, one to twelve, in order.
    pub fn months(self) -> impl Iterator<Item = u32> {
        let first = self.index * self.span.months() + 1;
        first..first + self.span.months()
    }
}

impl fmt::Display for ReportingPeriod {
    /// `2017-Q4`, `2017-H2`, `2017-M11`, `2017`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span {
            Span::Month => write!(f, "{}-M{:02}", self.year, self.number()),
            Span::Quarter => write!(f, "{}-Q{}", self.year, self.number()),
            Span::Half => write!(f, "{}-H{}", self.year, self.number()),
            Span::Year => write!(f, "{}", self.year),
        }
    }
}

/// The text names no reporting period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a period such as 2017-Q4, 2017-H2, 2017-M11 or 2017, found `{0}`")]
pub struct NotAPeriod(pub String);

impl FromStr for ReportingPeriod {
    type Err = NotAPeriod;

    /// Reads the strict form that [`fmt::Display`] writes. What people write in workbooks is
    /// read by the intake.
    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let refuse = || NotAPeriod(text.to_owned());
        let (year, rest) = text.split_at_checked(4).ok_or_else(refuse)?;
        if !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refuse());
        }
        let year: i32 = year.parse().map_err(|_| refuse())?;
        let (span, number) = match rest.as_bytes() {
            [] => (Span::Year, "1"),
            [b'-', b'Q', _] => (Span::Quarter, rest.get(2..).unwrap_or_default()),
            [b'-', b'H', _] => (Span::Half, rest.get(2..).unwrap_or_default()),
            [b'-', b'M', _, _] => (Span::Month, rest.get(2..).unwrap_or_default()),
            _ => return Err(refuse()),
        };
        let number: u32 = number.parse().map_err(|_| refuse())?;
        Self::new(year, number, span).ok_or_else(refuse)
    }
}

impl Serialize for ReportingPeriod {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReportingPeriod {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span() -> impl Strategy<Value = Span> {
        prop_oneof![Just(Span::Month), Just(Span::Quarter), Just(Span::Half), Just(Span::Year)]
    }

    proptest! {
        #[test]
        fn periods_tile_the_calendar(days in 0i64..50_000, span in span()) {
            let date = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + TimeDelta::days(days);
            let period = ReportingPeriod::containing(date, span);
            prop_assert!(period.first_day() <= date && date <= period.last_day());
            prop_assert_eq!(period.last_day() + TimeDelta::days(1), period.next().first_day());
            prop_assert_eq!(period.next().previous(), period);
            prop_assert_eq!(period.to_string().parse(), Ok(period));
        }
    }

    #[test]
    fn refuses_what_is_no_period() {
        for text in ["", "2017-Q5", "2017-Q0", "17-Q4", "2017Q4", "2017-M13", "2017-q4", "../x", "20é7-Q4"] {
            assert!(text.parse::<ReportingPeriod>().is_err(), "{text}");
        }
    }
}
