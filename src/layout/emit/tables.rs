//! Tables: rows, cells, collapsed borders, repeated heads.

use std::sync::Arc;

use crate::geom::{Point, Pt, Rect, Sides};
use crate::layout::fragment::{Body, Fragment, TableBody, TableCell, TableRow};
use crate::layout::page::Group;
use crate::style::{BorderCollapse, ComputedStyle, RowRepeat};

use super::outline::plain;
use super::painter::Painter;

/// Where a run of rows stands on the page.
pub struct RowRun {
    /// The first row.
    pub from: usize,
    /// The y of the top of each row, and of the bottom of the last.
    pub edges: Vec<Pt>,
    /// Whether the stroke above the first row is painted.
    pub top_stroke: bool,
    /// Rows of the run that are not shown here, counted from its first.
    pub hidden: Vec<usize>,
}

impl RowRun {
    /// Whether the edge above `row` is beside a row that is shown.
    fn has_edge(&self, row: usize, rows: usize) -> bool {
        let at = row.saturating_sub(self.from);
        let shows = |row: usize| row < rows && !self.hidden.contains(&row);
        self.hidden.is_empty() || shows(at) || at.checked_sub(1).is_some_and(shows)
    }
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
        self.row_backgrounds(row, table, rect, at);
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

    /// Backgrounds of columns, row groups and rows show behind the cells that start in the row
    /// (CSS 2.2 17.5.1), and not between them (17.6.1).
    fn row_backgrounds(&mut self, row: &TableRow, table: &TableBody, rect: Rect, at: Point) {
        for layer in &table.column_styles {
            let cells = row.cells.iter().filter(|cell| cell.column == layer.column);
            let cells = cells.map(|cell| cell_rect(cell, at)).collect();
            self.behind_cells(self.style(layer.style), rect, cells);
        }
        let layers = [row.group_style, row.style].map(|style| self.style(style));
        if layers.iter().any(|style| style.has_background()) {
            let strips = strips(row, at);
            layers.iter().for_each(|style| self.behind_cells(style, rect, strips.clone()));
        }
    }

    /// The background of a box at `rect`, as far as it is seen behind cells.
    fn behind_cells(&mut self, style: &ComputedStyle, rect: Rect, cells: Vec<Rect>) {
        let square = [(Pt::ZERO, Pt::ZERO); 4];
        for cell in cells {
            if style.background.is_empty() {
                self.background(style, cell, Sides::all(Pt::ZERO), square);
                continue;
            }
            let clip = Some(Arc::new(plain(cell)));
            self.push(Group { transform: None, clip, opacity: 1.0 });
            self.background(style, rect, Sides::all(Pt::ZERO), square);
            self.pop();
        }
    }

    /// A cell's collapsed borders are the table's to paint.
    fn cell(&mut self, fragment: &Fragment, at: Point) {
        let style = self.style(fragment.style);
        if style.border_collapse == BorderCollapse::Separate {
            return self.fragment(fragment, at);
        }
        let rect = Rect { origin: at, size: fragment.size };
        if let Body::Stretch(stretch) = &fragment.body {
            return self.stretch(stretch, rect);
        }
        let grouped = self.open_group(style, rect);
        self.background(style, rect, Sides::all(Pt::ZERO), [(Pt::ZERO, Pt::ZERO); 4]);
        let clipped = self.open_clip(style, rect, fragment.border);
        self.fragment_inside(fragment, at);
        for _ in 0..usize::from(grouped) + usize::from(clipped) {
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
            if line.row == run.from && !run.top_stroke || !run.has_edge(line.row, rows) {
                continue;
            }
            let y = edge(line.row);
            self.grid_line(line.border, Point::new(x + line.from, y), Point::new(x + line.to, y));
        }
    }

    /// A table that no page breaks.
    pub fn inner_table(&mut self, table: &TableBody, fragment: &Fragment, at: Point) {
        let style = self.style(fragment.style);
        let grid = table.grid.at(at);
        self.decoration(style, grid, fragment.border, Sides::all(true));
        for caption in &table.captions {
            self.fragment(&caption.fragment, at + caption.at);
        }
        let collapsed = style.border_collapse == BorderCollapse::Collapse;
        let edge = if collapsed { Sides::all(Pt::ZERO) } else { fragment.border };
        let clipped = self.open_clip(style, grid, edge);
        let mut edges = Vec::with_capacity(table.rows.len() + 1);
        let mut hidden = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            let y = at.y + row.y.pt();
            edges.push(y);
            if row.repeat == RowRepeat::Continued {
                hidden.push(index);
                continue;
            }
            self.row(row, table, (grid.origin.x, grid.size.width), Point::new(at.x, y));
        }
        if let Some(last) = table.rows.last() {
            edges.push(at.y + last.y.pt() + last.height);
            let run = RowRun { from: 0, edges, top_stroke: true, hidden };
            self.strokes(table, &run, at.x);
        }
        if clipped {
            self.pop();
        }
    }
}

/// The place of a cell whose row starts at `at`.
fn cell_rect(cell: &TableCell, at: Point) -> Rect {
    Rect { origin: at + cell.placed.at, size: cell.placed.fragment.size }
}

/// The places of a row's cells; those that touch are one, so that no seam shows between them.
fn strips(row: &TableRow, at: Point) -> Vec<Rect> {
    let mut rects: Vec<Rect> = row.cells.iter().map(|cell| cell_rect(cell, at)).collect();
    rects.sort_by(|a, b| a.origin.x.0.total_cmp(&b.origin.x.0));
    let mut strips: Vec<Rect> = Vec::with_capacity(1);
    for rect in rects {
        let near = |a: Pt, b: Pt| (a - b).abs() < Pt(0.05);
        match strips.last_mut() {
            Some(last)
                if near(last.right(), rect.origin.x)
                    && near(last.origin.y, rect.origin.y)
                    && near(last.size.height, rect.size.height) =>
            {
                last.size.width = rect.right() - last.origin.x;
            }
            _ => strips.push(rect),
        }
    }
    strips
}
