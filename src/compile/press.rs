//! Theme, fonts and sentences, loaded once; and what comes off the press.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use super::manifest::Inputs;
use super::{Drafted, Material, Prepared, Request, burst, carried, glyphs, overrides};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::facts::Facts;
use crate::locale::Locale;
use crate::pdf;
use crate::portrait;
use crate::recipient::Language;
use crate::typeset;
use crate::typeset::document::Document;
use crate::typeset::fonts::Fonts;
use crate::typeset::theme::Theme;

/// A compiled edition.
#[derive(Clone, Debug)]
pub struct CompiledReport {
    /// The PDF file.
    pub pdf: Vec<u8>,
    /// Number of its pages.
    pub pages: u32,
    /// The figures it states.
    pub facts: Facts,
    /// ASCII name for the archive and the attachment.
    pub file_name: String,
    /// What the report is called, in its own language.
    pub title: String,
    /// Its first page, as a picture for a screen (SVG).
    pub cover: Option<String>,
}

/// What compiling needs beside the data; loading it takes a few milliseconds, so it is done
/// once for all editions of a run.
pub struct Press {
    theme: Theme,
    fonts: Fonts,
    locales: [Arc<Locale>; 2],
    overrides: PathBuf,
}

/// What comes off the press.
struct Printed {
    pdf: Vec<u8>,
    pages: u32,
    /// Characters that no font of the theme has.
    missing: Vec<char>,
    cover: Option<String>,
}

impl Press {
    /// Loads theme, fonts and sentences, those of the home before the embedded ones.
    ///
    /// # Errors
    /// The first file of the home that cannot be used.
    pub fn load(config: &Config) -> Result<Self, Box<Diagnostic>> {
        let folder = overrides(config);
        let theme = Theme::load(Some(&folder)).map_err(|fault| {
            let at = |n: usize| u32::try_from(n).unwrap_or(1);
            let place = Place::text("templates/theme.toml", at(fault.line), at(fault.column));
            Box::new(Diagnostic::error("theme-unreadable", place).with("problem", fault.message))
        })?;
        let fonts = Fonts::load(Some(&folder)).map_err(|fault| {
            let place = Place::file("templates/fonts");
            Box::new(Diagnostic::error("font-unusable", place).with("problem", fault.to_string()))
        })?;
        let [en, ru] = Language::ALL.map(|language| super::locale(config, language));
        Ok(Self { theme, fonts, locales: [Arc::new(en?), Arc::new(ru?)], overrides: folder })
    }

    /// The sentences of a language.
    #[must_use]
    pub fn locale(&self, language: Language) -> &Arc<Locale> {
        let [en, ru] = &self.locales;
        match language {
            Language::En => en,
            Language::Ru => ru,
        }
    }

    /// Where the home may override templates.
    #[must_use]
    pub fn overrides(&self) -> &std::path::Path {
        &self.overrides
    }

    /// Makes one edition: rows in, PDF out. Pure: the same rows, templates and as-of date give
    /// the same bytes. The rows are those of the period ([`Material::for_period`]).
    ///
    /// There is no report where the template is at fault; the diagnostics say where. Errors
    /// between rows (an activity whose sums contradict), and characters that no font has, leave a
    /// report and are told as well.
    #[must_use]
    pub fn compile(&self, config: &Config, material: &Material, request: &Request) -> Checked<Option<CompiledReport>> {
        let prepared = Prepared::new(config, material, request.period, request.as_of);
        self.edition(&prepared, &Inputs::of(config, material, &request.report), request)
    }

    /// Makes several editions of one report, period and as-of date, on so many threads: the rows
    /// are sorted and counted once. The answers come in the order of the requests.
    #[must_use]
    pub fn editions(
        &self,
        config: &Config,
        material: &Material,
        requests: &[Request],
        threads: NonZeroUsize,
    ) -> Vec<Checked<Option<CompiledReport>>> {
        let Some(first) = requests.first() else { return Vec::new() };
        let prepared = Prepared::new(config, material, first.period, first.as_of);
        burst::print(self, &prepared, &Inputs::of(config, material, &first.report), requests, threads)
    }

    /// Makes one of several editions; see [`Press::compile`].
    pub(super) fn edition(
        &self,
        prepared: &Prepared<'_>,
        inputs: &Inputs,
        request: &Request,
    ) -> Checked<Option<CompiledReport>> {
        let locale = self.locale(request.language);
        let Checked { output: Drafted { document, facts, file_name, shown }, mut diagnostics } =
            prepared.draft(locale, request);
        let Some(document) = document else { return Checked { output: None, diagnostics } };
        let attachments = carried::attachments(prepared, inputs, locale, request, &shown);
        let title = document.cover.title.clone();
        match self.print(document, attachments, request) {
            Ok(Printed { pdf, pages, missing, cover }) => {
                if !missing.is_empty() {
                    diagnostics.extend(glyphs::missing(prepared, request, &self.overrides, &missing));
                }
                let report = CompiledReport { pdf, pages, facts, file_name, title, cover };
                Checked { output: Some(report), diagnostics }
            }
            Err(problem) => {
                diagnostics.push(*problem);
                Checked { output: None, diagnostics }
            }
        }
    }

    fn print(
        &self,
        document: Document,
        attachments: Vec<pdf::Attachment>,
        request: &Request,
    ) -> Result<Printed, Box<Diagnostic>> {
        let mut layout = typeset::set(&document, &self.theme, &self.fonts);
        // What is set is not read again: of a long report it is some tens of megabytes.
        drop(document);
        let pages = u32::try_from(layout.pages.len()).unwrap_or(u32::MAX);
        let missing = std::mem::take(&mut layout.missing);
        let cover = portrait::first_page(&layout, &self.fonts);
        let info = pdf::Info { attachments, ..pdf::Info::new(request.as_of) };
        let pdf = pdf::write(layout, &self.fonts, &info).map_err(|fault| {
            Box::new(Diagnostic::error("pdf-not-written", Place::default()).with("problem", fault.to_string()))
        })?;
        Ok(Printed { pdf, pages, missing, cover })
    }
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Press").field("overrides", &self.overrides).finish_non_exhaustive()
    }
}
