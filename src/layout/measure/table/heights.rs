//! Row heights and where each cell's content stands in its row (CSS 2.2 17.5.3).

use crate::geom::{Depth, Pt};
use crate::layout::fragment::Fragment;
use crate::layout::inside;
use crate::layout::measure::Room;
use crate::layout::measure::edges::{self, Edges};
use crate::style::{ComputedStyle, Extent, RowRepeat, VerticalAlign, VerticalKeyword};

use super::grid::GridCell;
use super::{Plan, align};

/// A row's place, from the top of the first row's spacing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RowExtent {
    pub y: Depth,
    pub height: Pt,
}

/// All rows, and how cells are aligned in them.
pub struct Rows {
    pub rows: Vec<RowExtent>,
    /// Spacing above and below included.
    pub height: Depth,
    alignments: Vec<Alignment>,
}

/// How a cell's content stands in its rows.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Alignment {
    Top,
    Middle,
    Bottom,
    /// Moved down by so much, so that the baselines of the row meet.
    Baseline(Pt),
}

impl Rows {
    /// How far down a cell's content moves, and how high the cell is.
    pub fn cell(&self, index: usize, cell: &GridCell, fragment: &Fragment) -> (Pt, Pt) {
        let spanned = self.rows.get(cell.row..cell.row + cell.rows).unwrap_or_default();
        let height = match (spanned.first(), spanned.last()) {
            (Some(first), Some(last)) => last.y + last.height - first.y,
            _ => Pt::ZERO,
        };
        let free = (height - fragment.size.height).max(Pt::ZERO);
        let shift = match self.alignments.get(index) {
            Some(Alignment::Middle) => free / 2.0,
            Some(Alignment::Bottom) => free,
            Some(Alignment::Baseline(shift)) => shift.min(free),
            Some(Alignment::Top) | None => Pt::ZERO,
        };
        (shift, height)
    }
}

impl Plan<'_> {
    /// Measures cells again whose content asks for a share of their height, once that is known
    /// (CSS Tables 3 §3.10.2, the second pass): where the cell, its row or the table asks for one.
    /// Cells around absolutely positioned boxes are measured again, too.
    pub fn fill_heights(
        &self,
        cells: &mut [Fragment],
        rows: &Rows,
        columns: &[(Pt, Pt)],
        room: Room,
    ) {
        let table_asks = edges::definite_height(self.style, &self.edges, room).is_some();
        for (index, (cell, fragment)) in self.grid.cells.iter().zip(cells).enumerate() {
            let extra = cell.cell.content.extra.as_ref();
            let contains = extra.is_some_and(|extra| !extra.out_of_flow.is_empty());
            if !contains && !edges::asks_for_share(&cell.cell.content, self.measure) {
                continue;
            }
            let row = self.grid.rows.get(cell.row).map(|row| self.measure.style(row.row.style));
            let own = self.measure.style(fragment.style);
            let asks = contains
                || table_asks
                || own.height != Extent::Auto
                || row.is_some_and(|row| row.height != Extent::Auto);
            if asks {
                let (_, height) = rows.cell(index, cell, fragment);
                *fragment = self.measure_cell(index, cell, columns, room.width, Some(height));
                // What is aligned in the cell is what there is in it, not all of its height.
                let bottom = inside::content_bottom(fragment);
                let frame = fragment.border.bottom + fragment.padding.bottom;
                fragment.set_height((bottom + frame).min(height.into()));
            }
        }
    }
}

/// Measures the rows from the cells' fragments.
pub fn rows(plan: &Plan, cells: &[Fragment], room: Room) -> Rows {
    let gap = plan.spacing().1;
    let (mut heights, alignments) = natural(plan, cells);
    spread_spanning(plan, cells, &mut heights, gap);
    grow_groups(plan, &mut heights, gap);
    let shown = heights.iter().filter(|row| row.takes_room()).count();
    let gaps = if shown == 0 { Pt::ZERO } else { gap * (shown + 1) as f32 };
    grow_to(plan, &mut heights, wanted_height(plan, room) - gaps);
    let mut y = Depth::from(gap);
    let place = |row: &RowHeight| {
        // A collapsed row takes its spacing along: it stands at the end of the row before it.
        if row.collapsed {
            return RowExtent { y: y - gap, height: Pt::ZERO };
        }
        let extent = RowExtent { y, height: row.height };
        if row.takes_room() {
            y += row.height + gap;
        }
        extent
    };
    let rows: Vec<RowExtent> = heights.iter().map(place).collect();
    Rows { height: if shown == 0 { Depth::ZERO } else { y }, rows, alignments }
}

/// A row's height so far.
#[derive(Debug, Clone, Copy, Default)]
struct RowHeight {
    height: Pt,
    /// Whether the row itself or a cell of it asks for a height; others grow first.
    specified: bool,
    /// The largest share of the table's height that the row or a cell of it asks for.
    share: f32,
    /// Whether the row is taken out (`visibility: collapse`).
    collapsed: bool,
    /// Whether only repeated heads and feet show the row.
    continued: bool,
}

impl RowHeight {
    /// Whether the table itself is higher by the row.
    fn takes_room(&self) -> bool {
        !self.collapsed && !self.continued
    }
}

/// Heights by the cells of one row, and each cell's alignment.
fn natural(plan: &Plan, cells: &[Fragment]) -> (Vec<RowHeight>, Vec<Alignment>) {
    let mut alignments = Vec::with_capacity(cells.len());
    let mut heights = Vec::with_capacity(plan.grid.rows.len());
    for (number, row) in plan.grid.rows.iter().enumerate() {
        if plan.is_collapsed_row(number) {
            alignments.extend(row.cells.clone().map(|_| Alignment::Top));
            heights.push(RowHeight { collapsed: true, ..RowHeight::default() });
            continue;
        }
        let style = plan.measure.style(row.row.style);
        let mut share = share_of(style);
        let own = edges::definite(style.height, None);
        let mut height = own.unwrap_or_default();
        height = height.max(edges::definite(style.min_height, None).unwrap_or_default());
        let mut specified = own.is_some();
        let (mut baseline, mut below_baseline) = (Pt::ZERO, Pt::ZERO);
        for index in row.cells.clone() {
            let (Some(cell), Some(fragment)) = (plan.grid.cells.get(index), cells.get(index))
            else {
                continue;
            };
            let style = plan.measure.style(fragment.style);
            let alignment = match style.vertical_align {
                VerticalAlign::Keyword(VerticalKeyword::Top) => Alignment::Top,
                VerticalAlign::Keyword(VerticalKeyword::Middle) => Alignment::Middle,
                VerticalAlign::Keyword(VerticalKeyword::Bottom) => Alignment::Bottom,
                _ => Alignment::Baseline(align::baseline(fragment)),
            };
            if let Alignment::Baseline(own) = alignment {
                baseline = baseline.max(own);
                if cell.rows == 1 {
                    below_baseline = below_baseline.max(fragment.size.height - own);
                }
            }
            if cell.rows == 1 {
                let asked = cell_height(style, fragment);
                specified |= asked.is_some();
                share = share.max(share_of(style));
                height = height.max(fragment.size.height).max(asked.unwrap_or_default());
            }
            alignments.push(alignment);
        }
        for alignment in alignments.iter_mut().rev().take(row.cells.len()) {
            if let Alignment::Baseline(own) = alignment {
                *own = baseline - *own;
            }
        }
        let height = height.max(baseline + below_baseline);
        let continued = plan.repeat(row) == RowRepeat::Continued;
        heights.push(RowHeight { height, specified, share, collapsed: false, continued });
    }
    (heights, alignments)
}

/// The share of the table's height that a row or cell asks for.
fn share_of(style: &ComputedStyle) -> f32 {
    match style.height {
        Extent::Length(length) if length.points == Pt::ZERO => length.share.max(0.0),
        _ => 0.0,
    }
}

/// The height that a cell asks for, as a border box's, shares of the table's height aside.
fn cell_height(style: &ComputedStyle, fragment: &Fragment) -> Option<Pt> {
    let frame = (fragment.border + fragment.padding).vertical();
    let height = edges::definite(style.height, None).map(|h| edges::border_box(style, h, frame));
    let min = edges::definite(style.min_height, None).map(|h| edges::border_box(style, h, frame));
    height.into_iter().chain(min).reduce(Pt::max)
}

/// Lets rows grow until cells that span several fit, those of fewer rows first.
fn spread_spanning(plan: &Plan, cells: &[Fragment], heights: &mut [RowHeight], gap: Pt) {
    let spanning = plan.grid.cells.iter().zip(cells).enumerate();
    let mut spanning: Vec<(usize, usize, usize, Pt)> = spanning
        .filter(|(_, (cell, _))| cell.rows > 1)
        .map(|(index, (cell, fragment))| {
            let asked = cell_height(plan.measure.style(fragment.style), fragment);
            let needed = fragment.size.height.max(asked.unwrap_or_default());
            (cell.rows, index, cell.row, needed)
        })
        .collect();
    spanning.sort_by_key(|(rows, index, ..)| (*rows, *index));
    for (rows, _, row, needed) in spanning {
        let Some(spanned) = heights.get_mut(row..row + rows) else { continue };
        let present = total(spanned, gap);
        grow(spanned, needed - present);
    }
}

/// Lets the rows of a group that asks for a height grow to it; browsers do, where CSS 2.2 17.5.3
/// leaves it open.
fn grow_groups(plan: &Plan, heights: &mut [RowHeight], gap: Pt) {
    let mut first = 0;
    for rows in plan.grid.rows.chunk_by(|one, next| one.group == next.group) {
        let last = first + rows.len();
        let style = rows.first().map(|row| plan.measure.style(row.group_style));
        let wanted = style.and_then(|style| edges::definite(style.height, None));
        if let (Some(wanted), Some(heights)) = (wanted, heights.get_mut(first..last)) {
            let present = total(heights, gap);
            grow(heights, wanted - present);
        }
        first = last;
    }
}

/// Adds `excess` to rows: to those that ask for no height when there are any, by their height,
/// evenly when they have none.
fn grow(rows: &mut [RowHeight], excess: Pt) {
    if excess <= Pt::ZERO || rows.is_empty() {
        return;
    }
    let any_free = rows.iter().any(|row| !row.specified && row.takes_room());
    let takes = |row: &RowHeight| row.takes_room() && !(any_free && row.specified);
    let sum: Pt = rows.iter().filter(|row| takes(row)).map(|row| row.height).sum();
    let count = rows.iter().filter(|row| takes(row)).count();
    for row in rows.iter_mut().filter(|row| takes(row)) {
        let part = if sum > Pt::ZERO { row.height / sum } else { 1.0 / count as f32 };
        row.height += excess * part;
    }
}

/// The height that rows and spacing are to have at least.
fn wanted_height(plan: &Plan, room: Room) -> Pt {
    let frame = plan.edges.frame().vertical();
    let outer = edges::definite_height(plan.style, &Edges { ..plan.edges }, room);
    let min = edges::clamp_height(plan.style, Pt::ZERO, room.height, frame);
    outer.unwrap_or(min) - frame
}

/// A table that is higher than its rows gives rows with a share of its height their share and the
/// rest to its bodies (CSS 2.2 17.5.3 leaves it open; heads and feet stay as they are when there
/// is a body).
fn grow_to(plan: &Plan, heights: &mut [RowHeight], wanted: Pt) {
    let seen = heights.iter().filter(|row| row.takes_room());
    let mut excess = wanted - seen.map(|row| row.height).sum::<Pt>();
    for row in heights.iter_mut().filter(|row| row.share > 0.0) {
        let more = (wanted * row.share - row.height).min(excess).max(Pt::ZERO);
        row.height += more;
        row.specified = true;
        excess -= more;
    }
    let (head, foot) = (plan.grid.head_rows, plan.grid.foot_rows);
    let bodies = head..heights.len().saturating_sub(foot).max(head);
    match heights.get_mut(bodies) {
        Some(bodies) if !bodies.is_empty() => grow(bodies, excess),
        _ => grow(heights, excess),
    }
}

/// The height of rows with the spacing between them.
fn total(rows: &[RowHeight], gap: Pt) -> Pt {
    let shown = rows.iter().filter(|row| row.takes_room());
    let (count, height) =
        shown.fold((0_usize, Pt::ZERO), |(count, height), row| (count + 1, height + row.height));
    height + gap * count.saturating_sub(1) as f32
}
