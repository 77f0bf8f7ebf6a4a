//! Tables: rows, cells, collapsed borders, repeated heads.

use crate::geom::{Point, Pt, Rect, Sides};
use crate::layout::fragment::{Fragment, TableBody, TableRow};
use crate::style::BorderCollapse;

use super::painter::Painter;

/// Where a run of rows stands on the page.
pub struct RowRun {
    /// The first row.
    pub from: usize,
    /// The y of the top of each row, and of the bottom of the last.
    pub edges: Vec<Pt>,
    /// Whether the stroke above the first row is painted.
    pub top_stroke: bool,
}

impl Painter<'_> {
    /// Paints a row with its top left corner at `at` (the table's left edge).
    pub fn row(&mut self, row: &TableRow, table: &TableBody, grid_width: (Pt, Pt), at: Point) {
        let (left, width) = grid_width;
        let inner = match (table.columns.first(), table.columns.last()) {
            (Some((x, w)), Some((last_x, last_w))) => {
                let start = (*x).min(*last_x);
                let end = (*x + *w).max(*last_x + *last_w);
                (at.x + start, end - start)
            }
            _ => (left, width),
        };
        let rect = Rect::new(inner.0, at.y, inner.1, row.height);
        let none = [(Pt::ZERO, Pt::ZERO); 4];
        for style in [row.group_style, row.style] {
            self.background(self.style(style), rect, Sides::all(Pt::ZERO), none);
        }
        if let Some(names) = &row.names {
            self.names(names, rect);
        }
        for cell in &row.cells {
            let place = at + cell.placed.at;
            let fragment = &cell.placed.fragment;
            if cell.bare {
                self.fragment_inside(fragment, place);
            } else {
                self.cell(fragment, place);
            }
        }
    }

    /// A cell's collapsed borders are the table's to paint.
    fn cell(&mut self, fragment: &Fragment, at: Point) {
        let style = self.style(fragment.style);
        if style.border_collapse == BorderCollapse::Separate {
            return self.fragment(fragment, at);
        }
        let rect = Rect { origin: at, size: fragment.size };
        let grouped = self.open_group(style, rect, Sides::all(Pt::ZERO));
        self.background(style, rect, Sides::all(Pt::ZERO), [(Pt::ZERO, Pt::ZERO); 4]);
        self.fragment_inside(fragment, at);
        if grouped {
            self.pop();
        }
    }

    /// Paints the collapsed borders of a run of rows; `x` is the table's left edge.
    pub fn strokes(&mut self, table: &TableBody, run: &RowRun, x: Pt) {
        let rows = run.edges.len().saturating_sub(1);
        let to = run.from + rows;
        let edge = |row: usize| {
            let index = row.clamp(run.from, to) - run.from;
            run.edges.get(index).copied().unwrap_or_default()
        };
        let lines: Vec<_> = table.lines_of(run.from, to).copied().collect();
        // Vertical strokes first, since horizontal ones reach over them.
        for line in lines.iter().filter(|line| !line.horizontal) {
            let (from, end) = (edge(line.row), edge(line.row + line.rows));
            self.grid_line(line.border, Point::new(x + line.x, from), Point::new(x + line.x, end));
        }
        for line in lines.iter().filter(|line| line.horizontal) {
            if line.row == run.from && !run.top_stroke {
                continue;
            }
            let y = edge(line.row);
            self.grid_line(line.border, Point::new(x + line.from, y), Point::new(x + line.to, y));
        }
    }

    /// A table that no page breaks.
    pub fn inner_table(&mut self, table: &TableBody, fragment: &Fragment, at: Point) {
        let style = self.style(fragment.style);
        let grid = table.grid.moved(at);
        self.decoration(style, grid, fragment.border, Sides::all(true));
        for caption in &table.captions {
            self.fragment(&caption.fragment, at + caption.at);
        }
        let mut edges = Vec::with_capacity(table.rows.len() + 1);
        for row in &table.rows {
            let y = at.y + row.y;
            edges.push(y);
            self.row(row, table, (grid.origin.x, grid.size.width), Point::new(at.x, y));
        }
        if let Some(last) = table.rows.last() {
            edges.push(at.y + last.y + last.height);
            self.strokes(table, &RowRun { from: 0, edges, top_stroke: true }, at.x);
        }
    }
}
