//! A table against the list of its keys: unknown and missing keys, and values of another kind.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use chrono::NaiveDate;

use super::keys::{Key, Kind, Section};
use super::source::{Node, Source, Table, Value};
use super::{Mailbox, Wording, values};
use crate::diagnostic::Diagnostic;
use crate::recipient::Language;

/// A file being read, and everything found wrong with it.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) problems: &'a RefCell<Vec<Diagnostic>>,
    /// Lines of it were left out because they are not TOML: what seems missing may be there.
    pub(super) damaged: bool,
}

/// A table whose keys have been checked.
pub(super) struct Fields<'a> {
    pub(super) reader: &'a Reader<'a>,
    section: &'static Section,
    /// The values of the right kind, by key.
    found: BTreeMap<&'static str, &'a Node>,
    /// Keys that stand in the file, whatever their value; a misspelt one under its right name.
    present: Vec<&'static str>,
    /// Where the table begins.
    pub(super) span: Range<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.problems.borrow_mut().push(diagnostic);
    }

    /// An error at a span of the file.
    pub(super) fn error(&self, code: &str, span: &Range<usize>) -> Diagnostic {
        Diagnostic::error(code, self.source.place(span.start))
    }

    /// A warning at a span of the file.
    pub(super) fn warning(&self, code: &str, span: &Range<usize>) -> Diagnostic {
        Diagnostic::warning(code, self.source.place(span.start))
    }
}

impl<'a> Fields<'a> {
    pub(super) fn open(reader: &'a Reader<'a>, table: &'a Table, section: &'static Section) -> Self {
        let mut fields =
            Self { reader, section, found: BTreeMap::new(), present: Vec::new(), span: table.span.clone() };
        // Keys spelt right first, so that a misspelt one never takes their place.
        for entry in &table.entries {
            if let Some(key) = section.keys.iter().find(|key| key.name == entry.key) {
                fields.present.push(key.name);
                fields.take(key, &entry.node, &entry.key_span);
            }
        }
        for entry in &table.entries {
            if section.keys.iter().any(|key| key.name == entry.key) {
                continue;
            }
            let key = fields.meant(&entry.key);
            fields.report_unknown(&entry.key, &entry.key_span, key);
            if let Some(key) = key {
                fields.present.push(key.name);
                fields.take_quietly(key, &entry.node);
            }
        }
        fields.report_missing();
        fields
    }

    /// The key that was probably meant, where it is not there already.
    fn meant(&self, typed: &str) -> Option<&'static Key> {
        let known: Vec<&str> = self.section.keys.iter().filter(|k| k.found_by_guess()).map(|key| key.name).collect();
        let name = values::nearest(typed, &known)?;
        self.section.keys.iter().find(|key| key.name == name).filter(|key| !self.present.contains(&key.name))
    }

    fn report_unknown(&self, typed: &str, span: &Range<usize>, meant: Option<&Key>) {
        let looks_secret = ["pass", "secret", "pwd"].iter().any(|word| typed.to_lowercase().contains(word));
        if looks_secret && meant.is_none() {
            self.reader.report(self.reader.error("password-in-file", span).with("key", typed));
            return;
        }
        let known: Vec<String> =
            self.section.keys.iter().filter(|key| key.found_by_guess()).map(|key| format!("`{}`", key.name)).collect();
        let told = self.reader.error("key-unknown", span).with("found", typed).with("known", known.join(", "));
        let told = self.headed(told, "key-unknown");
        self.reader.report(match meant {
            Some(key) => {
                let wording = told.wording.clone().unwrap_or_else(|| "key-unknown".to_owned());
                told.worded(&format!("{wording}-near")).with("near", key.name)
            }
            None => told,
        });
    }

    fn report_missing(&self) {
        if self.reader.damaged {
            return;
        }
        for key in self.section.keys.iter().filter(|key| key.required && !self.present.contains(&key.name)) {
            // A schedule by working days needs no cron.
            if key.name == "cron" && self.present.contains(&"after_period") {
                continue;
            }
            self.reader.report(
                self.reader
                    .error("key-missing", &self.span)
                    .with("key", key.name)
                    .with("section", self.section.head)
                    .with("example", key.example),
            );
        }
    }

    /// Names the table that a message speaks of; the file itself has no head.
    fn headed(&self, told: Diagnostic, code: &str) -> Diagnostic {
        if self.section.head.is_empty() {
            told.worded(&format!("{code}-in-file")).with("section", self.reader.source.name)
        } else {
            told.with("section", self.section.head)
        }
    }

    fn take(&mut self, key: &'static Key, node: &'a Node, key_span: &Range<usize>) {
        match key.kind {
            Kind::Secret => {
                self.reader.report(self.reader.error("password-in-file", key_span).with("key", key.name));
            }
            _ if key.kind.fits(&node.value) => {
                self.found.insert(key.name, node);
            }
            _ => {
                // What was meant is often plain: read it so, that no second problem grows of it.
                if matches!(
                    (&key.kind, &node.value),
                    (Kind::Texts | Kind::Mailboxes, Value::Text(_)) | (Kind::Tables(_), Value::Table(_))
                ) {
                    self.found.insert(key.name, node);
                }
                self.report_kind(key, node);
            }
        }
    }

    fn take_quietly(&mut self, key: &'static Key, node: &'a Node) {
        if key.kind.fits(&node.value) {
            self.found.insert(key.name, node);
        }
    }

    fn report_kind(&self, key: &Key, node: &Node) {
        let typed = self.reader.source.typed(&node.span);
        let repaired = match (&key.kind, &node.value) {
            (Kind::Text | Kind::Word(_) | Kind::Span(..) | Kind::Mailbox, Value::Whole(_) | Value::Fraction) => {
                Some(format!("\"{typed}\""))
            }
            (Kind::Whole(..), Value::Text(text)) if text.trim().parse::<i64>().is_ok() => Some(text.trim().to_owned()),
            (Kind::Bool, Value::Text(text)) if matches!(text.trim(), "true" | "false") => Some(text.trim().to_owned()),
            (Kind::Texts | Kind::Mailboxes, Value::Text(_)) => Some(format!("[{typed}]")),
            (Kind::Wording, Value::Text(_)) => Some(format!("{{ en = {typed} }}")),
            (Kind::Text | Kind::Word(_) | Kind::Mailbox, Value::List(items)) => match items.as_slice() {
                [only] => Some(self.reader.source.typed(&only.span).to_owned()),
                _ => None,
            },
            _ => None,
        };
        let told = self
            .reader
            .error("value-kind", &node.span)
            .with("key", key.name)
            .with("expected", key.kind.word())
            .with("found", values::shortened(&one_line(typed)));
        self.reader.report(match (key.kind, repaired) {
            (Kind::Table(section) | Kind::Tables(section), _) => {
                told.worded("value-kind-table").with("section", section.head)
            }
            (_, Some(repaired)) => told.with("example", repaired),
            (_, None) => told.with("example", key.example),
        });
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.present.contains(&key)
    }

    pub(super) fn node(&self, key: &str) -> Option<&'a Node> {
        self.found.get(key).copied()
    }

    /// Where a key's value stands, or the table where it has none.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.node(key).map_or_else(|| self.span.clone(), |node| node.span.clone())
    }

    /// Text on one line, with something in it.
    pub(super) fn text(&self, key: &'static str) -> Option<(&'a str, &'a Node)> {
        let node = self.node(key)?;
        let Value::Text(text) = &node.value else { return None };
        self.reader.one_line(key, text, node).then_some((text.as_str(), node))
    }

    /// The texts of a list, those in order that are sound.
    pub(super) fn texts(&self, key: &'static str) -> Option<Vec<(&'a str, &'a Node)>> {
        let node = self.node(key)?;
        let items: Vec<&Node> = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        Some(
            items
                .into_iter()
                .filter_map(|item| match &item.value {
                    Value::Text(text) => self.reader.one_line(key, text, item).then_some((text.as_str(), item)),
                    _ => None,
                })
                .collect(),
        )
    }

    /// A text in each language of ours.
    pub(super) fn wording(&self, key: &'static str) -> Option<Wording> {
        let node = self.node(key)?;
        let Value::Table(table) = &node.value else { return None };
        let mut wording = Wording::new();
        for entry in &table.entries {
            let Ok(language) = entry.key.parse::<Language>() else {
                self.reader
                    .report(self.reader.error("language-unknown", &entry.key_span).with("found", entry.key.as_str()));
                continue;
            };
            match &entry.node.value {
                Value::Text(text) => {
                    // A disclaimer may be written over several lines.
                    let control = text.chars().find(|c| c.is_control() && *c != '\n' && *c != '\r');
                    if control.is_some() || (key != "disclaimer" && text.trim().contains(['\n', '\r'])) {
                        self.reader.report(self.reader.error("line-break", &entry.node.span).with("key", key));
                    } else {
                        wording.insert(language, text.split_whitespace().collect::<Vec<_>>().join(" "));
                    }
                }
                _ => self.reader.report(
                    self.reader
                        .error("value-kind", &entry.node.span)
                        .with("key", entry.key.as_str())
                        .with("expected", "text")
                        .with("found", values::shortened(&one_line(self.reader.source.typed(&entry.node.span))))
                        .with("example", "\"…\""),
                ),
            }
        }
        Some(wording)
    }

    /// One of the words that the key may have.
    pub(super) fn word(&self, key: &'static str) -> Option<&'static str> {
        let (text, node) = self.text(key)?;
        let Kind::Word(words) = self.section.keys.iter().find(|k| k.name == key)?.kind else { return None };
        let word = words.iter().find(|word| **word == text);
        if word.is_none() {
            let told = self
                .reader
                .error("word-unknown", &node.span)
                .with("key", key)
                .with("found", text)
                .with("known", words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", "));
            let typed = text.to_lowercase().replace([' ', '-'], "_");
            self.reader.report(match values::nearest(&typed, words) {
                Some(near) => told.worded("word-unknown-near").with("near", near),
                None => told,
            });
        }
        word.copied()
    }

    pub(super) fn truth(&self, key: &str) -> Option<bool> {
        match self.node(key)?.value {
            Value::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    /// A whole number within its bounds.
    pub(super) fn whole<T: TryFrom<i64>>(&self, key: &str) -> Option<T> {
        let node = self.node(key)?;
        let Value::Whole(number) = node.value else { return None };
        let Kind::Whole(least, most) = self.section.keys.iter().find(|k| k.name == key)?.kind else { return None };
        if !(least..=most).contains(&number) {
            self.reader.report(
                self.reader
                    .error("number-out-of-range", &node.span)
                    .with("key", key)
                    .with("found", number.to_string())
                    .with("least", least.to_string())
                    .with("most", most.to_string()),
            );
            return None;
        }
        T::try_from(number).ok()
    }

    /// A span of time within its bounds.
    pub(super) fn duration(&self, key: &'static str) -> Option<Duration> {
        let (text, node) = self.text(key)?;
        let key = self.section.keys.iter().find(|k| k.name == key)?;
        let Kind::Span(least, most) = key.kind else { return None };
        let Some(span) = values::duration(text) else {
            self.reader
                .report(self.reader.error("duration-unreadable", &node.span).with("key", key.name).with("found", text));
            return None;
        };
        if !(least..=most).contains(&span.as_secs()) {
            self.reader.report(
                self.reader
                    .error("duration-out-of-range", &node.span)
                    .with("key", key.name)
                    .with("found", text)
                    .with("least", values::duration_words(least))
                    .with("most", values::duration_words(most)),
            );
            return None;
        }
        Some(span)
    }

    /// A day of the calendar.
    pub(super) fn day(&self, key: &str) -> Option<(NaiveDate, &'a Node)> {
        let node = self.node(key)?;
        let (Value::Text(text) | Value::Date(text)) = &node.value else { return None };
        let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok();
        if day.is_none() {
            let typed = text.as_str();
            self.reader.report(self.reader.error("day-unreadable", &node.span).with("key", key).with("found", typed));
        }
        day.map(|day| (day, node))
    }

    /// A mailbox, `Name <name@example.org>` or the address alone.
    pub(super) fn mailbox(&self, key: &'static str) -> Option<Mailbox> {
        let (text, node) = self.text(key)?;
        self.reader.mailbox(text, node)
    }

    /// A list of mailboxes.
    pub(super) fn mailboxes(&self, key: &'static str) -> Option<Vec<Mailbox>> {
        Some(self.texts(key)?.into_iter().filter_map(|(text, node)| self.reader.mailbox(text, node)).collect())
    }

    /// A table within; `None` where there is none.
    pub(super) fn table(&self, key: &str) -> Option<Fields<'a>> {
        let Kind::Table(section) = self.section.keys.iter().find(|k| k.name == key)?.kind else { return None };
        let Value::Table(table) = &self.node(key)?.value else { return None };
        Some(Fields::open(self.reader, table, section))
    }

    /// The tables `[[…]]` within, in order; none where there are none.
    pub(super) fn tables(&self, key: &str) -> Vec<Fields<'a>> {
        let Some(Kind::Tables(section)) = self.section.keys.iter().find(|k| k.name == key).map(|k| k.kind) else {
            return Vec::new();
        };
        match self.node(key).map(|node| &node.value) {
            Some(Value::List(items)) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Value::Table(table) => Some(Fields::open(self.reader, table, section)),
                    _ => None,
                })
                .collect(),
            // Written with one pair of brackets, which has been told.
            Some(Value::Table(table)) => vec![Fields::open(self.reader, table, section)],
            _ => Vec::new(),
        }
    }

    /// Names and what each stands for.
    pub(super) fn names(&self, key: &'static str) -> Vec<(&'a str, &'a str, &'a Node)> {
        let Some(Value::Table(table)) = self.node(key).map(|node| &node.value) else { return Vec::new() };
        table
            .entries
            .iter()
            .filter_map(|entry| match &entry.node.value {
                Value::Text(text) => self.reader.one_line(key, text, &entry.node).then_some((
                    entry.key.as_str(),
                    text.as_str(),
                    &entry.node,
                )),
                _ => {
                    self.reader.report(
                        self.reader
                            .error("value-kind", &entry.node.span)
                            .with("key", entry.key.as_str())
                            .with("expected", "text")
                            .with("found", values::shortened(&one_line(self.reader.source.typed(&entry.node.span))))
                            .with("example", "\"…\""),
                    );
                    None
                }
            })
            .collect()
    }
}

impl Reader<'_> {
    /// Whether a text has no control characters and is not blank; tells where it is not so.
    fn one_line(&self, key: &str, text: &str, node: &Node) -> bool {
        let code = if text.chars().any(char::is_control) {
            "line-break"
        } else if text.trim().is_empty() {
            "text-blank"
        } else {
            return true;
        };
        self.report(self.error(code, &node.span).with("key", key));
        false
    }

    /// Reads a mailbox, and tells what is wrong with it.
    pub(super) fn mailbox(&self, text: &str, node: &Node) -> Option<Mailbox> {
        match values::mailbox(text) {
            Ok(mailbox) => Some(mailbox),
            Err(fault) => {
                self.report(self.error("email-address", &node.span).worded(fault.wording()).with("found", text.trim()));
                None
            }
        }
    }
}

impl Key {
    /// Whether a misspelling may be taken for it.
    const fn found_by_guess(&self) -> bool {
        !matches!(self.kind, Kind::Secret)
    }
}

impl Kind {
    fn fits(&self, value: &Value) -> bool {
        let texts = |items: &[Node]| items.iter().all(|item| matches!(item.value, Value::Text(_)));
        match (self, value) {
            (Self::Text | Self::Word(_) | Self::Span(..) | Self::Mailbox, Value::Text(_))
            | (Self::Bool, Value::Bool(_))
            | (Self::Whole(..), Value::Whole(_))
            | (Self::Day, Value::Text(_) | Value::Date(_))
            | (Self::Wording | Self::Names | Self::Table(_), Value::Table(_)) => true,
            (Self::Texts | Self::Mailboxes, Value::List(items)) => texts(items),
            (Self::Days, Value::List(items)) => {
                items.iter().all(|item| matches!(item.value, Value::Text(_) | Value::Date(_)))
            }
            (Self::Tables(_), Value::List(items)) => items.iter().all(|item| matches!(item.value, Value::Table(_))),
            _ => false,
        }
    }

    /// Word for messages; the locale files have a term for each.
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Text | Self::Word(_) | Self::Secret => "text",
            Self::Wording => "wording",
            Self::Texts => "texts",
            Self::Bool => "bool",
            Self::Whole(..) => "whole",
            Self::Span(..) => "span",
            Self::Day => "day",
            Self::Days => "days",
            Self::Mailbox => "mailbox",
            Self::Mailboxes => "mailboxes",
            Self::Table(_) => "table",
            Self::Tables(_) => "tables",
            Self::Names => "names",
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
