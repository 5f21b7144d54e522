//! What a program that reads a report aloud, or copies its text, gets: headings, paragraphs and
//! rows in the order in which a person reads them (`pdftotext` is the witness).

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use lopdf::Document;

use crate::structure::reports;

/// A report as `pdftotext` gives it: words parted by one space, divided words joined.
struct Read {
    path: &'static Path,
    bytes: &'static [u8],
    /// The text of each page.
    pages: Vec<String>,
    /// The bookmarks with the page, from zero, and the byte of its text where each stands.
    headings: Vec<(String, usize, usize)>,
}

fn all() -> impl Iterator<Item = Read> {
    reports().iter().map(|(path, bytes)| read(path, bytes))
}

fn read(path: &'static Path, bytes: &'static [u8]) -> Read {
    let out = Command::new("pdftotext").arg(path).arg("-").output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let pages: Vec<String> = String::from_utf8(out.stdout).unwrap().split('\u{c}').map(plain).collect();
    let outline = Document::load_mem(bytes).unwrap().get_toc().unwrap();
    assert_eq!(outline.errors, Vec::<String>::new());
    let mut headings: Vec<(String, usize, usize)> = Vec::new();
    for entry in outline.toc {
        let (title, page) = (plain(&entry.title), entry.page - 1);
        let from = headings.last().filter(|(_, last, _)| *last == page).map_or(0, |(last, _, at)| at + last.len());
        let found = pages[page].get(from..).and_then(|rest| rest.find(&title));
        let at = found.unwrap_or_else(|| {
            panic!("{}: `{title}` is not on page {} after what comes before it", path.display(), page + 1)
        });
        headings.push((title, page, from + at));
    }
    Read { path, bytes, pages, headings }
}

fn plain(text: &str) -> String {
    let joined = text.replace("\u{ad}\n", "").replace('\u{ad}', "");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Read {
    /// From a heading to the next one of those that begin with a word.
    fn chapter(&self, begins: &str, next: &str) -> String {
        let place = |begins: &str| self.headings.iter().find(|(title, ..)| title.starts_with(begins)).unwrap();
        let ((_, first, from), (_, last, to)) = (place(begins), place(next));
        let pages = self.pages[*first..=*last].iter().enumerate();
        let within = pages.map(|(at, text)| {
            let end = if first + at == *last { *to } else { text.len() };
            &text[if at == 0 { *from } else { 0 }..end]
        });
        within.collect::<Vec<_>>().join(" ")
    }
}

/// Each heading stands on the page of its bookmark, after those before it.
#[test]
fn headings_come_in_the_order_of_the_bookmarks() {
    for report in all() {
        let (headings, path) = (&report.headings, report.path.display());
        assert!(headings.len() > 25, "{path}: {} bookmarks", headings.len());
        assert!(headings.is_sorted_by_key(|(_, page, _)| *page), "{path}");
    }
}

/// The full list of activities: each row's id, dates, title and place in this order, before the
/// next row's; and every account of an activity as it was written.
#[test]
fn rows_come_cell_by_cell_and_every_narrative_is_there() {
    for report in all() {
        let Read { path, bytes, pages, .. } = &report;
        let text = pages.join(" ").replace('-', "");
        let carried: BTreeMap<String, Vec<u8>> = rapporteur::pdf::attachments(bytes).unwrap().into_iter().collect();
        let mut csv = csv::Reader::from_reader(carried["activities.csv"].as_slice());
        let heads = csv.headers().unwrap().clone();
        let rows: Vec<BTreeMap<String, String>> = csv
            .records()
            .map(|row| heads.iter().map(str::to_owned).zip(row.unwrap().iter().map(str::to_owned)).collect())
            .collect();
        assert!(rows.len() >= 9);
        let russian = path.to_string_lossy().ends_with("_RU.pdf");
        let (annex, next) =
            if russian { ("Приложение А.", "Приложение Б.") } else { ("Annex A.", "Annex B.") };
        let list = report.chapter(annex, next);
        let mut places = Vec::new();
        for row in &rows {
            let id = format!(" {} ", row["ID"]);
            let Some(at) = list.find(&id) else { continue };
            assert_eq!(list.matches(&id).count(), 1, "{id} stands twice in {}", path.display());
            places.push((at, row));
        }
        assert!(places.len() >= 9, "{}: {} rows in the list", path.display(), places.len());
        places.sort_by_key(|(at, _)| *at);
        let ends = places.iter().skip(1).map(|(at, _)| *at).chain([list.len()]);
        for ((at, row), end) in places.iter().zip(ends) {
            // poppler joins `note-` and `taking` as well, where a line ends between them.
            let row_text = list[*at..end].replace('-', "");
            let mut rest = row_text.as_str();
            for word in row["Title"].split_whitespace() {
                let word = plain(word).replace('-', "");
                let found = rest.find(word.as_str());
                let found = found.unwrap_or_else(|| panic!("{}: `{word}` of {} in: {rest}", path.display(), row["ID"]));
                rest = &rest[found + word.len()..];
            }
        }
        for row in &rows {
            let story = plain(row["Summary"].trim_start_matches('\''));
            let story = story.replace('-', "");
            let words: Vec<&str> = story.split(' ').filter(|word| !word.is_empty()).collect();
            // A page may end within it, and a foot stands there: sentence by sentence.
            let lost = words.chunks(8).filter(|words| !text.contains(&words.join(" "))).count();
            assert!(lost <= 2, "{}: the account of {} is not there: {story}", path.display(), row["ID"]);
        }
    }
}
