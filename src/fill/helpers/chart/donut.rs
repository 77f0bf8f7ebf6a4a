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
const CHIP: f64 = 7.5;
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
    let drawing = draw(&parts, sum, (&total, &total_word), super::width(call)?, &alternative);
    super::figure(call, "donut", &drawing, table)
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

fn draw(
    parts: &[Part],
    sum: f64,
    (total, total_word): (&str, &str),
    width: f64,
    alternative: &str,
) -> String {
    let left = 2.0 * OUTER + GUTTER;
    let numbers = parts.iter().map(|part| lettering::width(&part.shown, TEXT)).fold(0.0, f64::max);
    let shares = parts.iter().map(|part| lettering::width(&part.share, TEXT)).fold(0.0, f64::max);
    let widest = parts.iter().map(|part| lettering::width(&part.label, TEXT)).fold(0.0, f64::max);
    let room = (width - left - CHIP - 5.0 - numbers - shares - 26.0).max(60.0).min(widest + 2.0);
    let lines: Vec<Vec<String>> =
        parts.iter().map(|part| lettering::wrap(&part.label, room, TEXT)).collect();
    let heights = super::row_heights(&lines, ROW);
    let list: f64 = heights.iter().sum();
    let height = list.max(2.0 * OUTER);
    let mut drawing = Drawing::new(width, height, alternative);
    ring(&mut drawing, parts, sum, height / 2.0);
    let size = |text: &str| (17.0 * (2.0 * INNER - 14.0) / lettering::width(text, 17.0)).min(17.0);
    let large = format!(" font-size=\"{:.1}\" font-weight=\"600\"", size(total));
    drawing.text((OUTER, height / 2.0 + 3.0), "middle", &large, total);
    let quiet = format!(" font-size=\"7.5\" fill=\"{QUIET}\"");
    drawing.text((OUTER, height / 2.0 + 3.0 + LEADING), "middle", &quiet, total_word);
    let label = left + CHIP + 5.0;
    let number = label + room + 12.0 + numbers;
    let mut top = (height - list) / 2.0;
    for (((part, color), lines), height) in parts.iter().zip(PALETTE).zip(&lines).zip(&heights) {
        let middle = top + height / 2.0;
        drawing.rect(left, middle - CHIP / 2.0, CHIP, CHIP, color);
        drawing.lines(label, middle, "start", lines);
        let y = middle + TO_BASELINE;
        drawing.text((number, y), "end", " font-weight=\"600\"", &part.shown);
        let fill = format!(" fill=\"{QUIET}\"");
        drawing.text((number + 12.0 + shares, y), "end", &fill, &part.share);
        top += height;
    }
    drawing.finish()
}

/// The ring, from the top and with the clock, a thread of paper between its parts.
fn ring(drawing: &mut Drawing, parts: &[Part], sum: f64, middle: f64) {
    let point = |share: f64, radius: f64| {
        let (sin, cos) = (share * TAU).sin_cos();
        (OUTER + radius * sin, middle - radius * cos)
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
