//! One page of the flow: the boxes that are open on it and the units between its breaks.

use crate::geom::{Depth, Point, Pt, Rect, Sides, Size};
use crate::layout::fragment::{ColumnRow, Stretch};
use crate::layout::page::Artifact;
use crate::layout::place::{Content, Flow, FlowBox, FlowTable, OpenBox, Position, Slice};
use crate::style::{self, BorderCollapse, RowRepeat};

use super::layers::Layers;
use super::painter::Painter;
use super::tables::RowRun;

/// Paints a slice of `flow` into the page area at `area`.
pub fn paint_flow(painter: &mut Painter, flow: &Flow, slice: Slice, area: Rect) {
    paint_slice(painter, flow, slice, area, None);
}

/// The outermost box of a strand, which is as high as its place whatever it holds.
#[derive(Clone, Copy)]
struct Frame {
    bottom: Pt,
    /// Whether it has its upper and its lower edge here.
    starts: bool,
    ends: bool,
}

fn paint_slice(painter: &mut Painter, flow: &Flow, slice: Slice, area: Rect, frame: Option<Frame>) {
    let Some(last) = slice.last() else { return };
    let height = area.size.height;
    let (opened, lead) = flow.open_at(slice.start, height);
    let (left_open, _) = flow.open_after(slice.end, height);
    let reach = (slice.start.unit..=last)
        .map(|index| flow.bottom_on_page(index, slice.start, slice.start_y, slice.end))
        .fold(slice.start_y, Depth::max);
    let mut page = FlowPage {
        painter,
        flow,
        slice,
        area: height,
        frame,
        top: area.origin.y,
        left: area.origin.x,
        lead: area.origin.y + lead,
        reach,
        last,
        left_open,
        stack: Vec::new(),
        layers: Layers::default(),
    };
    let start = page.painter.painted.items.len();
    page.paint(&opened);
    page.layers.arrange(&mut page.painter.painted.items, start);
}

impl Painter<'_> {
    /// Paints what stands of a strand into the box at `rect`, with that box's looks.
    pub fn stretch(&mut self, stretch: &Stretch, rect: Rect) {
        let flow = self.strands.flow(stretch.strand);
        let Some(root) = flow.boxes.first() else { return };
        let (starts, ends) = (!stretch.continued, !stretch.goes_on);
        let slice = Slice::from(stretch);
        let outer = self.artifact;
        if stretch.repeated {
            self.artifact = Some(Artifact::Pagination);
        }
        if slice.last().is_none() {
            let has = Sides { top: starts, right: true, bottom: ends, left: true };
            self.decoration(self.style(root.style), rect, root.border, has);
            // What belongs to the box stands where it begins, also when its text begins later.
            if starts && let Some(extra) = &root.extra {
                self.names(&extra.names, rect);
                self.behind(&extra.out_of_flow, rect.origin);
                if let Some(marker) = &extra.marker {
                    self.fragment(&marker.fragment, rect.origin + marker.at);
                }
                self.in_front(&extra.out_of_flow, rect.origin);
            }
        } else {
            let area = Rect { origin: rect.origin, size: Size::new(rect.size.width, stretch.area) };
            let frame = Frame { bottom: rect.bottom(), starts, ends };
            paint_slice(self, flow, slice, area, Some(frame));
        }
        self.artifact = outer;
    }

    /// Paints columns with the rules between them; `at` is the container's corner.
    pub fn columns(&mut self, row: &ColumnRow, at: Point, top: Pt) {
        for column in &row.columns {
            let flow = self.strands.flow(column.stretch.strand);
            let (width, height) = (row.shape.width, column.stretch.area);
            let area = Rect::new(at.x + column.x, top, width, height);
            paint_slice(self, flow, Slice::from(&column.stretch), area, None);
        }
        let style = self.style(row.shape.style);
        let Some(own) = &style.columns else { return };
        for pair in row.columns.windows(2) {
            let [before, after] = pair else { continue };
            let inner = before.x.max(after.x) - row.shape.gap / 2.0;
            let x = at.x + inner;
            self.grid_line(own.rule, Point::new(x, top), Point::new(x, top + row.height));
        }
    }
}

struct FlowPage<'p, 'a, 'f> {
    painter: &'p mut Painter<'a>,
    flow: &'f Flow,
    slice: Slice,
    /// The height of the page area.
    area: Pt,
    /// Set in a strand that is a box.
    frame: Option<Frame>,
    /// The page area's corner.
    top: Pt,
    left: Pt,
    /// The page's y of what starts the slice.
    lead: Pt,
    /// The column's y at which the page's content ends.
    reach: Depth,
    /// The last unit on the page.
    last: u32,
    /// Boxes that go on on the next page.
    left_open: Vec<OpenBox>,
    /// Open boxes: index, and how many groups they have opened.
    stack: Vec<(u32, usize)>,
    /// Positioned boxes, which are painted in an order of their own.
    layers: Layers,
}

impl FlowPage<'_, '_, '_> {
    fn paint(&mut self, opened: &[OpenBox]) {
        for open in opened {
            self.open(open.index, Some(open));
        }
        let started = self.slice.start.unit + u32::from(self.slice.start.part > 0);
        let mut next = self.flow.boxes.partition_point(|around| around.first < started);
        for index in self.slice.start.unit..=self.last {
            while self.flow.boxes.get(next).is_some_and(|around| around.first == index) {
                self.open(u32::try_from(next).unwrap_or(u32::MAX), None);
                next += 1;
            }
            self.unit(index);
            while let Some((top, _)) = self.stack.last()
                && self.flow.flow_box(*top).end <= index + 1
            {
                self.close();
            }
        }
        while !self.stack.is_empty() {
            self.close();
        }
    }

    /// The page's y of a place in the column.
    fn y(&self, y: Depth) -> Pt {
        self.lead + (y - self.slice.start_y)
    }

    /// The part of a box that is on this page, and whether it starts and ends here.
    fn on_page(&self, index: u32, open: Option<&OpenBox>) -> (Rect, bool, bool) {
        let around = self.flow.flow_box(index);
        let left_open = self.left_open.iter().find(|open| open.index == index);
        let top = open.map_or(self.y(around.rect.top), |open| self.top + open.offset);
        let bottom = match left_open {
            Some(open) => self.y(self.reach) + open.offset,
            None => self.y(around.rect.bottom),
        };
        let (bottom, starts, ends) = match self.frame.filter(|_| index == 0) {
            Some(frame) => (frame.bottom, frame.starts, frame.ends),
            None => (bottom, open.is_none(), left_open.is_none()),
        };
        let x = self.left + around.rect.left;
        let rect = Rect::new(x, top, around.rect.width, (bottom - top).max(Pt::ZERO));
        (rect.moved(around.shift), starts, ends)
    }

    fn open(&mut self, index: u32, open: Option<&OpenBox>) {
        let around = self.flow.flow_box(index);
        let style = self.painter.style(around.style);
        let (rect, starts, ends) = self.on_page(index, open);
        let in_group = self.frame.is_some() || self.stack.iter().any(|(_, groups)| *groups > 0);
        if style.position == style::Position::Relative && !in_group {
            self.layers.open(index, self.painter.painted.items.len());
        }
        let grouped = self.painter.open_group(style, rect);
        let has = Sides {
            top: starts || around.clones,
            right: true,
            bottom: ends || around.clones,
            left: true,
        };
        let start = self.painter.painted.items.len();
        let inside = match &around.table {
            Some(table) => self.table_decoration(around, table, rect, has),
            None => {
                self.painter.decoration(style, rect, around.border, has);
                Some((rect, around.border))
            }
        };
        self.painter.move_behind_floats(start, rect);
        let clipped = inside.is_some_and(|(rect, edge)| self.painter.open_clip(style, rect, edge));
        self.stack.push((index, usize::from(grouped) + usize::from(clipped)));
        if starts && let Some(extra) = &around.extra {
            self.painter.names(&extra.names, rect);
            let at = Point::new(rect.origin.x, self.y(around.rect.top) + around.shift.y);
            self.painter.behind(&extra.out_of_flow, at);
            if let Some(marker) = &extra.marker {
                self.painter.fragment(&marker.fragment, at + marker.at);
            }
        }
        if let (Some(open), Some(table)) = (open, &around.table)
            && open.repeated > Pt::ZERO
        {
            self.repeated_head(around, table, self.top + open.offset);
        }
    }

    fn close(&mut self) {
        let Some((index, groups)) = self.stack.pop() else { return };
        let around = self.flow.flow_box(index);
        if let Some(table) = &around.table {
            self.end_table(index, around, table);
        }
        let starts_here = match self.frame.filter(|_| index == 0) {
            Some(frame) => frame.starts,
            None => {
                around.first >= self.slice.start.unit
                    && (around.first > self.slice.start.unit || self.slice.start.part == 0)
            }
        };
        if starts_here && let Some(extra) = &around.extra {
            let at = Point::new(
                self.left + around.rect.left + around.shift.x,
                self.y(around.rect.top) + around.shift.y,
            );
            self.painter.in_front(&extra.out_of_flow, at);
        }
        for _ in 0..groups {
            self.painter.pop();
        }
        let z = self.painter.style(around.style).z_index.unwrap_or(0);
        self.layers.close(index, z, self.painter.painted.items.len());
    }

    fn unit(&mut self, index: u32) {
        let unit = self.flow.unit(index);
        let around = self.flow.flow_box(unit.parent);
        let from = unit.origin();
        let origin = Point::new(self.left + from.x, self.y(from.y));
        let origin = origin + around.shift;
        let (content, top) = self.flow.content_in(index, &self.slice);
        let (top, inset) = (self.y(top) + around.shift.y, unit.inset);
        self.content(content, around, origin, top, inset);
    }

    /// `top` is the page's y of the unit's own top, which is `inset` below its origin.
    fn content(&mut self, content: &Content, around: &FlowBox, origin: Point, top: Pt, inset: Pt) {
        match content {
            Content::Strut | Content::Gap => {}
            Content::Line(line) => self.painter.line(line, origin),
            Content::Picture(picture) => {
                let rect = Rect { origin, size: around.rect.size() };
                let content = rect.inset(around.border + around.padding);
                self.painter.picture(picture, around.style, around.mark, content);
            }
            Content::Columns(row) => self.painter.columns(row, origin, top),
            Content::Row(items) => {
                let at = Point::new(origin.x, top - inset);
                for item in items {
                    match item.fragment.is_float() {
                        true => self.painter.float(&item.fragment, at + item.at),
                        false => self.painter.fragment(&item.fragment, at + item.at),
                    }
                }
            }
            Content::TableRow(row) => {
                if let Some(table) = &around.table
                    && row.repeat != RowRepeat::Continued
                {
                    let grid = (self.left + table.grid.left, table.grid.width);
                    self.painter.row(row, &table.body, grid, Point::new(origin.x, top));
                }
            }
            Content::Whole(fragment) if fragment.is_float() => {
                self.painter.float(fragment, origin);
            }
            Content::Whole(fragment) => self.painter.fragment(fragment, origin),
        }
    }

    /// The rows of a table that stand on this page (repeated ones aside).
    fn rows_here(&self, table: &FlowTable) -> Option<(u32, u32)> {
        let from = table.first_row.max(self.slice.start.unit);
        let to = (table.first_row + table.rows).min(self.last + 1);
        (from < to).then_some((from, to))
    }

    /// A table's background and borders belong to its grid, captions aside. Tells what
    /// `overflow: hidden` cuts, from which edges in.
    fn table_decoration(
        &mut self,
        around: &FlowBox,
        table: &FlowTable,
        rect: Rect,
        has: Sides<bool>,
    ) -> Option<(Rect, Sides<Pt>)> {
        let (from, to) = self.rows_here(table)?;
        let starts = from == table.first_row && self.slice.part_of(from) == 0;
        let ends = to == table.first_row + table.rows
            && !(self.slice.end.unit + 1 == to && self.slice.end.part > 0);
        let top = if starts { self.y(table.grid.top) + around.shift.y } else { rect.origin.y };
        let bottom = if ends { self.y(table.grid.bottom) + around.shift.y } else { rect.bottom() };
        let x = self.left + table.grid.left + around.shift.x;
        let grid = Rect::new(x, top, table.grid.width, bottom - top);
        let has = Sides {
            top: starts || has.top && around.clones,
            bottom: ends || has.bottom && around.clones,
            ..has
        };
        self.painter.decoration(self.painter.style(around.style), grid, around.border, has);
        // Captions are not to be cut with the grid.
        let has_captions = table.grid.size().height < around.rect.size().height - Pt(0.01);
        // Collapsed borders are painted as part of what is inside.
        let collapsed =
            self.painter.style(around.style).border_collapse == BorderCollapse::Collapse;
        let edge = if collapsed { Sides::all(Pt::ZERO) } else { around.border };
        (!has_captions).then_some((grid, edge))
    }

    /// Paints the rows `from..to` again with the first one's top at `top`, as an artifact; gives
    /// where a row below them has its top.
    fn repeat(&mut self, around: &FlowBox, table: &FlowTable, rows: (u32, u32), top: Pt) -> Pt {
        let (from, to) = rows;
        let outer = self.painter.artifact.replace(Artifact::Pagination);
        let x = self.left + around.rect.left + around.shift.x;
        let grid = (self.left + table.grid.left, table.grid.width);
        let (mut edges, mut hidden) = (Vec::new(), Vec::new());
        let (mut y, mut bottom) = (top, top);
        for index in from..to {
            edges.push(y);
            if self.repeat_of(index) == RowRepeat::Once {
                hidden.push((index - from) as usize);
            }
            if let Content::TableRow(row) = &self.flow.unit(index).content
                && row.repeat != RowRepeat::Once
            {
                self.painter.row(row, &table.body, grid, Point::new(x, y));
                bottom = y + row.height;
                y = bottom + table.body.row_gap;
            }
        }
        edges.push(bottom);
        let from = (from - table.first_row) as usize;
        self.painter.strokes(&table.body, &RowRun { from, edges, top_stroke: true, hidden }, x);
        self.painter.artifact = outer;
        y
    }

    fn repeated_head(&mut self, around: &FlowBox, table: &FlowTable, top: Pt) {
        let clone_edge =
            if around.clones { around.border.top + around.padding.top } else { Pt::ZERO };
        let top = top + clone_edge;
        let rows = (table.first_row, table.body_start());
        let bottom = if rows.0 < rows.1 { self.repeat(around, table, rows, top) } else { top };
        if let Some(row) = self.flow.group_heading(table, self.slice.start.unit) {
            self.repeat(around, table, (row, row + 1), bottom);
        }
    }

    /// Collapsed borders of the rows on this page, and the foot where the table goes on.
    fn end_table(&mut self, index: u32, around: &FlowBox, table: &FlowTable) {
        let Some((from, to)) = self.rows_here(table) else { return };
        let mut edges: Vec<Pt> = (from..to).map(|row| self.row_top(row) + around.shift.y).collect();
        let end =
            self.flow.bottom_on_page(to - 1, self.slice.start, self.slice.start_y, self.slice.end);
        let bottom = match self.slice.end {
            Position { unit, part } if unit + 1 == to && part > 0 => end,
            _ => self.flow.unit(to - 1).bottom(),
        };
        edges.push(self.y(bottom) + around.shift.y);
        let x = self.left + around.rect.left + around.shift.x;
        let head_repeated = from >= table.body_start()
            && from == self.slice.start.unit
            && self
                .flow
                .open_at(self.slice.start, self.area)
                .0
                .iter()
                .any(|open| open.index == index && open.repeated > Pt::ZERO);
        let first = (from - table.first_row) as usize;
        let hidden = (from..to).filter(|row| self.repeat_of(*row) == RowRepeat::Continued);
        let hidden = hidden.map(|row| (row - from) as usize).collect();
        let run = RowRun { from: first, edges, top_stroke: !head_repeated, hidden };
        self.painter.strokes(&table.body, &run, x);
        let foot =
            self.left_open.iter().find(|open| open.index == index && open.repeated > Pt::ZERO);
        if foot.is_some() {
            let top = self.y(bottom) + around.shift.y + table.body.row_gap;
            self.repeat(around, table, (table.foot_start(), table.first_row + table.rows), top);
        }
    }

    /// On which pages the row at an index stands.
    fn repeat_of(&self, index: u32) -> RowRepeat {
        match &self.flow.unit(index).content {
            Content::TableRow(row) => row.repeat,
            _ => RowRepeat::Always,
        }
    }

    /// The page's y of a row's top.
    fn row_top(&self, index: u32) -> Pt {
        if self.slice.part_of(index) > 0 {
            self.y(self.slice.start_y)
        } else {
            self.y(self.flow.unit(index).top)
        }
    }
}
