//! What stands before each route: the role, and for whatever changes something the origin and the audit.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Desk;
use super::attempts::Tried;
use super::problem::Problem;
use super::routes::Needs;
use super::visitor::Visitor;
use crate::store::Deed;

/// What a guard knows of its route.
#[derive(Clone)]
pub(super) struct Watch {
    pub(super) desk: Desk,
    pub(super) needs: Needs,
    pub(super) path: &'static str,
    /// Whether it changes nothing that anybody would ask about.
    pub(super) is_trifle: bool,
}

/// What a handler knows better than its guard; an extension of the response.
#[derive(Clone)]
pub(super) struct Noted {
    /// Who did it, where that is said only by the form.
    pub(super) who: Option<String>,
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
    if request.method().is_safe() {
        return Ok(next.run(request).await);
    }
    is_ours(&watch.desk, request.headers())?;
    if watch.is_trifle {
        return Ok(next.run(request).await);
    }
    watch.done(&visitor, request, next).await
}

impl Watch {
    /// Has something done that stands in the audit table before. Whoever asks for proof of their own, by a
    /// password or a link, may be wrong some times and no more.
    async fn done(&self, visitor: &Visitor, request: Request, next: Next) -> Result<Response, Problem> {
        let desk = &self.desk;
        let now = desk.clock().now();
        let stranger = (self.needs == Needs::Nobody && visitor.role.is_none()).then(|| Tried::from(visitor.address));
        if let Some(until) = stranger.as_ref().and_then(|tried| desk.attempts().barred_until(tried, now)) {
            return Err(Problem::too_often(until - now));
        }
        let deed = Deed {
            who: visitor.name.clone(),
            role: visitor.role,
            address: visitor.address.to_string(),
            action: format!("{} {}", request.method(), self.path),
            subject: subject(self.path, request.uri().path()),
        };
        let number = desk.store().begin_deed(&deed, now).await?;
        let response = next.run(request).await;
        let status = response.status();
        let outcome = match response.extensions().get::<Problem>() {
            Some(problem) => problem.code.to_owned(),
            None if status.is_client_error() || status.is_server_error() => status.as_u16().to_string(),
            None => "done".to_owned(),
        };
        if let Some(tried) = stranger
            && status.is_client_error()
        {
            desk.attempts().count(tried, now);
        }
        let who = response.extensions().get::<Noted>().and_then(|noted| noted.who.clone());
        if let Err(error) = desk.store().end_deed(number, &outcome, who.as_deref()).await {
            // It is done, and stands there without its end.
            tracing::error!(%error, "the end of a deed could not be written down");
        }
        desk.tell();
        Ok(response)
    }
}

/// The path as it was asked for, without what opens something.
fn subject(pattern: &str, path: &str) -> String {
    let parts = pattern.split('/').zip(path.split('/'));
    parts.map(|(name, part)| if name == "{token}" { "…" } else { part }).collect::<Vec<_>>().join("/")
}

/// Whether a request that changes something was sent by a page of ours, or by no browser. Browsers say
/// with every such request where it comes from; scripts say nothing, and prove themselves by a token.
fn is_ours(desk: &Desk, headers: &HeaderMap) -> Result<(), Problem> {
    let foreign = || Err(Problem::new(StatusCode::FORBIDDEN, "from-elsewhere"));
    if let Some(site) = headers.get("sec-fetch-site")
        && !matches!(site.as_bytes(), b"same-origin" | b"none")
    {
        return foreign();
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let text = |value: &axum::http::HeaderValue| value.to_str().unwrap_or("unreadable").to_ascii_lowercase();
    let host = headers.get(header::HOST).map(text).unwrap_or_default();
    let scheme = if desk.config().dashboard.is_encrypted() { "https" } else { "http" };
    if text(origin) == format!("{scheme}://{host}") { Ok(()) } else { foreign() }
}
