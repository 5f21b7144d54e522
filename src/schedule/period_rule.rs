//! Which period an occurrence reports, and a run that a person begins.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::config::{PeriodRule, Schedule};
use crate::period::ReportingPeriod;
use crate::report::ReportRun;
use crate::store::PlannedRun;

/// The period that a rule names at an instant, by the calendar date that it then is in `zone`: on
/// 1 January at 03:00 in Bishkek the previous quarter is the fourth, though in UTC it is still
/// December.
#[must_use]
pub fn period_at(rule: PeriodRule, instant: DateTime<Utc>, zone: Tz) -> ReportingPeriod {
    let date = instant.with_timezone(&zone).date_naive();
    match rule {
        PeriodRule::This(span) => ReportingPeriod::containing(date, span),
        PeriodRule::Previous(span) => ReportingPeriod::containing(date, span).previous(),
        PeriodRule::Fixed(period) => period,
    }
}

/// A run of a schedule that a person begins at this instant, of the period they name or else of the one that the
/// schedule would report now.
#[must_use]
pub fn by_hand(schedule: &Schedule, period: Option<ReportingPeriod>, now: DateTime<Utc>) -> PlannedRun {
    PlannedRun {
        report: schedule.report.clone(),
        period: period.unwrap_or_else(|| period_at(schedule.period, now, schedule.timezone)),
        due_at: now,
        note: ReportRun::BY_HAND.to_owned(),
        skipped: None,
        waits_until: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Span;

    #[test]
    fn the_local_date_decides() {
        let instant: DateTime<Utc> = "2017-12-31T21:00:00Z".parse().unwrap();
        let bishkek = chrono_tz::Asia::Bishkek;
        let named = |rule, zone| period_at(rule, instant, zone).to_string();
        assert_eq!(named(PeriodRule::Previous(Span::Quarter), bishkek), "2017-Q4");
        assert_eq!(named(PeriodRule::Previous(Span::Quarter), Tz::UTC), "2017-Q3");
        assert_eq!(named(PeriodRule::This(Span::Quarter), bishkek), "2018-Q1");
        assert_eq!(named(PeriodRule::Previous(Span::Year), bishkek), "2017");
        assert_eq!(named(PeriodRule::Previous(Span::Month), bishkek), "2017-M12");
        assert_eq!(named(PeriodRule::This(Span::Half), bishkek), "2018-H1");
        let fixed = ReportingPeriod::quarter(2016, 2).unwrap();
        assert_eq!(named(PeriodRule::Fixed(fixed), bishkek), "2016-Q2");
    }
}
