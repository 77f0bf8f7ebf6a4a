//! Letters that belong together. A subset that shows several letters of an alphabet holds all of
//! it: papers of one kind (certificates, letters) then need the same subset instead of one for each
//! name.

use super::face::Parsed;
use super::{FaceId, FontBook};

/// A letter, sign or ligature, with the glyph that the face has for it.
pub type Letter = (Box<str>, u16);

/// An alphabet, as far as the face has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alphabet {
    /// It is held whole when at least so many of its letters are shown.
    pub fewest: usize,
    /// The letters of nearly every text.
    pub letters: Vec<Letter>,
    /// Figures and signs that come with them, and do not count.
    pub signs: Vec<Letter>,
    /// Groups of further letters: of each a text needs several or none.
    pub further: Vec<Vec<Letter>>,
}

/// Ranges of characters.
type Ranges = &'static [(char, char)];

/// An alphabet by its characters (Unicode 17, chapters 6 and 7).
struct Known {
    fewest: usize,
    letters: Ranges,
    signs: Ranges,
    further: &'static [Ranges],
}

const FIGURES: Known = Known { fewest: 2, letters: &[('0', '9')], signs: &[], further: &[] };

const LATIN: Known = Known {
    fewest: 8,
    letters: &[('a', 'z'), ('A', 'Z')],
    signs: &[
        ('0', '9'),
        (' ', ' '),
        (',', '/'),
        (':', ':'),
        ('&', '&'),
        ('(', ')'),
        ('’', '’'),
        ('–', '–'),
        // They stand for the ligatures of `fi` and its kind.
        ('ﬀ', 'ﬄ'),
    ],
    further: &[NORDIC, WESTERN, EASTERN],
};

/// Norwegian and Danish, Swedish and Finnish, German.
const NORDIC: Ranges = &[
    ('Ä', 'Æ'),
    ('É', 'É'),
    ('Ö', 'Ö'),
    ('Ø', 'Ø'),
    ('Ü', 'Ü'),
    ('ß', 'ß'),
    ('ä', 'æ'),
    ('é', 'é'),
    ('ö', 'ö'),
    ('ø', 'ø'),
    ('ü', 'ü'),
];

/// What they leave over of Western Europe's letters.
const WESTERN: Ranges = &[
    ('À', 'Ã'),
    ('Ç', 'È'),
    ('Ê', 'Õ'),
    ('Ù', 'Û'),
    ('Ý', 'Þ'),
    ('à', 'ã'),
    ('ç', 'è'),
    ('ê', 'õ'),
    ('ù', 'û'),
    ('ý', 'ÿ'),
];

const EASTERN: Ranges = &[('Ā', 'ž'), ('Ș', 'ț')];

const GREEK: Known = Known {
    fewest: 8,
    letters: &[('Α', 'Ρ'), ('Σ', 'Ω'), ('α', 'ω')],
    signs: LATIN.signs,
    further: &[&[('Ά', 'Ά'), ('Έ', 'Ώ'), ('ΐ', 'ΐ'), ('Ϊ', 'ΰ'), ('ϊ', 'ώ')]],
};

const CYRILLIC: Known = Known {
    fewest: 8,
    letters: &[('А', 'я')],
    signs: LATIN.signs,
    further: &[&[('Ё', 'Џ'), ('ё', 'џ'), ('Ґ', 'ґ')]],
};

impl FontBook {
    /// The alphabets of which the face has letters. Found once for each face.
    pub fn alphabets(&self, face: FaceId) -> &[Alphabet] {
        let parsed = self.parsed(face);
        parsed.map_or(&[], |parsed| parsed.alphabets.get_or_init(|| alphabets(parsed)))
    }
}

fn alphabets(parsed: &Parsed) -> Vec<Alphabet> {
    let charmap = parsed.font.charmap();
    let letters = |ranges: Ranges| {
        let letters = ranges.iter().flat_map(|(first, last)| *first..=*last);
        let letter = |letter: char| {
            let glyph = u16::try_from(charmap.map_unicode(letter)?.to_u32()).ok()?;
            (glyph != 0).then(|| (text(letter), glyph))
        };
        letters.filter_map(letter).collect()
    };
    let alphabet = |known: Known| Alphabet {
        fewest: known.fewest,
        letters: letters(known.letters),
        signs: letters(known.signs),
        further: known.further.iter().map(|ranges| letters(ranges)).collect(),
    };
    [FIGURES, LATIN, GREEK, CYRILLIC].map(alphabet).into()
}

/// What the glyph of a character reads as.
fn text(letter: char) -> Box<str> {
    match letter {
        'ﬀ' => "ff".into(),
        'ﬁ' => "fi".into(),
        'ﬂ' => "fl".into(),
        'ﬃ' => "ffi".into(),
        'ﬄ' => "ffl".into(),
        other => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::fonts::{FaceQuery, FontSources};

    #[test]
    fn built_in_face_has_each_letter_once_and_reads_ligatures_as_letters() {
        let (book, _) = FontSources::builtin().open();
        let face =
            book.select(&["Source Serif 4".into()], &FaceQuery::plain(400, false)).choices[0].face;
        let alphabets = book.alphabets(face);
        let [figures, latin, greek, cyrillic] = alphabets else { panic!("{}", alphabets.len()) };
        assert_eq!(figures.letters.len(), 10);
        assert_eq!(latin.letters.len(), 52);
        assert!(latin.signs.iter().any(|(text, _)| **text == *"fi"));
        assert_eq!(cyrillic.letters.len(), 64);
        for alphabet in [latin, greek, cyrillic] {
            let all = alphabet.letters.iter().chain(alphabet.further.iter().flatten());
            let glyphs: Vec<u16> = all.map(|(_, glyph)| *glyph).collect();
            let distinct: BTreeSet<u16> = glyphs.iter().copied().collect();
            assert_eq!(distinct.len(), glyphs.len());
            assert!(!distinct.contains(&0));
        }
    }
}
