//! The parent's side of reading a file: start the child, listen, and survive it.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::child::{COMMAND, CPU_SECONDS};
use super::marking::copyist::{self, MarkedCopy, NoCopy};
use super::marking::remarks::MarkRequest;
use super::raw::{ReadEvent, ReadRequest};
use super::started::{self, Started};
use super::wire::{Reader, Wire};
use crate::diagnostic::{Diagnostic, Place};

/// Longest line that a child may write, in bytes.
const LINE_BYTES: usize = 64 << 20;
/// Events that are handed over at once, at most, and how many such handfuls may wait: the
/// child goes on reading while the ledger is being written.
const HANDFUL: usize = 128;
const HANDFULS: usize = 4;

/// How to start a reader: our own binary, under the hidden command.
#[derive(Clone, Debug)]
pub struct ReadingRoom {
    program: PathBuf,
    wall: Duration,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadFailure {
    /// The file is at fault, or the child died of it: one error for the whole file.
    #[error("the file was refused: {}", .0.code)]
    Refused(Box<Diagnostic>),
    /// The child could not be started or listened to.
    #[error("reading a file: {0}")]
    World(#[from] io::Error),
}

impl Default for ReadingRoom {
    /// This program's own file, also where it was replaced while running.
    fn default() -> Self {
        let ours = std::env::current_exe().ok().filter(|path| path.exists());
        Self::with_program(ours.unwrap_or_else(|| PathBuf::from("/proc/self/exe")))
    }
}

impl ReadingRoom {
    /// A room whose readers are started from `program`, for tests.
    #[must_use]
    pub fn with_program(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), wall: Duration::from_secs(3 * CPU_SECONDS) }
    }

    /// The same, with another limit on the time that one file may take on the wall.
    #[must_use]
    pub fn with_wall(mut self, wall: Duration) -> Self {
        self.wall = wall;
        self
    }

    /// Has a workbook copied with marks in a process of its own, into a folder of ours.
    pub(super) async fn mark(&self, request: &MarkRequest, folder: &Path) -> Result<MarkedCopy, NoCopy> {
        copyist::copy(&self.program, self.wall, request, folder).await
    }

    /// Starts to read a file in a process of its own.
    ///
    /// The process dies with the [`Reading`]: nobody has to wait for a file that is no longer
    /// wanted.
    ///
    /// # Errors
    /// The process cannot be started.
    pub async fn start(&self, request: &ReadRequest) -> Result<Reading, ReadFailure> {
        let Started { child, stdout, last_words } = started::start(&self.program, COMMAND, request).await?;
        let listening = Listening {
            name: request.name.clone(),
            child,
            lines: BufReader::with_capacity(64 * 1024, stdout),
            last_words: Some(last_words),
            deadline: Instant::now() + self.wall,
            wall: self.wall,
            reader: Reader::of(&request.name),
            line: Vec::new(),
        };
        let young_until = Instant::now() + self.wall / 4;
        let (sender, handfuls) = mpsc::channel(HANDFULS);
        let task = tokio::spawn(listening.until_the_end(sender));
        Ok(Reading { handfuls, events: VecDeque::new(), ending: None, is_over: false, young_until, task })
    }
}

/// What the listener hands over: events, and how it ended where it has.
type Handful = (VecDeque<ReadEvent>, Option<Result<(), ReadFailure>>);

/// A file being read by a child process.
pub struct Reading {
    handfuls: mpsc::Receiver<Handful>,
    events: VecDeque<ReadEvent>,
    ending: Option<Result<(), ReadFailure>>,
    is_over: bool,
    young_until: Instant,
    task: JoinHandle<()>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        // With the task goes the child.
        self.task.abort();
    }
}

impl Reading {
    /// Whether most of the time that the file may take is left.
    pub(super) fn is_young(&self) -> bool {
        Instant::now() < self.young_until
    }

    /// The next event; `None` after [`ReadEvent::Done`].
    ///
    /// # Errors
    /// The file was refused, or the child died or took too long: everything that came before
    /// is to be thrown away.
    pub async fn next(&mut self) -> Result<Option<ReadEvent>, ReadFailure> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(Some(event));
            }
            if let Some(ending) = self.ending.take() {
                self.is_over = true;
                return ending.map(|()| None);
            }
            match self.handfuls.recv().await {
                Some((events, ending)) => (self.events, self.ending) = (events, ending),
                None if self.is_over => return Ok(None),
                None => return Err(io::Error::other("nobody listens to the child any more").into()),
            }
        }
    }
}

/// Listens to a child in a task of its own.
struct Listening {
    name: String,
    child: Child,
    lines: BufReader<ChildStdout>,
    last_words: Option<JoinHandle<Vec<u8>>>,
    deadline: Instant,
    wall: Duration,
    reader: Reader,
    line: Vec<u8>,
}

impl Listening {
    async fn until_the_end(mut self, sender: mpsc::Sender<Handful>) {
        let mut events = VecDeque::with_capacity(HANDFUL);
        loop {
            let ending = match self.next().await {
                Ok(event) => {
                    let is_last = matches!(event, ReadEvent::Done(_));
                    events.push_back(event);
                    is_last.then_some(Ok(()))
                }
                Err(failure) => Some(Err(failure)),
            };
            let is_over = ending.is_some();
            // Before this waits for the child, it hands over what it has.
            let would_wait = !self.lines.buffer().contains(&b'\n');
            if is_over || would_wait || events.len() >= HANDFUL {
                let handful = std::mem::replace(&mut events, VecDeque::with_capacity(HANDFUL));
                if sender.send((handful, ending)).await.is_err() || is_over {
                    return;
                }
            }
        }
    }

    async fn next(&mut self) -> Result<ReadEvent, ReadFailure> {
        loop {
            let read = tokio::time::timeout_at(self.deadline, next_line(&mut self.lines, &mut self.line)).await;
            match read {
                Err(_) => return Err(self.took_too_long().await),
                Ok(Ok(true)) => {}
                Ok(Ok(false) | Err(_)) => return Err(self.died().await),
            }
            match serde_json::from_slice(&self.line) {
                Ok(Wire::Head(head)) => self.reader.head(head),
                Ok(Wire::Row(row)) => return Ok(ReadEvent::Entry(Box::new(self.reader.entry(*row)))),
                Ok(Wire::Event(event)) => return Ok(event),
                Ok(Wire::Refused(mut diagnostic)) => {
                    diagnostic.place.file.get_or_insert_with(|| self.name.clone());
                    return Err(ReadFailure::Refused(diagnostic));
                }
                // Half a line: the child died while it wrote.
                Err(_) => return Err(self.died().await),
            }
        }
    }

    async fn took_too_long(&mut self) -> ReadFailure {
        let _ = self.child.kill().await;
        let seconds = self.wall.as_secs();
        self.refused("reading-took-too-long").map_args("seconds", seconds)
    }

    /// Tells from how the child ended what the file did to it.
    async fn died(&mut self) -> ReadFailure {
        // It has closed its output; one that lingers all the same is not waited for.
        let status = match tokio::time::timeout(Duration::from_secs(1), self.child.wait()).await {
            Ok(status) => status.ok(),
            Err(_) => {
                let _ = self.child.kill().await;
                None
            }
        };
        let words = match self.last_words.take() {
            Some(task) => task.await.unwrap_or_default(),
            None => Vec::new(),
        };
        match status.map_or(Death::Other, |s| Death::of(s, &words)) {
            Death::OutOfTime => self.refused("reading-took-too-long").map_args("seconds", CPU_SECONDS),
            Death::OutOfMemory => self.refused("reading-needed-too-much-memory"),
            Death::Other => self.refused("reading-failed"),
        }
    }

    fn refused(&self, code: &str) -> ReadFailure {
        ReadFailure::Refused(Box::new(Diagnostic::error(code, Place::file(&self.name))))
    }
}

impl ReadFailure {
    fn map_args(self, name: &str, value: u64) -> Self {
        match self {
            Self::Refused(diagnostic) => Self::Refused(Box::new(diagnostic.with(name, value))),
            other => other,
        }
    }
}

/// What a child died of.
#[derive(Debug, PartialEq, Eq)]
enum Death {
    OutOfTime,
    OutOfMemory,
    Other,
}

impl Death {
    fn of(status: ExitStatus, last_words: &[u8]) -> Self {
        use std::os::unix::process::ExitStatusExt;
        const KILLED: i32 = 9;
        const OUT_OF_PROCESSOR_TIME: i32 = 24;
        let says = |words: &str| String::from_utf8_lossy(last_words).contains(words);
        match status.signal() {
            Some(OUT_OF_PROCESSOR_TIME) => Self::OutOfTime,
            // Not by us: the kernel ends a process so when memory has run out.
            Some(KILLED) => Self::OutOfMemory,
            _ if says("memory allocation of") || says("capacity overflow") => Self::OutOfMemory,
            _ => Self::Other,
        }
    }
}

/// Reads a line into `line`, without its end; false where there is none left.
async fn next_line(lines: &mut BufReader<ChildStdout>, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    loop {
        let ready = lines.fill_buf().await?;
        if ready.is_empty() {
            return Ok(!line.is_empty());
        }
        let end = ready.iter().position(|b| *b == b'\n');
        let count = end.unwrap_or(ready.len());
        line.extend_from_slice(ready.get(..count).unwrap_or_default());
        lines.consume(count + usize::from(end.is_some()));
        if end.is_some() {
            return Ok(true);
        }
        if line.len() > LINE_BYTES {
            return Err(io::Error::other("a child wrote a line without end"));
        }
    }
}
