//! Floats in the flow. A float shares its height with what stands beside it, so it is held until
//! the first thing that starts no higher: units stay in the order of their tops, and no page starts
//! below something that belongs on it.

use crate::geom::{Depth, Point, Pt, Spot};
use crate::layout::fragment::{Body, Fragment, Line, Piece, Placed};
use crate::layout::inside;

use super::flatten::Flattener;
use super::flow::{Appeal, Content, NONE};

/// Overlaps smaller than this are rounding.
const TOLERANCE: Pt = Pt(0.05);

/// Above everything.
pub(super) const NOWHERE: Depth = Depth(-Depth::HUGE.0);

/// A float that has not become a unit yet.
pub struct Held {
    /// Its border box's corner in the column.
    at: Spot,
    /// How far the boxes around it are painted from their places.
    shift: Point,
    fragment: Fragment,
}

impl Held {
    /// The top of its margin box, where the line that it stands beside starts.
    fn top(&self) -> Depth {
        self.at.y - self.fragment.margin_top
    }

    /// The bottom of its margin box.
    fn bottom(&self) -> Depth {
        self.at.y + self.fragment.size.height + self.fragment.margin_bottom
    }
}

impl Flattener<'_> {
    /// Keeps a float of the box `parent` until something follows it.
    pub(super) fn hold(&mut self, placed: Placed, at: Spot, parent: u32) {
        let Placed { fragment, .. } = placed;
        let shift =
            if parent == NONE { Point::default() } else { self.flow.flow_box(parent).shift };
        self.held.push(Held { at, shift, fragment });
    }

    /// Keeps those floats that were met on a line of the box `parent` at `at` and stand below it.
    pub(super) fn hold_floats_below(&mut self, line: &mut Line, at: Spot, parent: u32) {
        let (height, baseline) = (line.height, line.baseline);
        let is_below = |piece: &Piece| match piece {
            Piece::Float(placed) => {
                let top = baseline + placed.at.y.pt() - placed.fragment.margin_top;
                top >= height - TOLERANCE && height > Pt::ZERO
            }
            _ => false,
        };
        if !line.pieces.iter().any(is_below) {
            return;
        }
        let from = Spot::new(at.x + line.x, at.y + line.y + line.baseline);
        let all = std::mem::take(&mut line.pieces);
        let (floats, rest): (Vec<Piece>, Vec<Piece>) = all.into_iter().partition(is_below);
        line.pieces = rest;
        for piece in floats {
            if let Piece::Float(placed) = piece {
                let at = from + placed.at;
                self.hold(*placed, at, parent);
            }
        }
    }

    /// How far below its top a block starts whose first line found no room beside the floats before
    /// it: it then starts below them, unless its own edges or background show that it does not. Its
    /// content is moved up in it by as much.
    pub(super) fn below_floats(&self, fragment: &mut Fragment, top: Depth) -> Pt {
        let Some((above, gap)) = self.gap_above(fragment) else { return Pt::ZERO };
        let before = self.held.iter().filter(|held| held.top() <= top + TOLERANCE);
        let lowest = before.map(Held::bottom).fold(NOWHERE, Depth::max);
        let starts_below = top + above + gap >= lowest - TOLERANCE && lowest > top + TOLERANCE;
        if gap <= TOLERANCE || !starts_below {
            return Pt::ZERO;
        }
        close_gap(fragment, gap);
        gap
    }

    /// How far the first block with lines is below the top of a block, and the first line below
    /// that; `None` where something is to be seen above it.
    fn gap_above(&self, fragment: &Fragment) -> Option<(Depth, Pt)> {
        let edges = fragment.border + fragment.padding;
        let is_plain = edges.top == Pt::ZERO
            && edges.bottom == Pt::ZERO
            && !self.styled.style(fragment.style).has_background();
        let extra = fragment.extra.as_ref();
        let carries = extra.is_some_and(|extra| {
            !extra.out_of_flow.is_empty() || extra.marker.is_some() || extra.floats
        });
        match &fragment.body {
            _ if !is_plain || carries => None,
            Body::Lines(lines) => lines.lines.first().map(|line| (Depth::ZERO, line.y.pt())),
            Body::Flow(children) => {
                let first = children.first().filter(|child| !child.fragment.is_float())?;
                let (above, gap) = self.gap_above(&first.fragment)?;
                Some((first.at.y + above, gap))
            }
            _ => None,
        }
    }

    /// Something of that height follows in the box `parent` with its top at `top`: floats that
    /// start no lower come before it.
    pub(super) fn floats_before(&mut self, top: Depth, height: Pt, parent: u32) {
        if self.held.is_empty() {
            return;
        }
        // What has no height may be the parent of floats that come at the same place.
        let starts = |held: &Held| match height > Pt::ZERO {
            true => held.top() <= top + TOLERANCE,
            false => held.top() < top - TOLERANCE || held.bottom() <= top + TOLERANCE,
        };
        let (now, later) = std::mem::take(&mut self.held).into_iter().partition(starts);
        self.held = later;
        self.release(now, top, parent);
    }

    /// The box `parent` ends at `bottom`: floats that end with it come before that, all of them
    /// where it is the root of a formatting context.
    pub(super) fn floats_of_box(&mut self, bottom: Depth, is_root: bool, parent: u32) {
        if self.held.is_empty() {
            return;
        }
        let ends = |held: &Held| is_root || held.bottom() <= bottom + TOLERANCE;
        let (now, later) = std::mem::take(&mut self.held).into_iter().partition(ends);
        self.held = later;
        self.release(now, Depth::HUGE, parent);
    }

    /// Makes units of floats that come before something that starts at `next`.
    fn release(&mut self, mut floats: Vec<Held>, next: Depth, parent: u32) {
        floats.sort_by(|a, b| a.top().0.total_cmp(&b.top().0));
        let mut group: Vec<Held> = Vec::new();
        let mut bottom = NOWHERE;
        for float in floats {
            if !group.is_empty() && float.top() >= bottom - TOLERANCE {
                self.group(std::mem::take(&mut group), bottom, next, parent);
                bottom = NOWHERE;
            }
            bottom = bottom.max(float.bottom());
            group.push(float);
        }
        self.group(group, bottom, next, parent);
    }

    /// Floats that share some height. A float that nothing stands beside is a block like others;
    /// several without text beside them are a row, which breaks where it has to.
    fn group(&mut self, mut group: Vec<Held>, bottom: Depth, next: Depth, parent: u32) {
        let shift =
            if parent == NONE { Point::default() } else { self.flow.flow_box(parent).shift };
        group.iter_mut().for_each(|held| held.at = held.at + held.shift - shift);
        let is_beside = bottom > next + Pt(0.5);
        match group.len() {
            0 => {}
            1 if !is_beside => {
                if let Some(Held { fragment, at, .. }) = group.pop() {
                    self.block(fragment, at, parent);
                }
            }
            _ if !is_beside => {
                let left = match parent {
                    NONE => Pt::ZERO,
                    parent => self.flow.flow_box(parent).rect.left,
                };
                let top = group.iter().map(|held| held.at.y).fold(Depth::HUGE, Depth::min);
                let origin = Spot::new(left, top);
                let place = |Held { at, fragment, .. }| Placed { at: at - origin, fragment };
                let items: Vec<Placed> = group.into_iter().map(place).collect();
                let end = |item: &Placed| origin.y + item.at.y + item.fragment.size.height;
                let end = items.iter().map(end).fold(top, Depth::max);
                self.unit(Content::Row(items), origin, top, end, parent);
            }
            _ => {
                for held in group {
                    let (top, at) = (held.top(), held.at);
                    let end = (at.y + held.fragment.size.height).max(top);
                    self.unit(Content::Whole(Box::new(held.fragment)), at, top, end, parent);
                    // What stands beside it goes with it.
                    self.appeal(Appeal::ViolatesAvoid);
                }
            }
        }
        self.floats_end = self.floats_end.max(bottom);
    }
}

/// Takes the room above its first line out of a block.
fn close_gap(fragment: &mut Fragment, gap: Pt) {
    match &mut fragment.body {
        Body::Flow(children) => {
            for (index, child) in children.iter_mut().enumerate() {
                match index {
                    0 => close_gap(&mut child.fragment, gap),
                    _ => child.at.y -= gap,
                }
            }
        }
        _ => inside::shift(fragment, Point::new(Pt::ZERO, -gap)),
    }
    fragment.set_height(fragment.height() - gap);
}

/// Top and bottom of a line from the border box's top, with the floats that were met on it: they
/// stay together. A float may stand higher than a line that found no room beside it.
pub fn extent_of(line: &Line) -> (Depth, Depth) {
    let baseline = line.y + line.baseline;
    let mut extent = (line.y, line.y + line.height);
    for piece in &line.pieces {
        if let Piece::Float(placed) = piece {
            let Placed { at, fragment } = &**placed;
            let top = baseline + at.y;
            extent.0 = extent.0.min(top - fragment.margin_top);
            extent.1 = extent.1.max(top + fragment.size.height);
        }
    }
    extent
}
