//! Blocks and lines beside floats (CSS 2.2 9.5): the way of a formatting context that holds some.
//! Each block's place is known before it is measured, since its lines keep out of the floats.

use crate::geom::{Depth, Point, Pt, Size, Spot};
use crate::layout::boxes::{Contents, LayoutBox};
use crate::layout::fragment::{Body, Fragment, Placed, Reach};
use crate::layout::place::is_monolithic;
use crate::layout::text::LineSurroundings;
use crate::style::{Clear, ComputedStyle, Direction, Extent};

use super::block::{self, Block, Collapses, Filled, Inner};
use super::dispatch::Measurer;
use super::edges::{self, Edges};
use super::floats::{Band, Floats, Side};
use super::lead::{Above, Lead};
use super::margin::Margin;
use super::{Measure, Room, reach, replaced};

/// Overlaps smaller than this are rounding.
const TOLERANCE: Pt = Pt(0.01);
/// A box that has been measured so often without finding its place goes below all floats.
const MAX_TRIES: usize = 16;

/// The floats of a formatting context, seen from one of its boxes.
pub struct Beside<'f> {
    /// The floats placed so far.
    pub floats: &'f mut Floats,
    /// The box's border box's corner in the context.
    pub at: Spot,
}

impl Beside<'_> {
    /// The same, lent.
    pub fn reborrow(&mut self) -> Beside<'_> {
        Beside { floats: self.floats, at: self.at }
    }

    /// Seen from a box whose border box's corner is at `at` in this one.
    pub fn inside(&mut self, at: Spot) -> Beside<'_> {
        Beside { floats: self.floats, at: self.at + at }
    }

    /// The extent of a content box in the context.
    fn extent(&self, inner: &Inner) -> Band {
        let left = self.at.x + inner.origin.x;
        Band { left, right: left + inner.width }
    }
}

/// A floating box that has been measured and not yet placed.
pub struct FloatBox {
    fragment: Fragment,
    side: Side,
    clear: Clear,
    /// Where its border box is in its margin box.
    inset: Point,
    /// Of its margin box, as far as it is on its page.
    size: Size,
    /// What to say where it reaches out of its content box.
    reach: Option<Reach>,
}

impl FloatBox {
    /// Measures a floating box; an automatic width shrinks to fit (CSS 2.2 10.3.5).
    fn measure(measurer: &Measurer, content: &LayoutBox, inner: &Inner) -> FloatBox {
        let style = measurer.style(content.style);
        let margin = Edges::of(style, inner.width).margin;
        let mut room = Room { height: inner.height, ..Room::of_width(inner.width) };
        let sizes_itself = matches!(content.contents, Contents::Replaced(_) | Contents::Table(_));
        if style.width == Extent::Auto && !sizes_itself {
            let frame = Edges::of(style, inner.width).frame().horizontal();
            let available = inner.width - margin.horizontal();
            let fitted = edges::shrink_to_fit(measurer.intrinsic(content), available);
            room.forced_width = Some(edges::clamp_width(style, fitted, inner.width, frame));
        }
        let mut fragment = measurer.measure(content, room);
        (fragment.margin_top, fragment.margin_bottom) = (margin.top, margin.bottom);
        let extra = fragment.extra.get_or_insert_default();
        (extra.floats, extra.node) = (true, content.node);
        let height = fragment.size.height + margin.vertical();
        // What no page can hold goes on on the next one, as other blocks do: nothing stands beside
        // it.
        let is_whole =
            is_monolithic(style, &fragment.body) || matches!(fragment.body, Body::Picture(_));
        let is_alone = height > measurer.page_height && !is_whole;
        let end = content.node.and_then(|node| measurer.float_ends.get(&node));
        let height = end.map_or(height, |end| height.min(*end));
        let width = fragment.size.width + margin.horizontal();
        let beside = if is_alone { (inner.width - width).max(Pt::ZERO) } else { Pt::ZERO };
        let size = Size::new(width + beside, height);
        let side = Side::of(style).unwrap_or(Side::Left);
        let before = if side == Side::Right { beside } else { Pt::ZERO };
        let inset = Point::new(margin.left + before, margin.top);
        let reach = reach::of(measurer, content, &fragment, inner.within(inner.width), false);
        FloatBox { fragment, side, clear: style.clear, inset, size, reach }
    }

    /// The width of its margin box.
    pub fn width(&self) -> Pt {
        self.size.width
    }

    /// Places it not above `top`, relative to the border box of the box around it.
    fn place(self, inner: &Inner, beside: &mut Beside, top: Depth) -> Placed {
        let top = beside.at.y + top;
        let top = beside.floats.cleared(self.clear).map_or(top, |cleared| cleared.max(top));
        let within = beside.extent(inner);
        let (x, y) = beside.floats.place(self.side, self.size, top, within);
        let at = Spot::new(x, y) - beside.at + self.inset;
        let mut placed = Placed { at, fragment: self.fragment };
        if let Some(reach) = self.reach.filter(|_| !inner.within(inner.width).holds(&placed)) {
            placed.fragment.extra.get_or_insert_default().reach = Some(reach);
        }
        placed
    }
}

/// Fills a content box with blocks among floats.
pub(super) fn flow(
    measurer: &Measurer,
    children: &[LayoutBox],
    inner: &Inner,
    collapses: Collapses,
    beside: Beside,
) -> (Body, Filled) {
    let mut column = Column {
        measurer,
        inner,
        collapses,
        beside,
        placed: Vec::with_capacity(children.len()),
        y: inner.origin.y.into(),
        pending: Margin::default(),
        filled: Filled { is_hollow: true, ..Filled::default() },
        sealed: false,
    };
    children.iter().for_each(|child| column.child(child));
    column.finish()
}

/// Blocks one below the other, so far.
struct Column<'m, 'i, 'f> {
    measurer: &'m Measurer<'m>,
    inner: &'i Inner<'i>,
    collapses: Collapses,
    beside: Beside<'f>,
    placed: Vec<Placed>,
    /// The bottom of the last block with a height, and the margins below it.
    y: Depth,
    pending: Margin,
    filled: Filled,
    /// Whether the margins below adjoin those of a block moved down by `clear`: they stay inside
    /// the parent (CSS 2.2 8.3.1).
    sealed: bool,
}

impl Column<'_, '_, '_> {
    /// Where a block with such margins above starts.
    fn top_with(&self, margin: Margin) -> Depth {
        match self.adjoins_parent() {
            true => self.y,
            false => self.y + self.pending.join(margin).value(),
        }
    }

    /// Whether the margins above adjoin the parent's, which has been placed with them in mind.
    fn adjoins_parent(&self) -> bool {
        self.filled.is_hollow && self.collapses.top
    }

    fn child(&mut self, child: &LayoutBox) {
        let style = self.measurer.style(child.style);
        if Side::of(style).is_some() {
            let float = FloatBox::measure(self.measurer, child, self.inner);
            let top = self.top_with(Margin::default());
            self.placed.push(float.place(self.inner, &mut self.beside, top));
            return;
        }
        let lead = self.lead(child);
        let above = self.top_with(lead.top);
        let cleared = self.beside.floats.cleared(style.clear);
        let cleared =
            cleared.map(|y| y.counted_from(self.beside.at.y)).filter(|y| *y > above + TOLERANCE);
        let top = cleared.unwrap_or(above);
        let is_part = matches!(child.contents, Contents::Blocks(_) | Contents::Inline(_))
            && !style.starts_formatting_context();
        let (at, block) = if is_part {
            let beside = &mut self.beside;
            let (x, block) = block::child_beside(self.measurer, child, self.inner, beside, top);
            (Spot::new(x, top), block)
        } else {
            self.out_of_the_way(child, style, top)
        };
        self.add(child, block, at, lead, cleared.is_some());
    }

    fn lead(&self, child: &LayoutBox) -> Lead {
        let top_with = |margin: Margin| self.beside.at.y + self.top_with(margin);
        let floats = &*self.beside.floats;
        let above = Above { measurer: self.measurer, floats, top_with: &top_with };
        above.lead(child, self.inner.width)
    }

    fn add(&mut self, child: &LayoutBox, block: Block, at: Spot, lead: Lead, is_cleared: bool) {
        let height = block.fragment.height();
        block::take_along(self.measurer, &mut self.placed, &block.fragment);
        let mut placed = Placed { at, fragment: block.fragment };
        let within = self.inner.within(block.within);
        reach::mark(self.measurer, child, &mut placed, within, false);
        self.placed.push(placed);
        if block.through && !is_cleared {
            self.pending = self.pending.join(block.top).join(block.bottom);
            return;
        }
        if self.adjoins_parent() {
            let own = if is_cleared { Margin::default() } else { lead.top };
            self.filled.top = self.pending.join(own);
        }
        self.filled.is_hollow = false;
        self.sealed = block.through;
        if block.through {
            self.y = at.y - block.top.value();
            self.pending = block.top.join(block.bottom);
        } else {
            self.y = at.y + height;
            self.pending = block.bottom;
        }
    }

    fn finish(mut self) -> (Body, Filled) {
        if self.adjoins_parent() {
            self.filled.top = self.pending;
            if self.collapses.bottom {
                self.filled.bottom = self.pending;
            }
        } else if self.collapses.bottom && !self.sealed {
            self.filled.bottom = self.pending;
        } else {
            self.y += self.pending.value();
        }
        self.filled.height = (self.y - self.inner.origin.y).max(Depth::ZERO);
        let is_empty = self.placed.is_empty();
        (if is_empty { Body::Empty } else { Body::Flow(self.placed) }, self.filled)
    }

    /// Places a box that does not overlap floats: a table, a picture, the root of a formatting
    /// context. It stands beside them where it fits, else below (CSS 2.2 9.5).
    fn out_of_the_way(
        &mut self,
        child: &LayoutBox,
        style: &ComputedStyle,
        top: Depth,
    ) -> (Spot, Block) {
        let mut y = self.beside.at.y + top;
        let mut tries = 0;
        while self.beside.floats.reach_below(y) && tries < MAX_TRIES {
            if let Some((x, block)) = self.beside_at(child, style, y, &mut tries) {
                let at = Spot::new(x, y) - self.beside.at;
                return (at, block);
            }
            y = self.beside.floats.next_end(y).unwrap_or(y);
        }
        if let Some(lowest) = self.beside.floats.lowest().filter(|_| tries >= MAX_TRIES) {
            y = y.max(lowest);
        }
        let block = block::child_block(self.measurer, child, self.inner);
        let x = block::offset(style, &block, self.inner.direction);
        (Spot::new(self.inner.origin.x + x, y.counted_from(self.beside.at.y)), block)
    }

    /// The box with its top at `y`, when it fits between the floats over its whole height.
    fn beside_at(
        &self,
        child: &LayoutBox,
        style: &ComputedStyle,
        y: Depth,
        tries: &mut usize,
    ) -> Option<(Pt, Block)> {
        let within = self.beside.extent(self.inner);
        let mut band = self.beside.floats.band(y, y + TOLERANCE * 2.0, within);
        loop {
            *tries += 1;
            let (x, block) = match band == within {
                true => {
                    let block = block::child_block(self.measurer, child, self.inner);
                    let x = block::offset(style, &block, self.inner.direction);
                    (within.left + x, block)
                }
                false => self.fitted(child, style, within, band)?,
            };
            let lower = self.beside.floats.band(y, y + block.fragment.size.height, within);
            if lower == band {
                return Some((x, block));
            }
            if *tries >= MAX_TRIES {
                return None;
            }
            band = lower;
        }
    }

    /// The box in what floats leave of its containing block, when it is wide enough. Its margins
    /// may lie below floats.
    fn fitted(
        &self,
        child: &LayoutBox,
        style: &ComputedStyle,
        within: Band,
        band: Band,
    ) -> Option<(Pt, Block)> {
        let base = self.inner.width;
        let edges = Edges::of(style, base);
        let free = Band {
            left: band.left.max(within.left + edges.margin.left),
            right: band.right.min(within.right - edges.margin.right),
        };
        let room = Room { height: self.inner.height, ..Room::of_width(base) };
        let width = self.width_in(child, style, &edges, room, free.width());
        if width > free.width() + TOLERANCE {
            return None;
        }
        let is_picture = matches!(child.contents, Contents::Replaced(_));
        let forced_width = (!is_picture).then_some(width);
        let mut fragment = self.measurer.measure(child, Room { forced_width, ..room });
        let margin = edges.margin;
        (fragment.margin_top, fragment.margin_bottom) = (margin.top, margin.bottom);
        let spare = free.width() - width;
        let x = match (style.margin.left, style.margin.right) {
            (Extent::Auto, Extent::Auto) => free.left + spare / 2.0,
            (Extent::Auto, _) => free.right - width,
            _ if self.inner.direction == Direction::Rtl => free.right - width,
            _ => free.left,
        };
        let (top, bottom) = (Margin::of(margin.top), Margin::of(margin.bottom));
        Some((x, Block { fragment, within: base, top, bottom, through: false }))
    }

    /// The width of a border box that has `free` between the floats.
    fn width_in(
        &self,
        child: &LayoutBox,
        style: &ComputedStyle,
        edges: &Edges,
        room: Room,
        free: Pt,
    ) -> Pt {
        let frame = edges.frame().horizontal();
        let asked = || self.measurer.intrinsic(child);
        match (&child.contents, style.width) {
            (Contents::Replaced(picture), _) => {
                replaced::content_size(style, picture, room, edges).width + frame
            }
            (Contents::Table(_), Extent::Auto) => {
                let asked = asked();
                let fitted = edges::shrink_to_fit(asked, free);
                edges::clamp_width(style, fitted, room.width, frame).max(asked.min)
            }
            (Contents::Table(_), _) => {
                edges::block_width(style, edges, room, asked).max(asked().min)
            }
            (_, Extent::Auto) => {
                edges::clamp_width(style, free.max(asked().min), room.width, frame)
            }
            _ => edges::block_width(style, edges, room, asked),
        }
    }
}

/// Moves an outside marker to the start of its line, where a float has moved that: one of those
/// that came before the item, which are so many on each side.
pub(super) fn move_marker(
    fragment: &mut Fragment,
    beside: &Beside,
    earlier: (usize, usize),
    inner: &Inner,
    direction: Direction,
) {
    let marker = fragment.extra.as_mut().and_then(|extra| extra.marker.as_mut());
    let Some(marker) = marker else { return };
    let within = beside.extent(inner);
    let top = beside.at.y + marker.at.y;
    let bottom = top + marker.fragment.size.height;
    let band = beside.floats.band_of(earlier, top, bottom, within);
    match direction {
        Direction::Ltr => marker.at.x += band.left - within.left,
        Direction::Rtl => marker.at.x -= within.right - band.right,
    }
}

/// The floats around a paragraph's lines.
pub struct AroundLines<'m, 'i, 'f> {
    pub(super) measurer: &'m Measurer<'m>,
    pub(super) inner: &'i Inner<'i>,
    pub(super) beside: Beside<'f>,
}

impl LineSurroundings for AroundLines<'_, '_, '_> {
    fn insets(&self, top: Pt, bottom: Pt) -> (Pt, Pt) {
        let within = self.beside.extent(self.inner);
        let y = self.beside.at.y;
        let band = self.beside.floats.band(y + top, y + bottom, within);
        (band.left - within.left, within.right - band.right)
    }

    fn next_end(&self, y: Pt) -> Option<Pt> {
        let top = self.beside.at.y;
        self.beside.floats.next_end(top + y).map(|next| next - top)
    }

    fn measure(&self, content: &LayoutBox) -> FloatBox {
        FloatBox::measure(self.measurer, content, self.inner)
    }

    fn place(&mut self, float: FloatBox, top: Pt) -> Placed {
        float.place(self.inner, &mut self.beside, top.into())
    }
}
