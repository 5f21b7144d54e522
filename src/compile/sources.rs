//! What a table can be of: its rows, and the columns each kind of row has.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::rows::{
    action_points, activity, agencies, budget, changes, done, equipment, files, gaps, indicators, meetings, plan,
    plan_missed, problems, publicity, unplanned,
};
use super::view::View;
use super::vocabulary;
use crate::record::{MeetingItem, Sheet};
use crate::typeset::document::Align;

/// A column a source has: its key, how its cells stand, and its share of the width.
pub(super) type ColumnKind = (&'static str, Align, f32);

/// A kind of rows that a template may ask for.
pub(super) struct Source {
    pub(super) name: &'static str,
    /// The sheet whose rows it prints.
    pub(super) sheet: Option<Sheet>,
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
    ("people", Left, 0.8),
    ("where", Left, 1.0),
    ("status", Left, 0.5),
    ("summary", Left, 4.0),
    ("outputs", Left, 2.0),
];

const EQUIPMENT: &[ColumnKind] = &[
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
];

const PLAN: &[ColumnKind] = &[
    ("change", Left, 0.4),
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
    ("since", Left, 0.6),
];

/// All sources, by the names that templates use.
pub(super) const SOURCES: &[Source] = &[
    Source {
        name: "activities",
        sheet: Some(Sheet::Activities),
        columns: ACTIVITY,
        usual: &["id", "dates", "title", "type", "place", "countries", "participants", "women-men"],
        rows: |view| view.selection.done.iter().map(|counted| done(view, counted)).collect(),
    },
    Source {
        name: "not-done",
        sheet: Some(Sheet::Activities),
        columns: ACTIVITY,
        usual: &["id", "dates", "title", "type", "countries", "status"],
        rows: |view| view.selection.not_done.iter().map(|(_, a)| activity(view, a, a.head_count)).collect(),
    },
    Source {
        name: "participants",
        sheet: Some(Sheet::Participants),
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
        sheet: Some(Sheet::Equipment),
        columns: EQUIPMENT,
        usual: &["id", "item", "quantity", "value", "country", "agency", "date"],
        rows: |view| view.selection.equipment.iter().map(|(_, e)| equipment(view, e)).collect(),
    },
    Source {
        name: "expected",
        sheet: Some(Sheet::Equipment),
        columns: EQUIPMENT,
        usual: &["item", "quantity", "value", "country", "agency", "date", "status"],
        rows: |view| view.selection.expected.iter().map(|(_, e)| equipment(view, e)).collect(),
    },
    Source {
        name: "agenda",
        sheet: Some(Sheet::Meetings),
        columns: MEETING,
        usual: &["body", "date", "agenda"],
        rows: |view| meetings(view, |m| m.agenda_item.is_some()),
    },
    Source {
        name: "decisions",
        sheet: Some(Sheet::Meetings),
        columns: MEETING,
        usual: &["agenda", "decision"],
        rows: |view| meetings(view, |m| m.decision.is_some()),
    },
    Source {
        name: "action-points",
        sheet: Some(Sheet::Meetings),
        columns: MEETING,
        usual: &["action", "responsible", "due", "status"],
        rows: action_points,
    },
    Source {
        name: "plan",
        sheet: Some(Sheet::Plan),
        columns: PLAN,
        usual: &["title", "type", "dates", "countries", "status", "reason"],
        rows: |view| view.selection.plan.iter().map(|(_, p)| plan(view, p)).collect(),
    },
    Source {
        name: "plan-missed",
        sheet: Some(Sheet::Plan),
        columns: PLAN,
        usual: &["title", "countries", "dates", "status", "reason"],
        rows: plan_missed,
    },
    Source {
        name: "next-plan",
        sheet: Some(Sheet::Plan),
        columns: PLAN,
        usual: &["title", "type", "dates", "countries", "place", "responsible"],
        rows: |view| view.selection.next_plan.iter().map(|(_, p)| plan(view, p)).collect(),
    },
    Source {
        name: "changes",
        sheet: Some(Sheet::Plan),
        columns: PLAN,
        usual: &["change", "title", "countries", "dates", "reason"],
        rows: changes,
    },
    Source {
        name: "unplanned",
        sheet: Some(Sheet::Activities),
        columns: ACTIVITY,
        usual: &["id", "dates", "title", "countries"],
        rows: unplanned,
    },
    Source {
        name: "agencies",
        sheet: Some(Sheet::Participants),
        columns: &[
            ("country", Left, 0.8),
            ("agency", Left, 4.0),
            ("activities", Number, 0.0),
            ("participants", Number, 0.0),
            ("women", Number, 0.0),
            ("men", Number, 0.0),
            ("women-men", Left, 0.0),
        ],
        usual: &["country", "agency", "activities", "participants", "women-men"],
        rows: agencies,
    },
    Source {
        name: "outputs",
        sheet: Some(Sheet::Activities),
        columns: &[("output", Left, 3.0), ("activity", Left, 2.0), ("title", Left, 4.0), ("component", Left, 2.0)],
        usual: &["output", "activity"],
        rows: super::rows::outputs,
    },
    Source {
        name: "publicity",
        sheet: Some(Sheet::Activities),
        columns: &[("output", Left, 4.0), ("activity", Left, 0.0), ("title", Left, 4.0), ("dates", Left, 0.0)],
        usual: &["dates", "output", "title"],
        rows: publicity,
    },
    Source {
        name: "challenges",
        sheet: Some(Sheet::Challenges),
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
                    .maybe(view, "status", vocabulary::standing(view, row.status.as_deref()).as_deref())
            })
            .collect()
        },
    },
    Source {
        name: "priorities",
        sheet: Some(Sheet::Priorities),
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
        sheet: Some(Sheet::Indicators),
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
        sheet: Some(Sheet::Risks),
        columns: &[
            ("key", Left, 0.0),
            ("risk", Left, 3.0),
            ("category", Left, 0.8),
            ("likelihood", Number, 0.0),
            ("impact", Number, 0.0),
            ("score", Number, 0.0),
            ("rating", Left, 0.0),
            ("mitigation", Left, 4.0),
            ("responsible", Left, 1.2),
            ("trend", Left, 0.5),
        ],
        usual: &["key", "risk", "rating", "mitigation", "responsible", "trend"],
        rows: |view| {
            let rows = view.selection.risks.iter().enumerate();
            rows.map(|(at, (_, row))| {
                let (likelihood, impact) = (i64::from(row.likelihood), i64::from(row.impact));
                Cells::default()
                    .text("key", super::figures::risk_key(at))
                    .text("risk", &row.risk)
                    .maybe(view, "category", row.category.as_deref())
                    .count(view, "likelihood", Some(likelihood))
                    .count(view, "impact", Some(impact))
                    .count(view, "score", Some(likelihood * impact))
                    .text("rating", format!("{likelihood}\u{a0}×\u{a0}{impact}"))
                    .maybe(view, "mitigation", row.mitigation.as_deref())
                    .maybe(view, "responsible", row.responsible.as_deref())
                    .maybe(view, "trend", vocabulary::trend(view, row.trend.as_deref()).as_deref())
            })
            .collect()
        },
    },
    Source {
        name: "budget",
        sheet: Some(Sheet::Budget),
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
        sheet: None,
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
        name: "revisions",
        sheet: None,
        columns: &[("figure", Left, 4.0), ("was", Number, 0.0), ("now", Number, 0.0)],
        usual: &["figure", "was", "now"],
        rows: super::tiles::revisions,
    },
    Source {
        name: "corrected",
        sheet: None,
        columns: &[
            ("sheet", Left, 1.0),
            ("row", Left, 3.0),
            ("field", Left, 1.2),
            ("was", Left, 2.0),
            ("now", Left, 2.0),
            ("reason", Left, 2.0),
        ],
        usual: &["sheet", "row", "field", "was", "now"],
        rows: super::corrections::rows,
    },
    Source {
        name: "gaps",
        sheet: None,
        columns: &[("contributor", Left, 3.0), ("country", Left, 1.0), ("sheet", Left, 1.5), ("missing", Left, 2.0)],
        usual: &["contributor", "country", "sheet", "missing"],
        rows: gaps,
    },
    Source {
        name: "held",
        sheet: None,
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
        sheet: None,
        columns: &[("place", Left, 1.5), ("severity", Left, 0.0), ("message", Left, 4.0)],
        usual: &["place", "severity", "message"],
        rows: problems,
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
        ("changes", changes(view).len()),
        ("unplanned", unplanned(view).len()),
        ("agencies", rows.done.iter().filter(|counted| !counted.participations.is_empty()).count()),
        ("outputs", rows.done.iter().filter(|counted| counted.activity.outputs.is_some()).count()),
        ("publicity", publicity(view).len()),
        ("agenda", meetings(|m| m.agenda_item.is_some())),
        ("decisions", meetings(|m| m.decision.is_some())),
        ("action_points", rows.points.len()),
        ("plan", rows.plan.len()),
        ("plan_missed", plan_missed(view).len()),
        ("next_plan", rows.next_plan.len()),
        ("challenges", rows.challenges.len()),
        ("priorities", rows.priorities.len()),
        ("indicators", rows.indicators.len()),
        ("risks", rows.risks.len()),
        ("budget", rows.budget.len()),
        ("files", view.files().len()),
        ("corrected", super::corrections::printed(view).count()),
        ("corrected-reasons", super::corrections::printed(view).filter(|change| change.reason.is_some()).count()),
        ("gaps", view.gaps().count()),
        ("held", view.held().len()),
        ("revisions", super::tiles::revisions(view).len()),
        ("problems", view.problems().count()),
    ];
    counts.into_iter().map(|(name, n)| (name.to_owned(), n)).collect()
}
