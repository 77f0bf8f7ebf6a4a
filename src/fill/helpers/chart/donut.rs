//! `{{donut (group people by="country") title="…"}}`: the shares of a whole as parts of a ring.

use std::f64::consts::TAU;
use std::fmt::Write;

use super::{
    Call, Datum, Drawing, Fault, Figures, LEADING, PALETTE, QUIET, TEXT, TO_BASELINE, WordValue,
    lettering, percent, word,
};

/// The ring's outer and inner radius.
const OUTER: f64 = 62.0;
const INNER: f64 = 36.0;
/// From the ring to the list beside it.
const GUTTER: f64 = 22.0;
/// From the ring to the list below it.
const BELOW: f64 = 8.0;
const CHIP: f64 = 7.5;
/// From a row's start to its label.
const TO_LABEL: f64 = CHIP + 5.0;
/// Between label, number and share.
const BETWEEN: f64 = 12.0;
/// Labels and shares have this much more room than their letters take, about.
const SLACK: f64 = 2.0;
/// The room that labels of several words have at least.
const LEAST_LABEL: f64 = 60.0;
const ROW: f64 = 15.0;
/// More parts than this become one, since colours end there.
const MOST_PARTS: usize = PALETTE.len();
/// A part of less than this share is too narrow for its percentage.
const NARROW: f64 = 0.075;

/// A part of the ring.
struct Part {
    label: String,
    value: f64,
    shown: String,
    share: String,
}

pub(in crate::fill::helpers) fn run(call: &Call) -> Result<String, Fault> {
    let mut figures = Figures::new(call)?;
    let data = super::data(call, &mut figures)?;
    let items = super::items(call, call.arg(0)?)?;
    if let Some((negative, item)) = data.iter().zip(&items).find(|(datum, _)| datum.value < 0.0) {
        let message =
            format!("`{}` is less than zero, which no part of a whole is", negative.label);
        return Err(call.fault_of(item, "fill/negative", message).help("show it with `bars`"));
    }
    let table = || super::table::of_data(call, &data);
    let sum: f64 = data.iter().map(|datum| datum.value).sum();
    if sum <= 0.0 {
        return super::figure(call, "donut", &super::all_zero(call)?, table);
    }
    let total = figures.sum(call, sum)?;
    let parts = parts(call, &figures, &data, sum)?;
    let all = parts_of(call, &data, sum)?;
    let said_parts: Vec<(&str, String)> =
        all.iter().map(|part| (&*part.label, format!("{} ({})", part.shown, part.share))).collect();
    let mut said = vec![super::said_values(call, &said_parts)?];
    said.push(match data.len() {
        1 => word(call, "chart.total", &[("total", WordValue::Text(total.clone()))])?,
        _ => super::said_range(call, &data, &total)?,
    });
    let alternative = super::alternative(call, "donut", &said)?;
    let total_word = word(call, "chart.whole", &[])?;
    let width = super::width(call)?;
    let drawing = draw(&parts, sum, (&total, &total_word), width, &alternative)
        .map_err(|needed| too_narrow(call, width, needed))?;
    super::figure(call, "donut", &drawing, table)
}

fn too_narrow(call: &Call, width: f64, needed: f64) -> Fault {
    let message = format!("the chart is {width:.0} points wide, too narrow for its longest label");
    let help = format!("write `width={:.0}` or more, or give shorter labels", needed.ceil());
    call.fault("fill/too-narrow", message).help(help)
}

fn parts_of(call: &Call, data: &[Datum], sum: f64) -> Result<Vec<Part>, Fault> {
    let part = |datum: &Datum| {
        let (label, shown) = (datum.label.clone(), datum.shown.clone());
        Ok(Part { label, value: datum.value, shown, share: share(call, datum.value / sum)? })
    };
    data.iter().map(part).collect()
}

/// The parts as they are drawn: the largest ones, and what is left as one.
fn parts(call: &Call, figures: &Figures, data: &[Datum], sum: f64) -> Result<Vec<Part>, Fault> {
    let mut parts = parts_of(call, data, sum)?;
    if parts.len() <= MOST_PARTS {
        return Ok(parts);
    }
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| data[b].value.total_cmp(&data[a].value).then(a.cmp(&b)));
    let mut kept: Vec<usize> = order.iter().copied().take(MOST_PARTS - 1).collect();
    kept.sort_unstable();
    let rest: f64 = order.iter().skip(MOST_PARTS - 1).map(|&index| data[index].value).sum();
    let count = (parts.len() - kept.len()) as u64;
    let mut index = 0;
    parts.retain(|_| {
        index += 1;
        kept.binary_search(&(index - 1)).is_ok()
    });
    parts.push(Part {
        label: word(call, "chart.others", &[("count", WordValue::Number(count))])?,
        value: rest,
        shown: figures.sum(call, rest)?,
        share: share(call, rest / sum)?,
    });
    Ok(parts)
}

/// A share in whole percent; a small one says so.
fn share(call: &Call, share: f64) -> Result<String, Fault> {
    let hundredths = share * 100.0;
    if hundredths > 0.0 && hundredths < 0.5 {
        return Ok(format!("< {}", percent(call, "1".to_owned())?));
    }
    percent(call, format!("{:.0}", hundredths.round()))
}

/// The list of the parts: chip, label, number and share in a row each.
struct Legend {
    /// The labels' lines, and the room that they have.
    lines: Vec<Vec<String>>,
    room: f64,
    heights: Vec<f64>,
    numbers: f64,
    shares: f64,
}

impl Legend {
    /// The list in `width`; else the width that it needs at least, since no word is cut.
    fn new(parts: &[Part], width: f64) -> Result<Legend, f64> {
        let widest = |texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|text| lettering::width(text, TEXT)).fold(0.0, f64::max)
        };
        let numbers = widest(&mut parts.iter().map(|part| &*part.shown));
        let shares = widest(&mut parts.iter().map(|part| &*part.share));
        let label = widest(&mut parts.iter().map(|part| &*part.label)) + SLACK;
        let word = widest(&mut parts.iter().flat_map(|part| part.label.split_whitespace()));
        let beside = TO_LABEL + numbers + shares + 2.0 * BETWEEN + SLACK;
        let least = label.min(word.max(LEAST_LABEL));
        if width < beside + least {
            return Err(beside + least);
        }
        let room = label.min(width - beside);
        let wrapped = |part: &Part| lettering::wrap(&part.label, room, TEXT);
        let lines: Vec<Vec<String>> = parts.iter().map(wrapped).collect();
        let heights = super::row_heights(&lines, ROW);
        Ok(Legend { lines, room, heights, numbers, shares })
    }

    fn height(&self) -> f64 {
        self.heights.iter().sum()
    }

    fn draw(&self, drawing: &mut Drawing, parts: &[Part], (left, mut top): (f64, f64)) {
        let label = left + TO_LABEL;
        let number = label + self.room + BETWEEN + self.numbers;
        let share = number + BETWEEN + self.shares;
        let rows = self.lines.iter().zip(&self.heights);
        for ((part, color), (lines, height)) in parts.iter().zip(PALETTE).zip(rows) {
            let middle = top + height / 2.0;
            drawing.rect(left, middle - CHIP / 2.0, CHIP, CHIP, color);
            drawing.lines(label, middle, "start", lines);
            let y = middle + TO_BASELINE;
            drawing.text((number, y), "end", " font-weight=\"600\"", &part.shown);
            let fill = format!(" fill=\"{QUIET}\"");
            drawing.text((share, y), "end", &fill, &part.share);
            top += height;
        }
    }
}

/// The ring with the list beside it, or below it where there is no room; the width that is needed
/// where there is none either.
fn draw(
    parts: &[Part],
    sum: f64,
    total: (&str, &str),
    width: f64,
    alternative: &str,
) -> Result<String, f64> {
    let ring = 2.0 * OUTER;
    if let Ok(legend) = Legend::new(parts, width - ring - GUTTER) {
        let height = legend.height().max(ring);
        let mut drawing = Drawing::new(width, height, alternative);
        draw_ring(&mut drawing, parts, sum, (OUTER, height / 2.0), total);
        let top = (height - legend.height()) / 2.0;
        legend.draw(&mut drawing, parts, (ring + GUTTER, top));
        return Ok(drawing.finish());
    }
    let legend = Legend::new(parts, width)?;
    let mut drawing = Drawing::new(width, ring + BELOW + legend.height(), alternative);
    draw_ring(&mut drawing, parts, sum, (OUTER, OUTER), total);
    legend.draw(&mut drawing, parts, (0.0, ring + BELOW));
    Ok(drawing.finish())
}

/// The ring with the sum in its middle.
fn draw_ring(
    drawing: &mut Drawing,
    parts: &[Part],
    sum: f64,
    (x, y): (f64, f64),
    (total, total_word): (&str, &str),
) {
    ring(drawing, parts, sum, (x, y));
    let size = (17.0 * (2.0 * INNER - 14.0) / lettering::width(total, 17.0)).min(17.0);
    let large = format!(" font-size=\"{size:.1}\" font-weight=\"600\"");
    drawing.text((x, y + 3.0), "middle", &large, total);
    let quiet = format!(" font-size=\"7.5\" fill=\"{QUIET}\"");
    drawing.text((x, y + 3.0 + LEADING), "middle", &quiet, total_word);
}

/// The ring, from the top and with the clock, a thread of paper between its parts.
fn ring(drawing: &mut Drawing, parts: &[Part], sum: f64, middle: (f64, f64)) {
    let point = |share: f64, radius: f64| {
        let (sin, cos) = (share * TAU).sin_cos();
        (middle.0 + radius * sin, middle.1 - radius * cos)
    };
    let mut start = 0.0;
    for (part, color) in parts.iter().zip(PALETTE) {
        let share = part.value / sum;
        if share <= 0.0 {
            continue;
        }
        let end = start + share;
        // A full ring is two halves without a seam: an arc whose ends meet draws nothing.
        let halves = if share > 0.999 { vec![(0.0, 0.5), (0.5, 1.0)] } else { vec![(start, end)] };
        let thread = if share > 0.999 { color } else { "#ffffff" };
        for (from, to) in halves {
            let large = u8::from(to - from > 0.5);
            let ((ax, ay), (bx, by)) = (point(from, OUTER), point(to, OUTER));
            let ((cx, cy), (dx, dy)) = (point(to, INNER), point(from, INNER));
            let _ = write!(
                drawing.svg,
                "<path d=\"M{ax:.2} {ay:.2}A{OUTER} {OUTER} 0 {large} 1 {bx:.2} {by:.2}L{cx:.2} \
                 {cy:.2}A{INNER} {INNER} 0 {large} 0 {dx:.2} {dy:.2}Z\" fill=\"{color}\" \
                 stroke=\"{thread}\" stroke-width=\"0.9\"/>"
            );
        }
        if share >= NARROW {
            let (x, y) = point((start + end) / 2.0, (OUTER + INNER) / 2.0);
            let fill = format!(" font-size=\"7.5\" fill=\"{}\"", super::letters_on(color));
            drawing.text((x, y + 2.5), "middle", &fill, &part.share);
        }
        start = end;
    }
}
