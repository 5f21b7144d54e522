//! A workbook on its way into the inbox, from a form or from a script.

use std::sync::Arc;

use axum::http::StatusCode;

use super::Desk;
use super::problem::Problem;
use crate::config::Config;
use crate::intake::{Dropped, Intake, IntakeError, Taken};
use crate::recipient::Contributor;

/// A file that is coming.
pub(super) struct HandIn {
    file: Dropped,
    size: u64,
    most: u64,
}

impl HandIn {
    /// Begins one of this name.
    pub(super) fn begin(config: &Config, name: &str, sender: Option<&Contributor>) -> Result<Self, Problem> {
        let refused = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "file-name").with("name", name);
        let file = Dropped::begin(config, name, sender).map_err(at_fault)?.ok_or_else(refused)?;
        Ok(Self { file, size: 0, most: config.inbox.max_file_bytes })
    }

    /// Adds what has come of it, into the page cache; what takes long comes with the keeping.
    pub(super) fn write(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        self.size = self.size.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        if self.size > self.most {
            return Err(too_large());
        }
        self.file.write(chunk).map_err(at_fault)
    }

    /// What reading it comes to, and `None` for a picture, which the rows of a workbook name; nothing is taken yet.
    pub(super) async fn rehearsed(&self, desk: &Desk) -> Result<Option<Taken>, Problem> {
        if self.file.is_picture() {
            return Ok(None);
        }
        let intake = Intake::new(desk.config(), desk.store().clone(), desk.clock().clone());
        let _turn = desk.readers().acquire().await.map_err(|_| Problem::ours())?;
        let read = intake.rehearse(self.file.path(), self.file.name(), self.file.folder()).await;
        read.map(Some).map_err(|error| match error {
            IntakeError::Store(error) => Problem::from(error),
            error => Problem::from(anyhow::Error::new(error)),
        })
    }

    /// Puts it into the inbox, where the intake takes it as if it had been dropped there. Gives its name.
    pub(super) async fn keep(self, config: &Arc<Config>) -> Result<String, Problem> {
        let (name, config) = (self.file.name().to_owned(), Arc::clone(config));
        let put = tokio::task::spawn_blocking(move || self.file.keep(&config)).await;
        put.map_err(|error| Problem::from(anyhow::Error::new(error)))?.map_err(at_fault)?;
        Ok(name)
    }
}

pub(super) fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large")
}

fn at_fault(error: std::io::Error) -> Problem {
    tracing::error!(%error, "a file could not be put into the inbox");
    Problem::new(StatusCode::INSUFFICIENT_STORAGE, "inbox-at-fault")
}
