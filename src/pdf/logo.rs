//! A logo as a form of the PDF: drawn once, shown at any size.

use std::collections::BTreeSet;
use std::sync::Arc;

use lopdf::{Dictionary, Object, Stream};

use super::content::rgb;
use super::metadata::name;
use super::number::{decimal, hundredths};
use super::skeleton::dictionary;
use crate::logo::{Logo, Outline, Piece, Step};
use crate::typeset::layout::Rgb;

/// The form of a logo. Its lower left corner is the origin.
pub(super) fn form(logo: &Logo) -> Stream {
    let opacities: BTreeSet<u8> = logo.pieces.iter().map(|piece| piece.opacity).filter(|&o| o < 255).collect();
    let states = opacities.iter().map(|&opacity| {
        let state = dictionary([("Type", name("ExtGState")), ("ca", Object::Real(f32::from(opacity) / 255.0))]);
        (state_name(opacity), Object::Dictionary(state))
    });
    let mut resources = Dictionary::new();
    let states: Dictionary = states.collect();
    if !states.is_empty() {
        resources.set("ExtGState", Object::Dictionary(states));
    }
    let header = dictionary([
        ("Type", name("XObject")),
        ("Subtype", name("Form")),
        ("BBox", Object::Array(vec![0.into(), 0.into(), Object::Real(logo.width), Object::Real(logo.height)])),
        ("Resources", Object::Dictionary(resources)),
    ]);
    Stream::new(header, content(logo))
}

fn state_name(opacity: u8) -> String {
    format!("Gs{opacity}")
}

fn content(logo: &Logo) -> Vec<u8> {
    let mut out = Vec::new();
    // What is clipped alike, and as clear as one another, stands in one group.
    for group in logo.pieces.chunk_by(is_alike) {
        let Some(first) = group.first() else { continue };
        out.extend_from_slice(b"q\n");
        for clip in &first.clips {
            outline(&mut out, clip, logo.height);
            out.extend_from_slice(if clip.is_even_odd { b"W* n\n" } else { b"W n\n" });
        }
        if first.opacity < 255 {
            out.extend_from_slice(format!("/{} gs\n", state_name(first.opacity)).as_bytes());
        }
        let mut color = None;
        for piece in group {
            if color != Some(piece.color) {
                let [red, green, blue] = piece.color;
                rgb(&mut out, Rgb(red, green, blue), b"rg\n", b"g\n");
                color = Some(piece.color);
            }
            outline(&mut out, &piece.outline, logo.height);
            out.extend_from_slice(if piece.outline.is_even_odd { b"f*\n" } else { b"f\n" });
        }
        out.extend_from_slice(b"Q\n");
    }
    out
}

fn is_alike(a: &Piece, b: &Piece) -> bool {
    let same = |(a, b): (&Arc<Outline>, &Arc<Outline>)| Arc::ptr_eq(a, b) || a == b;
    a.opacity == b.opacity && a.clips.len() == b.clips.len() && a.clips.iter().zip(&b.clips).all(same)
}

fn outline(out: &mut Vec<u8>, outline: &Outline, height: f32) {
    let mut points = |points: &[(f32, f32)], operator: &[u8]| {
        for &(x, y) in points {
            decimal(out, hundredths(x));
            decimal(out, hundredths(height - y));
        }
        out.extend_from_slice(operator);
    };
    for step in &outline.steps {
        match *step {
            Step::Move(x, y) => points(&[(x, y)], b"m\n"),
            Step::Line(x, y) => points(&[(x, y)], b"l\n"),
            Step::Curve(x1, y1, x2, y2, x, y) => points(&[(x1, y1), (x2, y2), (x, y)], b"c\n"),
            Step::Close => points(&[], b"h\n"),
        }
    }
}
