//! The sheet that lists the remarks, as XML.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::remarks::{MARK, Remarks};
use super::styles::{Front, Look};
use super::xml::escaped;
use crate::cell::lines;
use crate::diagnostic::Severity;

/// Width of the two columns, in characters.
const WIDTHS: [usize; 2] = [26, 88];
/// Height of a line of text, in points.
const LINE: f64 = 15.0;

/// The sheet in the making.
struct Sheet<'a> {
    formats: &'a BTreeMap<Front, u32>,
    row: u32,
    rows: String,
    merges: Vec<String>,
    links: String,
}

/// Writes the sheet. `namespace` is the workbook's; links go to `visible` sheets only.
pub(super) fn write(
    remarks: &Remarks,
    formats: &BTreeMap<Front, u32>,
    namespace: &str,
    visible: &BTreeSet<String>,
    breaks_signature: bool,
) -> String {
    let mut sheet = Sheet { formats, row: 0, rows: String::new(), merges: Vec::new(), links: String::new() };
    let mark = Some(MARK);
    sheet.across(Front::Title, &remarks.title, 24.0, mark);
    for sentence in remarks.lead.iter().chain(breaks_signature.then_some(&remarks.signature)) {
        sheet.across(Front::Lead, sentence, LINE, None);
    }
    sheet.blank();
    for (severity, word, sentence) in &remarks.legend {
        sheet.line((Front::Clears(look(*severity)), word), (Front::Text, sentence), 0.0, None);
    }
    sheet.blank();
    sheet.line((Front::Head, &remarks.heads[0]), (Front::Head, &remarks.heads[1]), 0.0, None);
    for fix in &remarks.fixes {
        sheet.line((Front::Clears(look(fix.severity)), &fix.clears), (Front::Fix, &fix.hint), 5.0, None);
        for problem in &fix.problems {
            let place = match (&problem.sheet, problem.cells) {
                (Some(sheet), Some(cells)) => format!("{sheet}!{cells}"),
                (Some(sheet), None) => sheet.clone(),
                _ => String::new(),
            };
            let target = problem.sheet.as_ref().filter(|s| visible.contains(*s)).map(|sheet| {
                let cells = problem.cells.map_or_else(|| "A1".to_owned(), |cells| cells.to_string());
                format!("'{}'!{cells}", sheet.replace('\'', "''"))
            });
            let front = if target.is_some() { Front::Link } else { Front::Text };
            sheet.line((front, &place), (Front::Text, &problem.message), 1.0, target.as_deref());
        }
    }
    if let Some(more) = &remarks.more {
        sheet.across(Front::Aside, more, LINE, None);
    }
    sheet.finish(namespace)
}

const fn look(severity: Severity) -> Look {
    match severity {
        Severity::Error => Look::Error,
        Severity::Warning | Severity::Info => Look::Warning,
    }
}

impl Sheet<'_> {
    fn blank(&mut self) {
        self.row += 1;
    }

    /// A text over both columns, with as many lines as it needs: programs do not find the height of
    /// merged cells by themselves.
    fn across(&mut self, front: Front, text: &str, line: f64, hidden: Option<&str>) {
        self.row += 1;
        // Letters are narrower than the digits that a width is counted in.
        let lines = lines(text, WIDTHS.iter().sum::<usize>() * 11 / 10);
        let height = line * f64::from(u32::try_from(lines).unwrap_or(1));
        let _ = write!(self.rows, "<row r=\"{}\" ht=\"{height}\" customHeight=\"1\">", self.row);
        self.cell('A', front, text);
        self.cell('B', front, "");
        if let Some(word) = hidden {
            self.cell('C', Front::Aside, word);
        }
        self.rows.push_str("</row>");
        self.merges.push(format!("A{0}:B{0}", self.row));
    }

    /// A line of two cells, `air` points higher than its text needs.
    fn line(&mut self, (left, place): (Front, &str), (right, text): (Front, &str), air: f64, target: Option<&str>) {
        self.row += 1;
        let room = if right == Front::Text { WIDTHS[1] * 11 / 10 } else { WIDTHS[1] };
        let lines = lines(place, WIDTHS[0]).max(lines(text, room));
        let height = LINE * f64::from(u32::try_from(lines).unwrap_or(1)) + air;
        let _ = write!(self.rows, "<row r=\"{}\" ht=\"{height}\" customHeight=\"1\">", self.row);
        self.cell('A', left, place);
        self.cell('B', right, text);
        self.rows.push_str("</row>");
        if let Some(target) = target {
            let _ = write!(
                self.links,
                "<hyperlink ref=\"A{}\" location=\"{}\" display=\"{}\"/>",
                self.row,
                escaped(target),
                escaped(place)
            );
        }
    }

    fn cell(&mut self, column: char, front: Front, text: &str) {
        let style = self.formats.get(&front).copied().unwrap_or(0);
        let row = self.row;
        let _ = if text.is_empty() {
            write!(self.rows, "<c r=\"{column}{row}\" s=\"{style}\"/>")
        } else {
            let text = escaped(&text.chars().take(32_000).collect::<String>());
            write!(
                self.rows,
                "<c r=\"{column}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            )
        };
    }

    fn finish(self, namespace: &str) -> String {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{namespace}\">\
             <sheetPr><tabColor rgb=\"FFFFC000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView \
             showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews><sheetFormatPr \
             defaultRowHeight=\"15\"/><cols><col min=\"1\" max=\"1\" width=\"{}\" customWidth=\"1\"/><col min=\"2\" \
             max=\"2\" width=\"{}\" customWidth=\"1\"/><col min=\"3\" max=\"3\" width=\"9\" hidden=\"1\" \
             customWidth=\"1\"/></cols><sheetData>{}</sheetData>",
            WIDTHS[0], WIDTHS[1], self.rows
        );
        let merges: String = self.merges.iter().map(|m| format!("<mergeCell ref=\"{m}\"/>")).collect();
        let _ = write!(xml, "<mergeCells count=\"{}\">{merges}</mergeCells>", self.merges.len());
        if !self.links.is_empty() {
            let _ = write!(xml, "<hyperlinks>{}</hyperlinks>", self.links);
        }
        xml.push_str(
            "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
             <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>",
        );
        xml
    }
}
