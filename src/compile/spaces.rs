//! Spaces at which no line may end: what people type with a plain space and read as one word.

/// What stands after its number: units, money, the year of Russian dates.
const AFTER_NUMBER: [&str; 52] = [
    "%",
    "‰",
    "°C",
    "°С",
    "EUR",
    "USD",
    "€",
    "$",
    "km",
    "m",
    "m²",
    "cm",
    "mm",
    "kg",
    "g",
    "t",
    "l",
    "h",
    "min",
    "GB",
    "MB",
    "KB",
    "GHz",
    "MHz",
    "kW",
    "V",
    "W",
    "км",
    "м",
    "м²",
    "кв.",
    "см",
    "мм",
    "кг",
    "г",
    "г.",
    "гг.",
    "т",
    "л",
    "ч",
    "ч.",
    "мин",
    "мин.",
    "тыс.",
    "млн",
    "млрд",
    "евро",
    "тенге",
    "сомони",
    "чел.",
    "шт.",
    "экз.",
];

/// Months as they stand after their day.
const MONTHS: [&str; 24] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// What stands before its number or its name.
const BEFORE: [&str; 18] = [
    "№",
    "§",
    "No.",
    "Nos.",
    "p.",
    "pp.",
    "Art.",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "ст.",
    "п.",
    "стр.",
    "рис.",
    "табл.",
    "г.",
    "им.",
];

/// The text with no-break spaces between a number and its unit, a day and its month, a number
/// sign and its number, initials and the name.
pub(super) fn bound(text: &str) -> String {
    if !text.contains(' ') {
        return text.to_owned();
    }
    let mut words = text.split(' ').peekable();
    let mut bound = String::with_capacity(text.len() + 8);
    while let Some(word) = words.next() {
        bound.push_str(word);
        if let Some(next) = words.peek() {
            bound.push(if belong(word, next) { '\u{a0}' } else { ' ' });
        }
    }
    bound
}

/// Whether two words stand on one line.
fn belong(word: &str, next: &str) -> bool {
    if word.is_empty() || next.is_empty() {
        return false;
    }
    let word = word.trim_start_matches(['(', '«', '“', '"', '„', '[']);
    let bare = next.trim_end_matches([',', ';', ':', ')', '»', '”', '"', '!', '?', ']']);
    let is_number = |c: char| c.is_ascii_digit();
    if word.ends_with(is_number) {
        // A sentence may end in a unit, or in «г.» itself.
        let plain = bare.trim_end_matches('.');
        let is_unit = AFTER_NUMBER.contains(&bare) || AFTER_NUMBER.contains(&plain);
        let is_day = word.rsplit(['–', '-']).next().is_some_and(|day| day.len() <= 2);
        // Figures in groups of three: 12 500.
        let is_group = plain.len() == 3 && plain.chars().all(is_number) && is_day_or_group(word);
        return is_unit || (is_day && MONTHS.contains(&plain)) || is_group;
    }
    if BEFORE.contains(&word) {
        return next.starts_with(|c: char| c.is_numeric() || (c.is_uppercase() && !word.starts_with('п')));
    }
    is_initial(word) && next.starts_with(char::is_uppercase)
}

/// At most three figures, as the head of a number in groups has.
fn is_day_or_group(word: &str) -> bool {
    let last = word.rsplit(['\u{a0}', ' ']).next().unwrap_or(word);
    (1..=3).contains(&last.len()) && last.chars().all(|c| c.is_ascii_digit())
}

/// `A.`, «Ж.-Б.», `J.K.`
fn is_initial(word: &str) -> bool {
    let mut letters = 0;
    for part in word.split_inclusive('.') {
        let mut chars = part.trim_start_matches('-').chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(letter), Some('.'), None) if letter.is_uppercase() => letters += 1,
            _ => return false,
        }
    }
    letters > 0
}

#[cfg(test)]
mod tests {
    use super::bound;

    #[test]
    fn what_is_read_as_one_word_stays_on_one_line() {
        for (typed, set) in [
            ("в 2017 г. прошло", "в 2017_г. прошло"),
            ("за 2016–2017 гг.", "за 2016–2017_гг."),
            ("5 km away, 20 %, 12 500 EUR.", "5_km away, 20_%, 12_500_EUR."),
            ("на 30 км, 4 тыс. чел.", "на 30_км, 4_тыс. чел."),
            ("12 октября 2017 г.", "12_октября 2017_г."),
            ("10–12 October 2017", "10–12_October 2017"),
            ("№ 5 и № 12", "№_5 и №_12"),
            ("А. Б. Иванов", "А._Б._Иванов"),
            ("by J.K. Smith (Mr Jones)", "by J.K._Smith (Mr_Jones)"),
            ("г. Бишкек", "г._Бишкек"),
        ] {
            assert_eq!(bound(typed).replace('\u{a0}', "_"), set);
        }
    }

    #[test]
    fn all_else_stays_as_it_was_typed() {
        for typed in [
            "2017 gave 9 workshops",
            "в 2017 году",
            "Report 2017 May",
            "as in 3 meetings",
            "",
            "  two  spaces ",
            "years 2016 201",
            "и т. д.",
        ] {
            assert_eq!(bound(typed), typed);
        }
    }
}
