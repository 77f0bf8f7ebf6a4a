//! Colours (CSS Color 4 §4–§10, CSS Color 5 §3).

use cssparser::color::{parse_hash_color, parse_named_color};
use cssparser::{Parser, Token};

use super::calc::{Calc, degrees};
use super::color_spaces as spaces;
use super::computed::Color;
use super::values::{Parsed, refuse, takes, unexpected};

/// A colour as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Paint {
    /// `currentcolor`.
    Current,
    /// Known at once.
    Fixed(Color),
    /// A mix of `currentcolor` and another: the other one's share, and the alpha that is left.
    Mixed { other: Color, share: f32, alpha: f32 },
}

impl Paint {
    /// With the element's own colour known.
    pub fn resolve(self, current: Color) -> Color {
        match self {
            Paint::Current => current,
            Paint::Fixed(color) => color,
            Paint::Mixed { other, share, alpha } => {
                let mixed = spaces::mix(spaces::Space::Srgb, current, other, share);
                Color { alpha: mixed.alpha * alpha, ..mixed }
            }
        }
    }
}

/// The system's colours (CSS Color 4 §10), as they are on paper.
const SYSTEM: &[(&str, [u8; 3])] = &[
    ("canvas", [255, 255, 255]),
    ("canvastext", [0, 0, 0]),
    ("linktext", [0, 0, 238]),
    ("visitedtext", [85, 26, 139]),
    ("activetext", [255, 0, 0]),
    ("buttonface", [239, 239, 239]),
    ("buttontext", [0, 0, 0]),
    ("buttonborder", [118, 118, 118]),
    ("field", [255, 255, 255]),
    ("fieldtext", [0, 0, 0]),
    ("highlight", [181, 213, 255]),
    ("highlighttext", [0, 0, 0]),
    ("selecteditem", [25, 103, 210]),
    ("selecteditemtext", [255, 255, 255]),
    ("mark", [255, 255, 0]),
    ("marktext", [0, 0, 0]),
    ("graytext", [128, 128, 128]),
    ("accentcolor", [0, 117, 255]),
    ("accentcolortext", [255, 255, 255]),
    ("window", [255, 255, 255]),
    ("windowtext", [0, 0, 0]),
];

/// The functions that give a colour.
#[cfg(test)]
pub(crate) const FUNCTIONS: &[&str] = &[
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "color-mix",
    "light-dark",
];

/// A colour by name, `#hex`, or by a function.
pub(crate) fn color(p: &mut Parser<'_>) -> Parsed<Paint> {
    match p.next()?.clone() {
        Token::Ident(name) => named(&name),
        Token::Hash(digits) | Token::IDHash(digits) => match parse_hash_color(digits.as_bytes()) {
            Ok((red, green, blue, alpha)) => Ok(Paint::Fixed(Color { red, green, blue, alpha })),
            Err(()) => refuse(format!("#{digits} has not 3, 4, 6 or 8 digits of 0–9 and a–f")),
        },
        Token::Function(name) => {
            let lower = name.to_ascii_lowercase();
            p.parse_nested_block(|p| match lower.as_str() {
                "rgb" | "rgba" => channels(p, rgb),
                "hsl" | "hsla" => channels(p, hsl),
                "hwb" => channels(p, hwb),
                "lab" => channels(p, |c| spaces::lab(amounts(c, [100.0, 125.0, 125.0]))),
                "lch" => channels(p, |c| spaces::lch(amounts(c, [100.0, 150.0, 360.0]))),
                "oklab" => channels(p, |c| spaces::oklab(amounts(c, [1.0, 0.4, 0.4]))),
                "oklch" => channels(p, |c| spaces::oklch(amounts(c, [1.0, 0.4, 360.0]))),
                "color" => in_space(p),
                "color-mix" => mix(p),
                // Paper is light.
                "light-dark" => {
                    let light = color(p)?;
                    p.expect_comma()?;
                    color(p)?;
                    Ok(light)
                }
                _ => refuse(format!("the colour function {name}() is not supported")),
            })
        }
        _ => unexpected(),
    }
}

fn named(name: &str) -> Parsed<Paint> {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "currentcolor" => return Ok(Paint::Current),
        "transparent" => return Ok(Paint::Fixed(Color::TRANSPARENT)),
        _ => {}
    }
    let system = SYSTEM.iter().find(|(known, _)| *known == lower).map(|(_, channels)| *channels);
    let plain = parse_named_color(name).ok().map(|(red, green, blue)| [red, green, blue]);
    match plain.or(system) {
        Some([red, green, blue]) => Ok(Paint::Fixed(Color { red, green, blue, alpha: 1.0 })),
        None => refuse(format!("`{name}` is not a colour")),
    }
}

/// `color(space a b c / alpha)`.
fn in_space(p: &mut Parser<'_>) -> Parsed<Paint> {
    let space = p.expect_ident()?.to_ascii_lowercase();
    let Some(to_srgb) = spaces::by_name(&space) else {
        return refuse(format!("the colour space {space} is not supported"));
    };
    let parts = [channel(p)?, channel(p)?, channel(p)?];
    let alpha = alpha(p, false)?;
    Ok(fixed(to_srgb(amounts(parts, [1.0; 3])), alpha))
}

/// `color-mix(in space, a p%, b q%)`.
fn mix(p: &mut Parser<'_>) -> Parsed<Paint> {
    let mut space = spaces::Space::Oklab;
    if takes(p, "in") {
        let name = p.expect_ident()?.to_ascii_lowercase();
        space = match spaces::Space::by_name(&name) {
            Some(space) => space,
            None => return refuse(format!("mixing in {name} is not supported")),
        };
        // `shorter hue` and its like: the shorter way is the one that is taken.
        if let Ok(way) = p.try_parse(|p| p.expect_ident_cloned()) {
            p.expect_ident_matching("hue")?;
            if !way.eq_ignore_ascii_case("shorter") {
                return refuse(format!("mixing by the {way} hue is not supported"));
            }
        }
        p.expect_comma()?;
    }
    let share = |p: &mut Parser<'_>| p.try_parse(|p| p.expect_percentage()).ok();
    let part = |p: &mut Parser<'_>| -> Parsed<(Paint, Option<f32>)> {
        let before = share(p);
        let paint = color(p)?;
        Ok((paint, before.or_else(|| share(p))))
    };
    let (first, first_share) = part(p)?;
    p.expect_comma()?;
    let (second, second_share) = part(p)?;
    let (a, b) = match (first_share, second_share) {
        (None, None) => (0.5, 0.5),
        (Some(a), None) => (a, 1.0 - a),
        (None, Some(b)) => (1.0 - b, b),
        (Some(a), Some(b)) => (a, b),
    };
    if a < 0.0 || b < 0.0 || a + b <= 0.0 {
        return refuse("the shares of a mix are percentages from 0 to 100");
    }
    let (share, alpha) = (b / (a + b), (a + b).min(1.0));
    Ok(match (first, second) {
        (Paint::Fixed(a), Paint::Fixed(b)) => {
            let mixed = spaces::mix(space, a, b, share);
            Paint::Fixed(Color { alpha: mixed.alpha * alpha, ..mixed })
        }
        (Paint::Current, Paint::Fixed(other)) => Paint::Mixed { other, share, alpha },
        (Paint::Fixed(other), Paint::Current) => Paint::Mixed { other, share: 1.0 - share, alpha },
        (Paint::Current, Paint::Current) => Paint::Current,
        _ => return refuse("a mix of mixes of currentcolor"),
    })
}

/// A channel: its number, and whether it was a percentage.
type Channel = (f32, bool);

fn channel(p: &mut Parser<'_>) -> Parsed<Channel> {
    match p.next()?.clone() {
        Token::Number { value, .. } => Ok((value, false)),
        Token::Percentage { unit_value, .. } => Ok((unit_value, true)),
        Token::Ident(word) if word.eq_ignore_ascii_case("none") => Ok((0.0, false)),
        Token::Dimension { value, unit, .. } => match degrees(value, &unit) {
            Some(angle) => Ok((angle, false)),
            None => unexpected(),
        },
        Token::Function(name) => match super::calc::function(p, &name)? {
            Calc::Number(number) => Ok((number, false)),
            Calc::Angle(angle) => Ok((angle, false)),
            Calc::Length(length) => match length.as_share() {
                Some(share) => Ok((share, true)),
                None => unexpected(),
            },
        },
        _ => unexpected(),
    }
}

/// Three channels and alpha, with commas or without.
fn channels(p: &mut Parser<'_>, mix: impl Fn([Channel; 3]) -> [f32; 3]) -> Parsed<Paint> {
    let first = channel(p)?;
    let commas = p.try_parse(|p| p.expect_comma()).is_ok();
    let second = channel(p)?;
    if commas {
        p.expect_comma()?;
    }
    let third = channel(p)?;
    let alpha = alpha(p, commas)?;
    Ok(fixed(mix([first, second, third]), alpha))
}

fn alpha(p: &mut Parser<'_>, commas: bool) -> Parsed<f32> {
    let has_alpha = match commas {
        true => p.try_parse(|p| p.expect_comma()).is_ok(),
        false => p.try_parse(|p| p.expect_delim('/')).is_ok(),
    };
    Ok(if has_alpha { channel(p)?.0.clamp(0.0, 1.0) } else { 1.0 })
}

fn fixed(channels: [f32; 3], alpha: f32) -> Paint {
    let [red, green, blue] = channels.map(to_byte);
    Paint::Fixed(Color { red, green, blue, alpha })
}

/// Percentages as shares of what is full for each channel.
fn amounts(channels: [Channel; 3], full: [f32; 3]) -> [f32; 3] {
    std::array::from_fn(|index| {
        let (value, is_share) = channels[index];
        if is_share { value * full[index] } else { value }
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn to_byte(share: f32) -> u8 {
    (share * 255.0).round().clamp(0.0, 255.0) as u8
}

fn rgb(channels: [Channel; 3]) -> [f32; 3] {
    channels.map(|(value, share)| if share { value } else { value / 255.0 })
}

fn as_share((value, share): Channel) -> f32 {
    (if share { value } else { value / 100.0 }).clamp(0.0, 1.0)
}

fn hsl([hue, saturation, lightness]: [Channel; 3]) -> [f32; 3] {
    spaces::hsl([hue.0, as_share(saturation), as_share(lightness)])
}

/// CSS Color 4 §8.1.
fn hwb([hue, white, black]: [Channel; 3]) -> [f32; 3] {
    let (white, black) = (as_share(white), as_share(black));
    if white + black >= 1.0 {
        return [white / (white + black); 3];
    }
    hsl([hue, (1.0, true), (0.5, true)]).map(|part| part * (1.0 - white - black) + white)
}
