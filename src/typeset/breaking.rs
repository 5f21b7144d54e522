//! Which breaks make the best paragraph: the whole is looked at, not one line after the other
//! (after D. E. Knuth and M. F. Plass, "Breaking paragraphs into lines", 1981).

/// A place where a line may end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    /// Width of all before it, in points, its own trailing space left out.
    pub(super) end: f32,
    /// Where the next line begins on the same ruler, after that space.
    pub(super) next: f32,
    /// Width of the stretchable spaces before it, the trailing one left out.
    pub(super) spaces: f32,
    /// The same for what the next line begins with.
    pub(super) next_spaces: f32,
    /// How unwelcome a break is here: 0 for a plain space.
    pub(super) penalty: f32,
    /// Width of the hyphen that a break puts here, 0 for none.
    pub(super) hyphen: f32,
}

/// What the lines are set to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    /// Width of a line in points.
    pub(super) width: f32,
    /// Spaces are widened to fill the line.
    pub(super) is_justified: bool,
}

/// A space may grow by this part of itself before it looks loose.
const STRETCH: f32 = 0.5;
/// A space may shrink by this part of itself.
pub(super) const SHRINK: f32 = 0.25;
/// Two lines after another that end in a hyphen.
const LADDER: f64 = 30_000.0;
/// The last line but one ends in a hyphen.
const LATE: f64 = 20_000.0;
/// The last line is nothing but the rest of a divided word.
const REST: f64 = 400_000.0;
/// A last line of a few letters.
const STUB: f64 = 60_000.0;
/// A line that overruns: only where nothing else is left.
const OVERRUN: f64 = 1.0e24;
/// A last line shorter than this part of the width looks like an accident.
const SHORT_LAST: f32 = 0.12;

/// Indices of the candidates at which to break, in order; the last is the paragraph's end.
/// `candidates` holds every place to break, in order, the paragraph's end included.
pub(super) fn best(candidates: &[Candidate], shape: Shape) -> Vec<usize> {
    // Node 0 is the paragraph's beginning, node k + 1 stands after candidate k.
    let count = candidates.len();
    let mut cost = vec![f64::INFINITY; count + 1];
    let mut from = vec![0_usize; count + 1];
    let origin = Candidate { end: 0.0, next: 0.0, spaces: 0.0, next_spaces: 0.0, penalty: 0.0, hyphen: 0.0 };
    if let Some(first) = cost.first_mut() {
        *first = 0.0;
    }
    for (at, candidate) in candidates.iter().enumerate() {
        let is_last = at + 1 == count;
        let mut best = (f64::INFINITY, at);
        for start in (0..=at).rev() {
            let before = start.checked_sub(1).and_then(|k| candidates.get(k)).unwrap_or(&origin);
            let natural = candidate.end - before.next + candidate.hyphen;
            let spaces = candidate.spaces - before.next_spaces;
            let shrink = if shape.is_justified { spaces * SHRINK } else { 0.0 };
            let overruns = natural - shrink > shape.width + 0.01;
            if overruns && start < at {
                break;
            }
            let Some(so_far) = cost.get(start).copied().filter(|c| c.is_finite()) else { continue };
            let mut line = if overruns {
                OVERRUN
            } else {
                let bad = badness(natural, spaces, shape, is_last);
                f64::from(10.0 + bad + candidate.penalty).powi(2)
            };
            if candidate.hyphen > 0.0 && before.hyphen > 0.0 {
                line += LADDER;
            }
            if is_last && before.hyphen > 0.0 {
                line += if spaces < 0.5 { REST } else { LATE };
            }
            if is_last && start > 0 && natural < shape.width * SHORT_LAST {
                line += STUB;
            }
            if so_far + line < best.0 {
                best = (so_far + line, start);
            }
        }
        if let (Some(cost), Some(from)) = (cost.get_mut(at + 1), from.get_mut(at + 1)) {
            (*cost, *from) = best;
        }
    }
    let mut breaks = Vec::new();
    let mut node = count;
    while node > 0 {
        breaks.push(node - 1);
        node = from.get(node).copied().unwrap_or(0).min(node - 1);
    }
    breaks.reverse();
    breaks
}

/// How far a line is from what it should be: 0 for perfect, 100 for spaces stretched as far as
/// they may look.
fn badness(natural: f32, spaces: f32, shape: Shape, is_last: bool) -> f32 {
    let gap = shape.width - natural;
    if gap < 0.0 {
        return 100.0 * (-gap / (spaces * SHRINK).max(0.01)).powi(3).min(1.0);
    }
    if is_last {
        return 0.0;
    }
    if shape.is_justified {
        // A line without spaces cannot be justified; it still has to end somewhere.
        // The worse it is, the more it costs: one word alone on a line is worse than a few loose lines.
        (100.0 * (gap / (spaces * STRETCH).max(0.5)).powi(3)).min(1.0e9)
    } else {
        let part = gap / shape.width.max(1.0);
        300.0 * part * part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of these widths with spaces of 3.
    fn words(widths: &[f32]) -> Vec<Candidate> {
        let (mut at, mut spaces) = (0.0, 0.0);
        widths
            .iter()
            .map(|width| {
                at += width;
                let here =
                    Candidate { end: at, next: at + 3.0, spaces, next_spaces: spaces + 3.0, penalty: 0.0, hyphen: 0.0 };
                at += 3.0;
                spaces += 3.0;
                here
            })
            .collect()
    }

    #[test]
    fn the_whole_is_better_than_line_by_line() {
        // First fit would set 10 10 10 | 30 | …; sharing the white is better.
        let shape = Shape { width: 40.0, is_justified: false };
        let widths = [10.0, 10.0, 10.0, 28.0, 9.0, 40.0];
        let breaks = best(&words(&widths), shape);
        assert_eq!(breaks.last(), Some(&5));
        assert!(breaks.len() <= 4);
    }

    #[test]
    fn no_word_stands_alone_to_spare_a_few_loose_lines() {
        let shape = Shape { width: 100.0, is_justified: true };
        let widths = [40.0, 30.0, 62.0, 20.0, 55.0, 30.0, 58.0, 20.0];
        let breaks = best(&words(&widths), shape);
        assert_ne!(breaks.first(), Some(&0), "{breaks:?}");
    }

    #[test]
    fn a_word_wider_than_the_line_stands_alone() {
        let shape = Shape { width: 20.0, is_justified: true };
        assert_eq!(best(&words(&[5.0, 90.0, 5.0]), shape), [0, 1, 2]);
        assert!(best(&[], shape).is_empty());
    }

    #[test]
    fn hyphens_in_a_row_are_avoided() {
        // Six words fill a line; breaking after five costs little.
        let shape = Shape { width: 45.0, is_justified: false };
        let mut candidates = words(&[4.0; 30]);
        let plain = best(&candidates, shape);
        assert_eq!(plain, [5, 11, 17, 23, 29]);
        for at in [5, 11, 17] {
            candidates[at].hyphen = 2.0;
        }
        let breaks = best(&candidates, shape);
        let ladders = breaks.windows(2).filter(|pair| pair.iter().all(|k| candidates[*k].hyphen > 0.0)).count();
        assert_eq!(ladders, 0, "{breaks:?}");
    }
}
