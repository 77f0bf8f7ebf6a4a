//! Borders with rounded corners whose sides differ, or are not solid (CSS Backgrounds 3 §5.3): each
//! side is cut out of the whole ring.

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect, Sides};
use crate::layout::page::{Artifact, Group, Paint, Path, Segment};
use crate::style::{Border, ComputedStyle, LineStyle};

use super::borders::{dashes, shade};
use super::outline::{inner_radii, rounded};
use super::painter::Painter;

/// Radii: top left, top right, bottom right, bottom left.
type Radii = [(Pt, Pt); 4];

impl Painter<'_> {
    /// Paints the four sides of a border around `rect`.
    pub fn round_sides(
        &mut self,
        style: &ComputedStyle,
        rect: Rect,
        width: Sides<Pt>,
        radii: Radii,
    ) {
        let border = style.border;
        let sides = [
            (border.top, width.top, false),
            (border.right, width.right, true),
            (border.bottom, width.bottom, true),
            (border.left, width.left, false),
        ];
        let clips = wedges(rect, width, radii);
        for ((side, thickness, is_dark), clip) in sides.into_iter().zip(clips) {
            let is_drawn = !matches!(side.style, LineStyle::None | LineStyle::Hidden);
            if thickness <= Pt::ZERO || !is_drawn || side.color.is_invisible() {
                continue;
            }
            self.push(Group { transform: None, clip: Some(Arc::new(clip)), opacity: 1.0 });
            self.round_side(side, (thickness, is_dark), rect, width, radii);
            self.pop();
        }
    }

    /// Paints all of the ring as one of its sides is to look; `is_dark` tells whether the side
    /// lies in the shade of a raised box.
    fn round_side(
        &mut self,
        side: Border,
        (thickness, is_dark): (Pt, bool),
        rect: Rect,
        width: Sides<Pt>,
        radii: Radii,
    ) {
        let mut band = |color, from: f32, to: f32| {
            let outer = width.map(|width| width * from);
            let ring = width.map(|width| width * (to - from));
            self.ring(color, rect.inset(outer), ring, inner_radii(radii, outer));
        };
        match side.style {
            LineStyle::Double if thickness >= Pt(1.5) => {
                band(side.color, 0.0, 1.0 / 3.0);
                band(side.color, 2.0 / 3.0, 1.0);
            }
            LineStyle::Groove | LineStyle::Ridge => {
                let is_light = (side.style == LineStyle::Ridge) != is_dark;
                band(shade(side.color, is_light), 0.0, 0.5);
                band(shade(side.color, !is_light), 0.5, 1.0);
            }
            LineStyle::Inset | LineStyle::Outset => {
                let is_light = (side.style == LineStyle::Outset) != is_dark;
                band(shade(side.color, is_light), 0.0, 1.0);
            }
            LineStyle::Dashed | LineStyle::Dotted => {
                let half = width.map(|width| width / 2.0);
                let middle = rect.inset(half);
                let path = rounded(middle, inner_radii(radii, half));
                let around = (middle.size.width + middle.size.height) * 2.0;
                let stroke = Some(dashes(side, thickness, around));
                let paint = Paint::Path { path: Arc::new(path), fill: None, stroke };
                self.decorate(Artifact::Layout, paint);
            }
            _ => band(side.color, 0.0, 1.0),
        }
    }
}

/// The parts of a ring that belong to the top, right, bottom and left side: bounded by the lines
/// from the outer corners through the inner ones.
fn wedges(rect: Rect, width: Sides<Pt>, radii: Radii) -> [Path; 4] {
    let (left, top, right, bottom) = (rect.origin.x, rect.origin.y, rect.right(), rect.bottom());
    let corner = |x: Pt, y: Pt, across: Pt, down: Pt, radius: (Pt, Pt)| {
        // As far in as the curve reaches, but not past the middle of the box.
        let factor = |length: Pt, width: Pt| if width > Pt::ZERO { length / width } else { 0.0 };
        let (across_by, down_by) = (across.abs(), down.abs());
        let within =
            |length: Pt, width: Pt| if width > Pt::ZERO { length / width } else { f32::MAX };
        let (middle_x, middle_y) = (rect.size.width / 2.0, rect.size.height / 2.0);
        let most = within(middle_x, across_by).min(within(middle_y, down_by));
        let far = factor(radius.0, across_by).max(factor(radius.1, down_by)).max(1.0).min(most);
        let far = if far.is_finite() { far } else { 1.0 };
        (Point::new(x, y), Point::new(x + across * far, y + down * far))
    };
    let corners = [
        corner(left, top, width.left, width.top, radii[0]),
        corner(right, top, -width.right, width.top, radii[1]),
        corner(right, bottom, -width.right, -width.bottom, radii[2]),
        corner(left, bottom, width.left, -width.bottom, radii[3]),
    ];
    let wedge = |from: usize, to: usize| {
        let (a, b) = (corners[from], corners[to]);
        let segments = vec![
            Segment::Move(a.0),
            Segment::Line(b.0),
            Segment::Line(b.1),
            Segment::Line(a.1),
            Segment::Close,
        ];
        Path { segments }
    };
    [wedge(0, 1), wedge(1, 2), wedge(2, 3), wedge(3, 0)]
}
