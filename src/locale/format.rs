//! Numbers, dates and names as a language writes them.
//!
//! Month names, day-and-month order, grouping and lists come from ICU4X. What is composed here
//! is what ICU4X lacks: date ranges (its interval data is not public), spans of months, the
//! names of quarters, and the Russian prepositional case. English groups its digits with a
//! no-break space, as EU style asks, where CLDR has a comma (`domain.md`, section 7).

use std::fmt::Display;

use chrono::{Datelike, NaiveDate};
use fixed_decimal::Decimal;
use icu::calendar::{Date, Iso};
use icu::datetime::{DateTimeFormatter, fieldsets};
use icu::decimal::DecimalFormatter;
use icu::list::ListFormatter;
use icu::list::options::{ListFormatterOptions, ListLength};
use icu::locale::locale;

use super::Locale;
use crate::period::{ReportingPeriod, Span};
use crate::recipient::Language;
use crate::record::Cents;

/// No-break space.
pub const NBSP: char = '\u{a0}';

/// The ICU4X formatters of one language. Their data is compiled in; building them costs some
/// ten microseconds each, so each thread keeps its own (they are not `Send`).
struct Forms {
    date: DateTimeFormatter<fieldsets::YMD>,
    day_month: DateTimeFormatter<fieldsets::MD>,
    day_month_short: DateTimeFormatter<fieldsets::MD>,
    month: DateTimeFormatter<fieldsets::M>,
    decimal: DecimalFormatter,
    list: ListFormatter,
}

impl Forms {
    /// `None` only if ICU4X were built without the data of our two languages.
    fn new(language: Language) -> Option<Self> {
        let locale = match language {
            Language::En => locale!("en-GB"),
            Language::Ru => locale!("ru"),
        };
        let list_options = ListFormatterOptions::default().with_length(ListLength::Wide);
        Some(Self {
            date: DateTimeFormatter::try_new(locale.clone().into(), fieldsets::YMD::long()).ok()?,
            day_month: DateTimeFormatter::try_new(locale.clone().into(), fieldsets::MD::long()).ok()?,
            day_month_short: DateTimeFormatter::try_new(locale.clone().into(), fieldsets::MD::medium()).ok()?,
            month: DateTimeFormatter::try_new(locale.clone().into(), fieldsets::M::long()).ok()?,
            decimal: DecimalFormatter::try_new(
                locale.clone().into(),
                icu::decimal::options::DecimalFormatterOptions::default(),
            )
            .ok()?,
            list: ListFormatter::try_new_and(locale.into(), list_options).ok()?,
        })
    }
}

thread_local! {
    static ENGLISH: Option<Forms> = Forms::new(Language::En);
    static RUSSIAN: Option<Forms> = Forms::new(Language::Ru);
}

/// Asks a language's formatters; `otherwise` is for data that is not there.
fn ask(language: Language, question: impl FnOnce(&Forms) -> String, otherwise: impl FnOnce() -> String) -> String {
    let key = match language {
        Language::En => &ENGLISH,
        Language::Ru => &RUSSIAN,
    };
    key.with(|forms| forms.as_ref().map(question)).unwrap_or_else(otherwise)
}

fn iso(date: NaiveDate) -> Option<Date<Iso>> {
    Date::try_new_iso(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
}

/// Keeps «г.» beside its year, whatever space CLDR has put there this time.
fn tie_year(text: &str) -> String {
    text.replace(" г.", "\u{a0}г.").replace("\u{202f}г.", "\u{a0}г.")
}

/// A whole number with its digits in groups of three, in the language's way.
pub(super) fn number(language: Language, number: i64) -> String {
    decimal(language, &Decimal::from(number))
}

fn decimal(language: Language, value: &Decimal) -> String {
    let text = ask(language, |forms| forms.decimal.format_to_string(value), || value.to_string());
    match language {
        Language::En => text.replace(',', "\u{a0}"),
        Language::Ru => text,
    }
    .replace('-', "−")
}

impl Locale {
    fn icu_date(&self, date: NaiveDate, form: impl FnOnce(&Forms, &Date<Iso>) -> String) -> String {
        match iso(date) {
            Some(day) => tie_year(&ask(self.language, |forms| form(forms, &day), || date.to_string())),
            None => date.to_string(),
        }
    }

    /// `29 November 2017`, `29 ноября 2017 г.`
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        self.icu_date(date, |forms, day| forms.date.format(day).to_string())
    }

    /// Day and month without a year: `29 November`, `29 ноября`.
    #[must_use]
    pub fn day_month(&self, date: NaiveDate) -> String {
        self.icu_date(date, |forms, day| forms.day_month.format(day).to_string())
    }

    /// `24–28 October 2017`, `30 ноября – 2 декабря 2017 г.`
    #[must_use]
    pub fn date_range(&self, first: NaiveDate, last: NaiveDate) -> String {
        self.range(first, last, |d| self.date(d), |d| self.day_month(d))
    }

    /// `29 Nov 2017`, `29 нояб. 2017`: for tables.
    #[must_use]
    pub fn date_short(&self, date: NaiveDate) -> String {
        let day_month = self.icu_date(date, |forms, day| forms.day_month_short.format(day).to_string());
        format!("{day_month} {}", date.year()).replace(' ', "\u{a0}")
    }

    /// `24–28 Oct 2017`, `30 нояб. – 2 дек. 2017`: for tables.
    #[must_use]
    pub fn date_range_short(&self, first: NaiveDate, last: NaiveDate) -> String {
        let short =
            |d| self.icu_date(d, |forms, day| forms.day_month_short.format(day).to_string()).replace(' ', "\u{a0}");
        self.range(first, last, |d| self.date_short(d), short)
    }

    /// Both languages begin a date with its day, which makes ranges a matter of leaving out.
    fn range(
        &self,
        first: NaiveDate,
        last: NaiveDate,
        whole: impl Fn(NaiveDate) -> String,
        without_year: impl Fn(NaiveDate) -> String,
    ) -> String {
        if first == last {
            whole(first)
        } else if first.year() != last.year() {
            format!("{} – {}", whole(first), whole(last))
        } else if first.month() != last.month() {
            format!("{} – {}", without_year(first), whole(last))
        } else {
            format!("{}–{}", first.day(), whole(last))
        }
    }

    /// `1 900`, with a no-break space.
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        self::number(self.language, number)
    }

    /// A number held in hundredths, with as many decimals as it needs: `12.5`, `12,5`.
    #[must_use]
    pub fn hundredths(&self, value: i64) -> String {
        let mut decimal = Decimal::from(value);
        decimal.multiply_pow10(-2);
        decimal.absolute.trim_end();
        self::decimal(self.language, &decimal)
    }

    /// An amount with its cents and without its currency, for a column of money: `49 977.89`.
    #[must_use]
    pub fn amount(&self, amount: Cents) -> String {
        let mut decimal = Decimal::from(amount.0);
        decimal.multiply_pow10(-2);
        decimal.absolute.pad_end(-2);
        self::decimal(self.language, &decimal)
    }

    /// `EUR 49 977.89`, `49 977,89 евро`; whole euros without decimals.
    #[must_use]
    pub fn euro(&self, amount: Cents) -> String {
        let figure = if amount.0 % 100 == 0 { self.number(amount.0 / 100) } else { self.amount(amount) };
        match self.language {
            Language::En => format!("EUR{NBSP}{figure}"),
            Language::Ru => format!("{figure}{NBSP}евро"),
        }
    }

    /// `25%`, `25 %`.
    #[must_use]
    pub fn percent(&self, percent: i64) -> String {
        match self.language {
            Language::En => format!("{}%", self.number(percent)),
            Language::Ru => format!("{}{NBSP}%", self.number(percent)),
        }
    }

    /// `Q4 2017`, `IV квартал 2017 г.`
    #[must_use]
    pub fn period(&self, period: ReportingPeriod) -> String {
        let bare = self.period_bare(period);
        match self.language {
            Language::En => bare,
            Language::Ru => format!("{bare}{NBSP}г."),
        }
    }

    /// The period as it stands on a cover: `Q4 2017`, `IV квартал 2017`.
    #[must_use]
    pub fn period_bare(&self, period: ReportingPeriod) -> String {
        let (year, number) = (period.year(), period.number());
        match (period.span(), self.language) {
            (Span::Year, _) => year.to_string(),
            (Span::Month, _) => format!("{} {year}", self.month(number)),
            (Span::Quarter, Language::En) => format!("Q{number}{NBSP}{year}"),
            (Span::Quarter, Language::Ru) => format!("{}{NBSP}квартал {year}", roman(number)),
            (Span::Half, Language::En) => format!("H{number}{NBSP}{year}"),
            (Span::Half, Language::Ru) => format!("{}{NBSP}полугодие {year}", roman(number)),
        }
    }

    /// The period that something is compared with, and its preposition: `on Q3 2017`,
    /// `к III кварталу 2017 г.`, `ко II кварталу 2017 г.`
    #[must_use]
    pub fn on_period(&self, period: ReportingPeriod) -> String {
        match self.language {
            Language::En => format!("on {}", self.period(period)),
            Language::Ru => {
                let second = period.number() == 2 && matches!(period.span(), Span::Quarter | Span::Half);
                format!("{}{NBSP}{}", if second { "ко" } else { "к" }, self.to_period(period))
            }
        }
    }

    /// In the Russian dative.
    fn to_period(&self, period: ReportingPeriod) -> String {
        match period.span() {
            Span::Year => self.period(period),
            Span::Quarter => self.period(period).replacen("квартал", "кварталу", 1),
            Span::Half => self.period(period).replacen("полугодие", "полугодию", 1),
            Span::Month => {
                let month = self.month(period.number());
                let dative = match month.strip_suffix(['ь', 'й']) {
                    Some(stem) => format!("{stem}ю"),
                    None => format!("{month}у"),
                };
                self.period(period).replacen(&month, &dative, 1)
            }
        }
    }

    /// `October–December 2017`, `октябрь–декабрь 2017 г.`
    #[must_use]
    pub fn months(&self, period: ReportingPeriod) -> String {
        self.span_of_months(period, |month| self.month(month))
    }

    /// With its preposition: `in October–December 2017`, `в октябре–декабре 2017 г.`
    #[must_use]
    pub fn in_months(&self, period: ReportingPeriod) -> String {
        match self.language {
            Language::En => format!("in {}", self.months(period)),
            Language::Ru => format!("в{NBSP}{}", self.span_of_months(period, |month| in_month_ru(month).to_owned())),
        }
    }

    fn span_of_months(&self, period: ReportingPeriod, name: impl Fn(u32) -> String) -> String {
        let (first, last) = (period.first_day(), period.last_day());
        let months = if first.month() == last.month() {
            name(first.month())
        } else {
            format!("{}–{}", name(first.month()), name(last.month()))
        };
        match self.language {
            Language::En => format!("{months} {}", period.year()),
            Language::Ru => format!("{months} {}{NBSP}г.", period.year()),
        }
    }

    /// Name of a month, one to twelve, as it stands alone: `November`, `ноябрь`.
    #[must_use]
    pub fn month(&self, month: u32) -> String {
        match NaiveDate::from_ymd_opt(2017, month, 1) {
            Some(date) => self.icu_date(date, |forms, day| forms.month.format(day).to_string()),
            None => month.to_string(),
        }
    }

    /// Within a month, one to twelve: `in November`, `в ноябре`.
    #[must_use]
    pub fn in_month(&self, month: u32) -> String {
        match self.language {
            Language::En => format!("in {}", self.month(month)),
            Language::Ru => format!("в{NBSP}{}", in_month_ru(month)),
        }
    }

    /// A month and its year: `November 2017`, `ноябрь 2017 г.`
    #[must_use]
    pub fn month_of_year(&self, date: NaiveDate) -> String {
        match self.language {
            Language::En => format!("{} {}", self.month(date.month()), date.year()),
            Language::Ru => format!("{} {}{NBSP}г.", self.month(date.month()), date.year()),
        }
    }

    /// `a, b and c`; `а, б и в`. One item stands alone; none is empty.
    #[must_use]
    pub fn list<T: Display>(&self, items: &[T]) -> String {
        let items: Vec<String> = items.iter().map(ToString::to_string).collect();
        let joined = || items.join(", ");
        ask(self.language, |forms| forms.list.format_to_string(items.iter().map(String::as_str)), joined)
    }
}

/// A month, one to twelve, in the prepositional case, which CLDR does not have.
const fn in_month_ru(month: u32) -> &'static str {
    match month {
        1 => "январе",
        2 => "феврале",
        3 => "марте",
        4 => "апреле",
        5 => "мае",
        6 => "июне",
        7 => "июле",
        8 => "августе",
        9 => "сентябре",
        10 => "октябре",
        11 => "ноябре",
        _ => "декабре",
    }
}

/// Quarters and halves of a year in Roman numerals, as Russian counts them.
const fn roman(number: u32) -> &'static str {
    match number {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn both() -> [Locale; 2] {
        Language::ALL.map(Locale::embedded)
    }

    #[test]
    fn dates_and_ranges() {
        let cases = [
            ("2017-11-29", "2017-11-29", "29 November 2017", "29 ноября 2017\u{a0}г."),
            ("2017-10-24", "2017-10-28", "24–28 October 2017", "24–28 октября 2017\u{a0}г."),
            ("2017-11-30", "2017-12-02", "30 November – 2 December 2017", "30 ноября – 2 декабря 2017\u{a0}г."),
            (
                "2017-12-30",
                "2018-01-02",
                "30 December 2017 – 2 January 2018",
                "30 декабря 2017\u{a0}г. – 2 января 2018\u{a0}г.",
            ),
        ];
        let [en, ru] = both();
        for (first, last, english, russian) in cases {
            assert_eq!(en.date_range(day(first), day(last)), english);
            assert_eq!(ru.date_range(day(first), day(last)), russian);
        }
        assert_eq!(en.date_range_short(day("2017-10-24"), day("2017-10-28")), "24–28\u{a0}Oct\u{a0}2017");
        assert_eq!(ru.date_range_short(day("2017-10-24"), day("2017-10-28")), "24–28\u{a0}окт.\u{a0}2017");
        assert_eq!(ru.date_short(day("2017-05-03")), "3\u{a0}мая\u{a0}2017");
    }

    #[test]
    fn every_month_in_both_languages_and_cases() {
        let [en, ru] = both();
        let genitive: Vec<String> =
            (1..=12).map(|m| ru.day_month(NaiveDate::from_ymd_opt(2017, m, 1).unwrap())).collect();
        assert_eq!(
            genitive.join(" "),
            "1 января 1 февраля 1 марта 1 апреля 1 мая 1 июня 1 июля 1 августа 1 сентября 1 октября 1 ноября 1 декабря"
        );
        let alone: Vec<String> = (1..=12).map(|m| ru.month(m)).collect();
        assert_eq!(alone.join(" "), "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь");
        assert_eq!(en.month(9), "September");
    }

    #[test]
    fn periods() {
        let cases = [
            (
                "2017-Q4",
                "Q4\u{a0}2017",
                "IV\u{a0}квартал 2017\u{a0}г.",
                "in October–December 2017",
                "в\u{a0}октябре–декабре 2017\u{a0}г.",
            ),
            (
                "2018-H1",
                "H1\u{a0}2018",
                "I\u{a0}полугодие 2018\u{a0}г.",
                "in January–June 2018",
                "в\u{a0}январе–июне 2018\u{a0}г.",
            ),
            ("2017-M11", "November 2017", "ноябрь 2017\u{a0}г.", "in November 2017", "в\u{a0}ноябре 2017\u{a0}г."),
            ("2017", "2017", "2017\u{a0}г.", "in January–December 2017", "в\u{a0}январе–декабре 2017\u{a0}г."),
        ];
        let [en, ru] = both();
        for (period, english, russian, in_english, in_russian) in cases {
            let period = period.parse().unwrap();
            assert_eq!(en.period(period), english);
            assert_eq!(ru.period(period), russian);
            assert_eq!(en.in_months(period), in_english);
            assert_eq!(ru.in_months(period), in_russian);
        }
        assert_eq!(ru.period_bare("2017-Q4".parse().unwrap()), "IV\u{a0}квартал 2017");
        assert_eq!(ru.months("2017-Q4".parse().unwrap()), "октябрь–декабрь 2017\u{a0}г.");
    }

    #[test]
    fn numbers_and_money() {
        let [en, ru] = both();
        assert_eq!(en.number(1900), "1\u{a0}900");
        assert_eq!(ru.number(1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(en.euro(Cents(4_997_789)), "EUR\u{a0}49\u{a0}977.89");
        assert_eq!(ru.euro(Cents(4_997_789)), "49\u{a0}977,89\u{a0}евро");
        assert_eq!(en.euro(Cents(5_000_000)), "EUR\u{a0}50\u{a0}000");
        assert_eq!(en.amount(Cents(5_000_005)), "50\u{a0}000.05");
        assert_eq!(ru.amount(Cents(-5_000)), "−50,00");
        assert_eq!(
            (en.hundredths(1250), ru.hundredths(1250), en.hundredths(4500)),
            ("12.5".into(), "12,5".into(), "45".into())
        );
        assert_eq!((en.percent(25), ru.percent(25)), ("25%".into(), "25\u{a0}%".into()));
    }

    #[test]
    fn lists() {
        let [en, ru] = both();
        assert_eq!(en.list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(ru.list(&["а", "б", "в"]), "а, б и в");
        assert_eq!((en.list(&["a"]), en.list::<&str>(&[])), ("a".into(), String::new()));
    }
}
