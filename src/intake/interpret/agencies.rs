//! Several agencies in one cell.

use crate::recipient::Country;

use super::text::{is_nothing, line, plain};

/// Beginnings of words that tell whose agency it is, in both languages.
const COUNTRY_WORDS: [(&str, &[&str]); 6] = [
    ("KZ", &["kazakh", "казах"]),
    ("KG", &["kyrgyz", "kirghiz", "кыргыз", "киргиз"]),
    ("TJ", &["tajik", "таджик"]),
    ("TM", &["turkmen", "туркмен"]),
    ("UZ", &["uzbek", "узбек"]),
    ("AF", &["afghan", "афган"]),
];

/// Beginnings of words that tell an agency's name.
const AGENCY_WORDS: [&str; 47] = [
    "agenc",
    "service",
    "committee",
    "ministr",
    "department",
    "directorate",
    "police",
    "guard",
    "customs",
    "border",
    "migration",
    "phytosanitary",
    "veterinar",
    "sanitary",
    "quarantine",
    "institut",
    "academy",
    "college",
    "universit",
    "centre",
    "center",
    "delegation",
    "council",
    "office",
    "authorit",
    "troops",
    "inspect",
    "administration",
    "служб",
    "комитет",
    "министерств",
    "департамент",
    "управлени",
    "таможн",
    "погранич",
    "погран",
    "миграц",
    "фитосанит",
    "ветеринар",
    "карантин",
    "институт",
    "академи",
    "центр",
    "ведомств",
    "агентств",
    "инспекц",
    "войск",
];

/// Parts a cell at semicolons, line ends and ` / `; at commas only where every part reads
/// like an agency, because names have commas of their own.
#[must_use]
pub(super) fn split(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut text = text.to_owned();
    for number in 1..=if text.contains(") ") { 9 } else { 0 } {
        text = text.replace(&format!(" {number}) "), "\n");
    }
    for piece in text.replace(" / ", "\n").split([';', '\n', '\r', '•', '·']) {
        let mut parts = vec![piece];
        for (joint, is_one) in [
            (",", reads_like_an_agency as fn(&str) -> bool),
            ("/", is_a_body),
            (" and ", is_a_body),
            (" и ", is_a_body),
            (" & ", is_a_body),
        ] {
            parts = parts.into_iter().flat_map(|part| parted(part, joint, is_one)).collect();
        }
        for part in parts {
            let part = line(part);
            // `1) Border Service`
            let numbered =
                part.split_once([')', '.']).filter(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
            let part = numbered.map_or(part.as_str(), |(_, rest)| rest);
            let part = part.trim_end_matches([',', '.']).trim_start_matches(['•', '-', '*']).trim().to_owned();
            if !part.is_empty() && !is_nothing(&part) && !out.contains(&part) {
                out.push(part);
            }
        }
    }
    out
}

/// Agencies as their names are usually written: what is nearly one of them is a slip.
const USUAL: [&str; 30] = [
    "Border Service",
    "State Border Service",
    "Border Guard Service",
    "State Border Guard",
    "Customs Service",
    "State Customs Service",
    "Customs Committee",
    "State Customs Committee",
    "Migration Service",
    "State Migration Service",
    "Phytosanitary Service",
    "Veterinary Service",
    "Ministry of Foreign Affairs",
    "Ministry of Internal Affairs",
    "State Revenue Committee",
    "Drug Control Agency",
    "Пограничная служба",
    "Государственная пограничная служба",
    "Таможенная служба",
    "Государственная таможенная служба",
    "Таможенный комитет",
    "Государственный таможенный комитет",
    "Миграционная служба",
    "Государственная миграционная служба",
    "Служба фитосанитарного контроля",
    "Ветеринарная служба",
    "Министерство иностранных дел",
    "Министерство внутренних дел",
    "Комитет государственных доходов",
    "Агентство по контролю наркотиков",
];

/// The usual name that was meant where one word of it is misspelt by a letter or two. A plural or
/// another case is no slip.
pub(super) fn misspelt(agency: &str, further: &[String]) -> Option<String> {
    let typed = plain(agency);
    if further.iter().any(|name| plain(name) == typed) {
        return None;
    }
    let typed: Vec<&str> = typed.split(' ').collect();
    let slip = |typed: &str, usual: &str| {
        let long = typed.chars().count() >= 6 && usual.chars().count() >= 6;
        let same_ending = typed.chars().next_back() == usual.chars().next_back();
        let same_start = typed.chars().next() == usual.chars().next();
        long && same_ending && same_start && (1..=2).contains(&strsim::osa_distance(typed, usual))
    };
    let all = USUAL.into_iter().chain(further.iter().map(String::as_str).filter(|name| !USUAL.contains(name)));
    let mut found = all.filter(|usual| {
        let usual = plain(usual);
        let words: Vec<&str> = usual.split(' ').collect();
        let differing: Vec<_> = typed.iter().zip(&words).filter(|(a, b)| a != b).collect();
        words.len() == typed.len() && matches!(differing.as_slice(), [(a, b)] if slip(a, b))
    });
    found.next().filter(|_| found.next().is_none()).map(str::to_owned)
}

/// The parts of a text, where each of them reads like an agency; else the text as it is.
fn parted<'t>(text: &'t str, joint: &str, is_one: fn(&str) -> bool) -> Vec<&'t str> {
    let parts: Vec<&str> = text.split(joint).collect();
    if parts.len() > 1 && parts.iter().all(|part| is_one(part)) { parts } else { vec![text] }
}

/// Whether a text names a body by itself, as `Border Service` does: `Border` alone, in `Border and
/// Customs Service`, is no body.
fn is_a_body(part: &str) -> bool {
    const BODIES: [&str; 26] = [
        "agency",
        "service",
        "committee",
        "ministry",
        "department",
        "directorate",
        "police",
        "guard",
        "institute",
        "academy",
        "college",
        "university",
        "centre",
        "center",
        "inspectorate",
        "служба",
        "комитет",
        "министерство",
        "департамент",
        "управление",
        "институт",
        "академия",
        "центр",
        "агентство",
        "инспекция",
        "ведомство",
    ];
    let plain = plain(part);
    let mut words = plain.split([' ', '-']).filter(|w| !w.is_empty());
    is_short_name(part)
        || words.clone().count() > 1 && words.any(|word| BODIES.contains(&word))
        || matches!(plain.trim(), "customs" | "таможня" | "погранслужба")
}

/// The country that an agency's name tells, by its code in capitals or by its own name; `None`
/// where it tells none, or more than one.
pub(super) fn country_of(agency: &str) -> Option<Country> {
    let mut found: Vec<&str> = Vec::new();
    for word in agency.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let small = word.to_lowercase();
        let told = COUNTRY_WORDS
            .iter()
            .find(|(code, stems)| *code == word || stems.iter().any(|stem| small.starts_with(stem)))
            .map(|(code, _)| *code);
        found.extend(told.filter(|code| !found.contains(code)));
    }
    match found.as_slice() {
        [only] => Country::new(only),
        _ => None,
    }
}

/// Short names that stand for an agency wherever they are written.
const SHORT: [&str; 36] = [
    "ПС", "ГПС", "ПВ", "ГТС", "ТС", "ГТК", "ТК", "КТК", "КГД", "КНБ", "ГКНБ", "СГБ", "СНБ", "МВД", "МИД", "МЧС", "МЗ",
    "МСХ", "ГМС", "АКН", "MIA", "MFA", "SCC", "SCS", "SBS", "SBGS", "SBG", "SSS", "NSC", "SCNS", "SRC", "BS", "SMS",
    "DCA", "MoI", "MoFA",
];

/// Whether a part begins with such a short name: `ГПС КР`, `SCC of Uzbekistan`.
fn is_short_name(part: &str) -> bool {
    part.split_whitespace().next().is_some_and(|word| SHORT.contains(&word.trim_end_matches(['.', ','])))
}

fn reads_like_an_agency(part: &str) -> bool {
    if is_short_name(part) {
        return true;
    }
    let plain = plain(part);
    plain.split([' ', '-']).any(|word| AGENCY_WORDS.iter().any(|w| word.starts_with(w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_asked_about_and_a_name_of_its_own_is_not() {
        assert_eq!(misspelt("Border Servise", &[]).as_deref(), Some("Border Service"));
        assert_eq!(misspelt("Пограничая служба", &[]).as_deref(), Some("Пограничная служба"));
        assert_eq!(misspelt("State Custms Committee", &[]).as_deref(), Some("State Customs Committee"));
        for name in [
            "Border Service",
            "Border Services",
            "Border Guards Service",
            "Пограничной службы",
            "Пограничные службы",
            "Customs Office",
            "Border Police",
            "State Security Service",
            "Ministry of External Affairs",
            "Ветеринарная лаборатория",
        ] {
            assert_eq!(misspelt(name, &[]).as_deref(), None, "{name}");
        }
    }

    #[test]
    fn an_agency_s_name_may_tell_its_country() {
        let told = |agency| country_of(agency).map(|c| c.code().to_owned());
        assert_eq!(told("KG Border Service").as_deref(), Some("KG"));
        assert_eq!(told("Пограничная служба Кыргызской Республики").as_deref(), Some("KG"));
        assert_eq!(told("State Border Guard (TJ)").as_deref(), Some("TJ"));
        assert_eq!(told("Kyrgyz-Tajik border commission"), None);
        assert_eq!(told("State Customs Committee"), None);
    }

    #[test]
    fn parts_lists_and_leaves_names_whole() {
        assert_eq!(split("Border Service; Customs\nPhytosanitary"), ["Border Service", "Customs", "Phytosanitary"]);
        assert_eq!(split("Border Service / Customs Service"), ["Border Service", "Customs Service"]);
        assert_eq!(split("Border Service, Customs Service"), ["Border Service", "Customs Service"]);
        assert_eq!(split("Ministry of Agriculture, Food and Forestry"), ["Ministry of Agriculture, Food and Forestry"]);
        assert_eq!(split("Пограничная служба, Таможенная служба"), ["Пограничная служба", "Таможенная служба"]);
        assert!(split("нет данных").is_empty());
        for (text, parts) in [
            ("Border Service, Customs Service and Migration Service", 3),
            ("Пограничная служба и Таможенная служба", 2),
            ("Border Service/Customs Service", 2),
            ("Погранслужба,таможня", 2),
            ("• Border Service • Customs Service", 2),
            ("1) Border Service\n2) Customs Service", 2),
            ("ГПС КР, ГТС КР и ГТК РУз", 3),
            ("State Customs Committee of Uzbekistan, MIA, MFA", 3),
            ("МВД/МИД", 2),
            ("Border and Customs Services", 1),
            ("State Customs and Border Committee", 1),
            ("Ministry of Labour and Social Protection", 1),
            ("Министерство труда и социальной защиты", 1),
            ("Ministry of Agriculture and Food Industry", 1),
        ] {
            assert_eq!(split(text).len(), parts, "{text}: {:?}", split(text));
        }
    }
}
