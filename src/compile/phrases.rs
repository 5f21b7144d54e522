//! What a sentence may mention: every figure under its name, and the lists and findings that
//! no single figure holds.
//!
//! A sentence in a locale file asks for `$activities-total`, `$participants-women-reported`
//! (how many reported it) or `$participants-women-of` (of how many); a figure that nobody
//! reported has no value, so a sentence looks at `…-reported` first.

use std::collections::BTreeMap;

use super::standing;
use super::view::View;
use crate::diagnostic::{Arg, Args};
use crate::facts::Unit;
use crate::recipient::Country;
use crate::record::{ActivityType, Cents, MeetingItem};

/// Everything the sentences of this edition may mention.
pub(super) fn arguments(view: &View<'_>) -> Args {
    let mut args = Args::new();
    let (period, locale) = (view.request.period, view.locale);
    for (name, value) in [
        ("period", locale.period(period)),
        ("months", locale.months(period)),
        ("in-months", locale.in_months(period)),
        ("in-months-start", super::capital(&locale.in_months(period))),
        ("previous-period", locale.period(period.previous())),
        ("previous-months", locale.months(period.previous())),
        ("next-period", locale.period(period.next())),
        ("next-months", locale.months(period.next())),
        ("in-next-months", locale.in_months(period.next())),
        ("as-of", locale.date(view.request.as_of)),
        ("first-day", locale.date(period.first_day())),
        ("last-day", locale.date(period.last_day())),
        ("programme", view.wording(&view.config.programme.name)),
        ("programme-code", view.config.programme.code.clone()),
    ] {
        args.insert(name.to_owned(), value.into());
    }
    args.insert("revision".to_owned(), view.request.revision.into());
    args.insert("previous-revision".to_owned(), view.request.revision.saturating_sub(1).into());
    for (name, figure) in &view.facts.figures {
        let name = name.replace(['.', '_'], "-");
        if let Some(value) = figure.value {
            let value = match figure.unit {
                Unit::Count => Arg::Number(value),
                Unit::Percent => Arg::Text(locale.percent(value)),
                Unit::EuroCents => Arg::Text(locale.euro(Cents(value))),
            };
            args.insert(name.clone(), value);
        }
        args.insert(format!("{name}-reported"), figure.reported_by.into());
        args.insert(format!("{name}-of"), figure.of.into());
    }
    let undated = view.facts.count("activities.by_month.undated");
    args.insert("undated".to_owned(), undated.into());
    args.insert("unstated".to_owned(), view.facts.count("activities.by_component.unstated").into());
    args.insert("programme-countries".to_owned(), view.config.programme.countries.len().into());
    args.insert("files".to_owned(), view.files().len().into());
    args.insert("held".to_owned(), view.held().len().into());
    args.insert("not-done".to_owned(), view.counted.not_done.len().into());
    problems(view, &mut args);
    gaps(view, &mut args);
    types(view, &mut args);
    plan(view, &mut args);
    countries(view, &mut args);
    findings(view, &mut args);
    meetings(view, &mut args);
    standing::add(view, &mut args);
    args.extend(shares(view));
    // English does not begin a sentence with a numeral, and has "a total of" before it.
    let many: Vec<(String, Arg)> = args
        .iter()
        .filter_map(|(name, arg)| match arg {
            Arg::Number(n) => Some((format!("{name}-many"), i64::from(*n > 10).into())),
            _ => None,
        })
        .collect();
    args.extend(many);
    args
}

/// "one error and four warnings".
fn problems(view: &View<'_>, args: &mut Args) {
    let errors = view.problems().filter(|p| p.is_error()).count();
    let all = view.problems().count();
    args.insert("problems".to_owned(), all.into());
    let kinds = [("problems-errors", errors), ("problems-warnings", all - errors)];
    let pieces = kinds.into_iter().filter(|(_, n)| *n > 0).map(|(id, n)| {
        let args: Args = [("n".to_owned(), n.into())].into();
        view.locale.text(id, &args)
    });
    args.insert("problems-list".to_owned(), view.locale.list(&pieces.collect::<Vec<_>>()).into());
}

/// How many did not report what others did.
fn gaps(view: &View<'_>, args: &mut Args) {
    let gap = |name: &str| view.facts.figures.get(name).map_or(0, |f| f.of.saturating_sub(f.reported_by));
    args.insert("unreported".to_owned(), gap("participants.total").into());
    let placed = view.facts.count("participants.total") - view.facts.count("participants.from.unknown");
    args.insert("participants-placed".to_owned(), placed.into());
    args.insert("values-unreported".to_owned(), gap("equipment.value_eur").into());
    // Of those that told their participants, those that did not tell the women among them.
    let silent = |c: &&crate::facts::Counted<'_>| c.head_count.total.is_some() && c.head_count.women.is_none();
    args.insert("women-unreported".to_owned(), view.counted.done.iter().filter(silent).count().into());
}

/// "four workshops, two equipment handovers and one study visit".
fn types(view: &View<'_>, args: &mut Args) {
    let mut counts: Vec<(ActivityType, i64)> = ActivityType::ALL
        .into_iter()
        .map(|kind| (kind, view.facts.count(&format!("activities.by_type.{}", kind.key()))))
        .filter(|(_, n)| *n > 0)
        .collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let pieces: Vec<String> = counts
        .iter()
        .map(|(kind, n)| {
            let args: Args = [("n".to_owned(), (*n).into())].into();
            view.locale.text(&format!("count-{}", kind.key()), &args)
        })
        .collect();
    args.insert("types-list".to_owned(), view.locale.list(&pieces).into());
    if let [(kind, _)] = counts.as_slice() {
        args.insert("only-type".to_owned(), view.word(&format!("type-{}", kind.key())).to_lowercase().into());
    }
}

/// "two done, one postponed and one still open"; "all are still open".
fn plan(view: &View<'_>, args: &mut Args) {
    let counts: Vec<(&str, i64)> = ["done", "postponed", "cancelled", "open"]
        .into_iter()
        .map(|state| (state, view.facts.count(&format!("plan.{state}"))))
        .filter(|(_, n)| *n > 0)
        .collect();
    let which = if counts.len() == 1 { "all" } else { "count" };
    let pieces: Vec<String> = counts
        .iter()
        .map(|(state, n)| {
            let args: Args = [("n".to_owned(), (*n).into())].into();
            view.locale.text(&format!("plan-{which}-{state}"), &args)
        })
        .collect();
    args.insert("plan-list".to_owned(), view.locale.list(&pieces).into());
}

/// Countries by how many activities, the most first, those of the programme in its order.
fn ranked(view: &View<'_>, family: &str, only_programme: bool) -> Vec<(i64, Vec<Country>)> {
    let order = &view.config.programme.countries;
    let mut by_count: BTreeMap<std::cmp::Reverse<i64>, Vec<Country>> = BTreeMap::new();
    let named = view.facts.family(family).filter_map(|(code, figure)| Some((Country::new(code)?, figure.value?)));
    for (country, n) in named.filter(|(c, n)| *n > 0 && (!only_programme || order.contains(c))) {
        by_count.entry(std::cmp::Reverse(n)).or_default().push(country);
    }
    let rank = |country: &Country| order.iter().position(|c| c == country).unwrap_or(order.len());
    by_count
        .into_iter()
        .map(|(n, mut countries)| {
            countries.sort_by_key(|c| (rank(c), *c));
            (n.0, countries)
        })
        .collect()
}

fn countries(view: &View<'_>, args: &mut Args) {
    let total = view.facts.count("activities.total");
    for (name, family, only_programme) in
        [("hosts", "activities.held_in", false), ("involving", "activities.involving", true)]
    {
        let groups = ranked(view, family, only_programme);
        let mut pieces = Vec::new();
        for (n, countries) in &groups {
            let names: Vec<String> = countries.iter().map(|c| view.locale.country(*c)).collect();
            let places: Vec<String> = countries.iter().map(|c| view.locale.in_country(*c)).collect();
            let place = if pieces.is_empty() { "first" } else { "next" };
            let args: Args = [
                ("n".to_owned(), (*n).into()),
                ("total".to_owned(), total.into()),
                ("every".to_owned(), i64::from(*n == total).into()),
                ("many".to_owned(), countries.len().into()),
                ("countries".to_owned(), view.locale.list(&names).into()),
                ("in-countries".to_owned(), view.locale.list(&places).into()),
            ]
            .into();
            pieces.push(view.locale.text(&format!("{name}-{place}"), &args));
        }
        let crowded = groups.iter().any(|(_, countries)| countries.len() > 1);
        let list = if crowded { pieces.join("; ") } else { view.locale.list(&pieces) };
        args.insert(format!("{name}-groups"), pieces.len().into());
        args.insert(format!("{name}-list"), list.into());
    }
}

/// For each family of figures: who is at the top, with how many, and how many share it.
fn findings(view: &View<'_>, args: &mut Args) {
    for family in ["activities.held_in", "activities.involving", "participants.from"] {
        let groups = ranked(view, family, family.ends_with("involving"));
        args.insert(format!("{}-groups", family.replace(['.', '_'], "-")), groups.len().into());
        if let Some((n, countries)) = groups.first() {
            let names: Vec<String> = countries.iter().map(|c| view.locale.country(*c)).collect();
            let places: Vec<String> = countries.iter().map(|c| view.locale.in_country(*c)).collect();
            top(view, args, family, *n, &names);
            let name = family.replace(['.', '_'], "-");
            args.insert(format!("{name}-in-top"), view.locale.list(&places).into());
        }
    }
    let most_months = view.request.period.months().map(|m| view.facts.count(&format!("activities.by_month.{m}"))).max();
    let months: Vec<String> = view
        .request
        .period
        .months()
        .filter(|m| Some(view.facts.count(&format!("activities.by_month.{m}"))) == most_months)
        .map(|m| view.locale.in_month(m))
        .collect();
    args.insert("activities-by-month-in-top".to_owned(), view.locale.list(&months).into());
    let by_type = ActivityType::ALL
        .into_iter()
        .map(|kind| (view.facts.count(&format!("activities.by_type.{}", kind.key())), format!("types-{}", kind.key())));
    let by_month = view
        .request
        .period
        .months()
        .map(|month| (view.facts.count(&format!("activities.by_month.{month}")), month.to_string()));
    let by_component = view.facts.family("activities.by_component").filter_map(|(number, figure)| {
        let number: u32 = number.parse().ok()?;
        let args: Args = [("number".to_owned(), number.into())].into();
        Some((figure.value?, view.locale.text("component-in-list", &args)))
    });
    let by_component: Vec<(i64, String)> = by_component.collect();
    args.insert("components-stated".to_owned(), by_component.len().into());
    for (family, counts, of_types) in [
        ("activities.by_type", by_type.collect::<Vec<_>>(), true),
        ("activities.by_month", by_month.collect::<Vec<_>>(), false),
        ("activities.by_component", by_component, false),
    ] {
        let most = counts.iter().map(|(n, _)| *n).max().unwrap_or(0);
        let names: Vec<String> = counts
            .iter()
            .filter(|(n, _)| *n == most && most > 0)
            .map(|(_, name)| match name.parse() {
                Ok(month) => view.locale.month(month),
                Err(_) if of_types => view.word(name),
                Err(_) => name.clone(),
            })
            .collect();
        top(view, args, family, most, &names);
    }
}

fn top(view: &View<'_>, args: &mut Args, family: &str, n: i64, names: &[String]) {
    let name = family.replace(['.', '_'], "-");
    let list = view.locale.list(names);
    args.insert(format!("{name}-top"), super::capital(&list).into());
    args.insert(format!("{name}-top-lower"), list.into());
    args.insert(format!("{name}-top-count"), n.into());
    args.insert(format!("{name}-top-many"), names.len().into());
}

/// The meetings of the period: how many, and the first of them in words.
fn meetings(view: &View<'_>, args: &mut Args) {
    let items: Vec<&MeetingItem> = view.counted.meetings.iter().map(|(_, item)| *item).collect();
    let mut held: Vec<_> = items.iter().map(|item| (item.date, item.body.as_str())).collect();
    held.dedup();
    args.insert("meetings".to_owned(), held.len().into());
    if let Some(first) = items.first() {
        args.insert("meeting-body".to_owned(), view.known_name("body-", &first.body).into());
        args.insert("meeting-date".to_owned(), view.locale.date(first.date).into());
        let place = items.iter().find_map(|item| item.place.as_deref());
        let place = place.map(|p| view.known_name("place-", p)).unwrap_or_default();
        args.insert("meeting-has-place".to_owned(), i64::from(!place.is_empty()).into());
        args.insert("meeting-place".to_owned(), place.into());
    }
    let decisions = items.iter().filter(|item| item.decision.is_some()).count();
    args.insert("decisions".to_owned(), decisions.into());
    for name in ["action-points-total", "action-points-open", "action-points-overdue", "plan-next", "plan-planned"] {
        args.entry(name.to_owned()).or_insert(Arg::Number(0));
    }
}

/// Women among those whose sex is known (`domain.md` 4.2, R3); rounded to whole percent.
pub(super) fn shares(view: &View<'_>) -> Args {
    let share = view.facts.value("participants.women_share");
    let mut args: Args = [("share-known".to_owned(), i64::from(share.is_some()).into())].into();
    args.insert("share".to_owned(), share.map(|s| view.locale.percent(s)).unwrap_or_default().into());
    args
}
