//! The dashboard: what people see and decide in a browser, and what scripts ask for.
//!
//! Every route stands in one table (`routes`), with what it demands of whom. A request passes the
//! `frame` (whom it was sent to, who sent it, how an error looks) and then the `guard` of its route
//! (role, origin, audit). Pages are functions in `pages`, each on a `sheet`; whatever changes something
//! takes an `act::Act`.

pub mod act;
mod api;
mod assets;
mod attempts;
mod frame;
mod guard;
mod hand_in;
pub mod health;
mod key;
mod login;
pub mod pages;
mod parts;
pub mod password;
pub mod problem;
pub mod routes;
mod serve;
pub mod session;
pub mod sheet;
#[cfg(test)]
pub(crate) mod tests;
pub mod visitor;
mod words;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use tokio::sync::watch;

pub use serve::{Served, keep, serve, served};

use crate::clock::Clock;
use crate::config::Config;
use crate::letter;
use crate::locale::Locale;
use crate::recipient::Language;
use crate::store::Store;
use key::Key;

/// A form weighs less than this; workbooks have a limit of their own.
const FORM_BYTES: usize = 256 * 1024;

/// Readers that work for pages and scripts at the same time; each may take as much memory as one of the intake.
static READERS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

/// What every page needs. Cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    config: Box<dyn Fn() -> Arc<Config> + Send + Sync>,
    changed: watch::Sender<()>,
    letters: [letter::Desk; 2],
    key: Key,
    door: login::Door,
}

impl Desk {
    /// A desk for a ledger; `config` gives the configuration in force, `changed` tells of changes of
    /// the ledger and is told of them.
    #[must_use]
    pub fn new(
        store: Store,
        clock: Clock,
        config: impl Fn() -> Arc<Config> + Send + Sync + 'static,
        changed: watch::Sender<()>,
    ) -> Self {
        let home = config().home.clone();
        let letters = Language::ALL.map(|language| letters(language, &home.join("templates")));
        let key = Key::of_home(&home);
        Self(Arc::new(Inner {
            store: store.as_worker("desk"),
            clock,
            config: Box::new(config),
            changed,
            letters,
            key,
            door: login::Door::default(),
        }))
    }

    /// The ledger.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The configuration in force at this moment.
    #[must_use]
    pub fn config(&self) -> Arc<Config> {
        (self.0.config)()
    }

    /// The words of a language.
    #[must_use]
    pub fn locale(&self, language: Language) -> &Locale {
        self.letters(language).locale()
    }

    /// What the sentences of notices and key figures are made with.
    #[must_use]
    pub fn letters(&self, language: Language) -> &letter::Desk {
        let [english, russian] = &self.0.letters;
        match language {
            Language::En => english,
            Language::Ru => russian,
        }
    }

    /// News of the ledger, from now on.
    #[must_use]
    pub fn news(&self) -> watch::Receiver<()> {
        self.0.changed.subscribe()
    }

    /// Wakes the stages after an act.
    pub fn tell(&self) {
        self.0.changed.send_replace(());
    }

    fn attempts(&self) -> &attempts::Attempts {
        &self.0.door.attempts
    }

    /// Whose turn it is to have a password hashed.
    fn hashing(&self) -> &tokio::sync::Semaphore {
        &self.0.door.hashing
    }

    /// Whose turn it is to have a workbook read for a page.
    fn readers(&self) -> &'static tokio::sync::Semaphore {
        &READERS
    }

    fn key(&self) -> &Key {
        &self.0.key
    }
}

/// The words with those of the home laid over them; without these where they are at fault, which
/// `check` tells.
fn letters(language: Language, overrides: &Path) -> letter::Desk {
    let locale = Locale::load(language, Some(overrides)).unwrap_or_else(|_| Locale::embedded(language));
    letter::Desk::new(Arc::new(locale), None)
        .unwrap_or_else(|problem| unreachable!("the embedded letters can be read: {problem}"))
}

/// Every route, with all that stands before it.
pub fn router(desk: Desk) -> Router {
    let mut router = Router::new();
    for route in routes::table() {
        router = route.join(router, &desk);
    }
    router
        .fallback(frame::nothing_here)
        .method_not_allowed_fallback(frame::not_this_way)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(axum::middleware::from_fn_with_state(desk.clone(), frame::around))
        .with_state(desk)
}
