//! Bytes into the guard, the readers and the interpretation, as the child process has them.
//!
//! `.xls` is left out: its library can be sent into an endless search by a few changed bytes, which is
//! known, and which the child's limits are for. Every other kind must neither panic nor ask for more
//! memory than it may have: the guard stands before the libraries.

#![no_main]

use std::io::Write as _;

use chrono::NaiveDate;
use libfuzzer_sys::{Corpus, fuzz_target};
use rapporteur::config::Workbook;
use rapporteur::intake::interpret::interpret;
use rapporteur::intake::raw::ReadRequest;
use rapporteur::intake::reader::{self, Limits};
use rapporteur::recipient::Country;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("a temporary file");
    let request = ReadRequest {
        path: file.path().to_owned(),
        name: "activities_TJ.csv".to_owned(),
        folder: "TJ".to_owned(),
        today: day(2018, 1, 15),
        default_period: None,
        phase: (day(2015, 6, 15), day(2019, 12, 14)),
        countries: ["KZ", "KG", "TJ", "TM", "UZ"].into_iter().filter_map(Country::new).collect(),
        components: Vec::new(),
        workbook: Workbook::default(),
        contributor_country: None,
        earlier: Vec::new(),
        legacy_xls: false,
        max_rows: 100_000,
    };
    let Ok(mut opened) = reader::open(&request.path, &request.name, false, &Limits::default()) else {
        return Corpus::Keep;
    };
    interpret(&mut *opened.workbook, &request, &mut |_| {});
    Corpus::Keep
});
