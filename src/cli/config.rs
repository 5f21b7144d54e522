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

/// The configuration as a table, without nulls (TOML has none), spans of time as typed.
fn shown(config: &Config) -> anyhow::Result<serde_json::Value> {
    let mut value = serde_json::to_value(config)?;
    tidy(&mut value);
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
