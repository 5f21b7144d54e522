//! Risks by likelihood and impact, five by five: each cell says its level and its risks.

use super::super::drawing::{Mark, Matrix};
use super::super::layout::{Item, Shape};
use super::hand::{Column, Hand};
use super::ink;
use super::{Drawn, Room};

/// White within a cell.
const INSIDE: f32 = 4.0;
/// White between cells.
const BETWEEN: f32 = 1.5;

/// Draws the matrix: the most likely above, the gravest at the right.
pub(super) fn draw(matrix: &Matrix, room: Room, hand: &Hand<'_>) -> Drawn {
    let colors = &hand.theme.color;
    let column = Column::of(room);
    let (label, small) = (hand.label(), hand.small());
    let wide = (column.room - BETWEEN * 4.0) / 5.0;
    let mut items = Vec::new();
    // What the rows stand for, over their words; what the columns stand for, under theirs.
    let likelihood = hand.fit(label.strong(), &matrix.likelihood, column.width);
    items.push(hand.put_right(label.strong(), &likelihood, column.left + column.width, label.baseline()));
    let mut y = label.leading + 2.0;
    for (row, word) in matrix.rows.iter().enumerate().rev() {
        let cells: Vec<Cell> = (0..5).map(|column| Cell::of(matrix, row, column, wide, hand)).collect();
        let text = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        let height = INSIDE * 2.0 + small.leading * (text + 1) as f32;
        let height = height.max(label.leading * 2.0 + INSIDE);
        let lines = hand.wrap(label, word, column.width, 2);
        let mut baseline = y + height / 2.0 - label.leading * lines.len() as f32 / 2.0 + label.baseline();
        for line in &lines {
            items.push(hand.put_right(label, line, column.left + column.width, baseline));
            baseline += label.leading;
        }
        for (at, cell) in cells.iter().enumerate() {
            let x = column.zero + (wide + BETWEEN) * at as f32;
            let tone = ink::mix(colors.paper, colors.accent, TONES.get(cell.level).copied().unwrap_or(0.0));
            let on = ink::on(tone, colors);
            items.push(Item::Shape(Shape::rectangle(x, y, wide, height, tone)));
            let mut baseline = y + INSIDE + small.baseline();
            for (index, line) in cell.lines.iter().enumerate() {
                let voice = small.colored(on);
                let voice = if cell.strong.contains(&index) { voice.strong() } else { voice };
                items.push(hand.put(voice, line, x + INSIDE, baseline));
                baseline += small.leading;
            }
            let word = matrix.levels.get(cell.level).map_or("", String::as_str);
            let word = hand.fit(small, word, wide - INSIDE * 2.0);
            let foot = y + height - INSIDE - small.leading + small.baseline();
            items.push(hand.put_right(small.colored(quiet_on(tone, hand)), &word, x + wide - INSIDE, foot));
        }
        y += height + BETWEEN;
    }
    y += 1.0;
    let mut deepest: f32 = 0.0;
    for (at, word) in matrix.columns.iter().enumerate() {
        let middle = column.zero + (wide + BETWEEN) * at as f32 + wide / 2.0;
        let lines = hand.wrap(label, word, wide, 2);
        for (index, line) in lines.iter().enumerate() {
            items.push(hand.put_middle(label, line, middle, y + label.baseline() + label.leading * index as f32));
        }
        deepest = deepest.max(label.leading * lines.len() as f32);
    }
    y += deepest;
    let impact = hand.fit(label.strong(), &matrix.impact, column.room);
    items.push(hand.put_middle(label.strong(), &impact, column.zero + column.room / 2.0, y + label.baseline()));
    Drawn { height: y + label.leading, items }
}

/// How much of the accent the ground of each level has.
const TONES: [f32; 4] = [0.05, 0.14, 0.26, 0.40];

/// Grey where it can be read on the ground, else what can.
fn quiet_on(tone: super::super::layout::Rgb, hand: &Hand<'_>) -> super::super::layout::Rgb {
    let colors = &hand.theme.color;
    let enough = super::super::theme::contrast(colors.grey, tone) >= 4.5;
    if enough { colors.grey } else { ink::on(tone, colors) }
}

/// A cell: its level, and what it says.
struct Cell {
    level: usize,
    lines: Vec<String>,
    /// The lines that hold nothing but keys.
    strong: Vec<usize>,
}

impl Cell {
    /// One or two risks are told in words under their keys; more by their keys alone.
    fn of(matrix: &Matrix, row: usize, column: usize, wide: f32, hand: &Hand<'_>) -> Self {
        let risks: Vec<&Mark> = matrix
            .risks
            .iter()
            .filter(|r| usize::from(r.likelihood) == row + 1 && usize::from(r.impact) == column + 1)
            .collect();
        let voice = hand.small();
        let inner = wide - INSIDE * 2.0;
        let (mut lines, mut strong) = (Vec::new(), Vec::new());
        let told = match risks.len() {
            1 => 4,
            2 => 2,
            _ => 0,
        };
        if told == 0 {
            let keys: Vec<&str> = risks.iter().map(|risk| risk.key.as_str()).collect();
            let keys = hand.wrap(voice.strong(), &keys.join(" "), inner, 12);
            strong.extend(0..keys.len());
            lines = keys;
        } else {
            for risk in risks {
                strong.push(lines.len());
                lines.push(risk.key.clone());
                lines.extend(hand.wrap(voice, &risk.text, inner, told));
            }
        }
        Self { level: level((row + 1) * (column + 1)), lines, strong }
    }
}

/// Low, middle, high, very high, by likelihood times impact.
pub(super) const fn level(score: usize) -> usize {
    match score {
        0..=4 => 0,
        5..=9 => 1,
        10..=14 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::drawing::Drawing;
    use super::super::super::theme::{Colors, contrast};
    use super::super::check::{PAGE, seen};
    use super::*;

    fn matrix(risks: Vec<Mark>) -> Matrix {
        let words = |text: &str| {
            let mut words = text.split('|').map(str::to_owned);
            std::array::from_fn(|_| words.next().unwrap())
        };
        Matrix {
            likelihood: "Вероятность".to_owned(),
            impact: "Воздействие".to_owned(),
            rows: words("крайне маловероятно|маловероятно|возможно|вероятно|почти наверняка"),
            columns: words("незначительное|малое|умеренное|значительное|тяжёлое"),
            levels: ["низкий", "средний", "высокий", "очень высокий"].map(str::to_owned),
            risks,
        }
    }

    fn risk(number: usize, likelihood: u8, impact: u8) -> Mark {
        let text = "Обученные сотрудники в течение года переводятся на другие должности".to_owned();
        Mark { key: format!("R{number}"), text, likelihood, impact }
    }

    #[test]
    fn every_risk_stands_in_its_cell_once() {
        let risks: Vec<Mark> = (1..=25).map(|n| risk(n, (n % 5) as u8 + 1, ((n / 5) % 5) as u8 + 1)).collect();
        let seen = seen(&Drawing::Matrix(Box::new(matrix(risks.clone()))), PAGE);
        seen.no_text_lies_on_another();
        for risk in &risks {
            assert_eq!(seen.texts().iter().filter(|text| **text == risk.key).count(), 1, "{}", risk.key);
        }
        // Likelier is higher up, graver further right.
        let low = seen.text(&risks.iter().find(|r| r.likelihood == 1 && r.impact == 1).unwrap().key);
        let high = seen.text(&risks.iter().find(|r| r.likelihood == 5 && r.impact == 5).unwrap().key);
        assert!(high.top < low.top && high.left > low.left);
    }

    #[test]
    fn forty_risks_in_one_cell_are_all_named() {
        let seen = seen(&Drawing::Matrix(Box::new(matrix((1..=40).map(|n| risk(n, 3, 4)).collect()))), PAGE);
        seen.no_text_lies_on_another();
        let all = seen.texts().join(" ");
        assert!((1..=40).all(|n| all.split(' ').any(|word| word == format!("R{n}"))), "{all}");
    }

    #[test]
    fn an_empty_matrix_still_says_what_its_cells_mean() {
        for room in [PAGE, Room { label: 0.0, width: 300.0 }] {
            let seen = seen(&Drawing::Matrix(Box::new(matrix(Vec::new()))), room);
            seen.no_text_lies_on_another();
            assert_eq!(seen.texts().iter().filter(|text| text.starts_with("низк")).count(), 8);
        }
    }

    #[test]
    fn text_can_be_read_on_every_level() {
        let colors = Colors::default();
        for tone in TONES.map(|part| ink::mix(colors.paper, colors.accent, part)) {
            assert!(contrast(ink::on(tone, &colors), tone) >= 4.5);
        }
    }
}
