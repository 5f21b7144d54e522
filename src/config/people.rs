//! `config/recipients.toml`: who gets reports, and who owes workbooks.

use super::Config;
use super::programme::{country, language};
use super::schedules::NamedGroup;
use super::shape::{Fields, Reader};
use super::values;
use crate::recipient::{Contributor, Recipient};
use crate::sheet::Sheet;

/// Reads the people.
pub(super) fn read(file: &Fields<'_>, config: &mut Config) {
    let usual_language = config.programme.languages.first().copied().unwrap_or_default();
    let mut addresses: Vec<String> = Vec::new();
    for fields in file.tables("recipient") {
        let person = Person::read(&fields, &mut addresses, "[[recipient]]");
        let groups: Vec<String> =
            fields.texts("groups").unwrap_or_default().into_iter().map(|(group, _)| group.trim().to_owned()).collect();
        let unread = fields.has("groups")
            && fields
                .node("groups")
                .is_none_or(|node| !matches!(&node.value, super::source::Value::List(items) if items.is_empty()));
        if groups.is_empty() && !unread && !fields.reader.damaged {
            let told = fields.reader.warning("recipient-in-no-group", &fields.span_of("groups"));
            fields.reader.report(match person.name.as_str() {
                "" => told.worded("recipient-in-no-group-unnamed"),
                name => told.with("name", name),
            });
        }
        // Somebody with a bad address still stands in their groups, so that one mistake is
        // told once. Nothing is sent: a configuration with an error is not run.
        config.recipients.push(Recipient {
            name: person.name,
            email: person.email,
            language: person.language.unwrap_or(usual_language),
            country: person.country,
            groups,
        });
    }
    let mut addresses: Vec<String> = Vec::new();
    let mut patterns: Vec<String> = Vec::new();
    for fields in file.tables("contributor") {
        let person = Person::read(&fields, &mut addresses, "[[contributor]]");
        let Some((files, node)) = fields.text("files") else { continue };
        let pattern = files.trim().to_lowercase();
        if patterns.contains(&pattern) {
            fields.reader.report(fields.reader.error("files-twice", &node.span).with("found", files));
        }
        patterns.push(pattern);
        config.contributors.push(Contributor {
            name: person.name,
            email: person.email,
            language: person.language.unwrap_or(usual_language),
            country: person.country,
            files: files.trim().to_owned(),
            sheets: owed(&fields),
        });
    }
}

/// The sheets that a contributor owes, each once.
fn owed(fields: &Fields<'_>) -> Vec<Sheet> {
    let Some(named) = fields.texts("sheets") else { return vec![Sheet::Activities] };
    let known: Vec<&str> = Sheet::ALL.iter().map(|sheet| sheet.name()).collect();
    let mut sheets = Vec::new();
    for (text, node) in named {
        match text.parse::<Sheet>() {
            Ok(sheet) if sheets.contains(&sheet) => {}
            Ok(sheet) => sheets.push(sheet),
            Err(_) => {
                let told = fields.reader.error("owed-sheet-unknown", &node.span).with("found", text);
                let told =
                    told.with("known", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
                fields.reader.report(match values::nearest(text, &known) {
                    Some(near) => told.worded("owed-sheet-unknown-near").with("near", near),
                    None => told,
                });
            }
        }
    }
    sheets
}

/// What recipients and contributors have in common.
struct Person {
    name: String,
    email: String,
    language: Option<crate::recipient::Language>,
    country: Option<crate::recipient::Country>,
}

impl Person {
    fn read(fields: &Fields<'_>, addresses: &mut Vec<String>, section: &'static str) -> Self {
        let name = fields.text("name").map(|(name, _)| name.trim().to_owned()).unwrap_or_default();
        let mut email = String::new();
        if let Some((text, node)) = fields.text("email") {
            match values::address(text.trim()) {
                Ok(address) => {
                    if addresses.iter().any(|known| known.eq_ignore_ascii_case(&address)) {
                        fields.reader.report(
                            fields
                                .reader
                                .error("email-twice", &node.span)
                                .with("section", section)
                                .with("found", address.as_str()),
                        );
                    }
                    addresses.push(address.clone());
                    email = address;
                }
                Err(_) if text.contains('<') => {
                    fields
                        .reader
                        .report(fields.reader.error("email-address", &node.span).worded("email-address-named"));
                }
                Err(fault) => fields.reader.report(
                    fields.reader.error("email-address", &node.span).worded(fault.wording()).with("found", text.trim()),
                ),
            }
        }
        Self {
            name,
            email,
            language: fields.text("language").and_then(|(text, node)| language(fields, text, node)),
            country: fields.text("country").and_then(|(text, node)| country(fields, text, node)),
        }
    }
}

/// Whether somebody is in each group that a schedule names.
pub(super) fn check_groups(schedules: &Reader<'_>, named: &[NamedGroup<'_>], config: &Config) {
    let mut known: Vec<&str> = config.recipients.iter().flat_map(|person| &person.groups).map(String::as_str).collect();
    known.sort_unstable();
    known.dedup();
    for NamedGroup { group, node, key } in named {
        if known.contains(group) {
            continue;
        }
        let told = schedules.error("group-empty", &node.span).with("group", *group).with("key", *key);
        schedules.report(match values::nearest(group, &known) {
            Some(near) => told.worded("group-empty-near").with("near", near),
            None => told,
        });
    }
}
