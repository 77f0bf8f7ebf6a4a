//! Colour spaces beside sRGB, and mixing (CSS Color 4 §9–§12). What is outside of sRGB is cut to it.

use super::computed::Color;

type Triple = [f32; 3];

/// A space that colours are mixed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Space {
    Srgb,
    Linear,
    Lab,
    Lch,
    Oklab,
    Oklch,
    Hsl,
}

impl Space {
    /// The space of that name, in lower case.
    pub fn by_name(name: &str) -> Option<Space> {
        Some(match name {
            "srgb" => Space::Srgb,
            "srgb-linear" => Space::Linear,
            "lab" => Space::Lab,
            "lch" => Space::Lch,
            "oklab" => Space::Oklab,
            "oklch" => Space::Oklch,
            "hsl" => Space::Hsl,
            _ => return None,
        })
    }

    /// The place of the hue among the channels.
    fn hue(self) -> Option<usize> {
        match self {
            Space::Lch | Space::Oklch => Some(2),
            Space::Hsl => Some(0),
            _ => None,
        }
    }
}

/// The way from the space of `color()` to sRGB.
pub(crate) fn by_name(name: &str) -> Option<fn(Triple) -> Triple> {
    Some(match name {
        "srgb" => |c| c,
        "srgb-linear" => |c| c.map(encoded),
        "display-p3" => |c| {
            let matrix = [
                [0.486_570_95, 0.265_667_7, 0.198_217_29],
                [0.228_974_57, 0.691_738_5, 0.079_286_91],
                [0.0, 0.045_113_38, 1.043_944_4],
            ];
            from_xyz(times(matrix, c.map(linear)))
        },
        "a98-rgb" => |c| {
            let matrix = [
                [0.576_669_04, 0.185_558_24, 0.188_228_65],
                [0.297_344_98, 0.627_363_57, 0.075_291_46],
                [0.027_031_36, 0.070_688_85, 0.991_337_54],
            ];
            from_xyz(times(matrix, c.map(|v| v.signum() * v.abs().powf(563.0 / 256.0))))
        },
        "rec2020" => |c| {
            let matrix = [
                [0.636_958_05, 0.144_616_9, 0.168_880_98],
                [0.262_700_2, 0.677_998_07, 0.059_301_72],
                [0.0, 0.028_072_69, 1.060_985],
            ];
            from_xyz(times(matrix, c.map(|v| v.signum() * v.abs().powf(2.4))))
        },
        "xyz" | "xyz-d65" => from_xyz,
        "xyz-d50" => |c| from_xyz(to_d65(c)),
        _ => return None,
    })
}

fn times(matrix: [Triple; 3], v: Triple) -> Triple {
    matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

/// sRGB's light to its channel.
fn encoded(light: f32) -> f32 {
    let size = light.abs();
    let value =
        if size > 0.003_130_8 { 1.055 * size.powf(1.0 / 2.4) - 0.055 } else { 12.92 * size };
    value * light.signum()
}

/// sRGB's channel to its light.
fn linear(channel: f32) -> f32 {
    let size = channel.abs();
    let value = if size > 0.040_45 { ((size + 0.055) / 1.055).powf(2.4) } else { size / 12.92 };
    value * channel.signum()
}

fn from_xyz(xyz: Triple) -> Triple {
    let matrix = [
        [3.240_97, -1.537_383_2, -0.498_610_76],
        [-0.969_243_65, 1.875_967_5, 0.041_555_06],
        [0.055_630_08, -0.203_976_96, 1.056_971_5],
    ];
    times(matrix, xyz).map(encoded)
}

fn to_xyz(srgb: Triple) -> Triple {
    let matrix = [
        [0.412_390_8, 0.357_584_33, 0.180_480_8],
        [0.212_639, 0.715_168_65, 0.072_192_32],
        [0.019_330_82, 0.119_194_78, 0.950_532_14],
    ];
    times(matrix, srgb.map(linear))
}

fn to_d65(xyz: Triple) -> Triple {
    let matrix = [
        [0.955_473_4, -0.023_098_54, 0.063_259_31],
        [-0.028_369_71, 1.009_995_5, 0.021_041_4],
        [0.012_314, -0.020_507_7, 1.330_365_9],
    ];
    times(matrix, xyz)
}

fn to_d50(xyz: Triple) -> Triple {
    let matrix = [
        [1.047_929_8, 0.022_946_79, -0.050_192_27],
        [0.029_627_81, 0.990_434_5, -0.017_073_83],
        [-0.009_243_06, 0.015_055_19, 0.751_874_3],
    ];
    times(matrix, xyz)
}

const WHITE: Triple = [0.964_295_7, 1.0, 0.825_104_6];
const KAPPA: f32 = 24389.0 / 27.0;
const EPSILON: f32 = 216.0 / 24389.0;

/// CIE Lab, lightness to 100.
pub(crate) fn lab([l, a, b]: Triple) -> Triple {
    let l = l.clamp(0.0, 100.0);
    let f1 = (l + 16.0) / 116.0;
    let (f0, f2) = (f1 + a / 500.0, f1 - b / 200.0);
    let cube = |f: f32| if f.powi(3) > EPSILON { f.powi(3) } else { (116.0 * f - 16.0) / KAPPA };
    let y = if l > KAPPA * EPSILON { f1.powi(3) } else { l / KAPPA };
    from_xyz(to_d65([cube(f0) * WHITE[0], y * WHITE[1], cube(f2) * WHITE[2]]))
}

fn to_lab(srgb: Triple) -> Triple {
    let xyz = to_d50(to_xyz(srgb));
    let f = |index: usize| {
        let value = xyz[index] / WHITE[index];
        if value > EPSILON { value.cbrt() } else { (KAPPA * value + 16.0) / 116.0 }
    };
    let [x, y, z] = [f(0), f(1), f(2)];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The chroma and hue of a polar space as the axes of its plain one.
fn plane([l, chroma, hue]: Triple) -> Triple {
    let (sin, cos) = hue.to_radians().sin_cos();
    [l, chroma.max(0.0) * cos, chroma.max(0.0) * sin]
}

fn polar([l, a, b]: Triple) -> Triple {
    [l, a.hypot(b), b.atan2(a).to_degrees().rem_euclid(360.0)]
}

/// CIE LCH, lightness to 100, hue in degrees.
pub(crate) fn lch(c: Triple) -> Triple {
    lab(plane(c))
}

/// Oklab, lightness to 1.
pub(crate) fn oklab([l, a, b]: Triple) -> Triple {
    let l = l.clamp(0.0, 1.0);
    let cones = times(
        [
            [1.0, 0.396_337_78, 0.215_803_76],
            [1.0, -0.105_561_35, -0.063_854_17],
            [1.0, -0.089_484_18, -1.291_485_5],
        ],
        [l, a, b],
    );
    let matrix = [
        [4.076_741_7, -3.307_711_6, 0.230_969_94],
        [-1.268_438, 2.609_757_4, -0.341_319_4],
        [-0.004_196_09, -0.703_418_6, 1.707_614_7],
    ];
    times(matrix, cones.map(|cone| cone.powi(3))).map(encoded)
}

fn to_oklab(srgb: Triple) -> Triple {
    let matrix = [
        [0.412_221_47, 0.536_332_55, 0.051_445_99],
        [0.211_903_5, 0.680_699_5, 0.107_396_96],
        [0.088_302_46, 0.281_718_85, 0.629_978_7],
    ];
    let cones = times(matrix, srgb.map(linear)).map(f32::cbrt);
    times(
        [
            [0.210_454_26, 0.793_617_8, -0.004_072_05],
            [1.977_998_5, -2.428_592_2, 0.450_593_7],
            [0.025_904_04, 0.782_771_77, -0.808_675_77],
        ],
        cones,
    )
}

/// Oklch, lightness to 1, hue in degrees.
pub(crate) fn oklch(c: Triple) -> Triple {
    oklab(plane(c))
}

/// HSL with shares for saturation and lightness (CSS Color 4 §7.1).
pub(crate) fn hsl([hue, saturation, lightness]: Triple) -> Triple {
    let hue = hue.rem_euclid(360.0);
    [0.0, 8.0, 4.0].map(|n: f32| {
        let k = (n + hue / 30.0) % 12.0;
        let a = saturation * lightness.min(1.0 - lightness);
        lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

fn to_hsl([r, g, b]: Triple) -> Triple {
    let (high, low) = (r.max(g).max(b), r.min(g).min(b));
    let (lightness, range) = ((high + low) / 2.0, high - low);
    if range <= 0.0 {
        return [0.0, 0.0, lightness];
    }
    let saturation = (high - lightness) / lightness.min(1.0 - lightness).max(1.0e-6);
    let hue = match high {
        high if high == r => (g - b) / range + 6.0,
        high if high == g => (b - r) / range + 2.0,
        _ => (r - g) / range + 4.0,
    };
    [(hue * 60.0).rem_euclid(360.0), saturation, lightness]
}

fn into(space: Space, srgb: Triple) -> Triple {
    match space {
        Space::Srgb => srgb,
        Space::Linear => srgb.map(linear),
        Space::Lab => to_lab(srgb),
        Space::Lch => polar(to_lab(srgb)),
        Space::Oklab => to_oklab(srgb),
        Space::Oklch => polar(to_oklab(srgb)),
        Space::Hsl => to_hsl(srgb),
    }
}

fn out_of(space: Space, c: Triple) -> Triple {
    match space {
        Space::Srgb => c,
        Space::Linear => c.map(encoded),
        Space::Lab => lab(c),
        Space::Lch => lch(c),
        Space::Oklab => oklab(c),
        Space::Oklch => oklch(c),
        Space::Hsl => hsl(c),
    }
}

/// Two colours mixed, `share` of the second one (§12: with premultiplied alpha).
pub(crate) fn mix(space: Space, a: Color, b: Color, share: f32) -> Color {
    let triple = |c: Color| [c.red, c.green, c.blue].map(|channel| f32::from(channel) / 255.0);
    let (mut first, mut second) = (into(space, triple(a)), into(space, triple(b)));
    if let Some(hue) = space.hue() {
        // A colour without chroma has the other one's hue, and hues take the shorter way.
        let grey = |c: Triple| c[1].abs() < 1.0e-3;
        if grey(first) || a.alpha == 0.0 {
            first[hue] = second[hue];
        } else if grey(second) || b.alpha == 0.0 {
            second[hue] = first[hue];
        }
        let way = (second[hue] - first[hue] + 540.0).rem_euclid(360.0) - 180.0;
        second[hue] = first[hue] + way;
    }
    let alpha = a.alpha * (1.0 - share) + b.alpha * share;
    if alpha <= 0.0 {
        return Color::TRANSPARENT;
    }
    let mixed = std::array::from_fn(|index| {
        if space.hue() == Some(index) {
            return first[index] * (1.0 - share) + second[index] * share;
        }
        (first[index] * a.alpha * (1.0 - share) + second[index] * b.alpha * share) / alpha
    });
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let byte = |channel: f32| (channel * 255.0).round().clamp(0.0, 255.0) as u8;
    let [red, green, blue] = out_of(space, mixed).map(byte);
    Color { red, green, blue, alpha }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Triple, wanted: Triple) -> bool {
        found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.01)
    }

    #[test]
    fn colour_spaces_agree_on_known_colours() {
        // Red, in the figures of CSS Color 4.
        let red = [1.0, 0.0, 0.0];
        assert!(near(lab([54.29, 80.8, 69.89]), red));
        assert!(near(lch([54.29, 106.84, 40.86]), red));
        assert!(near(oklab([0.628, 0.224_9, 0.125_8]), red));
        assert!(near(oklch([0.628, 0.257_7, 29.23]), red));
        assert!(near(from_xyz([0.412_4, 0.212_6, 0.019_3]), red));
        for space in [Space::Linear, Space::Lab, Space::Lch, Space::Oklab, Space::Oklch, Space::Hsl]
        {
            let color = [0.2, 0.6, 0.4];
            assert!(near(out_of(space, into(space, color)), color), "{space:?}");
        }
    }

    #[test]
    fn mix_of_two_colours_is_between_them() {
        let color = |red, green, blue| Color { red, green, blue, alpha: 1.0 };
        let (white, black) = (color(255, 255, 255), color(0, 0, 0));
        assert_eq!(mix(Space::Srgb, black, white, 0.2), color(51, 51, 51));
        assert_eq!(mix(Space::Oklab, black, white, 0.5), color(99, 99, 99));
        let clear = mix(Space::Srgb, color(200, 0, 0), Color::TRANSPARENT, 0.5);
        assert_eq!((clear.red, clear.alpha), (200, 0.5));
    }
}
