//! The collapsing border model (CSS 2.2 17.6.2): which of the borders that meet on an edge is
//! drawn, how wide it makes the cells beside it, and the strokes for the page.

use crate::geom::{Pt, Sides};
use crate::layout::boxes::TableBox;
use crate::layout::fragment::GridLine;
use crate::layout::measure::Measure;
use crate::style::{Border, ComputedStyle, LineStyle};

use super::grid::{Grid, Slots};

/// The borders of a table after conflicts are resolved. Half of each lies in the cells beside it,
/// and at the table's edge the outer half is the table's own border.
pub struct Collapsed {
    /// The table's border widths.
    pub table: Sides<Pt>,
    /// Each cell's border widths, by its index in the grid.
    pub cells: Vec<Sides<Pt>>,
    runs: Vec<Run>,
}

/// A stretch of equal border in terms of rows and columns.
#[derive(Debug, Clone, Copy)]
struct Run {
    row: usize,
    /// 0 for a horizontal one.
    rows: usize,
    /// First and last edge of a horizontal one; both the same for a vertical one.
    edges: (usize, usize),
    /// How far it reaches over its ends, towards the start and the end of the row.
    reach: (Pt, Pt),
    border: Border,
}

/// The borders that meet on one edge. They are offered by descending rank (cell, row, row group,
/// column, column group, table; nearer to the start or the top first), so that a later one has to
/// be stronger to win (CSS 2.2 17.6.2.1).
#[derive(Debug, Clone, Copy, Default)]
struct Contest {
    best: Option<Border>,
    hidden: bool,
}

impl Contest {
    fn offer(&mut self, border: Border) {
        match border.style {
            LineStyle::Hidden => self.hidden = true,
            LineStyle::None => {}
            _ => {
                let strength = |border: &Border| (border.width, style_rank(border.style));
                if self.best.is_none_or(|best| strength(&border) > strength(&best)) {
                    self.best = Some(border);
                }
            }
        }
    }

    fn winner(self) -> Option<Border> {
        self.best.filter(|border| !self.hidden && border.width > Pt::ZERO)
    }
}

/// Which style wins between borders of the same width.
fn style_rank(style: LineStyle) -> u8 {
    match style {
        LineStyle::None | LineStyle::Hidden => 0,
        LineStyle::Inset => 1,
        LineStyle::Groove => 2,
        LineStyle::Outset => 3,
        LineStyle::Ridge => 4,
        LineStyle::Dotted => 5,
        LineStyle::Dashed => 6,
        LineStyle::Solid => 7,
        LineStyle::Double => 8,
    }
}

/// A side in reading direction.
#[derive(Clone, Copy)]
enum Side {
    Top,
    Bottom,
    Start,
    End,
}

/// Looks up the borders of everything that meets on an edge.
struct Lookup<'a> {
    grid: &'a Grid<'a>,
    table: &'a TableBox,
    style: &'a ComputedStyle,
    measure: &'a dyn Measure,
    rtl: bool,
}

impl Lookup<'_> {
    fn side(&self, style: &ComputedStyle, side: Side) -> Border {
        let border = &style.border;
        match (side, self.rtl) {
            (Side::Top, _) => border.top,
            (Side::Bottom, _) => border.bottom,
            (Side::Start, false) | (Side::End, true) => border.left,
            (Side::Start, true) | (Side::End, false) => border.right,
        }
    }

    fn cell(&self, index: Option<usize>, side: Side) -> Option<Border> {
        let cell = self.grid.cells.get(index?)?;
        Some(self.side(self.measure.style(cell.cell.content.style), side))
    }

    fn row(&self, row: Option<usize>, side: Side) -> Option<Border> {
        let row = self.grid.rows.get(row?)?;
        Some(self.side(self.measure.style(row.row.style), side))
    }

    fn group(&self, row: Option<usize>, side: Side) -> Option<Border> {
        let row = self.grid.rows.get(row?)?;
        Some(self.side(self.measure.style(row.group_style), side))
    }

    fn column(&self, column: Option<usize>, side: Side) -> Option<Border> {
        let column = self.table.columns.get(column?)?;
        Some(self.side(self.measure.style(column.style), side))
    }

    fn column_group(&self, column: Option<usize>, side: Side) -> Option<Border> {
        let group = self.table.columns.get(column?)?.group?;
        Some(self.side(self.measure.style(group), side))
    }

    /// The border above `row` (below the last row when there is no such row) over one column.
    fn above(&self, row: usize, column: usize, cells: [Option<usize>; 2]) -> Option<Border> {
        if cells[0].is_some() && cells[0] == cells[1] {
            return None;
        }
        let before = row.checked_sub(1);
        let after = (row < self.grid.rows.len()).then_some(row);
        let group =
            |row: Option<usize>| row.and_then(|row| self.grid.rows.get(row)).map(|r| r.group);
        let mut contest = Contest::default();
        let mut offer = |border: Option<Border>| border.into_iter().for_each(|b| contest.offer(b));
        offer(self.cell(cells[0], Side::Bottom));
        offer(self.cell(cells[1], Side::Top));
        offer(self.row(before, Side::Bottom));
        offer(self.row(after, Side::Top));
        if group(before) != group(after) {
            offer(self.group(before, Side::Bottom));
            offer(self.group(after, Side::Top));
        }
        for (outside, side) in [(before.is_none(), Side::Top), (after.is_none(), Side::Bottom)] {
            if outside {
                offer(self.column(Some(column), side));
                offer(self.column_group(Some(column), side));
                offer(Some(self.side(self.style, side)));
            }
        }
        contest.winner()
    }

    /// The border before `column` (after the last when there is no such column) in one row.
    fn beside(&self, row: usize, column: usize, cells: [Option<usize>; 2]) -> Option<Border> {
        if cells[0].is_some() && cells[0] == cells[1] {
            return None;
        }
        let before = column.checked_sub(1);
        let after = (column < self.grid.columns).then_some(column);
        let mut contest = Contest::default();
        let mut offer = |border: Option<Border>| border.into_iter().for_each(|b| contest.offer(b));
        let outer = match (before, after) {
            (None, _) => Some(Side::Start),
            (_, None) => Some(Side::End),
            _ => None,
        };
        offer(self.cell(cells[0], Side::End));
        offer(self.cell(cells[1], Side::Start));
        if let Some(side) = outer {
            offer(self.row(Some(row), side));
            offer(self.group(Some(row), side));
        }
        offer(self.column(before, Side::End));
        offer(self.column(after, Side::Start));
        let group = |column: Option<usize>| self.table.columns.get(column?)?.group;
        if group(before) != group(after) || outer.is_some() {
            offer(self.column_group(before, Side::End));
            offer(self.column_group(after, Side::Start));
        }
        if let Some(side) = outer {
            offer(Some(self.side(self.style, side)));
        }
        contest.winner()
    }
}

impl Collapsed {
    /// Resolves all conflicts, row by row.
    pub fn resolve(
        grid: &Grid,
        table: &TableBox,
        style: &ComputedStyle,
        measure: &dyn Measure,
        rtl: bool,
    ) -> Collapsed {
        let lookup = Lookup { grid, table, style, measure, rtl };
        let mut sweep = Sweep::new(grid);
        let mut above = Slots::new(grid.columns);
        for row in 0..=grid.rows.len() {
            let mut below = above.clone();
            below.advance(grid, row);
            if row == grid.rows.len() {
                below = Slots::new(grid.columns);
            }
            let verticals: Vec<Option<Border>> = if row < grid.rows.len() {
                (0..=grid.columns)
                    .map(|column| {
                        let before = column.checked_sub(1).and_then(|column| below.cell(column));
                        lookup.beside(row, column, [before, below.cell(column)])
                    })
                    .collect()
            } else {
                vec![None; grid.columns + 1]
            };
            let horizontals: Vec<Option<Border>> = (0..grid.columns)
                .map(|column| lookup.above(row, column, [above.cell(column), below.cell(column)]))
                .collect();
            sweep.horizontals(row, &horizontals, &verticals, [&above, &below]);
            sweep.verticals(row, verticals, &below);
            above = below;
        }
        sweep.finish(rtl)
    }

    /// The strokes for columns whose places are known, in order of their rows.
    pub fn lines(&self, columns: &[(Pt, Pt)], rtl: bool) -> Vec<GridLine> {
        let edge = |edge: usize| match (columns.get(edge), edge.checked_sub(1)) {
            (Some((x, width)), _) => {
                if rtl {
                    *x + *width
                } else {
                    *x
                }
            }
            (None, Some(last)) => {
                columns.get(last).map_or(Pt::ZERO, |(x, width)| if rtl { *x } else { *x + *width })
            }
            (None, None) => Pt::ZERO,
        };
        let line = |run: &Run| {
            let (start, end) = (edge(run.edges.0), edge(run.edges.1));
            let (from, to) = match rtl {
                false => (start - run.reach.0, end + run.reach.1),
                true => (end - run.reach.1, start + run.reach.0),
            };
            let horizontal = run.rows == 0;
            GridLine {
                row: run.row,
                rows: run.rows,
                horizontal,
                from: if horizontal { from } else { start },
                to: if horizontal { to } else { start },
                x: start,
                border: run.border,
            }
        };
        self.runs.iter().map(line).collect()
    }
}

/// What has been gathered while going down the rows.
struct Sweep {
    last_row: usize,
    /// Largest borders at the table's top, end, bottom and start.
    outer: [Pt; 4],
    /// Per cell: top, end, bottom, start; whole widths.
    cells: Vec<[Pt; 4]>,
    runs: Vec<Run>,
    /// The vertical stroke that is being drawn on each edge between columns.
    open: Vec<Option<Run>>,
}

impl Sweep {
    fn new(grid: &Grid) -> Sweep {
        Sweep {
            last_row: grid.rows.len(),
            outer: [Pt::ZERO; 4],
            cells: vec![[Pt::ZERO; 4]; grid.cells.len()],
            runs: Vec::new(),
            open: vec![None; grid.columns + 1],
        }
    }

    fn widen(&mut self, cell: Option<usize>, side: usize, width: Pt) {
        if let Some(sides) = cell.and_then(|cell| self.cells.get_mut(cell)) {
            sides[side] = sides[side].max(width);
        }
    }

    /// Takes up the edges above a row; `below` are the vertical borders of the row itself.
    fn horizontals(
        &mut self,
        row: usize,
        borders: &[Option<Border>],
        below: &[Option<Border>],
        slots: [&Slots; 2],
    ) {
        let mut open: Option<Run> = None;
        for (column, border) in borders.iter().enumerate() {
            let width = border.map_or(Pt::ZERO, |border| border.width);
            self.widen(slots[0].cell(column), 2, width);
            self.widen(slots[1].cell(column), 0, width);
            if row == 0 {
                self.outer[0] = self.outer[0].max(width);
            } else if row == self.last_row {
                self.outer[2] = self.outer[2].max(width);
            }
            match (&mut open, border) {
                (Some(run), Some(border)) if run.border == *border => run.edges.1 = column + 1,
                (_, border) => {
                    self.runs.extend(open.take().map(|run| self.reaching(run, below)));
                    open = border.map(|border| Run {
                        row,
                        rows: 0,
                        edges: (column, column + 1),
                        reach: (Pt::ZERO, Pt::ZERO),
                        border,
                    });
                }
            }
        }
        self.runs.extend(open.map(|run| self.reaching(run, below)));
    }

    /// Lets a horizontal stroke fill the corners with the vertical ones at its ends.
    fn reaching(&self, run: Run, below: &[Option<Border>]) -> Run {
        let half = |edge: usize| {
            let above = self.open.get(edge).copied().flatten().map(|run| run.border.width);
            let below = below.get(edge).copied().flatten().map(|border| border.width);
            above.unwrap_or_default().max(below.unwrap_or_default()) / 2.0
        };
        Run { reach: (half(run.edges.0), half(run.edges.1)), ..run }
    }

    /// Takes up the edges beside the cells of a row.
    fn verticals(&mut self, row: usize, borders: Vec<Option<Border>>, slots: &Slots) {
        let last = borders.len() - 1;
        for (edge, border) in borders.into_iter().enumerate() {
            let width = border.map_or(Pt::ZERO, |border| border.width);
            self.widen(edge.checked_sub(1).and_then(|column| slots.cell(column)), 1, width);
            self.widen(slots.cell(edge), 3, width);
            if edge == 0 {
                self.outer[3] = self.outer[3].max(width);
            } else if edge == last {
                self.outer[1] = self.outer[1].max(width);
            }
            match (&mut self.open[edge], border) {
                (Some(run), Some(border))
                    if run.border == border && run.rows < GridLine::MAX_ROWS =>
                {
                    run.rows += 1;
                }
                (open, border) => {
                    self.runs.extend(open.take());
                    *open = border.map(|border| Run {
                        row,
                        rows: 1,
                        edges: (edge, edge),
                        reach: (Pt::ZERO, Pt::ZERO),
                        border,
                    });
                }
            }
        }
    }

    fn finish(mut self, rtl: bool) -> Collapsed {
        self.runs.extend(self.open.iter().flatten().copied());
        // Stable: on one row horizontal strokes stay before vertical ones, from start to end.
        self.runs.sort_by_key(|run| (run.row, run.rows > 0, run.edges.0));
        let sides = |[top, end, bottom, start]: [Pt; 4]| {
            let (left, right) = if rtl { (end, start) } else { (start, end) };
            Sides { top, right, bottom, left }.map(|width| width / 2.0)
        };
        Collapsed {
            table: sides(self.outer),
            cells: self.cells.into_iter().map(sides).collect(),
            runs: self.runs,
        }
    }
}
