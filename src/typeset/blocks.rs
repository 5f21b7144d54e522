//! Blocks into strips: headings, paragraphs, lists, entries, notes and contents.

use super::document::{Block, Document, Inline, Orientation};
use super::inline::{Compositor, Division, Line, Stand, Voice};
use super::layout::Face;
use super::strip::{Mark, Strip, bind, guard, height, stack};
use super::structure::{Role, Tag};

/// A place for blocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Left edge in points.
    pub(super) left: f32,
    /// Width in points.
    pub(super) width: f32,
    /// Left edge and width of the whole grid, where a block may use it.
    pub(super) full: Option<(f32, f32)>,
    /// Inside a list: ragged, closer.
    pub(super) is_list: bool,
}

/// Blocks being set, from top to bottom.
pub(super) struct Galley<'a> {
    pub(super) by: &'a Compositor<'a>,
    pub(super) document: &'a Document,
    pub(super) strips: Vec<Strip>,
    /// Heads that tables repeat, each a stack of strips.
    pub(super) heads: Vec<Vec<Strip>>,
    /// White that the last block wants after it.
    after: f32,
    /// The node that blocks become part of.
    pub(super) part_of: Tag,
    /// How the pages stand that are being filled.
    orientation: Orientation,
    /// A label waits for its place in reading order: after the heading of what it stands beside.
    label: Label,
}

/// A label's place in the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    None,
    Waits,
    Placed(Tag),
}

/// Least height in which a chapter begins, and a section, in lines of running text.
const CHAPTER_NEEDS: f32 = 12.0;
const SECTION_NEEDS: f32 = 6.0;

impl<'a> Galley<'a> {
    pub(super) fn new(by: &'a Compositor<'a>, document: &'a Document) -> Self {
        let part_of = Tag::DOCUMENT;
        let (strips, heads, orientation) = (Vec::new(), Vec::new(), Orientation::default());
        Self { by, document, strips, heads, after: 0.0, part_of, orientation, label: Label::None }
    }

    /// The whole of a page's grid. On a page on its side, text keeps its measure, and tables and
    /// figures may be wider.
    pub(super) fn page(&self) -> Frame {
        let theme = self.by.theme;
        let right = match self.orientation {
            Orientation::Portrait => theme.right(),
            Orientation::Landscape => theme.turned().right(),
        };
        let full = Some((theme.left(), right - theme.left()));
        Frame { left: theme.text_left(), width: right - theme.text_left(), full, is_list: false }
    }

    /// Height of the text on the pages being filled.
    pub(super) fn text_height(&self) -> f32 {
        match self.orientation {
            Orientation::Portrait => self.by.theme.text_height(),
            Orientation::Landscape => self.by.theme.turned().text_height(),
        }
    }

    /// Starts a page that stands as the one before.
    fn break_page(&mut self) {
        self.strips.push(Strip { starts_page: Some(self.orientation), ..Strip::default() });
        self.after = 0.0;
    }

    /// Half a line of running text: all heights are multiples of it, so that lines of facing pages
    /// stand level.
    pub(super) fn unit(&self) -> f32 {
        self.by.theme.scale.body.leading / 2.0
    }

    /// Sets blocks one below the other.
    pub(super) fn blocks(&mut self, blocks: &[Block], mut frame: Frame) {
        for (at, block) in blocks.iter().enumerate() {
            if let Block::Turn(orientation) = block {
                self.orientation = *orientation;
                self.break_page();
                frame = self.page();
                continue;
            }
            let label_first = self.label == Label::Waits && !matches!(block, Block::Heading { .. });
            if label_first {
                self.place_label();
            }
            self.block(block, frame, blocks.get(..at).unwrap_or_default());
            if self.label == Label::Waits {
                self.place_label();
            }
        }
    }

    fn place_label(&mut self) {
        self.label = Label::Placed(self.by.structure.add(Role::Paragraph, self.part_of));
    }

    fn block(&mut self, block: &Block, frame: Frame, before: &[Block]) {
        let unit = self.unit();
        if leads_over(before, block)
            && let Some(last) = self.strips.last_mut()
        {
            last.keeps_next = true;
        }
        match block {
            Block::Heading { level, id, content } => self.heading(*level, id, content, frame),
            Block::Paragraph(content) => self.running(content, frame, before.last()),
            Block::List { ordered, items } => self.list(*ordered, items, frame),
            Block::Table(table) => self.table(table, frame),
            Block::Tiles(tiles) => self.tiles(tiles, frame),
            Block::Figure(figure) => self.figure(figure, frame),
            Block::Picture(photo) => self.photo(photo, frame),
            Block::Entry { label, body } => self.entry(label, body, frame),
            Block::Note(content) => {
                let theme = self.by.theme;
                let voice = Voice::sans(theme.scale.note, theme.color.grey);
                let width = frame.width.min(theme.text_width());
                let lines = self.by.lines(content, voice, width, Stand::Left, Division::Sparing);
                let mut strips = stack(lines, frame.left, voice.leading, voice.baseline());
                self.by.structure.wrap(&mut strips, Role::Paragraph, self.part_of);
                guard(&mut strips);
                if matches!(before.last(), Some(Block::Table(_) | Block::Figure(_))) {
                    // A remark on the table or figure over it stands close to that.
                    self.after = self.after.min(unit);
                    if let Some(last) = self.strips.last_mut() {
                        last.keeps_next = true;
                    }
                }
                self.push_on_grid(strips, unit, unit * 2.0);
            }
            Block::Contents { depth } => self.contents(*depth, frame, before.last()),
            Block::PageBreak | Block::Turn(_) => self.break_page(),
        }
    }

    /// Adds the strips of a block with the wider of the two spaces between it and the last.
    pub(super) fn push(&mut self, mut strips: Vec<Strip>, before: f32, after: f32) {
        if let Some(first) = strips.first_mut() {
            first.space_before = if self.strips.is_empty() { 0.0 } else { before.max(self.after) };
            self.after = after;
            self.strips.append(&mut strips);
        }
    }

    /// White that must stand before the next block.
    pub(super) fn leave(&mut self, white: f32) {
        self.after = white;
    }

    /// The same as `push` for a block whose lines have another rhythm: its height is filled up to the grid.
    pub(super) fn push_on_grid(&mut self, mut strips: Vec<Strip>, before: f32, after: f32) {
        let unit = self.unit();
        let short = (height(&strips) / unit - 0.01).ceil() * unit - height(&strips);
        if let Some(last) = strips.last_mut() {
            last.height += short.max(0.0);
        }
        self.push(strips, before, after);
    }

    fn heading(&mut self, level: u8, id: &str, content: &[Inline], frame: Frame) {
        let theme = self.by.theme;
        let (unit, ink) = (self.unit(), theme.color.ink);
        // A chapter and a section stand at the left edge of the grid, an activity's title over its text.
        let (scale, (left, width)) = match (level, frame.full) {
            (0 | 1, full) => (theme.scale.section, full.unwrap_or((frame.left, frame.width))),
            (2, Some(full)) => (theme.scale.subsection, full),
            _ => (theme.scale.title, (frame.left, frame.width)),
        };
        let voice = Voice::sans(scale, ink).strong();
        let lines = self.by.balanced(content, voice, width);
        let mut strips = stack(lines, left, voice.leading, voice.baseline());
        if level <= 1 && frame.full.is_some() {
            self.part_of = self.by.structure.add(Role::Section, Tag::DOCUMENT);
        }
        self.by.structure.wrap(&mut strips, Role::Heading(level.max(1)), self.part_of);
        if strips.is_empty() {
            strips.push(Strip::blank(0.0));
        }
        let (before, after, needs) = match level {
            0 | 1 => {
                let mut rule = Strip::blank(unit * 1.5);
                rule.rule(left, 28.0, 1.0, theme.color.accent, 2.0);
                strips.insert(0, rule);
                (unit * 4.0, unit * 2.0, CHAPTER_NEEDS)
            }
            2 if frame.full.is_some() => (unit * 3.0, unit, SECTION_NEEDS),
            _ => (unit * 2.0, 0.0, 0.0),
        };
        if let Some(first) = strips.first_mut() {
            first.marks.push(Mark::Heading { id: id.to_owned(), title: plain(content), level });
            first.needs = needs * unit * 2.0;
        }
        for strip in &mut strips {
            strip.keeps_next = true;
        }
        self.push_on_grid(strips, before, after);
    }

    /// A paragraph, close under the title of an activity. One that is quiet throughout is an
    /// aside, who and how many: it stays with what follows a title.
    fn running(&mut self, content: &[Inline], frame: Frame, over: Option<&Block>) {
        let unit = self.unit();
        let is_aside = content.iter().all(|inline| matches!(inline, Inline::Text { style, .. } if style.quiet))
            && !content.is_empty();
        let is_titled = matches!(over, Some(Block::Heading { level: 3.., .. }));
        let mut strips = self.paragraph(content, frame, is_aside);
        if is_aside && is_titled {
            for strip in &mut strips {
                strip.keeps_next = true;
            }
        }
        // A line that is semibold throughout heads what follows it, such as a list of outputs.
        let is_lead = content.iter().all(|inline| matches!(inline, Inline::Text { style, .. } if style.strong));
        if is_lead && let Some(last) = strips.last_mut() {
            last.keeps_next = true;
        }
        let before = if is_titled { 0.0 } else { unit };
        self.push(strips, before, if is_aside && is_titled { unit / 2.0 } else { unit });
    }

    fn paragraph(&self, content: &[Inline], frame: Frame, is_aside: bool) -> Vec<Strip> {
        let theme = self.by.theme;
        let voice = Voice::serif(theme.scale.body, theme.color.ink);
        let is_justified = theme.justify.0 && !frame.is_list && !is_aside;
        let (stand, division) =
            if is_justified { (Stand::Justified, Division::Freely) } else { (Stand::Left, Division::Sparing) };
        let lines = self.by.lines(content, voice, frame.width.min(theme.text_width()), stand, division);
        let mut strips = stack(lines, frame.left, voice.leading, voice.baseline());
        self.by.structure.wrap(&mut strips, Role::Paragraph, self.part_of);
        guard(&mut strips);
        strips
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Block>], frame: Frame) {
        let theme = self.by.theme;
        let (unit, body) = (self.unit(), theme.scale.body);
        let voice = Voice::serif(body, theme.color.ink);
        let count = items.len();
        let signs: Vec<Line> = (1..=count)
            .map(|number| if ordered { format!("{number}.\u{a0}") } else { "–\u{a0}".to_owned() })
            .map(|sign| self.by.plain(&sign, voice, frame.width))
            .collect();
        let widest = signs.iter().map(|sign| sign.width).fold(body.size, f32::max);
        let indent = (widest + body.size * 0.15).min(frame.width / 2.0);
        let inner = Frame { left: frame.left + indent, width: frame.width - indent, full: None, is_list: true };
        let before = if frame.is_list { 0.0 } else { unit };
        let mut all: Vec<Strip> = Vec::new();
        let mut is_long = false;
        let mut starts = Vec::new();
        let outer = self.part_of;
        let list = self.by.structure.add(Role::List { ordered }, outer);
        for (item, mut sign) in items.iter().zip(signs) {
            let part = self.by.structure.add(Role::ListItem, list);
            let label = self.by.structure.add(Role::ListLabel, part);
            self.by.structure.claim(&mut sign.items, label);
            self.part_of = self.by.structure.add(Role::ListBody, part);
            let mut strips = self.apart(item, inner);
            if strips.is_empty() {
                strips.push(Strip::blank(body.leading));
            }
            if let Some(first) = strips.first_mut() {
                let shift = if ordered { indent - body.size * 0.15 - sign.width } else { 0.0 };
                let mut text = std::mem::take(&mut first.items);
                first.place(sign, frame.left + shift, voice.baseline());
                first.items.append(&mut text);
            }
            is_long |= strips.len() > 1;
            starts.push(all.len());
            all.append(&mut strips);
        }
        self.part_of = outer;
        // Neither the first item nor the last stands alone on a page.
        if let (Some(second), Some(last)) = (starts.get(1), starts.last()) {
            for before in [second - 1, last - 1] {
                if let Some(strip) = all.get_mut(before) {
                    strip.keeps_next = true;
                }
            }
        }
        // Items of several lines are told apart by a little white.
        for start in starts.into_iter().filter(|start| is_long && !frame.is_list && *start > 0) {
            if let Some(strip) = all.get_mut(start) {
                strip.space_before = unit / 2.0;
            }
        }
        if frame.is_list {
            self.push(all, before, before);
        } else {
            self.push_on_grid(all, before, before);
        }
    }

    /// Blocks set by themselves, to be combined with something else.
    fn apart(&mut self, blocks: &[Block], frame: Frame) -> Vec<Strip> {
        let outer = std::mem::take(&mut self.strips);
        let after = std::mem::replace(&mut self.after, 0.0);
        self.blocks(blocks, frame);
        self.after = after;
        std::mem::replace(&mut self.strips, outer)
    }

    fn entry(&mut self, label: &[Vec<Inline>], body: &[Block], frame: Frame) {
        let theme = self.by.theme;
        let unit = self.unit();
        self.label = if label.is_empty() { Label::None } else { Label::Waits };
        let mut strips = self.apart(body, Frame { full: None, ..frame });
        if self.label == Label::Waits {
            self.place_label();
        }
        let place = std::mem::replace(&mut self.label, Label::None);
        // Without a column for it, the label stands over the body.
        let column = frame.full.map(|(left, _)| (left, frame.left - theme.gutter() - left));
        let (left, width) = column.filter(|(_, width)| *width > 20.0).unwrap_or((frame.left, frame.width));
        let is_beside = left < frame.left;
        let voice = Voice::sans(theme.scale.label, theme.color.ink);
        let lines: Vec<Line> = label.iter().flat_map(|line| self.by.balanced(line, voice, width)).collect();
        let mut labels = stack(lines, left, voice.leading, voice.baseline());
        if let Label::Placed(tag) = place {
            self.by.structure.claim_strips(&mut labels, tag);
        }
        if is_beside {
            // The first line of the label stands on the first baseline of the body.
            let drop = theme.scale.body.leading * 0.75 - voice.baseline();
            strips = beside(labels, strips, drop);
        } else {
            bind(&mut labels);
            if let Some(last) = labels.last_mut() {
                last.keeps_next = true;
            }
            labels.append(&mut strips);
            strips = labels;
        }
        // What has no title of its own is a line of facts, and stands closer.
        let is_titled = body.iter().any(|block| matches!(block, Block::Heading { .. } | Block::Figure(_)));
        let space = if is_titled { unit * 3.0 } else { unit };
        self.push_on_grid(strips, space, space);
    }
}

/// Whether what stands before a block only leads over to it, and does not stay behind at the foot
/// of a page: a heading and a sentence or two before a table or a deeper heading, a remark
/// before an activity.
fn leads_over(before: &[Block], block: &Block) -> bool {
    match (before, block) {
        ([.., Block::Heading { level, .. }, Block::Paragraph(content)], block) => {
            let leads = match block {
                Block::Heading { level: next, .. } => next > level,
                Block::Table(_) | Block::Entry { .. } | Block::Tiles(_) => true,
                _ => false,
            };
            leads && plain(content).chars().count() < 240
        }
        ([.., Block::Note(_)], Block::Entry { .. }) => true,
        _ => false,
    }
}

/// Puts the lines of a label beside the strips of a body, `drop` points lower.
///
/// The body may go on over pages, so each line of the label belongs to the strip it begins
/// beside. The lines keep together with the body's first strips as long as that is less than
/// half a page; a label longer than its body goes on under it.
fn beside(labels: Vec<Strip>, mut strips: Vec<Strip>, drop: f32) -> Vec<Strip> {
    const TOGETHER: f32 = 300.0;
    let wanted = height(&labels) + if labels.is_empty() { 0.0 } else { drop };
    let mut labels = labels.into_iter().peekable();
    let mut label_top = drop;
    let mut top = 0.0;
    for (at, strip) in strips.iter_mut().enumerate() {
        if at > 0 {
            top += strip.space_before;
        }
        let bottom = top + strip.height;
        let mut placed = Vec::new();
        while let Some(label) = labels.next_if(|_| label_top < bottom - 0.01) {
            // A line that begins in the white between two strips stands as high as that white allows.
            for mut item in label.items {
                item.shift(0.0, label_top - top);
                placed.push(item);
            }
            label_top += label.height;
        }
        placed.append(&mut strip.items);
        strip.items = placed;
        if wanted <= TOGETHER && (labels.peek().is_some() || label_top - 0.01 > bottom) {
            strip.keeps_next = true;
        }
        top = bottom;
    }
    if let Some(last) = strips.last_mut().filter(|_| labels.peek().is_none()) {
        // The label's last line may reach below the body.
        last.height += (label_top - top).max(0.0);
        last.keeps_next = false;
    }
    let mut lead = (label_top - top).max(0.0);
    if strips.is_empty() {
        lead = drop;
    }
    for mut label in labels {
        label.height += lead;
        for item in &mut label.items {
            item.shift(0.0, lead);
        }
        lead = 0.0;
        label.keeps_next = wanted <= TOGETHER;
        strips.push(label);
    }
    if let Some(last) = strips.last_mut() {
        last.keeps_next = false;
    }
    strips
}

/// The text of inline content without its styles.
pub(super) fn plain(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.replace('\u{ad}', ""),
            Inline::Break => " ".to_owned(),
        })
        .collect()
}

/// The sans face for plain or strong text.
pub(super) const fn sans(is_strong: bool) -> Face {
    if is_strong { Face::SansSemiBold } else { Face::SansRegular }
}
