//! The archive: every edition as a file, and for each run a manifest that says what went in,
//! what came out, and who released it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{CompiledReport, Material, Request};
use crate::approval::{self, Approval};
use crate::config::Config;
use crate::digest::of as hash;
use crate::facts::{Facts, Figure};
use crate::pdf;
use crate::recipient::Language;
use crate::report::{ArchivedDocument, ReportRun};

/// A file that could not be written or read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub struct ArchiveError {
    /// Which file or folder.
    pub path: PathBuf,
    /// What the system says.
    pub error: std::io::Error,
}

/// Where the pictures of covers are, below the home.
const COVERS: &str = "state/covers";

/// Where editions lie until they are released, below the home.
const DRAFTS: &str = "state/drafts";

pub(super) fn at(path: &Path) -> impl Fn(std::io::Error) -> ArchiveError {
    move |error| ArchiveError { path: path.to_owned(), error }
}

/// Where the picture of an edition's cover is, if there is one: it can be done without, and comes again with the
/// next compiling.
#[must_use]
pub fn cover(config: &Config, sha256: &str) -> PathBuf {
    config.at_home(Path::new(COVERS)).join(format!("{sha256}.svg"))
}

/// Puts a compiled edition among the drafts, under its hash: what approvers were sent stays as
/// they saw it, also when the run is compiled again.
pub(super) fn keep(
    config: &Config,
    run: &ReportRun,
    request: &Request,
    report: &CompiledReport,
) -> Result<ArchivedDocument, ArchiveError> {
    let sha256 = hash(&report.pdf);
    let path = format!("{DRAFTS}/{sha256}.pdf");
    write_whole(&config.at_home(Path::new(&path)), &report.pdf)?;
    if let Some(svg) = &report.cover
        && let Err(error) = write_whole(&cover(config, &sha256), svg.as_bytes())
    {
        // The pages then say the cover in words.
        tracing::debug!(%error, "the picture of a cover could not be kept");
    }
    Ok(ArchivedDocument {
        run: run.id,
        language: request.language,
        edition: request.edition.clone(),
        path,
        file_name: report.file_name.clone(),
        sha256,
        size: u64::try_from(report.pdf.len()).unwrap_or(u64::MAX),
        pages: report.pages,
    })
}

/// Puts editions that are released into the archive, and says where they lie now and what they are: those that
/// were signed off say so in their information. A file that is there already is never written over: the same
/// bytes are the same document, and other bytes go beside it under a name with their hash.
pub(super) fn publish(
    config: &Config,
    run: &ReportRun,
    documents: &[ArchivedDocument],
    given: &[Approval],
) -> Result<Vec<ArchivedDocument>, ArchiveError> {
    let signed = approval::told(given);
    let folder = format!("archive/{}", run.period);
    let mut published = Vec::new();
    for document in documents {
        let draft = config.at_home(Path::new(&document.path));
        let bytes = fs::read(&draft).map_err(at(&draft))?;
        if hash(&bytes) != document.sha256 {
            return Err(at(&draft)(std::io::Error::other("the file is not what was compiled")));
        }
        let bytes = match &signed {
            Some((by, when)) => {
                pdf::sign_off(&bytes, by, *when).map_err(|error| at(&draft)(std::io::Error::other(error)))?
            }
            None => bytes,
        };
        let sha256 = hash(&bytes);
        let mut path = format!("{folder}/{}", document.file_name);
        // Two who approve at the same moment write different bytes: only one of them gets the plain name.
        if !write_new(&config.at_home(Path::new(&path)), &bytes)? {
            let existing = config.at_home(Path::new(&path));
            if hash(&fs::read(&existing).map_err(at(&existing))?) != sha256 {
                let stem = document.file_name.trim_end_matches(".pdf");
                path = format!("{folder}/{stem}.{}.pdf", sha256.get(..12).unwrap_or(&sha256));
                write_whole(&config.at_home(Path::new(&path)), &bytes)?;
            }
        }
        if sha256 != document.sha256
            && let Err(error) = fs::copy(cover(config, &document.sha256), cover(config, &sha256))
        {
            tracing::debug!(%error, "the released edition is without the picture of its cover");
        }
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        published.push(ArchivedDocument { path, sha256, size, ..document.clone() });
    }
    Ok(published)
}

/// Writes a file so that it is there whole or not at all, also after a power cut.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), ArchiveError> {
    written(path, bytes)?.persist(path).map_err(|refused| at(path)(refused.error))?;
    settled(path)
}

/// The same where there is none yet; `false`, and nothing is written, where there is.
fn write_new(path: &Path, bytes: &[u8]) -> Result<bool, ArchiveError> {
    if path.exists() {
        return Ok(false);
    }
    match written(path, bytes)?.persist_noclobber(path) {
        Ok(_) => settled(path).map(|()| true),
        Err(refused) if refused.error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(refused) => Err(at(path)(refused.error)),
    }
}

/// A file beside the one it is to become.
fn written(path: &Path, bytes: &[u8]) -> Result<tempfile::NamedTempFile, ArchiveError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(at(folder))?;
    let mut file = tempfile::Builder::new().prefix(".writing-").tempfile_in(folder).map_err(at(folder))?;
    file.write_all(bytes).map_err(at(path))?;
    file.as_file().sync_all().map_err(at(path))?;
    make_readable(file.as_file()).map_err(at(path))?;
    crate::crash::point("archive-before-rename");
    Ok(file)
}

/// The name of a file is on the disk, too.
fn settled(path: &Path) -> Result<(), ArchiveError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))
}

/// A temporary file is its owner's alone; the archive may be read like any other folder.
fn make_readable(file: &fs::File) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(())
}

/// Where the manifest of a run lies until it is released.
fn draft_manifest_path(config: &Config, run: &ReportRun) -> PathBuf {
    config.at_home(Path::new(&format!("{DRAFTS}/manifest-{}.json", run.id)))
}

/// Where the manifest of a released run lies.
fn manifest_path(config: &Config, run: &ReportRun) -> PathBuf {
    config.at_home(Path::new(&format!("archive/{}/manifest-{}.json", run.period, run.id)))
}

/// What came of a run, and the hash of the rows it came from.
#[derive(Clone, Copy)]
pub(super) struct Came<'a> {
    pub(super) outcome: &'a Value,
    pub(super) material: &'a str,
}

/// Writes down what a run was compiled from and what came of it.
pub(super) fn write_manifest(
    config: &Config,
    run: &ReportRun,
    material: &Material,
    facts: &Facts,
    documents: &[(ArchivedDocument, String)],
    came: Came<'_>,
    now: DateTime<Utc>,
) -> Result<(), ArchiveError> {
    let files: Vec<Value> = material
        .files
        .iter()
        .enumerate()
        .map(|(number, file)| {
            let s = &file.summary;
            json!({
                "label": format!("S{}", number + 1),
                "file": s.file,
                "sha256": s.sha256,
                "rows_read": s.rows_read,
                "rows_accepted": s.rows_accepted,
                "rows_held": s.rows_held,
                "warnings": s.warnings,
            })
        })
        .collect();
    let documents: Vec<Value> = documents
        .iter()
        .map(|(document, title)| {
            json!({
                "language": document.language,
                "edition": document.edition,
                "title": title,
                "path": document.path,
                "file_name": document.file_name,
                "sha256": document.sha256,
                "bytes": document.size,
                "pages": document.pages,
            })
        })
        .collect();
    let figures: serde_json::Map<String, Value> =
        facts.figures.iter().map(|(name, figure)| (name.clone(), figure_told(figure))).collect();
    let manifest = json!({
        "run": run.id,
        "schedule": run.schedule,
        "report": run.report,
        "period": run.period,
        "revision": run.revision,
        "due_at": run.due_at,
        "note": run.note,
        "as_of": facts.as_of,
        "compiled_at": now,
        "compiled_by": concat!("rapporteur ", env!("CARGO_PKG_VERSION")),
        "outcome": came.outcome,
        "files": files,
        "documents": documents,
        "material": came.material,
        "facts_sha256": hash(facts.to_json().to_string().as_bytes()),
        "figures": figures,
    });
    write_json(&draft_manifest_path(config, run), &manifest)
}

fn figure_told(figure: &Figure) -> Value {
    json!({
        "value": figure.value,
        "unit": figure.unit,
        "reported_by": figure.reported_by,
        "of": figure.of,
        "cells": figure.citations,
    })
}

fn write_json(path: &Path, value: &Value) -> Result<(), ArchiveError> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|e| at(path)(std::io::Error::other(e)))?;
    text.push(b'\n');
    write_whole(path, &text)
}

/// What the editions of a run are called, by language, as its manifest has it.
pub(super) fn titles(config: &Config, run: &ReportRun) -> Vec<(Language, String)> {
    let Ok(manifest) = read_manifest(config, run) else { return Vec::new() };
    let documents = manifest.get("documents").and_then(Value::as_array).cloned().unwrap_or_default();
    documents
        .iter()
        .filter_map(|document| {
            let language = document.get("language")?.as_str()?.parse().ok()?;
            Some((language, document.get("title")?.as_str()?.to_owned()))
        })
        .collect()
}

/// Puts the manifest into the archive, with where the editions lie now, who released the run,
/// and when.
pub(super) fn note_release(
    config: &Config,
    run: &ReportRun,
    published: &[ArchivedDocument],
    by: &str,
    given: &[Approval],
    now: DateTime<Utc>,
) -> Result<(), ArchiveError> {
    let path = manifest_path(config, run);
    let mut manifest = read_manifest(config, run)?;
    for entry in manifest.get_mut("documents").and_then(Value::as_array_mut).into_iter().flatten() {
        let is = |key: &str, word: &str| entry.get(key).and_then(Value::as_str) == Some(word);
        let place = published.iter().find(|d| is("language", d.language.code()) && is("edition", &d.edition));
        if let (Some(place), Some(entry)) = (place, entry.as_object_mut()) {
            entry.insert("path".to_owned(), json!(place.path));
            let compiled = entry.insert("sha256".to_owned(), json!(place.sha256));
            let bytes = entry.insert("bytes".to_owned(), json!(place.size));
            // What was approved is the head of what is released.
            if compiled.as_ref().and_then(Value::as_str) != Some(&place.sha256) {
                entry.insert("signed_off_sha256".to_owned(), json!(compiled));
                entry.insert("signed_off_bytes".to_owned(), json!(bytes));
            }
        }
    }
    if let Some(manifest) = manifest.as_object_mut() {
        manifest.insert(
            "outcome".to_owned(),
            json!({ "state": "released", "released_by": by, "released_at": now, "sign_off": given }),
        );
    }
    write_json(&path, &manifest)
}

/// The hash of the rows that a released run was compiled from.
pub(super) fn material_of(config: &Config, run: &ReportRun) -> Option<String> {
    let manifest: Value = serde_json::from_slice(&fs::read(manifest_path(config, run)).ok()?).ok()?;
    manifest.get("material")?.as_str().map(str::to_owned)
}

fn read_manifest(config: &Config, run: &ReportRun) -> Result<Value, ArchiveError> {
    let path = draft_manifest_path(config, run);
    let text = fs::read(&path).map_err(at(&path))?;
    serde_json::from_slice(&text).map_err(|error| at(&path)(error.into()))
}
