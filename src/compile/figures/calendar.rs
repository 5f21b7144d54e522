//! The work plan of the next period as a calendar: what is planned by month, what has no date,
//! and the handovers among it.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::super::fence::Fence;
use super::super::view::{View, clean};
use super::{Caption, args, options};
use crate::diagnostic::Diagnostic;
use crate::record::{ActivityType, PlanItem};
use crate::typeset::document::Block;
use crate::typeset::drawing::{Calendar, Drawing, Month, Planned};

/// Every item of the next period's plan, once: in the month in which it begins, or undated.
pub(super) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    let mut options = options(fence, &[], problems);
    let calendar = calendar(view);
    let items = || calendar.months.iter().flat_map(|month| &month.items).chain(&calendar.undated);
    let busiest = calendar.months.iter().enumerate().max_by_key(|(at, month)| (month.items.len(), usize::MAX - at));
    let busy_count = busiest.map_or(0, |(_, month)| month.items.len());
    let busy_months = calendar.months.iter().filter(|month| month.items.len() == busy_count).count();
    let months: Vec<u32> = view.request.period.next().months().collect();
    let busiest_month = busiest.and_then(|(at, _)| months.get(at)).map(|month| view.locale.in_month(*month));
    let sentence = args([
        ("total", items().count().into()),
        ("undated", calendar.undated.len().into()),
        ("handovers", items().filter(|item| item.is_handover).count().into()),
        ("busy", busiest_month.unwrap_or_default().into()),
        ("busy-count", busy_count.into()),
        ("busy-months", busy_months.into()),
        ("months", view.locale.months(view.request.period.next()).into()),
    ]);
    let caption = Caption::of(view, &mut options, "calendar", &sentence);
    if items().count() == 0 {
        return caption.nothing();
    }
    let told = told(view, &calendar);
    vec![caption.figure(&told, Drawing::Calendar(Box::new(calendar)))]
}

fn calendar(view: &View<'_>) -> Calendar {
    let period = view.request.period.next();
    let (first, last) = (period.first_day(), period.last_day());
    let plan: Vec<&PlanItem> = view.selection.next_plan.iter().map(|(_, item)| *item).collect();
    let begins = |item: &PlanItem| item.start.or(item.end).map(|day| day.clamp(first, last));
    let months = period
        .months()
        .filter_map(|number| {
            let start = first.with_month(number)?.with_day(1)?;
            let of_month = |day: NaiveDate| (day.year(), day.month()) == (start.year(), start.month());
            let end = (28..=31).rev().find_map(|day| start.with_day(day))?;
            let mut members: Vec<&PlanItem> =
                plan.iter().copied().filter(|item| begins(item).is_some_and(of_month)).collect();
            // What has a month and no day comes after what has days.
            members.sort_by_key(|item| (item.month_only, begins(item), item.end.or(item.start)));
            let mut busy: Vec<u32> =
                plan.iter().filter(|item| !item.month_only).flat_map(|item| days_within(item, start, end)).collect();
            busy.sort_unstable();
            busy.dedup();
            Some(Month {
                name: super::super::capital(&view.locale.month_of_year(start)),
                days: end.day(),
                starts: start.weekday().num_days_from_monday(),
                items: members.into_iter().map(|item| planned(view, item)).collect(),
                busy,
            })
        })
        .collect();
    Calendar {
        weekdays: std::array::from_fn(|at| view.word(&format!("weekday-{}", at + 1))),
        months,
        handover: view.word("calendar-handover"),
        undated_title: view.word("calendar-undated"),
        undated: plan.iter().filter(|item| begins(item).is_none()).map(|item| planned(view, item)).collect(),
    }
}

/// Days of the month on which an item is under way.
fn days_within(item: &PlanItem, start: NaiveDate, end: NaiveDate) -> Vec<u32> {
    let (Some(from), Some(to)) = (item.start.or(item.end), item.end.or(item.start)) else { return Vec::new() };
    let (mut day, to) = (from.max(start), to.min(end));
    let mut days = Vec::new();
    while day <= to {
        days.push(day.day());
        day += TimeDelta::days(1);
    }
    days
}

fn planned(view: &View<'_>, item: &PlanItem) -> Planned {
    let days = match (item.month_only, item.start.or(item.end), item.end.or(item.start)) {
        (false, Some(from), Some(to)) if from.month() == to.month() && from.year() == to.year() => {
            if from == to {
                from.day().to_string()
            } else {
                format!("{}–{}", from.day(), to.day())
            }
        }
        (false, Some(from), Some(to)) => format!("{}.{}–{}.{}", from.day(), from.month(), to.day(), to.month()),
        _ => String::new(),
    };
    let countries: Vec<&str> = item.countries.iter().map(crate::recipient::Country::code).collect();
    let mut text = clean(item.title.trim());
    if !countries.is_empty() {
        text = format!("{text} ({})", countries.join("\u{a0}"));
    }
    if days.is_empty() && item.start.or(item.end).is_some() {
        text = format!("{text} ({})", view.word("calendar-month-only"));
    }
    Planned { days, text, is_handover: item.kind == Some(ActivityType::EquipmentHandover) }
}

fn told(view: &View<'_>, calendar: &Calendar) -> String {
    let list = |items: &[Planned]| -> String {
        let each = items.iter().map(|item| {
            let sign = if item.is_handover { format!(" ({})", calendar.handover) } else { String::new() };
            format!("{} {}{sign}", item.days, item.text).trim().to_owned()
        });
        each.collect::<Vec<_>>().join("; ")
    };
    let mut sentences: Vec<String> = calendar
        .months
        .iter()
        .map(|month| {
            let items = if month.items.is_empty() { view.word("calendar-none") } else { list(&month.items) };
            format!("{}: {items}.", month.name)
        })
        .collect();
    if !calendar.undated.is_empty() {
        sentences.push(format!("{} {}.", calendar.undated_title, list(&calendar.undated)));
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::with_view;
    use super::*;
    use crate::recipient::Language;

    #[test]
    fn every_item_of_the_plan_is_in_the_calendar_once() {
        for language in Language::ALL {
            with_view(language, |view| {
                let calendar = calendar(view);
                let placed: usize = calendar.months.iter().map(|month| month.items.len()).sum();
                assert_eq!(placed + calendar.undated.len(), view.selection.next_plan.len());
                assert_eq!(calendar.months.len(), 3);
                let told = told(view, &calendar);
                for (_, item) in &view.selection.next_plan {
                    assert!(told.contains(item.title.trim()), "{told}");
                }
            });
        }
    }

    #[test]
    fn days_over_a_month_s_end_are_those_within_it() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let item = PlanItem {
            id: None,
            component: None,
            kind: None,
            kind_as_written: None,
            title: "Workshop".to_owned(),
            start: Some(day("2018-01-30")),
            end: Some(day("2018-02-02")),
            month_only: false,
            countries: Vec::new(),
            place: None,
            responsible: None,
            status: None,
            reason: None,
        };
        assert_eq!(days_within(&item, day("2018-01-01"), day("2018-01-31")), [30, 31]);
        assert_eq!(days_within(&item, day("2018-02-01"), day("2018-02-28")), [1, 2]);
        assert!(days_within(&item, day("2018-03-01"), day("2018-03-31")).is_empty());
    }
}
