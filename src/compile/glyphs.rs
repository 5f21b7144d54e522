//! Glyph preflight: where a character came from that no font of the report has.
//!
//! Setting a report tells which characters its faces lack, and what stands on the pages instead
//! says so (`[U+10E1]`). Only then are the rows searched for them: a report without such
//! characters pays nothing.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Prepared, Request};
use crate::cell::CellRef;
use crate::diagnostic::{Arg, Diagnostic, Place};
use crate::recipient::Country;
use crate::record::{Entry, Origin};

/// Numbers of characters that one diagnostic names.
const NAMED: usize = 5;
/// Words of one cell that are told.
const WORDS: usize = 5;
/// Characters of a word that are quoted: some scripts part no words.
const LONGEST: usize = 40;

/// One error for each word of a cell that has characters of `missing`; for those that no row has, one for
/// each line of the configuration and the templates of the home, or for the file they stand in.
pub(super) fn missing(
    prepared: &Prepared<'_>,
    request: &Request,
    templates: &Path,
    missing: &[char],
) -> Vec<Diagnostic> {
    let mut search = Search { missing, found: Vec::new(), seen: Vec::new() };
    let (config, material) = (prepared.config, prepared.material);
    for entry in prepared.scopes.printed(material, Country::new(&request.edition)) {
        search.entry(&entry);
    }
    // What was told of the files is printed with the words it quotes.
    if search.is_open() {
        for file in &material.files {
            search.text(&file.summary.file, || Place::file(&file.summary.file));
            for told in &file.diagnostics {
                for arg in told.args.values() {
                    if let Arg::Text(text) = arg {
                        search.text(text, || told.place.clone());
                    }
                }
            }
        }
    }
    if search.is_open() {
        search.files(&config.at_home(Path::new("config")), "config");
        search.files(templates, "templates");
    }
    // Ours, or a file that has changed since.
    let rest: Vec<char> = search.open().collect();
    if !rest.is_empty() {
        search.found.push(tell(&rest.iter().collect::<String>(), &rest, Place::file("templates")));
    }
    search.found
}

/// Texts gone through, one after the other.
struct Search<'m> {
    missing: &'m [char],
    found: Vec<Diagnostic>,
    seen: Vec<char>,
}

impl Search<'_> {
    fn open(&self) -> impl Iterator<Item = char> + use<'_> {
        self.missing.iter().copied().filter(|c| !self.seen.contains(c))
    }

    fn is_open(&self) -> bool {
        self.open().next().is_some()
    }

    /// Every text of a row, by the name of its field.
    fn entry(&mut self, entry: &Entry) {
        let Ok(Value::Object(fields)) = serde_json::to_value(&entry.record) else { return };
        for (field, value) in &fields {
            let texts: Vec<&str> = match value {
                Value::String(text) => vec![text],
                Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
                _ => continue,
            };
            self.text(&texts.join(" "), || place(&entry.origin, field));
        }
    }

    /// Tells the words of `text` that have a missing character, the first few of them.
    fn text(&mut self, text: &str, place: impl Fn() -> Place) {
        if text.is_ascii() {
            return;
        }
        let mut words: Vec<&str> = Vec::new();
        for word in text.split_whitespace() {
            let lacking = self.lacking(word);
            self.seen.extend(&lacking);
            if !lacking.is_empty() && words.len() < WORDS && !words.contains(&word) {
                self.found.push(tell(word, &lacking, place()));
                words.push(word);
            }
        }
    }

    /// The missing characters of a word, each once.
    fn lacking(&self, word: &str) -> Vec<char> {
        let mut lacking: Vec<char> = Vec::new();
        for character in word.chars() {
            if self.missing.contains(&character) && !lacking.contains(&character) {
                lacking.push(character);
            }
        }
        lacking
    }

    /// The text files below a folder, in the order of their names.
    fn files(&mut self, folder: &Path, name: &str) {
        let Ok(listed) = std::fs::read_dir(folder) else { return };
        let mut paths: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            let Some(last) = path.file_name().and_then(|last| last.to_str()) else { continue };
            let name = format!("{name}/{last}");
            if path.is_dir() {
                self.files(&path, &name);
                continue;
            }
            // Fonts and pictures are no text.
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for (line, text) in (1..).zip(text.lines()) {
                let column = text.chars().position(|c| self.missing.contains(&c));
                let column = column.and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(1);
                self.text(text, || Place::text(&name, line, column));
            }
        }
    }
}

/// The cell of a field; its row where the heading has another name.
fn place(origin: &Origin, field: &str) -> Place {
    let heading = match field {
        "kind_as_written" => "type".to_owned(),
        field => field.replace('_', "-"),
    };
    let cell = origin.cell(&heading).unwrap_or_else(|| CellRef::new(origin.row, 0));
    Place::sheet(&origin.file, &origin.sheet).at(cell)
}

fn tell(word: &str, lacking: &[char], place: Place) -> Diagnostic {
    let word = word.trim_matches(|c: char| c.is_ascii_punctuation() || matches!(c, '«' | '»' | '“' | '”' | '„'));
    let mut shown: String = word.chars().take(LONGEST).collect();
    if shown.len() < word.len() {
        shown.push('…');
    }
    let mut numbers: Vec<String> = lacking.iter().take(NAMED).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    if lacking.len() > NAMED {
        numbers.push("…".to_owned());
    }
    Diagnostic::error("glyph-missing", place)
        .with("word", shown)
        .with("n", lacking.len())
        .with("characters", numbers.join(", "))
}
