//! `{{bars (group people by="agency") title="…"}}`: a bar for each item, its number at its end.

use super::{Call, Datum, Drawing, Fault, Figures, PALETTE, TEXT, TO_BASELINE, lettering};

/// Thickness of a bar, and what a row takes at least.
const BAR: f64 = 10.0;
const ROW: f64 = 16.0;
/// From a bar's end to its number.
const GAP: f64 = 4.0;

pub(in crate::fill::helpers) fn run(call: &Call) -> Result<String, Fault> {
    let mut figures = Figures::new(call)?;
    let data = super::data(call, &mut figures)?;
    let direction = call.text_option("direction", "horizontal")?;
    let upright = match direction.as_ref() {
        "horizontal" => false,
        "vertical" => true,
        other => {
            return Err(call
                .fault("fill/arguments", format!("there is no direction `{other}` of bars"))
                .help("the directions are `horizontal` and `vertical`"));
        }
    };
    let table = || super::table::of_data(call, &data);
    if data.iter().all(|datum| datum.value == 0.0) {
        return super::figure(call, "bars", &super::all_zero(call)?, table);
    }
    let total = figures.sum(call, data.iter().map(|datum| datum.value).sum())?;
    let values: Vec<(&str, String)> =
        data.iter().map(|datum| (datum.label.as_str(), datum.shown.clone())).collect();
    let mut said = vec![super::said_values(call, &values)?];
    // Shares of different wholes have no sum.
    if data.len() > 1 && !figures.percent {
        said.push(super::said_range(call, &data, &total)?);
    }
    let alternative = super::alternative(call, "bars", &said)?;
    let width = super::width(call)?;
    let columns = upright.then(|| super::columns::draw(&data, width, &alternative)).flatten();
    let drawing = columns.unwrap_or_else(|| draw(&data, width, &alternative));
    super::figure(call, "bars", &drawing, table)
}

fn draw(data: &[Datum], width: f64, alternative: &str) -> String {
    let (labels, lines) = super::label_column(data.iter().map(|datum| &*datum.label), width);
    let heights = super::row_heights(&lines, ROW);
    let height: f64 = heights.iter().sum();
    let span = Span::new(data);
    // Numbers stand outside the bars: to the right, and of negative ones to the left.
    let room = |negative: bool| {
        let of_side = data.iter().filter(|datum| (datum.value < 0.0) == negative);
        let widths = of_side.map(|datum| lettering::width(&datum.shown, TEXT) + GAP);
        widths.fold(0.0, f64::max)
    };
    let (left, right) = (labels + room(true), width - room(false));
    let at = |value: f64| left + (right - left).max(20.0) * span.share(value);
    let mut drawing = Drawing::new(width, height, alternative);
    let mut top = 0.0;
    for ((datum, lines), height) in data.iter().zip(&lines).zip(&heights) {
        let middle = top + height / 2.0;
        drawing.lines(0.0, middle, "start", lines);
        let (from, to) = (at(0.0).min(at(datum.value)), at(0.0).max(at(datum.value)));
        if to > from {
            drawing.rect(from, middle - BAR / 2.0, to - from, BAR, PALETTE[0]);
        }
        let (x, anchor) = if datum.value < 0.0 { (from - GAP, "end") } else { (to + GAP, "start") };
        drawing.text((x, middle + TO_BASELINE), anchor, "", &datum.shown);
        top += height;
    }
    drawing.line((at(0.0), 0.0), (at(0.0), height));
    drawing.finish()
}

/// The numbers from the lowest to the highest, zero among them.
pub(super) struct Span {
    low: f64,
    high: f64,
}

impl Span {
    pub(super) fn new(data: &[Datum]) -> Span {
        let values = data.iter().map(|datum| datum.value);
        Span { low: values.clone().fold(0.0, f64::min), high: values.fold(0.0, f64::max) }
    }

    /// Where a number stands between them, from 0 to 1.
    pub(super) fn share(&self, value: f64) -> f64 {
        let reach = self.high - self.low;
        if reach > 0.0 && reach.is_finite() { (value - self.low) / reach } else { 0.0 }
    }
}
