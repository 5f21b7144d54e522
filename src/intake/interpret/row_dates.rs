//! Reading a row's dates and periods.

use chrono::{Datelike, NaiveDate};

use crate::diagnostic::Diagnostic;
use crate::intake::raw::RawValue;
use crate::period::{ReportingPeriod, Span};
use crate::record::Status;

use super::date_phrases;
use super::dates::{self, Dates, NoDate};
use super::headings::Heading;
use super::pass::WorkbookPeriod;
use super::row::{Read, Row, Told, as_text};
use super::text::{excerpt, is_nothing, line};

/// What a date cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateCell {
    Dates(Dates),
    ToBeConfirmed,
}

impl Row<'_> {
    /// The Reporting period cell.
    pub(super) fn stated_period(&mut self) -> Read<ReportingPeriod> {
        if let Some(RawValue::Date(at)) = self.value(Heading::ReportingPeriod)? {
            return Ok(Some(ReportingPeriod::containing(at.date(), Span::Quarter)));
        }
        let Some(text) = self.text(Heading::ReportingPeriod)? else { return Ok(None) };
        // `IV`, or `4` under Quarter.
        let named = self.ctx.table.column(Heading::ReportingPeriod).map(|c| super::text::plain(self.ctx.table.text(c)));
        let of_quarters = named.is_some_and(|named| named.contains("quarter") || named.contains("квартал"));
        let Some(stated) = super::periods::read(&text).or_else(|| super::periods::bare_quarter(&text, of_quarters))
        else {
            return Err(self.error_at("period-unclear", Heading::ReportingPeriod, &text));
        };
        if let Some(period) = stated.in_year(None) {
            return Ok(Some(period));
        }
        let year = self.workbook_period().map(ReportingPeriod::year);
        match stated.in_year(year) {
            Some(period) => Ok(Some(period)),
            None if self.deferred => Err(Told),
            None => Err(self.error_at("period-unclear", Heading::ReportingPeriod, &text)),
        }
    }

    /// The workbook's period, or a wish to be read again once it is known.
    pub(super) fn workbook_period(&mut self) -> Option<ReportingPeriod> {
        match self.ctx.workbook_period() {
            WorkbookPeriod::Known(period) => Some(period),
            WorkbookPeriod::NotYet => {
                self.deferred = true;
                None
            }
            WorkbookPeriod::None => None,
        }
    }

    /// The period of a row that has no date to decide it: as stated in the row, else the
    /// workbook's.
    pub(super) fn undated_period(&mut self, stated: Read<ReportingPeriod>) -> Option<ReportingPeriod> {
        match stated {
            Ok(Some(period)) => Some(period),
            Err(Told) => None,
            Ok(None) => {
                let period = self.workbook_period();
                if period.is_some() {
                    self.took_period = true;
                } else if !self.deferred {
                    self.lacks_period = true;
                    self.held = true;
                }
                period
            }
        }
    }

    /// A date cell, or a range. `stated` gives the year to dates without one.
    pub(super) fn dates(&mut self, heading: Heading, stated: Option<ReportingPeriod>) -> Read<DateCell> {
        let one = |date: NaiveDate| DateCell::Dates(Dates::of_a_day(date));
        let text = match self.value(heading)? {
            None => return Ok(None),
            Some(RawValue::Date(at)) if (1990..2100).contains(&at.year()) => return Ok(Some(one(at.date()))),
            Some(RawValue::Date(at)) => at.date().to_string(),
            Some(RawValue::Number(number)) => match dates::serial(*number, self.ctx.is_1904) {
                Some(date) => return Ok(Some(one(date))),
                None => number.to_string(),
            },
            Some(value) => as_text(value),
        };
        let mut text = line(&text);
        if is_nothing(&text) || self.says_status(&text) {
            return Ok(None);
        }
        // `2-4` beside a column that says October.
        if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b' ' | b',') || !b.is_ascii())
            && text.len() <= 12
            && let Some(month) = self.cell(Heading::Month).map(|cell| as_text(&cell.value))
            && super::text::plain(&month).split(' ').next().is_some_and(|word| super::periods::month(word).is_some())
        {
            text = format!("{text} {}", line(&month));
        }
        // `до 31.12.2017` is what a due date means.
        if heading == Heading::DueDate {
            let small = text.to_lowercase();
            let rest =
                ["до ", "by ", "не позднее ", "before ", "until ", "к "].iter().find_map(|w| small.strip_prefix(w));
            if let Some(rest) = rest {
                text = rest.to_owned();
            }
        }
        // A serial number that lost its format on the way through CSV.
        if text.split('.').next().is_some_and(|days| days.len() == 5)
            && let Some(date) = text.parse().ok().and_then(|n| dates::serial(n, self.ctx.is_1904))
        {
            return Ok(Some(one(date)));
        }
        let mut asked = false;
        let mut workbook = None;
        let result = dates::read(&text, &mut |month| {
            let period = stated.or_else(|| {
                if !asked {
                    asked = true;
                    workbook = self.workbook_period();
                }
                workbook
            });
            period.map(|p| dates::year_in(p, month))
        });
        match result {
            Ok(read) => {
                self.told_dates(heading, &text, read);
                Ok(Some(DateCell::Dates(read)))
            }
            Err(NoDate::ToBeConfirmed) => Ok(Some(DateCell::ToBeConfirmed)),
            Err(problem) => Err(self.no_date(heading, &text, problem)),
        }
    }

    /// `Postponed` in the place of a date, where the Status says so too.
    fn says_status(&self, text: &str) -> bool {
        let off = |text: &str| {
            self.ctx.vocabulary.status(text).filter(|s| matches!(s, Status::Postponed | Status::Cancelled))
        };
        let said = self.cell(Heading::Status).map(|cell| as_text(&cell.value));
        off(text).is_some_and(|status| said.and_then(|said| off(&said)) == Some(status))
    }

    fn told_dates(&mut self, heading: Heading, text: &str, read: Dates) {
        let place = self.place(heading);
        if read.month_only {
            return;
        }
        if let Some(said) =
            date_phrases::weekday(text).filter(|said| *said != read.first.weekday() && *said != read.last.weekday())
        {
            self.note(
                Diagnostic::warning("weekday-differs", place.clone())
                    .with("found", excerpt(text))
                    .with("said", u8::try_from(said.number_from_monday()).unwrap_or(0))
                    .with("date", read.first)
                    .with("is", u8::try_from(read.first.weekday().number_from_monday()).unwrap_or(0)),
            );
        }
        let told = if read.ambiguous {
            "date-day-first"
        } else if read.month_first {
            "date-month-first"
        } else if read.year_assumed {
            "year-assumed"
        } else {
            return;
        };
        self.note(
            Diagnostic::warning(told, place)
                .with("found", excerpt(text))
                .with("read", (read.first, read.last))
                .with("year", read.last.year().to_string()),
        );
    }

    fn no_date(&mut self, heading: Heading, text: &str, problem: NoDate) -> Told {
        if self.deferred {
            return Told;
        }
        let place = self.place(heading);
        let base = |code: &str| Diagnostic::error(code, place.clone()).with("found", excerpt(text));
        let diagnostic = match problem {
            NoDate::Impossible { month, days } => base("date-impossible").with("month", month).with("days", days),
            NoDate::NoSuchMonth(month) => base("date-impossible").with("month", month).worded("date-no-such-month"),
            NoDate::Backwards => base("dates-backwards"),
            NoDate::NoYear => base("year-missing"),
            NoDate::Unclear | NoDate::ToBeConfirmed => {
                base("date-unclear").with("heading", heading.english()).with("heading-ru", heading.russian())
            }
        };
        self.error(diagnostic)
    }

    /// A cell with one day: a range is read by its first day, a month by its last.
    pub(super) fn day(&mut self, heading: Heading, stated: Option<ReportingPeriod>) -> Read<NaiveDate> {
        Ok(match self.dates(heading, stated)? {
            Some(DateCell::Dates(d)) if d.month_only => Some(d.last),
            Some(DateCell::Dates(d)) => Some(d.first),
            Some(DateCell::ToBeConfirmed) | None => None,
        })
    }

    /// Tells dates that the programme's phase does not hold (V09), once for both; whether it
    /// did. `cells` are those that hold the dates, of which there may be one for both.
    pub(super) fn outside_phase(
        &mut self,
        cells: &[Heading],
        first: Option<NaiveDate>,
        last: Option<NaiveDate>,
    ) -> bool {
        let (begin, end) = self.ctx.request.phase;
        let outside = |date: Option<NaiveDate>| date.filter(|d| *d < begin || *d > end);
        let (early, late) = (outside(first), outside(last));
        let Some(found) = early.or(late) else { return false };
        let cells: Vec<Heading> = match (cells, early, late) {
            ([a, _], Some(_), None) if last.is_some() => vec![*a],
            ([_, b], None, Some(_)) => vec![*b],
            (cells, _, _) => cells.to_vec(),
        };
        let place = self.span(&cells);
        self.error(
            Diagnostic::error("date-outside-phase", place).with("found", found).with("first", begin).with("last", end),
        );
        true
    }
}
