//! One row of a table, cell by cell, before anybody has chosen columns.

use chrono::NaiveDate;

use super::view::{View, lines, quiet};
use crate::recipient::Country;
use crate::record::{Cents, HeadCount};
use crate::typeset::document::{Inline, Style, Target};

/// How amounts of a column are summed and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Count(i64),
    Money(i64),
}

/// A cell with what sorting, grouping and totals need.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) content: Vec<Inline>,
    /// Where a group of this value stands among the groups.
    pub(super) rank: i64,
    pub(super) amount: Option<Amount>,
}

/// A row: cells by the key of their column.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells(pub(super) Vec<(&'static str, Cell)>);

impl Cells {
    pub(super) fn get(&self, key: &str) -> Option<&Cell> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, cell)| cell)
    }

    pub(super) fn content(mut self, key: &'static str, content: Vec<Inline>) -> Self {
        self.0.push((key, Cell { content, ..Cell::default() }));
        self
    }

    /// Text as it is; an empty one stays empty.
    pub(super) fn text(self, key: &'static str, text: impl AsRef<str>) -> Self {
        self.content(key, lines(text.as_ref()))
    }

    /// Text, or the grey word for a blank.
    pub(super) fn maybe(self, view: &View<'_>, key: &'static str, text: Option<&str>) -> Self {
        match text.map(str::trim).filter(|t| !t.is_empty()) {
            Some(text) => self.text(key, text),
            None => self.blank(view, key),
        }
    }

    /// The grey word for a blank.
    pub(super) fn blank(self, view: &View<'_>, key: &'static str) -> Self {
        self.content(key, vec![quiet(view.word("not-stated"))])
    }

    /// A count, or "not reported" in grey. Blank is never zero.
    pub(super) fn count(mut self, view: &View<'_>, key: &'static str, count: Option<i64>) -> Self {
        self.0.push((
            key,
            match count {
                Some(n) => {
                    Cell { content: vec![Inline::text(view.locale.number(n))], rank: n, amount: Some(Amount::Count(n)) }
                }
                None => Cell { content: vec![quiet(view.word("not-reported"))], ..Cell::default() },
            },
        ));
        self
    }

    /// A count that makes no sum with others of its column, such as pieces of different things.
    pub(super) fn pieces(self, view: &View<'_>, key: &'static str, count: Option<i64>) -> Self {
        let mut cells = self.count(view, key, count);
        if let Some((_, cell)) = cells.0.last_mut() {
            cell.amount = None;
        }
        cells
    }

    /// Money without its unit, or "not reported" in grey.
    pub(super) fn money(mut self, view: &View<'_>, key: &'static str, amount: Option<Cents>) -> Self {
        self.0.push((
            key,
            match amount {
                Some(cents) => Cell {
                    content: vec![Inline::text(view.locale.amount(cents))],
                    rank: cents.0,
                    amount: Some(Amount::Money(cents.0)),
                },
                None => Cell { content: vec![quiet(view.word("not-reported"))], ..Cell::default() },
            },
        ));
        self
    }

    /// A value in hundredths, or "not reported" in grey.
    pub(super) fn hundredths(self, view: &View<'_>, key: &'static str, value: Option<i64>) -> Self {
        match value {
            Some(value) => self.content(key, vec![Inline::text(view.locale.hundredths(value))]),
            None => self.content(key, vec![quiet(view.word("not-reported"))]),
        }
    }

    /// A span of days in short, or "undated" in grey.
    pub(super) fn dates(
        mut self,
        view: &View<'_>,
        key: &'static str,
        first: Option<NaiveDate>,
        last: Option<NaiveDate>,
    ) -> Self {
        let content = match (first.or(last), last.or(first)) {
            (Some(first), Some(last)) => vec![Inline::text(view.locale.date_range_short(first, last))],
            _ => vec![quiet(view.word("undated"))],
        };
        let rank = last.or(first).map_or(i64::MAX, |d| i64::from(chrono::Datelike::num_days_from_ce(&d)));
        self.0.push((key, Cell { content, rank, amount: None }));
        self
    }

    /// The month that an activity counts for.
    pub(super) fn month(mut self, view: &View<'_>, key: &'static str, day: Option<NaiveDate>) -> Self {
        let content = match day {
            Some(day) => vec![Inline::text(view.locale.month_of_year(day))],
            None => vec![quiet(view.word("undated"))],
        };
        let rank = day
            .map_or(i64::MAX, |d| i64::from(chrono::Datelike::year(&d)) * 12 + i64::from(chrono::Datelike::month(&d)));
        self.0.push((key, Cell { content, rank, amount: None }));
        self
    }

    /// Number and title of a component.
    pub(super) fn component(mut self, view: &View<'_>, number: Option<u32>) -> Self {
        let title = view.component(number);
        let content = vec![if number.is_some() { Inline::text(title) } else { quiet(title) }];
        let cell = Cell { content, rank: number.map_or(i64::MAX, i64::from), amount: None };
        self.0.push(("component", cell));
        self.0.push((
            "component-number",
            Cell {
                content: match number {
                    Some(n) => vec![Inline::text(n.to_string())],
                    None => vec![quiet(view.word("not-stated"))],
                },
                rank: number.map_or(i64::MAX, i64::from),
                amount: None,
            },
        ));
        self
    }

    /// Codes of countries, each in its colour.
    pub(super) fn countries(self, view: &View<'_>, key: &'static str, countries: &[Country]) -> Self {
        if countries.is_empty() {
            return self.content(key, vec![quiet(view.word("countries-not-named"))]);
        }
        self.content(key, codes(countries))
    }

    /// A country by its name.
    pub(super) fn country(mut self, view: &View<'_>, key: &'static str, country: Option<Country>) -> Self {
        let Some(country) = country else {
            let content = vec![quiet(view.word("country-not-stated"))];
            self.0.push((key, Cell { content, rank: i64::MAX, amount: None }));
            return self;
        };
        let order = view.config.programme.countries.iter().position(|c| *c == country);
        let rank = order.and_then(|o| i64::try_from(o).ok()).unwrap_or(1_000);
        let content = vec![Inline::text(view.locale.country(country))];
        self.0.push((key, Cell { content, rank, amount: None }));
        self
    }

    /// Participants, women, men, and the last two in one cell.
    pub(super) fn head_count(self, view: &View<'_>, head_count: HeadCount) -> Self {
        let HeadCount { total, women, men, estimated } = head_count;
        let [total, women, men] = [total, women, men].map(|n| n.map(i64::from));
        let both = match (women, men) {
            (None, None) => vec![quiet(view.word("not-reported"))],
            (women, men) => {
                let part = |n: Option<i64>| n.map_or_else(|| "?".to_owned(), |n| view.locale.number(n));
                vec![Inline::text(format!("{} / {}", part(women), part(men)))]
            }
        };
        let mut cells = self.count(view, "participants", total);
        if estimated && let Some((_, cell)) = cells.0.last_mut() {
            cell.content.insert(0, Inline::text("~"));
        }
        cells.count(view, "women", women).count(view, "men", men).content("women-men", both)
    }

    /// Text that leads to another place of the report.
    pub(super) fn link(self, key: &'static str, text: &str, id: Option<String>) -> Self {
        let link = id.map(Target::Internal);
        self.content(key, vec![Inline::Text { text: super::view::clean(text), style: Style::default(), link }])
    }
}

/// Codes of countries, each in its colour, with no-break spaces so that a line holds several.
pub(super) fn codes(countries: &[Country]) -> Vec<Inline> {
    let mut content = Vec::new();
    for country in countries {
        if !content.is_empty() {
            content.push(Inline::text(" "));
        }
        let mut code = [0; 2];
        code.copy_from_slice(country.code().as_bytes().get(..2).unwrap_or(b"??"));
        content.push(Inline::styled(country.code(), Style { country: Some(code), ..Style::default() }));
    }
    content
}
