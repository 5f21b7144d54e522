//! Dates as people write them.
//!
//! Day first, as everywhere in the region: `03/11/2017` is 3 November, told as a warning
//! because it may be read the other way. A date without a year takes it from the period. A
//! range includes both its ends, also in `between 14 and 16 November`.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::period::ReportingPeriod;

use super::date_phrases::{
    days_in_a_row, in_eight_digits, is_to_be_confirmed, without_length, without_part_of_a_month, without_this_year,
};
use super::date_tokens::{Token, tokens};
use super::text::plain;

/// What a date cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dates {
    /// First day.
    pub(super) first: NaiveDate,
    /// Last day, which may be the first.
    pub(super) last: NaiveDate,
    /// A year was not written, and came from the period.
    pub(super) year_assumed: bool,
    /// Both 3 November and 11 March would be possible; read as day first.
    pub(super) ambiguous: bool,
    /// The month stands first, as in `11/23/2017`.
    pub(super) month_first: bool,
    /// Written as a range, or as a month.
    pub(super) range: bool,
    /// A month or a quarter, and no day.
    pub(super) month_only: bool,
}

impl Dates {
    /// One day, written out whole.
    pub(super) const fn of_a_day(day: NaiveDate) -> Self {
        Self {
            first: day,
            last: day,
            year_assumed: false,
            ambiguous: false,
            month_first: false,
            range: false,
            month_only: false,
        }
    }
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoDate {
    /// Not to be read at all.
    Unclear,
    /// `31 November`: the month and how many days it has.
    Impossible { month: u32, days: u32 },
    /// No such month: `12.13.2017` with a thirteenth month either way.
    NoSuchMonth(u32),
    /// The end stands before the start.
    Backwards,
    /// `TBC`, `to be decided`, `уточняется`.
    ToBeConfirmed,
    /// The year is needed, and no period says it.
    NoYear,
}

/// A date in part, as one end of a range has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Part {
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
    ambiguous: bool,
    month_first: bool,
}

/// Reads a text. `year_for` says which year a day and month without one fall into.
pub(super) fn read(text: &str, year_for: &mut dyn FnMut(u32) -> Option<i32>) -> Result<Dates, NoDate> {
    let plain = plain(text);
    if is_to_be_confirmed(&plain) {
        return Err(NoDate::ToBeConfirmed);
    }
    if plain.chars().any(char::is_alphabetic) {
        if let Some((bare, days)) = without_length(&plain) {
            let found = read(&bare, year_for)?;
            let agrees = (found.last - found.first).num_days() + 1 == days;
            return if agrees { Ok(found) } else { Err(NoDate::Unclear) };
        }
        if let Some(bare) = without_part_of_a_month(&plain) {
            return read(&bare, year_for).and_then(|d| if d.month_only { Ok(d) } else { Err(NoDate::Unclear) });
        }
    }
    let plain = without_this_year(plain);
    if let Some(date) = in_eight_digits(&plain) {
        return Ok(Dates::of_a_day(date));
    }
    // Most dates are digits and full stops, and there are many.
    let has_words = plain.chars().any(|c| c.is_alphabetic() || matches!(c, ',' | '…')) || plain.contains("...");
    let plain = if has_words { plain.replace("...", "-").replace('…', "-") } else { plain };
    let plain = days_in_a_row(&plain).filter(|_| has_words).unwrap_or(plain);
    let tokens = tokens(&plain);
    if tokens.contains(&Token::Unknown) || tokens.is_empty() {
        return quarter(&plain).ok_or(NoDate::Unclear);
    }
    if let Some(part) = part(&tokens) {
        return single(part, year_for);
    }
    let between = tokens.contains(&Token::Between);
    for (at, token) in tokens.iter().enumerate() {
        if !matches!(token, Token::To | Token::Dash | Token::And | Token::Slash) {
            continue;
        }
        let (left, right) = (tokens.get(..at).unwrap_or_default(), tokens.get(at + 1..).unwrap_or_default());
        if let (Some(left), Some(right)) = (part(left), part(right)) {
            let days_apart = match (left.day, right.day) {
                (Some(a), Some(b)) => b.checked_sub(a),
                _ => None,
            };
            if *token == Token::And && !between && !(days_apart == Some(1) && left.month.is_none()) {
                continue;
            }
            // `2017-10-17/2017-10-20` is a range; any other slash belongs to a date.
            let whole = |p: Part| p.day.is_some() && p.month.is_some() && p.year.is_some();
            // `28/29.11.2017`: two days that follow each other, and nothing else.
            let neighbours = days_apart == Some(1) && left.month.is_none() && right.month.is_some();
            if left.day.is_none() != right.day.is_none()
                || (*token == Token::Slash && !neighbours && !(whole(left) && whole(right)))
            {
                continue;
            }
            return range(left, right, year_for);
        }
    }
    quarter(&plain).ok_or(NoDate::Unclear)
}

/// `Q1 2018`, whole quarters; only where nothing else could be read.
fn quarter(plain: &str) -> Option<Dates> {
    let period = super::periods::stated_in(plain)?;
    Some(Dates {
        first: period.first_day(),
        last: period.last_day(),
        year_assumed: false,
        ambiguous: false,
        month_first: false,
        range: true,
        month_only: true,
    })
}

fn part(tokens: &[Token]) -> Option<Part> {
    use Token::{Dash, Dot, Month, Number, Roman, Slash};
    let tokens: Vec<Token> = tokens.iter().copied().filter(|t| *t != Token::Between).collect();
    let year = |n: u32, digits: usize| match digits {
        4 if (1900..=2100).contains(&n) => i32::try_from(n).ok(),
        2 => i32::try_from(2000 + n).ok(),
        _ => None,
    };
    let day = |n: u32, digits: usize| (digits <= 2 && (1..=31).contains(&n)).then_some(n);
    let made = |d: Option<u32>, m: u32, y: Option<i32>| Part { day: d, month: Some(m), year: y, ..Part::default() };
    Some(match *tokens.as_slice() {
        [Number(d, n)] => Part { day: Some(day(d, n)?), ..Part::default() },
        // Words for the month.
        [Month(m)] => made(None, m, None),
        [Month(m), Number(y, 4)] | [Number(y, 4), Month(m)] => made(None, m, Some(year(y, 4)?)),
        [Number(d, n), Month(m)] => made(Some(day(d, n)?), m, None),
        [Month(m), Number(d, n)] => made(Some(day(d, n)?), m, None),
        [Number(y, 4), Month(m), Number(d, n)] => made(Some(day(d, n)?), m, Some(year(y, 4)?)),
        [Number(d, n), Month(m), Number(y, k)]
        | [Number(d, n), Dash | Slash | Dot, Month(m), Dash | Slash | Dot, Number(y, k)]
        | [Number(d, n), Dash, Month(m), Number(y, k)]
        | [Number(d, n), Month(m), Dash, Number(y, k)] => made(Some(day(d, n)?), m, Some(year(y, k)?)),
        [Month(m), Number(d, n), Number(y, 4)] => made(Some(day(d, n)?), m, Some(year(y, 4)?)),
        // The end of `November 14-16, 2017`.
        [Number(d, n), Number(y, 4)] => Part { day: Some(day(d, n)?), year: Some(year(y, 4)?), ..Part::default() },
        // Roman months.
        [Number(d, n), Dot | Slash | Dash, Roman(m), Dot | Slash | Dash, Number(y, k)]
        | [Number(d, n), Roman(m), Number(y, k)]
        | [Number(d, n), Dot, Roman(m), Number(y, k)]
        | [Number(d, n), Roman(m), Dot, Number(y, k)] => made(Some(day(d, n)?), m, Some(year(y, k)?)),
        // ISO.
        [Number(y, 4), Dash | Dot | Slash, Number(m, a), Dash | Dot | Slash, Number(d, b)] if a <= 2 && b <= 2 => {
            made(Some(d), m, Some(year(y, 4)?))
        }
        [Number(y, 4), Dash, Number(m, 2)] if (1..=12).contains(&m) => made(None, m, Some(year(y, 4)?)),
        // Day first, unless that cannot be.
        [Number(a, n), Dot, Number(b, k), Dot, Number(y, l)] if n <= 2 && k <= 2 => made(Some(a), b, Some(year(y, l)?)),
        [Number(a, n), Slash, Number(b, k), Slash, Number(y, l)]
        | [Number(a, n), Dash, Number(b, k), Dash, Number(y, l)]
            if n <= 2 && k <= 2 =>
        {
            slashed(a, b, Some(year(y, l)?), tokens.get(1) == Some(&Slash))
        }
        [Number(a, n), Dot, Number(b, k)] if n <= 2 && k <= 2 => made(Some(a), b, None),
        [Number(a, n), Slash, Number(b, k)] if n <= 2 && k <= 2 => slashed(a, b, None, true),
        [Number(m, n), Dot | Slash, Number(y, 4)] if n <= 2 && (1..=12).contains(&m) => {
            made(None, m, Some(year(y, 4)?))
        }
        _ => return None,
    })
}

fn slashed(a: u32, b: u32, year: Option<i32>, slash: bool) -> Part {
    if b > 12 && a <= 12 {
        return Part { day: Some(b), month: Some(a), year, month_first: true, ambiguous: false };
    }
    Part { day: Some(a), month: Some(b), year, month_first: false, ambiguous: slash && a <= 12 && b <= 12 && a != b }
}

/// The number of days of a month.
pub(super) fn days_in(year: i32, month: u32) -> u32 {
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
    (28..=31).rev().find(|d| first.with_day(*d).is_some()).unwrap_or(31)
}

fn day(year: i32, month: u32, day: u32) -> Result<NaiveDate, NoDate> {
    if !(1..=12).contains(&month) {
        return Err(NoDate::NoSuchMonth(month));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NoDate::Impossible { month, days: days_in(year, month) })
}

fn single(part: Part, year_for: &mut dyn FnMut(u32) -> Option<i32>) -> Result<Dates, NoDate> {
    let month = part.month.ok_or(NoDate::Unclear)?;
    if !(1..=12).contains(&month) {
        return Err(NoDate::NoSuchMonth(month));
    }
    let Some(year) = part.year.or_else(|| year_for(month)) else {
        // 31 November is wrong in every year, and that helps more than to ask for the year.
        if let Some(d) = part.day {
            day(2000, month, d)?;
        }
        return Err(NoDate::NoYear);
    };
    let (first, last) = match part.day {
        Some(d) => (day(year, month, d)?, day(year, month, d)?),
        None => (day(year, month, 1)?, day(year, month, days_in(year, month))?),
    };
    Ok(Dates {
        first,
        last,
        year_assumed: part.year.is_none(),
        ambiguous: part.ambiguous,
        month_first: part.month_first,
        range: part.day.is_none(),
        month_only: part.day.is_none(),
    })
}

fn range(left: Part, right: Part, year_for: &mut dyn FnMut(u32) -> Option<i32>) -> Result<Dates, NoDate> {
    let right_month = right.month.or(left.month).ok_or(NoDate::Unclear)?;
    let left_month = left.month.unwrap_or(right_month);
    for m in [left_month, right_month] {
        if !(1..=12).contains(&m) {
            return Err(NoDate::NoSuchMonth(m));
        }
    }
    let written = right.year.or(left.year);
    let over_new_year = left_month > right_month && left_month - right_month > 6;
    let (left_year, right_year) = match (left.year, right.year) {
        (Some(l), Some(r)) => (l, r),
        (Some(l), None) => (l, if over_new_year { l + 1 } else { l }),
        (None, Some(r)) => (if over_new_year { r - 1 } else { r }, r),
        (None, None) => {
            let Some(l) = year_for(left_month) else {
                check_days(left, left_month)?;
                check_days(right, right_month)?;
                return Err(NoDate::NoYear);
            };
            (l, if over_new_year { l + 1 } else { l })
        }
    };
    let month_only = left.day.is_none() || right.day.is_none();
    let first = day(left_year, left_month, left.day.unwrap_or(1))?;
    let last = day(right_year, right_month, right.day.unwrap_or_else(|| days_in(right_year, right_month)))?;
    if last < first {
        return Err(NoDate::Backwards);
    }
    Ok(Dates {
        first,
        last,
        year_assumed: written.is_none(),
        ambiguous: left.ambiguous || right.ambiguous,
        month_first: left.month_first || right.month_first,
        range: true,
        month_only,
    })
}

fn check_days(part: Part, month: u32) -> Result<(), NoDate> {
    // A leap year, so that 29 February is not refused before the year is known.
    part.day.map_or(Ok(()), |d| day(2000, month, d).map(|_| ()))
}

/// The year in which a month without one falls: that of the period, where the month lies in
/// it, else the year that brings it nearest.
pub(super) fn year_in(period: ReportingPeriod, month: u32) -> i32 {
    let months = |year: i32| year * 12 + i32::try_from(month).unwrap_or(1);
    let (first, last) = (period.first_day(), period.last_day());
    let number = |d: NaiveDate| d.year() * 12 + i32::try_from(d.month()).unwrap_or(1);
    let distance = |year: i32| {
        let m = months(year);
        if m < number(first) { number(first) - m } else { (m - number(last)).max(0) }
    };
    (period.year() - 1..=period.year() + 1).min_by_key(|y| distance(*y)).unwrap_or(period.year())
}

/// An Excel serial as a date: days since 1899-12-30, or since 1904-01-01. `None` outside 2000 to 2079.
pub(super) fn serial(number: f64, is_1904: bool) -> Option<NaiveDate> {
    let epoch = if is_1904 { NaiveDate::from_ymd_opt(1904, 1, 1)? } else { NaiveDate::from_ymd_opt(1899, 12, 30)? };
    if !(34_000.0..=66_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "between 34 000 and 66 000, by the line above")]
    let date = epoch + TimeDelta::days(number.floor() as i64);
    (2000..2080).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn q4(text: &str) -> Result<Dates, NoDate> {
        let period = ReportingPeriod::quarter(2017, 4).unwrap();
        read(text, &mut |month| Some(year_in(period, month)))
    }

    fn told(text: &str) -> String {
        match q4(text) {
            Ok(d) if d.first == d.last => d.first.to_string(),
            Ok(d) => format!("{}..{}", d.first, d.last),
            Err(e) => format!("{e:?}"),
        }
    }

    #[test]
    fn reads_every_form() {
        for (text, dates) in [
            ("2017-11-29", "2017-11-29"),
            ("2017-11-29 00:00:00", "2017-11-29"),
            ("2017-11-29T09:30", "2017-11-29"),
            ("29.11.2017", "2017-11-29"),
            ("29.11.17", "2017-11-29"),
            ("29.11.2017 г.", "2017-11-29"),
            ("29/11/2017", "2017-11-29"),
            ("29-11-2017", "2017-11-29"),
            ("29 November 2017", "2017-11-29"),
            ("29th of November, 2017", "2017-11-29"),
            ("Wed, 29 Nov. 2017", "2017-11-29"),
            ("29-Nov-2017", "2017-11-29"),
            ("29-Nov-17", "2017-11-29"),
            ("November 29, 2017", "2017-11-29"),
            ("29 ноября 2017 г.", "2017-11-29"),
            ("29 нояб. 2017", "2017-11-29"),
            ("29.XI.2017", "2017-11-29"),
            ("29 XI 2017", "2017-11-29"),
            ("On 29 November", "2017-11-29"),
            ("14-16 November 2017", "2017-11-14..2017-11-16"),
            ("14 – 16 November 2017", "2017-11-14..2017-11-16"),
            ("Between 14-16 November", "2017-11-14..2017-11-16"),
            ("Between 17 and 20 October", "2017-10-17..2017-10-20"),
            ("November 14-16, 2017", "2017-11-14..2017-11-16"),
            ("2–4 Oct", "2017-10-02..2017-10-04"),
            ("17 по 20 октября 2017", "2017-10-17..2017-10-20"),
            ("с 17 по 20 октября", "2017-10-17..2017-10-20"),
            ("17-20.10.2017", "2017-10-17..2017-10-20"),
            ("17.10-20.10.2017", "2017-10-17..2017-10-20"),
            ("17.10.2017 - 20.10.2017", "2017-10-17..2017-10-20"),
            ("2017-10-17/2017-10-20", "2017-10-17..2017-10-20"),
            ("2017-10-17 - 2017-10-20", "2017-10-17..2017-10-20"),
            ("2017-10-17 to 2017-10-20", "2017-10-17..2017-10-20"),
            ("30 Nov – 2 Dec 2017", "2017-11-30..2017-12-02"),
            ("28.11–02.12.2017", "2017-11-28..2017-12-02"),
            ("28/11-2/12", "2017-11-28..2017-12-02"),
            ("28 December 2017 - 3 January 2018", "2017-12-28..2018-01-03"),
            ("28 December - 3 January 2018", "2017-12-28..2018-01-03"),
            ("14 и 15 ноября 2017", "2017-11-14..2017-11-15"),
            ("ноябрь", "2017-11-01..2017-11-30"),
            ("November 2017", "2017-11-01..2017-11-30"),
            ("11.2017", "2017-11-01..2017-11-30"),
            ("Q1 2018", "2018-01-01..2018-03-31"),
            ("03/11/2017", "2017-11-03"),
            ("11/23/2017", "2017-11-23"),
            ("5 January", "2018-01-05"),
            ("31 November 2017", "Impossible { month: 11, days: 30 }"),
            ("29 февраля 2017", "Impossible { month: 2, days: 28 }"),
            ("31.11.2017", "Impossible { month: 11, days: 30 }"),
            ("12.13.2017", "NoSuchMonth(13)"),
            ("24-20 October", "Backwards"),
            ("20.10.2017-17.10.2017", "Backwards"),
            ("TBC", "ToBeConfirmed"),
            ("Уточняется", "ToBeConfirmed"),
            ("autumn", "Unclear"),
            ("2, 4 and 9 October", "Unclear"),
            ("2 and 9 October", "Unclear"),
            ("2017", "Unclear"),
            ("Q1", "Unclear"),
            ("17", "Unclear"),
        ] {
            assert_eq!(told(text), dates, "{text}");
        }
    }

    #[test]
    fn says_what_it_assumed() {
        assert!(q4("03/11/2017").unwrap().ambiguous);
        assert!(!q4("11/11/2017").unwrap().ambiguous);
        assert!(!q4("03.11.2017").unwrap().ambiguous);
        assert!(q4("11/23/2017").unwrap().month_first);
        assert!(q4("2–4 Oct").unwrap().year_assumed);
        assert!(q4("ноябрь").unwrap().month_only);
        assert_eq!(read("2–4 Oct", &mut |_| None), Err(NoDate::NoYear));
        assert_eq!(read("31 November", &mut |_| None), Err(NoDate::Impossible { month: 11, days: 30 }));
    }

    #[test]
    fn serials_of_both_epochs() {
        let day = NaiveDate::from_ymd_opt(2017, 11, 29);
        assert_eq!(serial(43_068.0, false), day);
        assert_eq!(serial(41_606.0, true), day);
        assert_eq!(serial(2017.0, false), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(days in 0i64..20_000, more in 0i64..60) {
            let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + TimeDelta::days(days);
            let last = first + TimeDelta::days(more);
            for text in [
                format!("{} - {}", first.format("%d.%m.%Y"), last.format("%d.%m.%Y")),
                format!("{} – {}", first.format("%-d %B %Y"), last.format("%-d %B %Y")),
                format!("{first} to {last}"),
            ] {
                let read = q4(&text).unwrap();
                prop_assert_eq!((read.first, read.last), (first, last), "{}", text);
            }
        }

        #[test]
        fn nothing_makes_it_stumble(text in "\\PC{0,24}") {
            let _ = q4(&text);
        }
    }
}
