//! The faces of a run as the writer sees them.

use std::collections::BTreeSet;

use crate::fonts::{FaceId, FontBook};

use super::faces::{FaceInfo, FaceSource, Subset};

impl FaceSource for FontBook {
    fn face_info(&self, face: FaceId) -> Option<FaceInfo> {
        let info = FontBook::face_info(self, face)?;
        Some(FaceInfo {
            postscript_name: info.postscript_name.into(),
            family: info.family.into(),
            units_per_em: info.units_per_em,
            ascent: info.ascent as i16,
            descent: info.descent as i16,
            cap_height: info.cap_height as i16,
            bbox: info.bbox.map(|edge| edge as i16),
            italic_angle: info.italic_angle,
            weight: info.weight,
            is_cff: info.is_cff,
            is_fixed_pitch: info.fixed_pitch,
            is_serif: info.serif,
            embeddable: info.embeddable && info.subsettable,
            advances: self.advances(face),
        })
    }

    fn subset(&self, face: FaceId, glyphs: &BTreeSet<u16>) -> Option<Subset> {
        let subset = FontBook::subset(self, face, glyphs).ok()?;
        Some(Subset { bytes: subset.bytes, glyphs: subset.map })
    }
}
