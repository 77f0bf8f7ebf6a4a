//! Items side by side → rows between which a page may end.

use crate::geom::Pt;
use crate::layout::fragment::{BoxRow, Placed};

/// Overlaps smaller than this are rounding.
const TOLERANCE: Pt = Pt(0.01);

/// Groups items whose vertical extents overlap: a flex line, a grid row, or several grid rows that
/// an item spans. Items keep their order within a row.
pub fn group(items: Vec<Placed>) -> Vec<BoxRow> {
    let extent = |item: &Placed| (item.at.y, item.at.y + item.fragment.size.height);
    let mut by_top: Vec<usize> = (0..items.len()).collect();
    by_top.sort_by(|a, b| extent(&items[*a]).0.0.total_cmp(&extent(&items[*b]).0.0));
    let mut rows: Vec<BoxRow> = Vec::new();
    let mut row_of = vec![0; items.len()];
    for index in by_top {
        let (top, bottom) = extent(&items[index]);
        match rows.last_mut() {
            Some(row) if top < row.y + row.height - TOLERANCE => {
                row.height = row.height.max(bottom - row.y);
            }
            _ => rows.push(BoxRow { y: top, height: bottom - top, items: Vec::new() }),
        }
        row_of[index] = rows.len() - 1;
    }
    for (item, row) in items.into_iter().zip(row_of) {
        rows[row].items.push(item);
    }
    rows
}
