//! One row, and how its cells are read: each kind of cell once, with what it may complain of.

use chrono::NaiveDate;

use crate::cell::{CellRange, CellRef};
use crate::diagnostic::{Diagnostic, Place};
use crate::intake::raw::{RawCell, RawValue};

use super::headings::Heading;
use super::pass::{SheetContext, says_nothing};
use super::text::{excerpt, is_nothing, latinised, line, mixes_alphabets, paragraphs};

/// The cell is wrong, and has been told; nothing more is to be said of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told;

/// What a cell holds: nothing, something, or something wrong that has been told.
pub(super) type Read<T> = Result<Option<T>, Told>;

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
    /// Planned until this day and still said to be planned, which is told where nothing in the
    /// file says what became of it.
    pub(super) left_open: Option<(NaiveDate, Diagnostic)>,
}

/// Something that is told once for a sheet, with all its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Remark {
    IdMissing,
    StatusDerived,
    CountMissing,
    ValueMissing,
    SummaryMissing,
    /// A place that is no town we know.
    PlaceNotKnown,
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
            left_open: None,
        }
    }

    /// The cell of a heading; where there is a column for either language, the one that is filled.
    pub(super) fn cell(&self, heading: Heading) -> Option<&'a RawCell> {
        let first = self.ctx.table.column(heading).and_then(|column| self.at(column));
        match self.ctx.table.translation(heading) {
            Some(other) if first.is_none_or(|cell| says_nothing(&cell.value)) => self.at(other).or(first),
            _ => first,
        }
    }

    fn at(&self, column: u32) -> Option<&'a RawCell> {
        self.cells.binary_search_by_key(&column, |c| c.column).ok().and_then(|at| self.cells.get(at))
    }

    /// V32: headings with a column for either language of which only one is filled.
    pub(super) fn in_one_language(&self) -> Vec<Heading> {
        let filled = |column| self.at(column).is_some_and(|cell| !says_nothing(&cell.value));
        let pairs = self.ctx.table.translations().filter_map(|(h, other)| Some((h, self.ctx.table.column(h)?, other)));
        pairs.filter(|(_, first, other)| filled(*first) != filled(*other)).map(|(heading, ..)| heading).collect()
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
    pub(super) fn value(&mut self, heading: Heading) -> Read<&'a RawValue> {
        let Some(cell) = self.cell(heading) else { return Ok(None) };
        match &cell.value {
            RawValue::Error(shown) => Err(self.error_at("cell-error", heading, shown)),
            // What a formula in error leaves behind in a CSV.
            RawValue::Text(text) if is_error(text) => Err(self.error_at("cell-error", heading, text)),
            RawValue::Uncalculated => Err(self.error_at("formula-not-calculated", heading, "")),
            value => Ok(Some(value)),
        }
    }

    /// Text as typed, of any kind of cell; `None` for a blank, a dash, `n/a`.
    pub(super) fn raw_text(&mut self, heading: Heading) -> Read<String> {
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

    pub(super) fn look_alike(&mut self, heading: Heading, found: &str, meant: &str) {
        let place = self.place(heading);
        self.note(Diagnostic::warning("look-alike-letters", place).with("found", excerpt(found)).with("meant", meant));
    }

    /// Agencies, each by itself.
    pub(super) fn agencies(&mut self, heading: Heading) -> Vec<String> {
        let found = self.raw_text(heading).ok().flatten().map(|text| super::agencies::split(&text)).unwrap_or_default();
        if let Some((agency, meant)) = found.iter().find_map(|a| Some((a, self.ctx.vocabulary.misspelt_agency(a)?))) {
            let place = self.place(heading);
            let told = Diagnostic::warning("agency-unknown", place).with("found", excerpt(agency));
            self.note(told.with("nearest", meant));
        }
        found
    }
}

/// Error values of the spreadsheet programs, in English and Russian.
fn is_error(text: &str) -> bool {
    text.starts_with('#')
        && matches!(
            text.trim(),
            "#REF!"
                | "#N/A"
                | "#VALUE!"
                | "#DIV/0!"
                | "#NAME?"
                | "#NUM!"
                | "#NULL!"
                | "#SPILL!"
                | "#ССЫЛКА!"
                | "#Н/Д"
                | "#ЗНАЧ!"
                | "#ДЕЛ/0!"
                | "#ИМЯ?"
                | "#ЧИСЛО!"
                | "#ПУСТО!"
        )
}

/// Most characters of a narrative (V33): about three pages.
pub(super) const MOST_CHARACTERS: usize = 10_000;

/// A value as text, as a person would type it.
pub(super) fn as_text(value: &RawValue) -> String {
    match value {
        RawValue::Text(text) => text.clone(),
        RawValue::Number(number) => number.to_string(),
        // As it most likely shows in the cell, day first.
        RawValue::Date(at) => at.date().format("%d.%m.%Y").to_string(),
        RawValue::Bool(true) => "TRUE".to_owned(),
        RawValue::Bool(false) => "FALSE".to_owned(),
        RawValue::Error(shown) => shown.clone(),
        RawValue::Uncalculated => String::new(),
    }
}
