//! Whose file it is.

use unicode_normalization::UnicodeNormalization;

use crate::config::Config;
use crate::recipient::{Contributor, Language};

/// Whom a file comes from: what it replaces, and who is answered in which language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The contributor's e-mail address, or the file's name where it is nobody's.
    pub key: String,
    /// Whose it is.
    pub contributor: Option<Contributor>,
}

impl Source {
    /// Finds the source of a file by its folder below the inbox, then by its name.
    ///
    /// A folder speaks for a contributor by the pattern, by their name, or by their country
    /// where it has only one contributor. Of several patterns that fit, the longest is meant.
    /// Without one the file's own name is the source, less what a browser or a file manager
    /// adds to a copy.
    #[must_use]
    pub fn of(name: &str, folder: &str, config: &Config) -> Self {
        let name = plain_name(name);
        let folders: Vec<&str> = folder.split('/').filter(|f| !f.is_empty()).collect();
        let people = &config.contributors;
        let by_pattern = |text: &str| {
            people.iter().filter(|c| fits(&c.files, text)).max_by_key(|c| c.files.chars().filter(|l| *l != '*').count())
        };
        let by_folder = |folder: &str| {
            let of_country = |c: &&Contributor| c.country.is_some_and(|k| k.code().eq_ignore_ascii_case(folder));
            let alone = people.iter().filter(of_country).count() == 1;
            by_pattern(folder)
                .or_else(|| people.iter().find(|c| c.name.to_lowercase() == folder.to_lowercase()))
                .or_else(|| people.iter().find(of_country).filter(|_| alone))
        };
        let contributor = folders.iter().rev().find_map(|f| by_folder(f)).or_else(|| by_pattern(&name));
        Self { key: contributor.map_or(name, |c| c.email.clone()), contributor: contributor.cloned() }
    }

    /// Language to answer in: the contributor's, else the programme's first.
    #[must_use]
    pub fn language(&self, config: &Config) -> Language {
        let programme = config.programme.languages.first().copied().unwrap_or_default();
        self.contributor.as_ref().map_or(programme, |c| c.language)
    }
}

/// How the names of marked copies end, before their extension.
const MARKS: [(Language, &str); 2] = [(Language::En, " (marked)"), (Language::Ru, " (с пометками)")];

/// How the name of a marked copy ends in a language, before its extension.
pub(super) fn mark(language: Language) -> &'static str {
    MARKS.iter().find(|(l, _)| *l == language).map_or(" (marked)", |(_, mark)| mark)
}

/// Name of the file whose marked copy has this name, where it is one of a marked copy.
pub(super) fn original_of(copy: &str) -> Option<String> {
    let (stem, extension) = copy.rsplit_once('.')?;
    let original = MARKS.iter().find_map(|(_, mark)| stem.strip_suffix(mark)).filter(|stem| !stem.is_empty())?;
    Some(if ends_as_source(original) { original.to_owned() } else { format!("{original}.{extension}") })
}

/// The name under which a file is filed: a marked copy that comes back is its original again.
pub(super) fn filed_name(name: &str) -> String {
    let (stem, extension) = parts(name);
    match (stripped(stem), extension) {
        ((plain, true), Some(extension)) => format!("{plain}.{extension}"),
        _ => name.to_owned(),
    }
}

/// Whether a name without its last extension is whole: that of a file which is answered with a
/// workbook of another kind.
fn ends_as_source(stem: &str) -> bool {
    let lower = stem.to_lowercase();
    [".csv", ".tsv", ".txt", ".ods", ".xls"].iter().any(|ending| lower.ends_with(ending))
}

fn parts(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, Some(extension)),
        _ => (name, None),
    }
}

/// A stem without the marks of copies, and whether ours was among them.
fn stripped(stem: &str) -> (&str, bool) {
    let (mut stem, mut is_marked) = (stem.trim_end(), false);
    loop {
        let numbered = stem.strip_suffix(')').and_then(|s| s.rsplit_once('(')).and_then(|(before, number)| {
            let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
            (is_number && before.ends_with(' ')).then(|| before.trim_end())
        });
        let marked = MARKS.iter().find_map(|(_, mark)| stem.strip_suffix(mark));
        let copied = [" - Copy", " - copy", " - копия", " — копия", " — Копия", " - Копия", " (copy)", " (копия)"]
            .iter()
            .find_map(|mark| stem.strip_suffix(mark));
        match numbered.or(copied).or(marked).map(str::trim_end) {
            Some(shorter) if !shorter.is_empty() => {
                is_marked |= marked.is_some();
                stem = shorter;
            }
            _ => return (stem, is_marked),
        }
    }
}

/// A file's name without the mark of a copy: `plan (1).csv`, `plan - Copy.csv` and
/// `plan.csv (marked).xlsx` are `plan.csv`.
pub(super) fn plain_name(name: &str) -> String {
    let name: String = name.nfc().collect();
    let (stem, extension) = parts(&name);
    match stripped(stem) {
        (stem, true) if ends_as_source(stem) => stem.to_owned(),
        (stem, _) => extension.map_or_else(|| stem.to_owned(), |e| format!("{stem}.{e}")),
    }
}

/// Whether `text` fits a pattern of `*` and `?`; case does not matter. An empty pattern fits nothing.
fn fits(pattern: &str, text: &str) -> bool {
    if pattern.is_empty() {
        return false;
    }
    let pattern: Vec<char> = pattern.nfc().flat_map(char::to_lowercase).collect();
    let text: Vec<char> = text.nfc().flat_map(char::to_lowercase).collect();
    let (mut p, mut t) = (0, 0);
    // Where to go on when a guess for the last star was too short.
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(c) if *c == '?' || Some(c) == text.get(t) => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((after, from)) => {
                    retry = Some((after, from + 1));
                    p = after;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_the_name_of_its_original() {
        for (copy, original) in [
            ("activities_TJ (1).xlsx", "activities_TJ.xlsx"),
            ("activities_TJ - Copy (2).xlsx", "activities_TJ.xlsx"),
            ("план — копия.csv", "план.csv"),
            ("report (2017).xlsx", "report (2017).xlsx"),
            ("plan(1).csv", "plan(1).csv"),
            ("(1).csv", "(1).csv"),
            ("activities_TJ (marked).xlsx", "activities_TJ.xlsx"),
            ("activities_TJ (2) (с пометками) (1).xlsx", "activities_TJ.xlsx"),
            ("plan.csv (marked).xlsx", "plan.csv"),
            ("plan.csv.xlsx", "plan.csv.xlsx"),
            (" (marked).xlsx", " (marked).xlsx"),
            ("no extension", "no extension"),
        ] {
            assert_eq!(plain_name(copy), original);
        }
    }

    #[test]
    fn a_marked_copy_knows_its_original() {
        for (copy, original, filed) in [
            ("a (2) (marked).xlsx", Some("a (2).xlsx"), "a.xlsx"),
            ("a.csv (с пометками).xlsx", Some("a.csv"), "a.csv.xlsx"),
            ("a (marked) (1).xlsm", None, "a.xlsm"),
            ("a (1).xlsx", None, "a (1).xlsx"),
        ] {
            assert_eq!(original_of(copy).as_deref(), original, "{copy}");
            assert_eq!(filed_name(copy), filed, "{copy}");
        }
    }

    #[test]
    fn patterns_fit_as_on_a_command_line() {
        for (pattern, text, expected) in [
            ("*TJ*", "activities_tj.xlsx", true),
            ("*TJ*", "activities_KG.xlsx", false),
            ("plan?.csv", "plan1.csv", true),
            ("plan?.csv", "plan.csv", false),
            ("*.xlsx", "a.b.xlsx", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("", "x", false),
            ("*", "x", true),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }
}
