//! Text as typed into text that can be compared.

/// Letters that look alike in the Latin and the Cyrillic alphabet, in lower case: what was
/// typed with the wrong keyboard is folded to the Latin one.
const LOOK_ALIKES: [(char, char); 14] = [
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('е', 'e'),
    ('н', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('т', 't'),
    ('х', 'x'),
    ('у', 'y'),
];

/// Characters that are typed for the eye and mean nothing: soft hyphen, zero-width spaces,
/// byte order mark, directional marks.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{fe0f}')
}

/// One line: invisible characters dropped, every run of blanks (also no-break spaces, tabs,
/// line ends) one space, the ends trimmed, a leading apostrophe taken off.
#[must_use]
pub(super) fn line(text: &str) -> String {
    if is_tidy(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            // `cross-` at the end of a line goes on in the next.
            let parted = matches!(c, '\n' | '\r') && out.ends_with('-') && !out.ends_with(" -") && out.len() > 1;
            if !out.is_empty() && !out.ends_with(' ') && !parted {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    match out.strip_prefix('\'') {
        Some(rest) if !rest.contains('\'') => rest.trim_start().to_owned(),
        _ => out,
    }
}

/// Whether [`line()`] has nothing to do: most cells are such, and there are many.
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut before = b' ';
    bytes.first().is_some_and(|b| *b != b'\'')
        && bytes.iter().all(|b| {
            let doubled = *b == b' ' && before == b' ';
            before = *b;
            (0x20..0x7f).contains(b) && !doubled
        })
        && before != b' '
}

/// A longer text: as [`line()`], but its line ends stay.
#[must_use]
pub(super) fn paragraphs(text: &str) -> String {
    let lines: Vec<String> = text.split(['\n', '\r']).map(line).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
}

/// Lower case, ё as е, dashes as `-`, every quote as `"`: for reading, not for keeping.
#[must_use]
pub(super) fn plain(text: &str) -> String {
    let mut line = line(text);
    if line.is_ascii() {
        line.make_ascii_lowercase();
        return if line.contains('`') { line.replace('`', "'") } else { line };
    }
    line.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| *c != '\u{307}')
        .map(|c| match c {
            'ё' => 'е',
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{ff0d}' => '-',
            '«' | '»' | '“' | '”' | '„' | '"' => '"',
            '’' | '‘' | '`' | 'ʻ' | 'ʼ' => '\'',
            c => c,
        })
        .collect()
}

/// The skeleton of a word or name: letters and digits only, lower case, accents off, Cyrillic
/// look-alikes as Latin. Two texts with the same skeleton are the same to us.
#[must_use]
pub(super) fn skeleton(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(text.len());
    let fold = |c: char| LOOK_ALIKES.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                out.push(c.to_ascii_lowercase());
            }
            continue;
        }
        // The Russian alphabet by itself: most of what is not ASCII, and there is much of it.
        let russian = match c {
            'Й' | 'й' => Some('и'),
            'Ё' | 'ё' => Some('е'),
            'А'..='Я' => char::from_u32(u32::from(c) + 0x20),
            'а'..='я' => Some(c),
            _ => None,
        };
        if let Some(letter) = russian {
            out.push(fold(letter));
            continue;
        }
        // Й and Ё come apart into И and Е with a mark, which is dropped like any accent:
        // nothing of ours differs in that alone.
        for part in std::iter::once(c).nfd().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()) {
            out.push(fold(part));
        }
    }
    out
}

/// Whether a word mixes Latin and Cyrillic letters, as `КG` typed with two keyboards does.
#[must_use]
pub(super) fn mixes_alphabets(word: &str) -> bool {
    let latin = word.chars().any(|c| c.is_ascii_alphabetic());
    let cyrillic = word.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
    latin && cyrillic
}

/// The word in Latin letters, where all its Cyrillic ones have a Latin look-alike.
#[must_use]
pub(super) fn latinised(word: &str) -> Option<String> {
    word.chars()
        .map(|c| {
            if !('\u{400}'..='\u{4ff}').contains(&c) {
                return Some(c);
            }
            let small = c.to_lowercase().next()?;
            // Small в, н, м, т, к do not look Latin, but their capitals do, and it is
            // capitals that codes are typed in.
            let (_, latin) = LOOK_ALIKES.iter().find(|(from, _)| *from == small)?;
            Some(if c.is_uppercase() { latin.to_ascii_uppercase() } else { *latin })
        })
        .collect()
}

/// The word in Cyrillic letters, as far as its Latin ones look like them.
#[must_use]
pub(super) fn cyrillised(word: &str) -> String {
    word.chars()
        .map(|c| {
            let small = c.to_ascii_lowercase();
            let found =
                LOOK_ALIKES.iter().find(|(_, latin)| *latin == small && c.is_ascii()).map(|(cyrillic, _)| *cyrillic);
            match found {
                Some(cyrillic) if c.is_uppercase() => cyrillic.to_uppercase().next().unwrap_or(cyrillic),
                Some(cyrillic) => cyrillic,
                None => c,
            }
        })
        .collect()
}

/// Whether the text stands for nothing: blank, a dash, dots, `n/a`, `нет данных`.
#[must_use]
pub(super) fn is_nothing(text: &str) -> bool {
    // Asked of every cell: what is long, or has a digit, says something.
    if text.len() > 60 || text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let first = text.trim_start().chars().next();
    if first.is_some_and(|c| {
        c.is_alphabetic() && !matches!(c, 'n' | 'N' | 'u' | 'U' | 'н' | 'Н' | 'д' | 'Д' | 'о' | 'О' | 'и' | 'И')
    }) {
        return false;
    }
    let plain = plain(text);
    if plain.chars().all(|c| matches!(c, '-' | '.' | '…' | '_' | '/' | ' ' | '?')) {
        return true;
    }
    matches!(
        plain.trim_matches(['.', '(', ')', ' ']),
        "n/a"
            | "n / a"
            | "na"
            | "n.a"
            | "nil reported"
            | "no data"
            | "not reported"
            | "not known"
            | "not available"
            | "not applicable"
            | "not stated"
            | "not given"
            | "not supplied"
            | "unknown"
            | "нет"
            | "нет данных"
            | "нет инф"
            | "нет информации"
            | "нет сведений"
            | "сведений нет"
            | "сведения отсутствуют"
            | "данные отсутствуют"
            | "информация отсутствует"
            | "не предоставлено"
            | "не предоставлены"
            | "не имеется"
            | "не определено"
            | "no information"
            | "not provided"
            | "none reported"
            | "данных нет"
            | "н/д"
            | "н.д"
            | "нд"
            | "н/п"
            | "не указано"
            | "не указан"
            | "не указана"
            | "не представлено"
            | "не применимо"
            | "неприменимо"
            | "неизвестно"
            | "не сообщается"
            | "отсутствует"
    )
}

/// The candidate nearest to what was typed, where one is near enough to be worth asking about.
pub(super) fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = skeleton(typed);
    if wanted.chars().count() < 3 {
        return None;
    }
    candidates
        .into_iter()
        .map(|c| (strsim::jaro_winkler(&wanted, &skeleton(c)).max(shared_words(typed, c)), c))
        .filter(|(score, _)| *score >= 0.84)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, c)| c)
}

/// How much of a name of several words was typed, as a score like Jaro-Winkler's.
fn shared_words(typed: &str, candidate: &str) -> f64 {
    let words = |text: &str| -> Vec<String> { plain(text).split(' ').map(skeleton).filter(|w| w.len() > 3).collect() };
    let (ours, theirs) = (words(typed), words(candidate));
    let shared = theirs.iter().filter(|w| ours.iter().any(|o| strsim::jaro_winkler(o, w) > 0.93)).count();
    let most = u32::try_from(ours.len().max(theirs.len())).unwrap_or(u32::MAX);
    if most == 0 { 0.0 } else { f64::from(u32::try_from(shared).unwrap_or(0)) / f64::from(most) }
}

/// At most the first 60 characters, for quoting.
#[must_use]
pub(super) fn excerpt(text: &str) -> String {
    let text = line(text);
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_the_eye_does_not_tell_apart() {
        assert_eq!(skeleton("Start_Date"), skeleton("start\u{a0}date"));
        assert_eq!(skeleton("Отчётный период"), skeleton("ОТЧЕТНЫЙ ПЕРИОД"));
        assert_eq!(skeleton("КG"), skeleton("KG"));
        assert_eq!(skeleton("Rēzekne"), "rezekne");
        assert!(mixes_alphabets("КG"));
        assert_eq!(latinised("КG").as_deref(), Some("KG"));
        assert_eq!(latinised("ЖG"), None);
        assert_eq!(cyrillised("Kазaхстан"), "Казахстан");
    }

    #[test]
    fn the_quick_ways_lead_to_where_the_long_ones_do() {
        use unicode_normalization::UnicodeNormalization;
        for c in (' '..='\u{7f}').chain('\u{400}'..='\u{45f}') {
            let slow: String =
                std::iter::once(c).nfd().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
            let folded: String = slow
                .chars()
                .map(|c| LOOK_ALIKES.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to))
                .collect();
            assert_eq!(skeleton(&c.to_string()), folded, "{c:?}");
            // A letter that is not ASCII sends the others along the long way.
            let (quick, long) = (format!("{c}x"), format!("{c}xж"));
            assert_eq!(format!("{}ж", plain(&quick)), plain(&long), "{c:?}");
        }
        for text in ["a b", "a  b", " a", "a ", "'a", "a\tb", "a", "", " ", "  "] {
            assert_eq!(
                is_tidy(text),
                !text.is_empty() && line(&format!("{text}ж")) == format!("{text}ж") && !text.ends_with(' '),
                "{text:?}"
            );
        }
    }

    #[test]
    fn keeps_one_space_and_no_invisible_letters() {
        assert_eq!(line("  '1\u{a0}900 "), "1 900");
        assert_eq!(line("work\u{ad}shop\n on  customs"), "workshop on customs");
        assert_eq!(line("On cross-\nborder trade -\n and more"), "On cross-border trade - and more");
        assert_eq!(paragraphs("one\r\n\r\n two "), "one\ntwo");
    }

    #[test]
    fn knows_the_ways_of_saying_nothing() {
        for text in ["", "-", "—", "n/a", "N/A", "нет данных", "Нет", "н/д", "..."] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["0", "Nurlan", "no 5", "нетто"] {
            assert!(!is_nothing(text), "{text}");
        }
    }

    #[test]
    fn asks_about_near_misses_only() {
        let types = ["Workshop", "Training of trainers", "Study visit"];
        assert_eq!(nearest("Workshp", types), Some("Workshop"));
        assert_eq!(nearest("Trainig for trainers", types), Some("Training of trainers"));
        assert_eq!(nearest("Picnic", types), None);
    }
}
