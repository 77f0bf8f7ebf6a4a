//! Charts drawn from data: what `bars`, `stacked-bars` and `donut` share.
//!
//! Each value is written beside its shape, so that nobody has to compare colours or lengths
//! (WCAG 1.4.1), and the whole is told in words for those who do not see it.

pub(super) mod bars;
mod columns;
pub(super) mod donut;
pub(in crate::fill) mod lettering;
pub(super) mod stacked;
mod table;

use std::fmt::Write;

use serde_json::Value as Json;

use super::word::word;
use crate::fill::call::{Call, Given};
use crate::fill::dispatch::{escape, unprintable};
use crate::fill::fault::Fault;
use crate::locale::WordValue;

/// Options that every chart knows.
macro_rules! options {
    ($($own:literal),*) => {
        &["label", "title", "width", "decimals", "percent", "alt", "table", $($own),*]
    };
}
pub(super) use options;

/// Size of the letters, in points.
const TEXT: f64 = 8.5;
/// Distance of the lines of a label.
const LEADING: f64 = 10.5;
/// From the middle of a line of capitals and figures to its baseline.
const TO_BASELINE: f64 = TEXT * 0.33;
/// The width of the text on a page of the house.
const WIDTH: u64 = 459;
/// In less there is no room for a label beside its shape.
const LEAST_WIDTH: u64 = 160;
/// More items than anybody looks at.
const MOST_ITEMS: usize = 200;

/// Colours of shapes: each has a contrast of 3:1 with white paper (WCAG 1.4.11), and neighbours
/// differ in lightness, so that they stay apart in grey.
pub(super) const PALETTE: [&str; 6] =
    ["#17395c", "#c07a1a", "#8f2413", "#7d8a97", "#5b4a8a", "#3f9a8a"];
const QUIET: &str = "#55606b";
const HAIRLINE: &str = "#8d98a3";

/// An item with its number.
struct Datum {
    label: String,
    value: f64,
    /// As the language writes it.
    shown: String,
}

/// Numbers of a chart, and how they are written.
struct Figures {
    decimals: Option<u8>,
    percent: bool,
    /// The most decimals that any number has.
    finest: usize,
}

impl Figures {
    fn new(call: &Call) -> Result<Figures, Fault> {
        let decimals = match call.option("decimals") {
            Some(_) => u8::try_from(call.number_option("decimals", 0, 0..=12)?).ok(),
            None => None,
        };
        Ok(Figures { decimals, percent: call.flag("percent"), finest: 0 })
    }

    /// The number that an item gives, and how it is written.
    fn read(&mut self, call: &Call, given: &Given) -> Result<(f64, String), Fault> {
        let digits = match given.value {
            Json::Number(number) => number.to_string(),
            Json::String(text) => text.trim().to_owned(),
            Json::Null => return Err(call.null(given)),
            _ => return Err(call.wrong(given, "a number")),
        };
        let value = digits.parse::<f64>().ok().filter(|value| value.is_finite());
        let value = value.ok_or_else(|| call.wrong(given, "a number"))?;
        if let Some((_, decimals)) = digits.split_once('.') {
            self.finest = self.finest.max(decimals.len().min(12));
        }
        let shown = self.write(call, &digits).ok_or_else(|| call.wrong(given, "a number"))?;
        Ok((value, shown?))
    }

    /// A sum as the language writes it.
    fn sum(&self, call: &Call, value: f64) -> Result<String, Fault> {
        let mut digits = format!("{value:.*}", self.finest);
        if digits.contains('.') {
            digits.truncate(digits.trim_end_matches('0').trim_end_matches('.').len());
        }
        self.write(call, &digits).unwrap_or(Ok(digits))
    }

    fn write(&self, call: &Call, digits: &str) -> Option<Result<String, Fault>> {
        let number = call.locale().number(digits, self.decimals)?;
        // A minus sign as wide as a plus, which figures are set with.
        let number = number.replace('-', "\u{2212}");
        Some(if self.percent { percent(call, number) } else { Ok(number) })
    }
}

/// A number with the language's sign for "of a hundred".
fn percent(call: &Call, number: String) -> Result<String, Fault> {
    word(call, "chart.percent", &[("number", WordValue::Text(number))])
}

/// The items of a chart, of which there are some and not too many.
fn items<'a>(call: &Call<'a>, given: &Given<'a>) -> Result<Vec<Given<'a>>, Fault> {
    let items = call.items(given)?;
    if items.is_empty() {
        return Err(call
            .fault_of(given, "fill/empty-list", "there is nothing to draw in the chart")
            .help("ask first with `{{#if …}}`, and say in `{{else}}` that there is nothing"));
    }
    if items.len() > MOST_ITEMS {
        let message = format!("{} items are too many for a chart", items.len());
        return Err(call.fault_of(given, "fill/too-many", message).help(format!(
            "group them, or print them as a table; at most {MOST_ITEMS} are drawn"
        )));
    }
    Ok(items)
}

/// The label and the number of each item.
fn data(call: &Call, figures: &mut Figures) -> Result<Vec<Datum>, Fault> {
    let keys = call.text_option("value", "value,count")?;
    let mut read = |item: &Given| {
        let (value, shown) = figures.read(call, &first_of(call, item, &keys)?)?;
        Ok(Datum { label: label(call, item)?, value, shown })
    };
    items(call, call.arg(0)?)?.iter().map(&mut read).collect()
}

/// An item's label.
fn label(call: &Call, item: &Given) -> Result<String, Fault> {
    let keys = call.text_option("label", "label,key,title,name")?;
    let given = first_of(call, item, &keys)?;
    let label = call.text(&given)?.into_owned();
    match unprintable(call, &given, &label) {
        Some(fault) => Err(fault),
        None => Ok(label),
    }
}

/// The value under the first of the keys (commas between them) that an item has.
fn first_of<'a>(call: &Call<'a>, item: &Given<'a>, keys: &str) -> Result<Given<'a>, Fault> {
    let mut keys = keys.split(',').map(str::trim);
    let first = keys.next().unwrap_or_default();
    let found = call.key(item, first);
    if matches!(&found, Ok(given) if !given.value.is_null()) {
        return found;
    }
    let others = keys.filter_map(|key| call.key(item, key).ok());
    match others.into_iter().find(|given| !given.value.is_null()) {
        Some(given) => Ok(given),
        None => match found {
            Ok(_) => Err(call
                .fault("fill/missing-value", format!("`{first}` is empty in an item"))
                .path(item.path.as_deref(), format!("`{first}` is empty here"))
                .help("give it, or leave the item out of the chart with `where`")),
            missing => missing,
        },
    }
}

/// The title, if the chart has one.
fn title(call: &Call) -> Result<Option<String>, Fault> {
    let Some(given) = call.option("title") else { return Ok(None) };
    let title = call.text(given)?.into_owned();
    match unprintable(call, given, &title) {
        Some(fault) => Err(fault),
        None => Ok(Some(title)),
    }
}

fn width(call: &Call) -> Result<f64, Fault> {
    Ok(call.number_option("width", WIDTH, LEAST_WIDTH..=2000)? as f64)
}

/// What the chart shows, in words: `alt`, or what is said here of its items.
fn alternative(call: &Call, kind: &str, said: &[String]) -> Result<String, Fault> {
    if let Some(alt) = call.option("alt") {
        let text = call.text(alt)?.into_owned();
        return match unprintable(call, alt, &text) {
            Some(fault) => Err(fault),
            None => Ok(text),
        };
    }
    let kind = word(call, &format!("chart.{kind}"), &[])?;
    let start = match title(call)? {
        Some(title) => {
            let values = [("kind", WordValue::Text(kind)), ("title", WordValue::Text(title))];
            word(call, "chart.titled", &values)?
        }
        None => format!("{kind}."),
    };
    Ok([&[start][..], said].concat().join(" "))
}

/// "3 values: Oslo 12; Bergen 7; Tromsø 2."
fn said_values(call: &Call, items: &[(&str, String)]) -> Result<String, Fault> {
    let item = |(label, value): &(&str, String)| {
        let label = WordValue::Text((*label).to_owned());
        word(call, "chart.item", &[("label", label), ("value", WordValue::Text(value.clone()))])
    };
    let list: Vec<String> = items.iter().map(item).collect::<Result<_, Fault>>()?;
    let values = [
        ("count", WordValue::Number(items.len() as u64)),
        ("items", WordValue::Text(list.join("; "))),
    ];
    word(call, "chart.values", &values)
}

/// "Largest: Oslo 12; smallest: Tromsø 2. Total: 21."
fn said_range(call: &Call, data: &[Datum], total: &str) -> Result<String, Fault> {
    let order = |a: &&Datum, b: &&Datum| a.value.total_cmp(&b.value);
    let (Some(least), Some(most)) = (data.iter().min_by(order), data.iter().rev().max_by(order))
    else {
        return Ok(String::new());
    };
    let text = |datum: &Datum| WordValue::Text(format!("{} {}", datum.label, datum.shown));
    let values = [
        ("largest", text(most)),
        ("smallest", text(least)),
        ("total", WordValue::Text(total.to_owned())),
    ];
    word(call, "chart.range", &values)
}

/// A figure with its title, drawing and, when it is asked for, its data as a table.
fn figure(
    call: &Call,
    kind: &str,
    drawing: &str,
    table: impl FnOnce() -> Result<String, Fault>,
) -> Result<String, Fault> {
    let mut html = format!("<figure class=\"chart {kind}\">");
    if let Some(title) = title(call)? {
        let _ = write!(html, "<figcaption class=\"chart-title\">{}</figcaption>", escape(&title));
    }
    html.push_str(drawing);
    html.push_str("</figure>");
    if call.flag("table") {
        html.push_str(&table()?);
    }
    Ok(html)
}

/// What stands in place of a chart of nothing but zeros.
fn all_zero(call: &Call) -> Result<String, Fault> {
    Ok(format!("<p class=\"chart-empty\">{}</p>", escape(&word(call, "chart.zero", &[])?)))
}

/// A drawing while it is written.
struct Drawing {
    svg: String,
}

impl Drawing {
    fn new(width: f64, height: f64, alternative: &str) -> Drawing {
        let mut svg = String::new();
        // Writing into memory does not fail, here and below.
        let _ = write!(
            svg,
            "<svg role=\"img\" aria-label=\"{}\" xmlns=\"http://www.w3.org/2000/svg\" \
             width=\"{width:.0}pt\" height=\"{height:.1}pt\" viewBox=\"0 0 {width:.0} {height:.1}\" \
             font-family=\"'Source Sans 3', sans-serif\" font-size=\"{TEXT}\" fill=\"currentColor\">",
            escape(alternative)
        );
        Drawing { svg }
    }

    fn rect(&mut self, left: f64, top: f64, width: f64, height: f64, color: &str) {
        let _ = write!(
            self.svg,
            "<rect x=\"{left:.2}\" y=\"{top:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" \
             fill=\"{color}\"/>"
        );
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(
            self.svg,
            "<line x1=\"{:.2}\" y1=\"{:.2}\" x2=\"{:.2}\" y2=\"{:.2}\" stroke=\"{HAIRLINE}\" \
             stroke-width=\"0.5\"/>",
            from.0, from.1, to.0, to.1
        );
    }

    /// `anchor` is `start`, `middle` or `end`; `attributes` follow as they are.
    fn text(&mut self, at: (f64, f64), anchor: &str, attributes: &str, text: &str) {
        let _ = write!(
            self.svg,
            "<text x=\"{:.2}\" y=\"{:.2}\" text-anchor=\"{anchor}\"{attributes}>{}</text>",
            at.0,
            at.1,
            escape(text)
        );
    }

    /// Lines around the middle `y`.
    fn lines(&mut self, x: f64, y: f64, anchor: &str, lines: &[String]) {
        let above = (lines.len() as f64 - 1.0) * LEADING / 2.0;
        for (index, line) in lines.iter().enumerate() {
            let at = y - above + index as f64 * LEADING + TO_BASELINE;
            self.text((x, at), anchor, "", line);
        }
    }

    fn finish(mut self) -> String {
        self.svg.push_str("</svg>");
        self.svg
    }
}

/// The column of labels of a chart with rows: its width, and each label's lines.
fn label_column<'a>(
    labels: impl Iterator<Item = &'a str> + Clone,
    width: f64,
) -> (f64, Vec<Vec<String>>) {
    let widest = labels.clone().map(|label| lettering::width(label, TEXT)).fold(0.0, f64::max);
    let room = widest.min(width * 0.36);
    let lines: Vec<Vec<String>> = labels.map(|label| lettering::wrap(label, room, TEXT)).collect();
    let used = lines.iter().flatten().map(|line| lettering::width(line, TEXT)).fold(0.0, f64::max);
    (used + 8.0, lines)
}

/// Heights of the rows of such a chart.
fn row_heights(lines: &[Vec<String>], least: f64) -> Vec<f64> {
    lines.iter().map(|lines| least.max(lines.len() as f64 * LEADING + 5.0)).collect()
}

/// Red, green and blue of a colour of the palette.
fn channels(color: &str) -> [f64; 3] {
    let at = |from: usize| {
        let digits = color.get(from..from + 2).unwrap_or("00");
        f64::from(u8::from_str_radix(digits, 16).unwrap_or(0)) / 255.0
    };
    [at(1), at(3), at(5)]
}

/// Relative luminance (WCAG 2.2, terms).
fn luminance(color: &str) -> f64 {
    let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = channels(color).map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The colour of letters on a shape: white, or black where white would be too faint.
fn letters_on(color: &str) -> &'static str {
    let white = 1.05 / (luminance(color) + 0.05);
    if white >= 4.5 { "#ffffff" } else { "#000000" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn palette_keeps_its_contrast_to_paper_letters_and_neighbours() {
        let lightness = |color: &str| 116.0 * luminance(color).cbrt() - 16.0;
        for (index, color) in PALETTE.iter().enumerate() {
            let own = luminance(color) + 0.05;
            assert!(1.05 / own >= 3.0, "{color} on paper");
            let letters = luminance(letters_on(color)) + 0.05;
            let contrast = if letters > own { letters / own } else { own / letters };
            assert!(contrast >= 4.5, "letters on {color}: {contrast}");
            let next = PALETTE[(index + 1) % PALETTE.len()];
            assert!((lightness(color) - lightness(next)).abs() >= 18.0, "{color} beside {next}");
        }
    }
}
