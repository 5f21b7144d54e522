//! Tables: hairlines, no vertical rules, the head repeated on every page.

use super::blocks::{Frame, Galley};
use super::columns::{Wish, widths};
use super::document::{Align, Column, Inline, Row, Style, Table};
use super::inline::{Division, Line, Stand, Voice};
use super::strip::{Strip, bind, guard, height, stack};
use super::structure::{Role, Tag};
use crate::recipient::Language;

/// White between two columns, in points: less where there are many.
const fn gap(columns: usize) -> f32 {
    match columns {
        0..=5 => 12.0,
        6 => 10.0,
        _ => 8.0,
    }
}

/// White above and below the lines of a row, in points.
const PAD: f32 = 2.75;
/// A row higher than this part of the page may be cut between its lines.
const TALL: f32 = 0.5;

/// A table being set.
struct Setting<'t> {
    table: &'t Table,
    left: f32,
    /// Left edge of each column and its width.
    columns: Vec<(f32, f32)>,
    width: f32,
    /// Width that title and notes may take.
    room: f32,
    /// Width after the decimal sign, by column.
    decimals: Vec<f32>,
    voice: Voice,
}

impl Galley<'_> {
    /// Sets a table: over the text column if its content fits there, else over the whole grid.
    pub(super) fn table(&mut self, table: &Table, frame: Frame) {
        let theme = self.by.theme;
        let (unit, colors) = (self.unit(), &theme.color);
        let setting = self.setting(table, frame);
        let structure = &self.by.structure;
        let node = structure.add(Role::Table, self.part_of);

        let mut strips = Vec::new();
        if !table.title.is_empty() {
            strips.extend(self.caption(&table.title, "", &setting));
            structure.wrap(&mut strips, Role::Caption, node);
        }
        let mut repeated = self.caption(&table.title, &self.document.words.continued, &setting);
        repeated.extend(self.head(&setting, None));
        for strip in &mut repeated {
            strip.keeps_next = true;
        }
        strips.extend(self.head(&setting, Some(node)));
        let body = structure.add(Role::TableBody, node);
        bind(&mut strips);
        let index = self.heads.len();
        self.heads.push(repeated);

        let count = table.rows.len();
        let tall = self.text_height() * TALL;
        for (at, row) in table.rows.iter().enumerate() {
            let next = table.rows.get(at + 1);
            let mut lines = self.row(&setting, row, at == 0, next, body);
            if at == 0
                && let Some(last) = strips.last_mut()
            {
                last.keeps_next = true;
                last.binds_next = height(&lines) < tall;
            }
            if height(&lines) < tall {
                bind(&mut lines);
            } else {
                guard(&mut lines);
            }
            // The first two rows stay with the head, the last two together, a group with its first row.
            let keeps =
                next.is_some() && (at == 0 || at + 2 == count || row.group || next.is_some_and(|row| row.total));
            if let Some(last) = lines.last_mut() {
                last.keeps_next = keeps;
            }
            for strip in &mut lines {
                strip.head = Some(index);
            }
            strips.append(&mut lines);
        }
        if table.rows.is_empty()
            && let Some(last) = strips.last_mut()
        {
            last.keeps_next = false;
        }
        let note = Voice::sans(theme.scale.note, colors.grey);
        let mut is_first = true;
        for content in &table.notes {
            let lines = self.by.lines(content, note, setting.room, Stand::Left, Division::Sparing);
            let mut notes = stack(lines, setting.left, note.leading, note.baseline());
            self.by.structure.wrap(&mut notes, Role::Paragraph, self.part_of);
            bind(&mut notes);
            if let (true, Some(last), Some(first)) = (is_first, strips.last_mut(), notes.first_mut()) {
                last.keeps_next = true;
                first.space_before = PAD * 2.0;
                is_first = false;
            }
            strips.append(&mut notes);
        }
        self.push_on_grid(strips, unit * 2.0, unit * 3.0);
    }

    fn setting<'t>(&self, table: &'t Table, frame: Frame) -> Setting<'t> {
        let theme = self.by.theme;
        let voice = Voice::sans(theme.scale.label, theme.color.ink);
        // What each cell takes on one line, by row.
        let mut naturals = vec![vec![0.0; table.columns.len()]; table.rows.len()];
        let wishes: Vec<(Wish, f32)> = table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| self.wish(table, at, column, voice, &mut naturals))
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
        let (gap, between) = (gap(table.columns.len()), table.columns.len().saturating_sub(1) as f32);
        let gaps = gap * between;
        let natural: f32 = wishes.iter().map(|(wish, _)| wish.most).sum::<f32>() + gaps;
        let (left, width) = match frame.full {
            Some(full) if natural > frame.width => full,
            _ => (frame.left, frame.width),
        };
        // Where white alone would fill the page, columns stand closer.
        let gap = if gaps > width * 0.4 { width * 0.4 / between } else { gap };
        let gaps = gap * between;
        let plain: Vec<Wish> = wishes.iter().map(|(wish, _)| *wish).collect();
        let mut x = left;
        let columns: Vec<(f32, f32)> = widths(&plain, &naturals, width - gaps)
            .into_iter()
            .map(|wide| {
                let here = (x, wide);
                x += wide + gap;
                here
            })
            .collect();
        let set = columns.last().map_or(width, |(x, wide)| x + wide - left);
        let decimals = wishes.iter().map(|(_, after)| *after).collect();
        Setting { table, left, columns, width: set, room: width, decimals, voice }
    }

    /// What a column asks for, and its width after the decimal sign.
    fn wish(&self, table: &Table, at: usize, column: &Column, voice: Voice, naturals: &mut [Vec<f32>]) -> (Wish, f32) {
        let head = [Inline::text(column.head.as_str())];
        let (mut least, mut most) = self.by.extent(&head, voice.strong());
        // A head may stand on two lines; it does not decide how wide its column is.
        most = least.max(most.min(90.0));
        let (mut whole, mut decimals) = (0.0_f32, 0.0_f32);
        for (row, naturals) in table.rows.iter().zip(naturals).filter(|(row, _)| !row.group) {
            let Some(cell) = row.cells.get(at) else { continue };
            let voice = if row.total { voice.strong() } else { voice };
            let extent = self.by.extent(cell, voice);
            if let Some(natural) = naturals.get_mut(at) {
                *natural = extent.1;
            }
            least = least.max(extent.0);
            most = most.max(extent.1);
            if column.align == Align::Number
                && let Some(after) = self.after_decimal(cell, voice)
            {
                decimals = decimals.max(after);
                whole = whole.max(extent.1 - after);
            }
        }
        if column.align == Align::Number {
            most = most.max(whole + decimals);
            least = least.max(whole + decimals);
        }
        (Wish { least, most, weight: column.weight }, decimals)
    }

    /// Width of a number from its decimal sign on; none for what is not a number.
    fn after_decimal(&self, cell: &[Inline], voice: Voice) -> Option<f32> {
        let [Inline::Text { text, style, .. }] = cell else { return None };
        if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '−' | '-' | '+' | '€' | '–' | '~' | '≈'))
        {
            return None;
        }
        Some(self.by.shaper.width(fraction(text, self.by.language), voice.face(*style), voice.size))
    }

    fn caption(&self, title: &str, continued: &str, setting: &Setting<'_>) -> Vec<Strip> {
        let theme = self.by.theme;
        // Where there is no title, "continued" is no more than a remark.
        let scale = if title.is_empty() { theme.scale.note } else { theme.scale.caption };
        let voice = Voice::sans(scale, theme.color.ink);
        let mut content = Vec::new();
        if !title.is_empty() {
            content.push(Inline::styled(title, Style { strong: true, ..Style::default() }));
        }
        if !continued.is_empty() {
            let text = if title.is_empty() { continued.to_owned() } else { format!(" · {continued}") };
            content.push(Inline::styled(text, Style { quiet: true, ..Style::default() }));
        }
        let lines = self.by.balanced(&content, voice, setting.room);
        let mut strips = stack(lines, setting.left, voice.leading, voice.baseline());
        if let Some(last) = strips.last_mut() {
            last.height += PAD * 1.5;
        }
        strips
    }

    /// The names of the columns over a rule, standing on its last line. Repeated ones are part of
    /// no table: whoever cannot see the pages is not told the columns again.
    fn head(&self, setting: &Setting<'_>, table: Option<Tag>) -> Vec<Strip> {
        let colors = &self.by.theme.color;
        let voice = setting.voice.strong();
        let cells: Vec<Vec<Line>> = setting
            .table
            .columns
            .iter()
            .zip(&setting.columns)
            .map(|(column, (_, width))| {
                let stand = if column.align == Align::Number { Stand::Right } else { Stand::Left };
                self.by.lines(&[Inline::text(column.head.as_str())], voice, *width, stand, Division::Sparing)
            })
            .collect();
        let rows = cells.iter().map(Vec::len).max().unwrap_or(0);
        let mut strips: Vec<Strip> = (0..rows).map(|_| Strip::blank(voice.leading)).collect();
        let structure = &self.by.structure;
        let row = table.map(|table| structure.add(Role::TableRow, structure.add(Role::TableHead, table)));
        for (mut lines, (x, _)) in cells.into_iter().zip(&setting.columns) {
            let skip = rows - lines.len();
            if let Some(row) = row {
                let cell = structure.add(Role::ColumnHead { columns: 1 }, row);
                structure.claim(lines.iter_mut().flat_map(|line| &mut line.items), cell);
            }
            for (line, strip) in lines.into_iter().zip(strips.iter_mut().skip(skip)) {
                strip.place(line, *x, voice.baseline());
            }
        }
        let mut rule = Strip::blank(PAD);
        rule.rule(setting.left, setting.width, PAD, colors.ink, 0.6);
        strips.push(rule);
        strips
    }

    fn row(&self, setting: &Setting<'_>, row: &Row, is_first: bool, next: Option<&Row>, body: Tag) -> Vec<Strip> {
        let colors = &self.by.theme.color;
        let voice = if row.total || row.group { setting.voice.strong() } else { setting.voice };
        let mut cells: Vec<(f32, Vec<Line>)> = Vec::new();
        if row.group {
            let first = row.cells.first().map(Vec::as_slice).unwrap_or_default();
            let lines = self.by.lines(first, voice, setting.width, Stand::Left, Division::Sparing);
            cells.push((setting.left, lines));
        } else {
            for (at, (column, (x, width))) in setting.table.columns.iter().zip(&setting.columns).enumerate() {
                let cell = row.cells.get(at).map(Vec::as_slice).unwrap_or_default();
                let mut width = *width;
                let stand = match column.align {
                    Align::Left => Stand::Left,
                    Align::Number => {
                        let room = setting.decimals.get(at).copied().unwrap_or(0.0);
                        if let Some(after) = self.after_decimal(cell, voice) {
                            width -= (room - after).max(0.0);
                        }
                        Stand::Right
                    }
                };
                cells.push((*x, self.by.lines(cell, voice, width, stand, Division::Sparing)));
            }
        }
        let count = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0).max(1);
        let mut strips: Vec<Strip> = (0..count).map(|_| Strip::blank(voice.leading)).collect();
        let above = if row.group && !is_first { PAD * 3.0 } else { PAD };
        let structure = &self.by.structure;
        let node = structure.add(Role::TableRow, body);
        for (at, (x, mut lines)) in cells.into_iter().enumerate() {
            let role = match at {
                _ if row.group => {
                    Role::ColumnHead { columns: u16::try_from(setting.columns.len()).unwrap_or(u16::MAX) }
                }
                0 => Role::RowHead,
                _ => Role::Cell,
            };
            let cell = structure.add(role, node);
            structure.claim(lines.iter_mut().flat_map(|line| &mut line.items), cell);
            for (at, (line, strip)) in lines.into_iter().zip(&mut strips).enumerate() {
                strip.place(line, x, voice.baseline() + if at == 0 { above } else { 0.0 });
            }
        }
        if let Some(first) = strips.first_mut() {
            first.height += above;
        }
        if let Some(last) = strips.last_mut() {
            last.height += PAD;
            let at = last.height;
            match next {
                // A total has the stronger rule over it, the table's end under it.
                Some(next) if next.total => last.rule(setting.left, setting.width, at, colors.ink, 0.6),
                Some(_) if row.group => {}
                Some(next) if next.group => {}
                Some(_) => last.rule(setting.left, setting.width, at, colors.hairline, 0.4),
                None => last.rule(setting.left, setting.width, at, colors.grey, 0.6),
            }
        }
        strips
    }
}

/// The part of a number after its whole: decimals, and a sign of percent. Empty for anything else
/// that may follow.
fn fraction(text: &str, language: Language) -> &str {
    let sign = match language {
        Language::En => '.',
        Language::Ru => ',',
    };
    let number = text.trim_end_matches(['%', '‰']).trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let is_figures = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    match number.rfind(sign) {
        Some(at) if number.get(at + 1..).is_some_and(is_figures) => text.get(at..).unwrap_or_default(),
        _ if number.ends_with(|c: char| c.is_ascii_digit()) => text.get(number.len()..).unwrap_or_default(),
        _ => "",
    }
}
