//! What a report is made of does not depend on the order in which files came.

use super::sample::seed;
use crate::diagnostic::{Diagnostic, Place};
use crate::participation::UNKNOWN;

#[test]
fn a_warning_of_an_activity_that_came_later_is_taken_back() {
    let mut material = seed();
    let told = |id: &str| Diagnostic::warning(UNKNOWN, Place::file("participants.csv")).with("id", id);
    material.files[0].diagnostics = vec![told("Q4-05"), told("Q4-99")];
    material.files[0].summary.warnings = 2;
    let name = material.files[0].summary.file.clone();
    let material = material.for_period("2017-Q4".parse().unwrap());
    let file = material.files.iter().find(|f| f.summary.file == name).unwrap();
    assert_eq!((file.diagnostics.len(), file.summary.warnings), (1, 1));
}
