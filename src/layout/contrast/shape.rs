//! Where painted shapes are, point by point.

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect, Transform};
use crate::layout::page::{Path, Segment};

/// An upright rectangle on the page: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds(pub [f32; 4]);

impl Bounds {
    /// Without an end.
    pub const ALL: Bounds = Bounds([f32::MIN, f32::MIN, f32::MAX, f32::MAX]);

    /// The bounds of a rectangle.
    pub fn of(rect: Rect) -> Bounds {
        Bounds([rect.origin.x.0, rect.origin.y.0, rect.right().0, rect.bottom().0])
    }

    /// The rectangle as an outline.
    pub fn outline(self) -> Path {
        let Bounds([left, top, right, bottom]) = self;
        let point = |x, y| Point::new(Pt(x), Pt(y));
        let segments = vec![
            Segment::Move(point(left, top)),
            Segment::Line(point(right, top)),
            Segment::Line(point(right, bottom)),
            Segment::Line(point(left, bottom)),
            Segment::Close,
        ];
        Path { segments }
    }

    /// Around all of `self` as `map` shows it.
    pub fn mapped(self, map: Option<&Transform>) -> Bounds {
        let Some(map) = map else { return self };
        let Bounds([left, top, right, bottom]) = self;
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        let points = corners.map(|(x, y)| map.apply(Point::new(Pt(x), Pt(y))));
        let mut around = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for point in points {
            around[0] = around[0].min(point.x.0);
            around[1] = around[1].min(point.y.0);
            around[2] = around[2].max(point.x.0);
            around[3] = around[3].max(point.y.0);
        }
        Bounds(around)
    }

    /// What both cover.
    pub fn and(self, other: Bounds) -> Bounds {
        let (Bounds(a), Bounds(b)) = (self, other);
        Bounds([a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])])
    }

    /// Around both.
    pub fn with(self, other: Bounds) -> Bounds {
        let (Bounds(a), Bounds(b)) = (self, other);
        Bounds([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }

    /// Whether it is narrower or lower than that.
    pub fn is_thinner_than(self, extent: f32) -> bool {
        let Bounds([left, top, right, bottom]) = self;
        right - left < extent || bottom - top < extent
    }

    /// Whether the point is inside.
    pub fn holds(self, point: Point) -> bool {
        let Bounds([left, top, right, bottom]) = self;
        (left..=right).contains(&point.x.0) && (top..=bottom).contains(&point.y.0)
    }

    /// Around all of the points.
    pub fn around(points: &[Point]) -> Bounds {
        let none = Bounds([f32::MAX, f32::MAX, f32::MIN, f32::MIN]);
        let point = |point: &Point| Bounds([point.x.0, point.y.0, point.x.0, point.y.0]);
        points.iter().map(point).fold(none, Bounds::with)
    }

    /// How much of `other` is inside.
    pub fn share(self, other: Bounds) -> Share {
        let (Bounds(a), Bounds(b)) = (self, other);
        if !self.meets(other) {
            Share::None
        } else if a[0] <= b[0] && a[1] <= b[1] && a[2] >= b[2] && a[3] >= b[3] {
            Share::All
        } else {
            Share::Some
        }
    }

    /// With so much more on each side.
    fn wider(self, by: f32) -> Bounds {
        let Bounds([left, top, right, bottom]) = self;
        Bounds([left - by, top - by, right + by, bottom + by])
    }

    /// Whether both have a point in common.
    pub fn meets(self, other: Bounds) -> bool {
        let (Bounds(a), Bounds(b)) = (self, other);
        a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]
    }

    /// Whether any of a height is inside.
    pub fn meets_height(self, top: f32, bottom: f32) -> bool {
        self.0[1] <= bottom && self.0[3] >= top
    }
}

/// How much of a rectangle something takes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Nothing.
    None,
    /// Perhaps a part.
    Some,
    /// Everything.
    All,
}

impl Share {
    /// How much is taken up by both.
    pub fn and(self, other: Share) -> Share {
        match (self, other) {
            (Share::None, _) | (_, Share::None) => Share::None,
            (Share::All, Share::All) => Share::All,
            _ => Share::Some,
        }
    }
}

/// An outline that is filled, in its own coordinates.
#[derive(Debug, Clone)]
pub struct Shape {
    path: Arc<Path>,
    even_odd: bool,
    /// From the page to the outline's coordinates.
    inverse: Transform,
}

impl Shape {
    /// The outline as `map` shows it; `None` where the map makes a line of it.
    pub fn new(path: &Arc<Path>, even_odd: bool, map: Option<&Transform>) -> Option<Shape> {
        let inverse = match map {
            Some(map) => inverse(map)?,
            None => Transform::IDENTITY,
        };
        Some(Shape { path: Arc::clone(path), even_odd, inverse })
    }

    /// A point of the page in the outline's own coordinates.
    pub fn own(&self, point: Point) -> Point {
        self.inverse.apply(point)
    }

    /// How much of `bounds` is inside, as far as can be told without looking at each point: where
    /// no edge comes near, what holds for one point holds for all.
    pub fn share(&self, bounds: Bounds) -> Share {
        /// Rounding moves no edge by as much, in the outline's units.
        const NEAR: f32 = 0.05;
        let own = bounds.mapped(Some(&self.inverse)).wider(NEAR);
        let mut is_crossed = false;
        let near = |hull: Bounds| hull.meets(own);
        edges(&self.path, &near, &mut |from, to| is_crossed |= near(Bounds::around(&[from, to])));
        let Bounds([left, top, ..]) = bounds;
        match is_crossed {
            true => Share::Some,
            false if self.holds(Point::new(Pt(left), Pt(top))) => Share::All,
            false => Share::None,
        }
    }

    /// Whether the point on the page is inside (ISO 32000-1 8.5.3.3).
    pub fn holds(&self, point: Point) -> bool {
        let point = self.own(point);
        let mut winding = 0;
        let mut crossings = 0;
        let mut edge = |from: Point, to: Point| {
            let (low, high) = (from.y.0.min(to.y.0), from.y.0.max(to.y.0));
            if !(low <= point.y.0 && point.y.0 < high) {
                return;
            }
            let share = (point.y.0 - from.y.0) / (to.y.0 - from.y.0);
            if from.x.0 + share * (to.x.0 - from.x.0) > point.x.0 {
                crossings += 1;
                winding += if to.y.0 > from.y.0 { 1 } else { -1 };
            }
        };
        edges(&self.path, &|hull| hull.meets_height(point.y.0, point.y.0), &mut edge);
        if self.even_odd { crossings % 2 == 1 } else { winding != 0 }
    }
}

/// Whether an outline is nothing but its bounds.
pub fn is_box(path: &Path) -> bool {
    let [Segment::Move(a), Segment::Line(b), Segment::Line(c), Segment::Line(d), Segment::Close] =
        path.segments.as_slice()
    else {
        return false;
    };
    let upright = |from: &Point, to: &Point| from.x == to.x || from.y == to.y;
    upright(a, b) && upright(b, c) && upright(c, d) && upright(d, a)
}

/// The edges of an outline, curves as a few straight lines each, every part closed. Curves may be
/// left out whose bounds, or wider ones, are not `wanted`.
fn edges(path: &Path, wanted: &dyn Fn(Bounds) -> bool, edge: &mut dyn FnMut(Point, Point)) {
    const PARTS: u8 = 8;
    let (mut start, mut at) = (Point::default(), Point::default());
    for segment in &path.segments {
        match *segment {
            Segment::Move(to) => {
                edge(at, start);
                (start, at) = (to, to);
            }
            Segment::Line(to) => {
                edge(at, to);
                at = to;
            }
            Segment::Cubic(first, second, to) => {
                let from = at;
                let is_wanted = wanted(Bounds::around(&[from, first, second, to]));
                for part in (1..=PARTS).filter(|_| is_wanted) {
                    let next =
                        on_curve(from, first, second, to, f32::from(part) / f32::from(PARTS));
                    edge(at, next);
                    at = next;
                }
                at = to;
            }
            Segment::Close => {
                edge(at, start);
                at = start;
            }
        }
    }
    edge(at, start);
}

fn on_curve(from: Point, first: Point, second: Point, to: Point, t: f32) -> Point {
    let u = 1.0 - t;
    let along = |a: Pt, b: Pt, c: Pt, d: Pt| {
        a * (u * u * u) + b * (3.0 * u * u * t) + c * (3.0 * u * t * t) + d * (t * t * t)
    };
    Point::new(along(from.x, first.x, second.x, to.x), along(from.y, first.y, second.y, to.y))
}

fn inverse(map: &Transform) -> Option<Transform> {
    let determinant = map.a * map.d - map.b * map.c;
    if !determinant.is_normal() {
        return None;
    }
    let (a, b) = (map.d / determinant, -map.b / determinant);
    let (c, d) = (-map.c / determinant, map.a / determinant);
    let (e, f) = (-(a * map.e + c * map.f), -(b * map.e + d * map.f));
    Some(Transform { a, b, c, d, e, f })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f32, y: f32) -> Point {
        Point::new(Pt(x), Pt(y))
    }

    /// A triangle with a right angle at the origin.
    fn triangle() -> Arc<Path> {
        let segments = vec![
            Segment::Move(point(0.0, 0.0)),
            Segment::Line(point(10.0, 0.0)),
            Segment::Line(point(0.0, 10.0)),
            Segment::Close,
        ];
        Arc::new(Path { segments })
    }

    #[test]
    fn shape_holds_what_is_inside_only() {
        let shape = Shape::new(&triangle(), false, None).unwrap();
        assert!(shape.holds(point(2.0, 2.0)));
        assert!(!shape.holds(point(8.0, 8.0)) && !shape.holds(point(-1.0, 2.0)));
    }

    #[test]
    fn shape_has_all_or_nothing_of_what_no_edge_comes_near() {
        let shape = Shape::new(&triangle(), false, None).unwrap();
        let share = |left, top, right, bottom| shape.share(Bounds([left, top, right, bottom]));
        assert_eq!(share(20.0, 1.0, 30.0, 9.0), Share::None);
        assert_eq!(share(1.0, 1.0, 12.0, 2.0), Share::Some);
        let wide = Transform { a: 100.0, d: 100.0, ..Transform::IDENTITY };
        let square = Arc::new(Bounds([0.0, 0.0, 1.0, 1.0]).outline());
        let square = Shape::new(&square, true, Some(&wide)).unwrap();
        assert_eq!(square.share(Bounds([10.0, 10.0, 90.0, 90.0])), Share::All);
        assert_eq!(square.share(Bounds([10.0, 10.0, 99.0, 90.0])), Share::Some);
    }

    #[test]
    fn shape_that_is_moved_and_turned_holds_points_of_the_page() {
        // A quarter turn clockwise, then 100 to the right.
        let map = Transform { a: 0.0, b: 1.0, c: -1.0, d: 0.0, e: 100.0, f: 0.0 };
        let shape = Shape::new(&triangle(), true, Some(&map)).unwrap();
        assert!(shape.holds(point(98.0, 2.0)) && !shape.holds(point(2.0, 2.0)));
        assert!(Shape::new(&triangle(), true, Some(&Transform { a: 0.0, ..map })).is_some());
        let flat = Transform { a: 1.0, b: 1.0, c: 1.0, d: 1.0, e: 0.0, f: 0.0 };
        assert!(Shape::new(&triangle(), true, Some(&flat)).is_none());
    }
}
