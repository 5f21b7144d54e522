//! Letters to the operators: something needs a person.

use serde::Serialize;

use super::{Desk, LetterError};
use crate::outbox::Letter;
use crate::period::ReportingPeriod;

/// Why the operators are written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A run could not be compiled: a template or the data is at fault.
    RunFailed {
        /// Number of the run.
        run: i64,
        /// Its period.
        period: ReportingPeriod,
        /// What was at fault, as a sentence.
        reason: String,
    },
    /// A run was compiled and is kept back.
    RunHeld {
        /// Number of the run.
        run: i64,
        /// Its period.
        period: ReportingPeriod,
        /// Why it is held, as a sentence.
        reason: String,
    },
    /// A delivery was given up.
    DeadLetter {
        /// Number of the delivery.
        delivery: i64,
        /// Whom it was for, with the address: an operator has to mend it.
        recipient: String,
        /// Subject of the mail that did not arrive.
        subject: String,
        /// The server's last answer.
        reply: String,
    },
    /// No mail leaves at all.
    ChannelHeld {
        /// What the server, or our configuration of it, is at fault with.
        reason: String,
        /// When it will be tried again, as local time in words; `None` when a person must
        /// release it.
        retry: Option<String>,
    },
}

#[derive(Serialize)]
struct Context {
    programme: String,
    /// One sentence on what happened.
    what: String,
    /// What was seen, quoted; may be empty.
    detail: String,
    /// Facts of the case, as label and value.
    facts: Vec<(String, String)>,
    /// What it means for others.
    meaning: String,
    /// What to do, as a sentence and a command.
    actions: Vec<(String, String)>,
}

/// A notice to an operator. `programme` is its code, as in `[BOMCA 9]`.
///
/// # Errors
/// An overriding template at fault.
pub fn notice_letter(notice: &Notice, programme: &str, desk: &Desk) -> Result<Letter, LetterError> {
    let locale = desk.locale();
    let action = |id: &str, command: String| (locale.word(&format!("mail-notice-do-{id}")), command);
    let fact = |id: &str, value: String| (locale.word(&format!("mail-notice-{id}")), value);
    let (kind, period, detail, facts, actions) = match notice {
        Notice::RunFailed { run, period, reason } => (
            "run-failed",
            Some(*period),
            reason,
            vec![fact("run", run.to_string())],
            vec![
                action("look", format!("rapporteur runs show {run}")),
                action("compile-again", format!("rapporteur runs retry {run}")),
            ],
        ),
        Notice::RunHeld { run, period, reason } => (
            "run-held",
            Some(*period),
            reason,
            vec![fact("run", run.to_string())],
            vec![
                action("look", "rapporteur status".to_owned()),
                action("compile-again", format!("rapporteur runs retry {run}")),
                action("send-as-it-is", format!("rapporteur runs approve {run}")),
            ],
        ),
        Notice::DeadLetter { delivery, recipient, subject, reply } => (
            "dead-letter",
            None,
            reply,
            vec![fact("recipient", recipient.clone()), fact("subject-line", subject.clone())],
            vec![
                action("look", format!("rapporteur outbox show {delivery}")),
                action("send-again", format!("rapporteur outbox retry {delivery}")),
            ],
        ),
        Notice::ChannelHeld { reason, retry } => (
            "channel-held",
            None,
            reason,
            retry.iter().map(|at| fact("next-attempt", at.clone())).collect(),
            vec![
                action("try-the-server", "rapporteur check --online".to_owned()),
                action("release", "rapporteur outbox release".to_owned()),
            ],
        ),
    };
    let months = period.map_or_else(String::new, |p| locale.months(p));
    let args = [("period", months.into())];
    let what = desk.say(&format!("mail-notice-{kind}"), &args);
    let subject = desk.say(
        "mail-notice-subject",
        &[
            ("code", programme.into()),
            ("title", locale.word(&format!("mail-notice-{kind}.title")).into()),
            ("period", period.map_or_else(String::new, |p| locale.period(p)).into()),
            ("has-period", if period.is_some() { "yes" } else { "no" }.into()),
        ],
    );
    let context = Context {
        programme: programme.to_owned(),
        what,
        detail: detail.clone(),
        facts,
        meaning: locale.word(&format!("mail-notice-{kind}.meaning")),
        actions,
    };
    desk.write("notice", &subject, &context)
}
