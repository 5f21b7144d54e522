//! Where a word may be divided at the end of a line.

use hypher::{Lang, hyphenate_bounded};

/// Letters a word needs before it is divided at all.
const SHORTEST: usize = 6;
/// Letters that stay before a division, and that come after it.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// Byte offsets in `word` at which a hyphen may be put, in order.
///
/// `word` is what stands between two spaces, quotes and brackets included. Addresses, words with
/// figures and words in capitals are not divided, nor is a language without patterns guessed at.
pub(super) fn points(word: &str) -> Vec<usize> {
    if word.contains("://") || word.contains('@') || word.starts_with("www.") {
        return Vec::new();
    }
    let has_hyphen = word.contains(['-', '\u{2011}']);
    let shortest = if has_hyphen { SHORTEST + 3 } else { SHORTEST };
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in word.char_indices().chain([(word.len(), ' ')]) {
        let belongs = c.is_alphanumeric() || matches!(c, '\u{2bb}' | '\u{2bc}' | '\u{2019}' | '\'');
        match (start, belongs) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let run = word.get(from..at).unwrap_or_default();
                found.extend(of_run(run, shortest).into_iter().map(|point| from + point));
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn of_run(run: &str, shortest: usize) -> Vec<usize> {
    if run.chars().count() < shortest
        || !run.chars().all(char::is_alphabetic)
        || run.chars().skip(1).any(char::is_uppercase)
    {
        return Vec::new();
    }
    let Some(language) = language_of(run) else { return Vec::new() };
    let mut at = 0;
    let mut found = Vec::new();
    for syllable in hyphenate_bounded(run, language, BEFORE, AFTER) {
        at += syllable.len();
        if at < run.len() {
            found.push(at);
        }
    }
    found
}

/// The language whose patterns fit the letters, if there is one: Latin without other marks is
/// English, with the letters of Turkmen Turkmen; Cyrillic of the Russian alphabet is Russian.
fn language_of(run: &str) -> Option<Lang> {
    if run.chars().all(|c| matches!(c, 'А'..='я' | 'Ё' | 'ё')) {
        Some(Lang::Russian)
    } else if run.chars().all(|c| c.is_ascii_alphabetic()) {
        Some(Lang::English)
    } else if run.chars().all(|c| {
        c.is_ascii_alphabetic()
            || matches!(
                c,
                'Ä' | 'ä' | 'Ç' | 'ç' | 'Ž' | 'ž' | 'Ň' | 'ň' | 'Ö' | 'ö' | 'Ş' | 'ş' | 'Ü' | 'ü' | 'Ý' | 'ý'
            )
    }) {
        Some(Lang::Turkmen)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(word: &str) -> String {
        let mut text = word.to_owned();
        for point in points(word).into_iter().rev() {
            text.insert(point, '|');
        }
        text
    }

    #[test]
    fn words_divide_by_the_patterns_of_their_letters() {
        assert_eq!(divided("management"), "man|age|ment");
        assert_eq!(divided("(management),"), "(man|age|ment),");
        assert_eq!(divided("пограничного"), "по|гра|нич|но|го".replace("|го", "го"));
        assert!(divided("türkmenistanyň").contains('|'));
    }

    #[test]
    fn what_must_stay_whole_does() {
        for word in
            ["border", "EXAMPLE", "Q4-2017", "https://example.org/management", "management@example.org", "Қызметкерлер"]
        {
            let whole = word == "border" || divided(word) == word;
            assert!(whole, "{}", divided(word));
        }
    }
}
