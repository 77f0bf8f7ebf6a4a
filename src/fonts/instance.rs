//! Variable faces: what a style asks for → a place on the axes (CSS Fonts 4 §7, OpenType `fvar`).

use std::sync::{Arc, OnceLock};

use harfrust::Tag;
use harfrust::font::Font;

use super::book::Entry;
use super::face::Parsed;
use super::{FaceId, FontBook};

/// What a style asks of a face, beside its family.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceQuery {
    /// 1–1000.
    pub weight: u16,
    /// Whether and how letters lean.
    pub slope: Slope,
    /// 1.0 for normal.
    pub stretch: f32,
    /// The size that the letters are drawn for, in CSS pixels; `None` for the face's own.
    pub optical_size: Option<f32>,
    /// `font-variation-settings`: axes with their values.
    pub variations: Arc<[([u8; 4], f32)]>,
}

/// `font-style`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum Slope {
    Upright,
    Italic,
    /// Degrees, to the right.
    Oblique(f32),
}

/// The angle of `oblique` without one (CSS Fonts 4 §2.4).
pub(super) const USUAL_ANGLE: f32 = 14.0;

/// A place on a face's axes, in the axes' own units; axes at their defaults are left out.
pub(super) type Place = Vec<([u8; 4], f32)>;

/// Instances of one face, made when they are asked for and kept: a list that only grows, so that
/// what is in it can be lent without a lock.
#[derive(Default)]
pub(super) struct Instances {
    /// By the digest's lowest bits, so that each list stays short.
    lists: [OnceLock<Box<Instance>>; LISTS],
}

const LISTS: usize = 16;

struct Instance {
    digest: u64,
    parsed: Option<Parsed>,
    next: OnceLock<Box<Instance>>,
}

impl FaceQuery {
    /// A face of a weight, upright or italic, and nothing else.
    pub fn plain(weight: u16, italic: bool) -> FaceQuery {
        let slope = if italic { Slope::Italic } else { Slope::Upright };
        FaceQuery { weight, slope, stretch: 1.0, optical_size: None, variations: Arc::from([]) }
    }

    /// Whether letters lean.
    pub fn leans(&self) -> bool {
        self.slope != Slope::Upright
    }
}

impl Instances {
    pub fn get(&self, digest: u64) -> Option<&Parsed> {
        let mut slot = &self.lists[digest as usize % LISTS];
        loop {
            let instance = slot.get()?;
            if instance.digest == digest {
                return instance.parsed.as_ref();
            }
            slot = &instance.next;
        }
    }

    /// Makes the instance unless it is there.
    fn add(&self, digest: u64, make: impl Fn() -> Option<Parsed>) {
        let mut slot = &self.lists[digest as usize % LISTS];
        loop {
            let fresh = || Box::new(Instance { digest, parsed: make(), next: OnceLock::new() });
            let instance = slot.get_or_init(fresh);
            if instance.digest == digest {
                return;
            }
            slot = &instance.next;
        }
    }
}

impl FontBook {
    /// The instance of a face that comes nearest to what is asked for; the face itself when it has
    /// no axes or its defaults are meant.
    pub(super) fn instance(&self, face: FaceId, query: &FaceQuery) -> FaceId {
        let Some(entry) = self.entry(face).filter(|entry| entry.variable) else { return face };
        let Some(parsed) = entry.face.parsed() else { return face };
        let place = place(&parsed.font, entry, query);
        if place.is_empty() {
            return face;
        }
        let digest = digest(&place);
        entry.face.instances.add(digest, || parsed.instance(place.clone()));
        face.with_instance(digest)
    }

    /// The axes named by `font-variation-settings` that a face does not have.
    pub(super) fn unknown_axes(&self, face: FaceId, query: &FaceQuery) -> Vec<String> {
        let Some(parsed) = self.parsed(face) else { return Vec::new() };
        let axes = parsed.font.axes();
        let lacking =
            query.variations.iter().filter(|(tag, _)| axes.get_by_tag(Tag::new(tag)).is_none());
        lacking.map(|(tag, _)| String::from_utf8_lossy(tag).into_owned()).collect()
    }
}

/// The place on the axes: the style's own properties first, `font-variation-settings` over them
/// (CSS Fonts 4 §7.2), each within the axis and what its rule admits.
fn place(font: &Font, entry: &Entry, query: &FaceQuery) -> Place {
    let weight = f32::from(query.weight.min(entry.weight.1).max(entry.weight.0));
    let width = query.stretch.min(entry.stretch.1).max(entry.stretch.0) * 100.0;
    let axes = font.axes();
    let has_slant = axes.get_by_tag(Tag::new(b"slnt")).is_some();
    let has_italic = axes.get_by_tag(Tag::new(b"ital")).is_some();
    // A face for upright text alone is slanted by the painter, not by its axes.
    let lean = match query.slope {
        Slope::Upright if !entry.upright => Slope::Italic,
        _ if !entry.italic => Slope::Upright,
        Slope::Oblique(angle) => {
            let (least, most) = entry.leaning.unwrap_or((-90.0, 90.0));
            Slope::Oblique(angle.max(least).min(most))
        }
        slope => slope,
    };
    let mut place = Place::new();
    for axis in axes.iter() {
        let tag = axis.tag().to_be_bytes();
        let own = query.variations.iter().rev().find(|(own, _)| *own == tag).map(|(_, at)| *at);
        let asked = own.or(match (&tag, lean) {
            (b"wght", _) => Some(weight),
            (b"wdth", _) => Some(width),
            (b"opsz", _) => query.optical_size,
            (b"ital", Slope::Italic) => Some(1.0),
            (b"ital", Slope::Oblique(_)) if !has_slant => Some(1.0),
            (b"slnt", Slope::Oblique(angle)) => Some(-angle),
            (b"slnt", Slope::Italic) if !has_italic => Some(-USUAL_ANGLE),
            _ => None,
        });
        let Some(asked) = asked.filter(|value| value.is_finite()) else { continue };
        let value = asked.max(axis.min_value()).min(axis.max_value());
        if value != axis.default_value() {
            place.push((tag, value));
        }
    }
    place
}

/// 48 bits, never 0.
fn digest(place: &Place) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for (tag, value) in place {
        for byte in tag.iter().copied().chain(value.to_bits().to_be_bytes()) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    ((digest ^ digest >> 48) & 0xffff_ffff_ffff).max(1)
}
