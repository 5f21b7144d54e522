//! Counting.

use std::collections::BTreeMap;

use super::{Citation, Counted, Facts, Figure, Selection, Unit};
use crate::recipient::Country;
use crate::record::{ActivityType, BudgetLine, Cents, HeadCount, Origin, PlanItem, Scope, Status};

/// Counts a selection. `countries` are the programme's: each has its figures even where they
/// are zero; others appear where an activity names them.
///
/// Names of the figures are those of the contract (`compile --facts`), and beside them
/// `activities.by_component.<number|unstated>`, `activities.by_scope.unknown`,
/// `participants.from.<country|unknown>`, `participants.unknown` (neither women nor men),
/// `equipment.value_eur_in.<country|unknown>`, `countries.involved`,
/// `plan.<planned|done|postponed|cancelled|open>`, `plan.next`, the shares `plan.done_share` and
/// `participants.women_share` in percent,
/// `budget.<total|period|to_date|committed>_eur`, `budget.spent_share`,
/// `indicators.<total|current|reached>`, `risks.<total|high|rising>`, `challenges.total`,
/// `action_points.<total|start|new|closed|open|overdue>`; where earlier periods are known,
/// `cumulative.<name>` of those that add up ([`super::add_up`]).
#[must_use]
pub fn gather(selection: &Selection<'_>, countries: &[Country]) -> Facts {
    tallied(selection, countries, true)
}

/// The same without the cells that figures rest on: for a country or a component, whose rows
/// the whole programme's figures cite already.
#[must_use]
pub fn gather_uncited(selection: &Selection<'_>, countries: &[Country]) -> Facts {
    tallied(selection, countries, false)
}

fn tallied(selection: &Selection<'_>, countries: &[Country], citing: bool) -> Facts {
    let mut tally = Tally { figures: BTreeMap::new(), asked: count(selection.done.len()), citing };
    activities(&mut tally, selection, countries);
    participants(&mut tally, selection);
    equipment(&mut tally, selection);
    plan(&mut tally, selection);
    action_points(&mut tally, selection);
    budget(&mut tally, selection);
    progress(&mut tally, selection);
    Facts { period: selection.period, as_of: selection.as_of, figures: tally.figures }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

struct Tally {
    figures: BTreeMap<String, Figure>,
    /// Activities done.
    asked: u32,
    /// Whether the cells that figures rest on are kept.
    citing: bool,
}

impl Tally {
    /// A figure that is counted by us and therefore never blank.
    fn counted(&mut self, name: &str) -> &mut Figure {
        let asked = self.asked;
        self.figures.entry(name.to_owned()).or_insert_with(|| Figure {
            value: Some(0),
            unit: Unit::Count,
            reported_by: asked,
            of: asked,
            citations: Vec::new(),
        })
    }

    fn add_one(&mut self, name: &str, origin: &Origin, heading: &str) {
        let citing = self.citing;
        let figure = self.counted(name);
        figure.value = Some(figure.value.unwrap_or(0) + 1);
        if citing {
            figure.citations.push(cite(origin, heading, 1));
        }
    }

    /// The cell that holds a figure, where cells are wanted.
    fn cite(&self, origin: &Origin, heading: &str, amount: i64) -> Vec<Citation> {
        if self.citing { vec![cite(origin, heading, amount)] } else { Vec::new() }
    }

    /// A figure that others report: blank until somebody does.
    fn reported(&mut self, name: &str, of: u32, unit: Unit) -> &mut Figure {
        self.figures.entry(name.to_owned()).or_insert_with(|| Figure {
            value: None,
            unit,
            reported_by: 0,
            of,
            citations: Vec::new(),
        })
    }

    fn report(&mut self, name: &str, of: u32, unit: Unit, amount: i64, citations: Vec<Citation>) {
        let figure = self.reported(name, of, unit);
        figure.value = Some(figure.value.unwrap_or(0).saturating_add(amount));
        figure.reported_by += 1;
        figure.citations.extend(citations);
    }
}

pub(super) fn cite(origin: &Origin, heading: &str, amount: i64) -> Citation {
    Citation {
        file: origin.file.clone(),
        sheet: origin.sheet.clone(),
        row: origin.row.saturating_add(1),
        cell: origin.cell(heading).map(|cell| cell.to_string()),
        amount,
    }
}

fn activities(tally: &mut Tally, selection: &Selection<'_>, countries: &[Country]) {
    for name in ["activities.total", "activities.dated", "activities.by_month.undated"] {
        tally.counted(name);
    }
    for kind in ActivityType::ALL {
        tally.counted(&format!("activities.by_type.{}", kind.key()));
    }
    for month in selection.period.months() {
        tally.counted(&format!("activities.by_month.{month}"));
    }
    for scope in Scope::ALL {
        tally.counted(&format!("activities.by_scope.{}", scope.key()));
    }
    for country in countries {
        tally.counted(&format!("activities.held_in.{country}"));
        tally.counted(&format!("activities.involving.{country}"));
    }
    for name in ["activities.held_in.unknown", "activities.involving.unknown"] {
        tally.counted(name);
    }
    let days = "activity_days.total";
    tally.reported(days, tally.asked, Unit::Count);
    let mut involved = std::collections::BTreeSet::new();
    for Counted { entry, activity, .. } in &selection.done {
        let origin = &entry.origin;
        tally.add_one("activities.total", origin, "title");
        tally.add_one(&format!("activities.by_type.{}", activity.kind.key()), origin, "type");
        let component = activity.component.map_or_else(|| "unstated".to_owned(), |n| n.to_string());
        tally.add_one(&format!("activities.by_component.{component}"), origin, "component");
        let scope = activity.scope().map_or("unknown", Scope::key);
        tally.add_one(&format!("activities.by_scope.{scope}"), origin, "scope");
        match activity.counting_day() {
            Some(day) => {
                tally.add_one("activities.dated", origin, "end-date");
                tally.add_one(&format!("activities.by_month.{}", chrono::Datelike::month(&day)), origin, "end-date");
            }
            None => tally.add_one("activities.by_month.undated", origin, "title"),
        }
        if let Some(n) = activity.days() {
            let cell = tally.cite(origin, "start-date", n);
            tally.report(days, tally.asked, Unit::Count, n, cell);
        }
        let host = activity.host_country.map_or_else(|| "unknown".to_owned(), |c| c.to_string());
        tally.add_one(&format!("activities.held_in.{host}"), origin, "host-country");
        if activity.countries.is_empty() {
            tally.add_one("activities.involving.unknown", origin, "countries");
        }
        for country in &activity.countries {
            involved.insert(*country);
            tally.add_one(&format!("activities.involving.{country}"), origin, "countries");
        }
    }
    let of_the_programme = involved.iter().filter(|c| countries.contains(c)).count();
    tally.counted("countries.involved").value = Some(i64::from(count(of_the_programme)));
    let hosts_unknown = count(usize::try_from(value(tally, "activities.held_in.unknown")).unwrap_or(0));
    let unnamed = count(usize::try_from(value(tally, "activities.involving.unknown")).unwrap_or(0));
    let dated = count(usize::try_from(value(tally, "activities.dated")).unwrap_or(0));
    let asked = tally.asked;
    for (name, figure) in &mut tally.figures {
        if name.starts_with("activities.held_in.") {
            figure.reported_by = asked - hosts_unknown;
        } else if name.starts_with("activities.involving.") || name == "countries.involved" {
            figure.reported_by = asked - unnamed;
        } else if name.starts_with("activities.by_month.") {
            figure.reported_by = dated;
        }
    }
}

fn value(tally: &Tally, name: &str) -> i64 {
    tally.figures.get(name).and_then(|f| f.value).unwrap_or(0)
}

fn participants(tally: &mut Tally, selection: &Selection<'_>) {
    let asked = tally.asked;
    type Pick = fn(&HeadCount) -> Option<u32>;
    let parts: [(&str, &str, Pick); 3] = [
        ("participants.total", "participants", |h| h.total),
        ("participants.women", "women", |h| h.women),
        ("participants.men", "men", |h| h.men),
    ];
    for (name, _, _) in parts {
        tally.reported(name, asked, Unit::Count);
    }
    for counted in &selection.done {
        for (name, heading, pick) in parts {
            let Some(n) = pick(&counted.head_count) else { continue };
            // The cells that hold the figure: the activity's own, else its participation rows.
            let citations = if !tally.citing || pick(&counted.activity.head_count).is_some() {
                tally.cite(&counted.entry.origin, heading, i64::from(n))
            } else {
                let rows = counted.participations.iter();
                rows.filter_map(|(origin, row)| Some(cite(origin, heading, i64::from(pick(&row.head_count)?))))
                    .collect()
            };
            tally.report(name, asked, Unit::Count, i64::from(n), citations);
        }
        let Some(total) = counted.head_count.total else { continue };
        let mut placed = 0i64;
        for (origin, row) in &counted.participations {
            let (Some(country), Some(n)) = (row.country, row.head_count.total) else { continue };
            placed += i64::from(n);
            let cell = tally.cite(origin, "participants", i64::from(n));
            tally.report(&format!("participants.from.{country}"), asked, Unit::Count, i64::from(n), cell);
        }
        let unplaced = i64::from(total) - placed;
        if unplaced > 0 {
            let cell = tally.cite(&counted.entry.origin, "participants", unplaced);
            tally.report("participants.from.unknown", asked, Unit::Count, unplaced, cell);
        }
        let known = counted.head_count.women.unwrap_or(0).saturating_add(counted.head_count.men.unwrap_or(0));
        let unknown = i64::from(total) - i64::from(known);
        let cell = tally.cite(&counted.entry.origin, "participants", unknown);
        tally.report("participants.unknown", asked, Unit::Count, unknown, cell);
    }
    women_share(tally, selection);
}

/// Women among those whose sex is known (`domain.md` 4.2, R3), in whole percent.
fn women_share(tally: &mut Tally, selection: &Selection<'_>) {
    let asked = tally.asked;
    let (mut women, mut known) = (0u64, 0u64);
    let citing = tally.citing;
    let figure = tally.reported("participants.women_share", asked, Unit::Percent);
    for counted in &selection.done {
        let HeadCount { women: Some(w), men: Some(m), .. } = counted.head_count else { continue };
        women += u64::from(w);
        known += u64::from(w) + u64::from(m);
        figure.reported_by += 1;
        if citing {
            figure.citations.push(cite(&counted.entry.origin, "women", i64::from(w)));
            figure.citations.push(cite(&counted.entry.origin, "men", i64::from(m)));
        }
    }
    figure.value = percent(women, known);
}

/// A share to the nearest whole percent; none of nothing.
fn percent(part: u64, whole: u64) -> Option<i64> {
    (part * 200 + whole).checked_div(whole * 2).and_then(|share| i64::try_from(share).ok())
}

fn equipment(tally: &mut Tally, selection: &Selection<'_>) {
    let asked = count(selection.equipment.len());
    let citations = selection.equipment.iter().map(|(entry, _)| cite(&entry.origin, "item", 1)).collect();
    let items = Figure { value: Some(i64::from(asked)), unit: Unit::Count, reported_by: asked, of: asked, citations };
    tally.figures.insert("equipment.items".to_owned(), items);
    tally.reported("equipment.value_eur", asked, Unit::EuroCents);
    for (entry, item) in &selection.equipment {
        let Some(cents) = item.value() else { continue };
        let heading = if item.total_value.is_some() { "total-value-eur" } else { "unit-value-eur" };
        let cell = tally.cite(&entry.origin, heading, cents.0);
        let country = item.recipient_country.map_or_else(|| "unknown".to_owned(), |c| c.to_string());
        let by_country = format!("equipment.value_eur_in.{country}");
        tally.report("equipment.value_eur", asked, Unit::EuroCents, cents.0, cell.clone());
        tally.report(&by_country, asked, Unit::EuroCents, cents.0, cell);
    }
}

fn plan(tally: &mut Tally, selection: &Selection<'_>) {
    let items: Vec<(&Origin, &PlanItem)> = selection.plan.iter().map(|(e, i)| (&e.origin, *i)).collect();
    let asked = count(items.len());
    for name in ["planned", "done", "postponed", "cancelled", "open"] {
        let name = format!("plan.{name}");
        let figure = tally.reported(&name, asked, Unit::Count);
        if asked > 0 {
            figure.value = Some(0);
            figure.reported_by = asked;
        }
    }
    for (origin, item) in items {
        let state = match item.status {
            Some(Status::Done) => "plan.done",
            Some(Status::Postponed) => "plan.postponed",
            Some(Status::Cancelled) => "plan.cancelled",
            Some(Status::Planned | Status::Ongoing) | None => "plan.open",
        };
        for name in ["plan.planned", state] {
            if let Some(figure) = tally.figures.get_mut(name) {
                figure.value = figure.value.map(|v| v + 1);
                figure.citations.push(cite(origin, "title", 1));
            }
        }
    }
    let of_plan = |name: &str| u64::try_from(value(tally, name)).unwrap_or(0);
    let share = percent(of_plan("plan.done"), of_plan("plan.planned"));
    let citations = tally.figures.get("plan.planned").map(|f| f.citations.clone()).unwrap_or_default();
    let figure = tally.reported("plan.done_share", asked, Unit::Percent);
    (figure.value, figure.citations) = (share, citations);
    figure.reported_by = asked;
    let next = count(selection.next_plan.len());
    let figure = tally.reported("plan.next", next, Unit::Count);
    figure.value = (next > 0).then_some(i64::from(next));
    figure.reported_by = next;
}

/// Open at the start, new, closed, open at the end (R12). What was open at the start is known
/// only where some of it is carried over.
fn action_points(tally: &mut Tally, selection: &Selection<'_>) {
    let asked = count(selection.points.len());
    for name in ["total", "new", "closed", "open", "overdue"] {
        let figure = tally.reported(&format!("action_points.{name}"), asked, Unit::Count);
        if asked > 0 {
            figure.value = Some(0);
            figure.reported_by = asked;
        }
    }
    tally.reported("action_points.start", asked, Unit::Count);
    for point in &selection.points {
        let state = if point.is_closed() { "closed" } else { "open" };
        let overdue = point.is_overdue(selection.as_of).then_some("overdue");
        let began = if point.carried { "start" } else { "new" };
        for name in ["total", began, state].into_iter().chain(overdue) {
            if let Some(figure) = tally.figures.get_mut(&format!("action_points.{name}")) {
                figure.value = Some(figure.value.unwrap_or(0) + 1);
                figure.reported_by = asked;
                figure.citations.push(cite(&point.entry.origin, "action-point", 1));
            }
        }
    }
}

/// Sums of the budget's lines (R11), and what was spent of it.
fn budget(tally: &mut Tally, selection: &Selection<'_>) {
    type Pick = fn(&BudgetLine) -> Option<Cents>;
    let asked = count(selection.budget.len());
    let columns: [(&str, &str, Pick); 4] = [
        ("budget.total_eur", "budget-eur", |line| Some(line.budget)),
        ("budget.period_eur", "spent-in-period-eur", |line| line.spent_in_period),
        ("budget.to_date_eur", "spent-to-date-eur", |line| line.spent_to_date),
        ("budget.committed_eur", "committed-eur", |line| line.committed),
    ];
    for (name, heading, pick) in columns {
        tally.reported(name, asked, Unit::EuroCents);
        for (entry, line) in &selection.budget {
            let Some(Cents(cents)) = pick(line) else { continue };
            tally.report(name, asked, Unit::EuroCents, cents, vec![cite(&entry.origin, heading, cents)]);
        }
    }
    let cents = |name: &str| u64::try_from(value(tally, name)).unwrap_or(0);
    let share = percent(cents("budget.to_date_eur"), cents("budget.total_eur"));
    let spent = tally.figures.get("budget.to_date_eur").cloned();
    let figure = tally.reported("budget.spent_share", asked, Unit::Percent);
    if let Some(spent) = spent {
        figure.value = share.filter(|_| spent.value.is_some());
        (figure.reported_by, figure.citations) = (spent.reported_by, spent.citations);
    }
}

/// Indicators, risks and challenges.
fn progress(tally: &mut Tally, selection: &Selection<'_>) {
    /// Likelihood times impact from which a risk is high, as the matrix draws it.
    const HIGH: u32 = 10;
    let indicators = selection.indicators.iter().map(|(entry, row)| {
        let reached = match (row.baseline, row.target, row.current) {
            // Where less is better, such as minutes of waiting.
            (Some(baseline), Some(target), Some(current)) if target < baseline => current <= target,
            (_, Some(target), Some(current)) => current >= target,
            _ => false,
        };
        let named = [("indicators.current", row.current.is_some()), ("indicators.reached", reached)];
        (&entry.origin, "current", named.to_vec())
    });
    let risks = selection.risks.iter().map(|(entry, row)| {
        let rising = row.trend.as_deref().is_some_and(|trend| RISING.contains(&trend.trim().to_lowercase().as_str()));
        let high = u32::from(row.likelihood) * u32::from(row.impact) >= HIGH;
        (&entry.origin, "risk", vec![("risks.high", high), ("risks.rising", rising)])
    });
    let challenges = selection.challenges.iter().map(|(entry, _)| (&entry.origin, "challenge", Vec::new()));
    let families: [(&str, &[&str], Vec<Named<'_>>); 3] = [
        ("indicators.total", &["indicators.current", "indicators.reached"], indicators.collect()),
        ("risks.total", &["risks.high", "risks.rising"], risks.collect()),
        ("challenges.total", &[], challenges.collect()),
    ];
    for (total, parts, rows) in families {
        let asked = count(rows.len());
        for name in parts.iter().chain([&total]) {
            let figure = tally.reported(name, asked, Unit::Count);
            (figure.value, figure.reported_by) = ((asked > 0).then_some(0), asked);
        }
        for (origin, heading, named) in rows {
            let true_of_it = named.into_iter().filter(|(_, is)| *is).map(|(name, _)| name);
            for name in true_of_it.chain([total]) {
                if let Some(figure) = tally.figures.get_mut(name) {
                    figure.value = figure.value.map(|value| value + 1);
                    figure.citations.push(cite(origin, heading, 1));
                }
            }
        }
    }
}

/// A row, and which of some figures it counts for.
type Named<'a> = (&'a Origin, &'static str, Vec<(&'static str, bool)>);

/// Words for a risk that grows, as people write them.
const RISING: [&str; 8] = ["rising", "increasing", "up", "worsening", "↑", "растёт", "растет", "рост"];
