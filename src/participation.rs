//! Do the rows of the Participants sheet add up to their activities' totals?
//!
//! The intake asks it of one workbook; the compiling of a report asks it of everything it
//! has, because the two sheets may come as two files.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::record::{Entry, Record};

/// Code of the diagnostic, and of the fault that it leaves on the activity (V15).
pub const CODE: &str = "participation-does-not-add-up";

/// The diagnostic: at the activity's total, which is `total`, while `rows` rows sum to `sum`.
#[must_use]
pub fn mismatch(place: Place, id: &str, total: u32, sum: u64, rows: u32) -> Diagnostic {
    Diagnostic::error(CODE, place).with("id", id).with("total", total).with("sum", sum).with("rows", rows)
}

/// Activities whose participation rows, all of which have a figure, sum to another total
/// (V15): the index of the activity's entry, and what to tell. Activities that carry the
/// fault already are passed over. The row is to be kept and its split dropped, for which
/// [`drop_split`] is there.
#[must_use]
pub fn participation_sums(entries: &[Entry]) -> Vec<(usize, Diagnostic)> {
    // Sum, number of rows, and whether each of them has a figure.
    let mut sums: HashMap<&str, (u64, u32, bool)> = HashMap::new();
    for entry in entries {
        if let Record::Participants(p) = &entry.record {
            let sum = sums.entry(p.activity_id.as_str()).or_insert((0, 0, true));
            sum.0 += u64::from(p.head_count.total.unwrap_or(0));
            sum.1 += 1;
            sum.2 &= p.head_count.total.is_some();
        }
    }
    let mut found = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Record::Activities(activity) = &entry.record
            && let (Some(id), Some(total)) = (activity.id.as_deref(), activity.head_count.total)
            && let Some((sum, rows, true)) = sums.get(id)
            && *sum != u64::from(total)
            && !entry.faults.iter().any(|f| f == CODE)
        {
            let mut place = Place::sheet(&entry.origin.file, &entry.origin.sheet);
            if let Some(cell) = entry.origin.cell("participants") {
                place = place.at(cell);
            }
            found.push((at, mismatch(place, id, total, *sum, *rows)));
        }
    }
    found
}

/// Keeps an activity's total and drops its split into women and men, and says why.
pub fn drop_split(entry: &mut Entry, code: &str) {
    if let Record::Activities(activity) = &mut entry.record {
        (activity.head_count.women, activity.head_count.men) = (None, None);
    }
    if !entry.faults.iter().any(|f| f == code) {
        entry.faults.push(code.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Activity, ActivityType, HeadCount, Origin, Participation};

    fn entry(record: Record) -> Entry {
        let origin =
            Origin { file: "f.csv".to_owned(), sheet: "S".to_owned(), row: 1, columns: std::sync::Arc::default() };
        Entry { origin, period: None, record, faults: Vec::new() }
    }

    fn activity(id: &str, total: Option<u32>) -> Entry {
        entry(Record::Activities(Activity {
            id: Some(id.to_owned()),
            title: "Workshop".to_owned(),
            kind: ActivityType::Workshop,
            kind_as_written: None,
            component: None,
            start: None,
            end: None,
            status: None,
            place: None,
            host_country: None,
            scope: None,
            countries: Vec::new(),
            agencies: Vec::new(),
            partners: Vec::new(),
            head_count: HeadCount { total, women: Some(1), men: None, estimated: false },
            summary: None,
            outputs: None,
            photo: None,
        }))
    }

    fn rows(id: &str, totals: &[Option<u32>]) -> Vec<Entry> {
        let row = |total: &Option<u32>| {
            entry(Record::Participants(Participation {
                activity_id: id.to_owned(),
                country: None,
                agency: Some("Customs service".to_owned()),
                head_count: HeadCount { total: *total, ..HeadCount::default() },
            }))
        };
        totals.iter().map(row).collect()
    }

    #[test]
    fn compares_only_where_every_row_has_a_figure() {
        let mut entries =
            vec![activity("A", Some(20)), activity("B", Some(20)), activity("C", None), activity("D", Some(5))];
        entries.extend(rows("A", &[Some(10), Some(8)]));
        entries.extend(rows("B", &[Some(10), None]));
        entries.extend(rows("C", &[Some(10)]));
        entries.extend(rows("D", &[Some(2), Some(3)]));
        let found = participation_sums(&entries);
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), [0]);
        drop_split(&mut entries[0], CODE);
        assert!(participation_sums(&entries).is_empty());
        let Record::Activities(kept) = &entries[0].record else { unreachable!() };
        assert_eq!((kept.head_count.total, kept.head_count.women), (Some(20), None));
    }
}
