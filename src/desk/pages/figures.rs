//! The key figures of a run, beside those of the version or the period before.

use maud::{Markup, html};

use crate::desk::parts::{head, number, part};
use crate::desk::problem::Problem;
use crate::desk::words::Words;
use crate::facts::Facts;
use crate::letter::{Row, key_figures};
use crate::report::ReportRun;
use crate::store::Store;

/// The part of the page; `None` where nothing was compiled, or where the figures are those of another program.
pub(super) async fn of_run(words: &Words<'_>, store: &Store, run: &ReportRun) -> Result<Option<Markup>, Problem> {
    let Some(now) = rows(words, run) else { return Ok(None) };
    // A correction is held against what it corrects, a first version against the period before.
    let before = match store.last_released(&run.report, run.period).await? {
        Some(released) if released.revision < run.revision => Some(released),
        _ => store.last_released(&run.report, run.period.previous()).await?,
    };
    let before = before.and_then(|before| Some((rows(words, &before)?, before)));
    let title = before.as_ref().map(|(_, before)| {
        if before.period == run.period {
            words.say("desk-version", &[("revision", before.revision.into())])
        } else {
            words.locale().period(before.period)
        }
    });
    let of_before = |row: &Row| {
        let (rows, _) = before.as_ref()?;
        rows.iter().find(|other| other.label == row.label && other.part == row.part).map(|other| other.value.clone())
    };
    let mut columns = vec![words.t("desk-figure"), words.t("desk-figure-now")];
    columns.extend(title.clone());
    let table = html! {
        div.box role="group" aria-labelledby="figures" tabindex="0" {
            table.narrow role="table" {
                caption.unseen { (words.t("desk-figures")) }
                (head(&columns, &[1, 2]))
                tbody role="rowgroup" {
                    @for row in &now {
                        tr role="row" class=[row.part.then_some("part-of")] {
                            th role="rowheader" scope="row" {
                                (row.label)
                                @if !row.note.is_empty() { small { (row.note) } }
                            }
                            (number(&words.t("desk-figure-now"), &row.value))
                            @if let Some(title) = &title { (number(title, &of_before(row).unwrap_or_else(|| "–".to_owned()))) }
                        }
                    }
                }
            }
        }
    };
    Ok(Some(part("figures", &words.t("desk-figures"), &table)))
}

fn rows(words: &Words<'_>, run: &ReportRun) -> Option<Vec<Row>> {
    let facts: Facts = serde_json::from_str(run.facts.as_deref()?).ok()?;
    Some(key_figures(&facts, words.letters()))
}
