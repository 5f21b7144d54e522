//! What names a schedule's instants: expression or working days, zone, period and report.
//!
//! The ledger keeps the rule by which a schedule was planned last. A changed one has another
//! fingerprint: what the old one named is settled up to the change, and the new one begins there.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::period_at;
use crate::config::{Due, PeriodRule, Schedule};
use crate::cron::{self, CronProblem};
use crate::digest;
use crate::period::{ReportingPeriod, Span};
use crate::store::StoredRule;
use crate::workdays::AfterPeriod;

/// A schedule's rule.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rule<'a> {
    pub(super) report: Cow<'a, str>,
    pub(super) due: Cow<'a, Due>,
    pub(super) zone: Tz,
    pub(super) period: PeriodRule,
}

/// The rule as the ledger keeps it.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    report: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    cron: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    after_period: Option<Cow<'a, AfterPeriod>>,
    timezone: Cow<'a, str>,
    period: String,
}

impl<'a> Rule<'a> {
    pub(super) fn of(schedule: &'a Schedule) -> Self {
        Self {
            report: Cow::Borrowed(&schedule.report),
            due: Cow::Borrowed(&schedule.due),
            zone: schedule.timezone,
            period: schedule.period,
        }
    }

    /// The rule for the ledger.
    pub(super) fn stored(&self) -> StoredRule {
        let (cron, after_period) = match &*self.due {
            Due::Cron(expression) => (Some(Cow::Borrowed(expression.as_str())), None),
            Due::AfterPeriod(rule) => (None, Some(Cow::Borrowed(rule))),
        };
        let kept = Kept {
            report: Cow::Borrowed(&self.report),
            cron,
            after_period,
            timezone: Cow::Borrowed(self.zone.name()),
            period: self.period.to_string(),
        };
        let rule = serde_json::to_string(&kept).unwrap_or_default();
        let mut fingerprint = digest::of(rule.as_bytes());
        fingerprint.truncate(16);
        StoredRule { fingerprint, rule }
    }

    /// The instants after `after` and up to `until`, in order.
    pub(super) fn occurrences(
        &self,
        after: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Box<dyn Iterator<Item = DateTime<Utc>> + Send + '_>, CronProblem> {
        Ok(match &*self.due {
            Due::Cron(expression) => Box::new(cron::occurrences(expression, self.zone, after, until)?),
            Due::AfterPeriod(rule) => {
                let span = match self.period {
                    PeriodRule::This(span) | PeriodRule::Previous(span) => span,
                    PeriodRule::Fixed(_) => Span::Quarter,
                };
                Box::new(rule.occurrences(span, self.zone, after, until))
            }
        })
    }

    /// The period that an occurrence reports.
    pub(super) fn period_at(&self, instant: DateTime<Utc>) -> ReportingPeriod {
        period_at(self.period, instant, self.zone)
    }
}

impl Rule<'static> {
    /// The rule that the ledger kept; `None` where this program cannot read it.
    pub(super) fn kept(json: &str) -> Option<Self> {
        let kept: Kept<'_> = serde_json::from_str(json).ok()?;
        let due = match (kept.cron, kept.after_period) {
            (Some(expression), _) => Due::Cron(expression.into_owned()),
            (None, Some(rule)) => Due::AfterPeriod(rule.into_owned()),
            (None, None) => return None,
        };
        Some(Self {
            report: Cow::Owned(kept.report.into_owned()),
            due: Cow::Owned(due),
            zone: kept.timezone.parse().ok()?,
            period: kept.period.parse().ok()?,
        })
    }
}

impl std::fmt::Display for Rule<'_> {
    /// `0 9 15 1,4,7,10 * (Asia/Bishkek)`, `10 working days at 09:00 (Asia/Bishkek)`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &*self.due {
            Due::Cron(expression) => write!(f, "{expression} ({})", self.zone),
            Due::AfterPeriod(rule) => write!(f, "{rule} at {} ({})", rule.at.format("%H:%M"), self.zone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_the_ledger_keeps_is_the_rule() {
        let by_days = AfterPeriod {
            days: 10,
            at: "09:30:00".parse().unwrap(),
            holidays: BTreeMap::from([(crate::recipient::Country::new("KG").unwrap(), Default::default())]),
        };
        let mut fingerprints = Vec::new();
        for due in [Due::Cron("@quarterly".to_owned()), Due::AfterPeriod(by_days)] {
            let rule = Rule {
                report: "rsg-quarterly".into(),
                due: Cow::Owned(due),
                zone: chrono_tz::Asia::Bishkek,
                period: PeriodRule::Previous(Span::Quarter),
            };
            let stored = rule.stored();
            assert_eq!(Rule::kept(&stored.rule), Some(rule));
            fingerprints.push(stored.fingerprint);
        }
        assert_ne!(fingerprints[0], fingerprints[1]);
        assert_eq!(Rule::kept("{}"), None);
    }
}
