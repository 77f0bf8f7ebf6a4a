//! `-dossier-table-fit: shrink`: a table whose columns cannot be squeezed any further is made
//! smaller as a whole, letters, rules and paddings alike.

use crate::geom::Pt;
use crate::layout::fragment::Fragment;
use crate::layout::measure::scale::{scale, smallest_letters};

/// No letters are made smaller than this; those that are smaller by themselves stay as they are.
const SMALLEST: Pt = Pt(6.0);

/// Makes `table` as wide as `available`, as far as its letters stay legible.
pub fn shrink(table: &mut Fragment, available: Pt) {
    let width = table.size.width;
    if width <= available + Pt(0.01) || available <= Pt::ZERO {
        return;
    }
    let legible = smallest_letters(table).map_or(0.0, |letters| SMALLEST / letters);
    let factor = (available / width).max(legible);
    if factor < 1.0 {
        let (top, bottom) = (table.margin_top, table.margin_bottom);
        scale(table, factor);
        (table.margin_top, table.margin_bottom) = (top, bottom);
    }
}
