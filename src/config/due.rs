//! When a schedule is due: by a cron expression, or so many working days after a period.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use super::programme::country;
use super::shape::Fields;
use super::source::Node;
use super::{Config, Due, PeriodRule, values};
use crate::cron::{self, CronProblem};
use crate::period::Span;
use crate::recipient::Country;
use crate::workdays::{AfterPeriod, Calendar};

/// The time of day at which a schedule by working days is due where `at` does not say.
const USUAL_TIME: (u32, u32) = (9, 0);

/// Keys that mean something beside `after_period` only.
const BESIDE_AFTER_PERIOD: [&str; 2] = ["at", "holidays"];

/// Reads `cron`, or `after_period` with `at` and `holidays`.
pub(super) fn read(fields: &Fields<'_>, config: &Config, holidays_damaged: bool, period: PeriodRule) -> Option<Due> {
    if fields.has("cron") && fields.has("after_period") {
        fields.reader.report(fields.reader.error("due-twice", &fields.span_of("after_period")));
        return None;
    }
    if let Some((text, node)) = fields.text("after_period") {
        let holidays = read_countries(fields, config, holidays_damaged);
        return read_after_period(fields, holidays, period, text, node).map(Due::AfterPeriod);
    }
    if !fields.has("after_period") {
        for key in BESIDE_AFTER_PERIOD.into_iter().filter(|key| fields.has(key)) {
            fields.reader.report(fields.reader.error("needs-after-period", &fields.span_of(key)).with("key", key));
        }
    }
    fields.text("cron").and_then(|(text, node)| read_cron(fields, text, node)).map(Due::Cron)
}

fn read_cron(fields: &Fields<'_>, text: &str, node: &Node) -> Option<String> {
    let problem = match cron::validate(text) {
        Ok(()) => return Some(text.trim().to_owned()),
        Err(problem) => problem,
    };
    let told = match problem {
        CronProblem::Fields { found, without_seconds } => {
            let told = fields.reader.error("schedule-fields", &node.span).with("fields", found);
            match without_seconds {
                Some(shorter) => told.worded("schedule-fields-seconds").with("shorter", shorter),
                None if values::working_days(text).is_some() => told.worded("schedule-fields-working-days"),
                None => told,
            }
        }
        CronProblem::Syntax { field, found, expected } => fields
            .reader
            .error("schedule-field", &node.span)
            .with("field", field)
            .with("item", found)
            .with("expected", expected),
        CronProblem::Nickname { found } => {
            let told = fields.reader.error("schedule-nickname", &node.span);
            match values::nearest(&found, &cron::nicknames()) {
                Some(near) => told.worded("schedule-nickname-near").with("near", near),
                None => told.with("known", cron::nicknames().map(|name| format!("`{name}`")).join(", ")),
            }
        }
        CronProblem::NeverFires => fields.reader.error("schedule-never-fires", &node.span),
    };
    fields.reader.report(told.with("found", text));
    None
}

fn read_after_period(
    fields: &Fields<'_>,
    holidays: Option<BTreeMap<Country, Calendar>>,
    period: PeriodRule,
    text: &str,
    node: &Node,
) -> Option<AfterPeriod> {
    let at = read_time(fields);
    let Some(days) = values::working_days(text) else {
        let told = fields.reader.error("after-period-unreadable", &node.span).with("found", text);
        fields.reader.report(match values::working_days_meant(text) {
            Some(near) => told.worded("after-period-unreadable-near").with("near", near),
            None => told,
        });
        return None;
    };
    let span = match period {
        PeriodRule::Previous(span) => span,
        // It is over when the days are counted, so "this" one would be the next.
        PeriodRule::This(span) => {
            let meant = PeriodRule::Previous(span).to_string();
            let told = fields.reader.error("after-period-not-over", &fields.span_of("period"));
            fields.reader.report(told.with("found", period.to_string()).with("near", meant));
            return None;
        }
        PeriodRule::Fixed(_) => {
            let told = fields.reader.error("after-period-fixed", &fields.span_of("period"));
            fields.reader.report(told.with("found", period.to_string()));
            return None;
        }
    };
    let rule = AfterPeriod { days, at: at?, holidays: holidays? };
    let most = rule.most_days(span);
    if days == 0 || days > most {
        let told = fields.reader.error("after-period-never", &node.span).with("found", text);
        let told = told.with("most", most).with("span", span_word(span));
        fields.reader.report(match (days, most) {
            (0, _) => told.worded("after-period-none"),
            (_, 0) => told.worded("after-period-no-working-day"),
            _ => told,
        });
        return None;
    }
    Some(rule)
}

const fn span_word(span: Span) -> &'static str {
    match span {
        Span::Month => "month",
        Span::Quarter => "quarter",
        Span::Half => "half",
        Span::Year => "year",
    }
}

/// `None` where it cannot be read, which has been told.
fn read_time(fields: &Fields<'_>) -> Option<NaiveTime> {
    if !fields.has("at") {
        return NaiveTime::from_hms_opt(USUAL_TIME.0, USUAL_TIME.1, 0);
    }
    let (text, node) = fields.text("at")?;
    let time = NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    if time.is_none() {
        fields.reader.report(fields.reader.error("time-unreadable", &node.span).with("key", "at").with("found", text));
    }
    time
}

/// Whose holidays count: those named, else the programme's as far as `config/holidays.toml` knows
/// them. `None` where one is not known there, which has been told.
fn read_countries(fields: &Fields<'_>, config: &Config, damaged: bool) -> Option<BTreeMap<Country, Calendar>> {
    let known = &config.holidays;
    let Some(named) = fields.texts("holidays") else {
        let of_programme = |country: &&Country| config.programme.countries.contains(country);
        let countries: BTreeMap<Country, Calendar> =
            known.iter().filter(|(country, _)| of_programme(country)).map(|(c, found)| (*c, found.clone())).collect();
        if countries.is_empty() && !damaged {
            fields.reader.report(fields.reader.warning("holidays-missing", &fields.span_of("after_period")));
        }
        return Some(countries);
    };
    let mut countries = BTreeMap::new();
    let mut sound = true;
    for (code, node) in named {
        let Some(country) = country(fields, code, node) else {
            sound = false;
            continue;
        };
        match known.get(&country) {
            Some(calendar) => drop(countries.insert(country, calendar.clone())),
            None => {
                // What is damaged may have it, and has been told.
                sound = sound && damaged;
                if !damaged {
                    let told = fields.reader.error("holidays-country-unknown", &node.span).with("country", code);
                    fields.reader.report(told);
                }
            }
        }
    }
    sound.then_some(countries)
}
