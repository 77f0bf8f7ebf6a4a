//! Column widths from what cells ask for (CSS 2.2 17.5.2.2; the guesses and the order in which
//! columns grow are those of CSS Tables 3 §4.5, which browsers follow).

use crate::geom::Pt;

/// What a column asks for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ColumnMeasure {
    /// As narrow as its cells can be.
    pub min: Pt,
    /// As wide as its cells would like to be.
    pub max: Pt,
    /// Its share of the table's width, 0 for none.
    pub share: f32,
    /// Whether a length was specified: such a column grows only when all do.
    pub fixed: bool,
}

impl ColumnMeasure {
    /// Takes up another cell (or `col` element) of the same column: a specified width sets the
    /// preferred width of the whole column, which others only raise by what they cannot do without.
    pub fn include(&mut self, cell: ColumnMeasure) {
        let preferred = match (self.fixed, cell.fixed) {
            (true, false) => self.max.max(cell.min),
            (false, true) => self.min.max(cell.max),
            _ => self.max.max(cell.max),
        };
        self.min = self.min.max(cell.min);
        self.max = preferred.max(self.min);
        self.share = self.share.max(cell.share);
        self.fixed |= cell.fixed;
    }
}

/// Cuts the shares so that they do not pass the whole, from the first column on.
pub fn limit_shares(columns: &mut [ColumnMeasure]) {
    let mut left = 1.0_f32;
    for column in columns {
        column.share = column.share.clamp(0.0, left);
        left -= column.share;
    }
}

/// Gives a spanning cell's demands to the columns below it, as far as they do not meet them
/// already. `inner_gaps` is the spacing between the columns, which the cell covers too.
pub fn include_spanning(columns: &mut [ColumnMeasure], cell: ColumnMeasure, inner_gaps: Pt) {
    let without_share = columns.iter().filter(|column| column.share == 0.0).count();
    let shares: f32 = columns.iter().map(|column| column.share).sum();
    if cell.share > shares && without_share > 0 {
        let total: Pt = columns.iter().filter(|c| c.share == 0.0).map(|c| c.max).sum();
        let surplus = cell.share - shares;
        for column in columns.iter_mut().filter(|column| column.share == 0.0) {
            let part =
                if total > Pt::ZERO { column.max / total } else { 1.0 / without_share as f32 };
            column.share = surplus * part;
        }
    }
    for (column, width) in distribute(columns, cell.min - inner_gaps).into_iter().enumerate() {
        columns[column].min = columns[column].min.max(width);
        columns[column].max = columns[column].max.max(width);
    }
    for (column, width) in distribute(columns, cell.max - inner_gaps).into_iter().enumerate() {
        columns[column].max = columns[column].max.max(width);
    }
}

/// As narrow as the columns can be together, and as wide as they would like: a column with a
/// share asks for a table of which its preferred width is that share.
pub fn table_min_max(columns: &[ColumnMeasure]) -> (Pt, Pt) {
    let min: Pt = columns.iter().map(|column| column.min).sum();
    let mut max: Pt = columns.iter().map(|column| column.max).sum();
    let shares: f32 = columns.iter().map(|column| column.share).sum();
    for column in columns.iter().filter(|column| column.share > 0.0) {
        max = max.max(column.max / column.share);
    }
    let others: Pt = columns.iter().filter(|c| c.share == 0.0).map(|c| c.max).sum();
    if shares > 0.0 && others > Pt::ZERO {
        max = max.max(others / (1.0 - shares).max(1.0e-6));
    }
    (min, max.min(Pt::HUGE).max(min))
}

/// The widths of the columns for `assignable`, which frame and spacing are not part of. Never
/// less than the minima.
pub fn distribute(columns: &[ColumnMeasure], assignable: Pt) -> Vec<Pt> {
    let with_shares = |other: fn(&ColumnMeasure) -> Pt| {
        let width = |column: &ColumnMeasure| match column.share {
            0.0 => other(column),
            share => (assignable * share).max(column.min),
        };
        columns.iter().map(width).collect::<Vec<Pt>>()
    };
    let guesses = [
        columns.iter().map(|column| column.min).collect::<Vec<Pt>>(),
        with_shares(|column| column.min),
        with_shares(|column| if column.fixed { column.max } else { column.min }),
        with_shares(|column| column.max),
    ];
    let sums = guesses.each_ref().map(|guess| guess.iter().copied().sum::<Pt>());
    if assignable <= sums[0] {
        let [minima, ..] = guesses;
        return minima;
    }
    for upper in 1..guesses.len() {
        if assignable <= sums[upper] {
            let span = sums[upper] - sums[upper - 1];
            let part = if span > Pt::ZERO { (assignable - sums[upper - 1]) / span } else { 0.0 };
            let pairs = guesses[upper - 1].iter().zip(&guesses[upper]);
            return pairs.map(|(low, high)| *low + (*high - *low) * part).collect();
        }
    }
    let [.., mut widths] = guesses;
    grow(columns, &mut widths, assignable - sums[3]);
    widths
}

/// Shares out what is left over: to columns that may grow freely by their content, else to empty
/// ones evenly, else to those of specified length, else by shares, else evenly.
fn grow(columns: &[ColumnMeasure], widths: &mut [Pt], excess: Pt) {
    type Rule = (fn(&ColumnMeasure) -> bool, fn(&ColumnMeasure) -> f32);
    let rules: [Rule; 5] = [
        (|column| column.share == 0.0 && !column.fixed && column.max > Pt::ZERO, |c| c.max.0),
        (|column| column.share == 0.0 && !column.fixed, |_| 1.0),
        (|column| column.share == 0.0 && column.max > Pt::ZERO, |column| column.max.0),
        (|column| column.share > 0.0, |column| column.share),
        (|_| true, |_| 1.0),
    ];
    for (applies, weight) in rules {
        let total: f32 = columns.iter().filter(|c| applies(c)).map(weight).sum();
        if total > 0.0 {
            for (column, width) in columns.iter().zip(widths).filter(|(c, _)| applies(c)) {
                *width += excess * (weight(column) / total);
            }
            return;
        }
    }
}
