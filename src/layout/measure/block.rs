//! Block containers: blocks one below the other, or lines (CSS 2.2 9.4.1, 10.3.3, 10.6.3).

use std::sync::Arc;

use crate::geom::{Depth, Point, Pt, Size, Spot};
use crate::layout::boxes::{Contents, Inline, LayoutBox, Marker};
use crate::layout::fragment::{Body, Fragment, Placed, TURNED, Unfit};
use crate::layout::inside;
use crate::layout::text;
use crate::markup::NodeId;
use crate::style::{
    Break, Clear, ComputedStyle, Direction, Display, Extent, Float, Overflow, StyleId, TableFit,
};

use super::beside::{self, AroundLines, Beside};
use super::dispatch::Measurer;
use super::edges::{self, Edges};
use super::fit;
use super::floats::{self, Floats, Side};
use super::margin::Margin;
use super::reach::{self, Within};
use super::{Intrinsic, Measure, Room, table};

/// A measured block with margins that may still collapse with its neighbours'.
pub(super) struct Block {
    pub fragment: Fragment,
    /// The containing block's width.
    pub within: Pt,
    pub top: Margin,
    pub bottom: Margin,
    /// Whether its own margins adjoin, because nothing is between them.
    pub through: bool,
}

/// Measures a block container whose margins stay its own: the root of a formatting context.
pub fn measure(measurer: &Measurer, content: &LayoutBox, room: Room) -> Fragment {
    let is_document = content.node.is_some() && content.node == measurer.document.root_element();
    let page = is_document.then_some("");
    let around = Around { page_width: measurer.page_width, page, node: content.node };
    flow_box(measurer, content, room, around, true, None).fragment
}

/// Measures a block container. `beside` holds the floats of the formatting context that it is part
/// of, where there are any.
fn flow_box(
    measurer: &Measurer,
    content: &LayoutBox,
    room: Room,
    around: Around<'_>,
    is_root: bool,
    beside: Option<Beside>,
) -> Block {
    let style = measurer.style(content.style);
    let edges = Edges::of(style, room.width);
    let frame = edges.frame();
    let width = edges::block_width(style, &edges, room, || content_widths(measurer, content));
    let is_cell = style.display == Display::TableCell;
    let height = match is_cell {
        true => room.forced_height,
        false => edges::definite_height(style, &edges, room),
    };
    let inner = Inner {
        width: (width - frame.horizontal()).max(Pt::ZERO),
        height: height.map(|height| (height - frame.vertical()).max(Pt::ZERO)),
        origin: Point::new(frame.left, frame.top),
        direction: style.direction,
        style: content.style,
        around: Around { node: content.node.or(around.node), ..around },
    };
    let isolates = is_root || style.starts_formatting_context();
    let mut own = Floats::default();
    let mut beside = match isolates {
        true => {
            (style.fit.is_none() && measurer.has_floats && floats::holds_float(measurer, content))
                .then(|| Beside { floats: &mut own, at: Spot::default() })
        }
        false => beside,
    };
    let collapses = Collapses {
        top: !isolates && frame.top == Pt::ZERO,
        bottom: !isolates && frame.bottom == Pt::ZERO && height.is_none(),
    };
    let earlier = beside.as_ref().map_or((0, 0), |beside| beside.floats.count());
    let floating = beside.as_mut().map(Beside::reborrow);
    let (body, mut filled) = match style.fit {
        Some(smallest) => fit::fill(measurer, content, &inner, room, smallest),
        None => fill(measurer, content, &inner, collapses, floating),
    };
    // The root of a formatting context encloses its floats (CSS 2.2 10.6.7).
    if let Some(lowest) = beside.as_ref().filter(|_| isolates).and_then(|own| own.floats.lowest()) {
        filled.height = filled.height.max(lowest - inner.origin.y);
    }
    let own = |extent: Extent| Margin::of(extent.resolve(room.width).unwrap_or(Pt::ZERO));
    let natural = filled.height + frame.vertical();
    let height = height.map(Depth::from);
    let height = height.unwrap_or_else(|| natural_height(style, &edges, width, natural, room));
    let grown = height > natural + Pt(0.001);
    let through =
        filled.is_hollow && !isolates && height == Depth::ZERO && frame.vertical() == Pt::ZERO;
    let (mut top, mut bottom) = (own(style.margin.top), own(style.margin.bottom));
    top = top.join(filled.top);
    if !grown || through {
        bottom = bottom.join(filled.bottom);
    }
    let mut fragment = Fragment {
        style: content.style,
        size: Size::new(width, height.pt()),
        border: edges.border,
        padding: edges.padding,
        margin_top: top.value(),
        margin_bottom: bottom.value(),
        mark: content.mark,
        body,
        extra: None,
    };
    fragment.set_height(height);
    measurer.finish(content, &mut fragment, room);
    if filled.unfit.is_some() {
        fragment.extra.get_or_insert_default().unfit = filled.unfit;
    }
    if let Some(beside) = &beside {
        beside::move_marker(&mut fragment, beside, earlier, &inner, style.direction);
    }
    Block { fragment, within: room.width, top, bottom, through }
}

/// The height of a border box whose content is `natural` high with its frame. A table cell's is not
/// clamped: its row decides.
fn natural_height(
    style: &ComputedStyle,
    edges: &Edges,
    width: Pt,
    natural: Depth,
    room: Room,
) -> Depth {
    if style.display == Display::TableCell {
        return natural;
    }
    let natural = natural.max(edges::ratio_height(style, width, edges).into());
    let clamped = edges::clamp_height(style, natural.pt(), room.height, edges.frame().vertical());
    if clamped == natural.pt() { natural } else { clamped.into() }
}

/// Fills a content box.
pub(super) fn fill(
    measurer: &Measurer,
    content: &LayoutBox,
    inner: &Inner,
    collapses: Collapses,
    beside: Option<Beside>,
) -> (Body, Filled) {
    match (&content.contents, beside) {
        (Contents::Inline(inline), beside) => lines(measurer, inline, content.style, inner, beside),
        (Contents::Blocks(children), Some(beside)) => {
            beside::flow(measurer, children, inner, collapses, beside)
        }
        (Contents::Blocks(children), None) => flow(measurer, children, inner, collapses),
        _ => (Body::Empty, Filled::default()),
    }
}

/// What is around a block.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// The width of the page's area.
    pub page_width: Pt,
    /// The page's name, where a page may end between the blocks.
    page: Option<&'a str>,
    /// The nearest element, for findings that name the place.
    pub node: Option<NodeId>,
}

/// The content box that is to be filled.
pub(super) struct Inner<'a> {
    pub width: Pt,
    pub height: Option<Pt>,
    /// Its corner in the border box.
    pub origin: Point,
    pub direction: Direction,
    pub style: StyleId,
    pub around: Around<'a>,
}

impl Inner<'_> {
    /// The same for a child that has that width to stand in.
    pub fn within(&self, width: Pt) -> Within {
        Within { left: self.origin.x, width, style: self.style, node: self.around.node }
    }
}

/// Which margins of the children adjoin the parent's.
#[derive(Clone, Copy)]
pub(super) struct Collapses {
    pub top: bool,
    pub bottom: bool,
}

/// What filling a content box came to.
#[derive(Default)]
pub(super) struct Filled {
    pub height: Depth,
    pub top: Margin,
    pub bottom: Margin,
    /// Whether there is neither a line nor a box with a height.
    pub is_hollow: bool,
    /// Set where content that is to be fitted does not fit.
    pub unfit: Option<Unfit>,
}

fn lines(
    measurer: &Measurer,
    inline: &Inline,
    style: StyleId,
    inner: &Inner,
    beside: Option<Beside>,
) -> (Body, Filled) {
    let context = measurer.text_context();
    let paragraph = text::prepare(inline, measurer.style(style), &context);
    let top = inner.origin.y;
    let is_beside = |beside: &Beside| beside.floats.reach_below(beside.at.y + top);
    let mut lines = match beside.filter(|beside| paragraph.holds_floats() || is_beside(beside)) {
        Some(beside) => {
            let mut around = AroundLines { measurer, inner, beside };
            paragraph.lines_beside(inner.width, inner.origin, &mut around)
        }
        None => paragraph.lines(inner.width, inner.origin),
    };
    for overflow in lines.lines.iter_mut().filter_map(|line| line.overflow.as_mut()) {
        overflow.node = inner.around.node;
    }
    let origin = Depth::from(inner.origin.y);
    let bottom = lines.lines.last().map_or(origin, |line| line.y + line.height);
    let is_hollow = lines.lines.iter().all(|line| line.height == Pt::ZERO);
    let filled = Filled { height: bottom - inner.origin.y, is_hollow, ..Filled::default() };
    (Body::Lines(lines), filled)
}

fn flow(
    measurer: &Measurer,
    children: &[LayoutBox],
    inner: &Inner,
    collapses: Collapses,
) -> (Body, Filled) {
    let mut placed = Vec::with_capacity(children.len());
    let mut filled = Filled { is_hollow: true, ..Filled::default() };
    let mut y = Depth::from(inner.origin.y);
    let mut pending = Margin::default();
    for child in children {
        let block = child_block(measurer, child, inner);
        take_along(measurer, &mut placed, &block.fragment);
        pending = pending.join(block.top);
        let x = inner.origin.x + offset(measurer.style(child.style), &block, inner.direction);
        let within = inner.within(block.within);
        let adjoins_parent = filled.is_hollow && collapses.top;
        if block.through {
            let at = if adjoins_parent { y } else { y + pending.value() };
            pending = pending.join(block.bottom);
            let mut one = Placed { at: Spot::new(x, at), fragment: block.fragment };
            reach::mark(measurer, child, &mut one, within, false);
            placed.push(one);
            continue;
        }
        if adjoins_parent {
            filled.top = pending;
        } else {
            y += pending.value();
        }
        let height = block.fragment.height();
        let mut one = Placed { at: Spot::new(x, y), fragment: block.fragment };
        reach::mark(measurer, child, &mut one, within, false);
        placed.push(one);
        y += height;
        pending = block.bottom;
        filled.is_hollow = false;
    }
    if filled.is_hollow && collapses.top {
        filled.top = pending;
        if collapses.bottom {
            filled.bottom = pending;
        }
    } else if collapses.bottom {
        filled.bottom = pending;
    } else {
        y += pending.value();
    }
    filled.height = (y - inner.origin.y).max(Depth::ZERO);
    (if placed.is_empty() { Body::Empty } else { Body::Flow(placed) }, filled)
}

/// The room of a block-level child, and the width of its page.
fn child_room(measurer: &Measurer, child: &LayoutBox, inner: &Inner) -> (Room, Pt) {
    let page = child.extra.as_ref().and_then(|extra| extra.page.as_deref());
    let around = inner.around.page_width;
    let page_width = page.map_or(around, |name| measurer.page_width_of(name));
    let width = (inner.width + page_width - around).max(Pt::ZERO);
    (Room { height: inner.height, ..Room::of_width(width) }, page_width)
}

/// The name of a child's page, where a page may end between the blocks.
fn page_name<'a>(child: &'a LayoutBox, inner: &Inner<'a>) -> Option<&'a str> {
    let page = child.extra.as_ref().and_then(|extra| extra.page.as_deref());
    let own_name = page.filter(|name| !name.starts_with(':'));
    inner.around.page.map(|around| own_name.unwrap_or(around))
}

/// What is around the children of a child.
fn around_child<'a>(
    measurer: &Measurer,
    child: &'a LayoutBox,
    inner: &Inner<'a>,
    page_width: Pt,
) -> Around<'a> {
    let stays_whole = stays_whole(measurer.style(child.style));
    let page = page_name(child, inner).filter(|_| !stays_whole);
    Around { page_width, page, ..inner.around }
}

/// Measures a block-level child that no float stands beside.
pub(super) fn child_block(measurer: &Measurer, child: &LayoutBox, inner: &Inner) -> Block {
    let (room, page_width) = child_room(measurer, child, inner);
    if matches!(child.contents, Contents::Blocks(_) | Contents::Inline(_)) {
        let around = around_child(measurer, child, inner, page_width);
        return flow_box(measurer, child, room, around, false, None);
    }
    let style = measurer.style(child.style);
    let page_name = page_name(child, inner);
    let turned = page_name.and_then(|name| turned(measurer, child, room, (name, page_width)));
    let room = Room { width: turned.as_ref().map_or(room.width, |turned| turned.0), ..room };
    let mut fragment = measurer.measure(child, room);
    if let Some((_, name)) = turned {
        fragment.extra.get_or_insert_default().names.page = Some(name);
    }
    let margin = Edges::of(style, room.width).margin;
    let (top, bottom) = (Margin::of(margin.top), Margin::of(margin.bottom));
    let fragment = Fragment { margin_top: margin.top, margin_bottom: margin.bottom, ..fragment };
    Block { fragment, within: room.width, top, bottom, through: false }
}

/// The containing block's width and the name of the turned page for a table that is to turn its
/// page and is wider than what there is, where the turned page is wider than the `page` at hand.
fn turned(
    measurer: &Measurer,
    child: &LayoutBox,
    room: Room,
    (page, page_width): (&str, Pt),
) -> Option<(Pt, Arc<str>)> {
    let style = measurer.style(child.style);
    if style.table_fit != TableFit::Turn || !matches!(child.contents, Contents::Table(_)) {
        return None;
    }
    let name = format!("{TURNED}{page}");
    let more = measurer.page_width_of(&name) - page_width;
    let margin = Edges::of(style, room.width).margin.horizontal();
    let fits = table::used_width(child, measurer, room) + margin <= room.width + Pt(0.5);
    (more > Pt::ZERO && !fits).then(|| (room.width + more, Arc::from(name)))
}

/// Headings go along with the table that turns its page.
pub(super) fn take_along(measurer: &Measurer, placed: &mut [Placed], table: &Fragment) {
    let page = table.extra.as_ref().and_then(|extra| extra.names.page.as_ref());
    let Some(page) = page.filter(|page| page.starts_with(TURNED)) else { return };
    for before in placed.iter_mut().rev() {
        if measurer.style(before.fragment.style).break_after != Break::Avoid {
            break;
        }
        before.fragment.extra.get_or_insert_default().names.page = Some(Arc::clone(page));
    }
}

/// Whether no page ends inside a box, so that none can be turned in it.
fn stays_whole(style: &ComputedStyle) -> bool {
    let clips = style.overflow == Overflow::Hidden && style.height != Extent::Auto;
    let in_columns = style
        .columns
        .as_ref()
        .is_some_and(|columns| columns.count.is_some() || columns.width.is_some());
    clips
        || in_columns
        || style.fit.is_some()
        || style.float != Float::None
        || !style.transform.is_empty()
}

/// Measures a child that takes part in the formatting context of its parent, among its floats;
/// gives the left edge of its border box too. `top` is where its border box starts.
pub(super) fn child_beside(
    measurer: &Measurer,
    child: &LayoutBox,
    inner: &Inner,
    beside: &mut Beside,
    top: Depth,
) -> (Pt, Block) {
    let (room, page_width) = child_room(measurer, child, inner);
    let style = measurer.style(child.style);
    let edges = Edges::of(style, room.width);
    let width = edges::block_width(style, &edges, room, || measurer.intrinsic(child));
    let x = inner.origin.x + offset_of(style, width, room.width, inner.direction);
    let around = around_child(measurer, child, inner, page_width);
    let beside = beside.inside(Spot::new(x, top));
    let block = flow_box(measurer, child, room, around, false, Some(beside));
    (x, block)
}

/// Where a child's border box starts from the content's left edge (CSS 2.2 10.3.3).
pub(super) fn offset(style: &ComputedStyle, block: &Block, direction: Direction) -> Pt {
    offset_of(style, block.fragment.size.width, block.within, direction)
}

/// The same for a border box that is `width` wide `within` a containing block.
fn offset_of(style: &ComputedStyle, width: Pt, within: Pt, direction: Direction) -> Pt {
    let resolve = |extent: Extent| extent.resolve(within);
    let (left, right) = (resolve(style.margin.left), resolve(style.margin.right));
    let free = within - width;
    match (left, right) {
        (None, None) => (free / 2.0).max(Pt::ZERO),
        (None, Some(right)) => (free - right).max(Pt::ZERO),
        (Some(_), Some(right)) if direction == Direction::Rtl && free > Pt::ZERO => free - right,
        (Some(left), _) => left,
    }
}

/// The widths that a block container's content asks for.
pub fn intrinsic(measurer: &Measurer, content: &LayoutBox) -> Intrinsic {
    let style = measurer.style(content.style);
    let frame = Edges::of(style, Pt::ZERO).frame().horizontal();
    let is_cell = style.display == Display::TableCell;
    let whole = match edges::definite(style.width, None).filter(|_| !is_cell) {
        Some(width) => {
            let width = edges::border_box(style, width, frame);
            Intrinsic { min: width, max: width }
        }
        None => content_widths(measurer, content),
    };
    let clamp = |width: Pt| {
        let max =
            edges::definite(style.max_width, None).map(|max| edges::border_box(style, max, frame));
        let min =
            edges::definite(style.min_width, None).map(|min| edges::border_box(style, min, frame));
        let width = max.map_or(width, |max| width.min(max));
        min.map_or(width, |min| width.max(min))
    };
    Intrinsic { min: clamp(whole.min), max: clamp(whole.max) }
}

/// The widths that a block container's content asks for, without its own `width`.
pub fn content_widths(measurer: &Measurer, content: &LayoutBox) -> Intrinsic {
    let style = measurer.style(content.style);
    let frame = Edges::of(style, Pt::ZERO).frame().horizontal();
    let ask = || inside_widths(measurer, content);
    // Letters that may become smaller ask for less.
    let (inside, least) = match style.fit {
        Some(smallest) => {
            (measurer.memo.inside(content, ask), fit::floor(measurer, content, smallest))
        }
        None => (ask(), 1.0),
    };
    Intrinsic { min: inside.min * least + frame, max: inside.max + frame }
}

/// The same without its own padding and border, in letters of the size that was asked for.
pub(super) fn inside_widths(measurer: &Measurer, content: &LayoutBox) -> Intrinsic {
    match &content.contents {
        Contents::Inline(inline) => {
            let context = measurer.text_context();
            text::prepare(inline, measurer.style(content.style), &context).intrinsic()
        }
        Contents::Blocks(children) => stacked_widths(measurer, children),
        _ => Intrinsic::default(),
    }
}

/// The widest of some blocks; floats ask for room beside each other and beside what comes next.
fn stacked_widths(measurer: &Measurer, children: &[LayoutBox]) -> Intrinsic {
    let mut widest = Intrinsic::default();
    let mut beside = Pt::ZERO;
    for child in children {
        let style = measurer.style(child.style);
        let margin = Edges::of(style, Pt::ZERO).margin.horizontal();
        let one = measurer.intrinsic(child);
        if style.clear != Clear::None {
            beside = Pt::ZERO;
        }
        let max = beside + one.max + margin;
        beside = if Side::of(style).is_some() { max.max(beside) } else { Pt::ZERO };
        widest.min = widest.min.max(one.min + margin);
        widest.max = widest.max.max(max);
    }
    widest
}

/// A list item's marker before its first line.
pub fn marker(measurer: &Measurer, marker: &Marker, item: &Fragment) -> Placed {
    let style = measurer.style(marker.style);
    let context = measurer.text_context();
    let paragraph = text::prepare(&marker.inline, style, &context);
    let width = paragraph.intrinsic().max + Pt(0.01);
    let lines = paragraph.lines(width, Point::default());
    let own_baseline = lines.lines.first().map_or(Pt::ZERO, |line| line.baseline);
    let height = lines.lines.last().map_or(Pt::ZERO, |line| line.y.pt() + line.height);
    let gap = style.font.size * 0.45;
    let x = match measurer.style(item.style).direction {
        Direction::Ltr => -(width + gap),
        Direction::Rtl => item.size.width + gap,
    };
    let frame = item.border + item.padding;
    let y = inside::first_baseline(item).map_or(frame.top, |baseline| baseline - own_baseline);
    let fragment = Fragment {
        style: marker.style,
        size: Size::new(width, height),
        border: Default::default(),
        padding: Default::default(),
        margin_top: Pt::ZERO,
        margin_bottom: Pt::ZERO,
        mark: item.mark,
        body: Body::Lines(lines),
        extra: None,
    };
    Placed { at: Point::new(x, y).into(), fragment }
}
