//! What the programme has come to since its start: this period and the earlier ones together
//! (`domain.md` 4.2, R4).

use super::{Facts, Figure};
use crate::period::ReportingPeriod;

/// Figures that add up over periods: nobody is counted twice in them, as a person who comes to two
/// events is in the participants of each.
const ADDING_UP: [&str; 5] =
    ["activities.total", "activity_days.total", "participants.total", "participants.women", "equipment.items"];

/// What stands before their names where they are of all periods.
const PREFIX: &str = "cumulative.";

/// The figures of an earlier period that are added up, and nothing else of it. `None` for a period
/// of which nothing was done: nobody knows whether nothing happened or nothing was sent.
#[must_use]
pub fn past(facts: &Facts) -> Option<Facts> {
    let mut kept = facts.uncited();
    kept.figures.retain(|name, _| ADDING_UP.contains(&name.as_str()));
    (kept.count("activities.total") > 0).then_some(kept)
}

/// Adds `cumulative.activities.total` and its kin to the figures of a period; nothing where no
/// earlier period is known.
pub fn add_up(facts: &mut Facts, past: &[Facts]) {
    if past.is_empty() {
        return;
    }
    for name in ADDING_UP {
        let Some(now) = facts.figures.get(name) else { continue };
        let mut sum = Figure { citations: Vec::new(), ..*now };
        for earlier in past.iter().filter_map(|facts| facts.figures.get(name)) {
            sum.value = match (sum.value, earlier.value) {
                (Some(sum), Some(more)) => Some(sum.saturating_add(more)),
                (one, other) => one.or(other),
            };
            sum.reported_by = sum.reported_by.saturating_add(earlier.reported_by);
            sum.of = sum.of.saturating_add(earlier.of);
        }
        facts.figures.insert(format!("{PREFIX}{name}"), sum);
    }
}

/// R4: what stands in the figures as the sum of all periods, and what this and the earlier ones
/// make.
pub(super) fn sums(facts: &Facts, past: &[Facts]) -> Vec<(&'static str, i64, i64)> {
    let known = ADDING_UP.into_iter().filter(|name| facts.figures.contains_key(&format!("{PREFIX}{name}")));
    known
        .map(|name| {
            let earlier: i64 = past.iter().map(|facts| facts.count(name)).sum();
            (name, facts.count(&format!("{PREFIX}{name}")), facts.count(name) + earlier)
        })
        .collect()
}

/// The first of the periods that are known, and how many between it and `period` are not.
#[must_use]
pub fn reach(past: &[Facts], period: ReportingPeriod) -> Option<(ReportingPeriod, usize)> {
    let first = past.iter().map(|facts| facts.period).min()?;
    let between = std::iter::successors(Some(first), |one| Some(one.next())).take_while(|one| *one < period);
    Some((first, between.count().saturating_sub(past.len())))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Unit;
    use super::*;

    fn facts(period: &str, figures: &[(&str, Option<i64>, u32, u32)]) -> Facts {
        let figure = |(name, value, reported_by, of): &(&str, Option<i64>, u32, u32)| {
            let figure =
                Figure { value: *value, unit: Unit::Count, reported_by: *reported_by, of: *of, citations: Vec::new() };
            ((*name).to_owned(), figure)
        };
        let figures: BTreeMap<String, Figure> = figures.iter().map(figure).collect();
        Facts { period: period.parse().unwrap(), as_of: "2018-01-15".parse().unwrap(), figures }
    }

    #[test]
    fn periods_add_up_and_blank_stays_blank() {
        let mut now = facts(
            "2017-Q4",
            &[
                ("activities.total", Some(9), 9, 9),
                ("participants.total", Some(32), 2, 9),
                ("participants.women", None, 0, 9),
            ],
        );
        let earlier = |period| {
            let figures = [
                ("activities.total", Some(20), 20, 20),
                ("participants.total", Some(300), 15, 20),
                ("participants.women", None, 0, 20),
                ("risks.total", Some(7), 7, 7),
            ];
            past(&facts(period, &figures)).unwrap()
        };
        let past = [earlier("2017-Q1"), earlier("2017-Q3")];
        add_up(&mut now, &past);
        assert_eq!(now.count("cumulative.activities.total"), 49);
        let people = &now.figures["cumulative.participants.total"];
        assert_eq!((people.value, people.reported_by, people.of), (Some(632), 32, 49));
        assert_eq!(now.value("cumulative.participants.women"), None, "blank is never zero");
        assert!(!now.figures.contains_key("cumulative.risks.total"));
        assert_eq!(reach(&past, now.period), Some(("2017-Q1".parse().unwrap(), 1)));
        assert!(sums(&now, &past).iter().all(|(_, stands, made)| stands == made));
        now.figures.get_mut("cumulative.activities.total").unwrap().value = Some(50);
        assert!(sums(&now, &past).iter().any(|(_, stands, made)| stands != made));
    }

    #[test]
    fn without_an_earlier_period_nothing_is_said_of_the_start() {
        let mut now = facts("2017-Q4", &[("activities.total", Some(9), 9, 9)]);
        add_up(&mut now, &[]);
        assert_eq!(now.figures.len(), 1);
        assert_eq!(reach(&[], now.period), None);
        assert!(past(&facts("2017-Q3", &[("activities.total", Some(0), 0, 0)])).is_none());
    }
}
