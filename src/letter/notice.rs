//! Letters to the operators: what happened, since when, what is safe, and what to type.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::{Desk, LetterError};
use crate::diagnostic::Arg;
use crate::notice::{LostMail, Notice, NoticeRecord, Telling};
use crate::outbox::Letter;
use crate::period::ReportingPeriod;

/// The most mails or problems that a letter names; it counts the rest.
const NAMED: usize = 12;

/// What a letter knows beside the notice.
#[derive(Clone, Copy, Debug)]
pub struct NoticeContext<'a> {
    /// The programme's code, as in `[BOMCA 9]`.
    pub programme: &'a str,
    /// Whose clock its times are told by.
    pub zone: Tz,
}

#[derive(Serialize)]
struct Context {
    programme: String,
    /// One sentence on what happened.
    what: String,
    /// What was seen, quoted; may be empty.
    detail: String,
    /// What was seen, where it is a list.
    items: Vec<String>,
    /// Facts of the case, as label and value.
    facts: Vec<(String, String)>,
    /// What it means for others.
    meaning: String,
    /// What to do, as a sentence and a command.
    actions: Vec<(String, String)>,
}

/// What a kind of notice has to say beside its sentences.
#[derive(Default)]
struct Case {
    args: Vec<(&'static str, Arg)>,
    period: Option<ReportingPeriod>,
    detail: String,
    items: Vec<String>,
    facts: Vec<(&'static str, String)>,
    actions: Vec<(&'static str, String)>,
}

/// A notice to an operator.
///
/// # Errors
/// An overriding template at fault.
pub fn notice_letter(
    record: &NoticeRecord,
    telling: Telling,
    setting: NoticeContext<'_>,
    desk: &Desk,
) -> Result<Letter, LetterError> {
    let locale = desk.locale();
    let case = case(&record.notice, setting, desk);
    let id = format!("mail-notice-{}", record.notice.kind());
    let telling_word = match telling {
        Telling::News => "news",
        Telling::More => "more",
        Telling::Still => "still",
        Telling::Over => "over",
    };
    let subject = desk.say(
        "mail-notice-subject",
        &[
            ("code", setting.programme.into()),
            ("telling", telling_word.into()),
            ("title", desk.say(&format!("{id}.title"), &case.args).into()),
            ("period", case.period.map_or_else(String::new, |p| locale.period(p)).into()),
            ("has-period", if case.period.is_some() { "yes" } else { "no" }.into()),
        ],
    );
    let label = |id: &str| locale.word(&format!("mail-notice-{id}"));
    let since = if record.notice.has_happened() { "found" } else { "since" };
    let mut facts = vec![(label(since), local(record.since, setting.zone, desk))];
    if let Some(over) = record.over_at.filter(|_| telling == Telling::Over) {
        facts.push((label("until"), local(over, setting.zone, desk)));
    }
    facts.extend(case.facts.into_iter().map(|(id, value)| (label(id), value)));
    let context = if telling == Telling::Over {
        Context {
            programme: setting.programme.to_owned(),
            what: desk.say(&format!("{id}.over"), &case.args),
            detail: case.detail,
            items: Vec::new(),
            facts,
            meaning: String::new(),
            actions: Vec::new(),
        }
    } else {
        let left = case.items.len().saturating_sub(NAMED);
        let mut items: Vec<String> = case.items.into_iter().take(NAMED).collect();
        items.extend((left > 0).then(|| desk.say("mail-notice-more", &[("n", left.into())])));
        Context {
            programme: setting.programme.to_owned(),
            what: desk.say(&id, &case.args),
            detail: case.detail,
            items,
            facts,
            meaning: desk.say(&format!("{id}.meaning"), &case.args),
            actions: case.actions.into_iter().map(|(id, command)| (label(&format!("do-{id}")), command)).collect(),
        }
    };
    desk.write("notice", &subject, &context)
}

/// The notice in one sentence, for the log and for lists; it names nobody's address.
#[must_use]
pub fn notice_sentence(notice: &Notice, setting: NoticeContext<'_>, desk: &Desk) -> String {
    desk.say(&format!("mail-notice-{}", notice.kind()), &case(notice, setting, desk).args)
}

/// What to type about a notice, as a sentence and a command.
#[must_use]
pub fn notice_actions(notice: &Notice, setting: NoticeContext<'_>, desk: &Desk) -> Vec<(String, String)> {
    let actions = case(notice, setting, desk).actions.into_iter();
    actions.map(|(id, command)| (desk.locale().word(&format!("mail-notice-do-{id}")), command)).collect()
}

fn local(instant: DateTime<Utc>, zone: Tz, desk: &Desk) -> String {
    let local = instant.with_timezone(&zone);
    format!("{}, {} ({zone})", desk.locale().date(local.date_naive()), local.format("%H:%M"))
}

fn case(notice: &Notice, setting: NoticeContext<'_>, desk: &Desk) -> Case {
    let months = |period: ReportingPeriod| ("period", Arg::from(desk.locale().months(period)));
    match notice {
        Notice::RunFailed { run, period, reason, .. } => Case {
            args: vec![months(*period)],
            period: Some(*period),
            detail: reason.clone(),
            facts: vec![("run", run.to_string())],
            actions: vec![
                ("look", format!("rapporteur runs show {run}")),
                ("compile-again", format!("rapporteur runs retry {run}")),
            ],
            ..Case::default()
        },
        Notice::RunHeld { run, period, reason, .. } => Case {
            args: vec![months(*period)],
            period: Some(*period),
            detail: reason.clone(),
            facts: vec![("run", run.to_string())],
            actions: vec![
                ("look", "rapporteur status".to_owned()),
                ("compile-again", format!("rapporteur runs retry {run}")),
                ("send-as-it-is", format!("rapporteur runs approve {run}")),
            ],
            ..Case::default()
        },
        Notice::RunStuck { run, period } => Case {
            args: vec![months(*period)],
            period: Some(*period),
            facts: vec![("run", run.to_string())],
            actions: vec![("look", format!("rapporteur runs show {run}"))],
            ..Case::default()
        },
        Notice::OccurrencesLate { schedule, late, skipped, first, last, .. } => {
            let mut facts = vec![("first-due", local(*first, setting.zone, desk))];
            if last != first {
                facts.push(("last-due", local(*last, setting.zone, desk)));
            }
            let mut actions = vec![("look", "rapporteur runs list".to_owned())];
            if *skipped > 0 {
                facts.extend([("made-up-for", late.to_string()), ("left-out", skipped.to_string())]);
                actions.push(("report-after-all", format!("rapporteur runs start {}", quoted(schedule))));
            }
            let args =
                vec![("schedule", schedule.as_str().into()), ("late", (*late).into()), ("skipped", (*skipped).into())];
            Case { args, facts, actions, ..Case::default() }
        }
        Notice::PeriodUnsent { schedule, period, latest, run, state } => {
            let next = match state.as_str() {
                "failed" => Some(("compile-again", format!("rapporteur runs retry {run}"))),
                "held" | "awaiting_approval" => Some(("release-it", format!("rapporteur runs approve {run}"))),
                "skipped" => {
                    Some(("report-after-all", format!("rapporteur runs start {} --period {period}", quoted(schedule))))
                }
                _ => None,
            };
            Case {
                args: vec![months(*period), ("latest", desk.locale().date(*latest).into())],
                period: Some(*period),
                facts: vec![("schedule", schedule.clone()), ("run", run.to_string())],
                actions: Some(("look", format!("rapporteur runs show {run}"))).into_iter().chain(next).collect(),
                ..Case::default()
            }
        }
        Notice::OccurrencesWaiting { schedule, count } => Case {
            args: vec![("schedule", schedule.as_str().into()), ("count", (*count).into())],
            actions: vec![
                ("look", "rapporteur status".to_owned()),
                ("make-up-for", format!("rapporteur runs release {}", quoted(schedule))),
                ("drop", format!("rapporteur runs drop {}", quoted(schedule))),
            ],
            ..Case::default()
        },
        Notice::DeadLetters { run, mails } => lost(*run, mails, desk),
        Notice::MailsWaiting { count, oldest, reply } => Case {
            args: vec![("count", (*count).into())],
            detail: reply.clone(),
            facts: vec![("oldest", local(*oldest, setting.zone, desk))],
            actions: vec![
                ("look", "rapporteur outbox list --state waiting".to_owned()),
                ("try-the-server", "rapporteur check --online".to_owned()),
            ],
            ..Case::default()
        },
        Notice::ChannelHeld { reason } => Case {
            detail: reason.clone(),
            actions: vec![
                ("try-the-server", "rapporteur check --online".to_owned()),
                ("release", "rapporteur outbox release".to_owned()),
            ],
            ..Case::default()
        },
        Notice::DiskLow { folder, free_mb, least_mb } => Case {
            args: vec![
                ("folder", folder.as_str().into()),
                ("free", desk.size(free_mb.saturating_mul(1_000_000)).into()),
                ("least", desk.size(least_mb.saturating_mul(1_000_000)).into()),
            ],
            actions: vec![("see-what-is-large", format!("du -xh --max-depth=2 {} | sort -h", quoted(folder)))],
            ..Case::default()
        },
        Notice::ConfigurationRefused { problems } => {
            Case { items: problems.clone(), actions: vec![("check", "rapporteur check".to_owned())], ..Case::default() }
        }
        Notice::DashboardDown { address, problem } => Case {
            args: vec![("address", address.as_str().into())],
            detail: problem.clone(),
            actions: vec![("look", "rapporteur status".to_owned())],
            ..Case::default()
        },
        Notice::BouncesUnread { mailbox, problem } => Case {
            args: vec![("mailbox", mailbox.as_str().into())],
            detail: problem.clone(),
            actions: vec![("look", "rapporteur status".to_owned())],
            ..Case::default()
        },
        Notice::InboxGone { folder, problem } => Case {
            args: vec![("folder", folder.as_str().into())],
            detail: problem.clone(),
            actions: vec![("look", format!("ls -ld {}", quoted(folder)))],
            ..Case::default()
        },
        Notice::FileStuck { file, problem } => Case {
            args: vec![("file", file.as_str().into())],
            detail: problem.clone(),
            actions: vec![("look", "rapporteur status".to_owned())],
            ..Case::default()
        },
    }
}

fn lost(run: Option<i64>, mails: &[LostMail], desk: &Desk) -> Case {
    let numbers: Vec<String> = mails.iter().map(|mail| mail.delivery.to_string()).collect();
    let look = match (run, numbers.as_slice()) {
        (_, [one]) => format!("rapporteur outbox show {one}"),
        (Some(run), _) => format!("rapporteur outbox list --state dead_letter --run {run}"),
        (None, _) => "rapporteur outbox list --state dead_letter".to_owned(),
    };
    let again = if numbers.len() > NAMED { "--failed".to_owned() } else { numbers.join(" ") };
    let item = |mail: &LostMail| {
        let args = [
            ("recipient", Arg::from(mail.recipient.as_str())),
            ("subject", mail.subject.as_str().into()),
            ("reply", mail.reply.as_str().into()),
        ];
        desk.say("mail-notice-lost-mail", &args)
    };
    Case {
        args: vec![("count", mails.len().into())],
        items: mails.iter().map(item).collect(),
        facts: run.map(|run| ("run", run.to_string())).into_iter().collect(),
        actions: vec![("look", look), ("send-again", format!("rapporteur outbox retry {again}"))],
        ..Case::default()
    }
}

/// A word of a command line, in quotes where it needs them.
fn quoted(word: &str) -> String {
    let is_plain = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "/._-+@:".contains(c));
    if is_plain { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
