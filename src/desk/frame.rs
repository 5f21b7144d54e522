//! What surrounds every request: whom it was meant for, who sent it, and how the answer leaves.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Desk;
use super::problem::Problem;
use super::visitor::{Role, Visitor};
use crate::recipient::Language;

/// The cookie that keeps the language somebody chose.
const LANGUAGE_COOKIE: &str = "rapporteur-language";

/// On every answer: nothing from elsewhere, in no frame, guessed at by nobody.
const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'self'; object-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

pub(super) async fn around(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
    let is_script = request.uri().path().starts_with("/api/");
    let visitor = visitor(&desk, &request);
    request.extensions_mut().insert(visitor.clone());
    let chosen = chosen_language(&request);
    let mut response = if is_meant_for_us(&desk, request.headers()) {
        next.run(request).await
    } else {
        Problem::new(StatusCode::MISDIRECTED_REQUEST, "other-host").into_response()
    };
    if response.extensions().get::<Problem>().is_none() {
        // What axum itself refused has no words yet.
        let named = match response.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Some("too-large"),
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                Some("senseless")
            }
            _ => None,
        };
        if let Some(code) = named {
            response = Problem::new(response.status(), code).into_response();
        }
    }
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = told(&desk, &visitor, &problem, is_script);
    }
    if let Some(language) = chosen {
        let cookie = format!("{LANGUAGE_COOKIE}={language}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly");
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn told(desk: &Desk, visitor: &Visitor, problem: &Problem, is_script: bool) -> Response {
    let mut response = if is_script {
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        (problem.status, kind, problem.details(desk, visitor).to_string()).into_response()
    } else {
        (problem.status, problem.page(desk, visitor)).into_response()
    };
    if let Some(seconds) = problem.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Where nothing stands.
pub(super) async fn nothing_here() -> Problem {
    Problem::missing()
}

/// Where something stands that is asked for otherwise.
pub(super) async fn not_this_way() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "not-this-way")
}

/// Whether the request names a host that we are. Another name that leads here is how a page from
/// elsewhere would read ours (rebinding).
fn is_meant_for_us(desk: &Desk, headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let config = desk.config();
    let name = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(name, _)| name);
    let ours = ["localhost", "127.0.0.1", "[::1]"];
    let own = config.dashboard.listen.ip();
    ours.iter().any(|known| name.eq_ignore_ascii_case(known))
        || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip == own && !ip.is_unspecified())
}

fn visitor(desk: &Desk, request: &Request) -> Visitor {
    Visitor {
        name: "at this machine".to_owned(),
        role: Some(Role::Admin),
        language: language(desk, request),
        token: desk.key().token(""),
        secret: String::new(),
        is_script: false,
    }
}

/// The language that is asked for by `?language=`, where it is one.
fn chosen_language(request: &Request) -> Option<Language> {
    request.uri().query()?.split('&').find_map(|pair| pair.strip_prefix("language="))?.parse().ok()
}

/// The language chosen now or before, else the browser's, else the programme's.
fn language(desk: &Desk, request: &Request) -> Language {
    let kept = || cookie(request.headers(), LANGUAGE_COOKIE)?.parse().ok();
    let preferred = || {
        let wanted = request.headers().get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        wanted.split(',').find_map(|one| one.trim().get(..2)?.to_ascii_lowercase().parse().ok())
    };
    let usual = || desk.config().programme.languages.first().copied().unwrap_or_default();
    chosen_language(request).or_else(kept).or_else(preferred).unwrap_or_else(usual)
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(HeaderName::from_static("cookie")).iter();
    let pairs = all.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(found, _)| *found == name).map(|(_, value)| value)
}
