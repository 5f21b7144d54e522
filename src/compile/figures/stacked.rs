//! Bars of several parts: women and men by country, component or agency; types of activity by
//! host country.

use std::collections::BTreeMap;

use super::super::fence::{Fence, unknown};
use super::super::view::View;
use super::{Caption, args, options};
use crate::diagnostic::Diagnostic;
use crate::facts::Counted;
use crate::recipient::Country;
use crate::record::{ActivityType, HeadCount};
use crate::typeset::document::Block;
use crate::typeset::drawing::{Drawing, Look, Part, Series, Stacked, StackedRow};

/// What can be stacked.
const SOURCES: [&str; 4] = [
    "participants.sex_by_country",
    "participants.sex_by_component",
    "participants.sex_by_agency",
    "activities.types_by_host",
];
/// Types that have a part of their own; the rest are one.
const OWN_PARTS: usize = 5;
/// Bars that have a line of their own; an agency list can be long.
const MOST_ROWS: usize = 24;

/// What a bar stands for: its place among the bars, and its label.
type Key = (i64, String);

/// `source` says what. Of one country are the participants from it and the activities in it.
pub(super) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    let mut options = options(fence, &["source"], problems);
    let only = view.country;
    let Some((source, place)) = options.required("source", problems) else { return Vec::new() };
    if !SOURCES.contains(&source.as_str()) {
        problems.push(unknown("stacked-source-unknown", place, &source, &SOURCES));
        return Vec::new();
    }
    let (word, stacked) = if source == "activities.types_by_host" {
        ("stacked-types", types(view, only))
    } else {
        ("stacked-sex", sexes(view, &source, only))
    };
    let total: i64 = stacked.rows.iter().flat_map(|row| &row.values).sum();
    let sum = |at: usize| stacked.rows.iter().filter_map(|row| row.values.get(at)).sum::<i64>();
    // Women among those of the figure whose sex is known (R3), to the nearest whole percent.
    let (women, known) = (sum(0), sum(0) + sum(1));
    let share = (women * 200 + known).checked_div(known * 2);
    let sentence = args([
        ("women", women.into()),
        ("known", known.into()),
        ("unknown", sum(2).into()),
        ("share", share.map(|share| view.locale.percent(share)).unwrap_or_default().into()),
        ("total", total.into()),
        ("activities", view.facts.count("activities.total").into()),
        ("reported", view.facts.figures.get("participants.total").map_or(0, |f| f.reported_by).into()),
        ("of", view.facts.figures.get("participants.total").map_or(0, |f| f.of).into()),
        ("measured", source.rsplit('_').next().unwrap_or_default().into()),
        ("country", only.map(|c| view.locale.country(c)).unwrap_or_default().into()),
        ("most", stacked.rows.first().map(|row| row.label.clone()).unwrap_or_default().into()),
        ("most-count", stacked.rows.first().map_or(0, |row| row.values.iter().sum::<i64>()).into()),
    ]);
    let caption = Caption::of(view, &mut options, word, &sentence);
    if total == 0 {
        return caption.nothing();
    }
    let told: Vec<String> = stacked.rows.iter().map(|row| row.told(view, &stacked.series)).collect();
    let drawing = Drawing::Stacked(stacked.draw(view));
    vec![caption.figure(&told.join("; "), drawing)]
}

/// Bars in numbers.
struct Counts {
    series: Vec<Series>,
    rows: Vec<Row>,
}

struct Row {
    label: String,
    values: Vec<i64>,
}

impl Row {
    fn told(&self, view: &View<'_>, series: &[Series]) -> String {
        let parts: Vec<String> = self
            .values
            .iter()
            .zip(series)
            .filter(|(n, _)| **n > 0)
            .map(|(n, series)| format!("{} {}", series.name, view.locale.number(*n)))
            .collect();
        let sum = view.locale.number(self.values.iter().sum());
        if parts.is_empty() {
            format!("{} {sum}", self.label)
        } else {
            format!("{} {sum} ({})", self.label, parts.join(", "))
        }
    }
}

impl Counts {
    fn draw(self, view: &View<'_>) -> Stacked {
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
        let part = |(series, n): (usize, &i64)| Part { series, value: *n as f64, text: view.locale.number(*n) };
        let rows = self
            .rows
            .iter()
            .map(|row| StackedRow {
                label: row.label.clone(),
                parts: row.values.iter().enumerate().map(part).collect(),
                end: view.locale.number(row.values.iter().sum()),
                mark: None,
            })
            .collect();
        Stacked { series: self.series, rows }
    }
}

/// Women, men and those whose sex was not reported.
#[derive(Clone, Copy, Default)]
struct Split {
    women: i64,
    men: i64,
    unknown: i64,
}

impl Split {
    /// Of a head count that has a total.
    fn of(head_count: HeadCount) -> Option<Self> {
        let total = i64::from(head_count.total?);
        let (women, men) = (i64::from(head_count.women.unwrap_or(0)), i64::from(head_count.men.unwrap_or(0)));
        Some(Self { women, men, unknown: (total - women - men).max(0) })
    }

    fn add(&mut self, other: Self) {
        self.women += other.women;
        self.men += other.men;
        self.unknown += other.unknown;
    }

    /// What is left when `part` is taken away, never less than none.
    fn without(self, part: Self) -> Self {
        let total = (self.women + self.men + self.unknown - part.women - part.men - part.unknown).max(0);
        let women = (self.women - part.women).clamp(0, total);
        let men = (self.men - part.men).clamp(0, total - women);
        Self { women, men, unknown: total - women - men }
    }
}

fn sexes(view: &View<'_>, source: &str, only: Option<Country>) -> Counts {
    let mut bars: BTreeMap<Key, Split> = BTreeMap::new();
    let mut add = |key: Key, split: Split| bars.entry(key).or_default().add(split);
    for counted in &view.selection.done {
        let Some(all) = Split::of(counted.head_count) else { continue };
        if source == "participants.sex_by_component" && only.is_none() {
            let number = counted.activity.component;
            add((number.map_or(i64::MAX, i64::from), view.component(number)), all);
            continue;
        }
        rows_of(view, source, only, counted, all, &mut add);
    }
    let names = ["sex-women", "sex-men", "sex-unknown"].map(|word| view.word(word));
    let looks = [Look::Full, Look::Light, Look::Hatched];
    let series = names.into_iter().zip(looks).map(|(name, look)| Series { name, look }).collect();
    let mut rows: Vec<(i64, Row)> = bars
        .into_iter()
        .map(|((rank, label), split)| (rank, Row { label, values: vec![split.women, split.men, split.unknown] }))
        .collect();
    // The longest first, but what is not known last.
    rows.sort_by_key(|(rank, row)| (*rank == i64::MAX, std::cmp::Reverse(row.values.iter().sum::<i64>())));
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    gathered(view, Counts { series, rows })
}

/// The participation rows of an activity, and what they leave of its total.
fn rows_of(
    view: &View<'_>,
    source: &str,
    only: Option<Country>,
    counted: &Counted<'_>,
    all: Split,
    add: &mut impl FnMut(Key, Split),
) {
    let mut told = Split::default();
    for (_, row) in &counted.participations {
        let Some(split) = Split::of(row.head_count) else { continue };
        if row.country.is_none() && source == "participants.sex_by_country" {
            continue;
        }
        told.add(split);
        if only.is_some_and(|only| row.country != Some(only)) {
            continue;
        }
        let key = match source {
            "participants.sex_by_country" => (0, row.country.map(|c| view.locale.country(c)).unwrap_or_default()),
            "participants.sex_by_component" => {
                let number = counted.activity.component;
                (number.map_or(i64::MAX, i64::from), view.component(number))
            }
            _ => match row.agency.as_deref().map(str::trim).filter(|agency| !agency.is_empty()) {
                Some(agency) => (0, agency.to_owned()),
                None => (i64::MAX, super::super::capital(&view.word("agency-not-stated"))),
            },
        };
        add(key, split);
    }
    let rest = all.without(told);
    if only.is_none() && rest.women + rest.men + rest.unknown > 0 {
        let word = if source == "participants.sex_by_country" { "country-not-stated" } else { "agency-not-stated" };
        add((i64::MAX, super::super::capital(&view.word(word))), rest);
    }
}

/// Bars beyond those that can be told apart are one: the shortest that are known.
fn gathered(view: &View<'_>, mut counts: Counts) -> Counts {
    if counts.rows.len() > MOST_ROWS {
        let rest = counts.rows.split_off(MOST_ROWS - 1);
        let mut values = vec![0; counts.series.len()];
        for row in &rest {
            for (sum, value) in values.iter_mut().zip(&row.values) {
                *sum += value;
            }
        }
        let n = args([("n", rest.len().into())]);
        counts.rows.push(Row { label: view.locale.text("stacked-others", &n), values });
    }
    counts
}

/// Types of activity, the most frequent apart, by the country that hosted them.
fn types(view: &View<'_>, only: Option<Country>) -> Counts {
    let hosts = |counted: &&Counted<'_>| only.is_none_or(|only| counted.activity.host_country == Some(only));
    let done: Vec<&Counted<'_>> = view.selection.done.iter().filter(hosts).collect();
    let mut frequency: Vec<(ActivityType, i64)> = ActivityType::ALL
        .into_iter()
        .map(|kind| (kind, done.iter().map(|c| i64::from(c.activity.kind == kind)).sum::<i64>()))
        .filter(|(_, n)| *n > 0)
        .collect();
    frequency.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let own: Vec<ActivityType> = frequency.iter().take(OWN_PARTS).map(|(kind, _)| *kind).collect();
    let looks = [Look::Full, Look::Middle, Look::Light, Look::Hatched, Look::Open];
    let mut series: Vec<Series> = own
        .iter()
        .zip(looks)
        .map(|(kind, look)| Series { name: view.word(&format!("types-{}", kind.key())).to_lowercase(), look })
        .collect();
    if frequency.len() > own.len() {
        series.push(Series { name: view.word("stacked-other-types"), look: Look::Ruled });
    }
    let order = &view.config.programme.countries;
    let mut bars: BTreeMap<(i64, Option<Country>), Vec<i64>> = BTreeMap::new();
    for counted in done {
        let host = counted.activity.host_country;
        let rank = match host {
            Some(host) => order.iter().position(|c| *c == host).and_then(|at| i64::try_from(at).ok()).unwrap_or(1_000),
            None => i64::MAX,
        };
        let values = bars.entry((rank, host)).or_insert_with(|| vec![0; series.len()]);
        let at = own.iter().position(|kind| *kind == counted.activity.kind).unwrap_or(own.len());
        if let Some(value) = values.get_mut(at) {
            *value += 1;
        }
    }
    let mut rows: Vec<(bool, Row)> = bars
        .into_iter()
        .map(|((_, host), values)| {
            let name = host.map_or_else(|| view.word("country-not-stated"), |host| view.locale.country(host));
            (host.is_none(), Row { label: super::super::capital(&name), values })
        })
        .collect();
    rows.sort_by_key(|(last, row)| (*last, std::cmp::Reverse(row.values.iter().sum::<i64>())));
    gathered(view, Counts { series, rows: rows.into_iter().map(|(_, row)| row).collect() })
}
