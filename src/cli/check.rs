//! `rapporteur check`: everything that is wrong before anything runs.

use std::sync::Arc;

use anyhow::Context as _;

use super::args::CheckArgs;
use super::output::{JsonDiagnostic, Tone, counted};
use super::{Done, Session, demo};
use crate::compile::{self, Material, Prepared, Press, Request};
use crate::config::{Config, Transport};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::letter::Desk;
use crate::mail::{Courier, Signer};
use crate::outbox::Outcome;
use crate::period::{ReportingPeriod, Span};
use crate::recipient::Language;
use crate::templates;

pub(super) async fn run(session: &Session, arguments: &CheckArgs) -> anyhow::Result<Done> {
    let (config, mut diagnostics) = session.read_config()?;
    diagnostics.extend(templates(session, &config).await?);
    diagnostics.extend(signature(&config));
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

/// Sentences, theme, fonts and templates, the home's own laid over the embedded ones: each
/// template is drafted in each language, of a sample that fills every sheet, for the whole and for
/// one country, and without a single row. Everything is told once.
async fn templates(session: &Session, config: &Config) -> anyhow::Result<Vec<Diagnostic>> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for language in Language::ALL {
        if let Err(fault) = compile::locale(config, language) {
            once(&mut found, *fault);
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    let press = match Press::load(config) {
        Ok(press) => press,
        Err(fault) => return Ok(vec![*fault]),
    };
    let overrides = compile::overrides(config);
    let sample = sample(session, config).await?;
    let empty = Material::default();
    let today = session.today(config);
    let country = compile::editions(config).into_iter().find(|key| !key.is_empty()).unwrap_or_default();
    let trials = [
        (&empty, ReportingPeriod::containing(today, Span::Quarter), today, String::new()),
        (&sample, demo::sample::period()?, demo::sample::period()?.next().first_day(), String::new()),
        (&sample, demo::sample::period()?, demo::sample::period()?.next().first_day(), country),
    ];
    for (material, period, as_of, edition) in trials {
        let material = material.clone().for_period(period);
        let prepared = Prepared::new(config, &material, period, as_of);
        for report in templates::reports(Some(&overrides)) {
            for language in Language::ALL {
                let (report, edition) = (report.clone(), edition.clone());
                let request = Request { report, period, as_of, language, edition, revision: 1 };
                let drafted = prepared.draft(press.locale(language), &request).diagnostics;
                drafted.into_iter().filter(is_of_a_template).for_each(|told| once(&mut found, told));
            }
        }
    }
    for language in Language::ALL {
        if let Err(fault) = Desk::new(Arc::clone(press.locale(language)), Some(&overrides)) {
            let line = u32::try_from(fault.line).unwrap_or(1).max(1);
            let place = Place::text(format!("templates/mail/{}", fault.file), line, 1);
            once(&mut found, Diagnostic::error("mail-template", place).with("problem", fault.problem));
        }
    }
    Ok(found)
}

/// The rows of the sample.
async fn sample(session: &Session, config: &Config) -> anyhow::Result<Material> {
    let period = demo::sample::period()?;
    let folder = tempfile::tempdir().context("there is no room for the sample")?;
    let files = demo::sample::lay_out(folder.path())?;
    super::compile::from_workbooks(session, config, &files, period, period.next().first_day()).await
}

/// What the sample's own rows are told of (the home may know other agencies) is no fault of the home.
fn is_of_a_template(told: &Diagnostic) -> bool {
    told.severity != Severity::Info && told.place.cells.is_none()
}

fn once(found: &mut Vec<Diagnostic>, told: Diagnostic) {
    if !found.contains(&told) {
        found.push(told);
    }
}

/// What is wrong with the key that mails are to be signed with.
fn signature(config: &Config) -> Option<Diagnostic> {
    let dkim = config.mail.dkim.as_ref().filter(|_| config.mail.transport == Transport::Smtp)?;
    let problem = Signer::new(dkim).err()?;
    Some(Diagnostic::error("dkim-key-unusable", Place::default()).with("problem", problem))
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
            let marked = store.bad_addresses().await.unwrap_or_default().into_iter();
            found.extend(marked.map(|one| {
                let told = Diagnostic::warning("address-bounces", Place::default()).with("email", one.email);
                told.with("mails", one.mails).with("reason", one.reason)
            }));
            if !config.dashboard.is_local() && !store.has_accounts().await.unwrap_or(true) {
                found.push(Diagnostic::error("dashboard-without-accounts", Place::default()));
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
