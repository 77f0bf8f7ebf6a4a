//! Which face shows a character that the chosen ones lack.

use std::sync::PoisonError;

use super::{FaceId, FaceQuery, FontBook};

impl FontBook {
    /// Whether the face has a glyph for `character` (and its `unicode-range` admits it).
    pub fn covers(&self, face: FaceId, character: char) -> bool {
        let code = character as u32;
        let admitted = self.entry(face).is_some_and(|entry| {
            entry.ranges.is_empty()
                || entry.ranges.iter().any(|(first, last)| (*first..=*last).contains(&code))
        });
        admitted && self.parsed(face).is_some_and(|parsed| parsed.covers(character))
    }

    /// Whether a `unicode-range` keeps the face from some characters that it has.
    pub fn is_partial(&self, face: FaceId) -> bool {
        self.entry(face).is_some_and(|entry| !entry.ranges.is_empty())
    }

    /// The face for a character that the chosen faces lack, close in weight and slope; `None` when
    /// no face on hand has it. Families made for the character's script come first, then all in
    /// the order of their sources.
    pub fn fallback(&self, character: char, weight: u16, italic: bool) -> Option<FaceId> {
        let key = (character, weight, italic);
        let cache = &self.fallbacks;
        let known = cache.read().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        if let Some(face) = known {
            return face;
        }
        let found = self.search_fallback(character, weight, italic);
        cache.write().unwrap_or_else(PoisonError::into_inner).insert(key, found);
        found
    }

    fn search_fallback(&self, character: char, weight: u16, italic: bool) -> Option<FaceId> {
        let preferred = preferred_families(character).iter();
        let preferred = preferred.filter_map(|family| self.family(family));
        let rest = self.family_order.iter().filter_map(|family| self.family(family));
        let query = FaceQuery::plain(weight, italic);
        let found = preferred.chain(rest).find_map(|faces| {
            let covering: Vec<FaceId> =
                faces.iter().copied().filter(|face| self.covers(*face, character)).collect();
            self.nearest(&covering, &query)
        });
        found.map(|face| self.instance(face, &query))
    }
}

/// The built-in families made for a character's script, in lower case.
fn preferred_families(character: char) -> &'static [&'static str] {
    match character as u32 {
        0x0590..=0x05FF | 0xFB1D..=0xFB4F => &["noto sans hebrew"],
        0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => {
            &["noto naskh arabic"]
        }
        _ => &["source sans 3", "source serif 4", "liberation sans", "liberation serif"],
    }
}
