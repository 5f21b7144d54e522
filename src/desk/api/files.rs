//! Workbooks: what came, what is wrong in it, and handing one in.

use axum::Json;
use axum::body::{Body, HttpBody as _};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use http_body_util::BodyExt as _;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Acting, Details, limit};
use crate::desk::Desk;
use crate::desk::hand_in::{HandIn, too_large};
use crate::desk::problem::Problem;
use crate::diagnostic::Diagnostic;
use crate::locale::Locale;
use crate::recipient::Contributor;
use crate::store::{FileFilter, FileLine};

/// A workbook that was taken.
#[derive(Serialize, ToSchema)]
pub(super) struct File {
    id: i64,
    /// Who sent it: a contributor's address, or the file's own name.
    source: String,
    file: String,
    sha256: String,
    received_at: DateTime<Utc>,
    /// The period of the workbook as a whole, where it states one.
    period: Option<String>,
    rows_read: u32,
    rows_accepted: u32,
    rows_held: u32,
    errors: u32,
    /// A later version of it has been taken.
    is_replaced: bool,
}

impl From<FileLine> for File {
    fn from(line: FileLine) -> Self {
        Self {
            id: line.id,
            source: line.source,
            file: line.summary.file,
            sha256: line.summary.sha256,
            received_at: line.received_at,
            period: line.summary.period.map(|period| period.to_string()),
            rows_read: line.summary.rows_read,
            rows_accepted: line.summary.rows_accepted,
            rows_held: line.summary.rows_held,
            errors: line.errors,
            is_replaced: line.is_replaced,
        }
    }
}

/// Workbooks of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct Files {
    files: Vec<File>,
}

/// Which workbooks.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Only those that their senders have to correct.
    #[serde(default)]
    to_fix: bool,
    /// Only those older than this number.
    before: Option<i64>,
    /// How many, at most 200.
    #[param(minimum = 1, maximum = 200)]
    count: Option<u32>,
}

/// Workbooks that were taken, the newest first
#[utoipa::path(get, path = "/api/v1/files", tag = "files", params(Which), responses(
    (status = 200, body = Files), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn list(State(desk): State<Desk>, Query(which): Query<Which>) -> Result<Json<Files>, Problem> {
    let Which { to_fix, before, count } = which;
    let lines = desk.store().file_lines(FileFilter { to_fix, before, limit: limit(count) }).await?;
    Ok(Json(Files { files: lines.into_iter().map(File::from).collect() }))
}

/// Something wrong in a workbook, or assumed of it; as `intake --format json` prints it.
#[derive(Serialize, ToSchema)]
pub(super) struct Remark {
    file: Option<String>,
    sheet: Option<String>,
    /// `A1` or `A1:B1`
    cell: Option<String>,
    row: Option<u32>,
    /// `error`, `warning` or `info`
    severity: String,
    /// Stable, in kebab-case.
    code: String,
    message: String,
    hint: String,
}

impl Remark {
    fn new(locale: &Locale, diagnostic: &Diagnostic) -> Self {
        let words = locale.diagnostic(diagnostic);
        let severity = serde_json::to_value(diagnostic.severity).unwrap_or_default();
        Self {
            file: diagnostic.place.file.clone(),
            sheet: diagnostic.place.sheet.clone(),
            cell: diagnostic.place.cells.map(|cells| cells.to_string()),
            row: diagnostic.place.row(),
            severity: severity.as_str().unwrap_or_default().to_owned(),
            code: diagnostic.code.clone(),
            message: words.message,
            hint: words.hint,
        }
    }
}

/// What is wrong in a workbook.
#[derive(Serialize, ToSchema)]
pub(super) struct Remarks {
    diagnostics: Vec<Remark>,
}

/// Which of them.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct WhichRemarks {
    /// Warnings and notes in place of errors.
    #[serde(default)]
    remarks: bool,
    /// How many are passed over.
    after: Option<u32>,
    /// How many, at most 200.
    #[param(minimum = 1, maximum = 200)]
    count: Option<u32>,
}

/// What is wrong in a workbook: its errors, or what else was remarked
#[utoipa::path(get, path = "/api/v1/files/{id}/problems", tag = "files", params(("id" = i64, Path), WhichRemarks), responses(
    (status = 200, body = Remarks), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn problems(
    State(desk): State<Desk>,
    visitor: crate::desk::visitor::Visitor,
    Path(id): Path<i64>,
    Query(which): Query<WhichRemarks>,
) -> Result<Json<Remarks>, Problem> {
    desk.store().file_line(id).await?;
    let (after, count) = (which.after.unwrap_or(0), limit(which.count));
    let found = desk.store().told_about(id, !which.remarks, after, count).await?;
    let locale = desk.locale(visitor.language);
    Ok(Json(Remarks { diagnostics: found.iter().map(|one| Remark::new(locale, one)).collect() }))
}

/// What a workbook is called, and whose it is.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Named {
    /// Name of the file.
    #[param(example = "activities_TJ.xlsx")]
    name: String,
    /// Address of the contributor, where the name does not say whose it is.
    sender: Option<String>,
}

/// A workbook on its way into the inbox, and what reading it came to.
#[derive(Serialize, ToSchema)]
pub(super) struct HandedIn {
    file: String,
    /// A picture, which the rows of a workbook name: it is kept for them, and has no rows of its own.
    is_picture: bool,
    rows_read: u32,
    rows_accepted: u32,
    rows_held: u32,
    diagnostics: Vec<Remark>,
}

/// Hand in a workbook or a picture: it goes into the inbox and is taken from there; what is wrong in a workbook is told
/// at once
#[utoipa::path(post, path = "/api/v1/files", tag = "files", params(Named),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 202, body = HandedIn), (status = "4XX", body = Details, content_type = "application/problem+json")))]
pub(super) async fn hand_in(
    State(desk): State<Desk>,
    Acting(visitor): Acting,
    Query(asked): Query<Named>,
    body: Body,
) -> Result<(StatusCode, Json<HandedIn>), Problem> {
    let config = desk.config();
    let refused = |code| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code);
    let sender: Option<&Contributor> = match &asked.sender {
        None => None,
        Some(email) => {
            let known = config.contributors.iter().find(|person| person.email.eq_ignore_ascii_case(email));
            Some(known.ok_or_else(|| refused("no-such-sender"))?)
        }
    };
    // What is announced too large need not come first.
    if body.size_hint().lower() > config.inbox.max_file_bytes {
        return Err(too_large());
    }
    let mut file = HandIn::begin(&config, &asked.name, sender)?;
    let mut body = body;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::senseless())?;
        if let Ok(chunk) = frame.into_data() {
            file.write(&chunk)?;
        }
    }
    let taken = file.rehearsed(&desk).await?;
    let name = file.keep(&config).await?;
    let locale = desk.locale(visitor.language);
    let summary = taken.as_ref().map(|taken| &taken.summary);
    let told = HandedIn {
        file: name,
        is_picture: taken.is_none(),
        rows_read: summary.map_or(0, |summary| summary.rows_read),
        rows_accepted: summary.map_or(0, |summary| summary.rows_accepted),
        rows_held: summary.map_or(0, |summary| summary.rows_held),
        diagnostics: taken.iter().flat_map(|taken| &taken.diagnostics).map(|one| Remark::new(locale, one)).collect(),
    };
    Ok((StatusCode::ACCEPTED, Json(told)))
}
