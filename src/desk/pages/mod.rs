//! One file for each page.

mod home;

use super::routes::{Needs, Route};
use super::visitor::Role;

/// The routes of all pages.
pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/", Needs::Role(Role::Viewer), home::show)]
}
