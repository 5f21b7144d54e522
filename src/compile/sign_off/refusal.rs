//! Why a decision is not taken, and what the one who wanted it can do.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::approval::Verdict;
use crate::diagnostic::{Arg, Args};
use crate::locale::Locale;

/// A decision about a run that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not one of our links, or one that was changed on the way.
    Forged,
    /// The link was used, or another of the same approver for the same bytes.
    Used {
        /// What was decided with it.
        verdict: Verdict,
        /// When.
        at: DateTime<Utc>,
    },
    /// The link is too old.
    Expired {
        /// The run.
        run: i64,
        /// Until when it was good.
        at: DateTime<Utc>,
    },
    /// What was shown is no longer what would go out.
    Changed {
        /// The run.
        run: i64,
    },
    /// It has gone out.
    Released {
        /// The run.
        run: i64,
        /// Who released it; `None` where no sign-off was asked for.
        by: Option<String>,
        /// When.
        at: Option<DateTime<Utc>>,
    },
    /// It will not go out.
    Cancelled {
        /// The run.
        run: i64,
        /// Who said so.
        by: Option<String>,
    },
    /// Another approver has sent it back.
    SentBack {
        /// The run.
        run: i64,
        /// Who.
        by: String,
        /// Why.
        reason: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Somebody keeps it back.
    Held {
        /// The run.
        run: i64,
        /// Who, where it was a person.
        by: Option<String>,
    },
    /// The schedule asks for others.
    NotAnApprover {
        /// Who it was.
        name: String,
        /// Whose approval is wanted.
        approvers: Vec<String>,
    },
    /// Nothing can be put right that nobody has named.
    NoReason,
}

/// A refusal in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What is so.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Refusal {
    /// A stable word for it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Forged => "link-forged",
            Self::Used { .. } => "link-used",
            Self::Expired { .. } => "link-expired",
            Self::Changed { .. } => "changed-since",
            Self::Released { .. } => "already-released",
            Self::Cancelled { .. } => "run-cancelled",
            Self::SentBack { .. } => "sent-back",
            Self::Held { .. } => "run-held-back",
            Self::NotAnApprover { .. } => "not-an-approver",
            Self::NoReason => "reason-missing",
        }
    }

    /// The refusal in a language, its instants on a clock.
    #[must_use]
    pub fn told(&self, locale: &Locale, zone: Tz) -> Told {
        let when = |at: DateTime<Utc>| {
            let local = at.with_timezone(&zone);
            Arg::from(format!("{}, {}", locale.date(local.date_naive()), local.format("%H:%M")))
        };
        let someone = |by: &Option<String>| Arg::from(by.clone().unwrap_or_default());
        let known = |is: bool| Arg::from(if is { "yes" } else { "no" });
        let args: Vec<(&str, Arg)> = match self {
            Self::Forged | Self::NoReason => Vec::new(),
            Self::Used { verdict, at } => vec![("verdict", verdict.word().into()), ("when", when(*at))],
            Self::Expired { run, at } => vec![("run", (*run).into()), ("when", when(*at))],
            Self::Changed { run } => vec![("run", (*run).into())],
            Self::Released { run, by, at } => vec![
                ("run", (*run).into()),
                ("by", someone(by)),
                ("known", known(by.is_some() && at.is_some())),
                ("when", at.map_or_else(|| "".into(), when)),
            ],
            Self::Cancelled { run, by } | Self::Held { run, by } => {
                vec![("run", (*run).into()), ("by", someone(by)), ("known", known(by.is_some()))]
            }
            Self::SentBack { run, by, reason, at } => vec![
                ("run", (*run).into()),
                ("by", by.as_str().into()),
                ("reason", reason.as_str().into()),
                ("when", when(*at)),
            ],
            Self::NotAnApprover { name, approvers } => {
                vec![("name", name.as_str().into()), ("approvers", locale.list(approvers).into())]
            }
        };
        let args: Args = args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let id = format!("sign-off-{}", self.code());
        Told { message: locale.text(&id, &args), hint: locale.text(&format!("{id}.hint"), &args) }
    }
}

impl std::fmt::Display for Refusal {
    /// In English, on the clock of the world, for the log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let told = self.told(&Locale::embedded(crate::recipient::Language::En), Tz::UTC);
        write!(f, "{} ({})", told.message, told.hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipient::Language;

    #[test]
    fn every_refusal_says_in_both_languages_what_is_so_and_what_to_do() {
        let at = DateTime::from_timestamp(1_516_000_000, 0).unwrap();
        let (run, by) = (7, Some("Example Secretariat".to_owned()));
        for refusal in [
            Refusal::Forged,
            Refusal::Used { verdict: Verdict::Approved, at },
            Refusal::Used { verdict: Verdict::SentBack, at },
            Refusal::Expired { run, at },
            Refusal::Changed { run },
            Refusal::Released { run, by: by.clone(), at: Some(at) },
            Refusal::Released { run, by: None, at: None },
            Refusal::Cancelled { run, by: by.clone() },
            Refusal::Cancelled { run, by: None },
            Refusal::SentBack { run, by: "Example Chair".to_owned(), reason: "Osh is missing".to_owned(), at },
            Refusal::Held { run, by: by.clone() },
            Refusal::Held { run, by: None },
            Refusal::NotAnApprover { name: "kim".to_owned(), approvers: vec!["A".to_owned(), "B".to_owned()] },
            Refusal::NoReason,
        ] {
            for language in Language::ALL {
                let told = refusal.told(&Locale::embedded(language), chrono_tz::Asia::Bishkek);
                for text in [&told.message, &told.hint] {
                    assert!(!text.is_empty() && !text.contains(['‹', '{']), "{language}: {text}");
                    assert!(!text.contains("  ") && !text.contains(" ."), "{language}: {text}");
                }
            }
        }
        let told = Refusal::Used { verdict: Verdict::Approved, at }
            .told(&Locale::embedded(Language::En), chrono_tz::Asia::Bishkek);
        assert!(told.message.replace('\u{a0}', " ").contains("15 January 2018, 13:06"), "{}", told.message);
    }
}
