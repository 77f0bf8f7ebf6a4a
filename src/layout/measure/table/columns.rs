//! What the cells of each column ask for, and the widths of a table with fixed layout.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::geom::Pt;
use crate::layout::boxes::Column;
use crate::style::{ComputedStyle, Extent};

use super::decimal::Split;
use super::grid::GridCell;
use super::widths::{self, ColumnMeasure};
use super::{PARALLEL_FROM, Plan, decimal};
use crate::layout::measure::edges::{self, Edges};

/// The demands of each column, from `col` elements, cells, and cells that span several
/// (CSS 2.2 17.5.2.2).
pub fn by_content(plan: &Plan) -> Vec<ColumnMeasure> {
    let mut columns = vec![ColumnMeasure::default(); plan.grid.columns];
    for (column, source) in columns.iter_mut().zip(&plan.table.columns) {
        column.include(of_column(column_style(plan, *source)));
    }
    let one = |(index, cell): (usize, &GridCell)| of_cell(plan, index, cell);
    let cells: Vec<(ColumnMeasure, Option<Split>)> = if plan.grid.cells.len() < PARALLEL_FROM {
        plan.grid.cells.iter().enumerate().map(one).collect()
    } else {
        plan.grid.cells.par_iter().enumerate().map(one).collect()
    };
    let mut spanning: BTreeMap<(usize, usize), ColumnMeasure> = BTreeMap::new();
    let mut splits: Vec<Option<Split>> = vec![None; plan.grid.columns];
    for (cell, (demand, split)) in plan.grid.cells.iter().zip(cells) {
        if cell.cols > 1 {
            spanning.entry((cell.cols, cell.column)).or_default().include(demand);
        } else if let Some(column) = columns.get_mut(cell.column) {
            column.include(demand);
            splits[cell.column] = Split::wider(splits[cell.column], split);
        }
    }
    for (column, split) in columns.iter_mut().zip(splits) {
        let needed = split.map_or(Pt::ZERO, |split| split.before + split.after + split.frame);
        column.max = column.max.max(needed);
        // Aligned figures keep apart only where the column has room for all of them.
        column.min = column.min.max(needed);
    }
    widths::limit_shares(&mut columns);
    let gap = plan.spacing().0;
    for ((cols, first), demand) in spanning {
        if let Some(spanned) = columns.get_mut(first..first + cols) {
            widths::include_spanning(spanned, demand, gap * (cols - 1) as f32);
        }
    }
    widths::limit_shares(&mut columns);
    columns
}

/// The style whose width counts for a column: its group's where the column has none of its own.
fn column_style<'a>(plan: &'a Plan, column: Column) -> &'a ComputedStyle {
    let own = plan.measure.style(column.style);
    match (own.width, column.group) {
        (Extent::Auto, Some(group)) => plan.measure.style(group),
        _ => own,
    }
}

/// What a `col` element asks for: its width is a minimum (CSS 2.2 17.5.2.2).
fn of_column(style: &ComputedStyle) -> ColumnMeasure {
    let (width, share) = specified(style.width);
    let min_width = specified(style.min_width).0.unwrap_or_default();
    let min = width.unwrap_or_default().max(min_width);
    ColumnMeasure { min, max: min, share, fixed: width.is_some() }
}

/// A `width` as a length and as a share; a sum of both is no specified width (CSS Tables 3 §4.4).
fn specified(extent: Extent) -> (Option<Pt>, f32) {
    match extent {
        Extent::Length(length) if length.share == 0.0 => (Some(length.points.max(Pt::ZERO)), 0.0),
        Extent::Length(length) if length.points == Pt::ZERO => (None, length.share.max(0.0)),
        _ => (None, 0.0),
    }
}

fn of_cell(plan: &Plan, index: usize, cell: &GridCell) -> (ColumnMeasure, Option<Split>) {
    let content = &cell.cell.content;
    let style = plan.measure.style(content.style);
    let own = Edges::of(style, Pt::ZERO).frame().horizontal();
    let edges = Edges { border: plan.cell_border(index, style), ..Edges::of(style, Pt::ZERO) };
    let frame = edges.frame().horizontal();
    let asked = plan.measure.intrinsic(content);
    let min_width = specified(style.min_width).0.map(|w| edges::border_box(style, w, frame));
    let max_width = specified(style.max_width).0.map(|w| edges::border_box(style, w, frame));
    let min = (asked.min - own + frame).max(min_width.unwrap_or_default());
    let mut max = (asked.max - own + frame).max(min);
    let (width, share) = specified(style.width);
    if let Some(width) = width {
        max = edges::border_box(style, width, frame);
    } else if style.width == Extent::MinContent {
        max = min;
    }
    let max = max_width.map_or(max, |limit| max.min(limit)).max(min);
    let split = decimal::split_at_natural_width(plan, cell, style, asked.max, frame);
    (ColumnMeasure { min, max, share, fixed: width.is_some() }, split)
}

/// The columns' widths from `col` elements and the first row only (CSS 2.2 17.5.2.1).
pub fn fixed(plan: &Plan, assignable: Pt) -> Vec<Pt> {
    let count = plan.grid.columns;
    let mut widths: Vec<Option<Pt>> = vec![None; count];
    let resolve = |extent: Extent| extent.resolve(assignable).map(|width| width.max(Pt::ZERO));
    for (width, column) in widths.iter_mut().zip(&plan.table.columns) {
        *width = resolve(column_style(plan, *column).width);
    }
    let first_row = plan.grid.rows.first().map_or(0..0, |row| row.cells.clone());
    let gap = plan.spacing().0;
    for index in first_row {
        let Some(cell) = plan.grid.cells.get(index) else { continue };
        let style = plan.measure.style(cell.cell.content.style);
        let Some(width) = resolve(style.width) else { continue };
        let edges =
            Edges { border: plan.cell_border(index, style), ..Edges::of(style, assignable) };
        let is_share = matches!(style.width, Extent::Length(length) if length.share != 0.0);
        let frame = if is_share { Pt::ZERO } else { edges.frame().horizontal() };
        let outer = edges::border_box(style, width, frame) - gap * (cell.cols - 1) as f32;
        let part = (outer / cell.cols as f32).max(Pt::ZERO);
        for column in widths.get_mut(cell.columns()).unwrap_or_default() {
            column.get_or_insert(part);
        }
    }
    share_out(widths, assignable)
}

/// Columns without a width share the rest evenly; when all have one, they grow in proportion.
fn share_out(widths: Vec<Option<Pt>>, assignable: Pt) -> Vec<Pt> {
    let total: Pt = widths.iter().flatten().copied().sum();
    let free = widths.iter().filter(|width| width.is_none()).count();
    let rest = (assignable - total).max(Pt::ZERO);
    if free > 0 {
        let each = rest / free as f32;
        return widths.into_iter().map(|width| width.unwrap_or(each)).collect();
    }
    let factor = if total > Pt::ZERO { (total + rest) / total } else { 1.0 };
    let even = if total > Pt::ZERO { Pt::ZERO } else { rest / widths.len().max(1) as f32 };
    widths.into_iter().map(|width| width.unwrap_or_default() * factor + even).collect()
}
