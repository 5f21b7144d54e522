//! What is to be done on each sheet of a package, before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use super::drawing::{self, NoteBox};
use super::notes::Notes;
use super::package::{ContentTypes, Package, Relations, key, relations_of};
use super::remarks::Remarks;
use super::styles::{Look, Styles};
use super::{Names, Unmarkable, sheet};
use crate::cell::{CellRef, lines};
use crate::diagnostic::Severity;
use crate::intake::raw::RawSheet;

/// Most cells of a range that are coloured.
const MOST_OF_A_RANGE: usize = 200;

/// The marks of one sheet.
#[derive(Debug, Default)]
pub(super) struct SheetMarks {
    looks: BTreeMap<CellRef, Look>,
    words: BTreeMap<CellRef, String>,
}

/// The marks of all sheets, by their names in the copy.
#[derive(Debug, Default)]
pub(super) struct Marks(BTreeMap<String, SheetMarks>);

impl Marks {
    /// Colours and notes for all problems that have cells. One inside a merged range goes to its
    /// first cell, which is the only one that people see.
    pub(super) fn of(remarks: &Remarks, sheets: &[RawSheet], names: &Names) -> Self {
        let mut marks = Self::default();
        for fix in &remarks.fixes {
            let look = if fix.severity == Severity::Error { Look::Error } else { Look::Warning };
            for problem in &fix.problems {
                let (Some(told), Some(cells)) = (&problem.sheet, problem.cells) else { continue };
                let Some(place) = names.told.iter().position(|name| name == told) else { continue };
                let (Some(sheet), Some(name)) = (sheets.get(place), names.copied.get(place)) else { continue };
                let of_sheet = marks.0.entry(name.clone()).or_default();
                let shown = |cell: CellRef| {
                    let merge = sheet.merges.iter().find(|m| m.contains(cell));
                    merge.map_or(cell, |m| m.first)
                };
                let rows = cells.first.row..=cells.last.row;
                let all = rows.flat_map(|row| {
                    (cells.first.column..=cells.last.column).map(move |column| CellRef::new(row, column))
                });
                for cell in all.take(MOST_OF_A_RANGE) {
                    let known = of_sheet.looks.entry(shown(cell)).or_insert(look);
                    *known = (*known).min(look);
                }
                let note = of_sheet.words.entry(shown(cells.first)).or_default();
                if !note.is_empty() {
                    note.push_str("\n\n");
                }
                note.push_str(&problem.message);
                if !fix.hint.is_empty() {
                    note.push_str("\n→ ");
                    note.push_str(&fix.hint);
                }
            }
        }
        marks
    }

    pub(super) fn take(&mut self, sheet: &str) -> SheetMarks {
        self.0.remove(sheet).unwrap_or_default()
    }
}

/// What is to be done on a sheet.
pub(super) struct SheetPlan {
    pub(super) marks: BTreeMap<CellRef, Look>,
    /// The relation of a drawing that the sheet does not have yet, with its namespace.
    pub(super) drawing: Option<(String, String)>,
    selected: bool,
    relations: Relations,
    notes: Option<(String, Notes)>,
    boxes: Vec<NoteBox>,
    words: BTreeMap<CellRef, String>,
}

impl SheetPlan {
    pub(super) fn of<R: Read + Seek>(
        package: &mut Package<R>,
        part: &str,
        marks: SheetMarks,
    ) -> Result<Self, Unmarkable> {
        let selected = sheet::head(package.entry(part)?)?.selected;
        let relations = package.relations(part)?;
        let existing = relations.of_kind("comments").next().map(|r| r.target.clone());
        let notes = match existing {
            Some(at) => Some((at.clone(), Notes::read(package.text(&at)?)?)),
            None => None,
        };
        let SheetMarks { looks, words } = marks;
        Ok(Self { marks: looks, drawing: None, selected, relations, notes, boxes: Vec::new(), words })
    }

    /// Whether the sheet's own part changes.
    pub(super) fn is_changed(&self, styles: &Styles) -> bool {
        self.selected || self.drawing.is_some() || !self.marks.is_empty() || !styles.ours().is_empty()
    }

    /// Whether its notes change.
    fn has_notes(&self) -> bool {
        !self.words.is_empty() || self.notes.as_ref().is_some_and(|(_, notes)| notes.is_changed())
    }
}

/// Writes the notes of all sheets and their boxes; the parts go to `new`. `names` are the base of
/// the types of relations, the namespace, and a name in the workbook's folder.
pub(super) fn draw<R: Read + Seek>(
    package: &mut Package<R>,
    plans: &mut BTreeMap<String, SheetPlan>,
    types: &mut ContentTypes,
    new: &mut BTreeMap<String, String>,
    (base, namespace, sample): (&str, &str, &str),
) -> Result<(), Unmarkable> {
    let folder = sample.strip_suffix('x').unwrap_or_default();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut block = 0;
    if plans.values().any(SheetPlan::has_notes) {
        let drawings: BTreeSet<String> =
            plans.values().flat_map(|plan| plan.relations.of_kind("vmlDrawing").map(|r| r.target.clone())).collect();
        for at in drawings {
            block = block.max(drawing::highest_block(&package.text(&at)?)?);
        }
    }
    for (part, plan) in plans.iter_mut().filter(|(_, plan)| plan.has_notes()) {
        let (at, mut notes) = match plan.notes.take() {
            Some(existing) => existing,
            None => {
                let at = package.free_name(&format!("{folder}comments"), "xml", &taken);
                taken.insert(key(&at));
                plan.relations.add(base, "comments", &at);
                types.add(&at, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml");
                (at, Notes::read(Notes::empty(namespace))?)
            }
        };
        for (cell, words) in &plan.words {
            notes.add(*cell, words);
        }
        plan.boxes = notes
            .added
            .iter()
            .map(|cell| NoteBox { cell: *cell, lines: 1 + plan.words.get(cell).map_or(1, |w| lines(w, 46)) })
            .collect();
        // Of the drawings that a sheet may have, the one of its notes is the one that its part names.
        let named = match plan.relations.of_kind("vmlDrawing").next() {
            Some(_) => sheet::drawing_of(package.entry(part)?)?,
            None => None,
        };
        let existing = named.and_then(|id| plan.relations.by_id(&id).map(|r| r.target.clone()));
        let text = match &existing {
            Some(drawing) => package.text(drawing)?,
            None => drawing::EMPTY.to_owned(),
        };
        if !(plan.boxes.is_empty() && (existing.is_none() || notes.removed.is_empty())) {
            let at = existing.unwrap_or_else(|| {
                let at = package.free_name(&format!("{folder}drawings/vmlDrawing"), "vml", &taken);
                taken.insert(key(&at));
                let id = plan.relations.add(base, "vmlDrawing", &at);
                plan.drawing = Some((id, base.to_owned()));
                types.add_default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing");
                at
            });
            new.insert(at, drawing::write(&text, &notes.removed, &plan.boxes, block + 1)?);
            block += drawing::blocks(plan.boxes.len());
        }
        new.insert(at, notes.write()?);
        if plan.relations.is_changed() {
            let at = relations_of(part);
            let at = if package.has(&at) { at } else { relations_of(&package.written(part)) };
            new.insert(at, plan.relations.write()?);
        }
    }
    Ok(())
}
