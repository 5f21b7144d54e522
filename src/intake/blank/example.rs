//! The example row below each head, marked so that reading passes over it.

use rust_xlsxwriter::{ExcelDateTime, Worksheet};

use super::Looks;
use super::cells::Kind;
use crate::cell::lines;
use crate::config::Programme;
use crate::intake::interpret::headings::Heading;
use crate::intake::interpret::vocabulary;
use crate::locale::Locale;
use crate::recipient::{Country, Language};
use crate::record::{ActivityType, Scope, Sheet, Status};

/// Writes the example: its first cell begins with "Example:" or "Пример:".
pub(super) fn write(
    page: &mut Worksheet,
    sheet: Sheet,
    columns: &[Heading],
    programme: &Programme,
    locale: &Locale,
    looks: &Looks,
) -> super::Result<()> {
    let mut needed = 1;
    for (column, heading) in (0u16..).zip(columns) {
        let Some(value) = value_of(sheet, *heading, programme, locale) else { continue };
        let width = Kind::of(sheet, *heading).letters();
        match value {
            Value::Text(text) => {
                let mark = if column == 0 { format!("{}: ", locale.word("workbook-example")) } else { String::new() };
                let marked = format!("{mark}{text}");
                needed = lines(&marked, width).max(needed);
                page.write_with_format(1, column, marked, &looks.example)?;
            }
            Value::Number(number) => {
                page.write_with_format(1, column, number, &looks.example)?;
            }
            Value::Date(date) => {
                page.write_with_format(1, column, &date, &looks.example_date)?;
            }
        }
    }
    page.set_row_height(1, u32::try_from(needed * 15)?)?;
    Ok(())
}

enum Value {
    Text(String),
    Number(f64),
    Date(ExcelDateTime),
}

fn value_of(sheet: Sheet, heading: Heading, programme: &Programme, locale: &Locale) -> Option<Value> {
    use Heading as H;
    let word = |pair: (&'static str, &'static str)| {
        Value::Text(match locale.language() {
            Language::En => pair.0.to_owned(),
            Language::Ru => pair.1.to_owned(),
        })
    };
    let date = |month, day| ExcelDateTime::from_ymd(2017, month, day).ok().map(Value::Date);
    let sentence = || {
        let own = format!("workbook-example-{}-{}", sheet.name().to_lowercase(), heading.key());
        locale.find(&own, &std::collections::BTreeMap::new()).map(Value::Text)
    };
    match Kind::of(sheet, heading) {
        Kind::Date => match heading {
            H::StartDate => date(11, 14),
            H::DueDate => date(12, 31),
            _ => date(11, 16),
        },
        Kind::Count => Some(Value::Number(match heading {
            H::Participants => 20.0,
            H::Women => 8.0,
            H::Men => 12.0,
            _ => 5.0,
        })),
        Kind::Amount => Some(Value::Number(match heading {
            H::UnitValueEur => 1200.0,
            H::TotalValueEur => 6000.0,
            H::BudgetEur => 100_000.0,
            H::SpentToDateEur => 40_000.0,
            H::SpentInPeriodEur | H::CommittedEur => 10_000.0,
            H::Target => 200.0,
            H::Current => 120.0,
            _ => 0.0,
        })),
        Kind::Year => Some(Value::Number(if heading == H::BaselineYear { 2015.0 } else { 2019.0 })),
        Kind::Grade => Some(Value::Number(if heading == H::Impact { 4.0 } else { 2.0 })),
        Kind::Type => Some(word(vocabulary::type_names(ActivityType::Workshop))),
        Kind::Status => Some(word(vocabulary::status_names(Status::Done))),
        Kind::Scope => Some(word(vocabulary::scope_names(Scope::Bilateral))),
        Kind::Country => {
            let country = programme.countries.first().copied().or_else(|| Country::new("KZ"));
            country.map(|country| Value::Text(locale.country(country)))
        }
        Kind::Component => programme.components.first().map(|c| Value::Number(f64::from(c.number))),
        Kind::Long | Kind::Short => match heading {
            H::ReportingPeriod => Some(Value::Text("2017-Q4".to_owned())),
            H::ActivityId => Some(Value::Text("KZ-2017-014".to_owned())),
            _ => sentence(),
        },
    }
}
