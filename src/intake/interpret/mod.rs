//! Raw cells into typed rows and diagnostics.

use super::raw::{RawWorkbook, ReadEvent, ReadRequest};
use crate::record::FileSummary;

/// Reads a workbook: tells every accepted row, held row and diagnostic to `emit`, and sums up.
///
/// [`ReadEvent::Done`] is left to the caller, who knows the file's hash. Sheets may be visited
/// more than once, some of them only for their first rows.
pub fn interpret(
    workbook: &mut dyn RawWorkbook,
    request: &ReadRequest,
    emit: &mut dyn FnMut(ReadEvent),
) -> FileSummary {
    let mut summary = FileSummary { file: request.name.clone(), ..FileSummary::default() };
    for sheet in 0..workbook.sheets().len() {
        if let Err(unreadable) = workbook.read(sheet, &mut |_| {
            summary.rows_read += 1;
            true
        }) {
            emit(ReadEvent::Diagnostic(unreadable.0));
        }
    }
    summary
}
