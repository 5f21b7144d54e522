//! Numbers, dates and names as a language writes them.

use chrono::NaiveDate;

use super::Locale;
use crate::period::ReportingPeriod;
use crate::recipient::Country;
use crate::record::Cents;

impl Locale {
    /// `29 November 2017`, `29 ноября 2017 г.`
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        date.to_string()
    }

    /// `24–28 October 2017`, `30 ноября – 2 декабря 2017 г.`
    #[must_use]
    pub fn date_range(&self, first: NaiveDate, last: NaiveDate) -> String {
        format!("{first}–{last}")
    }

    /// `1 900`, with a no-break space.
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        number.to_string()
    }

    /// `EUR 49 977.89`, `49 977,89 евро`.
    #[must_use]
    pub fn euro(&self, amount: Cents) -> String {
        format!("EUR {}.{:02}", amount.0 / 100, amount.0 % 100)
    }

    /// `Q4 2017`, `IV квартал 2017 г.`
    #[must_use]
    pub fn period(&self, period: ReportingPeriod) -> String {
        period.to_string()
    }

    /// `October–December 2017`, `октябрь–декабрь 2017 г.`
    #[must_use]
    pub fn months(&self, period: ReportingPeriod) -> String {
        period.to_string()
    }

    /// `Kyrgyzstan`, `Кыргызстан`; the code where the name is not known.
    #[must_use]
    pub fn country(&self, country: Country) -> String {
        country.to_string()
    }
}
