//! `/runs/{id}`: one report: where it stands and why, its editions, its figures, its mails.

use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::runs::{title, why};
use super::{editions, figures, sign_off};
use crate::approval::{self, Way};
use crate::compile::sign_off::{Hand, Shown, SignOffDesk, SignOffError};
use crate::config::Config;
use crate::desk::Desk;
use crate::desk::parts::{grave, part, token};
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::{Role, Visitor};
use crate::desk::words::Words;
use crate::outbox::DeliveryState;
use crate::report::{ReportRun, RunState};
use crate::store::DeliveryList;

/// Deliveries that are named here; their own page has them all.
const NAMED: u32 = 12;

/// What was just done.
#[derive(Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

/// The page.
pub(super) async fn show(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Markup, Problem> {
    let (config, store) = (desk.config(), desk.store());
    let words = Words::of(&desk, &visitor);
    let mut run = store.run(id).await?;
    store.tell_reasons(visitor.language, std::slice::from_mut(&mut run)).await?;
    let documents = store.documents(id).await?;
    let mails = mails(&words, &desk, &run).await?;
    let figures = figures::of_run(&words, store, &run).await?;
    let is_open = matches!(run.state, RunState::Held | RunState::AwaitingApproval);
    let shown = if is_open { look(&desk, &visitor, id).await? } else { None };
    // Who looks at an open run has read them already.
    let approvals_given = match &shown {
        Some(shown) => {
            let mut all: Vec<_> = shown.before.iter().chain(&shown.given).cloned().collect();
            all.sort_by_key(|approval| approval.at);
            all
        }
        None => store.approvals(id).await?,
    };
    let others: Vec<ReportRun> =
        store.revisions(&run.report, run.period).await?.into_iter().filter(|other| other.id != run.id).collect();
    let is_moving = matches!(run.state, RunState::Due | RunState::Compiling);
    let sheet = Sheet::new(&desk, &visitor, title(&words, &run)).at("/runs").back("/runs", words.t("desk-way-runs"));
    Ok(sheet.live(if is_moving { 3 } else { 15 }).render(&html! {
        (done(&words, asked.done.as_deref(), &run))
        div id="standing" data-live="" {
            p.lead { (words.say(&format!("desk-run-says-{}", says(&run)), &facts_for_lead(&words, &config, &run))) }
        }
        section.part aria-labelledby="about" {
            h2 id="about" { (words.t("desk-run-about")) }
            div.body id="about-body" data-live="" { (about(&words, &run)) }
        }
        @if visitor.may(Role::Secretariat) { (decisions(&words, &visitor, &run, &approval::shown(&documents))) }
        @if !documents.is_empty() { (part("editions", &words.t("desk-run-editions"), &editions::list(&words, &desk, &run, &documents))) }
        @if let Some(shown) = &shown {
            (sign_off::problems(&words, shown))
            (sign_off::changes(&words, shown))
        }
        @if let Some(figures) = figures { (figures) }
        (sign_off::given(&words, &words.t("desk-run-given"), &approvals_given, true))
        (mails)
        @if !others.is_empty() {
            (part("versions", &words.t("desk-run-versions"), &html! {
                ul.dated {
                    @for other in &others {
                        li {
                            div.when { (words.time(other.due_at)) }
                            div.what { p { a href=(format!("/runs/{}", other.id)) { (title(&words, other)) } " " (words.run_state(other)) } }
                        }
                    }
                }
            }))
        }
    }))
}

/// What was just done, as long as the run still stands so: an address alone is not believed.
fn done(words: &Words<'_>, done: Option<&str>, run: &ReportRun) -> Markup {
    let is_so = match done {
        Some("started" | "compiled-again") => matches!(run.state, RunState::Due | RunState::Compiling),
        Some("approved") => run.state == RunState::Released,
        Some("noted") => run.state == RunState::AwaitingApproval,
        Some("held" | "sent-back") => run.state == RunState::Held,
        Some("cancelled") => run.state == RunState::Skipped,
        _ => true,
    };
    crate::desk::parts::told(words, done.filter(|_| is_so))
}

/// What an approver is shown, beside the editions.
async fn look(desk: &Desk, visitor: &Visitor, run: i64) -> Result<Option<Shown>, Problem> {
    let config = desk.config();
    let hand = Hand::Person { run, name: &visitor.name, way: Way::Dashboard, shown: None };
    match SignOffDesk::new(desk.store(), &config, desk.clock()).look(hand).await {
        Ok(shown) => Ok(Some(shown)),
        // It has moved on meanwhile.
        Err(SignOffError::Refused(_)) => Ok(None),
        Err(SignOffError::Failed(error)) => Err(sign_off::failed(error)),
    }
}

/// Which sentence says where it stands.
fn says(run: &ReportRun) -> &'static str {
    match run.state {
        RunState::Due if run.waits_until.is_some() => "waiting",
        RunState::Due => "due",
        RunState::Compiling => "compiling",
        RunState::Held => "held",
        RunState::AwaitingApproval => "awaiting-approval",
        RunState::Released => "released",
        RunState::Failed => "failed",
        RunState::Skipped if run.decided_by.is_some() => "cancelled",
        RunState::Skipped => "skipped",
    }
}

fn facts_for_lead(words: &Words<'_>, config: &Config, run: &ReportRun) -> Vec<(&'static str, crate::diagnostic::Arg)> {
    let schedule = config.schedule(&run.schedule);
    let people = |groups: Option<&Vec<String>>| groups.map_or_else(String::new, |groups| words.people(config, groups));
    vec![
        ("recipients", people(schedule.map(|s| &s.recipients)).into()),
        ("approvers", people(schedule.map(|s| &s.approvers)).into()),
        ("until", run.waits_until.map_or_else(String::new, |at| words.time_text(at)).into()),
        ("by", run.decided_by.as_deref().map_or_else(String::new, |by| words.who(by)).into()),
        ("at", run.decided_at.map_or_else(String::new, |at| words.time_text(at)).into()),
    ]
}

fn about(words: &Words<'_>, run: &ReportRun) -> Markup {
    html! {
        dl.facts {
            dt { (words.t("desk-column-state")) }
            dd { (words.run_state(run)) }
            @if !why(words, run).is_empty() {
                dt { (words.t("desk-column-why")) }
                dd { (super::problems::quoted(&why(words, run))) }
            }
            dt { (words.t("desk-period")) }
            dd { a href=(format!("/readiness?period={}", run.period)) { (words.locale().period(run.period)) } }
            dt { (words.t("desk-column-due")) }
            dd { (words.time(run.due_at)) }
            dt { (words.t("desk-column-schedule")) }
            dd { (run.schedule) }
            @if let Some(as_of) = run.as_of {
                dt { (words.t("desk-run-as-of")) }
                dd { (words.day(as_of)) }
            }
            @if let (Some(by), Some(at)) = (&run.decided_by, run.decided_at) {
                dt { (words.t("desk-run-decided")) }
                dd { (words.who(by)) ", " (words.time(at)) }
            }
        }
    }
}

/// What a person may decide about a run where it stands.
fn decisions(words: &Words<'_>, visitor: &Visitor, run: &ReportRun, shown: &str) -> Markup {
    let to = |what: &str| format!("/runs/{}/{what}", run.id);
    let asked = |act: &str| {
        grave(
            visitor,
            &to(act),
            &words.t(&format!("desk-run-{act}")),
            &words.t(&format!("desk-run-{act}-what")),
            &words.t(&format!("desk-run-{act}-yes")),
        )
    };
    let (waits, held) = (run.state == RunState::AwaitingApproval, run.state == RunState::Held);
    let is_open = !matches!(run.state, RunState::Released | RunState::Skipped);
    let may_retry = waits || held || run.state == RunState::Failed || run.waits_until.is_some();
    if !is_open {
        return html! {};
    }
    part(
        "decisions",
        &words.t("desk-run-decisions"),
        &html! {
            @if (waits || held) && visitor.may(Role::Approver) {
                p { (words.t(if held { "desk-run-approve-held-what" } else { "desk-run-approve-what" })) }
                form method="post" action=(to("approve")) {
                (token(visitor))
                input type="hidden" name="shown" value=(shown);
                button class=(if held { "button plain" } else { "button" }) type="submit" { (words.t("desk-run-approve")) }
            }
            (sign_off::send_back(words, visitor, &to("send-back"), shown, None))
            } @else if waits || held {
                p { (words.t("desk-run-approver-needed")) }
            }
            @if may_retry { (asked("retry")) }
            @if waits { (asked("hold")) }
            (asked("cancel"))
        },
    )
}

/// The mails of a run: how many stand where, and those that are in trouble or came last.
async fn mails(words: &Words<'_>, desk: &Desk, run: &ReportRun) -> Result<Markup, Problem> {
    let counts = desk.store().delivery_counts(Some(run.id)).await?;
    if counts.is_empty() {
        return Ok(html! {});
    }
    let list = DeliveryList { run: Some(run.id), limit: NAMED, ..DeliveryList::default() };
    let lines = desk.store().delivery_lines(&list).await?;
    let all: u32 = counts.values().sum();
    Ok(html! {
        section.part.wide aria-labelledby="mails" {
            h2 id="mails" { (words.t("desk-way-deliveries")) }
            div.body id="mails-body" data-live="" {
                ul.filter {
                    @for state in DeliveryState::ALL {
                        @if let Some(number) = counts.get(&state) {
                            li {
                                a href=(format!("/deliveries?run={}&state={}", run.id, state.word())) { (words.number(*number)) }
                                " " (words.delivery_state(state))
                            }
                        }
                    }
                }
                (super::deliveries::table(words, &lines, &words.t("desk-way-deliveries")))
                @if all > NAMED {
                    p { a href=(format!("/deliveries?run={}", run.id)) { (words.say("desk-deliveries-all", &[("n", all.into())])) } }
                }
            }
        }
    })
}
