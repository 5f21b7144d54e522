//! What is told once for a whole sheet, when all its rows are read.

use std::collections::{HashMap, HashSet};

use crate::cell::{CellRange, CellRef};
use crate::diagnostic::{Diagnostic, Place};
use crate::intake::raw::ReadRequest;
use crate::period::ReportingPeriod;

use super::gathered::{KnownActivities, Participations};
use super::headings::Heading;
use super::row::Remark;
use super::{Chosen, Teller};

/// What decided the workbook's period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A title, the file's name or its folder's, as quoted.
    Stated(String),
    /// The quarter of most of its dates.
    Dates,
    /// Whoever asked, or the files that came with it.
    Asked(String),
}

/// One-based rows in words that need no translation: `2–4, 7`; `…` after the eighth range.
pub(super) fn ranges(rows: &[u32]) -> String {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match out.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => out.push((*row, *row)),
        }
    }
    let mut texts: Vec<String> =
        out.iter().take(8).map(|(a, b)| if a == b { a.to_string() } else { format!("{a}–{b}") }).collect();
    if out.len() > 8 {
        texts.push("…".to_owned());
    }
    texts.join(", ")
}

/// The remarks on one sheet.
pub(super) fn remarks(
    request: &ReadRequest,
    chosen: &Chosen,
    decided: Option<&(ReportingPeriod, Origin)>,
    teller: &mut Teller<'_>,
) {
    let sheet = Place::sheet(&request.name, &chosen.label);
    let tally = &chosen.tally;
    let cell = |heading: Heading, rows: &[u32]| match (chosen.table.column(heading), rows) {
        (Some(column), [row]) => sheet.clone().at(CellRef::new(row - 1, column)),
        _ => sheet.clone(),
    };
    for (remark, rows) in &tally.remarks {
        let mut rows = rows.clone();
        rows.sort_unstable();
        let (heading, code) = match remark {
            Remark::IdMissing => (Heading::Id, "id-missing"),
            Remark::StatusDerived => (Heading::Status, "status-derived"),
            Remark::CountMissing => (Heading::Participants, "participants-not-reported"),
            Remark::ValueMissing => (Heading::TotalValueEur, "value-missing"),
            Remark::SummaryMissing => (Heading::Summary, "summary-missing"),
            Remark::PlaceNotKnown => (Heading::Place, "place-not-known"),
        };
        let place = cell(heading, &rows);
        // Nobody who has no ID column forgot an ID in a row.
        let note = matches!(remark, Remark::StatusDerived | Remark::PlaceNotKnown)
            || *remark == Remark::IdMissing && chosen.table.column(Heading::Id).is_none();
        let diagnostic = if note { Diagnostic::info(code, place) } else { Diagnostic::warning(code, place) };
        teller.tell(diagnostic.with("rows", ranges(&rows)).with("count", rows.len()));
    }
    if !tally.took_period.is_empty() {
        let mut rows = tally.took_period.clone();
        rows.sort_unstable();
        let stated = chosen.stated.clone().map(|(p, by)| (p, Origin::Stated(by)));
        if let Some((period, by)) = stated.or_else(|| decided.cloned()) {
            let (wording, by) = match by {
                Origin::Stated(by) => ("period-taken", by),
                Origin::Dates => ("period-taken-from-dates", String::new()),
                Origin::Asked(by) => ("period-taken", by),
            };
            teller.tell(
                Diagnostic::info("period-taken", sheet.clone())
                    .worded(wording)
                    .with("period", period)
                    .with("by", by)
                    .with("rows", ranges(&rows))
                    .with("count", rows.len()),
            );
        }
    }
    if let (Some(first), Some(last)) = (tally.lacking_period.iter().min(), tally.lacking_period.iter().max()) {
        let column = chosen.table.header_range().first.column;
        let range = CellRange::new(CellRef::new(first - 1, column), CellRef::new(last - 1, column));
        teller.tell(
            Diagnostic::error("period-missing", sheet.clone().at(range))
                .with("rows", ranges(&tally.lacking_period))
                .with("count", tally.lacking_period.len()),
        );
    }
    for (heading, rows) in &tally.one_language {
        let place = match (chosen.table.translation(*heading), rows.as_slice()) {
            (Some(column), [row]) => {
                let first = chosen.table.column(*heading).unwrap_or(column).min(column);
                sheet.clone().at(CellRange::new(CellRef::new(row - 1, first), CellRef::new(row - 1, column.max(first))))
            }
            _ => sheet.clone(),
        };
        teller.tell(
            Diagnostic::warning("text-in-one-language", place)
                .with("heading", heading.english())
                .with("heading-ru", heading.russian())
                .with("rows", ranges(rows))
                .with("count", rows.len()),
        );
    }
    for (heading, rows) in &tally.lacking_columns {
        teller.tell(
            Diagnostic::error("heading-missing", sheet.clone().at(chosen.table.header_range()))
                .with("heading", heading.english())
                .with("heading-ru", heading.russian())
                .with("rows", ranges(rows))
                .with("count", rows.len()),
        );
    }
    let span = chosen.table.header_range();
    let hidden = runs(&tally.hidden).into_iter().map(|run| ("row-hidden", run));
    let struck = runs(&tally.struck).into_iter().map(|run| ("row-struck-out", run));
    for (code, (first, last)) in hidden.chain(struck) {
        let range =
            CellRange::new(CellRef::new(first - 1, span.first.column), CellRef::new(last - 1, span.last.column));
        teller.tell(
            Diagnostic::error(code, sheet.clone().at(range))
                .with("rows", if first == last { first.to_string() } else { format!("{first}–{last}") })
                .with("count", last - first + 1),
        );
    }
}

/// V28: what was planned for a period before this file's, and of which nothing says what became.
pub(super) fn left_open(
    chosen: &Chosen,
    decided: Option<&(ReportingPeriod, Origin)>,
    known: &KnownActivities,
    teller: &mut Teller<'_>,
) {
    let Some(period) = chosen.stated.as_ref().map(|s| s.0).or(decided.map(|d| d.0)) else { return };
    for item in &chosen.tally.left_open {
        let carried_out = item.id.is_some_and(|id| known.ids.contains(&id)) || known.titles.contains(&item.title);
        if item.last < period.first_day() && !carried_out {
            teller.tell(item.told.clone());
        }
    }
}

/// Runs of neighbouring rows.
fn runs(rows: &[u32]) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match out.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => out.push((*row, *row)),
        }
    }
    out
}

/// Participants of activities that the workbook's Activities sheet does not have.
pub(super) fn unclaimed(
    request: &ReadRequest,
    labels: &[String],
    participations: &HashMap<u64, Participations>,
    known: &HashSet<u64>,
    teller: &mut Teller<'_>,
) {
    // Two files may part the two sheets; and where no activity has an id, nothing is amiss
    // with this one.
    let (Some(label), false) = (labels.first(), known.is_empty()) else { return };
    let mut missing: Vec<&Participations> =
        participations.iter().filter(|(key, _)| !known.contains(key)).map(|(_, p)| p).collect();
    missing.sort_unstable_by_key(|p| p.first.first);
    for p in missing {
        teller.tell(
            Diagnostic::warning("activity-unknown", Place::sheet(&request.name, label).at(p.first))
                .with("id", super::text::excerpt(&p.id))
                .with("rows", p.rows),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_few_words() {
        assert_eq!(ranges(&[2, 3, 4, 7]), "2–4, 7");
        assert_eq!(ranges(&[1, 3, 5, 7, 9, 11, 13, 15, 17, 19]), "1, 3, 5, 7, 9, 11, 13, 15, …");
        assert_eq!(runs(&[5, 6, 9]), [(5, 6), (9, 9)]);
    }
}
