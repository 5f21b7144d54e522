//! What surrounds every request: whom it was meant for, who sent it, and how the answer leaves.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Desk;
use super::problem::Problem;
use super::session::{self, LANGUAGE_COOKIE};
use super::visitor::Visitor;

/// No page takes longer; a workbook may, on a slow line.
const LONGEST: Duration = Duration::from_secs(30);
const LONGEST_UPLOAD: Duration = Duration::from_secs(15 * 60);

/// What whoever watches this machine asks, from wherever.
const PROBES: [&str; 2] = ["/healthz", "/readyz"];

/// What no page is, beside the interface.
const FOR_PROGRAMS: [&str; 4] = ["/healthz", "/readyz", "/metrics", "/coming.ics"];

/// On every answer: nothing from elsewhere, in no frame, guessed at by nobody.
const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'self'; object-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // With `no-referrer`, browsers say of our own forms that they come from nowhere (`Origin: null`).
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

pub(super) async fn around(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let (mut request, body) = request.into_parts();
    let path = request.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let is_script = path.starts_with("/api/") || FOR_PROGRAMS.contains(&request.uri.path());
    let is_page = request.method == Method::GET && !is_script;
    let chosen = session::chosen_language(&request);
    let (visitor, refusal) = match (reached(&desk, &request), session::visitor(&desk, &request).await) {
        (Ok(()), Ok(visitor)) => (visitor, None),
        (Err(refusal), _) | (Ok(()), Err(refusal)) => (Visitor::stranger(&desk.config(), &request), Some(refusal)),
    };
    request.extensions.insert(visitor.clone());
    let longest = if is_upload(&request) { LONGEST_UPLOAD } else { LONGEST };
    let mut response = match refusal {
        Some(refusal) => refusal.into_response(),
        None => tokio::time::timeout(longest, next.run(Request::from_parts(request, body)))
            .await
            .unwrap_or_else(|_| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "took-too-long").into_response()),
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
        if problem.status == StatusCode::UNAUTHORIZED && is_page {
            response = to_the_login(&path);
        } else {
            response = told(&desk, &visitor, &problem, is_script);
        }
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
    if desk.config().dashboard.is_encrypted() {
        let for_a_year = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().entry(header::STRICT_TRANSPORT_SECURITY).or_insert(for_a_year);
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
    if is_script && problem.status == StatusCode::UNAUTHORIZED {
        let ways = HeaderValue::from_static("Bearer, Basic realm=\"rapporteur\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, ways);
    }
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

/// Whether the request came the way it should: to a name of ours, and where a proxy is named by it.
fn reached(desk: &Desk, request: &Parts) -> Result<(), Problem> {
    if !is_meant_for_us(desk, &request.headers) {
        return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, "other-host"));
    }
    let Some(proxy) = desk.config().dashboard.proxy else { return Ok(()) };
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let is_watched = PROBES.contains(&request.uri.path());
    if peer.is_none_or(|peer| peer == proxy.to_canonical()) || is_watched {
        Ok(())
    } else {
        Err(Problem::new(StatusCode::FORBIDDEN, "only-by-the-proxy"))
    }
}

/// Whether a body of some size is to be waited for.
fn is_upload(request: &Parts) -> bool {
    let kind = request.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("multipart/") || kind == "application/octet-stream"
}

/// To the login, and back to where somebody wanted to go.
fn to_the_login(path: &str) -> Response {
    let wanted: String = path
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("/login?to={wanted}"))]).into_response()
}

/// Whether the request names a host that we are. Another name that leads here is how a page from
/// elsewhere would read ours (rebinding).
fn is_meant_for_us(desk: &Desk, headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let config = desk.config();
    let is_known = |name: &str| config.dashboard.hosts.iter().any(|known| name.eq_ignore_ascii_case(known));
    let name = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(name, _)| name);
    let ours = ["localhost", "127.0.0.1", "[::1]"];
    let own = config.dashboard.listen.ip();
    ours.iter().any(|known| name.eq_ignore_ascii_case(known))
        || is_known(name.trim_matches(['[', ']']))
        || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip == own && !ip.is_unspecified())
}
