//! The editions of a run: their covers, and the PDFs themselves.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::compile;
use crate::desk::Desk;
use crate::desk::parts::{disposition, escaped};
use crate::desk::problem::Problem;
use crate::desk::words::Words;
use crate::digest;
use crate::recipient::Language;
use crate::report::{ArchivedDocument, ReportRun};

/// A PDF may stand in a frame of our own pages, and nowhere else.
const FRAMED_BY_US: &str =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'self'; base-uri 'none'; frame-ancestors 'self'";

/// Which edition.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    edition: String,
    /// To be kept, and not to be looked at.
    download: Option<String>,
}

/// Where an edition, or the picture of its cover, is to be had.
pub(super) fn address(above: &str, what: &str, document: &ArchivedDocument) -> String {
    let edition =
        if document.edition.is_empty() { String::new() } else { format!("?edition={}", escaped(&document.edition)) };
    format!("{above}/{what}/{}{edition}", document.language)
}

/// The covers of a run's editions, each a way to its PDF.
pub(super) fn list(words: &Words<'_>, desk: &Desk, run: &ReportRun, documents: &[ArchivedDocument]) -> Markup {
    covers(words, desk, run, documents, &format!("/runs/{}", run.id))
}

/// The same below an address that has `editions` and `covers`.
pub(super) fn covers(
    words: &Words<'_>,
    desk: &Desk,
    run: &ReportRun,
    documents: &[ArchivedDocument],
    above: &str,
) -> Markup {
    let config = desk.config();
    html! {
        ul.covers {
            @for document in documents {
                @let address = address(above, "editions", document);
                @let name = name(words, document);
                li {
                    // The words below lead to the same place, and are the ones that are read out.
                    a.cover href=(address) tabindex="-1" aria-hidden="true" {
                        @if compile::cover(&config, &document.sha256).is_file() {
                            img src=(self::address(above, "covers", document)) alt="" width="210" height="297" loading="lazy";
                        } @else { (cover(words, desk, run, document)) }
                    }
                    p { a href=(address) { (words.say("desk-edition-open", &[("name", name.clone().into())])) } }
                    p.small.quiet {
                        (words.say("desk-edition-size", &[("n", document.pages.into()), ("size", words.letters().size(document.size).into())]))
                    }
                }
            }
        }
    }
}

/// `English`, `Kyrgyzstan, in Russian`.
fn name(words: &Words<'_>, document: &ArchivedDocument) -> String {
    let language = words.t(&format!("desk-language-{}", document.language));
    match crate::recipient::Country::new(&document.edition) {
        Some(country) => format!("{}, {language}", words.locale().country(country)),
        None if document.edition.is_empty() => language,
        None => format!("{}, {language}", document.edition),
    }
}

/// The cover of an edition in words of its own language; what its pages look like is a click away.
fn cover(words: &Words<'_>, desk: &Desk, run: &ReportRun, document: &ArchivedDocument) -> Markup {
    let own = Words::in_language(desk, document.language);
    html! {
        span.words lang=(document.language) {
            span { (desk.config().programme.code) }
            b { (own.locale().period(run.period)) }
            span { (name(&own, document)) }
            @if run.revision > 1 { span { (words.say("desk-version", &[("revision", run.revision.into())])) } }
        }
    }
}

async fn edition(desk: &Desk, run: i64, language: Language, key: &str) -> Result<ArchivedDocument, Problem> {
    let documents = desk.store().documents(run).await?;
    documents.into_iter().find(|d| d.language == language && d.edition == key).ok_or_else(Problem::missing)
}

/// `GET /runs/{id}/editions/{language}`: the PDF as it lies in the archive, if it is the one that was compiled.
pub(super) async fn pdf(
    State(desk): State<Desk>,
    Path((id, language)): Path<(i64, Language)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let document = edition(&desk, id, language, &asked.edition).await?;
    Ok(answer(&read(&desk, &document).await?, &document, asked.download.is_some()))
}

/// `GET /runs/{id}/covers/{language}`: the first page as a picture.
pub(super) async fn cover_picture(
    State(desk): State<Desk>,
    Path((id, language)): Path<(i64, Language)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    picture(&desk, &edition(&desk, id, language, &asked.edition).await?).await
}

/// The picture of an edition's cover, which is one thing for good: its name is the hash of the edition.
pub(super) async fn picture(desk: &Desk, document: &ArchivedDocument) -> Result<Response, Problem> {
    let svg =
        tokio::fs::read(compile::cover(&desk.config(), &document.sha256)).await.map_err(|_| Problem::missing())?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
        (header::CACHE_CONTROL, "private, max-age=600"),
    ];
    Ok((headers, svg).into_response())
}

/// The bytes of an edition.
pub(super) async fn read(desk: &Desk, document: &ArchivedDocument) -> Result<Vec<u8>, Problem> {
    let path = desk.config().at_home(std::path::Path::new(&document.path));
    let bytes = tokio::fs::read(&path).await.map_err(|error| {
        tracing::error!(%error, path = %path.display(), "an edition could not be read");
        Problem::new(axum::http::StatusCode::NOT_FOUND, "edition-gone")
    })?;
    if digest::of(&bytes) != document.sha256 {
        tracing::error!(path = %path.display(), "an edition is not the one that was compiled");
        return Err(Problem::new(axum::http::StatusCode::CONFLICT, "edition-changed"));
    }
    Ok(bytes)
}

/// A PDF, to be looked at or to be kept.
pub(super) fn answer(bytes: &[u8], document: &ArchivedDocument, keep: bool) -> Response {
    let kind = if keep { "attachment" } else { "inline" };
    let mut response = bytes.to_vec().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    if let Ok(value) = HeaderValue::from_str(&disposition(kind, &document.file_name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert("content-security-policy", HeaderValue::from_static(FRAMED_BY_US));
    headers.insert("x-frame-options", HeaderValue::from_static("SAMEORIGIN"));
    response
}
