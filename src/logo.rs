//! Logos: SVG files made into plain outlines, which print sharp at any size.
//!
//! usvg works out styles, units, references and transforms. What is left are filled outlines;
//! strokes become outlines too. A logo that would not look as its owner drew it (text without its
//! font, pixels, effects) is not printed at all: a spoilt logo is worse than none.

mod guard;

use std::sync::Arc;

use usvg::tiny_skia_path::{Path, PathSegment, Rect, Transform};
use usvg::{BlendMode, FillRule, Group, Node, Options, Paint, PaintOrder, Stop, Tree};

pub use guard::{Fault, Flaw, LARGEST};

/// The longer side of a logo in its own units.
pub const SIDE: f32 = 500.0;
/// Most points of all outlines together.
const MOST_POINTS: usize = 60_000;
/// Room on the stack for files that nest as deeply as they may.
const STACK: usize = 32 << 20;

/// A logo: outlines in the order in which they cover one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Logo {
    /// Width of what is drawn, white borders left out; the longer side is [`SIDE`].
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// The outlines.
    pub pieces: Vec<Piece>,
}

/// A filled outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The outline; `y` grows downwards from the upper edge.
    pub outline: Outline,
    /// Its colour, in sRGB.
    pub color: [u8; 3],
    /// 255 hides what is under it.
    pub opacity: u8,
    /// It shows only inside all of these.
    pub clips: Vec<Arc<Outline>>,
}

/// A closed shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Its parts.
    pub steps: Vec<Step>,
    /// What is crossed twice is outside again.
    pub is_even_odd: bool,
}

/// A part of an outline: coordinates `x`, `y`, control points first.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "as in every path")]
pub enum Step {
    Move(f32, f32),
    Line(f32, f32),
    Curve(f32, f32, f32, f32, f32, f32),
    Close,
}

/// A logo, and what is not quite as it was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The logo.
    pub logo: Logo,
    /// The first gradient, if there is one: it is printed in its mean colour.
    pub remark: Option<Flaw>,
}

/// Reads an SVG file.
///
/// # Errors
/// What cannot be printed as it was drawn, and where it stands in the file.
pub fn read(bytes: &[u8]) -> Result<Drawn, Flaw> {
    let text = guard::text(bytes)?;
    // usvg descends into what is nested; a thread of its own has room for that, and what it might
    // not have foreseen ends with it.
    let drawn = std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || draw(text));
        worker.ok().and_then(|worker| worker.join().ok())
    });
    drawn.unwrap_or_else(|| Err(Flaw::whole(Fault::TooComplex)))
}

fn draw(text: &str) -> Result<Drawn, Flaw> {
    let document = guard::parse(text)?;
    guard::inspect(text, &document)?;
    let tree = Tree::from_xmltree(&document, &Options::default())
        .map_err(|fault| Flaw::whole(Fault::Broken(fault.to_string())))?;
    let mut pen = Pen { text, pieces: Vec::new(), points: 0, remark: None };
    pen.group(tree.root(), 1.0, &[])?;
    let canvas = Rect::from_xywh(0.0, 0.0, tree.size().width(), tree.size().height());
    let logo = canvas.and_then(|canvas| fitted(pen.pieces, canvas)).ok_or_else(|| Flaw::whole(Fault::Empty))?;
    Ok(Drawn { logo, remark: pen.remark })
}

/// A piece before it is fitted.
struct Raw {
    path: Path,
    is_even_odd: bool,
    color: [u8; 3],
    opacity: u8,
    clips: Vec<Arc<(Path, bool)>>,
}

/// Walks through the groups and collects what is painted.
struct Pen<'t> {
    text: &'t str,
    pieces: Vec<Raw>,
    points: usize,
    remark: Option<Flaw>,
}

impl Pen<'_> {
    fn group(&mut self, group: &Group, opacity: f32, clips: &[Arc<(Path, bool)>]) -> Result<(), Flaw> {
        if group.blend_mode() != BlendMode::Normal {
            return Err(Flaw::at(self.text, "mix-blend-mode", Fault::Effect("mix-blend-mode".to_owned())));
        }
        for (is_there, name) in [(group.mask().is_some(), "mask"), (!group.filters().is_empty(), "filter")] {
            if is_there {
                return Err(Flaw::at(self.text, &format!("<{name}"), Fault::Effect(name.to_owned())));
            }
        }
        let opacity = opacity * group.opacity().get();
        let mut clips = clips.to_vec();
        let mut next = group.clip_path();
        while let Some(clip) = next {
            let base = group.abs_transform().pre_concat(clip.transform());
            let mut outline = Union::default();
            outline.add(clip.root(), base);
            // A clip of nothing shows nothing.
            let Some(outline) = outline.finish() else { return Ok(()) };
            self.count(&outline.0)?;
            clips.push(Arc::new(outline));
            next = clip.clip_path();
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, opacity, &clips)?,
                Node::Path(path) => self.path(path, opacity, &clips)?,
                Node::Image(_) => return Err(Flaw::at(self.text, "<image", Fault::Image)),
                Node::Text(_) => return Err(Flaw::at(self.text, "<text", Fault::Text)),
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &usvg::Path, opacity: f32, clips: &[Arc<(Path, bool)>]) -> Result<(), Flaw> {
        if !path.is_visible() {
            return Ok(());
        }
        let to_page = path.abs_transform();
        let fill = path.fill().map(|fill| {
            let outline = path.data().clone().transform(to_page);
            // A line has no inside.
            let outline = outline.filter(|o| o.bounds().width() > 0.0 && o.bounds().height() > 0.0);
            (outline, fill.rule() == FillRule::EvenOdd, fill.paint(), fill.opacity().get())
        });
        let stroke = match path.stroke() {
            Some(stroke) => {
                let outline = self.stroked(path, stroke)?.and_then(|outline| outline.transform(to_page));
                Some((outline, false, stroke.paint(), stroke.opacity().get()))
            }
            None => None,
        };
        let both = match path.paint_order() {
            PaintOrder::FillAndStroke => [fill, stroke],
            PaintOrder::StrokeAndFill => [stroke, fill],
        };
        for (outline, is_even_odd, paint, own) in both.into_iter().flatten() {
            let Some(outline) = outline else { continue };
            let (color, clear) = self.color(paint)?;
            let opacity = level(opacity * own * clear);
            if opacity == 0 {
                continue;
            }
            self.count(&outline)?;
            self.pieces.push(Raw { path: outline, is_even_odd, color, opacity, clips: clips.to_vec() });
        }
        Ok(())
    }

    /// The outline of a stroke, in the path's own units; each dash is one of its own.
    fn stroked(&self, path: &usvg::Path, stroke: &usvg::Stroke) -> Result<Option<Path>, Flaw> {
        let (x, y) = path.abs_transform().get_scale();
        let fineness = 4.0 * x.max(y).clamp(0.01, 1000.0);
        let pen = stroke.to_tiny_skia();
        let Some(dash) = &pen.dash else { return Ok(path.data().stroke(&pen, fineness)) };
        match path.data().dash(dash, fineness) {
            Some(dashed) => Ok(dashed.stroke(&pen, fineness)),
            // More dashes than can be counted; or a path of no length, which has no stroke either.
            None if path.data().stroke(&pen, fineness).is_some() => Err(Flaw::whole(Fault::TooComplex)),
            None => Ok(None),
        }
    }

    fn count(&mut self, path: &Path) -> Result<(), Flaw> {
        self.points += path.points().len();
        if self.points > MOST_POINTS { Err(Flaw::whole(Fault::TooComplex)) } else { Ok(()) }
    }

    /// The colour of a paint and its own opacity.
    fn color(&mut self, paint: &Paint) -> Result<([u8; 3], f32), Flaw> {
        let (stops, element) = match paint {
            Paint::Color(color) => return Ok(([color.red, color.green, color.blue], 1.0)),
            Paint::LinearGradient(gradient) => (gradient.stops(), "<linearGradient"),
            Paint::RadialGradient(gradient) => (gradient.stops(), "<radialGradient"),
            Paint::Pattern(_) => {
                return Err(Flaw::at(self.text, "<pattern", Fault::Effect("pattern".to_owned())));
            }
        };
        if self.remark.is_none() {
            self.remark = Some(Flaw::at(self.text, element, Fault::Gradient));
        }
        Ok(mean(stops))
    }
}

/// The mean colour and opacity along a gradient.
fn mean(stops: &[Stop]) -> ([u8; 3], f32) {
    let parts = |stop: &Stop| {
        let (color, opacity) = (stop.color(), stop.opacity().get());
        [f32::from(color.red), f32::from(color.green), f32::from(color.blue), opacity]
    };
    let mut sum = [0.0f32; 4];
    let mut add = |from: [f32; 4], to: [f32; 4], length: f32| {
        for (sum, (a, b)) in sum.iter_mut().zip(from.into_iter().zip(to)) {
            *sum += (a + b) / 2.0 * length;
        }
    };
    if let (Some(first), Some(last)) = (stops.first(), stops.last()) {
        add(parts(first), parts(first), first.offset().get());
        for pair in stops.windows(2) {
            if let [from, to] = pair {
                add(parts(from), parts(to), to.offset().get() - from.offset().get());
            }
        }
        add(parts(last), parts(last), 1.0 - last.offset().get());
    }
    let [red, green, blue, opacity] = sum;
    ([red, green, blue].map(|part| level(part / 255.0)), opacity.clamp(0.0, 1.0))
}

/// 0 to 1 as 0 to 255.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn level(part: f32) -> u8 {
    (part.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// All outlines of a clip as one.
#[derive(Default)]
struct Union {
    paths: Vec<Path>,
    is_even_odd: bool,
}

impl Union {
    fn add(&mut self, group: &Group, base: Transform) {
        for node in group.children() {
            match node {
                Node::Group(inner) => self.add(inner, base),
                Node::Path(path) if path.is_visible() => {
                    self.is_even_odd |= path.fill().is_some_and(|fill| fill.rule() == FillRule::EvenOdd);
                    self.paths.extend(path.data().clone().transform(base.pre_concat(path.abs_transform())));
                }
                _ => {}
            }
        }
    }

    fn finish(self) -> Option<(Path, bool)> {
        let mut builder = usvg::tiny_skia_path::PathBuilder::new();
        let is_even_odd = self.is_even_odd && self.paths.len() == 1;
        self.paths.iter().for_each(|path| builder.push_path(path));
        Some((builder.finish()?, is_even_odd))
    }
}

/// Moves and scales all pieces so that what is drawn fills its box. `None` where nothing shows.
fn fitted(pieces: Vec<Raw>, canvas: Rect) -> Option<Logo> {
    let shown = |piece: &Raw| {
        let bounds = piece.path.compute_tight_bounds()?.intersect(&canvas)?;
        piece.clips.iter().try_fold(bounds, |bounds, clip| bounds.intersect(&clip.0.compute_tight_bounds()?))
    };
    let join = |all: Option<Rect>, one: Rect| {
        let Some(all) = all else { return Some(one) };
        let (left, top) = (all.left().min(one.left()), all.top().min(one.top()));
        Rect::from_ltrb(left, top, all.right().max(one.right()), all.bottom().max(one.bottom()))
    };
    // White on white paper is no part of the picture's size, unless there is nothing else.
    let inked = pieces.iter().filter(|piece| piece.color != [255; 3]).filter_map(shown).fold(None, join);
    let ink = inked.or_else(|| pieces.iter().filter_map(shown).fold(None, join))?;
    let longer = ink.width().max(ink.height());
    if longer <= f32::EPSILON || ink.width().min(ink.height()) <= longer / 200.0 {
        return None;
    }
    let scale = SIDE / longer;
    let to_box = Transform::from_translate(-ink.left(), -ink.top()).post_scale(scale, scale);
    let outline =
        |path: &Path, is_even_odd| Some(Outline { steps: steps(path.clone().transform(to_box)?), is_even_odd });
    let mut placed = Vec::new();
    for piece in &pieces {
        let Some(own) = outline(&piece.path, piece.is_even_odd) else { continue };
        let clips = piece.clips.iter().filter_map(|clip| Some(Arc::new(outline(&clip.0, clip.1)?))).collect();
        placed.push(Piece { outline: own, color: piece.color, opacity: piece.opacity, clips });
    }
    Some(Logo { width: ink.width() * scale, height: ink.height() * scale, pieces: placed })
}

fn steps(path: Path) -> Vec<Step> {
    // Far outside the box nothing shows, and PDF knows no larger numbers.
    let near = |value: f32| value.clamp(-30_000.0, 30_000.0);
    let mut steps = Vec::with_capacity(path.len());
    let mut pen = (0.0, 0.0);
    for segment in path.segments() {
        let step = match segment {
            PathSegment::MoveTo(to) => Step::Move(to.x, to.y),
            PathSegment::LineTo(to) => Step::Line(to.x, to.y),
            PathSegment::QuadTo(by, to) => {
                // The same curve with two control points.
                let third = |from: f32, by: f32| from + (by - from) * 2.0 / 3.0;
                Step::Curve(third(pen.0, by.x), third(pen.1, by.y), third(to.x, by.x), third(to.y, by.y), to.x, to.y)
            }
            PathSegment::CubicTo(a, b, to) => Step::Curve(a.x, a.y, b.x, b.y, to.x, to.y),
            PathSegment::Close => Step::Close,
        };
        if let Step::Move(x, y) | Step::Line(x, y) | Step::Curve(_, _, _, _, x, y) = step {
            pen = (x, y);
        }
        steps.push(match step {
            Step::Move(x, y) => Step::Move(near(x), near(y)),
            Step::Line(x, y) => Step::Line(near(x), near(y)),
            Step::Curve(a, b, c, d, x, y) => Step::Curve(near(a), near(b), near(c), near(d), near(x), near(y)),
            Step::Close => Step::Close,
        });
    }
    steps
}

#[cfg(test)]
mod tests;
