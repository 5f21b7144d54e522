//! The photographs of the invented programme: drawn, and plainly so. Nobody is in them.

use anyhow::Result;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

const WIDTH: u32 = 960;
const HEIGHT: u32 = 600;

/// The colour of a point of a picture.
type Scene = fn(i32, i32) -> [u8; 3];

/// The pictures, by the names of their files.
const SCENES: [(&str, Scene); 3] =
    [("crossing-point.jpg", crossing_point), ("classroom.jpg", classroom), ("instruments.jpg", instruments)];

/// Each picture as a file; the same bytes each time.
pub(super) fn all() -> Result<Vec<(String, Vec<u8>)>> {
    SCENES
        .iter()
        .map(|(name, scene)| {
            let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
                Rgb(scene(i32::try_from(x).unwrap_or(0), i32::try_from(y).unwrap_or(0)))
            });
            let mut bytes = Vec::new();
            picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 85))?;
            Ok(((*name).to_owned(), bytes))
        })
        .collect()
}

/// The picture that an activity of a kind has, where it has one.
pub(super) fn of(kind: &str) -> &'static str {
    match kind {
        "Training" | "Training of trainers" => "classroom.jpg",
        "Workshop" => "instruments.jpg",
        _ => "crossing-point.jpg",
    }
}

/// Height of a ridge at `x`, by straight lines from corner to corner.
fn ridge(corners: &[(i32, i32)], x: i32) -> i32 {
    let span = corners.windows(2).find_map(|pair| match pair {
        [from, to] if x <= to.0 => Some((*from, *to)),
        _ => None,
    });
    span.map_or(600, |(from, to)| from.1 + (to.1 - from.1) * (x - from.0) / (to.0 - from.0).max(1))
}

fn is_within(x: i32, y: i32, [left, top, right, bottom]: [i32; 4]) -> bool {
    (left..right).contains(&x) && (top..bottom).contains(&y)
}

fn is_round(x: i32, y: i32, (middle, level, radius): (i32, i32, i32)) -> bool {
    (x - middle).pow(2) + (y - level).pow(2) < radius.pow(2)
}

/// Mountains, a road, a barrier.
fn crossing_point(x: i32, y: i32) -> [u8; 3] {
    const FAR: [(i32, i32); 7] = [(0, 250), (150, 150), (260, 230), (430, 90), (600, 240), (760, 160), (960, 270)];
    const NEAR: [(i32, i32); 6] = [(0, 330), (220, 270), (380, 340), (620, 260), (800, 330), (960, 290)];
    let road = (y - 330) * 5 / 6 + 30;
    if is_within(x, y, [180, 400, 212, 520]) || is_within(x, y, [160, 500, 232, 520]) {
        return [70, 78, 88];
    }
    if is_within(x, y, [212, 418, 780, 442]) {
        return if (x - 212) / 71 % 2 == 0 { [196, 62, 48] } else { [246, 242, 234] };
    }
    if y > 345 {
        let from_middle = (x - 500).abs();
        if from_middle < road / 20 && y / 34 % 2 == 0 {
            return [240, 232, 205];
        }
        return if from_middle < road { [126, 130, 136] } else { [197, 190, 148] };
    }
    if is_round(x, y, (760, 110, 46)) && y < ridge(&FAR, x) {
        return [250, 214, 120];
    }
    if y > ridge(&NEAR, x) {
        [104, 138, 120]
    } else if y > ridge(&FAR, x) {
        [150, 172, 190]
    } else {
        [206, 224, 236]
    }
}

/// A board, tables, chairs.
fn classroom(x: i32, y: i32) -> [u8; 3] {
    if is_within(x, y, [200, 70, 760, 300]) {
        let is_edge = !is_within(x, y, [212, 82, 748, 288]);
        let is_line = is_within(x, y, [250, 120, 640, 130])
            || is_within(x, y, [250, 160, 560, 170])
            || is_within(x, y, [250, 200, 600, 210]);
        let is_bar = is_within(x, y, [660, 130, 680, 250]) || is_within(x, y, [690, 170, 710, 250]);
        return if is_edge {
            [150, 118, 84]
        } else if is_line || is_bar {
            [226, 232, 226]
        } else {
            [52, 84, 80]
        };
    }
    let (row, within) = ((y - 380) / 74, (y - 380).rem_euclid(74));
    if y >= 380 && row < 3 {
        let step = 150 + row * 24;
        let column = (x - 40 + row * 12).rem_euclid(step);
        if within < 18 && column < step - 34 {
            return [206, 170, 124];
        }
        if (18..46).contains(&within) && (20..60).contains(&column) {
            return match row {
                0 => [92, 120, 160],
                1 => [170, 96, 84],
                _ => [104, 140, 112],
            };
        }
    }
    if y > 350 { [186, 178, 166] } else { [236, 230, 216] }
}

/// Cases on a table, a lens, a screen with a curve.
fn instruments(x: i32, y: i32) -> [u8; 3] {
    const CURVE: [(i32, i32); 7] = [(130, 240), (190, 210), (230, 130), (270, 220), (330, 180), (370, 232), (420, 236)];
    if is_within(x, y, [110, 90, 440, 270]) {
        let is_edge = !is_within(x, y, [122, 102, 428, 258]);
        return if is_edge {
            [64, 70, 80]
        } else if (y - ridge(&CURVE, x)).abs() < 5 {
            [250, 196, 84]
        } else {
            [28, 52, 68]
        };
    }
    if is_within(x, y, [250, 270, 300, 330]) || is_within(x, y, [190, 320, 360, 336]) {
        return [64, 70, 80];
    }
    if is_within(x, y, [520, 180, 700, 336]) {
        return if is_within(x, y, [540, 200, 680, 224]) { [230, 226, 214] } else { [86, 128, 116] };
    }
    if is_within(x, y, [590, 160, 630, 180]) {
        return [48, 54, 62];
    }
    if is_round(x, y, (810, 250, 84)) {
        return if is_round(x, y, (810, 250, 64)) { [176, 212, 226] } else { [64, 70, 80] };
    }
    if is_within(x, y, [796, 330, 824, 336]) {
        return [64, 70, 80];
    }
    if y > 336 { if y < 356 { [150, 112, 78] } else { [188, 150, 108] } } else { [228, 222, 212] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_a_picture_that_is_small_and_the_same_each_time() {
        let (one, two) = (all().unwrap(), all().unwrap());
        assert_eq!(one, two);
        for kind in ["Training", "Workshop", "Mission"] {
            assert!(one.iter().any(|(name, _)| name == of(kind)), "{kind}");
        }
        assert!(one.iter().all(|(_, bytes)| bytes.len() < 60_000));
    }
}
