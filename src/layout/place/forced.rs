//! Forced breaks inside boxes that stand beside each other: they end the page for all of them.

use crate::layout::fragment::{Body, Fragment, Placed, Position};
use crate::style::{Break, StyleId, Styled};

use super::flow::{Content, Flow, Slice};
use super::strands::Strands;

/// Looks for forced breaks in fragments.
#[derive(Clone, Copy)]
pub struct ForcedBreaks<'a> {
    /// `None` where no style of the document forces any.
    styled: Option<&'a Styled>,
}

impl<'a> ForcedBreaks<'a> {
    /// The breaks that the styles of a document force.
    pub fn of(styled: &'a Styled) -> ForcedBreaks<'a> {
        let forces = |style| is_forced(style);
        let any = styled
            .styles
            .iter()
            .any(|style| forces(style.break_before) || forces(style.break_after));
        ForcedBreaks { styled: any.then_some(styled) }
    }

    /// Whether one of the boxes has a forced break between two things in it.
    pub fn are_in<'f>(&self, mut boxes: impl Iterator<Item = &'f Placed>) -> bool {
        self.styled.is_some_and(|styled| boxes.any(|one| is_inside(&one.fragment, styled)))
    }
}

fn is_forced(value: Break) -> bool {
    !matches!(value, Break::Auto | Break::Avoid | Break::Column)
}

fn is_inside(fragment: &Fragment, styled: &Styled) -> bool {
    let between = |styles: &[StyleId]| {
        styles.windows(2).any(|pair| match pair {
            [before, after] => {
                is_forced(styled.style(*before).break_after)
                    || is_forced(styled.style(*after).break_before)
            }
            _ => false,
        })
    };
    let style = |placed: &Placed| placed.fragment.style;
    match &fragment.body {
        Body::Flow(children) => {
            between(&children.iter().map(style).collect::<Vec<_>>())
                || children.iter().any(|child| is_inside(&child.fragment, styled))
        }
        Body::Rows(rows) => {
            let items = || rows.iter().flat_map(|row| &row.items);
            let first = rows.iter().filter_map(|row| row.items.first());
            between(&first.map(style).collect::<Vec<_>>())
                || items().any(|item| is_inside(&item.fragment, styled))
        }
        Body::Table(table) => {
            let cells = || table.rows.iter().flat_map(|row| &row.cells);
            between(&table.rows.iter().map(|row| row.style).collect::<Vec<_>>())
                || cells().any(|cell| is_inside(&cell.placed.fragment, styled))
        }
        _ => false,
    }
}

/// The forced break before what starts at `at`: that of the unit, or, where a unit goes on there, of
/// one of the boxes in it that stand beside each other and have begun before. A break that asks for
/// a side of the spread counts for all of them.
pub fn before(flow: &Flow, strands: &Strands, at: Position) -> Option<Break> {
    let unit = flow.units.get(at.unit as usize)?;
    if flow.is_before(at) {
        return unit.before.forced;
    }
    let inside = |placed: &Placed| match &placed.fragment.body {
        Body::Stretch(stretch) if !stretch.repeated && stretch.start > Position::default() => {
            before(strands.flow(stretch.strand), strands, stretch.start)
        }
        _ => None,
    };
    let more = |one: Option<Break>, other: Option<Break>| match one {
        None | Some(Break::Page) => other.or(one),
        side => side,
    };
    match flow.content_from(at.unit, at.part) {
        Content::Row(items) => items.iter().map(inside).fold(None, more),
        Content::TableRow(row) => row.cells.iter().map(|c| inside(&c.placed)).fold(None, more),
        _ => None,
    }
}

/// Whether a forced break is in what is left of a unit from `part` on, when one is in all of it.
pub fn goes_on_in(flow: &Flow, index: u32, part: u32, strands: &Strands) -> bool {
    if part == 0 {
        return true;
    }
    let is_left = |fragment: &Fragment| match &fragment.body {
        Body::Stretch(stretch) if !stretch.repeated => {
            let flow = strands.flow(stretch.strand);
            let slice = Slice::from(&**stretch);
            let mut rest = stretch.start.unit..stretch.end.unit.min(flow.len());
            // A break before the first is the one that has been made.
            let later = rest.clone().skip(1).any(|unit| flow.unit(unit).before.forced.is_some());
            later
                || rest.any(|unit| {
                    flow.unit(unit).splits && goes_on_in(flow, unit, slice.part_of(unit), strands)
                })
        }
        _ => false,
    };
    match flow.content_from(index, part) {
        Content::Row(items) => items.iter().any(|item| is_left(&item.fragment)),
        Content::TableRow(row) => row.cells.iter().any(|cell| is_left(&cell.placed.fragment)),
        _ => false,
    }
}
