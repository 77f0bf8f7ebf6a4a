//! Colours (CSS Color 4 §4–§7).

use cssparser::color::{parse_hash_color, parse_named_color};
use cssparser::{Parser, Token};

use super::computed::Color;
use super::values::{Parsed, refuse, unexpected};

/// A colour as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Paint {
    /// `currentcolor`.
    Current,
    /// Known at once.
    Fixed(Color),
}

impl Paint {
    /// With the element's own colour known.
    pub fn resolve(self, current: Color) -> Color {
        match self {
            Paint::Current => current,
            Paint::Fixed(color) => color,
        }
    }
}

/// A colour by name, `#hex`, `rgb()`, `hsl()` or `hwb()`.
pub(crate) fn color(p: &mut Parser<'_>) -> Parsed<Paint> {
    match p.next()?.clone() {
        Token::Ident(name) if name.eq_ignore_ascii_case("currentcolor") => Ok(Paint::Current),
        Token::Ident(name) if name.eq_ignore_ascii_case("transparent") => {
            Ok(Paint::Fixed(Color::TRANSPARENT))
        }
        Token::Ident(name) => match parse_named_color(&name) {
            Ok((red, green, blue)) => Ok(Paint::Fixed(Color { red, green, blue, alpha: 1.0 })),
            Err(()) => refuse(format!("`{name}` is not a colour")),
        },
        Token::Hash(digits) | Token::IDHash(digits) => match parse_hash_color(digits.as_bytes()) {
            Ok((red, green, blue, alpha)) => Ok(Paint::Fixed(Color { red, green, blue, alpha })),
            Err(()) => refuse(format!("#{digits} has not 3, 4, 6 or 8 digits of 0–9 and a–f")),
        },
        Token::Function(name) => {
            let lower = name.to_ascii_lowercase();
            match lower.as_str() {
                "rgb" | "rgba" => p.parse_nested_block(|p| channels(p, rgb)),
                "hsl" | "hsla" => p.parse_nested_block(|p| channels(p, hsl)),
                "hwb" => p.parse_nested_block(|p| channels(p, hwb)),
                _ => refuse(format!("the colour function {name}() is not supported")),
            }
        }
        _ => unexpected(),
    }
}

/// A channel: its number, and whether it was a percentage.
type Channel = (f32, bool);

fn channel(p: &mut Parser<'_>) -> Parsed<Channel> {
    match p.next()?.clone() {
        Token::Number { value, .. } => Ok((value, false)),
        Token::Percentage { unit_value, .. } => Ok((unit_value, true)),
        Token::Ident(word) if word.eq_ignore_ascii_case("none") => Ok((0.0, false)),
        Token::Dimension { value, unit, .. } => match unit.to_ascii_lowercase().as_str() {
            "deg" => Ok((value, false)),
            "grad" => Ok((value * 0.9, false)),
            "rad" => Ok((value.to_degrees(), false)),
            "turn" => Ok((value * 360.0, false)),
            _ => unexpected(),
        },
        _ => unexpected(),
    }
}

/// Three channels and alpha, with commas or without.
fn channels(p: &mut Parser<'_>, mix: fn([Channel; 3]) -> [f32; 3]) -> Parsed<Paint> {
    let first = channel(p)?;
    let commas = p.try_parse(|p| p.expect_comma()).is_ok();
    let second = channel(p)?;
    if commas {
        p.expect_comma()?;
    }
    let third = channel(p)?;
    let has_alpha = match commas {
        true => p.try_parse(|p| p.expect_comma()).is_ok(),
        false => p.try_parse(|p| p.expect_delim('/')).is_ok(),
    };
    let alpha = if has_alpha { channel(p)?.0.clamp(0.0, 1.0) } else { 1.0 };
    let [red, green, blue] = mix([first, second, third]).map(to_byte);
    Ok(Paint::Fixed(Color { red, green, blue, alpha }))
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

/// CSS Color 4 §7.1.
fn hsl([hue, saturation, lightness]: [Channel; 3]) -> [f32; 3] {
    let hue = hue.0.rem_euclid(360.0);
    let (saturation, lightness) = (as_share(saturation), as_share(lightness));
    [0.0, 8.0, 4.0].map(|n: f32| {
        let k = (n + hue / 30.0) % 12.0;
        let a = saturation * lightness.min(1.0 - lightness);
        lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

/// CSS Color 4 §8.1.
fn hwb([hue, white, black]: [Channel; 3]) -> [f32; 3] {
    let (white, black) = (as_share(white), as_share(black));
    if white + black >= 1.0 {
        return [white / (white + black); 3];
    }
    hsl([hue, (1.0, true), (0.5, true)]).map(|part| part * (1.0 - white - black) + white)
}
