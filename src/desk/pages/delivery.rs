//! `/deliveries/{id}`: one mail: what it says, and what the server said at each attempt.

use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;

use super::deliveries::called;
use crate::desk::Desk;
use crate::desk::act::{Act, Nothing};
use crate::desk::parts::{button, cell, grave, head, part, told, wide};
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::{Role, Visitor};
use crate::desk::words::Words;
use crate::outbox::{Delivery, DeliveryState};
use crate::store::AttemptRecord;

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
    let (store, words) = (desk.store(), Words::of(&desk, &visitor));
    let delivery = store.delivery(id).await?;
    let attempts = store.attempts(id).await?;
    let title =
        words.say("desk-delivery-title", &[("name", called(&delivery.order.name, &delivery.order.email).into())]);
    let sheet = Sheet::new(&desk, &visitor, title).at("/deliveries");
    Ok(sheet.back("/deliveries", words.t("desk-way-deliveries")).live(10).render(&html! {
        (told(&words, asked.done.as_deref()))
        p.lead lang=(delivery.order.letter.language) { (delivery.order.letter.subject) }
        section.part aria-labelledby="about" {
            h2 id="about" { (words.t("desk-delivery-about")) }
            div.body id="about-body" data-live="" { (about(&words, &delivery)) }
        }
        @if visitor.may(Role::Secretariat) { (decisions(&words, &visitor, &delivery)) }
        section.part.wide aria-labelledby="attempts" {
            h2 id="attempts" { (words.t("desk-delivery-attempts")) }
            div.body id="attempts-body" data-live="" {
                @if attempts.is_empty() { p { (words.t("desk-delivery-no-attempts")) } } @else { (tries(&words, &attempts)) }
            }
        }
        (wide("letter", &words.t("desk-delivery-letter"), &html! {
            pre lang=(delivery.order.letter.language) tabindex="0" { (without_links(&delivery.order.letter.text)) }
        }))
    }))
}

/// A letter without what opens something: an approver's link is theirs alone, and whoever may look at
/// mails may not decide by it.
fn without_links(text: &str) -> String {
    const LINK: &str = "/sign-off/";
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(LINK) {
        shown.push_str(before);
        shown.push_str(LINK);
        shown.push('…');
        rest = after.find(char::is_whitespace).and_then(|end| after.get(end..)).unwrap_or_default();
    }
    shown.push_str(rest);
    shown
}

fn about(words: &Words<'_>, delivery: &Delivery) -> Markup {
    let order = &delivery.order;
    html! {
        dl.facts {
            dt { (words.t("desk-column-state")) }
            dd {
                (words.delivery_state(delivery.state))
                @if delivery.possible_duplicate { p.quiet { (words.t("desk-delivery-twice-what")) } }
            }
            dt { (words.t("desk-column-to")) }
            dd { @if order.name.is_empty() { (order.email) } @else { (order.name) " <" (order.email) ">" } }
            dt { (words.t("desk-column-purpose")) }
            dd { (words.t(&format!("desk-purpose-{}", order.purpose.word().replace('_', "-")))) }
            @if let Some(run) = order.run {
                dt { (words.t("desk-column-report")) }
                dd { a href=(format!("/runs/{run}")) { (words.say("desk-delivery-run", &[("run", run.into())])) } }
            }
            dt { (words.t("desk-column-written")) }
            dd { (words.time(delivery.created_at)) }
            @if matches!(delivery.state, DeliveryState::Pending | DeliveryState::Waiting | DeliveryState::Unknown) {
                dt { (words.t("desk-delivery-next")) }
                dd { (words.time(delivery.next_attempt_at)) }
            }
            @if !order.attachments.is_empty() {
                dt { (words.t(if delivery.linked { "desk-delivery-linked" } else { "desk-delivery-attached" })) }
                dd { @for attachment in &order.attachments { p { (attachment.file_name) } } }
            }
            dt { "Message-ID" }
            dd { code { (order.message_id) } }
        }
    }
}

fn decisions(words: &Words<'_>, visitor: &Visitor, delivery: &Delivery) -> Markup {
    let to = |what: &str| format!("/deliveries/{}/{what}", delivery.id);
    let may_retry = matches!(
        delivery.state,
        DeliveryState::DeadLetter | DeliveryState::Bounced | DeliveryState::Waiting | DeliveryState::Unknown
    );
    let may_cancel = matches!(delivery.state, DeliveryState::Pending | DeliveryState::Waiting);
    if !may_retry && !may_cancel {
        return html! {};
    }
    part(
        "decisions",
        &words.t("desk-run-decisions"),
        &html! {
            @if may_retry {
                p { (words.t(match delivery.state {
                DeliveryState::DeadLetter => "desk-delivery-retry-dead",
                DeliveryState::Bounced => "desk-delivery-retry-bounced",
                _ => "desk-delivery-retry-what",
            })) }
                div.acts { (button(visitor, &to("retry"), &words.t("desk-delivery-retry"), "")) }
            }
            @if may_cancel {
                (grave(visitor, &to("cancel"), &words.t("desk-delivery-cancel"), &words.t("desk-delivery-cancel-what"), &words.t("desk-delivery-cancel-yes")))
            }
        },
    )
}

fn tries(words: &Words<'_>, attempts: &[AttemptRecord]) -> Markup {
    let columns = ["attempt", "begun", "outcome", "reply"].map(|id| words.t(&format!("desk-column-{id}")));
    html! {
        table.cards role="table" {
            caption.unseen { (words.t("desk-delivery-attempts")) }
            (head(&columns, &[]))
            tbody role="rowgroup" {
                @for attempt in attempts {
                    tr role="row" {
                        th role="rowheader" scope="row" { (words.say("desk-attempt", &[("n", attempt.number.into())])) }
                        (cell(&columns[1], &words.time(attempt.begun_at)))
                        (cell(&columns[2], &html! {
                            (words.t(&format!("desk-outcome-{}", attempt.outcome.as_deref().unwrap_or("open").replace('_', "-"))))
                        }))
                        td.reply role="cell" data-label=(columns[3]) { (attempt.reply.as_deref().unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

/// `POST /deliveries/{id}/retry`
pub(super) async fn retry(State(desk): State<Desk>, Path(id): Path<i64>, _: Act<Nothing>) -> Result<Redirect, Problem> {
    desk.store().retry_delivery(id, desk.clock().now()).await?;
    desk.tell();
    Ok(Redirect::to(&format!("/deliveries/{id}?done=retried")))
}

/// `POST /deliveries/{id}/cancel`
pub(super) async fn cancel(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    _: Act<Nothing>,
) -> Result<Redirect, Problem> {
    desk.store().cancel_delivery(id).await?;
    desk.tell();
    Ok(Redirect::to(&format!("/deliveries/{id}?done=taken-back")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_looks_at_a_mail_cannot_decide_by_its_link() {
        let text = "Here:\nhttps://reports.example.org/sign-off/abc.def\nand /sign-off/ghi";
        assert_eq!(without_links(text), "Here:\nhttps://reports.example.org/sign-off/…\nand /sign-off/…");
        assert_eq!(without_links("no link"), "no link");
    }
}
