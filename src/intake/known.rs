//! What else is known of a file: the same bytes, those that came with it, the rows of others.

use std::collections::{BTreeMap, BTreeSet};

use super::across::{self, Question};
use super::answer::ALREADY_HAVE_IT;
use super::source;
use super::take::{Intake, IntakeError, Job, Taken};
use super::tally::{Figures, Tally};
use crate::diagnostic::{Diagnostic, Place};
use crate::period::ReportingPeriod;
use crate::record::FileSummary;

impl Intake {
    /// The same bytes of the same source, taken before without a fault and still in force. With
    /// a fault they are read again: the configuration may have changed meanwhile.
    pub(super) async fn known(&self, job: &Job<'_>, sha256: &str) -> Result<Option<Taken>, IntakeError> {
        let Some(stored) = self.store.file_with_bytes(&job.source.key, sha256).await? else { return Ok(None) };
        let local = stored.received_at.with_timezone(&self.config.programme.timezone).date_naive();
        let mut taken = Taken {
            summary: FileSummary { file: job.name.to_owned(), ..stored.summary },
            diagnostics: stored.diagnostics,
            figures: Figures::default(),
            change: None,
            questions: Vec::new(),
        };
        if taken.needs_fixing() {
            return Ok(None);
        }
        taken.diagnostics.push(Diagnostic::info(ALREADY_HAVE_IT, Place::file(job.name)).with("date", local));
        Ok(Some(taken))
    }

    /// Warns of rows whose activity nobody has reported yet.
    pub(super) async fn look_up_references(&self, job: &Job<'_>, tally: &mut Tally) -> Result<(), IntakeError> {
        if job.dry_run {
            self.locked(&self.rehearsed).add(&job.source.key, tally);
        }
        let mut known = BTreeSet::new();
        let told = tally.told_unknown();
        let asked: BTreeMap<String, Option<Place>> = told
            .into_iter()
            .map(|id| (id, None))
            .chain(tally.references().map(|(id, place)| (id.to_owned(), Some(place.clone()))))
            .collect();
        for (id, place) in asked {
            let rehearsed = job.dry_run && self.locked(&self.rehearsed).knows(&id);
            if rehearsed || self.store.period_of_activity(&job.source.key, &id).await?.is_some() {
                known.insert(id);
            } else if let Some(place) = place {
                let is_held = tally.waits_for(&id) || self.store.is_held(&id).await?;
                tally.tell_unknown(&id, place, is_held);
            }
        }
        tally.take_back_unknown(|id| known.contains(id));
        Ok(())
    }

    /// Holds the file against what others, and the same source earlier, have sent.
    pub(super) async fn look_across(&self, job: &Job<'_>, tally: &mut Tally) -> Result<Vec<Question>, IntakeError> {
        let rehearsal = std::mem::take(&mut *self.locked(&self.rehearsed));
        let questions = across::events(&self.store, &job.source, &rehearsal, tally).await;
        let told = across::participants(&self.store, &job.source, &rehearsal, tally).await;
        *self.locked(&self.rehearsed) = rehearsal;
        told?;
        across::plan(&self.store, &job.source, job.name, tally).await?;
        Ok(questions?)
    }

    /// The period of the files that a CSV came together with: together they are one workbook.
    pub(super) async fn companion(&self, job: &Job<'_>) -> Result<Option<(ReportingPeriod, String)>, IntakeError> {
        // The marked copy of a CSV is a workbook, but what it holds is still one sheet of several.
        let name = source::plain_name(job.name).to_lowercase();
        let is_text = [".csv", ".tsv", ".txt"].iter().any(|e| name.ends_with(e));
        if !is_text {
            return Ok(None);
        }
        let contributor = job.source.contributor.as_ref().map(|c| c.email.as_str());
        let remembered = self.locked(&self.companions).period(job.since, contributor);
        if remembered.is_some() || contributor.is_some() {
            return Ok(remembered);
        }
        Ok(self.store.companion_period(job.since).await?)
    }
}
