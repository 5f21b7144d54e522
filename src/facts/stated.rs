//! Does what was sent agree with itself? `domain.md` 4.2, R8 to R12, where two figures that
//! should be equal were both stated.
//!
//! A disagreement holds a report, so a rule speaks only where nothing is missing on either side:
//! a value that one item lacks, an indicator without a formula, a tracker that was not kept are
//! no contradiction.

use std::collections::BTreeMap;

use super::{Citation, Facts, Figure, Selection, folded};
use crate::diagnostic::{Arg, Diagnostic, Place};
use crate::record::{Activity, Entry, Origin, PlanItem, Status};

/// An indicator whose current value is counted: `[[programme.indicator]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// Code of the indicator.
    pub code: String,
    /// Name of the figure, such as `activities.total`.
    pub counts: String,
}

/// Headings of a budget under which equipment stands, and nothing else.
const EQUIPMENT: [&str; 4] = ["equipment", "equipment handed over", "оборудование", "переданное оборудование"];

/// Every contradiction in what was sent for the period, each with both figures and their cells.
/// Where rows were held back it is not `complete`, and no count can be held against a statement.
#[must_use]
pub fn stated(
    selection: &Selection<'_>,
    before: Option<&Selection<'_>>,
    facts: &Facts,
    formulas: &[Formula],
    complete: bool,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if complete {
        found.extend(equipment(selection, facts));
        found.extend(indicators(selection, facts, formulas));
    }
    found.extend(plan(selection));
    if let Some(before) = before {
        found.extend(budget(selection, before));
        found.extend(action_points(selection, before));
    }
    found
}

/// R8: the equipment handed over, and what the budget says was spent on it in the period.
fn equipment(selection: &Selection<'_>, facts: &Facts) -> Option<Diagnostic> {
    let figure = facts.figures.get("equipment.value_eur").filter(|figure| is_whole(figure))?;
    let is_equipment = |heading: &str| EQUIPMENT.contains(&heading.trim().to_lowercase().as_str());
    let mut lines = selection.budget.iter().filter(|(_, line)| is_equipment(&line.heading));
    let (entry, line) = lines.next().filter(|_| lines.next().is_none())?;
    let spent = line.spent_in_period?.0;
    let value = figure.value.filter(|value| *value != spent)?;
    let place = at(&entry.origin, "spent-in-period-eur");
    Some(
        Diagnostic::error("equipment-and-budget-differ", place)
            .with("heading", line.heading.trim())
            .with("spent", Arg::Amount { cents: spent })
            .with("value", Arg::Amount { cents: value })
            .with("cells", cells(&figure.citations)),
    )
}

/// R9: an indicator's current value, and the count that its formula names.
fn indicators(selection: &Selection<'_>, facts: &Facts, formulas: &[Formula]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for formula in formulas {
        let Some(figure) = facts.figures.get(&formula.counts).filter(|figure| is_whole(figure)) else { continue };
        let rows = selection.indicators.iter().filter(|(_, row)| row.code.trim() == formula.code);
        for (entry, row) in rows {
            // Values are held in hundredths.
            let (Some(current), Some(count)) = (row.current, figure.value) else { continue };
            if current == count.saturating_mul(100) {
                continue;
            }
            found.push(
                Diagnostic::error("indicator-and-count-differ", at(&entry.origin, "current"))
                    .with("indicator", formula.code.as_str())
                    .with("current", Arg::Decimal { hundredths: current })
                    .with("figure", formula.counts.as_str())
                    .with("count", count.to_string())
                    .with("cells", cells(&figure.citations)),
            );
        }
    }
    found
}

/// R10: what the plan says of an item, and what the activity of the same id says.
fn plan(selection: &Selection<'_>) -> Vec<Diagnostic> {
    let done = selection.done.iter().map(|counted| (counted.entry, counted.activity, true));
    let not_done = selection.not_done.iter().map(|(entry, activity)| (*entry, *activity, false));
    let mut activities: BTreeMap<&str, (&Entry, &Activity, bool)> = BTreeMap::new();
    for found in done.chain(not_done) {
        if let Some(id) = found.1.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
            activities.entry(id).or_insert(found);
        }
    }
    let carried_out = |item: &PlanItem| activities.get(item.id.as_deref().map(str::trim)?);
    let mut found = Vec::new();
    for (entry, item) in &selection.plan {
        let (Some(status), Some((other, activity, done))) = (item.status, carried_out(item)) else { continue };
        let contradicts = match status {
            Status::Done => !done && matches!(activity.status, Some(Status::Postponed | Status::Cancelled)),
            Status::Postponed | Status::Cancelled => *done,
            Status::Planned | Status::Ongoing => false,
        };
        if contradicts {
            let of_activity = if *done { Status::Done } else { activity.status.unwrap_or(Status::Planned) };
            found.push(
                Diagnostic::error("plan-and-activity-differ", at(&entry.origin, "status"))
                    .with("id", item.id.as_deref().unwrap_or_default())
                    .with("planned", status.key())
                    .with("done", of_activity.key())
                    .with("cell", at(&other.origin, "status").to_string()),
            );
        }
    }
    found.extend(claimed_twice(selection, |item| carried_out(item).is_some()));
    found
}

/// Two items of the plan, in two files, that claim one activity (`domain.md`, V27). An item that two
/// files list under its title is one item.
fn claimed_twice(selection: &Selection<'_>, is_carried_out: impl Fn(&PlanItem) -> bool) -> Vec<Diagnostic> {
    let mut claimed: BTreeMap<&str, (&Entry, &PlanItem)> = BTreeMap::new();
    let mut found = Vec::new();
    for (entry, item) in selection.plan.iter().filter(|(_, item)| is_carried_out(item)) {
        let Some(id) = item.id.as_deref().map(str::trim) else { continue };
        let Some((other, before)) = claimed.get(id) else {
            claimed.insert(id, (entry, item));
            continue;
        };
        if folded(&before.title) != folded(&item.title) {
            let sheet = format!("{}, {}", other.origin.file, other.origin.sheet);
            found.push(
                Diagnostic::error("activity-claimed-twice", at(&entry.origin, "id"))
                    .with("id", id)
                    .with("sheet", sheet)
                    .with("first-row", (other.origin.row + 1).to_string()),
            );
        }
    }
    found
}

/// R11 over two periods: spent to date is what it was, and what was spent since. A correction of
/// an earlier period may explain a difference, so it is told and holds nothing.
fn budget(selection: &Selection<'_>, before: &Selection<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (entry, line) in &selection.budget {
        let same = before.budget.iter().find(|(_, then)| then.heading.trim() == line.heading.trim());
        let (Some((other, then)), Some(to_date), Some(spent)) = (same, line.spent_to_date, line.spent_in_period) else {
            continue;
        };
        let Some(then) = then.spent_to_date else { continue };
        if then.0.saturating_add(spent.0) != to_date.0 {
            found.push(
                Diagnostic::warning("budget-does-not-follow", at(&entry.origin, "spent-to-date-eur"))
                    .with("heading", line.heading.trim())
                    .with("to-date", Arg::Amount { cents: to_date.0 })
                    .with("then", Arg::Amount { cents: then.0 })
                    .with("spent", Arg::Amount { cents: spent.0 })
                    .with("cell", at(&other.origin, "spent-to-date-eur").to_string()),
            );
        }
    }
    found
}

/// R12: what was open at the end of the last period, and what this period's tracker begins with.
fn action_points(selection: &Selection<'_>, before: &Selection<'_>) -> Option<Diagnostic> {
    let own = |origin: &Origin| !before.points.iter().any(|point| point.entry.origin.place() == origin.place());
    let text = |point: &super::Point<'_>| -> String { folded(point.item.action_point.as_deref().unwrap_or_default()) };
    let closed_before: Vec<String> = before.points.iter().filter(|p| p.is_closed()).map(text).collect();
    let left: Vec<&super::Point<'_>> = before.points.iter().filter(|point| !point.is_closed()).collect();
    let taken: Vec<&super::Point<'_>> = selection
        .points
        .iter()
        .filter(|point| point.carried && own(&point.entry.origin) && !closed_before.contains(&text(point)))
        .collect();
    if taken.is_empty() || before.points.is_empty() || taken.len() == left.len() {
        return None;
    }
    let listed = |points: &[&super::Point<'_>]| {
        let cited: Vec<Citation> =
            points.iter().map(|point| super::gather::cite(&point.entry.origin, "action-point", 1)).collect();
        cells(&cited)
    };
    let place = taken.first().map(|point| at(&point.entry.origin, "action-point")).unwrap_or_default();
    Some(
        Diagnostic::error("action-points-do-not-follow", place)
            .with("left", left.len())
            .with("left-cells", listed(&left))
            .with("taken", taken.len())
            .with("taken-cells", listed(&taken)),
    )
}

/// Whether everybody who was asked has given the figure.
fn is_whole(figure: &Figure) -> bool {
    figure.of > 0 && figure.reported_by == figure.of
}

fn at(origin: &Origin, heading: &str) -> Place {
    let place = Place::sheet(&origin.file, &origin.sheet);
    match origin.cell(heading) {
        Some(cell) => place.at(cell),
        None => place.at(crate::cell::CellRef::new(origin.row, 0)),
    }
}

/// The cells of a figure, the first six of them: `a.xlsx, Equipment!G2, G3; b.xlsx, …`.
fn cells(citations: &[Citation]) -> String {
    let mut text = String::new();
    let mut last: Option<(&str, &str)> = None;
    for citation in citations.iter().take(6) {
        let here = (citation.file.as_str(), citation.sheet.as_str());
        let cell = citation.cell.clone().unwrap_or_else(|| citation.row.to_string());
        if last == Some(here) {
            text.push_str(&format!(", {cell}"));
        } else {
            let gap = if text.is_empty() { "" } else { "; " };
            text.push_str(&format!("{gap}{}, {}!{cell}", here.0, here.1));
            last = Some(here);
        }
    }
    if citations.len() > 6 {
        text.push_str(", …");
    }
    text
}

#[cfg(test)]
mod tests;
