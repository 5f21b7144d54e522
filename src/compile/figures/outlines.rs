//! The outlines of countries, from `templates/maps/central-asia.txt`.
//!
//! Neighbours share the lines between them, so that no gap opens where one was thinned:
//! `arc` is such a line, a first longitude and latitude in hundredths of a degree and then
//! steps; `ring` names a country and the arcs that its outline is made of, a negative number
//! for one that is walked backwards.

use super::super::view::View;
use crate::recipient::Country;
use crate::templates;
use crate::typeset::drawing::Land;

/// Where the names of countries may stand, in hundredths of a degree.
const NAMES: [(&str, i16, i16); 6] = [
    ("AF", 6590, 3390),
    ("KG", 7490, 4170),
    ("KZ", 6700, 4830),
    ("TJ", 7130, 3880),
    ("TM", 5900, 3960),
    ("UZ", 6250, 4210),
];
/// White round the countries, in degrees.
const ROUND: f32 = 0.35;

type Outline = Vec<(f32, f32)>;

/// The countries that the map shows, and what of the earth must be seen: west, south, east and
/// north. Nothing where there are no outlines of them.
pub(super) fn lands(view: &View<'_>) -> (Vec<Land>, [f32; 4]) {
    let text =
        templates::text("maps/central-asia.txt", Some(&super::super::overrides(view.config))).unwrap_or_default();
    let mut lands: Vec<Land> = Vec::new();
    let mut frame = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    for (code, outlines) in read(&text) {
        let Some(country) = Country::new(&code) else { continue };
        let of_programme = view.config.programme.countries.contains(&country);
        let focus = view.country.map_or(of_programme, |only| only == country);
        if !focus && view.country.is_none() {
            continue;
        }
        if focus {
            for (x, y) in outlines.iter().flatten() {
                let [west, south, east, north] = &mut frame;
                (*west, *east) = (west.min(x - ROUND), east.max(x + ROUND));
                (*south, *north) = (south.min(y - ROUND), north.max(y + ROUND));
            }
        }
        let named = NAMES.iter().find(|(known, _, _)| *known == code);
        let name_at = named.map_or((0.0, 0.0), |(_, x, y)| (f32::from(*x) / 100.0, f32::from(*y) / 100.0));
        let name = if named.is_some() { view.locale.country(country) } else { String::new() };
        lands.push(Land { name, name_at, outlines, is_neighbour: !focus });
    }
    // Neighbours lie under the country that the map is of.
    lands.sort_by_key(|land| !land.is_neighbour);
    let any = lands.iter().any(|land| !land.is_neighbour);
    if any { (lands, frame) } else { (Vec::new(), [0.0; 4]) }
}

/// Countries by code, each with its outlines, in the order of the file. A line that says
/// nothing is passed over.
fn read(text: &str) -> Vec<(String, Vec<Outline>)> {
    let mut arcs: Vec<Outline> = Vec::new();
    let mut countries: Vec<(String, Vec<Outline>)> = Vec::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("arc") => {
                let numbers: Vec<i32> = words.filter_map(|word| word.parse().ok()).collect();
                let (mut x, mut y) = (0, 0);
                let steps = numbers.chunks_exact(2).map(|pair| {
                    x += pair.first().copied().unwrap_or(0);
                    y += pair.get(1).copied().unwrap_or(0);
                    #[expect(clippy::cast_precision_loss, reason = "hundredths of a degree, below 18 000")]
                    let at = (x as f32 / 100.0, y as f32 / 100.0);
                    at
                });
                arcs.push(steps.collect());
            }
            Some("ring") => {
                let Some(code) = words.next() else { continue };
                let mut outline: Outline = Vec::new();
                for number in words.filter_map(|word| word.parse::<i32>().ok()) {
                    let at = if number < 0 { !number } else { number };
                    let Some(arc) = usize::try_from(at).ok().and_then(|at| arcs.get(at)) else { continue };
                    // The last point of an arc is the first of the next.
                    outline.pop();
                    if number < 0 {
                        outline.extend(arc.iter().rev());
                    } else {
                        outline.extend(arc);
                    }
                }
                outline.pop();
                match countries.iter_mut().find(|(known, _)| known == code) {
                    Some((_, outlines)) => outlines.push(outline),
                    None => countries.push((code.to_owned(), vec![outline])),
                }
            }
            _ => {}
        }
    }
    countries
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a place lies within outlines, holes left out.
    fn holds(outlines: &[Outline], (x, y): (f32, f32)) -> bool {
        let mut inside = false;
        for outline in outlines {
            for (from, to) in outline.iter().zip(outline.iter().cycle().skip(1)) {
                if (from.1 > y) != (to.1 > y) && x < from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0) {
                    inside = !inside;
                }
            }
        }
        inside
    }

    #[test]
    fn every_town_lies_in_its_country() {
        let countries = read(&templates::text("maps/central-asia.txt", None).unwrap());
        assert_eq!(countries.len(), 6);
        // Closer to a border or a shore than the lines are true.
        let edge =
            ["Aktau", "Türkmenbaşy", "Awaza", "Khorgos", "Saryagash", "Termez", "Hairatan", "Serhetabat", "Khorog"];
        for town in crate::gazetteer::TOWNS.iter().filter(|town| !edge.contains(&town.name)) {
            let Some((latitude, longitude)) = town.at else { continue };
            let at = (f32::from(longitude) / 100.0, f32::from(latitude) / 100.0);
            let within: Vec<&str> =
                countries.iter().filter(|(_, outlines)| holds(outlines, at)).map(|(code, _)| code.as_str()).collect();
            assert_eq!(within, [town.country], "{}", town.name);
        }
        for (code, x, y) in NAMES {
            let outlines = &countries.iter().find(|(known, _)| known == code).unwrap().1;
            assert!(holds(outlines, (f32::from(x) / 100.0, f32::from(y) / 100.0)), "{code}");
        }
    }

    #[test]
    fn the_enclaves_of_the_valley_are_there() {
        let countries = read(&templates::text("maps/central-asia.txt", None).unwrap());
        let outlines = |code: &str| countries.iter().find(|(known, _)| known == code).unwrap().1.len();
        assert_eq!((outlines("KG"), outlines("TJ"), outlines("UZ")), (4, 3, 4));
    }
}
