//! A dropped file into accepted rows, and an answer to whoever dropped it.
//!
//! `raw` is what a spreadsheet says, cell by cell; the readers make it. `interpret` makes
//! typed rows and diagnostics of it; both run in a child process under limits (`child`, and
//! `reading` on the parent's side). `inbox` finds files that lie still, `take` brings them
//! into the ledger, `answer` tells their senders.

mod across;
mod ahead;
mod answer;
pub mod blank;
pub mod child;
mod companions;
mod dropped;
mod filed;
mod fix;
mod inbox;
pub mod interpret;
mod known;
mod letter;
mod marking;
mod markup;
pub mod raw;
pub mod reader;
pub mod reading;
mod rehearse;
mod reply;
mod source;
mod spool;
mod started;
mod take;
mod tally;
mod together;
mod wire;

pub use across::Question;
pub use dropped::Dropped;
pub use filed::{FiledFile, find_filed};
pub use source::Source;
pub use take::{Intake, IntakeError, Taken};
pub use tally::Figures;
pub use together::{Together, from_files, read_together};
