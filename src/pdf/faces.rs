//! What the writer must know of a face. The module `fonts` gives it; tests read font files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::fonts::FaceId;

/// Gives metrics and subsets of the faces that glyph runs name.
pub trait FaceSource: Sync {
    /// The face's metrics, `None` when there is no such face. Cheap: asked once per chunk of pages.
    fn face_info(&self, face: FaceId) -> Option<FaceInfo>;

    /// The face reduced to `glyphs` (and glyph 0), `None` when the face cannot be read.
    fn subset(&self, face: FaceId, glyphs: &BTreeSet<u16>) -> Option<Subset>;
}

/// A face's metrics, in font units unless said otherwise.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct FaceInfo {
    /// The name for `BaseFont`, without a subset tag.
    pub postscript_name: Arc<str>,
    pub family: Arc<str>,
    pub units_per_em: u16,
    pub ascent: i16,
    /// Negative below the baseline.
    pub descent: i16,
    pub cap_height: i16,
    /// Left, bottom, right, top.
    pub bbox: [i16; 4],
    /// Degrees, negative for faces that lean to the right.
    pub italic_angle: f32,
    /// 100 to 900.
    pub weight: u16,
    /// Whether the outlines are CFF.
    pub is_cff: bool,
    pub is_fixed_pitch: bool,
    pub is_serif: bool,
    /// Whether the licence bits allow embedding (OS/2 `fsType`).
    pub embeddable: bool,
    /// Advance widths by glyph id; as many as there are glyphs.
    pub advances: Arc<[u16]>,
}

impl FaceInfo {
    /// A glyph's advance in thousandths of an em, as `W` has it: rounded to 1/100.
    pub(super) fn width(&self, glyph: u16) -> f64 {
        let advance = self.advances.get(usize::from(glyph)).copied().unwrap_or(0);
        (f64::from(advance) * 100_000.0 / f64::from(self.units_per_em.max(1))).round() / 100.0
    }

    /// Font units in thousandths of an em.
    pub(super) fn per_mille(&self, units: i16) -> i64 {
        (f64::from(units) * 1000.0 / f64::from(self.units_per_em.max(1))).round() as i64
    }
}

/// A face's font program with only the glyphs that are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Subset {
    /// A TrueType program (`glyf`), or CFF outlines as a bare `CFF ` table or an OpenType file.
    pub bytes: Vec<u8>,
    /// The face's glyph ids to those of the subset.
    pub glyphs: BTreeMap<u16, u16>,
}
