//! Who asks.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::visitor::Visitor;

/// Who asks, and what they may do.
#[derive(Serialize, ToSchema)]
pub(super) struct Me {
    /// Name of the account; empty for a stranger.
    name: String,
    /// `viewer`, `secretariat`, `approver`, `admin`; null for a stranger.
    role: Option<String>,
    /// Language of the answers' sentences.
    language: String,
    /// To be sent as `X-Rapporteur-Token` with whatever changes something, where no bearer token is.
    token: String,
}

/// Who asks, and what they may do
#[utoipa::path(get, path = "/api/v1/me", tag = "me", responses((status = 200, body = Me)))]
pub(super) async fn show(visitor: Visitor) -> Json<Me> {
    Json(Me {
        role: visitor.role.map(|role| role.word().to_owned()),
        language: visitor.language.to_string(),
        name: visitor.name,
        token: visitor.token,
    })
}
