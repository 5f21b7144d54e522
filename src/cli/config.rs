//! `rapporteur config`: what the configuration comes to.

use super::args::ConfigCommand;
use super::{Done, Session};
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;

/// What stands in place of a secret.
const MASK: &str = "********";

pub(super) fn run(session: &Session, command: ConfigCommand) -> anyhow::Result<Done> {
    match command {
        ConfigCommand::Schema => {
            session.output.json(&config::schema());
            Ok(Done::Well)
        }
        ConfigCommand::Show => {
            let (config, diagnostics) = session.read_config()?;
            session.output.diagnostics_aside(&session.locale, &diagnostics);
            let value = shown(&config)?;
            if session.output.is_json() {
                session.output.json(&value);
            } else {
                session.output.bytes(toml::to_string_pretty(&value)?.as_bytes());
            }
            Ok(if diagnostics.iter().any(Diagnostic::is_error) { Done::WithFaults } else { Done::Well })
        }
    }
}

/// Our names for what the files call otherwise: `[[schedule]]` is one of the schedules.
const AS_TYPED: [(&str, &str, &str); 4] = [
    ("", "schedules", "schedule"),
    ("", "recipients", "recipient"),
    ("", "contributors", "contributor"),
    ("/programme", "components", "component"),
];

/// The configuration with the keys and values of the files: spans of time and mailboxes as
/// typed, and without nulls (TOML has none).
fn shown(config: &Config) -> anyhow::Result<serde_json::Value> {
    let mut value = serde_json::to_value(config)?;
    tidy(&mut value);
    for (parent, ours, typed) in AS_TYPED {
        if let Some(table) = value.pointer_mut(parent).and_then(serde_json::Value::as_object_mut)
            && let Some(found) = table.remove(ours)
        {
            table.insert(typed.to_owned(), found);
        }
    }
    if let Some(inbox) = value.pointer_mut("/inbox").and_then(serde_json::Value::as_object_mut) {
        inbox.remove("max_file_bytes");
        inbox.insert("max_file_mb".to_owned(), (config.inbox.max_file_bytes / 1_000_000).into());
    }
    if let Some(mail) = value.pointer_mut("/mail").and_then(serde_json::Value::as_object_mut) {
        mail.insert("from".to_owned(), config.mail.from.to_string().into());
        if let Some(reply_to) = &config.mail.reply_to {
            mail.insert("reply_to".to_owned(), reply_to.to_string().into());
        }
        let operators: Vec<String> = config.mail.operators.iter().map(ToString::to_string).collect();
        mail.insert("operators".to_owned(), operators.into());
    }
    if let Some(table) = value.as_object_mut() {
        table.insert("home".to_owned(), serde_json::json!(config.home));
    }
    if let (Some(smtp), Some(known)) = (value.pointer_mut("/mail/smtp"), &config.mail.smtp)
        && known.password.is_some()
        && let Some(table) = smtp.as_object_mut()
    {
        table.insert("password".to_owned(), serde_json::json!(MASK));
    }
    Ok(value)
}

fn tidy(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::Object(table) => {
            table.retain(|_, inner| !inner.is_null());
            // How serde writes a span of time.
            let span = match (table.len(), table.get("secs").and_then(Value::as_u64), table.contains_key("nanos")) {
                (2, Some(seconds), true) => Some(config::duration_words(seconds)),
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
