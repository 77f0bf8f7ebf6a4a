//! Columns of text: how much stands in each, and how high they are (CSS Multi-column 1 §7).

use crate::diag::Diagnostics;
use crate::geom::{Depth, Pt};
use crate::layout::fragment::{ColumnPart, ColumnRow, ColumnShape, Position, StrandId, Stretch};
use crate::style::{Break, Styled};

use super::cut::Cutter;
use super::flow::{Flow, Slice};
use super::paginate::{Filler, Press, Stop, start_y};
use super::strands::{Strands, taken};

/// Balanced columns are this near to the least height.
const PRECISION: f32 = 0.1;

/// No page is higher (ISO 32000-1 annex C).
const TALLEST: Pt = Pt(14_400.0);

/// Makes rows of columns of a whole strand, from `y` down: one, or several where forced breaks end
/// the page. Columns are at most `limit` high when they need not be higher.
pub fn rows(
    strand: StrandId,
    shape: ColumnShape,
    (y, limit): (Depth, Option<Pt>),
    strands: &mut Strands,
    styled: &Styled,
    findings: &mut Diagnostics,
) -> Vec<ColumnRow> {
    let mut rows = Vec::new();
    let mut start = Position::default();
    let mut y = y;
    loop {
        let end = strands.flow(strand).len();
        let mut maker = Maker { strand, shape, end, strands, styled, findings };
        let mut row = maker.row(start, limit);
        row.y = y;
        y += row.height;
        let advances = row.rest > start;
        start = row.rest;
        rows.push(row);
        if strands.is_end(strand, start) || !advances {
            return rows;
        }
    }
}

/// Makes a row of columns at most `limit` high and another one of what is left; `None` when the
/// beginning does not fit (and need not), or nothing is left.
pub fn cut(
    row: &ColumnRow,
    limit: Pt,
    must: bool,
    cutter: &mut Cutter,
) -> Option<(ColumnRow, ColumnRow)> {
    let first = row.columns.first()?;
    let (strand, start) = (first.stretch.strand, first.stretch.start);
    let Cutter { styled, strands, findings } = cutter;
    let end = row.rest.unit;
    let mut maker = Maker { strand, shape: row.shape, end, strands, styled, findings };
    let (columns, end) = maker.fill(start, limit, (must.into(), Press::Room));
    if columns.is_empty() || end >= row.rest {
        return None;
    }
    let height = maker.height_of(&columns);
    let first = ColumnRow { y: row.y, height, columns, rest: end, shape: row.shape };
    let rest = maker.far_rest(end).unwrap_or_else(|| maker.row(end, None));
    Some((first, rest))
}

struct Maker<'m> {
    strand: StrandId,
    shape: ColumnShape,
    /// The unit at which all of it ends.
    end: u32,
    strands: &'m mut Strands,
    styled: &'m Styled,
    findings: &'m mut Diagnostics,
}

impl Maker<'_> {
    /// The row of columns that starts at `start`; as low as can be when the columns balance, or
    /// when there is no limit.
    fn row(&mut self, start: Position, limit: Option<Pt>) -> ColumnRow {
        let height = match limit {
            Some(limit) if !self.shape.balances && self.fits(start, limit) => limit,
            _ => self.least_height(start),
        };
        let all = (Press::All, Press::All);
        let (mut columns, mut rest) = self.fill(start, height, all);
        // What never breaks may ask for more than that.
        let mut more = height.max(Pt(1.0));
        while !self.is_complete(rest) && more < Pt::HUGE {
            more = more * 2.0;
            (columns, rest) = self.fill(start, more, all);
        }
        let height = match limit {
            Some(limit) if !self.shape.balances => limit.max(self.height_of(&columns)),
            _ => self.height_of(&columns),
        };
        ColumnRow { y: Depth::ZERO, height, columns, rest, shape: self.shape }
    }

    /// What comes from `start` on, when no page can hold it: its columns are made when it is cut, so
    /// that a long text is not looked through again on each page.
    fn far_rest(&self, start: Position) -> Option<ColumnRow> {
        let flow = self.strands.flow(self.strand);
        let start_y = start_y(flow, start);
        let last = flow.units.get(self.end.checked_sub(1)? as usize)?;
        let height = (last.outer_bottom() - start_y) / f32::from(self.shape.count);
        let rest = Position { unit: self.end, part: 0 };
        let stretch = Stretch {
            strand: self.strand,
            start,
            end: rest,
            start_y,
            area: height,
            continued: true,
            goes_on: false,
            repeated: false,
        };
        let columns = vec![ColumnPart { x: self.shape.x(0), stretch }];
        let row = ColumnRow { y: Depth::ZERO, height, columns, rest, shape: self.shape };
        (height > TALLEST).then_some(row)
    }

    /// Whether nothing is left before the next page.
    fn is_complete(&self, at: Position) -> bool {
        at.unit >= self.end || ends_page(self.strands.flow(self.strand), at)
    }

    fn height_of(&self, columns: &[ColumnPart]) -> Pt {
        let flow = self.strands.flow(self.strand);
        let height =
            |column: &ColumnPart| taken(flow, Slice::from(&column.stretch), column.stretch.area);
        columns.iter().map(height).fold(Pt::ZERO, Pt::max)
    }

    /// Fills columns of that height one after the other, with so much pressing for the first and
    /// the others; gives where the strand goes on.
    fn fill(
        &mut self,
        start: Position,
        height: Pt,
        (first, other): (Press, Press),
    ) -> (Vec<ColumnPart>, Position) {
        let mut columns: Vec<ColumnPart> = Vec::new();
        let mut at = start;
        while columns.len() < usize::from(self.shape.count) && at.unit < self.end {
            if !columns.is_empty() && ends_page(self.strands.flow(self.strand), at) {
                break;
            }
            let start_y = self.strands.start_y(self.strand, at);
            let press = if columns.is_empty() { first } else { other };
            let from = (at, start_y);
            let place = (height, self.end);
            let filled =
                self.strands.fill(self.strand, from, place, press, self.styled, self.findings);
            if filled.end <= at {
                break;
            }
            let stretch = Stretch {
                strand: self.strand,
                start: at,
                end: filled.end,
                start_y,
                area: height,
                continued: at > Position::default(),
                goes_on: !self.strands.is_end(self.strand, filled.end),
                repeated: false,
            };
            columns.push(ColumnPart { x: self.shape.x(columns.len()), stretch });
            at = filled.end;
        }
        (columns, at)
    }

    /// The least height at which everything up to the next page fits into the columns.
    fn least_height(&self, start: Position) -> Pt {
        let flow = self.strands.flow(self.strand);
        let end = page_end(flow, start).min(Position { unit: self.end, part: 0 });
        let start_y = start_y(flow, start);
        let whole = taken(flow, Slice { start, end, start_y }, Pt::HUGE);
        let (mut low, mut high) = (whole / f32::from(self.shape.count), whole);
        if !self.fits(start, high) {
            return high;
        }
        if self.fits(start, low) {
            return low;
        }
        while high - low > Pt(PRECISION) {
            let middle = (low + high) / 2.0;
            if self.fits(start, middle) { high = middle } else { low = middle }
        }
        high
    }

    /// Whether everything up to the next page fits into columns of that height.
    fn fits(&self, start: Position, height: Pt) -> bool {
        let flow = self.strands.flow(self.strand);
        let mut at = start;
        for column in 0..self.shape.count {
            if column > 0 && ends_page(flow, at) {
                return true;
            }
            let filler = Filler {
                styled: self.styled,
                start: at,
                start_y: start_y(flow, at),
                area: height,
                end: self.end,
            };
            let next = match filler.stop(flow, self.strands) {
                Stop::End => return true,
                Stop::Forced(index) => index,
                Stop::Full(full) => match full.best {
                    Some((_, index)) => index,
                    None => return false,
                },
            };
            at = Position { unit: next, part: 0 };
        }
        ends_page(flow, at)
    }
}

/// Whether a forced break that ends the page stands before `at`.
fn ends_page(flow: &Flow, at: Position) -> bool {
    let unit = flow.units.get(at.unit as usize).filter(|_| at.part == 0);
    unit.and_then(|unit| unit.before.forced).is_some_and(|forced| forced != Break::Column)
}

/// The next forced break that ends the page, or the end.
fn page_end(flow: &Flow, start: Position) -> Position {
    let mut units = start.unit + 1..flow.len();
    let unit = units.find(|unit| ends_page(flow, Position { unit: *unit, part: 0 }));
    Position { unit: unit.unwrap_or(flow.len()), part: 0 }
}

impl ColumnShape {
    /// The left edge of a column, from 0, in the border box.
    fn x(&self, index: usize) -> Pt {
        let last = usize::from(self.count).saturating_sub(1);
        let place = if self.rtl { last.saturating_sub(index) } else { index };
        self.left + (self.width + self.gap) * place as f32
    }
}
