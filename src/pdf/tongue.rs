//! Which language a word is in, by its letters: a screen reader must not read a Kazakh name as
//! English (PDF/UA-1, 7.2).
//!
//! Only what the letters themselves show: five languages of Central Asia and those of the
//! partners have letters of their own. A word of plain Latin or plain Cyrillic is English or
//! Russian, the languages that reports are written in.

use std::ops::Range;

use crate::recipient::Language;

/// Parts of `text` that are in another language than the document, with their language tags
/// (BCP 47). Nothing, and no work, for a text in the document's own letters.
pub(super) fn foreign(text: &str, document: Language) -> Vec<(Range<usize>, &'static str)> {
    let is_own = |c: char| match document {
        Language::En => c.is_ascii(),
        Language::Ru => !c.is_ascii_alphabetic() && (c.is_ascii() || matches!(c, 'А'..='я' | 'Ё' | 'ё')),
    };
    if text.chars().all(is_own) {
        return Vec::new();
    }
    let own = document.code();
    let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        let is_letter = c.is_alphabetic() || is_apostrophe(c) || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}');
        match (is_letter, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                let word = text.get(from..at).unwrap_or_default();
                let Some(tongue) = of_word(word).filter(|tongue| *tongue != own) else { continue };
                // Neighbours in one language are one stretch.
                match found.last_mut() {
                    Some((range, same))
                        if *same == tongue && text.get(range.end..from).is_some_and(|gap| gap.trim().is_empty()) =>
                    {
                        range.end = at;
                    }
                    _ => found.push((from..at, tongue)),
                }
            }
            _ => {}
        }
    }
    found
}

/// The Uzbek and Turkic apostrophes, which are letters.
const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2bb}' | '\u{2bc}')
}

/// Language of a word, if it has letters at all.
fn of_word(word: &str) -> Option<&'static str> {
    let has = |letters: &str| word.chars().any(|c| letters.contains(c));
    let is_cyrillic = word.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'));
    if is_cyrillic {
        return Some(match () {
            () if has("ӘәҰұҺһІі") => "kk",
            () if has("ӢӣӮӯҶҷ") => "tg",
            () if has("Ўў") => "uz-Cyrl",
            () if has("Ҳҳ") => "tg",
            () if has("ҚқҒғ") => "kk",
            () if has("ҢңӨөҮү") => "ky",
            () => "ru",
        });
    }
    if !word.chars().any(char::is_alphabetic) || word.chars().all(is_apostrophe) {
        return None;
    }
    Some(match () {
        () if word.chars().any(is_apostrophe) => "uz",
        () if has("ŇňÝý") => "tk",
        () if has("ĞğıİÑñ") => "kk-Latn",
        () if has("ĀāĒēĢģĪīĶķĻļŅņ") => "lv",
        () if has("ĖėĮįŲųĄąĘę") => "lt",
        () if has("ŠšČčŪū") => "lv",
        () if has("ŞşÄäÖöÜüÇçŽž") => "tk",
        () => "en",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, document: Language) -> Vec<(&str, &'static str)> {
        foreign(text, document).into_iter().map(|(range, tongue)| (&text[range], tongue)).collect()
    }

    #[test]
    fn names_are_told_from_the_sentence_around_them() {
        let text = "A study visit to Rēzekne, with Қазақстан, Тоҷикистон, Oʻzbekiston and Türkmenistan.";
        let wanted = [
            ("Rēzekne", "lv"),
            ("Қазақстан", "kk"),
            ("Тоҷикистон", "tg"),
            ("Oʻzbekiston", "uz"),
            ("Türkmenistan", "tk"),
        ];
        assert_eq!(told(text, Language::En), wanted);
        assert_eq!(told("Ўзбекистон ва Бишкек", Language::Ru), [("Ўзбекистон", "uz-Cyrl")]);
    }

    #[test]
    fn neighbours_are_one_stretch() {
        assert_eq!(told("see «Пограничная служба» (КР)", Language::En), [("Пограничная служба", "ru"), ("КР", "ru")]);
        assert_eq!(told("проект Border Management, 2017", Language::Ru), [("Border Management", "en")]);
    }

    #[test]
    fn what_is_the_documents_own_is_left_alone() {
        for text in ["Nine activities – 23 days, EUR\u{a0}49\u{202f}977.89", "", "— … ʻ"] {
            assert_eq!(told(text, Language::En), [], "{text}");
        }
        assert_eq!(told("Девять мероприятий; 23 дня (№ 4)", Language::Ru), []);
    }
}
