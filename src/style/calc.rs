//! `calc()` and the other functions that compute numbers and lengths (CSS Values 4 §10).

use cssparser::{Parser, Token};

use super::linear::{Linear, unit_of};
use super::values::{Parsed, refuse, unexpected};

/// What a calculation comes to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Calc {
    Number(f32),
    Length(Linear),
    /// In degrees.
    Angle(f32),
}

impl Calc {
    fn scaled(self, factor: f32) -> Calc {
        match self {
            Calc::Number(number) => Calc::Number(number * factor),
            Calc::Length(length) => Calc::Length(length.scaled(factor)),
            Calc::Angle(angle) => Calc::Angle(angle * factor),
        }
    }

    fn plus(self, other: Calc) -> Parsed<Calc> {
        match (self, other) {
            (Calc::Number(a), Calc::Number(b)) => Ok(Calc::Number(a + b)),
            (Calc::Angle(a), Calc::Angle(b)) => Ok(Calc::Angle(a + b)),
            (Calc::Length(a), Calc::Length(b)) => match a.plus(b) {
                Some(sum) => Ok(Calc::Length(sum)),
                None => refuse("a percentage is added to what has bounds"),
            },
            _ => refuse("a sum of different kinds"),
        }
    }

    fn times(self, other: Calc) -> Parsed<Calc> {
        match (self, other) {
            (Calc::Number(factor), value) | (value, Calc::Number(factor)) => {
                Ok(value.scaled(factor))
            }
            _ => refuse("a product of two lengths"),
        }
    }

    fn over(self, other: Calc) -> Parsed<Calc> {
        match other {
            Calc::Number(divisor) if divisor != 0.0 => Ok(self.scaled(1.0 / divisor)),
            Calc::Number(_) => refuse("a division by zero"),
            _ => refuse("a division by a length"),
        }
    }

    /// The smaller or larger of two.
    fn extreme(self, other: Calc, smaller: bool) -> Parsed<Calc> {
        let pick = |a: f32, b: f32| if smaller { a.min(b) } else { a.max(b) };
        match (self, other) {
            (Calc::Number(a), Calc::Number(b)) => Ok(Calc::Number(pick(a, b))),
            (Calc::Angle(a), Calc::Angle(b)) => Ok(Calc::Angle(pick(a, b))),
            (Calc::Length(a), Calc::Length(b)) => match if smaller { a.min(b) } else { a.max(b) } {
                Some(length) => Ok(Calc::Length(length)),
                None => refuse("a comparison that only layout could settle"),
            },
            _ => refuse("a comparison of different kinds"),
        }
    }
}

/// `infinity`: more than any page has room for, and a number that arithmetic bears.
const BOUNDLESS: f32 = 1.0e9;

fn sum(p: &mut Parser<'_>) -> Parsed<Calc> {
    let mut sum = product(p)?;
    loop {
        if p.try_parse(|p| p.expect_delim('+')).is_ok() {
            sum = sum.plus(product(p)?)?;
        } else if p.try_parse(|p| p.expect_delim('-')).is_ok() {
            sum = sum.plus(product(p)?.scaled(-1.0))?;
        } else {
            return Ok(sum);
        }
    }
}

fn product(p: &mut Parser<'_>) -> Parsed<Calc> {
    let mut product = atom(p)?;
    loop {
        if p.try_parse(|p| p.expect_delim('*')).is_ok() {
            product = product.times(atom(p)?)?;
        } else if p.try_parse(|p| p.expect_delim('/')).is_ok() {
            product = product.over(atom(p)?)?;
        } else {
            return Ok(product);
        }
    }
}

fn atom(p: &mut Parser<'_>) -> Parsed<Calc> {
    match p.next()?.clone() {
        Token::Number { value, .. } => Ok(Calc::Number(value)),
        Token::Percentage { unit_value, .. } => Ok(Calc::Length(Linear::share(unit_value))),
        Token::Dimension { value, unit, .. } => match degrees(value, &unit) {
            Some(angle) => Ok(Calc::Angle(angle)),
            None => dimension(value, &unit).map(Calc::Length),
        },
        Token::ParenthesisBlock => p.parse_nested_block(sum),
        Token::Function(name) => function(p, &name),
        Token::Ident(word) => match word.to_ascii_lowercase().as_str() {
            "pi" => Ok(Calc::Number(std::f32::consts::PI)),
            "e" => Ok(Calc::Number(std::f32::consts::E)),
            "infinity" => Ok(Calc::Number(BOUNDLESS)),
            "-infinity" => Ok(Calc::Number(-BOUNDLESS)),
            _ => unexpected(),
        },
        _ => unexpected(),
    }
}

/// A length with its unit.
pub(crate) fn dimension(value: f32, unit: &str) -> Parsed<Linear> {
    match unit_of(unit) {
        Some((unit, factor)) => Ok(Linear::of(unit, value * factor)),
        None => refuse(format!("the unit `{unit}` is not a length")),
    }
}

/// An angle with its unit, in degrees.
pub(crate) fn degrees(value: f32, unit: &str) -> Option<f32> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "deg" => value,
        "grad" => value * 0.9,
        "rad" => value.to_degrees(),
        "turn" => value * 360.0,
        _ => return None,
    })
}

/// A function of numbers.
type OfNumbers = fn(&[f32]) -> Option<f32>;

/// §10.6–§10.8. Angles come in as radians.
const OF_NUMBERS: &[(&str, OfNumbers)] = &[
    ("mod", |n| if let [a, b] = n { Some(a.rem_euclid(*b)) } else { None }),
    ("rem", |n| if let [a, b] = n { Some(a % b) } else { None }),
    ("pow", |n| if let [a, b] = n { Some(a.powf(*b)) } else { None }),
    ("sqrt", |n| if let [a] = n { Some(a.sqrt()) } else { None }),
    ("exp", |n| if let [a] = n { Some(a.exp()) } else { None }),
    ("hypot", |n| Some(n.iter().map(|a| a * a).sum::<f32>().sqrt())),
    ("log", |n| match n {
        [a] => Some(a.ln()),
        [a, base] => Some(a.log(*base)),
        _ => None,
    }),
    ("sin", |n| if let [a] = n { Some(a.sin()) } else { None }),
    ("cos", |n| if let [a] = n { Some(a.cos()) } else { None }),
    ("tan", |n| if let [a] = n { Some(a.tan()) } else { None }),
    ("sign", |n| if let [a] = n { Some(if *a == 0.0 { 0.0 } else { a.signum() }) } else { None }),
    ("abs", |n| if let [a] = n { Some(a.abs()) } else { None }),
    ("round", |n| match n {
        [a] => Some(a.round()),
        [a, step] => Some((a / step).round() * step),
        _ => None,
    }),
];

/// What a function comes to whose name has been read.
pub(crate) fn function(p: &mut Parser<'_>, name: &str) -> Parsed<Calc> {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "calc" | "-webkit-calc" | "-moz-calc" => p.parse_nested_block(sum),
        "min" | "max" => {
            let parts = p.parse_nested_block(|p| p.parse_comma_separated(sum))?;
            let mut parts = parts.into_iter();
            let Some(first) = parts.next() else { return unexpected() };
            parts.try_fold(first, |best, part| best.extreme(part, lower == "min"))
        }
        "clamp" => {
            let parts = p.parse_nested_block(|p| p.parse_comma_separated(limit))?;
            let [low, Some(value), high] = parts.as_slice() else {
                return refuse("clamp() takes three values");
            };
            let held = match high {
                Some(high) => value.extreme(*high, true)?,
                None => *value,
            };
            low.map_or(Ok(held), |low| held.extreme(low, false))
        }
        _ => match OF_NUMBERS.iter().find(|(known, _)| *known == lower) {
            Some((_, of)) => {
                let parts = p.parse_nested_block(|p| p.parse_comma_separated(sum))?;
                of_numbers(&lower, *of, &parts)
            }
            None => refuse(format!("the function {name}() does not compute a value")),
        },
    }
}

/// A bound of `clamp()`, or `none`.
fn limit(p: &mut Parser<'_>) -> Parsed<Option<Calc>> {
    if super::values::takes(p, "none") {
        return Ok(None);
    }
    sum(p).map(Some)
}

fn of_numbers(name: &str, of: OfNumbers, parts: &[Calc]) -> Parsed<Calc> {
    let mut numbers = Vec::with_capacity(parts.len());
    for part in parts {
        numbers.push(match part {
            Calc::Number(number) => *number,
            Calc::Angle(angle) => angle.to_radians(),
            Calc::Length(_) => return refuse(format!("{name}() of lengths is not supported")),
        });
    }
    match of(&numbers) {
        Some(number) if number.is_finite() => Ok(Calc::Number(number)),
        Some(_) => refuse(format!("{name}() comes to no number")),
        None => refuse(format!("{name}() has another number of values")),
    }
}
