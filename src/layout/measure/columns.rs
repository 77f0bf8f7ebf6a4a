//! Text in columns (CSS Multi-column 1 §3.4, §7): how many columns there are, how wide they are, and
//! how high they come out when no page ends inside them.

use std::sync::PoisonError;

use crate::diag::{Diagnostic, Diagnostics};
use crate::geom::{Depth, Pt, Size, Spot};
use crate::layout::boxes::{ColumnsBox, Contents, LayoutBox};
use crate::layout::fragment::{Body, ColumnShape, Fragment, Reach, ReachKind};
use crate::layout::place::{Into, columns, flatten};
use crate::markup::NodeId;
use crate::style::{ColumnFill, Columns, ComputedStyle, Direction};

use super::dispatch::Measurer;
use super::{Intrinsic, Measure, Room};

/// More columns than this are a mistake.
const MOST: f32 = 100.0;

/// The widths that columns ask for: one of them at least, all beside each other at best.
pub fn intrinsic(measurer: &Measurer, inner: &ColumnsBox) -> Intrinsic {
    let style = measurer.style(inner.container);
    let own = style.columns.as_deref().unwrap_or(&Columns::INITIAL);
    let content = measurer.intrinsic(&inner.content);
    let count = f32::from(own.count.unwrap_or(1).max(1)).min(MOST);
    let gaps = gap(style, Pt::ZERO) * (count - 1.0);
    let widest = own.width.map_or(content.max, |width| width.max(content.min));
    Intrinsic { min: own.width.unwrap_or(content.min).min(content.min), max: widest * count + gaps }
}

/// Measures text in columns, balanced as far as the container's height allows.
pub fn measure(
    measurer: &Measurer,
    content: &LayoutBox,
    inner: &ColumnsBox,
    room: Room,
) -> Fragment {
    let style = measurer.style(inner.container);
    let width = room.forced_width.unwrap_or(room.width);
    let mut shape = shape(inner, style, width);
    let together = (shape.width + shape.gap) * f32::from(shape.count) - shape.gap;
    if together > width + Pt(1.0) {
        let node = inner.node.or(first_node(&inner.content));
        shape.reach = Some(Reach { node, kind: ReachKind::Columns, by_margin: false });
    }
    let fragment = measurer.measure(&inner.content, Room::of_width(shape.width));
    let flow = flatten(fragment, Spot::default(), Into::Columns, measurer.styled);
    let mut strands = measurer.strands.lock().unwrap_or_else(PoisonError::into_inner);
    let strand = strands.add(flow);
    let mut found = Diagnostics::new();
    let from = (Depth::ZERO, room.height);
    let rows = columns::rows(strand, shape, from, &mut strands, measurer.styled, &mut found);
    drop(strands);
    found.into_iter().for_each(|finding| measurer.report(finding));
    let bottom = rows.last().map_or(Depth::ZERO, |row| row.y + row.height);
    let height = bottom.pt();
    if let Some(limit) = room.height.filter(|limit| height > *limit + Pt(1.0)) {
        report_too_high(measurer, &inner.content, height - limit);
    }
    let mut fragment = Fragment {
        style: content.style,
        size: Size::new(width, height),
        border: Default::default(),
        padding: Default::default(),
        margin_top: Pt::ZERO,
        margin_bottom: Pt::ZERO,
        mark: content.mark,
        body: Body::Columns(rows),
        extra: None,
    };
    fragment.set_height(bottom);
    fragment
}

/// Warns of columns that are higher than the box that they stand in.
fn report_too_high(measurer: &Measurer, content: &LayoutBox, excess: Pt) {
    let message = format!("the text in columns is {:.0} pt higher than its box", excess.0);
    let finding = Diagnostic::warning("layout/columns-too-high", message)
        .help("give the box more height, or none");
    measurer.report(match first_node(content).and_then(|node| measurer.span(node)) {
        Some(span) => finding.at(span, "the first of it"),
        None => finding,
    });
}

/// The first element of what stands in columns: they themselves are no element's own box.
fn first_node(content: &LayoutBox) -> Option<NodeId> {
    match &content.contents {
        Contents::Blocks(children) => children.iter().find_map(|child| child.node),
        _ => content.node,
    }
}

/// The number of columns and their width (CSS Multi-column 1 §3.4).
fn shape(inner: &ColumnsBox, style: &ComputedStyle, available: Pt) -> ColumnShape {
    let own = style.columns.as_deref().unwrap_or(&Columns::INITIAL);
    let gap = gap(style, available);
    let fitting = |width: Pt| ((available + gap) / (width + gap).max(Pt(1.0))).floor().max(1.0);
    let most = own.count.map(|count| f32::from(count.max(1)));
    let count = match (own.width, most) {
        (Some(width), Some(most)) => most.min(fitting(width)),
        (Some(width), None) => fitting(width),
        (None, most) => most.unwrap_or(1.0),
    };
    let count = count.min(MOST);
    let width = ((available - gap * (count - 1.0)) / count).max(Pt::ZERO);
    ColumnShape {
        count: count as u16,
        width,
        gap,
        left: Pt::ZERO,
        rtl: style.direction == Direction::Rtl,
        balances: own.fill == ColumnFill::Balance,
        style: inner.container,
        reach: None,
    }
}

/// `column-gap`; `normal` is an em (CSS Box Alignment 3 §8.1).
fn gap(style: &ComputedStyle, available: Pt) -> Pt {
    let own = style.columns.as_ref().and_then(|own| own.gap);
    own.map_or(style.font.size, |gap| gap.resolve(available).max(Pt::ZERO))
}
