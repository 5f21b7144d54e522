//! The sheets about deeds beside activities: Participants, Equipment, Meetings, Plan.

use chrono::NaiveDate;

use crate::diagnostic::{Arg, Diagnostic};
use crate::period::{ReportingPeriod, Span};
use crate::record::{Equipment, MeetingItem, Participation, PlanItem, Record, Status};

use super::headings::Heading as H;
use super::row::{Remark, Row, Told};
use super::row_dates::DateCell;

type Answer = (Option<ReportingPeriod>, Option<Record>);

/// More from one country than this are worth a second look (V16).
const MANY_OF_A_COUNTRY: u32 = 60;

fn quarter(day: NaiveDate) -> ReportingPeriod {
    ReportingPeriod::containing(day, Span::Quarter)
}

/// A row of the Participants sheet. Its activity decides the period, unless it states one.
pub(super) fn participation(row: &mut Row<'_>) -> Answer {
    let activity_id = match row.id(H::ActivityId) {
        Some(id) => Some(id),
        None if row.held => None,
        None => row.required(H::ActivityId),
    };
    let country = row.country(H::Country);
    let agency = row.text(H::Agency);
    let region = row.cell(H::Country).is_some_and(|c| !super::pass::says_nothing(&c.value));
    if let (Ok(None), Ok(None), false) = (&country, &agency, region) {
        if row.ctx.table.column(H::Country).is_some() || row.ctx.table.column(H::Agency).is_some() {
            let place = row.span(&[H::Country, H::Agency]);
            row.error(Diagnostic::error("country-or-agency-missing", place));
        } else {
            row.missing(H::Country);
        }
    }
    let head_count = row.head_count();
    if let Some(total) = head_count.total.filter(|t| *t > MANY_OF_A_COUNTRY) {
        let place = row.place(H::Participants);
        row.note(Diagnostic::warning("participants-many", place).with("found", total).with("usual", MANY_OF_A_COUNTRY));
    }
    let period = row.stated_period().ok().flatten();
    let record = activity_id.map(|activity_id| {
        Record::Participants(Participation {
            activity_id,
            country: country.ok().flatten(),
            agency: agency.ok().flatten(),
            head_count,
            reason: row.paragraphs(H::Reason),
        })
    });
    (period, record)
}

/// A row of the Equipment sheet: by its handover date, else its period, else its activity.
pub(super) fn equipment(row: &mut Row<'_>) -> Answer {
    let item = row.required(H::Item);
    let recipient_country = match row.country(H::RecipientCountry) {
        Ok(Some(country)) => Some(country),
        Ok(None) => {
            row.missing(H::RecipientCountry);
            None
        }
        Err(Told) => None,
    };
    let stated = row.stated_period();
    let status = row.status();
    let activity_id = row.id(H::ActivityId);
    let quantity = row.count(H::Quantity);
    let (unit, total) = (row.money(H::UnitValueEur), row.money(H::TotalValueEur));
    if let (Ok(Some(quantity)), Ok(Some(unit)), Ok(Some(total))) = (quantity, unit, total) {
        let product = i128::from(unit.0) * i128::from(quantity.number);
        if (product - i128::from(total.0)).abs() > 1 {
            let place = row.span(&[H::Quantity, H::UnitValueEur, H::TotalValueEur]);
            row.error(
                Diagnostic::error("value-does-not-add-up", place)
                    .with("quantity", quantity.number)
                    .with("unit", Arg::Amount { cents: unit.0 })
                    .with("product", Arg::Amount { cents: i64::try_from(product).unwrap_or(i64::MAX) })
                    .with("total", Arg::Amount { cents: total.0 }),
            );
        }
    }
    let for_years = stated.ok().flatten().or(row.ctx.stated.as_ref().map(|s| s.0));
    let date = row.day(H::HandoverDate, for_years);
    let handover_date = date.ok().flatten();
    if let Some(day) = handover_date {
        let outside = row.outside_phase(&[H::HandoverDate], Some(day), None);
        let today = row.ctx.request.today;
        if !outside && status.ok().flatten() == Some(Status::Done) && day > today {
            let place = row.place(H::HandoverDate);
            row.error(Diagnostic::error("date-in-future", place).with("date", day).with("today", today));
        }
    }
    let handed_over = match status {
        Ok(Some(status)) => status == Status::Done,
        Ok(None) => handover_date.is_none_or(|day| day <= row.ctx.request.today),
        Err(Told) => false,
    };
    if handed_over && matches!((unit, total), (Ok(None), Ok(None))) {
        row.remarks.push(Remark::ValueMissing);
    }
    let period = match (handover_date, date) {
        (Some(day), _) => Some(quarter(day)),
        (None, Err(Told)) => for_years,
        (None, Ok(_)) => match (stated, &activity_id) {
            (Ok(None), Some(_)) => None,
            _ => row.undated_period(stated),
        },
    };
    let place = row.venue(recipient_country);
    let equipment = Equipment {
        id: row.id(H::Id),
        activity_id,
        item: item.unwrap_or_default(),
        maker: row.optional(H::Maker),
        quantity: quantity.ok().flatten().map(|q| q.number),
        unit_value: unit.ok().flatten(),
        total_value: total.ok().flatten(),
        recipient_country,
        recipient_agency: row.optional(H::RecipientAgency),
        handover_date,
        place,
        status: status.ok().flatten(),
        purpose: row.paragraphs(H::Purpose),
        reason: row.paragraphs(H::Reason),
    };
    (period, Some(Record::Equipment(equipment)))
}

/// A row of the Meetings sheet.
pub(super) fn meeting(row: &mut Row<'_>) -> Answer {
    let body = row.required(H::Body);
    let stated = row.stated_period();
    let for_years = stated.ok().flatten().or(row.ctx.stated.as_ref().map(|s| s.0));
    let date = match row.day(H::Date, for_years) {
        Ok(Some(day)) => {
            row.outside_phase(&[H::Date], Some(day), None);
            Some(day)
        }
        Ok(None) => {
            match row.text(H::Date) {
                Ok(Some(text)) => drop(row.error_at("date-unclear", H::Date, &text)),
                _ => row.missing(H::Date),
            }
            None
        }
        Err(Told) => None,
    };
    // A row that states a later period than its meeting's is of a tracker: an action point of an
    // earlier meeting, as it stands now.
    let carried = stated.ok().flatten().filter(|own| date.is_some_and(|day| day < own.first_day()));
    let period = carried.or(date.map(quarter)).or(for_years);
    let status = row.status();
    let action_point = row.paragraphs(H::ActionPoint);
    let responsible = row.text(H::Responsible);
    let due = row.day(H::DueDate, date.map(quarter).or(for_years));
    if action_point.is_some() && matches!(responsible, Ok(None)) {
        row.error_at("action-point-without-owner", H::Responsible, "");
    }
    if let (Some(_), Ok(Some(due)), Ok(status)) = (&action_point, due, status)
        && !matches!(status, Some(Status::Done | Status::Cancelled))
    {
        // Overdue by the end of the period that is reported, not by the day it is read.
        let end = period.into_iter().chain(row.ctx.stated.as_ref().map(|s| s.0)).map(ReportingPeriod::last_day).max();
        let cut = end.map_or(row.ctx.request.today, |end| end.min(row.ctx.request.today));
        if due < cut {
            let place = row.place(H::DueDate);
            row.note(Diagnostic::warning("action-point-overdue", place).with("due", due));
        }
    }
    let number = row.optional(H::Number);
    let record = date.map(|date| {
        Record::Meetings(MeetingItem {
            body: body.unwrap_or_default(),
            number,
            date,
            place: row.venue(None),
            agenda_item: row.paragraphs(H::AgendaItem),
            decision: row.paragraphs(H::Decision),
            action_point,
            responsible: responsible.ok().flatten(),
            due: due.ok().flatten(),
            status: status.ok().flatten(),
            reason: row.paragraphs(H::Reason),
        })
    });
    (period, record)
}

/// A row of the Plan sheet. A month, or a quarter, is precise enough here.
pub(super) fn plan(row: &mut Row<'_>) -> Answer {
    let title = row.required(H::Title);
    let kind = row.activity_type().ok().flatten();
    let component = row.component();
    let stated = row.stated_period();
    let for_years = stated.ok().flatten().or(row.ctx.stated.as_ref().map(|s| s.0));
    let cells = (row.dates(H::PlannedStart, for_years), row.dates(H::PlannedEnd, for_years));
    let unread = cells.0.is_err() || cells.1.is_err();
    let dates = |cell: Option<DateCell>| if let Some(DateCell::Dates(d)) = cell { Some(d) } else { None };
    let (first, last) = (dates(cells.0.ok().flatten()), dates(cells.1.ok().flatten()));
    let start = first.map(|d| d.first);
    let end = last.map(|d| d.last).or(first.filter(|d| d.range).map(|d| d.last));
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        let place = row.span(&[H::PlannedStart, H::PlannedEnd]);
        row.error(
            Diagnostic::error("dates-backwards", place)
                .worded("end-before-start")
                .with("start", start)
                .with("end", end),
        );
    } else {
        let filled: Vec<H> = [H::PlannedStart, H::PlannedEnd].into_iter().filter(|h| row.cell(*h).is_some()).collect();
        row.outside_phase(&filled, start, end);
    }
    let countries = row.countries(H::Country);
    let place = row.venue(None);
    let status = row.status();
    let period = match end.or(start) {
        Some(day) => Some(quarter(day)),
        None if unread => for_years,
        None => row.undated_period(stated),
    };
    if let (Some(last), Ok(Some(Status::Planned | Status::Ongoing))) = (end.or(start), status) {
        let told = Diagnostic::warning("plan-left-open", row.place(H::Status));
        let told = told.with("last", last);
        row.left_open = Some((last, told.with("title", super::text::excerpt(title.as_deref().unwrap_or_default()))));
    }
    let item = PlanItem {
        id: row.id(H::Id),
        component,
        kind: kind.as_ref().map(|k| k.0),
        kind_as_written: kind.and_then(|k| k.1),
        title: title.unwrap_or_default(),
        start,
        end,
        month_only: first.is_some_and(|d| d.month_only) || last.is_some_and(|d| d.month_only),
        countries: countries.ok().flatten().unwrap_or_default(),
        place,
        responsible: row.optional(H::Responsible),
        status: status.ok().flatten(),
        reason: row.paragraphs(H::Reason),
    };
    (period, Some(Record::Plan(item)))
}
