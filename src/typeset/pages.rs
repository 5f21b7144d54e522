//! Strips onto pages, with head and foot.

use super::cover::bullet;
use super::document::{Orientation, Running, Words};
use super::inline::{Compositor, Line, Voice};
use super::layout::{Bookmark, Destination, Item, Page};
use super::strip::{Mark, Strip};
use super::theme::Theme;

/// Pages after the cover being filled.
pub(super) struct Book<'a> {
    by: &'a Compositor<'a>,
    heads: &'a [Vec<Strip>],
    /// The theme of pages on their side.
    turned: Theme,
    orientation: Orientation,
    sheets: Vec<Sheet>,
    y: f32,
    /// Nothing stands on the page yet, or only repeated heads.
    is_fresh: bool,
    pub(super) outline: Vec<Bookmark>,
    pub(super) destinations: Vec<Destination>,
    waiting: Vec<Waiting>,
}

#[derive(Default)]
struct Sheet {
    items: Vec<Item>,
    orientation: Orientation,
    /// Section that is open at the top of the page, and the first that begins on it with its place.
    open: String,
    begins: Option<(String, f32)>,
    last: Option<String>,
}

/// A page number of the contents that is not known yet.
struct Waiting {
    page: usize,
    /// Where in the page's items it goes.
    at: usize,
    y: f32,
    mark: Mark,
}

impl<'a> Book<'a> {
    pub(super) fn new(by: &'a Compositor<'a>, heads: &'a [Vec<Strip>]) -> Self {
        Self {
            by,
            heads,
            turned: by.theme.turned(),
            orientation: Orientation::default(),
            sheets: Vec::new(),
            y: by.theme.top(),
            is_fresh: true,
            outline: Vec::new(),
            destinations: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Places all strips; the cover is page 0, so the first of these is page 1.
    pub(super) fn fill(&mut self, strips: Vec<Strip>) {
        let mut strips = strips.into_iter().peekable();
        let mut group: Vec<Strip> = Vec::new();
        while let Some(strip) = strips.next() {
            if let Some(orientation) = strip.starts_page {
                self.orientation = orientation;
                if !self.is_fresh {
                    self.turn(None);
                } else if let Some(sheet) = self.sheets.last_mut() {
                    sheet.orientation = orientation;
                }
                continue;
            }
            let keeps = strip.keeps_next && strips.peek().is_some_and(|next| next.starts_page.is_none());
            group.push(strip);
            if !keeps {
                self.group(std::mem::take(&mut group));
            }
        }
    }

    /// Strips that stay together where one page can hold them.
    fn group(&mut self, group: Vec<Strip>) {
        let (Some(space), head) =
            (group.first().map(|strip| strip.space_before), group.first().and_then(|strip| strip.head))
        else {
            return;
        };
        let bottom = self.theme().bottom() + 0.01;
        let tall = super::strip::height(&group);
        let needs = group.iter().map(|strip| strip.needs).fold(tall, f32::max);
        let space = if self.is_fresh { 0.0 } else { space };
        if !self.is_fresh && self.y + space + needs > bottom {
            self.turn(head);
        }
        if self.y + space + tall <= bottom || group.iter().all(|strip| strip.head.is_none() && !strip.binds_next) {
            return self.pour(group, bottom);
        }
        // No page holds them all: they are parted between what is bound, such as rows.
        let mut bound: Vec<Strip> = Vec::new();
        for strip in group {
            let binds = strip.binds_next;
            bound.push(strip);
            if !binds {
                self.pour(std::mem::take(&mut bound), bottom);
            }
        }
        self.pour(bound, bottom);
    }

    /// Strips that stay together where the rest of this page or the next can hold them, and that
    /// are parted anywhere where not.
    fn pour(&mut self, strips: Vec<Strip>, bottom: f32) {
        let Some((space, head)) = strips.first().map(|first| (first.space_before, first.head)) else { return };
        let tall = super::strip::height(&strips);
        if !self.is_fresh && strips.len() > 1 && self.y + space + tall > bottom && self.by.theme.top() + tall <= bottom
        {
            self.turn(head);
        }
        for strip in strips {
            let space = if self.is_fresh { 0.0 } else { strip.space_before };
            if !self.is_fresh && self.y + space + strip.height > bottom {
                self.turn(strip.head);
            }
            self.place(strip);
        }
    }

    /// A new page, with the head of the table that goes on.
    fn turn(&mut self, head: Option<usize>) {
        let open = self.sheet().last.clone().unwrap_or_else(|| self.sheet().open.clone());
        self.sheets.push(Sheet { open, orientation: self.orientation, ..Sheet::default() });
        self.y = self.by.theme.top();
        let heads = self.heads;
        for strip in head.and_then(|index| heads.get(index)).into_iter().flatten() {
            self.place(strip.clone());
        }
        self.is_fresh = true;
    }

    /// The theme as the open page stands.
    fn theme(&self) -> &Theme {
        match self.orientation {
            Orientation::Portrait => self.by.theme,
            Orientation::Landscape => &self.turned,
        }
    }

    fn sheet(&mut self) -> &mut Sheet {
        if self.sheets.is_empty() {
            self.sheets.push(Sheet { orientation: self.orientation, ..Sheet::default() });
        }
        let last = self.sheets.len() - 1;
        // The list was just made sure to hold one.
        #[expect(clippy::indexing_slicing, reason = "last is in range")]
        &mut self.sheets[last]
    }

    fn place(&mut self, strip: Strip) {
        if !self.is_fresh {
            self.y += strip.space_before;
        }
        self.is_fresh = false;
        let y = self.y;
        let page = self.sheets.len().max(1);
        let sheet = self.sheet();
        for mut item in strip.items {
            item.shift(0.0, y);
            sheet.items.push(item);
        }
        for mark in strip.marks {
            match mark {
                Mark::Heading { id, title, level } => {
                    if level <= 1 {
                        let sheet = self.sheet();
                        if sheet.begins.is_none() {
                            sheet.begins = Some((title.clone(), y));
                        }
                        sheet.last = Some(title.clone());
                    }
                    self.outline.push(Bookmark { title, level: level.max(1), page, y });
                    if !id.is_empty() {
                        self.destinations.push(Destination { id, page, y });
                    }
                }
                mark @ Mark::PageOf { .. } => {
                    let at = self.sheet().items.len();
                    self.waiting.push(Waiting { page, at, y, mark });
                }
            }
        }
        self.y += strip.height;
    }

    /// The finished pages: contents numbered, heads and feet set. `before` pages stand before them.
    pub(super) fn finish(mut self, running: &Running, words: &Words) -> (Vec<Page>, Vec<Bookmark>, Vec<Destination>) {
        let (by, turned) = (self.by, &self.turned);
        // From the end, so that earlier places stay where they are.
        for waiting in std::mem::take(&mut self.waiting).into_iter().rev() {
            let Mark::PageOf { id, right, baseline, face, size, color, tag } = waiting.mark else { continue };
            let Some(found) = self.destinations.iter().find(|d| d.id == id) else { continue };
            let number = (found.page + 1).to_string();
            let width = by.shaper.width(&number, face, size);
            let (mut run, _) = by.shaper.line(&number, face, size, color, right - width, waiting.y + baseline);
            run.tag = tag;
            if let Some(sheet) = self.sheets.get_mut(waiting.page - 1) {
                sheet.items.insert(waiting.at.min(sheet.items.len()), Item::Glyphs(run));
            }
        }
        let pages_in_all = self.sheets.len() + 1;
        let pages = self
            .sheets
            .into_iter()
            .enumerate()
            .map(|(at, sheet)| {
                let number = at + 2;
                let theme = match sheet.orientation {
                    Orientation::Portrait => by.theme,
                    Orientation::Landscape => turned,
                };
                let mut items = head_and_foot((by, theme), running, words, &sheet, number, pages_in_all);
                items.extend(sheet.items);
                Page { width: theme.width(), height: theme.height(), items, label: number.to_string() }
            })
            .collect();
        (pages, self.outline, self.destinations)
    }
}

/// What stands at the head and the foot of a page.
fn head_and_foot(
    (by, theme): (&Compositor<'_>, &Theme),
    running: &Running,
    words: &Words,
    sheet: &Sheet,
    number: usize,
    pages: usize,
) -> Vec<Item> {
    let grey = Voice::sans(theme.scale.running, theme.color.grey);
    let (left, right, full, gutter) = (theme.left(), theme.right(), theme.full_width(), theme.gutter());
    let mut items = Vec::new();

    // Head: programme, and the section that the page shows first.
    let section = match &sheet.begins {
        Some((title, y)) if *y <= theme.top() + 1.0 => title.as_str(),
        _ if sheet.open.is_empty() => sheet.begins.as_ref().map_or("", |(title, _)| title.as_str()),
        _ => sheet.open.as_str(),
    };
    let programme = by.plain(&running.head, grey, full * 0.62);
    let section = by.plain(section, grey, full - programme.width - gutter);
    let y = theme.head();
    put(&mut items, section.clone(), right - section.width, y);
    put(&mut items, programme, left, y);

    // Foot: period and version, funding, page; beneath it the mark.
    let y = theme.foot();
    let page = words.page_of.replace("{page}", &number.to_string()).replace("{pages}", &pages.to_string());
    let page = by.plain(&page, grey, full * 0.4);
    let foot = by.plain(&running.foot, grey, full - page.width - gutter);
    let from = (left + foot.width + gutter).max(theme.text_left());
    let room = right - page.width - gutter - from;
    let funding = by.plain(&running.funding, grey, full);
    let mut second = y + grey.leading;
    let page_x = right - page.width;
    put(&mut items, foot, left, y);
    if funding.width <= room {
        put(&mut items, funding, from, y);
    } else {
        put(&mut items, funding, left, second);
        second += grey.leading;
    }
    put(&mut items, page, page_x, y);
    if !running.mark.is_empty() {
        let voice = Voice { color: theme.color.ink, ..grey }.strong();
        let indent = voice.size * 1.1;
        items.push(Item::Shape(bullet(left, second, voice.size, theme.color.second)));
        put(&mut items, by.plain(&running.mark, voice, full - indent), left + indent, second);
    }
    items
}

fn put(items: &mut Vec<Item>, line: Line, x: f32, y: f32) {
    for mut item in line.items {
        item.shift(x, y);
        items.push(item);
    }
}
