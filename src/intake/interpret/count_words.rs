//! Words that stand beside numbers of people and things, in both languages.

/// Words that may stand beside a number of people or things.
pub(super) const UNITS: [&str; 41] = [
    "persons",
    "person",
    "people",
    "pers",
    "participants",
    "participant",
    "officers",
    "officials",
    "pax",
    "ppl",
    "total",
    "прим",
    "in",
    "all",
    "pcs",
    "pc",
    "pieces",
    "piece",
    "units",
    "unit",
    "sets",
    "set",
    "чел",
    "человек",
    "человека",
    "участников",
    "участника",
    "участник",
    "шт",
    "штук",
    "штуки",
    "штука",
    "комплект",
    "комплекта",
    "комплектов",
    "ед",
    "единиц",
    "единицы",
    "единица",
    "всего",
    "items",
];

/// Words for people beside a number, after which more may be said of them: `20 сотрудников ПС`.
pub(super) const PEOPLE: [&str; 33] = [
    "persons",
    "people",
    "participants",
    "officers",
    "officials",
    "trainees",
    "attendees",
    "delegates",
    "specialists",
    "representatives",
    "students",
    "inspectors",
    "staff",
    "employees",
    "members",
    "guards",
    "чел",
    "человек",
    "человека",
    "участников",
    "участника",
    "представителей",
    "представителя",
    "сотрудников",
    "сотрудника",
    "слушателей",
    "слушателя",
    "специалистов",
    "специалиста",
    "офицеров",
    "инспекторов",
    "делегатов",
    "курсантов",
];

/// Words for things beside a number.
pub(super) const THINGS: [&str; 32] = [
    "m",
    "м",
    "meters",
    "metres",
    "метр",
    "метра",
    "метров",
    "kg",
    "кг",
    "km",
    "км",
    "l",
    "л",
    "litres",
    "литров",
    "pair",
    "pairs",
    "пар",
    "пары",
    "пара",
    "box",
    "boxes",
    "коробок",
    "коробки",
    "уп",
    "упак",
    "упаковок",
    "компл",
    "к-т",
    "к-та",
    "к-тов",
    "rolls",
];

/// What makes a number a lower bound, and so an estimate.
pub(super) const LOWER: [&str; 14] = [
    "more than ",
    "over ",
    "at least ",
    "not less than ",
    "no less than ",
    "almost ",
    "nearly ",
    "более ",
    "больше ",
    "свыше ",
    "не менее ",
    "почти ",
    ">",
    "≥",
];

/// What makes a number an upper bound: of how many there were it says nothing.
pub(super) const UPPER: [&str; 10] =
    ["less than ", "no more than ", "not more than ", "up to ", "max. ", "не более ", "менее ", "до ", "<", "≤"];

/// Words after which a number of people is not the whole of them.
pub(super) const EXCEPTS: [&str; 16] = [
    "and",
    "plus",
    "not",
    "without",
    "except",
    "excluding",
    "и",
    "плюс",
    "не",
    "без",
    "кроме",
    "а",
    "with",
    "с",
    "со",
    "от",
];

/// Words for women or men beside a number.
pub(super) const OF_ONE_SEX: [&str; 10] =
    ["women", "woman", "men", "female", "male", "женщин", "женщины", "мужчин", "мужчины", "женщина"];

/// Words that make a number an estimate.
pub(super) const ABOUT: [&str; 15] = [
    "about",
    "approx",
    "approximately",
    "ca",
    "circa",
    "around",
    "c",
    "est",
    "estimated",
    "около",
    "примерно",
    "приблизительно",
    "порядка",
    "прибл",
    "ок",
];

pub(super) fn is_sex(word: &str) -> bool {
    OF_ONE_SEX.contains(&word) || matches!(word, "m" | "f" | "w" | "м" | "ж" | "муж" | "жен")
}

pub(super) fn is_number_word(word: &str) -> bool {
    const STEMS: [&str; 40] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "hundred",
        "dozen",
        "один",
        "два",
        "две",
        "три",
        "четыре",
        "пять",
        "шесть",
        "семь",
        "восемь",
        "девять",
        "десять",
        "сорок",
        "сто",
        "дюжина",
        "ноль",
    ];
    let word = word.trim_matches(['.', ',']);
    STEMS.contains(&word)
        || word.ends_with("надцать")
        || word.ends_with("дцать")
        || word.ends_with("десят")
        || word.split('-').all(|part| STEMS.contains(&part))
}
