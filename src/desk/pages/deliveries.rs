//! `/deliveries`: every mail, by state, with what the server said last.

use axum::extract::{Query, State};
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;

use crate::desk::Desk;
use crate::desk::act::{Act, Nothing};
use crate::desk::parts::{button, cell, head, pages, told};
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::{Role, Visitor};
use crate::desk::words::Words;
use crate::outbox::DeliveryState;
use crate::store::{DeliveryFilter, DeliveryLine, DeliveryList};

/// Deliveries on a page.
const ON_A_PAGE: u32 = 50;

/// Which page of which list.
#[derive(Deserialize)]
pub(super) struct Asked {
    state: Option<String>,
    run: Option<i64>,
    before: Option<i64>,
    done: Option<String>,
}

/// The page.
pub(super) async fn show(
    State(desk): State<Desk>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Markup, Problem> {
    let (store, words) = (desk.store(), Words::of(&desk, &visitor));
    let state = asked.state.as_deref().and_then(|word| DeliveryState::from_word(&word.replace('-', "_")));
    let list = DeliveryList { state, run: asked.run, before: asked.before, limit: ON_A_PAGE + 1 };
    let mut lines = store.delivery_lines(&list).await?;
    let more = lines.len() > ON_A_PAGE as usize;
    lines.truncate(ON_A_PAGE as usize);
    let counts = store.delivery_counts(asked.run).await?;
    let all: u32 = counts.values().sum();
    let address = |state: Option<DeliveryState>, before: Option<i64>| {
        let mut query = Vec::new();
        query.extend(asked.run.map(|run| format!("run={run}")));
        query.extend(state.map(|state| format!("state={}", state.word())));
        query.extend(before.map(|before| format!("before={before}")));
        let sign = if query.is_empty() { "" } else { "?" };
        format!("/deliveries{sign}{}", query.join("&"))
    };
    let newest = asked.before.map(|_| address(state, None));
    let older = lines.last().filter(|_| more).map(|last| address(state, Some(last.id)));
    let lost: u32 = DeliveryFilter::failed().states.iter().filter_map(|state| counts.get(state)).sum();
    let sheet = Sheet::new(&desk, &visitor, words.t("desk-way-deliveries")).at("/deliveries").live(10);
    Ok(sheet.render(&html! {
        (told(&words, asked.done.as_deref()))
        @if let Some(run) = asked.run {
            p.lead {
                (words.t("desk-deliveries-of-run")) " "
                a href=(format!("/runs/{run}")) { (super::runs::title(&words, &store.run(run).await?)) }
            }
        }
        section.part.wide aria-label=(words.t("desk-way-deliveries")) {
            div.body id="list" data-live="" {
                nav aria-label=(words.t("desk-filter")) {
                    ul.filter {
                        li {
                            a href=(address(None, None)) aria-current=[state.is_none().then_some("true")] {
                                (words.t("desk-all")) " (" (words.number(all)) ")"
                            }
                        }
                        @for one in DeliveryState::ALL {
                            @if let Some(number) = counts.get(&one) {
                                li {
                                    a href=(address(Some(one), None)) aria-current=[(state == Some(one)).then_some("true")] {
                                        (words.t(&word(one))) " (" (words.number(*number)) ")"
                                    }
                                }
                            }
                        }
                    }
                }
                @if lost > 0 && asked.run.is_none() && visitor.may(Role::Secretariat) {
                    div.acts {
                        (button(&visitor, "/deliveries/retry-failed", &words.say("desk-deliveries-retry-failed", &[("n", lost.into())]), "small plain"))
                    }
                }
                @if lines.is_empty() { p { (words.t("desk-deliveries-none")) } }
                @else { (table(&words, &lines, &words.t("desk-way-deliveries"))) }
                (pages(&words, newest, older))
            }
        }
    }))
}

/// Somebody's name, or the address of somebody without one.
pub(super) fn called<'a>(name: &'a str, email: &'a str) -> &'a str {
    if name.is_empty() { email } else { name }
}

/// The message that says a state.
pub(super) fn word(state: DeliveryState) -> String {
    format!("desk-delivery-{}", state.word().replace('_', "-"))
}

/// Deliveries as a table.
pub(super) fn table(words: &Words<'_>, lines: &[DeliveryLine], caption: &str) -> Markup {
    let columns =
        ["to", "state", "purpose", "written", "attempts", "reply"].map(|id| words.t(&format!("desk-column-{id}")));
    html! {
        table.cards role="table" {
            caption.unseen { (caption) }
            (head(&columns, &[4]))
            tbody role="rowgroup" {
                @for line in lines {
                    tr role="row" {
                        th role="rowheader" scope="row" {
                            a.main href=(format!("/deliveries/{}", line.id)) { (called(&line.name, &line.email)) }
                            @if !line.name.is_empty() { small { (line.email) } }
                        }
                        (cell(&columns[1], &html! {
                            (words.delivery_state(line.state))
                            @if matches!(line.state, DeliveryState::Waiting | DeliveryState::Unknown) {
                                small { (words.say("desk-delivery-again", &[("time", words.time_text(line.next_attempt_at).into())])) }
                            }
                        }))
                        (cell(&columns[2], &html! { (words.t(&format!("desk-purpose-{}", line.purpose.word().replace('_', "-")))) }))
                        (cell(&columns[3], &words.time(line.created_at)))
                        td.number role="cell" data-label=(columns[4]) { (words.number(line.attempts)) }
                        td.reply role="cell" data-label=(columns[5]) {
                            (line.last_reply.as_deref().unwrap_or_default())
                            @if line.possible_duplicate { small { (words.t("desk-delivery-twice")) } }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /deliveries/retry-failed`: all that were given up, and that came back.
pub(super) async fn retry_failed(State(desk): State<Desk>, _: Act<Nothing>) -> Result<Redirect, Problem> {
    let (store, now) = (desk.store(), desk.clock().now());
    for delivery in store.deliveries(&DeliveryFilter::failed()).await? {
        match store.retry_delivery(delivery.id, now).await {
            // Somebody else was faster, which is as well.
            Ok(()) | Err(crate::store::StoreError::NotInState { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    desk.tell();
    Ok(Redirect::to("/deliveries?done=retried"))
}

/// `POST /mail/release`: what held all mail is mended.
pub(super) async fn release(State(desk): State<Desk>, _: Act<Nothing>) -> Result<Redirect, Problem> {
    desk.store().release_channel().await?;
    desk.tell();
    Ok(Redirect::to("/?done=mail-released"))
}
