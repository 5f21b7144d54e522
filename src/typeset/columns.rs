//! How wide the columns of a table are.

/// What a column asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wish {
    /// Widest part that cannot be broken, in points.
    pub(super) least: f32,
    /// All on one line, in points.
    pub(super) most: f32,
    /// Share of what is left over.
    pub(super) weight: f32,
}

/// A column without weight keeps its content on one line up to one of so many parts of the table,
/// from a third downwards: the one that makes the table lowest, and breaks the fewest cells.
const MODESTIES: u8 = 20;
/// A single long word asks for no more than this part of the table.
const GREEDY: f32 = 0.34;

/// Widths of the columns in points. They fill `available` exactly where a column has a weight or the
/// content needs it, and are as wide as their content otherwise; never more than `available`.
///
/// `rows` holds, for each row, what each of its cells would take on one line.
pub(super) fn widths(wishes: &[Wish], rows: &[Vec<f32>], available: f32) -> Vec<f32> {
    let mut best: ((usize, usize), Vec<f32>) = ((usize::MAX, usize::MAX), Vec::new());
    for step in 0..MODESTIES {
        let found = shared(wishes, available, 0.34 - 0.0125 * f32::from(step));
        let mut cost = (0, 0);
        for cells in rows {
            let (highest, all) = lines(cells, &found);
            cost = (cost.0 + highest, cost.1 + all);
        }
        if cost < best.0 {
            best = (cost, found);
        }
    }
    best.1
}

/// Lines that a row takes, nearly, and the sum over its cells: ragged lines leave a tenth of the
/// width unused.
fn lines(cells: &[f32], widths: &[f32]) -> (usize, usize) {
    let of = |(cell, width): (&f32, &f32)| {
        let mut room = width + 0.01;
        let mut count = 1;
        while *cell > room && count < 200 {
            room += width * 0.9;
            count += 1;
        }
        count
    };
    cells.iter().zip(widths).map(of).fold((1, 0), |(most, all), count| (most.max(count), all + count))
}

fn shared(wishes: &[Wish], available: f32, modest: f32) -> Vec<f32> {
    let wishes: Vec<Wish> = wishes
        .iter()
        .map(|wish| {
            let least = wish.least.min(available * GREEDY);
            Wish { least, most: wish.most.max(least), weight: wish.weight.max(0.0) }
        })
        .collect();
    let sum = |of: fn(&Wish) -> f32| wishes.iter().map(of).sum::<f32>();
    let (least, most, weights) = (sum(|w| w.least), sum(|w| w.most), sum(|w| w.weight));
    if most <= available {
        let extra = if weights > 0.0 { (available - most) / weights } else { 0.0 };
        return wishes.iter().map(|wish| wish.most + extra * wish.weight).collect();
    }
    if least >= available {
        // Not even the words fit: all give way alike, and long words are broken.
        return wishes.iter().map(|wish| wish.least * available / least).collect();
    }
    // Columns without weight first, as far as they are modest; the others share the rest.
    let mut found: Vec<f32> = wishes
        .iter()
        .map(|wish| if wish.weight > 0.0 { wish.least } else { wish.most.min(wish.least.max(available * modest)) })
        .collect();
    let over = found.iter().sum::<f32>() - available;
    if over > 0.0 {
        let slack: f32 = found.iter().zip(&wishes).map(|(width, wish)| width - wish.least).sum();
        let part = (over / slack.max(0.01)).min(1.0);
        for (width, wish) in found.iter_mut().zip(&wishes) {
            *width -= (*width - wish.least) * part;
        }
        return found;
    }
    let weight_of = |wish: &Wish| if weights > 0.0 { wish.weight } else { 1.0 };
    // Level filling: whoever has all it wants leaves the rest to the others.
    for _ in 0..=wishes.len() {
        let rest = available - found.iter().sum::<f32>();
        let open: f32 = found
            .iter()
            .zip(&wishes)
            .filter(|(width, wish)| **width + 0.01 < wish.most)
            .map(|(_, w)| weight_of(w))
            .sum();
        if rest < 0.01 || open <= 0.0 {
            break;
        }
        for (width, wish) in found.iter_mut().zip(&wishes) {
            if *width + 0.01 < wish.most {
                *width = (*width + rest * weight_of(wish) / open).min(wish.most);
            }
        }
    }
    // What the weighted ones do not need goes to the others.
    let rest = available - found.iter().sum::<f32>();
    let lacking: f32 = found.iter().zip(&wishes).map(|(width, wish)| (wish.most - width).max(0.0)).sum();
    if rest > 0.01 && lacking > 0.0 {
        for (width, wish) in found.iter_mut().zip(&wishes) {
            *width += (wish.most - *width).max(0.0) * (rest / lacking).min(1.0);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(least: f32, most: f32, weight: f32) -> Wish {
        Wish { least, most, weight }
    }

    fn total(widths: &[f32]) -> f32 {
        widths.iter().sum()
    }

    #[test]
    fn content_that_fits_is_not_spread_without_a_weight() {
        assert_eq!(widths(&[wish(10.0, 50.0, 0.0), wish(10.0, 30.0, 0.0)], &[], 300.0), [50.0, 30.0]);
        assert_eq!(widths(&[wish(10.0, 50.0, 1.0), wish(10.0, 30.0, 0.0)], &[], 300.0), [270.0, 30.0]);
    }

    #[test]
    fn the_weighted_column_takes_what_is_left() {
        let found = widths(&[wish(40.0, 60.0, 0.0), wish(50.0, 900.0, 1.0), wish(20.0, 40.0, 0.0)], &[], 400.0);
        assert!((total(&found) - 400.0).abs() < 0.1, "{found:?}");
        assert_eq!((found[0], found[2]), (60.0, 40.0));
    }

    #[test]
    fn a_rare_long_cell_does_not_starve_the_weighted_column() {
        // One date in ten is long; every title is.
        let rows: Vec<Vec<f32>> = (0..10).map(|k| vec![300.0, if k == 0 { 110.0 } else { 70.0 }]).collect();
        let found = widths(&[wish(60.0, 300.0, 1.0), wish(40.0, 110.0, 0.0)], &rows, 400.0);
        assert!(found[0] >= 300.0 && found[1] < 110.0, "{found:?}");
    }

    #[test]
    fn never_wider_than_there_is_room() {
        for count in 1..30_u16 {
            let wishes: Vec<Wish> =
                (0..count).map(|k| wish(f32::from(k) * 7.0, f32::from(k) * 31.0, f32::from(k % 3))).collect();
            let found = widths(&wishes, &[], 468.0);
            assert!(total(&found) <= 468.1, "{count}: {found:?}");
            assert!(found.iter().all(|width| *width >= 0.0));
        }
        assert!(widths(&[], &[], 100.0).is_empty());
    }
}
