//! The marked-up workbook: the sender's own, with the cells in question coloured, a note on each,
//! and a first sheet that lists what is to be done.
//!
//! The package is edited part by part, and whatever is not edited is copied as it is packed:
//! charts, drop-downs, macros, printer settings stay as they were. CSV, ODS and `.xls` are first
//! made into a plain workbook ([`fresh`]). It all happens in the child process under its limits.

mod book;
pub(super) mod copyist;
mod drawing;
mod fresh;
mod front;
mod notes;
mod package;
mod plan;
pub(super) mod remarks;
mod sheet;
mod styles;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::raw::{RawRow, RawSheet, RawWorkbook, Unreadable};
use super::reader::{self, Limits};
pub(super) use notes::OURS;
use package::{CONTENT_TYPES, ContentTypes, Package, Relations, key, relations_of};
use plan::{Marks, SheetPlan};
use remarks::MarkRequest;
use sheet::SheetEdit;
use styles::Styles;

/// Why a workbook gets no marks.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unmarkable {
    /// It is built in a way that we do not dare to edit.
    #[error("unusual")]
    Unusual,
    /// It is too large for that.
    #[error("too-large")]
    TooLarge,
    /// The copy cannot be written.
    #[error("written")]
    Written(io::Error),
}

impl From<Unreadable> for Unmarkable {
    fn from(_: Unreadable) -> Self {
        Self::Unusual
    }
}

impl From<zip::result::ZipError> for Unmarkable {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => Self::Written(error),
            other => Self::Written(io::Error::other(other)),
        }
    }
}

/// Writes a marked copy of a workbook, and gives the ending that its name must have.
pub(super) fn mark(request: &MarkRequest, out: impl Write) -> Result<&'static str, Unmarkable> {
    let opened = reader::open(&request.path, &request.name, request.legacy_xls, &Limits::default())?;
    let mut workbook = opened.workbook;
    let is_package = opened.is_xlsx;
    let names = Names::of(&mut *workbook, request, is_package)?;
    let marks = Marks::of(&request.remarks, workbook.sheets(), &names);
    if is_package {
        let ours = names.ours;
        drop(workbook);
        let file = File::open(&request.path).map_err(Unmarkable::Written)?;
        return edit(BufReader::new(file), request, marks, &ours, out);
    }
    let bytes = fresh::workbook(&mut *workbook, &names, &request.date_format)?;
    drop(workbook);
    edit(Cursor::new(bytes), request, marks, &BTreeSet::new(), out)
}

/// What the sheets of a workbook are called in its copy.
#[derive(Debug, Default)]
struct Names {
    /// Names of the sheets in the copy, by their places.
    copied: Vec<String>,
    /// The names by which the remarks speak of them.
    told: Vec<String>,
    /// Sheets of remarks that an earlier round has left.
    ours: BTreeSet<String>,
}

impl Names {
    fn of(workbook: &mut dyn RawWorkbook, request: &MarkRequest, is_package: bool) -> Result<Self, Unmarkable> {
        let sheets: Vec<RawSheet> = workbook.sheets().to_vec();
        let mut names = Self::default();
        for (place, sheet) in sheets.iter().enumerate() {
            let mut top: Vec<RawRow> = Vec::new();
            workbook.read(place, &mut |row| {
                top.push(row);
                top.len() < 4
            })?;
            if remarks::are_ours(&top) {
                names.ours.insert(sheet.name.clone());
            }
            let told = request.csv_sheet.as_ref().filter(|_| sheet.is_csv).unwrap_or(&sheet.name);
            names.told.push(told.clone());
            names.copied.push(if is_package { told.clone() } else { book::free_name(told, &names.copied) });
        }
        Ok(names)
    }
}

/// Edits a package.
fn edit<R: Read + Seek>(
    source: R,
    request: &MarkRequest,
    mut marks: Marks,
    ours: &BTreeSet<String>,
    out: impl Write,
) -> Result<&'static str, Unmarkable> {
    let mut package = Package::open(source)?;
    let mut types = ContentTypes::read(package.text(CONTENT_TYPES)?)?;
    let mut root = package.relations("")?;
    let main = root.of_kind("officeDocument").next().ok_or(Unmarkable::Unusual)?.target.clone();
    let ending = ending(types.of(&main).unwrap_or_default());
    let mut relations = package.relations(&main)?;
    let base = relations.base.clone().ok_or(Unmarkable::Unusual)?;
    // A workbook shared in the old way keeps a record of its sheets that a new one would belie.
    if relations.of_kind("revisionHeaders").next().is_some() {
        return Err(Unmarkable::Unusual);
    }
    let text = package.text(&main)?;
    let namespace = namespace(&text)?;
    let listed = book::sheets(&text)?;
    let written = package.written(&main);
    let folder = written.rsplit_once('/').map_or("", |(folder, _)| folder).trim_start_matches('/').to_owned();
    let in_folder = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };

    let mut dropped: BTreeSet<String> = BTreeSet::new();
    let breaks_signature = without_signature(&mut package, &mut root, &mut types, &mut dropped)?;
    let mut removed = Vec::new();
    for (place, sheet) in listed.iter().enumerate() {
        if ours.contains(&sheet.name) {
            let part = relations.by_id(&sheet.relation).ok_or(Unmarkable::Unusual)?.target.clone();
            relations.remove(&sheet.relation);
            types.remove(&part);
            dropped.insert(relations_of(&part));
            dropped.insert(part);
            removed.push(place);
        }
    }

    let styles_part = relations.of_kind("styles").next().map(|r| r.target.clone());
    let styles_text = match &styles_part {
        Some(part) => package.text(part)?,
        None => Styles::empty(&namespace),
    };
    let styles_part = styles_part.unwrap_or_else(|| {
        let part = package.free_name(&in_folder("styles"), "xml", &BTreeSet::new());
        relations.add(&base, "styles", &part);
        types.add(&part, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml");
        part
    });
    let mut styles = Styles::read(styles_text)?;

    let mut new: BTreeMap<String, String> = BTreeMap::new();
    let front = package.free_name(&in_folder("worksheets/sheet"), "xml", &BTreeSet::new());
    types.add(&front, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml");
    let first = relations.add(&base, "worksheet", &front);
    let kept: Vec<&book::Listed> = listed.iter().filter(|s| !ours.contains(&s.name)).collect();
    let mut plans: BTreeMap<String, SheetPlan> = BTreeMap::new();
    for sheet in &kept {
        let part = relations.by_id(&sheet.relation).ok_or(Unmarkable::Unusual)?.target.clone();
        let plan = SheetPlan::of(&mut package, &part, marks.take(&sheet.name))?;
        plans.insert(part, plan);
    }
    plan::draw(&mut package, &mut plans, &mut types, &mut new, (&base, &namespace, &in_folder("x")))?;
    let kept: Vec<book::Listed> = kept.into_iter().cloned().collect();
    let taken: Vec<String> = kept.iter().map(|s| s.name.clone()).collect();
    let listing =
        book::First { name: &book::free_name(&request.remarks.sheet, &taken), relation: &first, relations: &base };
    new.insert(main.clone(), book::with_first(&text, &listing, &removed)?);
    new.insert(relations_of(&main), relations.write()?);
    if root.is_changed() {
        new.insert(relations_of(""), root.write()?);
    }
    new.insert(key(CONTENT_TYPES), types.write()?);

    let mut copy = Copy { out: ZipWriter::new_stream(out), named: BTreeMap::new() };
    for part in package.names() {
        copy.named.insert(part.clone(), package.written(&part));
        if part == styles_part || dropped.contains(&part) {
            continue;
        }
        if let Some(text) = new.remove(&part) {
            copy.text(&part, &text)?;
        } else if let Some(plan) = plans.remove(&part).filter(|plan| plan.is_changed(&styles)) {
            copy.begin(&part)?;
            let edit = SheetEdit { marks: plan.marks, drawing: plan.drawing };
            sheet::rewrite(package.entry(&part)?, &mut copy.out, edit, &mut styles)?;
        } else {
            copy.out.raw_copy_file(package.packed(&part)?)?;
        }
    }
    for (part, text) in new {
        copy.text(&part, &text)?;
    }
    let (text, formats) = styles.write()?;
    copy.text(&styles_part, &text)?;
    let visible = kept.iter().filter(|s| s.visible).map(|s| s.name.clone()).collect();
    copy.text(&front, &front::write(&request.remarks, &formats, &namespace, &visible, breaks_signature))?;
    copy.out.finish()?.flush().map_err(Unmarkable::Written)?;
    Ok(ending)
}

/// The copy in the making.
struct Copy<W: Write> {
    out: ZipWriter<zip::write::StreamWriter<W>>,
    /// Parts as the original names them.
    named: BTreeMap<String, String>,
}

impl<W: Write> Copy<W> {
    fn begin(&mut self, part: &str) -> Result<(), Unmarkable> {
        // No time of day: the same workbook with the same remarks gives the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default());
        let name = self.named.get(part).cloned().unwrap_or_else(|| part.to_owned());
        Ok(self.out.start_file(name, options)?)
    }

    fn text(&mut self, part: &str, text: &str) -> Result<(), Unmarkable> {
        self.begin(part)?;
        self.out.write_all(text.as_bytes()).map_err(Unmarkable::Written)
    }
}

/// The ending for a workbook of this content type.
fn ending(kind: &str) -> &'static str {
    let macros = kind.contains("macroEnabled");
    match (kind.contains("template"), macros) {
        (false, false) => "xlsx",
        (false, true) => "xlsm",
        (true, false) => "xltx",
        (true, true) => "xltm",
    }
}

/// Namespace of the workbook's elements: strict workbooks have another than the usual ones.
fn namespace(text: &str) -> Result<String, Unmarkable> {
    let root = xml::element(text, &["workbook"])?.ok_or(Unmarkable::Unusual)?;
    let prefix = xml::prefix(root.tag).trim_end_matches(':');
    let declared = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
    Ok(xml::attribute(root.tag, &declared).ok_or(Unmarkable::Unusual)?.into_owned())
}

/// Takes out digital signatures: what they say of the sender's workbook is not true of the copy.
fn without_signature<R: Read + Seek>(
    package: &mut Package<R>,
    root: &mut Relations,
    types: &mut ContentTypes,
    dropped: &mut BTreeSet<String>,
) -> Result<bool, Unmarkable> {
    let origins: Vec<(String, String)> =
        root.all.iter().filter(|r| r.kind == "origin").map(|r| (r.id.clone(), r.target.clone())).collect();
    for (id, origin) in &origins {
        root.remove(id);
        let signatures = package.relations(origin)?;
        let parts = signatures.all.into_iter().map(|r| r.target).chain([origin.clone(), relations_of(origin)]);
        for part in parts {
            types.remove(&part);
            dropped.insert(part);
        }
    }
    Ok(!origins.is_empty())
}
