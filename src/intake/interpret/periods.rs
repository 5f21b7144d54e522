//! Reporting periods as people write them: `Q4 2017`, `IV квартал 2017 г.`, `Oct–Dec 2017`.

use crate::period::{ReportingPeriod, Span};

use super::text::plain;

/// Months by their names: full, short, and as Russian declines them.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "январь", "января", "янв", "январе"],
    &["february", "feb", "февраль", "февраля", "фев", "февр", "феврале"],
    &["march", "mar", "март", "марта", "мар", "марте"],
    &["april", "apr", "апрель", "апреля", "апр", "апреле"],
    &["may", "май", "мая", "мае"],
    &["june", "jun", "июнь", "июня", "июн", "июне"],
    &["july", "jul", "июль", "июля", "июл", "июле"],
    &["august", "aug", "август", "августа", "авг", "августе"],
    &["september", "sep", "sept", "сентябрь", "сентября", "сен", "сент", "сентябре"],
    &["october", "oct", "октябрь", "октября", "окт", "октябре"],
    &["november", "nov", "ноябрь", "ноября", "ноя", "нояб", "ноябре"],
    &["december", "dec", "декабрь", "декабря", "дек", "декабре"],
];

/// The month (1 to 12) that a word names, in lower case and without its full stop.
pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let found = MONTHS.iter().position(|names| names.contains(&word))?;
    u32::try_from(found + 1).ok()
}

/// A small Roman number, in Latin letters or their Cyrillic look-alikes: `IV`, `ІV`, `XI`.
pub(super) fn roman(word: &str) -> Option<u32> {
    let word: String = word
        .chars()
        .map(|c| match c {
            'і' => 'i',
            'х' => 'x',
            c => c,
        })
        .collect();
    const NUMBERS: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    NUMBERS.iter().position(|n| *n == word).and_then(|at| u32::try_from(at + 1).ok())
}

/// A word of a period's text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    Number(u32),
    Year(i32),
    /// `q4`, or a bare `q` before its number.
    Quarter(Option<u32>),
    Half(Option<u32>),
    Month(u32),
    Roman(u32),
    To,
    Other,
}

/// Words and numbers, parted also where letters meet digits (`2017Q4`, `4кв`).
fn words(text: &str) -> Vec<Word> {
    let text = plain(text).replace(['_', '.', ',', '(', ')', '"', ':', ';', '\'', '/', '\\'], " ");
    let mut tokens: Vec<String> = Vec::new();
    let mut last: Option<u8> = None;
    for c in text.chars() {
        let class = if c.is_ascii_digit() {
            0
        } else if c.is_alphabetic() {
            1
        } else if c == '-' {
            2
        } else {
            last = None;
            continue;
        };
        match tokens.last_mut() {
            Some(token) if last == Some(class) => token.push(c),
            _ => tokens.push(c.to_string()),
        }
        last = Some(class);
    }
    tokens.iter().map(|token| word(token)).collect()
}

fn word(token: &str) -> Word {
    if let Ok(number) = token.parse::<u32>() {
        return match i32::try_from(number) {
            Ok(year) if (1990..=2100).contains(&year) && token.len() == 4 => Word::Year(year),
            _ => Word::Number(number),
        };
    }
    if token.starts_with('-') || matches!(token, "to" | "по" | "through" | "till" | "until") {
        return Word::To;
    }
    let numbered = |names: &[&str]| names.contains(&token);
    if numbered(&["q", "qtr", "quarter", "quarters", "квартал", "квартала", "квартале", "кварт", "кв", "к"])
    {
        return Word::Quarter(None);
    }
    if numbered(&["h", "half", "hy", "semester", "полугодие", "полугодия", "полугодии", "пг"])
    {
        return Word::Half(None);
    }
    const ORDINALS: [(&[&str], u32); 4] = [
        (&["first", "первый", "первого", "первом", "первое", "первая"], 1),
        (&["second", "второй", "второго", "втором", "второе", "вторая"], 2),
        (&["third", "третий", "третьего", "третьем"], 3),
        (&["fourth", "четвертый", "четвертого", "четвертом", "last"], 4),
    ];
    if let Some((_, number)) = ORDINALS.iter().find(|(names, _)| names.contains(&token)) {
        return Word::Number(*number);
    }
    if let Some(month) = month(token) {
        return Word::Month(month);
    }
    match roman(token) {
        Some(number) if number <= 4 => Word::Roman(number),
        _ => Word::Other,
    }
}

/// A quarter or half-year that a text states somewhere in it; the year may come from
/// elsewhere. `None` where it states none, or two that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    span: Span,
    number: u32,
    year: Option<i32>,
}

impl Stated {
    /// The period, with `year` where the text names none.
    pub(super) fn in_year(self, year: Option<i32>) -> Option<ReportingPeriod> {
        ReportingPeriod::new(self.year.or(year)?, self.number, self.span)
    }
}

/// Finds the period in a title, a file's name or a folder's: quarters, half-years, and runs
/// of months that make one. A year or a single month alone is not taken for a statement.
pub(super) fn stated_in(text: &str) -> Option<ReportingPeriod> {
    let words = words(text);
    let found = find_all(&words);
    let first = found.first()?.in_year(None)?;
    found.iter().all(|f| f.in_year(None) == Some(first)).then_some(first)
}

fn find_all(words: &[Word]) -> Vec<Stated> {
    let at = |i: usize| words.get(i).copied();
    let years: Vec<i32> = words.iter().filter_map(|w| if let Word::Year(y) = w { Some(*y) } else { None }).collect();
    // The nearest year stands in most texts beside the quarter; one year in the whole text
    // speaks for all of it.
    let year_near = |from: usize, to: usize| {
        let mut after = (to + 1..to + 4).map_while(at).skip_while(|w| matches!(w, Word::To));
        match after.next() {
            Some(Word::Year(y)) => return Some(y),
            Some(Word::Number(n)) if (10..100).contains(&n) => return i32::try_from(2000 + n).ok(),
            _ => {}
        }
        for back in 1..3 {
            match from.checked_sub(back).and_then(at) {
                Some(Word::Year(y)) => return Some(y),
                Some(Word::To) => {}
                _ => break,
            }
        }
        match years.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    };
    let mut found = Vec::new();
    for i in 0..words.len() {
        let (span, most) = match at(i) {
            Some(Word::Quarter(_)) => (Span::Quarter, 4),
            Some(Word::Half(_)) => (Span::Half, 2),
            Some(Word::Month(first)) => {
                // October – December, Oct 2017 – Dec 2017
                let mut j = i + 1;
                while matches!(at(j), Some(Word::Year(_))) {
                    j += 1;
                }
                if at(j) == Some(Word::To)
                    && let Some(Word::Month(last)) = at(j + 1)
                    && let Some((span, number)) = run_of_months(first, last)
                {
                    found.push(Stated { span, number, year: year_near(i, j + 1) });
                }
                continue;
            }
            _ => continue,
        };
        let good = |w: Option<Word>| match w {
            Some(Word::Number(n) | Word::Roman(n)) if (1..=most).contains(&n) => Some(n),
            _ => None,
        };
        // `Q4`, `quarter 4`; `4 кв.`, `IV квартал`, `4-й квартал`, `fourth quarter`.
        let before = |back: usize| i.checked_sub(back).and_then(at);
        let (number, from, to) = if let Some(n) = good(at(i + 1)) {
            (n, i, i + 1)
        } else if let Some(n) = good(before(1)) {
            (n, i.saturating_sub(1), i)
        } else if let (Some(n), Some(Word::Other | Word::To)) = (good(before(2)), before(1)) {
            (n, i.saturating_sub(2), i)
        } else if let (Some(n), Some(Word::Other), Some(Word::To)) = (good(before(3)), before(1), before(2)) {
            (n, i.saturating_sub(3), i)
        } else {
            continue;
        };
        found.push(Stated { span, number, year: year_near(from, to) });
    }
    found
}

fn run_of_months(first: u32, last: u32) -> Option<(Span, u32)> {
    match (first, last.checked_sub(first)?) {
        (1 | 4 | 7 | 10, 2) => Some((Span::Quarter, first.div_ceil(3))),
        (1 | 7, 5) => Some((Span::Half, first.div_ceil(6))),
        (1, 11) => Some((Span::Year, 1)),
        _ => None,
    }
}

/// `IV`; or `4`, where the heading says that quarters are meant.
pub(super) fn bare_quarter(text: &str, of_quarters: bool) -> Option<Stated> {
    let plain = plain(text);
    let number = roman(&plain).or_else(|| plain.parse().ok().filter(|_| of_quarters))?;
    (1..=4).contains(&number).then_some(Stated { span: Span::Quarter, number, year: None })
}

/// Reads a Reporting period cell: here a month or a year alone is a period, too.
pub(super) fn read(text: &str) -> Option<Stated> {
    if let Ok(strict) = super::text::line(text).to_uppercase().parse::<ReportingPeriod>() {
        return Some(Stated { span: strict.span(), number: strict.number(), year: Some(strict.year()) });
    }
    let words: Vec<Word> = words(text);
    if let Some(found) = find_all(&words).first() {
        return Some(*found);
    }
    let meant: Vec<Word> = words.into_iter().filter(|w| !matches!(w, Word::Other | Word::To)).collect();
    match meant.as_slice() {
        [Word::Year(year)] => Some(Stated { span: Span::Year, number: 1, year: Some(*year) }),
        [Word::Month(m)] => Some(Stated { span: Span::Month, number: *m, year: None }),
        [Word::Month(m), Word::Year(y)] | [Word::Year(y), Word::Month(m)] => {
            Some(Stated { span: Span::Month, number: *m, year: Some(*y) })
        }
        // `4/2017`, `IV 2017`, `2017-4`
        [Word::Number(n) | Word::Roman(n), Word::Year(y)] | [Word::Year(y), Word::Number(n) | Word::Roman(n)]
            if (1..=4).contains(n) =>
        {
            Some(Stated { span: Span::Quarter, number: *n, year: Some(*y) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_period_in_every_way_it_is_written() {
        for text in [
            "2017-Q4",
            "2017Q4",
            "2017 q4",
            "Q4 2017",
            "Q4/2017",
            "Q4-2017",
            "4th quarter 2017",
            "4th quarter of 2017",
            "Fourth quarter, 2017",
            "IV квартал 2017",
            "IV квартал 2017 г.",
            "ІV кв. 2017",
            "4 кв. 2017",
            "4кв2017",
            "4-й квартал 2017 года",
            "четвёртый квартал 2017",
            "Oct–Dec 2017",
            "October - December 2017",
            "Oct 2017 - Dec 2017",
            "октябрь-декабрь 2017 г.",
            "за IV квартал 2017",
            "Q4 '17",
        ] {
            let found = read(text).and_then(|s| s.in_year(None));
            assert_eq!(found.map(|p| p.to_string()).as_deref(), Some("2017-Q4"), "{text}");
        }
        for (text, period) in
            [("2017-H2", "2017-H2"), ("II полугодие 2017", "2017-H2"), ("November 2017", "2017-M11"), ("2017", "2017")]
        {
            assert_eq!(read(text).and_then(|s| s.in_year(None)).map(|p| p.to_string()).as_deref(), Some(period));
        }
        assert_eq!(read("Q4").and_then(|s| s.in_year(Some(2017))), ReportingPeriod::quarter(2017, 4));
        for text in ["soon", "Q5 2017", "Q 2017", "13 2017", ""] {
            assert_eq!(read(text).and_then(|s| s.in_year(None)), None, "{text}");
        }
    }

    #[test]
    fn finds_it_in_names_and_titles() {
        for text in [
            "activities_KZ_2017Q4_v2 (1).xlsx",
            "TJ-2017-Q4.csv",
            "Отчёт за IV квартал 2017 г. – Таджикистан",
            "BOMCA 9 – Quarterly report, October – December 2017",
            "Q4_2017_KG.ods",
        ] {
            assert_eq!(stated_in(text), ReportingPeriod::quarter(2017, 4), "{text}");
        }
        for text in [
            "activities_TJ.xlsx",
            "Activities 2017",
            "BOMCA 9 (2015-2019)",
            "Q3 and Q4 2017 activities Q3 2017",
            "Data as of 15 November 2017",
        ] {
            assert_eq!(stated_in(text), None, "{text}");
        }
    }
}
