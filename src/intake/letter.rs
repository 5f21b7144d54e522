//! The answer as a mail: the same facts as beside the file, in fewer words.

use serde::Serialize;

use super::across::Question;
use super::answer::{Answer, Marking, args, shown};
use super::fix::{Fix, fixes, sentence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::letter::{Desk, LetterError};
use crate::locale::Locale;
use crate::outbox::Letter;

/// Most fixes of one severity that a mail names, and most places of each: the copy has them all.
const MOST_FIXES: usize = 8;
const MOST_PLACES: usize = 5;

/// What the templates `answer.txt` and `answer.html` are given.
#[derive(Serialize)]
struct Form {
    programme: String,
    recipient: String,
    /// What became of the file.
    verdict: String,
    /// What is attached, or why nothing is, and what to do with it; may be empty.
    copy: String,
    figures: Vec<String>,
    sections: Vec<Section>,
    /// What to do where we are mistaken.
    closing: String,
}

#[derive(Serialize)]
struct Section {
    title: String,
    fixes: Vec<NamedFix>,
    more: String,
}

#[derive(Serialize)]
struct NamedFix {
    hint: String,
    places: Vec<String>,
    more: String,
}

/// The mail to the contributor; `attached` says whether the marked copy travels with it.
pub(super) fn letter(answer: &Answer<'_>, programme: &str, attached: bool, desk: &Desk) -> Result<Letter, LetterError> {
    let locale = desk.locale();
    let file = answer.summary.file.as_str();
    let (errors, held) = (answer.count(Severity::Error), answer.summary.rows_held);
    let state = if answer.is_refused() {
        "refused"
    } else if errors > 0 || held > 0 {
        "mend"
    } else if answer.nothing_read() {
        "nothing"
    } else if answer.count(Severity::Warning) > 0 {
        "check"
    } else {
        "thanks"
    };
    let subject = desk.say(
        "mail-answer-subject",
        &[("code", programme.into()), ("file", file.into()), ("state", state.into()), ("held", held.into())],
    );
    let copy = match answer.marking {
        Marking::NotWanted if errors > 0 => desk.say("mail-answer-again", &[]),
        Marking::NotWanted => String::new(),
        Marking::Beside if attached => desk.say("mail-answer-attached", &[("errors", errors.into())]),
        Marking::Beside => desk.say("mail-answer-beside", &[]),
        Marking::Missing(why) => {
            format!("{} {}", desk.say("answer-not-marked", &[("why", why.into())]), desk.say("mail-answer-again", &[]))
        }
    };
    let sections = [(Severity::Error, "mail-answer-errors"), (Severity::Warning, "mail-answer-warnings")]
        .into_iter()
        .filter_map(|(severity, title)| section(answer.diagnostics, severity, title, locale))
        .collect();
    let form = Form {
        programme: programme.to_owned(),
        recipient: answer.to.unwrap_or_default().to_owned(),
        verdict: match state {
            "thanks" if answer.is_new() => desk.say("mail-answer-thanks", &[("file", file.into())]),
            "check" if answer.is_new() => {
                let thanks = desk.say("mail-answer-thanks", &[("file", file.into())]);
                format!("{thanks} {}", desk.say("answer-please-check", &[]))
            }
            _ => format!("{} {}", desk.say("mail-answer-about", &[("file", file.into())]), answer.verdict(locale)),
        },
        copy,
        figures: answer.figures(locale),
        sections,
        closing: desk.say(if errors > 0 { "mail-answer-ask" } else { "mail-answer-mistaken" }, &[]),
    };
    desk.write("answer", &subject, &form)
}

/// The mail to the sender of another file, where both have reported what looks like one event.
pub(super) fn question_letter(
    questions: &[&Question],
    name: &str,
    programme: &str,
    desk: &Desk,
) -> Result<Letter, LetterError> {
    let locale = desk.locale();
    let file = questions.first().map(|q| q.file.as_str()).unwrap_or_default();
    let asked: Vec<Diagnostic> = questions.iter().map(|q| q.question.clone()).collect();
    let subject = desk.say("mail-question-subject", &[("code", programme.into()), ("file", file.into())]);
    let form = Form {
        programme: programme.to_owned(),
        recipient: name.to_owned(),
        verdict: desk.say("mail-question-about", &[("file", file.into()), ("count", asked.len().into())]),
        copy: String::new(),
        figures: Vec::new(),
        sections: section(&asked, Severity::Warning, "mail-answer-warnings", locale).into_iter().collect(),
        closing: desk.say("mail-answer-ask", &[]),
    };
    desk.write("answer", &subject, &form)
}

fn section(diagnostics: &[Diagnostic], severity: Severity, title: &str, locale: &Locale) -> Option<Section> {
    let all = fixes(diagnostics, severity, locale);
    let count: usize = all.iter().map(|fix| fix.problems.len()).sum();
    if count == 0 {
        return None;
    }
    let left: usize = all.iter().skip(MOST_FIXES).map(|fix| fix.problems.len()).sum();
    Some(Section {
        title: locale.text(title, &args(&[("count", count.into())])),
        fixes: all.iter().take(MOST_FIXES).map(|fix| named(fix, locale)).collect(),
        more: more(left, locale),
    })
}

fn named(fix: &Fix<'_>, locale: &Locale) -> NamedFix {
    let language = locale.language();
    let place = |(diagnostic, message): &(&Diagnostic, String)| shown(diagnostic, &sentence(message, language));
    NamedFix {
        hint: sentence(&fix.hint, language),
        places: fix.problems.iter().take(MOST_PLACES).map(place).collect(),
        more: more(fix.problems.len().saturating_sub(MOST_PLACES), locale),
    }
}

fn more(count: usize, locale: &Locale) -> String {
    if count == 0 { String::new() } else { locale.text("answer-and-more", &args(&[("count", count.into())])) }
}
