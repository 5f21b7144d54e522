//! Key figures: large numerals, each with a word under it and how many reported.

use super::cells::Cells;
use super::fence::{Fence, unknown};
use super::view::{View, clean};
use crate::diagnostic::{Args, Diagnostic};
use crate::facts::{Figure, Unit};
use crate::record::Cents;
use crate::typeset::document::{Block, Inline, Tile};

/// Marks of the footnotes.
const MARKS: [&str; 9] = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];

/// One figure to a line, by its name in the facts; `name = Label` gives it a label of its own.
/// A line `note: name = text` is a footnote to the figure, `note: text` a line under all.
pub(super) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    let names: Vec<&str> = view.facts.figures.keys().map(String::as_str).collect();
    let mut tiles = Vec::new();
    let mut notes: Vec<(Option<&str>, String)> = Vec::new();
    for line in &fence.lines {
        if let Some(note) = line.text.strip_prefix("note:").map(str::trim) {
            let of_figure = note.split_once('=').map(|(name, text)| (name.trim(), text.trim()));
            match of_figure.filter(|(name, _)| view.facts.figures.contains_key(*name)) {
                Some((name, text)) => notes.push((Some(name), clean(text))),
                None => notes.push((None, clean(note))),
            }
            continue;
        }
        let (name, label) = match line.text.split_once('=') {
            Some((name, label)) => (name.trim(), Some(label.trim().to_owned())),
            None => (line.text.as_str(), None),
        };
        match view.facts.figures.get(name) {
            Some(figure) => tiles.push((name, tile(view, name, figure, label))),
            None => problems.push(unknown("figure-unknown", line.place.clone(), name, &names)),
        }
    }
    if tiles.is_empty() {
        return Vec::new();
    }
    // A note to a figure that is not shown, or that nobody reported, has nothing to explain.
    let mut marks = MARKS.iter();
    let mut lines = Vec::new();
    for (name, text) in notes.into_iter().filter(|(_, text)| !text.is_empty()) {
        let Some(name) = name else {
            lines.push(text);
            continue;
        };
        let shown = tiles.iter_mut().find(|(known, tile)| *known == name && !tile.quiet);
        if let (Some((_, tile)), Some(mark)) = (shown, marks.next()) {
            tile.label.push_str(mark);
            lines.push(format!("{mark}\u{a0}{text}"));
        }
    }
    let mut blocks = vec![Block::Tiles(tiles.into_iter().map(|(_, tile)| tile).collect())];
    let mut content = Vec::new();
    for line in lines {
        if !content.is_empty() {
            content.push(Inline::Break);
        }
        content.push(Inline::text(line));
    }
    if !content.is_empty() {
        blocks.push(Block::Note(content));
    }
    blocks
}

fn tile(view: &View<'_>, name: &str, figure: &Figure, label: Option<String>) -> Tile {
    let id = format!("figure-{}", name.replace(['.', '_'], "-"));
    let mut args: Args = [
        ("n".to_owned(), figure.value.unwrap_or(0).into()),
        ("known".to_owned(), i64::from(figure.value.is_some()).into()),
        ("reported".to_owned(), figure.reported_by.into()),
        ("of".to_owned(), figure.of.into()),
        ("partly".to_owned(), i64::from(figure.reported_by < figure.of).into()),
        ("plan-done".to_owned(), view.facts.count("plan.done").into()),
    ]
    .into();
    args.extend(super::phrases::shares(view));
    let value = written(view, figure);
    // A figure without a wording of its own is still a figure: its name stands under it.
    let label = label.or_else(|| view.locale.find(&id, &args)).unwrap_or_else(|| name.to_owned());
    let own_note = view.locale.find(&format!("{id}.note"), &args);
    let note = own_note.unwrap_or_else(|| {
        if figure.reported_by < figure.of { view.locale.text("reported-by", &args) } else { String::new() }
    });
    let notes = [note, change(view, name, figure)].into_iter().filter(|note| !note.trim().is_empty()).collect();
    Tile { value, label, notes, quiet: figure.value.is_none() }
}

/// The change on the period before: "+3 on Q3 2017". Empty where either has no such figure, or
/// where nothing of the kind was sent for it: what nobody reported is not zero.
fn change(view: &View<'_>, name: &str, figure: &Figure) -> String {
    let earlier = view.before.and_then(|before| before.facts.figures.get(name)).filter(|earlier| earlier.of > 0);
    let (Some(now), Some(then)) = (figure.value, earlier.and_then(|earlier| earlier.value)) else {
        return String::new();
    };
    let by = now - then;
    let size = match figure.unit {
        Unit::Count => view.locale.number(by.abs()),
        Unit::EuroCents => view.locale.euro(Cents(by.abs())),
        Unit::Percent => {
            let args: Args = [("n".to_owned(), by.abs().into())].into();
            view.locale.text("change-points", &args)
        }
    };
    let args: Args = [
        ("by".to_owned(), by.signum().into()),
        ("size".to_owned(), size.into()),
        ("period".to_owned(), view.locale.on_period(view.request.period.previous()).into()),
    ]
    .into();
    view.locale.text("figure-change", &args)
}

/// A figure as it is printed.
fn written(view: &View<'_>, figure: &Figure) -> String {
    match (figure.value, figure.unit) {
        (None, _) => view.word("not-reported"),
        (Some(n), Unit::Count) => view.locale.number(n),
        (Some(cents), Unit::EuroCents) => view.locale.euro(Cents(cents)),
        (Some(share), Unit::Percent) => view.locale.percent(share),
    }
}

/// Figures that a correction is about, by the names they have in the mail as well.
const CORRECTED: [&str; 9] = [
    "activities.total",
    "activity_days.total",
    "participants.total",
    "participants.women",
    "countries.involved",
    "equipment.items",
    "equipment.value_eur",
    "plan.planned",
    "plan.done",
];

/// What differs from the version that this one replaces.
pub(super) fn revisions(view: &View<'_>) -> Vec<Cells> {
    let Some(replaced) = &view.material.replaced else { return Vec::new() };
    let changed = CORRECTED.iter().filter_map(|name| {
        let (was, now) = (replaced.figures.get(*name)?, view.facts.figures.get(*name)?);
        (was.value != now.value).then_some((*name, was, now))
    });
    changed
        .map(|(name, was, now)| {
            let label = view.word(&format!("corrected-{}", name.replace(['.', '_'], "-")));
            Cells::default().text("figure", label).text("was", written(view, was)).text("now", written(view, now))
        })
        .collect()
}
