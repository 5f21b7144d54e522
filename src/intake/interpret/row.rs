//! One row, and how its cells are read: each kind of cell once, with what it may complain of.

use chrono::{Datelike, NaiveDate};

use crate::cell::{CellRange, CellRef};
use crate::diagnostic::{Diagnostic, Place};
use crate::intake::raw::{RawCell, RawValue};
use crate::period::{ReportingPeriod, Span};
use crate::recipient::Country;
use crate::record::{ActivityType, Cents, HeadCount, Scope, Status};

use super::countries::{Listed, NoCountry};
use super::counts::{self, Count, NoCount};
use super::dates::{self, Dates, NoDate};
use super::headings::Heading;
use super::money::{self, NoAmount};
use super::pass::{SheetContext, WorkbookPeriod};
use super::places::Found;
use super::text::{excerpt, is_nothing, latinised, line, mixes_alphabets, paragraphs};
use super::vocabulary::Vocabulary;

/// The cell is wrong, and has been told; nothing more is to be said of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told;

/// What a cell holds: nothing, something, or something wrong that has been told.
pub(super) type Read<T> = Result<Option<T>, Told>;

/// What a date cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateCell {
    Dates(Dates),
    ToBeConfirmed,
}

/// A row on its way to a record.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) ctx: &'a SheetContext<'a>,
    /// Zero-based.
    pub(super) row: u32,
    pub(super) cells: &'a [RawCell],
    pub(super) diagnostics: Vec<Diagnostic>,
    /// An error stops the row.
    pub(super) held: bool,
    /// It needs the workbook's period, which is not known before the last row is read.
    pub(super) deferred: bool,
    /// It needs the workbook's period, and there is none.
    pub(super) lacks_period: bool,
    /// It was counted in the workbook's period.
    pub(super) took_period: bool,
    /// A column that a row cannot do without is not there.
    pub(super) lacks_columns: Vec<Heading>,
    /// It took its country from a row above that names nothing else.
    pub(super) took_group: bool,
    /// Codes of errors that keep the row.
    pub(super) faults: Vec<String>,
    /// Things to be told once for the whole sheet.
    pub(super) remarks: Vec<Remark>,
}

/// Something that is told once for a sheet, with all its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Remark {
    IdMissing,
    StatusDerived,
    CountMissing,
    ValueMissing,
    SummaryMissing,
}

impl<'a> Row<'a> {
    pub(super) fn new(ctx: &'a SheetContext<'a>, row: u32, cells: &'a [RawCell]) -> Self {
        Self {
            ctx,
            row,
            cells,
            diagnostics: Vec::new(),
            held: false,
            deferred: false,
            lacks_period: false,
            took_period: false,
            lacks_columns: Vec::new(),
            took_group: false,
            faults: Vec::new(),
            remarks: Vec::new(),
        }
    }

    pub(super) fn cell(&self, heading: Heading) -> Option<&'a RawCell> {
        let column = self.ctx.table.column(heading)?;
        self.cells.binary_search_by_key(&column, |c| c.column).ok().and_then(|at| self.cells.get(at))
    }

    /// The cell of a heading; the whole row's first cell where there is no such column.
    pub(super) fn place(&self, heading: Heading) -> Place {
        self.span(&[heading])
    }

    /// The cells of several headings, from the first to the last.
    pub(super) fn span(&self, headings: &[Heading]) -> Place {
        let columns: Vec<u32> = headings.iter().filter_map(|h| self.ctx.table.column(*h)).collect();
        let first = columns.iter().min().copied();
        let last = columns.iter().max().copied();
        let range = match (first, last) {
            (Some(first), Some(last)) => CellRange::new(CellRef::new(self.row, first), CellRef::new(self.row, last)),
            _ => CellRef::new(self.row, self.cells.first().map_or(0, |c| c.column)).into(),
        };
        self.ctx.place().at(range)
    }

    /// Tells an error, which holds the row.
    pub(super) fn error(&mut self, diagnostic: Diagnostic) -> Told {
        self.held = true;
        self.diagnostics.push(diagnostic);
        Told
    }

    /// Tells anything else.
    pub(super) fn note(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn error_at(&mut self, code: &str, heading: Heading, found: &str) -> Told {
        let place = self.place(heading);
        self.error(
            Diagnostic::error(code, place)
                .with("found", excerpt(found))
                .with("heading", heading.english())
                .with("heading-ru", heading.russian()),
        )
    }

    pub(super) fn warn_at(&mut self, code: &str, heading: Heading, found: &str) {
        let place = self.place(heading);
        self.note(
            Diagnostic::warning(code, place)
                .with("found", excerpt(found))
                .with("heading", heading.english())
                .with("heading-ru", heading.russian()),
        );
    }

    /// The value of a cell that is not in error.
    fn value(&mut self, heading: Heading) -> Read<&'a RawValue> {
        let Some(cell) = self.cell(heading) else { return Ok(None) };
        match &cell.value {
            RawValue::Error(shown) => Err(self.error_at("cell-error", heading, shown)),
            RawValue::Uncalculated => Err(self.error_at("formula-not-calculated", heading, "")),
            value => Ok(Some(value)),
        }
    }

    /// Text as typed, of any kind of cell; `None` for a blank, a dash, `n/a`.
    fn raw_text(&mut self, heading: Heading) -> Read<String> {
        let text = match self.value(heading)? {
            None => return Ok(None),
            Some(value) => as_text(value),
        };
        Ok((!is_nothing(&text)).then_some(text))
    }

    /// One line of text.
    pub(super) fn text(&mut self, heading: Heading) -> Read<String> {
        Ok(self.raw_text(heading)?.map(|text| line(&text)))
    }

    /// Optional text; what is wrong has been told.
    pub(super) fn optional(&mut self, heading: Heading) -> Option<String> {
        self.text(heading).ok().flatten()
    }

    /// Text that keeps its paragraphs.
    pub(super) fn paragraphs(&mut self, heading: Heading) -> Option<String> {
        let text = self.raw_text(heading).ok().flatten().map(|text| paragraphs(&text))?;
        let length = text.chars().count();
        if length > MOST_CHARACTERS {
            let place = self.place(heading);
            self.error(
                Diagnostic::error("text-too-long", place)
                    .with("heading", heading.english())
                    .with("heading-ru", heading.russian())
                    .with("found", length)
                    .with("most", MOST_CHARACTERS),
            );
            return None;
        }
        Some(text)
    }

    /// Text that the row cannot do without.
    pub(super) fn required(&mut self, heading: Heading) -> Option<String> {
        match self.text(heading) {
            Ok(Some(text)) => Some(text),
            Ok(None) => {
                self.missing(heading);
                None
            }
            Err(Told) => None,
        }
    }

    /// Tells that a cell the row cannot do without is empty; once for the sheet where there is
    /// no such column.
    pub(super) fn missing(&mut self, heading: Heading) {
        if self.ctx.table.column(heading).is_none() {
            self.held = true;
            self.lacks_columns.push(heading);
        } else {
            self.error_at("cell-missing", heading, "");
        }
    }

    /// An id: one line, look-alike letters mended; a plain number under `№` is none.
    pub(super) fn id(&mut self, heading: Heading) -> Option<String> {
        let text = match self.text(heading) {
            Ok(Some(text)) => text,
            Ok(None) if heading == Heading::Id || heading == Heading::Code => {
                let text = self.optional(Heading::RowNumber)?;
                if heading == Heading::Id && !text.chars().any(char::is_alphabetic) {
                    return None;
                }
                text
            }
            _ => return None,
        };
        if text.split(|c: char| !c.is_alphanumeric()).any(mixes_alphabets)
            && let Some(mended) = latinised(&text)
        {
            self.look_alike(heading, &text, &mended);
            return Some(mended);
        }
        Some(text)
    }

    fn look_alike(&mut self, heading: Heading, found: &str, meant: &str) {
        let place = self.place(heading);
        self.note(Diagnostic::warning("look-alike-letters", place).with("found", excerpt(found)).with("meant", meant));
    }

    // ---- periods and dates ----

    /// The Reporting period cell.
    pub(super) fn stated_period(&mut self) -> Read<ReportingPeriod> {
        if let Some(RawValue::Date(at)) = self.value(Heading::ReportingPeriod)? {
            return Ok(Some(ReportingPeriod::containing(at.date(), Span::Quarter)));
        }
        let Some(text) = self.text(Heading::ReportingPeriod)? else { return Ok(None) };
        let Some(stated) = super::periods::read(&text) else {
            return Err(self.error_at("period-unclear", Heading::ReportingPeriod, &text));
        };
        if let Some(period) = stated.in_year(None) {
            return Ok(Some(period));
        }
        let year = self.workbook_period().map(ReportingPeriod::year);
        match stated.in_year(year) {
            Some(period) => Ok(Some(period)),
            None if self.deferred => Err(Told),
            None => Err(self.error_at("period-unclear", Heading::ReportingPeriod, &text)),
        }
    }

    /// The workbook's period, or a wish to be read again once it is known.
    pub(super) fn workbook_period(&mut self) -> Option<ReportingPeriod> {
        match self.ctx.workbook_period() {
            WorkbookPeriod::Known(period) => Some(period),
            WorkbookPeriod::NotYet => {
                self.deferred = true;
                None
            }
            WorkbookPeriod::None => None,
        }
    }

    /// The period of a row that has no date to decide it: as stated in the row, else the
    /// workbook's.
    pub(super) fn undated_period(&mut self, stated: Read<ReportingPeriod>) -> Option<ReportingPeriod> {
        match stated {
            Ok(Some(period)) => Some(period),
            Err(Told) => None,
            Ok(None) => {
                let period = self.workbook_period();
                if period.is_some() {
                    self.took_period = true;
                } else if !self.deferred {
                    self.lacks_period = true;
                    self.held = true;
                }
                period
            }
        }
    }

    /// A date cell, or a range. `stated` gives the year to dates without one.
    pub(super) fn dates(&mut self, heading: Heading, stated: Option<ReportingPeriod>) -> Read<DateCell> {
        let one = |date: NaiveDate| {
            DateCell::Dates(Dates {
                first: date,
                last: date,
                year_assumed: false,
                ambiguous: false,
                month_first: false,
                range: false,
                month_only: false,
            })
        };
        let text = match self.value(heading)? {
            None => return Ok(None),
            Some(RawValue::Date(at)) if (1990..2100).contains(&at.year()) => return Ok(Some(one(at.date()))),
            Some(RawValue::Date(at)) => at.date().to_string(),
            Some(RawValue::Number(number)) => match dates::serial(*number, self.ctx.is_1904) {
                Some(date) => return Ok(Some(one(date))),
                None => number.to_string(),
            },
            Some(value) => as_text(value),
        };
        let text = line(&text);
        if is_nothing(&text) {
            return Ok(None);
        }
        // A serial number that lost its format on the way through CSV.
        if text.len() == 5
            && let Some(date) = text.parse().ok().and_then(|n| dates::serial(n, self.ctx.is_1904))
        {
            return Ok(Some(one(date)));
        }
        let mut asked = false;
        let mut workbook = None;
        let result = dates::read(&text, &mut |month| {
            let period = stated.or_else(|| {
                if !asked {
                    asked = true;
                    workbook = self.workbook_period();
                }
                workbook
            });
            period.map(|p| dates::year_in(p, month))
        });
        match result {
            Ok(read) => {
                self.told_dates(heading, &text, read);
                Ok(Some(DateCell::Dates(read)))
            }
            Err(NoDate::ToBeConfirmed) => Ok(Some(DateCell::ToBeConfirmed)),
            Err(problem) => Err(self.no_date(heading, &text, problem)),
        }
    }

    fn told_dates(&mut self, heading: Heading, text: &str, read: Dates) {
        let place = self.place(heading);
        if read.month_only {
            return;
        }
        let told = if read.ambiguous {
            "date-day-first"
        } else if read.month_first {
            "date-month-first"
        } else if read.year_assumed {
            "year-assumed"
        } else {
            return;
        };
        let (first, last) = (read.first.to_string(), read.last.to_string());
        let as_read = if first == last { first } else { format!("{first} – {last}") };
        self.note(
            Diagnostic::warning(told, place)
                .with("found", excerpt(text))
                .with("read", as_read)
                .with("year", read.last.year().to_string()),
        );
    }

    fn no_date(&mut self, heading: Heading, text: &str, problem: NoDate) -> Told {
        if self.deferred {
            return Told;
        }
        let place = self.place(heading);
        let base = |code: &str| Diagnostic::error(code, place.clone()).with("found", excerpt(text));
        let diagnostic = match problem {
            NoDate::Impossible { month, days } => base("date-impossible").with("month", month).with("days", days),
            NoDate::NoSuchMonth(month) => base("date-impossible").with("month", month).worded("date-no-such-month"),
            NoDate::Backwards => base("dates-backwards"),
            NoDate::NoYear => base("year-missing"),
            NoDate::Unclear | NoDate::ToBeConfirmed => {
                base("date-unclear").with("heading", heading.english()).with("heading-ru", heading.russian())
            }
        };
        self.error(diagnostic)
    }

    /// A cell with one day: a range is read by its first day, a month by its last.
    pub(super) fn day(&mut self, heading: Heading, stated: Option<ReportingPeriod>) -> Read<NaiveDate> {
        Ok(match self.dates(heading, stated)? {
            Some(DateCell::Dates(d)) if d.month_only => Some(d.last),
            Some(DateCell::Dates(d)) => Some(d.first),
            Some(DateCell::ToBeConfirmed) | None => None,
        })
    }

    /// Tells dates that the programme's phase does not hold (V09), once for both; whether it
    /// did. `cells` are those that hold the dates, of which there may be one for both.
    pub(super) fn outside_phase(
        &mut self,
        cells: &[Heading],
        first: Option<NaiveDate>,
        last: Option<NaiveDate>,
    ) -> bool {
        let (begin, end) = self.ctx.request.phase;
        let outside = |date: Option<NaiveDate>| date.filter(|d| *d < begin || *d > end);
        let (early, late) = (outside(first), outside(last));
        let Some(found) = early.or(late) else { return false };
        let cells: Vec<Heading> = match (cells, early, late) {
            ([a, _], Some(_), None) if last.is_some() => vec![*a],
            ([_, b], None, Some(_)) => vec![*b],
            (cells, _, _) => cells.to_vec(),
        };
        let place = self.span(&cells);
        self.error(
            Diagnostic::error("date-outside-phase", place)
                .with("found", found.to_string())
                .with("first", begin.to_string())
                .with("last", end.to_string()),
        );
        true
    }

    // ---- numbers ----

    /// A whole number of people or things.
    pub(super) fn count(&mut self, heading: Heading) -> Read<Count> {
        let (text, result) = match self.value(heading)? {
            None => return Ok(None),
            Some(RawValue::Number(number)) => {
                (number.to_string(), counts::of_number(*number).map(|number| Count { number, ..Count::default() }))
            }
            Some(RawValue::Text(text)) if is_nothing(text) => return Ok(None),
            Some(RawValue::Text(text)) => (line(text), counts::of_text(text)),
            Some(value) => (as_text(value), Err(NoCount::Unclear)),
        };
        match result {
            Ok(count) => {
                if count.footnote {
                    self.warn_at("footnote-in-number", heading, &text);
                }
                if count.estimated {
                    self.warn_at("count-estimated", heading, &text);
                }
                if count.ambiguous {
                    let place = self.place(heading);
                    self.note(
                        Diagnostic::warning("number-ambiguous", place)
                            .with("found", excerpt(&text))
                            .with("read", count.number.to_string()),
                    );
                }
                Ok(Some(count))
            }
            Err(problem) => {
                let place = self.place(heading);
                let base = |code: &str| {
                    Diagnostic::error(code, place.clone())
                        .with("found", excerpt(&text))
                        .with("heading", heading.english())
                        .with("heading-ru", heading.russian())
                };
                let diagnostic = match problem {
                    NoCount::Unclear => base("count-unclear"),
                    NoCount::Words => base("count-in-words"),
                    NoCount::Fraction => base("count-not-whole"),
                    NoCount::Negative => base("count-negative"),
                    NoCount::TooLarge => base("count-too-large"),
                    NoCount::Sum(a, b) => {
                        base("count-sum").with("first", a).with("second", b).with("sum", u64::from(a) + u64::from(b))
                    }
                    NoCount::TwoNumbers(a, b) => base("count-two-numbers").with("first", a).with("second", b),
                };
                Err(self.error(diagnostic))
            }
        }
    }

    /// Total, women and men: checked against each other (V14).
    pub(super) fn head_count(&mut self) -> HeadCount {
        const ALL: [Heading; 3] = [Heading::Participants, Heading::Women, Heading::Men];
        let (total, women, men) =
            (self.count(Heading::Participants), self.count(Heading::Women), self.count(Heading::Men));
        if total.is_err() || women.is_err() || men.is_err() {
            return HeadCount::default();
        }
        let total = total.ok().flatten();
        let mut head = HeadCount {
            total: total.map(|t| t.number),
            women: women.ok().flatten().map(|w| w.number).or(total.and_then(|t| t.women)),
            men: men.ok().flatten().map(|m| m.number).or(total.and_then(|t| t.men)),
            estimated: total.is_some_and(|t| t.estimated),
        };
        let split = u64::from(head.women.unwrap_or(0)) + u64::from(head.men.unwrap_or(0));
        match head.total {
            Some(all) if split > u64::from(all) => {
                let place = self.span(&ALL);
                let wording = match (head.women, head.men) {
                    (Some(_), Some(_)) => "participants-do-not-add-up",
                    (Some(_), None) => "participants-women-above-total",
                    _ => "participants-men-above-total",
                };
                // The row is kept, its split is not; the run is held until it is mended.
                self.note(
                    Diagnostic::error("participants-do-not-add-up", place)
                        .worded(wording)
                        .with("women", head.women.unwrap_or(0))
                        .with("men", head.men.unwrap_or(0))
                        .with("sum", split)
                        .with("total", all),
                );
                self.faults.push("participants-do-not-add-up".to_owned());
                (head.women, head.men) = (None, None);
            }
            Some(all) if head.women.is_some() && head.men.is_some() && split < u64::from(all) && !head.estimated => {
                let place = self.span(&ALL);
                self.note(
                    Diagnostic::warning("participants-rest-unknown", place)
                        .with("women", head.women.unwrap_or(0))
                        .with("men", head.men.unwrap_or(0))
                        .with("total", all)
                        .with("rest", u64::from(all) - split),
                );
            }
            None if head.women.is_some() && head.men.is_some() => {
                head.total = u32::try_from(split).ok();
                let place = self.span(&ALL);
                self.note(Diagnostic::info("participants-computed", place).with("sum", split));
            }
            _ => {}
        }
        head
    }

    /// An amount in euro.
    pub(super) fn money(&mut self, heading: Heading) -> Read<Cents> {
        let (text, result) = match self.value(heading)? {
            None => return Ok(None),
            Some(RawValue::Number(number)) => {
                let cents = money::of_number(*number).ok_or(NoAmount::Unclear);
                let cents = cents.and_then(|c| if c < 0 { Err(NoAmount::Negative) } else { Ok((Cents(c), false)) });
                (number.to_string(), cents)
            }
            Some(RawValue::Text(text)) if is_nothing(text) => return Ok(None),
            Some(RawValue::Text(text)) => (line(text), money::of_text(text)),
            Some(value) => (as_text(value), Err(NoAmount::Unclear)),
        };
        match result {
            Ok((cents, ambiguous)) => {
                if ambiguous {
                    let place = self.place(heading);
                    self.note(
                        Diagnostic::warning("number-ambiguous", place)
                            .with("found", excerpt(&text))
                            .with("read", (cents.0 / 100).to_string()),
                    );
                }
                Ok(Some(cents))
            }
            Err(NoAmount::Currency) => Err(self.error_at("amount-not-in-euro", heading, &text)),
            Err(NoAmount::Negative) => Err(self.error_at("amount-negative", heading, &text)),
            Err(NoAmount::Unclear) => Err(self.error_at("amount-unclear", heading, &text)),
        }
    }

    /// A number with decimals, in hundredths.
    pub(super) fn decimal(&mut self, heading: Heading) -> Read<i64> {
        let (text, result) = match self.value(heading)? {
            None => return Ok(None),
            Some(RawValue::Number(number)) => (number.to_string(), money::of_number(*number)),
            Some(RawValue::Text(text)) if is_nothing(text) => return Ok(None),
            Some(RawValue::Text(text)) => (line(text), money::decimal(text).map(|d| d.0)),
            Some(value) => (as_text(value), None),
        };
        match result {
            Some(number) => Ok(Some(number)),
            None => Err(self.error_at("number-unclear", heading, &text)),
        }
    }

    /// A year.
    pub(super) fn year(&mut self, heading: Heading) -> Read<i32> {
        let text = match self.value(heading)? {
            None => return Ok(None),
            Some(RawValue::Date(at)) => return Ok(Some(at.year())),
            Some(value) => line(&as_text(value)),
        };
        if is_nothing(&text) {
            return Ok(None);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match digits.parse::<i32>() {
            Ok(year) if (1990..=2100).contains(&year) => Ok(Some(year)),
            _ => Err(self.error_at("year-unclear", heading, &text)),
        }
    }

    // ---- words ----

    /// The programme's component, by number or title; `None` is "not stated".
    pub(super) fn component(&mut self) -> Option<u32> {
        let text = self.optional(Heading::Component)?;
        match self.ctx.vocabulary.component(&text, &self.ctx.request.components) {
            Ok(number) => number,
            Err(nearest) => {
                let place = self.place(Heading::Component);
                let known: Vec<String> = self.ctx.request.components.iter().map(|c| c.number.to_string()).collect();
                let mut diagnostic = Diagnostic::error("component-unknown", place)
                    .with("found", excerpt(&text))
                    .with("known", known.join(", "));
                if let Some(nearest) = nearest {
                    diagnostic = diagnostic.with("nearest", nearest).worded("component-unknown-near");
                }
                self.error(diagnostic);
                None
            }
        }
    }

    /// A type of activity, with its text where it is "other".
    pub(super) fn activity_type(&mut self) -> Read<(ActivityType, Option<String>)> {
        let Some(text) = self.text(Heading::Type)? else { return Ok(None) };
        match self.ctx.vocabulary.activity_type(&text) {
            Some(ActivityType::Other) => Ok(Some((ActivityType::Other, Some(text)))),
            Some(kind) => Ok(Some((kind, None))),
            None => Err(self.unknown_word("type-unknown", Heading::Type, &text, Vocabulary::nearest_type(&text))),
        }
    }

    pub(super) fn status(&mut self) -> Read<Status> {
        let Some(text) = self.text(Heading::Status)? else { return Ok(None) };
        match self.ctx.vocabulary.status(&text) {
            Some(status) => Ok(Some(status)),
            None => Err(self.unknown_word("status-unknown", Heading::Status, &text, Vocabulary::nearest_status(&text))),
        }
    }

    pub(super) fn scope(&mut self) -> Read<Scope> {
        let Some(text) = self.text(Heading::Scope)? else { return Ok(None) };
        match self.ctx.vocabulary.scope(&text) {
            Some(scope) => Ok(Some(scope)),
            None => Err(self.unknown_word("scope-unknown", Heading::Scope, &text, Vocabulary::nearest_scope(&text))),
        }
    }

    fn unknown_word(&mut self, code: &str, heading: Heading, text: &str, nearest: Option<&str>) -> Told {
        let place = self.place(heading);
        let mut diagnostic = Diagnostic::error(code, place).with("found", excerpt(text));
        if let Some(nearest) = nearest {
            diagnostic = diagnostic.with("nearest", nearest).worded(&format!("{code}-near"));
        }
        self.error(diagnostic)
    }

    // ---- countries and places ----

    /// A cell with any number of countries; those of a group row above where it is blank.
    pub(super) fn countries(&mut self, heading: Heading) -> Read<Vec<Country>> {
        let Some(text) = self.raw_text(heading)? else {
            return Ok(self.group());
        };
        let (listed, problems) = self.ctx.countries.list(&text);
        self.told_countries(heading, &text, &listed, &problems)?;
        if listed.region {
            self.warn_at("region-not-listed", heading, &text);
        }
        Ok((!listed.countries.is_empty()).then_some(listed.countries))
    }

    fn group(&mut self) -> Option<Vec<Country>> {
        let group = self.ctx.group.as_ref()?;
        self.took_group = true;
        Some(group.clone())
    }

    /// A cell with one country. `online` is none.
    pub(super) fn country(&mut self, heading: Heading) -> Read<Country> {
        let Some(text) = self.raw_text(heading)? else {
            if heading == Heading::HostCountry {
                return Ok(None);
            }
            return Ok(self.group().and_then(|g| g.first().copied()));
        };
        if heading == Heading::HostCountry && is_online(&text) {
            return Ok(None);
        }
        let (listed, problems) = self.ctx.countries.list(&text);
        self.told_countries(heading, &text, &listed, &problems)?;
        match listed.countries.as_slice() {
            [only] => Ok(Some(*only)),
            [] => {
                if listed.region {
                    self.warn_at("region-not-listed", heading, &text);
                }
                Ok(None)
            }
            _ => Err(self.error_at("one-country-expected", heading, &text)),
        }
    }

    fn told_countries(
        &mut self,
        heading: Heading,
        text: &str,
        listed: &Listed,
        problems: &[NoCountry],
    ) -> Result<(), Told> {
        for typed in &listed.look_alikes {
            let meant = latinised(typed).unwrap_or_else(|| typed.clone());
            self.look_alike(heading, typed, &meant);
        }
        // One diagnostic for a cell: the first name that is none.
        let Some(problem) = problems.first() else { return Ok(()) };
        let place = self.place(heading);
        let diagnostic = match problem {
            NoCountry::OtherCode { typed, means, meant } => Diagnostic::error("country-unknown", place)
                .worded("country-other-code")
                .with("found", excerpt(typed))
                .with("means", means.0)
                .with("means-ru", means.1)
                .with("meant", *meant),
            NoCountry::Unknown { typed, nearest } => {
                let quoted = if problems.len() > 1 { text } else { typed };
                let base = Diagnostic::error("country-unknown", place).with("found", excerpt(quoted));
                match nearest {
                    Some(nearest) => base.with("nearest", *nearest).worded("country-unknown-near"),
                    None => base,
                }
            }
        };
        Err(self.error(diagnostic))
    }

    /// A place by its usual name, checked against the host country (V12).
    pub(super) fn venue(&mut self, host: Option<Country>) -> Option<String> {
        let text = self.optional(Heading::Place)?;
        if is_online(&text) {
            return Some(text);
        }
        match self.ctx.places.find(&text) {
            Found::Known { name, country } => {
                if let (Some(host), Some(country)) = (host, country)
                    && host != country
                {
                    let place = self.span(&[Heading::Place, Heading::HostCountry]);
                    let place = if self.adjacent(Heading::Place, Heading::HostCountry) {
                        place
                    } else {
                        self.place(Heading::Place)
                    };
                    self.note(
                        Diagnostic::warning("place-elsewhere", place)
                            .with("found", excerpt(&text))
                            .with("country", country.code())
                            .with("host", host.code()),
                    );
                }
                // `Osh, Hotel Park` says more than the town's name.
                Some(if text.contains([',', '(']) { text } else { name.to_owned() })
            }
            Found::Near(near) => {
                let place = self.place(Heading::Place);
                self.note(
                    Diagnostic::warning("place-unknown", place).with("found", excerpt(&text)).with("nearest", near),
                );
                Some(text)
            }
            Found::Unknown => Some(text),
        }
    }

    fn adjacent(&self, a: Heading, b: Heading) -> bool {
        matches!((self.ctx.table.column(a), self.ctx.table.column(b)), (Some(a), Some(b)) if a.abs_diff(b) == 1)
    }

    /// Agencies, each by itself.
    pub(super) fn agencies(&mut self, heading: Heading) -> Vec<String> {
        self.raw_text(heading).ok().flatten().map(|text| super::agencies::split(&text)).unwrap_or_default()
    }
}

/// Most characters of a narrative (V33): about three pages.
const MOST_CHARACTERS: usize = 10_000;

fn is_online(text: &str) -> bool {
    let plain = super::text::plain(text);
    [
        "online",
        "on-line",
        "онлайн",
        "zoom",
        "webex",
        "teams",
        "virtual",
        "remote",
        "дистанционно",
        "виртуально",
        "hybrid",
    ]
    .iter()
    .any(|w| plain == *w || plain.starts_with(&format!("{w} ")) || plain.starts_with(&format!("{w},")))
}

/// A value as text, as a person would type it.
pub(super) fn as_text(value: &RawValue) -> String {
    match value {
        RawValue::Text(text) => text.clone(),
        RawValue::Number(number) => number.to_string(),
        RawValue::Date(at) => at.date().to_string(),
        RawValue::Bool(true) => "TRUE".to_owned(),
        RawValue::Bool(false) => "FALSE".to_owned(),
        RawValue::Error(shown) => shown.clone(),
        RawValue::Uncalculated => String::new(),
    }
}
