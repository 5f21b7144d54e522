//! Phrases around a date: what is taken off before it is read, and what says that there is none yet.

use chrono::{NaiveDate, Weekday};

use super::text::plain;

/// `6-8 декабря 2017 г. (3 дня)`: without its length, and the length in days.
pub(super) fn without_length(plain: &str) -> Option<(String, i64)> {
    let (before, rest) = plain.split_once('(')?;
    let (inside, after) = rest.split_once(')')?;
    let mut words = inside.split_whitespace();
    let days: i64 = words.next()?.parse().ok()?;
    let unit = words.next()?;
    let is_length = matches!(unit, "day" | "days" | "день" | "дня" | "дней" | "дн." | "дн") && words.next().is_none();
    (is_length && !before.trim().is_empty()).then(|| (format!("{before}{after}"), days))
}

/// `late November 2017`, `первая половина марта`: the month, which is all that such a text tells.
pub(super) fn without_part_of_a_month(plain: &str) -> Option<String> {
    const PARTS: [&str; 27] = [
        "first half of ",
        "second half of ",
        "beginning of ",
        "early ",
        "middle of ",
        "mid-",
        "mid ",
        "end of ",
        "late ",
        "1-я половина ",
        "2-я половина ",
        "1 половина ",
        "2 половина ",
        "первая половина ",
        "вторая половина ",
        "в первой половине ",
        "во второй половине ",
        "начало ",
        "в начале ",
        "середина ",
        "в середине ",
        "конец ",
        "в конце ",
        "ориентировочно ",
        "предварительно ",
        "tentatively ",
        "the end of ",
    ];
    PARTS.iter().find_map(|part| plain.strip_prefix(part)).map(str::to_owned)
}

/// `4-5 декабря т.г.`: this year, which is that of the period.
pub(super) fn without_this_year(plain: String) -> String {
    const WORDS: [&str; 8] = [" т.г.", " т. г.", " с.г.", " с. г.", " т.г", " с.г", " текущего года", " сего года"];
    match WORDS.iter().find_map(|word| plain.strip_suffix(word)) {
        Some(bare) => bare.to_owned(),
        None => plain,
    }
}

/// `20171114`, `14112017`: only one way to read it can be a date of ours.
pub(super) fn in_eight_digits(plain: &str) -> Option<NaiveDate> {
    if plain.len() != 8 || !plain.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let made = |year: &str, month: &str, day: &str| {
        let year: i32 = year.parse().ok().filter(|y| (1990..2100).contains(y))?;
        NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
    };
    let iso = made(plain.get(..4)?, plain.get(4..6)?, plain.get(6..)?);
    let ours = made(plain.get(4..)?, plain.get(2..4)?, plain.get(..2)?);
    if iso.is_some() && ours.is_some() { None } else { iso.or(ours) }
}

/// `14, 15 и 16 ноября` as `14-16 ноября`; `None` where the days do not follow each other.
pub(super) fn days_in_a_row(plain: &str) -> Option<String> {
    if !plain.contains(',') && !plain.contains(" and ") && !plain.contains(" и ") {
        return None;
    }
    let spaced = plain.replace([',', '&'], " ");
    let words: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    let is_day = |word: &&&str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let listed = words.iter().take_while(|word| is_day(word) || matches!(**word, "and" | "и")).count();
    let (days, rest) = words.split_at_checked(listed)?;
    let days: Vec<u32> = days.iter().filter_map(|day| day.parse().ok()).collect();
    let follows = days.len() > 2 && days.windows(2).all(|pair| matches!(pair, [a, b] if a + 1 == *b));
    let names_a_month = rest.first().is_some_and(|word| word.starts_with(char::is_alphabetic));
    let (first, last) = (days.first()?, days.last()?);
    (follows && names_a_month).then(|| format!("{first}-{last} {}", rest.join(" ")))
}

/// The day of the week that a text names, where it names one.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    if !text.chars().any(char::is_alphabetic) {
        return None;
    }
    const NAMES: [(Weekday, [&str; 5]); 7] = [
        (Weekday::Mon, ["mon", "monday", "пн", "понедельник", "понед"]),
        (Weekday::Tue, ["tue", "tuesday", "вт", "вторник", "tues"]),
        (Weekday::Wed, ["wed", "wednesday", "ср", "среда", "среду"]),
        (Weekday::Thu, ["thu", "thursday", "чт", "четверг", "thurs"]),
        (Weekday::Fri, ["fri", "friday", "пт", "пятница", "пятницу"]),
        (Weekday::Sat, ["sat", "saturday", "сб", "суббота", "субботу"]),
        (Weekday::Sun, ["sun", "sunday", "вс", "воскресенье", "воскр"]),
    ];
    let plain = plain(text);
    let mut found = plain
        .split(|c: char| !c.is_alphabetic())
        .filter_map(|word| NAMES.iter().find(|(_, names)| names.contains(&word)).map(|(day, _)| *day));
    found.next().filter(|_| found.next().is_none())
}

pub(super) fn is_to_be_confirmed(plain: &str) -> bool {
    let bare = plain.trim_matches(['.', '?', '!', '(', ')', ' ']);
    matches!(
        bare,
        "tbc"
            | "tbd"
            | "tba"
            | "t.b.c"
            | "t.b.d"
            | "t.b.a"
            | "to be confirmed"
            | "to be decided"
            | "to be announced"
            | "to be determined"
            | "to be agreed"
            | "date to be confirmed"
            | "уточняется"
            | "дата уточняется"
            | "будет уточнено"
            | "подлежит уточнению"
            | "на согласовании"
            | "по согласованию"
            | "будет определено"
            | "не определено"
            | "не определена"
            | "уточнить"
            | "pending"
            | "ongoing"
            | "постоянно"
            | "в течение квартала"
            | "в течение периода"
            | "в течение года"
            | "during the quarter"
            | "throughout the quarter"
            | "throughout the period"
            | "throughout the year"
    )
}
