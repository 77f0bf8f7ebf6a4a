//! Outlines of rounded rectangles.

use crate::geom::{Point, Pt, Rect, Sides, Size};
use crate::layout::page::{Path, Segment};
use crate::style::Length;

/// The share of a radius at which a cubic curve's handle makes a quarter of a circle.
const KAPPA: f32 = 0.552_284_8;

/// Used radii: top left, top right, bottom right, bottom left, each horizontal and vertical,
/// scaled so that they fit (CSS Backgrounds 3 §4.5, §5.5).
pub fn radii(radius: [(Length, Length); 4], size: Size) -> [(Pt, Pt); 4] {
    let mut radii = radius
        .map(|(x, y)| (x.resolve(size.width).max(Pt::ZERO), y.resolve(size.height).max(Pt::ZERO)));
    let [a, b, c, d] = radii;
    let sums = [
        (a.0 + b.0, size.width),
        (b.1 + c.1, size.height),
        (c.0 + d.0, size.width),
        (d.1 + a.1, size.height),
    ];
    let factor = sums.into_iter().fold(1.0_f32, |factor, (sum, available)| {
        if sum > available && sum > Pt::ZERO { factor.min(available / sum) } else { factor }
    });
    for (x, y) in &mut radii {
        *x = *x * factor;
        *y = *y * factor;
    }
    radii
}

/// The radii of the edge that lies `inset` further in (CSS Backgrounds 3 §5.2).
pub fn inner_radii(radii: [(Pt, Pt); 4], inset: Sides<Pt>) -> [(Pt, Pt); 4] {
    let less = |radius: (Pt, Pt), x: Pt, y: Pt| {
        ((radius.0 - x).max(Pt::ZERO), (radius.1 - y).max(Pt::ZERO))
    };
    [
        less(radii[0], inset.left, inset.top),
        less(radii[1], inset.right, inset.top),
        less(radii[2], inset.right, inset.bottom),
        less(radii[3], inset.left, inset.bottom),
    ]
}

/// The outline of a rectangle with rounded corners.
pub fn rounded(rect: Rect, radii: [(Pt, Pt); 4]) -> Path {
    let (left, top, right, bottom) = (rect.origin.x, rect.origin.y, rect.right(), rect.bottom());
    let [a, b, c, d] = radii;
    let point = Point::new;
    let mut segments = vec![Segment::Move(point(left + a.0, top))];
    let corners = [
        (point(right - b.0, top), point(right, top), point(right, top + b.1)),
        (point(right, bottom - c.1), point(right, bottom), point(right - c.0, bottom)),
        (point(left + d.0, bottom), point(left, bottom), point(left, bottom - d.1)),
        (point(left, top + a.1), point(left, top), point(left + a.0, top)),
    ];
    for (from, corner, to) in corners {
        segments.push(Segment::Line(from));
        if from != to {
            segments.push(Segment::Cubic(towards(from, corner), towards(to, corner), to));
        }
    }
    segments.push(Segment::Close);
    Path { segments }
}

/// A curve's handle on the way from an end to the corner that it rounds.
fn towards(end: Point, corner: Point) -> Point {
    Point::new(end.x + (corner.x - end.x) * KAPPA, end.y + (corner.y - end.y) * KAPPA)
}

/// The outline of a rectangle.
pub fn plain(rect: Rect) -> Path {
    rounded(rect, [(Pt::ZERO, Pt::ZERO); 4])
}
