//! `rapporteur compile --watch`: the report again at every save, for those who edit templates.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;

use super::args::CompileArgs;
use super::output::{Tone, counted};
use super::{Done, Session, compile};

/// Editors save in several strokes: this long nothing may happen before it counts as saved.
const STILL: Duration = Duration::from_millis(100);

/// Folders of the home whose files make the report.
const FOLDERS: [&str; 2] = ["templates", "config"];

pub(super) async fn run(session: &Session, arguments: &CompileArgs) -> anyhow::Result<Done> {
    let mut stop = Stop::listen()?;
    let saved = Arc::new(Notify::new());
    let mut watch = Watch::begin(&session.home, &arguments.from, Arc::clone(&saved))?;
    loop {
        compile_and_tell(session, arguments).await;
        tokio::select! {
            () = stop.asked() => return Ok(Done::Well),
            () = saved.notified() => {}
        }
        loop {
            tokio::select! {
                () = stop.asked() => return Ok(Done::Well),
                waited = tokio::time::timeout(STILL, saved.notified()) => if waited.is_err() { break },
            }
        }
        watch.look_below()?;
    }
}

/// One compilation and its line. Whatever is wrong may be mended by the next save: nothing ends here.
async fn compile_and_tell(session: &Session, arguments: &CompileArgs) {
    let out = &session.output;
    let began = Instant::now();
    let compiled = compile::once(session, arguments).await;
    let took = began.elapsed().as_millis();
    let compiled = match compiled {
        Ok(compiled) => compiled,
        Err(problem) if out.is_json() => {
            return out.json(&serde_json::json!({ "milliseconds": took, "problem": format!("{problem:#}") }));
        }
        Err(problem) => {
            out.failure(&format!("{problem:#}"));
            return out.line(&format!("{took} ms: {}", out.toned(Tone::Bad, "not compiled, the last report stays")));
        }
    };
    if out.is_json() {
        let mut told = compiled.to_json(session);
        if let Some(fields) = told.as_object_mut() {
            fields.insert("milliseconds".to_owned(), serde_json::json!(took));
        }
        return out.json(&told);
    }
    compiled.tell_problems(session);
    let problems = match compiled.problems() {
        0 => "nothing to correct".to_owned(),
        number => counted(number, "problem", "problems"),
    };
    match compiled.file() {
        Some((path, pages)) => {
            let pages = counted(usize::try_from(pages).unwrap_or(usize::MAX), "page", "pages");
            let name = out.toned(Tone::Good, &path.display().to_string());
            out.line(&format!("{took} ms: {name}, {pages}, {problems}"));
        }
        None => {
            let kept = out.toned(Tone::Bad, "not compiled, the last report stays");
            out.line(&format!("{took} ms: {kept}; {problems}"));
        }
    }
}

/// Watches the folders of the home and the workbooks.
struct Watch {
    watcher: RecommendedWatcher,
    home: PathBuf,
    /// Folders of the home that are watched; one that is made later is added then.
    below: Vec<PathBuf>,
}

impl Watch {
    fn begin(home: &Path, workbooks: &[PathBuf], saved: Arc<Notify>) -> anyhow::Result<Self> {
        let whole =
            |path: &Path| path.canonicalize().with_context(|| format!("`{}` cannot be watched", path.display()));
        let home = whole(home)?;
        let workbooks: Vec<PathBuf> = workbooks.iter().map(|path| whole(path)).collect::<Result<_, _>>()?;
        let folders = FOLDERS.map(|folder| home.join(folder));
        let files = workbooks.clone();
        let matters = move |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_passing = name.starts_with('.') || name.ends_with('~');
            !is_passing && (files.contains(path) || folders.iter().any(|folder| path.starts_with(folder)))
        };
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // To read is no news: compiling opens every one of the files.
            if event.is_ok_and(|event| !event.kind.is_access() && event.paths.iter().any(&matters)) {
                saved.notify_one();
            }
        })?;
        let mut watch = Self { watcher, home, below: Vec::new() };
        // Editors put a new file in the place of the old one: it is the folder that tells.
        let mut parents: Vec<&Path> = workbooks.iter().filter_map(|path| path.parent()).collect();
        parents.push(&watch.home);
        parents.sort_unstable();
        parents.dedup();
        for folder in parents {
            watch.watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        watch.look_below()?;
        Ok(watch)
    }

    /// Watches the home's folders that are there, and forgets those that are gone.
    fn look_below(&mut self) -> anyhow::Result<()> {
        self.below.retain(|folder| folder.is_dir());
        for folder in FOLDERS.map(|folder| self.home.join(folder)) {
            if folder.is_dir() && !self.below.contains(&folder) {
                self.watcher.watch(&folder, RecursiveMode::Recursive)?;
                self.below.push(folder);
            }
        }
        Ok(())
    }
}

/// The two signals that end it.
struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    fn listen() -> anyhow::Result<Self> {
        let listen = |kind| signal(kind).context("signals cannot be heard");
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn asked(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
