//! What the pages hold by name: anchors, strings, bookmarks, figures, with their places.

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect};
use crate::layout::fragment::{Body, BoxNames, Fragment, Line, Piece, Placed, TableRow, WideLine};
use crate::layout::page::Mark;
use crate::layout::structure::TagId;

use super::flow::{Content, Flow, FlowBox};
use super::paginate::PageSpan;

/// Something that a page holds.
pub enum Found<'a> {
    /// Names of a box at that corner; whether it starts the page.
    Names(&'a BoxNames, Point, bool),
    /// A named place on a line.
    Anchor(&'a Arc<str>),
    /// A picture with its structure element.
    Picture(TagId, Rect),
    /// A line that is wider than its box, with its left and right ends.
    Wide(&'a WideLine, Pt, Pt),
    /// A box out of the flow, and whether its containing block goes on on the next page.
    OutOfFlow(&'a Placed, Rect, bool),
}

/// Calls `visit` for all that the page at `span` holds, in order; `area` is the page area.
pub fn visit<'a>(flow: &'a Flow, span: &PageSpan, area: Rect, visit: &mut dyn FnMut(Found<'a>)) {
    if span.blank {
        return;
    }
    let (_, lead) = flow.open_at(span.start, area.size.height);
    let shift = Point::new(area.origin.x, area.origin.y + lead - span.start_y);
    let started = span.start.unit + u32::from(span.start.part > 0);
    let mut next = flow.boxes.partition_point(|around| around.first < started);
    let end = span.end.unit + u32::from(span.end.part > 0);
    for index in span.start.unit..end.min(flow.len()) {
        while let Some(around) = flow.boxes.get(next).filter(|around| around.first == index) {
            let at = around.rect.origin + shift + around.shift;
            if let Some(extra) = &around.extra {
                visit(Found::Names(&extra.names, at, index == span.start.unit));
                if let Some(marker) = &extra.marker {
                    fragment(&marker.fragment, at + marker.at, visit);
                }
                out_of_flow(&extra.out_of_flow, at, around.end > end, visit);
            }
            next += 1;
        }
        let unit = flow.unit(index);
        let around = flow.flow_box(unit.parent);
        let origin = unit.origin + shift + around.shift;
        let part = |content: &'a Content, top: Pt, visit: &mut dyn FnMut(Found<'a>)| {
            content_of(
                content,
                around,
                origin,
                top + shift.y + around.shift.y,
                unit.top - unit.origin.y,
                visit,
            );
        };
        match &unit.content {
            Content::Parts(parts) => {
                let from = if index == span.start.unit { span.start.part as usize } else { 0 };
                let is_end = index == span.end.unit && span.end.part > 0;
                let top = if from > 0 { span.start_y } else { unit.top };
                if let Some(found) =
                    parts.get(from).filter(|_| !is_end || from < span.end.part as usize)
                {
                    part(&found.content, top, visit);
                }
            }
            content => part(content, unit.top, visit),
        }
    }
}

fn content_of<'a>(
    content: &'a Content,
    around: &FlowBox,
    origin: Point,
    top: Pt,
    inset: Pt,
    visit: &mut dyn FnMut(Found<'a>),
) {
    match content {
        Content::Strut | Content::Gap | Content::Parts(_) => {}
        Content::Line(one) => line(one, origin, visit),
        Content::Picture(_) => {
            if let Mark::Tagged(tag) = around.mark {
                visit(Found::Picture(tag, Rect { origin, size: around.rect.size }));
            }
        }
        Content::Row(items) => placed(items, Point::new(origin.x, top - inset), visit),
        Content::TableRow(one) => row(one, Point::new(origin.x, top), visit),
        Content::Whole(whole) => fragment(whole, origin, visit),
    }
}

fn placed<'a>(all: &'a [Placed], at: Point, visit: &mut dyn FnMut(Found<'a>)) {
    all.iter().for_each(|one| fragment(&one.fragment, at + one.at, visit));
}

fn out_of_flow<'a>(all: &'a [Placed], at: Point, goes_on: bool, visit: &mut dyn FnMut(Found<'a>)) {
    for one in all {
        let rect = Rect { origin: at + one.at, size: one.fragment.size };
        visit(Found::OutOfFlow(one, rect, goes_on));
    }
    placed(all, at, visit);
}

fn row<'a>(row: &'a TableRow, at: Point, visit: &mut dyn FnMut(Found<'a>)) {
    if let Some(names) = &row.names {
        visit(Found::Names(names, at, false));
    }
    for cell in &row.cells {
        fragment(&cell.placed.fragment, at + cell.placed.at, visit);
    }
}

fn line<'a>(line: &'a Line, origin: Point, visit: &mut dyn FnMut(Found<'a>)) {
    let baseline = Point::new(origin.x + line.x, origin.y + line.y + line.baseline);
    if let Some(overflow) = &line.overflow {
        visit(Found::Wide(overflow, baseline.x + overflow.left, baseline.x + overflow.right));
    }
    for piece in &line.pieces {
        match piece {
            Piece::Atomic(placed) => fragment(&placed.fragment, baseline + placed.at, visit),
            Piece::Anchor { name, .. } => visit(Found::Anchor(name)),
            _ => {}
        }
    }
}

fn fragment<'a>(one: &'a Fragment, at: Point, visit: &mut dyn FnMut(Found<'a>)) {
    if let Some(extra) = &one.extra {
        visit(Found::Names(&extra.names, at, false));
        out_of_flow(&extra.out_of_flow, at, false, visit);
    }
    match &one.body {
        Body::Empty => {}
        Body::Flow(children) => placed(children, at, visit),
        Body::Lines(lines) => lines.lines.iter().for_each(|one| line(one, at, visit)),
        Body::Rows(rows) => rows.iter().for_each(|row| placed(&row.items, at, visit)),
        Body::Table(table) => {
            placed(&table.captions, at, visit);
            for one in &table.rows {
                row(one, Point::new(at.x, at.y + one.y), visit);
            }
        }
        Body::Picture(_) => {
            if let Mark::Tagged(tag) = one.mark {
                visit(Found::Picture(tag, Rect { origin: at, size: one.size }));
            }
        }
    }
}
