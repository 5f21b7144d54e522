//! `rapporteur workbook`: the blank workbook that contributors fill in.

use anyhow::Context as _;

use super::args::WorkbookArgs;
use super::output::Tone;
use super::{Done, Session};
use crate::intake::blank;

pub(super) fn run(session: &Session, arguments: &WorkbookArgs) -> anyhow::Result<Done> {
    let (config, _) = session.read_config()?;
    let path = &arguments.output;
    if path.exists() && !arguments.force {
        anyhow::bail!("`{}` is there already; choose another name, or add --force to write over it", path.display());
    }
    let bytes = blank::blank_for(&config.programme, arguments.language)?;
    std::fs::write(path, bytes).with_context(|| format!("`{}` cannot be written", path.display()))?;
    if session.output.is_json() {
        session.output.json(&serde_json::json!({ "file": path, "language": arguments.language }));
    } else {
        session.output.line(&format!("{}  {}", session.output.toned(Tone::Good, "made"), path.display()));
    }
    Ok(Done::Well)
}
