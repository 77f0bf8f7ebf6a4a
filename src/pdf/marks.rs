//! Crop and cross marks around the trimmed sheet (CSS Paged Media 3 §7.3).

use std::sync::Arc;

use crate::geom::{Point, Pt};
use crate::layout::{Artifact, Item, Mark, Page, Paint, Path, Segment, Stroke};
use crate::style::Color;

/// The width of all marks.
const WIDTH: Pt = Pt(0.25);

/// How far a circle's control points are from its quarters, as a share of the radius.
const ROUND: f32 = 0.552_284_8;

/// The marks of a page: they begin `gap` outside the bleed and are `length` long.
pub(super) fn items(page: &Page, gap: f32, length: f32) -> Vec<Item> {
    let near = page.bleed.0.max(0.0) + gap;
    let mut items = Vec::new();
    if page.marks.crop {
        crop(page, near, near + length, &mut items);
    }
    if page.marks.cross {
        cross(page, near + length / 2.0, length / 2.0, &mut items);
    }
    items
}

fn line(from: (f32, f32), to: (f32, f32)) -> Item {
    let at = |(x, y): (f32, f32)| Point::new(Pt(x), Pt(y));
    let stroke = Stroke::solid(Color::BLACK, WIDTH);
    artifact(Paint::Line { from: at(from), to: at(to), stroke })
}

fn artifact(paint: Paint) -> Item {
    Item { mark: Mark::Artifact(Artifact::Layout), paint }
}

/// Marks at the corners, where the sheet is cut.
fn crop(page: &Page, near: f32, far: f32, items: &mut Vec<Item>) {
    let (width, height) = (page.size.width.0, page.size.height.0);
    for (x, outwards) in [(0.0, -1.0), (width, 1.0)] {
        for (y, downwards) in [(0.0, -1.0), (height, 1.0)] {
            items.push(line((x + outwards * near, y), (x + outwards * far, y)));
            items.push(line((x, y + downwards * near), (x, y + downwards * far)));
        }
    }
}

/// Marks in the middle of the sides, by which sheets are laid on each other; their middle is
/// `away` from the trim.
fn cross(page: &Page, away: f32, arm: f32, items: &mut Vec<Item>) {
    let (width, height) = (page.size.width.0, page.size.height.0);
    let middles = [
        (width / 2.0, -away),
        (width + away, height / 2.0),
        (width / 2.0, height + away),
        (-away, height / 2.0),
    ];
    for (x, y) in middles {
        items.push(line((x - arm, y), (x + arm, y)));
        items.push(line((x, y - arm), (x, y + arm)));
        let path = Arc::new(circle(x, y, arm * 0.6));
        let stroke = Some(Stroke::solid(Color::BLACK, WIDTH));
        items.push(artifact(Paint::Path { path, fill: None, stroke }));
    }
}

fn circle(x: f32, y: f32, radius: f32) -> Path {
    let at = |dx: f32, dy: f32| Point::new(Pt(x + dx * radius), Pt(y + dy * radius));
    let mut segments = vec![Segment::Move(at(1.0, 0.0))];
    for (from, to) in [
        ((1.0, 0.0), (0.0, 1.0)),
        ((0.0, 1.0), (-1.0, 0.0)),
        ((-1.0, 0.0), (0.0, -1.0)),
        ((0.0, -1.0), (1.0, 0.0)),
    ] {
        let toward =
            |(ax, ay): (f32, f32), (bx, by): (f32, f32)| at(ax + bx * ROUND, ay + by * ROUND);
        segments.push(Segment::Cubic(toward(from, to), toward(to, from), at(to.0, to.1)));
    }
    segments.push(Segment::Close);
    Path { segments }
}
