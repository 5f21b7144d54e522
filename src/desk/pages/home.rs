//! `/`: how things stand.

use axum::extract::State;
use maud::{Markup, html};

use crate::desk::Desk;
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::Visitor;

/// The page.
pub(super) async fn show(State(desk): State<Desk>, visitor: Visitor) -> Result<Markup, Problem> {
    let locale = desk.locale(visitor.language);
    let runs = desk.store().runs(&[], 20).await?;
    Ok(Sheet::new(&desk, &visitor, locale.word("desk-home")).at("/").render(&html! {
        ul {
            @for run in &runs {
                li { (run.id) " " (locale.period(run.period)) " " (run.state.word()) }
            }
        }
    }))
}
