//! The boxes of notes: the drawing, in an older language, that every sheet with notes has.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Unmarkable;
use super::xml::{Edits, Piece, attribute, local, name, walk, with_attribute};
use crate::cell::CellRef;

/// Shapes of one block of ids.
const BLOCK: usize = 1023;
/// Blocks beyond this no program gives out.
const MOST_BLOCKS: usize = 1_000_000;

/// An empty drawing.
pub(super) const EMPTY: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"></xml>";

/// Highest block of shape ids that a drawing uses or claims.
pub(super) fn highest_block(text: &str) -> Result<usize, Unmarkable> {
    let mut highest = 0;
    walk(text, &mut |piece, _, _| {
        let (Piece::Start(tag) | Piece::Empty(tag)) = piece else { return };
        if local(name(tag)) == "idmap" {
            let claimed = attribute(tag, "data").unwrap_or_default();
            highest = claimed.split(',').filter_map(|n| n.trim().parse().ok()).fold(highest, usize::max);
        }
        for id in [attribute(tag, "id"), attribute(tag, "o:spid")].into_iter().flatten() {
            let number = id.strip_prefix("_x0000_s").and_then(|n| n.parse::<usize>().ok());
            highest = highest.max(number.unwrap_or(0) / 1024);
        }
    })?;
    if highest > MOST_BLOCKS { Err(Unmarkable::Unusual) } else { Ok(highest) }
}

/// How many blocks of ids so many shapes need.
pub(super) const fn blocks(shapes: usize) -> usize {
    shapes.div_ceil(BLOCK)
}

/// A box to be drawn.
pub(super) struct NoteBox {
    pub(super) cell: CellRef,
    /// How many lines its note has, about.
    pub(super) lines: usize,
}

/// The drawing without the boxes of some cells and with new ones, whose ids begin at a block that
/// no drawing of the workbook uses.
pub(super) fn write(
    text: &str,
    removed: &BTreeSet<CellRef>,
    boxes: &[NoteBox],
    block: usize,
) -> Result<String, Unmarkable> {
    let found = look(text)?;
    let mut edits = Edits::default();
    for (cell, range) in found.notes {
        if removed.contains(&cell) {
            edits.remove(range);
        }
    }
    if boxes.is_empty() {
        return Ok(edits.apply(text));
    }
    let (root, root_range, end) = found.root.ok_or(Unmarkable::Unusual)?;
    let mut declared = root.to_owned();
    for (prefix, namespace) in [
        ("xmlns:v", "urn:schemas-microsoft-com:vml"),
        ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
        ("xmlns:x", "urn:schemas-microsoft-com:office:excel"),
    ] {
        match attribute(root, prefix).as_deref() {
            Some(known) if known == namespace => {}
            Some(_) => return Err(Unmarkable::Unusual),
            None => declared = with_attribute(&declared, prefix, namespace),
        }
    }
    if declared != root {
        edits.replace(root_range.clone(), format!("<{declared}>"));
    }
    let ids: Vec<String> = (block..block + blocks(boxes.len())).map(|b| b.to_string()).collect();
    let mut head = String::new();
    match &found.idmap {
        Some((tag, range, is_empty)) => {
            let data = attribute(tag, "data").unwrap_or_default().into_owned();
            let data = if data.is_empty() { ids.join(",") } else { format!("{data},{}", ids.join(",")) };
            let slash = if *is_empty { "/" } else { "" };
            edits.replace(range.clone(), format!("<{}{slash}>", with_attribute(tag, "data", &data)));
        }
        None => head.push_str(&format!(
            "<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout>",
            ids.join(",")
        )),
    }
    if !found.has_type {
        head.push_str(
            "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
             path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
             o:connecttype=\"rect\"/></v:shapetype>",
        );
    }
    edits.insert(root_range.end, head);
    let shapes: String = boxes.iter().enumerate().map(|(index, b)| shape(b, id(block, index), index)).collect();
    edits.insert(end, shapes);
    Ok(edits.apply(text))
}

/// The id of the so-manieth new shape.
const fn id(block: usize, index: usize) -> usize {
    (block + index / BLOCK) * 1024 + 1 + index % BLOCK
}

fn shape(note: &NoteBox, id: usize, index: usize) -> String {
    let CellRef { row, column } = note.cell;
    let lines = u32::try_from(note.lines.clamp(4, 30)).unwrap_or(30);
    let height = 12 + lines * 13;
    // Left column and its offset, top row and its offset, right, bottom, in pixels.
    let last = row.saturating_add((height * 4 / 3).div_ceil(20));
    let (left, right) = (column.saturating_add(1), column.saturating_add(5));
    let anchor = format!("{left}, 15, {}, 2, {right}, 60, {last}, 4", row.saturating_sub(1));
    format!(
        "<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style='position:absolute;margin-left:60pt;\
         margin-top:2pt;width:260pt;height:{height}pt;z-index:{};visibility:hidden' fillcolor=\"#ffffe1\" \
         o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
         <v:path o:connecttype=\"none\"/><v:textbox style='mso-direction-alt:auto'><div \
         style='text-align:left'></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/>\
         <x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>\
         <x:Column>{column}</x:Column></x:ClientData></v:shape>",
        index + 1
    )
}

/// What a drawing holds.
#[derive(Default)]
struct Found<'a> {
    /// Start tag of the root, where it stands, and where its end tag begins.
    root: Option<(&'a str, Range<usize>, usize)>,
    idmap: Option<(&'a str, Range<usize>, bool)>,
    has_type: bool,
    /// The boxes of notes.
    notes: BTreeMap<CellRef, Range<usize>>,
}

/// Looks through a drawing. Those of older programs are not always well formed, so nothing here
/// depends on how elements are nested.
fn look(text: &str) -> Result<Found<'_>, Unmarkable> {
    let mut found = Found::default();
    let mut root: Option<(&str, Range<usize>)> = None;
    let mut shape: Option<usize> = None;
    let (mut is_note, mut row, mut column, mut reading) = (false, None, None, "");
    walk(text, &mut |piece, range, _| match piece {
        Piece::Start(tag) | Piece::Empty(tag) => {
            let is_empty = text.get(..range.end).is_some_and(|t| t.ends_with("/>"));
            reading = local(name(tag));
            match reading {
                "xml" if root.is_none() => root = Some((tag, range)),
                "idmap" if found.idmap.is_none() => found.idmap = Some((tag, range, is_empty)),
                "shapetype" if attribute(tag, "id").is_some_and(|id| id == "_x0000_t202") => found.has_type = true,
                "shape" => {
                    shape = Some(range.start);
                    (is_note, row, column) = (false, None, None);
                }
                "ClientData" => is_note = attribute(tag, "ObjectType").is_some_and(|kind| kind == "Note"),
                _ => {}
            }
        }
        Piece::Text(words) => match reading {
            "Row" => row = words.trim().parse::<u32>().ok().or(row),
            "Column" => column = words.trim().parse::<u32>().ok().or(column),
            _ => {}
        },
        Piece::End(tag) => {
            reading = "";
            match local(tag) {
                "shape" => {
                    if let (Some(start), true, Some(row), Some(column)) = (shape.take(), is_note, row, column) {
                        found.notes.insert(CellRef::new(row, column), start..range.end);
                    }
                }
                "xml" => {
                    if let Some((tag, place)) = root.clone() {
                        found.root = Some((tag, place, range.start));
                    }
                }
                _ => {}
            }
        }
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(count: u32) -> Vec<NoteBox> {
        (0..count).map(|row| NoteBox { cell: CellRef::new(row, 2), lines: 3 }).collect()
    }

    #[test]
    fn ids_are_new_in_the_whole_workbook() {
        let first = write(EMPTY, &BTreeSet::new(), &boxes(1500), 3).unwrap();
        assert!(first.contains("data=\"3,4\""), "two blocks of ids");
        assert_eq!(highest_block(&first).unwrap(), 4);
        let mut ids = BTreeSet::new();
        walk(&first, &mut |piece, _, _| {
            if let Piece::Start(tag) = piece
                && local(name(tag)) == "shape"
            {
                assert!(ids.insert(attribute(tag, "id").unwrap().into_owned()));
            }
        })
        .unwrap();
        assert_eq!(ids.len(), 1500);
    }

    #[test]
    fn a_drawing_that_is_there_keeps_its_shapes() {
        let old = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\
            <v:shape id=\"_x0000_s1025\"><x:ClientData ObjectType=\"Button\"><x:Row>0</x:Row><x:Column>2</x:Column>\
            </x:ClientData><br></v:shape><v:shape id=\"_x0000_s1026\"><x:ClientData ObjectType=\"Note\"><x:Row>0</x:Row>\
            <x:Column>2</x:Column></x:ClientData></v:shape></xml>";
        assert_eq!(highest_block(old).unwrap(), 1);
        let new = write(old, &BTreeSet::from([CellRef::new(0, 2)]), &boxes(2), 2).unwrap();
        assert!(new.contains("_x0000_s1025") && !new.contains("_x0000_s1026"), "{new}");
        assert!(new.contains("_x0000_s2049") && new.contains("xmlns:o="), "{new}");
        assert!(new.ends_with("</v:shape></xml>"), "{new}");
    }
}
