//! Fragment tree → flow: decides what stays whole and how good each break would be.

use std::sync::Arc;

use crate::geom::{Depth, Point, Pt, RunRect, Spot};
use crate::layout::boxes::GroupKind;
use crate::layout::fragment::*;
use crate::style::*;

use super::floats::{Held, extent_of};
use super::flow::{Appeal, Boundary, Content, FIRST_PAGE, Flow, FlowBox, FlowTable, NONE, Unit};
use super::forced::ForcedBreaks;

/// What a flow is filled into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Into {
    /// The pages of the document.
    Pages,
    /// Columns, which `break-before: column` ends.
    Columns,
    /// Parts of a box beside other boxes. It asks for no page of its own.
    Parts,
}

/// Flattens the root fragment, placed at `at` in the column.
pub fn flatten(root: Fragment, at: Spot, into: Into, styled: &Styled) -> Flow {
    let flow = Flow { page_names: vec![Arc::from("")], ..Flow::default() };
    let mut flattener = Flattener {
        styled,
        into,
        forced: ForcedBreaks::of(styled),
        flow,
        next: Boundary::default(),
        starts: true,
        avoid_from: NONE,
        held: Vec::new(),
        floats_end: super::floats::NOWHERE,
    };
    flattener.fragment(root, at, NONE);
    flattener.flow.boxes.shrink_to_fit();
    flattener.flow.units.shrink_to_fit();
    flattener.flow
}

pub(super) struct Flattener<'a> {
    pub(super) styled: &'a Styled,
    into: Into,
    forced: ForcedBreaks<'a>,
    pub(super) flow: Flow,
    /// The boundary before the unit that comes next.
    next: Boundary,
    /// Whether no box has been opened at that boundary yet.
    starts: bool,
    /// First unit of the outermost open box that asks not to be broken.
    avoid_from: u32,
    /// Floats that have not become units yet.
    pub(super) held: Vec<Held>,
    /// The lowest bottom of those that have.
    pub(super) floats_end: Depth,
}

impl Flattener<'_> {
    fn fragment(&mut self, mut fragment: Fragment, mut at: Spot, parent: u32) {
        if !self.held.is_empty() {
            at.y = at.y + self.below_floats(&mut fragment, at.y);
        }
        self.floats_before(at.y, fragment.size.height, parent);
        self.block(fragment, at, parent);
    }

    pub(super) fn block(&mut self, mut fragment: Fragment, at: Spot, parent: u32) {
        let style = self.styled.style(fragment.style);
        let first = self.flow.len();
        self.break_value(style.break_before);
        if self.starts {
            self.next.margin = fragment.margin_top;
            self.starts = false;
        }
        let break_after = style.break_after;
        // The outermost box is always there, so that every unit has one around it.
        if is_monolithic(style, &fragment.body) && parent != NONE {
            let page = self.page_of(parent, None);
            self.page_change(page);
            let bottom = at.y + fragment.height();
            self.unit(Content::Whole(Box::new(fragment)), at, at.y, bottom, parent);
            return self.break_value(break_after);
        }
        let avoid_before = self.avoid_from;
        if style.break_inside == BreakInside::Avoid && self.avoid_from == NONE {
            self.avoid_from = first;
        }
        let content_bottom =
            at.y + fragment.height() - fragment.border.bottom - fragment.padding.bottom;
        let index = self.open(&mut fragment, at, parent, first);
        self.body(fragment, at, index);
        self.floats_of_box(
            content_bottom,
            parent == NONE || style.starts_formatting_context(),
            index,
        );
        self.close(index, first, content_bottom);
        self.avoid_from = avoid_before;
        self.break_value(break_after);
    }

    /// Adds the box of a fragment; its body stays with the fragment.
    fn open(&mut self, fragment: &mut Fragment, at: Spot, parent: u32, first: u32) -> u32 {
        let style = self.styled.style(fragment.style);
        let bottom = at.y + fragment.height();
        let index = u32::try_from(self.flow.boxes.len()).unwrap_or(NONE);
        let extra = fragment.extra.take();
        let page = self.page_of(parent, extra.as_ref().and_then(|extra| extra.names.page.clone()));
        let inherited =
            if parent == NONE { Point::default() } else { self.flow.flow_box(parent).shift };
        let own = extra.as_ref().map_or(Point::default(), |extra| extra.shift);
        let clones = style.decoration_break == DecorationBreak::Clone
            && fragment.border.vertical() + fragment.padding.vertical() > Pt::ZERO;
        self.flow.breaks_cost |= clones;
        self.flow.boxes.push(FlowBox {
            style: fragment.style,
            mark: fragment.mark,
            parent,
            rect: RunRect { left: at.x, width: fragment.size.width, top: at.y, bottom },
            border: fragment.border,
            padding: fragment.padding,
            first,
            end: first,
            page,
            clones,
            shift: inherited + own,
            extra,
            table: None,
        });
        index
    }

    fn body(&mut self, fragment: Fragment, at: Spot, index: u32) {
        let size = fragment.size;
        match fragment.body {
            Body::Empty => {}
            Body::Flow(children) => {
                for child in children {
                    let place = at + child.at;
                    match child.fragment.is_float() {
                        true => self.hold(child, place, index),
                        false => self.fragment(child.fragment, place, index),
                    }
                }
            }
            Body::Lines(lines) => self.lines(lines.lines, fragment.style, at, index),
            Body::Rows(rows) => {
                for row in rows {
                    let values = |pick: fn(&ComputedStyle) -> Break| {
                        row.items
                            .iter()
                            .map(|item| pick(self.styled.style(item.fragment.style)))
                            .collect::<Vec<_>>()
                    };
                    let (before, after) =
                        (values(|style| style.break_before), values(|style| style.break_after));
                    before.into_iter().for_each(|value| self.break_value(value));
                    let (top, bottom) = (at.y + row.y, at.y + row.y + row.height);
                    let corner = Spot::new(Pt::ZERO, row.y);
                    let items = row.items.into_iter().map(|item| item.moved_back(corner)).collect();
                    self.unit(Content::Row(items), at + corner, top, bottom, index);
                    after.into_iter().for_each(|value| self.break_value(value));
                }
            }
            Body::Table(table) => self.table(*table, at, index),
            Body::Picture(picture) => {
                self.unit(Content::Picture(picture), at, at.y, at.y + size.height, index);
            }
            Body::Columns(rows) => {
                for (number, row) in rows.into_iter().enumerate() {
                    if number > 0 {
                        self.break_value(Break::Page);
                    }
                    let (top, bottom) = (at.y + row.y, at.y + row.y + row.height);
                    self.unit(Content::Columns(Box::new(row)), at, top, bottom, index);
                }
            }
            // A part of a box is painted where it is; nothing flattens it.
            Body::Stretch(_) => {}
        }
    }

    fn lines(&mut self, lines: Vec<Line>, style: StyleId, at: Spot, index: u32) {
        let style = self.styled.style(style);
        let (orphans, widows) = (usize::from(style.orphans), usize::from(style.widows));
        let count = lines.len();
        for (number, mut line) in lines.into_iter().enumerate() {
            self.floats_before(at.y + line.y, line.height, index);
            self.hold_floats_below(&mut line, at, index);
            if number > 0 && (number < orphans || count - number < widows) {
                self.appeal(Appeal::ViolatesOrphans);
            }
            let (top, bottom) = extent_of(&line);
            let (top, bottom) = (at.y + top, at.y + bottom);
            let at = Spot::new(at.x, at.y + std::mem::take(&mut line.y));
            self.unit(Content::Line(Box::new(line)), at, top, bottom, index);
        }
    }

    fn table(&mut self, mut table: TableBody, at: Spot, index: u32) {
        let captions = std::mem::take(&mut table.captions);
        let rows = std::mem::take(&mut table.rows);
        let (above, below): (Vec<Placed>, Vec<Placed>) =
            captions.into_iter().partition(|caption| caption.at.y < table.grid.top + Pt(0.01));
        for caption in above {
            self.fragment(caption.fragment, at + caption.at, index);
            self.appeal(Appeal::ViolatesAvoid);
        }
        let first_row = self.flow.len();
        let count = rows.len();
        let (head, foot) = (table.head_rows, table.foot_rows);
        self.flow.breaks_cost |= foot > 0;
        self.rows(rows, head, foot, at, index);
        for caption in below {
            self.appeal(Appeal::ViolatesAvoid);
            self.fragment(caption.fragment, at + caption.at, index);
        }
        let grid = table.grid.moved(at);
        let rows = u32::try_from(count).unwrap_or(0);
        if let Some(around) = self.flow.boxes.get_mut(index as usize) {
            around.table = Some(Box::new(FlowTable { body: table, grid, first_row, rows }));
        }
    }

    fn rows(&mut self, rows: Vec<TableRow>, head: usize, foot: usize, at: Spot, index: u32) {
        let count = rows.len();
        let first_row = self.flow.len();
        let mut group = None;
        // Rows up to which a cell reaches, with the row that it starts in.
        let mut spans: Vec<(usize, u32)> = Vec::new();
        for (number, row) in rows.into_iter().enumerate() {
            if let Some((_, style)) = group.filter(|(known, _)| *known != row.group) {
                self.break_value(self.styled.style(style).break_after);
            }
            let starts_group = group.is_none_or(|(known, _)| known != row.group);
            let group_style = self.styled.style(row.group_style);
            if starts_group {
                self.break_value(group_style.break_before);
            } else if group_style.break_inside == BreakInside::Avoid {
                self.appeal(Appeal::ViolatesInside);
            }
            group = Some((row.group, row.group_style));
            let style = self.styled.style(row.style);
            self.break_value(style.break_before);
            let after = style.break_after;
            let keeps = row.cells.iter().any(|cell| {
                self.styled.style(cell.placed.fragment.style).break_after == Break::Avoid
            });
            if number > 0 && (number <= head || number >= count - foot.min(count)) {
                self.appeal(Appeal::ViolatesAvoid);
                if row.kind == GroupKind::Head {
                    self.next.forced = None;
                }
            }
            spans.retain(|(end, _)| *end > number);
            if let Some(from) = spans.iter().map(|(_, from)| *from).min() {
                self.appeal(Appeal::ViolatesInside);
                self.next.spanned_from = from;
                // A row of columns ends between two units.
                if self.into == Into::Columns {
                    self.next.forced = None;
                }
            }
            let unit = first_row + u32::try_from(number).unwrap_or(0);
            let longest =
                row.cells.iter().map(|cell| usize::from(cell.row_span)).max().unwrap_or(1);
            if longest > 1 {
                spans.push((number + longest, unit));
            }
            let shown = row.repeat != RowRepeat::Continued;
            let (top, height) = (at.y + row.y, if shown { row.height } else { Pt::ZERO });
            self.unit(Content::TableRow(Box::new(row)), at, top, top + height, index);
            self.break_value(after);
            // A subheading's cell keeps its row with the next one.
            if keeps {
                self.appeal(Appeal::ViolatesAvoid);
            }
        }
    }

    fn close(&mut self, index: u32, first: u32, content_bottom: Depth) {
        let around = self.flow.flow_box(index);
        let (top, bottom, at) = (around.rect.top, around.rect.bottom, around.rect.corner());
        let is_empty = self.flow.len() == first;
        let reached = self.flow.units.last().map_or(Depth::ZERO, Unit::outer_bottom);
        let reached = reached.max(self.floats_end);
        let is_table = around.table.is_some();
        if is_empty {
            self.unit(Content::Strut, at, top, bottom, index);
        } else if content_bottom > reached + Pt(0.5) && !is_table && self.next.forced.is_none() {
            // After a forced break the rest of a least height alone makes no page.
            self.unit(Content::Gap, at, reached, content_bottom, index);
        }
        let end = self.flow.len();
        if let Some(around) = self.flow.boxes.get_mut(index as usize) {
            around.end = end;
        }
        if let Some(unit) = self.flow.units.get_mut(first as usize) {
            unit.lead = unit.lead.max(unit.top - top);
        }
        if let Some(unit) = self.flow.units.last_mut() {
            unit.tail = unit.tail.max(bottom - unit.bottom());
        }
    }

    pub(super) fn unit(
        &mut self,
        content: Content,
        origin: Spot,
        top: Depth,
        bottom: Depth,
        parent: u32,
    ) {
        if parent != NONE {
            self.page_change(self.flow.flow_box(parent).page);
        }
        if self.avoid_from != NONE && self.flow.len() > self.avoid_from {
            self.appeal(Appeal::ViolatesInside);
        }
        let before = std::mem::take(&mut self.next);
        self.starts = true;
        let keeps = self.avoid_from != NONE || self.stays_whole(&content);
        let splits = match &content {
            // A row of columns ends between two units.
            _ if self.into == Into::Columns => false,
            Content::Row(items) => self.forced.are_in(items.iter()),
            Content::TableRow(row) => self.forced.are_in(row.cells.iter().map(|c| &c.placed)),
            _ => false,
        };
        self.flow.units.push(Unit {
            content,
            top,
            height: bottom - top,
            lead: Pt::ZERO,
            tail: Pt::ZERO,
            left: origin.x,
            inset: top - origin.y,
            parent,
            before,
            keeps,
            splits,
        });
    }

    /// Whether rows ask to stay whole, as table rows do unless a stylesheet says otherwise.
    fn stays_whole(&self, content: &Content) -> bool {
        let avoids = |style| self.styled.style(style).break_inside == BreakInside::Avoid;
        match content {
            Content::TableRow(row) => avoids(row.style),
            Content::Row(items) => items.iter().any(|item| avoids(item.fragment.style)),
            _ => false,
        }
    }

    /// A change of the page's name forces a break (CSS Paged Media 3 §7.2).
    fn page_change(&mut self, page: u16) {
        if self.into != Into::Pages {
            return;
        }
        let last = self.flow.units.last().filter(|unit| unit.parent != NONE);
        let changes = last.is_some_and(|unit| self.flow.flow_box(unit.parent).page != page);
        if changes && self.next.forced.is_none() {
            self.next.forced = Some(Break::Page);
        }
    }

    fn page_of(&mut self, parent: u32, own: Option<Arc<str>>) -> u16 {
        let Some(name) = own.filter(|name| **name != *FIRST_PAGE) else {
            return if parent == NONE { 0 } else { self.flow.flow_box(parent).page };
        };
        let known = self.flow.page_names.iter().position(|known| *known == name);
        let index = known.unwrap_or_else(|| {
            self.flow.page_names.push(name);
            self.flow.page_names.len() - 1
        });
        u16::try_from(index).unwrap_or(0)
    }

    fn break_value(&mut self, value: Break) {
        match value {
            Break::Auto => {}
            Break::Column if self.into != Into::Columns || self.next.forced.is_some() => {}
            Break::Avoid => self.appeal(Appeal::ViolatesAvoid),
            Break::Page if self.next.forced.is_some() => {}
            value => self.next.forced = Some(value),
        }
    }

    pub(super) fn appeal(&mut self, appeal: Appeal) {
        self.next.appeal = self.next.appeal.min(appeal);
    }
}

/// Boxes that never break: turned ones and ones that hide what does not fit.
pub fn is_monolithic(style: &ComputedStyle, body: &Body) -> bool {
    let clips = style.overflow == Overflow::Hidden
        && (style.height != Extent::Auto || style.max_height != Extent::Auto);
    !matches!(body, Body::Table(_)) && (clips || !style.transform.is_empty())
}
