//! The programme's logos: files of the templates folder, and what is amiss with them.

use std::fs;
use std::sync::Arc;

use super::overrides;
use crate::config::{self, Config, Wording};
use crate::diagnostic::{Diagnostic, Place};
use crate::gallery;
use crate::logo::{self, Drawn, Fault, Flaw, LARGEST};
use crate::recipient::Language;
use crate::templates;
use crate::typeset::document::CoverLogo;

/// Below the templates folder.
const FOLDER: &str = "logos";

/// The logos of the covers, read once for all editions.
#[derive(Debug, Default)]
pub(super) struct Logos {
    drawn: Vec<(Language, CoverLogo)>,
    /// What is not printed, or not as it was drawn.
    pub(super) problems: Vec<Diagnostic>,
}

/// A logo's file for a language, `partner.ru.svg` before `partner.svg`, if it is there and of a
/// size to be read.
enum File {
    Here(String, Vec<u8>),
    TooLarge(String),
    Nowhere,
}

impl Logos {
    /// Those of the programme. One that cannot be printed is left out and told.
    pub(super) fn load(config: &Config) -> Self {
        let mut logos = Self::default();
        for logo in &config.programme.logos {
            for &language in &config.programme.languages {
                let at_line = Place::text("config/rapporteur.toml", logo.line, 1);
                let told = |code: &str, place| Diagnostic::warning(code, place).with("logo", logo.file.as_str());
                if !gallery::is_plain(&logo.file) {
                    logos.tell(told("logo-not-a-name", at_line));
                    continue;
                }
                let (path, bytes) = match file(config, logo, language) {
                    File::Here(path, bytes) => (path, bytes),
                    File::TooLarge(path) => {
                        logos.tell(told("logo-too-large", Place::file(format!("templates/{path}"))));
                        continue;
                    }
                    File::Nowhere => {
                        logos.tell(told("logo-missing", at_line));
                        continue;
                    }
                };
                let told = |flaw: &Flaw| tell(&path, flaw);
                match logo::read(&bytes) {
                    Ok(Drawn { logo: drawn, remark }) => {
                        remark.iter().for_each(|flaw| logos.tell(told(flaw)));
                        let alt = worded(&logo.alt, language);
                        logos.drawn.push((language, CoverLogo { logo: Arc::new(drawn), alt, is_donor: logo.donor }));
                    }
                    Err(flaw) => logos.tell(told(&flaw)),
                }
            }
        }
        logos
    }

    /// Those of a report in a language.
    pub(super) fn of(&self, language: Language) -> Vec<CoverLogo> {
        self.drawn.iter().filter(|(own, _)| *own == language).map(|(_, logo)| logo.clone()).collect()
    }

    /// The languages mostly share a file: what is amiss with it is told once.
    fn tell(&mut self, problem: Diagnostic) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

fn tell(path: &str, flaw: &Flaw) -> Diagnostic {
    let (code, found) = match &flaw.fault {
        Fault::Unknown => ("logo-unknown", ""),
        Fault::Broken(problem) => ("logo-broken", problem.as_str()),
        Fault::TooLarge => ("logo-too-large", ""),
        Fault::TooComplex => ("logo-too-complex", ""),
        Fault::Text => ("logo-text", ""),
        Fault::Image => ("logo-image", ""),
        Fault::External(link) => ("logo-external", link.as_str()),
        Fault::Effect(name) => ("logo-effect", name.as_str()),
        Fault::Empty => ("logo-empty", ""),
        Fault::Gradient => ("logo-gradient", ""),
    };
    let place = Place::text(format!("templates/{path}"), flaw.line, flaw.column);
    let name = path.rsplit('/').next().unwrap_or(path);
    Diagnostic::warning(code, place).with("logo", name).with("found", found)
}

fn worded(wording: &Wording, language: Language) -> String {
    wording.get(&language).or_else(|| wording.values().next()).cloned().unwrap_or_default()
}

/// The files of the programme's logos as they are in force: what a report was made of.
pub(super) fn files(config: &Config) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for logo in config.programme.logos.iter().filter(|logo| gallery::is_plain(&logo.file)) {
        for &language in &config.programme.languages {
            if let File::Here(path, bytes) = file(config, logo, language)
                && !found.iter().any(|(known, _)| *known == path)
            {
                found.push((path, bytes));
            }
        }
    }
    found
}

fn file(config: &Config, logo: &config::Logo, language: Language) -> File {
    let folder = overrides(config);
    let own = logo.file.rsplit_once('.').map(|(stem, ending)| format!("{stem}.{}.{ending}", language.code()));
    for name in own.iter().chain([&logo.file]) {
        let path = format!("{FOLDER}/{name}");
        let size = fs::metadata(folder.join(&path)).map_or(0, |found| found.len());
        if size > LARGEST {
            return File::TooLarge(path);
        }
        if let Some(bytes) = templates::bytes(&path, Some(&folder)) {
            return File::Here(path, bytes.into_owned());
        }
    }
    File::Nowhere
}
