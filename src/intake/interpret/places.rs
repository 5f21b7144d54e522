//! Towns we know, by all their names, and the country each lies in.

use std::collections::{BTreeMap, HashMap};

use crate::gazetteer::{TOWNS, Town};
use crate::recipient::Country;

use super::renamed::Renamed;
use super::text::{nearest, plain, skeleton};

/// What we know of a place that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// A town of ours, by its usual name.
    Known { name: &'a str, country: Option<Country> },
    /// Nothing known, but this is near enough to be a slip.
    Near(&'a str),
    /// Not known: kept as typed.
    Unknown,
}

/// All places, by all their names.
#[derive(Debug)]
pub(super) struct Places {
    names: HashMap<String, (String, Option<Country>)>,
}

impl Places {
    pub(super) fn new(further: &BTreeMap<String, String>, renamed: &Renamed) -> Self {
        let mut names = HashMap::new();
        for town in TOWNS {
            for name in town.names() {
                names.entry(skeleton(name)).or_insert((town.name.to_owned(), Country::new(town.country)));
            }
        }
        let renamed = renamed.pairs().map(|(written, usual)| (written, usual.to_owned()));
        for (written, usual) in renamed.chain(further.iter().map(|(written, usual)| (written.as_str(), usual.clone())))
        {
            let country = names.get(&skeleton(&usual)).and_then(|found| found.1);
            names.insert(skeleton(written), (usual, country));
        }
        Self { names }
    }

    /// Looks a place up, as typed, without `г.` or `city of`, or before a comma.
    pub(super) fn find(&self, typed: &str) -> Found<'_> {
        if let Some((name, country)) = self.by_name(typed) {
            return Found::Known { name, country: *country };
        }
        let single_word = !typed.contains([' ', ',', ';', '/', '(']);
        if single_word && typed.chars().count() > 4 {
            let names = TOWNS.iter().flat_map(Town::names);
            if let Some(near) = nearest(typed, names)
                && strsim::osa_distance(&skeleton(near), &skeleton(typed))
                    <= if typed.chars().count() < 8 { 1 } else { 2 }
            {
                return Found::Near(near);
            }
        }
        Found::Unknown
    }

    fn by_name(&self, typed: &str) -> Option<&(String, Option<Country>)> {
        if let Some(found) = self.names.get(&skeleton(typed)) {
            return Some(found);
        }
        let plain = plain(typed);
        let bare = ["г. ", "г.", "гор. ", "гор.", "город ", "с. ", "town of ", "city of ", "the city of ", "пос. "]
            .iter()
            .find_map(|p| plain.strip_prefix(p))
            .unwrap_or(&plain)
            .trim_end_matches(" city");
        // `Bishkek / Бишкек`
        if let Some((first, second)) = bare.split_once('/')
            && let (Some(found), Some(same)) = (self.by_name(first.trim()), self.by_name(second.trim()))
        {
            return (found == same).then_some(found);
        }
        self.names.get(&skeleton(bare)).or_else(|| {
            let (town, rest) = bare.split_once([',', '('])?;
            // `Osh, Kyrgyzstan` is the town; `Osh, Hotel Park` is more than the town.
            let _ = rest;
            self.names.get(&skeleton(town))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_town_has_many_names() {
        let places = Places::new(&BTreeMap::new(), &Renamed::default());
        let tj = Country::new("TJ");
        for typed in ["Hudzhand", "Khujand", "Худжанд", "Хуҷанд", "г. Худжанд", "Khujand, Tajikistan"]
        {
            assert_eq!(places.find(typed), Found::Known { name: "Khujand", country: tj }, "{typed}");
        }
        assert_eq!(places.find("Rezekne"), Found::Known { name: "Rēzekne", country: Country::new("LV") });
        assert_eq!(places.find("Bishkeck"), Found::Near("Bishkek"));
        assert_eq!(places.find("Dostuk crossing point"), Found::Unknown);
        assert_eq!(places.find("Atlantis"), Found::Unknown);
        assert_eq!(places.find("Aktash"), Found::Unknown);
        assert_eq!(places.find("Osh / Ош"), Found::Known { name: "Osh", country: Country::new("KG") });
        assert_eq!(places.find("Osh / Bishkek"), Found::Unknown);
    }
}
