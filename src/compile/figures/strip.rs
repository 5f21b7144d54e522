//! The strip of days on the cover.

use chrono::{Datelike, TimeDelta};

use super::super::view::View;
use crate::diagnostic::Args;
use crate::typeset::document::Strip;

/// How many activities were under way on each day of the period. A year is left without a
/// strip: its days would be too thin to be seen.
pub(in crate::compile) fn strip(view: &View<'_>) -> Option<Strip> {
    let period = view.request.period;
    let (first, last) = (period.first_day(), period.last_day());
    let length = usize::try_from((last - first).num_days()).ok()? + 1;
    if length > 190 {
        return None;
    }
    let mut days = vec![0u32; length];
    for counted in &view.counted.done {
        let (Some(from), Some(to)) = (counted.activity.first_day(), counted.activity.counting_day()) else { continue };
        let mut day = from.max(first);
        while day <= to.min(last) {
            if let Some(count) = usize::try_from((day - first).num_days()).ok().and_then(|at| days.get_mut(at)) {
                *count += 1;
            }
            day += TimeDelta::days(1);
        }
    }
    let labels = period
        .months()
        .filter_map(|month| {
            let start = first.with_month(month)?.with_day(1)?;
            Some((usize::try_from((start - first).num_days()).ok()?, super::super::capital(&view.locale.month(month))))
        })
        .collect();
    let busy = days.iter().filter(|n| **n > 0).count();
    let most = days.iter().max().copied().unwrap_or(0);
    let args: Args = [
        ("days".to_owned(), length.into()),
        ("busy".to_owned(), busy.into()),
        ("most".to_owned(), most.into()),
        ("undated".to_owned(), view.facts.count("activities.by_month.undated").into()),
        ("months".to_owned(), view.locale.months(period).into()),
    ]
    .into();
    Some(Strip {
        days,
        labels,
        caption: view.locale.text("strip-caption", &args),
        alt: view.locale.text("strip-alt", &args),
    })
}
