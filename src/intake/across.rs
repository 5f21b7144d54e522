//! A file held against what others, and the same source earlier, have sent: the same event in two
//! files (V29), participants against a total that another file has (V15), values and plan of the
//! period before (V24, V25, V28).
//!
//! The facts ask V15 and V29 again of everything they have, whatever came first; here the sender
//! is asked while the file is fresh.

use std::collections::{BTreeMap, BTreeSet};

use super::raw::EarlierValue;
use super::source::Source;
use super::tally::{Referred, Tally};
use crate::diagnostic::{Diagnostic, Place};
use crate::participation;
use crate::period::ReportingPeriod;
use crate::record::{Activity, Entry, PlanItem, Record, Sheet, Status};
use crate::store::{Beside, KnownTotal, Store, StoreError};
use crate::twin::{self, Likeness};

/// Most questions to one sender about one file.
const MOST_QUESTIONS: usize = 20;
/// Most rows that are remembered while dry runs last.
const MOST_REHEARSED: usize = 5_000;

/// What the files of a dry run said: they are not in the ledger.
#[derive(Debug, Default)]
pub(super) struct Rehearsal {
    rows: Vec<Beside>,
}

impl Rehearsal {
    /// Remembers a file's activities.
    pub(super) fn add(&mut self, source: &str, tally: &Tally) {
        let room = MOST_REHEARSED.saturating_sub(self.rows.len());
        let rows = tally.activities.iter().take(room);
        self.rows.extend(rows.map(|entry| Beside { file_id: 0, source: source.to_owned(), entry: entry.clone() }));
    }

    /// Whether a file said anything of an activity.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.rows.iter().any(|row| activity(&row.entry).is_some_and(|a| a.id.as_deref() == Some(id)))
    }

    fn totals(&self, source: &str, found: &mut BTreeMap<String, KnownTotal>) {
        // The same source's word before another's.
        let (own, others): (Vec<&Beside>, Vec<&Beside>) = self.rows.iter().partition(|row| row.source == source);
        for row in own.into_iter().chain(others) {
            let Some(activity) = activity(&row.entry) else { continue };
            if let Some(id) = &activity.id {
                let file = row.entry.origin.file.clone();
                let known = KnownTotal { source: row.source.clone(), file, head_count: activity.head_count };
                found.entry(id.clone()).or_insert(known);
            }
        }
    }
}

fn activity(entry: &Entry) -> Option<&Activity> {
    if let Record::Activities(activity) = &entry.record { Some(activity) } else { None }
}

/// What the reader must know of earlier periods.
pub(super) async fn earlier(store: &Store, source: &Source) -> Result<Vec<EarlierValue>, StoreError> {
    let known = store.earlier_values(contributor(source)).await?;
    let values = known.into_iter().filter_map(|(period, record)| match record {
        Record::Indicators(row) => Some(EarlierValue {
            sheet: Sheet::Indicators,
            name: row.code,
            period,
            value: row.current?,
            unit: Some(row.unit),
        }),
        Record::Budget(row) => Some(EarlierValue {
            sheet: Sheet::Budget,
            name: row.heading,
            period,
            value: row.spent_to_date?.0,
            unit: None,
        }),
        _ => None,
    });
    Ok(values.collect())
}

/// The source that is asked for, where it is a contributor's; files that are nobody's stand together.
fn contributor(source: &Source) -> Option<&str> {
    source.contributor.as_ref().map(|_| source.key.as_str())
}

/// A question to the sender of another file, about a row of theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Whose the other file is: a contributor's address, or the file's name.
    pub source: String,
    /// The other file.
    pub file: String,
    /// The question, at their row.
    pub question: Diagnostic,
}

/// V29: events of this file that another source has reported too. Tells this sender, and gives the
/// same question for the other.
pub(super) async fn events(
    store: &Store,
    source: &Source,
    rehearsal: &Rehearsal,
    tally: &mut Tally,
) -> Result<Vec<Question>, StoreError> {
    let own: Vec<(&Entry, &Activity)> =
        tally.activities.iter().filter_map(|e| Some((e, activity(e)?))).filter(|(_, a)| may_have_happened(a)).collect();
    let keys: BTreeSet<String> = own.iter().flat_map(|(_, activity)| twin::keys_beside(activity)).collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<String> = keys.into_iter().collect();
    let mut others = store.events_beside(&source.key, &keys).await?;
    others.extend(rehearsal.rows.iter().filter(|row| row.source != source.key).cloned());
    let others: Vec<(&Beside, &Activity, Likeness)> = others
        .iter()
        .filter_map(|row| activity(&row.entry).map(|a| (row, a)))
        .filter(|(_, a)| may_have_happened(a))
        .filter_map(|(row, a)| Some((row, a, Likeness::of(a)?)))
        .collect();
    let (mut told, mut questions) = (Vec::new(), Vec::new());
    for (entry, activity) in own {
        let Some(likeness) = Likeness::of(activity) else { continue };
        let Some((other, theirs, _)) = others.iter().find(|(.., other)| likeness.is_likely(other)) else { continue };
        let (here, there) = (twin::place_of(&entry.origin), twin::place_of(&other.entry.origin));
        let (file, their_file) = (&entry.origin.file, &other.entry.origin.file);
        questions.push(Question {
            source: other.source.clone(),
            file: their_file.clone(),
            question: twin::question(there.clone(), &theirs.title, file, &here, &activity.title),
        });
        told.push(twin::question(here, &activity.title, their_file, &there, &theirs.title));
        if told.len() >= MOST_QUESTIONS {
            break;
        }
    }
    for question in told {
        tally.tell(question);
    }
    Ok(questions)
}

fn may_have_happened(activity: &Activity) -> bool {
    matches!(activity.status, None | Some(Status::Done | Status::Ongoing))
}

/// V15 between files: participants of activities that another file has.
///
/// Rows of one country may be waiting for those of the others, so fewer than the total is a
/// contradiction only within one source.
pub(super) async fn participants(
    store: &Store,
    source: &Source,
    rehearsal: &Rehearsal,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let asked: BTreeMap<String, Referred> = tally.participants().map(|(id, r)| (id.to_owned(), r.clone())).collect();
    if asked.is_empty() {
        return Ok(());
    }
    let ids: BTreeSet<String> = asked.keys().cloned().collect();
    let mut known = store.totals_of(&source.key, &ids).await?;
    rehearsal.totals(&source.key, &mut known);
    for (id, rows) in asked {
        let Some(found) = known.get(&id) else { continue };
        let Some(total) = found.head_count.total.filter(|_| rows.complete) else { continue };
        let whole = found.source == source.key || (contributor(source).is_none() && found.source == found.file);
        let differs = rows.sum > u64::from(total) || (whole && rows.sum != u64::from(total));
        if differs {
            let number = usize::try_from(rows.rows).unwrap_or(usize::MAX);
            let told = participation::mismatch(rows.place.clone(), &id, total, rows.sum, number);
            tally.tell(told.worded(participation::BETWEEN_FILES).with("file", found.file.as_str()));
        }
    }
    Ok(())
}

/// V28 between files: what the same source had planned for the period before, and of which neither
/// this file nor any other says what became.
pub(super) async fn plan(store: &Store, source: &Source, file: &str, tally: &mut Tally) -> Result<(), StoreError> {
    let Some((period, _)) = tally.main_period() else { return Ok(()) };
    let speaks = |sheet: Sheet| tally.figures.rows.contains_key(&sheet);
    if !speaks(Sheet::Activities) && !speaks(Sheet::Plan) {
        return Ok(());
    }
    let before = period.previous();
    let planned: Vec<PlanItem> = store
        .plan_of(contributor(source), before)
        .await?
        .into_iter()
        .filter_map(|record| if let Record::Plan(item) = record { Some(item) } else { None })
        .filter(|item| item.start.is_some() && matches!(item.status, Some(Status::Planned | Status::Ongoing)))
        .collect();
    if planned.is_empty() {
        return Ok(());
    }
    let mut settled: BTreeSet<String> = tally.names.clone();
    for period in [before, period] {
        for (id, title) in store.activities_in(period).await? {
            settled.extend(id.as_deref().map(super::tally::name).into_iter().chain([super::tally::name(&title)]));
        }
    }
    let is_open = |item: &&PlanItem| {
        let id = item.id.as_deref().map(super::tally::name);
        !id.is_some_and(|id| settled.contains(&id)) && !settled.contains(&super::tally::name(&item.title))
    };
    let open: Vec<&PlanItem> = planned.iter().filter(is_open).collect();
    if open.is_empty() {
        return Ok(());
    }
    tally.tell(left_open(file, before, &open));
    Ok(())
}

fn left_open(file: &str, period: ReportingPeriod, open: &[&PlanItem]) -> Diagnostic {
    let mut names: Vec<&str> = open.iter().map(|item| item.id.as_deref().unwrap_or(&item.title)).take(8).collect();
    if open.len() > names.len() {
        names.push("…");
    }
    Diagnostic::warning("plan-left-open", Place::file(file))
        .worded("plan-left-open-before")
        .with("period", period)
        .with("items", names.join("; "))
        .with("count", open.len())
}
