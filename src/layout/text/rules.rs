//! Underlines, overlines and lines through letters (CSS Text Decoration 4 §2).

use crate::geom::{Pt, Rect};
use crate::layout::fragment::Piece;
use crate::layout::page::{Artifact, Mark};
use crate::style::{ComputedStyle, Decoration, DecorationStyle, Visibility};

use super::bits::{Bit, Bits};
use super::faces::Typeface;
use super::paragraph::Paragraph;
use super::place::Extent;
use super::vertical::LineBox;

/// The lines behind the letters, or those through them: the block's over the whole line, those of
/// inline elements over their extent.
pub(super) fn rules(
    paragraph: &Paragraph,
    bits: &Bits,
    extents: &[Extent],
    vertical: &LineBox,
    through: bool,
    pieces: &mut Vec<Piece>,
) {
    let block = paragraph.block;
    if has_rule(&block.decoration, through) {
        let seen = || bits.bits.iter().filter(|bit| !bit.hangs && bit.letters.is_some());
        let left = seen().map(|bit| bit.x).fold(f32::MAX, f32::min);
        let right = seen().map(|bit| bit.x + bit.width).fold(f32::MIN, f32::max);
        let owner =
            Owner { style: block, typeface: &paragraph.strut, ends: (left, right), up: 0.0 };
        owner.rule(paragraph, bits, vertical, through, pieces);
    }
    for extent in extents {
        if let Some(inline) = paragraph.parts.boxes.get(extent.element as usize)
            && has_rule(&inline.style.decoration, through)
        {
            let ends = (extent.left, extent.right);
            let up = vertical.up(extent.element);
            let owner = Owner { style: inline.style, typeface: &inline.typeface, ends, up };
            owner.rule(paragraph, bits, vertical, through, pieces);
        }
    }
}

fn has_rule(decoration: &Decoration, through: bool) -> bool {
    if through { decoration.line_through } else { decoration.underline || decoration.overline }
}

/// What has the line: an element's part on a line of text.
struct Owner<'a> {
    style: &'a ComputedStyle,
    typeface: &'a Typeface,
    /// Left and right.
    ends: (f32, f32),
    /// Its baseline above that of the line.
    up: f32,
}

impl Owner<'_> {
    fn rule(
        &self,
        paragraph: &Paragraph,
        bits: &Bits,
        vertical: &LineBox,
        through: bool,
        pieces: &mut Vec<Piece>,
    ) {
        let (left, right) = self.ends;
        if right <= left || self.style.visibility != Visibility::Visible {
            return;
        }
        let (size, metrics) = (self.typeface.size.0, self.typeface.metrics);
        let decoration = &self.style.decoration;
        let thick = |own: f32| decoration.thickness.map_or(own * size, |given| given.0);
        let skips = self.style.underline.skip_ink && decoration.style != DecorationStyle::Wavy;
        // Tops of lines with their thickness, downwards from the owner's baseline.
        let mut tops: Vec<(f32, f32)> = Vec::new();
        if through {
            let thickness = thick(metrics.strike_thickness);
            tops.push((-metrics.strike_position * size - thickness / 2.0, thickness));
        } else {
            let thickness = thick(metrics.underline_thickness);
            if decoration.underline {
                tops.push((self.underline_top(thickness), thickness));
            }
            if decoration.overline {
                tops.push((-metrics.ascent * size - thickness / 2.0, thickness));
            }
        }
        if decoration.style == DecorationStyle::Double {
            // The second line is a thickness away from the first.
            for (top, thickness) in tops.clone() {
                tops.push((top + 2.0 * thickness, thickness));
            }
        }
        let color = decoration.color.unwrap_or(self.style.color);
        let style = match decoration.style {
            DecorationStyle::Double => DecorationStyle::Solid,
            other => other,
        };
        for (top, thickness) in tops {
            let top = top - self.up;
            let gaps = if through || !skips {
                Vec::new()
            } else {
                gaps(paragraph, bits, vertical, self.ends, (top, top + thickness))
            };
            for (from, to) in parts(self.ends, &gaps, thickness) {
                let rect = Rect::new(Pt(from), Pt(top), Pt(to - from), Pt(thickness));
                let mark = Mark::Artifact(Artifact::Layout);
                pieces.push(Piece::Rule { rect, color, style, mark });
            }
        }
    }

    /// The underline's upper edge below the owner's baseline.
    fn underline_top(&self, thickness: f32) -> f32 {
        let (size, metrics) = (self.typeface.size.0, self.typeface.metrics);
        let underline = self.style.underline;
        let base = if underline.under { metrics.descent * size } else { 0.0 };
        match underline.offset {
            Some(offset) => base + offset.0,
            None if underline.under => base,
            None => -metrics.underline_position * size - thickness / 2.0,
        }
    }
}

/// The stretches of a line in which letters have ink, with some room on both sides, from left to
/// right. `band` is the line's upper and lower edge below the baseline of the text.
fn gaps(
    paragraph: &Paragraph,
    bits: &Bits,
    vertical: &LineBox,
    (left, right): (f32, f32),
    (top, bottom): (f32, f32),
) -> Vec<(f32, f32)> {
    let room = (bottom - top).max(0.5);
    let mut gaps: Vec<(f32, f32)> = Vec::new();
    let inside = |bit: &&Bit| !bit.hangs && bit.x < right && bit.x + bit.width > left;
    for bit in bits.visual().filter(inside) {
        let Some(letters) = &bit.letters else { continue };
        let Some(span) = paragraph.parts.spans.get(letters.span as usize) else { continue };
        let size = span.size().0.max(0.01);
        let up = paragraph.atoms.get(bit.atom).map_or(0.0, |atom| vertical.up(atom.owner));
        let mut x = bit.x;
        for glyph in letters.word.glyphs.iter() {
            let rise = up + glyph.y_offset * size;
            let band = ((-bottom - rise) / size, (-top - rise) / size);
            let ink = match glyph.is_space {
                true => None,
                false => paragraph.context.fonts.ink(letters.choice.face, glyph.id, band.0, band.1),
            };
            if let Some((from, to)) = ink {
                let origin = x + glyph.x_offset * size;
                gaps.push((origin + from * size - room, origin + to * size + room));
            }
            x += glyph.advance * size + span.style.letter_spacing.0;
        }
    }
    gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
    gaps
}

/// What is left of a line between gaps; shorter pieces than the line is thick are left out.
fn parts((left, right): (f32, f32), gaps: &[(f32, f32)], thickness: f32) -> Vec<(f32, f32)> {
    let mut parts = Vec::with_capacity(gaps.len() + 1);
    let mut from = left;
    for (start, end) in gaps {
        parts.push((from, *start));
        from = from.max(*end);
    }
    parts.push((from, right));
    let least = if gaps.is_empty() { 0.0 } else { thickness };
    parts.retain(|(from, to)| to - from > least);
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_of_a_line_are_what_gaps_leave() {
        assert_eq!(parts((0.0, 10.0), &[], 1.0), [(0.0, 10.0)]);
        let gaps = [(2.0, 4.0), (3.0, 5.0), (9.5, 12.0)];
        assert_eq!(parts((0.0, 10.0), &gaps, 1.0), [(0.0, 2.0), (5.0, 9.5)]);
        assert_eq!(parts((0.0, 10.0), &[(0.5, 11.0)], 1.0), []);
    }
}
