//! What stands before each route: the role, and for whatever changes something the origin.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::problem::Problem;
use super::routes::Needs;
use super::visitor::Visitor;

/// What a guard knows of its route.
#[derive(Clone)]
pub(super) struct Watch {
    pub(super) needs: Needs,
}

pub(super) async fn stand(State(watch): State<Watch>, request: Request, next: Next) -> Result<Response, Problem> {
    let visitor = request.extensions().get::<Visitor>().cloned().ok_or_else(Problem::ours)?;
    if let Needs::Role(least) = watch.needs
        && !visitor.may(least)
    {
        return Err(if visitor.role.is_none() {
            Problem::new(StatusCode::UNAUTHORIZED, "log-in-first")
        } else {
            Problem::new(StatusCode::FORBIDDEN, "not-your-role").with("role", least.word())
        });
    }
    if !request.method().is_safe() {
        is_ours(request.headers())?;
    }
    Ok(next.run(request).await)
}

/// Whether a request that changes something was sent by a page of ours, or by no browser. Browsers say
/// with every such request where it comes from; scripts say nothing, and prove themselves by a token.
fn is_ours(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let foreign = || Err(Problem::new(StatusCode::FORBIDDEN, "from-elsewhere"));
    if let Some(site) = headers.get("sec-fetch-site")
        && !matches!(site.as_bytes(), b"same-origin" | b"none")
    {
        return foreign();
    }
    let Some(origin) = text(header::ORIGIN) else { return Ok(()) };
    let host = text(header::HOST).unwrap_or_default();
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    if authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host)) { Ok(()) } else { foreign() }
}
