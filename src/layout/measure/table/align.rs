//! Cells in their rows: borders of the collapsed model, heights, vertical alignment.

use crate::geom::{Point, Pt, Sides};
use crate::layout::fragment::Fragment;
use crate::layout::inside::{first_baseline, shift};

/// Gives a cell the border widths of the collapsed model and its column's width: the content keeps
/// its size and moves with the padding edge.
pub fn reframe(cell: &mut Fragment, border: Sides<Pt>, width: Pt) {
    let by = Point::new(border.left - cell.border.left, border.top - cell.border.top);
    cell.set_height(cell.height() + (border.vertical() - cell.border.vertical()));
    cell.size.width = width;
    cell.border = border;
    shift(cell, by);
}

/// Makes a cell as high as its rows and moves its content down.
pub fn fill(cell: &mut Fragment, height: Pt, down: Pt) {
    cell.set_height(height.into());
    shift(cell, Point::new(Pt::ZERO, down));
}

/// The baseline of a cell from its border box's top: its first line's, else the bottom of its
/// content (CSS 2.2 17.5.3).
pub fn baseline(cell: &Fragment) -> Pt {
    first_baseline(cell).unwrap_or(cell.size.height - cell.border.bottom - cell.padding.bottom)
}
