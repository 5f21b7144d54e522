//! How a whole file is refused.

use super::super::raw::Unreadable;
use crate::diagnostic::{Diagnostic, Place};

/// One error for the whole file, without a cell.
pub(super) fn refuse(code: &str, name: &str) -> Unreadable {
    Unreadable(Box::new(Diagnostic::error(code, Place::file(name))))
}

/// The same, with a fact of the case.
pub(super) fn refuse_with(code: &str, name: &str, fact: &str, value: impl Into<crate::diagnostic::Arg>) -> Unreadable {
    Unreadable(Box::new(Diagnostic::error(code, Place::file(name)).with(fact, value)))
}

/// One error for a sheet whose part of the file is broken.
pub(super) fn refuse_sheet(code: &str, name: &str, sheet: &str) -> Unreadable {
    Unreadable(Box::new(Diagnostic::error(code, Place::sheet(name, sheet)).with("sheet", sheet)))
}
