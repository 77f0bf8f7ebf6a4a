//! Media queries (Media Queries 4 and 5): read with the sheet, decided when the page is known.

use std::sync::Arc;

use cssparser::{Parser, Token};

use crate::geom::{Pt, Size};

use super::linear::{Bases, Linear};
use super::report::Report;
use super::values::{Parsed, length, number, takes, unexpected};

/// A list of media queries, one of which must hold.
#[derive(Debug, Clone)]
pub(crate) struct Media(Arc<[Query]>);

#[derive(Debug, Clone)]
struct Query {
    negated: bool,
    /// Whether the medium is paper (`print`, `all`, or none named).
    paper: bool,
    condition: Option<Condition>,
}

#[derive(Debug, Clone)]
enum Condition {
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Size(Axis, Order, Quantity),
    /// What is the same for every page; `None` for what nobody knows (§3.1).
    Known(Option<bool>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    Width,
    Height,
    Ratio,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

#[derive(Debug, Clone, Copy)]
enum Quantity {
    Length(Linear),
    Number(f32),
}

impl Order {
    /// The order that holds when the sides change places.
    fn turned(self) -> Order {
        match self {
            Order::Less => Order::More,
            Order::AtMost => Order::AtLeast,
            Order::Equal => Order::Equal,
            Order::AtLeast => Order::AtMost,
            Order::More => Order::Less,
        }
    }

    fn holds(self, left: f32, right: f32) -> bool {
        const NEAR: f32 = 0.01;
        match self {
            Order::Less => left < right - NEAR,
            Order::AtMost => left <= right + NEAR,
            Order::Equal => (left - right).abs() <= NEAR,
            Order::AtLeast => left >= right - NEAR,
            Order::More => left > right + NEAR,
        }
    }
}

impl Media {
    /// Whether the queries hold for a document whose plain page has that size.
    pub fn holds(&self, page: Size) -> bool {
        self.0.is_empty() || self.0.iter().any(|query| query.holds(page))
    }
}

impl Query {
    fn holds(&self, page: Size) -> bool {
        let condition = self.condition.as_ref().map_or(Some(true), |one| one.holds(page));
        let all = if self.paper { condition } else { Some(false) };
        all.map(|holds| holds != self.negated).unwrap_or(false)
    }
}

impl Condition {
    /// `None` for what is not known.
    fn holds(&self, page: Size) -> Option<bool> {
        match self {
            Condition::Known(known) => *known,
            Condition::Not(inner) => inner.holds(page).map(|holds| !holds),
            Condition::All(parts) => {
                parts.iter().map(|part| part.holds(page)).reduce(|a, b| match (a, b) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                })?
            }
            Condition::Any(parts) => {
                parts.iter().map(|part| part.holds(page)).reduce(|a, b| match (a, b) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                })?
            }
            Condition::Size(axis, order, quantity) => {
                let own = match axis {
                    Axis::Width => page.width.0,
                    Axis::Height => page.height.0,
                    Axis::Ratio => page.width / page.height.max(Pt(0.01)),
                };
                let wanted = match quantity {
                    Quantity::Number(number) => *number,
                    // Relative lengths follow the initial values (§1.3).
                    Quantity::Length(length) => {
                        let em = super::draft::INITIAL.style.font.size;
                        let line = em * 1.2;
                        let bases = Bases { em, rem: em, view: page, line, root_line: line };
                        length.resolve(&bases).points.0
                    }
                };
                Some(order.holds(own, wanted))
            }
        }
    }
}

/// Reads a list of media queries; what is not known is reported and never holds.
pub(crate) fn media(p: &mut Parser<'_>, report: &mut Report<'_>) -> Parsed<Media> {
    if p.is_exhausted() {
        return Ok(Media(Arc::from([])));
    }
    let mut unknown = None;
    let queries = p.parse_comma_separated(|p| {
        let start = p.position().byte_index();
        let state = p.state();
        match query(p) {
            Ok(query) if p.is_exhausted() => {
                if query.condition.as_ref().is_some_and(has_unknown) {
                    unknown = Some((start, p.position().byte_index()));
                }
                Parsed::Ok(query)
            }
            _ => {
                p.reset(&state);
                while p.next().is_ok() {}
                unknown = Some((start, p.position().byte_index()));
                Ok(Query { negated: true, paper: true, condition: None })
            }
        }
    })?;
    if let Some((start, end)) = unknown {
        let message = "this media query is not known and never holds";
        report.warn("style/unsupported-media", message.to_owned(), start, end);
    }
    Ok(Media(Arc::from(queries)))
}

fn has_unknown(condition: &Condition) -> bool {
    match condition {
        Condition::Known(known) => known.is_none(),
        Condition::Not(inner) => has_unknown(inner),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(has_unknown),
        Condition::Size(..) => false,
    }
}

fn query(p: &mut Parser<'_>) -> Parsed<Query> {
    if let Ok(condition) = p.try_parse(|p| {
        let condition = condition(p)?;
        p.expect_exhausted()?;
        Parsed::Ok(condition)
    }) {
        return Ok(Query { negated: false, paper: true, condition: Some(condition) });
    }
    let negated = takes(p, "not");
    if !negated {
        takes(p, "only");
    }
    let medium = p.expect_ident_cloned()?;
    let paper = ["print", "all"].iter().any(|known| medium.eq_ignore_ascii_case(known));
    let mut parts = Vec::new();
    while takes(p, "and") {
        parts.push(if takes(p, "not") {
            Condition::Not(Box::new(operand(p)?))
        } else {
            operand(p)?
        });
    }
    let condition = (!parts.is_empty()).then_some(Condition::All(parts));
    Ok(Query { negated, paper, condition })
}

fn condition(p: &mut Parser<'_>) -> Parsed<Condition> {
    if takes(p, "not") {
        return Ok(Condition::Not(Box::new(operand(p)?)));
    }
    let mut parts = vec![operand(p)?];
    let all = takes(p, "and");
    if all || takes(p, "or") {
        parts.push(operand(p)?);
        while takes(p, if all { "and" } else { "or" }) {
            parts.push(operand(p)?);
        }
    }
    Ok(if all { Condition::All(parts) } else { Condition::Any(parts) })
}

fn operand(p: &mut Parser<'_>) -> Parsed<Condition> {
    p.expect_parenthesis_block()?;
    p.parse_nested_block(|p| {
        let inner = p.try_parse(|p| {
            let inner = condition(p)?;
            p.expect_exhausted()?;
            Parsed::Ok(inner)
        });
        if let Ok(inner) = inner {
            return Ok(inner);
        }
        let known = p.try_parse(|p| {
            let feature = feature(p)?;
            p.expect_exhausted()?;
            Parsed::Ok(feature)
        });
        if let Ok(feature) = known {
            return Ok(feature);
        }
        while p.next().is_ok() {}
        Ok(Condition::Known(None))
    })
}

fn axis(name: &str) -> Option<Axis> {
    Some(match name {
        "width" | "device-width" | "inline-size" => Axis::Width,
        "height" | "device-height" | "block-size" => Axis::Height,
        "aspect-ratio" | "device-aspect-ratio" => Axis::Ratio,
        _ => return None,
    })
}

fn quantity(p: &mut Parser<'_>, axis: Axis) -> Parsed<Quantity> {
    if axis != Axis::Ratio {
        return length(p).map(Quantity::Length);
    }
    let width = number(p)?;
    let height = if p.try_parse(|p| p.expect_delim('/')).is_ok() { number(p)? } else { 1.0 };
    Ok(Quantity::Number(if height > 0.0 { width / height } else { f32::MAX }))
}

fn order(p: &mut Parser<'_>) -> Parsed<Order> {
    let found = p.next()?.clone();
    let equal = |p: &mut Parser<'_>| p.try_parse(|p| p.expect_delim('=')).is_ok();
    match found {
        Token::Delim('<') => Ok(if equal(p) { Order::AtMost } else { Order::Less }),
        Token::Delim('>') => Ok(if equal(p) { Order::AtLeast } else { Order::More }),
        Token::Delim('=') => Ok(Order::Equal),
        _ => unexpected(),
    }
}

/// One feature: `(name)`, `(name: value)`, or a range.
fn feature(p: &mut Parser<'_>) -> Parsed<Condition> {
    if let Ok(name) = p.try_parse(|p| p.expect_ident_cloned()) {
        let name = name.to_ascii_lowercase();
        let (prefix, plain) = match name.split_once('-') {
            Some(("min", plain)) => (Some(Order::AtLeast), plain),
            Some(("max", plain)) => (Some(Order::AtMost), plain),
            _ => (None, name.as_str()),
        };
        let size = axis(plain);
        if p.is_exhausted() {
            return Ok(if size.is_some() { Condition::Known(Some(true)) } else { present(&name) });
        }
        if p.try_parse(|p| p.expect_colon()).is_ok() {
            return match size {
                Some(axis) => {
                    let quantity = quantity(p, axis)?;
                    Ok(Condition::Size(axis, prefix.unwrap_or(Order::Equal), quantity))
                }
                None => valued(&name, p),
            };
        }
        let order = order(p)?;
        return match size {
            Some(axis) => Ok(Condition::Size(axis, order, quantity(p, axis)?)),
            None => resolution(&name, order, p),
        };
    }
    between(p)
}

/// A value, an order and a name, and perhaps a second order and value.
fn between(p: &mut Parser<'_>) -> Parsed<Condition> {
    let first = match p.try_parse(|p| quantity(p, Axis::Width)) {
        Ok(length) => length,
        Err(_) => quantity(p, Axis::Ratio)?,
    };
    let before = order(p)?;
    let name = p.expect_ident_cloned()?.to_ascii_lowercase();
    let Some(axis) = axis(&name) else { return unexpected() };
    let low = Condition::Size(axis, before.turned(), first);
    if p.is_exhausted() {
        return Ok(low);
    }
    let after = order(p)?;
    let high = Condition::Size(axis, after, quantity(p, axis)?);
    Ok(Condition::All(vec![low, high]))
}

/// What paper is: no pointer, no motion, no end of colours, light.
const TRAITS: &[(&str, &[&str], &str)] = &[
    ("hover", &["hover"], "none"),
    ("any-hover", &["hover"], "none"),
    ("pointer", &["coarse", "fine"], "none"),
    ("any-pointer", &["coarse", "fine"], "none"),
    ("grid", &["1"], "0"),
    ("monochrome", &[], "0"),
    ("scripting", &["enabled", "initial-only"], "none"),
    ("update", &["fast", "slow"], "none"),
    ("prefers-color-scheme", &["dark"], "light"),
    ("prefers-reduced-motion", &["reduce"], "no-preference"),
    ("prefers-reduced-transparency", &["reduce"], "no-preference"),
    ("prefers-reduced-data", &["reduce"], "no-preference"),
    ("prefers-contrast", &["more", "less", "custom"], "no-preference"),
    ("forced-colors", &["active"], "none"),
    ("inverted-colors", &["inverted"], "none"),
    ("overflow-block", &["none", "scroll"], "paged"),
    ("overflow-inline", &["scroll"], "none"),
    ("color-gamut", &["p3", "rec2020"], "srgb"),
    ("dynamic-range", &["high"], "standard"),
    ("video-dynamic-range", &["high"], "standard"),
    ("display-mode", &["fullscreen", "standalone", "minimal-ui"], "browser"),
];

/// A feature without value.
fn present(name: &str) -> Condition {
    let empty = ["none", "0", "no-preference"];
    Condition::Known(match name {
        "color" | "resolution" | "orientation" => Some(true),
        "color-index" => Some(false),
        _ => TRAITS.iter().find(|one| one.0 == name).map(|one| !empty.contains(&one.2)),
    })
}

/// A feature with a value that no size decides.
fn valued(name: &str, p: &mut Parser<'_>) -> Parsed<Condition> {
    if name == "orientation" {
        let word = p.expect_ident_cloned()?;
        let order = match word.to_ascii_lowercase().as_str() {
            "portrait" => Order::AtMost,
            "landscape" => Order::More,
            _ => return unexpected(),
        };
        return Ok(Condition::Size(Axis::Ratio, order, Quantity::Number(1.0)));
    }
    let (order, plain) = match name.split_once('-') {
        Some(("min", plain)) => (Order::AtLeast, plain),
        Some(("max", plain)) => (Order::AtMost, plain),
        _ => (Order::Equal, name),
    };
    if let "color" | "color-index" | "monochrome" = plain {
        let wanted = number(p)?;
        let own = if plain == "color" { 8.0 } else { 0.0 };
        return Ok(Condition::Known(Some(order.holds(own, wanted))));
    }
    if plain == "resolution" || name.contains("device-pixel-ratio") {
        let order = match () {
            () if name.contains("min-") => Order::AtLeast,
            () if name.contains("max-") => Order::AtMost,
            () => Order::Equal,
        };
        return resolution("resolution", order, p);
    }
    let Some((_, others, own)) = TRAITS.iter().find(|one| one.0 == name) else {
        return unexpected();
    };
    let word = match p.next()?.clone() {
        Token::Ident(word) => word.to_ascii_lowercase(),
        Token::Number { int_value: Some(number), .. } => number.to_string(),
        _ => return unexpected(),
    };
    match (word == *own, others.contains(&word.as_str())) {
        (true, _) => Ok(Condition::Known(Some(true))),
        (_, true) => Ok(Condition::Known(Some(false))),
        _ => unexpected(),
    }
}

/// Print's resolution, in dots to the CSS pixel: 300 dots to the inch.
const DOTS: f32 = 300.0 / 96.0;

fn resolution(name: &str, order: Order, p: &mut Parser<'_>) -> Parsed<Condition> {
    if name != "resolution" {
        return unexpected();
    }
    let wanted = match p.next()?.clone() {
        Token::Number { value, .. } => value,
        Token::Dimension { value, unit, .. } => match unit.to_ascii_lowercase().as_str() {
            "dppx" | "x" => value,
            "dpi" => value / 96.0,
            "dpcm" => value * 2.54 / 96.0,
            _ => return unexpected(),
        },
        _ => return unexpected(),
    };
    Ok(Condition::Known(Some(order.holds(DOTS, wanted))))
}

#[cfg(test)]
mod tests {
    use super::super::report::{Place, Report};
    use super::*;

    fn holds(query: &str) -> bool {
        let mut report = Report::new(Place::Whole(None));
        let parsed = Parser::new(query).parse_entirely(|p| media(p, &mut report));
        parsed.unwrap().holds(Size::new(Pt::mm(210.0), Pt::mm(297.0)))
    }

    #[test]
    fn media_query_is_decided_for_paper_of_its_size() {
        for yes in [
            "print",
            "all",
            "only print",
            "not screen",
            "screen, print",
            "(min-width: 768px)",
            "print and (orientation: portrait)",
            "(width >= 20cm)",
            "(10cm < width <= 210mm)",
            "(max-width: 992px) and (min-width: 576px)",
            "not all and (max-width: 10cm)",
            "(prefers-color-scheme: light)",
            "(hover: none)",
            "not (hover)",
            "(color)",
            "(min-resolution: 192dpi)",
            "(-webkit-min-device-pixel-ratio: 2)",
            "(orientation: landscape) or (width: 210mm)",
            "not (monochrome)",
            "print and not (hover)",
            "(aspect-ratio < 1/1)",
        ] {
            assert!(holds(yes), "{yes}");
        }
        for no in [
            "screen",
            "not print",
            "not all",
            "(max-width: 600px)",
            "print and (orientation: landscape)",
            "(width < 20cm)",
            "speech",
            "(prefers-reduced-motion: reduce)",
            "(pointer: coarse)",
            "screen and (min-width: 1px)",
            "(made-up: 3)",
            "not (made-up: 3)",
            "print and",
            "(prefers-color-scheme: dark)",
        ] {
            assert!(!holds(no), "{no}");
        }
    }
}
