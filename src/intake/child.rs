//! The hidden commands `rapporteur __read` and `rapporteur __mark`: one file, read or copied with
//! marks by a process that may die of it.
//!
//! The request comes in as JSON on standard input. Rows and diagnostics go out as JSON lines on
//! standard output; a marked copy goes out there as the bytes it consists of, and one line on
//! standard error says how that ended. Before the file is opened the process gives up what it does not need:
//! memory beyond `MEMORY_BYTES`, time beyond `CPU_SECONDS`, every right to write a file.
//! Whatever a hostile workbook does to a library happens here, to this file alone.

use std::io::{self, BufWriter, Read, Write};
use std::process::ExitCode;

use rlimit::Resource;
use serde::de::DeserializeOwned;

use super::interpret::interpret;
use super::marking;
use super::marking::remarks::{Copied, MarkRequest};
use super::raw::{RawRow, RawSheet, RawWorkbook, ReadEvent, ReadRequest, Unreadable};
use super::reader::{self, Limits};
use super::wire::{Wire, Writer};
use crate::diagnostic::{Diagnostic, Place};

/// Argument by which our own binary becomes the child that reads.
pub(super) const COMMAND: &str = "__read";
/// The same for the one that copies with marks.
pub(super) const MARK_COMMAND: &str = "__mark";
/// Address space of the child, in bytes.
const MEMORY_BYTES: u64 = 512 << 20;
/// Processor time of the child, in seconds; a million rows take some ten.
pub(super) const CPU_SECONDS: u64 = 40;
/// Rows of titles, totals and remarks that a sheet may have beside those that count.
const ROWS_ASIDE: u32 = 10_000;
/// Longest request, in bytes.
const REQUEST_BYTES: u64 = 8 << 20;
/// Longest request for a marked copy, which comes with all that is to be told.
const MARK_REQUEST_BYTES: u64 = 64 << 20;

/// Runs the hidden command where this process was started under it, else does nothing; to be
/// called before any thread is started.
#[must_use]
pub fn main_if_asked() -> Option<ExitCode> {
    let argument = std::env::args_os().nth(1)?;
    match argument.to_str()? {
        COMMAND => Some(main()),
        MARK_COMMAND => Some(main_of_marking()),
        _ => None,
    }
}

/// Runs the hidden command that copies with marks.
fn main_of_marking() -> ExitCode {
    let request: MarkRequest = match confined(MARK_REQUEST_BYTES) {
        Ok(request) => request,
        Err(code) => return code,
    };
    let out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let (said, code) = match marking::mark(&request, out) {
        Ok(ending) => (Copied::Done(ending.to_owned()), ExitCode::SUCCESS),
        Err(reason) => (Copied::Refused(reason.to_string()), ExitCode::FAILURE),
    };
    match serde_json::to_writer(io::stderr().lock(), &said) {
        Ok(()) => code,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Runs the hidden command.
#[must_use]
pub fn main() -> ExitCode {
    let request: ReadRequest = match confined(REQUEST_BYTES) {
        Ok(request) => request,
        Err(code) => return code,
    };
    let mut out = Out { writer: BufWriter::with_capacity(64 * 1024, io::stdout().lock()), lines: Writer::default() };
    read(&request, &mut out);
    if out.writer.flush().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Lowers the limits, and then reads what is asked for.
fn confined<T: DeserializeOwned>(most_bytes: u64) -> Result<T, ExitCode> {
    confine().map_err(|_| ExitCode::from(3))?;
    let mut request = String::new();
    io::stdin().lock().take(most_bytes).read_to_string(&mut request).map_err(|_| ExitCode::from(2))?;
    serde_json::from_str(&request).map_err(|_| ExitCode::from(2))
}

/// Lowers the limits of this process, for good.
fn confine() -> io::Result<()> {
    Resource::AS.set(MEMORY_BYTES, MEMORY_BYTES)?;
    Resource::CPU.set(CPU_SECONDS, CPU_SECONDS + 1)?;
    Resource::FSIZE.set(0, 0)?;
    Resource::CORE.set(0, 0)
}

/// Reads the file and writes everything that is to be told about it.
fn read<W: Write>(request: &ReadRequest, out: &mut Out<W>) {
    let opened = reader::open(&request.path, &request.name, request.legacy_xls, &Limits::default());
    let opened = match opened {
        Ok(opened) => opened,
        Err(Unreadable(diagnostic)) => return out.write(&Wire::Refused(diagnostic)),
    };
    for note in opened.notes {
        out.event(ReadEvent::Diagnostic(Box::new(note)));
    }
    let mut counted = Counted { workbook: opened.workbook, most: request.max_rows, refused: None };
    let (mut rows, mut fault) = (0_u64, None);
    let summary = interpret(&mut counted, request, &mut |event| {
        match &event {
            ReadEvent::Entry(_) | ReadEvent::Held { .. } => rows += 1,
            ReadEvent::Diagnostic(d) if d.is_error() && d.place.sheet.is_none() && d.place.cells.is_none() => {
                fault.get_or_insert_with(|| d.clone());
            }
            ReadEvent::Diagnostic(_) | ReadEvent::Done(_) => {}
        }
        out.event(event);
    });
    // A fault of the file as a whole takes back the rows that were told before it was found.
    let refused = counted.refused.map(|Unreadable(d)| d).or(fault.filter(|_| rows > 0));
    match refused {
        Some(diagnostic) => out.write(&Wire::Refused(diagnostic)),
        None => out.event(ReadEvent::Done(Box::new(summary))),
    }
}

/// Where the lines go.
struct Out<W: Write> {
    writer: BufWriter<W>,
    lines: Writer,
}

impl<W: Write> Out<W> {
    fn event(&mut self, event: ReadEvent) {
        let (head, line) = self.lines.lines_of(event);
        if let Some(head) = head {
            self.write(&head);
        }
        self.write(&line);
    }

    /// Writes a line. Where nobody listens any more there is nothing left to do.
    fn write(&mut self, line: &Wire) {
        let written = serde_json::to_writer(&mut self.writer, line).map_err(io::Error::from);
        if written.and_then(|()| self.writer.write_all(b"\n")).is_err() {
            std::process::exit(1);
        }
    }
}

/// A workbook that refuses to give more rows than a file may have.
struct Counted {
    workbook: Box<dyn RawWorkbook>,
    most: u32,
    refused: Option<Unreadable>,
}

impl RawWorkbook for Counted {
    fn sheets(&self) -> &[RawSheet] {
        self.workbook.sheets()
    }

    fn is_1904(&self) -> bool {
        self.workbook.is_1904()
    }

    fn read(&mut self, sheet: usize, visit: &mut dyn FnMut(RawRow) -> bool) -> Result<(), Unreadable> {
        if let Some(refused) = &self.refused {
            return Err(refused.clone());
        }
        // The interpreter counts the rows that mean something; this is for those that do not.
        let (mut count, most) = (0_u32, self.most.saturating_add(ROWS_ASIDE));
        let result = self.workbook.read(sheet, &mut |row| {
            count = count.saturating_add(1);
            count <= most && visit(row)
        });
        let result = if count > most {
            let diagnostic = Diagnostic::error("file-has-too-many-rows", Place::default()).with("limit", self.most);
            Err(Unreadable(Box::new(diagnostic)))
        } else {
            result
        };
        self.refused = result.as_ref().err().cloned();
        result
    }
}
