//! Items side by side → rows between which a page may end.

use crate::geom::{Depth, Pt};
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

/// Sets rows and what comes below them right, where the places that the library gives, in single
/// precision, are too coarse: what they tell of the distance between two rows is `gap`, up to that
/// precision, wherever nothing else comes between. Gives the place of what is at `bottom`.
pub fn set_exactly(rows: &mut [BoxRow], gap: Pt, bottom: Depth) -> Depth {
    // Where the row above stood, where it stands now, and where what follows it is to stand.
    let mut above: Option<(Depth, Depth, Depth)> = None;
    let near = |told: Depth, asked: Depth, far: Depth| {
        // Each row above has been added up and rounded.
        let coarse = Pt(far.pt().0 * f32::EPSILON * 3.0);
        if (told - asked).abs() <= coarse { asked } else { told }
    };
    for row in rows {
        let told = row.y;
        let first = row.items.iter().min_by(|a, b| a.at.y.0.total_cmp(&b.at.y.0));
        let lead = first.map_or(Pt::ZERO, |item| item.fragment.margin_top);
        if let Some((before, now, end)) = above {
            row.y = near(now + told.counted_from(before), end + gap + lead, told);
        }
        let moved = row.y.counted_from(told);
        row.items.iter_mut().for_each(|item| item.at.y += moved);
        let height = |item: &Placed| {
            let own = &item.fragment;
            own.margin_top + own.size.height + own.margin_bottom
        };
        let height = row.items.iter().map(height).fold(Pt::ZERO, Pt::max);
        above = Some((told, row.y, row.y - lead + height));
    }
    match above {
        Some((before, now, end)) => near(now + bottom.counted_from(before), end, bottom),
        None => bottom,
    }
}
