//! Whatever changes something: the one extractor for every unsafe request.

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Desk;
use super::problem::Problem;
use super::visitor::Visitor;

/// Where a script that uses a session, or none, puts its token.
pub(super) const TOKEN_HEADER: &str = "x-rapporteur-token";

/// A form that was sent by somebody who may send it: role and origin were asked by the route's guard,
/// the token is asked here, before anything is done. Use `Act<Nothing>` for a button alone.
pub struct Act<T> {
    /// Who acts.
    pub visitor: Visitor,
    /// What they filled in.
    pub form: T,
}

/// The form of a button without fields.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

#[derive(Deserialize)]
struct Tokened<T> {
    #[serde(default)]
    token: String,
    #[serde(flatten)]
    form: T,
}

impl<T: DeserializeOwned> FromRequest<Desk> for Act<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Problem> {
        let visitor = request.extensions().get::<Visitor>().cloned().ok_or_else(Problem::ours)?;
        let in_header = token_of(request.headers()).map(str::to_owned);
        let Form(sent) = Form::<Tokened<T>>::from_request(request, desk).await.map_err(|fault| {
            if fault.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large")
            } else {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "form-unreadable")
            }
        })?;
        check(desk, &visitor, in_header.as_deref().unwrap_or(&sent.token))?;
        Ok(Self { visitor, form: sent.form })
    }
}

/// The token of a request's headers.
pub(super) fn token_of(headers: &HeaderMap) -> Option<&str> {
    headers.get(TOKEN_HEADER)?.to_str().ok()
}

/// Whether a token is this visitor's.
pub(super) fn check(desk: &Desk, visitor: &Visitor, token: &str) -> Result<(), Problem> {
    if visitor.is_script || desk.key().knows(&visitor.secret, token) {
        Ok(())
    } else {
        Err(Problem::new(StatusCode::FORBIDDEN, "token-wrong"))
    }
}
