//! Countries as people write them: codes, names, adjectives, abbreviations, lists.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use crate::recipient::Country;

use super::text::{latinised, mixes_alphabets, nearest, plain, skeleton};

/// Code, three-letter code, and names parted by `|`; the first English and Russian ones are
/// the usual. The programme's countries come with all that a workbook may call them.
const COUNTRIES: &[(&str, &str, &str)] = &[
    (
        "KZ",
        "KAZ",
        "Kazakhstan|Казахстан|Republic of Kazakhstan|Республика Казахстан|Республики Казахстан|РК|RK|Респ. Казахстан|Каз|Kazakh|Kazakhstani|Казахстана|Казахстане|Қазақстан|Qazaqstan|398|KAZ.|Kazakstan|КЗ",
    ),
    (
        "KG",
        "KGZ",
        "Kyrgyzstan|Кыргызстан|Kyrgyz Republic|Кыргызская Республика|КР|Киргизская Республика|Кыргызской Республики|Кыргызской Республике|Респ. Кыргызстан|Кырг|Kyrgyz|Kirgizstan|Киргизия|Киргизстан|Кыргызстана|Кыргызстане|Kyrgyzstan Republic|Republic of Kyrgyzstan|The Kyrgyz Republic|417|Кыргызстан Республикасы|КГ",
    ),
    (
        "TJ",
        "TJK",
        "Tajikistan|Таджикистан|Republic of Tajikistan|Республика Таджикистан|РТ|RT|Респ. Таджикистан|Республики Таджикистан|Тажикистан|Тадж|Tajik|Tadjikistan|Tadzhikistan|Таджикистана|Таджикистане|Тоҷикистон|762|TAJ|ТДж|ТЖ",
    ),
    (
        "TM",
        "TKM",
        "Turkmenistan|Туркменистан|Turkmenia|Туркм|Turkmen|Туркмения|Туркменистана|Туркменистане|Türkmenistan|795|Republic of Turkmenistan",
    ),
    (
        "UZ",
        "UZB",
        "Uzbekistan|Узбекистан|Republic of Uzbekistan|Республика Узбекистан|РУз|RUz|РУ|Респ. Узбекистан|Р. Узбекистан|Республики Узбекистан|Узб|Uzbek|Узбекистана|Узбекистане|Oʻzbekiston|O'zbekiston|Ўзбекистон|860|УЗ",
    ),
    ("AF", "AFG", "Afghanistan|Афганистан|Islamic Republic of Afghanistan|Afghan|Афг|Афганистана|Афганистане"),
    ("LV", "LVA", "Latvia|Латвия|Republic of Latvia|Латвии|Латв"),
    ("LT", "LTU", "Lithuania|Литва|Republic of Lithuania|Литвы|Литве"),
    ("EE", "EST", "Estonia|Эстония|Эстонии"),
    ("HU", "HUN", "Hungary|Венгрия|Венгрии"),
    ("PL", "POL", "Poland|Польша|Польши|Польше"),
    ("IT", "ITA", "Italy|Италия|Италии"),
    ("PT", "PRT", "Portugal|Португалия|Португалии"),
    ("AT", "AUT", "Austria|Австрия|Австрии"),
    ("DE", "DEU", "Germany|Германия|Германии|FRG|ФРГ"),
    ("FR", "FRA", "France|Франция|Франции"),
    ("ES", "ESP", "Spain|Испания|Испании"),
    ("BE", "BEL", "Belgium|Бельгия|Бельгии"),
    ("NL", "NLD", "Netherlands|Нидерланды|The Netherlands|Нидерландов"),
    ("LU", "LUX", "Luxembourg|Люксембург"),
    ("IE", "IRL", "Ireland|Ирландия|Ирландии"),
    ("DK", "DNK", "Denmark|Дания|Дании"),
    ("SE", "SWE", "Sweden|Швеция|Швеции"),
    ("FI", "FIN", "Finland|Финляндия|Финляндии"),
    ("NO", "NOR", "Norway|Норвегия|Норвегии"),
    ("IS", "ISL", "Iceland|Исландия|Исландии"),
    ("CH", "CHE", "Switzerland|Швейцария|Швейцарии"),
    ("CZ", "CZE", "Czechia|Чехия|Czech Republic|Чешская Республика|Чехии"),
    ("SK", "SVK", "Slovakia|Словакия|Словакии"),
    ("SI", "SVN", "Slovenia|Словения|Словении"),
    ("HR", "HRV", "Croatia|Хорватия|Хорватии"),
    ("RO", "ROU", "Romania|Румыния|Румынии"),
    ("BG", "BGR", "Bulgaria|Болгария|Болгарии"),
    ("GR", "GRC", "Greece|Греция|Греции"),
    ("CY", "CYP", "Cyprus|Кипр|Кипра"),
    ("MT", "MLT", "Malta|Мальта|Мальты"),
    ("GB", "GBR", "United Kingdom|Великобритания|UK|Great Britain|Соединенное Королевство"),
    ("US", "USA", "United States|США|United States of America|Соединенные Штаты Америки"),
    ("CA", "CAN", "Canada|Канада|Канады"),
    ("RU", "RUS", "Russia|Россия|Russian Federation|Российская Федерация|РФ|России"),
    ("BY", "BLR", "Belarus|Беларусь|Беларуси|Republic of Belarus"),
    ("UA", "UKR", "Ukraine|Украина|Украины|Украине"),
    ("MD", "MDA", "Moldova|Молдова|Republic of Moldova|Молдовы"),
    ("GE", "GEO", "Georgia|Грузия|Грузии"),
    ("AM", "ARM", "Armenia|Армения|Армении"),
    ("AZ", "AZE", "Azerbaijan|Азербайджан|Азербайджана"),
    ("TR", "TUR", "Turkey|Турция|Türkiye|Турции"),
    ("CN", "CHN", "China|Китай|КНР|People's Republic of China|PRC|Китая"),
    ("MN", "MNG", "Mongolia|Монголия|Монголии"),
    ("IR", "IRN", "Iran|Иран|Islamic Republic of Iran|Ирана"),
    ("PK", "PAK", "Pakistan|Пакистан|Пакистана"),
    ("IN", "IND", "India|Индия|Индии"),
    ("JP", "JPN", "Japan|Япония|Японии"),
    ("AE", "ARE", "United Arab Emirates|ОАЭ|UAE"),
    ("RS", "SRB", "Serbia|Сербия|Сербии"),
    ("BA", "BIH", "Bosnia and Herzegovina|Босния и Герцеговина"),
    ("ME", "MNE", "Montenegro|Черногория"),
    ("MK", "MKD", "North Macedonia|Северная Македония"),
    ("AL", "ALB", "Albania|Албания|Албании"),
    ("XK", "XKX", "Kosovo|Косово"),
    ("IL", "ISR", "Israel|Израиль|Израиля"),
    ("KR", "KOR", "Republic of Korea|Республика Корея|South Korea|Korea|Южная Корея|Корея"),
    ("TH", "THA", "Thailand|Таиланд"),
    ("MY", "MYS", "Malaysia|Малайзия"),
    ("SG", "SGP", "Singapore|Сингапур"),
];

/// Codes that are another country's, typed for one of ours: what the code really is, in
/// English and Russian, and what was probably meant.
const MISTYPED: [(&str, &str, &str, &str); 9] = [
    ("KR", "Korea", "Корея", "KG"),
    ("KY", "the Cayman Islands", "Каймановы острова", "KG"),
    ("KI", "Kiribati", "Кирибати", "KG"),
    ("TU", "no country's code", "такого кода страны нет", "TM"),
    ("TK", "Tokelau", "Токелау", "TM"),
    ("TA", "no country's code", "такого кода страны нет", "TJ"),
    ("TD", "Chad", "Чад", "TJ"),
    ("KA", "no country's code", "такого кода страны нет", "KZ"),
    ("US", "the United States", "США", "UZ"),
];

/// What a cell says of countries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// In the order written, each once.
    pub(super) countries: Vec<Country>,
    /// A region was named and its countries were not: `CA countries`.
    pub(super) region: bool,
    /// Words whose look-alike letters were mended, as typed.
    pub(super) look_alikes: Vec<String>,
}

/// A piece of a list that is no country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoCountry {
    /// Nothing like it; the nearest name, where one is near.
    Unknown { typed: String, nearest: Option<&'static str> },
    /// `KR`: the code of another country; what it is (in both languages), what was meant.
    OtherCode { typed: String, means: (&'static str, &'static str), meant: &'static str },
}

/// Letters of the longest code.
const MOST_OF_A_CODE: usize = 3;

/// All ways of writing a country.
#[derive(Debug)]
pub(super) struct Countries {
    names: HashMap<String, Country>,
    /// Codes and abbreviations in Latin letters: `PT` is Portugal, and only `РТ` is Tajikistan.
    short: HashMap<String, Country>,
    /// The programme's own.
    programme: Vec<Country>,
    /// Cells read before: a large sheet says the same few things in all its rows.
    read: RefCell<HashMap<String, (Listed, Vec<NoCountry>)>>,
}

/// Most cells that are remembered, and the longest, in bytes.
const MOST_CELLS: usize = 1_000;
const LONGEST_CELL: usize = 200;

/// The text without brackets that hold a number, `KZ (5), KG (10 чел.)`, and without the numbers
/// of a list, `1. KZ 2. KG`.
fn without_numbers(text: &str) -> String {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((inside, behind)) = after.split_once(')') else { break };
        out.push_str(before);
        if !inside.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            out.push('(');
            out.push_str(inside);
            out.push(')');
        }
        rest = behind;
    }
    out.push_str(rest);
    let listed = ["1. ", "1) "].iter().any(|mark| out.trim_start().starts_with(mark));
    if !listed {
        return out;
    }
    let number = |word: &str| {
        word.strip_suffix(['.', ')'])
            .is_some_and(|n| !n.is_empty() && n.len() <= 2 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    out.split_whitespace().map(|word| if number(word) { ";" } else { word }).collect::<Vec<_>>().join(" ")
}

impl Countries {
    pub(super) fn new(programme: &[Country], further: &BTreeMap<String, String>) -> Self {
        let mut names = HashMap::new();
        let mut short = HashMap::new();
        let is_short = |name: &str| name.is_ascii() && skeleton(name).len() <= MOST_OF_A_CODE;
        for (code, three, others) in COUNTRIES {
            let Some(country) = Country::new(code) else { continue };
            for name in [*code, *three].into_iter().chain(others.split('|')) {
                names.entry(skeleton(name)).or_insert(country);
                if is_short(name) {
                    short.entry(skeleton(name)).or_insert(country);
                }
            }
        }
        for country in programme {
            names.entry(skeleton(country.code())).or_insert(*country);
            short.entry(skeleton(country.code())).or_insert(*country);
        }
        for (written, code) in further {
            if let Some(country) = Country::new(code) {
                names.insert(skeleton(written), country);
                if is_short(written) {
                    short.insert(skeleton(written), country);
                }
            }
        }
        Self { names, short, programme: programme.to_vec(), read: RefCell::default() }
    }

    /// One name, and nothing beside it.
    pub(super) fn one(&self, text: &str) -> Option<Country> {
        let key = skeleton(text);
        let is_short = text.is_ascii() && key.len() <= MOST_OF_A_CODE;
        let found = if is_short { self.short.get(&key) } else { self.names.get(&key) }.copied()?;
        // Of either alphabet: `КR` with a Russian К is no better a code than `KR`.
        let code = key.to_uppercase();
        let is_code = key.len() == 2 && key.is_ascii();
        // Korea and the United States by their codes are taken for slips, by their names not;
        // CA is Central Asia here.
        let slip =
            is_code && !self.programme.contains(&found) && (code == "CA" || MISTYPED.iter().any(|m| m.0 == code));
        (!slip).then_some(found)
    }

    /// Whether a text is a name or a code of a country as it stands, with no letter of the other
    /// alphabet taken for its own.
    pub(super) fn is_spelt(text: &str) -> bool {
        let same = |name: &str| name.to_lowercase() == text.trim().to_lowercase();
        COUNTRIES.iter().any(|(code, three, names)| same(code) || same(three) || names.split('|').any(same))
    }

    /// A cell with any number of countries.
    pub(super) fn list(&self, text: &str) -> (Listed, Vec<NoCountry>) {
        if let Some(known) = self.read.borrow().get(text) {
            return known.clone();
        }
        let read = self.read_list(text);
        let mut known = self.read.borrow_mut();
        if text.len() <= LONGEST_CELL && known.len() < MOST_CELLS {
            known.insert(text.to_owned(), read.clone());
        }
        read
    }

    fn read_list(&self, text: &str) -> (Listed, Vec<NoCountry>) {
        let mut listed = Listed::default();
        let mut problems = Vec::new();
        self.add(&without_numbers(text), &mut listed, &mut problems, 0);
        (listed, problems)
    }

    fn add(&self, text: &str, listed: &mut Listed, problems: &mut Vec<NoCountry>, depth: u8) {
        let text = text.trim().trim_matches(['.', ':', '"']).trim();
        if text.is_empty() {
            return;
        }
        if let Some(country) = self.one(text) {
            if mixes_alphabets(text) {
                listed.look_alikes.push(text.to_owned());
            }
            if !listed.countries.contains(&country) {
                listed.countries.push(country);
            }
            return;
        }
        if let Some(all) = self.region(text) {
            if all {
                for country in &self.programme {
                    if !listed.countries.contains(country) {
                        listed.countries.push(*country);
                    }
                }
            } else {
                listed.region = true;
            }
            return;
        }
        let without = text.split_once('(').map(|(before, _)| before.trim());
        if let Some(before) = without
            && self.one(before).is_some()
            && text.ends_with(')')
            && text.matches('(').count() == 1
        {
            return self.add(before, listed, problems, depth);
        }
        let remark = |inside: &str| {
            let inside = plain(inside);
            ["принимающ", "хозяин", "host", "organi", "организатор", "online", "онлайн"]
                .iter()
                .any(|word| inside.starts_with(word))
        };
        if let Some((before, rest)) = text.split_once('(')
            && let Some((inside, after)) = rest.split_once(')')
            && remark(inside)
            && depth < 4
        {
            return self.add(&format!("{before}{after}"), listed, problems, depth + 1);
        }
        for marks in [&[';', '\n', '\r'][..], &[',', '/', '|', '+', '&', '(', ')']] {
            if text.contains(marks) {
                for piece in text.split(marks) {
                    self.add(piece, listed, problems, depth + 1);
                }
                return;
            }
        }
        // `KZ and KG`, `KZ KG TJ`, `KG-TJ`: only where that leaves nothing over.
        let spaced = plain(text);
        // `из Казахстана`, `Казахстан - 5 чел.`, `Узбекистан (принимающая сторона)`
        let bare = ["из ", "from ", "в ", "in "].iter().find_map(|word| spaced.strip_prefix(word));
        let bare = bare.or_else(|| {
            let (name, number) = spaced.split_once(" - ").or_else(|| spaced.split_once(':'))?;
            number.trim_start().starts_with(|c: char| c.is_ascii_digit()).then_some(name)
        });
        if let Some(bare) = bare.filter(|_| depth < 4) {
            return self.add(bare, listed, problems, depth + 1);
        }
        for joint in [" and ", " и ", " with ", " с ", " - ", "-", " "] {
            let pieces: Vec<&str> = spaced.split(joint).map(str::trim).filter(|p| !p.is_empty()).collect();
            let all_known = |this: &Self| pieces.iter().all(|p| this.one(p).is_some() || this.region(p).is_some());
            if pieces.len() > 1 && depth < 4 && (matches!(joint, " and " | " и ") || all_known(self)) {
                for piece in pieces {
                    self.add(piece, listed, problems, depth + 1);
                }
                return;
            }
        }
        problems.push(self.unknown(text));
    }

    /// `all 5 CA countries` is `Some(true)`: the programme's own. `CA countries`, `регион`
    /// are `Some(false)`: a region whose countries were not listed.
    fn region(&self, text: &str) -> Option<bool> {
        let plain = plain(text);
        let words: Vec<&str> = plain.split([' ', '-', '.']).filter(|w| !w.is_empty()).collect();
        let mut number = None;
        let mut all = false;
        let mut named = false;
        for word in words {
            match word {
                "all" | "все" | "всех" | "each" | "every" | "каждая" => all = true,
                "five" | "пять" | "пяти" => number = Some(5),
                "six" | "шесть" | "шести" => number = Some(6),
                "four" | "четыре" | "четырех" => number = Some(4),
                "countries"
                | "country"
                | "states"
                | "страны"
                | "стран"
                | "страна"
                | "государства"
                | "государств"
                | "республики" => named = true,
                "ca"
                | "ца"
                | "са"
                | "region"
                | "regional"
                | "регион"
                | "региона"
                | "региональное"
                | "региональный"
                | "central"
                | "asia"
                | "asian"
                | "центральная"
                | "центральной"
                | "азия"
                | "азии"
                | "multi"
                | "multilateral"
                | "multiple"
                | "several"
                | "несколько"
                | "various"
                | "разные"
                | "cross" => named = true,
                "beneficiary"
                | "programme"
                | "program"
                | "partner"
                | "bomca"
                | "бомка"
                | "программы"
                | "бенефициары"
                | "партнеры"
                | "the"
                | "of"
                | "from"
                | "in"
                | "из"
                | "participating" => {}
                other => match other.parse::<usize>() {
                    Ok(n) => number = Some(n),
                    Err(_) => return None,
                },
            }
        }
        if !(named || all) {
            return None;
        }
        Some(number == Some(self.programme.len()))
    }

    fn unknown(&self, text: &str) -> NoCountry {
        let code = text.trim().to_uppercase();
        let code = if code.is_ascii() { Some(code) } else { latinised(&code) };
        if let Some(found) = code.and_then(|c| MISTYPED.iter().find(|m| m.0 == c)) {
            return NoCountry::OtherCode { typed: text.to_owned(), means: (found.1, found.2), meant: found.3 };
        }
        // The usual names first: of two as near, the first is suggested.
        let usual = COUNTRIES.iter().flat_map(|(_, _, names)| names.split('|').take(4).filter(|n| n.len() > 4));
        NoCountry::Unknown { typed: text.to_owned(), nearest: nearest(text, usual) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn five() -> Countries {
        let programme: Vec<Country> = ["KZ", "KG", "TJ", "TM", "UZ"].iter().filter_map(|c| Country::new(c)).collect();
        Countries::new(&programme, &BTreeMap::new())
    }

    fn told(text: &str) -> String {
        let (listed, problems) = five().list(text);
        let mut out: Vec<String> = listed.countries.iter().map(ToString::to_string).collect();
        if listed.region {
            out.push("region".to_owned());
        }
        out.extend(listed.look_alikes.iter().map(|l| format!("look-alike {l}")));
        out.extend(problems.iter().map(|p| match p {
            NoCountry::Unknown { typed, nearest } => format!("unknown {typed} {}", nearest.unwrap_or("-")),
            NoCountry::OtherCode { typed, meant, .. } => format!("other {typed} {meant}"),
        }));
        out.join(" ")
    }

    #[test]
    fn reads_lists_names_and_codes() {
        for (text, expected) in [
            ("KZ, KG; TJ/UZ", "KZ KG TJ UZ"),
            ("Казахстан и Кыргызстан", "KZ KG"),
            ("Kazakhstan and the Kyrgyz Republic", "KZ KG"),
            ("Казахстан, Кыргызстан и Таджикистан", "KZ KG TJ"),
            ("KZ\nKG", "KZ KG"),
            ("KAZ KGZ", "KZ KG"),
            ("KG-TJ", "KG TJ"),
            ("kg", "KG"),
            ("РК, КР, РТ, РУз", "KZ KG TJ UZ"),
            ("Kyrgyzstan (Osh)", "KG"),
            ("KZ, KZ", "KZ"),
            ("all 5 CA countries", "KZ KG TJ TM UZ"),
            ("все пять стран ЦА", "KZ KG TJ TM UZ"),
            ("All five countries of Central Asia", "KZ KG TJ TM UZ"),
            ("CA countries", "region"),
            ("Central Asia", "region"),
            ("ЦА", "region"),
            ("CA", "region"),
            ("All region", "region"),
            ("регион", "region"),
            ("Latvia", "LV"),
            ("Казахстан – 5, Кыргызстан – 6", "KZ KG"),
            ("из Казахстана и Узбекистана", "KZ UZ"),
            ("Узбекистан (принимающая сторона), Таджикистан", "UZ TJ"),
            ("Респ. Казахстан, Кыргызской Республики", "KZ KG"),
            ("RK, RT", "KZ TJ"),
            ("Turkmenia", "TM"),
            ("КG", "KG look-alike КG"),
            ("KR", "other KR KG"),
            ("РТ, КR", "TJ other КR KG"),
            ("ТК", "other ТК TM"),
            ("PT", "PT"),
            ("РТ", "TJ"),
            ("PK", "PK"),
            ("РК", "KZ"),
            ("KP", "unknown KP -"),
            ("KZ, KY", "KZ other KY KG"),
            ("TU", "other TU TM"),
            ("TK", "other TK TM"),
            ("Republic of Korea", "KR"),
            ("Kazahstan", "unknown Kazahstan Kazakhstan"),
            ("Узбекстан", "unknown Узбекстан Узбекистан"),
            ("Atlantis", "unknown Atlantis -"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
