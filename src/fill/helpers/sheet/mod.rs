//! `(sheet options.sheet)`: how cards stand on a sheet of A4, by the sheet's name or by measures of
//! one's own.

pub(super) mod marks;
mod table;

#[cfg(test)]
mod tests;

use serde_json::{Map, Number, Value as Json};

use crate::fill::call::{Call, Given, keys_help};
use crate::fill::fault::{Fault, Names};
use crate::near;

use table::SHEETS;

/// The sheet that is meant where none is named.
const DEFAULT: &str = "badge-90x54";
/// Width and height of A4 in millimetres (ISO 216).
const A4: (f64, f64) = (210.0, 297.0);
/// More cards than this in a row or column are a slip.
const MOST: f64 = 40.0;
/// Less than this past the edge is rounding, in millimetres.
const TOLERATED: f64 = 0.001;

/// The grid of cards on a sheet of A4, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sheet {
    pub name: &'static str,
    /// Numbers of products that are cut like this.
    pub products: &'static [&'static str],
    pub columns: u32,
    pub rows: u32,
    /// Of a card.
    pub width: f64,
    /// Of a card.
    pub height: f64,
    /// From the sheet's left edge to the first card.
    pub left: f64,
    /// From the sheet's top edge to the first card.
    pub top: f64,
    /// Between two columns.
    pub gap_x: f64,
    /// Between two rows.
    pub gap_y: f64,
    /// Whether the cards are cut already, so that no marks are wanted.
    pub precut: bool,
}

impl Sheet {
    /// From the right edge of the last card to the sheet's edge.
    fn right(&self) -> f64 {
        A4.0 - self.left - across(self.columns, self.width, self.gap_x)
    }

    /// From the bottom edge of the last card to the sheet's edge.
    fn bottom(&self) -> f64 {
        A4.1 - self.top - across(self.rows, self.height, self.gap_y)
    }

    fn to_json(self) -> Json {
        let mut map = Map::new();
        map.insert("name".to_owned(), Json::from(self.name));
        map.insert("columns".to_owned(), Json::from(self.columns));
        map.insert("rows".to_owned(), Json::from(self.rows));
        map.insert("per-page".to_owned(), Json::from(self.columns * self.rows));
        let lengths = [
            ("width", self.width),
            ("height", self.height),
            ("left", self.left),
            ("top", self.top),
            ("right", self.right()),
            ("bottom", self.bottom()),
            ("gap-x", self.gap_x),
            ("gap-y", self.gap_y),
        ];
        map.extend(lengths.map(|(key, length)| (key.to_owned(), millimetres(length))));
        map.insert("precut".to_owned(), Json::from(self.precut));
        Json::Object(map)
    }
}

/// What cards of one `length` take together.
fn across(count: u32, length: f64, gap: f64) -> f64 {
    f64::from(count) * length + f64::from(count.saturating_sub(1)) * gap
}

/// A length to a thousandth, without a decimal point where there is nothing behind it.
fn millimetres(length: f64) -> Json {
    let rounded = (length * 1000.0).round() / 1000.0;
    match rounded.fract() == 0.0 {
        true => Json::from(rounded as i64),
        false => Number::from_f64(rounded).map_or(Json::Null, Json::Number),
    }
}

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    Ok(read(call, call.arg(0)?)?.to_json())
}

/// The sheet that an argument names or measures.
fn read(call: &Call, given: &Given) -> Result<Sheet, Fault> {
    match given.value {
        Json::Null => named(call, given, DEFAULT),
        Json::String(name) => named(call, given, name),
        // A number of a product that YAML takes for a number.
        Json::Number(number) => named(call, given, &number.to_string()),
        Json::Object(map) => own(call, given, map),
        _ => Err(call.wrong(given, "the name of a sheet or its measures")),
    }
}

fn named(call: &Call, given: &Given, name: &str) -> Result<Sheet, Fault> {
    let is_named = |known: &&str| known.eq_ignore_ascii_case(name.trim());
    let is_it = |sheet: &&Sheet| is_named(&sheet.name) || sheet.products.iter().any(is_named);
    SHEETS.iter().find(is_it).copied().ok_or_else(|| {
        let names: Vec<&str> = SHEETS.iter().map(|sheet| sheet.name).collect();
        let all = SHEETS.iter().flat_map(|sheet| sheet.products.iter().chain([&sheet.name]));
        let fault =
            call.fault_of(given, "fill/unknown-sheet", format!("there is no sheet `{name}`"));
        let fault = match near::help(name, all.copied()) {
            Some(help) => fault.help(help),
            None => fault.help(format!("the sheets are {}", Names(&names))),
        };
        fault.help("or give its measures: columns, rows, width, height (in millimetres)")
    })
}

/// Measures of one's own: what is not given is the middle of the sheet, and no gap.
fn own(call: &Call, given: &Given, map: &Map<String, Json>) -> Result<Sheet, Fault> {
    // What the helper gives itself may be given to it again.
    const DERIVED: &[&str] = &["name", "per-page", "right", "bottom", "precut"];
    const MEASURES: &[&str] =
        &["columns", "rows", "width", "height", "left", "top", "gap-x", "gap-y"];
    let known = || MEASURES.iter().chain(DERIVED).copied();
    if let Some(key) = map.keys().find(|key| known().all(|known| known != *key)) {
        let fault =
            call.fault_of(given, "fill/unknown-key", format!("a sheet has no measure `{key}`"));
        return Err(match near::help(key, known()) {
            Some(help) => fault.help(help),
            None => fault.help(format!("its measures are {}", Names(MEASURES))),
        });
    }
    let number = |key: &str| match map.get(key) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => {
            let number = value.as_f64().filter(|number| number.is_finite() && *number >= 0.0);
            number.map(Some).ok_or_else(|| wrong_measure(call, given, key, value))
        }
    };
    let wanted = |key: &str| {
        number(key)?.filter(|number| *number > 0.0).ok_or_else(|| {
            call.fault_of(given, "fill/missing-value", format!("the sheet has no `{key}`"))
                .help(keys_help(key, map))
                .help("a sheet needs columns, rows, width and height (in millimetres)")
        })
    };
    let count = |key: &str| {
        let number = wanted(key)?;
        match number.fract() == 0.0 && number <= MOST {
            true => Ok(number as u32),
            false => Err(wrong_measure(call, given, key, map.get(key).unwrap_or(&Json::Null))),
        }
    };
    let (columns, rows) = (count("columns")?, count("rows")?);
    let (width, height) = (wanted("width")?, wanted("height")?);
    let (gap_x, gap_y) = (number("gap-x")?.unwrap_or(0.0), number("gap-y")?.unwrap_or(0.0));
    let middle = |whole: f64, taken: f64| ((whole - taken) / 2.0).max(0.0);
    let left = number("left")?.unwrap_or_else(|| middle(A4.0, across(columns, width, gap_x)));
    let top = number("top")?.unwrap_or_else(|| middle(A4.1, across(rows, height, gap_y)));
    let precut = map.get("precut").is_some_and(crate::fill::call::truthy);
    let (name, products) = ("own", &[][..]);
    let sheet =
        Sheet { name, products, columns, rows, width, height, left, top, gap_x, gap_y, precut };
    for (rest, whole, what) in [(sheet.right(), A4.0, "wide"), (sheet.bottom(), A4.1, "high")] {
        if rest < -TOLERATED {
            let message = format!(
                "the cards do not stand on the sheet: they end {:.1} mm past its edge",
                -rest
            );
            return Err(call
                .fault_of(given, "fill/sheet-too-small", message)
                .help(format!("A4 is {whole} mm {what}; make cards, gaps or margins smaller")));
        }
    }
    Ok(sheet)
}

fn wrong_measure(call: &Call, given: &Given, key: &str, value: &Json) -> Fault {
    let wanted = match key {
        "columns" | "rows" => format!("a whole number from 1 to {MOST}"),
        _ => "a number of millimetres, without a unit".to_owned(),
    };
    call.fault_of(given, "fill/wrong-kind", format!("`{key}` of the sheet is {value}"))
        .help(format!("`{key}` is {wanted}"))
}
