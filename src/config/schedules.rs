//! `config/schedules.toml`: when what is reported, and to whom.

use std::path::Path;
use std::time::Duration;

use super::programme::{languages, zone};
use super::shape::Fields;
use super::source::Node;
use super::{
    Approvals, AtDeadline, Config, Editions, Misfire, OnProblems, Overlap, PeriodRule, Schedule, SignOff, Wait, due,
    values,
};
use crate::period::Span;
use crate::templates;

/// How old an occurrence may be and still be made up for: a quarter.
const MAX_AGE: Duration = Duration::from_secs(92 * 86_400);
/// The most working days that a reminder or a deadline may name: about a year.
const MOST_DAYS: u32 = 250;
/// So long after its period's end a report must have gone out.
const LATEST: Duration = Duration::from_secs(60 * 86_400);

/// A group that a schedule names, to be looked for among the people.
pub(super) struct NamedGroup<'a> {
    pub(super) group: &'a str,
    pub(super) node: &'a Node,
    /// `recipients` or `approvers`.
    pub(super) key: &'static str,
}

/// Reads the schedules, and gives the groups that they name. Of a damaged holidays.toml a country
/// may be missing that is there.
pub(super) fn read<'a>(file: &Fields<'a>, config: &mut Config, holidays_damaged: bool) -> Vec<NamedGroup<'a>> {
    let mut groups = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for fields in file.tables("schedule") {
        if let Some((name, node)) = fields.text("name") {
            if names.contains(&name) {
                fields.reader.report(
                    fields.reader.error("name-twice", &node.span).with("section", "[[schedule]]").with("name", name),
                );
            }
            names.push(name);
        }
        if let Some(schedule) = read_schedule(&fields, config, holidays_damaged, &mut groups) {
            config.schedules.push(schedule);
        }
    }
    groups
}

fn read_schedule<'a>(
    fields: &Fields<'a>,
    config: &Config,
    holidays_damaged: bool,
    groups: &mut Vec<NamedGroup<'a>>,
) -> Option<Schedule> {
    let name = fields.text("name").map(|(text, _)| text.trim().to_owned());
    let report = fields.text("report").map(|(text, node)| {
        check_report(fields, text, node, &config.home.join("templates"));
        text.to_owned()
    });
    let timezone = zone(fields).unwrap_or(config.programme.timezone);
    let period = match fields.text("period") {
        Some((text, node)) => read_period(fields, text, node),
        None => Some(PeriodRule::Previous(Span::Quarter)),
    };
    let due = due::read(fields, config, holidays_damaged, period.unwrap_or(PeriodRule::Previous(Span::Quarter)));
    let recipients = read_groups(fields, "recipients", groups);
    let approvers = read_groups(fields, "approvers", groups);
    let languages = languages(fields, "languages").unwrap_or_default();
    let editions = match fields.word("editions") {
        Some("country") => Editions::Country,
        _ => Editions::Language,
    };
    let sign_off = match fields.word("sign_off") {
        Some("required") => SignOff::Required,
        _ => SignOff::None,
    };
    if sign_off == SignOff::Required && approvers.is_empty() && !fields.has("approvers") && !fields.reader.damaged {
        fields.reader.report(fields.reader.error("approvers-missing", &fields.span_of("sign_off")));
    }
    let wait = match fields.word("wait") {
        Some("until-ready") => Wait::UntilReady,
        _ => Wait::None,
    };
    if wait == Wait::None {
        for key in ["deadline", "at_deadline"].into_iter().filter(|key| fields.has(key)) {
            fields.reader.report(fields.reader.error("needs-wait", &fields.span_of(key)).with("key", key));
        }
    }
    let misfire = match fields.word("misfire") {
        Some("run_each") => Misfire::RunEach,
        Some("skip") => Misfire::Skip,
        _ => Misfire::RunLatest,
    };
    let on_problems = match fields.word("on_problems") {
        Some("send") => OnProblems::Send,
        _ => OnProblems::Hold,
    };
    let grace = fields.duration("grace").unwrap_or(Duration::from_secs(3600));
    let max_age = fields.duration("max_age").unwrap_or(MAX_AGE);
    if max_age < grace {
        let told = fields.reader.error("max-age-below-grace", &fields.span_of("max_age"));
        let told = told.with("max_age", values::duration_words(max_age.as_secs()));
        fields.reader.report(told.with("grace", values::duration_words(grace.as_secs())));
    }
    let overlap = match fields.word("overlap") {
        Some("allow") => Overlap::Allow,
        _ => Overlap::Forbid,
    };
    Some(Schedule {
        name: name?,
        report: report?,
        due: due?,
        timezone,
        period: period?,
        recipients,
        languages,
        sign_off,
        approvers,
        approvals: match fields.word("approvals") {
            Some("all") => Approvals::All,
            _ => Approvals::Any,
        },
        remind: read_reminders(fields),
        wait,
        deadline: fields
            .text("deadline")
            .and_then(|(text, node)| read_days(fields, "deadline", text, node))
            .unwrap_or(5),
        at_deadline: match fields.word("at_deadline") {
            Some("send") => AtDeadline::Send,
            _ => AtDeadline::Hold,
        },
        misfire,
        grace,
        max_age,
        latest: fields.duration("latest").unwrap_or(LATEST),
        overlap,
        on_problems,
        editions,
    })
}

/// So many working days before it is due, each once, the longest first.
fn read_reminders(fields: &Fields<'_>) -> Vec<u32> {
    let texts = fields.texts("remind").unwrap_or_default();
    let mut days: Vec<u32> =
        texts.into_iter().filter_map(|(text, node)| read_days(fields, "remind", text, node)).collect();
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    days
}

/// `5 working days`, of a year at most.
fn read_days(fields: &Fields<'_>, key: &str, text: &str, node: &Node) -> Option<u32> {
    let days = values::working_days(text).filter(|days| (1..=MOST_DAYS).contains(days));
    if days.is_none() {
        let told = fields.reader.error("working-days-unreadable", &node.span).with("found", text).with("key", key);
        let told = told.with("most", MOST_DAYS);
        fields.reader.report(match values::working_days_meant(text).filter(|near| near != text.trim()) {
            Some(near) => told.worded("working-days-unreadable-near").with("near", near),
            None => told,
        });
    }
    days
}

fn read_groups<'a>(fields: &Fields<'a>, key: &'static str, groups: &mut Vec<NamedGroup<'a>>) -> Vec<String> {
    let Some(found) = fields.texts(key) else { return Vec::new() };
    if found.is_empty()
        && let Some(node) = fields.node(key)
        && matches!(&node.value, super::source::Value::List(items) if items.is_empty())
        && (key == "recipients" || fields.text("sign_off").is_some_and(|(word, _)| word == "required"))
    {
        fields.reader.report(fields.reader.error("groups-missing", &node.span).with("key", key));
    }
    let mut names: Vec<String> = Vec::new();
    for (group, node) in found {
        if !names.iter().any(|name| name == group) {
            names.push(group.to_owned());
            groups.push(NamedGroup { group, node, key });
        }
    }
    names
}

/// Whether there is such a folder of the report's template, embedded or in the home.
fn check_report(fields: &Fields<'_>, name: &str, node: &Node, overrides: &Path) {
    let told = fields.reader.error("report-unknown", &node.span).with("found", name);
    let plain = name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) && !name.starts_with('.');
    if plain && templates::bytes(&format!("report/{name}/report.md"), Some(overrides)).is_some() {
        return;
    }
    let known = templates::reports(Some(overrides));
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let told = told.with("known", list);
    fields.reader.report(match values::nearest(name, &names) {
        Some(near) => told.worded("report-unknown-near").with("near", near),
        None => told,
    });
}

fn read_period(fields: &Fields<'_>, text: &str, node: &Node) -> Option<PeriodRule> {
    let rule = values::period_rule(text);
    if rule.is_none() {
        let told = fields.reader.error("period-unknown", &node.span).with("found", text);
        fields.reader.report(match values::nearest(text, &values::PERIOD_RULES) {
            Some(near) => told.worded("period-unknown-near").with("near", near),
            None => told,
        });
    }
    rule
}
