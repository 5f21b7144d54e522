//! `rapporteur init`: an empty home.

use std::path::Path;

use anyhow::Context as _;

use super::args::InitArgs;
use super::output::Tone;
use super::{Done, Session};
use crate::intake::blank;
use crate::recipient::Language;

/// The configuration files, as they stand in this project's own `config/`.
const FILES: [(&str, &str); 5] = [
    ("config/rapporteur.toml", include_str!("../../config/rapporteur.toml")),
    ("config/schedules.toml", include_str!("../../config/schedules.toml")),
    ("config/holidays.toml", include_str!("../../config/holidays.toml")),
    ("config/recipients.toml", include_str!("../../config/recipients.toml")),
    ("config/workbook.toml", include_str!("../../config/workbook.toml")),
];

/// Names of the blank workbooks in a new home.
const WORKBOOKS: [(&str, Language); 2] = [("workbook-en.xlsx", Language::En), ("workbook-ru.xlsx", Language::Ru)];

pub(super) fn run(session: &Session, arguments: &InitArgs) -> anyhow::Result<Done> {
    let home = arguments.folder.as_deref().unwrap_or(&session.home);
    let (made, kept) = create(home)?;
    if session.output.is_json() {
        session.output.json(&serde_json::json!({ "home": home, "made": made, "kept": kept }));
        return Ok(Done::Well);
    }
    for name in &made {
        session.output.line(&format!("{}  {name}", session.output.toned(Tone::Good, "made")));
    }
    for name in &kept {
        session.output.line(&format!("{}  {name}", session.output.toned(Tone::Faint, "kept")));
    }
    let shown = home.display();
    session.output.line("");
    session
        .output
        .line(&format!("The home is {shown}. The names and addresses in its config/ are invented: replace them."));
    session.output.line(&format!("Then: rapporteur --home {shown} check"));
    session.output.line(&format!("      rapporteur --home {shown} run"));
    Ok(Done::Well)
}

/// Makes a home, and says what was made and what was there already and stayed.
///
/// # Errors
/// A folder or file that cannot be written.
pub(super) fn create(home: &Path) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    for folder in ["config", "inbox", "archive", "state", "mail"] {
        let path = home.join(folder);
        std::fs::create_dir_all(&path).with_context(|| format!("the folder `{}` cannot be made", path.display()))?;
    }
    let (mut made, mut kept) = (Vec::new(), Vec::new());
    for (name, text) in FILES {
        write_new(home, name, text.as_bytes(), &mut made, &mut kept)?;
    }
    for (name, language) in WORKBOOKS {
        write_new(home, name, &blank::blank(language)?, &mut made, &mut kept)?;
    }
    Ok((made, kept))
}

/// Writes a file unless one is there; what somebody edited is never written over.
fn write_new(
    home: &Path,
    name: &str,
    bytes: &[u8],
    made: &mut Vec<String>,
    kept: &mut Vec<String>,
) -> anyhow::Result<()> {
    let path = home.join(name);
    let opened = std::fs::OpenOptions::new().write(true).create_new(true).open(&path);
    match opened.and_then(|mut file| std::io::Write::write_all(&mut file, bytes)) {
        Ok(()) => made.push(name.to_owned()),
        Err(problem) if problem.kind() == std::io::ErrorKind::AlreadyExists => kept.push(name.to_owned()),
        Err(problem) => {
            return Err(problem).with_context(|| format!("`{}` cannot be written", path.display()));
        }
    }
    Ok(())
}
