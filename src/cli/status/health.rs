//! Whether the daemon is well, as seen from outside: its bell, its configuration, and the mailbox of returned mails.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::cli::Session;
use crate::cli::home::local;
use crate::cli::output::{Tone, counted};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::mail::bounces::{self, Unread};
use crate::schedule::{self, bell::SILENT_FOR};
use crate::store::Store;

/// The daemon as it is seen from outside.
#[derive(Serialize)]
pub(super) struct Health {
    /// When the schedules were last looked at for sure.
    last_ring_at: Option<DateTime<Utc>>,
    /// Nobody looks at the schedules any more.
    pub(super) bell_silent: bool,
    /// Since when the configuration is in force that the daemon works by, or worked by last.
    configuration_taken_at: Option<DateTime<Utc>>,
    /// What is wrong with the one on the disk, where the daemon refuses it.
    pub(super) configuration_refused: Vec<String>,
    configuration_refused_at: Option<DateTime<Utc>>,
    /// The mailbox that mails come back to, where it cannot be read.
    bounces_unread: Option<Unread>,
    /// Release of the time zones.
    tzdata: &'static str,
}

impl Health {
    pub(super) async fn of(
        config: &Config,
        store: &Store,
        is_running: bool,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Self> {
        let last_ring_at = schedule::last_ring(&config.home);
        let silence = TimeDelta::from_std(SILENT_FOR).unwrap_or(TimeDelta::MAX);
        let known = store.configuration(&config.home.display().to_string()).await?;
        let taken_at = known.as_ref().map(|known| known.taken_at);
        let refused = known.and_then(|known| known.refused);
        Ok(Self {
            last_ring_at,
            bell_silent: is_running && last_ring_at.is_none_or(|at| now - at > silence),
            configuration_taken_at: taken_at,
            configuration_refused_at: refused.as_ref().map(|(_, at)| *at),
            configuration_refused: refused.map(|(problems, _)| problems).unwrap_or_default(),
            bounces_unread: bounces::unread(store, config).await?,
            tzdata: chrono_tz::IANA_TZDB_VERSION,
        })
    }

    pub(super) const fn is_well(&self) -> bool {
        !self.bell_silent && self.configuration_refused.is_empty()
    }

    pub(super) fn print(&self, session: &Session, config: &Config) {
        let out = &session.output;
        if self.bell_silent {
            let since = self.last_ring_at.map_or_else(|| "it began".to_owned(), |at| local(config, at));
            out.line(
                &out.toned(
                    Tone::Bad,
                    &format!("Nobody has looked at the schedules since {since}: the bell is silent."),
                ),
            );
            out.line("  the daemon hangs another by itself; if this stays, stop it and begin again: rapporteur run");
        }
        if let Some(unread) = &self.bounces_unread {
            let since = local(config, unread.since);
            let told = format!("Returned mail cannot be read since {since}: {}", unread.problem);
            out.line(&out.toned(Tone::Careful, &told));
            out.line("  it is tried again every minute; the mailbox: [bounces] of config/rapporteur.toml");
        }
        if let (false, Some(since)) = (self.configuration_refused.is_empty(), self.configuration_refused_at) {
            let errors = counted(self.configuration_refused.len(), "error", "errors");
            let before =
                self.configuration_taken_at.map_or_else(String::new, |at| format!(" of {}", local(config, at)));
            let told = format!(
                "The configuration is refused since {} ({errors}); the one{before} stays in force.",
                local(config, since)
            );
            out.line(&out.toned(Tone::Bad, &told));
            for problem in self.configuration_refused.iter().take(5) {
                out.line(&format!("  {problem}"));
            }
            out.line("  to see them all: rapporteur check; what was changed before: rapporteur config changes");
        }
    }
}

/// A configuration with errors may be looked by; a daemon that starts would refuse it.
pub(super) fn print_faults(session: &Session, diagnostics: &[Diagnostic]) {
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    if errors > 0 {
        let told = format!(
            "The configuration has {}; no daemon starts with it: rapporteur check",
            counted(errors, "error", "errors")
        );
        session.output.line(&session.output.toned(Tone::Bad, &told));
    }
}
