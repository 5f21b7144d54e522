//! `rapporteur intake`: workbooks read now, and what is to be told about them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::args::IntakeArgs;
use super::output::{JsonDiagnostic, Tone, counted};
use super::{Done, Session, progress};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::intake::{Intake, Taken};
use crate::record::FileSummary;
use crate::store::Store;

/// The contract's JSON.
#[derive(Serialize)]
struct Report {
    files: Vec<FileReport>,
    diagnostics: Vec<JsonDiagnostic>,
}

#[derive(Serialize)]
struct FileReport {
    file: String,
    rows_read: u32,
    rows_accepted: u32,
    rows_held: u32,
}

pub(super) async fn run(session: &Session, arguments: &IntakeArgs) -> anyhow::Result<Done> {
    files_are_there(&arguments.files)?;
    let config = Arc::new(session.config()?);
    // Dropped, and with it removed, only after the ledger in it is closed.
    let (store, _pretended) = ledger(session, &config, arguments.dry_run).await?;
    let intake = Intake::new(Arc::clone(&config), store.clone(), session.clock.clone());
    let waiting = progress::reading(&session.output, &arguments.files);
    let taken = intake.take_all(&arguments.files, arguments.dry_run).await;
    waiting.finish();
    store.close().await;
    let taken = taken?;
    report(session, &taken, arguments.dry_run);
    let faulty = taken.iter().any(Taken::needs_fixing);
    Ok(if faulty { Done::WithFaults } else { Done::Well })
}

/// Refuses names of files that are not there before anything is taken.
pub(super) fn files_are_there(files: &[PathBuf]) -> anyhow::Result<()> {
    for file in files {
        let what = match std::fs::metadata(file) {
            Ok(found) if found.is_file() => continue,
            Ok(_) => "it is no file",
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => "there is no such file",
            Err(problem) => anyhow::bail!("`{}` cannot be read: {problem}", file.display()),
        };
        anyhow::bail!("`{}` cannot be read: {what}", file.display());
    }
    Ok(())
}

/// The ledger of the home; for a dry run in a home that has none, an empty one that goes away.
async fn ledger(
    session: &Session,
    config: &Config,
    dry_run: bool,
) -> anyhow::Result<(Store, Option<tempfile::TempDir>)> {
    let path = config.home.join(config.ledger.url.trim_start_matches("sqlite:").trim_start_matches("//"));
    if dry_run && !path.exists() {
        let folder = tempfile::tempdir()?;
        let store = Store::open("sqlite:ledger.db", folder.path()).await?;
        return Ok((store, Some(folder)));
    }
    Ok((session.store(config).await?, None))
}

fn report(session: &Session, taken: &[Taken], dry_run: bool) {
    let diagnostics: Vec<Diagnostic> = taken.iter().flat_map(|t| t.diagnostics.iter().cloned()).collect();
    if session.output.is_json() {
        session.output.json(&Report {
            files: taken.iter().map(|t| file_report(&t.summary)).collect(),
            diagnostics: JsonDiagnostic::all(&session.locale, &diagnostics),
        });
        return;
    }
    session.output.diagnostics(&session.locale, &diagnostics);
    for one in taken {
        let errors = one.diagnostics.iter().filter(|d| d.is_error()).count();
        let warnings = one.diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
        session.output.line(&summary_line(session, &one.summary, errors, warnings));
        if let Some(change) = one.change {
            let parts: Vec<String> =
                [(change.added, "new"), (change.changed, "changed"), (change.gone, "gone"), (change.same, "as before")]
                    .into_iter()
                    .filter(|(number, _)| *number > 0)
                    .map(|(number, word)| format!("{number} {word}"))
                    .collect();
            if !parts.is_empty() {
                session.output.line(&format!("  in the ledger: {}", parts.join(", ")));
            }
        }
    }
    if dry_run {
        session.output.line("Nothing was written down: this was a dry run.");
    }
}

fn file_report(summary: &FileSummary) -> FileReport {
    FileReport {
        file: summary.file.clone(),
        rows_read: summary.rows_read,
        rows_accepted: summary.rows_accepted,
        rows_held: summary.rows_held,
    }
}

/// `activities_TJ.xlsx: 12 rows read, 11 accepted, 1 held; 1 error, 3 warnings`.
pub(super) fn summary_line(session: &Session, summary: &FileSummary, errors: usize, warnings: usize) -> String {
    let tone = if errors > 0 { Tone::Bad } else { Tone::Good };
    let mut line = format!(
        "{}: {} read, {} accepted, {} held",
        session.output.toned(tone, &summary.file),
        counted(usize::try_from(summary.rows_read).unwrap_or(usize::MAX), "row", "rows"),
        summary.rows_accepted,
        summary.rows_held
    );
    let told: Vec<String> = [(errors, "error", "errors"), (warnings, "warning", "warnings")]
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| counted(number, one, many))
        .collect();
    if !told.is_empty() {
        line.push_str("; ");
        line.push_str(&told.join(", "));
    }
    line
}

/// Total size of files, in bytes.
pub(super) fn size_of(files: &[PathBuf]) -> u64 {
    files.iter().filter_map(|file| std::fs::metadata(Path::new(file)).ok()).map(|found| found.len()).sum()
}
