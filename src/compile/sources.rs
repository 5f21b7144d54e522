//! What a table can be of: its rows, and the columns each kind of row has.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::view::{View, quiet};
use crate::diagnostic::Severity;
use crate::facts::Counted;
use crate::record::{Activity, ActivityType, Equipment, HeadCount, MeetingItem, PlanItem, Status};
use crate::typeset::document::{Align, Inline};

/// A column a source has: its key, how its cells stand, and its share of the width.
pub(super) type ColumnKind = (&'static str, Align, f32);

/// A kind of rows that a template may ask for.
pub(super) struct Source {
    pub(super) name: &'static str,
    pub(super) columns: &'static [ColumnKind],
    /// The columns of a table that names none.
    pub(super) usual: &'static [&'static str],
    pub(super) rows: fn(&View<'_>) -> Vec<Cells>,
}

use Align::{Left, Number};

const ACTIVITY: &[ColumnKind] = &[
    ("id", Left, 0.0),
    ("dates", Left, 0.0),
    ("month", Left, 0.0),
    ("days", Number, 0.0),
    ("title", Left, 6.0),
    ("type", Left, 1.0),
    ("component", Left, 2.0),
    ("component-number", Left, 0.0),
    ("place", Left, 0.8),
    ("host", Left, 1.0),
    ("scope", Left, 0.5),
    ("countries", Left, 0.5),
    ("agencies", Left, 2.0),
    ("partners", Left, 2.0),
    ("participants", Number, 0.0),
    ("women", Number, 0.0),
    ("men", Number, 0.0),
    ("women-men", Left, 0.0),
    ("status", Left, 0.5),
    ("summary", Left, 4.0),
    ("outputs", Left, 2.0),
];

const PLAN: &[ColumnKind] = &[
    ("id", Left, 0.0),
    ("title", Left, 4.0),
    ("type", Left, 1.2),
    ("component", Left, 2.0),
    ("component-number", Left, 0.0),
    ("dates", Left, 0.6),
    ("countries", Left, 0.6),
    ("place", Left, 1.0),
    ("responsible", Left, 1.5),
    ("status", Left, 0.6),
    ("reason", Left, 2.0),
];

const MEETING: &[ColumnKind] = &[
    ("body", Left, 1.0),
    ("number", Left, 0.0),
    ("date", Left, 0.0),
    ("place", Left, 1.0),
    ("agenda", Left, 3.0),
    ("decision", Left, 3.0),
    ("action", Left, 3.0),
    ("responsible", Left, 1.5),
    ("due", Left, 0.0),
    ("status", Left, 0.6),
];

/// All sources, by the names that templates use.
pub(super) const SOURCES: &[Source] = &[
    Source {
        name: "activities",
        columns: ACTIVITY,
        usual: &["id", "dates", "title", "type", "place", "countries", "participants", "women-men"],
        rows: |view| view.selection.done.iter().map(|counted| done(view, counted)).collect(),
    },
    Source {
        name: "not-done",
        columns: ACTIVITY,
        usual: &["id", "dates", "title", "type", "countries", "status"],
        rows: |view| view.selection.not_done.iter().map(|(_, a)| activity(view, a, a.head_count)).collect(),
    },
    Source {
        name: "participants",
        columns: &[
            ("activity", Left, 0.0),
            ("country", Left, 1.0),
            ("agency", Left, 3.0),
            ("participants", Number, 0.0),
            ("women", Number, 0.0),
            ("men", Number, 0.0),
            ("women-men", Left, 0.0),
        ],
        usual: &["activity", "country", "agency", "participants", "women-men"],
        rows: |view| {
            let rows = view.selection.done.iter().flat_map(|c| &c.participations);
            // An activity of several countries tells each country of its own people.
            rows.filter(|(_, row)| view.country.is_none_or(|own| row.country == Some(own)))
                .map(|(_, row)| {
                    Cells::default()
                        .text("activity", &row.activity_id)
                        .country(view, "country", row.country)
                        .maybe(view, "agency", row.agency.as_deref())
                        .head_count(view, row.head_count)
                })
                .collect()
        },
    },
    Source {
        name: "equipment",
        columns: &[
            ("id", Left, 0.0),
            ("activity", Left, 0.0),
            ("item", Left, 2.0),
            ("maker", Left, 1.0),
            ("quantity", Number, 0.0),
            ("unit-value", Number, 0.0),
            ("value", Number, 0.0),
            ("country", Left, 0.6),
            ("agency", Left, 2.0),
            ("date", Left, 0.0),
            ("month", Left, 0.0),
            ("place", Left, 1.0),
            ("status", Left, 0.6),
            ("purpose", Left, 2.0),
        ],
        usual: &["id", "item", "quantity", "value", "country", "agency", "date"],
        rows: |view| view.selection.equipment.iter().map(|(_, e)| equipment(view, e)).collect(),
    },
    Source {
        name: "agenda",
        columns: MEETING,
        usual: &["body", "date", "agenda"],
        rows: |view| meetings(view, |m| m.agenda_item.is_some()),
    },
    Source {
        name: "decisions",
        columns: MEETING,
        usual: &["agenda", "decision"],
        rows: |view| meetings(view, |m| m.decision.is_some()),
    },
    Source {
        name: "action-points",
        columns: MEETING,
        usual: &["action", "responsible", "due", "status"],
        rows: |view| meetings(view, |m| m.action_point.is_some()),
    },
    Source {
        name: "plan",
        columns: PLAN,
        usual: &["title", "type", "dates", "countries", "status", "reason"],
        rows: |view| view.selection.plan.iter().map(|(_, p)| plan(view, p)).collect(),
    },
    Source {
        name: "next-plan",
        columns: PLAN,
        usual: &["title", "type", "dates", "countries", "place", "responsible"],
        rows: |view| view.selection.next_plan.iter().map(|(_, p)| plan(view, p)).collect(),
    },
    Source {
        name: "challenges",
        columns: &[
            ("challenge", Left, 3.0),
            ("countries", Left, 0.6),
            ("component", Left, 2.0),
            ("component-number", Left, 0.0),
            ("mitigation", Left, 3.0),
            ("responsible", Left, 1.5),
            ("status", Left, 0.6),
        ],
        usual: &["challenge", "countries", "mitigation", "responsible", "status"],
        rows: |view| {
            let rows = view.selection.challenges.iter();
            rows.map(|(_, row)| {
                Cells::default()
                    .text("challenge", &row.challenge)
                    .countries(view, "countries", &row.countries)
                    .component(view, row.component)
                    .maybe(view, "mitigation", row.mitigation.as_deref())
                    .maybe(view, "responsible", row.responsible.as_deref())
                    .maybe(view, "status", row.status.as_deref())
            })
            .collect()
        },
    },
    Source {
        name: "priorities",
        columns: &[
            ("country", Left, 0.8),
            ("priority", Left, 4.0),
            ("component", Left, 2.0),
            ("component-number", Left, 0.0),
            ("horizon", Left, 0.8),
        ],
        usual: &["country", "priority", "component", "horizon"],
        rows: |view| {
            let rows = view.selection.priorities.iter();
            rows.map(|(_, row)| {
                Cells::default()
                    .country(view, "country", Some(row.country))
                    .text("priority", &row.priority)
                    .component(view, row.component)
                    .maybe(view, "horizon", row.horizon.as_deref())
            })
            .collect()
        },
    },
    Source {
        name: "indicators",
        columns: &[
            ("code", Left, 0.0),
            ("indicator", Left, 4.0),
            ("unit", Left, 0.6),
            ("level", Left, 0.6),
            ("component", Left, 2.0),
            ("component-number", Left, 0.0),
            ("baseline", Number, 0.0),
            ("target", Number, 0.0),
            ("current", Number, 0.0),
            ("as-of", Left, 0.0),
            ("source", Left, 1.5),
        ],
        usual: &["code", "indicator", "unit", "baseline", "target", "current", "as-of"],
        rows: indicators,
    },
    Source {
        name: "risks",
        columns: &[
            ("risk", Left, 3.0),
            ("category", Left, 0.8),
            ("likelihood", Number, 0.0),
            ("impact", Number, 0.0),
            ("score", Number, 0.0),
            ("mitigation", Left, 3.0),
            ("responsible", Left, 1.2),
            ("trend", Left, 0.5),
        ],
        usual: &["risk", "likelihood", "impact", "mitigation", "responsible", "trend"],
        rows: |view| {
            let rows = view.selection.risks.iter();
            rows.map(|(_, row)| {
                let (likelihood, impact) = (i64::from(row.likelihood), i64::from(row.impact));
                Cells::default()
                    .text("risk", &row.risk)
                    .maybe(view, "category", row.category.as_deref())
                    .count(view, "likelihood", Some(likelihood))
                    .count(view, "impact", Some(impact))
                    .count(view, "score", Some(likelihood * impact))
                    .maybe(view, "mitigation", row.mitigation.as_deref())
                    .maybe(view, "responsible", row.responsible.as_deref())
                    .maybe(view, "trend", row.trend.as_deref())
            })
            .collect()
        },
    },
    Source {
        name: "budget",
        columns: &[
            ("heading", Left, 3.0),
            ("budget", Number, 0.0),
            ("period", Number, 0.0),
            ("to-date", Number, 0.0),
            ("committed", Number, 0.0),
            ("rate", Number, 0.0),
        ],
        usual: &["heading", "budget", "period", "to-date", "committed", "rate"],
        rows: budget,
    },
    Source {
        name: "files",
        columns: &[
            ("label", Left, 0.0),
            ("file", Left, 3.0),
            ("sheets", Left, 2.0),
            ("read", Number, 0.0),
            ("accepted", Number, 0.0),
            ("held", Number, 0.0),
            ("warnings", Number, 0.0),
        ],
        usual: &["label", "file", "sheets", "read", "accepted", "held", "warnings"],
        rows: files,
    },
    Source {
        name: "held",
        columns: &[("file", Left, 3.0), ("sheet", Left, 1.0), ("row", Number, 0.0)],
        usual: &["file", "sheet", "row"],
        rows: |view| {
            let rows = view.held().into_iter();
            rows.map(|row| {
                let sheet = row.sheet.map(|s| view.word(&format!("sheet-{}", s.name().to_lowercase())));
                Cells::default().text("file", &row.file).maybe(view, "sheet", sheet.as_deref()).count(
                    view,
                    "row",
                    Some(i64::from(row.row)),
                )
            })
            .collect()
        },
    },
    Source {
        name: "problems",
        columns: &[("place", Left, 1.5), ("severity", Left, 0.0), ("message", Left, 4.0)],
        usual: &["place", "severity", "message"],
        rows: |view| {
            view.problems()
                .map(|problem| {
                    let severity = match problem.severity {
                        Severity::Error => "severity-error",
                        Severity::Warning | Severity::Info => "severity-warning",
                    };
                    Cells::default()
                        .text("place", problem.place.to_string())
                        .text("severity", view.word(severity))
                        .text("message", view.locale.diagnostic(problem).message)
                })
                .collect()
        },
    },
];

/// How many rows each source has, under the name that templates use.
pub(super) fn counts(view: &View<'_>) -> BTreeMap<String, usize> {
    let rows = view.selection;
    let meetings = |which: fn(&MeetingItem) -> bool| rows.meetings.iter().filter(|(_, item)| which(item)).count();
    let counts = [
        ("activities", rows.done.len()),
        ("not_done", rows.not_done.len()),
        ("equipment", rows.equipment.len()),
        ("expected", rows.expected.len()),
        ("agenda", meetings(|m| m.agenda_item.is_some())),
        ("decisions", meetings(|m| m.decision.is_some())),
        ("action_points", meetings(|m| m.action_point.is_some())),
        ("plan", rows.plan.len()),
        ("next_plan", rows.next_plan.len()),
        ("challenges", rows.challenges.len()),
        ("priorities", rows.priorities.len()),
        ("indicators", rows.indicators.len()),
        ("risks", rows.risks.len()),
        ("budget", rows.budget.len()),
        ("files", view.files().len()),
        ("held", view.held().len()),
        ("problems", view.problems().count()),
    ];
    counts.into_iter().map(|(name, n)| (name.to_owned(), n)).collect()
}

/// Id that the annex links to for an activity.
pub(super) fn anchor(counted: &Counted<'_>) -> String {
    let origin = &counted.entry.origin;
    match &counted.activity.id {
        Some(id) => format!("activity-{id}"),
        None => format!("activity-{}-{}-{}", origin.file, origin.sheet, origin.row),
    }
}

/// An activity that counts: its head count completed, its id a link to its story.
fn done(view: &View<'_>, counted: &Counted<'_>) -> Cells {
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

fn activity(view: &View<'_>, activity: &Activity, head_count: HeadCount) -> Cells {
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
    let scope = activity.scope().map(|s| view.word(&format!("scope-{}", s.key())));
    cells
        .content("place", place)
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

fn status(view: &View<'_>, status: Status) -> String {
    view.word(&format!("status-{}", status.key()))
}

fn equipment(view: &View<'_>, item: &Equipment) -> Cells {
    let place = item.place.as_deref().map(|p| view.known_name("place-", p));
    Cells::default()
        .maybe(view, "id", item.id.as_deref())
        .maybe(view, "activity", item.activity_id.as_deref())
        .text("item", &item.item)
        .maybe(view, "maker", item.maker.as_deref())
        .count(view, "quantity", item.quantity.map(i64::from))
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

fn meetings(view: &View<'_>, which: fn(&MeetingItem) -> bool) -> Vec<Cells> {
    let items = view.selection.meetings.iter().map(|(_, item)| *item).filter(|item| which(item));
    items.map(|item| meeting(view, item)).collect()
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

fn plan(view: &View<'_>, item: &PlanItem) -> Cells {
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

fn indicators(view: &View<'_>) -> Vec<Cells> {
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

fn budget(view: &View<'_>) -> Vec<Cells> {
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

fn files(view: &View<'_>) -> Vec<Cells> {
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
