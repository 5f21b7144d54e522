//! The work plan of an invented workbook: what was done as planned, what was not, what was left
//! over from the quarter before, and what comes next.

use anyhow::Result;
use chrono::TimeDelta;

use super::{Cell, Page, kind, number, text, topic_of};
use crate::cli::demo::material::{Material, Topic, say};
use crate::period::ReportingPeriod;
use crate::recipient::Language;
use crate::record::Sheet;

/// Whose plan it is, and what was done of it.
pub(super) struct Planned<'a> {
    pub(super) material: &'a Material,
    pub(super) language: Language,
    /// Country, or empty for the region.
    pub(super) code: &'a str,
    pub(super) nth: u64,
    /// Where planned activities are to be held.
    pub(super) town: &'a str,
    /// The rows of the Activities sheet.
    pub(super) own: &'a [Vec<Cell>],
}

/// The quarter of which something was left over to the next one.
const FIRST: u32 = 2;

impl Planned<'_> {
    fn word(&self, en: &str, ru: &str) -> Cell {
        text(if self.language == Language::En { en } else { ru })
    }

    /// Where the plan's ids begin: `KG-P`, `REG-P`.
    fn prefix(&self) -> String {
        format!("{}-P", if self.code.is_empty() { "REG" } else { self.code })
    }

    fn item(&self, id: &str, topic: &Topic, of: ReportingPeriod, week: i64, status: Cell, reason: Cell) -> Vec<Cell> {
        let start = of.first_day() + TimeDelta::days(week * 7);
        vec![
            text(id),
            number(topic.component),
            text(kind(&topic.kind, self.language)),
            text(say(&topic.title, self.language)),
            Cell::Date(start),
            Cell::Date(start + TimeDelta::days(i64::from(topic.days) - 1)),
            text(if self.code.is_empty() { "KZ; KG; TJ; TM; UZ" } else { self.code }),
            text(self.town),
            self.word("Secretariat", "Секретариат"),
            status,
            reason,
        ]
    }

    /// What became of the item that was postponed in the first of the two quarters.
    fn left_over(&self) -> (Cell, Cell) {
        match self.nth {
            0 | 1 => (self.word("Done", "Выполнено"), Cell::Blank),
            2 => (
                self.word("Postponed", "Перенесено"),
                self.word("The experts were not free until winter", "Эксперты были заняты до зимы"),
            ),
            4 => (
                self.word("Cancelled", "Отменено"),
                self.word("The topic is covered by another project", "Тема охвачена другим проектом"),
            ),
            _ => (self.word("Planned", "Запланировано"), Cell::Blank),
        }
    }
}

/// Four of five activities were planned; one more was put off, and four are foreseen next.
pub(super) fn page(of: &Planned<'_>, period: ReportingPeriod) -> Result<Page> {
    let cell = |row: &[Cell], at: usize| row.get(at).cloned().unwrap_or(Cell::Blank);
    let mut rows = Vec::new();
    for (n, row) in of.own.iter().enumerate().filter(|(n, _)| n % 5 != 4) {
        rows.push(vec![
            text(format!("{}{}{:02}", of.prefix(), period.number(), n + 1)),
            cell(row, 3),
            cell(row, 2),
            cell(row, 1),
            cell(row, 4),
            cell(row, 5),
            cell(row, 10),
            cell(row, 7),
            of.word("Secretariat", "Секретариат"),
            of.word("Done", "Выполнено"),
            Cell::Blank,
        ]);
    }
    let asked = "The hosting agency asked for a later date";
    let asked = of.word(asked, "Принимающее ведомство попросило о более поздней дате");
    let put_off = topic_of(of.material, 11, of.nth, period)?;
    let id = |quarter: u32| format!("{}{quarter}90", of.prefix());
    rows.push(of.item(&id(period.number()), put_off, period, 10, of.word("Postponed", "Перенесено"), asked));
    if period.number() != FIRST {
        let before = period.previous();
        let (status, reason) = of.left_over();
        rows.push(of.item(&id(before.number()), topic_of(of.material, 11, of.nth, before)?, period, 3, status, reason));
    }
    for n in 0..4 {
        let topic = topic_of(of.material, n, of.nth, period.next())?;
        let id = format!("{}{}{:02}", of.prefix(), period.next().number(), n + 1);
        let week = i64::from(n) * 3 + i64::try_from(of.nth)? % 3;
        rows.push(of.item(&id, topic, period.next(), week, of.word("Planned", "Запланировано"), Cell::Blank));
    }
    Ok(Page {
        sheet: Sheet::Plan,
        headings: vec![
            "ID",
            "Component",
            "Type",
            "Title",
            "Planned start",
            "Planned end",
            "Country",
            "Place",
            "Responsible",
            "Status",
            "Reason",
        ],
        rows,
    })
}
