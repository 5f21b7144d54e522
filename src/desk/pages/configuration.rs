//! `/configuration`: what is in force, masked, and how it came to be so.

use axum::extract::State;
use maud::{Markup, html};
use serde_json::Value;

use crate::config::{self, Change};
use crate::desk::Desk;
use crate::desk::parts::part;
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::Visitor;
use crate::desk::words::Words;
use crate::store::{ConfigurationChange, StoredConfiguration};

/// Changes that are shown.
const CHANGES: u32 = 20;
/// In the order in which somebody looks for them; the others follow.
const ORDER: [&str; 8] = ["programme", "schedule", "recipient", "contributor", "inbox", "mail", "dashboard", "ledger"];
/// Values of one change that are shown.
const MOST_VALUES: usize = 20;

/// The page.
pub(super) async fn show(State(desk): State<Desk>, visitor: Visitor) -> Result<Markup, Problem> {
    let (config, store, words) = (desk.config(), desk.store(), Words::of(&desk, &visitor));
    let home = config.home.display().to_string();
    let known = store.configuration(&home).await?;
    let changes = store.configuration_changes(&home, CHANGES).await?;
    let shown = config::shown(&config);
    let mut groups: Vec<(&String, &Value)> =
        shown.as_object().map(|table| table.iter().filter(|(_, value)| is_group(value)).collect()).unwrap_or_default();
    groups.sort_by_key(|(name, _)| ORDER.iter().position(|known| *known == name.as_str()).unwrap_or(ORDER.len()));
    let sheet = Sheet::new(&desk, &visitor, words.t("desk-way-configuration")).at("/configuration");
    Ok(sheet.render(&html! {
        @if let Some(known) = &known { (standing(&words, known)) }
        (part("changes", &words.t("desk-configuration-changes"), &html! {
            @if changes.is_empty() { p { (words.t("desk-configuration-no-changes")) } }
            @else { ul.dated { @for change in &changes { (change_line(&words, change)) } } }
        }))
        @for (name, value) in groups {
            section.part aria-labelledby=(format!("group-{name}")) {
                h2 id=(format!("group-{name}")) { code { (name) } }
                div.body {
                    @match value {
                        Value::Array(items) => {
                            @for item in items {
                                details {
                                    summary { (title_of(item)) }
                                    (facts(item))
                                }
                            }
                        }
                        other => (facts(other)),
                    }
                }
            }
        }
    }))
}

fn is_group(value: &Value) -> bool {
    match value {
        // One of which nothing is set would be a title over nothing.
        Value::Object(_) => {
            let mut lines = Vec::new();
            flatten("", value, &mut lines);
            !lines.is_empty()
        }
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

fn standing(words: &Words<'_>, known: &StoredConfiguration) -> Markup {
    html! {
        p.lead { (words.say("desk-configuration-since", &[("time", words.time_text(known.taken_at).into())])) }
        @if let Some((problems, since)) = &known.refused {
            div.told.bad role="status" {
                p { (words.say("desk-configuration-refused", &[("time", words.time_text(*since).into())])) }
                ul lang="en" { @for problem in problems { li { (problem) } } }
            }
        }
    }
}

fn change_line(words: &Words<'_>, change: &ConfigurationChange) -> Markup {
    let values: Vec<Change> = serde_json::from_value(change.details.clone()).unwrap_or_default();
    let problems: Vec<String> = serde_json::from_value(change.details.clone()).unwrap_or_default();
    let left = values.len().saturating_sub(MOST_VALUES);
    html! {
        li {
            div.when { (words.time(change.at)) }
            div.what {
                p {
                    @if change.is_taken { span.state.good { (words.t("desk-configuration-taken")) } }
                    @else { span.state.bad { (words.t("desk-configuration-not-taken")) } }
                    " " (words.t(&format!("desk-configuration-cause-{}", change.cause)))
                    @if !change.by.is_empty() { span.quiet { " · " (change.by) } }
                }
                @for value in values.iter().take(MOST_VALUES) {
                    p.small { code { (value.key) } ": " (in_short(&value.before)) " → " (in_short(&value.after)) }
                }
                @if left > 0 { p.small.quiet { (words.say("desk-problems-more", &[("n", left.into())])) } }
                @for problem in problems.iter().take(MOST_VALUES) { p.small lang="en" { (problem) } }
            }
        }
    }
}

/// What one of several is called: a schedule or a person by name, a component by number.
fn title_of(item: &Value) -> String {
    ["name", "code", "number", "file"].iter().find_map(|key| item.get(key)).map_or_else(|| "–".to_owned(), in_short)
}

/// The keys below a group, with their whole path.
fn facts(value: &Value) -> Markup {
    let mut lines = Vec::new();
    flatten("", value, &mut lines);
    html! {
        dl.facts {
            @for (key, value) in &lines {
                dt { code { (key) } }
                dd { (value) }
            }
        }
    }
}

fn flatten(path: &str, value: &Value, lines: &mut Vec<(String, String)>) {
    match value {
        Value::Object(table) => {
            for (key, inner) in table {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                flatten(&path, inner, lines);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (place, item) in items.iter().enumerate() {
                flatten(&format!("{path}[{}]", place + 1), item, lines);
            }
        }
        other => lines.push((path.to_owned(), in_short(other))),
    }
}

fn in_short(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) if text.is_empty() => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "–".to_owned(),
        Value::Array(items) => items.iter().map(in_short).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
