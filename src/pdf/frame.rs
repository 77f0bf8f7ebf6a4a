//! From layout's coordinates to those that are written.

use printpdf::{Point as PdfPoint, Pt as PdfPt};

use crate::geom::{Point, Pt};

/// The most decimals of coordinates.
const MOST_DECIMALS: usize = 6;
const POWERS: [f64; MOST_DECIMALS + 1] = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6];

/// Nothing that is further away is on any page.
const MOST_UNITS: f64 = 1e15;

/// From layout's coordinates (y down) to the page's or a group's (y up).
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    decimals: usize,
}

impl Frame {
    /// A frame whose origin is `left` and `top` from the page's, with coordinates to hundredths.
    pub(super) fn new(left: f64, top: f64) -> Frame {
        Frame { left, top, decimals: 2 }
    }

    /// The frame of a group that stands at the origin and is magnified: coordinates get as many
    /// more decimals as `scale` has digits.
    pub(super) fn magnified(&self, scale: f64) -> Frame {
        let digits = scale.max(1.0e-3).log10().ceil().clamp(0.0, 4.0) as usize;
        Frame { left: 0.0, top: 0.0, decimals: (self.decimals + digits).min(MOST_DECIMALS) }
    }

    /// How many decimals coordinates have.
    pub(super) fn decimals(&self) -> usize {
        self.decimals
    }

    /// A length in units of the last decimal; sums of several of them are still numbers.
    pub(super) fn units(&self, value: f64) -> i64 {
        (value * POWERS[self.decimals]).round().clamp(-MOST_UNITS, MOST_UNITS) as i64
    }

    /// A place from the left, in units of the last decimal.
    pub(super) fn x_units(&self, x: Pt) -> i64 {
        self.units(f64::from(x.0) + self.left)
    }

    /// A place from the bottom, in units of the last decimal.
    pub(super) fn y_units(&self, y: Pt) -> i64 {
        self.units(self.top - f64::from(y.0))
    }

    /// Units of the last decimal as a length.
    pub(super) fn length(&self, units: i64) -> f32 {
        (units as f64 / POWERS[self.decimals]) as f32
    }

    /// A point for printpdf.
    pub(super) fn point(&self, point: Point) -> PdfPoint {
        PdfPoint {
            x: PdfPt(self.length(self.x_units(point.x))),
            y: PdfPt(self.length(self.y_units(point.y))),
        }
    }
}
