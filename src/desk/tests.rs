//! A desk over an empty home, and what asks it; for the tests of every page.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use tower::ServiceExt as _;

use super::act::TOKEN_HEADER;
use super::routes::{Needs, table};
use super::visitor::Role;
use super::{Desk, password, router};
use crate::clock::Clock;
use crate::config::Config;
use crate::store::Store;

const FORM: &str = "application/x-www-form-urlencoded";

/// A desk without accounts in a folder of its own, which is gone when the first is dropped.
pub(crate) async fn desk() -> (tempfile::TempDir, Desk) {
    let home = tempfile::tempdir().unwrap();
    let config = Config { schedules: Vec::new(), ..Config::defaults(home.path()) };
    let desk = desk_of(config).await;
    (home, desk)
}

/// A desk for a configuration.
pub(crate) async fn desk_of(config: Config) -> Desk {
    let store = Store::open(&config.ledger.url, &config.home).await.unwrap();
    let clock = Clock::pretended("2018-01-15T09:00:00Z".parse().unwrap());
    let config = Arc::new(config);
    Desk::new(store, clock, move || Arc::clone(&config), tokio::sync::watch::channel(()).0)
}

/// A request as a browser at this machine sends it; add headers and a body as you like.
pub(crate) fn asked(method: &Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:8010")
}

/// The answer to a request: its status, and its body as text.
pub(crate) async fn answer(desk: &Desk, request: Request<Body>) -> (StatusCode, String) {
    let response = router(desk.clone()).oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

/// What a page shows.
pub(crate) async fn page(desk: &Desk, path: &str) -> (StatusCode, String) {
    answer(desk, asked(&Method::GET, path).body(Body::empty()).unwrap()).await
}

/// A path of the table with something in place of its names.
fn filled(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn a_page_is_shown_in_the_language_that_is_asked_for() {
    let (_home, desk) = desk().await;
    let (status, english) = page(&desk, "/").await;
    assert_eq!(status, StatusCode::OK);
    assert!(english.contains("What needs you"));
    let (_, russian) = page(&desk, "/?language=ru").await;
    assert!(russian.contains("<html lang=\"ru\"") && russian.contains("Что ждёт вас"));
    let (status, missing) = page(&desk, "/no-such-page").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(missing.contains("There is nothing at this address"), "{missing}");
}

#[tokio::test]
async fn whoever_was_led_here_by_another_name_is_told_nothing() {
    let (_home, desk) = desk().await;
    for host in ["evil.example", "evil.example:8010", "127.0.0.1.evil.example", "[::2]:8010", ""] {
        let request = Request::builder().uri("/").header(header::HOST, host).body(Body::empty()).unwrap();
        let (status, body) = answer(&desk, request).await;
        assert_eq!(status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(body.contains("not known by this name") && !body.contains("<li>1 "), "{host}: {body}");
    }
}

/// Each unsafe route refuses what another site sent, and what comes without the form's token.
#[tokio::test]
async fn nothing_is_done_for_another_site_or_without_the_token() {
    let (_home, desk) = desk().await;
    for route in table().into_iter().filter(|route| !route.method.is_safe()) {
        let form = || asked(&route.method, &filled(route.path)).header(header::CONTENT_TYPE, FORM);
        let foreign =
            [(header::ORIGIN.as_str(), "http://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")];
        for (name, value) in foreign {
            let body = Body::from(format!("token={}", desk.key().token("")));
            let (status, _) = answer(&desk, form().header(name, value).body(body).unwrap()).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{} with {name}: {value}", route.path);
        }
        let (status, _) = answer(&desk, form().body(Body::from("token=guessed")).unwrap()).await;
        assert!(status.is_client_error(), "{} without a token: {status}", route.path);
    }
}

/// With accounts: nobody gets in without one, and each as far as the role goes.
async fn desk_with_accounts() -> (tempfile::TempDir, Desk) {
    let (home, desk) = desk().await;
    for role in Role::ALL {
        let hash = password::hash(PASSWORD).unwrap();
        desk.store().add_account(role.word(), role, &hash, desk.clock().now()).await.unwrap();
    }
    (home, desk)
}

const PASSWORD: &str = "three words and a bird";

/// Logs in, with further headers; gives the status and the cookies that were set.
async fn log_in(desk: &Desk, name: &str, password: &str, headers: &[(&str, &str)]) -> (StatusCode, String) {
    let mut request = asked(&Method::POST, "/login").header(header::CONTENT_TYPE, FORM);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let words = password.replace(' ', "+");
    let body = format!("token={}&name={name}&password={words}&to=/", desk.key().token(""));
    let response = router(desk.clone()).oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let cookies = response.headers().get_all(header::SET_COOKIE).iter();
    let cookies = cookies.map(|cookie| cookie.to_str().unwrap()).collect::<Vec<_>>().join("\n");
    (response.status(), cookies)
}

/// The cookie of somebody who has logged in, as a browser sends it.
async fn session(desk: &Desk, name: &str) -> String {
    let (status, cookies) = log_in(desk, name, PASSWORD, &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    cookies.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn with_accounts_nobody_gets_in_without_one() {
    let (_home, desk) = desk_with_accounts().await;
    let request = asked(&Method::GET, "/?period=2017-Q4").body(Body::empty()).unwrap();
    let response = router(desk.clone()).oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/login?to=/%3Fperiod%3D2017-Q4");
    for route in table().into_iter().filter(|route| route.needs != Needs::Nobody) {
        let (status, body) =
            answer(&desk, asked(&route.method, &filled(route.path)).body(Body::empty()).unwrap()).await;
        assert!(matches!(status, StatusCode::SEE_OTHER | StatusCode::UNAUTHORIZED), "{}: {status} {body}", route.path);
    }
    let cookie = session(&desk, "viewer").await;
    let (status, body) =
        answer(&desk, asked(&Method::GET, "/").header(header::COOKIE, &cookie).body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::OK, "{body}");
}

/// The table says what a role may; this asks whether it is so.
#[tokio::test]
async fn a_viewer_tries_every_route_that_changes_something() {
    let (_home, desk) = desk_with_accounts().await;
    let mut tried = 0;
    for (number, role) in Role::ALL.into_iter().enumerate() {
        let cookie = session(&desk, role.word()).await;
        let secret = cookie.split_once('=').unwrap().1;
        for route in table() {
            let Needs::Role(least) = route.needs else { continue };
            if role >= least {
                continue;
            }
            tried += usize::from(number == 0 && !route.method.is_safe());
            let request = asked(&route.method, &filled(route.path))
                .header(header::COOKIE, &cookie)
                .header(header::CONTENT_TYPE, FORM)
                .header(TOKEN_HEADER, desk.key().token(secret));
            let (status, body) = answer(&desk, request.body(Body::empty()).unwrap()).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{role} at {}: {body}", route.path);
        }
    }
    let all = table().iter().filter(|route| !route.method.is_safe() && route.needs != Needs::Nobody).count();
    assert_eq!(tried, all, "a route that changes something is open to a viewer");
    assert_eq!(desk.store().audit(None, 100).await.unwrap().len(), 4, "the logins, and nothing that was refused");
}

#[tokio::test]
async fn a_session_that_somebody_else_laid_out_is_not_taken_up() {
    let (_home, desk) = desk_with_accounts().await;
    let laid = "rapporteur-session=0000000000000000000000000000000000000000000000000000000000000000";
    let (status, cookies) = log_in(&desk, "admin", PASSWORD, &[("cookie", laid)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(!cookies.contains("0000000000"), "{cookies}");
    assert!(cookies.contains("; HttpOnly; SameSite=Strict"), "{cookies}");
    let (status, _) =
        answer(&desk, asked(&Method::GET, "/").header(header::COOKIE, laid).body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "the one that was laid out opens nothing");
    let ours = cookies.split(';').next().unwrap();
    let secret = ours.split_once('=').unwrap().1;
    assert!(desk.store().session(secret, desk.clock().now()).await.unwrap().is_none(), "the ledger keeps a hash alone");
    let out =
        asked(&Method::POST, "/logout").header(header::COOKIE, ours).header(TOKEN_HEADER, desk.key().token(secret));
    let (status, _) = answer(&desk, out.header(header::CONTENT_TYPE, FORM).body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, _) =
        answer(&desk, asked(&Method::GET, "/").header(header::COOKIE, ours).body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "whoever logs out is out");
}

#[tokio::test]
async fn whoever_guesses_is_made_to_wait() {
    let (_home, desk) = desk_with_accounts().await;
    for _ in 0..10 {
        assert_eq!(log_in(&desk, "admin", "some other words", &[]).await.0, StatusCode::FORBIDDEN);
    }
    assert_eq!(log_in(&desk, "admin", PASSWORD, &[]).await.0, StatusCode::TOO_MANY_REQUESTS, "even with the right one");
    for _ in 0..9 {
        let _ = log_in(&desk, "nobody", "some other words", &[]).await;
    }
    assert_eq!(log_in(&desk, "viewer", PASSWORD, &[]).await.0, StatusCode::TOO_MANY_REQUESTS, "by whatever name");
    let lines = desk.store().audit(None, 100).await.unwrap();
    assert_eq!(lines.len(), 20, "what is refused at the door fills no table");
    assert_eq!((lines[0].deed.who.as_str(), lines[0].outcome.as_deref()), ("nobody", Some("403")));
    desk.clock().advance(chrono::TimeDelta::minutes(15));
    assert_eq!(log_in(&desk, "admin", PASSWORD, &[]).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_script_shows_its_token_and_needs_no_other() {
    let (_home, desk) = desk_with_accounts().await;
    let (token, hash) = super::session::new_token();
    let now = desk.clock().now();
    desk.store().add_token("secretariat", &hash, "", now, now + chrono::TimeDelta::days(1)).await.unwrap();
    let with = |token: &str| {
        asked(&Method::GET, "/").header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty()).unwrap()
    };
    assert_eq!(answer(&desk, with(&token)).await.0, StatusCode::OK);
    assert_eq!(answer(&desk, with(&hash)).await.0, StatusCode::SEE_OTHER, "what the ledger has opens nothing");
    desk.clock().advance(chrono::TimeDelta::days(1));
    assert_eq!(answer(&desk, with(&token)).await.0, StatusCode::SEE_OTHER);
}

/// Behind a proxy it alone is believed, and by whatever else somebody comes they are not served.
#[tokio::test]
async fn only_the_named_proxy_says_for_whom_it_asks() {
    let home = tempfile::tempdir().unwrap();
    let mut config = Config { schedules: Vec::new(), ..Config::defaults(home.path()) };
    config.dashboard.proxy = Some("192.0.2.7".parse().unwrap());
    config.dashboard.hosts = vec!["reports.example.org".to_owned()];
    let desk = desk_of(config).await;
    let from = |peer: &str, path: &str| {
        let mut request = Request::builder().uri(path).header(header::HOST, "reports.example.org");
        request = request.header("x-forwarded-for", "127.0.0.1, 198.51.100.9");
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo::<SocketAddr>(format!("{peer}:4711").parse().unwrap()));
        request
    };
    assert_eq!(answer(&desk, from("198.51.100.9", "/")).await.0, StatusCode::FORBIDDEN);
    assert_eq!(answer(&desk, from("192.0.2.7", "/")).await.0, StatusCode::SEE_OTHER, "nobody is at this machine");
    let (parts, _) = from("192.0.2.7", "/").into_parts();
    assert_eq!(super::session::address(&desk.config(), &parts).to_string(), "198.51.100.9");
    let (parts, _) = from("198.51.100.1", "/").into_parts();
    assert_eq!(super::session::address(&desk.config(), &parts).to_string(), "198.51.100.1");
}

/// Whoever serves something beside the table would serve it without a guard.
#[test]
fn routes_are_made_in_the_table_alone() {
    let mut seen = std::collections::BTreeSet::new();
    for route in table() {
        assert!(seen.insert((route.method.to_string(), route.path)), "{} stands there twice", route.path);
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk");
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if !["routes.rs", "tests.rs"].iter().any(|name| path.ends_with(name)) {
                let text = std::fs::read_to_string(&path).unwrap();
                for word in [".route(", ".nest(", ".merge(", "axum::routing"] {
                    assert!(!text.contains(word), "{}: `{word}` belongs in routes.rs", path.display());
                }
            }
        }
    }
}
