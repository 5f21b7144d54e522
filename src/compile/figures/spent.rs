//! The budget by heading: spent, committed, left; what is over it shown apart.

use super::super::fence::Fence;
use super::super::view::{View, clean};
use super::{Caption, args, options};
use crate::diagnostic::Diagnostic;
use crate::record::{BudgetLine, Cents};
use crate::typeset::document::Block;
use crate::typeset::drawing::{Drawing, Look, Part, Series, Stacked, StackedRow};

/// The parts of a heading's budget, in cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    spent: i64,
    committed: i64,
    left: i64,
    over: i64,
}

impl Parts {
    /// `None` where nobody reported what was spent: then nothing is known of what is left.
    fn of(row: &BudgetLine) -> Option<Self> {
        let budget = row.budget.0.max(0);
        let (spent, committed) = (row.spent_to_date?.0.max(0), row.committed.map_or(0, |c| c.0).max(0));
        let used = spent.saturating_add(committed);
        Some(Self {
            spent: spent.min(budget),
            committed: committed.min((budget - spent).max(0)),
            left: (budget - used).max(0),
            over: (used - budget).max(0),
        })
    }
}

/// Every heading of the budget, in the order of the workbook.
pub(super) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    let mut options = options(fence, &[], problems);
    let rows: Vec<&BudgetLine> = view.selection.budget.iter().map(|(_, row)| *row).collect();
    let sum = |pick: fn(&BudgetLine) -> Option<Cents>| -> i64 {
        rows.iter().filter_map(|row| pick(row)).fold(0, |sum, cents| sum.saturating_add(cents.0))
    };
    let (budget, spent) = (sum(|row| Some(row.budget)), sum(|row| row.spent_to_date));
    let committed = sum(|row| row.committed);
    let reported = rows.iter().filter(|row| row.spent_to_date.is_some()).count();
    let over = rows.iter().filter(|row| Parts::of(row).is_some_and(|parts| parts.over > 0)).count();
    let rate = (i128::from(spent) * 200 + i128::from(budget)).checked_div(i128::from(budget) * 2);
    let percent = rate.and_then(|rate| i64::try_from(rate).ok()).map(|rate| view.locale.percent(rate));
    let sentence = args([
        ("budget", whole(view, budget).into()),
        ("spent", whole(view, spent).into()),
        ("committed", whole(view, committed).into()),
        ("rate", percent.unwrap_or_default().into()),
        ("over", over.into()),
        ("reported", reported.into()),
        ("of", rows.len().into()),
    ]);
    let caption = Caption::of(view, &mut options, "spent", &sentence);
    if rows.is_empty() || budget <= 0 {
        return caption.nothing();
    }
    let told: Vec<String> = rows.iter().map(|row| told(view, row)).collect();
    let names = ["spent-spent", "spent-committed", "spent-left", "spent-over"].map(|word| view.word(word));
    let looks = [Look::Full, Look::Hatched, Look::Open, Look::Alarm];
    let series = names.into_iter().zip(looks).map(|(name, look)| Series { name, look }).collect();
    let rows = rows.into_iter().map(|row| bar(view, row)).collect();
    vec![caption.figure(&told.join(" "), Drawing::Stacked(Stacked { series, rows }))]
}

/// Whole euros: a figure is read at a glance, and the table has the cents.
fn whole(view: &View<'_>, cents: i64) -> String {
    view.locale.euro(Cents(rounded(cents) * 100))
}

fn rounded(cents: i64) -> i64 {
    (cents.saturating_add(50)).div_euclid(100)
}

fn bar(view: &View<'_>, row: &BudgetLine) -> StackedRow {
    let number = |cents: i64| view.locale.number(rounded(cents));
    #[expect(clippy::cast_precision_loss, reason = "cents are far below 2^53")]
    let part = |series: usize, cents: i64| Part { series, value: cents as f64, text: number(cents) };
    #[expect(clippy::cast_precision_loss, reason = "cents are far below 2^53")]
    let budget = row.budget.0 as f64;
    match Parts::of(row) {
        Some(Parts { spent, committed, left, over }) => StackedRow {
            label: clean(&row.heading),
            parts: vec![part(0, spent), part(1, committed), part(2, left), part(3, over)],
            end: number(row.budget.0),
            mark: Some(budget),
        },
        None => StackedRow {
            label: clean(&row.heading),
            parts: Vec::new(),
            end: format!("{} · {}", number(row.budget.0), view.word("spent-not-reported")),
            mark: Some(budget),
        },
    }
}

fn told(view: &View<'_>, row: &BudgetLine) -> String {
    let budget = whole(view, row.budget.0);
    let Some(parts) = Parts::of(row) else {
        let args = args([("heading", row.heading.as_str().into()), ("budget", budget.into())]);
        return view.locale.text("spent-told-blank", &args);
    };
    let committed = row.committed.map_or_else(|| view.word("spent-unknown"), |c| whole(view, c.0));
    view.locale.text(
        "spent-told",
        &args([
            ("heading", row.heading.as_str().into()),
            ("budget", budget.into()),
            ("spent", whole(view, row.spent_to_date.map_or(0, |c| c.0)).into()),
            ("committed", committed.into()),
            ("left", whole(view, parts.left).into()),
            ("is-over", i64::from(parts.over > 0).into()),
            ("over", whole(view, parts.over).into()),
        ]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(budget: i64, spent: Option<i64>, committed: Option<i64>) -> BudgetLine {
        BudgetLine {
            heading: "Equipment".to_owned(),
            budget: Cents(budget),
            spent_in_period: None,
            spent_to_date: spent.map(Cents),
            committed: committed.map(Cents),
            reason: None,
        }
    }

    #[test]
    fn the_parts_of_a_heading_make_its_budget_or_go_over_it() {
        let all = [(100, 20, 30), (100, 100, 0), (100, 120, 10), (100, 80, 50), (0, 5, 0)];
        for (budget, spent, committed) in all {
            let parts = Parts::of(&line(budget, Some(spent), Some(committed))).unwrap();
            assert_eq!(parts.spent + parts.committed + parts.left, budget, "{parts:?}");
            assert_eq!(parts.over, (spent + committed - budget).max(0));
        }
        assert_eq!(Parts::of(&line(100, None, Some(10))), None, "blank is not zero");
        assert_eq!(Parts::of(&line(100, Some(40), None)).unwrap().left, 60);
    }
}
