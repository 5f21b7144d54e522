//! What a person decides about a run: each a button that was pressed on its page.

use axum::extract::{Path, State};
use axum::response::Redirect;

use crate::compile;
use crate::desk::Desk;
use crate::desk::act::{Act, Nothing};
use crate::desk::problem::Problem;

fn back_to(desk: &Desk, run: i64, done: &str) -> Redirect {
    desk.tell();
    Redirect::to(&format!("/runs/{run}?done={done}"))
}

/// `POST /runs/{id}/approve`: its editions go to the recipients.
pub(super) async fn approve(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    act: Act<Nothing>,
) -> Result<Redirect, Problem> {
    let released = compile::release(desk.store(), &desk.config(), id, &act.visitor.name, desk.clock()).await;
    released.map_err(|error| match error {
        compile::CompileError::Store(error) => error.into(),
        error => Problem::from(anyhow::Error::new(error)),
    })?;
    Ok(back_to(&desk, id, "approved"))
}

/// `POST /runs/{id}/hold`
pub(super) async fn hold(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    act: Act<Nothing>,
) -> Result<Redirect, Problem> {
    desk.store().hold_run(id, &act.visitor.name, desk.clock().now()).await?;
    Ok(back_to(&desk, id, "held"))
}

/// `POST /runs/{id}/retry`
pub(super) async fn retry(State(desk): State<Desk>, Path(id): Path<i64>, _: Act<Nothing>) -> Result<Redirect, Problem> {
    desk.store().retry_run(id, desk.clock().now()).await?;
    Ok(back_to(&desk, id, "compiled-again"))
}

/// `POST /runs/{id}/cancel`
pub(super) async fn cancel(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    act: Act<Nothing>,
) -> Result<Redirect, Problem> {
    desk.store().cancel_run(id, &act.visitor.name, desk.clock().now()).await?;
    Ok(back_to(&desk, id, "cancelled"))
}
