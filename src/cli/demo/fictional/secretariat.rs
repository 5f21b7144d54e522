//! The secretariat's workbook: activities of the whole region, and the sheets that only it has.

use anyhow::{Context, Result};
use fastrand::Rng;

use super::plan::{self, Planned};
use super::{
    ACTIVITIES, Book, Cell, EACH, Event, Page, activity, equipment_spent, number, participants, start_in, text,
    topic_of,
};
use crate::cli::demo::material::{Material, Meeting, Topic};
use crate::period::ReportingPeriod;
use crate::recipient::Language;
use crate::record::Sheet;
use chrono::NaiveDate;

/// The workbook of a quarter.
pub(super) fn book(material: &Material, period: ReportingPeriod) -> Result<Book> {
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
            // Not where the country itself had the same topic in that week: it would look like one event.
            let mut hosts: Vec<_> = towns.iter().filter(|(_, c)| countries.contains(c)).collect();
            let free: Vec<_> = hosts.iter().copied().filter(|(_, c)| !is_busy(material, c, topic, n, period)).collect();
            if !free.is_empty() {
                hosts = free;
            }
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
    let planned = Planned { material, language: Language::En, code: "", nth: 5, town: "Almaty", own: &rows };
    let plan = plan::page(&planned, period)?;
    let mut pages = vec![
        Page { sheet: Sheet::Activities, headings: ACTIVITIES.to_vec(), rows },
        participants(material, people),
        plan,
    ];
    pages.extend(of_the_programme(material, meeting, period)?);
    Ok(Book { file: format!("EX10_Regional_{period}.xlsx"), language: Language::En, pages })
}

/// Whether a country has a topic of its own in the week of the `n`th activity, or in one beside it.
fn is_busy(material: &Material, country: &str, topic: &Topic, n: u32, period: ReportingPeriod) -> bool {
    let nth = material.country.iter().position(|c| c.code == country).and_then(|nth| u64::try_from(nth).ok());
    let weeks = [n.checked_sub(1), Some(n), Some(n + 1)].into_iter().flatten().filter(|week| *week < EACH);
    let own =
        nth.into_iter().flat_map(|nth| weeks.clone().filter_map(move |w| topic_of(material, w, nth, period).ok()));
    own.into_iter().any(|own| own.title == topic.title)
}

/// Turns an activity's row into the steering group meeting of the quarter.
fn steering_group(row: &mut [Cell], meeting: &Meeting) -> Result<()> {
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
fn of_the_programme(material: &Material, meeting: &Meeting, period: ReportingPeriod) -> Result<Vec<Page>> {
    let which = usize::from(period.number() != 2);
    let stated = || text(period.to_string());
    let mut meetings = Vec::new();
    for held in material.meeting.iter().filter(|held| held.quarter <= meeting.quarter) {
        // Of earlier meetings the tracker has the action points alone, as they stand now.
        let own = held.quarter == meeting.quarter;
        for item in held.items.iter().filter(|item| own || !item.action.is_empty()) {
            let here = |cell: &str| text(if own { cell } else { "" });
            meetings.push(vec![
                if own { Cell::Blank } else { stated() },
                text("Regional Steering Group"),
                number(held.number),
                Cell::Date(date(&held.date)?),
                text(held.place.as_str()),
                here(&item.agenda),
                here(&item.decision),
                text(item.action.as_str()),
                text(item.responsible.as_str()),
                item.due.as_ref().map(date).transpose()?.map_or(Cell::Blank, Cell::Date),
                text(if own { item.status.as_str() } else { item.later.as_str() }),
            ]);
        }
    }
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
        // Under its own heading the budget pays exactly what is handed over.
        let spent = match row.heading.as_str() {
            "Equipment" if which == 0 => vec![equipment_spent(material, period)],
            "Equipment" => [period.previous(), period].map(|of| equipment_spent(material, of)).to_vec(),
            _ => row.spent.iter().take(which + 1).copied().collect(),
        };
        let to_date: f64 = row.before + spent.iter().sum::<f64>();
        let spent = spent.last().copied().unwrap_or_default();
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
                "Reporting period",
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
