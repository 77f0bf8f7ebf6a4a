//! A face's measures for line boxes and decorations.

use harfrust::font::Font;
use harfrust::font::metrics::LineBox;

/// Measures of a face in em; up is positive, so `descent` is positive downwards only by its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceMetrics {
    /// From the baseline to the top of the content area.
    pub ascent: f32,
    /// From the baseline down to the bottom of the content area, positive.
    pub descent: f32,
    /// What `line-height: normal` adds between lines.
    pub line_gap: f32,
    /// Height of a lower-case x.
    pub x_height: f32,
    /// Height of a capital.
    pub cap_height: f32,
    /// The underline's middle above the baseline (mostly negative).
    pub underline_position: f32,
    /// The underline's thickness.
    pub underline_thickness: f32,
    /// The strike-through's middle above the baseline.
    pub strike_position: f32,
    /// The strike-through's thickness.
    pub strike_thickness: f32,
    /// How far `vertical-align: super` raises.
    pub super_shift: f32,
    /// How far `vertical-align: sub` lowers, positive.
    pub sub_shift: f32,
}

impl Default for FaceMetrics {
    fn default() -> FaceMetrics {
        FaceMetrics {
            ascent: 0.8,
            descent: 0.2,
            line_gap: 0.0,
            x_height: 0.5,
            cap_height: 0.7,
            underline_position: -0.1,
            underline_thickness: 0.05,
            strike_position: 0.25,
            strike_thickness: 0.05,
            super_shift: 0.34,
            sub_shift: 0.15,
        }
    }
}

impl FaceMetrics {
    /// The measures of a parsed face. Ascent and descent come from `OS/2`'s typographic line when
    /// the face asks for it (`USE_TYPO_METRICS`), else from `hhea`, as CSS Inline 3 §2.2 advises.
    pub(super) fn of(font: &Font) -> FaceMetrics {
        let metrics = font.metrics();
        let em = f32::from(metrics.units_per_em.max(1));
        let usable =
            |line: &LineBox| line.ascender.to_f32() != 0.0 || line.descender.to_f32() != 0.0;
        let typo = metrics.typo_line.filter(usable);
        let hhea = metrics.hhea_line.filter(usable);
        let line = if metrics.use_typo_metrics { typo.or(hhea) } else { hhea.or(typo) };
        let win = metrics.win_line;
        let (ascent, descent, line_gap) = match (line, win) {
            (Some(line), _) => {
                (line.ascender.to_f32(), -line.descender.to_f32(), line.line_gap.to_f32())
            }
            (None, Some(win)) => (win.ascender.to_f32(), -win.descender.to_f32(), 0.0),
            (None, None) => (em * 0.8, em * 0.2, 0.0),
        };
        let style = font.style_metrics();
        let x_height = positive(metrics.x_height.map(|x| x.to_f32()), em * 0.5);
        let underline = style.underline.map(|u| (u.position.to_f32(), u.thickness.to_f32()));
        let (underline_top, underline_thickness) =
            underline.filter(|(_, thickness)| *thickness > 0.0).unwrap_or((em * -0.075, em * 0.05));
        let strike = style.strike_through.map(|s| (s.position.to_f32(), s.thickness.to_f32()));
        let (strike_top, strike_thickness) = strike
            .filter(|(position, thickness)| *position > 0.0 && *thickness > 0.0)
            .unwrap_or((x_height * 0.5 + em * 0.025, em * 0.05));
        let super_shift = style.superscript.map(|s| s.y_offset.to_f32());
        let sub_shift = style.subscript.map(|s| s.y_offset.to_f32().abs());
        FaceMetrics {
            ascent: ascent / em,
            descent: descent / em,
            line_gap: line_gap.max(0.0) / em,
            x_height: x_height / em,
            cap_height: positive(metrics.cap_height.map(|x| x.to_f32()), em * 0.7) / em,
            underline_position: (underline_top - underline_thickness / 2.0) / em,
            underline_thickness: underline_thickness / em,
            strike_position: (strike_top - strike_thickness / 2.0) / em,
            strike_thickness: strike_thickness / em,
            super_shift: (positive(super_shift, em * 0.34) / em).min(0.4),
            sub_shift: (positive(sub_shift, em * 0.15) / em).min(0.25),
        }
    }
}

fn positive(value: Option<f32>, otherwise: f32) -> f32 {
    value.filter(|value| *value > 0.0).unwrap_or(otherwise)
}
