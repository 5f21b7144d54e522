//! The structure of every page of both demonstration reports, read back with lopdf, and the
//! outside witnesses: qpdf, pdffonts, and pdfua where it is installed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A report: where it lies, and its bytes.
pub(crate) type Report = (PathBuf, Vec<u8>);

/// A demonstration's home, made once for all tests.
pub(crate) fn demo() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, home) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("demo");
        assert_cmd::Command::cargo_bin("rapporteur").unwrap().arg("demo").arg(&home).assert().success();
        (folder, home)
    });
    home
}

/// The demonstration's reports.
pub(crate) fn reports() -> &'static [Report] {
    static READ: OnceLock<Vec<Report>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut paths = Vec::new();
        for archive in ["archive", "fictional/archive"] {
            find(&demo().join(archive), &mut paths);
        }
        paths.sort();
        assert!(paths.len() >= 4, "two reports in two languages: {paths:?}");
        paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
    })
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            found.push(path);
        }
    }
}

/// An element of the structure tree.
struct Element {
    name: String,
    own: Dictionary,
    parent: Option<ObjectId>,
    children: Vec<ObjectId>,
    /// Its marked content: page and identifier.
    content: Vec<(ObjectId, i64)>,
    annotations: Vec<ObjectId>,
}

/// The elements of a document by their objects, and those in reading order.
struct Tree {
    elements: BTreeMap<ObjectId, Element>,
    order: Vec<ObjectId>,
}

fn tree(document: &Document) -> Tree {
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let root = document.get_dictionary(root).unwrap();
    let mut tree = Tree { elements: BTreeMap::new(), order: Vec::new() };
    walk(document, root.get(b"K").unwrap().as_reference().unwrap(), None, &mut tree);
    tree
}

fn walk(document: &Document, id: ObjectId, parent: Option<ObjectId>, tree: &mut Tree) {
    let own = document.get_dictionary(id).unwrap().clone();
    let page = own.get(b"Pg").and_then(Object::as_reference).ok();
    let kids = match own.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    };
    let name = String::from_utf8(own.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
    let mut element = Element { name, own, parent, children: Vec::new(), content: Vec::new(), annotations: Vec::new() };
    tree.order.push(id);
    for kid in kids {
        match kid {
            Object::Integer(mcid) => element.content.push((page.unwrap(), mcid)),
            Object::Reference(child) => element.children.push(child),
            Object::Dictionary(other) => match other.get(b"Type").unwrap().as_name().unwrap() {
                b"MCR" => {
                    let page = other.get(b"Pg").unwrap().as_reference().unwrap();
                    element.content.push((page, other.get(b"MCID").unwrap().as_i64().unwrap()));
                }
                b"OBJR" => element.annotations.push(other.get(b"Obj").unwrap().as_reference().unwrap()),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }
    let children = element.children.clone();
    assert!(tree.elements.insert(id, element).is_none(), "an element stands in two places");
    for child in children {
        let back = document.get_dictionary(child).unwrap().get(b"P").unwrap().as_reference().unwrap();
        assert_eq!(back, id, "an element names another parent");
        walk(document, child, Some(id), tree);
    }
}

fn names<'t>(tree: &'t Tree, ids: &[ObjectId]) -> Vec<&'t str> {
    ids.iter().map(|id| tree.elements[id].name.as_str()).collect()
}

/// Everything painted is marked, each piece once, as part of the structure or as an artifact;
/// the pieces' identifiers, by page.
fn pieces(document: &Document, page: ObjectId) -> BTreeSet<i64> {
    let content = document.get_and_decode_page_content(page).unwrap();
    let (mut open, mut found) = (Vec::new(), BTreeSet::new());
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BMC" => {
                assert_eq!(operation.operands[0].as_name().unwrap(), b"Artifact");
                assert!(open.is_empty(), "an artifact inside the text");
                open.push("Artifact");
            }
            "BDC" => {
                let properties = operation.operands[1].as_dict().unwrap();
                if let Ok(mcid) = properties.get(b"MCID") {
                    assert!(open.is_empty(), "marked content inside marked content");
                    assert!(found.insert(mcid.as_i64().unwrap()), "an identifier stands twice");
                    open.push("Content");
                } else {
                    assert!(!open.is_empty(), "a span outside the text");
                    open.push("Span");
                }
            }
            "EMC" => assert!(open.pop().is_some()),
            "TJ" | "Tj" | "f" | "f*" | "S" | "B" | "B*" | "Do" | "sh" => {
                assert!(!open.is_empty(), "{operation:?} is neither text nor artifact");
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

#[test]
fn every_piece_of_content_is_in_the_tree_or_an_artifact() {
    for (path, bytes) in reports() {
        let document = Document::load_mem(bytes).unwrap();
        let tree = tree(&document);
        let mut held: BTreeMap<ObjectId, BTreeMap<i64, ObjectId>> = BTreeMap::new();
        for (id, element) in &tree.elements {
            for (page, mcid) in &element.content {
                let before = held.entry(*page).or_default().insert(*mcid, *id);
                assert!(before.is_none(), "{}: a piece belongs to two elements", path.display());
            }
        }
        let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        let parents = document.get_dictionary(root).unwrap().get(b"ParentTree").unwrap().as_reference().unwrap();
        let numbers = document.get_dictionary(parents).unwrap().get(b"Nums").unwrap().as_array().unwrap();
        let back: BTreeMap<i64, &Object> =
            numbers.chunks(2).map(|pair| (pair[0].as_i64().unwrap(), &pair[1])).collect();
        for page in document.get_pages().into_values() {
            let found = pieces(&document, page);
            let listed = held.remove(&page).unwrap_or_default();
            assert_eq!(found, listed.keys().copied().collect(), "{}", path.display());
            let own = document.get_dictionary(page).unwrap();
            assert_eq!(own.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
            let key = own.get(b"StructParents").unwrap().as_i64().unwrap();
            let list = document.dereference(back[&key]).unwrap().1.as_array().unwrap();
            assert_eq!(list.len(), found.len());
            for (mcid, element) in listed {
                let named = list[usize::try_from(mcid).unwrap()].as_reference().unwrap();
                assert_eq!(named, element, "{}: the way back leads elsewhere", path.display());
            }
        }
        assert!(held.is_empty(), "{}: elements of pages that are not there", path.display());
    }
}

#[test]
fn headings_tables_lists_and_figures_are_what_they_say() {
    for (path, bytes) in reports() {
        let document = Document::load_mem(bytes).unwrap();
        let tree = tree(&document);
        let mut level = 0;
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for id in &tree.order {
            let element = &tree.elements[id];
            *count.entry(&element.name).or_default() += 1;
            let children = names(&tree, &element.children);
            let inside = element.parent.map(|id| tree.elements[&id].name.as_str());
            let all = |allowed: &[&str]| {
                assert!(children.iter().all(|c| allowed.contains(c)), "{}: {children:?}", element.name);
            };
            match element.name.as_str() {
                "H1" | "H2" | "H3" | "H4" => {
                    let own = element.name[1..].parse::<u8>().unwrap();
                    assert!(own <= level + 1, "{}: {own} after {level}", path.display());
                    level = own;
                    assert!(!element.content.is_empty());
                }
                "Table" => {
                    all(&["Caption", "THead", "TBody"]);
                    table(&tree, element, path);
                }
                "THead" | "TBody" => all(&["TR"]),
                "TR" => {
                    all(&["TH", "TD"]);
                    assert!(matches!(inside, Some("THead" | "TBody")));
                }
                "L" => all(&["LI"]),
                "LI" => {
                    all(&["Lbl", "LBody"]);
                    assert_eq!(inside, Some("L"));
                }
                "TOC" => all(&["TOCI"]),
                "TOCI" => assert_eq!(inside, Some("TOC")),
                "Figure" => {
                    let alt = lopdf::decode_text_string(element.own.get(b"Alt").unwrap()).unwrap();
                    assert!(alt.chars().count() > 20, "{}: a figure says only {alt:?}", path.display());
                    assert!(!element.content.is_empty());
                }
                "Link" => {
                    assert_eq!(element.annotations.len(), 1, "{}: a link without its place", path.display());
                    let annotation = document.get_dictionary(element.annotations[0]).unwrap();
                    assert!(annotation.has(b"StructParent") && annotation.has(b"Contents"));
                    assert_eq!(annotation.get(b"F").unwrap().as_i64().unwrap(), 4);
                }
                "Document" | "Sect" | "Div" | "P" | "Lbl" | "LBody" | "TH" | "TD" | "Caption" | "Reference"
                | "Span" => {}
                other => panic!("{}: {other} is no element we know", path.display()),
            }
        }
        for needed in ["H1", "H2", "P", "Table", "L", "TOCI", "Figure", "Link", "TH", "TD"] {
            assert!(count.contains_key(needed), "{}: no {needed} in {count:?}", path.display());
        }
    }
}

/// Rows of a table are of the same width, and its head cells say what they head.
fn table(tree: &Tree, table: &Element, path: &Path) {
    let attribute = |element: &Element, key: &[u8]| {
        element.own.get(b"A").ok().and_then(|a| a.as_dict().ok()?.get(key).ok().cloned())
    };
    let mut widths = BTreeSet::new();
    let mut heads = 0;
    for part in table.children.iter().map(|id| &tree.elements[id]).filter(|part| part.name != "Caption") {
        for row in part.children.iter().map(|id| &tree.elements[id]) {
            let mut width = 0;
            for cell in row.children.iter().map(|id| &tree.elements[id]) {
                width += attribute(cell, b"ColSpan").map_or(1, |span| span.as_i64().unwrap());
                if cell.name == "TH" {
                    heads += 1;
                    let scope = attribute(cell, b"Scope").expect("a head cell without a scope");
                    let allowed: &[&[u8]] = if part.name == "THead" { &[b"Column"] } else { &[b"Row", b"Column"] };
                    assert!(allowed.contains(&scope.as_name().unwrap()));
                }
            }
            widths.insert(width);
        }
    }
    assert_eq!(widths.len(), 1, "{}: rows of {widths:?} columns", path.display());
    assert!(heads > 0);
}

#[test]
fn the_documents_say_what_they_keep_to() {
    for (path, bytes) in reports() {
        let document = Document::load_mem(bytes).unwrap();
        let catalog = document.catalog().unwrap();
        assert!(catalog.get(b"MarkInfo").unwrap().as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap());
        let language = if path.to_string_lossy().contains("_RU") { "ru" } else { "en" };
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), language.as_bytes());
        let intents = catalog.get(b"OutputIntents").unwrap().as_array().unwrap();
        let profile = intents[0].as_dict().unwrap().get(b"DestOutputProfile").unwrap().as_reference().unwrap();
        assert_eq!(
            document.get_object(profile).unwrap().as_stream().unwrap().dict.get(b"N").unwrap().as_i64().unwrap(),
            3
        );
        let metadata = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
        let metadata = document.get_object(metadata).unwrap().as_stream().unwrap();
        let metadata = String::from_utf8(metadata.content.clone()).unwrap();
        for promise in [
            "<pdfaid:part>3</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
        ] {
            assert!(metadata.contains(promise), "{promise}");
        }
        for object in document.objects.values() {
            let dictionary = match object {
                Object::Dictionary(dictionary) => dictionary,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            for forbidden in [&b"SMask"[..], b"JavaScript", b"CIDSet", b"Encrypt"] {
                assert!(!dictionary.has(forbidden), "{}: {dictionary:?}", path.display());
            }
        }
    }
}

#[test]
fn outside_witnesses_find_nothing() {
    for (path, _) in reports() {
        let checked = Command::new("qpdf").arg("--check").arg(path).output().expect("qpdf is needed for this test");
        let said = String::from_utf8_lossy(&checked.stdout).into_owned() + &String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success() && !said.contains("WARNING"), "{said}");
        let listed = Command::new("pdffonts").arg(path).output().expect("poppler is needed for this test");
        for row in String::from_utf8_lossy(&listed.stdout).lines().skip(2) {
            assert!(row.contains(" yes yes yes "), "embedded, subset, mapped: {row}");
        }
        // tests/run installs it.
        let checked = Command::new("pdfua").arg("check").arg(path).output().expect("pdfua is needed for this test");
        let said = String::from_utf8_lossy(&checked.stdout);
        assert!(checked.status.success() && said.contains("PASS"), "{said}");
    }
}
