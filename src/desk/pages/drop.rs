//! Handing in a workbook through a page: into the inbox, with its problems told at once.

use axum::extract::State;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use super::problems;
use crate::config::Config;
use crate::desk::Desk;
use crate::desk::act::{Upload, short};
use crate::desk::hand_in::HandIn;
use crate::desk::parts::token;
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::Visitor;
use crate::desk::words::Words;
use crate::diagnostic::Severity;
use crate::intake::Taken;
use crate::recipient::Contributor;

/// Files that may be handed in at once.
const MOST_FILES: usize = 20;

/// The form. `wrong` is the message about a form that came back.
pub(super) fn form(words: &Words<'_>, visitor: &Visitor, config: &Config, wrong: Option<&str>) -> Markup {
    let is_wrong = wrong.is_some();
    let most = config.inbox.max_file_bytes / 1_000_000;
    html! {
        form.drop method="post" action="/workbooks" enctype="multipart/form-data" {
            (token(visitor))
            @if config.contributors.len() > 1 {
                div.field {
                    label for="sender" { (words.t("desk-drop-sender")) }
                    p.help id="sender-help" { (words.t("desk-drop-sender-help")) }
                    select id="sender" name="sender" aria-describedby="sender-help" {
                        option value="" { (words.t("desk-drop-sender-by-name")) }
                        @for person in &config.contributors {
                            option value=(person.email) { (person.name) @if let Some(country) = person.country { " (" (country) ")" } }
                        }
                    }
                }
            }
            div.field {
                label for="files" { (words.t("desk-drop-files")) }
                p.help id="files-help" {
                    (words.say("desk-drop-files-help", &[("mb", most.into())]))
                    span data-with-script="" hidden { " " (words.t("desk-drop-here")) }
                }
                @if let Some(wrong) = wrong { p.error id="files-error" { (words.t(wrong)) } }
                input type="file" id="files" name="files" multiple required
                    accept=".xlsx,.xlsm,.ods,.csv,.tsv,.xls,.jpg,.jpeg,.png"
                    aria-describedby=(if is_wrong { "files-help files-error" } else { "files-help" })
                    aria-invalid=[is_wrong.then_some("true")];
            }
            button.button type="submit" { (words.t("desk-drop-yes")) }
        }
    }
}

/// One file that came.
struct Came {
    name: String,
    /// What reading it came to; `None` for a picture, which the rows of a workbook name.
    taken: Option<Taken>,
}

/// `POST /workbooks`: each file into the inbox, where the intake takes it as if it had been dropped there.
pub(super) async fn take(State(desk): State<Desk>, upload: Upload) -> Result<Response, Problem> {
    let config = desk.config();
    let Upload { visitor, mut rest } = upload;
    let mut sender: Option<Contributor> = None;
    let mut files = Vec::new();
    while let Some(field) = rest.next_field().await.map_err(|fault| unreadable(&fault))? {
        match field.name() {
            Some("sender") => {
                let mut field = field;
                let text = short(&mut field).await?;
                sender = config.contributors.iter().find(|person| person.email == text).cloned();
            }
            Some("files") if files.len() < MOST_FILES => {
                let name = field.file_name().unwrap_or_default().to_owned();
                if name.is_empty() {
                    continue;
                }
                files.push(filled(HandIn::begin(&config, &name, sender.as_ref())?, field).await?);
            }
            Some("files") => return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too-many-files")),
            _ => {}
        }
    }
    if files.is_empty() {
        let words = Words::of(&desk, &visitor);
        let sheet = Sheet::new(&desk, &visitor, words.t("desk-drop-title")).at("/workbooks");
        let body = html! { (form(&words, &visitor, &config, Some("desk-drop-no-files"))) };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet.render(&body)).into_response());
    }
    let mut came = Vec::new();
    for file in files {
        let taken = file.rehearsed(&desk).await?;
        came.push(Came { name: file.keep(&config).await?, taken });
    }
    Ok(page(&desk, &visitor, &came).into_response())
}

async fn filled(mut file: HandIn, mut field: Field<'_>) -> Result<HandIn, Problem> {
    while let Some(chunk) = field.chunk().await.map_err(|fault| unreadable(&fault))? {
        file.write(&chunk)?;
    }
    Ok(file)
}

fn unreadable(fault: &MultipartError) -> Problem {
    Problem::new(
        if fault.status() == StatusCode::PAYLOAD_TOO_LARGE { fault.status() } else { StatusCode::UNPROCESSABLE_ENTITY },
        if fault.status() == StatusCode::PAYLOAD_TOO_LARGE { "too-large" } else { "form-unreadable" },
    )
}

/// What came, and what is to be mended in it.
fn page(desk: &Desk, visitor: &Visitor, came: &[Came]) -> Markup {
    let words = Words::of(desk, visitor);
    let config = desk.config();
    let bad = came.iter().filter(|one| one.taken.as_ref().is_some_and(Taken::needs_fixing)).count();
    let sheet = Sheet::new(desk, visitor, words.t("desk-dropped-title")).at("/workbooks");
    sheet.back("/workbooks", words.t("desk-way-workbooks")).render(&html! {
        div class=(if bad > 0 { "told bad" } else { "told" }) role="status" {
            p { (words.say("desk-dropped-lead", &[("n", came.len().into()), ("bad", bad.into())])) }
            p { (words.t("desk-dropped-what-next")) }
        }
        @for (place, one) in came.iter().enumerate() {
            section.part.wide aria-labelledby=(format!("file-{place}")) {
                h2 id=(format!("file-{place}")) { (one.name) }
                div.body {
                    @match &one.taken {
                        None => p { (words.t("desk-dropped-picture")) },
                        Some(taken) => (outcome(&words, taken)),
                    }
                }
            }
        }
        section.part.wide aria-labelledby="again" {
            h2 id="again" { (words.t("desk-dropped-again")) }
            div.body { (form(&words, visitor, &config, None)) }
        }
    })
}

fn outcome(words: &Words<'_>, taken: &Taken) -> Markup {
    let errors = taken.diagnostics.iter().filter(|d| d.is_error()).count();
    let mut shown = taken.diagnostics.clone();
    // What is to be mended first; each kind in the order of the sheets.
    shown.sort_by_key(|diagnostic| match diagnostic.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    });
    let left = shown.len().saturating_sub(super::workbook::ON_A_PAGE as usize);
    shown.truncate(super::workbook::ON_A_PAGE as usize);
    html! {
        p {
            @if taken.needs_fixing() { span.state.bad { (words.say("desk-workbook-errors", &[("n", errors.into())])) } }
            @else { span.state.good { (words.t("desk-workbook-good")) } }
            " " (super::workbooks::rows(words, &taken.summary))
        }
        @if !shown.is_empty() { (problems::list(words, &shown)) }
        @if left > 0 { p.quiet { (words.say("desk-problems-more", &[("n", left.into())])) } }
    }
}
