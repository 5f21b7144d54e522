//! The configuration read again: when its files change, and on SIGHUP.
//!
//! Events are hints, and a look every few seconds is the truth. The files are read when they have
//! been still for a moment, are checked whole, and only then is anything taken from them: one error
//! anywhere, and the daemon goes on as it was. A file that is gone is an error too: editors take a
//! file away for a moment when they save.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;

use super::DaemonError;
use super::live::Live;
use super::manager;
use super::owner::owner_of;
use crate::clock::Clock;
use crate::config::{self, Change, Config};
use crate::diagnostic::{Diagnostic, Place};
use crate::locale::Locale;
use crate::mail::masked;
use crate::notice::Notice;
use crate::recipient::Language;
use crate::store::{ConfigurationChange, Store, StoreError};

/// How often the files are looked at where no event tells of a change.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// How long the files are to be still before they are read.
const SETTLE: Duration = Duration::from_millis(500);

/// Lines of the log that one change may take.
const TOLD_AT_MOST: usize = 50;

/// Why the files were read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    Start,
    Files,
    Signal,
}

impl Cause {
    const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Files => "files",
            Self::Signal => "signal",
        }
    }
}

/// What the files are: each with a hash of its bytes, or none where it is not there.
type Look = BTreeMap<PathBuf, Option<[u8; 32]>>;

/// Reads the configuration again, for as long as the daemon runs.
pub(super) struct Reload {
    live: Live,
    store: Store,
    clock: Clock,
    /// The home, as the ledger names it.
    name: String,
    hangup: Signal,
    bell: Arc<Notify>,
    _watcher: Option<RecommendedWatcher>,
    /// The files as they were read last, taken or refused.
    seen: Look,
    /// The files of the configuration in force.
    taken: Look,
}

impl Reload {
    /// Begins to watch, and writes down what changed since a daemon ran here last.
    pub(super) async fn begin(live: Live, store: Store, clock: Clock) -> Result<Self, DaemonError> {
        let config = live.now();
        let hangup = signal(SignalKind::hangup()).map_err(DaemonError::Signals)?;
        let bell = Arc::new(Notify::new());
        let watcher = watch(&config.home.join("config"), Arc::clone(&bell));
        let seen = look(&config);
        let name = config.home.display().to_string();
        let reload = Self { live, store, clock, name, hangup, bell, _watcher: watcher, taken: seen.clone(), seen };
        reload.write_start(&config).await?;
        Ok(reload)
    }

    async fn write_start(&self, config: &Config) -> Result<(), StoreError> {
        let content = config::shown(config);
        let before = self.store.configuration(&self.name).await?;
        let changes = before.as_ref().map(|before| config::changes(&before.content, &content)).unwrap_or_default();
        if before.as_ref().is_some_and(|before| before.refused.is_none()) && changes.is_empty() {
            return Ok(());
        }
        if let Some(before) = &before {
            self.forget(&before.content, config).await?;
        }
        let by = whose(self.seen.keys());
        self.write_taken(Cause::Start, &by, &content, &changes).await
    }

    /// Waits until the configuration may be another, and reads it then. What goes wrong between us
    /// and the ledger is told, and tried again. Gives whether another one is in force now.
    ///
    /// May be dropped while it waits.
    pub(super) async fn turn(&mut self) -> bool {
        let cause = tokio::select! {
            _ = self.hangup.recv() => Cause::Signal,
            _ = tokio::time::timeout(LOOK_EVERY, self.bell.notified()) => Cause::Files,
        };
        let now = look(&self.live.now());
        if cause == Cause::Files && now == self.seen {
            return false;
        }
        tokio::time::sleep(SETTLE).await;
        if look(&self.live.now()) != now {
            // Somebody is writing; the next turn comes at once, and knows why.
            self.bell.notify_one();
            return false;
        }
        manager::reloading();
        match self.read(cause, now).await {
            Ok(true) => true,
            Ok(false) => {
                manager::ready("the configuration is as it was");
                false
            }
            Err(error) => {
                tracing::error!(%error, "the configuration could not be read again; it is tried again");
                manager::ready("the configuration could not be read again");
                false
            }
        }
    }

    /// Reads the files, which look as `now`, and takes or refuses them.
    async fn read(&mut self, cause: Cause, now: Look) -> Result<bool, StoreError> {
        let before = self.live.now();
        let by = whose(now.iter().filter(|(path, hash)| self.seen.get(*path) != Some(*hash)).map(|(path, _)| path));
        let (config, mut diagnostics) = match config::load(&before.home) {
            Ok(checked) => (Some(checked.output), checked.diagnostics),
            Err(problem) => (None, vec![unreadable(&problem)]),
        };
        // What was read is what was looked at: else somebody is writing. The new configuration may
        // name further files.
        let read = look(config.as_ref().unwrap_or(&before));
        if read.iter().any(|(path, hash)| now.get(path).is_some_and(|known| known != hash)) {
            self.bell.notify_one();
            return Ok(false);
        }
        let gone = self.gone(&now);
        if !gone.is_empty() {
            // What the others miss of it is its echo.
            diagnostics = gone;
        }
        let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|d| d.is_error()).collect();
        let Some(config) = config.filter(|_| errors.is_empty()) else {
            self.refuse(cause, &by, &errors).await?;
            self.seen = now;
            return Ok(false);
        };
        let (old, content) = (config::shown(&before), config::shown(&config));
        let mut changes = config::changes(&old, &content);
        if password(&before) != password(&config) {
            let secret = || "********".into();
            changes.push(Change { key: "mail.smtp.password".to_owned(), before: secret(), after: secret() });
        }
        let was_refused = self.store.configuration(&self.name).await?.is_some_and(|known| known.refused.is_some());
        if changes.is_empty() && !was_refused {
            tracing::info!("the configuration was read again, and is as it was");
        } else {
            self.forget(&old, &config).await?;
            self.write_taken(cause, &by, &content, &changes).await?;
        }
        if before.ledger != config.ledger {
            tracing::warn!("another ledger is used when the daemon is started again, and not before");
        }
        // Also without a change: a file that it names, such as a certificate, may be another.
        self.live.set(config);
        // As they were read, and not as they are by now: a change since then is the next turn's.
        self.taken.clone_from(&read);
        self.seen = read;
        Ok(true)
    }

    /// Files that are no longer there.
    fn gone(&self, now: &Look) -> Vec<Diagnostic> {
        let was_there = |path: &Path| self.taken.get(path).is_some_and(Option::is_some);
        now.iter()
            .filter(|(path, found)| found.is_none() && was_there(path) && path.extension().is_some_and(|e| e == "toml"))
            .map(|(path, _)| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                Diagnostic::error("config-file-gone", Place::file(format!("config/{name}")))
            })
            .collect()
    }

    async fn refuse(&self, cause: Cause, by: &str, errors: &[&Diagnostic]) -> Result<(), StoreError> {
        let config = self.live.now();
        let language = config.programme.languages.first().copied().unwrap_or_default();
        let problems = sentences(errors, language);
        tracing::error!(errors = errors.len(), "the configuration is refused; the one before stays in force");
        for problem in sentences(errors, Language::En).iter().take(TOLD_AT_MOST) {
            tracing::error!("{}", masked(problem));
        }
        let change = self.change(cause, by, false, serde_json::json!(problems));
        self.store.refuse_configuration(&self.name, &change).await?;
        self.store.raise_notice(&Notice::ConfigurationRefused { problems }, change.at).await
    }

    async fn write_taken(
        &self,
        cause: Cause,
        by: &str,
        content: &serde_json::Value,
        changes: &[Change],
    ) -> Result<(), StoreError> {
        let change = self.change(cause, by, true, serde_json::json!(changes));
        self.store.take_configuration(&self.name, content, &change).await?;
        let refusal = Notice::ConfigurationRefused { problems: Vec::new() };
        self.store.clear_notice(&refusal.cause(), change.at).await?;
        tracing::info!(by, cause = cause.word(), changes = changes.len(), "the configuration is taken");
        for Change { key, before, after } in changes.iter().take(TOLD_AT_MOST) {
            let (before, after) = (masked(&before.to_string()), masked(&after.to_string()));
            tracing::info!(key = masked(key), before, after, "a setting is another");
        }
        Ok(())
    }

    fn change(&self, cause: Cause, by: &str, is_taken: bool, details: serde_json::Value) -> ConfigurationChange {
        let (by, cause) = (by.to_owned(), cause.word().to_owned());
        ConfigurationChange { at: self.clock.now(), by, cause, is_taken, details }
    }

    /// Schedules that are no longer there are forgotten.
    async fn forget(&self, before: &serde_json::Value, config: &Config) -> Result<(), StoreError> {
        let names = before.get("schedule").and_then(|all| all.as_array()).into_iter().flatten();
        let names = names.filter_map(|schedule| schedule.get("name")?.as_str());
        let gone: Vec<String> = names.filter(|name| config.schedule(name).is_none()).map(str::to_owned).collect();
        if !gone.is_empty() {
            self.store.forget_schedules(&gone).await?;
        }
        Ok(())
    }
}

/// Whose some files are, as the system knows it.
fn whose<'a>(files: impl Iterator<Item = &'a PathBuf>) -> String {
    let mut owners: Vec<String> = files.filter_map(|path| owner_of(path)).collect();
    owners.sort();
    owners.dedup();
    if owners.is_empty() { "unknown".to_owned() } else { owners.join(", ") }
}

/// Place, sentence and hint of each, on one line.
fn sentences(errors: &[&Diagnostic], language: Language) -> Vec<String> {
    let locale = Locale::embedded(language);
    let told = |diagnostic: &&Diagnostic| {
        let words = locale.diagnostic(diagnostic);
        let hint = if words.hint.is_empty() { String::new() } else { format!(" ({})", words.hint) };
        format!("{}: {}{hint}", diagnostic.place, words.message)
    };
    errors.iter().map(told).collect()
}

fn unreadable(problem: &config::ConfigError) -> Diagnostic {
    Diagnostic::error("config-unreadable", Place::default()).with("problem", problem.to_string())
}

fn password(config: &Config) -> Option<&str> {
    config.mail.smtp.as_ref()?.password.as_deref()
}

/// The files as they are now: those of `config/`, and what lies in `secrets/`.
fn look(config: &Config) -> Look {
    use sha2::{Digest as _, Sha256};
    let secrets = std::fs::read_dir(config.home.join("secrets")).into_iter().flatten().flatten();
    let authority = config.mail.smtp.iter().filter_map(|smtp| smtp.ca_file.as_ref()).map(|file| config.at_home(file));
    let tls = config.dashboard.tls.iter().flat_map(|tls| [tls.certificate.clone(), tls.key.clone()]);
    let files = config::FILES.iter().map(|file| config.home.join(file));
    files
        .chain(secrets.map(|entry| entry.path()).filter(|path| path.is_file()))
        .chain(authority)
        .chain(tls)
        .map(|path| {
            let hash = std::fs::read(&path).ok().map(|bytes| Sha256::digest(&bytes).into());
            (path, hash)
        })
        .collect()
}

/// Watches the folder; where that is impossible the look every few seconds must do.
fn watch(folder: &Path, bell: Arc<Notify>) -> Option<RecommendedWatcher> {
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // To read is no news, and we read ourselves.
        if !event.is_ok_and(|event| event.kind.is_access()) {
            bell.notify_one();
        }
    });
    let watching = watcher.and_then(|mut watcher| {
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
        Ok(watcher)
    });
    watching.inspect_err(|error| tracing::debug!(%error, "config/ cannot be watched, it is only looked at")).ok()
}
