//! The content stream of a page.

use super::PdfError;
use super::alphabet::{Alphabet, FaceInUse};
use super::font::resource_name;
use super::number::{decimal, hex, hundredths, integer};
use crate::typeset::layout::{Face, Glyph, GlyphRun, Item, Page, Rgb, Segment, Shape};

/// What the marks around content say of it.
///
/// This is the seam for tagging: content that is not an artifact will open with the role and
/// the identifier of its item in the structure tree, where now it has no mark at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    None,
    Artifact,
}

/// The stream of a page: its runs and shapes in reading order. Links are annotations, not
/// content; see `navigation`.
pub(super) fn of(page: &Page, alphabet: &mut Alphabet<'_>) -> Result<Vec<u8>, PdfError> {
    let mut stream = Stream::new(page.height);
    for item in &page.items {
        match item {
            Item::Glyphs(run) if run.glyphs.is_empty() => {}
            Item::Glyphs(run) => stream.run(run, alphabet.face(run.face)?)?,
            Item::Shape(shape) => stream.shape(shape),
            Item::Link(_) => {}
        }
    }
    Ok(stream.finish())
}

struct Stream {
    out: Vec<u8>,
    /// Height of the page: the layout's `y` grows downwards, PDF's upwards.
    height: f32,
    mark: Mark,
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

impl Stream {
    fn new(height: f32) -> Self {
        Self {
            out: Vec::with_capacity(16 << 10),
            height,
            mark: Mark::None,
            in_text: false,
            line: (0, 0),
            font: None,
            fill: None,
            stroke: None,
            stroke_width: None,
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.mark(Mark::None);
        self.end_text();
        self.out
    }

    fn push(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    fn mark(&mut self, mark: Mark) {
        if self.mark == mark {
            return;
        }
        self.end_text();
        if self.mark == Mark::Artifact {
            self.push(b"EMC\n");
        }
        if mark == Mark::Artifact {
            self.push(b"/Artifact BMC\n");
        }
        self.mark = mark;
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
        self.mark(if run.artifact { Mark::Artifact } else { Mark::None });
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
        Shower { out: &mut self.out, face, open: false, string: false, pen: 0, viewer: 0, rise: 0 }.run(run, size)
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
        self.mark(Mark::Artifact);
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
        let says = |glyph: &Glyph| run.text.get(glyph.range.start as usize..glyph.range.end as usize).unwrap_or("");
        let mut rest = run.glyphs.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let followers = after.iter().take_while(|glyph| says(glyph).is_empty()).count();
            let (cluster, next) = rest.split_at(1 + followers);
            self.cluster(cluster, says(first), size)?;
            rest = next;
        }
        self.close();
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
        if glyph.y_offset != self.rise {
            self.close();
            self.rise = glyph.y_offset;
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

fn rgb(out: &mut Vec<u8>, Rgb(r, g, b): Rgb, colored: &[u8], grey: &[u8]) {
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
