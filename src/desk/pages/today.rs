//! `/`: what needs a person now, what happens next, and whether all is well.

use axum::extract::{Query, State};
use chrono::TimeDelta;
use maud::{Markup, html};
use serde::Deserialize;

use super::{drop, health};
use crate::config::{Config, SignOff, Wait};
use crate::desk::Desk;
use crate::desk::parts::{button, grave, part, told};
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::{Role, Visitor};
use crate::desk::words::Words;
use crate::herald;
use crate::letter::{NoticeContext, notice_sentence};
use crate::notice::Notice;
use crate::report::{ReportRun, RunState};
use crate::schedule::{self, Upcoming};
use crate::store::{Backlog, FileFilter, FileLine, waits_for_a_person};

/// How many of each kind are named here; their own pages have them all.
const NAMED: u32 = 10;
/// How many occurrences are looked ahead to.
const AHEAD: usize = 4;
/// A schedule that is sound falls due within this time.
const FAR: TimeDelta = TimeDelta::days(5 * 366);

/// What was just done.
#[derive(Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

/// The page.
pub(super) async fn show(
    State(desk): State<Desk>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Markup, Problem> {
    let (config, store, now) = (desk.config(), desk.store(), desk.clock().now());
    let words = Words::of(&desk, &visitor);
    let mut runs = store.run_lines(&[RunState::AwaitingApproval, RunState::Held, RunState::Failed], 0, NAMED).await?;
    store.tell_reasons(visitor.language, &mut runs).await?;
    let mut waiting = store.run_lines(&[RunState::Due], 0, NAMED).await?;
    waiting.retain(|run| run.waits_until.is_some());
    let files = store.file_lines(FileFilter { to_fix: true, before: None, limit: NAMED }).await?;
    let hold = store.channel_hold().await?;
    let missed = store.backlogs().await?;
    let notices = herald::standing(store, &config, now).await?;
    // Those that stand here with their buttons are not said twice.
    let notices: Vec<_> = notices
        .into_iter()
        .filter(|(notice, _)| {
            !matches!(
                notice,
                Notice::RunFailed { .. }
                    | Notice::RunHeld { .. }
                    | Notice::ChannelHeld { .. }
                    | Notice::OccurrencesWaiting { .. }
            )
        })
        .collect();
    let setting = NoticeContext { programme: &config.programme.code, zone: config.programme.timezone };
    let upcoming = schedule::upcoming(&config, now, now + FAR, AHEAD)
        .map_err(|problem| Problem::from(anyhow::Error::new(problem)))?;
    let number = runs.len() + files.len() + missed.len() + notices.len() + usize::from(hold.is_some());
    let needs = html! {
        @if number == 0 {
            p { (words.t("desk-today-nothing")) }
        } @else {
            ul.dated {
                @if let Some((reason, until)) = &hold {
                    li {
                        div.when { (words.t("desk-mail")) }
                        div.what {
                            p {
                                span.state.bad {
                                    @if waits_for_a_person(*until, now) { (words.t("desk-mail-held")) }
                                    @else { (words.say("desk-mail-held-until", &[("time", words.time_text(*until).into())])) }
                                }
                            }
                            p.quiet { (reason) }
                            @if visitor.may(Role::Admin) {
                                div.acts { (button(&visitor, "/mail/release", &words.t("desk-mail-release"), "small plain")) }
                            }
                        }
                    }
                }
                @for run in &runs { (run_line(&words, run)) }
                @for file in &files { (file_line(&words, &config, file)) }
                @for backlog in &missed { (backlog_line(&words, &visitor, backlog)) }
                @for (notice, since) in &notices {
                    li {
                        div.when { (words.time(*since)) }
                        div.what {
                            p { (notice_sentence(notice, setting, words.letters())) }
                            p { a href="/notices" { (words.t("desk-notice-more")) } }
                        }
                    }
                }
            }
        }
    };
    let next = html! {
        @if upcoming.is_empty() && waiting.is_empty() {
            p { (words.t("desk-next-nothing")) }
        } @else {
            ul.dated {
                @for run in &waiting {
                    li {
                        div.when { (words.time(run.waits_until.unwrap_or(run.due_at))) }
                        div.what {
                            h3 { a href=(format!("/runs/{}", run.id)) { (super::runs::title(&words, run)) } " " (words.run_state(run)) }
                            p { (words.t("desk-next-waiting")) " " a href=(format!("/readiness?period={}", run.period)) { (words.t("desk-next-readiness")) } }
                        }
                    }
                } @for one in &upcoming { (upcoming_line(&words, &config, one)) } }
        }
    };
    Ok(Sheet::new(&desk, &visitor, words.t("desk-way-today")).at("/").live(15).render(&html! {
        (told(&words, asked.done.as_deref()))
        p.lead id="lead" data-live="" { (lead(&words, number, upcoming.first())) }
        section.part aria-labelledby="needs" {
            h2 id="needs" { (words.t("desk-today-needs")) }
            div.body id="needs-body" data-live="" { (needs) }
        }
        (part("next", &words.t("desk-today-next"), &next))
        @if visitor.may(Role::Secretariat) { (part("drop", &words.t("desk-drop-title"), &drop::form(&words, &visitor, &config, None))) }
        section.part aria-labelledby="well" {
            h2 id="well" { (words.t("desk-way-health")) }
            div.body id="well-body" data-live="" { (health::line(&words, &desk).await?) }
        }
    }))
}

/// How many working days before it is due who is late is reminded.
fn reminded(words: &Words<'_>, days: &[u32]) -> String {
    let named: Vec<String> = days.iter().map(ToString::to_string).collect();
    // The word beside them goes with the last.
    let last = days.last().copied().unwrap_or_default();
    words.say("desk-next-remind", &[("days", words.list(&named).into()), ("last", last.into())])
}

/// The page in two sentences.
fn lead(words: &Words<'_>, number: usize, next: Option<&Upcoming<'_>>) -> String {
    let needs = words.say("desk-today-lead", &[("n", number.into())]);
    let next = next.map_or_else(
        || words.t("desk-today-lead-no-next"),
        |one| {
            let day = one.due_at.with_timezone(&one.schedule.timezone).date_naive();
            // The day stays with its month.
            let day = words.locale().date(day).replacen(' ', "\u{a0}", 1);
            words.say("desk-today-lead-next", &[("period", one.period.into()), ("day", day.into())])
        },
    );
    format!("{needs} {next}")
}

fn run_line(words: &Words<'_>, run: &ReportRun) -> Markup {
    html! {
        li {
            div.when { (words.time(run.due_at)) }
            div.what {
                p {
                    a href=(format!("/runs/{}", run.id)) { (super::runs::title(words, run)) }
                    " " (words.run_state(run))
                }
                @if let Some(reason) = &run.reason { p.quiet { (reason) } }
            }
        }
    }
}

fn file_line(words: &Words<'_>, config: &Config, file: &FileLine) -> Markup {
    html! {
        li {
            div.when { (words.time(file.received_at)) }
            div.what {
                p {
                    a href=(format!("/workbooks/{}", file.id)) { (file.summary.file) }
                    " " span.state.bad { (words.say("desk-workbook-errors", &[("n", file.errors.into())])) }
                }
                p.quiet { (super::workbooks::from(words, config, &file.source, &file.summary.file)) }
            }
        }
    }
}

fn backlog_line(words: &Words<'_>, visitor: &Visitor, backlog: &Backlog) -> Markup {
    let action = |what: &str| format!("/missed/{}/{what}", crate::desk::parts::escaped(&backlog.schedule));
    html! {
        li {
            div.when { (words.time(backlog.found_at)) }
            div.what {
                p {
                    (words.say("desk-missed", &[
                        ("n", backlog.missed.count.into()), ("schedule", backlog.schedule.clone().into()),
                        ("from", words.time_text(backlog.missed.after).into()), ("until", words.time_text(backlog.missed.until).into()),
                    ]))
                }
                @if visitor.may(Role::Admin) {
                    div.acts { (button(visitor, &action("release"), &words.t("desk-missed-release"), "small plain")) }
                    (grave(visitor, &action("drop"), &words.t("desk-missed-drop"), &words.t("desk-missed-drop-what"), &words.t("desk-missed-drop-yes")))
                }
            }
        }
    }
}

fn upcoming_line(words: &Words<'_>, config: &Config, one: &Upcoming<'_>) -> Markup {
    let languages =
        if one.schedule.languages.is_empty() { &config.programme.languages } else { &one.schedule.languages };
    let languages: Vec<String> = languages.iter().map(|language| words.t(&format!("desk-tongue-{language}"))).collect();
    html! {
        li {
            div.when { (words.time_in(one.due_at, one.schedule.timezone)) }
            div.what {
                h3 { (words.say("desk-report-for", &[("period", one.period.into())])) }
                p {
                    (words.say("desk-next-to", &[
                        ("people", words.people(config, &one.schedule.recipients).into()), ("languages", words.list(&languages).into()),
                    ]))
                    @if one.schedule.sign_off == SignOff::Required {
                        " " (words.say("desk-next-after", &[("people", words.people(config, &one.schedule.approvers).into())]))
                    }
                }
                @if !one.schedule.remind.is_empty() && !config.contributors.is_empty() {
                    p { (reminded(words, &one.schedule.remind)) }
                }
                @if one.schedule.wait == Wait::UntilReady {
                    p {
                        (words.t("desk-next-waits")) " "
                        (words.time_in(schedule::deadline(config, one.schedule, one.due_at), one.schedule.timezone)) "."
                    }
                }
                p.small {
                    a href=(format!("/readiness?period={}", one.period)) { (words.t("desk-next-readiness")) }
                    span.quiet { " · " (one.schedule.name) }
                }
            }
        }
    }
}
