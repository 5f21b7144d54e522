//! The content stream of a page, every piece of it marked as part of the structure or as an
//! artifact (PDF/UA-1, 7.1).

use std::ops::Range;

use super::PdfError;
use super::alphabet::{Alphabet, FaceInUse};
use super::font::resource_name;
use super::image::Pictures;
use super::number::{decimal, hex, hundredths, integer};
use super::structure::name_of;
use super::tongue::foreign;
use crate::typeset::layout::{Emblem, Face, Glyph, GlyphRun, Image, Item, Layout, Page, Rgb, Segment, Shape};
use crate::typeset::structure::Tag;

/// A page's content, and what it is.
pub(super) struct Content {
    /// The stream.
    pub(super) stream: Vec<u8>,
    /// The tag of each marked piece, by its identifier.
    pub(super) marks: Vec<Tag>,
}

/// The stream of a page: its runs and shapes in reading order. Links are annotations, not
/// content; see `navigation`.
pub(super) fn of(
    page: &Page,
    layout: &Layout,
    alphabet: &mut Alphabet<'_>,
    pictures: &mut Pictures,
) -> Result<Content, PdfError> {
    let mut stream = Stream::new(page.height, layout);
    for item in &page.items {
        match item {
            Item::Glyphs(run) if run.glyphs.is_empty() => {}
            Item::Glyphs(run) => stream.run(run, alphabet.face(run.face)?)?,
            Item::Shape(shape) => stream.shape(shape),
            Item::Image(image) => stream.image(image, &pictures.name(&image.picture)),
            Item::Logo(emblem) => stream.logo(emblem, &pictures.name_of_logo(&emblem.logo)),
            Item::Link(_) => {}
        }
    }
    Ok(stream.finish())
}

struct Stream<'l> {
    layout: &'l Layout,
    out: Vec<u8>,
    /// Height of the page: the layout's `y` grows downwards, PDF's upwards.
    height: f32,
    /// The piece that is open.
    mark: Option<Tag>,
    marks: Vec<Tag>,
    /// Between `BT` and `ET`.
    in_text: bool,
    /// Start of the current line in hundredths of a point, since the text section began.
    /// Kept in whole numbers so that relative moves never drift.
    line: (i64, i64),
    font: Option<(Face, i64)>,
    fill: Option<Rgb>,
    stroke: Option<Rgb>,
    stroke_width: Option<i64>,
}

impl<'l> Stream<'l> {
    fn new(height: f32, layout: &'l Layout) -> Self {
        Self {
            layout,
            out: Vec::with_capacity(16 << 10),
            height,
            mark: None,
            marks: Vec::new(),
            in_text: false,
            line: (0, 0),
            font: None,
            fill: None,
            stroke: None,
            stroke_width: None,
        }
    }

    fn finish(mut self) -> Content {
        self.mark(None);
        Content { stream: self.out, marks: self.marks }
    }

    fn push(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Ends the piece that is open and opens one of another node.
    fn mark(&mut self, mark: Option<Tag>) {
        if self.mark == mark {
            return;
        }
        self.end_text();
        if self.mark.is_some() {
            self.push(b"EMC\n");
        }
        self.mark = mark;
        let Some(tag) = mark else { return };
        match self.layout.structure.node(tag) {
            Some(node) => {
                let opening = format!("/{}<</MCID {}>>BDC\n", name_of(node.role), self.marks.len());
                self.push(opening.as_bytes());
                self.marks.push(tag);
            }
            None => self.push(b"/Artifact BMC\n"),
        }
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            self.push(b"BT\n");
            self.in_text = true;
            self.line = (0, 0);
        }
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.push(b"ET\n");
            self.in_text = false;
        }
    }

    fn y(&self, y: f32) -> i64 {
        hundredths(self.height - y)
    }

    fn run(&mut self, run: &GlyphRun, face: &mut FaceInUse<'_>) -> Result<(), PdfError> {
        self.mark(Some(run.tag));
        self.begin_text();
        let size = hundredths(run.size);
        if self.font != Some((run.face, size)) {
            self.push(b"/");
            self.push(resource_name(run.face).as_bytes());
            self.push(b" ");
            decimal(&mut self.out, size);
            self.push(b"Tf\n");
            self.font = Some((run.face, size));
        }
        self.fill(run.color);
        let start = (hundredths(run.x), self.y(run.y));
        decimal(&mut self.out, start.0 - self.line.0);
        decimal(&mut self.out, start.1 - self.line.1);
        self.push(b"Td\n");
        self.line = start;
        // An artifact is not read, so it is in no language.
        let foreign = if run.tag == Tag::ARTIFACT { Vec::new() } else { foreign(&run.text, self.layout.language) };
        Shower { out: &mut self.out, face, foreign, open: false, string: false, pen: 0, viewer: 0, rise: 0 }
            .run(run, size)
    }

    fn fill(&mut self, color: Rgb) {
        if self.fill != Some(color) {
            rgb(&mut self.out, color, b"rg\n", b"g\n");
            self.fill = Some(color);
        }
    }

    fn shape(&mut self, shape: &Shape) {
        let paint: &[u8] = match (shape.fill, shape.stroke) {
            (Some(_), Some(_)) => b"B\n",
            (Some(_), None) => b"f\n",
            (None, Some(_)) => b"S\n",
            (None, None) => return,
        };
        if !matches!(shape.path.first(), Some(Segment::Move(..))) {
            return; // a path begins with a move, or the viewer stops reading the page
        }
        self.mark(Some(shape.tag));
        self.end_text();
        if let Some(color) = shape.fill {
            self.fill(color);
        }
        if let Some((color, width)) = shape.stroke {
            if self.stroke != Some(color) {
                rgb(&mut self.out, color, b"RG\n", b"G\n");
                self.stroke = Some(color);
            }
            let width = hundredths(width);
            if self.stroke_width != Some(width) {
                decimal(&mut self.out, width);
                self.push(b"w\n");
                self.stroke_width = Some(width);
            }
        }
        for segment in &shape.path {
            match *segment {
                Segment::Move(x, y) => self.points(&[(x, y)], b"m\n"),
                Segment::Line(x, y) => self.points(&[(x, y)], b"l\n"),
                Segment::Curve(x1, y1, x2, y2, x, y) => self.points(&[(x1, y1), (x2, y2), (x, y)], b"c\n"),
                Segment::Close => self.push(b"h\n"),
            }
        }
        self.push(paint);
    }

    fn image(&mut self, image: &Image, name: &str) {
        self.mark(Some(image.tag));
        self.end_text();
        self.push(b"q ");
        decimal(&mut self.out, hundredths(image.width));
        self.push(b"0 0 ");
        decimal(&mut self.out, hundredths(image.height));
        decimal(&mut self.out, hundredths(image.x));
        let low = self.y(image.y + image.height);
        decimal(&mut self.out, low);
        self.push(format!("cm /{name} Do Q\n").as_bytes());
    }

    /// A logo, from its own units to the page's.
    fn logo(&mut self, emblem: &Emblem, name: &str) {
        self.mark(Some(emblem.tag));
        self.end_text();
        let scale = emblem.height / emblem.logo.height;
        self.push(format!("q {scale:.6} 0 0 {scale:.6} ").as_bytes());
        decimal(&mut self.out, hundredths(emblem.x));
        let low = self.y(emblem.y + emblem.height);
        decimal(&mut self.out, low);
        self.push(format!("cm /{name} Do Q\n").as_bytes());
    }

    fn points(&mut self, points: &[(f32, f32)], operator: &[u8]) {
        for &(x, y) in points {
            let y = self.y(y);
            decimal(&mut self.out, hundredths(x));
            decimal(&mut self.out, y);
        }
        self.push(operator);
    }
}

/// Writes the glyphs of one run.
struct Shower<'s, 'a> {
    out: &'s mut Vec<u8>,
    face: &'s mut FaceInUse<'a>,
    /// Parts of the run that are in another language than the document.
    foreign: Vec<(Range<usize>, &'static str)>,
    /// Inside the brackets of `TJ`.
    open: bool,
    /// Inside the parentheses of a string.
    string: bool,
    /// Where the layout's pen is, in thousandths of the size.
    pen: i64,
    /// Where the viewer's pen is.
    viewer: i64,
    /// Rise of the baseline, in thousandths.
    rise: i32,
}

impl Shower<'_, '_> {
    fn run(mut self, run: &GlyphRun, size: i64) -> Result<(), PdfError> {
        let says = |glyph: &Glyph| run.text.get(glyph.range().start as usize..glyph.range().end as usize).unwrap_or("");
        let mut rest = run.glyphs.as_slice();
        let foreign = std::mem::take(&mut self.foreign);
        let mut foreign = foreign.iter().peekable();
        let mut is_abroad = false;
        while let Some((first, after)) = rest.split_first() {
            let at = first.range().start as usize;
            if is_abroad && foreign.next_if(|(range, _)| range.end <= at).is_some() {
                self.close();
                self.out.extend_from_slice(b"EMC\n");
                is_abroad = false;
            }
            if let Some((_, tongue)) = foreign.peek().filter(|(range, _)| !is_abroad && range.start <= at) {
                self.close();
                self.out.extend_from_slice(format!("/Span<</Lang({tongue})>>BDC\n").as_bytes());
                is_abroad = true;
            }
            let followers = after.iter().take_while(|glyph| says(glyph).is_empty()).count();
            let (cluster, next) = rest.split_at(1 + followers);
            self.cluster(cluster, says(first), size)?;
            rest = next;
        }
        self.close();
        if is_abroad {
            self.out.extend_from_slice(b"EMC\n");
        }
        if self.rise != 0 {
            self.out.extend_from_slice(b"0 Ts\n");
        }
        Ok(())
    }

    /// The glyphs that together stand for `text`.
    fn cluster(&mut self, glyphs: &[Glyph], text: &str, size: i64) -> Result<(), PdfError> {
        if glyphs.len() > 1 && glyphs.len() == text.chars().count() {
            // A letter and its marks: each says its own part.
            let parts = text.char_indices().map(|(at, c)| text.get(at..at + c.len_utf8()).unwrap_or(""));
            for (glyph, part) in glyphs.iter().zip(parts) {
                self.glyph(glyph, part, size)?;
            }
            return Ok(());
        }
        // A soft hyphen is not part of the word; several glyphs for fewer letters cannot share
        // them out. Either way the span says what stands there.
        let span = text == "\u{AD}" || (glyphs.len() > 1 && !text.is_empty());
        if span {
            self.close();
            self.out.extend_from_slice(b"/Span<</ActualText<FEFF");
            for unit in text.encode_utf16() {
                hex(self.out, unit);
            }
            self.out.extend_from_slice(b">>>BDC\n");
        }
        for (index, glyph) in glyphs.iter().enumerate() {
            self.glyph(glyph, if index == 0 { text } else { "" }, size)?;
        }
        if span {
            self.close();
            self.out.extend_from_slice(b"EMC\n");
        }
        Ok(())
    }

    fn glyph(&mut self, glyph: &Glyph, text: &str, size: i64) -> Result<(), PdfError> {
        let (code, width) = self.face.code(glyph.id, text)?;
        if i32::from(glyph.y_offset) != self.rise {
            self.close();
            self.rise = i32::from(glyph.y_offset);
            decimal(self.out, i64::from(self.rise) * size / 1000);
            self.out.extend_from_slice(b"Ts\n");
        }
        if !self.open {
            self.out.push(b'[');
            self.open = true;
        }
        let wanted = self.pen + i64::from(glyph.x_offset);
        if wanted != self.viewer {
            self.end_string();
            integer(self.out, self.viewer - wanted);
            self.viewer = wanted;
        }
        if !self.string {
            self.out.push(b'(');
            self.string = true;
        }
        for byte in code.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.out.extend_from_slice(&[b'\\', byte]),
                b'\r' => self.out.extend_from_slice(b"\\r"), // a bare one would be read as a line feed
                _ => self.out.push(byte),
            }
        }
        self.viewer += i64::from(width);
        self.pen += i64::from(glyph.advance);
        Ok(())
    }

    fn end_string(&mut self) {
        if self.string {
            self.out.push(b')');
            self.string = false;
        }
    }

    fn close(&mut self) {
        self.end_string();
        if self.open {
            self.out.extend_from_slice(b"]TJ\n");
            self.open = false;
        }
    }
}

pub(super) fn rgb(out: &mut Vec<u8>, Rgb(r, g, b): Rgb, colored: &[u8], grey: &[u8]) {
    let mut part = |value: u8| {
        // Three decimals tell all 256 values apart.
        let value = (u32::from(value) * 1000 + 127) / 255;
        match value {
            0 => out.push(b'0'),
            1000 => out.push(b'1'),
            _ => {
                let text = format!("{value:03}");
                out.push(b'.');
                out.extend_from_slice(text.trim_end_matches('0').as_bytes());
            }
        }
        out.push(b' ');
    };
    if r == g && g == b {
        part(r);
        out.extend_from_slice(grey);
    } else {
        part(r);
        part(g);
        part(b);
        out.extend_from_slice(colored);
    }
}
