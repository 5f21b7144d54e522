//! `/workbooks`: every file that was taken, and a place to hand one in.

use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::drop;
use crate::config::Config;
use crate::desk::Desk;
use crate::desk::parts::{cell, head, pages, part};
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::{Role, Visitor};
use crate::desk::words::Words;
use crate::period::ReportingPeriod;
use crate::record::FileSummary;
use crate::store::{FileFilter, FileLine};

/// Files on a page.
const ON_A_PAGE: u32 = 50;

/// Which page of which list.
#[derive(Deserialize)]
pub(super) struct Asked {
    show: Option<String>,
    before: Option<i64>,
}

/// The page.
pub(super) async fn show(
    State(desk): State<Desk>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Markup, Problem> {
    let (config, words) = (desk.config(), Words::of(&desk, &visitor));
    let to_fix = asked.show.as_deref() == Some("to-fix");
    let filter = FileFilter { to_fix, before: asked.before, limit: ON_A_PAGE + 1 };
    let mut files = desk.store().file_lines(filter).await?;
    let more = files.len() > ON_A_PAGE as usize;
    files.truncate(ON_A_PAGE as usize);
    let kept = if to_fix { "show=to-fix&" } else { "" };
    let newest = asked.before.map(|_| format!("/workbooks?{kept}"));
    let older = files.last().filter(|_| more).map(|last| format!("/workbooks?{kept}before={}", last.id));
    let sheet = Sheet::new(&desk, &visitor, words.t("desk-way-workbooks")).at("/workbooks").live(5);
    Ok(sheet.render(&html! {
        @if visitor.may(Role::Secretariat) { (part("drop", &words.t("desk-drop-title"), &drop::form(&words, &visitor, &config, None))) }
        section.part.wide aria-labelledby="taken" {
            h2 id="taken" { (words.t("desk-workbooks-taken")) }
            div.body id="list" data-live="" {
                nav aria-label=(words.t("desk-filter")) {
                    ul.filter {
                        li { a href="/workbooks" aria-current=[(!to_fix).then_some("true")] { (words.t("desk-all")) } }
                        li { a href="/workbooks?show=to-fix" aria-current=[to_fix.then_some("true")] { (words.t("desk-workbooks-to-fix")) } }
                    }
                }
                @if files.is_empty() { p { (words.t(if to_fix { "desk-workbooks-none-to-fix" } else { "desk-workbooks-none" })) } }
                @else { (table(&words, &config, &files)) }
                (pages(&words, newest, older))
            }
        }
    }))
}

fn table(words: &Words<'_>, config: &Config, files: &[FileLine]) -> Markup {
    let columns = ["file", "state", "rows", "period", "taken"].map(|id| words.t(&format!("desk-column-{id}")));
    html! {
        table.cards role="table" {
            caption.unseen { (words.t("desk-workbooks-taken")) }
            (head(&columns, &[]))
            tbody role="rowgroup" {
                @for file in files {
                    tr role="row" {
                        th role="rowheader" scope="row" {
                            a.main href=(format!("/workbooks/{}", file.id)) { (file.summary.file) }
                            small { (from(words, config, &file.source, &file.summary.file)) }
                        }
                        (cell(&columns[1], &state(words, file)))
                        (cell(&columns[2], &html! { (rows(words, &file.summary)) }))
                        (cell(&columns[3], &html! { (periods(words, &file.summary)) }))
                        (cell(&columns[4], &words.time(file.received_at)))
                    }
                }
            }
        }
    }
}

/// Where a file stands, as a word with its mark.
pub(super) fn state(words: &Words<'_>, file: &FileLine) -> Markup {
    html! {
        @if file.is_replaced { span.state.quiet { (words.t("desk-workbook-replaced")) } }
        @else if file.needs_fixing() { span.state.bad { (words.say("desk-workbook-errors", &[("n", file.errors.into())])) } }
        @else if file.summary.rows_read == 0 { span.state.careful { (words.t("desk-workbook-nothing")) } }
        @else { span.state.good { (words.t("desk-workbook-good")) } }
    }
}

/// Whose file it is.
pub(super) fn from(words: &Words<'_>, config: &Config, source: &str, file: &str) -> String {
    match config.contributors.iter().find(|person| person.email.eq_ignore_ascii_case(source)) {
        Some(person) => person.name.clone(),
        None if source == file => words.t("desk-workbook-nobody"),
        None => source.to_owned(),
    }
}

/// `12 rows read, 11 accepted, 1 held`.
pub(super) fn rows(words: &Words<'_>, summary: &FileSummary) -> String {
    words.say(
        "desk-workbook-rows",
        &[
            ("read", summary.rows_read.into()),
            ("accepted", summary.rows_accepted.into()),
            ("held", summary.rows_held.into()),
        ],
    )
}

/// The periods that a file speaks of, the first few.
pub(super) fn periods(words: &Words<'_>, summary: &FileSummary) -> String {
    let mut periods: Vec<ReportingPeriod> = summary.sheets.values().flatten().copied().collect();
    periods.sort_unstable();
    periods.dedup();
    let shown: Vec<String> = periods.iter().rev().take(3).map(|period| words.locale().period(*period)).collect();
    let more = if periods.len() > shown.len() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
