//! Clip paths of drawings: one outline where that says it all, else a mask.

use std::sync::Arc;

use usvg::Node;

use crate::geom::Transform;
use crate::layout::page::{Blend, Fill, Group, Isolation, Mask, Paint, Path};
use crate::style::Color;

use super::outline;

/// More clip paths on clip paths than any drawing has.
const MOST_NESTED: usize = 16;

/// The groups that show only what is inside a clip path and inside those on itself.
pub fn groups(clip: Option<&usvg::ClipPath>) -> Vec<Paint> {
    let mut groups = Vec::new();
    let mut next = clip;
    while let Some(clip) = next.filter(|_| groups.len() < MOST_NESTED) {
        groups.push(group(clip));
        next = clip.clip_path();
    }
    groups
}

/// The group that shows only what is inside an outline.
pub fn inside(path: Path, even_odd: bool) -> Paint {
    if !even_odd {
        let clip = Some(Arc::new(path));
        return Paint::Push(Group { transform: None, clip, opacity: 1.0 });
    }
    let fill = Some(Fill::Color { color: Color::BLACK, even_odd: true });
    masked(vec![Paint::Path { path: Arc::new(path), fill, stroke: None }])
}

/// One clip path without those on itself.
fn group(clip: &usvg::ClipPath) -> Paint {
    let map = outline::transform(clip.transform());
    let mut shapes = Vec::new();
    if is_plain(clip.root(), &map, &mut shapes) {
        let segments = shapes.into_iter().flat_map(|shape| shape.path.segments).collect();
        return inside(Path { segments }, false);
    }
    let mut paints = Vec::new();
    paint(clip.root(), map, 0, &mut paints);
    masked(paints)
}

/// The group that is seen where `paints` are opaque.
fn masked(paints: Vec<Paint>) -> Paint {
    let mask = Some(Mask { paints, luminance: false });
    Paint::Isolate(Arc::new(Isolation { blend: Blend::Normal, mask }))
}

/// A shape with the rectangle around it.
struct Shape {
    path: Path,
    bounds: [f32; 4],
}

/// Whether the shapes can be one outline: none is clipped itself, all are filled by the non-zero
/// rule, and none overlaps another, whose direction might then cut a hole.
fn is_plain(root: &usvg::Group, map: &Transform, shapes: &mut Vec<Shape>) -> bool {
    let mut pending = vec![(root, *map)];
    while let Some((group, outer)) = pending.pop() {
        if group.clip_path().is_some() {
            return false;
        }
        let map = outer.then_inner(&outline::transform(group.transform()));
        for child in group.children() {
            let path = match child {
                Node::Group(child) => {
                    pending.push((child, map));
                    continue;
                }
                Node::Text(text) => {
                    pending.push((text.flattened(), map));
                    continue;
                }
                Node::Image(_) => continue,
                Node::Path(path) => path,
            };
            let even_odd = path.fill().is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd);
            if even_odd || shapes.len() >= 64 {
                return false;
            }
            let path = outline::path(path.data(), &map);
            let bounds = path.bounds();
            let apart = |other: &Shape| {
                let [left, top, right, bottom] = other.bounds;
                bounds[2] <= left || bounds[0] >= right || bounds[3] <= top || bounds[1] >= bottom
            };
            if !shapes.iter().all(apart) {
                return false;
            }
            shapes.push(Shape { path, bounds });
        }
    }
    true
}

/// Paints a clip path's shapes in black.
fn paint(group: &usvg::Group, outer: Transform, depth: usize, paints: &mut Vec<Paint>) {
    if depth > MOST_NESTED {
        return;
    }
    let map = outer.then_inner(&outline::transform(group.transform()));
    let around = groups(group.clip_path());
    let opened = around.len() + usize::from(!around.is_empty());
    if !around.is_empty() {
        // The clip path's outlines stand in the group's space, which the shapes are mapped from.
        let transform = Some(map);
        paints.push(Paint::Push(Group { transform, clip: None, opacity: 1.0 }));
        paints.extend(around);
    }
    let map = if opened > 0 { Transform::IDENTITY } else { map };
    for child in group.children() {
        match child {
            Node::Group(child) => paint(child, map, depth + 1, paints),
            Node::Text(text) => paint(text.flattened(), map, depth + 1, paints),
            Node::Image(_) => {}
            Node::Path(path) => {
                let even_odd =
                    path.fill().is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd);
                let fill = Some(Fill::Color { color: Color::BLACK, even_odd });
                let path = Arc::new(outline::path(path.data(), &map));
                paints.push(Paint::Path { path, fill, stroke: None });
            }
        }
    }
    paints.extend((0..opened).map(|_| Paint::Pop));
}
