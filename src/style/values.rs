//! Lengths, numbers, keywords: the values that properties share (CSS Values 4).

use std::sync::Arc;

use cssparser::{BasicParseErrorKind, ParseError, Parser, Token};
use selectors::parser::SelectorParseErrorKind;

use crate::geom::{Pt, Size};

use super::computed::{Extent, Length};

/// Why a value or a selector is refused.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Trouble {
    /// In words, to be put behind "…: ".
    Words(String),
    /// The selector library's own finding.
    Selector(SelectorParseErrorKind),
}

impl From<SelectorParseErrorKind> for Trouble {
    fn from(kind: SelectorParseErrorKind) -> Trouble {
        Trouble::Selector(kind)
    }
}

/// The outcome of parsing a piece of CSS.
pub(crate) type Parsed<T> = Result<T, ParseError<Trouble>>;

/// A refusal in words.
pub(crate) fn refuse<T>(words: impl Into<String>) -> Parsed<T> {
    Err(ParseError::custom(Trouble::Words(words.into())))
}

/// A refusal without more to say than "not this".
pub(crate) fn unexpected<T>() -> Parsed<T> {
    Err(ParseError::from_basic_kind(BasicParseErrorKind::UnexpectedToken))
}

/// One of the words in `table`.
pub(crate) fn keyword<T: Copy>(p: &mut Parser<'_>, table: &[(&str, T)]) -> Parsed<T> {
    let word = p.expect_ident()?;
    match table.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)) {
        Some((_, value)) => Ok(*value),
        None => unexpected(),
    }
}

/// Whether the word `word` comes next; takes it when it does.
pub(crate) fn takes(p: &mut Parser<'_>, word: &str) -> bool {
    p.try_parse(|p| p.expect_ident_matching(word)).is_ok()
}

/// The units that a length may be a sum of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
enum Unit {
    Points,
    Share,
    Em,
    Rem,
    ViewWidth,
    ViewHeight,
    ViewMin,
    ViewMax,
}

/// A length as it is written: a sum over units (`calc()` of lengths is always one).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Linear([f32; 8]);

/// What the relative units stand for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bases {
    /// The element's font size (the parent's for `font-size` itself).
    pub em: Pt,
    /// The root element's font size.
    pub rem: Pt,
    /// The page's size, for `vw` and its kind.
    pub view: Size,
}

impl Linear {
    fn of(unit: Unit, value: f32) -> Linear {
        let mut parts = [0.0; 8];
        parts[unit as usize] = value;
        Linear(parts)
    }

    /// An absolute length.
    pub fn points(points: Pt) -> Linear {
        Linear::of(Unit::Points, points.0)
    }

    /// A percentage, 1.0 for 100 %.
    pub fn share(share: f32) -> Linear {
        Linear::of(Unit::Share, share)
    }

    /// The same distance from the other end.
    pub fn from_end(self) -> Linear {
        Linear::share(1.0).map2(self, |whole, part| whole - part)
    }

    fn has_share(&self) -> bool {
        self.0[Unit::Share as usize] != 0.0
    }

    fn map2(self, other: Linear, f: impl Fn(f32, f32) -> f32) -> Linear {
        Linear(std::array::from_fn(|unit| f(self.0[unit], other.0[unit])))
    }

    fn scaled(self, factor: f32) -> Linear {
        Linear(self.0.map(|part| part * factor))
    }

    /// Whether the length is surely below zero.
    pub fn is_negative(&self) -> bool {
        self.0.iter().all(|part| *part <= 0.0) && self.0.iter().any(|part| *part < 0.0)
    }

    /// The only unit that is not zero, when at most one is.
    fn single(&self) -> Option<(usize, f32)> {
        let mut set = self.0.iter().enumerate().filter(|(_, part)| **part != 0.0);
        let first = set.next();
        match set.next() {
            Some(_) => None,
            None => Some(first.map_or((usize::MAX, 0.0), |(unit, part)| (unit, *part))),
        }
    }

    /// With all units but the percentage known.
    pub fn resolve(&self, bases: &Bases) -> Length {
        let [points, share, em, rem, vw, vh, vmin, vmax] = self.0;
        let (width, height) = (bases.view.width, bases.view.height);
        let view = width * vw + height * vh + width.min(height) * vmin + width.max(height) * vmax;
        let points = Pt(points) + bases.em * em + bases.rem * rem + view;
        Length { points: bounded(points), share: bounded(Pt(share)).0 }
    }
}

/// Lengths stay within what arithmetic on pages can bear; nothing is infinite.
fn bounded(length: Pt) -> Pt {
    if length.0.is_nan() { Pt::ZERO } else { Pt(length.0.clamp(-Pt::HUGE.0, Pt::HUGE.0)) }
}

fn unit_of(name: &str) -> Option<(Unit, f32)> {
    let lower = name.to_ascii_lowercase();
    Some(match lower.as_str() {
        "pt" => (Unit::Points, 1.0),
        "px" => (Unit::Points, 0.75),
        "pc" => (Unit::Points, 12.0),
        "in" => (Unit::Points, 72.0),
        "cm" => (Unit::Points, 72.0 / 2.54),
        "mm" => (Unit::Points, 72.0 / 25.4),
        "q" => (Unit::Points, 72.0 / 101.6),
        "em" | "ic" => (Unit::Em, 1.0),
        // Faces are chosen after the cascade: the middle of what text faces have.
        "ex" | "ch" => (Unit::Em, 0.5),
        "cap" => (Unit::Em, 0.7),
        "rem" | "ric" => (Unit::Rem, 1.0),
        "rex" | "rch" => (Unit::Rem, 0.5),
        "vw" | "vi" => (Unit::ViewWidth, 0.01),
        "vh" | "vb" => (Unit::ViewHeight, 0.01),
        "vmin" => (Unit::ViewMin, 0.01),
        "vmax" => (Unit::ViewMax, 0.01),
        _ => return None,
    })
}

/// What a `calc()` comes to.
#[derive(Debug, Clone, Copy)]
enum Calc {
    Number(f32),
    Length(Linear),
}

impl Calc {
    fn scaled(self, factor: f32) -> Calc {
        match self {
            Calc::Number(number) => Calc::Number(number * factor),
            Calc::Length(length) => Calc::Length(length.scaled(factor)),
        }
    }

    fn plus(self, other: Calc) -> Parsed<Calc> {
        match (self, other) {
            (Calc::Number(a), Calc::Number(b)) => Ok(Calc::Number(a + b)),
            (Calc::Length(a), Calc::Length(b)) => Ok(Calc::Length(a.map2(b, |a, b| a + b))),
            _ => refuse("a sum of a number and a length"),
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
            Calc::Length(_) => refuse("a division by a length"),
        }
    }
}

fn calc_sum(p: &mut Parser<'_>) -> Parsed<Calc> {
    let mut sum = calc_product(p)?;
    loop {
        if p.try_parse(|p| p.expect_delim('+')).is_ok() {
            sum = sum.plus(calc_product(p)?)?;
        } else if p.try_parse(|p| p.expect_delim('-')).is_ok() {
            sum = sum.plus(calc_product(p)?.scaled(-1.0))?;
        } else {
            return Ok(sum);
        }
    }
}

fn calc_product(p: &mut Parser<'_>) -> Parsed<Calc> {
    let mut product = calc_atom(p)?;
    loop {
        if p.try_parse(|p| p.expect_delim('*')).is_ok() {
            product = product.times(calc_atom(p)?)?;
        } else if p.try_parse(|p| p.expect_delim('/')).is_ok() {
            product = product.over(calc_atom(p)?)?;
        } else {
            return Ok(product);
        }
    }
}

fn calc_atom(p: &mut Parser<'_>) -> Parsed<Calc> {
    match p.next()?.clone() {
        Token::Number { value, .. } => Ok(Calc::Number(value)),
        Token::Percentage { unit_value, .. } => Ok(Calc::Length(Linear::share(unit_value))),
        Token::Dimension { value, unit, .. } => dimension(value, &unit).map(Calc::Length),
        Token::ParenthesisBlock => p.parse_nested_block(calc_sum),
        Token::Function(name) => calc_function(p, &name),
        _ => unexpected(),
    }
}

fn dimension(value: f32, unit: &str) -> Parsed<Linear> {
    match unit_of(unit) {
        Some((unit, factor)) => Ok(Linear::of(unit, value * factor)),
        None => refuse(format!("the unit `{unit}` is not a length")),
    }
}

fn calc_function(p: &mut Parser<'_>, name: &str) -> Parsed<Calc> {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "calc" => p.parse_nested_block(calc_sum),
        "min" | "max" | "clamp" => {
            let parts = p.parse_nested_block(|p| p.parse_comma_separated(calc_sum))?;
            comparison(&lower, &parts)
        }
        _ => refuse(format!("the function {name}() is not a length")),
    }
}

/// `min()`, `max()` and `clamp()` where the order is known without layout: one unit throughout.
fn comparison(name: &str, parts: &[Calc]) -> Parsed<Calc> {
    let mut unit = usize::MAX;
    let mut values = Vec::with_capacity(parts.len());
    for part in parts {
        let (own, value) = match part {
            Calc::Number(number) => (8, *number),
            Calc::Length(length) => match length.single() {
                Some(single) => single,
                None => return refuse(format!("{name}() of different units")),
            },
        };
        if own != usize::MAX && unit != usize::MAX && own != unit {
            return refuse(format!("{name}() of different units"));
        }
        unit = if own == usize::MAX { unit } else { own };
        values.push(value);
    }
    let value = match (name, values.as_slice()) {
        ("clamp", [low, value, high]) => value.min(*high).max(*low),
        ("clamp", _) => return refuse("clamp() takes three values"),
        ("min", values) => values.iter().copied().fold(f32::INFINITY, f32::min),
        (_, values) => values.iter().copied().fold(f32::NEG_INFINITY, f32::max),
    };
    Ok(match unit {
        8 => Calc::Number(value),
        usize::MAX => Calc::Length(Linear::default()),
        unit => {
            let mut parts = [0.0; 8];
            parts[unit] = value;
            Calc::Length(Linear(parts))
        }
    })
}

/// A length or percentage; a bare 0 counts.
pub(crate) fn length_percentage(p: &mut Parser<'_>) -> Parsed<Linear> {
    match p.next()?.clone() {
        Token::Number { value: 0.0, .. } => Ok(Linear::default()),
        Token::Number { value, .. } => {
            refuse(format!("{value} has no unit; write {value}pt or {value}px"))
        }
        Token::Percentage { unit_value, .. } => Ok(Linear::share(unit_value)),
        Token::Dimension { value, unit, .. } => dimension(value, &unit),
        Token::Function(name) => match calc_function(p, &name)? {
            Calc::Length(length) => Ok(length),
            Calc::Number(_) => refuse("a number stands where a length is wanted"),
        },
        _ => unexpected(),
    }
}

/// A length that is not a percentage.
pub(crate) fn length(p: &mut Parser<'_>) -> Parsed<Linear> {
    let length = length_percentage(p)?;
    if length.has_share() { refuse("a percentage is not allowed here") } else { Ok(length) }
}

/// Refuses what is below zero.
pub(crate) fn not_negative(length: Linear) -> Parsed<Linear> {
    if length.is_negative() { refuse("a negative value is not allowed here") } else { Ok(length) }
}

/// A length or percentage that is not below zero.
pub(crate) fn positive(p: &mut Parser<'_>) -> Parsed<Linear> {
    length_percentage(p).and_then(not_negative)
}

/// A number, `calc()` of numbers included.
pub(crate) fn number(p: &mut Parser<'_>) -> Parsed<f32> {
    match p.next()?.clone() {
        Token::Number { value, .. } => Ok(value),
        Token::Function(name) => match calc_function(p, &name)? {
            Calc::Number(number) => Ok(number),
            Calc::Length(_) => refuse("a length stands where a number is wanted"),
        },
        _ => unexpected(),
    }
}

/// A number that is not below zero.
pub(crate) fn positive_number(p: &mut Parser<'_>) -> Parsed<f32> {
    let value = number(p)?;
    if value < 0.0 { refuse("a negative value is not allowed here") } else { Ok(value) }
}

/// A number or a percentage as a share of one.
pub(crate) fn number_or_share(p: &mut Parser<'_>) -> Parsed<f32> {
    match p.try_parse(|p| p.expect_percentage()) {
        Ok(share) => Ok(share),
        Err(_) => number(p),
    }
}

/// A whole number.
pub(crate) fn integer(p: &mut Parser<'_>) -> Parsed<i32> {
    Ok(p.expect_integer()?)
}

/// A whole number from 1.
pub(crate) fn count(p: &mut Parser<'_>) -> Parsed<u16> {
    match u16::try_from(p.expect_integer()?) {
        Ok(count) if count >= 1 => Ok(count),
        _ => refuse("a whole number from 1 is wanted"),
    }
}

/// An angle in degrees; a bare 0 counts.
pub(crate) fn angle(p: &mut Parser<'_>) -> Parsed<f32> {
    match p.next()?.clone() {
        Token::Number { value: 0.0, .. } => Ok(0.0),
        Token::Dimension { value, unit, .. } => match unit.to_ascii_lowercase().as_str() {
            "deg" => Ok(value),
            "grad" => Ok(value * 0.9),
            "rad" => Ok(value.to_degrees()),
            "turn" => Ok(value * 360.0),
            _ => refuse(format!("the unit `{unit}` is not an angle")),
        },
        _ => unexpected(),
    }
}

/// A quoted text.
pub(crate) fn string(p: &mut Parser<'_>) -> Parsed<Arc<str>> {
    Ok(Arc::from(&**p.expect_string()?))
}

/// A name of the author's own.
pub(crate) fn custom_ident(p: &mut Parser<'_>) -> Parsed<Arc<str>> {
    let name = p.expect_ident()?;
    let wide = ["inherit", "initial", "unset", "revert", "default", "none", "auto"];
    if wide.iter().any(|word| name.eq_ignore_ascii_case(word)) {
        return unexpected();
    }
    Ok(Arc::from(&**name))
}

/// An [`Extent`] as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Measure {
    /// `auto`, `none` or `normal`.
    Auto,
    MinContent,
    MaxContent,
    FitContent,
    Length(Linear),
}

impl Measure {
    /// With all units but the percentage known.
    pub fn resolve(&self, bases: &Bases) -> Extent {
        match self {
            Measure::Auto => Extent::Auto,
            Measure::MinContent => Extent::MinContent,
            Measure::MaxContent => Extent::MaxContent,
            Measure::FitContent => Extent::FitContent,
            Measure::Length(length) => Extent::Length(length.resolve(bases)),
        }
    }
}

/// A size; `auto` is the word for what layout decides.
pub(crate) fn size(p: &mut Parser<'_>, auto: &str) -> Parsed<Measure> {
    let words = [
        (auto, Measure::Auto),
        ("min-content", Measure::MinContent),
        ("max-content", Measure::MaxContent),
        ("fit-content", Measure::FitContent),
    ];
    if let Ok(found) = p.try_parse(|p| keyword(p, &words)) {
        return Ok(found);
    }
    positive(p).map(Measure::Length)
}

/// A length of any sign, or `auto`.
pub(crate) fn offset(p: &mut Parser<'_>) -> Parsed<Measure> {
    if takes(p, "auto") {
        return Ok(Measure::Auto);
    }
    length_percentage(p).map(Measure::Length)
}
