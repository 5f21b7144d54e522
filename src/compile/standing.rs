//! Where things stand: what the summary, the country pages and the tracker rest on beside the
//! figures.

use std::collections::BTreeSet;

use super::entries::outputs_of;
use super::view::View;
use crate::diagnostic::{Args, Severity};
use crate::facts::{self, Change};

/// Adds what sentences may mention of changes, outputs, places and the country that is told of.
pub(super) fn add(view: &View<'_>, args: &mut Args) {
    changes(view, args);
    outputs(view, args);
    places(view, args);
    here(view, args);
    meetings(view, args);
    args.insert("expected".to_owned(), view.counted.expected.len().into());
    args.insert("priorities".to_owned(), view.counted.priorities.len().into());
    plan(view, args);
    since_start(view, args);
    let remarks =
        view.files().into_iter().flat_map(|file| &file.diagnostics).filter(|told| told.severity == Severity::Info);
    args.insert("remarks".to_owned(), remarks.count().into());
    let known = |name: &str| view.facts.value(name).is_some();
    args.insert("budget-known".to_owned(), i64::from(known("budget.to_date_eur") && known("budget.total_eur")).into());
    args.insert("action-points-start-known".to_owned(), i64::from(known("action_points.start")).into());
    let (open, overdue) = (view.facts.count("action_points.open"), view.facts.count("action_points.overdue"));
    args.insert("overdue-all".to_owned(), i64::from(open > 0 && open == overdue).into());
    args.insert("unplanned".to_owned(), facts::unplanned(view.counted).len().into());
    for name in ["total", "start", "new", "closed", "open", "overdue"] {
        let figure = view.facts.count(&format!("action_points.{name}"));
        args.entry(format!("action-points-{name}")).or_insert_with(|| figure.into());
    }
    for name in
        ["indicators-total", "indicators-reached", "risks-total", "risks-high", "risks-rising", "challenges-total"]
    {
        args.entry(name.to_owned()).or_insert_with(|| 0.into());
    }
}

/// What the plan came to beside what was done: "three postponed and one cancelled".
fn plan(view: &View<'_>, args: &mut Args) {
    let (mut missed, mut states) = (0, Vec::new());
    for state in ["done", "postponed", "cancelled", "open"] {
        let n = view.facts.count(&format!("plan.{state}"));
        args.insert(format!("plan-{state}"), n.into());
        if state != "done" && n > 0 {
            missed += n;
            states.push((state, n));
        }
    }
    let which = if states.len() == 1 { "all" } else { "count" };
    let pieces: Vec<String> = states
        .into_iter()
        .map(|(state, n)| {
            let args: Args = [("n".to_owned(), n.into())].into();
            view.locale.text(&format!("plan-{which}-{state}"), &args)
        })
        .collect();
    args.insert("postponed".to_owned(), view.facts.count("plan.postponed").into());
    args.insert("plan-missed".to_owned(), missed.into());
    args.insert("plan-missed-list".to_owned(), view.locale.list(&pieces).into());
    args.entry("plan-planned".to_owned()).or_insert_with(|| 0.into());
}

/// What became of the plan since the last period.
fn changes(view: &View<'_>, args: &mut Args) {
    let before = view.before.map(|before| &before.selection);
    let found = facts::changes(view.counted, before);
    for change in Change::ALL {
        let n = found.iter().filter(|changed| changed.change == change).count();
        args.insert(format!("changes-{}", change.key()), n.into());
    }
    let pieces: Vec<String> = Change::ALL
        .into_iter()
        .map(|change| (change, found.iter().filter(|changed| changed.change == change).count()))
        .filter(|(_, n)| *n > 0)
        .map(|(change, n)| {
            let args: Args = [("n".to_owned(), n.into())].into();
            view.locale.text(&format!("change-count-{}", change.key()), &args)
        })
        .collect();
    args.insert("changes-list".to_owned(), view.locale.list(&pieces).into());
    let planned_before = before.is_some_and(|before| !before.plan.is_empty());
    args.insert("changes-known".to_owned(), i64::from(planned_before).into());
    args.insert("changes".to_owned(), found.len().into());
}

fn outputs(view: &View<'_>, args: &mut Args) {
    let cells = view.counted.done.iter().filter_map(|counted| counted.activity.outputs.as_deref());
    let counts: Vec<usize> = cells.map(|cell| outputs_of(cell).len()).filter(|n| *n > 0).collect();
    args.insert("outputs".to_owned(), counts.iter().sum::<usize>().into());
    args.insert("outputs-activities".to_owned(), counts.len().into());
}

/// Since when the programme's figures add up, and of how many periods since then nothing is known.
fn since_start(view: &View<'_>, args: &mut Args) {
    let reach = facts::reach(&view.material.past, view.request.period);
    args.insert("cumulative-known".to_owned(), i64::from(reach.is_some()).into());
    if let Some((first, unknown)) = reach {
        args.insert("cumulative-first".to_owned(), view.locale.period(first).into());
        args.insert("cumulative-unknown".to_owned(), unknown.into());
    }
}

/// In how many places activities were held.
fn places(view: &View<'_>, args: &mut Args) {
    let named = view.counted.done.iter().filter_map(|counted| {
        let place = counted.activity.place.as_deref()?.trim();
        (!place.is_empty()).then(|| (counted.activity.host_country, view.known_name("place-", place)))
    });
    let places: Vec<_> = named.collect();
    args.insert("placed".to_owned(), places.len().into());
    args.insert("unplaced".to_owned(), (view.counted.done.len() - places.len()).into());
    args.insert("places".to_owned(), places.into_iter().collect::<BTreeSet<_>>().len().into());
}

/// The country whose page it is.
fn here(view: &View<'_>, args: &mut Args) {
    let Some(country) = view.country else { return };
    args.insert("country".to_owned(), view.locale.country(country).into());
    args.insert("in-country".to_owned(), view.locale.in_country(country).into());
    args.insert("in-country-start".to_owned(), super::capital(&view.locale.in_country(country)).into());
    let families = [
        ("here-held", "activities.held_in"),
        ("here-involving", "activities.involving"),
        ("here-participants", "participants.from"),
    ];
    for (name, family) in families {
        let figure = view.facts.figures.get(&format!("{family}.{country}"));
        args.insert(name.to_owned(), figure.and_then(|f| f.value).unwrap_or(0).into());
        args.insert(format!("{name}-reported"), figure.map_or(0, |f| f.reported_by).into());
    }
    let both = view.counted.done.iter().filter(|counted| {
        counted.activity.host_country == Some(country) && counted.activity.countries.contains(&country)
    });
    args.insert("here-both".to_owned(), both.count().into());
}

/// The last decision's date and what the agenda left without one.
fn meetings(view: &View<'_>, args: &mut Args) {
    let undecided =
        view.counted.meetings.iter().filter(|(_, item)| item.agenda_item.is_some() && item.decision.is_none());
    args.insert("undecided".to_owned(), undecided.count().into());
}
