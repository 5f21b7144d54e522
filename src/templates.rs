//! The embedded templates, locales, theme and fonts, and the folder that may override them.

use std::borrow::Cow;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::recipient::Language;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// A file of the templates folder, by its path there: the override if there is one, else
/// the embedded one.
#[must_use]
pub fn bytes(path: &str, overrides: Option<&Path>) -> Option<Cow<'static, [u8]>> {
    if let Some(found) = overrides.and_then(|folder| std::fs::read(folder.join(path)).ok()) {
        return Some(Cow::Owned(found));
    }
    EMBEDDED.get_file(path).map(|file| Cow::Borrowed(file.contents()))
}

/// A text file of the templates folder; bytes that are not UTF-8 are replaced.
#[must_use]
pub fn text(path: &str, overrides: Option<&Path>) -> Option<String> {
    bytes(path, overrides).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Embedded files directly in `folder`, by path, in order of their names.
#[must_use]
pub fn embedded_in(folder: &str) -> Vec<(&'static str, &'static [u8])> {
    let mut files: Vec<_> = EMBEDDED
        .get_dir(folder)
        .map(|dir| dir.files().filter_map(|f| Some((f.path().to_str()?, f.contents()))).collect())
        .unwrap_or_default();
    files.sort_unstable();
    files
}

/// Names of the report templates: folders of `report/` that hold a `report.md`, embedded and
/// in the overriding folder, in order. The parts that it includes stand beside it.
#[must_use]
pub fn reports(overrides: Option<&Path>) -> Vec<String> {
    let mut names: Vec<String> = EMBEDDED
        .get_dir("report")
        .map(|dir| {
            dir.dirs()
                .filter(|folder| folder.get_file(folder.path().join("report.md")).is_some())
                .filter_map(|folder| Some(folder.path().file_name()?.to_str()?.to_owned()))
                .collect()
        })
        .unwrap_or_default();
    if let Some(folder) = overrides.map(|folder| folder.join("report")) {
        let entries = std::fs::read_dir(folder).map(|entries| entries.filter_map(Result::ok).collect::<Vec<_>>());
        for entry in entries.unwrap_or_default() {
            if entry.path().join("report.md").is_file() {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// The locale files of a language: embedded ones first, then the overriding folder's.
#[must_use]
pub fn locale_files(language: Language, overrides: Option<&Path>) -> Vec<(String, String)> {
    let ours = |name: &str| {
        name.strip_prefix(language.code()).is_some_and(|rest| rest.starts_with('.')) && name.ends_with(".ftl")
    };
    let name_of = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut files: Vec<(String, String)> = embedded_in("locales")
        .into_iter()
        .filter(|(path, _)| ours(&name_of(path)))
        .map(|(path, contents)| (path.to_owned(), String::from_utf8_lossy(contents).into_owned()))
        .collect();
    if let Some(folder) = overrides.map(|folder| folder.join("locales")) {
        let mut found: Vec<_> = std::fs::read_dir(&folder)
            .map(|entries| entries.filter_map(Result::ok).map(|e| e.path()).collect())
            .unwrap_or_default();
        found.sort_unstable();
        for path in found {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if ours(&name)
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                files.push((format!("templates/locales/{name}"), text));
            }
        }
    }
    files
}

/// The files directly in a folder as they are in force, by path, in order: those of the
/// overriding folder in place of embedded ones of the same name, and beside them.
#[must_use]
pub fn effective(folder: &str, overrides: Option<&Path>) -> Vec<(String, Cow<'static, [u8]>)> {
    let mut paths: Vec<String> = embedded_in(folder).into_iter().map(|(path, _)| path.to_owned()).collect();
    if let Some(own) = overrides.map(|overrides| overrides.join(folder)) {
        let entries = std::fs::read_dir(own).map(|entries| entries.filter_map(Result::ok).collect::<Vec<_>>());
        let files = entries.unwrap_or_default().into_iter().filter(|entry| entry.path().is_file());
        paths.extend(files.map(|entry| format!("{folder}/{}", entry.file_name().to_string_lossy())));
    }
    paths.sort_unstable();
    paths.dedup();
    paths.into_iter().filter_map(|path| bytes(&path, overrides).map(|bytes| (path, bytes))).collect()
}
