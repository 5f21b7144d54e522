//! Notes on cells, in a form that can be printed: without who wrote them, and without what we wrote.
//!
//! A conversation (Excel's threaded comments, the comments of Google Sheets) is talk between colleagues and
//! nobody's footnote: it is not read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Read, Seek};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::marking::OURS;
use super::letter;
use crate::cell::CellRef;

/// Most notes that are kept of a sheet.
const MOST_KEPT: usize = 10_000;
/// Most bytes that are read of a note; a sentence or two are some hundred.
pub(super) const MOST_BYTES: usize = 4_000;

/// The text of a note, or nothing where it says nothing to a reader of the report.
pub(super) fn footnote(text: &str, authors: &BTreeSet<String>) -> Option<String> {
    let text = text.replace("\r\n", "\n");
    // Google Sheets ends what each has said with a name.
    if text.contains("\n\t-") {
        return None;
    }
    let own = if text.trim_start().starts_with(OURS) { "" } else { text.as_str() };
    let own = own.split_once(&format!("\n{OURS}")).map_or(own, |(before, _)| before);
    let own = match own.split_once('\n') {
        Some((first, rest)) if first.trim().strip_suffix(':').is_some_and(|name| authors.contains(name.trim())) => rest,
        _ => own,
    };
    let own = own.trim();
    (!own.is_empty()).then(|| own.to_owned())
}

/// The notes of a sheet of an Office Open XML package, by their cells. They are no reason to refuse a workbook:
/// a part that cannot be read has none.
pub(super) fn of_sheet<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    names: &BTreeMap<String, usize>,
    sheet: &str,
    most_bytes: u64,
) -> BTreeMap<CellRef, String> {
    let sheet = sheet.trim_start_matches('/');
    let (folder, file) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let mut part = None;
    each(zip, names, &format!("{folder}/_rels/{file}.rels"), most_bytes, &mut |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && value(tag, "Type").is_some_and(|kind| kind.ends_with("/relationships/comments"))
        {
            part = value(tag, "Target").map(|target| resolved(folder, &target));
        }
    });
    let mut gathering = Gathering::default();
    if let Some(part) = part {
        each(zip, names, &part, most_bytes, &mut |event| gathering.see(event));
    }
    gathering.found
}

/// A target as its package names it.
fn resolved(folder: &str, target: &str) -> String {
    let mut way: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(way.pop()),
            step => way.push(step),
        }
    }
    way.join("/").to_ascii_lowercase()
}

fn each<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    names: &BTreeMap<String, usize>,
    part: &str,
    most_bytes: u64,
    visit: &mut dyn FnMut(&Event<'_>),
) {
    let Some(entry) = names.get(part).and_then(|index| zip.by_index(*index).ok()) else { return };
    let mut xml = Reader::from_reader(BufReader::new(entry.take(most_bytes)));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Eof) | Err(_) => return,
            Ok(event) => visit(&event),
        }
    }
}

fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// A part of comments, as its elements come by.
#[derive(Default)]
struct Gathering {
    authors: Vec<String>,
    known: BTreeSet<String>,
    author: Option<String>,
    note: Option<(CellRef, bool, String)>,
    in_text: bool,
    found: BTreeMap<CellRef, String>,
}

impl Gathering {
    fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "author" => self.author = Some(String::new()),
                "comment" => {
                    let author = value(tag, "authorId").and_then(|id| self.authors.get(id.parse::<usize>().ok()?));
                    let is_talk = author.is_some_and(|author| author.starts_with("tc="));
                    let cell = value(tag, "ref").and_then(|cell| cell.parse().ok());
                    self.note = cell.map(|cell| (cell, is_talk, String::new()));
                }
                "t" => self.in_text = true,
                _ => {}
            },
            Event::Text(text) => self.add(&text.xml10_content()),
            Event::CData(text) => self.add(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                if let Some(letter) = letter(entity) {
                    self.add(letter.encode_utf8(&mut [0; 4]));
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "author" => {
                    if let Some(author) = self.author.take() {
                        self.known.insert(author.trim().to_owned());
                        self.authors.push(author);
                    }
                }
                "t" => self.in_text = false,
                "comment" => {
                    let Some((cell, is_talk, text)) = self.note.take() else { return };
                    if !is_talk
                        && self.found.len() < MOST_KEPT
                        && let Some(text) = footnote(&text, &self.known)
                    {
                        self.found.insert(cell, text);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn add(&mut self, words: &str) {
        if let Some(author) = &mut self.author {
            author.push_str(words);
        } else if self.in_text
            && let Some((_, _, text)) = &mut self.note
            && text.len() + words.len() <= MOST_BYTES
        {
            text.push_str(words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(xml: &str) -> Vec<(String, String)> {
        let mut gathering = Gathering::default();
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                event => gathering.see(&event),
            }
        }
        gathering.found.into_iter().map(|(cell, text)| (cell.to_string(), text)).collect()
    }

    #[test]
    fn notes_are_read_without_their_author_and_without_ours() {
        let found = gathered(
            "<x:comments xmlns:x=\"m\"><x:authors><x:author>Example Author</x:author><x:author>tc={1}</x:author>\
             <x:author>rapporteur</x:author></x:authors><x:commentList>\
             <x:comment ref=\"B2\" authorId=\"0\"><x:text><x:r><x:t>Example Author:</x:t></x:r>\
             <x:r><x:t xml:space=\"preserve\">\nwithout observers &amp; guests</x:t></x:r></x:text></x:comment>\
             <x:comment ref=\"B3\" authorId=\"0\"><x:text><x:t>Note: by list</x:t></x:text></x:comment>\
             <x:comment ref=\"B4\" authorId=\"1\"><x:text><x:t>[Threaded comment]</x:t></x:text></x:comment>\
             <x:comment ref=\"B5\" authorId=\"2\"><x:text><x:t>rapporteur:</x:t><x:t>\nwrong day</x:t></x:text></x:comment>\
             <x:comment ref=\"B6\" authorId=\"0\"><x:text><x:t>seen</x:t><x:t>\n\nrapporteur:\nwrong day</x:t></x:text></x:comment>\
             <x:comment ref=\"B7\" authorId=\"0\"><x:text><x:t>agreed?\n\t-An Example</x:t></x:text></x:comment>\
             <x:comment ref=\"B8\" authorId=\"0\"><x:text><x:t> </x:t></x:text></x:comment>\
             </x:commentList></x:comments>",
        );
        let expected = [("B2", "without observers & guests"), ("B3", "Note: by list"), ("B6", "seen")];
        assert_eq!(found, expected.map(|(cell, text)| (cell.to_owned(), text.to_owned())));
    }

    #[test]
    fn targets_are_found_from_the_sheets_folder() {
        assert_eq!(resolved("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl/worksheets", "/xl/Comments/c.xml"), "xl/comments/c.xml");
        assert_eq!(resolved("xl/worksheets", "c.xml"), "xl/worksheets/c.xml");
    }
}
