//! Names of countries, and the Russian cases that sentences need.
//!
//! Hard-coded on purpose: CLDR has «Киргизия» and «Туркмения», which do not belong into an
//! official letter (`domain.md`, section 7), and no source has the prepositional case.

use super::Locale;
use crate::recipient::{Country, Language};

/// Code, English, Russian, Russian with «в»; `the` stands in English only within sentences.
const NAMES: [(&str, &str, &str, &str); 46] = [
    ("AF", "Afghanistan", "Афганистан", "в Афганистане"),
    ("AM", "Armenia", "Армения", "в Армении"),
    ("AT", "Austria", "Австрия", "в Австрии"),
    ("AZ", "Azerbaijan", "Азербайджан", "в Азербайджане"),
    ("BE", "Belgium", "Бельгия", "в Бельгии"),
    ("BG", "Bulgaria", "Болгария", "в Болгарии"),
    ("BY", "Belarus", "Беларусь", "в Беларуси"),
    ("CH", "Switzerland", "Швейцария", "в Швейцарии"),
    ("CN", "China", "Китай", "в Китае"),
    ("CY", "Cyprus", "Кипр", "на Кипре"),
    ("CZ", "Czechia", "Чехия", "в Чехии"),
    ("DE", "Germany", "Германия", "в Германии"),
    ("DK", "Denmark", "Дания", "в Дании"),
    ("EE", "Estonia", "Эстония", "в Эстонии"),
    ("ES", "Spain", "Испания", "в Испании"),
    ("FI", "Finland", "Финляндия", "в Финляндии"),
    ("FR", "France", "Франция", "во Франции"),
    ("GB", "United Kingdom", "Великобритания", "в Великобритании"),
    ("GE", "Georgia", "Грузия", "в Грузии"),
    ("GR", "Greece", "Греция", "в Греции"),
    ("HR", "Croatia", "Хорватия", "в Хорватии"),
    ("HU", "Hungary", "Венгрия", "в Венгрии"),
    ("IE", "Ireland", "Ирландия", "в Ирландии"),
    ("IN", "India", "Индия", "в Индии"),
    ("IR", "Iran", "Иран", "в Иране"),
    ("IT", "Italy", "Италия", "в Италии"),
    ("KG", "Kyrgyzstan", "Кыргызстан", "в Кыргызстане"),
    ("KZ", "Kazakhstan", "Казахстан", "в Казахстане"),
    ("LT", "Lithuania", "Литва", "в Литве"),
    ("LU", "Luxembourg", "Люксембург", "в Люксембурге"),
    ("LV", "Latvia", "Латвия", "в Латвии"),
    ("MD", "Moldova", "Молдова", "в Молдове"),
    ("MN", "Mongolia", "Монголия", "в Монголии"),
    ("MT", "Malta", "Мальта", "на Мальте"),
    ("NL", "Netherlands", "Нидерланды", "в Нидерландах"),
    ("PL", "Poland", "Польша", "в Польше"),
    ("PT", "Portugal", "Португалия", "в Португалии"),
    ("RO", "Romania", "Румыния", "в Румынии"),
    ("SE", "Sweden", "Швеция", "в Швеции"),
    ("SI", "Slovenia", "Словения", "в Словении"),
    ("SK", "Slovakia", "Словакия", "в Словакии"),
    ("TJ", "Tajikistan", "Таджикистан", "в Таджикистане"),
    ("TM", "Turkmenistan", "Туркменистан", "в Туркменистане"),
    ("TR", "Türkiye", "Турция", "в Турции"),
    ("UA", "Ukraine", "Украина", "в Украине"),
    ("UZ", "Uzbekistan", "Узбекистан", "в Узбекистане"),
];

fn find(country: Country) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    NAMES.binary_search_by(|row| row.0.cmp(country.code())).ok().and_then(|at| NAMES.get(at))
}

/// What a text may call a country: its name in English and in Russian, and its code.
#[must_use]
pub fn country_names(country: Country) -> Vec<String> {
    let mut names = vec![country.code().to_owned()];
    if let Some((_, english, russian, _)) = find(country) {
        names.extend([(*english).to_owned(), (*russian).to_owned()]);
    }
    names
}

impl Locale {
    /// `Kyrgyzstan`, `Кыргызстан`; the code where the name is not known.
    #[must_use]
    pub fn country(&self, country: Country) -> String {
        let known = find(country).map(|(_, english, russian, _)| match self.language {
            Language::En => *english,
            Language::Ru => *russian,
        });
        known.unwrap_or(country.code()).to_owned()
    }

    /// With its preposition: `in Kyrgyzstan`, `в Кыргызстане`.
    #[must_use]
    pub fn in_country(&self, country: Country) -> String {
        match (self.language, find(country)) {
            (Language::En, Some((_, name @ ("United Kingdom" | "Netherlands"), _, _))) => format!("in the {name}"),
            (Language::En, _) => format!("in {}", self.country(country)),
            (Language::Ru, Some((_, _, _, within))) => within.replacen(' ', "\u{a0}", 1),
            (Language::Ru, None) => format!("в\u{a0}{country}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_so_that_it_can_be_searched() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn official_names_and_cases() {
        let (en, ru) = (Locale::embedded(Language::En), Locale::embedded(Language::Ru));
        let country = |code: &str| Country::new(code).unwrap();
        assert_eq!(ru.country(country("KG")), "Кыргызстан");
        assert_eq!(ru.in_country(country("TM")), "в\u{a0}Туркменистане");
        assert_eq!(en.in_country(country("NL")), "in the Netherlands");
        assert_eq!(en.country(country("ZW")), "ZW");
    }
}
