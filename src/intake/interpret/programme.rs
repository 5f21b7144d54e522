//! The sheets about the programme as a whole: Challenges, Priorities, Indicators, Risks, Budget.

use crate::diagnostic::{Arg, Diagnostic};
use crate::intake::raw::{EarlierValue, RawValue};
use crate::period::{ReportingPeriod, Span};
use crate::record::{BudgetLine, Cents, Challenge, Indicator, Priority, Record, Risk, Sheet};

use super::headings::Heading as H;
use super::row::{Read, Row, Told};
use super::text::{excerpt, plain, skeleton};

type Answer = (Option<ReportingPeriod>, Option<Record>);

/// A row of the Challenges sheet.
pub(super) fn challenge(row: &mut Row<'_>) -> Answer {
    let challenge = row.required(H::Challenge);
    let stated = row.stated_period();
    let countries = row.countries(H::Country).ok().flatten().unwrap_or_default();
    let record = Record::Challenges(Challenge {
        challenge: challenge.unwrap_or_default(),
        countries,
        component: row.component(),
        mitigation: row.paragraphs(H::Mitigation),
        responsible: row.optional(H::Responsible),
        status: row.optional(H::Status),
        reason: row.paragraphs(H::Reason),
    });
    (row.undated_period(stated), Some(record))
}

/// A row of the Priorities sheet.
pub(super) fn priority(row: &mut Row<'_>) -> Answer {
    let country = match row.country(H::Country) {
        Ok(Some(country)) => Some(country),
        Ok(None) => {
            row.missing(H::Country);
            None
        }
        Err(Told) => None,
    };
    let priority = row.required(H::Priority);
    let stated = row.stated_period();
    let component = row.component();
    let horizon = row.optional(H::Horizon);
    let record = country.map(|country| {
        Record::Priorities(Priority {
            country,
            priority: priority.unwrap_or_default(),
            component,
            horizon,
            reason: row.paragraphs(H::Reason),
        })
    });
    (row.undated_period(stated), record)
}

/// A row of the Indicators sheet: by its period, else the workbook's where stated, else the
/// day of its value.
pub(super) fn indicator(row: &mut Row<'_>) -> Answer {
    let code = match row.id(H::Code) {
        Some(code) => Some(code),
        None => row.required(H::Code),
    };
    let indicator = row.required(H::Indicator);
    let unit = row.required(H::Unit);
    let stated = row.stated_period();
    let workbook = row.ctx.stated.as_ref().map(|s| s.0);
    let is_share = unit.as_deref().is_some_and(|unit| {
        matches!(plain(unit).as_str(), "%" | "percent" | "per cent" | "процент" | "проценты" | "процентов")
    });
    let [baseline, target, current] = [H::Baseline, H::Target, H::Current].map(|heading| {
        let read = row.decimal(heading);
        if is_share { share(row, heading, read) } else { read }
    });
    let (baseline_year, target_year) = (row.year(H::BaselineYear), row.year(H::TargetYear));
    if let (Ok(Some(from)), Ok(Some(to))) = (baseline_year, target_year)
        && from > to
    {
        let place = row.span(&[H::BaselineYear, H::TargetYear]);
        row.error(
            Diagnostic::error("indicator-years-backwards", place)
                .with("baseline", from.to_string())
                .with("target", to.to_string()),
        );
    }
    if let (Ok(Some(target)), Ok(Some(current))) = (target, current)
        && baseline.ok().flatten().is_none_or(|b| b <= target)
        && current > target
    {
        let place = row.place(H::Current);
        row.note(
            Diagnostic::warning("indicator-above-target", place)
                .with("found", decimal(current))
                .with("target", decimal(target)),
        );
    }
    let as_of = row.day(H::AsOf, stated.ok().flatten().or(workbook));
    let period = match (stated, workbook, as_of) {
        (Ok(Some(period)), _, _) => Some(period),
        (Err(Told), _, _) => workbook,
        (Ok(None), Some(period), _) => {
            row.took_period = true;
            Some(period)
        }
        (Ok(None), None, Ok(Some(day))) => Some(ReportingPeriod::containing(day, Span::Quarter)),
        (Ok(None), None, _) => row.undated_period(stated),
    };
    if let (Some(code), Some(period)) = (&code, period) {
        let values = Values {
            baseline: baseline.ok().flatten(),
            target: target.ok().flatten(),
            current: current.ok().flatten(),
        };
        against_last(row, code, unit.as_deref(), period, values);
    }
    let record = Record::Indicators(Indicator {
        code: code.unwrap_or_default(),
        indicator: indicator.unwrap_or_default(),
        unit: unit.unwrap_or_default(),
        level: row.optional(H::Level),
        component: row.component(),
        baseline: baseline.ok().flatten(),
        baseline_year: baseline_year.ok().flatten(),
        target: target.ok().flatten(),
        target_year: target_year.ok().flatten(),
        current: current.ok().flatten(),
        as_of: as_of.ok().flatten(),
        source: row.optional(H::Source),
        reason: row.paragraphs(H::Reason),
    });
    (period, Some(record))
}

/// A cell that is formatted as percent holds 0.2 and shows 20 %: read as it shows, and said so.
fn share(row: &mut Row<'_>, heading: H, read: Read<i64>) -> Read<i64> {
    let as_fraction = match row.cell(heading).map(|cell| &cell.value) {
        Some(RawValue::Number(number)) if *number > 0.0 && *number < 1.0 => super::money::of_number(*number * 100.0),
        _ => None,
    };
    let Some(percent) = as_fraction else { return read };
    let place = row.place(heading);
    row.note(
        Diagnostic::warning("share-as-percent", place)
            .with("found", decimal(read.ok().flatten().unwrap_or_default()))
            .with("read", decimal(percent)),
    );
    Ok(Some(percent))
}

/// The values of an indicator's row.
#[derive(Clone, Copy)]
struct Values {
    baseline: Option<i64>,
    target: Option<i64>,
    current: Option<i64>,
}

/// V25 over two periods: another unit than before, or a value that fell though it is to rise.
fn against_last(row: &mut Row<'_>, code: &str, unit: Option<&str>, period: ReportingPeriod, values: Values) {
    let Some(last) = last(row, Sheet::Indicators, code, period).cloned() else { return };
    if let (Some(before), Some(now)) = (&last.unit, unit)
        && is_another_unit(before, now)
    {
        let place = row.place(H::Unit);
        row.error(
            Diagnostic::error("indicator-unit-differs", place)
                .with("found", excerpt(now))
                .with("before", excerpt(before))
                .with("period", last.period),
        );
        return;
    }
    // Of some the target lies below the baseline: days of waiting, complaints.
    let is_to_fall = matches!((values.baseline, values.target), (Some(from), Some(to)) if to < from);
    if let Some(current) = values.current.filter(|now| *now < last.value && !is_to_fall) {
        let place = row.place(H::Current);
        row.note(
            Diagnostic::warning("indicator-fell", place)
                .with("found", decimal(current))
                .with("before", decimal(last.value))
                .with("period", last.period),
        );
    }
}

/// What the same source said of it in the latest period before.
fn last<'r>(row: &'r Row<'_>, sheet: Sheet, name: &str, period: ReportingPeriod) -> Option<&'r EarlierValue> {
    let name = skeleton(name);
    let same = row.ctx.request.earlier.iter().filter(|value| value.sheet == sheet && skeleton(&value.name) == name);
    same.filter(|value| value.period.last_day() < period.first_day()).max_by_key(|value| value.period.last_day())
}

/// Whether two units are two: other words of one language, not another spelling or the other
/// language's word.
fn is_another_unit(before: &str, now: &str) -> bool {
    const SAME: [&[&str]; 3] = [
        &["%", "percent", "per cent", "percentage", "процент", "проценты", "процентов"],
        &["person", "persons", "people", "чел", "чел.", "человек", "люди", "лиц"],
        &["number", "no", "no.", "#", "count", "число", "количество", "шт", "шт.", "штук", "единиц", "ед."],
    ];
    let (before, now) = (plain(before), plain(now));
    let same = |a: &str, b: &str| {
        skeleton(a) == skeleton(b) && !skeleton(a).is_empty()
            || a == b
            || SAME.iter().any(|words| words.contains(&a) && words.contains(&b))
    };
    let cyrillic = |text: &str| text.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
    // `persons trained` beside `persons` is the same unit, said at more length.
    let within = before.contains(now.as_str()) || now.contains(before.as_str());
    let comparable = cyrillic(&before) == cyrillic(&now) || before == "%" || now == "%";
    !same(&before, &now) && !within && comparable
}

const fn decimal(hundredths: i64) -> Arg {
    Arg::Decimal { hundredths }
}

/// A row of the Risks sheet.
pub(super) fn risk(row: &mut Row<'_>) -> Answer {
    let risk = row.required(H::Risk);
    let likelihood = score(row, H::Likelihood);
    let impact = score(row, H::Impact);
    let stated = row.stated_period();
    let record = Record::Risks(Risk {
        risk: risk.unwrap_or_default(),
        category: row.optional(H::Category),
        likelihood: likelihood.unwrap_or(1),
        impact: impact.unwrap_or(1),
        mitigation: row.paragraphs(H::Mitigation),
        responsible: row.optional(H::Responsible),
        trend: row.optional(H::Trend),
        reason: row.paragraphs(H::Reason),
    });
    (row.undated_period(stated), Some(record))
}

/// A score of 1 to 5, or a word for one.
fn score(row: &mut Row<'_>, heading: H) -> Option<u8> {
    let text = row.required(heading)?;
    let plain = super::text::plain(&text);
    let head: String = plain.chars().take_while(char::is_ascii_digit).collect();
    let rest = plain.get(head.len()..).unwrap_or_default().trim_start();
    let found = match head.parse::<u8>() {
        Ok(n) if (1..=5).contains(&n) && (rest.is_empty() || rest.starts_with(['-', '(', '/', '='])) => Some(n),
        Ok(_) => None,
        Err(_) => match plain.as_str() {
            "very low" | "очень низкая" | "очень низкое" | "очень низкий" | "very unlikely" => {
                Some(1)
            }
            "low" | "l" | "н" | "низкая" | "низкое" | "низкий" | "unlikely" => Some(2),
            "medium" | "m" | "с" | "moderate" | "средняя" | "среднее" | "средний" | "possible" => {
                Some(3)
            }
            "high" | "h" | "в" | "высокая" | "высокое" | "высокий" | "likely" => Some(4),
            "very high" | "очень высокая" | "очень высокое" | "очень высокий" | "very likely" => {
                Some(5)
            }
            _ => None,
        },
    };
    if found.is_none() {
        row.error_at("score-out-of-range", heading, &text);
    }
    found
}

/// A row of the Budget sheet (V23).
pub(super) fn budget(row: &mut Row<'_>) -> Answer {
    let heading = row.required(H::Heading);
    let budget = match row.money(H::BudgetEur) {
        Ok(Some(budget)) => Some(budget),
        Ok(None) => {
            row.missing(H::BudgetEur);
            None
        }
        Err(Told) => None,
    };
    let stated = row.stated_period();
    let (period_spent, spent) = (row.money(H::SpentInPeriodEur), row.money(H::SpentToDateEur));
    if let (Ok(Some(in_period)), Ok(Some(to_date))) = (period_spent, spent)
        && to_date < in_period
    {
        let place = row.span(&[H::SpentInPeriodEur, H::SpentToDateEur]);
        row.error(
            Diagnostic::error("spent-less-than-in-period", place)
                .with("to-date", euro(to_date))
                .with("in-period", euro(in_period)),
        );
    } else if let (Some(budget), Ok(Some(to_date))) = (budget, spent)
        && i128::from(to_date.0) * 100 > i128::from(budget.0) * OVERSPENT_PERCENT
    {
        let place = row.place(H::SpentToDateEur);
        row.error(Diagnostic::error("overspent", place).with("found", euro(to_date)).with("budget", euro(budget)));
    }
    let committed = row.money(H::CommittedEur);
    let period = row.undated_period(stated);
    if let (Some(heading), Some(period), Ok(Some(to_date))) = (&heading, period, spent) {
        cumulative(row, heading, period, to_date);
    }
    let record = Record::Budget(BudgetLine {
        heading: heading.unwrap_or_default(),
        budget: budget.unwrap_or_default(),
        spent_in_period: period_spent.ok().flatten(),
        spent_to_date: spent.ok().flatten(),
        committed: committed.ok().flatten(),
        reason: row.paragraphs(H::Reason),
    });
    (period, Some(record))
}

/// V24: what was spent to date cannot be less than it was.
fn cumulative(row: &mut Row<'_>, heading: &str, period: ReportingPeriod, to_date: Cents) {
    let Some(last) = last(row, Sheet::Budget, heading, period).cloned() else { return };
    if to_date.0 < last.value {
        let place = row.place(H::SpentToDateEur);
        row.note(
            Diagnostic::warning("cumulative-fell", place)
                .with("found", euro(to_date))
                .with("before", euro(Cents(last.value)))
                .with("period", last.period),
        );
    }
}

/// A heading may be overspent by a quarter before that is an error (V23).
const OVERSPENT_PERCENT: i128 = 125;

const fn euro(cents: Cents) -> Arg {
    Arg::Amount { cents: cents.0 }
}
