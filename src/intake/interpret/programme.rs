//! The sheets about the programme as a whole: Challenges, Priorities, Indicators, Risks, Budget.

use crate::diagnostic::Diagnostic;
use crate::period::{ReportingPeriod, Span};
use crate::record::{BudgetLine, Cents, Challenge, Indicator, Priority, Record, Risk};

use super::headings::Heading as H;
use super::row::{Row, Told};

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
        Record::Priorities(Priority { country, priority: priority.unwrap_or_default(), component, horizon })
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
    let (baseline, target, current) = (row.decimal(H::Baseline), row.decimal(H::Target), row.decimal(H::Current));
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
    });
    (period, Some(record))
}

fn decimal(hundredths: i64) -> String {
    if hundredths % 100 == 0 {
        (hundredths / 100).to_string()
    } else {
        format!("{}.{:02}", hundredths / 100, (hundredths % 100).abs())
    }
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
            "low" | "низкая" | "низкое" | "низкий" | "unlikely" => Some(2),
            "medium" | "moderate" | "средняя" | "среднее" | "средний" | "possible" => Some(3),
            "high" | "высокая" | "высокое" | "высокий" | "likely" => Some(4),
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
    let record = Record::Budget(BudgetLine {
        heading: heading.unwrap_or_default(),
        budget: budget.unwrap_or_default(),
        spent_in_period: period_spent.ok().flatten(),
        spent_to_date: spent.ok().flatten(),
        committed: committed.ok().flatten(),
    });
    (row.undated_period(stated), Some(record))
}

/// A heading may be overspent by a quarter before that is an error (V23).
const OVERSPENT_PERCENT: i128 = 125;

fn euro(cents: Cents) -> String {
    format!("{}.{:02}", cents.0 / 100, cents.0 % 100)
}
