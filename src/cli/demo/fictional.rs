//! Workbooks of an invented programme: five countries and the secretariat, two quarters.
//!
//! Everything is drawn from a seeded generator, so that the demonstration is the same for
//! everybody who runs it.

use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use fastrand::Rng;

use super::material::{CountryRow, Material, Topic, say};
use crate::period::ReportingPeriod;
use crate::recipient::Language;
use crate::record::Sheet;

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

const ACTIVITIES: [&str; 17] = [
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
    books.push(of_secretariat(&material, period)?);
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

fn of_country(material: &Material, country: &CountryRow, nth: u64, period: ReportingPeriod) -> Result<Book> {
    let mut rng = Rng::with_seed(1000 * u64::from(period.number()) + nth);
    let language = country.language;
    let code = country.code.as_str();
    let (mut rows, mut people, mut equipment) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..EACH {
        // Study visits and conferences are the secretariat's.
        let own: Vec<&Topic> =
            material.topic.iter().filter(|t| !matches!(t.kind.as_str(), "Study visit" | "Conference")).collect();
        let at = (n as usize + 3 * usize::try_from(nth)? + period.number() as usize) % own.len();
        let topic = own.get(at).context("a topic")?;
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
    let first = rng.usize(0..material.equipment.len());
    for (n, item) in material.equipment.iter().cycle().skip(first).take(2).enumerate() {
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
    let pages = vec![
        Page { sheet: Sheet::Activities, headings: ACTIVITIES.to_vec(), rows },
        participants(people, language),
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
        plan(material, country, period, &mut rng)?,
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

fn participants(held: Vec<Held>, language: Language) -> Page {
    let rows = held
        .into_iter()
        .flat_map(|held| {
            let id = held.id;
            held.by.into_iter().map(move |(country, service, people, women)| {
                vec![
                    text(id.as_str()),
                    text(country),
                    text(agency(&service, language)),
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

fn plan(material: &Material, country: &CountryRow, period: ReportingPeriod, rng: &mut Rng) -> Result<Page> {
    let language = country.language;
    let word = |en: &str, ru: &str| text(if language == Language::En { en } else { ru });
    let mut rows = Vec::new();
    for (of, statuses) in [(period, true), (period.next(), false)] {
        for n in 0..4u32 {
            let topic = material.topic.get(rng.usize(0..material.topic.len())).context("a topic")?;
            let start = start_in(of, n * 2 + 1, EACH, rng);
            let (status, reason) = match (statuses, n) {
                (false, _) => (word("Planned", "Запланировано"), Cell::Blank),
                (true, 1) => (
                    word("Postponed", "Перенесено"),
                    word(
                        "The hosting agency asked for a later date",
                        "Принимающее ведомство попросило о более поздней дате",
                    ),
                ),
                (true, 3) if country.code == "UZ" => (
                    word("Cancelled", "Отменено"),
                    word("The topic is covered by another project", "Тема охвачена другим проектом"),
                ),
                (true, _) => (word("Done", "Выполнено"), Cell::Blank),
            };
            rows.push(vec![
                text(format!("{}-P{}{}", country.code, of.number(), n + 1)),
                number(topic.component),
                text(kind(&topic.kind, language)),
                text(say(&topic.title, language)),
                Cell::Date(start),
                Cell::Date(start + TimeDelta::days(i64::from(topic.days) - 1)),
                text(country.code.as_str()),
                text(country.towns.first().map(String::as_str).unwrap_or_default()),
                word("Secretariat", "Секретариат"),
                status,
                reason,
            ]);
        }
    }
    Ok(Page {
        sheet: Sheet::Plan,
        headings: vec![
            "ID",
            "Component",
            "Type",
            "Title",
            "Planned start",
            "Planned end",
            "Country",
            "Place",
            "Responsible",
            "Status",
            "Reason",
        ],
        rows,
    })
}

fn of_secretariat(material: &Material, period: ReportingPeriod) -> Result<Book> {
    let mut rng = Rng::with_seed(77 + u64::from(period.number()));
    let all = ["KZ", "KG", "TJ", "TM", "UZ"];
    let neighbours = [["KG", "TJ"], ["KZ", "UZ"], ["TJ", "UZ"], ["TM", "UZ"], ["KZ", "KG"]];
    let towns = [
        ("Almaty", "KZ"),
        ("Bishkek", "KG"),
        ("Dushanbe", "TJ"),
        ("Ashgabat", "TM"),
        ("Tashkent", "UZ"),
        ("Riga", "LV"),
    ];
    let (mut rows, mut people) = (Vec::new(), Vec::new());
    for n in 0..EACH {
        let topic = material
            .topic
            .get((n as usize * 5 + period.number() as usize) % material.topic.len())
            .context("a topic")?;
        let countries: Vec<&str> = match n % 3 {
            0 => all.to_vec(),
            1 => neighbours.get(n as usize % neighbours.len()).context("two neighbours")?.to_vec(),
            _ => all.iter().copied().filter(|c| rng.bool() || *c == "KG" || *c == "UZ").collect(),
        };
        let abroad = topic.kind == "Study visit";
        let at = if abroad {
            ("Riga", "LV")
        } else {
            let hosts: Vec<_> = towns.iter().filter(|(_, c)| countries.contains(c)).collect();
            **hosts.get(rng.usize(0..hosts.len())).context("a host")?
        };
        let start = start_in(period, n, EACH, &mut rng);
        let id = format!("REG-{}{:02}", period.number(), n + 1);
        let (row, held) = {
            let event = Event { topic, id, start, at, countries: &countries };
            activity(material, event, Language::En, &mut rng)
        };
        rows.push(row);
        people.extend(held);
    }
    let meeting = material.meeting.iter().find(|m| m.quarter == period.number()).context("a meeting")?;
    if let Some(row) = rows.last_mut() {
        steering_group(row, meeting)?;
    }
    if let Some(last) = rows.last().and_then(|row| row.first()) {
        people.retain(|held| Cell::Text(held.id.clone()) != *last);
    }
    let mut pages = vec![
        Page { sheet: Sheet::Activities, headings: ACTIVITIES.to_vec(), rows },
        participants(people, Language::En),
    ];
    pages.extend(of_the_programme(material, meeting, period)?);
    Ok(Book { file: format!("EX10_Regional_{period}.xlsx"), language: Language::En, pages })
}

/// Turns an activity's row into the steering group meeting of the quarter.
fn steering_group(row: &mut [Cell], meeting: &super::material::Meeting) -> Result<()> {
    let date = date(&meeting.date)?;
    let host = if meeting.place == "Tashkent" { "UZ" } else { "KG" };
    let title = format!("Meeting {} of the Regional Steering Group", meeting.number);
    let summary = "The members went through the half-year's results by component, discussed what the trial of a \
                   common order of checks had shown so far and adopted the work plan of the next quarter with one \
                   change. Three action points were given out, each with a name and a date.";
    let new = [
        (1, text(title)),
        (2, text("Steering group meeting")),
        (3, Cell::Blank),
        (4, Cell::Date(date)),
        (5, Cell::Date(date)),
        (7, text(meeting.place.as_str())),
        (8, text(host)),
        (10, text("KZ; KG; TJ; TM; UZ")),
        (11, text("Border service; Customs service; Ministry of Foreign Affairs")),
        (12, number(38)),
        (13, number(13)),
        (14, number(25)),
        (15, text(summary)),
        (16, text("Work plan adopted")),
    ];
    for (at, cell) in new {
        if let Some(old) = row.get_mut(at) {
            *old = cell;
        }
    }
    Ok(())
}

/// Meetings, indicators, risks, budget and challenges: the secretariat's own sheets.
fn of_the_programme(
    material: &Material,
    meeting: &super::material::Meeting,
    period: ReportingPeriod,
) -> Result<Vec<Page>> {
    let which = usize::from(period.number() != 2);
    let stated = || text(period.to_string());
    let meetings = meeting
        .items
        .iter()
        .map(|item| {
            Ok(vec![
                text("Regional Steering Group"),
                number(meeting.number),
                Cell::Date(date(&meeting.date)?),
                text(meeting.place.as_str()),
                text(item.agenda.as_str()),
                text(item.decision.as_str()),
                text(item.action.as_str()),
                text(item.responsible.as_str()),
                item.due.as_ref().map(date).transpose()?.map_or(Cell::Blank, Cell::Date),
                text(item.status.as_str()),
            ])
        })
        .collect::<Result<_>>()?;
    let indicators = material.indicator.iter().map(|row| {
        vec![
            stated(),
            text(row.level.as_str()),
            text(row.code.as_str()),
            text(row.statement.as_str()),
            text(row.unit.as_str()),
            row.component.map_or(Cell::Blank, number),
            Cell::Number(row.baseline),
            Cell::Number(row.baseline_year),
            Cell::Number(row.target),
            Cell::Number(row.target_year),
            row.current.get(which).copied().map_or(Cell::Blank, Cell::Number),
            Cell::Date(period.last_day()),
            text(row.source.as_str()),
        ]
    });
    let risks = material.risk.iter().map(|row| {
        vec![
            stated(),
            text(row.category.as_str()),
            text(row.risk.as_str()),
            Cell::Number(row.likelihood),
            Cell::Number(row.impact),
            text(row.mitigation.as_str()),
            text(row.responsible.as_str()),
            text(row.trend.as_str()),
        ]
    });
    let budget = material.budget.iter().map(|row| {
        let spent: f64 = row.spent.get(which).copied().unwrap_or_default();
        let to_date: f64 = row.before + row.spent.iter().take(which + 1).sum::<f64>();
        vec![
            stated(),
            text(row.heading.as_str()),
            Cell::Money(row.budget),
            Cell::Money(spent),
            Cell::Money((to_date * 100.0).round() / 100.0),
            Cell::Money(row.committed),
        ]
    });
    let challenges = material.challenge.iter().map(|row| {
        vec![
            stated(),
            text(row.countries.as_str()),
            number(row.component),
            text(row.challenge.as_str()),
            text(row.mitigation.as_str()),
            text(row.responsible.as_str()),
            text(row.status.as_str()),
        ]
    });
    Ok(vec![
        Page {
            sheet: Sheet::Meetings,
            headings: vec![
                "Body",
                "Number",
                "Date",
                "Place",
                "Agenda item",
                "Decision",
                "Action point",
                "Responsible",
                "Due date",
                "Status",
            ],
            rows: meetings,
        },
        Page {
            sheet: Sheet::Challenges,
            headings: vec![
                "Reporting period",
                "Country",
                "Component",
                "Challenge",
                "Mitigation",
                "Responsible",
                "Status",
            ],
            rows: challenges.collect(),
        },
        Page {
            sheet: Sheet::Indicators,
            headings: vec![
                "Reporting period",
                "Level",
                "Code",
                "Indicator",
                "Unit",
                "Component",
                "Baseline",
                "Baseline year",
                "Target",
                "Target year",
                "Current",
                "As of",
                "Source",
            ],
            rows: indicators.collect(),
        },
        Page {
            sheet: Sheet::Risks,
            headings: vec![
                "Reporting period",
                "Category",
                "Risk",
                "Likelihood",
                "Impact",
                "Mitigation",
                "Responsible",
                "Trend",
            ],
            rows: risks.collect(),
        },
        Page {
            sheet: Sheet::Budget,
            headings: vec![
                "Reporting period",
                "Heading",
                "Budget EUR",
                "Spent in period EUR",
                "Spent to date EUR",
                "Committed EUR",
            ],
            rows: budget.collect(),
        },
    ])
}

fn date(written: &toml::value::Datetime) -> Result<NaiveDate> {
    written.to_string().parse().context("a date of the demonstration's material")
}
