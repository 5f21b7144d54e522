//! A due run into facts, documents, PDFs and deliveries.
//!
//! A report is a template: Markdown with `{{ … }}`, and blocks between three backticks for
//! tables, charts and key figures (`expand`, `markdown`, `fence`, `blocks`). What it may speak
//! of is in `view`, the sentences themselves in the locale files. [`Press::compile`] makes one
//! PDF out of rows, and is pure: the same rows, templates and as-of date give the same bytes,
//! whether they came through the inbox or straight from workbooks.

mod acronyms;
mod archive;
mod blocks;
mod burst;
mod carried;
mod cells;
mod corrections;
mod deliver;
mod entries;
mod expand;
mod fence;
mod figures;
mod glyphs;
mod inputs;
pub mod letter;
mod logos;
mod manifest;
mod markdown;
mod material;
mod names;
mod outline;
mod photos;
mod phrases;
mod press;
mod release;
mod rows;
mod scope;
mod shown;
pub mod sign_off;
mod sources;
mod spaces;
mod standing;
mod step;
mod tiles;
mod trial;
mod verify;
mod view;
mod vocabulary;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

pub use archive::{ArchiveError, cover};
pub use corrections::{FieldChange, Happened, RowChange};
pub use manifest::{Manifest, SourceMark};
pub use material::{Material, SourceFile};
pub use press::{CompiledReport, Press};
pub use release::release;
pub use scope::editions;
pub use step::{CompileError, Compiler};
pub use trial::send_trial;
pub use verify::{Difference, Verdict, is_of, verify};

use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::facts::{self, Facts};
use crate::locale::{Locale, LocaleError};
use crate::period::ReportingPeriod;
use crate::recipient::Language;
use crate::typeset::document::{Block, Cover, Document, Running, Words};
use scope::Scopes;
use shown::Shown;
use view::View;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Folder of the template below `templates/report/`.
    pub report: String,
    /// The period it speaks about.
    pub period: ReportingPeriod,
    /// Day up to which data is taken into account; nothing in the PDF is finer.
    pub as_of: NaiveDate,
    /// Language of the edition.
    pub language: Language,
    /// Burst key: empty for the whole region.
    pub edition: String,
    /// 1 for the first version, higher for a correction.
    pub revision: u32,
}

/// A report as a document, not yet set.
#[derive(Debug)]
pub struct Drafted {
    /// The document, unless its template is at fault.
    pub document: Option<Document>,
    /// The figures it states.
    pub facts: Facts,
    /// ASCII name for the archive and the attachment.
    pub file_name: String,
    /// The columns of the workbooks that it prints.
    shown: Shown,
}

/// Where the home may override templates, locales, theme and fonts.
#[must_use]
pub fn overrides(config: &Config) -> PathBuf {
    config.at_home(std::path::Path::new("templates"))
}

/// Reads the sentences of a language with the home's own laid over them.
///
/// # Errors
/// A file of the home that is not well-formed Fluent.
pub fn locale(config: &Config, language: Language) -> Result<Locale, Box<Diagnostic>> {
    Locale::load(language, Some(&overrides(config))).map_err(|LocaleError { file, problem }| {
        Box::new(Diagnostic::error("locale-unreadable", Place::file(file)).with("problem", problem))
    })
}

/// Makes the document of a report, without setting it.
///
/// The diagnostics are those of the template and of the sums; what is amiss in the workbooks
/// has been told when they were read, and what is amiss between them is in the report. Where
/// the template is at fault there is no document.
#[must_use]
pub fn draft(config: &Config, locale: &Arc<Locale>, material: &Material, request: &Request) -> Checked<Drafted> {
    let material = material.clone().for_period(request.period);
    let prepared = Prepared::new(config, &material, request.period, request.as_of);
    prepared.draft(locale, request)
}

/// The rows of a period, sorted and counted once for all editions.
#[derive(Debug)]
pub struct Prepared<'m> {
    config: &'m Config,
    material: &'m Material,
    scopes: Scopes<'m>,
    photos: photos::Photos,
    logos: logos::Logos,
    problems: Vec<Diagnostic>,
    /// Sums of ours do not agree: no report goes out.
    disagrees: bool,
}

impl<'m> Prepared<'m> {
    /// Sorts and counts `material`, which is that of the period ([`Material::for_period`]).
    #[must_use]
    pub fn new(config: &'m Config, material: &'m Material, period: ReportingPeriod, as_of: NaiveDate) -> Self {
        let mut scopes = Scopes::new(config, material, period, as_of);
        let photos = photos::prepare(material);
        let amiss = photos::problems(material, &photos, &scopes.region.selection.done);
        scopes.region.selection.diagnostics.extend(amiss);
        let (selection, facts) = (&scopes.region.selection, &scopes.region.facts);
        let mut problems: Vec<Diagnostic> = selection.diagnostics.clone();
        problems.extend(scope::unknown_figures(config, facts));
        // A fault of ours: the figures are counted from the same rows. No report goes out with it.
        let disagreements = facts::reconcile(selection, facts, &material.past);
        problems.extend(disagreements.iter().map(|disagreement| {
            let problem = Diagnostic::error("figures-disagree", Place::default());
            problem.with("rule", disagreement.rule).with("detail", disagreement.to_string())
        }));
        let disagrees = !disagreements.is_empty();
        let logos = logos::Logos::load(config);
        problems.extend(logos.problems.iter().cloned());
        Self { config, material, scopes, photos, logos, problems, disagrees }
    }

    /// The figures of the whole programme.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.scopes.region.facts
    }

    /// The document of an edition; see [`draft`].
    #[must_use]
    pub fn draft(&self, locale: &Arc<Locale>, request: &Request) -> Checked<Drafted> {
        let (config, facts) = (self.config, self.facts());
        let mut problems = self.problems.clone();
        let shown = Shown::default();
        let view = View::new(config, locale, request, self.material, &self.scopes, &self.photos, &shown);
        if view.is_none() {
            let known = editions(config);
            let known: Vec<&str> = known.iter().map(String::as_str).filter(|key| !key.is_empty()).collect();
            problems.push(fence::unknown("edition-unknown", Place::default(), &request.edition, &known));
        }
        let assembled = view.filter(|_| !self.disagrees).and_then(|view| assemble(&view, &mut problems));
        let (document, file_name) = match assembled {
            Some((mut document, word)) => {
                document.cover.logos = self.logos.of(request.language);
                (Some(document), names::file_name(config, &word, request))
            }
            None => (None, names::file_name(config, &request.report, request)),
        };
        Checked { output: Drafted { document, facts: facts.clone(), file_name, shown }, diagnostics: problems }
    }
}

/// Template into document, and the word for the file's name.
fn assemble(view: &View<'_>, problems: &mut Vec<Diagnostic>) -> Option<(Document, String)> {
    let expanded = match names::expand(view) {
        Ok(expanded) => expanded,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    let (pieces, found) = markdown::read(&expanded);
    let mut faults = found;
    let (mut cover, mut word) = (Cover::default(), view.request.report.clone());
    let mut blocks: Vec<Block> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    let mut acronyms_at: Option<(usize, Place)> = None;
    for piece in pieces {
        match piece {
            markdown::Piece::Block(block, place) => {
                blocks.push(block);
                places.push(place);
            }
            markdown::Piece::Fence(fence) => match blocks::make(view, &fence, &mut faults) {
                blocks::Made::Cover(made, file_word) => {
                    cover = *made;
                    word = file_word.unwrap_or(word);
                }
                blocks::Made::Acronyms => acronyms_at = Some((blocks.len(), fence.place.clone())),
                blocks::Made::Blocks(made) => {
                    places.extend(made.iter().map(|_| fence.place.clone()));
                    blocks.extend(made);
                }
            },
        }
    }
    if let Some((at, place)) = acronyms_at
        && let Some(list) = acronyms::list(view, &blocks)
    {
        blocks.insert(at, list);
        places.insert(at, place);
    }
    outline::settle(&mut blocks, &places, &mut faults);
    let refused = faults.iter().any(Diagnostic::is_error);
    problems.append(&mut faults);
    if refused {
        return None;
    }
    let title =
        if cover.period.is_empty() { cover.title.clone() } else { format!("{}, {}", cover.title, cover.period) };
    let version = view.locale.text("running-foot", &phrases::arguments(view));
    let document = Document {
        title: title.replace('\u{a0}', " "),
        language: view.language(),
        author: view.wording(&view.config.programme.name),
        subject: view.locale.months(view.request.period).replace('\u{a0}', " "),
        running: Running {
            head: view.config.programme.code.clone(),
            foot: version,
            funding: view.wording(&view.config.programme.funding_line),
            mark: cover.mark.clone(),
        },
        words: Words {
            page_of: view.word("page-of"),
            continued: view.word("table-continued"),
            contents: view.word("contents"),
        },
        cover,
        blocks,
    };
    Some((document, word))
}

/// The text with its first letter made a capital.
fn capital(text: &str) -> String {
    crate::locale::words::capitalised(text)
}

#[cfg(test)]
mod tests;
