//! The calendar that a rehearsal prints: each occurrence, and what came of it.

use std::collections::BTreeMap;

use super::Told;
use crate::cli::Session;
use crate::cli::output::{Tone, counted};
use crate::config::{Config, Schedule};
use crate::outbox::{Delivery, DeliveryState, Purpose};
use crate::recipient::Language;
use crate::report::{ReportRun, RunState};

/// One occurrence.
pub(super) struct Entry {
    pub(super) run: ReportRun,
    pub(super) schedule: Option<Schedule>,
    /// Whether it was compiled, shown to the approvers, and released by the rehearsal.
    pub(super) signed_off: bool,
}

impl Entry {
    /// On the schedule's own clock: `Thu 2026-01-15 09:00 +06`.
    fn when(&self, config: &Config) -> String {
        let zone = self.schedule.as_ref().map_or(config.programme.timezone, |schedule| schedule.timezone);
        self.run.due_at.with_timezone(&zone).format("%a %Y-%m-%d %H:%M %Z").to_string()
    }

    /// `sent to steering-group: 5 en, 7 ru`, `would go to steering-group (12 people)`.
    fn to_whom(&self, config: &Config, mails: &[Delivery]) -> String {
        let Some(schedule) = &self.schedule else { return String::new() };
        let groups = schedule.recipients.join(", ");
        let sent = reports_of(self.run.id, mails);
        if sent.is_empty() {
            let people = counted(config.members(&schedule.recipients).len(), "person", "people");
            return format!("{groups} ({people})");
        }
        let mut languages: BTreeMap<Language, usize> = BTreeMap::new();
        for mail in sent {
            *languages.entry(mail.order.letter.language).or_default() += 1;
        }
        let counts: Vec<String> = languages.iter().map(|(language, n)| format!("{n} {language}")).collect();
        format!("{groups}: {}", counts.join(", "))
    }

    fn what(&self) -> (Tone, String) {
        let approvers = || self.schedule.as_ref().map(|s| s.approvers.join(", ")).unwrap_or_default();
        let why = |what: &str| match self.run.reason.as_deref() {
            Some(reason) => format!("{what}: {reason}"),
            None => what.to_owned(),
        };
        match self.run.state {
            RunState::Released if self.signed_off => (Tone::Good, format!("sent after sign-off by {}", approvers())),
            RunState::Released => (Tone::Good, "sent".to_owned()),
            RunState::Held => (Tone::Careful, why("held")),
            RunState::Failed => (Tone::Bad, why("failed")),
            RunState::Skipped => (Tone::Plain, why("skipped")),
            RunState::Due if self.run.waits_until.is_some() => {
                (Tone::Careful, "waits for what is missing when the rehearsal ends".to_owned())
            }
            state => (Tone::Plain, why(&state.word().replace('_', " "))),
        }
    }
}

fn reports_of(run: i64, mails: &[Delivery]) -> Vec<&Delivery> {
    let is_report = |mail: &&Delivery| mail.order.run == Some(run) && mail.order.purpose == Purpose::Report;
    mails.iter().filter(is_report).collect()
}

pub(super) fn print(session: &Session, config: &Config, told: &Told) -> anyhow::Result<()> {
    let out = &session.output;
    let delivered = told.mails.iter().filter(|mail| mail.state == DeliveryState::Delivered).count();
    if out.is_json() {
        let occurrences: Vec<_> = told.entries.iter().map(|entry| as_json(entry, config, &told.mails)).collect();
        out.json(&serde_json::json!({
            "occurrences": occurrences,
            "mails": delivered,
            "folder": told.folder,
            "maildir": told.folder.join("mail"),
            "tzdata": chrono_tz::IANA_TZDB_VERSION,
        }));
        return Ok(());
    }
    let rows: Vec<_> = told
        .entries
        .iter()
        .map(|entry| {
            let (tone, what) = entry.what();
            vec![
                (Tone::Strong, entry.when(config)),
                (Tone::Plain, entry.run.schedule.clone()),
                (Tone::Plain, entry.run.period.to_string()),
                (Tone::Plain, entry.to_whom(config, &told.mails)),
                (tone, what),
            ]
        })
        .collect();
    if rows.is_empty() {
        out.line("nothing is due in that time");
    } else {
        out.table(&["due", "schedule", "period", "to", "what becomes of it"], &rows);
    }
    let of = |purpose| told.mails.iter().filter(|mail| mail.order.purpose == purpose).count();
    let kinds = [
        (of(Purpose::Report), "report", "reports"),
        (of(Purpose::SignOff), "to an approver", "to approvers"),
        (of(Purpose::Reminder), "before a report is due", "before reports are due"),
    ];
    let kinds: Vec<String> =
        kinds.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| counted(n, one, many)).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    out.line("");
    out.line(&format!(
        "{}, {}{kinds} in {}",
        counted(told.entries.len(), "occurrence", "occurrences"),
        counted(delivered, "mail", "mails"),
        told.folder.join("mail").display()
    ));
    out.line(&format!(
        "Rehearsed with the workbooks that {} has now, and time zones as of tzdata {}; nothing was sent.",
        told.real.display(),
        chrono_tz::IANA_TZDB_VERSION
    ));
    Ok(())
}

fn as_json(entry: &Entry, config: &Config, mails: &[Delivery]) -> serde_json::Value {
    let sent: Vec<_> = reports_of(entry.run.id, mails)
        .into_iter()
        .map(|mail| {
            let file = mail.order.attachments.first().map(|attachment| attachment.file_name.clone());
            serde_json::json!({ "to": mail.order.email, "language": mail.order.letter.language, "file": file })
        })
        .collect();
    let would = entry.schedule.as_ref().map(|schedule| schedule.recipients.clone()).unwrap_or_default();
    serde_json::json!({
        "due_at": entry.run.due_at,
        "local": entry.when(config),
        "schedule": entry.run.schedule,
        "period": entry.run.period,
        "state": entry.run.state,
        "signed_off": entry.signed_off,
        "reason": entry.run.reason,
        "recipients": would,
        "mails": sent,
    })
}
