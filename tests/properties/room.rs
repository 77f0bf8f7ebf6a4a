//! How wide a tree must be so that nothing in it reaches out of its box: an estimate that is never
//! too small. Where the page has that much, no text stands on other text.

use super::tree::{Block, Cell, Inline, Table};

/// The widest word with its space, in em.
pub const WORD: f32 = 3.4;

/// What is in a box of a fixed width may be wider.
const ENDLESS: f32 = 1e9;

/// The width of the text on the pages of that style.
pub fn width_of(page: &str) -> f32 {
    const WIDTHS: &[(&str, f32)] = &[
        ("size: 240pt 160pt", 220.0),
        ("size: 240pt 100pt", 220.0),
        ("size: 160pt", 150.0),
        ("size: 300pt 400pt", 260.0),
        ("size: 120pt", 110.0),
    ];
    let known = WIDTHS.iter().find(|(start, _)| page.starts_with(start));
    known.map_or(0.0, |(_, width)| *width)
}

/// What a block asks for, when a word does for so much.
pub fn need(block: &Block, word: f32) -> f32 {
    match block {
        Block::Paragraph(styles, pieces) => {
            let pieces = pieces.iter().map(|piece| match piece {
                Inline::Words(_) | Inline::Bold(_) | Inline::Break | Inline::Note(_) => word,
                Inline::Float(style, _) => in_styles(word, &[*style]),
                Inline::Box(kind, blocks) => in_styles(beside(kind, blocks, word), &[*kind]),
            });
            in_styles(pieces.fold(word, f32::max), styles)
        }
        Block::Box(kind, styles, blocks) => {
            let inside = match *kind {
                kind if kind.starts_with("columns: 3") => 3.0 * widest(blocks, word) + 8.0,
                kind if kind.starts_with("columns") => 2.0 * widest(blocks, word) + 8.0,
                kind => beside(kind, blocks, word),
            };
            in_styles(inside, styles)
        }
        Block::List(_, styles, items) => {
            let items = items.iter().map(|blocks| widest(blocks, word));
            in_styles(items.fold(word, f32::max) + 30.0, styles)
        }
        Block::Table(table) => table_need(table, word),
        Block::Picture(styles) => in_styles(30.0, styles),
    }
}

fn widest(blocks: &[Block], word: f32) -> f32 {
    blocks.iter().map(|block| need(block, word)).fold(0.0, f32::max)
}

/// What boxes in a container of that kind ask for.
fn beside(kind: &str, blocks: &[Block], word: f32) -> f32 {
    let sum: f32 = blocks.iter().map(|block| need(block, word) + 4.0).sum();
    match kind {
        kind if kind.contains("column") && kind.contains("flex") => widest(blocks, word),
        kind if kind.contains("40pt auto") && widest(blocks, word) > 40.0 => ENDLESS,
        kind if kind.contains("repeat(3") => 3.0 * widest(blocks, word),
        kind if kind.contains("grid") => 2.0 * widest(blocks, word) + 4.0,
        kind if kind.contains("flex") => sum,
        _ => widest(blocks, word),
    }
}

/// With what styles put around it, or ask for in its place.
fn in_styles(inside: f32, styles: &[&str]) -> f32 {
    let mut width = inside;
    for style in styles {
        width += if style.contains("padding") || style.contains("border") { 14.0 } else { 0.0 };
        width += if style.contains("margin: 2pt 0") { 4.0 } else { 0.0 };
    }
    for style in styles {
        let fixed = [("width: 50pt", 50.0), ("width: 60pt", 60.0), ("width: 70pt", 74.0)];
        for (text, points) in fixed {
            if style.contains(text) {
                width = if width > points { ENDLESS } else { points };
            }
        }
        width *= if style.contains("width: 50%") { 2.0 } else { 1.0 };
        width *= if style.contains("width: 40%") { 2.5 } else { 1.0 };
        width = if style.starts_with("columns") { 2.0 * width + 6.0 } else { width };
    }
    width
}

fn table_need(table: &Table, word: f32) -> f32 {
    let cell = |cell: &Cell| {
        widest(&cell.blocks, word).max(if cell.blocks.is_empty() { 0.0 } else { word }) + 22.0
    };
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let one = cells().map(cell).fold(0.0, f32::max);
    // Spans from rows above may push cells to the right.
    let columns = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| u32::from(cell.columns)).sum::<u32>());
    let spanning =
        cells().filter(|cell| cell.rows != 1).map(|cell| u32::from(cell.columns)).sum::<u32>();
    let columns = columns.max().unwrap_or(1) + spanning;
    one * columns as f32 + 12.0
}

/// Whether any block has that style.
pub fn document_has(blocks: &[Block], style: &str) -> bool {
    let has = |styles: &[&str]| styles.contains(&style);
    blocks.iter().any(|block| match block {
        Block::Paragraph(styles, pieces) => {
            has(styles)
                || pieces.iter().any(|piece| match piece {
                    Inline::Box(_, blocks) => document_has(blocks, style),
                    _ => false,
                })
        }
        Block::Box(_, styles, blocks) => has(styles) || document_has(blocks, style),
        Block::List(_, styles, items) => {
            has(styles) || items.iter().any(|blocks| document_has(blocks, style))
        }
        Block::Table(table) => {
            let mut cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.any(|cell| document_has(&cell.blocks, style))
        }
        Block::Picture(styles) => has(styles),
    })
}
