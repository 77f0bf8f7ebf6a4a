//! Which header cells are said with a cell: those that it names, else those whose scope it stands in
//! (ISO 32000-1 14.8.5.7, table 349).

use crate::verify::role::Role;

use super::{Element, Kid, Paper};

/// Columns past this one have no headers.
const COLUMNS: u32 = 4096;
/// A cell that spans more than this does not mean it.
const SPAN: u32 = 1000;
/// More headers than this are not said for a column.
const HEADERS: usize = 16;

/// Counts the rows and columns of all tables, and gives cells that name no headers those by scope.
pub(super) fn complete(paper: &mut Paper) {
    let is_table =
        |index: &usize| paper.elements.get(*index).is_some_and(|e| e.role == Role::Table);
    let tables: Vec<usize> = (0..paper.elements.len()).filter(is_table).collect();
    for table in tables {
        complete_one(paper, table);
    }
}

fn elements<'p>(paper: &'p Paper, of: &'p Element) -> impl Iterator<Item = (usize, &'p Element)> {
    of.kids.iter().filter_map(|kid| match kid {
        Kid::Element(child) => Some((*child, paper.elements.get(*child)?)),
        Kid::Words(_) => None,
    })
}

/// A row with its cells.
struct Row {
    element: usize,
    cells: Vec<usize>,
    in_head: bool,
}

fn rows(paper: &Paper, table: usize) -> Vec<Row> {
    let Some(table) = paper.elements.get(table) else { return Vec::new() };
    let cells = |row: &Element| {
        let cells = elements(paper, row).filter(|(_, e)| matches!(e.role, Role::Th | Role::Td));
        cells.map(|(index, _)| index).collect::<Vec<_>>()
    };
    let row = |element: usize, row: &Element, in_head| Row { element, cells: cells(row), in_head };
    let mut rows = Vec::new();
    for (index, part) in elements(paper, table) {
        match part.role {
            Role::Tr => rows.push(row(index, part, false)),
            Role::THead | Role::TBody | Role::TFoot => {
                let in_head = part.role == Role::THead;
                let own = elements(paper, part).filter(|(_, e)| e.role == Role::Tr);
                rows.extend(own.map(|(index, one)| row(index, one, in_head)));
            }
            _ => {}
        }
    }
    rows
}

/// A header over a column: the cell, its first column, how many, and whether nothing but header
/// cells has come since.
#[derive(Debug, Clone, Copy)]
struct Head {
    cell: usize,
    column: u32,
    columns: u32,
    open: bool,
}

#[derive(Debug, Default)]
struct Grid {
    /// The headers in force, by column.
    heads: Vec<Vec<Head>>,
    /// Cells that reach into the rows to come: columns, rows left, and the cell where it heads rows.
    hanging: Vec<(u32, u32, u32, Option<usize>)>,
    columns: u32,
}

fn complete_one(paper: &mut Paper, table: usize) {
    let rows = rows(paper, table);
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let mut grid = Grid::default();
    for (number, row) in (1..).zip(rows) {
        let all_heads = row.cells.iter().all(|cell| is(paper, *cell, Role::Th));
        grid.row(paper, &row.cells, row.in_head || (number == 1 && all_heads));
        if let Some(element) = paper.elements.get_mut(row.element) {
            element.attributes.rows = number;
        }
    }
    if let Some(element) = paper.elements.get_mut(table) {
        element.attributes.rows = count;
        element.attributes.columns = grid.columns;
    }
}

fn is(paper: &Paper, element: usize, role: Role) -> bool {
    paper.elements.get(element).is_some_and(|element| element.role == role)
}

impl Grid {
    fn row(&mut self, paper: &mut Paper, cells: &[usize], heads_columns: bool) {
        let mut row_heads: Vec<usize> =
            self.hanging.iter().filter_map(|(.., cell)| *cell).take(HEADERS).collect();
        let (mut column, mut next) = (0_u32, 0);
        let mut taken: Vec<(usize, u32, u32, bool)> = Vec::with_capacity(cells.len());
        let mut hanging = Vec::new();
        for &cell in cells {
            while let Some((from, to, ..)) = self.hanging.get(next).filter(|h| h.0 <= column) {
                column = column.max(*to).max(*from);
                next += 1;
            }
            let Some(element) = paper.elements.get_mut(cell) else { continue };
            let columns = element.attributes.columns.clamp(1, SPAN);
            let rows = element.attributes.rows.clamp(1, u32::from(u16::MAX));
            let scope = element.attributes.scope.as_deref();
            let is_head = element.role == Role::Th;
            let of_column = is_head
                && (matches!(scope, Some("Column" | "Both")) || (scope.is_none() && heads_columns));
            let of_row = is_head && (matches!(scope, Some("Row" | "Both")) || !of_column);
            // A row of one cell is about the table or the rows below, not about the columns.
            if element.attributes.headers.is_empty() && cells.len() > 1 {
                let mut headers = self.over(column, columns, of_column);
                if !of_column {
                    headers.extend(row_heads.iter().filter(|head| **head != cell));
                }
                element.attributes.headers = headers;
            }
            if of_row && row_heads.len() < HEADERS {
                row_heads.push(cell);
            }
            if rows > 1 {
                hanging.push((column, column + columns, rows - 1, of_row.then_some(cell)));
            }
            taken.push((cell, column, columns, of_column));
            column = column.saturating_add(columns).min(COLUMNS);
        }
        taken.iter().for_each(|cell| self.take(*cell));
        let reach = self.hanging.iter().map(|(_, to, ..)| *to).fold(column, u32::max);
        self.columns = self.columns.max(reach);
        self.hanging.iter_mut().for_each(|one| one.2 -= 1);
        self.hanging.retain(|one| one.2 > 0);
        if !hanging.is_empty() {
            self.hanging.append(&mut hanging);
            self.hanging.sort_unstable();
        }
    }

    /// The headers over a cell, from the top; those over a header only as far as they touch it.
    fn over(&self, column: u32, columns: u32, of_column: bool) -> Vec<usize> {
        let mut over: Vec<usize> = Vec::new();
        let reach = column as usize..(column + columns) as usize;
        let reach = reach.start.min(self.heads.len())..reach.end.min(self.heads.len());
        for head in self.heads.get(reach).unwrap_or_default().iter().flatten() {
            if (head.open || !of_column) && !over.contains(&head.cell) && over.len() < HEADERS {
                over.push(head.cell);
            }
        }
        over
    }

    fn take(&mut self, (cell, column, columns, of_column): (usize, u32, u32, bool)) {
        let end = column.saturating_add(columns).min(COLUMNS) as usize;
        if self.heads.len() < end {
            self.heads.resize(end, Vec::new());
        }
        for heads in self.heads.get_mut(column as usize..end).into_iter().flatten() {
            if !of_column {
                heads.iter_mut().for_each(|head| head.open = false);
                continue;
            }
            heads.retain(|head| head.open || (head.column, head.columns) != (column, columns));
            if heads.len() < HEADERS {
                heads.push(Head { cell, column, columns, open: true });
            }
        }
    }
}
