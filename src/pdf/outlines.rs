//! Outlines → path operations.

use printpdf::{
    Line, LinePoint, Op, PaintMode, Point as PdfPoint, Polygon, PolygonRing, WindingOrder,
};

use crate::layout::{Path, Segment};

use super::content::Content;
use super::frame::Frame;

/// One subpath.
struct Ring {
    points: Vec<LinePoint>,
    closed: bool,
}

fn rings(path: &Path, frame: &Frame) -> Vec<Ring> {
    let mut rings: Vec<Ring> = Vec::new();
    // Drawing on after a close starts at the closed subpath's first point (ISO 32000-1 8.5.2.1).
    let mut start: Option<PdfPoint> = None;
    let open = |rings: &mut Vec<Ring>, start: Option<PdfPoint>| {
        if rings.last().is_none_or(|ring| ring.closed) {
            let points = start.map(|p| LinePoint { p, bezier: false }).into_iter().collect();
            rings.push(Ring { points, closed: false });
        }
    };
    let add = |rings: &mut Vec<Ring>, p: PdfPoint, bezier: bool| {
        if let Some(ring) = rings.last_mut() {
            ring.points.push(LinePoint { p, bezier });
        }
    };
    for segment in &path.segments {
        match *segment {
            Segment::Move(to) => {
                let p = frame.point(to);
                start = Some(p);
                rings.push(Ring { points: vec![LinePoint { p, bezier: false }], closed: false });
            }
            Segment::Line(to) => {
                open(&mut rings, start);
                add(&mut rings, frame.point(to), false);
            }
            Segment::Cubic(first, second, to) => {
                open(&mut rings, start);
                add(&mut rings, frame.point(first), true);
                add(&mut rings, frame.point(second), true);
                add(&mut rings, frame.point(to), false);
            }
            Segment::Close => {
                if let Some(ring) = rings.last_mut() {
                    ring.closed = true;
                }
            }
        }
    }
    rings.retain(|ring| ring.points.len() > 1);
    rings
}

fn polygon(path: &Path, even_odd: bool, mode: PaintMode, frame: &Frame) -> Option<Op> {
    let rings: Vec<PolygonRing> =
        rings(path, frame).into_iter().map(|ring| PolygonRing { points: ring.points }).collect();
    let winding_order = if even_odd { WindingOrder::EvenOdd } else { WindingOrder::NonZero };
    (!rings.is_empty())
        .then_some(Op::DrawPolygon { polygon: Polygon { rings, mode, winding_order } })
}

/// Fills the outline with the current colour.
pub(super) fn fill(path: &Path, even_odd: bool, frame: &Frame, content: &mut Content) {
    if let Some(polygon) = polygon(path, even_odd, PaintMode::Fill, frame) {
        content.push(polygon);
    }
}

/// Clips to the outline; an empty one hides everything.
pub(super) fn clip(path: &Path, even_odd: bool, frame: &Frame, content: &mut Content) {
    let nothing = || Op::DrawRectangle {
        rectangle: printpdf::Rect {
            mode: Some(PaintMode::Clip),
            ..printpdf::Rect::from_wh(printpdf::Pt(0.0), printpdf::Pt(0.0))
        },
    };
    content.push(polygon(path, even_odd, PaintMode::Clip, frame).unwrap_or_else(nothing));
}

/// Draws along the outline.
pub(super) fn stroke(path: &Path, frame: &Frame, content: &mut Content) {
    for ring in rings(path, frame) {
        let line = Line { points: ring.points, is_closed: ring.closed };
        content.push(Op::DrawLine { line });
    }
}
