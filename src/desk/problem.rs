//! What went wrong, for whoever asked: what happened, and what to do.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::Desk;
use super::sheet::Sheet;
use super::visitor::Visitor;
use crate::diagnostic::{Arg, Args};
use crate::store::StoreError;

/// An answer that is not what was asked for. The frame shows it as a page, or to a script as
/// problem details (RFC 9457).
#[derive(Clone, Debug)]
pub struct Problem {
    /// The status of the answer.
    pub status: StatusCode,
    /// Stable, in kebab-case; the sentence is `problem-CODE` of the locale, its hint `problem-CODE.hint`.
    pub code: &'static str,
    /// Facts for the sentence.
    pub args: Args,
    /// After how many seconds it may be tried again.
    pub retry_after: Option<u64>,
}

impl Problem {
    /// One of a status and a code.
    #[must_use]
    pub fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, args: Args::new(), retry_after: None }
    }

    /// With a fact for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, fact: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), fact.into());
        self
    }

    /// Nothing stands at this address.
    #[must_use]
    pub fn missing() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found")
    }

    /// The request makes no sense.
    #[must_use]
    pub fn senseless() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "senseless")
    }

    /// A fault of this program.
    #[must_use]
    pub fn ours() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "our-fault")
    }

    /// Too many failures of late.
    #[must_use]
    pub fn too_often(wait: chrono::TimeDelta) -> Self {
        let seconds = u64::try_from(wait.num_seconds()).unwrap_or(0).max(1);
        let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-often").with("minutes", minutes);
        Self { retry_after: Some(seconds), ..problem }
    }

    /// As a page in the visitor's language.
    pub(super) fn page(&self, desk: &Desk, visitor: &Visitor) -> maud::Markup {
        let locale = desk.locale(visitor.language);
        let id = format!("problem-{}", self.code);
        let sheet = Sheet::new(desk, visitor, locale.text(&id, &self.args));
        let hint = locale.find(&format!("{id}.hint"), &self.args).unwrap_or_default();
        sheet.render(&maud::html! {
            div.page-fault {
                @if !hint.is_empty() { p { (hint) } }
                p { a href="/" { (locale.word("problem-to-the-start")) } }
            }
        })
    }

    /// As problem details.
    pub(super) fn details(&self, desk: &Desk, visitor: &Visitor) -> serde_json::Value {
        let locale = desk.locale(visitor.language);
        let id = format!("problem-{}", self.code);
        serde_json::json!({
            "type": format!("tag:rapporteur:{}", self.code),
            "title": locale.text(&id, &self.args),
            "status": self.status.as_u16(),
            "detail": locale.find(&format!("{id}.hint"), &self.args),
            "code": self.code,
        })
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Missing { .. } => Self::missing(),
            StoreError::NotInState { id, found, .. } => {
                Self::new(StatusCode::CONFLICT, "no-longer-so").with("id", *id).with("found", found.replace('_', " "))
            }
            _ => {
                tracing::error!(%error, "a page could not be made");
                let status = if error.is_transient() {
                    StatusCode::SERVICE_UNAVAILABLE
                } else {
                    StatusCode::INTERNAL_SERVER_ERROR
                };
                Self::new(status, "ledger-at-fault")
            }
        }
    }
}

/// Anything else that goes wrong while a page is made is told in the log.
impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<StoreError>() {
            Ok(known) => known.into(),
            Err(error) => {
                tracing::error!("a page could not be made: {error:#}");
                Self::ours()
            }
        }
    }
}
