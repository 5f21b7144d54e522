//! What may be in the file of a logo, looked at before it is drawn.
//!
//! The files are the home's own, but nobody reads an SVG before saving it: it may hold text whose
//! font only its author has, pictures of pixels, links to elsewhere, or so much that drawing it
//! would take for ever.

use std::collections::{BTreeMap, BTreeSet};

use usvg::roxmltree::{Document, Node, ParsingOptions};

/// A file of more bytes is not read.
pub const LARGEST: u64 = 1 << 20;
/// Most elements, those that `use` repeats counted each time.
const MOST_ELEMENTS: u32 = 10_000;
/// Deepest nesting, through `use` too.
const DEEPEST: u32 = 96;
/// Most work of matching styles: elements times rules.
const MOST_MATCHES: usize = 2_000_000;

/// What is amiss with a logo, and where in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// What it is.
    pub fault: Fault,
    /// One-based line.
    pub line: u32,
    /// One-based column.
    pub column: u32,
}

/// Why a logo is not printed, or not as it was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not SVG as text.
    Unknown,
    /// It cannot be read, and why.
    Broken(String),
    /// It has more bytes than any logo needs.
    TooLarge,
    /// It has more parts, or is nested more deeply, than any logo needs.
    TooComplex,
    /// It has text, which needs a font that is not here.
    Text,
    /// It has a picture of pixels.
    Image,
    /// It needs something from elsewhere.
    External(String),
    /// It has an effect that print does not know: the element or property.
    Effect(String),
    /// Nothing in it can be seen.
    Empty,
    /// It has a gradient, printed in its mean colour.
    Gradient,
}

impl Flaw {
    /// A flaw of the file as a whole.
    pub(super) fn whole(fault: Fault) -> Self {
        Self { fault, line: 1, column: 1 }
    }

    /// A flaw where something first stands in the text.
    pub(super) fn at(text: &str, what: &str, fault: Fault) -> Self {
        let before = text.find(what).and_then(|at| text.get(..at)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { fault, line: u32::try_from(line).unwrap_or(1), column: u32::try_from(column).unwrap_or(1) }
    }

    fn of(document: &Document<'_>, node: Node<'_, '_>, fault: Fault) -> Self {
        let place = document.text_pos_at(node.range().start);
        Self { fault, line: place.row, column: place.col }
    }
}

/// The text of the file.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Flaw> {
    if bytes.len() as u64 > LARGEST {
        return Err(Flaw::whole(Fault::TooLarge));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Flaw::whole(Fault::Unknown))?;
    if text.contains("<svg") || text.contains(":svg") { Ok(text) } else { Err(Flaw::whole(Fault::Unknown)) }
}

/// The file as XML.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Flaw> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 4 * MOST_ELEMENTS, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|problem| {
        let place = problem.pos();
        let told = problem.to_string();
        let fault = match problem {
            usvg::roxmltree::Error::NodesLimitReached | usvg::roxmltree::Error::EntityReferenceLoop(_) => {
                Fault::TooComplex
            }
            // The place is told apart from the sentence.
            _ => Fault::Broken(told.split(" at ").next().unwrap_or(&told).to_owned()),
        };
        Flaw { fault, line: place.row.max(1), column: place.col.max(1) }
    })
}

/// Looks for all that cannot be printed.
pub(super) fn inspect(text: &str, document: &Document<'_>) -> Result<(), Flaw> {
    if document.root_element().tag_name().name() != "svg" {
        return Err(Flaw::whole(Fault::Unknown));
    }
    if document.root().children().any(|node| node.pi().is_some_and(|pi| pi.target == "xml-stylesheet")) {
        return Err(Flaw::at(text, "<?xml-stylesheet", Fault::External("xml-stylesheet".to_owned())));
    }
    let elements = || document.descendants().filter(Node::is_element);
    let rules: usize = elements()
        .filter(|node| node.tag_name().name() == "style")
        .map(|node| {
            node.descendants().filter_map(|inner| inner.text()).map(|css| css.matches('{').count()).sum::<usize>()
        })
        .sum();
    if elements().count().saturating_mul(rules) > MOST_MATCHES {
        return Err(Flaw::whole(Fault::TooComplex));
    }
    Measure::of(document)?.check(document)?;
    let wanted = references(text);
    for node in elements().filter(|node| !is_idle(&wanted, *node)) {
        if let Some(fault) = fault(node) {
            return Err(Flaw::of(document, node, fault));
        }
    }
    Ok(())
}

/// What makes an element unprintable.
fn fault(node: Node<'_, '_>) -> Option<Fault> {
    let name = node.tag_name().name();
    let href =
        || node.attributes().find(|attribute| attribute.name() == "href").map(|attribute| attribute.value().trim());
    match name {
        "text" => {
            let says = node.descendants().filter_map(|inner| inner.text()).any(|text| !text.trim().is_empty());
            says.then_some(Fault::Text)
        }
        "image" => match href() {
            Some(link) if !link.starts_with("data:") => Some(Fault::External(shortened(link))),
            _ => Some(Fault::Image),
        },
        "use" | "linearGradient" | "radialGradient" => {
            href().filter(|link| !link.starts_with('#')).map(|link| Fault::External(shortened(link)))
        }
        // Drawing programs keep their own data in a foreign object that a `switch` passes over.
        "foreignObject" if node.parent().is_none_or(|parent| parent.tag_name().name() != "switch") => {
            Some(Fault::Effect(name.to_owned()))
        }
        "mask" | "filter" | "pattern" | "marker" => Some(Fault::Effect(name.to_owned())),
        _ => {
            let is_clip = node.ancestors().any(|above| above.tag_name().name() == "clipPath");
            let clips = |node: Node<'_, '_>| {
                node.attributes()
                    .any(|a| a.name() == "clip-path" || (a.name() == "style" && a.value().contains("clip-path")))
            };
            (is_clip && clips(node)).then(|| Fault::Effect("clip-path".to_owned()))
        }
    }
}

/// The ids that the file refers to, and what else stands behind a `#`.
fn references(text: &str) -> BTreeSet<&str> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | ';' | ',' | '<' | '>' | '&');
    text.split('#').skip(1).map(|after| after.split(ends).next().unwrap_or_default()).collect()
}

/// Whether an element is a definition, or part of one, that nothing refers to.
fn is_idle(wanted: &BTreeSet<&str>, node: Node<'_, '_>) -> bool {
    const DEFINITIONS: [&str; 6] = ["defs", "symbol", "mask", "filter", "pattern", "marker"];
    let is_definition = |node: &Node<'_, '_>| DEFINITIONS.contains(&node.tag_name().name());
    let Some(outermost) = node.ancestors().filter(is_definition).last() else { return false };
    let inside = node.ancestors().take_while(|above| *above != outermost).chain([outermost]);
    let mut ids = inside.filter_map(|above| above.attribute("id"));
    !ids.any(|id| wanted.contains(id))
}

fn shortened(link: &str) -> String {
    link.chars().take(60).collect()
}

/// How many elements a drawing comes to when each `use` is what it stands for, and how deep.
struct Measure<'d> {
    ids: BTreeMap<&'d str, Node<'d, 'd>>,
    known: BTreeMap<u32, (u32, u32)>,
}

impl<'d> Measure<'d> {
    fn of(document: &'d Document<'_>) -> Result<Self, Flaw> {
        let mut ids = BTreeMap::new();
        for node in document.descendants().filter(Node::is_element) {
            if node.ancestors().nth(DEEPEST as usize).is_some() {
                return Err(Flaw::of(document, node, Fault::TooComplex));
            }
            if let Some(id) = node.attribute("id") {
                ids.entry(id).or_insert(node);
            }
        }
        Ok(Self { ids, known: BTreeMap::new() })
    }

    fn check(mut self, document: &'d Document<'_>) -> Result<(), Flaw> {
        let (count, _) = self.measure(document.root_element(), 0, document)?;
        if count > MOST_ELEMENTS { Err(Flaw::whole(Fault::TooComplex)) } else { Ok(()) }
    }

    /// Elements below and with a node, and how deep they are nested.
    fn measure(&mut self, node: Node<'d, 'd>, depth: u32, document: &'d Document<'_>) -> Result<(u32, u32), Flaw> {
        let too_complex = || Flaw::of(document, node, Fault::TooComplex);
        if let Some(&(count, height)) = self.known.get(&node.id().get()) {
            return if depth + height > DEEPEST { Err(too_complex()) } else { Ok((count, height)) };
        }
        if depth > DEEPEST {
            return Err(too_complex());
        }
        let (mut count, mut height) = (1u32, 0);
        let href = || node.attributes().find(|a| a.name() == "href").and_then(|a| a.value().trim().strip_prefix('#'));
        let used = if node.tag_name().name() == "use" { href().and_then(|id| self.ids.get(id).copied()) } else { None };
        for child in node.children().filter(Node::is_element).chain(used) {
            let (below, high) = self.measure(child, depth + 1, document)?;
            count = count.saturating_add(below);
            height = height.max(high + 1);
        }
        self.known.insert(node.id().get(), (count, height));
        Ok((count, height))
    }
}
