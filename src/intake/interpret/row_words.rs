//! Reading a row's fixed words.

use crate::diagnostic::Diagnostic;
use crate::record::{ActivityType, Scope, Status};

use super::headings::Heading;
use super::row::{Read, Row, Told};
use super::text::excerpt;
use super::vocabulary::Vocabulary;

impl Row<'_> {
    /// The programme's component, by number or title; `None` is "not stated".
    pub(super) fn component(&mut self) -> Option<u32> {
        let text = self.optional(Heading::Component)?;
        match self.ctx.vocabulary.component(&text, &self.ctx.request.components) {
            Ok(number) => number,
            Err(nearest) => {
                let place = self.place(Heading::Component);
                let known: Vec<String> = self.ctx.request.components.iter().map(|c| c.number.to_string()).collect();
                let mut diagnostic = Diagnostic::error("component-unknown", place)
                    .with("found", excerpt(&text))
                    .with("known", known.join(", "));
                if let Some(nearest) = nearest {
                    diagnostic = diagnostic.with("nearest", nearest).worded("component-unknown-near");
                }
                self.error(diagnostic);
                None
            }
        }
    }

    /// A type of activity, with its text where it is "other".
    pub(super) fn activity_type(&mut self) -> Read<(ActivityType, Option<String>)> {
        let Some(text) = self.text(Heading::Type)? else { return Ok(None) };
        match self.ctx.vocabulary.activity_type(&text) {
            Some(ActivityType::Other) => Ok(Some((ActivityType::Other, Some(text)))),
            Some(kind) => Ok(Some((kind, None))),
            None => Err(self.unknown_word("type-unknown", Heading::Type, &text, Vocabulary::nearest_type(&text))),
        }
    }

    pub(super) fn status(&mut self) -> Read<Status> {
        let Some(text) = self.text(Heading::Status)? else { return Ok(None) };
        match self.ctx.vocabulary.status(&text) {
            Some(status) => Ok(Some(status)),
            None => Err(self.unknown_word("status-unknown", Heading::Status, &text, Vocabulary::nearest_status(&text))),
        }
    }

    pub(super) fn scope(&mut self) -> Read<Scope> {
        let Some(text) = self.text(Heading::Scope)? else { return Ok(None) };
        match self.ctx.vocabulary.scope(&text) {
            Some(scope) => Ok(Some(scope)),
            None => Err(self.unknown_word("scope-unknown", Heading::Scope, &text, Vocabulary::nearest_scope(&text))),
        }
    }

    fn unknown_word(&mut self, code: &str, heading: Heading, text: &str, nearest: Option<&str>) -> Told {
        let place = self.place(heading);
        let mut diagnostic = Diagnostic::error(code, place).with("found", excerpt(text));
        if let Some(nearest) = nearest {
            diagnostic = diagnostic.with("nearest", nearest).worded(&format!("{code}-near"));
        }
        self.error(diagnostic)
    }
}
