//! `rapporteur check`: everything that is wrong before anything runs.

use std::sync::Arc;

use super::args::CheckArgs;
use super::output::{JsonDiagnostic, Tone, counted};
use super::{Done, Session};
use crate::compile::{self, Material, Press, Request};
use crate::config::{Config, Transport};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::letter::Desk;
use crate::mail::Courier;
use crate::outbox::Outcome;
use crate::period::{ReportingPeriod, Span};
use crate::recipient::Language;
use crate::templates;

pub(super) async fn run(session: &Session, arguments: &CheckArgs) -> anyhow::Result<Done> {
    let (config, mut diagnostics) = session.read_config()?;
    diagnostics.extend(templates(session, &config));
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

/// Sentences, theme, fonts and templates, the home's own laid over the embedded ones: a report
/// without a single row is drafted of each template, in each language.
fn templates(session: &Session, config: &Config) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for language in Language::ALL {
        if let Err(fault) = compile::locale(config, language)
            && !found.contains(&fault)
        {
            found.push(*fault);
        }
    }
    if !found.is_empty() {
        return found;
    }
    let press = match Press::load(config) {
        Ok(press) => press,
        Err(fault) => return vec![*fault],
    };
    let overrides = compile::overrides(config);
    let today = session.today(config);
    for report in templates::reports(Some(&overrides)) {
        for language in Language::ALL {
            let request = Request {
                report: report.clone(),
                period: ReportingPeriod::containing(today, Span::Quarter),
                as_of: today,
                language,
                edition: String::new(),
                revision: 1,
            };
            let drafted = compile::draft(config, press.locale(language), &Material::default(), &request);
            for fault in drafted.diagnostics.into_iter().filter(|d| d.severity != Severity::Info) {
                if !found.contains(&fault) {
                    found.push(fault);
                }
            }
        }
    }
    for language in Language::ALL {
        if let Err(fault) = Desk::new(Arc::clone(press.locale(language)), Some(&overrides)) {
            let line = u32::try_from(fault.line).unwrap_or(1).max(1);
            let place = Place::text(format!("templates/mail/{}", fault.file), line, 1);
            let told = Diagnostic::error("mail-template", place).with("problem", fault.problem);
            if !found.contains(&told) {
                found.push(told);
            }
        }
    }
    found
}

/// What the ledger and the mail server say; nothing is sent.
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
    if let (Transport::Smtp, Some(smtp)) = (config.mail.transport, &config.mail.smtp)
        && let Err(outcome) = Courier::new(smtp.clone()).greet().await
    {
        let told = Diagnostic::error("mail-server-refuses", Place::default());
        found.push(told.with("host", format!("{}:{}", smtp.host, smtp.port)).with("problem", reply(&outcome)));
    }
    found
}

/// The server's answer, or what was seen in its place.
fn reply(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Delivered { reply }
        | Outcome::Transient { reply }
        | Outcome::Permanent { reply }
        | Outcome::NoAnswer { reply }
        | Outcome::ChannelAtFault { reply } => reply.clone(),
    }
}
