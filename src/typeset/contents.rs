//! The contents: the headings that follow, with their pages, in two columns where there are many.

use super::blocks::{Frame, Galley, plain};
use super::document::{Block, Inline, Style, Target};
use super::inline::{Division, Line, Stand, Voice};
use super::layout::{Item, Link};
use super::strip::{Mark, Strip, bind, height, stack};
use super::structure::{Role, Tag};

/// From so many headings on they stand in two columns.
const MANY: usize = 24;
/// Room for a page number, in parts of the gutter.
const NUMBER: f32 = 2.6;

/// A heading in the contents.
struct Entry {
    strips: Vec<Strip>,
    is_chapter: bool,
}

impl Galley<'_> {
    /// Sets the contents of depth `depth`; `before` is the block before it.
    pub(super) fn contents(&mut self, depth: u8, frame: Frame, before: Option<&Block>) {
        let theme = self.by.theme;
        let unit = self.unit();
        let document = self.document;
        // Headings before the contents are in sight of it; only what follows is listed.
        let after = document.blocks.iter().skip_while(|block| !matches!(block, Block::Contents { .. }));
        let listed: Vec<(u8, &str, &[Inline])> = after
            .filter_map(|block| match block {
                Block::Heading { level, id, content } if *level <= depth.max(1) => {
                    Some((*level, id.as_str(), content.as_slice()))
                }
                _ => None,
            })
            .collect();
        let gutter = theme.gutter();
        // So many that two columns would not fit under their title flow over pages in one.
        let chapters = listed.iter().filter(|(level, ..)| *level <= 1).count();
        let high = (listed.len() * 2 + chapters) as f32 * unit / 2.0;
        let is_long = listed.len() >= MANY && high < self.text_height() * 0.6;
        let halves = frame.full.filter(|_| is_long).map(|(left, width)| {
            let half = (width - gutter * 2.0) / 2.0;
            let column = |left: f32| Frame { left: left + gutter * NUMBER, width: half - gutter * NUMBER, ..frame };
            [column(left), column(left + half + gutter * 2.0)]
        });
        let title_left = halves.map_or(frame.left, |_| frame.full.map_or(frame.left, |(left, _)| left));
        self.contents_title(title_left, frame.width, before);
        let list = self.by.structure.add(Role::Contents, self.part_of);
        let [first, second] = halves.unwrap_or([frame, frame]);
        let entries: Vec<Entry> =
            listed.iter().map(|(level, id, content)| self.contents_entry(*level, id, content, first, list)).collect();
        let Some(at) = halves.and_then(|_| middle(&entries, unit)) else {
            self.one_column(entries, unit);
            return;
        };
        let mut entries = entries;
        let right: Vec<Entry> = entries.split_off(at);
        let mut merged = Strip::default();
        for (column, x) in [(entries, 0.0), (right, second.left - first.left)] {
            pour(&mut merged, column, x, unit);
        }
        self.push_on_grid(vec![merged], 0.0, unit * 4.0);
    }

    fn one_column(&mut self, entries: Vec<Entry>, unit: f32) {
        for (at, entry) in entries.into_iter().enumerate() {
            let space = if entry.is_chapter && at > 0 { unit } else { 0.0 };
            self.push(entry.strips, space, 0.0);
        }
        self.leave(unit * 4.0);
    }

    /// "Contents", unless the template has a heading that says so.
    fn contents_title(&mut self, left: f32, width: f32, before: Option<&Block>) {
        let (theme, unit) = (self.by.theme, self.unit());
        let title = self.document.words.contents.as_str();
        let is_titled = matches!(before, Some(Block::Heading { content, .. }) if plain(content) == title);
        if title.is_empty() || is_titled {
            return;
        }
        let voice = Voice::sans(theme.scale.subsection, theme.color.ink).strong();
        let line = self.by.plain(title, voice, width);
        let mut strips = stack(vec![line], left, voice.leading, voice.baseline());
        self.by.structure.wrap(&mut strips, Role::Paragraph, self.part_of);
        bind(&mut strips);
        for strip in &mut strips {
            strip.keeps_next = true;
        }
        self.push_on_grid(strips, unit * 4.0, unit);
    }

    fn contents_entry(&self, level: u8, id: &str, content: &[Inline], frame: Frame, list: Tag) -> Entry {
        let theme = self.by.theme;
        let is_chapter = level <= 1;
        let voice = Voice::sans(theme.scale.body, theme.color.ink);
        let voice = if is_chapter { voice.strong() } else { voice };
        let lines = self.by.lines(content, voice, frame.width, Stand::Left, Division::Never);
        let item = self.by.structure.add(Role::ContentsItem, list);
        let link = self.by.structure.add(Role::Link, self.by.structure.add(Role::Reference, item));
        Entry { strips: contents_lines(lines, id, content, voice, frame, theme.gutter(), link), is_chapter }
    }
}

/// Where the second column begins: at the chapter that makes the two most equally high.
fn middle(entries: &[Entry], unit: f32) -> Option<usize> {
    let high = |entries: &[Entry]| -> f32 {
        let lines: f32 = entries.iter().map(|entry| height(&entry.strips)).sum();
        lines + unit * entries.iter().skip(1).filter(|entry| entry.is_chapter).count() as f32
    };
    let chapters = entries.iter().enumerate().skip(1).filter(|(_, entry)| entry.is_chapter);
    let halves = chapters.filter_map(|(at, _)| Some((at, entries.split_at_checked(at)?)));
    let costs = halves.map(|(at, (left, right))| (at, high(left).max(high(right))));
    costs.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}

/// Puts a column into one strip with the other: the two are never parted.
fn pour(into: &mut Strip, column: Vec<Entry>, x: f32, unit: f32) {
    let mut y = 0.0;
    for (at, entry) in column.into_iter().enumerate() {
        if entry.is_chapter && at > 0 {
            y += unit;
        }
        for strip in entry.strips {
            into.items.extend(strip.items.into_iter().map(|mut item| {
                item.shift(x, y);
                item
            }));
            into.marks.extend(strip.marks.into_iter().map(|mut mark| {
                if let Mark::PageOf { right, baseline, .. } = &mut mark {
                    *right += x;
                    *baseline += y;
                }
                mark
            }));
            y += strip.height;
        }
    }
    into.height = into.height.max(y);
}

/// Lines of one heading in the contents, its page number to come at the left of the first.
fn contents_lines(
    lines: Vec<Line>,
    id: &str,
    content: &[Inline],
    voice: Voice,
    frame: Frame,
    gutter: f32,
    link: Tag,
) -> Vec<Strip> {
    let mut strips = Vec::new();
    // One place to click, over all its lines.
    let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let count = lines.len() as f32;
    for (at, line) in lines.into_iter().enumerate() {
        let mut strip = Strip::blank(voice.leading);
        // The headings' own links would lie under ours.
        let mut items: Vec<Item> = line.items.into_iter().filter(|item| !matches!(item, Item::Link(_))).collect();
        for item in &mut items {
            item.set_tag(link);
        }
        let width = line.width;
        strip.place(Line { items, width }, frame.left, voice.baseline());
        if at == 0 {
            let reach = gutter * 2.0;
            strip.items.push(Item::Link(Link {
                x: frame.left - reach,
                y: voice.leading * 0.06,
                width: widest + reach,
                height: voice.leading * (count - 0.1),
                target: Target::Internal(id.to_owned()),
                contents: plain(content),
                tag: link,
            }));
            strip.marks.push(Mark::PageOf {
                id: id.to_owned(),
                right: frame.left - gutter,
                baseline: voice.baseline(),
                face: voice.face(Style::default()),
                size: voice.size,
                color: voice.color,
                tag: link,
            });
        }
        strips.push(strip);
    }
    bind(&mut strips);
    strips
}
