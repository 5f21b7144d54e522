//! `/notices`: what the operators have been told of, with what to do about it.

use axum::extract::State;
use maud::{Markup, html};

use crate::desk::Desk;
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::Visitor;
use crate::desk::words::Words;
use crate::herald;
use crate::letter::{NoticeContext, notice_actions, notice_sentence};

/// The page.
pub(super) async fn show(State(desk): State<Desk>, visitor: Visitor) -> Result<Markup, Problem> {
    let (config, words) = (desk.config(), Words::of(&desk, &visitor));
    let standing = herald::standing(desk.store(), &config, desk.clock().now()).await?;
    let setting = NoticeContext { programme: &config.programme.code, zone: config.programme.timezone };
    let sheet = Sheet::new(&desk, &visitor, words.t("desk-notices")).at("/").back("/", words.t("desk-way-today"));
    Ok(sheet.live(15).render(&html! {
        p.lead { (words.t("desk-notices-what")) }
        section.part aria-labelledby="open" {
            h2 id="open" { (words.t("desk-notices-open")) }
            div.body id="open-body" data-live="" {
                @if standing.is_empty() { p { (words.t("desk-notices-none")) } }
                @else {
                    ul.dated {
                        @for (notice, since) in &standing {
                            li {
                                div.when { (words.time(*since)) }
                                div.what {
                                    p { (notice_sentence(notice, setting, words.letters())) }
                                    @for (what, command) in notice_actions(notice, setting, words.letters()) {
                                        p.small { (what) " " code { (command) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }))
}
