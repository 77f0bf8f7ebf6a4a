//! Lengths, numbers, keywords: the values that properties share (CSS Values 4).

use std::sync::Arc;

use cssparser::{BasicParseErrorKind, ParseError, Parser, Token};
use selectors::parser::SelectorParseErrorKind;

use super::calc::{self, Calc, dimension};
use super::computed::Extent;

pub(crate) use super::linear::{Bases, Linear};

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

/// A length or percentage; a bare 0 counts.
pub(crate) fn length_percentage(p: &mut Parser<'_>) -> Parsed<Linear> {
    match p.next()?.clone() {
        Token::Number { value: 0.0, .. } => Ok(Linear::default()),
        Token::Number { value, .. } => {
            refuse(format!("{value} has no unit; write {value}pt or {value}px"))
        }
        Token::Percentage { unit_value, .. } => Ok(Linear::share(unit_value)),
        Token::Dimension { value, unit, .. } => dimension(value, &unit),
        Token::Function(name) => match calc::function(p, &name)? {
            Calc::Length(length) => Ok(length),
            // A variable that is 0 without a unit is common, and 0 of anything is no length.
            Calc::Number(0.0) => Ok(Linear::default()),
            _ => refuse("a number stands where a length is wanted"),
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
        Token::Function(name) => match calc::function(p, &name)? {
            Calc::Number(number) => Ok(number),
            _ => refuse("a length stands where a number is wanted"),
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
    match p.next()?.clone() {
        Token::Number { int_value: Some(value), .. } => Ok(value),
        // A calculation is rounded to the nearest whole number (CSS Values 4 §10.12).
        Token::Function(name) => match calc::function(p, &name)? {
            Calc::Number(number) => Ok(number.round() as i32),
            _ => refuse("a length stands where a whole number is wanted"),
        },
        Token::Number { .. } => refuse("a whole number is wanted"),
        _ => unexpected(),
    }
}

/// A whole number from 1.
pub(crate) fn count(p: &mut Parser<'_>) -> Parsed<u16> {
    match u16::try_from(integer(p)?) {
        Ok(count) if count >= 1 => Ok(count),
        _ => refuse("a whole number from 1 is wanted"),
    }
}

/// An angle in degrees; a bare 0 counts.
pub(crate) fn angle(p: &mut Parser<'_>) -> Parsed<f32> {
    match p.next()?.clone() {
        Token::Number { value: 0.0, .. } => Ok(0.0),
        Token::Dimension { value, unit, .. } => match calc::degrees(value, &unit) {
            Some(angle) => Ok(angle),
            None => refuse(format!("the unit `{unit}` is not an angle")),
        },
        Token::Function(name) => match calc::function(p, &name)? {
            Calc::Angle(angle) => Ok(angle),
            _ => refuse("an angle is wanted"),
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
