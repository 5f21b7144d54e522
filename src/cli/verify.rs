//! `rapporteur verify`: compiles a PDF again and compares.

use std::path::PathBuf;

use anyhow::Context as _;
use serde_json::json;

use super::args::VerifyArgs;
use super::output::Tone;
use super::{Done, Session, compile};
use crate::compile::{self as press, Manifest, Material, Verdict};
use crate::pdf;

/// No report is larger; what is, is no report.
const LARGEST: u64 = 256 << 20;

pub(super) async fn run(session: &Session, arguments: &VerifyArgs) -> anyhow::Result<Done> {
    let path = &arguments.file;
    let told = || format!("`{}` cannot be read", path.display());
    let size = std::fs::metadata(path).with_context(told)?.len();
    anyhow::ensure!(size <= LARGEST, "`{}` is larger than any report: {size} bytes", path.display());
    let bytes = std::fs::read(path).with_context(told)?;
    super::intake::files_are_there(&arguments.from)?;
    let config = session.config()?;

    let given = rows_given(session, &config, &bytes, &arguments.from).await?;
    let rows = |manifest: &Manifest| {
        let fits = |rows: &&Material| press::is_of(rows, manifest);
        given.as_ref().filter(fits).cloned()
    };
    let verdict = tokio::task::block_in_place(|| press::verify(&bytes, &config, rows));
    let out = &session.output;
    let shown = path.display();
    let (word, done) = match &verdict {
        Verdict::Identical(_) => ("identical", Done::Well),
        Verdict::Differs(_) => ("differs", Done::WithFaults),
        Verdict::CannotTell(_) => ("cannot-tell", Done::WithFaults),
    };
    if out.is_json() {
        let (manifest, differences, reason) = match &verdict {
            Verdict::Identical(manifest) => (Some(manifest), Vec::new(), None),
            Verdict::Differs(found) => (None, found.iter().map(ToString::to_string).collect(), None),
            Verdict::CannotTell(why) => (None, Vec::new(), Some(why)),
        };
        out.json(&json!({
            "file": path, "verdict": word, "manifest": manifest, "differences": differences, "reason": reason,
        }));
        anyhow::ensure!(!matches!(verdict, Verdict::CannotTell(_)), "it cannot be told");
        return Ok(done);
    }
    match &verdict {
        Verdict::Identical(manifest) => {
            let word = out.toned(Tone::Good, "identical");
            out.line(&format!("{shown}: {word}"));
            out.line(&format!(
                "Compiled again from {} of {}, data as of {}, it gives the same {} bytes.",
                super::output::counted(manifest.sources.len(), "source", "sources"),
                manifest.period,
                manifest.as_of,
                bytes.len()
            ));
        }
        Verdict::Differs(found) => {
            out.line(&format!("{shown}: {}", out.toned(Tone::Bad, "differs")));
            for difference in found {
                out.line(&format!("  {difference}"));
            }
        }
        Verdict::CannotTell(why) => anyhow::bail!("{shown}: it cannot be told whether it is as compiled: {why}"),
    }
    Ok(done)
}

/// The rows of workbooks that were given, read as of the day of the report.
async fn rows_given(
    session: &Session,
    config: &crate::config::Config,
    bytes: &[u8],
    files: &[PathBuf],
) -> anyhow::Result<Option<Material>> {
    let manifest = pdf::attachments(bytes).ok().and_then(|carried| {
        let (_, manifest) = carried.into_iter().find(|(name, _)| name == "manifest.json")?;
        serde_json::from_slice::<Manifest>(&manifest).ok()
    });
    let Some(manifest) = manifest.filter(|_| !files.is_empty()) else { return Ok(None) };
    let rows = compile::from_workbooks(session, config, files, manifest.period, manifest.as_of).await?;
    Ok(Some(rows.for_period(manifest.period)))
}
