//! The mistakes that the demonstration's workbooks come with, each of a kind that people make.

use anyhow::{Context, Result};

use super::fictional::{Book, Cell};
use crate::record::Sheet;

/// The real quarter's activities with the first and the last day of one workshop exchanged.
pub(super) fn in_text(right: &[u8]) -> Result<Vec<u8>> {
    let text = std::str::from_utf8(right).context("the seed is UTF-8")?;
    let wrong = text.replace("2017-11-07,2017-11-09,7-9 November", "2017-11-09,2017-11-07,7-9 November");
    anyhow::ensure!(wrong != text, "the seed's second workshop has dates to exchange");
    Ok(wrong.into_bytes())
}

/// Spoils five cells of a country's workbook.
pub(super) fn in_workbook(book: &mut Book) -> Result<()> {
    let wrong = [
        // Sheet, zero-based row under the head, heading, what somebody typed there.
        (Sheet::Activities, 2, "Type", Cell::Text("Семинарр".to_owned())),
        (Sheet::Activities, 4, "Host country", Cell::Text("KR".to_owned())),
        (Sheet::Activities, 6, "End date", Cell::Text("31 сентября 2026".to_owned())),
        (Sheet::Activities, 8, "Participants", Cell::Text("двадцать".to_owned())),
        (Sheet::Equipment, 0, "Total value EUR", Cell::Money(1.0)),
    ];
    for (sheet, row, heading, typed) in wrong {
        let page = book.pages.iter_mut().find(|page| page.sheet == sheet).context("the sheet")?;
        let column = page.column(heading).context("the column")?;
        let cell = page.rows.get_mut(row).and_then(|row| row.get_mut(column)).context("the cell")?;
        *cell = typed;
    }
    Ok(())
}
