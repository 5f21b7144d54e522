//! What a person decides about a run: each a button that was pressed on its page.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::sign_off;
use crate::approval::Way;
use crate::compile::sign_off::{Approved, Hand, SignOffDesk, SignOffError};
use crate::desk::Desk;
use crate::desk::act::{Act, Nothing};
use crate::desk::problem::Problem;

fn back_to(desk: &Desk, run: i64, done: &str) -> Redirect {
    desk.tell();
    Redirect::to(&format!("/runs/{run}?done={done}"))
}

/// What an approver looked at: the hash over the editions.
#[derive(Deserialize)]
pub(super) struct Seen {
    #[serde(default)]
    shown: String,
    #[serde(default)]
    reason: String,
}

/// `POST /runs/{id}/approve`: an approval, for the editions that were shown; where it is the last that was wanted,
/// they go to the recipients.
pub(super) async fn approve(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    act: Act<Seen>,
) -> Result<Response, Problem> {
    let config = desk.config();
    let table = SignOffDesk::new(desk.store(), &config, desk.clock());
    let done = table.approve(hand(id, &act)).await.map(|approved| match approved {
        Approved::Released(_) => "approved",
        Approved::Noted(_) => "noted",
    });
    answer(&desk, id, &act, done)
}

/// `POST /runs/{id}/send-back`: it is held, with the reason.
pub(super) async fn send_back(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    act: Act<Seen>,
) -> Result<Response, Problem> {
    let config = desk.config();
    let table = SignOffDesk::new(desk.store(), &config, desk.clock());
    let done = table.send_back(hand(id, &act), &act.form.reason).await.map(|()| "sent-back");
    answer(&desk, id, &act, done)
}

fn hand(run: i64, act: &Act<Seen>) -> Hand<'_> {
    let shown = Some(act.form.shown.as_str()).filter(|shown| !shown.is_empty());
    Hand::Person { run, name: &act.visitor.name, way: Way::Dashboard, shown }
}

fn answer(desk: &Desk, run: i64, act: &Act<Seen>, done: Result<&str, SignOffError>) -> Result<Response, Problem> {
    match done {
        Ok(done) => Ok(back_to(desk, run, done).into_response()),
        Err(SignOffError::Refused(refusal)) => Ok(sign_off::refused(desk, &act.visitor, &refusal)),
        Err(SignOffError::Failed(error)) => Err(sign_off::failed(error)),
    }
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
