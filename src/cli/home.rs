//! The home that a command works in: its configuration, its ledger, its clock.

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};

use super::Session;
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::locale::Locale;
use crate::recipient::Language;
use crate::store::Store;

/// The configuration has errors; they have been told.
#[derive(Debug, thiserror::Error)]
#[error("the configuration has to be corrected first")]
pub(super) struct ConfigurationAtFault;

impl Session {
    /// The configuration as it is, with what is wrong in it.
    pub(super) fn read_config(&self) -> anyhow::Result<(Config, Vec<Diagnostic>)> {
        let checked = config::load(&self.home)?;
        Ok((checked.output, checked.diagnostics))
    }

    /// A configuration that may be worked with; what is wrong in it is told on standard error.
    pub(super) fn config(&self) -> anyhow::Result<Config> {
        let (config, diagnostics) = self.read_config()?;
        if diagnostics.iter().any(Diagnostic::is_error) {
            self.output.diagnostics_aside(&self.locale, &diagnostics);
            return Err(ConfigurationAtFault.into());
        }
        Ok(config)
    }

    /// The ledger of the home.
    pub(super) async fn store(&self, config: &Config) -> anyhow::Result<Store> {
        Store::open(&config.ledger.url, &config.home)
            .await
            .with_context(|| format!("the ledger `{}` cannot be opened", config.ledger.url))
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Today, where the programme is.
    pub(super) fn today(&self, config: &Config) -> NaiveDate {
        self.now().with_timezone(&config.programme.timezone).date_naive()
    }
}

/// `2026-01-15 09:00 +06`, on the programme's clock.
pub(super) fn local(config: &Config, instant: DateTime<Utc>) -> String {
    instant.with_timezone(&config.programme.timezone).format("%Y-%m-%d %H:%M %Z").to_string()
}

/// Who decides, where nobody is named: the user of this machine.
pub(super) fn decider(by: Option<String>) -> String {
    by.filter(|name| !name.trim().is_empty())
        .or_else(|| ["RAPPORTEUR_USER", "USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok()))
        .map_or_else(|| "somebody at the command line".to_owned(), |name| name.trim().to_owned())
}

/// The language and clock of the command line.
pub(super) fn of_the_command_line() -> (Locale, Clock) {
    (Locale::embedded(Language::En), Clock::system())
}
