//! *A rapporteur listens to what happened and reports it faithfully. So does this program.*
//!
//! Spreadsheets come in, quarterly PDFs go out. Four stages (`intake`, `schedule`, `compile`,
//! `mail`) meet in one ledger (`store`) and never call each other; `ARCHITECTURE.md` tells
//! the whole story.

pub mod account;
pub mod approval;
pub mod backup;
pub mod cell;
pub mod clock;
pub mod compile;
pub mod config;
pub mod crash;
pub mod cron;
pub mod desk;
pub mod diagnostic;
pub mod digest;
pub mod facts;
pub mod gallery;
pub mod gazetteer;
pub mod herald;
pub mod intake;
pub mod letter;
pub mod locale;
pub mod logo;
pub mod mail;
pub mod notice;
pub mod outbox;
pub mod participation;
pub mod pdf;
pub mod period;
pub mod picture;
pub mod portrait;
pub mod readiness;
pub mod recipient;
pub mod record;
pub mod report;
pub mod schedule;
pub mod seal;
pub mod sheet;
pub mod step;
pub mod store;
pub mod templates;
pub mod twin;
pub mod typeset;
pub mod workdays;

pub mod cli;
pub mod daemon;
