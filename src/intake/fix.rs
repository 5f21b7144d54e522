//! Problems under the fix that mends them, the one that clears most first.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::locale::Locale;
use crate::recipient::Language;

/// One thing to do, and what it mends.
#[derive(Debug)]
pub(super) struct Fix<'a> {
    pub(super) severity: Severity,
    /// What to do, as the locale says it; may be empty.
    pub(super) hint: String,
    /// Rows that it clears.
    pub(super) rows: usize,
    /// The problems, each with what is said of it.
    pub(super) problems: Vec<(&'a Diagnostic, String)>,
}

/// The fixes for all problems of a severity. Of two that clear as many rows, the one whose first
/// problem was found first comes first.
pub(super) fn fixes<'a>(diagnostics: &'a [Diagnostic], severity: Severity, locale: &Locale) -> Vec<Fix<'a>> {
    let mut places: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut fixes: Vec<Fix<'a>> = Vec::new();
    for diagnostic in diagnostics.iter().filter(|d| d.severity == severity) {
        let told = locale.diagnostic(diagnostic);
        let place = *places.entry((told.hint.clone(), &diagnostic.code)).or_insert(fixes.len());
        if place == fixes.len() {
            fixes.push(Fix { severity, hint: told.hint, rows: 0, problems: Vec::new() });
        }
        if let Some(fix) = fixes.get_mut(place) {
            fix.problems.push((diagnostic, told.message));
        }
    }
    for fix in &mut fixes {
        let rows: BTreeSet<_> = fix.problems.iter().map(|(d, _)| (&d.place.sheet, d.place.row())).collect();
        fix.rows = rows.iter().filter(|(_, row)| row.is_some()).count();
    }
    fixes.sort_by_key(|fix| std::cmp::Reverse((fix.rows, fix.problems.len())));
    fixes
}

/// A text as a sentence for people who read no code: a capital letter first, a full stop last, and
/// what was found between quotation marks.
pub(super) fn sentence(text: &str, language: Language) -> String {
    let quoted = quoted(text.trim(), language);
    let mut letters = quoted.chars();
    let Some(first) = letters.next() else { return String::new() };
    let mut out: String = first.to_uppercase().chain(letters).collect();
    if !out.ends_with(['.', '!', '?', '…', ':']) {
        out.push('.');
    }
    out
}

/// The text with quotation marks of a language in place of back quotes, where those come in pairs.
fn quoted(text: &str, language: Language) -> String {
    if text.matches('`').count() % 2 == 1 {
        return text.to_owned();
    }
    let marks = match language {
        Language::En => ['“', '”'],
        Language::Ru => ['«', '»'],
    };
    let mut next = marks.iter().cycle();
    text.chars().map(|c| if c == '`' { next.next().copied().unwrap_or(c) } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_a_capital_and_a_full_stop() {
        for (text, language, expected) in [
            ("expected a day, found `x`", Language::En, "Expected a day, found “x”."),
            ("даты `31.11` не существует", Language::Ru, "Даты «31.11» не существует."),
            ("one ` alone?", Language::En, "One ` alone?"),
            ("", Language::En, ""),
        ] {
            assert_eq!(sentence(text, language), expected);
        }
    }
}
