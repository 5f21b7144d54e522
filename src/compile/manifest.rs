//! What an edition was compiled from, by hashes: enough to compile it again and compare.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Material, Request};
use crate::config::Config;
use crate::digest::{hex, of as hash};
use crate::period::ReportingPeriod;
use crate::recipient::Language;
use crate::templates;

/// A file that an edition has rows of, without its name: that stays in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMark {
    /// `S1`, as the rows that travel name it.
    pub label: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What travels in each PDF as `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program and its version.
    pub program: String,
    /// Folder of the template.
    pub report: String,
    /// The period.
    pub period: ReportingPeriod,
    /// Day up to which data was taken into account.
    pub as_of: chrono::NaiveDate,
    /// Language of the edition.
    pub language: Language,
    /// Country it is for; empty for the whole programme.
    pub edition: String,
    /// Its version.
    pub revision: u32,
    /// The files it has rows of.
    pub sources: Vec<SourceMark>,
    /// SHA-256 of everything that was read for the period.
    pub material: String,
    /// SHA-256 of what the configuration says of the programme.
    pub configuration: String,
    /// SHA-256 of template, sentences, theme, fonts and logos.
    pub templates: String,
}

/// This program and its version.
pub(super) const PROGRAM: &str = concat!("rapporteur ", env!("CARGO_PKG_VERSION"));

/// The hashes that all editions of a run share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inputs {
    pub(super) material: String,
    pub(super) configuration: String,
    pub(super) templates: String,
}

impl Inputs {
    /// Of `material`, which is that of the period.
    pub(super) fn of(config: &Config, material: &Material, report: &str) -> Self {
        Self {
            material: hash(&material_bytes(material)),
            configuration: configuration(config),
            templates: template_set(config, report),
        }
    }

    /// The manifest of an edition.
    pub(super) fn manifest(&self, request: &Request, sources: Vec<SourceMark>) -> Manifest {
        Manifest {
            program: PROGRAM.to_owned(),
            report: request.report.clone(),
            period: request.period,
            as_of: request.as_of,
            language: request.language,
            edition: request.edition.clone(),
            revision: request.revision,
            sources,
            material: self.material.clone(),
            configuration: self.configuration.clone(),
            templates: self.templates.clone(),
        }
    }
}

/// Material as the archive keeps it: the same rows are the same bytes.
pub(super) fn material_bytes(material: &Material) -> Vec<u8> {
    // It is plain data with text for keys; there is nothing that JSON could refuse.
    serde_json::to_vec(material).unwrap_or_default()
}

/// Hash of what the configuration says of the programme, however it is written.
pub(super) fn configuration(config: &Config) -> String {
    hash(&serde_json::to_vec(&config.programme).unwrap_or_default())
}

/// Hash of the files that decide how a report looks and what it says, the home's own where it
/// has them.
pub(super) fn template_set(config: &Config, report: &str) -> String {
    let home = super::overrides(config);
    let mut digest = Sha256::new();
    for (path, bytes) in templates::effective(&format!("report/{report}"), Some(&home))
        .into_iter()
        .chain(templates::effective("locales", Some(&home)))
        .chain(templates::effective("fonts", Some(&home)))
        .chain(templates::bytes("theme.toml", Some(&home)).map(|bytes| ("theme.toml".to_owned(), bytes)))
    {
        digest.update(path.as_bytes());
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(&bytes);
    }
    for (path, bytes) in super::logos::files(config) {
        digest.update(path.as_bytes());
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(&bytes);
    }
    hex(&digest.finalize())
}
