//! The faces of a run as the writer sees them.

use std::collections::BTreeSet;

use crate::fonts::{FaceId, FontBook};

use super::faces::{FaceInfo, FaceSource, Subset};

impl FaceSource for FontBook {
    fn face_info(&self, face: FaceId) -> Option<FaceInfo> {
        let info = FontBook::face_info(self, face)?;
        Some(FaceInfo {
            postscript_name: info.postscript_name,
            family: info.family,
            units_per_em: info.units_per_em,
            ascent: info.ascent,
            descent: info.descent,
            cap_height: info.cap_height,
            bbox: info.bbox,
            italic_angle: info.italic_angle,
            weight: info.weight,
            is_cff: info.is_cff,
            is_fixed_pitch: info.is_fixed_pitch,
            is_serif: info.is_serif,
            embeddable: info.embeddable,
            advances: info.advances,
        })
    }

    fn subset(&self, face: FaceId, glyphs: &BTreeSet<u16>) -> Option<Subset> {
        let subset = FontBook::subset(self, face, glyphs).ok()?;
        Some(Subset { bytes: subset.bytes, glyphs: subset.glyphs })
    }
}
