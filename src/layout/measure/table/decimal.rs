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

/// The character that a cell is aligned on.
fn mark_of(style: &ComputedStyle) -> Option<char> {
    style.align_char.or(style.text_align_char)
}

/// How a cell would be split if its column were wide enough; `None` when it is not aligned.
pub fn split_at_natural_width(
    plan: &Plan,
    cell: &GridCell,
    style: &ComputedStyle,
    natural: Pt,
    frame: Pt,
) -> Option<Split> {
    let mark = mark_of(style).filter(|_| cell.cols == 1)?;
    let room = Room { forced_width: Some(natural), ..Room::of_width(natural) };
    let mut fragment = plan.measure.measure(&cell.cell.content, room);
    let (split, _) = split(only_line(&mut fragment)?.0, mark)?;
    Some(Split { frame, ..split })
}

/// Moves the lines of aligned cells so that the characters of a column stand one below the other.
pub fn align(plan: &Plan, cells: &mut [Fragment]) {
    let mut columns: Vec<Option<Split>> = vec![None; plan.grid.columns];
    let mark_of = |cell: &GridCell| {
        mark_of(plan.measure.style(cell.cell.content.style)).filter(|_| cell.cols == 1)
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

/// Splits a line at its `mark`; also tells how far its first letter stands from the line's left
/// edge.
fn split(line: &Line, mark: char) -> Option<(Split, Pt)> {
    let runs = line.pieces.iter().filter_map(|piece| match piece {
        Piece::Glyphs { run, .. } => Some(&**run),
        _ => None,
    });
    let (mut left, mut right) = (Pt::HUGE, -Pt::HUGE);
    let mut best: Option<(Likely, Pt)> = None;
    for run in runs {
        let width: Pt = advances(run).map(|(_, advance)| advance).sum();
        left = left.min(run.origin.x);
        right = right.max(run.origin.x + width);
        let found = mark_in(run, mark);
        if found.is_some_and(|found| best.is_none_or(|best| found.0 >= best.0)) {
            best = found;
        }
    }
    if right < left {
        return None;
    }
    let at = best.map_or(right, |(_, at)| at);
    Some((Split { before: at - left, after: right - at, frame: Pt::ZERO }, left))
}

/// How likely a character is a figure's mark and not a full stop or the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likely {
    /// The end of the digits where there is no mark.
    Digits,
    /// Somewhere in the text.
    Perhaps,
    /// After a digit.
    Rather,
    /// Before a digit.
    Surely,
}

/// The most likely mark in a text, the last of those that are alike. A whole number has its mark
/// after its last digit.
fn likely_mark(text: &str, mark: char) -> Option<(Likely, usize)> {
    let found = text.match_indices(mark).map(|(at, _)| {
        let digit = |letter: Option<char>| letter.is_some_and(char::is_numeric);
        let after = text.get(at + mark.len_utf8()..).and_then(|rest| rest.chars().next());
        let before = text.get(..at).and_then(|rest| rest.chars().next_back());
        let likely = match (digit(after), digit(before)) {
            (true, _) => Likely::Surely,
            (false, true) => Likely::Rather,
            (false, false) => Likely::Perhaps,
        };
        (likely, at)
    });
    found.max().or_else(|| {
        let (at, digit) = text.char_indices().rfind(|(_, letter)| letter.is_numeric())?;
        Some((Likely::Digits, at + digit.len_utf8()))
    })
}

/// The x of the mark in a run, from the line's left edge.
fn mark_in(run: &GlyphRun, mark: char) -> Option<(Likely, Pt)> {
    let (likely, offset) = likely_mark(&run.text, mark)?;
    let offset = u32::try_from(offset).ok()?;
    let first = advances(run).map(|(cluster, _)| cluster).min()?;
    let mut x = run.origin.x;
    for (cluster, advance) in advances(run) {
        if cluster - first == offset {
            return Some((likely, x));
        }
        x += advance;
    }
    (likely == Likely::Digits && !run.rtl).then_some((likely, x))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mark_before_a_digit_counts_before_any_other() {
        assert_eq!(likely_mark("Fr. 12.50 ca.", '.'), Some((Likely::Surely, 6)));
        assert_eq!(likely_mark("12. No.", '.'), Some((Likely::Rather, 2)));
        assert_eq!(likely_mark("1,234,5", ','), Some((Likely::Surely, 5)));
        assert_eq!(likely_mark("n/a", '.'), None);
        assert_eq!(likely_mark("+100 %", '.'), Some((Likely::Digits, 4)));
    }
}
