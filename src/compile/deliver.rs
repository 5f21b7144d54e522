//! The mails of a run: who gets which edition, and under which `Message-ID`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::letter::{LetterContext, Waiting, report_letter, sign_off_letter};
use super::{burst, overrides, sign_off, step::CompileError};
use crate::approval::{self, Approval, Brief, Verdict};
use crate::config::{Approvals, Config, Schedule};
use crate::facts::Facts;
use crate::letter::{Desk, LetterError};
use crate::locale::Locale;
use crate::outbox::{Attachment, Letter, NewDelivery, Purpose, message_id};
use crate::recipient::{Language, Recipient};
use crate::report::{ArchivedDocument, ReportRun};

/// Writes the mails of one run.
pub(super) struct Mailroom<'a> {
    pub(super) config: &'a Config,
    pub(super) run: &'a ReportRun,
    pub(super) now: DateTime<Utc>,
    desks: BTreeMap<Language, Desk>,
    /// What the report is called, by language.
    titles: Vec<(Language, String)>,
}

impl<'a> Mailroom<'a> {
    /// Desks for all languages; `titles` are those of the compiled editions.
    pub(super) fn open(
        config: &'a Config,
        run: &'a ReportRun,
        now: DateTime<Utc>,
        titles: Vec<(Language, String)>,
        locale: impl Fn(Language) -> Arc<Locale>,
    ) -> Result<Self, LetterError> {
        let folder = overrides(config);
        let mut desks = BTreeMap::new();
        for language in Language::ALL {
            desks.insert(language, Desk::new(locale(language), Some(&folder))?);
        }
        Ok(Self { config, run, now, desks, titles })
    }

    pub(super) fn desk(&self, language: Language) -> Option<&Desk> {
        self.desks.get(&language)
    }

    fn local_day(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.config.programme.timezone).date_naive()
    }

    pub(super) fn title(&self, desk: &Desk) -> String {
        let language = desk.locale().language();
        let known = self.titles.iter().find(|(l, _)| *l == language);
        known.map_or_else(|| desk.locale().word("report-title"), |(_, title)| title.clone())
    }

    fn reply_to(&self) -> &str {
        let mail = &self.config.mail;
        mail.reply_to.as_ref().map_or(mail.from.email.as_str(), |mailbox| mailbox.email.as_str())
    }

    /// One mail to each recipient, with the edition in their language; where there is none, with
    /// the first there is.
    pub(super) fn to_recipients(
        &self,
        schedule: &Schedule,
        facts: &Facts,
        documents: &[ArchivedDocument],
        brief: &Brief,
        threads: &BTreeMap<String, Vec<String>>,
        released: Option<(&str, DateTime<Utc>)>,
    ) -> Result<Vec<NewDelivery>, CompileError> {
        let late = self.run.is_late().then(|| self.local_day(self.run.due_at));
        let mut deliveries = Vec::new();
        for person in each_once(self.config.members(&schedule.recipients)) {
            let key = burst::key_of(self.config, schedule, person);
            let edition = |language: Option<Language>| {
                documents.iter().find(|d| d.edition == key && language.is_none_or(|wanted| wanted == d.language))
            };
            let document = edition(Some(person.language)).or_else(|| edition(None)).or(documents.first());
            let Some(document) = document else { continue };
            let Some(desk) = self.desk(person.language) else { continue };
            let title = self.title(desk);
            let changes = corrected(brief, desk);
            let context = LetterContext {
                changes: &changes,
                released: released.map(|(by, at)| (by, self.local_day(at))),
                late_since: late,
                ..self.context(&title, &person.name)
            };
            let thread = threads.get(&person.email.to_lowercase()).cloned().unwrap_or_default();
            let letter = Letter { thread, ..report_letter(facts, document, &context, desk)? };
            let key = format!("run-{}/report/{}", self.run.id, person.email.to_lowercase());
            deliveries.push(NewDelivery {
                run: Some(self.run.id),
                purpose: Purpose::Report,
                name: person.name.clone(),
                email: person.email.clone(),
                letter,
                attachments: vec![attached(document)],
                message_id: message_id(&key, &self.config.mail.from.email, self.now),
                unique_key: key,
            });
        }
        Ok(deliveries)
    }

    /// One mail to each approver, with all editions and a link of their own. `fence` tells one
    /// compiling of the run from the next, which is shown again; whoever has approved these very
    /// bytes before is not asked again.
    pub(super) fn to_approvers(
        &self,
        schedule: &Schedule,
        facts: &Facts,
        documents: &[ArchivedDocument],
        brief: &Brief,
        fence: i64,
        given: &[Approval],
    ) -> Result<Vec<NewDelivery>, CompileError> {
        let recipients = each_once(self.config.members(&schedule.recipients)).len();
        let approvers = each_once(self.config.members(&schedule.approvers));
        let all_of: Vec<String> = match schedule.approvals {
            Approvals::All if approvers.len() > 1 => approvers.iter().map(|person| person.name.clone()).collect(),
            _ => Vec::new(),
        };
        let shown = approval::shown(documents);
        let key = sign_off::Key::of_home(&self.config.home)?;
        let until = self.now + TimeDelta::from_std(self.config.dashboard.links_valid_for).unwrap_or_default();
        let mut deliveries = Vec::new();
        for person in approvers {
            let is_given = |a: &&Approval| a.verdict == Verdict::Approved && a.shown == shown;
            if given.iter().filter(is_given).any(|a| a.approver.eq_ignore_ascii_case(&person.email)) {
                continue;
            }
            let Some(desk) = self.desk(person.language) else { continue };
            let title = self.title(desk);
            let token = key.token(&sign_off::Link {
                run: self.run.id,
                approver: person.email.to_lowercase(),
                shown: shown.clone(),
                expires_at: until,
            });
            let link = format!("{}/sign-off/{token}", self.config.public_url());
            let waiting = Waiting {
                run: self.run.id,
                editions: documents,
                problems: brief.problems.get(&person.language).map(Vec::as_slice).unwrap_or_default(),
                recipients,
                changes: [&brief.since_compile, &brief.since_version, &brief.since_period]
                    .map(|changes| changes.get(&person.language).map(Vec::as_slice).unwrap_or_default()),
                period_before: brief.period_before,
                all_of: &all_of,
                link: &link,
                link_until: self.local_day(until),
            };
            let letter = sign_off_letter(facts, &waiting, &self.context(&title, &person.name), desk)?;
            let key = format!("run-{}/sign-off-{fence}/{}", self.run.id, person.email.to_lowercase());
            deliveries.push(NewDelivery {
                run: Some(self.run.id),
                purpose: Purpose::SignOff,
                name: person.name.clone(),
                email: person.email.clone(),
                letter,
                attachments: documents.iter().map(attached).collect(),
                message_id: message_id(&key, &self.config.mail.from.email, self.now),
                unique_key: key,
            });
        }
        Ok(deliveries)
    }

    pub(super) fn context<'c>(&'c self, title: &'c str, recipient: &'c str) -> LetterContext<'c> {
        LetterContext {
            programme: &self.config.programme,
            title,
            revision: self.run.revision,
            changes: "",
            recipient,
            reply_to: self.reply_to(),
            reply_by: None,
            released: None,
            late_since: None,
            trial: false,
        }
    }
}

pub(super) fn attached(document: &ArchivedDocument) -> Attachment {
    Attachment { path: document.path.clone(), file_name: document.file_name.clone(), sha256: document.sha256.clone() }
}

/// The most figures that a mail about a correction names: the report has them all.
const FIGURES_NAMED: usize = 5;

/// What a correction corrects, in short; empty where that is not known.
fn corrected(brief: &Brief, desk: &Desk) -> String {
    let figures = brief.since_version.get(&desk.locale().language()).map(Vec::as_slice).unwrap_or_default();
    let mut told: Vec<String> = figures
        .iter()
        .take(FIGURES_NAMED)
        .map(|change| {
            let args = [("label", change.label.as_str().into()), ("before", change.before.as_str().into())];
            let [label, before] = args;
            desk.say("mail-sign-off-change", &[label, before, ("after", change.after.as_str().into())])
        })
        .collect();
    for (id, n) in [("changed", brief.rows.changed), ("added", brief.rows.added), ("gone", brief.rows.gone)] {
        if n > 0 {
            told.push(desk.say(&format!("mail-report-rows-{id}"), &[("n", n.into())]));
        }
    }
    told.join("; ")
}

/// Nobody gets the same mail twice because two groups, or two entries, have their address.
pub(super) fn each_once(people: Vec<&Recipient>) -> Vec<&Recipient> {
    let mut seen = BTreeSet::new();
    people.into_iter().filter(|person| seen.insert(person.email.to_lowercase())).collect()
}
