//! Tables are regular, and each cell's headers can be found (ISO 14289-1 7.2, 7.5).

use hayro_syntax::object::String as PdfString;
use rustc_hash::FxHashSet;

use super::nesting::{role_of, significant};
use super::{attributes, place};
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::role::Role;
use crate::verify::rule::rules;
use crate::verify::tree::Tree;

/// How many columns a table may have to be looked at cell by cell.
const COLUMNS: usize = 4096;

rules! {
    OVERLAP = "ua1:7.2-15", "7.2", Levels::UA1, Checked,
        "no two cells of a table lie over each other",
        "mend the spans of the cells (ColSpan, RowSpan)";
    TOO_FAR_DOWN = "ua1:7.2-41", "7.2", Levels::UA1, Checked,
        "no cell spans more rows than the table has below it",
        "mend the RowSpan of the cell, or add the rows that are missing";
    TOO_WIDE = "ua1:7.2-42", "7.2", Levels::UA1, Checked,
        "no row has more columns than the first",
        "mend the ColSpan of the cells, or add the cells that the first row misses";
    TOO_NARROW = "ua1:7.2-43", "7.2", Levels::UA1, Checked,
        "no row has fewer columns than the first",
        "add the cells that are missing, empty if need be, or mend the spans";
    NO_HEADER = "ua1:7.5-1", "7.5", Levels::UA1, Checked,
        "the headers of each cell can be found, by Scope of all TH or by Headers of the cell",
        "give each header cell a Scope (scope=\"col\" or scope=\"row\")";
    UNKNOWN_HEADER = "ua1:7.5-2", "7.5", Levels::UA1, Checked,
        "the Headers of each cell name header cells of its table by their ID",
        "name the IDs of header cells, or give each header cell a Scope instead";
}

/// Checks all tables.
pub fn check(tree: &Tree<'_>, findings: &mut Findings) {
    if !findings.asks(Levels::UA1) {
        return;
    }
    for (index, element) in tree.elements.iter().enumerate() {
        if element.role == Role::Table {
            let rows = rows(tree, index);
            if is_regular(tree, &rows, findings) {
                check_headers(tree, &rows, findings);
            }
        }
    }
}

/// A cell of a row.
struct Cell {
    element: usize,
    columns: i64,
    rows: i64,
}

/// A row, and its cells.
struct Row {
    element: usize,
    cells: Vec<Cell>,
}

fn rows(tree: &Tree<'_>, table: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for child in significant(tree, table) {
        match role_of(tree, child) {
            Role::Tr => rows.push(row(tree, child)),
            Role::THead | Role::TBody | Role::TFoot => {
                let inner = significant(tree, child);
                let inner = inner.into_iter().filter(|row| role_of(tree, *row) == Role::Tr);
                rows.extend(inner.map(|inner| row(tree, inner)));
            }
            _ => {}
        }
    }
    rows
}

fn row(tree: &Tree<'_>, element: usize) -> Row {
    let span = |cell: usize, key: &str| {
        let cell = tree.elements.get(cell)?;
        attributes::whole(tree, cell, b"Table", key)
    };
    let cells = significant(tree, element)
        .into_iter()
        .filter(|cell| matches!(role_of(tree, *cell), Role::Th | Role::Td))
        .map(|cell| Cell {
            element: cell,
            columns: span(cell, "ColSpan").unwrap_or(1),
            rows: span(cell, "RowSpan").unwrap_or(1),
        })
        .collect();
    Row { element, cells }
}

/// How many rows the first cells of the rows take: those that they span beyond the last row
/// count, so that a table whose last row spans more than itself can still be even.
fn height(rows: &[Row]) -> i64 {
    let mut height = 0_i64;
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let span = row.cells.first().map_or(0, |cell| cell.rows);
        height = height.saturating_add(span.max(0));
        at = at.saturating_add(usize::try_from(span.max(1)).unwrap_or(usize::MAX));
    }
    height
}

/// Places the cells of all rows; notes the first fault.
fn is_regular(tree: &Tree<'_>, rows: &[Row], findings: &mut Findings) -> bool {
    let height = height(rows);
    let Some(first) = rows.first() else { return true };
    let width = first.cells.iter().fold(0_i64, |sum, cell| sum.saturating_add(cell.columns));
    let width = usize::try_from(width).unwrap_or(0);
    if height == 0 || width > COLUMNS {
        return true;
    }
    // The row in which each column is free again.
    let mut free = vec![0_i64; width];
    let mut narrow = None;
    for (at, row) in (0_i64..).zip(rows) {
        if row.cells.is_empty() {
            findings.push(&TOO_NARROW, place(tree, row.element), || {
                format!("row {} has no cell", at + 1)
            });
            return false;
        }
        let mut column = 0;
        for cell in &row.cells {
            while free.get(column).is_some_and(|free| *free > at) {
                column += 1;
            }
            let end = usize::try_from(cell.columns).ok().filter(|columns| *columns > 0);
            let end = end.and_then(|columns| column.checked_add(columns));
            let Some(under) = end.and_then(|end| free.get_mut(column..end)) else {
                findings.push(&TOO_WIDE, place(tree, cell.element), || {
                    format!("row {} goes beyond the {width} columns of the first", at + 1)
                });
                return false;
            };
            if cell.rows < 1 || at.saturating_add(cell.rows) > height {
                findings.push(&TOO_FAR_DOWN, place(tree, cell.element), || {
                    format!("it spans {} rows, and {} are left", cell.rows, height - at)
                });
                return false;
            }
            if under.iter().any(|free| *free > at) {
                findings.push(&OVERLAP, place(tree, cell.element), || {
                    "it lies over a cell of a row above that spans into its row".to_owned()
                });
                return false;
            }
            under.fill(at + cell.rows);
            column = end.unwrap_or(column);
        }
        let filled = free.iter().filter(|free| **free > at).count();
        if narrow.is_none() && filled < width {
            narrow = Some((at, row.element, filled));
        }
    }
    if let Some((at, row, filled)) = narrow {
        findings.push(&TOO_NARROW, place(tree, row), || {
            format!("row {} has {filled} columns, and the first has {width}", at + 1)
        });
    }
    let uneven = free.iter().any(|free| *free < height);
    if let Some(last) = rows.last().filter(|_| narrow.is_none() && uneven) {
        findings.push(&TOO_NARROW, place(tree, last.element), || {
            "a cell spans rows beyond the last one, and its neighbours do not".to_owned()
        });
    }
    narrow.is_none() && !uneven
}

/// Looks whether all header cells say what they head, or all other cells what heads them. The
/// first cell of all may head nothing and be headed by nothing: a table's empty corner.
fn check_headers(tree: &Tree<'_>, rows: &[Row], findings: &mut Findings) {
    let cells = || rows.iter().flat_map(|row| &row.cells).map(|cell| cell.element);
    let mut ids = FxHashSet::default();
    let mut scoped = true;
    for header in cells().filter(|cell| role_of(tree, *cell) == Role::Th) {
        let Some(element) = tree.elements.get(header) else { continue };
        let scope = attributes::name(tree, element, b"Table", "Scope");
        scoped &= scope.is_some_and(|scope| matches!(&*scope, b"Row" | b"Column" | b"Both"));
        if let Some(id) = element.dict.get::<PdfString<'_>>("ID")
            && !id.is_empty()
        {
            ids.insert(id.to_vec());
        }
    }
    if scoped {
        return;
    }
    for cell in cells().skip(1).filter(|cell| role_of(tree, *cell) == Role::Td) {
        let Some(element) = tree.elements.get(cell) else { continue };
        let headers = attributes::strings(tree, element, b"Table", "Headers");
        if headers.is_empty() {
            findings.push(&NO_HEADER, place(tree, cell), || {
                "it has no Headers, and not all header cells of the table have a Scope".to_owned()
            });
            return;
        }
        if let Some(unknown) = headers.iter().find(|header| !ids.contains(*header)) {
            let unknown = String::from_utf8_lossy(unknown).into_owned();
            findings.push(&UNKNOWN_HEADER, place(tree, cell), || {
                format!("its Headers name “{unknown}”, which is the ID of no header cell")
            });
            return;
        }
    }
}
