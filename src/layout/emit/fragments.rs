//! Whole fragment trees: cells, flex items, inline blocks, boxes out of the flow.

use crate::geom::{Point, Pt, Rect, Sides, Size};
use crate::layout::boxes::Picture;
use crate::layout::fragment::{Body, Fragment, Placed};
use crate::layout::images::paint_svg;
use crate::layout::measure::replaced::object_rect;
use crate::layout::page::{Group, Mark, Paint};
use crate::style::{Position, StyleId, Visibility};

use super::outline::plain;
use super::painter::Painter;

impl Painter<'_> {
    /// Paints a fragment with its border box's corner at `at`.
    pub fn fragment(&mut self, fragment: &Fragment, at: Point) {
        self.boxed(fragment, at, false);
    }

    /// Paints a block in the flow: its background lies behind the floats before it.
    fn block(&mut self, fragment: &Fragment, at: Point) {
        self.boxed(fragment, at, true);
    }

    fn boxed(&mut self, fragment: &Fragment, at: Point, in_flow: bool) {
        let shift = fragment.extra.as_ref().map_or(Point::default(), |extra| extra.shift);
        let at = at + shift;
        let style = self.style(fragment.style);
        let rect = Rect { origin: at, size: fragment.size };
        if let Body::Stretch(stretch) = &fragment.body {
            return self.stretch(stretch, rect);
        }
        let grouped = self.open_group(style, rect);
        // A table's grid, captions aside, has its background and its borders.
        let is_table = matches!(fragment.body, Body::Table(_));
        if !is_table {
            let start = self.painted.items.len();
            self.decoration(style, rect, fragment.border, Sides::all(true));
            if in_flow {
                self.move_behind_floats(start, rect);
            }
        }
        let clipped = !is_table && self.open_clip(style, rect, fragment.border);
        self.fragment_inside(fragment, at);
        for _ in 0..usize::from(grouped) + usize::from(clipped) {
            self.pop();
        }
    }

    /// Paints what is inside a fragment, without its own background and borders.
    pub fn fragment_inside(&mut self, fragment: &Fragment, at: Point) {
        let rect = Rect { origin: at, size: fragment.size };
        if let Some(extra) = &fragment.extra {
            self.names(&extra.names, rect);
            self.behind(&extra.out_of_flow, at);
            if let Some(marker) = &extra.marker {
                self.fragment(&marker.fragment, at + marker.at);
            }
        }
        match &fragment.body {
            Body::Empty => {}
            Body::Flow(children) => self.stacked(children.iter(), at),
            Body::Lines(lines) => lines.lines.iter().for_each(|line| self.line(line, at)),
            Body::Rows(rows) => {
                self.stacked(rows.iter().flat_map(|row| &row.items), at);
            }
            Body::Table(table) => self.inner_table(table, fragment, at),
            Body::Columns(rows) => {
                rows.iter().for_each(|row| self.columns(row, at, at.y + row.y.pt()));
            }
            Body::Stretch(stretch) => self.stretch(stretch, rect),
            Body::Picture(picture) => {
                let frame = fragment.border + fragment.padding;
                self.picture(picture, fragment.style, fragment.mark, rect.inset(frame));
            }
        }
        if let Some(extra) = &fragment.extra {
            self.in_front(&extra.out_of_flow, at);
        }
    }

    /// Paints siblings: those with a negative `z-index` first, then those in the flow, then
    /// positioned ones by their `z-index` (CSS 2.2 appendix E).
    fn stacked<'f>(&mut self, siblings: impl Iterator<Item = &'f Placed> + Clone, at: Point) {
        let level = |placed: &&Placed| {
            let style = self.style(placed.fragment.style);
            let is_positioned = style.position != Position::Static
                || !style.transform.is_empty()
                || style.opacity < 1.0;
            match style.z_index {
                Some(index) if index != 0 => (index, true),
                _ => (0, is_positioned),
            }
        };
        if siblings.clone().is_sorted_by_key(|placed| level(&placed)) {
            siblings.for_each(|placed| self.sibling(placed, at));
            return;
        }
        let mut sorted: Vec<&Placed> = siblings.collect();
        sorted.sort_by_key(level);
        sorted.into_iter().for_each(|placed| self.sibling(placed, at));
    }

    fn sibling(&mut self, placed: &Placed, at: Point) {
        match placed.fragment.is_float() {
            true => self.float(&placed.fragment, at + placed.at),
            false => self.block(&placed.fragment, at + placed.at),
        }
    }

    /// Paints boxes out of the flow that stand in front of the content, lowest first.
    pub fn in_front(&mut self, placed: &[Placed], at: Point) {
        let mut front: Vec<&Placed> =
            placed.iter().filter(|placed| !self.is_behind(placed)).collect();
        front.sort_by_key(|placed| self.style(placed.fragment.style).z_index.unwrap_or(0));
        front.into_iter().for_each(|placed| self.fragment(&placed.fragment, at + placed.at));
    }

    /// Paints boxes out of the flow that stand behind the content.
    pub fn behind(&mut self, placed: &[Placed], at: Point) {
        for placed in placed {
            if self.is_behind(placed) {
                self.fragment(&placed.fragment, at + placed.at);
            }
        }
    }

    /// Whether a box stands behind the content (a negative `z-index`).
    fn is_behind(&self, placed: &Placed) -> bool {
        self.style(placed.fragment.style).z_index.is_some_and(|index| index < 0)
    }

    /// Paints a picture into a content box as `object-fit` says.
    pub fn picture(&mut self, picture: &Picture, style: StyleId, mark: Mark, content: Rect) {
        let style = self.style(style);
        if style.visibility != Visibility::Visible {
            return;
        }
        let rect = object_rect(style, natural_size(picture), content);
        let spills = rect.origin.x < content.origin.x - Pt(0.1)
            || rect.origin.y < content.origin.y - Pt(0.1)
            || rect.right() > content.right() + Pt(0.1)
            || rect.bottom() > content.bottom() + Pt(0.1);
        let spills = spills && matches!(picture, Picture::Raster(_));
        if spills {
            let clip = Some(std::sync::Arc::new(plain(content)));
            self.push(Group { transform: None, clip, opacity: 1.0 });
        }
        match picture {
            Picture::Raster(image) => {
                let image = std::sync::Arc::clone(image);
                self.paint(mark, Paint::Image { image, rect });
            }
            Picture::Vector(tree) => {
                let mark = self.artifact.map_or(mark, Mark::Artifact);
                let items = paint_svg(tree, rect, content, mark, self.drawing_fonts);
                self.painted.items.extend(items);
            }
        }
        if spills {
            self.pop();
        }
    }
}

/// The size that a picture has by itself, in CSS terms.
fn natural_size(picture: &Picture) -> Size {
    match picture {
        Picture::Raster(image) => {
            Size::new(Pt::px(image.width as f32), Pt::px(image.height as f32))
        }
        Picture::Vector(tree) => {
            Size::new(Pt::px(tree.size().width()), Pt::px(tree.size().height()))
        }
    }
}
