//! Bars that stand: numbers above them, labels below.

use super::bars::Span;
use super::{Datum, Drawing, LEADING, PALETTE, TEXT, lettering};

/// The height of the tallest bar and the deepest one together.
const HEIGHT: f64 = 110.0;
/// Bars are at most this wide.
const WIDEST: f64 = 34.0;
/// Room of a line of numbers.
const NUMBER: f64 = 12.0;
const MOST_LABEL_LINES: usize = 4;

/// The drawing; `None` when labels or numbers would run into each other, so that lying bars show
/// the same better.
pub(super) fn draw(data: &[Datum], width: f64, alternative: &str) -> Option<String> {
    let column = width / data.len() as f64;
    let room = column - 6.0;
    let labels: Vec<Vec<String>> =
        data.iter().map(|datum| lettering::wrap(&datum.label, room, TEXT)).collect();
    let fits = |text: &str| lettering::width(text, TEXT) <= room;
    let lines = labels.iter().map(Vec::len).max().unwrap_or(1);
    let all_fit = labels.iter().flatten().all(|line| fits(line))
        && data.iter().all(|datum| fits(&datum.shown));
    if !all_fit || lines > MOST_LABEL_LINES {
        return None;
    }
    let span = Span::new(data);
    let has_negative = data.iter().any(|datum| datum.value < 0.0);
    let floor = NUMBER + HEIGHT;
    let below = if has_negative { NUMBER } else { 0.0 };
    let height = floor + below + 4.0 + lines as f64 * LEADING;
    let at = |value: f64| floor - HEIGHT * span.share(value);
    let mut drawing = Drawing::new(width, height, alternative);
    for (index, (datum, lines)) in data.iter().zip(&labels).enumerate() {
        let middle = (index as f64 + 0.5) * column;
        let bar = (column * 0.6).min(WIDEST);
        let (top, bottom) = (at(datum.value).min(at(0.0)), at(datum.value).max(at(0.0)));
        if bottom > top {
            drawing.rect(middle - bar / 2.0, top, bar, bottom - top, PALETTE[0]);
        }
        let number = if datum.value < 0.0 { bottom + 9.0 } else { top - 3.5 };
        drawing.text((middle, number), "middle", "", &datum.shown);
        for (index, line) in lines.iter().enumerate() {
            let y = floor + below + LEADING + index as f64 * LEADING;
            drawing.text((middle, y), "middle", "", line);
        }
    }
    drawing.line((0.0, at(0.0)), (width, at(0.0)));
    Some(drawing.finish())
}
