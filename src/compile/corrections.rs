//! What a correction corrects, row by row: the rows of the version before against those of this one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cells::Cells;
use super::view::View;
use super::{Material, archive, inputs};
use crate::approval::RowCounts;
use crate::config::Config;
use crate::recipient::Country;
use crate::record::{Cents, Entry, Record, Sheet};
use crate::report::ReportRun;
use crate::store::row_key;

/// Fields that say how something was typed, and nothing that a reader would look for.
const UNTOLD: [&str; 3] = ["kind_as_written", "month_only", "estimated"];

/// The longest text of a cell that is told, in characters.
const LONGEST: usize = 160;

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// It says something else.
    Changed,
    /// It was not there.
    Added,
    /// It is no longer there.
    Gone,
}

/// A row that is other than in the version before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowChange {
    /// Its sheet.
    pub sheet: Sheet,
    /// What its author knows it by: id and title.
    pub name: String,
    /// What happened to it.
    pub happened: Happened,
    /// Whose it is, for the editions of single countries.
    pub countries: Vec<Country>,
    /// The cells that are other than before.
    pub fields: Vec<FieldChange>,
    /// Why, where the row says it.
    pub reason: Option<String>,
}

/// A cell that is other than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Name of the field.
    pub field: String,
    /// What it said.
    pub before: Value,
    /// What it says.
    pub after: Value,
}

/// Adds to the material of a correction what differs from the rows of the version that it replaces, as
/// far as the archive has them.
pub(super) fn add(config: &Config, replaced: Option<&ReportRun>, material: &mut Material) {
    let before = replaced
        .and_then(|run| archive::material_of(config, run))
        .and_then(|material| inputs::rows_of(config, &material));
    if let Some(before) = before {
        material.corrected = between(&before.entries, &material.entries);
    }
}

/// How many rows were added, changed, and are gone.
pub(super) fn counts(changes: &[RowChange]) -> RowCounts {
    let of = |happened| {
        u32::try_from(changes.iter().filter(|change| change.happened == happened).count()).unwrap_or(u32::MAX)
    };
    RowCounts { added: of(Happened::Added), changed: of(Happened::Changed), gone: of(Happened::Gone) }
}

/// The rows that differ, by sheet and name.
fn between(before: &[Entry], after: &[Entry]) -> Vec<RowChange> {
    let (mut old, new) = (keyed(before), keyed(after));
    let mut changes = Vec::new();
    for (key, rows) in new {
        let mut earlier = old.remove(&key).unwrap_or_default();
        // Rows that are the same on both sides are paired first, whatever their order.
        let mut rest = Vec::new();
        for entry in rows {
            match earlier.iter().position(|old| old.record == entry.record) {
                Some(at) => drop(earlier.remove(at)),
                None => rest.push(entry),
            }
        }
        let mut earlier = earlier.into_iter();
        for entry in rest {
            changes.push(change(earlier.next(), Some(entry)));
        }
        changes.extend(earlier.map(|gone| change(Some(gone), None)));
    }
    changes.extend(old.into_values().flatten().map(|gone| change(Some(gone), None)));
    let mut changes: Vec<RowChange> = changes.into_iter().flatten().collect();
    changes.sort_by(|a, b| (a.sheet, a.happened, &a.name).cmp(&(b.sheet, b.happened, &b.name)));
    changes
}

fn keyed(entries: &[Entry]) -> BTreeMap<(Sheet, i64), Vec<&Entry>> {
    let mut found: BTreeMap<(Sheet, i64), Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        found.entry((entry.record.sheet(), row_key(&entry.record))).or_default().push(entry);
    }
    found
}

fn change(before: Option<&Entry>, after: Option<&Entry>) -> Option<RowChange> {
    let entry = after.or(before)?;
    let (happened, fields) = match (before, after) {
        (Some(before), Some(after)) => (Happened::Changed, fields(&before.record, &after.record)),
        (None, _) => (Happened::Added, Vec::new()),
        (_, None) => (Happened::Gone, Vec::new()),
    };
    // The same row in another period or file is not told as a change of its cells.
    if happened == Happened::Changed && fields.is_empty() {
        return None;
    }
    let (name, mut countries) = whose(&entry.record);
    countries.sort_unstable();
    countries.dedup();
    let reason = entry.record.reason().map(str::to_owned);
    Some(RowChange { sheet: entry.record.sheet(), name, happened, countries, fields, reason })
}

/// What a row is called, and the countries that it is about.
fn whose(record: &Record) -> (String, Vec<Country>) {
    let named = |id: Option<&String>, name: &str| match id {
        Some(id) => format!("{id} {name}"),
        None => name.to_owned(),
    };
    match record {
        Record::Activities(a) => {
            (named(a.id.as_ref(), &a.title), a.host_country.into_iter().chain(a.countries.iter().copied()).collect())
        }
        Record::Participants(p) => {
            let who = p.country.map(|country| country.to_string()).or_else(|| p.agency.clone()).unwrap_or_default();
            (named(Some(&p.activity_id), &who), p.country.into_iter().collect())
        }
        Record::Equipment(e) => (named(e.id.as_ref(), &e.item), e.recipient_country.into_iter().collect()),
        Record::Meetings(m) => {
            let subject = m.agenda_item.as_ref().or(m.decision.as_ref()).or(m.action_point.as_ref());
            (named(Some(&m.body), subject.map_or("", String::as_str)), Vec::new())
        }
        Record::Plan(p) => (named(p.id.as_ref(), &p.title), p.countries.clone()),
        Record::Challenges(c) => (c.challenge.clone(), c.countries.clone()),
        Record::Priorities(p) => (p.priority.clone(), vec![p.country]),
        Record::Indicators(i) => (named(Some(&i.code), &i.indicator), Vec::new()),
        Record::Risks(r) => (r.risk.clone(), Vec::new()),
        Record::Budget(b) => (b.heading.clone(), Vec::new()),
    }
}

/// The cells in which two rows differ.
fn fields(before: &Record, after: &Record) -> Vec<FieldChange> {
    let (old, new) = (flat(before), flat(after));
    // The reason is told beside what it is the reason of; of the plan it is a cell of its own, too: why it was put off.
    let is_reason = |name: &str| name == "reason" && !matches!(after, Record::Plan(_));
    let names = new.keys().chain(old.keys().filter(|name| !new.contains_key(*name)));
    let value = |of: &BTreeMap<String, Value>, name: &String| of.get(name).cloned().unwrap_or(Value::Null);
    names
        .filter(|name| !UNTOLD.contains(&name.as_str()) && !is_reason(name))
        .map(|name| FieldChange { field: name.clone(), before: value(&old, name), after: value(&new, name) })
        .filter(|change| change.before != change.after)
        .collect()
}

/// A row's fields by name; those of its head count among them.
fn flat(record: &Record) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    let value = serde_json::to_value(record).unwrap_or_default();
    collect(&value, &mut found);
    found
}

fn collect(value: &Value, found: &mut BTreeMap<String, Value>) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        match inner {
            Value::Object(_) => collect(inner, found),
            // The sheet that serde names the record by.
            Value::String(_) if name == "sheet" => {}
            _ => drop(found.insert(name.clone(), inner.clone())),
        }
    }
}

/// The changes that an edition prints.
pub(super) fn printed<'a>(view: &View<'a>) -> impl Iterator<Item = &'a RowChange> {
    let country = Country::new(&view.request.edition);
    view.material.corrected.iter().filter(move |change| country.is_none_or(|of| change.countries.contains(&of)))
}

/// A line for each cell, and one for each row that was added or is gone.
pub(super) fn rows(view: &View<'_>) -> Vec<Cells> {
    let mut cells = Vec::new();
    for change in printed(view) {
        let row = || {
            let sheet = view.word(&format!("sheet-{}", change.sheet.name().to_lowercase()));
            Cells::default().text("sheet", sheet).text("row", shortened(&change.name))
        };
        let reason = change.reason.as_deref().map(shortened).unwrap_or_default();
        match change.happened {
            Happened::Added | Happened::Gone => {
                let word = if change.happened == Happened::Added { "row-added" } else { "row-gone" };
                let line = row().text("field", view.word(word)).text("was", "–").text("now", "–");
                cells.push(line.text("reason", reason));
            }
            Happened::Changed => {
                for field in &change.fields {
                    let line = row()
                        .text("field", view.word(&format!("field-{}", field.field.replace('_', "-"))))
                        .text("was", told(view, &field.field, &field.before))
                        .text("now", told(view, &field.field, &field.after));
                    cells.push(line.text("reason", reason.as_str()));
                }
            }
        }
    }
    cells
}

/// A value as the report prints it.
fn told(view: &View<'_>, field: &str, value: &Value) -> String {
    let word = |family: &str, key: &str| {
        let id = format!("{family}-{key}");
        if view.locale.has(&id) { view.word(&id) } else { key.to_owned() }
    };
    match (field, value) {
        (_, Value::Null) => "–".to_owned(),
        ("kind", Value::String(key)) => word("type", key),
        ("status", Value::String(key)) => word("status", key),
        ("scope", Value::String(key)) => word("scope", key),
        (_, Value::String(text)) => match text.parse() {
            Ok(day) => view.locale.date(day),
            Err(_) => shortened(text),
        },
        (_, Value::Array(items)) if items.is_empty() => "–".to_owned(),
        (_, Value::Array(items)) => {
            let items: Vec<String> = items.iter().map(|item| told(view, field, item)).collect();
            shortened(&items.join(", "))
        }
        (
            "unit_value" | "total_value" | "budget" | "spent_in_period" | "spent_to_date" | "committed",
            Value::Number(n),
        ) => view.locale.euro(Cents(n.as_i64().unwrap_or_default())),
        ("baseline" | "target" | "current", Value::Number(n)) => {
            let hundredths = n.as_i64().unwrap_or_default();
            match hundredths % 100 {
                0 => view.locale.number(hundredths / 100),
                rest => format!("{}{}{:02}", hundredths / 100, view.word("decimal-mark"), rest.abs()),
            }
        }
        ("baseline_year" | "target_year", Value::Number(n)) => n.to_string(),
        (_, Value::Number(n)) => n.as_i64().map_or_else(|| n.to_string(), |n| view.locale.number(n)),
        (_, other) => other.to_string(),
    }
}

fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let head: String = letters.by_ref().take(LONGEST).collect();
    if letters.next().is_some() { format!("{head}…") } else { head }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample::{blank, entry};
    use super::*;

    fn activity(row: u32, id: Option<&str>, title: &str, total: Option<u32>) -> Entry {
        let mut activity = blank(title);
        activity.id = id.map(str::to_owned);
        activity.head_count.total = total;
        activity.host_country = Country::new("KG");
        entry("a.xlsx", "Activities", row, Record::Activities(activity))
    }

    #[test]
    fn rows_are_compared_by_what_their_author_knows_them_by() {
        let before = [
            activity(1, Some("A-1"), "Workshop", Some(20)),
            activity(2, Some("A-2"), "Visit", None),
            activity(3, None, "Mission", None),
        ];
        let after = [
            activity(7, None, "Mission", None),
            activity(8, Some("A-1"), "Workshop", Some(23)),
            activity(9, Some("A-3"), "Training", None),
        ];
        let changes = between(&before, &after);
        let told: Vec<_> = changes.iter().map(|c| (c.happened, c.name.as_str(), c.fields.len())).collect();
        assert_eq!(
            told,
            [
                (Happened::Changed, "A-1 Workshop", 1),
                (Happened::Added, "A-3 Training", 0),
                (Happened::Gone, "A-2 Visit", 0),
            ]
        );
        let field = &changes[0].fields[0];
        assert_eq!((field.field.as_str(), &field.before, &field.after), ("total", &20.into(), &23.into()));
        assert_eq!(counts(&changes), RowCounts { added: 1, changed: 1, gone: 1 });
        assert_eq!(changes[0].countries, [Country::new("KG").unwrap()]);
        assert_eq!(between(&after, &after), []);
    }

    #[test]
    fn every_sheet_may_say_why_a_row_was_changed() {
        let item = |quantity: u32, reason: Option<&str>| {
            let record = serde_json::json!({
                "sheet": "equipment", "item": "Scanner", "id": "E-1", "quantity": quantity, "reason": reason,
            });
            entry("e.xlsx", "Equipment", 1, serde_json::from_value(record).unwrap())
        };
        let changes = between(&[item(3, None)], &[item(4, Some("One more was found"))]);
        let told: Vec<_> = changes.iter().map(|c| (c.name.as_str(), c.fields.len(), c.reason.as_deref())).collect();
        assert_eq!(told, [("E-1 Scanner", 1, Some("One more was found"))]);
        // A reason alone changes nothing that is reported.
        assert_eq!(between(&[item(3, None)], &[item(3, Some("Checked again"))]), []);
    }
}
