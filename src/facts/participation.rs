//! Who came: participants by country and agency.

use std::collections::BTreeMap;

use super::Selection;
use crate::recipient::Country;

/// How many came from one agency of one country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The country; `None` where it was not stated.
    pub country: Option<Country>,
    /// The agency, as most rows write it; `None` where it was not stated.
    pub agency: Option<String>,
    /// Participants; `None` where none of its rows has a figure.
    pub total: Option<u32>,
    /// Women, of the rows that tell them.
    pub women: Option<u32>,
    /// Men, of the rows that tell them.
    pub men: Option<u32>,
    /// Activities that it came to.
    pub activities: u32,
}

/// Participants by country and agency, in the order of the alphabet; what no row places comes
/// last, without country and agency. The totals make `participants.total` (R2).
#[must_use]
pub fn participation(selection: &Selection<'_>) -> Vec<Share> {
    let mut shares: BTreeMap<(bool, Option<Country>, Option<String>), Share> = BTreeMap::new();
    let plus = |sum: &mut Option<u32>, n: Option<u32>| {
        if let Some(n) = n {
            *sum = Some(sum.unwrap_or(0).saturating_add(n));
        }
    };
    for counted in &selection.done {
        let mut placed = 0u32;
        let mut seen = std::collections::BTreeSet::new();
        for (_, row) in &counted.participations {
            // Rows of an activity without a total are in no total to agree with.
            let total = row.head_count.total.filter(|_| counted.head_count.total.is_some());
            placed = placed.saturating_add(total.unwrap_or(0));
            let folded = row.agency.as_deref().map(|name| name.trim().to_lowercase());
            let key = (row.country.is_none(), row.country, folded);
            let share = shares.entry(key.clone()).or_insert_with(|| Share {
                country: row.country,
                agency: row.agency.as_deref().map(|name| name.trim().to_owned()),
                ..Share::default()
            });
            plus(&mut share.total, total);
            plus(&mut share.women, row.head_count.women);
            plus(&mut share.men, row.head_count.men);
            if seen.insert(key) {
                share.activities += 1;
            }
        }
        let rest = counted.head_count.total.map_or(0, |total| total.saturating_sub(placed));
        if rest > 0 {
            let share = shares.entry((true, None, None)).or_default();
            plus(&mut share.total, Some(rest));
            share.activities += 1;
        }
    }
    shares.into_values().collect()
}
