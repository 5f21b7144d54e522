//! What scripts ask for: the same as the pages, with the same rights, as JSON.
//!
//! A script carries a token (`rapporteur user token`) as `Authorization: Bearer …`; where nobody logs in it
//! takes the one of `/api/v1/me` and sends it as `X-Rapporteur-Token` with whatever changes something. The
//! `OpenAPI` document is generated from these handlers; a test holds it against the table of routes.

mod calendar;
mod coming;
mod deliveries;
mod files;
mod me;
mod runs;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Serialize;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};

use super::Desk;
use super::act::{check, token_of};
use super::problem::Problem;
use super::routes::{Needs, Route};
use super::visitor::{Role, Visitor};

/// So many of a list at once, where nobody says otherwise.
const COUNT: u32 = 50;
/// And never more.
const MOST: u32 = 200;

/// How many of a list somebody gets who asks for so many.
fn limit(count: Option<u32>) -> u32 {
    count.unwrap_or(COUNT).clamp(1, MOST)
}

/// Somebody who may change something: the token was checked. For handlers that take JSON or nothing.
pub(super) struct Acting(pub(super) Visitor);

impl FromRequestParts<Desk> for Acting {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let visitor = Visitor::from_request_parts(parts, desk).await?;
        check(desk, &visitor, token_of(&parts.headers).unwrap_or_default())?;
        Ok(Self(visitor))
    }
}

/// What went wrong (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(title = "Problem")]
pub(super) struct Details {
    /// Names the kind of problem.
    r#type: String,
    /// What happened.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What to do, where there is something to do.
    detail: Option<String>,
    /// Stable, in kebab-case.
    code: String,
}

/// The two ways to prove who one is.
struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer);
        let bearer = bearer.description(Some("made by `rapporteur user token NAME`")).build();
        if let Some(components) = document.components.as_mut() {
            components.add_security_scheme("token", SecurityScheme::Http(bearer));
        }
    }
}

/// The document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "rapporteur",
        description = "What the pages of the dashboard show and do, for scripts. Where accounts are in use, send \
            `Authorization: Bearer TOKEN`; else take the token of /api/v1/me and send it as `X-Rapporteur-Token` with \
            every request that changes something. Lists come newest first; `before` goes on from the last number."
    ),
    paths(
        me::show,
        runs::list,
        runs::start,
        runs::show,
        runs::facts,
        runs::hold,
        runs::retry,
        runs::cancel,
        deliveries::list,
        deliveries::show,
        deliveries::retry,
        deliveries::cancel,
        files::list,
        files::hand_in,
        files::problems,
        coming::list,
        coming::feed,
    ),
    components(schemas(Details)),
    modifiers(&Security),
    security((), ("token" = []))
)]
pub(super) struct Document;

/// `GET /api/openapi.json`
async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}

/// The routes of the interface.
pub(super) fn routes() -> Vec<Route> {
    let (viewer, secretariat) = (Needs::Role(Role::Viewer), Needs::Role(Role::Secretariat));
    vec![
        Route::get("/api/openapi.json", viewer, document),
        Route::get("/api/v1/me", Needs::Nobody, me::show),
        Route::get("/api/v1/runs", viewer, runs::list),
        Route::post("/api/v1/runs", secretariat, runs::start),
        Route::get("/api/v1/runs/{id}", viewer, runs::show),
        Route::get("/api/v1/runs/{id}/facts", viewer, runs::facts),
        Route::post("/api/v1/runs/{id}/hold", secretariat, runs::hold),
        Route::post("/api/v1/runs/{id}/retry", secretariat, runs::retry),
        Route::post("/api/v1/runs/{id}/cancel", secretariat, runs::cancel),
        Route::get("/api/v1/deliveries", viewer, deliveries::list),
        Route::get("/api/v1/deliveries/{id}", viewer, deliveries::show),
        Route::post("/api/v1/deliveries/{id}/retry", secretariat, deliveries::retry),
        Route::post("/api/v1/deliveries/{id}/cancel", secretariat, deliveries::cancel),
        Route::get("/api/v1/files", viewer, files::list),
        Route::upload("/api/v1/files", secretariat, files::hand_in),
        Route::get("/api/v1/files/{id}/problems", viewer, files::problems),
        Route::get("/api/v1/coming", viewer, coming::list),
        Route::get("/coming.ics", viewer, coming::feed),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What is served is described, and what is described is served.
    #[test]
    fn the_document_and_the_table_name_the_same_routes() {
        let document = serde_json::to_value(Document::openapi()).unwrap();
        let described: BTreeSet<(String, String)> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, methods)| {
                let methods = methods.as_object().unwrap().keys().cloned();
                methods.map(|method| (path.clone(), method)).collect::<Vec<_>>()
            })
            .collect();
        let served: BTreeSet<(String, String)> = routes()
            .iter()
            .filter(|route| route.path != "/api/openapi.json")
            .map(|route| (route.path.to_owned(), route.method.as_str().to_lowercase()))
            .collect();
        assert_eq!(described, served);
    }
}
