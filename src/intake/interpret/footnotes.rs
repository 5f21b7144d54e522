//! Notes on cells: read as footnotes to what the row tells.

use super::headings::Heading;
use super::pass::SheetContext;
use super::row::MOST_CHARACTERS;
use super::text::{excerpt, paragraphs};
use crate::cell::CellRef;
use crate::diagnostic::Diagnostic;
use crate::record::Record;

/// Adds the notes on a row's cells to its narrative, and says of each what became of it. Notes on columns that
/// are not read are not read either.
pub(super) fn add(
    ctx: &SheetContext<'_>,
    row: u32,
    comments: &[(u32, String)],
    record: &mut Record,
) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for (column, text) in comments {
        let Some(heading) = ctx.table.heading(*column) else { continue };
        let text = paragraphs(text);
        let place = ctx.place().at(CellRef::new(row, *column));
        let (narrative, home) = match record {
            Record::Activities(activity) => (&mut activity.summary, Heading::Summary),
            Record::Equipment(item) => (&mut item.purpose, Heading::Purpose),
            _ => {
                told.push(Diagnostic::info("comment-not-read", place).with("found", excerpt(&text)));
                continue;
            }
        };
        let footnote = match heading == home {
            true => format!("* {text}"),
            false => format!("* {}: {text}", called(heading, &text)),
        };
        let length = narrative.as_deref().map_or(0, |text| text.chars().count()) + footnote.chars().count();
        if is_personal(&text) || length > MOST_CHARACTERS {
            told.push(Diagnostic::info("comment-not-read", place).with("found", excerpt(&text)));
            continue;
        }
        *narrative = Some(match narrative.take() {
            Some(words) => format!("{words}\n{footnote}"),
            None => footnote,
        });
        told.push(
            Diagnostic::info("comment-as-footnote", place)
                .with("found", excerpt(&text))
                .with("heading", home.english())
                .with("heading-ru", home.russian()),
        );
    }
    told
}

/// A heading in the language of the note.
fn called(heading: Heading, text: &str) -> &'static str {
    let is_cyrillic = text.chars().any(|letter| ('\u{400}'..='\u{52F}').contains(&letter));
    if is_cyrillic { heading.russian() } else { heading.english() }
}

/// Addresses and telephone numbers are nothing for a report.
fn is_personal(text: &str) -> bool {
    let mut digits = 0;
    let long = text.chars().any(|letter| {
        digits = match letter {
            '0'..='9' => digits + 1,
            ' ' | '\u{a0}' | '-' | '(' | ')' => digits,
            _ => 0,
        };
        digits >= 9
    });
    long || text.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_personal_and_figures_are_not() {
        for text in ["ask focal@example.org", "тел. +996 (312) 00-00-00", "0700 000 000"] {
            assert!(is_personal(text), "{text}");
        }
        for text in ["12 of 24, in 2017 and 2018", "EUR 49 977.89", "7–9 ноября 2017 г."] {
            assert!(!is_personal(text), "{text}");
        }
    }
}
