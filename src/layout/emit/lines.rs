//! Lines of text: letters, rules, inline boxes, links.

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect, Sides};
use crate::layout::boxes::STATIC_PLACE;
use crate::layout::fragment::{Line, Piece};
use crate::layout::page::{Cap, Paint, Path, Segment, Stroke};
use crate::style::{Color, DecorationStyle, Direction, Visibility};

use super::painter::Painter;

impl Painter<'_> {
    /// Paints a line of a block whose border box starts at `origin`.
    pub fn line(&mut self, line: &Line, origin: Point) {
        let baseline = Point::new(origin.x + line.x, origin.y + line.y.pt() + line.baseline);
        for piece in &line.pieces {
            match piece {
                Piece::Glyphs { run, mark } => {
                    let mut run = (**run).clone();
                    run.origin = run.origin + baseline;
                    self.paint(*mark, Paint::Glyphs(run));
                }
                Piece::InlineBox { rect, style, first, last } => {
                    let style = self.style(*style);
                    if style.visibility != Visibility::Visible {
                        continue;
                    }
                    let (left, right) = match style.direction {
                        Direction::Ltr => (*first, *last),
                        Direction::Rtl => (*last, *first),
                    };
                    let border = style.border.map(|border| border.width);
                    let has = Sides { top: true, right, bottom: true, left };
                    self.decoration(style, rect.moved(baseline), border, has);
                }
                Piece::Rule { rect, color, style, mark } => {
                    self.paint(*mark, rule(rect.moved(baseline), *color, *style));
                }
                Piece::Atomic(placed) => self.fragment(&placed.fragment, baseline + placed.at),
                Piece::Float(placed) => self.float(&placed.fragment, baseline + placed.at),
                Piece::Link { rect, link } => self.link(link, rect.moved(baseline)),
                Piece::Anchor { name, x } => {
                    let at = Point::new(baseline.x + *x, baseline.y - line.baseline);
                    if self.artifact.is_none() && !name.starts_with(STATIC_PLACE) {
                        self.painted.anchors.push((Arc::clone(name), at));
                    }
                }
            }
        }
    }
}

/// A line as high as `rect`, in its style.
fn rule(rect: Rect, color: Color, style: DecorationStyle) -> Paint {
    let thickness = rect.size.height;
    let y = rect.origin.y + thickness / 2.0;
    let (from, to) = (Point::new(rect.origin.x, y), Point::new(rect.origin.x + rect.size.width, y));
    let dashed = |dash: [f32; 2], cap: Cap| Stroke {
        dash: dash.map(|part| part * thickness.0).to_vec(),
        cap,
        ..Stroke::solid(color, thickness)
    };
    match style {
        DecorationStyle::Solid | DecorationStyle::Double => Paint::Rect { rect, fill: color },
        DecorationStyle::Dashed => Paint::Line { from, to, stroke: dashed([3.0, 2.0], Cap::Butt) },
        DecorationStyle::Dotted => {
            // Round dots as wide as the line, within its ends.
            let inset = thickness / 2.0;
            let (from, to) = (Point::new(from.x + inset, y), Point::new(to.x - inset, y));
            Paint::Line { from, to, stroke: dashed([0.0, 2.0], Cap::Round) }
        }
        DecorationStyle::Wavy => Paint::Path {
            path: Arc::new(wave(from, to.x, thickness)),
            fill: None,
            stroke: Some(Stroke::solid(color, thickness)),
        },
    }
}

/// A wave from a point to the right, its middle a little below the straight line.
fn wave(from: Point, to: Pt, thickness: Pt) -> Path {
    /// Longer lines have longer waves.
    const MOST: f32 = 4000.0;
    let half = (thickness * 2.5).max((to - from.x) / MOST).max(Pt(0.1));
    let height = thickness * 2.0;
    let y = from.y + thickness;
    let mut segments = vec![Segment::Move(Point::new(from.x, y))];
    let (mut x, mut up) = (from.x, true);
    while x < to {
        let crest = if up { y - height } else { y + height };
        let (a, b) = (x + half * 0.4, x + half * 0.6);
        x += half;
        segments.push(Segment::Cubic(Point::new(a, crest), Point::new(b, crest), Point::new(x, y)));
        up = !up;
    }
    Path { segments }
}
