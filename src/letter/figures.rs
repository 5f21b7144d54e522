//! The key figures of a period as lines of a letter.

use serde::Serialize;

use super::Desk;
use crate::approval::FigureChange;
use crate::facts::{Facts, Figure, Unit};
use crate::record::Cents;

/// One line of the small table: what, how much, and how much of it was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What is counted.
    pub label: String,
    /// The figure as printed, or "not reported".
    pub value: String,
    /// How many reported it, in words; empty where everybody did.
    pub note: String,
    /// A part of the line above.
    pub part: bool,
    /// Whether anybody reported it; unreported values are printed in grey.
    pub known: bool,
}

/// The lines: activities with their types, days, participants, equipment, plan. A type that
/// did not happen has no line; a figure that nobody reported has one, and is never a zero.
#[must_use]
pub fn key_figures(facts: &Facts, desk: &Desk) -> Vec<Row> {
    let mut rows = Vec::new();
    let line = |name: &str, label: &str, among: &str, part: bool| {
        facts.figures.get(name).map(|figure| row(desk, figure, label, among, part))
    };
    rows.extend(line("activities.total", "activities", "activities", false));
    let mut types: Vec<(&str, i64)> = facts
        .family("activities.by_type")
        .filter_map(|(kind, figure)| Some((kind, figure.value.filter(|n| *n > 0)?)))
        .collect();
    types.sort_by_key(|(kind, n)| (std::cmp::Reverse(*n), *kind));
    for (kind, _) in types {
        rows.extend(line(&format!("activities.by_type.{kind}"), &format!("type-{kind}"), "activities", true));
    }
    rows.extend(line("activity_days.total", "activity-days", "activities", false));
    rows.extend(line("participants.total", "participants", "activities", false));
    if facts.value("participants.total").is_some() {
        rows.extend(line("participants.women", "women", "activities", true));
    }
    rows.extend(line("equipment.items", "equipment-items", "items", false));
    if facts.value("equipment.items").is_some_and(|n| n > 0) {
        rows.extend(line("equipment.value_eur", "equipment-value", "items", true));
    }
    rows
}

/// The key figures that are other than before, in the order of the letter. A figure that only one
/// of the two has is told with the word for none on the other side.
#[must_use]
pub fn figure_changes(before: &Facts, after: &Facts, desk: &Desk) -> Vec<FigureChange> {
    let (old, new) = (named(key_figures(before, desk)), named(key_figures(after, desk)));
    let none = desk.locale().word("mail-figure-none");
    let value_in = |rows: &[(String, Row)], name: &String| {
        rows.iter().find(|(known, _)| known == name).map_or_else(|| none.clone(), |(_, row)| row.value.clone())
    };
    let gone = old.iter().filter(|(name, _)| !new.iter().any(|(known, _)| known == name));
    new.iter()
        .chain(gone)
        .map(|(name, row)| FigureChange {
            label: row.label.clone(),
            before: value_in(&old, name),
            after: value_in(&new, name),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// Each row under a name of its own: "Women" is of the participants.
fn named(rows: Vec<Row>) -> Vec<(String, Row)> {
    let mut above = String::new();
    rows.into_iter()
        .map(|row| {
            if !row.part {
                above.clone_from(&row.label);
            }
            (format!("{above}/{}", row.label), row)
        })
        .collect()
}

fn row(desk: &Desk, figure: &Figure, label: &str, among: &str, part: bool) -> Row {
    let value = match (figure.value, figure.unit) {
        (None, _) => desk.locale().word("mail-not-reported"),
        (Some(n), Unit::Count) => desk.locale().number(n),
        (Some(cents), Unit::EuroCents) => desk.locale().euro(Cents(cents)),
        (Some(share), Unit::Percent) => desk.locale().percent(share),
    };
    let partial = figure.value.is_some() && figure.reported_by < figure.of;
    let note = if partial {
        let args = [("n", figure.reported_by.into()), ("of", figure.of.into())];
        desk.say(&format!("mail-reported-by-{among}"), &args)
    } else {
        String::new()
    };
    Row { label: desk.locale().word(&format!("mail-figure-{label}")), value, note, part, known: figure.value.is_some() }
}

/// One sentence on what happened: how many activities, and their participants.
#[must_use]
pub fn summary(facts: &Facts, desk: &Desk) -> String {
    let Some(total) = facts.value("activities.total") else {
        return desk.locale().word("mail-activities-unknown");
    };
    let ended = desk.say("mail-activities", &[("n", total.into())]);
    let participants = facts.figures.get("participants.total");
    let tail = match participants {
        Some(figure) if total > 0 => {
            let people = figure.value.unwrap_or(0);
            let args = [("by", figure.reported_by.into()), ("n", people.into())];
            let id = match (figure.value, figure.reported_by == figure.of, figure.of) {
                (None, _, 0 | 1) => "mail-participants-none-of-one",
                (None, _, _) => "mail-participants-none",
                (Some(_), true, 1) => "mail-participants-of-one",
                (Some(_), true, _) => "mail-participants-all",
                (Some(_), false, _) => "mail-participants-some",
            };
            desk.say(id, &args)
        }
        _ => String::new(),
    };
    format!("{ended}{tail}.")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::locale::Locale;
    use crate::recipient::Language;

    fn desk(language: Language) -> Desk {
        Desk::new(Arc::new(Locale::embedded(language)), None).unwrap()
    }

    fn facts(figures: &[(&str, Option<i64>, u32, u32)]) -> Facts {
        let figures: BTreeMap<_, _> = figures
            .iter()
            .map(|(name, value, reported_by, of)| {
                let unit = if name.contains("eur") { Unit::EuroCents } else { Unit::Count };
                let figure = Figure { value: *value, unit, reported_by: *reported_by, of: *of, citations: Vec::new() };
                ((*name).to_owned(), figure)
            })
            .collect();
        let as_of = chrono::NaiveDate::from_ymd_opt(2018, 1, 15).unwrap();
        Facts { period: "2017-Q4".parse().unwrap(), as_of, figures }
    }

    #[test]
    fn the_sentence_is_right_at_every_count() {
        let tell = |total, people, by, language| {
            let facts = facts(&[
                ("activities.total", Some(total), u32::try_from(total).unwrap(), u32::try_from(total).unwrap()),
                ("participants.total", people, by, u32::try_from(total).unwrap()),
            ]);
            summary(&facts, &desk(language)).replace('\u{a0}', " ")
        };
        for (total, people, by, english, russian) in [
            (0, None, 0, "No activity ended in the period.", "В отчётном периоде мероприятий не завершилось."),
            (
                1,
                None,
                0,
                "One activity ended in the period; its participants were not reported.",
                "В отчётном периоде завершилось одно мероприятие; данных о числе участников нет.",
            ),
            (
                1,
                Some(1),
                1,
                "One activity ended in the period; it had one participant.",
                "В отчётном периоде завершилось одно мероприятие; в нём участвовал один человек.",
            ),
            (
                2,
                Some(21),
                1,
                "Two activities ended in the period; one of them reported its participants, 21 in all.",
                "В отчётном периоде завершились два мероприятия; о числе участников сообщили по одному из них — всего 21 человек.",
            ),
            (
                9,
                Some(32),
                2,
                "Nine activities ended in the period; two of them reported their participants, 32 in all.",
                "В отчётном периоде завершилось девять мероприятий; о числе участников сообщили по двум из них — всего 32 человека.",
            ),
            (
                121,
                Some(3205),
                121,
                "121 activities ended in the period; all of them reported their participants, 3 205 in all.",
                "В отчётном периоде завершилось 121 мероприятие; о числе участников сообщили по всем — всего 3 205 человек.",
            ),
            (
                22,
                None,
                0,
                "22 activities ended in the period; none of them reported its participants.",
                "В отчётном периоде завершились 22 мероприятия; о числе участников не сообщили ни по одному.",
            ),
        ] {
            let plain = |text: String| text.replace(['\u{202f}', '\u{2009}'], " ").replace("3 205", "3205");
            assert_eq!(plain(tell(total, people, by, Language::En)), plain(english.to_owned()));
            assert_eq!(plain(tell(total, people, by, Language::Ru)), plain(russian.to_owned()));
        }
    }

    #[test]
    fn nothing_reported_is_never_a_zero() {
        let facts = facts(&[
            ("activities.total", Some(9), 9, 9),
            ("activities.by_type.workshop", Some(4), 9, 9),
            ("activities.by_type.mission", Some(0), 9, 9),
            ("participants.total", Some(32), 2, 9),
            ("participants.women", None, 0, 9),
            ("equipment.items", Some(2), 2, 2),
            ("equipment.value_eur", None, 0, 2),
        ]);
        let rows = key_figures(&facts, &desk(Language::En));
        let told: Vec<_> = rows.iter().map(|r| (r.label.as_str(), r.value.as_str(), r.note.as_str())).collect();
        assert_eq!(
            told,
            [
                ("Activities", "9", ""),
                ("Workshops", "4", ""),
                ("Participants", "32", "reported by 2 of 9 activities"),
                ("Women", "not reported", ""),
                ("Equipment items", "2", ""),
                ("Value", "not reported", ""),
            ]
        );
    }

    #[test]
    fn every_type_of_activity_has_its_words() {
        for language in Language::ALL {
            for kind in crate::record::ActivityType::ALL {
                let id = format!("mail-figure-type-{}", kind.key());
                assert!(desk(language).locale().has(&id), "{language}: {id}");
            }
        }
    }
}
