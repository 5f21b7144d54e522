//! The blocks an office worker writes between three backticks: a word, and lines of
//! `option: value`.

use crate::diagnostic::{Diagnostic, Place};

/// One line of a block.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Where it stands in the template.
    pub(super) place: Place,
    /// What it says, its values already in place, without the spaces round it.
    pub(super) text: String,
}

/// A fenced block: its word, and its lines without the empty ones.
#[derive(Clone, Debug)]
pub(super) struct Fence {
    /// Where it begins.
    pub(super) place: Place,
    /// `table`, `bars`, …
    pub(super) word: String,
    /// The lines between the fences.
    pub(super) lines: Vec<Line>,
}

/// The options of a block, each taken out as it is understood.
#[derive(Debug)]
pub(super) struct Options {
    place: Place,
    block: String,
    given: Vec<(String, String, Place)>,
}

impl Fence {
    /// Takes a line `name: value` out, wherever it stands; an empty value counts as not given.
    pub(super) fn take(&mut self, name: &str) -> Option<(String, Place)> {
        let is_it = |line: &Line| line.text.split_once(':').is_some_and(|(word, _)| word.trim() == name);
        let at = self.lines.iter().position(is_it)?;
        let line = self.lines.remove(at);
        let value = line.text.split_once(':').map(|(_, value)| value.trim().to_owned())?;
        (!value.is_empty()).then_some((value, line.place))
    }

    /// Reads the lines as options. A line without a colon, and an option that is none of
    /// `known`, is told with the nearest one that would do.
    pub(super) fn options(&self, known: &[&str], problems: &mut Vec<Diagnostic>) -> Options {
        let mut given: Vec<(String, String, Place)> = Vec::new();
        for line in &self.lines {
            let Some((name, value)) = line.text.split_once(':') else {
                let problem = Diagnostic::error("block-line-without-colon", line.place.clone());
                problems.push(problem.with("block", self.word.as_str()).with("found", line.text.as_str()));
                continue;
            };
            let name = name.trim();
            if !known.contains(&name) {
                problems.push(
                    unknown("block-option-unknown", line.place.clone(), name, known).with("block", self.word.as_str()),
                );
                continue;
            }
            given.push((name.to_owned(), value.trim().to_owned(), line.place.clone()));
        }
        Options { place: self.place.clone(), block: self.word.clone(), given }
    }
}

impl Options {
    /// Takes an option out; an empty value counts as not given.
    pub(super) fn take(&mut self, name: &str) -> Option<(String, Place)> {
        let at = self.given.iter().position(|(n, _, _)| n == name)?;
        let (_, value, place) = self.given.remove(at);
        (!value.is_empty()).then_some((value, place))
    }

    /// The text of an option, or nothing.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.take(name).map(|(value, _)| value)
    }

    /// Every value of an option that may be given several times.
    pub(super) fn all(&mut self, name: &str) -> Vec<String> {
        std::iter::from_fn(|| self.given.iter().any(|(n, _, _)| n == name).then(|| self.text(name))).flatten().collect()
    }

    /// An option the block cannot do without.
    pub(super) fn required(&mut self, name: &str, problems: &mut Vec<Diagnostic>) -> Option<(String, Place)> {
        let found = self.take(name);
        if found.is_none() {
            let problem = Diagnostic::error("block-option-missing", self.place.clone());
            problems.push(problem.with("block", self.block.as_str()).with("option", name));
        }
        found
    }

    /// One of several words; `otherwise` where the option is not given or not understood.
    pub(super) fn choice<'w>(
        &mut self,
        name: &str,
        words: &[&'w str],
        otherwise: &'w str,
        problems: &mut Vec<Diagnostic>,
    ) -> &'w str {
        let Some((value, place)) = self.take(name) else { return otherwise };
        if let Some(word) = words.iter().find(|word| **word == value) {
            return word;
        }
        problems.push(unknown("block-value-unknown", place, &value, words).with("option", name));
        otherwise
    }
}

/// A word that is none of those known, with the nearest one for the hint.
pub(super) fn unknown(code: &str, place: Place, found: &str, known: &[&str]) -> Diagnostic {
    let problem = Diagnostic::error(code, place).with("found", found).with("known", known.join(", "));
    match nearest(found, known) {
        Some(near) => problem.worded(&format!("{code}-near")).with("nearest", near),
        None => problem,
    }
}

/// The known word most like `found`, if one is much like it.
pub(super) fn nearest<'w>(found: &str, known: &[&'w str]) -> Option<&'w str> {
    known
        .iter()
        .map(|word| (strsim::damerau_levenshtein(found, word), *word))
        .filter(|(distance, word)| *distance <= 1 + word.chars().count() / 3)
        .min()
        .map(|(_, word)| word)
}
