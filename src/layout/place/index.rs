//! What the pages hold by name: anchors, strings, bookmarks, figures, with their places.

use std::sync::Arc;

use crate::geom::{Depth, Point, Pt, Rect, Size, Spot};
use crate::layout::fragment::{
    Body, BoxNames, ColumnRow, Fragment, Line, Piece, Placed, Reach, Stretch, TableRow, Unfit,
    WideLine,
};
use crate::layout::page::Mark;
use crate::layout::structure::TagId;
use crate::style::{Overflow, RowRepeat, StyleId, Styled};

use super::flow::{Content, Flow, FlowBox, Slice, Unit};
use super::strands::Strands;

/// Something that a page holds.
pub enum Found<'a> {
    /// Names of a box at that corner; whether it starts the page.
    Names(&'a BoxNames, Point, bool),
    /// A named place on a line, and the line's baseline there.
    Anchor(&'a Arc<str>, Point),
    /// A picture, or a table that stands on this page as a whole, with its structure element.
    Picture(TagId, Rect),
    /// A line that is wider than its box, with its left and right ends.
    Wide(&'a WideLine, Pt, Pt),
    /// A box that reaches sideways out of the one around it, with its left and right edges, and
    /// whether it is part of a box out of the flow.
    Reaching(&'a Reach, Pt, Pt, bool),
    /// Content that does not fit into its box in the smallest letters that it may have.
    Unfit(&'a Unfit),
    /// A part of a box that goes on in several places; what stands in it follows.
    Stretch(&'a Stretch),
    /// A box out of the flow, and whether its containing block goes on on the next page.
    OutOfFlow(&'a Placed, Rect, bool),
}

/// Calls `visit` for all that the slice of `flow` in the page area at `area` holds, in order.
pub fn visit<'a>(
    flow: &'a Flow,
    strands: &'a Strands,
    styled: &'a Styled,
    slice: Slice,
    area: Rect,
    visit: &mut dyn FnMut(Found<'a>),
) {
    let mut visitor = Visitor {
        strands,
        styled,
        visit,
        starts_page: true,
        is_clipped: false,
        is_out_of_flow: false,
    };
    visitor.slice(flow, slice, area);
}

/// Looks through what is laid out.
struct Visitor<'a, 'v> {
    strands: &'a Strands,
    styled: &'a Styled,
    visit: &'v mut dyn FnMut(Found<'a>),
    /// Whether what starts the slice starts the page.
    starts_page: bool,
    /// Whether a box around hides what reaches out of it, or turns it.
    is_clipped: bool,
    /// Whether a box around is out of the flow.
    is_out_of_flow: bool,
}

impl<'a> Visitor<'a, '_> {
    fn slice(&mut self, flow: &'a Flow, slice: Slice, area: Rect) {
        let Some(last) = slice.last() else { return };
        let (_, lead) = flow.open_at(slice.start, area.size.height);
        let from = Spot::new(Pt::ZERO, slice.start_y);
        let shift = Spot::from(Point::new(area.origin.x, area.origin.y + lead)) - from;
        let started = slice.start.unit + u32::from(slice.start.part > 0);
        let mut next = flow.boxes.partition_point(|around| around.first < started);
        let starts_page = self.starts_page;
        for index in slice.start.unit..=last {
            while let Some(around) = flow.boxes.get(next).filter(|around| around.first == index) {
                let at = (around.rect.corner() + shift + around.shift).point();
                if let Some(extra) = &around.extra {
                    let starts = starts_page && index == slice.start.unit;
                    (self.visit)(Found::Names(&extra.names, at, starts));
                    if let Some(reach) = &extra.reach
                        && !self.clips(flow, around.parent)
                    {
                        self.reach(reach, at.x, around.rect.width);
                    }
                    if let Some(unfit) = &extra.unfit {
                        (self.visit)(Found::Unfit(unfit));
                    }
                    if let Some(marker) = &extra.marker {
                        self.fragment(&marker.fragment, at + marker.at);
                    }
                    self.out_of_flow(&extra.out_of_flow, at, around.end > last + 1);
                }
                let is_whole = around.end <= last + u32::from(slice.end.part == 0);
                if around.table.is_some()
                    && is_whole
                    && let Mark::Tagged(tag) = around.mark
                {
                    (self.visit)(Found::Picture(
                        tag,
                        Rect { origin: at, size: around.rect.size() },
                    ));
                }
                next += 1;
            }
            self.unit(flow, index, slice, shift);
        }
    }

    fn unit(&mut self, flow: &'a Flow, index: u32, slice: Slice, shift: Spot) {
        let unit = flow.unit(index);
        let around = flow.flow_box(unit.parent);
        let shift = shift + around.shift;
        let (content, top) = flow.content_in(index, &slice);
        let outer = self.is_clipped;
        if !matches!(content, Content::Line(_) | Content::Strut | Content::Gap) {
            self.is_clipped = self.clips(flow, unit.parent);
        }
        self.content(content, unit, around, shift, top);
        self.is_clipped = outer;
    }

    /// `top` is where the content starts in the flow.
    fn content(
        &mut self,
        content: &'a Content,
        unit: &Unit,
        around: &FlowBox,
        shift: Spot,
        top: Depth,
    ) {
        let origin = (unit.origin() + shift).point();
        let at = |top: Depth| Point::new(origin.x, (top + shift.y).pt());
        match content {
            Content::Strut | Content::Gap => {}
            Content::Line(one) => self.line(one, origin),
            Content::Picture(_) => {
                if let Mark::Tagged(tag) = around.mark {
                    (self.visit)(Found::Picture(tag, Rect { origin, size: around.rect.size() }));
                }
            }
            Content::Row(items) => self.placed(items, at(top - unit.inset)),
            Content::TableRow(one) => self.row(one, at(top)),
            Content::Columns(row) => self.columns(row, at(top)),
            Content::Whole(whole) => self.fragment(whole, origin),
        }
    }

    /// Whether a box or one around it hides what reaches out of it, or turns it.
    fn clips(&self, flow: &Flow, index: u32) -> bool {
        self.is_clipped || flow.chain(index).any(|index| self.hides(flow.flow_box(index).style))
    }

    fn hides(&self, style: StyleId) -> bool {
        let style = self.styled.style(style);
        style.overflow == Overflow::Hidden || !style.transform.is_empty()
    }

    fn reach(&mut self, reach: &'a Reach, left: Pt, width: Pt) {
        (self.visit)(Found::Reaching(reach, left, left + width, self.is_out_of_flow));
    }

    fn placed(&mut self, all: &'a [Placed], at: Point) {
        all.iter().for_each(|one| self.fragment(&one.fragment, at + one.at));
    }

    fn out_of_flow(&mut self, all: &'a [Placed], at: Point, goes_on: bool) {
        for one in all {
            let rect = Rect { origin: at + one.at, size: one.fragment.size };
            (self.visit)(Found::OutOfFlow(one, rect, goes_on));
        }
        let outer = std::mem::replace(&mut self.is_out_of_flow, true);
        self.placed(all, at);
        self.is_out_of_flow = outer;
    }

    fn row(&mut self, row: &'a TableRow, at: Point) {
        if row.repeat == RowRepeat::Continued {
            return;
        }
        if let Some(names) = &row.names {
            (self.visit)(Found::Names(names, at, false));
        }
        for cell in &row.cells {
            self.fragment(&cell.placed.fragment, at + cell.placed.at);
        }
    }

    fn line(&mut self, line: &'a Line, origin: Point) {
        let baseline = Point::new(origin.x + line.x, origin.y + line.y.pt() + line.baseline);
        if let Some(wide) = &line.overflow {
            (self.visit)(Found::Wide(wide, baseline.x + wide.left, baseline.x + wide.right));
        }
        for piece in &line.pieces {
            match piece {
                Piece::Atomic(placed) | Piece::Float(placed) => {
                    self.fragment(&placed.fragment, baseline + placed.at);
                }
                Piece::Anchor { name, x } => {
                    let at = Point::new(baseline.x + *x, baseline.y);
                    (self.visit)(Found::Anchor(name, at));
                }
                _ => {}
            }
        }
    }

    /// `at` is the container's corner, but for the place from top to bottom.
    fn columns(&mut self, row: &'a ColumnRow, at: Point) {
        if let Some(reach) = row.shape.reach.as_ref().filter(|_| !self.is_clipped) {
            let left = row.columns.iter().map(|column| column.x).fold(Pt::HUGE, Pt::min);
            let right = row.columns.iter().map(|column| column.x).fold(-Pt::HUGE, Pt::max);
            self.reach(reach, at.x + left, right - left + row.shape.width);
        }
        for column in &row.columns {
            let stretch = &column.stretch;
            let area = Rect::new(at.x + column.x, at.y, row.shape.width, stretch.area);
            self.strand(stretch, area);
        }
    }

    fn strand(&mut self, stretch: &'a Stretch, area: Rect) {
        if stretch.repeated {
            return;
        }
        (self.visit)(Found::Stretch(stretch));
        let starts_page = std::mem::replace(&mut self.starts_page, false);
        self.slice(self.strands.flow(stretch.strand), Slice::from(stretch), area);
        self.starts_page = starts_page;
    }

    fn fragment(&mut self, one: &'a Fragment, at: Point) {
        if let Some(extra) = &one.extra {
            (self.visit)(Found::Names(&extra.names, at, false));
            if let Some(reach) = extra.reach.as_ref().filter(|_| !self.is_clipped) {
                self.reach(reach, at.x, one.size.width);
            }
            if let Some(unfit) = &extra.unfit {
                (self.visit)(Found::Unfit(unfit));
            }
            self.out_of_flow(&extra.out_of_flow, at, false);
        }
        let outer = self.is_clipped;
        self.is_clipped |= self.hides(one.style);
        match &one.body {
            Body::Empty => {}
            Body::Flow(children) => self.placed(children, at),
            Body::Lines(lines) => lines.lines.iter().for_each(|one| self.line(one, at)),
            Body::Rows(rows) => rows.iter().for_each(|row| self.placed(&row.items, at)),
            Body::Table(table) => {
                if let Mark::Tagged(tag) = one.mark {
                    (self.visit)(Found::Picture(tag, Rect { origin: at, size: one.size }));
                }
                self.placed(&table.captions, at);
                for one in &table.rows {
                    self.row(one, at + Spot::new(Pt::ZERO, one.y));
                }
            }
            Body::Picture(_) => {
                if let Mark::Tagged(tag) = one.mark {
                    (self.visit)(Found::Picture(tag, Rect { origin: at, size: one.size }));
                }
            }
            Body::Columns(rows) => {
                for row in rows {
                    self.columns(row, at + Spot::new(Pt::ZERO, row.y));
                }
            }
            Body::Stretch(stretch) => {
                let size = Size::new(one.size.width, stretch.area);
                self.strand(stretch, Rect { origin: at, size });
            }
        }
        self.is_clipped = outer;
    }
}
