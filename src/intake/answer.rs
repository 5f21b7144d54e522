//! The answer to whoever dropped a file: what was read of it, and what to mend first.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::fix::{fixes, sentence};
use super::tally::Figures;
use crate::diagnostic::{Args, Diagnostic, Place, Severity};
use crate::locale::Locale;
use crate::record::FileSummary;
use crate::store::Change;

/// Code of what is told of bytes that were taken before.
pub(super) const ALREADY_HAVE_IT: &str = "already-have-it";
/// Most places listed under one fix.
const MOST_PLACES: usize = 30;

/// What is answered.
pub(super) struct Answer<'a> {
    pub(super) summary: &'a FileSummary,
    pub(super) figures: &'a Figures,
    pub(super) diagnostics: &'a [Diagnostic],
    /// Against what the same source had sent before, where that is known.
    pub(super) change: Option<Change>,
    pub(super) received_on: NaiveDate,
    /// The contributor's name.
    pub(super) to: Option<&'a str>,
    pub(super) marking: Marking<'a>,
}

/// What became of the marked copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marking<'a> {
    /// Nothing is to be marked.
    NotWanted,
    /// It lies beside the answer.
    Beside,
    /// There is none, for this reason: a word that the locale knows.
    Missing(&'a str),
}

impl Answer<'_> {
    /// The answer as plain text.
    pub(super) fn write(&self, locale: &Locale) -> String {
        let mut text = String::new();
        let mut line = |words: String| {
            let _ = writeln!(text, "{words}");
        };
        let say = |id: &str, args: Args| locale.text(id, &args);
        line(format!("{} · {}", self.summary.file, locale.date(self.received_on)));
        line(String::new());
        if let Some(name) = self.to {
            line(say("answer-greeting", args(&[("name", name.into())])));
        }
        line(self.verdict(locale));
        match self.marking {
            Marking::Beside => line(say("answer-marked", Args::new())),
            Marking::Missing(why) => line(say("answer-not-marked", args(&[("why", why.into())]))),
            Marking::NotWanted => {}
        }
        let figures = self.figures(locale);
        if !figures.is_empty() {
            line(String::new());
            line(say("answer-what-was-read", Args::new()));
            figures.into_iter().for_each(|figure| line(format!("  {figure}")));
        }
        for (severity, heading) in [
            (Severity::Error, "answer-errors"),
            (Severity::Warning, "answer-warnings"),
            (Severity::Info, "answer-notes"),
        ] {
            self.problems(locale, severity, heading, &mut line);
        }
        if self.count(Severity::Error) > 0 {
            line(String::new());
            line(say("answer-send-again", Args::new()));
        }
        text
    }

    /// How many problems of a severity there are.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether nothing but thanks is to be said.
    pub(super) fn is_thanks(&self) -> bool {
        self.count(Severity::Error) == 0 && self.summary.rows_held == 0
    }

    /// Whether nothing of the file is in.
    pub(super) fn is_refused(&self) -> bool {
        !self.is_thanks() && self.summary.rows_accepted == 0
    }

    /// Whether these bytes were not there before.
    pub(super) fn is_new(&self) -> bool {
        !self.diagnostics.iter().any(|d| d.code == ALREADY_HAVE_IT)
    }

    /// Whether not even a sheet was found.
    pub(super) fn nothing_read(&self) -> bool {
        self.summary.sheets.is_empty() && self.summary.rows_read == 0
    }

    /// What became of the file, in a sentence or two.
    pub(super) fn verdict(&self, locale: &Locale) -> String {
        let say = |id: &str, args: Args| locale.text(id, &args);
        if let Some(known) = self.diagnostics.iter().find(|d| d.code == ALREADY_HAVE_IT) {
            return sentence(&locale.diagnostic(known).message, locale.language());
        }
        if self.is_thanks() {
            let verdict = if self.nothing_read() { "answer-nothing-read" } else { "answer-thank-you" };
            let also = if self.count(Severity::Warning) > 0 {
                format!(" {}", say("answer-please-check", Args::new()))
            } else {
                String::new()
            };
            format!("{}{also}", say(verdict, Args::new()))
        } else if self.summary.rows_accepted > 0 {
            say("answer-partly", args(&[("held", self.summary.rows_held.into())]))
        } else {
            say("answer-refused", args(&[("problems", self.count(Severity::Error).into())]))
        }
    }

    /// What was read, figure by figure, so that a mistake of ours is seen.
    pub(super) fn figures(&self, locale: &Locale) -> Vec<String> {
        let say = |id: &str, args: Args| locale.text(id, &args);
        let summary = self.summary;
        let mut lines = Vec::new();
        if summary.rows_read == 0 {
            return lines;
        }
        lines.push(say(
            "answer-rows",
            args(&[
                ("read", summary.rows_read.into()),
                ("accepted", summary.rows_accepted.into()),
                ("held", summary.rows_held.into()),
            ]),
        ));
        for (sheet, rows) in &self.figures.rows {
            let name = locale.word(&format!("answer-sheet-{}", sheet.name().to_lowercase()));
            lines.push(format!("{name}: {}", locale.number(i64::from(*rows))));
        }
        let activities = self.figures.rows.get(&crate::record::Sheet::Activities).copied().unwrap_or(0);
        if activities > 0 {
            let told = match self.figures.participants {
                Some(total) => {
                    let total = locale.number(i64::try_from(total).unwrap_or(i64::MAX));
                    let reporting = self.figures.reporting.into();
                    args(&[("total", total.into()), ("reporting", reporting), ("activities", activities.into())])
                }
                None => args(&[("reporting", 0_u32.into()), ("activities", activities.into())]),
            };
            let id = if self.figures.participants.is_some() { "answer-participants" } else { "answer-no-participants" };
            lines.push(say(id, told));
        }
        let periods: std::collections::BTreeSet<_> = summary.sheets.values().flatten().copied().collect();
        if !periods.is_empty() {
            let periods: Vec<String> = periods.into_iter().map(|p| locale.period(p)).collect();
            lines.push(say("answer-period", args(&[("periods", locale.list(&periods).into())])));
        }
        if let Some(change) = self.change.filter(|c| c.changed + c.gone + c.same > 0) {
            let parts: Vec<String> =
                [("changed", change.changed), ("added", change.added), ("gone", change.gone), ("same", change.same)]
                    .into_iter()
                    .filter(|(_, count)| *count > 0)
                    .map(|(what, count)| {
                        say("answer-changed-rows", args(&[("what", what.into()), ("n", count.into())]))
                    })
                    .collect();
            lines.push(say("answer-change", args(&[("changes", parts.join(", ").into())])));
        }
        lines
    }

    /// Problems of one severity under the fix that mends them; first the one that clears most.
    fn problems(&self, locale: &Locale, severity: Severity, heading: &str, line: &mut dyn FnMut(String)) {
        let fixes = fixes(self.diagnostics, severity, locale);
        if fixes.is_empty() {
            return;
        }
        line(String::new());
        line(locale.text(heading, &args(&[("count", self.count(severity).into())])));
        for fix in fixes {
            let more = fix.problems.len().saturating_sub(MOST_PLACES);
            for (diagnostic, message) in fix.problems.iter().take(MOST_PLACES) {
                line(format!("  • {}", shown(diagnostic, message)));
            }
            if more > 0 {
                line(format!("  • {}", locale.text("answer-and-more", &args(&[("count", more.into())]))));
            }
            if !fix.hint.is_empty() {
                line(format!("    → {}", fix.hint));
            }
        }
    }
}

/// A problem with its place, as its reader would point to it.
pub(super) fn shown(diagnostic: &Diagnostic, message: &str) -> String {
    let place = Place { file: None, ..diagnostic.place.clone() }.to_string();
    if place.is_empty() { message.to_owned() } else { format!("{place}: {message}") }
}

pub(super) fn args(facts: &[(&str, crate::diagnostic::Arg)]) -> Args {
    facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipient::Language;
    use crate::record::Sheet;

    fn answer(diagnostics: &[Diagnostic], language: Language) -> String {
        let summary = FileSummary {
            file: "activities_TJ.xlsx".to_owned(),
            rows_read: 12,
            rows_accepted: 12 - u32::try_from(diagnostics.len()).unwrap(),
            rows_held: u32::try_from(diagnostics.len()).unwrap(),
            sheets: [(Sheet::Activities, vec!["2017-Q4".parse().unwrap()])].into(),
            ..FileSummary::default()
        };
        let figures = Figures { rows: [(Sheet::Activities, 12)].into(), participants: Some(345), reporting: 10 };
        Answer {
            summary: &summary,
            figures: &figures,
            diagnostics,
            change: Some(Change { added: 1, changed: 3, gone: 1, same: 8 }),
            received_on: NaiveDate::from_ymd_opt(2018, 1, 12).unwrap(),
            to: Some("Example Focal Point"),
            marking: Marking::NotWanted,
        }
        .write(&Locale::embedded(language))
    }

    #[test]
    fn a_good_file_is_thanked_for_with_its_figures() {
        for (language, words) in [(Language::En, "Thank you"), (Language::Ru, "Спасибо")] {
            let text = answer(&[], language);
            for expected in [words, "345", "12", "Example Focal Point"] {
                assert!(text.contains(expected), "{expected} in\n{text}");
            }
            assert!(!text.contains('‹') && !text.contains('→'), "{text}");
        }
    }

    #[test]
    fn the_fix_that_clears_most_comes_first() {
        let at = |code: &str, cell: &str| {
            Diagnostic::error(
                code,
                Place::sheet("a.xlsx", "Activities").at(cell.parse::<crate::cell::CellRange>().unwrap()),
            )
            .with("sheet", "Activities")
        };
        let problems = [at("file-has-password", "A1"), at("sheet-damaged", "B2"), at("sheet-damaged", "B3")];
        let text = answer(&problems, Language::En);
        let position = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in\n{text}"));
        assert!(position("Activities!B2") < position("Activities!B3"));
        assert!(position("Activities!B3") < position("Activities!A1"));
        assert_eq!(text.matches('→').count(), 2, "{text}");
    }
}
