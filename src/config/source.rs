//! A TOML file as typed: its tree with a span on everything, and where a span lies.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Place};

/// Syntax errors told of one file; what follows is likely the echo of what went before.
const SYNTAX_ERRORS_AT_MOST: usize = 20;

/// One configuration file, by its name below the home, and its text.
pub(super) struct Source {
    pub(super) name: &'static str,
    text: String,
}

/// A value of the file, with the bytes it stands at.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Fraction,
    Bool(bool),
    Date(String),
    List(Vec<Node>),
    Table(Table),
}

/// A table, its entries in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) span: Range<usize>,
    pub(super) entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node,
}

impl Source {
    /// A file's bytes. A byte order mark is passed over.
    ///
    /// # Errors
    /// Bytes that are not UTF-8, as a diagnostic with their line.
    pub(super) fn new(name: &'static str, bytes: Vec<u8>) -> Result<Self, Box<Diagnostic>> {
        let text = String::from_utf8(bytes).map_err(|problem| {
            let good = problem.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(problem.as_bytes().get(..good).unwrap_or_default()).into_owned();
            let source = Self { name, text: before };
            Box::new(Diagnostic::error("file-not-utf-8", source.place(good)))
        })?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Ok(Self { name, text })
    }

    /// The one-based line and column (in characters) of a byte.
    pub(super) fn place(&self, offset: usize) -> Place {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place::text(self.name, small(line), small(column))
    }

    /// The text as typed at a span.
    pub(super) fn typed(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The tree, and what is not TOML. A line that cannot be read is told and left out, so
    /// that one slip does not hide the mistakes after it.
    pub(super) fn parse(&self) -> (Table, Vec<Diagnostic>) {
        let mut text = self.text.clone();
        let mut problems = Vec::new();
        loop {
            let (table, errors) = DeTable::parse_recoverable(&text);
            let first = errors
                .iter()
                .map(|e| (e.span().map_or(0, |s| s.start), e.message().to_owned()))
                .min_by_key(|(at, _)| *at);
            let Some((at, message)) = first else {
                return (table_of(table.span(), table.get_ref()), problems);
            };
            if problems.len() == SYNTAX_ERRORS_AT_MOST {
                return (Table::default(), problems);
            }
            let slip = Slip::find(&text, at, &message);
            problems.push(slip.told(self, &message));
            text = blanked(&text, slip.lines);
        }
    }
}

/// Where a syntax error really is: the parser points to where it noticed.
struct Slip {
    at: usize,
    /// Bytes of the lines to be left out.
    lines: Range<usize>,
    wording: &'static str,
}

impl Slip {
    fn find(text: &str, at: usize, message: &str) -> Self {
        let at = at.min(text.len());
        let line = line_around(text, at);
        let typed = text.get(line.clone()).unwrap_or_default().trim();
        if message.contains("duplicate key") {
            return Self { at, lines: line, wording: "toml-key-twice" };
        }
        if (message.contains("array") || message.contains("inline table"))
            && let Some(opening) = unclosed_before(text, line.start)
        {
            let noticed_on_its_line = line_around(text, opening) == line;
            if !noticed_on_its_line {
                let first = line_around(text, opening);
                let end = if looks_like_statement(typed) { line.start } else { line.end };
                return Self { at: opening, lines: first.start..end, wording: "toml-not-closed" };
            }
        }
        let mut at = at;
        let wording = if typed.ends_with('=') {
            "toml-value-missing"
        } else if message.contains("string values must be quoted") {
            "toml-not-quoted"
        } else if message.contains("basic string") || message.contains("literal string") {
            let opening = text.get(line.start..at).and_then(|before| before.rfind(['"', '\'']));
            at = opening.map_or(at, |found| line.start + found);
            "toml-quote-not-closed"
        } else {
            "toml-syntax"
        };
        Self { at, lines: line, wording }
    }

    fn told(&self, source: &Source, message: &str) -> Diagnostic {
        let line = line_around(&source.text, self.at);
        let typed = source.typed(&line).trim();
        // A line that may hold a secret is not quoted.
        let secret = ["pass", "secret"].iter().any(|word| typed.to_ascii_lowercase().contains(word));
        let typed = if secret { "…".to_owned() } else { super::shortened(typed) };
        Diagnostic::error("toml-syntax", source.place(self.at))
            .worded(self.wording)
            .with("line", typed)
            .with("problem", message)
    }
}

/// Whether a line begins a new statement: `key = …` or `[header]`.
fn looks_like_statement(line: &str) -> bool {
    let header = line.starts_with('[') && line.ends_with(']') && !line.contains(',') && !line.contains('"');
    let key = line.split_once('=').is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c))
    });
    header || key
}

/// The last bracket above `before` that its statement's lines do not close.
fn unclosed_before(text: &str, before: usize) -> Option<usize> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote = None;
    let mut start = 0;
    for line in text.get(..before)?.split_inclusive('\n') {
        if looks_like_statement(line.trim()) {
            open.clear();
            quote = None;
        }
        for (index, letter) in line.char_indices() {
            match (quote, letter) {
                (None, '#') => break,
                (None, '"' | '\'') => quote = Some(letter),
                (Some(q), _) if q == letter => quote = None,
                (None, '[' | '{') => open.push((start + index, letter)),
                (None, ']' | '}') => {
                    open.pop();
                }
                _ => {}
            }
        }
        quote = None;
        start += line.len();
    }
    open.first().map(|(at, _)| *at)
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
    let end = text.get(at..).and_then(|t| t.find('\n')).map_or(text.len(), |n| at + n);
    // An error noticed at the very end belongs to the last line that has something.
    if text.get(start..end).is_some_and(|line| line.trim().is_empty()) && start > 0 && at >= text.trim_end().len() {
        let last = text.trim_end().len();
        if last > 0 && last < at {
            return line_around(text, last - text.get(..last).and_then(|t| t.chars().last()).map_or(0, char::len_utf8));
        }
    }
    start..end
}

/// The text with some bytes turned into spaces, so that all others keep their place.
fn blanked(text: &str, lines: Range<usize>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for byte in bytes.get_mut(lines).into_iter().flatten() {
        if *byte != b'\n' && *byte != b'\r' {
            *byte = b' ';
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn table_of(span: Range<usize>, table: &DeTable<'_>) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry { key: key.get_ref().to_string(), key_span: key.span(), node: node_of(value) })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Table { span, entries }
}

fn node_of(value: &Spanned<DeValue<'_>>) -> Node {
    let span = value.span();
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Fraction, Value::Whole)
        }
        DeValue::Float(_) => Value::Fraction,
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(node_of).collect()),
        DeValue::Table(table) => Value::Table(table_of(span.clone(), table)),
    };
    Node { span, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(u32, u32, String)> {
        let source = Source::new("config/test.toml", text.as_bytes().to_vec()).unwrap();
        source
            .parse()
            .1
            .into_iter()
            .map(|d| (d.place.line.unwrap(), d.place.column.unwrap(), d.wording.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn one_slip_is_one_problem_where_it_was_made() {
        for (text, line, column, wording) in [
            ("a = 1\nb = \"abc\nc = 2\n", 2, 5, "toml-quote-not-closed"),
            ("a = 1\nc = [1, 2\nd = 4\n[x]\ny = 1\n", 2, 5, "toml-not-closed"),
            ("a = hello\nb = 1\n", 1, 5, "toml-not-quoted"),
            ("a = 1\na = 2\n", 2, 1, "toml-key-twice"),
            ("[x\ny = 1\n", 1, 3, "toml-syntax"),
            ("a = 1\njust words\nb = 2\n", 2, 1, "toml-syntax"),
            ("a =\nb = 2\n", 1, 4, "toml-value-missing"),
        ] {
            let found = problems(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].0, found[0].2.as_str()), (line, wording), "{text}: {found:?}");
            if wording != "toml-syntax" {
                assert_eq!(found[0].1, column, "{text}");
            }
        }
    }

    #[test]
    fn what_follows_a_slip_is_still_read() {
        let source = Source::new("t", b"a = [1, 2\nd = 4\ne = x\n[[p]]\nf = 1\n".to_vec()).unwrap();
        let (table, problems) = source.parse();
        assert_eq!(problems.len(), 2);
        let keys: Vec<&str> = table.entries.iter().map(|e| e.key.as_str()).collect();
        assert_eq!(keys, ["d", "p"]);
    }

    #[test]
    fn columns_count_characters_and_a_byte_order_mark_counts_nothing() {
        let source = Source::new("t", "\u{feff}\"имя\" = 1\n".as_bytes().to_vec()).unwrap();
        let (table, _) = source.parse();
        assert_eq!(source.place(table.entries[0].node.span.start).column, Some(9));
        assert_eq!(Source::new("t", b"a = 1\nb = \"\xff\"\n".to_vec()).err().and_then(|d| d.place.line), Some(2));
    }

    #[test]
    fn tables_know_where_their_head_stands() {
        let source = Source::new("t", b"[a]\nx = 1\n[[b.c]]\ny = 1\n\n[[b.c]]\ny = 2\n".to_vec()).unwrap();
        let (table, _) = source.parse();
        assert_eq!(source.typed(&table.entries[0].node.span), "[a]");
        let Value::Table(b) = &table.entries[1].node.value else { panic!() };
        let Value::List(items) = &b.entries[0].node.value else { panic!() };
        assert_eq!(source.place(items[1].span.start).line, Some(6));
    }
}
