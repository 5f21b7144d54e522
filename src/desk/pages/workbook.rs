//! `/workbooks/{id}`: one file: what is wrong with it cell by cell, the answer that went out, the marked copy.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::problems;
use super::workbooks::{from, periods, rows, state};
use crate::desk::Desk;
use crate::desk::parts::{disposition, wide};
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::Visitor;
use crate::desk::words::Words;
use crate::digest;
use crate::intake::{FiledFile, find_filed};
use crate::store::{FileLine, SentAnswer};

/// Problems of each kind on a page.
pub(super) const ON_A_PAGE: u32 = 100;

/// After how many problems of which kind the page begins.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    errors: u32,
    #[serde(default)]
    remarks: u32,
}

/// The page.
pub(super) async fn show(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Markup, Problem> {
    let (config, store, words) = (desk.config(), desk.store(), Words::of(&desk, &visitor));
    let file = store.file_line(id).await?;
    let errors = store.told_about(id, true, asked.errors, ON_A_PAGE).await?;
    let remarks = store.told_about(id, false, asked.remarks, ON_A_PAGE).await?;
    let all_remarks = store.remarks_about(id).await?;
    let sent = store.sent_answer(&file.source, &file.summary.sha256).await?;
    let filed = filed(&desk, &file).await;
    let has_copy = copy_of(&desk, sent.as_ref(), filed.as_ref()).is_some();
    let beside = filed.as_ref().and_then(|filed| filed.answer.clone()).filter(|_| sent.is_none());
    let beside = match beside {
        Some(path) => tokio::fs::read_to_string(path).await.ok(),
        None => None,
    };
    let list = |title: &str, id: &str, found: &[_], from: u32, all: u32, key: &str| {
        let address = |after: u32| format!("?{key}={after}#{id}");
        let reached = from.saturating_add(u32::try_from(found.len()).unwrap_or(u32::MAX));
        wide(
            id,
            title,
            &html! {
                (problems::list(&words, found))
                @if from > 0 || reached < all {
                    nav.pages aria-label=(title) {
                        @if from > 0 { a rel="prev" href=(address(from.saturating_sub(ON_A_PAGE))) { (words.t("desk-problems-before")) } }
                        @if reached < all {
                            a rel="next" href=(address(reached)) { (words.say("desk-problems-after", &[("n", (all - reached).into())])) }
                        }
                    }
                }
            },
        )
    };
    let sheet = Sheet::new(&desk, &visitor, file.summary.file.clone()).at("/workbooks");
    Ok(sheet.back("/workbooks", words.t("desk-way-workbooks")).render(&html! {
        p.lead { (lead(&words, &file)) }
        @if has_copy {
            p.acts { a.button href=(format!("/workbooks/{id}/marked")) { (words.t("desk-workbook-marked")) } }
        }
        section.part aria-labelledby="about" {
            h2 id="about" { (words.t("desk-workbook-about")) }
            div.body {
                dl.facts {
                    dt { (words.t("desk-column-state")) }
                    dd { (state(&words, &file)) }
                    dt { (words.t("desk-workbook-from")) }
                    dd { (from(&words, &config, &file.source, &file.summary.file)) }
                    dt { (words.t("desk-column-taken")) }
                    dd { (words.time(file.received_at)) }
                    dt { (words.t("desk-column-rows")) }
                    dd { (rows(&words, &file.summary)) }
                    @if !file.summary.sheets.is_empty() {
                        dt { (words.t("desk-workbook-sheets")) }
                        dd {
                            (words.list(&file.summary.sheets.keys()
                                .map(|sheet| words.t(&format!("answer-sheet-{}", sheet.name().to_lowercase())))
                                .collect::<Vec<_>>()))
                        }
                        dt { (words.t("desk-period")) }
                        dd { (periods(&words, &file.summary)) }
                    }
                }
            }
        }
        @if !errors.is_empty() { (list(&words.t("desk-problems-errors"), "errors", &errors, asked.errors, file.errors, "errors")) }
        @if !remarks.is_empty() { (list(&words.t("desk-problems-remarks"), "remarks", &remarks, asked.remarks, all_remarks, "remarks")) }
        (answer(&words, sent.as_ref(), beside.as_deref()))
    }))
}

fn lead(words: &Words<'_>, file: &FileLine) -> String {
    let id = if file.is_replaced {
        "desk-workbook-lead-replaced"
    } else if file.needs_fixing() {
        "desk-workbook-lead-bad"
    } else if file.summary.rows_read == 0 {
        "desk-workbook-lead-nothing"
    } else {
        "desk-workbook-lead-good"
    };
    words.say(id, &[("errors", file.errors.into()), ("held", file.summary.rows_held.into())])
}

/// The answer as it went out: by mail, else beside the file.
fn answer(words: &Words<'_>, sent: Option<&SentAnswer>, beside: Option<&str>) -> Markup {
    let (text, language) = match (sent, beside) {
        (Some(sent), _) => (sent.text.as_str(), Some(sent.language)),
        (None, Some(text)) => (text, None),
        (None, None) => return html! {},
    };
    wide(
        "answer",
        &words.t("desk-workbook-answer"),
        &html! {
            @match sent {
                Some(sent) => p {
                    (words.t("desk-workbook-answer-mailed")) " "
                    a href=(format!("/deliveries/{}", sent.delivery)) { (words.say("desk-workbook-answer-mail", &[("n", sent.delivery.into())])) }
                    " " (words.delivery_state(sent.state))
                },
                None => p { (words.t("desk-workbook-answer-beside")) },
            }
            details {
                summary { (words.t("desk-workbook-answer-read")) }
                pre lang=[language] tabindex="0" { (text) }
            }
        },
    )
}

/// `GET /workbooks/{id}/marked`: the copy in which every problem stands in its cell.
pub(super) async fn marked(State(desk): State<Desk>, Path(id): Path<i64>) -> Result<Response, Problem> {
    let store = desk.store();
    let file = store.file_line(id).await?;
    let sent = store.sent_answer(&file.source, &file.summary.sha256).await?;
    let filed = filed(&desk, &file).await;
    let (path, name, hash) = copy_of(&desk, sent.as_ref(), filed.as_ref()).ok_or_else(Problem::missing)?;
    let bytes = tokio::fs::read(&path).await.map_err(|_| Problem::missing())?;
    if hash.is_some_and(|hash| hash != digest::of(&bytes)) {
        return Err(Problem::missing());
    }
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition("attachment", &name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

async fn filed(desk: &Desk, file: &FileLine) -> Option<FiledFile> {
    let (config, name, hash) = (desk.config(), file.summary.file.clone(), file.summary.sha256.clone());
    tokio::task::spawn_blocking(move || find_filed(&config, &name, &hash)).await.ok().flatten()
}

/// Where the marked copy is, its name, and its hash where it is known: beside the file, else the one that was mailed.
fn copy_of(
    desk: &Desk,
    sent: Option<&SentAnswer>,
    filed: Option<&FiledFile>,
) -> Option<(std::path::PathBuf, String, Option<String>)> {
    let beside = filed.and_then(|filed| filed.marked.clone()).and_then(|path| {
        let name = path.file_name()?.to_str()?.to_owned();
        Some((path, name, None))
    });
    let mailed = || {
        let attachment = sent?.attachments.first()?;
        let path = desk.config().at_home(std::path::Path::new(&attachment.path));
        path.is_file().then(|| (path, attachment.file_name.clone(), Some(attachment.sha256.clone())))
    };
    beside.or_else(mailed)
}
