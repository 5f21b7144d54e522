//! A template's Markdown, with its `{{ … }}` and `{% … %}` worked out.
//!
//! No value is ever pasted into the Markdown. Each `{{ … }}` leaves a marker there, two
//! private-use characters round a number, and the value itself waits in a table until the
//! Markdown has been parsed. So a cell that holds `*`, `|`, backticks, line breaks or `{{`
//! is printed as it was typed and cannot change the structure of the report.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error as _;
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

/// What a template is called in diagnostics: its path below the home.
const ROOT: &str = "templates/";

/// Where a template and its parts are read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folder<'a> {
    /// Below the templates folder, `report/rsg-quarterly`.
    pub(super) path: &'a str,
    /// The home's own templates, which come before the embedded ones.
    pub(super) overrides: Option<&'a Path>,
    /// Language of the edition: `summary.ru.md` comes before `summary.md`.
    pub(super) language: &'a str,
}

impl Folder<'_> {
    /// The file that `name` means in this language, by its path below the templates folder.
    ///
    /// Only files beside the template: a name with a folder in it leads nowhere.
    fn file(&self, name: &str) -> Option<String> {
        if name.contains(['/', '\\']) || name.starts_with('.') {
            return None;
        }
        let own = name.rsplit_once('.').map(|(stem, ending)| format!("{stem}.{}.{ending}", self.language));
        let paths = own.iter().map(String::as_str).chain([name]).map(|name| format!("{}/{name}", self.path));
        paths.into_iter().find(|path| templates::bytes(path, self.overrides).is_some())
    }
}

/// The text of a template by the name it has in diagnostics, with line ends as they should be.
fn read(shown: &str, overrides: Option<&Path>) -> Option<String> {
    let source = templates::text(shown.strip_prefix(ROOT)?, overrides)?;
    Some(source.strip_prefix('\u{feff}').unwrap_or(&source).replace("\r\n", "\n"))
}

/// Works out `report.md` of the folder, with the parts that it includes; `prepare` adds
/// functions; `names` are the template's variables.
///
/// # Errors
/// One diagnostic, with file, line and column: the engine stops at the first problem.
pub(super) fn expand(
    folder: Folder<'_>,
    complaint: &Complaint,
    prepare: impl FnOnce(&mut Environment<'static>),
    names: Value,
) -> Result<Expanded, Box<Diagnostic>> {
    let path = folder.file("report.md").unwrap_or_else(|| format!("{}/report.md", folder.path));
    let shown = format!("{ROOT}{path}");
    let Some(source) = read(&shown, folder.overrides) else {
        return Err(Box::new(Diagnostic::error("template-missing", Place::file(shown))));
    };
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
    let (home, own, language) =
        (folder.overrides.map(Path::to_owned), folder.path.to_owned(), folder.language.to_owned());
    let overrides = home.clone();
    environment.set_path_join_callback(move |name, _| {
        let folder = Folder { path: &own, overrides: overrides.as_deref(), language: &language };
        folder.file(name).map_or(Cow::Borrowed(name), |path| Cow::Owned(format!("{ROOT}{path}")))
    });
    environment.set_loader(move |shown| Ok(read(shown, home.as_deref())));
    prepare(&mut environment);

    let mut sources: BTreeMap<String, Arc<str>> = BTreeMap::new();
    let mut source_of = |name: &str| -> Arc<str> {
        let text = || if name == shown { source.clone() } else { read(name, folder.overrides).unwrap_or_default() };
        Arc::clone(sources.entry(name.to_owned()).or_insert_with(|| Arc::from(text())))
    };
    let rendered = environment
        .template_from_named_str(&shown, &source)
        .and_then(|template| template.render_with_spans(names))
        .map_err(|error| Box::new(tell(&error, &shown, &mut source_of, complaint)))?;
    let (text, spans) = rendered;
    let lines = source_lines(&text, &spans, &shown, &mut source_of);
    let values = std::mem::take(&mut *values.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Expanded { text, values, lines })
}

/// Where the lines of the expansion come from.
fn source_lines(
    text: &str,
    spans: &[OutputSpan],
    shown: &str,
    source_of: &mut dyn FnMut(&str) -> Arc<str>,
) -> Vec<(Arc<str>, u32)> {
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let mut remaining = spans.iter().peekable();
    let mut last: (Arc<str>, u32) = (Arc::from(shown), 1);
    let mut lines = Vec::with_capacity(starts.len());
    for start in starts {
        while remaining.peek().is_some_and(|span| span.output_range().end <= start) {
            remaining.next();
        }
        if let Some(span) = remaining.peek() {
            let name = if *span.name() == *last.0 { Arc::clone(&last.0) } else { Arc::from(span.name()) };
            let mut line = span.line();
            if span.kind() == OutputSpanKind::Raw {
                let at = span.source_range().start + start.saturating_sub(span.output_range().start);
                line = source_of(span.name()).get(..at).map_or(line, |before| before.matches('\n').count() + 1);
            }
            last = (name, u32::try_from(line).unwrap_or(u32::MAX));
        }
        lines.push(last.clone());
    }
    lines
}

/// The innermost error that knows where it stands: that of an included part, say.
fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let mut found = error;
    let mut next = error.source();
    while let Some(inner) = next {
        if let Some(inner) = inner.downcast_ref::<minijinja::Error>().filter(|inner| inner.line().is_some()) {
            found = inner;
        }
        next = inner.source();
    }
    found
}

/// The engine's error as a diagnostic.
fn tell(
    error: &minijinja::Error,
    shown: &str,
    source_of: &mut dyn FnMut(&str) -> Arc<str>,
    complaint: &Complaint,
) -> Diagnostic {
    let error = innermost(error);
    let file = error.name().unwrap_or(shown).to_owned();
    let line = error.line().and_then(|line| u32::try_from(line).ok()).unwrap_or(1);
    let source = source_of(&file);
    let found = error.range().and_then(|range| {
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
