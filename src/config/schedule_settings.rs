//! What is reported when, and to whom: what a `[[schedule]]` says.

use std::time::Duration;

use serde::Serialize;

use super::as_display;
use crate::recipient::Language;
use crate::workdays::AfterPeriod;

/// `[[schedule]]`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "config/schedules.toml documents every key")]
pub struct Schedule {
    pub name: String,
    pub report: String,
    #[serde(flatten)]
    pub due: Due,
    #[serde(serialize_with = "as_display")]
    pub timezone: chrono_tz::Tz,
    pub period: PeriodRule,
    /// Groups.
    pub recipients: Vec<String>,
    /// Languages of the editions; empty for the programme's.
    pub languages: Vec<Language>,
    pub editions: Editions,
    pub sign_off: SignOff,
    /// Groups.
    pub approvers: Vec<String>,
    pub approvals: Approvals,
    /// So many working days before it is due, contributors are reminded of what is missing; the
    /// longest first.
    #[serde(serialize_with = "as_working_days")]
    pub remind: Vec<u32>,
    pub wait: Wait,
    /// The working days after its instant that it waits at most.
    #[serde(serialize_with = "as_deadline")]
    pub deadline: u32,
    pub at_deadline: AtDeadline,
    pub misfire: Misfire,
    pub grace: Duration,
    pub max_age: Duration,
    /// After the end of its period.
    pub latest: Duration,
    pub overlap: Overlap,
    pub on_problems: OnProblems,
}

/// When a schedule is due, on its own clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// A five-field expression as typed; it has an occurrence within five years.
    Cron(String),
    /// So many working days after the end of each period.
    AfterPeriod(AfterPeriod),
}

impl Serialize for Due {
    /// With the keys that are typed.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Cron(expression) => map.serialize_entry("cron", expression)?,
            Self::AfterPeriod(rule) => {
                map.serialize_entry("after_period", &rule.to_string())?;
                map.serialize_entry("at", &rule.at.format("%H:%M").to_string())?;
                map.serialize_entry("holidays", &rule.holidays.keys().collect::<Vec<_>>())?;
            }
        }
        map.end()
    }
}

/// Which period an occurrence reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodRule {
    /// The period of the span that holds the occurrence's local date.
    This(crate::period::Span),
    /// The one before it.
    Previous(crate::period::Span),
    /// Always the same.
    Fixed(crate::period::ReportingPeriod),
}

impl std::fmt::Display for PeriodRule {
    /// As it is typed: `previous-quarter`, `this-year`, `2017-Q4`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (which, span) = match self {
            Self::This(span) => ("this", span),
            Self::Previous(span) => ("previous", span),
            Self::Fixed(period) => return write!(f, "{period}"),
        };
        let span = match span {
            crate::period::Span::Month => "month",
            crate::period::Span::Quarter => "quarter",
            crate::period::Span::Half => "half",
            crate::period::Span::Year => "year",
        };
        write!(f, "{which}-{span}")
    }
}

impl Serialize for PeriodRule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How the editions of a run are divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Editions {
    /// One for each language.
    #[default]
    Language,
    /// Beside it, one for each country that recipients are of: each gets their own.
    Country,
}

/// Whether a person must release a compiled run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum SignOff {
    Required,
    None,
}

/// Whose approval releases a run, where sign-off is required.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum Approvals {
    #[default]
    Any,
    All,
}

/// Whether a run that is due waits for what contributors owe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum Wait {
    #[default]
    None,
    UntilReady,
}

/// What becomes of a run that has waited in vain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum AtDeadline {
    Send,
    #[default]
    Hold,
}

/// What becomes of occurrences found later than their grace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum Misfire {
    RunLatest,
    RunEach,
    Skip,
}

/// Whether two runs of one schedule may be compiled at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum Overlap {
    Forbid,
    Allow,
}

/// What a run does whose period has held rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum OnProblems {
    Hold,
    Send,
}

fn working_days(days: u32) -> String {
    format!("{days} working day{}", if days == 1 { "" } else { "s" })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn as_deadline<S: serde::Serializer>(days: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&working_days(*days))
}

fn as_working_days<S: serde::Serializer>(all: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(all.iter().map(|days| working_days(*days)))
}
