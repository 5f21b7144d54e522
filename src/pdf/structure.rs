//! The structure tree (ISO 32000-1, 14.7; PDF/UA-1, 7).
//!
//! Its elements are written as bytes at once, not as lopdf objects: a report of 600 pages has
//! some 60,000 of them.

use std::collections::BTreeMap;

use lopdf::{Object, ObjectId};

use super::PdfError;
use super::file::write_object;
use super::metadata::text;
use super::skeleton::{Skeleton, dictionary};
use crate::typeset::layout::{Item, Layout};
use crate::typeset::structure::{Node, Role, Structure, Tag};

/// A link on a page: its place in the structure, and its annotation.
pub(super) struct Linked {
    pub(super) tag: Tag,
    pub(super) page: usize,
    pub(super) annotation: ObjectId,
}

/// What an element holds, in order.
#[derive(Clone, Copy)]
enum Kid {
    Element(Tag),
    /// A marked piece of a page's content.
    Content(usize, usize),
    /// A link's annotation, by its place in the list.
    Annotation(usize),
}

/// The name of an element.
pub(super) const fn name_of(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Section => "Sect",
        Role::Division => "Div",
        Role::Heading(1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::Contents => "TOC",
        Role::ContentsItem => "TOCI",
        Role::Reference => "Reference",
        Role::List { .. } => "L",
        Role::ListItem => "LI",
        Role::ListLabel => "Lbl",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::Caption => "Caption",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::TableRow => "TR",
        Role::ColumnHead { .. } | Role::RowHead => "TH",
        Role::Cell => "TD",
        Role::Figure => "Figure",
        Role::Link => "Link",
    }
}

/// Adds the tree. `marks` are the tags of each page's marked pieces, in order.
///
/// # Errors
/// When the catalog or a page is not where printpdf puts it.
pub(super) fn add(
    skeleton: &mut Skeleton,
    layout: &Layout,
    marks: &[Vec<Tag>],
    links: &[Linked],
) -> Result<(), PdfError> {
    let structure = &layout.structure;
    let kids = kids(structure, marks, links);
    let first = skeleton.document.max_id + 1;
    let count = u32::try_from(structure.nodes.len()).unwrap_or(u32::MAX);
    // The artifacts' number, which no element has, is the root's.
    let id = |tag: Tag| first + tag.0;
    let root = first;
    let mut next = first + count;
    let boxes = boxes(layout);

    for (index, (node, kids)) in structure.nodes.iter().zip(&kids).enumerate().skip(1) {
        let tag = Tag(u32::try_from(index).unwrap_or(u32::MAX));
        let is_lost = tag != Tag::DOCUMENT && structure.node(node.parent).is_none();
        if is_lost {
            continue; // a link that was set and thrown away
        }
        let mut out = Vec::with_capacity(64);
        element(&mut out, node, kids, &Numbers { id: &id, skeleton, links });
        if let Some(found) = boxes.get(&tag) {
            attributes(&mut out, &format!("<</O/Layout/Placement/Block/BBox[{found}]>>"));
        }
        out.extend_from_slice(b">>");
        skeleton.raw.push((id(tag), out));
    }

    // Back from content to elements: a list for each page, a single element for each link.
    let mut numbers = String::from("<</Nums[");
    for (page, tags) in marks.iter().enumerate() {
        let mut list = String::from("[");
        for tag in tags {
            list.push_str(&format!("{} 0 R ", id(*tag)));
        }
        list.push(']');
        skeleton.raw.push((next, list.into_bytes()));
        numbers.push_str(&format!("{page} {next} 0 R "));
        next += 1;
    }
    for (at, link) in links.iter().enumerate() {
        let key = marks.len() + at;
        numbers.push_str(&format!("{key} {} 0 R ", id(link.tag)));
        let annotation = skeleton.document.get_dictionary_mut(link.annotation);
        let annotation = annotation.map_err(|_| PdfError::Skeleton("a link"))?;
        annotation.set("StructParent", i64::try_from(key).unwrap_or(i64::MAX));
    }
    numbers.push_str("]>>");
    skeleton.raw.push((next, numbers.into_bytes()));
    let keys = marks.len() + links.len();
    let tree = format!("<</Type/StructTreeRoot/K {} 0 R/ParentTree {next} 0 R/ParentTreeNextKey {keys}>>", id(Tag(1)));
    skeleton.raw.push((root, tree.into_bytes()));
    skeleton.document.max_id = next;

    for (at, &page) in skeleton.pages.iter().enumerate() {
        let page = skeleton.document.get_dictionary_mut(page).map_err(|_| PdfError::Skeleton("a page"))?;
        page.set("StructParents", i64::try_from(at).unwrap_or(i64::MAX));
        page.set("Tabs", Object::Name(b"S".to_vec()));
    }
    let catalog = skeleton.catalog()?;
    catalog.set("StructTreeRoot", Object::Reference((root, 0)));
    catalog.set("MarkInfo", dictionary([("Marked", Object::Boolean(true))]));
    Ok(())
}

/// What each element holds. Elements stand in the order of their making; a link stands where its
/// text begins.
fn kids(structure: &Structure, marks: &[Vec<Tag>], links: &[Linked]) -> Vec<Vec<Kid>> {
    let mut kids: Vec<Vec<Kid>> = vec![Vec::new(); structure.nodes.len()];
    let mut give = |to: Tag, kid: Kid| {
        if let Some(list) = kids.get_mut(to.0 as usize) {
            list.push(kid);
        }
    };
    for (index, node) in structure.nodes.iter().enumerate().skip(2) {
        if node.role != Role::Link {
            give(node.parent, Kid::Element(Tag(u32::try_from(index).unwrap_or(u32::MAX))));
        }
    }
    let mut seen = vec![false; structure.nodes.len()];
    for (page, tags) in marks.iter().enumerate() {
        for (piece, tag) in tags.iter().enumerate() {
            let node = structure.node(*tag);
            if let (Some(node), Some(seen)) = (node.filter(|n| n.role == Role::Link), seen.get_mut(tag.0 as usize))
                && !std::mem::replace(seen, true)
            {
                give(node.parent, Kid::Element(*tag));
            }
            give(*tag, Kid::Content(page, piece));
        }
    }
    for (at, link) in links.iter().enumerate() {
        give(link.tag, Kid::Annotation(at));
    }
    kids
}

/// Numbers of objects.
struct Numbers<'a> {
    id: &'a dyn Fn(Tag) -> u32,
    skeleton: &'a Skeleton,
    links: &'a [Linked],
}

impl Numbers<'_> {
    fn page(&self, page: usize) -> u32 {
        self.skeleton.pages.get(page).map_or(0, |id| id.0)
    }
}

/// An element without its closing brackets.
fn element(out: &mut Vec<u8>, node: &Node, kids: &[Kid], numbers: &Numbers<'_>) {
    let parent = (numbers.id)(node.parent);
    // Text of a link that leads nowhere is but text.
    let is_dead = node.role == Role::Link && !kids.iter().any(|kid| matches!(kid, Kid::Annotation(_)));
    let name = if is_dead { "Span" } else { name_of(node.role) };
    out.extend_from_slice(format!("<</S/{name}/P {parent} 0 R").as_bytes());
    let own = kids.iter().find_map(|kid| match kid {
        Kid::Content(page, _) => Some(*page),
        Kid::Annotation(at) => numbers.links.get(*at).map(|link| link.page),
        Kid::Element(_) => None,
    });
    if let Some(page) = own {
        out.extend_from_slice(format!("/Pg {} 0 R", numbers.page(page)).as_bytes());
    }
    if !kids.is_empty() {
        out.extend_from_slice(if kids.len() == 1 { b"/K " } else { b"/K[" });
        for kid in kids {
            let told = match kid {
                Kid::Element(tag) => format!("{} 0 R ", (numbers.id)(*tag)),
                Kid::Content(page, piece) if Some(*page) == own => format!("{piece} "),
                Kid::Content(page, piece) => {
                    format!("<</Type/MCR/Pg {} 0 R/MCID {piece}>>", numbers.page(*page))
                }
                Kid::Annotation(at) => numbers.links.get(*at).map_or_else(String::new, |link| {
                    format!("<</Type/OBJR/Pg {} 0 R/Obj {} 0 R>>", numbers.page(link.page), link.annotation.0)
                }),
            };
            out.extend_from_slice(told.as_bytes());
        }
        if kids.len() > 1 {
            out.push(b']');
        }
    }
    match node.role {
        Role::ColumnHead { columns: 0 | 1 } => attributes(out, "<</O/Table/Scope/Column>>"),
        Role::ColumnHead { columns } => attributes(out, &format!("<</O/Table/Scope/Column/ColSpan {columns}>>")),
        Role::RowHead => attributes(out, "<</O/Table/Scope/Row>>"),
        Role::List { ordered: true } => attributes(out, "<</O/List/ListNumbering/Decimal>>"),
        Role::List { ordered: false } => attributes(out, "<</O/List/ListNumbering/Disc>>"),
        _ => {}
    }
    if !node.alt.is_empty() {
        out.extend_from_slice(b"/Alt");
        write_object(out, &text(&node.alt));
    }
}

fn attributes(out: &mut Vec<u8>, attributes: &str) {
    out.extend_from_slice(b"/A");
    out.extend_from_slice(attributes.as_bytes());
}

/// The box around each figure, in whole points: left, bottom, right, top.
fn boxes(layout: &Layout) -> BTreeMap<Tag, String> {
    let mut found: BTreeMap<Tag, [f32; 4]> = BTreeMap::new();
    for page in &layout.pages {
        for item in &page.items {
            let tag = item.tag();
            if !layout.structure.is_figure(tag) {
                continue;
            }
            let Some([left, top, right, low]) = extent(item) else { continue };
            let here = [left, page.height - low, right, page.height - top];
            let all = found.entry(tag).or_insert(here);
            for (at, (whole, part)) in all.iter_mut().zip(here).enumerate() {
                *whole = if at < 2 { whole.min(part) } else { whole.max(part) };
            }
        }
    }
    let told = |[left, low, right, top]: [f32; 4]| {
        format!("{:.0} {:.0} {:.0} {:.0}", left.floor(), low.floor(), right.ceil(), top.ceil())
    };
    found.into_iter().map(|(tag, all)| (tag, told(all))).collect()
}

/// Left, top, right and bottom of an item, roughly.
fn extent(item: &Item) -> Option<[f32; 4]> {
    use crate::typeset::layout::Segment;
    match item {
        Item::Glyphs(run) => {
            let units: i32 = run.glyphs.iter().map(|glyph| i32::from(glyph.advance)).sum();
            let right = run.x + crate::typeset::text::points(units, run.size);
            Some([run.x, run.y - run.size * 0.8, right, run.y + run.size * 0.25])
        }
        Item::Shape(shape) => shape.path.iter().fold(None, |all: Option<[f32; 4]>, segment| {
            let (x, y) = match *segment {
                Segment::Move(x, y) | Segment::Line(x, y) | Segment::Curve(_, _, _, _, x, y) => (x, y),
                Segment::Close => return all,
            };
            Some(all.map_or([x, y, x, y], |[l, t, r, b]| [l.min(x), t.min(y), r.max(x), b.max(y)]))
        }),
        Item::Image(image) => Some([image.x, image.y, image.x + image.width, image.y + image.height]),
        Item::Logo(emblem) => Some([emblem.x, emblem.y, emblem.x + emblem.width(), emblem.y + emblem.height]),
        Item::Link(_) => None,
    }
}
