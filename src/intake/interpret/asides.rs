//! Rows below a header that are no rows: groups, captions, examples, remarks, signatures, and what
//! was left blank on purpose.

use crate::cell::CellRef;
use crate::intake::raw::{RawRow, RawValue};
use crate::record::Sheet;

use super::headings::Heading;
use super::pass::{Pass, says_nothing};
use super::text::{line, plain};
use super::totals;

impl Pass<'_, '_> {
    /// A row with nothing but a country's name: it speaks for the rows under it.
    pub(super) fn is_group(&mut self, raw: &RawRow) -> bool {
        let mut filled = raw.cells.iter().filter(|c| !says_nothing(&c.value));
        let (Some(cell), None) = (filled.next(), filled.next()) else { return false };
        let RawValue::Text(text) = &cell.value else { return false };
        let (listed, problems) = self.ctx.countries.list(text);
        if !problems.is_empty() || text.chars().count() > 60 {
            return false;
        }
        if listed.countries.is_empty() && !listed.region {
            return false;
        }
        self.ctx.group = (!listed.countries.is_empty()).then_some(listed.countries);
        self.group_cell = Some((CellRef::new(raw.row, cell.column), line(text)));
        true
    }

    /// An example row of the blank workbook, or a remark under the table.
    pub(super) fn is_aside(&self, raw: &RawRow) -> Option<&'static str> {
        let first = raw.cells.iter().find(|c| !says_nothing(&c.value))?;
        let RawValue::Text(text) = &first.value else { return None };
        let plain = plain(text);
        let word = plain.split([' ', ':', '.', '-', '(', '/']).next().unwrap_or_default();
        if matches!(word, "example" | "пример" | "sample" | "образец") {
            return Some("example-row");
        }
        if totals::is_average(&self.ctx.table, raw) || self.is_signature(raw) {
            return Some("aside-row");
        }
        if !self.is_alone(raw) {
            return None;
        }
        let merged = self.raw.merges.iter().any(|m| {
            m.first == CellRef::new(raw.row, first.column)
                && m.last.column >= m.first.column + 2
                && m.first.row == m.last.row
        });
        let remark = plain.starts_with(['*', '†'])
            || matches!(
                word,
                "note"
                    | "notes"
                    | "source"
                    | "sources"
                    | "prepared"
                    | "compiled"
                    | "signed"
                    | "approved"
                    | "nb"
                    | "n.b"
                    | "remark"
                    | "примечание"
                    | "примечания"
                    | "источник"
                    | "составил"
                    | "составила"
                    | "подготовил"
                    | "подготовила"
                    | "исполнитель"
                    | "подготовлено"
                    | "утверждено"
                    | "подпись"
            );
        // `Октябрь` over the activities of October.
        let mut words = plain.split(' ').filter(|word| !word.trim_matches(['.', ':', 'г']).is_empty());
        let month = words.next().is_some_and(|word| super::periods::month(word.trim_end_matches([':', '.'])).is_some())
            && words.all(|word| word.trim_end_matches(['.', ':', 'г']).parse::<u16>().is_ok());
        let of_month = month && self.ctx.sheet == Sheet::Activities;
        // One cell in a wide table is a caption: `Component 1: …`, `II. Workshops`.
        let caption = self.ctx.table.width() >= 6
            && matches!(self.ctx.sheet, Sheet::Activities | Sheet::Equipment | Sheet::Meetings | Sheet::Indicators);
        (merged || remark || of_month || caption || self.ctx.table.heading(first.column).is_none())
            .then_some("aside-row")
    }

    /// `Начальник отдела … (подпись)`: who signs, with none of what a row cannot do without.
    fn is_signature(&self, raw: &RawRow) -> bool {
        const WORDS: [&str; 14] = [
            "исполнитель",
            "составил",
            "начальник",
            "руководитель",
            "директор",
            "prepared by",
            "подпись",
            "м.п.",
            "signature",
            "signed by",
            "ф.и.о.",
            "(фио)",
            "утверждаю",
            "согласовано",
        ];
        let filled = raw.cells.iter().filter(|c| !says_nothing(&c.value));
        if filled.clone().count() > 4 {
            return false;
        }
        let required = super::headings::required(self.ctx.sheet);
        let lacks = !filled.clone().any(|c| self.ctx.table.heading(c.column).is_some_and(|h| required.contains(&h)));
        lacks
            && filled.into_iter().any(|c| match &c.value {
                RawValue::Text(text) => {
                    let plain = plain(text);
                    WORDS.iter().any(|word| plain.contains(word))
                }
                _ => false,
            })
    }

    /// Nothing but a country, a scope, an id or a note: "not supplied", and no problem.
    pub(super) fn is_placeholder(&self, raw: &RawRow) -> bool {
        let sheet = self.ctx.sheet;
        !raw.cells.iter().any(|cell| {
            let Some(heading) = self.ctx.table.heading(cell.column) else { return false };
            let beside = match heading {
                Heading::Countries
                | Heading::Country
                | Heading::HostCountry
                | Heading::RecipientCountry
                | Heading::Scope
                | Heading::Id
                | Heading::RowNumber
                | Heading::Month
                | Heading::Note
                | Heading::ReportingPeriod
                | Heading::Horizon => true,
                Heading::ActivityId => sheet != Sheet::Participants,
                Heading::Code => sheet == Sheet::Indicators,
                _ => false,
            };
            !beside && !says_nothing(&cell.value)
        })
    }
}
