//! Whatever changes something: the one extractor for every unsafe request.

use axum::Form;
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use http_body_util::Limited;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Desk;
use super::problem::Problem;
use super::visitor::Visitor;

/// Where a script that uses a session, or none, puts its token.
pub(super) const TOKEN_HEADER: &str = "x-rapporteur-token";

/// No token and no address is longer.
const LONGEST_FIELD: usize = 256;

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
struct Tokened {
    #[serde(default)]
    token: String,
}

impl<T: DeserializeOwned> FromRequest<Desk> for Act<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Problem> {
        let visitor = request.extensions().get::<Visitor>().cloned().ok_or_else(Problem::ours)?;
        let (parts, body) = request.into_parts();
        let bytes = Bytes::from_request(Request::from_parts(parts.clone(), body), desk).await.map_err(refused)?;
        let again = || Request::from_parts(parts.clone(), Body::from(bytes.clone()));
        if let Some(token) = token_of(&parts.headers) {
            check(desk, &visitor, token)?;
        } else {
            let Form(sent) = Form::<Tokened>::from_request(again(), desk).await.map_err(refused)?;
            check(desk, &visitor, &sent.token)?;
        }
        let Form(form) = Form::<T>::from_request(again(), desk).await.map_err(refused)?;
        Ok(Self { visitor, form })
    }
}

fn refused(fault: impl IntoResponse) -> Problem {
    match fault.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        _ => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "form-unreadable"),
    }
}

/// A form with files, whose token is its first field; the files are read by whoever takes it, each up to
/// its own limit.
pub struct Upload {
    /// Who acts.
    pub visitor: Visitor,
    /// The fields after the token.
    pub rest: Multipart,
}

impl FromRequest<Desk> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Problem> {
        let unreadable = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "form-unreadable");
        let visitor = request.extensions().get::<Visitor>().cloned().ok_or_else(Problem::ours)?;
        let in_header = token_of(request.headers()).map(str::to_owned);
        // All of it together, whatever its fields are called: two of the largest files, and the rest of a form.
        let most = desk.config().inbox.max_file_bytes.saturating_mul(2).saturating_add(1 << 20);
        let (parts, body) = request.into_parts();
        if body.size_hint().lower() > most {
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large"));
        }
        let body = Body::new(Limited::new(body, usize::try_from(most).unwrap_or(usize::MAX)));
        let request = Request::from_parts(parts, body);
        let mut rest = Multipart::from_request(request, desk).await.map_err(|_| unreadable())?;
        let token = match in_header {
            Some(token) => token,
            None => {
                let mut first = rest.next_field().await.map_err(|_| unreadable())?.ok_or_else(unreadable)?;
                if first.name() != Some("token") {
                    return Err(unreadable());
                }
                short(&mut first).await?
            }
        };
        check(desk, &visitor, &token)?;
        Ok(Self { visitor, rest })
    }
}

/// The text of a field that nobody needs long: it is not held in memory, however much is sent.
pub(super) async fn short(field: &mut Field<'_>) -> Result<String, Problem> {
    let unreadable = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "form-unreadable");
    let mut text = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| unreadable())? {
        text.extend_from_slice(&chunk);
        if text.len() > LONGEST_FIELD {
            return Err(unreadable());
        }
    }
    String::from_utf8(text).map_err(|_| unreadable())
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
