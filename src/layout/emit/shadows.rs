//! Shadows of boxes (CSS Backgrounds 3 §6). A blurred edge is made of translucent outlines, one
//! inside the other, whose colours add up to the fall of a Gaussian: vectors at every size.

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect, Sides};
use crate::layout::page::{Artifact, Fill, Group, Paint, Path, Segment};
use crate::style::{Color, ComputedStyle, Shadow};

use super::outline::{plain, rounded};
use super::painter::Painter;

/// Outlines that a blurred edge is made of at most.
const MOST_LAYERS: f32 = 24.0;

type Radii = [(Pt, Pt); 4];

impl Painter<'_> {
    /// Paints the shadows that fall outside of the border box at `rect`.
    pub fn outer_shadows(&mut self, style: &ComputedStyle, rect: Rect, radii: Radii) {
        for shadow in style.box_shadow.iter().rev().filter(|shadow| !shadow.inset) {
            let moved = rect.moved(Point::new(shadow.x, shadow.y));
            let cast = grown(moved, shadow.spread);
            if shadow.color.is_invisible()
                || cast.size.width <= Pt::ZERO
                || cast.size.height <= Pt::ZERO
            {
                continue;
            }
            // Behind what is opaque nothing needs to be cut out.
            let covered = style.background_color.alpha >= 1.0;
            if !covered {
                let reach = shadow.blur + Pt(1.0);
                let around = union(grown(cast, reach), grown(rect, reach));
                let mut clip = plain(around);
                clip.segments.extend(reversed(&rounded(rect, radii)));
                self.push(Group { transform: None, clip: Some(Arc::new(clip)), opacity: 1.0 });
            }
            for (distance, alpha) in layers(shadow) {
                let path = Arc::new(outline(cast, radii, shadow, distance));
                let color = Color { alpha, ..shadow.color };
                self.shade(path, color, false);
            }
            if !covered {
                self.pop();
            }
        }
    }

    /// Paints the shadows that fall into the box, whose padding box is `inner`.
    pub fn inner_shadows(
        &mut self,
        style: &ComputedStyle,
        rect: Rect,
        border: Sides<Pt>,
        radii: Radii,
    ) {
        let inner = rect.inset(border);
        if inner.size.width <= Pt::ZERO || inner.size.height <= Pt::ZERO {
            return;
        }
        let less = |radius: (Pt, Pt), x: Pt, y: Pt| {
            ((radius.0 - x).max(Pt::ZERO), (radius.1 - y).max(Pt::ZERO))
        };
        let radii = [
            less(radii[0], border.left, border.top),
            less(radii[1], border.right, border.top),
            less(radii[2], border.right, border.bottom),
            less(radii[3], border.left, border.bottom),
        ];
        for shadow in style.box_shadow.iter().rev().filter(|shadow| shadow.inset) {
            if shadow.color.is_invisible() {
                continue;
            }
            let clip = Some(Arc::new(rounded(inner, radii)));
            self.push(Group { transform: None, clip, opacity: 1.0 });
            let hole = grown(inner.moved(Point::new(shadow.x, shadow.y)), Pt::ZERO - shadow.spread);
            let hole = if shadow.blur < Pt(0.1) { without_hairlines(hole, inner) } else { hole };
            let around = grown(union(inner, hole), shadow.blur + Pt(1.0));
            for (distance, alpha) in layers(shadow) {
                let mut path = plain(around);
                // The shadow grows inwards as its distance from the hole's edge does.
                path.segments.extend(outline(hole, radii, shadow, Pt::ZERO - distance).segments);
                self.shade(Arc::new(path), Color { alpha, ..shadow.color }, true);
            }
            self.pop();
        }
    }

    fn shade(&mut self, path: Arc<Path>, color: Color, even_odd: bool) {
        let fill = Some(Fill::Color { color, even_odd });
        self.decorate(Artifact::Layout, Paint::Path { path, fill, stroke: None });
    }
}

/// How far each outline stands from the shadow's edge, outwards, with its own alpha: the outermost
/// first. Painted over each other they come to the alpha of the blurred edge.
fn layers(shadow: &Shadow) -> Vec<(Pt, f32)> {
    let blur = shadow.blur.0;
    if blur < 0.1 {
        return vec![(Pt::ZERO, shadow.color.alpha)];
    }
    let count = (blur * 3.0).ceil().clamp(6.0, MOST_LAYERS);
    let mut reached = 0.0_f32;
    let mut layers = Vec::with_capacity(count as usize);
    for index in 0..count as usize {
        let share = (index as f32 + 0.5) / count;
        let wanted = shadow.color.alpha * gaussian(share);
        let own = (wanted - reached) / (1.0 - reached).max(1.0e-3);
        reached = wanted;
        layers.push((Pt(blur * (1.0 - 2.0 * share)), own.clamp(0.0, 1.0)));
    }
    layers
}

/// The share of a Gaussian that lies before `at`, where 0 and 1 are two deviations off.
fn gaussian(at: f32) -> f32 {
    let z = (at - 0.5) * 4.0;
    // The logistic curve comes within a hundredth of the normal one.
    1.0 / (1.0 + (-1.702 * z).exp())
}

/// The outline of the shadow moved outwards by `distance`; a blurred corner is rounder.
fn outline(cast: Rect, radii: Radii, shadow: &Shadow, distance: Pt) -> Path {
    let rect = grown(cast, distance);
    let half = rect.size.width.min(rect.size.height).max(Pt::ZERO) / 2.0;
    let extra = shadow.spread.max(Pt::ZERO) + distance;
    let round = (distance + shadow.blur) * 0.6;
    let radius = |own: Pt| {
        let kept = if own > Pt::ZERO { own + extra } else { Pt::ZERO };
        kept.max(round).max(Pt::ZERO).min(half)
    };
    rounded(rect, radii.map(|(x, y)| (radius(x), radius(y))))
}

fn grown(rect: Rect, by: Pt) -> Rect {
    let (width, height) = (rect.size.width + by * 2.0, rect.size.height + by * 2.0);
    Rect::new(rect.origin.x - by, rect.origin.y - by, width.max(Pt::ZERO), height.max(Pt::ZERO))
}

/// A sharp shadow with its edges that meet the box's own moved out of it, where else a viewer would
/// blend the two.
fn without_hairlines(hole: Rect, inner: Rect) -> Rect {
    let near = |a: Pt, b: Pt| (a - b).abs() < Pt(0.01);
    let (mut left, mut top) = (hole.origin.x, hole.origin.y);
    let (mut right, mut bottom) = (hole.right(), hole.bottom());
    let out = Pt(1.0);
    left = if near(left, inner.origin.x) { left - out } else { left };
    top = if near(top, inner.origin.y) { top - out } else { top };
    right = if near(right, inner.right()) { right + out } else { right };
    bottom = if near(bottom, inner.bottom()) { bottom + out } else { bottom };
    Rect::new(left, top, right - left, bottom - top)
}

fn union(a: Rect, b: Rect) -> Rect {
    let (left, top) = (a.origin.x.min(b.origin.x), a.origin.y.min(b.origin.y));
    let (right, bottom) = (a.right().max(b.right()), a.bottom().max(b.bottom()));
    Rect::new(left, top, right - left, bottom - top)
}

/// A closed outline the other way around, which cuts it out of one that runs around it.
fn reversed(path: &Path) -> Vec<Segment> {
    let mut at = Point::default();
    let mut back: Vec<Segment> = Vec::with_capacity(path.segments.len() + 1);
    for segment in &path.segments {
        match *segment {
            Segment::Move(to) => at = to,
            Segment::Line(to) => {
                back.push(Segment::Line(at));
                at = to;
            }
            Segment::Cubic(first, second, to) => {
                back.push(Segment::Cubic(second, first, at));
                at = to;
            }
            Segment::Close => {}
        }
    }
    back.push(Segment::Move(at));
    back.reverse();
    back.push(Segment::Close);
    back
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_of_a_blurred_edge_add_up_to_its_colour() {
        let color = Color { alpha: 0.5, ..Color::BLACK };
        let none = Pt::ZERO;
        let shadow = Shadow { x: none, y: none, blur: Pt(6.0), spread: none, color, inset: false };
        let layers = layers(&shadow);
        let clear = layers.iter().fold(1.0, |clear, (_, alpha)| clear * (1.0 - alpha));
        assert!((1.0 - clear - 0.5_f32).abs() < 0.05, "{clear}");
        assert!(layers.iter().all(|(_, alpha)| *alpha > 0.0 && *alpha < 0.2));
        assert!(layers[0].0 > Pt(4.0) && layers[layers.len() - 1].0 < Pt(-4.0));
    }
}
