//! Units that a page cannot hold are cut: rows through their cells and items, columns at a lower
//! height. Cells that span a break are cut there.

use crate::diag::Diagnostics;
use crate::geom::{Depth, Point, Pt, Size, Spot};
use crate::layout::fragment::{
    Body, ColumnRow, Fragment, Placed, Position, Stretch, TableCell, TableRow,
};
use crate::layout::inside;
use crate::style::Styled;

use super::columns;
use super::flow::{Content, Cut, Flow, Part};
use super::strands::Strands;

/// Cuts units.
pub struct Cutter<'a> {
    /// The document's styles.
    pub styled: &'a Styled,
    /// What goes on beside other boxes.
    pub strands: &'a mut Strands,
    /// What was found.
    pub findings: &'a mut Diagnostics,
}

/// A box that is cut, or not.
struct Halves {
    first: Fragment,
    rest: Fragment,
    /// Whether something stands in the first half.
    advances: bool,
    /// Whether something is left for the second.
    is_left: bool,
}

/// Cuts what comes from `at` on of a unit, in a place that starts at `start`, so that at most
/// `limit` stays. Gives where the rest of it starts, when it was cut; else nothing has changed.
pub fn cut_unit(
    flow: &mut Flow,
    (start, at): (Position, Position),
    limit: Pt,
    must: bool,
    cutter: &mut Cutter,
) -> Option<Position> {
    let spanned = match at.part {
        0 => break_spans(flow, start, at.unit, cutter),
        _ => None,
    };
    let (content, height, above) = match spanned {
        Some((rest, above)) => (rest.content, rest.height, above),
        None => {
            let content = flow.content_from(at.unit, at.part).clone();
            (content, flow.height_from(at.unit, at.part), Vec::new())
        }
    };
    let (first, rest) = cut_content(content, height, limit, must, cutter)?;
    let part = flow.add_cut(at.unit, Cut { first, rest, above });
    Some(Position { unit: at.unit, part })
}

/// Ends a place that starts at `start` before a unit: cells that span the break are cut there.
pub fn end_before(flow: &mut Flow, start: Position, unit: u32, cutter: &mut Cutter) -> Position {
    let Some((rest, above)) = break_spans(flow, start, unit, cutter) else {
        return Position { unit, part: 0 };
    };
    let first = Part { content: Content::Gap, height: Pt::ZERO };
    Position { unit, part: flow.add_cut(unit, Cut { first, rest, above }) }
}

fn cut_content(
    content: Content,
    height: Pt,
    limit: Pt,
    must: bool,
    cutter: &mut Cutter,
) -> Option<(Part, Part)> {
    match content {
        Content::Strut | Content::Gap => Some((
            Part { content: Content::Gap, height: limit },
            Part { content: Content::Gap, height: height - limit },
        )),
        Content::TableRow(row) => cut_row(row, limit, must, cutter),
        Content::Row(items) => cut_items(items, limit, must, cutter),
        Content::Columns(row) => {
            let (first, rest) = columns::cut(&row, limit, must, cutter)?;
            let part = |row: ColumnRow| Part {
                height: row.height,
                content: Content::Columns(Box::new(row)),
            };
            Some((part(first), part(rest)))
        }
        Content::Line(_) | Content::Picture(_) | Content::Whole(_) => None,
    }
}

fn cut_row(
    mut row: Box<TableRow>,
    limit: Pt,
    must: bool,
    cutter: &mut Cutter,
) -> Option<(Part, Part)> {
    row.cells.iter_mut().for_each(align_to_top);
    let places: Vec<(Pt, Size)> =
        row.cells.iter().map(|cell| (cell.placed.at.y.pt(), cell.placed.fragment.size)).collect();
    let fragments = row.cells.iter_mut().map(|cell| take(&mut cell.placed.fragment)).collect();
    let rooms: Vec<Pt> = places.iter().map(|(y, _)| limit - *y).collect();
    let halves = cutter.beside(fragments, &rooms, must)?;
    let (mut kept, mut rest) = (Vec::new(), Vec::new());
    for (cell, half) in std::mem::take(&mut row.cells).into_iter().zip(halves) {
        let (at, below) = (cell.placed.at, Spot::new(cell.placed.at.x, Depth::ZERO));
        let place = |at, fragment, row_span| TableCell {
            placed: Placed { at, fragment },
            content_shift: Pt::ZERO,
            row_span,
            column: cell.column,
            col_span: cell.col_span,
            bare: cell.bare,
        };
        kept.push(place(at, half.first, 1));
        rest.push(place(below, half.rest, cell.row_span));
    }
    let tallest = |cells: &[TableCell]| {
        let heights = cells.iter().filter(|cell| cell.row_span <= 1);
        heights
            .map(|cell| cell.placed.at.y.pt() + cell.placed.fragment.size.height)
            .fold(Pt::ZERO, Pt::max)
    };
    // Cells that span rows end below those that come.
    let row_height = row.height;
    let below = |(y, size): &(Pt, Size)| (*y + size.height - row_height).max(Pt::ZERO);
    let beyond = |(cell, place): (&TableCell, &(Pt, Size))| match cell.row_span {
        0 | 1 => Pt::ZERO,
        _ => cutter.needed(&cell.placed.fragment) - below(place),
    };
    let least = rest.iter().zip(&places).map(beyond).fold(Pt::ZERO, Pt::max);
    let (height, left) = (tallest(&kept), tallest(&rest).max(least));
    fill(&mut kept, height);
    fill(&mut rest, left);
    for (cell, place) in rest.iter_mut().zip(&places).filter(|(cell, _)| cell.row_span > 1) {
        cell.placed.fragment.size.height = left + below(place);
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
        repeat: row.repeat,
    };
    row.cells = kept;
    row.height = height;
    Some((
        Part { content: Content::TableRow(row), height },
        Part { content: Content::TableRow(Box::new(second)), height: left },
    ))
}

/// Makes cells as high as their row.
fn fill(cells: &mut [TableCell], height: Pt) {
    for cell in cells.iter_mut().filter(|cell| cell.row_span <= 1) {
        cell.placed.fragment.size.height = height - cell.placed.at.y.pt();
    }
}

/// Undoes vertical alignment: a cell that is cut starts at its top.
fn align_to_top(cell: &mut TableCell) {
    let shift = cell.content_shift;
    if shift != Pt::ZERO {
        inside::shift(&mut cell.placed.fragment, Point::new(Pt::ZERO, -shift));
        let height = cell.placed.fragment.height() - shift;
        cell.placed.fragment.set_height(height);
        cell.content_shift = Pt::ZERO;
    }
}

fn cut_items(
    mut items: Vec<Placed>,
    limit: Pt,
    must: bool,
    cutter: &mut Cutter,
) -> Option<(Part, Part)> {
    let top = items.iter().map(|item| item.at.y).fold(Depth::HUGE, Depth::min);
    let rooms: Vec<Pt> = items.iter().map(|item| limit - (item.at.y - top)).collect();
    let floats: Vec<bool> = items.iter().map(|item| item.fragment.is_float()).collect();
    let fragments = items.iter_mut().map(|item| take(&mut item.fragment)).collect();
    let halves = cutter.beside(fragments, &rooms, must)?;
    let (mut kept, mut rest) = (Vec::new(), Vec::new());
    for ((item, half), floats) in items.into_iter().zip(halves).zip(floats) {
        let mut left = Placed { at: Spot::new(item.at.x, top), fragment: half.rest };
        let mut first = Placed { at: item.at, fragment: half.first };
        mark_float(&mut first.fragment, floats);
        mark_float(&mut left.fragment, floats);
        kept.push(first);
        rest.extend(Some(left).filter(|_| half.is_left || !floats));
    }
    let tallest = |items: &[Placed]| {
        items.iter().map(|item| item.at.y - top + item.fragment.size.height).fold(Pt::ZERO, Pt::max)
    };
    let (height, left) = (tallest(&kept), tallest(&rest));
    // Flex and grid items fill their row, floats are as high as they are.
    let fills = |item: &&mut Placed| !item.fragment.is_float();
    let stretched = kept.iter_mut().filter(fills);
    stretched.for_each(|item| item.fragment.size.height = height - (item.at.y - top));
    rest.iter_mut().filter(fills).for_each(|item| item.fragment.size.height = left);
    Some((
        Part { content: Content::Row(kept), height },
        Part { content: Content::Row(rest), height: left },
    ))
}

/// Says of a part that it floats, as the whole did.
fn mark_float(part: &mut Fragment, floats: bool) {
    if floats {
        part.extra.get_or_insert_default().floats = true;
    }
}

impl Cutter<'_> {
    /// Cuts boxes that stand beside each other, each at its own room; `None` when not all beginnings
    /// fit, and nothing presses.
    fn beside(
        &mut self,
        fragments: Vec<Fragment>,
        rooms: &[Pt],
        must: bool,
    ) -> Option<Vec<Halves>> {
        let whole: Vec<Fragment> =
            fragments.into_iter().map(|fragment| self.as_strand(fragment)).collect();
        let cut = |cutter: &mut Self, must| -> Vec<Halves> {
            let boxes = whole.iter().zip(rooms);
            boxes.map(|(fragment, room)| cutter.halve(fragment, *room, must)).collect()
        };
        let mut halves = cut(self, false);
        if must && !halves.iter().any(|half| half.advances) {
            halves = cut(self, true);
        }
        let sound = |half: &Halves| half.advances || !half.is_left;
        let gets_on = halves.iter().any(|half| half.advances);
        let leaves = halves.iter().any(|half| half.is_left);
        (leaves && gets_on && (must || halves.iter().all(sound))).then_some(halves)
    }

    /// A box with its content in a strand, where it has one that can be broken.
    fn as_strand(&mut self, fragment: Fragment) -> Fragment {
        let mut shell = shell_of(&fragment);
        match self.strands.of_fragment(fragment, self.styled) {
            Ok(stretch) => {
                shell.body = Body::Stretch(Box::new(stretch));
                shell
            }
            Err(fragment) => fragment,
        }
    }

    /// Both halves of a box; one without content is an empty box of the same looks.
    fn halve(&mut self, fragment: &Fragment, room: Pt, must: bool) -> Halves {
        let Body::Stretch(stretch) = &fragment.body else {
            let fits = must || fragment.size.height <= room + Pt(0.01);
            let empty =
                Fragment { size: Size::new(fragment.size.width, Pt::ZERO), ..shell_of(fragment) };
            let whole = fragment.clone();
            let (first, rest) = if fits { (whole, empty) } else { (empty, whole) };
            return Halves { first, rest, advances: fits, is_left: !fits };
        };
        if stretch.repeated {
            let (first, rest) = (fragment.clone(), fragment.clone());
            return Halves { first, rest, advances: false, is_left: false };
        }
        let Stretch { strand, start, start_y, .. } = **stretch;
        let at = (start, start_y);
        let filled = self.strands.fill(
            strand,
            at,
            (room, u32::MAX),
            must.into(),
            self.styled,
            self.findings,
        );
        let next_y = self.strands.start_y(strand, filled.end);
        let is_left = !self.strands.is_end(strand, filled.end);
        let left = match is_left {
            true => self.strands.rest_height(strand, filled.end, next_y, Pt::HUGE),
            false => Pt::ZERO,
        };
        let part = |stretch: Stretch, height: Pt| Fragment {
            size: Size::new(fragment.size.width, height),
            body: Body::Stretch(Box::new(stretch)),
            ..shell_of(fragment)
        };
        let first = Stretch { end: filled.end, area: room, goes_on: true, ..**stretch };
        let rest = Stretch { start: filled.end, start_y: next_y, continued: true, ..**stretch };
        Halves {
            first: part(first, filled.height),
            rest: part(rest, left),
            advances: filled.end > start,
            is_left,
        }
    }
}

fn take(fragment: &mut Fragment) -> Fragment {
    let shell = shell_of(fragment);
    std::mem::replace(fragment, shell)
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

/// Cuts the cells that start in rows above the row `at` and reach past the break before it; what is
/// left of them goes on in that row, which grows where it must. Of a cell whose text has ended the
/// text is shown again, as an artifact, so that the rows below the break have their label. Gives
/// the row and what is left of those above; `None` when no cell spans the break.
fn break_spans(
    flow: &Flow,
    start: Position,
    at: u32,
    cutter: &mut Cutter,
) -> Option<(Part, Vec<(u32, Content)>)> {
    let unit = flow.units.get(at as usize)?;
    let from = unit.before.spanned_from;
    let Content::TableRow(row) = &unit.content else { return None };
    let (mut above, mut moved) = (Vec::new(), Vec::new());
    let mut growth = Pt::ZERO;
    // Rows of earlier places have no cell left that reaches so far.
    for index in from.max(start.unit)..at {
        let part = if index == start.unit { start.part } else { 0 };
        let Content::TableRow(row) = flow.content_from(index, part) else { continue };
        let reaches = |cell: &&mut TableCell| u32::from(cell.row_span) > at - index;
        let top = flow.unit(index).bottom() - flow.height_from(index, part);
        let mut kept = row.clone();
        let before = moved.len();
        for cell in kept.cells.iter_mut().filter(reaches) {
            let limit = unit.top - top - cell.placed.at.y.pt();
            let (rest, excess) = cutter.span(cell, at - index, limit);
            growth = growth.max(excess);
            moved.push(rest);
        }
        if moved.len() > before {
            above.push((index, Content::TableRow(kept)));
        }
    }
    if moved.is_empty() {
        return None;
    }
    let mut row = row.clone();
    row.cells.append(&mut moved);
    row.cells.sort_by_key(|cell| cell.column);
    row.height = unit.height + growth;
    row.cells.iter_mut().for_each(|cell| cell.placed.fragment.size.height += growth);
    Some((Part { height: row.height, content: Content::TableRow(row) }, above))
}

impl Cutter<'_> {
    /// Ends a spanning cell after `above` rows, which are `limit` high; gives what goes on below, and
    /// by how much it is higher than the rows that are left.
    fn span(&mut self, cell: &mut TableCell, above: u32, limit: Pt) -> (TableCell, Pt) {
        align_to_top(cell);
        let whole = take(&mut cell.placed.fragment);
        let left_height = whole.size.height - limit;
        let whole = self.as_strand(whole);
        let Halves { mut first, mut rest, is_left, .. } = self.halve(&whole, limit, false);
        let excess = if is_left { self.needed(&rest) - left_height } else { Pt::ZERO };
        if let Body::Stretch(stretch) = &first.body
            && stretch.end > stretch.start
            && !self.strands.shows_more(stretch.strand, stretch.end)
        {
            let label = self.label(stretch, left_height);
            rest.body = Body::Stretch(Box::new(label));
        }
        first.size.height = limit;
        rest.size.height = left_height;
        cell.placed.fragment = first;
        let above = u16::try_from(above).unwrap_or(1);
        let left = cell.row_span.saturating_sub(above).max(1);
        cell.row_span = above;
        let below = TableCell {
            column: cell.column,
            col_span: cell.col_span,
            row_span: left,
            placed: Placed { at: Spot::new(cell.placed.at.x, Depth::ZERO), fragment: rest },
            content_shift: Pt::ZERO,
            bare: cell.bare,
        };
        (below, excess)
    }

    /// The least height of a box that goes on.
    fn needed(&self, fragment: &Fragment) -> Pt {
        match &fragment.body {
            Body::Stretch(rest) if rest.repeated => Pt::ZERO,
            Body::Stretch(rest) => self.strands.shown_height(rest.strand, rest.start, rest.start_y),
            Body::Empty => Pt::ZERO,
            _ => fragment.size.height,
        }
    }

    /// The text of a spanning cell once more, where there is room for all of it.
    fn label(&self, shown: &Stretch, room: Pt) -> Stretch {
        let flow = self.strands.flow(shown.strand);
        let last = flow.units.iter().rposition(|unit| !unit.is_empty()).map_or(0, |last| last + 1);
        let end = Position { unit: u32::try_from(last).unwrap_or(0), part: 0 };
        let whole = Stretch {
            start: Position::default(),
            start_y: Depth::ZERO,
            end,
            area: room,
            continued: true,
            goes_on: false,
            repeated: true,
            ..*shown
        };
        let shown = last.checked_sub(1).and_then(|last| flow.units.get(last));
        let fits = shown.is_some_and(|unit| unit.bottom().pt() <= room + Pt(0.01));
        // Without room nothing of it is shown, only the cell's own looks.
        if fits { whole } else { Stretch { start: end, ..whole } }
    }
}
