//! Is a PDF what it says it is? It is compiled again from what it carries and what the archive
//! holds, and compared.

use std::fmt;

use super::manifest::{Manifest, PROGRAM, material_bytes};
use super::{Material, Press, Request, inputs};
use crate::config::Config;
use crate::digest::of as hash;
use crate::pdf::{attachments, page_contents, signed_part};

/// What comparing a PDF with its inputs came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Compiled again, it is the same bytes.
    Identical(Box<Manifest>),
    /// It is not what was compiled: where.
    Differs(Vec<Difference>),
    /// It cannot be told, and why.
    CannotTell(String),
}

/// A place where a PDF is not what compiling it again gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The attachment, or the page.
    pub place: String,
    /// One-based line of an attachment.
    pub line: Option<usize>,
    /// One-based column of an attachment, in characters.
    pub column: Option<usize>,
    /// What stands in the file.
    pub found: String,
    /// What compiling gives.
    pub expected: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)?;
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, ":{line}:{column}")?;
        }
        match (self.found.as_str(), self.expected.as_str()) {
            ("", "") => f.write_str(" is not as it was compiled"),
            (found, "") => write!(f, ": found `{found}`, which compiling does not give"),
            ("", expected) => write!(f, ": expected `{expected}`, found nothing"),
            (found, expected) => write!(f, ": expected `{expected}`, found `{found}`"),
        }
    }
}

/// Compares a PDF with what its inputs give. `rows` are those of workbooks that were given; without
/// them the archive of `config`'s home is asked.
#[must_use]
pub fn verify(pdf: &[u8], config: &Config, rows: impl Fn(&Manifest) -> Option<Material>) -> Verdict {
    let carried = match attachments(pdf) {
        Ok(carried) => carried,
        Err(problem) => return Verdict::CannotTell(problem.to_string()),
    };
    let Some((_, manifest)) = carried.iter().find(|(name, _)| name == "manifest.json") else {
        return Verdict::CannotTell("it carries no manifest.json, so it says of no inputs".to_owned());
    };
    let manifest: Manifest = match serde_json::from_slice(manifest) {
        Ok(manifest) => manifest,
        Err(problem) => return Verdict::CannotTell(format!("its manifest.json cannot be read: {problem}")),
    };
    if manifest.program != PROGRAM {
        let Manifest { program, .. } = manifest;
        return Verdict::CannotTell(format!("it was compiled by {program}, and this is {PROGRAM}"));
    }
    let Some((then, _files)) = inputs::home(config, &manifest) else {
        let why = "the templates or the configuration have changed since, and the archive does not hold those of then";
        return Verdict::CannotTell(format!("{why} (templates {})", short(&manifest.templates)));
    };
    let Some(material) = rows(&manifest).or_else(|| inputs::rows(config, &manifest)) else {
        let sources: Vec<String> =
            manifest.sources.iter().map(|mark| format!("{} {}", mark.label, short(&mark.sha256))).collect();
        return Verdict::CannotTell(format!("its rows are not here: {}", sources.join(", ")));
    };
    let request = Request {
        report: manifest.report.clone(),
        period: manifest.period,
        as_of: manifest.as_of,
        language: manifest.language,
        edition: manifest.edition.clone(),
        revision: manifest.revision,
    };
    let press = match Press::load(&then) {
        Ok(press) => press,
        Err(problem) => return Verdict::CannotTell(format!("the templates cannot be used: {}", problem.code)),
    };
    let Some(again) = press.compile(&then, &material, &request).output else {
        return Verdict::CannotTell("compiled again, it gives no report".to_owned());
    };
    // Who signed it off came behind what was compiled.
    if again.pdf == signed_part(pdf) {
        return Verdict::Identical(Box::new(manifest));
    }
    Verdict::Differs(differences(pdf, &carried, &again.pdf))
}

/// Whether rows, which are those of the period, are what a report was compiled from.
#[must_use]
pub fn is_of(rows: &Material, manifest: &Manifest) -> bool {
    hash(&material_bytes(rows)) == manifest.material
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn differences(pdf: &[u8], carried: &[(String, Vec<u8>)], again: &[u8]) -> Vec<Difference> {
    let mut found = Vec::new();
    let expected = attachments(again).unwrap_or_default();
    for (name, bytes) in &expected {
        match carried.iter().find(|(known, _)| known == name) {
            Some((_, ours)) if ours == bytes => {}
            Some((_, ours)) => found.push(first_difference(name, ours, bytes)),
            None => found.push(whole(format!("{name}, which it should carry,"))),
        }
    }
    for (name, _) in carried.iter().filter(|(name, _)| !expected.iter().any(|(known, _)| known == name)) {
        found.push(whole(format!("{name}, which it should not carry,")));
    }
    let (ours, theirs) = (page_contents(pdf).unwrap_or_default(), page_contents(again).unwrap_or_default());
    if ours.len() != theirs.len() {
        let place = "the number of pages".to_owned();
        let (found_pages, expected) = (ours.len().to_string(), theirs.len().to_string());
        found.push(Difference { place, line: None, column: None, found: found_pages, expected });
    }
    for (number, _) in ours.iter().zip(&theirs).enumerate().filter(|(_, (a, b))| a != b) {
        found.push(whole(format!("page {}", number + 1)));
    }
    if found.is_empty() {
        found.push(whole("the file around pages and attachments".to_owned()));
    }
    found
}

fn whole(place: String) -> Difference {
    Difference { place, line: None, column: None, found: String::new(), expected: String::new() }
}

/// The first line and column in which two texts differ, with what stands there.
fn first_difference(name: &str, ours: &[u8], theirs: &[u8]) -> Difference {
    let (ours, theirs) = (String::from_utf8_lossy(ours), String::from_utf8_lossy(theirs));
    let (mut ours_lines, mut their_lines) = (ours.split('\n'), theirs.split('\n'));
    let mut line = 0;
    loop {
        line += 1;
        let (a, b) = (ours_lines.next(), their_lines.next());
        if a.is_none() && b.is_none() {
            return whole(name.to_owned()); // only bytes that are no text
        }
        let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
        if a == b {
            continue;
        }
        let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        return Difference {
            place: name.to_owned(),
            line: Some(line),
            column: Some(same + 1),
            found: field_at(a, same),
            expected: field_at(b, same),
        };
    }
}

/// The field of a line that a character stands in, commas and quotes being its bounds.
fn field_at(line: &str, at: usize) -> String {
    let bound = |c: &char| matches!(c, ',' | '"' | '\r');
    let chars: Vec<char> = line.chars().collect();
    let before = chars.iter().take(at).rev().take_while(|c| !bound(c)).count();
    let field: String = chars.iter().skip(at - before.min(at)).take_while(|c| !bound(c)).collect();
    field.trim().chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named_with_its_field() {
        let theirs = b"ID,Title,Participants\nQ4-01,Workshop,20\nQ4-02,Visit,12\n";
        let ours = b"ID,Title,Participants\nQ4-01,Workshop,20\nQ4-02,Visit,92\n";
        let found = first_difference("activities.csv", ours, theirs);
        assert_eq!(found.to_string(), "activities.csv:3:13: expected `12`, found `92`");
        let shorter = first_difference("activities.csv", b"ID\n", b"ID\nQ4-01\n");
        assert_eq!(shorter.to_string(), "activities.csv:2:1: expected `Q4-01`, found nothing");
    }
}
