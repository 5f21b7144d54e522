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
use crate::record::Cents;
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
            if let Arg::Countries { countries } = value
                && let [only] = countries.as_slice()
            {
                values.set(format!("{key}-in"), self.in_country(*only));
            }
            values.set(key.as_str(), self.in_words(value));
        }
        let mut problems = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut problems).into_owned();
        // A sentence that ends with «2017 г.» has its full stop already.
        Some(if text.contains("г..") { text.replace("г..", "г.") } else { text })
    }

    /// A fact of a case, as this language writes it.
    fn in_words<'a>(&self, fact: &'a Arg) -> FluentValue<'a> {
        match fact {
            Arg::Number(n) => FluentValue::from(*n),
            Arg::Text(text) => FluentValue::from(text.as_str()),
            Arg::Day { day } => self.date(*day).into(),
            Arg::Days { first, last } => self.date_range(*first, *last).into(),
            Arg::Period { period } => self.period(*period).into(),
            Arg::Decimal { hundredths } => self.hundredths(*hundredths).into(),
            Arg::Amount { cents } => self.amount(Cents(*cents)).into(),
            Arg::Countries { countries } => {
                let names: Vec<String> = countries.iter().map(|country| self.country(*country)).collect();
                self.list(&names).into()
            }
        }
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

    #[test]
    fn facts_of_a_case_are_written_as_each_language_writes_them() {
        let day = |month, day| chrono::NaiveDate::from_ymd_opt(2017, month, day).unwrap();
        let told = Diagnostic::warning("crosses-period", crate::diagnostic::Place::default())
            .with("first", "2017-Q3".parse::<crate::period::ReportingPeriod>().unwrap())
            .with("period", "2017-Q4".parse::<crate::period::ReportingPeriod>().unwrap());
        let [en, ru] = [Language::En, Language::Ru].map(Locale::embedded);
        assert_eq!(
            en.diagnostic(&told).message,
            "it began in Q3\u{a0}2017 and ended in Q4\u{a0}2017; counted in Q4\u{a0}2017 only"
        );
        assert_eq!(
            ru.diagnostic(&told).message,
            "начало приходится на III\u{a0}квартал 2017\u{a0}г., окончание – на IV\u{a0}квартал 2017\u{a0}г.; учтено только за IV\u{a0}квартал 2017\u{a0}г."
        );
        let cases: [(Arg, &str, &str); 5] = [
            (day(11, 29).into(), "29 November 2017", "29 ноября 2017\u{a0}г."),
            ((day(10, 24), day(10, 28)).into(), "24–28 October 2017", "24–28 октября 2017\u{a0}г."),
            (Arg::Amount { cents: 768_000 }, "7\u{a0}680.00", "7\u{a0}680,00"),
            (Arg::Decimal { hundredths: 1_250 }, "12.5", "12,5"),
            (crate::recipient::Country::new("KG").unwrap().into(), "Kyrgyzstan", "Кыргызстан"),
        ];
        for (fact, english, russian) in cases {
            // It travels from the child, and into the ledger, and is the same when it comes back.
            let sent = serde_json::to_string(&fact).unwrap();
            assert_eq!(serde_json::from_str::<Arg>(&sent).unwrap(), fact, "{sent}");
            let args = Args::from([("date".to_owned(), fact)]);
            assert_eq!(
                en.text("already-have-it", &args).split(" and ").next().unwrap(),
                format!("the very same file came on {english}")
            );
            assert!(ru.text("already-have-it", &args).contains(russian));
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
