//! `/readiness`: who owes which sheet for a period, and how far it has come.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use chrono::{DateTime, TimeDelta, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use crate::desk::Desk;
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet as Page;
use crate::desk::visitor::Visitor;
use crate::desk::words::Words;
use crate::period::ReportingPeriod;
use crate::readiness::{Contribution, Owed, Readiness, Standing};
use crate::schedule;
use crate::sheet::Sheet;
use crate::store::FileFilter;

/// A schedule that is sound falls due within this time.
const FAR: TimeDelta = TimeDelta::days(5 * 366);
/// Files and runs that are looked at for the periods to choose from.
const LOOKED_AT: u32 = 60;
/// Periods to choose from.
const MOST_PERIODS: usize = 8;

/// Numbers of files by the address of their contributor and their name.
type Files<'a> = BTreeMap<(&'a str, &'a str), i64>;

/// The last reminder by address: the number of the mail, and when it was written.
type Reminders = BTreeMap<String, (i64, DateTime<Utc>)>;

/// Which period.
#[derive(Deserialize)]
pub(super) struct Asked {
    period: Option<ReportingPeriod>,
}

/// The page.
pub(super) async fn show(
    State(desk): State<Desk>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Markup, Problem> {
    let (config, store, words, now) = (desk.config(), desk.store(), Words::of(&desk, &visitor), desk.clock().now());
    let upcoming =
        schedule::upcoming(&config, now, now + FAR, 2).map_err(|problem| Problem::from(anyhow::Error::new(problem)))?;
    let mut periods: Vec<ReportingPeriod> = upcoming.iter().map(|one| one.period).collect();
    let next = periods.first().copied();
    periods.extend(store.run_lines(&[], 0, LOOKED_AT).await?.iter().map(|run| run.period));
    let files = store.file_lines(FileFilter { limit: LOOKED_AT, ..FileFilter::default() }).await?;
    periods.extend(files.iter().flat_map(|file| file.summary.sheets.values().flatten().copied()));
    let newest_sent = files.first().and_then(|file| file.summary.period);
    periods.extend(asked.period);
    periods.sort_unstable_by_key(|period| std::cmp::Reverse((period.first_day(), period.last_day())));
    periods.dedup();
    let chosen = asked.period.or(next).or(newest_sent).or_else(|| periods.first().copied());
    // The one that is asked for is always among those to choose from.
    let mut offered: Vec<ReportingPeriod> = periods.into_iter().take(MOST_PERIODS).collect();
    offered.extend(chosen.filter(|period| !offered.contains(period)));
    let title = words.t("desk-way-readiness");
    let Some(period) = chosen else {
        return Ok(Page::new(&desk, &visitor, title).at("/readiness").render(&html! {
            p.lead { (words.t("desk-readiness-no-period")) }
        }));
    };
    let readiness = store.readiness(period, &config.contributors).await?;
    let due = upcoming.iter().find(|one| one.period == period);
    let mut files = BTreeMap::new();
    for one in &readiness.contributions {
        for name in one.sheets.iter().filter_map(|owed| owed.file.as_deref()) {
            let key = (one.contributor.email.as_str(), name);
            if let Some(id) = store.file_named(key.0, key.1).await? {
                files.insert(key, id);
            }
        }
    }
    let reminders = store.reminders(period).await?;
    let (owed, come) = readiness.count();
    Ok(Page::new(&desk, &visitor, words.say("desk-readiness-title", &[("period", period.into())]))
        .at("/readiness")
        .live(10)
        .render(&html! {
            div id="lead" data-live="" {
                p.lead {
                    @if readiness.contributions.is_empty() { (words.t("desk-readiness-nobody")) }
                    @else if readiness.is_ready() { (words.t("desk-readiness-ready")) }
                    @else { (words.say("desk-readiness-lead", &[("owed", owed.into()), ("come", come.into()), ("late", readiness.late().count().into())])) }
                    @if let Some(one) = due {
                        " " (words.say("desk-readiness-due", &[("time", words.time_text(one.due_at).into())]))
                    }
                }
            }
            section.part.wide aria-labelledby="matrix" {
                h2 id="matrix" { (words.t("desk-readiness-matrix")) }
                div.body {
                    @if offered.len() > 1 {
                        nav aria-label=(words.t("desk-period")) {
                            ul.filter {
                                @for one in &offered {
                                    li {
                                        a href=(format!("/readiness?period={one}")) aria-current=[(*one == period).then_some("true")] {
                                            (words.locale().period(*one))
                                        }
                                    }
                                }
                            }
                        }
                    }
                    div id="matrix-body" data-live="" {
                        @if !readiness.contributions.is_empty() { (matrix(&words, &readiness, &files, &reminders)) }
                    }
                }
            }
        }))
}

/// Everybody's row, every sheet's column. A sheet that somebody does not owe is said to be none of theirs.
fn matrix(words: &Words<'_>, readiness: &Readiness, files: &Files<'_>, reminders: &Reminders) -> Markup {
    let sheets: Vec<Sheet> = Sheet::ALL
        .into_iter()
        .filter(|sheet| readiness.contributions.iter().any(|one| one.sheets.iter().any(|owed| owed.sheet == *sheet)))
        .collect();
    let name = |sheet: Sheet| words.t(&format!("answer-sheet-{}", sheet.name().to_lowercase()));
    html! {
        div.box role="region" aria-labelledby="matrix-caption" tabindex="0" {
            table.cards.matrix role="table" {
                caption id="matrix-caption" { (words.say("desk-readiness-caption", &[("period", readiness.period.into())])) }
                thead role="rowgroup" {
                    tr role="row" {
                        th role="columnheader" scope="col" { (words.t("desk-readiness-who")) }
                        @for sheet in &sheets { th role="columnheader" scope="col" { (name(*sheet)) } }
                    }
                }
                tbody role="rowgroup" {
                    @for one in &readiness.contributions {
                        tr role="row" {
                            th role="rowheader" scope="row" {
                                (one.contributor.name)
                                @if let Some(country) = one.contributor.country { small { (country) } }
                                @if let Some((mail, at)) = reminders.get(&one.contributor.email.to_lowercase()) {
                                    small {
                                        a href=(format!("/deliveries/{mail}")) {
                                            (words.say("desk-readiness-reminded", &[("time", words.time_text(*at).into())]))
                                        }
                                    }
                                }
                            }
                            @for sheet in &sheets { td role="cell" data-label=(name(*sheet)) { (owed(words, one, *sheet, files)) } }
                        }
                    }
                }
            }
        }
    }
}

fn owed(words: &Words<'_>, one: &Contribution, sheet: Sheet, files: &Files<'_>) -> Markup {
    let Some(Owed { standing, rows, held, received_at, file, .. }) = one.sheets.iter().find(|o| o.sheet == sheet)
    else {
        return html! { span.quiet { (words.t("desk-readiness-not-owed")) } };
    };
    html! {
        div {
            @match standing {
                Standing::Missing => span.state.bad { (words.t("desk-readiness-missing")) },
                Standing::HeldRows => span.state.careful { (words.say("desk-readiness-held", &[("n", (*held).into())])) },
                Standing::Accepted => span.state.good { (words.say("desk-readiness-accepted", &[("n", (*rows).into())])) },
            }
            @if let Some(at) = received_at { small { (words.time(*at)) } }
            @if let Some(name) = file {
                small {
                    @match files.get(&(one.contributor.email.as_str(), name.as_str())) {
                        Some(id) => a href=(format!("/workbooks/{id}")) { (name) },
                        None => (name),
                    }
                }
            }
        }
    }
}
