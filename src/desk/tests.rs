//! A desk over an empty home, and what asks it; for the tests of every page.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use tower::ServiceExt as _;

use super::routes::table;
use super::{Desk, router};
use crate::clock::Clock;
use crate::config::Config;
use crate::store::Store;

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
    assert!(english.contains("How things stand"));
    let (_, russian) = page(&desk, "/?language=ru").await;
    assert!(russian.contains("<html lang=\"ru\">") && russian.contains("Положение дел"));
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
        let form = || {
            asked(&route.method, &filled(route.path)).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        };
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
