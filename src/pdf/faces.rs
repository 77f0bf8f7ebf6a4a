//! Where the writer's faces come from: the run's fonts, or a test's files.

use std::collections::BTreeSet;

use crate::fonts::{Alphabet, FaceId, FaceInfo, FontBook, Subset};

/// Gives metrics and subsets of the faces that glyph runs name.
pub trait FaceSource: Sync {
    /// The face's metrics, `None` when there is no such face. Cheap: asked once per chunk of pages.
    fn face_info(&self, face: FaceId) -> Option<FaceInfo>;

    /// The face reduced to `glyphs` (and glyph 0), `None` when the face cannot be read.
    fn subset(&self, face: FaceId, glyphs: &BTreeSet<u16>) -> Option<Subset>;

    /// The alphabets of which the face has letters. Cheap: asked once per document.
    fn alphabets(&self, face: FaceId) -> &[Alphabet];
}

impl FaceSource for FontBook {
    fn face_info(&self, face: FaceId) -> Option<FaceInfo> {
        FontBook::face_info(self, face)
    }

    fn subset(&self, face: FaceId, glyphs: &BTreeSet<u16>) -> Option<Subset> {
        FontBook::subset(self, face, glyphs).ok()
    }

    fn alphabets(&self, face: FaceId) -> &[Alphabet] {
        FontBook::alphabets(self, face)
    }
}

/// A glyph's advance in thousandths of an em, as `W` has it: rounded to 1/100.
pub(super) fn width(info: &FaceInfo, glyph: u16) -> f64 {
    let advance = info.advances.get(usize::from(glyph)).copied().unwrap_or(0);
    (f64::from(advance) * 100_000.0 / f64::from(info.units_per_em.max(1))).round() / 100.0
}

/// Font units in thousandths of an em.
pub(super) fn per_mille(info: &FaceInfo, units: i16) -> i64 {
    (f64::from(units) * 1000.0 / f64::from(info.units_per_em.max(1))).round() as i64
}
