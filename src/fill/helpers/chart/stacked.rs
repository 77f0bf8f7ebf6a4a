//! `{{stacked-bars (group people by="agency") by="experience" values="new,experienced"}}`: a bar
//! for each item, of as many parts as it has kinds.

use serde_json::Value as Json;

use super::{
    Call, Drawing, Fault, Figures, Given, PALETTE, QUIET, TEXT, TO_BASELINE, WordValue, lettering,
    word,
};

const BAR: f64 = 13.0;
const ROW: f64 = 19.0;
const GAP: f64 = 4.0;
/// The line of the parts' names above the bars.
const KEY: f64 = 18.0;
const CHIP: f64 = 7.5;

/// The parts that every bar has: the key or value behind each, and its name.
struct Parts {
    keys: Vec<String>,
    names: Vec<String>,
    /// The word for what has none of the values.
    rest: Option<String>,
}

/// A bar.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) values: Vec<(f64, String)>,
    total: f64,
    pub(super) total_shown: String,
}

pub(in crate::fill::helpers) fn run(call: &Call) -> Result<String, Fault> {
    let mut parts = parts(call)?;
    let mut figures = Figures::new(call)?;
    let mut rows = rows(call, &parts, &mut figures)?;
    keep_rest(&mut parts, &mut rows);
    let table = || super::table::of_rows(call, &parts.names, &rows);
    if rows.iter().all(|row| row.total == 0.0) {
        return super::figure(call, "stacked-bars", &super::all_zero(call)?, table);
    }
    let said = said(call, &parts, &rows, &figures)?;
    let alternative = super::alternative(call, "stacked-bars", &said)?;
    let names = parts
        .names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let sum = rows.iter().filter_map(|row| row.values.get(index)).map(|(value, _)| value);
            Ok(format!("{name} {}", figures.sum(call, sum.sum())?))
        })
        .collect::<Result<Vec<String>, Fault>>()?;
    let drawing = draw(&names, &rows, super::width(call)?, &alternative);
    super::figure(call, "stacked-bars", &drawing, table)
}

fn parts(call: &Call) -> Result<Parts, Fault> {
    let Some(values) = call.option("values") else {
        return Err(call
            .fault("fill/arguments", "`stacked-bars` needs the parts of its bars")
            .help("write `values=\"new,experienced\"`: keys of each item or, with `by=\"key\"`, values of that key"));
    };
    let values = call.plain(values)?;
    let keys: Vec<String> = values.split(',').map(|key| key.trim().to_owned()).collect();
    let rest = call.option("rest").map(|given| word(call, &call.plain(given)?, &[])).transpose()?;
    if keys.len() + usize::from(rest.is_some()) > PALETTE.len() {
        let message = format!("{} parts are too many for a bar", keys.len());
        return Err(call
            .fault("fill/too-many", message)
            .help(format!("at most {} parts can be told apart", PALETTE.len())));
    }
    let prefix = call.option("words").map(|given| call.plain(given)).transpose()?;
    let name = |key: &String| match &prefix {
        Some(prefix) => word(call, &format!("{prefix}.{key}"), &[]),
        None => Ok(key.clone()),
    };
    let names = keys.iter().map(name).collect::<Result<_, Fault>>()?;
    Ok(Parts { keys, names, rest })
}

/// Gives the rest a name where there is one, and no place where there is none.
fn keep_rest(parts: &mut Parts, rows: &mut [Row]) {
    let Some(name) = parts.rest.take() else { return };
    let is_rest = |row: &Row| row.values.last().is_some_and(|(value, _)| *value > 0.0);
    if rows.iter().any(is_rest) {
        parts.names.push(name);
    } else {
        for row in rows {
            row.values.pop();
        }
    }
}

fn rows(call: &Call, parts: &Parts, figures: &mut Figures) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    for item in super::items(call, call.arg(0)?)? {
        let mut values = Vec::new();
        if let Some(by) = call.option("by") {
            values = counted(call, &item, &call.plain(by)?, parts)?;
        } else {
            for key in &parts.keys {
                let given = super::first_of(call, &item, key)?;
                let (value, shown) = figures.read(call, &given)?;
                if value < 0.0 {
                    let message = format!("`{key}` is less than zero, which no part of a bar is");
                    return Err(call.fault_of(&given, "fill/negative", message));
                }
                values.push((value, shown));
            }
        }
        let total = values.iter().map(|(value, _)| value).sum();
        let label = super::label(call, &item)?;
        rows.push(Row { label, values, total, total_shown: figures.sum(call, total)? });
    }
    Ok(rows)
}

/// How many `items` of a group have each value under the key `by`, and how many none of them.
fn counted(
    call: &Call,
    group: &Given,
    by: &str,
    parts: &Parts,
) -> Result<Vec<(f64, String)>, Fault> {
    let mut counts = vec![0_u32; parts.keys.len() + usize::from(parts.rest.is_some())];
    for item in call.items(&call.key(group, "items")?)? {
        let value = call.key(&item, by)?;
        let text = match value.value {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        let at = parts.keys.iter().position(|key| *key == text).unwrap_or(parts.keys.len());
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
    }
    let shown = |count: u32| {
        let digits = count.to_string();
        (f64::from(count), call.locale().number(&digits, None).unwrap_or(digits))
    };
    Ok(counts.into_iter().map(shown).collect())
}

/// "5 values: Police 20 (New 8, Experienced 12); …" and the sums.
fn said(call: &Call, parts: &Parts, rows: &[Row], figures: &Figures) -> Result<Vec<String>, Fault> {
    let part = |(name, (_, shown)): (&String, &(f64, String))| format!("{name} {shown}");
    let value = |row: &Row| {
        let list: Vec<String> = parts.names.iter().zip(&row.values).map(part).collect();
        format!("{} ({})", row.total_shown, list.join(", "))
    };
    let values: Vec<(&str, String)> =
        rows.iter().map(|row| (row.label.as_str(), value(row))).collect();
    let total = figures.sum(call, rows.iter().map(|row| row.total).sum())?;
    let total = word(call, "chart.total", &[("total", WordValue::Text(total))])?;
    Ok(vec![super::said_values(call, &values)?, total])
}

fn draw(names: &[String], rows: &[Row], width: f64, alternative: &str) -> String {
    let (labels, lines) = super::label_column(rows.iter().map(|row| &*row.label), width);
    let heights = super::row_heights(&lines, ROW);
    let (key_rows, key) = key(names, width - labels);
    let start = key_rows as f64 * KEY;
    let height = start + heights.iter().sum::<f64>();
    let totals = rows.iter().map(|row| lettering::width(&row.total_shown, TEXT) + GAP);
    let room = (width - labels - totals.fold(0.0, f64::max)).max(20.0);
    let most = rows.iter().map(|row| row.total).fold(0.0, f64::max);
    let mut drawing = Drawing::new(width, height, alternative);
    for ((name, color), (x, row)) in names.iter().zip(PALETTE).zip(key) {
        let y = row as f64 * KEY + 6.0;
        drawing.rect(labels + x, y - CHIP / 2.0, CHIP, CHIP, color);
        drawing.text((labels + x + CHIP + GAP, y + TO_BASELINE), "start", "", name);
    }
    let mut top = start;
    for ((row, lines), height) in rows.iter().zip(&lines).zip(&heights) {
        let middle = top + height / 2.0;
        drawing.lines(0.0, middle, "start", lines);
        let mut left = labels;
        for ((value, shown), color) in row.values.iter().zip(PALETTE) {
            let length = room * value / most;
            if length <= 0.0 {
                continue;
            }
            // A thread of paper between parts keeps them apart without colour.
            let thread = if left > labels { 0.75_f64.min(length / 2.0) } else { 0.0 };
            drawing.rect(left + thread, middle - BAR / 2.0, length - thread, BAR, color);
            if lettering::width(shown, TEXT - 0.5) + 5.0 <= length {
                let fill =
                    format!(" font-size=\"{}\" fill=\"{}\"", TEXT - 0.5, super::letters_on(color));
                let at = (left + (length + thread) / 2.0, middle + TO_BASELINE);
                drawing.text(at, "middle", &fill, shown);
            }
            left += length;
        }
        let bold = format!(" font-weight=\"600\" fill=\"{QUIET}\"");
        drawing.text((left + GAP, middle + TO_BASELINE), "start", &bold, &row.total_shown);
        top += height;
    }
    drawing.line((labels, start), (labels, height));
    drawing.finish()
}

/// Where the parts' names stand above the bars: how many lines they take, and each one's start and
/// line.
fn key(names: &[String], room: f64) -> (usize, Vec<(f64, usize)>) {
    let mut places = Vec::new();
    let (mut x, mut row) = (0.0, 0);
    for name in names {
        let width = CHIP + GAP + lettering::width(name, TEXT);
        if x > 0.0 && x + width > room {
            (x, row) = (0.0, row + 1);
        }
        places.push((x, row));
        x += width + 14.0;
    }
    (row + 1, places)
}
