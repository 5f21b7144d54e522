//! `rapporteur demo`: the whole chain, twice, on a pretended clock.
//!
//! The real stages do the work, in two homes that stay behind to be looked at: a real quarter,
//! sparse as real quarters are, and an invented programme with everything filled in. In each,
//! one workbook comes with mistakes, is answered and held, is corrected and dropped again, and
//! the report is signed off and sent, into the Maildir.

mod fictional;
mod material;
mod mistakes;
mod pictures;
mod play;
pub(super) mod sample;
mod write;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::args::DemoArgs;
use super::output::Tone;
use super::{Done, Session};
use crate::period::ReportingPeriod;
use crate::templates;
use play::{Play, Scene};

/// Says that a folder is ours to make anew.
const MARK: &str = ".rapporteur-demo";

pub(super) async fn run(session: &Session, arguments: &DemoArgs) -> Result<Done> {
    let home = arguments.folder.clone().unwrap_or_else(|| PathBuf::from("rapporteur-demo"));
    make_room(&home)?;
    let real = real(&home)?;
    let invented = invented(&home.join("fictional"))?;
    for play in [&real, &invented] {
        let ended = play.perform(session).await?;
        for line in ended {
            session.output.line(&line);
        }
        session.output.line("");
    }
    let shown = home.display();
    session.output.line(&session.output.toned(Tone::Strong, "Open"));
    for (folder, what) in [
        ("archive/", "the reports, in English and Russian, each with its manifest"),
        ("inbox/", "the workbooks, each with its answer beside it"),
        ("mail/new/", "what was mailed, as any mail program reads it"),
    ] {
        session.output.line(&format!("  {:<28}{what}", format!("{shown}/{folder}")));
    }
    session.output.line(&format!("  {:<28}the same three of the invented programme", format!("{shown}/fictional/")));
    session.output.line("");
    session.output.line(&format!("Then try: rapporteur --home {shown} status"));
    session.output.line(&format!("          rapporteur --home {shown} outbox list"));
    Ok(Done::Well)
}

/// Empties a folder that an earlier demonstration made; any other that is not empty stays.
fn make_room(home: &Path) -> Result<()> {
    let occupied = home.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if occupied && !home.join(MARK).exists() {
        bail!("`{}` is there already and no demonstration made it: name another folder", home.display());
    }
    if occupied {
        std::fs::remove_dir_all(home).with_context(|| format!("`{}` cannot be emptied", home.display()))?;
    }
    std::fs::create_dir_all(home).with_context(|| format!("`{}` cannot be made", home.display()))?;
    std::fs::write(home.join(MARK), "Made by `rapporteur demo`, which may empty this folder.\n")
        .with_context(|| format!("`{}` cannot be written to", home.display()))
}

/// The real quarter: the files that the programme's newsletter was turned into.
fn real(home: &Path) -> Result<Play> {
    let mut files: Vec<(String, Vec<u8>)> = templates::embedded_in("demo/seed-2017-q4")
        .into_iter()
        .map(|(path, bytes)| (path.rsplit('/').next().unwrap_or(path).to_owned(), bytes.to_vec()))
        .collect();
    let corrected =
        files.iter().find(|(name, _)| name == "activities.csv").cloned().context("the seed's activities")?;
    let spoilt = mistakes::in_text(&corrected.1)?;
    for (name, bytes) in &mut files {
        if *name == corrected.0 {
            bytes.clone_from(&spoilt);
        }
    }
    Ok(Play {
        title: "A real quarter".to_owned(),
        home: home.to_path_buf(),
        config: "demo/real/config",
        scenes: vec![Scene {
            period: quarter("2017-Q4")?,
            opens: "2018-01-12T04:00:00Z",
            due: "2018-01-15T03:00:00Z",
            files,
            pictures: Vec::new(),
            corrected: Some(corrected),
        }],
    })
}

/// The invented programme: two quarters, the second with mistakes in one workbook.
fn invented(home: &Path) -> Result<Play> {
    let (first, second) = (quarter("2026-Q2")?, quarter("2026-Q3")?);
    let drawn = |period| -> Result<Vec<(String, Vec<u8>)>> {
        fictional::workbooks(period)?.iter().map(|book| Ok((book.file.clone(), write::bytes(book)?))).collect()
    };
    let mut books = fictional::workbooks(second)?;
    let one = books.iter_mut().find(|book| book.file.contains("_TJ_")).context("the workbook of one country")?;
    let corrected = (one.file.clone(), write::bytes(one)?);
    mistakes::in_workbook(one)?;
    let files = books.iter().map(|book| Ok((book.file.clone(), write::bytes(book)?))).collect::<Result<_>>()?;
    Ok(Play {
        title: "An invented programme".to_owned(),
        home: home.to_path_buf(),
        config: "demo/fictional/config",
        scenes: vec![
            Scene {
                period: first,
                opens: "2026-07-10T04:00:00Z",
                due: "2026-07-15T03:00:00Z",
                files: drawn(first)?,
                pictures: pictures::all()?,
                corrected: None,
            },
            Scene {
                period: second,
                opens: "2026-10-12T04:00:00Z",
                due: "2026-10-15T03:00:00Z",
                files,
                pictures: pictures::all()?,
                corrected: Some(corrected),
            },
        ],
    })
}

fn quarter(text: &str) -> Result<ReportingPeriod> {
    Ok(text.parse()?)
}
