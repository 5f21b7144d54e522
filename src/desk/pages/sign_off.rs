//! `/sign-off/{token}`: an approver's link. Looking changes nothing, however often it is done and by whatever
//! scanner; only a button that is pressed there decides, once.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::editions;
use crate::approval::{Approval, FigureChange, Verdict};
use crate::compile::sign_off::{Approved, Hand, Refusal, Shown, SignOffDesk, SignOffError};
use crate::desk::Desk;
use crate::desk::act::Act;
use crate::desk::parts::{escaped, head, number, part, token as token_field};
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::Visitor;
use crate::desk::words::Words;
use crate::recipient::Language;

/// The page: what would go out, and two buttons.
pub(super) async fn show(
    State(desk): State<Desk>,
    Path(token): Path<String>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let config = desk.config();
    match SignOffDesk::new(desk.store(), &config, desk.clock()).look(Hand::Link { token: &token }).await {
        Ok(shown) => Ok(page(&desk, &visitor, &token, &shown, None).into_response()),
        Err(SignOffError::Refused(refusal)) => Ok(refused(&desk, &visitor, &refusal)),
        Err(SignOffError::Failed(error)) => Err(failed(error)),
    }
}

/// What the form says.
#[derive(Deserialize)]
pub(super) struct Decision {
    decision: String,
    #[serde(default)]
    reason: String,
}

/// `POST /sign-off/{token}`: the decision.
pub(super) async fn decide(
    State(desk): State<Desk>,
    Path(token): Path<String>,
    act: Act<Decision>,
) -> Result<Response, Problem> {
    let (config, words) = (desk.config(), Words::of(&desk, &act.visitor));
    let table = SignOffDesk::new(desk.store(), &config, desk.clock());
    let hand = Hand::Link { token: &token };
    let done = match act.form.decision.as_str() {
        "approve" => table.approve(hand).await.map(|approved| match approved {
            Approved::Released(mails) => words.say("desk-sign-off-released", &[("n", mails.into())]),
            Approved::Noted(others) => words.say("desk-sign-off-noted", &[("people", words.list(&others).into())]),
        }),
        "send-back" => {
            let sent = table.send_back(hand, &act.form.reason).await;
            sent.map(|()| words.t("desk-sign-off-sent-back"))
        }
        _ => return Err(Problem::senseless()),
    };
    match done {
        Ok(told) => {
            desk.tell();
            let sheet = Sheet::new(&desk, &act.visitor, words.t("desk-sign-off-thanks")).bare();
            Ok(sheet
                .render(&html! { div.told role="status" { p { (told) } } p { (words.t("desk-sign-off-close")) } })
                .into_response())
        }
        Err(SignOffError::Refused(refusal)) => match *refusal {
            // The form comes back, with the field that is missing.
            Refusal::NoReason => match table.look(hand).await {
                Ok(shown) => {
                    let page = page(&desk, &act.visitor, &token, &shown, Some("desk-sign-off-no-reason"));
                    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
                }
                Err(SignOffError::Refused(refusal)) => Ok(refused(&desk, &act.visitor, &refusal)),
                Err(SignOffError::Failed(error)) => Err(failed(error)),
            },
            refusal => Ok(refused(&desk, &act.visitor, &refusal)),
        },
        Err(SignOffError::Failed(error)) => Err(failed(error)),
    }
}

/// Which edition.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    edition: String,
}

/// `GET /sign-off/{token}/editions/{language}`: a PDF for whoever holds the link.
pub(super) async fn pdf(
    State(desk): State<Desk>,
    Path((token, language)): Path<(String, Language)>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let config = desk.config();
    let shown = match SignOffDesk::new(desk.store(), &config, desk.clock()).look(Hand::Link { token: &token }).await {
        Ok(shown) => shown,
        Err(SignOffError::Refused(refusal)) => return Ok(refused(&desk, &visitor, &refusal)),
        Err(SignOffError::Failed(error)) => return Err(failed(error)),
    };
    let document = shown.documents.iter().find(|d| d.language == language && d.edition == asked.edition);
    let document = document.ok_or_else(Problem::missing)?;
    Ok(editions::answer(&editions::read(&desk, document).await?, document, false))
}

/// `GET /sign-off/{token}/covers/{language}`: its first page as a picture.
pub(super) async fn cover(
    State(desk): State<Desk>,
    Path((token, language)): Path<(String, Language)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let config = desk.config();
    let looked = SignOffDesk::new(desk.store(), &config, desk.clock()).look(Hand::Link { token: &token }).await;
    let Ok(shown) = looked else { return Err(Problem::missing()) };
    let document = shown.documents.iter().find(|d| d.language == language && d.edition == asked.edition);
    editions::picture(&desk, document.ok_or_else(Problem::missing)?).await
}

/// What could not be done for reasons of ours.
pub(super) fn failed(error: crate::compile::CompileError) -> Problem {
    match error {
        crate::compile::CompileError::Store(error) => error.into(),
        error => Problem::from(anyhow::Error::new(error)),
    }
}

/// A decision that is not taken: what is so, and what to do.
pub(super) fn refused(desk: &Desk, visitor: &Visitor, refusal: &Refusal) -> Response {
    let words = Words::of(desk, visitor);
    let told = refusal.told(words.locale(), desk.config().programme.timezone);
    let status = match refusal {
        Refusal::Forged | Refusal::NotAnApprover { .. } => StatusCode::FORBIDDEN,
        Refusal::Expired { .. } => StatusCode::GONE,
        Refusal::NoReason => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    };
    let title = words.t("desk-sign-off-refused");
    let sheet = Sheet::new(desk, visitor, title);
    let sheet = if visitor.role.is_none() { sheet.bare() } else { sheet };
    let body = html! {
        div.told.careful role="status" data-code=(refusal.code()) {
            p { (crate::locale::words::capitalised(&told.message)) }
            p { (crate::locale::words::capitalised(&told.hint)) }
        }
    };
    (status, sheet.render(&body)).into_response()
}

fn page(desk: &Desk, visitor: &Visitor, token: &str, shown: &Shown, wrong: Option<&str>) -> Markup {
    let words = Words::of(desk, visitor);
    let run = &shown.run;
    let title = super::runs::title(&words, run);
    let address = format!("/sign-off/{}", escaped(token));
    let name = shown.approver.as_ref().map_or_else(String::new, |person| person.name.clone());
    Sheet::new(desk, visitor, title).bare().render(&html! {
        p.lead {
            (words.say("desk-sign-off-lead", &[("name", name.into()), ("n", shown.recipients.into())]))
            @if let Some(until) = shown.expires_at {
                " " (words.say("desk-sign-off-until", &[("time", words.time_text(until).into())]))
            }
        }
        p.acts { a href="#decision" { (words.t("desk-sign-off-decision")) " ↓" } }
        (part("editions", &words.t("desk-run-editions"), &html! {
            (editions::covers(&words, desk, run, &shown.documents, &address))
            @if let Some(first) = shown.documents.iter().find(|d| d.language == visitor.language).or(shown.documents.first()) {
                // As wide as its frame, without the list of its pages beside it.
                iframe.pdf src=(format!("{}#navpanes=0&pagemode=none&view=FitH", editions::address(&address, "editions", first))) title=(words.t("desk-sign-off-frame")) loading="lazy" {}
            }
        }))
        (problems(&words, shown))
        (changes(&words, shown))
        (given(&words, &words.t("desk-sign-off-given"), &shown.given, false))
        (part("decision", &words.t("desk-sign-off-decision"), &html! {
            @if shown.all && shown.waits_for.len() > 1 {
                p { (words.say("desk-sign-off-all", &[("people", words.list(&shown.waits_for).into())])) }
            }
            p { (words.t("desk-sign-off-approve-what")) }
            form method="post" action=(address) {
                (token_field(visitor))
                input type="hidden" name="decision" value="approve";
                button.button type="submit" { (words.t("desk-sign-off-approve")) }
            }
            (send_back(&words, visitor, &address, "", wrong))
        }))
    })
}

/// The form by which a report is sent back; with its reason, or nobody could put anything right.
pub(super) fn send_back(
    words: &Words<'_>,
    visitor: &Visitor,
    action: &str,
    shown: &str,
    wrong: Option<&str>,
) -> Markup {
    let is_wrong = wrong.is_some();
    html! {
        details open[is_wrong] {
            summary { (words.t("desk-sign-off-send-back")) }
            form.form method="post" action=(action) {
                (token_field(visitor))
                input type="hidden" name="decision" value="send-back";
                @if !shown.is_empty() { input type="hidden" name="shown" value=(shown); }
                div.field {
                    label for="reason" { (words.t("desk-sign-off-reason")) }
                    p.help id="reason-help" { (words.t("desk-sign-off-reason-help")) }
                    @if let Some(wrong) = wrong { p.error id="reason-error" { (words.t(wrong)) } }
                    textarea id="reason" name="reason" required maxlength="2000"
                        aria-describedby=(if is_wrong { "reason-help reason-error" } else { "reason-help" })
                        aria-invalid=[is_wrong.then_some("true")] {}
                }
                button.button.grave type="submit" { (words.t("desk-sign-off-send-back-yes")) }
            }
        }
    }
}

/// Who said what of it; `by_way` also by which way.
pub(super) fn given(words: &Words<'_>, title: &str, given: &[Approval], by_way: bool) -> Markup {
    html! {
        @if !given.is_empty() {
            (part("given", title, &html! {
                ul.dated {
                    @for one in given {
                        li {
                            div.when { (words.time(one.at)) }
                            div.what {
                                p {
                                    (words.who(&one.name)) ": "
                                    @match one.verdict {
                                        Verdict::Approved => span.state.good { (words.t("desk-verdict-approved")) },
                                        Verdict::SentBack => span.state.careful { (words.t("desk-verdict-sent-back")) },
                                    }
                                    @if by_way { " " span.quiet { (words.t(&format!("desk-way-by-{}", one.way.word()))) } }
                                }
                                @if let Some(reason) = &one.reason { p.quiet { (reason) } }
                            }
                        }
                    }
                }
            }))
        }
    }
}

/// What is open, in the visitor's language where it was told in it.
pub(super) fn problems(words: &Words<'_>, shown: &Shown) -> Markup {
    let told = of_language(&shown.brief.problems, words.locale().language());
    let Some((language, problems)) = told else { return html! {} };
    part(
        "problems",
        &words.t("desk-sign-off-problems"),
        &html! {
            @if problems.is_empty() { p { (words.t("desk-sign-off-no-problems")) } }
            @else { ul lang=(language) { @for problem in problems { li { (super::problems::quoted(problem)) } } } }
        },
    )
}

/// What has changed since the last compiling, the version before and the period before.
pub(super) fn changes(words: &Words<'_>, shown: &Shown) -> Markup {
    let brief = &shown.brief;
    let language = words.locale().language();
    let before = brief.period_before.map(|period| words.locale().period(period));
    let of_period = before.map(|period| words.say("desk-changes-period", &[("period", period.into())]));
    let tables = [
        ("since-compile", Some(words.t("desk-changes-compile")), &brief.since_compile),
        ("since-version", Some(words.t("desk-changes-version")), &brief.since_version),
        ("since-period", of_period, &brief.since_period),
    ];
    html! {
        @for (id, title, all) in tables {
            @if let (Some(title), Some((_, changes))) = (title, of_language(all, language)) {
                @if !changes.is_empty() { (part(id, &title, &figure_changes(words, id, &title, changes))) }
            }
        }
    }
}

fn figure_changes(words: &Words<'_>, id: &str, caption: &str, changes: &[FigureChange]) -> Markup {
    let columns = ["desk-figure", "desk-figure-before", "desk-figure-after"].map(|id| words.t(id));
    html! {
        div.box role="group" aria-labelledby=(id) tabindex="0" {
            table.narrow role="table" {
                caption.unseen { (caption) }
                (head(&columns, &[1, 2]))
                tbody role="rowgroup" {
                    @for change in changes {
                        tr role="row" {
                            th role="rowheader" scope="row" { (change.label) }
                            (number(&columns[1], &change.before))
                            (number(&columns[2], &change.after))
                        }
                    }
                }
            }
        }
    }
}

fn of_language<T>(all: &std::collections::BTreeMap<Language, T>, language: Language) -> Option<(Language, &T)> {
    all.get_key_value(&language).or_else(|| all.first_key_value()).map(|(language, told)| (*language, told))
}
