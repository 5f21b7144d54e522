//! Everything a template may speak of, in one language.

use crate::config::{Config, Wording};
use crate::diagnostic::{Args, Diagnostic, Severity};
use crate::facts::{Facts, Selection};
use crate::locale::Locale;
use crate::readiness::Gap;
use crate::recipient::{Country, Language};
use crate::store::HeldRow;
use crate::typeset::document::{Inline, Style};

use super::photos::Photos;
use super::scope::{Before, Scopes};
use super::shown::Shown;
use super::{Material, Request, SourceFile};

/// What a report is compiled from, and how its reader reads.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) config: &'a Config,
    pub(super) locale: &'a std::sync::Arc<Locale>,
    pub(super) request: &'a Request,
    pub(super) material: &'a Material,
    /// The rows that are printed: all, or those of a country.
    pub(super) selection: &'a Selection<'a>,
    /// The figures that are told: of the whole programme, or of a country.
    pub(super) facts: &'a Facts,
    /// The rows those figures were counted from. A country's edition prints its own rows beside
    /// the figures of the whole.
    pub(super) counted: &'a Selection<'a>,
    /// The period before, of the same whole or country.
    pub(super) before: Option<&'a Before<'a>>,
    /// Rows of the period before that may be printed beside these: of the same whole or country.
    pub(super) earlier: Option<&'a Selection<'a>>,
    /// The country, where only its rows are printed.
    pub(super) country: Option<Country>,
    pub(super) scopes: &'a Scopes<'a>,
    pub(super) photos: &'a Photos,
    /// What has been printed so far.
    pub(super) shown: &'a Shown,
}

impl<'a> View<'a> {
    /// Everything that an edition speaks of: the figures are the whole programme's, the rows
    /// those of its country, if it has one. `None` where the programme has no such country.
    pub(super) fn new(
        config: &'a Config,
        locale: &'a std::sync::Arc<Locale>,
        request: &'a Request,
        material: &'a Material,
        scopes: &'a Scopes<'a>,
        photos: &'a Photos,
        shown: &'a Shown,
    ) -> Option<Self> {
        let region = &scopes.region;
        let country = Country::new(&request.edition);
        let printed = match country {
            Some(country) => scopes.countries.get(&country)?,
            None if request.edition.is_empty() => region,
            None => return None,
        };
        Some(Self {
            config,
            locale,
            request,
            material,
            selection: &printed.selection,
            facts: &region.facts,
            counted: &region.selection,
            before: region.before.as_ref(),
            earlier: printed.before.as_ref().map(|before| &before.selection),
            country,
            scopes,
            photos,
            shown,
        })
    }

    /// The same, narrowed to the rows and figures of a country. `None` where the edition has no
    /// rows of it.
    pub(super) fn of_country(&self, country: Country) -> Option<Self> {
        let only = Country::new(&self.request.edition);
        let scope = self.scopes.countries.get(&country).filter(|_| only.is_none_or(|only| only == country))?;
        Some(Self {
            selection: &scope.selection,
            facts: &scope.facts,
            counted: &scope.selection,
            before: scope.before.as_ref(),
            earlier: scope.before.as_ref().map(|before| &before.selection),
            country: Some(country),
            ..*self
        })
    }

    /// The countries that this edition has pages of, in the programme's order.
    pub(super) fn countries(&self) -> impl Iterator<Item = Country> + use<'a> {
        let only = Country::new(&self.request.edition);
        let (order, scopes) = (&self.config.programme.countries, self.scopes);
        let shown = order.iter().copied().filter(move |country| only.is_none_or(|only| only == *country));
        shown.filter(|country| scopes.countries.contains_key(country))
    }

    /// The files that the printed rows come from; in a report on everything, all of the period.
    pub(super) fn files(&self) -> Vec<&'a SourceFile> {
        let origins = self.country.map(|_| self.selection.origins());
        let speaks = |file: &&SourceFile| {
            let name = file.summary.file.as_str();
            origins.as_ref().is_none_or(|origins| origins.iter().any(|(file, _, _)| *file == name))
        };
        self.material.files.iter().filter(speaks).collect()
    }

    /// What contributors owe and have not sent; in a country's own edition those of the country.
    pub(super) fn gaps(&self) -> impl Iterator<Item = &'a Gap> {
        let country = self.request.edition.as_str();
        self.material
            .gaps
            .iter()
            .filter(move |gap| country.is_empty() || gap.country.is_none_or(|of| of.code() == country))
    }

    /// Rows that were held, of the files that this edition has rows of.
    pub(super) fn held(&self) -> Vec<&'a HeldRow> {
        let files = self.country.map(|_| self.files());
        let ours = |row: &&HeldRow| files.as_ref().is_none_or(|files| files.iter().any(|f| f.summary.file == row.file));
        self.material.held.iter().filter(ours).collect()
    }

    /// The language of the edition.
    pub(super) fn language(&self) -> Language {
        self.locale.language()
    }

    /// A wording of the configuration in the edition's language, else in any it was given in.
    pub(super) fn wording(&self, wording: &Wording) -> String {
        wording.get(&self.language()).or_else(|| wording.values().next()).cloned().unwrap_or_default()
    }

    /// A fixed string.
    pub(super) fn word(&self, id: &str) -> String {
        self.locale.word(id)
    }

    /// The programme's title of a component, with its number.
    pub(super) fn component(&self, number: Option<u32>) -> String {
        let Some(number) = number else { return self.word("component-not-stated") };
        let known = self.config.programme.components.iter().find(|c| c.number == number);
        let args: Args = [
            ("number".to_owned(), u64::from(number).into()),
            ("title".to_owned(), known.map(|c| self.wording(&c.title)).unwrap_or_default().into()),
        ]
        .into();
        self.locale.text(if known.is_some() { "component-named" } else { "component-numbered" }, &args)
    }

    /// A name that the locale may know in the edition's language (towns, steering bodies), else
    /// as it was written.
    pub(super) fn known_name(&self, kind: &str, written: &str) -> String {
        let letter = |c: char| match c {
            c if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase()),
            ' ' | '-' => Some('-'),
            _ => None,
        };
        let id: Option<String> = kind.chars().map(Some).chain(written.trim().chars().map(letter)).collect();
        if let Some(id) = id.filter(|id| self.locale.has(id)) {
            return self.word(&id);
        }
        let town = if kind == "place-" { crate::gazetteer::find(written) } else { None };
        town.map_or(written, |town| town.name(self.language(), self.request.period.last_day())).to_owned()
    }

    /// Warnings and errors, with what they say. What was merely noted is left to the sender.
    ///
    /// A country's edition has only those that speak of rows it prints.
    pub(super) fn problems(&self) -> impl Iterator<Item = &'a Diagnostic> {
        let origins = self.country.map(|_| self.selection.origins());
        let ours = move |told: &Diagnostic| {
            let Some(origins) = &origins else { return true };
            let (Some(file), Some(sheet), Some(row)) = (&told.place.file, &told.place.sheet, told.place.row()) else {
                return false;
            };
            origins.contains(&(file.as_str(), sheet.as_str(), row.saturating_sub(1)))
        };
        let of_files = self.material.files.iter().flat_map(|f| &f.diagnostics);
        of_files
            .chain(&self.scopes.region.selection.diagnostics)
            .filter(move |told| told.severity != Severity::Info && ours(told))
    }
}

/// Grey text.
pub(super) fn quiet(text: impl Into<String>) -> Inline {
    Inline::styled(text, Style { quiet: true, ..Style::default() })
}

/// Semibold text.
pub(super) fn strong(text: impl Into<String>) -> Inline {
    Inline::styled(text, Style { strong: true, ..Style::default() })
}

/// Text with its line breaks kept.
pub(super) fn lines(text: &str) -> Vec<Inline> {
    let mut content = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !content.is_empty() {
            content.push(Inline::Break);
        }
        content.push(Inline::text(clean(line)));
    }
    content
}

/// Cell text without control characters, which no font has and no PDF likes, and with the spaces
/// that no line may end at.
pub(super) fn clean(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    super::spaces::bound(&text)
}
