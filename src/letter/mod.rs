//! What mails say: templates and sentences into a [`Letter`], in two forms of one content.
//!
//! A [`Desk`] holds the templates of `templates/mail/` and one language's sentences; it is
//! made once and writes any number of letters. It knows figures and wordings, but not the
//! configuration and not the outbox: the stages put those together.

mod figures;
mod forms;
mod linked;
mod notice;

use std::path::Path;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, context};
use serde::Serialize;

pub use figures::{Row, figure_changes, key_figures, summary};
pub use linked::{Linked, linked};
pub use notice::{NoticeContext, notice_actions, notice_letter, notice_sentence};

use crate::diagnostic::{Arg, Args};
use crate::locale::Locale;
use crate::outbox::Letter;
use crate::templates;

/// The most work a template may do; the built-in letters need some thousand of it.
const FUEL: u64 = 200_000;

/// The letters there are, as names of files in `templates/mail/`.
pub const NAMES: [&str; 6] = ["report", "sign-off", "notice", "answer", "reminder", "outlook"];

/// A template of a letter that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("templates/mail/{file}:{line}: {problem}")]
pub struct LetterError {
    /// Name of the file in `templates/mail/`.
    pub file: String,
    /// One-based line, 0 where the engine does not say.
    pub line: usize,
    /// What the template engine says.
    pub problem: String,
}

impl LetterError {
    fn new(file: &str, error: &Error) -> Self {
        let detail = error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
        Self { file: error.name().unwrap_or(file).to_owned(), line: error.line().unwrap_or(0), problem: detail }
    }
}

/// What every letter is written on as a page: its head, its colours, its width.
const SHEET: &str = "sheet.html";

/// Writes letters in one language.
pub struct Desk {
    locale: Arc<Locale>,
    environment: Environment<'static>,
}

impl Desk {
    /// A desk with the embedded templates, and those of `overrides/mail/` in their place.
    ///
    /// # Errors
    /// A template that does not parse.
    pub fn new(locale: Arc<Locale>, overrides: Option<&Path>) -> Result<Self, LetterError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            environment.set_syntax(syntax);
        }
        let words = Arc::clone(&locale);
        environment.add_function("t", move |id: String, args: Kwargs| translate(&words, &id, &args));
        environment.add_filter("pad", |text: String, width: usize| {
            let missing = width.saturating_sub(text.chars().count());
            format!("{text}{}", " ".repeat(missing))
        });
        let letters = NAMES.into_iter().flat_map(|name| ["txt", "html"].map(|form| format!("{name}.{form}")));
        for file in letters.chain([SHEET.to_owned()]) {
            let text = templates::text(&format!("mail/{file}"), overrides).unwrap_or_default();
            environment.add_template_owned(file.clone(), text).map_err(|error| LetterError::new(&file, &error))?;
        }
        Ok(Self { locale, environment })
    }

    /// The sentences this desk writes with.
    #[must_use]
    pub fn locale(&self) -> &Locale {
        &self.locale
    }

    /// Writes the letter `name` (one of [`NAMES`]) with what the templates may use; `subject` and
    /// `language` are there in every letter.
    ///
    /// # Errors
    /// A template that names something undefined, or works too long.
    pub fn write(&self, name: &str, subject: &str, context: &impl Serialize) -> Result<Letter, LetterError> {
        let (subject, language) = (one_line(subject), self.locale.language());
        let given = Value::from(Serde(context));
        let context = context! { subject => subject.as_str(), language => language.code(), ..given };
        let render = |form: &str| {
            let file = format!("{name}.{form}");
            self.environment
                .get_template(&file)
                .and_then(|template| template.render(&context))
                .map_err(|error| LetterError::new(&file, &error))
        };
        Ok(Letter {
            language,
            subject,
            text: tidy(&render("txt")?),
            html: render("html")?,
            attached: None,
            thread: Vec::new(),
        })
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("language", &self.locale.language()).finish_non_exhaustive()
    }
}

/// `t("message", name=value)` of the templates.
fn translate(locale: &Locale, id: &str, given: &Kwargs) -> Result<String, Error> {
    let mut args = Args::new();
    for name in given.args() {
        let value: Value = given.get(name)?;
        let arg = match i64::try_from(value.clone()) {
            Ok(number) if value.is_number() => Arg::Number(number),
            _ => Arg::Text(value.to_string()),
        };
        args.insert(name.to_owned(), arg);
    }
    locale
        .find(id, &args)
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("no locale file has the message `{id}`")))
}

/// A text without line breaks and other control characters, for a subject or a name. No-break
/// spaces become plain ones: there is nothing to break, and people search for what they type.
#[must_use]
pub fn one_line(text: &str) -> String {
    let is_space = |c: char| c.is_control() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2028}' | '\u{2029}');
    let spaced: String = text.chars().map(|c| if is_space(c) { ' ' } else { c }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Paragraphs parted by one empty line, no space at line ends, one line break at the end.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines() {
        let line = line.trim_end();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty <= 1 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipient::Language;

    #[test]
    fn every_embedded_letter_parses_in_every_language() {
        for language in Language::ALL {
            Desk::new(Arc::new(Locale::embedded(language)), None).unwrap();
        }
    }

    #[test]
    fn a_mistake_in_an_overriding_template_is_told_with_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("mail")).unwrap();
        std::fs::write(folder.path().join("mail/notice.txt"), "one\n{{ nobody_knows }}\n").unwrap();
        let desk = Desk::new(Arc::new(Locale::embedded(Language::En)), Some(folder.path())).unwrap();
        let told = desk.write("notice", "x", &serde_json::json!({})).unwrap_err();
        assert_eq!((told.file.as_str(), told.line), ("notice.txt", 2));
        std::fs::write(folder.path().join("mail/notice.txt"), "{% if %}").unwrap();
        let told = Desk::new(Arc::new(Locale::embedded(Language::En)), Some(folder.path())).unwrap_err();
        assert_eq!((told.file.as_str(), told.line), ("notice.txt", 1));
    }

    #[test]
    fn subjects_are_one_line() {
        assert_eq!(one_line("a\r\nBcc: b\0  c"), "a Bcc: b c");
        assert_eq!(one_line("до 15\u{a0}января"), "до 15 января");
    }
}
