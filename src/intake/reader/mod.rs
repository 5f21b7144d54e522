//! Files of any kind into rows of cells.
//!
//! What a file is, its first bytes tell, never its name. Everything here expects to be fed
//! by someone who means harm: sizes are counted as they are unpacked and not believed, and
//! nothing is held in memory that a file could make large. It still runs in a child process
//! under limits (see [`super::child`]), because the libraries below may abort.

mod comments;
mod csv_file;
mod encoding;
mod guard;
mod kind;
mod ods;
mod ods_cell;
mod refusal;
mod scan;
mod xls;
mod xlsx;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::path::Path;

use quick_xml::events::BytesRef;

use super::raw::{RawWorkbook, Unreadable};
use crate::diagnostic::{Diagnostic, Place};
use guard::Package;
use kind::Kind;
use refusal::refuse;

pub use guard::Limits;
pub(super) use kind::too_large;

/// The letter that an entity of XML stands for; `None` where there is no such one.
fn letter(entity: &BytesRef<'_>) -> Option<char> {
    match entity.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => entity.resolve_char_ref().ok().flatten(),
    }
}

/// A workbook that can be read, and what is to be told about the file as such.
pub struct Opened {
    /// Its sheets.
    pub workbook: Box<dyn RawWorkbook>,
    /// Notes on the file: another kind than its name says, an encoding that was guessed.
    pub notes: Vec<Diagnostic>,
    /// It is an Office Open XML package.
    pub is_xlsx: bool,
}

/// Opens a workbook of any kind that the contract names.
///
/// `name` is the file's name as dropped, for messages and for the sheet of a CSV.
///
/// # Errors
/// A file that is no workbook, or that is damaged, locked, hostile or of a kind that is
/// switched off: one diagnostic for the whole file.
pub fn open(path: &Path, name: &str, legacy_xls: bool, limits: &Limits) -> Result<Opened, Unreadable> {
    let file = File::open(path).map_err(|_| refuse("file-cannot-be-opened", name))?;
    let mut notes = Vec::new();
    let kind = kind::of(&file, name, limits)?;
    if let Some(claimed) = kind::claimed_by(name)
        && !kind.answers_to(&claimed)
    {
        notes.push(
            Diagnostic::info("file-of-another-kind", Place::file(name))
                .with("claimed", format!(".{claimed}"))
                .with("found", kind.key()),
        );
    }
    let mut is_xlsx = false;
    let workbook: Box<dyn RawWorkbook> = match kind {
        Kind::Zip => match guard::inspect(file, name, limits)? {
            Package::Xlsx(parts) => {
                is_xlsx = true;
                Box::new(xlsx::open(path, name, parts)?)
            }
            Package::Ods => Box::new(ods::open(path, name)?),
        },
        Kind::Xls if legacy_xls => Box::new(xls::open(path, name)?),
        Kind::Xls => return Err(refuse("file-legacy-xls", name)),
        Kind::Text(encoding) => {
            if encoding.guessed {
                notes.push(
                    Diagnostic::info("encoding-guessed", Place::file(name)).with("encoding", encoding.encoding.name()),
                );
            }
            Box::new(csv_file::open(path, name, encoding)?)
        }
    };
    Ok(Opened { workbook, notes, is_xlsx })
}
