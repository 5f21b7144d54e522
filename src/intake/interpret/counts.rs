//! Whole numbers of people and things, as people write them.
//!
//! Blank, a dash and `n/a` mean *not reported*; only a written 0 is zero. What could mean two
//! things (`20/5`, `15+5`) is an error that asks, never a guess.

use super::count_words::{ABOUT, EXCEPTS, LOWER, OF_ONE_SEX, PEOPLE, THINGS, UNITS, UPPER, is_number_word, is_sex};
use super::text::plain;

/// A count that could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) number: u32,
    /// Written as an estimate: `~20`, `около 20`.
    pub(super) estimated: bool,
    /// A footnote mark was taken off: `20*`.
    pub(super) footnote: bool,
    /// `1,900`: read as thousands.
    pub(super) ambiguous: bool,
    /// Women named in brackets: `20 (5 f)`.
    pub(super) women: Option<u32>,
    /// Men named in brackets.
    pub(super) men: Option<u32>,
    /// Added up from women and men: `5 women, 15 men`.
    pub(super) summed: bool,
    /// Said of women or of men alone: `5 women`. Where all are asked for, that is unclear.
    pub(super) of_one_sex: bool,
}

/// Why a text is no count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoCount {
    /// Neither a number nor one of the ways of saying nothing.
    Unclear,
    /// `20/5`, `10-12`: two numbers, and no word on which is which.
    TwoNumbers(u32, u32),
    /// `15+5`: two numbers to be added.
    Sum(u32, u32),
    /// `20 участников + 2 эксперта`: participants, and others beside them.
    Beside(u32),
    /// `двадцать`
    Words,
    /// `12,5`
    Fraction,
    /// `-3`
    Negative,
    /// More than any activity has.
    TooLarge,
}

/// A number cell.
pub(super) fn of_number(number: f64) -> Result<u32, NoCount> {
    if !number.is_finite() || number > 1_000_000_000.0 {
        return Err(NoCount::TooLarge);
    }
    if number < 0.0 {
        return Err(NoCount::Negative);
    }
    // Excel keeps 19.999999999 where somebody divided; a real half is an error.
    let whole = number.round();
    if (number - whole).abs() > 1e-6 {
        return Err(NoCount::Fraction);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1e9, by the lines above")]
    Ok(whole as u32)
}

/// A number of things, `100 m`, `3 компл.`: what is counted may be measured, too.
pub(super) fn of_things(text: &str) -> Result<Count, NoCount> {
    let plain = plain(text);
    let unit = plain.split(' ').next_back().map(|word| word.trim_end_matches('.'));
    match unit.filter(|unit| THINGS.contains(unit)).and_then(|unit| plain.rfind(unit)) {
        Some(at) => of_text(plain.get(..at).unwrap_or_default()),
        None => of_text(text),
    }
}

/// A text cell that [`super::text::is_nothing`] does not know.
pub(super) fn of_text(text: &str) -> Result<Count, NoCount> {
    let plain = plain(text);
    let mut count = Count::default();
    let mut alone = Count::default();
    // `М-15, Ж-5`
    let spread = if plain.starts_with(char::is_alphabetic) { plain.replace(['-', '='], " ") } else { plain.clone() };
    if !spread.contains(['(', '+', '/', '-'])
        && split_of(&spread, &mut alone)
        && let (Some(women), Some(men)) = (alone.women, alone.men)
    {
        let number = women.checked_add(men).ok_or(NoCount::TooLarge)?;
        return Ok(Count { number, summed: true, ..alone });
    }
    let (main, bracket) = split_bracket(&plain);
    if let Some(inside) = bracket
        && !split_of(inside, &mut count)
    {
        return Err(match two_numbers(&plain) {
            Some(NoCount::Sum(a, b)) => NoCount::TwoNumbers(a, b),
            other => other.unwrap_or(NoCount::Unclear),
        });
    }
    let mut main = main.trim();
    // `20 1)`: the mark of a footnote.
    if bracket.is_none()
        && let Some((number, mark)) = main.rsplit_once(' ')
        && let Some(mark) = mark.strip_suffix(')')
        && mark.len() == 1
        && mark.bytes().all(|b| b.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        main = number;
        count.footnote = true;
    }
    if let Some(rest) = LOWER.iter().find_map(|bound| main.strip_prefix(bound)) {
        main = rest.trim_start();
        count.estimated = true;
    }
    while let Some(rest) = main.strip_suffix(['*', '†', '‡', '¹', '²', '³']) {
        main = rest.trim_end();
        count.footnote = true;
    }
    while let Some(rest) = main.strip_prefix(['~', '≈']) {
        main = rest.trim_start();
        count.estimated = true;
    }
    if let Some(problem) = two_numbers(main) {
        return Err(problem);
    }
    let mut digits = String::new();
    let words: Vec<&str> = main.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(['.', ',', ':', ';']);
        if ABOUT.contains(&bare) {
            count.estimated = true;
        } else if bare.starts_with(|c: char| c.is_ascii_digit()) || (digits.is_empty() && bare.starts_with('-')) {
            // `1 900`: groups of three after the first; `20чел` without a space.
            let end = bare.find(|c: char| c.is_alphabetic()).unwrap_or(bare.len());
            let (number, unit) = bare.split_at(end);
            count.of_one_sex |= OF_ONE_SEX.contains(&unit);
            if !(unit.is_empty() || count.of_one_sex || UNITS.contains(&unit))
                || (!digits.is_empty() && number.len() != 3)
            {
                return Err(NoCount::Unclear);
            }
            digits.push_str(number);
        } else if OF_ONE_SEX.contains(&bare) {
            count.of_one_sex = true;
        } else if PEOPLE.contains(&bare) && !digits.is_empty() {
            // Who they are says nothing more of how many, unless it excepts or adds some.
            let rest = words.get(at + 1..).unwrap_or_default();
            if rest.iter().any(|word| EXCEPTS.contains(word) || word.bytes().any(|b| b.is_ascii_digit())) {
                return Err(NoCount::Unclear);
            }
            break;
        } else if !bare.is_empty() && !UNITS.contains(&bare) {
            return Err(if is_number_word(bare) { NoCount::Words } else { NoCount::Unclear });
        }
    }
    if digits.is_empty() {
        return Err(if main.split(' ').any(is_number_word) { NoCount::Words } else { NoCount::Unclear });
    }
    count.number = number(&digits, &mut count.ambiguous)?;
    Ok(count)
}

/// `не менее 30`, `≥ 10`: the number, and whether it was a bound.
pub(super) fn without_bound(text: &str) -> (String, bool) {
    let plain = plain(text);
    match LOWER.iter().chain(&UPPER).find_map(|bound| plain.strip_prefix(bound)) {
        Some(rest) => (rest.trim_start().to_owned(), true),
        None => (text.to_owned(), false),
    }
}

/// `20` and what stands in brackets after it, or after `incl.`, `из них`, `в т.ч.`.
pub(super) fn split_bracket(text: &str) -> (&str, Option<&str>) {
    for opening in [
        "(",
        ", incl",
        " incl",
        ", of whom",
        " of whom",
        ", of which",
        " of which",
        ", из них",
        " из них",
        ", в т",
        " в т.",
        ", в том числе",
    ] {
        if let Some((main, rest)) = text.split_once(opening) {
            return (main, Some(rest.trim_end_matches([')', '.', ' '])));
        }
    }
    (text, None)
}

/// Reads `5 f`, `5 women`, `15 м, 5 ж`, `из них 5 женщин`; false where it says something else.
fn split_of(text: &str, count: &mut Count) -> bool {
    let mut pending = None;
    let mut word_before = None;
    for token in text.split([' ', ',', ';', ':', '+', '/']).flat_map(letters_and_digits) {
        if let Ok(number) = token.parse::<u32>() {
            match word_before.take() {
                Some(true) if count.women.is_none() => count.women = Some(number),
                Some(false) if count.men.is_none() => count.men = Some(number),
                _ => pending = Some(number),
            }
            continue;
        }
        let women = match token.trim_matches('.') {
            "f" | "w" | "women" | "woman" | "female" | "females" | "ж" | "жен" | "женщин" | "женщина" | "женщины" => {
                true
            }
            "m" | "men" | "man" | "male" | "males" | "м" | "муж" | "мужчин" | "мужчина" | "мужчины" => {
                false
            }
            "" | "incl" | "including" | "of" | "whom" | "which" | "and" | "uding" | "из" | "них" | "в" | "т" | "ч"
            | "т.ч" | "том" | "числе" | "и" | "-" | "чел" => continue,
            _ => return false,
        };
        match pending.take() {
            Some(number) if women => count.women = Some(number),
            Some(number) => count.men = Some(number),
            None => word_before = Some(women),
        }
    }
    pending.is_none() && (count.women.is_some() || count.men.is_some())
}

fn letters_and_digits(word: &str) -> Vec<&str> {
    match word.find(|c: char| !c.is_ascii_digit()) {
        Some(at) if at > 0 => {
            let (digits, rest) = word.split_at(at);
            vec![digits, rest]
        }
        _ => vec![word],
    }
}

/// `20/5`, `15+5`, `10-12`, `15 м / 5 ж`: two numbers with a sign between them.
fn two_numbers(text: &str) -> Option<NoCount> {
    for sign in ['+', '/', '-', '\\'] {
        if let Some((left, right)) = text.split_once(sign) {
            let first = |t: &str| -> Option<u32> {
                let digits: String =
                    t.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
                digits.parse().ok()
            };
            if let (Some(a), Some(b)) = (first(left), first(right)) {
                let of_others = |t: &str| {
                    t.split(|c: char| !c.is_alphabetic()).any(|word| {
                        !word.is_empty() && !UNITS.contains(&word) && !PEOPLE.contains(&word) && !is_sex(word)
                    })
                };
                return Some(match sign {
                    '+' if of_others(left) => NoCount::Unclear,
                    '+' if of_others(right) => NoCount::Beside(a),
                    '+' => NoCount::Sum(a, b),
                    _ => NoCount::TwoNumbers(a, b),
                });
            }
        }
    }
    None
}

fn number(digits: &str, ambiguous: &mut bool) -> Result<u32, NoCount> {
    if let Some(rest) = digits.strip_prefix('-') {
        return Err(if rest.parse::<f64>().is_ok() { NoCount::Negative } else { NoCount::Unclear });
    }
    if let Some((whole, rest)) = digits.split_once(['.', ',']) {
        if rest.chars().all(|c| c == '0') && rest.len() < 3 {
            return whole.parse().map_err(|_| NoCount::TooLarge);
        }
        let groups: Vec<&str> = rest.split(['.', ',']).collect();
        if !whole.is_empty()
            && whole.len() <= 3
            && whole != "0"
            && groups.iter().all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()))
        {
            *ambiguous = groups.len() == 1;
            return format!("{whole}{}", groups.concat()).parse().map_err(|_| NoCount::TooLarge);
        }
        return Err(if digits.replace(',', ".").parse::<f64>().is_ok() { NoCount::Fraction } else { NoCount::Unclear });
    }
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        digits.parse().ok().filter(|n| *n <= 1_000_000_000).ok_or(NoCount::TooLarge)
    } else {
        Err(NoCount::Unclear)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_write() {
        for (text, number) in [
            ("20", 20),
            ("0", 0),
            ("20 чел.", 20),
            ("20чел.", 20),
            ("20 participants", 20),
            ("1 900", 1900),
            ("2 шт.", 2),
            ("20,0", 20),
            ("20.", 20),
            ("всего 20", 20),
        ] {
            assert_eq!(of_text(text), Ok(Count { number, ..Count::default() }), "{text}");
        }
        for text in ["~20", "около 20", "approx. 20", "ca. 20 persons", "≈ 20"] {
            assert_eq!(of_text(text), Ok(Count { number: 20, estimated: true, ..Count::default() }), "{text}");
        }
        assert_eq!(of_text("20*"), Ok(Count { number: 20, footnote: true, ..Count::default() }));
        assert_eq!(of_text("1,900"), Ok(Count { number: 1900, ambiguous: true, ..Count::default() }));
        for text in [
            "20 (5 f)",
            "20 (5 ж)",
            "20 (incl. 5 women)",
            "20, из них 5 женщин",
            "20 (f: 5)",
            "20 чел., в т.ч. 5 женщин",
        ] {
            assert_eq!(of_text(text), Ok(Count { number: 20, women: Some(5), ..Count::default() }), "{text}");
        }
        let both = Ok(Count { number: 20, women: Some(5), men: Some(15), ..Count::default() });
        assert_eq!(of_text("20 (15 м, 5 ж)"), both);
        assert_eq!(of_text("20 (15m/5f)"), both);
    }

    #[test]
    fn asks_where_it_may_mean_two_things() {
        for (text, why) in [
            ("20/5", NoCount::TwoNumbers(20, 5)),
            ("20 (14+6)", NoCount::TwoNumbers(20, 6)),
            ("20 pax + 3 trainers", NoCount::Beside(20)),
            ("12 КР + 8 РТ", NoCount::Unclear),
            ("10-12", NoCount::TwoNumbers(10, 12)),
            ("15+5", NoCount::Sum(15, 5)),
            ("15 м + 5 ж", NoCount::Sum(15, 5)),
            ("двадцать", NoCount::Words),
            ("twenty", NoCount::Words),
            ("twenty-five", NoCount::Words),
            ("двадцать пять", NoCount::Words),
            ("12,5", NoCount::Fraction),
            ("12.5", NoCount::Fraction),
            ("-3", NoCount::Negative),
            ("−3", NoCount::Negative),
            ("many", NoCount::Unclear),
            ("up to 20", NoCount::Unclear),
            ("20 участников + 2 эксперта", NoCount::Beside(20)),
            ("20 30", NoCount::Unclear),
            ("20 (both days)", NoCount::Unclear),
            ("99999999999", NoCount::TooLarge),
        ] {
            assert_eq!(of_text(text), Err(why), "{text}");
        }
        assert_eq!(of_number(20.0), Ok(20));
        assert_eq!(of_number(12.5), Err(NoCount::Fraction));
        assert_eq!(of_number(-1.0), Err(NoCount::Negative));
        assert_eq!(of_number(f64::NAN), Err(NoCount::TooLarge));
    }

    proptest! {
        #[test]
        fn whole_numbers_come_back(n in 0u32..1_000_000) {
            prop_assert_eq!(of_text(&n.to_string()).map(|c| c.number), Ok(n));
            prop_assert_eq!(of_number(f64::from(n)), Ok(n));
        }

        #[test]
        fn nothing_makes_it_stumble(text in "\\PC{0,20}") {
            let _ = of_text(&text);
        }
    }
}
