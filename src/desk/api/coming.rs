//! Reports that are coming, as a list and as a calendar.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Details, calendar, limit};
use crate::desk::Desk;
use crate::desk::problem::Problem;
use crate::desk::visitor::Visitor;
use crate::schedule;

/// How far a calendar looks ahead.
const AHEAD: TimeDelta = TimeDelta::days(2 * 366);

/// How many entries it has.
const ENTRIES: usize = 100;

/// An occurrence of a schedule.
#[derive(Serialize, ToSchema)]
pub(super) struct Occurrence {
    schedule: String,
    report: String,
    due_at: DateTime<Utc>,
    timezone: String,
    /// `2017-Q4`
    period: String,
    recipients: Vec<String>,
    /// How many people they are.
    people: usize,
}

/// What is coming.
#[derive(Serialize, ToSchema)]
pub(super) struct Coming {
    occurrences: Vec<Occurrence>,
}

/// How much of it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct HowMany {
    /// How many, at most 200.
    #[param(minimum = 1, maximum = 200)]
    count: Option<u32>,
}

/// The coming occurrences, with the period each will report
#[utoipa::path(get, path = "/api/v1/coming", tag = "coming", params(HowMany), responses(
    (status = 200, body = Coming), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn list(State(desk): State<Desk>, Query(asked): Query<HowMany>) -> Result<Json<Coming>, Problem> {
    let config = desk.config();
    let now = desk.clock().now();
    let count = usize::try_from(limit(asked.count)).unwrap_or(usize::MAX);
    let upcoming = schedule::upcoming(&config, now, now + AHEAD, count).map_err(|_| Problem::ours())?;
    let occurrences = upcoming
        .iter()
        .map(|one| Occurrence {
            schedule: one.schedule.name.clone(),
            report: one.schedule.report.clone(),
            due_at: one.due_at,
            timezone: one.schedule.timezone.name().to_owned(),
            period: one.period.to_string(),
            recipients: one.schedule.recipients.clone(),
            people: config.members(&one.schedule.recipients).len(),
        })
        .collect();
    Ok(Json(Coming { occurrences }))
}

/// The coming reports as a calendar (iCalendar), to subscribe to
#[utoipa::path(get, path = "/coming.ics", tag = "coming", responses(
    (status = 200, body = String, content_type = "text/calendar"),
    (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn feed(State(desk): State<Desk>, visitor: Visitor) -> Result<impl IntoResponse, Problem> {
    let config = desk.config();
    let now = desk.clock().now();
    let upcoming = schedule::upcoming(&config, now, now + AHEAD, ENTRIES).map_err(|_| Problem::ours())?;
    let locale = desk.locale(visitor.language);
    let mut text = calendar::begin(&config.programme.code);
    for one in &upcoming {
        let args = crate::diagnostic::Args::from([
            ("programme".to_owned(), config.programme.code.as_str().into()),
            ("period".to_owned(), locale.months(one.period).into()),
            ("people".to_owned(), config.members(&one.schedule.recipients).len().into()),
            ("groups".to_owned(), one.schedule.recipients.join(", ").into()),
        ]);
        calendar::entry(
            &mut text,
            &calendar::Entry {
                name: &format!("{}-{}", one.schedule.name, one.due_at.format("%Y%m%dT%H%M%SZ")),
                at: one.due_at,
                now,
                title: &locale.text("calendar-report", &args),
                text: &locale.text("calendar-report.text", &args),
            },
        );
    }
    calendar::end(&mut text);
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text))
}
