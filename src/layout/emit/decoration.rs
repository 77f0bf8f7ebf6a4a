//! What is behind a box's content: background, borders, and the groups that a box's opacity,
//! transform or clipping make.

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect, Sides, Transform};
use crate::layout::page::Group;
use crate::style::{ComputedStyle, Overflow, TransformStep, Visibility};

use super::outline::{inner_radii, radii, rounded};
use super::painter::Painter;

impl Painter<'_> {
    /// Paints background and borders of a box at `rect`. Edges of sides that a break cut off are
    /// not painted.
    pub fn decoration(
        &mut self,
        style: &ComputedStyle,
        rect: Rect,
        border: Sides<Pt>,
        has: Sides<bool>,
    ) {
        if style.visibility != Visibility::Visible {
            return;
        }
        let mut radii = radii(style.border_radius, rect.size);
        let none = (Pt::ZERO, Pt::ZERO);
        if !has.top {
            radii[0] = none;
            radii[1] = none;
        }
        if !has.bottom {
            radii[2] = none;
            radii[3] = none;
        }
        let border = Sides {
            top: if has.top { border.top } else { Pt::ZERO },
            right: if has.right { border.right } else { Pt::ZERO },
            bottom: if has.bottom { border.bottom } else { Pt::ZERO },
            left: if has.left { border.left } else { Pt::ZERO },
        };
        if style.box_shadow.is_empty() {
            self.background(style, rect, border, radii);
        } else {
            self.outer_shadows(style, rect, radii);
            self.background(style, rect, border, radii);
            self.inner_shadows(style, rect, border, radii);
        }
        self.borders(style, rect, border, radii);
        self.outline(style, rect, radii);
    }

    /// Starts the group of a box that is translucent or turned, behind which its background is.
    pub fn open_group(&mut self, style: &ComputedStyle, rect: Rect) -> bool {
        if style.opacity >= 1.0 && style.transform.is_empty() {
            return false;
        }
        let transform = (!style.transform.is_empty()).then(|| matrix(style, rect));
        self.push(Group { transform, clip: None, opacity: style.opacity.clamp(0.0, 1.0) });
        true
    }

    /// Starts the group of what is inside a box that hides what does not fit: it is cut at the
    /// inner edge of the border (CSS Overflow 3 §3.1).
    pub fn open_clip(&mut self, style: &ComputedStyle, rect: Rect, border: Sides<Pt>) -> bool {
        if style.overflow != Overflow::Hidden {
            return false;
        }
        let radii = inner_radii(radii(style.border_radius, rect.size), border);
        let clip = Some(Arc::new(rounded(rect.inset(border), radii)));
        self.push(Group { transform: None, clip, opacity: 1.0 });
        true
    }
}

/// The map of `transform` about `transform-origin` (CSS Transforms 1 §3).
pub fn matrix(style: &ComputedStyle, rect: Rect) -> Transform {
    let (width, height) = (rect.size.width, rect.size.height);
    let origin = Point::new(
        rect.origin.x + style.transform_origin.0.resolve(width),
        rect.origin.y + style.transform_origin.1.resolve(height),
    );
    let to_origin = Transform::translate(origin.x, origin.y);
    let steps = style.transform.iter().fold(to_origin, |map, step| {
        let linear = |a: f32, b: f32, c: f32, d: f32| Transform { a, b, c, d, e: 0.0, f: 0.0 };
        let step = match *step {
            TransformStep::Translate(x, y) => {
                Transform::translate(x.resolve(width), y.resolve(height))
            }
            TransformStep::Scale(x, y) => linear(x, 0.0, 0.0, y),
            TransformStep::Rotate(degrees) => {
                let (sin, cos) = degrees.to_radians().sin_cos();
                linear(cos, sin, -sin, cos)
            }
            TransformStep::Skew(x, y) => {
                linear(1.0, y.to_radians().tan(), x.to_radians().tan(), 1.0)
            }
            // Lengths in `matrix()` are CSS pixels.
            TransformStep::Matrix([a, b, c, d, e, f]) => {
                Transform { a, b, c, d, e: Pt::px(e).0, f: Pt::px(f).0 }
            }
        };
        map.then_inner(&step)
    });
    steps.then_inner(&Transform::translate(-origin.x, -origin.y))
}
