//! Agencies and towns that changed their names: which name held on which day.

use chrono::NaiveDate;

use crate::config::NameInTime;
use crate::diagnostic::{Diagnostic, Place};
use crate::recipient::Country;

use super::text::{excerpt, skeleton};

/// The names of agencies, or of towns, that held for a time.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    names: Vec<NameInTime>,
    /// All that they are written as, by their skeletons, with the place in `names`.
    written: Vec<(String, usize)>,
}

impl Renamed {
    pub(super) fn new(names: Vec<NameInTime>) -> Self {
        let all = |(at, name): (usize, &NameInTime)| -> Vec<(String, usize)> {
            let also = name.also.iter().chain([&name.name]);
            also.map(|text| (skeleton(text), at)).filter(|(text, _)| !text.is_empty()).collect()
        };
        let written = names.iter().enumerate().flat_map(all).collect();
        Self { names, written }
    }

    /// The towns that are built in, and those of the configuration.
    pub(super) fn towns(further: &[NameInTime]) -> Self {
        let day = NaiveDate::from_ymd_opt;
        let named = |name: &str, also: &[&str]| NameInTime {
            name: name.to_owned(),
            also: also.iter().map(|text| (*text).to_owned()).collect(),
            ..NameInTime::default()
        };
        let built_in = [
            NameInTime {
                first: day(2019, 3, 23),
                last: day(2022, 9, 16),
                now: Some("Astana".to_owned()),
                ..named("Nur-Sultan", &["Nursultan", "Нур-Султан", "Нурсултан"])
            },
            named("Astana", &["Астана"]),
        ];
        Self::new(built_in.into_iter().chain(further.iter().cloned()).collect())
    }

    fn find(&self, typed: &str) -> Option<&NameInTime> {
        let wanted = skeleton(typed);
        self.written.iter().find(|(text, _)| *text == wanted).and_then(|(_, at)| self.names.get(*at))
    }

    /// Whether nothing was ever renamed.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whose the name is, where the configuration says so.
    pub(super) fn country_of(&self, typed: &str) -> Option<Country> {
        self.find(typed)?.country
    }

    /// Every name, for looking for the one that was meant.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.names.iter().flat_map(|name| name.also.iter().chain([&name.name])).map(String::as_str)
    }

    /// The name as it is today, where it is another one.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().flat_map(|name| {
            let usual = name.now.as_deref().unwrap_or(&name.name);
            name.also.iter().chain([&name.name]).map(move |written| (written.as_str(), usual))
        })
    }

    /// A note where a name did not hold on a day, with the one that did, as far as it is known.
    pub(super) fn told(&self, typed: &str, day: NaiveDate, place: Place) -> Option<Diagnostic> {
        let name = self.find(typed)?;
        let body = |name: &NameInTime| name.now.clone().unwrap_or_else(|| name.name.clone());
        let ours = body(name);
        let others = || self.names.iter().filter(|other| other.name != name.name && body(other) == ours);
        // A name that held for a time stands in for one that holds before and after it.
        let between = others().find(|o| o.first.is_some() && o.last.is_some() && o.holds_on(day));
        if name.holds_on(day) && (between.is_none() || name.first.is_some() && name.last.is_some()) {
            return None;
        }
        let then = between.or_else(|| others().find(|other| other.holds_on(day)));
        let told = Diagnostic::info("name-of-another-time", place)
            .with("found", excerpt(typed))
            .with("day", day)
            .with("then", then.map_or("none", |then| then.name.as_str()));
        Some(match (name.first, name.last) {
            (Some(first), _) if day < first => told.worded("name-not-yet").with("first", first),
            (_, Some(last)) if day > last => told.worded("name-no-longer").with("last", last),
            _ => told,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_on_its_days() {
        let towns = Renamed::towns(&[]);
        let told = |typed: &str, day: &str| {
            let told = towns.told(typed, day.parse().unwrap(), Place::default());
            told.map(|t| format!("{} {:?}", t.wording.unwrap_or(t.code), t.args.get("then")))
        };
        assert_eq!(told("Astana", "2017-11-29"), None);
        assert_eq!(told("Нур-Султан", "2020-02-03"), None);
        assert_eq!(told("Nur-Sultan", "2017-11-29").unwrap(), "name-not-yet Some(Text(\"Astana\"))");
        assert_eq!(told("Нур-Султан", "2023-02-03").unwrap(), "name-no-longer Some(Text(\"Astana\"))");
        assert_eq!(told("Астана", "2020-02-03").unwrap(), "name-of-another-time Some(Text(\"Nur-Sultan\"))");
        assert_eq!(told("Osh", "2020-02-03"), None);
    }

    #[test]
    fn an_agency_has_the_names_of_the_configuration() {
        let named = |name: &str, also: &str| NameInTime {
            name: name.to_owned(),
            also: vec![also.to_owned()],
            country: Country::new("UZ"),
            ..NameInTime::default()
        };
        let agencies = Renamed::new(vec![
            NameInTime {
                last: "2018-03-13".parse().ok(),
                now: Some("State Security Service".to_owned()),
                ..named("National Security Service", "СНБ")
            },
            NameInTime { first: "2018-03-14".parse().ok(), ..named("State Security Service", "СГБ") },
        ]);
        let told = |typed: &str, day: &str| {
            let told = agencies.told(typed, day.parse().unwrap(), Place::default())?;
            Some(crate::locale::Locale::embedded(crate::recipient::Language::Ru).diagnostic(&told).message)
        };
        assert_eq!(told("СНБ", "2017-11-29"), None);
        let early = told("СГБ", "2017-11-29").unwrap();
        assert!(early.contains("лишь с 14 марта 2018") && early.contains("`National Security Service`"), "{early}");
        assert!(told("national security  service", "2019-01-31").unwrap().contains("лишь по 13 марта 2018"));
        assert_eq!(agencies.country_of("СГБ"), Country::new("UZ"));
        assert_eq!(told("Border Service", "2017-11-29"), None);
    }
}
