//! When: the days of the period across, a row for each country, and apart what has no dates.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::super::fence::Fence;
use super::super::view::{View, clean};
use super::{Caption, args, options};
use crate::diagnostic::Diagnostic;
use crate::facts::Counted;
use crate::recipient::Country;
use crate::record::Scope;
use crate::typeset::document::Block;
use crate::typeset::drawing::{Drawing, Span, Timeline, TimelineRow};

/// Beyond so many activities those who cannot see the figure are told numbers, as the figure
/// may show them, and the annex has each.
const TOLD_EACH: usize = 40;

/// Where an activity has its row, from above: what is regional, each host of the programme in
/// its order, other hosts, and what names no host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    Regional,
    Host(usize, Country),
    Abroad,
    Unknown,
}

fn row_of(view: &View<'_>, counted: &Counted<'_>) -> Row {
    let activity = counted.activity;
    if activity.scope() == Some(Scope::Regional) {
        return Row::Regional;
    }
    match activity.host_country {
        None => Row::Unknown,
        Some(host) => {
            let at = view.config.programme.countries.iter().position(|country| *country == host);
            at.map_or(Row::Abroad, |at| Row::Host(at, host))
        }
    }
}

/// Every activity that counts, once: as a bar of its days, or in the column of the undated.
pub(super) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    let mut options = options(fence, &[], problems);
    let (rows, timeline) = timeline(view);
    let (dated, undated) = timeline.counts();
    let busy = busiest((view.request.period.first_day(), view.request.period.last_day()), &timeline);
    let sentence = args([
        ("total", (dated + undated).into()),
        ("dated", dated.into()),
        ("undated", undated.into()),
        ("months", view.locale.months(view.request.period).into()),
        ("busy-week", busy.map(|busy| view.locale.date_range(busy.first, busy.last)).unwrap_or_default().into()),
        ("busy-count", busy.map_or(0, |busy| busy.count).into()),
        ("busy-weeks", busy.map_or(0, |busy| busy.weeks).into()),
    ]);
    let caption = Caption::of(view, &mut options, "timeline", &sentence);
    if dated + undated == 0 {
        return caption.nothing();
    }
    let told = told(view, &rows);
    vec![caption.figure(&told, Drawing::Timeline(Box::new(timeline)))]
}

type Rows<'v, 's> = Vec<(String, Vec<&'v Counted<'s>>)>;

/// The rows with their activities, and the figure.
fn timeline<'v, 's>(view: &View<'v>) -> (Rows<'v, 's>, Timeline)
where
    'v: 's,
    's: 'v,
{
    let period = view.request.period;
    let (first, last) = (period.first_day(), period.last_day());
    let day_of = |day: NaiveDate| u32::try_from((day.clamp(first, last) - first).num_days()).unwrap_or(0);
    let mut kinds: Vec<Row> = view.selection.done.iter().map(|counted| row_of(view, counted)).collect();
    if view.country.is_none() {
        let programme = view.config.programme.countries.iter().enumerate();
        kinds.extend(programme.map(|(at, country)| Row::Host(at, *country)));
    }
    kinds.sort_unstable();
    kinds.dedup();
    let mut told = Vec::new();
    let mut rows = Vec::new();
    for kind in kinds {
        let members: Vec<&Counted<'_>> =
            view.selection.done.iter().filter(|counted| row_of(view, counted) == kind).collect();
        let label = match kind {
            Row::Regional => view.word("timeline-regional"),
            Row::Host(_, country) => view.locale.country(country),
            Row::Abroad => view.word("timeline-abroad"),
            Row::Unknown => view.word("timeline-unknown"),
        };
        let country = match kind {
            Row::Regional => None,
            Row::Host(_, country) => country.code().as_bytes().get(..2).and_then(|letters| letters.try_into().ok()),
            Row::Abroad | Row::Unknown => Some(*b"--"),
        };
        let mut row = TimelineRow { label: label.clone(), country, spans: Vec::new(), undated: Vec::new() };
        for counted in &members {
            let (title, id) = (clean(&counted.activity.title), clean(counted.activity.id.as_deref().unwrap_or("")));
            match (counted.activity.first_day(), counted.activity.counting_day()) {
                (Some(from), Some(to)) => row.spans.push(Span { from: day_of(from), to: day_of(to), title, id }),
                _ => row.undated.push(title),
            }
        }
        rows.push(row);
        told.push((label, members));
    }
    let months = period.months().filter_map(|month| {
        let start = first.with_month(month)?.with_day(1)?;
        Some((day_of(start), super::super::capital(&view.locale.month(month))))
    });
    let weeks = mondays(first, last).map(|monday| (day_of(monday), monday.day().to_string()));
    let timeline = Timeline {
        days: day_of(last) + 1,
        months: months.collect(),
        weeks: weeks.collect(),
        rows,
        undated: view.word("timeline-undated"),
        ids: view.word("timeline-ids"),
        bare: view.word("timeline-bare"),
        crowded: view.word("timeline-crowded"),
    };
    (told, timeline)
}

fn mondays(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let days = (0..7).map(move |n| first + TimeDelta::days(n));
    let start = days.into_iter().find(|day| day.weekday() == Weekday::Mon).unwrap_or(first);
    (0..).map(move |week| start + TimeDelta::weeks(week)).take_while(move |day| *day <= last)
}

/// The busiest week, and how many others were as busy: only one without others is *the* busiest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Busiest {
    first: NaiveDate,
    last: NaiveDate,
    /// Activities under way in it.
    count: usize,
    /// Weeks with so many, itself among them.
    weeks: usize,
}

/// The weeks from Monday to Sunday, those at the period's ends cut short by it: the days before
/// the first Monday are a week too.
fn busiest((first, last): (NaiveDate, NaiveDate), timeline: &Timeline) -> Option<Busiest> {
    let day = |day: NaiveDate| u32::try_from((day - first).num_days()).unwrap_or(0);
    let before = std::iter::once(first).filter(|day| day.weekday() != Weekday::Mon);
    let mut best: Option<Busiest> = None;
    for start in before.chain(mondays(first, last)) {
        let sunday = start + TimeDelta::days(6 - i64::from(start.weekday().num_days_from_monday()));
        let end = sunday.min(last);
        let (from, to) = (day(start), day(end));
        let spans = timeline.rows.iter().flat_map(|row| &row.spans);
        let count = spans.filter(|span| span.from <= to && span.to >= from).count();
        match &mut best {
            Some(best) if count < best.count => {}
            Some(best) if count == best.count => best.weeks += 1,
            _ if count == 0 => {}
            best => *best = Some(Busiest { first: start, last: end, count, weeks: 1 }),
        }
    }
    best
}

/// Each activity with its dates, by row; of very many their number by month.
fn told(view: &View<'_>, rows: &Rows<'_, '_>) -> String {
    let total: usize = rows.iter().map(|(_, members)| members.len()).sum();
    let mut sentences = Vec::new();
    for (label, members) in rows {
        let parts: Vec<String> = if members.is_empty() {
            vec![view.word("timeline-none")]
        } else if total <= TOLD_EACH {
            let each = members.iter().map(|counted| {
                let activity = counted.activity;
                match (activity.first_day(), activity.counting_day()) {
                    (Some(from), Some(to)) => {
                        format!("{}, {}", view.locale.date_range_short(from, to), activity.title.trim())
                    }
                    _ => format!("{}, {}", view.word("timeline-undated"), activity.title.trim()),
                }
            });
            each.collect()
        } else {
            let months = view.request.period.months().map(|month| {
                let of_month = |c: &&&Counted<'_>| c.activity.counting_day().is_some_and(|day| day.month() == month);
                let n = members.iter().filter(of_month).count();
                format!("{} {}", view.locale.month(month), n)
            });
            let undated = members.iter().filter(|counted| counted.activity.counting_day().is_none()).count();
            let rest = (undated > 0).then(|| format!("{} {undated}", view.word("timeline-undated")));
            months.chain(rest).collect()
        };
        sentences.push(format!("{label}: {}.", parts.join("; ")));
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::with_view;
    use super::*;
    use crate::recipient::Language;

    /// R6: the bars and the undated make the total.
    #[test]
    fn bars_and_the_undated_make_the_total() {
        for language in Language::ALL {
            with_view(language, |view| {
                let (rows, timeline) = timeline(view);
                let (dated, undated) = timeline.counts();
                assert_eq!((dated, undated), (8, 1));
                assert_eq!(i64::try_from(dated + undated).unwrap(), view.facts.count("activities.total"));
                let told = told(view, &rows);
                for counted in &view.selection.done {
                    assert!(told.contains(counted.activity.title.trim()), "{told}");
                }
            });
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A period that begins on a Wednesday, with activities on these days of it, from 0.
    fn busiest_of(spans: &[(u32, u32)]) -> Option<(String, String, usize, usize)> {
        let span = |&(from, to): &(u32, u32)| Span { from, to, title: "Invented".into(), id: String::new() };
        let spans = spans.iter().map(span).collect();
        let row = TimelineRow { label: "Row".into(), country: None, spans, undated: Vec::new() };
        let timeline = Timeline { days: 92, rows: vec![row], ..Timeline::default() };
        let busy = busiest((day("2026-07-01"), day("2026-09-30")), &timeline)?;
        Some((busy.first.to_string(), busy.last.to_string(), busy.count, busy.weeks))
    }

    #[test]
    fn a_week_is_the_busiest_only_if_no_other_is_as_busy() {
        let week = |first: &str, last: &str, count, weeks| Some((first.into(), last.into(), count, weeks));
        assert_eq!(busiest_of(&[(5, 6), (8, 8), (20, 20)]), week("2026-07-06", "2026-07-12", 2, 1));
        assert_eq!(busiest_of(&[(5, 6), (8, 8), (19, 19), (20, 20)]), week("2026-07-06", "2026-07-12", 2, 2));
        // One that goes on over a Sunday is under way in both weeks.
        assert_eq!(busiest_of(&[(10, 13)]), week("2026-07-06", "2026-07-12", 1, 2));
        assert_eq!(busiest_of(&[]), None);
    }

    #[test]
    fn the_days_before_the_first_monday_are_a_week_and_so_are_those_after_the_last_sunday() {
        let week = |first: &str, last: &str| Some((first.into(), last.into(), 2, 1));
        assert_eq!(busiest_of(&[(0, 1), (2, 2), (40, 40)]), week("2026-07-01", "2026-07-05"));
        assert_eq!(busiest_of(&[(89, 91), (91, 91)]), week("2026-09-28", "2026-09-30"));
    }

    #[test]
    fn weeks_begin_on_mondays() {
        let found: Vec<NaiveDate> = mondays(day("2017-10-01"), day("2017-12-31")).collect();
        assert_eq!((found[0], found.len()), (day("2017-10-02"), 13));
    }
}
