//! A template's Markdown, with its `{{ … }}` and `{% … %}` worked out.
//!
//! No value is ever pasted into the Markdown. Each `{{ … }}` leaves a marker there, two
//! private-use characters round a number, and the value itself waits in a table until the
//! Markdown has been parsed. So a cell that holds `*`, `|`, backticks, line breaks or `{{`
//! is printed as it was typed and cannot change the structure of the report.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, ErrorKind, OutputSpan, OutputSpanKind, UndefinedBehavior};

use crate::diagnostic::{Diagnostic, Place};
use crate::templates;

/// Work a template may do, in the engine's units: enough for a table of some ten thousand
/// rows, far too little to hold up the daemon.
const FUEL: u64 = 5_000_000;

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// The values that markers stand for.
type Values = Arc<Mutex<Vec<String>>>;

/// A template worked out: Markdown with markers, and what the markers stand for.
#[derive(Debug, Default)]
pub(super) struct Expanded {
    /// Markdown in which every value is a marker.
    pub(super) text: String,
    values: Vec<String>,
    /// Line of the expansion → file and line of its source.
    lines: Vec<(Arc<str>, u32)>,
}

/// What a function of ours found wrong, to be told with the line it was called in.
pub(super) type Complaint = Arc<Mutex<Option<Diagnostic>>>;

/// Makes a failure of a template function out of a diagnostic, whose place is filled in later.
pub(super) fn complain(complaint: &Complaint, problem: Diagnostic) -> minijinja::Error {
    let sentence = problem.code.clone();
    *complaint.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem);
    minijinja::Error::new(ErrorKind::InvalidOperation, sentence)
}

/// Works a template out. `path` is below the templates folder, `report/rsg-quarterly/report.md`;
/// `prepare` adds functions; `names` are the template's variables.
///
/// # Errors
/// One diagnostic, with file, line and column: the engine stops at the first problem.
pub(super) fn expand(
    path: &str,
    overrides: Option<&Path>,
    complaint: &Complaint,
    prepare: impl FnOnce(&mut Environment<'static>),
    names: Value,
) -> Result<Expanded, Box<Diagnostic>> {
    let shown = format!("templates/{path}");
    let Some(source) = templates::text(path, overrides) else {
        return Err(Box::new(Diagnostic::error("template-missing", Place::file(shown))));
    };
    let source = source.strip_prefix('\u{feff}').unwrap_or(&source).replace("\r\n", "\n");
    let values: Values = Arc::default();
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // Comments are those of Markdown; `{#id}` stays free for the ids of headings.
    let syntax = SyntaxConfig::builder()
        .comment_delimiters("<!--", "-->")
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    environment.set_syntax(syntax.unwrap_or_default());
    environment.set_fuel(Some(FUEL));
    // Any escaping but `None` makes captured blocks and macros safe, so that their markers
    // are not marked a second time.
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    let waiting = Arc::clone(&values);
    environment.set_formatter(move |output, state, value| {
        if value.is_undefined() {
            return minijinja::escape_formatter(output, state, value);
        }
        if value.is_safe() {
            return output.write_str(value.as_str().unwrap_or_default()).map_err(minijinja::Error::from);
        }
        let text = if value.is_none() { String::new() } else { value.to_string() };
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let marker = format!("{OPEN}{}{CLOSE}", waiting.len());
        waiting.push(text);
        output.write_str(&marker).map_err(minijinja::Error::from)
    });
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let home = overrides.map(Path::to_owned);
    environment.set_loader(move |name| {
        // Only files beside the template: a name with a folder in it leads nowhere.
        let plain = !name.contains(['/', '\\']) && !name.starts_with('.');
        Ok(plain.then(|| templates::text(&format!("{folder}/{name}"), home.as_deref())).flatten())
    });
    prepare(&mut environment);

    let rendered = environment
        .template_from_named_str(&shown, &source)
        .and_then(|template| template.render_with_spans(names))
        .map_err(|error| Box::new(tell(&error, &shown, &source, complaint)))?;
    let (text, spans) = rendered;
    let lines = source_lines(&text, &spans, &shown, &source);
    let values = std::mem::take(&mut *values.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Expanded { text, values, lines })
}

/// Where the lines of the expansion come from.
fn source_lines(text: &str, spans: &[OutputSpan], shown: &str, source: &str) -> Vec<(Arc<str>, u32)> {
    let main: Arc<str> = Arc::from(shown);
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let mut remaining = spans.iter().peekable();
    let mut last: (Arc<str>, u32) = (Arc::clone(&main), 1);
    let mut lines = Vec::with_capacity(starts.len());
    for start in starts {
        while remaining.peek().is_some_and(|span| span.output_range().end <= start) {
            remaining.next();
        }
        if let Some(span) = remaining.peek() {
            let name =
                if span.name() == shown { Arc::clone(&main) } else { Arc::from(format!("templates/{}", span.name())) };
            let mut line = span.line();
            if span.kind() == OutputSpanKind::Raw && span.name() == shown {
                let at = span.source_range().start + start.saturating_sub(span.output_range().start);
                line = source.get(..at).map_or(line, |before| before.matches('\n').count() + 1);
            }
            last = (name, u32::try_from(line).unwrap_or(u32::MAX));
        }
        lines.push(last.clone());
    }
    lines
}

/// The engine's error as a diagnostic.
fn tell(error: &minijinja::Error, shown: &str, source: &str, complaint: &Complaint) -> Diagnostic {
    // An error inside an included file or a called function carries the better place within.
    let name = error.name().unwrap_or(shown);
    let line = error.line().and_then(|line| u32::try_from(line).ok()).unwrap_or(1);
    let file = if name == shown { shown.to_owned() } else { format!("templates/{name}") };
    let found = error.range().filter(|_| name == shown).and_then(|range| {
        let text = source.get(range.clone())?;
        let before = source.get(..range.start)?;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Some((text.to_owned(), u32::try_from(column).unwrap_or(1)))
    });
    let place = match &found {
        Some((_, column)) => Place::text(file, line, *column),
        None => Place { line: Some(line), ..Place::file(file) },
    };
    if let Some(mut problem) = complaint.lock().unwrap_or_else(PoisonError::into_inner).take() {
        problem.place = place;
        return problem;
    }
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let (code, name) = match error.kind() {
        ErrorKind::UndefinedError => ("template-undefined-name", found.map_or(detail, |(text, _)| text)),
        ErrorKind::UnknownFunction | ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => {
            ("template-unknown-function", found.map_or(detail, |(text, _)| text))
        }
        ErrorKind::OutOfFuel => ("template-too-much-work", detail),
        ErrorKind::SyntaxError => ("template-syntax", detail),
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => ("template-include-missing", detail),
        _ => ("template-failed", detail),
    };
    Diagnostic::error(code, place).with("found", name.trim())
}

impl Expanded {
    /// File and line of the source that a line (from zero) of the expansion comes from.
    pub(super) fn place(&self, line: usize) -> Place {
        match self.lines.get(line).or(self.lines.last()) {
            Some((file, line)) => Place { line: Some(*line), ..Place::file(file.to_string()) },
            None => Place::default(),
        }
    }

    /// File and line of the source that a byte of the expansion comes from.
    pub(super) fn place_of_byte(&self, at: usize) -> Place {
        self.place(self.text.get(..at).map_or(0, |before| before.matches('\n').count()))
    }

    /// Puts the values where their markers stand. Control characters are left out; line
    /// breaks and tabs stay.
    pub(super) fn resolve(&self, text: &str) -> String {
        let mut resolved = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(OPEN) {
            let (before, marked) = rest.split_at(at);
            resolved.push_str(before);
            let inner = marked.get(OPEN.len_utf8()..).unwrap_or_default();
            match inner.split_once(CLOSE).and_then(|(number, after)| Some((self.value(number)?, after))) {
                Some((value, after)) => {
                    resolved.extend(value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
                    rest = after;
                }
                // A private-use character that somebody typed into the template itself.
                None => rest = inner,
            }
        }
        resolved.push_str(rest);
        resolved
    }

    fn value(&self, number: &str) -> Option<&str> {
        self.values.get(number.parse::<usize>().ok()?).map(String::as_str)
    }
}
