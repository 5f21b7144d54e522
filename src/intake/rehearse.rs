//! A file looked at before it is dropped: what taking it would come to, at once.

use std::path::Path;

use super::companions::TOGETHER;
use super::source::Source;
use super::take::{Intake, IntakeError, Job, Taken};

impl Intake {
    /// Reads a file as if it had been dropped under `name` into a `folder` below the inbox, and
    /// writes nothing down. The same child process reads it as later for good; what the ledger has
    /// by then may still make a difference.
    ///
    /// # Errors
    /// See [`Intake::step`].
    pub async fn rehearse(&self, path: &Path, name: &str, folder: &str) -> Result<Taken, IntakeError> {
        let now = self.now();
        let source = Source::of(name, folder, &self.config);
        let job = Job { original: path, name, folder, since: now - TOGETHER, source, now, dry_run: true };
        let taken = self.take_job(&job, || true, None).await?;
        taken.ok_or_else(|| {
            let error = std::io::ErrorKind::NotFound.into();
            IntakeError::Files { path: path.to_owned(), error }
        })
    }
}
