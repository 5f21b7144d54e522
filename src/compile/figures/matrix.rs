//! The risks by likelihood and impact.

use super::super::fence::Fence;
use super::super::view::{View, clean};
use super::{Caption, args, options};
use crate::diagnostic::Diagnostic;
use crate::typeset::document::Block;
use crate::typeset::drawing::{Drawing, Mark, Matrix};

/// What the table of risks calls the `at`th of them.
pub(in crate::compile) fn key(at: usize) -> String {
    format!("R{}", at + 1)
}

/// Every risk of the period in its cell.
pub(super) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    let mut options = options(fence, &[], problems);
    let risks: Vec<Mark> = view
        .selection
        .risks
        .iter()
        .enumerate()
        .map(|(at, (_, risk))| Mark {
            key: key(at),
            text: clean(&risk.risk),
            likelihood: risk.likelihood,
            impact: risk.impact,
        })
        .collect();
    let level = |risk: &Mark| crate::typeset::figure::risk_level(risk.likelihood, risk.impact);
    let serious = risks.iter().filter(|risk| level(risk) >= 2).count();
    let sentence = args([("total", risks.len().into()), ("serious", serious.into())]);
    let caption = Caption::of(view, &mut options, "matrix", &sentence);
    if risks.is_empty() {
        return caption.nothing();
    }
    let words = |kind: &str| std::array::from_fn(|at| view.word(&format!("{kind}-{}", at + 1)));
    let levels = ["low", "middle", "high", "very-high"].map(|level| view.word(&format!("risk-level-{level}")));
    let (rows, columns): ([String; 5], [String; 5]) = (words("likelihood"), words("impact"));
    let told: Vec<String> = risks
        .iter()
        .map(|risk| {
            let word =
                |words: &[String; 5], n: u8| words.get(usize::from(n).saturating_sub(1)).cloned().unwrap_or_default();
            view.locale.text(
                "matrix-told",
                &args([
                    ("key", risk.key.as_str().into()),
                    ("risk", risk.text.as_str().into()),
                    ("likelihood", word(&rows, risk.likelihood).into()),
                    ("impact", word(&columns, risk.impact).into()),
                    ("level", levels.get(level(risk)).cloned().unwrap_or_default().into()),
                ]),
            )
        })
        .collect();
    let matrix = Matrix {
        likelihood: view.word("matrix-likelihood"),
        impact: view.word("matrix-impact"),
        rows,
        columns,
        levels,
        risks,
    };
    vec![caption.figure(&told.join(" "), Drawing::Matrix(Box::new(matrix)))]
}
