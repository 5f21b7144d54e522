//! What needs a person, into mails to the operators; recipients hear nothing of it.
//!
//! [`Herald::step`] looks at what is so (runs, the outbox, the disk, the inbox), keeps the notices
//! of the ledger in step with it, and writes the one mail that is most due. Because it looks at
//! what the ledger says and not at who said it, no stage can forget to tell, and a crash between
//! a change and its notice loses nothing.

mod watch;

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use watch::{Seen, look, standing};

use crate::clock::Clock;
use crate::config::{Config, Mailbox};
use crate::letter::{Desk, LetterError, NoticeContext, notice_letter, notice_sentence, one_line};
use crate::locale::Locale;
use crate::notice::{NoticeRecord, Telling};
use crate::outbox::{NewDelivery, Purpose, message_id};
use crate::recipient::Language;
use crate::step::Step;
use crate::store::{Store, StoreError};

/// What went wrong between us and the operators.
#[derive(Debug, thiserror::Error)]
pub enum HeraldError {
    /// The ledger could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Not even the built-in template can be used.
    #[error(transparent)]
    Letter(#[from] LetterError),
}

/// Tells the operators.
#[derive(Clone, Debug)]
pub struct Herald {
    store: Store,
    config: Arc<Config>,
    clock: Clock,
}

impl Herald {
    /// A herald of a home.
    #[must_use]
    pub const fn new(store: Store, config: Arc<Config>, clock: Clock) -> Self {
        Self { store, config, clock }
    }

    /// Brings the notices up to date and writes the mail that is most due, and says whether anything
    /// was to be done.
    ///
    /// # Errors
    /// The ledger's trouble; nothing is told then, and everything later.
    pub async fn step(&self) -> Result<Step, HeraldError> {
        let now = self.clock.now();
        let seen = look(&self.store, &self.config, now).await?;
        for cause in &seen.passed {
            self.store.clear_notice(cause, now).await?;
        }
        let (news, over) = self.store.keep_notices(&seen.notices, now).await?;
        self.log(&news, &over)?;
        for record in self.store.notices_not_done().await? {
            if self.tell(&record, now).await? {
                return Ok(Step::Worked);
            }
        }
        Ok(Step::Idle)
    }

    /// When a mail will be due, if nothing changes.
    ///
    /// # Errors
    /// The ledger's trouble.
    pub async fn due_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        if self.config.mail.operators.is_empty() {
            return Ok(None);
        }
        Ok(self.store.notices_not_done().await?.iter().filter_map(NoticeRecord::due_at).min())
    }

    async fn tell(&self, record: &NoticeRecord, now: DateTime<Utc>) -> Result<bool, HeraldError> {
        let nobody = self.config.mail.operators.is_empty();
        let Some(telling) = record.telling(now).filter(|_| !nobody) else {
            let is_done = record.is_done() || (nobody && record.over_at.is_some());
            return Ok(is_done && self.store.tell_notice(record, &[], true, now).await?);
        };
        let mails = self.mails(record, telling, now)?;
        let is_done = telling == Telling::Over || record.notice.has_happened();
        Ok(self.store.tell_notice(record, &mails, is_done, now).await?)
    }

    /// One mail to each operator, in the language that the configuration knows of them.
    fn mails(
        &self,
        record: &NoticeRecord,
        telling: Telling,
        now: DateTime<Utc>,
    ) -> Result<Vec<NewDelivery>, HeraldError> {
        let mut mails: Vec<NewDelivery> = Vec::new();
        for operator in &self.config.mail.operators {
            if mails.iter().any(|mail| mail.email.eq_ignore_ascii_case(&operator.email)) {
                continue;
            }
            let language = self.language_of(operator);
            let letter = self.letter(record, telling, language)?;
            let unique_key = format!("notice-{}-{}/{}", record.id, record.mails + 1, operator.email.to_lowercase());
            mails.push(NewDelivery {
                run: None,
                purpose: Purpose::Notice,
                name: operator.name.as_deref().map(one_line).unwrap_or_default(),
                email: operator.email.clone(),
                letter,
                attachments: Vec::new(),
                message_id: message_id(&unique_key, &self.config.mail.from.email, now),
                unique_key,
            });
        }
        Ok(mails)
    }

    fn letter(
        &self,
        record: &NoticeRecord,
        telling: Telling,
        language: Language,
    ) -> Result<crate::outbox::Letter, LetterError> {
        let own = self.config.at_home(Path::new("templates"));
        let with_own = Locale::load(language, Some(&own)).ok().and_then(|locale| {
            let desk = Desk::new(Arc::new(locale), Some(&own)).ok()?;
            notice_letter(record, telling, self.setting(), &desk).ok()
        });
        // The home's own words or templates may be the very thing that is at fault.
        with_own.map_or_else(|| notice_letter(record, telling, self.setting(), &built_in(language)?), Ok)
    }

    /// An operator may be a recipient or a contributor as well; else the programme's first language.
    fn language_of(&self, operator: &Mailbox) -> Language {
        let people = self.config.recipients.iter().map(|person| (&person.email, person.language));
        let contributors = self.config.contributors.iter().map(|person| (&person.email, person.language));
        let known = people.chain(contributors).find(|(email, _)| email.eq_ignore_ascii_case(&operator.email));
        let first = self.config.programme.languages.first().copied();
        known.map(|(_, language)| language).or(first).unwrap_or_default()
    }

    fn setting(&self) -> NoticeContext<'_> {
        NoticeContext { programme: &self.config.programme.code, zone: self.config.programme.timezone }
    }

    /// Each matter is logged when it begins and when it ends, whether or not a mail gets out.
    fn log(&self, news: &[crate::notice::Notice], over: &[NoticeRecord]) -> Result<(), HeraldError> {
        if news.is_empty() && over.is_empty() {
            return Ok(());
        }
        let desk = built_in(Language::En)?;
        let operators = self.config.mail.operators.len();
        for notice in news {
            let sentence = notice_sentence(notice, self.setting(), &desk);
            tracing::warn!(notice = notice.kind(), operators, "the operators are to know: {sentence}");
        }
        for record in over {
            let sentence = notice_sentence(&record.notice, self.setting(), &desk);
            tracing::info!(notice = record.notice.kind(), "no longer so: {sentence}");
        }
        Ok(())
    }
}

fn built_in(language: Language) -> Result<Desk, LetterError> {
    Desk::new(Arc::new(Locale::embedded(language)), None)
}

#[cfg(test)]
mod tests;
