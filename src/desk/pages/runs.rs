//! `/runs`: all report runs, and one begun by hand.

use axum::extract::{Query, State};
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;

use crate::desk::Desk;
use crate::desk::act::Act;
use crate::desk::parts::{cell, escaped, head, part, token};
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::{Role, Visitor};
use crate::desk::words::Words;
use crate::period::ReportingPeriod;
use crate::report::{ReportRun, RunState};
use crate::schedule;

/// Runs on a page.
const ON_A_PAGE: u32 = 50;

/// How the note of a correction goes on after the name of the file that made it one.
const CHANGED_ROWS: &str = " has changed rows of a period that was released";

/// Which page of which list.
#[derive(Deserialize)]
pub(super) struct Asked {
    state: Option<String>,
    #[serde(default)]
    skip: u32,
    /// What was wrong with the form: `period`.
    wrong: Option<String>,
}

/// `Report for Q4 2017, version 2`.
pub(super) fn title(words: &Words<'_>, run: &ReportRun) -> String {
    words.say("desk-run-title", &[("period", run.period.into()), ("revision", run.revision.into())])
}

/// The page.
pub(super) async fn show(
    State(desk): State<Desk>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Markup, Problem> {
    let words = Words::of(&desk, &visitor);
    let state = asked.state.as_deref().and_then(|word| RunState::from_word(&word.replace('-', "_")));
    let states: Vec<RunState> = state.into_iter().collect();
    let mut runs = desk.store().run_lines(&states, asked.skip, ON_A_PAGE + 1).await?;
    desk.store().tell_reasons(visitor.language, &mut runs).await?;
    let more = runs.len() > ON_A_PAGE as usize;
    runs.truncate(ON_A_PAGE as usize);
    let of_state = |state: Option<RunState>| state.map_or_else(String::new, |s| format!("state={}&", s.word()));
    let columns = ["report", "state", "due", "schedule", "why"].map(|id| words.t(&format!("desk-column-{id}")));
    let body = html! {
        nav aria-label=(words.t("desk-filter")) {
            ul.filter {
                li { a href="/runs" aria-current=[state.is_none().then_some("true")] { (words.t("desk-all")) } }
                @for one in RunState::ALL {
                    li {
                        a href=(format!("/runs?state={}", one.word())) aria-current=[(state == Some(one)).then_some("true")] {
                            (words.t(&format!("desk-run-{}", one.word().replace('_', "-"))))
                        }
                    }
                }
            }
        }
        @if runs.is_empty() {
            p { (words.t("desk-runs-none")) }
        } @else {
            table.cards role="table" {
                caption.unseen { (words.t("desk-way-runs")) }
                (head(&columns, &[]))
                tbody role="rowgroup" {
                    @for run in &runs {
                        tr role="row" {
                            th role="rowheader" scope="row" { a.main href=(format!("/runs/{}", run.id)) { (title(&words, run)) } }
                            (cell(&columns[1], &words.run_state(run)))
                            (cell(&columns[2], &words.time(run.due_at)))
                            (cell(&columns[3], &html! { (run.schedule) }))
                            (cell(&columns[4], &html! { (why(&words, run)) }))
                        }
                    }
                }
            }
            @if asked.skip > 0 || more {
                nav.pages aria-label=(words.t("desk-pages")) {
                    @if asked.skip > 0 {
                        a rel="prev" href=(format!("/runs?{}skip={}", of_state(state), asked.skip.saturating_sub(ON_A_PAGE))) { (words.t("desk-newer")) }
                    }
                    @if more {
                        a rel="next" href=(format!("/runs?{}skip={}", of_state(state), asked.skip + ON_A_PAGE)) { (words.t("desk-older")) }
                    }
                }
            }
        }
    };
    Ok(Sheet::new(&desk, &visitor, words.t("desk-way-runs")).at("/runs").live(10).render(&html! {
        section.part.wide aria-label=(words.t("desk-way-runs")) { div.body id="list" data-live="" { (body) } }
        @if visitor.may(Role::Secretariat) { (start_form(&words, &visitor, &desk, asked.wrong.as_deref())) }
    }))
}

/// Why a run stands where it does: in the words that were written down, but for those that are always the same.
pub(super) fn why(words: &Words<'_>, run: &ReportRun) -> String {
    match &run.reason {
        Some(reason) => reason.clone(),
        None if run.note == ReportRun::BY_HAND => words.t("desk-note-by-hand"),
        None if run.is_correction() => {
            let note = run.note.trim_start_matches(ReportRun::CORRECTION);
            let file = note.strip_suffix(CHANGED_ROWS).unwrap_or(note);
            words.say("desk-note-correction", &[("file", file.into())])
        }
        None if run.is_late() => words.t("desk-note-late"),
        None => run.note.clone(),
    }
}

fn start_form(words: &Words<'_>, visitor: &Visitor, desk: &Desk, wrong: Option<&str>) -> Markup {
    let config = desk.config();
    let is_wrong = wrong.is_some();
    part(
        "start",
        &words.t("desk-start-title"),
        &html! {
            @if config.schedules.is_empty() {
                p { (words.t("desk-next-nothing")) }
            } @else {
                p { (words.t("desk-start-what")) }
                form.form method="post" action="/runs" {
                    (token(visitor))
                    div.field {
                        label for="schedule" { (words.t("desk-column-schedule")) }
                        select id="schedule" name="schedule" {
                            @for one in &config.schedules { option value=(one.name) { (one.name) } }
                        }
                    }
                    div.field {
                        label for="period" { (words.t("desk-period")) }
                        p.help id="period-help" { (words.t("desk-period-help")) }
                        @if is_wrong { p.error id="period-error" { (words.t("desk-period-wrong")) } }
                        input type="text" id="period" name="period" autocomplete="off" spellcheck="false"
                            aria-describedby=(if is_wrong { "period-help period-error" } else { "period-help" })
                            aria-invalid=[is_wrong.then_some("true")];
                    }
                    button.button.plain type="submit" { (words.t("desk-start-yes")) }
                }
            }
        },
    )
}

/// What the form says.
#[derive(Deserialize)]
pub(super) struct Start {
    schedule: String,
    #[serde(default)]
    period: String,
}

/// `POST /runs`: a run begun by hand goes the same way as one that is due.
pub(super) async fn start(State(desk): State<Desk>, act: Act<Start>) -> Result<Redirect, Problem> {
    let config = desk.config();
    let Some(found) = config.schedule(&act.form.schedule) else { return Err(Problem::missing()) };
    let typed = act.form.period.trim();
    let asked = (!typed.is_empty()).then(|| typed.to_uppercase().parse::<ReportingPeriod>());
    let Ok(period) = asked.transpose() else {
        return Ok(Redirect::to(&format!("/runs?wrong={}#start", escaped("period"))));
    };
    let planned = schedule::by_hand(found, period, desk.clock().now());
    let run = desk.store().start_run(&found.name, planned).await?;
    desk.tell();
    Ok(Redirect::to(&format!("/runs/{}?done=started", run.id)))
}
