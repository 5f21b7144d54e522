//! Headings as people write them: which of ours one is, and whether it is about persons.

use crate::recipient::Language;
use crate::record::Sheet;

use super::heading_names::aliases;
use super::heading_units;
use super::headings::{Heading, Heading as H, of};
use super::text::skeleton;

/// A name by which a heading may be found: its skeleton.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) sheet: Sheet,
    /// Sorted by skeleton.
    known: Vec<(String, Heading)>,
}

impl Names {
    /// All names of a sheet's headings, with those of `config/workbook.toml`.
    pub(super) fn new(sheet: Sheet, further: &std::collections::BTreeMap<String, String>) -> Self {
        let (headings, _) = of(sheet);
        let month = (sheet == Sheet::Activities).then_some(H::Month);
        let extra: Vec<Heading> = [H::RowNumber, H::Note].into_iter().chain(month).collect();
        let mut known: Vec<(String, Heading)> = Vec::new();
        let mut add = |name: &str, heading: Heading| {
            let name = skeleton(name);
            // The first to claim a name keeps it: headings of the sheet before the common ones.
            if !name.is_empty() && !known.iter().any(|(n, _)| *n == name) {
                known.push((name, heading));
            }
        };
        for (written, heading) in further {
            if let Some(found) = headings.iter().find(|h| skeleton(h.english()) == skeleton(heading)) {
                add(written, *found);
            }
        }
        for heading in headings {
            add(heading.russian(), *heading);
            add(heading.english(), *heading);
        }
        for heading in headings.iter().chain(&extra) {
            add(heading.english(), *heading);
            for alias in aliases(sheet, *heading).split('|') {
                add(alias, *heading);
            }
        }
        known.sort_unstable();
        Self { sheet, known }
    }

    pub(super) fn exact(&self, text: &str) -> Option<Heading> {
        let wanted = skeleton(text);
        self.known
            .binary_search_by(|(n, _)| n.as_str().cmp(&wanted))
            .ok()
            .and_then(|at| self.known.get(at))
            .map(|k| k.1)
    }

    /// Whether a text is, as it stands, a heading of ours.
    pub(super) fn is_exact(&self, text: &str) -> bool {
        self.exact(text).is_some()
    }

    /// The heading that a cell of a header row names, also with a unit or a day beside its name.
    /// A share is neither a count nor an amount, whatever it is of.
    pub(super) fn understand(&self, text: &str) -> Option<Heading> {
        if heading_units::is_share(text) && self.sheet != Sheet::Indicators
            || heading_units::is_planned(text, self.sheet)
        {
            return None;
        }
        self.find(text)
            .or_else(|| heading_units::without_extras(text, self.sheet).iter().find_map(|bare| self.find(bare)))
    }

    /// The heading that a cell names: the whole text, or either half of a bilingual one, or
    /// what is left without a remark in brackets.
    pub(super) fn find(&self, text: &str) -> Option<Heading> {
        if matches!(super::text::line(text).as_str(), "№" | "#" | "№ п/п" | "№п/п") {
            return Some(H::RowNumber);
        }
        if let Some(found) = self.exact(text) {
            return Some(found);
        }
        if let Some(found) = without_language(text).and_then(|bare| self.exact(&bare)) {
            return Some(found);
        }
        // `Type of the activity¹`, `Title *`
        let unmarked = without_marks(text);
        if let Some(found) = self.exact(&unmarked) {
            return Some(found);
        }
        let bare = without_marks(&without_brackets(text));
        if bare.len() < text.len()
            && let Some(found) = self.exact(&bare)
        {
            return Some(found);
        }
        let dashed = super::text::plain(&bare.replace(['\n', '\r'], "/").replace('|', "/")).replace(" - ", "/");
        let halves: Vec<Heading> = dashed.split('/').filter_map(|half| self.exact(half)).collect();
        match halves.as_slice() {
            [first, rest @ ..] if rest.iter().all(|h| h == first) => Some(*first),
            [] => inside_brackets(text).and_then(|inner| self.exact(&inner)).filter(|_| self.sheet != Sheet::Budget),
            _ => None,
        }
    }
}

/// Words that tell in which language a column is.
const LANGUAGES: [(&str, Language); 14] = [
    ("en", Language::En),
    ("eng", Language::En),
    ("english", Language::En),
    ("in english", Language::En),
    ("англ", Language::En),
    ("на английском", Language::En),
    ("на английском языке", Language::En),
    ("ru", Language::Ru),
    ("rus", Language::Ru),
    ("russian", Language::Ru),
    ("in russian", Language::Ru),
    ("рус", Language::Ru),
    ("на русском", Language::Ru),
    ("на русском языке", Language::Ru),
];

/// A heading without its language: `Title EN`, `Название (на русском)`, `RU: Summary`.
fn without_language(text: &str) -> Option<String> {
    let text = super::text::plain(text).replace(['(', ')', '[', ']', ',', ':', '.', '_', '-', '/'], " ");
    let text = super::text::line(&text);
    LANGUAGES.iter().find_map(|(word, _)| {
        let rest = text.strip_suffix(word).filter(|r| r.ends_with(' '));
        let rest = rest.or_else(|| text.strip_prefix(word).filter(|r| r.starts_with(' ')))?;
        Some(rest.trim().to_owned())
    })
}

/// The language that a heading says its column is in: in so many words, else by its letters.
pub(super) fn language_of(text: &str) -> Option<Language> {
    let plain = super::text::plain(text).replace(['(', ')', '[', ']', ',', ':', '.', '_', '-', '/'], " ");
    let plain = super::text::line(&plain);
    let told = LANGUAGES.iter().find(|(word, _)| {
        plain.strip_suffix(word).is_some_and(|r| r.ends_with(' '))
            || plain.strip_prefix(word).is_some_and(|r| r.starts_with(' '))
    });
    if let Some((_, language)) = told {
        return Some(*language);
    }
    let latin = plain.chars().any(|c| c.is_ascii_alphabetic());
    let cyrillic = plain.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
    match (latin, cyrillic) {
        (true, false) => Some(Language::En),
        (false, true) => Some(Language::Ru),
        _ => None,
    }
}

/// A heading without the marks of footnotes, and without articles.
fn without_marks(text: &str) -> String {
    let marks = |c: char| matches!(c, '*' | '†' | '‡' | '¹' | '²' | '³' | '⁴'..='⁹');
    let bare: String = text.chars().filter(|c| !marks(*c)).collect();
    let words =
        bare.split([' ', '\u{a0}']).filter(|w| !matches!(w.to_lowercase().as_str(), "the" | "a" | "an" | "o/w"));
    words.collect::<Vec<_>>().join(" ")
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn inside_brackets(text: &str) -> Option<String> {
    let (_, rest) = text.split_once('(')?;
    let (inner, _) = rest.split_once(')')?;
    Some(inner.to_owned())
}

/// A heading under a wider one: `Total`, `M`, `F`, `Start`, `End`.
pub(super) fn under(parent: Option<Heading>, text: &str) -> Option<Heading> {
    let dashed = super::text::plain(text).replace(['|', '\n'], "/");
    let mut found = None;
    for half in dashed.split('/') {
        let half = ["в т.ч.", "в том числе", "из них", "of whom", "of which", "including", "incl."]
            .iter()
            .find_map(|word| half.trim_start().strip_prefix(word))
            .unwrap_or(half);
        let this = match skeleton(half).as_str() {
            s if [skeleton("total"), skeleton("всего"), skeleton("итого"), skeleton("all"), skeleton("общее")]
                .iter()
                .any(|t| t == s) =>
            {
                match parent {
                    Some(H::Participants) => H::Participants,
                    Some(H::UnitValueEur | H::TotalValueEur) => H::TotalValueEur,
                    _ => return None,
                }
            }
            s if ["women", "female", "females", "f", "w", "жен", "женщин", "женщины", "ж"]
                .iter()
                .any(|t| skeleton(t) == s) =>
            {
                H::Women
            }
            s if ["men", "male", "males", "m", "муж", "мужчин", "мужчины", "м"].iter().any(|t| skeleton(t) == s) => {
                H::Men
            }
            s if ["start", "from", "start date", "начало", "с", "дата начала"].iter().any(|t| skeleton(t) == s) => {
                match parent {
                    Some(H::StartDate | H::EndDate) => H::StartDate,
                    Some(H::PlannedStart | H::PlannedEnd) => H::PlannedStart,
                    _ => return None,
                }
            }
            s if ["end", "to", "until", "end date", "окончание", "конец", "по", "дата окончания"]
                .iter()
                .any(|t| skeleton(t) == s) =>
            {
                match parent {
                    Some(H::StartDate | H::EndDate) => H::EndDate,
                    Some(H::PlannedStart | H::PlannedEnd) => H::PlannedEnd,
                    _ => return None,
                }
            }
            s if ["unit", "per unit", "за единицу", "за ед"].iter().any(|t| skeleton(t) == s) => {
                match parent {
                    Some(H::UnitValueEur | H::TotalValueEur) => H::UnitValueEur,
                    _ => return None,
                }
            }
            _ => continue,
        };
        if found.is_some_and(|f| f != this) {
            return None;
        }
        found = Some(this);
    }
    found
}

/// Words over `women | men` that stand for no column themselves.
pub(super) fn is_of_whom(text: &str) -> bool {
    let plain = super::text::plain(text);
    plain.split('/').all(|half| {
        matches!(
            half.trim().trim_end_matches([':', ',', '.']),
            "of whom"
                | "of which"
                | "including"
                | "incl"
                | "by sex"
                | "by gender"
                | "sex"
                | "gender"
                | "из них"
                | "в том числе"
                | "в т.ч"
                | "пол"
        )
    })
}

/// Whether a column is about persons one by one (V31); such columns are never read.
pub(super) fn is_personal(sheet: Sheet, text: &str) -> bool {
    let plain = super::text::plain(text);
    if sheet == Sheet::Participants && matches!(plain.as_str(), "name" | "names" | "имя" | "имена" | "name / имя")
    {
        return true;
    }
    const WORDS: [&str; 39] = [
        "passport",
        "phone",
        "mobile",
        "telephone",
        "e-mail",
        "email",
        "date of birth",
        "birth date",
        "birthday",
        "contact person",
        "contact details",
        "participant names",
        "names of participants",
        "name of participant",
        "participants' names",
        "participant's name",
        "participant name",
        "full name",
        "first name",
        "last name",
        "surname",
        "family name",
        "list of participants",
        "(names)",
        "(name)",
        "name list",
        "list of names",
        "(фио)",
        "паспорт",
        "телефон",
        "тел.",
        "эл. почта",
        "электронная почта",
        "эл.почта",
        "дата рождения",
        "контактное лицо",
        "фамилия",
        "имена участников",
        "список участников",
    ];
    WORDS.iter().any(|w| plain.contains(w))
        || plain.split([' ', '/', ',', '(', ')']).any(|w| matches!(w, "фио" | "ф.и.о." | "пинфл" | "инн"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(sheet: Sheet) -> Names {
        Names::new(sheet, &std::collections::BTreeMap::new())
    }

    #[test]
    fn every_heading_is_found_by_its_own_names() {
        for sheet in Sheet::ALL {
            let names = names(sheet);
            for heading in of(sheet).0 {
                let (english, russian) = (heading.english(), heading.russian());
                assert_eq!(names.find(english), Some(*heading), "{sheet}: {english}");
                assert_eq!(names.find(&heading.key()), Some(*heading), "{sheet}: {english}");
                let bilingual = format!("{english} / {russian}");
                assert_eq!(names.find(&bilingual), Some(*heading), "{sheet}: {bilingual}");
                let shouted = format!(" {}\u{a0}*", english.to_uppercase().replace(' ', "_"));
                assert_eq!(names.find(&shouted), Some(*heading), "{sheet}: {shouted}");
                assert_eq!(names.find(russian), Some(*heading), "{sheet}: {russian}");
            }
        }
    }

    #[test]
    fn the_seed_s_own_names_are_known() {
        let names = names(Sheet::Activities);
        for (written, heading) in [
            ("activity_id", H::Id),
            ("activity_type", H::Type),
            ("participants_total", H::Participants),
            ("participants_women", H::Women),
            ("host_country", H::HostCountry),
            ("Activity / Мероприятие", H::Title),
            ("Мероприятие", H::Title),
            ("Start date\n(dd.mm.yyyy)", H::StartDate),
            ("№", H::RowNumber),
        ] {
            assert_eq!(names.find(written), Some(heading), "{written}");
        }
        assert_eq!(names.find("date_as_written"), None);
        assert_eq!(names.find("M/F"), None);
    }

    #[test]
    fn persons_are_not_columns() {
        assert!(is_personal(Sheet::Participants, "Name"));
        for text in ["Participants (names)", "Passport No.", "E-mail", "ФИО участников", "Телефон", "Full name"]
        {
            assert!(is_personal(Sheet::Activities, text), "{text}");
        }
        for text in ["Title", "Name", "Responsible", "Agenda item", "Информация"] {
            assert!(!is_personal(Sheet::Activities, text), "{text}");
        }
    }
}
