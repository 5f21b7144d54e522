//! The logical framework: how far each indicator has come from its baseline to its target.

use super::super::fence::Fence;
use super::super::view::{View, clean};
use super::{Caption, args, options};
use crate::diagnostic::Diagnostic;
use crate::record::Indicator;
use crate::typeset::document::Block;
use crate::typeset::drawing::{Drawing, Gauge, Progress};

/// Every indicator of the period, or those of one `component`.
pub(super) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    let mut options = options(fence, &["component"], problems);
    let component = options.take("component").and_then(|(value, place)| {
        let number = value.parse::<u32>().ok();
        if number.is_none() {
            let problem = Diagnostic::error("block-number-expected", place);
            problems.push(problem.with("option", "component").with("found", value));
        }
        number
    });
    let all = view.selection.indicators.iter().map(|(_, row)| *row);
    let rows: Vec<&Indicator> = all.filter(|row| component.is_none() || row.component == component).collect();
    let reached = rows.iter().filter(|row| part(row).is_some_and(|part| part >= 1.0)).count();
    let half = rows.iter().filter(|row| part(row).is_some_and(|part| part >= 0.5)).count();
    let known = rows.iter().filter(|row| part(row).is_some()).count();
    let current = rows.iter().filter(|row| row.current.is_some()).count();
    let sentence = args([
        ("total", rows.len().into()),
        ("known", known.into()),
        ("current", current.into()),
        ("half", half.into()),
        ("reached", reached.into()),
    ]);
    let caption = Caption::of(view, &mut options, "progress", &sentence);
    if rows.is_empty() {
        return caption.nothing();
    }
    let told: Vec<String> = rows.iter().map(|row| told(view, row)).collect();
    let heads = ["progress-baseline", "progress-current", "progress-target"].map(|word| view.word(word));
    let rows = rows.into_iter().map(|row| gauge(view, row)).collect();
    vec![caption.figure(&told.join(" "), Drawing::Progress(Box::new(Progress { heads, rows })))]
}

/// Where the current value stands between the baseline, 0, and the target, 1.
fn part(row: &Indicator) -> Option<f64> {
    let (from, to, now) = (row.baseline?, row.target?, row.current?);
    #[expect(clippy::cast_precision_loss, reason = "hundredths of what people count")]
    let [from, to, now] = [from, to, now].map(|value| value as f64);
    // A target that is the baseline is kept or lost, and no way leads to it.
    (from != to).then(|| (now - from) / (to - from))
}

fn with_year(view: &View<'_>, value: Option<i64>, year: Option<i32>) -> String {
    match (value, year) {
        (Some(value), Some(year)) => format!("{} ({year})", view.locale.hundredths(value)),
        (Some(value), None) => view.locale.hundredths(value),
        (None, _) => view.word("progress-none"),
    }
}

fn gauge(view: &View<'_>, row: &Indicator) -> Gauge {
    let missing = match (row.baseline, row.target, row.current) {
        (_, _, None) => view.word("progress-no-current"),
        (from, to, Some(now)) if from.is_none() || to.is_none() || from == to => {
            view.locale.text("progress-current-only", &args([("value", view.locale.hundredths(now).into())]))
        }
        _ => String::new(),
    };
    Gauge {
        code: clean(&row.code),
        label: clean(&format!("{}, {}", row.indicator.trim(), row.unit.trim())),
        baseline: with_year(view, row.baseline, row.baseline_year),
        current: row.current.map(|value| view.locale.hundredths(value)).unwrap_or_default(),
        target: with_year(view, row.target, row.target_year),
        part: part(row),
        missing,
    }
}

fn told(view: &View<'_>, row: &Indicator) -> String {
    let value = |value: Option<i64>, year| value.map(|value| with_year(view, Some(value), year));
    let none = || view.word("progress-none");
    let current = row.current.map_or_else(none, |value| view.locale.hundredths(value));
    view.locale.text(
        "progress-told",
        &args([
            ("code", row.code.as_str().into()),
            ("indicator", row.indicator.as_str().into()),
            ("unit", row.unit.as_str().into()),
            ("baseline", value(row.baseline, row.baseline_year).unwrap_or_else(none).into()),
            ("current", current.into()),
            ("target", value(row.target, row.target_year).unwrap_or_else(none).into()),
        ]),
    )
}
