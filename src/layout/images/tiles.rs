//! Patterns: where their tiles stand.

use crate::geom::{Point, Pt, Transform};

/// More tiles than this are not drawn one by one.
pub const MOST_TILES: usize = 2_500;

/// The tiles of `pattern` that reach into the rectangle `bounds` (left, top, right, bottom), each
/// by its own origin in the pattern's space; `None` when there are too many to draw.
pub fn of(pattern: &usvg::Pattern, bounds: [f32; 4]) -> Option<Vec<Point>> {
    let map = super::outline::transform(pattern.transform());
    let tile = pattern.rect();
    let Some([left, top, right, bottom]) = back(&map, bounds) else { return Some(Vec::new()) };
    let first = |low: f32, origin: f32, step: f32| f64::from((low - origin) / step).floor();
    let last = |high: f32, origin: f32, step: f32| f64::from((high - origin) / step).ceil();
    let columns = (first(left, tile.x(), tile.width()), last(right, tile.x(), tile.width()));
    let rows = (first(top, tile.y(), tile.height()), last(bottom, tile.y(), tile.height()));
    let count = (columns.1 - columns.0) * (rows.1 - rows.0);
    if !count.is_finite() || count > MOST_TILES as f64 {
        return None;
    }
    let mut tiles = Vec::with_capacity(count as usize);
    for row in rows.0 as i64..rows.1 as i64 {
        for column in columns.0 as i64..columns.1 as i64 {
            let x = tile.x() + column as f32 * tile.width();
            let y = tile.y() + row as f32 * tile.height();
            tiles.push(Point::new(Pt(x), Pt(y)));
        }
    }
    Some(tiles)
}

/// The rectangle around what `map` brings to `bounds`; `None` for a map that has no way back.
pub fn back(map: &Transform, bounds: [f32; 4]) -> Option<[f32; 4]> {
    let determinant = map.a * map.d - map.b * map.c;
    if determinant == 0.0 || !determinant.is_finite() {
        return None;
    }
    let mut around = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    let [left, top, right, bottom] = bounds;
    for (x, y) in [(left, top), (right, top), (right, bottom), (left, bottom)] {
        let (dx, dy) = (x - map.e, y - map.f);
        let x = (map.d * dx - map.c * dy) / determinant;
        let y = (map.a * dy - map.b * dx) / determinant;
        around = [around[0].min(x), around[1].min(y), around[2].max(x), around[3].max(y)];
    }
    Some(around)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_of_a_scaled_rectangle_is_the_rectangle() {
        let map = Transform { a: 2.0, b: 0.0, c: 0.0, d: 4.0, e: 10.0, f: 0.0 };
        assert_eq!(back(&map, [10.0, 0.0, 30.0, 40.0]), Some([0.0, 0.0, 10.0, 10.0]));
        assert_eq!(back(&Transform { a: 0.0, ..map }, [0.0; 4]), None);
    }
}
