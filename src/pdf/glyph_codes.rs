//! Character codes of glyphs, and what each code reads as (`ToUnicode`, ISO 32000-1 9.10.3).
//!
//! A glyph's code is its id in the whole face, so that pages can be written before the subset is
//! known, and reads as the first text that the document shows it for. When the glyph stands for
//! another text as well (space and no-break space, a letter's body without its dots), it gets a
//! further code, an alias after the face's last glyph, drawn from glyph and text.
//!
//! Pages are written in chunks, each with its own table. [`GlyphCodes::absorb`] joins the tables
//! in page order and says when a chunk assumed another reading than an earlier one fixed; that
//! chunk is then written again from the joined table, so the result is that of one pass in order.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::error::WriteError;
use super::faces::{FaceSource, width};
use crate::fonts::{Alphabet, FaceId, FaceInfo, Letter};

/// Places for aliases after a face's last glyph.
const ALIASES: usize = 4096;
/// How many places are tried for one alias.
const TRIES: usize = 64;

/// What a glyph inside a cluster that cannot be split reads as, but for the first one.
pub(super) const SILENT: &str = "\u{200b}";

/// What a code reads as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    Char(char),
    Text(Box<str>),
}

impl Reading {
    fn of(text: &str) -> Reading {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => Reading::Char(only),
            (None, _) => Reading::Char('\u{200b}'),
            _ => Reading::Text(text.into()),
        }
    }

    /// Whether it is what `text` comes to.
    fn is(&self, text: &str) -> bool {
        match self {
            Reading::Char(char) => {
                let mut chars = text.chars();
                chars.next() == Some(*char) && chars.next().is_none()
            }
            Reading::Text(known) => **known == *text,
        }
    }

    /// The characters that it stands for.
    pub(super) fn chars(&self) -> impl Iterator<Item = char> + '_ {
        let (one, text) = match self {
            Reading::Char(char) => (Some(*char), ""),
            Reading::Text(text) => (None, &**text),
        };
        one.into_iter().chain(text.chars())
    }

    /// Whether another character is the usual one for such a glyph, so that this one is better
    /// kept apart from the start: chunks of pages then agree on the usual one.
    fn is_special(&self) -> bool {
        let Reading::Char(char) = *self else { return false };
        matches!(
            char,
            '\u{a0}' | '\u{ad}' | '\u{2d9}' | '\u{3bc}' | '\u{2000}'
                ..='\u{200b}'
                    | '\u{2010}'
                    | '\u{2011}'
                    | '\u{202f}'
                    | '\u{2126}'
                    | '\u{2206}'
                    | '\u{2215}'
                    | '\u{2219}'
        )
    }
}

/// The codes of one face.
#[derive(Debug, Clone)]
pub(super) struct FaceCodes {
    pub(super) info: FaceInfo,
    /// By glyph, which is the code: its place in `shown` from 1, 0 for none. A face has thousands of
    /// glyphs, a paper shows few.
    places: Vec<u16>,
    /// The glyphs that have a reading, in the order in which they got it.
    shown: Vec<Shown>,
    /// By place after the last glyph.
    aliases: BTreeMap<u16, (u16, Reading)>,
}

/// A glyph that has a reading.
#[derive(Debug, Clone)]
struct Shown {
    glyph: u16,
    reading: Reading,
    /// In thousandths of an em; `NAN` where nobody has asked.
    width: f64,
}

impl FaceCodes {
    fn new(info: FaceInfo) -> FaceCodes {
        let places = vec![0; info.advances.len()];
        FaceCodes { info, places, shown: Vec::new(), aliases: BTreeMap::new() }
    }

    fn shown(&self, glyph: u16) -> Option<&Shown> {
        let place = *self.places.get(usize::from(glyph))?;
        self.shown.get(usize::from(place).checked_sub(1)?)
    }

    fn reading(&self, glyph: u16) -> Option<&Reading> {
        self.shown(glyph).map(|shown| &shown.reading)
    }

    /// A glyph's advance in thousandths of an em, as `W` has it.
    pub(super) fn width(&mut self, glyph: u16) -> f64 {
        let place = self.places.get(usize::from(glyph)).copied().unwrap_or_default();
        let shown = usize::from(place).checked_sub(1).and_then(|at| self.shown.get_mut(at));
        match shown {
            Some(shown) if !shown.width.is_nan() => shown.width,
            Some(shown) => {
                shown.width = width(&self.info, glyph);
                shown.width
            }
            None => width(&self.info, glyph),
        }
    }

    /// The code for `glyph` standing for `text`, and whether it will read as that text.
    pub(super) fn code(&mut self, glyph: u16, text: &str) -> (u16, bool) {
        // Nearly all there is: an ASCII letter that the glyph has stood for before.
        if let ([letter @ ..0x80], Some(Reading::Char(known))) =
            (text.as_bytes(), self.reading(glyph))
            && *known == char::from(*letter)
        {
            return (glyph, true);
        }
        let reading = Reading::of(text);
        if reading.is_special() {
            return self.alias(glyph, reading);
        }
        match self.reading(glyph) {
            Some(known) if *known == reading => (glyph, true),
            None if usize::from(glyph) < self.places.len() => {
                self.read_as(glyph, reading);
                (glyph, true)
            }
            _ => self.alias(glyph, reading),
        }
    }

    /// Fixes what a glyph reads as, unless that is fixed.
    fn read_as(&mut self, glyph: u16, reading: Reading) {
        if let Some(place @ 0) = self.places.get_mut(usize::from(glyph)) {
            self.shown.push(Shown { glyph, reading, width: f64::NAN });
            // There are no more of them than glyphs.
            *place = u16::try_from(self.shown.len()).unwrap_or(u16::MAX);
        }
    }

    /// A code of its own for `glyph` standing for `text`, when a part of the text is drawn by
    /// other glyphs.
    pub(super) fn part_code(&mut self, glyph: u16, text: &str) -> (u16, bool) {
        self.alias(glyph, Reading::of(text))
    }

    fn alias(&mut self, glyph: u16, reading: Reading) -> (u16, bool) {
        let places = ALIASES.min(usize::from(u16::MAX).saturating_sub(self.places.len()));
        if places == 0 {
            self.use_glyph(glyph);
            return (glyph, false);
        }
        let mut place = digest(glyph, &reading) % places;
        for _ in 0..TRIES {
            let code = (self.places.len() + place) as u16;
            match self.aliases.entry(place as u16) {
                Entry::Occupied(known) if known.get().0 == glyph && known.get().1 == reading => {
                    return (code, true);
                }
                Entry::Occupied(_) => place = (place + 1) % places,
                Entry::Vacant(free) => {
                    free.insert((glyph, reading));
                    return (code, true);
                }
            }
        }
        self.use_glyph(glyph);
        (glyph, false)
    }

    /// Every code that is shown must read as something (ISO 19005-2 6.2.11.7.2).
    fn use_glyph(&mut self, glyph: u16) {
        self.read_as(glyph, Reading::of(SILENT));
    }

    /// The glyphs that have a reading, by their ids.
    fn in_order(&self) -> impl Iterator<Item = (u16, &Reading)> + '_ {
        let mut glyphs: Vec<u16> = self.shown.iter().map(|shown| shown.glyph).collect();
        glyphs.sort_unstable();
        glyphs.into_iter().filter_map(|glyph| Some((glyph, self.reading(glyph)?)))
    }

    /// All used codes in ascending order: code, glyph, text.
    pub(super) fn used(&self) -> Vec<(u16, u16, Reading)> {
        let mut used = Vec::with_capacity(self.shown.len() + self.aliases.len());
        used.extend(self.in_order().map(|(glyph, reading)| (glyph, glyph, reading.clone())));
        self.add_aliases(&mut used);
        used
    }

    /// All used codes in the order in which they came up, aliases behind: code, glyph, text.
    pub(super) fn in_turn(&self) -> Vec<(u16, u16, Reading)> {
        let mut used = Vec::with_capacity(self.shown.len() + self.aliases.len());
        used.extend(self.shown.iter().map(|one| (one.glyph, one.glyph, one.reading.clone())));
        self.add_aliases(&mut used);
        used
    }

    fn add_aliases(&self, used: &mut Vec<(u16, u16, Reading)>) {
        used.extend(self.aliases.iter().map(|(place, (glyph, reading))| {
            (self.places.len() as u16 + place, *glyph, reading.clone())
        }));
    }

    /// Adds the rest of each alphabet of which several letters are shown, when all pages are written.
    pub(super) fn complete(&mut self, alphabets: &[Alphabet]) {
        for alphabet in alphabets {
            if self.count(&alphabet.letters) < alphabet.fewest {
                continue;
            }
            self.show(&alphabet.letters);
            self.show(&alphabet.signs);
            for group in &alphabet.further {
                if self.count(group) > 0 {
                    self.show(group);
                }
            }
        }
    }

    /// How many of the letters are shown.
    fn count(&self, letters: &[Letter]) -> usize {
        let shown =
            |(text, glyph): &&Letter| self.reading(*glyph).is_some_and(|reading| reading.is(text));
        letters.iter().filter(shown).count()
    }

    fn show(&mut self, letters: &[Letter]) {
        self.shown.reserve(letters.len());
        for (text, glyph) in letters {
            if let Some(0) = self.places.get(usize::from(*glyph)) {
                self.read_as(*glyph, Reading::of(text));
            }
        }
    }

    /// Takes over `later`'s readings where none is fixed yet; false when they disagree.
    fn absorb(&mut self, later: &FaceCodes) -> bool {
        let mut agree = true;
        for (glyph, new) in later.in_order() {
            match self.reading(glyph) {
                Some(known) if known == new => {}
                None => self.read_as(glyph, new.clone()),
                Some(_) => {
                    // The chunk that is written again finds its alias taken.
                    self.alias(glyph, new.clone());
                    agree = false;
                }
            }
        }
        for (place, (glyph, reading)) in &later.aliases {
            let (code, _) = self.alias(*glyph, reading.clone());
            agree &= usize::from(code) == self.places.len() + usize::from(*place);
        }
        agree
    }
}

/// Where an alias is looked for first.
fn digest(glyph: u16, reading: &Reading) -> usize {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(glyph);
    let mut add = |char: char| digest = (digest ^ u64::from(char)).wrapping_mul(0x100_0000_01b3);
    match reading {
        Reading::Char(char) => add(*char),
        Reading::Text(text) => text.chars().for_each(add),
    }
    (digest >> 17) as usize
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
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
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
    fn glyph_with_two_readings_gets_two_codes() {
        let mut codes = codes();
        assert_eq!(codes.code(5, "a"), (5, true));
        let (alias, exact) = codes.code(5, "b");
        assert!(alias >= 100 && exact);
        assert_eq!(codes.code(5, "a"), (5, true));
        assert_eq!(codes.code(5, "b"), (alias, true));
    }

    #[test]
    fn no_break_space_gets_its_own_code() {
        let mut codes = codes();
        assert_eq!(codes.code(3, " "), (3, true));
        assert_ne!(codes.code(3, "\u{a0}").0, 3);
        assert_eq!(codes.used().len(), 2);
        assert_eq!(codes.used()[1].1, 3);
    }

    #[test]
    fn alphabets_are_completed_when_several_letters_are_shown() {
        let letters = |list: &[(&str, u16)]| -> Vec<Letter> {
            list.iter().map(|(text, glyph)| ((*text).into(), *glyph)).collect()
        };
        let alphabet = Alphabet {
            fewest: 2,
            signs: letters(&[("-", 8)]),
            letters: letters(&[("a", 1), ("b", 2), ("c", 3), ("fi", 4)]),
            further: vec![letters(&[("å", 5), ("ø", 6)]), letters(&[("ș", 7)])],
        };
        let mut codes = codes();
        codes.code(1, "a");
        codes.code(8, "-");
        codes.code(6, "ø");
        codes.complete(std::slice::from_ref(&alphabet));
        assert_eq!(codes.used().len(), 3);
        codes.code(2, "x");
        codes.code(3, "c");
        codes.complete(&[alphabet]);
        let read = |(code, glyph, reading): &(u16, u16, Reading)| {
            assert_eq!(code, glyph);
            (*code, reading.chars().collect::<String>())
        };
        let used: Vec<(u16, String)> = codes.used().iter().map(read).collect();
        let expected = [(1, "a"), (2, "x"), (3, "c"), (4, "fi"), (5, "å"), (6, "ø"), (8, "-")];
        assert_eq!(used, expected.map(|(code, text)| (code, text.to_owned())));
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
        assert_eq!(first.used().len(), 3);
    }
}
