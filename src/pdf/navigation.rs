//! Ways through the document: links, outline, page labels.

use std::collections::HashMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};

use super::PdfError;
use super::metadata::{name, text};
use super::skeleton::{Skeleton, dictionary};
use super::structure::Linked;
use crate::typeset::document::Target;
use crate::typeset::layout::{Bookmark, Item, Layout, Link};

/// Adds links, outline and page labels; gives back the links, for the structure.
///
/// # Errors
/// When the catalog or a page is not where printpdf puts it.
pub(super) fn add(skeleton: &mut Skeleton, layout: &Layout) -> Result<Vec<Linked>, PdfError> {
    let links = add_links(skeleton, layout)?;
    add_outline(skeleton, layout)?;
    if let Some(labels) = page_labels(layout.pages.iter().map(|page| page.label.as_str())) {
        skeleton.catalog()?.set("PageLabels", dictionary([("Nums", Object::Array(labels))]));
    }
    Ok(links)
}

/// A place on a page, with the zoom left as it is.
fn place(skeleton: &Skeleton, layout: &Layout, page: usize, y: f32) -> Option<Object> {
    let id = *skeleton.pages.get(page)?;
    let top = (layout.pages.get(page)?.height - y).max(0.0);
    Some(Object::Array(vec![Object::Reference(id), name("XYZ"), Object::Null, Object::Real(top), Object::Null]))
}

/// Link annotations.
fn add_links(skeleton: &mut Skeleton, layout: &Layout) -> Result<Vec<Linked>, PdfError> {
    let mut links = Vec::new();
    let places: HashMap<&str, Object> = layout
        .destinations
        .iter()
        .filter_map(|d| Some((d.id.as_str(), place(skeleton, layout, d.page, d.y)?)))
        .collect();
    for (index, page) in layout.pages.iter().enumerate() {
        let Some(&id) = skeleton.pages.get(index) else { continue };
        let mut annotations = Vec::new();
        for item in &page.items {
            let Item::Link(link) = item else { continue };
            if let Some(annotation) = annotation(link, page.height, &places) {
                let annotation = skeleton.document.add_object(annotation);
                annotations.push(Object::Reference(annotation));
                links.push(Linked { tag: link.tag, page: index, annotation });
            }
        }
        if !annotations.is_empty() {
            let page = skeleton.document.get_dictionary_mut(id).map_err(|_| PdfError::Skeleton("a page"))?;
            page.set("Annots", Object::Array(annotations));
        }
    }
    Ok(links)
}

/// A link, or nothing where it would lead nowhere: better no link than a dead one.
fn annotation(link: &Link, height: f32, places: &HashMap<&str, Object>) -> Option<Dictionary> {
    let (key, way) = match &link.target {
        Target::Internal(id) => match places.get(id.as_str()) {
            Some(place) => ("Dest", place.clone()),
            None => {
                tracing::warn!(target_id = %id, "a link leads to a place that the document does not have");
                return None;
            }
        },
        Target::External(address) => {
            let address = Object::String(uri(address)?.into_bytes(), StringFormat::Literal);
            ("A", Object::Dictionary(dictionary([("S", name("URI")), ("URI", address)])))
        }
    };
    let bottom = height - link.y - link.height;
    let corners = [link.x, bottom, link.x + link.width, bottom + link.height];
    let mut annotation = dictionary([
        ("Type", name("Annot")),
        ("Subtype", name("Link")),
        ("Rect", Object::Array(corners.into_iter().map(Object::Real).collect())),
        ("Border", Object::Array(vec![Object::Integer(0); 3])),
        ("F", Object::Integer(4)), // printed; PDF/UA-1 and PDF/A ask for it
        (key, way),
    ]);
    if !link.contents.is_empty() {
        annotation.set("Contents", text(&link.contents));
    }
    Some(annotation)
}

/// An address as a URI in ASCII (RFC 3986), if it is of the web or of mail. Others, such as
/// `file:` and `javascript:`, have no place in a report that is mailed.
fn uri(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, _) = address.split_once(':')?;
    if !["http", "https", "mailto"].iter().any(|ours| scheme.eq_ignore_ascii_case(ours)) {
        return None;
    }
    let mut ascii = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&byte) {
            ascii.push(char::from(byte));
        } else {
            ascii.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(ascii)
}

/// An entry of the outline while it is put together.
struct Entry {
    id: ObjectId,
    bookmark: usize,
    parent: Option<usize>,
    /// Where it stands among its siblings.
    at: usize,
    children: Vec<usize>,
}

/// The outline, nested by level, in order; chapters are shown, what is in them is folded.
/// A level that skips one hangs under the nearest above it.
fn add_outline(skeleton: &mut Skeleton, layout: &Layout) -> Result<(), PdfError> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut roots = Vec::new();
    let mut path: Vec<(u8, usize)> = Vec::new();
    let root = skeleton.document.new_object_id();
    for (index, bookmark) in layout.outline.iter().enumerate() {
        if place(skeleton, layout, bookmark.page, bookmark.y).is_none() {
            continue;
        }
        while path.last().is_some_and(|(level, _)| *level >= bookmark.level) {
            path.pop();
        }
        let parent = path.last().map(|(_, entry)| *entry);
        let own = entries.len();
        let siblings = match parent.and_then(|parent| entries.get_mut(parent)) {
            Some(parent) => &mut parent.children,
            None => &mut roots,
        };
        let at = siblings.len();
        siblings.push(own);
        let id = skeleton.document.new_object_id();
        entries.push(Entry { id, bookmark: index, parent, at, children: Vec::new() });
        path.push((bookmark.level, own));
    }
    let Some(ends) = ends_of(&entries, &roots) else { return Ok(()) };
    for entry in &entries {
        let siblings = entry.parent.and_then(|parent| entries.get(parent)).map_or(&roots, |parent| &parent.children);
        let parent = entry.parent.and_then(|parent| entries.get(parent)).map_or(root, |parent| parent.id);
        let Some(bookmark) = layout.outline.get(entry.bookmark) else { continue };
        let Some(mut object) = outline_item(skeleton, layout, bookmark, parent) else { continue };
        let neighbour = |at: Option<usize>| Some(entries.get(*siblings.get(at?)?)?.id);
        if let Some(previous) = neighbour(entry.at.checked_sub(1)) {
            object.set("Prev", Object::Reference(previous));
        }
        if let Some(next) = neighbour(entry.at.checked_add(1)) {
            object.set("Next", Object::Reference(next));
        }
        if let Some((first, last)) = ends_of(&entries, &entry.children) {
            object.set("First", Object::Reference(first));
            object.set("Last", Object::Reference(last));
            object.set("Count", -i64::try_from(entry.children.len()).unwrap_or(1));
        }
        skeleton.document.set_object(entry.id, object);
    }
    let outline = dictionary([
        ("Type", name("Outlines")),
        ("First", Object::Reference(ends.0)),
        ("Last", Object::Reference(ends.1)),
        ("Count", Object::Integer(i64::try_from(roots.len()).unwrap_or(1))),
    ]);
    skeleton.document.set_object(root, outline);
    skeleton.catalog()?.set("Outlines", Object::Reference(root));
    Ok(())
}

fn ends_of(entries: &[Entry], siblings: &[usize]) -> Option<(ObjectId, ObjectId)> {
    let id = |index: Option<&usize>| entries.get(*index?).map(|entry| entry.id);
    Some((id(siblings.first())?, id(siblings.last())?))
}

fn outline_item(skeleton: &Skeleton, layout: &Layout, bookmark: &Bookmark, parent: ObjectId) -> Option<Dictionary> {
    Some(dictionary([
        ("Title", text(&bookmark.title)),
        ("Parent", Object::Reference(parent)),
        ("Dest", place(skeleton, layout, bookmark.page, bookmark.y)?),
    ]))
}

/// How a printed page number is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbering {
    Decimal(u32),
    Roman(u32),
    /// No number, or one of its own kind, written as it is.
    Verbatim,
}

impl Numbering {
    fn of(label: &str) -> Self {
        match (label.parse(), roman(label)) {
            (Ok(number), _) if number > 0 && !label.starts_with(['0', '+']) => Self::Decimal(number),
            (_, Some(number)) => Self::Roman(number),
            _ => Self::Verbatim,
        }
    }

    fn follows(self, earlier: Self) -> bool {
        match (earlier, self) {
            (Self::Decimal(a), Self::Decimal(b)) | (Self::Roman(a), Self::Roman(b)) => a + 1 == b,
            _ => false,
        }
    }
}

/// Number of a small Roman numeral in lower case, as front matter has.
fn roman(label: &str) -> Option<u32> {
    let numeral = |number: u32| -> String {
        let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
        let tens = ["", "x", "xx", "xxx", "xl"];
        let part = |parts: &[&str], at: u32| parts.get(at as usize).copied().unwrap_or("").to_owned();
        part(&tens, number / 10) + &part(&ones, number % 10)
    };
    (1..50).find(|number| numeral(*number) == label)
}

/// The number tree of page labels (ISO 32000-1, 12.4.2): an entry wherever the numbering does
/// not simply go on. Nothing when no page has a label.
fn page_labels<'a>(labels: impl Iterator<Item = &'a str>) -> Option<Vec<Object>> {
    let mut tree = Vec::new();
    let mut earlier = Numbering::Verbatim;
    let mut any = false;
    for (page, label) in labels.enumerate() {
        let numbering = Numbering::of(label);
        any |= !label.is_empty();
        if !numbering.follows(earlier) {
            let style = match numbering {
                Numbering::Decimal(start) => dictionary([("S", name("D")), ("St", Object::Integer(start.into()))]),
                Numbering::Roman(start) => dictionary([("S", name("r")), ("St", Object::Integer(start.into()))]),
                Numbering::Verbatim if label.is_empty() => Dictionary::new(),
                Numbering::Verbatim => dictionary([("P", text(label))]),
            };
            tree.push(Object::Integer(i64::try_from(page).unwrap_or(i64::MAX)));
            tree.push(Object::Dictionary(style));
        }
        earlier = numbering;
    }
    any.then_some(tree)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_start_anew_where_the_numbering_does() {
        let labels = ["", "i", "ii", "1", "2", "3", "A-1", "A-2", "7"];
        let tree = page_labels(labels.into_iter()).unwrap();
        let starts: Vec<i64> = tree.iter().step_by(2).map(|o| o.as_i64().unwrap()).collect();
        assert_eq!(starts, [0, 1, 3, 6, 7, 8]);
        let style = |at: usize| tree[at * 2 + 1].as_dict().unwrap().clone();
        assert!(style(0).is_empty());
        assert_eq!(style(1).get(b"S").unwrap().as_name().unwrap(), b"r");
        assert_eq!(style(5).get(b"St").unwrap().as_i64().unwrap(), 7);
        assert_eq!(page_labels(["", ""].into_iter()), None);
    }

    #[test]
    fn numbers_are_read_as_printed() {
        assert_eq!(Numbering::of("12"), Numbering::Decimal(12));
        assert_eq!(Numbering::of("xiv"), Numbering::Roman(14));
        for odd in ["", "0", "007", "+1", "iiii", "ivx", "Стр."] {
            assert_eq!(Numbering::of(odd), Numbering::Verbatim, "{odd}");
        }
    }

    #[test]
    fn only_the_web_and_mail_are_linked() {
        assert_eq!(uri(" https://example.org/ҳ?a=1#b ").unwrap(), "https://example.org/%D2%B3?a=1#b");
        assert_eq!(uri("mailto:a@example.org").unwrap(), "mailto:a@example.org");
        assert_eq!(uri("HTTP://example.org/a%20b").unwrap(), "HTTP://example.org/a%20b");
        for bad in ["javascript:alert(1)", "file:///etc/passwd", "example.org", "", ":x"] {
            assert_eq!(uri(bad), None, "{bad}");
        }
    }
}
