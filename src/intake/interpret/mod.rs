//! Raw cells into typed rows and diagnostics.
//!
//! A workbook is read in four steps: a *survey* of each sheet's first rows (where its table
//! begins, what its title says); a *first pass* over every sheet, the Participants first,
//! because they tell whether the activities' totals hold; the choice of the workbook's
//! *period*; and a *second pass* over the rows that had to wait for it. Nothing but numbers
//! is kept between the passes, so that memory does not grow with the file.
//!
//! The rules are `domain.md`'s V01 to V33, as far as one file can break them; each has a code
//! in words. What they say stands in `templates/locales/*.intake.ftl`.
//!
//! | rule | level | code |
//! |---|---|---|
//! | V01 | W, E | `id-missing`, `id-twice` (E), `row-twice` |
//! | V02 | E, W | `date-missing` (E), `date-missing-in-period`, `start-missing`, `date-to-be-confirmed` (I), `date-to-be-confirmed-but-done` (E) |
//! | V03 | E | `dates-backwards` |
//! | V04 | W | `activity-long` |
//! | V05 | E | `date-outside-period` |
//! | V06 | W | `crosses-period` |
//! | V07 | W | `date-on-weekend` |
//! | V08 | E | `date-in-future` |
//! | V09 | E | `date-outside-phase` |
//! | V10 | W | `year-assumed`; without any period `year-missing` (E) |
//! | V11 | E | `type-unknown`, `country-unknown`, `component-unknown`, `status-unknown`, `scope-unknown` |
//! | V12 | W | `place-unknown`, `place-elsewhere`; also `agency-unknown`, `name-of-another-time` (I), `place-not-known` (I) |
//! | V13 | E | `count-unclear`, `count-in-words`, `count-not-whole`, `count-negative`, `count-too-large`, `count-sum`, `count-two-numbers` |
//! | V14 | E, W | `participants-do-not-add-up` (E, the row is kept), `participants-rest-unknown`, `participants-computed` (I) |
//! | V15 | E | `participation-rows-do-not-add-up` (the row is kept) |
//! | V16 | W | `participants-many` |
//! | V17 | W | `participants-not-reported`, `participants-zero` |
//! | V18 | E | `scope-contradicts-countries` |
//! | V19 | W | `agency-of-another-country` |
//! | V20 | W | `study-visit-at-home` |
//! | V21 | W | `value-missing`; a missing item or recipient is `cell-missing` (E) |
//! | V22 | E | `value-does-not-add-up` |
//! | V23 | E | `overspent`, `spent-less-than-in-period` |
//! | V24 | W | `cumulative-fell` |
//! | V25 | W, E | `indicator-fell`, `indicator-above-target`, `indicator-unit-differs` (E), `indicator-years-backwards` (E) |
//! | V26 | W, E | `action-point-overdue`, `action-point-without-owner` (E) |
//! | V27 | E | `activity-claimed-twice` |
//! | V28 | W | `plan-left-open` |
//! | V29 | W | `event-in-two-files`, asked where files come together |
//! | V30 | W | `footnote-in-number`; also `count-estimated`, `number-ambiguous`, `share-as-percent` |
//! | V31 | E | `personal-data-column` |
//! | V32 | W | `text-in-one-language` |
//! | V33 | E, W | `text-too-long` (E), `summary-missing` |
//! | cells | E | `cell-missing`, `cell-error`, `formula-not-calculated`, `heading-missing`, `country-or-agency-missing`, `one-country-expected`, `date-unclear`, `date-impossible`, `date-month-only`, `period-unclear`, `period-missing`, `year-unclear`, `number-unclear`, `amount-unclear`, `amount-negative`, `amount-not-in-euro`, `score-out-of-range`, `row-hidden`, `row-struck-out` |
//! | sheets | E, W, I | `header-not-found` (E), `no-sheet-known` (E), `too-many-rows` (E), `sheet-hidden` (W), `csv-unknown` (W), `sheet-unknown`, `header-row`, `heading-unknown`, `heading-twice`, `heading-in-two-languages`, `column-hidden`, `column-in-thousands`, `column-not-in-euro` (W), `sheet-by-headings` (W), `sheets-alike` (E) |
//! | rows | W, I | `total-differs` (W), `activity-unknown` (W), `table-of-another-sheet` (W), `look-alike-letters` (W), `cell-struck-out` (W), `region-not-listed` (W), `date-day-first` (W), `date-month-first` (W), `weekday-differs` (W), `group-row`, `comment-as-footnote`, `comment-not-read`, `example-row`, `aside-row`, `status-derived`, `period-taken`, `more-of-the-same` |
//!
//! V24 and V25 hold a row against what the same source said of earlier periods, which comes with
//! the request; V29, and V15 and V27 between files, are asked where the files come together.

mod activities;
mod agencies;
mod asides;
mod closing;
mod count_words;
mod countries;
mod counts;
mod date_phrases;
mod date_tokens;
mod dates;
mod footnotes;
mod gathered;
mod heading_names;
mod heading_units;
pub mod headings;
mod known_headings;
mod money;
mod pass;
mod periods;
mod places;
mod programme;
mod renamed;
mod row;
mod row_dates;
mod row_numbers;
mod row_places;
mod row_words;
pub mod sheets;
mod table;
mod tables;
mod text;
mod totals;
pub mod vocabulary;

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::marking::remarks;
use super::raw::{RawRow, RawSheet, RawWorkbook, ReadEvent, ReadRequest, Unreadable};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::period::ReportingPeriod;
use crate::record::{FileSummary, Sheet};

use closing::Origin;
use countries::Countries;
use gathered::{Ids, KnownActivities, Participations, Tally};
use pass::{Outcome, Pass, SheetContext, WorkbookPeriod};
use places::Places;
use renamed::Renamed;
use table::{Survey, Table};
use vocabulary::Vocabulary;

/// Of one code, more warnings or notes than this on a sheet are told as a number.
const MOST_OF_A_CODE: u32 = 100;

/// Reads a workbook: tells every accepted row, held row and diagnostic to `emit`, and sums up.
///
/// [`ReadEvent::Done`] is left to the caller, who knows the file's hash. Sheets are visited
/// up to three times, once only for their first rows. A sheet that cannot be read to its end
/// is told as one error for the file, and reading stops; what was told before still stands,
/// so the caller must drop the file's rows when it sees an error without sheet and cells.
pub fn interpret(
    workbook: &mut dyn RawWorkbook,
    request: &ReadRequest,
    emit: &mut dyn FnMut(ReadEvent),
) -> FileSummary {
    let mut teller = Teller { emit, warnings: 0, told: BTreeMap::new() };
    let mut summary = FileSummary { file: request.name.clone(), ..FileSummary::default() };
    if let Err(Unreadable(diagnostic)) = read(workbook, request, &mut teller, &mut summary) {
        teller.tell(*diagnostic);
    }
    teller.close();
    summary.warnings = teller.warnings;
    summary
}

/// Passes events on, and keeps a thousand equal warnings from burying one that matters.
struct Teller<'e> {
    emit: &'e mut dyn FnMut(ReadEvent),
    warnings: u32,
    /// How many of a code were told on a sheet, and where the first is.
    told: BTreeMap<(String, String), (u32, Place)>,
}

impl Teller<'_> {
    fn tell(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Warning {
            self.warnings += 1;
        }
        if diagnostic.severity != Severity::Error {
            let key = (diagnostic.place.sheet.clone().unwrap_or_default(), diagnostic.code.clone());
            let told = self.told.entry(key).or_insert_with(|| (0, diagnostic.place.clone()));
            told.0 += 1;
            if told.0 > MOST_OF_A_CODE {
                return;
            }
        }
        (self.emit)(ReadEvent::Diagnostic(Box::new(diagnostic)));
    }

    fn close(&mut self) {
        for ((_, code), (count, place)) in std::mem::take(&mut self.told) {
            if count > MOST_OF_A_CODE {
                let place = Place { cells: None, ..place };
                let more = Diagnostic::info("more-of-the-same", place)
                    .with("count", count - MOST_OF_A_CODE)
                    .with("code", code);
                (self.emit)(ReadEvent::Diagnostic(Box::new(more)));
            }
        }
    }

    fn outcome(&mut self, sheet: Sheet, outcome: Outcome) {
        match outcome {
            Outcome::Entry(entry) => (self.emit)(ReadEvent::Entry(entry)),
            Outcome::Held { period, row, id } => (self.emit)(ReadEvent::Held { sheet, period, row, id }),
            Outcome::Diagnostic(diagnostic) => self.tell(*diagnostic),
        }
    }
}

/// A sheet that is read.
struct Chosen {
    index: usize,
    sheet: Sheet,
    label: String,
    table: Rc<Table>,
    stated: Option<(ReportingPeriod, String)>,
    tally: Tally,
}

fn read(
    workbook: &mut dyn RawWorkbook,
    request: &ReadRequest,
    teller: &mut Teller<'_>,
    summary: &mut FileSummary,
) -> Result<(), Unreadable> {
    let sheets: Vec<RawSheet> = workbook.sheets().to_vec();
    let (mut chosen, cover) = choose(workbook, &sheets, request, teller)?;
    // A plan says for which period it is, and that is most often the next one.
    let title = |plan: bool| chosen.iter().filter(|c| (c.sheet == Sheet::Plan) == plan).find_map(|c| c.stated.clone());
    let named = |raw: &RawSheet| periods::stated_in(&raw.name).filter(|_| !raw.is_csv).map(|p| (p, raw.name.clone()));
    let own_names: Vec<_> = chosen.iter().map(|c| sheets.get(c.index).and_then(named)).collect();
    let stated = title(false)
        .or(cover)
        .or_else(|| periods::stated_in(&request.name).map(|p| (p, request.name.clone())))
        .or_else(|| periods::stated_in(&request.folder).map(|p| (p, request.folder.clone())))
        .or_else(|| {
            let deeds = |c: &Chosen| !matches!(c.sheet, Sheet::Plan | Sheet::Priorities);
            let own = chosen.iter().zip(&own_names).find_map(|(c, own)| own.clone().filter(|_| deeds(c)));
            own.or_else(|| if chosen.iter().any(deeds) { None } else { title(true) })
        });
    for (sheet, own) in chosen.iter_mut().zip(own_names) {
        summary.sheets.entry(sheet.sheet).or_default();
        if sheet.stated.is_none() {
            sheet.stated = own.or_else(|| stated.clone());
        }
    }
    // The Participants first: they tell whether the activities' totals hold. The Plan last: what
    // became of it stands in the others.
    chosen.sort_by_key(|c| (c.sheet != Sheet::Participants, c.sheet == Sheet::Plan, c.index));

    let countries = Countries::new(&request.countries, &request.workbook.countries);
    let agencies = Renamed::new(request.workbook.agencies.clone());
    let towns = Renamed::towns(&request.workbook.towns);
    let places = Places::new(&request.workbook.places, &towns);
    let words = &request.workbook;
    let vocabulary = Vocabulary::new(&words.types, &words.statuses, agencies.all().map(str::to_owned).collect());
    let is_1904 = workbook.is_1904();
    let mut ids = Ids::default();
    let mut known_activities = KnownActivities::default();
    let mut votes: [BTreeMap<ReportingPeriod, u32>; 2] = Default::default();
    let mut participations: HashMap<u64, Participations> = HashMap::new();
    let mut rows_left = request.max_rows;

    let mut decided: Option<(ReportingPeriod, Origin)> =
        stated.as_ref().map(|(p, by)| (*p, Origin::Stated(by.clone())));
    for second in [false, true] {
        if second {
            decided = decided
                .take()
                .or_else(|| infer(&votes))
                .or_else(|| request.default_period.clone().map(|(period, by)| (period, Origin::Asked(by))));
        }
        for c in &mut chosen {
            let only = second.then(|| std::mem::take(&mut c.tally.waiting));
            if only.as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            let Some(raw) = sheets.get(c.index) else { continue };
            let of_sheet = c.stated.as_ref().map(|s| s.0);
            let period = match (of_sheet, second) {
                (Some(period), _) => WorkbookPeriod::Known(period),
                (None, false) => WorkbookPeriod::NotYet,
                (None, true) => decided.as_ref().map_or(WorkbookPeriod::None, |d| WorkbookPeriod::Known(d.0)),
            };
            let mut gathered: Option<HashMap<u64, Participations>> =
                (c.sheet == Sheet::Participants).then(|| std::mem::take(&mut participations));
            let ctx = SheetContext {
                request,
                countries: &countries,
                places: &places,
                vocabulary: &vocabulary,
                agencies: &agencies,
                towns: &towns,
                participations: &participations,
                is_1904,
                sheet: c.sheet,
                label: &c.label,
                table: Rc::clone(&c.table),
                stated: c.stated.clone(),
                period,
                countries_merged: c.table.merges_countries(raw),
                group: None,
            };
            let sheet = c.sheet;
            let mut too_many = false;
            let mut pass =
                Pass::new(ctx, raw, &mut c.tally, &mut ids, &mut votes, gathered.as_mut(), only, &mut known_activities);
            let result = workbook.read(c.index, &mut |row: RawRow| {
                if !second {
                    if rows_left == 0 {
                        too_many = true;
                        return false;
                    }
                    rows_left -= 1;
                }
                pass.visit(row, &mut |outcome| teller.outcome(sheet, outcome));
                true
            });
            if let Some(gathered) = gathered {
                participations = gathered;
            }
            result?;
            if too_many {
                teller.tell(
                    Diagnostic::error("too-many-rows", Place::file(&request.name)).with("most", request.max_rows),
                );
                return Ok(());
            }
        }
    }
    closing::unclaimed(
        request,
        &chosen_of(&chosen, Sheet::Participants),
        &participations,
        &known_activities.ids,
        teller,
    );
    for c in &chosen {
        closing::remarks(request, c, decided.as_ref(), teller);
        closing::left_open(c, decided.as_ref(), &known_activities, teller);
        summary.rows_read += c.tally.read;
        summary.rows_accepted += c.tally.accepted;
        summary.rows_held += c.tally.held;
        let periods = summary.sheets.entry(c.sheet).or_default();
        periods.extend(&c.tally.periods);
        periods.sort_unstable();
        periods.dedup();
    }
    summary.period = decided.filter(|(_, by)| !matches!(by, Origin::Asked(_))).map(|d| d.0);
    Ok(())
}

fn chosen_of(chosen: &[Chosen], sheet: Sheet) -> Vec<String> {
    chosen.iter().filter(|c| c.sheet == sheet).map(|c| c.label.clone()).collect()
}

/// The quarter of most dates: of deeds, else of plans. Of two with as many, the later.
fn infer(votes: &[BTreeMap<ReportingPeriod, u32>; 2]) -> Option<(ReportingPeriod, Origin)> {
    votes
        .iter()
        .find(|v| !v.is_empty())
        .and_then(|v| v.iter().max_by_key(|(period, count)| (**count, period.last_day())))
        .map(|(period, _)| (*period, Origin::Dates))
}

type Cover = Option<(ReportingPeriod, String)>;

/// Which sheets are read: those whose names we know and that are not hidden. Also the period
/// that a cover sheet states beside its label.
fn choose(
    workbook: &mut dyn RawWorkbook,
    sheets: &[RawSheet],
    request: &ReadRequest,
    teller: &mut Teller<'_>,
) -> Result<(Vec<Chosen>, Cover), Unreadable> {
    let mut chosen = Vec::new();
    let mut cover = None;
    let mut hidden_known = false;
    let mut nameless: Vec<(usize, Vec<RawRow>)> = Vec::new();
    let further = &request.workbook;
    for (index, raw) in sheets.iter().enumerate() {
        let found = sheets::find(&raw.name, raw.is_csv, &further.sheets);
        let label = match found {
            Some((sheet, _)) if raw.is_csv => sheet.name().to_owned(),
            _ => raw.name.clone(),
        };
        let place = Place::sheet(&request.name, &label);
        let top = first_rows(workbook, index)?;
        if remarks::are_ours(&top) {
            continue;
        }
        let empty = top.iter().all(|row| row.cells.is_empty());
        let Some((sheet, plainly)) = found else {
            if raw.is_csv {
                teller.tell(
                    Diagnostic::warning("csv-unknown", Place::file(&request.name))
                        .with("name", text::excerpt(&raw.name)),
                );
                return Ok((chosen, cover));
            }
            if raw.hidden {
                // Lists for drop-downs are hidden, and nobody's concern; an old copy is.
                if looks_like_data(raw, &top, request, &place) {
                    teller.tell(Diagnostic::warning("sheet-hidden", place));
                    hidden_known = true;
                }
            } else if !empty {
                nameless.push((index, top));
            }
            continue;
        };
        if raw.hidden {
            if !empty {
                teller.tell(Diagnostic::warning("sheet-hidden", place));
                hidden_known = true;
            }
            continue;
        }
        if empty {
            continue;
        }
        let Survey { table, period, diagnostics, first_cell, is_turned } =
            table::survey(sheet, raw, &top, &further.headings, &place);
        let Some(table) = table else {
            if let Some((cells, heading)) = table::list_of_persons(sheet, &top) {
                teller.tell(
                    Diagnostic::error("personal-data-column", place.clone().at(cells))
                        .worded("personal-data-sheet")
                        .with("heading", heading),
                );
            } else if plainly {
                let place = first_cell.map_or_else(|| place.clone(), |cell| place.clone().at(cell));
                let needed: Vec<&str> = headings::required(sheet).iter().map(|h| h.english()).collect();
                let needed_ru: Vec<&str> = headings::required(sheet).iter().map(|h| h.russian()).collect();
                let told = Diagnostic::error("header-not-found", place)
                    .with("headings", needed.join(", "))
                    .with("headings-ru", needed_ru.join(", "))
                    .with("rows", table::TOP_ROWS);
                teller.tell(if is_turned { told.worded("header-in-column") } else { told });
            } else {
                teller.tell(Diagnostic::info("sheet-unknown", place));
            }
            continue;
        };
        for diagnostic in diagnostics {
            teller.tell(diagnostic);
        }
        chosen.push(Chosen { index, sheet, label, table: Rc::new(table), stated: period, tally: Tally::default() });
    }
    let alike = by_headings(&nameless, sheets, request, &mut chosen, teller);
    for (index, top) in nameless {
        if !chosen.iter().any(|c| c.index == index) {
            let name = sheets.get(index).map_or("", |raw| raw.name.as_str());
            teller.tell(Diagnostic::info("sheet-unknown", Place::sheet(&request.name, name)));
            cover = cover.or_else(|| cover_period(&top));
        }
    }
    if chosen.is_empty()
        && !hidden_known
        && !alike
        && !sheets.iter().any(|s| sheets::find(&s.name, s.is_csv, &further.sheets).is_some())
    {
        let names: Vec<&str> = Sheet::ALL.iter().map(|s| s.name()).collect();
        let names_ru: Vec<&str> = Sheet::ALL.iter().map(|s| sheets::russian(*s)).collect();
        teller.tell(
            Diagnostic::error("no-sheet-known", Place::file(&request.name))
                .with("names", names.join(", "))
                .with("names-ru", names_ru.join(", ")),
        );
    }
    Ok((chosen, cover))
}

/// Sheets that nobody named, `Лист1` or `KZ`, and whose headings leave no doubt what they are. Of two
/// such, only those of countries are read beside each other: the other may be an old copy. Whether
/// there were any that could not be told apart.
fn by_headings(
    nameless: &[(usize, Vec<RawRow>)],
    sheets: &[RawSheet],
    request: &ReadRequest,
    chosen: &mut Vec<Chosen>,
    teller: &mut Teller<'_>,
) -> bool {
    let mut found: BTreeMap<Sheet, Vec<(&RawSheet, usize, Survey)>> = BTreeMap::new();
    for (index, top) in nameless {
        let Some(raw) = sheets.get(*index).filter(|raw| !sheets::is_set_aside(&raw.name)) else { continue };
        let place = Place::sheet(&request.name, &raw.name);
        let surveys = Sheet::ALL.into_iter().filter_map(|sheet| {
            let survey = table::survey(sheet, raw, top, &request.workbook.headings, &place);
            let table = survey.table.as_ref()?;
            let (width, needed) = (table.width(), headings::required(sheet));
            let complete = needed.iter().all(|needed| table.column(*needed).is_some());
            (complete && width >= 4).then_some((width, sheet, survey))
        });
        let mut surveys: Vec<(usize, Sheet, Survey)> = surveys.collect();
        surveys.sort_by_key(|(width, ..)| std::cmp::Reverse(*width));
        let second = surveys.get(1).map_or(0, |s| s.0);
        if let Some((_, sheet, survey)) = surveys.into_iter().next().filter(|first| first.0 > second)
            && !chosen.iter().any(|c| c.sheet == sheet)
        {
            found.entry(sheet).or_default().push((raw, *index, survey));
        }
    }
    let mut alike = false;
    for (sheet, found) in found {
        let of_countries = |raw: &RawSheet| sheets::is_of_a_country(&raw.name);
        let told = |d: Diagnostic| d.with("sheet", sheet.name()).with("sheet-ru", sheets::russian(sheet));
        if found.len() > 1 && !found.iter().all(|(raw, ..)| of_countries(raw)) {
            alike = true;
            let names: Vec<String> = found.iter().map(|(raw, ..)| format!("`{}`", raw.name)).collect();
            let error = Diagnostic::error("sheets-alike", Place::file(&request.name));
            teller.tell(told(error).with("sheets", names.join(", ")));
            continue;
        }
        for (raw, index, Survey { table, period, diagnostics, .. }) in found {
            let Some(table) = table else { continue };
            let label = raw.name.clone();
            let place = Place::sheet(&request.name, &label).at(table.header_range());
            teller.tell(told(Diagnostic::warning("sheet-by-headings", place)));
            diagnostics.into_iter().for_each(|d| teller.tell(d));
            chosen.push(Chosen { index, sheet, label, table: Rc::new(table), stated: period, tally: Tally::default() });
        }
    }
    alike
}

/// The rows among which a header is looked for.
fn first_rows(workbook: &mut dyn RawWorkbook, index: usize) -> Result<Vec<RawRow>, Unreadable> {
    let mut rows = Vec::new();
    workbook.read(index, &mut |row| {
        let more = row.row <= table::TOP_ROWS;
        rows.push(row);
        more
    })?;
    Ok(rows)
}

fn looks_like_data(raw: &RawSheet, top: &[RawRow], request: &ReadRequest, place: &Place) -> bool {
    [Sheet::Activities, Sheet::Participants, Sheet::Equipment, Sheet::Plan]
        .into_iter()
        .any(|sheet| table::survey(sheet, raw, top, &request.workbook.headings, place).table.is_some())
}

/// `Reporting period | Q4 2017` on a cover.
fn cover_period(top: &[RawRow]) -> Cover {
    top.iter().find_map(|row| {
        let labelled = row.cells.iter().any(|cell| {
            let text = text::plain(&row::as_text(&cell.value));
            text.starts_with("reporting period") || text.starts_with("отчетный период")
        });
        if labelled { table::stated_in(row) } else { None }
    })
}

#[cfg(test)]
mod tests;
