//! Sentences, numbers and dates in the reader's language.
//!
//! The words live in `templates/locales/<language>.ftl` and `<language>.<topic>.ftl`
//! (Fluent), embedded in the binary; a folder of the home may override any message.

mod country;
pub mod format;
pub mod words;

pub use country::country_names;

use std::path::Path;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::diagnostic::{Arg, Args, Diagnostic};
use crate::recipient::Language;
use crate::templates;

/// One language's sentences and forms.
pub struct Locale {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// English, for a message that this language lacks.
    fallback: Option<Box<Locale>>,
}

/// A diagnostic in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What was expected and what was found.
    pub message: String,
    /// What makes the problem go away; empty where there is nothing to do.
    pub hint: String,
}

/// A locale file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct LocaleError {
    /// Name of the file.
    pub file: String,
    /// What the Fluent parser says.
    pub problem: String,
}

impl Locale {
    /// The embedded sentences of a language.
    ///
    /// # Panics
    /// Never in a released binary: a test reads every embedded locale.
    #[must_use]
    pub fn embedded(language: Language) -> Self {
        Self::load(language, None).unwrap_or_else(|problem| unreachable!("embedded locales are well formed: {problem}"))
    }

    /// The embedded sentences, with those of `overrides/locales/` laid over them.
    ///
    /// # Errors
    /// A file that is not well-formed Fluent.
    pub fn load(language: Language, overrides: Option<&Path>) -> Result<Self, LocaleError> {
        let identifier: unic_langid::LanguageIdentifier = match language {
            Language::En => "en-GB",
            Language::Ru => "ru",
        }
        .parse()
        .unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        bundle.set_use_isolating(false);
        words::teach(&mut bundle, language);
        for (file, text) in templates::locale_files(language, overrides) {
            let resource = FluentResource::try_new(text).map_err(|(_, problems)| LocaleError {
                file,
                problem: problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            })?;
            bundle.add_resource_overriding(resource);
        }
        let fallback = match language {
            Language::En => None,
            Language::Ru => Some(Box::new(Self::load(Language::En, overrides)?)),
        };
        Ok(Self { language, bundle, fallback })
    }

    /// The language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Whether this language itself has the message.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A message without arguments; its id in angle quotes where nobody wrote it.
    #[must_use]
    pub fn word(&self, id: &str) -> String {
        self.text(id, &Args::new())
    }

    /// A message; `id.attribute` reads an attribute.
    #[must_use]
    pub fn text(&self, id: &str, args: &Args) -> String {
        self.find(id, args).unwrap_or_else(|| format!("‹{id}›"))
    }

    /// A message, or `None` where neither this language nor English has it.
    #[must_use]
    pub fn find(&self, id: &str, args: &Args) -> Option<String> {
        let (name, attribute) = id.split_once('.').map_or((id, None), |(n, a)| (n, Some(a)));
        let pattern = self.bundle.get_message(name).and_then(|message| match attribute {
            None => message.value(),
            Some(attribute) => message.get_attribute(attribute).map(|a| a.value()),
        });
        let Some(pattern) = pattern else {
            return self.fallback.as_ref().and_then(|f| f.find(id, args));
        };
        let mut values = FluentArgs::new();
        for (key, value) in args {
            let value = match value {
                Arg::Number(n) => FluentValue::from(*n),
                Arg::Text(t) => FluentValue::from(t.as_str()),
            };
            values.set(key.as_str(), value);
        }
        let mut problems = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut problems).into_owned();
        // A sentence that ends with «2017 г.» has its full stop already.
        Some(if text.contains("г..") { text.replace("г..", "г.") } else { text })
    }

    /// A diagnostic in words: the message named by its wording or code, and its `.hint`.
    #[must_use]
    pub fn diagnostic(&self, diagnostic: &Diagnostic) -> Told {
        let id = diagnostic.wording.as_deref().unwrap_or(&diagnostic.code);
        Told {
            message: self.text(id, &diagnostic.args),
            hint: self.find(&format!("{id}.hint"), &diagnostic.args).unwrap_or_default(),
        }
    }
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Locale").field("language", &self.language).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_embedded_locale_is_well_formed() {
        for language in Language::ALL {
            assert_eq!(Locale::embedded(language).language(), language);
        }
    }

    /// Later files lay themselves over earlier ones, so that a home can override a sentence;
    /// two of ours with one id would speak for each other.
    #[test]
    fn no_two_embedded_files_name_the_same_message() {
        for language in Language::ALL {
            let mut seen: BTreeMap<String, String> = BTreeMap::new();
            for (file, text) in templates::locale_files(language, None) {
                let ids = text.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id);
                for id in ids.filter(|id| id.starts_with(|c: char| c.is_ascii_lowercase())) {
                    let before = seen.insert(id.to_owned(), file.clone());
                    assert_eq!(before, None, "`{id}` is also in {file}");
                }
            }
        }
    }
}
