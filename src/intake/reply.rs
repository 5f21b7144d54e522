//! The reply to whoever dropped a file: an answer and a marked copy beside it, and a mail.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::Arc;

use super::across::Question;
use super::answer::{Answer, Marking};
use super::inbox::{ACCEPTED, NEEDS_FIXING};
use super::letter::{letter, question_letter};
use super::marking::copyist::{MarkedCopy, NoCopy};
use super::marking::remarks::MarkRequest;
use super::source;
use super::spool::{self, Filed, SPOOL};
use super::take::{Intake, IntakeError, Job, Taken, blocking, local_date};
use crate::digest;
use crate::letter::{Desk, LetterError, one_line};
use crate::locale::Locale;
use crate::outbox::{Attachment, Letter, NewDelivery, Purpose, message_id};
use crate::recipient::{Contributor, Language};

/// Largest copy that is attached to a mail, in bytes: more is turned away by many servers.
const MOST_ATTACHED: u64 = 10_000_000;

impl Intake {
    /// Moves a file to where it belongs, its answer and its marked copy beside it, after a mail to
    /// its contributor is in the outbox.
    ///
    /// A crash on the way leads to the file being taken again. The key of the mail is the file's
    /// own, as it lies there: the second time nothing is written.
    pub(super) async fn file_away(&self, job: &Job<'_>, taken: &Taken) -> Result<(), IntakeError> {
        let language = job.source.language(&self.config);
        let locale = self.locale(language);
        let mut answer = Answer {
            summary: &taken.summary,
            figures: &taken.figures,
            diagnostics: &taken.diagnostics,
            change: taken.change,
            received_on: local_date(&self.config, job.now),
            to: job.source.contributor.as_ref().map(|c| c.name.as_str()),
            marking: Marking::NotWanted,
        };
        let marked = if answer.has_marks() { Some(self.marked(job, &answer, &locale).await) } else { None };
        answer.marking = match &marked {
            None => Marking::NotWanted,
            Some(Ok(_)) => Marking::Beside,
            Some(Err(why)) => Marking::Missing(why.word()),
        };
        let marked = marked.and_then(Result::ok);
        let contributor = job.source.contributor.as_ref().filter(|_| self.config.inbox.answer_by_mail);
        if let Some(contributor) = contributor {
            self.mail_answer(job, contributor, &answer, marked.as_ref(), &locale).await?;
        }
        if self.config.inbox.answer_by_mail {
            self.mail_questions(job, &taken.questions).await?;
        }
        // A mail needs the very bytes until it has left; nobody else does.
        let is_mailed = contributor.is_some();
        let kind = if taken.needs_fixing() { NEEDS_FIXING } else { ACCEPTED };
        let folder = self.inbox_folder().join(kind).join(job.folder);
        let (original, text) = (job.original.to_owned(), answer.write(&locale));
        let (name, mark) = (source::filed_name(job.name), source::mark(language));
        blocking(folder.clone(), move || {
            let copy = marked.as_ref().map(|copy| (copy.path.as_path(), copy.ending.as_str(), mark));
            let filed = Filed { folder: &folder, name: &name, answer: &text, marked: copy };
            match spool::file_away(&original, &filed) {
                // Somebody else has taken it away meanwhile; its rows are in.
                Err(error) if error.kind() == io::ErrorKind::NotFound && !original.exists() => {}
                other => {
                    other?;
                }
            }
            if let Some(copy) = marked.filter(|_| !is_mailed) {
                // It lies beside the file now; what is left of it here is not worth an error.
                let _ = fs::remove_file(copy.path);
            }
            Ok(())
        })
        .await
    }

    /// Has the workbook copied with marks; that it fails costs the copy alone.
    async fn marked(&self, job: &Job<'_>, answer: &Answer<'_>, locale: &Locale) -> Result<MarkedCopy, NoCopy> {
        let spool = self.config.at_home(Path::new(SPOOL));
        let request = MarkRequest {
            path: spool.join(&answer.summary.sha256),
            name: job.name.to_owned(),
            legacy_xls: self.config.inbox.legacy_xls,
            csv_sheet: answer.first_sheet(),
            date_format: locale.word("remarks-date-format"),
            remarks: answer.remarks(locale),
        };
        self.room.mark(&request, &spool).await
    }

    /// Writes the answer into the outbox, with the marked copy where it is not too large.
    async fn mail_answer(
        &self,
        job: &Job<'_>,
        contributor: &Contributor,
        answer: &Answer<'_>,
        marked: Option<&MarkedCopy>,
        locale: &Arc<Locale>,
    ) -> Result<(), IntakeError> {
        let small = |copy: &&MarkedCopy| fs::metadata(&copy.path).is_ok_and(|m| m.len() <= MOST_ATTACHED);
        let marked = marked.filter(small);
        let attachments = marked.map(|copy| Attachment {
            path: format!("{SPOOL}/{}", copy.sha256),
            file_name: spool::marked_name(&source::filed_name(job.name), &copy.ending, source::mark(locale.language())),
            sha256: copy.sha256.clone(),
        });
        let code = &self.config.programme.code;
        let letter = self.composed(locale, |desk| letter(answer, code, marked.is_some(), desk));
        // The same file at the same moment of its life: dropped again, it is another one.
        let drop = fs::metadata(job.original).map_or_else(
            |_| "gone".to_owned(),
            |m| format!("{}-{}.{}-{}.{}", m.ino(), m.mtime(), m.mtime_nsec(), m.ctime(), m.ctime_nsec()),
        );
        let key = format!("answer/{}/{}/{drop}", job.source.key, answer.summary.sha256);
        self.post(job, contributor, letter, attachments.into_iter().collect(), key).await
    }

    /// Asks the contributors of other files what this file has raised, each question once.
    async fn mail_questions(&self, job: &Job<'_>, questions: &[Question]) -> Result<(), IntakeError> {
        let mut files: BTreeMap<(&str, &str), Vec<&Question>> = BTreeMap::new();
        for question in questions {
            files.entry((&question.source, &question.file)).or_default().push(question);
        }
        for ((source, file), questions) in files {
            let contributors = &self.config.contributors;
            let Some(contributor) = contributors.iter().find(|c| c.email.eq_ignore_ascii_case(source)) else {
                continue;
            };
            let locale = self.locale(contributor.language);
            let code = &self.config.programme.code;
            let letter = self.composed(&locale, |desk| question_letter(&questions, &contributor.name, code, desk));
            let mut hash = digest::of(letter.text.as_bytes());
            hash.truncate(32);
            let key = format!("question/{source}/{file}/{hash}");
            self.post(job, contributor, letter, Vec::new(), key).await?;
        }
        Ok(())
    }

    async fn post(
        &self,
        job: &Job<'_>,
        contributor: &Contributor,
        letter: Letter,
        attachments: Vec<Attachment>,
        unique_key: String,
    ) -> Result<(), IntakeError> {
        let order = NewDelivery {
            run: None,
            purpose: Purpose::Answer,
            name: one_line(&contributor.name),
            email: contributor.email.clone(),
            letter,
            attachments,
            message_id: message_id(&unique_key, &self.config.mail.from.email, job.now),
            unique_key,
        };
        self.store.post(&order, job.now).await?;
        Ok(())
    }

    /// The sentences of a language, with those of the home laid over them where they can be read.
    fn locale(&self, language: Language) -> Arc<Locale> {
        let overrides = self.config.at_home(Path::new("templates"));
        let locale = Locale::load(language, Some(&overrides)).unwrap_or_else(|_| Locale::embedded(language));
        Arc::new(locale)
    }

    /// A letter by the home's templates; where those are at fault, by ours: a sender must not wait for
    /// somebody to mend a template.
    fn composed(&self, locale: &Arc<Locale>, write: impl Fn(&Desk) -> Result<Letter, LetterError>) -> Letter {
        let overrides = self.config.at_home(Path::new("templates"));
        let own = Desk::new(Arc::clone(locale), Some(&overrides)).and_then(|desk| write(&desk));
        own.unwrap_or_else(|fault| {
            tracing::warn!(%fault, "a template of the answer is at fault; the embedded one is used");
            let embedded = Arc::new(Locale::embedded(locale.language()));
            let written = Desk::new(embedded, None).and_then(|desk| write(&desk));
            written.unwrap_or_else(|fault| unreachable!("the embedded answer is tested: {fault}"))
        })
    }
}
