//! Where the circles and names of a map stand: the best free place of a short list, in an order
//! that depends on nothing but the data. What finds no place is given back, to be listed.

use super::super::drawing::{Map, Town};
use super::super::layout::{Item, Rgb, Shape};
use super::hand::{Hand, Voice};
use super::ink;
use super::map::{Projection, quiet_on};

/// Sixteen directions, clockwise from the right.
const DIRECTIONS: [(f32, f32); 16] = [
    (1.0, 0.0),
    (0.924, 0.383),
    (0.707, 0.707),
    (0.383, 0.924),
    (0.0, 1.0),
    (-0.383, 0.924),
    (-0.707, 0.707),
    (-0.924, 0.383),
    (-1.0, 0.0),
    (-0.924, -0.383),
    (-0.707, -0.707),
    (-0.383, -0.924),
    (0.0, -1.0),
    (0.383, -0.924),
    (0.707, -0.707),
    (0.924, -0.383),
];
/// How far a circle may be moved from its town.
const MOVED: [f32; 12] = [4.0, 7.0, 10.0, 14.0, 18.0, 23.0, 28.0, 34.0, 41.0, 49.0, 58.0, 68.0];
/// How far a name may be moved from its circle.
const AWAY: [f32; 6] = [6.0, 12.0, 20.0, 30.0, 42.0, 56.0];
/// Circles of these parts of their size are tried.
const SMALLER: [f32; 6] = [1.0, 0.93, 0.86, 0.79, 0.72, 0.65];
/// All circles of nothing would be as bad as circles moved so far in all.
const SHRINKS: f32 = 110.0;
/// A circle whose name finds no room is as bad as circles moved so far in all.
const NAMELESS: f32 = 80.0;
/// A circle is rather moved so much further than that it hides another town.
const HIDES: f32 = 16.0;
/// White between things.
const APART: f32 = 1.2;
/// Radius of a circle of one, and of the largest at most.
const RADIUS: (f32, f32) = (5.3, 22.0);

/// How much of the map circles may cover.
const COVERED: f32 = 0.1;

/// What was placed, and what was not: name and figure.
pub(super) struct Placed {
    pub(super) items: Vec<Item>,
    pub(super) left_out: Vec<String>,
}

#[derive(Clone, Copy)]
struct Disc {
    x: f32,
    y: f32,
    radius: f32,
}

#[derive(Clone, Copy)]
struct Plate {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

/// What stands already.
#[derive(Clone, Default)]
struct Taken {
    discs: Vec<Disc>,
    plates: Vec<Plate>,
    leaders: Vec<[f32; 4]>,
}

/// Places the circles, largest first, then their names, then those of the countries.
pub(super) fn place(map: &Map, projection: Projection, frame: (f32, f32), land: Rgb, hand: &Hand<'_>) -> Placed {
    let colors = &hand.theme.color;
    let most = map.towns.iter().map(|town| town.count).max().unwrap_or(1).max(1);
    // All circles together leave most of the map free, however many there are.
    let sum = map.towns.iter().map(|town| town.count as f32).sum::<f32>().max(1.0);
    let roomy = (frame.0 * frame.1 * COVERED / (sum * std::f32::consts::PI)).sqrt();
    let one = RADIUS.0.min(RADIUS.1 / (most as f32).sqrt()).min(roomy);
    let mut towns: Vec<&Town> = map.towns.iter().filter(|town| town.count > 0).collect();
    towns.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let wanted: Vec<((f32, f32), f32)> =
        towns.iter().map(|town| (projection.at(town.at), one * (town.count as f32).sqrt())).collect();
    let small = hand.small();
    // The figure stands in its circle where there is room, else behind the name.
    let within = |town: &Town, disc: Disc| {
        hand.measure(small.strong(), &town.text) <= disc.radius * 1.7 && small.size <= disc.radius * 1.8
    };
    let name_of = |town: &Town, disc: Disc| {
        if within(town, disc) { town.name.clone() } else { format!("{}\u{a0}{}", town.name, town.text) }
    };
    let put_names = |taken: &mut Taken, places: &[Option<Disc>]| -> Vec<Option<(Plate, Option<[f32; 4]>)>> {
        let each = towns.iter().zip(places).map(|(town, place)| {
            let disc = (*place)?;
            let found = taken.room_for_name(disc, hand.measure(small, &name_of(town, disc)), small, frame)?;
            taken.plates.push(found.0);
            taken.leaders.extend(found.1);
            Some(found)
        });
        each.collect()
    };
    let (mut taken, places) =
        settle(&wanted, frame, &|taken, places| put_names(taken, places).iter().filter(|name| name.is_none()).count());
    let plates = put_names(&mut taken, &places);
    let (mut leaders, mut discs, mut names) = (Vec::new(), Vec::new(), Vec::new());
    let mut left_out = Vec::new();
    for (((town, ((x, y), _)), place), plate) in towns.iter().zip(&wanted).zip(&places).zip(&plates) {
        if plate.is_none() {
            left_out.push(format!("{}\u{a0}{}", town.name, town.text));
        }
        let Some(disc) = *place else { continue };
        if (disc.x, disc.y) != (*x, *y) {
            let line = Shape::rule(*x, *y, disc.x, disc.y, colors.grey, 0.6);
            leaders.push(Item::Shape(line));
            leaders.push(Item::Shape(Shape::circle(*x, *y, 1.1, colors.grey)));
        }
        let fill = town.country.map_or(colors.accent, |country| readable_fill(colors.of(country), colors.paper));
        discs.push(Item::Shape(Shape::circle(disc.x, disc.y, disc.radius, fill)));
        if within(town, disc) {
            let voice = small.strong().colored(ink::on(fill, colors));
            discs.push(hand.put_middle(voice, &town.text, disc.x, disc.y + voice.size * 0.35));
        }
        let Some((plate, leader)) = plate else { continue };
        if let Some([x1, y1, x2, y2]) = leader {
            leaders.push(Item::Shape(Shape::rule(*x1, *y1, *x2, *y2, colors.grey, 0.5)));
        }
        names.push(hand.put(small, &name_of(town, disc), plate.left, plate.top + small.size * 0.78));
    }
    let quiet = Voice { size: small.size, ..small }.colored(quiet_on(land, hand));
    for country in map.lands.iter().filter(|land| !land.name.is_empty()) {
        let (x, y) = projection.at(country.name_at);
        if let Some(plate) = taken.room_for_country((x, y), hand.measure(quiet, &country.name), quiet, frame) {
            names.push(hand.put(quiet, &country.name, plate.left, plate.top + quiet.size * 0.78));
            taken.plates.push(plate);
        }
    }
    leaders.append(&mut discs);
    leaders.append(&mut names);
    Placed { items: leaders, left_out }
}

/// Places for circles, given in order of size by their towns and radiuses. They become smaller together
/// where that brings them nearer to their towns or finds room for more names. From each place the line to the town runs under
/// no other circle; only where no size allows that may lines run under others.
fn settle(
    wanted: &[((f32, f32), f32)],
    frame: (f32, f32),
    nameless: &dyn Fn(&mut Taken, &[Option<Disc>]) -> usize,
) -> (Taken, Vec<Option<Disc>>) {
    let tried = |part: f32, strict: bool| {
        let mut taken = Taken::default();
        let mut places = Vec::with_capacity(wanted.len());
        for (at, &(town, radius)) in wanted.iter().enumerate() {
            let others = wanted.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, (town, _))| *town);
            let others: Vec<(f32, f32)> = others.collect();
            let disc = taken.room_for_disc(town, radius * part, frame, &others, strict);
            if let Some(disc) = disc {
                if (disc.x, disc.y) != town {
                    taken.leaders.push([town.0, town.1, disc.x, disc.y]);
                }
                taken.discs.push(disc);
            }
            places.push(disc);
        }
        (taken, places)
    };
    // Small circles near their towns read better than large ones far away.
    let strays = |places: &[Option<Disc>]| -> Option<f32> {
        let each = places.iter().zip(wanted).map(|(place, &((x, y), _))| {
            let disc = (*place)?;
            Some(((disc.x - x).powi(2) + (disc.y - y).powi(2)).sqrt())
        });
        each.sum()
    };
    let good = SMALLER.iter().filter_map(|part| {
        let (taken, places) = tried(*part, true);
        let lost = nameless(&mut taken.clone(), &places) as f32;
        let cost = strays(&places)? + (1.0 - part) * SHRINKS + lost * NAMELESS;
        Some((cost, (taken, places)))
    });
    let best = good.reduce(|best, next| if next.0 < best.0 { next } else { best });
    best.map_or_else(|| tried(0.8, false), |(_, settled)| settled)
}

/// A fill on which white figures can be read.
fn readable_fill(fill: Rgb, paper: Rgb) -> Rgb {
    let darker = |part: u8| u8::try_from(u16::from(part) * 15 / 16).unwrap_or(0);
    let mut fill = fill;
    for _ in 0..40 {
        if super::super::theme::contrast(fill, paper) >= 4.5 {
            break;
        }
        fill = Rgb(darker(fill.0), darker(fill.1), darker(fill.2));
    }
    fill
}

impl Taken {
    /// The nearest free place for a circle; one that hides another town counts as further away.
    fn room_for_disc(
        &self,
        (x, y): (f32, f32),
        radius: f32,
        frame: (f32, f32),
        others: &[(f32, f32)],
        strict: bool,
    ) -> Option<Disc> {
        let own = std::iter::once((0.0, (x, y)));
        let moved = MOVED
            .iter()
            .flat_map(|away| DIRECTIONS.iter().map(move |(dx, dy)| (*away, (x + dx * away, y + dy * away))));
        let reach = radius + 0.5;
        let candidates = own.chain(moved).filter_map(|(away, (x1, y1))| {
            let disc = Disc { x: x1, y: y1, radius };
            let within = x1 - reach >= 0.0 && x1 + reach <= frame.0 && y1 - reach >= 0.0 && y1 + reach <= frame.1;
            let apart = |other: &Disc| {
                let least = radius + other.radius + APART;
                let (dx, dy) = (x1 - other.x, y1 - other.y);
                dx * dx + dy * dy >= least * least
            };
            let leader = [x, y, x1, y1];
            let leads = |other: &Disc| away == 0.0 || !meets_disc(&leader, other);
            let crosses = |other: &[f32; 4]| away > 0.0 && meet(&leader, other);
            let is_free = within
                && self.discs.iter().all(apart)
                && self.leaders.iter().all(|other| !meets_disc(other, &disc))
                && (!strict || (self.discs.iter().all(leads) && !self.leaders.iter().any(crosses)));
            let hidden = others.iter().filter(|(ox, oy)| meets_disc(&[*ox, *oy, *ox, *oy], &disc)).count();
            #[expect(clippy::cast_precision_loss, reason = "a few towns")]
            let cost = away + hidden as f32 * HIDES;
            is_free.then_some((cost, disc))
        });
        // The first of the cheapest: the order of the list decides between equals.
        candidates.reduce(|best, next| if next.0 < best.0 { next } else { best }).map(|(_, disc)| disc)
    }

    /// A name beside its circle, or further away with a line that leads to it.
    fn room_for_name(
        &self,
        disc: Disc,
        width: f32,
        voice: Voice,
        frame: (f32, f32),
    ) -> Option<(Plate, Option<[f32; 4]>)> {
        let high = voice.size;
        let beside = |away: f32, (dx, dy): (f32, f32)| {
            let (x, y) = (disc.x + dx * (disc.radius + away), disc.y + dy * (disc.radius + away));
            let left = x - width * (1.0 - dx) / 2.0;
            let top = y - high * (1.0 - dy) / 2.0;
            (Plate { left, top, right: left + width, bottom: top + high }, x, y)
        };
        // Straight beside, under and over reads best; slanting only then.
        let order = [0, 8, 4, 12, 1, 15, 7, 9, 2, 14, 6, 10, 3, 13, 5, 11];
        let near = order.iter().filter_map(|at| DIRECTIONS.get(*at)).map(|d| (2.4, *d));
        let far = AWAY.iter().flat_map(|away| order.iter().filter_map(|at| DIRECTIONS.get(*at)).map(|d| (*away, *d)));
        for (away, direction) in near.chain(far) {
            let (plate, x, y) = beside(away, direction);
            let leader = (away > 4.0).then(|| {
                let (dx, dy) = direction;
                [disc.x + dx * disc.radius, disc.y + dy * disc.radius, x - dx * 1.5, y - dy * 1.5]
            });
            if self.is_free(&plate, frame) && leader.as_ref().is_none_or(|leader| self.may_lead(leader, disc)) {
                return Some((plate, leader));
            }
        }
        None
    }

    fn room_for_country(&self, (x, y): (f32, f32), width: f32, voice: Voice, frame: (f32, f32)) -> Option<Plate> {
        let shifts = [(0.0, 0.0), (0.0, 14.0), (0.0, -14.0), (18.0, 0.0), (-18.0, 0.0), (0.0, 28.0), (0.0, -28.0)];
        shifts
            .iter()
            .map(|(dx, dy)| {
                let (left, top) = (x + dx - width / 2.0, y + dy - voice.size / 2.0);
                Plate { left, top, right: left + width, bottom: top + voice.size }
            })
            .find(|plate| self.is_free(plate, frame))
    }

    fn is_free(&self, plate: &Plate, frame: (f32, f32)) -> bool {
        plate.left >= 0.0
            && plate.right <= frame.0
            && plate.top >= 0.0
            && plate.bottom <= frame.1
            && self.discs.iter().all(|disc| !plate.meets_disc(disc))
            && self.plates.iter().all(|other| !plate.meets(other))
            && self.leaders.iter().all(|leader| !plate.meets_line(leader))
    }

    fn may_lead(&self, leader: &[f32; 4], own: Disc) -> bool {
        let other = |disc: &&Disc| (disc.x, disc.y) != (own.x, own.y);
        self.discs.iter().filter(other).all(|disc| !meets_disc(leader, disc))
            && self.plates.iter().all(|plate| !plate.meets_line(leader))
    }
}

/// Whether a line comes nearer to a circle's middle than its radius.
fn meets_disc(&[x1, y1, x2, y2]: &[f32; 4], disc: &Disc) -> bool {
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length = dx * dx + dy * dy;
    let part = if length > 0.0 { (((disc.x - x1) * dx + (disc.y - y1) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (nx, ny) = (x1 + dx * part - disc.x, y1 + dy * part - disc.y);
    nx * nx + ny * ny < (disc.radius + 0.4) * (disc.radius + 0.4)
}

/// Whether two lines cross.
fn meet(&[ax, ay, bx, by]: &[f32; 4], &[cx, cy, dx, dy]: &[f32; 4]) -> bool {
    let side = |px: f32, py: f32, qx: f32, qy: f32, x: f32, y: f32| (qx - px) * (y - py) - (qy - py) * (x - px);
    let parted = |one: f32, other: f32| (one < 0.0) != (other < 0.0);
    parted(side(ax, ay, bx, by, cx, cy), side(ax, ay, bx, by, dx, dy))
        && parted(side(cx, cy, dx, dy, ax, ay), side(cx, cy, dx, dy, bx, by))
}

impl Plate {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right + APART
            && other.left < self.right + APART
            && self.top < other.bottom + APART
            && other.top < self.bottom + APART
    }

    fn meets_disc(&self, disc: &Disc) -> bool {
        let (x, y) = (disc.x.clamp(self.left, self.right), disc.y.clamp(self.top, self.bottom));
        let (dx, dy) = (x - disc.x, y - disc.y);
        dx * dx + dy * dy < (disc.radius + APART) * (disc.radius + APART)
    }

    /// Cuts the line at the four sides; something left of it lies within.
    fn meets_line(&self, &[x1, y1, x2, y2]: &[f32; 4]) -> bool {
        let (dx, dy) = (x2 - x1, y2 - y1);
        let (mut from, mut to) = (0.0_f32, 1.0_f32);
        let sides = [
            (-dx, x1 - self.left + 0.5),
            (dx, self.right + 0.5 - x1),
            (-dy, y1 - self.top + 0.5),
            (dy, self.bottom + 0.5 - y1),
        ];
        for (step, room) in sides {
            if step == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                from = from.max(room / step);
            } else {
                to = to.min(room / step);
            }
        }
        from <= to
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::drawing::{Drawing, Land};
    use super::super::super::theme::Theme;
    use super::super::Room;
    use super::super::check::{PAGE, Seen, seen};
    use super::*;

    fn map(towns: Vec<Town>) -> Drawing {
        let square = vec![(47.0, 36.0), (86.0, 36.0), (86.0, 55.0), (47.0, 55.0)];
        let land =
            Land {
                name: "Казахстан".to_owned(), name_at: (66.0, 48.0), outlines: vec![square], is_neighbour: false
            };
        let (frame, also) = ([46.6, 35.1, 87.3, 55.4], "Также:".to_owned());
        Drawing::Map(Box::new(Map { frame, height: 240.0, lands: vec![land], towns, also }))
    }

    fn town(name: &str, at: (f32, f32), count: u32) -> Town {
        Town { name: name.to_owned(), at, count, text: count.to_string(), country: None }
    }

    fn discs(seen: &Seen) -> Vec<(f32, f32, f32)> {
        let found = seen.of(Theme::default().color.accent);
        found.iter().map(|b| ((b.left + b.right) / 2.0, (b.top + b.bottom) / 2.0, (b.right - b.left) / 2.0)).collect()
    }

    #[test]
    fn areas_are_in_proportion() {
        let seen = seen(&map(vec![town("Astana", (71.4, 51.2), 16), town("Osh", (72.8, 40.5), 4)]), PAGE);
        let discs = discs(&seen);
        assert!((discs[0].2 - discs[1].2 * 2.0).abs() < 0.05, "{discs:?}");
        assert!(seen.texts().contains(&"16") && seen.texts().contains(&"Osh"));
    }

    #[test]
    fn a_crowded_valley_has_no_overlaps_and_nobody_is_lost() {
        for (many, most) in [(6, 1), (12, 9), (60, 40)] {
            let towns: Vec<Town> = (0..many)
                .map(|n| {
                    let at = (69.0 + (n % 7) as f32 * 0.5, 39.8 + (n / 7) as f32 * 0.3);
                    town(&format!("Город-{n}"), at, n % most + 1)
                })
                .collect();
            let seen = seen(&map(towns.clone()), PAGE);
            seen.no_text_lies_on_another();
            let discs = discs(&seen);
            for (at, one) in discs.iter().enumerate() {
                for other in &discs[at + 1..] {
                    let (dx, dy) = (one.0 - other.0, one.1 - other.1);
                    assert!((dx * dx + dy * dy).sqrt() > one.2 + other.2, "{one:?} {other:?}");
                }
            }
            let all = seen.texts().join(" ").replace('\u{a0}', " ");
            for town in towns {
                assert!(all.split([' ', ',']).any(|word| word == town.name), "{} in {all}", town.name);
            }
        }
    }

    #[test]
    fn no_line_to_a_town_runs_under_another_circle() {
        let valley = [(69.6, 40.3), (70.6, 40.1), (70.8, 40.1), (72.8, 40.5), (71.7, 41.0), (69.2, 41.3), (68.8, 38.5)];
        let wanted: Vec<_> = valley.iter().map(|(x, y)| ((x * 8.0 - 450.0, (50.0 - y) * 12.0), 11.0)).collect();
        let (taken, places) = settle(&wanted, (300.0, 240.0), &|_, _| 0);
        assert!(places.iter().all(Option::is_some), "all find a place");
        assert!(taken.leaders.len() >= 2, "a valley so crowded that some must move");
        for leader in &taken.leaders {
            let under = taken.discs.iter().filter(|disc| (disc.x, disc.y) != (leader[2], leader[3]));
            assert!(under.into_iter().all(|disc| !meets_disc(leader, disc)), "{leader:?}");
        }
    }

    #[test]
    fn a_map_of_nothing_is_still_a_map() {
        let seen = seen(&map(Vec::new()), Room { label: 0.0, width: 200.0 });
        assert_eq!(seen.texts(), ["Казахстан"]);
        let empty = Drawing::Map(Box::default());
        assert_eq!(super::super::check::seen(&empty, PAGE).drawn, super::super::Drawn::default());
    }
}
