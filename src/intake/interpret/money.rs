//! Amounts in euro, and other decimal numbers, as people write them.

use crate::record::Cents;

use super::text::plain;

/// Why a text is no amount in euro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoAmount {
    /// Not a number.
    Unclear,
    /// Another currency.
    Currency,
    /// Less than nothing.
    Negative,
}

/// Hundredths, and whether a single group of three digits may have been meant as decimals
/// (`9,986`); it is read as thousands.
pub(super) type Hundredths = (i64, bool);

/// An amount cell that holds text: `EUR 49,977.89`, `49 977,89 евро`; in a column where each number
/// is to be taken so many `times`, unless the cell says that itself.
pub(super) fn of_text(text: &str, times: i64) -> Result<(Cents, bool), NoAmount> {
    let plain = plain(text);
    const OTHERS: [&str; 21] = [
        "$",
        "usd",
        "us dollar",
        "dollar",
        "kzt",
        "kgs",
        "uzs",
        "tjs",
        "tmt",
        "rub",
        "gbp",
        "£",
        "chf",
        "долл",
        "руб",
        "₽",
        "тенге",
        "₸",
        "сомони",
        "манат",
        "фунт",
    ];
    // Short words of their own: `сом` and `сум` are within others.
    let has_word = |word: &str| plain.split(|c: char| !c.is_alphabetic()).any(|w| w == word);
    if OTHERS.iter().any(|c| plain.contains(c))
        || ["som", "sum", "сом", "сум", "сома", "сумов"].iter().any(|w| has_word(w))
    {
        return Err(NoAmount::Currency);
    }
    // A share is no amount.
    if plain.contains('%') {
        return Err(NoAmount::Unclear);
    }
    let of_euro = plain.contains('€') || plain.contains("eur") || plain.contains("евро");
    let mut bare = plain;
    for word in ["euros", "euro", "eur", "евро", "€"] {
        bare = bare.replace(word, " ");
    }
    let bare = bare.trim().trim_end_matches(".-").trim_end_matches(",-").trim();
    let (bare, times) = match in_thousands(bare) {
        // `200 евро` where the column is in thousands: which of the two is meant?
        (_, 1) if times != 1 && of_euro => return Err(NoAmount::Unclear),
        (bare, 1) => (bare, times),
        of_its_own => of_its_own,
    };
    let (cents, ambiguous) = scaled(bare, times).ok_or(NoAmount::Unclear)?;
    if cents < 0 { Err(NoAmount::Negative) } else { Ok((Cents(cents), ambiguous)) }
}

/// `12,5 тыс.`, `1.2 million`: the number, and how often it is to be taken.
fn in_thousands(text: &str) -> (&str, i64) {
    const WORDS: [(&str, i64); 16] = [
        ("тысяч", 1_000),
        ("тысячи", 1_000),
        ("тысяча", 1_000),
        ("тыс.", 1_000),
        ("тыс", 1_000),
        ("thousand", 1_000),
        ("thous.", 1_000),
        ("thsd", 1_000),
        ("k", 1_000),
        ("миллионов", 1_000_000),
        ("миллиона", 1_000_000),
        ("миллион", 1_000_000),
        ("млн.", 1_000_000),
        ("млн", 1_000_000),
        ("million", 1_000_000),
        ("mln", 1_000_000),
    ];
    let found = WORDS.iter().find_map(|(word, times)| Some((text.strip_suffix(word)?.trim_end(), *times)));
    found.unwrap_or((text, 1))
}

/// A number with what it is of beside it: `320 чел., из них 64 женщины`, `38 мин.`
pub(super) fn measured(text: &str) -> Option<i64> {
    if let Some((number, _)) = decimal(text) {
        return Some(number);
    }
    let plain = plain(text);
    let (main, beside) = super::counts::split_bracket(&plain);
    if beside.is_some_and(|said| !said.chars().any(char::is_alphabetic)) {
        return None;
    }
    let main = main.trim().trim_end_matches(',');
    let number = main.find(char::is_alphabetic).map_or(main, |at| main.get(..at).unwrap_or_default()).trim();
    let unit = main.get(number.len()..).unwrap_or_default().trim();
    // Thousands are another number, and a unit has no digits.
    let is_unit =
        unit.split(' ').count() <= 3 && !unit.bytes().any(|b| b.is_ascii_digit()) && in_thousands(unit).1 == 1;
    decimal(number).filter(|(_, ambiguous)| is_unit && !ambiguous).map(|(number, _)| number)
}

/// A decimal number taken so many times, in hundredths. Of `9,986` thousand nobody can tell whether
/// that is a group or a fraction: none.
pub(super) fn scaled(text: &str, times: i64) -> Option<Hundredths> {
    if times == 1 {
        return decimal(text);
    }
    let (negative, number, ambiguous) = canonical(text)?;
    #[expect(clippy::cast_precision_loss, reason = "a thousand or a million")]
    let hundredths = of_number(number * times as f64)?;
    (!ambiguous).then_some((if negative { -hundredths } else { hundredths }, false))
}

/// A number cell, in hundredths.
pub(super) fn of_number(number: f64) -> Option<i64> {
    let hundredths = (number * 100.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "within ±1e15")]
    (hundredths.is_finite() && hundredths.abs() < 1e15).then_some(hundredths as i64)
}

/// A decimal number with any marks for thousands and decimals, in hundredths; a percent sign
/// is dropped.
pub(super) fn decimal(text: &str) -> Option<Hundredths> {
    let (negative, number, ambiguous) = canonical(text)?;
    let hundredths = of_number(number)?;
    Some((if negative { -hundredths } else { hundredths }, ambiguous))
}

/// Whether it is below zero, the number without its sign, and whether it is ambiguous.
fn canonical(text: &str) -> Option<(bool, f64, bool)> {
    let plain = plain(text);
    let bare = plain.trim_end_matches('%').trim();
    let (negative, bare) = match bare.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, bare),
    };
    if !bare.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if !bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '\'')) {
        return None;
    }
    let groups_of_three = |text: &str, mark: char| {
        let mut groups = text.split(mark);
        groups.next().is_some_and(|g| (1..=3).contains(&g.len())) && groups.all(|g| g.len() == 3)
    };
    // Blanks and apostrophes only ever part thousands.
    let spaced = bare.replace('\'', " ");
    let whole_part = spaced.split(['.', ',']).next().unwrap_or_default();
    if whole_part.contains(' ') && !groups_of_three(whole_part, ' ') {
        return None;
    }
    let tight: String = spaced.chars().filter(|c| *c != ' ').collect();
    let (last_dot, last_comma) = (tight.rfind('.'), tight.rfind(','));
    let dots = tight.matches('.').count();
    let commas = tight.matches(',').count();
    let mut ambiguous = false;
    let canonical = match (last_dot, last_comma) {
        (None, None) => tight,
        (Some(dot), Some(comma)) => {
            let (mark, thousands) = if dot > comma { ('.', ',') } else { (',', '.') };
            let (whole, cents) = tight.rsplit_once(mark)?;
            if !groups_of_three(whole, thousands) {
                return None;
            }
            format!("{}.{cents}", whole.replace(thousands, ""))
        }
        (Some(_), None) | (None, Some(_)) => {
            let mark = if last_dot.is_some() { '.' } else { ',' };
            if dots + commas > 1 {
                if !groups_of_three(&tight, mark) {
                    return None;
                }
                tight.replace(mark, "")
            } else {
                let (whole, rest) = tight.split_once(mark)?;
                let spaced_thousands = whole_part.contains(' ');
                if rest.len() == 3 && !spaced_thousands && (1..=3).contains(&whole.len()) && whole != "0" {
                    ambiguous = true;
                    format!("{whole}{rest}")
                } else {
                    format!("{whole}.{rest}")
                }
            }
        }
    };
    let (whole, fraction) = canonical.split_once('.').unwrap_or((&canonical, ""));
    if fraction.len() > 6 || whole.len() > 12 {
        return None;
    }
    let number: f64 = canonical.trim_end_matches('.').parse().ok()?;
    Some((negative, number, ambiguous))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_english_and_russian_amounts() {
        for text in
            ["EUR 49,977.89", "49 977,89 евро", "€49,977.89", "49.977,89", "49977.89", "49977,89", "49\u{a0}977.89 EUR"]
        {
            assert_eq!(of_text(text, 1), Ok((Cents(4_997_789), false)), "{text}");
        }
        for (text, cents, ambiguous) in [
            ("1200", 120_000, false),
            ("1,200,000", 120_000_000, false),
            ("12,5", 1250, false),
            ("9,986", 998_600, true),
            ("9.986", 998_600, true),
            ("0", 0, false),
            ("EUR 1 200.-", 120_000, false),
        ] {
            assert_eq!(of_text(text, 1), Ok((Cents(cents), ambiguous)), "{text}");
        }
        assert_eq!(of_text("$500", 1), Err(NoAmount::Currency));
        for text in
            ["500 USD", "500 долл.", "500 сом", "500 сум", "₽ 500", "500 manat".replace("manat", "манат").as_str()]
        {
            assert_eq!(of_text(text, 1), Err(NoAmount::Currency), "{text}");
        }
        assert_eq!(of_text("5 %", 1), Err(NoAmount::Unclear));
        assert_eq!(of_text("-5", 1), Err(NoAmount::Negative));
        for (text, cents) in [
            ("12,5 тыс. евро", 1_250_000),
            ("EUR 12.5 thousand", 1_250_000),
            ("5k", 500_000),
            ("1,2 млн евро", 120_000_000),
            ("12 500,75 тыс. евро", 1_250_075_000),
        ] {
            assert_eq!(of_text(text, 1), Ok((Cents(cents), false)), "{text}");
        }
        for text in ["9,986 тыс. евро", "about 500", "1,20,30", "tbc", "12 34"] {
            assert_eq!(of_text(text, 1), Err(NoAmount::Unclear), "{text}");
        }
    }

    proptest! {
        #[test]
        fn cents_come_back(cents in 0i64..10_000_000_000) {
            let text = format!("{}.{:02}", cents / 100, cents % 100);
            prop_assert_eq!(of_text(&text, 1).map(|a| a.0), Ok(Cents(cents)));
        }

        #[test]
        fn nothing_makes_it_stumble(text in "\\PC{0,20}") {
            let _ = of_text(&text, 1);
        }
    }
}
