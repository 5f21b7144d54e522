//! What travels inside an edition: the rows that it prints, with the columns that it prints of
//! them, its figures, and its manifest. Nothing that the edition does not show, and neither names
//! of files nor cells.

use std::collections::BTreeMap;

use serde_json::json;

use super::manifest::{Inputs, SourceMark};
use super::shown::Shown;
use super::{Prepared, Request};
use crate::facts::Facts;
use crate::locale::Locale;
use crate::pdf::{Attachment, Relationship};
use crate::recipient::Country;
use crate::record::{Cents, Entry, HeadCount, Record, Sheet};

/// The attachments of an edition.
pub(super) fn attachments(
    prepared: &Prepared<'_>,
    inputs: &Inputs,
    locale: &Locale,
    request: &Request,
    shown: &Shown,
) -> Vec<Attachment> {
    let country = Country::new(&request.edition);
    let mut entries = prepared.scopes.printed(prepared.material, country);
    entries.retain(|entry| shown.has_sheet(entry.record.sheet()));
    let sources = sources(prepared, &entries);
    let labels: BTreeMap<&str, &str> =
        sources.iter().map(|(file, mark)| (file.as_str(), mark.label.as_str())).collect();
    let mut carried = Vec::new();
    for sheet in Sheet::ALL {
        let rows: Vec<&Entry> = entries.iter().filter(|entry| entry.record.sheet() == sheet).collect();
        if rows.is_empty() {
            continue;
        }
        let told = [("sheet".to_owned(), locale.word(&format!("sheet-{}", sheet.name().to_lowercase())).into())].into();
        carried.push(Attachment {
            name: format!("{}.csv", sheet.name().to_lowercase()),
            media_type: "text/csv",
            description: locale.text("attached-rows", &told),
            relationship: Relationship::Data,
            bytes: csv(sheet, &rows, &labels, shown),
        });
    }
    let marks: Vec<SourceMark> = sources.into_iter().map(|(_, mark)| mark).collect();
    let mut figures = told(prepared.facts(), country).to_json();
    if let Some(figures) = figures.as_object_mut() {
        figures.insert("sources".to_owned(), json!(marks));
        let own = country.and_then(|country| prepared.scopes.countries.get(&country));
        if let (Some(country), Some(own)) = (country, own) {
            let own = own.facts.to_json().get("figures").cloned().unwrap_or_default();
            figures.insert(format!("figures_of_{country}"), own);
        }
    }
    let manifest = inputs.manifest(request, marks);
    let json = |value: serde_json::Value| {
        let mut bytes = serde_json::to_vec_pretty(&value).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    };
    carried.push(Attachment {
        name: "facts.json".to_owned(),
        media_type: "application/json",
        description: locale.word("attached-facts"),
        relationship: Relationship::Data,
        bytes: json(figures),
    });
    carried.push(Attachment {
        name: "manifest.json".to_owned(),
        media_type: "application/json",
        description: locale.word("attached-manifest"),
        relationship: Relationship::Supplement,
        bytes: json(json!(manifest)),
    });
    carried
}

/// The files that rows come from, by name, with the labels that the archive's manifest has too.
fn sources(prepared: &Prepared<'_>, entries: &[Entry]) -> Vec<(String, SourceMark)> {
    let files = prepared.material.files.iter().enumerate();
    files
        .filter(|(_, file)| entries.iter().any(|entry| entry.origin.file == file.summary.file))
        .map(|(number, file)| {
            let mark = SourceMark { label: format!("S{}", number + 1), sha256: file.summary.sha256.clone() };
            (file.summary.file.clone(), mark)
        })
        .collect()
}

/// The figures that an edition may tell: one for a country has none of another country's.
fn told(facts: &Facts, country: Option<Country>) -> Facts {
    let mut told = facts.clone();
    if let Some(own) = country {
        told.figures.retain(|name, _| {
            let last = name.rsplit('.').next().unwrap_or_default();
            Country::new(last).is_none_or(|named| named == own) || last.chars().any(|c| c.is_lowercase())
        });
    }
    told
}

/// The printed columns of a sheet's rows with the contract's headings, and the label of the source
/// of each.
fn csv(sheet: Sheet, rows: &[&Entry], labels: &BTreeMap<&str, &str>, shown: &Shown) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |fields: Vec<String>| {
        // Writing into memory does not fail.
        let _ = writer.write_record(fields.iter().map(|field| neutral(field)));
    };
    let printed: Vec<bool> = headings(sheet).iter().map(|heading| shown.has(sheet, heading)).collect();
    let of_printed = |fields: Vec<String>| -> Vec<String> {
        fields.into_iter().zip(&printed).filter(|(_, printed)| **printed).map(|(field, _)| field).collect()
    };
    let mut head = of_printed(headings(sheet).iter().map(|heading| (*heading).to_owned()).collect());
    head.push("Source label".to_owned());
    write(head);
    for entry in rows {
        let mut fields = of_printed(fields(entry));
        fields.push(labels.get(entry.origin.file.as_str()).copied().unwrap_or_default().to_owned());
        write(fields);
    }
    writer.into_inner().unwrap_or_default()
}

/// A field that no spreadsheet takes for a formula: an apostrophe stands before it. One that begins
/// with an apostrophe gets one too, so that the reader may take one off again.
fn neutral(field: &str) -> String {
    let is_risky = field.starts_with(['=', '+', '-', '@', '\t', '\n', '\r', '\'']);
    if is_risky { format!("'{field}") } else { field.to_owned() }
}

/// The headings of a sheet, as in the contract.
pub(super) const fn headings(sheet: Sheet) -> &'static [&'static str] {
    match sheet {
        Sheet::Activities => &[
            "ID",
            "Reporting period",
            "Component",
            "Type",
            "Title",
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
        ],
        Sheet::Participants => &["Activity ID", "Country", "Agency", "Participants", "Women", "Men"],
        Sheet::Equipment => &[
            "ID",
            "Activity ID",
            "Item",
            "Maker",
            "Quantity",
            "Unit value EUR",
            "Total value EUR",
            "Recipient country",
            "Recipient agency",
            "Handover date",
            "Place",
            "Status",
            "Purpose",
            "Reporting period",
        ],
        Sheet::Meetings => &[
            "Body",
            "Number",
            "Date",
            "Place",
            "Agenda item",
            "Decision",
            "Action point",
            "Responsible",
            "Due date",
            "Status",
            "Reporting period",
        ],
        Sheet::Plan => &[
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
            "Reporting period",
        ],
        Sheet::Challenges => {
            &["Challenge", "Country", "Component", "Mitigation", "Responsible", "Status", "Reporting period"]
        }
        Sheet::Priorities => &["Country", "Priority", "Component", "Horizon", "Reporting period"],
        Sheet::Indicators => &[
            "Code",
            "Indicator",
            "Unit",
            "Level",
            "Component",
            "Baseline",
            "Baseline year",
            "Target",
            "Target year",
            "Current",
            "As of",
            "Source",
            "Reporting period",
        ],
        Sheet::Risks => {
            &["Risk", "Category", "Likelihood", "Impact", "Mitigation", "Responsible", "Trend", "Reporting period"]
        }
        Sheet::Budget => {
            &["Heading", "Budget EUR", "Spent in period EUR", "Spent to date EUR", "Committed EUR", "Reporting period"]
        }
    }
}

/// A value as a workbook has it; blank where there is none.
fn cell<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

fn list<T: ToString>(values: &[T], between: &str) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
}

fn money(value: Option<Cents>) -> String {
    let sign = |cents: i64| if cents < 0 { "-" } else { "" };
    value
        .map(|Cents(cents)| format!("{}{}.{:02}", sign(cents), cents.unsigned_abs() / 100, cents.unsigned_abs() % 100))
        .unwrap_or_default()
}

/// Hundredths as a decimal number.
fn decimal(value: Option<i64>) -> String {
    value.map_or_else(String::new, |hundredths| {
        let sign = if hundredths < 0 { "-" } else { "" };
        let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
        if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:02}") }
    })
}

fn people(count: HeadCount) -> [String; 3] {
    let about = if count.estimated { "~" } else { "" };
    let total = count.total.map(|total| format!("{about}{total}")).unwrap_or_default();
    [total, cell(count.women.as_ref()), cell(count.men.as_ref())]
}

/// The fields of a row, in the order of its sheet's headings.
fn fields(entry: &Entry) -> Vec<String> {
    let period = cell(entry.period.as_ref());
    let mut fields = match &entry.record {
        Record::Activities(a) => {
            let kind = a.kind_as_written.clone().unwrap_or_else(|| a.kind.key().to_owned());
            let mut fields = vec![
                cell(a.id.as_ref()),
                period,
                cell(a.component.as_ref()),
                kind,
                a.title.clone(),
                cell(a.start.as_ref()),
                cell(a.end.as_ref()),
                a.status.map(|status| status.key().to_owned()).unwrap_or_default(),
                cell(a.place.as_ref()),
                cell(a.host_country.as_ref()),
                a.scope.map(|scope| scope.key().to_owned()).unwrap_or_default(),
                list(&a.countries, ", "),
                list(&a.agencies, "; "),
                list(&a.partners, "; "),
            ];
            fields.extend(people(a.head_count));
            fields.extend([cell(a.summary.as_ref()), cell(a.outputs.as_ref())]);
            return fields;
        }
        Record::Participants(p) => {
            let mut fields = vec![p.activity_id.clone(), cell(p.country.as_ref()), cell(p.agency.as_ref())];
            fields.extend(people(p.head_count));
            return fields;
        }
        Record::Equipment(e) => vec![
            cell(e.id.as_ref()),
            cell(e.activity_id.as_ref()),
            e.item.clone(),
            cell(e.maker.as_ref()),
            cell(e.quantity.as_ref()),
            money(e.unit_value),
            // As it is printed: worked out where the workbook has only the value of one.
            money(e.value()),
            cell(e.recipient_country.as_ref()),
            cell(e.recipient_agency.as_ref()),
            cell(e.handover_date.as_ref()),
            cell(e.place.as_ref()),
            e.status.map(|status| status.key().to_owned()).unwrap_or_default(),
            cell(e.purpose.as_ref()),
        ],
        Record::Meetings(m) => vec![
            m.body.clone(),
            cell(m.number.as_ref()),
            m.date.to_string(),
            cell(m.place.as_ref()),
            cell(m.agenda_item.as_ref()),
            cell(m.decision.as_ref()),
            cell(m.action_point.as_ref()),
            cell(m.responsible.as_ref()),
            cell(m.due.as_ref()),
            m.status.map(|status| status.key().to_owned()).unwrap_or_default(),
        ],
        Record::Plan(p) => {
            let kind = p.kind_as_written.clone().or_else(|| p.kind.map(|kind| kind.key().to_owned()));
            // A plan may name no more than a month.
            let day = |date: Option<chrono::NaiveDate>| match date {
                Some(date) if p.month_only => date.format("%Y-%m").to_string(),
                date => cell(date.as_ref()),
            };
            vec![
                cell(p.id.as_ref()),
                cell(p.component.as_ref()),
                kind.unwrap_or_default(),
                p.title.clone(),
                day(p.start),
                day(p.end),
                list(&p.countries, ", "),
                cell(p.place.as_ref()),
                cell(p.responsible.as_ref()),
                p.status.map(|status| status.key().to_owned()).unwrap_or_default(),
                cell(p.reason.as_ref()),
            ]
        }
        Record::Challenges(c) => vec![
            c.challenge.clone(),
            list(&c.countries, ", "),
            cell(c.component.as_ref()),
            cell(c.mitigation.as_ref()),
            cell(c.responsible.as_ref()),
            cell(c.status.as_ref()),
        ],
        Record::Priorities(p) => {
            vec![p.country.to_string(), p.priority.clone(), cell(p.component.as_ref()), cell(p.horizon.as_ref())]
        }
        Record::Indicators(i) => vec![
            i.code.clone(),
            i.indicator.clone(),
            i.unit.clone(),
            cell(i.level.as_ref()),
            cell(i.component.as_ref()),
            decimal(i.baseline),
            cell(i.baseline_year.as_ref()),
            decimal(i.target),
            cell(i.target_year.as_ref()),
            decimal(i.current),
            cell(i.as_of.as_ref()),
            cell(i.source.as_ref()),
        ],
        Record::Risks(r) => vec![
            r.risk.clone(),
            cell(r.category.as_ref()),
            r.likelihood.to_string(),
            r.impact.to_string(),
            cell(r.mitigation.as_ref()),
            cell(r.responsible.as_ref()),
            cell(r.trend.as_ref()),
        ],
        Record::Budget(b) => vec![
            b.heading.clone(),
            money(Some(b.budget)),
            money(b.spent_in_period),
            money(b.spent_to_date),
            money(b.committed),
        ],
    };
    fields.push(period);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\n=1", "\r=1", "'=1"] {
            assert_eq!(neutral(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "On borders", "1 = 1", "a@example.org"] {
            assert_eq!(neutral(text), text);
        }
    }
}
