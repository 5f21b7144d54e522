//! The reply to whoever dropped a file: an answer and a marked copy beside it, and a mail.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::answer::{Answer, Marking};
use super::inbox::{ACCEPTED, NEEDS_FIXING};
use super::marking::copyist::{MarkedCopy, NoCopy};
use super::marking::remarks::MarkRequest;
use super::source;
use super::spool::{self, Filed};
use super::take::{Intake, IntakeError, Job, Taken, blocking, local_date};
use crate::locale::Locale;

impl Intake {
    /// Moves a file to where it belongs, its answer and its marked copy beside it.
    pub(super) async fn file_away(&self, job: &Job<'_>, taken: &Taken) -> Result<(), IntakeError> {
        let overrides = self.config.at_home(Path::new("templates"));
        let language = job.source.language(&self.config);
        let locale = Locale::load(language, Some(&overrides)).unwrap_or_else(|_| Locale::embedded(language));
        let locale = Arc::new(locale);
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
        let kind = if taken.needs_fixing() { NEEDS_FIXING } else { ACCEPTED };
        let folder = self.inbox_folder().join(kind).join(job.folder);
        let (original, text) = (job.original.to_owned(), answer.write(&locale));
        let name = source::filed_name(job.name);
        let mark = source::mark(language);
        blocking(folder.clone(), move || {
            let copy = marked.as_ref().map(|copy| (copy.path.as_path(), copy.ending.as_str(), mark));
            let filed = Filed { folder: &folder, name: &name, answer: &text, marked: copy };
            match spool::file_away(&original, &filed) {
                // Somebody else has taken it away meanwhile; its rows are in.
                Err(error) if error.kind() == io::ErrorKind::NotFound && !original.exists() => Ok(()),
                other => other.map(|_| ()),
            }
        })
        .await
    }

    /// Has the workbook copied with marks; that it fails costs the copy alone.
    async fn marked(&self, job: &Job<'_>, answer: &Answer<'_>, locale: &Locale) -> Result<MarkedCopy, NoCopy> {
        let spool = self.config.at_home(Path::new("state/spool"));
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
}
