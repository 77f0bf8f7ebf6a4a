//! Row heights and where each cell's content stands in its row (CSS 2.2 17.5.3).

use crate::geom::Pt;
use crate::layout::fragment::Fragment;
use crate::layout::measure::Room;
use crate::layout::measure::edges::{self, Edges};
use crate::style::{ComputedStyle, RowRepeat, VerticalAlign, VerticalKeyword};

use super::grid::GridCell;
use super::{Plan, align};

/// A row's place, from the top of the first row's spacing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RowExtent {
    pub y: Pt,
    pub height: Pt,
}

/// All rows, and how cells are aligned in them.
pub struct Rows {
    pub rows: Vec<RowExtent>,
    /// Spacing above and below included.
    pub height: Pt,
    gap: Pt,
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
        let height = total(spanned.iter().map(|row| row.height), spanned.len(), self.gap);
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

/// Measures the rows from the cells' fragments.
pub fn rows(plan: &Plan, cells: &[Fragment], room: Room) -> Rows {
    let gap = plan.spacing().1;
    let (mut heights, alignments) = natural(plan, cells);
    spread_spanning(plan, cells, &mut heights, gap);
    // Rows that only repeated heads and feet show take no room in the table itself.
    let takes_room: Vec<bool> =
        plan.grid.rows.iter().map(|row| plan.repeat(row) != RowRepeat::Continued).collect();
    let seen = || heights.iter().zip(&takes_room).filter(|(_, takes)| **takes);
    let count = seen().count();
    let gaps = if count == 0 { Pt::ZERO } else { gap * (count + 1) as f32 };
    let natural: Pt = seen().map(|(row, _)| row.height).sum();
    grow_to(plan, &mut heights, wanted_height(plan, room) - natural - gaps);
    let mut y = gap;
    let place = |(row, takes): (&RowHeight, &bool)| {
        let extent = RowExtent { y, height: row.height };
        if *takes {
            y += row.height + gap;
        }
        extent
    };
    let rows: Vec<RowExtent> = heights.iter().zip(&takes_room).map(place).collect();
    Rows { height: if rows.is_empty() { Pt::ZERO } else { y }, rows, gap, alignments }
}

/// A row's height so far.
#[derive(Debug, Clone, Copy, Default)]
struct RowHeight {
    height: Pt,
    /// Whether the row itself or a cell of it asks for a height; others grow first.
    specified: bool,
}

/// Heights by the cells of one row, and each cell's alignment.
fn natural(plan: &Plan, cells: &[Fragment]) -> (Vec<RowHeight>, Vec<Alignment>) {
    let mut alignments = Vec::with_capacity(cells.len());
    let mut heights = Vec::with_capacity(plan.grid.rows.len());
    for row in &plan.grid.rows {
        let style = plan.measure.style(row.row.style);
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
                height = height.max(fragment.size.height).max(asked.unwrap_or_default());
            }
            alignments.push(alignment);
        }
        for alignment in alignments.iter_mut().rev().take(row.cells.len()) {
            if let Alignment::Baseline(own) = alignment {
                *own = baseline - *own;
            }
        }
        heights.push(RowHeight { height: height.max(baseline + below_baseline), specified });
    }
    (heights, alignments)
}

/// The height that a cell asks for, as a border box's; shares of the table's height do not count.
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
        let present = total(spanned.iter().map(|row| row.height), rows, gap);
        grow(spanned, needed - present);
    }
}

/// Adds `excess` to rows: to those that ask for no height when there are any, by their height,
/// evenly when they have none.
fn grow(rows: &mut [RowHeight], excess: Pt) {
    if excess <= Pt::ZERO || rows.is_empty() {
        return;
    }
    let any_free = rows.iter().any(|row| !row.specified);
    let takes = |row: &RowHeight| !(any_free && row.specified);
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

/// A table that is higher than its rows gives the rest to its bodies (CSS 2.2 17.5.3 leaves it
/// open; heads and feet stay as they are when there is a body).
fn grow_to(plan: &Plan, heights: &mut [RowHeight], excess: Pt) {
    let (head, foot) = (plan.grid.head_rows, plan.grid.foot_rows);
    let bodies = head..heights.len().saturating_sub(foot).max(head);
    match heights.get_mut(bodies) {
        Some(bodies) if !bodies.is_empty() => grow(bodies, excess),
        _ => grow(heights, excess),
    }
}

fn total(heights: impl Iterator<Item = Pt>, count: usize, gap: Pt) -> Pt {
    heights.sum::<Pt>() + gap * count.saturating_sub(1) as f32
}
