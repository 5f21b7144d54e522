//! What the archive keeps so that a report can be compiled again: the rows as they were, and the
//! home's own templates and configuration, each under its hash.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::Material;
use super::archive::{ArchiveError, at, write_whole};
use super::manifest::{Inputs, Manifest, configuration, material_bytes, template_set};
use crate::config::{self, Config};
use crate::digest::of as hash;
use crate::templates;

/// Where they lie, below the home.
const FOLDER: &str = "archive/inputs";

/// The files of a home that decide what a report says, by their paths below it.
type Bundle = BTreeMap<String, String>;

fn material_path(config: &Config, material: &str) -> PathBuf {
    config.at_home(Path::new(FOLDER)).join(format!("{material}.rows.json"))
}

fn bundle_path(config: &Config, configuration: &str, templates: &str) -> PathBuf {
    let both = hash(format!("{configuration} {templates}").as_bytes());
    config.at_home(Path::new(FOLDER)).join(format!("{both}.home.json"))
}

/// Keeps what a run is compiled from. What is there already is the same and stays.
///
/// # Errors
/// The disk.
pub(super) fn keep(config: &Config, material: &Material, inputs: &Inputs) -> Result<(), ArchiveError> {
    let rows = material_path(config, &inputs.material);
    if !rows.exists() {
        write_whole(&rows, &material_bytes(material))?;
    }
    for (sha256, bytes) in &material.picture_bytes {
        let path = config.at_home(Path::new(FOLDER)).join(format!("{sha256}.picture"));
        if !path.exists() {
            write_whole(&path, bytes)?;
        }
    }
    let path = bundle_path(config, &inputs.configuration, &inputs.templates);
    if !path.exists() {
        let bundle = serde_json::to_vec_pretty(&bundle(config)?).map_err(|e| at(&path)(std::io::Error::other(e)))?;
        write_whole(&path, &bundle)?;
    }
    Ok(())
}

/// The home's own files, embedded ones left out.
fn bundle(config: &Config) -> Result<Bundle, ArchiveError> {
    let mut found = Bundle::new();
    let own = "config/rapporteur.toml";
    if let Ok(bytes) = fs::read(config.at_home(Path::new(own))) {
        found.insert(own.to_owned(), BASE64_STANDARD.encode(bytes));
    }
    let own_templates = super::overrides(config);
    for part in ["report", "locales", "fonts", ""] {
        collect(&own_templates, part, &mut found)?;
    }
    for (path, bytes) in super::logos::files(config) {
        if templates::bytes(&path, None).is_none_or(|embedded| *embedded != *bytes) {
            found.insert(format!("templates/{path}"), BASE64_STANDARD.encode(bytes));
        }
    }
    Ok(found)
}

fn collect(templates: &Path, part: &str, found: &mut Bundle) -> Result<(), ArchiveError> {
    let folder = templates.join(part);
    let Ok(entries) = fs::read_dir(&folder) else { return Ok(()) };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if part.is_empty() { name } else { format!("{part}/{name}") };
        let is_folder = entry.path().is_dir();
        if is_folder && part.starts_with("report") {
            collect(templates, &path, found)?;
        }
        if is_folder || (part.is_empty() && path != "theme.toml") {
            continue;
        }
        let bytes = fs::read(entry.path()).map_err(at(&entry.path()))?;
        if templates::bytes(&path, None).is_none_or(|embedded| *embedded != *bytes) {
            found.insert(format!("templates/{path}"), BASE64_STANDARD.encode(bytes));
        }
    }
    Ok(())
}

/// The rows a report was compiled from, if the archive has them as they were.
pub(super) fn rows(config: &Config, manifest: &Manifest) -> Option<Material> {
    let mut material = rows_of(config, &manifest.material)?;
    let hashes: Vec<String> = material.pictures.values().flat_map(|names| names.values().cloned()).collect();
    for sha256 in hashes {
        let bytes = fs::read(config.at_home(Path::new(FOLDER)).join(format!("{sha256}.picture"))).ok()?;
        if hash(&bytes) != sha256 {
            return None;
        }
        material.picture_bytes.insert(sha256, bytes.into());
    }
    Some(material)
}

/// The same by their hash, without the pictures.
pub(super) fn rows_of(config: &Config, material: &str) -> Option<Material> {
    let bytes = fs::read(material_path(config, material)).ok()?;
    (hash(&bytes) == material).then(|| serde_json::from_slice(&bytes).ok()).flatten()
}

/// The configuration a report was compiled with: this home's where it is the same, else one
/// made of what the archive has. The folder holds its files and goes away with it.
pub(super) fn home(config: &Config, manifest: &Manifest) -> Option<(Config, Option<tempfile::TempDir>)> {
    let fits = |config: &Config| {
        configuration(config) == manifest.configuration && template_set(config, &manifest.report) == manifest.templates
    };
    if fits(config) {
        return Some((config.clone(), None));
    }
    let bytes = fs::read(bundle_path(config, &manifest.configuration, &manifest.templates)).ok()?;
    let bundle: Bundle = serde_json::from_slice(&bytes).ok()?;
    let folder = tempfile::tempdir().ok()?;
    for (path, content) in bundle {
        let is_plain = Path::new(&path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        let path = Some(folder.path().join(&path)).filter(|_| is_plain)?;
        fs::create_dir_all(path.parent()?).ok()?;
        fs::write(&path, BASE64_STANDARD.decode(content).ok()?).ok()?;
    }
    let then = config::load(folder.path()).ok()?.output;
    fits(&then).then_some((then, Some(folder)))
}
