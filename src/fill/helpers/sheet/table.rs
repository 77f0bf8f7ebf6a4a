//! Sheets of A4 that cards are cut from, or that are sold cut into cards.

use super::Sheet;

/// A sheet whose cards lie in the middle, `columns` by `rows` of `size` with `gap` between them.
const fn middle(
    name: &'static str,
    products: &'static [&'static str],
    (columns, rows): (u32, u32),
    (width, height): (f64, f64),
    (gap_x, gap_y): (f64, f64),
    precut: bool,
) -> Sheet {
    let (across, down) = (columns as f64, rows as f64);
    let left = (super::A4.0 - across * width - (across - 1.0) * gap_x) / 2.0;
    let top = (super::A4.1 - down * height - (down - 1.0) * gap_y) / 2.0;
    Sheet { name, products, columns, rows, width, height, left, top, gap_x, gap_y, precut }
}

/// A sheet that is to be cut.
const fn cut(name: &'static str, grid: (u32, u32), size: (f64, f64), gap: (f64, f64)) -> Sheet {
    middle(name, &[], grid, size, gap, false)
}

/// A sheet of labels that are cut already. Their columns stand 2.5 mm apart where they stand apart.
const fn labels(
    name: &'static str,
    products: &'static [&'static str],
    grid: (u32, u32),
    size: (f64, f64),
    gap_x: f64,
) -> Sheet {
    middle(name, products, grid, size, (gap_x, 0.0), true)
}

/// All sheets, badges first.
pub(super) const SHEETS: &[Sheet] = &[
    cut("badge-90x54", (2, 5), (90.0, 54.0), (0.0, 0.0)),
    cut("badge-85x54", (2, 5), (85.0, 54.0), (10.0, 0.0)),
    cut("badge-80x50", (2, 5), (80.0, 50.0), (15.0, 5.0)),
    cut("badge-60x40", (3, 6), (60.0, 40.0), (5.0, 5.0)),
    cut("badge-100x70", (2, 4), (100.0, 70.0), (0.0, 0.0)),
    cut("a7", (2, 2), (74.0, 105.0), (10.0, 10.0)),
    cut("a7-landscape", (2, 4), (105.0, 74.0), (0.0, 0.0)),
    cut("a6", (2, 2), (105.0, 148.0), (0.0, 0.0)),
    cut("a6-landscape", (1, 2), (148.0, 105.0), (0.0, 10.0)),
    labels("labels-63x34", &["L7159"], (3, 8), (63.5, 33.9), 2.5),
    labels("labels-63x38", &["L7160"], (3, 7), (63.5, 38.1), 2.5),
    labels("labels-63x47", &["L7161"], (3, 6), (63.5, 46.6), 2.5),
    labels("labels-99x34", &["L7162"], (2, 8), (99.1, 33.9), 2.5),
    labels("labels-99x38", &["L7163"], (2, 7), (99.1, 38.1), 2.5),
    labels("labels-99x68", &["L7165"], (2, 4), (99.1, 67.7), 2.5),
    labels("labels-70x37", &["3474"], (3, 8), (70.0, 37.0), 0.0),
    labels("labels-105x148", &["3483"], (2, 2), (105.0, 148.0), 0.0),
];
