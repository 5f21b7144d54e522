//! Sentences at every count, in both languages.

use std::sync::Arc;

use super::sample::{config, many, request};
use super::words;
use crate::compile::draft;
use crate::locale::Locale;
use crate::recipient::Language;

/// The text of a report on `dated` + `undated` activities, of which `reported` tell their
/// participants and `women` the women among them.
fn text(language: Language, counts: (usize, usize, usize, usize)) -> String {
    let (dated, undated, reported, women) = counts;
    let locale = Arc::new(Locale::embedded(language));
    let checked = draft(&config(), &locale, &many(dated, undated, reported, women), &request(language));
    assert_eq!(checked.diagnostics, []);
    words(&checked.output.document.unwrap()).replace('\u{a0}', " ")
}

/// The four numbers that `quarter` makes activities of.
type Counts = (usize, usize, usize, usize);

#[test]
fn english_at_every_count() {
    let cases: [(Counts, &str); 14] = [
        ((0, 0, 0, 0), "No activity ended in October–December 2017."),
        (
            (1, 0, 0, 0),
            "One activity ended in October–December 2017; it took three days. It did not report its participants.",
        ),
        (
            (0, 1, 1, 1),
            "One activity ended in October–December 2017; its dates were not reported. It had 20 participants; seven of them were women.",
        ),
        (
            (2, 0, 0, 0),
            "Two activities ended in October–December 2017; together they took six days. None of them reported its participants.",
        ),
        (
            (1, 1, 1, 0),
            "Two activities ended in October–December 2017; one of them has dates and took three days. One reported its participants, 20 in all; it did not say how many were women.",
        ),
        (
            (0, 2, 2, 2),
            "Two activities ended in October–December 2017; none of them has dates. Both reported their participants, 40 in all; 14 of them were women.",
        ),
        (
            (5, 0, 5, 1),
            "Five activities ended in October–December 2017; together they took 15 days. All five reported their participants, 100 in all; one said how many were women, 7.",
        ),
        (
            (4, 1, 3, 2),
            "Five activities ended in October–December 2017; four of them have dates and took 12 days together. Three reported their participants, 60 in all; two said how many were women, 14 in all.",
        ),
        (
            (21, 0, 21, 21),
            "A total of 21 activities ended in October–December 2017; together they took 63 days. All 21 reported their participants, 420 in all; 147 of them were women.",
        ),
        (
            (20, 1, 0, 0),
            "A total of 21 activities ended in October–December 2017; 20 of them have dates and took 60 days together. None of them reported its participants.",
        ),
        ((1, 0, 0, 0), "It was a workshop.\n"),
        (
            (1, 0, 0, 0),
            "Kyrgyzstan hosted the one activity. Kyrgyzstan and Tajikistan took part. Its place was not stated.\n",
        ),
        ((5, 0, 0, 0), "There were five workshops.\n"),
        (
            (5, 0, 0, 0),
            "Kyrgyzstan hosted all five activities. Kyrgyzstan and Tajikistan took part in all five. Five do not name their place.\n",
        ),
    ];
    for (counts, expected) in cases {
        let text = text(Language::En, counts);
        assert!(text.contains(expected), "{counts:?}: {expected}\n{text}");
    }
}

#[test]
fn russian_at_every_count() {
    let cases: [(Counts, &str); 13] = [
        ((0, 0, 0, 0), "В октябре–декабре 2017 г. не завершилось ни одного мероприятия.\n"),
        (
            (1, 0, 0, 0),
            "В октябре–декабре 2017 г. завершилось одно мероприятие; оно заняло три дня. Данных о числе участников нет.",
        ),
        (
            (0, 1, 1, 1),
            "В октябре–декабре 2017 г. завершилось одно мероприятие; его даты не указаны. Участников — 20 человек; среди них 7 женщин.",
        ),
        (
            (2, 0, 1, 0),
            "завершилось два мероприятия; вместе они заняли шесть дней. О числе участников сообщили по одному мероприятию — 20 человек; данных о числе женщин нет.",
        ),
        (
            (1, 1, 2, 2),
            "завершилось два мероприятия; у одного из них указаны даты, оно заняло три дня. О числе участников сообщили по всем двум мероприятиям — всего 40 человек; среди них 14 женщин.",
        ),
        (
            (5, 0, 5, 1),
            "завершилось пять мероприятий; вместе они заняли 15 дней. О числе участников сообщили по всем пяти мероприятиям — всего 100 человек; о числе женщин — по одному, всего 7 женщин.",
        ),
        (
            (4, 1, 3, 0),
            "завершилось пять мероприятий; у четырёх из них указаны даты, вместе они заняли 12 дней. О числе участников сообщили по трём мероприятиям — всего 60 человек; данных о числе женщин нет.",
        ),
        (
            (21, 0, 21, 3),
            "завершилось 21 мероприятие; вместе они заняли 63 дня. О числе участников сообщили по всем 21 мероприятию — всего 420 человек; о числе женщин — по трём, всего 21 женщина.",
        ),
        ((11, 0, 0, 0), "завершилось 11 мероприятий; вместе они заняли 33 дня."),
        ((1, 0, 0, 0), "По виду это семинар.\n"),
        (
            (1, 0, 0, 0),
            "Единственное мероприятие прошло в Кыргызстане. В нём участвовали Кыргызстан и Таджикистан. Место не указано.\n",
        ),
        ((5, 0, 0, 0), "По видам это пять семинаров.\n"),
        (
            (5, 0, 0, 0),
            "Все пять мероприятий прошли в Кыргызстане. Во всех пяти участвовали Кыргызстан и Таджикистан. Место не указано у пяти.\n",
        ),
    ];
    for (counts, expected) in cases {
        let text = text(Language::Ru, counts);
        assert!(text.contains(expected), "{counts:?}: {expected}\n{text}");
    }
}

#[test]
fn no_count_leaves_a_seam() {
    for language in Language::ALL {
        for counts in
            [(0, 0, 0, 0), (1, 0, 1, 1), (0, 1, 0, 0), (2, 1, 1, 0), (5, 0, 3, 2), (22, 0, 22, 22), (120, 5, 60, 60)]
        {
            let text = text(language, counts);
            for seam in
                ["(s)", "N/A", "undefined", "{$", "{ $", "‹", "()", " ;", " .", "..", ";;", ": ;", "Not reported ("]
            {
                assert!(!text.contains(seam), "{language}, {counts:?}: `{seam}` in\n{text}");
            }
        }
    }
}

#[test]
fn both_languages_have_every_sentence_of_the_other() {
    let ids = |language: Language| -> std::collections::BTreeSet<String> {
        crate::templates::locale_files(language, None)
            .iter()
            .filter(|(file, _)| file.ends_with("/en.ftl") || file.ends_with("/ru.ftl") || file.contains(".compile."))
            .flat_map(|(_, text)| text.lines())
            .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
            .filter(|id| id.starts_with(|c: char| c.is_ascii_lowercase()) && !id.starts_with("place-"))
            .map(str::to_owned)
            .collect()
    };
    let (en, ru) = (ids(Language::En), ids(Language::Ru));
    // Words of the one grammar that the other does without.
    let english =
        ["participants-by-how-many", "people-words", "women-of-one", "activities-of-top-month", "by-how-many"];
    let russian = ["days-gen", "activities-words", "people", "women-words", "here-involved"];
    let missing: Vec<_> = en.difference(&ru).filter(|id| !english.contains(&id.as_str())).collect();
    assert!(missing.is_empty(), "Russian lacks {missing:?}");
    let missing: Vec<_> = ru.difference(&en).filter(|id| !russian.contains(&id.as_str())).collect();
    assert!(missing.is_empty(), "English lacks {missing:?}");
}

#[test]
fn what_the_programme_has_come_to_since_its_start() {
    let earlier = |period: &str, activities: usize, reported: usize| {
        let counted = draft(
            &config(),
            &Arc::new(Locale::embedded(Language::En)),
            &many(activities, 0, reported, 0),
            &request(Language::En),
        );
        let mut past = crate::facts::past(&counted.output.facts).unwrap();
        past.period = period.parse().unwrap();
        past
    };
    let mut material = many(9, 0, 2, 0);
    material.past = vec![earlier("2017-Q3", 11, 10), earlier("2017-Q1", 21, 0)];
    let cases = [
        (
            Language::En,
            "From Q1 2017 to Q4 2017 the programme has come to 41 activities with 240 participants, reported by 12 of them. Nothing is known of one period in between.",
        ),
        (
            Language::Ru,
            "Всего за I квартал 2017 г. – IV квартал 2017 г. программа провела 41 мероприятие; участников – 240, о них сообщили по 12 из 41. Об одном периоде между ними сведений нет.",
        ),
    ];
    for (language, expected) in cases {
        let locale = Arc::new(Locale::embedded(language));
        let checked = draft(&config(), &locale, &material, &request(language));
        assert_eq!(checked.diagnostics, []);
        let text = words(&checked.output.document.unwrap()).replace('\u{a0}', " ");
        assert!(text.contains(expected), "{expected}\nin\n{text}");
    }
    let alone = text(Language::En, (9, 0, 2, 0));
    assert!(!alone.contains("the programme has come to"));
}
