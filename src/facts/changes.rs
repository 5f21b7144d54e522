//! What became of the plan: this period's against the last one's, and what nobody had planned
//! (`domain.md` 4.2, R10).

use std::collections::BTreeMap;

use super::{Counted, Selection, folded};
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
    let later: Vec<(&Entry, &PlanItem)> = selection.plan.iter().chain(&selection.next_plan).copied().collect();
    let items = Index::new(later.iter().map(|(_, item)| Name::of_item(item)));
    let carried_out = Index::new(selection.done.iter().map(Name::of_activity));
    for (entry, item) in earlier {
        if matches!(item.status, Some(Status::Done | Status::Cancelled)) {
            continue;
        }
        let name = Name::of_item(item);
        let now = items.find(&name, Ids::Decide).and_then(|at| later.get(at));
        let (change, entry, item) = match now {
            Some((entry, now)) => (fate(now.status), *entry, *now),
            None if carried_out.find(&name, Ids::Help).is_some() => (Change::Done, *entry, *item),
            None => (Change::Slipped, *entry, *item),
        };
        found.push(Changed { change, entry, item });
    }
    let known = Index::new(earlier.iter().map(|(_, item)| Name::of_item(item)));
    for (entry, item) in &selection.plan {
        if known.find(&Name::of_item(item), Ids::Decide).is_none() {
            let change = if item.status == Some(Status::Cancelled) { Change::Dropped } else { Change::New };
            found.push(Changed { change, entry, item });
        }
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
    let planned = Index::new(selection.plan.iter().map(|(_, item)| Name::of_item(item)));
    selection.done.iter().filter(|counted| planned.find(&Name::of_activity(counted), Ids::Help).is_none()).collect()
}

fn fate(status: Option<Status>) -> Change {
    match status {
        Some(Status::Done) => Change::Done,
        Some(Status::Cancelled) => Change::Dropped,
        Some(Status::Planned | Status::Ongoing | Status::Postponed) | None => Change::Slipped,
    }
}

/// What tells an item of the plan, or an activity, from others.
struct Name<'a> {
    id: Option<String>,
    title: String,
    countries: &'a [Country],
}

impl<'a> Name<'a> {
    fn new(id: Option<&str>, title: &str, countries: &'a [Country]) -> Self {
        let id = id.map(|id| id.trim().to_lowercase()).filter(|id| !id.is_empty());
        let title = folded(title);
        Self { id, title, countries }
    }

    fn of_item(item: &'a PlanItem) -> Self {
        Self::new(item.id.as_deref(), &item.title, &item.countries)
    }

    fn of_activity(counted: &Counted<'a>) -> Self {
        Self::new(counted.activity.id.as_deref(), &counted.activity.title, &counted.activity.countries)
    }
}

/// What ids have to say where both sides have one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ids {
    /// Two rows of the plan: other ids are other items, whatever their titles.
    Decide,
    /// An item and an activity: the two sheets may count differently, and titles speak as well.
    Help,
}

/// Names, to be found by id, or by title and country.
struct Index<'a> {
    names: Vec<Name<'a>>,
    by_id: BTreeMap<String, usize>,
    by_title: BTreeMap<String, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn new(names: impl Iterator<Item = Name<'a>>) -> Self {
        let mut index = Self { names: Vec::new(), by_id: BTreeMap::new(), by_title: BTreeMap::new() };
        for (at, name) in names.enumerate() {
            if let Some(id) = &name.id {
                index.by_id.entry(id.clone()).or_insert(at);
            }
            index.by_title.entry(name.title.clone()).or_default().push(at);
            index.names.push(name);
        }
        index
    }

    fn find(&self, wanted: &Name<'_>, ids: Ids) -> Option<usize> {
        if let Some(at) = wanted.id.as_ref().and_then(|id| self.by_id.get(id)) {
            return Some(*at);
        }
        let alike = self.by_title.get(&wanted.title)?;
        let fits = |at: &&usize| {
            self.names.get(**at).is_some_and(|name| {
                let both_have_ids = name.id.is_some() && wanted.id.is_some();
                !(both_have_ids && ids == Ids::Decide) && overlap(name.countries, wanted.countries)
            })
        };
        alike.iter().find(fits).copied()
    }
}

fn overlap(a: &[Country], b: &[Country]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|country| b.contains(country))
}
