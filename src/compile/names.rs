//! The variables and functions of a template, and the names of the files that come of it.
//!
//! | in a template | is |
//! |---|---|
//! | `programme.name`, `.code`, `.funding_line`, `.disclaimer`, `.handling`, `.contact` | the configuration, in the edition's language |
//! | `period.name`, `.bare`, `.months`, `.in_months`, `.first_day`, `.last_day`; `next_period` | the period in words |
//! | `as_of`, `version`, `language` | of this edition |
//! | `edition` | the code of the country it is for; empty for the whole programme |
//! | `countries` | the countries it has pages of, each with `code`, `name`, `in_name` and `count` |
//! | `count.activities`, … | how many rows each source of a `table` has |
//! | `t("id", n=…)` | a sentence of the locale files; `country="KG"` tells it of a country |
//! | `figure("activities.total")` | a figure; `none` where nobody reported it; a second argument stands in for a figure that does not exist; `country="KG"` asks for a country's |
//! | `rows.activities`, … | the rows of each source of a `table`, by the keys of its columns |
//! | `told(["id", …])` | those of the sentences that have something to say |
//! | `components` | the components that have activities: `number` (`none` where not stated), `title`, `told`, `count` |
//! | `annex()` | the letter of the next annex: those that drop out leave no gap |
//! | `number(n)`, `words(n)`, `country("KG")` | in the edition's language |

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, context};

use super::expand::{self, Complaint, Expanded, Folder, complain};
use super::fence::unknown;
use super::markdown::plain;
use super::sources::{self, SOURCES};
use super::view::View;
use super::{Request, overrides, phrases};
use crate::config::Config;
use crate::diagnostic::{Arg, Args, Diagnostic, Place};
use crate::facts::{self, Facts};
use crate::locale::Locale;
use crate::locale::words::{Case, Gender};
use crate::period::ReportingPeriod;
use crate::recipient::{Country, Language};
use crate::templates;

/// Works out the template of the edition: `report.ru.md` where there is one, else `report.md`.
pub(super) fn expand(view: &View<'_>) -> Result<Expanded, Box<Diagnostic>> {
    let home = overrides(view.config);
    let path = format!("report/{}", view.request.report);
    let folder = Folder { path: &path, overrides: Some(&home), language: view.language().code() };
    let complaint = Complaint::default();
    let template = templates::effective(&path, Some(&home));
    expand::expand(folder, &complaint, |engine| functions(engine, view, &complaint), variables(view, &template))
}

fn variables(view: &View<'_>, template: &[(String, Cow<'static, [u8]>)]) -> Value {
    let programme = &view.config.programme;
    let span = |period: ReportingPeriod| {
        context! {
            name => view.locale.period(period),
            bare => view.locale.period_bare(period),
            months => view.locale.months(period),
            in_months => view.locale.in_months(period),
            first_day => view.locale.date(period.first_day()),
            last_day => view.locale.date(period.last_day()),
        }
    };
    // Most templates have tables of rows and speak of none; then nothing is made of the rows here.
    let names_rows = |text: &str| {
        let after = text.match_indices("rows").filter_map(|(at, word)| text.get(at + word.len()..));
        after.into_iter().any(|rest| {
            rest.starts_with('[') || rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        })
    };
    let speaks_of_rows = template.iter().any(|(_, text)| names_rows(&String::from_utf8_lossy(text)));
    let rows: BTreeMap<&str, Value> = SOURCES
        .iter()
        .filter(|_| speaks_of_rows)
        .map(|source| {
            let rows = (source.rows)(view).into_iter().map(|row| {
                let cells = row.0.iter().map(|(key, cell)| (key.replace('-', "_"), Value::from(plain(&cell.content))));
                cells.collect::<BTreeMap<String, Value>>()
            });
            (source.name, rows.map(Value::from).collect::<Vec<Value>>().into())
        })
        .collect();
    // In `rows.next_plan` a hyphen would be a minus.
    let rows: BTreeMap<String, Value> = rows.into_iter().map(|(name, rows)| (name.replace('-', "_"), rows)).collect();
    context! {
        programme => context! {
            code => programme.code.clone(),
            name => view.wording(&programme.name),
            funding_line => view.wording(&programme.funding_line),
            disclaimer => view.wording(&programme.disclaimer),
            handling => view.wording(&programme.handling),
            contact => programme.contact.clone(),
        },
        period => span(view.request.period),
        next_period => span(view.request.period.next()),
        as_of => view.locale.date(view.request.as_of),
        version => view.request.revision,
        edition => view.request.edition.clone(),
        countries => countries(view),
        count => sources::counts(view),
        components => components(view),
        language => view.language().code(),
        rows => rows,
    }
}

/// The countries that this edition has pages of.
fn countries(view: &View<'_>) -> Vec<Value> {
    let of = |country: Country| {
        let count = view.of_country(country).map(|narrowed| sources::counts(&narrowed)).unwrap_or_default();
        context! {
            code => country.to_string(),
            name => view.locale.country(country),
            in_name => view.locale.in_country(country),
            count => count,
        }
    };
    view.countries().map(of).collect()
}

/// The components that have activities, those that state none last.
fn components(view: &View<'_>) -> Vec<Value> {
    let stated: BTreeSet<(bool, Option<u32>)> =
        view.selection.done.iter().map(|c| (c.activity.component.is_none(), c.activity.component)).collect();
    let of = |(_, component): (bool, Option<u32>)| {
        let selection = view.selection.of_component(component);
        let facts = facts::gather_uncited(&selection, &view.config.programme.countries);
        let narrowed = View { selection: &selection, facts: &facts, counted: &selection, before: None, ..*view };
        context! {
            number => component.map_or_else(|| "none".to_owned(), |number| number.to_string()),
            title => view.component(component),
            told => view.locale.text("component-told", &phrases::arguments(&narrowed)),
            count => sources::counts(&narrowed),
        }
    };
    stated.into_iter().map(of).collect()
}

fn functions(engine: &mut Environment<'static>, view: &View<'_>, complaint: &Complaint) {
    // Of the whole under an empty key, and of each country.
    let mut arguments = BTreeMap::from([(String::new(), phrases::arguments(view))]);
    let mut facts = BTreeMap::from([(String::new(), view.facts.uncited())]);
    for narrowed in view.countries().filter_map(|country| view.of_country(country)) {
        let code = narrowed.country.map(|country| country.to_string()).unwrap_or_default();
        arguments.insert(code.clone(), phrases::arguments(&narrowed));
        facts.insert(code, narrowed.facts.clone());
    }
    let arguments = Arc::new(arguments);
    let (spoken, sayings, asked) = (Arc::clone(view.locale), Arc::clone(&arguments), Arc::clone(complaint));
    let locale = Arc::clone(view.locale);
    let told = Arc::clone(complaint);
    engine.add_function("t", move |id: String, given: Kwargs| {
        let arguments = of_country(&arguments, &given, &told)?;
        sentence(&locale, arguments, &told, &id, &given)
    });
    engine.add_function("told", move |ids: Vec<String>, given: Kwargs| -> Result<Vec<String>, Error> {
        let mut said = Vec::new();
        for id in ids {
            let text = sentence(&spoken, of_country(&sayings, &given, &asked)?, &asked, &id, &given)?;
            said.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
        }
        Ok(said)
    });
    let told = Arc::clone(complaint);
    engine.add_function("figure", move |name: String, otherwise: Option<Value>, given: Kwargs| {
        let facts = of_country(&facts, &given, &told)?;
        figure(facts, &told, &name, otherwise)
    });
    let letters = match view.language() {
        Language::En => "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        // Russian lists leave out Ё, З, Й and what cannot begin a word.
        Language::Ru => "АБВГДЕЖИКЛМНОПРСТУФХЦШЭЮЯ",
    };
    let next = AtomicUsize::new(0);
    engine.add_function("annex", move || {
        letters.chars().nth(next.fetch_add(1, Ordering::Relaxed)).map_or_else(String::new, |letter| letter.to_string())
    });
    let locale = Arc::clone(view.locale);
    engine.add_function("number", move |n: i64| locale.number(n));
    let locale = Arc::clone(view.locale);
    engine.add_function("words", move |n: i64| locale.words(n, Gender::Masculine, Case::Nominative));
    let locale = Arc::clone(view.locale);
    engine.add_function("country", move |code: String| {
        Country::new(&code).map_or_else(|| code.clone(), |country| locale.country(country))
    });
}

/// What is told of the country that a call names, else of the whole.
fn of_country<'t, T>(all: &'t BTreeMap<String, T>, given: &Kwargs, complaint: &Complaint) -> Result<&'t T, Error> {
    let code: Option<String> = given.get("country")?;
    let code = code.unwrap_or_default();
    all.get(&code).ok_or_else(|| {
        let known: Vec<&str> = all.keys().map(String::as_str).filter(|key| !key.is_empty()).collect();
        complain(complaint, unknown("block-country-unknown", Place::default(), &code, &known))
    })
}

/// A sentence with the report's own arguments and those given in the template.
fn sentence(
    locale: &Locale,
    arguments: &Args,
    complaint: &Complaint,
    id: &str,
    given: &Kwargs,
) -> Result<String, Error> {
    let found = if given.args().all(|name| name == "country") {
        locale.find(id, arguments)
    } else {
        let mut all = arguments.clone();
        for name in given.args().filter(|name| *name != "country") {
            let value: Value = given.get(name)?;
            let arg = i64::try_from(value.clone()).map_or_else(|_| Arg::Text(value.to_string()), Arg::Number);
            all.insert(name.to_owned(), arg);
        }
        locale.find(id, &all)
    };
    // Of two sentences of one message either may be empty.
    found
        .map(|text| text.trim_matches(' ').to_owned())
        .ok_or_else(|| complain(complaint, Diagnostic::error("sentence-unknown", Place::default()).with("found", id)))
}

fn figure(facts: &Facts, complaint: &Complaint, name: &str, otherwise: Option<Value>) -> Result<Value, Error> {
    match (facts.figures.get(name), otherwise) {
        (Some(figure), _) => Ok(figure.value.map_or_else(|| Value::from(()), Value::from)),
        (None, Some(otherwise)) => Ok(otherwise),
        (None, None) => {
            let known: Vec<&str> = facts.figures.keys().map(String::as_str).collect();
            Err(complain(complaint, unknown("figure-unknown", Place::default(), name, &known)))
        }
    }
}

/// `BOMCA9_RSG-Report_2017-Q4_v1_EN.pdf`: ASCII, so that no mail program stumbles over it.
pub(super) fn file_name(config: &Config, word: &str, request: &Request) -> String {
    let ascii = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect()
    };
    let language = request.language.code().to_uppercase();
    let revision = format!("v{}", request.revision);
    let period = request.period.to_string();
    let parts = [ascii(&config.programme.code), ascii(word), period, ascii(&request.edition), revision, language];
    let name: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.pdf", name.join("_"))
}
