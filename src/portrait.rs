//! A page as a picture for a screen: the layout's own glyphs and shapes, as SVG.
//!
//! It is what the PDF shows, drawn from the same layout, so that nobody has to read the PDF back.
//! Photographs are left out: a cover has none, and a small picture shows little of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use crate::logo::{Outline, Step};
use crate::typeset::fonts::Fonts;
use crate::typeset::layout::{Emblem, Face, GlyphRun, Item, Layout, Rgb, Segment, Shape};

/// The first page of a layout as an SVG document; `None` where there is none.
#[must_use]
pub fn first_page(layout: &Layout, fonts: &Fonts) -> Option<String> {
    let page = layout.pages.first()?;
    let mut body = String::new();
    let mut used = BTreeSet::new();
    for item in &page.items {
        match item {
            Item::Glyphs(run) => glyphs(&mut body, run, &mut used),
            Item::Shape(one) => shape(&mut body, one),
            Item::Logo(one) => emblem(&mut body, one),
            Item::Image(_) | Item::Link(_) => {}
        }
    }
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><defs>",
        short(page.width),
        short(page.height)
    );
    for (number, face) in Face::ALL.into_iter().enumerate() {
        let Ok(font) = FontRef::new(fonts.bytes(face)) else { continue };
        let outlines = font.outline_glyphs();
        for (_, id) in used.iter().filter(|(of, _)| *of == number) {
            let mut pen = Pen(String::new());
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            if let Some(outline) = outlines.get(GlyphId::new(u32::from(*id)))
                && outline.draw(settings, &mut pen).is_ok()
                && !pen.0.is_empty()
            {
                let _ = write!(svg, "<path id=\"g{number}-{id}\" d=\"{}\"/>", pen.0);
            }
        }
    }
    svg.push_str("</defs>");
    svg.push_str(&body);
    svg.push_str("</svg>\n");
    Some(svg)
}

/// At most two decimals, and none that say nothing.
fn short(number: f32) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn hex(color: Rgb) -> String {
    format!("#{:02x}{:02x}{:02x}", color.0, color.1, color.2)
}

fn glyphs(body: &mut String, run: &GlyphRun, used: &mut BTreeSet<(usize, u16)>) {
    let number = Face::ALL.iter().position(|face| *face == run.face).unwrap_or_default();
    // Units per em are 1000, and fonts count upwards.
    let scale = run.size / 1000.0;
    let _ = write!(
        body,
        "<g fill=\"{}\" transform=\"translate({} {}) scale({scale:.5} -{scale:.5})\">",
        hex(run.color),
        short(run.x),
        short(run.y)
    );
    let mut pen = 0_i32;
    for glyph in &run.glyphs {
        let (x, y) = (pen + i32::from(glyph.x_offset), i32::from(glyph.y_offset));
        let y = if y == 0 { String::new() } else { format!(" y=\"{y}\"") };
        let _ = write!(body, "<use href=\"#g{number}-{}\" x=\"{x}\"{y}/>", glyph.id);
        used.insert((number, glyph.id));
        pen += i32::from(glyph.advance);
    }
    body.push_str("</g>");
}

fn shape(body: &mut String, shape: &Shape) {
    let mut path = String::new();
    for segment in &shape.path {
        let (letter, numbers): (char, Vec<f32>) = match *segment {
            Segment::Move(x, y) => ('M', vec![x, y]),
            Segment::Line(x, y) => ('L', vec![x, y]),
            Segment::Curve(a, b, c, d, e, f) => ('C', vec![a, b, c, d, e, f]),
            Segment::Close => ('Z', Vec::new()),
        };
        path.push(letter);
        path.push_str(&numbers.into_iter().map(short).collect::<Vec<_>>().join(" "));
    }
    let fill = shape.fill.map_or_else(|| "none".to_owned(), hex);
    let _ = write!(body, "<path d=\"{path}\" fill=\"{fill}\"");
    if let Some((color, width)) = shape.stroke {
        let _ = write!(body, " stroke=\"{}\" stroke-width=\"{}\"", hex(color), short(width));
    }
    body.push_str("/>");
}

/// A logo without what is cut away of it: at this size, what a cut hides is hidden by nothing.
fn emblem(body: &mut String, emblem: &Emblem) {
    let scale = emblem.height / emblem.logo.height;
    let _ = write!(body, "<g transform=\"translate({} {}) scale({scale:.5})\">", short(emblem.x), short(emblem.y));
    for piece in emblem.logo.pieces.iter().filter(|piece| piece.clips.is_empty()) {
        let [red, green, blue] = piece.color;
        let _ = write!(body, "<path d=\"{}\" fill=\"{}\"", outline(&piece.outline), hex(Rgb(red, green, blue)));
        if piece.outline.is_even_odd {
            body.push_str(" fill-rule=\"evenodd\"");
        }
        if piece.opacity < u8::MAX {
            let _ = write!(body, " fill-opacity=\"{}\"", short(f32::from(piece.opacity) / 255.0));
        }
        body.push_str("/>");
    }
    body.push_str("</g>");
}

fn outline(outline: &Outline) -> String {
    let mut path = String::new();
    for step in &outline.steps {
        let (letter, numbers): (char, Vec<f32>) = match *step {
            Step::Move(x, y) => ('M', vec![x, y]),
            Step::Line(x, y) => ('L', vec![x, y]),
            Step::Curve(a, b, c, d, e, f) => ('C', vec![a, b, c, d, e, f]),
            Step::Close => ('Z', Vec::new()),
        };
        path.push(letter);
        path.push_str(&numbers.into_iter().map(short).collect::<Vec<_>>().join(" "));
    }
    path
}

/// A glyph's outline as the path that it is.
struct Pen(String);

impl Pen {
    fn add(&mut self, letter: char, numbers: &[f32]) {
        self.0.push(letter);
        self.0.push_str(&numbers.iter().map(|number| short(*number)).collect::<Vec<_>>().join(" "));
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[x, y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add('Q', &[cx, cy, x, y]);
    }

    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        self.add('C', &[a, b, c, d, x, y]);
    }

    fn close(&mut self) {
        self.add('Z', &[]);
    }
}
