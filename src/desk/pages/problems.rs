//! What is wrong with a workbook, cell by cell: a list that the page of a file and the page of a drop share.

use maud::{Markup, html};

use crate::desk::words::Words;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// Errors first, then what is worth a second look, then what was assumed; nothing where there is nothing.
pub(super) fn list(words: &Words<'_>, diagnostics: &[Diagnostic]) -> Markup {
    html! {
        ol.problems {
            @for diagnostic in diagnostics { (line(words, diagnostic)) }
        }
    }
}

fn line(words: &Words<'_>, diagnostic: &Diagnostic) -> Markup {
    let told = words.locale().diagnostic(diagnostic);
    // The file is the page's title.
    let place = Place { file: None, ..diagnostic.place.clone() }.to_string();
    let (class, id) = match diagnostic.severity {
        Severity::Error => ("bad", "error"),
        Severity::Warning => ("careful", "warning"),
        Severity::Info => ("quiet", "info"),
    };
    html! {
        li {
            div {
                @if place.is_empty() { span.cell { (words.t("desk-problem-whole-file")) } } @else { span.cell { (place) } }
            }
            div {
                p { span class=(format!("state {class}")) { (words.t(&format!("desk-problem-{id}"))) } " " (sentence(&told.message)) }
                @if !told.hint.is_empty() { p.hint { (sentence(&told.hint)) } }
            }
        }
    }
}

/// A message as a sentence of its own: it begins with a capital.
fn sentence(message: &str) -> Markup {
    quoted(&crate::locale::words::capitalised(message))
}

/// What was typed stands between grave accents, and is set as such.
pub(super) fn quoted(message: &str) -> Markup {
    let pieces: Vec<&str> = message.split('`').collect();
    // An accent that nobody closes is one that was typed.
    let is_paired = pieces.len() % 2 == 1;
    html! {
        @if is_paired {
            @for (place, piece) in pieces.iter().enumerate() {
                @if place % 2 == 1 { code { (piece) } } @else { (piece) }
            }
        } @else { (message) }
    }
}
