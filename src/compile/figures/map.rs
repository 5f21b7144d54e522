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

/// Lines of the list beside a map; what stands on the rest is counted.
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

/// The place as its row has it.
fn written(activity: &Activity) -> Option<&str> {
    activity.place.as_deref().map(str::trim).filter(|place| !place.is_empty())
}

fn spot(view: &View<'_>, activity: &Activity) -> Spot {
    let ours = |country: Country| match view.country {
        Some(only) => only == country,
        None => view.config.programme.countries.contains(&country),
    };
    let Some(written) = written(activity) else {
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
    // The map knows where a town lies; the figures take no country that the row does not name.
    let by_town = |activity: &Activity| {
        activity.host_country.is_none() && matches!(spot(view, activity), Spot::Town { .. } | Spot::Abroad { .. })
    };
    let by_town = view.selection.done.iter().filter(|counted| by_town(counted.activity)).count();
    let sentence = args([
        ("total", spots.total().into()),
        ("shown", shown.into()),
        ("towns", towns.into()),
        ("rest", (spots.total() - shown).into()),
        ("most", most.into()),
        ("most-count", most_count.into()),
        ("most-towns", most_towns.into()),
        ("in-country", view.country.map(|c| view.locale.in_country(c)).unwrap_or_default().into()),
        ("by-town", by_town.into()),
        ("one-country", i64::from(view.country.is_some()).into()),
        ("note", view.wording(&view.config.programme.map_note).into()),
    ]);
    let mut caption = Caption::of(view, &mut options, "map", &sentence);
    if spots.total() == 0 {
        return caption.nothing();
    }
    let (lands, frame) = outlines::lands(view);
    if !view.config.programme.map || lands.is_empty() {
        let note = (by_town > 0).then(|| view.locale.text("map-by-town", &sentence));
        return vec![table(view, caption.title, &spots, note)];
    }
    if by_town > 0 {
        caption.source = format!("{} {}", caption.source, view.locale.text("map-by-town", &sentence));
    }
    let note = view.wording(&view.config.programme.map_note);
    caption.source = clean(format!("{} {note}", caption.source).trim());
    let told: Vec<String> = as_read(view, &spots)
        .into_iter()
        .map(|(spot, n)| format!("{} {}", told(view, spot), view.locale.number(i64::from(n))))
        .collect();
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

/// The places in the order in which a person looks for them: the countries of the programme, then
/// others by their names, and in each the towns by theirs.
fn as_read<'s>(view: &View<'_>, spots: &'s Spots) -> Vec<(&'s Spot, u32)> {
    let mut found: Vec<(&Spot, u32)> = spots.0.iter().map(|(spot, n)| (spot, *n)).collect();
    found.sort_by_cached_key(|(spot, _)| {
        let (country, name) = match spot {
            Spot::Town { country, name, .. } | Spot::Abroad { country, name } => (Some(*country), name.as_str()),
            Spot::Elsewhere { country, name } => (*country, name.as_str()),
            Spot::Country(country) => (Some(*country), ""),
            Spot::Nowhere => (None, ""),
        };
        let known = &view.config.programme.countries;
        let rank = country.map(|country| known.iter().position(|one| *one == country).unwrap_or(known.len()));
        let word = country.map(|country| view.locale.country(country).to_lowercase()).unwrap_or_default();
        // What is not known stands last: without a country, and in a country without a town.
        (rank.unwrap_or(usize::MAX), word, name.is_empty(), name.to_lowercase())
    });
    found
}

/// The lists beside the map, of most activities first.
fn beside(view: &View<'_>, spots: &Spots) -> Vec<Vec<Inline>> {
    let of_programme = |country: &Country| view.config.programme.countries.contains(country);
    let place = |country: Option<Country>, name: &str| match country {
        Some(country) => format!("{name}, {}", view.locale.country(country)),
        None => name.to_owned(),
    };
    let mut groups: [(&str, Vec<(String, u32)>); 3] =
        ["map-abroad", "map-elsewhere", "map-no-town-title"].map(|word| (word, Vec::new()));
    let [(_, abroad), (_, elsewhere), (_, no_town)] = &mut groups;
    for (spot, n) in as_read(view, spots) {
        match spot {
            Spot::Abroad { country, name } => abroad.push((place(Some(*country), name), n)),
            Spot::Country(country) if !of_programme(country) => abroad.push((view.locale.country(*country), n)),
            Spot::Elsewhere { country, name } => elsewhere.push((place(*country, name), n)),
            Spot::Country(country) => no_town.push((view.locale.country(*country), n)),
            Spot::Town { .. } | Spot::Nowhere => {}
        }
    }
    let wanted: usize = groups.iter().map(|(_, found)| found.len() + usize::from(!found.is_empty())).sum();
    // Where the list is too long, each kind of place keeps its share of the lines.
    let share =
        |count: usize| if wanted > MOST_LINES { (count * MOST_LINES / wanted).saturating_sub(1).max(1) } else { count };
    let (mut lines, mut places, mut activities) = (Vec::new(), 0usize, 0u32);
    for (word, mut found) in groups.into_iter().filter(|(_, found)| !found.is_empty()) {
        found.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        lines.push(vec![strong(view.word(word))]);
        let kept = share(found.len());
        for (name, n) in found.drain(..kept.min(found.len())) {
            let n = view.locale.number(i64::from(n));
            lines.push(vec![Inline::text(format!("{name}: {n}"))]);
        }
        places += found.len();
        activities += found.iter().map(|(_, n)| n).sum::<u32>();
    }
    if places > 0 {
        let sentence = args([("n", activities.into()), ("places", places.into())]);
        lines.push(vec![quiet(view.locale.text("map-more", &sentence))]);
    }
    if let Some(n) = spots.0.get(&Spot::Nowhere) {
        let title = format!("{}: ", view.word("map-no-place-title"));
        lines.push(vec![strong(title), Inline::text(view.locale.number(i64::from(*n)))]);
    }
    lines
}

/// All places in a table.
fn table(view: &View<'_>, title: String, spots: &Spots, note: Option<String>) -> Block {
    let column = |word: &str, align, weight| Column { head: view.word(word), align, weight };
    let row = |place: String, n: u32, total| Row {
        cells: vec![vec![Inline::text(place)], vec![Inline::text(view.locale.number(i64::from(n)))]],
        total,
        group: false,
    };
    let mut rows: Vec<Row> = as_read(view, spots)
        .into_iter()
        .map(|(spot, n)| row(super::super::capital(&told(view, spot)), n, false))
        .collect();
    rows.push(row(view.word("total"), spots.total(), true));
    Block::Table(Table {
        title,
        columns: vec![column("map-place", Align::Left, 4.0), column("map-activities", Align::Number, 0.0)],
        rows,
        notes: note.into_iter().map(|note| vec![Inline::text(clean(&note))]).collect(),
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

    /// A spot of a town that the map does not show.
    fn elsewhere(country: &str, name: &str) -> Spot {
        Spot::Elsewhere { country: Country::new(country), name: name.to_owned() }
    }

    #[test]
    fn a_long_list_keeps_the_busiest_places_and_counts_the_activities_of_the_rest() {
        with_view(Language::En, |view| {
            let mut spots = Spots::default();
            for number in 1..=40 {
                spots.0.insert(elsewhere("KG", &format!("Village {number}")), number);
            }
            spots.0.insert(Spot::Nowhere, 2);
            let lines: Vec<String> =
                beside(view, &spots).iter().map(|line| super::super::super::markdown::plain(line)).collect();
            assert!(lines.len() <= MOST_LINES + 2, "{lines:?}");
            assert_eq!(lines[1], "Village 40, Kyrgyzstan: 40");
            let kept: u32 = lines.iter().filter_map(|line| line.rsplit_once(": ")?.1.parse::<u32>().ok()).sum();
            let more = lines.iter().find(|line| line.starts_with('…')).unwrap();
            assert!(more.contains(&format!("{} activities", 40 * 41 / 2 + 2 - kept)), "{more} {kept}");
        });
    }

    #[test]
    fn places_stand_by_country_as_people_read_it() {
        with_view(Language::Ru, |view| {
            let mut spots = Spots::default();
            for (country, name) in [("LV", "Рига"), ("AT", "Вена"), ("UZ", "Б"), ("KZ", "Ю"), ("KG", "А")] {
                spots.0.insert(elsewhere(country, name), 1);
            }
            spots.0.insert(Spot::Nowhere, 1);
            spots.0.insert(Spot::Country(Country::new("KZ").unwrap()), 1);
            let names: Vec<String> = as_read(view, &spots).into_iter().map(|(spot, _)| told(view, spot)).collect();
            let places: Vec<&str> = names.iter().filter_map(|name| name.split(',').next()).collect();
            assert_eq!(places, ["Ю", "Казахстан", "А", "Б", "Вена", "Рига", "место не указано"]);
        });
    }
}
