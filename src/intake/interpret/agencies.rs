//! Several agencies in one cell.

use super::text::{is_nothing, line, plain};

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
    for piece in text.replace(" / ", "\n").split([';', '\n', '\r']) {
        let by_comma: Vec<&str> = piece.split(", ").collect();
        let parts =
            if by_comma.len() > 1 && by_comma.iter().all(|p| reads_like_an_agency(p)) { by_comma } else { vec![piece] };
        for part in parts {
            let part = line(part);
            let part = part.trim_end_matches([',', '.']).trim_start_matches(['•', '-', '*']).trim().to_owned();
            if !part.is_empty() && !is_nothing(&part) && !out.contains(&part) {
                out.push(part);
            }
        }
    }
    out
}

fn reads_like_an_agency(part: &str) -> bool {
    let plain = plain(part);
    plain.split([' ', '-']).any(|word| AGENCY_WORDS.iter().any(|w| word.starts_with(w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lists_and_leaves_names_whole() {
        assert_eq!(split("Border Service; Customs\nPhytosanitary"), ["Border Service", "Customs", "Phytosanitary"]);
        assert_eq!(split("Border Service / Customs Service"), ["Border Service", "Customs Service"]);
        assert_eq!(split("Border Service, Customs Service"), ["Border Service", "Customs Service"]);
        assert_eq!(split("Ministry of Agriculture, Food and Forestry"), ["Ministry of Agriculture, Food and Forestry"]);
        assert_eq!(split("Пограничная служба, Таможенная служба"), ["Пограничная служба", "Таможенная служба"]);
        assert!(split("нет данных").is_empty());
    }
}
