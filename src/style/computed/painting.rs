//! What is painted: colours, borders, backgrounds, gradients, shadows, transforms.

use std::sync::Arc;

use crate::geom::Pt;

use super::keywords::{BackgroundBox, LineStyle, Repeat};
use super::lengths::{Extent, Length};

/// A colour in sRGB, each channel 0–255, alpha 0.0–1.0.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Color {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
    pub alpha: f32,
}

impl Color {
    /// Opaque black.
    pub const BLACK: Color = Color { red: 0, green: 0, blue: 0, alpha: 1.0 };
    /// Nothing to be seen.
    pub const TRANSPARENT: Color = Color { red: 0, green: 0, blue: 0, alpha: 0.0 };

    /// Whether painting with it changes nothing.
    pub fn is_invisible(&self) -> bool {
        self.alpha <= 0.0
    }
}

/// One side's border; the width is 0 when the style is `none` or `hidden` (CSS Backgrounds 3 §4.3).
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Border {
    pub width: Pt,
    pub style: LineStyle,
    pub color: Color,
}

/// One shadow of `box-shadow` (CSS Backgrounds 3 §6).
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Shadow {
    pub x: Pt,
    pub y: Pt,
    pub blur: Pt,
    /// How much larger than the box.
    pub spread: Pt,
    pub color: Color,
    pub inset: bool,
}

/// One gradient's colour stop on the page, `at` a share of the gradient line.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Stop {
    pub color: Color,
    pub at: Option<Length>,
}

/// `background-image`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum BackgroundImage {
    Url(Arc<str>),
    Gradient(Arc<Gradient>),
}

/// A gradient as it is asked for, before its box is known (CSS Images 4 §3).
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Gradient {
    pub kind: GradientKind,
    /// Whether the stops repeat along the gradient line.
    pub repeats: bool,
    pub stops: Vec<ColorStop>,
}

/// What a gradient's line is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum GradientKind {
    /// Angle in degrees, 0 to the top, clockwise.
    Linear(f32),
    /// To a corner: whether to the right and to the bottom.
    ToCorner {
        right: bool,
        bottom: bool,
    },
    Radial {
        circle: bool,
        size: RadialSize,
        at: (Length, Length),
    },
    /// Around a point, from an angle on; stops are shares of a full turn.
    Conic {
        from: f32,
        at: (Length, Length),
    },
}

/// How far a radial gradient reaches.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum RadialSize {
    ClosestSide,
    FarthestSide,
    ClosestCorner,
    FarthestCorner,
    /// Both radii.
    Explicit(Length, Length),
}

/// A colour on a gradient's line, or a hint where the middle between two colours is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct ColorStop {
    /// `None` for a hint.
    pub color: Option<Color>,
    pub at: Option<Length>,
}

/// `background-size`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum BackgroundSize {
    Cover,
    Contain,
    Explicit(Extent, Extent),
}

/// One layer of the background above the colour.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct BackgroundLayer {
    pub image: BackgroundImage,
    pub size: BackgroundSize,
    pub position: (Length, Length),
    pub repeat: (Repeat, Repeat),
    pub origin: BackgroundBox,
    pub clip: BackgroundBox,
}

/// One step of a `transform`, lengths against the border box.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum TransformStep {
    Translate(Length, Length),
    Scale(f32, f32),
    /// Degrees, clockwise.
    Rotate(f32),
    Skew(f32, f32),
    Matrix([f32; 6]),
}
