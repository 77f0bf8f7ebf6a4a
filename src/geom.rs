//! Lengths and rectangles in PDF points, with the y axis pointing down from the page's top.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in PDF points (1/72 inch).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Pt(pub f32);

impl Pt {
    /// No length at all.
    pub const ZERO: Pt = Pt(0.0);
    /// Longer than any page; stands for "no limit" where arithmetic goes on.
    pub const HUGE: Pt = Pt(1.0e7);

    /// A length given in millimetres.
    pub const fn mm(value: f32) -> Pt {
        Pt(value * 72.0 / 25.4)
    }

    /// A length given in CSS pixels (1/96 inch).
    pub const fn px(value: f32) -> Pt {
        Pt(value * 0.75)
    }

    /// The larger of the two.
    pub fn max(self, other: Pt) -> Pt {
        Pt(self.0.max(other.0))
    }

    /// The smaller of the two.
    pub fn min(self, other: Pt) -> Pt {
        Pt(self.0.min(other.0))
    }

    /// The length without its sign.
    pub fn abs(self) -> Pt {
        Pt(self.0.abs())
    }
}

impl Add for Pt {
    type Output = Pt;
    fn add(self, other: Pt) -> Pt {
        Pt(self.0 + other.0)
    }
}

impl Sub for Pt {
    type Output = Pt;
    fn sub(self, other: Pt) -> Pt {
        Pt(self.0 - other.0)
    }
}

impl Neg for Pt {
    type Output = Pt;
    fn neg(self) -> Pt {
        Pt(-self.0)
    }
}

impl Mul<f32> for Pt {
    type Output = Pt;
    fn mul(self, factor: f32) -> Pt {
        Pt(self.0 * factor)
    }
}

impl Div<f32> for Pt {
    type Output = Pt;
    fn div(self, divisor: f32) -> Pt {
        Pt(self.0 / divisor)
    }
}

impl Div<Pt> for Pt {
    type Output = f32;
    fn div(self, divisor: Pt) -> f32 {
        self.0 / divisor.0
    }
}

impl AddAssign for Pt {
    fn add_assign(&mut self, other: Pt) {
        self.0 += other.0;
    }
}

impl SubAssign for Pt {
    fn sub_assign(&mut self, other: Pt) {
        self.0 -= other.0;
    }
}

impl Sum for Pt {
    fn sum<I: Iterator<Item = Pt>>(lengths: I) -> Pt {
        lengths.fold(Pt::ZERO, Add::add)
    }
}

/// A place on a page, from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: Pt,
    /// Downwards.
    pub y: Pt,
}

impl Point {
    /// The point at `x`, `y`.
    pub const fn new(x: Pt, y: Pt) -> Point {
        Point { x, y }
    }
}

impl Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Point;
    fn sub(self, other: Point) -> Point {
        Point::new(self.x - other.x, self.y - other.y)
    }
}

/// A width and a height.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// Horizontal extent.
    pub width: Pt,
    /// Vertical extent.
    pub height: Pt,
}

impl Size {
    /// The size `width` by `height`.
    pub const fn new(width: Pt, height: Pt) -> Size {
        Size { width, height }
    }
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Its top left corner.
    pub origin: Point,
    /// Its extent.
    pub size: Size,
}

impl Rect {
    /// The rectangle with its top left corner at `x`, `y`.
    pub const fn new(x: Pt, y: Pt, width: Pt, height: Pt) -> Rect {
        Rect { origin: Point::new(x, y), size: Size::new(width, height) }
    }

    /// The x of the right edge.
    pub fn right(&self) -> Pt {
        self.origin.x + self.size.width
    }

    /// The y of the bottom edge.
    pub fn bottom(&self) -> Pt {
        self.origin.y + self.size.height
    }

    /// The rectangle that is left when each side moves inwards (outwards when negative).
    pub fn inset(&self, by: Sides<Pt>) -> Rect {
        Rect::new(
            self.origin.x + by.left,
            self.origin.y + by.top,
            self.size.width - by.left - by.right,
            self.size.height - by.top - by.bottom,
        )
    }

    /// The same rectangle, moved.
    pub fn moved(&self, by: Point) -> Rect {
        Rect { origin: self.origin + by, size: self.size }
    }
}

/// A place down a run of text, or a distance along one, in points. A run goes over up to 20,000
/// pages, so far down that single precision counts in whole points; what is near a place is a [`Pt`]
/// away from it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Depth(pub f64);

impl Depth {
    /// The run's start.
    pub const ZERO: Depth = Depth(0.0);
    /// Further down than any run goes.
    pub const HUGE: Depth = Depth(1.0e9);

    /// The lower of the two.
    pub fn max(self, other: Depth) -> Depth {
        Depth(self.0.max(other.0))
    }

    /// The higher of the two.
    pub fn min(self, other: Depth) -> Depth {
        Depth(self.0.min(other.0))
    }

    /// The same place, counted from another one on.
    pub fn counted_from(self, start: Depth) -> Depth {
        Depth(self.0 - start.0)
    }

    /// The distance from the run's start as a length: exact to a few thousandths of a point in the
    /// first 50 pages, and coarse far down.
    pub fn pt(self) -> Pt {
        Pt(self.0 as f32)
    }
}

impl From<Pt> for Depth {
    fn from(length: Pt) -> Depth {
        Depth(f64::from(length.0))
    }
}

impl Add for Depth {
    type Output = Depth;
    fn add(self, other: Depth) -> Depth {
        Depth(self.0 + other.0)
    }
}

impl Add<Pt> for Depth {
    type Output = Depth;
    fn add(self, down: Pt) -> Depth {
        Depth(self.0 + f64::from(down.0))
    }
}

impl Sub<Pt> for Depth {
    type Output = Depth;
    fn sub(self, up: Pt) -> Depth {
        Depth(self.0 - f64::from(up.0))
    }
}

impl Sub for Depth {
    type Output = Pt;
    fn sub(self, other: Depth) -> Pt {
        Pt((self.0 - other.0) as f32)
    }
}

impl AddAssign<Pt> for Depth {
    fn add_assign(&mut self, down: Pt) {
        *self = *self + down;
    }
}

impl SubAssign<Pt> for Depth {
    fn sub_assign(&mut self, up: Pt) {
        *self = *self - up;
    }
}

impl AddAssign for Depth {
    fn add_assign(&mut self, other: Depth) {
        self.0 += other.0;
    }
}

/// A place in a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spot {
    /// To the right.
    pub x: Pt,
    /// Downwards.
    pub y: Depth,
}

impl Spot {
    /// The place at `x`, `y`.
    pub const fn new(x: Pt, y: Depth) -> Spot {
        Spot { x, y }
    }

    /// The same as a point; see [`Depth::pt`].
    pub fn point(self) -> Point {
        Point::new(self.x, self.y.pt())
    }
}

impl From<Point> for Spot {
    fn from(point: Point) -> Spot {
        Spot::new(point.x, point.y.into())
    }
}

impl Add for Spot {
    type Output = Spot;
    fn add(self, other: Spot) -> Spot {
        Spot::new(self.x + other.x, self.y + other.y)
    }
}

impl Add<Point> for Spot {
    type Output = Spot;
    fn add(self, by: Point) -> Spot {
        Spot::new(self.x + by.x, self.y + by.y)
    }
}

impl Sub<Point> for Spot {
    type Output = Spot;
    fn sub(self, by: Point) -> Spot {
        Spot::new(self.x - by.x, self.y - by.y)
    }
}

impl Sub for Spot {
    type Output = Spot;
    fn sub(self, other: Spot) -> Spot {
        Spot::new(self.x - other.x, self.y.counted_from(other.y))
    }
}

/// On a page, where what stands near is put.
impl Add<Spot> for Point {
    type Output = Point;
    fn add(self, by: Spot) -> Point {
        self + by.point()
    }
}

/// An upright rectangle in a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct RunRect {
    pub left: Pt,
    pub width: Pt,
    pub top: Depth,
    pub bottom: Depth,
}

impl RunRect {
    /// Its top left corner.
    pub fn corner(&self) -> Spot {
        Spot::new(self.left, self.top)
    }

    /// Its extent.
    pub fn size(&self) -> Size {
        Size::new(self.width, self.bottom - self.top)
    }

    /// On a page, where the run starts at `start`.
    pub fn at(&self, start: Point) -> Rect {
        Rect { origin: start + self.corner(), size: self.size() }
    }

    /// The same rectangle, moved.
    pub fn moved(&self, by: Spot) -> RunRect {
        let (top, bottom) = (self.top + by.y, self.bottom + by.y);
        RunRect { left: self.left + by.x, top, bottom, ..*self }
    }
}

/// One value for each side of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs)]
pub struct Sides<T> {
    pub top: T,
    pub right: T,
    pub bottom: T,
    pub left: T,
}

impl<T: Copy> Sides<T> {
    /// The same value on all four sides.
    pub const fn all(value: T) -> Sides<T> {
        Sides { top: value, right: value, bottom: value, left: value }
    }

    /// The sides, each mapped by `f`.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Sides<U> {
        Sides { top: f(self.top), right: f(self.right), bottom: f(self.bottom), left: f(self.left) }
    }
}

impl Sides<Pt> {
    /// Left and right together.
    pub fn horizontal(&self) -> Pt {
        self.left + self.right
    }

    /// Top and bottom together.
    pub fn vertical(&self) -> Pt {
        self.top + self.bottom
    }
}

impl Add for Sides<Pt> {
    type Output = Sides<Pt>;
    fn add(self, other: Sides<Pt>) -> Sides<Pt> {
        Sides {
            top: self.top + other.top,
            right: self.right + other.right,
            bottom: self.bottom + other.bottom,
            left: self.left + other.left,
        }
    }
}

/// An affine map `x' = a·x + c·y + e`, `y' = b·x + d·y + f` in page coordinates (y down).
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Transform {
    pub a: f32,
    pub b: f32,
    pub c: f32,
    pub d: f32,
    pub e: f32,
    pub f: f32,
}

impl Transform {
    /// The map that moves nothing.
    pub const IDENTITY: Transform = Transform { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// A move by `x`, `y`.
    pub fn translate(x: Pt, y: Pt) -> Transform {
        Transform { e: x.0, f: y.0, ..Transform::IDENTITY }
    }

    /// The map that applies `inner` first and then `self`.
    pub fn then_inner(&self, inner: &Transform) -> Transform {
        Transform {
            a: self.a * inner.a + self.c * inner.b,
            b: self.b * inner.a + self.d * inner.b,
            c: self.a * inner.c + self.c * inner.d,
            d: self.b * inner.c + self.d * inner.d,
            e: self.a * inner.e + self.c * inner.f + self.e,
            f: self.b * inner.e + self.d * inner.f + self.f,
        }
    }

    /// Where the map takes `point`.
    pub fn apply(&self, point: Point) -> Point {
        let (x, y) = (point.x.0, point.y.0);
        Point::new(Pt(self.a * x + self.c * y + self.e), Pt(self.b * x + self.d * y + self.f))
    }
}
