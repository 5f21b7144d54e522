//! The English report, the Russian report and the mail tell the same figures.

use std::path::{Path, PathBuf};
use std::process::Command;

use mail_parser::{MessageParser, MimeHeaders as _};

use crate::structure::demo;

/// One space for every kind of it.
fn plain(text: &str) -> String {
    text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn text_of(pdf: &Path) -> String {
    let output = Command::new("pdftotext").arg("-raw").arg(pdf).arg("-").output().unwrap();
    plain(&String::from_utf8(output.stdout).unwrap())
}

/// A number whose digits stand in groups of three, out of words in reading order; the stop at the
/// end of a sentence ends it.
fn number<'w>(words: impl Iterator<Item = &'w str>) -> Option<u64> {
    let mut digits = String::new();
    for word in words {
        let group = word.trim_end_matches(['.', ',', ';']);
        if group.is_empty() || !group.chars().all(|c| c.is_ascii_digit()) {
            break;
        }
        digits.push_str(group);
        if group.len() < word.len() {
            break;
        }
    }
    digits.parse().ok()
}

/// The first number that stands right after a phrase.
fn after(text: &str, phrase: &str) -> u64 {
    let found = text.match_indices(phrase).find_map(|(at, _)| number(text[at + phrase.len()..].split_whitespace()));
    found.unwrap_or_else(|| panic!("no number after `{phrase}`"))
}

/// The first number that stands right before a phrase: its last group has three digits where
/// there is another before it, and no group has more.
fn before(text: &str, phrase: &str) -> u64 {
    let found = text.match_indices(phrase).find_map(|(at, _)| {
        let mut groups: Vec<&str> = Vec::new();
        for word in text[..at].split_whitespace().rev() {
            let fits = word.chars().all(|c| c.is_ascii_digit()) && groups.last().is_none_or(|last| last.len() == 3);
            if !fits || (word.len() > 3 && !groups.is_empty()) {
                break;
            }
            groups.push(word);
        }
        number(groups.into_iter().rev())
    });
    found.unwrap_or_else(|| panic!("no number before `{phrase}`"))
}

/// Activities, participants, activity days, items of equipment, their value in euro.
type Figures = [u64; 5];

fn of_english(text: &str) -> Figures {
    let tiles = &text[text.match_indices("Key figures").nth(1).unwrap().0..];
    [
        before(tiles, "activities"),
        before(tiles, "participants"),
        after(text, "took"),
        before(tiles, "items of equipment"),
        after(text, "worth EUR"),
    ]
}

fn of_russian(text: &str) -> Figures {
    let tiles = &text[text.match_indices("Основные показатели").nth(1).unwrap().0..];
    [
        before(tiles, "мероприятий"),
        before(tiles, "участник"),
        after(text, "заняли"),
        before(tiles, "позиций оборудования"),
        before(text, "евро"),
    ]
}

fn of_mail(text: &str) -> Figures {
    let line = |label: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(label)).unwrap();
        let digits = line.split('(').next().unwrap().chars().filter(char::is_ascii_digit);
        digits.collect::<String>().parse().unwrap()
    };
    ["Activities ", "Participants ", "Activity days ", "Equipment items ", "Value "].map(line)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn english_russian_and_mail_tell_the_same_figures() {
    let home = demo().join("fictional");
    for period in ["2026-Q2", "2026-Q3"] {
        let reports = files(&home.join("archive").join(period));
        let report =
            |ending: &str| text_of(reports.iter().find(|path| path.to_string_lossy().ends_with(ending)).unwrap());
        let mails = files(&home.join("mail/new")).into_iter().filter_map(|path| {
            let bytes = std::fs::read(path).unwrap();
            let mail = MessageParser::default().parse(&bytes).unwrap();
            let carries = mail.attachments().any(|part| part.attachment_name().is_some_and(|n| n.contains(period)));
            let text = mail.body_text(0).unwrap().into_owned();
            (carries && text.contains("Key figures")).then_some(text)
        });
        let mails: Vec<String> = mails.collect();
        assert!(!mails.is_empty(), "no mail in English for {period}");
        let english = of_english(&report("_EN.pdf"));
        assert!(english.iter().all(|figure| *figure > 0), "{english:?}");
        assert_eq!(english, of_russian(&report("_RU.pdf")), "{period} in Russian");
        for mail in mails {
            assert_eq!(english, of_mail(&mail), "{period} in the mail");
        }
    }
}
