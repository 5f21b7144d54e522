//! CSV: one sheet, named by its file.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::super::raw::{RawCell, RawRow, RawSheet, RawValue, RawWorkbook, Unreadable};
use super::encoding::{TextEncoding, Utf8Reader};
use super::refusal::{refuse, refuse_sheet};

/// Delimiters that spreadsheet programs write, the likeliest first.
const DELIMITERS: [u8; 3] = [b';', b',', b'\t'];
/// How much of the file is looked at to tell its delimiter.
const SAMPLE_BYTES: u64 = 64 * 1024;
/// Last column that is read, zero-based; the same as of Excel.
const LAST_COLUMN: usize = 16_383;
/// Longest record, in bytes; what is longer is a quote that nobody closed.
const RECORD_BYTES: usize = 4 << 20;

struct Book {
    name: String,
    path: PathBuf,
    encoding: TextEncoding,
    delimiter: u8,
    /// The first line says `sep=;`, as Excel likes it, and is no row.
    has_separator_line: bool,
    sheets: Vec<RawSheet>,
}

/// Opens a text file as one sheet, and tells its delimiter from its beginning.
pub(super) fn open(path: &Path, name: &str, encoding: TextEncoding) -> Result<impl RawWorkbook + use<>, Unreadable> {
    let unreadable = |_| refuse("file-cannot-be-opened", name);
    let mut sample = Vec::new();
    Utf8Reader::open(path, encoding)
        .and_then(|text| text.take(SAMPLE_BYTES).read_to_end(&mut sample))
        .map_err(unreadable)?;
    let stated = stated_separator(&sample);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Ok(Book {
        name: name.to_owned(),
        path: path.to_owned(),
        encoding,
        delimiter: stated.unwrap_or_else(|| likeliest_delimiter(&sample)),
        has_separator_line: stated.is_some(),
        sheets: vec![RawSheet { name: stem.to_owned(), is_csv: true, ..RawSheet::default() }],
    })
}

impl RawWorkbook for Book {
    fn sheets(&self) -> &[RawSheet] {
        &self.sheets
    }

    fn is_1904(&self) -> bool {
        false
    }

    fn read(&mut self, sheet: usize, visit: &mut dyn FnMut(RawRow) -> bool) -> Result<(), Unreadable> {
        let Some(raw) = self.sheets.get(sheet) else { return Ok(()) };
        let text =
            Utf8Reader::open(&self.path, self.encoding).map_err(|_| refuse("file-cannot-be-opened", &self.name))?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(Lines { text, since_record: 0, after_return: false });
        let mut record = csv::StringRecord::new();
        let mut row: u64 = 0;
        let mut is_first = true;
        loop {
            let began_at = reader.position().line();
            reader.get_mut().since_record = 0;
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(_) => return Err(refuse_sheet("csv-quote-not-closed", &self.name, &raw.name)),
            }
            // Empty lines are rows to whoever looks at the file in a spreadsheet, and the
            // reader skips them without a word.
            let lines = reader.position().line() - began_at;
            let within: u64 = record.iter().map(|f| f.bytes().filter(|b| *b == b'\n').count() as u64).sum();
            row += lines.saturating_sub(within + 1);
            if std::mem::take(&mut is_first) && self.has_separator_line {
                continue;
            }
            let cells: Vec<RawCell> = record
                .iter()
                .enumerate()
                .take(LAST_COLUMN + 1)
                .filter(|(_, text)| !text.is_empty())
                .map(|(column, text)| RawCell {
                    column: u32::try_from(column).unwrap_or(u32::MAX),
                    value: RawValue::Text(unguarded(text).to_owned()),
                    formula: false,
                })
                .collect();
            let place = u32::try_from(row).unwrap_or(u32::MAX);
            row += 1;
            if !cells.is_empty()
                && !visit(RawRow { row: place, cells, hidden: false, struck: Vec::new(), comments: Vec::new() })
            {
                return Ok(());
            }
        }
    }
}

/// Text without the apostrophe that keeps spreadsheet programs from taking it for a formula: the
/// files inside our own reports have it.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\n', '\r', '\'']) => rest,
        _ => text,
    }
}

/// Text whose lines all end with a line feed, and which ends with an error where one record
/// grows beyond measure.
struct Lines {
    text: Utf8Reader,
    since_record: usize,
    /// The last letter was a carriage return, already given as a line feed.
    after_return: bool,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let read = self.text.read(buffer)?;
            self.since_record += read;
            if self.since_record > RECORD_BYTES {
                return Err(std::io::Error::other("a record without end"));
            }
            let mut kept = 0;
            for place in 0..read {
                let Some(byte) = buffer.get(place).copied() else { break };
                let swallowed = byte == b'\n' && self.after_return;
                self.after_return = byte == b'\r';
                if let Some(to) = buffer.get_mut(kept).filter(|_| !swallowed) {
                    *to = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
            }
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

/// The delimiter that a first line `sep=;` names.
fn stated_separator(sample: &[u8]) -> Option<u8> {
    let line = sample.split(|b| matches!(b, b'\n' | b'\r')).next()?;
    let stated = line.strip_prefix(b"sep=").or_else(|| line.strip_prefix(b"\"sep="))?;
    stated.first().copied().filter(|b| DELIMITERS.contains(b))
}

/// The delimiter that parts most lines into the same number of columns; one that occurs in
/// prose alone gives ragged lines.
fn likeliest_delimiter(sample: &[u8]) -> u8 {
    let score = |delimiter: u8| {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(sample);
        let widths: Vec<usize> = reader.byte_records().take(50).filter_map(Result::ok).map(|r| r.len()).collect();
        // The last record of the sample may be cut short.
        let whole = widths.len().saturating_sub(1).max(1);
        let widths = widths.get(..whole.min(widths.len())).unwrap_or_default();
        let widest = widths.iter().copied().max().unwrap_or(1);
        if widest < 2 {
            return 0;
        }
        let mut best = 0;
        for width in widths.iter().copied().filter(|w| *w > 1) {
            let alike = widths.iter().filter(|w| **w == width).count();
            best = best.max(alike * 1000 + width.min(500));
        }
        best
    };
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        let scored = score(delimiter);
        if scored > best.0 {
            best = (scored, delimiter);
        }
    }
    best.1
}
