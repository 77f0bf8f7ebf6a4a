//! Attributes of HTML that say how something looks (HTML Living Standard 15.3).

use std::fmt::Write;

use crate::markup::local_name;

use crate::markup::{Document, Element, Namespace, NodeId};

/// What an element's attributes say: declarations in CSS.
pub(crate) fn hints(document: &Document, id: NodeId, element: &Element) -> String {
    let mut css = String::new();
    if element.namespace != Namespace::Html {
        return css;
    }
    for (name, value) in &element.attributes {
        hint(element, name, value.trim(), &mut css);
    }
    if matches!(element.name, local_name!("td") | local_name!("th"))
        && let Some(table) = table_around(document, id)
    {
        cell_hints(table, &mut css);
    }
    css
}

/// Whether a table says something about its cells.
pub(crate) fn styles_cells(element: &Element) -> bool {
    element.name == local_name!("table")
        && (element.attribute("border").is_some() || element.attribute("cellpadding").is_some())
}

fn table_around(document: &Document, id: NodeId) -> Option<&Element> {
    let mut at = document.node(id).parent;
    // A cell stands in a row, a group and the table.
    for _ in 0..4 {
        let element = document.element(at?)?;
        if element.name == local_name!("table") {
            return Some(element);
        }
        at = document.node(at?).parent;
    }
    None
}

fn cell_hints(table: &Element, css: &mut String) {
    if table.attribute("border").is_some_and(|width| pixels(width, 1) > 0) {
        css.push_str("border:1px inset gray;");
    }
    if let Some(padding) = table.attribute("cellpadding").and_then(|p| p.trim().parse::<u16>().ok())
    {
        let _ = write!(css, "padding:{padding}px;");
    }
}

fn pixels(value: &str, otherwise: u16) -> u16 {
    value.trim().trim_end_matches("px").parse().unwrap_or(otherwise)
}

fn hint(element: &Element, name: &str, value: &str, css: &mut String) {
    let tag: &str = &element.name;
    let is_cell = matches!(tag, "td" | "th");
    let in_table =
        is_cell || matches!(tag, "tr" | "thead" | "tbody" | "tfoot" | "col" | "colgroup" | "table");
    let result = match name {
        "hidden" => write!(css, "display:none;"),
        "dir" => direction(tag, value, css),
        "align" => alignment(tag, value, css),
        "valign" if in_table => match word(value).as_str() {
            word @ ("top" | "middle" | "bottom" | "baseline") => {
                write!(css, "vertical-align:{word};")
            }
            _ => Ok(()),
        },
        "width" if in_table || matches!(tag, "img" | "svg" | "hr") => {
            dimension("width", value, css)
        }
        "height" if in_table || matches!(tag, "img" | "svg") => dimension("height", value, css),
        "nowrap" if is_cell => write!(css, "white-space:nowrap;"),
        "bgcolor" if in_table || tag == "body" => paint("background-color", value, css),
        "color" if tag == "font" => paint("color", value, css),
        "border" if tag == "table" => match pixels(value, 1) {
            0 => Ok(()),
            width => write!(css, "border:{width}px outset gray;"),
        },
        "cellspacing" if tag == "table" => match value.parse::<u16>() {
            Ok(spacing) => write!(css, "border-spacing:{spacing}px;"),
            Err(_) => Ok(()),
        },
        _ => Ok(()),
    };
    debug_assert!(result.is_ok());
}

fn word(value: &str) -> String {
    value.chars().take(20).collect::<String>().to_ascii_lowercase()
}

fn direction(tag: &str, value: &str, css: &mut String) -> std::fmt::Result {
    // The one element that is for overriding the order of letters.
    let manner = if tag == "bdo" { "isolate-override" } else { "isolate" };
    match word(value).as_str() {
        word @ ("ltr" | "rtl") => write!(css, "direction:{word};unicode-bidi:{manner};"),
        "auto" => write!(css, "unicode-bidi:plaintext;"),
        _ => Ok(()),
    }
}

fn alignment(tag: &str, value: &str, css: &mut String) -> std::fmt::Result {
    match (tag, word(value).as_str()) {
        ("table" | "img" | "svg", side @ ("left" | "right")) => write!(css, "float:{side};"),
        ("table" | "hr", "center") => write!(css, "margin-left:auto;margin-right:auto;"),
        ("table" | "img" | "svg" | "hr", _) => Ok(()),
        ("caption", "bottom") => write!(css, "caption-side:bottom;"),
        (_, word @ ("left" | "right" | "center" | "justify")) => {
            write!(css, "text-align:{word};")
        }
        _ => Ok(()),
    }
}

/// A number of pixels or a percentage.
fn dimension(property: &str, value: &str, css: &mut String) -> std::fmt::Result {
    let (number, unit) = match value.strip_suffix('%') {
        Some(number) => (number, "%"),
        None => (value.trim_end_matches("px"), "px"),
    };
    match number.trim().parse::<f32>() {
        Ok(number) if number.is_finite() && number >= 0.0 => {
            write!(css, "{property}:{number}{unit};")
        }
        _ => Ok(()),
    }
}

fn paint(property: &str, value: &str, css: &mut String) -> std::fmt::Result {
    let is_plain = value.len() < 30 && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
    if is_plain && !value.is_empty() { write!(css, "{property}:{value};") } else { Ok(()) }
}
