//! A person's word on occurrences that were missed in great number.

use axum::extract::{Path, State};
use axum::response::Redirect;

use crate::desk::Desk;
use crate::desk::act::{Act, Nothing};
use crate::desk::problem::Problem;
use crate::schedule;

/// `POST /missed/{schedule}/release`: those that its misfire policy makes up for become due.
pub(super) async fn release(
    State(desk): State<Desk>,
    Path(schedule): Path<String>,
    act: Act<Nothing>,
) -> Result<Redirect, Problem> {
    settle(&desk, &schedule, true, &act.visitor.name).await
}

/// `POST /missed/{schedule}/drop`: all are skipped.
pub(super) async fn drop(
    State(desk): State<Desk>,
    Path(schedule): Path<String>,
    act: Act<Nothing>,
) -> Result<Redirect, Problem> {
    settle(&desk, &schedule, false, &act.visitor.name).await
}

async fn settle(desk: &Desk, name: &str, is_released: bool, by: &str) -> Result<Redirect, Problem> {
    let (config, store) = (desk.config(), desk.store());
    let waiting = store.backlogs().await?;
    let mut any = false;
    for backlog in waiting.iter().filter(|backlog| backlog.schedule == name) {
        let settled = schedule::settle(store, &config, backlog, is_released, by, desk.clock()).await;
        settled.map_err(|error| match error {
            schedule::ScheduleError::Store(error) => error.into(),
            error => Problem::from(anyhow::Error::new(error)),
        })?;
        any = true;
    }
    if !any {
        return Err(Problem::missing());
    }
    desk.tell();
    Ok(Redirect::to(if is_released { "/?done=missed-released" } else { "/?done=missed-dropped" }))
}
