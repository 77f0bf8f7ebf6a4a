//! Rows and columns that are taken out without moving what is around them
//! (`visibility: collapse`, CSS 2.2 17.6).

use crate::geom::Pt;
use crate::style::Visibility;

use super::Plan;
use super::grid::GridCell;

impl Plan<'_> {
    /// Whether a row is taken out.
    pub fn is_collapsed_row(&self, row: usize) -> bool {
        let style = self.grid.rows.get(row).map(|row| self.measure.style(row.row.style));
        style.is_some_and(|style| style.visibility == Visibility::Collapse)
    }

    /// Whether a column is taken out.
    pub fn is_collapsed_column(&self, column: usize) -> bool {
        let style = self.table.columns.get(column).map(|column| self.measure.style(column.style));
        style.is_some_and(|style| style.visibility == Visibility::Collapse)
    }

    /// Whether nothing of a cell is left.
    pub fn is_hidden(&self, cell: &GridCell) -> bool {
        let mut rows = cell.row..cell.row + cell.rows;
        rows.all(|row| self.is_collapsed_row(row))
            || cell.columns().all(|column| self.is_collapsed_column(column))
    }

    /// Makes collapsed columns nothing wide; tells by how much the table gets narrower.
    pub fn collapse_columns(&self, widths: &mut [Pt]) -> Pt {
        let mut less = Pt::ZERO;
        for (column, width) in widths.iter_mut().enumerate() {
            if self.is_collapsed_column(column) {
                less += *width + self.spacing().0;
                *width = Pt::ZERO;
            }
        }
        less
    }
}
