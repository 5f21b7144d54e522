//! Where a sheet's table begins, and which column is which.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::cell::{CellRange, CellRef};
use crate::diagnostic::{Diagnostic, Place};
use crate::intake::raw::{RawRow, RawSheet, RawValue};
use crate::period::ReportingPeriod;
use crate::recipient::Language;
use crate::record::Sheet;

use super::heading_units::{self, Money};
use super::headings::{self, Heading};
use super::known_headings::{self, Names};
use super::periods;
use super::text::{excerpt, skeleton};

/// How far down a header row is looked for.
pub(super) const TOP_ROWS: u32 = 30;

/// Longer texts are not looked up as headings.
const MOST_BYTES_OF_A_HEADING: usize = 200;

/// The header row of a sheet, understood.
#[derive(Debug)]
pub(super) struct Table {
    /// Rows of the header, first and last; the second of two is a row of sub-headings.
    pub(super) rows: (u32, u32),
    columns: Vec<(u32, Heading)>,
    by_heading: [Option<u32>; Heading::COUNT],
    /// For [`crate::record::Origin`].
    pub(super) origin: Arc<BTreeMap<String, u32>>,
    names: Rc<Names>,
    /// Second columns of a text, in the other language.
    translations: Vec<(Heading, u32)>,
    /// The header row as written.
    texts: Vec<(u32, String)>,
    /// Columns whose amounts are in thousands or millions.
    times: Vec<(u32, i64)>,
    /// First and last column with a heading of any kind.
    span: (u32, u32),
}

impl Table {
    /// The column of a heading.
    pub(super) fn column(&self, heading: Heading) -> Option<u32> {
        self.by_heading.get(heading as usize).copied().flatten()
    }

    /// The second column of a text, in the other language.
    pub(super) fn translation(&self, heading: Heading) -> Option<u32> {
        self.translations().find(|(h, _)| *h == heading).map(|(_, column)| column)
    }

    /// All of them.
    pub(super) fn translations(&self) -> impl Iterator<Item = (Heading, u32)> {
        self.translations.iter().copied()
    }

    /// The heading of a column, where it is one of ours.
    pub(super) fn heading(&self, column: u32) -> Option<Heading> {
        self.columns.binary_search_by_key(&column, |c| c.0).ok().and_then(|at| self.columns.get(at)).map(|c| c.1)
    }

    /// Whether countries are merged over several rows.
    pub(super) fn merges_countries(&self, raw: &RawSheet) -> bool {
        let column = self.column(Heading::Countries).or_else(|| self.column(Heading::Country));
        let Some(column) = column else { return false };
        let tall = |m: &&CellRange| m.first.column == column && m.last.row > m.first.row && m.first.row > self.rows.1;
        raw.merges.iter().any(|m| tall(&m))
    }

    /// The heading of a column as written.
    pub(super) fn text(&self, column: u32) -> &str {
        self.texts.iter().find(|(at, _)| *at == column).map_or("", |(_, text)| text.as_str())
    }

    /// How often the amounts of a column are to be taken.
    pub(super) fn times(&self, heading: Heading) -> i64 {
        let Some(column) = self.column(heading) else { return 1 };
        self.times.iter().find(|(at, _)| *at == column).map_or(1, |(_, times)| *times)
    }

    /// How many of the columns are ours.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The header row as a range, for pointing at it.
    pub(super) fn header_range(&self) -> CellRange {
        CellRange::new(CellRef::new(self.rows.0, self.span.0), CellRef::new(self.rows.0, self.span.1))
    }

    /// What a row below the header is: one of content, the header again (on a new page, in the other
    /// language, or numbering the columns), or something that begins another table.
    pub(super) fn kind_of(&self, row: &RawRow) -> RowKind {
        let (mut cells, mut same, mut elsewhere, mut numbered) = (0_usize, 0_usize, 0_usize, 0_usize);
        for cell in &row.cells {
            // A header shows itself in its first cells; most rows end here.
            if cells >= 6 && same + elsewhere + numbered == 0 {
                return RowKind::Content;
            }
            cells += 1;
            match &cell.value {
                RawValue::Text(text) => {
                    // A bilingual header costs more to tell, and shows itself in its first two cells.
                    let named = if text.len() > MOST_BYTES_OF_A_HEADING {
                        None
                    } else if (cells <= 2 && !text.bytes().any(|b| b.is_ascii_digit())) || same + elsewhere > 0 {
                        self.names.find(text)
                    } else {
                        self.names.exact(text)
                    };
                    let again = cells == same + 1 && text == self.text(cell.column);
                    if again || named.is_some() && self.heading(cell.column) == named {
                        same += 1;
                    } else if text.trim() == (cell.column + 1 - self.span.0.min(cell.column)).to_string() {
                        numbered += 1;
                    } else if named.is_some() {
                        elsewhere += 1;
                    }
                }
                RawValue::Number(n) if (n - f64::from(cell.column + 1 - self.span.0.min(cell.column))).abs() < 1e-9 => {
                    numbered += 1;
                }
                _ => {}
            }
        }
        if (same >= 2 && same * 2 > cells) || (numbered == cells && cells >= 4) {
            return RowKind::Header;
        }
        let all_text =
            row.cells.iter().all(|c| matches!(&c.value, RawValue::Text(t) if t.len() <= MOST_BYTES_OF_A_HEADING));
        if all_text && cells >= 3 && same + elsewhere > 0 {
            return self.another(row, same + elsewhere);
        }
        RowKind::Content
    }

    /// Whether a row of words begins another table: of the same sheet with its columns in another
    /// order, or of another sheet.
    fn another(&self, row: &RawRow, ours: usize) -> RowKind {
        let cells = row.cells.len();
        let texts = || row.cells.iter().filter_map(|c| text_of(&c.value));
        let distinct = |names: &Names| {
            let mut found: Vec<Heading> = texts().filter_map(|text| names.find(text)).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let own = distinct(&self.names);
        let required = headings::required(self.names.sheet);
        let begins_ours = own.len() >= 3 && own.len() * 3 >= cells * 2 && own.iter().any(|h| required.contains(h));
        let stranger = Sheet::ALL
            .into_iter()
            .filter(|sheet| *sheet != self.names.sheet)
            .map(|sheet| (distinct(&Names::new(sheet, &BTreeMap::new())), sheet))
            .filter(|(found, sheet)| {
                let needed = headings::required(*sheet);
                found.len() >= 3 && found.len() * 3 >= cells * 2 && needed.iter().all(|h| found.contains(h))
            })
            .max_by_key(|(found, _)| found.len());
        match stranger {
            Some((found, sheet)) if found.len() > own.len() => RowKind::Stranger(sheet),
            _ if begins_ours && ours >= 3 => RowKind::Another,
            _ => RowKind::Content,
        }
    }

    /// The table that begins at a header row further down.
    pub(super) fn begun_at(&self, header: &RawRow, raw: &RawSheet, place: &Place) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let parts = Parts { above: &[], header, below: &[] };
        let table = make(Rc::clone(&self.names), raw, parts, place, &mut diagnostics);
        (table, diagnostics)
    }
}

/// What a row below the header is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Content,
    Header,
    /// The header of another table of the same sheet.
    Another,
    /// The header of a table that belongs on another sheet.
    Stranger(Sheet),
}

/// What the first rows of a sheet say.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) table: Option<Table>,
    /// The period that the rows above the header state, and the text that does.
    pub(super) period: Option<(ReportingPeriod, String)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// First cell with anything in it.
    pub(super) first_cell: Option<CellRef>,
    /// The headings stand one below the other.
    pub(super) is_turned: bool,
}

fn text_of(value: &RawValue) -> Option<&str> {
    if let RawValue::Text(text) = value { Some(text.as_str()) } else { None }
}

/// Reads the first rows of a sheet. `place` is the sheet.
pub(super) fn survey(
    sheet: Sheet,
    raw: &RawSheet,
    top: &[RawRow],
    further: &BTreeMap<String, String>,
    place: &Place,
) -> Survey {
    let names = Names::new(sheet, further);
    let first_cell = top.iter().find_map(|row| row.cells.first().map(|cell| CellRef::new(row.row, cell.column)));
    let mut survey = Survey { first_cell, ..Survey::default() };
    let required = headings::required(sheet);
    let mut best: Option<(usize, usize)> = None;
    for (at, row) in top.iter().enumerate().filter(|(_, row)| row.row < TOP_ROWS) {
        let mut found: Vec<Heading> = row
            .cells
            .iter()
            .filter_map(|c| names.understand(text_of(&c.value)?))
            .filter(|h| !matches!(h, Heading::RowNumber | Heading::Note))
            .collect();
        found.sort_unstable();
        found.dedup();
        let has_required = found.iter().any(|h| required.contains(h));
        let enough = found.len() >= 4
            || (found.len() >= 2 && has_required)
            || (row.cells.len() == 1 && required.len() == 1 && has_required && at == 0);
        if enough && best.is_none_or(|(score, _)| found.len() > score) {
            best = Some((found.len(), at));
        }
    }
    let Some((_, at)) = best else {
        let first = top.iter().filter_map(|row| names.understand(text_of(&row.cells.first()?.value)?));
        survey.is_turned = first.collect::<BTreeSet<Heading>>().len() >= 4;
        return survey;
    };
    let (above, rest) = top.split_at(at);
    let Some((header, below)) = rest.split_first() else { return survey };
    survey.period = above.iter().rev().find_map(stated_in);
    if survey.period.is_none() && matches!(sheet, Sheet::Budget | Sheet::Indicators) {
        let texts = above.iter().rev().chain([header]).flat_map(|row| &row.cells).filter_map(|c| text_of(&c.value));
        let mut closed = texts.filter_map(|text| Some((heading_units::quarter_closed_in(text)?, excerpt(text))));
        survey.period = closed.next();
    }
    let parts = Parts { above, header, below };
    survey.table = Some(make(Rc::new(names), raw, parts, place, &mut survey.diagnostics));
    if header.row > 0
        && let Some(table) = &survey.table
    {
        survey.diagnostics.insert(
            0,
            Diagnostic::info("header-row", place.clone().at(table.header_range())).with("row", header.row + 1),
        );
    }
    survey
}

/// The period that a row above the table states: in one cell, or beside its label.
pub(super) fn stated_in(row: &RawRow) -> Option<(ReportingPeriod, String)> {
    let texts: Vec<&str> = row.cells.iter().filter_map(|c| text_of(&c.value)).collect();
    let one = texts.iter().find_map(|text| periods::stated_in(text).map(|p| (p, excerpt(text))));
    one.or_else(|| {
        let joined = texts.join(" ");
        periods::stated_in(&joined).map(|p| (p, excerpt(&joined)))
    })
}

/// The row of a sheet that is a list of persons and nothing else: two headings about them.
pub(super) fn list_of_persons(sheet: Sheet, top: &[RawRow]) -> Option<(CellRange, String)> {
    top.iter().find_map(|row| {
        let is_ours = |text: &&str| text.len() <= MOST_BYTES_OF_A_HEADING && known_headings::is_personal(sheet, text);
        let told: Vec<&str> = row.cells.iter().filter_map(|c| text_of(&c.value)).filter(is_ours).collect();
        let (first, last) = (row.cells.first()?, row.cells.last()?);
        let range = CellRange::new(CellRef::new(row.row, first.column), CellRef::new(row.row, last.column));
        (told.len() >= 2).then(|| (range, excerpt(&told.join(", "))))
    })
}

/// A header row and what stands around it.
#[derive(Clone, Copy)]
struct Parts<'r> {
    above: &'r [RawRow],
    header: &'r RawRow,
    below: &'r [RawRow],
}

fn make(
    names: Rc<Names>,
    raw: &RawSheet,
    Parts { above, header, below }: Parts<'_>,
    place: &Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Table {
    let sheet = names.sheet;
    // `(тыс. евро)` above the table is said of all its amounts.
    let titles = above.iter().flat_map(|row| &row.cells).filter_map(|c| text_of(&c.value));
    let of_all = titles.map(heading_units::money_in).find(|money| matches!(money, Money::Times(_)));
    let mut times: Vec<(u32, i64)> = Vec::new();
    let above = above.last();
    let cells: Vec<(u32, &str)> = header.cells.iter().filter_map(|c| Some((c.column, text_of(&c.value)?))).collect();
    let mut columns: Vec<(u32, Heading, String)> = Vec::new();
    let mut unknown: Vec<(u32, String, u32)> = Vec::new();
    for (column, text) in &cells {
        if known_headings::is_personal(sheet, text) && !names.is_exact(text) {
            unknown.push((*column, (*text).to_owned(), header.row));
            continue;
        }
        let found = names.understand(text).or_else(|| {
            // A sub-heading under the row above: `Participants` over `Total | M | F`.
            let parent = above.filter(|a| a.row + 1 == header.row).and_then(|a| parent_of(&names, raw, a, *column))?;
            known_headings::under(Some(parent), text)
        });
        match found {
            Some(heading) if heading.is_money() => match (heading_units::money_in(text), of_all) {
                (Money::Foreign, _) => diagnostics.push(
                    Diagnostic::warning("column-not-in-euro", place.clone().at(CellRef::new(header.row, *column)))
                        .with("heading", excerpt(text)),
                ),
                (Money::Times(n), _) | (Money::Euro, Some(Money::Times(n))) => {
                    times.push((*column, n));
                    columns.push((*column, heading, (*text).to_owned()));
                    let at = place.clone().at(CellRef::new(header.row, *column));
                    let told = Diagnostic::info("column-in-thousands", at).with("heading", excerpt(text));
                    diagnostics.push(told.with("times", n));
                }
                _ => columns.push((*column, heading, (*text).to_owned())),
            },
            Some(heading) => columns.push((*column, heading, (*text).to_owned())),
            None => unknown.push((*column, (*text).to_owned(), header.row)),
        }
    }
    let mut last = header.row;
    // One row of sub-headings, or two: `Participants` over `Total | of whom` over `women | men`.
    for below in below.iter().take(2) {
        if below.row != last + 1 {
            break;
        }
        let subs: Vec<(u32, Option<Heading>)> = below
            .cells
            .iter()
            .map(|c| {
                let parent = parent_of(&names, raw, header, c.column);
                (c.column, text_of(&c.value).and_then(|text| known_headings::under(parent, text)))
            })
            .collect();
        // A word that only groups what is below it has none of its own.
        let told = subs.iter().filter(|(_, found)| found.is_some()).count();
        let groups =
            below.cells.iter().zip(&subs).all(|(cell, (_, found))| {
                found.is_some() || text_of(&cell.value).is_some_and(known_headings::is_of_whom)
            });
        if subs.len() < 2 || told == 0 || !groups {
            break;
        }
        last = below.row;
        columns.retain(|(column, _, _)| !subs.iter().any(|(sub, found)| sub == column && found.is_some()));
        unknown.retain(|(column, _, _)| !subs.iter().any(|(sub, _)| sub == column));
        columns.extend(subs.into_iter().filter_map(|(column, found)| Some((column, found?, String::new()))));
        columns.sort_unstable_by_key(|c| c.0);
    }
    settle_countries(&mut columns);
    let mut by_heading = [None; Heading::COUNT];
    let mut translations: Vec<(Heading, u32)> = Vec::new();
    let languages: BTreeMap<u32, Option<Language>> =
        columns.iter().map(|(column, _, text)| (*column, known_headings::language_of(text))).collect();
    let language = |column: &u32| languages.get(column).copied().flatten();
    let mut kept: Vec<(u32, Heading)> = Vec::new();
    for (column, heading, text) in columns {
        let at = place.clone().at(CellRef::new(header.row, column));
        match by_heading.get_mut(heading as usize) {
            // Remarks are never kept: a second column of them is no second telling.
            Some(slot) if heading == Heading::Note => {
                if slot.is_none() {
                    *slot = Some(column);
                    kept.push((column, heading));
                }
                diagnostics.push(Diagnostic::info("heading-unknown", at).with("heading", excerpt(&text)));
            }
            Some(slot @ None) => {
                *slot = Some(column);
                kept.push((column, heading));
            }
            Some(Some(first))
                if heading.is_text()
                    && language(&column).is_some()
                    && language(first).is_some()
                    && language(first) != language(&column)
                    && !translations.iter().any(|(h, _)| *h == heading) =>
            {
                translations.push((heading, column));
                kept.push((column, heading));
                diagnostics.push(
                    Diagnostic::info("heading-in-two-languages", at)
                        .with("heading", excerpt(&text))
                        .with("first", CellRef::new(header.row, *first).to_string()),
                );
            }
            Some(Some(first)) => diagnostics.push(
                Diagnostic::info("heading-twice", at)
                    .with("heading", excerpt(&text))
                    .with("first", CellRef::new(header.row, *first).to_string()),
            ),
            None => {}
        }
    }
    for (column, text, row) in unknown {
        let at = place.clone().at(CellRef::new(row, column));
        diagnostics.push(if known_headings::is_personal(sheet, &text) {
            Diagnostic::error("personal-data-column", at).with("heading", excerpt(&text))
        } else {
            Diagnostic::info("heading-unknown", at).with("heading", excerpt(&text))
        });
    }
    let origin: BTreeMap<String, u32> = kept
        .iter()
        .filter(|(_, h)| !matches!(h, Heading::RowNumber | Heading::Note))
        .filter(|kept| !translations.iter().any(|t| t.1 == kept.0))
        .map(|(column, heading)| (heading.key(), *column))
        .collect();
    for (column, heading) in kept.iter().filter(|(_, h)| !matches!(h, Heading::RowNumber | Heading::Note)) {
        if raw.hidden_columns.iter().any(|(first, last)| (first..=last).contains(&column)) {
            let at = place.clone().at(CellRef::new(header.row, *column));
            let told = Diagnostic::info("column-hidden", at).with("heading", heading.english());
            diagnostics.push(told.with("heading-ru", heading.russian()));
        }
    }
    let span = (cells.first().map_or(0, |c| c.0), cells.last().map_or(0, |c| c.0));
    let texts = cells.iter().map(|(column, text)| (*column, (*text).to_owned())).collect();
    let rows = (header.row, last);
    Table { rows, columns: kept, by_heading, origin: Arc::new(origin), names, translations, texts, times, span }
}

/// The wider heading that a column stands under: the nearest one to its left, as far as that
/// one's merge, or the blanks beside it, reach.
fn parent_of(names: &Names, raw: &RawSheet, row: &RawRow, column: u32) -> Option<Heading> {
    let parent = row.cells.iter().rev().find(|c| c.column <= column)?;
    let merged = raw.merges.iter().find(|m| m.contains(CellRef::new(row.row, parent.column)));
    let reaches = match merged {
        Some(range) => range.contains(CellRef::new(row.row, column)),
        None => column - parent.column <= 3,
    };
    if !reaches {
        return None;
    }
    names.understand(text_of(&parent.value)?)
}

/// `Country` beside `Countries` is the host's.
fn settle_countries(columns: &mut [(u32, Heading, String)]) {
    let twice = columns.iter().filter(|c| c.1 == Heading::Countries).count() == 2;
    let host = columns.iter().any(|c| c.1 == Heading::HostCountry);
    if !twice || host {
        return;
    }
    let singular = |text: &str| {
        let s = skeleton(text);
        s == skeleton("Country") || s == skeleton("Страна") || s == skeleton("Country / Страна")
    };
    if let Some(column) = columns.iter_mut().find(|c| c.1 == Heading::Countries && singular(&c.2)) {
        column.1 = Heading::HostCountry;
    }
}
