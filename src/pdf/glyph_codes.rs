//! Character codes of glyphs, and what each code reads as (`ToUnicode`, ISO 32000-1 9.10.3).
//!
//! A glyph's code is its id in the whole face, so that pages can be written before the subset is
//! known. A code reads as one text only: the first that the document shows it for. A glyph that
//! shares its shape with a common special character (space and no-break space) has a second code
//! for that character; any other difference is left to `ActualText`.
//!
//! Pages are written in chunks, each with its own table. [`GlyphCodes::absorb`] joins the tables
//! in page order and says when a chunk assumed another reading than an earlier one fixed; that
//! chunk is then written again from the joined table, so the result is that of one pass in order.

use std::collections::BTreeMap;

use super::error::WriteError;
use super::faces::FaceInfo;
use super::faces::FaceSource;
use crate::fonts::FaceId;

/// Characters with a code of their own, after the face's last glyph id.
const ALIASES: [char; 16] = [
    '\u{a0}', '\u{ad}', '\u{2010}', '\u{2011}', '\u{2002}', '\u{2003}', '\u{2007}', '\u{2008}',
    '\u{2009}', '\u{202f}', '\u{2d9}', '\u{2126}', '\u{2206}', '\u{2215}', '\u{2219}', '\u{3bc}',
];

/// What a code reads as.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Reading {
    /// The code is not used.
    #[default]
    Unused,
    /// Used, but only inside `ActualText`.
    Mute,
    Char(char),
    Text(Box<str>),
}

impl Reading {
    fn of(text: &str) -> Reading {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => Reading::Char(only),
            (None, _) => Reading::Mute,
            _ => Reading::Text(text.into()),
        }
    }

    fn is_open(&self) -> bool {
        matches!(self, Reading::Unused | Reading::Mute)
    }
}

/// The codes of one face.
#[derive(Debug, Clone)]
pub(super) struct FaceCodes {
    pub(super) info: FaceInfo,
    readings: Vec<Reading>,
    /// The glyphs behind the alias codes.
    aliases: [Option<u16>; ALIASES.len()],
}

impl FaceCodes {
    fn new(info: FaceInfo) -> FaceCodes {
        let readings = vec![Reading::Unused; info.advances.len()];
        FaceCodes { info, readings, aliases: [None; ALIASES.len()] }
    }

    /// The code for `glyph` standing for `text`, and whether it will read as that text.
    pub(super) fn code(&mut self, glyph: u16, text: &str) -> (u16, bool) {
        let reading = Reading::of(text);
        if let Reading::Char(char) = reading
            && (char == '\u{a0}'
                || char as u32 >= 0xad && !char.is_alphanumeric()
                || char == '\u{3bc}')
            && let Some(alias) = ALIASES.iter().position(|&other| other == char)
            && self.readings.len() + ALIASES.len() <= usize::from(u16::MAX)
        {
            let known = self.aliases[alias].get_or_insert(glyph);
            if *known == glyph {
                return ((self.readings.len() + alias) as u16, true);
            }
        }
        let Some(known) = self.readings.get_mut(usize::from(glyph)) else { return (glyph, false) };
        if known.is_open() && reading != Reading::Mute {
            *known = reading;
            return (glyph, true);
        }
        (glyph, *known == reading)
    }

    /// The code for a glyph that only counts inside `ActualText`.
    pub(super) fn mute_code(&mut self, glyph: u16) -> u16 {
        if let Some(known) = self.readings.get_mut(usize::from(glyph))
            && *known == Reading::Unused
        {
            *known = Reading::Mute;
        }
        glyph
    }

    /// All used codes in ascending order: code, glyph, text.
    pub(super) fn used(&self) -> Vec<(u16, u16, String)> {
        let mut used = Vec::new();
        for (glyph, reading) in self.readings.iter().enumerate() {
            let text = match reading {
                Reading::Unused => continue,
                // Every code must read as something (ISO 19005-2 6.2.11.7.2); what is read here
                // comes from `ActualText`.
                Reading::Mute => "\u{200b}".to_owned(),
                Reading::Char(char) => char.to_string(),
                Reading::Text(text) => text.to_string(),
            };
            used.push((glyph as u16, glyph as u16, text));
        }
        for (alias, glyph) in self.aliases.iter().enumerate() {
            if let Some(glyph) = glyph {
                used.push((
                    (self.readings.len() + alias) as u16,
                    *glyph,
                    ALIASES[alias].to_string(),
                ));
            }
        }
        used
    }

    /// Takes over `later`'s readings where none is fixed yet; false when they disagree.
    fn absorb(&mut self, later: &FaceCodes) -> bool {
        let mut agree = true;
        for (known, new) in self.readings.iter_mut().zip(&later.readings) {
            if *new == Reading::Unused || known == new {
                continue;
            }
            if *known == Reading::Unused || known.is_open() && !new.is_open() {
                *known = new.clone();
            } else if !new.is_open() {
                agree = false;
            }
        }
        for (known, new) in self.aliases.iter_mut().zip(later.aliases) {
            if let Some(new) = new {
                agree &= *known.get_or_insert(new) == new;
            }
        }
        agree
    }
}

/// The codes of all faces of a chunk of pages, or of the document.
#[derive(Debug, Clone, Default)]
pub(super) struct GlyphCodes {
    pub(super) faces: BTreeMap<FaceId, FaceCodes>,
}

impl GlyphCodes {
    /// The codes of `face`.
    pub(super) fn face(
        &mut self,
        face: FaceId,
        source: &dyn FaceSource,
    ) -> Result<&mut FaceCodes, WriteError> {
        match self.faces.entry(face) {
            std::collections::btree_map::Entry::Occupied(known) => Ok(known.into_mut()),
            std::collections::btree_map::Entry::Vacant(new) => {
                let info = source.face_info(face).ok_or(WriteError::UnknownFace(face))?;
                if !info.embeddable {
                    return Err(WriteError::NotEmbeddable(info.postscript_name.to_string()));
                }
                Ok(new.insert(FaceCodes::new(info)))
            }
        }
    }

    /// Joins the table of the chunk that follows; false when that chunk must be written again.
    pub(super) fn absorb(&mut self, later: &GlyphCodes) -> bool {
        let mut agree = true;
        for (face, codes) in &later.faces {
            match self.faces.get_mut(face) {
                Some(known) => agree &= known.absorb(codes),
                None => {
                    self.faces.insert(*face, codes.clone());
                }
            }
        }
        agree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> FaceCodes {
        FaceCodes::new(FaceInfo {
            postscript_name: "T".into(),
            family: "T".into(),
            units_per_em: 1000,
            ascent: 800,
            descent: -200,
            cap_height: 700,
            bbox: [0; 4],
            italic_angle: 0.0,
            weight: 400,
            is_cff: false,
            is_fixed_pitch: false,
            is_serif: false,
            embeddable: true,
            advances: vec![500; 100].into(),
        })
    }

    #[test]
    fn glyph_with_two_readings_is_exact_for_the_first_only() {
        let mut codes = codes();
        assert_eq!(codes.code(5, "a"), (5, true));
        assert_eq!(codes.code(5, "b"), (5, false));
        assert_eq!(codes.code(5, "a"), (5, true));
    }

    #[test]
    fn no_break_space_gets_its_own_code() {
        let mut codes = codes();
        assert_eq!(codes.code(3, " "), (3, true));
        assert_eq!(codes.code(3, "\u{a0}"), (100, true));
        assert_eq!(codes.used().len(), 2);
    }

    #[test]
    fn chunks_that_disagree_are_reported_and_the_earlier_reading_stays() {
        let (mut first, mut second) = (codes(), codes());
        first.code(7, "x");
        second.code(7, "y");
        second.code(8, "z");
        assert!(!first.absorb(&second));
        assert_eq!(first.code(7, "x"), (7, true));
        assert_eq!(first.code(8, "z"), (8, true));
    }
}
