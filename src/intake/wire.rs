//! What passes between the child and its parent: one JSON value a line.
//!
//! A file may have a hundred thousand rows, so what all rows of a sheet have in common is
//! told once, and a row is written in a form that can be read without looking ahead.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::raw::ReadEvent;
use crate::diagnostic::Diagnostic;
use crate::period::ReportingPeriod;
use crate::record::{
    Activity, BudgetLine, Challenge, Entry, Equipment, Indicator, MeetingItem, Origin, Participation, PlanItem,
    Priority, Record, Risk,
};

/// One line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Wire {
    /// Heads the rows that follow.
    #[serde(rename = "h")]
    Head(Head),
    /// An accepted row, without what its head says.
    #[serde(rename = "n")]
    Row(Box<Row>),
    /// Any other event.
    #[serde(rename = "e")]
    Event(ReadEvent),
    /// The file as a whole is refused, and nothing that came before counts.
    #[serde(rename = "r")]
    Refused(Box<Diagnostic>),
}

/// What all rows under one header row have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    sheet: String,
    columns: Arc<BTreeMap<String, u32>>,
}

/// An [`Entry`] under its head.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Row {
    row: u32,
    period: Option<ReportingPeriod>,
    says: Says,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    faults: Vec<String>,
}

/// A [`Record`] whose kind is told before its content.
#[derive(Debug, Serialize, Deserialize)]
enum Says {
    Activities(Activity),
    Participants(Participation),
    Equipment(Equipment),
    Meetings(MeetingItem),
    Plan(PlanItem),
    Challenges(Challenge),
    Priorities(Priority),
    Indicators(Indicator),
    Risks(Risk),
    Budget(BudgetLine),
}

macro_rules! each_sheet {
    ($($sheet:ident)*) => {
        impl From<Record> for Says {
            fn from(record: Record) -> Self {
                match record { $(Record::$sheet(content) => Self::$sheet(content)),* }
            }
        }
        impl From<Says> for Record {
            fn from(says: Says) -> Self {
                match says { $(Says::$sheet(content) => Self::$sheet(content)),* }
            }
        }
    };
}
each_sheet!(Activities Participants Equipment Meetings Plan Challenges Priorities Indicators Risks Budget);

/// Puts events into lines.
#[derive(Default)]
pub(super) struct Writer {
    head: Head,
}

impl Writer {
    /// The line of an event, and the head to be written before it where it is a new one.
    pub(super) fn lines_of(&mut self, event: ReadEvent) -> (Option<Wire>, Wire) {
        let ReadEvent::Entry(entry) = event else { return (None, Wire::Event(event)) };
        let Entry { origin, period, record, faults } = *entry;
        let same_columns = Arc::ptr_eq(&origin.columns, &self.head.columns) || origin.columns == self.head.columns;
        let head = (!same_columns || origin.sheet != self.head.sheet).then(|| {
            self.head = Head { sheet: origin.sheet, columns: origin.columns };
            Wire::Head(self.head.clone())
        });
        (head, Wire::Row(Box::new(Row { row: origin.row, period, says: record.into(), faults })))
    }
}

/// Puts lines of one file together to events again.
pub(super) struct Reader {
    file: String,
    head: Head,
}

impl Reader {
    /// For the lines of the file `name`.
    pub(super) fn of(name: &str) -> Self {
        Self { file: name.to_owned(), head: Head::default() }
    }

    /// Remembers what rows have in common.
    pub(super) fn head(&mut self, head: Head) {
        self.head = head;
    }

    /// A row as it was before it was written.
    pub(super) fn entry(&self, row: Row) -> Entry {
        let Head { sheet, columns } = &self.head;
        let origin =
            Origin { file: self.file.clone(), sheet: sheet.clone(), row: row.row, columns: Arc::clone(columns) };
        Entry { origin, period: row.period, record: row.says.into(), faults: row.faults }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Cents;

    fn entry(sheet: &str, row: u32, columns: &Arc<BTreeMap<String, u32>>) -> ReadEvent {
        let columns = Arc::clone(columns);
        let heading = format!("line {row}");
        let content = BudgetLine {
            heading,
            budget: Cents(5),
            spent_in_period: None,
            spent_to_date: None,
            committed: None,
            reason: None,
        };
        ReadEvent::Entry(Box::new(Entry {
            origin: Origin { file: "a.xlsx".to_owned(), sheet: sheet.to_owned(), row, columns },
            period: "2017-Q4".parse().ok(),
            record: Record::Budget(content),
            faults: vec!["a-fault".to_owned(); usize::from(row == 2)],
        }))
    }

    #[test]
    fn rows_come_out_as_they_went_in_and_their_head_goes_once() {
        let columns = Arc::new(BTreeMap::from([("heading".to_owned(), 3)]));
        let events = [
            entry("Budget", 1, &columns),
            entry("Budget", 2, &Arc::new((*columns).clone())),
            entry("Бюджет", 3, &columns),
        ];
        let (mut writer, mut reader) = (Writer::default(), Reader::of("a.xlsx"));
        let (mut heads, mut back) = (0, Vec::new());
        for event in events.clone() {
            let (head, line) = writer.lines_of(event);
            for line in head.into_iter().chain([line]) {
                match serde_json::from_str(&serde_json::to_string(&line).unwrap()).unwrap() {
                    Wire::Head(head) => {
                        heads += 1;
                        reader.head(head);
                    }
                    Wire::Row(row) => back.push(ReadEvent::Entry(Box::new(reader.entry(*row)))),
                    other => panic!("{other:?}"),
                }
            }
        }
        assert_eq!((heads, back.as_slice()), (2, events.as_slice()));
    }
}
