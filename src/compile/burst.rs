//! One run into its editions: which are wanted, and all of them at once.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::manifest::Inputs;
use super::{CompiledReport, Prepared, Press, Request};
use crate::config::{Config, Editions, Schedule};
use crate::diagnostic::Checked;
use crate::recipient::{Language, Recipient};

/// The burst key of a recipient's edition: their country's code, or empty for the whole.
pub(super) fn key_of(config: &Config, schedule: &Schedule, person: &Recipient) -> String {
    let own = person.country.filter(|country| config.programme.countries.contains(country));
    match schedule.editions {
        Editions::Language => String::new(),
        Editions::Country => own.map(|country| country.to_string()).unwrap_or_default(),
    }
}

/// The editions of a run: the whole in the schedule's languages (else the programme's, and those
/// of its readers), and by country those that somebody is to get. The whole comes first.
pub(super) fn wanted(config: &Config, schedule: &Schedule) -> Vec<(Language, String)> {
    let readers = config.members(&schedule.recipients);
    let spoken = |language: &Language| {
        let listed = schedule.languages.contains(language);
        let usual =
            config.programme.languages.contains(language) || readers.iter().any(|reader| reader.language == *language);
        listed || (schedule.languages.is_empty() && usual)
    };
    let languages: Vec<Language> = Language::ALL.into_iter().filter(spoken).collect();
    let mut wanted: BTreeSet<(String, Language)> =
        languages.iter().map(|language| (String::new(), *language)).collect();
    for reader in readers {
        let language = languages.iter().find(|language| **language == reader.language).or(languages.first());
        wanted.extend(language.map(|language| (key_of(config, schedule, reader), *language)));
    }
    wanted.into_iter().map(|(key, language)| (language, key)).collect()
}

/// As many threads as there are processors.
pub(super) fn all_processors() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Compiles editions on so many threads; the answers come in the order of the requests.
pub(super) fn print(
    press: &Press,
    prepared: &Prepared<'_>,
    inputs: &Inputs,
    requests: &[Request],
    threads: NonZeroUsize,
) -> Vec<Checked<Option<CompiledReport>>> {
    let threads = threads.get().min(requests.len());
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Checked<Option<CompiledReport>>)>> = Mutex::default();
    std::thread::scope(|scope| {
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(request) = requests.get(at) else { break };
                let printed = press.edition(prepared, inputs, request);
                done.lock().unwrap_or_else(PoisonError::into_inner).push((at, printed));
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            if let Err(panic) = worker.join() {
                resume_unwind(panic);
            }
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, printed)| printed).collect()
}
