//! Logs to standard error, as text or JSON.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use super::args::{Format, LogLevel};

/// Begins to log. `RUST_LOG`, where it is set, decides; else the level that was asked for;
/// the libraries below us are heard from warnings on.
pub(super) fn begin(format: Format, level: Option<LogLevel>, usual: LogLevel) {
    let wanted = level.unwrap_or(usual).word();
    let filter = match level {
        None => EnvFilter::try_from_default_env().ok(),
        Some(_) => None,
    }
    .unwrap_or_else(|| EnvFilter::new(format!("warn,rapporteur={wanted}")));
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second subscriber, in a test, is no harm.
    let _already = match format {
        Format::Json => logs.json().flatten_event(true).try_init(),
        Format::Text => logs.with_ansi(colour).with_target(false).try_init(),
    };
}
