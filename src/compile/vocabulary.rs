//! Words that the Risks and Challenges sheets mostly use, printed in the language of the report.
//! Any other word stands as it was typed.

use super::view::{View, clean};

/// How a risk develops: the end of the sentence's name, and what people write.
const TRENDS: [(&str, &[&str]); 5] = [
    ("rising", &["rising", "increasing", "growing", "up", "↑", "растёт", "растет", "рост", "повышается", "возрастает"]),
    ("falling", &["falling", "decreasing", "declining", "down", "↓", "снижается", "снижение", "падает", "уменьшается"]),
    (
        "stable",
        &[
            "stable",
            "steady",
            "unchanged",
            "no change",
            "→",
            "=",
            "не меняется",
            "без изменений",
            "стабильно",
            "стабилен",
        ],
    ),
    ("improving", &["improving", "better", "улучшается", "улучшение"]),
    ("worsening", &["worsening", "worse", "ухудшается", "ухудшение"]),
];

/// How far a challenge is dealt with.
const STANDINGS: [(&str, &[&str]); 4] = [
    ("open", &["open", "not started", "new", "открыто", "не начато", "не решено", "открыта"]),
    (
        "under-way",
        &["under way", "underway", "ongoing", "in progress", "started", "в работе", "решается", "ведётся работа"],
    ),
    ("solved", &["solved", "resolved", "done", "closed", "решено", "решена", "закрыто", "закрыта", "выполнено"]),
    ("watched", &["monitored", "watched", "под наблюдением", "наблюдается"]),
];

/// A risk's trend.
pub(super) fn trend(view: &View<'_>, written: Option<&str>) -> Option<String> {
    worded(view, "trend", &TRENDS, written)
}

/// A challenge's status.
pub(super) fn standing(view: &View<'_>, written: Option<&str>) -> Option<String> {
    worded(view, "standing", &STANDINGS, written)
}

fn worded(view: &View<'_>, family: &str, known: &[(&str, &[&str])], written: Option<&str>) -> Option<String> {
    let written = written.map(str::trim).filter(|text| !text.is_empty())?;
    let plain = written.trim_end_matches('.').to_lowercase();
    let found = known.iter().find(|(_, words)| words.contains(&plain.as_str()));
    Some(found.map_or_else(|| clean(written), |(key, _)| view.word(&format!("{family}-{key}"))))
}

#[cfg(test)]
mod tests {
    use super::super::tests::with_view;
    use super::*;
    use crate::recipient::Language;

    #[test]
    fn known_words_are_printed_in_the_language_of_the_report_and_others_as_typed() {
        let told = |language| {
            let mut found = Vec::new();
            with_view(language, |view| {
                for word in ["Rising", "не меняется", "worsening.", "seasonal", " "] {
                    found.push(trend(view, Some(word)));
                }
                found.push(standing(view, Some("under way")));
            });
            found.into_iter().flatten().collect::<Vec<_>>()
        };
        assert_eq!(told(Language::En), ["rising", "stable", "worsening", "seasonal", "under way"]);
        assert_eq!(told(Language::Ru), ["растёт", "не меняется", "ухудшается", "seasonal", "в работе"]);
    }
}
