//! `{{crop-marks (sheet options.sheet)}}`: thin lines beside the corners of the cards, outside of
//! them, where a knife goes along. Where cards reach to the edge of the sheet, marks stand on the
//! line between them. A picture as large as the sheet, which nobody reads.

use std::fmt::Write;

use super::{A4, Sheet, read};
use crate::fill::call::Call;
use crate::fill::fault::Fault;

/// How long a mark is, in millimetres.
const LENGTH: f64 = 4.0;
/// From a card's corner to the mark.
const OFFSET: f64 = 1.0;
/// Narrower than this no mark is drawn.
const LEAST: f64 = 0.3;
/// How long a mark on the line between cards is: printers leave out the first few millimetres.
const INSIDE: f64 = 9.0;
/// Nobody cuts off less than this.
const STRIP: f64 = 1.0;

pub(in crate::fill::helpers) fn run(call: &Call) -> Result<String, Fault> {
    let sheet = read(call, call.arg(0)?)?;
    if sheet.precut {
        return Ok(String::new());
    }
    let (width, height) = A4;
    Ok(format!(
        "<svg class=\"crop-marks\" aria-hidden=\"true\" xmlns=\"http://www.w3.org/2000/svg\" \
         width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {width} {height}\"><path \
         fill=\"none\" stroke=\"#6b7680\" stroke-width=\"0.1\" d=\"{}\"/></svg>",
        path(&sheet)
    ))
}

/// All marks: at each edge of a column in the bands above, between and below the rows, and the same
/// for the rows.
fn path(sheet: &Sheet) -> String {
    let columns = edges(sheet.left, sheet.columns, sheet.width, sheet.gap_x);
    let rows = edges(sheet.top, sheet.rows, sheet.height, sheet.gap_y);
    let mut path = String::new();
    // Writing into memory does not fail.
    for x in cuts(&columns, A4.0) {
        for (from, to) in strokes(&rows, A4.1) {
            let _ = write!(path, "M{x:.3} {from:.3}V{to:.3}");
        }
    }
    for y in cuts(&rows, A4.1) {
        for (from, to) in strokes(&columns, A4.0) {
            let _ = write!(path, "M{from:.3} {y:.3}H{to:.3}");
        }
    }
    path
}

/// Where each card of a row or column starts and ends.
fn edges(first: f64, count: u32, length: f64, gap: f64) -> Vec<(f64, f64)> {
    let start = |index: u32| first + f64::from(index) * (length + gap);
    (0..count).map(|index| (start(index), start(index) + length)).collect()
}

/// The places to cut along, each once where cards adjoin.
fn cuts(edges: &[(f64, f64)], whole: f64) -> Vec<f64> {
    let mut cuts: Vec<f64> = edges.iter().flat_map(|(start, end)| [*start, *end]).collect();
    cuts.dedup_by(|a, b| (*a - *b).abs() < LEAST);
    cuts.retain(|at| *at >= STRIP && *at <= whole - STRIP);
    cuts
}

/// The marks along a line that crosses the cards: before the first, between two, behind the last.
fn strokes(cards: &[(f64, f64)], whole: f64) -> Vec<(f64, f64)> {
    let mut strokes = Vec::new();
    let (Some((first, _)), Some((_, last))) = (cards.first(), cards.last()) else { return strokes };
    let (before, behind) = match first - OFFSET >= LEAST {
        true => (first - OFFSET - LENGTH, first - OFFSET),
        false => (0.0, INSIDE),
    };
    strokes.push((before.max(0.0), behind));
    for pair in cards.windows(2) {
        if let [(_, end), (start, _)] = pair {
            let gap = start - end;
            // A wide gap has a mark at each of its sides, a narrow one a mark for both.
            if gap >= 2.0 * (OFFSET + LENGTH) {
                strokes.push((end + OFFSET, end + OFFSET + LENGTH));
                strokes.push((start - OFFSET - LENGTH, start - OFFSET));
            } else {
                let offset = OFFSET.min(gap / 4.0);
                strokes.push((end + offset, start - offset));
            }
        }
    }
    strokes.push(match whole - last - OFFSET >= LEAST {
        true => (last + OFFSET, (last + OFFSET + LENGTH).min(whole)),
        false => (whole - INSIDE, whole),
    });
    strokes.retain(|(from, to)| to - from >= LEAST);
    strokes
}

#[cfg(test)]
mod tests {
    use super::super::SHEETS;
    use super::*;

    #[test]
    fn marks_stand_outside_of_cards_that_have_a_margin_around() {
        for sheet in SHEETS.iter().filter(|sheet| !sheet.precut && sheet.left > 2.0) {
            let columns = edges(sheet.left, sheet.columns, sheet.width, sheet.gap_x);
            for (from, to) in strokes(&columns, A4.0) {
                assert!(from >= 0.0 && to <= A4.0, "{}", sheet.name);
                let on_card = columns.iter().any(|(start, end)| from < *end && to > *start);
                assert!(!on_card, "{}: {from} to {to}", sheet.name);
            }
        }
    }

    #[test]
    fn cards_that_adjoin_are_cut_once() {
        let [wide, ..] = SHEETS else { panic!() };
        assert_eq!((wide.columns, wide.gap_x), (2, 0.0));
        assert_eq!(cuts(&edges(wide.left, 2, wide.width, 0.0), A4.0), [15.0, 105.0, 195.0]);
        assert_eq!(
            strokes(&[(15.0, 105.0), (105.0, 195.0)], 210.0),
            [(10.0, 14.0), (196.0, 200.0)]
        );
    }

    #[test]
    fn cards_up_to_the_edge_have_marks_between_them() {
        let columns = edges(0.0, 2, 105.0, 0.0);
        assert_eq!(cuts(&columns, A4.0), [105.0]);
        assert_eq!(strokes(&columns, A4.0), [(0.0, 9.0), (201.0, 210.0)]);
    }
}
