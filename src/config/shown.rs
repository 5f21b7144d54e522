//! The configuration as `config show` has it, and what is another in the next one.

use serde_json::Value;

use super::{Config, duration_words};

/// What stands in place of a secret.
const MASK: &str = "********";

/// Our names for what the files call otherwise: `[[schedule]]` is one of the schedules.
const AS_TYPED: [(&str, &str, &str); 4] = [
    ("", "schedules", "schedule"),
    ("", "recipients", "recipient"),
    ("", "contributors", "contributor"),
    ("/programme", "components", "component"),
];

/// The configuration with the keys and values of the files: spans of time and mailboxes as
/// typed, and without nulls (TOML has none).
#[must_use]
pub fn shown(config: &Config) -> Value {
    let mut value = serde_json::to_value(config).unwrap_or_default();
    tidy(&mut value);
    for (parent, ours, typed) in AS_TYPED {
        if let Some(table) = value.pointer_mut(parent).and_then(Value::as_object_mut)
            && let Some(found) = table.remove(ours)
        {
            table.insert(typed.to_owned(), found);
        }
    }
    if let Some(inbox) = value.pointer_mut("/inbox").and_then(Value::as_object_mut) {
        inbox.remove("max_file_bytes");
        inbox.insert("max_file_mb".to_owned(), (config.inbox.max_file_bytes / 1_000_000).into());
    }
    if let Some(mail) = value.pointer_mut("/mail").and_then(Value::as_object_mut) {
        mail.insert("from".to_owned(), config.mail.from.to_string().into());
        if let Some(reply_to) = &config.mail.reply_to {
            mail.insert("reply_to".to_owned(), reply_to.to_string().into());
        }
        let operators: Vec<String> = config.mail.operators.iter().map(ToString::to_string).collect();
        mail.insert("operators".to_owned(), operators.into());
    }
    if let Some(table) = value.as_object_mut() {
        table.insert("home".to_owned(), serde_json::json!(config.home));
        table.insert("tzdata".to_owned(), chrono_tz::IANA_TZDB_VERSION.into());
    }
    if let (Some(smtp), Some(known)) = (value.pointer_mut("/mail/smtp"), &config.mail.smtp)
        && known.password.is_some()
        && let Some(table) = smtp.as_object_mut()
    {
        table.insert("password".to_owned(), serde_json::json!(MASK));
    }
    value
}

fn tidy(value: &mut serde_json::Value) {
    match value {
        Value::Object(table) => {
            table.retain(|_, inner| !inner.is_null());
            // How serde writes a span of time.
            let span = match (table.len(), table.get("secs").and_then(Value::as_u64), table.contains_key("nanos")) {
                (2, Some(seconds), true) => Some(duration_words(seconds)),
                _ => None,
            };
            match span {
                Some(text) => *value = Value::String(text),
                None => table.values_mut().for_each(tidy),
            }
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// One value that is another than before.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    /// Its key, such as `schedule.rsg-quarterly.cron`.
    pub key: String,
    /// The value before; null where there was none.
    pub before: Value,
    /// The value now; null where there is none.
    pub after: Value,
}

/// Keys by which a table among others is known.
const NAMES: [&str; 5] = ["name", "email", "code", "number", "file"];

/// What is another in `after`, key by key; both as [`shown`] gives them.
#[must_use]
pub fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    compare("", before, after, &mut found);
    // These are no choice of anybody's.
    found.retain(|change| !["home", "tzdata"].contains(&change.key.as_str()));
    found
}

fn compare(key: &str, before: &Value, after: &Value, found: &mut Vec<Change>) {
    if before == after {
        return;
    }
    let below = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    let null = Value::Null;
    if let (Value::Object(old), Value::Object(new)) = (before, after) {
        let added = new.keys().filter(|name| !old.contains_key(*name));
        for name in old.keys().chain(added) {
            compare(&below(name), old.get(name).unwrap_or(&null), new.get(name).unwrap_or(&null), found);
        }
        return;
    }
    if let (Some(old), Some(new)) = (by_name(before), by_name(after)) {
        let added = new.iter().filter(|(name, _)| !old.iter().any(|(known, _)| known == name));
        for (name, _) in old.iter().chain(added) {
            let of = |all: &[(String, &Value)]| {
                all.iter().find(|(n, _)| n == name).map_or(Value::Null, |(_, v)| (*v).clone())
            };
            compare(&below(name), &of(&old), &of(&new), found);
        }
        return;
    }
    found.push(Change { key: key.to_owned(), before: before.clone(), after: after.clone() });
}

/// The tables of a list by their names, where each has one of its own.
fn by_name(value: &Value) -> Option<Vec<(String, &Value)>> {
    let items = match value {
        Value::Null => return Some(Vec::new()),
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => items,
        _ => return None,
    };
    let named = |key: &&&str| {
        let mut seen = std::collections::BTreeSet::new();
        items.iter().all(|item| item.get(**key).is_some_and(|name| seen.insert(name.to_string())))
    };
    let key = NAMES.iter().find(named)?;
    let name = |item: &Value| {
        item.get(*key).map_or_else(String::new, |name| name.as_str().map_or_else(|| name.to_string(), str::to_owned))
    };
    Some(items.iter().map(|item| (name(item), item)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_changed_is_named_by_its_key() {
        let before = json!({
            "inbox": { "settle": "10s" },
            "schedule": [{ "name": "a", "cron": "@daily" }, { "name": "b", "cron": "@weekly" }],
            "home": "/old",
        });
        let after = json!({
            "inbox": { "settle": "10s" },
            "schedule": [{ "name": "b", "cron": "@monthly", "grace": "2h" }, { "name": "c" }],
            "home": "/new",
        });
        let told: Vec<_> = changes(&before, &after).into_iter().map(|c| (c.key, c.before, c.after)).collect();
        assert_eq!(
            told,
            [
                ("schedule.a".to_owned(), json!({ "name": "a", "cron": "@daily" }), Value::Null),
                ("schedule.b.cron".to_owned(), json!("@weekly"), json!("@monthly")),
                ("schedule.b.grace".to_owned(), Value::Null, json!("2h")),
                ("schedule.c".to_owned(), Value::Null, json!({ "name": "c" })),
            ]
        );
        assert_eq!(changes(&after, &after), []);
    }
}
