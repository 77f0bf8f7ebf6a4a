//! Luminance, contrast, and colours laid over each other.

use crate::style::Color;

/// Red, green and blue of an opaque colour in sRGB.
pub type Rgb = [u8; 3];

/// White paper.
pub const PAPER: Rgb = [255; 3];

/// How light a colour is, from 0 for black to 1 for white (WCAG 2.2, relative luminance).
pub fn luminance(color: Rgb) -> f32 {
    let linear = |channel: u8| {
        let share = f32::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = color.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast of two luminances, from 1 to 21 (WCAG 2.2, contrast ratio).
pub fn ratio(one: f32, other: f32) -> f32 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The contrast of two colours.
pub fn contrast(one: Rgb, other: Rgb) -> f32 {
    ratio(luminance(one), luminance(other))
}

/// The channels of a colour, whatever its alpha.
pub fn channels(color: Color) -> Rgb {
    [color.red, color.green, color.blue]
}

/// What `top` with the opacity `alpha` over `below` comes to (ISO 32000-1 11.3.3, normal blend).
pub fn over(top: Rgb, alpha: f32, below: Rgb) -> Rgb {
    let alpha = alpha.clamp(0.0, 1.0);
    let mix = |top: u8, below: u8| {
        let mixed = f32::from(top) * alpha + f32::from(below) * (1.0 - alpha);
        mixed.round().clamp(0.0, 255.0) as u8
    };
    [mix(top[0], below[0]), mix(top[1], below[1]), mix(top[2], below[2])]
}

/// The colour nearest to `color`, darker or lighter with the same hue, whose contrast with `other`
/// reaches `needed`, and how far it is in lightness; `None` where none does.
pub fn nearest_that_reaches(color: Rgb, other: Rgb, needed: f32) -> Option<(Rgb, f32)> {
    let (hue, saturation, lightness) = to_hsl(color);
    // In so many steps of lightness a channel changes by one at a time.
    const STEPS: i32 = 510;
    let start = (lightness * STEPS as f32).round() as i32;
    let reaches = |step: i32| {
        let candidate = from_hsl(hue, saturation, step as f32 / STEPS as f32);
        (contrast(candidate, other) >= needed).then_some((candidate, (step - start).abs()))
    };
    let darker = (0..=start).rev().find_map(reaches);
    let lighter = (start..=STEPS).find_map(reaches);
    let nearest = [darker, lighter].into_iter().flatten().min_by_key(|(_, distance)| *distance);
    nearest.map(|(candidate, distance)| (candidate, distance as f32 / STEPS as f32))
}

/// `#rrggbb`.
pub fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Hue in sixths of a turn, saturation and lightness from 0 to 1 (CSS Color 4 §7).
fn to_hsl(color: Rgb) -> (f32, f32, f32) {
    let [red, green, blue] = color.map(|channel| f32::from(channel) / 255.0);
    let (high, low) = (red.max(green).max(blue), red.min(green).min(blue));
    let (lightness, spread) = ((high + low) / 2.0, high - low);
    if spread <= 0.0 {
        return (0.0, 0.0, lightness);
    }
    let saturation = spread / (1.0 - (2.0 * lightness - 1.0).abs()).max(f32::EPSILON);
    let hue = if high == red {
        ((green - blue) / spread).rem_euclid(6.0)
    } else if high == green {
        (blue - red) / spread + 2.0
    } else {
        (red - green) / spread + 4.0
    };
    (hue, saturation.min(1.0), lightness)
}

fn from_hsl(hue: f32, saturation: f32, lightness: f32) -> Rgb {
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    let second = chroma * (1.0 - (hue.rem_euclid(2.0) - 1.0).abs());
    let (red, green, blue) = match hue as u8 {
        0 => (chroma, second, 0.0),
        1 => (second, chroma, 0.0),
        2 => (0.0, chroma, second),
        3 => (0.0, second, chroma),
        4 => (second, 0.0, chroma),
        _ => (chroma, 0.0, second),
    };
    let base = lightness - chroma / 2.0;
    [red, green, blue].map(|part| ((part + base) * 255.0).round().clamp(0.0, 255.0) as u8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn contrast_of_known_pairs_is_as_published() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1.0e-3);
        // The grey that just fails, and the one that just passes, on white.
        assert!((contrast([0x77; 3], [255; 3]) - 4.478).abs() < 1.0e-3);
        assert!((contrast([0x76; 3], [255; 3]) - 4.542).abs() < 1.0e-3);
        assert!((contrast([255, 0, 0], [255; 3]) - 3.998).abs() < 1.0e-3);
    }

    #[test]
    fn over_half_is_in_the_middle() {
        assert_eq!(over([0; 3], 0.5, [255; 3]), [128; 3]);
        assert_eq!(over([9, 8, 7], 1.0, [255; 3]), [9, 8, 7]);
        assert_eq!(over([9, 8, 7], 0.0, [1, 2, 3]), [1, 2, 3]);
    }

    #[test]
    fn nearest_grey_on_white_is_the_lightest_that_passes() {
        let (darker, _) = nearest_that_reaches([0x99; 3], [255; 3], 4.5).unwrap();
        assert_eq!(darker, [0x76; 3]);
        // On a dark ground the way to lighter colours is the shorter one.
        let (lighter, _) = nearest_that_reaches([0x66; 3], [0x22; 3], 4.5).unwrap();
        assert!(lighter[0] > 0x66);
    }

    proptest! {
        #[test]
        fn contrast_is_symmetric_and_within_its_range(one: [u8; 3], other: [u8; 3]) {
            let found = contrast(one, other);
            prop_assert_eq!(found, contrast(other, one));
            prop_assert!((1.0..=21.001).contains(&found));
        }

        #[test]
        fn colour_is_its_hue_saturation_and_lightness(color: [u8; 3]) {
            let (hue, saturation, lightness) = to_hsl(color);
            let again = from_hsl(hue, saturation, lightness);
            prop_assert!(color.iter().zip(again).all(|(one, other)| one.abs_diff(other) <= 1));
        }

        #[test]
        fn suggested_colour_passes(color: [u8; 3], behind: [u8; 3]) {
            // Black or white reaches 4.5:1 on any ground.
            let suggested = nearest_that_reaches(color, behind, 4.5);
            prop_assert!(suggested.is_some_and(|(found, _)| contrast(found, behind) >= 4.5));
        }
    }
}
