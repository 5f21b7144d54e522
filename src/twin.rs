//! Whether two rows of two files speak of one event: a country's file and the regional one both
//! report the regional workshop, each under a number of its own or under none (V29).
//!
//! The intake asks it of a file and the ledger, the facts of everything they have. Nothing is
//! merged: the senders are asked, and until they answer the event is counted once.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use crate::cell::CellRef;
use crate::diagnostic::{Diagnostic, Place};
use crate::gazetteer;
use crate::record::{Activity, ActivityType, Origin};

/// Code of the question.
pub const CODE: &str = "event-in-two-files";

/// Words of a title that tell nothing of what it was about.
const EMPTY_WORDS: [&str; 30] = [
    "the",
    "and",
    "for",
    "with",
    "from",
    "international",
    "regional",
    "national",
    "bilateral",
    "workshop",
    "seminar",
    "training",
    "meeting",
    "course",
    "study",
    "visit",
    "event",
    "conference",
    "для",
    "при",
    "или",
    "международн",
    "региональн",
    "национальн",
    "двусторонн",
    "семинар",
    "тренинг",
    "встреча",
    "визит",
    "мероприят",
];

/// How many letters of a word tell it from others, whatever its ending.
const STEM: usize = 5;

/// What of an activity is compared with others, worked out once.
#[derive(Clone, Debug)]
pub struct Likeness {
    kind: (ActivityType, Option<String>),
    id: Option<String>,
    first: NaiveDate,
    last: NaiveDate,
    /// Town, by its usual name; empty where none is given.
    town: String,
    host: Option<crate::recipient::Country>,
    countries: Vec<crate::recipient::Country>,
    title: String,
    words: Vec<String>,
    is_cyrillic: bool,
}

impl Likeness {
    /// That of an activity; `None` where it has no date, and so cannot be told from others.
    #[must_use]
    pub fn of(activity: &Activity) -> Option<Self> {
        let other = (activity.kind == ActivityType::Other).then(|| folded(activity.kind_as_written.as_deref()));
        Some(Self {
            kind: (activity.kind, other),
            id: activity.id.as_deref().map(|id| folded(Some(id))),
            first: activity.first_day()?,
            last: activity.counting_day()?,
            town: town(activity.place.as_deref()),
            host: activity.host_country,
            countries: activity.countries.clone(),
            title: folded(Some(&activity.title)),
            words: words(&activity.title),
            is_cyrillic: activity.title.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c)),
        })
    }

    /// First day: with it the ledger is asked for rows that may be alike.
    #[must_use]
    pub const fn first_day(&self) -> NaiveDate {
        self.first
    }

    /// Whether both are likely the same event. Rows of one id are the same without asking, and
    /// are none of this one's.
    ///
    /// The same type at the same place on overlapping days, with a country in common. Two
    /// titles of one language must have something to do with each other: two workshops may well
    /// be in one town in one week. Titles of two languages cannot be compared, so there the days
    /// must be the very same, and two ids say that they are two.
    #[must_use]
    pub fn is_likely(&self, other: &Self) -> bool {
        let overlap = self.first <= other.last && other.first <= self.last;
        if self.kind != other.kind || !overlap || (self.id.is_some() && self.id == other.id) {
            return false;
        }
        let hosts_differ = matches!((self.host, other.host), (Some(a), Some(b)) if a != b);
        let strangers = !self.countries.is_empty()
            && !other.countries.is_empty()
            && !self.countries.iter().any(|country| other.countries.contains(country));
        if hosts_differ || strangers {
            return false;
        }
        let same_days = self.first == other.first && self.last == other.last;
        if self.town.is_empty() || other.town.is_empty() {
            return same_days && self.title == other.title;
        }
        if self.town != other.town {
            return false;
        }
        if self.is_cyrillic == other.is_cyrillic {
            return self.sounds_like(other);
        }
        same_days && (self.id.is_none() || other.id.is_none())
    }

    /// At least half the words of the shorter title are in the longer one.
    fn sounds_like(&self, other: &Self) -> bool {
        let common = self.words.iter().filter(|word| other.words.contains(word)).count();
        let shorter = self.words.len().min(other.words.len());
        common * 2 >= shorter
    }

    /// How much of the region it speaks of: the regional file's row before a country's own.
    #[must_use]
    pub fn breadth(&self) -> usize {
        self.countries.len()
    }
}

/// Under which words another file's row of the same event is looked for: type, town and first day,
/// or the title where no place is told. `None` for an activity without a date.
#[must_use]
pub fn key(activity: &Activity) -> Option<String> {
    Some(key_on(activity, activity.first_day()?))
}

fn key_on(activity: &Activity, day: NaiveDate) -> String {
    let town = town(activity.place.as_deref());
    let where_or_what = if town.is_empty() { format!("={}", folded(Some(&activity.title))) } else { town };
    format!("{} {where_or_what} {day}", activity.kind.key())
}

/// How far before its first day another row may have begun and still be looked for.
const BEFORE: TimeDelta = TimeDelta::days(3);
/// Most days on which another row is looked for.
const MOST_DAYS: usize = 10;

/// The keys under which rows that overlap with an activity may stand.
#[must_use]
pub fn keys_beside(activity: &Activity) -> Vec<String> {
    let (Some(first), Some(last)) = (activity.first_day(), activity.counting_day()) else { return Vec::new() };
    let days = (first - BEFORE).iter_days().take_while(|day| *day <= last).take(MOST_DAYS);
    days.map(|day| key_on(activity, day)).collect()
}

/// The question, at a row: which other row may be the same event.
#[must_use]
pub fn question(place: Place, title: &str, other_file: &str, other: &Place, other_title: &str) -> Diagnostic {
    let cell = other.cells.map_or_else(String::new, |cells| cells.to_string());
    let sheet = other.sheet.clone().unwrap_or_default();
    Diagnostic::warning(CODE, place)
        .with("title", short(title))
        .with("file", other_file)
        .with("cell", if cell.is_empty() { sheet } else { format!("{sheet}!{cell}") })
        .with("other-title", short(other_title))
}

/// The place of an activity's row: its title.
#[must_use]
pub fn place_of(origin: &Origin) -> Place {
    let place = Place::sheet(&origin.file, &origin.sheet);
    place.at(origin.cell("title").unwrap_or_else(|| CellRef::new(origin.row, 0)))
}

/// For each row that is likely one of another file's, that other row. `rows` are the file's name and
/// likeness of each; the broader of two is kept, of equals the first.
#[must_use]
pub fn twins(rows: &[(&str, Likeness)]) -> BTreeMap<usize, usize> {
    let mut found: BTreeMap<usize, usize> = BTreeMap::new();
    let several_files = rows.first().is_some_and(|(first, _)| rows.iter().any(|(file, _)| file != first));
    if !several_files {
        return found;
    }
    // Only rows of one type and town, or of one title, can be alike.
    let mut buckets: BTreeMap<(&ActivityType, bool, &str), Vec<usize>> = BTreeMap::new();
    for (at, (_, row)) in rows.iter().enumerate() {
        if !row.town.is_empty() {
            buckets.entry((&row.kind.0, true, &row.town)).or_default().push(at);
        }
        buckets.entry((&row.kind.0, false, &row.title)).or_default().push(at);
    }
    for mut bucket in buckets.into_values() {
        bucket.sort_by_key(|at| rows.get(*at).map(|(_, row)| row.first));
        for (nth, a) in bucket.iter().enumerate() {
            let Some((file, row)) = rows.get(*a) else { continue };
            for b in bucket.iter().skip(nth + 1) {
                let Some((other_file, other)) = rows.get(*b) else { continue };
                if other.first > row.last {
                    break;
                }
                if file == other_file || found.contains_key(a) || found.contains_key(b) || !row.is_likely(other) {
                    continue;
                }
                let keep_other = (other.breadth(), std::cmp::Reverse(*b)) > (row.breadth(), std::cmp::Reverse(*a));
                let (kept, left) = if keep_other { (*b, *a) } else { (*a, *b) };
                found.insert(left, kept);
            }
        }
    }
    found
}

fn folded(text: Option<&str>) -> String {
    let letters = text.unwrap_or_default().chars().flat_map(char::to_lowercase);
    letters.filter(|c| c.is_alphanumeric()).map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

/// The town of a place: `Osh, Hotel Park` and `г. Ош` are both Osh.
fn town(place: Option<&str>) -> String {
    let place = place.unwrap_or_default();
    let first = place.split([',', '(', ';']).next().unwrap_or_default().trim();
    let first = ["г. ", "г.", "город ", "city of "].iter().find_map(|mark| first.strip_prefix(mark)).unwrap_or(first);
    gazetteer::find(place)
        .or_else(|| gazetteer::find(first))
        .map_or_else(|| folded(Some(first)), |t| folded(Some(t.name)))
}

fn words(title: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase) {
        let is_number = word.chars().all(|c| c.is_ascii_digit());
        if (word.chars().count() < 3 && !is_number) || EMPTY_WORDS.iter().any(|empty| word.starts_with(empty)) {
            continue;
        }
        let stem: String = word.chars().take(STEM).collect();
        if !stem.is_empty() && !found.contains(&stem) {
            found.push(stem);
        }
    }
    found
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipient::Country;
    use crate::record::HeadCount;

    fn row(title: &str, days: (&str, &str), place: &str, countries: &[&str]) -> Activity {
        Activity {
            id: None,
            title: title.to_owned(),
            kind: ActivityType::Workshop,
            kind_as_written: None,
            component: None,
            start: days.0.parse().ok(),
            end: days.1.parse().ok(),
            status: None,
            place: Some(place.to_owned()).filter(|p| !p.is_empty()),
            host_country: None,
            scope: None,
            countries: countries.iter().filter_map(|code| Country::new(code)).collect(),
            agencies: Vec::new(),
            partners: Vec::new(),
            head_count: HeadCount::default(),
            summary: None,
            outputs: None,
            photo: None,
            reason: None,
        }
    }

    const WEEK: (&str, &str) = ("2017-11-14", "2017-11-16");

    fn alike(a: &Activity, b: &Activity) -> bool {
        let (a, b) = (Likeness::of(a).unwrap(), Likeness::of(b).unwrap());
        assert_eq!(a.is_likely(&b), b.is_likely(&a));
        a.is_likely(&b)
    }

    #[test]
    fn one_event_told_by_two() {
        let regional = row("Regional workshop on risk analysis", WEEK, "Bishkek", &["KZ", "KG", "TJ"]);
        for same in [
            row("Workshop on risk analysis", WEEK, "Bishkek", &["KG"]),
            row("Risk analysis at borders", ("2017-11-14", "2017-11-15"), "г. Бишкек", &[]),
            row("Региональный семинар по анализу рисков", WEEK, "Бишкек, гостиница", &["KG"]),
            row("Workshop", WEEK, "Bishkek", &["KG"]),
            row("Regional workshop on risk analysis", WEEK, "", &["KG"]),
        ] {
            assert!(alike(&regional, &same), "{}", same.title);
        }
    }

    #[test]
    fn two_events_in_one_week() {
        let regional = row("Regional workshop on risk analysis", WEEK, "Bishkek", &["KZ", "KG", "TJ"]);
        let with_id = |id: &str| Activity { id: Some(id.to_owned()), ..regional.clone() };
        for other in [
            row("Workshop on veterinary control", WEEK, "Bishkek", &["KG"]),
            row("Workshop on risk analysis", WEEK, "Osh", &["KG"]),
            row("Workshop on risk analysis", WEEK, "Bishkek", &["UZ"]),
            row("Workshop on risk analysis", ("2017-11-17", "2017-11-18"), "Bishkek", &["KG"]),
            row("Семинар по анализу рисков", ("2017-11-14", "2017-11-14"), "Bishkek", &["KG"]),
            row("Workshop on risk analysis", WEEK, "", &["KG"]),
            Activity { kind: ActivityType::Mission, ..row("Risk analysis", WEEK, "Bishkek", &["KG"]) },
        ] {
            assert!(!alike(&regional, &other), "{}", other.title);
        }
        assert!(!alike(&with_id("R-1"), &with_id("r 1")), "one id is no question");
        assert!(alike(&with_id("R-1"), &with_id("KG-7")), "two ids may be one event");
        let russian = Activity {
            id: Some("KG-7".to_owned()),
            ..row("Семинар по анализу рисков", WEEK, "Бишкек", &["KG"])
        };
        assert!(!alike(&with_id("R-1"), &russian), "two ids and no title to compare");
        let undated = Activity { start: None, end: None, ..regional };
        assert!(Likeness::of(&undated).is_none());
    }

    #[test]
    fn the_broader_row_is_kept_whatever_the_order() {
        let regional = Likeness::of(&row("Workshop on risk analysis", WEEK, "Bishkek", &["KZ", "KG", "TJ"])).unwrap();
        let national = Likeness::of(&row("Risk analysis", WEEK, "Bishkek", &["KG"])).unwrap();
        let rows = [("KG.xlsx", national.clone()), ("Regional.xlsx", regional.clone())];
        assert_eq!(twins(&rows), [(0, 1)].into());
        let rows = [("A.xlsx", regional.clone()), ("KG.xlsx", national.clone())];
        assert_eq!(twins(&rows), [(1, 0)].into());
        let rows = [("A.xlsx", regional), ("A.xlsx", national)];
        assert_eq!(twins(&rows), BTreeMap::new(), "two rows of one file are two");
    }
}
