//! A dropped file into accepted rows, and an answer to whoever dropped it.
//!
//! `raw` is what a spreadsheet says, cell by cell; the readers make it. `interpret` makes
//! typed rows and diagnostics of it; both run in a child process under limits.

pub mod child;
pub mod interpret;
pub mod raw;
pub mod reader;
pub mod reading;
