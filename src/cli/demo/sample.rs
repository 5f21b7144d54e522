//! The invented programme's two quarters as files: what `check` tries templates with.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::{fictional, pictures, quarter, write};
use crate::period::ReportingPeriod;

/// The quarter that the sample reports.
///
/// # Errors
/// Ours: it does not read as a period.
pub(in crate::cli) fn period() -> Result<ReportingPeriod> {
    quarter("2026-Q3")
}

/// Writes the workbooks of the quarter and of the one before into `folder`: all ten sheets are
/// filled, so that nothing of a template stays untried.
///
/// # Errors
/// The folder cannot be written to.
pub(in crate::cli) fn lay_out(folder: &Path) -> Result<Vec<PathBuf>> {
    let period = period()?;
    let mut files = Vec::new();
    for quarter in [period.previous(), period] {
        let within = folder.join(quarter.to_string());
        std::fs::create_dir_all(&within).with_context(|| format!("`{}` cannot be made", within.display()))?;
        for (name, bytes) in pictures::all()? {
            let path = within.join(name);
            std::fs::write(&path, bytes).with_context(|| format!("`{}` cannot be written", path.display()))?;
        }
        for book in fictional::workbooks(quarter)? {
            let path = within.join(&book.file);
            std::fs::write(&path, write::bytes(&book)?)
                .with_context(|| format!("`{}` cannot be written", path.display()))?;
            files.push(path);
        }
    }
    Ok(files)
}
