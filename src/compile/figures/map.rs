//! Where: circles in the towns of the region, and beside them what lies elsewhere or has no
//! place.

use std::collections::BTreeMap;

use super::super::fence::Fence;
use super::super::view::{View, clean, quiet, strong};
use super::{Caption, args, options, outlines};
use crate::diagnostic::Diagnostic;
use crate::gazetteer;
use crate::recipient::Country;
use crate::record::Activity;
use crate::typeset::document::{Align, Block, Column, Inline, Row, Table};
use crate::typeset::drawing::{Drawing, Map, Town};

/// Lines of the list beside a map; the rest are counted.
const MOST_LINES: usize = 22;

/// Where an activity took place, in the order in which places are listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    /// A town that the map shows.
    Town { country: Country, town: &'static str, name: String },
    /// A place of the region that the map cannot show, or of another country than the map's.
    Elsewhere { country: Option<Country>, name: String },
    /// A place outside the region.
    Abroad { country: Country, name: String },
    /// The country alone is known.
    Country(Country),
    /// Nothing is known.
    Nowhere,
}

/// How many activities were held at each place; every activity is counted once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Spots(BTreeMap<Spot, u32>);

impl Spots {
    fn of(view: &View<'_>) -> Self {
        let mut spots = BTreeMap::new();
        for counted in &view.selection.done {
            *spots.entry(spot(view, counted.activity)).or_insert(0) += 1;
        }
        Self(spots)
    }

    fn total(&self) -> u32 {
        self.0.values().sum()
    }

    fn count(&self, which: impl Fn(&Spot) -> bool) -> u32 {
        self.0.iter().filter(|(spot, _)| which(spot)).map(|(_, n)| n).sum()
    }

    /// The town of most activities and their number, and how many towns had so many.
    fn most(&self) -> Option<(&str, u32, usize)> {
        let towns = || {
            self.0.iter().filter_map(|(spot, n)| match spot {
                Spot::Town { name, .. } => Some((name.as_str(), *n)),
                _ => None,
            })
        };
        let (name, most) = towns().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)))?;
        Some((name, most, towns().filter(|(_, n)| *n == most).count()))
    }
}

fn spot(view: &View<'_>, activity: &Activity) -> Spot {
    let ours = |country: Country| match view.country {
        Some(only) => only == country,
        None => view.config.programme.countries.contains(&country),
    };
    let written = activity.place.as_deref().map(str::trim).filter(|place| !place.is_empty());
    let Some(written) = written else {
        return activity.host_country.map_or(Spot::Nowhere, Spot::Country);
    };
    let known = gazetteer::find(written);
    let day = activity.counting_day().unwrap_or_else(|| view.request.period.last_day());
    let country = activity.host_country.or_else(|| Country::new(known?.country));
    // A town of that name in another country is another town.
    let known = known.filter(|town| country.is_some_and(|country| country.code() == town.country));
    let name = known.map_or_else(|| clean(written), |town| town.name(view.language(), day).to_owned());
    match (country, known) {
        (Some(country), Some(town)) if ours(country) && town.at.is_some() => {
            Spot::Town { country, town: town.name, name }
        }
        (Some(country), _) if !view.config.programme.countries.contains(&country) => Spot::Abroad { country, name },
        (country, _) => Spot::Elsewhere { country, name },
    }
}

/// A map, with what it cannot show listed beside it; with `map = "off"`, a table of all places.
pub(super) fn make(view: &View<'_>, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Vec<Block> {
    let mut options = options(fence, &[], problems);
    let spots = Spots::of(view);
    let shown = spots.count(|spot| matches!(spot, Spot::Town { .. }));
    let (most, most_count, most_towns) = spots.most().unwrap_or_default();
    let towns = spots.0.keys().filter(|spot| matches!(spot, Spot::Town { .. })).count();
    let sentence = args([
        ("total", spots.total().into()),
        ("shown", shown.into()),
        ("towns", towns.into()),
        ("rest", (spots.total() - shown).into()),
        ("most", most.into()),
        ("most-count", most_count.into()),
        ("most-towns", most_towns.into()),
        ("in-country", view.country.map(|c| view.locale.in_country(c)).unwrap_or_default().into()),
        ("one-country", i64::from(view.country.is_some()).into()),
        ("note", view.wording(&view.config.programme.map_note).into()),
    ]);
    let mut caption = Caption::of(view, &mut options, "map", &sentence);
    if spots.total() == 0 {
        return caption.nothing();
    }
    let (lands, frame) = outlines::lands(view);
    if !view.config.programme.map || lands.is_empty() {
        return vec![table(view, caption.title, &spots)];
    }
    let note = clean(&view.wording(&view.config.programme.map_note));
    if !note.is_empty() {
        caption.source = format!("{} {note}", caption.source).trim().to_owned();
    }
    let told: Vec<String> =
        spots.0.iter().map(|(spot, n)| format!("{} {}", told(view, spot), view.locale.number(i64::from(*n)))).collect();
    let towns = spots.0.iter().filter_map(|(spot, n)| circle(view, spot, *n)).collect();
    let height = if view.country.is_some() { 170.0 } else { 260.0 };
    let map = Map { frame, height, lands, towns, also: view.word("map-also") };
    let figure = caption.figure(&format!("{}.", told.join("; ")), Drawing::Map(Box::new(map)));
    vec![Block::Entry { label: beside(view, &spots), body: vec![figure] }]
}

fn circle(view: &View<'_>, spot: &Spot, n: u32) -> Option<Town> {
    let Spot::Town { country, town, name } = spot else { return None };
    let (latitude, longitude) = gazetteer::find(town)?.at?;
    Some(Town {
        name: name.clone(),
        at: (f32::from(longitude) / 100.0, f32::from(latitude) / 100.0),
        count: n,
        text: view.locale.number(i64::from(n)),
        country: country.code().as_bytes().get(..2).and_then(|letters| letters.try_into().ok()),
    })
}

/// A place in words: the town and its country.
fn told(view: &View<'_>, spot: &Spot) -> String {
    match spot {
        Spot::Town { country, name, .. }
        | Spot::Abroad { country, name }
        | Spot::Elsewhere { country: Some(country), name } => {
            format!("{name}, {}", view.locale.country(*country))
        }
        Spot::Elsewhere { country: None, name } => name.clone(),
        Spot::Country(country) => {
            format!("{}, {}", view.locale.country(*country), view.word("map-no-town"))
        }
        Spot::Nowhere => view.word("map-no-place"),
    }
}

/// The lists beside the map.
fn beside(view: &View<'_>, spots: &Spots) -> Vec<Vec<Inline>> {
    let mut lines: Vec<Vec<Inline>> = Vec::new();
    let group = |word: &str, which: &dyn Fn(&Spot) -> Option<String>, lines: &mut Vec<Vec<Inline>>| {
        let found: Vec<(String, u32)> = spots.0.iter().filter_map(|(spot, n)| Some((which(spot)?, *n))).collect();
        if found.is_empty() {
            return;
        }
        lines.push(vec![strong(view.word(word))]);
        for (name, n) in found {
            let n = view.locale.number(i64::from(n));
            lines.push(vec![Inline::text(format!("{name}: {n}"))]);
        }
    };
    let of_programme = |country: &Country| view.config.programme.countries.contains(country);
    let place = |country: &Option<Country>, name: &str| match country {
        Some(country) => format!("{name}, {}", view.locale.country(*country)),
        None => name.to_owned(),
    };
    group(
        "map-abroad",
        &|spot| match spot {
            Spot::Abroad { country, name } => Some(place(&Some(*country), name)),
            Spot::Country(country) if !of_programme(country) => Some(view.locale.country(*country)),
            _ => None,
        },
        &mut lines,
    );
    group(
        "map-elsewhere",
        &|spot| match spot {
            Spot::Elsewhere { country, name } => Some(place(country, name)),
            _ => None,
        },
        &mut lines,
    );
    group(
        "map-no-town-title",
        &|spot| match spot {
            Spot::Country(country) if of_programme(country) => Some(view.locale.country(*country)),
            _ => None,
        },
        &mut lines,
    );
    if let Some(n) = spots.0.get(&Spot::Nowhere) {
        let title = format!("{}: ", view.word("map-no-place-title"));
        lines.push(vec![strong(title), Inline::text(view.locale.number(i64::from(*n)))]);
    }
    if lines.len() > MOST_LINES {
        let more = lines.len() - MOST_LINES;
        lines.truncate(MOST_LINES);
        lines.push(vec![quiet(view.locale.text("map-more", &args([("n", more.into())])))]);
    }
    lines
}

/// All places in a table.
fn table(view: &View<'_>, title: String, spots: &Spots) -> Block {
    let column = |word: &str, align, weight| Column { head: view.word(word), align, weight };
    let row = |place: String, n: u32, total| Row {
        cells: vec![vec![Inline::text(place)], vec![Inline::text(view.locale.number(i64::from(n)))]],
        total,
        group: false,
    };
    let mut rows: Vec<Row> =
        spots.0.iter().map(|(spot, n)| row(super::super::capital(&told(view, spot)), *n, false)).collect();
    rows.push(row(view.word("total"), spots.total(), true));
    Block::Table(Table {
        title,
        columns: vec![column("map-place", Align::Left, 4.0), column("map-activities", Align::Number, 0.0)],
        rows,
        notes: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::with_view;
    use super::*;
    use crate::recipient::Language;

    /// R5: the circles and the lists beside them make the total.
    #[test]
    fn circles_and_lists_make_the_total() {
        with_view(Language::Ru, |view| {
            let spots = Spots::of(view);
            assert_eq!(i64::from(spots.total()), view.facts.count("activities.total"));
            let circles: u32 =
                spots.0.iter().filter_map(|(spot, n)| circle(view, spot, *n)).map(|town| town.count).sum();
            assert_eq!(circles, spots.count(|spot| matches!(spot, Spot::Town { .. })));
            let listed: u32 = beside(view, &spots)
                .iter()
                .filter_map(|line| super::super::super::markdown::plain(line).rsplit_once(": ")?.1.parse::<u32>().ok())
                .sum();
            assert_eq!(circles + listed, 9);
        });
    }
}
