//! Markdown into blocks. Values come in last, as text, so that they cannot act as Markdown.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::expand::Expanded;
use super::fence::{Fence, Line};
use crate::diagnostic::{Diagnostic, Place};
use crate::typeset::document::{Align, Block, Column, Inline, Row, Style, Table, Target};

/// A piece of the report: a block as it is, or a fence that is yet to become blocks.
#[derive(Debug)]
pub(super) enum Piece {
    Block(Block, Place),
    Fence(Fence),
}

/// How deep lists and quotes may stand in each other; what is deeper is set at this depth.
const DEEPEST: usize = 6;

/// A container that is open while its content is read.
enum Open {
    Root,
    Quote(Vec<Block>),
    List { ordered: bool, items: Vec<Vec<Block>> },
    Item(Vec<Block>),
}

struct Reader<'a> {
    expanded: &'a Expanded,
    pieces: Vec<Piece>,
    open: Vec<Open>,
    inlines: Vec<Inline>,
    style: Style,
    /// Depths of emphasis and strong, which may be nested.
    emphasis: usize,
    strong: usize,
    link: Vec<Target>,
    headings: usize,
    /// What the heading being read is called in links, where the template says so.
    heading_id: Option<String>,
    table: Option<Table>,
    /// Cells of the table's head read so far.
    heads: usize,
    /// Where the text being read began.
    paragraph: Place,
    problems: Vec<Diagnostic>,
}

/// Reads the whole of a template.
pub(super) fn read(expanded: &Expanded) -> (Vec<Piece>, Vec<Diagnostic>) {
    let mut reader = Reader::new(expanded);
    let mut fence: Option<Fence> = None;
    let mut code: Option<String> = None;
    for (event, range) in Parser::new_ext(&expanded.text, options()).into_offset_iter() {
        let place = || expanded.place_of_byte(range.start);
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                reader.flush_text();
                let word = match &kind {
                    CodeBlockKind::Fenced(info) => expanded.resolve(info).trim().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                if word.is_empty() {
                    code = Some(String::new());
                } else {
                    fence = Some(Fence { place: place(), word, lines: Vec::new() });
                    // The content follows as text; its lines are found again by their bytes.
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(text) = code.take() {
                    reader.preformatted(&text);
                } else if let Some(fence) = fence.take() {
                    let here = fence.place.clone();
                    if reader.open.len() > 1 {
                        reader
                            .problems
                            .push(Diagnostic::error("block-inside-list", here).with("block", fence.word.as_str()));
                    } else {
                        reader.finish_root();
                        reader.pieces.push(Piece::Fence(fence));
                    }
                }
            }
            Event::Text(text) if fence.is_some() => {
                if let Some(fence) = &mut fence {
                    let first = expanded.text.get(..range.start).map_or(0, |before| before.matches('\n').count());
                    for (offset, line) in text.lines().enumerate() {
                        let text = expanded.resolve(line).trim().to_owned();
                        if !text.is_empty() {
                            fence.lines.push(Line { place: expanded.place(first + offset), text });
                        }
                    }
                }
            }
            Event::Text(text) if code.is_some() => {
                if let Some(code) = &mut code {
                    code.push_str(&text);
                }
            }
            event => reader.event(event, &place),
        }
    }
    reader.finish_root();
    (reader.pieces, reader.problems)
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES
}

impl<'a> Reader<'a> {
    fn new(expanded: &'a Expanded) -> Self {
        Self {
            expanded,
            pieces: Vec::new(),
            open: vec![Open::Root],
            inlines: Vec::new(),
            style: Style::default(),
            emphasis: 0,
            strong: 0,
            link: Vec::new(),
            headings: 0,
            heading_id: None,
            table: None,
            heads: 0,
            paragraph: Place::default(),
            problems: Vec::new(),
        }
    }

    fn event(&mut self, event: Event, place: &dyn Fn() -> Place) {
        match event {
            Event::Start(tag) => self.start(tag, place),
            Event::End(tag) => self.end(tag, place),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inlines.push(Inline::Break),
            Event::Rule => {
                self.finish_root();
                self.pieces.push(Piece::Block(Block::PageBreak, place()));
            }
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, place: &dyn Fn() -> Place) {
        match tag {
            Tag::Paragraph => {
                self.flush_text();
                self.paragraph = place();
            }
            Tag::Heading { id, .. } => {
                self.flush_text();
                self.heading_id = id.map(|id| self.expanded.resolve(&id));
            }
            Tag::BlockQuote(_) => {
                self.flush_text();
                self.open.push(Open::Quote(Vec::new()));
            }
            Tag::List(first) => {
                self.flush_text();
                self.open.push(Open::List { ordered: first.is_some(), items: Vec::new() });
            }
            Tag::Item => self.open.push(Open::Item(Vec::new())),
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, .. } => {
                let address = self.expanded.resolve(&dest_url);
                self.link.push(match address.strip_prefix('#') {
                    Some(id) => Target::Internal(id.to_owned()),
                    None => Target::External(address),
                });
            }
            Tag::Image { dest_url, .. } => {
                let address = self.expanded.resolve(&dest_url);
                self.problems.push(Diagnostic::error("template-image", place()).with("found", address));
            }
            Tag::Table(alignments) => {
                self.flush_text();
                let columns = alignments.iter().map(|alignment| Column {
                    head: String::new(),
                    align: if *alignment == Alignment::Right { Align::Number } else { Align::Left },
                    weight: 1.0,
                });
                let columns = columns.collect();
                self.heads = 0;
                self.table = Some(Table { title: String::new(), columns, rows: Vec::new(), notes: Vec::new() });
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Row { cells: Vec::new(), total: false, group: false });
                }
            }
            _ => {}
        }
        self.restyle();
    }

    fn end(&mut self, tag: TagEnd, place: &dyn Fn() -> Place) {
        match tag {
            TagEnd::Paragraph => self.flush_text(),
            TagEnd::Heading(level) => {
                let content = std::mem::take(&mut self.inlines);
                self.headings += 1;
                let level = match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    _ => 3,
                };
                let id = self.heading_id.take().unwrap_or_else(|| format!("heading-{}", self.headings));
                self.block(Block::Heading { level, id, content }, place);
            }
            TagEnd::BlockQuote(_) => {
                self.flush_text();
                if let Some(Open::Quote(blocks)) = self.open.pop() {
                    for block in blocks {
                        let block = match block {
                            Block::Paragraph(content) => Block::Note(content),
                            other => other,
                        };
                        self.block(block, place);
                    }
                }
            }
            TagEnd::Item => {
                self.flush_text();
                if let Some(Open::Item(blocks)) = self.open.pop()
                    && let Some(Open::List { items, .. }) = self.open.last_mut()
                {
                    items.push(blocks);
                }
            }
            TagEnd::List(_) => {
                if let Some(Open::List { ordered, items }) = self.open.pop() {
                    self.block(Block::List { ordered, items }, place);
                }
            }
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => {
                self.link.pop();
            }
            TagEnd::TableCell => {
                let content = std::mem::take(&mut self.inlines);
                if let Some(table) = &mut self.table {
                    match table.rows.last_mut() {
                        Some(row) => row.cells.push(content),
                        None => {
                            if let Some(column) = table.columns.get_mut(self.heads) {
                                column.head = plain(&content);
                            }
                            self.heads += 1;
                        }
                    }
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.block(Block::Table(table), place);
                }
            }
            _ => {}
        }
        self.restyle();
    }

    fn restyle(&mut self) {
        self.style.emphasis = self.emphasis > 0;
        self.style.strong = self.strong > 0;
    }

    fn text(&mut self, text: &str) {
        let text = self.expanded.resolve(text);
        let link = self.link.last().cloned();
        let mut lines = text.split('\n');
        if let Some(first) = lines.next() {
            self.run(first, link.clone());
        }
        for line in lines {
            self.inlines.push(Inline::Break);
            self.run(line, link.clone());
        }
    }

    fn run(&mut self, text: &str, link: Option<Target>) {
        if text.is_empty() {
            return;
        }
        // The parser hands out a sentence in pieces; what looks alike is joined again.
        if let Some(Inline::Text { text: before, style, link: same }) = self.inlines.last_mut()
            && *style == self.style
            && *same == link
        {
            // Of two sentences that stand side by side one may be empty.
            let text = if before.ends_with(' ') { text.trim_start_matches(' ') } else { text };
            before.push_str(text);
            return;
        }
        self.inlines.push(Inline::Text { text: text.to_owned(), style: self.style, link });
    }

    /// Ends a paragraph; one that came out empty leaves nothing.
    fn flush_text(&mut self) {
        let mut content = std::mem::take(&mut self.inlines);
        while matches!(content.last(), Some(Inline::Break)) {
            content.pop();
        }
        if let Some(Inline::Text { text, .. }) = content.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
        }
        if !plain(&content).trim().is_empty() {
            let began = std::mem::take(&mut self.paragraph);
            self.block(Block::Paragraph(content), &|| began.clone());
        }
    }

    fn preformatted(&mut self, text: &str) {
        let mut content = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                content.push(Inline::Break);
            }
            content.push(Inline::text(self.expanded.resolve(line)));
        }
        if !content.is_empty() {
            self.block(Block::Paragraph(content), &Place::default);
        }
    }

    fn block(&mut self, block: Block, place: &dyn Fn() -> Place) {
        let depth = self.open.len();
        match self.open.last_mut() {
            Some(Open::Item(blocks) | Open::Quote(blocks)) if depth <= DEEPEST => blocks.push(block),
            Some(Open::Root) | None => self.pieces.push(Piece::Block(block, place())),
            Some(Open::Item(blocks) | Open::Quote(blocks)) => match block {
                Block::List { items, .. } => blocks.extend(items.into_iter().flatten()),
                other => blocks.push(other),
            },
            Some(Open::List { items, .. }) => items.push(vec![block]),
        }
    }

    fn finish_root(&mut self) {
        self.flush_text();
    }
}

/// The words of a run of text, without their looks.
pub(super) fn plain(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.as_str(),
            Inline::Break => " ",
        })
        .collect()
}
