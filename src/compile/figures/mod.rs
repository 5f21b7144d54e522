//! Fenced blocks that draw: one file for each kind.
//!
//! Each makes plain data out of the rows that count, words for it, and the same in words for
//! those who cannot see it. A title, a subtitle and a source line that the template does not
//! give are the figure's own: the finding, what is measured, and how much was reported.

pub(super) mod bars;
mod calendar;
mod map;
mod matrix;
mod outlines;
mod progress;
mod spent;
mod stacked;
pub(super) mod strip;
mod timeline;

pub(super) use matrix::key as risk_key;

use super::fence::{Fence, Options};
use super::view::{View, clean, quiet};
use crate::diagnostic::{Args, Diagnostic};
use crate::record::Sheet;
use crate::typeset::document::{Block, Figure};
use crate::typeset::drawing::Drawing;

/// The words of the blocks that draw.
pub(super) const WORDS: [&str; 8] = ["bars", "calendar", "map", "stacked", "matrix", "progress", "spent", "timeline"];

/// Makes a fence into a figure, or into a sentence where there is nothing to draw.
pub(super) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    if let Some((sheet, keys)) = told_of(&fence.word) {
        view.shown.note(sheet, keys.iter().copied());
    }
    match fence.word.as_str() {
        "map" => map::make(view, fence, problems),
        "stacked" => stacked::make(view, fence, problems),
        "matrix" => matrix::make(view, fence, problems),
        "progress" => progress::make(view, fence, problems),
        "timeline" => timeline::make(view, fence, problems),
        "calendar" => calendar::make(view, fence, problems),
        "spent" => spent::make(view, fence, problems),
        _ => bars::make(view, fence, problems),
    }
}

/// What a figure tells of single rows, by the keys of their columns; sums are no rows.
fn told_of(word: &str) -> Option<(Sheet, &'static [&'static str])> {
    Some(match word {
        "map" => (Sheet::Activities, &["place"]),
        "timeline" => (Sheet::Activities, &["id", "title", "dates", "host", "scope"]),
        "calendar" => (Sheet::Plan, &["title", "type", "dates", "countries"]),
        "matrix" => (Sheet::Risks, &["risk", "likelihood", "impact"]),
        "progress" => (Sheet::Indicators, &["code", "indicator", "unit", "baseline", "target", "current"]),
        "spent" => (Sheet::Budget, &["heading", "budget", "to-date", "committed"]),
        _ => return None,
    })
}

/// Options that every figure has, and `more`.
fn options(fence: &Fence, more: &[&str], problems: &mut Vec<Diagnostic>) -> Options {
    let known: Vec<&str> = more.iter().copied().chain(["title", "subtitle", "note", "empty"]).collect();
    fence.options(&known, problems)
}

/// What stands over and under a figure.
struct Caption {
    title: String,
    subtitle: String,
    source: String,
    /// The sentence in place of a figure without anything to draw.
    empty: String,
}

impl Caption {
    /// As the template has it; what it leaves out are the sentences `<word>-finding`,
    /// `<word>-measure` and `<word>-source` with the figure's own arguments.
    fn of(view: &View<'_>, options: &mut Options, word: &str, args: &Args) -> Self {
        let mut text = |option: &str, part: &str| {
            let own = || view.locale.text(&format!("{word}-{part}"), args);
            clean(&options.text(option).unwrap_or_else(own))
        };
        let (title, subtitle) = (text("title", "finding"), text("subtitle", "measure"));
        let notes: Vec<String> = options.all("note").iter().map(|note| clean(note)).collect();
        let source =
            if notes.is_empty() { clean(&view.locale.text(&format!("{word}-source"), args)) } else { notes.join(" ") };
        let empty = options.text("empty").unwrap_or_else(|| view.word("nothing-to-show"));
        Self { title, subtitle, source, empty: clean(&empty) }
    }

    /// The figure, with `told` after its title for those who cannot see it.
    fn figure(self, told: &str, drawing: Drawing) -> Block {
        let alt = format!("{}. {} {told}", self.title, self.subtitle_sentence());
        let Self { title, subtitle, source, .. } = self;
        Block::Figure(Figure { title, subtitle, source, alt: clean(alt.trim()), drawing })
    }

    fn subtitle_sentence(&self) -> String {
        if self.subtitle.is_empty() { String::new() } else { format!("{}.", self.subtitle) }
    }

    /// The sentence in its place.
    fn nothing(self) -> Vec<Block> {
        vec![Block::Note(vec![quiet(self.empty)])]
    }
}

/// Arguments of a sentence.
fn args<const N: usize>(pairs: [(&str, crate::diagnostic::Arg); N]) -> Args {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
