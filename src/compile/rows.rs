//! Rows of the sheets as rows of a table, cell by cell.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::cells::Cells;
use super::view::{View, quiet};
use crate::diagnostic::{Args, Severity};
use crate::facts::{self, Change, Counted, Point};
use crate::readiness::Gap;
use crate::record::{Activity, ActivityType, Equipment, HeadCount, MeetingItem, PlanItem, Status};
use crate::typeset::document::Inline;

/// Id that the annex links to for an activity.
pub(super) fn anchor(counted: &Counted<'_>) -> String {
    let origin = &counted.entry.origin;
    match &counted.activity.id {
        Some(id) => format!("activity-{id}"),
        None => format!("activity-{}-{}-{}", origin.file, origin.sheet, origin.row),
    }
}

/// An activity that counts: its head count completed, its id a link to its story.
pub(super) fn done(view: &View<'_>, counted: &Counted<'_>) -> Cells {
    let mut cells = activity(view, counted.activity, counted.head_count);
    if let Some(id) = &counted.activity.id {
        cells.0.retain(|(key, _)| *key != "id");
        cells = cells.link("id", id, Some(anchor(counted)));
    }
    cells
}

/// What an activity was, as typed where the vocabulary has only "other".
pub(super) fn kind(view: &View<'_>, activity: &Activity) -> String {
    match (activity.kind, &activity.kind_as_written) {
        (ActivityType::Other, Some(written)) => written.clone(),
        (kind, _) => view.word(&format!("type-{}", kind.key())),
    }
}

pub(super) fn activity(view: &View<'_>, activity: &Activity, head_count: HeadCount) -> Cells {
    let cells = Cells::default()
        .maybe(view, "id", activity.id.as_deref())
        .dates(view, "dates", activity.first_day(), activity.counting_day())
        .month(view, "month", activity.counting_day())
        .count(view, "days", activity.days())
        .text("title", &activity.title)
        .text("type", kind(view, activity))
        .component(view, activity.component);
    let place = match (&activity.place, activity.host_country) {
        (Some(place), Some(host)) => vec![Inline::text(format!("{}, {host}", view.known_name("place-", place)))],
        (Some(place), None) => vec![Inline::text(view.known_name("place-", place))],
        (None, Some(host)) => vec![Inline::text(view.locale.country(host))],
        (None, None) => vec![quiet(view.word("not-stated"))],
    };
    let mut where_and_what = place.clone();
    where_and_what.push(Inline::Break);
    where_and_what.push(quiet(kind(view, activity)));
    let scope = activity.scope().map(|s| view.word(&format!("scope-{}", s.key())));
    cells
        .content("place", place)
        .content("where", where_and_what)
        .content("people", people(view, head_count))
        .country(view, "host", activity.host_country)
        .maybe(view, "scope", scope.as_deref())
        .countries(view, "countries", &activity.countries)
        .maybe(view, "agencies", Some(&activity.agencies.join("; ")))
        .maybe(view, "partners", Some(&activity.partners.join("; ")))
        .head_count(view, head_count)
        .text("status", status(view, activity.status.unwrap_or(Status::Planned)))
        .maybe(view, "summary", activity.summary.as_deref())
        .maybe(view, "outputs", activity.outputs.as_deref())
}

/// "24", and under it "9 women, 15 men" in grey; one grey word where nothing was reported.
fn people(view: &View<'_>, head_count: HeadCount) -> Vec<Inline> {
    let HeadCount { total, women, men, estimated } = head_count;
    let Some(total) = total else { return vec![quiet(view.word("not-reported"))] };
    let about = if estimated { "~" } else { "" };
    let mut content = vec![Inline::text(format!("{about}{}", view.locale.number(i64::from(total))))];
    let mut args = Args::new();
    for (name, n) in [("women", women), ("men", men)] {
        args.insert(format!("{name}-known"), i64::from(n.is_some()).into());
        args.insert(name.to_owned(), n.unwrap_or(0).into());
    }
    content.push(Inline::Break);
    content.push(quiet(view.locale.text("people-by-sex", &args).replace(' ', "\u{a0}")));
    content
}

pub(super) fn status(view: &View<'_>, status: Status) -> String {
    view.word(&format!("status-{}", status.key()))
}

pub(super) fn equipment(view: &View<'_>, item: &Equipment) -> Cells {
    let place = item.place.as_deref().map(|p| view.known_name("place-", p));
    Cells::default()
        .maybe(view, "id", item.id.as_deref())
        .maybe(view, "activity", item.activity_id.as_deref())
        .text("item", &item.item)
        .maybe(view, "maker", item.maker.as_deref())
        .pieces(view, "quantity", item.quantity.map(i64::from))
        .money(view, "unit-value", item.unit_value)
        .money(view, "value", item.value())
        .country(view, "country", item.recipient_country)
        .maybe(view, "agency", item.recipient_agency.as_deref())
        .dates(view, "date", item.handover_date, item.handover_date)
        .month(view, "month", item.handover_date)
        .maybe(view, "place", place.as_deref())
        .text("status", status(view, item.status.unwrap_or(Status::Done)))
        .maybe(view, "purpose", item.purpose.as_deref())
}

pub(super) fn meetings(view: &View<'_>, which: fn(&MeetingItem) -> bool) -> Vec<Cells> {
    let items = view.selection.meetings.iter().map(|(_, item)| *item).filter(|item| which(item));
    items.map(|item| meeting(view, item)).collect()
}

/// Action points as they stand at the end of the period: whether each was open at its start, or
/// is new.
pub(super) fn action_points(view: &View<'_>) -> Vec<Cells> {
    let row = |point: &Point<'_>| {
        let since = view.word(if point.carried { "action-carried" } else { "action-new" });
        meeting(view, point.item).text("since", since)
    };
    view.selection.points.iter().map(row).collect()
}

/// A line of the minutes. An action point past its day is overdue (`domain.md`, V26).
pub(super) fn meeting(view: &View<'_>, item: &MeetingItem) -> Cells {
    let open = matches!(item.status, None | Some(Status::Planned | Status::Ongoing | Status::Postponed));
    let overdue = open && item.due.is_some_and(|due| due < view.request.as_of);
    let state = match item.status {
        _ if overdue => view.word("action-overdue"),
        Some(Status::Done) => view.word("action-closed"),
        Some(Status::Cancelled) => view.word("status-cancelled"),
        _ => view.word("action-open"),
    };
    let cells = Cells::default()
        .text("body", view.known_name("body-", &item.body))
        .maybe(view, "number", item.number.as_deref())
        .dates(view, "date", Some(item.date), None)
        .maybe(view, "place", item.place.as_deref())
        .maybe(view, "agenda", item.agenda_item.as_deref())
        .maybe(view, "decision", item.decision.as_deref())
        .maybe(view, "action", item.action_point.as_deref())
        .maybe(view, "responsible", item.responsible.as_deref());
    let cells = match item.due {
        Some(due) => cells.dates(view, "due", Some(due), None),
        None => cells.blank(view, "due"),
    };
    cells.text("status", state)
}

pub(super) fn plan(view: &View<'_>, item: &PlanItem) -> Cells {
    let kind = match (item.kind, &item.kind_as_written) {
        (Some(ActivityType::Other) | None, Some(written)) => Some(written.clone()),
        (Some(kind), _) => Some(view.word(&format!("type-{}", kind.key()))),
        (None, None) => None,
    };
    let cells = Cells::default()
        .maybe(view, "id", item.id.as_deref())
        .text("title", &item.title)
        .maybe(view, "type", kind.as_deref())
        .component(view, item.component);
    let cells = match (item.month_only, item.start.or(item.end)) {
        (true, Some(day)) => cells.content("dates", vec![Inline::text(view.locale.month_of_year(day))]),
        _ => cells.dates(view, "dates", item.start, item.end),
    };
    let place = item.place.as_deref().map(|p| view.known_name("place-", p));
    let reason = item.reason.as_deref().unwrap_or_default();
    cells
        .countries(view, "countries", &item.countries)
        .maybe(view, "place", place.as_deref())
        .maybe(view, "responsible", item.responsible.as_deref())
        .text("status", status(view, item.status.unwrap_or(Status::Planned)))
        // A reason is owed only where the plan was not kept.
        .text("reason", reason)
}

pub(super) fn indicators(view: &View<'_>) -> Vec<Cells> {
    let with_year = |value: Option<i64>, year: Option<i32>| match (value, year) {
        (Some(value), Some(year)) => vec![Inline::text(view.locale.hundredths(value)), quiet(format!(" ({year})"))],
        (Some(value), None) => vec![Inline::text(view.locale.hundredths(value))],
        (None, _) => vec![quiet(view.word("not-reported"))],
    };
    let rows = view.selection.indicators.iter();
    rows.map(|(_, row)| {
        let cells = Cells::default()
            .text("code", &row.code)
            .text("indicator", &row.indicator)
            .text("unit", &row.unit)
            .maybe(view, "level", row.level.as_deref())
            .component(view, row.component)
            .content("baseline", with_year(row.baseline, row.baseline_year))
            .content("target", with_year(row.target, row.target_year))
            .hundredths(view, "current", row.current);
        let cells = match row.as_of {
            Some(day) => cells.dates(view, "as-of", Some(day), None),
            None => cells.blank(view, "as-of"),
        };
        cells.maybe(view, "source", row.source.as_deref())
    })
    .collect()
}

pub(super) fn budget(view: &View<'_>) -> Vec<Cells> {
    let rows = view.selection.budget.iter();
    rows.map(|(_, row)| {
        let rate = row.spent_to_date.filter(|_| row.budget.0 > 0).map(|spent| {
            // To the nearest whole percent.
            (i128::from(spent.0) * 200 + i128::from(row.budget.0)) / (i128::from(row.budget.0) * 2)
        });
        let rate = match rate.and_then(|r| i64::try_from(r).ok()) {
            Some(rate) => vec![Inline::text(view.locale.percent(rate))],
            None => vec![quiet(view.word("not-reported"))],
        };
        Cells::default()
            .text("heading", &row.heading)
            .money(view, "budget", Some(row.budget))
            .money(view, "period", row.spent_in_period)
            .money(view, "to-date", row.spent_to_date)
            .money(view, "committed", row.committed)
            .content("rate", rate)
    })
    .collect()
}

pub(super) fn files(view: &View<'_>) -> Vec<Cells> {
    let files = view.files().into_iter().enumerate();
    files
        .map(|(number, file)| {
            let summary = &file.summary;
            let sheets: Vec<String> =
                summary.sheets.keys().map(|s| view.word(&format!("sheet-{}", s.name().to_lowercase()))).collect();
            Cells::default()
                .text("label", format!("S{}", number + 1))
                .text("file", &summary.file)
                .text("sheets", sheets.join(", "))
                .count(view, "read", Some(i64::from(summary.rows_read)))
                .count(view, "accepted", Some(i64::from(summary.rows_accepted)))
                .count(view, "held", Some(i64::from(summary.rows_held)))
                .count(view, "warnings", Some(i64::from(summary.warnings)))
        })
        .collect()
}

/// What contributors owe and have not sent, or have yet to correct.
pub(super) fn gaps(view: &View<'_>) -> Vec<Cells> {
    let row = |gap: &Gap| {
        let missing = match gap.held {
            0 => view.word("missing-all"),
            n => view.locale.text("missing-rows", &[("n".to_owned(), n.into())].into()),
        };
        Cells::default()
            .text("contributor", &gap.contributor)
            .country(view, "country", gap.country)
            .text("sheet", view.word(&format!("sheet-{}", gap.sheet.name().to_lowercase())))
            .text("missing", missing)
    };
    view.gaps().map(row).collect()
}

pub(super) fn problems(view: &View<'_>) -> Vec<Cells> {
    let row = |problem: &crate::diagnostic::Diagnostic| {
        let severity = match problem.severity {
            Severity::Error => "severity-error",
            Severity::Warning | Severity::Info => "severity-warning",
        };
        Cells::default()
            .text("place", problem.place.to_string())
            .text("severity", view.word(severity))
            .text("message", view.locale.diagnostic(problem).message)
    };
    view.problems().map(row).collect()
}

/// What became of the plan since the last period. What is merely new is in the plan itself, and
/// only counted.
pub(super) fn changes(view: &View<'_>) -> Vec<Cells> {
    facts::changes(view.selection, view.earlier)
        .into_iter()
        .filter(|changed| changed.change != Change::New)
        .zip(1..)
        .map(|(changed, rank)| {
            let mut cells =
                plan(view, changed.item).text("change", view.word(&format!("change-{}", changed.change.key())));
            if let Some((_, cell)) = cells.0.last_mut() {
                cell.rank = rank;
            }
            cells
        })
        .collect()
}

/// What the plan foresaw and was not done.
pub(super) fn plan_missed(view: &View<'_>) -> Vec<Cells> {
    let missed = view.selection.plan.iter().filter(|(_, item)| item.status != Some(Status::Done));
    missed.map(|(_, item)| plan(view, item)).collect()
}

/// Activities that no item of the plan names.
pub(super) fn unplanned(view: &View<'_>) -> Vec<Cells> {
    facts::unplanned(view.selection).into_iter().map(|counted| done(view, counted)).collect()
}

/// Participants by country and agency.
pub(super) fn agencies(view: &View<'_>) -> Vec<Cells> {
    facts::participation(view.selection)
        .into_iter()
        // An activity of several countries tells each country of its own people.
        .filter(|share| view.country.is_none_or(|own| share.country == Some(own)))
        .map(|share| {
            let head_count = HeadCount { total: share.total, women: share.women, men: share.men, estimated: false };
            Cells::default()
                .country(view, "country", share.country)
                .maybe(view, "agency", share.agency.as_deref())
                .pieces(view, "activities", Some(i64::from(share.activities)))
                .head_count(view, head_count)
        })
        .collect()
}

/// Each output, with the activities it came of: what several left alike stands once.
pub(super) fn outputs(view: &View<'_>) -> Vec<Cells> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows: Vec<Cells> = Vec::new();
    for (counted, output) in each_output(view) {
        let cells = of_output(view, counted, output);
        let link = cells.get("activity").map(|cell| cell.content.clone()).unwrap_or_default();
        match seen.entry(output.trim().to_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(rows.len());
                rows.push(cells);
            }
            Entry::Occupied(place) => {
                let row =
                    rows.get_mut(*place.get()).and_then(|row| row.0.iter_mut().find(|(key, _)| *key == "activity"));
                if let Some((_, cell)) = row {
                    cell.content.push(Inline::text(", "));
                    cell.content.extend(link);
                }
            }
        }
    }
    rows
}

fn each_output<'v>(view: &View<'v>) -> impl Iterator<Item = (&'v Counted<'v>, &'v str)> {
    view.selection.done.iter().flat_map(|counted| {
        let cell = counted.activity.outputs.as_deref().unwrap_or_default();
        super::entries::outputs_of(cell).into_iter().map(move |output| (counted, output))
    })
}

fn of_output(view: &View<'_>, counted: &Counted<'_>, output: &str) -> Cells {
    let activity = counted.activity;
    let cells = Cells::default()
        .text("output", output)
        .text("title", &activity.title)
        .component(view, activity.component)
        .dates(view, "dates", activity.first_day(), activity.counting_day());
    match &activity.id {
        Some(id) => cells.link("activity", id, Some(anchor(counted))),
        None => cells.link("activity", &activity.title, Some(anchor(counted))),
    }
}

/// Outputs that speak of publicity, by the words that the locale lists for it in both languages.
pub(super) fn publicity(view: &View<'_>) -> Vec<Cells> {
    let words = view.word("publicity-words").to_lowercase();
    let words: Vec<&str> = words.split(';').map(str::trim).filter(|word| !word.is_empty()).collect();
    // A star stands for any ending: a "press" is one, a pressure gauge is none.
    let is_one = |part: &str| {
        words.iter().any(|word| word.strip_suffix('*').map_or(part == *word, |stem| part.starts_with(stem)))
    };
    let speaks = |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '-').any(is_one);
    let rows = each_output(view);
    rows.filter(|(_, output)| speaks(output)).map(|(counted, output)| of_output(view, counted, output)).collect()
}
