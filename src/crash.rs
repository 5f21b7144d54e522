//! Points at which a test has the process die, as a power cut would end it.
//!
//! `RAPPORTEUR_CRASH_AT=mail-claimed` ends a debug build the first time it passes that point,
//! `mail-claimed#3` the third time. In a release build there is nothing here to choose.

/// Dies here where a test has chosen this point.
#[cfg(debug_assertions)]
pub fn point(name: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static CHOSEN: OnceLock<Option<(String, u32)>> = OnceLock::new();
    static PASSED: AtomicU32 = AtomicU32::new(0);
    let chosen = CHOSEN.get_or_init(|| chosen(&std::env::var("RAPPORTEUR_CRASH_AT").ok()?));
    if let Some((wanted, times)) = chosen
        && wanted == name
        && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *times
    {
        // No destructor runs and nothing is flushed.
        std::process::abort();
    }
}

/// Nothing.
#[cfg(not(debug_assertions))]
#[inline]
pub const fn point(_: &str) {}

#[cfg(debug_assertions)]
fn chosen(text: &str) -> Option<(String, u32)> {
    match text.split_once('#') {
        Some((name, times)) => Some((name.to_owned(), times.parse().ok()?)),
        None => Some((text.to_owned(), 1)),
    }
}
