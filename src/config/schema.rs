//! The JSON Schema of the configuration files, made of the lists that the reader checks by.

use serde_json::{Map, Value, json};

use super::keys::{self, Key, Kind, Section};

/// A JSON Schema (draft 2020-12) that any of the files fits; `$defs` has one for each.
#[must_use]
pub fn schema() -> Value {
    let files = [
        ("rapporteur", &keys::RAPPORTEUR),
        ("schedules", &keys::SCHEDULES),
        ("holidays", &keys::HOLIDAYS),
        ("recipients", &keys::PEOPLE),
        ("workbook", &keys::WORKBOOK),
    ];
    let mut definitions: Map<String, Value> =
        files.iter().map(|(name, section)| ((*name).to_owned(), object(section))).collect();
    definitions.insert(
        "wording".to_owned(),
        json!({
            "type": "object",
            "properties": { "en": { "type": "string" }, "ru": { "type": "string" } },
            "additionalProperties": false,
        }),
    );
    definitions.insert(
        "span".to_owned(),
        json!({ "type": "string", "pattern": r"^\s*(\d+\s*[A-Za-z]+\s*)+$", "examples": ["10s", "1h", "5 days"] }),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of rapporteur: config/rapporteur.toml, schedules.toml, holidays.toml, recipients.toml or workbook.toml",
        "anyOf": files.iter().map(|(name, _)| json!({ "$ref": format!("#/$defs/{name}") })).collect::<Vec<_>>(),
        "$defs": definitions,
    })
}

fn object(section: &Section) -> Value {
    let offered = || section.keys.iter().filter(|key| !matches!(key.kind, Kind::Secret));
    let properties: Map<String, Value> = offered().map(|key| (key.name.to_owned(), property(key))).collect();
    // `after_period` may stand in place of `cron`.
    let required: Vec<&str> = offered().filter(|k| k.required && k.name != "cron").map(|key| key.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn property(key: &Key) -> Value {
    let mut value = match key.kind {
        Kind::Text | Kind::Mailbox | Kind::Secret => json!({ "type": "string" }),
        Kind::Wording => json!({ "$ref": "#/$defs/wording" }),
        Kind::Texts | Kind::Mailboxes => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Span(..) => json!({ "$ref": "#/$defs/span" }),
        Kind::Day => json!({ "type": "string", "format": "date" }),
        Kind::Days => json!({ "type": "array", "items": { "type": "string", "format": "date" } }),
        Kind::Table(section) => object(section),
        Kind::Tables(section) => json!({ "type": "array", "items": object(section) }),
        Kind::Names => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
    };
    if let (Some(object), false) = (value.as_object_mut(), key.example.is_empty()) {
        object.insert("description".to_owned(), json!(format!("For example: {} = {}", key.name, key.example)));
    }
    value
}
