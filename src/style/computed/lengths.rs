//! Lengths: absolute, or a mix of points and a share of a base that only layout knows.

use crate::geom::Pt;

/// A length that may depend on the containing block: `points + percent × base`, not below `low` and
/// else not above `high` (CSS Values 4 §10, `calc()`, `min()`, `max()` and `clamp()` of lengths and
/// percentages).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Length {
    /// The absolute part.
    pub points: Pt,
    /// The share of the base, 1.0 for 100 %.
    pub share: f32,
    /// What it is at least; only a length with a percentage has bounds.
    pub low: Option<Pt>,
    /// What it is at most, unless `low` is more.
    pub high: Option<Pt>,
}

impl Length {
    /// No length.
    pub const ZERO: Length = Length { points: Pt::ZERO, share: 0.0, low: None, high: None };

    /// An absolute length.
    pub const fn points(points: Pt) -> Length {
        Length { points, ..Length::ZERO }
    }

    /// A percentage, 1.0 for 100 %.
    pub const fn share(share: f32) -> Length {
        Length { share, ..Length::ZERO }
    }

    /// The length for a base that is known.
    pub fn resolve(self, base: Pt) -> Pt {
        let mut length = self.points + base * self.share;
        if let Some(high) = self.high {
            length = length.min(high);
        }
        match self.low {
            Some(low) => length.max(low),
            None => length,
        }
    }

    /// Whether more than a sum decides.
    pub fn has_bounds(self) -> bool {
        self.low.is_some() || self.high.is_some()
    }
}

/// A length or `auto` (`none` for maxima, `normal` for gaps).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub enum Extent {
    #[default]
    Auto,
    MinContent,
    MaxContent,
    FitContent,
    Length(Length),
}

impl Extent {
    /// The length for a base that is known; `None` when layout decides.
    pub fn resolve(self, base: Pt) -> Option<Pt> {
        match self {
            Extent::Length(length) => Some(length.resolve(base)),
            _ => None,
        }
    }
}
