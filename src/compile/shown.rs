//! Which columns of the workbooks an edition prints: only these travel with it.
//!
//! Blocks note what they print while they are made, by the keys of the columns that templates use.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::record::Sheet;

/// What the blocks of one edition have printed so far.
#[derive(Debug, Default)]
pub(super) struct Shown(RefCell<BTreeSet<(Sheet, &'static str)>>);

impl Shown {
    /// Notes that the columns of these keys are printed of a sheet's rows.
    pub(super) fn note<'k>(&self, sheet: Sheet, keys: impl IntoIterator<Item = &'k str>) {
        let headings = keys.into_iter().flat_map(|key| headings(sheet, key));
        self.0.borrow_mut().extend(headings.map(|heading| (sheet, *heading)));
    }

    /// Whether anything is printed of a column, by its heading in the contract.
    ///
    /// What tells which activity a row belongs to goes with the ids of activities; the reporting
    /// period is that of the report or its neighbour, and goes with any row.
    pub(super) fn has(&self, sheet: Sheet, heading: &str) -> bool {
        let shown = self.0.borrow();
        let printed = |sheet: Sheet, heading: &str| shown.iter().any(|(of, name)| *of == sheet && *name == heading);
        match heading {
            "Reporting period" => shown.iter().any(|(of, _)| *of == sheet),
            "Activity ID" => printed(sheet, heading) || printed(Sheet::Activities, "ID"),
            _ => printed(sheet, heading),
        }
    }

    /// Whether anything is printed of a sheet's rows.
    pub(super) fn has_sheet(&self, sheet: Sheet) -> bool {
        self.0.borrow().iter().any(|(of, _)| *of == sheet)
    }
}

/// The headings of the contract that a column of a table is made of. A column that tells what the
/// program found out, such as a rank, is made of none.
fn headings(sheet: Sheet, key: &str) -> &'static [&'static str] {
    match (sheet, key) {
        (_, "id") => &["ID"],
        (_, "activity") => match sheet {
            // Here the column names the activity itself.
            Sheet::Activities => &["ID"],
            _ => &["Activity ID"],
        },
        (_, "title") => &["Title"],
        (_, "type") => &["Type"],
        (_, "component" | "component-number") => &["Component"],
        (_, "status") => &["Status"],
        (_, "responsible") => &["Responsible"],
        (_, "mitigation") => &["Mitigation"],
        (Sheet::Activities, "dates" | "month" | "days") => &["Start date", "End date"],
        (Sheet::Activities, "place") => &["Place", "Host country"],
        (Sheet::Activities, "where") => &["Place", "Host country", "Type"],
        (Sheet::Activities, "host") => &["Host country"],
        (Sheet::Activities, "scope") => &["Scope"],
        (Sheet::Activities, "countries") => &["Countries"],
        (Sheet::Activities, "agencies") => &["Agencies"],
        (Sheet::Activities, "partners") => &["Partners"],
        (Sheet::Activities, "summary") => &["Summary"],
        (Sheet::Activities, "output" | "outputs") => &["Outputs"],
        (Sheet::Activities | Sheet::Participants, "participants") => &["Participants"],
        (Sheet::Activities | Sheet::Participants, "women") => &["Women"],
        (Sheet::Activities | Sheet::Participants, "men") => &["Men"],
        (Sheet::Activities | Sheet::Participants, "women-men") => &["Women", "Men"],
        (Sheet::Activities | Sheet::Participants, "people") => &["Participants", "Women", "Men"],
        (Sheet::Participants, "agency") => &["Agency"],
        (Sheet::Equipment, "item") => &["Item"],
        (Sheet::Equipment, "maker") => &["Maker"],
        (Sheet::Equipment, "quantity") => &["Quantity"],
        (Sheet::Equipment, "unit-value") => &["Unit value EUR"],
        (Sheet::Equipment, "value") => &["Total value EUR"],
        (Sheet::Equipment, "country") => &["Recipient country"],
        (Sheet::Equipment, "agency") => &["Recipient agency"],
        (Sheet::Equipment, "date" | "month") => &["Handover date"],
        (Sheet::Equipment, "purpose") => &["Purpose"],
        (Sheet::Equipment | Sheet::Meetings | Sheet::Plan, "place") => &["Place"],
        (Sheet::Meetings, "body") => &["Body"],
        (Sheet::Meetings, "number") => &["Number"],
        (Sheet::Meetings, "date") => &["Date"],
        (Sheet::Meetings, "agenda") => &["Agenda item"],
        (Sheet::Meetings, "decision") => &["Decision"],
        (Sheet::Meetings, "action") => &["Action point"],
        (Sheet::Meetings, "due") => &["Due date"],
        (Sheet::Plan, "dates") => &["Planned start", "Planned end"],
        (Sheet::Plan, "reason") => &["Reason"],
        (Sheet::Challenges, "challenge") => &["Challenge"],
        (Sheet::Participants | Sheet::Priorities, "country") => &["Country"],
        (Sheet::Plan | Sheet::Challenges, "countries") => &["Country"],
        (Sheet::Priorities, "priority") => &["Priority"],
        (Sheet::Priorities, "horizon") => &["Horizon"],
        (Sheet::Indicators, "code") => &["Code"],
        (Sheet::Indicators, "indicator") => &["Indicator"],
        (Sheet::Indicators, "unit") => &["Unit"],
        (Sheet::Indicators, "level") => &["Level"],
        (Sheet::Indicators, "baseline") => &["Baseline", "Baseline year"],
        (Sheet::Indicators, "target") => &["Target", "Target year"],
        (Sheet::Indicators, "current") => &["Current"],
        (Sheet::Indicators, "as-of") => &["As of"],
        (Sheet::Indicators, "source") => &["Source"],
        (Sheet::Risks, "risk") => &["Risk"],
        (Sheet::Risks, "category") => &["Category"],
        (Sheet::Risks, "likelihood") => &["Likelihood"],
        (Sheet::Risks, "impact") => &["Impact"],
        (Sheet::Risks, "score" | "rating") => &["Likelihood", "Impact"],
        (Sheet::Risks, "trend") => &["Trend"],
        (Sheet::Budget, "heading") => &["Heading"],
        (Sheet::Budget, "budget") => &["Budget EUR"],
        (Sheet::Budget, "period") => &["Spent in period EUR"],
        (Sheet::Budget, "to-date") => &["Spent to date EUR"],
        (Sheet::Budget, "committed") => &["Committed EUR"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::carried;
    use super::super::sources::SOURCES;
    use super::*;

    /// A column that was forgotten here would be printed and not travel.
    #[test]
    fn every_column_of_a_sheet_is_made_of_its_headings() {
        // What the program itself found out, or says of the rows.
        const OURS: [&str; 6] = ["change", "since", "key", "rate", "activities", "severity"];
        for source in SOURCES {
            let Some(sheet) = source.sheet else { continue };
            for (key, ..) in source.columns {
                let made_of = headings(sheet, key);
                assert!(!made_of.is_empty() || OURS.contains(key), "{} of {}", key, source.name);
                for heading in made_of {
                    assert!(carried::headings(sheet).contains(heading), "{heading} of {sheet:?}");
                }
            }
        }
    }

    #[test]
    fn what_joins_rows_goes_with_the_ids_of_activities() {
        let shown = Shown::default();
        shown.note(Sheet::Participants, ["agency"]);
        assert!(!shown.has(Sheet::Participants, "Activity ID"));
        assert!(shown.has(Sheet::Participants, "Agency") && !shown.has(Sheet::Participants, "Country"));
        shown.note(Sheet::Activities, ["id"]);
        assert!(shown.has(Sheet::Participants, "Activity ID"));
        assert!(!shown.has_sheet(Sheet::Risks));
    }
}
