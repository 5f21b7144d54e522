//! The Activities sheet: when an activity was, where it counts, and what contradicts itself.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::diagnostic::{Diagnostic, Place};
use crate::participation;
use crate::period::{ReportingPeriod, Span};
use crate::recipient::Country;
use crate::record::{Activity, ActivityType, Record, Scope, Status};

use super::agencies;
use super::gathered::key_of;
use super::headings::Heading as H;
use super::row::{Remark, Row, Told};
use super::row_dates::DateCell;

/// Longest that an activity usually is, in days (V04). Courses of trainers last weeks.
const USUAL_DAYS: i64 = 14;
/// More participants than this are worth a second look (V16).
const MANY: u32 = 200;

/// A row, and the period it belongs to.
pub(super) fn read(row: &mut Row<'_>) -> (Option<ReportingPeriod>, Option<Record>) {
    let title = row.required(H::Title);
    let kind = match row.activity_type() {
        Ok(Some(kind)) => Some(kind),
        Ok(None) => {
            row.missing(H::Type);
            None
        }
        Err(Told) => None,
    };
    let id = row.id(H::Id);
    let component = row.component();
    let stated = row.stated_period();
    let status = row.status();
    let when = when(row, stated, status, kind.as_ref().map(|k| k.0));
    let host_country = row.country(H::HostCountry);
    let place = row.venue(host_country.ok().flatten());
    let scope = row.scope();
    let countries = row.countries(H::Countries);
    let countries_read = countries.is_ok();
    let head_count = row.head_count();
    let mut activity = Activity {
        id,
        title: title.unwrap_or_default(),
        kind: kind.as_ref().map_or(ActivityType::Other, |k| k.0),
        kind_as_written: kind.and_then(|k| k.1),
        component,
        start: when.start,
        end: when.end,
        status: when.status,
        place,
        host_country: host_country.ok().flatten(),
        scope: scope.ok().flatten(),
        countries: countries.ok().flatten().unwrap_or_default(),
        agencies: row.agencies(H::Agencies),
        partners: row.agencies(H::Partners),
        head_count,
        summary: row.paragraphs(H::Summary),
        outputs: row.paragraphs(H::Outputs),
        photo: row.optional(H::Photo),
        reason: row.paragraphs(H::Reason),
    };
    if countries_read && host_country.is_ok() {
        contradictions(row, &activity);
        guests(row, &activity);
    }
    let done = activity.is_done(when.period, row.ctx.request.today);
    participants(row, &mut activity, done);
    if let Some(day) = when.end.or(when.start) {
        names_of_another_time(row, &activity, day);
    }
    if activity.id.is_none() {
        row.remarks.push(Remark::IdMissing);
    }
    if activity.status.is_none() && status.is_ok() {
        row.remarks.push(Remark::StatusDerived);
    }
    if done && activity.summary.is_none() && row.ctx.table.column(H::Summary).is_some() {
        row.remarks.push(Remark::SummaryMissing);
    }
    (when.period, Some(Record::Activities(activity)))
}

struct When {
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    status: Option<Status>,
    period: Option<ReportingPeriod>,
}

fn when(
    row: &mut Row<'_>,
    stated: Result<Option<ReportingPeriod>, Told>,
    status: Result<Option<Status>, Told>,
    kind: Option<ActivityType>,
) -> When {
    let row_period = stated.ok().flatten();
    let for_years = row_period.or(row.ctx.stated.as_ref().map(|s| s.0));
    let (first, last) = (row.dates(H::StartDate, for_years), row.dates(H::EndDate, for_years));
    let mut when = When { start: None, end: None, status: status.ok().flatten(), period: None };
    let (Ok(first), Ok(last)) = (first, last) else {
        // A date that cannot be read: the row is held, for the period that it states.
        when.period = for_years;
        return when;
    };
    let unconfirmed = [first, last].contains(&Some(DateCell::ToBeConfirmed));
    let dates = |cell| if let Some(DateCell::Dates(d)) = cell { Some(d) } else { None };
    let (first, last) = (dates(first), dates(last));
    when.start = first.map(|d| d.first).or(last.filter(|d| d.range && !d.month_only).map(|d| d.first));
    when.end = last.map(|d| d.last).or(first.filter(|d| d.range).map(|d| d.last));
    if unconfirmed && when.start.is_none() && when.end.is_none() {
        match when.status {
            Some(Status::Done) => {
                row.error_at("date-to-be-confirmed-but-done", H::StartDate, "");
            }
            None if status.is_ok() => {
                when.status = Some(Status::Planned);
                let place = row.place(H::StartDate);
                row.note(Diagnostic::info("date-to-be-confirmed", place));
            }
            _ => {}
        }
        when.period = row.undated_period(stated);
        return when;
    }
    let Some(day) = when.end.or(when.start) else {
        when.period = undated(row, stated, &when, status.is_err());
        return when;
    };
    when.period = Some(ReportingPeriod::containing(day, Span::Quarter));
    let today = row.ctx.request.today;
    let done = when.status.map_or(day <= today, |s| s == Status::Done) && status.is_ok();
    let month_only = first.is_some_and(|d| d.month_only) || last.is_some_and(|d| d.month_only);
    if month_only && done {
        let heading = if first.is_some_and(|d| d.month_only) { H::StartDate } else { H::EndDate };
        row.error_at("date-month-only", heading, &text_of(row, heading));
        return when;
    }
    if done && when.start.is_none() {
        let place = row.place(H::StartDate);
        row.note(Diagnostic::warning("start-missing", place).with("end", day));
    }
    check_dates(row, &when, row_period, done, kind);
    when
}

fn text_of(row: &Row<'_>, heading: H) -> String {
    row.cell(heading).map(|c| super::row::as_text(&c.value)).unwrap_or_default()
}

/// No date at all: its own period, or the workbook's where that is stated or asked for (V02).
fn undated(
    row: &mut Row<'_>,
    stated: Result<Option<ReportingPeriod>, Told>,
    when: &When,
    status_unclear: bool,
) -> Option<ReportingPeriod> {
    let named = match stated {
        Ok(named) => named.or(row.ctx.stated.as_ref().map(|s| s.0)),
        Err(Told) => return row.ctx.stated.as_ref().map(|s| s.0),
    };
    let not_done = when.status.is_some_and(|s| s != Status::Done);
    if let Some(period) = named {
        let over = period.last_day() <= row.ctx.request.today;
        if !not_done && !status_unclear && (over || when.status == Some(Status::Done)) {
            let place = row.span(&[H::StartDate, H::EndDate]);
            let place = if row.ctx.table.column(H::StartDate).is_some() { row.place(H::StartDate) } else { place };
            row.note(Diagnostic::warning("date-missing-in-period", place).with("period", period));
        }
        return Some(period);
    }
    if not_done || status_unclear {
        return row.undated_period(Ok(None));
    }
    // Done, so it must say when; what the other rows say is not enough. Only a period that
    // somebody asked for, or that came with the file, speaks for it.
    if row.ctx.request.default_period.is_none() {
        row.error_at("date-missing", H::StartDate, "");
        return None;
    }
    let period = row.workbook_period()?;
    let place = row.place(H::StartDate);
    row.note(Diagnostic::warning("date-missing-in-period", place).with("period", period));
    row.took_period = true;
    Some(period)
}

/// V03 to V09, at most one for what has one cause.
fn check_dates(
    row: &mut Row<'_>,
    when: &When,
    row_period: Option<ReportingPeriod>,
    done: bool,
    kind: Option<ActivityType>,
) {
    let dates: Vec<NaiveDate> = [when.start, when.end].into_iter().flatten().collect();
    let (Some(start), Some(end)) = (dates.first().copied(), dates.last().copied()) else { return };
    let both = [H::StartDate, H::EndDate];
    let filled: Vec<H> = both.into_iter().filter(|h| row.cell(*h).is_some()).collect();
    if end < start {
        let place = row.span(&filled);
        row.error(
            Diagnostic::error("dates-backwards", place)
                .worded("end-before-start")
                .with("start", start)
                .with("end", end),
        );
        return;
    }
    let today = row.ctx.request.today;
    // Both dates outside have one cause, most often the year.
    if row.outside_phase(&filled, when.start, when.end) {
        return;
    }
    let last_cell = if filled.contains(&H::EndDate) { H::EndDate } else { H::StartDate };
    if when.status == Some(Status::Done) && end > today {
        let place = row.place(last_cell);
        row.error(Diagnostic::error("date-in-future", place).with("date", end).with("today", today));
        return;
    }
    let said = row_period.map(|p| (p, "row".to_owned())).or_else(|| row.ctx.stated.clone());
    if let Some((period, by)) = said.filter(|_| done)
        && (end < period.first_day() || start > period.last_day())
    {
        let place = row.span(&filled);
        let wording = if by == "row" { "date-outside-row-period" } else { "date-outside-period" };
        row.error(
            Diagnostic::error("date-outside-period", place)
                .worded(wording)
                .with("date", (start, end))
                .with("period", period)
                .with("by", by),
        );
        return;
    }
    let quarter = |day| ReportingPeriod::containing(day, Span::Quarter);
    if quarter(start) != quarter(end) {
        let place = row.span(&filled);
        row.note(
            Diagnostic::warning("crosses-period", place).with("first", quarter(start)).with("period", quarter(end)),
        );
    }
    let days = (end - start).num_days() + 1;
    let long_kind = matches!(kind, Some(ActivityType::TrainingOfTrainers));
    if days > USUAL_DAYS && !long_kind {
        let place = row.span(&filled);
        row.note(Diagnostic::warning("activity-long", place).with("days", days).with("usual", USUAL_DAYS));
    }
    let weekend = |d: NaiveDate| matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
    let off = match (weekend(start), weekend(end)) {
        (false, false) => return,
        (true, false) => (H::StartDate, start),
        (true, true) if start == end => (H::StartDate, start),
        (_, true) => (last_cell, end),
    };
    let place = row.place(off.0);
    let wording = if off.1.weekday() == Weekday::Sat { "date-on-saturday" } else { "date-on-sunday" };
    row.note(Diagnostic::warning("date-on-weekend", place).worded(wording).with("date", off.1));
}

/// V18, V20: what scope, countries, type and host say against each other.
fn contradictions(row: &mut Row<'_>, activity: &Activity) {
    let n = activity.countries.len();
    let host_elsewhere = activity.host_country.is_some_and(|h| !activity.countries.contains(&h));
    let severe = match activity.scope {
        Some(Scope::National) => n > 1,
        // One country and a host elsewhere are two.
        Some(Scope::Bilateral) => n > 2 || (n == 1 && !host_elsewhere),
        Some(Scope::Regional) => n == 1 && !host_elsewhere,
        None => false,
    };
    let scope = activity.scope.map_or("", Scope::key);
    let told = |d: Diagnostic| d.with("scope", scope).with("count", n).with("countries", activity.countries.as_slice());
    let place = row.place(H::Scope);
    if severe {
        row.error(told(Diagnostic::error("scope-contradicts-countries", place)).worded(match activity.scope {
            Some(Scope::National) => "scope-national-contradicted",
            Some(Scope::Bilateral) => "scope-bilateral-contradicted",
            _ => "scope-regional-contradicted",
        }));
    } else if activity.scope == Some(Scope::Regional) && n == 2 {
        row.note(told(Diagnostic::warning("scope-contradicts-countries", place)).worded("scope-regional-contradicted"));
    }
    if activity.kind == ActivityType::StudyVisit
        && let Some(host) = activity.host_country
        && activity.countries.contains(&host)
        && n > 0
    {
        let place = row.place(H::HostCountry);
        row.note(Diagnostic::warning("study-visit-at-home", place).with("host", host));
    }
}

/// Names of agencies and towns that did not hold on the day of the activity.
fn names_of_another_time(row: &mut Row<'_>, activity: &Activity, day: NaiveDate) {
    let mut told = Vec::new();
    if !row.ctx.agencies.is_empty() {
        let of = |list: &[String], heading| {
            list.iter().find_map(|agency| row.ctx.agencies.told(agency, day, row.place(heading)))
        };
        told.extend(of(&activity.agencies, H::Agencies).or_else(|| of(&activity.partners, H::Partners)));
    }
    if activity.place.is_some() {
        let typed = text_of(row, H::Place);
        told.extend(row.ctx.towns.told(&typed, day, row.place(H::Place)));
    }
    told.into_iter().for_each(|note| row.note(note));
}

/// V19: who came from a country that the activity does not name. Experts come from everywhere, so
/// only the programme's countries are asked about; and only where the cell lists countries.
fn guests(row: &mut Row<'_>, activity: &Activity) {
    let unlisted = |country: Country| {
        row.ctx.request.countries.contains(&country)
            && !activity.countries.contains(&country)
            && activity.host_country != Some(country)
    };
    if activity.countries.is_empty() {
        return;
    }
    let mut found = Vec::new();
    let of_agencies = activity
        .agencies
        .iter()
        .filter_map(|agency| row.ctx.agencies.country_of(agency).or_else(|| agencies::country_of(agency)));
    if let Some(country) = of_agencies.into_iter().find(|country| unlisted(*country)) {
        found.push((country, row.place(H::Agencies)));
    }
    let gathered = activity.id.as_deref().and_then(|id| row.ctx.participations.get(&key_of(id)));
    if let Some(rows) = gathered {
        let sheet = Place::sheet(&row.ctx.request.name, &*rows.label);
        let guests = rows.countries.iter().filter(|(country, _)| unlisted(*country));
        found.extend(guests.map(|(country, cell)| (*country, sheet.clone().at(*cell))));
    }
    // Asked last: it reads the cell once more.
    if found.is_empty() || row.names_a_region(H::Countries) {
        return;
    }
    for (country, place) in found {
        row.note(
            Diagnostic::warning("agency-of-another-country", place)
                .with("country", country)
                .with("countries", activity.countries.as_slice())
                .with("title", super::text::excerpt(&activity.title)),
        );
    }
}

/// V15, V16, V17.
fn participants(row: &mut Row<'_>, activity: &mut Activity, done: bool) {
    let gathered = activity.id.as_deref().and_then(|id| row.ctx.participations.get(&key_of(id)));
    if let Some(total) = activity.head_count.total
        && let Some(rows) = gathered.filter(|g| g.complete)
        && rows.sum != u64::from(total)
    {
        let place = row.place(H::Participants);
        row.note(participation::mismatch(
            place,
            activity.id.as_deref().unwrap_or_default(),
            total,
            rows.sum,
            usize::try_from(rows.rows).unwrap_or(usize::MAX),
        ));
        row.faults.push(participation::CODE.to_owned());
        (activity.head_count.women, activity.head_count.men) = (None, None);
    }
    match activity.head_count.total {
        Some(total) if total > MANY => {
            let place = row.place(H::Participants);
            row.note(Diagnostic::warning("participants-many", place).with("found", total).with("usual", MANY));
        }
        Some(0) if done => {
            let place = row.place(H::Participants);
            row.note(Diagnostic::warning("participants-zero", place));
        }
        None if done
            && row.faults.is_empty()
            && activity.kind != ActivityType::EquipmentHandover
            && !gathered.is_some_and(|g| g.any) =>
        {
            row.remarks.push(Remark::CountMissing);
        }
        _ => {}
    }
}
