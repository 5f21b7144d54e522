//! What a heading says beside its name: in what its numbers are, and as of which day.

use crate::period::{ReportingPeriod, Span};
use crate::record::Sheet;

use super::dates;
use super::periods;
use super::text::plain;

/// In what the amounts of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Money {
    /// Euro, or nothing is said.
    Euro,
    /// Thousands or millions of euro.
    Times(i64),
    /// Another currency, which is never read as euro.
    Foreign,
}

/// In what a heading, or a title, says that amounts are: `Стоимость (тыс. евро)`, `Cost, USD`.
pub(super) fn money_in(text: &str) -> Money {
    const FOREIGN: [&str; 23] = [
        "usd",
        "dollar",
        "dollars",
        "доллар",
        "долларах",
        "долларов",
        "долл",
        "kzt",
        "тенге",
        "kgs",
        "som",
        "сом",
        "сомах",
        "uzs",
        "sum",
        "сум",
        "tjs",
        "сомони",
        "tmt",
        "манат",
        "rub",
        "руб",
        "рублей",
    ];
    let plain = plain(text);
    let words: Vec<&str> = plain
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '€' | '$')))
        .filter(|w| !w.is_empty())
        .collect();
    let says = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let euro = plain.contains('€') || says(&["eur", "euro", "euros", "евро", "keur"]);
    if !euro && (says(&FOREIGN) || plain.contains('$') || plain.contains('£')) {
        return Money::Foreign;
    }
    if says(&["тыс", "тысяч", "тысячах", "thousand", "thousands", "thous", "thsd", "'000", "000s", "keur", "k€", "000"])
    {
        Money::Times(1_000)
    } else if says(&["млн", "миллион", "миллионов", "миллионах", "million", "millions", "mln"])
    {
        Money::Times(1_000_000)
    } else {
        Money::Euro
    }
}

/// Whether a heading is of shares: never a count or an amount.
pub(super) fn is_share(text: &str) -> bool {
    let plain = plain(text);
    plain.contains('%') || plain.starts_with("доля ") || plain.starts_with("share of ") || plain.starts_with("percent")
}

/// Whether a heading is of what was planned, or hoped for: on a sheet of deeds that is none of ours.
pub(super) fn is_planned(text: &str, sheet: Sheet) -> bool {
    let deeds = matches!(sheet, Sheet::Activities | Sheet::Participants | Sheet::Equipment);
    deeds
        && plain(text).split(|c: char| !c.is_alphabetic()).any(|word| {
            matches!(word, "plan" | "planned" | "target" | "expected" | "estimated" | "forecast" | "план")
                || ["планов", "планируем", "запланир", "ожидаем"].iter().any(|stem| word.starts_with(stem))
        })
}

/// What a heading may be called without what stands beside its name; the fullest first.
pub(super) fn without_extras(text: &str, sheet: Sheet) -> Vec<String> {
    let mut found = Vec::new();
    let mut bare = plain(text);
    for extra in [without_unit, without_day, without_filler] {
        if let Some(less) = extra(&bare).filter(|less| !less.is_empty()) {
            found.push(less.clone());
            bare = less;
        }
    }
    // `Spent Oct-Dec 2017`, `Израсходовано за IV квартал 2017`
    let spent = ["spent ", "expenditure ", "израсходовано ", "расходы ", "потрачено "].iter();
    if sheet == Sheet::Budget
        && spent.clone().any(|word| plain(text).starts_with(word))
        && periods::stated_in(text).is_some()
    {
        found.push("spent in period".to_owned());
    }
    found
}

/// `Количество участников, чел.`, `Стоимость, тыс. евро`: without the unit.
fn without_unit(plain: &str) -> Option<String> {
    const UNITS: [&str; 43] = [
        "чел",
        "человек",
        "шт",
        "штук",
        "ед",
        "единиц",
        "евро",
        "eur",
        "euro",
        "euros",
        "€",
        "persons",
        "people",
        "pers",
        "pcs",
        "pieces",
        "units",
        "тыс",
        "млн",
        "thousand",
        "million",
        "in",
        "в",
        "days",
        "дней",
        "дд",
        "мм",
        "гггг",
        "dd",
        "usd",
        "сом",
        "сум",
        "тенге",
        "сомони",
        "манат",
        "руб",
        "долл",
        "kgs",
        "uzs",
        "kzt",
        "tjs",
        "tmt",
        "som",
    ];
    let (name, unit) = plain.rsplit_once(',')?;
    let mut words = unit.split(|c: char| !(c.is_alphanumeric() || c == '€')).filter(|w| !w.is_empty()).peekable();
    (words.peek().is_some() && words.all(|word| UNITS.contains(&word))).then(|| name.trim().to_owned())
}

/// `Достигнуто на 31.12.2017`, `Spent as of 31 December 2017`: without the day.
fn without_day(plain: &str) -> Option<String> {
    let (name, _) = day_in(plain)?;
    Some(name)
}

/// `Title of the event`, `Место проведения мероприятия`: what every heading of the sheet is of.
fn without_filler(plain: &str) -> Option<String> {
    const FILLER: [&str; 14] = [
        "event",
        "events",
        "activity",
        "activities",
        "мероприятия",
        "мероприятий",
        "of",
        "the",
        "actual",
        "actually",
        "фактическая",
        "фактическое",
        "фактически",
        "фактические",
    ];
    let words: Vec<&str> = plain.split(' ').collect();
    let kept: Vec<&str> = words.iter().copied().filter(|word| !FILLER.contains(word)).collect();
    (kept.len() < words.len()).then(|| kept.join(" "))
}

/// What stands before `as of`, `на`, and the day after it.
fn day_in(plain: &str) -> Option<(String, chrono::NaiveDate)> {
    const BEFORE: [&str; 7] = [" по состоянию на ", " as of ", " as at ", " на ", " by ", " at ", " до "];
    let text = format!(" {plain}");
    BEFORE.iter().find_map(|word| {
        let (name, rest) = text.split_once(word)?;
        let words: Vec<&str> = rest.split(' ').collect();
        (1..=words.len().min(4)).rev().find_map(|length| {
            let said = words.get(..length)?.join(" ");
            let read = dates::read(said.trim_matches(['(', ')', ',', ';']), &mut |_| None).ok()?;
            (read.first == read.last && !read.month_only)
                .then(|| (name.trim().trim_end_matches('(').trim().to_owned(), read.first))
        })
    })
}

/// The quarter whose end a text names as the day of its figures: `as of 31 December 2017`, or, as
/// accounts in Russian say it, `на 1 января 2018 г.`
pub(super) fn quarter_closed_in(text: &str) -> Option<ReportingPeriod> {
    let (_, day) = day_in(&plain(text))?;
    let eve = day.pred_opt()?;
    let closed = |day| Some(ReportingPeriod::containing(day, Span::Quarter)).filter(|q| q.last_day() == day);
    closed(day).or_else(|| closed(eve))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_says_in_what_its_amounts_are() {
        for (text, expected) in [
            ("Стоимость (тыс. евро)", Money::Times(1_000)),
            ("Budget, EUR '000", Money::Times(1_000)),
            ("Budget (kEUR)", Money::Times(1_000)),
            ("Бюджет, млн евро", Money::Times(1_000_000)),
            ("Total price (USD)", Money::Foreign),
            ("Цена за ед., сом", Money::Foreign),
            ("Сумма ($)", Money::Foreign),
            ("Unit value EUR", Money::Euro),
            ("Сумма", Money::Euro),
            ("Общая сумма", Money::Euro),
        ] {
            assert_eq!(money_in(text), expected, "{text}");
        }
        assert!(is_planned("Участники (план)", Sheet::Activities) && is_planned("Planned date", Sheet::Activities));
        assert!(!is_planned("Planned start", Sheet::Plan) && !is_planned("Дата (факт)", Sheet::Activities));
        assert!(is_share("% spent") && is_share("Women, %") && !is_share("Spent to date"));
    }

    #[test]
    fn a_day_in_a_title_closes_a_quarter() {
        let told = |text: &str| quarter_closed_in(text).map(|q| q.to_string());
        assert_eq!(told("Budget execution as of 31 December 2017").as_deref(), Some("2017-Q4"));
        assert_eq!(told("Исполнение бюджета по состоянию на 1 января 2018 г.").as_deref(), Some("2017-Q4"));
        assert_eq!(told("Достигнуто на 31.12.2017").as_deref(), Some("2017-Q4"));
        assert_eq!(told("as of 20 December 2017"), None);
        assert_eq!(told("План на 2018 год"), None);
    }

    #[test]
    fn what_stands_beside_a_name_is_left_out() {
        let last = |text: &str| without_extras(text, Sheet::Activities).pop();
        assert_eq!(last("Количество участников, чел.").as_deref(), Some("количество участников"));
        assert_eq!(last("Title of the event").as_deref(), Some("title"));
        assert_eq!(last("Достигнуто на 31.12.2017").as_deref(), Some("достигнуто"));
        assert_eq!(last("Место, дата"), None);
        assert_eq!(last("Activities"), None);
        assert_eq!(without_extras("Spent Oct-Dec 2017", Sheet::Budget).pop().as_deref(), Some("spent in period"));
    }
}
