//! Workbooks of an invented programme: five countries and the secretariat, two quarters.
//!
//! Everything is drawn from a seeded generator, so that the demonstration is the same for
//! everybody who runs it.

mod plan;
mod secretariat;

use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use fastrand::Rng;

use super::material::{CountryRow, EquipmentRow, Material, Topic, say};
use crate::period::ReportingPeriod;
use crate::recipient::Language;
use crate::record::Sheet;
use plan::Planned;

/// What a cell is to hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Blank,
    Text(String),
    Number(f64),
    Money(f64),
    Date(NaiveDate),
}

/// A sheet of a workbook: headings by their English names, rows of as many cells.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) sheet: Sheet,
    pub(super) headings: Vec<&'static str>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A workbook to be written.
#[derive(Clone, Debug)]
pub(super) struct Book {
    pub(super) file: String,
    pub(super) language: Language,
    pub(super) pages: Vec<Page>,
}

const ACTIVITIES: [&str; 18] = [
    "ID",
    "Title",
    "Type",
    "Component",
    "Start date",
    "End date",
    "Status",
    "Place",
    "Host country",
    "Scope",
    "Countries",
    "Agencies",
    "Participants",
    "Women",
    "Men",
    "Summary",
    "Outputs",
    "Photo",
];
/// Activities that a country reports in a quarter; the secretariat reports as many for the region.
const EACH: u32 = 10;

/// The workbooks of a quarter.
pub(super) fn workbooks(period: ReportingPeriod) -> Result<Vec<Book>> {
    let text = crate::templates::text("demo/fictional/material.toml", None)
        .context("the demonstration's material is embedded")?;
    let material: Material = toml::from_str(&text).context("the demonstration's material")?;
    let mut books = Vec::new();
    for (number, country) in material.country.iter().enumerate() {
        books.push(of_country(&material, country, u64::try_from(number)?, period)?);
    }
    books.push(secretariat::book(&material, period)?);
    Ok(books)
}

fn text(value: impl Into<String>) -> Cell {
    let value = value.into();
    if value.is_empty() { Cell::Blank } else { Cell::Text(value) }
}

fn number(value: u32) -> Cell {
    Cell::Number(f64::from(value))
}

/// The `n`th of `of` working weeks of the period, begun on a Monday or Tuesday.
fn start_in(period: ReportingPeriod, n: u32, of: u32, rng: &mut Rng) -> NaiveDate {
    let span = (period.last_day() - period.first_day()).num_days() - 10;
    let mut day = period.first_day() + TimeDelta::days(span * i64::from(n) / i64::from(of) + rng.i64(0..3));
    while !matches!(day.weekday(), Weekday::Mon | Weekday::Tue) {
        day += TimeDelta::days(1);
    }
    day
}

struct Held {
    id: String,
    by: Vec<(String, String, u32, u32)>,
}

/// What, when and where: the town and its country, and who took part.
struct Event<'a> {
    topic: &'a Topic,
    id: String,
    start: NaiveDate,
    at: (&'a str, &'a str),
    countries: &'a [&'a str],
}

/// One activity as a row, and its participants by country and agency.
fn activity(material: &Material, event: Event<'_>, language: Language, rng: &mut Rng) -> (Vec<Cell>, Option<Held>) {
    let Event { topic, id, start, at, countries } = event;
    let end = start + TimeDelta::days(i64::from(topic.days) - 1);
    let pick = |rng: &mut Rng, from: &[super::material::Bilingual]| {
        from.get(rng.usize(0..from.len().max(1))).map(|t| say(t, language)).unwrap_or_default()
    };
    let summary =
        format!("{} {} {}", say(&topic.story, language), pick(rng, &material.middle), pick(rng, &material.closing));
    // Now and then nobody sends a figure, and now and then no split: the report must say so.
    let figures = rng.u32(0..10);
    let shares: Vec<_> = countries
        .iter()
        .flat_map(|country| topic.agencies.iter().map(move |agency| (*country, agency.as_str())))
        .collect();
    let people = rng.u32(topic.people[0]..=topic.people[1]).max(u32::try_from(shares.len()).unwrap_or(1));
    let women = people * rng.u32(18..46) / 100;
    let (total, split) = (figures > 0, figures > 2);
    let held = split.then(|| Held { id: id.clone(), by: share(&shares, people, women) });
    let (place, host) = at;
    // Three contributors send a photograph of one activity each.
    let is_shown = id.ends_with("04") && matches!(host, "KG" | "TM" | "UZ");
    let row = vec![
        text(id),
        text(say(&topic.title, language)),
        text(kind(&topic.kind, language)),
        number(topic.component),
        Cell::Date(start),
        Cell::Date(end),
        text(match language {
            Language::En => "Done",
            Language::Ru => "Выполнено",
        }),
        text(place),
        text(host),
        Cell::Blank,
        text(countries.join("; ")),
        text(topic.agencies.iter().map(|a| agency(a, language)).collect::<Vec<_>>().join("; ")),
        if total { number(people) } else { Cell::Blank },
        if total && split { number(women) } else { Cell::Blank },
        if total && split { number(people - women) } else { Cell::Blank },
        text(summary),
        text(say(&topic.outputs, language)),
        text(if is_shown { super::pictures::of(&topic.kind) } else { "" }),
    ];
    (row, held.filter(|_| total))
}

/// Divides people and women over the rows so that both sums come out.
fn share(rows: &[(&str, &str)], people: u32, women: u32) -> Vec<(String, String, u32, u32)> {
    let n = u32::try_from(rows.len()).unwrap_or(1).max(1);
    rows.iter()
        .zip(0u32..)
        .map(|((country, agency), i)| {
            let part = |sum: u32| sum * (i + 1) / n - sum * i / n;
            let all = part(people);
            ((*country).to_owned(), (*agency).to_owned(), all, part(women).min(all))
        })
        .collect()
}

fn kind(english: &str, language: Language) -> String {
    match (language, english) {
        (Language::En, _) => english.to_owned(),
        (_, "Workshop") => "Семинар".to_owned(),
        (_, "Training of trainers") => "Тренинг для тренеров".to_owned(),
        (_, "Training") => "Обучение".to_owned(),
        (_, "Mission") => "Миссия".to_owned(),
        (_, "Study visit") => "Учебный визит".to_owned(),
        (_, "Meeting") => "Встреча".to_owned(),
        (_, "Conference") => "Конференция".to_owned(),
        _ => "Другое".to_owned(),
    }
}

fn agency(english: &str, language: Language) -> String {
    match (language, english) {
        (Language::En, _) => english.to_owned(),
        (_, "Border service") => "Пограничная служба".to_owned(),
        (_, "Customs service") => "Таможенная служба".to_owned(),
        (_, "Migration service") => "Миграционная служба".to_owned(),
        (_, "Phytosanitary service") => "Служба фитосанитарного контроля".to_owned(),
        (_, "Veterinary service") => "Ветеринарная служба".to_owned(),
        (_, "Ministry of Foreign Affairs") => "Министерство иностранных дел".to_owned(),
        (_, "Border agency training centre") => "Учебный центр пограничного ведомства".to_owned(),
        (_, other) => other.to_owned(),
    }
}

/// The topic of a country's `n`th activity of a quarter.
fn topic_of(material: &Material, n: u32, nth: u64, period: ReportingPeriod) -> Result<&Topic> {
    let own: Vec<&Topic> =
        material.topic.iter().filter(|t| !matches!(t.kind.as_str(), "Study visit" | "Conference")).collect();
    let at = (n as usize + 3 * usize::try_from(nth)? + period.number() as usize) % own.len();
    own.get(at).copied().context("a topic")
}

/// What a country is given in a quarter: two items.
fn handed_over(material: &Material, nth: u64, period: ReportingPeriod) -> impl Iterator<Item = &EquipmentRow> {
    let first = (nth * 2 + u64::from(period.number())) % 4;
    material.equipment.iter().cycle().skip(usize::try_from(first).unwrap_or(0)).take(2)
}

/// What was handed over in a quarter, in euros: the budget says the same.
fn equipment_spent(material: &Material, period: ReportingPeriod) -> f64 {
    let countries = 0..u64::try_from(material.country.len()).unwrap_or(0);
    let items = countries.flat_map(|nth| handed_over(material, nth, period));
    items.map(|item| (item.quantity * item.unit_value * 100.0).round() / 100.0).sum()
}

/// Equipment that a country is to be given in the next quarter.
fn announced(material: &Material, country: &CountryRow, nth: u64, period: ReportingPeriod) -> Result<Vec<Cell>> {
    let (language, next) = (country.language, period.next());
    let item = handed_over(material, nth, next).next().context("an item")?;
    let word = |en: &str, ru: &str| text(if language == Language::En { en } else { ru });
    Ok(vec![
        text(format!("{}-E{}1", country.code, next.number())),
        Cell::Blank,
        text(say(&item.item, language)),
        text(item.maker.as_str()),
        Cell::Number(item.quantity),
        Cell::Money(item.unit_value),
        Cell::Money((item.quantity * item.unit_value * 100.0).round() / 100.0),
        text(country.code.as_str()),
        text(agency("Border service", language)),
        Cell::Date(next.first_day() + TimeDelta::days(18 + i64::try_from(nth)? * 7)),
        text(country.towns.first().map(String::as_str).unwrap_or_default()),
        word("Planned", "Запланировано"),
        text(say(&item.purpose, language)),
    ])
}

fn of_country(material: &Material, country: &CountryRow, nth: u64, period: ReportingPeriod) -> Result<Book> {
    let mut rng = Rng::with_seed(1000 * u64::from(period.number()) + nth);
    let language = country.language;
    let code = country.code.as_str();
    let (mut rows, mut people, mut equipment) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..EACH {
        // Study visits and conferences are the secretariat's.
        let topic = topic_of(material, n, nth, period)?;
        let town = country.towns.get(rng.usize(0..country.towns.len())).context("a town")?;
        let start = start_in(period, n, EACH, &mut rng);
        let id = format!("{code}-{}{:02}", period.number(), n + 1);
        let (row, held) = {
            let event = Event { topic, id, start, at: (town, code), countries: &[code] };
            activity(material, event, language, &mut rng)
        };
        rows.push(row);
        people.extend(held);
    }
    for (n, item) in handed_over(material, nth, period).enumerate() {
        let date = start_in(period, u32::try_from(n)? * 5 + 2, EACH, &mut rng);
        equipment.push(vec![
            text(format!("{code}-E{}{}", period.number(), n + 1)),
            Cell::Blank,
            text(say(&item.item, language)),
            text(item.maker.as_str()),
            Cell::Number(item.quantity),
            Cell::Money(item.unit_value),
            Cell::Money((item.quantity * item.unit_value * 100.0).round() / 100.0),
            text(code),
            text(agency("Border service", language)),
            Cell::Date(date),
            text(country.towns.first().map(String::as_str).unwrap_or_default()),
            text(match language {
                Language::En => "Handed over",
                Language::Ru => "Передано",
            }),
            text(say(&item.purpose, language)),
        ]);
    }
    equipment.push(announced(material, country, nth, period)?);
    let plan = plan::page(
        &Planned { material, language, code, nth, town: country.towns.first().map_or("", String::as_str), own: &rows },
        period,
    )?;
    let pages = vec![
        Page { sheet: Sheet::Activities, headings: ACTIVITIES.to_vec(), rows },
        participants(material, people),
        Page {
            sheet: Sheet::Equipment,
            headings: vec![
                "ID",
                "Activity ID",
                "Item",
                "Maker",
                "Quantity",
                "Unit value EUR",
                "Total value EUR",
                "Recipient country",
                "Recipient agency",
                "Handover date",
                "Place",
                "Status",
                "Purpose",
            ],
            rows: equipment,
        },
        plan,
        Page {
            sheet: Sheet::Priorities,
            headings: vec!["Reporting period", "Country", "Priority", "Component", "Horizon"],
            rows: country
                .priorities
                .iter()
                .zip(1..)
                .map(|(priority, n)| {
                    vec![text(period.to_string()), text(code), text(priority.as_str()), number(n), text("2027")]
                })
                .collect(),
        },
    ];
    Ok(Book { file: format!("EX10_{code}_{period}.xlsx"), language, pages })
}

/// Each agency as its own country's workbook calls it, so that it is one agency in both.
fn participants(material: &Material, held: Vec<Held>) -> Page {
    let language = |code: &str| material.country.iter().find(|c| c.code == code).map_or(Language::En, |c| c.language);
    let rows = held
        .into_iter()
        .flat_map(|held| {
            let id = held.id;
            held.by.into_iter().map(move |(country, service, people, women)| {
                let service = agency(&service, language(&country));
                vec![
                    text(id.as_str()),
                    text(country),
                    text(service),
                    number(people),
                    number(women),
                    number(people - women),
                ]
            })
        })
        .collect();
    let headings = vec!["Activity ID", "Country", "Agency", "Participants", "Women", "Men"];
    Page { sheet: Sheet::Participants, headings, rows }
}
