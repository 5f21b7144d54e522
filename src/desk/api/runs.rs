//! Report runs.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Acting, Details, limit};
use crate::desk::Desk;
use crate::desk::problem::Problem;
use crate::period::ReportingPeriod;
use crate::report::{ArchivedDocument, ReportRun, RunState};
use crate::schedule;

/// A report run.
#[derive(Serialize, ToSchema)]
pub(super) struct Run {
    id: i64,
    schedule: String,
    report: String,
    /// `2017-Q4`
    period: String,
    revision: u32,
    /// `due`, `compiling`, `held`, `awaiting_approval`, `released`, `failed`, `skipped`
    state: String,
    due_at: DateTime<Utc>,
    note: String,
    /// Why it is held, failed or skipped.
    reason: Option<String>,
    /// Day up to which data is taken into account.
    as_of: Option<NaiveDate>,
    decided_by: Option<String>,
    decided_at: Option<DateTime<Utc>>,
}

impl From<ReportRun> for Run {
    fn from(run: ReportRun) -> Self {
        Self {
            id: run.id,
            schedule: run.schedule,
            report: run.report,
            period: run.period.to_string(),
            revision: run.revision,
            state: run.state.word().to_owned(),
            due_at: run.due_at,
            note: run.note,
            reason: run.reason,
            as_of: run.as_of,
            decided_by: run.decided_by,
            decided_at: run.decided_at,
        }
    }
}

/// An edition of a run.
#[derive(Serialize, ToSchema)]
pub(super) struct Edition {
    language: String,
    /// Empty for the whole region, a country's code for its own edition.
    edition: String,
    file_name: String,
    sha256: String,
    size: u64,
    pages: u32,
}

impl From<ArchivedDocument> for Edition {
    fn from(document: ArchivedDocument) -> Self {
        Self {
            language: document.language.to_string(),
            edition: document.edition,
            file_name: document.file_name,
            sha256: document.sha256,
            size: document.size,
            pages: document.pages,
        }
    }
}

/// A run with its editions.
#[derive(Serialize, ToSchema)]
pub(super) struct WholeRun {
    #[serde(flatten)]
    run: Run,
    editions: Vec<Edition>,
}

/// Runs of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct Runs {
    runs: Vec<Run>,
}

/// Which runs.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Only those in this state.
    #[param(value_type = Option<String>, example = "held")]
    state: Option<RunState>,
    /// How many, at most 200.
    #[param(minimum = 1, maximum = 200)]
    count: Option<u32>,
    /// How many are passed over.
    skip: Option<u32>,
}

/// Report runs, the newest first
#[utoipa::path(get, path = "/api/v1/runs", tag = "runs", params(Which), responses(
    (status = 200, body = Runs), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn list(State(desk): State<Desk>, Query(which): Query<Which>) -> Result<Json<Runs>, Problem> {
    let states: Vec<RunState> = which.state.into_iter().collect();
    let runs = desk.store().run_lines(&states, which.skip.unwrap_or(0), limit(which.count)).await?;
    Ok(Json(Runs { runs: runs.into_iter().map(Run::from).collect() }))
}

/// One run, with its editions
#[utoipa::path(get, path = "/api/v1/runs/{id}", tag = "runs", params(("id" = i64, Path)), responses(
    (status = 200, body = WholeRun), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn show(State(desk): State<Desk>, Path(id): Path<i64>) -> Result<Json<WholeRun>, Problem> {
    let run = desk.store().run(id).await?;
    let editions = desk.store().documents(id).await?;
    Ok(Json(WholeRun { run: run.into(), editions: editions.into_iter().map(Edition::from).collect() }))
}

/// The figures of a compiled run, as `compile --facts` writes them
#[utoipa::path(get, path = "/api/v1/runs/{id}/facts", tag = "runs", params(("id" = i64, Path)), responses(
    (status = 200, body = Object), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn facts(State(desk): State<Desk>, Path(id): Path<i64>) -> Result<Response, Problem> {
    let run = desk.store().run(id).await?;
    let facts = run.facts.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "not-compiled"))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], facts).into_response())
}

/// What is to be begun.
#[derive(Deserialize, ToSchema)]
pub(super) struct Begin {
    /// Name of a schedule.
    schedule: String,
    /// `2017-Q4`; where none is given, the one the schedule would report now.
    #[schema(value_type = Option<String>, example = "2017-Q4")]
    period: Option<ReportingPeriod>,
}

/// Begin a run by hand; it goes the same way as one that is due
#[utoipa::path(post, path = "/api/v1/runs", tag = "runs", request_body = Begin, responses(
    (status = 201, body = Run), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn start(
    State(desk): State<Desk>,
    _: Acting,
    Json(begin): Json<Begin>,
) -> Result<(StatusCode, Json<Run>), Problem> {
    let config = desk.config();
    let unknown = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no-such-schedule");
    let found = config.schedule(&begin.schedule).ok_or_else(unknown)?;
    let planned = schedule::by_hand(found, begin.period, desk.clock().now());
    let run = desk.store().start_run(&found.name, planned).await?;
    Ok((StatusCode::CREATED, Json(run.into())))
}

/// Keep a run back until somebody releases it
#[utoipa::path(post, path = "/api/v1/runs/{id}/hold", tag = "runs", params(("id" = i64, Path)), responses(
    (status = 200, body = Run), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn hold(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    Acting(visitor): Acting,
) -> Result<Json<Run>, Problem> {
    desk.store().hold_run(id, &visitor.name, desk.clock().now()).await?;
    Ok(Json(desk.store().run(id).await?.into()))
}

/// Compile a failed, held or waiting run again
#[utoipa::path(post, path = "/api/v1/runs/{id}/retry", tag = "runs", params(("id" = i64, Path)), responses(
    (status = 200, body = Run), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn retry(State(desk): State<Desk>, Path(id): Path<i64>, _: Acting) -> Result<Json<Run>, Problem> {
    desk.store().retry_run(id, desk.clock().now()).await?;
    Ok(Json(desk.store().run(id).await?.into()))
}

/// Cancel a run that has not been released
#[utoipa::path(post, path = "/api/v1/runs/{id}/cancel", tag = "runs", params(("id" = i64, Path)), responses(
    (status = 200, body = Run), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn cancel(
    State(desk): State<Desk>,
    Path(id): Path<i64>,
    Acting(visitor): Acting,
) -> Result<Json<Run>, Problem> {
    desk.store().cancel_run(id, &visitor.name, desk.clock().now()).await?;
    Ok(Json(desk.store().run(id).await?.into()))
}
