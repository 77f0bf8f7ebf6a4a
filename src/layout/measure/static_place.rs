//! Boxes out of the flow that leave it to the flow where they stand (CSS 2.2 10.3.7, 10.6.4): the
//! places are looked up in the measured boxes, where anchors mark them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::geom::{Point, Pt, Rect, Size, Spot};
use crate::layout::boxes::{LayoutBox, STATIC_BLOCK, STATIC_PLACE};
use crate::layout::fragment::{Body, Fragment, Line, Piece, Placed, TableBody};
use crate::style::{Alignment, ComputedStyle, Direction, Display, Extent, FlexDirection};

use super::Measure;
use super::absolute::{Aligned, StaticPlace, place, place_one};

/// Measures and places absolutely positioned `children` in `containing`, given in the coordinates
/// of `fragment`, in which their places in the flow are. One whose height on the page comes from
/// the flow goes to the box that it stands beside, so that both come onto the same page; the
/// others are handed back.
pub fn place_all(
    measure: &dyn Measure,
    children: &[LayoutBox],
    containing: Rect,
    fragment: &mut Fragment,
) -> Vec<Placed> {
    let name = |child: &LayoutBox| child.extra.as_ref().and_then(|e| e.static_place.clone());
    let waiting: FxHashMap<Arc<str>, &LayoutBox> =
        children.iter().filter_map(|child| Some((name(child)?, child))).collect();
    if waiting.is_empty() {
        return place(measure, children, containing);
    }
    let mut search = Search { measure, containing, waiting, found: FxHashMap::default() };
    search.fragment(fragment, Spot::default());
    let Search { mut found, .. } = search;
    let mut placed = Vec::with_capacity(children.len());
    for child in children {
        match name(child).and_then(|name| found.remove(&name)) {
            Some(Outcome::Placed(one)) => placed.push(*one),
            Some(Outcome::HandedOver) => {}
            None => placed.extend(place(measure, std::slice::from_ref(child), containing)),
        }
    }
    placed
}

enum Outcome {
    Placed(Box<Placed>),
    /// It belongs to a box in the flow now.
    HandedOver,
}

struct Search<'a> {
    measure: &'a dyn Measure,
    containing: Rect,
    waiting: FxHashMap<Arc<str>, &'a LayoutBox>,
    found: FxHashMap<Arc<str>, Outcome>,
}

impl Search<'_> {
    /// Looks through a fragment with its corner at `origin`.
    fn fragment(&mut self, fragment: &mut Fragment, origin: Spot) {
        if self.waiting.is_empty() {
            return;
        }
        let own = self.take_names(fragment);
        let mut moved = Vec::new();
        if !own.is_empty() {
            let frame = fragment.border + fragment.padding;
            let corner = origin + Point::new(frame.left, frame.top);
            let size = Rect { origin: Point::default(), size: fragment.size }.inset(frame).size;
            let style = self.measure.style(fragment.style);
            own.iter().for_each(|name| moved.extend(self.settle(name, (corner, size), style)));
        }
        match &mut fragment.body {
            // What stands in columns keeps its own places.
            Body::Empty | Body::Picture(_) | Body::Columns(_) | Body::Stretch(_) => {}
            Body::Flow(children) => {
                let left = self.children(children, origin, self.measure.style(fragment.style));
                moved.extend(left);
            }
            Body::Lines(lines) => {
                let frame = fragment.border + fragment.padding;
                let width = fragment.size.width - frame.horizontal();
                let room = (origin.x + frame.left, width);
                let style = self.measure.style(fragment.style);
                for line in &mut lines.lines {
                    moved.extend(self.line(line, origin, room, style));
                }
            }
            Body::Rows(rows) => {
                for item in rows.iter_mut().flat_map(|row| &mut row.items) {
                    self.fragment(&mut item.fragment, origin + item.at);
                }
            }
            Body::Table(table) => self.table(table, origin),
        }
        hand_over(fragment, origin, moved);
    }

    fn table(&mut self, table: &mut TableBody, origin: Spot) {
        for caption in &mut table.captions {
            self.fragment(&mut caption.fragment, origin + caption.at);
        }
        for row in &mut table.rows {
            for cell in &mut row.cells {
                let at = Spot::new(cell.placed.at.x, row.y + cell.placed.at.y);
                self.fragment(&mut cell.placed.fragment, origin + at);
            }
        }
    }

    /// Looks through blocks; those that only mark places are taken out. What no block is left to
    /// take is handed back.
    fn children(
        &mut self,
        children: &mut Vec<Placed>,
        origin: Spot,
        parent: &ComputedStyle,
    ) -> Vec<Placed> {
        let mut moved: Vec<Placed> = Vec::new();
        let all = std::mem::take(children);
        for mut child in all {
            let at = origin + child.at;
            if is_mark(&child.fragment) {
                let size = child.fragment.size;
                for name in self.take_names(&mut child.fragment) {
                    moved.extend(self.settle(&name, (at, size), parent));
                }
                continue;
            }
            hand_over(&mut child.fragment, at, std::mem::take(&mut moved));
            self.fragment(&mut child.fragment, at);
            children.push(child);
        }
        if let Some(last) = children.last_mut() {
            hand_over(&mut last.fragment, origin + last.at, std::mem::take(&mut moved));
        }
        moved
    }

    fn line(
        &mut self,
        line: &mut Line,
        origin: Spot,
        (room_left, room_width): (Pt, Pt),
        style: &ComputedStyle,
    ) -> Vec<Placed> {
        let mut moved = Vec::new();
        let (left, top) = (origin.x + line.x, origin.y + line.y);
        let mut is_first = true;
        for piece in &mut line.pieces {
            match piece {
                Piece::Anchor { name, x } if name.starts_with(STATIC_PLACE) => {
                    let starts_line = name.chars().nth(1) == Some(STATIC_BLOCK);
                    let below = if starts_line && !is_first { line.height } else { Pt::ZERO };
                    let x = if starts_line { room_left } else { left + *x };
                    let width = if starts_line { room_width } else { Pt::ZERO };
                    let size = Size::new(width, Pt::ZERO);
                    let at = Spot::new(x, top + below);
                    moved.extend(self.settle(name, (at, size), style));
                }
                Piece::Anchor { .. } => {}
                Piece::Atomic(placed) | Piece::Float(placed) => {
                    let baseline = Spot::new(left, top + line.baseline);
                    self.fragment(&mut placed.fragment, baseline + placed.at);
                    is_first = false;
                }
                _ => is_first = false,
            }
        }
        let is_mark = |piece: &Piece| matches!(piece, Piece::Anchor { name, .. } if name.starts_with(STATIC_PLACE));
        line.pieces.retain(|piece| !is_mark(piece));
        moved
    }

    /// Places the box that waits for `name`, whose room in the flow has that corner and size, in a
    /// box of style `parent`. One that takes its height on the page from the flow is handed back.
    fn settle(
        &mut self,
        name: &Arc<str>,
        (at, size): (Spot, Size),
        parent: &ComputedStyle,
    ) -> Option<Placed> {
        let child = self.waiting.remove(name)?;
        let style = self.measure.style(child.style);
        let (across, down) = alignment(parent, style);
        // Seen from the height of the place, which may be far down.
        let above = Spot::new(Pt::ZERO, at.y);
        let containing = self.containing.moved(Point::new(Pt::ZERO, -at.y.pt()));
        let rect = Rect { origin: Point::new(at.x, Pt::ZERO), size };
        let flow = StaticPlace { rect, across, down };
        let placed = place_one(self.measure, child, containing, flow);
        let placed = Placed { at: placed.at + above, ..placed };
        let moves = style.inset.top == Extent::Auto && style.inset.bottom == Extent::Auto;
        if moves {
            self.found.insert(Arc::clone(name), Outcome::HandedOver);
            return Some(placed);
        }
        self.found.insert(Arc::clone(name), Outcome::Placed(Box::new(placed)));
        None
    }

    /// The names of places in the flow that a fragment itself has.
    fn take_names(&self, fragment: &mut Fragment) -> Vec<Arc<str>> {
        let Some(extra) = &mut fragment.extra else { return Vec::new() };
        let anchors = std::mem::take(&mut extra.names.anchors);
        let (places, names) = anchors.into_iter().partition(|name| name.starts_with(STATIC_PLACE));
        extra.names.anchors = names;
        places
    }
}

/// Whether a block is there only to mark places.
fn is_mark(fragment: &Fragment) -> bool {
    let marks = |names: &[Arc<str>]| names.iter().any(|name| name.starts_with(STATIC_PLACE));
    matches!(fragment.body, Body::Empty)
        && fragment.size.height == Pt::ZERO
        && fragment.extra.as_ref().is_some_and(|extra| marks(&extra.names.anchors))
}

/// Gives a fragment boxes out of the flow whose places are in the coordinates that `origin`, its
/// own corner, is given in.
fn hand_over(fragment: &mut Fragment, origin: Spot, moved: Vec<Placed>) {
    if moved.is_empty() {
        return;
    }
    let extra = fragment.extra.get_or_insert_default();
    extra
        .out_of_flow
        .extend(moved.into_iter().map(|placed| Placed { at: placed.at - origin, ..placed }));
}

/// How a box would be aligned in its parent's flow: in flex and grid containers as if it were the
/// only item (CSS Flexbox 1 §4.1, CSS Grid 1 §9.2).
fn alignment(parent: &ComputedStyle, child: &ComputedStyle) -> (Aligned, Aligned) {
    let is_flex = matches!(parent.display, Display::Flex | Display::InlineFlex);
    let is_grid = matches!(parent.display, Display::Grid | Display::InlineGrid);
    let rtl = parent.direction == Direction::Rtl;
    let line_start = if rtl { Aligned::End } else { Aligned::Start };
    if !is_flex && !is_grid {
        return (line_start, Aligned::Start);
    }
    let (align, justify, justify_own, direction) = match &parent.arrangement {
        Some(own) => (own.align_items, own.justify_content, own.justify_items, own.flex_direction),
        None => Default::default(),
    };
    let (align_self, justify_self) = match &child.arrangement {
        Some(own) => (own.align_self, own.justify_self),
        None => (Alignment::Auto, Alignment::Auto),
    };
    let or = |own: Alignment, other| if own == Alignment::Auto { other } else { own };
    let cross = aligned(or(align_self, align));
    if is_grid {
        return (turned(aligned(or(justify_self, justify_own)), rtl), cross);
    }
    let main = aligned(justify);
    match direction {
        FlexDirection::Row => (turned(main, rtl), cross),
        FlexDirection::RowReverse => (turned(main, !rtl), cross),
        FlexDirection::Column => (turned(cross, rtl), main),
        FlexDirection::ColumnReverse => (turned(cross, rtl), turned(main, true)),
    }
}

fn aligned(alignment: Alignment) -> Aligned {
    match alignment {
        Alignment::Center | Alignment::SpaceAround | Alignment::SpaceEvenly => Aligned::Center,
        Alignment::End | Alignment::FlexEnd => Aligned::End,
        _ => Aligned::Start,
    }
}

fn turned(aligned: Aligned, turns: bool) -> Aligned {
    match (aligned, turns) {
        (Aligned::Start, true) => Aligned::End,
        (Aligned::End, true) => Aligned::Start,
        (same, _) => same,
    }
}
