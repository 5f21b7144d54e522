//! What became of the plan: this period's against the last one's, and what nobody had planned
//! (`domain.md` 4.2, R10).

use super::{Counted, Selection};
use crate::recipient::Country;
use crate::record::{Entry, PlanItem, Status};

/// What happened to an item of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Left open or postponed in the last period, and done now.
    Done,
    /// Left open or postponed in the last period, and still not done.
    Slipped,
    /// Given up.
    Dropped,
    /// In this period's plan, and not in the last one's.
    New,
}

impl Change {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Done, Self::Slipped, Self::Dropped, Self::New];

    /// A word for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Slipped => "slipped",
            Self::Dropped => "dropped",
            Self::New => "new",
        }
    }
}

/// An item of the plan, and what happened to it.
#[derive(Clone, Copy, Debug)]
pub struct Changed<'a> {
    /// What happened.
    pub change: Change,
    /// The newest row that speaks of it.
    pub entry: &'a Entry,
    /// What the row says.
    pub item: &'a PlanItem,
}

/// What became of the last period's plan, and what is new in this one's; in the order of
/// [`Change::ALL`]. Nothing where the last period had no plan: then nothing is known to be new.
#[must_use]
pub fn changes<'a>(selection: &Selection<'a>, before: Option<&Selection<'a>>) -> Vec<Changed<'a>> {
    let earlier = before.map(|before| before.plan.as_slice()).unwrap_or_default();
    let mut found = Vec::new();
    if earlier.is_empty() {
        return found;
    }
    for (entry, item) in earlier {
        if matches!(item.status, Some(Status::Done | Status::Cancelled)) {
            continue;
        }
        let mut later = selection.plan.iter().chain(&selection.next_plan);
        let (change, entry, item) = match later.find(|(_, now)| is_same(item, now)) {
            Some((entry, now)) => (fate(now.status), *entry, *now),
            None if selection.done.iter().any(|counted| is_carried_out(item, counted)) => (Change::Done, *entry, *item),
            None => (Change::Slipped, *entry, *item),
        };
        found.push(Changed { change, entry, item });
    }
    for (entry, item) in &selection.plan {
        let known = earlier.iter().any(|(_, then)| is_same(then, item));
        let change = match item.status {
            Some(Status::Cancelled) if !known => Change::Dropped,
            _ if !known => Change::New,
            _ => continue,
        };
        found.push(Changed { change, entry, item });
    }
    found.sort_by_key(|changed| changed.change);
    found
}

/// Activities that were done though no item of the plan names them, by id or by title and
/// country. Without a plan nothing was unplanned.
#[must_use]
pub fn unplanned<'s, 'a>(selection: &'s Selection<'a>) -> Vec<&'s Counted<'a>> {
    if selection.plan.is_empty() {
        return Vec::new();
    }
    let planned = |counted: &&Counted<'_>| selection.plan.iter().any(|(_, item)| is_carried_out(item, counted));
    selection.done.iter().filter(|counted| !planned(counted)).collect()
}

fn fate(status: Option<Status>) -> Change {
    match status {
        Some(Status::Done) => Change::Done,
        Some(Status::Cancelled) => Change::Dropped,
        Some(Status::Planned | Status::Ongoing | Status::Postponed) | None => Change::Slipped,
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn same_id(a: Option<&str>, b: Option<&str>) -> Option<bool> {
    let (a, b) = (a?.trim(), b?.trim());
    (!a.is_empty() && !b.is_empty()).then(|| a.eq_ignore_ascii_case(b))
}

fn overlap(a: &[Country], b: &[Country]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|country| b.contains(country))
}

/// Whether two rows are of one item: by their ids where both have one, else by title and country.
fn is_same(a: &PlanItem, b: &PlanItem) -> bool {
    same_id(a.id.as_deref(), b.id.as_deref())
        .unwrap_or_else(|| folded(&a.title) == folded(&b.title) && overlap(&a.countries, &b.countries))
}

/// Plan and activities may count their ids differently, so that the title has a word as well.
fn is_carried_out(item: &PlanItem, counted: &Counted<'_>) -> bool {
    let activity = counted.activity;
    same_id(item.id.as_deref(), activity.id.as_deref()) == Some(true)
        || folded(&item.title) == folded(&activity.title) && overlap(&item.countries, &activity.countries)
}
