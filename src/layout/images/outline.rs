//! Outlines, fills and strokes of a drawing in our terms.

use std::sync::Arc;

use usvg::tiny_skia_path::{Path as SkiaPath, PathSegment, Point as SkiaPoint};

use usvg::SpreadMethod;

use crate::geom::{Point, Pt, Transform};
use crate::layout::page::{Cap, Fill, Join, Path, Segment, Stroke};
use crate::style::{Color, Length, Stop};

use super::tiles;

/// More turns of a repeating gradient are not drawn.
const MOST_TURNS: f32 = 256.0;
/// How far a radial gradient's focus may be from its centre, in radii.
const FARTHEST_FOCUS: f32 = 0.99;

/// The map of a drawing's group.
pub fn transform(from: usvg::Transform) -> Transform {
    Transform { a: from.sx, b: from.ky, c: from.kx, d: from.sy, e: from.tx, f: from.ty }
}

/// Left, top, right and bottom of a rectangle.
pub fn bounds(rect: usvg::Rect) -> [f32; 4] {
    [rect.left(), rect.top(), rect.right(), rect.bottom()]
}

/// An outline, each point moved by `by`.
pub fn path(data: &SkiaPath, by: &Transform) -> Path {
    let place = |point: SkiaPoint| by.apply(Point::new(Pt(point.x), Pt(point.y)));
    let mut last = SkiaPoint::zero();
    let segment = |segment: PathSegment| match segment {
        PathSegment::MoveTo(to) => {
            last = to;
            Segment::Move(place(to))
        }
        PathSegment::LineTo(to) => {
            last = to;
            Segment::Line(place(to))
        }
        PathSegment::QuadTo(control, to) => {
            // A quadratic curve raised to a cubic one: its handles reach two thirds of the way.
            let toward = |from: SkiaPoint| SkiaPoint {
                x: from.x + (control.x - from.x) * 2.0 / 3.0,
                y: from.y + (control.y - from.y) * 2.0 / 3.0,
            };
            let (first, second) = (toward(last), toward(to));
            last = to;
            Segment::Cubic(place(first), place(second), place(to))
        }
        PathSegment::CubicTo(first, second, to) => {
            last = to;
            Segment::Cubic(place(first), place(second), place(to))
        }
        PathSegment::Close => Segment::Close,
    };
    Path { segments: data.segments().map(segment).collect() }
}

fn color(from: usvg::Color, opacity: f32) -> Color {
    Color { red: from.red, green: from.green, blue: from.blue, alpha: opacity }
}

/// What fills an outline within `bounds` (left, top, right, bottom); `None` for patterns.
pub fn fill(paint: &usvg::Paint, opacity: f32, even_odd: bool, bounds: [f32; 4]) -> Option<Fill> {
    match paint {
        usvg::Paint::Color(paint) => Some(Fill::Color { color: color(*paint, opacity), even_odd }),
        usvg::Paint::LinearGradient(gradient) => Some(linear(gradient, opacity, even_odd, bounds)),
        usvg::Paint::RadialGradient(gradient) => Some(radial(gradient, opacity, even_odd, bounds)),
        usvg::Paint::Pattern(_) => None,
    }
}

/// A gradient's stops from its turn `first` to its turn `last` (0 and 1 for one that does not
/// repeat), on the line from the start of the one to the end of the other.
fn stops(gradient: &usvg::BaseGradient, opacity: f32, first: i32, last: i32) -> Arc<[Stop]> {
    let turns = (last - first).max(1) as f32;
    let stop = |stop: &usvg::Stop, turn: i32, reversed: bool| {
        let offset = stop.offset().get();
        let offset = if reversed { 1.0 - offset } else { offset };
        Stop {
            color: color(stop.color(), stop.opacity().get() * opacity),
            at: Some(Length::share(((turn - first) as f32 + offset) / turns)),
        }
    };
    let reflects = gradient.spread_method() == SpreadMethod::Reflect;
    let mut all = Vec::new();
    for turn in first..last.max(first + 1) {
        let reversed = reflects && turn.rem_euclid(2) == 1;
        let turn = gradient.stops().iter().map(|one| stop(one, turn, reversed));
        if reversed { all.extend(turn.rev()) } else { all.extend(turn) }
    }
    all.into()
}

/// From which to which turn a gradient has to be drawn to cover the places `from`–`to` on its line.
fn turns(gradient: &usvg::BaseGradient, from: f32, to: f32) -> (i32, i32) {
    if gradient.spread_method() == SpreadMethod::Pad || !(from.is_finite() && to.is_finite()) {
        return (0, 1);
    }
    let first = from.floor().clamp(-MOST_TURNS, MOST_TURNS) as i32;
    let last = to.ceil().clamp(-MOST_TURNS, MOST_TURNS) as i32;
    (first.min(0), last.max(1))
}

/// A linear gradient without its transform. Lines of equal colour are no longer at right angles to
/// the gradient's line when the transform shears, so its end is moved to where they are again.
fn linear(gradient: &usvg::LinearGradient, opacity: f32, even_odd: bool, bounds: [f32; 4]) -> Fill {
    let map = transform(gradient.transform());
    let from = map.apply(Point::new(Pt(gradient.x1()), Pt(gradient.y1())));
    let to = map.apply(Point::new(Pt(gradient.x2()), Pt(gradient.y2())));
    let (dx, dy) = (gradient.x2() - gradient.x1(), gradient.y2() - gradient.y1());
    // The direction of equal colour, and the normal to it.
    let (along_x, along_y) = (map.c * dx - map.a * dy, map.d * dx - map.b * dy);
    let (normal_x, normal_y) = (-along_y, along_x);
    let length = normal_x * normal_x + normal_y * normal_y;
    let to = if length > 0.0 {
        let reach = ((to.x - from.x).0 * normal_x + (to.y - from.y).0 * normal_y) / length;
        Point::new(from.x + Pt(normal_x * reach), from.y + Pt(normal_y * reach))
    } else {
        to
    };
    let (across, down) = ((to.x - from.x).0, (to.y - from.y).0);
    let square = across * across + down * down;
    let [left, top, right, bottom] = bounds;
    let places = [(left, top), (right, top), (right, bottom), (left, bottom)]
        .map(|(x, y)| ((x - from.x.0) * across + (y - from.y.0) * down) / square);
    let least = places.into_iter().fold(f32::INFINITY, f32::min);
    let most = places.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let (first, last) = turns(gradient, least, most);
    let along =
        |turn: i32| Point::new(from.x + Pt(across * turn as f32), from.y + Pt(down * turn as f32));
    let stops = stops(gradient, opacity, first, last);
    Fill::Linear { from: along(first), to: along(last), stops, even_odd }
}

/// A radial gradient as circles from its focus to the circle of radius 1.
fn radial(gradient: &usvg::RadialGradient, opacity: f32, even_odd: bool, bounds: [f32; 4]) -> Fill {
    let radius = gradient.r().get();
    let own =
        Transform { a: radius, b: 0.0, c: 0.0, d: radius, e: gradient.cx(), f: gradient.cy() };
    let map = transform(gradient.transform()).then_inner(&own);
    let (x, y) =
        ((gradient.fx() - gradient.cx()) / radius, (gradient.fy() - gradient.cy()) / radius);
    // A focus on or outside the circle is moved inside (SVG 1.1 §13.2.3).
    let distance = x.hypot(y);
    let shrink = if distance > FARTHEST_FOCUS { FARTHEST_FOCUS / distance } else { 1.0 };
    let (x, y) = (x * shrink, y * shrink);
    let reach = tiles::back(&map, bounds).map_or(1.0, |[left, top, right, bottom]| {
        let far = [(left, top), (right, top), (right, bottom), (left, bottom)]
            .map(|(px, py)| (px - x).hypot(py - y));
        far.into_iter().fold(0.0, f32::max) / (1.0 - x.hypot(y))
    });
    let (_, last) = turns(gradient, 0.0, reach);
    let grown = last as f32;
    let own = Transform {
        a: grown,
        b: 0.0,
        c: 0.0,
        d: grown,
        e: x * (1.0 - grown),
        f: y * (1.0 - grown),
    };
    let stops = stops(gradient, opacity, 0, last);
    Fill::Focal { map: map.then_inner(&own), focus: (x, y), stops, even_odd }
}

/// A stroke in one colour; `None` for gradients and patterns, which fill its outline instead.
pub fn stroke(from: &usvg::Stroke) -> Option<Stroke> {
    let usvg::Paint::Color(paint) = from.paint() else { return None };
    Some(Stroke {
        color: color(*paint, from.opacity().get()),
        width: Pt(from.width().get()),
        dash: from.dasharray().map(<[f32]>::to_vec).unwrap_or_default(),
        dash_offset: from.dashoffset(),
        cap: match from.linecap() {
            usvg::LineCap::Butt => Cap::Butt,
            usvg::LineCap::Round => Cap::Round,
            usvg::LineCap::Square => Cap::Square,
        },
        join: match from.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => Join::Miter,
            usvg::LineJoin::Round => Join::Round,
            usvg::LineJoin::Bevel => Join::Bevel,
        },
        miter_limit: from.miterlimit().get(),
    })
}

/// The outline of a stroke, for what a pen cannot draw: gradients and patterns.
pub fn stroked(data: &SkiaPath, from: &usvg::Stroke) -> Option<SkiaPath> {
    let stroke = from.to_tiny_skia();
    // Curves are as fine as on a drawing shown four times as large.
    const RESOLUTION: f32 = 4.0;
    let dashed = match &stroke.dash {
        Some(dash) => Some(data.dash(dash, RESOLUTION)?),
        None => None,
    };
    dashed.as_ref().unwrap_or(data).stroke(&stroke, RESOLUTION)
}
