//! The instants that a five-field cron expression names in a time zone.
//!
//! Pure functions over croner 4: the configuration asks whether an expression is sound, the
//! planner which instants it names. A 02:30 that the spring change leaves out runs at the first
//! instant after the gap, once; a 02:30 that the autumn change repeats runs at the first of the
//! two. Expressions with a wild hour or minute follow the instants, not the wall clock.

use chrono::{DateTime, Datelike, NaiveDate, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;
use croner::parser::{CronParser, Seconds, Year};
use croner::{Cron, Weekday};

/// Why an expression is no schedule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CronProblem {
    /// It has another number of fields than five.
    #[error("expected 5 schedule fields, found {found}")]
    Fields {
        /// How many there are.
        found: usize,
        /// The expression without its seconds, where that would be sound.
        without_seconds: Option<String>,
    },
    /// A field cannot be read.
    #[error("expected {expected} as the {field}, found `{found}`")]
    Syntax {
        /// Which field: "minute", "hour", "day of the month", "month", "day of the week".
        field: &'static str,
        /// The field as typed.
        found: String,
        /// What it may say.
        expected: &'static str,
    },
    /// It is called by a name that nobody knows.
    #[error("expected one of the names {}, found `{found}`", NICKNAMES.map(|(name, _)| name).join(", "))]
    Nickname {
        /// The name as typed.
        found: String,
    },
    /// It names no instant within five years, such as 30 February.
    #[error("the expression names no instant within five years")]
    NeverFires,
}

/// Shortcuts that stand for five fields.
const NICKNAMES: [(&str, &str); 10] = [
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
    ("@half-yearly", "0 0 1 1,7 *"),
    ("@biannually", "0 0 1 1,7 *"),
    ("@quarterly", "0 0 1 1,4,7,10 *"),
    ("@monthly", "0 0 1 * *"),
    ("@weekly", "0 0 * * 0"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@hourly", "0 * * * *"),
];

/// The fields in their order, with what each may say.
const FIELDS: [(&str, &str); 5] = [
    ("minute", "0 to 59"),
    ("hour", "0 to 23"),
    ("day of the month", "1 to 31, `L`, `15W` or `LW`"),
    ("month", "1 to 12 or JAN to DEC"),
    ("day of the week", "0 to 7, SUN to SAT, `MON#2` or `FRI#L`"),
];

/// The names that stand for five fields, such as `@quarterly`.
#[must_use]
pub fn nicknames() -> [&'static str; 10] {
    NICKNAMES.map(|(name, _)| name)
}

/// Whether an expression is sound: five fields, each readable, and a day within five years.
///
/// The five years are counted from January 2023, so that the answer depends
/// on nothing but the expression, and 29 February is found.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn validate(expression: &str) -> Result<(), CronProblem> {
    parse(expression).map(drop)
}

/// The instants after `after` and up to `until`, both in UTC, in order. The expression is read
/// on the wall clock of `zone`.
///
/// # Errors
/// When the expression is not sound.
pub fn occurrences(
    expression: &str,
    zone: Tz,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<impl Iterator<Item = DateTime<Utc>>, CronProblem> {
    let cron = parse(expression)?;
    let mut cursor = after;
    Ok(std::iter::from_fn(move || {
        let next = next_of(&cron, zone, cursor, until)?;
        cursor = next;
        Some(next)
    }))
}

/// The first instant after `after`, within five years of it.
///
/// # Errors
/// When the expression is not sound.
pub fn next_after(expression: &str, zone: Tz, after: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, CronProblem> {
    let until = after + TimeDelta::days(5 * 366);
    Ok(occurrences(expression, zone, after, until)?.next())
}

fn next_of(cron: &Cron, zone: Tz, after: DateTime<Utc>, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
    // croner counts in whole seconds.
    let mut from = after.trunc_subsecs(0);
    while from < until {
        match cron.find_next_occurrence(&from.with_timezone(&zone), false) {
            Ok(found) => {
                let found = found.with_timezone(&Utc).trunc_subsecs(0);
                // Time must go on, whatever the library says at the edge of a clock change.
                if found > after {
                    return (found <= until).then_some(found);
                }
                from = from.max(found) + TimeDelta::seconds(1);
            }
            // croner gives up on gaps of more than two hours: Apia had no 30 December 2011.
            Err(_) => from += TimeDelta::hours(1),
        }
    }
    None
}

fn parse(expression: &str) -> Result<Cron, CronProblem> {
    let trimmed = expression.trim();
    let fields = match NICKNAMES.iter().find(|(name, _)| trimmed.eq_ignore_ascii_case(name)) {
        Some((_, fields)) => fields,
        None => trimmed,
    };
    let found = fields.split_whitespace().count();
    if found == 1 && fields.starts_with('@') {
        return Err(CronProblem::Nickname { found: fields.to_owned() });
    }
    if found != 5 {
        let rest = fields.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
        let without_seconds = (found == 6 && read(&rest).is_ok()).then_some(rest);
        return Err(CronProblem::Fields { found, without_seconds });
    }
    let cron = read(fields)?;
    if has_a_day(&cron) { Ok(cron) } else { Err(CronProblem::NeverFires) }
}

fn read(fields: &str) -> Result<Cron, CronProblem> {
    let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
    // croner takes any text with `@` for one of its own nicknames.
    if !fields.contains('@')
        && let Ok(cron) = parser.parse(fields)
    {
        return Ok(cron);
    }
    // Its messages speak of positions and components; find the field by trying each alone.
    for (index, (text, (field, expected))) in fields.split_whitespace().zip(FIELDS).enumerate() {
        let mut alone = ["*"; 5];
        if let Some(place) = alone.get_mut(index) {
            *place = text;
        }
        if text.contains('@') || parser.parse(&alone.join(" ")).is_err() {
            return Err(CronProblem::Syntax { field, found: text.to_owned(), expected });
        }
    }
    Err(CronProblem::Syntax { field: "expression", found: fields.to_owned(), expected: "five readable fields" })
}

/// Whether any day of 2023 to 2027 fits. croner itself would search until the year 5000.
fn has_a_day(cron: &Cron) -> bool {
    let Some(first) = NaiveDate::from_ymd_opt(2023, 1, 1) else { return true };
    first.iter_days().take_while(|day| day.year() < 2028).any(|day| {
        let weekday = Weekday::from_days_from_sunday(day.weekday().num_days_from_sunday());
        let month_fits = cron.pattern.month_match(day.month()).unwrap_or(false);
        month_fits && cron.pattern.day_match(day.year(), day.month(), day.day(), weekday).unwrap_or(false)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Timelike};
    use chrono_tz::{Asia, Europe};
    use proptest::prelude::*;

    fn utc(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
    }

    fn named(cron: &str, zone: Tz, after: &str, until: &str) -> Vec<String> {
        let found = occurrences(cron, zone, utc(after), utc(until)).unwrap();
        found.map(|i| i.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)).collect()
    }

    #[test]
    fn nine_in_berlin_stays_nine_across_both_changes() {
        assert_eq!(
            named("0 9 * * *", Europe::Berlin, "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"),
            ["2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z"]
        );
        assert_eq!(
            named("0 9 * * *", Europe::Berlin, "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z"),
            ["2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z"]
        );
    }

    #[test]
    fn nine_in_almaty_stays_nine_when_kazakhstan_moved_to_utc_plus_5() {
        assert_eq!(
            named("0 9 * * *", Asia::Almaty, "2024-02-29T00:00:00Z", "2024-03-02T00:00:00Z"),
            ["2024-02-29T03:00:00Z", "2024-03-01T04:00:00Z"]
        );
    }

    #[test]
    fn a_time_in_the_spring_gap_runs_once_after_it() {
        assert_eq!(
            named("30 2 * * *", Europe::Berlin, "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z"),
            ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]
        );
    }

    #[test]
    fn a_time_in_the_autumn_overlap_runs_once_at_the_first() {
        assert_eq!(
            named("30 2 * * *", Europe::Berlin, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"),
            ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
        );
        // And not again when the search begins between the two.
        assert_eq!(
            named("30 2 * * *", Europe::Berlin, "2026-10-25T00:30:00.500Z", "2026-10-25T12:00:00Z"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn the_ends_are_half_open() {
        let nine = "2026-05-04T09:00:00Z";
        assert_eq!(named("0 9 * * *", Tz::UTC, nine, nine), Vec::<String>::new());
        assert_eq!(named("0 9 * * *", Tz::UTC, "2026-05-04T08:59:59.9Z", nine), [nine]);
        assert_eq!(named("0 9 * * *", Tz::UTC, nine, "2026-05-05T08:59:59Z"), Vec::<String>::new());
    }

    #[test]
    fn a_day_that_a_zone_never_had_is_passed_over() {
        let apia = chrono_tz::Pacific::Apia;
        let found = named("0 9 * * *", apia, "2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z");
        assert!(found.contains(&"2011-12-30T19:00:00Z".to_owned()), "{found:?}");
    }

    #[test]
    fn says_what_is_wrong() {
        let without_seconds = Some("0 7 1 1,4,7,10 *".to_owned());
        assert_eq!(validate("0 0 7 1 1,4,7,10 *"), Err(CronProblem::Fields { found: 6, without_seconds }));
        assert_eq!(validate("0 9 *"), Err(CronProblem::Fields { found: 3, without_seconds: None }));
        assert_eq!(validate(""), Err(CronProblem::Fields { found: 0, without_seconds: None }));
        assert_eq!(validate("0 0 30 2 *"), Err(CronProblem::NeverFires));
        assert_eq!(validate("0 0 31 4,6,9,11 *"), Err(CronProblem::NeverFires));
        assert!(matches!(validate("0 25 * * *"), Err(CronProblem::Syntax { field: "hour", .. })));
        assert!(matches!(validate("0 9 * JANVIER *"), Err(CronProblem::Syntax { field: "month", .. })));
        assert!(matches!(validate("0 9 * * @daily"), Err(CronProblem::Syntax { field: "day of the week", .. })));
        assert!(matches!(validate("@never"), Err(CronProblem::Nickname { .. })));
    }

    #[test]
    fn accepts_what_people_write() {
        for cron in [
            "0 9 15 1,4,7,10 *",
            "@quarterly",
            "@Monthly",
            "0 0 29 2 *",
            "0 9 L * *",
            "0 9 LW * *",
            "0 9 * * 5L",
            "0 9 15W 1,4,7,10 *",
            "*/5 8-18 * * MON-FRI",
            "0 9 * jan sun",
        ] {
            assert_eq!(validate(cron), Ok(()), "{cron}");
        }
    }

    #[test]
    fn the_next_instant_may_be_years_away() {
        let next = next_after("0 0 29 2 *", Tz::UTC, utc("2025-01-01T00:00:00Z")).unwrap();
        assert_eq!(next, Some(utc("2028-02-29T00:00:00Z")));
    }

    proptest! {
        #[test]
        fn instants_rise_and_read_as_written(
            hour in 3u32..24, minute in 0u32..60, days in 0i64..20_000, zone in 0usize..4,
        ) {
            let zone = [Europe::Berlin, Asia::Almaty, Asia::Bishkek, Europe::London][zone];
            let after = Utc.with_ymd_and_hms(1995, 1, 1, 0, 0, 0).unwrap() + TimeDelta::days(days);
            let cron = format!("{minute} {hour} * * *");
            let found: Vec<_> = occurrences(&cron, zone, after, after + TimeDelta::days(9)).unwrap().collect();
            prop_assert!((8..=10).contains(&found.len()), "{}", found.len());
            prop_assert!(found.is_sorted_by(|a, b| a < b));
            for instant in found {
                let local = instant.with_timezone(&zone);
                prop_assert_eq!((local.hour(), local.minute()), (hour, minute));
            }
        }
    }
}
