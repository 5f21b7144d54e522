//! Activities and meetings, told one by one: when and where at the left, what at the right.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cells::codes;
use super::photos;
use super::rows::{anchor, kind};
use super::view::{View, clean, lines, quiet, strong};
use crate::diagnostic::Args;
use crate::facts::Counted;
use crate::picture::Picture;
use crate::record::{MeetingItem, Sheet};
use crate::typeset::document::{Align, Block, Column, Inline, Photo, Row, Table};

/// How the stories of activities are put into groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    Component,
    Month,
    None,
}

/// Every activity that counts. `level` is that of the groups' headings; the activities' own
/// is one deeper.
pub(super) fn activities(view: &View<'_>, grouping: Grouping, level: u8, outputs: bool) -> Vec<Block> {
    let mut groups: BTreeMap<i64, (String, Vec<&Counted<'_>>)> = BTreeMap::new();
    for counted in &view.selection.done {
        let (rank, title) = match grouping {
            Grouping::Component => {
                let number = counted.activity.component;
                (number.map_or(i64::MAX, i64::from), view.component(number))
            }
            Grouping::Month => match counted.activity.counting_day() {
                Some(day) => {
                    let month = i64::from(chrono::Datelike::year(&day)) * 12 + i64::from(chrono::Datelike::month(&day));
                    (month, super::capital(&view.locale.month_of_year(day)))
                }
                None => (i64::MAX, super::capital(&view.word("undated"))),
            },
            Grouping::None => (0, String::new()),
        };
        groups.entry(rank).or_insert_with(|| (title, Vec::new())).1.push(counted);
    }
    let told = ["id", "dates", "title", "where", "scope", "countries", "agencies", "partners", "people", "summary"];
    let told = told.into_iter().chain(outputs.then_some("outputs"));
    view.shown.note(Sheet::Activities, told.chain((grouping == Grouping::Component).then_some("component")));
    let mut blocks = Vec::new();
    for (rank, (title, members)) in groups {
        let story_level = if grouping == Grouping::None {
            level
        } else {
            let id = if rank == i64::MAX { "group-none".to_owned() } else { format!("group-{rank}") };
            blocks.push(Block::Heading { level, id, content: vec![Inline::text(title)] });
            level + 1
        };
        let mut told_undated = grouping == Grouping::Month;
        for counted in members {
            if counted.activity.first_day().is_none() && !told_undated {
                told_undated = true;
                blocks.push(Block::Note(vec![strong(view.word("undated-remark"))]));
            }
            blocks.push(story(view, counted, story_level.min(3), outputs));
        }
    }
    blocks
}

fn story(view: &View<'_>, counted: &Counted<'_>, level: u8, outputs: bool) -> Block {
    let activity = counted.activity;
    let mut label = Vec::new();
    label.push(match (activity.first_day(), activity.counting_day()) {
        (Some(first), Some(last)) => vec![strong(view.locale.date_range(first, last))],
        _ => vec![strong(super::capital(&view.word("undated")))],
    });
    label.push(match (&activity.place, activity.host_country) {
        (Some(place), Some(host)) => {
            vec![Inline::text(format!("{}, {}", clean(&view.known_name("place-", place)), view.locale.country(host)))]
        }
        (Some(place), None) => vec![Inline::text(clean(&view.known_name("place-", place)))],
        (None, Some(host)) => vec![Inline::text(view.locale.country(host))],
        (None, None) => vec![quiet(view.word("place-not-stated"))],
    });
    label.push(if activity.countries.is_empty() {
        vec![quiet(view.word("countries-not-named"))]
    } else {
        codes(&activity.countries)
    });
    if let Some(id) = &activity.id {
        label.push(vec![quiet(clean(id))]);
    }
    let mut body = vec![Block::Heading { level, id: anchor(counted), content: lines(&activity.title) }];
    body.push(Block::Paragraph(vec![quiet(who(view, counted))]));
    match activity.summary.as_deref().map(str::trim).filter(|s| !s.is_empty()) {
        Some(summary) => body.extend(paragraphs(summary)),
        None => body.push(Block::Paragraph(vec![quiet(view.word("summary-not-supplied"))])),
    }
    if let Some(outputs) = activity.outputs.as_deref().filter(|_| outputs) {
        let items = outputs_of(outputs);
        if let [only] = items.as_slice() {
            let head = strong(format!("{} ", view.word("output-heading")));
            body.push(Block::Paragraph(vec![head, Inline::text(clean(only))]));
        } else if !items.is_empty() {
            body.push(Block::Paragraph(vec![strong(view.word("outputs-heading"))]));
            let items = items.into_iter().map(|item| vec![Block::Paragraph(vec![Inline::text(clean(item))])]);
            body.push(Block::List { ordered: false, items: items.collect() });
        }
    }
    for picture in photos::of(view.material, view.photos, counted) {
        body.push(Block::Picture(photo(view, counted, picture)));
    }
    Block::Entry { label, body }
}

/// A photograph with where and when it was taken, as far as the activity says so.
fn photo(view: &View<'_>, counted: &Counted<'_>, picture: &Arc<Picture>) -> Photo {
    let activity = counted.activity;
    let place = activity.place.as_deref().map(|place| clean(&view.known_name("place-", place)));
    let day = activity.counting_day().map(|day| view.locale.date(day));
    let caption: Vec<String> = place.into_iter().chain(day).collect();
    let told: Args = [("title".to_owned(), clean(&activity.title).into())].into();
    let alt = view.locale.text("photo-alt", &told);
    Photo { picture: Arc::clone(picture), caption: caption.join(", "), alt }
}

/// The outputs of a cell: parted by semicolons and line breaks, but not within brackets, each
/// without the dash or dot that a typist put before it.
pub(super) fn outputs_of(cell: &str) -> Vec<&str> {
    let mut depth = 0usize;
    let parts = cell.split(|c| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '\n' => depth = 0,
            _ => {}
        }
        c == '\n' || (c == ';' && depth == 0)
    });
    parts
        .map(|item| item.trim().trim_start_matches(['-', '•', '–', '*']).trim())
        .filter(|item| !item.is_empty())
        .collect()
}

/// A cell's paragraphs: empty lines part them, single line breaks stay.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut found: Vec<String> = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match found.last_mut() {
            Some(last) if line.is_empty() && !last.is_empty() => found.push(String::new()),
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push('\n');
                }
                last.push_str(line);
            }
            _ => {}
        }
    }
    found.iter().filter(|text| !text.is_empty()).map(|text| Block::Paragraph(lines(text))).collect()
}

/// "Workshop, bilateral · Customs service, Border service · 20 participants, women not reported".
fn who(view: &View<'_>, counted: &Counted<'_>) -> String {
    let activity = counted.activity;
    let mut parts = Vec::new();
    let kind = kind(view, activity);
    parts.push(match activity.scope() {
        Some(scope) => format!("{kind}, {}", view.word(&format!("scope-{}", scope.key())).to_lowercase()),
        None => kind,
    });
    if !activity.agencies.is_empty() {
        parts.push(activity.agencies.join(", "));
    }
    if !activity.partners.is_empty() {
        let args: Args = [("partners".to_owned(), activity.partners.join(", ").into())].into();
        parts.push(view.locale.text("story-partners", &args));
    }
    parts.push(people(view, counted));
    clean(&parts.join("\u{a0}· "))
}

fn people(view: &View<'_>, counted: &Counted<'_>) -> String {
    let head_count = counted.head_count;
    let mut args = Args::new();
    for (name, n) in [("total", head_count.total), ("women", head_count.women), ("men", head_count.men)] {
        args.insert(format!("{name}-known"), i64::from(n.is_some()).into());
        args.insert(name.to_owned(), n.unwrap_or(0).into());
    }
    args.insert("estimated".to_owned(), i64::from(head_count.estimated).into());
    view.locale.text("story-people", &args)
}

/// The meetings of the period: agenda and decisions of each, and its action points where no
/// tracker has them.
pub(super) fn meetings(view: &View<'_>, level: u8, actions: bool) -> Vec<Block> {
    let mut groups: Vec<(&MeetingItem, Vec<&MeetingItem>)> = Vec::new();
    for (_, item) in &view.selection.meetings {
        match groups.last_mut() {
            Some((first, items)) if first.date == item.date && first.body == item.body => items.push(item),
            _ => groups.push((item, vec![item])),
        }
    }
    view.shown.note(Sheet::Meetings, ["body", "number", "date", "place", "agenda", "decision"]);
    let mut blocks = Vec::new();
    for (number, (first, items)) in groups.into_iter().enumerate() {
        let mut label = vec![vec![strong(view.locale.date(first.date))]];
        if let Some(place) = items.iter().find_map(|item| item.place.as_deref()) {
            label.push(vec![Inline::text(clean(&view.known_name("place-", place)))]);
        }
        let ordinal = items.iter().find_map(|item| item.number.as_deref()).map(str::trim);
        let args: Args = [
            ("body".to_owned(), view.known_name("body-", &first.body).into()),
            ("number".to_owned(), ordinal.unwrap_or_default().into()),
            ("has-number".to_owned(), i64::from(ordinal.is_some_and(|o| !o.is_empty())).into()),
        ]
        .into();
        let title = clean(&view.locale.text("meeting-title", &args));
        let mut body =
            vec![Block::Heading { level, id: format!("meeting-{}", number + 1), content: vec![Inline::text(title)] }];
        listed(view, &mut body, "meeting-agenda", items.iter().filter_map(|i| i.agenda_item.as_deref()));
        listed(view, &mut body, "meeting-decisions", items.iter().filter_map(|i| i.decision.as_deref()));
        let points: Vec<&MeetingItem> = items.into_iter().filter(|item| item.action_point.is_some()).collect();
        if points.is_empty() && actions {
            body.push(Block::Paragraph(vec![Inline::text(view.word("meeting-actions-none"))]));
        }
        blocks.push(Block::Entry { label, body });
        if !points.is_empty() && actions {
            blocks.push(action_points(view, &points));
        }
    }
    blocks
}

/// A list under a word, or the sentence that there is none (`<word>-none`).
fn listed<'t>(view: &View<'_>, body: &mut Vec<Block>, word: &str, texts: impl Iterator<Item = &'t str>) {
    let mut items: Vec<Vec<Block>> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for text in texts.map(str::trim).filter(|text| !text.is_empty()) {
        if seen.insert(text) {
            items.push(vec![Block::Paragraph(lines(text))]);
        }
    }
    if items.is_empty() {
        body.push(Block::Paragraph(vec![Inline::text(view.word(&format!("{word}-none")))]));
    } else {
        body.push(Block::Paragraph(vec![strong(view.word(word))]));
        body.push(Block::List { ordered: true, items });
    }
}

fn action_points(view: &View<'_>, points: &[&MeetingItem]) -> Block {
    let columns = [("action", 4.0), ("responsible", 1.5), ("due", 0.0), ("status", 0.6)];
    view.shown.note(Sheet::Meetings, columns.map(|(key, _)| key));
    let rows = points
        .iter()
        .map(|item| super::rows::meeting(view, item))
        .map(|cells| Row {
            cells: columns
                .iter()
                .map(|(key, _)| cells.get(key).map(|c| c.content.clone()).unwrap_or_default())
                .collect(),
            total: false,
            group: false,
        })
        .collect();
    Block::Table(Table {
        title: view.word("meeting-actions"),
        columns: columns
            .iter()
            .map(|(key, weight)| Column {
                head: view.word(&format!("column-{key}")),
                align: Align::Left,
                weight: *weight,
            })
            .collect(),
        rows,
        notes: Vec::new(),
    })
}
