//! Measured boxes made smaller as a whole.

use crate::geom::{Depth, Point, Pt, Rect, RunRect, Sides, Size, Spot};
use crate::layout::fragment::{
    Body, BoxRow, Fragment, FragmentExtra, Line, Lines, Piece, Placed, TableBody,
};

/// The size of the smallest letters in a fragment.
pub fn smallest_letters(fragment: &Fragment) -> Option<Pt> {
    let mut smallest: Option<Pt> = None;
    let mut pending = vec![fragment];
    while let Some(fragment) = pending.pop() {
        match &fragment.body {
            Body::Empty | Body::Picture(_) | Body::Columns(_) | Body::Stretch(_) => {}
            Body::Flow(children) => pending.extend(children.iter().map(|child| &child.fragment)),
            Body::Lines(lines) => {
                for piece in lines.lines.iter().flat_map(|line| &line.pieces) {
                    match piece {
                        Piece::Glyphs { run, .. } => {
                            smallest = Some(smallest.map_or(run.size, |size| size.min(run.size)));
                        }
                        Piece::Atomic(placed) => pending.push(&placed.fragment),
                        _ => {}
                    }
                }
            }
            Body::Rows(rows) => {
                pending.extend(rows.iter().flat_map(|row| &row.items).map(|item| &item.fragment));
            }
            Body::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                pending.extend(cells.map(|cell| &cell.placed.fragment));
                pending.extend(table.captions.iter().map(|caption| &caption.fragment));
            }
        }
    }
    smallest
}

/// Multiplies all lengths in a fragment, its border box's corner kept where it is.
pub fn scale(fragment: &mut Fragment, by: f32) {
    let height = depth(fragment.height(), by);
    fragment.size.width = fragment.size.width * by;
    fragment.set_height(height);
    fragment.border = sides(fragment.border, by);
    fragment.padding = sides(fragment.padding, by);
    fragment.margin_top = fragment.margin_top * by;
    fragment.margin_bottom = fragment.margin_bottom * by;
    scale_body(&mut fragment.body, by);
    if let Some(extra) = &mut fragment.extra {
        let FragmentExtra { marker, out_of_flow, shift, .. } = &mut **extra;
        marker.iter_mut().for_each(|marker| placed(marker, by));
        out_of_flow.iter_mut().for_each(|child| placed(child, by));
        *shift = point(*shift, by);
    }
}

/// Multiplies all lengths of what is inside a fragment, places in its border box included.
pub fn scale_body(body: &mut Body, by: f32) {
    match body {
        // What stands in columns is a flow of its own, which keeps its size.
        Body::Empty | Body::Picture(_) | Body::Columns(_) | Body::Stretch(_) => {}
        Body::Flow(children) => children.iter_mut().for_each(|child| placed(child, by)),
        Body::Lines(Lines { lines, .. }) => lines.iter_mut().for_each(|one| line(one, by)),
        Body::Rows(rows) => {
            for BoxRow { y, height, items, .. } in rows {
                (*y, *height) = (depth(*y, by), *height * by);
                items.iter_mut().for_each(|item| placed(item, by));
            }
        }
        Body::Table(body) => table(body, by),
    }
}

fn placed(child: &mut Placed, by: f32) {
    child.at = Spot::new(child.at.x * by, depth(child.at.y, by));
    scale(&mut child.fragment, by);
}

fn line(line: &mut Line, by: f32) {
    line.y = depth(line.y, by);
    for length in [&mut line.x, &mut line.height, &mut line.baseline] {
        *length = *length * by;
    }
    if let Some(wide) = &mut line.overflow {
        (wide.left, wide.right) = (wide.left * by, wide.right * by);
    }
    for piece in &mut line.pieces {
        match piece {
            Piece::Glyphs { run, .. } => {
                run.size = run.size * by;
                run.origin = point(run.origin, by);
                run.glyphs.space_extra = run.glyphs.space_extra * by;
                run.glyphs.letter_extra = run.glyphs.letter_extra * by;
            }
            Piece::InlineBox { rect, .. } | Piece::Rule { rect, .. } | Piece::Link { rect, .. } => {
                *rect = area(*rect, by);
            }
            Piece::Atomic(child) | Piece::Float(child) => placed(child, by),
            Piece::Anchor { x, .. } => *x = *x * by,
        }
    }
}

fn table(table: &mut TableBody, by: f32) {
    let RunRect { left, width, top, bottom } = table.grid;
    table.grid = RunRect {
        left: left * by,
        width: width * by,
        top: depth(top, by),
        bottom: depth(bottom, by),
    };
    table.captions.iter_mut().for_each(|caption| placed(caption, by));
    for (x, width) in &mut table.columns {
        (*x, *width) = (*x * by, *width * by);
    }
    for line in &mut table.borders {
        for length in [&mut line.from, &mut line.to, &mut line.x, &mut line.border.width] {
            *length = *length * by;
        }
    }
    table.row_gap = table.row_gap * by;
    for row in &mut table.rows {
        (row.y, row.height) = (depth(row.y, by), row.height * by);
        for cell in &mut row.cells {
            cell.content_shift = cell.content_shift * by;
            placed(&mut cell.placed, by);
        }
    }
}

fn depth(at: Depth, by: f32) -> Depth {
    Depth(at.0 * f64::from(by))
}

fn point(at: Point, by: f32) -> Point {
    Point::new(at.x * by, at.y * by)
}

fn size(size: Size, by: f32) -> Size {
    Size::new(size.width * by, size.height * by)
}

fn sides(sides: Sides<Pt>, by: f32) -> Sides<Pt> {
    sides.map(|side| side * by)
}

fn area(rect: Rect, by: f32) -> Rect {
    Rect { origin: point(rect.origin, by), size: size(rect.size, by) }
}
