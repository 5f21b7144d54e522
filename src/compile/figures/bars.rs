//! Bars of a family of figures.

use super::super::fence::{Fence, unknown};
use super::super::view::{View, clean, quiet};
use crate::diagnostic::{Args, Diagnostic};
use crate::facts::Unit;
use crate::recipient::Country;
use crate::record::Cents;
use crate::typeset::document::{Block, Figure};
use crate::typeset::drawing::{Bar, Drawing};

/// Families of figures that can be drawn.
const FAMILIES: [&str; 9] = [
    "activities.by_type",
    "activities.by_month",
    "activities.by_scope",
    "activities.by_component",
    "activities.held_in",
    "activities.involving",
    "participants.from",
    "equipment.value_eur_in",
    "plan",
];

/// A bar before it is drawn: what it stands for, and how much.
struct Measure {
    label: String,
    value: i64,
    unit: Unit,
    country: Option<Country>,
    /// Last whatever its length: "unknown" and "undated".
    last: bool,
    /// Its place in an order that is not that of the lengths.
    order: i64,
}

/// `source` names the family; `title` is the finding. Nothing to show makes a sentence.
pub(in crate::compile) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    let mut options = fence.options(&["source", "title", "subtitle", "note", "sort", "empty"], problems);
    let Some((family, place)) = options.required("source", problems) else { return Vec::new() };
    if !FAMILIES.contains(&family.as_str()) {
        problems.push(unknown("bars-source-unknown", place, &family, &FAMILIES));
        return Vec::new();
    }
    let usual = if family == "activities.by_month" { "order" } else { "value" };
    let sort = options.choice("sort", &["value", "order"], usual, problems);
    let text = |text: Option<String>| text.map(|t| clean(&t)).unwrap_or_default();
    let (title, subtitle) = (text(options.text("title")), text(options.text("subtitle")));
    let notes: Vec<String> = options.all("note").iter().map(|note| clean(note)).collect();
    let empty = options.text("empty").unwrap_or_else(|| view.word("nothing-to-show"));

    let mut measures = measures(view, &family);
    if measures.iter().all(|m| m.value == 0) {
        return vec![Block::Note(vec![quiet(clean(&empty))])];
    }
    measures.sort_by(|a, b| {
        let by_value = if sort == "value" { b.value.cmp(&a.value) } else { std::cmp::Ordering::Equal };
        a.last.cmp(&b.last).then(by_value).then(a.order.cmp(&b.order)).then_with(|| a.label.cmp(&b.label))
    });
    let written = |m: &Measure| match m.unit {
        Unit::Count => view.locale.number(m.value),
        Unit::EuroCents => view.locale.euro(Cents(m.value)),
        Unit::Percent => view.locale.percent(m.value),
    };
    let spoken: Vec<String> = measures.iter().map(|m| format!("{} {}", m.label, written(m))).collect();
    let args: Args =
        [("title".to_owned(), title.as_str().into()), ("list".to_owned(), spoken.join(", ").into())].into();
    let bars = measures
        .iter()
        .map(|m| Bar {
            label: m.label.clone(),
            #[expect(clippy::cast_precision_loss, reason = "counts and cents are far below 2^53")]
            value: m.value as f64,
            text: written(m),
            // What is not known is drawn in the grey of "others".
            country: if m.last {
                Some(*b"--")
            } else {
                m.country.and_then(|c| c.code().as_bytes().get(..2)?.try_into().ok())
            },
        })
        .collect();
    vec![Block::Figure(Figure {
        alt: view.locale.text("bars-alt", &args),
        title,
        subtitle,
        source: notes.join(" "),
        drawing: Drawing::Bars(bars),
    })]
}

fn measures(view: &View<'_>, family: &str) -> Vec<Measure> {
    let order = &view.config.programme.countries;
    let mut measures = Vec::new();
    for (name, figure) in view.facts.family(family) {
        let Some(value) = figure.value else { continue };
        let country = Country::new(name);
        let of_programme = country.and_then(|c| order.iter().position(|o| *o == c));
        let unknown = matches!(name, "unknown" | "undated" | "unstated");
        // A zero says something of a month and of a country of the programme, and nothing of
        // the kinds of activity that did not happen.
        let shown = value != 0 || family == "activities.by_month" && !unknown || of_programme.is_some();
        if !shown || (family == "plan" && matches!(name, "planned" | "next" | "done_share")) {
            continue;
        }
        let label = match family {
            "activities.by_type" => view.word(&format!("types-{name}")),
            "activities.by_scope" => {
                view.word(&format!("scope-{}", if name == "unknown" { "not-stated" } else { name }))
            }
            "activities.by_component" => view.component(name.parse().ok()),
            "activities.by_month" if !unknown => {
                name.parse().map_or_else(|_| name.to_owned(), |m| view.locale.month(m))
            }
            "activities.by_month" => view.word("undated"),
            "plan" => view.word(&format!("plan-{name}")),
            "activities.involving" if unknown => view.word("countries-not-named"),
            _ => country.map_or_else(|| view.word("country-not-stated"), |c| view.locale.country(c)),
        };
        measures.push(Measure {
            label: super::super::capital(&label),
            value,
            unit: figure.unit,
            country,
            last: unknown,
            order: name.parse().ok().or_else(|| of_programme.and_then(|o| i64::try_from(o).ok())).unwrap_or(1_000),
        });
    }
    measures
}
