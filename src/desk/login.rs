//! Logging in and out.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use maud::html;
use serde::Deserialize;

use super::act::{Act, Nothing};
use super::attempts::Tried;
use super::guard::Noted;
use super::problem::Problem;
use super::session::{cookie_of, hash};
use super::sheet::Sheet;
use super::visitor::Visitor;
use super::{Desk, password};
use crate::digest::hex;
use crate::seal::random;

/// Where somebody wanted to go.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    to: String,
}

/// What is typed.
#[derive(Deserialize)]
pub(super) struct Typed {
    name: String,
    password: String,
    #[serde(default)]
    to: String,
}

/// `GET /login`
pub(super) async fn show(
    State(desk): State<Desk>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    if visitor.role.is_some() {
        return Ok(to(&wanted.to));
    }
    Ok(form(&desk, &visitor, &wanted.to, "", false).into_response())
}

/// `POST /login`
pub(super) async fn enter(State(desk): State<Desk>, act: Act<Typed>) -> Result<Response, Problem> {
    let Act { visitor, form: typed } = act;
    let now = desk.clock().now();
    let name = typed.name.trim().to_lowercase();
    let noted = Noted { who: Some(name.chars().take(64).collect()) };
    let tried = Tried::At(name.clone());
    if let Some(until) = desk.attempts().barred_until(&tried, now) {
        return Err(Problem::too_often(until - now));
    }
    let known = desk.store().password_of(&name).await?;
    let is_right = {
        // One at a time: each takes 20 MB, and whoever guesses may wait.
        let _turn = desk.hashing().acquire().await.map_err(|_| Problem::ours())?;
        let given = typed.password;
        let known = known.clone();
        let checked = tokio::task::spawn_blocking(move || password::fits(&given, known.as_deref()));
        checked.await.map_err(|_| Problem::ours())?
    };
    if !is_right {
        desk.attempts().count(tried, now);
        tracing::warn!(address = %visitor.address, "a login failed");
        let again = form(&desk, &visitor, &typed.to, &name, true);
        return Ok((StatusCode::FORBIDDEN, axum::Extension(noted), again).into_response());
    }
    desk.attempts().forget(&tried);
    if !visitor.secret.is_empty() {
        desk.store().end_session(&hash(&visitor.secret)).await?;
    }
    // Never what the browser brought: a secret that somebody else put there would be theirs, too.
    let secret = hex(&random());
    desk.store().begin_session(&name, &hash(&secret), now).await?;
    let cookie = cookie_of(&desk.config(), &secret)?;
    Ok(([(header::SET_COOKIE, cookie)], axum::Extension(noted), to(&typed.to)).into_response())
}

/// `POST /logout`
pub(super) async fn leave(State(desk): State<Desk>, act: Act<Nothing>) -> Result<Response, Problem> {
    if !act.visitor.secret.is_empty() {
        desk.store().end_session(&hash(&act.visitor.secret)).await?;
    }
    Ok(([(header::SET_COOKIE, cookie_of(&desk.config(), "")?)], to("/login")).into_response())
}

/// Where a browser goes next: to an address of ours, whatever was asked for.
fn to(path: &str) -> Response {
    let is_ours = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.contains("/login");
    let value = HeaderValue::from_str(path).ok().filter(|_| is_ours || path == "/login");
    let value = value.unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response()
}

fn form(desk: &Desk, visitor: &Visitor, to: &str, name: &str, has_failed: bool) -> maud::Markup {
    let locale = desk.locale(visitor.language);
    Sheet::new(desk, visitor, locale.word("login-title")).at("/login").render(&html! {
        @if !visitor.has_accounts {
            div.told.careful { p { (locale.word("login-no-accounts")) } }
        }
        section.part aria-label=(locale.word("login-title")) {
            div.body {
                form.form method="post" action="/login" {
                    input type="hidden" name="token" value=(visitor.token);
                    input type="hidden" name="to" value=(to);
                    @if has_failed { p.field role="alert" id="login-failed" { span.error { (locale.word("login-failed")) } } }
                    div.field {
                        label for="name" { (locale.word("login-name")) }
                        input type="text" id="name" name="name" value=(name) required autocomplete="username" autocapitalize="none" spellcheck="false" autofocus[!has_failed];
                    }
                    div.field {
                        label for="password" { (locale.word("login-password")) }
                        input type="password" id="password" name="password" required autocomplete="current-password"
                            aria-describedby=[has_failed.then_some("login-failed")] aria-invalid=[has_failed.then_some("true")] autofocus[has_failed];
                    }
                    button.button type="submit" { (locale.word("login-enter")) }
                }
            }
        }
    })
}

/// What logging in needs besides the ledger.
pub(super) struct Door {
    pub(super) attempts: super::attempts::Attempts,
    pub(super) hashing: Arc<tokio::sync::Semaphore>,
}

impl Default for Door {
    fn default() -> Self {
        Self { attempts: super::attempts::Attempts::default(), hashing: Arc::new(tokio::sync::Semaphore::new(1)) }
    }
}
