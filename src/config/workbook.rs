//! `config/workbook.toml`: further headings, words and names that workbooks may use.

use std::collections::BTreeMap;

use super::programme::country;
use super::shape::Fields;
use super::{NameInTime, Workbook, values};
use crate::record::{ActivityType, Sheet, Status};

/// Reads the aliases. What they stand for must be something that workbooks have.
pub(super) fn read(file: &Fields<'_>, workbook: &mut Workbook) {
    let sheets: Vec<&str> = Sheet::ALL.iter().map(|sheet| sheet.name()).collect();
    let types: Vec<&str> = ActivityType::ALL.iter().map(|kind| kind.key()).collect();
    let statuses: Vec<&str> = Status::ALL.iter().map(|status| status.key()).collect();
    workbook.headings = aliases(file, "headings", Some(&HEADINGS));
    workbook.sheets = aliases(file, "sheets", Some(&sheets));
    workbook.types = aliases(file, "types", Some(&types));
    workbook.statuses = aliases(file, "statuses", Some(&statuses));
    workbook.countries = aliases(file, "countries", None);
    workbook.places = file.names("places").into_iter().map(|(name, meant, _)| pair(name, meant)).collect();
    workbook.agencies = file.tables("agency").iter().filter_map(name_in_time).collect();
    workbook.towns = file.tables("town").iter().filter_map(name_in_time).collect();
}

/// A name and the days on which it held.
fn name_in_time(fields: &Fields<'_>) -> Option<NameInTime> {
    let (name, node) = fields.text("name")?;
    let (from, until) = (fields.day("from"), fields.day("until"));
    if let (Some((first, _)), Some((last, at))) = (from, until)
        && last < first
    {
        let told = fields.reader.error("name-backwards", &at.span).with("name", name);
        fields.reader.report(told.with("first", first).with("last", last));
    }
    let now = fields.text("now").map(|(now, _)| now.trim().to_owned()).filter(|now| now != name.trim());
    if until.is_some() && now.is_none() {
        fields.reader.report(fields.reader.warning("name-without-successor", &node.span).with("name", name));
    }
    let also = fields.texts("also").unwrap_or_default();
    Some(NameInTime {
        name: name.trim().to_owned(),
        also: also.into_iter().map(|(text, _)| text.trim().to_owned()).collect(),
        country: fields.text("country").and_then(|(text, node)| country(fields, text, node)),
        first: from.map(|(day, _)| day),
        last: until.map(|(day, _)| day),
        now,
    })
}

fn pair(name: &str, meant: &str) -> (String, String) {
    (name.to_owned(), meant.trim().to_owned())
}

/// The aliases of one table; without a list, what they stand for must be a country's code.
fn aliases(file: &Fields<'_>, table: &'static str, known: Option<&[&'static str]>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (name, meant, node) in file.names(table) {
        let sound = match known {
            Some(known) => known.iter().find(|word| word.eq_ignore_ascii_case(meant.trim())).copied(),
            None => values::is_country(meant.trim()).then_some(meant.trim()),
        };
        if let Some(word) = sound {
            found.insert(name.to_owned(), word.to_owned());
            continue;
        }
        let told = file.reader.error("alias-unknown", &node.span).with("alias", name).with("found", meant);
        let told = told.with("table", table);
        let near = match known {
            Some(known) => values::nearest(meant, known),
            None => values::country_meant(meant),
        };
        file.reader.report(match near {
            Some(near) => told.worded("alias-unknown-near").with("near", near),
            None => told.worded(if known.is_some() { "alias-unknown" } else { "alias-unknown-country" }),
        });
    }
    found
}

/// The English headings of all sheets (contract, "The workbook").
pub(super) const HEADINGS: [&str; 68] = [
    "ID",
    "Title",
    "Type",
    "Reporting period",
    "Component",
    "Start date",
    "End date",
    "Status",
    "Place",
    "Host country",
    "Scope",
    "Countries",
    "Agencies",
    "Partners",
    "Participants",
    "Women",
    "Men",
    "Summary",
    "Outputs",
    "Photo",
    "Activity ID",
    "Country",
    "Agency",
    "Item",
    "Recipient country",
    "Maker",
    "Quantity",
    "Unit value EUR",
    "Total value EUR",
    "Recipient agency",
    "Handover date",
    "Purpose",
    "Body",
    "Date",
    "Number",
    "Agenda item",
    "Decision",
    "Action point",
    "Responsible",
    "Due date",
    "Planned start",
    "Planned end",
    "Reason",
    "Challenge",
    "Mitigation",
    "Priority",
    "Horizon",
    "Code",
    "Indicator",
    "Unit",
    "Level",
    "Baseline",
    "Baseline year",
    "Target",
    "Target year",
    "Current",
    "As of",
    "Source",
    "Risk",
    "Likelihood",
    "Impact",
    "Category",
    "Trend",
    "Heading",
    "Budget EUR",
    "Spent in period EUR",
    "Spent to date EUR",
    "Committed EUR",
];
