//! `rapporteur compile`: one report as a PDF, from the ledger or straight from workbooks.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::NaiveDate;

use super::args::CompileArgs;
use super::intake::files_are_there;
use super::output::{JsonDiagnostic, Tone, counted};
use super::{Done, Session, progress};
use crate::compile::{CompiledReport, Material, Press, Request, SourceFile};
use crate::config::{self, Config};
use crate::diagnostic::{Checked, Diagnostic, Place, Severity};
use crate::intake;
use crate::period::ReportingPeriod;
use crate::store::Store;
use crate::templates;

/// What compiling came to.
pub(super) struct Compiled {
    told: Vec<Diagnostic>,
    request: Request,
    /// Where the report went and the report; nothing where its template is at fault.
    made: Option<(PathBuf, CompiledReport)>,
    faulty: bool,
}

pub(super) async fn run(session: &Session, arguments: &CompileArgs) -> anyhow::Result<Done> {
    let compiled = once(session, arguments).await?;
    compiled.tell(session)?;
    if compiled.made.is_none() {
        anyhow::bail!("there is no report: its template has to be corrected first");
    }
    Ok(if compiled.has_faults() { Done::WithFaults } else { Done::Well })
}

/// Compiles and writes what was asked for; a report that cannot be made leaves the file as it was.
pub(super) async fn once(session: &Session, arguments: &CompileArgs) -> anyhow::Result<Compiled> {
    files_are_there(&arguments.from)?;
    let config = session.config()?;
    report_is_there(&config, &arguments.report)?;
    let request = Request {
        report: arguments.report.clone(),
        period: arguments.period,
        as_of: arguments.as_of.unwrap_or_else(|| session.today(&config)),
        language: arguments.language.or_else(|| config.programme.languages.first().copied()).unwrap_or_default(),
        edition: arguments.edition.as_deref().unwrap_or_default().trim().to_uppercase(),
        revision: 1,
    };
    let mut told = Vec::new();
    let material = material(session, &config, arguments.period, &arguments.from, &mut told).await?;
    let faulty = has_faults(&material);
    let unread: Vec<SourceFile> = material.files.iter().filter(|f| f.summary.rows_read == 0).cloned().collect();
    let material = material.for_period(arguments.period);

    told.extend(of_the_period(&material, &unread));
    let waiting = progress::working(&session.output, "compiling", material.entries.len());
    let compiled = press(&config, &material, &request);
    waiting.finish();
    let Checked { output, diagnostics } = compiled;
    told.extend(diagnostics);
    let Some(report) = output else {
        return Ok(Compiled { told, request, made: None, faulty });
    };
    let path = arguments.output.clone().unwrap_or_else(|| PathBuf::from(&report.file_name));
    write_whole(&path, &report.pdf)?;
    if let Some(facts) = &arguments.facts {
        let mut json = serde_json::to_vec_pretty(&report.facts.to_json())?;
        json.push(b'\n');
        write_whole(facts, &json)?;
    }
    Ok(Compiled { told, request, made: Some((path, report)), faulty })
}

/// Typesetting is work for the processor: it is not done on a thread that others wait for.
fn press(config: &Config, material: &Material, request: &Request) -> Checked<Option<CompiledReport>> {
    tokio::task::block_in_place(|| match Press::load(config) {
        Ok(press) => press.compile(config, material, request),
        Err(fault) => Checked { output: None, diagnostics: vec![*fault] },
    })
}

/// Refuses a report that has no template, with the one that was probably meant.
fn report_is_there(config: &Config, name: &str) -> anyhow::Result<()> {
    let overrides = config.home.join("templates");
    let known = templates::reports(Some(&overrides));
    if known.iter().any(|report| report == name) {
        return Ok(());
    }
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    match config::nearest(name, &names) {
        Some(near) => anyhow::bail!("there is no report `{name}`; perhaps you meant `{near}`"),
        None => anyhow::bail!("there is no report `{name}`; there are: {}", known.join(", ")),
    }
}

/// The rows of workbooks that are given, else of the ledger.
pub(super) async fn material(
    session: &Session,
    config: &Config,
    period: ReportingPeriod,
    files: &[PathBuf],
    told: &mut Vec<Diagnostic>,
) -> anyhow::Result<Material> {
    if files.is_empty() {
        from_ledger(session, config, period, told).await
    } else {
        from_workbooks(session, config, files, period, session.today(config)).await
    }
}

/// The rows of workbooks, read as if it were `today`.
pub(super) async fn from_workbooks(
    session: &Session,
    config: &Config,
    files: &[PathBuf],
    period: ReportingPeriod,
    today: NaiveDate,
) -> anyhow::Result<Material> {
    let workbooks = files;
    let waiting = progress::reading(&session.output, files);
    let read = intake::from_files(files, config, period, today).await;
    waiting.finish();
    let read = read?;
    let files = read.files.into_iter().map(|(summary, diagnostics)| SourceFile { summary, diagnostics });
    let mut material =
        Material { entries: read.entries, files: files.collect(), held: read.held, ..Material::default() };
    for path in workbooks {
        let (Some(name), Some(folder)) = (path.file_name(), path.parent()) else { continue };
        material.look_for_pictures(&name.to_string_lossy(), folder);
    }
    Ok(material)
}

/// What the ledger has for the period, and what its report says of its neighbours.
async fn from_ledger(
    session: &Session,
    config: &Config,
    period: ReportingPeriod,
    told: &mut Vec<Diagnostic>,
) -> anyhow::Result<Material> {
    let store: Store = session.store(config).await?;
    let material = Material::of_ledger(&store, config, period).await;
    store.close().await;
    let material = material?;
    if material.entries.is_empty() && material.held.is_empty() {
        told.push(Diagnostic::warning("ledger-has-no-rows", Place::default()).with("period", period.to_string()));
    }
    Ok(material)
}

/// What has been told of the period's files, and of those of which no row was read; without the
/// mere notes: `intake` shows those.
fn of_the_period(material: &Material, unread: &[SourceFile]) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = material
        .files
        .iter()
        .chain(unread)
        .flat_map(|file| &file.diagnostics)
        .filter(|d| d.severity != Severity::Info)
        .cloned()
        .collect();
    told.sort_by(|a, b| (&a.place, &a.code).cmp(&(&b.place, &b.code)));
    told.dedup();
    told
}

/// Whether rows are missing from the figures, or a part of one was dropped.
fn has_faults(material: &Material) -> bool {
    !material.held.is_empty()
        || material.faults().next().is_some()
        || material.files.iter().any(|file| file.diagnostics.iter().any(Diagnostic::is_error))
}

impl Compiled {
    fn has_faults(&self) -> bool {
        self.faulty || self.told.iter().any(Diagnostic::is_error)
    }

    /// The file and its pages; nothing where there is no report.
    pub(super) fn file(&self) -> Option<(&Path, u32)> {
        self.made.as_ref().map(|(path, report)| (path.as_path(), report.pages))
    }

    /// How many problems were told.
    pub(super) fn problems(&self) -> usize {
        self.told.len()
    }

    /// The diagnostics alone, for a person.
    pub(super) fn tell_problems(&self, session: &Session) {
        session.output.diagnostics_aside(&session.locale, &self.told);
    }

    /// Everything, for a program.
    pub(super) fn to_json(&self, session: &Session) -> serde_json::Value {
        let made = self.made.as_ref();
        serde_json::json!({
            "file": made.map(|(path, _)| path),
            "pages": made.map(|(_, report)| report.pages),
            "language": made.map(|_| self.request.language),
            "period": made.map(|_| self.request.period),
            "as_of": made.map(|_| self.request.as_of),
            "diagnostics": JsonDiagnostic::all(&session.locale, &self.told),
        })
    }

    fn tell(&self, session: &Session) -> anyhow::Result<()> {
        let out = &session.output;
        if out.is_json() {
            out.json(&self.to_json(session));
            return Ok(());
        }
        self.tell_problems(session);
        if let Some((path, pages)) = self.file() {
            let Request { period, language, as_of, .. } = &self.request;
            let pages = counted(usize::try_from(pages)?, "page", "pages");
            let name = out.toned(Tone::Good, &path.display().to_string());
            out.line(&format!("{name}: {pages}, {period}, {language}, data as of {as_of}"));
        }
        Ok(())
    }
}

/// Writes a file so that nobody ever sees half of it.
fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let told = || format!("`{}` cannot be written", path.display());
    // A pipe or a device (`/dev/stdout`) is written to as it is.
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return std::fs::write(path, bytes).with_context(told);
    }
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(told)?;
    file.write_all(bytes).with_context(told)?;
    // A temporary file is private; what a person asked for is as readable as any file of theirs.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let usual = std::fs::metadata(path).map_or(0o644, |found| found.permissions().mode() & 0o777);
        file.as_file().set_permissions(std::fs::Permissions::from_mode(usual)).with_context(told)?;
    }
    file.persist(path).with_context(told)?;
    Ok(())
}
