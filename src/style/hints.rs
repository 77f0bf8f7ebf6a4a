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
        && ["border", "cellpadding", "rules"].iter().any(|name| element.attribute(name).is_some())
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
    let bordered = table.attribute("border").is_some_and(|width| pixels(width, 1) > 0);
    match table.attribute("rules").map(word).as_deref() {
        Some("all") => css.push_str("border:1px solid;"),
        Some("rows") => css.push_str("border-top:1px solid;border-bottom:1px solid;"),
        Some("cols") => css.push_str("border-left:1px solid;border-right:1px solid;"),
        Some("none") => {}
        _ if bordered => css.push_str("border:1px inset gray;"),
        _ => {}
    }
    if let (true, Some(color)) = (bordered, table.attribute("bordercolor")) {
        let _ = paint("border-color", color.trim(), css);
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
    let is_picture = matches!(tag, "img" | "svg");
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
        "width" if in_table || is_picture || tag == "hr" => dimension("width", value, css),
        "height" if in_table || is_picture => dimension("height", value, css),
        "hspace" if is_picture => dimension("margin-left", value, css)
            .and_then(|()| dimension("margin-right", value, css)),
        "vspace" if is_picture => dimension("margin-top", value, css)
            .and_then(|()| dimension("margin-bottom", value, css)),
        "nowrap" if is_cell => write!(css, "white-space:nowrap;"),
        "wrap" if tag == "pre" => write!(css, "white-space:pre-wrap;"),
        "bgcolor" if in_table || tag == "body" => paint("background-color", value, css),
        "text" if tag == "body" => paint("color", value, css),
        "clear" if tag == "br" => match word(value).as_str() {
            word @ ("left" | "right" | "both") => write!(css, "clear:{word};"),
            "all" => write!(css, "clear:both;"),
            _ => Ok(()),
        },
        "color" | "face" | "size" if tag == "font" => font(name, value, css),
        "color" | "size" | "noshade" if tag == "hr" => rule(element, name, value, css),
        "border" if tag == "table" || is_picture => match (tag, pixels(value, 1)) {
            (_, 0) => Ok(()),
            ("table", width) => write!(css, "border:{width}px outset gray;"),
            (_, width) => write!(css, "border:{width}px solid;"),
        },
        "frame" if tag == "table" => frame(value, css),
        "rules" if tag == "table" && word(value) != "none" => {
            write!(css, "border-collapse:collapse;")
        }
        "bordercolor" if tag == "table" => paint("border-color", value, css),
        "cellspacing" if tag == "table" => match value.parse::<u16>() {
            Ok(spacing) => write!(css, "border-spacing:{spacing}px;"),
            Err(_) => Ok(()),
        },
        "type" if matches!(tag, "ul" | "ol" | "li") => list_type(value, css),
        _ => Ok(()),
    };
    debug_assert!(result.is_ok());
}

/// The sides of a table that `frame` draws (HTML Living Standard 15.3.10).
fn frame(value: &str, css: &mut String) -> std::fmt::Result {
    let sides = match word(value).as_str() {
        "void" => "hidden",
        "above" => "outset hidden hidden",
        "below" => "hidden hidden outset",
        "hsides" => "outset hidden",
        "lhs" => "hidden hidden hidden outset",
        "rhs" => "hidden outset hidden hidden",
        "vsides" => "hidden outset",
        "box" | "border" => "outset",
        _ => return Ok(()),
    };
    write!(css, "border-style:{sides};")
}

/// Sizes 1 to 7, and steps from 3 (15.3.4).
fn font(name: &str, value: &str, css: &mut String) -> std::fmt::Result {
    match name {
        "color" => paint("color", value, css),
        "face" => {
            let is_plain =
                |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '-' | '\'' | '"');
            if value.is_empty() || !value.chars().all(is_plain) {
                return Ok(());
            }
            let names = value.split(',').map(|name| name.trim().trim_matches(['"', '\'']));
            let names: Vec<String> = names.map(|name| format!("'{name}'")).collect();
            write!(css, "font-family:{};", names.join(","))
        }
        _ => {
            let Ok(number) = value.trim_start_matches('+').parse::<i32>() else { return Ok(()) };
            let relative = value.starts_with(['+', '-']);
            let size = if relative { number.saturating_add(3) } else { number };
            let words = ["x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"];
            let index = usize::try_from(size.clamp(1, 7) - 1).unwrap_or(0);
            write!(css, "font-size:{};", words[index])
        }
    }
}

/// The line of an `hr` (15.3.11).
fn rule(element: &Element, name: &str, value: &str, css: &mut String) -> std::fmt::Result {
    let solid = element.attribute("color").is_some() || element.attribute("noshade").is_some();
    match name {
        "color" => paint("color", value, css)
            .and_then(|()| write!(css, "border-style:solid;border-color:currentcolor;")),
        "noshade" => write!(css, "border-style:solid;"),
        _ => match value.parse::<u16>() {
            Ok(size) if solid => write!(css, "border-width:{}px;", f32::from(size) / 2.0),
            Ok(size) => write!(css, "height:{}px;", size.saturating_sub(2)),
            Err(_) => Ok(()),
        },
    }
}

/// `type` of lists: letters stand in their own case, words in any (15.3.8).
fn list_type(value: &str, css: &mut String) -> std::fmt::Result {
    let style = match value {
        "1" => "decimal",
        "a" => "lower-alpha",
        "A" => "upper-alpha",
        "i" => "lower-roman",
        "I" => "upper-roman",
        _ => match word(value).as_str() {
            "disc" => "disc",
            "circle" => "circle",
            "square" => "square",
            "none" => "none",
            _ => return Ok(()),
        },
    };
    write!(css, "list-style-type:{style};")
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
        ("img" | "svg", "middle" | "absmiddle" | "center") => write!(css, "vertical-align:middle;"),
        ("img" | "svg", "top" | "texttop") => write!(css, "vertical-align:top;"),
        ("hr", "left") => write!(css, "margin-left:0;"),
        ("hr", "right") => write!(css, "margin-right:0;margin-left:auto;"),
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
