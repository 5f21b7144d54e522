//! The words, numbers and marks that dates are made of.

use super::periods::{month, roman};

/// A word, number or mark of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// With the number of its digits.
    Number(u32, usize),
    Month(u32),
    Roman(u32),
    Dot,
    Slash,
    Dash,
    /// `to`, `по`, `до`
    To,
    /// `and`, `и`: a range only after `between`, or between neighbouring days.
    And,
    Comma,
    Between,
    Unknown,
}

/// The words, numbers and marks of a text that [`super::text::plain`] has made.
pub(super) fn tokens(plain: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = plain.trim();
    // A time of day says nothing about the day.
    while let Some(c) = rest.chars().next() {
        let end = if c.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
        } else if c.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        if c.is_ascii_digit() {
            let numbers_before = out.iter().filter(|t| matches!(t, Token::Number(..))).count();
            if word.len() <= 2 && rest.starts_with(':') && numbers_before >= 2 {
                rest = skip_time(rest);
                continue;
            }
            match word.parse() {
                Ok(number) if word.len() <= 4 => out.push(Token::Number(number, word.len())),
                _ => out.push(Token::Unknown),
            }
        } else if c.is_alphabetic() {
            match word {
                "st"
                | "nd"
                | "rd"
                | "th"
                | "г"
                | "гг"
                | "год"
                | "года"
                | "году"
                | "of"
                | "the"
                | "on"
                | "in"
                | "в"
                | "с"
                | "со"
                | "from"
                | "го"
                | "е"
                | "ое"
                | "числа"
                | "mon"
                | "tue"
                | "tues"
                | "wed"
                | "thu"
                | "thur"
                | "thurs"
                | "fri"
                | "sat"
                | "sun"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "пн"
                | "вт"
                | "ср"
                | "чт"
                | "пт"
                | "сб"
                | "вс"
                | "понедельник"
                | "вторник"
                | "среда"
                | "четверг"
                | "пятница"
                | "суббота"
                | "воскресенье"
                | "t"
                | "date"
                | "dates" => {}
                "between" | "между" => out.push(Token::Between),
                "to" | "till" | "until" | "through" | "по" | "до" => out.push(Token::To),
                "and" | "и" => out.push(Token::And),
                word => match (month(word), roman(word)) {
                    (Some(number), _) => out.push(Token::Month(number)),
                    (None, Some(number)) => out.push(Token::Roman(number)),
                    _ => out.push(Token::Unknown),
                },
            }
        } else {
            match c {
                ' ' | '\'' | '"' | '(' | ')' | '*' => {}
                '.' => out.push(Token::Dot),
                '/' => out.push(Token::Slash),
                '-' => out.push(Token::Dash),
                ',' => out.push(Token::Comma),
                '&' | '+' => out.push(Token::And),
                _ => out.push(Token::Unknown),
            }
        }
    }
    tidy(out)
}

fn skip_time(rest: &str) -> &str {
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(rest.len());
    let after = rest.get(end..).unwrap_or_default();
    after.strip_prefix('z').or_else(|| after.strip_prefix(" am")).or_else(|| after.strip_prefix(" pm")).unwrap_or(after)
}

/// Drops full stops and commas that only close a word: after a month's short form, at an end,
/// after an ordinal's number (`14. November`).
fn tidy(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let closes = match token {
            Token::Dot => {
                !matches!(next, Some(Token::Number(..) | Token::Roman(_)))
                    || matches!(out.last(), None | Some(Token::Month(_) | Token::Comma | Token::Dash))
            }
            Token::Comma => true,
            // `17-го`, `14-th`: the dash before an ending that was dropped, or before a comma.
            // Between two months it is a range.
            Token::Dash => {
                let after_month = matches!(out.last(), Some(Token::Month(_)));
                matches!(next, Some(Token::To | Token::Dash) | None)
                    || (matches!(next, Some(Token::Month(_))) && !after_month)
                    || out.is_empty()
            }
            Token::Between => false,
            _ => false,
        };
        if !closes {
            out.push(*token);
        }
    }
    out
}
