//! Sections that say "not supplied" or drop out, their sentences at every count, and the same
//! figures in both languages.

use std::sync::Arc;

use super::sample::{config, entry, indicator, many, period, request, seed};
use super::words;
use crate::compile::{Material, draft, markdown};
use crate::diagnostic::{Arg, Args};
use crate::locale::Locale;
use crate::recipient::{Country, Language};
use crate::record::{BudgetLine, Cents, Entry, MeetingItem, PlanItem, Record, Risk, Status};
use crate::typeset::document::{Align, Block, Document};

/// The words of a version of the report.
pub(super) fn text_of_revision(language: Language, material: &Material, revision: u32) -> String {
    let locale = Arc::new(Locale::embedded(language));
    let asked = crate::compile::Request { revision, ..request(language) };
    let checked = draft(&config(), &locale, material, &asked);
    words(&checked.output.document.unwrap()).replace('\u{a0}', " ")
}

fn document(language: Language, material: &Material) -> Document {
    let locale = Arc::new(Locale::embedded(language));
    let checked = draft(&config(), &locale, material, &request(language));
    assert_eq!(checked.diagnostics, []);
    checked.output.document.unwrap()
}

pub(super) fn text(language: Language, material: &Material) -> String {
    words(&document(language, material)).replace('\u{a0}', " ")
}

fn plan(row: u32, title: &str, status: Status) -> Entry {
    let item = PlanItem {
        id: None,
        component: Some(1),
        kind: None,
        kind_as_written: None,
        title: title.into(),
        start: None,
        end: None,
        month_only: false,
        countries: vec![Country::new("KG").unwrap()],
        place: None,
        responsible: None,
        status: Some(status),
        reason: (status != Status::Done).then(|| "An invented reason".into()),
    };
    entry("plan.xlsx", "Plan", row, Record::Plan(item))
}

fn point(row: u32, text: &str, due: &str, status: Status) -> Entry {
    let item = MeetingItem {
        body: "Regional Steering Group".into(),
        number: None,
        date: "2017-11-29".parse().unwrap(),
        place: None,
        agenda_item: Some("An invented item".into()),
        decision: Some("An invented decision".into()),
        action_point: Some(text.into()),
        responsible: Some("Customs service of Kyrgyzstan".into()),
        due: due.parse().ok(),
        status: Some(status),
        reason: None,
    };
    entry("meetings.xlsx", "Meetings", row, Record::Meetings(item))
}

/// A quarter in which something is supplied for every section, with the last one's plan.
fn full() -> Material {
    let mut material = many(4, 1, 3, 2);
    let risk = Risk {
        risk: "An invented risk".into(),
        category: None,
        likelihood: 4,
        impact: 4,
        mitigation: None,
        responsible: None,
        trend: Some("rising".into()),
        reason: None,
    };
    let line = BudgetLine {
        heading: "Staff".into(),
        budget: Cents(1_000_000),
        spent_in_period: Some(Cents(125_000)),
        spent_to_date: Some(Cents(400_050)),
        committed: None,
        reason: None,
    };
    material.entries.extend([
        plan(1, "Invented activity 0", Status::Done),
        plan(2, "Put off", Status::Postponed),
        plan(3, "Left over", Status::Done),
        point(1, "Send the list", "2017-12-01", Status::Planned),
        point(2, "Name the place", "2018-03-01", Status::Done),
        indicator("OP1", 500),
        entry("risks.xlsx", "Risks", 1, Record::Risks(risk)),
        entry("budget.xlsx", "Budget", 1, Record::Budget(line)),
    ]);
    for (row, title) in [(7, "Left over"), (8, "Forgotten")] {
        let before = Entry { period: Some(period().previous()), ..plan(row, title, Status::Postponed) };
        material.entries.push(before);
    }
    material.entries.push(Entry { period: Some(period().next()), ..plan(9, "Coming", Status::Planned) });
    material
}

#[test]
fn what_is_missing_is_not_supplied_or_drops_out() {
    let text = text(Language::En, &Material::default());
    for sentence in [
        "Not supplied: no workbook lists equipment",
        "Not supplied: no workbook has indicators.",
        "Not supplied: no workbook names a challenge.",
        "Not supplied: no workbook names a risk.",
        "Not supplied: no workbook has a work plan for October–December 2017.",
        "Not supplied: no workbook has a work plan for January–March 2018.",
        "Not supplied: no workbook announces a handover of equipment.",
        "Not supplied: no workbook has a budget.",
        "Not supplied: no workbook records a meeting",
        "Not supplied: no workbook records an action point.",
        "Not supplied: no output in the workbooks speaks of publicity.",
        "Priorities: not supplied by Kyrgyzstan.",
        "Nothing in the data stands out.",
    ] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
    for gone in [
        "The whole plan",
        "Participation by agency",
        "Changes since",
        "Done and not named",
        "Component 1",
        "What came of it",
    ] {
        assert!(!text.contains(gone), "{gone}\n{text}");
    }
}

#[test]
fn every_section_speaks_where_its_sheet_is_there() {
    let cases = [
        (
            Language::En,
            [
                "Of three activities planned for the period, two were done.",
                "One action point is overdue.",
                "One activity of the plan was not done: it was postponed.",
                "One activity left over from Q3 2017 is still not done.",
                "agree on a new date for the one activity that was postponed",
                "confirm the one activity planned for January–March 2018",
                "Against the plan of Q3 2017, one activity left over was done, one has slipped and two are new.",
                "Four activities were done that no item of the plan names, by ID or by title.",
                "One risk is named; one is high, and one is said to rise.",
                "Of EUR 10 000, EUR 4 000.50 was spent to date, 40%; in the period itself EUR 1 250.",
                "Two action points were given out in the period; one was closed, and one is open at the end of it and overdue.",
                "The one open action point",
                "Kyrgyzstan hosted five activities; five name it among their countries, wherever they were held.",
                "One indicator is followed; one has a current value, and none has reached its target.",
            ],
        ),
        (
            Language::Ru,
            [
                "Из трёх запланированных мероприятий выполнены два.",
                "Просрочено одно поручение.",
                "Не выполнено одно мероприятие плана: оно перенесено.",
                "Всё ещё не выполнено одно мероприятие, оставшееся с прошлого периода.",
                "согласовать новую дату перенесённого мероприятия",
                "утвердить план работы на январь–март 2018 г. (одно мероприятие)",
                "По сравнению с планом на июль–сентябрь 2017 г.: выполнено из оставшегося — 1, снова не выполнено — 1 и новых — 2.",
                "Четыре выполненных мероприятия не названы в плане ни по номеру, ни по названию.",
                "Назван один риск; высоких — 1, растущих — 1.",
                "Из 10 000 евро с начала программы израсходовано 4 000,50 евро, или 40 %; за сам период — 1 250 евро.",
                "Дано поручений — 2, закрыто — 1, на конец периода открыто — 1, в том числе просрочено — 1.",
                "Открытое поручение",
                "В Кыргызстане прошло пять мероприятий; среди участников страна названа в пяти, где бы они ни проходили.",
                "Отслеживается один показатель; текущее значение есть у одного, целевое не достигнуто ни у одного.",
            ],
        ),
    ];
    for (language, sentences) in cases {
        let text = text(language, &full());
        for sentence in sentences {
            assert!(text.contains(sentence), "{sentence}\n{text}");
        }
    }
}

/// Sentences of the sections, each a function of counts alone.
const COUNTED: [&str; 30] = [
    "result-plan",
    "result-outputs",
    "result-equipment",
    "result-indicators",
    "concern-overdue",
    "concern-plan",
    "concern-slipped",
    "concern-risks",
    "concern-participants",
    "concern-women",
    "concern-dates",
    "ask-plan",
    "ask-postponed",
    "ask-overdue",
    "ask-decisions",
    "where-told",
    "when-told",
    "component-told",
    "country-told",
    "country-participants",
    "indicators-told",
    "risks-told",
    "changes-told",
    "unplanned-told",
    "not-done-told",
    "tracker-told",
    "agenda-plan",
    "agenda-points",
    "quality-remarks",
    "annex-plan-told",
];

#[test]
fn the_sections_sentences_have_no_seam_at_any_count() {
    for language in Language::ALL {
        let locale = Locale::embedded(language);
        // Every argument that a sentence of a full quarter may mention, set to one count.
        let files = crate::templates::locale_files(language, None);
        let names: Vec<String> = files
            .iter()
            .flat_map(|(_, text)| text.split('$').skip(1))
            .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
            .collect();
        for n in [0i64, 1, 2, 3, 5, 10, 11, 21, 22, 25, 101, 122] {
            let mut args: Args = names.iter().map(|name| (name.clone(), Arg::Number(n))).collect();
            for name in names.iter().filter(|name| name.ends_with("-many")) {
                args.insert(name.clone(), i64::from(n > 10).into());
            }
            for name in ["changes-list", "plan-missed-list", "previous-period", "previous-months", "months", "country"]
            {
                args.insert(name.into(), "X".into());
            }
            for id in COUNTED {
                let told = locale.text(id, &args).replace('\u{a0}', " ");
                let told = told.trim();
                for seam in ["‹", "{", "  ", " .", " ,", " ;", "..", ";;", ";.", ": .", "(s)", "()"] {
                    assert!(!told.contains(seam), "{language}, {id}, {n}: `{seam}` in `{told}`");
                }
                let begins_with_digit = told.starts_with(|c: char| c.is_ascii_digit());
                assert!(language == Language::Ru || !begins_with_digit, "{id}, {n}: {told}");
            }
        }
    }
}

/// A sentence, the counts it is told with, and how it reads.
type Case = (&'static str, &'static [(&'static str, i64)], &'static str);

#[test]
fn russian_agrees_with_its_numbers() {
    let locale = Locale::embedded(Language::Ru);
    let cases: [Case; 12] = [
        ("concern-overdue", &[("action-points-overdue", 21)], "Просрочено 21 поручение."),
        ("concern-overdue", &[("action-points-overdue", 122)], "Просрочены 122 поручения."),
        ("concern-overdue", &[("action-points-overdue", 5)], "Просрочено пять поручений."),
        (
            "result-outputs",
            &[("outputs", 2), ("outputs-activities", 2)],
            "Получены два непосредственных результата; они перечислены по компонентам.",
        ),
        (
            "result-outputs",
            &[("outputs", 21), ("outputs-activities", 9)],
            "Получен 21 непосредственный результат; они перечислены по компонентам.",
        ),
        ("concern-dates", &[("undated", 1)], "У одного мероприятия не указаны даты."),
        ("concern-dates", &[("undated", 22)], "У 22 мероприятий не указаны даты."),
        ("concern-participants", &[("unreported", 2)], "Данных об участниках нет по двум мероприятиям."),
        ("ask-overdue", &[("action-points-overdue", 2)], "решить, что делать с двумя просроченными поручениями"),
        (
            "ask-decisions",
            &[("undecided", 3)],
            "представить решения по трём вопросам повестки дня: их нет ни в одной книге",
        ),
        (
            "unplanned-told",
            &[("unplanned", 21)],
            "21 выполненное мероприятие не названо в плане ни по номеру, ни по названию.",
        ),
        (
            "unplanned-told",
            &[("unplanned", 5)],
            "Пять выполненных мероприятий не названы в плане ни по номеру, ни по названию.",
        ),
    ];
    for (id, counts, expected) in cases {
        let args: Args = counts.iter().map(|(name, n)| ((*name).to_owned(), Arg::Number(*n))).collect();
        assert_eq!(locale.text(id, &args).replace('\u{a0}', " "), expected);
    }
}

/// Every figure of the tiles and of the columns of numbers, as digits.
fn figures(document: &Document) -> Vec<String> {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let mut found = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Tiles(tiles) => found.extend(tiles.iter().map(|tile| digits(&tile.value))),
            Block::Table(table) => {
                for (at, _) in table.columns.iter().enumerate().filter(|(_, column)| column.align == Align::Number) {
                    found.extend(table.rows.iter().map(|row| digits(&markdown::plain(&row.cells[at]))));
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn both_languages_print_the_same_figures() {
    for material in [seed(), full(), Material::default()] {
        let [en, ru] = Language::ALL.map(|language| figures(&document(language, &material)));
        assert_eq!(en, ru);
        assert!(en.len() > 5);
    }
}

#[test]
fn a_correction_says_what_it_changes() {
    let text = |replaced: Option<crate::facts::Facts>| {
        let asked = crate::compile::Request { revision: 2, ..request(Language::En) };
        let material = Material { replaced, ..full() };
        let locale = Arc::new(Locale::embedded(Language::En));
        words(&draft(&config(), &locale, &material, &asked).output.document.unwrap())
    };
    let locale = Arc::new(Locale::embedded(Language::En));
    let before = draft(&config(), &locale, &many(3, 0, 0, 0), &request(Language::En)).output.facts;
    let now = text(Some(before));
    assert!(now.contains("Changes since version 1") && now.contains("Activities | 3 | 5"), "{now}");
    assert!(now.contains("Participants | not reported | 60"), "{now}");
    let same = draft(&config(), &locale, &full(), &request(Language::En)).output.facts;
    assert!(text(Some(same)).contains("No key figure differs from version 1."));
}
