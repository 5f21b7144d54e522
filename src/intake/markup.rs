//! What an answer says in a marked copy of the workbook.

use super::answer::{Answer, args};
use super::fix::{fixes, sentence};
use super::marking::remarks::{Fix, Problem, Remarks};
use crate::diagnostic::{Args, Severity};
use crate::locale::Locale;

/// Most problems that are listed and marked; nobody mends more at once.
const MOST: usize = 5_000;

impl Answer<'_> {
    /// Whether there is something to mark: a problem that has a sheet. What is wrong with a file as
    /// a whole, the answer says.
    pub(super) fn has_marks(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity != Severity::Info && d.place.sheet.is_some())
    }

    /// The sheet of a CSV, as the problems call it.
    pub(super) fn first_sheet(&self) -> Option<String> {
        self.diagnostics.iter().find_map(|d| d.place.sheet.clone())
    }

    /// The remarks, errors first, the fix that clears most rows before the others.
    pub(super) fn remarks(&self, locale: &Locale) -> Remarks {
        let say = |id: &str| locale.word(id);
        let mut left = MOST;
        let mut told = Vec::new();
        for severity in [Severity::Error, Severity::Warning] {
            for fix in fixes(self.diagnostics, severity, locale) {
                let problems: Vec<Problem> = fix
                    .problems
                    .iter()
                    .take(left)
                    .map(|(diagnostic, message)| Problem {
                        sheet: diagnostic.place.sheet.clone(),
                        cells: diagnostic.place.cells,
                        message: sentence(message, locale.language()),
                    })
                    .collect();
                left -= problems.len();
                if problems.is_empty() {
                    continue;
                }
                let rows = args(&[("rows", fix.rows.into())]);
                let clears = if fix.rows > 0 { locale.text("remarks-clears", &rows) } else { String::new() };
                told.push(Fix {
                    severity: fix.severity,
                    hint: sentence(&fix.hint, locale.language()),
                    clears,
                    problems,
                });
            }
        }
        let has = |severity| told.iter().any(|fix| fix.severity == severity);
        let errors = has(Severity::Error);
        let lead = if errors { "remarks-lead-mend" } else { "remarks-lead-check" };
        let legend = [(Severity::Error, "mend"), (Severity::Warning, "check")];
        let all = self.count(Severity::Error) + self.count(Severity::Warning);
        let more = all.saturating_sub(told.iter().map(|fix| fix.problems.len()).sum());
        Remarks {
            sheet: say("remarks-sheet"),
            title: locale.text("remarks-title", &args(&[("file", self.summary.file.as_str().into())])),
            lead: vec![self.verdict(locale), say(lead), say("remarks-lead-sheet")],
            legend: legend
                .into_iter()
                .filter(|(severity, _)| has(*severity))
                .map(|(severity, id)| (severity, say(&format!("remarks-{id}")), say(&format!("remarks-{id}.meaning"))))
                .collect(),
            heads: [say("remarks-where"), say("remarks-what")],
            more: (more > 0).then(|| locale.text("further-problems", &args(&[("count", more.into())]))),
            fixes: told,
            signature: locale.text("remarks-signature", &Args::new()),
        }
    }
}
