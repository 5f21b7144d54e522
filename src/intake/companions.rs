//! Files that came together: CSV files are the sheets of one workbook, and what one of them
//! says of its period holds for the others.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::period::ReportingPeriod;

/// Files that come within this time of each other came together.
pub(super) const TOGETHER: TimeDelta = TimeDelta::minutes(5);

/// What files that came lately were about.
#[derive(Debug, Default)]
pub(super) struct Companions(Vec<Companion>);

#[derive(Debug)]
pub(super) struct Companion {
    pub(super) taken_at: DateTime<Utc>,
    /// The contributor's address; `None` for files that are nobody's.
    pub(super) contributor: Option<String>,
    pub(super) file: String,
    pub(super) period: ReportingPeriod,
    pub(super) rows: u32,
}

impl Companions {
    pub(super) fn add(&mut self, companion: Companion) {
        let oldest = companion.taken_at - TOGETHER * 2;
        self.0.retain(|c| c.taken_at >= oldest && (c.file != companion.file || c.contributor != companion.contributor));
        self.0.push(companion);
    }

    /// Period of most rows that came since, of the same contributor or of nobody.
    pub(super) fn period(&self, since: DateTime<Utc>, contributor: Option<&str>) -> Option<(ReportingPeriod, String)> {
        let theirs = || self.0.iter().filter(|c| c.taken_at >= since && c.contributor.as_deref() == contributor);
        let mut votes: BTreeMap<ReportingPeriod, u32> = BTreeMap::new();
        for companion in theirs() {
            *votes.entry(companion.period).or_default() += companion.rows;
        }
        let (period, _) = votes.into_iter().max_by_key(|(period, rows)| (*rows, *period))?;
        // The first of those with most rows: what is said of it does not change with each that follows.
        let file = theirs().filter(|c| c.period == period).min_by_key(|c| Reverse(c.rows))?;
        Some((period, file.file.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_of_most_rows_counts_and_each_for_their_own() {
        let mut companions = Companions::default();
        let at = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        for (seconds, contributor, file, period, rows) in [
            (0, None, "activities.csv", "2017-Q4", 8),
            (1, None, "equipment.csv", "2017-Q3", 5),
            (2, Some("tj@example.org"), "activities_TJ.csv", "2016-Q1", 50),
        ] {
            let (contributor, file) = (contributor.map(str::to_owned), file.to_owned());
            let period = period.parse().unwrap();
            companions.add(Companion { taken_at: at(seconds), contributor, file, period, rows });
        }
        let told = |since, whose| companions.period(at(since), whose).map(|(p, file)| format!("{p} {file}"));
        assert_eq!(told(0, None).as_deref(), Some("2017-Q4 activities.csv"));
        assert_eq!(told(1, None).as_deref(), Some("2017-Q3 equipment.csv"));
        assert_eq!(told(0, Some("tj@example.org")).as_deref(), Some("2016-Q1 activities_TJ.csv"));
        assert_eq!(told(0, Some("kg@example.org")), None);
    }
}
