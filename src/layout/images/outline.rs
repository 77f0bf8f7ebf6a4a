//! Outlines, fills and strokes of a drawing in our terms.

use std::sync::Arc;

use usvg::tiny_skia_path::{Path as SkiaPath, PathSegment, Point as SkiaPoint};

use crate::geom::{Point, Pt, Transform};
use crate::layout::page::{Cap, Fill, Join, Path, Segment, Stroke};
use crate::style::{Color, Length, Stop};

/// The map of a drawing's group.
pub fn transform(from: usvg::Transform) -> Transform {
    Transform { a: from.sx, b: from.ky, c: from.kx, d: from.sy, e: from.tx, f: from.ty }
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

/// A fill; `None` for patterns.
pub fn fill(from: &usvg::Fill) -> Option<Fill> {
    let even_odd = from.rule() == usvg::FillRule::EvenOdd;
    let opacity = from.opacity().get();
    match from.paint() {
        usvg::Paint::Color(paint) => Some(Fill::Color { color: color(*paint, opacity), even_odd }),
        usvg::Paint::LinearGradient(gradient) => Some(linear(gradient, opacity, even_odd)),
        usvg::Paint::RadialGradient(gradient) => Some(radial(gradient, opacity, even_odd)),
        usvg::Paint::Pattern(_) => None,
    }
}

fn stops(gradient: &usvg::BaseGradient, opacity: f32) -> Arc<[Stop]> {
    let stop = |stop: &usvg::Stop| Stop {
        color: color(stop.color(), stop.opacity().get() * opacity),
        at: Some(Length::share(stop.offset().get())),
    };
    gradient.stops().iter().map(stop).collect()
}

/// A linear gradient without its transform. Lines of equal colour are no longer at right angles to
/// the gradient's line when the transform shears, so its end is moved to where they are again.
fn linear(gradient: &usvg::LinearGradient, opacity: f32, even_odd: bool) -> Fill {
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
    Fill::Linear { from, to, stops: stops(gradient, opacity), even_odd }
}

/// A radial gradient without its transform; exact unless the transform shears.
fn radial(gradient: &usvg::RadialGradient, opacity: f32, even_odd: bool) -> Fill {
    let map = transform(gradient.transform());
    let radius = gradient.r().get();
    Fill::Radial {
        center: map.apply(Point::new(Pt(gradient.cx()), Pt(gradient.cy()))),
        radius_x: Pt(radius * map.a.hypot(map.c)),
        radius_y: Pt(radius * map.b.hypot(map.d)),
        stops: stops(gradient, opacity),
        even_odd,
    }
}

/// A stroke; a gradient is drawn in its first colour, and a pattern not at all.
pub fn stroke(from: &usvg::Stroke) -> Option<Stroke> {
    let opacity = from.opacity().get();
    let of_gradient =
        |gradient: &usvg::BaseGradient| gradient.stops().first().map(usvg::Stop::color);
    let paint = match from.paint() {
        usvg::Paint::Color(paint) => Some(*paint),
        usvg::Paint::LinearGradient(gradient) => of_gradient(gradient),
        usvg::Paint::RadialGradient(gradient) => of_gradient(gradient),
        usvg::Paint::Pattern(_) => None,
    }?;
    Some(Stroke {
        color: color(paint, opacity),
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
