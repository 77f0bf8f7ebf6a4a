//! Alignment of a column's figures on a character, usually the decimal mark.

use crate::geom::Pt;
use crate::layout::fragment::{Body, Fragment, Line, Piece};
use crate::layout::measure::Room;
use crate::layout::page::GlyphRun;
use crate::style::{ComputedStyle, Direction, TextAlign};

use super::Plan;
use super::grid::GridCell;

/// How far a line reaches to the left and to the right of its alignment character. A line without
/// the character stands wholly before it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Split {
    pub before: Pt,
    pub after: Pt,
    /// Borders and paddings of the widest cell.
    pub frame: Pt,
}

impl Split {
    /// Room for both.
    pub fn wider(a: Option<Split>, b: Option<Split>) -> Option<Split> {
        match (a, b) {
            (Some(a), Some(b)) => Some(Split {
                before: a.before.max(b.before),
                after: a.after.max(b.after),
                frame: a.frame.max(b.frame),
            }),
            (a, b) => a.or(b),
        }
    }
}

/// How a cell would be split if its column were wide enough; `None` when it is not aligned.
pub fn split_at_natural_width(
    plan: &Plan,
    cell: &GridCell,
    style: &ComputedStyle,
    natural: Pt,
    frame: Pt,
) -> Option<Split> {
    let mark = style.align_char.filter(|_| cell.cols == 1)?;
    let room = Room { forced_width: Some(natural), ..Room::of_width(natural) };
    let mut fragment = plan.measure.measure(&cell.cell.content, room);
    let (split, _) = split(only_line(&mut fragment)?.0, mark)?;
    Some(Split { frame, ..split })
}

/// Moves the lines of aligned cells so that the characters of a column stand one below the other.
pub fn align(plan: &Plan, cells: &mut [Fragment]) {
    let mut columns: Vec<Option<Split>> = vec![None; plan.grid.columns];
    let mark_of = |cell: &GridCell| {
        let style = plan.measure.style(cell.cell.content.style);
        style.align_char.filter(|_| cell.cols == 1)
    };
    let mut any = false;
    for (cell, fragment) in plan.grid.cells.iter().zip(cells.iter_mut()) {
        let Some(mark) = mark_of(cell) else { continue };
        any = true;
        let found = only_line(fragment).and_then(|(line, _)| split(line, mark));
        if let Some(column) = columns.get_mut(cell.column) {
            *column = Split::wider(*column, found.map(|(split, _)| split));
        }
    }
    if !any {
        return;
    }
    for (cell, fragment) in plan.grid.cells.iter().zip(cells) {
        let Some(mark) = mark_of(cell) else { continue };
        let Some(Some(column)) = columns.get(cell.column) else { continue };
        let frame = fragment.border + fragment.padding;
        let (left, right) = (frame.left, fragment.size.width - frame.right);
        let style = plan.measure.style(fragment.style);
        let Some((line, inset)) = only_line(fragment) else { continue };
        let Some((own, start)) = split(line, mark) else { continue };
        let at = mark_position(style, *column, left, right);
        line.x = at - own.before - start - inset;
    }
}

/// Where the characters stand in a content box from `left` to `right`: the figures as a whole
/// follow `text-align`.
fn mark_position(style: &ComputedStyle, column: Split, left: Pt, right: Pt) -> Pt {
    let ltr = style.direction == Direction::Ltr;
    match style.text_align {
        TextAlign::Center => left + (right - left + column.before - column.after) / 2.0,
        TextAlign::Left => left + column.before,
        TextAlign::Start | TextAlign::Justify | TextAlign::Auto if ltr => left + column.before,
        TextAlign::End if !ltr => left + column.before,
        _ => right - column.after,
    }
}

/// The single line of a cell, and the left edge of the block that holds it.
fn only_line(cell: &mut Fragment) -> Option<(&mut Line, Pt)> {
    let (mut fragment, mut inset) = (cell, Pt::ZERO);
    loop {
        match &mut fragment.body {
            Body::Lines(lines) => match lines.lines.as_mut_slice() {
                [line] => return Some((line, inset)),
                _ => return None,
            },
            Body::Flow(children) => match children.as_mut_slice() {
                [child] => {
                    inset += child.at.x;
                    fragment = &mut child.fragment;
                }
                _ => return None,
            },
            _ => return None,
        }
    }
}

/// Splits a line at the last `mark` in it; also tells how far its first letter stands from the
/// line's left edge.
fn split(line: &Line, mark: char) -> Option<(Split, Pt)> {
    let runs = line.pieces.iter().filter_map(|piece| match piece {
        Piece::Glyphs { run, .. } => Some(&**run),
        _ => None,
    });
    let (mut left, mut right, mut at) = (Pt::HUGE, -Pt::HUGE, None);
    for run in runs {
        let width: Pt = advances(run).map(|(_, advance)| advance).sum();
        left = left.min(run.origin.x);
        right = right.max(run.origin.x + width);
        at = mark_in(run, mark).or(at);
    }
    if right < left {
        return None;
    }
    let at = at.unwrap_or(right);
    Some((Split { before: at - left, after: right - at, frame: Pt::ZERO }, left))
}

/// The x of the last `mark` in a run, from the line's left edge.
fn mark_in(run: &GlyphRun, mark: char) -> Option<Pt> {
    let offset = u32::try_from(run.text.rfind(mark)?).ok()?;
    let first = advances(run).map(|(cluster, _)| cluster).min()?;
    let mut x = run.origin.x;
    for (cluster, advance) in advances(run) {
        if cluster - first == offset {
            return Some(x);
        }
        x += advance;
    }
    None
}

/// Cluster and advance of each glyph, from left to right.
fn advances(run: &GlyphRun) -> impl Iterator<Item = (u32, Pt)> {
    let range = run.glyphs.range.start as usize..run.glyphs.range.end as usize;
    let glyphs = run.glyphs.list.get(range).unwrap_or_default();
    glyphs.iter().map(|glyph| {
        let extra = if glyph.is_space { run.glyphs.space_extra } else { Pt::ZERO };
        (glyph.cluster, run.size * glyph.advance + extra + run.glyphs.letter_extra)
    })
}
