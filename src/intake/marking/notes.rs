//! The notes on a sheet's cells: its comments part.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Unmarkable;
use super::xml::{Edits, Element, Piece, attribute, element, elements, escaped, local, name, prefix, walk};
use crate::cell::CellRef;

/// How our part of a note begins, as a spreadsheet program begins a note: with its author.
/// Notes are known again by it, whatever program has saved them meanwhile.
pub(in crate::intake) const OURS: &str = "rapporteur:";
/// Longest note, in UTF-16 units.
const LONGEST: usize = 32_767;

/// The notes of a sheet, as they were and as they will be.
pub(super) struct Notes {
    text: String,
    edits: Edits,
    /// Notes of others, with the place where their text ends and, of a plain one, its text.
    others: BTreeMap<CellRef, Other>,
    /// Cells whose notes were ours, from an earlier round.
    pub(super) removed: BTreeSet<CellRef>,
    /// Cells that have got a note of their own.
    pub(super) added: BTreeSet<CellRef>,
    prefix: String,
    author: usize,
    new_author: bool,
    new: String,
}

struct Other {
    end: usize,
    plain: Option<Range<usize>>,
    threaded: bool,
    units: usize,
}

impl Notes {
    /// A part without a note.
    pub(super) fn empty(namespace: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\">\
             <authors></authors><commentList></commentList></comments>"
        )
    }

    /// Reads a part, and takes out what an earlier round has added.
    pub(super) fn read(text: String) -> Result<Self, Unmarkable> {
        let root = element(&text, &["comments"])?.ok_or(Unmarkable::Unusual)?;
        let prefix = prefix(root.tag).to_owned();
        let mut authors: Vec<String> = Vec::new();
        for author in elements(&text, &["comments", "authors", "author"])? {
            authors.push(author.content.and_then(|c| text.get(c)).unwrap_or_default().to_owned());
        }
        let ours = authors.iter().position(|a| a == OURS.trim_end_matches(':'));
        let (mut edits, mut others, mut removed) = (Edits::default(), BTreeMap::new(), BTreeSet::new());
        for comment in elements(&text, &["comments", "commentList", "comment"])? {
            let Some(cell) = attribute(comment.tag, "ref").and_then(|r| r.parse::<CellRef>().ok()) else { continue };
            let author = attribute(comment.tag, "authorId").and_then(|a| a.parse::<usize>().ok());
            let threaded = author.and_then(|a| authors.get(a)).is_some_and(|a| a.starts_with("tc="));
            let start = comment.range.start;
            let inner = text.get(comment.range.clone()).ok_or(Unmarkable::Unusual)?;
            let pieces = pieces(inner)?;
            let words: String = pieces.iter().map(|(_, words)| words.as_str()).collect();
            if words.trim_start().starts_with(OURS) {
                edits.remove(comment.range);
                removed.insert(cell);
                continue;
            }
            let mut units = words.encode_utf16().count();
            if let Some(at) = words.find(&format!("\n{OURS}")) {
                let runs = elements(inner, &["comment", "text", "r"])?;
                let keep = words.get(..at).unwrap_or_default().trim_end().len();
                cut(&mut edits, start, &pieces, &runs, keep);
                units = at;
            }
            let Some(body) = element(inner, &["comment", "text"])? else { continue };
            let Some(content) = body.content else { continue };
            let plain = element(inner, &["comment", "text", "t"])?;
            let plain = plain.map(|t| t.range.start + start..t.range.end + start);
            others.insert(cell, Other { end: content.end + start, plain, threaded, units });
        }
        let (author, new_author) = ours.map_or((authors.len(), true), |a| (a, false));
        Ok(Self {
            edits,
            others,
            removed,
            added: BTreeSet::new(),
            prefix,
            author,
            new_author,
            new: String::new(),
            text,
        })
    }

    /// Adds a note to a cell; to one that has a note, at its end. A conversation is left alone.
    pub(super) fn add(&mut self, cell: CellRef, words: &str) {
        let p = &self.prefix;
        match self.others.get(&cell) {
            Some(other) if other.threaded => {}
            Some(other) => {
                let runs = runs(p, "\n\n", &shortened(words, LONGEST.saturating_sub(other.units)));
                if let Some(plain) = &other.plain {
                    self.edits.insert(plain.start, format!("<{p}r>"));
                    self.edits.insert(plain.end, format!("</{p}r>{runs}"));
                } else {
                    self.edits.insert(other.end, runs);
                }
            }
            None => {
                let runs = runs(p, "", &shortened(words, LONGEST));
                self.new.push_str(&format!(
                    "<{p}comment ref=\"{cell}\" authorId=\"{}\"><{p}text>{runs}</{p}text></{p}comment>",
                    self.author
                ));
                self.added.insert(cell);
            }
        }
    }

    /// Whether the part is to be written anew.
    pub(super) fn is_changed(&self) -> bool {
        !(self.edits.is_empty() && self.new.is_empty())
    }

    /// The part with all changes.
    pub(super) fn write(mut self) -> Result<String, Unmarkable> {
        let p = &self.prefix;
        if !self.new.is_empty() {
            if self.new_author {
                let authors = element(&self.text, &["comments", "authors"])?.ok_or(Unmarkable::Unusual)?;
                let author = OURS.trim_end_matches(':');
                authors.append(&mut self.edits, &format!("<{p}author>{author}</{p}author>"));
            }
            let list = element(&self.text, &["comments", "commentList"])?.ok_or(Unmarkable::Unusual)?;
            list.append(&mut self.edits, &self.new);
        }
        Ok(self.edits.apply(&self.text))
    }
}

/// The texts of a note, each with the place of its element's content.
fn pieces(comment: &str) -> Result<Vec<(Range<usize>, String)>, Unmarkable> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    walk(comment, &mut |piece, range, _| match piece {
        Piece::Start(tag) if local(name(tag)) == "t" => open = Some((range.end, String::new())),
        Piece::Text(words) => {
            if let Some((_, text)) = &mut open {
                text.push_str(&words);
            }
        }
        Piece::End(tag) if local(tag) == "t" => {
            if let Some((start, text)) = open.take() {
                found.push((start..range.start, text));
            }
        }
        _ => {}
    })?;
    Ok(found)
}

/// Takes out what stands behind the first `keep` bytes of the words of a note.
fn cut(edits: &mut Edits, start: usize, pieces: &[(Range<usize>, String)], runs: &[Element<'_>], keep: usize) {
    let mut before = 0;
    for (range, words) in pieces {
        let kept = keep.saturating_sub(before).min(words.len());
        before += words.len();
        let run = runs.iter().find(|r| r.range.contains(&range.start)).filter(|_| kept == 0);
        let place = run.map_or(range, |r| &r.range);
        let place = place.start + start..place.end + start;
        if kept < words.len() {
            edits.replace(place, escaped(words.get(..kept).unwrap_or_default()));
        }
    }
}

/// Two runs: who speaks, in bold, and what is said.
fn runs(p: &str, before: &str, words: &str) -> String {
    let look = |first: &str| {
        format!(
            "<{p}rPr>{first}<{p}sz val=\"9\"/><{p}color indexed=\"81\"/><{p}rFont val=\"Tahoma\"/>\
             <{p}family val=\"2\"/></{p}rPr>"
        )
    };
    format!(
        "<{p}r>{}<{p}t xml:space=\"preserve\">{before}{OURS}</{p}t></{p}r>\
         <{p}r>{}<{p}t xml:space=\"preserve\">\n{}</{p}t></{p}r>",
        look(&format!("<{p}b/>")),
        look(""),
        escaped(words)
    )
}

/// A text of at most so many UTF-16 units, with room for who speaks.
fn shortened(words: &str, most: usize) -> String {
    let most = most.saturating_sub(OURS.len() + 8);
    let (mut units, mut kept) = (0, String::new());
    for letter in words.chars() {
        units += letter.len_utf16();
        if units > most {
            kept.push('…');
            break;
        }
        kept.push(letter);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTHERS: &str = "<x:comments xmlns:x=\"m\"><x:authors><x:author>A</x:author><x:author>tc={1}</x:author></x:authors>\
        <x:commentList><x:comment ref=\"B2\" authorId=\"0\"><x:text><x:t>seen</x:t></x:text></x:comment>\
        <x:comment ref=\"C3\" authorId=\"0\"><x:text><x:r><x:t>a &amp; b</x:t></x:r></x:text></x:comment>\
        <x:comment ref=\"D4\" authorId=\"1\"><x:text><x:t>[Threaded comment]</x:t></x:text></x:comment>\
        </x:commentList></x:comments>";

    fn cell(text: &str) -> CellRef {
        text.parse().unwrap()
    }

    fn marked(text: &str, words: &str) -> (String, Notes) {
        let mut notes = Notes::read(text.to_owned()).unwrap();
        for at in ["A1", "B2", "C3", "D4"] {
            notes.add(cell(at), words);
        }
        let Notes { removed, added, .. } = &notes;
        let copy = Notes { removed: removed.clone(), added: added.clone(), ..Notes::read(text.to_owned()).unwrap() };
        (notes.write().unwrap(), copy)
    }

    #[test]
    fn notes_of_others_get_a_run_and_conversations_are_left_alone() {
        let (text, seen) = marked(OTHERS, "wrong <day>");
        assert_eq!(seen.added, BTreeSet::from([cell("A1")]));
        let told = |at: &str| {
            let comments = elements(&text, &["comments", "commentList", "comment"]).unwrap();
            let found = comments.iter().find(|c| attribute(c.tag, "ref").as_deref() == Some(at)).unwrap();
            pieces(&text[found.range.clone()]).unwrap().into_iter().map(|(_, t)| t).collect::<String>()
        };
        assert_eq!(told("A1"), "rapporteur:\nwrong <day>");
        assert_eq!(told("B2"), "seen\n\nrapporteur:\nwrong <day>");
        assert_eq!(told("C3"), "a & b\n\nrapporteur:\nwrong <day>");
        assert_eq!(told("D4"), "[Threaded comment]");
        assert!(text.contains("<x:author>rapporteur</x:author>") && text.contains("authorId=\"2\""), "{text}");
    }

    #[test]
    fn a_second_round_replaces_the_first() {
        let (first, _) = marked(OTHERS, "wrong day");
        let (second, seen) = marked(&first, "wrong month");
        assert_eq!(seen.removed, BTreeSet::from([cell("A1")]));
        assert!(!second.contains("wrong day"), "{second}");
        assert_eq!(second.matches("wrong month").count(), 3);
        assert_eq!(second.matches("rapporteur</").count(), 1, "one author");
        let mut third = Notes::read(second).unwrap();
        third.add(cell("B2"), "x");
        let text = third.write().unwrap();
        assert_eq!((text.matches("rapporteur:").count(), text.matches("seen").count()), (1, 1), "{text}");
    }

    #[test]
    fn a_note_is_no_longer_than_a_cell_may_be() {
        let mut notes = Notes::read(Notes::empty("m")).unwrap();
        notes.add(cell("A1"), &"я".repeat(40_000));
        let text = notes.write().unwrap();
        let words: String = pieces(&text).unwrap().into_iter().map(|(_, t)| t).collect();
        assert!(words.encode_utf16().count() <= LONGEST && words.ends_with('…'));
    }
}
