//! Mails.

use axum::Json;
use axum::extract::{Path, Query, State};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Acting, Details, limit};
use crate::desk::Desk;
use crate::desk::problem::Problem;
use crate::outbox::DeliveryState;
use crate::store::{AttemptRecord, DeliveryLine, DeliveryList};

/// A mail.
#[derive(Serialize, ToSchema)]
pub(super) struct Mail {
    id: i64,
    run: Option<i64>,
    /// `report`, `approval`, `answer`, `notice` …
    purpose: String,
    name: String,
    email: String,
    subject: String,
    /// `pending`, `sending`, `waiting`, `unknown`, `delivered`, `dead_letter`, `cancelled`
    state: String,
    created_at: DateTime<Utc>,
    attempts: u32,
    next_attempt_at: DateTime<Utc>,
    /// The mail server's last answer.
    last_reply: Option<String>,
    /// An attempt ended without an answer: it may have arrived twice.
    possible_duplicate: bool,
}

impl From<DeliveryLine> for Mail {
    fn from(line: DeliveryLine) -> Self {
        Self {
            id: line.id,
            run: line.run,
            purpose: line.purpose.word().to_owned(),
            name: line.name,
            email: line.email,
            subject: line.subject,
            state: line.state.word().to_owned(),
            created_at: line.created_at,
            attempts: line.attempts,
            next_attempt_at: line.next_attempt_at,
            last_reply: line.last_reply,
            possible_duplicate: line.possible_duplicate,
        }
    }
}

/// One try of a mail.
#[derive(Serialize, ToSchema)]
pub(super) struct Try {
    number: u32,
    begun_at: DateTime<Utc>,
    /// Null where a crash ended it, or it is under way.
    ended_at: Option<DateTime<Utc>>,
    outcome: Option<String>,
    reply: Option<String>,
}

impl From<AttemptRecord> for Try {
    fn from(attempt: AttemptRecord) -> Self {
        Self {
            number: attempt.number,
            begun_at: attempt.begun_at,
            ended_at: attempt.ended_at,
            outcome: attempt.outcome,
            reply: attempt.reply,
        }
    }
}

/// A mail with its tries.
#[derive(Serialize, ToSchema)]
pub(super) struct WholeMail {
    #[serde(flatten)]
    mail: Mail,
    message_id: String,
    tries: Vec<Try>,
}

/// Mails of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct Mails {
    deliveries: Vec<Mail>,
}

/// Which mails.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Only those in this state.
    #[param(value_type = Option<String>, example = "dead_letter")]
    state: Option<DeliveryState>,
    /// Only those of this run.
    run: Option<i64>,
    /// Only those older than this number.
    before: Option<i64>,
    /// How many, at most 200.
    #[param(minimum = 1, maximum = 200)]
    count: Option<u32>,
}

/// Mails, the newest first
#[utoipa::path(get, path = "/api/v1/deliveries", tag = "deliveries", params(Which), responses(
    (status = 200, body = Mails), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn list(State(desk): State<Desk>, Query(which): Query<Which>) -> Result<Json<Mails>, Problem> {
    let Which { state, run, before, count } = which;
    let lines = desk.store().delivery_lines(&DeliveryList { state, run, before, limit: limit(count) }).await?;
    Ok(Json(Mails { deliveries: lines.into_iter().map(Mail::from).collect() }))
}

/// One mail, with its tries
#[utoipa::path(get, path = "/api/v1/deliveries/{id}", tag = "deliveries", params(("id" = i64, Path)), responses(
    (status = 200, body = WholeMail), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn show(State(desk): State<Desk>, Path(id): Path<i64>) -> Result<Json<WholeMail>, Problem> {
    Ok(Json(whole(&desk, id).await?))
}

/// Try a mail again: one that was given up, or one that waits
#[utoipa::path(post, path = "/api/v1/deliveries/{id}/retry", tag = "deliveries", params(("id" = i64, Path)), responses(
    (status = 200, body = WholeMail), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn retry(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    _: Acting,
) -> Result<Json<WholeMail>, Problem> {
    desk.store().retry_delivery(id, desk.clock().now()).await?;
    Ok(Json(whole(&desk, id).await?))
}

/// Take back a mail that has not left
#[utoipa::path(post, path = "/api/v1/deliveries/{id}/cancel", tag = "deliveries", params(("id" = i64, Path)), responses(
    (status = 200, body = WholeMail), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn cancel(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    _: Acting,
) -> Result<Json<WholeMail>, Problem> {
    desk.store().cancel_delivery(id).await?;
    Ok(Json(whole(&desk, id).await?))
}

async fn whole(desk: &Desk, id: i64) -> Result<WholeMail, Problem> {
    let delivery = desk.store().delivery(id).await?;
    let tries = desk.store().attempts(id).await?;
    let order = delivery.order;
    let mail = Mail {
        id: delivery.id,
        run: order.run,
        purpose: order.purpose.word().to_owned(),
        name: order.name,
        email: order.email,
        subject: order.letter.subject,
        state: delivery.state.word().to_owned(),
        created_at: delivery.created_at,
        attempts: delivery.attempts,
        next_attempt_at: delivery.next_attempt_at,
        last_reply: delivery.last_reply,
        possible_duplicate: delivery.possible_duplicate,
    };
    Ok(WholeMail { mail, message_id: order.message_id, tries: tries.into_iter().map(Try::from).collect() })
}
