//! The files of a home, read together and checked against each other.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use super::keys::{self, Section};
use super::programme::{self, Environment};
use super::shape::{Fields, Reader};
use super::source::{Source, Table};
use super::{Config, holidays, people, schedules, workbook};
use crate::diagnostic::{Checked, Diagnostic, Place};

/// The files of a home's configuration, below the home.
pub const FILES: [&str; 5] = [
    "config/rapporteur.toml",
    "config/schedules.toml",
    "config/holidays.toml",
    "config/recipients.toml",
    "config/workbook.toml",
];

/// What keeps us from reading the configuration at all.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The home is not a folder.
    #[error("expected a folder as the home, found none at `{}`", .0.display())]
    NoHome(PathBuf),
    /// A file is there and cannot be read.
    #[error("`{}` cannot be read: {problem}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        problem: std::io::Error,
    },
}

/// Reads `config/*.toml` of a home over the defaults. A file that is not there leaves the
/// defaults; a mistake leaves the default of its key, and is told with file, line and column.
/// All mistakes are told, each once. The mail server's password is taken from
/// `RAPPORTEUR_SMTP_PASSWORD`, else from the `password_file`.
///
/// A configuration with errors is complete and may be shown, but must not be run.
///
/// # Errors
/// A home that is no folder, or a file that the system refuses to read.
pub fn load(home: &Path) -> Result<Checked<Config>, ConfigError> {
    load_with(home, &|name| std::env::var(name).ok())
}

/// Like [`load`], with another source of environment variables.
///
/// # Errors
/// As [`load`].
pub fn load_with(home: &Path, environment: Environment<'_>) -> Result<Checked<Config>, ConfigError> {
    let home = std::path::absolute(home).unwrap_or_else(|_| home.to_owned());
    if !home.is_dir() {
        return Err(ConfigError::NoHome(home));
    }
    let mut config = Config::defaults(&home);
    let problems = RefCell::new(Vec::new());

    let programme = File::open(&home, "config/rapporteur.toml", &problems)?;
    let dates = File::open(&home, "config/schedules.toml", &problems)?;
    let persons = File::open(&home, "config/recipients.toml", &problems)?;
    let words = File::open(&home, "config/workbook.toml", &problems)?;
    let days_off = File::open(&home, "config/holidays.toml", &problems)?;

    if let Some(reader) = programme.reader(&problems) {
        programme::read(&programme.fields(&reader, &keys::RAPPORTEUR), &mut config, environment);
    }
    if let Some(reader) = persons.reader(&problems) {
        people::read(&persons.fields(&reader, &keys::PEOPLE), &mut config);
    }
    if let Some(reader) = days_off.reader(&problems) {
        holidays::read(&days_off.fields(&reader, &keys::HOLIDAYS), &mut config.holidays);
    }
    if let Some(reader) = dates.reader(&problems) {
        let named = schedules::read(&dates.fields(&reader, &keys::SCHEDULES), &mut config, days_off.damaged());
        if !persons.damaged() {
            people::check_groups(&reader, &named, &config);
        }
    }
    if let Some(reader) = words.reader(&problems) {
        workbook::read(&words.fields(&reader, &keys::WORKBOOK), &mut config.workbook);
    }

    let mut diagnostics = problems.into_inner();
    let order = ["rapporteur", "schedules", "holidays", "recipients", "workbook"];
    let rank = |place: &Place| {
        let file = place.file.as_deref().unwrap_or_default();
        order.iter().position(|name| file.contains(name)).unwrap_or(order.len())
    };
    diagnostics.sort_by_key(|d: &Diagnostic| (rank(&d.place), d.place.line, d.place.column));
    Ok(Checked { output: config, diagnostics })
}

/// One file: perhaps not there, perhaps not text, perhaps with lines that are no TOML.
struct File {
    there: Option<(Source, Table)>,
    damaged: bool,
}

impl File {
    fn open(home: &Path, name: &'static str, problems: &RefCell<Vec<Diagnostic>>) -> Result<Self, ConfigError> {
        let path = home.join(name);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self { there: None, damaged: false });
            }
            Err(problem) => return Err(ConfigError::Unreadable { path, problem }),
        };
        match Source::new(name, bytes) {
            Err(problem) => {
                problems.borrow_mut().push(*problem);
                Ok(Self { there: None, damaged: true })
            }
            Ok(source) => {
                let (table, slips) = source.parse();
                let damaged = !slips.is_empty();
                problems.borrow_mut().extend(slips);
                Ok(Self { there: Some((source, table)), damaged })
            }
        }
    }

    const fn damaged(&self) -> bool {
        self.damaged
    }

    fn reader<'a>(&'a self, problems: &'a RefCell<Vec<Diagnostic>>) -> Option<Reader<'a>> {
        let (source, _) = self.there.as_ref()?;
        Some(Reader { source, problems, damaged: self.damaged })
    }

    fn fields<'a>(&'a self, reader: &'a Reader<'a>, section: &'static Section) -> Fields<'a> {
        static EMPTY: Table = Table { span: 0..0, entries: Vec::new() };
        Fields::open(reader, self.there.as_ref().map_or(&EMPTY, |(_, table)| table), section)
    }
}
