//! The one place that prints.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::args::Format;
use crate::diagnostic::{Diagnostic, Severity};
use crate::locale::Locale;

/// Where results go, and how they look there.
pub(super) struct Output {
    pub(super) format: Format,
    colour: bool,
    colour_of_errors: bool,
    /// The reader went away (`| head`): nothing more is written, and nobody is told.
    closed: AtomicBool,
    /// The disk is full, say: the command did its work, and cannot say so.
    failed: AtomicBool,
}

/// A column's text, with what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Good,
    Bad,
    Careful,
    Faint,
}

impl Tone {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Good => "32",
            Self::Bad => "31",
            Self::Careful => "33",
            Self::Faint => "2",
        }
    }
}

impl Output {
    pub(super) fn new(format: Format) -> Self {
        // https://no-color.org: present and not empty, whatever its value.
        let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            format,
            colour: !refused && std::io::stdout().is_terminal(),
            colour_of_errors: !refused && std::io::stderr().is_terminal(),
            closed: AtomicBool::new(false),
            failed: AtomicBool::new(false),
        }
    }

    pub(super) const fn is_json(&self) -> bool {
        matches!(self.format, Format::Json)
    }

    /// Whether everything could be written.
    pub(super) fn is_whole(&self) -> bool {
        !self.failed.load(Ordering::Relaxed)
    }

    /// Bytes to standard output.
    pub(super) fn bytes(&self, bytes: &[u8]) {
        if self.closed.load(Ordering::Relaxed) {
            return;
        }
        let mut out = std::io::stdout().lock();
        if let Err(problem) = out.write_all(bytes).and_then(|()| out.flush()) {
            self.closed.store(true, Ordering::Relaxed);
            self.failed.store(problem.kind() != std::io::ErrorKind::BrokenPipe, Ordering::Relaxed);
        }
    }

    /// A line to standard output.
    pub(super) fn line(&self, text: &str) {
        self.bytes(format!("{text}\n").as_bytes());
    }

    /// A line to standard error; one that cannot be written is lost.
    pub(super) fn error_line(&self, text: &str) {
        let _lost = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// One JSON object, on lines of its own.
    pub(super) fn json(&self, value: &impl Serialize) {
        match serde_json::to_string_pretty(value) {
            Ok(text) => self.line(&text),
            Err(_) => self.failed.store(true, Ordering::Relaxed),
        }
    }

    /// Text in a tone, for standard output.
    pub(super) fn toned(&self, tone: Tone, text: &str) -> String {
        toned(self.colour, tone, text)
    }

    /// Diagnostics to standard output.
    pub(super) fn diagnostics(&self, locale: &Locale, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            self.bytes(told(self.colour, locale, diagnostic).as_bytes());
        }
    }

    /// Diagnostics to standard error, where standard output belongs to something else.
    pub(super) fn diagnostics_aside(&self, locale: &Locale, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            self.error_line(told(self.colour_of_errors, locale, diagnostic).trim_end_matches('\n'));
        }
    }

    /// What kept a command from doing its work.
    pub(super) fn failure(&self, text: &str) {
        self.error_line(&format!("{} {text}", toned(self.colour_of_errors, Tone::Bad, "error:")));
    }

    /// Rows under a head, columns evenly set; the last one as long as it likes.
    pub(super) fn table(&self, head: &[&str], rows: &[Vec<(Tone, String)>]) {
        let width_of = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|(_, text)| text.chars().count());
            cells.chain(head.get(column).map(|text| text.chars().count())).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..head.len()).map(width_of).collect();
        let set = |cells: &[(Tone, String)]| {
            let mut line = String::new();
            for (index, (tone, text)) in cells.iter().enumerate() {
                let width = widths.get(index).copied().unwrap_or(0);
                line.push_str(&self.toned(*tone, text));
                if index + 1 < cells.len() {
                    line.push_str(&" ".repeat(width.saturating_sub(text.chars().count()) + 2));
                }
            }
            line.trim_end().to_owned()
        };
        let head: Vec<(Tone, String)> = head.iter().map(|text| (Tone::Faint, (*text).to_owned())).collect();
        self.line(&set(&head));
        for row in rows {
            self.line(&set(row));
        }
    }
}

fn toned(colour: bool, tone: Tone, text: &str) -> String {
    if !colour || tone == Tone::Plain || text.is_empty() {
        text.to_owned()
    } else {
        format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code())
    }
}

/// Column at which the code stands, where the hint leaves room.
const CODE_COLUMN: usize = 72;

/// A diagnostic in two lines: `place: message`, then its hint and code.
fn told(colour: bool, locale: &Locale, diagnostic: &Diagnostic) -> String {
    let words = locale.diagnostic(diagnostic);
    let place = diagnostic.place.to_string();
    let kind = match diagnostic.severity {
        Severity::Error => String::new(),
        Severity::Warning => toned(colour, Tone::Careful, "warning: "),
        Severity::Info => toned(colour, Tone::Faint, "note: "),
    };
    let tone = match diagnostic.severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Careful,
        Severity::Info => Tone::Faint,
    };
    let place = if place.is_empty() { String::new() } else { format!("{}: ", toned(colour, tone, &place)) };
    let code = toned(colour, Tone::Faint, &format!("[{}]", diagnostic.code));
    let second = if words.hint.is_empty() {
        format!("  {code}")
    } else {
        let length = words.hint.chars().count() + "  hint: ".len();
        let gap = " ".repeat(CODE_COLUMN.saturating_sub(length).max(2));
        format!("  {} {}{gap}{code}", toned(colour, Tone::Strong, "hint:"), words.hint)
    };
    format!("{place}{kind}{}\n{second}\n", words.message)
}

/// A diagnostic as the contract's JSON has it.
#[derive(Serialize)]
pub(super) struct JsonDiagnostic {
    file: Option<String>,
    sheet: Option<String>,
    cell: Option<String>,
    row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    severity: Severity,
    code: String,
    message: String,
    hint: String,
}

impl JsonDiagnostic {
    pub(super) fn new(locale: &Locale, diagnostic: &Diagnostic) -> Self {
        let words = locale.diagnostic(diagnostic);
        Self {
            file: diagnostic.place.file.clone(),
            sheet: diagnostic.place.sheet.clone(),
            cell: diagnostic.place.cells.map(|cells| cells.to_string()),
            row: diagnostic.place.row(),
            line: diagnostic.place.line,
            column: diagnostic.place.column,
            severity: diagnostic.severity,
            code: diagnostic.code.clone(),
            message: words.message,
            hint: words.hint,
        }
    }

    pub(super) fn all(locale: &Locale, diagnostics: &[Diagnostic]) -> Vec<Self> {
        diagnostics.iter().map(|diagnostic| Self::new(locale, diagnostic)).collect()
    }
}

/// `1 row`, `2 rows`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::recipient::Language;

    #[test]
    fn a_diagnostic_reads_place_message_hint_code() {
        let locale = Locale::embedded(Language::En);
        let diagnostic = Diagnostic::error("schedule-fields", Place::text("config/schedules.toml", 23, 12))
            .worded("schedule-fields-seconds")
            .with("fields", 6u32)
            .with("found", "0 0 7 1 1,4,7,10 *")
            .with("shorter", "0 7 1 1,4,7,10 *");
        let plain = told(false, &locale, &diagnostic);
        let [first, second] = plain.lines().collect::<Vec<_>>()[..] else { panic!("{plain}") };
        assert_eq!(first, "config/schedules.toml:23:12: expected 5 schedule fields, found 6: `0 0 7 1 1,4,7,10 *`");
        assert!(second.starts_with("  hint: drop the seconds: `0 7 1 1,4,7,10 *`  "), "{second}");
        assert_eq!(second.find("[schedule-fields]"), Some(CODE_COLUMN));
        assert!(told(true, &locale, &diagnostic).contains("\u{1b}[31mconfig/schedules.toml:23:12\u{1b}[0m"));
    }
}
