//! Which rows of a period count, and as what.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Place};
use crate::participation;
use crate::period::ReportingPeriod;
use crate::record::{
    Activity, BudgetLine, Challenge, Entry, Equipment, HeadCount, Indicator, MeetingItem, Origin, Participation,
    PlanItem, Priority, Record, Risk, Status,
};
use crate::twin::{self, Likeness};

/// An activity that counts, with its participants as they are to be printed.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// The row.
    pub entry: &'a Entry,
    /// What it says.
    pub activity: &'a Activity,
    /// The activity's own figures, completed from its participation rows where it gives none.
    pub head_count: HeadCount,
    /// Whether the total comes from the participation rows.
    pub from_rows: bool,
    /// Its participation rows; empty where their sum contradicts the total (V15).
    pub participations: Vec<(&'a Origin, &'a Participation)>,
}

/// An action point as it stands at the end of the period.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a> {
    /// The row.
    pub entry: &'a Entry,
    /// What it says.
    pub item: &'a MeetingItem,
    /// Of a meeting before the period: it was open at its start.
    pub carried: bool,
}

impl Point<'_> {
    /// Done, or given up.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self.item.status, Some(Status::Done | Status::Cancelled))
    }

    /// Open past its day (`domain.md`, V26).
    #[must_use]
    pub fn is_overdue(&self, as_of: NaiveDate) -> bool {
        !self.is_closed() && self.item.due.is_some_and(|due| due < as_of)
    }
}

/// The rows of a period, sorted by what they are, in the order of the calendar.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    /// The period.
    pub period: ReportingPeriod,
    /// Day up to which data is taken into account.
    pub as_of: NaiveDate,
    /// Activities that are done, undated ones last.
    pub done: Vec<Counted<'a>>,
    /// Activities of the period that are not: planned, postponed, cancelled, under way.
    pub not_done: Vec<(&'a Entry, &'a Activity)>,
    /// Equipment handed over, by date; planned and cancelled items are left out.
    pub equipment: Vec<(&'a Entry, &'a Equipment)>,
    /// Equipment of this period and the next that is yet to be handed over.
    pub expected: Vec<(&'a Entry, &'a Equipment)>,
    /// Meetings, by date and as listed.
    pub meetings: Vec<(&'a Entry, &'a MeetingItem)>,
    /// Action points: those of the period's meetings, those of earlier ones that its tracker
    /// carries over, and those that were left open before and that no tracker mentions.
    pub points: Vec<Point<'a>>,
    /// The work plan of the period.
    pub plan: Vec<(&'a Entry, &'a PlanItem)>,
    /// The work plan of the period after it.
    pub next_plan: Vec<(&'a Entry, &'a PlanItem)>,
    /// Challenges.
    pub challenges: Vec<(&'a Entry, &'a Challenge)>,
    /// Priorities.
    pub priorities: Vec<(&'a Entry, &'a Priority)>,
    /// Indicators.
    pub indicators: Vec<(&'a Entry, &'a Indicator)>,
    /// Risks.
    pub risks: Vec<(&'a Entry, &'a Risk)>,
    /// Budget lines.
    pub budget: Vec<(&'a Entry, &'a BudgetLine)>,
    /// What was found amiss between rows: an activity in two files, sums that contradict.
    pub diagnostics: Vec<Diagnostic>,
}

/// Sorts the rows that count in `period` on `as_of`.
///
/// Rows of other periods are passed over, but for the work plan of the next one. Rows
/// without a period of their own go where their activity goes. An activity that several
/// files report under one id counts once, as the first of them (in the order of `entries`)
/// has it; the others are told. So does an event that two files report under two ids, or under
/// none (V29). The order of `entries` decides nothing else.
#[must_use]
pub fn select(entries: &[Entry], period: ReportingPeriod, as_of: NaiveDate) -> Selection<'_> {
    let mut selection = Selection {
        period,
        as_of,
        done: Vec::new(),
        not_done: Vec::new(),
        equipment: Vec::new(),
        expected: Vec::new(),
        meetings: Vec::new(),
        points: Vec::new(),
        plan: Vec::new(),
        next_plan: Vec::new(),
        challenges: Vec::new(),
        priorities: Vec::new(),
        indicators: Vec::new(),
        risks: Vec::new(),
        budget: Vec::new(),
        diagnostics: Vec::new(),
    };
    let mut period_of_activity: BTreeMap<&str, Option<ReportingPeriod>> = BTreeMap::new();
    for entry in entries {
        if let Record::Activities(Activity { id: Some(id), .. }) = &entry.record {
            period_of_activity.entry(id).or_insert(entry.period);
        }
    }
    let period_of = |entry: &Entry| {
        let by_activity = || entry.record.activity_id().and_then(|id| period_of_activity.get(id).copied().flatten());
        entry.period.or_else(by_activity)
    };
    let mut participations: BTreeMap<&str, Vec<(&Origin, &Participation)>> = BTreeMap::new();
    for entry in entries {
        if let Record::Participants(row) = &entry.record {
            participations.entry(&row.activity_id).or_default().push((&entry.origin, row));
        }
    }
    let doubles = doubles(entries, as_of, |own| own.is_some_and(|p| period.covers(p)));
    let mut seen: BTreeMap<&str, &Entry> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let own = period_of(entry);
        if let Record::Plan(item) = &entry.record
            && own.is_some_and(|p| period.next().covers(p))
        {
            selection.next_plan.push((entry, item));
        }
        if let Record::Equipment(item) = &entry.record
            && matches!(item.status, Some(Status::Planned | Status::Ongoing | Status::Postponed))
            && own.is_some_and(|p| period.covers(p) || period.next().covers(p))
        {
            selection.expected.push((entry, item));
        }
        if !own.is_some_and(|p| period.covers(p)) {
            continue;
        }
        match &entry.record {
            Record::Activities(activity) => {
                if let Some(id) = activity.id.as_deref() {
                    if let Some(first) = seen.get(id) {
                        selection.diagnostics.push(told_twice(id, first, entry));
                        continue;
                    }
                    seen.insert(id, entry);
                }
                if let Some(question) = doubles.get(&at) {
                    selection.diagnostics.push(question.clone());
                    continue;
                }
                selection.place(entry, activity, own, &participations);
            }
            Record::Equipment(item) => {
                let handed_over = !matches!(
                    item.status,
                    Some(Status::Planned | Status::Ongoing | Status::Postponed | Status::Cancelled)
                );
                if handed_over {
                    selection.equipment.push((entry, item));
                }
            }
            Record::Meetings(item) => selection.meetings.push((entry, item)),
            Record::Plan(item) => selection.plan.push((entry, item)),
            Record::Challenges(row) => selection.challenges.push((entry, row)),
            Record::Priorities(row) => selection.priorities.push((entry, row)),
            Record::Indicators(row) => selection.indicators.push((entry, row)),
            Record::Risks(row) => selection.risks.push((entry, row)),
            Record::Budget(row) => selection.budget.push((entry, row)),
            Record::Participants(_) => {}
        }
    }
    selection.sort();
    let first = period.first_day();
    let points = selection.meetings.iter().filter(|(_, item)| item.action_point.is_some());
    selection.points = points.map(|(entry, item)| Point { entry, item, carried: item.date < first }).collect();
    // A tracker's rows speak of action points; the meetings they come from were of their own time.
    selection.meetings.retain(|(_, item)| item.date >= first || item.action_point.is_none());
    selection
}

impl<'a> Selection<'a> {
    fn place(
        &mut self,
        entry: &'a Entry,
        activity: &'a Activity,
        period: Option<ReportingPeriod>,
        participations: &BTreeMap<&str, Vec<(&'a Origin, &'a Participation)>>,
    ) {
        if !activity.is_done(period, self.as_of) {
            self.not_done.push((entry, activity));
            return;
        }
        let mut counted = Counted {
            entry,
            activity,
            head_count: activity.head_count,
            from_rows: false,
            participations: activity.id.as_deref().and_then(|id| participations.get(id)).cloned().unwrap_or_default(),
        };
        if let Some(problem) = counted.take_rows() {
            self.diagnostics.push(problem);
        }
        self.done.push(counted);
    }

    fn sort(&mut self) {
        // Undated rows come last; ties are broken by where a row stands, so that the order in
        // which files arrived shows nowhere.
        let by_place = |e: &Entry| (e.origin.file.clone(), e.origin.sheet.clone(), e.origin.row);
        let day = |d: Option<NaiveDate>| d.unwrap_or(NaiveDate::MAX);
        self.done
            .sort_by_cached_key(|c| (day(c.activity.first_day()), day(c.activity.counting_day()), by_place(c.entry)));
        self.not_done.sort_by_cached_key(|(e, a)| (day(a.first_day()), by_place(e)));
        self.equipment.sort_by_cached_key(|(e, i)| (day(i.handover_date), by_place(e)));
        self.expected.sort_by_cached_key(|(e, i)| (day(i.handover_date), by_place(e)));
        self.meetings.sort_by_cached_key(|(e, m)| (m.date, m.body.clone(), by_place(e)));
        self.plan.sort_by_cached_key(|(e, p)| (day(p.start.or(p.end)), by_place(e)));
        self.next_plan.sort_by_cached_key(|(e, p)| (day(p.start.or(p.end)), by_place(e)));
        self.challenges.sort_by_cached_key(|(e, _)| by_place(e));
        self.priorities.sort_by_cached_key(|(e, p)| (p.country, by_place(e)));
        self.indicators.sort_by_cached_key(|(e, i)| (i.component, i.code.clone(), by_place(e)));
        self.risks.sort_by_cached_key(|(e, r)| {
            (std::cmp::Reverse(u16::from(r.likelihood) * u16::from(r.impact)), by_place(e))
        });
        self.budget.sort_by_cached_key(|(e, _)| by_place(e));
    }

    /// Takes over the action points that were open at the end of the period before, unless this
    /// period's rows carry some over themselves: then their word on it is taken.
    #[must_use]
    pub fn following(mut self, before: &Selection<'a>) -> Self {
        if !self.points.iter().any(|point| point.carried) {
            let open = before.points.iter().filter(|point| !point.is_closed());
            self.points.splice(0..0, open.map(|point| Point { carried: true, ..*point }));
        }
        self
    }
}

impl Counted<'_> {
    /// Completes the head count from the participation rows, or drops them where they
    /// contradict it (V15). Rows speak only where every one of them has a figure.
    fn take_rows(&mut self) -> Option<Diagnostic> {
        // Rows that have no figure cannot bring down what the others make together.
        let told = self.participations.iter().filter_map(|(_, row)| row.head_count.total);
        let at_least = told.fold(0u32, u32::saturating_add);
        let sum = |pick: fn(&HeadCount) -> Option<u32>| -> Option<u32> {
            if self.participations.is_empty() {
                return None;
            }
            self.participations.iter().try_fold(0u32, |sum, (_, row)| sum.checked_add(pick(&row.head_count)?))
        };
        let (total, women, men) = (sum(|h| h.total), sum(|h| h.women), sum(|h| h.men));
        let total = total.or_else(|| self.head_count.total.is_some_and(|stated| at_least > stated).then_some(at_least));
        match (self.head_count.total, total) {
            (Some(stated), Some(of_rows)) if stated != of_rows => {
                let origin = &self.entry.origin;
                let mut place = Place::sheet(&origin.file, &origin.sheet);
                if let Some(cell) = origin.cell("participants") {
                    place = place.at(cell);
                }
                let rows = self.participations.len();
                self.participations.clear();
                // The intake told it already, where both sheets came in one workbook.
                if self.entry.faults.iter().any(|f| f == participation::CODE) {
                    return None;
                }
                let id = self.activity.id.as_deref().unwrap_or_default();
                return Some(participation::mismatch(place, id, stated, u64::from(of_rows), rows));
            }
            (None, Some(of_rows)) => {
                self.head_count.total = Some(of_rows);
                self.from_rows = true;
            }
            _ => {}
        }
        let fits = |part: Option<u32>, other: Option<u32>| {
            self.head_count.total.is_none_or(|t| part.unwrap_or(0).saturating_add(other.unwrap_or(0)) <= t)
        };
        if self.head_count.women.is_none() && self.head_count.men.is_none() && fits(women, men) {
            self.head_count.women = women;
            self.head_count.men = men;
        }
        None
    }
}

/// Rows that are likely an event that another file reports as well, with the question it is (V29).
/// They are not counted: until somebody answers, two rows of one event are one.
fn doubles(
    entries: &[Entry],
    as_of: NaiveDate,
    is_ours: impl Fn(Option<ReportingPeriod>) -> bool,
) -> BTreeMap<usize, Diagnostic> {
    let mut rows = Vec::new();
    let mut places = Vec::new();
    let mut files = entries.iter().filter(|e| matches!(e.record, Record::Activities(_))).map(|e| &e.origin.file);
    let first = files.next();
    if files.all(|file| Some(file) == first) {
        return BTreeMap::new();
    }
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| is_ours(entry.period)) {
        if let Record::Activities(activity) = &entry.record
            && activity.is_done(entry.period, as_of)
            && let Some(likeness) = Likeness::of(activity)
        {
            rows.push((entry.origin.file.as_str(), likeness));
            places.push((at, &entry.origin, activity));
        }
    }
    let asked = twin::twins(&rows).into_iter().filter_map(|(left, kept)| {
        let ((at, origin, activity), (_, other, kept)) = (places.get(left)?, places.get(kept)?);
        let (place, there) = (twin::place_of(origin), twin::place_of(other));
        let asked = twin::question(place, &activity.title, &other.file, &there, &kept.title);
        Some((*at, asked.worded("event-in-two-files-counted")))
    });
    asked.collect()
}

fn told_twice(id: &str, first: &Entry, again: &Entry) -> Diagnostic {
    let mut place = Place::sheet(&again.origin.file, &again.origin.sheet);
    if let Some(cell) = again.origin.cell("id").or_else(|| again.origin.cell("title")) {
        place = place.at(cell);
    }
    let differs = first.record != again.record;
    let wording = if differs { "activity-in-two-files-differs" } else { "activity-in-two-files" };
    Diagnostic::warning("activity-in-two-files", place)
        .worded(wording)
        .with("activity", id)
        .with("file", first.origin.file.clone())
}
