//! Everything a template may speak of, in one language.

use crate::config::{Config, Wording};
use crate::diagnostic::{Args, Severity};
use crate::facts::{Facts, Selection};
use crate::locale::Locale;
use crate::recipient::Language;
use crate::typeset::document::{Inline, Style};

use super::{Material, Request};

/// What a report is compiled from, and how its reader reads.
pub(super) struct View<'a> {
    pub(super) config: &'a Config,
    pub(super) locale: &'a std::sync::Arc<Locale>,
    pub(super) request: &'a Request,
    pub(super) material: &'a Material,
    pub(super) selection: &'a Selection<'a>,
    pub(super) facts: &'a Facts,
}

impl View<'_> {
    /// The language of the edition.
    pub(super) fn language(&self) -> Language {
        self.locale.language()
    }

    /// A wording of the configuration in the edition's language, else in any it was given in.
    pub(super) fn wording(&self, wording: &Wording) -> String {
        wording.get(&self.language()).or_else(|| wording.values().next()).cloned().unwrap_or_default()
    }

    /// A fixed string.
    pub(super) fn word(&self, id: &str) -> String {
        self.locale.word(id)
    }

    /// The programme's title of a component, with its number.
    pub(super) fn component(&self, number: Option<u32>) -> String {
        let Some(number) = number else { return self.word("component-not-stated") };
        let known = self.config.programme.components.iter().find(|c| c.number == number);
        let args: Args = [
            ("number".to_owned(), u64::from(number).into()),
            ("title".to_owned(), known.map(|c| self.wording(&c.title)).unwrap_or_default().into()),
        ]
        .into();
        self.locale.text(if known.is_some() { "component-named" } else { "component-numbered" }, &args)
    }

    /// A name that the locale may know in the edition's language (towns, steering bodies), else
    /// as it was written.
    pub(super) fn known_name(&self, kind: &str, written: &str) -> String {
        let mut id = kind.to_owned();
        for c in written.trim().chars() {
            if c.is_ascii_alphanumeric() {
                id.push(c.to_ascii_lowercase());
            } else if matches!(c, ' ' | '-') {
                id.push('-');
            } else {
                return written.to_owned();
            }
        }
        if self.locale.has(&id) { self.word(&id) } else { written.to_owned() }
    }

    /// Warnings and errors, with what they say. What was merely noted is left to the sender.
    pub(super) fn problems(&self) -> impl Iterator<Item = &crate::diagnostic::Diagnostic> {
        let of_files = self.material.files.iter().flat_map(|f| &f.diagnostics);
        of_files.chain(&self.selection.diagnostics).filter(|d| d.severity != Severity::Info)
    }
}

/// Grey text.
pub(super) fn quiet(text: impl Into<String>) -> Inline {
    Inline::styled(text, Style { quiet: true, ..Style::default() })
}

/// Semibold text.
pub(super) fn strong(text: impl Into<String>) -> Inline {
    Inline::styled(text, Style { strong: true, ..Style::default() })
}

/// Text with its line breaks kept.
pub(super) fn lines(text: &str) -> Vec<Inline> {
    let mut content = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !content.is_empty() {
            content.push(Inline::Break);
        }
        content.push(Inline::text(clean(line)));
    }
    content
}

/// Cell text without control characters, which no font has and no PDF likes.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
