//! The document's column as a list: units that stay whole, and the boxes around them.
//!
//! A page is a stretch of the list, so nothing can be lost, repeated or reordered by a break.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::geom::{Depth, Point, Pt, RunRect, Sides, Spot};
use crate::layout::boxes::Picture;
use crate::layout::fragment::{
    ColumnRow, Fragment, FragmentExtra, Line, Placed, Position, Stretch, TableBody, TableRow,
};
use crate::layout::page::Mark;
use crate::style::{Break, RowRepeat, StyleId};

/// No box.
pub const NONE: u32 = u32::MAX;

/// The name under which boxes on the first page are measured; it is no page of its own.
pub const FIRST_PAGE: &str = ":first";

/// A flattened column. Places are in the column's coordinates.
#[derive(Debug, Default)]
pub struct Flow {
    /// In preorder, so that `first` never falls.
    pub boxes: Vec<FlowBox>,
    /// From the top.
    pub units: Vec<Unit>,
    /// Names of pages, by [`FlowBox::page`]; the first is the page without a name.
    pub page_names: Vec<Arc<str>>,
    /// Whether a break inside any box costs height (`box-decoration-break: clone`, table feet).
    pub breaks_cost: bool,
    /// Where units were cut, by unit; the part `n` of a position is what the cut `n - 1` left. Cuts
    /// are only added: a flow is filled more than once while the best height is looked for, and
    /// what an earlier try has made of it stays true.
    pub cuts: BTreeMap<u32, Vec<Cut>>,
}

/// A cut through a unit, or through what another cut has left of it.
#[derive(Debug)]
pub struct Cut {
    /// What ends its place.
    pub first: Part,
    /// What is left.
    pub rest: Part,
    /// What the cut leaves of earlier rows of the place, whose cells span it.
    pub above: Vec<(u32, Content)>,
}

/// A box around units.
#[derive(Debug)]
pub struct FlowBox {
    /// Its style.
    pub style: StyleId,
    /// How its own content is marked.
    pub mark: Mark,
    /// The box around it, or [`NONE`].
    pub parent: u32,
    /// Its border box.
    pub rect: RunRect,
    /// Used border widths.
    pub border: Sides<Pt>,
    /// Used paddings.
    pub padding: Sides<Pt>,
    /// Its first unit; every box has one.
    pub first: u32,
    /// One past its last unit.
    pub end: u32,
    /// The page that it asks for, an index into [`Flow::page_names`].
    pub page: u16,
    /// Whether breaks repeat its borders and paddings.
    pub clones: bool,
    /// How far it and all that is inside are painted from their places.
    pub shift: Point,
    /// Names, marker and out-of-flow boxes.
    pub extra: Option<Box<FragmentExtra>>,
    /// Set for tables.
    pub table: Option<Box<FlowTable>>,
}

/// A table; its rows are the units from `first_row` on.
#[derive(Debug)]
pub struct FlowTable {
    /// The table without its rows and captions, which are units.
    pub body: TableBody,
    /// The grid's border box in the column.
    pub grid: RunRect,
    /// Row 0.
    pub first_row: u32,
    /// How many rows there are.
    pub rows: u32,
}

impl FlowTable {
    /// The first row that is not repeated.
    pub fn body_start(&self) -> u32 {
        self.first_row + u32::try_from(self.body.head_rows).unwrap_or(0)
    }

    /// The first row of the foot, or the end.
    pub fn foot_start(&self) -> u32 {
        (self.first_row + self.rows).saturating_sub(u32::try_from(self.body.foot_rows).unwrap_or(0))
    }
}

/// What stays whole on a page.
#[derive(Debug)]
pub struct Unit {
    /// What it is.
    pub content: Content,
    /// Its own top.
    pub top: Depth,
    /// Its own height.
    pub height: Pt,
    /// What the borders and paddings of all boxes that it starts take above it.
    pub lead: Pt,
    /// What the borders and paddings of all boxes that it ends take below it.
    pub tail: Pt,
    /// The left edge of what is inside: of the border box of the fragment that it comes from.
    pub left: Pt,
    /// How far above its top the places of what is inside start.
    pub inset: Pt,
    /// The innermost box around it.
    pub parent: u32,
    /// What the break before it is like.
    pub before: Boundary,
    /// Whether it is cut only when no page can hold it.
    pub keeps: bool,
    /// Whether a forced break inside one of its boxes ends the page.
    pub splits: bool,
}

impl Unit {
    /// Its own bottom.
    pub fn bottom(&self) -> Depth {
        self.top + self.height
    }

    /// Its top with what is around it.
    pub fn outer_top(&self) -> Depth {
        self.top - self.lead
    }

    /// Its bottom with what is around it.
    pub fn outer_bottom(&self) -> Depth {
        self.top + (self.height + self.tail)
    }

    /// Where the places of what is inside start.
    pub fn origin(&self) -> Spot {
        Spot::new(self.left, self.top - self.inset)
    }

    /// Whether its text goes on from column to column.
    pub fn is_columns(&self) -> bool {
        matches!(self.content, Content::Columns(_))
    }

    /// Whether it is only room.
    pub fn is_empty(&self) -> bool {
        matches!(self.content, Content::Gap | Content::Strut)
    }
}

/// What a unit is.
#[derive(Debug, Clone)]
pub enum Content {
    /// An empty box.
    Strut,
    /// The empty end of a box that is higher than what is in it; a page may end anywhere in it.
    Gap,
    /// A line of text.
    Line(Box<Line>),
    /// The picture of the box around it.
    Picture(Box<Picture>),
    /// Boxes side by side.
    Row(Vec<Placed>),
    /// A table row.
    TableRow(Box<TableRow>),
    /// Columns of text.
    Columns(Box<ColumnRow>),
    /// A box that never breaks.
    Whole(Box<Fragment>),
}

/// A part of a unit that was cut.
#[derive(Debug)]
pub struct Part {
    /// What it is.
    pub content: Content,
    /// Its height.
    pub height: Pt,
}

/// How good it is to end a page before a unit (CSS Fragmentation 3 §4.3, §4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Appeal {
    /// `break-before` or `break-after` asks not to.
    ViolatesAvoid,
    /// `break-inside` of a box around asks not to, or a cell spans it.
    ViolatesInside,
    /// Too few lines would be left.
    ViolatesOrphans,
    /// Nothing speaks against it.
    Perfect,
}

/// The place between two units.
#[derive(Debug, Clone, Copy)]
pub struct Boundary {
    /// A forced break: never `Auto` or `Avoid`.
    pub forced: Option<Break>,
    /// How good an unforced break is.
    pub appeal: Appeal,
    /// The margin above, which stays after a forced break (CSS Fragmentation 3 §5.2).
    pub margin: Pt,
    /// The earliest row with a cell that spans this place, or [`NONE`].
    pub spanned_from: u32,
}

impl Default for Boundary {
    fn default() -> Boundary {
        Boundary { forced: None, appeal: Appeal::Perfect, margin: Pt::ZERO, spanned_from: NONE }
    }
}

/// A stretch of a flow.
#[derive(Debug, Clone, Copy)]
pub struct Slice {
    /// Where it starts.
    pub start: Position,
    /// Where the next one starts.
    pub end: Position,
    /// The place in the flow that stands at the top.
    pub start_y: Depth,
}

impl Slice {
    /// The last unit of which something is in it.
    pub fn last(&self) -> Option<u32> {
        if self.start == self.end {
            return None;
        }
        let last = match self.end.part {
            0 => self.end.unit.checked_sub(1),
            _ => Some(self.end.unit),
        };
        last.filter(|_| self.end > self.start)
    }

    /// The part of a unit with which it starts in the slice.
    pub fn part_of(&self, index: u32) -> u32 {
        if index == self.start.unit { self.start.part } else { 0 }
    }
}

impl From<&Stretch> for Slice {
    fn from(stretch: &Stretch) -> Slice {
        Slice { start: stretch.start, end: stretch.end, start_y: stretch.start_y }
    }
}

/// A box that is open where a page starts or ends, with the distance of its edge from the page
/// area's start (or from the content's end).
#[derive(Debug, Clone, Copy)]
pub struct OpenBox {
    /// The box.
    pub index: u32,
    /// From the area's top to its top edge; from the content's bottom to its bottom edge.
    pub offset: Pt,
    /// Height of its repeated head or foot; 0 when there is none.
    pub repeated: Pt,
}

impl Flow {
    /// The unit at an index.
    pub fn unit(&self, index: u32) -> &Unit {
        &self.units[index as usize]
    }

    /// The box at an index.
    pub fn flow_box(&self, index: u32) -> &FlowBox {
        &self.boxes[index as usize]
    }

    fn cut(&self, index: u32, part: u32) -> Option<&Cut> {
        let cut = part.checked_sub(1)?;
        self.cuts.get(&index)?.get(cut as usize)
    }

    /// Whether nothing of its unit stands before a place: it is the unit's start, or it follows a
    /// cut that ended the cells of rows above only.
    pub fn is_before(&self, at: Position) -> bool {
        let cut = self.cut(at.unit, at.part);
        at.part == 0
            || cut.is_some_and(|cut| {
                matches!(cut.first.content, Content::Gap) && cut.first.height == Pt::ZERO
            })
    }

    /// Adds a cut through a unit; gives the part that it leaves.
    pub fn add_cut(&mut self, index: u32, cut: Cut) -> u32 {
        let cuts = self.cuts.entry(index).or_default();
        cuts.push(cut);
        u32::try_from(cuts.len()).unwrap_or(u32::MAX)
    }

    /// What comes of a unit from `part` on.
    pub fn content_from(&self, index: u32, part: u32) -> &Content {
        self.cut(index, part).map_or(&self.unit(index).content, |cut| &cut.rest.content)
    }

    /// The height of what comes of a unit from `part` on.
    pub fn height_from(&self, index: u32, part: u32) -> Pt {
        let unit = self.unit(index);
        self.cut(index, part).map_or(unit.height, |cut| cut.rest.height)
    }

    /// What stands of a unit in a slice, and the place of its top in the flow.
    pub fn content_in(&self, index: u32, slice: &Slice) -> (&Content, Depth) {
        let from = slice.part_of(index);
        let top = if from > 0 { slice.start_y } else { self.unit(index).top };
        let ends = self.cut(slice.end.unit, slice.end.part);
        let changed = ends.and_then(|cut| match index == slice.end.unit {
            true => Some(&cut.first.content),
            false => cut.above.iter().find(|(row, _)| *row == index).map(|(_, content)| content),
        });
        (changed.unwrap_or_else(|| self.content_from(index, from)), top)
    }

    /// How many units there are.
    pub fn len(&self) -> u32 {
        u32::try_from(self.units.len()).unwrap_or(u32::MAX)
    }

    /// The boxes around `box_index`, itself included, innermost first.
    pub fn chain(&self, box_index: u32) -> impl Iterator<Item = u32> + '_ {
        let first = (box_index != NONE).then_some(box_index);
        std::iter::successors(first, |index| {
            let parent = self.flow_box(*index).parent;
            (parent != NONE).then_some(parent)
        })
    }

    /// The boxes that go on at the start of a page, outermost first, and what they take from its
    /// height.
    pub fn open_at(&self, start: Position, area: Pt) -> (Vec<OpenBox>, Pt) {
        let Some(unit) = self.units.get(start.unit as usize) else { return (Vec::new(), Pt::ZERO) };
        let continues = |index: &u32| {
            let first = self.flow_box(*index).first;
            first < start.unit || (first == start.unit && start.part > 0)
        };
        let mut chain: Vec<u32> = self.chain(unit.parent).filter(continues).collect();
        chain.reverse();
        let mut offset = Pt::ZERO;
        let mut open = Vec::with_capacity(chain.len());
        for index in chain {
            let around = self.flow_box(index);
            let repeated = self.repeated_head(around, start.unit, area);
            open.push(OpenBox { index, offset, repeated });
            if around.clones {
                offset += around.border.top + around.padding.top;
            }
            offset += repeated;
        }
        (open, offset)
    }

    /// The boxes that go on after `end`, outermost first, and what they take from the page's
    /// height.
    pub fn open_after(&self, end: Position, area: Pt) -> (Vec<OpenBox>, Pt) {
        let last = if end.part > 0 { Some(end.unit) } else { end.unit.checked_sub(1) };
        let Some(last) = last.filter(|last| *last < self.len()) else {
            return (Vec::new(), Pt::ZERO);
        };
        let goes_on = |index: &u32| {
            self.flow_box(*index).end > last + 1
                || (end.part > 0 && self.flow_box(*index).end > last)
        };
        let chain: Vec<u32> = self.chain(self.unit(last).parent).filter(goes_on).collect();
        let mut offset = Pt::ZERO;
        let mut open = Vec::with_capacity(chain.len());
        for index in chain {
            let around = self.flow_box(index);
            let repeated = self.repeated_foot(around, last + u32::from(end.part == 0), area);
            offset += repeated;
            if around.clones {
                offset += around.border.bottom + around.padding.bottom;
            }
            open.push(OpenBox { index, offset, repeated });
        }
        open.reverse();
        (open, offset)
    }

    fn repeated_head(&self, around: &FlowBox, start: u32, area: Pt) -> Pt {
        let Some(table) = &around.table else { return Pt::ZERO };
        let end = table.first_row + table.rows;
        if start < table.body_start() || start >= end {
            return Pt::ZERO;
        }
        let head = self.repeated_height(table, table.first_row, table.body_start());
        let group = self.group_heading(table, start);
        let group = group.map_or(Pt::ZERO, |row| self.repeated_height(table, row, row + 1));
        repeatable(head + group, area)
    }

    /// The heading of the group that goes on with the row `start`, where it is to be shown again.
    pub fn group_heading(&self, table: &FlowTable, start: u32) -> Option<u32> {
        let row = |index: u32| match &self.unit(index).content {
            Content::TableRow(row) => Some(&**row),
            _ => None,
        };
        let group = row(start)?.group;
        // Groups follow each other, so that the first row of one is found by halving.
        let (mut low, mut high) = (table.first_row, start);
        while low < high {
            let middle = low + (high - low) / 2;
            if row(middle)?.group < group { low = middle + 1 } else { high = middle }
        }
        (low < start && row(low)?.repeat == RowRepeat::Group).then_some(low)
    }

    /// The height of those of the rows `from..to` that are repeated, with the spacing beside them.
    fn repeated_height(&self, table: &FlowTable, from: u32, to: u32) -> Pt {
        let rows = (from..to).filter_map(|index| match &self.unit(index).content {
            Content::TableRow(row) if row.repeat != RowRepeat::Once => Some(row.height),
            _ => None,
        });
        rows.map(|height| height + table.body.row_gap).sum()
    }

    /// `next` is the unit at which the next page starts.
    fn repeated_foot(&self, around: &FlowBox, next: u32, area: Pt) -> Pt {
        let Some(table) = &around.table else { return Pt::ZERO };
        let foot = table.foot_start();
        if table.body.foot_rows == 0 || next <= table.body_start() || next > foot || foot == 0 {
            return Pt::ZERO;
        }
        repeatable(self.repeated_height(table, foot, table.first_row + table.rows), area)
    }

    /// The unit's bottom in the column up to `end`, when the page starts at `start`.
    pub fn bottom_on_page(
        &self,
        index: u32,
        start: Position,
        start_y: Depth,
        end: Position,
    ) -> Depth {
        let unit = self.unit(index);
        if end.unit != index || end.part == 0 {
            return unit.outer_bottom();
        }
        let top = if start.unit == index && start.part > 0 { start_y } else { unit.top };
        let cut = self.cut(index, end.part);
        top + cut.map_or(unit.height, |cut| cut.first.height)
    }
}

/// Heads and feet that would take half of the page are not repeated.
fn repeatable(height: Pt, area: Pt) -> Pt {
    if height > area * 0.5 { Pt::ZERO } else { height.max(Pt::ZERO) }
}
