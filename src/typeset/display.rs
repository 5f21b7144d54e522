//! What stands out of the text: key figures and figures.

use super::blocks::{Frame, Galley, sans};
use std::sync::Arc;

use super::document::{Figure, Inline, Photo, Tile};
use super::figure;
use super::inline::{Division, Line, Stand, Voice};
use super::layout::{Image, Item};
use super::strip::{Strip, bind, stack};
use super::structure::{Role, Tag};

impl Galley<'_> {
    /// Key figures: as many in a row as the text column has columns of the grid.
    pub(super) fn tiles(&mut self, tiles: &[Tile], frame: Frame) {
        let theme = self.by.theme;
        let (unit, gutter) = (self.unit(), theme.gutter());
        let in_row = usize::from(theme.page.columns.saturating_sub(1)).clamp(1, 4);
        #[expect(clippy::cast_precision_loss, reason = "a row has four at most")]
        let width = (frame.width - gutter * (in_row - 1) as f32) / in_row as f32;
        let mut is_first = true;
        let list = self.by.structure.add(Role::List { ordered: false }, self.part_of);
        for row in tiles.chunks(in_row) {
            let mut strip = Strip::blank(0.0);
            let mut deepest = 0.0_f32;
            let mut x = frame.left;
            for tile in row {
                deepest = deepest.max(self.tile(tile, &mut strip, x, width, list));
                x += width + gutter;
            }
            strip.height = deepest;
            self.push_on_grid(vec![strip], if is_first { unit * 2.0 } else { unit }, unit * 2.0);
            is_first = false;
        }
    }

    /// One key figure at `x`; gives back how far down it reaches.
    fn tile(&self, tile: &Tile, strip: &mut Strip, x: f32, width: f32, list: Tag) -> f32 {
        let theme = self.by.theme;
        let structure = &self.by.structure;
        let body = structure.add(Role::ListBody, structure.add(Role::ListItem, list));
        let part = |strip: &mut Strip| structure.claim(&mut strip.items, structure.add(Role::Paragraph, body));
        let (scale, colors, unit) = (&theme.scale, &theme.color, self.unit());
        strip.rule(x, width, 0.3, colors.hairline, 0.6);
        let numeral = scale.numeral.leading;
        let baseline = unit + numeral * 0.75;
        let quiet = Voice::sans(scale.numeral_quiet, colors.grey);
        let loud = Voice::sans(scale.numeral, colors.ink);
        let is_loud = !tile.quiet && self.by.shaper.width(&tile.value, sans(false), loud.size) <= width;
        let mut y = if is_loud {
            strip.place(self.by.plain(&tile.value, loud, width), x, baseline);
            unit + numeral
        } else {
            // Words stand on the numerals' line, and go down from there.
            let voice = if tile.quiet { quiet } else { Voice { color: colors.ink, ..quiet } };
            let lines =
                self.by.lines(&[Inline::text(tile.value.as_str())], voice, width, Stand::Left, Division::Sparing);
            let extra = lines.len().saturating_sub(1);
            let mut at = baseline;
            for line in lines {
                strip.place(line, x, at);
                at += voice.leading;
            }
            #[expect(clippy::cast_precision_loss, reason = "a tile has few lines")]
            let extra = extra as f32 * voice.leading;
            unit + numeral + extra
        };
        part(strip);
        let label = Voice::sans(scale.label, colors.ink).strong();
        let note = Voice::sans(scale.note, colors.grey);
        let mut below = |text: &str, voice: Voice| {
            for line in self.by.lines(&[Inline::text(text)], voice, width, Stand::Left, Division::Sparing) {
                strip.place(line, x, y + voice.baseline());
                y += voice.leading;
            }
            part(strip);
        };
        below(&tile.label, label);
        for text in &tile.notes {
            below(text, note);
        }
        y
    }

    /// A figure: finding, measure, drawing and source, on one page.
    pub(super) fn figure(&mut self, figure: &Figure, frame: Frame) {
        let theme = self.by.theme;
        let (scale, colors, unit) = (&theme.scale, &theme.color, self.unit());
        let title = Voice::sans(scale.title, colors.ink).strong();
        let measure = Voice::sans(scale.label, colors.grey);
        let source = Voice::sans(scale.note, colors.grey);
        let set = |text: &str, voice: Voice| -> Vec<Strip> {
            let lines: Vec<Line> =
                self.by.lines(&[Inline::text(text)], voice, frame.width, Stand::Left, Division::Sparing);
            let mut strips = stack(lines, frame.left, voice.leading, voice.baseline());
            self.by.structure.wrap(&mut strips, Role::Paragraph, self.part_of);
            strips
        };
        let lines = self.by.balanced(&[Inline::text(figure.title.as_str())], title, frame.width);
        let mut strips = stack(lines, frame.left, title.leading, title.baseline());
        self.by.structure.wrap(&mut strips, Role::Paragraph, self.part_of);
        strips.extend(set(&figure.subtitle, measure));
        let label = frame.full.map_or(0.0, |(left, _)| (frame.left - left).max(0.0));
        let room = figure::Room { label, width: frame.width };
        let drawn = figure::draw(&figure.drawing, room, self.by.shaper, theme);
        let mut drawing = Strip { space_before: unit, height: drawn.height, items: drawn.items, ..Strip::default() };
        let node = self.by.structure.with_alt(Role::Figure, self.part_of, figure.alt.clone());
        for item in &mut drawing.items {
            item.shift(frame.left, 0.0);
            item.set_tag(node);
        }
        strips.push(drawing);
        let mut foot = set(&figure.source, source);
        if let Some(first) = foot.first_mut() {
            first.space_before = unit / 2.0;
        }
        strips.append(&mut foot);
        bind(&mut strips);
        self.push_on_grid(strips, unit * 3.0, unit * 3.0);
    }

    /// A photograph, as wide as the text at most, with its caption under it on the same page.
    pub(super) fn photo(&mut self, photo: &Photo, frame: Frame) {
        let theme = self.by.theme;
        let unit = self.unit();
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture are far below 2^24")]
        let (wide, high) = (photo.picture.width.max(1) as f32, photo.picture.height.max(1) as f32);
        // No coarser than 100 pixels to the inch, no higher than a third of the page.
        let width = frame.width.min(wide * 0.72).min(theme.text_height() / 3.0 * wide / high);
        let height = width * high / wide;
        let tag = self.by.structure.with_alt(Role::Figure, self.part_of, photo.alt.clone());
        let picture = Arc::clone(&photo.picture);
        let image = Item::Image(Image { x: frame.left, y: 0.0, width, height, picture, tag });
        let mut strips = vec![Strip { height, items: vec![image], ..Strip::default() }];
        let voice = Voice::sans(theme.scale.note, theme.color.grey);
        let content = [Inline::text(photo.caption.as_str())];
        let lines = self.by.lines(&content, voice, frame.width, Stand::Left, Division::Sparing);
        let mut caption = stack(lines, frame.left, voice.leading, voice.baseline());
        self.by.structure.wrap(&mut caption, Role::Paragraph, self.part_of);
        if let Some(first) = caption.first_mut() {
            first.space_before = unit / 4.0;
        }
        strips.append(&mut caption);
        bind(&mut strips);
        self.push_on_grid(strips, unit, unit);
    }
}
