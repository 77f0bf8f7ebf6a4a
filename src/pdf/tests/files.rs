//! Faces from the font files in `templates/fonts`, shaped with harfrust.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use harfrust::font::{Blob, Font};
use harfrust::{Buffer, Direction, ShapeOptions, ShaperFont, shape};

use crate::fonts::{Alphabet, FaceId, FaceInfo, Subset};
use crate::geom::{Point, Pt};
use crate::layout::{Glyph, GlyphRun, Glyphs};
use crate::pdf::FaceSource;
use crate::style::{Color, StyleId};

pub(crate) const SANS: FaceId = FaceId(0);
pub(crate) const BOLD: FaceId = FaceId(1);
pub(crate) const ARABIC: FaceId = FaceId(2);
pub(crate) const LIBERATION: FaceId = FaceId(3);

const FILES: [&str; 4] = [
    "source-sans-3/SourceSans3-Regular.ttf",
    "source-sans-3/SourceSans3-Bold.ttf",
    "noto/NotoNaskhArabic-Regular.ttf",
    "liberation/LiberationSerif-Regular.ttf",
];

/// The faces named above, and any other file after them.
pub(crate) struct Files {
    faces: Vec<(Vec<u8>, FaceInfo, Font)>,
}

impl Files {
    pub(crate) fn new() -> Files {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/fonts");
        let faces = FILES.iter().map(|file| {
            let bytes = std::fs::read(folder.join(file)).unwrap();
            let font = Font::new(Blob::from(bytes.clone()), 0).unwrap();
            let info = info(file, &bytes, &font);
            (bytes, info, font)
        });
        Files { faces: faces.collect() }
    }

    /// A run of shaped text.
    pub(crate) fn run(&self, face: FaceId, size: f32, text: &str, x: f32, y: f32) -> GlyphRun {
        let rtl = face == ARABIC;
        let font = &self.faces[face.0 as usize].2;
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        if rtl {
            buffer.set_direction(Direction::RightToLeft);
        }
        shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::new()).unwrap();
        let em = f32::from(self.faces[face.0 as usize].1.units_per_em);
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        let glyphs = glyphs.map(|(info, place)| Glyph {
            id: info.glyph_id as u16,
            advance: place.x_advance as f32 / em,
            x_offset: place.x_offset as f32 / em,
            y_offset: place.y_offset as f32 / em,
            cluster: info.cluster,
            is_space: text[info.cluster as usize..].starts_with([' ', '\u{a0}']),
        });
        let list: Arc<[Glyph]> = glyphs.collect();
        let range = 0..list.len() as u32;
        GlyphRun {
            face,
            size: Pt(size),
            color: Color::BLACK,
            style: StyleId::NONE,
            origin: Point::new(Pt(x), Pt(y)),
            glyphs: Glyphs { list, range, space_extra: Pt::ZERO, letter_extra: Pt::ZERO },
            text: text.into(),
            rtl,
            actual_text: None,
            slant: false,
        }
    }
}

fn info(file: &str, bytes: &[u8], font: &Font) -> FaceInfo {
    let parsed = ttf(bytes);
    let metrics = font.metrics();
    let name = Path::new(file).file_stem().unwrap().to_str().unwrap();
    FaceInfo {
        postscript_name: name.into(),
        family: name.into(),
        units_per_em: metrics.units_per_em,
        ascent: parsed.0,
        descent: parsed.1,
        cap_height: 660,
        bbox: [-400, -300, 1500, 1100],
        italic_angle: 0.0,
        weight: 400,
        is_cff: false,
        is_fixed_pitch: false,
        is_serif: false,
        embeddable: true,
        advances: parsed.2.into(),
    }
}

/// Ascent, descent and advances from `hhea` and `hmtx`.
fn ttf(bytes: &[u8]) -> (i16, i16, Vec<u16>) {
    let u16_at = |at: usize| u16::from_be_bytes([bytes[at], bytes[at + 1]]);
    let table = |tag: &[u8; 4]| {
        let count = u16_at(4) as usize;
        let record = (0..count).map(|index| 12 + index * 16).find(|&at| &bytes[at..at + 4] == tag);
        let at = record.unwrap() + 8;
        (u16_at(at) as usize) << 16 | u16_at(at + 2) as usize
    };
    let (hhea, hmtx, maxp) = (table(b"hhea"), table(b"hmtx"), table(b"maxp"));
    let long = u16_at(hhea + 34) as usize;
    let glyphs = u16_at(maxp + 4) as usize;
    let advances = (0..glyphs).map(|glyph| u16_at(hmtx + 4 * glyph.min(long - 1))).collect();
    (u16_at(hhea + 4) as i16, u16_at(hhea + 6) as i16, advances)
}

impl FaceSource for Files {
    fn face_info(&self, face: FaceId) -> Option<FaceInfo> {
        self.faces.get(face.0 as usize).map(|face| face.1.clone())
    }

    fn subset(&self, face: FaceId, glyphs: &BTreeSet<u16>) -> Option<Subset> {
        let mut remapper = subsetter::GlyphRemapper::new();
        let map: BTreeMap<u16, u16> =
            glyphs.iter().map(|&glyph| (glyph, remapper.remap(glyph))).collect();
        let bytes = subsetter::subset(&self.faces[face.0 as usize].0, 0, &remapper).ok()?;
        Some(Subset { bytes, glyphs: map })
    }

    fn alphabets(&self, _: FaceId) -> &[Alphabet] {
        &[]
    }
}
