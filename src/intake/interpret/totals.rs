//! Rows that add up the rows above them: not counted, but checked.

use crate::cell::CellRef;
use crate::diagnostic::{Arg, Diagnostic, Place};
use crate::intake::raw::{RawCell, RawRow, RawValue};

use super::headings::Heading;
use super::table::Table;
use super::text::{is_nothing, plain};
use super::{counts, money};

/// Columns that a total row may add up.
const SUMMED: [Heading; 9] = [
    Heading::Participants,
    Heading::Women,
    Heading::Men,
    Heading::Quantity,
    Heading::TotalValueEur,
    Heading::BudgetEur,
    Heading::SpentInPeriodEur,
    Heading::SpentToDateEur,
    Heading::CommittedEur,
];

/// Sums of a sheet's columns so far, in hundredths.
#[derive(Debug, Default)]
pub(super) struct Totals {
    sums: [Sum; SUMMED.len()],
}

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// Since the header.
    all: i64,
    /// Since the last total row.
    since: i64,
    /// A value could not be read, or was hidden: nothing can be said any more.
    unsure: bool,
    any: bool,
}

/// Whether a row is one of totals: labelled so, or nothing but formulas under numbers.
pub(super) fn is_total(table: &Table, row: &RawRow) -> bool {
    let filled: Vec<&RawCell> = row.cells.iter().filter(|c| !is_blank(&c.value)).collect();
    // A number or an id may stand before the word.
    let is_id = |c: &RawCell| {
        matches!(table.heading(c.column), Some(Heading::RowNumber | Heading::Id | Heading::ActivityId | Heading::Code))
    };
    let labelled = |c: &&RawCell| matches!(&c.value, RawValue::Text(text) if is_label(text));
    let filled = match filled.as_slice() {
        [id, rest @ ..] if is_id(id) && rest.first().is_some_and(labelled) => rest,
        all => all,
    };
    let Some(first) = filled.first() else { return false };
    if let RawValue::Text(text) = &first.value
        && is_label(text)
    {
        // `Total station training` has a type or a date; a total has numbers, if anything.
        return filled.iter().skip(1).all(|c| match table.heading(c.column) {
            Some(heading) => SUMMED.contains(&heading) || matches!(c.value, RawValue::Number(_)) || c.formula,
            None => true,
        });
    }
    let numbers = filled.iter().filter(|c| table.heading(c.column).is_some());
    let mut any = false;
    for cell in numbers {
        if !(cell.formula && table.heading(cell.column).is_some_and(|h| SUMMED.contains(&h))) {
            return false;
        }
        any = true;
    }
    any
}

fn is_blank(value: &RawValue) -> bool {
    matches!(value, RawValue::Text(text) if is_nothing(text))
}

fn is_label(text: &str) -> bool {
    // Asked of every row; most first cells are ids.
    if text.trim_start().bytes().next().is_some_and(|b| b.is_ascii_digit()) {
        return false;
    }
    let plain = plain(text);
    let first = plain.split([' ', ':', ',', '.', '/', '-', '(']).find(|w| !w.is_empty()).unwrap_or_default();
    matches!(
        first,
        "total"
            | "totals"
            | "subtotal"
            | "sum"
            | "grand"
            | "итого"
            | "всего"
            | "итог"
            | "подытог"
            | "сумма"
            | "jami"
            | "жами"
            | "барлығы"
            | "баары"
    ) && (first != "grand" || plain.starts_with("grand total"))
}

/// Whether a row says what the rows come to on average: no row, and no total.
pub(super) fn is_average(table: &Table, row: &RawRow) -> bool {
    let mut filled = row.cells.iter().filter(|c| !is_blank(&c.value));
    let Some(RawValue::Text(text)) = filled.next().map(|c| &c.value) else { return false };
    let plain = plain(text);
    let label = plain.trim_end_matches([':', '.']);
    let is_label = ["average", "avg", "mean", "в среднем", "среднее", "средний", "среднее значение"]
        .iter()
        .any(|word| label == *word || label.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')));
    is_label && filled.all(|c| table.heading(c.column).is_none_or(|h| SUMMED.contains(&h)))
}

impl Totals {
    /// Whether a row without a word has nothing but the sums of the rows above.
    pub(super) fn are(&self, table: &Table, row: &RawRow) -> bool {
        let mut any = false;
        for cell in row.cells.iter().filter(|c| !is_blank(&c.value)) {
            let Some(heading) = table.heading(cell.column) else { return false };
            let Some((sum, _)) = self.sums.iter().zip(SUMMED).find(|(_, h)| *h == heading) else { return false };
            let Some(Some(said)) = number(heading, &cell.value) else { return false };
            if !sum.any || sum.unsure || (said != sum.all && said != sum.since) {
                return false;
            }
            any = true;
        }
        any
    }

    /// Adds a row of content.
    pub(super) fn add(&mut self, table: &Table, row: &RawRow, struck_out: bool) {
        let at = |heading| table.column(heading).and_then(|column| row.cells.iter().find(|c| c.column == column));
        let split = at(Heading::Women).is_some() || at(Heading::Men).is_some();
        let bracketed = at(Heading::Participants)
            .is_some_and(|c| matches!(&c.value, RawValue::Text(text) if text.contains('(') || text.contains(',')));
        for (sum, heading) in self.sums.iter_mut().zip(SUMMED) {
            // Whoever adds up by hand counts what `20 (5 f)` says, or the sum of women and men
            // where the total is blank; we cannot know.
            sum.unsure |= match heading {
                Heading::Participants => split && at(Heading::Participants).is_none_or(|c| is_blank(&c.value)),
                Heading::Women | Heading::Men => bracketed,
                _ => false,
            };
            let Some(cell) = at(heading) else { continue };
            if row.hidden || struck_out {
                sum.unsure = true;
                continue;
            }
            match number(heading, &cell.value) {
                Some(Some(value)) => {
                    sum.all = sum.all.saturating_add(value);
                    sum.since = sum.since.saturating_add(value);
                    sum.any = true;
                }
                Some(None) => {}
                None => sum.unsure = true,
            }
        }
    }

    /// Compares a total row with what it adds up.
    pub(super) fn check(&mut self, table: &Table, row: &RawRow, sheet: &Place) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        for (sum, heading) in self.sums.iter_mut().zip(SUMMED) {
            let cell = table.column(heading).and_then(|column| row.cells.iter().find(|c| c.column == column));
            let said = cell.and_then(|c| number(heading, &c.value)).flatten();
            if let (Some(cell), Some(said)) = (cell, said)
                && sum.any
                && !sum.unsure
                && said != sum.all
                && said != sum.since
            {
                told.push(
                    Diagnostic::warning("total-differs", sheet.clone().at(CellRef::new(row.row, cell.column)))
                        .with("found", shown(heading, said))
                        .with("sum", shown(heading, sum.all))
                        .with("heading", heading.english())
                        .with("heading-ru", heading.russian()),
                );
            }
            sum.since = 0;
        }
        told
    }
}

/// The value in hundredths; `Some(None)` where the cell says nothing.
#[expect(clippy::option_option, reason = "unreadable, nothing, and a number are three answers")]
fn number(heading: Heading, value: &RawValue) -> Option<Option<i64>> {
    match value {
        RawValue::Number(n) => money::of_number(*n).map(Some),
        RawValue::Text(text) if is_nothing(text) => Some(None),
        RawValue::Text(text) => match heading {
            Heading::Participants | Heading::Women | Heading::Men | Heading::Quantity => {
                counts::of_text(text).ok().map(|c| Some(i64::from(c.number) * 100))
            }
            _ => money::of_text(text, 1).ok().map(|(cents, _)| Some(cents.0)),
        },
        _ => None,
    }
}

/// Counts are whole; money has its cents.
const fn shown(heading: Heading, hundredths: i64) -> Arg {
    match heading {
        Heading::Participants | Heading::Women | Heading::Men | Heading::Quantity => Arg::Decimal { hundredths },
        _ => Arg::Amount { cents: hundredths },
    }
}
