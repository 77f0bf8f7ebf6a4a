//! What is inside a measured box: moving it, and the questions that alignment asks of it.

use crate::geom::{Depth, Point, Pt};

use super::fragment::{Body, Fragment, Lines};

/// Moves what is inside a fragment.
pub fn shift(fragment: &mut Fragment, by: Point) {
    if by == Point::default() {
        return;
    }
    match &mut fragment.body {
        Body::Empty | Body::Picture(_) | Body::Stretch(_) => {}
        Body::Columns(rows) => {
            for row in rows {
                row.y += by.y;
                row.shape.left += by.x;
                for column in &mut row.columns {
                    column.x += by.x;
                }
            }
        }
        Body::Flow(children) => {
            for child in children {
                child.at = child.at + by;
            }
        }
        Body::Lines(Lines { lines, .. }) => {
            for line in lines {
                line.x += by.x;
                line.y += by.y;
            }
        }
        Body::Rows(rows) => {
            for row in rows {
                row.y += by.y;
                for item in &mut row.items {
                    item.at = item.at + by;
                }
            }
        }
        Body::Table(table) => {
            table.grid = table.grid.moved(by.into());
            for caption in &mut table.captions {
                caption.at = caption.at + by;
            }
            for (x, _) in &mut table.columns {
                *x += by.x;
            }
            for line in &mut table.borders {
                line.from += by.x;
                line.to += by.x;
                line.x += by.x;
            }
            for row in &mut table.rows {
                row.y += by.y;
                for cell in &mut row.cells {
                    cell.placed.at.x += by.x;
                }
            }
        }
    }
    if let Some(marker) = fragment.extra.as_mut().and_then(|extra| extra.marker.as_mut()) {
        marker.at = marker.at + by;
    }
}

/// The first line's baseline from the border box's top.
pub fn first_baseline(fragment: &Fragment) -> Option<Pt> {
    let mut pending = vec![(fragment, Depth::ZERO)];
    while let Some((fragment, top)) = pending.pop() {
        let start = pending.len();
        match &fragment.body {
            Body::Lines(lines) => {
                if let Some(line) = lines.lines.first() {
                    return Some((top + line.y + line.baseline).pt());
                }
            }
            Body::Flow(children) => {
                let blocks = children.iter().filter(|child| !child.fragment.is_float());
                pending.extend(blocks.map(|child| (&child.fragment, top + child.at.y)));
            }
            Body::Rows(rows) => {
                let items = rows.iter().flat_map(|row| &row.items);
                pending.extend(items.map(|item| (&item.fragment, top + item.at.y)));
            }
            Body::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| {
                    row.cells.iter().map(|cell| (&cell.placed, row.y + cell.placed.at.y))
                });
                pending.extend(cells.map(|(placed, y)| (&placed.fragment, top + y)));
            }
            Body::Empty | Body::Picture(_) | Body::Columns(_) | Body::Stretch(_) => {}
        }
        pending[start..].reverse();
    }
    None
}

/// The lower edge of the flow inside a fragment, from its border box's top.
pub fn content_bottom(fragment: &Fragment) -> Depth {
    let bottom = match &fragment.body {
        Body::Flow(children) => children.last().map(|child| child.at.y + child.fragment.height()),
        Body::Lines(lines) => lines.lines.last().map(|line| line.y + line.height),
        Body::Rows(rows) => rows.last().map(|row| row.y + row.height),
        Body::Empty | Body::Picture(_) | Body::Table(_) | Body::Columns(_) | Body::Stretch(_) => {
            None
        }
    };
    bottom.unwrap_or(fragment.height() - fragment.border.bottom - fragment.padding.bottom)
}

/// Whether nothing is to be seen inside.
pub fn is_empty(cell: &Fragment) -> bool {
    match &cell.body {
        Body::Empty => true,
        Body::Lines(lines) => lines.lines.iter().all(|line| line.pieces.is_empty()),
        Body::Flow(children) => children.is_empty(),
        _ => false,
    }
}
