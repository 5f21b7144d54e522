//! Numbers in words, and the functions that sentences in Fluent may call.
//!
//! ICU4X has no spell-out rules, so the words from one to ten are listed here. In a locale
//! file: `{ WORDS($n) }` is "nine" and, beyond ten, "21"; Russian adds `gender:` (`"m"`, `"f"`,
//! `"n"`) and `case:` (`"nom"`, `"gen"`, `"dat"`, `"acc"`, `"ins"`, `"prep"`); `at: "start"`
//! begins a sentence. `{ NUM($n) }` is the number in digits, grouped.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::{Locale, format};
use crate::recipient::Language;

/// Grammatical gender of what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the genders of grammar")]
pub enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

/// Grammatical case of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the cases of grammar")]
pub enum Case {
    Nominative,
    Genitive,
    Dative,
    Accusative,
    Instrumental,
    Prepositional,
}

const ENGLISH: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// Three to ten in the six cases; the cases that share a form repeat it.
const RUSSIAN: [[&str; 6]; 8] = [
    ["три", "трёх", "трём", "три", "тремя", "трёх"],
    ["четыре", "четырёх", "четырём", "четыре", "четырьмя", "четырёх"],
    ["пять", "пяти", "пяти", "пять", "пятью", "пяти"],
    ["шесть", "шести", "шести", "шесть", "шестью", "шести"],
    ["семь", "семи", "семи", "семь", "семью", "семи"],
    ["восемь", "восьми", "восьми", "восемь", "восемью", "восьми"],
    ["девять", "девяти", "девяти", "девять", "девятью", "девяти"],
    ["десять", "десяти", "десяти", "десять", "десятью", "десяти"],
];

fn in_words(language: Language, number: i64, gender: Gender, case: Case) -> Option<&'static str> {
    let at = usize::try_from(number).ok()?;
    match language {
        Language::En => ENGLISH.get(at.checked_sub(1)?).copied(),
        Language::Ru => match (at, gender, case) {
            (1, Gender::Masculine, Case::Nominative | Case::Accusative) => Some("один"),
            (1, Gender::Neuter, Case::Nominative | Case::Accusative) => Some("одно"),
            (1, Gender::Feminine, Case::Nominative) => Some("одна"),
            (1, Gender::Feminine, Case::Accusative) => Some("одну"),
            (1, Gender::Feminine, _) => Some("одной"),
            (1, _, Case::Genitive) => Some("одного"),
            (1, _, Case::Dative) => Some("одному"),
            (1, _, Case::Instrumental) => Some("одним"),
            (1, _, Case::Prepositional) => Some("одном"),
            (2, Gender::Feminine, Case::Nominative | Case::Accusative) => Some("две"),
            (2, _, Case::Nominative | Case::Accusative) => Some("два"),
            (2, _, Case::Genitive | Case::Prepositional) => Some("двух"),
            (2, _, Case::Dative) => Some("двум"),
            (2, _, Case::Instrumental) => Some("двумя"),
            _ => RUSSIAN.get(at.checked_sub(3)?).and_then(|forms| forms.get(case as usize)).copied(),
        },
    }
}

/// The text with its first letter made a capital.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Locale {
    /// One to ten in words, other numbers in digits.
    #[must_use]
    pub fn words(&self, number: i64, gender: Gender, case: Case) -> String {
        in_words(self.language, number, gender, case).map_or_else(|| self.number(number), str::to_owned)
    }
}

/// Teaches a bundle `WORDS` and `NUM`.
pub(super) fn teach(bundle: &mut FluentBundle<FluentResource>, language: Language) {
    // A bundle refuses a function only when it has one of that name, and this one is new.
    let _ = bundle.add_function("WORDS", move |positional, named| words_function(language, positional, named));
    let _ = bundle.add_function("NUM", move |positional, _| match positional.first().and_then(whole) {
        Some(number) => format::number(language, number).into(),
        None => FluentValue::Error,
    });
}

/// The whole number of a Fluent argument.
fn whole(value: &FluentValue) -> Option<i64> {
    match value {
        // Counts are far below 2^53, where every whole number is exact.
        #[expect(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
        FluentValue::Number(number) => Some(number.value as i64),
        _ => None,
    }
}

fn words_function<'a>(language: Language, positional: &[FluentValue<'a>], named: &FluentArgs) -> FluentValue<'a> {
    let Some(number) = positional.first().and_then(whole) else { return FluentValue::Error };
    let option = |name: &str| match named.get(name) {
        Some(FluentValue::String(text)) => text.to_string(),
        _ => String::new(),
    };
    let gender = match option("gender").as_str() {
        "f" => Gender::Feminine,
        "n" => Gender::Neuter,
        _ => Gender::Masculine,
    };
    let case = match option("case").as_str() {
        "gen" => Case::Genitive,
        "dat" => Case::Dative,
        "acc" => Case::Accusative,
        "ins" => Case::Instrumental,
        "prep" => Case::Prepositional,
        _ => Case::Nominative,
    };
    let text = in_words(language, number, gender, case).map_or_else(|| format::number(language, number), str::to_owned);
    if option("at") == "start" { capitalised(&text).into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_ten_and_digits_beyond() {
        let (en, ru) = (Locale::embedded(Language::En), Locale::embedded(Language::Ru));
        assert_eq!(en.words(9, Gender::Neuter, Case::Nominative), "nine");
        assert_eq!(en.words(1900, Gender::Neuter, Case::Nominative), "1\u{a0}900");
        assert_eq!(ru.words(1, Gender::Neuter, Case::Nominative), "одно");
        assert_eq!(ru.words(2, Gender::Feminine, Case::Nominative), "две");
        assert_eq!(ru.words(8, Gender::Neuter, Case::Genitive), "восьми");
        assert_eq!(ru.words(2, Gender::Neuter, Case::Dative), "двум");
        assert_eq!(ru.words(4, Gender::Masculine, Case::Instrumental), "четырьмя");
        assert_eq!(ru.words(21, Gender::Neuter, Case::Genitive), "21");
        assert_eq!(ru.words(0, Gender::Neuter, Case::Genitive), "0");
        assert_eq!(capitalised("девять"), "Девять");
    }
}
