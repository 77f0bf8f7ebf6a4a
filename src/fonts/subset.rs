//! What a PDF needs of a face: its description and the glyphs that are used.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use harfrust::Tag;
use harfrust::font::name::NameId;
use subsetter::GlyphRemapper;

use super::bare::bare;
use super::describe::{describe, name};
use super::face::Parsed;
use super::{FaceId, FontBook};

/// What a font descriptor says (ISO 32000-1 9.8). Distances are in the face's own units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct FaceInfo {
    /// The name for `BaseFont`, without a subset tag.
    pub postscript_name: Arc<str>,
    pub family: Arc<str>,
    pub units_per_em: u16,
    /// Upwards from the baseline.
    pub ascent: i16,
    /// Negative below the baseline.
    pub descent: i16,
    pub cap_height: i16,
    /// Left, bottom, right, top.
    pub bbox: [i16; 4],
    /// In degrees, negative when leaning right.
    pub italic_angle: f32,
    /// 1 to 1000.
    pub weight: u16,
    /// Whether the outlines are CFF's (else TrueType's).
    pub is_cff: bool,
    pub is_fixed_pitch: bool,
    pub is_serif: bool,
    /// Whether `OS/2` `fsType` lets a part of the face be embedded in a document that is read and
    /// printed.
    pub embeddable: bool,
    /// Advances by glyph id, as many as there are glyphs.
    pub advances: Arc<[u16]>,
}

/// A face with only some of its glyphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subset {
    /// The font file: TrueType or bare OpenType with CFF, without a `cmap`.
    pub bytes: Vec<u8>,
    /// Glyph ids of the face and what they are in the subset; 0 stays 0.
    pub glyphs: BTreeMap<u16, u16>,
}

/// Why a face cannot be subsetted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubsetError {
    /// The face cannot be read or is damaged.
    Damaged(String),
}

impl std::fmt::Display for SubsetError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let SubsetError::Damaged(name) = self;
        write!(f, "the font {name} is damaged and cannot be embedded")
    }
}

impl std::error::Error for SubsetError {}

impl FontBook {
    /// The face's description; `None` when it is damaged. Made once for each face.
    pub fn face_info(&self, face: FaceId) -> Option<FaceInfo> {
        let parsed = self.parsed(face)?;
        Some(parsed.info.get_or_init(|| info(parsed)).clone())
    }

    /// The face with the glyphs in `glyphs` (and glyph 0) only.
    ///
    /// # Errors
    /// When the face is damaged.
    pub fn subset(&self, face: FaceId, glyphs: &BTreeSet<u16>) -> Result<Subset, SubsetError> {
        let damaged = || SubsetError::Damaged(self.face_name(face).to_owned());
        let parsed = self.parsed(face).ok_or_else(damaged)?;
        let mut remapper = GlyphRemapper::new();
        let map = glyphs.iter().map(|glyph| (*glyph, remapper.remap(*glyph))).collect();
        // A variable face becomes a face with fixed outlines; CFF2 becomes TrueType on the way.
        let place: Vec<(subsetter::Tag, f32)> =
            parsed.place.iter().map(|(tag, value)| (subsetter::Tag::new(tag), *value)).collect();
        let file = parsed.bytes.as_slice();
        let family = self.face_info(face).map(|info| info.family).unwrap_or_default();
        let bytes = subsetter::subset_with_variations(file, parsed.index, &place, &remapper);
        Ok(Subset { bytes: bare(bytes.map_err(|_| damaged())?, &family), glyphs: map })
    }
}

fn info(parsed: &Parsed) -> FaceInfo {
    let font = &parsed.font;
    let described = describe(font);
    let (metrics, style) = (font.metrics(), font.style_metrics());
    let em = f32::from(metrics.units_per_em);
    let bounds = metrics.bounds;
    let table = |tag: [u8; 4]| table(parsed.bytes.as_slice(), parsed.index, tag);
    let os2 = table(*b"OS/2");
    let rights = os2.and_then(|os2| u16_at(os2, 8)).unwrap_or(0);
    let class = os2.and_then(|os2| u16_at(os2, 30)).unwrap_or(0) >> 8;
    let panose = os2.and_then(|os2| os2.get(32..34)).unwrap_or(&[0, 0]);
    let postscript_name = name(font, NameId::POSTSCRIPT_NAME)
        .map(|name| name.chars().filter(|c| c.is_ascii_graphic()).collect::<String>())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| described.family.replace(' ', ""));
    let axis = |tag: [u8; 4]| {
        let set = parsed.place.iter().find(|(own, _)| *own == tag).map(|(_, value)| *value);
        set.or_else(|| Some(font.axes().get_by_tag(Tag::new(&tag))?.default_value()))
    };
    let glyphs = font.glyph_metrics();
    let advances = (0..font.num_glyphs()).map(|glyph| glyphs.h_advance(glyph.into()) as u16);
    FaceInfo {
        postscript_name: (postscript_name + &suffix(&parsed.place)).into(),
        units_per_em: metrics.units_per_em,
        ascent: (parsed.metrics.ascent * em).round() as i16,
        descent: (-parsed.metrics.descent * em).round() as i16,
        cap_height: (parsed.metrics.cap_height * em).round() as i16,
        bbox: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
            .map(|edge| edge.to_f32().round() as i16),
        italic_angle: axis(*b"slnt")
            .or(style.italic_angle.map(|angle| angle.to_f32()))
            .unwrap_or(0.0),
        weight: axis(*b"wght").map_or(described.weight.0, |weight| weight as u16),
        is_cff: table(*b"CFF ").is_some(),
        is_fixed_pitch: style.is_fixed_pitch.unwrap_or(false),
        is_serif: matches!(class, 1..=5 | 7) || (panose[0] == 2 && (2..=10).contains(&panose[1])),
        // Restricted (2 alone), no subsetting (0x100) and bitmaps only (0x200) forbid it.
        embeddable: rights & 0x000E != 0x0002 && rights & 0x0300 == 0,
        family: described.family.into(),
        advances: advances.collect(),
    }
}

/// What an instance's PostScript name adds to the face's: each axis with its value (Adobe Technical
/// Note 5902).
fn suffix(place: &[([u8; 4], f32)]) -> String {
    let part = |(tag, value): &([u8; 4], f32)| {
        let tag: String = tag.iter().map(|byte| char::from(*byte)).collect();
        let value = (value * 100.0).round() / 100.0;
        format!("_{value}{}", tag.trim_end())
    };
    place.iter().map(part).filter(|part| part.chars().all(|c| c.is_ascii_graphic())).collect()
}

/// A table of an OpenType file (or of one font of a collection).
fn table(bytes: &[u8], index: u32, tag: [u8; 4]) -> Option<&[u8]> {
    let is_collection = bytes.get(..4)? == b"ttcf";
    let start = if is_collection { u32_at(bytes, 12 + 4 * index as usize)? as usize } else { 0 };
    let count = u16_at(bytes, start + 4)? as usize;
    let records = bytes.get(start + 12..)?.chunks_exact(16).take(count);
    let record = records.into_iter().find(|record| record[..4] == tag)?;
    let (offset, length) = (u32_at(record, 8)? as usize, u32_at(record, 12)? as usize);
    bytes.get(offset..offset.checked_add(length)?)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
