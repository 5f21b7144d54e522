//! Which of the ten sheets a name means.

use std::collections::BTreeMap;

use crate::record::Sheet;

use super::periods;
use super::text::{plain, skeleton};

/// Russian name of a sheet, as in the blank workbook.
#[must_use]
pub const fn russian(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::Activities => "Мероприятия",
        Sheet::Participants => "Участники",
        Sheet::Equipment => "Оборудование",
        Sheet::Meetings => "Заседания",
        Sheet::Plan => "План",
        Sheet::Challenges => "Трудности",
        Sheet::Priorities => "Приоритеты",
        Sheet::Indicators => "Показатели",
        Sheet::Risks => "Риски",
        Sheet::Budget => "Бюджет",
    }
}

const fn aliases(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::Activities => {
            "activity|activity list|list of activities|activities list|events|мероприятие|перечень мероприятий|список мероприятий|реестр мероприятий|проведенные мероприятия"
        }
        Sheet::Participants => "participant|participation|attendance|участие|участник|состав участников",
        Sheet::Equipment => {
            "handovers|equipment handover|equipment handovers|equipment list|передача оборудования|переданное оборудование"
        }
        Sheet::Meetings => {
            "meeting|steering group|steering group meetings|steering meetings|rsg|rsg meetings|заседание|встречи|совещания|заседания руководящей группы|заседания ррг"
        }
        Sheet::Plan => {
            "work plan|workplan|plans|activity plan|activities plan|plan of activities|планы|план работы|план работ|план мероприятий|рабочий план"
        }
        Sheet::Challenges => {
            "challenge|difficulties|problems|проблемы|вызовы|трудности и вызовы|сложности|проблемные вопросы|проблемы и пути решения|issues"
        }
        Sheet::Priorities => "priority|country priorities|приоритет|приоритеты стран|приоритеты страны",
        Sheet::Indicators => {
            "indicator|logframe|logical framework|log frame|показатель|индикаторы|логическая матрица|логфрейм"
        }
        Sheet::Risks => "risk|risk register|риск|реестр рисков",
        Sheet::Budget => "budgets|budget execution|finance|исполнение бюджета|финансы",
    }
}

/// Words beside a sheet's name that do not change what it is: versions, copies.
const BESIDE: [&str; 25] = [
    "the",
    "sheet",
    "лист",
    "copy",
    "копия",
    "final",
    "draft",
    "new",
    "bomca",
    "бомка",
    "report",
    "отчет",
    "programme",
    "data",
    "данные",
    "quarterly",
    "квартальный",
    "rsg",
    "v",
    "fin",
    "финал",
    "csv",
    "xlsx",
    "for",
    "за",
];

/// Words that say that a sheet of a workbook is not to be read, whatever stands beside them.
const NOT_DATA: [&str; 24] = [
    "old",
    "example",
    "examples",
    "sample",
    "guide",
    "guidance",
    "instruction",
    "instructions",
    "template",
    "help",
    "list",
    "lists",
    "chart",
    "pivot",
    "summary",
    "archive",
    "backup",
    "пример",
    "образец",
    "инструкция",
    "старый",
    "старое",
    "архив",
    "справка",
];

/// Whether a name says that its sheet is set aside: an old copy, a draft, an example.
pub(super) fn is_set_aside(name: &str) -> bool {
    const ALSO: [&str; 6] = ["draft", "черновик", "copy", "копия", "test", "тест"];
    const NOT: [&str; 3] = ["list", "lists", "summary"];
    let plain = plain(name);
    plain
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| ALSO.contains(&word) || NOT_DATA.contains(&word) && !NOT.contains(&word))
}

/// The sheet that a name means, and whether it says so in so many words.
pub(super) fn find(name: &str, is_csv: bool, further: &BTreeMap<String, String>) -> Option<(Sheet, bool)> {
    let whole = skeleton(name);
    if let Some(sheet) = further
        .iter()
        .find(|(written, _)| skeleton(written) == whole)
        .and_then(|(_, s)| Sheet::ALL.into_iter().find(|sheet| skeleton(sheet.name()) == skeleton(s)))
    {
        return Some((sheet, true));
    }
    if let Some(sheet) = exact(&whole) {
        return Some((sheet, true));
    }
    let spaced: String = plain(name).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    // `activities2`, `Activities2017`: the number says nothing of the sheet.
    let words: Vec<&str> = spaced
        .split(' ')
        .map(|word| {
            let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
            if bare.chars().count() > 3 { bare } else { word }
        })
        .filter(|w| !w.is_empty())
        .collect();
    if !is_csv && words.iter().any(|w| NOT_DATA.contains(w)) {
        return None;
    }
    let halves: Vec<Option<Sheet>> = plain(name).split(['/', '|']).map(|h| exact(&skeleton(h))).collect();
    if let [Some(first), Some(second)] = halves.as_slice()
        && first == second
    {
        return Some((*first, true));
    }
    let telling: Vec<&str> = words
        .iter()
        .copied()
        .filter(|w| {
            !(BESIDE.contains(w)
                || w.chars().any(|c| c.is_ascii_digit())
                || w.chars().count() <= 3 && !matches!(*w, "rsg")
                || periods::month(w).is_some()
                || ["квартал", "quarter"].contains(w)
                || is_country(w))
        })
        .collect();
    if let Some(sheet) = exact(&skeleton(&telling.concat())) {
        return Some((sheet, true));
    }
    // `activities_with_mistakes.csv`: the first word that is a sheet's own name.
    telling.iter().find_map(|w| named(&skeleton(w))).map(|sheet| (sheet, false))
}

fn named(skeleton_of: &str) -> Option<Sheet> {
    Sheet::ALL.into_iter().find(|s| skeleton(s.name()) == skeleton_of || skeleton(russian(*s)) == skeleton_of)
}

fn exact(skeleton_of: &str) -> Option<Sheet> {
    named(skeleton_of)
        .or_else(|| Sheet::ALL.into_iter().find(|s| aliases(*s).split('|').any(|a| skeleton(a) == skeleton_of)))
}

/// Whether a sheet is named by a country and nothing else.
pub(super) fn is_of_a_country(name: &str) -> bool {
    let plain = plain(name);
    let plain = plain.trim();
    is_country(plain)
        || matches!(plain, "kz" | "kg" | "tj" | "tm" | "uz" | "af" | "рк" | "кр" | "рт" | "руз" | "ca" | "ца")
}

fn is_country(word: &str) -> bool {
    const NAMES: [&str; 14] = [
        "kazakhstan",
        "kyrgyzstan",
        "tajikistan",
        "turkmenistan",
        "uzbekistan",
        "afghanistan",
        "казахстан",
        "кыргызстан",
        "таджикистан",
        "туркменистан",
        "узбекистан",
        "афганистан",
        "region",
        "regional",
    ];
    NAMES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_and_files() {
        let none = BTreeMap::new();
        for (name, is_csv, sheet) in [
            ("Activities", false, Some(Sheet::Activities)),
            ("МЕРОПРИЯТИЯ", false, Some(Sheet::Activities)),
            ("Activities / Мероприятия", false, Some(Sheet::Activities)),
            ("1. Activities", false, Some(Sheet::Activities)),
            ("Activities TJ 2017-Q4", false, Some(Sheet::Activities)),
            ("Work plan", false, Some(Sheet::Plan)),
            ("Plan of activities", false, Some(Sheet::Plan)),
            ("activities_TJ", true, Some(Sheet::Activities)),
            ("activities_KZ_2017Q4_v2 (1)", true, Some(Sheet::Activities)),
            ("2017-Q4_participants", true, Some(Sheet::Participants)),
            ("activities_with_mistakes", true, Some(Sheet::Activities)),
            ("Участники_Таджикистан", true, Some(Sheet::Participants)),
            ("Activities old", false, None),
            ("Пример", false, None),
            ("Instructions", false, None),
            ("background", true, None),
            ("context_external", true, None),
            ("places", true, None),
            ("expected", true, None),
        ] {
            assert_eq!(find(name, is_csv, &none).map(|f| f.0), sheet, "{name}");
        }
    }
}
