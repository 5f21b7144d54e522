//! `rapporteur check`: everything that is wrong before anything runs.

use super::args::CheckArgs;
use super::output::{JsonDiagnostic, Tone, counted};
use super::{Done, Session};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::locale::{Locale, LocaleError};
use crate::recipient::Language;

pub(super) async fn run(session: &Session, arguments: &CheckArgs) -> anyhow::Result<Done> {
    let (config, mut diagnostics) = session.read_config()?;
    diagnostics.extend(locales(&config));
    let configured = !diagnostics.iter().any(Diagnostic::is_error);
    if arguments.online && configured {
        diagnostics.extend(online(session, &config).await);
    }
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    let warnings = diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
    if session.output.is_json() {
        let all = JsonDiagnostic::all(&session.locale, &diagnostics);
        session.output.json(&serde_json::json!({ "diagnostics": all }));
    } else {
        session.output.diagnostics(&session.locale, &diagnostics);
        if errors + warnings > 0 {
            let told = [(errors, "error", "errors"), (warnings, "warning", "warnings")]
                .into_iter()
                .filter(|(number, ..)| *number > 0)
                .map(|(number, one, many)| counted(number, one, many))
                .collect::<Vec<_>>()
                .join(", ");
            session.output.line(&session.output.toned(Tone::Strong, &told));
        } else {
            let summary = format!(
                "{}: {}, {}, {}",
                session.output.toned(Tone::Good, "nothing to correct"),
                counted(config.schedules.len(), "schedule", "schedules"),
                counted(config.recipients.len(), "recipient", "recipients"),
                counted(config.contributors.len(), "contributor", "contributors"),
            );
            session.output.line(&summary);
        }
        if arguments.online && !configured {
            session.output.line("The mail server and the ledger were not asked: correct the configuration first.");
        }
    }
    Ok(if errors + warnings > 0 { Done::WithFaults } else { Done::Well })
}

/// The locale files of the home that are not well-formed.
fn locales(config: &Config) -> Vec<Diagnostic> {
    let overrides = config.home.join("templates");
    let mut found: Vec<Diagnostic> = Vec::new();
    for language in Language::ALL {
        if let Err(LocaleError { file, problem }) = Locale::load(language, Some(&overrides)) {
            let told = Diagnostic::error("locale-unreadable", Place::file(file)).with("problem", problem);
            if !found.contains(&told) {
                found.push(told);
            }
        }
    }
    found
}

/// What the ledger says; nothing is sent.
async fn online(session: &Session, config: &Config) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    match session.store(config).await {
        Ok(store) => {
            if let Err(problem) = store.runs(&[], 1).await {
                found.push(
                    Diagnostic::error("ledger-unreachable", Place::default()).with("problem", problem.to_string()),
                );
            }
            store.close().await;
        }
        Err(problem) => {
            let told = Diagnostic::error("ledger-unreachable", Place::default());
            found.push(told.with("problem", format!("{problem:#}")));
        }
    }
    found
}
