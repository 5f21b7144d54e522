//! The mails that belong to a run: the report to its recipients, and before that the
//! compiled editions to the approvers.

use chrono::NaiveDate;
use serde::Serialize;

use crate::approval::FigureChange;
use crate::config::{Programme, Wording};
use crate::diagnostic::Arg;
use crate::facts::Facts;
use crate::letter::{Desk, LetterError, Row, key_figures, summary};
use crate::outbox::Letter;
use crate::period::ReportingPeriod;
use crate::report::ArchivedDocument;

/// The most problems a sign-off letter names; it counts the rest.
const PROBLEMS_NAMED: usize = 20;

/// What a letter knows beside the figures.
#[derive(Clone, Debug)]
pub struct LetterContext<'a> {
    /// Code, name and the wordings that the donor asks for.
    pub programme: &'a Programme,
    /// Title of the report in the letter's language, such as "RSG quarterly report".
    pub title: &'a str,
    /// 1 for the first; a higher one says that it replaces the one before.
    pub revision: u32,
    /// What changed since the version before, in the letter's language; empty where unknown.
    pub changes: &'a str,
    /// Name of the person or office written to; empty for "Dear colleagues".
    pub recipient: &'a str,
    /// Whom to answer.
    pub reply_to: &'a str,
    /// Until when corrections are asked for.
    pub reply_by: Option<NaiveDate>,
    /// Who released it, and when.
    pub released: Option<(&'a str, NaiveDate)>,
    /// The day it was due on, where it goes out later than the schedule's grace.
    pub late_since: Option<NaiveDate>,
    /// A trial copy, sent to one address before the release.
    pub trial: bool,
}

/// A run that waits for its release.
#[derive(Clone, Debug)]
pub struct Waiting<'a> {
    /// Number of the run, for `rapporteur runs approve`.
    pub run: i64,
    /// All editions attached.
    pub editions: &'a [ArchivedDocument],
    /// Open problems as sentences in the letter's language, the gravest first.
    pub problems: &'a [String],
    /// How many people it will go to.
    pub recipients: usize,
    /// What has changed since it was compiled last, since the version it replaces, since the period before.
    pub changes: [&'a [FigureChange]; 3],
    /// Which period is the one before.
    pub period_before: Option<ReportingPeriod>,
    /// All whose approval it takes; empty where one is enough.
    pub all_of: &'a [String],
    /// Where the approver may look at it and decide.
    pub link: &'a str,
    /// The last day on which the link is good.
    pub link_until: NaiveDate,
}

#[derive(Serialize)]
struct Common {
    recipient: String,
    months: String,
    summary: String,
    figures: Vec<Row>,
    /// Width of the label column in the plain text, in characters.
    width: usize,
    as_of: String,
    reply_to: String,
    programme: String,
    handling: String,
    funding_line: String,
    disclaimer: String,
}

#[derive(Serialize)]
struct ReportForm {
    #[serde(flatten)]
    common: Common,
    attached: String,
    asked: String,
    trial: bool,
    late_since: String,
    revision: u32,
    changes: String,
    released_by: String,
    released_on: String,
}

#[derive(Serialize)]
struct SignOffForm {
    #[serde(flatten)]
    common: Common,
    run: i64,
    editions: Vec<String>,
    problems: Vec<String>,
    problem_count: usize,
    recipients: usize,
    since_compile: Vec<FigureChange>,
    since_version: Vec<FigureChange>,
    since_period: Vec<FigureChange>,
    period_before: String,
    revision: u32,
    all_of: String,
    link: String,
    link_until: String,
}

/// The mail that brings `document` to one recipient, in the desk's language.
///
/// # Errors
/// An overriding template at fault.
pub fn report_letter(
    facts: &Facts,
    document: &ArchivedDocument,
    context: &LetterContext<'_>,
    desk: &Desk,
) -> Result<Letter, LetterError> {
    let locale = desk.locale();
    let edition = edition_name(document, desk);
    let subject = desk.say(
        "mail-report-subject",
        &[
            ("code", context.programme.code.as_str().into()),
            ("title", context.title.into()),
            ("period", desk.short_period(facts.period).into()),
            ("edition", if edition.is_empty() { edition.clone() } else { format!(" – {edition}") }.into()),
            ("language", document.language.code().to_uppercase().into()),
            ("revision", context.revision.into()),
        ],
    );
    let id = if edition.is_empty() { "mail-report-attached" } else { "mail-report-attached-edition" };
    let attached = desk.say(
        id,
        &[
            ("months", locale.months(facts.period).into()),
            ("edition", edition.into()),
            ("language", desk.language_name(document.language).into()),
            ("pages", pages(document, desk)),
            ("size", desk.size(document.size).into()),
        ],
    );
    let address = ("address", Arg::from(context.reply_to));
    let asked = match context.reply_by {
        Some(day) => desk.say("mail-report-asked-by", &[address, ("date", locale.date(day).into())]),
        None => desk.say("mail-report-asked", &[address]),
    };
    let (released_by, released_on) =
        context.released.map_or_else(Default::default, |(by, on)| (by.to_owned(), locale.date(on)));
    let form = ReportForm {
        common: common(facts, context, desk),
        attached: attached.clone(),
        asked,
        trial: context.trial,
        late_since: context.late_since.map_or_else(String::new, |day| locale.date(day)),
        revision: context.revision,
        changes: context.changes.to_owned(),
        released_by,
        released_on,
    };
    Ok(Letter { attached: Some(attached), ..desk.write("report", &subject, &form)? })
}

/// The mail that shows a compiled run to an approver, in the desk's language.
///
/// # Errors
/// An overriding template at fault.
pub fn sign_off_letter(
    facts: &Facts,
    waiting: &Waiting<'_>,
    context: &LetterContext<'_>,
    desk: &Desk,
) -> Result<Letter, LetterError> {
    let subject = desk.say(
        "mail-sign-off-subject",
        &[
            ("code", context.programme.code.as_str().into()),
            ("title", context.title.into()),
            ("period", desk.short_period(facts.period).into()),
            ("revision", context.revision.into()),
        ],
    );
    let edition = |document: &ArchivedDocument| {
        desk.say(
            "mail-sign-off-edition",
            &[
                ("file", document.file_name.as_str().into()),
                ("language", desk.language_name(document.language).into()),
                ("pages", pages(document, desk)),
                ("size", desk.size(document.size).into()),
            ],
        )
    };
    let [since_compile, since_version, since_period] = waiting.changes;
    let form = SignOffForm {
        common: common(facts, context, desk),
        run: waiting.run,
        editions: waiting.editions.iter().map(edition).collect(),
        problems: waiting.problems.iter().take(PROBLEMS_NAMED).cloned().collect(),
        problem_count: waiting.problems.len(),
        recipients: waiting.recipients,
        since_compile: since_compile.to_vec(),
        since_version: since_version.to_vec(),
        since_period: since_period.to_vec(),
        period_before: waiting.period_before.map_or_else(String::new, |period| desk.locale().period(period)),
        revision: context.revision,
        all_of: desk.locale().list(waiting.all_of),
        link: waiting.link.to_owned(),
        link_until: desk.locale().date(waiting.link_until),
    };
    let attached = desk.say("mail-sign-off-attached", &[("n", waiting.editions.len().into())]);
    Ok(Letter { attached: Some(attached), ..desk.write("sign-off", &subject, &form)? })
}

fn common(facts: &Facts, context: &LetterContext<'_>, desk: &Desk) -> Common {
    let locale = desk.locale();
    let figures = key_figures(facts, desk);
    let indented = |row: &Row| row.label.chars().count() + if row.part { 2 } else { 0 };
    let programme = context.programme;
    let name = wording(&programme.name, desk);
    Common {
        recipient: context.recipient.to_owned(),
        months: locale.months(facts.period),
        summary: summary(facts, desk),
        width: figures.iter().map(indented).max().unwrap_or(0),
        figures,
        as_of: locale.date(facts.as_of),
        reply_to: context.reply_to.to_owned(),
        programme: if name.is_empty() { programme.code.clone() } else { name },
        handling: wording(&programme.handling, desk),
        funding_line: wording(&programme.funding_line, desk),
        disclaimer: wording(&programme.disclaimer, desk),
    }
}

fn pages(document: &ArchivedDocument, desk: &Desk) -> Arg {
    desk.say("mail-pages", &[("n", document.pages.into())]).into()
}

/// The country of a country's own edition; empty for the whole region.
fn edition_name(document: &ArchivedDocument, desk: &Desk) -> String {
    crate::recipient::Country::new(&document.edition)
        .map_or_else(|| document.edition.clone(), |country| desk.locale().country(country))
}

/// The wording in the desk's language, else in the first there is.
fn wording(wording: &Wording, desk: &Desk) -> String {
    wording.get(&desk.locale().language()).or_else(|| wording.values().next()).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests;
