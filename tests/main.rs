//! The one integration binary: the real program in a fresh folder, by topic.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop where it stands"
)]

mod across;
mod backup;
mod blank;
mod browser;
mod cli;
mod config;
mod crashes;
mod daemon;
mod desk;
mod door;
mod editions;
mod faults;
mod guide;
mod hostile;
mod house_rules;
mod intake_files;
mod kill;
mod load;
mod logos;
mod mail;
mod mail_tls;
mod marked;
mod misbehaving;
mod mutants;
mod pdf;
mod photos;
mod pipeline;
mod planners;
mod proof;
mod quarter;
mod reading;
mod real_mail;
mod rehearsal;
mod reload;
mod running;
mod server;
mod sink;
mod structure;
mod time;
mod watch;
