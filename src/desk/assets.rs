//! What pages are made with: the style sheet, the script, the fonts.

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;

use super::problem::Problem;
use crate::templates;

/// The style of every page.
const STYLE: &str = include_str!("../../templates/desk/desk.css");

/// `/desk.css`
pub(super) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], STYLE)
}

/// What the pages are the better for, and do not need.
const SCRIPT: &str = include_str!("../../templates/desk/desk.js");

/// `/desk.js`
pub(super) async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], SCRIPT)
}

/// `/fonts/{name}`: those that the report is set in.
pub(super) async fn font(Path(name): Path<String>) -> Result<impl IntoResponse, Problem> {
    let known = templates::embedded_in("fonts").into_iter().find(|(file, _)| {
        let own = file.rsplit('/').next().unwrap_or(file);
        own == name && own.ends_with(".ttf")
    });
    let (_, bytes) = known.ok_or_else(Problem::missing)?;
    Ok(([(header::CONTENT_TYPE, "font/ttf"), (header::CACHE_CONTROL, "public, max-age=604800")], bytes))
}
