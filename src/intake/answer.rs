//! The answer to whoever dropped a file: what was read of it, and what to mend first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::tally::Figures;
use crate::diagnostic::{Args, Diagnostic, Severity};
use crate::locale::Locale;
use crate::record::FileSummary;
use crate::store::Change;

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
}

impl Answer<'_> {
    /// The answer as plain text.
    pub(super) fn write(&self, locale: &Locale) -> String {
        let mut text = String::new();
        let mut line = |words: String| {
            let _ = writeln!(text, "{words}");
        };
        let say = |id: &str, args: Args| locale.text(id, &args);
        let count = |severity| self.diagnostics.iter().filter(|d| d.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        line(format!("{} · {}", self.summary.file, locale.date(self.received_on)));
        line(String::new());
        if let Some(name) = self.to {
            line(say("answer-greeting", args(&[("name", name.into())])));
        }
        line(if errors == 0 && self.summary.rows_held == 0 {
            let nothing_read = self.summary.sheets.is_empty() && self.summary.rows_read == 0;
            let verdict = if nothing_read { "answer-nothing-read" } else { "answer-thank-you" };
            let also =
                if warnings > 0 { format!(" {}", say("answer-please-check", Args::new())) } else { String::new() };
            format!("{}{also}", say(verdict, Args::new()))
        } else if self.summary.rows_accepted > 0 {
            say("answer-partly", args(&[("held", self.summary.rows_held.into())]))
        } else {
            say("answer-refused", args(&[("problems", errors.into())]))
        });
        self.figures(locale, &mut line);
        for (severity, heading) in [
            (Severity::Error, "answer-errors"),
            (Severity::Warning, "answer-warnings"),
            (Severity::Info, "answer-notes"),
        ] {
            self.problems(locale, severity, heading, &mut line);
        }
        if errors > 0 {
            line(String::new());
            line(say("answer-send-again", Args::new()));
        }
        text
    }

    fn figures(&self, locale: &Locale, line: &mut dyn FnMut(String)) {
        let say = |id: &str, args: Args| locale.text(id, &args);
        let summary = self.summary;
        if summary.rows_read == 0 {
            return;
        }
        line(String::new());
        line(say("answer-what-was-read", Args::new()));
        line(format!(
            "  {}",
            say(
                "answer-rows",
                args(&[
                    ("read", summary.rows_read.into()),
                    ("accepted", summary.rows_accepted.into()),
                    ("held", summary.rows_held.into()),
                ])
            )
        ));
        for (sheet, rows) in &self.figures.rows {
            let name = locale.word(&format!("answer-sheet-{}", sheet.name().to_lowercase()));
            line(format!("  {name}: {}", locale.number(i64::from(*rows))));
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
            line(format!("  {}", say(id, told)));
        }
        let periods: std::collections::BTreeSet<_> = summary.sheets.values().flatten().copied().collect();
        if !periods.is_empty() {
            let periods: Vec<String> = periods.into_iter().map(|p| locale.period(p)).collect();
            line(format!("  {}", say("answer-period", args(&[("periods", locale.list(&periods).into())]))));
        }
        if let Some(change) = self.change.filter(|c| c.changed + c.gone + c.same > 0) {
            line(format!(
                "  {}",
                say(
                    "answer-change",
                    args(&[
                        ("added", change.added.into()),
                        ("changed", change.changed.into()),
                        ("gone", change.gone.into()),
                        ("same", change.same.into()),
                    ])
                )
            ));
        }
    }

    /// Problems of one severity under the fix that mends them; first the one that clears most.
    fn problems(&self, locale: &Locale, severity: Severity, heading: &str, line: &mut dyn FnMut(String)) {
        let mut fixes: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for diagnostic in self.diagnostics.iter().filter(|d| d.severity == severity) {
            let told = locale.diagnostic(diagnostic);
            let mut place = diagnostic.place.clone();
            place.file = None;
            let place = place.to_string();
            let shown = if place.is_empty() { told.message } else { format!("{place}: {}", told.message) };
            fixes.entry((told.hint, diagnostic.code.clone())).or_default().push(shown);
        }
        if fixes.is_empty() {
            return;
        }
        line(String::new());
        let total: usize = fixes.values().map(Vec::len).sum();
        line(locale.text(heading, &args(&[("count", total.into())])));
        let mut fixes: Vec<_> = fixes.into_iter().collect();
        fixes.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
        for ((hint, _), places) in fixes {
            let more = places.len().saturating_sub(MOST_PLACES);
            for place in places.iter().take(MOST_PLACES) {
                line(format!("  • {place}"));
            }
            if more > 0 {
                line(format!("  • {}", locale.text("answer-and-more", &args(&[("count", more.into())]))));
            }
            if !hint.is_empty() {
                line(format!("    → {hint}"));
            }
        }
    }
}

fn args(facts: &[(&str, crate::diagnostic::Arg)]) -> Args {
    facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
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
