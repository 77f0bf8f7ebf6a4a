//! Where each cell stands: rows and columns from the order of the source (HTML 4.9.12.1).

use std::ops::Range;

use crate::layout::boxes::{Cell, GroupKind, Row, RowGroup, TableBox};
use crate::style::StyleId;

/// No table has more columns: beyond that it is a mistake or an attack.
pub const MAX_COLUMNS: usize = 1000;

/// A row of the grid.
pub struct GridRow<'a> {
    pub row: &'a Row,
    pub kind: GroupKind,
    /// Index of its group in painting order.
    pub group: usize,
    pub group_style: StyleId,
    /// Its cells in [`Grid::cells`].
    pub cells: Range<usize>,
}

/// A cell with its place. Row spans end with the row group, column spans with the table.
pub struct GridCell<'a> {
    pub cell: &'a Cell,
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub cols: usize,
}

impl GridCell<'_> {
    /// The columns that it covers.
    pub fn columns(&self) -> Range<usize> {
        self.column..self.column + self.cols
    }
}

/// A table's cells in their places; rows in painting order: head, bodies, foot.
pub struct Grid<'a> {
    pub columns: usize,
    pub rows: Vec<GridRow<'a>>,
    /// In order of their rows.
    pub cells: Vec<GridCell<'a>>,
    pub head_rows: usize,
    pub foot_rows: usize,
    /// Whether cells beyond [`MAX_COLUMNS`] were left out.
    pub cut: bool,
}

/// A cell that reaches into rows below its own.
struct Reaching {
    columns: Range<usize>,
    /// The first row below it.
    until: usize,
}

impl<'a> Grid<'a> {
    /// Gives every cell its place. A cell whose column span runs into one that reaches down from
    /// above overlaps it, as in HTML.
    pub fn build(table: &'a TableBox) -> Grid<'a> {
        let mut grid = Grid {
            columns: table.columns.len().min(MAX_COLUMNS),
            rows: Vec::new(),
            cells: Vec::new(),
            head_rows: 0,
            foot_rows: 0,
            cut: false,
        };
        for (index, (kind, group)) in painting_order(&table.groups).into_iter().enumerate() {
            match kind {
                GroupKind::Head => grid.head_rows = group.rows.len(),
                GroupKind::Foot => grid.foot_rows = group.rows.len(),
                GroupKind::Body => {}
            }
            grid.add_group(index, kind, group);
        }
        grid
    }

    fn add_group(&mut self, index: usize, kind: GroupKind, group: &'a RowGroup) {
        let end = self.rows.len() + group.rows.len();
        let mut reaching: Vec<Reaching> = Vec::new();
        for row in &group.rows {
            let first = self.cells.len();
            let at = self.rows.len();
            reaching.retain(|cell| cell.until > at);
            let before = reaching.len();
            self.add_cells(row, at, end, &mut reaching);
            if reaching.len() > before {
                reaching.sort_by_key(|cell| cell.columns.start);
            }
            self.rows.push(GridRow {
                row,
                kind,
                group: index,
                group_style: group.style,
                cells: first..self.cells.len(),
            });
        }
    }

    /// Places a row's cells, each in the first column that is free. `reaching` is sorted by its
    /// first column; cells that reach into the next rows are added at its end.
    fn add_cells(&mut self, row: &'a Row, at: usize, end: usize, reaching: &mut Vec<Reaching>) {
        let (mut column, mut next, above) = (0, 0, reaching.len());
        for cell in &row.cells {
            while next < above && reaching[next].columns.start <= column {
                column = column.max(reaching[next].columns.end);
                next += 1;
            }
            if column >= MAX_COLUMNS {
                self.cut = true;
                return;
            }
            let cols = usize::from(cell.col_span).clamp(1, MAX_COLUMNS - column);
            let rows = usize::from(cell.row_span).clamp(1, end - at);
            self.cells.push(GridCell { cell, row: at, column, rows, cols });
            if rows > 1 {
                reaching.push(Reaching { columns: column..column + cols, until: at + rows });
            }
            column += cols;
            self.columns = self.columns.max(column);
        }
    }
}

/// The first head at the start and the first foot at the end; further ones are bodies
/// (CSS 2.2 17.2).
fn painting_order(groups: &[RowGroup]) -> Vec<(GroupKind, &RowGroup)> {
    let first = |kind| groups.iter().position(|group| group.kind == kind);
    let (head, foot) = (first(GroupKind::Head), first(GroupKind::Foot));
    let is_body = |index: &usize| Some(*index) != head && Some(*index) != foot;
    let bodies = (0..groups.len()).filter(is_body).map(|index| (GroupKind::Body, index));
    let order = head.map(|index| (GroupKind::Head, index)).into_iter().chain(bodies);
    order
        .chain(foot.map(|index| (GroupKind::Foot, index)))
        .map(|(kind, index)| (kind, &groups[index]))
        .collect()
}

/// Which cell covers each column, row by row from the top.
#[derive(Clone)]
pub struct Slots {
    cells: Vec<Option<usize>>,
    until: Vec<usize>,
}

impl Slots {
    pub fn new(columns: usize) -> Slots {
        Slots { cells: vec![None; columns], until: vec![0; columns] }
    }

    /// Moves to `row`, which is the next one. Of two cells that overlap the earlier one stays.
    pub fn advance(&mut self, grid: &Grid, row: usize) {
        for (cell, until) in self.cells.iter_mut().zip(&self.until) {
            if *until <= row {
                *cell = None;
            }
        }
        let Some(grid_row) = grid.rows.get(row) else { return };
        for index in grid_row.cells.clone() {
            let cell = &grid.cells[index];
            for column in cell.columns() {
                if self.cells[column].is_none() {
                    self.cells[column] = Some(index);
                    self.until[column] = row + cell.rows;
                }
            }
        }
    }

    /// The cell over `column`, if any.
    pub fn cell(&self, column: usize) -> Option<usize> {
        self.cells.get(column).copied().flatten()
    }
}
