//! Rows that a page cannot hold are cut through their cells; cells that span a break are cut there.

use crate::geom::{Point, Pt, Size};
use crate::layout::fragment::{Body, Fragment, Placed, TableCell, TableRow};
use crate::layout::measure::inside;
use crate::style::Styled;

use super::flow::{Content, Flow, Part, Unit};
use super::split::{cut, least_height};

/// Cuts a unit (or its last part) so that what stays is at most `limit` high. Says whether it did.
pub fn cut_unit(unit: &mut Unit, part: u32, limit: Pt, must: bool, styled: &Styled) -> bool {
    let whole = std::mem::replace(&mut unit.content, Content::Strut);
    let (mut parts, last) = match whole {
        Content::Parts(mut parts) => {
            let last = parts.pop();
            (parts, last)
        }
        content => (Vec::new(), Some(Part { content, height: unit.bottom - unit.top })),
    };
    let Some(last) = last else { return false };
    debug_assert_eq!(parts.len(), part as usize);
    let height = last.height;
    let result = cut_content(last.content, height, limit, must, styled);
    let did_cut = matches!(result, Cutting::Done(..));
    match result {
        Cutting::Done(first, rest) => parts.extend([first, rest]),
        Cutting::Whole(content) => parts.push(Part { content, height }),
    }
    unit.content = match (parts.len(), parts.pop()) {
        (1, Some(only)) => only.content,
        (_, last) => {
            parts.extend(last);
            Content::Parts(parts)
        }
    };
    did_cut
}

enum Cutting {
    Done(Part, Part),
    Whole(Content),
}

fn cut_content(content: Content, height: Pt, limit: Pt, must: bool, styled: &Styled) -> Cutting {
    match content {
        Content::Strut | Content::Gap => Cutting::Done(
            Part { content: Content::Gap, height: limit },
            Part { content: Content::Gap, height: height - limit },
        ),
        Content::TableRow(row) => cut_row(row, limit, must, styled),
        Content::Row(items) => cut_items(items, limit, must, styled),
        content => Cutting::Whole(content),
    }
}

/// Whether the beginnings of all cells fit. When nothing else helps, one that gets on is enough.
fn may_cut<'a>(
    cells: impl Iterator<Item = (&'a Fragment, Pt)> + Clone,
    must: bool,
    styled: &Styled,
) -> bool {
    let progress = cells.clone().any(|(cell, _)| is_cuttable(cell));
    let fits = |(cell, limit): (&Fragment, Pt)| least_height(cell, styled) <= limit;
    progress && (must || { cells }.all(fits))
}

fn is_cuttable(fragment: &Fragment) -> bool {
    match &fragment.body {
        Body::Empty => fragment.size.height > Pt::ZERO,
        Body::Lines(lines) => lines.lines.len() > 1,
        Body::Flow(children) => {
            children.len() > 1 || children.iter().any(|child| is_cuttable(&child.fragment))
        }
        Body::Rows(rows) => rows.len() > 1,
        Body::Table(_) | Body::Picture(_) => false,
    }
}

fn cut_row(mut row: Box<TableRow>, limit: Pt, must: bool, styled: &Styled) -> Cutting {
    let cells = row.cells.iter().map(|cell| (&cell.placed.fragment, limit - cell.placed.at.y));
    if !may_cut(cells, must, styled) {
        return Cutting::Whole(Content::TableRow(row));
    }
    let mut rest = Vec::new();
    let mut kept = Vec::new();
    // Heights of the cells before they are cut: those that span rows keep them in sum.
    let mut spans = Vec::new();
    for mut cell in std::mem::take(&mut row.cells) {
        align_to_top(&mut cell);
        let y = cell.placed.at.y;
        spans.push(cell.placed.fragment.size.height);
        let (first, left) = halves(cell.placed.fragment, limit - y, must, styled);
        let place = |at: Point, fragment: Fragment, row_span: u16| TableCell {
            placed: Placed { at, fragment },
            column: cell.column,
            col_span: cell.col_span,
            row_span,
            content_shift: Pt::ZERO,
            bare: cell.bare,
        };
        rest.push(place(Point::new(cell.placed.at.x, Pt::ZERO), left, cell.row_span));
        kept.push(place(cell.placed.at, first, 1));
    }
    let tallest = |cells: &[TableCell]| {
        let heights = cells.iter().filter(|cell| cell.row_span <= 1);
        heights
            .map(|cell| cell.placed.at.y + cell.placed.fragment.size.height)
            .fold(Pt::ZERO, Pt::max)
    };
    let (height, left) = (tallest(&kept).min(limit.max(tallest(&kept))), tallest(&rest));
    fill(&mut kept, height);
    fill(&mut rest, left);
    for (cell, whole) in rest.iter_mut().zip(spans).filter(|(cell, _)| cell.row_span > 1) {
        let own = cell.placed.fragment.size.height;
        cell.placed.fragment.size.height = own.max(whole - height).max(left);
    }
    let second = TableRow {
        style: row.style,
        kind: row.kind,
        group: row.group,
        group_style: row.group_style,
        y: row.y,
        height: left,
        cells: rest,
        names: None,
    };
    row.cells = kept;
    row.height = height;
    Cutting::Done(
        Part { content: Content::TableRow(row), height },
        Part { content: Content::TableRow(Box::new(second)), height: left },
    )
}

/// Makes cells as high as their row.
fn fill(cells: &mut [TableCell], height: Pt) {
    for cell in cells.iter_mut().filter(|cell| cell.row_span <= 1) {
        cell.placed.fragment.size.height = height - cell.placed.at.y;
    }
}

/// Both halves; one without content is an empty box of the same looks.
fn halves(fragment: Fragment, limit: Pt, must: bool, styled: &Styled) -> (Fragment, Fragment) {
    let shell = shell_of(&fragment);
    let parts = cut(fragment, limit, must, styled);
    let empty = Size::new(shell.size.width, Pt::ZERO);
    match (parts.first, parts.rest) {
        (Some(first), Some(rest)) => (first, rest),
        (Some(first), None) => (first, Fragment { size: empty, ..shell }),
        (None, Some(rest)) => (Fragment { size: empty, ..shell }, rest),
        (None, None) => (shell_of(&shell), shell),
    }
}

/// An empty box with the looks of `fragment`.
fn shell_of(fragment: &Fragment) -> Fragment {
    Fragment {
        style: fragment.style,
        size: fragment.size,
        border: fragment.border,
        padding: fragment.padding,
        margin_top: Pt::ZERO,
        margin_bottom: Pt::ZERO,
        mark: fragment.mark,
        body: Body::Empty,
        extra: None,
    }
}

/// Undoes vertical alignment: a cell that is cut starts at its top.
fn align_to_top(cell: &mut TableCell) {
    let shift = cell.content_shift;
    if shift != Pt::ZERO {
        inside::shift(&mut cell.placed.fragment, Point::new(Pt::ZERO, -shift));
        cell.placed.fragment.size.height -= shift;
        cell.content_shift = Pt::ZERO;
    }
}

fn cut_items(items: Vec<Placed>, limit: Pt, must: bool, styled: &Styled) -> Cutting {
    let top = items.iter().map(|item| item.at.y).fold(Pt::HUGE, Pt::min);
    let cells = items.iter().map(|item| (&item.fragment, limit - (item.at.y - top)));
    if !may_cut(cells, must, styled) {
        return Cutting::Whole(Content::Row(items));
    }
    let (mut kept, mut rest) = (Vec::new(), Vec::new());
    for item in items {
        let (first, left) = halves(item.fragment, limit - (item.at.y - top), must, styled);
        rest.push(Placed { at: Point::new(item.at.x, top), fragment: left });
        kept.push(Placed { at: item.at, fragment: first });
    }
    let tallest = |items: &[Placed]| {
        items.iter().map(|item| item.at.y - top + item.fragment.size.height).fold(Pt::ZERO, Pt::max)
    };
    let (height, left) = (tallest(&kept), tallest(&rest));
    kept.iter_mut().for_each(|item| item.fragment.size.height = height - (item.at.y - top));
    rest.iter_mut().for_each(|item| item.fragment.size.height = left);
    Cutting::Done(
        Part { content: Content::Row(kept), height },
        Part { content: Content::Row(rest), height: left },
    )
}

/// Cuts the cells that start in the rows `from..at` and reach past the break before row `at`; what
/// is left of them goes on in that row.
pub fn cut_spanning(flow: &mut Flow, from: u32, at: u32, styled: &Styled) {
    let break_y = flow.unit(at).top;
    let mut moved: Vec<TableCell> = Vec::new();
    for index in from..at {
        let Some(unit) = flow.units.get_mut(index as usize) else { continue };
        let (unit_top, unit_bottom, above) = (unit.top, unit.bottom, at - index);
        let (row, top) = match &mut unit.content {
            Content::TableRow(row) => (row, unit_top),
            Content::Parts(parts) => match parts.last_mut() {
                Some(Part { content: Content::TableRow(row), height }) => {
                    (row, unit_bottom - *height)
                }
                _ => continue,
            },
            _ => continue,
        };
        for cell in &mut row.cells {
            if u32::from(cell.row_span) <= above {
                continue;
            }
            align_to_top(cell);
            let limit = break_y - top - cell.placed.at.y;
            let shell = shell_of(&cell.placed.fragment);
            let left_height = cell.placed.fragment.size.height - limit;
            let whole = std::mem::replace(&mut cell.placed.fragment, shell);
            let (mut first, mut rest) = halves(whole, limit, false, styled);
            first.size.height = limit;
            rest.size.height = rest.size.height.max(left_height);
            cell.placed.fragment = first;
            let left = cell.row_span - u16::try_from(above).unwrap_or(cell.row_span);
            cell.row_span = u16::try_from(above).unwrap_or(1);
            moved.push(TableCell {
                column: cell.column,
                col_span: cell.col_span,
                row_span: left,
                placed: Placed { at: Point::new(cell.placed.at.x, Pt::ZERO), fragment: rest },
                content_shift: Pt::ZERO,
                bare: cell.bare,
            });
        }
    }
    if let Some(Unit { content: Content::TableRow(row), .. }) = flow.units.get_mut(at as usize) {
        row.cells.extend(moved);
        row.cells.sort_by_key(|cell| cell.column);
    }
}
