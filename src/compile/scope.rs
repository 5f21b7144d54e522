//! Whose rows are told: those of the whole programme, or of one country; with their figures, and
//! those of the period before.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Material;
use crate::config::{Config, Indicator};
use crate::diagnostic::{Diagnostic, Place};
use crate::facts::{self, Facts, Formula, Selection};
use crate::locale::country_names;
use crate::period::ReportingPeriod;
use crate::recipient::Country;
use crate::record::Entry;

/// Rows that belong together, and what they come to.
#[derive(Clone, Debug)]
pub(super) struct Scope<'m> {
    pub(super) selection: Selection<'m>,
    pub(super) facts: Facts,
    /// The period before; `None` where nothing of it is known.
    pub(super) before: Option<Before<'m>>,
}

/// The period before the one that is reported.
#[derive(Clone, Debug)]
pub(super) struct Before<'m> {
    pub(super) selection: Selection<'m>,
    pub(super) facts: Facts,
}

/// The programme's rows, and each country's.
#[derive(Clone, Debug)]
pub(super) struct Scopes<'m> {
    pub(super) region: Scope<'m>,
    pub(super) countries: BTreeMap<Country, Scope<'m>>,
}

impl<'m> Scopes<'m> {
    /// Sorts `material`, which is that of the period, by whom it concerns.
    pub(super) fn new(config: &Config, material: &'m Material, period: ReportingPeriod, as_of: NaiveDate) -> Self {
        let selection = facts::select(&material.entries, period, as_of);
        let countries = &config.programme.countries;
        let before = (!material.earlier.is_empty()).then(|| {
            let selection = facts::select(&material.earlier, period.previous(), as_of);
            let facts = facts::gather_uncited(&selection, countries);
            Before { selection, facts }
        });
        let mut selection = match &before {
            Some(before) => selection.following(&before.selection),
            None => selection,
        };
        let mut facts = facts::gather(&selection, countries);
        facts::add_up(&mut facts, &material.past);
        let then = before.as_ref().map(|before| &before.selection);
        let formulas: Vec<Formula> = config.programme.indicators.iter().map(formula).collect();
        let contradictions = facts::stated(&selection, then, &facts, &formulas, material.held.is_empty());
        selection.diagnostics.extend(contradictions);
        selection.diagnostics.extend(total_lines(material, &selection));
        let region = Scope { selection, facts, before };
        let countries = countries.iter().map(|country| (*country, region.of(*country))).collect();
        Self { region, countries }
    }
}

impl<'m> Scope<'m> {
    fn of(&self, country: Country) -> Self {
        let names = country_names(country);
        let narrowed = |selection: &Selection<'m>| {
            let selection = selection.of_country(country, &names);
            let facts = facts::gather_uncited(&selection, &[country]);
            (selection, facts)
        };
        let (selection, facts) = narrowed(&self.selection);
        let before = self.before.as_ref().map(|before| {
            let (selection, facts) = narrowed(&before.selection);
            Before { selection, facts }
        });
        Self { selection, facts, before }
    }
}

fn formula(indicator: &Indicator) -> Formula {
    Formula { code: indicator.code.clone(), counts: indicator.counts.clone() }
}

/// R11: a total line of the budget that its lines do not make. The intake remarks on any such
/// line of any sheet; in a budget it is a contradiction between figures that are printed.
fn total_lines(material: &Material, selection: &Selection<'_>) -> Vec<Diagnostic> {
    let of_budget = |told: &&Diagnostic| {
        told.code == "total-differs"
            && selection.budget.iter().any(|(entry, _)| {
                told.place.file.as_deref() == Some(&entry.origin.file)
                    && told.place.sheet.as_deref() == Some(&entry.origin.sheet)
            })
    };
    let of_files = material.files.iter().flat_map(|file| &file.diagnostics);
    let raised = |told: &Diagnostic| Diagnostic {
        args: told.args.clone(),
        ..Diagnostic::error("budget-total-differs", told.place.clone())
    };
    of_files.filter(of_budget).map(raised).collect()
}

/// Figures that indicators are said to count and that there are none of.
pub(super) fn unknown_figures(config: &Config, facts: &Facts) -> Vec<Diagnostic> {
    // These have a figure only for what somebody named.
    const OPEN: [&str; 5] = [
        "activities.by_component.",
        "activities.held_in.",
        "activities.involving.",
        "participants.from.",
        "equipment.value_eur_in.",
    ];
    let known: Vec<&str> = facts.figures.keys().map(String::as_str).collect();
    let unknown = |indicator: &&Indicator| {
        !facts.figures.contains_key(&indicator.counts) && !OPEN.iter().any(|open| indicator.counts.starts_with(open))
    };
    let tell = |indicator: &Indicator| {
        let place = Place::file("config/rapporteur.toml");
        super::fence::unknown("figure-unknown", place, &indicator.counts, &known)
    };
    config.programme.indicators.iter().filter(unknown).map(tell).collect()
}

/// The editions that a report can be burst into: the whole region (an empty key), and one for
/// each country of the programme.
#[must_use]
pub fn editions(config: &Config) -> Vec<String> {
    let countries = config.programme.countries.iter().map(ToString::to_string);
    std::iter::once(String::new()).chain(countries).collect()
}

impl Scopes<'_> {
    /// The rows that an edition prints, the whole's or a country's, in the order of file, sheet and
    /// row; only these may travel with it. Rows of the neighbouring periods that it compares with or
    /// foresees are among them.
    pub(super) fn printed(&self, material: &Material, country: Option<Country>) -> Vec<Entry> {
        let scope = match country {
            None => Some(&self.region),
            Some(country) => self.countries.get(&country),
        };
        let Some(scope) = scope else { return Vec::new() };
        scope.printed(material, country)
    }
}

impl Scope<'_> {
    fn printed(&self, material: &Material, country: Option<Country>) -> Vec<Entry> {
        let shown = |entry: &Entry| match &entry.record {
            // An activity of several countries tells each country of its own people.
            crate::record::Record::Participants(row) => country.is_none_or(|own| row.country == Some(own)),
            _ => true,
        };
        let wanted = self.selection.origins();
        let plan = self.before.iter().flat_map(|before| before.selection.plan.iter().map(|(entry, _)| *entry));
        let points = self.selection.points.iter().map(|point| point.entry);
        let earlier = plan.chain(points);
        let key = |entry: &Entry| (entry.origin.file.clone(), entry.origin.sheet.clone(), entry.origin.row);
        let mut entries: BTreeMap<_, Entry> = material
            .entries
            .iter()
            .filter(|entry| wanted.contains(&entry.origin.place()) && shown(entry))
            .map(|entry| (key(entry), entry.clone()))
            .collect();
        entries.extend(earlier.map(|entry| (key(entry), entry.clone())));
        entries.into_values().collect()
    }
}
