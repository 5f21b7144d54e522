//! The tags of a part of a package, found in its bytes as they are unpacked.
//!
//! No XML parser: it only has to see tags, at the speed at which they are unpacked. What it
//! finds is used for notes (hidden rows, merged cells, places of error cells) and for a
//! count, so a comment that looks like a tag does no harm.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::cell::{CellRange, CellRef};

/// Longest tag that is looked at; real ones stay far below.
const LONGEST_TAG: usize = 64 * 1024;
/// Most merged ranges and error cells that are kept of a sheet.
const MOST_KEPT: usize = 100_000;

/// A tag was longer than any spreadsheet program writes.
#[derive(Debug)]
pub(super) struct TagTooLong;

/// Hands every start tag of a stream of bytes, without its brackets, to a visitor.
#[derive(Default)]
pub(super) struct TagStream {
    carried: Vec<u8>,
}

impl TagStream {
    pub(super) fn feed(&mut self, chunk: &[u8], visit: &mut dyn FnMut(&[u8])) -> Result<(), TagTooLong> {
        let mut rest = chunk;
        if !self.carried.is_empty() {
            let Some(end) = position(rest, b'>') else {
                self.carried.extend_from_slice(rest);
                return self.bounded();
            };
            let (head, tail) = rest.split_at(end);
            self.carried.extend_from_slice(head);
            if let Some(tag) = self.carried.get(1..) {
                give(tag, visit);
            }
            self.carried.clear();
            rest = tail;
        }
        while let Some(start) = position(rest, b'<') {
            let from = rest.get(start..).unwrap_or_default();
            let Some(end) = position(from, b'>') else {
                self.carried.extend_from_slice(from);
                return self.bounded();
            };
            give(from.get(1..end).unwrap_or_default(), visit);
            rest = from.get(end..).unwrap_or_default();
        }
        Ok(())
    }

    fn bounded(&self) -> Result<(), TagTooLong> {
        if self.carried.len() > LONGEST_TAG { Err(TagTooLong) } else { Ok(()) }
    }
}

fn give(tag: &[u8], visit: &mut dyn FnMut(&[u8])) {
    if tag.first().is_some_and(|b| !matches!(b, b'/' | b'?' | b'!')) {
        visit(tag);
    }
}

fn position(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|b| *b == wanted)
}

/// Name of a tag, without its prefix.
pub(super) fn local_name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(tag.len());
    let name = tag.get(..end).unwrap_or_default();
    name.iter().position(|b| *b == b':').map_or(name, |colon| name.get(colon + 1..).unwrap_or_default())
}

/// Value of an attribute of a tag, undecoded.
pub(super) fn attribute<'a>(tag: &'a [u8], name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let equals = position(rest, b'=')?;
        let key = rest.get(..equals)?.trim_ascii();
        let after = rest.get(equals + 1..)?.trim_ascii_start();
        let quote = *after.first().filter(|b| matches!(b, b'"' | b'\''))?;
        let value = after.get(1..)?;
        let end = position(value, quote)?;
        let key = key.rsplit(|b| b.is_ascii_whitespace()).next().unwrap_or(key);
        if key == name.as_bytes() {
            return std::str::from_utf8(value.get(..end)?).ok();
        }
        rest = value.get(end + 1..)?;
    }
}

/// What the bytes of a sheet tell beside its cells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SheetScan {
    /// Hidden rows as ranges, zero-based, both ends included, in order.
    hidden: Vec<(u32, u32)>,
    /// Merged ranges.
    pub(super) merges: Vec<CellRange>,
    /// Cells that hold an error, in the order of the file.
    pub(super) errors: Vec<CellRef>,
    /// Hidden columns, zero-based, both ends included.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// Cells that are struck through.
    struck: Vec<CellRef>,
    /// Notes on cells, by row and column.
    comments: Vec<(CellRef, String)>,
    /// The styles that strike a cell through.
    struck_styles: Rc<BTreeSet<u32>>,
    next_row: u32,
}

impl SheetScan {
    /// A scan that knows which styles strike a cell through.
    pub(super) fn with_struck(struck_styles: Rc<BTreeSet<u32>>) -> Self {
        Self { struck_styles, ..Self::default() }
    }

    pub(super) fn see(&mut self, tag: &[u8]) {
        match local_name(tag) {
            b"row" => {
                let stated = attribute(tag, "r").and_then(|r| r.parse::<u32>().ok()).and_then(|r| r.checked_sub(1));
                let row = stated.unwrap_or(self.next_row);
                self.next_row = row.saturating_add(1);
                if matches!(attribute(tag, "hidden"), Some("1" | "true")) {
                    match self.hidden.last_mut() {
                        Some((_, last)) if *last + 1 == row => *last = row,
                        _ => self.hidden.push((row, row)),
                    }
                }
            }
            b"c" => {
                let place = || attribute(tag, "r").and_then(|r| r.parse().ok());
                if matches!(attribute(tag, "t"), Some("e"))
                    && let Some(place) = place().filter(|_| self.errors.len() < MOST_KEPT)
                {
                    self.errors.push(place);
                }
                if !self.struck_styles.is_empty()
                    && !tag.ends_with(b"/")
                    && attribute(tag, "s").and_then(|s| s.parse().ok()).is_some_and(|s| self.struck_styles.contains(&s))
                    && let Some(place) = place().filter(|_| self.struck.len() < MOST_KEPT)
                {
                    self.struck.push(place);
                }
            }
            b"col" if matches!(attribute(tag, "hidden"), Some("1" | "true")) => {
                let number = |name| attribute(tag, name).and_then(|n| n.parse::<u32>().ok())?.checked_sub(1);
                if let (Some(first), Some(last)) = (number("min"), number("max"))
                    && self.hidden_columns.len() < MOST_KEPT
                {
                    self.hidden_columns.push((first, last));
                }
            }
            b"mergeCell" => {
                let range = attribute(tag, "ref").and_then(|r| r.parse().ok());
                if let Some(range) = range.filter(|_| self.merges.len() < MOST_KEPT) {
                    self.merges.push(range);
                }
            }
            _ => {}
        }
    }

    /// Makes the ranges of hidden rows searchable.
    pub(super) fn finish(&mut self) {
        self.hidden.sort_unstable();
        self.struck.sort_unstable_by_key(|cell| (cell.row, cell.column));
    }

    /// Keeps the notes on the sheet's cells.
    pub(super) fn with_comments(&mut self, comments: impl IntoIterator<Item = (CellRef, String)>) {
        self.comments = comments.into_iter().collect();
        self.comments.sort_unstable_by_key(|(cell, _)| (cell.row, cell.column));
    }

    /// Notes on a row's cells, by column.
    pub(super) fn comments_in(&self, row: u32) -> Vec<(u32, String)> {
        let from = self.comments.partition_point(|(cell, _)| cell.row < row);
        let notes = self.comments.get(from..).unwrap_or_default().iter().take_while(|(cell, _)| cell.row == row);
        notes.map(|(cell, text)| (cell.column, text.clone())).collect()
    }

    /// Columns of a row's cells that are struck through.
    pub(super) fn struck_in(&self, row: u32) -> Vec<u32> {
        let from = self.struck.partition_point(|cell| cell.row < row);
        let cells = self.struck.get(from..).unwrap_or_default();
        cells.iter().take_while(|cell| cell.row == row).map(|cell| cell.column).collect()
    }

    pub(super) fn is_hidden(&self, row: u32) -> bool {
        let after = self.hidden.partition_point(|(first, _)| *first <= row);
        after.checked_sub(1).and_then(|i| self.hidden.get(i)).is_some_and(|(_, last)| row <= *last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_tags_across_chunks() {
        let xml = br#"<x:row r="3" hidden="1"><x:c r='B3' t='e'><v>#N/A</v></x:c></x:row><row><c/></row><mergeCell ref="A1:B2"/>"#;
        for size in 1..xml.len() {
            let (mut stream, mut scan) = (TagStream::default(), SheetScan::default());
            for chunk in xml.chunks(size) {
                stream.feed(chunk, &mut |tag| scan.see(tag)).unwrap();
            }
            scan.finish();
            assert!(scan.is_hidden(2) && !scan.is_hidden(1) && !scan.is_hidden(3), "{size}");
            assert_eq!(scan.errors, vec![CellRef::new(2, 1)], "{size}");
            assert_eq!(scan.merges, vec!["A1:B2".parse().unwrap()], "{size}");
        }
    }

    #[test]
    fn sees_what_is_struck_through_and_what_is_hidden() {
        let mut scan = SheetScan::with_struck(Rc::new(BTreeSet::from([4])));
        for tag in [
            &br#"col min="2" max="3" width="0" hidden="1"/"#[..],
            br#"c r="B3" s="4""#,
            br#"c r="A3" s="4" t="s""#,
            br#"c r="C3" s="4"/"#,
            br#"c r="D3" s="3""#,
        ] {
            scan.see(tag);
        }
        scan.finish();
        assert_eq!(scan.struck_in(2), [0, 1]);
        assert!(scan.struck_in(1).is_empty());
        assert_eq!(scan.hidden_columns, [(1, 2)]);
    }

    #[test]
    fn gives_up_on_a_tag_without_end() {
        let mut stream = TagStream::default();
        assert!(stream.feed(b"<row ", &mut |_| {}).is_ok());
        assert!(stream.feed(&[b'x'; 70_000], &mut |_| {}).is_err());
    }
}
