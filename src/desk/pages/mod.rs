//! One file for each page.

mod audit;
mod configuration;
mod deliveries;
mod delivery;
mod drop;
mod editions;
mod figures;
mod health;
mod missed;
mod notices;
mod problems;
mod readiness;
mod run;
mod run_acts;
mod runs;
mod sign_off;
#[cfg(test)]
mod tests;
mod today;
mod workbook;
mod workbooks;

use super::routes::{Needs, Route};
use super::visitor::Role;

/// The routes of all pages.
pub(super) fn routes() -> Vec<Route> {
    let (viewer, secretariat) = (Needs::Role(Role::Viewer), Needs::Role(Role::Secretariat));
    let (approver, admin) = (Needs::Role(Role::Approver), Needs::Role(Role::Admin));
    vec![
        Route::get("/", viewer, today::show),
        Route::get("/readiness", viewer, readiness::show),
        Route::get("/workbooks", viewer, workbooks::show),
        Route::upload("/workbooks", secretariat, drop::take),
        Route::get("/workbooks/{id}", viewer, workbook::show),
        Route::get("/workbooks/{id}/marked", viewer, workbook::marked),
        Route::get("/runs", viewer, runs::show),
        Route::post("/runs", secretariat, runs::start),
        Route::get("/runs/{id}", viewer, run::show),
        Route::get("/runs/{id}/editions/{language}", viewer, editions::pdf),
        Route::get("/runs/{id}/covers/{language}", viewer, editions::cover_picture),
        Route::post("/runs/{id}/approve", approver, run_acts::approve),
        Route::post("/runs/{id}/send-back", approver, run_acts::send_back),
        Route::post("/runs/{id}/hold", secretariat, run_acts::hold),
        Route::post("/runs/{id}/retry", secretariat, run_acts::retry),
        Route::post("/runs/{id}/cancel", secretariat, run_acts::cancel),
        Route::get("/deliveries", viewer, deliveries::show),
        Route::post("/deliveries/retry-failed", secretariat, deliveries::retry_failed),
        Route::get("/deliveries/{id}", viewer, delivery::show),
        Route::post("/deliveries/{id}/retry", secretariat, delivery::retry),
        Route::post("/deliveries/{id}/cancel", secretariat, delivery::cancel),
        Route::post("/mail/release", admin, deliveries::release),
        Route::post("/missed/{schedule}/release", admin, missed::release),
        Route::post("/missed/{schedule}/drop", admin, missed::drop),
        // The link is proof of its own.
        Route::get("/sign-off/{token}", Needs::Nobody, sign_off::show),
        Route::post("/sign-off/{token}", Needs::Nobody, sign_off::decide),
        Route::get("/sign-off/{token}/editions/{language}", Needs::Nobody, sign_off::pdf),
        Route::get("/sign-off/{token}/covers/{language}", Needs::Nobody, sign_off::cover),
        Route::get("/notices", viewer, notices::show),
        Route::get("/configuration", viewer, configuration::show),
        Route::get("/health", viewer, health::show),
        Route::get("/audit", admin, audit::show),
    ]
}
