//! Days on which people work, and the nth of them after a period.
//!
//! Which days are holidays is the admin's to say (`config/holidays.toml`): fixed ones by month and
//! day, movable ones by their date, and days off that are worked all the same.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::period::{ReportingPeriod, Span};
use crate::recipient::Country;

/// The years whose periods are tried to find out whether a rule can be met at all.
const TRIED: std::ops::RangeInclusive<i32> = 2020..=2035;

/// The days off of one country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Days of the week on which nobody works.
    pub weekend: BTreeSet<DayOfWeek>,
    /// Holidays of every year: month and day.
    pub fixed: BTreeSet<(u32, u32)>,
    /// Holidays of one year: movable feasts, days that were moved.
    pub days: BTreeSet<NaiveDate>,
    /// Days that would be off, and are worked.
    pub working: BTreeSet<NaiveDate>,
}

/// A day of the week, by its full name in small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the seven days")]
pub enum DayOfWeek {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl DayOfWeek {
    /// The week, from Monday.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// Their names, as they are typed.
    pub const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// The day of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().zip(Self::NAMES).find(|(_, known)| *known == name).map(|(day, _)| day)
    }

    const fn of(day: Weekday) -> Self {
        match day {
            Weekday::Mon => Self::Monday,
            Weekday::Tue => Self::Tuesday,
            Weekday::Wed => Self::Wednesday,
            Weekday::Thu => Self::Thursday,
            Weekday::Fri => Self::Friday,
            Weekday::Sat => Self::Saturday,
            Weekday::Sun => Self::Sunday,
        }
    }
}

impl Default for Calendar {
    /// Saturdays and Sundays off, and no holiday.
    fn default() -> Self {
        Self {
            weekend: BTreeSet::from([DayOfWeek::Saturday, DayOfWeek::Sunday]),
            fixed: BTreeSet::new(),
            days: BTreeSet::new(),
            working: BTreeSet::new(),
        }
    }
}

impl Calendar {
    /// Whether people work on a day.
    #[must_use]
    pub fn is_worked(&self, day: NaiveDate) -> bool {
        self.working.contains(&day)
            || !(self.weekend.contains(&DayOfWeek::of(day.weekday()))
                || self.fixed.contains(&(day.month(), day.day()))
                || self.days.contains(&day))
    }
}

/// "10 working days at 09:00": the nth day after a period's last one on which all of some
/// countries work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterPeriod {
    /// How many; 1 is the first working day of the next period.
    pub days: u32,
    /// The time of that day.
    pub at: NaiveTime,
    /// Whose days off count. Empty: Saturdays and Sundays alone.
    pub holidays: BTreeMap<Country, Calendar>,
}

impl AfterPeriod {
    /// Whether a day counts: it is worked in every country.
    #[must_use]
    pub fn counts(&self, day: NaiveDate) -> bool {
        if self.holidays.is_empty() {
            return Calendar::default().is_worked(day);
        }
        self.holidays.values().all(|calendar| calendar.is_worked(day))
    }

    /// The day after `period`, within the next one of the same length; `None` where that has
    /// too few working days.
    #[must_use]
    pub fn day_after(&self, period: ReportingPeriod) -> Option<NaiveDate> {
        let next = period.next();
        let nth = usize::try_from(self.days).ok()?.checked_sub(1)?;
        let last = next.last_day();
        next.first_day().iter_days().take_while(|day| *day <= last).filter(|day| self.counts(*day)).nth(nth)
    }

    /// The most working days that this rule may ask for, so that each period of the span has its
    /// day before the next one ends; 0 where some period has none at all.
    #[must_use]
    pub fn most_days(&self, span: Span) -> u32 {
        let count = |period: ReportingPeriod| {
            let last = period.last_day();
            let days = period.first_day().iter_days().take_while(|day| *day <= last);
            u32::try_from(days.filter(|day| self.counts(*day)).count()).unwrap_or(u32::MAX)
        };
        let numbers = 1..=12 / span.months();
        let tried = TRIED.flat_map(|year| numbers.clone().filter_map(move |n| ReportingPeriod::new(year, n, span)));
        tried.map(count).min().unwrap_or(0)
    }

    /// The instants after `after` and up to `until`, in order, each with the period it follows.
    pub fn occurrences(
        &self,
        span: Span,
        zone: Tz,
        after: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> impl Iterator<Item = DateTime<Utc>> {
        let first = ReportingPeriod::containing(after.with_timezone(&zone).date_naive(), span).previous();
        std::iter::successors(Some(first), |period| Some(period.next()))
            .map_while(move |period| {
                let midnight = period.next().first_day().and_time(NaiveTime::MIN).and_utc();
                // A day ahead of UTC, at most.
                (midnight - TimeDelta::days(1) <= until).then_some(period)
            })
            .filter_map(move |period| Some(first_at(zone, self.day_after(period)?.and_time(self.at))))
            .filter(move |instant| after < *instant && *instant <= until)
    }

    /// The countries that have no movable holiday in a year: somebody has yet to enter them.
    pub fn without_movable(&self, year: i32) -> impl Iterator<Item = Country> {
        self.holidays
            .iter()
            .filter(move |(_, calendar)| !calendar.days.iter().any(|day| day.year() == year))
            .map(|(country, _)| *country)
    }
}

impl std::fmt::Display for AfterPeriod {
    /// As it is typed: `10 working days`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} working {}", self.days, if self.days == 1 { "day" } else { "days" })
    }
}

/// The day that lies `days` days after `day` (before it, where negative) on which all of some
/// countries work; without any, Saturdays and Sundays are off.
#[must_use]
pub fn shifted(day: NaiveDate, days: i64, holidays: &BTreeMap<Country, Calendar>) -> NaiveDate {
    let usual = Calendar::default();
    let is_worked = |day: NaiveDate| {
        if holidays.is_empty() { usual.is_worked(day) } else { holidays.values().all(|one| one.is_worked(day)) }
    };
    let step = TimeDelta::days(days.signum());
    let (mut day, mut left) = (day, days.unsigned_abs());
    // Nobody has a year without a working day; a calendar that says so ends here.
    for _ in 0..days.unsigned_abs().saturating_mul(8).saturating_add(400) {
        if left == 0 {
            break;
        }
        let Some(next) = day.checked_add_signed(step) else { break };
        day = next;
        left -= u64::from(is_worked(day));
    }
    day
}

/// The instant so many working days after `instant` (before it, where negative), at the same time
/// of the day on the clock of `zone`.
#[must_use]
pub fn shifted_instant(
    instant: DateTime<Utc>,
    days: i64,
    zone: Tz,
    holidays: &BTreeMap<Country, Calendar>,
) -> DateTime<Utc> {
    let local = instant.with_timezone(&zone).naive_local();
    first_at(zone, shifted(local.date(), days, holidays).and_time(local.time()))
}

/// The instant of a local time: of two the first, and where a clock change leaves it out, the
/// first instant after the gap.
fn first_at(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    // No gap was ever longer than a day.
    (0..=48 * 60)
        .filter_map(|minutes| zone.from_local_datetime(&(local + TimeDelta::minutes(minutes))).earliest())
        .map(|instant| instant.with_timezone(&Utc))
        .next()
        .unwrap_or_else(|| local.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(days: u32) -> AfterPeriod {
        AfterPeriod { days, at: NaiveTime::from_hms_opt(9, 0, 0).unwrap(), holidays: BTreeMap::new() }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_counted_both_ways_over_weekends_and_holidays() {
        let none = BTreeMap::new();
        // A Monday.
        assert_eq!(shifted(day("2018-01-15"), -3, &none), day("2018-01-10"));
        assert_eq!(shifted(day("2018-01-15"), 5, &none), day("2018-01-22"));
        assert_eq!(shifted(day("2018-01-14"), 0, &none), day("2018-01-14"));
        let off = Calendar { days: BTreeSet::from([day("2018-01-10")]), ..Calendar::default() };
        let off = BTreeMap::from([(Country::new("KG").unwrap(), off)]);
        assert_eq!(shifted(day("2018-01-15"), -3, &off), day("2018-01-09"));
        let never = Calendar { weekend: DayOfWeek::ALL.into_iter().collect(), ..Calendar::default() };
        let never = BTreeMap::from([(Country::new("KG").unwrap(), never)]);
        assert!(shifted(day("2018-01-15"), 1, &never) > day("2018-01-15"), "it ends");
        let at = shifted_instant("2018-01-15T03:00:00Z".parse().unwrap(), -10, chrono_tz::Asia::Bishkek, &none);
        assert_eq!(at, "2018-01-01T03:00:00Z".parse::<DateTime<Utc>>().unwrap());
    }

    fn quarter(year: i32, number: u32) -> ReportingPeriod {
        ReportingPeriod::quarter(year, number).unwrap()
    }

    #[test]
    fn weekends_are_not_counted() {
        // 1 April 2026 is a Wednesday.
        for (days, expected) in [(1, "2026-04-01"), (3, "2026-04-03"), (4, "2026-04-06"), (10, "2026-04-14")] {
            assert_eq!(rule(days).day_after(quarter(2026, 1)), Some(day(expected)), "{days}");
        }
        // 1 August 2026 is a Saturday.
        let july = ReportingPeriod::new(2026, 7, Span::Month).unwrap();
        assert_eq!(rule(1).day_after(july), Some(day("2026-08-03")));
    }

    #[test]
    fn a_day_counts_where_it_is_worked_in_every_country() {
        let country = |code: &str| Country::new(code).unwrap();
        let off = |fixed: &[(u32, u32)]| Calendar { fixed: fixed.iter().copied().collect(), ..Calendar::default() };
        let mut two = rule(1);
        two.holidays = BTreeMap::from([(country("KG"), off(&[(4, 1)])), (country("TJ"), off(&[(4, 2)]))]);
        assert_eq!(two.day_after(quarter(2026, 1)), Some(day("2026-04-03")));
        // A Saturday that is worked in place of a Friday.
        let moved = Calendar {
            days: BTreeSet::from([day("2026-04-03")]),
            working: BTreeSet::from([day("2026-04-04")]),
            ..Calendar::default()
        };
        let mut one = rule(3);
        one.holidays = BTreeMap::from([(country("KG"), moved)]);
        assert_eq!(one.day_after(quarter(2026, 1)), Some(day("2026-04-04")));
        assert_eq!(one.without_movable(2026).count(), 0);
        assert_eq!(one.without_movable(2027).collect::<Vec<_>>(), [country("KG")]);
    }

    #[test]
    fn the_most_days_are_those_of_the_shortest_period() {
        assert_eq!(rule(1).most_days(Span::Month), 20);
        assert_eq!(rule(20).day_after(ReportingPeriod::new(2026, 1, Span::Month).unwrap()), Some(day("2026-02-27")));
        assert_eq!(rule(21).day_after(ReportingPeriod::new(2026, 1, Span::Month).unwrap()), None);
        let never = Calendar { weekend: DayOfWeek::ALL.into_iter().collect(), ..Calendar::default() };
        let mut idle = rule(1);
        idle.holidays = BTreeMap::from([(Country::new("KG").unwrap(), never)]);
        assert_eq!(idle.most_days(Span::Year), 0);
    }

    #[test]
    fn the_time_is_that_of_the_zone() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let found: Vec<_> = rule(10)
            .occurrences(
                Span::Quarter,
                chrono_tz::Asia::Bishkek,
                at("2026-01-01T00:00:00Z"),
                at("2026-12-31T00:00:00Z"),
            )
            .collect();
        let expected = ["2026-01-14T03:00:00Z", "2026-04-14T03:00:00Z", "2026-07-14T03:00:00Z", "2026-10-14T03:00:00Z"];
        assert_eq!(found, expected.map(at));
        // Half-open, like every other search.
        let ten = rule(10);
        let next = ten.occurrences(Span::Quarter, chrono_tz::Asia::Bishkek, found[0], found[1]);
        assert_eq!(next.collect::<Vec<_>>(), [found[1]]);
        // A time that the spring change leaves out.
        let gap = AfterPeriod { at: NaiveTime::from_hms_opt(2, 30, 0).unwrap(), ..rule(1) };
        let local = day("2026-03-29").and_time(gap.at);
        assert_eq!(first_at(chrono_tz::Europe::Berlin, local), at("2026-03-29T01:00:00Z"));
    }
}
