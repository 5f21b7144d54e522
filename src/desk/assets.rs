//! What pages are made with: the style sheet.

use axum::http::header;
use axum::response::IntoResponse;

/// The style of every page.
const STYLE: &str = include_str!("../../templates/desk/desk.css");

/// `/desk.css`
pub(super) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], STYLE)
}
