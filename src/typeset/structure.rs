//! The document's structure: what each piece of content is, in reading order (PDF/UA-1, 7.1).
//!
//! While blocks are set, each gets a node, and its glyphs get the node's [`Tag`]. Nodes are
//! numbered as they are made, which is the order in which a person reads.

use std::cell::RefCell;

use super::layout::Item;
use super::strip::Strip;

/// Which node of the structure a piece of content belongs to: an index into [`Structure::nodes`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub u32);

impl Tag {
    /// No part of the text: a running head, a rule, the repeated head of a table.
    pub const ARTIFACT: Self = Self(0);
    /// The document itself, the parent of all.
    pub const DOCUMENT: Self = Self(1);
    /// The parent of a link that is not yet part of a paragraph.
    const NOWHERE: Self = Self(u32::MAX);
}

/// What a node is (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The whole document.
    Document,
    /// A chapter.
    Section,
    /// A group without a meaning of its own.
    Division,
    /// A heading, 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// The contents, and a line of them.
    Contents,
    /// A line of the contents.
    ContentsItem,
    /// What a line of the contents says.
    Reference,
    /// A list; numbered or not.
    List {
        /// Whether its items are numbered.
        ordered: bool,
    },
    /// An item of a list.
    ListItem,
    /// Its number or sign.
    ListLabel,
    /// What it says.
    ListBody,
    /// A table.
    Table,
    /// What is over a table.
    Caption,
    /// The head of a table.
    TableHead,
    /// Its rows.
    TableBody,
    /// A row of either.
    TableRow,
    /// A cell that names a column, over as many of them as it says.
    ColumnHead {
        /// Columns it stands over.
        columns: u16,
    },
    /// A cell that names its row.
    RowHead,
    /// Any other cell.
    Cell,
    /// A drawing or a picture; its node has a text in its place.
    Figure,
    /// A link inside a paragraph or a cell.
    Link,
}

impl Role {
    /// Part of a line of text: it stays in its paragraph's order.
    const fn is_inline(self) -> bool {
        matches!(self, Self::Link)
    }
}

/// A node of the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// The node it is part of.
    pub parent: Tag,
    /// What stands for it where it cannot be seen; empty for none.
    pub alt: String,
}

/// The structure of a document: nodes by their tags.
#[derive(Clone, Debug, PartialEq)]
pub struct Structure {
    /// The nodes. The first stands for artifacts, the second is the document.
    pub nodes: Vec<Node>,
}

impl Default for Structure {
    fn default() -> Self {
        let root = Node { role: Role::Document, parent: Tag::ARTIFACT, alt: String::new() };
        Self { nodes: vec![root.clone(), root] }
    }
}

impl Structure {
    /// The node of a tag.
    #[must_use]
    pub fn node(&self, tag: Tag) -> Option<&Node> {
        self.nodes.get(tag.0 as usize).filter(|_| tag != Tag::ARTIFACT)
    }

    /// Whether a piece of content is part of a figure.
    #[must_use]
    pub fn is_figure(&self, tag: Tag) -> bool {
        self.node(tag).is_some_and(|node| node.role == Role::Figure)
    }

    /// The tag that decides where content stands: its own, or that of the text a link is part of.
    fn place(&self, mut tag: Tag) -> Tag {
        while let Some(node) = self.node(tag).filter(|node| node.role.is_inline()) {
            tag = node.parent;
        }
        tag
    }

    /// Puts items into reading order, artifacts first: what was set line by line across columns
    /// stands cell by cell.
    pub(super) fn sort(&self, items: &mut Vec<Item>) {
        let mut keyed: Vec<(Tag, Item)> = items.drain(..).map(|item| (self.place(item.tag()), item)).collect();
        keyed.sort_by_key(|(tag, _)| *tag);
        items.extend(keyed.into_iter().map(|(_, item)| item));
    }
}

/// The structure while it grows. Shared by all that set text, as the cache of shaped words is.
#[derive(Debug, Default)]
pub(super) struct Growing(RefCell<Structure>);

impl Growing {
    /// A new node, the last of its parent's.
    pub(super) fn add(&self, role: Role, parent: Tag) -> Tag {
        self.with_alt(role, parent, String::new())
    }

    /// A new node with a text that stands for it.
    pub(super) fn with_alt(&self, role: Role, parent: Tag, alt: String) -> Tag {
        let mut structure = self.0.borrow_mut();
        let tag = Tag(u32::try_from(structure.nodes.len()).unwrap_or(u32::MAX));
        structure.nodes.push(Node { role, parent, alt });
        tag
    }

    /// A link, to be taken in by whatever its line becomes part of.
    pub(super) fn link(&self) -> Tag {
        self.add(Role::Link, Tag::NOWHERE)
    }

    /// Makes items part of a node. What has a tag keeps it; a link becomes a part of the node.
    pub(super) fn claim<'i>(&self, items: impl IntoIterator<Item = &'i mut Item>, tag: Tag) {
        let mut structure = self.0.borrow_mut();
        for item in items {
            // Rules are nobody's text.
            if matches!(item, Item::Shape(_)) {
                continue;
            }
            match item.tag() {
                Tag::ARTIFACT => item.set_tag(tag),
                own => {
                    if let Some(node) = structure.nodes.get_mut(own.0 as usize).filter(|n| n.parent == Tag::NOWHERE) {
                        node.parent = tag;
                    }
                }
            }
        }
    }

    /// The same for all that stands in strips.
    pub(super) fn claim_strips(&self, strips: &mut [Strip], tag: Tag) {
        self.claim(strips.iter_mut().flat_map(|strip| &mut strip.items), tag);
    }

    /// A node for what strips hold.
    pub(super) fn wrap(&self, strips: &mut [Strip], role: Role, parent: Tag) {
        let tag = self.add(role, parent);
        self.claim_strips(strips, tag);
    }

    /// The finished structure, without links that were set and thrown away.
    pub(super) fn finish(&self) -> Structure {
        self.0.take()
    }
}
