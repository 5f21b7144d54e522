//! Reading a sheet from its header row to its end: which rows are rows.
//!
//! A sheet may be read twice. Rows that need the workbook's period before it is known are
//! noted by number, and read in a second pass; so nothing but numbers is kept in memory.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use crate::cell::{CellRange, CellRef};
use crate::diagnostic::{Diagnostic, Place};
use crate::intake::raw::{RawCell, RawRow, RawSheet, RawValue, ReadRequest};
use crate::period::{ReportingPeriod, Span};
use crate::recipient::Country;
use crate::record::{Entry, Origin, Record, Sheet};

use super::countries::Countries;
use super::gathered::{Ids, KnownActivities, LeftOpen, Participations, Tally, key_of};
use super::headings::Heading;
use super::places::Places;
use super::renamed::Renamed;
use super::row::{Row, as_text};
use super::table::{RowKind, Table};
use super::text::{excerpt, is_nothing};
use super::totals::{self, Totals};
use super::vocabulary::Vocabulary;
use super::{activities, footnotes, programme, tables};

/// What is known of the period that the workbook as a whole is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WorkbookPeriod {
    /// It says so, or the second pass knows.
    Known(ReportingPeriod),
    /// First pass: wait until all dates are read.
    NotYet,
    /// Second pass: nobody says.
    None,
}

/// What all rows of a sheet share.
#[derive(Debug)]
pub(super) struct SheetContext<'a> {
    pub(super) request: &'a ReadRequest,
    pub(super) countries: &'a Countries,
    pub(super) places: &'a Places,
    pub(super) vocabulary: &'a Vocabulary,
    /// Agencies and towns that changed their names.
    pub(super) agencies: &'a Renamed,
    pub(super) towns: &'a Renamed,
    pub(super) participations: &'a HashMap<u64, Participations>,
    pub(super) is_1904: bool,
    pub(super) sheet: Sheet,
    /// Sheet name as written; the canonical one for CSV.
    pub(super) label: &'a str,
    pub(super) table: Rc<Table>,
    /// The period stated by the sheet's title, the workbook's, its file or its folder.
    pub(super) stated: Option<(ReportingPeriod, String)>,
    pub(super) period: WorkbookPeriod,
    /// Countries are merged over several rows: whoever merges them leaves none blank on purpose.
    pub(super) countries_merged: bool,
    /// Countries of the group row above.
    pub(super) group: Option<Vec<Country>>,
}

impl SheetContext<'_> {
    /// The sheet as a place.
    pub(super) fn place(&self) -> Place {
        Place::sheet(&self.request.name, self.label)
    }

    pub(super) const fn workbook_period(&self) -> WorkbookPeriod {
        self.period
    }
}

/// What becomes of a row.
pub(super) enum Outcome {
    Entry(Box<Entry>),
    Held { period: Option<ReportingPeriod>, row: u32, id: Option<String> },
    Diagnostic(Box<Diagnostic>),
}

/// One pass over one sheet.
pub(super) struct Pass<'a, 'b> {
    pub(super) ctx: SheetContext<'a>,
    pub(super) raw: &'a RawSheet,
    pub(super) tally: &'b mut Tally,
    pub(super) ids: &'b mut Ids,
    /// Quarters of dated rows, and how many; of deeds, and of plans.
    pub(super) votes: &'b mut [BTreeMap<ReportingPeriod, u32>; 2],
    /// First pass of the Participants sheet: what it says of each activity.
    pub(super) gathered: Option<&'b mut HashMap<u64, Participations>>,
    /// Second pass: only these rows.
    only: Option<Vec<u32>>,
    known_activities: &'b mut KnownActivities,
    totals: Totals,
    label: Rc<str>,
    merges: Vec<(CellRange, Option<RawCell>)>,
    /// What follows is none of ours.
    is_over: bool,
    pub(super) group_cell: Option<(CellRef, String)>,
}

impl<'a, 'b> Pass<'a, 'b> {
    #[expect(clippy::too_many_arguments, reason = "the parts of a pass, each from another owner")]
    pub(super) fn new(
        ctx: SheetContext<'a>,
        raw: &'a RawSheet,
        tally: &'b mut Tally,
        ids: &'b mut Ids,
        votes: &'b mut [BTreeMap<ReportingPeriod, u32>; 2],
        gathered: Option<&'b mut HashMap<u64, Participations>>,
        only: Option<Vec<u32>>,
        known_activities: &'b mut KnownActivities,
    ) -> Self {
        let merges = tall_merges(raw, &ctx.table);
        let label = Rc::from(ctx.label);
        Self {
            ctx,
            raw,
            tally,
            ids,
            votes,
            gathered,
            only,
            known_activities,
            totals: Totals::default(),
            label,
            merges,
            is_over: false,
            group_cell: None,
        }
    }

    const fn is_first(&self) -> bool {
        self.only.is_none()
    }

    /// Takes the next row; answers through `emit`.
    pub(super) fn visit(&mut self, mut raw: RawRow, emit: &mut dyn FnMut(Outcome)) {
        if raw.row <= self.ctx.table.rows.1 || self.is_over {
            return;
        }
        self.fill_down(&mut raw);
        let ours = |c: &&RawCell| self.ctx.table.heading(c.column).is_some() && !says_nothing(&c.value);
        if !raw.cells.iter().any(|c| ours(&c)) && !self.is_alone(&raw) {
            return;
        }
        match self.ctx.table.kind_of(&raw) {
            RowKind::Content => {}
            RowKind::Header => return,
            RowKind::Another => return self.begin_table(&raw, emit),
            RowKind::Stranger(sheet) => return self.end_at(&raw, sheet, emit),
        }
        let first = self.is_first();
        if totals::is_total(&self.ctx.table, &raw) || (first && self.totals.are(&self.ctx.table, &raw)) {
            if first {
                for told in self.totals.check(&self.ctx.table, &raw, &self.ctx.place()) {
                    emit(Outcome::Diagnostic(Box::new(told)));
                }
            }
            return;
        }
        if self.is_group(&raw) {
            return;
        }
        if let Some(code) = self.is_aside(&raw) {
            if first && let Some(cell) = raw.cells.first() {
                let place = self.ctx.place().at(CellRef::new(raw.row, cell.column));
                let text = excerpt(&as_text(&cell.value));
                emit(Outcome::Diagnostic(Box::new(Diagnostic::info(code, place).with("found", text))));
            }
            return;
        }
        if self.is_placeholder(&raw) {
            return;
        }
        let struck_out = self.is_struck_out(&raw);
        if first {
            self.totals.add(&self.ctx.table, &raw, struck_out);
        }
        if let Some(only) = &self.only
            && only.binary_search(&raw.row).is_err()
        {
            return;
        }
        self.interpret(&raw, struck_out, emit);
    }

    /// Whether everything that the row says to us is struck through.
    fn is_struck_out(&self, raw: &RawRow) -> bool {
        !raw.struck.is_empty()
            && raw.cells.iter().all(|cell| {
                let ours = self.ctx.table.heading(cell.column).is_some_and(|h| h != Heading::RowNumber);
                !ours || says_nothing(&cell.value) || raw.struck.contains(&cell.column)
            })
    }

    /// A second table of the same kind, under a header of its own.
    fn begin_table(&mut self, raw: &RawRow, emit: &mut dyn FnMut(Outcome)) {
        let (table, diagnostics) = self.ctx.table.begun_at(raw, self.raw, &self.ctx.place());
        if self.is_first() {
            let told = Diagnostic::info("header-row", self.ctx.place().at(table.header_range()));
            emit(Outcome::Diagnostic(Box::new(told.with("row", raw.row + 1))));
            for diagnostic in diagnostics {
                emit(Outcome::Diagnostic(Box::new(diagnostic)));
            }
        }
        self.ctx.table = Rc::new(table);
        self.ctx.group = None;
        self.totals = Totals::default();
        self.merges = tall_merges(self.raw, &self.ctx.table);
    }

    /// A table that belongs on another sheet: it is not read, and neither is what follows.
    fn end_at(&mut self, raw: &RawRow, sheet: Sheet, emit: &mut dyn FnMut(Outcome)) {
        self.is_over = true;
        if let (true, Some(first), Some(last)) = (self.is_first(), raw.cells.first(), raw.cells.last()) {
            let range = CellRange::new(CellRef::new(raw.row, first.column), CellRef::new(raw.row, last.column));
            let told = Diagnostic::warning("table-of-another-sheet", self.ctx.place().at(range));
            let told = told.with("sheet", sheet.name()).with("sheet-ru", super::sheets::russian(sheet));
            emit(Outcome::Diagnostic(Box::new(told)));
        }
    }

    /// Gives merged cells below the first one its value; plain blanks stay blank.
    fn fill_down(&mut self, raw: &mut RawRow) {
        for (range, kept) in &mut self.merges {
            let column = range.first.column;
            if raw.row == range.first.row {
                *kept = raw.cells.iter().find(|c| c.column == column).cloned();
            } else if range.first.row < raw.row
                && raw.row <= range.last.row
                && let Some(cell) = kept
                && let Err(at) = raw.cells.binary_search_by_key(&column, |c| c.column)
            {
                raw.cells.insert(at, cell.clone());
            }
        }
        if self.merges.len() > 64 {
            self.merges.retain(|(range, _)| range.last.row > raw.row);
        }
    }

    /// Exactly one cell with something in it.
    pub(super) fn is_alone(&self, raw: &RawRow) -> bool {
        raw.cells.iter().filter(|c| !says_nothing(&c.value)).count() == 1
    }

    fn interpret(&mut self, raw: &RawRow, struck_out: bool, emit: &mut dyn FnMut(Outcome)) {
        let mut row = Row::new(&self.ctx, raw.row, &raw.cells);
        let read = match self.ctx.sheet {
            Sheet::Activities => activities::read(&mut row),
            Sheet::Participants => tables::participation(&mut row),
            Sheet::Equipment => tables::equipment(&mut row),
            Sheet::Meetings => tables::meeting(&mut row),
            Sheet::Plan => tables::plan(&mut row),
            Sheet::Challenges => programme::challenge(&mut row),
            Sheet::Priorities => programme::priority(&mut row),
            Sheet::Indicators => programme::indicator(&mut row),
            Sheet::Risks => programme::risk(&mut row),
            Sheet::Budget => programme::budget(&mut row),
        };
        if row.deferred && !raw.hidden && !struck_out {
            self.tally.waiting.push(raw.row);
            return;
        }
        let (period, record) = read;
        // A month's report is part of its quarter's.
        let period = period.map(|p| match p.span() {
            Span::Month => ReportingPeriod::containing(p.first_day(), Span::Quarter),
            _ => p,
        });
        if let Some(Record::Activities(activity)) = &record {
            self.known_activities.ids.extend(activity.id.as_deref().map(key_of));
            self.known_activities.titles.insert(key_of(&activity.title));
        }
        let id = if let Some(Record::Activities(activity)) = &record { activity.id.clone() } else { None };
        let number = raw.row + 1;
        self.tally.read += 1;
        if let Some(period) = period
            && !self.tally.periods.contains(&period)
        {
            self.tally.periods.push(period);
        }
        if raw.hidden {
            self.tally.hidden.push(number);
            self.tally.held += 1;
            emit(Outcome::Held { period, row: number, id });
            return;
        }
        if struck_out {
            self.tally.struck.push(number);
            self.tally.held += 1;
            emit(Outcome::Held { period, row: number, id });
            return;
        }
        if let Some(column) = raw.struck.iter().find(|column| self.ctx.table.heading(**column).is_some()) {
            let place = self.ctx.place().at(CellRef::new(raw.row, *column));
            row.note(Diagnostic::warning("cell-struck-out", place));
        }
        let one_language = row.in_one_language();
        let Row {
            left_open,
            mut diagnostics,
            held,
            lacks_period,
            took_period,
            lacks_columns,
            took_group,
            faults,
            remarks,
            ..
        } = row;
        let mut held = held;
        if took_group && let Some((cell, name)) = self.group_cell.take() {
            // Told once, at the row that names the country, and only where it is used.
            diagnostics.insert(0, Diagnostic::info("group-row", self.ctx.place().at(cell)).with("found", name));
        }
        let record = if held { None } else { record };
        let mut repeated = false;
        if let Some(record) = &record {
            match self.seen(raw, record) {
                Seen::First => {}
                Seen::Same(diagnostic) => {
                    repeated = true;
                    diagnostics.push(diagnostic);
                }
                Seen::Different(diagnostic) => {
                    held = true;
                    diagnostics.push(diagnostic);
                }
            }
        }
        for diagnostic in diagnostics {
            emit(Outcome::Diagnostic(Box::new(diagnostic)));
        }
        if lacks_period {
            self.tally.lacking_period.push(number);
        }
        for heading in lacks_columns {
            self.tally.lacking_columns.entry(heading).or_default().push(number);
        }
        let Some(mut record) = record.filter(|_| !held) else {
            self.tally.held += 1;
            emit(Outcome::Held { period, row: number, id });
            return;
        };
        self.tally.accepted += 1;
        if repeated {
            return;
        }
        for told in footnotes::add(&self.ctx, raw.row, &raw.comments, &mut record) {
            emit(Outcome::Diagnostic(Box::new(told)));
        }
        if took_period {
            self.tally.took_period.push(number);
        }
        for heading in one_language {
            self.tally.one_language.entry(heading).or_default().push(number);
        }
        if let (Some((last, told)), Record::Plan(item)) = (left_open, &record) {
            let (id, title) = (item.id.as_deref().map(key_of), key_of(&item.title));
            self.tally.left_open.push(LeftOpen { last, id, title, told });
        }
        for remark in remarks {
            self.tally.remarks.entry(remark).or_default().push(number);
        }
        self.vote(&record, period);
        self.gather(raw.row, &record);
        let origin = Origin {
            file: self.ctx.request.name.clone(),
            sheet: self.ctx.label.to_owned(),
            row: raw.row,
            columns: self.ctx.table.origin.clone(),
        };
        emit(Outcome::Entry(Box::new(Entry { origin, period, record, faults })));
    }

    /// Lets a dated row speak for the period of the workbook.
    fn vote(&mut self, record: &Record, period: Option<ReportingPeriod>) {
        let Some(period) = period.filter(|_| self.only.is_none()) else { return };
        let [deeds, plans] = self.votes;
        let votes = match record {
            Record::Activities(_) | Record::Equipment(_) | Record::Meetings(_) => deeds,
            _ => plans,
        };
        *votes.entry(period).or_default() += 1;
    }

    fn gather(&mut self, row: u32, record: &Record) {
        let (Some(gathered), Record::Participants(p)) = (self.gathered.as_deref_mut(), record) else { return };
        let column = self.ctx.table.column(Heading::ActivityId).unwrap_or(0);
        let entry = gathered.entry(key_of(&p.activity_id)).or_insert_with(|| Participations {
            id: p.activity_id.as_str().into(),
            sum: 0,
            rows: 0,
            complete: true,
            first: CellRef::new(row, column).into(),
            any: false,
            label: self.label.clone(),
            countries: Vec::new(),
        });
        if let Some(country) = p.country
            && let Some(column) = self.ctx.table.column(Heading::Country)
            && !entry.countries.iter().any(|(known, _)| *known == country)
        {
            entry.countries.push((country, CellRef::new(row, column)));
        }
        entry.rows += 1;
        match p.head_count.total {
            Some(total) => {
                entry.sum += u64::from(total);
                entry.any = true;
            }
            None => entry.complete = false,
        }
    }

    /// Whether the row's id was there before, with the same content or with another (V01).
    fn seen(&mut self, raw: &RawRow, record: &Record) -> Seen {
        let (id, heading) = match record {
            Record::Activities(a) => (a.id.as_deref(), Heading::Id),
            Record::Equipment(e) => (e.id.as_deref(), Heading::Id),
            Record::Plan(p) => (p.id.as_deref(), Heading::Id),
            Record::Indicators(i) => (Some(i.code.as_str()), Heading::Code),
            _ => return Seen::First,
        };
        let Some(id) = id else { return Seen::First };
        let content = self.content(raw);
        let of_id = key_of(id);
        let mut hasher = DefaultHasher::new();
        (self.ctx.sheet, of_id).hash(&mut hasher);
        let column = self.ctx.table.column(heading).or_else(|| self.ctx.table.column(Heading::RowNumber)).unwrap_or(0);
        let place = self.ctx.place().at(CellRef::new(raw.row, column));
        let Some((before, sheet)) = self.ids.claim(hasher.finish(), content, raw.row + 1, &self.label) else {
            return Seen::First;
        };
        let told =
            |d: Diagnostic| d.with("id", excerpt(id)).with("first-row", before.row.to_string()).with("sheet", &*sheet);
        // Two items of the plan under the id of one activity: which of them did it carry out?
        let claimed = self.ctx.sheet == Sheet::Plan && self.known_activities.ids.contains(&of_id);
        if before.content == content {
            Seen::Same(told(Diagnostic::warning("row-twice", place)))
        } else if claimed {
            Seen::Different(told(Diagnostic::error("activity-claimed-twice", place)))
        } else {
            Seen::Different(told(Diagnostic::error("id-twice", place)))
        }
    }

    fn content(&self, raw: &RawRow) -> u64 {
        let mut hasher = DefaultHasher::new();
        for cell in &raw.cells {
            match self.ctx.table.heading(cell.column) {
                None | Some(Heading::RowNumber | Heading::Note) => {}
                Some(_) if says_nothing(&cell.value) => {}
                Some(heading) => {
                    heading.hash(&mut hasher);
                    match &cell.value {
                        RawValue::Number(n) => n.to_bits().hash(&mut hasher),
                        RawValue::Text(text) => text.trim().hash(&mut hasher),
                        value => as_text(value).hash(&mut hasher),
                    }
                }
            }
        }
        hasher.finish()
    }
}

/// Merged cells that speak for several rows below the header.
fn tall_merges(raw: &RawSheet, table: &Table) -> Vec<(CellRange, Option<RawCell>)> {
    raw.merges
        .iter()
        .filter(|m| m.last.row > m.first.row && m.last.row > table.rows.1)
        .filter(|m| table.heading(m.first.column).is_some_and(Heading::fills_down))
        .map(|m| (*m, None))
        .collect()
}

enum Seen {
    First,
    Same(Diagnostic),
    Different(Diagnostic),
}

pub(super) fn says_nothing(value: &RawValue) -> bool {
    matches!(value, RawValue::Text(text) if is_nothing(text))
}
