//! `/audit`: who did what, the newest first.

use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use crate::desk::Desk;
use crate::desk::parts::{cell, head, pages};
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::Visitor;
use crate::desk::words::Words;
use crate::store::AuditRecord;

/// Deeds on a page.
const ON_A_PAGE: u32 = 50;

/// Which page.
#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<i64>,
}

/// The page.
pub(super) async fn show(
    State(desk): State<Desk>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Markup, Problem> {
    let words = Words::of(&desk, &visitor);
    let mut deeds = desk.store().audit(asked.before, ON_A_PAGE + 1).await?;
    let more = deeds.len() > ON_A_PAGE as usize;
    deeds.truncate(ON_A_PAGE as usize);
    let newest = asked.before.map(|_| "/audit".to_owned());
    let older = deeds.last().filter(|_| more).map(|last| format!("/audit?before={}", last.id));
    let sheet = Sheet::new(&desk, &visitor, words.t("desk-way-audit")).at("/audit");
    Ok(sheet.render(&html! {
        p.lead { (words.t("desk-audit-what")) }
        section.part.wide aria-label=(words.t("desk-way-audit")) {
            div.body {
                @if deeds.is_empty() { p { (words.t("desk-audit-none")) } } @else { (table(&words, &deeds)) }
                (pages(&words, newest, older))
            }
        }
    }))
}

fn table(words: &Words<'_>, deeds: &[AuditRecord]) -> Markup {
    let columns = ["who", "did", "when", "outcome", "from"].map(|id| words.t(&format!("desk-column-{id}")));
    html! {
        table.cards role="table" {
            caption.unseen { (words.t("desk-way-audit")) }
            (head(&columns, &[]))
            tbody role="rowgroup" {
                @for one in deeds {
                    tr role="row" {
                        th role="rowheader" scope="row" {
                            (words.who(&one.deed.who))
                            @if let Some(role) = one.deed.role { small { (words.t(&format!("desk-role-{role}"))) } }
                        }
                        (cell(&columns[1], &html! { (deed(words, &one.deed.action)) small { (subject(&one.deed.subject)) } }))
                        (cell(&columns[2], &words.time(one.at)))
                        (cell(&columns[3], &outcome(words, one.outcome.as_deref())))
                        (cell(&columns[4], &html! { (one.deed.address) }))
                    }
                }
            }
        }
    }
}

/// What was done, in words; as it was written down where there are none for it.
fn deed(words: &Words<'_>, action: &str) -> Markup {
    let path = action.strip_prefix("POST /").unwrap_or(action);
    let parts = path.split(['/', ' ']).filter(|part| !part.starts_with('{'));
    let known = words.maybe(&format!("desk-deed-{}", parts.collect::<Vec<_>>().join("-")));
    html! { @match known { Some(known) => (known), None => code { (action) } } }
}

/// To what it was done, with a way there where there is a page.
fn subject(subject: &str) -> Markup {
    let mut parts = subject.trim_start_matches('/').split('/');
    let page = match (parts.next(), parts.next()) {
        (Some(kind @ ("runs" | "deliveries")), Some(id)) if id.parse::<i64>().is_ok() => Some(format!("/{kind}/{id}")),
        _ => None,
    };
    html! { @match page { Some(page) => a href=(page) { (subject) }, None => (subject) } }
}

fn outcome(words: &Words<'_>, outcome: Option<&str>) -> Markup {
    html! {
        @match outcome {
            Some("done") => span.state.good { (words.t("desk-audit-done")) },
            Some(code) => span.state.careful { (words.maybe(&format!("problem-{code}")).unwrap_or_else(|| code.to_owned())) },
            None => span.state.quiet { (words.t("desk-audit-open")) },
        }
    }
}
