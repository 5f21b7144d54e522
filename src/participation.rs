//! What is told where the rows of the Participants sheet contradict an activity's total.
//!
//! The intake asks it of one workbook; the facts ask it of everything they have, because the
//! two sheets may come as two files. Both tell it in the same words, once.

use crate::diagnostic::{Arg, Diagnostic, Place};

/// Code of the diagnostic, and of the fault that it leaves on the activity (V15).
pub const CODE: &str = "participation-rows-do-not-add-up";

/// Wording where the total stands in another file than the rows. It is told when the rows come, and
/// asked again of all files by whoever counts them.
pub const BETWEEN_FILES: &str = "participation-rows-and-total-differ";

/// The diagnostic, at the activity's total: `total` people there, while `rows` rows make `sum`.
#[must_use]
pub fn mismatch(place: Place, activity: &str, total: u32, sum: u64, rows: usize) -> Diagnostic {
    Diagnostic::error(CODE, place).with("activity", activity).with("total", total).with("sum", sum).with("rows", rows)
}

/// Code of the warning that a row names an activity nobody has reported.
pub const UNKNOWN: &str = "activity-unknown";

/// The activity's id, where the diagnostic is that warning.
#[must_use]
pub fn unknown_activity(diagnostic: &Diagnostic) -> Option<&str> {
    match diagnostic.args.get("id") {
        Some(Arg::Text(id)) if diagnostic.code == UNKNOWN => Some(id),
        _ => None,
    }
}
