//! Borders of boxes (CSS Backgrounds 3 §4).

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect, Sides};
use crate::layout::page::{Artifact, Cap, Fill, Paint, Path, Segment, Stroke};
use crate::style::{Border, Color, ComputedStyle, LineStyle};

use super::outline::{inner_radii, rounded};
use super::painter::Painter;

impl Painter<'_> {
    /// Paints the borders of a box at `rect`; a width of 0 leaves a side out.
    pub fn borders(
        &mut self,
        style: &ComputedStyle,
        rect: Rect,
        width: Sides<Pt>,
        radii: [(Pt, Pt); 4],
    ) {
        if width.horizontal() + width.vertical() <= Pt::ZERO {
            return;
        }
        let is_round = radii.iter().any(|(x, y)| *x > Pt::ZERO && *y > Pt::ZERO);
        let border = style.border;
        let same = [border.right, border.bottom, border.left]
            .iter()
            .all(|side| side.style == border.top.style && side.color == border.top.color);
        if border.top.style == LineStyle::Solid && same && (is_round || is_uniform(width)) {
            return self.ring(border.top.color, rect, width, radii);
        }
        if is_round {
            return self.round_sides(style, rect, width, radii);
        }
        let (left, top, right, bottom) =
            (rect.origin.x, rect.origin.y, rect.right(), rect.bottom());
        let point = Point::new;
        let corners = [
            (
                border.top,
                width.top,
                point(left, top),
                point(right, top),
                (width.left, width.right),
                (0.0, 1.0),
            ),
            (
                border.right,
                width.right,
                point(right, top),
                point(right, bottom),
                (width.top, width.bottom),
                (-1.0, 0.0),
            ),
            (
                border.bottom,
                width.bottom,
                point(right, bottom),
                point(left, bottom),
                (width.right, width.left),
                (0.0, -1.0),
            ),
            (
                border.left,
                width.left,
                point(left, bottom),
                point(left, top),
                (width.bottom, width.top),
                (1.0, 0.0),
            ),
        ];
        for (side, thickness, from, to, ends, inwards) in corners {
            self.side(side, thickness, from, to, ends, inwards);
        }
    }

    /// Paints a box's outline around its border box at `rect`, corners rounded as the border's.
    pub fn outline(&mut self, style: &ComputedStyle, rect: Rect, radii: [(Pt, Pt); 4]) {
        let line = style.outline;
        if line.width <= Pt::ZERO {
            return;
        }
        let out = -(line.width + style.outline_offset);
        let outer = rect.inset(Sides::all(out));
        // Square corners stay square; round ones keep their centre.
        let grown =
            |radius: Pt| if radius > Pt::ZERO { (radius - out).max(Pt::ZERO) } else { radius };
        let radii = radii.map(|(x, y)| (grown(x), grown(y)));
        let outlined = ComputedStyle { border: Sides::all(line), ..style.clone() };
        self.borders(&outlined, outer, Sides::all(line.width), radii);
    }

    /// One colour all around, as the space between two outlines.
    pub fn ring(&mut self, color: Color, rect: Rect, width: Sides<Pt>, radii: [(Pt, Pt); 4]) {
        if color.is_invisible() {
            return;
        }
        let inner = inner_radii(radii, width);
        let mut path = rounded(rect, radii);
        path.segments.extend(rounded(rect.inset(width), inner).segments);
        let fill = Some(Fill::Color { color, even_odd: true });
        self.decorate(Artifact::Layout, Paint::Path { path: Arc::new(path), fill, stroke: None });
    }

    /// One side from outer corner to outer corner; its ends are mitred against the neighbours of
    /// widths `ends`.
    fn side(
        &mut self,
        border: Border,
        thickness: Pt,
        from: Point,
        to: Point,
        ends: (Pt, Pt),
        inwards: (f32, f32),
    ) {
        let is_drawn = !matches!(border.style, LineStyle::None | LineStyle::Hidden);
        if thickness <= Pt::ZERO || !is_drawn || border.color.is_invisible() {
            return;
        }
        let length = Pt((to.x - from.x).0.hypot((to.y - from.y).0));
        if length <= Pt::ZERO {
            return;
        }
        let along = ((to.x - from.x) / length, (to.y - from.y) / length);
        let at = |start: Point, forward: Pt, inward: Pt| {
            Point::new(
                start.x + forward * along.0 + inward * inwards.0,
                start.y + forward * along.1 + inward * inwards.1,
            )
        };
        let band = |outer: Pt, inner: Pt| {
            let share = |depth: Pt| depth / thickness;
            [
                at(from, ends.0 * share(outer), outer),
                at(to, -ends.1 * share(outer), outer),
                at(to, -ends.1 * share(inner), inner),
                at(from, ends.0 * share(inner), inner),
            ]
        };
        let (light, dark) = (shade(border.color, true), shade(border.color, false));
        let faces_light = inwards.0 > 0.0 || inwards.1 > 0.0;
        let half = thickness / 2.0;
        match border.style {
            LineStyle::Dashed | LineStyle::Dotted => {
                let (start, end) = (at(from, Pt::ZERO, half), at(to, Pt::ZERO, half));
                let stroke = dashes(border, thickness, length);
                self.decorate(Artifact::Layout, Paint::Line { from: start, to: end, stroke });
            }
            LineStyle::Double if thickness >= Pt(1.5) => {
                let third = thickness / 3.0;
                self.band(border.color, band(Pt::ZERO, third));
                self.band(border.color, band(thickness - third, thickness));
            }
            LineStyle::Groove | LineStyle::Ridge => {
                let raised = (border.style == LineStyle::Ridge) == faces_light;
                let (outer, inner) = if raised { (light, dark) } else { (dark, light) };
                self.band(outer, band(Pt::ZERO, half));
                self.band(inner, band(half, thickness));
            }
            LineStyle::Inset | LineStyle::Outset => {
                let raised = (border.style == LineStyle::Outset) == faces_light;
                self.band(if raised { light } else { dark }, band(Pt::ZERO, thickness));
            }
            _ => self.band(border.color, band(Pt::ZERO, thickness)),
        }
    }

    fn band(&mut self, color: Color, [a, b, c, d]: [Point; 4]) {
        let path = Path {
            segments: vec![
                Segment::Move(a),
                Segment::Line(b),
                Segment::Line(c),
                Segment::Line(d),
                Segment::Close,
            ],
        };
        let fill = Some(Fill::Color { color, even_odd: false });
        self.decorate(Artifact::Layout, Paint::Path { path: Arc::new(path), fill, stroke: None });
    }

    /// A stroke of a collapsed table border, centred on its line.
    pub fn grid_line(&mut self, border: Border, from: Point, to: Point) {
        if border.width <= Pt::ZERO || border.color.is_invisible() {
            return;
        }
        let half = border.width / 2.0;
        let horizontal = from.y == to.y;
        let rect = |offset: Pt, width: Pt| match horizontal {
            true => Rect::new(from.x, from.y + offset, to.x - from.x, width),
            false => Rect::new(from.x + offset, from.y, width, to.y - from.y),
        };
        match border.style {
            LineStyle::None | LineStyle::Hidden => {}
            LineStyle::Dashed | LineStyle::Dotted => {
                let length = if horizontal { to.x - from.x } else { to.y - from.y };
                let stroke = dashes(border, border.width, length);
                self.decorate(Artifact::Layout, Paint::Line { from, to, stroke });
            }
            LineStyle::Double if border.width >= Pt(1.5) => {
                let third = border.width / 3.0;
                for offset in [-half, half - third] {
                    let paint = Paint::Rect { rect: rect(offset, third), fill: border.color };
                    self.decorate(Artifact::Layout, paint);
                }
            }
            _ => {
                let paint = Paint::Rect { rect: rect(-half, border.width), fill: border.color };
                self.decorate(Artifact::Layout, paint);
            }
        }
    }
}

fn is_uniform(width: Sides<Pt>) -> bool {
    width.top > Pt::ZERO
        && width.right > Pt::ZERO
        && width.bottom > Pt::ZERO
        && width.left > Pt::ZERO
}

/// Dashes of twice the width, or round dots, stretched so that they end where the line does.
pub fn dashes(border: Border, thickness: Pt, length: Pt) -> Stroke {
    let dotted = border.style == LineStyle::Dotted;
    let wanted = if dotted { thickness * 2.0 } else { thickness * 5.0 };
    let mark = if dotted { Pt::ZERO } else { thickness * 3.0 };
    let count = ((length - mark) / wanted).round().max(1.0);
    let period = (length - mark) / count;
    let dash = vec![mark.0, (period - mark).max(Pt(0.1)).0];
    let cap = if dotted { Cap::Round } else { Cap::Butt };
    Stroke { dash, cap, ..Stroke::solid(border.color, thickness) }
}

/// A colour in the light or in the shade of a raised edge.
pub fn shade(color: Color, light: bool) -> Color {
    let mix = |channel: u8| {
        let value = f32::from(channel);
        let mixed = if light { value + (255.0 - value) * 0.4 } else { value * 0.6 };
        mixed.clamp(0.0, 255.0) as u8
    };
    Color {
        red: mix(color.red),
        green: mix(color.green),
        blue: mix(color.blue),
        alpha: color.alpha,
    }
}
