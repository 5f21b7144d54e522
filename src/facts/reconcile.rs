//! Do our sums agree? `domain.md` 4.2, as far as a figure is counted in two ways from the same
//! rows: R1 to R7, and the parts of R8, R10 and R12 that are.

use std::collections::BTreeMap;

use super::{Facts, Selection, participation};

/// Two figures that should be equal and are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The rule, `R1` to `R12`.
    pub rule: &'static str,
    /// The one figure: its name or what it sums.
    pub left: String,
    /// Its value.
    pub left_value: i64,
    /// The other figure.
    pub right: String,
    /// Its value.
    pub right_value: i64,
}

impl std::fmt::Display for Disagreement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rule, left, left_value, right, right_value } = self;
        write!(f, "{rule}: {left} is {left_value}, but {right} is {right_value}")
    }
}

/// Every rule that does not hold; each is a fault of ours, since the figures are all counted
/// from the same rows; `past` are the figures of the earlier periods. An empty answer is the proof that a report may be printed.
#[must_use]
pub fn reconcile(selection: &Selection<'_>, facts: &Facts, past: &[Facts]) -> Vec<Disagreement> {
    let family = |prefix: &str| facts.family(prefix).map(|(_, f)| f.value.unwrap_or(0)).sum::<i64>();
    let total = facts.count("activities.total");
    let rows = i64::try_from(selection.done.len()).unwrap_or(i64::MAX);
    let people = facts.count("participants.total");
    let of_activities: i64 = selection.done.iter().filter_map(|c| c.head_count.total).map(i64::from).sum();
    // Women may be reported where the total is not; they are then in no total to agree with.
    let with_total = selection.done.iter().map(|c| c.head_count).filter(|h| h.total.is_some());
    let by_sex: i64 = with_total.map(|h| i64::from(h.women.unwrap_or(0)) + i64::from(h.men.unwrap_or(0))).sum();
    let bars = i64::try_from(selection.done.iter().filter(|c| c.activity.days().is_some()).count()).unwrap_or(i64::MAX);
    let plan = ["done", "postponed", "cancelled", "open"].map(|s| facts.count(&format!("plan.{s}"))).iter().sum();
    let points = facts.count("action_points.open") + facts.count("action_points.closed");
    let began = facts.count("action_points.start") + facts.count("action_points.new");
    let by_agency: i64 = participation(selection).iter().filter_map(|share| share.total).map(i64::from).sum();
    let mut by_component: BTreeMap<Option<u32>, (i64, i64)> = BTreeMap::new();
    for counted in &selection.done {
        let sums = by_component.entry(counted.activity.component).or_default();
        sums.0 += 1;
        sums.1 += counted.head_count.total.map_or(0, i64::from);
    }
    let tables = by_component.values().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    let items: i64 = selection.equipment.iter().filter_map(|(_, item)| item.value()).map(|cents| cents.0).sum();
    let checks = [
        ("R1", "activities.total", total, "the rows of the annex", rows),
        ("R1", "activities.total", total, "the sum of types", family("activities.by_type")),
        ("R1", "activities.total", total, "the sum of components", family("activities.by_component")),
        ("R1", "activities.total", total, "the sum of months", family("activities.by_month")),
        ("R1", "activities.total", total, "the sum of scopes", family("activities.by_scope")),
        ("R2", "participants.total", people, "the sum of activities", of_activities),
        ("R2", "participants.total", people, "the sum of countries", family("participants.from")),
        ("R2", "participants.total", people, "the sum of agencies", by_agency),
        ("R3", "participants.total", people, "women, men and unknown", by_sex + facts.count("participants.unknown")),
        ("R5", "activities.total", total, "the sum of hosts", family("activities.held_in")),
        ("R6", "activities.dated", facts.count("activities.dated"), "the bars of the timeline", bars),
        ("R6", "activities.total", total, "dated and undated", bars + facts.count("activities.by_month.undated")),
        (
            "R8",
            "equipment.value_eur",
            facts.count("equipment.value_eur"),
            "the sum of countries",
            family("equipment.value_eur_in"),
        ),
        ("R10", "plan.planned", facts.count("plan.planned"), "done, postponed, cancelled and open", plan),
        ("R7", "activities.total", total, "the tables of the components", tables.0),
        ("R7", "participants.total", people, "the tables of the components", tables.1),
        ("R8", "equipment.value_eur", facts.count("equipment.value_eur"), "the sum of items", items),
        ("R12", "action_points.total", facts.count("action_points.total"), "open and closed", points),
        ("R12", "action_points.total", facts.count("action_points.total"), "open at the start and new", began),
    ];
    let sums = super::cumulative::sums(facts, past);
    let added_up =
        sums.into_iter().map(|(name, stands, made)| ("R4", name, stands, "this period and the earlier ones", made));
    checks
        .into_iter()
        .chain(added_up)
        .filter(|(_, _, left, _, right)| left != right)
        .map(|(rule, left, left_value, right, right_value)| Disagreement {
            rule,
            left: left.to_owned(),
            left_value,
            right: right.to_owned(),
            right_value,
        })
        .collect()
}
