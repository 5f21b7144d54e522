//! Reminders: some working days before a report is due, those from whom something is missing get a
//! mail with the blank workbook, and the approvers one that says how things stand and what will
//! happen when.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::{ScheduleError, Upcoming, deadline, upcoming};
use crate::clock::Clock;
use crate::config::{AtDeadline, Config, Programme, Schedule, SignOff, Wait};
use crate::digest;
use crate::letter::{Desk, LetterError};
use crate::locale::Locale;
use crate::outbox::{Attachment, Letter, NewDelivery, Purpose, message_id};
use crate::readiness::{Contribution, Readiness, Standing};
use crate::recipient::Language;
use crate::step::Step;
use crate::store::{Store, StoreError};
use crate::workdays::shifted_instant;

/// A reminder that was missed by more than this is not made up for; the next one comes.
const CATCH_UP: TimeDelta = TimeDelta::days(2);

/// Makes the blank workbook of a programme in a language.
pub type Blank = fn(&Programme, Language) -> Result<Vec<u8>, String>;

/// Why nobody could be reminded.
#[derive(Debug, thiserror::Error)]
pub enum ReminderError {
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An expression that the configuration let pass is not sound.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// Not even the built-in template can be used.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// The blank workbook cannot be made.
    #[error("the blank workbook: {0}")]
    Blank(String),
}

/// Reminds contributors, each once of each matter.
#[derive(Debug)]
pub struct Reminders {
    store: Store,
    config: Arc<Config>,
    clock: Clock,
    blank: Blank,
    /// What was looked after already, in this life of the program; the outbox knows of all lives.
    done: Mutex<BTreeSet<String>>,
}

/// A reminder whose instant has come.
struct Matter<'a> {
    of: Upcoming<'a>,
    /// So many working days before it is due.
    days: u32,
}

impl Matter<'_> {
    fn key(&self) -> String {
        let due = self.of.due_at.format("%Y-%m-%dT%H:%MZ");
        format!("remind/{}/{}/{due}/{}", self.of.schedule.name, self.of.period, self.days)
    }
}

/// The instants of the reminders after `from` and up to `until`, in order: for a rehearsal.
///
/// # Errors
/// When an expression is not sound.
pub fn instants(
    config: &Config,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, crate::cron::CronProblem> {
    let mut all = Vec::new();
    for one in upcoming(config, from, until + far(config), usize::MAX)? {
        all.extend(one.schedule.remind.iter().map(|days| before(config, &one, *days)));
    }
    all.retain(|at| from < *at && *at <= until);
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// So many working days before an occurrence.
fn before(config: &Config, one: &Upcoming<'_>, days: u32) -> DateTime<Utc> {
    shifted_instant(one.due_at, -i64::from(days), one.schedule.timezone, &config.holidays_of(one.schedule))
}

/// How far ahead an occurrence may lie whose first reminder is now.
fn far(config: &Config) -> TimeDelta {
    let most = config.schedules.iter().flat_map(|schedule| &schedule.remind).max().copied().unwrap_or(0);
    TimeDelta::days(i64::from(most) * 2 + 30)
}

impl Reminders {
    /// The reminders of a home; `blank` makes the workbook that travels with them.
    #[must_use]
    pub const fn new(store: Store, config: Arc<Config>, clock: Clock, blank: Blank) -> Self {
        Self { store, config, clock, blank, done: Mutex::new(BTreeSet::new()) }
    }

    /// Looks after one reminder that is due, and says whether there was one.
    ///
    /// # Errors
    /// The ledger's trouble, or a template's; nobody is reminded then, and everybody later.
    pub async fn step(&self) -> Result<Step, ReminderError> {
        let now = self.clock.now();
        for matter in self.due(now)? {
            let key = matter.key();
            if !self.done.lock().unwrap_or_else(PoisonError::into_inner).contains(&key) {
                let written = self.remind(&matter, now).await?;
                self.done.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
                if written > 0 {
                    let (period, schedule) = (matter.of.period, &matter.of.schedule.name);
                    tracing::info!(%period, schedule, mails = written, "reminded of what is missing for {period}");
                    return Ok(Step::Worked);
                }
            }
        }
        Ok(Step::Idle)
    }

    /// Of each occurrence to come the latest reminder whose instant has come, not long ago.
    fn due(&self, now: DateTime<Utc>) -> Result<Vec<Matter<'_>>, ReminderError> {
        let config = &self.config;
        let mut found = Vec::new();
        if config.schedules.iter().all(|schedule| schedule.remind.is_empty()) {
            return Ok(found);
        }
        let coming = upcoming(config, now, now + far(config), usize::MAX).map_err(|problem| {
            ReminderError::Schedule(ScheduleError::Cron { name: "reminders".to_owned(), problem })
        })?;
        for one in coming {
            let latest = one.schedule.remind.iter().rev().map(|days| (*days, before(config, &one, *days)));
            let latest = latest.filter(|(_, at)| *at <= now).max_by_key(|(_, at)| *at);
            if let Some((days, _)) = latest.filter(|(_, at)| now - *at <= CATCH_UP) {
                found.push(Matter { of: one, days });
            }
        }
        Ok(found)
    }

    /// Writes the mails of one reminder, and gives their number; those that are there stay.
    async fn remind(&self, matter: &Matter<'_>, now: DateTime<Utc>) -> Result<usize, ReminderError> {
        let of = &matter.of;
        if self.config.contributors.is_empty()
            || self.store.last_released(&of.schedule.report, of.period).await?.is_some()
        {
            return Ok(0);
        }
        let readiness = self.store.readiness(of.period, &self.config.contributors).await?;
        let key = matter.key();
        let mut written = 0;
        for late in readiness.late() {
            let person = &late.contributor;
            let letter = self.reminder(of, late)?;
            let mail = NewDelivery {
                run: None,
                purpose: Purpose::Reminder,
                name: person.name.clone(),
                email: person.email.clone(),
                letter,
                attachments: vec![self.blank(person.language).await?],
                message_id: String::new(),
                unique_key: format!("{key}/{}", person.email.to_lowercase()),
            };
            written += usize::from(self.post(mail, now).await?);
        }
        for (name, email, language) in self.secretariat(of.schedule) {
            let mail = NewDelivery {
                run: None,
                purpose: Purpose::Reminder,
                name,
                letter: self.outlook(of, &readiness, language)?,
                attachments: Vec::new(),
                message_id: String::new(),
                unique_key: format!("{key}/outlook/{}", email.to_lowercase()),
                email,
            };
            written += usize::from(self.post(mail, now).await?);
        }
        Ok(written)
    }

    async fn post(&self, mail: NewDelivery, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let message_id = message_id(&mail.unique_key, &self.config.mail.from.email, now);
        self.store.post(&NewDelivery { message_id, ..mail }, now).await
    }

    /// Who is told how things stand: the approvers of the schedule, else the operators.
    fn secretariat(&self, schedule: &Schedule) -> Vec<(String, String, Language)> {
        let first = self.config.programme.languages.first().copied().unwrap_or_default();
        let mut seen = BTreeSet::new();
        let approvers = self.config.members(&schedule.approvers).into_iter();
        let mut people: Vec<_> =
            approvers.map(|person| (person.name.clone(), person.email.clone(), person.language)).collect();
        if people.is_empty() {
            let operators = self.config.mail.operators.iter();
            people.extend(operators.map(|one| (one.name.clone().unwrap_or_default(), one.email.clone(), first)));
        }
        people.retain(|(_, email, _)| seen.insert(email.to_lowercase()));
        people
    }

    /// The blank workbook as a file below the home, under its hash: a mail is sent as it was written,
    /// also when the programme's names change.
    async fn blank(&self, language: Language) -> Result<Attachment, ReminderError> {
        let (config, blank) = (Arc::clone(&self.config), self.blank);
        let made = tokio::task::spawn_blocking(move || {
            let bytes = blank(&config.programme, language)?;
            let sha256 = digest::of(&bytes);
            let path = format!("state/blank/{sha256}.xlsx");
            let place = config.at_home(Path::new(&path));
            if !place.exists() {
                let folder = place.parent().unwrap_or(Path::new("."));
                std::fs::create_dir_all(folder)
                    .and_then(|()| {
                        let file = tempfile::NamedTempFile::new_in(folder)?;
                        std::fs::write(file.path(), &bytes)?;
                        file.as_file().sync_all()?;
                        file.persist(&place).map(drop).map_err(|refused| refused.error)
                    })
                    .map_err(|error| format!("{}: {error}", place.display()))?;
            }
            let file_name = format!("workbook-{}.xlsx", language.code());
            Ok::<_, String>(Attachment { path, file_name, sha256 })
        });
        made.await.map_err(|error| error.to_string()).and_then(|made| made).map_err(ReminderError::Blank)
    }

    /// A desk with the home's own words and templates, or the built-in ones where those are at fault.
    fn desk(&self, language: Language) -> Result<Desk, LetterError> {
        let own = self.config.at_home(Path::new("templates"));
        let with_own = Locale::load(language, Some(&own)).ok().map(Arc::new);
        let with_own = with_own.and_then(|locale| Desk::new(locale, Some(&own)).ok());
        with_own.map_or_else(|| Desk::new(Arc::new(Locale::embedded(language)), None), Ok)
    }

    fn reminder(&self, of: &Upcoming<'_>, late: &Contribution) -> Result<Letter, ReminderError> {
        let desk = self.desk(late.contributor.language)?;
        let locale = desk.locale();
        let missing: Vec<String> = late.missing().map(|sheet| sheet_name(locale, sheet)).collect();
        let mail = &self.config.mail;
        let form = ReminderForm {
            recipient: late.contributor.name.clone(),
            months: locale.months(of.period),
            due: local_date(locale, of.schedule, of.due_at),
            reply_to: mail.reply_to.as_ref().unwrap_or(&mail.from).email.clone(),
            programme: programme_name(&self.config, locale.language()),
            missing,
        };
        let subject = desk.say(
            "mail-reminder-subject",
            &[
                ("code", self.config.programme.code.as_str().into()),
                ("period", locale.period(of.period).into()),
                ("sheets", locale.list(&form.missing).into()),
            ],
        );
        let attached = locale.word("mail-reminder-attached");
        Ok(Letter { attached: Some(attached), ..desk.write("reminder", &subject, &form)? })
    }

    fn outlook(&self, of: &Upcoming<'_>, readiness: &Readiness, language: Language) -> Result<Letter, ReminderError> {
        let desk = self.desk(language)?;
        let locale = desk.locale();
        let (all, come) = readiness.count();
        let schedule = of.schedule;
        let reminded: Vec<String> = readiness.late().map(|one| one.contributor.name.clone()).collect();
        let last = deadline(&self.config, schedule, of.due_at);
        let then = match (schedule.wait, schedule.at_deadline) {
            (Wait::None, _) => "now",
            (Wait::UntilReady, AtDeadline::Send) => "send",
            (Wait::UntilReady, AtDeadline::Hold) => "hold",
        };
        let form = OutlookForm {
            months: locale.months(of.period),
            due: local_time(locale, schedule, of.due_at),
            all,
            come,
            standing: readiness.contributions.iter().map(|one| standing(&desk, one)).collect(),
            reminded: locale.list(&reminded),
            then,
            deadline: local_time(locale, schedule, last),
            signed: schedule.sign_off == SignOff::Required,
            programme: programme_name(&self.config, language),
        };
        let subject = desk.say(
            "mail-outlook-subject",
            &[
                ("code", self.config.programme.code.as_str().into()),
                ("period", locale.period(of.period).into()),
                ("n", reminded.len().into()),
            ],
        );
        Ok(desk.write("outlook", &subject, &form)?)
    }
}

/// What the templates `reminder.txt` and `reminder.html` are given.
#[derive(Serialize)]
struct ReminderForm {
    recipient: String,
    months: String,
    due: String,
    missing: Vec<String>,
    reply_to: String,
    programme: String,
}

/// What the templates `outlook.txt` and `outlook.html` are given.
#[derive(Serialize)]
struct OutlookForm {
    months: String,
    due: String,
    /// Sheets that are owed, and those that have come.
    all: usize,
    come: usize,
    /// One line for each contributor.
    standing: Vec<String>,
    /// Who is reminded with this mail.
    reminded: String,
    /// What happens where something is missing: "now", "send", "hold".
    then: &'static str,
    deadline: String,
    /// Whether it goes to the approvers first.
    signed: bool,
    programme: String,
}

fn sheet_name(locale: &Locale, sheet: crate::sheet::Sheet) -> String {
    locale.word(&format!("sheet-{}", sheet.name().to_lowercase()))
}

/// "Example Focal Point: Activities – missing, Plan – 3 rows".
fn standing(desk: &Desk, one: &Contribution) -> String {
    let locale = desk.locale();
    let sheets: Vec<String> = one
        .sheets
        .iter()
        .map(|owed| {
            let word = match owed.standing {
                Standing::Missing => "missing",
                Standing::HeldRows => "held",
                Standing::Accepted => "accepted",
            };
            let args = [
                ("sheet", sheet_name(locale, owed.sheet).into()),
                ("rows", owed.rows.into()),
                ("held", owed.held.into()),
            ];
            desk.say(&format!("mail-outlook-{word}"), &args)
        })
        .collect();
    format!("{}: {}", one.contributor.name, sheets.join("; "))
}

fn programme_name(config: &Config, language: Language) -> String {
    config.programme.name.get(&language).cloned().unwrap_or_else(|| config.programme.code.clone())
}

fn local_date(locale: &Locale, schedule: &Schedule, at: DateTime<Utc>) -> String {
    locale.date(at.with_timezone(&schedule.timezone).date_naive())
}

fn local_time(locale: &Locale, schedule: &Schedule, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&schedule.timezone);
    format!("{}, {} ({})", locale.date(local.date_naive()), local.format("%H:%M"), schedule.timezone)
}
