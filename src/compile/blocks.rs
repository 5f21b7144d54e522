//! Fenced blocks into blocks of the document: `table`, `key-figures`, `bars`, and the rest.

use super::cells::{Amount, Cells};
use super::entries::{self, Grouping};
use super::fence::{Fence, unknown};
use super::sources::{SOURCES, Source};
use super::view::{View, clean, quiet, strong};
use super::{figures, tiles};
use crate::diagnostic::Diagnostic;
use crate::recipient::Country;
use crate::record::{Cents, Sheet};
use crate::typeset::document::{Block, Column, Cover, Inline, Orientation, Row, Table};

/// The blocks a template may use, beside those that draw.
const WORDS: [&str; 11] = [
    "cover",
    "contents",
    "acronyms",
    "details",
    "key-figures",
    "table",
    "activities",
    "meetings",
    "note",
    "landscape",
    "portrait",
];

/// What a fence came to.
pub(super) enum Made {
    Blocks(Vec<Block>),
    Cover(Box<Cover>, Option<String>),
    /// The list of acronyms, which is made when the rest of the report is there to be searched.
    Acronyms,
}

/// Makes a fence into blocks; what it gets wrong is told and left out.
///
/// `country: KG` among the options of any block narrows it to the rows and figures of a country.
pub(super) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Made {
    let mut fence = fence.clone();
    let free_text = matches!(fence.word.as_str(), "cover" | "details" | "note");
    let asked = if free_text { None } else { fence.take("country") };
    let Some((code, place)) = asked else { return of_rows(view, &fence, problems) };
    match Country::new(&code).and_then(|country| view.of_country(country)) {
        Some(narrowed) => of_rows(&narrowed, &fence, problems),
        None => {
            let known: Vec<String> = view.countries().map(|country| country.to_string()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            problems.push(unknown("block-country-unknown", place, &code, &known));
            Made::Blocks(Vec::new())
        }
    }
}

/// `component: 2`, or `none`, narrows a block to the rows of a component.
fn of_rows(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Made {
    let mut fence = fence.clone();
    let narrows = matches!(fence.word.as_str(), "table" | "activities");
    let Some((written, place)) = narrows.then(|| fence.take("component")).flatten() else {
        return of_words(view, &fence, problems);
    };
    let component = match written.parse::<u32>() {
        Ok(number) => Some(number),
        Err(_) if written == "none" => None,
        Err(_) => {
            let problem = Diagnostic::error("block-number-expected", place);
            problems.push(problem.with("option", "component").with("found", written));
            return Made::Blocks(Vec::new());
        }
    };
    // What stands under a component's title tells its component.
    view.shown.note(Sheet::Activities, ["component"]);
    let selection = view.selection.of_component(component);
    of_words(&View { selection: &selection, ..*view }, &fence, problems)
}

fn of_words(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Made {
    Made::Blocks(match fence.word.as_str() {
        "cover" => return cover(view, fence, problems),
        "contents" => {
            let depth = fence.options(&["depth"], problems).choice("depth", &["1", "2", "3"], "2", problems);
            vec![Block::Contents { depth: depth.parse().unwrap_or(2) }]
        }
        "acronyms" => return Made::Acronyms,
        word @ ("landscape" | "portrait") => {
            let _ = fence.options(&[], problems);
            vec![Block::Turn(if word == "landscape" { Orientation::Landscape } else { Orientation::Portrait })]
        }
        "details" => details(fence, problems),
        "note" => {
            let text: Vec<&str> = fence.lines.iter().map(|line| line.text.as_str()).collect();
            vec![Block::Note(vec![Inline::text(clean(&text.join(" ")))])]
        }
        "key-figures" => tiles::make(view, fence, problems),
        word if figures::WORDS.contains(&word) => figures::make(view, fence, problems),
        "table" => table(view, fence, problems),
        "activities" => {
            let mut options = fence.options(&["group", "level", "outputs"], problems);
            let grouping = match options.choice("group", &["component", "month", "none"], "component", problems) {
                "month" => Grouping::Month,
                "none" => Grouping::None,
                _ => Grouping::Component,
            };
            let level = options.choice("level", &["1", "2", "3"], "2", problems).parse().unwrap_or(2);
            let outputs = options.choice("outputs", &["yes", "no"], "yes", problems) == "yes";
            entries::activities(view, grouping, level, outputs)
        }
        "meetings" => {
            let mut options = fence.options(&["level", "actions"], problems);
            let level = options.choice("level", &["1", "2", "3"], "2", problems).parse().unwrap_or(2);
            let actions = options.choice("actions", &["yes", "no"], "yes", problems) == "yes";
            entries::meetings(view, level, actions)
        }
        other => {
            let known: Vec<&str> = WORDS.into_iter().chain(figures::WORDS).collect();
            problems.push(unknown("block-unknown", fence.place.clone(), other, &known));
            Vec::new()
        }
    })
}

/// Lines of `label: text`, the label semibold. A line whose text came out empty is left out.
fn details(fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    let mut content = Vec::new();
    for line in &fence.lines {
        let Some((label, text)) = line.text.split_once(':') else {
            let problem = Diagnostic::error("block-line-without-colon", line.place.clone());
            problems.push(problem.with("block", fence.word.as_str()).with("found", line.text.as_str()));
            continue;
        };
        if text.trim().is_empty() {
            continue;
        }
        if !content.is_empty() {
            content.push(Inline::Break);
        }
        content.push(strong(format!("{}: ", clean(label.trim()))));
        content.push(Inline::text(clean(text.trim())));
    }
    if content.is_empty() { Vec::new() } else { vec![Block::Paragraph(content)] }
}

fn cover(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Made {
    const OPTIONS: [&str; 8] = ["programme", "period", "title", "subtitle", "fact", "funding", "mark", "file-name"];
    let mut options = fence.options(&OPTIONS, problems);
    let facts = options
        .all("fact")
        .iter()
        .filter_map(|fact| fact.split_once('='))
        .map(|(label, text)| (clean(label.trim()), clean(text.trim())))
        .collect();
    let mut text = |name: &str| options.text(name).map(|t| clean(&t)).unwrap_or_default();
    let cover = Cover {
        programme: text("programme"),
        period: text("period"),
        title: text("title"),
        subtitle: text("subtitle"),
        facts,
        strip: figures::strip::strip(view),
        funding: text("funding"),
        // They are the programme's, not the template's.
        logos: Vec::new(),
        mark: text("mark"),
    };
    Made::Cover(Box::new(cover), options.text("file-name"))
}

fn table(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    const OPTIONS: [&str; 8] = ["source", "columns", "title", "group", "total", "note", "empty", "limit"];
    let mut options = fence.options(&OPTIONS, problems);
    let Some((name, place)) = options.required("source", problems) else { return Vec::new() };
    let Some(source) = SOURCES.iter().find(|s| s.name == name) else {
        let names: Vec<&str> = SOURCES.iter().map(|s| s.name).collect();
        problems.push(unknown("table-source-unknown", place, &name, &names));
        return Vec::new();
    };
    let keys: Vec<&str> = source.columns.iter().map(|(key, _, _)| *key).collect();
    let columns = columns(view, source, &keys, options.take("columns"), problems);
    let group = options.take("group").and_then(|(value, place)| {
        let known = keys.iter().find(|key| **key == value);
        if known.is_none() {
            problems.push(unknown("table-column-unknown", place, &value, &keys).with("source", source.name));
        }
        known.copied()
    });
    let total = options.choice("total", &["yes", "no"], "no", problems) == "yes";
    let limit = options.take("limit").and_then(|(value, place)| {
        let limit = value.parse::<usize>().ok();
        if limit.is_none() {
            problems
                .push(Diagnostic::error("block-number-expected", place).with("option", "limit").with("found", value));
        }
        limit
    });
    let title = options.text("title").map(|t| clean(&t)).unwrap_or_default();
    let notes: Vec<String> = options.all("note");
    let empty = options.text("empty").unwrap_or_else(|| view.word("not-supplied"));

    let mut cells = (source.rows)(view);
    if cells.is_empty() {
        return vec![Block::Paragraph(vec![Inline::text(clean(&empty))])];
    }
    if let Some(group) = group {
        cells.sort_by_key(|row| row.get(group).map(|cell| cell.rank));
    }
    let left_out = limit.map_or(0, |limit| cells.len().saturating_sub(limit));
    cells.truncate(limit.unwrap_or(usize::MAX));
    let mut rows = body(view, &cells, &columns, group, total);
    if total && let Some(row) = total_row(view, &cells, &columns) {
        rows.push(row);
    }
    // A column that has nothing to say in any row, such as the reasons of a plan that was kept.
    let silent =
        |at: usize| rows.iter().filter(|row| !row.group).all(|row| row.cells.get(at).is_none_or(Vec::is_empty));
    let silent: Vec<bool> = (0..columns.len()).map(silent).collect();
    let speaks = |at: &usize| !silent.get(*at).copied().unwrap_or(false);
    for row in &mut rows {
        let kept = std::mem::take(&mut row.cells).into_iter().enumerate().filter(|(at, _)| speaks(at) || row.group);
        row.cells = kept.map(|(_, cell)| cell).collect();
    }
    let mut columns: Vec<(&str, Column)> =
        columns.into_iter().enumerate().filter(|(at, _)| speaks(at)).map(|(_, column)| column).collect();
    for row in &mut rows {
        row.cells.truncate(columns.len());
    }
    let mut notes = footnotes(&notes, &keys, &mut columns);
    if left_out > 0 {
        let n = [("n".to_owned(), left_out.into())].into();
        notes.push(vec![quiet(view.locale.text("table-rows-left-out", &n))]);
    }
    if let Some(sheet) = source.sheet {
        view.shown.note(sheet, columns.iter().map(|(key, _)| *key).chain(group));
    }
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    vec![Block::Table(Table { title, columns, rows, notes })]
}

/// The notes under a table. One that begins with a column's key (`women = where …`) is a footnote
/// to that column: both get the same mark, and where the column is not printed neither is the
/// note.
fn footnotes(notes: &[String], keys: &[&str], columns: &mut [(&str, Column)]) -> Vec<Vec<Inline>> {
    const MARKS: [&str; 9] = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
    let mut marks = MARKS.iter();
    let mut set = Vec::new();
    for note in notes {
        let to_column = note.split_once('=').map(|(key, text)| (key.trim(), text.trim()));
        let Some((key, text)) = to_column.filter(|(key, _)| keys.contains(key)) else {
            set.push(vec![Inline::text(clean(note))]);
            continue;
        };
        if let Some((_, column)) = columns.iter_mut().find(|(known, _)| *known == key) {
            let mark = marks.next().copied().unwrap_or("*");
            column.head.push_str(mark);
            set.push(vec![Inline::text(format!("{mark}\u{a0}{}", clean(text)))]);
        }
    }
    set
}

/// The columns asked for, or the usual ones. `key = Head` gives a column a head of its own.
fn columns(
    view: &View<'_>,
    source: &Source,
    keys: &[&'static str],
    asked: Option<(String, crate::diagnostic::Place)>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(&'static str, Column)> {
    let column = |key: &str, head: Option<&str>| {
        let (key, align, weight) = source.columns.iter().find(|(known, _, _)| *known == key)?;
        let head = head.map_or_else(|| view.word(&format!("column-{key}")), clean);
        Some((*key, Column { head, align: *align, weight: *weight }))
    };
    let Some((asked, place)) = asked else {
        return source.usual.iter().filter_map(|key| column(key, None)).collect();
    };
    let mut found = Vec::new();
    for item in asked.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let (key, head) = item.split_once('=').map_or((item, None), |(key, head)| (key.trim(), Some(head.trim())));
        match column(key, head) {
            Some(column) => found.push(column),
            None => {
                problems.push(unknown("table-column-unknown", place.clone(), key, keys).with("source", source.name));
            }
        }
    }
    found
}

/// The rows, under the headings of their groups; with `total`, each group of several rows ends
/// with its own.
fn body(
    view: &View<'_>,
    cells: &[Cells],
    columns: &[(&'static str, Column)],
    group: Option<&str>,
    total: bool,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut current: Option<String> = None;
    let mut since = 0;
    let close = |rows: &mut Vec<Row>, title: Option<&String>, members: &[Cells]| {
        let Some(title) = title.filter(|_| total && members.len() > 1) else { return };
        if let Some(mut row) = total_row(view, members, columns) {
            if let Some(first) = row.cells.first_mut() {
                let args = [("group".to_owned(), super::capital(title).into())].into();
                *first = vec![Inline::text(view.locale.text("subtotal", &args))];
            }
            rows.push(row);
        }
    };
    for (at, row) in cells.iter().enumerate() {
        if let Some(cell) = group.and_then(|group| row.get(group)) {
            let title = super::markdown::plain(&cell.content);
            if current.as_ref() != Some(&title) {
                close(&mut rows, current.as_ref(), cells.get(since..at).unwrap_or_default());
                since = at;
                let mut content = cell.content.clone();
                if let Some(Inline::Text { text, .. }) = content.first_mut() {
                    *text = super::capital(text);
                }
                let mut heading = vec![content];
                heading.resize(columns.len().max(1), Vec::new());
                rows.push(Row { cells: heading, total: false, group: true });
                current = Some(title);
            }
        }
        let row_cells =
            columns.iter().map(|(key, _)| row.get(key).map(|cell| cell.content.clone()).unwrap_or_default());
        rows.push(Row { cells: row_cells.collect(), total: false, group: false });
    }
    close(&mut rows, current.as_ref(), cells.get(since..).unwrap_or_default());
    rows
}

/// Sums of the columns that hold amounts; `None` where no column does. A column in which
/// nobody reported anything has no sum.
fn total_row(view: &View<'_>, cells: &[Cells], columns: &[(&'static str, Column)]) -> Option<Row> {
    let mut any = false;
    let mut total: Vec<Vec<Inline>> = columns
        .iter()
        .map(|(key, _)| {
            let amounts: Vec<Amount> = cells.iter().filter_map(|row| row.get(key)?.amount).collect();
            let sum = amounts.iter().fold(0i64, |sum, amount| match amount {
                Amount::Count(n) | Amount::Money(n) => sum.saturating_add(*n),
            });
            any |= !amounts.is_empty();
            match amounts.first() {
                Some(Amount::Money(_)) => vec![Inline::text(view.locale.amount(Cents(sum)))],
                Some(Amount::Count(_)) => vec![Inline::text(view.locale.number(sum))],
                None => Vec::new(),
            }
        })
        .collect();
    if !any {
        return None;
    }
    if let Some(first) = total.first_mut().filter(|first| first.is_empty()) {
        first.push(Inline::text(view.word("total")));
    }
    Some(Row { cells: total, total: true, group: false })
}
